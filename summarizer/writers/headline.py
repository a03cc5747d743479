"""An item's title in English and in Chinese: the source's own, else by title grammar and glossary, else
what is known of it — never a string of words in an order that nobody checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dibao.store import DOCUMENT_TYPES, Fact, Headline, Item, Lang, Source, family

from ..language import simplify
from .acts import Act
from .acts_en import english_headline
from .figures import day
from .lexicon import coverage, english_tokens, telling_terms
from .titles_en import chinese_headline, issuer_of
from .titles_zh import read_title, title_terms

if TYPE_CHECKING:
    from ..glossary import Glossary

MAX_CHARS = 200
_MOST_TERMS = 4
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
    """``NFRA: notice 金规〔2026〕5号 — data security, banking (title in Chinese)``."""
    issuer = issuer_id(item, facts, glossary=glossary, source=source)
    if lang == "en":
        act = read_title(plain_title(item), glossary, place=source.jurisdiction)
        who = act.issuers[0] if act.issuers else _short(issuer, glossary, source, lang)
        kind = _kind_name(facts, lang) or (act.kind.en if act.kind else _DEEDS.get(act.deed, ""))
        terms = [t.target for t in telling_terms(title_terms(plain_title(item), glossary))]
    else:
        issuer = issuer_of(item.title, glossary)[0] or issuer
        who = _short(issuer, glossary, source, lang)
        kind = _kind_name(facts, lang)
        terms = [t.target for t in telling_terms(english_tokens(item.title[:_MOST_READ], glossary))]
    number = next((f.value for f in facts if f.kind == "document_number" and f.evidence.field == "title"), "")
    return _assemble(who, kind, number, list(dict.fromkeys(terms))[:_MOST_TERMS], item, lang)


_DEEDS = {
    "consult": "consultation", "qa": "Q&A", "penalty": "administrative penalty",
    "measure": "supervisory measure",
    "approve": "official reply", "amend": "amendment", "repeal": "repeal", "reply": "reply to a proposal",
    "explain": "policy interpretation", "forward": "notice",
}  # fmt: skip


def _kind_name(facts: Sequence[Fact], lang: Lang) -> str:
    keys = [f.value for f in facts if f.kind == "document_type" and f.value in DOCUMENT_TYPES]
    return DOCUMENT_TYPES[keys[0]].name(lang) if keys and keys[0] != "news_report" else ""


def _short(issuer: str, glossary: Glossary, source: Source, lang: Lang) -> str:
    body = glossary.bodies.get(issuer)
    if body is None:
        return source.name(lang)
    if lang == "en":
        return body.short_en
    return body.name_zh if body.short_en == body.name_en else f"{body.name_zh}（{body.short_en}）"


def _assemble(who: str, kind: str, number: str, terms: list[str], item: Item, lang: Lang) -> str:
    if not kind and not terms:
        kind = "report" if lang == "en" else "报道"
    if lang == "en":
        about = ", ".join(terms)
        head = " ".join(part for part in (kind, number) if part)
        when = f", {day(item.published.day, lang)}" if item.published and not terms else ""
        tail = " — ".join(part for part in (head, about) if part)
        return f"{who}: {tail}{when} (title in Chinese)"
    head = kind + (f" {number}" if number else "")
    when = f"，{day(item.published.day, lang)}" if item.published and not terms else ""
    tail = "——".join(part for part in (head, "、".join(terms)) if part)
    return f"{who}：{tail}{when}（标题为英文）"


def measured_coverage(title: str, lang: Lang, glossary: Glossary) -> float:
    """Return the share of a title's characters that glossary and title terms carry (title of ``lang``)."""
    if lang == "zh":
        return coverage(title_terms(title, glossary))
    return coverage(english_tokens(title, glossary))
