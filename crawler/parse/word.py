"""Word files → text: DOCX through mammoth; DOC and WPS Writer files from their binary piece table.

The binary layout is that of [MS-DOC]: the stream ``WordDocument`` begins with the FIB, which says where in
``0Table`` or ``1Table`` the pieces of the text are listed. Formatting is not read; cells and rows are.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from typing import Any

from dibao.store import DocumentError

from . import packed
from .text import clean_text, html_to_text

MAX_CHARACTERS = 2_000_000
MAX_PIECES = 200_000

_FIB_MAGIC = 0xA5EC
_WORD_97 = 0x00C1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FIELD = re.compile("[\x13\x14\x15]")
_ROW_END = re.compile("\x07\r?\x07\r?")
_DROPPED = re.compile("[\x00-\x06\x08\x0e-\x12\x16-\x1d\x1f]")


def read_docx(body: bytes) -> str:
    """Return the text of a DOCX file. Raises DocumentError."""
    import mammoth  # 0.2 s, only where a DOCX comes

    with packed.opened(body, what="Word file") as archive:
        for member in archive.members:
            if member.filename.endswith((".xml", ".rels")):
                archive.xml(member)
    try:
        options = {"convert_image": mammoth.images.img_element(lambda _: {}), "external_file_access": False}
        html = mammoth.convert_to_html(io.BytesIO(body), **options).value
    except Exception as error:  # mammoth lets every error of XML, ZIP and its own through
        raise DocumentError(f"the Word file is damaged ({type(error).__name__})") from error
    text = html_to_text(html)[:MAX_CHARACTERS]
    if not text:
        raise DocumentError("the Word file holds no text")
    return text


def read_doc(body: bytes, *, what: str = "Word file") -> str:
    """Return the main text of a DOC or WPS file, one paragraph or table row a line. Raises DocumentError."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(body)) as ole:
            if not ole.exists("WordDocument"):
                raise DocumentError(f"the {what} holds no Word text; not read")
            document = ole.openstream("WordDocument").read()
            fib = _fib(document, what)
            table = ole.openstream("1Table" if fib["flags"] & _SECOND_TABLE else "0Table").read()
        text = "".join(_pieces(document, table, fib))
    except DocumentError:
        raise
    except Exception as error:  # olefile lets errors of its own, of struct and of files through
        raise DocumentError(f"the {what} is damaged ({type(error).__name__})") from error
    shown = doc_text(text[: fib["length"]])[:MAX_CHARACTERS]
    if not shown:
        raise DocumentError(f"the {what} holds no text")
    return shown


def _fib(document: bytes, what: str) -> dict[str, int]:
    """Read the part of the file information block that says where the text is."""
    magic, version = struct.unpack_from("<HH", document, 0)
    if magic != _FIB_MAGIC:
        raise DocumentError(f"the {what} is damaged (no Word header)")
    if version < _WORD_97:
        raise DocumentError(f"the {what} is older than Word 97; not read")
    flags = struct.unpack_from("<H", document, 0x0A)[0]
    if flags & _ENCRYPTED:
        raise DocumentError(f"the {what} asks for a password")
    length = struct.unpack_from("<i", document, 0x4C)[0]
    start, size = struct.unpack_from("<II", document, 0x01A2)
    return {"flags": flags, "length": max(0, length), "start": start, "size": size}


def _pieces(document: bytes, table: bytes, fib: dict[str, int]) -> Iterator[str]:
    """Yield the text piece by piece: each lies somewhere in the document, in UTF-16 or cp1252."""
    clx = table[fib["start"] : fib["start"] + fib["size"]]
    position = 0
    while position < len(clx) and clx[position] == 1:  # formatting that pieces share
        position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
    if position >= len(clx) or clx[position] != 2:
        raise ValueError("no piece table")
    plc = clx[position + 5 :][: struct.unpack_from("<I", clx, position + 1)[0]]
    count = min((len(plc) - 4) // 12, MAX_PIECES)
    left = min(fib["length"], MAX_CHARACTERS)
    for number in range(count):
        first, last = struct.unpack_from("<II", plc, 4 * number)
        place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        size = min(last - first, left)
        if size <= 0:
            break
        left -= size
        if place & 0x40000000:
            start = (place & 0x3FFFFFFF) // 2
            yield document[start : start + size].decode("cp1252", "replace")
        else:
            start = place & 0x3FFFFFFF
            yield document[start : start + 2 * size].decode("utf-16-le", "replace")


def doc_text(text: str) -> str:
    """Return the plain text of Word's character stream: cells become `` | ``, fields keep their result.

    Whether two cell marks in a row end a row or an empty cell is written in the formatting, which is not
    read: such a row is broken there.
    """
    shown = _without_instructions(text)
    shown = _ROW_END.sub("\n", shown).replace("\x07", " | ")
    shown = shown.replace("\x1e", "-").replace("\xa0", " ")
    return clean_text(_DROPPED.sub("", re.sub("[\r\x0b\x0c]", "\n", shown)))


def _without_instructions(text: str) -> str:
    """Drop what stands between the begin of a field and its result (``HYPERLINK …``, ``PAGE``)."""
    kept: list[str] = []
    open_fields: list[bool] = []
    position = 0
    for mark in _FIELD.finditer(text):
        if not any(open_fields):
            kept.append(text[position : mark.start()])
        position = mark.end()
        if mark[0] == "\x13":
            open_fields.append(True)
        elif mark[0] == "\x14" and open_fields:
            open_fields[-1] = False
        elif mark[0] == "\x15" and open_fields:
            open_fields.pop()
    if not any(open_fields):
        kept.append(text[position:])
    return "".join(kept)


def kind_of_ole(body: bytes) -> str:
    """Say what an OLE container holds: ``doc``, ``xls``, ``ppt``, or "" for anything else or nothing."""
    import olefile

    marks: dict[str, Any] = {
        "WordDocument": "doc",
        "Workbook": "xls",
        "Book": "xls",
        "PowerPoint Document": "ppt",
    }
    try:
        with olefile.OleFileIO(io.BytesIO(body)) as ole:
            return next((kind for stream, kind in marks.items() if ole.exists(stream)), "")
    except Exception:  # a damaged container: whoever reads it will say so
        return ""
