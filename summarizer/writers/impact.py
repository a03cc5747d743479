"""The impact of a story: who is affected, how firmly, by when, or that no duty comes of it. Two sentences at
most, each with its evidence."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from types import ModuleType

from dibao.store import DOCUMENT_TYPES, JURISDICTIONS, DocumentType, Evidence, Lang, Sentence

from .acts import Act
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
        yield Sentence(text=words.apart(kind), cites=_ground(known))
    else:
        yield _affected(known, lang, words, kind)
        yield from _when(known, words)


def _draft(known: Known, lang: Lang, words: ModuleType) -> Sentence:
    actors, by = known.actors(lang)
    deadline, by_deadline = known.day("date_deadline")
    text = words.draft(actors, deadline=deadline, seen=known.inputs.story.day)
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
    actors, by = known.actors(lang) if force != "single" else ((), ())
    place = known.issuer.jurisdiction if known.issuer else known.source.jurisdiction
    where = JURISDICTIONS[place].name(lang) if place in JURISDICTIONS else ""
    text = words.affects(actors, where=where, force=force, kind=kind, seed=known.seed)
    return Sentence(text=text, cites=tuple(dict.fromkeys((known.act_evidence, *by, *_ground(known)))))


def _when(known: Known, words: ModuleType) -> Iterator[Sentence]:
    seen = known.inputs.story.day
    effective, by_effective = known.day("date_effective")
    due, by_due = _due(known, effective)
    if effective or due:
        text = words.timing(effective=effective, due=due, seen=seen)
        if text:
            yield Sentence(text=text, cites=(*by_effective, *by_due))
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
