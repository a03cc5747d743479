"""The quick way through a well-formed feed: lxml by hand, for what most feeds are made of.

``quick_items`` gives what feedparser would give for the fields that we use, or None: whatever is not plainly
RSS 2.0, RDF or Atom 1.0 in the usual elements is left to feedparser, which also is the reference in tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from lxml import etree

Fields = dict[str, Any]
"""Fields of one item under feedparser's names."""

MAX_CHARACTERS = 5_000_000
MAX_ITEMS = 500
_ATOM = "http://www.w3.org/2005/Atom"
# Elements of known spaces that set none of the fields we use; media:… in a group would be looked into.
_INERT_NAMES = """
category comments enclosure source dc:subject dc:language dc:format dc:source dc:rights dc:type dc:publisher
dc:identifier media:content media:thumbnail media:credit media:keywords media:category media:copyright
media:rating media:group slash:comments wfw:comment wfw:commentrss itunes:duration itunes:explicit
itunes:image itunes:keywords itunes:block itunes:subtitle subtitle geo:lat geo:long georss:point georss:line
georss:polygon georss:box thr:total atom:category atom:rights
"""
_INERT = frozenset(_INERT_NAMES.split())
_HTML_TYPES = ("text/html", "application/xhtml+xml", "html", "")


class _Refused(Exception):
    """Not plain enough for the quick way."""


def quick_items(text: str) -> tuple[bool, list[Fields]] | None:
    """Return (Atom?, items) of a feed, or None when it is for feedparser. Never raises, opens nothing."""
    if len(text) > MAX_CHARACTERS or "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
        atom, items = _items(root)
    except (etree.XMLSyntaxError, ValueError, _Refused):
        return None
    if "xml:base" in text and not all(_absolute(item) for item in items):
        return None
    return atom, items


def _absolute(item: Fields) -> bool:
    """Needs nothing of an item a base to be understood?"""
    starts = ("http://", "https://", "urn:", "tag:")
    return all(item.get(key, "").startswith(starts) for key in ("link", "id"))


def _items(root: Any) -> tuple[bool, list[Fields]]:
    tag = etree.QName(root)
    if tag.namespace == _ATOM and tag.localname == "feed":
        entries = [child for child in root if child.tag == f"{{{_ATOM}}}entry"]
        atom = True
    elif tag.localname == "rss" and tag.namespace is None:
        entries = [item for channel in root.iterchildren("channel") for item in channel.iterchildren("item")]
        atom = False
    elif tag.localname == "RDF":
        entries = list(root.iterchildren("{http://purl.org/rss/1.0/}item"))
        atom = False
    else:
        raise _Refused
    if not entries or len(entries) > MAX_ITEMS:
        raise _Refused
    return atom, [_item(entry, atom=atom) for entry in entries]


def _item(entry: Any, *, atom: bool) -> Fields:
    found: Fields = {}
    about = entry.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    if about:
        found["id"] = about
    read = _READERS_ATOM if atom else _READERS_RSS
    for child in entry:
        if not isinstance(child.tag, str):
            raise _Refused  # a reference that was not resolved
        name = _name(child.tag, child.prefix)
        if name in read:
            read[name](found, child)
        else:
            _pass_by(child, titled="title" in found)
    if found.pop("guid_is_link", False) and "link" not in found:
        found["link"] = found["id"]
    content = found.get("content")
    if content and "summary" not in found:
        found["summary"] = content[0]["value"]
    return found


@cache
def _name(tag: str, prefix: str | None) -> str:
    """Return ``prefix:local`` as feedparser sees it: its own prefix for a space it knows, else the feed's."""
    name = etree.QName(tag)
    if name.namespace is None:
        return str(name.localname).lower()
    known = _spaces().get(name.namespace.lower(), prefix or "")
    if name.namespace == _ATOM:
        known = "atom"
    return f"{known}:{name.localname}".lower() if known else str(name.localname).lower()


@cache
def _inert(name: str) -> bool:
    """Does an element mean nothing for the fields that we use? What feedparser has no reader for does not."""
    prefix, _, local = name.rpartition(":")
    method = f"{prefix}_{local}" if prefix and prefix != "atom" else local
    method = method.replace("-", "_")
    unread = f"_start_{method}" not in _handlers() and f"_end_{method}" not in _handlers()
    return name in _INERT or unread


