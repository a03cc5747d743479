"""What a writer works from: the inputs of a story, their hash, and the facts asked by question."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dibao.store import (
    DOCUMENT_TYPES,
    ENTITIES,
    Body,
    DocumentType,
    Evidence,
    Fact,
    Headline,
    Item,
    Lang,
    Rank,
    Source,
    Story,
    family,
)

from ..language import simplify
from ..lead import decides, leading
from . import phrases_en, phrases_zh
from .acts import Act
from .acts_en import issuers_en
from .extract import Extract, passages
from .fines import Fine, fines
from .headline import issuer_id, lead_act, lead_span, plain_title
from .lexicon import Token, chinese_tokens, english_tokens, telling_terms
from .naming import story_headline
from .parties import PUNISH, Penalised, penalised
from .titles_en import issuer_of
from .titles_zh import read_title

if TYPE_CHECKING:
    from ..glossary import Glossary

WRITER_VERSION = "embedded-4"
"""Goes into the inputs' hash: a better writer writes all briefs again."""

SINGLE = frozenset(
    ["penalty", "enforcement", "supervisory_measure", "market_ban", "licence", "approval_reply", "letter", "publicity"]
)  # fmt: skip
"""Acts on named parties."""
_WEAK = frozenset({"press_release", "news_report"})
_DRAFTS = frozenset({"consultation", "proposed_rule", "advance_notice", "discussion_paper"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryInput:
    """All that a brief is made from. ``items``: head first, then official ones, then by time."""

    story: Story
    items: tuple[Item, ...]
    sources: Mapping[str, Source]
    """By source id."""
    facts: Mapping[str, Sequence[Fact]]
    """By item id."""
    headlines: Mapping[str, Mapping[Lang, Headline]]
    """By item id, then language."""
    bodies: Mapping[str, Body]
    glossary: Glossary
    rank: Rank


def inputs_hash(inputs: StoryInput, *, version: str = WRITER_VERSION) -> str:
    """Return SHA-256 over items, facts, headlines, rank and the writer's version: 64 hex digits."""
    rows = [version]

    def add(*parts: object) -> None:
        rows.append("\x1f".join(map(str, parts)) + "\x1e")

    add(inputs.story.id, inputs.story.head, inputs.story.day)
    for item in inputs.items:
        add(item.id, item.version, item.title, item.summary, item.text, item.lang, item.published)
        for fact in inputs.facts.get(item.id, ()):
            at = fact.evidence
            add(fact.kind, fact.value, fact.shown, at.field, at.start, at.end, at.quote)
        for headline in sorted(inputs.headlines.get(item.id, {}).values(), key=lambda h: h.lang):
            add(headline.lang, headline.text, headline.method)
    add(inputs.rank.level, inputs.rank.score, inputs.rank.reason_en, inputs.rank.reason_zh)
    return hashlib.sha256("".join(rows).encode("utf-8", "surrogatepass")).hexdigest()


_PROTECTED = frozenset(
    ["customers", "clients", "consumers", "investors", "shareholders", "客户", "消费者", "投资者", "股东"]
)
"""Whom rules protect rather than bind."""


class Known:
    """A story's inputs, asked by question. ``head`` is the strongest official document, which need not be
    the story's first link; its facts go before those of other items."""

    def __init__(self, inputs: StoryInput) -> None:
        self.inputs = inputs
        self.glossary = inputs.glossary
        lead = leading(inputs.items, inputs.facts, inputs.sources, head=inputs.story.head)
        self.items = tuple(sorted(inputs.items, key=lambda item: item.id != lead))
        self.head = self.items[0]
        self.source = inputs.sources[self.head.source_id]
        self.language = family(self.head.lang)
        self.seed = inputs.story.id
        self.acting, self.act, self.act_evidence = self._act()
        self._headlines: dict[Lang, tuple[str, bool]] = {}

    def _act(self) -> tuple[Item, Act | None, Evidence]:
        """The item that names the act best: an official title, else the first sentences of a report."""
        title = Evidence(
            item_id=self.head.id, field="title", start=0, end=len(self.head.title), quote=self.head.title
        )
        if self.language == "zh" and self.source.official:
            return (
                self.head,
                read_title(plain_title(self.head), self.glossary, place=self.source.jurisdiction),
                title,
            )
        for item in self.items:
            span = lead_span(item)
            act = lead_act(item, self.glossary)
            if span and act:
                field, start, end = span
                quote = item.field_text(field)[start:end]
                return item, act, Evidence(item_id=item.id, field=field, start=start, end=end, quote=quote)
        if self.language == "zh":
            act = read_title(plain_title(self.head), self.glossary, place=self.source.jurisdiction)
            return self.head, act if act.issuers else None, title
        return self.head, None, title

    @cached_property
    def passages(self) -> tuple[Extract, ...]:
        """What of the items may be quoted; fines that a rule threatens have their own sentence."""
        found = passages(self.items, self.inputs.facts, self.inputs.sources)
        told = [fine.evidence for fine in self.fines]
        return tuple(p for p in found if not any(overlap(p.evidence, evidence) for evidence in told))

    @cached_property
    def fines(self) -> tuple[Fine, ...]:
        """The fines that a rule threatens; an act on named parties tells of what it imposes."""
        return fines(self.head) if self.kind and self.kind.key not in SINGLE else ()

    def all(self, kind: str) -> tuple[Fact, ...]:
        """Facts of a kind, head first, each value once."""
        return tuple(self._stated.get(kind, {}).values())

    @cached_property
    def _stated(self) -> dict[str, dict[str, Fact]]:
        """Kind → value → the first fact of it."""
        found: dict[str, dict[str, Fact]] = {}
        for item in self.items:
            for fact in self.inputs.facts.get(item.id, ()):
                found.setdefault(fact.kind, {}).setdefault(fact.value, fact)
        return found

    def first(self, kind: str) -> Fact | None:
        return next(iter(self.all(kind)), None)

    def day(self, kind: str) -> tuple[date | None, tuple[Evidence, ...]]:
        fact = self.first(kind)
        if fact is None:
            return None, ()
        try:
            return date.fromisoformat(fact.value), (fact.evidence,)
        except ValueError:
            return None, ()

    @cached_property
    def kind(self) -> DocumentType | None:
        own = [f.value for f in self.inputs.facts.get(self.head.id, ()) if f.kind == "document_type"]
        others = [f.value for f in self.all("document_type")]
        if not set(own) - _WEAK and decides(self.head.title):
            return DOCUMENT_TYPES["decision"]
        # A note of the press office says less than the document that another item of the story is.
        for value in (*(v for v in own if v not in _WEAK), *(v for v in others if v not in _WEAK), *own):
            if value != "news_report" and value in DOCUMENT_TYPES:
                return DOCUMENT_TYPES[value]
        return None

    @property
    def draft(self) -> bool:
        stage = self.first("stage")
        said = stage is not None and stage.value == "draft"
        return said or bool(self.act and self.act.draft) or bool(self.kind and self.kind.key in _DRAFTS)

    @cached_property
    def issuer(self) -> Body | None:
        """The body that acted."""
        if self.act and self.act.bodies:
            return self.glossary.bodies[self.act.bodies[0]]
        facts = self.inputs.facts.get(self.acting.id, ())
        source = self.inputs.sources[self.acting.source_id]
        found = issuer_id(self.acting, facts, glossary=self.glossary, source=source)
        if not found and family(self.acting.lang) == "en":
            found = issuer_of(self.acting.title, self.glossary)[0]
        return self.glossary.bodies.get(found)

    def who(self, lang: Lang) -> str:
        """Name the issuers in full; a joint act by its short names."""
        words = phrases_zh if lang == "zh" else phrases_en
        if lang == "en" and self.act and (len(self.act.issuers) > 1 or self.act.departments > 1):
            return f"the {issuers_en(self.act)}"
        if self.act and self.act.issuers and self.act.issuers[0].endswith(" office"):
            return f"the {self.act.issuers[0]}" if lang == "en" else self.issuers_as_written()
        if lang == "zh" and self.act and len(self.act.issuers) > 1:
            return self.issuers_as_written()
        body = self.issuer
        if body is None:
            return self.source.name(lang)
        return str(words.named(body.name(lang), body.short_en))

    def issuers_as_written(self) -> str:
        """The issuers in the words of the Chinese title, in Simplified characters, with 、 between them."""
        return simplify(self.issuer_words().strip().replace(" ", "、")) or self.source.name_zh

    def issuer_words(self) -> str:
        """All of the title before 关于, 发布, 就 …"""
        match = re.match(
            r"(.+?)(?=关于|联合|正式|近日|发布|印发|公布|出台|召开|举行|启动|开展|批准|同意|核准|决定|签署|签|就《|就|行政处罚|有关|对|：|:)",
            simplify(self.act_evidence.quote),
        )
        return match[1] if match else ""

    def actors(self, lang: Lang) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
        """Whom it binds or concerns, in words that the language has; at most four."""
        names: dict[str, Evidence] = {}
        for fact in self.all("entity_bound"):
            name = self._actor_name(fact, lang)
            if name:
                names.setdefault(name, fact.evidence)
        if not names:
            for token in self._tokens(self.act_evidence.quote, family(self.acting.lang)):
                if token.role in ("actor", "sector") and token.target not in _PROTECTED:
                    name = token.source if family(self.acting.lang) == lang else token.target
                    firms = {"en": " firms", "zh": "机构"}[lang] if token.role == "sector" else ""
                    names.setdefault(name + firms, self.act_evidence)
        kept = dict(list(names.items())[:4])
        return tuple(kept), tuple(dict.fromkeys(kept.values()))

    def _actor_name(self, fact: Fact, lang: Lang) -> str:
        if fact.value in ENTITIES:
            return ENTITIES[fact.value].name(lang)
        spoken: Lang = "zh" if re.search(r"[\u4e00-\u9fff]", fact.shown) else "en"
        if spoken == lang:
            return fact.shown
        tokens = self._tokens(fact.shown, spoken)
        return tokens[0].target if len(tokens) == 1 and tokens[0].role in ("actor", "noun") else ""

    def _tokens(self, text: str, lang: Lang) -> tuple[Token, ...]:
        return chinese_tokens(text, self.glossary) if lang == "zh" else english_tokens(text, self.glossary)

    def headline(self, lang: Lang) -> tuple[str, bool]:
        """The story's headline and whether it tells the act."""
        if lang not in self._headlines:
            self._headlines[lang] = story_headline(self, lang)
        return self._headlines[lang]

    @cached_property
    def penalised(self) -> Penalised | None:
        """The firms that a decision punishes; of a press report only where it says who decided."""
        if self.kind is None or self.kind.key not in PUNISH:
            return None
        if not self.source.official and self.issuer is None:
            return None
        return penalised(self.inputs.facts.get(self.head.id, ()))

    def terms(self, text: str, most: int) -> tuple[str, ...]:
        """What a text of the head's language names, in the other language."""
        found = list(telling_terms(self._tokens(text, family(self.head.lang))))
        kept = sorted(found, key=lambda t: -len(t.source))[:most]
        return tuple(t.target for t in found if t in kept)


def overlap(one: Evidence, other: Evidence) -> bool:
    same = (one.item_id, one.field) == (other.item_id, other.field)
    return same and one.start < other.end and one.end > other.start
