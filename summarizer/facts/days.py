"""Written days: their forms in both languages, what day each means, and phrases that hold one.

Never a guess: an impossible day, a blank or a missing year gives none.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from .numerals import chinese_number
from .scan import near

_CN_DIGIT = "〇○零0Ｏo一二三四五六七八九"
ZH_DATE = (
    r"(?:(?:19|20)[0-9]{2}\s{0,3}年\s{0,3}[0-9]{1,2}\s{0,3}月\s{0,3}[0-9]{1,2}\s{0,3}日"
    rf"|[二一][{_CN_DIGIT}]{{3}}\s{{0,3}}年\s{{0,3}}[一二三四五六七八九十]{{1,2}}\s{{0,3}}月\s{{0,3}}[一二三四五六七八九十廿卅]{{1,3}}\s{{0,3}}日"
    r"|(?:(?:中华)?民国\s{0,3}|(?<![0-9]))1[0-4][0-9]\s{0,3}年\s{0,3}[0-9]{1,2}\s{0,3}月\s{0,3}[0-9]{1,2}\s{0,3}日"
    r"|(?:中华)?民国\s{0,3}[一二三四五六七八九十百零〇]{2,6}\s{0,3}年\s{0,3}[一二三四五六七八九十]{1,2}\s{0,3}月\s{0,3}[一二三四五六七八九十廿卅]{1,3}\s{0,3}日)"
)
"""The last two count years as Taiwan does: 民国115年 is 2026."""
_ISO_DATE = r"(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}(?![0-9]|T24)"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
EN_DATE = (
    rf"(?:(?:{_MONTHS}|(?:{_SHORT})\.?)\s{{1,3}}[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s{{1,3}}(?:19|20)[0-9]{{2}}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?\s{{1,3}}(?:day\sof\s)?(?:{_MONTHS}|(?:{_SHORT})\.?),?\s{{1,3}}(?:19|20)[0-9]{{2}})"
)
DATE = rf"(?:{ZH_DATE}|{_ISO_DATE}|{EN_DATE})"
_MONTH_NUMBER = {name[:3].lower(): n for n, name in enumerate(_MONTHS.split("|"), 1)}
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s{1,3})?"
DAY = rf"(?P<date>{DATE})(?:\s?[（(](?:星期|周)[一二三四五六日天][)）])?"
TIME = (
    r"(?:(?:noon|midnight|close\sof\s(?:business|play)|[0-9]{1,2}(?:[:.][0-9]{2})?\s?[ap]\.?m\.?|[0-9]{1,2}[:.][0-9]{2})\s?"
    r"(?:\(?[A-Z]{2,5}\)?\s|(?:Eastern|Central|London|Brussels|Hong\sKong|Singapore|local)\s(?:[Ss]tandard\s|[Dd]aylight\s)?(?:[Tt]ime\s)?)?"
    r",?\s?(?:on\s)?)?"
)
"""An hour and its zone, as they stand before an English day."""

_YEAR = re.compile(rf"[12二一民](?:[0-9{_CN_DIGIT}]{{3}}|[0-4][0-9]\s?年|国)")
_MINGUO = 1911
_FIRST_YEAR, _LAST_YEAR = 1949, 2100


def parse_date(text: str) -> date | None:
    """Return the day that a whole written date means, in any of the forms of both languages, else None.

    Never a guess: an impossible day, a blank or a missing year gives None.
    """
    text = text.strip()
    match = re.fullmatch(r"([0-9]{4})\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*日?", text)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = re.fullmatch(
        r"(?:中华)?(?:民国)?\s*(1[0-4][0-9]|[一二三四五六七八九十百零〇]{3,6})\s*年\s*(\S{1,3})\s*月\s*(\S{1,3})\s*日",
        text,
    )
    if match and (text[0] in "中民" or match[1].isdigit()):
        parts = [_cn(match[1]), _cn(match[2]), _cn(match[3])]
        return (
            None
            if None in parts
            else _day(int(parts[0] or 0) + _MINGUO, int(parts[1] or 0), int(parts[2] or 0))
        )
    match = re.fullmatch(r"(\S{4})\s*年\s*(\S{1,3})\s*月\s*(\S{1,3})\s*日", text)
    if match:
        parts = [_cn(match[1]), _cn(match[2]), _cn(match[3])]
        return None if None in parts else _day(*(int(p) for p in parts if p is not None))
    match = re.fullmatch(r"([A-Za-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})", text)
    if match:
        return _day(int(match[3]), _MONTH_NUMBER.get(match[1][:3].lower(), 0), int(match[2]))
    match = re.fullmatch(
        r"([0-9]{1,2})(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?([A-Za-z]{3,9})\.?,?\s+([0-9]{4})", text
    )
    if match:
        return _day(int(match[3]), _MONTH_NUMBER.get(match[2][:3].lower(), 0), int(match[1]))
    return None


def _cn(text: str) -> int | None:
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.translate(str.maketrans("○0Ｏo", "〇〇〇〇")).replace("廿", "二十").replace("卅", "三十")
    value = chinese_number(text)
    return None if value is None else int(value)


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def dated(pattern: re.Pattern[str], text: str, *words: str) -> Iterator[re.Match[str]]:
    """Yield matches of a pattern that holds a date; the longest phrase before one and the longest form of one fit.

    ``words``: of these every match holds one; a text without any is not searched.
    """
    if words and not any(word in text for word in words):
        return
    yield from near(pattern, text, _YEAR, before=260, after=60)


def later(day: date, count: str | None, unit: str | None) -> date | None:
    if count is None or unit is None:
        return day
    number = int(count) if count.isdigit() else int(chinese_number(count) or 0)
    if not number:
        return None
    if unit in ("日", "天"):
        return day + timedelta(days=number)
    months = number * (12 if unit == "年" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
