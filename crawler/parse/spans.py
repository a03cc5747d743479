"""Cells of a table that reach over several rows, put where a reader sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

WIDE = 3
"""Cells of its own from which a row is one of a wide table, whose columns mean something."""
LONGEST = 200
MOST = 100_000
"""Characters of a cell that is repeated, and of all of one table; what is longer leaves its place empty."""


class Cell(NamedTuple):
    """The text of a cell, and how many columns and rows it takes."""

    text: str
    columns: int = 1
    rows: int = 1


class Spans:
    """What of one table reaches down into its next rows."""

    def __init__(self) -> None:
        self._below: dict[int, Cell] = {}
        self._left = MOST

    def row(self, cells: Sequence[Cell]) -> list[str]:
        """Return the cells of the next row, with those from above in their places.

        PBC writes one number for several parties that way; without it every cell of the next party stands
        under another heading. Rows of a label and a value are left as they are written.
        """
        found: list[str] = []
        below: dict[int, Cell] = {}
        column = 0
        for cell in cells:
            column = self._from_above(column, found, below)
            if cell.rows > 1:
                below[column] = cell._replace(rows=cell.rows - 1)
            found.append(cell.text)
            column += cell.columns
        column = self._from_above(column, found, below)
        further = {at: cell for at, cell in self._below.items() if at >= column and cell.rows > 1}
        self._below = below | {at: cell._replace(rows=cell.rows - 1) for at, cell in further.items()}
        return found if len(cells) >= WIDE else [cell.text for cell in cells]

    def _from_above(self, column: int, found: list[str], below: dict[int, Cell]) -> int:
        """Put the cells that reach down to a column and to those right of it; return the next free column."""
        while column in self._below:
            cell = self._below[column]
            if cell.rows > 1:
                below[column] = cell._replace(rows=cell.rows - 1)
            short = len(cell.text) <= min(LONGEST, self._left)
            self._left -= len(cell.text) if short else 0
            found.append(cell.text if short else "")
            column += cell.columns
        return column


def spanned(cell: Any, name: str) -> int:
    """Return how many columns or rows a cell takes, by its attribute; 1 for what is no such number."""
    said = cell.get(name, "1").strip()
    return min(max(int(said), 1), 1_000) if said.isascii() and said.isdigit() and len(said) < 5 else 1
