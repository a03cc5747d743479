"""Which instrument an item is about: the ``《title》`` that it issues, consults on or reports, as others name it.

The same instrument has one value through its whole life: 征求意见稿 and 草案 are left off, 试行 is part of the name.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import DOCUMENT_TYPES, Fact

from .instruments_en import read_english
from .reading import Reading

_DRAFT_MARK = re.compile(
    r"[（(](?:[^（）()]{0,12}(?:征求意见|草案|修订|送审)[^（）()]{0,12}|[^（）()]{0,8}稿)[)）]|(?:公开)?征求意见稿$|(?:修订)?草案(?:征求意见稿)?$"
)
_NAMED = re.compile(r"《(?P<name>[^《》]{4,120})》")
_ISSUED = re.compile(
    r"(?:印发|发布|公布|下发|实施|施行|试行|颁布|出台|就|修订|制定|关于|对|延长|推出|【[^】]{0,20}】)[^《》，。；]{0,10}$|^$"
)
_NOT_ISSUED = re.compile(
    r"(?:修改|废止|贯彻|落实|执行|更正|适用|根据|违反|转发|解读|学习)[^《》，。；]{0,8}$"
)
_ABOUT_OTHERS = frozenset(
    {"qa", "interpretation", "conclusions", "speech", "correction", "reply_to_proposal"}
)
_FROM_ABOUT = re.compile(r"关于[^《》\n]{4,80}(?:通知|公告|意见|决定|通告|办法|规定|批复|通报|函)$")
_RULE = re.compile(
    r"^[^《》：:，。\n]{4,60}(?:办法|规定|细则|规则|指引|条例|准则|规程|指南|方案|计划|规划|意见)(?:[（(](?:试行|暂行)[)）])?$"
)
_TAIL = re.compile(r"[（(][^（）()]{0,40}(?:号|年)[^（）()]{0,10}[)）]$")
_ORDER_OBJECT = re.compile(
    r"[（(]《?(?P<name>[^（）()《》]{4,80}(?:办法|规定|细则|规则|条例|决定|准则))》?[)）]$"
)


def read_instruments(reading: Reading, types: tuple[Fact, ...], issuers: tuple[Fact, ...]) -> Iterator[Fact]:
    """Yield the instrument of an item; none for one that only explains, corrects or answers."""
    type_ = types[0].value if types else ""
    if reading.lang == "en":
        yield from read_english(reading, type_, tuple(fact.value for fact in issuers))
        return
    if type_ in _ABOUT_OTHERS or (type_ and DOCUMENT_TYPES[type_].force < 0.3 and "consult" not in type_):
        return
    found = list(of_title(reading))
    if not found and not reading.official:
        found = list(_reported(reading))
    yield from found[:3]


def instrument_key(reading: Reading, name: str) -> str:
    """Return the comparison form of a title: 《…》 without white space and marks of a draft; a law in full."""
    bare = _DRAFT_MARK.sub("", re.sub(r"\s+", "", name))
    law = reading.glossary.law_of(bare)
    return f"《{law or bare}》"


def of_title(reading: Reading) -> Iterator[Fact]:
    """Yield what the title says the item issues: 《…》 after a verb of issue, a rule's own name, 关于…的通知."""
    title = reading.title
    text = title.text
    named = False
    for match in _NAMED.finditer(text):
        before = text[: match.start()]
        named = True
        if _ISSUED.search(before) and not _NOT_ISSUED.search(before):
            yield reading.fact("instrument", instrument_key(reading, match["name"]), title, match.span())
    bare = _TAIL.sub("", text.rstrip())
    order = _ORDER_OBJECT.search(text.rstrip())
    if order:
        yield reading.fact("instrument", instrument_key(reading, order["name"]), title, order.span("name"))
    elif not named:
        own = _FROM_ABOUT.search(bare) or _RULE.search(bare)
        if own and reading.official:
            yield reading.fact("instrument", instrument_key(reading, own.group()), title, own.span())


def _reported(reading: Reading) -> Iterator[Fact]:
    """The title that the first sentences of a report say was issued."""
    for part in reading.body[:1]:
        end = part.sentences[:3][-1][1] if part.sentences else 0
        for match in _NAMED.finditer(part.text, 0, end):
            before = part.text[max(0, match.start() - 40) : match.start()]
            if _ISSUED.search(before) and not _NOT_ISSUED.search(before) and "根据" not in before:
                yield reading.fact("instrument", instrument_key(reading, match["name"]), part, match.span())
                return
