"""The SQL of the audit: how briefs came about, what changed between them, what ranks a story has had.

``Store`` calls it inside its own transactions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from . import rows
from .audits import BriefAudit, Given
from .notes import Changed, Disagreement, Stated, StoryNote
from .records import Lang
from .tellings import Brief, Rank, RankedAt

Ask = Callable[[str, Iterable[Any]], list[dict[str, Any]]]
"""Runs a query with ``IN ({})`` for keys: ``Store._in``."""


def put_brief(db: Database, brief: Brief) -> Brief:
    """Keep a brief as the next version, and return it so. One that says the same word for word, from the same
    places, is no new version: only its inputs are noted."""
    key = [brief.story_id, brief.lang]
    query = "SELECT * FROM briefs WHERE story_id = ? AND lang = ? ORDER BY version DESC LIMIT 1"
    last = next(map(rows.to_brief, db.query(query, key)), None)
    if last and _told(last) == _told(brief):
        db.execute(
            "UPDATE briefs SET inputs = ? WHERE story_id = ? AND lang = ? AND version = ?",
            [brief.inputs, *key, last.version],
        )
        return replace(last, inputs=brief.inputs)
    kept = replace(brief, version=last.version + 1 if last else 1)
    db.table("briefs").insert(rows.brief_row(kept))
    return kept


def _told(brief: Brief) -> tuple[object, ...]:
    return (brief.headline, brief.sentences, brief.impact, brief.writer, brief.dropped)


def put_audit(db: Database, audit: BriefAudit) -> None:
    row = asdict(audit) | {
        "at": rows.stamp(audit.at),
        "day": audit.day.isoformat(),
        "paid": int(audit.paid),
        "given": rows.dump(audit.given),
        "dropped": rows.dump(audit.dropped),
    }
    db.table("brief_audits").insert(row, pk=("story_id", "lang", "version", "inputs"), replace=True)


def audits(db: Database, story_id: int) -> tuple[BriefAudit, ...]:
    """Return the audits of a story, by time, version and language."""
    found = db.query("SELECT * FROM brief_audits WHERE story_id = ? ORDER BY at, version, lang", [story_id])
    return tuple(map(_to_audit, found))


def last_audits(ask: Ask, story_ids: Iterable[int]) -> dict[int, BriefAudit]:
    """Return story → how its newest briefs came about; both languages have the same inputs."""
    query = "SELECT * FROM brief_audits WHERE story_id IN ({}) AND lang = 'en' ORDER BY at, version"
    return {row["story_id"]: _to_audit(row) for row in ask(query, story_ids)}


def _to_audit(row: Mapping[str, Any]) -> BriefAudit:
    return BriefAudit(
        **{
            **dict(row),
            "at": datetime.fromisoformat(row["at"]),
            "day": date.fromisoformat(row["day"]),
            "paid": bool(row["paid"]),
            "given": msgspec.json.decode(row["given"], type=tuple[Given, ...]),
            "dropped": msgspec.json.decode(row["dropped"], type=tuple[str, ...]),
        }
    )


def earlier(ask: Ask, story_ids: Iterable[int]) -> dict[tuple[int, Lang], tuple[Brief, ...]]:
    """Return (story, language) → the versions before the newest, the oldest first."""
    query = """SELECT b.* FROM briefs b WHERE b.story_id IN ({}) AND EXISTS (
                 SELECT 1 FROM briefs n WHERE n.story_id = b.story_id AND n.lang = b.lang
                 AND n.version > b.version) ORDER BY b.version"""
    found: dict[tuple[int, Lang], list[Brief]] = defaultdict(list)
    for row in ask(query, story_ids):
        found[row["story_id"], row["lang"]].append(rows.to_brief(row))
    return {key: tuple(briefs) for key, briefs in found.items()}


def put_note(db: Database, story_id: int, note: StoryNote) -> None:
    row = {
        "story_id": story_id,
        "at": rows.stamp(note.at),
        "since": rows.stamp(note.since),
        "changes": rows.dump(note.changes),
    }
    db.table("story_notes").insert(row, pk=("story_id", "at"), replace=True)


def notes(ask: Ask, story_ids: Iterable[int]) -> dict[int, tuple[StoryNote, ...]]:
    found: dict[int, list[StoryNote]] = defaultdict(list)
    for row in ask("SELECT * FROM story_notes WHERE story_id IN ({}) ORDER BY at", story_ids):
        changes = msgspec.json.decode(row["changes"], type=tuple[Changed, ...])
        at, since = (datetime.fromisoformat(row[name]) for name in ("at", "since"))
        found[row["story_id"]].append(StoryNote(at=at, since=since, changes=changes))
    return {story_id: tuple(told) for story_id, told in found.items()}


def put_disagreements(db: Database, story_id: int, found: Iterable[Disagreement]) -> None:
    """Replace what the sources of a story disagree on."""
    db.execute("DELETE FROM disagreements WHERE story_id = ?", [story_id])
    db.table("disagreements").insert_all(
        {"story_id": story_id, "position": n, "kind": one.kind, "stated": rows.dump(one.stated)}
        for n, one in enumerate(found)
    )


def disagreements(ask: Ask, story_ids: Iterable[int]) -> dict[int, tuple[Disagreement, ...]]:
    found: dict[int, list[Disagreement]] = defaultdict(list)
    query = "SELECT * FROM disagreements WHERE story_id IN ({}) ORDER BY story_id, position"
    for row in ask(query, story_ids):
        stated = msgspec.json.decode(row["stated"], type=tuple[Stated, ...])
        found[row["story_id"]].append(Disagreement(kind=row["kind"], stated=stated))
    return {story_id: tuple(told) for story_id, told in found.items()}


def put_ranked(db: Database, ranks: Iterable[Rank], at: datetime) -> None:
    """Add ranks to the history of their stories."""
    made = ({**rows.rank_row(rank), "at": rows.stamp(at)} for rank in ranks)
    db.table("rank_history").insert_all(made, pk=("story_id", "at"), replace=True)


def ranked(ask: Ask, story_ids: Iterable[int]) -> dict[int, tuple[RankedAt, ...]]:
    found: dict[int, list[RankedAt]] = defaultdict(list)
    for row in ask("SELECT * FROM rank_history WHERE story_id IN ({}) ORDER BY at", story_ids):
        found[row["story_id"]].append(RankedAt(at=datetime.fromisoformat(row["at"]), rank=rows.to_rank(row)))
    return {story_id: tuple(told) for story_id, told in found.items()}
