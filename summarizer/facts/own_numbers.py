"""Which of the numbers in an item are its own (``document_number``) and which it only cites (``citation``).

Own is what a label, the title, a line of its own at the head, or the words of release say; and the number under
which the publisher's own register keeps the page.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dibao.store import Fact

from . import own_numbers_en as english
from .days import EN_DATE, parse_date
from .numbers import Found, normal_number
from .reading import Part, Reading, sentence_at, sentence_number

_MOST = 200
_OWN_LABELS = (
    "发文字号", "文号", "发布文号", "行政处罚决定书文号", "行政处罚决定文号", "决定书文号", "处罚决定书文号", "许可证号",
    "發文字號", "ReferenceNo", "ReferenceNumber", "Reference", "RefNo", "refNo", "ReleaseNo", "ReleaseNumber", "documentNo", "DocumentNumber", "Documentnumber",
    "OurRef", "OurRef.", "檔號", "档号",
)  # fmt: skip
_CITED_AS = ("Citation", "CELEX", "CELEXnumber")
"""Labels of how others cite the document."""
_REGISTERED = re.compile(
    r"[?&]refNo=([0-9]{2}(?:PR|EC|CP|CC)[0-9]{1,4})\b|/press-releases/(20[0-9]{2}-[0-9]{1,4})/?$|CELEX(?::|%3A)(3[0-9]{4}[A-Z][0-9]{4})"
)
"""What an address says of the register that a page stands in: SFC reference, SEC press release, CELEX."""
_HEAD = 1500
_ISSUED = re.compile(r"发布|印发|下发|公布|出台|颁布|制定|修订|issued|published|released", re.IGNORECASE)
_LINE_MAX = 60
_RANGE = re.compile(r"(?P<series>[\u4e00-\u9fff]*〔[0-9]{4}〕)(?P<first>[0-9]{1,7})-(?P<last>[0-9]{1,7})号")
_SINGLE = re.compile(r"(?P<series>[\u4e00-\u9fff]*〔[0-9]{4}〕)(?P<serial>[0-9]{1,7})号")


def read_numbers(reading: Reading, *, type: str, issuers: tuple[Fact, ...]) -> Iterator[Fact]:
    """Yield the item's own numbers, the document's before the register's, then every other number as a citation.

    ``type``: the document type; a page that explains a document does not take its number. ``issuers``: the one whose
    decision it is; a number that does not name it is completed by its name.
    """
    seen: set[str] = set()
    for fact in (_of_issuer(reading, fact, issuers) for fact in _own(reading, type)):
        if fact.value not in seen:
            seen |= {fact.value, *fact.value.split(",")}
            yield fact
    ranges = [value for value in seen if "-" in value]
    for part in reading.parts:
        for number in reading.numbers(part):
            if number.value not in seen and len(seen) < _MOST and "网信算备" not in number.value:
                own = any(covers(span, number.value) for span in ranges)
                seen.add(number.value)
                yield reading.fact(
                    "document_number" if own else "citation", number.value, part, (number.start, number.end)
                )


_NOBODYS = re.compile(r"(?:行政处罚|行政监管措施|市场禁入)决定书?〔")


def _of_issuer(reading: Reading, fact: Fact, issuers: tuple[Fact, ...]) -> Fact:
    """Return the number of a decision with the name of its body, as the decision itself bears it; a branch stays unsaid."""
    if len(issuers) != 1 or issuers[0].value.endswith("-branch") or not _NOBODYS.match(fact.value):
        return fact
    return replace(fact, value=reading.glossary.preferred(issuers[0].value).zh + fact.value)


def covers(span: str, number: str) -> bool:
    """Return whether a range (银罚决字〔2026〕21-23号) holds a single number (银罚决字〔2026〕22号)."""
    whole = _RANGE.fullmatch(span)
    single = _SINGLE.fullmatch(number)
    return bool(
        whole
        and single
        and whole["series"] == single["series"]
        and int(whole["first"]) <= int(single["serial"]) <= int(whole["last"])
    )


def _own(reading: Reading, type_: str) -> Iterator[Fact]:
    label = _from_label(reading)
    stated = [label] if label else _from_title(reading) or _from_head(reading)
    if not stated and reading.source.id == "us-federalregister":
        stated = list(_filed_as(reading))
    if not stated and reading.lang == "en" and reading.item.column != "news":
        stated = _listed(_own_reference(reading))
    if label and reading.source.id == "us-federalregister":
        stated += [fact for fact in _from_head(reading) if fact.value.startswith("Release No.")][:1]
    of_others = _OF_OTHERS if reading.lang == "zh" else {"speech"}
    if not stated and type_ not in of_others:
        stated = _listed(_beside_title(reading))
    if not stated and type_ not in of_others - {"consultation"}:
        stated = _listed(_announced(reading, type_))
    yield from stated
    if reading.official:
        yield from _registered(reading)
        if type_ in _DECISIONS:
            yield from _from_tables(reading)


_OF_OTHERS = frozenset(
    {"qa", "interpretation", "conclusions", "speech", "consultation", "reply_to_proposal", "correction"}
)
"""Types whose text gives numbers of other papers only: a draft stands beside the number of what it will replace."""
_DECISIONS = frozenset({"penalty", "supervisory_measure", "market_ban", "licence"})


def _from_tables(reading: Reading) -> Iterator[Fact]:
    """Every number that has a line or a cell of its own on a page of decisions: one page, several decisions."""
    if reading.lang == "en":
        return
    for part in reading.body:
        for number in reading.numbers(part):
            if number.value.endswith("号") and (_alone(reading, part, number) or _in_cell(part, number)):
                yield reading.fact("document_number", number.value, part, (number.start, number.end))


def _in_cell(part: Part, number: Found) -> bool:
    """Whether a number fills a cell of a table (1 | 甲银行 | 金罚决字〔2026〕3号 | 罚款5万元) or stands behind its label."""
    before = part.text[max(0, number.start - _LINE_MAX) : number.start]
    after = part.text[number.end : number.end + _LINE_MAX]
    cell = _CELL_BEFORE.search(before) and _CELL_AFTER.match(after)
    return bool(cell or _NUMBER_LABEL.search(before))


_CELL_BEFORE = re.compile(r"(?:[|｜\t]| {2}|\u3000)[ \u3000]*$")
_CELL_AFTER = re.compile(r"[ \u3000]*(?:[|｜\t\n]|$)| {2}|\u3000")
_NUMBER_LABEL = re.compile(r"(?:处罚)?决定书?(?:文号|编号)[：:]\s{0,3}$")


def _listed(fact: Fact | None) -> list[Fact]:
    return [fact] if fact else []


def _from_label(reading: Reading) -> Fact | None:
    part = reading.label(*_OWN_LABELS)
    if part is None:
        return None
    numbers = reading.numbers(part)
    if numbers:
        return reading.fact("document_number", numbers[0].value, part, (numbers[0].start, numbers[0].end))
    bare = part.text.strip()
    if not re.search("[0-9]", bare) or len(bare) > _LINE_MAX:
        return None
    start = part.text.index(bare)
    return reading.fact("document_number", normal_number(bare), part, (start, start + len(bare)))


def _filed_as(reading: Reading) -> Iterator[Fact]:
    """The number of a gazette's document in its last line, where the page has no label for it."""
    for part in reading.body:
        if "FR Doc." in part.text and (match := english.FILED_AS.search(part.text)):
            yield reading.fact("document_number", match["number"], part, match.span("number"))
            return


