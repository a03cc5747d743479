"""Acts and types of documents as Chinese titles name them; the shared words of the title grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TYPE_ROWS = """
指导意见 guiding_opinions|guiding opinions|on
实施意见 implementing_opinions|implementing opinions|on
若干意见 opinions|opinions|on
若干规定 provisions|provisions|on
意见 opinions|opinions|on
暂行规定 provisions|interim provisions|on
规定 provisions|provisions|on
暂行办法 interim_measures|interim measures|for
试行办法 measures|trial measures|for
实施办法 measures|implementing measures|for
办法 measures|measures|for
实施细则 detailed_rules|implementing rules|for
细则 detailed_rules|detailed rules|for
实施条例 regulations|implementing regulations|for
条例 regulations|regulations|on
工作规则 rules|working rules|of
工作规程 rules|working procedures|of
规则 rules|rules|on
业务指引 guidelines|business guidelines|for
监管指引 guidelines|supervisory guidelines|on
指引 guidelines|guidelines|on
操作指南 guide|operating guide|to
指南 guide|guide|to
准则 code|standards|on
行动方案 scheme|action plan|for
工作方案 scheme|work plan|for
实施方案 scheme|implementation plan|for
方案 scheme|plan|for
行动计划 action_plan|action plan|for
发展规划 plan|development plan|for
规划 plan|plan|for
若干措施 opinions|measures|on
紧急通知 notice|urgent notice|on
补充通知 notice|supplementary notice|on
通知 notice|notice|on
联合公告 announcement|joint announcement|on
联合声明 statement|joint statement|on
通函 circular|circular|on
咨询总结 conclusions|consultation conclusions|on
公告 announcement|announcement|on
通告 public_notice|public notice|on
通报 notification_of_results|notification|on
公示 publicity|notice for objections|on
决定 decision|decision|on
复函 letter|letter of reply|on
函 letter|letter|on
批复 approval_reply|official reply|on
答复 reply_to_proposal|reply|on
风险提示 risk_alert|risk alert|on
提示 risk_alert|alert|on
解释 interpretation|interpretation|on
解读 interpretation|policy interpretation|on
说明 interpretation|explanatory note|on
统计报告 statistics|statistical report|on
报告 report|report|on
备忘录 memorandum|memorandum|on
技术规范 standards|technical specification|for
规范 standards|specification|for
"""


@dataclass(frozen=True, slots=True)
class TitleType:
    zh: str
    key: str
    en: str
    prep: str


TYPES: tuple[TitleType, ...] = tuple(
    TitleType(zh, *rest.split("|"))
    for zh, rest in (row.split(" ", 1) for row in _TYPE_ROWS.strip().splitlines())
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a Chinese title says was done. ``subject`` and ``instruments`` are pieces of the title."""

    deed: str
    """What the frame is of: issue, consult, amend, penalty, qa …; ``title`` when no frame fits."""
    issuers: tuple[str, ...] = ()
    """English short names, in the order of the title."""
    bodies: tuple[str, ...] = ()
    """Their ids in the glossary."""
    departments: int = 0
    """Number of issuers that the title counts (…等七部门)."""
    kind: TitleType | None = None
    subject: str = ""
    instruments: tuple[str, ...] = ()
    draft: bool = False
    number: str = ""
    """As written: of the act, of the case, or the amount by which something is moved."""
    firm: str = ""
    """The firm that the act is about."""
    start: str = ""
    """From when, or until when, as written."""


def unbook(text: str) -> str:
    return re.sub(r"^《(.+)》$", r"\1", text)


def unbracket(text: str) -> tuple[str, list[str]]:
    """``X（试行）（征求意见稿）`` → X and the notes in brackets."""
    notes: list[str] = []
    while match := re.search(r"（([^（）]{1,30})）$", text):
        notes.insert(0, match[1])
        text = text[: match.start()]
    return text, notes


def type_named(name: str) -> TitleType | None:
    return next((t for t in TYPES if t.zh == name), None)


def type_at_end(text: str) -> TitleType | None:
    return next((t for t in TYPES if text.endswith(t.zh) and len(text) > len(t.zh)), None)
