"""One item of a story as the coverage list shows it: origin, times, text, evidence, facts, files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dibao.store import Attachment, Body, Brief, Coverage, Evidence, Fact, Item, Lang, Moment, family

from . import clean, labels, naming, unread, words

TITLE_LIMIT = 300
EXCERPT_LIMIT = 300
QUOTE_LIMIT = 600
_CONTEXT = 120
"""Most characters shown on either side of quoted words."""

_NEVER = frozenset({"person_private"})
_SENTENCE_END = re.compile(r"[。！？!?；;\n]|\.(?=\s)")
_AFTER_STOP = re.compile(r"(?<=[。！？；：，、”」）]) ")
"""The blank that a paragraph's end leaves: none follows a full-width stop."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Quoted words with the rest of their sentence, in the source's language."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What a sentence of the brief rests on. ``back`` is the id of that sentence."""

    anchor: str
    passage: Passage
    where: str
    back: str
    label: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact with the words that it was read from."""

    anchor: str
    name: str
    value: str
    passage: Passage
    where: str


@dataclass(frozen=True, slots=True)
class File:
    """An attachment; ``why`` says why it was not read, in English where ``why_tag`` says so."""

    name: str
    url: str
    read: bool
    why: str
    why_tag: str


@dataclass(frozen=True, slots=True)
class When:
    """A time as shown and as machines read it; ``beijing`` only where it differs."""

    text: str
    machine: str
    beijing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of the coverage list."""

    number: int
    item_id: str
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
    copies: tuple[Entry, ...] = ()
    """The entries of the same words elsewhere, which are shown under this one."""


def coverage_entry(coverage: Coverage, number: int, brief: Brief, *, bodies: Mapping[str, Body]) -> Entry:
    """Return entry ``number`` (from 1) of the page that shows ``brief``, in the brief's language."""
    item, source, lang = coverage.item, coverage.source, brief.lang
    title = clean.line(item.title, TITLE_LIMIT)
    translated, note = _translation(coverage, lang)
    return Entry(
        number=number,
        item_id=item.id,
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
        published=_published(item.published, lang),
        fetched=_fetched(item.fetched_at, lang),
        author=clean.line(item.author, 80),
        excerpt=excerpt(item.text or item.summary),
        files=tuple(_file(file, lang) for file in item.attachments),
        quotes=tuple(_quotes(coverage, brief)),
        facts=tuple(
            FactRow(
                anchor=fact_anchor(number, n),
                name=words.word(lang, f"kind.{fact.kind}"),
                value=naming.fact_text(fact, lang, bodies),
                passage=passage(item, fact.evidence),
                where=_where(fact.evidence, lang),
            )
            for n, fact in enumerate(facts_shown(coverage), 1)
        ),
        changed=words.word(lang, "story.item_version", version=item.version) if item.version > 1 else "",
        withdrawn=words.word(lang, "story.withdrawn", at=words.beijing_text(item.withdrawn_at, lang))
        if item.withdrawn_at
        else "",
    )


