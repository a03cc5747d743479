"""What the elements of an item mean: RSS, Atom, RDF and their usual companions (Dublin Core, content, iTunes,
Media RSS), with feedparser's names, order of precedence and quirks for the fields that we use.

An element's place in the order counts: the last of several dates, the first title that says something, a
second description that becomes the content. What would take feedparser's whole state to tell raises Refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import islice
from typing import Any

from .around import SLASHES, base_of, joined, language_of
from .values import (
    HTML,
    PLAIN,
    SHOWN_TYPES,
    TYPES,
    XHTML,
    Fields,
    Refused,
    attributes_of,
    local_name,
    mended,
    text_of,
    value_of,
)

ROOTS = frozenset(("feed", "rss", "rdf_rdf", "rdf", "channel"))
ATOM_ROOT = "feed"
ENTRIES = frozenset(("item", "entry"))

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_USERLAND = "backend.userland.com/rss"
_REFERENCE_IN_QUERY = re.compile("&([A-Za-z0-9_]+);")
_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")
_OF_PICTURES = frozenset(("title", "url", "href", "width", "height"))
_OF_AUTHORS = {"name": "name", "itunes_name": "name", "email": "email", "itunes_email": "email"}

_TYPE_OF = {"title": "title_type", "summary": "summary_type"}
_CAPTION = 1_000
"""Deeper than any element: what any other may replace."""


class _Item:
    """One item as it is read: what was found, and how deep."""

    __slots__ = ("deep", "found", "has_content", "title_depth")

    def __init__(self) -> None:
        self.found: Fields = {}
        self.deep: dict[str, int] = {}
        self.title_depth = 0
        """How deep the title stands that counts; 0 while there is none."""
        self.has_content = False

    def put(self, key: str, value: str, depth: int, *, kind: str = "") -> None:
        """Store a value, and its media type, unless a less deep element has said the same."""
        if depth > self.deep.get(key, depth):
            return
        self.deep[key] = depth
        self.found[key] = value
        if kind:
            self.found[_TYPE_OF[key]] = kind


_Handler = Callable[["Reader", _Item, Any, int], None]


class Reader:
    """Reads the items of one feed; remembers what each tag of the feed means."""

    def __init__(
        self, *, extra: frozenset[str] = frozenset(), based: bool = True, tongues: bool = False
    ) -> None:
        """``extra`` names elements that are wanted as they are; not ``based``: no address has a base;
        ``tongues``: something says what language it is in."""
        self._based = based
        self._tongues = tongues
        self._around: tuple[Any, str] = (None, "")
        """What the last item stood in, and the language that holds there."""
        self._handlers: dict[str, _Handler | None] = {}
        self._extra = extra
        self._above: tuple[Any, str] = (None, "")
        """What the last item stood in, and the base that holds there."""
        self._base = ""

    def item(self, entry: Any) -> Fields:
        """Return the fields of an item. Raises Refused."""
        item = _Item()
        if self._based:
            parent = entry.getparent()
            if self._above[0] is not parent:
                self._above = (parent, base_of([*reversed(list(parent.iterancestors())), parent]))
            self._base = base_of([entry], self._above[1])
        if self._tongues:
            item.found["xml_lang"] = self._tongue(entry)
        if entry.keys():
            if not {"href", "lastmod"}.isdisjoint(map(str.lower, entry.keys())):
                raise Refused
            if entry.get(_ABOUT):
                item.found["id"] = entry.get(_ABOUT)
        self.children(item, entry, 1)
        return item.found

    def _tongue(self, entry: Any) -> str:
        """Return the language of an item's title: its own, that of the item, that of what holds the item."""
        parent = entry.getparent()
        if self._around[0] is not parent:
            self._around = (parent, language_of((parent, *parent.iterancestors())) or "")
        own = language_of((*entry.iterchildren("{*}title"), entry))
        return self._around[1] if own is None else own

    def children(self, item: _Item, parent: Any, depth: int) -> None:
        handlers = self._handlers
        for child in parent:
            tag = child.tag
            try:
                handler = handlers[tag]
            except KeyError:
                handler = handlers[tag] = self._handler(child)
            if handler is not None:
                handler(self, item, child, depth)
            elif len(child):
                self.children(item, child, depth + 1)

    def _handler(self, element: Any) -> _Handler | None:
        name = self.name(element)
        if name in self._extra and name not in _HANDLERS:
            return _extra(name)
        return _HANDLERS.get(name)

    def name(self, element: Any) -> str:
        """Return ``prefix_local`` as feedparser does: its prefix for a space it knows, else the feed's."""
        tag = element.tag
        if not isinstance(tag, str):
            raise Refused
        if tag[0] != "{":
            prefix, _, local = tag.rpartition(":")  # a prefix that nobody declared
        else:
            space, _, local = tag[1:].partition("}")
            folded = space.lower()
            known = "" if _USERLAND in folded else _spaces().get(folded)
            prefix = (element.prefix or "") if known is None else known
        return (f"{prefix}_{local}" if prefix else local).lower()

    def resolved(self, element: Any, address: str, depth: int) -> str:
        """Return an address with the base that holds where it stands, as it is where there is none."""
        if ":///" in address:
            address = SLASHES.sub(r"\1", address)
        if not self._based:
            return address
        inside = [element, *islice(element.iterancestors(), depth - 1)] if depth > 1 else [element]
        base = base_of(reversed(inside), self._base)
        return joined(base, address) if base else address


