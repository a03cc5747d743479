"""The text of attached files: PDF, Word, Excel, OFD, ZIP of those; else the reason why it was not read.

Bounds keep one hostile file from filling memory.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping

from dibao.crawler.decode import decode
from dibao.store import DocumentError

from . import packed
from .ofd import read_ofd
from .pdf import read_pdf
from .sheets import read_sheets
from .text import clean_text
from .word import kind_of_ole, read_doc, read_docx

MAX_BYTES = 50_000_000
MAX_CHARACTERS = 2_000_000
MAX_FILES = 20
"""Files of one archive that are read."""

_OTHERS = {
    "ppt": "PowerPoint file: not read",
    "pptx": "PowerPoint file: not read",
    "rar": "RAR archive: not opened",
    "7z": "7z archive: not opened",
    "rtf": "RTF file: not read",
    "html": "a web page was served instead of the file",
}
_READERS: Mapping[str, Callable[[bytes], str]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "doc": read_doc,
    "wps": lambda body: read_doc(body, what="WPS file"),
    "ofd": read_ofd,
    "xlsx": read_sheets,
    "xls": read_sheets,
    "et": lambda body: read_sheets(body, what="WPS spreadsheet"),
}
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype\s+html|html|script|head)", re.IGNORECASE)
_PACKED = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
    "OFD.xml": "ofd",
}


def read_attachment(body: bytes, *, media_type: str, name: str) -> tuple[str, str]:
    """Return the text of a file and why there is none: exactly one of the two is empty.

    What the bytes are decides, not what they are called. Never raises for what a publisher serves.
    """
    try:
        return _read(body, media_type=media_type, name=name, within=False), ""
    except DocumentError as error:
        return "", str(error)


def _read(body: bytes, *, media_type: str, name: str, within: bool) -> str:
    """Return the text. ``within``: the file lies in an archive. Raises DocumentError with the reason."""
    if not body:
        raise DocumentError("the file is empty")
    if len(body) > MAX_BYTES:
        size = f"{len(body) // 1_000_000} MB; at most {MAX_BYTES // 1_000_000} MB are read"
        raise DocumentError(f"the file has {size}")
    kind = _kind(body, media_type, name)
    if kind in _READERS:
        return _READERS[kind](body)
    if kind == "txt":
        text = clean_text(decode(body, content_type=media_type).text)[:MAX_CHARACTERS]
        if not text:
            raise DocumentError("the file holds no text")
        return text
    if kind == "zip":
        if within:
            raise DocumentError("an archive inside an archive: not opened")
        return _archive(body)
    named = f"files of this kind ({kind or media_type or 'unknown'}) are not read"
    raise DocumentError(_OTHERS.get(kind, named))


def _kind(body: bytes, media_type: str, name: str) -> str:
    head = body[:1_024]
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        found = packed.names(body)
        if not found:
            return f"damaged {suffix or 'zip'}"
        return next((kind for mark, kind in _PACKED.items() if mark in found), "zip")
    if head.startswith(b"\xd0\xcf\x11\xe0"):  # one container for all old Office and WPS files
        found_kind = kind_of_ole(body) or "doc"
        twins = {"doc": "wps", "xls": "et"}
        return suffix if suffix == twins.get(found_kind) else found_kind
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if _HTML.match(head):
        return "html"
    if suffix in ("txt", "csv") or media_type.partition(";")[0].strip().lower() in ("text/plain", "text/csv"):
        return "txt" if b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")) else suffix
    return f"damaged {suffix}" if suffix in _READERS else suffix


def _archive(body: bytes) -> str:
    """Return the texts of an archive's files one after the other, each under its name."""
    parts: list[str] = []
    read = 0
    with packed.opened(body, what="ZIP archive") as archive:
        for member in archive.members[:MAX_FILES]:
            name = _name(member)
            try:
                text = _read(archive.read(member), media_type="", name=name, within=True)
                read += 1
            except DocumentError as error:
                text = f"[… {error}]"
            parts.append(f"{name}\n{text}")
        if len(archive.members) > MAX_FILES:
            parts.append(f"[… only the first {MAX_FILES} of {len(archive.members)} files were read]")
    if not read:
        reasons = "; ".join(part.replace("\n", ": ") for part in parts)[:300]
        raise DocumentError(f"nothing in the ZIP archive could be read ({reasons or 'it is empty'})")
    return "\n".join(parts)[:MAX_CHARACTERS]


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's file name. Chinese archives write theirs in GBK without saying so."""
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = member.filename
    return clean_text(posixpath.basename(name.replace("\\", "/"))).replace("\n", " ")[:200]
