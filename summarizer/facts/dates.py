"""The dates of a document, each of its own kind: signed, published, effective, comment deadline, expiry.

A phrase decides the kind. A date relative to one that is not known, a date with blanks
and a date without a year give no fact.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dibao.store import Fact, FactKind

from .bodies import signers
from .days import DATE, DAY, EN_DATE, dated, parse_date
from .deadlines import HEARING, read_deadline
from .deadlines_en import hearing_english
from .effects import COMPLIANCE, read_effective, read_expiry
from .effects_en import beginnings_of_union, compliance_english
from .gazettes import Base
from .reading import Part, Reading
from .signatures import signed_blocks
from .signed_en import signed_decision, signed_english, signed_reported

_LABELS: dict[str, FactKind] = {
    "成文日期": "date_signed", "发文日期": "date_signed", "作出处罚决定的日期": "date_signed",
    "作出行政处罚决定的日期": "date_signed", "作出行政处罚决定日期": "date_signed", "作出处罚决定日期": "date_signed",
    "行政处罚决定日期": "date_signed", "作出决定的日期": "date_signed", "决定日期": "date_signed", "处罚日期": "date_signed",
    "作出决定日期": "date_signed", "处罚决定日期": "date_signed", "印发日期": "date_signed", "签发日期": "date_signed",
    "公布日期": "date_published", "发布日期": "date_published", "发布时间": "date_published",
    "published": "date_published", "publication date": "date_published", "date published": "date_published",
    "施行日期": "date_effective", "实施日期": "date_effective", "生效日期": "date_effective",
    "effective date": "date_effective", "effective": "date_effective",
    "失效日期": "date_expiry", "废止日期": "date_expiry", "expiry date": "date_expiry",
    "截止日期": "date_deadline", "截至日期": "date_deadline", "意见反馈截止日期": "date_deadline",
    "意见反馈截止时间": "date_deadline", "征求意见截止日期": "date_deadline", "comments due": "date_deadline",
    "comments close": "date_deadline", "closing date": "date_deadline", "consultation closes": "date_deadline",
}  # fmt: skip
_BY_LABEL = {label.replace(" ", ""): kind for label, kind in _LABELS.items()}

_PRINTED = re.compile(rf"^[^，。；：、\n]{{0,40}}?(?<![于在]){DAY}\s{{0,3}}印发[\s。]{{0,6}}$", re.MULTILINE)
"""The last line of a paper, which says who printed it and when."""
_ORDER_DATED = re.compile(
    rf"\b(?:orders?|agreement|prohibition|assessment)\b[^.;\n]{{0,50}}?,?\sdated\s(?P<date>{EN_DATE})",
    re.IGNORECASE,
)
_ENDED = re.compile(r"terminat|modif|vacat|lift", re.IGNORECASE)
_MARKED = re.compile(
    rf"^[ \t\u3000|]{{0,8}}(?P<label>{'|'.join(_LABELS)})(?:[ \t]{{0,4}}[|：:][ \t]{{0,4}}|[ \t\u3000]{{0,8}}\n[ \t\u3000]{{0,8}}){DAY}[ \t]{{0,8}}$",
    re.MULTILINE | re.IGNORECASE,
)
"""A label and its date on a line of their own inside the text, or each on one: tables of penalties, heads of pages."""
_OFFICER = re.compile(
    r"(?:代)?(?:行长|局长|主席|主任|部长|署长|总理|会长|院长|检察长|总裁)[：:]?[\u4e00-\u9fff·]{0,10}$"
)
_LETTER_DAY = re.compile(
    rf"^[ \t\u3000]{{0,60}}(?:日期[:：]\s{{0,3}})?{DAY}[ \t\u3000]{{0,10}}$", re.MULTILINE
)
_LETTER_HEAD = 300


_TALK = frozenset({"speech", "statistics", "risk_alert"})
"""Types that tell of other papers' days and have none of their own."""


def read_dates(reading: Reading, *, type: str, draft: bool) -> Iterator[Fact]:
    """Yield at most one fact for each kind of date, but two beginnings of an act of the Union, and a day to comply for each group of firms. What a draft proposes, or a speech tells of, binds from no day.

    ``type``: the document type that was read, empty when none was.
    """
    found: dict[FactKind, Fact] = {}
    for label, part in reading.labels:
        kind = _BY_LABEL.get(label.lower())
        if kind is not None and kind not in found:
            match = re.search(DATE, part.text)
            day = parse_date(match.group()) if match else None
            if match and day:
                found[kind] = reading.fact(kind, day.isoformat(), part, match.span())
    if reading.official:
        found = {f.kind: f for f in _marked(reading)} | found
    if "date_published" not in found and reading.item.published is not None:
        day = reading.item.published.day
        found["date_published"] = reading.fact(
            "date_published", day.isoformat(), reading.title, (0, 0), shown=day.isoformat(), method="source"
        )
    published = Base(published=_value(found.get("date_published")), signed=None)
    if "date_signed" not in found:
        found |= {f.kind: f for f in _of_signing(reading, type, published)}
    base = Base(
        published=published.published if reading.official else None,
        page=published.published,
        signed=_value(found.get("date_signed")),
    )
    binds = not draft and type not in _TALK
    several: list[Fact] = []
    if "date_effective" not in found and binds:
        found |= {f.kind: f for f in read_effective(reading, base)}
    if "date_deadline" not in found and type not in _TALK:
        found |= {f.kind: f for f in read_deadline(reading, base, draft=draft)}
    if reading.lang == "en":
        if "date_compliance" not in found and binds:
            several = list(compliance_english(reading, base))
            found |= {f.kind: f for f in several[:1]}
        if "date_hearing" not in found and type not in _TALK:
            found |= {f.kind: f for f in hearing_english(reading, base)}
    else:
        for pattern, words in COMPLIANCE if binds else ():
            found = {f.kind: f for f in _first(reading, pattern, "date_compliance", *words)} | found
        for pattern, words in HEARING:
            heard = (f for f in _first(reading, pattern, "date_hearing", *words) if not _past(f, base))
            found = {f.kind: f for f in heard} | found
    if "date_expiry" not in found and binds:
        found |= {f.kind: f for f in read_expiry(reading, effective=_value(found.get("date_effective")))}
    yield from (*found.values(), *several[1:])
    if binds and reading.source.jurisdiction == "EU" and reading.lang == "en":
        known = found.get("date_effective")
        yield from (
            fact for fact in beginnings_of_union(reading, base) if known and fact.value != known.value
        )


