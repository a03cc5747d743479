"""A story's items with their facts → where they disagree: another day, status, number or amount. Pure.

Careful rather than complete: 5.25万亿元 and RMB 5.25 trillion are the same amount, and so is "about 5.3
trillion"; amounts are compared only where both texts say what they are of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from dibao.store import Disagreement, Evidence, Fact, Item, Stated, family

from .picture import SPARED
from .since import DATED
from .writers.known import StoryInput

_FINAL = frozenset({"final", "in_force", "not_yet_in_force"})
_ABOUT = re.compile(
    r"(?:约|近|逾|超|超过|多达|about|around|nearly|almost|over|more than|approximately|roughly|some)\s?"
    r"(?:[A-Z]{2,3}\$?|[¥$€£])?\s?$",
    re.IGNORECASE,
)
_LABELS = (
    ("total", re.compile(r"(?:合计|共计|总计)[^，。；]{0,6}$|\btotal(?:ling|s)?(?: of)?[^.;,]{0,12}$", re.I)),
    ("confiscated", re.compile(r"没收[^，。；]{0,8}$|\bconfiscat\w+[^.;,]{0,30}$", re.I)),
    ("fine", re.compile(r"(?:罚款|处以|并处)[^，。；]{0,8}$|\b(?:fine[sd]?|penalty)\b[^.;,]{0,30}$", re.I)),
    ("disgorgement", re.compile(r"\bdisgorge\w*[^.;,]{0,30}$", re.I)),
    ("capital", re.compile(r"注册资本[^，。；]{0,8}$|\bregistered capital[^.;,]{0,12}$", re.I)),
)
"""What an amount is of, in either language; the same label can be compared across them."""
_FILLER = re.compile(
    r"(?:约|近|逾|超过?|达到?|为|至|共|人民币|高达|的"
    r"|\b(?:was|is|of|to|at|about|nearly|over|more|less|than|worth|for|from|by|up|RMB|USD|HK|US)\b|[¥$€£\s])+$"
)
_HAN_LABEL = re.compile(r"[\u4e00-\u9fff]{4,8}$")
_LATIN_LABEL = re.compile(r"\b[a-z]{3,} [a-z]{3,} [a-z]{3,}$")
_NUMBER = re.compile(r"^(?P<code>.*?)(?P<year>(?:19|20)\d\d)\D{0,2}(?P<serial>\d{1,6})")


def disagreements(inputs: StoryInput) -> tuple[Disagreement, ...]:
    """Return the contradictions of a story; official values first, as the brief goes by them."""
    copied = {member.item_id for member in inputs.story.members if member.copied}
    items = [item for item in inputs.items if item.id not in copied]
    items.sort(key=lambda item: not inputs.sources[item.source_id].official)
    kinds = (*DATED, "stage", "document_number")
    return (
        *(found for kind in kinds for found in _of_kind(kind, items, inputs)),
        *_amounts(items, inputs),
    )


def overruled(inputs: StoryInput) -> dict[Evidence, str]:
    """Return where reports state what an official source states otherwise → what that one says."""
    found: dict[Evidence, str] = {}
    for one in disagreements(inputs):
        official, *others = one.stated
        for stated in others:
            if one.kind != "stage" and official.official and not stated.official:
                facts = _all(one.kind, inputs.facts.get(stated.item_id, ()))
                found |= {fact.evidence: official.shown for fact in facts if fact.value == stated.value}
    return found


def _of_kind(kind: str, items: Sequence[Item], inputs: StoryInput) -> Iterator[Disagreement]:
    """The first item that states a value against all that state only others."""
    stating = [(item, found) for item in items if (found := _facts(kind, item, inputs))]
    if len(stating) < 2:
        return
    (first, reference), *others = stating
    against = [
        (item, found)
        for item, found in others
        if _comparable(kind, first, item, inputs)
        and not any(_same(kind, a.value, b.value) for a in reference for b in found)
    ]
    if against:
        told = [(first, reference[0]), *((item, found[0]) for item, found in against)]
        yield Disagreement(kind=kind, stated=tuple(_stated(item, fact, inputs) for item, fact in told))


def _facts(kind: str, item: Item, inputs: StoryInput) -> list[Fact]:
    facts = inputs.facts.get(item.id, ())
    found = [f for f in facts if f.kind == kind and not (kind == "stage" and f.value in ("none", "enforced"))]
    # A report with several days of one kind writes of several documents.
    official = inputs.sources[item.source_id].official
    return found if official or len({f.value for f in found}) == 1 else []


def _comparable(kind: str, one: Item, two: Item, inputs: StoryInput) -> bool:
    """Two issuers' documents have days, stages and numbers of their own; reports tell of the first one's."""
    if not inputs.sources[two.source_id].official:
        return True
    facts = [inputs.facts.get(item.id, ()) for item in (one, two)]
    ours, theirs = ({f.value for f in _all("issuer", each)} for each in facts)
    numbers = [{f.value for f in _all("document_number", each)} for each in facts]
    return bool(ours & theirs) and (kind == "document_number" or not all(numbers) or numbers[0] == numbers[1])


def _all(kind: str, facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind]


def _same(kind: str, one: str, two: str) -> bool:
    if kind == "stage":
        return one == two or {one, two} <= _FINAL or "repealed" in (one, two)
    if kind == "document_number":
        a, b = _NUMBER.match(one), _NUMBER.match(two)
        # Numbers of two series are of two documents: nothing to compare.
        return not (a and b) or a["code"] != b["code"] or a.groups() == b.groups()
    return one.startswith(two) or two.startswith(one)  # of one only the month may be known


def _stated(item: Item, fact: Fact, inputs: StoryInput) -> Stated:
    official = inputs.sources[item.source_id].official
    return Stated(item_id=item.id, value=fact.value, shown=fact.shown, official=official)


# Amounts


def _amounts(items: Sequence[Item], inputs: StoryInput) -> Iterator[Disagreement]:
    """Compare, for each label and currency, the items that have one amount under it."""
    labelled: dict[tuple[str, str], list[tuple[Item, Fact]]] = {}
    for item in items:
        for key, facts in _by_label(item, _all("amount", inputs.facts.get(item.id, ()))).items():
            if len({fact.value for fact in facts}) == 1:
                labelled.setdefault(key, []).append((item, facts[0]))
    for found in labelled.values():
        (first, reference), *others = found
        against = [(item, fact) for item, fact in others if not same_amount(first, reference, item, fact)]
        if against:
            told = [(first, reference), *against]
            yield Disagreement(
                kind="amount", stated=tuple(_stated(item, fact, inputs) for item, fact in told)
            )


def _by_label(item: Item, facts: Iterable[Fact]) -> dict[tuple[str, str], list[Fact]]:
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        label = _label(_before(item, fact), family(item.lang))
        if label:
            found.setdefault((label, fact.value[:3]), []).append(fact)
    return found


def _before(item: Item, fact: Fact) -> str:
    """The words of its sentence in front of an amount, 60 characters at most."""
    try:
        text = item.field_text(fact.evidence.field)
    except (KeyError, IndexError, ValueError):
        return ""
    at = fact.evidence.start
    return re.split(r"[。；;\n]|\. ", text[max(0, at - 60) : at])[-1]


def _label(before: str, lang: str) -> str:
    """What an amount is of: a label of both languages, else the words that stand right before it."""
    if SPARED.search(before):
        return ""
    for name, pattern in _LABELS:
        if pattern.search(before):
            return name
    plain = _FILLER.sub("", before)
    found = (_HAN_LABEL if lang == "zh" else _LATIN_LABEL).search(plain)
    return "" if found is None else found[0][-6:] if lang == "zh" else found[0]


def same_amount(one: Item, a: Fact, two: Item, b: Fact) -> bool:
    """Whether two amounts of one currency are the same, given how precisely each is written."""
    try:
        left, right = (Decimal(fact.value.partition(" ")[2]) for fact in (a, b))
    except InvalidOperation:
        return True
    return abs(left - right) <= max(_slack(left, one, a), _slack(right, two, b))


def _slack(value: Decimal, item: Item, fact: Fact) -> Decimal:
    """How far the true value may be from a written one: half a unit of its last digit; after "about", a unit
    of the last digit that is not zero."""
    digits = re.search(r"\d[\d,]*(?:\.(?P<rest>\d+))?", fact.shown)
    unit = _last_place(value)
    if _ABOUT.search(_before(item, fact)) or _ABOUT.search(fact.shown[: digits.start()] if digits else ""):
        return unit
    written = Decimal(digits[0].replace(",", "")) if digits else Decimal(0)
    if digits and written:
        unit = value / written / 10 ** len(digits["rest"] or "")
    return abs(unit) / 2


def _last_place(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** int(exponent)