@cache
def _spaces() -> Mapping[str, str]:
    from feedparser.api import StrictFeedParser

    return {uri.lower(): prefix.lower() for uri, prefix in StrictFeedParser.namespaces.items()}


# --- elements --------------------------------------------------------------------------------------


def _field(key: str) -> _Handler:
    def read(reader: Reader, item: _Item, element: Any, depth: int) -> None:
        item.put(key, text_of(element), depth)

    return read


def _extra(name: str) -> _Handler:
    def read(reader: Reader, item: _Item, element: Any, depth: int) -> None:
        if not element.keys():
            item.put(name, text_of(element), depth)

    return read


def _title(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    value, kind = value_of(element, PLAIN)
    if not 0 < item.title_depth <= depth:
        item.put("title", value, depth, kind=kind)
    if value:
        item.title_depth = depth


def _media_title(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    """A title for as long as there is no other."""
    before = item.title_depth
    _title(reader, item, element, depth)
    item.title_depth = before


def _description(usual: str, *, second: bool = True) -> _Handler:
    """``second``: after another one it is the content."""

    def read(reader: Reader, item: _Item, element: Any, depth: int) -> None:
        before = "summary" in item.found and item.deep.get("summary") != _CAPTION
        if second and before and not item.has_content:
            _read_content(item, element, PLAIN)
            item.has_content = True
            return
        value, kind = value_of(element, usual)
        item.put("summary", value, depth, kind=kind)

    return read


def _caption(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    """What a picture shows is the summary where there is no other; feedparser may take it for the content."""
    value, kind = value_of(element, HTML)
    if value and "summary" not in item.found:
        item.put("summary", value, _CAPTION, kind=kind)


def _content(usual: str, *, counts: bool = True) -> _Handler:
    def read(reader: Reader, item: _Item, element: Any, depth: int) -> None:
        _read_content(item, element, usual)
        item.has_content = item.has_content or counts

    return read


def _read_content(item: _Item, element: Any, usual: str) -> None:
    value, kind = value_of(element, usual)
    if value and "content" not in item.found:
        item.found["content"] = value
        item.found["content_type"] = kind
    if kind in SHOWN_TYPES:
        item.found.setdefault("summary", value)


def _link(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    item.found["links"] = "yes"
    said = attributes_of(element)
    href = said.get("url", said.get("uri", said.get("href", "")))
    if not href or (_is_address(element.text) and not _may_be_address(href)):
        value = text_of(element)
        if not value:
            return  # feedparser would then not take the guid for a link
        value = reader.resolved(element, value, depth)
        if "&" in value:
            value = _REFERENCE_IN_QUERY.sub(r"&\1", value.replace("&amp;", "&"))
        item.found["link"] = value
        return
    kind = said.get("type", HTML).lower()
    if said.get("rel", "alternate").lower() == "alternate" and TYPES.get(kind, kind) in (HTML, XHTML):
        item.found["link"] = reader.resolved(element, href, depth)
    if len(element):
        reader.children(item, element, depth + 1)


def _is_address(text: str | None) -> bool:
    return text is not None and text.strip().startswith(("http://", "https://"))


def _may_be_address(href: str) -> bool:
    """Of the web: without a scheme, or with the usual one."""
    return _is_address(href) or not _SCHEME.match(href)


def _guid(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    value, permanent = text_of(element), "true"
    if element.keys():
        permanent = element.get("isPermaLink") or attributes_of(element).get("ispermalink", "true")
    if permanent != "true":
        item.put("id", value, depth)
        return
    if value:
        value = reader.resolved(element, value, depth)
    item.put("id", value, depth)
    item.found.setdefault("link", value)


def _author(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    if not len(element):
        item.put("author", text_of(element), depth)
        return
    parts, own = {"name": "", "email": ""}, [element.text or ""]
    for child in element:
        name = reader.name(child)
        if len(child):
            if any(reader.name(inner) in KNOWN for inner in child.iter()):
                raise Refused
        elif name in _OF_AUTHORS:
            parts[_OF_AUTHORS[name]] = (child.text or "").strip()
        elif name not in KNOWN and child.keys():
            own.append(child.text or "")  # what has attributes is no element of its own to feedparser
        elif name not in ("url", "uri", "homepage") and name in KNOWN:
            raise Refused
        own.append(child.tail or "")
    item.put("author", mended("".join(own).strip()), depth)
    name, email = parts["name"], parts["email"]
    if name or email:
        item.found["author"] = f"{name} ({email})" if name and email else name or email


def _has_links(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    item.found["links"] = "yes"
    reader.children(item, element, depth + 1)


def _source(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    """Where the item was taken from; nothing in it is the item's own."""
    titled = any(local_name(child) == "title" and (child.text or "").strip() for child in element)
    item.title_depth = depth + 1 if titled else 0


def _image(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    """A picture's link is not the item's; its title is where there is none."""
    item.title_depth = 0
    for child in element:
        name = reader.name(child)
        if name not in _OF_PICTURES and name != "link":
            raise Refused
        if name == "title":
            _title(reader, item, child, depth + 1)


def _apart(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    """Text of its own, with whatever markup."""


def _inner_item(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    """An item whose end is missing holds those that follow; after one of them nothing belongs to it."""
    if any(sibling.tag != element.tag for sibling in element.itersiblings()):
        raise Refused


def _refuse(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    raise Refused


def _refuse_filled(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    if len(element):
        raise Refused
    item.title_depth = 0


def _date(reader: Reader, item: _Item, element: Any, depth: int) -> None:
    if element.keys():
        raise Refused
    item.put("updated", text_of(element), depth)


_ALIKE: Mapping[str, _Handler] = {
    "title dc_title": _title,
    "media_title": _media_title,
    "link": _link,
    "guid id": _guid,
    "description dc_description": _description(HTML),
    "media_description": _caption,
    "summary itunes_summary": _description(PLAIN),
    "abstract": _description(PLAIN, second=False),
    "content": _content(PLAIN),
    "content_encoded fullitem": _content(HTML),
    "body xhtml_body": _content(XHTML, counts=False),
    "published issued pubdate dcterms_issued": _field("published"),
    "updated modified lastbuilddate dc_date dcterms_modified": _field("updated"),
    "date": _date,
    "created dcterms_created": _field("created"),
    "author managingeditor dc_author dc_creator itunes_author": _author,
    "enclosure cc_license creativecommons_license": _has_links,
    "source": _source,
    "image": _image,
    "textinput": _refuse_filled,
    "subtitle tagline itunes_subtitle rights copyright dc_rights info feedburner_browserfriendly": _apart,
    "item entry": _inner_item,
    "channel feed rss newlocation itunes_owner": _refuse,
    "links authors author_detail title_detail summary_detail title_type summary_type content_type": _refuse,
}
_HANDLERS = {name: handler for names, handler in _ALIKE.items() for name in names.split()}
# What feedparser reads and we have no use for; anything in it is read as if it stood beside it.
_INERT_NAMES = """
category cloud contributor dc_contributor dc_language dc_publisher dc_subject dcterms_valid email
expirationdate generator geom georss_box georss_line georss_point georss_polygon georss_where georssgeom
gml_exterior gml_linearring gml_linestring gml_point gml_polygon gml_pos gml_poslist height homepage
itunes_block itunes_category itunes_email itunes_explicit itunes_image itunes_keywords itunes_link
itunes_name keywords language media_category media_content media_credit media_group
media_keywords media_license media_player media_rating media_restriction media_thumbnail name psc_chapter
psc_chapters tags uri url webmaster where width
"""
KNOWN = frozenset((*_HANDLERS, *_INERT_NAMES.split()))
