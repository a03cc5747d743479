"""Two Features → how likely they report one event, 0 to 1, from named comparisons and learned weights. Pure.

The weights are in ``pair_weights.json``, made by bench/build/train_pairs.py; ``guards`` come before them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from dibao.store import ConfigError

from . import terms
from .features import Features

NEAR_DAYS = 3.0
NEAR_DAYS_OFFICIAL = 10.0
"""Width of the Gaussian of the time gap: half of all reports of one event come within three days of each
other, an official text and its reports within weeks."""

LENGTH_MARK = "*length"
"""A weight ``NAME*length`` counts the comparison times the length: sharing half its words says more of an
article than of a headline."""


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Log odds: ``bias`` and one weight for each comparison; a comparison without one counts nothing."""

    bias: float
    weights: dict[str, float]

    def odds(self, found: Mapping[str, float]) -> float:
        length = found.get("length", 0.0)
        total = self.bias
        for base, weight, by_length in _terms(tuple(self.weights.items())):
            value = found.get(base, 0.0)
            total += weight * (value * length if by_length else value)
        return total

    def wanted(self) -> frozenset[str]:
        """Return the names of the comparisons that have a weight."""
        return _wanted(tuple(self.weights))

    def parts(self, found: Mapping[str, float]) -> dict[str, float]:
        """Return comparison → what it adds to the odds."""
        added = dict.fromkeys(found, 0.0)
        for name, weight in self.weights.items():
            base = name.removesuffix(LENGTH_MARK)
            if base in found:
                added[base] += weight * found[base] * (found["length"] if base != name else 1.0)
        return added


@lru_cache(maxsize=64)
def _terms(weights: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float, bool], ...]:
    """Return (comparison, weight, whether it counts times the length) of each weight."""
    return tuple((n.removesuffix(LENGTH_MARK), weight, n.endswith(LENGTH_MARK)) for n, weight in weights)


@lru_cache(maxsize=64)
def _wanted(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.removesuffix(LENGTH_MARK) for name in names)


