"""Whom a decision punishes and how, from the facts ``penalty``: its firms, each with what was imposed on it.
Persons are never named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dibao.store import SANCTIONS, Evidence, Fact, Lang, Penalty, Sanction, amount_words, penalty_of

from .figures import listed
from .firms import firm_in_english

PUNISH = frozenset({"penalty", "enforcement", "supervisory_measure", "market_ban"})
"""Types of document that punish."""
_MONEY = {"fine", "confiscation", "disgorgement", "restitution", "interest"}
_MOST = 4
_MOST_FIRMS = 3
"""Firms that a sentence names; of a longer table it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Penalised:
    """The firms of a decision, what was imposed on each, and where that stands."""

    penalties: tuple[Penalty, ...]
    cites: tuple[Evidence, ...]

    @property
    def penalty(self) -> Penalty:
        return self.penalties[0]

    def name(self, lang: Lang, *, short: bool = False) -> str:
        """The first firm."""
        return _name(self.penalty, lang, short=short)

    def names(self, lang: Lang) -> tuple[str, ...]:
        """The firms that a sentence names."""
        return tuple(_name(penalty, lang, short=True) for penalty in self.penalties[:_MOST_FIRMS])

    def deed(self, lang: Lang) -> str:
        """``published a penalty on X: a fine of …``: the day of a brief is that of publication."""
        named = self.penalties[:_MOST_FIRMS]
        rest = len(self.penalties) - len(named)
        if len(named) == 1:
            if lang == "zh":
                return f"公布对{self.name('zh')}的处罚决定：{_measures(self.penalty, 'zh')}"
            return f"published a penalty on {self.name('en')}: {_measures(self.penalty, 'en')}"
        each = [_told(penalty, lang) for penalty in named]
        if lang == "zh":
            return f"公布处罚决定：{'；'.join(each)}{'等' if rest else ''}"
        return f"published penalties: {'; '.join(each)}" + (" and others" if rest else "")

    def reported(self, lang: Lang) -> str:
        """The same, as the press tells it: no day on which a decision was published."""
        if len(self.penalties) > 1:
            each = "；" if lang == "zh" else "; "
            said = each.join(_told(penalty, lang) for penalty in self.penalties[:_MOST_FIRMS])
            return f"作出处罚：{said}" if lang == "zh" else f"imposed penalties: {said}"
        if lang == "zh":
            return f"处罚{self.name('zh')}：{_measures(self.penalty, 'zh')}"
        return f"penalised {self.name('en')}: {_measures(self.penalty, 'en')}"

    def headline(self, who: str, lang: Lang) -> str:
        """The whole sum, else the fine alone, or the first measure; in the present. ``who`` may be empty."""
        fines = [_fine(penalty) for penalty in self.penalties]
        if len(self.penalties) > 1 and all(fines):
            return self._many(who, [amount_words(sum, lang) or "" for sum in fines], lang)
        sum = fines[0]
        firm = self.name(lang, short=True)
        if whole := amount_words(_total(self.penalty), lang):
            if lang == "zh":
                return f"{who}对{firm}罚没{whole}" if who else f"{firm}被罚没{whole}"
            taken = f"{whole} in fines and confiscations"
            return f"{who} imposes {taken} on {firm}" if who else f"{firm}: {taken}"
        if lang == "zh":
            done = f"罚款{amount_words(sum, 'zh')}" if sum else _first(self.penalty, "zh")
            return f"{who}对{firm}{done}" if who else f"{firm}被{done}"
        if sum:
            paid = amount_words(sum, "en")
            return f"{who} fines {firm} {paid}" if who else f"{firm} fined {paid}"
        done = _first(self.penalty, "en")
        return f"{who} penalises {firm}: {done}" if who else f"{firm} penalised: {done}"

    def _many(self, who: str, sums: list[str], lang: Lang) -> str:
        firms = [_name(penalty, lang, short=True) for penalty in self.penalties]
        if len(firms) == 2:
            pairs = list(zip(firms, sums, strict=True))
            if lang == "zh":
                return f"{who}对{'、'.join(f'{firm}罚款{sum}' for firm, sum in pairs)}"
            return f"{who} fines {' and '.join(f'{firm} {sum}' for firm, sum in pairs)}".strip()
        if lang == "zh":
            return f"{who}处罚{len(firms)}家机构，其中{firms[0]}罚款{sums[0]}"
        return f"{who} fines {len(firms)} firms, among them {firms[0]} {sums[0]}".strip()


def _fine(penalty: Penalty) -> str:
    """The fine as a fact states it; of several on one party none stands for the whole."""
    sums = {s.amount for s in penalty.sanctions if s.key == "fine" and s.amount}
    return sums.pop() if len(sums) == 1 else ""


def _total(penalty: Penalty) -> str:
    """The sum of fines and confiscations, where the source states it; else empty."""
    return next((s.amount for s in penalty.sanctions if s.key == "total" and s.amount), "")


def _first(penalty: Penalty, lang: Lang) -> str:
    """The first measure; the whole sum where no single one is told."""
    first = penalty.sanctions[0]
    return _measures(penalty, lang) if first.key == "total" else _measure(first, lang)


def _name(penalty: Penalty, lang: Lang, *, short: bool = False) -> str:
    """The firm in the reader's letters; with its Chinese name unless ``short``."""
    party = penalty.party
    if lang == "zh" or not re.search(r"[\u4e00-\u9fff]", party):
        return party
    english = firm_in_english(party)
    if english is None:
        return party
    return english.replace(" Co., Ltd.", "") if short else f"{english} ({party})"


def _told(penalty: Penalty, lang: Lang) -> str:
    """A party with its measures: ``X, a fine of …``."""
    mark = "，" if lang == "zh" else ", "
    return f"{_name(penalty, lang)}{mark}{_measures(penalty, lang)}"


def _measures(penalty: Penalty, lang: Lang) -> str:
    """``a warning and a fine of RMB 200,000`` / ``警告、罚款20万元``."""
    parts = [said for s in penalty.sanctions if s.key != "total" and (said := _measure(s, lang))]
    kept = parts[:_MOST]
    total = next((s for s in penalty.sanctions if s.key == "total" and s.amount), None)
    whole = amount_words(total.amount, lang) if total else ""
    if lang == "zh":
        return "，".join(part for part in ("、".join(kept), whole and f"罚没合计{whole}") if part)
    if not kept:
        return f"{whole} in fines and confiscations" if whole else ""
    return listed(kept, "en") + (f" ({whole} in total)" if whole else "")


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
    """Return the firms that a decision names, with what was imposed on each; None without one."""
    firms: dict[str, tuple[Penalty, Evidence]] = {}
    for fact in facts:
        if fact.kind != "penalty":
            continue
        penalty = penalty_of(fact)
        if not penalty.person and penalty.party and penalty.sanctions:
            firms.setdefault(penalty.party, (penalty, fact.evidence))
    if not firms:
        return None
    kept = list(firms.values())
    cites = dict.fromkeys(evidence for _, evidence in kept[:_MOST_FIRMS])
    return Penalised(penalties=tuple(p for p, _ in kept), cites=tuple(cites))
