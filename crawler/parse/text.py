"""Markup and raw strings to visible plain text: one paragraph a line, NFC, nothing invisible.

Hidden elements are no text: what a reader cannot see must not reach a fact, a brief or a model.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from itertools import zip_longest
from typing import Any

from lxml import etree

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
# A line break of the source between two Chinese characters is layout, not a space.
_CJK = "\u2e80-\u303f\u31c0-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_BROKEN_CJK = re.compile(f"(?<=[{_CJK}])[ \t\r]*\n\\s*(?=[{_CJK}])")
_SOURCE_SPACE = re.compile("[ \t\r\n\f]+")

_TAG_NAMES = """
a abbr article b big blockquote body br center cite code dd del div dl dt em figure font footer h1 h2 h3 h4
h5 h6 head header hr html i iframe img input ins li link main mark meta nav object ol p pre s script section
small span strike strong style sub sup svg table tbody td th thead time title tr tt u ul video
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
_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:0(?:\.0*)?(?:px|pt|em|rem|%)?(?:;|!|$)"
    r"|(?:^|;)opacity:0(?:\.0*)?%?(?:;|!|$)|mso-hide:all|(?:left|top|right|text-indent):-\d{4,}"
)

# Markup simple enough for ``simple_text``: elements without a meaning of their own, blocks, references that
# every reader decodes alike.
_SIMPLE_LIMIT = 100_000
_SIMPLE_BLOCKS = frozenset(
    ("p", "div", "ul", "ol", "li", "blockquote", "br", "hr", "pre", *(f"h{n}" for n in range(1, 7)))
)
_SIMPLE_TAG = re.compile(
    r"</?(p|div|ul|ol|li|h[1-6]|blockquote|br|hr|pre|a|b|i|em|strong|span|u|small|sub|sup|img|code|tt)"
    r"((?:\s+[a-z-]{1,40}\s?=\s?(?:\"[^\"<>]*\"|'[^'<>]*'))*)\s*/?>",
    re.IGNORECASE,
)
_PLAIN_TAGS = {
    f"{start}{name}>": (name, step, name in _SIMPLE_BLOCKS)
    for name in (*_SIMPLE_BLOCKS, "a", "b", "i", "em", "strong", "span", "u")
    for start, step in (("<", 1), ("</", -1))
}
"""The tags that stand bare, for speed."""
_ANY_TAG = re.compile("(<[^<>]*>)")
_ATTRIBUTE = re.compile(r"\s+([a-z-]{1,40})\s?=\s?(?:\"([^\"<>]*)\"|'([^'<>]*)')", re.IGNORECASE)
_SIMPLE_REFERENCE = re.compile(
    "&(?:amp|lt|gt|quot|nbsp|mdash|ndash|lsquo|rsquo|ldquo|rdquo|hellip|#(?:3[2-9]|[4-9][0-9]|1[01][0-9]|8[0-9]{3}));"
)

_STRING = etree.XPath("string()")

Element = Any
"""An lxml element; the stubs do not tell elements of HTML from others."""


def clean_text(text: str) -> str:
    """Return ``text`` as docs/publishing.md 1 wants it: NFC, no invisible characters, single spaces,
    no empty lines. Idempotent."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
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
    if "<" in value and _TAG.search(value):
        return html_to_text(value)
    return clean_text(unescape(value))  # which looks for "&" itself


def has_markup(value: str) -> bool:
    """Whether a string holds at least one tag of HTML."""
    return "<" in value and _TAG.search(value) is not None


def html_to_text(html: str) -> str:
    """Return the visible text of HTML: one paragraph a line, table rows as ``cell | cell``."""
    simple = simple_text(html)
    if simple is not None:
        return simple
    tree = parse_html(html)
    return "" if tree is None else visible_text(tree)


def simple_text(html: str) -> str | None:
    """Return what ``visible_text`` would give for a short piece of plain markup, without building a tree.

    None when anything in it needs one: other elements, attributes that may hide, odd references.
    """
    if len(html) > _SIMPLE_LIMIT:
        return None
    frame = _Frame()
    left_open: dict[str, int] = {}
    pieces = _ANY_TAG.split(html)  # text, tag, text, …, text
    for text, tag in zip_longest(pieces[::2], pieces[1::2], fillvalue=""):
        if "<" in text or ("&" in text and text.count("&") != len(_SIMPLE_REFERENCE.findall(text))):
            return None
        frame.add(unescape(text))
        if tag:
            found = _PLAIN_TAGS.get(tag) or _simple_tag(tag)
            if found is None:
                return None
            name, step, block = found
            left_open[name] = left = left_open.get(name, 0) + step
            if left < 0:
                return None  # the end of what never began: parsers differ
            if block and frame.parts:
                frame.end_line()
    return frame.text()


def _simple_tag(tag: str) -> tuple[str, int, bool] | None:
    """Return name, what it adds to the elements left open, and whether a line ends there."""
    match = _SIMPLE_TAG.fullmatch(tag)
    if not match or (match[2] and _may_hide(match[2])):
        return None
    name = match[1].lower()
    return name, -1 if tag.startswith("</") else 1, name in _SIMPLE_BLOCKS


def _may_hide(attributes: str) -> bool:
    """Whether one of these attributes may hide its element; judged as ``hidden`` does, in doubt yes."""
    folded = attributes.lower()
    if "hidden" in folded:
        return True
    if "style" not in folded:
        return False
    found = _ATTRIBUTE.finditer(attributes)
    styles = [match[2] or match[3] or "" for match in found if match[1].lower() == "style"]
    return any("&" in style or _hides(style) for style in styles)


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
    return style is not None and _hides(style)


def _hides(style: str) -> bool:
    return bool(_HIDING.search(_SOURCE_SPACE.sub("", style[:2000]).lower()))


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
        self.cells: list[str] = []

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text if text.isascii() or "\n" not in text else _BROKEN_CJK.sub("", text))

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
            _close(element.tag, stack)
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
        stack[-1].end_line()
        # A row that holds a table is layout: its cells are read one below the other.
        if tag == "tr" and stack[-1].kind != "row" and element.find(".//table") is None:
            stack.append(_Frame("row"))


def _close(tag: str, stack: list[_Frame]) -> None:
    top = stack[-1]
    if tag in ("td", "th") and top.kind == "cell":
        stack.pop()
        stack[-1].cells.append(top.text())
    elif tag == "tr" and top.kind == "row":
        stack.pop()
        stack[-1].lines.extend(_row(top))
    elif tag in _BLOCKS or tag in ("td", "th"):
        top.end_line()


def _row(row: _Frame) -> list[str]:
    """One line for a row of several cells; the lines of its cell for a row that has one."""
    stray = row.text()
    filled = [cell for cell in row.cells if cell]
    if len(filled) > 1:
        line = " | ".join(cell.replace("\n", " ") for cell in row.cells)
        return [stray, line] if stray else [line]
    return [text for text in (stray, *filled) if text]
