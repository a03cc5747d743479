"""Tables of the crawler: sources, how their lists were read, items as they came, snapshots."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime

from . import memory, rows, views, writing
from .memories import RETIRED, Check, Poll, Put, Snapshot, Version, Visit
from .records import Item, Source
from .tables import Tables


class Crawled(Tables):
    """What the crawler keeps and asks."""

    def put_sources(self, sources: Iterable[Source]) -> None:
        with self._db.atomic():
            self._upsert("sources", (asdict(source) for source in sources), pk="id")

    def sources(self) -> dict[str, Source]:
        return {row["id"]: rows.to_source(row) for row in self._db.query("SELECT * FROM sources ORDER BY id")}

    def poll(self, source_id: str, url: str) -> Poll | None:
        """Return how the last reading of one list went, None if it was never tried."""
        found = self._db.query("SELECT * FROM polls WHERE source_id = ? AND url = ?", [source_id, url])
        return next(map(rows.to_poll, found), None)

    def put_poll(self, poll: Poll) -> None:
        with self._db.atomic():
            self._upsert("polls", [rows.poll_row(poll)], pk=("source_id", "url"))

    def polls(self) -> tuple[Poll, ...]:
        return tuple(map(rows.to_poll, self._db.query("SELECT * FROM polls ORDER BY source_id, url")))

    def content_hashes(self, source_id: str) -> dict[str, str]:
        """Return item id → hash of what the list said of it when it was last read."""
        found = self._db.query("SELECT id, listing FROM items WHERE source_id = ?", [source_id])
        return {row["id"]: row["listing"] for row in found}

    def put_items(self, items: Iterable[Item]) -> Put:
        """Keep items. What is new or says something else is written, the latter as a new version."""
        with self._db.atomic():
            return writing.put_items(self._db, items)

    def put_polls(self, polls: Iterable[Poll]) -> None:
        with self._db.atomic():
            self._upsert("polls", map(rows.poll_row, polls), pk=("source_id", "url"))

    def retire_lists(self, read: Iterable[tuple[str, str]]) -> None:
        """Leave lists that are not among those ``read`` (source id, list) out of all reports on health."""
        names = set(read)
        self.put_polls(
            replace(poll, paused=RETIRED)
            for poll in self.polls()
            if (poll.source_id, poll.url) not in names and poll.paused != RETIRED
        )

    def put_visits(self, visits: Iterable[Visit]) -> None:
        with self._db.atomic():
            memory.put_visits(self._db, visits)

    def visits(self) -> dict[tuple[str, str], tuple[Visit, ...]]:
        """Return (source id, list) → its readings, the oldest first."""
        return memory.visits(self._db)

    def versions(self, item_id: str) -> tuple[Version, ...]:
        """Return all versions of an item, the oldest first; ``changes`` tells two texts apart."""
        return memory.versions(self._db, item_id)

    def put_masks(self, item_id: str, version: int, masks: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        """Keep where the title, summary and text of a former version hold private persons: field → spans."""
        row = {"item_id": item_id, "version": version, "masks": json.dumps(masks)}
        with self._db.atomic():
            self._upsert("version_masks", [row], pk=("item_id", "version"))

    def former(self, item_ids: Iterable[str]) -> dict[str, Version]:
        """Return item id → the version before the present one, masked. One that nobody has searched for
        private persons is not given out."""
        query = """SELECT v.*, k.masks FROM item_versions v JOIN items i ON i.id = v.item_id
                   JOIN version_masks k ON k.item_id = v.item_id AND k.version = v.version
                   WHERE v.item_id IN ({}) AND v.version = i.version - 1"""
        return {row["item_id"]: views.masked_version(row) for row in self._in(query, item_ids)}

    def put_checks(self, checks: Iterable[Check]) -> None:
        """Remember looks at items' own pages; a page gone three times in a row marks its item withdrawn."""
        with self._db.atomic():
            memory.put_checks(self._db, checks)

    def checks(self, source_id: str, *, since: date) -> tuple[tuple[Check, date], ...]:
        """Return the checks of a source's items of that day and later, with their days, longest ago first."""
        return memory.checks(self._db, source_id, since)

    def names(self, source_id: str) -> tuple[tuple[str, str, str, str], ...]:
        """Return (URL, title, day or "", key) of a source's items, to know one again whose id has changed."""
        return memory.names(self._db, source_id)

    def snapshot(self, sha256: str) -> Snapshot | None:
        """Return the first snapshot that has these bytes, None when none has."""
        found = self._db.table("snapshots").rows_where(
            "sha256 = ?", [sha256], order_by="fetched_at, offset", limit=1
        )
        for row in found:
            return Snapshot(**{**row, "fetched_at": datetime.fromisoformat(row["fetched_at"])})
        return None

    def put_snapshots(self, snapshots: Iterable[Snapshot]) -> None:
        kept = ({**asdict(snapshot), "fetched_at": rows.stamp(snapshot.fetched_at)} for snapshot in snapshots)
        with self._db.atomic():
            self._db.table("snapshots").insert_all(kept, ignore=True)
