"""XLS, XLSX and WPS spreadsheets → text: one row a line, cells between `` | ``, hidden sheets left out.

The reader (calamine) lays a sheet out as a full rectangle, so two cells in opposite corners would be
thousands of millions: how far a sheet reaches is looked up first.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from dibao.store import DocumentError

from . import packed
from .spans import LONGEST, MOST, WIDE
from .text import clean_text

MAX_CELLS = 2_000_000
"""Cells of the rectangle around everything, all sheets together."""
MAX_CHARACTERS = 2_000_000

_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]{0,3})(\d{1,7})\s*[\"']")
_BLANKS = re.compile(r"\s+")
# BIFF: shared strings and the extent of a sheet. The reader makes room for as many words and cells as these
# say, and where there is no such room the whole process ends: they are looked at first.
_SST, _EXTENT = 0x00FC, 0x0200
_LARGEST = 65_536 * 256  # cells of the largest sheet that the format knows
# BIFF: beginning of a sheet; records that hold a cell, with row and column in their first four bytes.
_BOF = 0x0809
_CELLS = frozenset((0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x0406))


def read_sheets(body: bytes, *, what: str = "Excel file") -> str:
    """Return the text of all visible sheets. Raises DocumentError."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    if _cells(body, what) > MAX_CELLS:
        raise DocumentError(f"the {what} has more than {MAX_CELLS:,} cells; not read")
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(body)) as book:
            shown = [meta.name for meta in book.sheets_metadata if meta.visible == SheetVisibleEnum.Visible]
            parts = [(name, _rows(book.get_sheet_by_name(name))) for name in shown]
    except PasswordError as error:
        raise DocumentError(f"the {what} asks for a password") from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of its Rust code is no Exception
        raise DocumentError(f"the {what} is damaged ({type(error).__name__})") from error
    filled = [(name, rows) for name, rows in parts if rows]
    lines = [line for name, rows in filled for line in ([name, *rows] if len(filled) > 1 else rows)]
    text = clean_text("\n".join(lines))[:MAX_CHARACTERS]
    if not text:
        raise DocumentError(f"the {what} holds no text")
    return text


def _rows(sheet: Any) -> list[str]:
    rows = [[_shown(cell) for cell in row] for row in sheet.iter_rows()]
    _repeat_merged(rows, sheet)
    return [" | ".join(_trimmed(row)) for row in rows if any(row)]


def _repeat_merged(rows: list[list[str]], sheet: Any) -> None:
    """Put a cell that reaches over several rows into each of them that belongs to a wide table."""
    # Rows come from the very first on, columns from the first that is filled (calamine 0.9).
    left_edge = sheet.start[1] if sheet.start else 0
    wide = [sum(map(bool, row)) >= WIDE for row in rows]
    left = MOST
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        at = column - left_edge
        if bottom <= top or top >= len(rows) or not 0 <= at < len(rows[top]):
            continue
        text = rows[top][at]
        for number in range(top + 1, min(bottom + 1, len(rows))):
            if wide[number] and not rows[number][at] and len(text) <= min(LONGEST, left):
                rows[number][at] = text
                left -= len(text)


def _trimmed(row: list[str]) -> list[str]:
    """Leave out empty cells at both ends: a table that starts in column C is still a table."""
    filled = [n for n, cell in enumerate(row) if cell]
    return row[filled[0] : filled[-1] + 1]


def _shown(cell: Any) -> str:
    """Return a cell as a reader sees it: whole numbers without .0, dates as ISO, breaks as blanks."""
    match cell:
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
        case _:
            return _BLANKS.sub(" ", str(cell)).strip()


def _cells(body: bytes, what: str) -> int:
    """Count the cells that the sheets span."""
    return sum(
        rows * columns for rows, columns in (_xlsx(body, what) if body[:2] == b"PK" else _xls(body, what))
    )


def _xlsx(body: bytes, what: str) -> Iterator[tuple[int, int]]:
    with packed.opened(body, what=what) as archive:
        for member in archive.members:
            if not member.filename.lower().endswith((".xml", ".rels")):
                continue
            text = archive.xml(member)
            if "worksheets/" in member.filename.lower():
                yield _reach((int(m[2]), _column(m[1])) for m in _REFERENCE.finditer(text))


def _xls(body: bytes, what: str) -> Iterator[tuple[int, int]]:
    """Walk over the records of the workbook: each is a type, a length and that many bytes."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(body)) as ole:
            name = "Workbook" if ole.exists("Workbook") else "Book"
            stream = ole.openstream(name).read()
    except Exception as error:  # olefile lets errors of its own, of struct and of files through
        raise DocumentError(f"the {what} is damaged ({type(error).__name__})") from error
    if any(entry.size > len(body) for entry in ole.direntries if entry is not None):
        raise DocumentError(f"the {what} is damaged (a part larger than the whole)")
    found: list[tuple[int, int]] = []
    position = 0
    while position + 12 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        if kind == _SST and struct.unpack_from("<I", stream, position + 8)[0] > len(stream):
            raise DocumentError(f"the {what} is damaged (more words than it has room for)")
        if kind == _EXTENT and _extent(stream[position + 4 : position + 4 + size]) > _LARGEST:
            raise DocumentError(f"the {what} is damaged (a sheet larger than any)")
        if kind == _BOF:
            yield _reach(found)
            found = []
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", stream, position + 4)
            # A record of several cells ends with the number of its last column.
            last = (
                struct.unpack_from("<H", stream, position + 2 + size)[0] if kind in (0xBD, 0xBE) else column
            )
            found.append((row + 1, max(column, last) + 1))
        position += 4 + size
    yield _reach(found)


def _extent(record: bytes) -> int:
    """Return how many cells a sheet says it spans; too many where an end lies before its beginning."""
    if len(record) >= 14:
        first, last, left, right = struct.unpack_from("<IIHH", record)
    elif len(record) >= 8:
        first, last, left, right = struct.unpack_from("<HHHH", record)  # old files write short numbers
    else:
        return 1
    if last < first or right < left:
        return _LARGEST + 1
    return int(max(1, last - first) * max(1, right - left))


def _reach(cells: Any) -> tuple[int, int]:
    rows = columns = 0
    for row, column in cells:
        rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
