"""Text → weighted terms that two texts can share: words, glossary concepts, figures and days by value.

Concepts, figures, days and Latin names are language-free: ``5.25万亿元`` and ``RMB 5.25 trillion`` give the
same term. Used by the embedder and by the grouping; knows nothing of items.
"""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from operator import add
from sys import intern
from typing import Any

from dibao.store import Lang

from .glossary import Entry, Glossary, Hit

MAX_CHARS = 20_000
"""No more of one text is ever read."""

UNLISTED = 9.5
"""Weight of a word that is in fewer than one of 5,000 sentences: ln of the inverse frequency."""

_DIGIT = re.compile(r"\d")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]{1,39}")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(f"{m}|{m[:3]}" for m in _MONTHS) + "|sept"
_DAY = re.compile(
    r"(?=[\dJFMASOND])(?:"
    r"(?P<y>(?:19|20)\d\d)\s?[年./-]\s?(?P<m>\d{1,2})\s?[月./-]\s?(?P<d>\d{1,2})(?!\d)日?"
    r"|(?<!\d)(?P<m2>\d{1,2})\s?月\s?(?P<d2>\d{1,2})\s?日"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})\s(?P<m3>{_MONTH})\b"
    rf"|\b(?P<m4>{_MONTH})\.?\s(?P<d4>\d{{1,2}})\b(?![:%,]\d\d\d))",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?=\d)(?:(?<![A-Za-z0-9.])|(?<=RMB)|(?<=CNY)|(?<=USD)|(?<=HKD)|(?<=EUR)|(?<=GBP))"
    r"(?P<n>\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,6})?|\d{1,18}(?:\.\d{1,6})?)\s?"
    r"(?P<u>万亿|十亿|百万|亿|万|千|trillion|billion|million|thousand|tn\b|bn\b|mn\b|m\b|"
    r"个百分点|%|％|percentage points?|per ?cent|个?基点|basis points?|bps?\b)?(?!\s?(?:氪|kr\b))",
    re.IGNORECASE,
)
_SCALE = {
    "万亿": 1e12, "trillion": 1e12, "tn": 1e12, "十亿": 1e9, "billion": 1e9, "bn": 1e9, "亿": 1e8,
    "百万": 1e6, "million": 1e6, "mn": 1e6, "m": 1e6, "万": 1e4, "千": 1e3, "thousand": 1e3,
}  # fmt: skip


