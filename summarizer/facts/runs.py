"""Words of a text that end with the legal form of a firm, as ``firms`` and ``firms_en`` hand them on."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 400
"""Legal forms of a text that are looked at: a register of thousands of firms is no document about them."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words up to a legal form and with it: a firm's name if ``clear``, else it may begin inside."""

    start: int
    end: int
    clear: bool
