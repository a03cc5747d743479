"""Laws and documents that an item names by title, and what it says it amends or replaces.

A law the glossary knows has its full official Chinese title as value in either language; other titles stand in 《》.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import Fact, FactKind

from .numbers import Found, find_numbers, normal_number
from .reading import Part, Reading, sentence_at

_MOST = 150
_TITLE = re.compile(r"《(?P<name>[^《》]{2,120}(?:〈[^〈〉]{2,60}〉[^《》]{0,20})?)》")
_ACT = re.compile(
    r"(?:法|法典|法案|条例|办法|规定|细则|规则|规程|指引|指南|准则|意见|通知|公告|通告|决定|规划|方案|计划|标准|规范|要求|目录|清单|章程|协议"
    r"|公约|纲要|解释|批复|复函|函|令|通则|框架|备忘录|工作要点|措施|制度|草案|征求意见稿|修正案|修订稿|协定|守则|手册)$"
)
_GENERIC = re.compile(
    r"(?:暂行|试行|管理|实施|指导|本|该)?(?:办法|规定|决定|规划|方案|意见|通知|公告|细则|条例|规则|指引|计划|标准|目录|清单|措施|制度|协议|纲要)"
)
_SUFFIX = re.compile(
    r"[（(][^（）()]{0,30}[)）]$|(?:19|20)[0-9]{2}年?(?:版|修订)?$|[0-9]{4}[-—–][0-9]{4}年?$"
)
_NUMBER_NEXT = re.compile(r"\s{0,3}[（(]\s?")
_REPEALED_AFTER = re.compile(
    r"[^。；！？《》]{0,40}(?:同时废止|予以废止|即行废止|停止执行|自行失效|不再执行|废止)"
)
_REPEALED_BEFORE = re.compile(r"(?:废止|代替|取代|替代)[^。；！？《》]{0,12}$")
_LIST_BETWEEN = re.compile(r"》[^。；！？]{0,400}$")
_AMENDED_BEFORE = re.compile(r"(?:修改|修订|修正)[^。；！？《》]{0,8}$|(?:对|将)\s?$")
_AMENDED_AFTER = re.compile(r"[^。；！？《》]{0,20}(?:作(?:出)?如下修改|予以修改|进行修改|作出修改)|的决定")
_AMEND_EN = re.compile(
    r"\b(?:amend(?:s|ing|ed|ments? to)?|revis(?:es|ing|ed|ions? to))\b[^.;]{0,60}$", re.IGNORECASE
)
_REPLACE_EN = re.compile(
    r"\b(?:replac(?:e|es|ing)|supersed(?:e|es|ing)|rescind(?:s|ing|ed)?|repeal(?:s|ing|ed)?|withdraw(?:s|ing|n)?)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_REPLACED_EN = re.compile(
    r"[^.;]{0,40}\b(?:is|are) (?:superseded|rescinded|repealed|withdrawn|replaced)\b", re.IGNORECASE
)


def read_relations(reading: Reading) -> Iterator[Fact]:
    """Yield titles cited (once each; a title that a number follows is cited by that number), amended, replaced."""
    seen: set[tuple[str, str]] = set()
    for part in reading.parts:
        numbers = find_numbers(part.text, reading.glossary)
        for fact in (
            *_titles(reading, part, numbers),
            *_known_laws(reading, part),
            *_changed(reading, part, numbers),
        ):
            if (fact.kind, fact.value) not in seen and len(seen) < _MOST:
                seen.add((fact.kind, fact.value))
                yield fact


def title_value(reading: Reading, name: str) -> str:
    """Return the comparison form of a title: 《…》 without white space, a known law by its full official name."""
    bare = re.sub(r"\s+", "", name)
    for hit in reading.glossary.find(name, "zh"):
        if hit.start == 0 and hit.end == len(name) and hit.entry.kind == "law":
            bare = re.sub(r"\s+", "", reading.glossary.preferred(hit.entry.id).zh)
    return f"《{bare}》"


def _titles(reading: Reading, part: Part, numbers: tuple[Found, ...]) -> Iterator[Fact]:
    starts = {n.start: n for n in numbers}
    own = re.sub(r"[\s《》]+", "", reading.title.text)
    for match in _TITLE.finditer(part.text):
        name = match["name"]
        if not _ACT.search(_stem(name)) or _GENERIC.fullmatch(name):
            continue
        number = _next_number(part.text, match.end(), starts)
        kind = _change(part.text, match.start(), match.end() if number is None else number.end)
        value = number.value if number else title_value(reading, name)
        if kind is not None:
            yield reading.fact(kind, value, part, match.span())
        elif number is None and re.sub(r"[\s《》]+", "", name) not in own:
            yield reading.fact("citation", value, part, match.span())


def _stem(name: str) -> str:
    """Return a title without its trailing brackets and years."""
    for _ in range(3):
        name = _SUFFIX.sub("", name.strip())
    return name


def _next_number(text: str, end: int, starts: dict[int, Found]) -> Found | None:
    gap = _NUMBER_NEXT.match(text, end)
    return starts.get(gap.end()) if gap else None


def _change(text: str, start: int, end: int) -> FactKind | None:
    """Say whether the words around a title amend or replace it."""
    before = text[max(0, start - 30) : start]
    after = text[end : end + 80].lstrip("）)")
    if _REPEALED_BEFORE.search(before):
        return "replaces"
    # In a list of titles the verb stands after the last one.
    tail = re.sub(
        r"^(?:[、，和及与以]{0,2}《[^《》]{2,120}》(?:[（(][^（）()]{0,60}[)）])?){0,30}",
        "",
        text[end : end + 1500].lstrip("）)"),
    )
    if _REPEALED_AFTER.match(after) or _REPEALED_AFTER.match(tail):
        return "replaces"
    if _AMENDED_AFTER.match(after) and _AMENDED_BEFORE.search(before):
        return "amends"
    return "amends" if re.search(r"关于(?:修改|修订)\s?$", before) else None


def _known_laws(reading: Reading, part: Part) -> Iterator[Fact]:
    """Laws of the glossary named without title marks, English names above all."""
    if reading.lang == "zh":
        return
    for hit in reading.glossary.find(part.text, reading.lang):
        if hit.entry.kind == "law" and len(part.text[hit.start : hit.end]) > 2:
            zh = re.sub(r"\s+", "", reading.glossary.preferred(hit.entry.id).zh)
            yield reading.fact("citation", f"《{zh}》", part, (hit.start, hit.end), confidence=0.9)


def _changed(reading: Reading, part: Part, numbers: tuple[Found, ...]) -> Iterator[Fact]:
    """Numbers without a title that a text amends, replaces or repeals."""
    for number in numbers:
        start, _ = sentence_at(part, number.start)
        before = part.text[max(start, number.start - 80) : number.start]
        after = part.text[number.end : number.end + 80]
        if reading.lang == "en":
            if _REPLACE_EN.search(before) or _REPLACED_EN.match(after):
                yield reading.fact("replaces", number.value, part, (number.start, number.end), confidence=0.9)
            elif _AMEND_EN.search(before):
                yield reading.fact("amends", number.value, part, (number.start, number.end), confidence=0.9)
        elif re.match(
            r"[)）文件]{0,3}(?:同时废止|予以废止|停止执行)", after
        ) and not before.rstrip().endswith(("（", "(")):
            yield reading.fact("replaces", normal_number(number.value), part, (number.start, number.end))