def _of_signing(reading: Reading, type_: str, published: Base) -> Iterator[Fact]:
    if not reading.official:
        yield from signed_reported(reading, type_, published) if reading.lang == "en" else ()
    elif type_ == "enforcement" and reading.lang == "en":
        yield from list(_ordered(reading)) or list(signed_decision(reading, published))
    else:
        yield from _signed(reading, type_)
        if reading.lang == "en":
            yield from signed_english(reading, type_, published)


def _marked(reading: Reading) -> Iterator[Fact]:
    """Dates that a label inside the text gives, the first of each kind; of several decisions none is the page's."""
    for part in reversed(reading.body):
        matches = list(dated(_MARKED, part.text))
        decisions = sum("决定" in match["label"] or "处罚" in match["label"] for match in matches)
        for match in reversed(matches):
            day = parse_date(match["date"])
            kind = _BY_LABEL[match["label"].lower().replace(" ", "")]
            # Over its value stands a label of one decision; others may head a column.
            over = "\n" in match.group() and not ("决定" in match["label"] or "处罚" in match["label"])
            if day and not over and not (kind == "date_signed" and decisions > 1):
                yield reading.fact(kind, day.isoformat(), part, match.span("date"))


def _ordered(reading: Reading) -> Iterator[Fact]:
    """The date of the one order that an English release announces; none when it ends one or tells of several."""
    orders = {
        f.value: f
        for part in reading.body
        for match in dated(_ORDER_DATED, part.text, "dated")
        if (day := parse_date(match["date"]))
        for f in [reading.fact("date_signed", day.isoformat(), part, match.span("date"))]
    }
    if len(orders) == 1 and not _ENDED.search(reading.title.text):
        yield from orders.values()


def _past(fact: Fact, base: Base) -> bool:
    """Whether a day was over when the item came out: who tells of a hearing that was held calls to none."""
    return base.published is not None and date.fromisoformat(fact.value) < base.published


def _value(fact: Fact | None) -> date | None:
    return date.fromisoformat(fact.value) if fact else None


def _first(reading: Reading, pattern: re.Pattern[str], kind: FactKind, *words: str) -> Iterator[Fact]:
    for part in reading.parts:
        for match in dated(pattern, part.text, *words):
            day = parse_date(match["date"])
            if day:
                yield reading.fact(kind, day.isoformat(), part, match.span("date"))
                return


def _signed(reading: Reading, type_: str) -> Iterator[Fact]:
    """The date line under the signature, else the printing date of the tail; none of a table of decisions."""
    # A press release outside the Mainland ends with the publisher's name and the day: nobody signs it.
    released = reading.source.jurisdiction != "CN" and reading.item.column == "news"
    for part in reading.body if not released else ():
        if part.field != "text":
            continue
        signed = (
            (day, block.date)
            for block in signed_blocks(part)
            if (day := parse_date(part.text[slice(*block.date)])) and _signs(reading, part, block.names[0])
        )
        first = next(signed, None)
        if first is not None:
            # Authority and day over and over are the rows of a table.
            if type_ != "penalty" or next(signed, None) is None:
                yield reading.fact("date_signed", first[0].isoformat(), part, first[1])
            return
    printed = next(_first(reading, _PRINTED, "date_signed", "印发"), None)
    if printed:
        yield printed
    elif reading.lang == "zh" and reading.item.column == "circular":
        yield from _faced(reading)


def _signs(reading: Reading, part: Part, span: tuple[int, int]) -> bool:
    """Whether a line above a date is a body's name or its head's office, and nothing more."""
    bare = re.sub(r"\s+", "", part.text[slice(*span)])
    if not bare or len(bare) > 60:
        return False
    if _OFFICER.match(bare) or signers(reading, part, span):
        return True
    hits = [h for h in reading.glossary.find(bare, "zh") if h.entry.kind == "org"]
    return bool(hits) and hits[0].start == 0


def _faced(reading: Reading) -> Iterator[Fact]:
    """The day on the face of a circular: the one date line of its head or its end."""
    for part in reading.body:
        last = len(part.text) - _LETTER_HEAD
        found = [
            match
            for match in dated(_LETTER_DAY, part.text)
            if match.start() < _LETTER_HEAD or match.start() > last
        ]
        days = {parse_date(match["date"]) for match in found}
        if len(days) == 1 and (day := days.pop()):
            yield reading.fact("date_signed", day.isoformat(), part, found[0].span("date"))
            return
