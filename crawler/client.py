"""The guarded client: parts of Scrapy's downloader that ask ``guard.py`` at each request and connection."""

from __future__ import annotations

import re
import socket

import aiohttp
from aiohttp.connector import NEEDS_CLEANUP_CLOSED
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.core.downloader.handlers._base_streaming import BaseStreamingDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.ssl import _make_ssl_context

from .guard import AddressInfo, judge, refusal

_OBJECT = re.compile(r" ssl:(?:default|<[^<>]{0,200}>)")

EXEMPT = "DIBAO_GUARD_EXEMPT"
"""Setting: ``host:port`` that may be connected to although they are not public. For tests with a
server of their own only; nothing in the command line or the configuration sets it."""


def exempt_of(crawler: Crawler) -> frozenset[str]:
    return frozenset(crawler.settings.getlist(EXEMPT))


def reason_of(error: Exception) -> str:
    """Return what an error says in one line, without the memory addresses that aiohttp prints."""
    return _OBJECT.sub("", " ".join(str(error).split())) or type(error).__name__


class GuardedHandler(AiohttpDownloadHandler):
    """Scrapy's aiohttp download handler with a connector that judges each address as it connects.

    Scrapy calls its handler experimental; it is the one that runs without a Twisted reactor, and
    aiohttp's ``socket_factory`` is handed the very address that is connected to. Verified TLS comes
    from DOWNLOAD_VERIFY_CERTIFICATES (off by default in Scrapy, on in ``settings.py``).
    """

    experimental = False

    def __init__(self, crawler: Crawler) -> None:
        # Not AiohttpDownloadHandler.__init__: it would open a session whose connector connects anywhere.
        BaseStreamingDownloadHandler.__init__(self, crawler)
        self._ssl_context = _make_ssl_context(crawler.settings)
        self._exempt = exempt_of(crawler)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._pool_size_total,
                limit_per_host=self._pool_size_per_host,
                socket_factory=self._socket,
                # Else TLS connections cut short outlive the event loop on the Pythons that need this.
                enable_cleanup_closed=NEEDS_CLEANUP_CLOSED,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )

    def _socket(self, info: AddressInfo) -> socket.socket:
        judge(info, self._exempt)
        return socket.socket(family=info[0], type=info[1], proto=info[2])


class GuardMiddleware:
    """Refuses forbidden URLs before anything is looked up; redirects pass here again.

    Reads ``request.meta``: ``allow_http`` of the source, and the hops of a redirect.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._exempt = exempt_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        # The robots.txt of an http host is only ever asked for after that host was allowed.
        allow_http = bool(request.meta.get("allow_http") or request.meta.get("dont_obey_robotstxt"))
        problem = refusal(request.url, allow_http=allow_http, exempt=self._exempt)
        before = request.meta.get("redirect_urls", [""])[-1]
        if not problem and before.startswith("https:") and request.url.startswith("http:") and not allow_http:
            problem = "redirected from https to plain http"
        if problem:
            raise IgnoreRequest(f"refused: {problem}")
