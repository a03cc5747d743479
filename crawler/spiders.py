"""One Scrapy spider for every source: it hands requests to Scrapy's downloader.

Requests are awaited in line (``engine.download_async``), so a source reads as one straight function
in ``reading.py``, while robots.txt, delays, redirects, decompression and limits stay Scrapy's.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response

from dibao.store import Check, Item, Poll

from .archive import Recorder
from .checking import Look, believable, look_again
from .failures import in_words, of_status
from .fetching import Fetched, FetchError, Problem
from .reading import Memory, Reading, failed, read_endpoint
from .schedule import due, held, retry_after
from .source import Endpoint, SourceSpec

log = logging.getLogger(__name__)

REFUSALS = frozenset(("refused", "busy", "gone", "robots", "certificate", "unreachable", "server"))
"""Troubles of a list for which the catalogue's fallback is read instead."""


HOST_BUDGET = 400
"""Requests to one host in one run, robots.txt and redirects not counted; what is left waits for the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReading:
    """All that one source gave in this run: kept in one go."""

    source_id: str
    readings: tuple[Reading, ...]
    looks: tuple[Look, ...] = ()
    skipped: tuple[Problem, ...] = ()
    """Lists that were left alone, as asked by their server or because they are paused."""
    not_due: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is to read, and how it asks for what is known. ``reserve``: fallbacks by id."""

    specs: Sequence[SourceSpec]
    reserve: Mapping[str, SourceSpec]
    recall: Callable[[SourceSpec, Endpoint], Memory]
    checks: Callable[[SourceSpec], Iterable[tuple[Check, Item]]]
    now: datetime
    first_is_news: bool = False
    due_only: bool = False
    polite: bool = True
    """False: a recording is read, nobody asked to be left alone."""
    force: bool = False
    exempt: frozenset[str] = frozenset()
    """``host:port`` of servers that are our own: they have no budget."""


