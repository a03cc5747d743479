"""A real store, in memory or on disk, that holds the story views of views.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dibao.site.info import SiteInfo
from dibao.store import Poll, Store, StoryView
from tests.site.views import BODIES, NOW, SOURCES, TERMS, TODAY, all_views

INFO = SiteInfo(
    base_url="https://example.org/",
    contact="editors@example.org",
    provider="dibao.example",
    notice_en="Demonstration data: events and sources are made up.",
    notice_zh="演示数据：事件与来源均为虚构。",
    today=TODAY,
    version="0.1.0",
)


def fill(store: Store, views: Sequence[StoryView]) -> None:
    """Put the views into the store, the way the stages would."""
    store.put_sources(SOURCES.values())
    store.put_bodies(BODIES.values())
    store.put_terms(TERMS)
    for view in views:
        store.put_items([covered.item for covered in view.coverage])
        for covered in view.coverage:
            store.put_facts(covered.item.id, covered.facts)
            store.put_headlines(covered.headlines.values())
        store.put_stories([view.story])
        store.put_briefs(view.briefs.values())
        store.put_ranks([view.rank], at=view.updated_at)
    store.put_poll(
        Poll(source_id="cn-pbc", url="https://www.cn-pbc.example/list", tried_at=NOW, succeeded_at=NOW)
    )


def filled(path: Path | str = ":memory:", views: Sequence[StoryView] | None = None) -> Store:
    """Return an open store with the views (default: all of them); the caller closes it."""
    store = Store(path)
    fill(store, all_views() if views is None else views)
    return store


def corrected(view: StoryView, headline: str) -> StoryView:
    """The story after its English brief was written anew, an hour later."""
    at = datetime(2026, 11, 20, 8, 5, tzinfo=UTC)
    brief = replace(view.briefs["en"], headline=headline, written_at=at, version=9, inputs="1" * 64)
    return replace(view, briefs={**view.briefs, "en": brief}, updated_at=at)
