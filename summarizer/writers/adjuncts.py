"""By when, how often and to whom a Chinese duty is done → English, taken off the clause so that the rest can be
rendered as a phrase.

In: what stands after 应当 or 不得. Out: the act in English with its adjuncts, None when a word is unknown.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from .acts import type_named
from .chinese import noun_phrase, phrase
from .figures import NUMBER_WORDS, day
from .lexicon import chinese_integer, chinese_tokens

if TYPE_CHECKING:
    from ..glossary import Glossary

_UNITS = {
    "个工作日": "working day", "工作日": "working day", "个交易日": "trading day", "交易日": "trading day", "个自然日": "calendar day",
    "日": "day", "天": "day", "个月": "month", "年": "year", "小时": "hour", "分钟": "minute",
}  # fmt: skip
_LONG = rf"(?P<n>\d{{1,3}}|[一两二三四五六七八九十]{{1,3}})(?P<unit>{'|'.join(_UNITS)})"
_WITHIN = re.compile(rf"(?:在|于)?{_LONG}(?:之内|以内|内)")
_SINCE = re.compile(
    rf"(?:在|于)?自?(?P<v>收到|接到|发现|知悉|取得|完成)(?P<of>[^，。；]{{1,14}}?)(?:之日起|之日|后|起)(?:的)?{_LONG}(?:之内|以内|内)"
)
_SINCE_ISSUE = re.compile(
    rf"自本(?P<kind>[\u4e00-\u9fff]{{2,4}}?)(?P<how>下发|印发|发布|公布|施行|实施)之日起{_LONG}(?:之内|以内|内)"
)
_BEFORE = re.compile(
    r"(?:应)?(?:于|在)?(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:之前|以前|前)"
)
_EVERY = {
    "季度": "quarter", "个季度": "quarter", "年": "year", "半年": "six months", "月": "month", "个月": "month", "周": "week",
    "日": "day", "年度": "year", "两年": "two years", "三年": "three years",
}  # fmt: skip
_PERIOD = "|".join(sorted(_EVERY, key=len, reverse=True))
_OFTEN = re.compile(
    rf"(?P<a>至少)?每(?P<p>{_PERIOD})(?P<b>至少)?(?P<v>[\u4e00-\u9fff]{{2,4}}?)(?P<n>[一两二三四]|\d)次(?P<rest>[\u4e00-\u9fff]{{2,30}})"
)
_REGULAR = re.compile(rf"(?:按|每)(?P<p>{_PERIOD})")
_TO = re.compile(r"向(?P<to>[^，。；向]{2,24}?)(?P<v>报告|报送|提交|备案)(?P<what>[^，。；]{0,24})")
_KEEP = re.compile(
    rf"(?:妥善)?(?:保存|留存|保留)(?P<what>[^，。；]{{2,20}}?)(?:的?(?:时间|期限))?(?:不得?少于|至少|不低于){_LONG}"
)
_RECEIVED = {
    "收到": "receiving", "接到": "receiving", "发现": "discovering", "知悉": "learning of", "取得": "obtaining",
    "完成": "completing",
}  # fmt: skip
_TIMES = {1: "once", 2: "twice"}


def act_in_english(clause: str, glossary: Glossary) -> str | None:
    """``于2027年6月30日前完成数据分级`` → complete data grading before 30 June 2027."""
    if match := _KEEP.fullmatch(clause):
        kept = noun_phrase(chinese_tokens(match["what"], glossary))
        return kept and f"keep {kept} for at least {_length(match)}"
    if match := _OFTEN.fullmatch(clause):
        done = _plain(match["v"] + match["rest"], glossary)
        size = chinese_integer(match["n"])
        times = _TIMES.get(size, f"{NUMBER_WORDS[size]} times")
        least = "at least " if match["a"] or match["b"] else ""
        return done and f"{done} {least}{times} every {_EVERY[match['p']]}"
    for pattern in (_SINCE_ISSUE, _SINCE, _WITHIN, _BEFORE, _REGULAR):
        if match := pattern.match(clause):
            when = _when(match, glossary)
            done = _done(clause[match.end() :].lstrip("，"), glossary)
            return f"{done} {when}" if done and when else None
    return _done(clause, glossary)


def _when(match: re.Match[str], glossary: Glossary) -> str | None:
    parts = match.groupdict()
    if "kind" in parts:
        kind = type_named(parts["kind"])
        how = "entry into force" if parts["how"] in ("施行", "实施") else "issue"
        return f"within {_length(match)} of the {how} of this {kind.en}" if kind else None
    if "of" in parts:
        what = noun_phrase(chinese_tokens(parts["of"], glossary))
        return what and f"within {_length(match)} of {_RECEIVED[parts['v']]} {what}"
    if "y" in parts:
        try:
            return f"before {day(date(int(parts['y']), int(parts['m']), int(parts['d'])), 'en')}"
        except ValueError:
            return None
    if "p" in parts:
        return f"every {_EVERY[parts['p']]}"
    return f"within {_length(match)}"


def _length(match: re.Match[str]) -> str:
    number = chinese_integer(match["n"])
    return f"{number} {_UNITS[match['unit']]}{'' if number == 1 else 's'}"


def _done(clause: str, glossary: Glossary) -> str | None:
    match = _TO.fullmatch(clause)
    if match is None:
        return _plain(clause, glossary)
    to = noun_phrase(chinese_tokens(match["to"], glossary))
    what = noun_phrase(chinese_tokens(match["what"], glossary)) if match["what"] else ""
    if to is None or what is None:
        return None
    to = f"the {to}" if to.isupper() else to
    if match["v"] == "备案":
        return None if what else f"file with {to}"
    if match["v"] == "报告":
        return f"report {what} to {to}" if what else f"report to {to}"
    return f"submit {what} to {to}" if what else None


_MEASURES = re.compile(r"采取(?P<what>[^，。；]{0,6}措施)，?(?P<aim>[^，。；]{4,40})")


def _plain(clause: str, glossary: Glossary) -> str | None:
    if match := _MEASURES.fullmatch(clause):
        what, aim = noun_phrase(chinese_tokens(match["what"], glossary)), _plain(match["aim"], glossary)
        return f"take {what} to {aim}" if what and aim else None
    tokens = chinese_tokens(clause, glossary)
    first = next((token for token in tokens if token.role != "adv"), None)
    if first is None or first.role not in ("verb", "action"):
        return None
    if first.role == "verb":
        return phrase(tokens, form="base")
    # an act that the words know as a noun: 评估模型风险
    rest = noun_phrase(tokens[1:]) if tokens[0] is first and first.prep == "of" else None
    return rest and f"carry out {first.target} of {rest}"
