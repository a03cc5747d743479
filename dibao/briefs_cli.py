"""``dibao briefs``: how the briefs of a story came about, sentence by sentence, and if they would again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import click

from dibao.store import (
    LANGS,
    REFUSALS,
    Brief,
    BriefAudit,
    DibaoError,
    Evidence,
    Lang,
    Sentence,
    Store,
    refusal_kind,
    refusals,
)

from .app import App, with_app
from .language import spoken

if TYPE_CHECKING:
    from dibao.summarizer.replay import Difference, Replayed

_QUOTED = 160
"""Characters of a cited passage that are shown."""


@click.group()
def briefs() -> None:
    """The briefs: what each was made from, by whom, at what cost, and what was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """All that is told of one version of a brief. ``names``: item id → (source, title)."""

    brief: Brief
    audit: BriefAudit
    again: Replayed
    names: dict[str, tuple[str, str]]


@briefs.command()
@click.argument("number", metavar="STORY", type=int)
@click.option("--lang", type=click.Choice(LANGS), help="Which brief (default: of your own language).")
@click.option("--version", type=click.IntRange(1), help="Which version (default: the newest).")
@with_app
def explain(app: App, number: int, lang: Lang | None, version: int | None) -> None:
    """Replay a brief: its inputs, its sentences with sources and verdicts, what was refused, cost and time.

    It is written again from the stored inputs; a model's answer is taken from the ledger, never paid again.
    """
    from dibao.summarizer.replay import replay

    with Store(app.config.path(app.config.database), writable=False) as store:
        brief, audit = _find(store, number, lang or spoken(), version)
        items = store.items(given.item_id for given in audit.given)
        sources = store.sources()
        names = {item.id: (sources[item.source_id].name(brief.lang), item.title) for item in items.values()}
        told = _Told(brief=brief, audit=audit, again=replay(store, brief, audit), names=names)
    app.say("\n".join(_lines(told)), **_values(told))


def _find(store: Store, number: int, lang: Lang, version: int | None) -> tuple[Brief, BriefAudit]:
    """Return one version of a brief with the audit of its writing."""
    story = store.redirects().get(number, number)
    written = {brief.version: brief for brief in store.versions_of_brief(story, lang)}
    if not written:
        raise DibaoError(
            _("story {number}: it has no brief; `dibao search` finds stories").format(number=number)
        )
    chosen = version or max(written)
    if chosen not in written:
        known = ", ".join(map(str, sorted(written)))
        raise DibaoError(
            _("story {number}: no version {version}; there are {known}").format(
                number=number, version=chosen, known=known
            )
        )
    audits = [a for a in store.audits(story) if (a.lang, a.version) == (lang, chosen)]
    if not audits:
        raise DibaoError(
            _("story {number}: version {version} was written before audits were kept").format(
                number=number, version=chosen
            )
        )
    # Of the newest version the last inputs count, of a former one those it was written from.
    return written[chosen], audits[-1] if chosen == max(written) else audits[0]


def _lines(told: _Told) -> Iterator[str]:
    brief, audit = told.brief, told.audit
    yield _("story {story}, brief in {lang}, version {version}, written {at}").format(
        story=brief.story_id,
        lang=brief.lang,
        version=brief.version,
        at=f"{brief.written_at:%Y-%m-%d %H:%M %Z}",
    )
    yield "  " + _("by {writer} ({program})").format(writer=brief.writer, program=audit.program)
    yield "  " + _cost(audit)
    yield "  " + _("rank then: {rank}").format(rank=audit.rank)
    yield _("made from {n} items (hash of all inputs {hash}):").format(
        n=len(audit.given), hash=audit.inputs[:16]
    )
    for n, given in enumerate(audit.given, 1):
        source, title = told.names.get(given.item_id, ("", ""))
        yield f"  [{n}] {given.item_id} v{given.version} sha256 {given.sha256[:16]}  {source}  {title}"
    yield _("headline: {text}").format(text=brief.headline)
    numbers = {given.item_id: n for n, given in enumerate(audit.given, 1)}
    for part, sentences in ((_("sentence"), brief.sentences), (_("impact"), brief.impact)):
        for n, sentence in enumerate(sentences, 1):
            yield from _sentence(f"{part} {n}", sentence, told.again, numbers)
    refused = refusals(audit.dropped)
    yield _("refused by the gate: {n}").format(n=len(refused))
    for refusal in refused:
        private = any(refusal_kind(reason) == "private" for reason in refusal.reasons)
        yield f"  - {_('(names a private person)') if private else refusal.text}"
        yield from (f"      {_reason(reason)}" for reason in refusal.reasons)
    yield from _verdict(told.again)


