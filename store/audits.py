"""How each version of a brief came about: from which items, by which program, model and prompt, with what the
gate refused, at what cost. No I/O.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .records import Brief, Lang
from .vocabulary import REFUSALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One item that a brief was made from, as it was then."""

    item_id: str
    version: int
    sha256: str
    """Of what the item says: ``content_hash``."""
    facts: str
    """SHA-256 of the facts read from it."""
    official: bool
    copied: bool
    """It repeats the text of another one."""
    withdrawn: bool
    said: tuple[tuple[str, str], ...]
    """(kind, value) of the facts whose change is told to readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefAudit:
    """The making of one version of a brief in one language.

    A version that other inputs led to word for word has several: the first is of the writing, the others
    say that nothing had to be changed.
    """

    story_id: int
    lang: Lang
    version: int = 0
    """Given by the store."""
    inputs: str
    """Hash of everything that went in; that of the brief."""
    at: datetime
    writer: str
    program: str
    """Version of the writing program, with that of its model and prompt."""
    model: str = ""
    prompt: str = ""
    """Version of the prompt's file; empty where no model was asked."""
    request: str = ""
    """Key of the model's answer (Generation); empty where no model was asked or none came."""
    tokens_in: int = 0
    tokens_out: int = 0
    paid: bool = False
    """The answer was asked for this version; an answer from the ledger costs nothing."""
    seconds: float
    """Wall time until both languages were written and checked; with a model, the average of its batch."""
    head: str
    day: date
    rank: str
    """The rank's machine suffix at that time."""
    given: tuple[Given, ...]
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A sentence that did not get into a brief. ``by`` is ``gate``, ``agreement`` or ``model``."""

    text: str
    reasons: tuple[str, ...]
    by: str


def refusals(dropped: tuple[str, ...]) -> tuple[Refusal, ...]:
    """Return what ``Brief.dropped`` says: ``sentence [reason; reason]``, after ``model:`` for a model's."""
    return tuple(map(_refusal, dropped))


def _refusal(said: str) -> Refusal:
    by_model = said.startswith("model: ")
    text, bracket, rest = said.removeprefix("model: ").rpartition(" [")
    if not bracket or not rest.endswith("]"):  # the whole answer was of no use
        return Refusal(text="", reasons=(said.removeprefix("model: "),), by="model" if by_model else "gate")
    reasons = tuple(rest[:-1].split("; "))
    by = "model" if by_model else "agreement" if refusal_kind(reasons[0]) == "agreement" else "gate"
    return Refusal(text=text, reasons=reasons, by=by)


def refusal_kind(reason: str) -> str:
    """Return the key in REFUSALS of a reason; ``other`` for one that is not of the list."""
    return next((key for key, term in REFUSALS.items() if reason.startswith(term.en)), "other")


def refused(briefs: tuple[Brief, ...]) -> dict[str, int]:
    """Count the refused sentences of briefs by kind of reason; each counts once, for its first reason.

    An answer of a model that was of no use as a whole is no sentence.
    """
    counts: dict[str, int] = {}
    for brief in briefs:
        for refusal in refusals(brief.dropped):
            if refusal.text:
                kind = refusal_kind(refusal.reasons[0])
                counts[kind] = counts.get(kind, 0) + 1
    return counts
