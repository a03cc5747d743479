"""Penalties: who was punished, how, for what, by whom, under which number, on which day.

Reads the shapes in which regulators publish them: a wide table with a row for each party, tables of labels and
values, the operative part of a decision (对…给予警告), a sentence of a report, an English release. A person is named
exactly as the source names him.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dibao.store import Fact, Penalty, Sanction, penalty_value

from .amounts import find_amounts
from .bodies import resolve
from .days import parse_date
from .numbers import find_numbers
from .parties_en import FIRM
from .penalties_en import read_english
from .reading import Part, Reading
from .scan import near

TYPES = frozenset({"penalty", "enforcement", "market_ban", "supervisory_measure"})
_MOST = 200
# The first that fits a table's label decides what its value is.
_COLUMNS = (
    ("skip", re.compile(r"法定代表人|公示|备注|序号|证件|信用代码|性别|年龄|住所|地址|单位$")),
    ("number", re.compile(r"文号|决定书号|案号")),
    ("authority", re.compile(r"机关|机构名称|作出单位")),
    ("date", re.compile(r"日期|时间")),
    ("basis", re.compile(r"依据")),
    ("violation", re.compile(r"违法|违规|案由|事实")),
    ("sanction", re.compile(r"(?:处罚|决定)内容|处罚决定|处罚结果|处罚种类|处罚措施|行政处罚$|监管措施")),
    ("party", re.compile(r"当事人|被处罚|被罚|名称|姓名")),
)
_FEWEST_BARS = 3
"""A table with a row for each party has four columns at least."""
_ROW_SPLIT = re.compile(r"\s*\|\s*")
_EMPTY = re.compile(r"[\s\-—–－/／无]*")
_LABEL_LINE = re.compile(r"^(?P<label>[^|：:\n]{2,24})\s?[|：:]\s?(?P<value>[^\n]*)$", re.MULTILINE)
_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("warning", re.compile(r"警告")),
    ("public_criticism", re.compile(r"通报批评")),
    ("reprimand", re.compile(r"谴责")),
    ("correction", re.compile(r"责令(?:[^，。；]{0,8})?改正")),
    ("suspension", re.compile(r"停业整顿|责令停业|暂停[^，。；]{2,30}(?:业务|资格|许可)|责令停止接受新业务")),
    ("revocation", re.compile(r"吊销[^，。；]{0,20}(?:许可证|执照|资格|牌照)")),
    ("disqualification", re.compile(r"(?:取消|撤销)[^，。；]{0,24}(?:任职资格|从业资格|任职)")),
    ("industry_ban", re.compile(r"禁止[^，。；]{0,24}从事[^，。；]{2,16}(?:工作|业务|行业)|(?:禁止|终身)(?:进入|从事)[^，。；]{0,10}(?:业|行业)")),
    ("market_ban", re.compile(r"市场禁入")),
)  # fmt: skip
_MONEY_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("total", re.compile(r"(?:罚没(?:款|金额)?|合计|共计|共罚没)[^，。；0-9]{0,6}$")),
    ("confiscation", re.compile(r"(?:没收|追缴)[^，。；0-9]{0,16}$")),
    ("fine", re.compile(r"(?:罚款|处罚金|处以|罚金|罚)(?:，(?:金额)?计)?[^，。；0-9]{0,8}$")),
)
_FINE_AFTER = re.compile(r"^\s?(?:的)?(?:人民币)?罚(?:款|金)")
_CLAUSE = re.compile(
    r"对(?P<party>[^，。；：、\n对]{2,60}?)(?:[（(](?P<role>[^（）()]{2,60})[)）])?(?:，|、)?"
    r"(?P<what>(?:处以|并处|处|罚|责令|给予|采取|警告|通报|没收|予以|作出|终身|禁止|取消|吊销|暂停|合计)[^；。\n]{0,200})"
)
_DEALT = r"(?:处以|处|罚|责令|警告|没收|谴责|通报批评|给予|采取|暂停|撤销|取消|吊销)"
_PASSIVE = re.compile(
    r"(?P<party>[\u4e00-\u9fffA-Za-z（）()·&. ]{2,40}?(?:公司|银行|支行|分行|基金|企业|中心|协会|事务所|集团|Limited|Ltd|LLC|Inc\.?|LP))"
    r"(?!股份|有限|责任|集团|分|公示|公布|发布|通报|宣布|决定|对|网站|官网|监督|业)"
    rf"[^。；\n]{{0,200}}?被(?P<what>{_DEALT}(?:(?!，(?:时任|两名|[一二三四五六七八九十]名|相关|有关|其)|时任)[^；。\n]){{0,160}})"
    rf"|(?P<role>(?:时任|现任)[^，。；\n]{{0,20}}?(?:董事长|总经理|行长|副行长|总裁|董事|经理|主任|财务总监|负责人))(?P<person>[\u4e00-\u9fff]{{2,3}}?)(?:也|亦)?被(?P<what2>{_DEALT}[^；。，\n]{{0,80}})"
)
_BY = re.compile("被")
_PERSON_ZH = re.compile(r"[\u4e00-\u9fff某·×＊*]{2,4}(?:[、和及][\u4e00-\u9fff某·×＊*]{2,4}){0,9}")
_FIRM = re.compile(
    r"公司|银行|支行|分行|企业|合伙|中心|基金|集团|协会|事务所|联社|信用社|机构|单位|工厂|商行|社$|厂$|店$|部$"
    r"|(?:科技|证券|保险|信托|期货|支付|网络|传媒|控股|租赁|医药|能源|地产)$"
)
_ROLE = re.compile(
    r"(?P<name>[^（）()]{2,40})[（(](?P<role>(?:时任|现任|原任|系|任|担任)[^（）()]{2,80}(?:[（(][^（）()]{1,30}[)）][^（）()]{0,30})?)[)）]"
)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A labelled value of a table and where its line stands."""

    what: str
    label: str
    value: str
    start: int
    end: int


