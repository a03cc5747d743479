"""What a final English paper does to the one that consulted or proposed, by its number and the words around it."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re

from dibao.store import FactKind

_CONSULTED_NUMBER = re.compile(
    r"(?:Q?CP|DP|GC)[0-9]|[0-9]{2}CP[0-9]|P[0-9]{3}-20|(?:EBA|EIOPA|ESMA|JC)[/-]CP|CR[0-9]+/20"
)
"""Numbers of papers that consult."""
_CONSULTED_BEFORE = re.compile(
    r"\b(?:follow(?:s|ing)|further to|in response to|respon\w+|feedback|consult\w*|propos\w+|(?:asked|called) for (?:views|comments|input|feedback|evidence)|(?:sought|invited|requested) (?:views|comments|input|feedback|evidence))\b[^.;]{0,80}$",
    re.I,
)
_CONSULTED_AFTER = re.compile(
    r"\)?,?\s(?:(?:we|it|the\s\w+|MAS|ESMA|EBA|FCA|PRA|SFC|HKMA|which|that)\s)?(?:had\s|have\s|has\s)?(?:proposed|consulted|sought|asked|invited)\b"
)
"""In CP25/33 we proposed …"""
_NEVER_FINAL = re.compile(r"(?:PS|SS|FG|FS)[0-9]|(?:SR|CA) |Notice ")
"""Numbers of what is final already."""
_LAW_NUMBER = re.compile(r"令|Regulation|Directive|Decision|Executive Order|CFR|Cap\.|Rule ")
"""Numbers of what can be implemented; a paper that supplements another of its kind does not."""
PROPOSED_NUMBER = re.compile(r"[0-9]{2,3} FR [0-9]+|Release No\. ")
PROPOSED_BEFORE = re.compile(
    r"\b(?:proposed (?:rules?|rule-?making|amendments?)|notice of proposed rule-?making|NPRM|proposing release|proposal|interim final rule)\b[^.;]{0,120}$",
    re.I,
)
_FINAL = frozenset({"final_rule", "interim_final_rule", "policy_statement", "conclusions", "guidance", "guidelines", "supervisory_statement",
                    "technical_standards", "regulation", "rules", "standards", "circular"})  # fmt: skip
"""Types that can be the end of a consultation."""


def ended(kind: FactKind | None, value: str, before: str, after: str, type_: str) -> FactKind | None:
    """Judge by the type what a document does to the paper that consulted or proposed."""
    if kind == "finalizes" and _NEVER_FINAL.match(value):
        return None
    if kind == "implements" and not _LAW_NUMBER.search(value):
        return None
    consulted = _CONSULTED_NUMBER.match(value)
    if kind is None and (type_ in _FINAL or (type_ == "report" and consulted)):
        said = _CONSULTED_BEFORE.search(before[-200:])
        told = re.search(r"\b[Ii]n $", before) and _CONSULTED_AFTER.match(after)
        if (consulted and (said or told)) or (
            PROPOSED_NUMBER.match(value) and PROPOSED_BEFORE.search(before[-200:])
        ):
            kind = "finalizes"
    return "replies_to" if kind == "finalizes" and type_ == "conclusions" else kind
