"""The grounding gate: is each value, body, modality and stage of a sentence in what the sentence cites?

In: sentences with their evidence, items, facts. Out: problems in plain words, and briefs without the
sentences that have any. Pure; judges by value, so that 5.25万亿元 grounds RMB 5.25 trillion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from dibao.store import DOCUMENT_TYPES, Brief, Evidence, Fact, Item, Lang, Sentence, penalty_of

from .language import sentences, simplify
from .values import Values, read
from .writers.figures import Money

if TYPE_CHECKING:
    from .glossary import Glossary

_DATE_KINDS = (
    "date_signed",
    "date_published",
    "date_effective",
    "date_deadline",
    "date_expiry",
    "date_compliance",
)
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
_ABSENT = re.compile(r"尚无官方原文|not among the sources")
_NO_DOCUMENT = re.compile(r"未见相关监管文件|no regulatory document behind it")
_COMPARED = ("money", "rates", "days", "documents", "articles")
"""What both languages must state alike; counts and short days depend on wording."""

_DRAFT_TYPES = frozenset({"consultation", "proposed_rule", "advance_notice", "discussion_paper"})


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the cited sources say."""

    values: Values
    text: str
    bodies: frozenset[str]


def problems(
    sentence: Sentence,
    *,
    lang: Lang,
    items: Mapping[str, Item],
    facts: Mapping[str, Sequence[Fact]],
    glossary: Glossary,
) -> tuple[str, ...]:
    """Return why a sentence may not be published, empty when it is grounded.

    ``items`` and ``facts`` are by item id.
    """
    if not any(cite.quote for cite in sentence.cites):
        return ("cites nothing",)
    broken = [e for e in sentence.cites if not _holds(e, items)]
    if broken:
        return tuple(f"evidence does not match its source: {e.quote[:40]!r}" for e in broken)
    if sentence.quoted:
        exact = any(sentence.text in e.quote for e in sentence.cites)
        return () if exact else ("a quotation that is not in the cited source",)
    ground = _ground(sentence.cites, items, facts, glossary)
    return (
        *_values(read(sentence.text), ground),
        *_meaning(sentence.text, ground, sentence.cites, facts),
        *_bodies(sentence.text, lang, ground, glossary),
        *_stage(sentence, facts),
        *_private(sentence, facts),
    )


def _holds(evidence: Evidence, items: Mapping[str, Item]) -> bool:
    try:
        text = items[evidence.item_id].field_text(evidence.field)
    except (KeyError, IndexError, ValueError):
        return False
    return text[evidence.start : evidence.end] == evidence.quote


def _ground(
    cites: Iterable[Evidence],
    items: Mapping[str, Item],
    facts: Mapping[str, Sequence[Fact]],
    glossary: Glossary,
) -> _Ground:
    texts: dict[str, None] = {}
    bodies: set[str] = set()
    published = []
    sums: set[Money] = set()
    for cite in cites:
        item = items[cite.item_id]
        texts[_DOLLAR.sub(_dollar(facts.get(item.id, ())), _sentence_of(cite, item))] = None
        if item.published:
            published.append(item.published.day)
        for fact in facts.get(item.id, ()):
            if fact.kind == "issuer":
                bodies.add(fact.value)
            elif fact.evidence == cite and (fact.kind in _DATE_KINDS or fact.kind == "document_number"):
                texts[fact.value] = None
            elif fact.evidence == cite:
                sums |= _money(fact)
    text = "\n".join(texts)
    # The glossary's Chinese names are in Simplified characters.
    plain = simplify(text)
    spoken_there: list[Lang] = ["zh"] if _HAN.search(plain) else []
    if _LATIN.search(plain):
        spoken_there.append("en")
    for spoken in spoken_there:
        bodies |= {hit.entry.id for hit in glossary.find(plain, spoken) if hit.entry.kind == "org"}
    values = read(plain)
    return _Ground(
        replace(values, days=values.days | frozenset(published), money=values.money | sums),
        text,
        frozenset(bodies),
    )


