"""What changed between two versions of a text: paragraphs added, taken out, or put differently. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

MAX_LINES = 5_000
"""Paragraphs of each text that are compared: comparing takes time by the square in the worst case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One paragraph before and after; empty where it did not exist."""

    before: str
    after: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return what changed, in reading order; () for equal texts. A paragraph is a line."""
    old, new = before.split("\n")[:MAX_LINES], after.split("\n")[:MAX_LINES]
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    found: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(
        None, old, new, autojunk=len(old) + len(new) > 1_000
    ).get_opcodes():
        if kind != "equal":
            found += [
                Change(before=was, after=became)
                for was, became in zip_longest(old[a:b], new[c:d], fillvalue="")
                if was != became
            ]
    return tuple(found)
