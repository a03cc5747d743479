"""The glossary page: institutions by jurisdiction and terms by kind, each with both its names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dibao.store import HTML_LANG, JURISDICTIONS, Body, GlossaryTerm, Lang

from . import clean, naming, words

KINDS = ("ai", "data", "term", "law", "doctype", "sanction", "modal", "sector", "system")
"""Kinds of terms shown; the others serve the grammar of titles and mean nothing alone."""


@dataclass(frozen=True, slots=True)
class Name:
    """One institution or term: its name and short form in the page's language, and in the other."""

    id: str
    name: str
    other: str
    short: str
    other_short: str
    where: str


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The page in one language. ``other_tag``: the language of the other names."""

    other_tag: str
    bodies: tuple[Section, ...]
    terms: tuple[Section, ...]


def glossary(bodies: Mapping[str, Body], terms: Iterable[GlossaryTerm], lang: Lang) -> Glossary:
    """Return the page. Sections that would be empty are left out."""
    known = tuple(terms)
    other: Lang = "en" if lang == "zh" else "zh"
    return Glossary(
        other_tag=HTML_LANG[other],
        bodies=tuple(_bodies(bodies.values(), lang, other)),
        terms=tuple(_terms(known, lang, other)),
    )


def _bodies(bodies: Iterable[Body], lang: Lang, other: Lang) -> Iterator[Section]:
    """Yield the institutions of each jurisdiction, the highest first."""
    by_place: dict[str, list[Body]] = {}
    for body in bodies:
        by_place.setdefault(body.jurisdiction, []).append(body)
    for code in (*JURISDICTIONS, *sorted(by_place.keys() - JURISDICTIONS.keys())):
        found = sorted(by_place.get(code, ()), key=lambda body: (-body.level, body.id))
        if found:
            names = tuple(_body(body, lang, other) for body in found)
            yield Section(f"in-{code}", naming.jurisdiction_name(code, lang), names)


def _body(body: Body, lang: Lang, other: Lang) -> Name:
    name, theirs = clean.line(body.name(lang), 200), clean.line(body.name(other), 200)
    short, their_short = clean.line(body.short(lang), 80), clean.line(body.short(other), 80)
    return Name(
        id=body.id,
        name=name,
        other=theirs,
        short="" if short in (name, theirs) else short,
        other_short="" if their_short in (name, theirs, short) else their_short,
        where="",
    )


def _terms(terms: Iterable[GlossaryTerm], lang: Lang, other: Lang) -> Iterator[Section]:
    by_kind: dict[str, list[GlossaryTerm]] = {}
    for term in terms:
        by_kind.setdefault(term.kind, []).append(term)
    for kind in KINDS:
        if kind in by_kind:
            names = tuple(
                Name(
                    id="",
                    name=naming.capital(clean.line(term.name(lang), 200)),
                    other=clean.line(term.name(other), 200),
                    short=clean.line(term.abbrev, 80),
                    other_short="",
                    where=naming.jurisdiction_name(term.jurisdiction, lang) if term.jurisdiction else "",
                )
                for term in by_kind[kind]
            )
            yield Section(f"of-{kind}", words.word(lang, f"glossary.{kind}"), names)
