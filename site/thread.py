"""The line of law that a story belongs to: draft, final, correction, explanation, as its page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dibao.store import RELATIONS, STAGES, Lang, StoryView, Thread, ThreadStep, Tie

from . import clean, labels, naming, words


@dataclass(frozen=True, slots=True)
class Relation:
    """What a step does to another document. ``tag``: the language of the document's name."""

    what: str
    document: str
    tag: str


@dataclass(frozen=True, slots=True)
class Step:
    """One story of the line."""

    story_id: int
    here: bool
    """It is the story of this page."""
    day: date
    text: str
    stage: str
    headline: str
    short: str
    relations: tuple[Relation, ...]


def steps(
    view: StoryView, thread: Thread | None, lang: Lang, *, views: Mapping[int, StoryView]
) -> tuple[Step, ...]:
    """Return the steps that are published, the earliest first; none for a story that is tied to no other."""
    if thread is None:
        return ()
    shown = tuple(
        _step(step, thread, lang, views[step.story_id], here=step.story_id == view.story.id)
        for step in thread.steps
        if step.story_id in views
    )
    return shown if len(shown) > 1 else ()


def _step(step: ThreadStep, thread: Thread, lang: Lang, view: StoryView, *, here: bool) -> Step:
    brief = view.briefs[lang]
    # The view knows what is in force as of today.
    stage = next((fact.value for fact in view.head.facts if fact.kind == "stage"), step.stage)
    named = STAGES[stage].name(lang) if stage in STAGES and stage != "none" else ""
    return Step(
        story_id=step.story_id,
        here=here,
        day=step.day,
        text=words.day_text(step.day, lang),
        stage=naming.capital(named),
        headline=clean.line(brief.headline, 300),
        short=labels.short(brief, lang),
        relations=tuple(_relations(thread.ties, view, lang)),
    )


def _relations(ties: tuple[Tie, ...], view: StoryView, lang: Lang) -> Iterator[Relation]:
    """Yield what the story does to other documents, each relation once."""
    for kind, value in dict.fromkeys((tie.kind, tie.value) for tie in ties if tie.story_id == view.story.id):
        if kind in RELATIONS:
            what = naming.capital(RELATIONS[kind].name(lang))
            yield Relation(what, clean.line(value, 200), view.head.item.lang)
