"""One more process that reads what items are found and compared by, while this one looks for their stories.

Reading is the half of the work that needs nothing but the item. A small batch is read sooner here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date
from itertools import chain, islice, repeat, starmap
from multiprocessing import get_context
from operator import attrgetter
from typing import Any, TypeVar

import numpy as np
from threadpoolctl import threadpool_limits

from .features import Candidate, Features, read_features, rows
from .glossary import Glossary
from .keys import clue
from .nearest import Clue

PAYS = 5_000
"""Items from which a second process pays: it takes a second and a half to begin."""

FIRST = 32
AT_ONCE = 125
"""Items that go over at once; the first of a batch, which are waited for, are fewer. They come back with one
copy of each of their words."""

_NO_VECTOR = np.zeros((1, 1), dtype=np.float32)

_glossary: list[Glossary] = []

_T = TypeVar("_T")

_Values = tuple[tuple[Any, ...], tuple[Any, ...]]
"""Of a clue and of features, all but the vectors."""


@contextmanager
def reader(glossary: Glossary, *, many: int) -> Iterator[Executor | None]:
    """Yield the process for a stream of so many items; None where it would not pay.

    Meanwhile the matrix library has one thread here: the processor of a second one is busy reading, and two
    that wait for each other took half as long again.
    """
    if many < PAYS or (os.cpu_count() or 1) < 2:
        yield None
        return
    # A fresh process, not a fork: the matrix library may have threads here.
    fresh = get_context("spawn")
    with (
        ProcessPoolExecutor(1, mp_context=fresh, initializer=_begin, initargs=(glossary,)) as pool,
        threadpool_limits(1, user_api="blas"),
    ):
        yield pool


def portions(entries: Iterable[_T]) -> Iterator[list[_T]]:
    """Yield what goes over, and is looked for, at once."""
    rest, size = iter(entries), FIRST
    while part := list(islice(rest, size)):
        yield part
        size = AT_ONCE


def read_in(
    pool: Executor, candidates: Sequence[Candidate], *, today: date
) -> Iterator[tuple[Clue, Features]]:
    """Have items read, beginning now; yield in order what each is found and compared by."""
    bare = [replace(candidate, vector=_NO_VECTOR) for candidate in candidates]  # vectors need not travel
    found = chain.from_iterable(pool.map(_read, portions(bare), repeat(today)))
    return starmap(_with_vector, zip(candidates, found, strict=True))


def read_one(candidate: Candidate, glossary: Glossary, *, today: date) -> tuple[Clue, Features]:
    """Return what an item is found by and what it is compared by."""
    return clue(candidate, glossary, today=today), read_features(candidate, glossary)


_CLUE = [field.name for field in fields(Clue) if field.name != "vector"]
_FEATURES = [field.name for field in fields(Features) if field.name != "vectors"]
_clue_values, _feature_values = attrgetter(*_CLUE), attrgetter(*_FEATURES)
"""Records travel as plain values and are made here, once: made with an empty vector, sent and made again with
its own, they took three times as long."""


def _with_vector(candidate: Candidate, values: _Values) -> tuple[Clue, Features]:
    vectors = rows(candidate.vector)
    found_by = Clue(**dict(zip(_CLUE, values[0], strict=True)), vector=vectors[1])
    return found_by, Features(**dict(zip(_FEATURES, values[1], strict=True)), vectors=vectors)


def _begin(glossary: Glossary) -> None:
    _glossary[:] = [glossary]


def _read(candidates: Sequence[Candidate], today: date) -> list[_Values]:
    [glossary] = _glossary
    read = (read_one(candidate, glossary, today=today) for candidate in candidates)
    return [(_clue_values(found_by), _feature_values(features)) for found_by, features in read]
