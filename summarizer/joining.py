"""An item and a story → how likely it reports its event, and why: guards, then copies, then odds. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .features import Features
from .guards import apart, related, same_case
from .nearest import window
from .pairs import Models, compare, odds, share, strongest
from .sketch import copies

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INSTRUMENT_SCORE = 0.95
COPY_SCORE = 0.99

FOREIGN = 0.3
"""An item this unlike the story's items in its own language is not in it, whatever the other ones say."""

TRANSLATED = 0.9
"""Cosine of bodies across languages from which one text is taken for the other's translation."""

LEAST = 0.2
"""Below this nobody asks why."""

HOPELESS = -2.0
"""When the member that the index found first is so unlike the item, the others are not looked at. Of 5,000
items that joined a story, planted and labelled ones, none had odds below -1.6 with its first."""

COPY_DAYS = 3
"""Days within which the same words are a copy; later they are another notice in the same form."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``score``: 0 to 1, 0 when it is forbidden. ``findings``: what the story's weights were applied to."""

    score: float
    reason: str
    findings: dict[str, float]


_Compared = tuple[float, Features, dict[str, float]]

NO = Verdict(0.0, "", {})


@dataclass(frozen=True, slots=True)
class Crowd:
    """What an item is compared with of a story: some members, and what all of them together are."""

    near: Sequence[Features]
    guarded: Sequence[Features]
    """Members that a guard can speak of, one for each thing it can say."""
    size: int
    centre: NDArray[np.float32]
    """Sum of the members' lead vectors."""


def judge(features: Features, crowd: Crowd, models: Models) -> Verdict:
    """Return the verdict on one item and one story."""
    for member in (*crowd.guarded, *crowd.near):
        if why := apart(features, member):
            return Verdict(0.0, f"apart:{why}", {})
    near = [m for m in crowd.near if _within(features, m)]
    if not near:
        return NO
    return _certain(features, near) or _likely(features, near, crowd, models)


def _within(a: Features, b: Features) -> bool:
    return abs((a.day - b.day).days) <= window(a.official, b.official)


def _certain(features: Features, near: Sequence[Features]) -> Verdict | None:
    if original := original_of(features, near):
        return Verdict(COPY_SCORE, f"same-text:{original}", {})
    for member in near:
        strange = features.issuers and member.issuers and not features.issuers & member.issuers
        if not strange and (name := related(features, member)):
            return Verdict(INSTRUMENT_SCORE, f"instrument:{name}", {})
        if number := same_case(features, member):
            return Verdict(INSTRUMENT_SCORE, f"case:{number}", {})
    return None


def original_of(features: Features, members: Sequence[Features]) -> str:
    """Return the id of the member whose text this is a copy of, empty when there is none."""
    same = [m for m in members if m.id != features.id and _copied(features, m)]
    return min(same, key=lambda m: (not m.official, m.tier, m.at, m.id)).id if same else ""


def _copied(a: Features, b: Features) -> bool:
    if a.chinese != b.chinese or abs((a.day - b.day).days) > COPY_DAYS:
        return False
    if a.text_hash and a.text_hash == b.text_hash:
        return True
    if a.source_id == b.source_id or not copies(a.sketch, b.sketch):
        return False  # one source says the same of another party
    # So do programs that write news of companies.
    filled = a.figures and b.figures and not a.figures & b.figures and a.names - b.names and b.names - a.names
    return not filled


def _likely(features: Features, near: Sequence[Features], crowd: Crowd, models: Models) -> Verdict:
    same: list[_Compared] = []
    other: list[_Compared] = []
    wanted = {chinese: models.between(features.chinese, chinese).wanted() for chinese in (True, False)}
    for n, member in enumerate(near):
        found = compare(features, member, wanted=wanted[member.chinese])
        entry = (odds(features, member, found, models), member, found)
        if n == 0 and entry[0] < HOPELESS:
            return NO
        (other if member.chinese != features.chinese else same).append(entry)
    issued = [made for made, m, _ in same if m.official]
    if features.official and issued and share(max(issued)) < FOREIGN:
        return NO  # reports stand between them, but the issuers' own pages are of two events
    if other and same and share(max(made for made, _, _ in same)) < FOREIGN:
        other = []
    entries = same + other
    best, member, found = max(entries, key=lambda e: (e[0], e[1].id))
    findings = _findings([made for made, _, _ in entries], best, features, crowd)
    score = share(models.story.odds(findings))
    if score < LEAST:
        return Verdict(score, "", findings)
    if member.chinese == features.chinese:
        return Verdict(score, f"similar:{score:.2f}:{strongest(features, member, found, models)}", findings)
    if found["cos_body"] >= TRANSLATED and features.figures == member.figures:
        return Verdict(score, f"translated:{member.id}", findings)
    return Verdict(score, f"across:{score:.2f}:{strongest(features, member, found, models)}", findings)


def _findings(made: Sequence[float], best: float, features: Features, crowd: Crowd) -> dict[str, float]:
    """Return what the story's weights are applied to. The odds are cut at ±8: certain is certain."""
    length = float(crowd.centre @ crowd.centre) ** 0.5
    return {
        "best": max(-8.0, min(8.0, best)),
        "mean": math.fsum(max(-8.0, min(8.0, one)) for one in made) / len(made),
        "centre": float(features.vectors[1] @ crowd.centre) / length if length else 0.0,
        "size": math.log1p(crowd.size),
    }