def _from_title(reading: Reading) -> list[Fact]:
    """A number that opens a title, or stands at its end in brackets or alone, is the document's own; so are those beside it."""
    text = reading.title.text
    numbers = reading.numbers(reading.title)
    for place, number in enumerate(numbers):
        before, after = text[: number.start].strip(), text[number.end :].strip()
        opens = (
            not before
            or (before in "（(【[" and len(before) == 1)
            or _names_paper(reading, before)
            # 澳门金融管理局第006/2026-AMCM号通告
            or ((before == "第" or before.endswith("局第")) and after.startswith("号"))
        )
        closes = after in ("", ")", "）", "】", "]") and not re.search(
            r"(?:贯彻|落实|执行|废止|修改|关于|转发|根据)$|\b(?:on|under|to|of|for|with|in|by|and|implementing|amending|supplementing|rescinding|withdrawing)$",
            before,
        )
        if (opens or closes) and _may_own(reading, number.value):
            confidence = 1.0 if reading.official else 0.8
            beside = _beside(reading, reading.title, numbers[place:]) if opens else [number]
            return [
                reading.fact(
                    "document_number", n.value, reading.title, (n.start, n.end), confidence=confidence
                )
                for n in beside
            ]
    return []


def _beside(reading: Reading, part: Part, numbers: Sequence[Found]) -> list[Found]:
    """The first number and those that follow it, each with only a stroke, a comma or ``and`` before it."""
    own = [*numbers[:1]]
    for number in numbers[1:] if reading.lang == "en" else ():
        joined = english.BESIDE.fullmatch(part.text, own[-1].end, number.start)
        last = english.AFTER_BESIDE.match(part.text, number.end)
        if not joined or not last or not _may_own(reading, number.value):
            break
        own.append(number)
    return own


