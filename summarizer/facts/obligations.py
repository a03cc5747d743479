"""Sentences that demand, forbid, allow or encourage something, with the word that says so.

One fact a sentence, by its strictest word: must_not, must, in_principle, may, encouraged, except. Where one
sentence says several things (可以…，但不得…，法律另有规定的除外), one more for each further clause that does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from dibao.store import Fact

from . import duties_en, duties_zh
from .reading import Modal, Part, Reading
from .scan import Trigger, near

_MOST = 200
MODALITIES = ("must_not", "must", "in_principle", "may", "encouraged", "except")


def modalities(reading: Reading, part: Part) -> Modal:
    """Return the sentences of a part with a modality, by number: the strictest, and the place of its word."""
    return reading.modal(part, _modal_zh if reading.lang == "zh" else _modal_en)


_Demands = Callable[[str, tuple[int, int], re.Match[str], str], bool]


def _modal_zh(part: Part) -> Modal:
    return _modal(part, duties_zh.PATTERNS, duties_zh.WORDS, duties_zh.REACH, duties_zh.demands)


def _modal_en(part: Part) -> Modal:
    words = dict.fromkeys(duties_en.PATTERNS, duties_en.WORDS)
    return _modal(part, duties_en.PATTERNS, words, duties_en.REACH, duties_en.demands)


def _modal(
    part: Part,
    patterns: Mapping[str, re.Pattern[str]],
    words: Mapping[str, Trigger],
    reach: int,
    demands: _Demands,
) -> Modal:
    starts = [start for start, _ in part.sentences]
    found: dict[int, tuple[str, tuple[int, int]]] = {}
    for key, pattern in patterns.items():
        for match in near(pattern, part.text, words[key], before=reach, after=reach):
            number = bisect_right(starts, match.start()) - 1
            if number < 0 or number in found or match.end() > part.sentences[number][1]:
                continue
            if demands(part.text, part.sentences[number], match, key):
                found[number] = key, match.span()
    return found


_TALK = frozenset({"speech", "statistics"})
"""Types that bind nobody, whatever words they use."""


def read_obligations(reading: Reading, *, type: str) -> Iterator[Fact]:
    """Yield the sentences with a modality, in order; ``shown`` is the word, the evidence the sentence.

    The further clauses of a sentence follow it, each with its clause as evidence.
    ``type``: the document type, empty when none was read.
    """
    if type not in _TALK:
        yield from islice(_duties(reading), _MOST)


def _duties(reading: Reading) -> Iterator[Fact]:
    further = duties_zh.further_clauses if reading.lang == "zh" else duties_en.further_clauses
    seen: set[str] = set()
    for part in reading.body:
        found = modalities(reading, part)
        for number in sorted(found):
            start, end = part.sentences[number]
            key, word = found[number]
            sentence = part.text[start:end]
            if sentence in seen:
                continue
            seen.add(sentence)
            yield reading.fact("obligation", key, part, (start, end), shown=part.text[slice(*word)])
            for other, begin, stop, a, b in further(part, number, word):
                yield reading.fact("obligation", other, part, (begin, stop), shown=part.text[a:b])
