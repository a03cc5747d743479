"""Amounts of money, percentages and basis points, by value: the same figure reads the same in both languages.

万 and 亿, million and trillion are multiplied out; a percentage point is a hundred basis points.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from dibao.store import Fact

from .numerals import chinese_number
from .reading import Reading
from .scan import near

_MOST = 150
_FIGURE = r"[0-9](?:[0-9,，]{0,25}[0-9])?(?:\.[0-9]{1,10})?"
_SCALE = {
    "万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 1000,
    "trillion": 10**12, "tn": 10**12, "billion": 10**9, "bn": 10**9, "million": 10**6, "mn": 10**6,
    "m": 10**6, "thousand": 1000, "k": 1000,
}  # fmt: skip
_UNIT = {
    "元": "CNY", "元人民币": "CNY", "人民币": "CNY", "美元": "USD", "港元": "HKD", "港币": "HKD", "欧元": "EUR",
    "英镑": "GBP", "日元": "JPY", "新元": "SGD", "新加坡元": "SGD", "澳元": "AUD", "澳门元": "MOP", "新台币": "TWD",
    "瑞士法郎": "CHF", "美金": "USD", "澳门币": "MOP", "台币": "TWD", "yuan": "CNY", "renminbi": "CNY", "dollars": "USD", "dollar": "USD", "euros": "EUR",
    "euro": "EUR", "pounds": "GBP", "yen": "JPY",
}  # fmt: skip
_SIGN = {
    "US$": "USD", "U.S.$": "USD", "USD": "USD", "HK$": "HKD", "HKD": "HKD", "S$": "SGD", "SGD": "SGD", "A$": "AUD",
    "AUD": "AUD", "£": "GBP", "GBP": "GBP", "€": "EUR", "EUR": "EUR", "RMB": "CNY", "CNY": "CNY", "JPY": "JPY",
    "CHF": "CHF", "人民币": "CNY", "C$": "CAD", "CA$": "CAD", "CAD": "CAD", "NZ$": "NZD", "NZD": "NZD", "NT$": "TWD",
    "MOP$": "MOP",
}  # fmt: skip
_LOCAL_YUAN = {"HK": "HKD", "MO": "MOP", "TW": "TWD"}
"""What a bare 元 is outside the Mainland."""
_NAME_BEFORE = re.compile(
    r"(?P<unit>港币|港元|美元|美金|欧元|英镑|日元|澳门元|澳门币|新台币|台币|新加坡元|人民币)\s?$"
)
"""港币1,000万元: the currency stands before the figure, 元 behind it."""
_LOCAL_DOLLAR = {"HK": "HKD", "SG": "SGD", "AU": "AUD", "TW": "TWD"}
_ZH = re.compile(
    rf"(?<![0-9.])(?P<figure>{_FIGURE})\s?(?P<scale>万亿|亿|千万|百万|万|千)?\s?"
    r"(?P<unit>元人民币|元|人民币|美元|港元|港币|欧元|英镑|日元|新加坡元|新元|澳元|澳门元|新台币|瑞士法郎)"
)
_WORDS_ZH = re.compile(
    r"(?<![数几好上近一二三四五六七八九十百千万亿〇零两第])(?P<figure>[一二三四五六七八九十两](?:[一二三四五六七八九十百千万亿〇零两点]{0,14}[十百千万亿])(?:[一二三四五六七八九]?))(?P<unit>元人民币|元|美元|港元|欧元|澳门元|新台币)(?![化素旦])"
)
"""九十五万元; 数十万元 is no figure."""
_CAPITALS = re.compile(r"(?P<figure>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,20})[元圆]")
_SIGNED = re.compile(
    r"(?P<sign>(?<![A-Za-z])(?:US|U\.S\.|HK|S|A|CA?|NZ|NT|MOP)?\$|£|€|[¥￥]"
    r"|\b(?:USD|HKD|SGD|AUD|CAD|NZD|GBP|EUR|RMB|CNY|JPY|CHF))\s?"
    rf"(?P<figure>{_FIGURE})(?:\s?(?P<scale>trillion|tn|billion|bn|million|mn|m|thousand|k)\b"
    r"|\s?(?P<zh>万亿|亿|百万|万))?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?<![0-9.$£€¥])\b(?P<figure>{_FIGURE})\s(?:(?P<scale>trillion|billion|million|thousand)\s)?"
    r"(?:(?P<country>US|U\.S\.|Hong Kong|Singapore|Australian) )?"
    r"(?P<unit>yuan|renminbi|dollars?|euros?|pounds|yen)\b",
    re.IGNORECASE,
)
_COUNTRY = {"hong kong": "HKD", "singapore": "SGD", "australian": "AUD"}
_RATE = re.compile(
    rf"(?P<sign>(?<![0-9A-Za-z\u4e00-\u9fff])[-−])?(?<![0-9.])(?P<figure>{_FIGURE})\s?"
    r"(?P<unit>个百分点|percentage[ -]points?|%|％|‰|个基点|basis[ -]points?|bps?\b|per ?cent\b)",
    re.IGNORECASE,
)
_PERCENT_ZH = re.compile(r"百分之(?P<figure>[一二三四五六七八九十百零〇两点]{1,12}|[0-9.]{1,10})")


_UNIT_WORD = re.compile(r"[元币镑]|[瑞]士法郎")
_CAPITAL_DIGIT = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟]")
_SIGN_WORD = re.compile(r"[$£€¥￥]")
_CODE_WORD = re.compile(
    r"[$£€¥￥]|[Uu][Ss][Dd]|[Hh][Kk][Dd]|[Ss][Gg][Dd]|[Aa][Uu][Dd]|[Cc][Aa][Dd]|[Nn][Zz][Dd]|[Gg][Bb][Pp]|[Ee][Uu][Rr]|[Rr][Mm][Bb]|[Cc][Nn][Yy]|[Jj][Pp][Yy]|[Cc][Hh][Ff]"
)
_CODES = ("usd", "hkd", "sgd", "aud", "cad", "nzd", "gbp", "eur", "rmb", "cny", "jpy", "chf")
_NAME_WORD = re.compile(r"[Yy]uan|[Rr]enminbi|[Dd]ollar|[Ee]uro|[Pp]ounds|[Yy]en\b|YUAN|DOLLAR|EURO")
_NAMES = ("yuan", "renminbi", "dollar", "euro", "pounds", "yen")
_RATE_WORD = re.compile(r"[%％‰]|基点|百分点|[Pp]ercent|[Pp]er cent|[Bb]asis|[Bb]ps?\b")
_RATES = ("%", "％", "‰", "基点", "百分点", "percent", "per cent", "basis", "bp")


def read_amounts(reading: Reading) -> Iterator[Fact]:
    """Yield each different amount of an item once, where it first stands; at most 150."""
    seen: set[str] = set()
    for part in reading.parts:
        for start, end, value in sorted(find_amounts(part.text, reading.source.jurisdiction)):
            if value not in seen and len(seen) < _MOST:
                seen.add(value)
                yield reading.fact("amount", value, part, (start, end))


def find_amounts(text: str, jurisdiction: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, value) of each amount, in no order. ``jurisdiction`` says whose dollar a bare $ is."""
    lower = text.lower()
    if not text.isascii():
        yield from _chinese(text, jurisdiction)
    signs = _CODE_WORD if any(code in lower for code in _CODES) else _SIGN_WORD
    for match in near(_SIGNED, text, signs, before=8, after=64):
        sign = match["sign"].upper()
        unit = _SIGN.get(sign) or (
            ("JPY" if jurisdiction == "JP" else "CNY")
            if sign in "¥￥"
            else _LOCAL_DOLLAR.get(jurisdiction, "USD")
        )
        yield from _money(match, match["figure"], match["scale"] or match["zh"], unit)
    if any(name in lower for name in _NAMES):
        for match in near(_NAMED, text, _NAME_WORD, before=80, after=8):
            unit = _COUNTRY.get((match["country"] or "").lower()) or _UNIT[match["unit"].lower()]
            if unit == "USD" and not match["country"]:
                unit = _LOCAL_DOLLAR.get(jurisdiction, unit)
            yield from _money(match, match["figure"], match["scale"], unit)
    if any(word in lower for word in _RATES):
        for match in near(_RATE, text, _RATE_WORD, before=48, after=20):
            figure = _decimal(match["figure"])
            if figure is not None:
                yield *match.span(), _rate(-figure if match["sign"] else figure, match["unit"].lower())