class SourceSpider(scrapy.Spider):
    """Reads the given sources side by side; within a source one request follows the other."""

    name = "dibao"

    def __init__(
        self,
        *,
        plan: Plan,
        recorder: Recorder | None,
        keep: Callable[[SourceReading], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.plan = plan
        self.recorder = recorder
        self.keep = keep
        self.failure: BaseException | None = None
        """What storing or archiving failed with; the run is to stop."""
        self.closed: dict[str, str] = {}
        """Host → why its robots.txt could not be read."""
        self.pauses: dict[str, float] = {}
        """Host → seconds that its robots.txt asks us to leave between two requests."""
        self.resting: dict[str, FetchError] = {}
        """Host → its refusal: it is not asked again in this run."""
        self.asked: Counter[str] = Counter()
        """Host → requests in this run."""

    async def start(self) -> AsyncIterator[scrapy.Request]:
        tasks: list[asyncio.Task[SourceReading]] = []
        try:
            refused = [source_id async for source_id in self._all(self.plan.specs, tasks)]
            spare = self._fallbacks(refused)
            async for _ in self._all(spare, tasks):
                pass
        except asyncio.CancelledError:  # Ctrl-C arrives as this, and Scrapy swallows it
            self.failure = KeyboardInterrupt()
            raise
        except Exception as error:  # the database or the archive: the run stops
            self.failure = error
        finally:
            for one in tasks:
                one.cancel()
        nothing: tuple[scrapy.Request, ...] = ()
        for request in nothing:  # Scrapy wants a generator
            yield request

    async def _all(
        self, specs: Iterable[SourceSpec], tasks: list[asyncio.Task[SourceReading]]
    ) -> AsyncIterator[str]:
        """Read sources side by side and keep each as it ends; yield the ids of those that refused us."""
        started = [asyncio.create_task(self.read(spec)) for spec in specs]
        tasks += started
        for task in asyncio.as_completed(started):
            result = await task
            if self.failure is not None:
                raise self.failure  # what could not be archived is no failure of the source
            self.keep(result)
            if refuses(result):
                yield result.source_id

    def _fallbacks(self, refused: Iterable[str]) -> list[SourceSpec]:
        """Return the sources to be read instead, without those that this run reads anyway."""
        specs = {spec.id: spec for spec in self.plan.specs}
        wanted = dict.fromkeys(name for source_id in refused for name in specs[source_id].fallback)
        return [self.plan.reserve[name] for name in wanted if name in self.plan.reserve and name not in specs]

    async def read(self, spec: SourceSpec) -> SourceReading:
        readings: list[Reading] = []
        skipped: list[Problem] = []
        not_due = 0
        for endpoint in spec.endpoints:
            memory = self.plan.recall(spec, endpoint)
            why = held(memory.poll, self.plan.now, force=self.plan.force) if self.plan.polite else ""
            if why:
                skipped.append(Problem(source_id=spec.id, url=endpoint.list_url, message=why))
            elif self._waits(memory.poll, endpoint):
                not_due += 1
            else:
                readings.append(await self._list(spec, endpoint, memory))
        return SourceReading(
            source_id=spec.id,
            readings=tuple(_noting_fallback(readings, spec, self.plan.reserve)),
            looks=believable([look async for look in self._looks(spec)], source_id=spec.id),
            skipped=tuple(skipped),
            not_due=not_due,
        )

    async def _list(self, spec: SourceSpec, endpoint: Endpoint, memory: Memory) -> Reading:
        try:
            return await read_endpoint(
                spec,
                endpoint,
                memory=memory,
                now=self.plan.now,
                fetch=self.fetch,
                first_is_news=self.plan.first_is_news,
            )
        except Exception as error:  # the one broad place: a fault of ours must not stop other sources
            log.exception("%s: cannot read %s", spec.id, endpoint.list_url)
            words = f"{spec.id}: cannot be read ({type(error).__name__}: {error})"
            poll = memory.poll or Poll(source_id=spec.id, url=endpoint.name, tried_at=self.plan.now)
            poll = replace(poll, tried_at=self.plan.now)
            return failed(spec.id, poll, FetchError(words), trouble="fault")

    async def _looks(self, spec: SourceSpec) -> AsyncIterator[Look]:
        for check, item in self.plan.checks(spec):
            try:
                look = await look_again(spec, item, check, now=self.plan.now, fetch=self.fetch)
            except Exception as error:  # as above: a fault of ours stays with this page
                log.exception("%s: cannot check %s", spec.id, check.address)
                words = f"cannot be read ({type(error).__name__}: {error})"
                fault = Problem(source_id=spec.id, url=check.address, message=words)
                look = Look(check=replace(check, checked_at=self.plan.now), problem=fault)
            if look is not None:
                yield look

    def _waits(self, poll: Poll | None, endpoint: Endpoint) -> bool:
        """Is a list left for a later run: not due yet, or its host has been asked enough?"""
        early = self.plan.due_only and not self.plan.force and not due(poll, self.plan.now)
        return early or self._spent(urlsplit(endpoint.url).netloc)

    def _spent(self, host: str) -> bool:
        return self.plan.polite and host not in self.plan.exempt and self.asked[host] >= HOST_BUDGET

    async def fetch(
        self,
        url: str,
        *,
        spec: SourceSpec,
        payload: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Fetched:
        """See ``fetching.Fetch``: 200, or 304 where validators were sent; FetchError for all else."""
        host = urlsplit(url).netloc
        if host in self.resting:
            raise self.resting[host]
        if self._spent(host):
            raise FetchError(f"{HOST_BUDGET} requests were made to {host} in this run", trouble="budget")
        self.asked[host] += 1
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
            raise in_words(error, closed=self.closed.get(host, "")) from error
        if response.status == 200 or (response.status == 304 and conditional):
            return _fetched(response)
        refusal = of_status(
            response.status,
            not_before=retry_after(
                _header(response, "Retry-After"), date_header=_header(response, "Date"), now=self.plan.now
            ),
        )
        if refusal.trouble == "busy":
            self.resting[host] = refusal
        raise refusal


def refuses(result: SourceReading) -> bool:
    """Did every list of the source that was asked for refuse us?"""
    troubles = [reading.poll.trouble for reading in result.readings]
    return bool(troubles) and REFUSALS.issuperset(troubles)


def _noting_fallback(
    readings: Sequence[Reading], spec: SourceSpec, reserve: Mapping[str, SourceSpec]
) -> Iterable[Reading]:
    """Say at each list that refused us what is read instead."""
    usable = [name for name in spec.fallback if name in reserve]
    for reading in readings:
        if usable and reading.poll.trouble in REFUSALS:
            words = f"{reading.poll.error}; read instead: {', '.join(usable)}"
            yield replace(reading, poll=replace(reading.poll, error=words))
        else:
            yield reading


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""


def _fetched(response: Response) -> Fetched:
    return Fetched(
        url=response.url,
        status=response.status,
        body=response.body,
        content_type=_header(response, "Content-Type"),
        etag=_header(response, "ETag"),
        last_modified=_header(response, "Last-Modified"),
        snapshot=response.meta.get("snapshot", ""),
        cookies="; ".join(
            value.decode("latin-1").partition(";")[0] for value in response.headers.getlist("Set-Cookie")
        ),
    )
