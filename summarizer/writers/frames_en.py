"""English titles that are no sentence of subject and verb: series, consultations, statistics, speeches, rates."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .english import noun_phrase, object_words
from .figures import MONTHS
from .roles_en import speech

if TYPE_CHECKING:
    from ..glossary import Glossary

COMPANY = (
    r"((?:[A-Z][\w.&’'-]*,? ){0,6}(?:Inc|Corp|Corporation|LLC|LLP|L\.P|LP|Ltd|Limited|plc|PLC|Bank|N\.A|S\.A|"
    r"Group|Holdings|Company|Co|AG|SE|Trust|Securities|Capital|Advisors|Partners)\b\.?)"
)
_KEEPS = re.compile(
    r"(?:maintains?|keeps?|holds?) (?P<what>.+?) (?:unchanged )?at (?P<rate>\d+(?:\.\d+)?%)$", re.IGNORECASE
)
_MOVES = re.compile(
    r"(?P<how>cuts?|lowers?|reduces?|raises?|increases?) (?P<what>.+?)"
    r"(?: by (?P<by>\d+(?:\.\d+)?) (?P<unit>basis points?|percentage points?))?(?: to (?P<to>\d+(?:\.\d+)?%))?$",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    rf"announces (?P<what>approval of (?:an? )?(?:application|proposal) by|termination of (?:the )?enforcement actions? (?:with|against)) {COMPANY}$",
    re.IGNORECASE,
)
_SERIES_OF = re.compile(
    r"(?P<what>[A-Za-z -]{3,60}?(?:statistics|survey results|survey|data|figures))(?: for|:)? (?P<m>[A-Z][a-z]+) (?P<y>\d{4})$"
)
_SERIES = {
    "CP": "征求意见文件", "PS": "政策声明", "SS": "监管声明", "DP": "讨论文件", "FG": "最终指引", "GC": "指引征求意见文件",
}  # fmt: skip
_EXTENDS = re.compile(
    r"extends? (?:the )?comment period (?:for|on) (?:the |its )?(?P<what>.+?)(?: to (?P<to>.+))?$",
    re.IGNORECASE,
)
_CONSULTS = re.compile(r"(?:public )?consultation(?: paper)? on (?:the )?(?P<what>.+)$", re.IGNORECASE)
_NOUNS = {
    "consultation conclusion": "发布关于{}的咨询总结", "conclusion": "发布关于{}的咨询总结", "guideline": "发布关于{}的指引",
    "statement": "发表关于{}的声明", "joint statement": "发表关于{}的联合声明", "policy statement": "发布关于{}的政策声明",
    "notice of proposed rulemaking": "就{}发布拟议规则", "proposed rule": "就{}发布拟议规则", "final rule": "就{}发布最终规则",
    "guidance": "发布关于{}的指引", "report": "发布关于{}的报告", "discussion paper": "发布关于{}的讨论文件",
    "q&a": "发布关于{}的问答", "frequently asked question": "发布关于{}的问答", "request for information": "就{}征询信息",
    "notice": "发布关于{}的通知", "memorandum of understanding": "签署关于{}的谅解备忘录",
}  # fmt: skip
_NOUN = re.compile(
    rf"(?P<kind>{'|'.join(sorted(map(re.escape, _NOUNS), key=len, reverse=True))})s?(?: (?:on|to|regarding|concerning)|:) (?:the )?(?P<what>.+)$",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"announces (?P<what>enforcement (?:actions|results)) for (?:(?P<m>[A-Z][a-z]+)|fiscal year) (?P<y>\d{4})$",
    re.IGNORECASE,
)
_CIRCULAR = re.compile(r"circular(?: to (?P<to>[^:]+?))?: (?P<what>.+)$", re.IGNORECASE)
_CODED = re.compile(r"(?P<series>CP|PS|SS|DP|FG|GC)(?P<n>\d\d/\d{1,3}):? [-–—]?\s?(?P<what>.+)$")
_TENDER = re.compile(r"tender results? (?:of|for) (?:the )?(?P<what>.+)$", re.IGNORECASE)
_STATISTICS = re.compile(
    r"(?P<what>[a-z ]{3,40} statistics): (?:(?P<half>first|second) half|(?P<q>first|second|third|fourth) quarter|(?P<m>[A-Z][a-z]+))(?: of)? (?P<y>\d{4})$",
    re.IGNORECASE,
)
_ACTS_ON = re.compile(
    rf"(?:issues?|announces?|takes?) (?P<what>enforcement action|consent order|cease and desist order)s? (?:with|against) {COMPANY}$",
    re.IGNORECASE,
)
_MODULE = re.compile(
    r"supervisory policy manual(?: module)? \(?(?P<code>[A-Z]{2}(?:-[A-Z0-9]+){1,2})\)?:? (?P<what>.+)$",
    re.IGNORECASE,
)
_NTH = {"first": "一", "second": "二", "third": "三", "fourth": "四"}


def frame(rest: str, glossary: Glossary) -> str | None:
    """Return what was done, in Chinese, by a title's shape; None when none fits or a word is unknown."""
    if said := speech(rest):
        return said
    if match := _EXTENDS.match(rest):
        what = object_words(match["what"], glossary)
        return (what and not match["to"] and f"延长{what}的征求意见期") or None
    if match := _CODED.match(rest):
        what = object_words(match["what"], glossary)
        return what and f"发布{_SERIES[match['series']]}{match['series']}{match['n']}：{what}"
    if match := _CIRCULAR.match(rest):
        what = object_words(match["what"], glossary)
        to = noun_phrase(match["to"], glossary) if match["to"] else ""
        if what and to is not None:
            return f"就{what}{f'向{to}' if to else ''}发出通函"
        return None
    if match := _CONSULTS.match(rest):
        what = object_words(match["what"], glossary)
        return what and f"就{what}公开征求意见"
    if match := _NOUN.match(rest):
        kind, what = _NOUNS[match["kind"].lower().rstrip("s")], object_words(match["what"], glossary)
        return what and kind.format(what.removeprefix("关于"))
    if match := _ORDERS.match(rest):
        return _monthly(match)
    if match := _TENDER.match(rest):
        what = noun_phrase(match["what"], glossary)
        return what and f"公布{what}投标结果"
    if match := _MODULE.match(rest):
        what = object_words(match["what"], glossary)
        return what and f"发布监管政策手册{match['code']}：{what}"
    if match := _SETTLED.match(rest):
        ended = match["what"].lower().startswith("termination")
        return f"宣布终止对{match[2]}的执法行动" if ended else f"宣布批准{match[2]}的申请"
    if match := _ACTS_ON.match(rest):
        done = {"enforcement action": "采取执法行动", "consent order": "发出同意令"}
        return f"对{match[2]}{done.get(match['what'].lower(), '发出停止令')}"
    return _statistics(rest, glossary) or _series(rest, glossary) or _rate(rest, glossary)


