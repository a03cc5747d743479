"""The values that cross a wall between stages, up to what is read from an item: frozen, typed, free of I/O.

One record per step of the line: Source → Item → Fact, and in ``tellings`` Story → Brief and Rank → StoryView.
A stage builds them, the store keeps them, the next stage reads them; nothing else passes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import msgspec

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
    "addressee",
    "jurisdiction",
    "mention",
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

    ``addressee`` is a body id, a key of ENTITIES or ADDRESSEES where the words name just that kind, else
    the words (English ones in small letters). ``jurisdiction`` is a key of JURISDICTIONS or REGIONS.
    ``mention`` is a body id, a key of SYSTEMS, or a firm's full name (its legal form without dots).
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
