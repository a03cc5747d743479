"""How well a sentence stands for its text: near to what the whole says, early, and not long. Pure.

No words decide: the same for both languages, whatever the text is about.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..embed import load_embedder

Vectors = NDArray[np.float32]

# Fitted by least squares on every fourth pair of LCSTS and rounded (2026-11). ROUGE-L of the best sentence,
# with all that extract.py adds: 0.2142 over all pairs where the first sentence has 0.2128 (bench/briefs.py).
_EARLY, _EARLY_OF_MANY, _MANY = 0.25, 0.5, 10
"""A long report says at its beginning what it is about (evening news of Chinese television, 2026-11)."""
_LONG = 0.2
_SHORT = 0.15
_FULL = 60
"""Chinese characters of a long sentence."""
_BRIEF = 12
_EN_UNITS = 2.5
"""Chinese characters that say as much as an English word."""


def salience(texts: Sequence[str], *, chinese: bool, terse: bool = True) -> tuple[Vectors, Vectors]:
    """Return the score of each sentence of one text, given in order, and their unit vectors.

    ``terse``: a long sentence costs. Not in an issuer's own text, where its length is its conditions.
    """
    vectors = load_embedder()(texts)
    centre = vectors.sum(axis=0)
    centre /= max(float(np.linalg.norm(centre)), 1e-9)
    sizes = np.array([len(text) if chinese else _EN_UNITS * len(text.split()) for text in texts])
    early = _EARLY_OF_MANY if terse and len(texts) > _MANY else _EARLY
    scores = vectors @ centre + early / np.arange(1, len(texts) + 1)
    if terse:
        scores -= _LONG * np.minimum(sizes, _FULL) / _FULL + _SHORT * (sizes < _BRIEF)
    else:
        scores -= _SHORT * (sizes < 2 * _BRIEF)
    return scores, vectors
