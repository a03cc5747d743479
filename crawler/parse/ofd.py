"""OFD (GB/T 33190), the page format of Chinese authorities → text. A ZIP of XML: OFD.xml names the document,
that its pages, each page its text objects with their boxes in millimetres.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from lxml import etree

from dibao.store import DocumentError

from . import packed
from .pdf import MAX_CHARACTERS, MAX_PAGES, pdf_text

WHAT = "OFD file"


def read_ofd(body: bytes) -> str:
    """Return the running text of an OFD file. Raises DocumentError."""
    with packed.opened(body, what=WHAT) as archive:
        pages = [_page_text(_tree(archive, place)) for place in _page_places(archive)]
    text = pdf_text(pages)[:MAX_CHARACTERS]
    if not text:
        raise DocumentError(f"the {WHAT} has no text layer (a scan?)")
    return text


def _page_places(archive: packed.Container) -> list[str]:
    """Return where the pages are, in reading order, at most MAX_PAGES."""
    places: list[str] = []
    for root in _texts(_tree(archive, "OFD.xml"), "DocRoot"):
        document = _join("", root)
        for page in _tree(archive, document).iter("{*}Page"):
            if base := page.get("BaseLoc"):
                places.append(_join(posixpath.dirname(document), base))
    return places[:MAX_PAGES]


def _join(folder: str, place: str) -> str:
    """Resolve a location: from the root when it begins with a slash, else from the file that names it."""
    return posixpath.normpath(place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place))


def _tree(archive: packed.Container, place: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    tree = etree.fromstring(archive.xml(place), parser)
    if tree is None:
        raise DocumentError(f"the {WHAT} is damaged ({place} is not XML)")
    return tree


def _texts(tree: Any, name: str) -> Iterator[str]:
    for element in tree.iter(f"{{*}}{name}"):
        if element.text and element.text.strip():
            yield element.text.strip()


def _page_text(page: Any) -> str:
    """Return the lines of a page: text objects side by side, top down, left to right."""
    objects = sorted(_objects(page), key=lambda found: (found[0], found[1]))
    lines: list[list[tuple[float, str]]] = []
    top = height = 0.0
    for y, x, tall, text in objects:
        if not lines or y - top > max(height, tall) / 2:
            lines.append([])
            top, height = y, tall
        lines[-1].append((x, text))
    return "\n".join("".join(text for _, text in sorted(line)) for line in lines)


def _objects(page: Any) -> Iterator[tuple[float, float, float, str]]:
    """Yield (y, x, height, text) of each text object that says where it is."""
    for found in page.iter("{*}TextObject"):
        text = "".join(code.text or "" for code in found.iter("{*}TextCode"))
        try:
            x, y, _, height = map(float, (found.get("Boundary") or "").split())
        except ValueError:
            continue
        if text.strip():
            yield y, x, height, text
