"""Texts in either language → unit vectors, by a table of learned rows that ships with the package.

A text's vector is the sum of the rows of its words, numbers, Chinese characters and pairs of characters, set
to length one; a row's own length is the weight of its unit. Only numpy is needed; torch is imported only to
hand the same model to sentence-transformers. ``model/README.md`` says what the rows were learned from.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from dibao.store import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "model"
"""Where the shipped model is: ``config.json``, ``vocabulary.txt.gz``, ``rows.npz``."""

MAX_CHARS = 20_000
"""No more of one text is ever read."""

_PIECE = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]+"
    r"|(?:[A-Za-z]\.){2,8}"
    r"|[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f]{0,39}"
    r"|[0-9]{1,18}(?:[.,][0-9]{1,9}){0,6}"
    r"(?:\s?(?:万亿|十亿|百万|亿|万|千|月|%|(?:trillion|billion|million|thousand|tn|bn|mn|percent|per cent)\b))?"
)
_NUMBER = re.compile(r"([0-9.,]+)\s?(.*)", re.DOTALL)
_SCALE = {
    "万亿": 1e12, "trillion": 1e12, "tn": 1e12, "十亿": 1e9, "billion": 1e9, "bn": 1e9, "亿": 1e8,
    "百万": 1e6, "million": 1e6, "mn": 1e6, "万": 1e4, "千": 1e3, "thousand": 1e3,
}  # fmt: skip
_MARK = {"%": "%", "percent": "%", "per cent": "%", "月": "月"}
_DOTTED = {"US": "u.s", "UK": "u.k", "EU": "e.u", "UN": "u.n", "WHO": "w.h.o"}
"""In capitals these are names, in small letters some are common words: one form for "US" and "U.S."."""

_ENDINGS = ("ies", "ing", "ed", "es", "ly", "s", "er", "al")


def units(text: str, simplified: Mapping[int, int]) -> list[str]:
    """Return what a text is made of: Chinese characters and pairs of them, lower-case words, ``#`` numbers.

    ``simplified`` maps Traditional characters to Simplified ones, for ``str.translate``. Numbers are written
    by value, so that 5.25万亿 and "5.25 trillion" are one unit. The time is linear in the length of the text.
    """
    plain = text[:MAX_CHARS]
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain).translate(simplified)
    found: list[str] = []
    for piece in _PIECE.findall(plain):
        first = piece[0]
        if first > "\u33ff":
            found += piece
            found += map(add, piece, piece[1:])
        elif first.isdigit():
            found.append(_number(piece))
        elif piece in _DOTTED:
            found.append(_DOTTED[piece])
        else:
            found.append(piece.lower().rstrip("."))
    return found


def _number(piece: str) -> str:
    """Return a number by its value: ``#5.25e+12``, ``#3.5%``, ``#3月``; what is no number, as it stands."""
    if piece.isdigit() and len(piece) < 7:
        return f"#{int(piece)}"
    raw, unit = _NUMBER.fullmatch(piece).groups()  # type: ignore[union-attr]  # _PIECE made it
    try:
        value = float(raw.replace(",", "")) * _SCALE.get(unit, 1.0)
    except ValueError:
        return f"#{raw}"
    return f"#{value:.6g}{_MARK.get(unit, '')}"


def stems(word: str) -> Iterator[str]:
    """Yield shorter forms of an English word, the likeliest first.

    >>> list(stems("underwriters"))
    ['underwriter', 'underwrit', 'underwrite']
    """
    for _ in range(2):
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
        if not ending:
            return
        word = word[: -len(ending)]
        if ending == "ies":
            yield word + "y"
            return
        yield word
        if ending in ("ing", "ed", "es", "er"):
            yield word + "e"


@dataclass(frozen=True)
class StaticModel:
    """The rows and what they belong to. Row of ``vocabulary[i]`` is ``rows[i] * scales[i]``.

    A unit that is not in the vocabulary has one of ``buckets`` fixed random rows of its sort (Chinese pair,
    word, number), so that two texts which share an unknown name are near.
    """

    name: str
    vocabulary: Mapping[str, int]
    rows: NDArray[np.int8]
    scales: NDArray[np.float32]
    simplified: Mapping[int, int]
    buckets: int

    @property
    def dim(self) -> int:
        """Dimensions of a vector."""
        return int(self.rows.shape[1])

    def ids(self, text: str) -> list[int]:
        """Return the row of each unit of a text, repeated as the units are."""
        get = self.vocabulary.get
        known: list[int] = []
        for unit in (found := units(text, self.simplified)):
            if (at := get(unit)) is not None:
                known.append(at)
            else:
                known += self._strange(unit)
        del found
        return known

    def _strange(self, unit: str) -> tuple[int, ...]:
        first = unit[0]
        if first > "\u33ff":
            if len(unit) == 1:
                return ()
            return (len(self.vocabulary) + (ord(first) * 31_337 + ord(unit[1])) % self.buckets,)
        sort = 2 if first == "#" else 1
        at = len(self.vocabulary) + sort * self.buckets + crc32(unit.encode()) % self.buckets
        if sort == 1:
            for stem in stems(unit):
                if stem in self.vocabulary:
                    return (at, self.vocabulary[stem])
        return (at,)

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Return float32 vectors (texts, dim), each of length one; zero for a text without any unit."""
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            if counted := Counter(self.ids(text)):
                ids = np.fromiter(counted.keys(), dtype=np.int64, count=len(counted))
                times = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
                out[row] = (self.scales[ids] * damped(times)) @ self.rows[ids].astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", out, out))
        lengths[lengths == 0] = 1
        out /= lengths[:, None]
        return out


def damped(times: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the weight of a unit that occurs so many times in one text."""
    return times
