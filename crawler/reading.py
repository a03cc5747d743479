"""One source read from end to end: list → entries → pages → attachments → Items.

Everything goes through a ``Fetch`` given from outside; no database and no clock here. What cannot be
read becomes a Problem in plain words and never takes its neighbours with it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from dibao.store import Attachment, DibaoError, DocumentError, Item, Moment, Poll, item_id

from .decode import decode
from .health import site, soft_failure, warnings, wrong_kind
from .language import language_of
from .parse.api import parse_document, parse_rows
from .parse.attachments import read_attachment
from .parse.entry import Entry, Link, Page
from .parse.feeds import parse_feed
from .parse.lists import parse_list
from .parse.pages import parse_page
from .parse.text import html_to_text
from .parse.urls import canonical_url, fill_template, identity_url
from .source import Detail, Endpoint, SourceSpec

MAX_ENTRIES = 60
"""Newest entries of one list that are taken in one run."""
MAX_ATTACHMENTS = 5

# Formats we have no reader for: named, not fetched.
_NO_READER = {".ppt", ".pptx", ".dps", ".rar", ".7z", ".ceb", ".mp3", ".mp4"}
_FILES = {
    "application/pdf",
    "application/msword",
    "application/ofd",
    "application/vnd.ms-excel",
    "application/vnd.ms-works",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/wps-office.doc",
    "application/zip",
}
_FILE_STARTS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be read, in plain words."""

    source_id: str
    url: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer as the reader sees it: decompressed body, final URL."""

    url: str
    status: int
    body: bytes
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    snapshot: str = ""


class FetchError(DocumentError):
    """No usable answer. ``lasting``: asking again next time would give the same."""

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        self.lasting = lasting
        super().__init__(message)


class Fetch(Protocol):
    """Get one answer of status 200 or 304. Raises FetchError in words for all else."""

    async def __call__(
        self,
        url: str,
        *,
        spec: SourceSpec,
        payload: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Fetched: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading one list gave. ``same``: entries known already, whose listing has not changed."""

    poll: Poll
    items: tuple[Item, ...] = ()
    same: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is known before a list is read."""

    poll: Poll | None
    listings: Mapping[str, str]
    """Item id → hash of what the list said when it was last read."""


async def read_endpoint(
    spec: SourceSpec, endpoint: Endpoint, *, memory: Memory, now: datetime, fetch: Fetch, first_is_news: bool
) -> Reading:
    """Read one list and what it names. Raises nothing on purpose: failures are in the Reading."""
    url = endpoint.list_url
    poll = memory.poll or Poll(source_id=spec.id, url=url, tried_at=now)
    poll = replace(poll, tried_at=now, error="")
    try:
        answer = await fetch(
            url, spec=spec, payload=_payload(endpoint, now), headers=_validators(memory.poll, now)
        )
        if answer.status == 304 or _hash(answer.body) == poll.body_hash:
            return Reading(poll=replace(poll, succeeded_at=now), same=poll.taken)
        entries = _entries(answer, spec, endpoint)
    except DibaoError as error:
        problem = _problem(spec, url, error)
        return Reading(poll=replace(poll, error=problem.message), problems=(problem,))
    problems = [_problem(spec, url, words) for words in warnings(entries, now=now)]
    chosen = newest(entries)
    if len(chosen) < len(entries) and endpoint.kind == "feed":
        problems.append(
            _problem(spec, url, f"{len(entries)} entries in one feed; the newest {len(chosen)} taken")
        )
    baseline = not first_is_news and (memory.poll is None or memory.poll.succeeded_at is None)
    work = _Work(spec=spec, endpoint=endpoint, now=now, fetch=fetch, baseline=baseline, list_url=url)
    items, same, later = [], 0, False
    for key, entry in keyed(chosen):
        name, listing = item_id(spec.id, key), listing_hash(entry)
        if memory.listings.get(name) == listing:
            same += 1
            continue
        item, found, again = await _item(work, entry, key=key, listing=listing, known=name in memory.listings)
        problems += found
        later = later or again
        if item is not None:
            items.append(item)
    poll = replace(
        poll,
        succeeded_at=now,
        # A page that must be asked for again needs its list read again: forget that we saw it.
        etag="" if later else answer.etag,
        last_modified="" if later else answer.last_modified,
        body_hash="" if later else _hash(answer.body),
        listed=len(entries),
        taken=len(items) + same,
        error="; ".join(dict.fromkeys(p.message for p in problems if p.url == url)),
    )
    return Reading(poll=poll, items=tuple(items), same=same, problems=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What stays the same while one list is worked through."""

    spec: SourceSpec
    endpoint: Endpoint
    now: datetime
    fetch: Fetch
    baseline: bool
    list_url: str


# --- the list ------------------------------------------------------------------------------------