_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_DOLLAR = re.compile(r"(?<![A-Za-z])\$(?=\s?\d)")
_DOLLARS = {"HKD": "HK$", "SGD": "S$"}


def _dollar(facts: Iterable[Fact]) -> str:
    """What a bare $ is on this page: on one of Hong Kong, HK$."""
    spoken = {f.value[:3] for f in facts if f.kind == "amount" and f.shown.startswith("$")}
    return next((sign for code, sign in _DOLLARS.items() if code in spoken), "$")


def _money(fact: Fact) -> set[Money]:
    """What a fact says of money where its text alone does not: 贰拾万元, or $ on a Hong Kong page."""
    values = [fact.value] if fact.kind == "amount" else []
    if fact.kind == "penalty":
        values = [sanction.amount for sanction in penalty_of(fact).sanctions]
    found = set()
    for unit, _, number in (value.partition(" ") for value in values):
        with suppress(InvalidOperation):
            if re.fullmatch(r"[A-Z]{3}", unit) and unit != "PCT":
                found.add(Money(unit, Decimal(number).normalize()))
    return found


def _sentence_of(cite: Evidence, item: Item) -> str:
    """The whole sentence(s) around a quotation: a value alone does not say who must do what."""
    text = item.field_text(cite.field)
    low, high = max(0, cite.start - 2000), min(len(text), cite.end + 2000)
    near = text[low:high]
    spans = [
        (start + low, end + low)
        for start, end in sentences(near, item.lang)
        if start + low < cite.end and end + low > cite.start
    ]
    return text[min((s for s, _ in spans), default=cite.start) : max((e for _, e in spans), default=cite.end)]


def _values(said: Values, ground: _Ground) -> Iterator[str]:
    known = ground.values
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


def _year_known(year: int, known: Values) -> bool:
    return any(day.year == year for day in known.days)


def _stands(shown: str, text: str) -> bool:
    """Whether a number stands in the text as written, inside a name for instance (G20, 2025—2026)."""
    return bool(re.search(rf"(?<!\d){re.escape(shown)}(?!\d)", text)) and not re.search(
        r"[万亿千]|illion", shown
    )


def _meaning(
    text: str, ground: _Ground, cites: Sequence[Evidence], facts: Mapping[str, Sequence[Fact]]
) -> Iterator[str]:
    said = read(text)
    known = ground.values
    if _NO_DUTY.search(text):
        if not any(_no_duty(fact) for fact in _facts_of(cites, facts)) and not _DRAFT_WORDS.search(
            ground.text
        ):
            yield "says that no duty is created, but the type of document may create one"
        return
    if _NO_DOCUMENT.search(text):
        types = [f.value for f in _facts_of(cites, facts) if f.kind == "document_type"]
        if set(types) - {"news_report"}:
            yield "says that no document is known, but one is named"
        return
    if _ABSENT.search(text):
        return
    for modal in sorted(said.modals - known.modals - known.hints):
        yield f"modality not in the cited text: {modal}"
    for direction in sorted(said.directions - known.directions):
        if known.directions:
            yield f"direction not in the cited text: {direction}"
    if said.negated and not known.negated:
        yield "negation not in the cited text"


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


def _bodies(text: str, lang: Lang, ground: _Ground, glossary: Glossary) -> Iterator[str]:
    for hit in glossary.find(text, lang):
        office = _OFFICE.match(text, hit.end) and f"{hit.entry.id}-branch" in ground.bodies
        if hit.entry.kind == "org" and hit.entry.id not in ground.bodies and not office:
            yield f"body not in the cited text: {text[hit.start : hit.end]}"


_OFFICE = re.compile(r" [A-Z][a-z']+(?: [A-Z][a-z']+)? office\b")
"""What makes a body's name that of its local office."""


