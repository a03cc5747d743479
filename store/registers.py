"""What pages of law read from views of stories: penalties as records, lines of law from draft to final. Pure.

Everything here is taken from views, so nothing masked comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .records import Evidence, Fact, Lang, Penalty, Tag, penalty_of
from .tellings import Coverage, StoryView, Thread, Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyRecord:
    """One decision against one party, with the page that states it."""

    penalty: Penalty
    story_id: int
    day: date
    """Of the decision where the page says it, else the day of the story."""
    decided: bool
    """``day`` is that of the decision."""
    authorities: tuple[str, ...]
    """Ids of Bodies, joint ones in their order."""
    evidence: Evidence
    url: str
    official: bool

    def amount(self, currency: str) -> Decimal:
        """Return all sums in a currency (``CNY``) that were imposed; a stated total counts when alone."""
        found = [s for s in self.penalty.sanctions if s.amount.startswith(currency)]
        sums = [(s.key, Decimal(s.amount.partition(" ")[2])) for s in found]
        parts = [value for key, value in sums if key != "total"]
        return sum(parts or (value for _, value in sums), Decimal())


def penalty_records(views: Iterable[StoryView]) -> tuple[PenaltyRecord, ...]:
    """Return every penalty of some stories once, the newest first, then by party.

    Of a story from its first page that states any, an official one before others.
    """
    found = [record for view in views for record in _penalties(view)]
    return tuple(sorted(found, key=lambda r: (-r.day.toordinal(), r.penalty.party, r.evidence.start)))


def _penalties(view: StoryView) -> Iterator[PenaltyRecord]:
    for covered in sorted(view.coverage, key=lambda c: not c.source.official):
        facts = [fact for fact in covered.facts if fact.kind == "penalty"]
        if facts:
            yield from (_record(view, covered, fact) for fact in facts)
            return


def _record(view: StoryView, covered: Coverage, fact: Fact) -> PenaltyRecord:
    penalty = penalty_of(fact)
    return PenaltyRecord(
        penalty=penalty,
        story_id=view.story.id,
        day=date.fromisoformat(penalty.date) if penalty.date else view.story.day,
        decided=bool(penalty.date),
        authorities=tuple(id for id in penalty.authority.split(",") if id),
        evidence=fact.evidence,
        url=covered.item.url,
        official=covered.source.official,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An official page of a step. ``tag``: its language."""

    item_id: str
    tag: Tag
    source_id: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of a line of law, as a page shows it."""

    story_id: int
    day: date
    stage: str
    """Key of STAGES as of today, empty when nothing says."""
    headlines: Mapping[Lang, str]
    numbers: tuple[str, ...]
    """The document's own, of all its pages in either language."""
    papers: tuple[Paper, ...]
    dates: tuple[Fact, ...]
    """Deadline, effective day, expiry and the like, each kind once."""
    ties: tuple[Tie, ...]
    """What it does to other documents; ``target`` names the step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A thread with what a page shows of each step, the earliest first."""

    stages: tuple[Stage, ...]
    open: tuple[Tie, ...]
    """Relations to documents that we do not have."""

    @property
    def id(self) -> int:
        """The number of the first story: stays the same while the line grows."""
        return self.stages[0].story_id

    @property
    def last(self) -> Stage:
        return self.stages[-1]


_SHOWN_DATES = ("date_deadline", "date_effective", "date_compliance", "date_expiry", "date_hearing")


def line(thread: Thread, views: Mapping[int, StoryView]) -> Line | None:
    """Return a thread with the views of its stories; None when fewer than two of them are published."""
    stages = tuple(
        _stage(views[step.story_id], step.stage, thread) for step in thread.steps if step.story_id in views
    )
    shown = {stage.story_id for stage in stages}
    if len(shown) < 2:
        return None
    return Line(stages=stages, open=tuple(tie for tie in thread.open if tie.story_id in shown))


def _stage(view: StoryView, stage: str, thread: Thread) -> Stage:
    numbers = (fact.value for c in view.coverage for fact in c.facts if fact.kind == "document_number")
    dates = {fact.kind: fact for fact in reversed(view.facts) if fact.kind in _SHOWN_DATES}
    # The view knows what is in force as of today.
    now = next((fact.value for fact in view.head.facts if fact.kind == "stage"), stage)
    return Stage(
        story_id=view.story.id,
        day=view.story.day,
        stage=now,
        headlines={lang: brief.headline for lang, brief in view.briefs.items()},
        numbers=tuple(dict.fromkeys(numbers)),
        papers=tuple(
            Paper(item_id=c.item.id, tag=c.item.lang, source_id=c.source.id, url=c.item.url)
            for c in view.coverage
            if c.source.official
        ),
        dates=tuple(dates[kind] for kind in _SHOWN_DATES if kind in dates),
        ties=tuple(tie for tie in thread.ties if tie.story_id == view.story.id),
    )
