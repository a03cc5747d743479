"""Story + facts → Rank: how much it matters, by the published rule in ``rank.yaml``. Pure; no model decides.

What a primary issuer does counts by what it is, not by who covers it: that only the press reports an
instrument of a regulator costs nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from importlib.resources import files

import msgspec
import yaml

from dibao.store import LEVELS, Component, ConfigError, Rank

from . import reasons
from .features import FINAL_STAGES
from .picture import Picture, RankInput, look

__all__ = ["RankInput", "Weights", "load_weights", "score"]


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


def score(view_input: RankInput, *, now: datetime, weights: Weights) -> Rank:
    """Rank a story by the published rule. ``now`` decides which dates are near."""
    seen = look(view_input, now=now)
    parts = _components(seen, today=now.date(), weights=weights)
    plain_score = sum(part.points for part in parts)
    override = _override(seen, parts, plain_score, weights)
    total = round(max(0.0, min(100.0, plain_score + (override.points if override else 0.0))), 2)
    grounds = reason(seen, weights)
    level = next(
        (name for name in LEVELS if name in weights.levels and total >= weights.levels[name]), LEVELS[-1]
    )
    return Rank(
        story_id=view_input.story.id,
        level=level,
        score=total,
        components=(*parts, override) if override else parts,
        reason_en=reasons.sentence(grounds, "en"),
        reason_zh=reasons.sentence(grounds, "zh"),
        official=seen.official,
    )


def reason(seen: Picture, weights: Weights) -> reasons.Ground:
    """Return what the readable reason is made of."""
    draft = seen.stage == "draft"
    return reasons.Ground(
        type=seen.type,
        level=seen.level,
        issuer=seen.issuer,
        draft=draft,
        single=seen.single,
        bound=seen.bound,
        day=seen.deadline or (None if draft else seen.effective),
        deadline=seen.deadline is not None,
        sum=_most(seen, weights),
        publishers=seen.publishers,
        official=seen.official > 0,
    )


def _most(seen: Picture, weights: Weights) -> str:
    """Return the largest sum of an act on one party, as the fact has it; may be empty."""
    return max(seen.sums, key=lambda value: (_cny(value, weights), value), default="")


def _cny(amount: str, weights: Weights) -> float:
    currency, _, number = amount.partition(" ")
    return float(number) * weights.cny_per.get(currency, 0.0) if number else 0.0


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
        "topic": _topic(seen, weights),
    }
    return tuple(
        Component(name=name, value=round(value, 3), weight=weights.weights[name], note=note)
        for name, (value, note) in values.items()
    )


def _topic(seen: Picture, weights: Weights) -> tuple[float, str]:
    """The topic that fits best counts."""
    best = max(seen.topics, key=lambda t: (weights.topics.get(t, 0.0), t), default="")
    return weights.topics.get(best, weights.no_topic), best


def _force(seen: Picture, weights: Weights) -> tuple[float, str]:
    """The level of the legal order as a number; the act on one party weighs by its sum."""
    if seen.type is None:
        return 0.0, "unknown"
    if seen.stage == "draft":
        return 0.0, f"draft:{seen.type.key}"
    if not seen.single:
        return seen.level.force, seen.level.key
    amount = _cny(_most(seen, weights), weights)
    share = next(share for least, share in weights.amount_share if amount >= least)
    return seen.level.force * share, f"{seen.type.key}:{amount:.0f}"


def _reach(seen: Picture, weights: Weights) -> tuple[float, str]:
    level = seen.issuer.level if seen.issuer else weights.unknown_issuer
    if seen.single:
        return weights.reach["firm"], "firm"
    if seen.type is None or (seen.level.force < reasons.BINDS and seen.stage != "draft"):
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
    if seen.single and _cny(_most(seen, weights), weights) < weights.party_cap_free:
        caps.append((weights.party_cap, "one party"))
    if value["issuer"] < weights.local_level and seen.issuer:
        caps.append((weights.local_cap, "local"))
    cap = min(caps, default=None)
    return _shift("cap", cap[0], total, cap[1]) if cap and total > cap[0] else None


def _shift(name: str, to: float, total: float, note: str) -> Component:
    return Component(name=name, value=1.0, weight=round(to - total, 3), note=note)