def _stage(sentence: Sentence, facts: Mapping[str, Sequence[Fact]]) -> Iterator[str]:
    """A draft is never called final. Only the stage of the cited items counts."""
    cited = list(_facts_of(sentence.cites, facts))
    drafts = any(
        (f.kind == "stage" and f.value == "draft") or (f.kind == "document_type" and f.value in _DRAFT_TYPES)
        for f in cited
    )
    finals = any(f.kind == "stage" and f.value not in ("draft", "none") for f in cited)
    if (
        drafts
        and not finals
        and _FINAL_WORDS.search(sentence.text)
        and not _DRAFT_WORDS.search(sentence.text)
    ):
        yield "a draft is called final or in force"


def _private(sentence: Sentence, facts: Mapping[str, Sequence[Fact]]) -> Iterator[str]:
    for fact in _facts_of(sentence.cites, facts):
        if fact.kind == "person_private" and len(fact.shown) > 1 and fact.shown in sentence.text:
            yield "names a private person"


def gate(
    brief: Brief, *, items: Mapping[str, Item], facts: Mapping[str, Sequence[Fact]], glossary: Glossary
) -> Brief:
    """Return the brief without the sentences that are not grounded; ``dropped`` says which and why.

    A quotation's introduction (it ends with a colon) goes with its quotation.
    """
    dropped = list(brief.dropped)

    def kept(part: Sequence[Sentence]) -> tuple[Sentence, ...]:
        good: list[Sentence] = []
        for sentence in part:
            found = problems(sentence, lang=brief.lang, items=items, facts=facts, glossary=glossary)
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


def agree(en: Brief, zh: Brief) -> tuple[str, ...]:
    """Return what the fact sentences of one language state and the other brief nowhere has, by value.

    A quotation can supply a value, as each language quotes for itself, but none is asked of the other side.
    """
    found = []
    for side, brief, other in (("en", en, zh), ("zh", zh, en)):
        stated, there = _stated(brief, quoted=False), _stated(other, quoted=True)
        for name in _COMPARED:
            for value in sorted(getattr(stated, name) - getattr(there, name), key=str):
                found.append(f"{name}: only {side} says {stated.shown.get(value, value)}")
    return tuple(found)


def _stated(brief: Brief, *, quoted: bool) -> Values:
    said = [s.text for s in (*brief.sentences, *brief.impact) if quoted or not s.quoted]
    return _said("\n".join(said), quoted=quoted)


def _said(text: str, *, quoted: bool) -> Values:
    # A title in quotation marks is a quotation too.
    return read(simplify(text if quoted else re.sub(r"“[^”]*”", "", text)))


def reconcile(en: Brief, zh: Brief) -> tuple[Brief, Brief]:
    """Return both briefs without the fact sentences that state a value which the other brief nowhere has.

    A brief's last sentence stays, whatever it states: silence would be worse.
    """
    there = {"en": _stated(zh, quoted=True), "zh": _stated(en, quoted=True)}
    return _without_strange(en, there["en"]), _without_strange(zh, there["zh"])


def _without_strange(brief: Brief, there: Values) -> Brief:
    dropped = list(brief.dropped)

    def kept(part: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        good = []
        for sentence in part:
            strange = () if sentence.quoted else _strange(_said(sentence.text, quoted=False), there)
            if strange:
                dropped.append(f"{sentence.text} [the other brief does not say: {'; '.join(strange)}]")
            else:
                good.append(sentence)
        if not good and part:
            dropped.pop()
            return part[-1:]
        return tuple(good)

    return replace(brief, sentences=kept(brief.sentences), impact=kept(brief.impact), dropped=tuple(dropped))


def _strange(said: Values, there: Values) -> tuple[str, ...]:
    return tuple(
        str(said.shown.get(value, value))
        for name in _COMPARED
        for value in sorted(getattr(said, name) - getattr(there, name), key=str)
    )
