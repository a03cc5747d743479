"""What an item is about: keys of the store's topics, by terms that stand in it; ``shown`` lists the terms.

A term in the title counts three times; a topic needs a title term, or two places (one in a short text). A
narrower topic needs its own terms and comes after the topic it belongs to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from dibao.store import Fact

from .reading import Part, Reading
from .topic_terms import TERMS

_ZH = {key: tuple(words.split("|")) for key, (words, _) in TERMS.items()}
_EN = {key: tuple(words.split("|")) for key, (_, words) in TERMS.items()}
# Topics share terms: each is looked for once.
_ALL_ZH = tuple(dict.fromkeys(term for terms in _ZH.values() for term in terms))
_ALL_EN = tuple(
    (term, term if term[0].isupper() else term.lower())
    for term in dict.fromkeys(term for terms in _EN.values() for term in terms)
)
_SHORT = 600
_TITLE_WEIGHT = 3
_BODY_CHARS = 20_000
_SHOWN = 5
_ASCII_LOWER = {n: n + 32 for n in range(ord("A"), ord("Z") + 1)}


@dataclass(slots=True)
class _Count:
    """How often the terms of a topic stand in an item, which, and the first place."""

    weight: int = 0
    terms: dict[str, int] = field(default_factory=dict)
    first: tuple[Part, tuple[int, int]] | None = None
    order: tuple[int, int] = (0, 0)
    """Of the first place: number of its part, and where it begins there."""


def read_topics(reading: Reading) -> Iterator[Fact]:
    """Yield the topics of an item, the strongest first, each before its narrower ones.

    What a long text says after 20,000 characters is not read.
    """
    chinese = reading.lang == "zh"
    counts: dict[str, _Count] = {}
    found = _Places(reading.parts).all_chinese() if chinese else _Places(reading.parts).all_english()
    for key, terms in (_ZH if chinese else _EN).items():
        for term in terms:
            for order, part, start, end in found.get(term, ()):
                count = counts.setdefault(key, _Count())
                count.weight += _TITLE_WEIGHT if part.field == "title" else 1
                word = part.text[start:end].lower()
                count.terms[word] = count.terms.get(word, 0) + 1
                if count.first is None or (order, start) < count.order:
                    count.first, count.order = (part, (start, end)), (order, start)
    length = sum(len(part.text) for part in reading.body)
    needed = 1 if length < _SHORT else 2 if length < _BODY_CHARS // 10 else 3
    strong = {key: count for key, count in counts.items() if count.weight >= needed and count.first}
    broad = sorted((key for key in strong if "." not in key), key=lambda key: (-strong[key].weight, key))
    for key in broad:
        yield _fact(reading, key, strong[key])
        for narrow in sorted(key_ for key_ in strong if key_.startswith(f"{key}.")):
            yield _fact(reading, narrow, strong[narrow])


def _fact(reading: Reading, key: str, count: _Count) -> Fact:
    assert count.first is not None  # noqa: S101 — for the type checker; read_topics keeps no other
    part, span = count.first
    return reading.fact(
        "topic", key, part, span, shown=", ".join(list(count.terms)[:_SHOWN]),
        confidence=min(1.0, 0.5 + count.weight / 10),
    )  # fmt: skip


_Place = tuple[int, Part, int, int]


class _Places:
    """Where terms stand in the parts of an item: plain search, many times faster than as many patterns.

    The parts are searched as one text; no term goes over the line end between them.
    """

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self._parts = parts
        pieces = [part.text[:_BODY_CHARS] for part in parts]
        self._starts = [0, *accumulate(len(piece) + 1 for piece in pieces)][:-1]
        self._text = "\n".join(pieces)

    def all_chinese(self) -> dict[str, list[_Place]]:
        """Return the places of each term that stands in the parts."""
        text = self._text
        return {
            term: [self._place(at, at + len(term)) for at in _everywhere(text, term)]
            for term in _ALL_ZH
            if term in text
        }

    def all_english(self) -> dict[str, list[_Place]]:
        """Return the places of each term that stands in the parts as a whole word, its plural too."""
        lower = self._text.lower()
        lower = lower if len(lower) == len(self._text) else self._text.translate(_ASCII_LOWER)
        return {
            term: places
            for term, form in _ALL_EN
            if form in (text := self._text if form[0].isupper() else lower)
            and (places := list(self._words(text, form)))
        }

    def _words(self, text: str, term: str) -> Iterator[_Place]:
        for at in _everywhere(text, term):
            if not text[at - 1 : at].isalnum():
                end = at + len(term)
                # A plural counts as the word; after that no letter or figure may follow.
                end += text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum()
                if not text[end : end + 1].isalnum():
                    yield self._place(at, end)

    def _place(self, start: int, end: int) -> _Place:
        number = bisect_right(self._starts, start) - 1
        offset = self._starts[number]
        return number, self._parts[number], start - offset, end - offset


def _everywhere(text: str, term: str) -> Iterator[int]:
    at = text.find(term)
    while at >= 0:
        yield at
        at = text.find(term, at + 1)
