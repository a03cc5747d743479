"""Rows to records and back: the border between SQL and the rest. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from .memories import Check, Poll, Version, Visit
from .records import Attachment, Body, Evidence, Fact, Item, Moment, Source
from .tellings import Brief, Component, Generation, Rank, Sentence, Story, StoryEdit

Row = Mapping[str, Any]


def stamp(at: datetime) -> str:
    """Return an aware time as the store keeps it: UTC, RFC 3339, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def unstamp(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def dump(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def content_hash(item: Item) -> str:
    """Name what an item says, apart from when and how it was fetched: equal hashes, equal version."""
    said = (
        item.url,
        item.title,
        item.summary,
        item.text,
        item.lang,
        item.labels,
        item.published,
        [(a.url, a.name, a.text) for a in item.attachments],
    )
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def item_row(item: Item) -> dict[str, Any]:
    moment = item.published
    return {
        "id": item.id,
        "source_id": item.source_id,
        "key": item.key,
        "url": item.url,
        "title": item.title,
        "text": item.text,
        "lang": item.lang,
        "column_key": item.column,
        "day": moment.day.isoformat() if moment else None,
        "at": stamp(moment.at) if moment and moment.at else None,
        "zone": moment.zone if moment else None,
        "fetched_at": stamp(item.fetched_at),
        "summary": item.summary,
        "author": item.author,
        "labels": dump(item.labels),
        "snapshot": item.snapshot,
        "listing": item.listing,
        "version": item.version,
        "baseline": int(item.baseline),
        "withdrawn_at": stamp(item.withdrawn_at) if item.withdrawn_at else None,
        "content_hash": content_hash(item),
    }


def to_item(row: Row, attachments: Sequence[Attachment]) -> Item:
    published = None
    if row["day"]:
        published = Moment(day=date.fromisoformat(row["day"]), at=unstamp(row["at"]), zone=row["zone"])
    return Item(
        id=row["id"],
        source_id=row["source_id"],
        key=row["key"],
        url=row["url"],
        title=row["title"],
        text=row["text"],
        lang=row["lang"],
        column=row["column_key"],
        published=published,
        fetched_at=_at(row["fetched_at"]),
        summary=row["summary"],
        author=row["author"],
        labels=msgspec.json.decode(row["labels"], type=tuple[tuple[str, str], ...]),
        attachments=tuple(attachments),
        snapshot=row["snapshot"],
        listing=row["listing"],
        version=row["version"],
        baseline=bool(row["baseline"]),
        withdrawn_at=unstamp(row["withdrawn_at"]),
    )


def attachment_row(item_id: str, position: int, attachment: Attachment) -> dict[str, Any]:
    return {"item_id": item_id, "position": position, **asdict(attachment)}


def to_attachment(row: Row) -> Attachment:
    return Attachment(
        url=row["url"],
        name=row["name"],
        media_type=row["media_type"],
        text=row["text"],
        unread=row["unread"],
        snapshot=row["snapshot"],
    )


def fact_row(position: int, fact: Fact) -> dict[str, Any]:
    return {
        "item_id": fact.item_id,
        "position": position,
        "kind": fact.kind,
        "value": fact.value,
        "shown": fact.shown,
        "field": fact.evidence.field,
        "start": fact.evidence.start,
        "end": fact.evidence.end,
        "quote": fact.evidence.quote,
        "method": fact.method,
        "confidence": fact.confidence,
    }


def to_fact(row: Row) -> Fact:
    return Fact(
        item_id=row["item_id"],
        kind=row["kind"],
        value=row["value"],
        shown=row["shown"],
        evidence=Evidence(
            item_id=row["item_id"],
            field=row["field"],
            start=row["start"],
            end=row["end"],
            quote=row["quote"],
        ),
        method=row["method"],
        confidence=row["confidence"],
    )


def poll_row(poll: Poll) -> dict[str, Any]:
    return {
        "source_id": poll.source_id,
        "url": poll.url,
        "tried_at": stamp(poll.tried_at),
        "succeeded_at": stamp(poll.succeeded_at) if poll.succeeded_at else None,
        "etag": poll.etag,
        "last_modified": poll.last_modified,
        "body_hash": poll.body_hash,
        "listed": poll.listed,
        "taken": poll.taken,
        "error": poll.error,
        "trouble": poll.trouble,
        "failures": poll.failures,
        "interval": poll.interval,
        "not_before": stamp(poll.not_before) if poll.not_before else None,
        "paused": poll.paused,
        "column_key": poll.column,
        "lang": poll.lang,
    }


def to_poll(row: Row) -> Poll:
    return Poll(
        source_id=row["source_id"],
        url=row["url"],
        tried_at=_at(row["tried_at"]),
        succeeded_at=unstamp(row["succeeded_at"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        body_hash=row["body_hash"],
        listed=row["listed"],
        taken=row["taken"],
        error=row["error"],
        trouble=row["trouble"],
        failures=row["failures"],
        interval=row["interval"],
        not_before=unstamp(row["not_before"]),
        paused=row["paused"],
        column=row["column_key"],
        lang=row["lang"],
    )


def visit_row(visit: Visit) -> dict[str, Any]:
    return {**asdict(visit), "at": stamp(visit.at)}


def to_visit(row: Row) -> Visit:
    return Visit(**{**dict(row), "at": _at(row["at"])})


def check_row(check: Check) -> dict[str, Any]:
    return {**asdict(check), "checked_at": stamp(check.checked_at)}


def to_check(row: Row) -> Check:
    return Check(**{**dict(row), "checked_at": _at(row["checked_at"])})


def to_version(row: Row) -> Version:
    return Version(**{**dict(row), "fetched_at": _at(row["fetched_at"])})


def to_source(row: Row) -> Source:
    return Source(**dict(row))


def to_body(row: Row) -> Body:
    return Body(**dict(row))


def story_row(story: Story) -> dict[str, Any]:
    return {
        "id": story.id or None,
        "head": story.head,
        "day": story.day.isoformat(),
        "version": story.version,
    }


def edit_row(edit: StoryEdit) -> dict[str, Any]:
    row = asdict(edit) | {
        "at": stamp(edit.at),
        "item_ids": dump(edit.item_ids),
        "other_ids": dump(edit.other_ids),
    }
    del row["id"]
    return row


def to_edit(row: Row) -> StoryEdit:
    ids = {key: tuple(msgspec.json.decode(row[key])) for key in ("item_ids", "other_ids")}
    return StoryEdit(**{**dict(row), "at": _at(row["at"]), **ids})


def brief_row(brief: Brief) -> dict[str, Any]:
    return {
        "story_id": brief.story_id,
        "lang": brief.lang,
        "version": brief.version,
        "headline": brief.headline,
        "sentences": dump(brief.sentences),
        "impact": dump(brief.impact),
        "writer": brief.writer,
        "written_at": stamp(brief.written_at),
        "inputs": brief.inputs,
        "dropped": dump(brief.dropped),
    }


def to_brief(row: Row) -> Brief:
    return Brief(
        story_id=row["story_id"],
        lang=row["lang"],
        headline=row["headline"],
        sentences=msgspec.json.decode(row["sentences"], type=tuple[Sentence, ...]),
        impact=msgspec.json.decode(row["impact"], type=tuple[Sentence, ...]),
        writer=row["writer"],
        written_at=_at(row["written_at"]),
        inputs=row["inputs"],
        dropped=msgspec.json.decode(row["dropped"], type=tuple[str, ...]),
        version=row["version"],
    )


def rank_row(rank: Rank) -> dict[str, Any]:
    return {
        "story_id": rank.story_id,
        "level": rank.level,
        "score": rank.score,
        "components": dump(rank.components),
        "reason_en": rank.reason_en,
        "reason_zh": rank.reason_zh,
        "official": rank.official,
    }


def to_rank(row: Row) -> Rank:
    return Rank(
        story_id=row["story_id"],
        level=row["level"],
        score=row["score"],
        components=msgspec.json.decode(row["components"], type=tuple[Component, ...]),
        reason_en=row["reason_en"],
        reason_zh=row["reason_zh"],
        official=row["official"],
    )


def generation_row(made: Generation) -> dict[str, Any]:
    return asdict(made) | {"at": stamp(made.at)}


def to_generation(row: Row) -> Generation:
    return Generation(**(dict(row) | {"at": _at(row["at"])}))
