"""Story + facts → Picture: what the rule of rank looks at, read once. Pure; weighs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dibao.store import (
    DOCUMENT_TYPES,
    LEGAL_LEVELS,
    Body,
    DocumentType,
    Fact,
    Item,
    LegalLevel,
    Penalty,
    Source,
    Story,
    families,
    penalty_of,
)

from . import reasons
from .embed import LEAD
from .facts.legal import usual_level
from .features import DRAFT_TYPES, SINGLE_PARTY, instruments
from .lead import decides, leading
from .terms import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class RankInput:
    """A story with all that its rank is made of. ``items`` and ``facts`` by item id; ``sources`` by
    source id; ``bodies`` by body id."""

    story: Story
    items: Mapping[str, Item]
    sources: Mapping[str, Source]
    facts: Mapping[str, Sequence[Fact]]
    bodies: Mapping[str, Body]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What the rule looks at, read once."""

    type: DocumentType | None
    """The strongest document of the story."""
    level: LegalLevel
    """Where that document stands in the legal order; a draft, and what is no document, on none."""
    issuer: Body | None
    stage: str
    single: bool
    bound: tuple[Fact, ...]
    deadline: date | None
    effective: date | None
    topics: frozenset[str]
    sums: tuple[str, ...]
    """What each party of an act on single ones pays: ``USD 4200000``."""
    publishers: int
    official: int
    """Items that are an issuer's own."""