def _entries(answer: Fetched, spec: SourceSpec, endpoint: Endpoint) -> list[Entry]:
    """Read a list. Raises DocumentError, also when there is nothing in it: no list of ours is ever empty."""
    problem = wrong_kind(answer.body, kind=endpoint.kind)
    if problem:
        raise DocumentError(problem)
    if site(answer.url) != site(endpoint.url):
        raise DocumentError(f"moved to another site ({answer.url}); check it and change the source")
    text = _text(answer, spec)
    read = {"feed": parse_feed, "json": parse_rows, "html": parse_list}[endpoint.kind]
    lang = endpoint.lang or spec.languages[0]
    entries = list(read(text, url=answer.url, endpoint=endpoint, zone=spec.timezone, lang=lang))
    if not entries:
        raise DocumentError("the list is empty; the last known items are kept")
    return entries


def newest(entries: Sequence[Entry]) -> list[Entry]:
    """Return the newest entries, at most MAX_ENTRIES; a list without dates counts as newest first."""
    if len(entries) <= MAX_ENTRIES:
        return list(entries)
    dated = sorted(entries, key=lambda e: e.published.day.toordinal() if e.published else 0, reverse=True)
    return dated[:MAX_ENTRIES]


def keyed(entries: Sequence[Entry]) -> list[tuple[str, Entry]]:
    """Pair each entry with its stable key: the source's own id, else the canonical URL.

    A key that several entries of one list share identifies none of them (HKMA repeats one link):
    title and date then tell them apart. Exact repetitions are dropped.
    """
    plain = [(_key(entry), entry) for entry in entries]
    counts = Counter(key for key, _ in plain)
    found: dict[str, Entry] = {}
    for key, entry in plain:
        alone = key and counts[key] == 1
        found.setdefault(key if alone else f"{key}\n{entry.title}\n{entry.raw_date}", entry)
    return list(found.items())


def _key(entry: Entry) -> str:
    if entry.key and not entry.key.startswith(("http://", "https://")):
        return entry.key
    # http here and https there, with and without www: still the same page (PBC, CSRC).
    return identity_url(canonical_url(entry.key or entry.url)) if entry.key or entry.url else ""


