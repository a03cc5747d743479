"""The database: SQLite through sqlite-utils, one writer at a time, safe against being killed.

Each ``put_*`` is one transaction: after a kill it happened or it did not. The tables of the crawler are in
``crawled``, those of items in ``understood``, of stories in ``grouped``, of briefs in ``written``; here the
database is opened, and what pages, feeds and mail read is put together (``views``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from gettext import gettext as _
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from sqlite_utils import Database

from . import auditing, memory, views
from .crawled import Crawled
from .errors import StoreError
from .grouped import Grouped
from .health import list_health
from .memories import ListHealth, SourceHealth
from .schema import migrate
from .search import match_expression
from .tellings import StoryView
from .written import Written

_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")


def _of_disk(error: sqlite3.Error) -> bool:
    """Is it the disk that failed, and neither the database nor we?"""
    return getattr(error, "sqlite_errorname", "").startswith(_DISK)


def _unwritten(path: Path | str, error: sqlite3.Error) -> StoreError:
    return StoreError(
        _(
            "{path}: cannot be written ({error}); look at the space and the rights there, then run again:"
            " nothing that was stored is lost"
        ).format(path=path, error=error)
    )


class Store(Crawled, Grouped, Written):
    """An open database. Whoever opens it closes it: ``with Store(path) as store``.

    ``writable=False`` opens it for reading beside a writer. Raises StoreError when the file is no
    database of ours, another process is writing, or (also at the end of ``with``) the disk is full.
    """

    def __init__(self, path: Path | str, *, writable: bool = True) -> None:
        self.path = path
        self._lock: FileLock | None = None
        if path != ":memory:" and writable:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(f"{path}.lock")
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                raise StoreError(
                    _("{path}: another dibao process is writing to it; wait until it has ended").format(
                        path=path
                    )
                ) from None
        try:
            self._db = self._open(path, writable)
        except BaseException:
            self._release()
            raise

    def _open(self, path: Path | str, writable: bool) -> Database:
        if not writable and not Path(path).exists():
            raise StoreError(_("{path}: no database there yet; `dibao run` makes it").format(path=path))
        db = Database(path if path == ":memory:" else Path(path))
        try:
            # Wait for a moment when a reader holds the file, rather than fail.
            db.conn.execute("PRAGMA busy_timeout = 10000")
            if writable:
                if path != ":memory:":
                    db.enable_wal()
                migrate(db)
            else:
                db.conn.execute("PRAGMA query_only = ON")
            db.conn.execute("PRAGMA foreign_keys = ON")
            db.conn.execute("SELECT count(*) FROM items")
        except sqlite3.DatabaseError as error:
            db.close()
            if _of_disk(error):
                raise _unwritten(path, error) from error
            raise StoreError(
                _("{path}: not a database of Dibao ({error}); move it away or restore it").format(
                    path=path, error=error
                )
            ) from error
        except BaseException:
            db.close()
            raise
        return db

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def close(self) -> None:
        self._db.close()
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.Error) and _of_disk(error):
            raise _unwritten(self.path, error) from error

    # -- read by the site

    def views(
        self, *, days: Iterable[date] | None = None, since: date | None = None, limit: int | None = None
    ) -> tuple[StoryView, ...]:
        """Return publishable stories, newest day first, then by rank score."""
        return self._views(views.story_ids(self._db, days=days, since=since, limit=limit))

    def view(self, story_id: int) -> StoryView | None:
        return next(iter(self._views([story_id])), None)

    def _views(self, ids: Sequence[int]) -> tuple[StoryView, ...]:
        stories = {story.id: story for story in self.stories_by_id(ids)}
        item_ids = [item_id for story in stories.values() for item_id in story.item_ids]
        parts = views.Parts(
            sources=self.sources(),
            items=self.items(item_ids),
            facts=self.facts(item_ids),
            headlines=self.headlines(item_ids),
            briefs=self.briefs(ids),
            ranks=self.ranks(ids),
            ranked=auditing.ranked(self._in, ids),
            earlier=auditing.earlier(self._in, ids),
            notes=auditing.notes(self._in, ids),
            disagreements=auditing.disagreements(self._in, ids),
        )
        shown = (views.assemble(stories[number], parts) for number in ids if number in stories)
        return tuple(view for view in shown if view is not None)

    def days(self) -> dict[date, int]:
        """Return day → number of publishable stories, newest first."""
        return views.days(self._db)

    def redirects(self) -> dict[int, int]:
        return {row["old"]: row["new"] for row in self._db.query("SELECT * FROM redirects ORDER BY old")}

    def search(self, query: str, *, limit: int = 20) -> tuple[int, ...]:
        """Return the numbers of the stories that hold all words of a query, best first."""
        expression = match_expression(query)
        return views.search(self._db, expression, limit=limit) if expression else ()

    def health(self) -> tuple[SourceHealth, ...]:
        return views.health(self._db)

    def lists(self, *, now: datetime) -> tuple[ListHealth, ...]:
        """Return how each list that was ever tried is doing, judged by its own history."""
        return list_health(self.polls(), self.visits(), memory.newest(self._db), now=now)

    def counts(self) -> dict[str, int]:
        """Return how many rows the main tables hold, for `dibao status`."""
        names = ("sources", "items", "facts", "stories", "briefs", "snapshots")
        return {name: self._db.table(name).count for name in names}
