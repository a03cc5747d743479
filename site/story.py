"""A StoryView in one language as the values that the story page prints. Pure; escapes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dibao.store import LEVEL_NAMES, Body, Component, Fact, Lang, Sentence, StoryView, refusals

from . import clean, labels, naming, penalties, words
from .coverage import (
    QUOTE_LIMIT,
    TITLE_LIMIT,
    Entry,
    coverage_entry,
    fact_anchor,
    facts_shown,
    folded,
    quote_anchor,
)
from .history import History, history

_MAX_DUTIES = 8
_MAX_MARKS = 3
_MAX_PENALTIES = 20
_SHIFTS = frozenset({"floor", "cap"})

# The order of the facts box; duties have their own section.
BOX = (
    "issuer",
    "addressee",
    "jurisdiction",
    "document_number",
    "document_type",
    "stage",
    "date_signed",
    "date_published",
    "date_effective",
    "date_deadline",
    "date_compliance",
    "date_hearing",
    "date_expiry",
    "legal_level",
    "entity_bound",
    "amount",
    "amends",
    "replaces",
    "repeals",
    "finalizes",
    "corrects",
    "extends",
    "consults",
    "implements",
    "interprets",
    "replies_to",
    "citation",
    "mention",
    "topic",
)
_MOST_NAMED = 12
"""Most values of ``mention`` that the box shows; the list of coverage has them all."""
_OF_HEAD = frozenset({"document_type", "stage", "legal_level", "addressee", "jurisdiction"})
_DUTIES = ("must_not", "must", "in_principle", "may", "encouraged", "except")
"""The strictest first: what a short list shows."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark: the number of the coverage entry and the anchor of the quoted words."""

    number: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the brief or the impact."""

    id: str
    text: str
    tag: str
    """Language of a quotation; empty for our own words."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class BoxValue:
    """One value of the facts box."""

    text: str
    machine: str
    """ISO date for ``<time datetime>``; else empty."""
    tag: str
    """Language of words taken from the source; empty for ours."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class BoxRow:
    """One line of the facts box: a kind of fact with its values."""

    kind: str
    name: str
    values: tuple[BoxValue, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """A sentence of a source that demands, forbids, allows or encourages something."""

    kind: str
    name: str
    text: str
    tag: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Part:
    """One row of the rank table; ``bar`` is 0 to 100, None for an override, which only shifts the total."""

    name: str
    value: str
    weight: str
    points: str
    ground: str
    bar: float | None


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Everything on a story page in one language."""

    id: int
    headline: str
    original: str
    original_tag: str
    original_language: str
    level: str
    level_name: str
    jurisdiction: str
    day: str
    day_iso: str
    label: str
    short: str
    lines: tuple[Line, ...]
    impact: tuple[Line, ...]
    impact_note: str
    reason: str
    rank_code: str
    score: str
    parts: tuple[Part, ...]
    read_url: str
    read_source: str
    head_official: bool
    undated: bool
    engine: str
    counts: str
    box: tuple[BoxRow, ...]
    duties: tuple[Duty, ...]
    more_duties: str
    """How many there are besides; empty: these are all."""
    penalties: tuple[penalties.Row, ...]
    more_penalties: str
    """How many there are besides; empty: these are all."""
    withheld: str
    """How many sentences of the brief were withheld; empty: none."""
    items: int
    entries: tuple[Entry, ...]
    """Copies of one text stand under it: ``items`` counts them, the length of this does not."""
    version_line: str
    history: History
    """What changed since the last brief, earlier versions and ranks, and where sources disagree."""


