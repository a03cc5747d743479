"""A reader's lens over stories: sectors, jurisdictions and topics that are watched put them in another order.

Pure. Nothing is written anew, and the base rank never changes: a lens only gives a second score to order by,
and says which components it changed. The rule, all of it:

- topics watched: the component "topic" counts in full when the story has one of them, else not at all;
- sectors watched: "reach" counts in full when the rule names one of them, by half when only others;
- jurisdictions watched: a story of another one loses ABROAD points;
- a lens *shows* the stories of its jurisdictions that touch one of its topics or sectors; an empty list
  narrows nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dibao.store import ENTITIES, JURISDICTIONS, TOPICS, Body, Lang, StoryView

from . import naming, words

ABROAD = 15.0
"""Points that a story of a jurisdiction that is not watched loses; all components together have 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A named lens. ``key`` is its address; empty lists narrow nothing."""

    key: str
    title_en: str
    title_zh: str
    jurisdictions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    """Keys of ENTITIES."""

    def title(self, lang: Lang) -> str:
        return self.title_zh if lang == "zh" else self.title_en


@dataclass(frozen=True, slots=True)
class Shift:
    """What a lens made of one component: its points before and after."""

    part: str
    before: float
    after: float

    @property
    def points(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Seen:
    """A story through a lens. ``shown``: it is one that the lens is for."""

    view: StoryView
    score: float
    shifts: tuple[Shift, ...]
    shown: bool


def through(views: Iterable[StoryView], profile: Profile, *, bodies: Mapping[str, Body]) -> tuple[Seen, ...]:
    """Return the stories in the order of the lens, the highest score first."""
    found = (look(view, profile, bodies=bodies) for view in views)
    return tuple(sorted(found, key=lambda seen: (-seen.score, -seen.view.rank.score, seen.view.story.id)))


def look(view: StoryView, profile: Profile, *, bodies: Mapping[str, Body]) -> Seen:
    """Return one story through a lens."""
    shifts = tuple(_shifts(view, profile, bodies))
    score = min(100.0, max(0.0, view.rank.score + sum(shift.points for shift in shifts)))
    return Seen(view, round(score, 2), shifts, _shown(view, profile, bodies))


def _shown(view: StoryView, profile: Profile, bodies: Mapping[str, Body]) -> bool:
    here = not profile.jurisdictions or _place(view, bodies) in profile.jurisdictions
    watched = {*profile.topics, *profile.sectors}
    touched = not watched or bool(watched & (_values(view, "topic") | _values(view, "entity_bound")))
    return here and touched


def _shifts(view: StoryView, profile: Profile, bodies: Mapping[str, Body]) -> Iterator[Shift]:
    parts = {part.name: part for part in view.rank.components}
    named = _values(view, "entity_bound")
    if profile.topics and (part := parts.get("topic")):
        value = 1.0 if _values(view, "topic") & {*profile.topics} else 0.0
        yield from _shift("topic", part.points, value * part.weight)
    part = parts.get("reach")
    # Talk reaches nobody, and an act on one firm only that one: no sector makes more of them.
    if profile.sectors and named and part and part.note.partition("+")[0] not in ("none", "firm"):
        after = part.weight if named & {*profile.sectors} else part.points / 2
        yield from _shift("reach", part.points, after)
    if profile.jurisdictions and _place(view, bodies) not in profile.jurisdictions:
        yield from _shift("jurisdiction", 0.0, -ABROAD)


def _shift(part: str, before: float, after: float) -> Iterator[Shift]:
    if abs(before - after) >= 0.05:
        yield Shift(part, before, after)


def _place(view: StoryView, bodies: Mapping[str, Body]) -> str:
    return naming.story_jurisdiction(view, bodies)


def _values(view: StoryView, kind: str) -> set[str]:
    return {fact.value for fact in view.facts if fact.kind == kind}


# In words


def reason(seen: Seen, lang: Lang) -> str:
    """Return what the lens changed: ``72.1 here, 74.3 by the base rank: topic fit −2.2.``"""
    joint = "、" if lang == "zh" else ", "
    changed = joint.join(
        f"{words.word(lang, f'part.{shift.part}')} {shift.points:+.1f}".replace("-", "−")
        for shift in seen.shifts
    )
    key = "lens.changed" if changed else "lens.same"
    return words.word(
        lang, key, score=f"{seen.score:.1f}", base=f"{seen.view.rank.score:.1f}", changed=changed
    )


def watched(profile: Profile, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Return what a lens watches, as (kind, names); nothing for what it does not narrow."""
    joint = "、" if lang == "zh" else ", "
    lists = (
        ("jurisdictions", profile.jurisdictions, JURISDICTIONS),
        ("topics", profile.topics, TOPICS),
        ("sectors", profile.sectors, ENTITIES),
    )
    return tuple(
        (words.word(lang, f"lens.{kind}"), joint.join(table[key].name(lang) for key in keys))
        for kind, keys, table in lists
        if keys
    )
