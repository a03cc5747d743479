"""A story as of a day: what was issued and not yet in force when it was read may be in force by now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dibao.store import Fact, StoryView

from .naming import iso_day


def current(view: StoryView, today: date) -> StoryView:
    """Return the view with its stages judged again: ``not_yet_in_force`` ends on the effective date.

    As when the stage was read, the first effective date of the same item decides; without one it stays.
    """
    begun = {c.item.id for c in view.coverage if _begun(c.facts, today)}
    if not any(_waits(fact) and fact.item_id in begun for fact in view.facts):
        return view
    coverage = tuple(
        replace(c, facts=tuple(_judged(fact, begun) for fact in c.facts)) if c.item.id in begun else c
        for c in view.coverage
    )
    return replace(view, coverage=coverage, facts=tuple(_judged(fact, begun) for fact in view.facts))


def _begun(facts: tuple[Fact, ...], today: date) -> bool:
    first = next((fact for fact in facts if fact.kind == "date_effective"), None)
    day = iso_day(first.value) if first else None
    return day is not None and day <= today


def _judged(fact: Fact, begun: set[str]) -> Fact:
    return replace(fact, value="in_force") if _waits(fact) and fact.item_id in begun else fact


def _waits(fact: Fact) -> bool:
    return (fact.kind, fact.value) == ("stage", "not_yet_in_force")
