"""What the sentences that a brief cites say: their values, bodies and days, for the gate to compare with.

In: evidence, items, facts. Out: one ground for all that is cited together. Pure; judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from dibao.store import Evidence, Fact, Item, Lang, Money, Source, Tag, family, penalty_of

from .language import sentences, simplify
from .values import Values, read

if TYPE_CHECKING:
    from .glossary import Glossary, Hit

_VALUED = frozenset({
    "date_signed", "date_published", "date_effective", "date_deadline", "date_expiry", "date_compliance",
    "document_number",
})  # fmt: skip
"""Kinds of facts whose value is known where their words are cited."""
_SUMS = frozenset(["amount", "penalty"])


@dataclass(frozen=True, slots=True)
class Ground:
    """What the cited sources say."""

    values: Values
    text: str
    bodies: frozenset[str]
    published: frozenset[date]
    """Days that only the pages' metadata state."""
    dated: frozenset[date]
    """Days that stand in the text."""
    dollar: str
    langs: frozenset[str]
    single: bool
    """One sentence alone: what limits it has to be said with it."""
    publishers: tuple[str, ...]
    """The names of the sources: whoever published it may be named, whatever the text says."""


def holds(evidence: Evidence, items: Mapping[str, Item]) -> bool:
    try:
        text = items[evidence.item_id].field_text(evidence.field)
    except (KeyError, IndexError, ValueError):
        return False
    return text[evidence.start : evidence.end] == evidence.quote


def ground_of(
    cites: Iterable[Evidence],
    items: Mapping[str, Item],
    facts: Mapping[str, Sequence[Fact]],
    glossary: Glossary,
    sources: Mapping[str, Source],
) -> Ground:
    """``items`` and ``facts`` are by item id, ``sources`` by their own."""
    texts: dict[str, None] = {}
    whole: dict[str, None] = {}
    bodies: set[str] = set()
    published = []
    sums: set[Money] = set()
    for cite in cites:
        item = items[cite.item_id]
        whole[DOLLAR.sub(_dollar(facts.get(item.id, ())), _sentence_of(cite, item))] = None
        if item.published:
            published.append(item.published.day)
        for fact in facts.get(item.id, ()):
            if fact.kind == "issuer":
                bodies.add(fact.value)
            elif fact.kind in _VALUED or fact.kind in _SUMS:
                # most facts stand elsewhere, and comparing places is dear
                here = fact.evidence.start == cite.start and fact.evidence == cite
                if fact.kind in _VALUED and (here or _of_page(fact)):
                    texts[fact.value] = None
                elif here:
                    sums |= _money(fact)
    text = "\n".join((*whole, *texts))
    # The glossary's Chinese names are in Simplified characters.
    plain = simplify(text)
    spoken_there: list[Lang] = ["zh"] if _HAN.search(plain) else []
    if _LATIN.search(plain):
        spoken_there.append("en")
    for spoken in spoken_there:
        bodies |= {hit.entry.id for hit in bodies_in(plain, spoken, glossary)}
    values = read(plain)
    return Ground(
        replace(values, days=values.days | frozenset(published), money=values.money | sums),
        text,
        frozenset(bodies),
        frozenset(published),
        values.days,
        next((sign for c in cites if (sign := _dollar(facts.get(c.item_id, ()))) != "$"), "$"),
        frozenset(family(items[cite.item_id].lang) for cite in cites),
        len(whole) == 1,
        tuple(dict.fromkeys(name for cite in cites for name in _names(items[cite.item_id], sources))),
    )


def _of_page(fact: Fact) -> bool:
    """A number that only the page's own data say; its days are known as those of publication."""
    return not fact.evidence.quote and fact.kind == "document_number"


def _names(item: Item, sources: Mapping[str, Source]) -> Iterator[str]:
    source = sources.get(item.source_id)
    if source is not None:
        yield from (name for name in (source.name_en, source.name_zh, source.acronym) if name)


_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
DOLLAR = re.compile(r"(?<![A-Za-z])\$(?=\s?\d)")
_DOLLARS = {"HKD": "HK$", "SGD": "S$", "AUD": "A$", "CAD": "C$", "NZD": "NZ$"}


_MOST_AROUND = 2000
"""Characters before and after a quotation in which its sentence begins and ends."""


@lru_cache(maxsize=4096)  # a sentence is looked at when it is judged, and when it is cited, in both languages
def bodies_in(text: str, lang: Lang, glossary: Glossary) -> tuple[Hit, ...]:
    """Return the institutions that a text names."""
    return tuple(hit for hit in glossary.find(text, lang) if hit.entry.kind == "org")


def in_own_dollars(text: str, facts: Iterable[Fact]) -> str:
    """A text of a page with its bare $ as the page means them, for a reader elsewhere."""
    return DOLLAR.sub(_dollar(facts), text) if "$" in text else text


def _dollar(facts: Iterable[Fact]) -> str:
    """What a bare $ is on this page: on one of Hong Kong, HK$."""
    spoken = {f.value[:3] for f in facts if f.kind == "amount" and f.shown.startswith("$")}
    return next((sign for code, sign in _DOLLARS.items() if code in spoken), "$")


def _money(fact: Fact) -> set[Money]:
    """What a fact says of money where its text alone does not: 贰拾万元, or $ on a Hong Kong page."""
    values = [fact.value] if fact.kind == "amount" else []
    if fact.kind == "penalty":
        values = [sanction.amount for sanction in penalty_of(fact).sanctions]
    found = set()
    for unit, _, number in (value.partition(" ") for value in values):
        with suppress(InvalidOperation):
            if re.fullmatch(r"[A-Z]{3}", unit) and unit != "PCT":
                found.add(Money(unit, Decimal(number).normalize()))
    return found


def _sentence_of(cite: Evidence, item: Item) -> str:
    """The whole sentence(s) around a quotation: a value alone does not say who must do what."""
    return _around(item.field_text(cite.field), cite.start, cite.end, item.lang)


@lru_cache(maxsize=1024)  # both languages cite the same
def _around(text: str, first: int, last: int, tag: Tag) -> str:
    # A line ends its sentence, so nothing beyond it has to be looked at.
    low = max(0, first - _MOST_AROUND, text.rfind("\n", 0, first) + 1)
    stop = text.find("\n", last)
    high = min(len(text) if stop < 0 else stop, last + _MOST_AROUND)
    near = text[low:high]
    spans = [
        (start + low, end + low)
        for start, end in sentences(near, tag)
        if start + low < last and end + low > first
    ]
    return text[min((s for s, _ in spans), default=first) : max((e for _, e in spans), default=last)]
