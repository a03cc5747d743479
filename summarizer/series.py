"""Title and lead → what tells members of a series apart: 第十二批 from 第十三批, 2025 from 2026."""

from __future__ import annotations

import re

from . import terms

_HAN_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_NUMERAL = r"(\d{1,6}|[〇零一二两三四五六七八九十百]{1,7})"
_LISTED = re.compile(rf"第{_NUMERAL}\s?(批|次|期|轮|号|届|辑|季度)|(?<!第)([一二三四])(季度)")
_MONTH_ZH = re.compile(r"(?<!\d)(\d{1,2})月份?(?!\s?\d{1,2}\s?日)")
_MONTH_EN = re.compile(
    r"\b(january|february|march|april|june|july|august|september|october|november|december|may(?=\s20))\b"
    r"(?!\s\d{1,2}\b)",
    re.IGNORECASE,
)
_TENS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_TEENS = (
    "eleven",
    "twelf",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_ORDER = (*_TENS, *(f"{teen}th" for teen in _TEENS), "twentieth")
_EN_WORDS = {w: n for n, w in enumerate(_ORDER, 1)}
_LISTED_EN = re.compile(
    rf"\b(\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(_EN_WORDS)})\s(batch|list|group|round|issue|meeting|quarter)\b"
    r"|\b(batch|round|issue|phase|part|tranche|no\.)\s?(\d{1,5})\b|\bQ([1-4])\b",
    re.IGNORECASE,
)
_SAME = {
    "batch": "批", "list": "批", "group": "批", "tranche": "批", "round": "轮", "issue": "期",
    "meeting": "次",
    "no.": "号", "季度": "quarter", "phase": "phase", "part": "part", "quarter": "quarter",
}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def ordinals(title: str, lead: str) -> frozenset[tuple[str, str]]:
    """Return what tells members of a series apart, from the title; list numbers from the lead if it has none.

    >>> sorted(ordinals("关于发布第十三批清单的公告", ""))
    [('批', '13')]
    """
    found = set(_listed(title)) or set(_listed(lead[:200]))
    plain_days = list(terms.days(title))
    found |= {("day", day) for _, _, day in plain_days}
    found |= {("year", m[0]) for m in _YEAR.finditer(title)}
    found |= {("month", m[1]) for m in _MONTH_ZH.finditer(title)}
    found |= {("month", f"{terms.month_number(m[1])}") for m in _MONTH_EN.finditer(title)}
    return frozenset(found)


def _listed(text: str) -> list[tuple[str, str]]:
    found = [
        (_SAME.get(m[2] or m[4], m[2] or m[4]), str(numeral(m[1] or m[3]))) for m in _LISTED.finditer(text)
    ]
    for m in _LISTED_EN.finditer(text):
        if m[5]:
            found.append(("quarter", m[5]))
        else:
            kind, number = (m[2] or m[3]).lower(), (m[1] or m[4]).lower()
            value = _EN_WORDS.get(number) or int(re.sub(r"\D", "", number))
            found.append((_SAME[kind], str(value)))
    return found


def numeral(text: str) -> int:
    """Return the value of a numeral in digits or in Chinese up to 999.

    >>> numeral("十三"), numeral("二十"), numeral("一百零二"), numeral("12")
    (13, 20, 102, 12)
    """
    if text.isdigit():
        return int(text)
    if not re.search("[十百]", text):
        return int("".join(str(_HAN_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGITS[c]
    return total + digit
