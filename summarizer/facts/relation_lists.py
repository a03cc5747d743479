"""Documents that a Chinese paper lists one to a line under a line that says what is done to them, and titles known by a number."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import Fact, FactKind

from .instruments import instrument_key
from .numbers import Found
from .reading import Part, Reading

TITLE = re.compile(r"《(?P<name>[^《》]{2,120}(?:〈[^〈〉]{2,60}〉[^《》]{0,20})?)》")
"""A title in its marks."""
_LIST_MARK = r"[ \t\u3000|]{0,8}(?:[（(]?[一二三四五六七八九十百]{1,4}[)）、.．]|[（(]?[0-9]{1,3}[)）、.．|])[、.．]?[ \t\u3000|]{0,6}|[0-9]{1,3}(?:[ \t\u3000]{1,4}[|][ \t\u3000]{0,4}|\u3000{1,4}|\t|[ ]{2,8})"
_LIST_HEAD = re.compile(
    r"[^《》]*(?P<verb>废止|失效|停止执行|修改|修订|延长)[^《》]{0,60}?"
    r"(?:(?:(?<!通知)(?<!公告)(?<!安排)(?<!事项)如下|下列|以下|目录|清单)[^《》。；]{0,30}|(?:文件|规章|办法|公告|通知)(?:名单)?)[：:]?"
    r"|[^《》]*决定[^《》]{0,20}?(?P<decided>废止|失效|停止执行|修改|延长)[^《》]{0,40}如下[：:]?"
)
_VERBS = ("废止", "失效", "停止执行", "修改", "修订", "延长")
"""Of these every line above a list holds one."""
_NOT_LISTED = re.compile(r"未废止|不予废止|继续有效")
_LIST_ROW = re.compile(
    rf"^(?:(?P<mark>{_LIST_MARK})(?=[\u4e00-\u9fff《])|(?P<bare>[ \t\u3000]{{0,8}})(?=《))[^\n]*",
    re.MULTILINE,
)
_ROW_NUMBER = re.compile(r"[）)]?[ \t\u3000]{0,4}(?:[；;。，,、|\n]|$)|\t|\u3000| {2}")
_COLUMN_HEADS = re.compile(
    r"(?:序号|编号)?(?:[ \t\u3000]{0,6}(?:[\u4e00-\u9fff]{0,8}(?:名称|标题|题名|文号|字号|日期|时间|机关|单位|部门|备注|方式|结果)(?:[（(][^（）()]{1,10}[)）])?)){2,6}"
)
"""The headers of a table whose columns stand apart by blanks."""
DONE: dict[str, FactKind] = {"修改": "amends", "修订": "amends", "延长": "extends"}
"""What a verb does to the rows; any other ends them: repeals."""
_LONGEST_HEAD = 240


def listed(reading: Reading, part: Part) -> Iterator[Fact]:
    """Documents one to a line under a line that says what is done to them: 决定废止下列文件：."""
    if reading.lang == "en":
        return
    text = part.text
    if not any(verb in text for verb in _VERBS):
        return
    numbers = {n.start: n for n in reading.numbers(part)}
    kind: FactKind | None = None
    end = -1
    for row in _LIST_ROW.finditer(text):
        if text[max(end, 0) : row.start()].strip() or end < 0:
            kind = _list_verb(text[max(0, row.start() - _LONGEST_HEAD) : row.start()])
        end = row.end()
        if kind is None:
            kind = _list_verb(row.group())
            continue
        begin = row.end("mark") if row["mark"] is not None else row.end("bare")
        title = TITLE.match(text, begin, end)
        number = _row_number(text, begin, end, numbers)
        if number:
            yield reading.fact(
                kind, number.value, part, title.span() if title else (number.start, number.end)
            )
        elif title:
            yield reading.fact(kind, instrument_key(reading, title["name"]), part, title.span())
        else:
            # 二、修改的文件 heads the next list; any other row without a document ends this one.
            kind = _list_verb(row.group())


def _row_number(text: str, begin: int, end: int, numbers: dict[int, Found]) -> Found | None:
    """Return the number by which a row of a list is known: at its beginning, or the first that closes a bracket or a cell."""
    if begin in numbers:
        return numbers[begin]
    for at in range(begin, end):
        number = numbers.get(at)
        if number and text[max(0, at - 40) : at].rfind("《") <= text[max(0, at - 40) : at].rfind("》"):
            opened = re.search(r"[（(| \t\u3000][^（()）|]{0,24}$", text[max(begin, at - 30) : at])
            if opened and _ROW_NUMBER.match(text, number.end):
                return number
    return None


def _list_verb(before: str) -> FactKind | None:
    """Say what the line above a list does to its rows."""
    if not any(verb in before for verb in _VERBS):
        return None
    lines = [line.strip() for line in before.split("\n") if line.strip()]
    # The headers of a table stand between.
    while lines and ("|" in lines[-1] or _COLUMN_HEADS.fullmatch(lines[-1])):
        lines.pop()
    head = lines[-1] if lines else ""
    said = _LIST_HEAD.fullmatch(head)
    if said is None or _NOT_LISTED.search(head):
        return None
    return DONE.get(said["verb"] or said["decided"], "repeals")


def known_by_number(reading: Reading) -> dict[str, str]:
    """Return the number that stands beside a title somewhere in a Chinese item: it is the same document elsewhere."""
    if reading.lang == "en":
        return {}
    known: dict[str, str] = {}
    for part in reading.parts:
        for number in reading.numbers(part):
            before = part.text[max(0, number.start - _TITLE_BEFORE) : number.start]
            beside = _BESIDE_TITLE.search(before) if before[-1:] in ("（", "(") else None
            if beside is not None:
                known.setdefault(squeezed(beside["name"]), number.value)
    return known


_TITLE_BEFORE = 140
_BESIDE_TITLE = re.compile(r"《(?P<name>[^《》]{2,120})》\s{0,3}[（(]$")


def squeezed(name: str) -> str:
    return re.sub(r"[\s《》〈〉]+", "", name)
