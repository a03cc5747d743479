"""What can be compared between two sentences of either language: money, rates, numbers, days, document and
article numbers, modality, direction, negation. Values, never words. No glossary, no items."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from dibao.store import Money

from .facts.scan import near
from .wording import DIRECTIONS, EXCEPT, HINTS, MODALS, NEGATION
from .writers.figures import MONTHS, NUMBER_WORDS, money_spans

_MONTH = {m.lower(): n for n, m in enumerate(MONTHS, 1)} | {m[:3].lower(): n for n, m in enumerate(MONTHS, 1)}
_MONTH["sept"] = 9
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")

_DAY = re.compile(
    r"(?P<y1>(?:19|20)\d\d)\s{0,2}[年./-]\s{0,2}(?P<m1>\d{1,2})\s{0,2}[月./-]\s{0,2}(?P<d1>\d{1,2})(?!\d)\s?日?"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m2>{_NAMES})\.?,?\s(?P<y2>(?:19|20)\d\d)\b"
    rf"|\b(?P<m3>{_NAMES})\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y3>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_SHORT_DAY = re.compile(
    rf"(?<![\d年])(?P<m1>\d{{1,2}})\s?月\s?(?P<d1>\d{{1,2}})\s?日|\b(?P<d2>\d{{1,2}})\s(?P<m2>{_NAMES})\b"
    rf"|\b(?P<m3>{_NAMES})\s(?P<d3>\d{{1,2}})\b(?!,?\s(?:19|20)\d\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_HAN_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_DOCUMENT = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,14})?[〔\[【（(]\s?(?P<year>(?:19|20)\d\d)\s?[〕\]】）)]\s?第?\s?(?P<serial>\d{1,6}(?:[-—–]\d{1,6})?)\s?号"
    r"|(?P<order>令|公告)(?:(?P<oy>(?:19|20)\d\d)年)?第(?P<on>\d{1,5})号"
    r"|(?<![A-Za-z0-9])(?P<std>(?:GB|GB/T|JR/T|GB/Z|YD/T|SR|CP|PS|FG|SS|DP)\s?\d{1,6}(?:[/.-]\d{1,5})*)(?![A-Za-z0-9])"
)
_ARTICLE = re.compile(
    r"第([一二三四五六七八九十百零\d]{1,6})条|\b(?:Article|Section|Rule)\s(\d{1,4}[a-z]?(?:-\d{1,3})?)\b"
)
_ARTICLE_SIGNS = ("条", "Article", "Section", "Rule")
_RATE_SIGNS = ("%", "％", "百分", "基点", "per cent", "percent", "basis", "bp")
_RATE = re.compile(
    r"(?P<n>\d{1,9}(?:\.\d{1,6})?)\s?(?P<u>%|％|per ?cent\b|percent\b|个百分点|percentage points?|个?基点|basis points?|bps?\b)"
    r"|百分之(?P<h>[一二三四五六七八九十百点零\d.]{1,8})",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![A-Za-z\d_.,])(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,18})(?:\.\d{1,8})?(?![A-Za-z\d])"
    r"\s?(?P<scale>万亿|亿|万|千|trillion|billion|million|thousand)?"
    r"|(?<![\d.A-Za-z])\d{1,18}(?:\.\d{1,8})?(?P<scale2>万亿|亿|万|千)?(?=[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<![数几成上])(?!一[个家项条名批部份类种起件])([一二两三四五六七八九十]{1,3})(?=[个家项条名批部份类种起件年天周倍])|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
_SCALE = {
    "万亿": 10**12, "亿": 10**8, "万": 10**4, "千": 10**3, "trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3,
}  # fmt: skip


# What stands in every match of a pattern that is dear to look for; most texts hold none of it.
_FIGURE = re.compile(r"\d")
_MONTH_SIGNS = ("月", *(name[:3].lower() for name in MONTHS))
_DOCUMENT_SIGNS = ("号", "GB", "JR/T", "YD/T", "SR", "CP", "PS", "FG", "SS", "DP")
_COUNTED = re.compile(r"[一二两三四五六七八九十][个家项条名批部份类种起件年天周倍]")
_COUNT_WORDS = tuple(NUMBER_WORDS[2:13])


def _any(signs: tuple[str, ...], text: str) -> bool:
    return any(map(text.__contains__, signs))


@dataclass(frozen=True, slots=True)
class Values:
    """What a text states. ``numbers`` holds what is in none of the others."""

    money: frozenset[Money] = frozenset()
    rates: frozenset[tuple[str, Decimal]] = frozenset()
    days: frozenset[date] = frozenset()
    short_days: frozenset[tuple[int, int]] = frozenset()
    documents: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    numbers: frozenset[Decimal] = frozenset()
    modals: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    hints: frozenset[str] = frozenset()
    """Modalities that words of a source may bear, which would be none in a sentence of ours (要求)."""
    excepted: bool = False
    negated: bool = False
    """By a word that is no modality: 不得 forbids and does not negate."""
    counts: dict[str, int] = field(default_factory=dict, compare=False)
    """How often each modality and direction stands, and ``negation``."""
    times: dict[Money | Decimal, int] = field(default_factory=dict, compare=False)
    """How often each amount of money and each plain number stands."""
    shown: dict[object, str] = field(default_factory=dict, compare=False)
    """Value → the form in which it stands, for messages."""


_MOST_READ = 20_000


@lru_cache(maxsize=8192)  # sentences and their sources are read for gate and agreement, in both languages
def read(text: str) -> Values:
    """Read all values of a text. What one reader has taken, the next does not see. Not to be changed."""
    said = read_figures(text)
    low = text[:_MOST_READ].lower()
    modals, plain = _modals(low)
    directions = {name: n for name, words in DIRECTIONS.items() if (n := words.count(low))}
    negations = NEGATION.count(plain)
    return Values(
        money=said.money, rates=said.rates, days=said.days, short_days=said.short_days, documents=said.documents,
        articles=said.articles, numbers=said.numbers, shown=said.shown, times=said.times,
        modals=frozenset(modals),
        hints=frozenset(name for name, words in HINTS.items() if words.count(plain)), excepted=EXCEPT.count(low) > 0,
        directions=frozenset(directions), negated=negations > 0,
        counts={**modals, **directions, "negation": negations},
    )  # fmt: skip


@lru_cache(maxsize=8192)  # many ask for a text's figures alone
def read_figures(text: str) -> Values:
    """Read all but what words say: no modality, direction or negation is in it. Not to be changed."""
    shown: dict[object, str] = {}
    times: dict[Money | Decimal, int] = {}
    days, documents, articles, rates, short, rest = _figures(text[:_MOST_READ], shown, times)
    numbers = _numbers(rest, shown, times) | _months(rest, shown)
    return Values(
        money=frozenset(value for value in times if isinstance(value, Money)), rates=rates, days=days, short_days=short,
        documents=documents, articles=articles, numbers=numbers, shown=shown, times=times,
    )  # fmt: skip


def _figures(
    text: str, shown: dict[object, str], times: dict[Money | Decimal, int]
) -> tuple[
    frozenset[date],
    frozenset[str],
    frozenset[str],
    frozenset[tuple[str, Decimal]],
    frozenset[tuple[int, int]],
    str,
]:
    """Days, documents, articles, rates, short days, and the text without them and without money."""
    days, rest = _days(text, shown)
    figured = _FIGURE.search(rest) is not None
    documents, rest = _documents(rest, shown) if figured else (frozenset[str](), rest)
    articles, rest = _articles(rest, shown)
    rates, rest = _rates(rest, shown)
    for start, end, value in money_spans(rest):
        times[value] = times.get(value, 0) + 1
        shown[value] = rest[start:end]
        rest = _blank(rest, start, end)
    short, rest = _short_days(rest, shown) if figured else (frozenset[tuple[int, int]](), rest)
    return days, documents, articles, rates, short, rest


def _modals(text: str) -> tuple[dict[str, int], str]:
    """Return how often each modality stands, the less obvious ones first, and the text without them."""
    found = {}
    for name, words in MODALS.items():
        if not words.within(text):
            continue
        text, times = words.pattern.subn(" ", text)
        if times:
            found[name] = times
    return found, text


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "\n" * (end - start) + text[end:]


def _days(text: str, shown: dict[object, str]) -> tuple[frozenset[date], str]:
    found = set()
    # Whatever stands before or after the year in a day is shorter than 24 characters.
    for match in list(near(_DAY, text, _YEAR, before=24, after=24)):
        n = "1" if match["y1"] else "2" if match["y2"] else "3"
        month = match[f"m{n}"]
        value = _date(int(match[f"y{n}"]), _MONTH.get(month.lower()) or int(month), int(match[f"d{n}"]))
        if value:
            found.add(value)
            shown[value] = match[0]
            text = _blank(text, *match.span())
    for match in list(_HAN_DAY.finditer(text)) if "年" in text and "月" in text else ():
        value = _date(int(match[1].translate(_HAN_DIGITS)), _small(match[2]), _small(match[3]))
        if value:
            found.add(value)
            shown.setdefault(value, match[0])
            text = _blank(text, *match.span())
    return frozenset(found), text


def _short_days(text: str, shown: dict[object, str]) -> tuple[frozenset[tuple[int, int]], str]:
    found = set()
    for match in list(_SHORT_DAY.finditer(text)) if _any(_MONTH_SIGNS, text.lower()) else ():
        n = next(n for n in "123" if match[f"m{n}"])
        month = match[f"m{n}"]
        value = (_MONTH.get(month.lower()) or int(month), int(match[f"d{n}"]))
        found.add(value)
        shown[value] = match[0]
        text = _blank(text, *match.span())
    return frozenset(found), text


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _small(text: str) -> int:
    """``二十三`` → 23."""
    digits = text.translate(_HAN_DIGITS)
    if "十" not in digits:
        return int(digits)
    tens, _, ones = digits.partition("十")
    return int(tens or 1) * 10 + int(ones or 0)


def _documents(text: str, shown: dict[object, str]) -> tuple[frozenset[str], str]:
    found = set()
    for match in list(_DOCUMENT.finditer(text)) if _any(_DOCUMENT_SIGNS, text) else ():
        if match["serial"]:
            # A Chinese run before the bracket swallows words in front: year and serial identify, with
            # the last character of the agency's code.
            key = f"{(match['code'] or '')[-1:]}〔{match['year']}〕{re.sub(r'[—–]', '-', match['serial'])}"
        elif match["order"]:
            # 公告2016年第23号 is 公告〔2016〕23号
            last, year = match["order"][-1:], match["oy"]
            key = f"{last}〔{year}〕{match['on']}" if year else f"{match['order']}第{match['on']}"
        else:
            key = re.sub(r"\s", "", match["std"])
        found.add(key)
        shown[key] = match[0]
        text = _blank(text, *match.span())
    return frozenset(found), text


def _articles(text: str, shown: dict[object, str]) -> tuple[frozenset[str], str]:
    found = set()
    for match in list(_ARTICLE.finditer(text)) if _any(_ARTICLE_SIGNS, text) else ():
        digits = match[2] or (match[1] if match[1].isdigit() else "")
        key = (
            f"art. {digits or match[1]}"
            if "百" in (match[1] or "") and not digits
            else f"art. {digits or _small(match[1])}"
        )
        found.add(key)
        shown[key] = match[0]
        text = _blank(text, *match.span())
    return frozenset(found), text


def _rates(text: str, shown: dict[object, str]) -> tuple[frozenset[tuple[str, Decimal]], str]:
    found = set()
    for match in list(_RATE.finditer(text)) if _any(_RATE_SIGNS, text.lower()) else ():
        value: tuple[str, Decimal] | None = None
        if match["n"]:
            number, unit = Decimal(match["n"]), match["u"].lower()
            if "基点" in unit or unit.startswith(("basis", "bp")):
                value = ("bp", number.normalize())
            elif "point" in unit or "百分点" in unit:
                value = ("bp", (number * 100).normalize())
            else:
                value = ("%", number.normalize())
        else:
            try:
                value = ("%", Decimal(match["h"].translate(_HAN_DIGITS).replace("点", ".")).normalize())
            except InvalidOperation:
                value = (
                    ("%", Decimal(_small(match["h"])))
                    if re.fullmatch(r"[一二三四五六七八九十]+", match["h"])
                    else None
                )
        if value:
            found.add(value)
            shown[value] = match[0]
            text = _blank(text, *match.span())
    return frozenset(found), text


_MONTH_OF = re.compile(rf"\b(?P<m>{_NAMES})\.?(?: of)? (?:19|20)\d\d\b", re.IGNORECASE)


def _months(text: str, shown: dict[object, str]) -> frozenset[Decimal]:
    """The number of a month of a year, which Chinese writes in figures: April 2026 is 2026年4月."""
    if not (_any(_MONTH_SIGNS, text.lower()) and _YEAR.search(text)):
        return frozenset()
    found = {Decimal(_MONTH[match["m"].lower()]): match["m"] for match in _MONTH_OF.finditer(text)}
    for value, name in found.items():
        shown.setdefault(value, name)
    return frozenset(found)


def _numbers(text: str, shown: dict[object, str], times: dict[Money | Decimal, int]) -> frozenset[Decimal]:
    found = set()
    for match in _NUMBER.finditer(text) if _FIGURE.search(text) else ():
        scale = match["scale"] or match["scale2"] or ""
        digits = match[0][: len(match[0]) - len(scale)] if scale else match[0]
        value = (Decimal(digits.strip().replace(",", "")) * _SCALE.get(scale.lower(), 1)).normalize()
        found.add(value)
        times[value] = times.get(value, 0) + 1
        shown[value] = match[0].strip()
    counted = _COUNTED.search(text) or _any(_COUNT_WORDS, text.lower())
    for match in _COUNT.finditer(text) if counted else ():
        value = Decimal(
            _small(match[1].replace("两", "二")) if match[1] else NUMBER_WORDS.index(match[2].lower())
        )
        found.add(value)
        shown[value] = match[0]
    return frozenset(found)
