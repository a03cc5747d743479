"""PDF → running text: the text layer page by page, without what the layout added.

PDFium is native code: call it from one thread at a time.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

from dibao.store import DocumentError

from .text import clean_text

MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000

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


def read_pdf(body: bytes) -> str:
    """Return the text of a PDF. Raises DocumentError saying why there is none."""
    import pypdfium2  # native library, loaded when the first PDF comes

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        why = "the PDF asks for a password" if locked else "the PDF is damaged"
        raise DocumentError(why) from error
    try:
        pages = [_page(document, number) for number in range(min(len(document), MAX_PAGES))]
        cut = len(document) > MAX_PAGES
    except pypdfium2.PdfiumError as error:
        raise DocumentError("the PDF is damaged") from error
    finally:
        document.close()
    text = pdf_text(pages)[:MAX_CHARACTERS]
    if len(re.findall(r"\w", text)) < max(5, len(pages)):
        raise DocumentError("the PDF has no text layer (a scan?)")
    if cut:
        text += f"\n[… only the first {MAX_PAGES} pages were read]"
    return text


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
