"""Item + facts + vector → Features: all that grouping compares of one item, read once. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from dibao.store import DOCUMENT_TYPES, Fact, Item, Source

from . import terms
from .embed import LEAD, embed_text
from .glossary import Glossary
from .series import ordinals
from .sketch import bare, sketch
from .terms import Bag

if TYPE_CHECKING:
    from numpy.typing import NDArray

BODY = 1500
"""Characters that count as the body; boilerplate comes later."""

SINGLE_PARTY = frozenset(
    {"penalty", "enforcement", "supervisory_measure", "market_ban", "licence", "approval_reply"}
)
"""Types of acts on one party: two of one issuer look alike and are different events."""

DRAFT_TYPES = frozenset({"consultation", "proposed_rule", "advance_notice", "discussion_paper"})
FINAL_STAGES = frozenset({"final", "in_force", "not_yet_in_force", "repealed"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """An item to be grouped. ``vector``: float32 rows of length one, of title, of title and lead, of body;
    one row alone, or a plain vector, stands for all three."""

    item: Item
    source: Source
    vector: NDArray[np.float32]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Features:
    """What is compared. Words are weighted by rarity (``terms``)."""

    id: str
    source_id: str
    url: str
    family: str
    official: bool
    own_site: bool
    """The source is the issuer itself, not a portal that carries its documents too."""
    tier: int
    chinese: bool
    column: str
    day: date
    at: datetime
    vectors: NDArray[np.float32]
    """Unit rows: title; title and lead; body."""
    own: frozenset[str]
    """Keys of the item's own document numbers."""
    named: frozenset[str]
    """Keys of numbers that a report names in title or lead as what it reports."""
    cited: frozenset[str]
    """Keys of numbers that it cites, but not as what it rests on."""
    issuers: frozenset[str]
    first_issuer: str
    """In capitals, as ``acronym`` is; empty when no issuer is known."""
    acronym: str
    """Of the source."""
    types: frozenset[str]
    talk: bool
    """A speech or an interview."""
    stage: str
    """``draft``, ``final`` or empty."""
    instruments: frozenset[str]
    """Normalised names of the instruments that the item issues or reports."""
    ordinals: frozenset[tuple[str, str]]
    """What tells members of a series apart: (批, 12), (year, 2025), (quarter, 3), (day, 11-21)."""
    skeleton: str
    """The title without figures: two of a series share it."""
    office: str
    """The regional office that the title begins with, empty when there is none."""
    wording: tuple[str, ...]
    """The title's words and figures in order: two that differ in one place are of one form."""
    title: Bag
    lead: Bag
    body: Bag
    """The very bag of the lead where the text ends with it."""
    letters_title: Bag
    letters: Bag
    """Chinese characters, each with its rarity, and Latin words, of the title; of title and lead."""
    figures: frozenset[str]
    names: frozenset[str]
    """Words of title and lead too rare for any list: most are names."""
    bridge_title: dict[str, float]
    bridge: dict[str, float]
    """Language-free terms of the title; of title and lead."""
    days: frozenset[str]
    bodies: frozenset[str]
    """Bodies that the item comes from or names."""
    sketch: frozenset[int]
    """A sample of the text's runs of characters (``sketch``): copies of one text share most of it."""
    text_hash: str
    """Digest of the text's letters; empty when it is too short to tell."""

    @property
    def single_party(self) -> bool:
        return bool(self.types & SINGLE_PARTY)


