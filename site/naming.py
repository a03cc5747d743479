"""Names of coded values in one language: bodies, document types, stages, topics, amounts, languages.

A code that no table knows is shown as it is written in the source, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from babel.numbers import format_decimal, get_currency_name

from dibao.store import (
    DOCUMENT_TYPES,
    JURISDICTIONS,
    STAGES,
    TOPICS,
    Body,
    Fact,
    Lang,
    Source,
    StoryView,
    Term,
)

from . import clean, words

DATE_KINDS = ("date_signed", "date_published", "date_effective", "date_deadline", "date_expiry")
_TERMS: dict[str, Mapping[str, Term]] = {
    "document_type": DOCUMENT_TYPES,
    "stage": STAGES,
    "topic": TOPICS,
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
    if fact.kind == "issuer":
        body = bodies.get(fact.value)
        return body.name(lang) if body else clean.line(fact.shown)
    if fact.kind == "amount":
        return amount_text(fact.value, lang) or clean.line(fact.shown)
    if fact.kind in _TERMS:
        term = _TERMS[fact.kind].get(fact.value)
        return capital(term.name(lang)) if term else clean.line(fact.shown)
    if fact.kind == "document_number":
        return clean.line(fact.value)
    return clean.line(fact.shown or fact.value, 300)


def amount_text(value: str, lang: Lang) -> str:
    """Return ``GBP 4200000`` as ``GBP 4,200,000`` or ``420万英镑``; empty when it is not of that form."""
    unit, _, number = value.partition(" ")
    try:
        amount = Decimal(number)
    except InvalidOperation:
        return ""
    if not amount.is_finite():
        return ""
    if unit == "PCT":
        return f"{_decimal(amount)}%"
    if unit == "BP":
        return f"{_decimal(amount)} bp" if lang == "en" else f"{_decimal(amount)}个基点"
    if lang == "en":
        return f"{unit} {_decimal(amount)}"
    figure = _chinese_figure(amount)
    return f"人民币{figure}元" if unit == "CNY" else figure + get_currency_name(unit, locale="zh_Hans_CN")


def _chinese_figure(amount: Decimal) -> str:
    """Return a figure counted in 亿 or 万 where that keeps every digit within two decimals."""
    for size, mark in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if amount >= size and amount % (size / 100) == 0:
            return _decimal(amount / size) + mark
    return _decimal(amount)


def _decimal(amount: Decimal) -> str:
    return format_decimal(amount, "#,##0.######", locale="en")


def note_text(note: str, lang: Lang, bodies: Mapping[str, Body]) -> str:
    """Return the machine ground of a rank component in words; unknown ones as they are.

    Known are keys of the closed lists, bodies and ISO days; ``key:value`` such as ``publishers:3``,
    ``draft:measures`` or ``penalty:1000000`` (CNY); ``national+2``, whom two sectors are named for.
    """
    if note in bodies:
        return bodies[note].short(lang)
    term = _term(note)
    if term:
        return term.name(lang)
    day = iso_day(note)
    if day:
        return words.day_text(day, lang)
    raw = clean.line(note, 80)
    key, _, value = note.partition(":")
    kind = DOCUMENT_TYPES.get(key)
    if kind and value.isdecimal():
        amount = amount_text(f"CNY {value}", lang) if int(value) else ""
        return (
            words.word(lang, "note.amount", type=kind.name(lang), amount=amount)
            if amount
            else kind.name(lang)
        )
    key, _, sectors = key.partition("+")
    name = key.replace(" ", "_")
    if not name.isidentifier():
        return raw
    inner = _term(value)
    n = inner.name(lang) if inner else clean.line(value, 60)
    text = words.word_or(lang, f"note.{name}", raw, n=n)
    return words.word(lang, "note.bound", text=text) if sectors and text != raw else text


def _term(key: str) -> Term | None:
    return next((table[key] for table in _TERMS.values() if key in table), None)


def source_name(source: Source, lang: Lang) -> str:
    return clean.line(source.name(lang), 120)


def story_jurisdiction(view: StoryView, bodies: Mapping[str, Body]) -> str:
    """Return where a story belongs: its issuer's jurisdiction, else that of the head's source."""
    issuers = (bodies.get(fact.value) for fact in view.facts if fact.kind == "issuer")
    return next((body.jurisdiction for body in issuers if body), view.head.source.jurisdiction)


def iso_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
