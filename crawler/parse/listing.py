"""A list's answer → entries, whichever kind it is: what is wrapped is unwrapped, what the address tells of
the day is read, titles that do not belong are left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from dibao.store import DocumentError

from ..source import Endpoint
from .api import check_ok, parse_rows
from .entry import Entry, kept
from .feeds import parse_feed
from .json import load_json, text_at
from .lists import NoRowsError, parse_list, read_field, select, url_moment
from .text import all_text, parse_html

_READERS: dict[str, Callable[..., tuple[Entry, ...]]] = {
    "feed": parse_feed,
    "json": parse_rows,
    "html": parse_list,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """``shown`` counts all that the list showed, ``entries`` are those that the endpoint is for."""

    entries: tuple[Entry, ...]
    shown: int


def parse_listing(text: str, *, url: str, endpoint: Endpoint, zone: str, lang: str) -> Listing:
    """Read a list. Raises DocumentError where it is not what its source says; an empty one is no error,
    except for HTML that is not said to be empty at times: it cannot be told from a page that has changed."""
    if endpoint.inside:
        text = _unwrapped(text, url=url, endpoint=endpoint)
    whole = msgspec.structs.replace(endpoint, keep="")
    try:
        found = _READERS[endpoint.kind](text, url=url, endpoint=whole, zone=zone, lang=lang)
    except NoRowsError:
        if endpoint.must_have_entries:
            raise
        found = ()
    entries = kept(found, endpoint.keep)
    if endpoint.dated == "page":
        entries = tuple(msgspec.structs.replace(entry, published=None) for entry in entries)
    elif _asks_address(endpoint):
        entries = tuple(_dated_by_address(entry, zone) for entry in entries)
    return Listing(entries=entries, shown=len(found))


def _unwrapped(text: str, *, url: str, endpoint: Endpoint) -> str:
    """Return the markup that a JSON answer holds, or the JSON that a page holds. Raises DocumentError."""
    if endpoint.kind == "html":
        answer = load_json(text, url=url)
        check_ok(answer, endpoint.ok, url=url)
        inner = text_at(answer, endpoint.inside)
    else:
        tree = parse_html(text)
        found: list[Any] = select(tree, endpoint.inside) if tree is not None else []
        inner = all_text(found[0]).strip() if found else ""
    if not inner:
        raise DocumentError(f"{url}: nothing at {endpoint.inside!r}; the page has changed or is a challenge")
    return inner


def _asks_address(endpoint: Endpoint) -> bool:
    return "url" in re.split(r"\s*,\s*", endpoint.fields.get("date", ""))


def _dated_by_address(entry: Entry, zone: str) -> Entry:
    if entry.published is not None or not entry.url:
        return entry
    return msgspec.structs.replace(entry, published=url_moment(entry.url, zone=zone))


def read_then(text: str, *, url: str, endpoint: Endpoint) -> dict[str, str]:
    """Return what the page at the endpoint's address says of where its list is, by name.

    Raises DocumentError naming what is missing.
    """
    if endpoint.then is None:
        return {}
    start = text.lstrip("\ufeff \t\r\n")[:1]
    answer: Any = load_json(text, url=url) if start in ("{", "[") else parse_html(text)
    found: dict[str, str] = {}
    for name, path in endpoint.then.take.items():
        value = _taken(answer, path)
        if pattern := endpoint.then.match.get(name):
            match = re.search(pattern, value)
            value = match[1] if match else ""
        if not value:
            raise DocumentError(
                f"{url}: no {name} at {path!r}, which leads to the list; a changed page, or a challenge?"
            )
        found[name] = value
    return found


def _taken(answer: Any, path: str) -> str:
    if answer is None or isinstance(answer, dict | list):
        return text_at(answer, path)
    return read_field(answer, path)
