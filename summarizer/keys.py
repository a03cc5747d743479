"""Candidate → the clue that it is found by, read cheaply: no body, no facts but numbers. Pure."""

from __future__ import annotations

from datetime import date

from . import terms
from .features import Candidate, instruments, numbers, published_day, rows
from .features import cited_numbers as cited
from .glossary import Glossary
from .nearest import Clue

TITLE_KEYS = 10
LEAD = 200
"""Characters in which an instrument is looked for; the rest is left to the vectors."""


def clue(candidate: Candidate, glossary: Glossary, *, today: date) -> Clue:
    """Return what an item is found by. A day after ``today`` counts as today."""
    item, source = candidate.item, candidate.source
    return Clue(
        id=item.id,
        day=min(published_day(item, source), today),
        official=source.official,
        chinese=item.lang.startswith("zh"),
        vector=rows(candidate.vector)[1],
        keys=tuple(_keys(candidate, glossary)),
    )


def _keys(candidate: Candidate, glossary: Glossary) -> list[str]:
    item, source, facts = candidate.item, candidate.source, candidate.facts
    title = terms.plain(item.title)
    lead = terms.plain((item.text or item.summary)[:LEAD])
    own, named = numbers(item, source, facts)
    keys = [f"n:{number}" for number in sorted(own or named)]
    keys += [f"i:{number}" for number in sorted(cited(item, facts) | own)]
    keys += [f"i:{name[-6:]}" for name in sorted(instruments(title, lead, official=source.official))]
    heavy = sorted(terms.words(title).items(), key=lambda w: (-w[1], w[0]))[:TITLE_KEYS]
    keys += [f"w:{word}" for word, _ in heavy]
    keys += [term for term in terms.bridge(title, glossary) if term[:2] in ("c:", "f:")]
    return list(dict.fromkeys(keys))
