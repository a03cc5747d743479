"""Makes the XML of a feed harmless and well formed enough before a parser sees it, in one linear pass.

Gone: DOCTYPE with its entities, processing instructions, comments, oversized attributes, references to
characters that XML has not, all items but the first and last 250, and an item that was cut in half.
"""

from __future__ import annotations

import re
from html.entities import html5

from dibao.store import DocumentError

MAX_CHARACTERS = 20_000_000
MAX_DEPTH = 500
MAX_ITEMS = 500
MAX_TAG = 8_192

_TAG_STOP = re.compile("[\"'>]")
_DOCTYPE_STOP = re.compile("[\"'\\[\\]>]|<!--")
_NAME = re.compile(r"</?([A-Za-z_][\w:.-]{0,200})")
# Every "&" but that of a reference which XML itself knows by name.
_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:(#\d{1,12}|#[xX][0-9a-fA-F]{1,12}|[A-Za-z][A-Za-z0-9]{1,32});)?"
)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_ITEM_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_NESTED_ENTITY = re.compile(r"<!ENTITY\s[^<>&]{0,200}&[A-Za-z%]", re.IGNORECASE)
_ITEMS = frozenset(("item", "entry"))


def harmless(text: str, *, url: str) -> str:
    """Return feed XML that is safe to parse. Raises DocumentError when it is too big or too deep."""
    if len(text) > MAX_CHARACTERS:
        raise DocumentError(
            f"{url}: the feed has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read"
        )
    return _Scan(text, url).run()


def with_references_of_xml(text: str) -> str:
    """Return markup without HTML's own references and stray "&", the faults that are seen most often."""
    pieces = _CDATA.split(text)
    pieces[::2] = map(_references, pieces[::2])
    return "".join(pieces)


class _Scan:
    """One pass from ``<`` to ``<``; the position never goes back."""

    def __init__(self, text: str, url: str) -> None:
        self.text = text
        self.url = url
        self.out: list[str] = []
        self.open: list[str] = []
        self.items = 0
        # Feeds are written newest first or oldest first: of a flood both ends are read.
        self.total = len(_ITEM_END.findall(text))
        self.whole = 0
        """Length of ``out`` after the last item that was closed."""
        self.around: list[str] = []
        """What was open around that item."""
        self.in_item = False

    def run(self) -> str:
        text, position = self.text.lstrip("\ufeff \t\r\n"), 0
        while position < len(text):
            start = text.find("<", position)
            if start < 0:
                start = len(text)
            self._emit(_references(text[position:start]))
            if start == len(text):
                break
            position = self._markup(text, start)
        if self.in_item and self.whole:  # the answer was cut: whole items only
            closing = [f"</{name}>" for name in reversed(self.around)]
            return "".join(self.out[: self.whole] + closing)
        if not self.in_item:  # the end of the feed itself is missing
            self.out.extend(f"</{name}>" for name in reversed(self.open))
        return "".join(self.out)

    def _emit(self, piece: str) -> None:
        if not self.in_item or not MAX_ITEMS // 2 <= self.items < self.total - MAX_ITEMS // 2:
            self.out.append(piece)

    def _markup(self, text: str, start: int) -> int:
        """Handle what begins at ``start``; return where to go on."""
        if text.startswith("<![CDATA[", start):
            end = text.find("]]>", start)
            if end < 0:
                return self._cut(text)
            self._emit(text[start : end + 3])
            return end + 3
        for opening, closing in (("<!--", "-->"), ("<?", "?>")):
            if text.startswith(opening, start):
                end = text.find(closing, start)
                return self._cut(text) if end < 0 else end + len(closing)
        if text.startswith("<!", start):
            end = _after_doctype(text, start)
            if _NESTED_ENTITY.search(text, start, end):
                raise DocumentError(f"{self.url}: declares entities made of entities; not read")
            return end
        name = _NAME.match(text, start)
        if not name:
            self._emit("&lt;")
            return start + 1
        end = _tag_end(text, name.end())
        if end < 0:
            return self._cut(text)
        self._tag(text[start:end], name[1])
        return end

    def _cut(self, text: str) -> int:
        self.in_item = True  # whatever was being said is not whole
        return len(text)

    def _tag(self, tag: str, name: str) -> None:
        local = name.rpartition(":")[2].lower()
        closing, empty = tag.startswith("</"), tag.endswith("/>")
        if closing:
            self._close(name, local, tag)
            return
        if local in _ITEMS and not empty:
            self.in_item = True
        if len(tag) > MAX_TAG:
            tag = f"<{name}/>" if empty else f"<{name}>"
        self._emit(_references(tag))
        if not empty:
            self.open.append(name)
            if len(self.open) > MAX_DEPTH:
                raise DocumentError(f"{self.url}: elements are nested more than {MAX_DEPTH} deep; not read")

    def _close(self, name: str, local: str, tag: str) -> None:
        self._emit(tag)
        # An element that was never closed (<br>) ends with the one around it.
        for back in range(1, min(len(self.open), MAX_DEPTH) + 1):
            if self.open[-back] == name:
                del self.open[-back:]
                break
        if local in _ITEMS and self.in_item:
            self.in_item = False
            self.items += 1
            self.whole, self.around = len(self.out), list(self.open)


def _tag_end(text: str, position: int) -> int:
    """Return the position after a tag's ``>``, skipping quoted values; -1 when it never ends."""
    while True:
        stop = _TAG_STOP.search(text, position)
        if not stop:
            return -1
        if stop[0] == ">":
            return stop.end()
        closing = text.find(stop[0], stop.end())
        if closing < 0:
            # A stray quote: end at the next bracket.
            return text.find(">", stop.end()) + 1 or -1
        position = closing + 1


def _after_doctype(text: str, start: int) -> int:
    """Return the position after ``<!DOCTYPE …[…]>``; nothing of it is kept."""
    position, depth = start + 2, 0
    while True:
        stop = _DOCTYPE_STOP.search(text, position)
        if not stop:
            return len(text)
        position = stop.end()
        if stop[0] in "\"'":
            position = text.find(stop[0], position) + 1 or len(text)
        elif stop[0] == "<!--":
            end = text.find("-->", position)
            position = len(text) if end < 0 else end + 3
        elif stop[0] == "[":
            depth += 1
        elif stop[0] == "]":
            depth -= 1
        elif depth <= 0:
            return position


def _references(text: str) -> str:
    return _REFERENCE.sub(_reference, text) if "&" in text else text


def _reference(match: re.Match[str]) -> str:
    """Make characters of HTML's names, escape a stray ``&`` (SEC writes them)."""
    name = match[1]
    if name is None:
        return "&amp;"
    if not name.startswith("#"):
        return html5.get(name + ";", f"&amp;{name};").replace("&", "&amp;").replace("&amp;amp;", "&amp;")
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    legal = (
        code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    )
    return match[0] if legal else ""
