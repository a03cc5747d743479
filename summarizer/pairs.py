"""Two Features → how likely they report one event, 0 to 1, with the comparisons behind it. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from .features import Features


@dataclass(frozen=True, slots=True)
class Likeness:
    """Comparisons of two items, each 0 to 1 (``gap`` in days)."""

    cosine: float
    title: float
    lead: float
    body: float
    names: float
    figures: float
    gap: float


def overlap(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the shared weight as a part of the mean weight of both (Dice); 0 when one is empty."""
    if len(left) > len(right):
        left, right = right, left
    total = sum(left.values()) + sum(right.values())
    return 2 * sum(weight for word, weight in left.items() if word in right) / total if total else 0.0


def covered(part: Mapping[str, float], whole: Mapping[str, float]) -> float:
    """Return which share of the weight of ``part`` is found in ``whole``; 0 when it is empty."""
    total = sum(part.values())
    return sum(weight for word, weight in part.items() if word in whole) / total if total else 0.0


def compare(a: Features, b: Features) -> Likeness:
    """Return the comparisons of two items of one language."""
    names = len(a.names & b.names) / max(1, min(len(a.names), len(b.names)))
    figures = len(a.figures & b.figures) / max(1, min(len(a.figures), len(b.figures)))
    return Likeness(
        cosine=float(a.vector @ b.vector),
        title=overlap(a.title, b.title),
        lead=max(covered(a.title, b.lead), covered(b.title, a.lead)),
        body=overlap(a.body, b.body),
        names=names,
        figures=figures,
        gap=float(abs((a.day - b.day).days)),
    )


# Log odds. First fitted (non-negative logistic regression over the pairs of sohu_sts, semeval en-en and
# zh-zh and news_cluster_en: lead 8, title 2, names 1, figures 1), then body and bias set on whole streams:
# body 6 → 10 lifts pairwise F1 of eco_events en from 0.76 to 0.93 at one precision (bench/grouping.py).
WEIGHTS = {"cosine": 2.0, "title": 2.0, "lead": 6.5, "body": 10.0, "names": 1.0, "figures": 1.0}
BIAS = -4.8
GAP_COST = 0.1
"""Log odds a day."""

OTHER_ISSUER = 2.0
MUTUAL = 0.5
DIFFERENT = -1.5
"""Issuers' pages share their formulas, and a speech touches on everything: each title must be found in the
other page, or they are two events."""


def likeness(a: Features, b: Features) -> tuple[float, str]:
    """Return how likely two items report one event, and the strongest comparisons behind it."""
    if a.chinese != b.chinese:
        return across(a, b)
    found = compare(a, b)
    parts = {name: WEIGHTS[name] * getattr(found, name) for name in WEIGHTS}
    odds = sum(parts.values()) + BIAS - GAP_COST * found.gap
    if a.issuers and b.issuers and not _bodies(a) & _bodies(b):
        odds -= OTHER_ISSUER
    if ((a.official and b.official) or a.talk or b.talk) and min(
        covered(a.title, b.lead), covered(b.title, a.lead)
    ) < MUTUAL:
        odds = min(odds, DIFFERENT)
    best = sorted(parts, key=lambda name: (-parts[name], name))[:2]
    return _share(odds), ",".join(f"{name}={getattr(found, name):.2f}" for name in best)


def across(a: Features, b: Features) -> tuple[float, str]:
    """Return the same for a Chinese and an English item, from what has no language.

    Concepts, figures and names of each title must be found in the other item; bodies and types of document
    are no ground of their own: one regulator does several things a day.
    """
    left, right = _subject(a.bridge_title), _subject(b.bridge_title)
    shared = sorted(
        (left.keys() & b.bridge.keys()) | (right.keys() & a.bridge.keys()),
        key=lambda term: (-max(a.bridge.get(term, 0), b.bridge.get(term, 0)), term),
    )
    bodies = _bodies(a) & _bodies(b)
    figures = {t for t in a.bridge.keys() & b.bridge.keys() if t.startswith("f:") and not t.startswith("f:y")}
    deeper = {t for t in a.bridge.keys() & b.bridge.keys() if t[:2] in ("c:", "f:") and t[:3] != "f:y"}
    ground = len(shared) + len(deeper.difference(shared)) / 2
    if ground < 2 or not (bodies or len(figures) >= 2 or ground >= 5):
        return 0.0, ""
    cover = covered(_weighed(left), b.bridge) + covered(_weighed(right), a.bridge)
    odds = 3.2 * cover + 5.0 * overlap(_weighed(a.bridge), _weighed(b.bridge))
    odds += 0.9 * min(3, len(figures)) + (0.8 if bodies else 0.0) - (3.0 if _other_type(a, b) else 0.0)
    odds += ACROSS_BIAS - ACROSS_GAP_COST * abs((a.day - b.day).days)
    return _share(odds), "shared=" + "+".join(shared[:4] or sorted(figures)[:4])


def _bodies(features: Features) -> set[str]:
    """Return the bodies that an item comes from or names."""
    return {t[2:] for t in features.bridge if t.startswith("b:")} | features.issuers


def _other_type(a: Features, b: Features) -> bool:
    """Say whether the titles name types of document, and none in common."""
    left, right = ({t for t in f.bridge_title if t.startswith("t:")} for f in (a, b))
    return bool(left and right and not left & right)


ACROSS_BIAS = -5.0
ACROSS_GAP_COST = 0.5


def _subject(bridge: Mapping[str, float]) -> dict[str, float]:
    """Return what a text is about: not who speaks, nor of which kind the document is, nor when."""
    return {t: w for t, w in bridge.items() if t[:2] in ("c:", "f:", "l:") and not t.startswith("f:y")}


def _weighed(bridge: Mapping[str, float]) -> dict[str, float]:
    """Return the concepts and figures: a Latin word that the Chinese text lacks says nothing against it."""
    return {t: w for t, w in bridge.items() if t[:2] in ("c:", "f:", "s:") and not t.startswith("f:y")}


def _share(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
