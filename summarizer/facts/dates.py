"""The dates of a document, each of its own kind: signed, published, effective, comment deadline, expiry.

A phrase decides the kind. A date relative to one that is not known, a date with blanks
and a date without a year give no fact.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dibao.store import Fact, FactKind

from .bodies import resolve
from .numerals import chinese_number
from .reading import Part, Reading, sentence_at
from .scan import near

_CN_DIGIT = "〇○零0Ｏo一二三四五六七八九"
_ZH_DATE = (
    r"(?:(?:19|20)[0-9]{2}\s{0,3}年\s{0,3}[0-9]{1,2}\s{0,3}月\s{0,3}[0-9]{1,2}\s{0,3}日"
    rf"|[二一][{_CN_DIGIT}]{{3}}\s{{0,3}}年\s{{0,3}}[一二三四五六七八九十]{{1,2}}\s{{0,3}}月\s{{0,3}}[一二三四五六七八九十廿卅]{{1,3}}\s{{0,3}}日)"
)
_ISO_DATE = r"(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}(?![0-9])"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_EN_DATE = (
    rf"(?:(?:{_MONTHS}|(?:{_SHORT})\.?)\s{{1,3}}[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s{{1,3}}(?:19|20)[0-9]{{2}}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?\s{{1,3}}(?:{_MONTHS}|(?:{_SHORT})\.?),?\s{{1,3}}(?:19|20)[0-9]{{2}})"
)
_DATE = rf"(?:{_ZH_DATE}|{_ISO_DATE}|{_EN_DATE})"
_MONTH_NUMBER = {name[:3].lower(): n for n, name in enumerate(_MONTHS.split("|"), 1)}
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s{1,3})?"
_D = rf"(?P<date>{_DATE})"

_LABELS: dict[str, FactKind] = {
    "成文日期": "date_signed", "发文日期": "date_signed", "作出处罚决定的日期": "date_signed",
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

_BEGINS = r"(?:正式)?(?:施行|实施|执行|生效|适用)"
_EFFECTIVE_ZH = re.compile(
    rf"(?:自|从|由|于|将于)\s{{0,3}}{_D}\s{{0,3}}(?:起|开始)?{_BEGINS}"
    rf"|(?:决定|宣布)[^。；！？《》\n]{{0,30}}?自\s{{0,3}}(?P<date3>{_DATE})\s{{0,3}}起|(?:施行|实施|生效)(?:日期|时间)[为是：:]\s{{0,3}}(?P<date2>{_DATE})"
)
_RELATIVE_ZH = re.compile(
    r"自\s{0,3}(?P<base>发布|公布|颁布|印发|发文|下发)之日起\s{0,3}"
    r"(?:(?:满\s{0,3})?(?P<count>[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s{0,3}(?P<unit>个?月|日|天|年)后?\s{0,3})?"
    rf"{_BEGINS}"
)
_SUBJECT_OWN = re.compile(r"(?:本|该|此)[\u4e00-\u9fff]{0,8}")
_PART_OF = re.compile(r"第[一二三四五六七八九十百零〇0-9]{1,6}[条款项章]")
_EFFECTIVE_EN = re.compile(
    r"(?:(?<!became )(?<!was )(?<!were )\beffective(?:\s(?:date(?:\sis|:)?|on|as\sof|from))?"
    r"|\b(?:take|takes|taking|took)\seffect(?:\son|\sfrom)?"
    r"|\b(?:come|comes|coming|enter|enters)\sinto\s(?:force|effect|operation)(?:\son|\sfrom)?"
    r"|\b(?:shall\s)?appl(?:y|ies)\s(?:from|as\sof|on\sand\safter|on\sor\safter)"
    rf"|\bEFFECTIVE\sDATE:|\bDATES:\s{{0,3}}(?:This\s[a-z ]{{4,40}}\sis\s)?[Ee]ffective)\s{{0,3}}{_WEEKDAY}{_D}"
)
_GAZETTE = r"(?:the\s)?(?:date\sof\s)?(?:its\s|their\s)?publication(?:\sof\s(?:this|the)\s[a-z ]{4,40}?)?\sin\sthe\s(?:Federal\sRegister|Official\sJournal(?:\sof\sthe\sEuropean\sUnion)?)"
_COUNT_EN = r"(?P<count>[0-9]{1,3}|twenty|twentieth)"
_RELATIVE_EN = re.compile(
    rf"\b(?:effective|take\seffect|takes\seffect)\s{_COUNT_EN}\s(?P<unit>days|months)\s(?:after|from|following)\s{_GAZETTE}"
    rf"|\benters?\sinto\sforce\son\sthe\stwentieth\sday\sfollowing\sthat\sof\s{_GAZETTE}",
    re.IGNORECASE,
)
_RELATIVE_COMMENT = re.compile(
    rf"\bcomments?\b[^.;\n]{{0,80}}?\b(?:within|no\slater\sthan|by|for)\s{_COUNT_EN}\s(?P<unit>days|months)\s(?:after|from|of|following)\s{_GAZETTE}",
    re.IGNORECASE,
)
_GAZETTES = ("us-federalregister", "eu-oj", "eu-eurlex")
"""Sources whose publication day is that of the gazette which "after publication" counts from."""
_COMPLIANCE = (
    re.compile(rf"过渡期(?:限)?[^。；，\n]{{0,12}}?(?:至|到|截至|截止(?:到|至|日期为)?)\s{{0,3}}{_D}"),
    re.compile(rf"最迟(?:应当?|须)?(?:于|在|不晚于|不得晚于)?\s{{0,3}}{_D}"),
    re.compile(
        r"\b(?:[Cc]ompliance(?:\swith\s[^.;\n]{2,60}?)?\s(?:is\srequired|date\sis|date:|is\smandatory|date\sfor\s[^.;\n]{2,60}?\sis)"
        r"|[Mm]ust\s(?:fully\s)?comply(?:\swith\s[^.;\n]{2,60}?)?|[Tt]ransition(?:al)?\s(?:period|arrangements?)\s[^.;\n]{0,30}?(?:ends?|expires?|until|runs?\suntil))"
        rf"\s{{0,3}}(?:by|on|from|until|before|no\slater\sthan|beginning)?\s{{0,3}}{_WEEKDAY}{_D}"
    ),
)
_HEARING = (
    re.compile(rf"(?:定于|于|在)\s{{0,3}}{_D}[^。；\n]{{0,40}}?(?:召开|举行|组织)[^。；\n]{{0,20}}?听证"),
    re.compile(rf"听证(?:会)?(?:时间|日期)?(?:为|定于|[:：])\s{{0,3}}{_D}"),
    re.compile(rf"\b[Hh]earing\b[^.;\n]{{0,60}}?\bon\s{_WEEKDAY}{_D}"),
)
_DEADLINE_ZH = (
    re.compile(
        rf"(?:截止|截至)(?:时间|日期|日)?(?:[为是：:]|\s){{0,3}}\s{{0,3}}(?:{_DATE}\s{{0,3}}(?:至|到|-|—)\s{{0,3}})?{_D}"
    ),
    re.compile(
        rf"(?:于|在|至)?\s{{0,3}}{_D}\s{{0,3}}(?:[0-9]{{1,2}}[:：时][0-9]{{0,2}})?\s{{0,3}}(?:或)?(?:之|以)?前"
    ),
    re.compile(
        rf"(?:征求意见|意见征集|公示|反馈)(?:时间|期限?|日期|期间)?[为是自从：:]{{0,3}}\s{{0,3}}{_DATE}\s{{0,3}}(?:起)?\s{{0,3}}(?:至|到|-|—|－|~)\s{{0,3}}{_D}"
    ),
)
_EXTENDED_ZH = re.compile(rf"(?:延长|延期|推迟|顺延)(?:到|至)\s{{0,3}}{_D}")
_EXTENDED_EN = re.compile(
    rf"\b[Ee]xten(?:d|ds|ded|ding)\b[^.;\n]{{0,80}}?\b(?:to|until|through)\s{{1,3}}{_WEEKDAY}(?P<date>{_EN_DATE})"
)
_FORMER = re.compile(r"was\s(?:to|due|scheduled|set|originally)\b|original(?:ly)?\b|had\s(?:been|ended)")
_COMMENT_ZH = re.compile(r"意见|建议|反馈|公示|征集")
_DEADLINE_EN = re.compile(
    r"(?:\b[Cc]omments?\b(?:\s[Pp]eriod\b)?(?:[^.;\n]{0,80}?\b)(?:received|submitted|accepted|due|clos(?:e|es|ing)|ends?|[Ee]xpires?:?|open\suntil|by|extended)"
    r"(?:\s(?:on\sor\sbefore|no\slater\sthan|on|by|before|until|to|in\swriting\sby)){0,2}"
    r"|\b(?:[Cc]onsultation|[Cc]all\sfor\s(?:evidence|input))\b[^.;\n]{0,60}?\b(?:closes|close|ends|open\suntil|runs\suntil|until)(?:\son)?|\b[Cc]onsulting\suntil"
    r"|\b(?:[Pp]lease\s(?:respond|reply|submit|send)[^.;\n]{0,60}?|[Rr]espon(?:d|ses)[^.;\n]{0,60}?)\b(?:by|before|no\slater\sthan)"
    r"|\b[Dd]eadline(?:\sfor\s[a-z ]{3,40})?(?:\sis|:)|\b(?:submit|send|feedback|views|responses)\b[^.;\n]{0,80}?\b(?:by|on\sor\sbefore|no\slater\sthan))"
    rf"\s{{1,3}}{_WEEKDAY}(?:[0-9]{{1,2}}[:.][0-9]{{2}}\s?(?:[ap]m\s)?(?:on\s)?)?{_D}"
)
_EXPIRY = re.compile(
    rf"(?:有效期(?:限)?(?:截止)?(?:到|至)|执行至|试行(?:期)?至|施行至|实施至|\bexpires?\son|\bceases?\sto\shave\seffect\son)\s{{0,3}}{_D}"
)
_PRINTED = re.compile(rf"{_D}\s{{0,3}}印发")
_DATED_EN = re.compile(rf"^\s{{0,8}}Dated(?:\sat\s[A-Za-z ,.]{{2,40}})?:?\s(?:this\s)?{_D}", re.MULTILINE)
_ORDER_DATED = re.compile(
    rf"\b(?:orders?|agreement|prohibition|assessment)\b[^.;\n]{{0,50}}?,?\sdated\s(?P<date>{_EN_DATE})",
    re.IGNORECASE,
)
_ENDED = re.compile(r"terminat|modif|vacat|lift", re.IGNORECASE)
_MARKED = re.compile(
    rf"^[ \t\u3000|]{{0,8}}(?P<label>{'|'.join(_LABELS)})[ \t]{{0,4}}[|：:][ \t]{{0,4}}{_D}[ \t]{{0,8}}$",
    re.MULTILINE | re.IGNORECASE,
)
"""A label and its date on a line of their own inside the text: tables of penalties, heads of pages."""
_OFFICER = re.compile(r"(?:行长|局长|主席|主任|部长|署长|总理|会长|院长|检察长)[\u4e00-\u9fff]{0,4}$")
_DATE_LINE = re.compile(rf"^[ \t\u3000]{{0,60}}{_D}[ \t\u3000]{{0,10}}$", re.MULTILINE)
_TAIL = re.compile(r"^[ \t\u3000]{0,8}(?:附件|附[:：]|抄\s{0,3}送|主题词)", re.MULTILINE)
_YEAR = re.compile(rf"[12二一][0-9{_CN_DIGIT}]{{3}}")
_FROM_THE_DAY = re.compile("之日起")
_FIRST_YEAR, _LAST_YEAR = 1949, 2100


def parse_date(text: str) -> date | None:
    """Return the day that a whole written date means, in any of the forms of both languages, else None.

    Never a guess: an impossible day, a blank or a missing year gives None.
    """
    text = text.strip()
    match = re.fullmatch(r"([0-9]{4})\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*日?", text)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = re.fullmatch(r"(\S{4})\s*年\s*(\S{1,3})\s*月\s*(\S{1,3})\s*日", text)
    if match:
        parts = [_cn(match[1]), _cn(match[2]), _cn(match[3])]
        return None if None in parts else _day(*(int(p) for p in parts if p is not None))
    match = re.fullmatch(r"([A-Za-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})", text)
    if match:
        return _day(int(match[3]), _MONTH_NUMBER.get(match[1][:3].lower(), 0), int(match[2]))
    match = re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+([0-9]{4})", text)
    if match:
        return _day(int(match[3]), _MONTH_NUMBER.get(match[2][:3].lower(), 0), int(match[1]))
    return None


def _cn(text: str) -> int | None:
    text = text.translate(str.maketrans("○0Ｏo", "〇〇〇〇")).replace("廿", "二十").replace("卅", "三十")
    value = chinese_number(text)
    return None if value is None else int(value)


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Base:
    """The days that relative phrases may count from."""

    published: date | None
    signed: date | None


def read_dates(reading: Reading, *, type: str, draft: bool) -> Iterator[Fact]:
    """Yield at most one fact for each kind of date. A draft has no effective date.

    ``type``: the document type that was read, empty when none was.
    """
    found: dict[FactKind, Fact] = {}
    for label, part in reading.labels:
        kind = _BY_LABEL.get(label.lower())
        if kind is not None and kind not in found:
            match = re.search(_DATE, part.text)
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
    if reading.official and "date_signed" not in found:
        found |= {f.kind: f for f in (_ordered(reading) if type == "enforcement" else _signed(reading))}
    base = _Base(
        published=_value(found.get("date_published")) if reading.official else None,
        signed=_value(found.get("date_signed")),
    )
    if "date_effective" not in found and not draft:
        found |= {f.kind: f for f in _effective(reading, base)}
    if "date_deadline" not in found:
        found |= {f.kind: f for f in _deadline(reading, base)}
    for pattern in _COMPLIANCE:
        found = {f.kind: f for f in _first(reading, pattern, "date_compliance")} | found
    for pattern in _HEARING:
        found = {f.kind: f for f in _first(reading, pattern, "date_hearing")} | found
    if "date_expiry" not in found:
        found |= {f.kind: f for f in _first(reading, _EXPIRY, "date_expiry")}
    yield from found.values()


def _marked(reading: Reading) -> Iterator[Fact]:
    """Dates that a label inside the text gives, the first of each kind."""
    for part in reversed(reading.body):
        for match in reversed(list(_dated(_MARKED, part.text))):
            day = parse_date(match["date"])
            if day:
                kind = _BY_LABEL[match["label"].lower().replace(" ", "")]
                yield reading.fact(kind, day.isoformat(), part, match.span("date"))


def _ordered(reading: Reading) -> Iterator[Fact]:
    """The date of the one order that an English release announces; none when it ends one or tells of several."""
    orders = {
        f.value: f
        for part in reading.body
        for match in _dated(_ORDER_DATED, part.text)
        if (day := parse_date(match["date"]))
        for f in [reading.fact("date_signed", day.isoformat(), part, match.span("date"))]
    }
    if len(orders) == 1 and not _ENDED.search(reading.title.text):
        yield from orders.values()


def _dated(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of a pattern that holds a date; the longest phrase before one and the longest form of one fit."""
    return near(pattern, text, _YEAR, before=260, after=60)


