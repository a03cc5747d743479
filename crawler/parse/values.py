"""Values in feeds: what stands in an element, as feedparser would give it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

Fields = dict[str, str]
"""What one item says, under feedparser's names. ``title_type``, ``summary_type``, ``content_type`` are media
types, ``content`` is the first that holds something, ``links`` is there if the item has any."""

HTML, XHTML, PLAIN = "text/html", "application/xhtml+xml", "text/plain"
TYPES = {"text": PLAIN, "plain": PLAIN, "html": HTML, "xhtml": XHTML}
SHOWN_TYPES = frozenset((HTML, XHTML, PLAIN))
_XML = ("+xml", "/xml")
_NONE: Mapping[str, str] = MappingProxyType({})
_USUAL = frozenset(("href", "rel", "type", "title", "length", "url", "mode", "hreflang"))
_PREFIX_OF_TAG = re.compile(r"(</?)[\w.-]{1,40}:")
_C1 = re.compile("[\x80-\x9f]")
_ENDS_OF_VOID = re.compile("</(?:area|br|col|embed|hr|img|input|param|source|track|wbr)>")


class Refused(Exception):
    """Only feedparser can tell what it makes of this."""


def text_of(element: Any) -> str:
    if len(element):
        raise Refused  # elements inside a value
    return _stripped(element.text)


def _stripped(text: str | None) -> str:
    if not text:
        return ""
    text = text.strip()
    return text if text.isascii() else mended(text)


def mended(text: str) -> str:
    """Return a value that was encoded twice as it was before."""
    if not text.isascii():
        with suppress(UnicodeError):
            return text.encode("latin-1").decode("utf-8")
    return text


def windows_read(item: Fields) -> Fields:
    """Return fields with C1 characters read as Windows-1252, as those who write them mean."""
    return {name: value if value.isascii() else _C1.sub(_western, value) for name, value in item.items()}


def _western(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("cp1252", "ignore") or match[0]


def attributes_of(element: Any) -> Mapping[str, str]:
    """Return the attributes of an element under lower-case names."""
    written = element.items()
    if not written:
        return _NONE
    said = dict(written)
    return said if _USUAL.issuperset(said) else {name.lower(): value for name, value in said.items()}


def value_of(element: Any, usual: str) -> tuple[str, str]:
    """Return the value of a text construct and its media type."""
    kind = usual
    if written := len(element.attrib):
        said = element.get("type")
        if said is None or written > 1:
            attributes = attributes_of(element)
            if attributes.get("mode", "").lower() == "base64":
                raise Refused
            said = attributes.get("type", usual)
        kind = said.lower()
        kind = TYPES.get(kind, kind)
    if kind == XHTML:
        return mended(_markup(element)), kind
    if not len(element):
        text = _stripped(element.text)
        if kind not in SHOWN_TYPES and text and not kind.startswith("text/") and not kind.endswith(_XML):
            raise Refused  # encoded in base64
        return text, kind
    if kind not in SHOWN_TYPES or next(element.iter("{*}div"), None) is not None:
        raise Refused
    return mended(_markup(element)), XHTML  # it says that it is escaped, and is not


def _markup(element: Any) -> str:
    """Return what is in an element as markup."""
    if len(element) == 1 and local_name(element[0]) == "div":
        around = f"{element.text or ''}{element[0].tail or ''}"
        element = element if around.strip() else element[0]
    parts = [escape(element.text or "")]
    prefixed = False
    for child in element:
        parts.append(etree.tostring(child, encoding="unicode", method="html"))
        prefixed = prefixed or bool(child.prefix)
    made = _ENDS_OF_VOID.sub("", "".join(parts)).replace(' xmlns="http://www.w3.org/1999/xhtml"', "").strip()
    return _PREFIX_OF_TAG.sub(r"\1", made) if prefixed else made


def local_name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()
