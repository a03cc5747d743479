"""Whom a penalty names and what was imposed on it: the first firm of the decision and the fine that stands
beside it. Persons are never read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dibao.store import Evidence, Fact, Item, Lang

from .figures import amount
from .firms import FIRM, firm_in_english

_FIRM = re.compile(rf"(?<![\u4e00-\u9fff])(?:对)?(?P<firm>{FIRM.pattern})")
_FINE = re.compile(r"(?:罚款|处以|并处)[^，；。|]{0,6}$")
_MOST_READ = 4000


@dataclass(frozen=True, slots=True)
class Penalised:
    """A firm of a penalty decision with its fine, each with its place."""

    name: str
    fine: str
    """The value of the amount fact: ``CNY 200000``."""
    cites: tuple[Evidence, ...]

    def deed(self, lang: Lang) -> str:
        """``published a fine of RMB 200,000 on X (中文名)``: the day is that of publication."""
        sum = amount(self.fine, lang)
        if lang == "zh":
            return f"公布对{self.name}罚款{sum}的处罚决定"
        english = firm_in_english(self.name)
        return f"published a fine of {sum} on {f'{english} ({self.name})' if english else self.name}"

    def headline(self, who: str, lang: Lang) -> str:
        """The same in the present, with the firm's shorter name."""
        if lang == "zh":
            return f"{who}对{self.name}罚款{amount(self.fine, lang)}"
        english = (firm_in_english(self.name) or self.name).replace(" Co., Ltd.", "")
        return f"{who} fines {english} {amount(self.fine, lang)}"


def penalised(item: Item, facts: tuple[Fact, ...]) -> Penalised | None:
    """Return the first firm that a penalty decision names with the fine that stands after it and before the
    next firm; None when either is missing."""
    text = item.text[:_MOST_READ]
    firms = list(_FIRM.finditer(text))
    if not firms:
        return None
    first = firms[0]
    others = [m.start("firm") for m in firms if m["firm"] != first["firm"]]
    until = min(others, default=len(text))
    fines = [
        fact
        for fact in facts
        if fact.kind == "amount"
        and fact.value.startswith("CNY ")
        and fact.evidence.field == "text"
        and first.end() <= fact.evidence.start < until
        and _FINE.search(text[max(0, fact.evidence.start - 12) : fact.evidence.start])
    ]
    if not fines:
        return None
    fine = min(fines, key=lambda fact: fact.evidence.start)
    start, end = first.span("firm")
    where = Evidence(item_id=item.id, field="text", start=start, end=end, quote=text[start:end])
    return Penalised(name=first["firm"], fine=fine.value, cites=(where, fine.evidence))
