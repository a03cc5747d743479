"""On which day an English paper was signed: its signature line, or the date on the face of a letter or notice.

The date line of a press release is none; nor is a line of which the paper has two.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dibao.store import DOCUMENT_TYPES, Fact

from .days import EN_DATE, WEEKDAY, dated, parse_date
from .gazettes import Base
from .reading import Part, Reading

_DAY = rf"(?P<date>{EN_DATE})"
_SIGNED = re.compile(
    rf"^\s{{0,8}}(?:Dated|Signed|Issued|Done|Given|Made)(?:\s(?:at|in)\s[A-Z][A-Za-z ,.]{{1,40}}?)?:?,?\s(?:on\s|this\s)?(?:the\s)?{_DAY}",
    re.MULTILINE,
)
_WHITE_HOUSE = re.compile(rf"^\s{{0,8}}THE WHITE HOUSE,?\s{{1,6}}{_DAY}", re.MULTILINE)
_BY_ORDER = re.compile(
    rf"^\s{{0,8}}(?:By (?:order|direction|authority) of (?:the )?|(?=Board|Office|Commission|Federal|Department|Bureau))[^.;\n]{{3,120}}?, {_DAY}[.\s]{{0,3}}$",
    re.MULTILINE,
)
_FACE = re.compile(
    rf"^[ \t]{{0,60}}(?:(?:Date|Issued|Issue [Dd]ate|Date of issue|Date [Ii]ssued|Dated)\s?:?\s{{1,4}})?{WEEKDAY}{_DAY}\.?[ \t]{{0,10}}$",
    re.MULTILINE,
)
_LABELLED = re.compile(
    rf"^[ \t]{{0,8}}(?:Date|Dated|Date of (?:decision|issue|order|notice))\s?:\s{{1,4}}{WEEKDAY}{_DAY}[ \t]{{0,10}}$",
    re.MULTILINE,
)
_RELEASED = re.compile(
    rf"^[ \t]{{0,8}}Release\sNo\.\s?[A-Z0-9-]{{4,12}}\s?[/|–—]\s?{_DAY}[ \t]{{0,8}}$", re.MULTILINE
)
"""Under the number of its release an order of the SEC bears its day."""
_SO_ORDERED = re.compile(
    rf"\b(?:SO ORDERED|[Ee]ntered|[Ss]igned|[Dd]ated|[Ee]xecuted|DONE|[Ii]ssued),?\s(?:at\s[A-Z][A-Za-z ,.]{{1,40}}?,?\s)?(?:on\s)?this\s{_DAY}"
)
_LETTERHEAD = re.compile(
    r"^[ \t]{0,8}(?:FIL-[0-9]|OCC Bulletin [0-9]|SR [0-9]|CA [0-9]|Financial Institution Letter|Industry Letter|(?:Insurance )?Circular Letter|Dear\b)",
    re.MULTILINE,
)
"""A line of a letter or bulletin, whatever the rule is that it sends."""
_FACE_HEAD, _FACE_LINES = 700, 12
_WITH_A_FACE = frozenset({
    "circular", "letter", "supervisory_letter", "notice", "guidance", "guidelines", "guide", "risk_alert", "order", "supervisory_statement",
    "interpretation", "technical_standards", "regulation", "directive", "decision", "opinions", "code", "standards", "memorandum", "rules",
})  # fmt: skip
"""Types that bear on their face the day of their signing; of others such a line is when a page was put up."""
_REPORTED = re.compile(
    r"\b(?:measures|circulars?|notice|rules?|order|letter|guidelines?|guidance|document|provisions|opinions|regulations?|directive|announcement)\b"
    rf"[^.;\n]{{0,120}}?(?:,|\b(?:was|were|is|are|and)\b)\s?dated\s{WEEKDAY}{_DAY}"
)
_MOST_DAYS = 120
_RELEASE_HEAD = 1500


def signed_english(reading: Reading, type_: str, base: Base) -> Iterator[Fact]:
    """Yield the day of signing of an official paper, at most one."""
    for part in reading.body:
        lines = [*dated(_SIGNED, part.text, "Dated", "Signed", "Issued", "Done", "Given", "Made")]
        lines += dated(
            _BY_ORDER, part.text, "By ", "Board", "Office", "Commission", "Federal", "Department", "Bureau"
        )
        lines += dated(_WHITE_HOUSE, part.text, "THE WHITE HOUSE")
        found = {day: line for line in lines if (day := parse_date(line["date"])) and _near(day, base)}
        if found:
            if len(found) == 1:
                [(day, match)] = found.items()
                yield reading.fact("date_signed", day.isoformat(), part, match.span("date"))
            return
    if reading.item.column != "news" and (type_ in _WITH_A_FACE or _is_letter(reading)):
        yield from _on_face(reading, base)


def _is_letter(reading: Reading) -> bool:
    return any(
        _LETTERHEAD.search(part.text, 0, _FACE_HEAD) for part in reading.body if part.field != "summary"
    )


def signed_decision(reading: Reading, base: Base) -> Iterator[Fact]:
    """Yield the day that a notice of one decision bears after the word Date, at its head or under it."""
    if reading.lang != "en":
        return
    for part in reading.body:
        matches = [
            *_LABELLED.finditer(part.text, 0, _FACE_HEAD),
            *dated(_SIGNED, part.text, "Dated", "Signed"),
            *dated(_RELEASED, part.text[:_RELEASE_HEAD], "Release No."),
            *dated(_SO_ORDERED, part.text, " this "),
        ]
        found = {day: m for m in matches if (day := parse_date(m["date"])) and _near(day, base)}
        if len(found) == 1:
            [(day, match)] = found.items()
            yield reading.fact("date_signed", day.isoformat(), part, match.span("date"))
            return


def _on_face(reading: Reading, base: Base) -> Iterator[Fact]:
    for part in reading.body:
        if part.field == "summary":
            continue
        head = _head(part)
        lines = [(m, d) for m in _FACE.finditer(part.text, 0, head) if (d := parse_date(m["date"]))]
        days = {day for _, day in lines}
        if len(days) == 1 and _near(lines[0][1], base):
            match, day = lines[0]
            yield reading.fact("date_signed", day.isoformat(), part, match.span("date"))
        return


def _head(part: Part) -> int:
    """Return where the head of a text ends: twelve lines, of 700 characters at most."""
    at = 0
    for _ in range(_FACE_LINES):
        line = part.text.find("\n", at)
        if line < 0:
            return min(len(part.text), _FACE_HEAD)
        if line > _FACE_HEAD:
            break
        at = line + 1
    return at


def signed_reported(reading: Reading, type_: str, base: Base) -> Iterator[Fact]:
    """Yield the day that a report says a paper of force is dated; none when it tells of several."""
    if not type_ or DOCUMENT_TYPES[type_].force <= 0:
        return
    found = {
        day: (part, match)
        for part in reading.body
        for match in dated(_REPORTED, part.text, "dated")
        if (day := parse_date(match["date"])) and _near(day, base)
    }
    if len(found) == 1:
        [(day, (part, match))] = found.items()
        yield reading.fact("date_signed", day.isoformat(), part, match.span("date"), confidence=0.9)


def _near(day: date, base: Base) -> bool:
    """Whether a paper published on a day can have been signed then: not after it, nor long before."""
    return base.published is None or -1 <= (base.published - day).days <= _MOST_DAYS