class Bag(dict[str, float]):
    """Words with their weights; what they sum up to, and their length as a vector, are known.

    Weights are multiples of a quarter: sums of them and of their products have no rounding, so that a set of
    shared words, which has another order in each process, gives the same last digit in all.
    """

    __slots__ = ("norm", "total")

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__(weights)
        self.total = sum(weights.values())
        self.norm = math.sqrt(sum(weight * weight for weight in weights.values()))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as one text and a byte a word: there they are one copy of each word, and
        a window of many items takes half the room."""
        quarters = bytes([int(4 * weight) for weight in self.values()])
        return _unpacked, ("\n".join(self), quarters, self.total, self.norm)


_QUARTERS = [n / 4 for n in range(256)]


def _unpacked(words: str, quarters: bytes, total: float, norm: float) -> Bag:
    bag = Bag.__new__(Bag)
    bag.update(zip(map(intern, words.split("\n")), map(_QUARTERS.__getitem__, quarters), strict=False))
    bag.total, bag.norm = total, norm
    return bag


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def plain(text: str) -> str:
    """Return the form that texts are compared in: NFKC, Simplified, at most MAX_CHARS long.

    〔〕 survive NFKC; full-width digits, brackets and colons become ASCII.
    """
    short = unicodedata.normalize("NFKC", text[:MAX_CHARS])
    return str(_simplifier().convert(short)) if _HAN.search(short) else short


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """Return a light English stem: plural and the commonest endings, nothing clever.

    >>> stem("Guidelines"), stem("policies"), stem("issued"), stem("issuing"), stem("business")
    ('guidelin', 'policy', 'issu', 'issu', 'business')
    """
    low = word.lower()
    if len(low) < 5 or not low.isalpha():
        return low
    if low.endswith("ies"):
        return low[:-3] + "y"
    for ending, rest in (("ing", 4), ("ed", 4), ("es", 4), ("s", 4), ("e", 4)):
        if low.endswith(ending) and len(low) - len(ending) >= rest and not low.endswith("ss"):
            return low[: -len(ending)]
    return low


@cache
def _common() -> dict[str, float]:
    """Return word → weight of the listed words (``common_words.csv`` says where they were counted)."""
    with (files("dibao.summarizer") / "common_words.csv").open("r", encoding="utf-8") as lines:
        rows = csv.reader(line for line in lines if not line.startswith("#"))
        return {word: float(weight) for weight, words in rows for word in words.split()}


def weight(word: str) -> float:
    """Return how much sharing a word says: ln of the inverse of its frequency, 0 to UNLISTED."""
    return _common().get(word, UNLISTED)


@cache
def _common_characters() -> dict[str, float]:
    with (files("dibao.summarizer") / "common_characters.csv").open("r", encoding="utf-8") as lines:
        rows = csv.reader(line for line in lines if not line.startswith("#"))
        return {character: float(weight) for weight, characters in rows for character in characters}


@lru_cache(maxsize=4096)
def letters(text: str) -> Bag:
    """Return the Chinese characters and Latin words of a text (``plain``) with their weights.

    Two short texts on one event share characters where the word cutter finds no word in common.
    """
    known = _common_characters()
    found = {c: known.get(c, UNLISTED) for run in _HAN.findall(text) for c in run}
    found.update((word, weight(word)) for word in latin_words(text))
    return Bag(found)


def han_words(text: str) -> Iterator[str]:
    """Yield the Chinese words of two characters and more."""
    import rjieba

    for run in _HAN.findall(text):
        yield from (word for word in rjieba.cut(run) if len(word) > 1)


def han_pairs(text: str) -> Iterator[str]:
    """Yield every two neighbouring Chinese characters: finds what the word cutter cut apart."""
    for run in _HAN.findall(text):
        yield from map(add, run, run[1:])


def latin_words(text: str) -> Iterator[str]:
    """Yield light stems of the Latin words of two letters and more."""
    yield from map(stem, _LATIN.findall(text))


_WORDING = re.compile(rf"{_HAN.pattern}|[A-Za-z0-9][A-Za-z0-9.,&-]{{0,39}}")


def wording(text: str) -> tuple[str, ...]:
    """Return the words, Latin and Chinese, and figures of a short text (``plain``) in order, in lower case.

    >>> wording("FCA fines Laputa 7.2m")
    ('fca', 'fines', 'laputa', '7.2m')
    """
    import rjieba

    found: list[str] = []
    for match in _WORDING.finditer(text[:300]):
        found += rjieba.cut(match[0]) if _HAN.match(match[0]) else [match[0].rstrip(".,").lower()]
    return tuple(found)


def days(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, ``MM-DD``) of each day; the year is left out, since reports leave it out."""
    for match in _DAY.finditer(text) if _DIGIT.search(text) else ():
        month = match["m"] or match["m2"] or match["m3"] or match["m4"]
        day = int(match["d"] or match["d2"] or match["d3"] or match["d4"])
        number = int(month) if month.isdigit() else month_number(month)
        if 1 <= number <= 12 and 1 <= day <= 31:
            yield match.start(), match.end(), f"{number:02d}-{day:02d}"


def month_number(name: str) -> int:
    """Return 1 to 12 for an English month name or its first three letters."""
    return next(n for n, m in enumerate(_MONTHS, 1) if m.startswith(name.lower()[:3]))


def figures(text: str) -> Iterator[str]:
    """Yield figures by value: ``n5.25e+12``, ``pct3.5``, ``bp25``, ``y2025``. Days are not figures."""
    return _figures(text, [(start, end) for start, end, _ in days(text)])