def _pass_by(element: Any, *, titled: bool = False) -> None:
    """Refuse an element, or something inside it, that feedparser may take for a field of ours.

    ``titled``: the item has its title already, that of a picture is none any more.
    """
    for found in element.iter():
        if not isinstance(found.tag, str):
            raise _Refused
        name = _name(found.tag, found.prefix)
        if not _inert(name) and not (titled and name == "media:title"):
            raise _Refused


@cache
def _handlers() -> frozenset[str]:
    from feedparser.api import StrictFeedParser

    return frozenset(dir(StrictFeedParser))


@cache
def _spaces() -> dict[str, str]:
    from feedparser.api import StrictFeedParser

    return {uri.lower(): prefix for uri, prefix in StrictFeedParser.namespaces.items()}


def _text(element: Any) -> str:
    if len(element):
        raise _Refused  # markup inside, or a reference that was not resolved
    return (element.text or "").strip()


def _once(found: Fields, key: str, value: Any) -> None:
    if key in found:
        raise _Refused  # which of two counts is feedparser's business
    if value:
        found[key] = value


def _plain(key: str) -> Callable[[Fields, Any], None]:
    return lambda found, element: _once(found, key, _text(element))


def _rss_author(found: Fields, element: Any) -> None:
    """Of several the last counts, also when it is empty."""
    found["author"] = _text(element)


def _rss_guid(found: Fields, element: Any) -> None:
    found.pop("id", None)
    _once(found, "id", _text(element))
    found["guid_is_link"] = "id" in found and element.get("isPermaLink", "true").strip().lower() == "true"


def _rss_link(found: Fields, element: Any) -> None:
    value = _text(element)
    if element.attrib or (not value):
        raise _Refused
    _once(found, "link", value)
    found["links"] = [value]


def _rss_description(found: Fields, element: Any) -> None:
    _once(found, "summary", _text(element))


def _rss_content(found: Fields, element: Any) -> None:
    value = _text(element)
    _once(found, "content", [{"value": value, "type": "text/html"}] if value else None)


def _atom_text(key: str) -> Callable[[Fields, Any], None]:
    def read(found: Fields, element: Any) -> None:
        kind = element.get("type", "text").strip().lower()
        if (
            kind not in ("text", "html", "text/plain", "text/html")
            or element.get("src")
            or element.get("mode")
        ):
            raise _Refused
        value = _text(element)
        media = "text/plain" if kind.endswith(("text", "plain")) else "text/html"
        if key == "content":
            _once(found, key, [{"value": value, "type": media}] if value else None)
            return
        _once(found, key, value)
        if value:
            found[f"{key}_detail"] = {"type": media}

    return read


def _atom_link(found: Fields, element: Any) -> None:
    href = (element.get("href") or "").strip()
    if not href:
        raise _Refused
    found.setdefault("links", []).append(href)
    if element.get("rel", "alternate") == "alternate" and element.get("type", "") in _HTML_TYPES:
        found["link"] = href


def _atom_author(found: Fields, element: Any) -> None:
    name = email = ""
    for child in element:
        match _name(child.tag, child.prefix):
            case "atom:name":
                name = _text(child)
            case "atom:email":
                email = _text(child)
            case "atom:uri":
                _text(child)
            case _:
                _pass_by(child)
    _once(found, "author", f"{name} ({email})" if name and email else name or email)


def _atom_link_in_rss(found: Fields, element: Any) -> None:
    if element.get("rel", "alternate") == "alternate":
        raise _Refused


_READERS_RSS: Mapping[str, Callable[[Fields, Any], None]] = {
    "title": _plain("title"),
    "link": _rss_link,
    "guid": _rss_guid,
    "description": _rss_description,
    "content:encoded": _rss_content,
    "pubdate": _plain("published"),
    "dc:date": _plain("updated"),
    "author": _rss_author,
    "dc:creator": _rss_author,
    "itunes:author": _rss_author,
    "atom:link": _atom_link_in_rss,
}
_READERS_ATOM: Mapping[str, Callable[[Fields, Any], None]] = {
    "atom:title": _atom_text("title"),
    "atom:link": _atom_link,
    "atom:id": _plain("id"),
    "atom:summary": _atom_text("summary"),
    "atom:content": _atom_text("content"),
    "atom:published": _plain("published"),
    "atom:updated": _plain("updated"),
    "atom:author": _atom_author,
}
