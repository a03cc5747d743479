"""Files for machines besides the feeds: sitemaps, robots, security, source list, health (standards 8)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

from dibao.store import (
    HTML_LANG,
    LANGS,
    LIST_STATES,
    TROUBLES,
    Lang,
    ListHealth,
    Source,
    SourceHealth,
    StoryView,
)

from .clean import line, link
from .elements import add, written
from .feeds.entry import published
from .headers import headers_file
from .info import SiteInfo

NEWS_HOURS = 48
NEWS_LIMIT = 1_000
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NEWS_LANG: dict[Lang, str] = {"zh": "zh-cn", "en": "en"}


def machine_files(
    info: SiteInfo,
    views: Sequence[StoryView],
    *,
    pages: Iterable[str],
    gone: Iterable[str],
    sources: Mapping[str, Source],
    source_feeds: Mapping[str, str],
    health: Sequence[SourceHealth],
    lists: Sequence[ListHealth],
    build_id: str,
    now: datetime,
) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes. ``pages`` are the paths of the HTML files; ``gone`` those addresses, below
    a language, that only lead on."""
    yield "sitemap.xml", sitemap(info, views, pages=pages, gone=gone)
    yield "sitemap-news.xml", news_sitemap(info, views, now=now)
    yield "robots.txt", robots(info)
    yield "opml/sources.opml", opml(info, sources, source_feeds)
    yield "health.json", health_json(health, lists, build_id=build_id)
    yield "_headers", headers_file()
    if info.contact:
        yield ".well-known/security.txt", security(info, now=now)


def sitemap(
    info: SiteInfo, views: Sequence[StoryView], *, pages: Iterable[str], gone: Iterable[str]
) -> bytes:
    """Return the addresses of all pages that exist in both languages, with the time of their real change."""
    changed: dict[str, datetime] = {}
    for view in views:
        for rest in ("", f"{view.story.day}/", f"e/{view.story.id}/"):
            changed[rest] = max(view.updated_at, changed.get(rest, view.updated_at))
    known = {rest for rest in map(_rest, pages) if rest is not None}
    rests = sorted(known - set(gone))
    root = etree.Element(f"{{{_MAP}}}urlset", nsmap={None: _MAP, "xhtml": _XHTML})
    for rest in rests:
        for lang in LANGS:
            url = add(root, f"{{{_MAP}}}url")
            add(url, f"{{{_MAP}}}loc", info.url(f"{lang}/{rest}"))
            if rest in changed:
                add(url, f"{{{_MAP}}}lastmod", _time(changed[rest]))
            for other in LANGS:
                href = info.url(f"{other}/{rest}")
                add(url, f"{{{_XHTML}}}link", rel="alternate", hreflang=HTML_LANG[other], href=href)
    return written(root)


def _rest(page: str) -> str | None:
    """Return what follows the language in the address of a page; None for pages outside the languages."""
    first, _, rest = page.partition("/")
    return rest.removesuffix("index.html") if first in LANGS and rest.endswith("index.html") else None


