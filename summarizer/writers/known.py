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
from ..lead import decides, leading, responds
from ..values import read
from . import phrases_en, phrases_zh
from .acts import Act
from .acts_en import english_headline, issuers_en
from .headline import issuer_id, lead_act, lead_span, plain_title
from .lexicon import Token, chinese_tokens, english_tokens, known_terms
from .parties import Penalised, penalised
from .titles_en import issuer_of
from .titles_zh import read_title

if TYPE_CHECKING:
    from ..glossary import Glossary

WRITER_VERSION = "embedded-3"
"""Goes into the inputs' hash: a better writer writes all briefs again."""

_LONG_NUMBER = 24
"""Characters; a longer one spells out the body, which the headline names already."""
_PUNISH = frozenset({"penalty", "enforcement", "supervisory_measure", "market_ban"})
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
    digest = hashlib.sha256(version.encode())

    def add(*parts: object) -> None:
        digest.update("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass") + b"\x1e")

    add(inputs.story.id, inputs.story.head, inputs.story.day)
    for item in inputs.items:
        add(item.id, item.version, item.title, item.summary, item.text, item.lang, item.published)
        for fact in inputs.facts.get(item.id, ()):
            add(fact.kind, fact.value, fact.shown, fact.evidence)
        for headline in sorted(inputs.headlines.get(item.id, {}).values(), key=lambda h: h.lang):
            add(headline.lang, headline.text, headline.method)
    add(inputs.rank.level, inputs.rank.score, inputs.rank.reason_en, inputs.rank.reason_zh)
    return digest.hexdigest()


