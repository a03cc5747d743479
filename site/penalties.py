"""Penalties in one language: rows of the register, the box of a story's page, sums that may be stated. Pure.

In: story views, whose private persons are masked already; nothing is read from anywhere else, so what a
story's page withholds cannot come back here. Every value names the place on that page where its words stand.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from dibao.store import (
    SANCTIONS,
    Body,
    Coverage,
    Fact,
    Lang,
    Money,
    PenaltyRecord,
    Sanction,
    StoryView,
    amount_words,
    money,
    penalty_records,
    penalty_value,
)

from . import clean, naming, words
from .coverage import fact_anchor, facts_shown

_NUMBER = re.compile(r"\d+")
_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Said:
    """A value. ``tag``: language of the source's own words, empty for ours; ``anchor``: where on the story's
    page the words stand, empty where none do."""

    text: str
    tag: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What was imposed, and how much; ``amount`` is empty for what costs no money."""

    name: str
    amount: str
    anchor: str

    def text(self, lang: Lang) -> str:
        """Return it as one phrase: ``Fine GBP 12,400,000``, ``罚款人民币1,200万元``."""
        return f"{self.name} {self.amount}".rstrip() if lang == "en" else self.name + self.amount


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decided. ``written``: the source's own name for an office that shares its body with others."""

    id: str
    name: str
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One decision against one party. ``record`` is what it was made from."""

    id: str
    """Stays the same while the source, the party and the number do."""
    record: PenaltyRecord
    entry: int
    """Number of the item in the story's coverage list."""
    place: int
    """Which fact of that item it is."""
    tag: str
    """Language of the source."""
    day: Said
    authorities: tuple[Authority, ...]
    authority_anchor: str
    party: Said
    role: str
    measures: tuple[Measure, ...]
    violation: Said
    basis: Said
    number: Said


@dataclass(frozen=True, slots=True)
class Totals:
    """What may be said of some rows together. ``sums``: per currency, the largest first, never converted."""

    sums: tuple[str, ...]
    counted: int
    """Rows whose sums are in them."""
    left_out: int
    """Rows with a sum that is not: of the press alone, told twice, or perhaps owed together."""


def rows(views: Iterable[StoryView], lang: Lang, *, bodies: Mapping[str, Body]) -> tuple[Row, ...]:
    """Return the penalties of some stories: the newest day first, those of one page as the page has them."""
    by_id = {view.story.id: view for view in views}
    used: Counter[str] = Counter()
    found = [_row(r, by_id[r.story_id], lang, bodies, used) for r in penalty_records(by_id.values())]
    return tuple(
        sorted(
            found, key=lambda row: (-row.record.day.toordinal(), row.record.story_id, row.entry, row.place)
        )
    )


def _row(
    record: PenaltyRecord, view: StoryView, lang: Lang, bodies: Mapping[str, Body], used: Counter[str]
) -> Row:
    entry, covered = next(
        (n, c) for n, c in enumerate(view.coverage, 1) if c.item.id == record.evidence.item_id
    )
    penalty, tag = record.penalty, covered.item.lang
    places = _Places(record, covered, entry)

    def own(text: str, anchor: str) -> Said:
        return Said(clean.line(text, _LIMIT), tag, anchor)

    return Row(
        id=_id(record, used),
        record=record,
        entry=entry,
        place=places.n,
        tag=tag,
        day=Said(words.day_text(record.day, lang), "", places.of_day()),
        authorities=tuple(_authority(id, covered, lang, bodies) for id in record.authorities),
        authority_anchor=places.of_authority(),
        party=own(penalty.party, places.own),
        role=clean.line(penalty.role, _LIMIT),
        measures=tuple(_measure(sanction, places.own, lang) for sanction in penalty.sanctions),
        violation=own(penalty.violation, places.of_words(penalty.violation)),
        basis=own(penalty.basis, places.of_basis()),
        number=own(penalty.number, places.of_number()),
    )


def _id(record: PenaltyRecord, used: Counter[str]) -> str:
    penalty = record.penalty
    raw = f"{record.evidence.item_id}\n{penalty.party}\n{penalty.number}"
    used[raw] += 1
    # Two decisions against one party on one page, without numbers: the second is told apart by its place.
    return hashlib.sha256((raw + f"\n{used[raw]}" * (used[raw] > 1)).encode()).hexdigest()[:16]


