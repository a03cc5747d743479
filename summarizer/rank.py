"""Story + facts → Rank: how much it matters, by the published rule in ``rank.yaml``. Pure; no model decides.

What a primary issuer does counts by what it is, not by who covers it: that only the press reports an
instrument of a regulator costs nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files

import msgspec
import yaml

from dibao.store import (
    DOCUMENT_TYPES,
    LEVELS,
    Body,
    Component,
    ConfigError,
    DocumentType,
    Fact,
    Item,
    Penalty,
    Rank,
    Source,
    Story,
    families,
    penalty_of,
)

from . import reasons
from .embed import LEAD
from .features import DRAFT_TYPES, FINAL_STAGES, SINGLE_PARTY, instruments
from .lead import decides, leading
from .terms import plain


class Floor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which force and issuer on a final document has at least this score."""

    force: float
    issuer: float
    score: float


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``rank.yaml``; each field is explained there."""

    weights: dict[str, float]
    levels: dict[str, float]
    stage: dict[str, float]
    reach: dict[str, float]
    sector_bonus: float
    unknown_issuer: float
    urgency_days: tuple[tuple[int, float], ...]
    in_effect_at_once: float
    far_or_none: float
    full_corroboration: int
    topics: dict[str, float]
    no_topic: float
    amount_share: tuple[tuple[float, float], ...]
    cny_per: dict[str, float]
    rule_floor: Floor
    talk_cap: float
    party_cap: float
    party_cap_free: float
    local_cap: float
    local_level: float


@cache
def load_weights() -> Weights:
    """Read the rule that ships with the package. Raises ConfigError naming the field that is wrong."""
    text = files("dibao.summarizer").joinpath("rank.yaml").read_text("utf-8")
    try:
        return msgspec.convert(yaml.safe_load(text), Weights)
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise ConfigError(f"rank.yaml: {' '.join(str(error).split())}") from error


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
    issuer: Body | None
    stage: str
    single: bool
    bound: tuple[Fact, ...]
    deadline: date | None
    effective: date | None
    topic: str
    amount: float
    """Largest sum of an act on one party, in CNY."""
    sum: str
    """The same as the fact has it: ``USD 4200000``."""
    publishers: int
    official: bool


def score(view_input: RankInput, *, now: datetime, weights: Weights) -> Rank:
    """Rank a story by the published rule. ``now`` decides which dates are near."""
    seen = look(view_input, now=now, weights=weights)
    parts = _components(seen, today=now.date(), weights=weights)
    plain_score = sum(part.points for part in parts)
    override = _override(seen, parts, plain_score, weights)
    total = round(max(0.0, min(100.0, plain_score + (override.points if override else 0.0))), 2)
    level = next(
        (name for name in LEVELS if name in weights.levels and total >= weights.levels[name]), LEVELS[-1]
    )
    return Rank(
        story_id=view_input.story.id,
        level=level,
        score=total,
        components=(*parts, override) if override else parts,
        reason_en=reasons.sentence(reason(seen), "en"),
        reason_zh=reasons.sentence(reason(seen), "zh"),
    )


def reason(seen: Picture) -> reasons.Ground:
    """Return what the readable reason is made of."""
    draft = seen.stage == "draft"
    return reasons.Ground(
        type=seen.type,
        issuer=seen.issuer,
        draft=draft,
        single=seen.single,
        bound=seen.bound,
        day=seen.deadline or (None if draft else seen.effective),
        deadline=seen.deadline is not None,
        sum=seen.sum,
        publishers=seen.publishers,
        official=seen.official,
    )


def look(view_input: RankInput, *, now: datetime, weights: Weights) -> Picture:
    """Read from a story's facts what the rule looks at: the head's first, then those of the others."""
    story, today = view_input.story, now.date()
    pool = [view_input.items[i] for i in story.item_ids if i in view_input.items]
    lead = leading(pool, view_input.facts, view_input.sources, head=story.head)
    order = [lead, *(item.id for item in pool)]
    members = [Seen.of(view_input, i) for i in dict.fromkeys(order)]
    facts = [f for member in members for f in member.facts]
    type = _type(members)
    single = type is not None and type.key in SINGLE_PARTY
    sums = _sums(members, weights) if single else []
    most = max(sums, key=lambda value: (_cny(value, weights), value), default="")
    topics = {f.value for f in facts if f.kind == "topic"}
    return Picture(
        type=type,
        issuer=_issuer(members, view_input.bodies),
        stage=_stage(members, type),
        single=single,
        bound=_distinct(f for f in facts if f.kind == "entity_bound"),
        deadline=_next(facts, "date_deadline", today),
        effective=_next(facts, "date_effective", today),
        topic=max(topics, key=lambda t: (weights.topics.get(t, 0.0), t), default=""),
        amount=_cny(most, weights),
        sum=most,
        publishers=len(_families(view_input)),
        official=any(member.source.official for member in members),
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
        if _SPARED.search(before):
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
_SPARED = re.compile(r"would have been[^.;]{0,30}$|本应[^，。；]{0,12}$", re.IGNORECASE)
"""What would have been paid without a discount."""
_NAMED_AFTER = re.compile(r"\s?(?:民事)?(?:罚款|罚金)|\s(?:fine|penalty)\b", re.IGNORECASE)


def _sums(members: Sequence[Seen], weights: Weights) -> list[str]:
    """Return what is paid by the issuer's own text; by the reports only without one."""
    for official in (True, False):
        found = [
            value
            for member in members
            if member.source.official == official
            for value in member.sums()
            if _cny(value, weights) > 0
        ]
        if found:
            return found
    return []


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
    """Return the highest body that issued the first document of which it is known.

    Without any such fact: the highest that the first lines of a report name.
    """
    for member in members:
        if found := [bodies[v] for v in member.values("issuer") if v in bodies]:
            return max(found, key=lambda b: (b.level, b.id))
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