class Models(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``pair_weights.json``: for two items of one language, of two, and for an item and a story."""

    about: str
    embedder: str
    """Name of the embedding model that the cosines were fitted with."""
    chance: float
    """Mean cosine that this model gives unrelated texts (``chance``)."""
    zh: Weights
    en: Weights
    across: Weights
    story: Weights
    """For an item and a story: odds with its nearest member, with the sampled ones, its centre and size."""

    def of(self, a: Features, b: Features) -> Weights:
        """Return the weights for the languages of two items."""
        return self.between(a.chinese, b.chinese)

    def between(self, chinese: bool, other: bool) -> Weights:
        if chinese != other:
            return self.across
        return self.zh if chinese else self.en


@cache
def load_models() -> Models:
    """Return the shipped weights. Raises ConfigError when the file is not as it should be."""
    raw = files("dibao.summarizer").joinpath("pair_weights.json").read_bytes()
    try:
        return msgspec.json.decode(raw, type=Models)
    except msgspec.ValidationError as error:
        raise ConfigError(f"pair_weights.json: {error}; `make pairs` writes it anew") from error


def overlap(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the shared weight as a part of the mean weight of both (Dice); 0 when one is empty."""
    if len(left) > len(right):
        left, right = right, left
    total = sum(left.values()) + sum(right.values())
    return 2 * _common(left, right) / total if total else 0.0


def covered(part: Mapping[str, float], whole: Mapping[str, float]) -> float:
    """Return which share of the weight of ``part`` is found in ``whole``; 0 when it is empty."""
    total = sum(part.values())
    return _common(part, whole) / total if total else 0.0


def _common(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the weight of ``left`` that ``right`` has too; the exact sum, as a set has no order."""
    return math.fsum(map(left.__getitem__, left.keys() & right.keys()))


def compare(a: Features, b: Features, *, wanted: frozenset[str] = frozenset()) -> dict[str, float]:
    """Return the named comparisons of two items, of one language or of two.

    ``wanted``: leave out costly ones that are not among these; empty: all.
    """
    return _across(a, b) if a.chinese != b.chinese else _same(a, b, wanted)


def _cosines(a: Features, b: Features) -> dict[str, float]:
    """Return the cosines of titles, leads and bodies, and the better of title with the other's body."""
    title, lead, body = (a.vectors @ b.vectors.T).tolist()
    return {
        "cos_title": title[0],
        "cos_lead": lead[1],
        "cos_body": body[2],
        "cos_cross": max(title[2], body[0]),
    }


def _same(a: Features, b: Features, wanted: frozenset[str]) -> dict[str, float]:
    shared = [*map(a.lead.__getitem__, a.lead.keys() & b.lead.keys())]
    names = len(a.names & b.names)
    small, large = sorted((len(a.lead), len(b.lead)))
    titles = sorted((covered(a.title, b.lead), covered(b.title, a.lead)))
    found = {
        **_cosines(a, b),
        "title_least": titles[0],
        "title_most": titles[1],
        "entities": names / max(1, min(len(a.names), len(b.names))),
        "entities_shared": math.log1p(names),
        "words_shared": math.log1p(math.fsum(shared)),
        "rarest_shared": max(shared, default=0.0) / terms.UNLISTED,
        **_facts(a, b),
        "length": math.log1p(small),
        "length_ratio": math.log((1 + large) / (1 + small)),
    }
    for name, (measure, field) in _OVERLAPS.items():
        if not wanted or name in wanted:
            found[name] = measure(getattr(a, field), getattr(b, field))
    return found


def _least(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    return min(covered(left, right), covered(right, left))


def _most(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    return max(covered(left, right), covered(right, left))


_OVERLAPS: dict[str, tuple[Callable[[Mapping[str, float], Mapping[str, float]], float], str]] = {
    "words_title": (overlap, "title"),
    "words_body": (overlap, "body"),
    "lead_least": (_least, "lead"),
    "lead_most": (_most, "lead"),
    "concepts": (overlap, "bridge"),
}


def _facts(a: Features, b: Features) -> dict[str, float]:
    """Return what figures, days, numbers, issuers, columns and the calendar say."""
    left, right = a.days, b.days
    width = NEAR_DAYS_OFFICIAL if a.official or b.official else NEAR_DAYS
    gap = abs((a.day - b.day).days)
    fewest = min(len(a.figures), len(b.figures))
    figures = len(a.figures & b.figures) if fewest else 0
    documents = (a.cited or a.named or a.own) and (a.cited | a.named | a.own) & (b.cited | b.named | b.own)
    return {
        "numbers": figures / max(1, fewest),
        "numbers_differ": float(bool(fewest and not figures)),
        "dates": float(bool(left & right)),
        "dates_differ": float(bool(left and right and not left & right)),
        "documents": float(bool(documents)),
        "issuer_differs": float(bool(a.issuers and b.issuers and not a.bodies & b.bodies)),
        "column_differs": float(a.column != b.column and a.official and b.official),
        "far": 1.0 - math.exp(-0.5 * (gap / width) ** 2) if gap else 0.0,
    }


def _across(a: Features, b: Features) -> dict[str, float]:
    """Compare a Chinese and an English item: by vectors, and by what has no language."""
    left, right = weighed(a.bridge), weighed(b.bridge)
    covers = sorted((covered(subject(a.bridge_title), b.bridge), covered(subject(b.bridge_title), a.bridge)))
    latin = {term for term in a.bridge.keys() & b.bridge.keys() if term.startswith("l:")}
    return {
        **_cosines(a, b),
        "concepts": overlap(left, right),
        "title_least": covers[0],
        "title_most": covers[1],
        "entities_shared": math.log1p(len(latin)),
        "bodies": float(bool(a.bodies & b.bodies)),
        "kinds_differ": float(_other_kind(a, b)),
        **_facts(a, b),
        "length": math.log1p(min(len(a.lead), len(b.lead))),
    }


def _other_kind(a: Features, b: Features) -> bool:
    """Say whether the titles name types of document, and none in common."""
    left, right = ({t for t in f.bridge_title if t.startswith("t:")} for f in (a, b))
    return bool(left and right and not left & right)


def subject(bridge: Mapping[str, float]) -> dict[str, float]:
    """Return what a text is about: not who speaks, nor of which kind the document is, nor when."""
    return {t: w for t, w in bridge.items() if t[:2] in ("c:", "f:", "l:") and not t.startswith("f:y")}


def weighed(bridge: Mapping[str, float]) -> dict[str, float]:
    """Return the concepts and figures: a Latin word that the Chinese text lacks says nothing against it."""
    return {t: w for t, w in bridge.items() if t[:2] in ("c:", "f:", "s:") and not t.startswith("f:y")}


MUTUAL = 0.5
DIFFERENT = -1.5
"""Issuers' pages share their formulas, and a speech touches on everything: each title must be found in the
other page, or they are two events."""

MOSTLY = 0.6
NO_GROUND = -2.5
"""An issuer's page and one in the other language that share no concept, figure or name of their titles: one
regulator does several things a day, and their vectors are near."""


def odds(a: Features, b: Features, found: Mapping[str, float], models: Models) -> float:
    """Return the log odds that two items so compared report one event."""
    if a.chinese != b.chinese:
        made = models.across.odds(found)
        formal = a.official or b.official or a.talk or b.talk
        return min(made, NO_GROUND) if formal and not _ground(a, b) else made
    made = models.of(a, b).odds(found)
    formal = (a.official and b.official) or a.talk or b.talk
    return min(made, DIFFERENT) if formal and found["title_least"] < MUTUAL else made


def _ground(a: Features, b: Features) -> bool:
    """Say whether concepts, figures and names of the titles are found in the other item, two at least, or
    most of all that both texts name is the same."""
    left, right = subject(a.bridge_title), subject(b.bridge_title)
    shared = (left.keys() & b.bridge.keys()) | (right.keys() & a.bridge.keys())
    return len(shared) >= 2 or overlap(weighed(a.bridge), weighed(b.bridge)) >= MOSTLY


def share(odds: float) -> float:
    """Return the probability of log odds."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def strongest(a: Features, b: Features, found: Mapping[str, float], models: Models) -> str:
    """Return the two comparisons that speak most for it, ``cos_lead=0.81,entities=0.50``."""
    parts = models.of(a, b).parts(found)
    shown = [name for name in parts if name not in ("length", "length_ratio")]
    best = sorted(shown, key=lambda name: (-parts[name], name))[:2]
    return ",".join(f"{name}={found[name]:.2f}" for name in best)
