"""The stories of a day in one language as the values that digest, archive and status pages print. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dibao.store import (
    COLUMNS,
    JURISDICTIONS,
    LEVEL_NAMES,
    LEVELS,
    LIST_STATES,
    TOPICS,
    TROUBLES,
    Body,
    Lang,
    ListHealth,
    Source,
    SourceHealth,
    StoryView,
)

from . import clean, labels, naming, words
from .dues import Due, dues

HORIZON_DAYS = 30
_SUMMARY_LIMIT = 320
_MAX_UPCOMING = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter, or one line of a count."""

    key: str
    name: str
    count: int
    share: float = 0.0
    """0 to 100, of the largest count: the length of its bar."""


@dataclass(frozen=True, slots=True)
class Card:
    """One story in a list."""

    id: int
    headline: str
    short: str
    summary: str
    summary_tag: str
    level: str
    jurisdiction: str
    jurisdiction_name: str
    issuer: str
    type: str
    stage: str
    number: str
    number_tag: str
    """Language that the number is written in."""
    dates: tuple[Due, ...]
    counts: str
    topics: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    level: str
    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """The page of one day."""

    day: date
    day_text: str
    stories: str
    label: str
    groups: tuple[Group, ...]
    levels: tuple[Option, ...]
    jurisdictions: tuple[Option, ...]
    topics: tuple[Option, ...]
    upcoming: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One line of the status page. ``state`` is ok, failing or never."""

    name: str
    homepage: str
    tier: str
    jurisdiction: str
    state: str
    state_name: str
    last_success: str
    last_success_machine: str
    newest: str
    newest_machine: str
    items: int
    error: str
    """As the crawler wrote it, in English; only where no list says it in words of both languages."""
    notes: tuple[str, ...]
    """What is wrong with single lists, in the page's language."""


def digest(
    views: Sequence[StoryView],
    day: date,
    lang: Lang,
    *,
    today: date,
    known: Iterable[StoryView],
    bodies: Mapping[str, Body],
) -> Digest:
    """Return the page of ``day``, whose stories ``views`` are; dates come from ``known``."""
    cards = tuple(card(view, lang, bodies=bodies) for view in views)
    where = Counter(c.jurisdiction for c in cards)
    topics = Counter(key for c in cards for key, _ in c.topics)
    levels = Counter(c.level for c in cards)
    return Digest(
        day=day,
        day_text=words.long_day_text(day, lang),
        stories=words.count(lang, "stories", len(cards)),
        label=labels.whole((view.briefs[lang] for view in views), lang),
        groups=tuple(
            Group(level, LEVEL_NAMES[level].name(lang), tuple(c for c in cards if c.level == level))
            for level in LEVELS
            if levels[level]
        ),
        levels=options(levels, {k: LEVEL_NAMES[k].name(lang) for k in LEVELS}),
        jurisdictions=options(where, {k: t.name(lang) for k, t in JURISDICTIONS.items()}, drop_empty=True),
        topics=options(topics, {k: t.name(lang) for k, t in TOPICS.items()}, drop_empty=True),
        upcoming=upcoming(known, lang, today=today, bodies=bodies),
    )


def card(view: StoryView, lang: Lang, *, bodies: Mapping[str, Body]) -> Card:
    """Return a story as one entry of a list."""
    brief = view.briefs[lang]
    # A sentence that only announces a quotation says nothing alone.
    told = (sentence for sentence in brief.sentences if not sentence.text.endswith((":", "：")))
    first = next(told, None)
    where = naming.story_jurisdiction(view, bodies)
    topics = [f.value for f in view.facts if f.kind == "topic" and f.value in TOPICS]
    return Card(
        id=view.story.id,
        headline=clean.line(brief.headline, 300),
        short=labels.short(brief, lang),
        summary=clean.line(first.text, _SUMMARY_LIMIT) if first else "",
        summary_tag=first.tag if first and first.quoted else "",
        level=view.rank.level,
        jurisdiction=where,
        jurisdiction_name=naming.jurisdiction_name(where, lang),
        issuer=naming.issuer_text(view, lang, bodies),
        type=naming.first_text(view, "document_type", lang, bodies),
        stage=naming.first_text(view, "stage", lang, bodies, but="none"),
        number=naming.first_text(view, "document_number", lang, bodies),
        number_tag=naming.number_tag(view),
        dates=tuple(dues(view, lang, bodies=bodies)),
        counts=words.count_line(view, lang),
        topics=tuple((key, TOPICS[key].name(lang)) for key in dict.fromkeys(topics)),
    )


