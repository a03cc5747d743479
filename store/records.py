"""The values that cross a wall between stages: frozen, typed, free of I/O.

One record per step of the line: Source → Item → Fact → Story → Brief and Rank → StoryView.
A stage builds them, the store keeps them, the next stage reads them; nothing else passes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

import msgspec

from .notes import Disagreement, StoryNote

Lang = Literal["en", "zh"]
"""The two languages we publish in."""

LANGS: tuple[Lang, ...] = ("en", "zh")

Tag = str
"""BCP 47 tag of a text from outside: ``en``, ``zh-Hans``, ``zh-Hant`` (others only as declared)."""

HTML_LANG: dict[Lang, Tag] = {"en": "en", "zh": "zh-Hans"}
"""Tag of our own pages, feeds and mails in each language."""


def family(tag: Tag) -> Lang:
    """Return which of our two languages a text counts as; all that is not Chinese counts as English."""
    return "zh" if tag.lower().startswith("zh") else "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a source says something was published.

    ``day`` is the date in the source's own zone. ``at`` is the exact time in UTC (aware) when the
    source gave one; a date without a time stays a date and ``at`` is None.
    """

    day: date
    at: datetime | None = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One publisher's outlet that we read."""

    id: str
    name_en: str
    name_zh: str
    acronym: str
    family: str
    """Publisher family: outlets of one house share it, and count as one publisher."""
    tier: int
    """1 statutory issuer, 2 other primary issuer, 3 media, 4 commentary."""
    jurisdiction: str
    """CN, HK, MO, TW, SG, US, UK, EU, INT, …"""
    kind: str
    timezone: str
    homepage: str

    @property
    def official(self) -> bool:
        """A primary issuer: its page is the document, not a report of it."""
        return self.tier <= 2

    def name(self, lang: Lang) -> str:
        return self.name_zh if lang == "zh" else self.name_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A regulator or other institution of the glossary. ``id`` is its key in facts (``NFRA``)."""

    id: str
    name_en: str
    name_zh: str
    short_en: str
    short_zh: str
    jurisdiction: str
    level: float = 0.5
    """Rank of its word, 0 to 1: national legislature 1, ministry or central bank 0.9, branch 0.4."""

    def name(self, lang: Lang) -> str:
        return self.name_zh if lang == "zh" else self.name_en

    def short(self, lang: Lang) -> str:
        return self.short_zh if lang == "zh" else self.short_en


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryTerm:
    """The rendering of one concept that briefs and titles use, for readers of the glossary."""

    id: str
    kind: str
    """What the glossary files it under: ai, data, term, law, doctype, sanction, sector, …"""
    en: str
    zh: str
    abbrev: str = ""
    jurisdiction: str = ""
    """Where the rendering is official; empty: everywhere."""

    def name(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that an item links to. ``text`` is empty when it could not be read; ``unread`` says why."""

    url: str
    name: str
    media_type: str = ""
    text: str = ""
    unread: str = ""
    snapshot: str = ""


def item_id(source_id: str, key: str) -> str:
    """Name an item for ever, from the fewest stable raw fields: 16 hex digits."""
    return hashlib.sha256(f"{source_id}\n{key}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One publication by one source, as of one version.

    ``id`` is stable for ever: ``item_id(source_id, key)``. ``key`` is the source's own id, else the
    canonical URL. ``text`` is visible plain text, one paragraph a line (``\\n``), NFC. ``labels``
    are the label/value pairs of the page's own metadata table, white space removed from labels
    (``("发文字号", "国办函〔2018〕74号")``).
    """

    id: str
    source_id: str
    key: str
    url: str
    title: str
    text: str
    lang: Tag
    column: str
    """What the source's column holds: news, policy, rule, consultation, penalty, interpretation,
    speech, circular, newsflash, article."""
    published: Moment | None
    fetched_at: datetime
    summary: str = ""
    author: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    snapshot: str = ""
    """SHA-256 of the bytes that the text was read from; names the WARC record."""
    listing: str = ""
    """Hash of what the list said of it; while it stays, the page need not be fetched again."""
    version: int = 1
    baseline: bool = False
    """Seen at the first poll of its source, or old when first seen: known, but not news."""
    withdrawn_at: datetime | None = None
    """Its page was gone at three checks in a row, this one being the third; None while it is there."""

    def field_text(self, name: str) -> str:
        """Return the text that an Evidence's ``field`` points into; KeyError when there is none.

        Fields are ``title``, ``summary``, ``text``, ``label:NAME`` and ``attachment:N``.
        """
        if name in ("title", "summary", "text"):
            return str(getattr(self, name))
        kind, _, key = name.partition(":")
        if kind == "label":
            return dict(self.labels)[key]
        if kind == "attachment":
            return self.attachments[int(key)].text
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where something was read: characters ``start:end`` of one field of one item.

    ``item.field_text(field)[start:end] == quote`` always holds.
    """

    item_id: str
    field: str
    start: int
    end: int
    quote: str


FactKind = Literal[
    "issuer",
    "document_number",
    "document_type",
    "date_signed",
    "date_published",
    "date_effective",
    "date_deadline",
    "date_expiry",
    "citation",
    "implements",
    "amends",
    "replaces",
    "repeals",
    "interprets",
    "replies_to",
    "extends",
    "consults",
    "corrects",
    "finalizes",
    "instrument",
    "legal_level",
    "date_compliance",
    "date_hearing",
    "penalty",
    "entity_bound",
    "amount",
    "obligation",
    "topic",
    "stage",
    "person_private",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A typed value read from an item, with its evidence.

    ``value`` is normalised and language-free where that is possible: a body id of the glossary
    (``NFRA``), a document number with 〔〕 and without spaces or 第 (``银发〔2021〕335号``), a key of
    the document types (``guiding_opinions``), an ISO date, an amount (``CNY 1000000``,
    ``USD 5000000``, ``PCT 3.5``, ``BP 25``), a topic key, a stage key. ``shown`` is the form as
    written. A relative or unknown date has no Fact of a date kind: never a guess.

    Relations (``implements`` … ``finalizes``, ``citation``) have the other document as value: its number, or
    ``《title》`` without white space. ``instrument`` is the ``《title》`` that the item itself issues,
    reports, or consults on. ``legal_level`` is a key of LEGAL_LEVELS; ``penalty`` is what penalty_of reads.
    """

    item_id: str
    kind: FactKind
    value: str
    shown: str
    evidence: Evidence
    method: str = "rule"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """One measure of a decision: a key of SANCTIONS and, if there is one, its amount (``CNY 300000``)."""

    key: str
    amount: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """One decision against one party, as its source states it; the value of a fact ``penalty``.

    What the source does not say is empty. ``party`` is written, and a person masked, as the source does it.
    """

    party: str
    person: bool = False
    """The party is a natural person."""
    role: str = ""
    """What the source adds in brackets to a person: 时任…总经理."""
    sanctions: tuple[Sanction, ...] = ()
    violation: str = ""
    basis: str = ""
    authority: str = ""
    """Id of a Body; of joint authorities the ids with commas between."""
    number: str = ""
    date: str = ""
    """ISO day of the decision."""


def penalty_value(penalty: Penalty) -> str:
    """Return the value of the fact that states a penalty; the same penalty always gives the same text."""
    return msgspec.json.encode(penalty).decode()


def penalty_of(fact: Fact) -> Penalty:
    """Return the penalty that a fact of kind ``penalty`` states; ValueError for any other."""
    return msgspec.json.decode(fact.value, type=Penalty)


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