def _measure(sanction: Sanction, anchor: str, lang: Lang) -> Measure:
    known = SANCTIONS.get(sanction.key)
    name = naming.capital(known.name(lang)) if known else clean.line(sanction.key, 40)
    return Measure(name, amount_words(sanction.amount, lang) or clean.line(sanction.amount, 40), anchor)


def _authority(id: str, covered: Coverage, lang: Lang, bodies: Mapping[str, Body]) -> Authority:
    body = bodies.get(id)
    name = body.short(lang) if body else clean.line(id, 80)
    # Offices of one body share an id (NFRA-branch): only the source says which one it was.
    shown = {clean.line(f.shown, 80) for f in covered.facts if (f.kind, f.value) == ("issuer", id)}
    written = shown.pop() if id.endswith("-branch") and len(shown) == 1 else ""
    return Authority(id, name, written)


class _Places:
    """Where on its story's page the words of each value of a penalty stand."""

    def __init__(self, record: PenaltyRecord, covered: Coverage, entry: int) -> None:
        self._record, self._entry = record, entry
        self._facts = tuple(enumerate(facts_shown(covered), 1))
        self._quote = record.evidence.quote
        value = penalty_value(record.penalty)
        self.n = next(
            n
            for n, fact in self._facts
            if (fact.kind, fact.value, fact.evidence) == ("penalty", value, record.evidence)
        )
        self.own = fact_anchor(entry, self.n)

    def _anchor(self, fits: Callable[[Fact], bool]) -> str:
        n = next((n for n, fact in self._facts if fact.evidence.quote and fits(fact)), 0)
        return fact_anchor(self._entry, n) if n else ""

    def _numbers(self) -> Counter[int]:
        return Counter(int(digits) for digits in _NUMBER.findall(self._quote) if len(digits) < 19)

    def of_words(self, value: str) -> str:
        return self.own if value and value in self._quote else ""

    def of_number(self) -> str:
        number = self._record.penalty.number
        wanted = Counter(int(digits) for digits in _NUMBER.findall(number) if len(digits) < 19)
        if number in self._quote or (wanted and wanted <= self._numbers()):
            return self.own if number else ""
        return self._anchor(lambda f: (f.kind, f.value) == ("document_number", number))

    def of_day(self) -> str:
        """A day that is not the decision's is that of the story, which no words state."""
        if not self._record.decided:
            return ""
        day = self._record.day
        if Counter((day.year, day.day)) <= self._numbers():
            return self.own
        return self._anchor(lambda f: (f.kind, f.value) == ("date_signed", day.isoformat()))

    def of_authority(self) -> str:
        return self._anchor(lambda f: f.kind == "issuer" and f.value in self._record.authorities)

    def of_basis(self) -> str:
        basis = self._record.penalty.basis
        return self.of_words(basis) or self._anchor(
            lambda f: bool(basis) and f.kind == "citation" and f.shown in basis and bool(f.shown)
        )


def totals(found: Sequence[Row], lang: Lang) -> Totals:
    """Return the sums that the rows of official pages state, each decision once.

    Not added is what only the press tells, a decision that another page told already, and a sum that one
    sentence states for several parties: it may be owed together.
    """
    together = Counter(_sentence(row) for row in found)
    seen: set[tuple[object, ...]] = set()
    sums: dict[str, Decimal] = {}
    counted = left_out = 0
    for row in found:
        imposed = {currency: row.record.amount(currency) for currency in _currencies(row)}
        if not imposed:
            continue
        same = (row.record.penalty.party, row.record.authorities, row.record.day, tuple(imposed.items()))
        if not row.record.official or together[_sentence(row)] > 1 or same in seen:
            left_out += 1
            continue
        seen.add(same)
        counted += 1
        for currency, amount in imposed.items():
            sums[currency] = sums.get(currency, Decimal()) + amount
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return Totals(
        tuple(money(Money(currency, amount), lang) for currency, amount in ordered),
        counted,
        left_out,
    )


def _sentence(row: Row) -> tuple[object, ...]:
    return row.record.evidence, row.record.penalty.sanctions


def _currencies(row: Row) -> Iterator[str]:
    found = (s.amount.partition(" ")[0] for s in row.record.penalty.sanctions if s.amount)
    return iter(dict.fromkeys(found))


def years(found: Iterable[Row]) -> tuple[tuple[int, int], ...]:
    """Return (year, rows) of rows that stand in order of their days."""
    return tuple(
        (year, len(list(group))) for year, group in groupby(found, key=lambda row: row.record.day.year)
    )