def upcoming(
    views: Iterable[StoryView], lang: Lang, *, today: date, bodies: Mapping[str, Body]
) -> tuple[Due, ...]:
    """Return the dates of law from ``today`` to 30 days on, soonest first, each day, kind and story once."""
    last = today + timedelta(days=HORIZON_DAYS)
    found = (due for view in views for due in dues(view, lang, bodies=bodies) if today <= due.day <= last)
    return tuple(sorted(found, key=lambda due: (due.day, due.kind, due.story_id)))[:_MAX_UPCOMING]


def source_rows(
    sources: Mapping[str, Source],
    health: Iterable[SourceHealth],
    lang: Lang,
    *,
    lists: Sequence[ListHealth] = (),
) -> tuple[SourceRow, ...]:
    """Return every source with how its last reading went, by jurisdiction, tier and name."""
    known = {h.source_id: h for h in health}
    notes = {s: tuple(dict.fromkeys(_notes(s, lists, lang))) for s in sources}
    order = list(JURISDICTIONS)
    rows = sorted(
        sources.values(),
        key=lambda s: (
            order.index(s.jurisdiction) if s.jurisdiction in order else len(order),
            s.tier,
            s.id,
        ),
    )
    return tuple(
        _source_row(s, known.get(s.id, SourceHealth(source_id=s.id)), notes[s.id], lang) for s in rows
    )


def _notes(source_id: str, lists: Iterable[ListHealth], lang: Lang) -> Iterator[str]:
    """Yield which list of a source needs a look, and why: ``Newsflash: Cannot be read – …``."""
    for row in lists:
        if row.source_id != source_id or not row.needs_a_look:
            continue
        column = COLUMNS[row.column].name(lang) if row.column in COLUMNS else row.column
        said = [LIST_STATES[row.state].name(lang)]
        said += [TROUBLES[row.trouble].name(lang)] if row.trouble in TROUBLES else []
        yield f"{column}{words.word(lang, 'site.colon')}{' – '.join(said)}"


def _source_row(source: Source, health: SourceHealth, notes: tuple[str, ...], lang: Lang) -> SourceRow:
    state = "failing" if notes or health.error else "ok" if health.last_success else "never"
    success = health.last_success
    return SourceRow(
        name=naming.source_name(source, lang),
        homepage=clean.link(source.homepage),
        tier=words.word(lang, f"tier.{source.tier}"),
        jurisdiction=naming.jurisdiction_name(source.jurisdiction, lang),
        state=state,
        state_name=words.word(lang, f"status.{state}"),
        last_success=words.beijing_text(success, lang) if success else "",
        last_success_machine=success.isoformat(timespec="seconds") if success else "",
        newest=words.day_text(health.newest, lang) if health.newest else "",
        newest_machine=health.newest.isoformat() if health.newest else "",
        items=health.items,
        error="" if notes else clean.line(health.error, 300),
        notes=notes,
    )


def options(
    counts: Mapping[str, int], names: Mapping[str, str], *, drop_empty: bool = False
) -> tuple[Option, ...]:
    """Return counts in the order of the closed list; keys outside it come last under their own name."""
    keys = [*names, *sorted(key for key in counts if key not in names)]
    most = max(counts.values(), default=0) or 1
    options = (Option(k, names.get(k, k), counts.get(k, 0), 100 * counts.get(k, 0) / most) for k in keys)
    return tuple(option for option in options if option.count or not drop_empty)
