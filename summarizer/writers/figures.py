"""Days and counts in each language's habit, and reading money out of a text."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from dibao.store import Lang, Money

from ..facts.numerals import chinese_number

NUMBER_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
"""English words of the numbers from 0 on, in order."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def day(value: date, lang: Lang) -> str:
    """``20 November 2026`` / ``2026年11月20日``."""
    if lang == "en":
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def listed(parts: Sequence[str], lang: Lang) -> str:
    """``a, b and c`` / ``a、b和c``."""
    if len(parts) < 2:
        return "".join(parts)
    if lang == "zh":
        return "、".join(parts[:-1]) + "和" + parts[-1]
    return ", ".join(parts[:-1]) + " and " + parts[-1]


_SCALE = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5,
    "万": 10**4, "千": 10**3, "trillion": 10**12, "tn": 10**12, "billion": 10**9, "bn": 10**9, "million": 10**6,
    "mn": 10**6, "m": 10**6, "thousand": 10**3, "k": 10**3, "": 1,
}  # fmt: skip
_SCALES = "|".join(sorted((re.escape(s) for s in _SCALE if s), key=len, reverse=True))
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,18})(?:\.\d{1,8})?"
_SIGNS = {
    "RMB": "CNY", "CNY": "CNY", "人民币": "CNY", "US$": "USD", "USD": "USD", "U.S.$": "USD", "HK$": "HKD", "HKD": "HKD",
    "S$": "SGD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "£": "GBP", "GBP": "GBP", "€": "EUR", "EUR": "EUR", "$": "USD",
}  # fmt: skip
_UNITS = {
    "元人民币": "CNY", "人民币": "CNY", "美元": "USD", "港元": "HKD", "港币": "HKD", "欧元": "EUR", "英镑": "GBP",
    "日元": "JPY", "新加坡元": "SGD", "新元": "SGD", "澳元": "AUD", "加元": "CAD", "新西兰元": "NZD", "澳门元": "MOP", "新台币": "TWD", "瑞士法郎": "CHF",
    "元": "CNY", "yuan": "CNY", "dollars": "USD", "pounds": "GBP", "euros": "EUR", "euro": "EUR",
}  # fmt: skip
_DIGIT = re.compile(r"\d")
_SHOWN_BY = (
    "$", "£", "€", "元", "币", "镑", "法郎", "rmb", "cny", "usd", "hkd", "gbp", "eur", "yuan", "dollars", "pounds",
)  # fmt: skip
"""One of these stands in each amount of money, in small letters."""
_MONEY = re.compile(
    rf"(?<![A-Za-z])(?P<sign>{'|'.join(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True))})\s?"
    rf"(?P<n1>{_NUMBER})\s?(?P<s1>{_SCALES})?(?![A-Za-z])(?!美元|港元|欧元|英镑|日元)(?P<u1>元)?"
    rf"|(?<![\d.,])(?P<n2>{_NUMBER})\s?余?(?P<s2>{_SCALES})?\s?(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})",
    re.IGNORECASE,
)


_HAN_MONEY = re.compile(
    r"(?<![\d一二三四五六七八九十百千万亿〇零数几上成])(?P<n>[一二两三四五六七八九十百千万亿〇零]{1,12})"
    rf"(?P<unit>{'|'.join(u for u in sorted(_UNITS, key=len, reverse=True) if not u.isascii())})(?![素件旦宵])"
)


def money_spans(text: str) -> tuple[tuple[int, int, Money], ...]:
    """Return every amount of money with its place, in order."""
    if not any(map(text.lower().__contains__, _SHOWN_BY)):
        return ()
    found: list[tuple[int, int, Money]] = []
    for match in _MONEY.finditer(text) if _DIGIT.search(text) else ():
        number = Decimal((match["n1"] or match["n2"]).replace(",", ""))
        scale = _SCALE[(match["s1"] or match["s2"] or "").lower()]
        unit = _SIGNS[match["sign"].upper()] if match["sign"] else _UNITS[match["unit"].lower()]
        found.append((match.start(), match.end(), Money(unit, (number * scale).normalize())))
    for match in _HAN_MONEY.finditer(text) if "元" in text or "镑" in text else ():
        size = chinese_number(match["n"])
        if size:
            found.append((match.start(), match.end(), Money(_UNITS[match["unit"]], size.normalize())))
    return tuple(sorted(found, key=lambda span: span[0]))


def money_in(text: str) -> tuple[Money, ...]:
    return tuple(value for _, _, value in money_spans(text))
