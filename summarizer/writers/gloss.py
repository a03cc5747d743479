"""What a reader who does not know a quotation's language can be told of it: its figures and days, in the
reader's language. Values only; in the order of the text."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from decimal import Decimal

from dibao.store import Lang, money

from ..spans import possible_spans, spans
from ..values import read_figures
from .figures import day

_SPAN = re.compile(
    r"(?<![\d.])(?P<n>\d{1,3})\s?(?P<u>个工作日|工作日|个月|小时|分钟|日内|日(?=[以之前])|天(?!津)|年内|年(?!\d|[度底初末至])|秒)"
    r"|\b(?P<m>\d{1,3}|two|three|four|five|six|seven|eight|ten|twelve)[ -](?P<v>working days?|business days?|calendar days?|days?|hours?|minutes?|months?|years?|seconds?)\b",
    re.IGNORECASE,
)
_EN = {
    "个工作日": "working day", "工作日": "working day", "个月": "month", "小时": "hour", "分钟": "minute",
    "日内": "day", "日": "day", "天": "day", "年内": "year", "年": "year", "秒": "second",
}  # fmt: skip
_ZH = {
    "working day": "个工作日", "business day": "个工作日", "calendar day": "日", "day": "日", "hour": "小时",
    "minute": "分钟", "month": "个月", "year": "年", "second": "秒",
}  # fmt: skip
_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "ten": 10,
    "twelve": 12,
}


_TO_EN = (
    ("no longer prohibits", re.compile(r"不再禁止|(?:取消|解除)[^，。；]{0,12}禁")),
    ("does not apply", re.compile(r"不适用")),
    ("need not", re.compile(r"无[需须]|不必|可不|可以不")),
    ("must not", re.compile(r"不得|严禁|禁止|不准")),
    ("must", re.compile(r"应当|必须|务必")),
    ("may", re.compile(r"可以(?!不)")),
    ("except", re.compile(r"除外|除非|另有规定")),
)
_TO_ZH = (
    ("不再禁止", re.compile(r"\bno longer prohibit|\blift(?:s|ed)? (?:the |its )?ban", re.I)),
    (
        "无需",
        re.compile(r"\bneed not\b|\bnot (?:be )?required\b|\bno need\b|\bdo(?:es)? not have to\b", re.I),
    ),
    # "cannot" says what nobody is able to do as often as what nobody may; "may not be able" what may not come
    (
        "不得",
        re.compile(
            r"\b(?:must|shall) not\b|\bmay not (?!be able|always|yet|necessarily|have)|(?<!no longer )\bprohibit",
            re.I,
        ),
    ),
    ("应当", re.compile(r"\b(?:must|shall)\b(?! not)|\b(?:is|are|be) required to\b", re.I)),
    ("可以", re.compile(r"\bmay\b(?! not)(?! \d)", re.I)),
    ("除外", re.compile(r"\bunless\b|\bexcept\b", re.I)),
)


def modals_in(quote: str, lang: Lang, *, most: int = 3) -> tuple[str, ...]:
    """Return what a text forbids, demands, allows or excepts, in the words of ``lang``."""
    table = _TO_EN if lang == "en" else _TO_ZH
    return tuple(word for word, pattern in table if pattern.search(quote))[:most]


def figures_in(quote: str, lang: Lang, *, most: int = 3) -> tuple[str, ...]:
    """Return amounts, rates, days and spans of time of a text in the words of ``lang``, at most ``most``."""
    said = read_figures(quote)
    shown = {value: quote.find(text) for value, text in said.shown.items()}
    found = [(shown.get(value, 0), money(value, lang)) for value in said.money]
    found += [(shown.get(value, 0), day(value, lang)) for value in said.days]
    for kind, size in said.rates:
        found.append((shown.get((kind, size), 0), _rate(kind, size, said.shown.get((kind, size), ""), lang)))
    blank = re.sub(
        r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|\d{1,2}月\d{1,2}日", lambda m: " " * len(m[0]), quote
    )
    lasting = possible_spans(blank)
    found += [
        (match.start(), lasts)
        for match in _SPAN.finditer(blank)
        if spans(lasts := _span(match, lang)) <= lasting  # no age, no place in a row
    ]
    return tuple(dict.fromkeys(text for _, text in sorted(found)))[:most]


def _rate(kind: str, size: Decimal, shown: str, lang: Lang) -> str:
    if kind == "%":
        return f"{size:f}%"
    if "百分点" in shown or "percentage" in shown:
        unit = "个百分点" if lang == "zh" else " percentage points"
        return f"{(size / 100).normalize():f}{unit}"
    return f"{size:f}{'个基点' if lang == 'zh' else ' basis points'}"


def _span(match: re.Match[str], lang: Lang) -> str:
    if match["n"]:
        number, unit = match["n"].replace(",", ""), _EN[match["u"]]
    else:
        number = str(_WORDS.get(match["m"].lower(), match["m"]))
        unit = match["v"].lower().removesuffix("s")
    if lang == "zh":
        return f"{number}{_ZH[unit]}"
    return f"{number} {unit}{'' if number == '1' else 's'}"