def read_penalties(reading: Reading, types: tuple[Fact, ...], said: tuple[Fact, ...]) -> Iterator[Fact]:
    """Yield one fact for each decision against one party; nothing when the item is no act of punishment.

    ``said``: the item's issuers, own numbers and dates, for what a decision in prose does not say of itself.
    """
    if not types or types[0].value not in TYPES:
        return
    found = 0
    for part in reading.body:
        if part.field == "summary" and any(p.field == "text" for p in reading.body):
            continue
        for span, penalty in _penalties(reading, part):
            if (penalty.sanctions or penalty.number) and found < _MOST:
                found += 1
                penalty = _completed(penalty, said) if reading.official else penalty
                yield reading.fact(
                    "penalty", penalty_value(penalty), part, span, shown=penalty.party,
                    confidence=1.0 if reading.official else 0.8,
                )  # fmt: skip
        if found:
            return


def _completed(penalty: Penalty, said: tuple[Fact, ...]) -> Penalty:
    """Fill in who decided, under which number and when, from the page itself where it says so once for all."""
    issuers = [fact.value for fact in said if fact.kind == "issuer"]
    numbers = [fact.value for fact in said if fact.kind == "document_number"]
    signed = [fact.value for fact in said if fact.kind == "date_signed"]
    return replace(
        penalty,
        authority=penalty.authority or ",".join(issuers),
        number=penalty.number or (numbers[0] if len(numbers) == 1 else ""),
        date=penalty.date or (signed[0] if len(signed) == 1 else ""),
    )


def _penalties(reading: Reading, part: Part) -> Iterator[tuple[tuple[int, int], Penalty]]:
    if reading.lang == "en":
        yield from read_english(reading, part)
        return
    tables = list(_wide(reading, part)) or list(_labelled(reading, part))
    yield from tables or _prose(reading, part)


# Tables


def _what(label: str) -> str:
    bare = re.sub(r"\s+", "", label)
    return next((what for what, pattern in _COLUMNS if pattern.search(bare)), "")


def _wide(reading: Reading, part: Part) -> Iterator[tuple[tuple[int, int], Penalty]]:
    """One row for each party under a line of headers; a cell left empty repeats the one above."""
    if part.text.count("|") < _FEWEST_BARS:
        return
    header: list[str] = []
    above: dict[str, str] = {}
    at = 0
    for line in part.text.splitlines(keepends=True):
        start, at = at, at + len(line)
        bare = line.rstrip()
        if bare.count("|") < _FEWEST_BARS:
            header = [] if bare else header
            continue
        cells = _ROW_SPLIT.split(bare.strip())
        kinds = [_what(cell) for cell in cells]
        if (
            len(cells) > _FEWEST_BARS
            and len({k for k in kinds if k not in ("", "skip")}) >= 3
            and "party" in kinds
        ):
            header, above = kinds, {}
        elif header and len(cells) == len(header):
            row = {kind: cell for kind, cell in zip(header, cells, strict=True) if not _EMPTY.fullmatch(cell)}
            for kind in ("number", "authority", "date", "basis"):
                if kind in header:
                    row.setdefault(kind, above.get(kind, ""))
            above = row
            if row.get("party"):
                yield (start, start + len(bare)), _penalty(reading, row["party"], row)
        elif bare:
            header = []


def _labelled(reading: Reading, part: Part) -> Iterator[tuple[tuple[int, int], Penalty]]:
    """Tables of labels and values, several on one page: a label that comes again begins the next one."""
    record: list[_Cell] = []
    for cell in _cells(part):
        if any(seen.label == cell.label for seen in record):
            yield from _record(reading, record)
            record = []
        record.append(cell)
    yield from _record(reading, record)


def _cells(part: Part) -> Iterator[_Cell]:
    for match in _LABEL_LINE.finditer(part.text):
        label, value = match["label"].strip(), match["value"].strip()
        # 被处罚当事人 | 个人姓名 | 蒋某: the middle cell is the label.
        if value.count("|") == 1:
            label, value = (piece.strip() for piece in value.split("|"))
        what = _what(label)
        if what and "|" not in value:
            yield _Cell(what, re.sub(r"\s+", "", label), value, match.start(), match.end())


