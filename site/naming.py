"""Names of coded values in one language: bodies, document types, stages, topics, amounts, languages.

A code that no table knows is shown as it is written in the source, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dibao.store import (
    DOCUMENT_TYPES,
    JURISDICTIONS,
    LEGAL_LEVELS,
    NAMED,
    STAGES,
    SUBTOPICS,
    TOPICS,
    Body,
    Fact,
    Lang,
    Source,
    StoryView,
    Term,
    amount_words,
)

from . import clean, words

DATE_KINDS = (
    "date_signed", "date_published", "date_effective", "date_deadline", "date_expiry",
    "date_compliance", "date_hearing",
)  # fmt: skip
_NOTE_LISTS = {"force": "force", "stage": "stage", "topic": "topic"}
_OF_BODIES = frozenset({"issuer", "addressee", "mention"})
_TERMS: dict[str, Mapping[str, Term]] = {
    "document_type": DOCUMENT_TYPES,
    "stage": STAGES,
    "legal_level": LEGAL_LEVELS,
    "force": {**DOCUMENT_TYPES, **LEGAL_LEVELS},
    **NAMED,
    "topic": {**TOPICS, **SUBTOPICS},
}


def jurisdiction_name(code: str, lang: Lang) -> str:
    term = JURISDICTIONS.get(code)
    return term.name(lang) if term else code


def capital(text: str) -> str:
    """Return the text with a capital first letter; Chinese is unchanged."""
    return text[:1].upper() + text[1:]


def fact_text(fact: Fact, lang: Lang, bodies: Mapping[str, Body]) -> str:
    """Return a fact's value in words of the language, else as the source wrote it."""
    if fact.kind in DATE_KINDS:
        day = iso_day(fact.value)
        return words.day_text(day, lang) if day else clean.line(fact.shown)
    body = bodies.get(fact.value) if fact.kind in _OF_BODIES else None
    if body is not None:
        return body.name(lang)
    if fact.kind == "issuer":
        return clean.line(fact.shown)
    if fact.kind == "amount":
        return amount_words(fact.value, lang) or clean.line(fact.shown)
    if fact.kind == "obligation":
        return duty_name(fact.value, lang)
    if fact.kind in _TERMS:
        term = _TERMS[fact.kind].get(fact.value)
        return capital(term.name(lang)) if term else clean.line(fact.shown, 300)
    if fact.kind == "document_number":
        return clean.line(fact.value)
    return clean.line(fact.shown or fact.value, 300)


def as_written(fact: Fact, text: str) -> bool:
    """True where ``text``, the value in words, is in the source's own words and language."""
    return text == clean.line(fact.shown, 300) or fact.kind == "document_number"


def duty_name(modality: str, lang: Lang) -> str:
    """Return what a sentence does to those it addresses: demands, forbids, allows, …"""
    return words.word_or(lang, f"duty.{modality}", clean.line(modality, 40))


def note_text(part: str, note: str, lang: Lang, bodies: Mapping[str, Body]) -> str:
    """Return the machine ground of a rank component in words; unknown ones as they are.

    Known are bodies, ISO days, the keys of the component's own closed list, ``key:value`` such as
    ``publishers:3``, ``draft:measures`` or ``penalty:1000000`` (CNY), and ``national+2``, whom the document
    itself names for two sectors.
    """
    if note in bodies:
        return bodies[note].short(lang)
    table = _TERMS[_NOTE_LISTS[part]] if part in _NOTE_LISTS else {}
    if note in table:
        return table[note].name(lang)
    day = iso_day(note)
    if day:
        return words.day_text(day, lang)
    key, _, value = note.partition(":")
    if key in table and value.isdecimal():
        return _fined(table[key].name(lang), value, lang)
    return _known_note(part, note, value=table[value].name(lang) if value in table else value, lang=lang)


def _fined(type_: str, amount: str, lang: Lang) -> str:
    if not int(amount):
        return type_
    return words.word(lang, "note.amount", type=type_, amount=amount_words(f"CNY {amount}", lang) or amount)


def _known_note(part: str, note: str, *, value: str, lang: Lang) -> str:
    key, _, sectors = note.partition(":")[0].partition("+")
    name, n, raw = key.replace(" ", "_"), clean.line(value, 60), clean.line(note, 80)
    if not name.isidentifier():
        return raw
    text = words.word_or(lang, f"note_{part}.{name}", "") or words.word_or(lang, f"note.{name}", raw, n=n)
    return words.word(lang, "note.bound", text=text) if sectors and text != raw else text


def source_name(source: Source, lang: Lang) -> str:
    return clean.line(source.name(lang), 120)


def story_jurisdiction(view: StoryView, bodies: Mapping[str, Body]) -> str:
    """Return where a story belongs: its issuer's jurisdiction, else that of the head's source."""
    issuers = (bodies.get(fact.value) for fact in view.facts if fact.kind == "issuer")
    return next((body.jurisdiction for body in issuers if body), view.head.source.jurisdiction)


def issuer_text(view: StoryView, lang: Lang, bodies: Mapping[str, Body]) -> str:
    """Return the short name of the first issuer that is known as a body, else the issuer as written."""
    body = next((bodies[f.value] for f in view.facts if f.kind == "issuer" and f.value in bodies), None)
    return body.short(lang) if body else first_text(view, "issuer", lang, bodies)


def first_text(view: StoryView, kind: str, lang: Lang, bodies: Mapping[str, Body], *, but: str = "") -> str:
    """Return the first fact of a kind in words, the head's first; none when its value is ``but``."""
    fact = next((f for f in view.facts if f.kind == kind), None)
    return fact_text(fact, lang, bodies) if fact and fact.value != but else ""


def number_tag(view: StoryView) -> str:
    """Return the language that the story's document number is written in; empty without one."""
    tags = {c.item.id: c.item.lang for c in view.coverage}
    return next((tags.get(f.item_id, "") for f in view.facts if f.kind == "document_number"), "")


def iso_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
