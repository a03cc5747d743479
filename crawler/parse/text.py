"""Markup and raw strings to visible plain text: one paragraph a line, NFC, nothing invisible.

Hidden elements are no text: what a reader cannot see must not reach a fact, a brief or a model.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Any

from lxml import etree

from .simple import hides, joined_cjk, lines_of
from .spans import Cell, Spans, spanned

TITLE_LIMIT = 300  # docs/publishing.md 1

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, soft hyphen, bidi controls and marks, zero-width characters, annotation marks, noncharacters,
# lone surrogates (JSON escapes make them) and tag characters. Joiners are judged one by one below.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_JOINER = re.compile("[\u200c\u200d]")
_SPACES = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")

_TAG_NAMES = """
a abbr applet article audio b big blink blockquote body br canvas caption center cite code col colgroup
command dd del div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6
head header hr html i iframe img input ins li link main mark marquee math meta nav noscript object ol p
param picture pre s script section small source span strike strong style sub sup svg table tbody td tfoot th
thead time title tr tt u ul video
"""
_TAG = re.compile(rf"</?(?:{'|'.join(_TAG_NAMES.split())})(?:\s[^<>]*)?/?>", re.IGNORECASE)

_SKIPPED_NAMES = """
script style noscript template head title meta link iframe object applet svg math canvas audio video
select textarea button input datalist map noframes noembed
"""
_BLOCK_NAMES = """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p pre section summary table
tbody tfoot thead tr ul
"""
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_STRUCTURE = _BLOCKS | {"br", "td", "th"}
"""What begins or ends a line or a cell; all else is read as it stands."""

_STRING = etree.XPath("string()")

Element = Any
"""An lxml element; the stubs do not tell elements of HTML from others."""


def clean_text(text: str) -> str:
    """Return ``text`` as docs/publishing.md 1 wants it: NFC, no invisible characters, single spaces,
    no empty lines. Idempotent."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if " " in text else text
    for space in ("\xa0", "\u3000"):  # the usual ones besides the plain one
        text = text.replace(space, " ")
    lines = text.split("\n")
    if all(map(str.isprintable, lines)):
        # Nothing invisible and no space but the plain one: most text, at a tenth of the cost.
        plain = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
        return unicodedata.normalize("NFC", plain)
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _drop_joiners(text)
    text = unicodedata.normalize("NFC", text)
    kept = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in kept if line)


def _drop_joiners(text: str) -> str:
    """Joiners stay inside emoji and between letters of scripts that need them; elsewhere they only hide."""
    if not _JOINER.search(text):
        return text
    return _JOINER.sub(
        lambda m: m[0] if _joins(text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]) else "", text
    )


def _joins(before: str, after: str) -> bool:
    return bool(before and after) and all(
        c == "\ufe0f" or "\u0600" <= c <= "\u1cff" or unicodedata.category(c) == "So" for c in before + after
    )


def clean_title(text: str, *, limit: int = TITLE_LIMIT) -> str:
    """Return ``text`` as one clean line of at most ``limit`` characters, cut at a whole character."""
    line = clean_text(text).replace("\n", " ")
    if len(line) <= limit:
        return line
    end = limit - 1
    while end > 1 and (unicodedata.combining(line[end]) or line[end] in "\u200c\u200d\ufe0e\ufe0f"):
        end -= 1
    return line[:end].rstrip(" \u200c\u200d") + "…"


def markup_to_text(value: str) -> str:
    """Return a value that may or may not be markup (an RSS title, a JSON string) as plain text.

    Tags are removed once and entities decoded once, never twice: ``&amp;lt;`` ends as ``&lt;``.
    """
    if has_markup(value):
        return html_to_text(value)
    return clean_text(unescape(value))  # which looks for "&" itself


def has_markup(value: str) -> bool:
    """Whether a string holds at least one tag of HTML."""
    return "<" in value and ("</p>" in value or _TAG.search(value) is not None)


def html_to_text(html: str) -> str:
    """Return the visible text of HTML: one paragraph a line, table rows as ``cell | cell``."""
    lines = lines_of(html)
    if lines is not None:
        text = "\n".join(filter(None, lines))
        if not all(map(str.isprintable, lines)):
            return clean_text(text)
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    tree = parse_html(html)
    return "" if tree is None else visible_text(tree)


