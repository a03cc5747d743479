"""What a source would give, field by field, and what is missing, with the reason: for whoever writes or
mends one. Reads through the same path as a crawl, and stores nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner

from dibao.store import DibaoError, Item

from .fetching import Fetch, Fetched
from .parse.entry import Entry
from .publication import Work
from .reading import Memory, ask, dated, read_endpoint, read_list
from .replay import Recording
from .run import drive
from .settings import settings
from .source import Endpoint, SourceSpec
from .spiders import Plan, SourceReading, SourceSpider

SAMPLES = 3
"""Entries of each list whose pages are read too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field over the entries that were looked at."""

    name: str
    found: int
    of: int
    sample: str
    missing: str = ""
    """Why some have none; empty when all have, or when nothing is lost without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCheck:
    """One list. ``problem``: why nothing at all could be read."""

    url: str
    column: str
    kind: str
    listed: int = 0
    problem: str = ""
    fields: tuple[Field, ...] = ()
    items: tuple[Item, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        needed = {field.name: field.found for field in self.fields if field.name in ("title", "url", "date")}
        return not self.problem and bool(self.items) and all(needed.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCheck:
    """All lists of one source."""

    spec: SourceSpec
    lists: tuple[ListCheck, ...]

    @property
    def good(self) -> bool:
        return bool(self.lists) and all(one.good for one in self.lists)


def check(spec: SourceSpec, *, now: datetime, contact: str, replay: Path | None) -> SourceCheck:
    """Read the newest entries of every list of a source, also of one that is off; no database is needed.

    Raises ConfigError when the recording cannot be used.
    """
    if replay is not None:
        Recording(replay)
    found: list[ListCheck] = []
    runner = AsyncCrawlerRunner(settings([spec], contact=contact, replay=replay))
    drive(
        runner,
        _CheckSpider,
        plan=Plan(
            specs=[spec],
            reserve={},
            recall=lambda *__: Memory(poll=None, listings={}),
            checks=lambda __: (),
            now=now,
            first_is_news=True,
        ),
        recorder=None,
        keep=lambda __: None,
        found=found,
    )
    return SourceCheck(spec=spec, lists=tuple(found))


class _CheckSpider(SourceSpider):
    """Looks at lists instead of storing what they give."""

    def __init__(self, *, found: list[ListCheck], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.found = found

    async def read(self, spec: SourceSpec) -> SourceReading:
        for endpoint in spec.endpoints:
            self.found.append(await check_list(spec, endpoint, now=self.plan.now, fetch=self.fetch))
        return SourceReading(source_id=spec.id, readings=())


async def check_list(spec: SourceSpec, endpoint: Endpoint, *, now: datetime, fetch: Fetch) -> ListCheck:
    """Read one list and the pages of its newest entries."""
    once = _Once(fetch)
    about = ListCheck(url=endpoint.list_url, column=endpoint.column, kind=endpoint.kind)
    try:
        answer = await ask(spec, endpoint, now=now, fetch=once, validators={})
        work = Work(spec=spec, endpoint=endpoint, now=now, fetch=once, baseline=False, list_url=answer.url)
        entries = [dated(entry, work) for entry in read_list(answer, spec, endpoint).entries]
    except DibaoError as error:
        return replace(about, problem=str(error))
    reading = await read_endpoint(
        spec,
        endpoint,
        memory=Memory(poll=None, listings={}),
        now=now,
        fetch=once,
        first_is_news=True,
        limit=SAMPLES,
    )
    if not reading.items:
        words = "; ".join(problem.message for problem in reading.problems)
        return replace(about, listed=len(entries), problem=words or _("the list is empty"))
    return replace(
        about,
        listed=len(entries),
        items=reading.items,
        fields=tuple(_fields(endpoint, entries, reading.items)),
        warnings=tuple(dict.fromkeys(f"{p.url}: {p.message}" for p in reading.problems)),
    )


class _Once:
    """A Fetch that asks for each list once."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._known: dict[tuple[str, bytes | None], Fetched] = {}

    async def __call__(
        self,
        url: str,
        *,
        spec: SourceSpec,
        payload: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Fetched:
        if (url, payload) not in self._known:
            self._known[url, payload] = await self._fetch(url, spec=spec, payload=payload, headers=headers)
        return self._known[url, payload]


def _fields(endpoint: Endpoint, entries: Sequence[Entry], items: Sequence[Item]) -> list[Field]:
    days = [str(item.published.day) if item.published else "" for item in items]
    texts = [item.text if item.text != item.summary else "" for item in items]
    values: dict[str, tuple[list[str], str]] = {
        "title": ([item.title for item in items], ""),
        "url": ([item.url for item in items], ""),
        "date": (days, _no_date(endpoint, entries)),
        "text": (texts, _no_text(endpoint)),
        "summary": ([item.summary for item in items], ""),
        "author": ([item.author for item in items], ""),
        "labels": (["; ".join(f"{name}: {value}" for name, value in item.labels) for item in items], ""),
        "attachments": (["; ".join(file.name for file in item.attachments) for item in items], ""),
        "language": ([item.lang for item in items], ""),
        "column": ([item.column for item in items], ""),
    }
    return [
        Field(
            name=name,
            found=sum(map(bool, found)),
            of=len(found),
            sample=next((value for value in found if value), ""),
            missing="" if all(found) else reason,
        )
        for name, (found, reason) in values.items()
    ]


def _no_date(endpoint: Endpoint, entries: Sequence[Entry]) -> str:
    """Why a date is missing: it could not be read, was not where the source says, or is not asked for."""
    if endpoint.dated == "page":
        return _("the list's dates are not used, and the page gave none (detail.date)")
    unread = next((e.raw_date for e in entries if e.raw_date and e.published is None), "")
    if unread:
        told = _("{date!r} is not a date beyond doubt; say how it is written with date_format")
        return told.format(date=unread[:60])
    place = endpoint.fields.get("date") or endpoint.fields.get("date_ms")
    if place:
        return _("nothing at fields.date = {place!r}").format(place=place)
    return _("the feed gives none") if endpoint.kind == "feed" else _("fields.date is not given")


def _no_text(endpoint: Endpoint) -> str:
    if not endpoint.full_text:
        return _("full_text is false: title, summary and link only")
    if endpoint.detail is None:
        return _("no detail: only what the list itself says is kept")
    return _("its page gave none; see the messages below")
