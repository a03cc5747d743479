"""The stages in their order, each with the part of the settings that is its own.

Heavy modules are imported where their stage runs: `dibao status` must not wait for Scrapy, let alone torch.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from dibao import __version__
from dibao.store import ConfigError, Lang, PublishError, Store

from . import register
from .config import Config, mail_password

if TYPE_CHECKING:
    from dibao.crawler.run import CrawlReport
    from dibao.crawler.source import SourceSpec
    from dibao.site.build import Built
    from dibao.site.info import SiteInfo
    from dibao.site.lens import Profile
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """A newsletter that was written, and sent unless it was only tried."""

    file: Path
    message_id: str
    sent: bool


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

    specs = _catalogue(config)
    for wanted in config.crawl.only:
        if wanted not in specs:
            raise ConfigError(
                _("crawl.only: no source is called {id}; `dibao sources list --all` names them").format(
                    id=wanted
                )
            )
    chosen = [
        spec
        for spec in specs.values()
        if (spec.id in config.crawl.only if config.crawl.only else not spec.off)
    ]
    reserve = [spec for spec in specs.values() if not spec.off]
    named = {name for spec in chosen for name in spec.fallback}
    read = [*chosen, *(spec for spec in reserve if spec.id in named)]
    store.retire_lists((spec.id, endpoint.name) for spec in read for endpoint in spec.endpoints)
    return crawler.crawl(
        store,
        chosen,
        now=now,
        contact=config.crawl.contact,
        archive=config.path(config.archive) if config.archive else None,
        replay=config.path(config.replay) if config.replay else None,
        first_poll_is_news=config.first_poll_is_news,
        on_progress=lambda _, done, total: progress("crawl", done, total),
        reserve=reserve,
        due_only=True,
        force=force,
    )


def _catalogue(config: Config) -> dict[str, SourceSpec]:
    from dibao.crawler import source

    return source.load(config.path(config.crawl.sources) if config.crawl.sources else None)


def summarize(config: Config, store: Store, *, now: datetime, progress: Progress) -> SummaryReport:
    """Facts, stories, ranks and briefs of everything that is new or changed."""
    from dibao.summarizer import run as summarizer
    from dibao.summarizer.writers.making import Writing

    # A hub name on a closed network costs 70 seconds of retries; nothing is fetched unless asked for.
    if not (config.embedding.download or config.writer.download):
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    return summarizer.summarize(
        store,
        now=now,
        model=config.embedding.model,
        prompt=config.embedding.prompt,
        device=config.embedding.device,
        writing=Writing(**{f: getattr(config.writer, f) for f in Writing.__dataclass_fields__}),
        progress=progress,
    )


def build(config: Config, store: Store, *, now: datetime) -> Built:
    """Build the edition and switch to it."""
    from dibao.site import build as site

    feeds = {
        spec.id: endpoint.url
        for spec in _catalogue(config).values()
        for endpoint in reversed(spec.endpoints)
        if endpoint.kind == "feed"
    }
    info = site_info(config, now=now)
    return site.build(store, config.path(config.out), info=info, now=now, source_feeds=feeds)


def mail(
    config: Config, store: Store, *, now: datetime, lang: Lang, day: date | None, dry_run: bool
) -> Mailed:
    """Send the digest of a day (None: the newest) to the configured addresses, each by itself.

    The written message lies below the output folder either way. Raises ConfigError and PublishError.
    """
    from dibao.site import newsletter
    from dibao.site.send import send
    from dibao.site.write import write_if_changed

    chosen = day or next(iter(store.days()), None)
    if chosen is None:
        raise PublishError(_("mail: the store has no story yet; `dibao run` comes first"))
    settings = config.mail
    if not dry_run and not (settings.host and settings.to):
        raise ConfigError(_("mail: set mail.host and mail.to, or use --dry-run"))
    views, info = store.views(days=[chosen]), site_info(config, now=now)
    message_id = ""
    for address in settings.to or ("subscribers@localhost",):
        data = newsletter.mail(views, day=chosen, lang=lang, info=info, bodies=store.bodies(), to=address)
        receipt = send(
            data,
            host=settings.host,
            port=settings.port,
            user=settings.user,
            password=mail_password(),
            tls=settings.tls,
            to=(address,),
            dry_run=dry_run,
        )
        message_id = receipt.message_id
    file = config.path(config.out) / "mail" / lang / f"{chosen}.eml"
    write_if_changed(file, data)
    return Mailed(file=file, message_id=message_id, sent=not dry_run)


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
        models=register.models(config),
        profiles=profiles(config),
    )


def profiles(config: Config) -> tuple[Profile, ...]:
    """The readers' lenses of the settings."""
    from dibao.site.lens import Profile

    return tuple(Profile(**msgspec.structs.asdict(profile)) for profile in config.profiles)
