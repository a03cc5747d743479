"""Words of a text that end with the legal form of a firm, as ``firms`` and ``firms_en`` hand them on."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 400
"""Legal forms of a text that are looked at: a register of thousands of firms is no document about them."""


_WRAPPED = 24
"""Characters of a line from which on it may only have ended because it was full."""
_ENDS = re.compile(r"[^\w’'&-]\Z")


def opens_line(text: str, at: int) -> bool:
    """Whether a line begins at a place that does not go on with the line before, as in the text of a PDF."""
    if at and text[at - 1] != "\n":
        return False
    before = text[max(0, at - 200) : max(0, at - 1)].rpartition("\n")[2].rstrip()
    return len(before) < _WRAPPED or bool(_ENDS.search(before))


@dataclass(frozen=True, slots=True)
class Run:
    """Words up to a legal form and with it: a firm's name if ``clear``, else it may begin inside."""

    start: int
    end: int
    clear: bool
