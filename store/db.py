"""The database: SQLite through sqlite-utils, one writer at a time, safe against being killed.

The only SQL that writes. Each ``put_*`` is one transaction: after a kill it happened or it did not.
What pages, feeds and mail read is in ``views.py``.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from gettext import gettext as _
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import FileLock, Timeout
from sqlite_utils import Database

from . import auditing, memory, rows, views, writing
from .audits import BriefAudit
from .errors import StoreError
from .health import list_health
from .memories import (
    RETIRED,
    Check,
    ListHealth,
    Poll,
    Put,
    Snapshot,
    SourceHealth,
    Version,
    Visit,
)
from .notes import Disagreement, StoryNote
from .records import (
    Attachment,
    Body,
    Brief,
    Fact,
    FactKind,
    Generation,
    GlossaryTerm,
    Headline,
    Item,
    Lang,
    Member,
    Rank,
    Source,
    Story,
    StoryEdit,
    StoryView,
    Thread,
)
from .schema import migrate
from .search import match_expression
from .threads import LINK_KINDS, LINKS, Link, connect, to_link


class Store:
    """An open database. Whoever opens it closes it: ``with Store(path) as store``.

    ``writable=False`` opens it for reading beside a writer. Raises StoreError when the file is no
    database of ours, or another process is writing.
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

    # -- crawler ---------------------------------------------------------------------------------

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

    # -- summarizer ------------------------------------------------------------------------------

    def due(self, stage: str, fingerprint: str) -> dict[str, date]:
        """Return item id → day of the items whose present version this stage, at this fingerprint, has not
        done yet: of publication, else of the fetch; the oldest first."""
        found = self._db.query(
            """SELECT i.id, coalesce(i.day, substr(i.fetched_at, 1, 10)) AS at
               FROM items i LEFT JOIN work w ON w.item_id = i.id AND w.stage = ?
               WHERE w.item_id IS NULL OR w.version <> i.version OR w.fingerprint <> ?
               ORDER BY at, i.id""",
            [stage, fingerprint],
        )
        return {row["id"]: date.fromisoformat(row["at"]) for row in found}

    def items_to(self, stage: str, fingerprint: str) -> tuple[Item, ...]:
        """Return the items that are ``due``, all at once."""
        return tuple(self.items(self.due(stage, fingerprint)).values())

    def done(self, stage: str, fingerprint: str, items: Iterable[Item]) -> None:
        work = (
            {"stage": stage, "item_id": item.id, "version": item.version, "fingerprint": fingerprint}
            for item in items
        )
        with self._db.atomic():
            self._upsert("work", work, pk=("stage", "item_id"))

    def forget(self, stage: str, item_ids: Iterable[str]) -> None:
        """Have a stage do items again, because what it reads beside them has changed."""
        with self._db.atomic():
            self._forget(stage, item_ids)

    def _forget(self, stage: str, item_ids: Iterable[str]) -> None:
        for item_id in item_ids:
            self._db.execute("DELETE FROM work WHERE stage = ? AND item_id = ?", [stage, item_id])

    def item(self, item_id: str) -> Item:
        """Return one item. Raises KeyError when there is none of that id."""
        return self.items([item_id])[item_id]

    def find_item(self, name: str) -> Item | None:
        """Return the item of this id, else the newest of this address, else None."""
        found = self._db.query(
            "SELECT * FROM items WHERE id = ? OR url = ? ORDER BY id = ? DESC, fetched_at DESC LIMIT 1",
            [name] * 3,
        )
        return next(iter(self._items(list(found))), None)

    def items(self, ids: Iterable[str]) -> dict[str, Item]:
        found = self._in("SELECT * FROM items WHERE id IN ({})", ids)
        return {item.id: item for item in self._items(found)}

    def _items(self, found: Sequence[rows.Row]) -> tuple[Item, ...]:
        files: dict[str, list[Attachment]] = defaultdict(list)
        query = "SELECT * FROM attachments WHERE item_id IN ({}) ORDER BY item_id, position"
        for row in self._in(query, (row["id"] for row in found)):
            files[row["item_id"]].append(rows.to_attachment(row))
        return tuple(rows.to_item(row, files[row["id"]]) for row in found)

    def put_facts(self, item_id: str, facts: Iterable[Fact]) -> None:
        """Replace the facts of an item."""
        with self._db.atomic():
            self._db.execute("DELETE FROM facts WHERE item_id = ?", [item_id])
            self._db.table("facts").insert_all(rows.fact_row(n, fact) for n, fact in enumerate(facts))

    def facts(self, item_ids: Iterable[str]) -> dict[str, tuple[Fact, ...]]:
        """Return item id → its facts in reading order; every id asked for is a key."""
        wanted = list(item_ids)
        found: dict[str, list[Fact]] = {item_id: [] for item_id in wanted}
        for row in self._in("SELECT * FROM facts WHERE item_id IN ({}) ORDER BY item_id, position", wanted):
            found[row["item_id"]].append(rows.to_fact(row))
        return {item_id: tuple(facts) for item_id, facts in found.items()}

    def put_vectors(self, model: str, vectors: Mapping[str, bytes]) -> None:
        kept = ({"model": model, "item_id": key, "vector": value} for key, value in vectors.items())
        with self._db.atomic():
            self._upsert("vectors", kept, pk=("model", "item_id"))

    def vectors(self, model: str, ids: Iterable[str] | None = None) -> dict[str, bytes]:
        """Return item id → float32 bytes, of all items or of those named (missing ones left out)."""
        if ids is None:
            found = list(self._db.query("SELECT item_id, vector FROM vectors WHERE model = ?", [model]))
        else:
            query = "SELECT item_id, vector FROM vectors WHERE item_id IN ({}) AND model = ?"
            found = self._in(query, ids, model)
        return {row["item_id"]: row["vector"] for row in found}

    def put_bodies(self, bodies: Iterable[Body]) -> None:
        """Replace what the store knows of institutions; writes nothing when it is the same."""
        wanted = {body.id: body for body in bodies}
        if wanted == self.bodies():
            return
        with self._db.atomic():
            self._db.execute("DELETE FROM bodies")
            self._db.table("bodies").insert_all(asdict(body) for body in wanted.values())

    def bodies(self) -> dict[str, Body]:
        return {row["id"]: rows.to_body(row) for row in self._db.query("SELECT * FROM bodies")}

    def put_terms(self, terms: Iterable[GlossaryTerm]) -> None:
        """Replace what the store knows of the glossary's terms; writes nothing when it is the same."""
        wanted = {(term.id, term.kind): term for term in terms}
        if wanted == {(term.id, term.kind): term for term in self.terms()}:
            return
        with self._db.atomic():
            self._db.execute("DELETE FROM terms")
            self._db.table("terms").insert_all(asdict(term) for term in wanted.values())

    def terms(self) -> tuple[GlossaryTerm, ...]:
        """Return the terms in the order of the glossary."""
        return tuple(
            GlossaryTerm(**dict(row)) for row in self._db.query("SELECT * FROM terms ORDER BY rowid")
        )

    def stories(self, *, since: date = date.min, until: date = date.max) -> tuple[Story, ...]:
        """Return stories by number, all or those from one day to another."""
        days = [since.isoformat(), until.isoformat()]
        return self._stories(
            list(self._db.query("SELECT * FROM stories WHERE day BETWEEN ? AND ? ORDER BY id", days))
        )

    def stories_by_id(self, ids: Iterable[int]) -> tuple[Story, ...]:
        return self._stories(self._in("SELECT * FROM stories WHERE id IN ({}) ORDER BY id", ids))

    def stories_of(self, item_ids: Iterable[str]) -> tuple[Story, ...]:
        """Return the stories that hold any of the items."""
        found = self._in("SELECT DISTINCT story_id FROM members WHERE item_id IN ({})", item_ids)
        return self.stories_by_id(row["story_id"] for row in found)

    def stories_with(self, kind: FactKind, values: Iterable[str]) -> tuple[Story, ...]:
        """Return the stories with an item that has a fact of this kind and one of these values."""
        query = """SELECT DISTINCT m.story_id FROM facts f JOIN members m ON m.item_id = f.item_id
                   WHERE f.value IN ({}) AND f.kind = ?"""
        return self.stories_by_id(row["story_id"] for row in self._in(query, values, kind))

    def threads(self, story_ids: Iterable[int]) -> dict[int, Thread]:
        """Return the thread of each story: a story tied to no other has one step, and its open relations."""
        return connect(story_ids, links_of=self._links_of, links_to=self._links_to)

    def _links_of(self, story_ids: Iterable[int]) -> list[Link]:
        query = LINKS + "WHERE m.story_id IN ({}) AND f.kind IN " + LINK_KINDS
        return [to_link(row) for row in self._in(query, story_ids)]

    def _links_to(self, values: Iterable[str]) -> list[Link]:
        query = LINKS + "WHERE f.value IN ({}) AND f.kind IN " + LINK_KINDS
        return [to_link(row) for row in self._in(query, values)]

    def stories_dated(self, first: date, last: date) -> tuple[Story, ...]:
        """Return the stories with a deadline or effective date from ``first`` to ``last``."""
        found = self._db.query(
            """SELECT DISTINCT m.story_id FROM facts f JOIN members m ON m.item_id = f.item_id
               WHERE f.kind IN ('date_deadline', 'date_effective') AND f.value BETWEEN ? AND ?""",
            [first.isoformat(), last.isoformat()],
        )
        return self.stories_by_id([row["story_id"] for row in found])

    def stories_to(self, stage: str, fingerprint: str) -> tuple[Story, ...]:
        """Return the stories with an item that this stage, at this fingerprint, has not done yet."""
        found = self._db.query(
            """SELECT DISTINCT m.story_id FROM members m JOIN items i ON i.id = m.item_id
               LEFT JOIN work w ON w.item_id = i.id AND w.stage = ?
               WHERE w.item_id IS NULL OR w.version <> i.version OR w.fingerprint <> ?""",
            [stage, fingerprint],
        )
        return self.stories_by_id([row["story_id"] for row in found])

    def _stories(self, found: Sequence[rows.Row]) -> tuple[Story, ...]:
        members: dict[int, list[Member]] = defaultdict(list)
        query = "SELECT * FROM members WHERE story_id IN ({}) ORDER BY story_id, rowid"
        for row in self._in(query, (row["id"] for row in found)):
            member = Member(item_id=row["item_id"], score=row["score"], reason=row["reason"])
            members[row["story_id"]].append(member)
        return tuple(
            Story(
                id=row["id"],
                members=tuple(members[row["id"]]),
                head=row["head"],
                day=date.fromisoformat(row["day"]),
                version=row["version"],
            )
            for row in found
        )

    def put_stories(
        self, stories: Iterable[Story], *, merged: Mapping[int, int] | None = None
    ) -> tuple[Story, ...]:
        """Keep stories and return them as kept: id 0 gets the next permanent number.

        ``merged`` maps the number that ends to the one that lives on; the old address is redirected.
        An item belongs to one story: putting it into another takes it out of the first. The briefs of
        stories put here are due again (stage ``brief``), in the same transaction.
        """
        kept = []
        with self._db.atomic():
            for story in stories:
                row = rows.story_row(story)
                if story.id:
                    row["version"] = self._next_version(story)
                    self._upsert("stories", [row], pk="id")
                    number = story.id
                else:
                    cursor = self._db.execute(
                        "INSERT INTO stories (head, day, version) VALUES (:head, :day, :version)", row
                    )
                    number = int(cursor.lastrowid or 0)
                self._db.execute("DELETE FROM members WHERE story_id = ?", [number])
                members = ({"story_id": number, **asdict(member)} for member in story.members)
                self._upsert("members", members, pk="item_id")
                self._forget("brief", story.item_ids)
                kept.append(replace(story, id=number, version=row["version"]))
            for old, new in (merged or {}).items():
                self._db.execute("UPDATE redirects SET new = ? WHERE new = ?", [new, old])
                self._upsert("redirects", [{"old": old, "new": new}], pk="old")
                self._db.execute("DELETE FROM members WHERE story_id = ?", [old])
                self._db.execute("DELETE FROM stories WHERE id = ?", [old])
        return tuple(kept)

    def put_edit(
        self, edit: StoryEdit, stories: Iterable[Story] = (), *, merged: Mapping[int, int] | None = None
    ) -> tuple[Story, ...]:
        """Log what an editor decided and keep the stories that it makes, in one transaction.

        A split names its new story with ``other_id`` 0: the log gets the number that it is given.
        """
        with self._db.atomic():
            kept = self.put_stories(stories, merged=merged)
            made = [story.id for story in kept if story.id != edit.story_id]
            row = rows.edit_row(replace(edit, other_id=edit.other_id or next(iter(made), 0)))
            self._db.table("story_edits").insert(row)
        return kept

    def edits(self) -> tuple[StoryEdit, ...]:
        """Return all that editors have decided on stories, in their order."""
        return tuple(map(rows.to_edit, self._db.query("SELECT * FROM story_edits ORDER BY id")))

    def _next_version(self, story: Story) -> int:
        """A story with other members or another head is its next version."""
        [old] = self.stories_by_id([story.id]) or [story]
        same = (set(old.item_ids), old.head) == (set(story.item_ids), story.head)
        return old.version if same else old.version + 1

    def put_headlines(self, headlines: Iterable[Headline]) -> None:
        kept = [asdict(headline) for headline in headlines]
        with self._db.atomic():
            self._upsert("headlines", kept, pk=("item_id", "lang"))
            for ids in _chunks(list(dict.fromkeys(headline["item_id"] for headline in kept))):
                found = list(self.items(ids).values())
                writing.index(self._db, found, stale=found)

    def headlines(self, item_ids: Iterable[str]) -> dict[tuple[str, Lang], Headline]:
        found = self._in("SELECT * FROM headlines WHERE item_id IN ({})", item_ids)
        return {(row["item_id"], row["lang"]): Headline(**dict(row)) for row in found}

    def put_briefs(
        self,
        briefs: Iterable[Brief],
        *,
        audits: Mapping[tuple[int, Lang], BriefAudit] | None = None,
        notes: Mapping[int, StoryNote] | None = None,
        disagreements: Mapping[int, Sequence[Disagreement]] | None = None,
    ) -> tuple[Brief, ...]:
        """Keep briefs and return them as kept, each as the next version of its story and language.

        Earlier ones stay, and one that says the same word for word is no new version.

        With them, in the same transaction: how each came about, what changed since the last one, and where
        the story's sources disagree.
        """
        kept = []
        with self._db.atomic():
            for brief in briefs:
                kept.append(auditing.put_brief(self._db, brief))
                if audit := (audits or {}).get((brief.story_id, brief.lang)):
                    auditing.put_audit(self._db, replace(audit, version=kept[-1].version))
            for story_id, note in (notes or {}).items():
                auditing.put_note(self._db, story_id, note)
            for story_id, found in (disagreements or {}).items():
                auditing.put_disagreements(self._db, story_id, found)
        return tuple(kept)

    def audits(self, story_id: int) -> tuple[BriefAudit, ...]:
        """Return how each version of a story's briefs came about, the oldest first."""
        return auditing.audits(self._db, story_id)

    def last_audits(self, story_ids: Iterable[int]) -> dict[int, BriefAudit]:
        """Return story → how its newest briefs came about."""
        return auditing.last_audits(self._in, story_ids)

    def briefs(self, story_ids: Iterable[int]) -> dict[tuple[int, Lang], Brief]:
        """Return (story, language) → the newest brief."""
        found = self._in("SELECT * FROM briefs WHERE story_id IN ({}) ORDER BY version", story_ids)
        return {(row["story_id"], row["lang"]): rows.to_brief(row) for row in found}

    def versions_of_brief(self, story_id: int, lang: Lang) -> tuple[Brief, ...]:
        """Return every version of a story's brief in one language, the oldest first."""
        found = self._db.query(
            "SELECT * FROM briefs WHERE story_id = ? AND lang = ? ORDER BY version", [story_id, lang]
        )
        return tuple(map(rows.to_brief, found))

    def put_generations(self, made: Iterable[Generation]) -> None:
        """Keep what models answered; an answer is never replaced."""
        with self._db.atomic():
            self._db.table("generations").insert_all(map(rows.generation_row, made), ignore=True)

    def generations(self, keys: Iterable[str]) -> dict[str, Generation]:
        """Return key → what a model answered before, for the keys that are known."""
        found = self._in("SELECT * FROM generations WHERE key IN ({})", keys)
        return {row["key"]: rows.to_generation(row) for row in found}

    def tokens_on(self, day: date) -> int:
        """Return the tokens that models took on a day (UTC), in and out together."""
        row = self._one(
            "SELECT coalesce(sum(tokens_in + tokens_out), 0) AS n FROM generations"
            " WHERE substr(at, 1, 10) = ?",
            day.isoformat(),
        )
        return int(row["n"]) if row else 0

    def put_ranks(self, ranks: Iterable[Rank], *, at: datetime) -> None:
        """Keep ranks; each stays in the history of its story under the time from which it holds."""
        wanted = list(ranks)
        with self._db.atomic():
            self._upsert("ranks", map(rows.rank_row, wanted), pk="story_id")
            auditing.put_ranked(self._db, wanted, at)

    def ranks(self, story_ids: Iterable[int]) -> dict[int, Rank]:
        found = self._in("SELECT * FROM ranks WHERE story_id IN ({})", story_ids)
        return {row["story_id"]: rows.to_rank(row) for row in found}

    # -- site (read only) ------------------------------------------------------------------------

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

    # -- inside ----------------------------------------------------------------------------------

    def _upsert(self, table: str, records: Iterable[dict[str, Any]], *, pk: str | tuple[str, ...]) -> None:
        writing.upsert(self._db, table, records, pk=(pk,) if isinstance(pk, str) else pk)

    def _one(self, sql: str, *values: Any) -> dict[str, Any] | None:
        return next(iter(self._db.query(sql, list(values))), None)

    def _in(self, sql: str, keys: Iterable[Any], *more: Any) -> list[dict[str, Any]]:
        """Run a query with ``IN ({})`` for any number of keys, a chunk at a time, keys in order."""
        found: list[dict[str, Any]] = []
        for chunk in _chunks(list(dict.fromkeys(keys))):
            found.extend(self._db.query(sql.format(",".join("?" * len(chunk))), [*chunk, *more]))
        return found


def _chunks(keys: list[Any]) -> Iterator[list[Any]]:
    return (keys[n : n + writing.CHUNK] for n in range(0, len(keys), writing.CHUNK))
