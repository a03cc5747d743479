"""Search a text for costly patterns only near what every match must hold: the same matches, much faster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache


def near(
    pattern: re.Pattern[str], text: str, trigger: re.Pattern[str], *, before: int, after: int
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern, in order.

    Every match must hold one of the trigger's; ``before`` and ``after`` are the most characters of a match,
    and of what it looks at, around it. A trigger begins with a letter or a set: the engine skips to those.
    """
    for start, end in _windows(text, trigger, before, after):
        yield from pattern.finditer(text, start, end)


# Many patterns ask for the same places of one text, one after the other.
@lru_cache(maxsize=16)
def _windows(text: str, trigger: re.Pattern[str], before: int, after: int) -> tuple[tuple[int, int], ...]:
    windows: list[tuple[int, int]] = []
    for match in trigger.finditer(text):
        first, last = match.span()
        first = first - before if first > before else 0
        last += after
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], last)
        else:
            windows.append((first, last))
    return tuple(windows)