def _chinese(text: str, jurisdiction: str) -> Iterator[tuple[int, int, str]]:
    """Amounts in Chinese words: 万元, numerals plain and capital, 百分之."""
    for match in near(_ZH, text, _UNIT_WORD, before=48, after=4):
        yield from _money(match, match["figure"], match["scale"], _unit(text, match, jurisdiction))
    for match in near(_WORDS_ZH, text, _UNIT_WORD, before=24, after=6):
        value = chinese_number(match["figure"])
        if value:
            yield *match.span(), f"{_unit(text, match, jurisdiction)} {_plain(value)}"
    for match in near(_CAPITALS, text, _CAPITAL_DIGIT, before=20, after=22):
        value = chinese_number(match["figure"])
        if value:
            yield *match.span(), f"CNY {_plain(value)}"
    for match in _PERCENT_ZH.finditer(text):
        figure = (
            _decimal(match["figure"]) if match["figure"][0].isascii() else chinese_number(match["figure"])
        )
        if figure is not None:
            yield *match.span(), f"PCT {_plain(figure)}"


def _unit(text: str, match: re.Match[str], jurisdiction: str) -> str:
    """Return the currency of an amount: by its word, by a word before the figure, by the place for a bare 元."""
    if match["unit"] != "元":
        return _UNIT[match["unit"]]
    named = _NAME_BEFORE.search(text, max(0, match.start() - 6), match.start())
    return _UNIT[named["unit"]] if named else _LOCAL_YUAN.get(jurisdiction, "CNY")


def _money(match: re.Match[str], figure: str, scale: str | None, unit: str) -> Iterator[tuple[int, int, str]]:
    value = _decimal(figure)
    if value is not None:
        yield *match.span(), f"{unit} {_plain(value * _SCALE[scale.lower()] if scale else value)}"


def _rate(figure: Decimal, unit: str) -> str:
    if ("point" in unit and "basis" not in unit) or unit == "个百分点":
        return f"BP {_plain(figure * 100)}"
    if "基点" in unit or unit.startswith(("basis", "bp")):
        return f"BP {_plain(figure)}"
    return f"PCT {_plain(figure / 10 if unit == '‰' else figure)}"


def _decimal(figure: str) -> Decimal | None:
    try:
        return Decimal(figure.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
