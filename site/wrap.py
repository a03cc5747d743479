"""Plain text for a terminal or a mail: lines broken by columns, where a Han character takes two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

# Nothing starts a line that closes, and nothing ends one that opens (the first rules of CJK setting).
_CLOSING = frozenset("，。、；：！？）》」』】”’…·％%,.;:!?)]}")
_OPENING = frozenset("（《「『【“‘([{")
_PIECE = re.compile(r"[ ]+|[!-~\u00a1-\u024f\u2010-\u2027]+|.", re.DOTALL)


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, *, width: int = 72, indent: int = 0, first: str = "") -> str:
    """Return a paragraph broken into lines of at most ``width`` columns, all but the first indented.

    ``first`` stands before the first line, inside the indent (``"1. "``). A word that is longer than a
    line, such as a link, stays whole on a line of its own.
    """
    margin = " " * indent
    lines = list(_lines(text, width - indent)) or [""]
    start = first + " " * (indent - columns(first))
    return "\n".join([(start + lines[0]).rstrip(), *(margin + line for line in lines[1:])])


def _lines(text: str, width: int) -> Iterator[str]:
    row, used = "", 0
    for unit in _units(text):
        size = columns(unit)
        if row and used + columns(unit.rstrip()) > width:
            yield row.rstrip()
            row, used = "", 0
        if row or unit.strip():
            row, used = row + unit, used + size
    if row.strip():
        yield row.rstrip()


def _units(text: str) -> Iterator[str]:
    """Yield the pieces between which a line may end; each keeps the space behind it."""
    unit = ""
    for piece in _PIECE.findall(text.replace("\n", " ")):
        if unit and not (piece.isspace() or piece[0] in _CLOSING or unit[-1] in _OPENING):
            yield unit
            unit = ""
        unit += piece
    yield unit
