"""Atom 1.0 (RFC 4287) and RSS 2.0 of one language. In: a Feed; out: bytes, the same for the same Feed."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import format_datetime

from lxml import etree

from dibao.store import HTML_LANG, Lang

from ..elements import add, written
from .entry import Entry
from .feed import Feed

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(feed: Feed) -> bytes:
    """Write the Atom feed."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "aigc": feed.label_namespace})
    root.set(XML_LANG, HTML_LANG[feed.lang])
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.description)
    _add(root, "id", feed.id)
    _add(root, "updated", feed.updated.isoformat(timespec="seconds"))
    _add(_add(root, "author"), "name", feed.title)
    _add(root, "generator", "Dibao", **({"version": feed.version} if feed.version else {}))
    _add(root, "rights", feed.rights)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url("feed.atom"))
    _language_links(root, feed.homes, feed.lang)
    for entry in feed.entries:
        _atom_entry(root, entry, feed)
    return written(root)


def _atom_entry(root: etree._Element, entry: Entry, feed: Feed) -> None:
    element = _add(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title, type="text")
    _add(element, "published", entry.published.isoformat(timespec="seconds"))
    _add(element, "updated", entry.updated.isoformat(timespec="seconds"))
    _language_links(element, entry.urls, entry.lang)
    if entry.via:
        _add(element, "link", rel="via", href=entry.via)
    for url in entry.related:
        _add(element, "link", rel="related", href=url)
    for category in entry.categories:
        _add(element, "category", scheme=category.scheme, term=category.term, label=category.label)
    _add(element, "summary", entry.summary, type="text")
    _add(element, "content", entry.html, type="html")
    _label(element, entry, feed)


def _language_links(element: etree._Element, urls: Mapping[Lang, str], own: Lang) -> None:
    """Link the page in our language as the alternate, in the other as related.

    Two alternates that differ in hreflang alone are allowed (RFC 4287, 4.1.2), but feedparser 6.0.14 takes
    the last and other readers the first, so half of them would open the wrong language.
    """
    for lang, url in sorted(urls.items(), key=lambda item: item[0] != own):
        rel = "alternate" if lang == own else "related"
        _add(element, "link", rel=rel, type="text/html", hreflang=HTML_LANG[lang], href=url)


def rss(feed: Feed) -> bytes:
    """Write the RSS feed."""
    spaces = {"atom": ATOM, "content": CONTENT, "dc": DC, "aigc": feed.label_namespace}
    root = etree.Element("rss", nsmap=spaces, version="2.0")
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.homes[feed.lang])
    add(channel, "description", feed.description)
    add(channel, "language", HTML_LANG[feed.lang])
    add(channel, "lastBuildDate", format_datetime(feed.updated))
    add(channel, "ttl", "15")
    _add(channel, "link", rel="self", type="application/rss+xml", href=feed.url("feed.rss"))
    add(channel, "generator", f"Dibao {feed.version}".strip())
    add(channel, "docs", "https://www.rssboard.org/rss-specification")
    for entry in feed.entries:
        _rss_item(channel, entry, feed)
    return written(root)


def _rss_item(channel: etree._Element, entry: Entry, feed: Feed) -> None:
    item = add(channel, "item")
    add(item, "title", entry.title)
    add(item, "link", entry.url)
    add(item, "guid", entry.id, isPermaLink="false")
    add(item, "pubDate", format_datetime(entry.published))
    add(item, f"{{{DC}}}creator", feed.title)
    head = entry.view.head.source
    if head.id in feed.source_feeds:
        add(item, "source", head.name(entry.lang), url=feed.source_feeds[head.id])
    for category in entry.categories:
        add(item, "category", category.label, domain=category.scheme)
    add(item, "description", entry.summary)
    add(item, f"{{{CONTENT}}}encoded", entry.html)
    _label(item, entry, feed)


def _label(element: etree._Element, entry: Entry, feed: Feed) -> None:
    if entry.hidden:
        add(element, f"{{{feed.label_namespace}}}label", entry.hidden)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    return add(parent, f"{{{ATOM}}}{name}", text, **attributes)
