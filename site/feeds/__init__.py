"""The feeds of an edition: StoryViews in, Atom 1.0, RSS 2.0 and JSON Feed 1.1 in both languages out.

Own writers on lxml: the packages for it stamp the time of the build into what they write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dibao.store import LANGS, Body, StoryView

from ..info import SiteInfo
from .feed import Feed, make
from .jsonfeed import json_feed
from .xml import atom, rss

__all__ = ["LIMIT", "feeds"]

LIMIT = 250_000
"""Bytes of the largest file; several readers cut or refuse longer ones."""


def feeds(
    info: SiteInfo,
    views: Sequence[StoryView],
    *,
    bodies: Mapping[str, Body],
    source_feeds: Mapping[str, str],
) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of each feed, the same entries in the three formats of a language and lens."""
    for lang in LANGS:
        for lens in (None, *info.profiles):
            feed = make(info, views, lang=lang, bodies=bodies, source_feeds=source_feeds, lens=lens)
            place = f"{lang}/for/{lens.key}" if lens else lang
            for name, data in _fitting(feed).items():
                yield f"{place}/{name}", data


def _fitting(feed: Feed) -> dict[str, bytes]:
    """Write the feed without as many of its oldest entries as it takes to stay below LIMIT."""
    while True:
        written = {"feed.atom": atom(feed), "feed.rss": rss(feed), "feed.json": json_feed(feed)}
        if not feed.entries or max(map(len, written.values())) < LIMIT:
            return written
        feed = replace(feed, entries=feed.entries[:-1])