def folded(entries: Sequence[Entry], copies: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return the entries with those of copies under the one that they repeat; every number stays.

    ``copies``: item id → id of the item that it repeats. Of items that repeat each other the first stands.
    """
    by_id = {entry.item_id: entry for entry in entries}
    under: dict[str, list[Entry]] = {entry.item_id: [] for entry in entries}
    for entry in entries:
        under[_original(entry.item_id, by_id, copies)].append(entry)
    return tuple(
        replace(entry, copies=tuple(copy for copy in under[entry.item_id] if copy is not entry))
        for entry in entries
        if under[entry.item_id]
    )


def _original(item_id: str, entries: Mapping[str, Entry], copies: Mapping[str, str]) -> str:
    passed: list[str] = []
    while item_id not in passed:
        passed.append(item_id)
        item_id = copies.get(item_id, item_id)
    circle = passed[passed.index(item_id) :]
    return min(circle, key=lambda other: entries[other].number)


def _file(file: Attachment, lang: Lang) -> File:
    why, ours = unread.reason(file.unread, lang) if file.unread and not file.text else ("", True)
    return File(
        name=clean.line(file.name or file.url, 160),
        url=clean.link(file.url),
        read=bool(file.text),
        why=why,
        why_tag="" if ours else "en",
    )


def facts_shown(coverage: Coverage) -> tuple[Fact, ...]:
    """Return the facts of an item that pages may show: never those about private persons."""
    return tuple(fact for fact in coverage.facts if fact.kind not in _NEVER)


def fact_anchor(number: int, n: int) -> str:
    """Name the row of fact ``n`` in coverage entry ``number``, both from 1."""
    return f"c{number}-f{n}"


def quote_anchor(sentence: str, n: int) -> str:
    """Name the evidence of citation ``n`` (from 1) of a sentence; sentences are ``s1``, ``i1``."""
    return f"{sentence}-{n}"


def excerpt(text: str, limit: int = EXCERPT_LIMIT) -> str:
    """Return the beginning of a text, up to the last sentence end that fits, else cut with an ellipsis."""
    line = _AFTER_STOP.sub("", clean.line(text[: limit * 4]))
    if len(line) <= limit:
        return line
    end = max(line.rfind(mark, limit // 2, limit) for mark in ("。", "！", "？", "；", ". ", "? ", "! "))
    return clean.line(line, limit) if end < 0 else line[: end + 1]


def passage(item: Item, evidence: Evidence) -> Passage:
    """Return quoted words in their sentence; the words alone where the text no longer has them there."""
    quote = clean.line(evidence.quote, QUOTE_LIMIT)
    try:
        text = item.field_text(evidence.field)
    except (KeyError, IndexError, ValueError):
        return Passage("", quote, "")
    start, end = evidence.start, evidence.end
    if not evidence.quote or text[start:end] != evidence.quote or _ends(evidence.quote):
        return Passage("", quote, "")
    before = _SENTENCE_END.split(text[max(0, start - _CONTEXT) : start])[-1]
    after = text[end : end + _CONTEXT]
    stop = _SENTENCE_END.search(after)
    cut_before = len(before) == _CONTEXT and start > _CONTEXT
    cut_after = stop is None and end + _CONTEXT < len(text)
    return Passage(
        _edge("…" * cut_before + clean.text(before).lstrip()),
        quote,
        _edge(clean.text(after[: stop.end()] if stop else after).rstrip() + "…" * cut_after),
    )


def _ends(quote: str) -> bool:
    """True for words that are whole sentences already."""
    return quote.rstrip().endswith(("。", "！", "？", "；", ".", "!", "?"))


def _edge(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


def _quotes(coverage: Coverage, brief: Brief) -> Iterator[Quote]:
    parts = (("s", "story.sentence_n", brief.sentences), ("i", "story.impact_n", brief.impact))
    for letter, key, sentences in parts:
        for n, sentence in enumerate(sentences, 1):
            for m, cite in enumerate(sentence.cites, 1):
                if cite.item_id == coverage.item.id:
                    yield Quote(
                        anchor=quote_anchor(f"{letter}{n}", m),
                        passage=passage(coverage.item, cite),
                        where=_where(cite, brief.lang),
                        back=f"{letter}{n}",
                        label=words.word(brief.lang, key, n=n),
                    )


def _translation(coverage: Coverage, lang: Lang) -> tuple[str, str]:
    """Return the title in the page's language and how it was made; both empty when it needs none."""
    heading = coverage.headlines.get(lang)
    if heading is None or family(coverage.item.lang) == lang:
        return "", ""
    by_rule = words.word_or(lang, f"story.method_{heading.method}", "")
    return clean.line(heading.text, TITLE_LIMIT), labels.translation(heading, lang) or by_rule


def _published(moment: Moment | None, lang: Lang) -> When | None:
    if moment is None:
        return None
    return When(
        text=words.moment_text(moment, lang),
        machine=words.moment_machine(moment),
        beijing=words.also_in_beijing(moment, lang),
    )


def _fetched(at: datetime, lang: Lang) -> When:
    return When(text=words.beijing_text(at, lang), machine=at.isoformat(timespec="seconds"))


def _where(cite: Evidence, lang: Lang) -> str:
    """Return where in the item words stand; empty for its running text, and for facts without words."""
    kind, _, name = cite.field.partition(":")
    if kind == "text" or not cite.quote:
        return ""
    return words.word(lang, f"story.field_{kind}", name=clean.line(name, 60))
