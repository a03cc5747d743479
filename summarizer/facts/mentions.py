"""Bodies, systems and firms that a document names beside those who issued it and whom it is sent to.

Bodies and systems are the glossary's and have its ids; a firm is named by its full name. Short names and acronyms
that mean other things too (人行 in 个人行为, the 央行 of other countries, NDA) count only where nothing speaks for
the other. What stands in 《》 is the name of a paper and names nobody.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from dibao.store import Fact

from ..glossary import Hit
from .bodies import resolve
from .firms import SENTENCE, find_firms
from .names import find_names
from .places import PLACES, place_at
from .reading import Part, Reading

_MOST_FIRMS = 40
_SHORT = 3
"""Characters of the names, and letters of the acronyms, that need the most care."""

_OWN = re.compile(r"中国|国家|全国|中华|中央|中共|最高人民|国务院.|[^\u4e00-\u9fff]")
"""How Chinese names begin that nothing before them can make another's."""
_LEFT = re.compile(
    r"(?:\A|[^\u4e00-\u9fff]|[和与及由经向对据从在的是为被于将按报请同给等了]|我国|中国|或者|联合|根据|依照|会同|国务院|近日|日前|[0-9]日)\Z"
)
_ELSEWHERE = re.compile(
    r"(?:[美英法德韩泰俄外他异各]国|日本|欧洲|欧盟|印度|亚太|[省市县区州盟]|地方|各地|各级|当地|本地)\Z"
)
_RUNS_ON = re.compile(r"[门队长道]|分[局行支]|[支派]行|派出|派驻|法(?![院规律])")
_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:监管分?局|专员办|中心支行|营业管理部|分行|支行|分局|证监局)")
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,6}监管分?局")
_NATIONAL = re.compile(
    r"Chin|PRC|People|Hong Kong|HK|Maca[ou]|Taiwan|Singapore|Japan|Korea|India|Austral|Dubai|ADGM|U\.?S\.?\b|Federal|United|Europe|EU\b|England|UK\b|HM |Majesty"
    r"|Bundes|Swiss|Ireland|Shanghai|Shenzhen|Beijing|Dalian|Zhengzhou|Guangzhou|New York|White House"
)
_SHARED = re.compile(
    r"(?:Ministry|Department|Securities and|Data Protection|Financial Super|National Audit)\b"
)
"""How English names begin that several countries have."""
_FEWEST_WORDS = 4
"""Of so many words a name without its country means one body only, unless its beginning is shared."""
_OF_OTHERS = re.compile(r" of (?:the )?[A-Z]")
_ADJECTIVE = re.compile(r"\b(?!Chin)[A-Z][a-z]+(?:an|ese|ish|ine|i|['’]s) \Z")
_DOUBLE = frozenset({"CBA", "DPC", "DPO", "ICO", "INE", "ISC", "MEE", "MOT", "MSS", "NDA", "MOST", "SCA", "SGE", "SSF", "STA"})  # fmt: skip
"""Acronyms that are as often something else: a data protection officer, strong customer authentication."""
_FIRM = re.compile(r"(?P<more>[\u4e00-\u9fff（）()]{2,12}?)(?:股份)?有限(?:责任)?公司")
_CITED = re.compile(r"《[^《》\n]{1,120}》")

_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司\Z")
_HAN = re.compile("[\u4e00-\u9fff]")

Place = tuple[int, int]


def read_mentions(reading: Reading, known: tuple[Fact, ...]) -> Iterator[Fact]:
    """Yield each named entity once, where it first stands. ``known``: issuers and addressees, which are none.

    No name counts inside the words of an addressee: 国务院各部委 does not name the State Council.
    """
    seen = {fact.value for fact in known}
    firms = _firms(reading)
    hits = {
        part.field: tuple(find_names(part.text, reading.glossary, reading.lang)) for part in reading.parts
    }
    full = frozenset(
        hit.entry.id
        for part in reading.parts
        for hit in hits[part.field]
        if _long(part.text[hit.start : hit.end])
    )
    for part in reading.parts:
        own = firms.get(part.field, [])
        if not hits[part.field] and not own:
            continue
        closed = [[span for _, span in own], _addressed(part, known), _cited(part)]
        found = _of_glossary(reading, part, hits[part.field], full, (seen, [c for c in closed if c]))
        for value, span in sorted((*found, *own), key=lambda entity: entity[1]):
            if value not in seen:
                seen.add(value)
                yield reading.fact("mention", value, part, span, confidence=0.9)


def _addressed(part: Part, known: tuple[Fact, ...]) -> list[Place]:
    here = (f.evidence for f in known if f.kind == "addressee" and f.evidence.field == part.field)
    return sorted((place.start, place.end) for place in here)


