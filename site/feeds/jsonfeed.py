"""JSON Feed 1.1 of one language, with the project's two extensions ``_aigc`` and ``_regnews``."""

from __future__ import annotations

import json
from typing import Any

from dibao.store import HTML_LANG, StoryView

from ..clean import line, link
from .entry import SOURCES, Entry, values
from .feed import Feed


def json_feed(feed: Feed) -> bytes:
    """Write the JSON feed. Keys keep the order of the specification: ``version`` comes first."""
    author = {"name": feed.title, "url": feed.homes[feed.lang]}
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.homes[feed.lang],
        "feed_url": feed.url("feed.json"),
        "description": feed.description,
        "user_comment": _COMMENT + feed.url("feed.json"),
        "language": HTML_LANG[feed.lang],
        "authors": [author],
        "items": [_item(entry, feed) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


_COMMENT = "This is a JSON Feed: paste its address into a feed reader to follow it. "


def _item(entry: Entry, feed: Feed) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.via,
        "title": entry.title,
        "content_html": entry.html,
        "content_text": entry.text,
        "summary": entry.summary,
        "date_published": entry.published.isoformat(timespec="seconds"),
        "date_modified": entry.updated.isoformat(timespec="seconds"),
        "language": HTML_LANG[entry.lang],
        "tags": [category.label for category in entry.categories],
        "_aigc": _aigc(entry, feed),
        "_regnews": _regnews(entry, feed),
    }
    return {key: value for key, value in item.items() if value}


def _aigc(entry: Entry, feed: Feed) -> dict[str, Any]:
    """The hidden label; a brief that a program put together carries its source type and no claim."""
    said: dict[str, Any] = {"about": feed.about_labels, "digital_source_type": entry.source_type}
    if entry.hidden:
        said["label"] = json.loads(entry.hidden)["AIGC"]
    return said


def _repeated(view: StoryView, item_id: str) -> str | None:
    """Return the address of the item whose words this one repeats; None for words of its own."""
    original = view.copies.get(item_id)
    return next((link(c.item.url) for c in view.coverage if c.item.id == original), "") or None


def _regnews(entry: Entry, feed: Feed) -> dict[str, Any]:
    view = entry.view
    return {
        "about": feed.about_labels,
        "cluster_id": view.story.id,
        "rank": {"level": view.rank.level, "score": round(view.rank.score, 2), "code": line(view.rank.code)},
        "impact": [line(sentence.text) for sentence in entry.brief.impact],
        "regulator": list(values(view, "issuer")),
        "document_no": [line(value) for value in values(view, "document_number")],
        "status": next(iter(values(view, "stage")), None),
        "effective_date": next(iter(values(view, "date_effective")), None),
        "reviewed_by": None,
        "sources": [
            {
                "name": line(covered.source.name(entry.lang)),
                "tier": covered.source.tier,
                "url": link(covered.item.url),
                "title": line(covered.item.title, 300),
                "language": line(covered.item.lang, 35),
                "published": covered.item.published.day.isoformat() if covered.item.published else None,
                "fetched": covered.item.fetched_at.isoformat(timespec="seconds"),
                "repeats": _repeated(view, covered.item.id),
            }
            for covered in view.coverage[:SOURCES]
        ],
    }
