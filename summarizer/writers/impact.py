"""The impact of a story: who is affected, how firmly, where, on what it builds; by when and what must be done; or
that no duty comes of it. Two sentences at most, each with its evidence."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from types import ModuleType

from dibao.store import DOCUMENT_TYPES, JURISDICTIONS, DocumentType, Evidence, Lang, Sentence

from ..picture import TELLS
from .acts import Act
from .asks import asked, builds_on, duties
from .known import SINGLE, Known

NO_DUTY = frozenset(
    ["reply_to_proposal", "qa", "interpretation", "speech", "statement", "press_release", "statistics", "report", "risk_alert"]
)  # fmt: skip
_PLANS = frozenset({"plan", "scheme", "action_plan"})
_APART = frozenset({"memorandum", "correction", "conclusions"})
"""Types whose force lies elsewhere: with the signers, or in the document that they are about."""


def impact(known: Known, lang: Lang, words: ModuleType) -> Iterator[Sentence]:
    """Who is affected and how firmly, then by when."""
    kind = known.kind or _kind_of(known.act)
    if known.draft:
        yield _draft(known, lang, words)
    elif kind is None:
        yield _unknown(known, lang, words)
    elif kind.key in NO_DUTY:
        yield Sentence(text=words.no_duty(kind, seed=known.seed), cites=_ground(known))
    elif kind.key in _APART:
        corrected = known.first("corrects")
        which = corrected.value if corrected and not corrected.value.startswith("《") else ""
        by = (corrected.evidence,) if corrected and which and kind.key == "correction" else ()
        yield Sentence(text=words.apart(kind, which=which), cites=(*_ground(known), *by))
    else:
        yield _affected(known, lang, words, kind)
        yield from _when(known, lang, words, asks=_force(kind) in ("binding", "expected"))


def _draft(known: Known, lang: Lang, words: ModuleType) -> Sentence:
    actors, by = known.actors(lang)
    deadline, by_deadline = known.day("date_deadline")
    text = words.draft(actors, where=_where(known, lang), deadline=deadline, seen=known.inputs.story.day)
    return Sentence(
        text=text, cites=tuple(dict.fromkeys((known.act_evidence, *by, *_ground(known), *by_deadline)))
    )


def _unknown(known: Known, lang: Lang, words: ModuleType) -> Sentence:
    """What no type is known of: a report without an act, or a page of an issuer."""
    asked = known.all("obligation")
    if not known.source.official:
        return Sentence(text=words.press_only(), cites=(known.act_evidence,))
    if not asked:
        return Sentence(text=words.information(seed=known.seed), cites=(known.act_evidence,))
    actors, by = known.actors(lang)
    return Sentence(
        text=words.untyped(actors), cites=tuple(dict.fromkeys((known.act_evidence, *by, asked[0].evidence)))
    )


def _affected(known: Known, lang: Lang, words: ModuleType, kind: DocumentType) -> Sentence:
    force = _force(kind)
    if force == "single":
        return _on_parties(known, lang, words, kind)
    if kind.key in TELLS and not (duties(known) or known.first("date_effective")):
        return Sentence(text=words.tells(kind), cites=_ground(known))
    actors, by = known.actors(lang)
    relation, others, by_others = builds_on(known, lang)
    text = words.affects(
        actors, where=_where(known, lang), force=force, kind=kind, relation=relation, others=others
    )
    return Sentence(
        text=text, cites=tuple(dict.fromkeys((known.act_evidence, *by, *_ground(known), *by_others)))
    )


def _on_parties(known: Known, lang: Lang, words: ModuleType, kind: DocumentType) -> Sentence:
    """An act on single parties: the firm is named, persons never are."""
    found = known.penalised
    text = words.parties(kind, firms=found.names(lang) if found else ())
    cites = (known.act_evidence, *_ground(known), *(found.cites if found else ()))
    return Sentence(text=text, cites=tuple(dict.fromkeys(cite for cite in cites if cite.quote)))


def _where(known: Known, lang: Lang) -> str:
    place = known.issuer.jurisdiction if known.issuer else known.source.jurisdiction
    return JURISDICTIONS[place].name(lang) if place in JURISDICTIONS else ""


def _when(known: Known, lang: Lang, words: ModuleType, *, asks: bool) -> Iterator[Sentence]:
    """By when, and one thing that must be done."""
    seen = known.inputs.story.day
    effective, by_effective = known.day("date_effective")
    due, by_due = _due(known, effective)
    ask = asked(known, lang) if asks else None
    if ask and any(ask.evidence.start <= by.start and by.end <= ask.evidence.end for by in by_due):
        due, by_due = None, ()  # the duty says it itself
    if effective or due or ask:
        text = words.timing(
            effective=effective,
            due=due,
            seen=seen,
            asks=ask.text if ask else "",
            quoted=bool(ask and ask.quoted),
        )
        yield Sentence(text=text, cites=(*by_effective, *by_due, *((ask.evidence,) if ask else ())))
    elif not any(known.inputs.sources[item.source_id].official for item in known.items):
        yield Sentence(text=words.media_only(), cites=(known.act_evidence,))


def _due(known: Known, effective: date | None) -> tuple[date | None, tuple[Evidence, ...]]:
    """The first day to come by which the document wants something done, other than its day of effect."""
    found = []
    for fact in known.inputs.facts.get(known.head.id, ()):
        if fact.kind == "date_compliance" and fact.evidence.quote:
            with suppress(ValueError):
                found.append((date.fromisoformat(fact.value), fact.evidence))
    later = [pair for pair in found if pair[0] > known.inputs.story.day and pair[0] != effective]
    day, evidence = min(later, key=lambda pair: pair[0], default=(None, None))
    return day, (evidence,) if evidence else ()


def _ground(known: Known) -> tuple[Evidence, ...]:
    """Where type and stage are read; the head's own title when no words say them."""
    kind, stage = known.first("document_type"), known.first("stage")
    cites = [fact.evidence for fact in (kind, stage) if fact and fact.evidence.quote]
    return tuple(dict.fromkeys(cites)) or (known.act_evidence,)


def _kind_of(act: Act | None) -> DocumentType | None:
    return DOCUMENT_TYPES.get(act.kind.key) if act and act.kind else None


def _force(kind: DocumentType) -> str:
    if kind.key in SINGLE:
        return "single"
    if kind.key in _PLANS:
        return "plan"
    if kind.force >= 0.8:
        return "binding"
    return "expected" if kind.force >= 0.6 else "soft"