def news_sitemap(info: SiteInfo, views: Sequence[StoryView], *, now: datetime) -> bytes:
    """Return the stories of the last NEWS_HOURS before ``now``, newest first."""
    root = etree.Element(f"{{{_MAP}}}urlset", nsmap={None: _MAP, "news": _NEWS})
    since = now - timedelta(hours=NEWS_HOURS)
    recent = [view for view in views if since <= published(view) <= now]
    recent.sort(key=lambda view: (published(view), view.story.id), reverse=True)
    for view in recent[: NEWS_LIMIT // len(LANGS)]:
        for lang in LANGS:
            url = add(root, f"{{{_MAP}}}url")
            add(url, f"{{{_MAP}}}loc", info.url(f"{lang}/e/{view.story.id}/"))
            news = add(url, f"{{{_NEWS}}}news")
            publication = add(news, f"{{{_NEWS}}}publication")
            add(publication, f"{{{_NEWS}}}name", line(info.title(lang)))
            add(publication, f"{{{_NEWS}}}language", _NEWS_LANG[lang])
            add(news, f"{{{_NEWS}}}publication_date", _time(published(view)))
            add(news, f"{{{_NEWS}}}title", line(view.briefs[lang].headline, 300))
    return written(root)


def robots(info: SiteInfo) -> bytes:
    maps = "".join(f"Sitemap: {info.url(name)}\n" for name in ("sitemap.xml", "sitemap-news.xml"))
    return f"User-agent: *\nAllow: /\n\n{maps}".encode()


def security(info: SiteInfo, *, now: datetime) -> bytes:
    """Return security.txt (RFC 9116). It expires on the first of a month, so that it changes once a month."""
    contact = info.contact if ":" in info.contact else f"mailto:{info.contact}"
    months = now.year * 12 + now.month - 1 + 11
    expires = datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
    rows = (
        ("Contact", line(contact)),
        ("Expires", _time(expires)),
        ("Preferred-Languages", "en, zh"),
        ("Policy", info.url("en/about/corrections/")),
        ("Canonical", info.url(".well-known/security.txt")),
    )
    return "".join(f"{name}: {value}\n" for name, value in rows).encode()


def opml(info: SiteInfo, sources: Mapping[str, Source], source_feeds: Mapping[str, str]) -> bytes:
    """Return the sources as OPML 2.0: those with a feed of their own to follow, the others as links."""
    root = etree.Element("opml", version="2.0")
    head = add(root, "head")
    add(head, "title", f"{info.title_en} {info.title_zh}: sources 来源")
    body = add(root, "body")
    for source in sorted(sources.values(), key=lambda source: source.id):
        home, feed = link(source.homepage), link(source_feeds.get(source.id, ""))
        name = line(f"{source.name_en} {source.name_zh}", 200)
        if feed:
            add(body, "outline", type="rss", text=name, title=name, xmlUrl=feed, htmlUrl=home)
        else:
            add(body, "outline", type="link", text=name, title=name, url=home)
    return written(root)


def health_json(health: Sequence[SourceHealth], lists: Sequence[ListHealth], *, build_id: str) -> bytes:
    """Return how each source and each of its lists is doing, as `dibao status` does.

    Ages are left to the reader: they need a clock, a file has none.
    """
    own: dict[str, list[ListHealth]] = defaultdict(list)
    for row in lists:
        own[row.source_id].append(row)
    tried = [row.last_try for row in health if row.last_try]
    document = {
        "build_id": build_id,
        "as_of": _time(max(tried)) if tried else None,
        "sources": [
            {
                "id": row.source_id,
                "last_try": _time(row.last_try) if row.last_try else None,
                "last_success": _time(row.last_success) if row.last_success else None,
                "newest": row.newest.isoformat() if row.newest else None,
                "items": row.items,
                "error": line(row.error, 300),
                "needs_a_look": any(one.needs_a_look for one in own[row.source_id]),
                "lists": [list_values(one) for one in own[row.source_id]],
            }
            for row in sorted(health, key=lambda row: row.source_id)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def list_values(row: ListHealth) -> dict[str, Any]:
    """Return how one list is doing, for machines: times in RFC 3339, words in both languages.

    When it is tried again is left out: that moves with every run, and an edition only with what it says.
    """
    trouble = TROUBLES.get(row.trouble)
    return {
        "column": row.column,
        "lang": row.lang,
        "url": row.url,
        "state": row.state,
        "state_en": LIST_STATES[row.state].en,
        "state_zh": LIST_STATES[row.state].zh,
        "needs_a_look": row.needs_a_look,
        "last_try": _time(row.last_try),
        "last_success": _time(row.last_success) if row.last_success else None,
        "newest": row.newest.isoformat() if row.newest else None,
        "listed": row.listed,
        "taken": row.taken,
        "expected": row.expected,
        "last_new": _time(row.last_new) if row.last_new else None,
        "usual_gap_seconds": row.usual_gap,
        "trouble": row.trouble,
        "trouble_en": trouble.en if trouble else "",
        "trouble_zh": trouble.zh if trouble else "",
    }


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
