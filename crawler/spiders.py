"""One Scrapy spider for every source: it hands requests to Scrapy's downloader.

Requests are awaited in line (``engine.download_async``), so a source reads as one straight function
in ``reading.py``, while robots.txt, delays, redirects, decompression and limits stay Scrapy's.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from dibao.store import Poll

from .archive import Recorder
from .client import reason_of
from .reading import Fetched, FetchError, Memory, Problem, Reading, read_endpoint
from .source import SourceSpec

log = logging.getLogger(__name__)

_STATUS_WORDS = {
    304: "answered 304 although nothing was known of it",
    401: "asks for a login (401)",
    403: "refuses us (403); not asked again in this run",
    404: "is not there (404)",
    410: "is gone for good (410); take it out of the catalogue",
    412: "refuses us (412); not asked again in this run",
    429: "says we ask too often (429); not asked again in this run",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReading:
    """All that one source gave in this run: kept in one go."""

    source_id: str
    readings: tuple[Reading, ...]


class SourceSpider(scrapy.Spider):
    """Reads the given sources side by side; within a source one request follows the other."""

    name = "dibao"

    def __init__(
        self,
        *,
        specs: Sequence[SourceSpec],
        memory: Mapping[tuple[str, str], Memory],
        now: datetime,
        first_is_news: bool,
        recorder: Recorder | None,
        keep: Callable[[SourceReading], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.specs = specs
        self.memory = memory
        self.now = now
        self.first_is_news = first_is_news
        self.recorder = recorder
        self.keep = keep
        self.closed: dict[str, str] = {}
        """Host → why its robots.txt could not be read; noted by ``settings.RobotsAnswer``."""
        self.failure: BaseException | None = None
        """What ended the run early: Scrapy only logs it, ``crawl`` raises it."""

    async def start(self) -> AsyncIterator[Any]:
        """Read all sources and keep each as it comes in; nothing is left for Scrapy's scheduler."""
        tasks = [asyncio.ensure_future(self.read(spec)) for spec in self.specs]
        try:
            for task in asyncio.as_completed(tasks):
                self.keep(await task)
        except asyncio.CancelledError:  # Ctrl-C arrives as this, and Scrapy swallows it
            self.failure = KeyboardInterrupt()
            raise
        except Exception as error:  # the database: the run stops
            self.failure = error
        finally:
            for one in tasks:
                one.cancel()
        nothing: tuple[scrapy.Request, ...] = ()
        for request in nothing:  # Scrapy wants a generator
            yield request

    async def read(self, spec: SourceSpec) -> SourceReading:
        readings = []
        for endpoint in spec.endpoints:
            url = endpoint.name
            memory = self.memory[spec.id, url]
            try:
                reading = await read_endpoint(
                    spec,
                    endpoint,
                    memory=memory,
                    now=self.now,
                    fetch=self.fetch,
                    first_is_news=self.first_is_news,
                )
            except Exception as error:  # the one broad place: a fault of ours must not stop other sources
                log.exception("%s: cannot read %s", spec.id, url)
                reading = _broken(spec.id, url, memory, now=self.now, error=error)
            readings.append(reading)
        return SourceReading(source_id=spec.id, readings=tuple(readings))

    async def fetch(
        self,
        url: str,
        *,
        spec: SourceSpec,
        payload: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Fetched:
        """See ``reading.Fetch``: 200, or 304 where validators were sent; FetchError for all else."""
        sent = dict(headers or {})
        conditional = any(name.startswith("If-") for name in sent)
        if payload is not None:
            sent.setdefault("Content-Type", "application/json")
        try:
            request = scrapy.Request(
                url,
                method="GET" if payload is None else "POST",
                body=payload or b"",
                headers=sent,
                meta={"allow_http": spec.allow_http},
            )
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # handlers and decompressors raise whatever their libraries raise
            raise _in_words(error, closed=self.closed.get(urlsplit(url).netloc, "")) from error
        if response.status == 200 or (response.status == 304 and conditional):
            return _fetched(response)
        words = _STATUS_WORDS.get(response.status, f"answered with status {response.status}")
        raise FetchError(words, lasting=response.status in (401, 403, 404, 410))


def _fetched(response: Response) -> Fetched:
    def header(name: str) -> str:
        value = response.headers.get(name)
        return value.decode("latin-1") if value else ""

    return Fetched(
        url=response.url,
        status=response.status,
        body=response.body,
        content_type=header("Content-Type"),
        etag=header("ETag"),
        last_modified=header("Last-Modified"),
        snapshot=response.meta.get("snapshot", ""),
        cookies="; ".join(
            value.decode("latin-1").partition(";")[0] for value in response.headers.getlist("Set-Cookie")
        ),
    )


def _in_words(error: Exception, *, closed: str) -> FetchError:
    """Say what went wrong. ``closed``: why the host's robots.txt could not be read, if it could not."""
    said = reason_of(error)
    match error:
        case IgnoreRequest() if "robots.txt" in said and closed:
            return FetchError(f"not fetched: its robots.txt could not be read ({closed})")
        case IgnoreRequest() if "robots.txt" in said:
            return FetchError("not fetched: robots.txt does not allow it", lasting=True)
        case IgnoreRequest() if "max redirections" in said:
            return FetchError("more than ten redirects; given up")
        case IgnoreRequest() if "DOWNLOAD_MAXSIZE" in said:
            return FetchError("larger than the limit when decompressed; not read", lasting=True)
        case IgnoreRequest():
            return FetchError(said, lasting=said.startswith("refused:"))
        case DownloadTimeoutError():
            return FetchError("no complete answer in time")
        case CannotResolveHostError():
            return FetchError("the host name cannot be looked up")
        case DownloadCancelledError():
            return FetchError("larger than the limit; not read", lasting=True)
        case ResponseDataLossError():
            return FetchError("the answer broke off before its end")
        case ValueError():
            return FetchError(f"not an address that can be fetched: {said}", lasting=True)
        case _:
            return FetchError(f"no answer: {said}")


def _broken(source_id: str, url: str, memory: Memory, *, now: datetime, error: Exception) -> Reading:
    message = f"{source_id}: cannot be read ({type(error).__name__}: {error})"
    poll = memory.poll or Poll(source_id=source_id, url=url, tried_at=now)
    return Reading(
        poll=replace(poll, tried_at=now, error=message),
        problems=(Problem(source_id=source_id, url=url, message=message),),
    )
