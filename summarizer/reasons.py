"""Why a story has its rank, as one readable sentence in each language, from the same grounds. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dibao.store import DOCUMENT_TYPES, ENTITIES, JURISDICTIONS, Body, DocumentType, Fact, Lang, LegalLevel

from .glossary import load_glossary
from .language import simplify


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the sentence says."""

    type: DocumentType | None
    level: LegalLevel
    issuer: Body | None
    draft: bool
    single: bool
    bound: tuple[Fact, ...]
    day: date | None
    deadline: bool
    sum: str
    """Currency and number of the largest sum of an act on one party; may be empty."""
    publishers: int
    official: bool


BINDS = 0.4
"""What stands lower in the legal order binds nobody: plans and programmes, explanations, talk."""
_RULES = 0.6
"""What stands lower is addressed to firms and does not bind them as law: guidance, standards."""

MOST_BOUND = 3
_NEWS = DOCUMENT_TYPES["news_report"]


def sentence(ground: Ground, lang: Lang) -> str:
    """Return the reason in one language, at most some 200 characters."""
    return _zh(ground) if lang == "zh" else _en(ground)


def _en(ground: Ground) -> str:
    what = _type_en(ground)
    link = "from" if ground.type in (None, _NEWS) else "by" if what.startswith("reply") else "of"
    text = f"{what} {link} {_issuer_en(ground.issuer)}" if ground.issuer else f"{what}; issuer not known"
    if names := _bound(ground, "en"):
        text += f" {_binds_en(ground)} {_and(names)}"
    if ground.day:
        verb = (
            "comments until"
            if ground.deadline and ground.draft
            else "due"
            if ground.deadline
            else "in force from"
        )
        text += f"; {verb} {ground.day.day} {ground.day:%B %Y}"
    if ground.sum:
        currency, _, number = ground.sum.partition(" ")
        text += f"; {currency} {_short(float(number))}"
    publishers = f"{ground.publishers} publisher{'' if ground.publishers == 1 else 's'}"
    text += f"; {'published by the issuer, ' if ground.official else 'reported by '}{publishers}"
    text += " in all." if ground.official else "."
    return text[0].upper() + text[1:]


def _binds_en(ground: Ground) -> str:
    if ground.draft:
        return "that would bind"
    if ground.level.force < _RULES:
        return "for"
    return "that bind" if _plural(ground) else "that binds"


def _plural(ground: Ground) -> bool:
    return ground.type is not None and ground.type.plural


def _type_en(ground: Ground) -> str:
    if ground.type is None or (ground.type is _NEWS and ground.issuer):
        return "information"
    if ground.draft and ground.type.force > 0:
        return f"draft {ground.type.en}"
    return ground.type.en


_OFFICE = "-branch"
"""At the end of a body's id: the local offices of a body."""


def _issuer_en(body: Body) -> str:
    if body.id.endswith(_OFFICE):
        return f"a local office of {body.id.removesuffix(_OFFICE)}"
    return f"{_rank_en(body)} ({body.short_en})"


def _rank_en(body: Body) -> str:
    if body.jurisdiction == "INT":
        return "an international standard setter"
    if body.jurisdiction in ("HK", "MO", "TW"):
        return f"a {JURISDICTIONS[body.jurisdiction].en} authority"
    if body.jurisdiction == "EU":
        return "an EU authority"
    if body.level >= 0.95:
        return "a national legislature or government"
    if body.level > 0.75:
        return "a national regulator"
    return "a national body" if body.level >= 0.5 else "a regional authority"


_TYPES_ZH = {"consultation": "征求意见稿", "order": "部门规章（令）"}
"""Types whose name in lists does not follow 发布的."""
_TAKEN = frozenset({"enforcement", "supervisory_measure"})


