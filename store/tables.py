"""What all tables are read and written with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from . import writing


class Tables:
    """An open database. ``Store`` opens it; each part of it reads and writes its own tables."""

    _db: Database

    def _upsert(self, table: str, records: Iterable[dict[str, Any]], *, pk: str | tuple[str, ...]) -> None:
        writing.upsert(self._db, table, records, pk=(pk,) if isinstance(pk, str) else pk)

    def _one(self, sql: str, *values: Any) -> dict[str, Any] | None:
        return next(iter(self._db.query(sql, list(values))), None)

    def _in(self, sql: str, keys: Iterable[Any], *more: Any) -> list[dict[str, Any]]:
        """Run a query with ``IN ({})`` for any number of keys, a chunk at a time, keys in order."""
        found: list[dict[str, Any]] = []
        for chunk in chunks(list(dict.fromkeys(keys))):
            found.extend(self._db.query(sql.format(",".join("?" * len(chunk))), [*chunk, *more]))
        return found


def chunks(keys: list[Any]) -> Iterator[list[Any]]:
    """Return the keys in as many at a time as one query takes."""
    return (keys[n : n + writing.CHUNK] for n in range(0, len(keys), writing.CHUNK))
