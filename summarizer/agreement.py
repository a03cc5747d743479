"""Whether the English and the Chinese brief of a story state the same values, and what to leave out if not.

In: two briefs that have passed the gate. Out: what only one of them says, or both without it. Pure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from dibao.store import Brief, Sentence

from .language import simplify
from .values import read_figures

_QUOTED = re.compile("“[^”]*”")
_COMPARED = ("money", "rates", "days", "documents", "articles")
"""What both languages must state alike; counts and short days depend on wording."""


def agree(en: Brief, zh: Brief) -> tuple[str, ...]:
    """Return what the fact sentences of one language state and the other brief nowhere has, by value.

    A quotation can supply a value, as each language quotes for itself, but none is asked of the other side.
    """
    found = []
    for side, brief, other in (("en", en, zh), ("zh", zh, en)):
        there = _stated(other)
        for sentence in (*brief.sentences, *brief.impact):
            found += [f"{name}: only {side} says {value}" for name, value in _strange(sentence, there)]
    return tuple(dict.fromkeys(found))


_Stated = dict[str, frozenset[object]]
"""Kind of value → the values of a whole brief."""


def _stated(brief: Brief) -> _Stated:
    said = [read_figures(simplify(sentence.text)) for sentence in (*brief.sentences, *brief.impact)]
    names = (*_COMPARED, "numbers")
    return {name: frozenset[object]().union(*(getattr(v, name) for v in said)) for name in names}


def reconcile(en: Brief, zh: Brief) -> tuple[Brief, Brief]:
    """Return both briefs without the fact sentences that state a value which the other brief nowhere has.

    What one loses the other may no longer state, so both are looked at until nothing changes. A brief's last
    sentence stays, whatever it states: silence would be worse.
    """
    while True:
        left, right = _without_strange(en, _stated(zh)), _without_strange(zh, _stated(en))
        if (left, right) == (en, zh):
            return en, zh
        en, zh = left, right


def _without_strange(brief: Brief, there: _Stated) -> Brief:
    dropped = list(brief.dropped)

    def kept(part: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        good, bad = [], []
        for sentence in part:
            strange = [value for _, value in _strange(sentence, there)]
            if strange:
                bad.append(f"{sentence.text} [the other brief does not say: {'; '.join(strange)}]")
            else:
                good.append(sentence)
        if not good and part:
            good, bad = [part[-1]], bad[:-1]
        dropped.extend(bad)
        return tuple(good)

    sentences, impact = kept(brief.sentences), kept(brief.impact)
    if (sentences, impact) == (brief.sentences, brief.impact):
        return brief
    return replace(brief, sentences=sentences, impact=impact, dropped=tuple(dropped))


def _strange(sentence: Sentence, there: _Stated) -> list[tuple[str, str]]:
    if sentence.quoted:
        return []
    # A title in quotation marks is a quotation too.
    said = read_figures(simplify(_QUOTED.sub("", sentence.text)))
    return [
        (name, str(said.shown.get(value, value)))
        for name in _COMPARED
        for value in sorted(getattr(said, name) - there[name], key=str)
        if not (name == "documents" and _in_words(str(value), there))
    ]


def _in_words(number: str, there: _Stated) -> bool:
    """Whether the other brief has a number in words: [2026]第9222号 is "No. 9222 of 2026"."""
    parts = [Decimal(part).normalize() for part in re.findall(r"\d+", number)]
    return bool(parts) and all(part in there["numbers"] for part in parts)
