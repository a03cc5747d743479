"""Feeds by hand: lxml reads the XML, ``elements`` what its elements mean.

``quick_items`` gives what feedparser, the reference in tests, would give for the fields that we use, or None
where feedparser must judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from .elements import ATOM_ROOT, ENTRIES, ROOTS, Reader
from .values import Fields, Refused, windows_read

MAX_CHARACTERS = 5_000_000
MAX_ITEMS = 500
_MAX_REMARKS = 100
"""lxml remembers no more errors than that."""
# Prefixes that nobody declared (the element keeps its full name) and odd names of namespaces.
_HARMLESS = frozenset((99, 100, 201))

# References to control characters; the characters themselves do not come this far.
_C1 = re.compile(rb"&#(?:1[2-5][0-9]|[xX][89][0-9a-fA-F]);")


def quick_items(text: str, *, extra: Iterable[str] = ()) -> tuple[bool, list[Fields]] | None:
    """Return (Atom?, items in the feed's order) of XML without its declaration; of a flood both ends.

    None when it is for feedparser. ``extra`` names elements that a source is configured with, as feedparser
    names them. Never raises, opens nothing.
    """
    if len(text) > MAX_CHARACTERS:
        return None
    served = text.encode("utf-8", "replace")
    root = _tree(served)
    if root is None:
        return None
    try:
        atom, items = _items(root, Reader(extra=frozenset(extra), based=b"base" in served))
    except Refused:
        return None
    return atom, [windows_read(item) for item in items] if _C1.search(served) else items


def _tree(served: bytes) -> Any | None:
    """Return the root of XML that is well formed and asks nothing of its reader, else None."""
    if b"<!DOCTYPE" in served:
        return None
    parser = etree.XMLParser(
        recover=True,  # for undeclared prefixes alone, see below
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(served, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    remarks = parser.error_log
    if len(remarks) >= _MAX_REMARKS or any(remark.type not in _HARMLESS for remark in remarks):
        return None
    return root


def _items(root: Any, reader: Reader) -> tuple[bool, list[Fields]]:
    """Raises Refused."""
    name = reader.name(root)
    entries = [found for found in root.iter("{*}item", "{*}entry") if reader.name(found) in ENTRIES]
    if name not in ROOTS or not entries:
        raise Refused
    parents = {found.getparent() for found in entries}
    if any(parent is not root and parent.getparent() is not root for parent in parents):
        raise Refused
    if len(entries) > MAX_ITEMS:
        entries = entries[: MAX_ITEMS // 2] + entries[-MAX_ITEMS // 2 :]
    return name == ATOM_ROOT, [reader.item(entry) for entry in entries]
