"""Chinese duty and policy clauses → English, only where every word and the modality are known.

``金融机构对生成式人工智能模型要实施准入管理`` → financial institutions must implement admission
management for generative AI models. Anything else is None, and is quoted instead.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .adjuncts import act_in_english
from .chinese import noun_phrase, phrase
from .lexicon import chinese_tokens, policy_verbs

if TYPE_CHECKING:
    from ..glossary import Glossary

_MODALS = {
    "不得": "must not", "严禁": "must not", "应当": "must", "必须": "must", "应": "must", "须": "must", "需": "must",
    "要": "must", "可以": "may",
}  # fmt: skip
_SIGNS = ("不得", "严禁", "应", "必须", "可以", "须", "需", "要")
"""One of these stands in every clause with a modality."""
_SHORTEST_AIM = 6
"""Words; "further strengthening supervision" tells a reader nothing."""

_DUTY = re.compile(
    r"(?P<who>[^，。；：！？]{2,30}?)(?:对(?P<toward>[^，。；：！？]{2,24}?))?"
    r"(?P<modal>不得|严禁|应当|必须|可以|应(?![用对急收届邀])|须|需(?![求])|要(?![求素件点]))(?P<what>[^。；：！？]{2,60})"
)


def duty(clause: str, glossary: Glossary) -> str | None:
    """Return ``X must do Y`` for one clause, or None when a word or the order is unknown."""
    if not any(sign in clause for sign in _SIGNS):  # most clauses demand nothing, and trying them is dear
        return None
    match = _DUTY.fullmatch(_clean(clause))
    if match is None:
        return None
    who = noun_phrase(chinese_tokens(match["who"], glossary))
    what = act_in_english(match["what"], glossary)
    if who is None:
        return None
    toward = noun_phrase(chinese_tokens(match["toward"], glossary)) if match["toward"] else ""
    if what is None or toward is None:
        return None
    return f"{who} {_MODALS[match['modal']]} {what}" + (f" for {toward}" if toward else "")


def aim(clause: str, glossary: Glossary) -> str | None:
    """Return ``strengthening …`` for a clause that begins with a policy verb, or None."""
    text = _clean(clause)
    if not text.startswith(policy_verbs()):  # most clauses do not, and cutting them is dear
        return None
    tokens = chinese_tokens(text, glossary)
    if not tokens or (tokens[0].role != "verb" and tokens[0].source != "支持"):
        return None
    said = phrase(tokens)
    return said if said and len(said.split()) >= _SHORTEST_AIM else None


def _clean(clause: str) -> str:
    text = clause.replace(",", "，").strip("，。； ")
    text = re.sub(
        r"^(?:第[一二三四五六七八九十百零\d]{1,6}条|[（(][一二三四五六七八九十]{1,3}[）)])\s*", "", text
    )
    return re.sub(
        r"^(?:其中提出|其中|同时|此外|《[^》]*》(?:明确|提出|要求)|[一二三四五六七八九]是)，?", "", text
    )
