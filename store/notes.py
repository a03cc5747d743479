"""What is said of a story beside its brief: what changed since the last one, and where its sources disagree.

No I/O and no words: values and ids of items, which each page puts in its own language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ChangeKind = Literal["joined", "left", "text", "withdrawn", "value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One thing a reader of the last brief would want to know.

    ``joined``, ``left``, ``text`` (its publisher put out another version) and ``withdrawn`` name an item;
    ``value`` a kind of fact with the values before and after, either of which may be empty.
    """

    kind: ChangeKind
    item_id: str = ""
    fact: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryNote:
    """What changed between the brief written at ``since`` and the one written at ``at`` (UTC)."""

    at: datetime
    since: datetime
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A value as one item has it. ``shown`` is the form as written."""

    item_id: str
    value: str
    shown: str
    official: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Values of one kind of fact that cannot all be true, official ones first: those are the brief's."""

    kind: str
    stated: tuple[Stated, ...]
