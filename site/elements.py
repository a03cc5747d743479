"""Building small XML documents on lxml: shared by feeds, sitemaps and the source list."""

from __future__ import annotations

from lxml import etree


def add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """Append an element with its text and attributes, in that order, and return it."""
    element = etree.SubElement(parent, name)
    for key, value in attributes.items():
        element.set(key, value)
    element.text = text
    return element


def written(root: etree._Element) -> bytes:
    """Return the document as UTF-8 with its declaration."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