def read_features(candidate: Candidate, glossary: Glossary) -> Features:
    """Read what is compared of one item."""
    item, source, facts = candidate.item, candidate.source, candidate.facts
    title = terms.plain(item.title)
    text = terms.plain((item.text or item.summary)[: BODY * 2])
    letters = bare(text)
    lead = text[:LEAD]
    issuers = _issuers(facts)
    types = frozenset(f.value for f in facts if f.kind == "document_type")
    title_words, lead_words = terms.words(title), terms.words(lead)
    words_lead = Bag({**lead_words, **title_words})
    own, named = numbers(item, source, facts)
    head = f"{title}\n{lead}"
    bridge = terms.bridge(head, glossary)
    return Features(
        id=item.id,
        source_id=item.source_id,
        url=item.url,
        family=source.family,
        official=source.official,
        own_site=source.acronym.upper() in {issuer.upper() for issuer in issuers},
        tier=source.tier,
        chinese=item.lang.startswith("zh"),
        column=item.column,
        day=published_day(item, source),
        at=moment(item),
        vectors=rows(candidate.vector),
        own=own,
        named=named,
        cited=_cited(item, facts, issuers, within=BODY),
        issuers=issuers,
        first_issuer=next((f.value.upper() for f in facts if f.kind == "issuer"), ""),
        acronym=source.acronym.upper(),
        types=types,
        talk="speech" in types or bool(_TALK.search(title)),
        stage=read_stage(title, lead, facts, types),
        instruments=instruments(title, lead, official=source.official),
        ordinals=ordinals(title, lead),
        skeleton=_SKELETON.sub("", title).lower(),
        office=found[1] if (found := _OFFICE.match(title)) else "",
        wording=terms.wording(title),
        title=Bag(title_words),
        lead=words_lead,
        body=Bag({**terms.words(text[:BODY]), **title_words}) if len(text) > LEAD else words_lead,
        letters_title=terms.letters(title),
        letters=terms.letters(head),
        figures=frozenset(t[2:] for t in bridge if t.startswith("f:") and not t.startswith("f:y")),
        names=frozenset(w for w, weight in {**title_words, **lead_words}.items() if weight >= terms.UNLISTED),
        bridge_title=terms.bridge(title, glossary),
        bridge=bridge,
        days=frozenset(term for term in bridge if term.startswith("d:")),
        bodies=frozenset(term[2:] for term in bridge if term.startswith("b:")) | issuers,
        sketch=sketch(letters),
        text_hash=_digest(letters) if letters and len(text) >= 40 else "",
    )


PARTS = 3
"""Texts that are embedded of an item."""


def embed_parts(item: Item) -> tuple[str, str, str]:
    """Return what of an item is embedded for grouping: title; title and lead; body (the title without one).

    The second is ``embed_text``: that vector alone is enough, the others make it surer.
    """
    return item.title, embed_text(item), (item.text or item.summary)[:BODY] or item.title


