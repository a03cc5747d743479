"""The stages in their order, each with the part of the settings that is its own.

Heavy modules are imported where their stage runs: `dibao status` must not wait for Scrapy, let alone torch.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dibao import __version__
from dibao.store import ConfigError, Lang, Store

from .config import Config

if TYPE_CHECKING:
    from dibao.crawler.run import CrawlReport
    from dibao.site.build import Built
    from dibao.site.info import SiteInfo
    from dibao.summarizer.run import SummaryReport

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, how many there are."""

BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What one whole run did."""

    crawled: CrawlReport
    summarized: SummaryReport
    built: Built
    mails: tuple[Path, ...] = field(default=())


def run(config: Config, *, progress: Progress, force: bool = False) -> RunReport:
    """Crawl, summarize, build: the whole line once. ``force`` reads lists that are not due, too."""
    now = config.clock
    with Store(config.path(config.database)) as store:
        crawled = crawl(config, store, now=now, progress=progress, force=force)
        summarized = summarize(config, store, now=now, progress=progress)
        built = build(config, store, now=now)
    return RunReport(crawled=crawled, summarized=summarized, built=built)


def crawl(
    config: Config, store: Store, *, now: datetime, progress: Progress, force: bool = False
) -> CrawlReport:
    """Read the sources that are due into the store."""
    from dibao.crawler import run as crawler
    from dibao.crawler import source

    specs = source.load(config.path(config.crawl.sources) if config.crawl.sources else None)
    for wanted in config.crawl.only:
        if wanted not in specs:
            raise ConfigError(f"crawl.only: no source is called {wanted}; `dibao status` lists them")
    chosen = [
        spec
        for spec in specs.values()
        if (spec.id in config.crawl.only if config.crawl.only else not spec.off)
    ]
    return crawler.crawl(
        store,
        chosen,
        now=now,
        contact=config.crawl.contact,
        archive=config.path(config.archive) if config.archive else None,
        replay=config.path(config.replay) if config.replay else None,
        first_poll_is_news=config.first_poll_is_news,
        on_progress=lambda _, done, total: progress("crawl", done, total),
        reserve=[spec for spec in specs.values() if not spec.off],
        due_only=True,
        force=force,
    )


def summarize(config: Config, store: Store, *, now: datetime, progress: Progress) -> SummaryReport:
    """Facts, stories, ranks and briefs of everything that is new or changed."""
    from dibao.summarizer import run as summarizer

    # A hub name on a closed network costs 70 seconds of retries; nothing is fetched unless asked for.
    if not config.embedding.download:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    return summarizer.summarize(
        store,
        now=now,
        model=config.embedding.model,
        prompt=config.embedding.prompt,
        device=config.embedding.device,
        progress=progress,
    )


def build(config: Config, store: Store, *, now: datetime) -> Built:
    """Build the edition and switch to it."""
    from dibao.site import build as site

    return site.build(store, config.path(config.out), info=site_info(config, now=now), now=now)


def site_info(config: Config, *, now: datetime) -> SiteInfo:
    """What pages, feeds and mails say about the site itself."""
    from dibao.site.info import SiteInfo

    site = config.site
    return SiteInfo(
        base_url=site.base_url,
        title_en=site.title_en,
        title_zh=site.title_zh,
        contact=site.contact,
        provider=site.provider,
        notice_en=site.notice_en,
        notice_zh=site.notice_zh,
        imprint_en=site.imprint_en,
        imprint_zh=site.imprint_zh,
        today=now.astimezone(BEIJING).date(),
        version=__version__,
    )


def mail_file(config: Config, lang: Lang) -> Path:
    """Where the newest newsletter of a language lies."""
    return config.path(config.out) / "mail" / lang
