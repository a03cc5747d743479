"""The catalogue as OPML, and feeds from other people's OPML as entries for a catalogue. Never fetches."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any
from urllib.parse import urlsplit

import yaml
from lxml import etree

from dibao.store import DocumentError

from .guard import refusal
from .language import our_tag
from .parse.text import clean_title
from .source import SourceSpec

MAX_BYTES = 5_000_000
_MAX_OUTLINES = 5_000


def to_opml(specs: Iterable[SourceSpec]) -> bytes:
    """Return an OPML 2.0 document of the lists that are read: feeds as ``rss``, all others as ``link``."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Dibao 邸报: sources"
    body = etree.SubElement(root, "body")
    groups: dict[str, Any] = {}
    for spec in specs:
        for endpoint in spec.endpoints if not spec.off else ():
            if spec.jurisdiction not in groups:
                groups[spec.jurisdiction] = etree.SubElement(body, "outline", text=spec.jurisdiction)
            feed = endpoint.kind == "feed"
            etree.SubElement(
                groups[spec.jurisdiction],
                "outline",
                text=f"{spec.name_en} · {spec.name_zh} · {endpoint.column}",
                type="rss" if feed else "link",
                htmlUrl=spec.homepage,
                language=endpoint.lang or spec.languages[0],
                category=f"/{spec.jurisdiction}/{spec.id}/{endpoint.column}",
                **{"xmlUrl" if feed else "url": endpoint.list_url},
            )
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an OPML file gave. ``rows`` are sources as a catalogue writes them."""

    rows: tuple[dict[str, Any], ...]
    known: int
    """Feeds that the catalogue has already."""
    refused: tuple[str, ...]
    """``address: why`` of those that may not be asked for."""


def from_opml(
    data: bytes, *, known: Collection[str], taken: Collection[str], jurisdiction: str, off: str
) -> Imported:
    """Read the feeds of an OPML file. ``known``: addresses that are read already; ``taken``: ids in use;
    ``off``: why they are not read yet, empty to have them read. Raises DocumentError.
    """
    rows: list[dict[str, Any]] = []
    refused: list[str] = []
    seen, ids = {_same(url) for url in known}, set(taken)
    repeated = 0
    for outline in _outlines(data):
        url = (outline.get("xmlUrl") or "").strip()
        problem = refusal(url, allow_http=True)
        if problem:
            refused.append(f"{url[:200]}: {problem}")
        elif _same(url) in seen:
            repeated += 1
        else:
            seen.add(_same(url))
            rows.append(_row(outline, url, ids, jurisdiction=jurisdiction, off=off))
            ids.add(rows[-1]["id"])
    return Imported(rows=tuple(rows), known=repeated, refused=tuple(refused))


def as_yaml(rows: Iterable[dict[str, Any]]) -> str:
    """Write sources as a catalogue file."""
    made: str = yaml.safe_dump(list(rows), allow_unicode=True, sort_keys=False, width=110)
    return made


def _outlines(data: bytes) -> Iterator[Any]:
    """Yield the outlines that name a feed. Entities are not resolved and nothing is loaded."""
    if len(data) > MAX_BYTES:
        told = _("OPML of {size:,} bytes; at most {most:,} are read: split it")
        raise DocumentError(told.format(size=len(data), most=MAX_BYTES))
    if b"<!DOCTYPE" in data[:10_000] or b"<!ENTITY" in data:
        raise DocumentError(_("OPML with a document type or entities is not read; take them out"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        told = _("not readable as OPML ({error}); export it again, or write it by hand")
        raise DocumentError(told.format(error=error)) from error
    if etree.QName(root).localname != "opml":
        told = _("not OPML: the document is <{root}>; a feed's own address goes into a YAML file")
        raise DocumentError(told.format(root=etree.QName(root).localname[:40]))
    found = [outline for outline in root.iter("outline") if outline.get("xmlUrl")]
    yield from found[:_MAX_OUTLINES]


def _row(outline: Any, url: str, ids: Collection[str], *, jurisdiction: str, off: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = clean_title(outline.get("title") or outline.get("text") or parts.hostname or "", limit=120)
    home = outline.get("htmlUrl") or ""
    row: dict[str, Any] = {
        "id": _id(parts.hostname or "feed", ids),
        "name_en": name,
        "name_zh": name,
        "tier": 4,
        "jurisdiction": jurisdiction,
        "kind": "media",
        "languages": [our_tag(outline.get("language") or "") or "en"],
        "timezone": "UTC",
        "homepage": home if not refusal(home, allow_http=True) else f"{parts.scheme}://{parts.netloc}/",
    }
    if off:
        row["off"] = off
    if parts.scheme == "http":
        row["allow_http"] = True
    return {**row, "endpoints": [{"column": "article", "kind": "feed", "url": url}]}


def _id(host: str, taken: Collection[str]) -> str:
    """Make an id of a host name; a number tells apart several feeds of one."""
    base = "x-" + re.sub(r"[^a-z0-9]+", "-", host.lower().removeprefix("www.")).strip("-")[:60]
    return next(
        name
        for number in range(1, _MAX_OUTLINES + 2)
        if (name := base if number == 1 else f"{base}-{number}") not in taken
    )


def _same(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url.strip()).rstrip("/")
