"""What pages, feeds and mail read: one StoryView with everything a reader is shown.

What is not to be shown never gets out of here: the spans of private persons are masked with signs of the
same length, so that every position stays true, and those facts are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlite_utils import Database

from . import rows
from .memories import RETIRED, SourceHealth, Version
from .notes import Disagreement, StoryNote
from .records import LANGS, Attachment, Evidence, Fact, Item, Lang, Source, penalty_of, penalty_value
from .tellings import Brief, Coverage, Headline, Rank, RankedAt, Sentence, Story, StoryView

MASK = "█"

_PUBLISHABLE = """EXISTS (SELECT 1 FROM ranks r WHERE r.story_id = s.id)
  AND (SELECT count(DISTINCT lang) FROM briefs b WHERE b.story_id = s.id) = 2"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything the views of some stories are put together from."""

    sources: Mapping[str, Source]
    items: Mapping[str, Item]
    facts: Mapping[str, tuple[Fact, ...]]
    headlines: Mapping[tuple[str, Lang], Headline]
    briefs: Mapping[tuple[int, Lang], Brief]
    ranks: Mapping[int, Rank]
    ranked: Mapping[int, tuple[RankedAt, ...]]
    earlier: Mapping[tuple[int, Lang], tuple[Brief, ...]]
    notes: Mapping[int, tuple[StoryNote, ...]]
    disagreements: Mapping[int, tuple[Disagreement, ...]]


def story_ids(
    db: Database, *, days: Iterable[date] | None, since: date | None, limit: int | None
) -> list[int]:
    """Return the numbers of publishable stories: newest day first, then by score, then oldest number."""
    where, values = [_PUBLISHABLE], []
    if days is not None:
        wanted = [day.isoformat() for day in days]
        where.append(f"s.day IN ({','.join('?' * len(wanted))})")
        values += wanted
    if since is not None:
        where.append("s.day >= ?")
        values.append(since.isoformat())
    sql = f"""SELECT s.id FROM stories s JOIN ranks k ON k.story_id = s.id
              WHERE {" AND ".join(where)} ORDER BY s.day DESC, k.score DESC, s.id"""  # noqa: S608 - our own words
    if limit is not None:
        sql += f" LIMIT {int(limit)}"
    return [row["id"] for row in db.query(sql, values)]


def days(db: Database) -> dict[date, int]:
    sql = f"SELECT day, count(*) AS n FROM stories s WHERE {_PUBLISHABLE} GROUP BY day ORDER BY day DESC"  # noqa: S608
    return {date.fromisoformat(row["day"]): row["n"] for row in db.query(sql)}


def search(db: Database, expression: str, *, limit: int) -> tuple[int, ...]:
    """Return story numbers for an FTS5 expression; a hit in a title weighs five in the text."""
    found = db.query(
        """WITH hits AS MATERIALIZED (
             SELECT item_id, bm25(item_search, 0, 5.0, 1.0) AS score
             FROM item_search WHERE item_search MATCH ?)
           SELECT m.story_id AS id, min(hits.score) AS score
           FROM hits JOIN members m ON m.item_id = hits.item_id
           GROUP BY m.story_id ORDER BY score, id LIMIT ?""",
        [expression, limit],
    )
    return tuple(row["id"] for row in found)


def health(db: Database) -> tuple[SourceHealth, ...]:
    """Return how each source that was ever tried is doing, from its polls and items."""
    found = db.query(
        """SELECT p.source_id, max(p.tried_at) AS tried, max(p.succeeded_at) AS succeeded,
                  group_concat(DISTINCT nullif(p.error, '')) AS error,
                  (SELECT count(*) FROM items i WHERE i.source_id = p.source_id) AS items,
                  (SELECT max(day) FROM items i WHERE i.source_id = p.source_id) AS newest
           FROM polls p WHERE p.paused != ? GROUP BY p.source_id ORDER BY p.source_id""",
        [RETIRED],
    )
    return tuple(
        SourceHealth(
            source_id=row["source_id"],
            last_try=datetime.fromisoformat(row["tried"]),
            last_success=datetime.fromisoformat(row["succeeded"]) if row["succeeded"] else None,
            items=row["items"],
            newest=date.fromisoformat(row["newest"]) if row["newest"] else None,
            error=row["error"] or "",
        )
        for row in found
    )


def assemble(story: Story, parts: Parts) -> StoryView | None:
    """Put one view together; None while the story has no rank or lacks a brief in a language."""
    rank = parts.ranks.get(story.id)
    briefs = {lang: parts.briefs[story.id, lang] for lang in LANGS if (story.id, lang) in parts.briefs}
    if rank is None or len(briefs) < len(LANGS):
        return None
    shown = {item_id: masked(parts.items[item_id], parts.facts[item_id]) for item_id in story.item_ids}
    private = {
        fact.evidence.quote
        for item_id in story.item_ids
        for fact in parts.facts[item_id]
        if fact.kind == "person_private" and fact.evidence.quote.strip()
    }
    coverage = [
        Coverage(
            item=shown[member.item_id],
            source=parts.sources[shown[member.item_id].source_id],
            member=member,
            headlines={
                lang: _masked_headline(
                    parts.headlines[member.item_id, lang], parts.items[member.item_id], shown
                )
                for lang in LANGS
                if (member.item_id, lang) in parts.headlines
            },
            facts=tuple(
                _masked_fact(fact, shown, private)
                for fact in parts.facts[member.item_id]
                if fact.kind != "person_private"
            ),
        )
        for member in story.members
    ]
    coverage.sort(key=lambda entry: _order(entry, story.head))
    return StoryView(
        story=story,
        rank=rank,
        briefs={lang: _requoted(brief, shown, private) for lang, brief in briefs.items()},
        coverage=tuple(coverage),
        updated_at=max(
            *(brief.written_at for brief in briefs.values()),
            *(note.at for note in parts.notes.get(story.id, ())),
        ),
        facts=_distinct(coverage),
        ranks=parts.ranked.get(story.id, ()),
        earlier={
            lang: tuple(_requoted(brief, shown, private) for brief in parts.earlier[story.id, lang])
            for lang in LANGS
            if (story.id, lang) in parts.earlier
        },
        notes=parts.notes.get(story.id, ()),
        disagreements=parts.disagreements.get(story.id, ()),
    )


