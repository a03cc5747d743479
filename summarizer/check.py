"""The grounding gate: is each value, body, modality and stage of a sentence in what the sentence cites?

In: sentences with their evidence, items, facts. Out: problems in plain words, and briefs without the
sentences that have any. Pure; judges by value, so that 5.25万亿元 grounds RMB 5.25 trillion.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dibao.store import DOCUMENT_TYPES, Brief, Evidence, Fact, Item, Lang, Money, Sentence, Source

from .ground import DOLLAR, Ground, bodies_in, ground_of, holds
from .spans import possible_spans, spans
from .values import Values, read, read_figures

if TYPE_CHECKING:
    from .glossary import Glossary

_SURELY_FINAL = re.compile(
    r"正式发布|正式施行|现行有效|已生效|\bissue[sd]? (?:the )?final\b|\bin force\b|\bbinding on\b|具有约束力",
    re.I,
)
"""Words of a final document, whatever else the sentence says."""
_FINAL_WORDS = re.compile(
    r"正式发布|正式施行|起施行|现行有效|已生效|\bfinal rule\b|\bin force\b|\btakes? effect\b|\btook effect\b|"
    r"\bhas applied since\b|\bissued (?:the )?final\b|\bbinding on\b|具有约束力",
    re.IGNORECASE,
)
_DRAFT_WORDS = re.compile(
    r"征求意见|草案|拟议|咨询|\bdraft|\bproposed?s?\b|\bconsult|\bcomments?\b|"
    r"\bdiscussion paper\b|until it is final",
    re.IGNORECASE,
)
_NO_DUTY = re.compile(r"不产生新的义务|no duty|no new duty|does not bind", re.IGNORECASE)
_NO_DOCUMENT = re.compile(r"未见相关监管文件|no regulatory document behind it")
_OWN = re.compile(
    r"相关方可在|those concerned can comment|定稿前不产生新的义务|不产生新的义务|尚无官方原文|来源中未见相关监管文件"
    r"|(?:it )?creates no (?:new )?duty(?: until it is final)?|\bno duty created\b|\band does not bind\b"
    r"|\bno new duty comes of it\b|: the official text is not among the sources"
    r"|no regulatory document behind it is among the sources",
    re.IGNORECASE,
)
"""Our own words for what is not there; they are judged by the facts, and nothing else in the sentence is."""
_DRAFT_TYPES = frozenset({"consultation", "proposed_rule", "advance_notice", "discussion_paper"})


def problems(
    sentence: Sentence,
    *,
    lang: Lang,
    items: Mapping[str, Item],
    facts: Mapping[str, Sequence[Fact]],
    sources: Mapping[str, Source],
    glossary: Glossary,
) -> tuple[str, ...]:
    """Return why a sentence may not be published, empty when it is grounded.

    ``items`` and ``facts`` are by item id, ``sources`` by their own.
    """
    if not any(cite.quote for cite in sentence.cites):
        return ("cites nothing",)
    broken = [e for e in sentence.cites if not holds(e, items)]
    if broken:
        return tuple(f"evidence does not match its source: {e.quote[:40]!r}" for e in broken)
    if sentence.quoted:
        exact = any(sentence.text in e.quote for e in sentence.cites)
        return () if exact else ("a quotation that is not in the cited source",)
    ground = ground_of(sentence.cites, items, facts, glossary, sources)
    # Longer names first: that of a portal begins with that of its house.
    text = sentence.text
    for name in sorted(ground.publishers, key=len, reverse=True):
        text = text.replace(name, "¤")
    return (
        *_values(_in_own_dollars(text, ground), lang, ground),
        *_meaning(text, lang, ground, sentence.cites, facts),
        *_bodies(text, lang, ground, glossary),
        *_stage(sentence, items, facts),
        *_private(sentence, facts),
    )


def _values(text: str, lang: Lang, ground: Ground) -> Iterator[str]:
    said, known = read(text), ground.values
    for match in _BOUND.finditer(text):
        if read_figures(match[0]).days & (ground.published - ground.dated):
            yield "a day of effect or a deadline that is only the day of publication"
    near = {
        day for day in said.days if (day.month, day.day) in known.short_days and _year_known(day.year, known)
    }
    stated: tuple[tuple[str, frozenset[object]], ...] = (
        ("amount", frozenset(said.money - known.money)),
        ("rate", frozenset(said.rates - known.rates)),
        ("document number", frozenset(said.documents - known.documents)),
        ("article", frozenset(said.articles - known.articles)),
        ("date", frozenset(said.days - known.days - near)),
    )
    yield from _twice(said, lang, ground)
    yield from _level(text, ground)
    for name, missing in stated:
        for value in sorted(missing, key=str):
            yield f"{name} not in the cited text: {said.shown.get(value, value)}"
    days = {(day.month, day.day) for day in known.days} | known.short_days
    for short in sorted(said.short_days - days):
        yield f"date not in the cited text: {said.shown[short]}"
    loose = known.numbers | {money.amount for money in known.money} | {size for _, size in known.rates}
    for number in sorted(said.numbers - loose):
        if not _stands(said.shown[number], ground.text):
            yield f"number not in the cited text: {said.shown[number]}"

    yield from _codes(text, lang, ground)
    lasting = spans(text)
    for size, unit in sorted(lasting - possible_spans(ground.text)) if lasting else ():
        yield f"length of time not in the cited text: {size:f} {unit}{'s' if size != 1 else ''}"


_CODE = re.compile(r"\b(?:\d+[A-Za-z]{2,}\d*|[A-Za-z]+\d+[A-Za-z0-9]*)\b", re.ASCII)
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th|s|bn|mn|tn|m|bps?)|(?:RMB|CNY|USD|HKD|SGD|EUR|GBP)\d+", re.IGNORECASE
)


def _codes(text: str, lang: Lang, ground: Ground) -> Iterator[str]:
    """Letters and figures in one word are a name or a number of something: it stands as it is, or not at all.

    Across languages an ordinal or a sum may be written so.
    """
    across = ground.langs != {lang}
    for match in _CODE.finditer(text):
        if match[0] not in ground.text and not (across and _ORDINAL.fullmatch(match[0])):
            yield f"code not in the cited text: {match[0]}"


_EN_DAY, _ZH_DAY = r"\d{1,2} [A-Z][a-z]{2,8} \d{4}", r"\d{4}年\d{1,2}月\d{1,2}日"
_BOUND = re.compile(
    r"(?:takes? effect on|took effect on|effective(?: from| on)?|appl(?:y|ies) from|applied since|signed on|valid until"
    r"|until|due (?:by|on)|deadline (?:is|of)|no later than|before) "
    + _EN_DAY
    + r"|(?:自|至|截止(?:时间|日期)?为?|期限[为至]|有效期至)"
    + _ZH_DAY
    + "|"
    + _ZH_DAY
    + r"(?:起|前|之前|截止|签署|施行|生效)"
)
"""Days on which something is due or begins to hold."""


def _in_own_dollars(text: str, ground: Ground) -> str:
    """A bare $ means in a copied sentence what it means on its page."""
    return DOLLAR.sub(ground.dollar, text)


def _twice(said: Values, lang: Lang, ground: Ground) -> Iterator[str]:
    """What stands twice where the source has it once took the place of another. Numbers without a currency are
    counted within a language only: a translation may repeat one."""
    there = ground.values.times
    counted = ground.langs == {lang}
    for value, times in said.times.items():
        if 0 < there.get(value, 0) < times and (counted or isinstance(value, Money)):
            yield f"more often than in the cited text: {said.shown.get(value, value)}"


_LEVEL = re.compile(
    r"(?P<a>\d[\d,.]*(?:\s?(?:万亿|亿|万|千|trillion|billion|million))?)(?P<unit>\s?[年月日元%]|个百分点)?(?:以上)?"
    r"(?:\s?(?:至|到|—|–|-|~| to )\s?|(?<=以上))(?:RMB |US\$|HK\$|S\$|£|€|\$)?(?P=a)(?![\d.,]*\d)(?!\s?(?:[万亿千]|[tbm]r?illion))"
)


def _level(text: str, ground: Ground) -> Iterator[str]:
    """A range from a value to itself, unless the source has the same words."""
    for match in _LEVEL.finditer(text):
        if match[0] not in ground.text:
            yield f"a range from a value to itself: {match[0]}"


def _year_known(year: int, known: Values) -> bool:
    return any(day.year == year for day in known.days)


def _stands(shown: str, text: str) -> bool:
    """Whether a number stands in the text as written, inside a name for instance (G20, 2025—2026)."""
    return bool(re.search(rf"(?<![\d.,]){re.escape(shown)}(?!\d|[.,]\d)", text)) and not re.search(
        r"[万亿千]|illion", shown
    )


def _meaning(
    text: str, lang: Lang, ground: Ground, cites: Sequence[Evidence], facts: Mapping[str, Sequence[Fact]]
) -> Iterator[str]:
    yield from _absences(text, ground, cites, facts)
    own = _OWN.sub("", text)
    said, known = read(own), ground.values
    # Within a language words can be counted; across languages one word may be two.
    counted = lang in ground.langs and len(ground.langs) == 1
    for modal in sorted(said.modals if counted else said.modals - known.hints):
        if modal not in known.modals:
            yield f"modality not in the cited text: {modal}"
        elif counted and said.counts[modal] > known.counts[modal]:
            yield f"modality more often than in the cited text: {modal}"
    for direction in sorted(said.directions):
        if (
            known.directions
            and said.counts[direction] > known.counts.get(direction, 0)
            and (counted or direction not in known.directions)
        ):
            yield f"direction not in the cited text: {direction}"
    if said.counts["negation"] > known.counts["negation"]:
        yield "negation not in the cited text"
    for undone in sorted(_undone(own) - _undone(ground.text)) if said.counts["negation"] else ():
        yield f"says that something was not done: {undone}"
    if said.modals & {"must", "must not"} and known.excepted and not said.excepted and ground.single:
        yield "leaves out the exception of the cited sentence"


_ACTS = {
    "publish": (r"publish|issu|releas", "发布|公布|印发|发出"), "sign": ("sign", "签署"), "approve": ("approv", "批准|核准|同意"),
    "extend": ("extend", "延长"), "fine": ("fin(?=e|ed)", "罚款|处罚"), "adopt": ("adopt", "审议通过"), "apply": ("appl|take effect|in force", "施行|实施|生效|适用"),
    "decide": ("decid", "决定"), "expect": ("expect", "期望|遵循"), "bind": ("bind", "约束"), "due": ("due", "截止"),
}  # fmt: skip
_UNDONE = {
    act: re.compile(
        rf"\b(?:did|does|do|has|have|had|will|was|were|is|are) not (?:yet |been |be )?(?:{en})|(?:未|没有|不)(?:予|曾|再|能)?(?:{zh})",
        re.IGNORECASE,
    )
    for act, (en, zh) in _ACTS.items()
}


def _undone(text: str) -> set[str]:
    """The acts that a text says were not done."""
    return {act for act, pattern in _UNDONE.items() if pattern.search(text)}


def _absences(
    text: str, ground: Ground, cites: Sequence[Evidence], facts: Mapping[str, Sequence[Fact]]
) -> Iterator[str]:
    """What is said not to be there must not be there."""
    cited = list(_facts_of(cites, facts))
    if _NO_DUTY.search(text) and not any(map(_no_duty, cited)) and not _DRAFT_WORDS.search(ground.text):
        yield "says that no duty is created, but the type of document may create one"
    types = {f.value for f in cited if f.kind == "document_type"}
    if _NO_DOCUMENT.search(text) and types - {"news_report"}:
        yield "says that no document is known, but one is named"


def _no_duty(fact: Fact) -> bool:
    if fact.kind == "stage":
        return fact.value in ("draft", "none")
    return (
        fact.kind == "document_type"
        and fact.value in DOCUMENT_TYPES
        and DOCUMENT_TYPES[fact.value].force <= 0.15
    )


def _facts_of(cites: Iterable[Evidence], facts: Mapping[str, Sequence[Fact]]) -> Iterator[Fact]:
    for item_id in dict.fromkeys(cite.item_id for cite in cites):
        yield from facts.get(item_id, ())


def _bodies(text: str, lang: Lang, ground: Ground, glossary: Glossary) -> Iterator[str]:
    for hit in bodies_in(text, lang, glossary):
        office = _OFFICE.match(text, hit.end) and f"{hit.entry.id}-branch" in ground.bodies
        if hit.entry.id not in ground.bodies and not office:
            yield f"body not in the cited text: {text[hit.start : hit.end]}"


_OFFICE = re.compile(r" [A-Z][a-z']+(?: [A-Z][a-z']+)? office\b")
"""What makes a body's name that of its local office."""