def _cited(part: Part) -> list[Place]:
    return [match.span() for match in _CITED.finditer(part.text)]


def _firms(reading: Reading) -> Mapping[str, list[tuple[str, Place]]]:
    """Return field → firms that are no bodies, with their places; no more than a document can be about."""
    parts = reading.parts
    found: dict[str, list[tuple[str, Place]]] = {}
    names: dict[str, bool] = {}
    for number, name, span in find_firms([part.text for part in parts], chinese=reading.lang == "zh"):
        if name not in names and len(names) < _MOST_FIRMS:
            body_of = reading.glossary.body_of
            names[name] = body_of(name) is None and body_of(_FORM.sub("", name)) is None
        if names.get(name):
            found.setdefault(parts[number].field, []).append((name, span))
    return found


def _long(name: str) -> bool:
    """Whether a name is long enough to mean one body, and what its short forms in the same item mean."""
    return len(name) >= 6 if _HAN.match(name) else name.count(" ") >= 2


def _of_glossary(
    reading: Reading,
    part: Part,
    hits: Iterable[Hit],
    full: frozenset[str],
    but: tuple[Set[str], Sequence[Sequence[Place]]],
) -> Iterator[tuple[str, Place]]:
    """``full``: ids whose long name stands in the item; ``but``: values that are known, and closed places."""
    met, closed = set(but[0]), but[1]
    for hit in hits:
        id, place = hit.entry.id, (hit.start, hit.end)
        if id in met and not place_at(part.text, hit.end):
            continue  # a body that is known may still go on to a branch of it
        if any(_around(place, spans) for spans in closed):
            continue
        if hit.entry.kind == "system":
            found = [(id, place)]
        elif _HAN.match(part.text, hit.start):
            found = [*_chinese(reading, part, hit)]
        else:
            found = [(id, place)] if _english(reading, part.text, hit, full) else []
        met.update(value for value, _ in found)
        yield from found


def _around(place: Place, others: Sequence[Place]) -> Place | None:
    """Return which of some places in order, none overlapping another, holds a place."""
    number = bisect_right(others, place[0], key=_start) - 1
    return others[number] if number >= 0 and place[1] <= others[number][1] else None


def _start(place: Place) -> int:
    return place[0]


def _chinese(reading: Reading, part: Part, hit: Hit) -> Iterator[tuple[str, Place]]:
    """The body that a Chinese name means, or its branch when a place goes on; none of what is another's."""
    text, start, end = part.text, hit.start, hit.end
    branch = (_BRANCH if place_at(text, end) else _OFFICE).match(text, end)
    if branch:
        end = branch.end()
    elif _RUNS_ON.match(text, end) or _of_a_firm(text, end):
        return
    left = text[max(0, start - 5) : start]
    if not _OWN.match(text, start):
        placed = any(left.endswith(place) for place in (left[n:] for n in range(4)) if place in PLACES)
        if placed or (_ELSEWHERE.search(left) and not left.endswith("我国")):
            return
        if hit.end - start <= _SHORT and not _LEFT.search(left):
            return
    body = resolve(reading, text[start:end])
    if body is not None:
        yield body.id, (start, end)


def _of_a_firm(text: str, end: int) -> bool:
    """Whether a name goes on to that of a firm: 上海证券交易所技术有限责任公司."""
    rest = _FIRM.match(text, end)
    return rest is not None and not SENTENCE.search(rest["more"])


def _english(reading: Reading, text: str, hit: Hit, full: frozenset[str]) -> bool:
    """Whether an English name or acronym means the glossary's body and not another of that name."""
    name = text[hit.start : hit.end]
    body = reading.glossary.bodies[hit.entry.id]
    at_home = body.jurisdiction == reading.source.jurisdiction
    if name == hit.entry.abbrev:
        if re.match(r"[\s/-]?[0-9]", text[hit.end : hit.end + 2]):  # ISO 20022
            return False
        return hit.entry.id in full or (name not in _DOUBLE and (at_home or len(name) > _SHORT))
    if name == "Fed":
        return bool(re.search(r"\b(?:[Tt]he|US|U\.S\.) \Z", text[max(0, hit.start - 5) : hit.start]))
    if _NATIONAL.search(name):
        return True
    if _OF_OTHERS.match(text, hit.end) or _ADJECTIVE.search(text[max(0, hit.start - 24) : hit.start]):
        return False
    words = name.count(" ") + 1
    return at_home or body.jurisdiction == "INT" or (words >= _FEWEST_WORDS and not _SHARED.match(name))
