"""What a story's page says of its own past, in one language: what changed since the last brief, earlier
versions, ranks it has had; and where its sources disagree. Pure; escapes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from dibao.store import (
    DOCUMENT_TYPES,
    LEVEL_NAMES,
    STAGES,
    Brief,
    Changed,
    Coverage,
    Disagreement,
    Lang,
    Rank,
    Stated,
    StoryNote,
    StoryView,
    amount_words,
    changes,
)

from . import clean, compare, naming, words

_NAMED = 3
"""Sources that one change names; of more the number is told."""
_MOST_VERSIONS = 20
_NO_DOCUMENT = frozenset({"press_release", "news_report"})


@dataclass(frozen=True, slots=True)
class Position:
    """A value as one source has it; ``number`` is that of its entry in the coverage list."""

    value: str
    source: str
    number: int
    official: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """One thing on which sources disagree. ``note`` says whose value the brief goes by."""

    what: str
    positions: tuple[Position, ...]
    note: str


@dataclass(frozen=True, slots=True)
class BriefVersion:
    """An earlier version of the brief. ``changed``: what the next one says otherwise."""

    version: int
    at: str
    at_iso: str
    writer: str
    changed: tuple[compare.Changed, ...]


@dataclass(frozen=True, slots=True)
class RankStep:
    """A rank that the story has had. ``why``: the components that made the difference."""

    at: str
    at_iso: str
    level: str
    level_name: str
    score: str
    why: str


@dataclass(frozen=True, slots=True)
class History:
    """All of it. ``notes``: one sentence a change of the story, the newest first."""

    notes: tuple[str, ...]
    disputes: tuple[Dispute, ...]
    versions: tuple[BriefVersion, ...]
    ranks: tuple[RankStep, ...]


def history(view: StoryView, lang: Lang) -> History:
    """Return what the page in a language says of the story's past; empty parts for a new story."""
    return History(
        notes=tuple(note_text(view, note, lang) for note in reversed(view.notes)),
        disputes=tuple(_dispute(view, one, lang) for one in view.disagreements),
        versions=tuple(_versions(view, lang)),
        ranks=tuple(_ranks(view, lang)) if len(view.ranks) > 1 else (),
    )


# What changed


def note_text(view: StoryView, note: StoryNote, lang: Lang) -> str:
    """Return what changed since a brief as one sentence: ``Since the brief of 20 November 2026: …``."""
    said = [
        *_joined(view, note.changes, lang),
        *(text for one in note.changes if (text := _changed(view, one, lang))),
    ]
    since, at = (each.astimezone(words.BEIJING).date() for each in (note.since, note.at))
    day = words.beijing_text(note.since, lang) if since == at else words.day_text(since, lang)
    return words.word(lang, "since.line", day=day, changes=words.word(lang, "since.joint").join(said))


def _joined(view: StoryView, found: Sequence[Changed], lang: Lang) -> Iterator[str]:
    """Name the new official documents one by one, the reports together."""
    places = {c.item.id: c for c in view.coverage}
    come = [places[one.item_id] for one in found if one.kind == "joined" and one.item_id in places]
    documents: dict[str, dict[str, None]] = {}
    for c in come:
        if c.source.official:
            documents.setdefault(_what(c, lang), {})[naming.source_name(c.source, lang)] = None
    for what, sources in list(documents.items())[:_NAMED]:
        yield words.word(lang, "since.joined", what=what, source=_listed(list(sources), lang))
    if left := sum(len(sources) for sources in list(documents.values())[_NAMED:]):
        yield words.count(lang, "more_documents", left)
    names = list(dict.fromkeys(naming.source_name(c.source, lang) for c in come if not c.source.official))
    if names:
        more = (
            words.word(lang, "since.more", n=len(names) - _NAMED, all=len(names))
            if len(names) > _NAMED
            else ""
        )
        yield words.word(lang, "since.reported", sources=_listed(names[:_NAMED], lang) + more)


def _what(entry: Coverage, lang: Lang) -> str:
    """Return what came: ``circular``; a page whose type is not known is an official page."""
    types = [f.value for f in entry.facts if f.kind == "document_type" and f.value in DOCUMENT_TYPES]
    known = [value for value in types if value not in _NO_DOCUMENT]
    if not known:
        return words.word(lang, "since.page")
    # Without the note in brackets that only a list needs.
    return words.word_or(lang, f"since.{known[0]}", DOCUMENT_TYPES[known[0]].name(lang).partition("（")[0])


