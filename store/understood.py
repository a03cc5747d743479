"""Tables of what is read from items: work done, facts, vectors, bodies, terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from . import rows
from .records import Attachment, Body, Fact, GlossaryTerm, Item
from .tables import Tables


class Understood(Tables):
    """Items, and what the summarizer has read from each."""

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
