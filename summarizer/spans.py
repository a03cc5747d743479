"""Lengths of time in a text of either language: 30个工作日 and "30 business days" are one value.

In: text. Out: (number, unit) pairs; what is a day of the calendar is none.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from decimal import Decimal

from .facts.numerals import chinese_number
from .writers.figures import NUMBER_WORDS

Span = tuple[Decimal, str]

_WORDS: dict[str, Decimal] = {word: Decimal(n) for n, word in enumerate(NUMBER_WORDS)} | {
    "twenty": Decimal(20), "thirty": Decimal(30), "forty-five": Decimal(45), "sixty": Decimal(60), "ninety": Decimal(90),
    "half": Decimal("0.5"),
}  # fmt: skip
_UNITS = {
    "个工作日": "working day", "工作日": "working day", "个交易日": "trading day", "交易日": "trading day", "个自然日": "day",
    "自然日": "day", "天": "day", "日": "day", "周": "week", "星期": "week", "个星期": "week", "个月": "month", "年": "year",
    "小时": "hour", "个小时": "hour", "分钟": "minute", "business day": "working day", "working day": "working day",
    "trading day": "trading day", "calendar day": "day", "consecutive day": "day", "day": "day", "week": "week",
    "month": "month", "year": "year", "hour": "hour", "minute": "minute",
}  # fmt: skip
_N = r"(?<![\d.,年月第上下数几])(?P<n>\d{1,4}(?:\.\d)?|(?<![一二三四五六七八九十百千万〇零])[一二两三四五六七八九十百半]{1,4})\s?"
_CHINESE = re.compile(
    _N
    + r"(?P<u>个?工作日|个?交易日|个?自然日|个月|个?小时|分钟|天(?!津)|个?星期|周(?!年)|年(?![度底初末级代龄月\d])|日(?=[内以之前后]))"
)
_NUMBERED = re.compile(r"[\d一二两三四五六七八九十百半]\s?[个工交自小分天星周年日]")
_LASTING = ("day", "week", "month", "year", "hour", "minute")
"""What stands in each Chinese and each English length of time."""
_LOOSE = re.compile(_N + r"(?P<u>日|年)")
"""Where a source may count what a sentence of ours would say otherwise: 不少于30日."""
_ENGLISH = re.compile(
    rf"\b(?P<n>\d{{1,4}}|{'|'.join(_WORDS)})[ -](?P<u>(?:business |working |trading |calendar |consecutive )?"
    r"(?:day|week|month|year|hour|minute))s?\b(?![ -]olds?\b)",
    re.IGNORECASE,
)


def spans(text: str) -> frozenset[Span]:
    """Return what a text says to last so long."""
    found: set[Span | None] = set()
    if _NUMBERED.search(text):
        found |= {_value(match["n"], match["u"]) for match in _CHINESE.finditer(text)}
    if any(map(text.lower().__contains__, _LASTING)):
        found |= {_value(match["n"].lower(), match["u"].lower()) for match in _ENGLISH.finditer(text)}
    return frozenset(span for span in found if span)


def possible_spans(text: str) -> frozenset[Span]:
    """Return those and what may be one in a source."""
    loose = {_value(match["n"], match["u"]) for match in _LOOSE.finditer(text)}
    return spans(text) | frozenset(span for span in loose if span)


def _value(number: str, unit: str) -> Span | None:
    if unit == "年" and len(number) > 2:
        return None  # 2026年
    if number[0].isdigit():
        size = Decimal(number)
    elif number.isascii():
        size = _WORDS[number]
    elif number == "半":
        size = Decimal("0.5")
    else:
        read = chinese_number(number)
        if read is None:
            return None
        size = read
    kind = _UNITS[unit]
    if kind == "month" and size % 12 == 0:
        size, kind = size / 12, "year"
    return size.normalize(), kind
