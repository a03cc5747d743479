"""The crawl: sources in, items and snapshots in the store out, one transaction a source.

Scrapy runs without a Twisted reactor (``TWISTED_REACTOR_ENABLED`` false; seen with 2.19): a
reactor can be started once in a process, but tests, the demo and a run after a run need a crawl to
be a function that returns. A subprocess for each crawl was the alternative; it costs a second of
imports, cannot share an open Store, and hides errors behind an exit code.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler

from dibao.store import RETIRED, Check, DibaoError, Item, Poll, Put, Store

from .archive import Recorder
from .checking import choose
from .fetching import Problem
from .reading import Memory, Names, known_names
from .replay import Recording
from .schedule import OLDEST_CHECK
from .settings import settings
from .source import Endpoint, SourceSpec
from .spiders import Plan, SourceReading, SourceSpider

Progress = Callable[[str, int, int], None]
"""Called with source id, sources done, sources in all."""

QUIET_AT_ONCE = 100
"""Polls of unchanged sources that are written in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What a crawl did, in items and requests (robots.txt and redirects counted)."""

    new: int
    changed: int
    same: int
    requests: int
    problems: tuple[Problem, ...]
    per_source: dict[str, Put]
    skipped: tuple[Problem, ...] = ()
    """Lists left alone because their server asked for it or a person must look at them."""
    not_due: int = 0
    """Lists that were not due yet."""
    checked: int = 0
    """Pages of known items that were looked at again."""


@dataclass(slots=True)
class _Run:
    """Collects while the spider runs; the spider calls ``keep``."""

    store: Store
    recorder: Recorder | None
    total: int
    on_progress: Progress | None
    per_source: dict[str, Put] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    not_due: int = 0
    checked: int = 0
    quiet: list[Poll] = field(default_factory=list)

    def keep(self, result: SourceReading) -> None:
        if self.recorder is not None and (snapshots := self.recorder.drain()):
            self.store.put_snapshots(snapshots)
        items = _distinct(result)
        put = self.store.put_items(items) if items else Put()
        checks = [check for reading in result.readings for check in reading.checks]
        checks += [look.check for look in result.looks]
        if checks:
            self.store.put_checks(checks)
        self._keep_polls(result)
        same = put.same + sum(reading.same for reading in result.readings)
        self.problems += [problem for reading in result.readings for problem in reading.problems]
        self.problems += [look.problem for look in result.looks if look.problem is not None]
        self.skipped += result.skipped
        self.not_due += result.not_due
        self.checked += len(result.looks)
        self.per_source[result.source_id] = Put(new=put.new, changed=put.changed, same=same)
        if self.on_progress is not None:
            self.on_progress(result.source_id, len(self.per_source), max(self.total, len(self.per_source)))

    def _keep_polls(self, result: SourceReading) -> None:
        """The polls come last: a run killed before it reads the list again. Unchanged ones can wait."""
        if visits := [reading.visit for reading in result.readings if reading.visit is not None]:
            self.store.put_visits(visits)
        self.quiet += [reading.poll for reading in result.readings]
        if visits or len(self.quiet) >= QUIET_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        if self.quiet:
            self.store.put_polls(self.quiet)
            self.quiet = []


_GENERAL = frozenset(("news", "article", "newsflash"))
"""Columns that say nothing of what a publication is."""


def _distinct(result: SourceReading) -> list[Item]:
    """One item for each id: of two lists that name it, the one that gave more text, in the column that says
    more (a rule announced among the news is a rule). What a list has just said wins over a second look."""
    found: dict[str, Item] = {}
    for reading in result.readings:
        for item in reading.items:
            other = found.get(item.id, item)
            fuller = item if len(item.text) > len(other.text) else other
            column = item.column if other.column in _GENERAL else other.column
            found[item.id] = replace(fuller, column=column)
    for look in result.looks:
        if look.item is not None:
            found.setdefault(look.item.id, look.item)
    return list(found.values())


@dataclass(slots=True)
class _Memories:
    """Asks the store what is known of a source, once a source."""

    store: Store
    now: datetime
    listings: dict[str, dict[str, str]] = field(default_factory=dict)

    def recall(self, spec: SourceSpec, endpoint: Endpoint) -> Memory:
        if spec.id not in self.listings:
            self.listings[spec.id] = self.store.content_hashes(spec.id)

        @cache
        def names() -> Names:
            return known_names(self.store.names(spec.id))

        poll = self.store.poll(spec.id, endpoint.name)
        if poll is not None and poll.paused == RETIRED:
            poll = replace(poll, paused="")  # it is read again
        return Memory(poll=poll, listings=self.listings[spec.id], names=names)

    def checks(self, spec: SourceSpec) -> Iterable[tuple[Check, Item]]:
        """Return the pages of a source that are due to be looked at again, with their items."""
        chosen = choose(self.store.checks(spec.id, since=(self.now - OLDEST_CHECK).date()), now=self.now)
        items = self.store.items(check.item_id for check in chosen)
        return [(check, items[check.item_id]) for check in chosen if check.item_id in items]


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
    reserve: Sequence[SourceSpec] = (),
    due_only: bool = False,
    force: bool = False,
) -> CrawlReport:
    """Read the sources and store what they gave; sources that are ``off`` are left out.

    ``archive`` is the folder for WARC files, None keeps none. ``replay`` is a WARC file, a folder of
    them, or a folder HOST/PATH, read instead of the network. ``exempt`` (``host:port``) is for tests
    with a server of their own. ``reserve``: sources that may be read where one refuses and names them
    as its fallback. ``due_only`` leaves out lists that are not due; ``force`` reads those too, and
    paused ones, but no list whose server asked to be left alone. Raises ConfigError when the
    recording cannot be used and StoreError; what single sources fail with is in the report.
    """
    wanted = [spec for spec in specs if not spec.off]
    named = {name for spec in wanted for name in spec.fallback}
    spare = {spec.id: spec for spec in reserve if spec.id in named and not spec.off}
    if replay is not None:
        Recording(replay)  # say at once what is wrong with it, not once a source
    store.put_sources(spec.source for spec in (*specs, *spare.values()))
    recorder = Recorder(archive, now, known=store.snapshot) if archive is not None else None
    run = _Run(store, recorder, len(wanted), on_progress)
    memories = _Memories(store, now)
    plan = Plan(
        specs=wanted,
        reserve=spare,
        recall=memories.recall,
        checks=memories.checks,
        now=now,
        first_is_news=first_poll_is_news,
        due_only=due_only and replay is None,
        polite=replay is None,
        force=force,
        exempt=frozenset(exempt),
    )
    known = [*wanted, *(spec for spec in spare.values() if spec not in wanted)]
    runner = AsyncCrawlerRunner(settings(known, contact=contact, replay=replay, exempt=exempt))
    try:
        crawler = drive(runner, SourceSpider, plan=plan, recorder=recorder, keep=run.keep)
    finally:
        if recorder is not None:
            recorder.close()
            store.put_snapshots(recorder.drain())
        run.flush()
    if len(run.per_source) < len(wanted):
        raise DibaoError(
            _("the crawl ended before all sources were read; the log of Scrapy says why, run again")
        )
    return CrawlReport(
        new=sum(put.new for put in run.per_source.values()),
        changed=sum(put.changed for put in run.per_source.values()),
        same=sum(put.same for put in run.per_source.values()),
        requests=int(crawler.stats.get_value("downloader/request_count", 0)),
        problems=tuple(run.problems),
        per_source=run.per_source,
        skipped=tuple(run.skipped),
        not_due=run.not_due,
        checked=run.checked,
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
