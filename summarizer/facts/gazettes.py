"""Phrases that count from the day on which a gazette carries a document, and what day they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .days import later
from .reading import Part, Reading

GAZETTE = (
    r"(?:the\s)?(?:date\sof\s)?(?:its\s|their\s)?publication(?:\sof\s(?:this|the)\s[a-z ]{4,40}?)?\sin\sthe\s"
    r"(?:Federal\sRegister|Official\sJournal(?:\sof\sthe\sEuropean\sUnion)?)"
)
_COUNTS = {
    "first": 1, "third": 3, "fifth": 5, "tenth": 10, "fifteenth": 15, "twentieth": 20, "thirtieth": 30,
    "twenty": 20, "thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip
COUNT_EN = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(_COUNTS)})"
_GAZETTES = ("us-federalregister", "eu-oj", "eu-eurlex")
"""Sources whose publication day is that of the gazette which "after publication" counts from."""


@dataclass(frozen=True, slots=True)
class Base:
    """The days that relative phrases may count from."""

    published: date | None
    signed: date | None
    page: date | None = None
    """The day of the page, a report's too: what lies before it is over."""


def from_gazette(
    reading: Reading, part: Part, pattern: re.Pattern[str], base: Base
) -> Iterator[tuple[re.Match[str], date]]:
    """Yield phrases that count from a gazette's day, with the day they mean; none when that is not known."""
    if reading.source.id not in _GAZETTES or base.published is None:
        return
    for match in pattern.finditer(part.text):
        count = (match["count"] or match.groupdict().get("ordinal") or "").lower()
        unit = match["unit"] or "days"
        days = str(_COUNTS.get(count, count))
        day = later(base.published, days, "月" if unit.lower() == "months" else "日")
        if day:
            yield match, day
