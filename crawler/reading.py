"""One list read from end to end: request → entries → publications → Items, and what to remember of it.

Everything goes through a ``Fetch`` given from outside; no database and no clock here. What cannot be
read becomes a Problem in plain words and never takes its neighbours with it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

import msgspec

from dibao.store import Check, DibaoError, Item, Poll, Visit, item_id

from .fetching import Fetch, Fetched, FetchError, Problem, problem
from .health import cut_off, site, warnings, wrong_kind
from .parse.dates import read_moment
from .parse.entry import Entry
from .parse.listing import Listing, parse_listing, read_then
from .parse.urls import canonical_url, identity_url
from .publication import Work, read_publication, text_of_answer
from .schedule import next_interval
from .source import Endpoint, SourceSpec
from .then import second_url

MAX_ENTRIES = 60
"""Newest entries of one list that are taken in one run."""

Names = Mapping[tuple[str, str, str], str]
"""(address, title, day or "") → key of the one item of the source that has them; see ``known_names``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading one list gave. ``same``: entries known already, whose listing has not changed."""

    poll: Poll
    items: tuple[Item, ...] = ()
    same: int = 0
    problems: tuple[Problem, ...] = ()
    checks: tuple[Check, ...] = ()
    """The items' own pages that were looked at."""
    visit: Visit | None = None
    """None: the list was the same as before, to the byte."""


def _no_names() -> Names:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is known before a list is read."""

    poll: Poll | None
    listings: Mapping[str, str]
    """Item id → hash of what the list said when it was last read."""
    names: Callable[[], Names] = _no_names
    """Asked only when an entry comes with an id that is not known."""


async def read_endpoint(
    spec: SourceSpec,
    endpoint: Endpoint,
    *,
    memory: Memory,
    now: datetime,
    fetch: Fetch,
    first_is_news: bool,
    limit: int = MAX_ENTRIES,
) -> Reading:
    """Read one list and what it names. Raises nothing on purpose: failures are in the Reading."""
    url = endpoint.list_url
    poll = memory.poll or Poll(source_id=spec.id, url=endpoint.name, tried_at=now)
    lang = endpoint.lang or spec.languages[0]
    poll = replace(
        poll,
        tried_at=now,
        error="",
        trouble="",
        not_before=None,
        paused="",
        column=endpoint.column,
        lang=lang,
    )
    try:
        answer = await ask(spec, endpoint, now=now, fetch=fetch, validators=_validators(memory.poll, now))
        if answer.status == 304 or _hash(answer.body) == poll.body_hash:
            return _unchanged(poll, now, last=memory.poll)
        listed = read_list(answer, spec, endpoint)
        if not listed.shown and (endpoint.must_have_entries or poll.listed):
            raise FetchError("the list is empty; the last known items are kept", trouble="empty")
    except DibaoError as error:
        return failed(spec.id, poll, error, trouble=getattr(error, "trouble", "not_a_list"))
    cut = endpoint.kind == "feed" and not endpoint.inside and cut_off(text_of_answer(answer, spec))
    baseline = not first_is_news and (memory.poll is None or memory.poll.succeeded_at is None)
    work = Work(spec=spec, endpoint=endpoint, now=now, fetch=fetch, baseline=baseline, list_url=url)
    entries = [dated(entry, work) for entry in listed.entries]
    odd = [problem(spec.id, url, words) for words in _warnings(endpoint, entries, now=now)]
    problems = list(odd)
    if cut:
        problems.append(
            problem(spec.id, url, "the answer breaks off; whole entries are read, asked for again")
        )
    chosen = newest(entries, limit=limit)
    if len(chosen) < len(entries) and endpoint.kind == "feed":
        words = f"{len(entries)} entries in one feed; the newest {len(chosen)} taken"
        problems.append(problem(spec.id, url, words))
    taken = await _publications(work, chosen, memory)
    problems += taken.problems
    if taken.guessed and taken.guessed == taken.pages:
        words = f"detail.body finds nothing on its pages ({taken.pages}); their text was looked for"
        problems.append(problem(spec.id, url, words))
    again = taken.again or cut
    poll = replace(
        poll,
        succeeded_at=now,
        # A page that must be asked for again needs its list read again: forget that we saw it.
        etag="" if again else answer.etag,
        last_modified="" if again else answer.last_modified,
        body_hash="" if again else _hash(answer.body),
        listed=len(entries),
        taken=len(taken.items) + taken.same,
        error="; ".join(dict.fromkeys(p.message for p in problems if p.url == url)),
        trouble="damaged" if cut else "odd_dates" if odd else "",
        failures=0,
        not_before=taken.not_before,
    )
    new = sum(item.id not in memory.listings for item in taken.items)
    visit = Visit(
        source_id=spec.id,
        url=poll.url,
        at=now,
        listed=poll.listed,
        taken=poll.taken,
        new=new,
        changed=len(taken.items) - new,
        trouble=poll.trouble,
    )
    return Reading(
        poll=replace(poll, interval=next_interval(poll, brought=new > 0)),
        items=tuple(taken.items),
        same=taken.same,
        problems=tuple(problems),
        checks=tuple(taken.checks),
        visit=visit,
    )


def _unchanged(poll: Poll, now: datetime, *, last: Poll | None) -> Reading:
    """What was wrong with a list that was read is still wrong while it stays the same; a failure is over."""
    if last is not None and last.succeeded_at == last.tried_at:
        poll = replace(poll, error=last.error, trouble=last.trouble)
    poll = replace(poll, succeeded_at=now, failures=0)
    return Reading(poll=replace(poll, interval=next_interval(poll, brought=False)), same=poll.taken)


def failed(source_id: str, poll: Poll, error: Exception, *, trouble: str) -> Reading:
    """Return the reading of a list that gave nothing: what is stored stays, the failure is remembered."""
    found = problem(source_id, poll.url, error, trouble=trouble)
    poll = replace(
        poll,
        error=found.message,
        trouble=trouble,
        failures=poll.failures + 1,
        not_before=getattr(error, "not_before", None),
        # Gone for good is not asked again until a person looks at it.
        paused=found.message if getattr(error, "status", 0) == 410 else "",
    )
    visit = Visit(source_id=source_id, url=poll.url, at=poll.tried_at, trouble=trouble)
    poll = replace(poll, interval=next_interval(poll, brought=False))
    return Reading(poll=poll, problems=(found,), visit=visit)


@dataclass(slots=True)
class _Taken:
    """What the entries of a list gave so far."""

    items: list[Item]
    problems: list[Problem]
    checks: list[Check]
    same: int = 0
    again: bool = False
    not_before: datetime | None = None
    pages: int = 0
    guessed: int = 0
    """Pages on which the source's selector of the text found nothing."""