def _figures(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[str]:
    """``taken``: where the days stand."""
    if not _DIGIT.search(text):
        return
    for match in _FIGURE.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        raw, unit = match["n"].replace(",", ""), (match["u"] or "").lower()
        value = float(raw) * _SCALE.get(unit, 1.0)
        if unit in _SCALE:
            yield f"n{value:.6g}"
        elif unit:
            kind = "bp" if unit.startswith(("b", "基", "个基")) else "pct"
            yield f"{kind}{value:.6g}"
        elif len(raw) == 4 and 1950 <= value <= 2049:
            yield f"y{raw}"
        elif len(raw) > 1:
            yield f"n{value:.6g}"


def _hits(text: str, glossary: Glossary) -> Iterator[Hit]:
    """Yield the concepts that a text names, in whichever of our languages it is written."""
    tags: tuple[Lang, ...] = ("zh", "en") if _HAN.search(text) else ("en",)
    for tag in tags:
        if tag == "zh" or _LATIN.search(text):
            yield from glossary.find(text, tag)


@lru_cache(maxsize=8192)
def nested(entry: Entry, glossary: Glossary) -> tuple[Entry, ...]:
    """Return the concepts inside a compound one: 银行业 and 保险业 in 银行业保险业.

    The longest match hides them, and the other language may name only one of them.
    """
    words = entry.en.split()
    inner = [
        *(glossary.find(part, "zh") for part in (entry.zh[1:], entry.zh[:-1])),
        *(glossary.find(" ".join(part), "en") for part in (words[1:], words[:-1])),
    ]
    found = {hit.entry.id: hit.entry for hits in inner for hit in hits}
    found.pop(entry.id, None)
    return tuple(found.values())


FIGURE_WEIGHT = 9.0
YEAR_WEIGHT = 2.5
DAY_WEIGHT = 4.0
CONCEPT_WEIGHT = 6.0
KIND_WEIGHT = {"org": 3.0, "group": 3.0, "media": 0.0, "doctype": 2.0, "verb": 1.0, "modal": 0.0,
               "phrase": 0.0, "field": 0.0, "unit": 0.0}  # fmt: skip
"""Weight of a concept by its kind, where it is not CONCEPT_WEIGHT: any two texts of one regulator share
its name, and any two rules the word for a rule."""

SECTOR_WEIGHT = 1.5
_SECTOR = re.compile(
    r"(?:^|-)(?:sectors?|institutions?|banks?|banking|insurers?|insurance|compan(?:y|ies)|financ\w*|market|securities|fund)$"
)
"""Concepts of who is addressed: all that a regulator issues is addressed to its sector."""

_MARK = {"org": "b", "group": "b", "doctype": "t", "verb": "v"}


def _key(entry: Entry) -> tuple[str, float]:
    """Return the term of a concept, marked with its sort, and its weight."""
    if entry.kind == "sector" and _SECTOR.search(entry.id):
        return f"s:{entry.id}", SECTOR_WEIGHT
    return f"{_MARK.get(entry.kind, 'c')}:{entry.id}", KIND_WEIGHT.get(entry.kind, CONCEPT_WEIGHT)


COMPOUND_WEIGHT = 2.0
"""Of a concept whose parts are concepts: the parts carry its weight."""


@lru_cache(maxsize=4096)
def bridge(text: str, glossary: Glossary) -> dict[str, float]:
    """Return the language-free terms of a text (``plain``) with their weights.

    Keys: ``b:`` bodies, ``t:`` types of document, ``v:`` acts, ``s:`` sectors, ``c:`` other concepts,
    ``f:`` figures, ``d:`` days, ``l:`` rare Latin words, most of them names.
    """
    found: dict[str, float] = {}
    spans: list[tuple[int, int]] = []
    for hit in _hits(text, glossary):
        spans.append((hit.start, hit.end))
        parts = () if hit.entry.kind in ("org", "group", "doctype", "verb") else nested(hit.entry, glossary)
        for entry in (hit.entry, *parts):
            key, heavy = _key(entry)
            if entry is hit.entry and parts:
                heavy = min(heavy, COMPOUND_WEIGHT)
            if heavy:
                found[key] = max(heavy, found.get(key, 0.0))
    told = list(days(text))
    for figure in _figures(text, [(start, end) for start, end, _ in told]):
        found[f"f:{figure}"] = YEAR_WEIGHT if figure.startswith("y") else FIGURE_WEIGHT
    for _, _, day in told:
        found[f"d:{day}"] = DAY_WEIGHT
    if rare := [word for word in latin_words(text) if weight(word) >= UNLISTED]:
        taken = {word for start, end in spans for word in latin_words(text[start:end])}
        found.update({f"l:{word}": UNLISTED for word in rare if word not in taken})
    return found


@lru_cache(maxsize=4096)
def words(text: str) -> dict[str, float]:
    """Return the words of a text (``plain``) in its own language, without common ones, with their weights."""
    listed = _telling().get
    found = {}
    for word in (*han_words(text), *latin_words(text)):
        same, heavy = listed(word) or (word, UNLISTED)
        if heavy:
            found[same] = heavy
    for pair in han_pairs(text):
        if pair not in found:
            same, heavy = listed(pair) or (pair, UNLISTED)
            if heavy:
                found[same] = heavy * PAIR_SHARE
    return found


@cache
def _telling() -> dict[str, tuple[str, float]]:
    """Return word → itself, so that texts share it, and its weight, 0 when it says nothing."""
    return {word: (word, heavy if heavy >= LIGHTEST else 0.0) for word, heavy in _common().items()}


LIGHTEST = 3.0
"""Words in more than one of 20 sentences say nothing."""

PAIR_SHARE = 0.5
"""A pair of characters that is no word counts half."""