def _record(reading: Reading, cells: list[_Cell]) -> Iterator[tuple[tuple[int, int], Penalty]]:
    row: dict[str, str] = {}
    parties: list[str] = []
    for cell in cells:
        if cell.what == "party" and not _EMPTY.fullmatch(cell.value):
            parties += [name for name in re.split(r"[；;\n]", cell.value) if name.strip()]
        elif cell.what not in ("skip", "party") and not _EMPTY.fullmatch(cell.value):
            row.setdefault(cell.what, cell.value)
    if not parties or not ({"sanction", "number"} & row.keys()):
        return
    span = (cells[0].start, cells[-1].end)
    clauses = {m["party"].strip(): m["what"] for m in _CLAUSE.finditer(row.get("sanction", ""))}
    if clauses:
        row["sanction"] = ""
    for party in parties:
        name = _ROLE.sub(r"\g<name>", party).strip()
        # A sanction that names parties, short or in full, holds for those; one that names none holds for all.
        own = next((what for who, what in clauses.items() if who in name or name in who), None)
        yield span, _penalty(reading, party, row if own is None else {**row, "sanction": own})


def _penalty(reading: Reading, party: str, row: dict[str, str]) -> Penalty:
    """Make the record of one row. ``row``: values by what they are."""
    name, role = _name(party)
    authority = resolve(reading, row["authority"]) if row.get("authority") else None
    day = parse_date(row["date"]) if row.get("date") else None
    numbers = find_numbers(row.get("number", ""), reading.glossary)
    return Penalty(
        party=name,
        role=role,
        person=_is_person(name),
        sanctions=sanctions(row.get("sanction", ""), reading.source.jurisdiction),
        violation=row.get("violation", ""),
        basis=row.get("basis", ""),
        authority=authority.id if authority else "",
        number=numbers[0].value if numbers else row.get("number", ""),
        date=day.isoformat() if day else "",
    )


def _name(party: str) -> tuple[str, str]:
    match = _ROLE.fullmatch(party.strip())
    return (match["name"].strip(), match["role"].strip()) if match else (party.strip(), "")


def _is_person(name: str) -> bool:
    if re.search("[\u4e00-\u9fff]", name):
        return not _FIRM.search(name) and _PERSON_ZH.fullmatch(re.sub(r"\s+", "", name)) is not None
    return not FIRM.search(name) and len(name.split()) <= 4 and len(name) > 3


def sanctions(text: str, jurisdiction: str) -> tuple[Sanction, ...]:
    """Return the measures that a Chinese text of punishment states, in its order, amounts with their measure."""
    found: list[tuple[int, Sanction]] = [
        (match.start(), Sanction(key=key))
        for key, pattern in _MEASURES
        for match in [pattern.search(text)]
        if match
    ]
    for start, end, value in find_amounts(text, jurisdiction):
        if value.startswith(("PCT ", "BP ")):
            continue
        before = text[max(0, start - 30) : start]
        key = "fine" if _FINE_AFTER.match(text[end : end + 10]) else ""
        key = key or next((key for key, pattern in _MONEY_BEFORE if pattern.search(before)), "")
        if key:
            found.append((start, Sanction(key=key, amount=value)))
    if "没收" in text and not any(s.key == "confiscation" for _, s in found):
        found.append((text.index("没收"), Sanction(key="confiscation")))
    return tuple(dict.fromkeys(sanction for _, sanction in sorted(found, key=lambda f: f[0])))


# Prose


def _prose(reading: Reading, part: Part) -> Iterator[tuple[tuple[int, int], Penalty]]:
    """Clauses of a decision (对甲公司给予警告，并处以…罚款) and of reports (甲公司因…被罚款…)."""
    basis = re.search(
        r"(?:依据|根据)(?P<basis>《[^《》]{2,60}》第[^，。；\n]{1,60}?)(?:的?规定)?[，,]", part.text
    )
    seen: set[str] = set()
    for matches in (_CLAUSE.finditer(part.text), near(_PASSIVE, part.text, _BY, before=300, after=200)):
        for match in matches:
            found = match.groupdict()
            measures = sanctions(found["what"] or found.get("what2") or "", reading.source.jurisdiction)
            name = found["party"] or found.get("person") or ""
            name = re.sub(r"^.*?(?:获悉|公布|宣布|决定|一是|二是|其中)", "", name).strip(" ，、")
            if not measures or len(name) < 2 or name in seen or not _party_like(name):
                continue
            seen.add(name)
            penalty = Penalty(
                party=name,
                role=found["role"] or "",
                person=_is_person(name),
                sanctions=measures,
                basis=basis["basis"] if basis else "",
            )
            yield match.span(), penalty
        if seen:
            return


def _party_like(name: str) -> bool:
    return bool(
        _FIRM.search(name)
        or "某" in name
        or FIRM.search(name)
        or re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", name)
    )