def look(view_input: RankInput, *, now: datetime) -> Picture:
    """Read from a story's facts what the rule looks at: the head's first, then those of the others."""
    story, today = view_input.story, now.date()
    pool = [view_input.items[i] for i in story.item_ids if i in view_input.items]
    lead = leading(pool, view_input.facts, view_input.sources, head=story.head)
    order = [lead, *(item.id for item in pool)]
    members = [Seen.of(view_input, i) for i in dict.fromkeys(order)]
    facts = [f for member in members for f in member.facts]
    type = _type(members)
    stage = _stage(members, type)
    single = type is not None and type.key in SINGLE_PARTY
    return Picture(
        type=type,
        level=LEGAL_LEVELS["none"] if stage == "draft" else _level(members, type),
        issuer=_issuer(members, view_input.bodies),
        stage=stage,
        single=single,
        bound=_distinct(f for f in facts if f.kind == "entity_bound"),
        deadline=_next(facts, "date_deadline", today),
        effective=_next(facts, "date_effective", today),
        topics=frozenset(f.value for f in facts if f.kind == "topic"),
        sums=tuple(_sums(members)) if single else (),
        publishers=len(_families(view_input)),
        official=sum(member.source.official for member in members),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """An item of the story with its source and facts."""

    item: Item
    source: Source
    facts: tuple[Fact, ...]

    @classmethod
    def of(cls, view_input: RankInput, id: str) -> Seen:
        item = view_input.items[id]
        return cls(item, view_input.sources[item.source_id], tuple(view_input.facts.get(id, ())))

    def values(self, kind: str) -> list[str]:
        """Return the values of the facts of one kind."""
        return [f.value for f in self.facts if f.kind == kind]

    def asks(self) -> bool:
        """Whether it lays a duty on anybody, or takes effect on a day; where to write to is no duty."""
        private = [f.evidence for f in self.facts if f.kind == "person_private"]
        for fact in self.facts:
            if fact.kind == "date_effective":
                return True
            if fact.kind == "obligation" and fact.value in ("must", "must_not"):
                at = fact.evidence
                if not any(p.field == at.field and p.start < at.end and at.start < p.end for p in private):
                    return True
        return False

    def sums(self) -> list[str]:
        """Return what each party of a decision has to pay: the total where it is said, else the parts added.

        Without a penalty read from it, the amounts that are said to be paid or taken.
        """
        penalties = [penalty_of(f) for f in self.facts if f.kind == "penalty"]
        if penalties:
            return [value for penalty in penalties if (value := _paid(penalty))]
        return [f.value for f in self.facts if f.kind == "amount" and self._imposed(f)]

    def _imposed(self, fact: Fact) -> bool:
        try:
            text = self.item.field_text(fact.evidence.field)
        except (KeyError, IndexError):
            return False
        at = fact.evidence.start
        before, after = text[max(0, at - 70) : at], text[fact.evidence.end : fact.evidence.end + 8]
        if SPARED.search(before):
            return False
        return bool(_PAID.search(before) or _NAMED_AFTER.match(after))


def _paid(penalty: Penalty) -> str:
    sums = {s.key: s.amount for s in penalty.sanctions if s.amount}
    if "total" in sums:
        return sums["total"]
    units = {value.partition(" ")[0] for value in sums.values()}
    if len(units) != 1:
        return max(sums.values(), default="")
    total = sum(Decimal(value.partition(" ")[2]) for value in sums.values())
    return f"{units.pop()} {total:f}"


_PAID = re.compile(
    r"(?:罚款|罚没|没收|追缴|处以|罚金|罚没合计)[^，。；]{0,12}$|\b(?:fine[sd]?|penalt(?:y|ies)|disgorge|pay(?:s|ing)?|settle)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
SPARED = re.compile(
    r"would (?:otherwise )?have (?:been|imposed|fined|faced)[^.;]{0,40}$|(?:本应|原应|本来)[^，。；]{0,12}$",
    re.IGNORECASE,
)
"""What would have been paid without a discount."""
_NAMED_AFTER = re.compile(r"\s?(?:民事)?(?:罚款|罚金)|\s(?:fine|penalty)\b", re.IGNORECASE)


def _sums(members: Sequence[Seen]) -> list[str]:
    """Return what is paid by the issuer's own text; by the reports only without one."""
    for official in (True, False):
        found = [
            value
            for member in members
            if member.source.official == official
            for value in member.sums()
            if _MONEY.fullmatch(value)
        ]
        if found:
            return found
    return []


_MONEY = re.compile(r"(?!PCT)[A-Z]{3} (?=.*[1-9])\d{1,20}(?:\.\d{1,6})?")


def _distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({f.value: f for f in reversed(tuple(facts))}.values())[::-1]


def _families(told: RankInput) -> frozenset[str]:
    """Return the families that speak for themselves: one text in ten outlets is one publisher's."""
    members = ((m, told.items[m.item_id]) for m in told.story.members if m.item_id in told.items)
    return families({m.item_id: (told.sources[item.source_id].family, m) for m, item in members})


def _type(members: Sequence[Seen]) -> DocumentType | None:
    """Return the strongest type among the issuers' documents; without one, among what the reports name.

    A report's own type (news_report, press_release) says nothing of what it reports.
    """
    for official in (True, False):
        acts = [
            DOCUMENT_TYPES[value]
            for member in members
            if member.source.official == official
            for value in member.values("document_type")
            if value in DOCUMENT_TYPES and value not in ("news_report", "press_release")
        ]
        if not official and not any(t.force > 0 for t in acts):
            acts += _named_types(members)
        if acts and acts[0].key in SINGLE_PARTY:
            return acts[0]
        if acts:
            return max(acts, key=lambda t: (t.force, t.key))
    if any(decides(member.item.title) for member in members):
        return DOCUMENT_TYPES["decision"]
    return None


TELLS = frozenset({"announcement", "public_notice"})
"""Types under which rules are made, but facts made known too: which, their duties and days tell."""


def _level(members: Sequence[Seen], type: DocumentType | None) -> LegalLevel:
    """Return the level that is read from the document of the story's type, else the usual one of the type."""
    if type is None:
        return LEGAL_LEVELS["none"]
    same = [member for member in members if type.key in member.values("document_type")]
    issued = [member for member in same if member.source.official]
    if type.key in TELLS and issued and not any(member.asks() for member in issued):
        return LEGAL_LEVELS["none"]
    for member in sorted(same, key=lambda m: not m.source.official):
        if read := [value for value in member.values("legal_level") if value in LEGAL_LEVELS]:
            return LEGAL_LEVELS[read[0]]
    return LEGAL_LEVELS[usual_level(type.key)]


_BY_NAME = sorted(DOCUMENT_TYPES.values(), key=lambda t: (-len(t.zh), t.key))


def _named_types(members: Sequence[Seen]) -> list[DocumentType]:
    """Return the types of the instruments that reports name: 关于…的指导意见 is guiding opinions."""
    found = []
    for member in members:
        item = member.item
        names = instruments(plain(item.title), plain((item.text or item.summary)[:LEAD]), official=False)
        for name in sorted(names):
            if known := next((t for t in _BY_NAME if name.endswith(t.zh)), None):
                found.append(known)
    return found


def _issuer(members: Sequence[Seen], bodies: Mapping[str, Body]) -> Body | None:
    """Return the highest body, of equal ones the first, that issued the first document of which it is known.

    Without any such fact: the highest that the first lines of a report name.
    """
    for member in members:
        if found := [bodies[v] for v in member.values("issuer") if v in bodies]:
            return max(found, key=lambda b: b.level)
    named = []
    for member in members[:MOST_READ]:
        head = f"{member.item.title}\n{(member.item.text or member.item.summary)[:80]}"
        named += [
            b for b in bodies.values() if len(b.name_zh) > 2 and (b.name_zh in head or b.name_en in head)
        ]
    return max(named, key=lambda b: (b.level, b.id), default=None)


MOST_READ = 8


def _stage(members: Sequence[Seen], type: DocumentType | None) -> str:
    """Return the stage: the head's, else that of the first item that has one, else what the type implies."""
    if type and type.key in DRAFT_TYPES:
        return "draft"
    if type and type.key in SINGLE_PARTY:
        return "enforced"
    said = [value for member in members for value in member.values("stage") if value != "none"]
    if said:
        return said[0]
    return "final" if type and type.force >= reasons.BINDS else "none"


def _next(facts: Iterable[Fact], kind: str, today: date) -> date | None:
    """Return the next day of a kind that is not over."""
    days = []
    for f in facts:
        if f.kind == kind:
            try:
                days.append(date.fromisoformat(f.value))
            except ValueError:
                continue  # only a month or a year is known: no day, and no guess
    return min((d for d in days if d >= today), default=None)