def rows(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the rows of title, lead and body: what there is, repeated.

    >>> rows(np.ones(4, dtype=np.float32)).shape
    (3, 4)
    """
    found = np.atleast_2d(vector)
    return found if len(found) == PARTS else np.repeat(found[:1], PARTS, axis=0)


_OFFICE = re.compile(
    r"([\u4e00-\u9fff]{2,10}?(?:监管局|监管分局|证监局|分行|中心支行|外汇管理局|税务局))关于"
)
_SKELETON = re.compile(r"[\d〇一二三四五六七八九十百第\s\W_]+")


def _digest(letters: str) -> str:
    return blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def published_day(item: Item, source: Source) -> date:
    """Return the publication day in the source's zone; without one, the day of the fetch in that zone."""
    if item.published:
        return item.published.day
    return item.fetched_at.astimezone(ZoneInfo(source.timezone)).date()


def moment(item: Item) -> datetime:
    """Return the time to order by; a day without a time counts from its first minute."""
    if item.published is None:
        return item.fetched_at
    return item.published.at or datetime.combine(item.published.day, datetime.min.time(), tzinfo=UTC)


def _issuers(facts: tuple[Fact, ...]) -> frozenset[str]:
    return frozenset(f.value for f in facts if f.kind == "issuer")


# Numbers

_SELF_TELLING = re.compile(r"^[^\d]*?[A-Za-z\u3400-\u9fff]{2}")


def number_key(number: str, issuers: frozenset[str], source_id: str) -> str:
    """Return what is compared of a document number: the number, with its issuer where it names none.

    ``银发〔2021〕335号`` says whose it is; ``2025-123`` and ``〔2026〕21号`` do not.
    """
    short = re.sub(r"[\s第]+", "", terms.plain(number)).upper()
    if _SELF_TELLING.match(short):
        return short
    return f"{'+'.join(sorted(issuers)) or source_id}:{short}"


def numbers(item: Item, source: Source, facts: tuple[Fact, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return (own, named): a primary issuer's number is its own, a report names that of its subject.

    A report that names more than two is a round-up: it belongs to none of them by number.
    """
    issuers = _issuers(facts)
    found = {number_key(f.value, issuers, item.source_id): f for f in facts if f.kind == "document_number"}
    if source.official:
        return frozenset(found), frozenset()
    named = frozenset(found) or _cited(item, facts, issuers, within=LEAD)
    return frozenset(), named if len(named) <= 2 else frozenset()


def _cited(item: Item, facts: tuple[Fact, ...], issuers: frozenset[str], *, within: int) -> frozenset[str]:
    return frozenset(
        number_key(f.value, issuers, item.source_id)
        for f in facts
        if f.kind == "citation" and not f.value.startswith("《") and _reported(item, f, within)
    )


def cited_numbers(item: Item, facts: tuple[Fact, ...]) -> frozenset[str]:
    """Return the keys of the numbers that an item cites, but not as what it rests on."""
    return _cited(item, facts, _issuers(facts), within=BODY)


def _reported(item: Item, cited: Fact, within: int) -> bool:
    """Say whether a cited number is what the report is about: early, and not only what that rests on."""
    if cited.evidence.field not in ("title", "text") or cited.evidence.start >= within:
        return False
    text = item.field_text(cited.evidence.field)
    before = text[max(0, cited.evidence.start - 60) : cited.evidence.start]
    return bool(re.search(r"\d", cited.value)) and not _RESTS.search(before)


_RESTS = re.compile(
    r"(?:根据|依据|按照|依照|违反|废止|under|pursuant to|repeals?)[^。;；\n]{0,50}$", re.IGNORECASE
)


# Stage

_DRAFT_TITLE = re.compile(
    r"征求意见|公开征集意见|意见稿|意见反馈|反馈意见|"
    r"\bcomment period\b|\bconsult(?:s|ation|ing)?\b|\bpropos(?:es|ed|al|ing)\b|\bdraft\b|"
    r"\bseeks? (?:public )?(?:comment|views|feedback)",
    re.IGNORECASE,
)
_CONCLUDED = re.compile(
    r"conclusions|咨询总结|谘询总结|反馈情况|征求意见情况|意见采纳情况|正式发布|起施行|"
    r"final rule|policy statement|response to|\badopts\b|\bfinali[sz]es\b",
    re.IGNORECASE,
)
_DRAFT_LEAD = re.compile(
    r"公开征求意见|征求意见稿|向社会征求意见|\bconsultation paper\b|\bproposed rules?\b|"
    r"\bcomments? (?:by|until|are due)\b",
    re.IGNORECASE,
)


def read_stage(title: str, lead: str, facts: tuple[Fact, ...], types: frozenset[str]) -> str:
    """Return ``draft``, ``final`` or empty when nothing says. The title first, then facts, then the lead."""
    said = {f.value for f in facts if f.kind == "stage"}
    if _DRAFT_TITLE.search(title):
        return "final" if _CONCLUDED.search(title) else "draft"
    if "draft" in said or types & DRAFT_TYPES:
        return "draft"
    if said & FINAL_STAGES or _CONCLUDED.search(title):
        return "final"
    if not types - {"news_report", "press_release"} and _DRAFT_LEAD.search(lead):
        return "draft"
    return "final" if any(DOCUMENT_TYPES[t].force >= 0.4 for t in types if t in DOCUMENT_TYPES) else ""


# Instruments

_KINDS = (
    "指导意见|实施意见|管理办法|暂行办法|意见|通知|公告|通告|决定|方案|规划|计划|规定|办法|"
    "细则|规则|指引|指南|条例|准则|目录|清单|标准"
)
_QUOTED = re.compile(r"《([^《》\n]{4,80})》")
_UNQUOTED = re.compile(
    rf"(?:发布|印发|公布|出台|下发|制定)了?(?:关于)([^,，。;；:：《》\n]{{4,60}}?)的({_KINDS})"
)
_OWN_TITLE = re.compile(rf"关于([^,，。;；:：《》\n]{{4,60}})的({_KINDS})\s*(?:\([^()]{{0,30}}\))?$")
_OWN_RULE = re.compile(rf"^([^,，。;；:：《》\n]{{4,60}}(?:{_KINDS}))\s*(?:\([^()]{{0,30}}\))?$")
_BASIS = re.compile(
    r"(?:根据|依据|按照|依照|违反|贯彻|落实|实施|执行|适用|学习|宣传|遵守|符合|对照|结合|参照)[^,，。;；《》]{0,12}$"
)
_ISSUES = re.compile(
    r"(?:发布|印发|公布|出台|下发|制定|起草|修订|审议通过|通过|就|对|关于|解读)[^,，。;；《》]{0,14}$"
)
_CHANGES = re.compile(r"(修改|修订|废止|停止执行|更正)[^,，。;；《》]{0,6}$")
_ENDS = re.compile(rf"(?:{_KINDS}|法|法案|纲要|措施|制度|守则|公约|政策|框架|报告|通函|守則)$")
"""What is in 《》 and does not end so is a book or a film."""
_NOISE = re.compile(
    r"\((?:征求意见稿|公开征求意见稿|修订草案|修订征求意见稿|试行|草案|送审稿)[^()]{0,10}\)|[\s\W_]+"
)


_TALK = re.compile(r"讲话|致辞|演讲|发言|\bspeech\b|\bremarks\b", re.IGNORECASE)
"""A speech names many instruments and issues none."""

OFFICIAL_LEAD = 100
"""An issuer's page names its own instrument in the title or at once; further down it names others."""


AT_ONCE = 60
"""What a flash names in its first words is what it reports, whatever the verb."""


def instruments(title: str, lead: str, *, official: bool) -> frozenset[str]:
    """Return the names of the instruments that an item issues or reports, normalised.

    Those that it only rests on (根据《…》, 违反《…》) are left out; one that is amended or repealed is
    another instrument than the one itself.

    >>> instruments("", "国家金融监督管理总局发布关于银行业人工智能应用的指导意见。", official=False)
    frozenset({'银行业人工智能应用指导意见'})
    """
    found = set()
    told = "" if _TALK.search(title) else lead[:OFFICIAL_LEAD] if official else lead
    for text, needs_verb in ((title, False), (told, True)):
        for match in _QUOTED.finditer(text):
            before = text[max(0, match.start() - 24) : match.start()]
            named_at_once = not official and match.start() < AT_ONCE
            if _BASIS.search(before) or (needs_verb and not named_at_once and not _ISSUES.search(before)):
                continue
            change = _CHANGES.search(before)
            found.add((change[1] if change and official else "") + _instrument(match[1]))
        found.update(_instrument(f"{m[1]}{m[2]}") for m in _UNQUOTED.finditer(text))
    if not found and official and (own := _OWN_TITLE.search(title)):
        found.add(_instrument(f"{own[1]}{own[2]}"))
    if not found and official and (rule := _OWN_RULE.search(title)):
        found.add(_instrument(rule[1]))
    return frozenset(name for name in found if len(name) >= 4 and _ENDS.search(name))


def _instrument(name: str) -> str:
    short = _NOISE.sub("", name)
    short = re.sub(r"^.{0,30}?关于", "", short) if "关于" in short else short
    short = re.sub(r"^(?:印发|发布|公布|修订)", "", short)
    return re.sub(rf"的(?=(?:{_KINDS})$)", "", short)
