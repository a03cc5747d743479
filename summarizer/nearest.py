"""The index over open stories: which items are worth comparing with a new one. By vectors, words and numbers.

Exact search with numpy over the days that may hold the same event: with so many items a day, the cost of an
item does not depend on how long the stream is. Where the days hold more than is searched fast, ``graph``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from .graph import Graph, available

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

DIGITS = 5
"""Of a cosine: another size of batch gives another last digit, and must not give other neighbours."""

RUN = 64
"""Cosines of which the highest is taken first."""

EXACT = 100_000
"""Items of one language in a window up to which search is exact; past it by a graph, if that is installed."""


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


class _Block:
    """Items of one day, language and rank of source, in the order in which they came."""

    def __init__(self, dimensions: int) -> None:
        self.numbers: list[int] = []
        self._room = np.empty((4, dimensions), dtype=np.float32)

    def add(self, number: int, vector: NDArray[np.float32]) -> None:
        place = len(self.numbers)
        if place == len(self._room):
            self._room = np.concatenate([self._room, np.empty_like(self._room)])
        self._room[place] = vector
        self.numbers.append(number)

    def rows(self) -> NDArray[np.float32]:
        return self._room[: len(self.numbers)]


@dataclass(slots=True)
class _Holders:
    """Which items have a key, by day."""

    days: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def add(self, day: int, number: int) -> None:
        place = bisect_right(self.days, day)
        self.days.insert(place, day)
        self.numbers.insert(place, number)

    def near(self, day: int) -> tuple[int, int]:
        """Return where those of the window begin and end: many are only counted."""
        first = bisect_left(self.days, day - OFFICIAL_WINDOW)
        return first, bisect_right(self.days, day + OFFICIAL_WINDOW)

    def forget(self, before: int) -> None:
        first = bisect_left(self.days, before)
        del self.days[:first], self.numbers[:first]


class Index:
    """Clues by day and by key. Every item has the number of its turn."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[date, bool, bool], _Block] = {}
        self._keys: dict[str, _Holders] = defaultdict(_Holders)
        self._numbered: dict[str, list[str]] = defaultdict(list)
        self._clues: dict[int, Clue] = {}
        self._graphs: dict[bool, Graph] = {}
        """Language → the graph of its items, from when they became too many."""
        self._turn = 0

    def add(self, clues: Iterable[Clue]) -> None:
        for clue in clues:
            self._add_keys(self._add_vector(clue), clue)

    def _add_vector(self, clue: Clue) -> int:
        number = self._turn
        place = (clue.day, clue.official, clue.chinese)
        if place not in self._blocks:
            self._blocks[place] = _Block(len(clue.vector))
        self._blocks[place].add(number, clue.vector)
        if clue.chinese in self._graphs:
            self._graphs[clue.chinese].add(number, clue.vector)
        self._clues[number] = clue
        self._turn += 1
        return number

    def _add_keys(self, number: int, clue: Clue) -> None:
        day = clue.day.toordinal()
        for key in clue.keys:
            self._keys[key].add(day, number)
            if key.startswith("n:"):
                self._numbered[key[2:]].append(clue.id)

    def near(self, batch: Sequence[Clue]) -> list[dict[str, float]]:
        """Return the ids to compare each clue of a batch with: known ones, and those before it in the batch.

        With each its cosine; 2 for those that share a number or an instrument. The same as one by one.

        Adds the batch to the index.
        """
        numbers = [self._add_vector(clue) for clue in batch]
        found: list[dict[str, float]] = [{} for _ in batch]
        for n, cosines in self._by_vector(batch, numbers):
            found[n].update(cosines)
        for n, clue in enumerate(batch):
            found[n].update(self._by_keys(clue))
            self._add_keys(numbers[n], clue)
        return found

    def _by_vector(
        self, batch: Sequence[Clue], numbers: Sequence[int]
    ) -> Iterator[tuple[int, dict[str, float]]]:
        """Yield (place in the batch, id → cosine), by language."""
        of_day: dict[tuple[date, bool], list[int]] = defaultdict(list)
        for n, clue in enumerate(batch):
            of_day[clue.day, clue.official].append(n)
        for (day, official), places in of_day.items():
            for chinese in (True, False):
                blocks = list(self._window(day, official, chinese))
                if graph := self._graph(chinese, sum(len(block.numbers) for block in blocks)):
                    yield from self._by_graph(graph, batch, places, numbers)
                    continue
                known = list(chain.from_iterable(block.numbers for block in blocks))
                for start in range(0, len(places), QUERIES):
                    part = places[start : start + QUERIES]
                    queries = np.stack([batch[n].vector for n in part])
                    close = _before(queries, blocks, [numbers[n] for n in part])
                    for n, row in zip(part, close, strict=True):
                        yield n, self._nearest(row, known)

    def _graph(self, chinese: bool, many: int) -> Graph | None:
        """Return the graph to search instead of so many items, made when it is first needed."""
        if many <= EXACT or not available():
            return None
        if chinese not in self._graphs:
            clues = {number: clue for number, clue in self._clues.items() if clue.chinese == chinese}
            made = self._graphs[chinese] = Graph(len(next(iter(clues.values())).vector))
            for number, clue in clues.items():
                made.add(number, clue.vector)
        return self._graphs[chinese]

    def _by_graph(
        self, graph: Graph, batch: Sequence[Clue], places: Sequence[int], numbers: Sequence[int]
    ) -> Iterator[tuple[int, dict[str, float]]]:
        found = graph.near(np.stack([batch[n].vector for n in places]))
        for n, near in zip(places, found, strict=True):
            earlier = [self._clues[number] for number in near if number < numbers[n]]
            told = [
                (-round(float(batch[n].vector @ clue.vector), DIGITS), clue.id)
                for clue in earlier
                if _within(batch[n], clue)
            ]
            yield n, {item_id: -cosine for cosine, item_id in sorted(told)[:NEAREST] if -cosine >= FLOOR}

    def _nearest(self, row: NDArray[np.float32], known: Sequence[int]) -> dict[str, float]:
        """Return the nearest items with their cosines; of equals those with the lesser id."""
        least = FLOOR
        if len(row) >= NEAREST * RUN:
            # As many runs have one at least as near as this; a few dozen of thousands are left to be sorted.
            tops = row[: len(row) // RUN * RUN].reshape(-1, RUN).max(axis=1)
            least = max(FLOOR, float(np.partition(tops, -NEAREST)[-NEAREST]) - 10**-DIGITS)
        places = np.flatnonzero(row >= least)
        told = [(-round(float(row[at]), DIGITS), self._clues[known[at]].id) for at in places.tolist()]
        return {item_id: -cosine for cosine, item_id in sorted(told)[:NEAREST]}

    def _window(self, day: date, official: bool, chinese: bool) -> Iterator[_Block]:
        for other in (True, False):
            reach = window(official, other)
            for step in range(-reach, reach + 1):
                block = self._blocks.get((day + timedelta(days=step), other, chinese))
                if block is not None:
                    yield block

    def _by_keys(self, clue: Clue) -> dict[str, float]:
        votes: Counter[int] = Counter()
        strong: dict[int, None] = {}
        day = clue.day.toordinal()
        for key in clue.keys:
            holders = self._keys.get(key)
            if holders is None:
                continue
            first, end = holders.near(day)
            if key[:2] in ("n:", "i:"):  # decides by itself and is never too common
                strong.update(dict.fromkeys(holders.numbers[max(first, end - COMMON_KEY) : end]))
            elif end - first <= COMMON_KEY:
                votes.update(holders.numbers[first:end])
        shared = ((-n, self._clues[other]) for other, n in votes.items() if n >= SHARED_KEYS)
        told = sorted((v for v in shared if _within(clue, v[1])), key=lambda vote: (vote[0], vote[1].id))
        found = {other.id: round(float(clue.vector @ other.vector), DIGITS) for _, other in told[:BY_KEYS]}
        found.update({self._clues[other].id: STRONG for other in strong})
        return found

    def by_number(self, numbers: Iterable[str]) -> set[str]:
        """Return the ids of items with one of these numbers, however old."""
        return {item_id for number in numbers for item_id in self._numbered.get(number, ())}

    def forget(self, before: date) -> None:
        """Let go of what is older than a day, but for the numbers."""
        for place in [place for place in self._blocks if place[0] < before]:
            gone = self._blocks.pop(place).numbers
            for number in gone:
                self._forget_keys(self._clues.pop(number), before.toordinal())
            if place[2] in self._graphs:
                self._graphs[place[2]].forget(gone)

    def _forget_keys(self, clue: Clue, before: int) -> None:
        for key in clue.keys:
            if holders := self._keys.get(key):
                holders.forget(before)
                if not holders.days:
                    del self._keys[key]


def _before(
    queries: NDArray[np.float32], blocks: Sequence[_Block], turns: Sequence[int]
) -> NDArray[np.float32]:
    """Return the cosines of queries and blocks; -1 with what came at the query's own turn or later."""
    close = np.empty((len(queries), sum(len(block.numbers) for block in blocks)), dtype=np.float32)
    at = 0
    for block in blocks:
        part = close[:, at : at + len(block.numbers)]
        np.matmul(queries, block.rows().T, out=part)
        if block.numbers[-1] >= min(turns):
            part[np.array(block.numbers)[None, :] >= np.array(turns)[:, None]] = -1.0
        at += len(block.numbers)
    return close


def _within(a: Clue, b: Clue) -> bool:
    return abs((a.day - b.day).days) <= window(a.official, b.official)
