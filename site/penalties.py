"""Penalties in one language: rows of the register, the box of a story's page, sums that may be stated. Pure.

In: story views, whose private persons are masked already; nothing is read from anywhere else, so what a
story's page withholds cannot come back here. Every value names the place on that page where its words stand.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from dibao.store import (
    SANCTIONS,
    Body,
    Coverage,
    Lang,
    Money,
    PenaltyRecord,
    Sanction,
    StoryView,
    amount_words,
    money,
    penalty_records,
)

from . import clean, naming, words
from .penalty_places import Page, Places, is_office

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
        """Return it as one phrase: ``Fine £12.4 million``, ``罚款1200万元``."""
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
    anchor: str
    """Of the words that it was read from."""
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
    """Rows with a sum that is not: of the press alone, perhaps told twice, or perhaps owed together."""


def rows(views: Iterable[StoryView], lang: Lang, *, bodies: Mapping[str, Body]) -> tuple[Row, ...]:
    """Return the penalties of some stories: the newest day first, those of one page as the page has them."""
    by_id = {view.story.id: view for view in views}
    used: Counter[str] = Counter()
    pages: dict[str, Page] = {}
    found = []
    for record in penalty_records(by_id.values()):
        item_id = record.evidence.item_id
        if item_id not in pages:
            pages[item_id] = _page(by_id[record.story_id], item_id)
        found.append(_row(record, pages[item_id], lang, bodies, used))
    return tuple(
        sorted(
            found, key=lambda row: (-row.record.day.toordinal(), row.record.story_id, row.entry, row.place)
        )
    )


def _page(view: StoryView, item_id: str) -> Page:
    return next(Page(c, n) for n, c in enumerate(view.coverage, 1) if c.item.id == item_id)


def _row(
    record: PenaltyRecord, page: Page, lang: Lang, bodies: Mapping[str, Body], used: Counter[str]
) -> Row:
    penalty, tag = record.penalty, page.covered.item.lang
    places = Places(record, page)
    authorities = tuple(_authority(id, record, page.covered, lang, bodies) for id in record.authorities)

    def own(text: str, anchor: str) -> Said:
        return Said(clean.line(text, _LIMIT), tag, anchor)

    return Row(
        id=_id(record, used),
        record=record,
        entry=page.entry,
        place=places.n,
        anchor=places.own,
        tag=tag,
        day=Said(words.day_text(record.day, lang), "", places.of_day()),
        authorities=authorities,
        authority_anchor=places.of_authorities({one.id: _names(one, bodies) for one in authorities}),
        party=own(penalty.party, places.of_party()),
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


def _authority(
    id: str, record: PenaltyRecord, covered: Coverage, lang: Lang, bodies: Mapping[str, Body]
) -> Authority:
    body = bodies.get(id)
    name = body.short(lang) if body else clean.line(id, 80)
    if not is_office(id):
        return Authority(id, name, "")
    # Only the source says which office it was; of several on one page, that of the penalty's own words.
    shown = {clean.line(f.shown, 80) for f in covered.facts if (f.kind, f.value) == ("issuer", id)} - {""}
    if len(shown) > 1:
        shown = {office for office in shown if office in record.evidence.quote}
    return Authority(id, name, shown.pop() if len(shown) == 1 else "")


def _names(authority: Authority, bodies: Mapping[str, Body]) -> tuple[str, ...]:
    """Return how a text may call an authority; none for an office that we cannot tell from its like."""
    body = bodies.get(authority.id)
    if is_office(authority.id):
        named: tuple[str, ...] = (authority.written,)
    else:
        named = (body.name_en, body.name_zh, body.short_zh) if body else (authority.name,)
    return tuple(filter(None, named))


def totals(found: Sequence[Row], lang: Lang) -> Totals:
    """Return the sums that the rows of official pages state, each decision once.

    Not added is what only the press tells, a decision that another page may have told already, and a sum that
    one sentence states for several parties: it may be owed together.
    """
    together = Counter(_sentence(row) for row in found)
    counted: dict[str, list[Row]] = {}
    sums: dict[str, Decimal] = {}
    n = left_out = 0
    for row in found:
        imposed = _imposed(row)
        if not imposed:
            continue
        told = counted.setdefault(row.record.penalty.party, [])
        if (
            not row.record.official
            or together[_sentence(row)] > 1
            or any(_may_be_one(row, other) for other in told)
        ):
            left_out += 1
            continue
        told.append(row)
        n += 1
        for currency, amount in imposed.items():
            sums[currency] = sums.get(currency, Decimal()) + amount
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return Totals(
        tuple(money(Money(currency, amount), lang) for currency, amount in ordered),
        n,
        left_out,
    )


def _may_be_one(row: Row, other: Row) -> bool:
    """True where two rows against one party may tell the same decision.

    Its number decides where both pages have one. Else sums are the same, authorities too where both pages say
    them, and no two days of decision tell them apart: the day of a story is not one.
    """
    one, two = row.record, other.record
    if one.penalty.number and two.penalty.number:
        return one.penalty.number == two.penalty.number
    days = one.decided and two.decided and one.day != two.day
    authorities = one.authorities and two.authorities and one.authorities != two.authorities
    return not days and not authorities and _imposed(row) == _imposed(other)


def _sentence(row: Row) -> tuple[object, ...]:
    return row.record.evidence, row.record.penalty.sanctions


def _imposed(row: Row) -> dict[str, Decimal]:
    """Return what a row's measures cost, by currency."""
    found = (s.amount.partition(" ")[0] for s in row.record.penalty.sanctions if s.amount)
    return {currency: row.record.amount(currency) for currency in dict.fromkeys(found)}


def years(found: Iterable[Row]) -> tuple[tuple[int, int], ...]:
    """Return (year, rows) of rows that stand in order of their days."""
    return tuple(
        (year, len(list(group))) for year, group in groupby(found, key=lambda row: row.record.day.year)
    )
