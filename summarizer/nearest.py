"""The index over open stories: which items are worth comparing with a new one. By vectors, words and numbers.

Exact search with numpy over the days that may hold the same event: with so many items a day, the cost of an
item does not depend on how long the stream is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEDIA_WINDOW = 16
OFFICIAL_WINDOW = 30
"""Days between reports of one event; an official text comes late, its translation later still."""

NEAREST = 8
"""Items of each language that are found by vector."""

FLOOR = 0.2
"""Cosine of leads below which an item is not found by its vector. Of the pairs that the weights take for one
event, fewer than one in a hundred are below it, in one language or two."""

BY_KEYS = 8
"""Items that are found by shared words and numbers."""

STRONG = 2.0
"""In place of the cosine of items that share a number or an instrument: more than any cosine."""

SHARED_KEYS = 2
"""Words of titles that two items must share to be found by them."""

COMMON_KEY = 60
"""A key of more items than this in the window says nothing and is passed over."""

QUERIES = 256
"""Queries of one matrix product."""


@dataclass(frozen=True, slots=True, eq=False)
class Clue:
    """What an item is found by."""

    id: str
    day: date
    official: bool
    chinese: bool
    vector: NDArray[np.float32]
    keys: tuple[str, ...]


def window(a_official: bool, b_official: bool) -> int:
    """Return the most days between two reports of one event."""
    return OFFICIAL_WINDOW if a_official or b_official else MEDIA_WINDOW


@dataclass(slots=True)
class _Block:
    """Items of one day, language and rank of source, in the order in which they came."""

    clues: list[Clue]
    matrix: NDArray[np.float32] | None = None

    def rows(self) -> NDArray[np.float32]:
        if self.matrix is None or len(self.matrix) != len(self.clues):
            known = 0 if self.matrix is None else len(self.matrix)
            fresh = np.stack([clue.vector for clue in self.clues[known:]])
            self.matrix = fresh if self.matrix is None else np.concatenate([self.matrix, fresh])
        return self.matrix


class Index:
    """Clues by day and by key. What is older than the longest window is let go as the days advance."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[date, bool, bool], _Block] = {}
        self._keys: dict[str, list[Clue]] = defaultdict(list)
        self._swept = date.min

    def add(self, clues: Iterable[Clue]) -> None:
        for clue in clues:
            self._blocks.setdefault((clue.day, clue.official, clue.chinese), _Block([])).clues.append(clue)
            for key in clue.keys:
                self._keys[key].append(clue)

    def near(self, batch: Sequence[Clue]) -> list[dict[str, float]]:
        """Return the ids to compare each clue of a batch with: known ones, and those before it in the batch.

        With each its cosine; 2 for those that share a number or an instrument.

        Adds the batch to the index.
        """
        self._sweep(min((clue.day for clue in batch), default=date.min))
        found: list[dict[str, float]] = [{} for _ in batch]
        for n, cosines in self._by_vector(batch):
            found[n].update(cosines)
        for n, clue in enumerate(batch):
            found[n].update(self._by_keys(clue))
            self.add([clue])
        return found

    def _by_vector(self, batch: Sequence[Clue]) -> Iterator[tuple[int, dict[str, float]]]:
        """Yield (place in the batch, id → cosine), by language, of what is known and of the batch itself."""
        of_day: dict[tuple[date, bool], list[int]] = defaultdict(list)
        for n, clue in enumerate(batch):
            of_day[clue.day, clue.official].append(n)
        order = {clue.id: n for n, clue in enumerate(batch)}
        fresh = Index()
        fresh._spread(batch)
        for (day, official), places in of_day.items():
            queries = np.stack([batch[n].vector for n in places])
            for chinese in (True, False):
                for side, own in ((self, False), (fresh, True)):
                    blocks = list(side._window(day, official, chinese))
                    if not blocks:
                        continue
                    clues = [clue for block in blocks for clue in block.clues]
                    matrix = np.concatenate([block.rows() for block in blocks])
                    late = np.array([order[clue.id] for clue in clues]) if own else None
                    for start in range(0, len(places), QUERIES):
                        part = places[start : start + QUERIES]
                        close = queries[start : start + QUERIES] @ matrix.T
                        if late is not None:
                            close[late[None, :] >= np.array(part)[:, None]] = -1.0
                        for n, row in zip(part, close, strict=True):
                            yield n, {clues[m].id: float(row[m]) for m in _top(row)}

    def _spread(self, batch: Sequence[Clue]) -> None:
        for clue in batch:
            self._blocks.setdefault((clue.day, clue.official, clue.chinese), _Block([])).clues.append(clue)

    def _window(self, day: date, official: bool, chinese: bool) -> Iterator[_Block]:
        for other in (True, False):
            reach = window(official, other)
            for step in range(-reach, reach + 1):
                block = self._blocks.get((day + timedelta(days=step), other, chinese))
                if block is not None:
                    yield block

    def _by_keys(self, clue: Clue) -> dict[str, float]:
        votes: Counter[Clue] = Counter()
        strong: dict[Clue, None] = {}
        for key in clue.keys:
            holders = self._keys.get(key, ())
            if key[:2] in ("n:", "i:"):  # decides by itself and is never too common
                strong.update(dict.fromkeys(holders[-COMMON_KEY:]))
            elif len(holders) <= COMMON_KEY:
                votes.update(holders)
        told = [(other, n) for other, n in votes.items() if n >= SHARED_KEYS and _within(clue, other)]
        told.sort(key=lambda vote: (-vote[1], vote[0].id))
        found = {other.id: float(clue.vector @ other.vector) for other, _ in told[:BY_KEYS]}
        found.update(dict.fromkeys((other.id for other in strong), STRONG))
        return found

    def by_number(self, numbers: Iterable[str]) -> set[str]:
        """Return the ids of items with one of these numbers, however old."""
        return {clue.id for number in numbers for clue in self._keys.get(f"n:{number}", ())}

    def _sweep(self, today: date) -> None:
        """Let go of what no item of this day can join: all but the numbers, once in a week of the stream.

        The day is that of the oldest new item: a stream that is read again late finds all that it had.
        """
        if today < self._swept or today == date.min:
            return
        least = today - timedelta(days=OFFICIAL_WINDOW + 1)
        self._swept = today + timedelta(days=MEDIA_WINDOW)
        self._blocks = {key: block for key, block in self._blocks.items() if key[0] >= least}
        for key in list(self._keys):
            if not key.startswith("n:"):
                kept = [clue for clue in self._keys[key] if clue.day >= least]
                if kept:
                    self._keys[key] = kept
                else:
                    del self._keys[key]


def _within(a: Clue, b: Clue) -> bool:
    return abs((a.day - b.day).days) <= window(a.official, b.official)


def _top(row: NDArray[np.float32]) -> list[int]:
    """Return the places of the nearest rows, nearest first; the same ones on every run."""
    many = len(row) > 4 * NEAREST
    chosen = np.argpartition(-row, NEAREST)[: NEAREST + 1] if many else np.arange(len(row))
    ordered = sorted(chosen.tolist(), key=lambda n: (-row[n], n))[:NEAREST]
    return [n for n in ordered if row[n] >= FLOOR]
