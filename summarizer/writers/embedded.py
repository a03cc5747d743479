"""The embedded writer: headline, two to four sentences and impact in English and in Chinese, made of facts,
glossary and source sentences. No model, no network; the same inputs give the same words.

It says nothing without evidence: each sentence cites the characters it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import ModuleType
from typing import TYPE_CHECKING

from dibao.store import (
    DOCUMENT_TYPES,
    JURISDICTIONS,
    Brief,
    DocumentType,
    Evidence,
    Item,
    Lang,
    Sentence,
    family,
)

from ..language import sentences, simplify
from . import phrases_en, phrases_zh
from .acts import Act
from .acts_en import english_deed, english_headline
from .duties import aim, duty
from .extract import Extract, best
from .figures import amount
from .known import Known, StoryInput, inputs_hash
from .titles_en import chinese_headline

if TYPE_CHECKING:
    pass

WRITER = "embedded"

_MAX_TITLE = 120
_NO_DUTY = frozenset(
    [
        "reply_to_proposal",
        "qa",
        "interpretation",
        "speech",
        "statement",
        "press_release",
        "statistics",
        "report",
        "risk_alert",
    ]
)
_SINGLE = frozenset(
    [
        "penalty",
        "enforcement",
        "supervisory_measure",
        "market_ban",
        "licence",
        "approval_reply",
        "letter",
        "publicity",
    ]
)


def write(inputs: StoryInput, lang: Lang, *, now: datetime) -> Brief:
    """Return the brief of a story in a language; the grounding gate has not seen it yet."""
    known = Known(inputs)
    words = phrases_zh if lang == "zh" else phrases_en
    return Brief(
        story_id=inputs.story.id,
        lang=lang,
        headline=_headline(known, lang),
        sentences=tuple(_summary(known, lang, words)),
        impact=tuple(_impact(known, lang, words)),
        writer=WRITER,
        written_at=now,
        inputs=inputs_hash(inputs),
    )


def _headline(known: Known, lang: Lang) -> str:
    """The story's headline: the act when it is known in the language, else the head's."""
    own = known.inputs.headlines.get(known.head.id, {}).get(lang)
    if known.language == "zh" and known.acting.id + known.act_evidence.field != known.head.id + "title":
        if lang == "zh":
            return known.act_evidence.quote
        full = english_headline(known.act, "", known.glossary) if known.act else None
        if full:
            return full
    return own.text if own else known.head.title


def _summary(known: Known, lang: Lang, words: ModuleType) -> Iterator[Sentence]:
    yield _first(known, lang, words)
    if lang == known.language:
        kept = 2 if _has_dates(known) else 3
        yield from map(_quoted, _best(known, lang, kept))
    else:
        yield from _across(known, lang, words)
    yield from _figures(known, lang, words)
    yield from _dates(known, words)


def _figures(known: Known, lang: Lang, words: ModuleType) -> Iterator[Sentence]:
    """The sums of an act on named parties; in a rule they mean nothing out of their sentence."""
    if known.kind is None or known.kind.key not in _SINGLE:
        return
    amounts = [f for f in known.all("amount") if not f.value.startswith(("PCT", "BP"))][:3]
    spoken = {text: f.evidence for f in amounts if (text := amount(f.value, lang))}
    if spoken:
        yield Sentence(text=words.figures(tuple(spoken)), cites=tuple(spoken.values()))


def _best(known: Known, lang: Lang, most: int) -> tuple[Extract, ...]:
    inputs = known.inputs
    return best(
        known.items, inputs.facts, inputs.sources, lang=lang, most=most, said=known.act_evidence.quote
    )


def _quoted(extract: Extract) -> Sentence:
    return Sentence(text=extract.evidence.quote, cites=(extract.evidence,), quoted=True, tag=extract.tag)


def _first(known: Known, lang: Lang, words: ModuleType) -> Sentence:
    """Who did what, its number, its day."""
    number = known.first("document_number")
    mark, cites = (number.value, (number.evidence,)) if number else ("", ())
    day, day_cites = _published(known)
    cites = (known.act_evidence, *cites, *day_cites)
    official = known.source.official
    paper = known.source.name(lang)
    deed = _deed(known, lang)
    if number and deed and number.value in deed:
        mark = ""
    if deed and official:
        text = words.act(known.who(lang), deed, number=mark, on=day, seed=known.seed)
    elif deed:
        text = words.reported_act(paper, known.who(lang), deed, number=mark, on=day, seed=known.seed)
    elif official:
        text = words.titled(
            known.who(lang), words.kind_name(known.kind), number=mark, on=day,
            title=_short_title(known.head), foreign=lang != known.language,
        )  # fmt: skip
    else:
        text = words.reported_title(
            paper, on=day, title=_short_title(known.head), foreign=lang != known.language
        )
    return Sentence(text=text, cites=tuple(dict.fromkeys(cites)))


def _short_title(item: Item) -> str:
    title = re.sub(r"\s+", " ", item.title).strip()
    return title if len(title) <= _MAX_TITLE else title[: _MAX_TITLE - 1] + "…"


def _deed(known: Known, lang: Lang) -> str:
    """What was done, as the rest of a sentence; empty when the language has no safe words for it."""
    if known.language == "en":
        if lang == "en":
            return ""
        issuer = known.issuer
        full = chinese_headline(
            known.head.title, issuer.id if issuer and known.source.official else "", known.glossary
        )
        body = known.issuer
        return full.removeprefix(body.name_zh) if full and body and full.startswith(body.name_zh) else ""
    if known.act is None:
        return ""
    if lang == "en":
        return english_deed(known.act, known.glossary) or ""
    return _deed_zh(known, known.act)


def _deed_zh(known: Known, act: Act) -> str:
    quote = known.act_evidence.quote
    if known.act_evidence.field != "title":
        who = known.issuers_as_written()
        return re.sub(r"^(?:近日|日前|今日|今天|正式|联合)+", "", quote.removeprefix(who))
    title = re.sub(r"\s+", " ", quote).strip()
    rest = (
        re.sub(rf"^{re.escape(known.issuers_as_written())}", "", title.replace(" ", "、", 2))
        if act.issuers
        else title
    )
    if act.instruments and act.deed in ("issue", "consult", "qa") and f"《{act.instruments[0]}》" in title:
        name = f"《{act.instruments[0]}》"
        return {
            "issue": f"发布{name}",
            "consult": f"就{name}公开征求意见",
            "qa": f"有关负责人就{name}答记者问",
        }[act.deed]
    if act.deed == "issue" and act.kind and rest.startswith("关于"):
        return f"发布{re.sub(r'（[^（）]*〔.*$', '', rest)}"
    return ""


def _published(known: Known) -> tuple[date | None, tuple[Evidence, ...]]:
    """The day of publication: of the document when a fact says so, else of the head's page."""
    day, cites = known.day("date_published")
    if day is not None:
        return day, tuple(e for e in cites if e.quote)
    return (known.head.published.day, ()) if known.head.published else (None, ())


