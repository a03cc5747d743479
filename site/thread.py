"""Lines of law as pages show them: the steps of a rule from draft to repeal, with what ties them. Pure.

In: threads of the store and the views of their stories. Out: one page's values for each line whose stories
are published, in one language. Every tie is shown with the words that say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dibao.store import (
    DOCUMENT_TYPES,
    RELATIONS,
    STAGES,
    Coverage,
    Fact,
    Lang,
    Line,
    Stage,
    StoryView,
    Thread,
    Tie,
    line,
)

from . import clean, labels, naming, words
from .coverage import Passage, fact_anchor, facts_shown, passage

_OWN = ("instrument", "document_number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Where a source says something: the passage in its language, and its place on the story's page."""

    passage: Passage
    tag: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a step does to another document, or (``back``) what another step does to this one."""

    what: str
    document: str
    tag: str
    """Language of the document's name."""
    target: int | None
    """Number of the other story; None where we have none."""
    name: str
    """Of the other step: its day and stage."""
    words: Words | None
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLink:
    """An official page of a step: its title as the source wrote it, and who keeps it."""

    item_id: str
    title: str
    tag: str
    source: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date of law. ``anchor``: its words on the story's page."""

    what: str
    text: str
    iso: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One story of the line."""

    story_id: int
    day: date
    text: str
    stage: str
    """In words; empty when nothing says."""
    kind: str
    """Key of STAGES, empty for a step that is no stage of law."""
    headline: str
    short: str
    numbers: tuple[str, ...]
    number_tag: str
    dates: tuple[Dated, ...]
    papers: tuple[PaperLink, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """A line of law in one language, named by the last step that is a stage of law: a correction or an
    explanation does not name the rule."""

    id: int
    named: Step
    """The step whose headline is the title."""
    steps: tuple[Step, ...]
    open: tuple[tuple[Step, Relation], ...]
    """Relations to documents that were not read here, each with the step that names it."""

    @property
    def title(self) -> str:
        return self.named.headline


def lines_of(threads: Mapping[int, Thread], views: Mapping[int, StoryView]) -> tuple[Line, ...]:
    """Return every line with two published stories once, that with the newest step first."""
    found: dict[int, Line] = {}
    for story_id, thread in sorted(threads.items()):
        made = None if story_id in found else line(thread, views)
        if made:
            found |= {stage.story_id: made for stage in made.stages}
    distinct = {made.id: made for made in found.values()}.values()
    return tuple(sorted(distinct, key=lambda made: (-made.last.day.toordinal(), made.id)))


def moves(
    lines: Sequence[Line], threads: Mapping[int, Thread], redirects: Mapping[int, int]
) -> dict[int, int]:
    """Return the numbers that only lead on, each with that of its line.

    A line is named by its first published story. That changes when an earlier one is read, when the first is
    not published any more, when it is merged into another, and when the line is too long to show it: then
    the address that the line had leads to the one it has.
    """
    home = {stage.story_id: made.id for made in lines for stage in made.stages}
    for story_id, thread in threads.items():
        ids = (story_id, *(step.story_id for step in thread.steps))
        number = next((home[id] for id in ids if id in home), None)
        if number is not None:
            home |= {id: number for id in ids if id not in home}
    home |= {old: home[new] for old, new in redirects.items() if new in home}
    return {id: number for id, number in sorted(home.items()) if id != number}


@dataclass(frozen=True, slots=True)
class _Shown:
    """What every step of a line needs: its stages, their stories, and how a link calls each step."""

    lang: Lang
    made: Line
    views: Mapping[int, StoryView]
    names: Mapping[int, str]


def thread_page(made: Line, lang: Lang, *, views: Mapping[int, StoryView]) -> ThreadPage:
    """Return a line's page. ``views`` holds the stories of all its stages."""
    own = {stage.story_id: views[stage.story_id] for stage in made.stages}
    names = {
        stage.story_id: " · ".join(
            filter(
                None, (words.day_text(stage.day, lang), _stage_name(stage.stage, own[stage.story_id], lang))
            )
        )
        for stage in made.stages
    }
    shown = _Shown(lang, made, own, names)
    steps = tuple(_step(stage, shown) for stage in made.stages)
    by_id = {step.story_id: step for step in steps}
    named = next((step for step in reversed(steps) if step.kind), steps[-1])
    return ThreadPage(
        id=made.id,
        named=named,
        steps=steps,
        open=tuple((by_id[tie.story_id], _relation(tie, shown)) for tie in _known(made.open)),
    )