async def _publications(work: Work, chosen: Sequence[Entry], memory: Memory) -> _Taken:
    taken = _Taken([], [], [])
    pairs = keyed(chosen)
    own = {key for key, _ in pairs}
    for new_key, entry in pairs:
        key = _known_key(work, entry, new_key, memory)
        if key != new_key and key in own:
            key = new_key  # the item of that name is in the list itself: this is another one
        name, listing = item_id(work.spec.id, key), listing_hash(entry)
        if memory.listings.get(name) == listing:
            taken.same += 1
            continue
        found = await read_publication(work, entry, key=key, listing=listing, known=name in memory.listings)
        taken.problems += found.problems
        taken.again = taken.again or found.again
        taken.not_before = found.not_before or taken.not_before
        if found.item is not None:
            taken.items.append(found.item)
            taken.guessed += found.guessed
            taken.pages += bool(found.address)
            if found.address:
                taken.checks.append(
                    Check(
                        item_id=name, list_url=work.endpoint.name, address=found.address, checked_at=work.now
                    )
                )
    return taken


def dated(entry: Entry, work: Work) -> Entry:
    """Read a date that only means something at the time it was served (“3 hours ago”), and forget its words:
    they are others at every reading of the same list."""
    if entry.published is not None or not entry.raw_date or work.endpoint.dated == "page":
        return entry
    moment = read_moment(
        entry.raw_date,
        zone=work.spec.timezone,
        lang=entry.lang,
        date_format=work.endpoint.date_format,
        seen=work.now,
    )
    return msgspec.structs.replace(entry, published=moment, raw_date="") if moment is not None else entry


