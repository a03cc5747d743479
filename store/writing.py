"""Writing many rows at once: upserts by one prepared statement, and items with all that hangs on them.

Queries only, inside the transaction of whoever calls; ``db.py`` wraps them into the Store. sqlite-utils asks
for the columns of a table at every write, which cost more than the writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from . import rows
from .memories import Put
from .records import Item
from .search import segment

# SQLite allows 32,766 variables a statement in the builds we know; stay far below.
CHUNK = 500

_UPSERT = 'INSERT INTO "{}" ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}'
_KNOWN = "SELECT id, version, content_hash, listing, seen_at FROM items WHERE id IN ({})"
_FORGET = "DELETE FROM item_search WHERE item_id IN ({})"
_HEADLINES = "SELECT item_id, text FROM headlines WHERE item_id IN ({})"

_LAST_THREE = "SELECT title, text, summary FROM item_versions WHERE item_id = ? ORDER BY version DESC LIMIT 3"


def upsert(db: Database, table: str, records: Iterable[dict[str, Any]], *, pk: tuple[str, ...]) -> None:
    """Insert records, or bring those up to date whose key is there. All have the columns of the first."""
    kept = list(records)
    if not kept:
        return
    columns = list(kept[0])
    told = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in pk)
    db.conn.executemany(
        _UPSERT.format(table, _quoted(columns), _marks(columns), _quoted(pk), told),
        [[record[name] for name in columns] for record in kept],
    )


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def put_items(db: Database, items: Iterable[Item]) -> Put:
    """Keep items: what is new or says something else is written, the latter as a new version."""
    total = Put()
    for batch in _batches(items):
        put = _put_batch(db, batch)
        total = Put(new=total.new + put.new, changed=total.changed + put.changed, same=total.same + put.same)
    return total


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Cut items into batches in which every id is there once: a second is judged by what the first left."""
    batch: dict[str, Item] = {}
    for item in items:
        if item.id in batch or len(batch) == CHUNK:
            yield list(batch.values())
            batch = {}
        batch[item.id] = item
    if batch:
        yield list(batch.values())


def _put_batch(db: Database, items: Sequence[Item]) -> Put:
    found = db.query(
        _KNOWN.format(_marks(items)),
        [item.id for item in items],
    )
    known = {row["id"]: row for row in found}
    fresh: list[tuple[Item, dict[str, Any]]] = []
    changed: list[tuple[Item, dict[str, Any]]] = []
    listings = []
    for item in items:
        row = rows.item_row(item)
        old = known.get(item.id)
        if old is None:
            fresh.append((item, row | {"version": 1, "seen_at": row["fetched_at"]}))
        elif old["content_hash"] == row["content_hash"] or flips(db, item):
            if old["listing"] != item.listing:
                listings.append((item.listing, item.id))
        else:
            changed.append((item, row | {"version": old["version"] + 1, "seen_at": old["seen_at"]}))
    db.conn.executemany("UPDATE items SET listing = ? WHERE id = ?", listings)
    _write(db, [*fresh, *changed], stale=[item for item, _ in changed])
    return Put(new=len(fresh), changed=len(changed), same=len(items) - len(fresh) - len(changed))


def _write(db: Database, written: Sequence[tuple[Item, dict[str, Any]]], *, stale: Sequence[Item]) -> None:
    """``stale``: those that were there before, in another version."""
    upsert(db, "items", (row for _, row in written), pk=("id",))
    db.conn.executemany("DELETE FROM attachments WHERE item_id = ?", [(item.id,) for item in stale])
    files = (
        rows.attachment_row(item.id, position, file)
        for item, _ in written
        for position, file in enumerate(item.attachments)
    )
    upsert(db, "attachments", files, pk=("item_id", "position"))
    versions = [{"item_id": item.id} | {key: row[key] for key in _VERSIONED} for item, row in written]
    upsert(db, "item_versions", versions, pk=("item_id", "version"))
    index(db, [item for item, _ in written], stale=stale)


_VERSIONED = ("version", "title", "text", "summary", "fetched_at", "snapshot")


def index(db: Database, items: Sequence[Item], *, stale: Sequence[Item]) -> None:
    """Make items findable by titles in every language, labels, text and attachments.

    ``stale``: those of them that were findable before. The index has no key, taking out means a walk through
    it: once for all. Only they can have headlines.
    """
    if not items:
        return
    titles = {item.id: [item.title] for item in items}
    if stale:
        ids = [item.id for item in stale]
        db.execute(_FORGET.format(_marks(ids)), ids)
        for row in db.query(_HEADLINES.format(_marks(ids)), ids):
            titles[row["item_id"]].append(row["text"])
    db.conn.executemany(
        "INSERT INTO item_search (item_id, title, body) VALUES (?, ?, ?)",
        [
            (item.id, segment("\n".join(dict.fromkeys(titles[item.id]))), segment("\n".join(_body(item))))
            for item in items
        ],
    )


def _body(item: Item) -> Iterator[str]:
    yield item.summary
    yield item.text
    yield from (value for _, value in item.labels)
    yield from (attachment.text for attachment in item.attachments)


def flips(db: Database, item: Item) -> bool:
    """Is this the last but one text of an item that has already gone back and forth between two?

    Servers behind one name may hold different copies; one correction and its withdrawal are versions,
    what follows is noise.
    """
    said = [tuple(row.values()) for row in db.query(_LAST_THREE, [item.id])]
    return len(said) == 3 and said[0] == said[2] and said[1] == (item.title, item.text, item.summary)


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
