"""English nouns of titles: one and many, and which of them are actors."""

from __future__ import annotations

import re

ACTORS = frozenset(
    [
        "bank", "company", "institution", "agency", "organisation", "intermediary", "operator",
        "cooperative", "pawnshop", "acquirer", "handler", "processor", "firm", "insurer", "broker",
        "manager",
    ]
)  # fmt: skip
COUNTED = ACTORS | frozenset(
    [
        "product", "fund", "model", "system", "agent", "asset", "licence", "transaction", "bond", "card",
        "loan", "right", "platform", "stablecoin", "complaint", "standard", "algorithm", "guarantee",
        "repo", "test", "plan", "label", "owner", "transfer", "flow", "breach",
    ]
)  # fmt: skip
"""Nouns that a title names in the plural."""
_SAME_IN_PLURAL = frozenset(
    [
        "securities", "derivatives", "futures", "services", "business", "news", "ethics", "operations",
        "affairs", "sales", "goods", "customs", "statistics", "terms", "savings", "headquarters",
        "sanctions", "rights", "less", "logistics", "basis", "series", "funds", "risks", "process",
        "access", "analysis", "status", "express", "economics", "means", "has", "is", "was",
        "capabilities",
    ]
)  # fmt: skip


def plural(noun: str) -> str:
    """``digital asset platform`` → ``digital asset platforms``."""
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def singular(word: str) -> str:
    """``companies`` → ``company``; words that only look plural stay."""
    if word in _SAME_IN_PLURAL or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]
