"""Fines that a rule threatens: ranges as the text states them, for a sentence in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dibao.store import Evidence, Item, Lang, Money, family, money

from ..language import simplify
from .figures import money_spans

_MOST = 2
_MOST_READ = 20_000
_SUM = r"\d[\d,.]{0,12}\s?(?:百万|千万|亿|万)?元"
_RANGE = re.compile(
    rf"(?P<grave>情节(?:特别)?严重的?)?[^。；]{{0,40}}?处(?:以)?(?:人民币)?(?P<low>{_SUM})以上(?P<high>{_SUM})以下的?罚款"
    rf"|(?P<grave2>情节(?:特别)?严重的?)?[^。；]{{0,40}}?处(?:以)?(?:人民币)?(?P<top>{_SUM})以下的?罚款"
)


@dataclass(frozen=True, slots=True)
class Fine:
    """``low`` is None for a fine with an upper limit only. ``grave``: in serious cases."""

    low: Money | None
    high: Money
    grave: bool
    evidence: Evidence

    def text(self, lang: Lang) -> str:
        high = money(self.high, lang)
        if lang == "zh":
            words = f"{money(self.low, 'zh')}以上" if self.low else ""
            return f"{'情节严重的，' if self.grave else ''}{words}{high}以下"
        words = f"{money(self.low, 'en')} to {high}" if self.low else f"up to {high}"
        return f"in serious cases {words}" if self.grave else words


def fines(item: Item) -> tuple[Fine, ...]:
    """Return the first ranges of fines of a Chinese rule; English rules leave them to the statute."""
    if family(item.lang) != "zh" or not ("罚款" in item.text or "罰款" in item.text):
        return ()
    text = simplify(item.text[:_MOST_READ])
    found = []
    for match in _RANGE.finditer(text):
        high = _money(match["high"] or match["top"])
        low = _money(match["low"]) if match["low"] else None
        if high is None or (low and low.amount >= high.amount):
            continue
        start, end = match.span()
        evidence = Evidence(item_id=item.id, field="text", start=start, end=end, quote=item.text[start:end])
        found.append(Fine(low, high, bool(match["grave"] or match["grave2"]), evidence))
        if len(found) == _MOST:
            break
    return tuple(found)


def _money(text: str) -> Money | None:
    spans = money_spans(text)
    return spans[0][2] if len(spans) == 1 else None
