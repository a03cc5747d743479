"""Vectors of a very full window → their neighbours, nearly all, by usearch: the extra ``dibao[scale]``.

Exact search costs an item as much as there is in its window; this costs little more in one twice as full.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOUND = 64
"""Neighbours asked for: some are too old, some came later."""


def available() -> bool:
    """Say whether usearch is installed."""
    return find_spec("usearch") is not None


class Graph:
    """Vectors by the number of their turn."""

    def __init__(self, dimensions: int) -> None:
        from usearch.index import Index

        self._index: Any = Index(
            ndim=dimensions, metric="ip", dtype="f16", expansion_add=96, expansion_search=96
        )
        self._fresh: list[tuple[int, NDArray[np.float32]]] = []

    def add(self, number: int, vector: NDArray[np.float32]) -> None:
        self._fresh.append((number, vector))

    def near(self, queries: NDArray[np.float32]) -> list[list[int]]:
        """Return the numbers of the nearest for each query, nearest first."""
        self._settle()
        found = self._index.search(queries, min(FOUND, len(self._index)))
        numbers: list[list[int]] = np.atleast_2d(found.keys).tolist()
        return numbers

    def forget(self, numbers: Sequence[int]) -> None:
        self._settle()
        self._index.remove(np.array(numbers, dtype=np.uint64))

    def _settle(self) -> None:
        if self._fresh:
            numbers = np.array([number for number, _ in self._fresh], dtype=np.uint64)
            self._index.add(numbers, np.stack([vector for _, vector in self._fresh]))
            self._fresh = []
