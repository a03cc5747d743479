"""Plain markup to lines without a tree: paragraphs, emphasis, links, pictures; most HTML in feeds is that.

``lines_of`` gives the lines that ``visible_text`` would, or None where it takes a tree: tables, misnested
elements, elements that hide something, odd references.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from html.entities import name2codepoint

LIMIT = 4_000_000

SOURCE_SPACE = re.compile("[ \t\r\n\f]+")
# A line break of the source between two Chinese characters is layout, not a space.
_CJK = "\u2e80-\u303f\u31c0-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_BROKEN_CJK = re.compile(f"(?<=[{_CJK}])[ \t\r]*\n\\s*(?=[{_CJK}])")
_CJK_LINE = re.compile(f"\n\\s*[{_CJK}]")
_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:0(?:\.0*)?(?:px|pt|em|rem|%)?(?:;|!|$)"
    r"|(?:^|;)opacity:0(?:\.0*)?%?(?:;|!|$)|mso-hide:all|(?:left|top|right|text-indent):-\d{4,}"
)

_INLINE_NAMES = """
a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark q s samp small span strike
strong sub sup time tt u var
"""
_BLOCK_NAMES = """
address article aside blockquote br center dd details dialog div dl dt figcaption figure footer h1 h2 h3 h4 h5
h6 header hr li main nav ol p pre section ul
"""
_VOID = frozenset(("br", "hr", "img"))
_ENDS_ITSELF = frozenset(("p", "li", "dd", "dt"))
# Of attributes: words, and values after "=" that cannot be misread; nothing is ever tried twice.
_TAG = re.compile(
    r"<(/?[a-zA-Z][a-zA-Z0-9]*+)"
    r"((?:[^<>\"'=]++|=\s?(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>=`/]++(?=[\s>])))*+)>"
)
_ATTRIBUTE = re.compile(r"([^\s=\"'/]++)(?:\s?=\s?(\"[^\"]*+\"|'[^']*+'|[^\s\"']++))?")
_UNSEEN = re.compile(
    r"<!--(?![>-])[^<>]*-->|<(script|style|iframe)(?:\s[^<>]*)?(?<!/)>[^<]*</\1\s*>", re.IGNORECASE
)
_REFERENCE = re.compile(r"&(?:(#?)(\w{1,8});|(?![#\w]))")

# What stands for a tag until references are decoded, so that none is made of what stood around it.
_INLINE, _BLOCK = "\x1f", "\x1e"
_MARKS = {
    f"{slash}{name}": mark
    for names, mark in ((_INLINE_NAMES, _INLINE), (_BLOCK_NAMES, _BLOCK))
    for name in names.split()
    for slash in ("", "/")
}
_KNOWN = frozenset(_MARKS)
_BEGUN = {name: name[1:] for name in _MARKS if name[0] == "/"}


def lines_of(html: str) -> list[str] | None:
    """Return the visible text, a line a block, single spaces; None when it takes a tree to read it."""
    if len(html) > LIMIT or (not html.isprintable() and _is_odd(html)):
        return None
    html = joined_cjk(html)
    text = _marked(html)
    if text is None:
        text = _marked(_UNSEEN.sub(_INLINE, html))
        if text is None:
            return None
    if "&" in text:
        references = _REFERENCE.findall(text)
        if len(references) != text.count("&") or not all(_alike(*one) for one in set(references)):
            return None
        text = unescape(text)
    return [" ".join(line.split()) for line in text.replace(_INLINE, "").split(_BLOCK)]


def _is_odd(html: str) -> bool:
    """Whether there are marks like ours, or line ends that would pass for spaces."""
    if _INLINE in html or _BLOCK in html or "\x1c" in html or "\x1d" in html:
        return True
    return not html.isascii() and ("\x85" in html or "\u2028" in html or "\u2029" in html)


def _marked(html: str) -> str | None:
    """Return markup with a mark for each tag; None when some is unknown, misplaced or may hide something."""
    pieces = _TAG.split(html)  # text, name, attributes, text, …, text
    names, attributes = pieces[1::3], pieces[2::3]
    if not _KNOWN.issuperset(names):
        names = list(map(str.lower, names))
        if not _KNOWN.issuperset(names):
            return None
    pieces[1::3] = map(_MARKS.__getitem__, names)
    del pieces[2::3]
    text = "".join(pieces)
    if "<" in text or not _well_nested(names):
        return None
    extra = set(attributes)
    extra.discard("")
    if extra and (_may_hide(extra) or _ends_oddly(extra, names, attributes)):
        return None
    return text


def _well_nested(names: Sequence[str]) -> bool:
    """Whether every element ends where it should; paragraphs and list items may end with what they are in."""
    left = [""]
    for name in names:
        if name[0] != "/":
            if name not in _VOID:
                left.append(name)
            continue
        begun = _BEGUN[name]
        while left[-1] != begun:
            if left.pop() not in _ENDS_ITSELF or _MARKS[name] != _BLOCK:
                return False
        left.pop()
    return True


def _ends_oddly(extra: Iterable[str], names: Sequence[str], attributes: Sequence[str]) -> bool:
    """Whether there is a <p/>: an end to some readers, a beginning to others."""
    if not any(rest[-1] == "/" for rest in extra):
        return False
    closed = (name for name, rest in zip(names, attributes, strict=True) if rest.endswith("/"))
    return any(name not in _VOID for name in closed)


def _may_hide(attributes: Iterable[str]) -> bool:
    """Whether one of these may hide its element; judged as ``hides`` does, in doubt yes."""
    for folded in map(str.lower, attributes):
        if "hidden" not in folded and "style" not in folded:
            continue
        for name, value in _ATTRIBUTE.findall(folded):
            if name in ("hidden", "aria-hidden"):
                return True
            if name == "style" and ("&" in value or hides(value.strip("\"'"))):
                return True
    return False


def _alike(number: str, name: str) -> bool:
    """Whether every reader takes a reference for the same character; a bare "&" has neither."""
    if not number:
        return not name or name in name2codepoint
    try:
        code = int(name[1:], 16) if name[0] in "xX" else int(name)
    except ValueError:
        return False
    return 32 <= code < 127 or 160 <= code < 0xD800 or 0xE000 <= code < 0xFFFE


def joined_cjk(text: str) -> str:
    """Take out the line breaks between Chinese characters."""
    if text.isascii() or not _CJK_LINE.search(text):
        return text
    return _BROKEN_CJK.sub("", text)


def hides(style: str) -> bool:
    """Whether an inline style keeps its element from a reader's eyes."""
    return bool(_HIDING.search(SOURCE_SPACE.sub("", style[:2000]).lower()))
