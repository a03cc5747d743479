"""What the crawler remembers between runs: how lists went, which pages to look at again, who is who.

Queries only; ``db.py`` wraps them into the Store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from . import rows
from .memories import Check, Version, Visit
from .writing import upsert

VISITS_KEPT = 60
"""Readings of one list that are remembered."""
WITHDRAWN_AFTER = 3
"""Checks in a row at which a page was gone before its item counts as withdrawn."""


def put_visits(db: Database, visits: Iterable[Visit]) -> None:
    """Add readings, and forget those beyond the newest VISITS_KEPT of a list."""
    for visit in visits:
        db.table("visits").upsert(rows.visit_row(visit), pk=("source_id", "url", "at"))
        db.execute(
            """DELETE FROM visits WHERE source_id = ? AND url = ? AND at NOT IN (
                 SELECT at FROM visits WHERE source_id = ? AND url = ? ORDER BY at DESC LIMIT ?)""",
            [visit.source_id, visit.url, visit.source_id, visit.url, VISITS_KEPT],
        )


def visits(db: Database) -> dict[tuple[str, str], tuple[Visit, ...]]:
    """Return (source, list) → its readings, the oldest first."""
    found: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for row in db.query("SELECT * FROM visits ORDER BY source_id, url, at"):
        found[row["source_id"], row["url"]].append(rows.to_visit(row))
    return {key: tuple(values) for key, values in found.items()}


def versions(db: Database, item_id: str) -> tuple[Version, ...]:
    """Return all versions of an item, the oldest first; () when there is none of that id."""
    found = db.query("SELECT * FROM item_versions WHERE item_id = ? ORDER BY version", [item_id])
    return tuple(map(rows.to_version, found))


def put_checks(db: Database, checks: Iterable[Check]) -> None:
    """Remember looks at pages. An item whose page was gone often enough is marked until it is back."""
    kept = list({check.item_id: check for check in checks}.values())
    upsert(db, "checks", map(rows.check_row, kept), pk=("item_id",))
    gone = [check for check in kept if check.missing >= WITHDRAWN_AFTER]
    db.conn.executemany(
        "UPDATE items SET withdrawn_at = coalesce(withdrawn_at, ?) WHERE id = ?",
        [(rows.stamp(check.checked_at), check.item_id) for check in gone],
    )
    db.conn.executemany(
        "UPDATE items SET withdrawn_at = NULL WHERE id = ? AND withdrawn_at IS NOT NULL",
        [(check.item_id,) for check in kept if check.missing < WITHDRAWN_AFTER],
    )


def checks(db: Database, source_id: str, since: date) -> tuple[tuple[Check, date], ...]:
    """Return the checks of items published (else first seen) on a day or later, each with that day."""
    found = db.query(
        """SELECT c.*, coalesce(i.day, substr(i.seen_at, 1, 10)) AS born FROM checks c
           JOIN items i ON i.id = c.item_id
           WHERE i.source_id = ? AND coalesce(i.day, substr(i.seen_at, 1, 10)) >= ?
           ORDER BY c.checked_at, c.item_id""",
        [source_id, since.isoformat()],
    )
    return tuple(
        (rows.to_check({k: v for k, v in row.items() if k != "born"}), date.fromisoformat(row["born"]))
        for row in found
    )


def names(db: Database, source_id: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return (URL, title, day or "", key) of every item of a source."""
    found = db.query(
        "SELECT url, title, day, key FROM items WHERE source_id = ? ORDER BY seen_at", [source_id]
    )
    return tuple((row["url"], row["title"], row["day"] or "", row["key"]) for row in found)


def newest(db: Database) -> dict[tuple[str, str, str], date]:
    """Return (source, column, language tag) → day of the newest item."""
    found = db.query(
        """SELECT source_id, column_key, lang, max(day) AS day FROM items
           WHERE day IS NOT NULL GROUP BY source_id, column_key, lang"""
    )
    return {
        (row["source_id"], row["column_key"], row["lang"]): date.fromisoformat(row["day"]) for row in found
    }
