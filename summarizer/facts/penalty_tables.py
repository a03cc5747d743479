"""Tables of penalties in Chinese: wide ones with a row for each party, labels with their values, labels over values.

In: one field of an item. Out: a record for each decision against one party, with its place.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from dibao.store import Penalty

from .bodies import resolve
from .days import parse_date
from .numbers import find_numbers
from .reading import Part, Reading
from .sanctions import CLAUSE, is_person, name_and_role, parties_of, sanctions, shares

Placed = tuple[tuple[int, int], Penalty]
# The first that fits a table's label decides what its value is.
_COLUMNS = (
    ("party", re.compile(r"(?:被处罚|当事人|相对人|(?:违法|违规|涉案)主体|处罚对象|被罚|受裁罚|裁罚对象|受处分人|受处罚)(?!.{0,12}(?:代表人|负责人|证件|证号|代码|住所|住址|地址|文号|决定|类别|类型|性质|职务|性别|年龄))")),
    ("skip", re.compile(r"法定代表人|负责人|公示|备注|序号|证件|证号|信用代码|性别|年龄|住所|住址|地址|职务|类别$|单位$")),
    ("number", re.compile(r"文号|决定书号|决定书编号|案号")),
    ("sanction", re.compile(r"^(?:罚款|罚没|没收|处罚金额)")),
    ("authority", re.compile(r"机关|机构名称|作出单位|决定单位")),
    ("date", re.compile(r"日期|时间")),
    ("basis", re.compile(r"依据")),
    ("violation", re.compile(r"违法|违规|案由|事实")),
    ("sanction", re.compile(r"(?:处罚|决定)内容|处罚决定|处罚结果|处罚种类|处罚措施|处罚方式|处罚事项|处理结果|处罚情况|裁罚结果|裁罚内容|行政处罚$|监管措施")),
    ("party", re.compile(r"名称|姓名")),
)  # fmt: skip
_FEWEST_BARS = 2
"""A table with a row for each party has three columns at least."""
_FEWEST_KINDS = 3
_BARS = re.compile(r"[|｜\t]")
_SPACES = re.compile(r" {2,}|\u3000+")
_RULE = re.compile(r"[\s|｜:+=-]*")
_EMPTY = re.compile(r"[\s\-—–－/／无]*")
_LABEL_LINE = re.compile(r"^(?P<label>[^|：:\n]{2,24})\s?[|：:]\s?(?P<value>[^\n]*)$", re.MULTILINE)
_LIST_MARK = re.compile(r"^[（(]?[0-9一二三四五六七八九十]{1,3}[)）、.．]\s?")
_UNIT = re.compile(r"[（(](?:单位[:：])?(?P<unit>万元|亿元|元)(?:人民币)?[)）]")
_FIGURE = re.compile(r"[0-9][0-9,.]*")
_STACKED = re.compile(r"[\u4e00-\u9fff（）()、/或]{2,24}[：:]?")
_STACKED_END = re.compile(
    r"(?:文号|名称|姓名|当事人|被处罚人|事实|案由|[)）]|类型|行为|依据|决定|内容|结果|机关|日期|时间|期限|备注|序号|代码|证号|号码|住所|住址|地址|法定代表人)[：:]?$"
)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A labelled value of a table and where its line stands."""

    what: str
    label: str
    value: str
    start: int
    end: int


_PARTY_LABEL = re.compile(
    r"(?:当事人|被处罚|受处罚|相对人|(?:违法|违规|涉案)主体|处罚对象|被罚|受裁罚|裁罚对象|受处分人|名称|姓名)[^\n|｜：:。，；\t]{0,20}(?:[|｜：:\t\n\u3000]|$| {2})"
)
"""Where a text may have a table at all: a label of parties with an end of its cell behind it."""
_GAPS = re.compile(r"\S(?: {2,}|\u3000+)\S[^\n]*?\S(?: {2,}|\u3000+)\S")


def read_tables(reading: Reading, part: Part) -> Iterator[Placed]:
    """Yield the records of the first shape of table that a text holds."""
    if not _PARTY_LABEL.search(part.text):
        return
    bars, gaps = bool(_BARS.search(part.text)), bool(_GAPS.search(part.text))
    shapes = (
        _wide(reading, _lines(part), _BARS) if bars else iter(()),
        _wide(reading, _joined(part), _BARS) if bars else iter(()),
        _turned(reading, part) if bars else iter(()),
        _records(reading, _cells(part)),
        _columned(reading, part),
        _records(reading, _stacked(part)),
        _wide(reading, _lines(part), _SPACES) if gaps else iter(()),
        _records(reading, _inline(part)),
    )
    yield from next((found for shape in shapes if (found := list(shape))), [])


