"""RSS, Atom, RDF and JSON Feed → entries. feedparser reads the structure; encoding, dates, markup and
identity are ours: its dates can be wrong without a sign, its guesses about markup differ from ours.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from typing import Any

import feedparser

from dibao.store import DocumentError, Moment

from ..source import Endpoint
from .dates import read_moment
from .entry import Entry, kept
from .json import load_json, text_of
from .quick import quick_items
from .text import clean_text, clean_title, has_markup, html_to_text, markup_to_text
from .urls import canonical_url, identity_url
from .xml import MAX_ITEMS, harmless

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_EPOCH = {10: "s", 13: "ms"}
_KEY_LIMIT = 300
_SUMMARY_LIMIT = 20_000


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One item as the feed has it, before identity is settled."""

    guid: str
    url: str
    fragment: str = ""
    """The link's; some feeds tell items apart by nothing else (nixers.net: entries.php#111)."""
    title: str
    raw_date: str
    summary: str
    html: str
    author: str
    fields: dict[str, str] = field(default_factory=dict)
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
    plain = _DECLARATION.sub("", text, count=1)
    quick = quick_items(plain) if not endpoint.fields and not endpoint.labels else None
    if quick is not None:
        atom, items = quick
        return [_xml_row(item, url, endpoint, atom=atom) for item in items]
    body = harmless(plain, url=url)
    # Without a base, links stay as written: feedparser would take www.pbc.gov.cn/… for a relative path.
    headers = {"content-type": "application/xml; charset=utf-8"}
    feed = feedparser.parse(
        BytesIO(body.encode("utf-8", "replace")),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not feed.get("entries") and (
        not feed.get("version") or text[:2_000].lower().lstrip().startswith(_PAGE)
    ):
        title = re.search(r"<title[^<>]{0,100}>([^<]{0,200})", text[:20_000], re.IGNORECASE)
        shown = f" (a page titled {clean_title(title[1], limit=60)!r})" if title else ""
        raise DocumentError(
            f"{url}: not a feed{shown}; check the address and whether the site asks for a challenge"
        )
    atom = str(feed.get("version", "")).startswith("atom")
    return [_xml_row(item, url, endpoint, atom=atom) for item in feed["entries"][:MAX_ITEMS]]


_PAGE = ("<!doctype html", "<html")


def _xml_row(item: Mapping[str, Any], url: str, endpoint: Endpoint, *, atom: bool) -> _Row:
    def own(name: str, *usual: str) -> str:
        """The field that the source is configured with, else the first of the usual ones."""
        names = (endpoint.fields[name].lower().replace(":", "_"),) if name in endpoint.fields else usual
        for one in names:
            value = item.get(one)
            if isinstance(value, str) and value and not value.isspace():
                return value
        return ""

    description = own("summary", "summary")
    content = own("html") or next((c["value"] for c in item.get("content", ()) if c.get("value")), "")
    plain = atom and _is_plain(item.get("summary_detail"))
    contents: Sequence[Mapping[str, Any]] = item.get("content") or ({},)
    raw, link = own("title", "title"), own("url", "link")
    if not item.get("links") and link == item.get("id") and not canonical_url(link):
        link = ""  # feedparser takes any guid for a link where there is none: "news-17" is none
    title = clean_title(raw if atom and _is_plain(item.get("title_detail")) else markup_to_text(raw))
    summary = clean_text(description) if plain else markup_to_text(description)
    if content and atom and _is_plain(contents[0]):
        content = f"<p>{escape(content)}</p>"
    return _Row(
        guid=clean_text(own("key", "id")),
        url=canonical_url(link, base=url),
        fragment=link.partition("#")[2],
        title=title or _first_line(summary or html_to_text(content)),
        raw_date=clean_text(own("date", "published", "created", "updated")),
        summary=summary[:_SUMMARY_LIMIT],
        html=content or (description if not plain and has_markup(description) else ""),
        author=clean_title(markup_to_text(own("author", "author")), limit=200),
        fields={name: clean_text(own(name)) for name in endpoint.fields},
        labels=tuple(
            (name, clean_text(value))
            for name, path in endpoint.labels.items()
            if isinstance(value := item.get(path.lower().replace(":", "_")), str)
        ),
    )


def _is_plain(detail: Mapping[str, Any] | None) -> bool:
    return detail is not None and detail.get("type") == "text/plain"


def _first_line(text: str) -> str:
    return clean_title(text.partition("\n")[0], limit=120)


def _json_rows(text: str, url: str, endpoint: Endpoint) -> Iterable[_Row]:
    feed = load_json(text, url=url)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version", "jsonfeed.org")):
        raise DocumentError(f"{url}: JSON, but not a feed: expected JSON Feed with a list `items`")
    # Its specification: an item without an id is to be discarded.
    return [
        _json_row(item, url)
        for item in items[:MAX_ITEMS]
        if isinstance(item, dict) and text_of(item.get("id"))
    ]


def _json_row(item: Mapping[str, Any], url: str) -> _Row:
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
    )


def _entries(rows: list[_Row], endpoint: Endpoint, zone: str, lang: str) -> Iterable[Entry]:
    shared_guids = _shared((row.guid, (row.url, row.title)) for row in rows)
    shared_links = _shared((row.url, (row.guid, row.title, row.fragment)) for row in rows)
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
            lang=lang,
            labels=row.labels,
            fields={"key": row.guid, "url": row.url, "title": row.title, **row.fields},
        )


def _shared(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> set[str]:
    """Return the names that stand for more than one thing."""
    first: dict[str, tuple[str, ...]] = {}
    return {name for name, thing in pairs if first.setdefault(name, thing) != thing}


def _key(row: _Row, shared_guids: set[str], shared_links: set[str]) -> str:
    if row.guid and row.guid not in shared_guids:
        address = canonical_url(row.guid)
        # PBC writes its links and guids without a scheme: an address all the same.
        if address and (address == row.url or re.match("https?://", row.guid, re.IGNORECASE)):
            fragment = row.guid.partition("#")[2]
            return identity_url(address) + (f"#{fragment}" if fragment else "")
        return row.guid if len(row.guid) <= _KEY_LIMIT else _hash(row.guid)
    if row.url and row.url not in shared_links:
        return identity_url(row.url)
    return _hash(f"{row.title}\n{row.raw_date}")


def _hash(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:32]


def _published(raw: str, endpoint: Endpoint, zone: str, lang: str) -> Moment | None:
    date_format = endpoint.date_format
    if not date_format and raw.isdecimal() and raw.isascii():
        # Ten or thirteen digits in a date element can be nothing but Unix time.
        date_format = _EPOCH.get(len(raw), "")
    return read_moment(raw, zone=zone, lang=lang, date_format=date_format)
