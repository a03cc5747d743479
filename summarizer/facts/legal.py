"""On which level of the legal order a document stands: from its type, its number, its issuer and its stage.

办法 issued by an order is a departmental rule, the same word under 通知 a normative document (Legislation
Law of the PRC); what is still a draft stands on none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import DOCUMENT_TYPES, Fact

from .reading import Reading

_ORDER = re.compile(r"令(?:〔|第)")
_SELF_REGULATORY = re.compile(
    r"^(?:上证|深证|北证|股转|大商所|郑商|上期|广期所|中金所|中基协|中市协|中证协|中期协|中国结算|中保协|中银协|中支协)"
)
_BY_TYPE = {
    "law": "law",
    "administrative_regulation": "administrative_regulation",
    "judicial_interpretation": "judicial_interpretation",
    "order": "departmental_rule",
    "final_rule": "departmental_rule",
    "interim_final_rule": "departmental_rule",
    "policy_statement": "departmental_rule",
    "technical_standards": "departmental_rule",
    "standards": "standard",
    "guidance": "guidance",
    "guide": "guidance",
    "circular": "guidance",
    "supervisory_statement": "guidance",
    "supervisory_letter": "guidance",
    "plan": "policy",
    "scheme": "policy",
    "action_plan": "policy",
    "penalty": "individual_act",
    "enforcement": "individual_act",
    "supervisory_measure": "individual_act",
    "market_ban": "individual_act",
    "licence": "individual_act",
    "approval_reply": "individual_act",
    "qa": "explanation",
    "interpretation": "explanation",
    "conclusions": "explanation",
}
_RULES = frozenset(
    {"measures", "interim_measures", "provisions", "detailed_rules", "rules", "decision", "regulations"}
)
_NORMATIVE_FORCE = 0.45
"""Types from this force on bind somebody when nothing else says on which level."""


def usual_level(type_: str) -> str:
    """Return the level on which documents of a type mostly stand, when nothing else is known of one."""
    if type_ in _BY_TYPE:
        return _BY_TYPE[type_]
    if type_ in ("regulation", "directive"):
        return "law"
    if type_ == "regulations":
        return "administrative_regulation"
    if type_ in _RULES:
        return "departmental_rule"
    return "none" if DOCUMENT_TYPES[type_].force < _NORMATIVE_FORCE else "normative_document"


def read_level(
    reading: Reading, types: tuple[Fact, ...], numbers: tuple[Fact, ...], stage: str
) -> Iterator[Fact]:
    """Yield the level with the evidence of the type; nothing when the type is unknown."""
    if not types:
        return
    main = types[0]
    number = next((n.value for n in numbers if n.kind == "document_number"), "")
    level = (
        "none" if stage == "draft" else _level(reading, main.value, number, issuer=_first(numbers, "issuer"))
    )
    part = next((p for p in reading.parts if p.field == main.evidence.field), None)
    if part is None:
        part = next((p for _, p in reading.labels if p.field == main.evidence.field), reading.title)
    span = (main.evidence.start, main.evidence.end)
    yield reading.fact("legal_level", level, part, span, shown=main.shown, confidence=main.confidence)


def _first(facts: tuple[Fact, ...], kind: str) -> str:
    return next((fact.value for fact in facts if fact.kind == kind), "")


def _level(reading: Reading, type_: str, number: str, *, issuer: str) -> str:
    body = reading.glossary.bodies.get(issuer)
    foreign = (body.jurisdiction if body else reading.source.jurisdiction) not in ("CN", "INT")
    if type_ in _BY_TYPE:
        return _BY_TYPE[type_]
    if type_ in ("regulation", "directive"):
        return (
            "law"
            if "elegated" not in reading.title.text and "mplementing" not in reading.title.text
            else "departmental_rule"
        )
    if type_ in _RULES and re.match(r"国务院令|主席令", number):
        return "law" if number.startswith("主席令") else "administrative_regulation"
    if type_ == "regulations":
        return "administrative_regulation"
    if type_ in _RULES and _ORDER.search(number):
        return "departmental_rule"
    if DOCUMENT_TYPES[type_].force < _NORMATIVE_FORCE:
        return "none"
    if _SELF_REGULATORY.match(number) or (body and re.search("协会|交易所", body.name_zh)):
        return "self_regulatory_rule"
    if foreign and type_ in ("guidelines", "notice", "announcement", "statement", "code"):
        return "guidance"
    return "normative_document"