def _value(fact: Fact | None) -> date | None:
    return date.fromisoformat(fact.value) if fact else None


def _first(reading: Reading, pattern: re.Pattern[str], kind: FactKind) -> Iterator[Fact]:
    for part in reading.parts:
        for match in _dated(pattern, part.text):
            day = parse_date(match["date"])
            if day:
                yield reading.fact(kind, day.isoformat(), part, match.span("date"))
                return


def _signed(reading: Reading) -> Iterator[Fact]:
    """The printing date of the tail, the date line under the signature, or an English "Dated:" line."""
    printed = next(_first(reading, _PRINTED, "date_signed"), None) or next(
        _first(reading, _DATED_EN, "date_signed"), None
    )
    if printed:
        yield printed
        return
    # A press release outside the Mainland ends with the publisher's name and the day: nobody signs it.
    if reading.source.jurisdiction != "CN" and reading.item.column == "news":
        return
    for part in reading.body:
        if part.field != "text":
            continue
        tail = _TAIL.search(part.text, len(part.text) // 4)
        end = tail.start() if tail else len(part.text)
        lines = [(m, parse_date(m["date"])) for m in _DATE_LINE.finditer(part.text, 0, end)]
        signed = [(m, d) for m, d in lines if d and _under_signature(reading, part.text, m.start())]
        if signed:
            match, day = signed[-1]
            yield reading.fact("date_signed", day.isoformat(), part, match.span("date"))


def _under_signature(reading: Reading, text: str, place: int) -> bool:
    """Whether the line above is a body's name or its head's office, and nothing more."""
    above = text[max(0, place - 160) : place].rstrip().rpartition("\n")[2].strip()
    bare = re.sub(r"\s+", "", above)
    if not bare or len(bare) > 60 or bare[-1] in "。：；，":
        return False
    if _OFFICER.match(bare):
        return True
    if resolve(reading, bare) is not None:
        return True
    hits = [h for h in reading.glossary.find(bare, "zh") if h.entry.kind == "org"]
    return bool(hits) and hits[0].start == 0


def _effective(reading: Reading, base: _Base) -> Iterator[Fact]:
    best: tuple[int, Fact] | None = None
    for part in reading.parts:
        for order, fact in _effective_in(reading, part, base):
            if best is None or order < best[0]:
                best = (order, fact)
    if best:
        yield best[1]


def _effective_in(reading: Reading, part: Part, base: _Base) -> Iterator[tuple[int, Fact]]:
    """Yield candidates with how sure their subject is: 0 the document itself, 1 unsaid, 2 named and reported."""
    for match in _dated(_EFFECTIVE_ZH, part.text):
        group = next(name for name in ("date", "date2", "date3") if match[name])
        day, order = parse_date(match[group]), _subject(reading, part, match)
        if day and order is not None:
            yield order, reading.fact("date_effective", day.isoformat(), part, match.span(group))
    for match in near(_RELATIVE_ZH, part.text, _FROM_THE_DAY, before=24, after=40):
        from_day = base.signed if match["base"] in ("印发", "发文", "下发") else base.published
        order = _subject(reading, part, match)
        day = _later(from_day, match["count"], match["unit"]) if from_day else None
        if day and order is not None:
            yield order, reading.fact("date_effective", day.isoformat(), part, match.span(), confidence=0.95)
    for match in _dated(_EFFECTIVE_EN, part.text):
        day = parse_date(match["date"])
        if day:
            yield 1, reading.fact("date_effective", day.isoformat(), part, match.span("date"))
    for match, day in _from_gazette(reading, part, _RELATIVE_EN, base):
        yield 1, reading.fact("date_effective", day.isoformat(), part, match.span(), confidence=0.95)


def _from_gazette(
    reading: Reading, part: Part, pattern: re.Pattern[str], base: _Base
) -> Iterator[tuple[re.Match[str], date]]:
    """Phrases that count from the day of a gazette, with the day they mean; none when that day is not known."""
    if reading.source.id not in _GAZETTES or base.published is None:
        return
    for match in pattern.finditer(part.text):
        count = match["count"] or ""
        unit = match["unit"] or "days"
        day = _later(
            base.published, count if count.isdigit() else "20", "月" if unit.lower() == "months" else "日"
        )
        if day:
            yield match, day


def _subject(reading: Reading, part: Part, match: re.Match[str]) -> int | None:
    """Judge whose beginning a phrase tells of; None when it is another document's, or a part's."""
    if (
        part.text[match.end() : match.end() + 1] == "的"
        and part.text[match.end() + 1 : match.end() + 2] in "《法"
    ):
        return None
    start, _ = sentence_at(part, match.start())
    # The nearest clause says whose date it is; eighty characters hold any title.
    clause = part.text[max(start, match.start() - 80) : match.start()]
    if _PART_OF.search(clause.split("条 ")[-1][-24:]):
        return None
    named = re.findall(r"《([^《》]{2,80})》", clause)
    last_own = list(_SUBJECT_OWN.finditer(clause))
    if last_own and (not named or last_own[-1].start() > clause.rfind("《")):
        return 0
    if named:
        title = re.sub(r"\s", "", reading.title.text)
        # What is only now published begins as the sentence says, whatever the title of the page.
        if re.search(r"(?:发布|公布|印发|刊宪|颁布)[^《》，。]{0,12}$", clause[: clause.rfind("《")]):
            return 1
        return 2 if re.sub(r"\s", "", named[-1]) in title or not reading.official else None
    return 1


def _later(day: date, count: str | None, unit: str | None) -> date | None:
    if count is None or unit is None:
        return day
    number = int(count) if count.isdigit() else int(chinese_number(count) or 0)
    if not number:
        return None
    if unit in ("日", "天"):
        return day + timedelta(days=number)
    months = number * (12 if unit == "年" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _deadline(reading: Reading, base: _Base) -> Iterator[Fact]:
    """The last day for comments; a phrase of extension wins over the first period."""
    found: list[tuple[bool, Fact]] = []
    for part in reading.parts:
        for pattern in (*_DEADLINE_ZH, _EXTENDED_ZH):
            for match in _dated(pattern, part.text):
                start, end = sentence_at(part, match.start())
                near = part.text[max(start, match.start() - 60) : min(end, match.end() + 60)]
                day = parse_date(match["date"])
                if day and _COMMENT_ZH.search(near) and not re.search("施行|实施|生效", near):
                    found.append(
                        (
                            pattern is _EXTENDED_ZH,
                            reading.fact("date_deadline", day.isoformat(), part, match.span("date")),
                        )
                    )
        for match in _dated(_DEADLINE_EN, part.text):
            day = parse_date(match["date"])
            if day and not _FORMER.search(match.group()):
                fact = reading.fact("date_deadline", day.isoformat(), part, match.span("date"))
                found.append((False, fact))
        for match in _dated(_EXTENDED_EN, part.text):
            start, end = sentence_at(part, match.start())
            day = parse_date(match["date"])
            if day and re.search(r"\b(?:comment|consultation|response)", part.text[start:end], re.IGNORECASE):
                fact = reading.fact("date_deadline", day.isoformat(), part, match.span("date"))
                found.append((True, fact))
        for match, day in _from_gazette(reading, part, _RELATIVE_COMMENT, base):
            fact = reading.fact("date_deadline", day.isoformat(), part, match.span(), confidence=0.95)
            found.append((False, fact))
    if found:
        yield max(found, key=lambda f: f[0])[1]
