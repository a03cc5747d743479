"""Whom a decision punishes and how, from the facts ``penalty``: its first firm. Persons are never named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dibao.store import SANCTIONS, Evidence, Fact, Lang, Penalty, Sanction, amount_words, penalty_of

from .figures import listed
from .firms import firm_in_english

_MONEY = {"fine", "confiscation", "disgorgement", "restitution", "interest"}
_MOST = 4


@dataclass(frozen=True, slots=True)
class Penalised:
    """A firm of a penalty decision, what was imposed on it, and where that stands."""

    penalty: Penalty
    cites: tuple[Evidence, ...]

    def name(self, lang: Lang, *, short: bool = False) -> str:
        """The firm in the reader's letters; with its Chinese name unless ``short``."""
        party = self.penalty.party
        if lang == "zh" or not re.search(r"[\u4e00-\u9fff]", party):
            return party
        english = firm_in_english(party)
        if english is None:
            return party
        return english.replace(" Co., Ltd.", "") if short else f"{english} ({party})"

    def measures(self, lang: Lang) -> str:
        """``a warning and a fine of RMB 200,000`` / ``警告、罚款20万元``."""
        parts = [said for s in self.penalty.sanctions if s.key != "total" and (said := _measure(s, lang))]
        kept = parts[:_MOST]
        total = next((s for s in self.penalty.sanctions if s.key == "total" and s.amount), None)
        if lang == "zh":
            return "、".join(kept) + (f"，罚没合计{amount_words(total.amount, 'zh')}" if total else "")
        return listed(kept, "en") + (f" ({amount_words(total.amount, 'en')} in total)" if total else "")

    def deed(self, lang: Lang) -> str:
        """``published a penalty on X: a fine of …``: the day of a brief is that of publication."""
        if lang == "zh":
            return f"公布对{self.name('zh')}的处罚决定：{self.measures('zh')}"
        return f"published a penalty on {self.name('en')}: {self.measures('en')}"

    def headline(self, who: str, lang: Lang) -> str:
        """The fine alone, or the first measure; in the present."""
        fine = next((s for s in self.penalty.sanctions if s.key == "fine" and s.amount), None)
        if lang == "zh":
            done = (
                f"罚款{amount_words(fine.amount, 'zh')}"
                if fine
                else _measure(self.penalty.sanctions[0], "zh")
            )
            return f"{who}对{self.name('zh')}{done}"
        firm = self.name("en", short=True)
        if fine:
            return f"{who} fines {firm} {amount_words(fine.amount, 'en')}"
        return f"{who} penalises {firm}: {_measure(self.penalty.sanctions[0], 'en')}"


def _measure(sanction: Sanction, lang: Lang) -> str:
    term = SANCTIONS.get(sanction.key)
    if term is None:
        return ""
    sum = amount_words(sanction.amount, lang) if sanction.amount else ""
    if lang == "zh":
        return f"{term.zh}{sum}"
    if sanction.key in _MONEY and sum:
        article = "a " if sanction.key == "fine" else ""
        return f"{article}{term.en} of {sum}"
    article = (
        "" if sanction.key in ("public_criticism", "suspension", "revocation", "disqualification") else "a "
    )
    return f"{'an ' if term.en[0] in 'aeio' and article else article}{term.en}"


def penalised(facts: Iterable[Fact]) -> Penalised | None:
    """Return the first firm that a decision names, with what was imposed on it; None without one."""
    for fact in facts:
        if fact.kind != "penalty":
            continue
        penalty = penalty_of(fact)
        if not penalty.person and penalty.party and penalty.sanctions:
            return Penalised(penalty=penalty, cites=(fact.evidence,))
    return None