def _known_key(work: Work, entry: Entry, key: str, memory: Memory) -> str:
    """Return the key under which an entry is known already, although its id is another today.

    Sites that migrate, or make ids up anew at every request, keep address, title and day.
    """
    if not memory.listings or item_id(work.spec.id, key) in memory.listings:
        return key
    day = entry.published.day.isoformat() if entry.published else ""
    url = canonical_url(entry.url, base=work.list_url) if entry.url else work.list_url
    return memory.names().get((identity_url(url), entry.title, day), key)


def known_names(rows: Sequence[tuple[str, str, str, str]]) -> Names:
    """Return the Names of a source from (URL, title, day, key) of its items; shared ones name nobody."""
    found: dict[tuple[str, str, str], str] = {}
    shared = set()
    for url, title, day, key in rows:
        name = (identity_url(url), title, day)
        if found.setdefault(name, key) != key:
            shared.add(name)
    return {name: key for name, key in found.items() if name not in shared}


# --- the list ------------------------------------------------------------------------------------


def _warnings(endpoint: Endpoint, entries: Sequence[Entry], *, now: datetime) -> tuple[str, ...]:
    """What is odd about a list as a whole; nothing is where it is empty, or is known to carry no dates."""
    return warnings(entries, now=now) if entries and endpoint.dated == "list" else ()


async def ask(
    spec: SourceSpec, endpoint: Endpoint, *, now: datetime, fetch: Fetch, validators: Mapping[str, str]
) -> Fetched:
    """Get a list, by way of the page that says where it is where there is one. Raises DibaoError."""
    headers = {**endpoint.headers, **validators}
    if endpoint.then is None:
        sent, kind = payload(endpoint, now), _FORM if endpoint.form else {}
        return await fetch(endpoint.list_url, spec=spec, payload=sent, headers={**kind, **headers})
    page = await fetch(endpoint.list_url, spec=spec, headers=endpoint.headers)
    _stays(page, endpoint)
    taken = read_then(text_of_answer(page, spec), url=page.url, endpoint=endpoint)
    url = second_url(endpoint, taken, page=page.url, allow_http=spec.allow_http)
    session = {"Cookie": page.cookies} if page.cookies else {}
    return await fetch(url, spec=spec, headers={"Referer": page.url, **session, **headers})


def _stays(answer: Fetched, endpoint: Endpoint) -> None:
    """Raise FetchError when a redirect has led to another site."""
    if site(answer.url) != site(endpoint.url):
        words = f"moved to another site ({answer.url}); check it and change the source"
        raise FetchError(words, trouble="moved")


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def read_list(answer: Fetched, spec: SourceSpec, endpoint: Endpoint) -> Listing:
    """Read a list. Raises DocumentError where it is not what the source says."""
    if words := wrong_kind(answer.body, kind=endpoint.answers_with):
        raise FetchError(words, trouble="not_a_list")
    _stays(answer, endpoint)
    text = text_of_answer(answer, spec)
    lang = endpoint.lang or spec.languages[0]
    return parse_listing(text, url=answer.url, endpoint=endpoint, zone=spec.timezone, lang=lang)


def newest(entries: Sequence[Entry], *, limit: int = MAX_ENTRIES) -> list[Entry]:
    """Return the newest entries, at most ``limit``; a list without dates counts as newest first."""
    if len(entries) <= limit:
        return list(entries)
    dated = sorted(entries, key=lambda e: e.published.day.toordinal() if e.published else 0, reverse=True)
    return dated[:limit]


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
    said = [entry.title, entry.raw_date, identity_url(entry.url), entry.summary, entry.html]
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


def payload(endpoint: Endpoint, now: datetime) -> bytes | None:
    """Return the body of a POST; the string ``{now_ms}`` stands for the time in milliseconds."""
    if endpoint.method == "GET":
        return None
    if endpoint.form:
        return urlencode(endpoint.form).encode()
    filled = {
        key: int(now.timestamp() * 1000) if value == "{now_ms}" else value
        for key, value in endpoint.payload.items()
    }
    return json.dumps(filled, ensure_ascii=False).encode()


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