def _has_dates(known: Known) -> bool:
    return any(known.first(kind) for kind in ("date_effective", "date_deadline", "date_expiry"))


def _dates(known: Known, words: ModuleType) -> Iterator[Sentence]:
    signed, by = known.day("date_signed")
    effective, by_effective = known.day("date_effective")
    deadline, by_deadline = known.day("date_deadline")
    expiry, by_expiry = known.day("date_expiry")
    if signed == _published(known)[0]:
        signed, by = None, ()
    if known.draft:
        effective, by_effective = None, ()
    if signed or effective or deadline or expiry:
        text = words.dates(
            signed=signed, effective=effective, deadline=deadline, expiry=expiry, seen=known.inputs.story.day
        )
        yield Sentence(text=text, cites=(*by, *by_effective, *by_deadline, *by_expiry))


def _across(known: Known, lang: Lang, words: ModuleType) -> Iterator[Sentence]:
    """What it says, for readers of the other language: rendered where safe, else quoted and introduced."""
    said = False
    if lang == "en":
        duties, aims = _points(known)
        if duties:
            yield Sentence(
                text=words.provides([t for t, _ in duties], seed=known.seed),
                cites=tuple(e for _, e in duties),
            )
            said = True
        if aims:
            yield Sentence(
                text=words.calls_for([t for t, _ in aims], seed=known.seed), cites=tuple(e for _, e in aims)
            )
            said = True
    own = _best(known, lang, 2)
    yield from map(_quoted, own)
    if said or own:
        return
    foreign = _best(known, known.language, 1)
    for extract in foreign:
        terms = known.terms(extract.evidence.quote, 4)
        yield Sentence(text=words.quote_intro(terms), cites=(extract.evidence,))
        yield _quoted(extract)


