"""The crawl: sources in, items and snapshots in the store out, one transaction a source.

Scrapy runs without a Twisted reactor (``TWISTED_REACTOR_ENABLED`` false; seen with 2.19): a
reactor can be started once in a process, but tests, the demo and a run after a run need a crawl to
be a function that returns. A subprocess for each crawl was the alternative; it costs a second of
imports, cannot share an open Store, and hides errors behind an exit code.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler

from dibao.store import DibaoError, Item, Put, Store

from .archive import Recorder, Recording
from .reading import Memory, Problem
from .settings import settings
from .source import SourceSpec
from .spiders import SourceReading, SourceSpider

Progress = Callable[[str, int, int], None]
"""Called with source id, sources done, sources in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What a crawl did, in items and requests (robots.txt and redirects counted)."""

    new: int
    changed: int
    same: int
    requests: int
    problems: tuple[Problem, ...]
    per_source: dict[str, Put]


@dataclass(slots=True)
class _Run:
    """Collects while the spider runs; the spider calls ``keep``."""

    store: Store
    recorder: Recorder | None
    total: int
    on_progress: Progress | None
    per_source: dict[str, Put] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def keep(self, result: SourceReading) -> None:
        if self.recorder is not None:
            self.store.put_snapshots(self.recorder.drain())
        items = _distinct(result)
        put = self.store.put_items(items)
        same = put.same + sum(reading.same for reading in result.readings)
        # The poll comes last: a run killed before it reads the list again.
        for reading in result.readings:
            self.store.put_poll(reading.poll)
            self.problems += reading.problems
        self.per_source[result.source_id] = Put(new=put.new, changed=put.changed, same=same)
        if self.on_progress is not None:
            self.on_progress(result.source_id, len(self.per_source), self.total)


_GENERAL = frozenset(("news", "article", "newsflash"))
"""Columns that say nothing of what a publication is."""


def _distinct(result: SourceReading) -> list[Item]:
    """One item for each id: of two lists that name it, the one that gave more text, in the column that says
    more (a rule announced among the news is a rule)."""
    found: dict[str, Item] = {}
    for reading in result.readings:
        for item in reading.items:
            other = found.get(item.id, item)
            fuller = item if len(item.text) > len(other.text) else other
            column = item.column if other.column in _GENERAL else other.column
            found[item.id] = replace(fuller, column=column)
    return list(found.values())


def crawl(
    store: Store,
    specs: Sequence[SourceSpec],
    *,
    now: datetime,
    contact: str,
    archive: Path | None,
    replay: Path | None = None,
    first_poll_is_news: bool = False,
    on_progress: Progress | None = None,
    exempt: Sequence[str] = (),
) -> CrawlReport:
    """Read the sources and store what they gave; sources that are ``off`` are left out.

    ``archive`` is the folder for WARC files, None keeps none. ``replay`` is a WARC file, a folder of
    them, or a folder HOST/PATH, read instead of the network. ``exempt`` (``host:port``) is for tests
    with a server of their own. Raises ConfigError when the recording cannot be used and StoreError;
    what single sources fail with is in the report.
    """
    wanted = [spec for spec in specs if not spec.off]
    if replay is not None:
        Recording(replay)  # say at once what is wrong with it, not once a source
    store.put_sources(spec.source for spec in specs)
    recorder = Recorder(archive, now) if archive is not None else None
    run = _Run(store, recorder, len(wanted), on_progress)
    memory = {
        (spec.id, endpoint.name): Memory(poll=store.poll(spec.id, endpoint.name), listings=listings)
        for spec in wanted
        for listings in [store.content_hashes(spec.id)]
        for endpoint in spec.endpoints
    }
    runner = AsyncCrawlerRunner(settings(wanted, contact=contact, replay=replay, exempt=exempt))
    try:
        crawler = drive(
            runner,
            SourceSpider,
            specs=wanted,
            memory=memory,
            now=now,
            first_is_news=first_poll_is_news,
            recorder=recorder,
            keep=run.keep,
        )
    finally:
        if recorder is not None:
            store.put_snapshots(recorder.drain())
            recorder.close()
    if len(run.per_source) < len(wanted):
        raise DibaoError(
            "the crawl ended before all sources were read; the log of Scrapy says why, run again"
        )
    return CrawlReport(
        new=sum(put.new for put in run.per_source.values()),
        changed=sum(put.changed for put in run.per_source.values()),
        same=sum(put.same for put in run.per_source.values()),
        requests=int(crawler.stats.get_value("downloader/request_count", 0)),
        problems=tuple(run.problems),
        per_source=run.per_source,
    )


def drive(runner: AsyncCrawlerRunner, spider: type[SourceSpider], **arguments: Any) -> Crawler:
    """Run a spider to its end. Raises what ended it early: Scrapy itself only logs that."""
    crawler = runner.create_crawler(spider)
    # What Scrapy warns of is in the report, in our words.
    logging.getLogger("scrapy").setLevel(logging.ERROR)

    async def work() -> None:
        await runner.crawl(crawler, **arguments)

    asyncio.run(work())
    if isinstance(crawler.spider, SourceSpider) and crawler.spider.failure is not None:
        raise crawler.spider.failure
    return crawler
