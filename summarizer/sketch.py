"""Text → a small sample of its runs of characters, by which copies of one text are known. Pure."""

from __future__ import annotations

import numpy as np

RUN = 8
"""Characters, white space and marks left out: four Chinese words, two English ones."""

SAMPLED = 4
"""One run of so many is kept, by its hash: the same runs of every copy."""

LEAST = 8
"""Sampled runs below which nothing is said: some 40 characters."""

COPY = 0.6
"""Share of the smaller sample that two copies share: an outlet cuts the end and adds a line of its own."""

LARGEST_TO_SMALLEST = 3
"""A text that holds all of one this much shorter quotes it rather than copies it."""

_FACTORS = np.array([0x9E3779B1 ** (n + 1) % 2**32 for n in range(RUN)], dtype=np.uint32)


def bare(text: str) -> str:
    """Return what copies of a text have in common: letters and figures, without marks, space or capitals.

    >>> bare("A 5% cut, it says.")
    'a5cutitsays'
    """
    return "".join(filter(str.isalnum, text)).lower()


def sketch(letters: str) -> frozenset[int]:
    """Return the sampled hashes of a text as it is ``bare``; empty when it is too short to tell.

    The hash is our own: the same under any seed, platform and version.
    """
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(codes) < RUN + LEAST:
        return frozenset()
    hashed = np.correlate(codes, _FACTORS)
    hashed ^= hashed >> np.uint32(15)
    hashed *= np.uint32(0x2C1B3C6D)
    hashed ^= hashed >> np.uint32(13)
    found = frozenset(hashed[hashed % SAMPLED == 0].tolist())
    return found if len(found) >= LEAST else frozenset()


def copies(a: frozenset[int], b: frozenset[int]) -> bool:
    """Say whether two sketches are of one text.

    >>> one = "The bank was fined 5 million for failures in its anti-money laundering controls."
    >>> copies(sketch(bare(one)), sketch(bare(f"Wire: {one.upper()} Read more")))
    True
    """
    if not a or not b or a.isdisjoint(b):
        return False
    small, large = sorted((len(a), len(b)))
    return large <= LARGEST_TO_SMALLEST * small and len(a & b) >= COPY * small