_DRAFT_TITLE = re.compile(
    r"征求意见稿|公开征求(?!.{0,6}情况)|(?<!关于)草案|\bdraft\b|\bproposed rule|\bconsults? on|\bseeks? comment",
    re.IGNORECASE,
)


def _stage(
    sentence: Sentence, items: Mapping[str, Item], facts: Mapping[str, Sequence[Fact]]
) -> Iterator[str]:
    """A draft is never called final. Only the stage of the cited items counts, and their titles."""
    cited = list(_facts_of(sentence.cites, facts))
    if any(f.kind == "stage" and f.value not in ("draft", "none") for f in cited):
        return
    drafts = any(
        (f.kind == "stage" and f.value == "draft") or (f.kind == "document_type" and f.value in _DRAFT_TYPES)
        for f in cited
    ) or any(_DRAFT_TITLE.search(items[cite.item_id].title) for cite in sentence.cites)
    if drafts and _called_final(sentence.text):
        yield "a draft is called final or in force"


def _called_final(text: str) -> bool:
    return bool(_SURELY_FINAL.search(text) or (_FINAL_WORDS.search(text) and not _DRAFT_WORDS.search(text)))


def _private(sentence: Sentence, facts: Mapping[str, Sequence[Fact]]) -> Iterator[str]:
    for fact in _facts_of(sentence.cites, facts):
        if fact.kind == "person_private" and len(fact.shown) > 1 and fact.shown in sentence.text:
            yield "names a private person"


def gate(
    brief: Brief,
    *,
    items: Mapping[str, Item],
    facts: Mapping[str, Sequence[Fact]],
    sources: Mapping[str, Source],
    glossary: Glossary,
) -> Brief:
    """Return the brief without the sentences that are not grounded; ``dropped`` says which and why.

    A quotation's introduction (it ends with a colon) goes with its quotation.
    """
    dropped = list(brief.dropped)

    def kept(part: Sequence[Sentence]) -> tuple[Sentence, ...]:
        good: list[Sentence] = []
        for sentence in part:
            found = problems(
                sentence, lang=brief.lang, items=items, facts=facts, sources=sources, glossary=glossary
            )
            if found:
                dropped.append(f"{sentence.text} [{'; '.join(found)}]")
            else:
                good.append(sentence)
        return tuple(s for at, s in enumerate(good) if not _alone(s, good[at + 1 :]))

    return replace(brief, sentences=kept(brief.sentences), impact=kept(brief.impact), dropped=tuple(dropped))


def _alone(sentence: Sentence, following: Sequence[Sentence]) -> bool:
    """An introduction whose quotation is gone."""
    introduces = not sentence.quoted and sentence.text.endswith((":", "："))
    return introduces and not (following and following[0].quoted)
