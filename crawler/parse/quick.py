"""Feeds by hand: lxml reads the XML, ``elements`` what its elements mean.

``quick_items`` gives what feedparser, the reference in tests, would give for the fields that we use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
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

    None when this is no XML that is safe to read as it stands. Raises Refused when feedparser must judge.
    ``extra`` names elements that a source is configured with, as feedparser names them. Opens nothing.
    """
    if len(text) > MAX_CHARACTERS:
        return None
    served = text.encode("utf-8", "replace")
    root = _tree(served)
    if root is None:
        return None
    reader = Reader(extra=frozenset(extra), based=b"base" in served, tongues=b"xml:lang" in served)
    atom, items = _items(root, reader)
    return atom, [windows_read(item) for item in items] if b"&#" in served and _C1.search(served) else items


def _tree(served: bytes) -> Any | None:
    """Return the root of XML that is well formed and asks nothing of its reader, else None."""
    if b"<!DOCTYPE" in served:
        return None
    parser = _parser()
    try:
        root = etree.fromstring(served, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    remarks = parser.error_log
    if len(remarks) >= _MAX_REMARKS or any(remark.type not in _HARMLESS for remark in remarks):
        return None
    return root


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        recover=True,  # for undeclared prefixes alone, see _tree
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _items(root: Any, reader: Reader) -> tuple[bool, list[Fields]]:
    """Raises Refused."""
    name = reader.name(root)
    found = list(root.iter("{*}item", "{*}entry"))
    tags = {entry.tag: entry for entry in found}
    known = {tag for tag, entry in tags.items() if reader.name(entry) in ENTRIES}
    entries = found if len(known) == len(tags) else [entry for entry in found if entry.tag in known]
    if name not in ROOTS or not entries:
        raise Refused
    if not all(parent is root or parent.getparent() is root for parent in {e.getparent() for e in entries}):
        entries = _outermost(root, entries)
    if len(entries) > MAX_ITEMS:
        entries = entries[: MAX_ITEMS // 2] + entries[-MAX_ITEMS // 2 :]
    return name == ATOM_ROOT, [reader.item(entry) for entry in entries]


def _outermost(root: Any, entries: list[Any]) -> list[Any]:
    """Leave out what stands in the source or the markup of an item; an item right inside another is one too.

    Raises Refused for items far down.
    """
    kept, found = [], set()
    for entry in entries:
        parent = entry.getparent()
        if parent is root or parent in found or parent.getparent() is root:
            kept.append(entry)
            found.add(entry)
        elif found.isdisjoint(entry.iterancestors()):
            raise Refused
    return kept
