"""What the readers of lists and pages hand back: plain values, before anything becomes an Item."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from dibao.store import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A file that a page offers."""

    url: str
    name: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What a list says of one publication.

    A Struct and no dataclass: 0.1 µs to make, not 1.6, and there is one for every item of every feed.
    """

    key: str = ""
    """The source's own id. A feed always has one (see feeds.py); elsewhere empty when the row has none."""
    url: str = ""
    """Canonical, or empty when there is none that may be used."""
    title: str
    published: Moment | None = None
    raw_date: str = ""
    """As the source wrote it, so that a relative time can be read again by someone who knows the clock."""
    summary: str = ""
    """Plain text."""
    html: str = ""
    """The list's own copy of the body, as served: not clean, only to be read by ``html_to_text``."""
    author: str = ""
    lang: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    """Every configured raw field, for address templates."""
    links: tuple[Link, ...] = ()
    """Files that the row itself names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a publication's own page says."""

    title: str
    text: str
    """Visible plain text, one paragraph a line."""
    heading: str = ""
    """The line that repeats the title, taken out of the text of a page that no selector describes."""
    guessed: bool = False
    """The source says where the text stands, and there was none there: this one was looked for."""
    published: Moment | None = None
    labels: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    lang: str = ""
    modified: Moment | None = None


def kept(entries: Iterable[Entry], keep: str) -> tuple[Entry, ...]:
    """Return the entries whose title matches the source's ``keep``; all when it is empty."""
    return tuple(entry for entry in entries if not keep or re.search(keep, entry.title))


def cut(value: str, pattern: str) -> str:
    """Return the first group of ``pattern`` in the value, the whole value where it is not found."""
    match = re.search(pattern, value) if pattern else None
    return match[1] if match else value