_LAST = datetime.max.replace(tzinfo=UTC)


def _order(entry: Coverage, head: str) -> tuple[bool, bool, date, datetime, str]:
    moment = entry.item.published
    day = moment.day if moment else date.max
    at = moment.at if moment and moment.at else _LAST
    return (entry.item.id != head, not entry.source.official, day, at, entry.item.id)


def _distinct(coverage: Sequence[Coverage]) -> tuple[Fact, ...]:
    kept: dict[tuple[str, str], Fact] = {}
    for entry in coverage:
        for fact in entry.facts:
            kept.setdefault((fact.kind, fact.value), fact)
    return tuple(kept.values())


def masked(item: Item, facts: Iterable[Fact]) -> Item:
    """Return the item with the spans of its ``person_private`` facts covered, lengths unchanged."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for fact in facts:
        if fact.kind == "person_private":
            spans.setdefault(fact.evidence.field, []).append((fact.evidence.start, fact.evidence.end))
    if not spans:
        return item
    return replace(
        item,
        title=_cover(item.title, spans.get("title", ())),
        summary=_cover(item.summary, spans.get("summary", ())),
        text=_cover(item.text, spans.get("text", ())),
        labels=tuple((name, _cover(value, spans.get(f"label:{name}", ()))) for name, value in item.labels),
        attachments=tuple(
            _covered(attachment, spans.get(f"attachment:{n}", ()))
            for n, attachment in enumerate(item.attachments)
        ),
    )


def masked_version(row: rows.Row) -> Version:
    """Return a former version with what was found in it of private persons covered; ``masks``: JSON."""
    kept = dict(row)
    for field, spans in json.loads(kept.pop("masks")).items():
        kept[field] = _cover(kept[field], spans)
    return rows.to_version(kept)


def _covered(attachment: Attachment, spans: Iterable[tuple[int, int]]) -> Attachment:
    return replace(attachment, text=_cover(attachment.text, spans))


def _cover(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + MASK * (min(end, len(text)) - start) + text[end:]
    return text


def _masked_headline(headline: Headline, item: Item, shown: Mapping[str, Item]) -> Headline:
    """An original title is shown as masked; a written one never held a private name."""
    if headline.text == item.title:
        return replace(headline, text=shown[item.id].title)
    return headline


def _masked_fact(fact: Fact, shown: Mapping[str, Item], private: Iterable[str]) -> Fact:
    """A fact read from a passage that holds a private name shows the passage as masked.

    A penalty stays a record: what is private is covered inside it, wherever on the page it stood. A row of a
    table takes over what it leaves empty from the row above, and the page says number and day once for all.
    """
    evidence = _quoted(fact.evidence, shown)
    if fact.kind == "penalty":
        return replace(
            fact,
            evidence=evidence,
            value=_covered_penalty(fact, private),
            shown=_covered_words(fact.shown, private),
        )
    if evidence.quote == fact.evidence.quote:
        return fact
    return replace(fact, evidence=evidence, value=evidence.quote, shown=evidence.quote)


def _covered_penalty(fact: Fact, private: Iterable[str]) -> str:
    """Cover what is private in each value of a penalty, however the reader spaced it."""
    penalty = penalty_of(fact)
    patterns = [re.compile(r"\s*".join(map(re.escape, "".join(name.split())))) for name in private]

    def covered(text: str) -> str:
        for pattern in patterns:
            text = pattern.sub(lambda found: MASK * len(found[0]), text)
        return text

    return penalty_value(
        replace(
            penalty,
            party=covered(penalty.party),
            role=covered(penalty.role),
            violation=covered(penalty.violation),
            basis=covered(penalty.basis),
            number=covered(penalty.number),
        )
    )


def _covered_words(text: str, private: Iterable[str]) -> str:
    for name in private:
        text = text.replace(name, MASK * len(name))
    return text


def _quoted(evidence: Evidence, shown: Mapping[str, Item]) -> Evidence:
    """Take the quotation from what is shown, so that nothing masked comes back through it."""
    item = shown.get(evidence.item_id)
    if item is None:
        return evidence
    return replace(evidence, quote=item.field_text(evidence.field)[evidence.start : evidence.end])


def _requoted(brief: Brief, shown: Mapping[str, Item], private: Iterable[str]) -> Brief:
    """A writer leaves private persons out; should one slip through, it is covered here."""

    names = tuple(private)

    def covered(text: str) -> str:
        return _covered_words(text, names)

    def again(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        return tuple(
            replace(
                sentence,
                text=covered(sentence.text),
                cites=tuple(_quoted(cite, shown) for cite in sentence.cites),
            )
            for sentence in sentences
        )

    return replace(
        brief,
        headline=covered(brief.headline),
        sentences=again(brief.sentences),
        impact=again(brief.impact),
    )
