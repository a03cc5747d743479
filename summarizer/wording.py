"""The words by which a text in either language demands, allows, forbids, excepts, negates, or moves something.

In: text in small letters. Out: whether and how often. Values and their comparison are elsewhere.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one meaning in both languages, as a pattern over text in small letters. Most sentences hold none
    of the signs, one of which stands in every match: looking for those first is ten times as fast."""

    chinese: tuple[str, ...]
    english: tuple[str, ...]
    pattern: re.Pattern[str]

    def within(self, text: str) -> bool:
        there = text.__contains__
        return any(map(there, self.english)) or (not text.isascii() and any(map(there, self.chinese)))

    def count(self, text: str) -> int:
        return len(self.pattern.findall(text)) if self.within(text) else 0


def _words(signs: str, pattern: str) -> Words:
    parts = signs.split("|")
    chinese = tuple(part for part in parts if not part.isascii())
    return Words(chinese, tuple(part for part in parts if part.isascii()), re.compile(pattern))


# Each reader takes its words out before the next one looks: 不再禁止 is no ban, 无需 no duty, may not no permission.
MODALS = {
    "no longer": _words(
        "不再|取消|解除|废除|no longer|lift|remov|abolish|end",
        r"不再(?:禁止|限制|要求|需要|适用)?|(?:取消|解除|废除)[^，。；]{0,12}?(?:禁令|禁止|限制|要求)"
        r"|\bno longer (?:prohibit|require|restrict|ban|appl|need|be required|be prohibited)\w*|\bno longer\b"
        r"|\b(?:lift|remov|abolish|end)(?:s|ed|es|ing)? (?:the |its |a )?(?:ban|prohibition|restriction|requirement|limit)s?\b",
    ),
    "need not": _words(
        "无|不|毋|免|not|n't|need|exempt|waive|without",
        r"无[需须]|不必|不需要?|毋[需须]|可不(?:再|予|必)?|可以不|不(?:作|做)?强制|免予|免于|豁免|不要求|不适用"
        r"|\b(?:need not|needn't|(?:do(?:es)?|did|will|would) not (?:need|have|apply|require)|not (?:be )?(?:required|obliged|mandatory)|no need|exempt(?:s|ed)?|waive[sd]?|without having to)\b",
    ),
    "must not": _words(
        "不|禁|not|can't|mustn't|prohibit|ban|barred|forbid",
        r"不得|严禁|禁止|不应|不准|不可以|不允许|不许|禁用"
        r"|\b(?:must|shall|may|should|can) not\b|\bcannot\b|\bcan't\b|\bmustn't\b|\bprohibit(?:s|ed|ing|ion|ions)?\b|\b(?:is|are|be|was|were) (?:banned|barred)\b|(?<!market )\bban(?:s|ned|ning)?\b|\bforbid\w*|\bnot (?:be )?(?:allowed|permitted)\b",
    ),
    "must": _words(
        "应|必须|务必|义务|须|需|要|must|shall|requir|oblig|ve to|s to|d to|ing to|mandatory",
        r"应当|应予|必须|(?:^|(?<=[，；。]))要求(?=[\u4e00-\u9fff]{2})|务必|有义务|须(?!知)|需(?![求])|(?<![不相适响反效供对感回呼顺因一报理本])应(?![用对急收届邀变付答有])|(?<![不需主只重还若必首纪摘概紧])要(?![求素件点闻么是])"
        r"|\bmust\b|\bshall\b|\b(?:is|are|be|was|were) (?:required|obliged) to\b|\brequir(?:e|es|ed|ing)\b|\b(?:has|have|had|having) to\b|\bneeds? to\b|\bobligations?\b|\bmandatory\b",
    ),
    "may": _words(
        "可|有权|允许|准许|may|allow|permit|entitled|can",
        r"可以|有权|(?<!不)允许|准许|可(?=[在由按向自将就根依申委选用视]|[^\u4e00-\u9fff以控行见持能靠疑])"
        r"|\bmay\b(?!\s\d)|\b(?:is|are|be) (?:allowed|permitted|entitled) to\b|\bcan\b|\ballow(?:s|ed)?\b|\bpermit(?:s|ted)?\b",
    ),
}
HINTS = {
    "must": _words(
        "要求|需要|规定|责令|requirement|dut|should",
        r"要求|需要|规定|责令|\brequirements?\b|\bdut(?:y|ies)\b|\bshould\b",
    ),
    "may": _words("能够|有资格|could|eligible", r"能够|有资格|\bcould\b|\beligible\b"),
}
EXCEPT = _words(
    "除|另有规定|从其规定|不受|unless|except|other than",
    r"除外|除非|另有规定|从其规定|不受[^，。；]{0,12}限制|除[^，。；]{1,30}(?:外|以外)|\bunless\b|\bexcept\b|\bother than\b|\bsubject to exceptions?\b",
)
"""A limit to what is said before it: a sentence that loses it says more than its source."""
DIRECTIONS = {
    "up": _words(
        "上|提|增|加|扩|rais|increas|ris|rose|expand",
        r"上调|提高|上升|增加|加大|扩大|加强|提升|增长|上涨|\b(?:rais|increas)(?:e|es|ed|ing)\b|\brise[sn]?\b|\brose\b",
    ),
    "down": _words(
        "下|降|减|缩|cut|lower|reduc|decreas|fell|fall",
        r"下调|降低|下降|减少|下跌|降至|缩小|缩减|\b(?:cut|cuts|cutting|lower|lowers|lowered|lowering)\b|\b(?:reduc|decreas)(?:e|es|ed|ing)\b|\bf(?:e|a)ll\b",
    ),
    "longer": _words("延长|extend", r"延长|\bextend(?:s|ed|ing)?\b"),
    "shorter": _words("缩短|shorten", r"缩短|\bshorten(?:s|ed|ing)?\b"),
    "tighter": _words("收紧|tighten", r"收紧|\btighten(?:s|ed|ing)?\b"),
    "looser": _words(
        "放宽|放松|eas|relax|loosen", r"放宽|放松|\beas(?:es|ed|ing)\b|\brelax(?:es|ed|ing)?\b|\bloosen\w*"
    ),
}
NEGATION = _words(
    "不|未|没有|无|免|no|n't|never|without|exempt",
    r"不(?![动断仅良限同])|未(?![来成])|没有|无(?![人线])|免(?=除)|\bnot\b|\bno\b(?!\.?\s?\d)|n't\b|\bnever\b|\bwithout\b|\bexempt",
)
