"""What is paid, taken or put up in an act on named parties, each sum with its label and evidence."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re

from dibao.store import Evidence, Fact, Item, Lang, amount_words

from .known import SINGLE, Known

_BEFORE = 90
_MOST = 3
_LABELS = (
    ("total", re.compile(r"罚没(?:款)?(?:合计|共计)[^，；。]{0,4}$|\btotal(?:ling)?(?: of)? $")),
    ("fine", re.compile(r"(?:罚款|处以|并处)(?:，(?:金额)?计)?[^，；。]{0,6}$|\b(?:penalty of|fine[sd]?(?: [A-Z][\w&]*){0,4}(?: \([^)]*\))?,?) $|fines? of $")),
    ("confiscated", re.compile(r"(?:没收|追缴)[^，；。]{0,8}$")),
    ("disgorgement", re.compile(r"\bdisgorgement of $")),
    ("interest", re.compile(r"\binterest of $")),
    ("capital", re.compile(r"注册资本(?![^，；。]{0,8}[由从])[^，；。]{0,8}$|注册资本[由从][^，；。]{2,24}(?:为|至|到)$|registered capital of $")),
)  # fmt: skip


def sums(known: Known, lang: Lang) -> tuple[tuple[str, str, Evidence], ...]:
    """Return (label, amount in the language, evidence), at most three; in a rule, sums mean nothing out of
    their sentence, so there are none."""
    if known.kind is None or known.kind.key not in SINGLE:
        return ()
    items = {item.id: item for item in known.items}
    found: dict[str, tuple[str, str, Evidence]] = {}
    for fact in known.all("amount"):
        text = amount_words(fact.value, lang)
        if text and not fact.value.startswith(("PCT", "BP")):
            found.setdefault(text, (_label(fact, items[fact.item_id]), text, fact.evidence))
    if known.penalised:
        return ()  # the first sentence has them
    # what was imposed only: the sums of the case itself would be taken for penalties
    return tuple(sum for sum in found.values() if sum[0])[:_MOST]


def _label(fact: Fact, item: Item) -> str:
    text, at = item.field_text(fact.evidence.field), fact.evidence.start
    before = text[max(0, at - _BEFORE) : at]
    if re.match(r"\s?(?:民事)?罚款", text[fact.evidence.end : fact.evidence.end + 6]):
        return "fine"
    return next((label for label, pattern in _LABELS if pattern.search(before)), "")
