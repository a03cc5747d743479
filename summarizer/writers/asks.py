"""What a document asks of those it addresses, and which documents it builds on: for the impact. Pure.

A duty is told in the document's own words to readers of its language, and rendered where that is safe; what
it builds on by number, or by the official name of a law.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dibao.store import Evidence, Fact, Item, Lang, family

from ..ground import in_own_dollars
from ..language import simplify
from ..orders import order_spans
from . import phrases_en, phrases_zh
from .duties import duty
from .gloss import figures_in, modals_in
from .known import Known

_LONGEST: dict[Lang, int] = {"en": 200, "zh": 90}
"""Characters of a quoted duty; a longer sentence says too much for an impact."""
_NUMBERING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零\d]{1,6}条\s*|[（(]?[一二三四五六七八九十]{1,3}[、）)]\s*|[一二三四五六七八九十]{1,2}是|\(?\w{1,2}[.)]\s+|\d{1,2}[.、]\s*)+"
)
_STOP = re.compile(r"[。；;.\s]+$")
_AUTHORITY = re.compile(
    r"^[^，,]{0,14}(?:分行|监管局|监管分局|派出机构|主管部门|网信部门|公安|人民银行|证监会|监督管理总局|部门)"
    r"|^(?:The )?(?:SEC|Commission|Bureau|Board|Authority|HKMA|SFC|FCA|Secretary|agency)\b",
)
"""Sentences about what the authority itself does."""
_TALKS = re.compile(
    r"\bproposed\b|\bproposing\b|\bissuing\b|\badopted\b|\bannounced\b|征求意见稿|主要内容", re.I
)
"""Sentences that tell of the document rather than stand in it."""
_FIGURE = re.compile(r"\d|[一二三四五六七八九十]个?(?:月|日|年|工作日)")
BUILDS = ("replaces", "repeals", "amends", "finalizes", "implements")
"""The strongest first."""
_MOST = 2


@dataclass(frozen=True, slots=True)
class Ask:
    """A duty in words of the brief's language. ``quoted``: the document's own."""

    text: str
    quoted: bool
    evidence: Evidence


def duties(known: Known) -> tuple[Fact, ...]:
    """Return the duties and bans of the document for those it addresses, those that say most first."""
    if not known.source.official:
        return ()
    facts = known.inputs.facts.get(known.head.id, ())
    actors = [fact.shown for fact in known.all("entity_bound")]
    private = [fact.evidence for fact in facts if fact.kind == "person_private"]
    asking = [fact for fact in facts if fact.kind == "obligation" and fact.value in ("must", "must_not")]
    barred = [*private, *_orders(known.head)] if asking else []
    weighed = [
        (-_weight(fact, actors), place, fact)
        for place, fact in enumerate(asking)
        if not any(_overlap(fact.evidence, each) for each in barred)
    ]
    return tuple(fact for weight, _, fact in sorted(weighed, key=lambda one: one[:2]) if weight <= 0)


def _orders(item: Item) -> list[Evidence]:
    """What may be an order to a machine is quoted nowhere."""
    return [
        Evidence(item_id=item.id, field=field, start=start, end=end, quote="")
        for field in ("title", "summary", "text")
        for start, end in _order_spans(item.field_text(field), family(item.lang))
    ]


@lru_cache(maxsize=64)  # asked for both languages of a story, one after the other
def _order_spans(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    return tuple(order_spans(text, lang))


def _overlap(one: Evidence, two: Evidence) -> bool:
    return one.field == two.field and one.start < two.end and two.start < one.end


def asked(known: Known, lang: Lang) -> Ask | None:
    """Return the duty that says most and can be told in the language; None without one."""
    own: Lang = family(known.head.lang)
    for fact in duties(known):
        passage = _passage(fact, known.head)
        if passage is None:
            continue
        if own == lang:
            if len(passage.quote) <= _LONGEST[lang]:
                # Within a sentence of ours, Traditional characters are put into Simplified ones.
                return Ask(simplify(passage.quote) if lang == "zh" else passage.quote, True, passage)
        elif (lang == "en" and (said := duty(simplify(passage.quote), known.glossary))) or (
            said := _told_of(passage.quote, known, lang)
        ):
            return Ask(said, False, passage)
    return None


def _told_of(quote: str, known: Known, lang: Lang) -> str:
    """Say on what a duty is that cannot be rendered, how strict, and which figures it names; empty when too
    little of it is known."""
    terms, modals = known.terms(quote, 2), modals_in(quote, lang)
    figures = figures_in(in_own_dollars(quote, known.inputs.facts.get(known.head.id, ())), lang)
    words = phrases_zh if lang == "zh" else phrases_en
    return str(words.duty_on(terms, modals, figures)) if terms and modals and figures else ""


def _weight(fact: Fact, actors: list[str]) -> int:
    text = fact.evidence.quote
    if _AUTHORITY.search(_NUMBERING.sub("", text)) or _TALKS.search(text):
        return -1
    return 2 * any(actor in text for actor in actors) + bool(_FIGURE.search(_NUMBERING.sub("", text)))


def _passage(fact: Fact, item: Item) -> Evidence | None:
    """The duty without its number in front and its stop behind; None for words that are not in the text."""
    evidence = fact.evidence
    if not evidence.quote or "\n" in evidence.quote.strip() or "“" in evidence.quote:
        return None
    start = evidence.start + (match.end() if (match := _NUMBERING.match(evidence.quote)) else 0)
    end = evidence.start + len(_STOP.sub("", evidence.quote))
    text = item.field_text(evidence.field)[start:end]
    return Evidence(item_id=item.id, field=evidence.field, start=start, end=end, quote=text) if text else None


def builds_on(known: Known, lang: Lang) -> tuple[str, tuple[str, ...], tuple[Evidence, ...]]:
    """Return what the document does to others (key of RELATIONS), their names, at most two, and the evidence."""
    for kind in BUILDS:
        names: dict[str, Evidence] = {}
        for fact in known.all(kind):
            official = known.inputs.sources[_item(known, fact).source_id].official
            if official and fact.evidence.quote and (name := _name(fact, known, lang)):
                names.setdefault(name, fact.evidence)
        if names:
            kept = dict(list(names.items())[:_MOST])
            return kind, tuple(kept), tuple(kept.values())
    return "", (), ()


def _item(known: Known, fact: Fact) -> Item:
    return next(item for item in known.items if item.id == fact.item_id)


def _name(fact: Fact, known: Known, lang: Lang) -> str:
    """A number stands for itself; a title has its name in the language, by the glossary, or none."""
    if not fact.value.startswith("《"):
        return fact.value if lang == "zh" or fact.value.isascii() else f"an earlier document ({fact.value})"
    title = fact.value.strip("《》")
    hit = next((h for h in known.glossary.find(title, "zh") if h.end - h.start == len(title)), None)
    if hit is None or hit.entry.kind != "law":
        return fact.value if lang == "zh" and family(_item(known, fact).lang) == "zh" else ""
    return fact.value if lang == "zh" else f"the {hit.entry.en}"