def _own_reference(reading: Reading) -> Fact | None:
    """The sender's reference at the head of a letter, whatever its shape."""
    for part in reading.body:
        match = english.OUR_REFERENCE.search(part.text, 0, _HEAD)
        if match and reading.official and re.search("[0-9]", match["number"]):
            return reading.fact("document_number", normal_number(match["number"]), part, match.span("number"))
    return None


def _names_paper(reading: Reading, words: str) -> bool:
    """Whether words before a number only name the paper or its body: Consultation Paper, FINMA."""
    if english.PAPER_NAME.fullmatch(words):
        return True
    return reading.lang == "en" and len(words) <= _LINE_MAX and reading.glossary.body_of(words) is not None


def _from_head(reading: Reading) -> list[Fact]:
    """Numbers alone on a line near the head of an official text are the document's own: the first such line."""
    if not reading.official:
        return []
    for part in reading.body:
        if part.field == "summary":
            continue
        numbers = reading.numbers(part)
        for place, number in enumerate(numbers):
            if number.end > _HEAD:
                break
            if _may_own(reading, number.value) and _alone(reading, part, number):
                beside = [n for n in numbers[place:] if _REFERENCES.fullmatch(part.text, number.start, n.end)]
                beside += _beside(reading, part, numbers[place:])
                beside += _further_releases(reading, part, numbers[place:])
                return [
                    reading.fact("document_number", n.value, part, (n.start, n.end))
                    for n in {n.start: n for n in (number, *beside)}.values()
                ]
        break
    return []


def _further_releases(reading: Reading, part: Part, numbers: Sequence[Found]) -> list[Found]:
    """The releases of one order under each of the acts that it rests on, each on a line of its own with its day."""
    if not numbers[0].value.startswith("Release No. "):
        return []
    return [
        number
        for number in numbers[1:]
        if number.end <= _HEAD
        and number.value.startswith("Release No. ")
        and english.RELEASED_ON.match(part.text, number.end)
        and _alone(reading, part, number)
    ]


_HEAD_LINE = re.compile(
    r"\s*(?:(?:特急|加急|急件|平急|第(?=[0-9]))\s*)?[\[（(]?(?:(?:发文字号|发文文号|编号|(?:被)?(?:行政)?(?:处罚|许可|监管措施)?(?:决定书?)?文\s?号|(?:本[局会署])?档号)\s?[:：|]\s?)?"
)
_HEAD_LINE_EN = re.compile(rf"[\s\[（(]*{english.HEAD_LABEL}")


def _alone(reading: Reading, part: Part, number: Found) -> bool:
    before = part.text[max(0, number.start - _LINE_MAX) : number.start].rpartition("\n")[2]
    after = part.text[number.end : number.end + _LINE_MAX].partition("\n")[0]
    if not (_HEAD_LINE.fullmatch(before) or _HEAD_LINE_EN.fullmatch(before)):
        name = before.strip().rstrip(":|–—-").strip()
        if reading.lang == "zh" or not (name and _names_paper(reading, name)):
            return False
    after = after.strip()
    return (
        after in ("", ")", "）", "]")
        or after[0] in ";,/|&"
        or _REFERENCE.match(after) is not None
        or _AFTER_OWN.match(after) is not None
    )


_REFERENCES = re.compile(r"[BGC0-9/ ,;\n]{4,60}")
_REFERENCE = re.compile(r"[BG][0-9]{1,2}/[0-9]{1,3}C\b")
"""A second reference of the same circular on its line."""
_AFTER_OWN = re.compile(
    r"\s*(?:签发人|[号號](?:通告|传阅文件)\s*$|[（(](?:此件|公开)|\([CLSNI.]{1,4} ?[0-9])"
)
_ACTS_ON_OTHERS = re.compile(
    r"修改|修订|废止|修正|转发|延长|延期|更正|勘误|停止执行|失效|解释|贯彻|落实|执行"
)
"""Words of a title after which a number beside the named document is that document's, not the paper's own."""
_NAMED = re.compile(r"《(?P<name>[^《》]{2,120})》\s{0,3}[（(]\s?(?P<lead>[^（）()]{0,12}[，、])?")


