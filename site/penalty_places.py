"""Where on its story's page the words of each value of a penalty stand. Pure.

In: a penalty and the item that states it. Out: anchors of rows of that item's fact table, empty where no row
shows such words: a mark never leads to words that say something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date

from dibao.store import Coverage, Fact, PenaltyRecord, penalty_of

from . import clean, words
from .coverage import fact_anchor, facts_shown, passage

_OF_PARTY = ("entity_bound", "penalty", "document_type", "stage")
_DIGITS = re.compile("[0-9]+")


class Page:
    """An item's facts as its entry on the story's page shows them, each with the words of its row."""

    def __init__(self, covered: Coverage, entry: int) -> None:
        self.covered, self.entry = covered, entry
        self._facts = facts_shown(covered)
        self._said: dict[int, str] = {}

    def number(self, record: PenaltyRecord) -> int:
        """Return which fact of the item, from 1, states a penalty."""
        return next(
            n
            for n, fact in enumerate(self._facts, 1)
            if fact.kind == "penalty"
            and fact.evidence == record.evidence
            and penalty_of(fact) == record.penalty
        )

    def said(self, n: int) -> str:
        """Return the words in the row of a fact, without white space and width."""
        if n not in self._said:
            shown = passage(self.covered.item, self._facts[n - 1].evidence)
            self._said[n] = _bare(shown.before + shown.words + shown.after)
        return self._said[n]

    def find(self, fits: Callable[[Fact], bool], *, says: str = "") -> str:
        """Return the anchor of the first fact that fits and whose row has the words; empty without one."""
        wanted = _bare(says)
        for n, fact in enumerate(self._facts, 1):
            if fact.evidence.quote and fits(fact) and wanted in self.said(n):
                return fact_anchor(self.entry, n)
        return ""


class Places:
    """The anchors of one penalty's values. ``own``: of the words that it was read from."""

    def __init__(self, record: PenaltyRecord, page: Page) -> None:
        self._record, self._page = record, page
        self.n = page.number(record)
        self.own = fact_anchor(page.entry, self.n)
        self._said = page.said(self.n)

    def of_words(self, value: str) -> str:
        """For words that belong to the penalty alone."""
        return self.own if value and _bare(value) in self._said else ""

    def of_party(self) -> str:
        """A release may name the party in one sentence and the sum in another."""
        party = self._record.penalty.party
        return self.of_words(party) or self._page.find(lambda fact: fact.kind in _OF_PARTY, says=party)

    def of_basis(self) -> str:
        """A page may name the basis once for all its penalties, or in the row above."""
        basis = self._record.penalty.basis
        return self.of_words(basis) or (
            self._page.find(lambda fact: fact.kind in ("citation", "penalty"), says=basis) if basis else ""
        )

    def of_number(self) -> str:
        number = self._record.penalty.number
        if number and states_number(self._said, number):
            return self.own
        return self._page.find(lambda fact: (fact.kind, fact.value) == ("document_number", number))

    def of_day(self) -> str:
        """A day that is not the decision's is that of the story, which no words state."""
        if not self._record.decided:
            return ""
        day = self._record.day
        if states_day(self._said, day):
            return self.own
        return self._page.find(lambda fact: (fact.kind, fact.value) == ("date_signed", day.isoformat()))

    def of_authorities(self, called: Mapping[str, Collection[str]]) -> str:
        """``called``: id of each authority → how a text may call it; of an office, by its own name alone."""
        if called and all(any(_bare(name) in self._said for name in names) for names in called.values()):
            return self.own
        return self._page.find(
            lambda fact: (
                fact.kind == "issuer"
                and fact.value in called
                and (not is_office(fact.value) or clean.line(fact.shown) in called[fact.value])
            )
        )


def is_office(id: str) -> bool:
    """True for an id that many offices of one body share (``NFRA-branch``): it does not say which."""
    return id.endswith("-branch")


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def states_number(said: str, number: str) -> bool:
    """True where the words have the number, perhaps with other brackets or a 第.

    One short figure alone is no number: the 3 of 3号 may be that of 3万元.
    """
    whole = re.escape(_bare(number))
    figures = _DIGITS.findall(number)
    if len(figures) > 1:
        end = "[号號]" if number.endswith("号") else ""
        whole += "|" + r"[\W_年第号]{1,4}0{0,5}".join(figures) + end
    return re.search(f"(?<![0-9])(?:{whole})(?![0-9])", said) is not None


def states_day(said: str, day: date) -> bool:
    month = words.month_text(day, "en").split()[0]
    named = rf"(?:{month}|{month[:4]}|{month[:3]})\.?"
    written = (
        rf"(?<![0-9]){day.year}[^0-9]0?{day.month}[^0-9]0?{day.day}(?![0-9])",
        rf"{named}0?{day.day}(?:st|nd|rd|th)?,?{day.year}(?![0-9])",
        rf"(?<![0-9])0?{day.day}(?:st|nd|rd|th)?(?:of)?{named},?{day.year}(?![0-9])",
    )
    return any(re.search(pattern, said, re.IGNORECASE) for pattern in written)
