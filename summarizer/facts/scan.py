"""Search a text for costly patterns only near what every match must hold: the same matches, much faster."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

Trigger = re.Pattern[str] | tuple[str, ...]
"""What every match must hold: a pattern that begins with a letter or a set, or one of some words.

Words are looked for one after the other, which is many times faster than a choice of them in one pattern.
"""


def near(
    pattern: re.Pattern[str], text: str, trigger: Trigger, *, before: int, after: int
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern, in order.

    Every match must hold one of the trigger's; ``before`` and ``after`` are the most characters of a match,
    and of what it looks at, around it.
    """
    for start, end in _windows(text, trigger, before, after):
        yield from pattern.finditer(text, start, end)


# Many patterns ask for the same places of one text, one after the other.
@lru_cache(maxsize=64)
def _windows(text: str, trigger: Trigger, before: int, after: int) -> tuple[tuple[int, int], ...]:
    windows: list[tuple[int, int]] = []
    for first, last in _places(text, trigger):
        first = first - before if first > before else 0
        last += after
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], last)
        else:
            windows.append((first, last))
    return tuple(windows)


def _places(text: str, trigger: Trigger) -> Iterable[tuple[int, int]]:
    if isinstance(trigger, re.Pattern):
        return (match.span() for match in trigger.finditer(text))
    found: list[tuple[int, int]] = []
    for word in trigger:
        at = text.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = text.find(word, at + len(word))
    return sorted(found)


_ASCII_LOWER = {n: n + 32 for n in range(ord("A"), ord("Z") + 1)}


def lowered(text: str) -> str:
    """Return the text in small letters, each where it was: some grow as they get small (İ), and stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII_LOWER)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text, as long as before, with these sorted spans left blank."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))
