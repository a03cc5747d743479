"""How much of a reference a text has: ROUGE-L over characters or words, and chrF.

In: strings. Out: shares. Both are the definitions of their papers (Lin 2004; Popović 2015, averaged over
orders as sacrebleu 2 does); no library that we use has them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_ORDERS = range(1, 7)
_BETA = 2.0
_UNIT = re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9]+(?:[.,][0-9]+)*")


def characters(text: str) -> list[str]:
    """Return the units of ROUGE-L: Chinese characters, and whole words and numbers in Latin letters."""
    return [unit.lower() for unit in _UNIT.findall(text)]


def rouge_l(text: str, reference: str) -> float:
    """Return the F1 of the longest common subsequence of two texts' units, 0 to 1."""
    said, wanted = characters(text), characters(reference)
    if not said or not wanted:
        return 0.0
    common = longest_common(said, wanted)
    return 2 * common / (len(said) + len(wanted))


def longest_common(left: Sequence[str], right: Sequence[str]) -> int:
    """Return the length of the longest common subsequence, in steps of one machine word (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for at, unit in enumerate(left):
        places[unit] = places.get(unit, 0) | 1 << at
    full = (1 << len(left)) - 1
    row = full
    for unit in right:
        hits = row & places.get(unit, 0)
        row = (row + hits | row & ~hits) & full
    return len(left) - row.bit_count()


def chrf(pairs: Iterable[tuple[str, str]]) -> float:
    """Return the chrF2 of (text, reference) pairs taken as one corpus, 0 to 100."""
    told, wanted, shared = Counter[int](), Counter[int](), Counter[int]()
    for text, reference in pairs:
        for n in _ORDERS:
            mine, theirs = _grams(text, n), _grams(reference, n)
            told[n] += mine.total()
            wanted[n] += theirs.total()
            shared[n] += (mine & theirs).total()
    orders = [n for n in _ORDERS if told[n] and wanted[n]]
    if not orders:
        return 0.0
    precision = sum(shared[n] / told[n] for n in orders) / len(orders)
    recall = sum(shared[n] / wanted[n] for n in orders) / len(orders)
    if not precision + recall:
        return 0.0
    return 100 * (1 + _BETA**2) * precision * recall / (_BETA**2 * precision + recall)


def _grams(text: str, n: int) -> Counter[str]:
    letters = "".join(text.split())
    return Counter(letters[at : at + n] for at in range(len(letters) - n + 1))
