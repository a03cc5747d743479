"""RSS, Atom, RDF and JSON Feed → entries. feedparser reads the structure; encoding, dates, markup and
identity are ours: its dates can be wrong without a sign, its guesses about markup differ from ours.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape, unescape
from io import BytesIO
from operator import attrgetter
from types import MappingProxyType
from typing import Any

import msgspec

from dibao.store import DocumentError, Moment

from ..language import our_tag
from ..source import Endpoint
from .dates import read_moment
from .entry import Entry, kept
from .json import load_json, text_of
from .quick import quick_items
from .text import clean_text, clean_title, has_markup, html_to_text, markup_to_text
from .urls import canonical_url, identity_url
from .values import Fields, Refused
from .xml import MAX_ITEMS, harmless, with_references_of_xml

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_EPOCH = {10: "s", 13: "ms"}
_KEY_LIMIT = 300
_SUMMARY_LIMIT = 20_000


class _Row(msgspec.Struct, frozen=True):
    """One item as the feed has it, before identity is settled."""

    guid: str
    url: str
    title: str
    raw_date: str
    summary: str
    html: str
    author: str
    link: str = ""
    """As written: some feeds tell items apart by nothing but the fragment (nixers.net: entries.php#111)."""
    lang: str = ""
    fields: Mapping[str, str] = MappingProxyType({})
    labels: tuple[tuple[str, str], ...] = ()


def parse_feed(text: str, *, url: str, endpoint: Endpoint, zone: str, lang: str) -> tuple[Entry, ...]:
    """Return the entries of a feed in its own order, at most 500 (both ends); () for a feed without items.

    ``key`` is never empty: the guid (as ``identity_url`` when it is an address), unless the feed uses one
    guid for several items; then the link, unless several items share it; then a hash of title and raw date.
    An exact repeat is one entry. Raises DocumentError when this is not a feed, or none that is safe to read.
    """
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        raise DocumentError(f"{url}: the answer is empty, not a feed; check the address")
    if start[0] == "{":
        rows = _json_rows(start, url, endpoint)
    elif start[0] == "<":
        rows = _xml_rows(start, url, endpoint)
    else:
        raise DocumentError(f"{url}: {start[:40]!r}… is not a feed; check the address")
    return kept(_entries(list(rows), endpoint, zone, endpoint.lang or lang), endpoint.keep)


def _xml_rows(text: str, url: str, endpoint: Endpoint) -> Iterable[_Row]:
    declaration = _DECLARATION.match(text)
    plain = text[declaration.end() :] if declaration else text
    if not _FEED.search(plain):
        raise _no_feed(plain, url)
    own = [_raw_name(path) for path in (*endpoint.fields.values(), *endpoint.labels.values())]
    try:
        found = quick_items(plain, extra=own) or quick_items(with_references_of_xml(plain), extra=own)
        found = found or quick_items(harmless(plain, url=url), extra=own)
    except Refused:
        found = None
    atom, items = found or _by_feedparser(plain, url)
    return [_xml_row(item, url, endpoint, atom=atom) for item in items]


def _raw_name(path: str) -> str:
    """Return the name that an element outside the usual ones has among the fields of an item."""
    return path.lower().replace(":", "_")


def _by_feedparser(text: str, url: str) -> tuple[bool, list[Fields]]:
    import feedparser  # 0.1 s, and few feeds come this far

    # Without a base, links stay as written: feedparser would take www.pbc.gov.cn/… for a relative path.
    feed = feedparser.parse(
        BytesIO(harmless(text, url=url).encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    page = text[:2_000].lower().lstrip().startswith(_PAGE)
    if not feed.get("entries") and (page or not feed.get("version")):
        raise _no_feed(text, url)
    atom = str(feed.get("version", "")).startswith("atom")
    return atom, [_fields(entry) for entry in feed["entries"][:MAX_ITEMS]]


def _no_feed(text: str, url: str) -> DocumentError:
    title = re.search(r"<title[^<>]{0,100}>([^<]{0,200})", text[:20_000], re.IGNORECASE)
    shown = f" (a page titled {clean_title(title[1], limit=60)!r})" if title else ""
    return DocumentError(
        f"{url}: not a feed{shown}; check the address and whether the site asks for a challenge"
    )


def _fields(entry: Mapping[str, Any]) -> Fields:
    """Return the fields of feedparser's entry as ``elements`` has them."""
    found = {name: value for name, value in entry.items() if isinstance(value, str) and not value.isspace()}
    for name in ("title", "summary"):
        detail = entry.get(f"{name}_detail", {})
        if detail.get("value") == found.get(name):  # it may be that of another element
            found[f"{name}_type"] = detail.get("type", "")
    for content in entry.get("content", ()):
        if content.get("value") and "content" not in found:
            found |= {"content": content["value"], "content_type": content.get("type", "")}
    return found | ({"links": "yes"} if entry.get("links") else {})


_PAGE = ("<!doctype html", "<html")
_FEED = re.compile(r"<(?:[\w.-]{1,30}:)?(?:rss|rdf|feed|channel|item|entry)\b", re.IGNORECASE)
"""What any feed has; a page without it is not searched for items."""


def _xml_row(item: Fields, url: str, endpoint: Endpoint, *, atom: bool) -> _Row:
    get = _configured(item, endpoint).get if endpoint.fields else item.get
    link, guid, description, content = get("link", ""), get("id", ""), get("summary", ""), get("content", "")
    if link == guid and "links" not in item and not _address(link):
        link = ""  # feedparser takes any guid for a link where there is none: "news-17" is none
    # A summary without a kind of its own is a copy of the content.
    kind = _kind(description, get("summary_type") or get("content_type", ""), atom=atom)
    title, summary = _title(get("title", ""), get("title_type", ""), atom=atom), _as_text(description, kind)
    if content and atom and get("content_type") == _PLAIN:
        content = f"<p>{escape(content)}</p>"
    author = get("author", "")
    return _Row(
        guid=clean_text(guid),
        url=canonical_url(link, base=url),
        link=link,
        title=title or _first_line(summary or html_to_text(content)),
        raw_date=clean_text(get("published") or get("created") or get("updated", "")),
        summary=summary[:_SUMMARY_LIMIT],
        html=content or (description if kind == "html" else ""),
        author=clean_title(markup_to_text(author), limit=200) if author else "",
        lang=get("xml_lang", ""),
        fields=_wanted(item, endpoint.fields) if endpoint.fields else {},
        labels=_said(item, endpoint.labels) if endpoint.labels else (),
    )


def _wanted(item: Fields, paths: Mapping[str, str]) -> dict[str, str]:
    return {name: clean_text(item.get(_raw_name(path), "")) for name, path in paths.items()}


def _said(item: Fields, paths: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    raw = {name: _raw_name(path) for name, path in paths.items()}
    return tuple((name, clean_text(item[path])) for name, path in raw.items() if path in item)


_OWN = {
    "key": "id",
    "url": "link",
    "title": "title",
    "summary": "summary",
    "author": "author",
    "html": "html",
}


def _configured(item: Fields, endpoint: Endpoint) -> Fields:
    """Return the item with the fields that its source is configured with instead of the usual ones."""
    own = {_OWN.get(name, name): item.get(_raw_name(path), "") for name, path in endpoint.fields.items()}
    if "date" in own:
        own |= {"published": own["date"], "created": "", "updated": ""}
    return {**item, **own}


_PLAIN = "text/plain"


def _kind(value: str, said: str, *, atom: bool) -> str:
    """Return "plain", "html", or "" for text that may hold references.

    What an RSS feed says of the kind means nothing, and Atom's "html" is believed if there are tags.
    """
    if atom and said == _PLAIN:
        return "plain"
    return "html" if said == "application/xhtml+xml" or has_markup(value) else ""


def _as_text(value: str, kind: str) -> str:
    return html_to_text(value) if kind == "html" else clean_text(value if kind else unescape(value))


def _title(value: str, said: str, *, atom: bool) -> str:
    kind = _kind(value, said, atom=atom)
    if kind == "html":
        value = html_to_text(value)
    elif not kind:
        value = unescape(value)
    return clean_title(value)


def _first_line(text: str) -> str:
    return clean_title(text.partition("\n")[0], limit=120)


def _json_rows(text: str, url: str, endpoint: Endpoint) -> Iterable[_Row]:
    feed = load_json(text, url=url)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version", "jsonfeed.org")):
        raise DocumentError(f"{url}: JSON, but not a feed: expected JSON Feed with a list `items`")
    # Its specification: an item without an id is to be discarded.
    return [
        _json_row(item, url, text_of(item.get("language") or feed.get("language")))
        for item in items[:MAX_ITEMS]
        if isinstance(item, dict) and text_of(item.get("id"))
    ]


def _json_row(item: Mapping[str, Any], url: str, lang: str) -> _Row:
    html, plain = text_of(item.get("content_html")), text_of(item.get("content_text"))
    summary = clean_text(text_of(item.get("summary"))) or clean_text(plain) or html_to_text(html)
    authors = item.get("authors") or [item.get("author")]
    names = (
        [text_of(a.get("name")) for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    )
    return _Row(
        guid=clean_text(text_of(item.get("id"))),
        url=canonical_url(text_of(item.get("url")) or text_of(item.get("external_url")), base=url),
        title=clean_title(text_of(item.get("title"))) or _first_line(summary),
        raw_date=clean_text(text_of(item.get("date_published")) or text_of(item.get("date_modified"))),
        summary=summary[:_SUMMARY_LIMIT],
        html=html or (f"<p>{escape(plain)}</p>" if plain else ""),
        author=clean_title(", ".join(filter(None, names)), limit=200),
        lang=lang,
    )


def _entries(rows: list[_Row], endpoint: Endpoint, zone: str, lang: str) -> Iterable[Entry]:
    shared_guids = _shared(rows, attrgetter("guid"), attrgetter("url", "title"))
    shared_links = _shared(
        rows, attrgetter("url"), lambda row: (row.guid, row.title, row.link.partition("#")[2])
    )
    seen: set[str] = set()
    for row in rows:
        key = _key(row, shared_guids, shared_links)
        if not row.title or key in seen:
            continue
        seen.add(key)
        yield Entry(
            key=key,
            url=row.url,
            title=row.title,
            published=_published(row.raw_date, endpoint, zone, lang),
            raw_date=row.raw_date,
            summary=row.summary,
            html=row.html,
            author=row.author,
            lang=(row.lang and not endpoint.lang and our_tag(row.lang)) or lang,
            labels=row.labels,
            fields={"key": row.guid, "url": row.url, "title": row.title, **row.fields},
        )


def _shared(
    rows: Sequence[_Row], name: Callable[[_Row], str], thing: Callable[[_Row], tuple[str, ...]]
) -> set[str]:
    """Return the names that stand for more than one thing; in most feeds each name comes once."""
    names = list(map(name, rows))
    if len(set(names)) == len(names):
        return set()
    first: dict[str, tuple[str, ...]] = {}
    things = map(thing, rows)
    return {name for name, thing in zip(names, things, strict=True) if first.setdefault(name, thing) != thing}


def _key(row: _Row, shared_guids: set[str], shared_links: set[str]) -> str:
    if row.guid and row.guid not in shared_guids:
        address = row.url if row.guid == row.link else _address(row.guid)
        # PBC writes its links and guids without a scheme: an address all the same.
        if address and (address == row.url or re.match("https?://", row.guid, re.IGNORECASE)):
            fragment = row.guid.partition("#")[2]
            return identity_url(address) + (f"#{fragment}" if fragment else "")
        return row.guid if len(row.guid) <= _KEY_LIMIT else _hash(row.guid)
    if row.url and row.url not in shared_links:
        return identity_url(row.url)
    return _hash(f"{row.title}\n{row.raw_date}")


def _address(guid: str) -> str:
    """Return the address that a guid is, "" for what can be told at a glance to be none."""
    if guid[:4] in ("urn:", "tag:") or not ("." in guid or guid[:2] == "//" or guid[:4].lower() == "http"):
        return ""
    return canonical_url(guid)


def _hash(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:32]


def _published(raw: str, endpoint: Endpoint, zone: str, lang: str) -> Moment | None:
    date_format = endpoint.date_format
    if not date_format and raw.isdecimal() and raw.isascii():
        # Ten or thirteen digits in a date element can be nothing but Unix time.
        date_format = _EPOCH.get(len(raw), "")
    return read_moment(raw, zone=zone, lang=lang, date_format=date_format)
