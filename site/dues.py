"""The dates of law of stories: deadlines, effective dates, hearings, expiries, as the documents state them.

A date that a document does not state as a day of the calendar is not here: none is worked out or guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dibao.store import Body, Fact, Lang, StoryView

from . import clean, labels, naming, words

KINDS = ("date_deadline", "date_effective", "date_compliance", "date_hearing", "date_expiry")
"""The fact kinds that are dates to come or past, in the order that filters list them."""

Standing = Literal["stated", "proposed", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One date of law of one story. ``kind`` is a fact kind, ``what`` says it in words."""

    kind: str
    what: str
    standing: Standing
    """``proposed``: the effective date that a draft names; ``withdrawn``: of a document that was repealed,
    or that its source has taken down."""
    day: date
    text: str
    story_id: int
    headline: str
    short: str
    """The mark of a generated headline; else empty."""
    jurisdiction: str
    jurisdiction_name: str
    issuer: str
    type: str
    number: str
    number_tag: str


def dues(view: StoryView, lang: Lang, *, bodies: Mapping[str, Body]) -> Iterator[Due]:
    """Yield the dates of a story, each kind and day once. Where official documents state a date of a kind,
    what the press says of that kind is left out."""
    where = naming.story_jurisdiction(view, bodies)
    official = {c.item.id for c in view.coverage if c.source.official}
    stages = {fact.value for fact in view.head.facts if fact.kind == "stage"}
    brief = view.briefs[lang]
    for fact, day in _dated(view.facts, official):
        standing = _standing(fact.kind, stages, gone=view.head.item.withdrawn_at is not None)
        key = "date_proposed" if standing == "proposed" else fact.kind
        yield Due(
            kind=fact.kind,
            what=words.word(lang, f"upcoming.{key}"),
            standing=standing,
            day=day,
            text=words.day_text(day, lang),
            story_id=view.story.id,
            headline=clean.line(brief.headline, 300),
            short=labels.short(brief, lang),
            jurisdiction=where,
            jurisdiction_name=naming.jurisdiction_name(where, lang),
            issuer=naming.issuer_text(view, lang, bodies),
            type=naming.first_text(view, "document_type", lang, bodies),
            number=naming.first_text(view, "document_number", lang, bodies),
            number_tag=naming.number_tag(view),
        )


def _dated(facts: Iterable[Fact], official: set[str]) -> Iterator[tuple[Fact, date]]:
    found: dict[tuple[str, date], Fact] = {}
    for fact in facts:
        day = naming.iso_day(fact.value) if fact.kind in KINDS else None
        if day is not None:
            kept = found.setdefault((fact.kind, day), fact)
            if fact.item_id in official and kept.item_id not in official:
                found[fact.kind, day] = fact
    stated = {kind for (kind, _), fact in found.items() if fact.item_id in official}
    for (kind, day), fact in found.items():
        if kind not in stated or fact.item_id in official:
            yield fact, day


def _standing(kind: str, stages: set[str], *, gone: bool) -> Standing:
    if gone or "repealed" in stages:
        return "withdrawn"
    return "proposed" if "draft" in stages and kind == "date_effective" else "stated"