def _cny(amount: str, weights: Weights) -> float:
    currency, _, number = amount.partition(" ")
    try:
        return float(number) * weights.cny_per.get(currency, 0.0)
    except ValueError:
        return 0.0


def _components(seen: Picture, *, today: date, weights: Weights) -> tuple[Component, ...]:
    values = {
        "force": _force(seen, weights),
        "issuer": (seen.issuer.level, seen.issuer.id) if seen.issuer else (weights.unknown_issuer, "unknown"),
        "reach": _reach(seen, weights),
        "stage": (weights.stage.get(seen.stage, 0.0), seen.stage),
        "urgency": _urgency(seen, today, weights),
        "corroboration": (
            min(1.0, math.log1p(seen.publishers) / math.log1p(weights.full_corroboration)),
            f"publishers:{seen.publishers}",
        ),
        "topic": (weights.topics.get(seen.topic, weights.no_topic), seen.topic),
    }
    return tuple(
        Component(name=name, value=round(value, 3), weight=weights.weights[name], note=note)
        for name, (value, note) in values.items()
    )


def _force(seen: Picture, weights: Weights) -> tuple[float, str]:
    if seen.type is None:
        return 0.0, "unknown"
    if seen.stage == "draft":
        return 0.0, f"draft:{seen.type.key}"
    if not seen.single:
        return seen.type.force, seen.type.key
    share = next(share for least, share in weights.amount_share if seen.amount >= least)
    return seen.type.force * share, f"{seen.type.key}:{seen.amount:.0f}"


def _reach(seen: Picture, weights: Weights) -> tuple[float, str]:
    level = seen.issuer.level if seen.issuer else weights.unknown_issuer
    if seen.single:
        return weights.reach["firm"], "firm"
    if seen.type is None or (seen.type.force < reasons.BINDS and seen.stage != "draft"):
        return weights.reach["none"], "none"
    name = (
        "legislature"
        if level >= 0.95
        else "national"
        if level > 0.75
        else "body"
        if level >= 0.5
        else "regional"
    )
    bonus = weights.sector_bonus if seen.bound else 0.0
    return min(1.0, weights.reach[name] + bonus), name + (f"+{len(seen.bound)}" if seen.bound else "")


DUTY = 0.2
"""Types of less force lay no duty on anybody: questions and answers, speeches, statistics."""


def _urgency(seen: Picture, today: date, weights: Weights) -> tuple[float, str]:
    dated = seen.deadline or (None if seen.stage == "draft" else seen.effective)
    if dated:
        for days, value in weights.urgency_days:
            if (dated - today).days <= days:
                return value, dated.isoformat()
        return weights.far_or_none, dated.isoformat()
    binding = seen.stage in ("final", "in_force") and seen.type is not None and seen.type.force >= DUTY
    return (weights.in_effect_at_once, "at once") if binding else (weights.far_or_none, "none")


def _override(seen: Picture, parts: Sequence[Component], total: float, weights: Weights) -> Component | None:
    """Return the floor or cap that applies, as a component whose points are the difference that it makes."""
    value = {part.name: part.value for part in parts}
    floor = weights.rule_floor
    binding = seen.stage in FINAL_STAGES and not seen.single and value["force"] >= floor.force
    if binding and value["issuer"] >= floor.issuer:
        return _shift("floor", floor.score, total, "binding national rule") if total < floor.score else None
    caps = []
    if (seen.type is None or seen.type.force < DUTY) and seen.stage != "draft" and not seen.deadline:
        caps.append((weights.talk_cap, "lays no duty"))
    if seen.single and seen.amount < weights.party_cap_free:
        caps.append((weights.party_cap, "one party"))
    if value["issuer"] < weights.local_level and seen.issuer:
        caps.append((weights.local_cap, "local"))
    cap = min(caps, default=None)
    return _shift("cap", cap[0], total, cap[1]) if cap and total > cap[0] else None


def _shift(name: str, to: float, total: float, note: str) -> Component:
    return Component(name=name, value=1.0, weight=round(to - total, 3), note=note)