_Point = tuple[str, Evidence]


def _points(known: Known) -> tuple[list[_Point], list[_Point]]:
    """Duties and aims of Chinese items that can be said in English: at most two and three."""
    duties: dict[str, Evidence] = {}
    aims: dict[str, Evidence] = {}
    for item in known.items:
        if family(item.lang) != "zh":
            continue
        for clause in _clauses(item):
            text = simplify(clause.quote) if item.lang.lower().startswith("zh-hant") else clause.quote
            if len(duties) < 2 and (rendered := duty(text, known.glossary)):
                duties.setdefault(rendered, clause)
            elif len(aims) < 3 and (rendered := aim(text, known.glossary)) and not _said(rendered, aims):
                aims[rendered] = clause
        if len(duties) == 2 and len(aims) == 3:
            break
    return list(duties.items()), list(aims.items())


def _said(text: str, others: Mapping[str, object]) -> bool:
    """Whether nearly all words of a point are in one that is already there."""
    words = set(text.split())
    return any(
        len(words & set(other.split())) >= 0.75 * min(len(words), len(set(other.split()))) for other in others
    )


def _clauses(item: Item) -> Iterator[Evidence]:
    """Whole sentences first, then their parts at commas; the first forty sentences of an item."""
    field = "text" if item.text.strip() else "summary"
    text = item.field_text(field)
    for start, end in sentences(text, item.lang)[:40]:
        places = [(start, end)]
        at = start
        for match in re.finditer(r"[，,；]", text[start:end]):
            places.append((at, start + match.start()))
            at = start + match.end()
        if len(places) > 1:
            places.append((at, end))
        for begin, stop in places:
            if 6 <= stop - begin <= 90 and not text[begin:stop].endswith(
                ("下", "时", "的", "后", "前", "中")
            ):
                yield Evidence(item_id=item.id, field=field, start=begin, end=stop, quote=text[begin:stop])


def _impact(known: Known, lang: Lang, words: ModuleType) -> Iterator[Sentence]:
    """Who is affected and how firmly, then by when. At most two sentences."""
    actors, by = known.actors(lang)
    kind_fact = known.first("document_type")
    stage = known.first("stage")
    ground = (
        *by,
        *((kind_fact.evidence,) if kind_fact else (known.act_evidence,)),
        *((stage.evidence,) if stage else ()),
    )
    deadline, by_deadline = known.day("date_deadline")
    seen = known.inputs.story.day
    kind = known.kind or _kind_of(known.act)
    if known.draft:
        text = words.draft(actors, deadline=deadline, seen=seen)
        yield Sentence(text=text, cites=tuple(dict.fromkeys((known.act_evidence, *ground, *by_deadline))))
    elif kind is not None and kind.key in _NO_DUTY:
        yield Sentence(
            text=words.no_duty(words.kind_name(kind), seed=known.seed), cites=tuple(dict.fromkeys(ground))
        )
    elif kind is not None:
        place = known.issuer.jurisdiction if known.issuer else known.source.jurisdiction
        where = JURISDICTIONS[place].name(lang) if place in JURISDICTIONS else ""
        text = words.affects(actors, where=where, force=_force(kind), kind=kind.name(lang))
        yield Sentence(text=text, cites=tuple(dict.fromkeys((known.act_evidence, *ground))))
        effective, by_effective = known.day("date_effective")
        if effective and effective > seen:
            yield Sentence(text=words.act_by(effective), cites=by_effective)
        elif effective:
            yield Sentence(text=words.in_force(effective), cites=by_effective)
        elif not any(known.inputs.sources[item.source_id].official for item in known.items):
            yield Sentence(text=words.media_only(), cites=(known.act_evidence,))


def _kind_of(act: Act | None) -> DocumentType | None:
    return DOCUMENT_TYPES.get(act.kind.key) if act and act.kind else None


def _force(kind: DocumentType) -> str:
    if kind.key in _SINGLE:
        return "single"
    if kind.force >= 0.8:
        return "binding"
    return "expected" if kind.force >= 0.6 else "soft"