def story_page(view: StoryView, lang: Lang, *, bodies: Mapping[str, Body]) -> StoryPage:
    """Return the page of a story. Marks point at anchors that the page's own coverage entries carry."""
    brief, head = view.briefs[lang], view.head
    duties, more = _duties(view, lang)
    fined = penalties.rows([view], lang, bodies=bodies)
    numbers = {entry.item.id: n for n, entry in enumerate(view.coverage, 1)}
    lines = tuple(_line(s, f"s{n}", numbers) for n, s in enumerate(brief.sentences, 1))
    impact = tuple(_line(s, f"i{n}", numbers) for n, s in enumerate(brief.impact, 1))
    original = clean.line(head.item.title, TITLE_LIMIT)
    headline = clean.line(brief.headline, TITLE_LIMIT)
    withheld = sum(bool(refusal.text) for refusal in refusals(brief.dropped))
    return StoryPage(
        id=view.story.id,
        headline=headline,
        original="" if original == headline else original,
        original_tag=head.item.lang,
        original_language=words.language_name(head.item.lang, lang),
        level=view.rank.level,
        level_name=LEVEL_NAMES[view.rank.level].name(lang),
        jurisdiction=naming.jurisdiction_name(naming.story_jurisdiction(view, bodies), lang),
        day=words.long_day_text(view.story.day, lang),
        day_iso=view.story.day.isoformat(),
        label=labels.visible(brief, lang),
        short=labels.short(brief, lang),
        lines=lines,
        impact=impact,
        impact_note=labels.impact_note(brief, lang),
        reason=clean.line(view.rank.reason(lang), 600),
        rank_code=view.rank.code,
        score=f"{view.rank.score:.1f}",
        parts=_parts(view, lang, bodies),
        read_url=clean.link(head.item.url),
        read_source=naming.source_name(head.source, lang),
        head_official=head.source.official,
        undated=head.item.published is None,
        engine=engine_line(view, lang),
        counts=words.count_line(view, lang),
        box=_box(view, lang, bodies),
        duties=duties,
        more_duties=words.count(lang, "more_duties", more) if more else "",
        penalties=fined[:_MAX_PENALTIES],
        more_penalties=words.count(lang, "more_penalties", len(fined) - _MAX_PENALTIES)
        if len(fined) > _MAX_PENALTIES
        else "",
        withheld=words.count(lang, "withheld", withheld) if withheld else "",
        items=view.items,
        entries=folded(
            [coverage_entry(c, n, brief, bodies=bodies) for n, c in enumerate(view.coverage, 1)], view.copies
        ),
        version_line=words.word(
            lang,
            "story.version_line",
            story=view.story.version,
            brief=brief.version,
            written=words.beijing_text(brief.written_at, lang),
            updated=words.beijing_text(view.updated_at, lang),
        ),
        history=history(view, lang),
    )


def engine_line(view: StoryView, lang: Lang) -> str:
    """Return who wrote the brief and from how much, e.g. ``… from 3 items of 1 publisher.``"""
    brief = view.briefs[lang]
    key = "story.engine_model" if brief.generative else "story.engine_embedded"
    return words.word(
        lang,
        key,
        model=clean.line(brief.writer.removeprefix("model:"), 80),
        items=words.count(lang, "items", view.items),
        publishers=words.count(lang, "publishers", view.publishers),
    )


def _line(sentence: Sentence, id: str, numbers: Mapping[str, int]) -> Line:
    marks: dict[int, Mark] = {}  # one mark an entry, though it may be cited for two places
    for n, cite in enumerate(sentence.cites, 1):
        if cite.item_id in numbers:
            number = numbers[cite.item_id]
            marks.setdefault(number, Mark(number, quote_anchor(id, n)))
    return Line(
        id=id,
        text=clean.line(sentence.text, QUOTE_LIMIT),
        tag=sentence.tag if sentence.quoted else "",
        marks=tuple(marks.values()),
    )


def _box(view: StoryView, lang: Lang, bodies: Mapping[str, Body]) -> tuple[BoxRow, ...]:
    rows: dict[str, list[BoxValue]] = {}
    for fact in _box_facts(view):
        values = rows.setdefault(fact.kind, [])
        value = _box_value(fact, view, lang, bodies)
        full = fact.kind == "mention" and len(values) >= _MOST_NAMED
        if not full and all(other.text != value.text for other in values):
            values.append(value)
    published = view.head.item.published
    if published is not None:
        # The source's own statement of the time beats a date found in the text.
        day = words.day_text(published.day, lang)
        rows["date_published"] = [BoxValue(day, published.day.isoformat(), "", (Mark(1, "c1"),))]
    return tuple(BoxRow(k, words.word(lang, f"kind.{k}"), tuple(rows[k])) for k in BOX if k in rows)


