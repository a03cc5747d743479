"""A StoryView in one language as the values that the story page prints, in its order. Pure; escapes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dibao.store import LEVEL_NAMES, Body, Coverage, Evidence, Fact, Lang, Sentence, StoryView, family

from . import clean, labels, naming, words

TITLE_LIMIT = 300
EXCERPT_LIMIT = 300
_QUOTE_LIMIT = 600
_MAX_DUTIES = 8
_BAR_UNITS = 100
"""Width of a full bar in the user units of the SVG."""

# The order of the facts box. Duties have their own section; private persons are never shown.
_BOX = (
    "issuer",
    "document_number",
    "document_type",
    "stage",
    "date_signed",
    "date_published",
    "date_effective",
    "date_deadline",
    "date_expiry",
    "entity_bound",
    "amount",
    "amends",
    "replaces",
    "citation",
    "topic",
)
_NEVER = frozenset({"person_private"})


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
class Quote:
    """The source's words that a sentence rests on, as shown in the coverage entry."""

    anchor: str
    text: str
    tag: str
    where: str
    back: str
    """Id of the sentence that cites it."""
    label: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact with the words that it was read from."""

    anchor: str
    name: str
    value: str
    quote: str
    tag: str
    where: str


@dataclass(frozen=True, slots=True)
class BoxValue:
    text: str
    machine: str
    """ISO date for ``<time datetime>``; else empty."""
    tag: str
    """Language of words taken from the source; empty for ours."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class BoxRow:
    kind: str
    name: str
    values: tuple[BoxValue, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    text: str
    tag: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class File:
    name: str
    url: str
    read: bool
    why: str


@dataclass(frozen=True, slots=True)
class When:
    """A time as shown and as machines read it; ``beijing`` only where it differs."""

    text: str
    machine: str
    beijing: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the coverage list."""

    number: int
    source: str
    homepage: str
    tier: int
    tier_name: str
    official: bool
    language: str
    tag: str
    url: str
    title: str
    translated: str
    translated_note: str
    published: When | None
    fetched: When
    author: str
    excerpt: str
    files: tuple[File, ...]
    quotes: tuple[Quote, ...]
    facts: tuple[FactRow, ...]
    changed: str
    withdrawn: str
    """That the source has taken its page down; empty while it is there."""


@dataclass(frozen=True, slots=True)
class Part:
    """One row of the rank table; ``bar`` is 0 to 100."""

    name: str
    value: str
    weight: str
    points: str
    ground: str
    bar: float


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
    entries: tuple[Entry, ...]
    version_line: str


def story_page(view: StoryView, lang: Lang, *, bodies: Mapping[str, Body]) -> StoryPage:
    """Return the page of a story. Marks point at anchors that the page's own coverage entries carry."""
    brief, head = view.briefs[lang], view.head
    numbers = {entry.item.id: n for n, entry in enumerate(view.coverage, 1)}
    lines = tuple(_line(s, f"s{n}", numbers) for n, s in enumerate(brief.sentences, 1))
    impact = tuple(_line(s, f"i{n}", numbers) for n, s in enumerate(brief.impact, 1))
    shown = tuple(fact for fact in view.facts if fact.kind not in _NEVER)
    original = clean.line(head.item.title, TITLE_LIMIT)
    headline = clean.line(brief.headline, TITLE_LIMIT)
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
        box=_box(shown, lang, bodies, numbers, view),
        duties=_duties(shown, numbers, view),
        entries=tuple(
            _entry(c, n, view, lang, bodies, (*brief.sentences, *brief.impact), len(brief.sentences))
            for n, c in enumerate(view.coverage, 1)
        ),
        version_line=words.word(
            lang,
            "story.version_line",
            story=view.story.version,
            brief=brief.version,
            written=words.beijing_text(brief.written_at, lang),
            updated=words.beijing_text(view.updated_at, lang),
        ),
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


def excerpt(text: str, limit: int = EXCERPT_LIMIT) -> str:
    """Return the beginning of a text, up to the last sentence end that fits, else cut with an ellipsis."""
    line = clean.line(text[: limit * 4])
    if len(line) <= limit:
        return line
    end = max(line.rfind(mark, limit // 2, limit) for mark in ("。", "！", "？", "；", ". ", "? ", "! "))
    return clean.line(line, limit) if end < 0 else line[: end + 1]


def _line(sentence: Sentence, id: str, numbers: Mapping[str, int]) -> Line:
    marks = tuple(
        Mark(number=numbers[cite.item_id], anchor=f"{id}-{n}")
        for n, cite in enumerate(sentence.cites, 1)
        if cite.item_id in numbers
    )
    return Line(
        id=id,
        text=clean.line(sentence.text, _QUOTE_LIMIT),
        tag=sentence.tag if sentence.quoted else "",
        marks=marks,
    )


def _quotes(coverage: Coverage, lang: Lang, sentences: Iterable[Sentence], in_brief: int) -> Iterable[Quote]:
    for n, sentence in enumerate(sentences, 1):
        of_brief = n <= in_brief
        id = f"s{n}" if of_brief else f"i{n - in_brief}"
        key = "story.sentence_n" if of_brief else "story.impact_n"
        for m, cite in enumerate(sentence.cites, 1):
            if cite.item_id == coverage.item.id:
                yield Quote(
                    anchor=f"{id}-{m}",
                    text=clean.line(cite.quote, _QUOTE_LIMIT),
                    tag=coverage.item.lang,
                    where=_where(cite, lang),
                    back=id,
                    label=words.word(lang, key, n=n if of_brief else n - in_brief),
                )


def _where(cite: Evidence, lang: Lang) -> str:
    kind, _, name = cite.field.partition(":")
    if kind == "text":
        return ""
    return words.word(lang, f"story.field_{kind}", name=clean.line(name, 60))


def _entry(
    coverage: Coverage,
    number: int,
    view: StoryView,
    lang: Lang,
    bodies: Mapping[str, Body],
    sentences: tuple[Sentence, ...],
    in_brief: int,
) -> Entry:
    item, source = coverage.item, coverage.source
    heading = coverage.headlines.get(lang)
    title = clean.line(item.title, TITLE_LIMIT)
    translated = clean.line(heading.text, TITLE_LIMIT) if heading and family(item.lang) != lang else ""
    note = ""
    if translated and heading:
        note = labels.translation(heading, lang) or words.word_or(lang, f"story.method_{heading.method}", "")
    published = item.published
    return Entry(
        number=number,
        source=naming.source_name(source, lang),
        homepage=clean.link(source.homepage),
        tier=source.tier,
        tier_name=words.word(lang, f"tier.{source.tier}"),
        official=source.official,
        language=words.language_name(item.lang, lang),
        tag=item.lang,
        url=clean.link(item.url),
        title=title,
        translated="" if translated == title else translated,
        translated_note=note,
        published=None
        if published is None
        else When(
            text=words.moment_text(published, lang),
            machine=words.moment_machine(published),
            beijing=words.also_in_beijing(published, lang),
        ),
        fetched=When(
            text=words.beijing_text(item.fetched_at, lang),
            machine=item.fetched_at.isoformat(timespec="seconds"),
        ),
        author=clean.line(item.author, 80),
        excerpt=excerpt(item.text or item.summary),
        files=tuple(
            File(
                name=clean.line(file.name or file.url, 160),
                url=clean.link(file.url),
                read=bool(file.text),
                why=clean.line(file.unread, 160),
            )
            for file in item.attachments
        ),
        quotes=tuple(_quotes(coverage, lang, sentences, in_brief)),
        facts=tuple(
            FactRow(
                anchor=_fact_anchor(number, n),
                name=words.word(lang, f"kind.{fact.kind}"),
                value=naming.fact_text(fact, lang, bodies),
                quote=clean.line(fact.evidence.quote, _QUOTE_LIMIT),
                tag=item.lang,
                where=_where(fact.evidence, lang),
            )
            for n, fact in enumerate(_shown(coverage), 1)
        ),
        changed=words.word(lang, "story.item_version", version=item.version) if item.version > 1 else "",
        withdrawn=words.word(lang, "story.withdrawn", at=words.beijing_text(item.withdrawn_at, lang))
        if item.withdrawn_at
        else "",
    )


def _shown(coverage: Coverage) -> tuple[Fact, ...]:
    return tuple(fact for fact in coverage.facts if fact.kind not in _NEVER)


def _fact_anchor(number: int, n: int) -> str:
    return f"c{number}-f{n}"


def _fact_marks(fact: Fact, numbers: Mapping[str, int], view: StoryView) -> tuple[Mark, ...]:
    """Return the marks of every entry that states the same value."""
    return tuple(
        Mark(number=numbers[c.item.id], anchor=_fact_anchor(numbers[c.item.id], n))
        for c in view.coverage
        for n, other in [
            next(
                ((n, f) for n, f in enumerate(_shown(c), 1) if (f.kind, f.value) == (fact.kind, fact.value)),
                (0, None),
            )
        ]
        if other is not None
    )


def _box(
    facts: Iterable[Fact],
    lang: Lang,
    bodies: Mapping[str, Body],
    numbers: Mapping[str, int],
    view: StoryView,
) -> tuple[BoxRow, ...]:
    by_kind: dict[str, list[BoxValue]] = {}
    tags = {c.item.id: c.item.lang for c in view.coverage}
    for fact in facts:
        text = naming.fact_text(fact, lang, bodies)
        values = by_kind.setdefault(fact.kind, [])
        if any(value.text == text for value in values):
            continue
        own = text != clean.line(fact.shown, 300) and fact.kind != "document_number"
        values.append(
            BoxValue(
                text=text,
                machine=fact.value if fact.kind in naming.DATE_KINDS and naming.iso_day(fact.value) else "",
                tag="" if own else tags.get(fact.item_id, ""),
                marks=_fact_marks(fact, numbers, view),
            )
        )
    published = view.head.item.published
    if published is not None:
        # The source's own statement of the time beats a date found in the text.
        by_kind["date_published"] = [
            BoxValue(words.day_text(published.day, lang), published.day.isoformat(), "", (Mark(1, "c1"),))
        ]
    return tuple(BoxRow(k, words.word(lang, f"kind.{k}"), tuple(by_kind[k])) for k in _BOX if k in by_kind)


def _duties(facts: Iterable[Fact], numbers: Mapping[str, int], view: StoryView) -> tuple[Duty, ...]:
    tags = {c.item.id: c.item.lang for c in view.coverage}
    found = [fact for fact in facts if fact.kind == "obligation"][:_MAX_DUTIES]
    return tuple(
        Duty(clean.line(f.shown, _QUOTE_LIMIT), tags.get(f.item_id, ""), _fact_marks(f, numbers, view))
        for f in found
    )


def _parts(view: StoryView, lang: Lang, bodies: Mapping[str, Body]) -> tuple[Part, ...]:
    return tuple(
        Part(
            name=words.word_or(lang, f"part.{part.name}", naming.capital(part.name.replace("_", " "))),
            value=f"{part.value:.2f}",
            weight=f"{part.weight:g}",
            points=f"{part.points:.1f}",
            ground=naming.note_text(part.note, lang, bodies),
            bar=round(min(1.0, max(0.0, part.value)) * _BAR_UNITS, 1),
        )
        for part in view.rank.components
    )