def _what(label: str) -> str:
    bare = re.sub(r"\s+", "", label)
    return next((what for what, pattern in _COLUMNS if pattern.search(bare)), "")


def _split(line: str, bar: re.Pattern[str]) -> list[str]:
    """Return the cells of a row; bars around the whole row are no cells."""
    if line[0] in "|｜" and line[-1] in "|｜" and len(line) > 1:
        line = line[1:-1]
    return [cell.strip() for cell in bar.split(line)]


_Line = tuple[int, int, str]
_ROW_START = re.compile(r"[|｜\s]*[0-9]{1,4}\s*[|｜]")
_LONGEST_ROW = 12
_REST_OF_CELL = re.compile(r"[^|｜：:。]{1,10}")


def _lines(part: Part) -> Iterator[_Line]:
    at = 0
    for line in part.text.splitlines(keepends=True):
        yield at, at + len(line.rstrip()), line.strip(" \u3000\r\n")
        at += len(line)


def _joined(part: Part) -> Iterator[_Line]:
    """The rows of a table whose cells hold line breaks: each counted row from its count to the next, headers as one."""
    row: list[_Line] = []
    width = 0
    for line in _lines(part):
        opens = bool(_ROW_START.match(line[2]))
        whole = "".join(text for _, _, text in row)
        full = bool(width) and len(_BARS.findall(whole)) >= width and not _REST_OF_CELL.fullmatch(line[2])
        if row and (opens or not line[2] or full or len(row) >= _LONGEST_ROW):
            yield row[0][0], row[-1][1], whole
            width = len(_BARS.findall(whole)) if opens and not width else width
            row = []
        if row or _BARS.search(line[2]):
            row.append(line)
        elif line[2]:
            yield line
    if row:
        yield row[0][0], row[-1][1], "".join(text for _, _, text in row)


def _wide(reading: Reading, lines: Iterator[_Line], bar: re.Pattern[str]) -> Iterator[Placed]:
    """One row for each party under a line of headers; a cell left empty repeats the one above."""
    labels: list[str] = []
    header: list[str] = []
    above: dict[str, str] = {}
    for start, end, bare in lines:
        if len(bar.findall(bare)) < _FEWEST_BARS:
            header = [] if bare else header
            continue
        cells = _split(bare, bar)
        kinds = [_what(cell) for cell in cells]
        if (
            len({k for k in kinds if k not in ("", "skip")}) >= _FEWEST_KINDS
            and "party" in kinds
            and not any(_FIGURE.match(cell) for cell in cells)
        ):
            header, labels, above = kinds, cells, {}
        elif header and len(cells) == len(header) and not _RULE.fullmatch(bare):
            row = _row(labels, header, cells)
            for kind in ("number", "authority", "date", "basis"):
                if kind in header:
                    row.setdefault(kind, above.get(kind, ""))
            above = row
            if row.get("party"):
                yield from (((start, end), p) for p in _each(reading, parties_of(row["party"]), row))
        elif bare and not _RULE.fullmatch(bare):
            header = []


def _row(labels: list[str], kinds: list[str], cells: list[str]) -> dict[str, str]:
    """Return the values of a row by what they are; several columns of sanctions are one, parties too."""
    row: dict[str, str] = {}
    for label, kind, cell in zip(labels, kinds, cells, strict=True):
        if kind in ("", "skip") or _EMPTY.fullmatch(cell):
            continue
        value = _with_unit(label, cell) if kind == "sanction" else cell
        if kind in row and kind in ("sanction", "party"):
            row[kind] += ("，" if kind == "sanction" else "；") + value
        else:
            row.setdefault(kind, value)
    return row


def _with_unit(label: str, cell: str) -> str:
    """Return a bare figure with what its header says of it: 罚款金额（万元） over 35 is 罚款35万元."""
    unit = _UNIT.search(label)
    if not _FIGURE.fullmatch(cell):
        return cell
    word = "没收违法所得" if "没收" in label and "罚" not in label else "罚没" if "罚没" in label else "罚款"
    return f"{word}{cell}{unit['unit']}" if unit else ""


