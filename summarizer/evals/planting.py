"""True sentences → the same with one error planted in it, of a named kind. Pure; a seed chooses."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from dibao.store import Lang, Money, money

from ..glossary import Glossary
from ..values import Values, read
from ..writers.figures import day

Planted = tuple[str, str]
"""(kind, text)."""

KINDS = (
    "number", "money", "unit x10", "rate", "date", "deadline", "document number", "body", "direction", "negation",
    "modality", "stage", "language", "currency", "scale word", "digits", "article", "exception", "span",
)  # fmt: skip

_OTHERS = {
    "en": ("the European Banking Authority", "the Bank of England", "the Monetary Authority of Singapore", "FinCEN"),
    "zh": ("欧洲银行管理局", "英格兰银行", "新加坡金融管理局", "日本金融厅"),
}  # fmt: skip
_SWAPS = {
    "direction": (
        (r"\bcuts?\b", "raise"), (r"\braised?\b", "cut"), (r"\braises\b", "cuts"), (r"\bincreased?\b", "reduced"),
        (r"\breduced?\b", "increased"), (r"\brose\b", "fell"), (r"\bfell\b", "rose"),
        (r"\blowers\b", "raises"), (r"\blowered\b", "raised"), (r"\bincreases\b", "reduces"), (r"\breduces\b", "increases"),
        (r"\bdecreased\b", "increased"), ("上涨", "下跌"), ("下跌", "上涨"), ("增加", "减少"), ("减少", "增加"), ("扩大", "缩小"),
        (r"\btightens\b", "eases"), (r"\beases\b", "tightens"), ("收紧", "放宽"), ("放宽", "收紧"), ("延长", "缩短"),
        ("下调", "上调"), ("上调", "下调"), ("增长", "下降"), ("上升", "下降"), ("下降", "上升"), ("提高", "降低"), ("降低", "提高"),
    ),
    "modality": (
        (r"\bmust not\b", "must"), (r"\bmay not\b", "may"), (r"\bmust\b(?! not)", "may"), (r"\bshall\b(?! not)", "may"),
        (r"\b(?:is|are) required to\b", "may"), (r"\bneed not\b", "must"), (r"\bmay\b(?! not)", "must"),
        (r"\bdo not have to\b", "must"), (r"\bare prohibited from (\w+)ing\b", r"may \1"), (r"\bare allowed to\b", "must"),
        (r"\bno longer need to\b", "must"), (r"\bare no longer required to\b", "must"), (r"\bare not required to\b", "must"),
        ("不得", "可以"), ("禁止|严禁", "允许"), ("应当|必须", "可以"), ("可以不|无需|无须|不必", "必须"), ("可以|有权", "必须"),
        ("不再需要", "必须"), ("不再要求", "要求"), ("须", "可以"),
    ),
    "negation": (
        (r"\b(has|have|had|is|are|was|were|will|does|did) (?!not)", r"\1 not "),
        (r"\b(issued|published|signed|approved|extended|fined|adopted|launched)\b", r"did not \1"),
        (r"\btakes effect\b", "does not take effect"), ("发布|公布", "未发布"), ("施行", "不施行"), ("签署", "未签署"),
        ("批准|核准", "不予批准"), ("完成", "未完成"),
    ),
    "stage": (
        (r"\basked for comments on draft\b", "issued final"), (r"\bseeks comments on draft\b", "issues final"),
        (r"\b[Aa] draft for\b[^:]*: it creates no duty until it is final", "Binding on those it addresses"),
        ("就(《[^》]*》)公开征求意见", r"正式发布\1"), ("目前为征求意见稿", "已生效"),
    ),
}  # fmt: skip


def plant(text: str, lang: Lang, *, glossary: Glossary, seed: int) -> Iterator[Planted]:
    """Yield the sentence with one error each, at most one of a kind."""
    rng = random.Random(seed)  # noqa: S311 — chooses an error, no secret
    said = read(text)
    for make in (
        _number, _money, _scale, _rate, _date, _document, _currency, _scale_word, _digits, _article, _exception,
        _span,
    ):  # fmt: skip
        if planted := make(text, said, lang, rng):
            yield planted
    if planted := _body(text, lang, glossary, rng):
        yield planted
    for kind, swaps in _SWAPS.items():
        if planted := _swap(text, kind, swaps):
            yield planted


def _put(text: str, old: str, new: str) -> str | None:
    if not old or old == new or text.count(old) != 1:
        return None
    return text.replace(old, new)


def _number(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    plain = sorted(n for n in said.numbers if said.shown[n].isdigit())
    for value in plain:
        shown = said.shown[value]
        match = re.search(rf"(?<![\d.,A-Za-z/-]){shown}(?![\d.,A-Za-z/-]*\d)", text)
        if match:
            new = str(int(shown) + rng.randint(1, 9))
            return "number", text[: match.start()] + new + text[match.end() :]
    return None


def _money(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    for value in sorted(said.money):
        made = Money(value.currency, value.amount * rng.choice([Decimal(2), Decimal("1.5"), Decimal(3)]))
        if done := _put(text, said.shown[value], money(made, lang)):
            return "money", done
    return None


def _scale(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    for value in sorted(said.money):
        made = Money(value.currency, value.amount * rng.choice([Decimal(10), Decimal("0.1")]))
        if done := _put(text, said.shown[value], money(made, lang)):
            return "unit x10", done
    return None


def _rate(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    for value in sorted(said.rates):
        shown = said.shown[value]
        number = re.match(r"[\d.]+", shown)
        if number and (done := _put(text, shown, shown.replace(number[0], str(Decimal(number[0]) + 2), 1))):
            return "rate", done
    return None


_DUE = re.compile(r"\bdue\b|\buntil\b|\bby \d|截止|之?前|期限")


def _date(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    for value in sorted(said.days):
        other = _moved(value, rng)
        if done := _put(text, said.shown[value], day(other, lang)):
            return ("deadline" if _DUE.search(text) else "date"), done
    return None


def _moved(value: date, rng: random.Random) -> date:
    return value + timedelta(days=rng.choice([-31, -1, 1, 7, 30, 365]))


def _document(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    for value in sorted(said.documents):
        shown = said.shown[value]
        serial = re.search(r"\d+(?=号?$)", shown)
        if serial is None:
            continue
        new = shown[: serial.start()] + str(int(serial[0]) + rng.randint(1, 9)) + shown[serial.end() :]
        if done := _put(text, shown, new):
            return "document number", done
    return None


_CURRENCIES = (
    ("RMB ", "US$"),
    ("US$", "£"),
    ("HK$", "US$"),
    ("£", "€"),
    ("€", "RMB "),
    ("美元", "港元"),
    ("港元", "美元"),
    ("英镑", "欧元"),
)


def _currency(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    for old, new in _CURRENCIES:
        if done := _put(text, old, new):
            return "currency", done
    if match := re.search(r"(?<=[\d万亿])元(?!人民币)", text):
        return "currency", text[: match.start()] + "美元" + text[match.end() :]
    return None


_SCALE_WORDS = (
    ("trillion", "billion"),
    ("billion", "million"),
    ("million", "billion"),
    ("万亿", "亿"),
    ("亿", "万"),
    ("万", "亿"),
)


def _scale_word(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    for old, new in _SCALE_WORDS:
        match = re.search(rf"(?<=\d)\s?{old}(?![万亿])", text)
        if match:
            return "scale word", text[: match.start()] + match[0].replace(old, new) + text[match.end() :]
    return None


def _digits(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    """Two digits of one figure change places."""
    found = [
        m for m in re.finditer(r"(?<![A-Za-z/])\d{2,}", text) if len(set(m[0][:2])) == 2 and m[0][1] != "0"
    ]
    if not found:
        return None
    match = rng.choice(found)
    return "digits", text[: match.start()] + match[0][1] + match[0][0] + match[0][2:] + text[match.end() :]


def _article(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    for value in sorted(said.articles):
        shown = said.shown[value]
        number = re.search(r"\d+", shown)
        new = (
            shown.replace(number[0], str(int(number[0]) + 1))
            if number
            else re.sub("第.+条", "第九十七条", shown)
        )
        if done := _put(text, shown, new):
            return "article", done
    return None


def _exception(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    """A duty without what limits it."""
    if not said.modals & {"must", "must not"}:
        return None
    done = re.sub(
        r"(?:，|,) ?(?:但)?[^，,；;。.]{0,40}(?:除外|另有规定的?|unless [^,;.]{3,60}|except [^,;.]{3,60})(?:的)?(?=[。.；;]|$)| unless [^,;.]{3,80}(?=[.;]|$)| except [^,;.]{3,80}(?=[.;]|$)",
        "", text, count=1,
    )  # fmt: skip
    return ("exception", done) if done != text else None


def _span(text: str, said: Values, lang: Lang, rng: random.Random) -> Planted | None:
    """A length of time in another unit."""
    swaps = (
        (r"(?<=\d )(?:business|working) days\b", "months"), (r"(?<=\d )days\b", "months"), (r"(?<=\d )months\b", "years"),
        (r"(?<=\d )years\b", "months"), (r"(?<=\d )hours\b", "days"), (r"(?<=\d)个?工作日", "个月"), (r"(?<=\d)日内", "个月内"),
        (r"(?<=\d)个月", "年"), (r"(?<=\d)小时", "日"),
    )  # fmt: skip
    for old, new in swaps:
        done, count = re.subn(old, new, text, count=1)
        if count:
            return "span", done
    return None


def _body(text: str, lang: Lang, glossary: Glossary, rng: random.Random) -> Planted | None:
    hits = [hit for hit in glossary.find(text, lang) if hit.entry.kind == "org"]
    if not hits:
        return None
    hit = rng.choice(hits)
    other = rng.choice([name for name in _OTHERS[lang] if _id(name, lang, glossary) != hit.entry.id])
    if lang == "en" and text[max(0, hit.start - 4) : hit.start].lower() == "the ":
        other = other.removeprefix("the ")
    return "body", text[: hit.start] + other + text[hit.end :]


def _id(name: str, lang: Lang, glossary: Glossary) -> str:
    return next((hit.entry.id for hit in glossary.find(name, lang)), "")


def _swap(text: str, kind: str, swaps: tuple[tuple[str, str], ...]) -> Planted | None:
    for old, new in swaps:
        done, count = re.subn(old, new, text, count=1)
        if count and done != text:
            return kind, done
    return None