def _listed(names: Sequence[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(names)


def _changed(view: StoryView, one: Changed, lang: Lang) -> str:
    source = next((naming.source_name(c.source, lang) for c in view.coverage if c.item.id == one.item_id), "")
    if one.kind in ("text", "withdrawn") and source:
        return words.word(lang, f"since.{one.kind}", source=source)
    if one.kind == "left":
        return words.word(lang, "since.left")
    if one.kind != "value":
        return ""
    before, after = (
        _listed([_value(one.fact, value, lang) for value in values], lang)
        for values in (one.before, one.after)
    )
    key = (
        "lost"
        if not after
        else "given"
        if not before
        else "moved"
        if one.fact in naming.DATE_KINDS
        else "was"
    )
    what = words.word(lang, f"changed.{one.fact}")
    return words.word(lang, f"since.{key}", what=what, before=before, after=after)


def _value(kind: str, value: str, lang: Lang, *, shown: str = "") -> str:
    """Return a value in words; one of which only the month is known as it stands."""
    if kind == "stage":
        return STAGES[value].name(lang) if value in STAGES else clean.line(value)
    if kind in naming.DATE_KINDS:
        day = naming.iso_day(value)
        return words.day_text(day, lang) if day else clean.line(shown or value)
    if kind == "amount":
        return amount_words(value, lang) or clean.line(shown or value)
    return clean.line(value)


# Where sources disagree


def _dispute(view: StoryView, one: Disagreement, lang: Lang) -> Dispute:
    positions = tuple(p for stated in one.stated if (p := _position(view, one.kind, stated, lang)))
    official = bool(one.stated) and one.stated[0].official
    return Dispute(
        what=naming.capital(words.word(lang, f"changed.{one.kind}")),
        positions=positions,
        note=words.word(lang, "disputes.official" if official else "disputes.first"),
    )


def _position(view: StoryView, kind: str, stated: Stated, lang: Lang) -> Position | None:
    for number, entry in enumerate(view.coverage, 1):
        if entry.item.id == stated.item_id:
            value = _value(kind, stated.value, lang, shown=stated.shown)
            return Position(value, naming.source_name(entry.source, lang), number, stated.official)
    return None


# Versions and ranks


def _versions(view: StoryView, lang: Lang) -> Iterator[BriefVersion]:
    """Yield the versions before the present one, the newest first, each with what the next one changed."""
    chain = [*view.earlier.get(lang, ()), view.briefs[lang]]
    for was, became in list(pairwise(chain))[::-1][:_MOST_VERSIONS]:
        yield BriefVersion(
            version=was.version,
            at=words.beijing_text(was.written_at, lang),
            at_iso=_iso(was.written_at),
            writer=clean.line(was.writer.removeprefix("model:"), 80) if was.generative else "",
            changed=tuple(
                compare.Changed(tuple(compare.pieces(clean.text(c.before), clean.text(c.after))))
                for c in changes(_lines(was), _lines(became))
            ),
        )


def _lines(brief: Brief) -> str:
    """A brief as text, a sentence a line, the headline first."""
    return "\n".join(
        [brief.headline, *(s.text.replace("\n", " ") for s in (*brief.sentences, *brief.impact))]
    )


def _ranks(view: StoryView, lang: Lang) -> Iterator[RankStep]:
    """Yield the ranks of a story, the newest first."""
    steps = [(None, view.ranks[0]), *pairwise(view.ranks)]
    for was, became in reversed(steps):
        rank = became.rank
        yield RankStep(
            at=words.beijing_text(became.at, lang),
            at_iso=_iso(became.at),
            level=rank.level,
            level_name=LEVEL_NAMES[rank.level].name(lang),
            score=f"{rank.score:.1f}",
            why=_difference(was.rank, rank, lang) if was else "",
        )


def _difference(was: Rank, now: Rank, lang: Lang) -> str:
    """Return the components whose points differ: ``Legal force +12.0, Urgency −3.6``."""
    before = {part.name: part.points for part in was.components}
    after = {part.name: part.points for part in now.components}
    found = [
        f"{words.word_or(lang, f'part.{name}', name)} {after.get(name, 0) - before.get(name, 0):+.1f}"
        for name in dict.fromkeys((*before, *after))
        if abs(after.get(name, 0) - before.get(name, 0)) >= 0.05
    ]
    return _listed(found, lang).replace("-", "−")


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