def _zh(ground: Ground) -> str:
    type = "信息" if ground.type in (None, _NEWS) else _TYPES_ZH.get(ground.type.key, ground.type.zh)
    if ground.draft and ground.type and ground.type.force > 0:
        type += "征求意见稿"
    verb = ("采取" if ground.type and ground.type.key in _TAKEN else "作出") if ground.single else "发布"
    text = f"{_issuer_zh(ground.issuer)}{verb}的{type}" if ground.issuer else f"{type}，发布机构不明"
    if names := _bound(ground, "zh"):
        binds = "拟适用于" if ground.draft else "面向" if ground.level.force < _RULES else "适用于"
        text += f"，{binds}{_and_zh(names)}"
    if ground.day:
        day = f"{ground.day.year}年{ground.day.month}月{ground.day.day}日"
        text += f"；{day}{'截止' if ground.deadline else '起施行'}"
    if ground.sum:
        currency, _, number = ground.sum.partition(" ")
        text += f"；金额{_short_zh(float(number))}{_CURRENCY_ZH.get(currency, currency)}"
    covered = (
        f"发布机构官网已公布，共{ground.publishers}家来源"
        if ground.official
        else f"{ground.publishers}家媒体报道"
    )
    return f"{text}；{covered}。"


def _issuer_zh(body: Body) -> str:
    if body.id.endswith(_OFFICE):
        return body.name_zh
    return f"{_rank_zh(body)}（{body.name_zh}）"


def _rank_zh(body: Body) -> str:
    if body.jurisdiction == "INT":
        return "国际标准制定机构"
    if body.jurisdiction in ("HK", "MO", "TW"):
        return f"{JURISDICTIONS[body.jurisdiction].zh}主管机构"
    if body.jurisdiction == "EU":
        return "欧盟主管机构"
    if body.level >= 0.95:
        return "国家立法机关或中央政府"
    if body.level > 0.75:
        return "全国性监管机构"
    return "全国性机构" if body.level >= 0.5 else "地方监管机构"


def _bound(ground: Ground, lang: Lang) -> list[str]:
    """Return whom it binds in one language: by the glossary; in the original words only in their language."""
    if ground.single or ground.type is None or (ground.level.force < BINDS and not ground.draft):
        return []
    names = [name for fact in ground.bound if (name := _rendered(fact, lang))]
    return list(dict.fromkeys(names))[:MOST_BOUND]


def _rendered(fact: Fact, lang: Lang) -> str:
    glossary = load_glossary()
    if fact.value in ENTITIES:
        return ENTITIES[fact.value].name(lang)
    written: Lang = "zh" if any("\u3400" <= c <= "\u9fff" for c in fact.shown) else "en"
    whole = next((h for h in glossary.find(fact.shown, written) if h.end - h.start == len(fact.shown)), None)
    for id in (fact.value, whole.entry.id if whole else ""):
        try:
            entry = glossary.preferred(id)
        except KeyError:
            continue
        return entry.zh if lang == "zh" else _many(entry.en)
    return "" if written != lang else fact.shown.lower() if lang == "en" else simplify(fact.shown)


_ONE = re.compile(
    r"\b(?:bank|institution|compan|corporation|firm|insurer|processor|provider|fund|broker|dealer)y?$"
)


def _many(name: str) -> str:
    """Return the plural of a kind of firm, a sector with its article; glossary names have neither."""
    if name.endswith(("sector", "sectors", "industry")):
        return f"the {name}"
    if not _ONE.search(name):
        return name
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _and_zh(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{'、'.join(names[:-1])}和{names[-1]}"


_CURRENCY_ZH = {
    "CNY": "元",
    "USD": "美元",
    "EUR": "欧元",
    "GBP": "英镑",
    "HKD": "港元",
    "JPY": "日元",
    "SGD": "新加坡元",
}


def _short(amount: float) -> str:
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if amount >= size:
            return f"{amount / size:.3g} {name}"
    return f"{amount:,.0f}"


def _short_zh(amount: float) -> str:
    for size, name in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")):
        if amount >= size:
            return f"{amount / size:.10g}{name}" if amount / size < 1e4 else f"{amount / size:.4g}{name}"
    return f"{amount:,.0f}"
