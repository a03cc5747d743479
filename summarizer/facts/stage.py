"""At which stage in law an item stands: from its status label, its type, or its effective date."""

from __future__ import annotations

from collections.abc import Iterator

from dibao.store import DOCUMENT_TYPES, Fact

from .reading import Reading

_STATUS = {
    "现行有效": "in_force", "有效": "in_force", "尚未生效": "not_yet_in_force", "废止": "repealed",
    "已废止": "repealed", "失效": "repealed", "已被修改": "in_force", "已修改": "in_force",
}  # fmt: skip
_DRAFTS = {"consultation", "proposed_rule", "advance_notice", "discussion_paper"}
_ENFORCED = {"penalty", "enforcement", "market_ban", "supervisory_measure"}
_NO_STAGE = 0.35


def read_stage(reading: Reading, types: tuple[Fact, ...], dates: tuple[Fact, ...]) -> Iterator[Fact]:
    """Yield the stage: from the status label, the type, or the effective date as of the day of fetching."""
    label = reading.label("效力状态", "时效性", "有效性", "Status")
    if label is not None and label.text.strip() in _STATUS:
        yield reading.fact("stage", _STATUS[label.text.strip()], label, (0, len(label.text)))
        return
    if not types:
        return
    main = types[0]
    span = (main.evidence.start, main.evidence.end)
    part = next((p for p in reading.parts if p.field == main.evidence.field), reading.title)
    effective = next((f for f in dates if f.kind == "date_effective"), None)
    if main.value in _DRAFTS:
        stage = "draft"
    elif main.value in _ENFORCED:
        stage = "enforced"
    elif DOCUMENT_TYPES[main.value].force < _NO_STAGE:
        stage = "none"
    elif effective is not None:
        known = reading.item.fetched_at.date().isoformat()
        stage = "not_yet_in_force" if effective.value > known else "in_force"
    else:
        stage = "final"
    yield reading.fact("stage", stage, part, span, confidence=main.confidence)


def is_draft(types: tuple[Fact, ...]) -> bool:
    """Whether the document has no force yet, so that no effective date of it can be stated."""
    return bool(types) and types[0].value in _DRAFTS
