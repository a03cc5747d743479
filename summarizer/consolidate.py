"""Stories as they are → which ones look like one event, and which like two; and why each item is where it is.

Only proposals: an editor decides. What an editor has split is never proposed for merging, what is pinned not
at all. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .cluster import OpenStory
from .features import Features, read_features
from .glossary import Glossary
from .guards import apart
from .joining import Crowd, centres, judge, original_of
from .pairs import Models, compare, odds, share

MERGE = 0.9
"""Likeness of every item of the smaller story to the larger one from which a merge is proposed."""

SPLIT = 0.15
"""Likeness below which the halves of a story hold together by nothing."""

MOST = 60
"""Items of a story that are compared with each other; larger ones are left alone."""

NEIGHBOURS = 6
CERTAIN = ("number", "instrument", "case", "same-text", "editor")
"""Reasons to be in a story that likeness says nothing against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """``merge``: ``story_ids`` are one event. ``split``: ``item_ids`` are another event than the rest."""

    kind: Literal["merge", "split"]
    story_ids: tuple[int, ...]
    item_ids: tuple[str, ...] = ()
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why an item is in its story: the reason kept when it joined; and today, the member most like it, how
    likely the two are of one event, and what each comparison is and adds to the log odds.

    All parts add up to the odds: ``base`` is what any two such items begin with, ``rule`` what a rule takes
    away.
    """

    item_id: str
    reason: str
    nearest: str
    score: float
    parts: dict[str, tuple[float, float]]


def propose(
    stories: Sequence[OpenStory],
    *,
    models: Models,
    glossary: Glossary,
    parted: Iterable[tuple[str, str]] = (),
) -> tuple[Proposal, ...]:
    """Return proposals, surest first. The same stories give the same proposals in any order."""
    known = [
        (opened, [read_features(c, glossary) for c in opened.candidates[:MOST]])
        for opened in sorted(stories, key=lambda o: o.story.id)
        if not opened.closed and opened.candidates
    ]
    never = {frozenset(pair) for pair in parted}
    found = [*_merges(known, models, never), *_splits(known, models)]
    return tuple(sorted(found, key=lambda p: (-p.score, p.story_ids, p.item_ids)))


_Known = tuple[OpenStory, list[Features]]


def _merges(known: Sequence[_Known], models: Models, never: set[frozenset[str]]) -> Iterable[Proposal]:
    if len(known) < 2:
        return
    middles = np.stack([_middle(features) for _, features in known])
    close = middles @ middles.T
    np.fill_diagonal(close, -1.0)
    pairs = {
        (min(n, int(m)), max(n, int(m)))
        for n, row in enumerate(close)
        for m in np.argsort(-row, kind="stable")[:NEIGHBOURS]
    }
    for n, m in sorted(pair for pair in pairs if pair[0] != pair[1]):
        small, large = sorted((known[n], known[m]), key=lambda k: (len(k[1]), k[0].story.id))
        if any(frozenset((a.id, b.id)) in never for a in small[1] for b in large[1]):
            continue
        crowd = Crowd(large[1][:8], large[1], len(large[1]), centres(large[1]))
        verdicts = [judge(features, crowd, models) for features in small[1]]
        least = min(verdicts, key=lambda v: v.score)
        if least.score >= MERGE:
            numbers = tuple(sorted((known[n][0].story.id, known[m][0].story.id)))
            yield Proposal(kind="merge", story_ids=numbers, score=round(least.score, 3), reason=least.reason)


def _middle(features: Sequence[Features]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    total = np.sum([f.vectors[1] for f in features], axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)


def _splits(known: Sequence[_Known], models: Models) -> Iterable[Proposal]:
    """Yield stories whose items fall into halves that nothing certain and no likeness ties."""
    for opened, features in known:
        sure = {m.item_id for m in opened.story.members if m.reason.partition(":")[0] in CERTAIN}
        if len(features) < 2 or len(features) != len(opened.story.members):
            continue
        parts = _parts(features, sure, opened.story.head, models)
        if len(parts) < 2:
            continue
        kept = max(parts, key=lambda part: (opened.story.head in part, len(part), sorted(part)))
        for part in sorted((p for p in parts if p is not kept), key=sorted):
            inner = [f for f in features if f.id in part]
            best = max(_likeness(a, b, models) for a in inner for b in features if b.id not in part)
            reason = f"likeness:{best:.2f}"
            yield Proposal(
                kind="split", story_ids=(opened.story.id,), item_ids=tuple(sorted(part)),
                score=round(1 - best, 3), reason=reason,
            )  # fmt: skip


def _parts(features: Sequence[Features], sure: set[str], head: str, models: Models) -> list[set[str]]:
    """Return the items in parts between which there is no tie."""
    parts: list[set[str]] = []
    for one in features:
        touching = [
            part
            for part in parts
            if any(
                (one.id in sure and head in part)
                or (other.id in sure and one.id == head)
                or _likeness(one, other, models) >= SPLIT
                for other in features
                if other.id in part
            )
        ]
        joined = {one.id}.union(*touching)
        parts = [part for part in parts if part not in touching] + [joined]
    return parts


def _likeness(a: Features, b: Features, models: Models) -> float:
    return 0.0 if apart(a, b) else share(odds(a, b, compare(a, b), models))


def explain(opened: OpenStory, *, models: Models, glossary: Glossary) -> tuple[Explained, ...]:
    """Return for each member why it joined, and what speaks for it today."""
    features = [read_features(candidate, glossary) for candidate in opened.candidates]
    reasons = {member.item_id: member.reason for member in opened.story.members}
    return tuple(_explained(one, features, reasons[one.id], models) for one in features)


def _explained(one: Features, features: Sequence[Features], reason: str, models: Models) -> Explained:
    others = [(odds(one, f, compare(one, f), models), f.id, f) for f in features if f.id != one.id]
    if not others:
        return Explained(item_id=one.id, reason=reason, nearest="", score=1.0, parts={})
    copied = original_of(one, [f for _, _, f in others])
    score, _, nearest = max(others, key=lambda o: (o[1] == copied, o[0], o[1]))
    found = compare(one, nearest)
    curves = models.of(one, nearest)
    added = curves.parts(found)
    base = curves.base(found)
    parts = {"base": (1.0, round(base, 3))}
    parts |= {name: (round(found[name], 3), round(points, 3)) for name, points in added.items()}
    if (cut := round(score - base - sum(added.values()), 3)) < 0:
        parts["rule"] = (1.0, cut)
    return Explained(
        item_id=one.id, reason=reason, nearest=nearest.id, score=round(share(score), 3), parts=parts
    )