def _cells(part: Part) -> Iterator[_Cell]:
    for match in _LABEL_LINE.finditer(part.text):
        label, value = match["label"].strip(), match["value"].strip()
        # 被处罚当事人 | 个人姓名 | 蒋某: the middle cell is the label.
        if value.count("|") == 1:
            label, value = (piece.strip() for piece in value.split("|"))
        what = _what(label)
        if what and "|" not in value:
            bare = _LIST_MARK.sub("", re.sub(r"\s+", "", label))
            yield _Cell(
                what,
                bare,
                _with_unit(label, value) if what == "sanction" else value,
                match.start(),
                match.end(),
            )


def _turned(reading: Reading, part: Part) -> Iterator[Placed]:
    """A table on its side: labels in the first column, a column for each party."""
    rows = [
        (match.start(), match.end(), _split(match.group().strip(), _BARS))
        for match in re.finditer(r"^[^\n|]{2,24}(?:\|[^\n|]*){2,}$", part.text, re.MULTILINE)
    ]
    rows = [row for row in rows if (what := _what(row[2][0])) and what != "skip" and not _is_label(row[2][1])]
    kinds = [_what(cells[0]) for _, _, cells in rows]
    if len(set(kinds)) < _FEWEST_KINDS or "party" not in kinds or len({len(c) for _, _, c in rows}) != 1:
        return
    span = rows[0][0], rows[-1][1]
    for column in range(1, len(rows[0][2])):
        row = _row([cells[0] for _, _, cells in rows], kinds, [cells[column] for _, _, cells in rows])
        if row.get("party") and {"sanction", "number"} & row.keys():
            yield from ((span, penalty) for penalty in _each(reading, parties_of(row["party"]), row))


def _columned(reading: Reading, part: Part) -> Iterator[Placed]:
    """A wide table whose cells each have a line: all headers first, then the values of one row after the other."""
    lines: list[tuple[int, int, str]] = []
    at = 0
    for line in part.text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            lines.append((at, at + len(line.rstrip()), bare))
        at += len(line)
    opens = [_is_label(bare) for _, _, bare in lines]
    first = next((n for n in range(len(opens)) if all(opens[n : n + 4]) and len(opens) > n + 4), None)
    if first is None:
        return
    last = next((n for n in range(first, len(opens)) if not opens[n]), len(opens))
    labels = [bare for _, _, bare in lines[first:last]]
    kinds = [_what(label) for label in labels]
    if "party" not in kinds or len(set(kinds) - {"skip"}) < _FEWEST_KINDS:
        return
    for cells in _rows_of(lines[last:], labels):
        row = _row(labels, kinds, [bare for _, _, bare in cells])
        # A row out of step would give one party another's punishment.
        if not row.get("party") or (
            "number" in kinds and not find_numbers(row.get("number", ""), reading.glossary)
        ):
            return
        span = cells[0][0], cells[-1][1]
        yield from ((span, penalty) for penalty in _each(reading, parties_of(row["party"]), row))


def _rows_of(lines: list[_Line], labels: list[str]) -> Iterator[list[_Line]]:
    """Cut the values of a table into rows: where the first column counts, each begins with its count.

    Of a counted row the last cells may be empty, and so have no line, when nothing is read from them.
    """
    width = len(labels)
    if labels[0] != "序号":
        yield from (lines[n : n + width] for n in range(0, len(lines) - width + 1, width))
        return
    fewest = max(n for n, label in enumerate(labels, 1) if _what(label) != "skip")
    at, count = 0, 1
    while at < len(lines) and lines[at][2] == str(count):
        count += 1
        end = next((n for n in range(at + fewest, len(lines)) if lines[n][2] == str(count)), None)
        cells = lines[at : min(at + width, len(lines))] if end is None else lines[at:end]
        if not fewest <= len(cells) <= width:
            return
        last = cells[-1]
        yield [*cells, *([(last[1], last[1], "")] * (width - len(cells)))]
        at += len(cells)


def _is_label(bare: str) -> bool:
    return bool(_STACKED.fullmatch(bare) and _STACKED_END.search(bare) and _what(bare.strip("：:")))


_INLINE = re.compile(
    r"(?:^|(?<=[；;，,。 \u3000]))(?:[0-9一二三四五六七八九十]{1,3}[、.．])?(?P<label>[\u4e00-\u9fff（）]{2,20})[：:]",
    re.MULTILINE,
)
_FEWEST_INLINE = 3


