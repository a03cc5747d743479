"""Instruments that an English paper ends, replaces or changes and names by title, as they have no number.

Two shapes: a title that ends with its year (the Payment Systems (Oversight) Regulations 2019), and a title in quotation
marks behind the word for what it is (the circular "Sound Practices in Lending").
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from .reading import Part, Reading
from .scan import near

_KINDS = ("Regulations", "Order", "Rules", "Direction", "Directions", "Instrument", "Scheme", "Act")
_TRIGGERS = tuple(f"{kind} {century}" for kind in _KINDS for century in ("20", "19"))
_WORD = r"(?:[A-Z][\w’'&-]*|\([A-Z][^()\n]{1,80}\))"
_OF_YEAR = re.compile(
    rf"(?<![\w(])(?!(?:The|These|This)\s){_WORD}(?:\s(?:{_WORD}|(?:19|20)[0-9]{{2}}|and|of(?:\sthe)?|for|to|in)){{0,20}}?"
    rf"\s(?:{'|'.join(_KINDS)})\s(?:19|20)[0-9]{{2}}(?![\w-])(?!\s\([A-Z])"
)
"""Not an act whose order follows: the Banking Act 2009 (Restriction) Order 2019 is one title."""
_PAPERS = (
    "circular ", "guideline ", "guidelines ", "guidance ", "guidance note ", "notice ", "letter ", "statement ", "policy ",
    "code ", "standard ", "standards ", "bulletin ", "direction ", "advisory ", "entitled ", "titled ", "headed ",
)  # fmt: skip
"""Words behind which a name in quotation marks is a paper's."""
_QUOTED = re.compile(r"[“\"](?P<name>[A-Z][^“”\"\n]{8,150})[”\"]")
_NEXT = re.compile(r",?\s(?:and\s)?(?:the\s)?")
_HISTORY = re.compile(r"[^.;]{0,60}\b(?:was|were|had)\b")
_TOLD = re.compile(r"\b(?:was|were|had|previously|earlier)\b")


def named_titles(reading: Reading, part: Part) -> Iterator[list[tuple[int, int]]]:
    """Yield the places of such titles in an official paper, those of one list together; none of which history is told."""
    if reading.lang != "en" or not reading.official:
        return
    spans = [match.span() for match in near(_OF_YEAR, part.text, _TRIGGERS, before=220, after=12)]
    spans += [match.span("name") for match in _quoted(part.text)]
    rows: list[list[tuple[int, int]]] = []
    for span in sorted(spans):
        if rows and _NEXT.fullmatch(part.text, rows[-1][-1][1], span[0]):
            rows[-1].append(span)
        else:
            rows.append([span])
    for row in rows:
        start = part.text.rfind(". ", max(0, row[0][0] - 160), row[0][0])
        told = _TOLD.search(part.text, max(start, row[0][0] - 160, 0), row[0][0])
        if not told and not _HISTORY.match(part.text, row[-1][1]):
            yield row


def _quoted(text: str) -> Iterator[re.Match[str]]:
    for mark in ("“", '"'):
        at = text.find(mark)
        while at >= 0:
            if text.endswith(_PAPERS, 0, at) and (match := _QUOTED.match(text, at)):
                yield match
            at = text.find(mark, at + 1)
