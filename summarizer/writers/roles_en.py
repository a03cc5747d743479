"""Who speaks at an English-language regulator, and where, in Chinese."""

# ruff: noqa: E501 — width of Chinese characters
from __future__ import annotations

import re

_ROLES = {
    "chair": "主席", "chairman": "主席", "vice chair for supervision": "负责监管的副主席", "vice chair": "副主席",
    "governor": "行长", "deputy governor": "副行长", "president": "行长", "commissioner": "委员",
    "chief executive": "总裁", "deputy chief executive": "副总裁", "chief executive officer": "行政总裁",
    "executive director": "执行董事", "managing director": "局长", "deputy managing director": "副局长",
    "member of the supervisory board": "监管委员会委员", "member of the executive board": "执行委员会委员",
    "vice-chair of the supervisory board": "监管委员会副主席", "chair of the supervisory board": "监管委员会主席",
    "director of the division of trading and markets": "交易与市场部主任",
    "director of the division of enforcement": "执法部主任",
    "director of the division of corporation finance": "公司融资部主任",
    "director of the division of investment management": "投资管理部主任",
    "chief economist": "首席经济学家", "secretary": "部长", "acting chairman": "代理主席", "acting chair": "代理主席",
}  # fmt: skip
_SPEECH = re.compile(
    r"(?:speech|remarks|keynote(?: speech| address)?|opening remarks|welcome remarks|statement)"
    r"(?: by| of)? (?:the |mr\.? |ms\.? )?(?P<role>[^:,]{4,70}?)"
    r"(?: (?:at|to|before) (?:the )?(?P<event>[A-Z][^:]{3,80}))?(?::.{3,})?$",
    re.IGNORECASE,
)
_MEMBER = re.compile(r"(?P<role>[^:,]{4,70}?): .{3,}$")


def speech(title: str) -> str | None:
    """``Speech by the Deputy Chief Executive at the X Forum: …`` → 副总裁在X Forum发表讲话; None when it is
    no speech, or the role is unknown. The event keeps its name; the motto is left out."""
    match = _SPEECH.match(title) or _MEMBER.match(title)
    if match is None:
        return None
    role = _ROLES.get(match["role"].strip().lower())
    if role is None:
        return None
    event = match.groupdict().get("event")
    return f"{role}在{event.strip()}发表讲话" if event else f"{role}发表讲话"
