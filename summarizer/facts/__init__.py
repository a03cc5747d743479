"""Item → facts: typed values with the place they were read from, by rule, in both languages, with no model.

Pure and linear in the length of the item. What is not there is not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from dibao.store import Fact, Item, Source, family

from ..glossary import Glossary
from ..orders import order_spans
from .addressees import read_addressees
from .amounts import read_amounts
from .dates import read_dates
from .days import parse_date
from .entities import read_entities
from .instruments import read_instruments
from .issuers import read_issuers
from .jurisdictions import read_jurisdiction
from .legal import read_level
from .mentions import read_mentions
from .numbers import find_numbers, normal_number
from .obligations import MODALITIES, read_obligations
from .own_numbers import read_numbers
from .penalties import read_penalties
from .reading import open_item
from .redaction import private_spans, read_private, redact
from .relations import read_relations
from .stage import is_draft, read_stage
from .topics import read_topics
from .types import read_types, title_type

__all__ = [
    "FACTS_VERSION",
    "MODALITIES",
    "find_numbers",
    "normal_number",
    "parse_date",
    "private_spans",
    "read_facts",
    "redact",
    "title_type",
]

FACTS_VERSION = "16"
"""Raised with every change of the rules, so that stored items are read again."""

_BY_PLACE = {"obligation", "person_private"}
"""Kinds whose every place counts; of the others each value is given once."""


_SUGGESTIBLE = {"amount", "topic"}


def read_facts(item: Item, *, source: Source, glossary: Glossary) -> tuple[Fact, ...]:
    """Return the facts of one item, the surest of a kind first where order matters (issuers, types, numbers).

    ``item.field_text(f.evidence.field)[f.evidence.start:f.evidence.end] == f.evidence.quote`` holds for all.
    """
    reading = open_item(item, source=source, glossary=glossary)
    types = tuple(read_types(reading))
    type_ = types[0].value if types else ""
    dates = tuple(read_dates(reading, type=type_, draft=is_draft(types)))
    issuers = tuple(read_issuers(reading, type=type_))
    numbers = tuple(read_numbers(reading, type=type_, issuers=issuers))
    addressees = tuple(read_addressees(reading, issuers))
    stages = tuple(read_stage(reading, types, dates))
    stage = stages[0].value if stages else ""
    instruments = tuple(read_instruments(reading, types, issuers))
    own = (*(n for n in numbers if n.kind == "document_number"), *instruments)
    cited = tuple(n for n in numbers if n.kind == "citation")
    found = tuple(
        _once(
            (
                *issuers,
                *addressees,
                *read_jurisdiction(reading, issuers),
                *types,
                *dates,
                *stages,
                *read_level(reading, types, (*issuers, *numbers), stage),
                *own,
                *read_relations(reading, type=type_, own=own, cited=cited),
                *read_penalties(reading, types, (*issuers, *numbers, *dates)),
                *read_entities(reading, types),
                *read_amounts(reading),
                *read_obligations(reading, type=type_),
                *read_topics(reading),
                *read_mentions(reading, (*issuers, *addressees)),
                *read_private(reading),
            )
        )
    )
    return found if source.official else tuple(_unsuggested(found, item))


def _unsuggested(facts: tuple[Fact, ...], item: Item) -> Iterator[Fact]:
    """Leave out what a report says of sums and subjects in words that may be an order to a machine.

    Nothing else is left out, and nothing of an issuer's own text: a rule about machines reads like one.
    """
    spans = {
        field: tuple(order_spans(item.field_text(field), family(item.lang)))
        for field in ("title", "summary", "text")
    }
    for fact in facts:
        at = fact.evidence
        ordered = any(a < at.end and at.start < b for a, b in spans.get(at.field, ()))
        if not (ordered and fact.kind in _SUGGESTIBLE):
            yield fact


def _once(facts: tuple[Fact, ...]) -> Iterator[Fact]:
    seen: set[tuple[object, ...]] = set()
    for fact in facts:
        key: tuple[object, ...] = (fact.kind, fact.value)
        if fact.kind in _BY_PLACE:
            key = (fact.kind, fact.evidence.field, fact.evidence.start, fact.evidence.end)
        if key not in seen:
            seen.add(key)
            yield fact
