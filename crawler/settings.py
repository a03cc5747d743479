"""Manners: how fast, how often, as whom and how far the crawler goes, as a dict of Scrapy settings.

Also the small middlewares that Scrapy's own do not cover: what an unreachable robots.txt means, how
long to wait before asking a failing server again, and a throttle that never goes below a host's floor.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from gettext import gettext as _
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

from dibao.store import ConfigError

from .archive import MAX_BODY
from .client import EXEMPT, reason_of
from .replay import REPLAY
from .source import SourceSpec

RETRY_PAUSES = "DIBAO_RETRY_PAUSES"
"""Setting: seconds to wait before each new try of a request that failed with 5xx."""

LONGEST_PAUSE = 60.0
"""Seconds between two requests to one host, whoever asks for more."""

_SELF = "dibao.crawler"


def user_agent(contact: str) -> str:
    """Return an honest name: product, version and where to reach whoever runs it.

    The SEC, among others, refuses programs that do not say. Raises ConfigError for a contact that says
    nothing or cannot stand in a header.
    """
    said = contact.strip()
    if not (said and said.isascii() and said.isprintable()):
        told = _(
            "crawl.contact: {said!r} does not tell the sites who asks; write an address or a URL in ASCII"
        )
        raise ConfigError(told.format(said=contact))
    return f"dibao/{version('dibao')} (+{said})"


def settings(
    specs: Sequence[SourceSpec], *, contact: str, replay: Path | None, exempt: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the Scrapy settings for one crawl. ``exempt`` is for tests, see ``client.EXEMPT``."""
    handler = f"{_SELF}.replay.ReplayHandler" if replay else f"{_SELF}.client.GuardedHandler"
    live = replay is None
    return {
        # No Twisted reactor: it can be started once a process; an asyncio loop as often as wanted.
        "TWISTED_REACTOR_ENABLED": False,
        "DOWNLOAD_HANDLERS": {
            "http": handler,
            "https": handler,
            "data": None,
            "file": None,
            "ftp": None,
            "s3": None,
        },
        "DOWNLOADER_MIDDLEWARES": {
            f"{_SELF}.client.GuardMiddleware": 10,
            f"{_SELF}.settings.RobotsAnswer": 105,
            f"{_SELF}.settings.PatientRetry": 550,
            f"{_SELF}.archive.ArchiveMiddleware": 950,
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
        },
        "EXTENSIONS": {
            "scrapy.extensions.throttle.AutoThrottle": None,
            f"{_SELF}.settings.FloorThrottle": 0,
        },
        "USER_AGENT": user_agent(contact) if live else "dibao",
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "dibao",
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8",
        },
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 2.0 if live else 0,
        "DOWNLOAD_DELAY_JITTER": 0,
        "DOWNLOAD_SLOTS": floors(specs) if live else {},
        "AUTOTHROTTLE_ENABLED": live,
        "AUTOTHROTTLE_START_DELAY": 0.0,
        "AUTOTHROTTLE_MAX_DELAY": LONGEST_PAUSE,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        "DOWNLOAD_TIMEOUT": 45,  # for the whole answer: a trickle does not prolong it
        "DOWNLOAD_MAXSIZE": MAX_BODY,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "REDIRECT_MAX_TIMES": 9,  # ten requests in all
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        "HTTPPROXY_ENABLED": False,  # a proxy would connect for us, past the guard
        "TELNETCONSOLE_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "LOG_ENABLED": False,
        RETRY_PAUSES: [30.0, 120.0] if live else [],
        REPLAY: str(replay) if replay else "",
        EXEMPT: list(exempt),
    }


def floors(specs: Sequence[SourceSpec]) -> dict[str, dict[str, float]]:
    """Return host → least delay; sources that share a host get the slower one's."""
    found: dict[str, float] = {}
    for spec in specs:
        for endpoint in spec.endpoints:
            templates = (endpoint.url, endpoint.link, endpoint.detail.url if endpoint.detail else "")
            for host in filter(None, (urlsplit(t).hostname for t in templates if "://" in t)):
                found[host] = max(spec.delay, found.get(host, 0.0))
    return {host: {"delay": delay, "concurrency": 1} for host, delay in found.items()}


class FloorThrottle(AutoThrottle):
    """AutoThrottle that slows down for slow servers, never below what a source or its robots.txt asks for.

    Scrapy's own knows one floor for all hosts.
    """

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        host = urlsplit(response.url).hostname or ""
        asked: float = getattr(self.crawler.spider, "pauses", {}).get(host, 0.0)
        floor = self.crawler.settings["DOWNLOAD_SLOTS"].get(host, {}).get("delay", self.mindelay)
        super()._adjust_delay(slot, latency, response)
        slot.delay = max(slot.delay, floor, asked)


def crawl_delay(robots: bytes) -> float:
    """Return the seconds that a robots.txt asks us to leave between two requests, at most LONGEST_PAUSE."""
    asked = Protego.parse(robots[:500_000].decode("utf-8", "ignore")).crawl_delay("dibao")
    return min(LONGEST_PAUSE, max(0.0, asked or 0.0))


class RobotsAnswer:
    """RFC 9309 for the edges: robots.txt gone (4xx) means crawl, unreachable (5xx, no answer) means do not.

    Scrapy would read the rules out of a 503 page, and take a failed connection for permission. Why a
    host is closed is noted in the spider's ``closed``. Scrapy leaves Crawl-delay alone; we keep to it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsAnswer:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        if not _asks_robots(request):
            return response
        if response.status == 200:
            self._slow_down(urlsplit(request.url).hostname or "", response.body)
            return response
        if response.status >= 500:
            return self._close(request, f"status {response.status}")
        return Response(request.url)

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        return self._close(request, reason_of(exception)) if _asks_robots(request) else None

    def _slow_down(self, host: str, robots: bytes) -> None:
        """Leave the host the pause that its robots.txt asks for; a recording needs none."""
        pause = crawl_delay(robots) if self._crawler.settings.getbool("AUTOTHROTTLE_ENABLED") else 0.0
        pauses: dict[str, float] = getattr(self._crawler.spider, "pauses", {})
        slot = self._crawler.engine.downloader.slots.get(host) if self._crawler.engine and pause else None
        if slot is not None:
            pauses[host] = pause
            slot.delay = max(slot.delay, pause)

    def _close(self, request: Request, why: str) -> Response:
        closed: dict[str, str] = getattr(self._crawler.spider, "closed", {})
        closed[urlsplit(request.url).netloc] = why
        return Response(request.url, body=b"User-agent: *\nDisallow: /\n")


def _asks_robots(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt"))


class PatientRetry:
    """Two more tries for 5xx, after a pause; a server that says no (403, 412, 429) is not asked again.

    A Retry-After longer than the pause ends it too: the next run is soon enough.
    """

    _STATUSES = (500, 502, 503, 504, 520, 522, 524)

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._pauses: list[float] = crawler.settings[RETRY_PAUSES]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PatientRetry:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        tried: int = request.meta.get("retry_times", 0)
        if response.status not in self._STATUSES or tried >= len(self._pauses) or _asks_robots(request):
            return response
        asked = response.headers.get("Retry-After")
        if asked is not None and not (asked.isdigit() and float(asked) <= self._pauses[tried]):
            return response
        spider = self._crawler.spider
        again = spider and get_retry_request(
            request, spider=spider, reason=str(response.status), max_retry_times=len(self._pauses)
        )
        if not again:
            return response
        await asyncio.sleep(self._pauses[tried])
        return again
