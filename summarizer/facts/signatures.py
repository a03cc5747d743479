"""The block with which a Chinese paper is signed: the lines with the names of those who sign, and the date line under them.

In: one field of an item. Out: places of lines; whose names they are the caller says. The first block counts: an
annex, and a paper that is forwarded, come behind it.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .days import DAY, ZH_DATE, dated
from .reading import Part

_DATE_LINE = re.compile(
    rf"^[ \t\u3000]{{0,60}}{DAY}[ \t\u3000]{{0,10}}(?P<at>[于於][\u4e00-\u9fff]{{2,20}})?[ \t\u3000]{{0,10}}$",
    re.MULTILINE,
)
_NAME_AND_DATE = re.compile(
    rf"^[ \t\u3000]{{0,60}}(?P<names>[\u4e00-\u9fff][\u4e00-\u9fff、 \t\u3000]{{2,60}}?)[ \t\u3000]{{1,30}}(?P<date>{ZH_DATE})[ \t\u3000]{{0,10}}$",
    re.MULTILINE,
)
_MOST_NAMES = 14
_LONGEST_LINE = 80
_SEAL = re.compile(r"[（(](?:盖章|印章|公章|章)[)）]$")
_SENTENCE_END = "。；：，！？:;,|"


@dataclass(frozen=True, slots=True)
class Signed:
    """Lines that may name who signs, from the date upward, and the place of the date."""

    names: tuple[tuple[int, int], ...]
    date: tuple[int, int]


def signed_blocks(part: Part) -> Iterator[Signed]:
    """Yield the date lines of a text, in order, with the lines above each that are no sentences."""
    text = part.text
    for match in dated(_DATE_LINE, text):
        if match["at"]:
            start, end = match.span("at")
            yield Signed(((start + 1, end),), match.span("date"))
        elif names := tuple(_lines_above(text, match.start())):
            yield Signed(names, match.span("date"))
    for match in dated(_NAME_AND_DATE, text):
        yield Signed((match.span("names"),), match.span("date"))


def _lines_above(text: str, place: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the short lines above a place, the nearest first, up to the first sentence."""
    end = place
    for _ in range(_MOST_NAMES):
        end = len(text[max(0, end - 400) : end].rstrip()) + max(0, end - 400)
        start = text.rfind("\n", max(0, end - _LONGEST_LINE), end) + 1
        if start == 0 and end > _LONGEST_LINE:
            return
        line = text[start:end]
        bare = line.strip()
        if not bare or len(bare) > _LONGEST_LINE or bare[-1] in _SENTENCE_END:
            return
        start += len(line) - len(line.lstrip())
        yield start, start + len(_SEAL.sub("", bare))
        end = start
