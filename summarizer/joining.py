"""An item and a story → how likely it reports its event, and why: guards, then copies, then odds. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .features import Features
from .guards import apart, related, same_case
from .nearest import window
from .pairs import Models, compare, compare_unless, cosines, odds, share, strongest
from .sketch import copies

if TYPE_CHECKING:
    from numpy.typing import NDArray

INSTRUMENT_SCORE = 0.95
COPY_SCORE = 0.99

FOREIGN = 0.3
"""An item this unlike the story's items in its own language is not in it, whatever the other ones say."""

TRANSLATED = 0.9
"""Cosine of bodies across languages from which one text is taken for the other's translation."""

LEAST = 0.2
"""Below this nobody asks why."""

HOPELESS = -1.0
"""When the member that the index found first is so unlike the item, the others are not looked at. Of 775
items that join a story in labelled streams (news_cluster_en, uci_headlines, eco_events, xinwenlianbo) and of
5,363 planted ones none has odds below -0.2 with its first."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Centre:
    """Sum of the vectors of some items, rows as in Features, and how many they are."""

    total: NDArray[np.float32]
    count: int

    def __add__(self, other: Centre) -> Centre:
        return Centre(self.total + other.total, self.count + other.count)

    def cosines(self, features: Features) -> dict[str, float]:
        """Return the mean cosines with the items, as ``compare`` names them."""
        titles, leads, bodies = np.vecdot(features.vectors, self.total).tolist()
        return cosines(titles / self.count, leads / self.count, bodies / self.count)


def centres(members: Iterable[Features]) -> dict[bool, Centre]:
    """Return the centre of the Chinese items and that of the others."""
    found: dict[bool, Centre] = {}
    for one in members:
        known, added = found.get(one.chinese), Centre(one.vectors, 1)
        found[one.chinese] = known + added if known else added
    return found


@dataclass(frozen=True, slots=True)
class Crowd:
    """What an item is compared with of a story: some members, and what all of them together are."""

    near: Sequence[Features]
    guarded: Sequence[Features]
    """Members that a guard can speak of, one for each thing it can say."""
    size: int
    centres: Mapping[bool, Centre]
    """Of all members that are Chinese, and of all others."""


def judge(features: Features, crowd: Crowd, models: Models, *, hopeless: float = HOPELESS) -> Verdict:
    """Return the verdict on one item and one story. ``hopeless``: see HOPELESS; training looks further."""
    for member in (*crowd.guarded, *crowd.near):
        if why := apart(features, member):
            return Verdict(0.0, f"apart:{why}", {})
    near = [m for m in crowd.near if _within(features, m)]
    if not near:
        return NO
    return _certain(features, near) or _likely(features, near, crowd, models, hopeless)


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


def _likely(
    features: Features, near: Sequence[Features], crowd: Crowd, models: Models, hopeless: float
) -> Verdict:
    same: list[_Compared] = []
    other: list[_Compared] = []
    for n, member in enumerate(near):
        found = (
            compare_unless(features, member, models, below=hopeless) if n == 0 else compare(features, member)
        )
        if found is None:
            return NO
        entry = (odds(features, member, found, models), member, found)
        if n == 0 and entry[0] < hopeless:
            return NO
        (other if member.chinese != features.chinese else same).append(entry)
    issued = [made for made, m, _ in same if m.official]
    if features.official and issued and share(max(issued)) < FOREIGN:
        return NO  # reports stand between them, but the issuers' own pages are of two events
    if other and same and share(max(made for made, _, _ in same)) < FOREIGN:
        other = []
    entries = same + other
    best, member, found = max(entries, key=lambda e: (e[0], e[1].id))
    findings = _findings(features, entries, (best, member, found), crowd, models)
    score = share(models.story.odds(findings))
    if score < LEAST:
        return Verdict(score, "", findings)
    if member.chinese == features.chinese:
        return Verdict(score, f"similar:{score:.2f}:{strongest(features, member, found, models)}", findings)
    if found["cos_body"] >= TRANSLATED and features.figures == member.figures:
        return Verdict(score, f"translated:{member.id}", findings)
    return Verdict(score, f"across:{score:.2f}:{strongest(features, member, found, models)}", findings)


def _findings(
    features: Features, entries: Sequence[_Compared], nearest: _Compared, crowd: Crowd, models: Models
) -> dict[str, float]:
    """Return what the story's curves are applied to.

    ``around`` is the odds that the nearest member would have, were its cosines those with all members.
    """
    best, member, found = nearest
    around = {**found, **crowd.centres[member.chinese].cosines(features)}
    return {
        "best": _cut(best),
        "mean": math.fsum(_cut(made) for made, _, _ in entries) / len(entries),
        "around": _cut(odds(features, member, around, models)),
        "size": math.log1p(crowd.size),
        "late": math.log1p(min(abs((features.day - m.day).days) for _, m, _ in entries)),
    }


def _cut(odds: float) -> float:
    """Certain is certain."""
    return max(-8.0, min(8.0, odds))