def _box_facts(view: StoryView) -> Iterator[Fact]:
    """Yield what the box shows; not "no legal stage". Type, status and level are the head's, if it has them.

    Issuers are those of the head and of papers that share one with it: a body that answers another's decision
    did not issue it.
    """
    of_head = {fact.kind for fact in view.head.facts}
    issuers = _issuers(view)
    for fact in view.facts:
        elsewhere = fact.kind in _OF_HEAD and fact.kind in of_head and fact.item_id != view.story.head
        answers = fact.kind == "issuer" and fact.value not in issuers
        nothing = (fact.kind, fact.value) == ("stage", "none")
        if fact.kind in BOX and not (elsewhere or answers or nothing):
            yield fact


def _issuers(view: StoryView) -> set[str]:
    first, *others = ({f.value for f in c.facts if f.kind == "issuer"} for c in (view.head, *view.coverage))
    return first.union(*(found for found in others if not first or first & found))


def _box_value(fact: Fact, view: StoryView, lang: Lang, bodies: Mapping[str, Body]) -> BoxValue:
    text = naming.fact_text(fact, lang, bodies)
    tag = next((c.item.lang for c in view.coverage if c.item.id == fact.item_id), "")
    is_date = fact.kind in naming.DATE_KINDS and naming.iso_day(fact.value) is not None
    return BoxValue(
        text,
        fact.value if is_date else "",
        tag if naming.as_written(fact, text) else "",
        _fact_marks(fact, view),
    )


def _fact_marks(fact: Fact, view: StoryView) -> tuple[Mark, ...]:
    """Return marks of the first entries that state the same value; more would only be noise.

    A mark leads to the words. What the source states of itself, beside its text, has none: then the mark
    leads to the entry.
    """
    found = []
    for number, item in enumerate(view.coverage, 1):
        same = [
            (n, other)
            for n, other in enumerate(facts_shown(item), 1)
            if (other.kind, other.value) == (fact.kind, fact.value)
        ]
        if same:
            n = next((n for n, other in same if other.evidence.quote), 0)
            found.append(Mark(number, fact_anchor(number, n) if n else f"c{number}"))
    return tuple(found[:_MAX_MARKS])


def _duties(view: StoryView, lang: Lang) -> tuple[tuple[Duty, ...], int]:
    """Return the strictest duties in reading order, the head's first, each wording once; and the rest's
    number."""
    found: dict[str, Duty] = {}
    for number, item in enumerate(view.coverage, 1):
        for n, fact in enumerate(facts_shown(item), 1):
            text = clean.line(fact.evidence.quote, QUOTE_LIMIT)
            if (
                fact.kind == "obligation"
                and fact.value in _DUTIES
                and text
                # A clause of a sentence that is shown says nothing more.
                and not any(text in shown for shown in found)
            ):
                mark = Mark(number, fact_anchor(number, n))
                found[text] = Duty(fact.value, naming.duty_name(fact.value, lang), text, item.item.lang, mark)
    duties = list(found.values())
    strictest = sorted(duties, key=lambda duty: _DUTIES.index(duty.kind))[:_MAX_DUTIES]
    return tuple(duty for duty in duties if duty in strictest), len(duties) - len(strictest)


def _parts(view: StoryView, lang: Lang, bodies: Mapping[str, Body]) -> tuple[Part, ...]:
    return tuple(_part(part, lang, bodies) for part in view.rank.components)


def _part(part: Component, lang: Lang, bodies: Mapping[str, Body]) -> Part:
    name = words.word_or(lang, f"part.{part.name}", naming.capital(part.name.replace("_", " ")))
    ground = naming.note_text(part.name, part.note, lang, bodies)
    if part.name in _SHIFTS:
        return Part(name, "", "", f"{part.points:+.1f}", ground, None)
    bar = round(min(1.0, max(0.0, part.value)) * 100, 1)
    return Part(name, f"{part.value:.2f}", f"{part.weight:g}", f"{part.points:.1f}", ground, bar)