def _inline(part: Part) -> Iterator[_Cell]:
    """Labels with their values one after the other in a line: 当事人：甲银行；文号：…；处罚内容：罚款5万元。"""
    at = 0
    for line in part.text.splitlines(keepends=True):
        start, at = at, at + len(line)
        labels = [m for m in _INLINE.finditer(line) if _STACKED_END.search(m["label"]) and _what(m["label"])]
        if len(labels) < _FEWEST_INLINE:
            continue
        for label, following in zip_longest(labels, labels[1:]):
            end = following.start() if following else len(line)
            value = line[label.end() : end].strip(" \u3000\r\n；;，,。")
            yield _Cell(
                _what(label["label"]),
                label["label"],
                value,
                start + label.start("label"),
                start + label.end() + len(value),
            )


def _stacked(part: Part) -> Iterator[_Cell]:
    """Labels on lines of their own, each over its value."""
    label, start, values = "", 0, list[str]()
    at = end = 0
    for line in (*part.text.splitlines(keepends=True), ""):
        begin, at = at, at + len(line)
        bare = line.strip()
        if _is_label(bare) or not line:
            if label and values:
                yield _Cell(_what(label), label, "".join(values), start, end)
            label, start, values = bare.strip("：:"), begin, []
        elif bare:
            values.append(bare)
            end = begin + len(line.rstrip())


def _records(reading: Reading, cells: Iterator[_Cell]) -> Iterator[Placed]:
    """Several tables on one page: a label that comes again begins the next one."""
    record: list[_Cell] = []
    for cell in cells:
        if any(seen.label == cell.label for seen in record):
            yield from _record(reading, record)
            record = []
        record.append(cell)
    yield from _record(reading, record)


def _record(reading: Reading, cells: list[_Cell]) -> Iterator[Placed]:
    row: dict[str, str] = {}
    parties: list[str] = []
    for cell in cells:
        if cell.what == "skip" or _EMPTY.fullmatch(cell.value):
            continue
        if cell.what == "party":
            parties += parties_of(cell.value)
        elif cell.what == "sanction" and "sanction" in row:
            row["sanction"] += "，" + cell.value
        else:
            row.setdefault(cell.what, cell.value)
    if parties and {"sanction", "number"} & row.keys():
        span = (cells[0].start, cells[-1].end)
        yield from ((span, penalty) for penalty in _each(reading, tuple(parties), row))


def _each(reading: Reading, parties: tuple[str, ...], row: dict[str, str]) -> Iterator[Penalty]:
    """Divide a decision among its parties: clauses that name parties hold for those, sums one by one for each."""
    said = row.get("sanction", "")
    clauses = {
        name_and_role(name)[0]: what
        for match in CLAUSE.finditer(said)
        for names in [parties_of(match["party"])]
        for name, what in zip(names, shares(len(names), match["what"]), strict=True)
    }
    named = {name: what for name, what in clauses.items() if any(_same(name, p) for p in parties)}
    # Whom only the cell of the punishment names has his own: 罚款55万元；对责任人张某给予警告.
    others = {name: what for name, what in clauses.items() if name not in named and "某" in name}
    for match in CLAUSE.finditer(said) if others else ():
        if any(name_and_role(name)[0] in others for name in parties_of(match["party"])):
            said = said.replace(match.group(), "")
    for party, share in zip(parties, shares(len(parties), "" if named else said), strict=True):
        own = next((what for name, what in named.items() if _same(name, party)), share)
        yield _penalty(reading, party, {**row, "sanction": own})
    for name, what in others.items():
        yield _penalty(reading, name, {**row, "sanction": what})


def _same(short: str, party: str) -> bool:
    """Whether a clause means a party by its name, short or in full."""
    name = name_and_role(party)[0]
    return short in name or name in short


def _penalty(reading: Reading, party: str, row: dict[str, str]) -> Penalty:
    """Make the record of one row. ``row``: values by what they are."""
    name, role = name_and_role(party)
    authority = resolve(reading, row["authority"]) if row.get("authority") else None
    day = parse_date(row["date"]) if row.get("date") else None
    numbers = find_numbers(row.get("number", ""), reading.glossary)
    return Penalty(
        party=name,
        role=role,
        person=is_person(name),
        sanctions=sanctions(row.get("sanction", ""), reading.source.jurisdiction),
        violation=row.get("violation", ""),
        basis=row.get("basis", ""),
        authority=authority.id if authority else "",
        number=numbers[0].value if numbers else row.get("number", ""),
        date=day.isoformat() if day else "",
    )
