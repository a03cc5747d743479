"""Real, third-party material put on a replayed web, and the whole line run over it."""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dibao.crawler.run import CrawlReport, crawl
from dibao.crawler.source import Detail, Endpoint, SourceSpec, load
from dibao.site.build import Built, build
from dibao.site.info import SiteInfo
from dibao.store import Fact, Item, Store, StoryView
from dibao.summarizer.run import summarize

SPECS = load()


def media(source_id: str, *endpoints: Endpoint, lang: str = "en", tier: int = 3) -> SourceSpec:
    """A source of the test's own for material that no catalogue entry fits."""
    return SourceSpec(
        id=source_id,
        name_en=source_id,
        name_zh=source_id,
        tier=tier,  # type: ignore[arg-type]
        jurisdiction="CN" if lang.startswith("zh") else "INT",
        kind="media",
        languages=(lang,),
        timezone="Asia/Shanghai" if lang.startswith("zh") else "UTC",
        homepage="https://media.example/",
        endpoints=endpoints,
    )


def web(root: Path, pages: Mapping[str, bytes]) -> Path:
    """Lay answers out as HOST/PATH."""
    for url, body in pages.items():
        parts = urlsplit(url)
        name = parts.path.lstrip("/") or "index.html"
        file = root / parts.netloc / (name + "index.html" if name.endswith("/") else name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    return root


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the line made of it."""

    crawled: CrawlReport
    items: tuple[Item, ...]
    facts: dict[str, tuple[Fact, ...]]
    views: tuple[StoryView, ...]
    built: Built

    def values(self, item: Item, kind: str) -> list[str]:
        return [fact.value for fact in self.facts[item.id] if fact.kind == kind]


def line(folder: Path, specs: Sequence[SourceSpec], pages: Mapping[str, bytes], *, now: datetime) -> Outcome:
    """Run crawl, summarize and build over a replayed web."""
    with Store(folder / "real.db") as store:
        crawled = crawl(
            store,
            specs,
            now=now,
            contact="",
            archive=folder / "warc",
            replay=web(folder / "web", pages),
            first_poll_is_news=True,
        )
        summarize(store, now=now, progress=lambda *_: None)
        items = tuple(store.items(store.content_hashes(spec.id)).values() for spec in specs)
        flat = tuple(item for of_source in items for item in of_source)
        info = SiteInfo(base_url="https://example.org/", today=now.date())
        built = build(store, folder / "out", info=info, now=now)
        return Outcome(crawled, flat, store.facts(item.id for item in flat), store.views(), built)


def rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(row) for row in file]


def rss(entries: Iterable[tuple[str, str, str, str]]) -> bytes:
    """A 36Kr feed of (title, link, date, text)."""
    parts = "".join(
        f"<item><title>{html.escape(title)}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{day}</pubDate><description>{html.escape(text)}</description></item>"
        for title, link, day, text in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>36氪</title>'
        f"<link>https://36kr.com</link>{parts}</channel></rss>"
    ).encode()


def json_list(source_id: str, url: str, *, lang: str, fields: dict[str, str], **more: Any) -> SourceSpec:
    endpoint = Endpoint(column="news", kind="json", url=url, fields=fields, **more)
    return media(source_id, endpoint, lang=lang)


NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)

__all__ = [
    "NOW",
    "SPECS",
    "Detail",
    "Endpoint",
    "Outcome",
    "json_list",
    "line",
    "media",
    "rows",
    "rss",
    "web",
]