def _monthly(match: re.Match[str]) -> str | None:
    """``announces enforcement actions for November 2026``."""
    what = "执法行动" if match["what"].lower().endswith("actions") else "执法结果"
    if not match["m"]:
        return f"公布{match['y']}财政年度{what}"
    months = [month.lower() for month in MONTHS]
    if match["m"].lower() not in months:
        return None
    return f"公布{match['y']}年{months.index(match['m'].lower()) + 1}月{what}"


def _series(rest: str, glossary: Glossary) -> str | None:
    """``Monetary statistics for September 2026`` → 发布2026年9月货币统计."""
    match = _SERIES_OF.match(rest)
    months = [month.lower() for month in MONTHS]
    if match is None or match["m"].lower() not in months:
        return None
    what = noun_phrase(match["what"].strip(), glossary)
    return what and f"发布{match['y']}年{months.index(match['m'].lower()) + 1}月{what}"


def _rate(rest: str, glossary: Glossary) -> str | None:
    """A rate or a requirement that is moved, or kept."""
    if match := _KEEPS.match(rest):
        what = noun_phrase(match["what"], glossary)
        return what and f"维持{what}{match['rate']}不变"
    match = _MOVES.match(rest)
    if match is None or not (match["by"] or match["to"]):
        return None
    what = noun_phrase(match["what"], glossary)
    down = match["how"].lower()[0] in "cl" or match["how"].lower().startswith("redu")
    unit = "" if not match["by"] else "个基点" if match["unit"].lower().startswith("basis") else "个百分点"
    by, to = f"{match['by']}{unit}" if match["by"] else "", f"至{match['to']}" if match["to"] else ""
    return what and f"{'下调' if down else '上调'}{what}{by}{to}"


def _statistics(rest: str, glossary: Glossary) -> str | None:
    match = _STATISTICS.match(rest)
    what = noun_phrase(match["what"], glossary) if match else None
    if match is None or what is None:
        return None
    if match["half"]:
        when = "上半年" if match["half"].lower() == "first" else "下半年"
    elif match["q"]:
        when = f"第{_NTH[match['q'].lower()]}季度"
    else:
        months = [m.lower() for m in MONTHS]
        if match["m"].lower() not in months:
            return None
        when = f"{months.index(match['m'].lower()) + 1}月"
    return f"发布{match['y']}年{when}{what}"
