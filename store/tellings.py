"""The values that cross a wall between stages, from story to page: frozen, typed, free of I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from .notes import Disagreement, StoryNote
from .records import Evidence, Fact, Item, Lang, Source, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Why an item belongs to a story."""

    item_id: str
    score: float
    reason: str
    """Machine-readable: ``first``, ``number:银发〔2021〕335号``, ``similar:0.71``, …"""

    @property
    def copied(self) -> str:
        """Id of the item whose text this one repeats word for word (``same-text:ID``), else empty."""
        kind, _, original = self.reason.partition(":")
        return original if kind == "same-text" else ""


def families(members: Mapping[str, tuple[str, Member]]) -> frozenset[str]:
    """Return the publisher families that speak for themselves, from item id → (family, member).

    A copy counts for the family whose text it is; of copies of each other the first counts.
    """
    found = set()
    for item_id in members:
        seen = {item_id}
        while (original := members[item_id][1].copied) in members and original not in seen:
            seen.add(original)
            item_id = original
        found.add(members[min(seen) if members[item_id][1].copied in seen else item_id][0])
    return frozenset(found)


EditAction = Literal["merge", "split", "pin", "unpin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEdit:
    """What an editor decided on a story; no later run undoes it.

    ``merge``: ``other_id`` has become part of ``story_id``. ``split``: ``item_ids`` have left ``story_id``
    for ``other_id``. ``pin``: the program adds nothing to the story and merges it with nothing.
    ``item_ids`` are those that moved, ``other_ids`` those beside which they came or stayed not.
    """

    action: EditAction
    story_id: int
    other_id: int = 0
    item_ids: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()
    at: datetime
    by: str
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The items, in any language, that report one event. ``id`` is a permanent number."""

    id: int
    members: tuple[Member, ...]
    head: str
    """Item id of the first link: the issuer's own page if any source has it."""
    day: date
    """The day it is listed under: earliest publication day of its items, else of first fetch."""
    version: int = 1

    @property
    def item_ids(self) -> tuple[str, ...]:
        return tuple(member.item_id for member in self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A relation of one story to another document. ``kind`` of RELATIONS; ``value`` names the document."""

    story_id: int
    kind: str
    value: str
    target: int | None = None
    """The story of that document; None while we have none: the relation stays open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadStep:
    """One story of a thread, with its stage (key of STAGES, empty when nothing says)."""

    story_id: int
    day: date
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Stories that law ties together over time (draft → final → correction → Q&A), the earliest first."""

    steps: tuple[ThreadStep, ...]
    ties: tuple[Tie, ...]

    @property
    def open(self) -> tuple[Tie, ...]:
        """Relations to documents that the store does not have."""
        return tuple(tie for tie in self.ties if tie.target is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An item's title in one of our languages.

    ``method``: ``original`` (the source's own words), ``glossary`` (title grammar and glossary),
    ``partial`` (only what is known; shown with the original title), or a model's name.
    """

    item_id: str
    lang: Lang
    text: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a brief with what it rests on. ``quoted``: in the source's own words and
    language (``tag``), to be marked as a quotation."""

    text: str
    cites: tuple[Evidence, ...]
    quoted: bool = False
    tag: Tag = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Headline, summary and impact of a story in one language."""

    story_id: int
    lang: Lang
    headline: str
    sentences: tuple[Sentence, ...]
    impact: tuple[Sentence, ...]
    writer: str
    """``embedded`` (a program, no generative model) or ``model:NAME``."""
    written_at: datetime
    inputs: str
    """Hash of all that the brief was made from; the same inputs are never written twice."""
    dropped: tuple[str, ...] = ()
    """Sentences that the grounding gate refused, with the reason."""
    version: int = 1

    @property
    def generative(self) -> bool:
        return self.writer != "embedded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One answer of a model, kept so that the same request is never paid for twice, and can be replayed."""

    key: str
    """SHA-256 of model, prompt and material."""
    model: str
    prompt: str
    """Version of the prompt's file."""
    answer: str
    tokens_in: int
    tokens_out: int
    seconds: float
    at: datetime


Level = Literal["critical", "significant", "notable", "routine"]
LEVELS: tuple[Level, ...] = ("critical", "significant", "notable", "routine")


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One part of a rank: ``points = value × weight``; ``value`` is 0 to 1."""

    name: str
    value: float
    weight: float
    note: str = ""
    """Machine-readable ground of the value, e.g. ``guiding_opinions`` or ``NFRA``."""

    @property
    def points(self) -> float:
        return self.value * self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """How much a story matters, by published rule. ``score`` is 0 to 100."""

    story_id: int
    level: Level
    score: float
    components: tuple[Component, ...]
    reason_en: str
    reason_zh: str
    official: int = 0
    """Items that are an issuer's own; said in the code, worth no points."""

    def reason(self, lang: Lang) -> str:
        return self.reason_zh if lang == "zh" else self.reason_en

    @property
    def code(self) -> str:
        """The machine suffix: ``[significant: force=0.85 issuer=0.9 … stage=final families=1 official=1]``.

        Values are 0 to 1, a floor or cap is its points.
        """
        said: list[str] = []
        for part in self.components:
            if part.name == "stage":
                said.append(f"stage={part.note or 'none'}")
            elif part.name == "corroboration":
                said += [f"families={part.note.partition(':')[2] or 0}", f"official={self.official}"]
            elif part.name in ("floor", "cap"):
                said.append(f"{part.name}={part.points:+.1f}")
            else:
                said.append(f"{part.name}={max(part.value, 0.0):.2g}")
        return f"[{self.level}: {' '.join(said)}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedAt:
    """A rank that a story came to have, and when (UTC)."""

    at: datetime
    rank: Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One item of a story as a page shows it."""

    item: Item
    source: Source
    member: Member
    headlines: dict[Lang, Headline]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """All that a page, feed entry or mail needs of one story. Coverage is sorted: head first,
    then official, then by time. A story whose briefs or rank are missing is never given out."""

    story: Story
    rank: Rank
    briefs: dict[Lang, Brief]
    coverage: tuple[Coverage, ...]
    updated_at: datetime
    """When the content last changed (UTC): never a build time."""
    facts: tuple[Fact, ...] = field(default=())
    """Facts of the head first, then of the others, one for each (kind, value)."""
    ranks: tuple[RankedAt, ...] = ()
    """Every rank that the story has had, the oldest first."""
    earlier: dict[Lang, tuple[Brief, ...]] = field(default_factory=dict)
    """The versions of the briefs before the present ones, the oldest first."""
    notes: tuple[StoryNote, ...] = ()
    """What changed from brief to brief, the oldest first."""
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def head(self) -> Coverage:
        return next(c for c in self.coverage if c.item.id == self.story.head)

    @property
    def items(self) -> int:
        return len(self.coverage)

    @property
    def copies(self) -> dict[str, str]:
        """Item id → id of the item whose text it repeats, for those that do: shown as "also in"."""
        ids = {c.item.id for c in self.coverage}
        return {
            c.item.id: original
            for c in self.coverage
            if (original := c.member.copied) in ids and c.item.id != self.story.head
        }

    @property
    def publishers(self) -> int:
        """Families of publishers; one text in ten outlets is one publisher's."""
        return len(families({c.item.id: (c.source.family, c.member) for c in self.coverage}))

    @property
    def official(self) -> int:
        return sum(c.source.official for c in self.coverage)
