"""One more process that reads what is compared of items, while this one looks for their stories.

Reading is the half of the work that needs nothing but the item. A small batch is read sooner here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from multiprocessing import get_context

import numpy as np

from .features import Candidate, Features, read_features, rows
from .glossary import Glossary

PAYS = 5_000
"""Items from which a second process pays: it takes a second and a half to begin."""

AT_ONCE = 500
"""Items that go over at once, and come back with one copy of each of their words."""

_NO_VECTOR = np.zeros((1, 1), dtype=np.float32)

_glossary: list[Glossary] = []


@contextmanager
def reader(glossary: Glossary, *, many: int) -> Iterator[Executor | None]:
    """Yield the process for a stream of so many items; None where it would not pay."""
    if many < PAYS or (os.cpu_count() or 1) < 2:
        yield None
        return
    # A fresh process, not a fork: the matrix library may have threads here.
    fresh = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh, initializer=_begin, initargs=(glossary,)) as pool:
        yield pool


def read_in(pool: Executor, candidates: Sequence[Candidate]) -> Iterator[Features]:
    """Have items read, beginning now; return an iterator over their features, in order."""
    bare = [replace(candidate, vector=_NO_VECTOR) for candidate in candidates]  # vectors need not travel
    parts = [bare[at : at + AT_ONCE] for at in range(0, len(bare), AT_ONCE)]
    found = chain.from_iterable(pool.map(_read, parts))
    both = zip(candidates, found, strict=True)
    return (replace(features, vectors=rows(candidate.vector)) for candidate, features in both)


def _begin(glossary: Glossary) -> None:
    _glossary[:] = [glossary]


def _read(candidates: Sequence[Candidate]) -> list[Features]:
    [glossary] = _glossary
    return [read_features(candidate, glossary) for candidate in candidates]