def listing_hash(entry: Entry) -> str:
    """Hash what a list says of an entry; while it stays the page behind it is not fetched again."""
    said = [entry.title, entry.raw_date, entry.url, entry.summary, entry.html]
    return _hash(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _validators(poll: Poll | None, now: datetime) -> dict[str, str]:
    """Return conditional headers, except on the first reading of a day.

    Some servers keep one ETag for ever, some date Last-Modified in the future: once a day the list
    is fetched whole, whatever they say.
    """
    if poll is None or poll.tried_at.date() != now.date():
        return {}
    found = {"If-None-Match": poll.etag, "If-Modified-Since": poll.last_modified}
    return {key: value for key, value in found.items() if value}


def _payload(endpoint: Endpoint, now: datetime) -> bytes | None:
    """Return the body of a POST; the string ``{now_ms}`` stands for the time in milliseconds."""
    if endpoint.method == "GET":
        return None
    filled = {
        key: int(now.timestamp() * 1000) if value == "{now_ms}" else value
        for key, value in endpoint.payload.items()
    }
    return json.dumps(filled, ensure_ascii=False).encode()


# --- one publication -----------------------------------------------------------------------------


async def _item(
    work: _Work, entry: Entry, *, key: str, listing: str, known: bool
) -> tuple[Item | None, list[Problem], bool]:
    """Return (item, problems, ask again later). None: keep what is stored rather than less."""
    spec, endpoint = work.spec, work.endpoint
    url = canonical_url(entry.url, base=work.list_url) if entry.url else ""
    text = html_to_text(entry.html) if entry.html else ""
    page, snapshot, problems, again = Page(title="", text=""), "", [], False
    address = detail_url(endpoint, entry, url)
    if endpoint.detail is not None and endpoint.full_text and address:
        try:
            page, snapshot = await _page(work, endpoint.detail, address)
        except DibaoError as error:
            problems.append(_problem(spec, address, error))
            again = not getattr(error, "lasting", False)
            if known:
                return None, problems, again
    files, trouble = await _attachments(work, page, address)
    title = full_title(entry.title, page.title)
    body = page.text or text or entry.summary
    declared = page.lang or entry.lang or endpoint.lang or spec.languages[0]
    item = Item(
        id=item_id(spec.id, key),
        source_id=spec.id,
        key=key,
        url=url or address or work.list_url,
        title=title,
        text=body,
        lang=language_of(f"{title}\n{body}", declared=declared),
        column=endpoint.column,
        published=_published(entry.published, page.published),
        fetched_at=work.now,
        summary=entry.summary,
        author=entry.author,
        labels=tuple({**dict(entry.labels), **dict(page.labels)}.items()),
        attachments=files,
        snapshot=snapshot,
        listing="" if again else listing,
        baseline=work.baseline,
    )
    return item, problems + trouble, again


def detail_url(endpoint: Endpoint, entry: Entry, url: str) -> str:
    """Return where the entry's full text is: the template filled from the entry, else its own URL."""
    if endpoint.detail is None or not endpoint.detail.url:
        return url
    return fill_template(endpoint.detail.url, {**entry.fields, "key": entry.key, "url": entry.url})


def full_title(listed: str, paged: str) -> str:
    """Return the page's title where the list has cut it (PBC), else the list's.

    What follows a dash or a bar on the page is the name of the site, no part of the title.
    """
    start = listed.rstrip(" .…")
    rest = paged[len(start) :].lstrip()
    cut = start and paged.startswith(start) and rest and not rest.startswith(("-", "–", "—", "_", "|", "－"))
    return paged if cut or not listed else listed


def _published(listed: Moment | None, paged: Moment | None) -> Moment | None:
    """The list's date; the page's where the list has none, or the page adds the hour of that day."""
    if listed is None:
        return paged
    if paged is not None and listed.at is None and paged.at is not None and paged.day == listed.day:
        return paged
    return listed


async def _page(work: _Work, detail: Detail, address: str) -> tuple[Page, str]:
    """Fetch and read a publication's own page. Raises DocumentError."""
    spec, endpoint = work.spec, work.endpoint
    if not _ours(address, spec, endpoint):
        raise FetchError(f"{site(address)} is not this source's site; only the listing is kept", lasting=True)
    answer = await work.fetch(_secure(address, spec), spec=spec)
    if not _ours(answer.url, spec, endpoint):
        raise FetchError(f"led away to another site ({site(answer.url)})", lasting=True)
    media_type = answer.content_type.partition(";")[0].strip().lower()
    if media_type in _FILES or answer.body.startswith(_FILE_STARTS):
        text, unread = read_attachment(answer.body, media_type=media_type, name=_file_name(address))
        if unread:
            raise FetchError(unread, lasting=True)
        return Page(title="", text=text), answer.snapshot
    text = _text(answer, spec)
    lang = endpoint.lang or spec.languages[0]
    if detail.kind == "json":
        page = parse_document(text, url=answer.url, detail=detail, zone=spec.timezone)
    else:
        page = parse_page(text, url=answer.url, detail=detail, zone=spec.timezone, lang=lang)
    problem = soft_failure(page.title, page.text)
    if problem:
        raise FetchError(problem)
    return page, answer.snapshot


def _text(answer: Fetched, spec: SourceSpec) -> str:
    """Decode an answer. Raises DocumentError where more than one character in a hundred was lost."""
    decoded = decode(answer.body, content_type=answer.content_type, fallback=spec.charset)
    if decoded.damaged * 100 > len(decoded.text):
        raise DocumentError(f"{decoded.damaged} characters are unreadable, taken for {decoded.encoding}")
    return decoded.text


def _ours(url: str, spec: SourceSpec, endpoint: Endpoint) -> bool:
    """Is this the source's own site? Text of another site must not be shown as the issuer's."""
    return site(url) in {site(u) for u in (spec.homepage, endpoint.url, endpoint.link) if u}


def _secure(url: str, spec: SourceSpec) -> str:
    """Ask by https where a list still writes http; sources without https say so."""
    return url if spec.allow_http or not url.startswith("http://") else "https://" + url[len("http://") :]


async def _attachments(work: _Work, page: Page, address: str) -> tuple[tuple[Attachment, ...], list[Problem]]:
    files: list[Attachment] = []
    problems: list[Problem] = []
    for link in page.links[:MAX_ATTACHMENTS]:
        try:
            files.append(await _attachment(work, link, address))
        except DibaoError as error:
            problems.append(_problem(work.spec, link.url, error))
            files.append(Attachment(url=link.url, name=link.name or _file_name(link.url), unread=str(error)))
    if len(page.links) > MAX_ATTACHMENTS:
        words = f"{len(page.links)} attachments; the first {MAX_ATTACHMENTS} are kept"
        problems.append(_problem(work.spec, address, words))
    return tuple(files), problems


async def _attachment(work: _Work, link: Link, address: str) -> Attachment:
    """Fetch and read one file. Raises DocumentError."""
    name = link.name or _file_name(link.url)
    suffix = _suffix(link.url) or _suffix(name)
    if suffix in _NO_READER:
        return Attachment(url=link.url, name=name, unread=f"no reader for {suffix} files")
    if site(link.url) != site(address):
        return Attachment(url=link.url, name=name, unread="kept on another site; not fetched")
    answer = await work.fetch(_secure(link.url, work.spec), spec=work.spec)
    media_type = answer.content_type.partition(";")[0].strip().lower()
    text, unread = read_attachment(
        answer.body, media_type=media_type, name=name if _suffix(name) else link.url
    )
    return Attachment(
        url=link.url, name=name, media_type=media_type, text=text, unread=unread, snapshot=answer.snapshot
    )


def _file_name(url: str) -> str:
    return unquote(PurePosixPath(urlsplit(url).path).name)


def _suffix(name: str) -> str:
    return PurePosixPath(urlsplit(name).path if "://" in name else name).suffix.lower()


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _problem(spec: SourceSpec, url: str, error: Any) -> Problem:
    return Problem(source_id=spec.id, url=url, message=" ".join(str(error).split())[:500])