def _step(stage: Stage, shown: _Shown) -> Step:
    view, lang = shown.views[stage.story_id], shown.lang
    brief = view.briefs[lang]
    return Step(
        story_id=stage.story_id,
        day=stage.day,
        text=words.day_text(stage.day, lang),
        stage=_stage_name(stage.stage, view, lang),
        kind=stage.stage if stage.stage in STAGES and stage.stage != "none" else "",
        headline=clean.line(brief.headline, 300),
        short=labels.short(brief, lang),
        numbers=tuple(clean.line(number, 120) for number in stage.numbers),
        number_tag=naming.number_tag(view),
        dates=tuple(_dates(stage, view, lang)),
        papers=tuple(_paper(c, lang) for c in view.coverage if c.source.official),
        relations=tuple(_relations(stage, shown)),
    )


def _stage_name(stage: str, view: StoryView, lang: Lang) -> str:
    """Return the stage; a step that has none of its own is called by what it is (correction, Q&A)."""
    if stage in STAGES and stage != "none":
        return naming.capital(STAGES[stage].name(lang))
    type_ = next((f.value for f in view.head.facts if f.kind == "document_type"), "")
    return naming.capital(DOCUMENT_TYPES[type_].name(lang)) if type_ in DOCUMENT_TYPES else ""


def _dates(stage: Stage, view: StoryView, lang: Lang) -> Iterator[Dated]:
    for fact in stage.dates:
        day = naming.iso_day(fact.value)
        if day:
            said = _where(view, fact.kind, fact.value)
            yield Dated(
                what=words.word(lang, f"kind.{fact.kind}"),
                text=words.day_text(day, lang),
                iso=fact.value,
                anchor=said.anchor if said else "",
            )


def _paper(covered: Coverage, lang: Lang) -> PaperLink:
    return PaperLink(
        item_id=covered.item.id,
        title=clean.line(covered.item.title, 300),
        tag=covered.item.lang,
        source=naming.source_name(covered.source, lang),
        url=clean.link(covered.item.url),
    )


# Ties


def _relations(stage: Stage, shown: _Shown) -> Iterator[Relation]:
    """Yield what a step does to documents, then what other steps do to it, then whose title it shares."""
    yield from (_relation(tie, shown) for tie in _known(stage.ties))
    ties = [tie for other in shown.made.stages for tie in _known(other.ties)]
    yield from (_relation(tie, shown, back=True) for tie in ties if tie.target == stage.story_id)
    joined = {tie.target for tie in stage.ties} | {t.story_id for t in ties if t.target == stage.story_id}
    for other in shown.made.stages:
        if other.story_id not in joined | {stage.story_id}:
            yield from _same_title(stage, other, shown)


def _known(ties: Sequence[Tie]) -> tuple[Tie, ...]:
    """Return the ties that have words, each document and other story once."""
    return tuple({(t.story_id, t.kind, t.value, t.target): t for t in ties if t.kind in RELATIONS}.values())


def _relation(tie: Tie, shown: _Shown, *, back: bool = False) -> Relation:
    """Return a tie as the page of one of its two ends shows it: its own, or (``back``) the target's."""
    view, lang = shown.views[tie.story_id], shown.lang
    target = tie.story_id if back else tie.target
    said = _where(view, tie.kind, tie.value)
    return Relation(
        what=words.word(lang, f"by.{tie.kind}") if back else naming.capital(RELATIONS[tie.kind].name(lang)),
        document="" if back else clean.line(tie.value, 200),
        tag=said.tag if said else view.head.item.lang,
        target=target if target in shown.names else None,
        name=shown.names.get(target or 0, ""),
        words=said,
        back=back,
    )


def _same_title(stage: Stage, other: Stage, shown: _Shown) -> Iterator[Relation]:
    """Yield the instrument that two steps both call their own: what joins a draft and its like."""
    here, there = shown.views[stage.story_id], shown.views[other.story_id]
    owned = {fact.value for fact in there.facts if fact.kind in _OWN}
    value = next((f.value for f in here.facts if f.kind in _OWN and f.value in owned), "")
    if value:
        said = next((found for kind in _OWN if (found := _where(here, kind, value))), None)
        yield Relation(
            what=words.word(shown.lang, "thread.same"),
            document=clean.line(value, 200),
            tag=said.tag if said else here.head.item.lang,
            target=other.story_id,
            name=shown.names[other.story_id],
            words=said,
        )


def _where(view: StoryView, kind: str, value: str) -> Words | None:
    """Return the first words of a story that state a fact; None for what stands beside a text."""
    for number, covered in enumerate(view.coverage, 1):
        for n, fact in enumerate(facts_shown(covered), 1):
            if (fact.kind, fact.value) == (kind, value) and fact.evidence.quote:
                return _words(covered, fact, fact_anchor(number, n))
    return None


def _words(covered: Coverage, fact: Fact, anchor: str) -> Words:
    return Words(passage=passage(covered.item, fact.evidence), tag=covered.item.lang, anchor=anchor)