def _cost(audit: BriefAudit) -> str:
    took = _("took {ms:.1f} ms").format(ms=audit.seconds * 1000)
    if not audit.request:
        return _("no model was asked: 0 tokens; {took}").format(took=took)
    paid = _("paid for this version") if audit.paid else _("from the ledger, not paid again")
    paid += f" ({audit.cost})" if audit.cost else ""
    return _(
        "model {model}, prompt {prompt}: {tokens_in} tokens in, {tokens_out} out, {paid}; {took}"
    ).format(
        model=audit.model,
        prompt=audit.prompt,
        tokens_in=audit.tokens_in,
        tokens_out=audit.tokens_out,
        paid=paid,
        took=took,
    )


def _sentence(name: str, sentence: Sentence, again: Replayed, numbers: dict[str, int]) -> Iterator[str]:
    against = again.verdicts.get(sentence)
    verdict = _("not judged") if against is None else _("grounded") if not against else _("NOT grounded")
    kind = _(", quoted") if sentence.quoted else ""
    yield f"{name} [{verdict}{kind}]: {sentence.text}"
    yield from (f"    {_reason(reason)}" for reason in against or ())
    yield from (f"    {_cite(cite, numbers)}" for cite in sentence.cites)


def _cite(cite: Evidence, numbers: dict[str, int]) -> str:
    quote = " ".join(cite.quote.split())
    short = quote if len(quote) <= _QUOTED else quote[: _QUOTED - 1] + "…"
    return f"[{numbers.get(cite.item_id, '?')}] {cite.field} {cite.start}-{cite.end}: {short}"


def _reason(reason: str) -> str:
    """Return a reason of the gate in the caller's language, with the value it names."""
    if spoken() == "en":
        return reason
    kind = REFUSALS[refusal_kind(reason)]
    if not reason.startswith(kind.en):
        return f"{kind.zh}（{reason}）"
    return kind.zh + reason.removeprefix(kind.en).replace(": ", "：", 1)


def _verdict(again: Replayed) -> Iterator[str]:
    yield _("replays identically: {answer}").format(answer=_("yes") if again.same else _("no"))
    yield from (f"  {_difference(one)}" for one in again.differences)


def _difference(one: Difference) -> str:
    said = {
        "gone": _("item {item} is no longer in the store"),
        "rebuilt": _("item {item} is at version {now} by now; its version {was} was put together again"),
        "lost": _("item {item} is at version {now} by now, and version {was} is not kept in full"),
        "facts": _("other facts are read from item {item} by now"),
        "program": _("it was written by {was}; the program is {now} by now"),
        "answer": _("the model's answer {was} is not in the ledger"),
        "words": _("the same inputs give other words: the writer has changed without a new version"),
    }[one.cause]
    return said.format(item=one.item_id, was=one.was, now=one.now)


def _values(told: _Told) -> dict[str, Any]:
    """The same for machines."""
    brief, audit, again = told.brief, told.audit, told.again

    def sentences(part: tuple[Sentence, ...]) -> list[dict[str, Any]]:
        return [
            {
                "text": s.text,
                "quoted": s.quoted,
                "cites": [[c.item_id, c.field, c.start, c.end, c.quote] for c in s.cites],
                "against": again.verdicts.get(s),
            }
            for s in part
        ]

    return {
        "story": brief.story_id,
        "lang": brief.lang,
        "version": brief.version,
        "written_at": brief.written_at,
        "writer": brief.writer,
        "program": audit.program,
        "model": audit.model,
        "prompt": audit.prompt,
        "request": audit.request,
        "tokens_in": audit.tokens_in,
        "tokens_out": audit.tokens_out,
        "paid": audit.paid,
        "cost": audit.cost,
        "seconds": audit.seconds,
        "rank": audit.rank,
        "inputs": audit.inputs,
        "items": [
            {"item": g.item_id, "version": g.version, "sha256": g.sha256, "facts": g.facts}
            for g in audit.given
        ],
        "headline": brief.headline,
        "sentences": sentences(brief.sentences),
        "impact": sentences(brief.impact),
        "refused": [{"text": r.text, "reasons": r.reasons, "by": r.by} for r in refusals(audit.dropped)],
        "replays": again.same,
        "differences": [
            {"cause": d.cause, "item": d.item_id, "was": d.was, "now": d.now} for d in again.differences
        ],
    }
