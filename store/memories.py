"""What is remembered of reading the sources: answers, lists, visits, checks, versions, health. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .records import Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The exact bytes of one answer, kept in a WARC file; named by the SHA-256 of the body."""

    sha256: str
    url: str
    fetched_at: datetime
    media_type: str
    size: int
    warc: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What is remembered of the last reading of one list, so that the next one can be cheap."""

    source_id: str
    url: str
    tried_at: datetime
    succeeded_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    listed: int = 0
    """Entries that the list showed."""
    taken: int = 0
    """Entries that became items, now or before."""
    error: str = ""
    """In plain words; empty when all went well."""
    trouble: str = ""
    """Key of the class of the error in ``TROUBLES``; empty when the list could be read."""
    failures: int = 0
    """Readings in a row that gave nothing."""
    interval: int = 0
    """Seconds until the list is due again; 0: not known yet, it is due."""
    not_before: datetime | None = None
    """The server asked to be left alone until then."""
    paused: str = ""
    """Why the list is not read until a person says so (it is gone for good); empty: it is read."""
    column: str = ""
    lang: Tag = ""


RETIRED = "not in the catalogue any more"
"""``Poll.paused`` of a list that nobody wants to be read: it says nothing of how things are going."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One reading of one list, kept to know what is usual for it. Unchanged answers leave none."""

    source_id: str
    url: str
    at: datetime
    listed: int = 0
    taken: int = 0
    new: int = 0
    changed: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """When an item's own page was last looked at, and where it is."""

    item_id: str
    list_url: str
    address: str
    checked_at: datetime
    missing: int = 0
    """Checks in a row at which it was gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What an item said before, or says now: its highest number is the present one."""

    item_id: str
    version: int
    title: str
    text: str
    summary: str
    fetched_at: datetime
    snapshot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What putting items did, in items."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHealth:
    """How one list of a source is doing, judged by its own history."""

    source_id: str
    url: str
    column: str
    lang: Tag
    state: str
    """Key in ``LIST_STATES``: ok, failing, silent, stale, paused, waiting or new."""
    last_try: datetime
    last_success: datetime | None
    newest: date | None
    """Day of the newest item of this column and language."""
    expected: int
    """Entries the list usually shows (median of its history); 0: not known yet."""
    listed: int
    taken: int
    usual_gap: int
    """Seconds between two readings that brought something new (median); 0: not known yet."""
    last_new: datetime | None
    trouble: str = ""
    """Key in ``TROUBLES``."""
    error: str = ""
    next_try: datetime | None = None

    @property
    def needs_a_look(self) -> bool:
        """Is something wrong that does not mend by waiting as asked?"""
        return self.state not in ("ok", "new", "waiting")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How the last reading of a source went."""

    source_id: str
    last_try: datetime | None = None
    last_success: datetime | None = None
    items: int = 0
    newest: date | None = None
    error: str = ""
