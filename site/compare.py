"""What changed between two versions of a text: the changed paragraphs, sentence by sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import Literal

from dibao.store import Item, Version, changes

MOST = 200
"""Changed paragraphs that are shown; a text that differs in more is another text."""

Kind = Literal["same", "del", "ins"]
_SENTENCE = re.compile(r"[^。！？!?；;.]*(?:[。！？!?；;]+|\.(?!\s)|\.\s+|$)")


@dataclass(frozen=True, slots=True)
class Changed:
    """One paragraph: stretches that stayed, went or came, in reading order."""

    pieces: tuple[tuple[Kind, str], ...]


def compared(former: Version, item: Item) -> tuple[Changed, ...]:
    """Return the paragraphs in which an item differs from its former version, its title first."""
    before, after = (f"{each.title}\n{each.text or each.summary}" for each in (former, item))
    found = (Changed(tuple(pieces(change.before, change.after))) for change in changes(before, after))
    return tuple(islice((each for each in found if each.pieces), MOST))


def pieces(before: str, after: str) -> Iterator[tuple[Kind, str]]:
    """Yield a paragraph's sentences that stayed, went or came."""
    old, new = _sentences(before), _sentences(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[a:b])
            continue
        if b > a:
            yield "del", "".join(old[a:b])
        if d > c:
            yield "ins", "".join(new[c:d])


def _sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph; joined they are the paragraph again."""
    return [part for part in _SENTENCE.findall(text) if part]
