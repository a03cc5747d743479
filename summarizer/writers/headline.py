"""An item's title in English and in Chinese: the source's own, else by title grammar and glossary, else
what is known of it — never a string of words in an order that nobody checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dibao.store import DOCUMENT_TYPES, Fact, Headline, Item, Lang, Source, family

from ..language import simplify
from .acts import Act
from .acts_en import english_headline, issuers_en
from .fallback import act_headline, report_headline
from .lexicon import Token, coverage, english_tokens, telling_terms
from .parties import PUNISH, penalised
from .titles_en import chinese_headline, issuer_of
from .titles_zh import read_title, title_terms

if TYPE_CHECKING:
    from ..glossary import Glossary

MAX_CHARS = 200
_MOST_READ = 300
_LEAD = 220
"""Characters of a text in which a report says what it reports."""

_LEAD_ACT = re.compile(
    r"(?P<who>[\u4e00-\u9fff 、]{2,60}?)(?:近日|日前|今日|今天|正式|联合|\d{1,2}月\d{1,2}日)*"
    r"(?P<deed>(?:发布|印发|公布|出台)(?:了)?(?:关于[\u4e00-\u9fff、“”，]{4,60}?的(?:指导意见|实施意见|意见|通知|公告|办法|规定|决定|指引)"
    r"|《[^《》]{4,80}》)|就《[^《》]{4,80}》(?:向社会)?公开征求意见)"
)
# a headline of these tells one aspect; the document they report is what the story is about
_REPORTS = frozenset({"newsflash", "article", "news"})


def headline(
    item: Item, facts: Sequence[Fact], lang: Lang, *, glossary: Glossary, source: Source
) -> Headline:
    """Return the item's title in a language. ``method``: original, glossary (every word carried by
    grammar and glossary) or partial."""
    if family(item.lang) == lang:
        return _made(item, lang, _squeeze(item.title), "original")
    full = _translated(item, facts, lang, glossary=glossary, source=source)
    if full:
        return _made(item, lang, full, "glossary")
    return _made(item, lang, _partial(item, facts, lang, glossary=glossary, source=source), "partial")


def _made(item: Item, lang: Lang, text: str, method: str) -> Headline:
    return Headline(item_id=item.id, lang=lang, text=_cut(text), method=method)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARS else text[: MAX_CHARS - 1].rstrip(" ,，、") + "…"


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _translated(
    item: Item, facts: Sequence[Fact], lang: Lang, *, glossary: Glossary, source: Source
) -> str | None:
    issuer = issuer_id(item, facts, glossary=glossary, source=source)
    if lang == "zh":
        return chinese_headline(item.title, issuer if source.official else "", glossary)
    body = glossary.bodies.get(issuer)
    act = read_title(plain_title(item), glossary, place=source.jurisdiction)
    full = english_headline(act, body.short_en if body and source.official else "", glossary)
    if full:
        return full
    reported = lead_act(item, glossary)
    return english_headline(reported, "", glossary) if reported else None


def plain_title(item: Item) -> str:
    """The title in Simplified characters, which the title grammar knows; same length."""
    return simplify(item.title[:_MOST_READ]) if item.lang.lower().startswith("zh-hant") else item.title


def lead_act(item: Item, glossary: Glossary) -> Act | None:
    """Return the act that a report's first sentences name: 「36氪获悉，X发布关于…的指导意见」."""
    span = lead_span(item)
    if span is None:
        return None
    field, start, end = span
    words = re.sub(r"(发布|印发|公布|出台)了", r"\1", item.field_text(field)[start:end])
    act = read_title(words, glossary)
    return act if act.issuers and act.deed != "title" else None


def lead_span(item: Item) -> tuple[str, int, int] | None:
    """Return (field, start, end) of the words that name the reported act, for citing and quoting."""
    if item.column not in _REPORTS or family(item.lang) != "zh":
        return None
    field = "text" if item.text else "summary"
    text = item.field_text(field)[:_LEAD]
    cut = re.match(r"^.{0,12}?(?:获悉|讯|电)[，,\s]", text)
    match = _LEAD_ACT.search(text, cut.end() if cut else 0)
    if match is None:
        return None
    begin = match.start() + len(match["who"]) - len(match["who"].lstrip())
    return field, begin, match.end()


