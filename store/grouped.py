"""Tables of stories: members, threads, merges, what editors decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from . import rows
from .records import FactKind
from .tellings import Member, Story, StoryEdit, Thread
from .threads import LINK_KINDS, LINKS, Link, connect, to_link
from .understood import Understood


class Grouped(Understood):
    """Stories, and how they hang together."""

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