def parse_html(html: str) -> Element | None:
    """Return the tree of a page or fragment, or None when there is nothing in it."""
    # huge_tree: 2,048 levels, not 256: pages with unclosed <font> or <div> go deeper, and text is lost there.
    # Not lxml.html's: that one looks up a class for every element it gives, in Python.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        return etree.fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def all_text(element: Element) -> str:
    """Return the text below an element as it stands in the source, hidden or not; comments are none."""
    return str(_STRING(element))


def hidden(element: Element) -> bool:
    """Whether an element's own tag, attributes or inline style keep it from a reader's eyes."""
    tag = element.tag
    if not isinstance(tag, str) or tag.rpartition(":")[2] in _SKIPPED:
        return True
    if not element.keys():
        return False
    if "hidden" in element.attrib or element.get("aria-hidden", "").strip().lower() == "true":
        return True
    style = element.get("style")
    return style is not None and hides(style)


def prune(tree: Element) -> None:
    """Take everything hidden out of a tree, in place; text that follows an element stays."""
    doomed = [
        e for e in tree.iter() if (not isinstance(e.tag, str) or hidden(e)) and e.tag not in ("head", "title")
    ]
    for element in doomed:
        parent = element.getparent()
        if parent is not None and element.tag not in ("meta", "link"):
            element.tail, tail = None, element.tail
            _keep_tail(element, parent, tail)
            parent.remove(element)


def _keep_tail(element: Element, parent: Element, tail: str | None) -> None:
    if not tail:
        return
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail


def _one_line(text: str) -> str:
    """Line breaks and tabs of the source are spaces; how many is for ``clean_text``."""
    if text.isprintable():
        return text
    return text.replace("\n", " ").replace("\r", " ").replace("\t", " ").replace("\f", " ")


class _Frame:
    """Lines of text as they grow. A row of a data table and each of its cells have a frame of their own."""

    def __init__(self, kind: str = "text") -> None:
        self.kind = kind
        self.lines: list[str] = []
        self.parts: list[str] = []
        self.cells: list[Cell] = []
        self.spans: Spans | None = None
        """Of the table that is open."""

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(joined_cjk(text))

    def end_line(self) -> None:
        if self.parts:
            self.lines.append(_one_line("".join(self.parts)))
            self.parts = []

    def text(self) -> str:
        self.end_line()
        return clean_text("\n".join(self.lines))


def visible_text(root: Element) -> str:
    """Return the visible text below an element. Walks without recursion: depth is the publisher's choice."""
    stack = [_Frame()]
    skipped = None
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            if hidden(element):
                walker.skip_subtree()
                skipped = element
            else:
                if element.tag in _STRUCTURE:
                    _open(element, stack)
                stack[-1].add(element.text)
            continue
        if event == "end" and element is not skipped and element.tag in _STRUCTURE:
            _close(element, stack)
        if element is not root:
            stack[-1].add(element.tail)
    while len(stack) > 1:
        text = stack.pop().text()
        stack[-1].lines.append(text)
    return stack[0].text()


def _open(element: Element, stack: list[_Frame]) -> None:
    tag = element.tag
    if tag in ("td", "th") and stack[-1].kind == "row":
        stack.append(_Frame("cell"))
    else:
        if tag == "table":
            stack[-1].spans = Spans()
        stack[-1].end_line()
        # A row that holds a table is layout: its cells are read one below the other.
        if tag == "tr" and stack[-1].kind != "row" and element.find(".//table") is None:
            stack.append(_Frame("row"))


def _close(element: Element, stack: list[_Frame]) -> None:
    tag, top = element.tag, stack[-1]
    if tag in ("td", "th") and top.kind == "cell":
        stack.pop()
        stack[-1].cells.append(Cell(top.text(), spanned(element, "colspan"), spanned(element, "rowspan")))
    elif tag == "tr" and top.kind == "row":
        stack.pop()
        stack[-1].lines.extend(_row(top, stack[-1].spans or Spans()))
    elif tag in _BLOCKS or tag in ("td", "th"):
        top.end_line()
        if tag == "table":
            top.spans = None


def _row(row: _Frame, spans: Spans) -> list[str]:
    """One line for a row of several cells; the lines of its cell for a row that has one."""
    stray = row.text()
    cells = spans.row(row.cells)
    filled = [cell for cell in cells if cell]
    if len(filled) > 1:
        line = " | ".join(cell.replace("\n", " ") for cell in cells)
        return [stray, line] if stray else [line]
    return [text for text in (stray, *filled) if text]
