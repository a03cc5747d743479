"""The headline of a story: which of its items' words tell the act best, in each language."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dibao.store import Item, Lang, family

from ..ground import in_own_dollars
from ..language import simplify
from ..lead import responds
from ..values import read
from .acts_en import english_headline, issuers_en

if TYPE_CHECKING:
    from .known import Known

_LONG_NUMBER = 24
"""Characters; a longer one spells out the body, which the headline names already."""
_ABOUT = frozenset({"qa", "interpretation", "speech", "statement", "correction"})
_BARE = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,8}\s?[〔\[（(]?\d{4}[〕\]）)]?第?[\d-]{1,12}号?|[A-Z]{2,4}\s?\d[\d/-]{1,10}"
    r"|(?:[A-Z][\w.&’'-]*,? ){1,6}(?:LLC|LLP|LP|L\.P\.|Inc|Inc\.|Ltd|Ltd\.|Limited|Corp|Corp\.|plc|PLC|N\.A\.|AG|SE)"
)
"""Titles that are only a number, or only the name of a firm."""


def story_headline(known: Known, lang: Lang) -> tuple[str, bool]:
    """The story's headline and whether it tells the act; not, when it only names body, type and terms.

    The issuer's own words in the language go first, then a full rendering, then the press's words, when
    all their values stand in an official text.
    """
    if told := _told(known, lang):
        return told, True
    found, official = known.penalised, known.source.official
    own = known.inputs.headlines.get(known.head.id, {}).get(lang)
    unsaid = _BARE.fullmatch(known.head.title.strip()) or (own and own.method == "partial")
    if found and (unsaid or (known.language == "zh" and (official or lang == "en"))):
        number = known.first("document_number")
        if number and len(number.value) > _LONG_NUMBER:
            number = None
        mark = "" if number is None else f"（{number.value}）" if lang == "zh" else f" ({number.value})"
        return f"{found.headline(_actor(known, lang), lang)}{mark}", True
    for item in known.items:
        if _speaks(known, item, lang) and known.inputs.sources[item.source_id].official:
            return _shown(known, item), True
    if own and own.method not in ("partial", "original"):
        return own.text, True
    for item in known.items:
        if _speaks(known, item, lang) and _borne_out(known, item):
            return _shown(known, item), True
    if _BARE.fullmatch(known.head.title.strip()) and known.kind:
        return _named(known, lang), True
    return (own.text, own.method == "original") if own else (_squeeze(known.head.title), False)


def _shown(known: Known, item: Item) -> str:
    """A title as readers elsewhere understand it: a bare $ of Hong Kong is HK$."""
    return in_own_dollars(_squeeze(item.title), known.inputs.facts.get(item.id, ()))


def _named(known: Known, lang: Lang) -> str:
    """A title that is only a number or a name, with its body and type in front."""
    kind, title, who = known.kind, _squeeze(known.head.title), _actor(known, lang)
    what = kind.name(lang) if kind else ""
    return f"{who} {what}: {title}" if lang == "en" else f"{who}{what}：{title}"


def _actor(known: Known, lang: Lang) -> str:
    """The issuers by their short names."""
    if lang == "en" and known.act and known.act.issuers:
        return issuers_en(known.act)
    body = known.issuer
    if lang == "zh" and known.act and known.act.issuers:
        return known.issuers_as_written()
    return known.source.name(lang) if body is None else body.short_en if lang == "en" else body.name_zh


def _told(known: Known, lang: Lang) -> str:
    """The act as a report's first sentence tells it, when that is what the story rests on."""
    if known.language != "zh" or known.act_evidence.field == "title" or known.source.official:
        return ""
    if lang == "zh":
        return known.act_evidence.quote
    return (english_headline(known.act, "", known.glossary) if known.act else None) or ""


def _speaks(known: Known, item: Item, lang: Lang) -> bool:
    """Whether an item tells the act itself in a language: no answer to it, no talk about it."""
    types = {f.value for f in known.inputs.facts.get(item.id, ()) if f.kind == "document_type"}
    if family(item.lang) != lang or responds(item.title) or len(item.title) < 4:
        return False
    return not _BARE.fullmatch(item.title.strip()) and (item.id == known.head.id or not types & _ABOUT)


def _borne_out(known: Known, item: Item) -> bool:
    """Whether an official text of the story has every value of a press title."""
    said = read(simplify(item.title))
    values = [
        read(simplify(f"{other.title}\n{other.text[:8000]}"))
        for other in known.items
        if known.inputs.sources[other.source_id].official
    ]
    days = {(day.month, day.day) for v in values for day in v.days}
    days |= {day for v in values for day in v.short_days}
    return (
        all(
            getattr(said, name) <= frozenset().union(*(getattr(v, name) for v in values))
            for name in ("money", "rates", "days", "documents", "articles")
        )
        and said.short_days <= days
    )


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