def issuer_id(item: Item, facts: Sequence[Fact], *, glossary: Glossary, source: Source) -> str:
    """Return the body id of who acted: the issuer fact, else the official source itself; may be empty."""
    for fact in facts:
        if fact.kind == "issuer" and fact.value in glossary.bodies:
            return fact.value
    if not source.official:
        return ""
    for name in (source.name_zh, source.name_en, source.acronym):
        body = glossary.body_of(name, jurisdiction=source.jurisdiction)
        if body:
            return body.id
    return ""


def _partial(item: Item, facts: Sequence[Fact], lang: Lang, *, glossary: Glossary, source: Source) -> str:
    """``NFRA issues notice 金规〔2026〕5号 on data security``; a decision on firms by what it imposes."""
    issuer = issuer_id(item, facts, glossary=glossary, source=source)
    kind = next((f.value for f in facts if f.kind == "document_type" and f.value in DOCUMENT_TYPES), "")
    if lang == "en":
        act = read_title(plain_title(item), glossary, place=source.jurisdiction)
        who = issuers_en(act) if act.issuers else _short(issuer, glossary, lang)
        named = act.kind.key if act.kind and "关于" in item.title else ""  # 「X通报」 may be by X or on X
        kind = kind or named or _DEEDS.get(act.deed, "")
        many = len(act.issuers) > 1 or act.departments > 1
        tokens = title_terms(_about(act) or plain_title(item), glossary)
    else:
        many = False
        who = _short(issuer_of(item.title, glossary)[0] or issuer, glossary, lang)
        tokens = english_tokens(item.title[:_MOST_READ], glossary)
    if not who and source.official:
        who = source.name(lang)
    if not who or kind in ("", "news_report"):
        return report_headline(who, "" if source.official else source.name(lang), item=item, lang=lang)
    if kind in PUNISH and (found := penalised(facts)):
        return found.headline(who, lang)
    number = next((f.value for f in facts if f.kind == "document_number" and f.evidence.field == "title"), "")
    terms, most = _carrying(tokens, who)
    return act_headline(
        who, kind, many=many, terms=terms, most=most, number=number, facts=facts, item=item, lang=lang
    )


_CARRIED, _ENOUGH = 0.25, 0.6
"""Of the letters of a title: with fewer told a list of terms misleads; with enough it needs no mark."""


def _carrying(tokens: tuple[Token, ...], who: str) -> tuple[tuple[str, ...], bool]:
    """The terms of a title, in the other language, when they tell much of it; and whether they tell most."""
    terms = {t.source: t.target for t in telling_terms(tokens) if t.target not in who}
    content = [t for t in tokens if t.role not in _SILENT and not (t.role == "body" and t.target in who)]
    size = sum(len(t.source) for t in content)
    told = sum(len(t.source) for t in content if t.source in terms)
    kept = tuple(dict.fromkeys(terms.values())) if size and told >= _CARRIED * size else ()
    return kept, bool(kept) and told >= _ENOUGH * size


_SILENT = frozenset({"drop", "and", "or", "of", "comma", "toward", "within", "on", "for", "to", "in"})


def _about(act: Act) -> str:
    """The words of a title after who did what; empty for a shape that no frame knows."""
    return "，".join(part for part in (*act.instruments, act.subject) if part and "|" not in part)


_DEEDS = {
    "consult": "consultation", "qa": "qa", "penalty": "penalty", "measure": "supervisory_measure",
    "approve": "approval_reply", "reply": "reply_to_proposal", "explain": "interpretation",
    "forward": "notice",
}  # fmt: skip
"""Deed of a title → the type of document that does it."""


def _short(issuer: str, glossary: Glossary, lang: Lang) -> str:
    body = glossary.bodies.get(issuer)
    if body is None:
        return ""
    return body.short_en if lang == "en" else body.name_zh


def measured_coverage(title: str, lang: Lang, glossary: Glossary) -> float:
    """Return the share of a title's characters that glossary and title terms carry (title of ``lang``)."""
    if lang == "zh":
        return coverage(title_terms(title, glossary))
    return coverage(english_tokens(title, glossary))