def _beside_title(reading: Reading) -> Fact | None:
    """A number in brackets right after the title of what the item is about: 发布《…》（金规〔2024〕24号）."""
    title = _bare(reading.title.text)
    for part in reading.body:
        text = part.text[: _HEAD * 2]
        numbers = {n.start: n for n in reading.numbers(part)}
        for match in _NAMED.finditer(text):
            # （金规〔2026〕7号，以下简称《通知》） as well as （2026年4月3日，金规〔2026〕7号）
            number = numbers.get(match.end()) or (match["lead"] and numbers.get(match.start("lead"))) or None
            if number is None or not _may_own(reading, number.value):
                continue
            clause = text[max(0, match.start() - 60) : match.start()].replace("；", "。").rpartition("。")[2]
            if _ACTS_ON_OTHERS.search(title) or not _recent(reading, number.value):
                continue
            about = _bare(match["name"]) in title
            if about or (not reading.official and _ISSUED.search(clause) and "根据" not in clause):
                return reading.fact(
                    "document_number", number.value, part, (number.start, number.end), confidence=0.9
                )
    return None


_ANNOUNCED_ZH = re.compile(
    r"(?:发出|发布|印发|公布|公示|推出|刊发|刊登|通过|出台)[^。；！？\n]{0,40}?"
    r"(?:通函|通告|公告|通知|文件|指引|指南|办法|规定|规则|新规|信息|决定书|函件|声明)[（(]?(?:档号|文号|编号|参考编号)?[:：]?\s?$"
    r"|(?:印发|下发)[了的]?\s?$"
)


def _announced(reading: Reading, type_: str) -> Fact | None:
    """The number that a press release or a report gives to what it announces."""
    for part in (reading.title, *reading.body[:2]):
        for number in reading.numbers(part):
            named = re.match(r"[\u4e00-\u9fff]{2,12}书\s?[（(]", part.text[number.start : number.end])
            begin = number.start + (named.end() if named else 0)
            before = part.text[max(0, begin - 160) : begin]
            if not _may_own(reading, number.value) or not _recent(reading, number.value):
                continue
            if type_ == "conclusions" and english.CONSULTS.match(number.value):
                continue
            if _ANNOUNCED_ZH.search(before) if reading.lang == "zh" else _announced_en(reading, part, number):
                return reading.fact(
                    "document_number", number.value, part, (number.start, number.end), confidence=0.9
                )
    return None


_NEWS_SENTENCES = 2


def _announced_en(reading: Reading, part: Part, number: Found) -> bool:
    first, last = sentence_at(part, number.start)
    before = part.text[max(0, number.start - 160) : number.start]
    if english.PAPER_OPENS.search(before) and english.SAYS_ITSELF.match(part.text, number.end):
        return True
    opening = part.field == "title" or sentence_number(part, number.start) < _NEWS_SENTENCES
    right_before = opening and english.ISSUED_RIGHT_BEFORE.search(before[-(number.start - first) :])
    further = opening and english.ANNOUNCED_FURTHER.search(before)
    if not right_before and not further and not english.ANNOUNCED.search(before):
        return False
    if further and re.match("Regulation|Directive|Decision", number.value):
        return False
    published = reading.item.published
    year = english.YEAR.search(number.value)
    if year and published and published.day.year - int(year.group()) > english.OLDEST:
        return False
    told = list(english.PAST.finditer(part.text, first, number.start))
    told += english.PAST.finditer(part.text, number.end, last)
    return not any(published is None or _other_day(m.group(), published.day) for m in told)


def _other_day(words: str, day: date) -> bool:
    """Whether words of time mean another day than this."""
    written = re.search(EN_DATE, words)
    return written is None or parse_date(written.group()) != day


def _registered(reading: Reading) -> Iterator[Fact]:
    """The number that the publisher's register has for this page: by label, or in its address."""
    part = reading.label(*_CITED_AS)
    if part is not None:
        value = part.text.strip()
        start = part.text.index(value)
        yield reading.fact("document_number", normal_number(value), part, (start, start + len(value)))
    match = _REGISTERED.search(reading.item.url)
    if match:
        value = normal_number(next(group for group in match.groups() if group))
        yield reading.fact(
            "document_number", value, reading.title, (0, 0), shown=value, method="source", confidence=0.9
        )


def _recent(reading: Reading, value: str) -> bool:
    """Whether the year in a number is that of the publication or the year before; what is older was there already."""
    year = re.search(r"〔([0-9]{4})〕", value)
    published = reading.item.published
    return year is None or published is None or int(year[1]) >= published.day.year - 1


def _bare(text: str) -> str:
    return re.sub(r"[\s《》〈〉“”]+", "", text)


def _may_own(reading: Reading, value: str) -> bool:
    """Chinese numbers always; of the others only the series that number documents, not laws or dockets."""
    by = english.OF_SOURCE.get(value[:2], reading.source.id)
    return bool(re.search("[号號]$", value)) or (
        english.OWNABLE.search(value) is not None and by == reading.source.id
    )