_VAGUE = frozenset(
    [
        "公司",
        "市场",
        "数据",
        "机构",
        "股份",
        "企业",
        "系统",
        "体系",
        "服务",
        "产品",
        "业务",
        "信息",
        "风险",
        "标准",
        "规则",
        "资本",
        "国家",
        "目录",
        "财务",
        "利率",
        "资金",
        "基金",
        "董事",
        "模型",
        "境内",
        "境外",
        "报告",
        "消费",
        "行业",
        "金融",
        "项目",
        "人民币",
        "客户",
        "中国",
        "firm",
        "firms",
        "market",
        "markets",
        "data",
        "institution",
        "institutions",
        "company",
        "companies",
        "system",
        "systems",
        "service",
        "services",
        "product",
        "products",
        "business",
        "information",
        "risk",
        "risks",
        "standard",
        "standards",
        "rule",
        "rules",
        "capital",
        "model",
        "models",
        "fund",
        "funds",
        "trust",
        "director",
        "directors",
        "policy",
        "regulation",
    ]
)
"""Words that say nothing of what a passage is about."""
_PROTECTED = frozenset(
    ["customers", "clients", "consumers", "investors", "shareholders", "客户", "消费者", "投资者", "股东"]
)
"""Whom rules protect rather than bind."""
_ABOUT = frozenset({"qa", "interpretation", "speech", "statement", "correction"})
_BARE = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,8}\s?[〔\[（(]?\d{4}[〕\]）)]?第?[\d-]{1,12}号?|[A-Z]{2,4}\s?\d[\d/-]{1,10}"
    r"|(?:[A-Z][\w.&’'-]*,? ){1,6}(?:LLC|LLP|LP|L\.P\.|Inc|Inc\.|Ltd|Ltd\.|Limited|Corp|Corp\.|plc|PLC|N\.A\.|AG|SE)"
)
"""Titles that are only a number, or only the name of a firm."""


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

    def _act(self) -> tuple[Item, Act | None, Evidence]:
        """The item that names the act best: an official title, else the first sentences of a report."""
        title = Evidence(
            item_id=self.head.id, field="title", start=0, end=len(self.head.title), quote=self.head.title
        )
        if self.language == "zh" and self.source.official:
            return self.head, read_title(plain_title(self.head), self.glossary), title
        for item in self.items:
            span = lead_span(item)
            act = lead_act(item, self.glossary)
            if span and act:
                field, start, end = span
                quote = item.field_text(field)[start:end]
                return item, act, Evidence(item_id=item.id, field=field, start=start, end=end, quote=quote)
        if self.language == "zh":
            act = read_title(plain_title(self.head), self.glossary)
            return self.head, act if act.issuers else None, title
        return self.head, None, title

    def all(self, kind: str) -> tuple[Fact, ...]:
        """Facts of a kind, head first, each value once."""
        found: dict[str, Fact] = {}
        for item in self.items:
            for fact in self.inputs.facts.get(item.id, ()):
                if fact.kind == kind:
                    found.setdefault(fact.value, fact)
        return tuple(found.values())

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
        """The story's headline and whether it tells the act; not, when it only names body, type and terms.

        The issuer's own words in the language go first, then a full rendering, then the press's words, when
        all their values stand in an official text.
        """
        if told := self._told(lang):
            return told, True
        found = self.penalised
        if found and (self.language == "zh" or _BARE.fullmatch(self.head.title.strip())):
            number = self.first("document_number")
            if number and len(number.value) > _LONG_NUMBER:
                number = None
            mark = "" if number is None else f"（{number.value}）" if lang == "zh" else f" ({number.value})"
            return f"{found.headline(self._actor(lang), lang)}{mark}", True
        for item in self.items:
            if self._speaks(item, lang) and self.inputs.sources[item.source_id].official:
                return _squeeze(item.title), True
        own = self.inputs.headlines.get(self.head.id, {}).get(lang)
        if own and own.method not in ("partial", "original"):
            return own.text, True
        for item in self.items:
            if self._speaks(item, lang) and self._borne_out(item):
                return _squeeze(item.title), True
        if _BARE.fullmatch(self.head.title.strip()) and self.kind:
            return self._named(lang), True
        return (own.text, own.method == "original") if own else (_squeeze(self.head.title), False)

    def _named(self, lang: Lang) -> str:
        """A title that is only a number or a name, with its body and type in front."""
        kind, title, who = self.kind, _squeeze(self.head.title), self._actor(lang)
        what = kind.name(lang) if kind else ""
        return f"{who} {what}: {title}" if lang == "en" else f"{who}{what}：{title}"

    @cached_property
    def penalised(self) -> Penalised | None:
        """The firm that a decision punishes."""
        if self.kind is None or self.kind.key not in _PUNISH or not self.source.official:
            return None
        return penalised(self.inputs.facts.get(self.head.id, ()))

    def _actor(self, lang: Lang) -> str:
        """The issuers by their short names."""
        if lang == "en" and self.act and self.act.issuers:
            return issuers_en(self.act)
        body = self.issuer
        if lang == "zh" and self.act and self.act.issuers:
            return self.issuers_as_written()
        return self.source.name(lang) if body is None else body.short_en if lang == "en" else body.name_zh

    def _told(self, lang: Lang) -> str:
        """The act as a report's first sentence tells it, when that is what the story rests on."""
        if self.language != "zh" or self.act_evidence.field == "title" or self.source.official:
            return ""
        if lang == "zh":
            return self.act_evidence.quote
        return (english_headline(self.act, "", self.glossary) if self.act else None) or ""

    def _speaks(self, item: Item, lang: Lang) -> bool:
        """Whether an item tells the act itself in a language: no answer to it, no talk about it."""
        types = {f.value for f in self.inputs.facts.get(item.id, ()) if f.kind == "document_type"}
        if family(item.lang) != lang or responds(item.title) or len(item.title) < 4:
            return False
        return not _BARE.fullmatch(item.title.strip()) and (item.id == self.head.id or not types & _ABOUT)

    def _borne_out(self, item: Item) -> bool:
        """Whether an official text of the story has every value of a press title."""
        said = read(simplify(item.title))
        values = [
            read(simplify(f"{other.title}\n{other.text[:8000]}"))
            for other in self.items
            if self.inputs.sources[other.source_id].official
        ]
        known = {(day.month, day.day) for v in values for day in v.days}
        known |= {day for v in values for day in v.short_days}
        return (
            all(
                getattr(said, name) <= frozenset().union(*(getattr(v, name) for v in values))
                for name in ("money", "rates", "days", "documents", "articles")
            )
            and said.short_days <= known
        )

    def terms(self, text: str, most: int) -> tuple[str, ...]:
        """What a text of the head's language names, in the other language."""
        found = [t for t in known_terms(self._tokens(text, family(self.head.lang))) if t.source not in _VAGUE]
        kept = sorted(found, key=lambda t: -len(t.source))[:most]
        return tuple(t.target for t in found if t in kept)


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
