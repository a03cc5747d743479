"""The text of attached files: PDF and DOCX now; for everything else the reason why it was not read.

Bounds keep one hostile file from filling memory. PDFium is native code: call it from one thread at a time.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from typing import Any

from dibao.crawler.decode import decode

from .text import clean_text, html_to_text

MAX_BYTES = 50_000_000
MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000
MAX_UNPACKED = 100_000_000
MAX_MEMBERS = 5_000

_PAGE_NUMBER = re.compile(
    r"[-—–－_ ]{0,4}(?:第\s{0,2})?\d{1,4}(?:\s{0,2}页)?"
    r"(?:\s{0,2}[,，]?\s{0,2}[/共]\s{0,2}\d{1,4}(?:\s{0,2}页)?)?[-—–－_ ]{0,4}"
    r"|page\s\d{1,4}(?:\sof\s\d{1,4})?",
    re.IGNORECASE,
)
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_SENTENCE_END = re.compile(r"[。；：！？;:!?][”』」》）)\"]?$|\.[\"”)]?$")
_HEADING = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,6}[章节節条條]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.．、](?!\d)|附件|附：|[•●○▪■\-*]\s|\([a-z]\)\s|(?:Article|Section|Chapter|Annex|Schedule)\s[\dIVX]+"
)
_CJK = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_OTHERS = {
    "doc": "old Word file (.doc): not read yet",
    "wps": "WPS file (.wps): not read yet",
    "ofd": "OFD file: not read yet",
    "xls": "old Excel file (.xls): not read yet",
    "xlsx": "Excel file (.xlsx): not read yet",
    "et": "WPS spreadsheet (.et): not read yet",
    "ppt": "PowerPoint file: not read yet",
    "pptx": "PowerPoint file: not read yet",
    "zip": "ZIP archive: not opened",
    "rar": "RAR archive: not opened",
    "7z": "7z archive: not opened",
    "rtf": "RTF file: not read yet",
}


def read_attachment(body: bytes, *, media_type: str, name: str) -> tuple[str, str]:
    """Return the text of a file and why there is none: exactly one of the two is empty.

    What the bytes are decides, not what they are called. Never raises for what a publisher serves.
    """
    if not body:
        return "", "the file is empty"
    if len(body) > MAX_BYTES:
        return "", f"the file has {len(body) // 1_000_000} MB; at most {MAX_BYTES // 1_000_000} MB are read"
    kind = _kind(body, media_type, name)
    if kind == "pdf":
        return _pdf(body)
    if kind == "docx":
        return _docx(body)
    if kind == "txt":
        text = clean_text(decode(body, content_type=media_type).text)[:MAX_CHARACTERS]
        return (text, "") if text else ("", "the file holds no text")
    if kind == "html":
        return "", "a web page was served instead of the file"
    return "", _OTHERS.get(kind, f"files of this kind ({kind or media_type or 'unknown'}) are not read")


def _kind(body: bytes, media_type: str, name: str) -> str:
    head = body[:1_024]
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _packed(body, suffix)
    if head.startswith(b"\xd0\xcf\x11\xe0"):  # one container for all old Office and WPS files
        return suffix if suffix in ("xls", "wps", "et", "ppt") else "doc"
    if re.match(rb"(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype\s+html|html|script|head)", head, re.IGNORECASE):
        return "html"
    if suffix == "txt" or media_type.partition(";")[0].strip().lower() == "text/plain":
        return "txt" if b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")) else suffix
    return suffix if suffix not in ("pdf", "docx") else f"damaged {suffix}"


def _packed(body: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return f"damaged {suffix or 'zip'}"
    marks = {
        "word/document.xml": "docx",
        "xl/workbook.xml": "xlsx",
        "ppt/presentation.xml": "pptx",
        "OFD.xml": "ofd",
    }
    return next((kind for mark, kind in marks.items() if mark in names), "zip")


def _pdf(body: bytes) -> tuple[str, str]:
    import pypdfium2  # native library, loaded when the first PDF comes

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        return "", "the PDF asks for a password" if locked else "the PDF is damaged"
    try:
        pages = [_page(document, number) for number in range(min(len(document), MAX_PAGES))]
        cut = len(document) > MAX_PAGES
    except pypdfium2.PdfiumError:
        return "", "the PDF is damaged"
    finally:
        document.close()
    text = pdf_text(pages)[:MAX_CHARACTERS]
    if len(re.findall(r"\w", text)) < max(5, len(pages)):
        return "", "the PDF has no text layer (a scan?)"
    if cut:
        text += f"\n[… only the first {MAX_PAGES} pages were read]"
    return text, ""


def _page(document: Any, number: int) -> str:
    page = document[number]
    try:
        layer = page.get_textpage()
        try:
            return str(layer.get_text_range())[:MAX_CHARACTERS]
        finally:
            layer.close()
    finally:
        page.close()


def pdf_text(pages: list[str]) -> str:
    """Return the running text of raw pages: Kangxi radicals become the characters they look like, page
    numbers and repeated heads and feet go, lines broken by the layout are joined."""
    cleaned = [_RADICALS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), page) for page in pages]
    # PDFium writes U+FFFE (or U+0002) where a word was hyphenated at the end of a line.
    cleaned = [re.sub("[\ufffe\x02]\r?\n?", "", page) for page in cleaned]
    lines = [clean_text(page).split("\n") for page in cleaned]
    furniture = _furniture(lines)
    kept = [line for page in lines for line in page if line and not _PAGE_NUMBER.fullmatch(line)]
    return "\n".join(_paragraphs([line for line in kept if _shape(line) not in furniture]))


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _furniture(pages: list[list[str]]) -> set[str]:
    """First and last two lines that come back, but for numbers, on half of the pages and at least three."""
    if len(pages) < 3:
        return set()
    edges = Counter(
        shape for page in pages for shape in {_shape(line) for line in page[:2] + page[-2:] if line}
    )
    return {shape for shape, count in edges.items() if count >= max(3, len(pages) / 2) and len(shape) < 120}


def _paragraphs(lines: list[str]) -> list[str]:
    """Join a line to the one before where that was broken by the edge of the page, not by its writer."""
    if not lines:
        return []
    full = sorted(map(_width, lines))[int(len(lines) * 0.9)] * 0.8
    paragraphs = [lines[0]]
    last = lines[0]
    for line in lines[1:]:
        if _width(last) >= full and not _SENTENCE_END.search(last) and not _HEADING.match(line):
            paragraphs[-1] = _joined(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        last = line
    return paragraphs


def _width(line: str) -> int:
    return len(line) + len(_CJK.findall(line))


def _joined(before: str, after: str) -> str:
    if re.search(r"[A-Za-z]-$", before) and after[:1].islower():
        return before[:-1] + after
    return before + ("" if _CJK.match(after) and _CJK.match(before[-1:]) else " ") + after


def _docx(body: bytes) -> tuple[str, str]:
    import mammoth  # 0.2 s, only where a DOCX comes

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
                return "", "the Word file unpacks to more than is read"
            for member in members:
                if member.filename.endswith((".xml", ".rels")) and _has_entities(archive, member):
                    return "", "the Word file declares XML entities; not read"
        options = {"convert_image": mammoth.images.img_element(lambda _: {}), "external_file_access": False}
        html = mammoth.convert_to_html(io.BytesIO(body), **options).value
    except Exception as error:  # mammoth lets every error of XML, ZIP and its own through
        return "", f"the Word file is damaged ({type(error).__name__})"
    text = html_to_text(html)[:MAX_CHARACTERS]
    return (text, "") if text else ("", "the Word file holds no text")


def _has_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as stream:
        return b"<!" in stream.read(4_096).replace(b"<!--", b"")
