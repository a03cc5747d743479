"""Candidate or Features → the clue that an item is found by. Pure.

Of items of the store it is read cheaply: no body, no facts but numbers. The clue is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from . import terms
from .embed import LEAD
from .features import Candidate, Features, cited_numbers, instruments, numbers, published_day, rows
from .glossary import Glossary
from .nearest import Clue

TITLE_KEYS = 10


def clue(candidate: Candidate, glossary: Glossary, *, today: date) -> Clue:
    """Return what an item is found by. A day after ``today`` counts as today."""
    item, source, facts = candidate.item, candidate.source, candidate.facts
    title = terms.plain(item.title)
    lead = terms.plain((item.text or item.summary)[: 2 * LEAD])[:LEAD]
    own, named = numbers(item, source, facts)
    found = instruments(title, lead, official=source.official)
    words, bridge = terms.words(title), terms.bridge(title, glossary)
    return Clue(
        id=item.id,
        day=min(published_day(item, source), today),
        official=source.official,
        chinese=item.lang.startswith("zh"),
        vector=rows(candidate.vector)[1],
        keys=_keys(own or named, cited_numbers(item, facts) | own, found, words, bridge),
    )


def clue_of(features: Features, *, today: date) -> Clue:
    """Return the clue of an item that has been read."""
    f = features
    return Clue(
        id=f.id,
        day=min(f.day, today),
        official=f.official,
        chinese=f.chinese,
        vector=f.vectors[1],
        keys=_keys(f.own or f.named, f.cited | f.own, f.instruments, f.title, f.bridge_title),
    )


def _keys(
    numbers: Iterable[str],
    cited: Iterable[str],
    instruments: Iterable[str],
    title: Mapping[str, float],
    bridge: Iterable[str],
) -> tuple[str, ...]:
    keys = [f"n:{number}" for number in sorted(numbers)]
    keys += [f"i:{number}" for number in sorted(cited)]
    keys += [f"i:{name[-6:]}" for name in sorted(instruments)]
    heavy = sorted(title.items(), key=lambda word: (-word[1], word[0]))[:TITLE_KEYS]
    keys += [f"w:{word}" for word, _ in heavy]
    keys += [term for term in bridge if term[:2] in ("c:", "f:")]
    return tuple(dict.fromkeys(keys))
