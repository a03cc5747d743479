"""Until when one may comment, and when one is heard: the last day for comments, the day of a hearing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dibao.store import Fact

from .days import DATE, DAY, dated, later, parse_date
from .deadlines_en import deadline_english
from .gazettes import Base
from .reading import Part, Reading, sentence_at
from .scan import near

HEARING = (
    (
        re.compile(
            rf"(?:定于|于|在)\s{{0,3}}{DAY}[^。；\n]{{0,40}}?(?:召开|举行|组织)[^。；\n]{{0,20}}?听证"
        ),
        ("听证",),
    ),
    (
        re.compile(
            rf"听证(?:会)?(?:时间|日期)?[^。；，\n0-9]{{0,6}}?(?:为|定于|拟于|将于|[:：]|(?<=会)于)\s{{0,3}}{DAY}"
        ),
        ("听证",),
    ),
)
"""Each with words of which every match holds one."""
_DEADLINE_ZH = (
    re.compile(
        rf"(?:截止|截至)(?:时间|日期|日)?(?:[为是：:]|\s){{0,3}}\s{{0,3}}(?:{DATE}\s{{0,3}}(?:至|到|-|—)\s{{0,3}})?{DAY}"
    ),
    re.compile(
        rf"(?:于|在|至)?\s{{0,3}}{DAY}\s{{0,3}}(?:[0-9]{{1,2}}[:：时][0-9]{{0,2}})?\s{{0,3}}(?:或)?(?:之|以)?前"
    ),
    re.compile(
        rf"(?:征求意见|意见征集|公示|反馈)(?:时间|期限?|日期|期间)?[为是自从：:]{{0,3}}\s{{0,3}}{DATE}\s{{0,3}}(?:起)?\s{{0,3}}(?:至|到|-|—|－|~)\s{{0,3}}{DAY}"
    ),
)
_SAME_YEAR = re.compile(
    r"(?:意见|征集|公示|反馈|咨询|预告)[^。；，\n0-9]{0,10}?[为是自从：:]\s{0,3}(?P<year>(?:19|20)[0-9]{2})\s{0,3}年\s{0,3}[0-9]{1,2}\s{0,3}月\s{0,3}[0-9]{1,2}\s{0,3}日\s{0,3}起?\s{0,3}(?:至|到|-|—|－|~|–)\s{0,3}(?P<day>[0-9]{1,2}\s{0,3}月\s{0,3}[0-9]{1,2}\s{0,3}日)"
)
"""A period whose end leaves out the year: 2026年3月2日至3月31日."""
_ENDS_ZH = re.compile(
    rf"(?:咨询|谘询|征求意见|意见征集|公示|预告)期?[^。；，\n0-9]{{0,10}}?(?:至|于|到)\s{{0,3}}{DAY}\s?(?:结束|届满|截止|为止|完结|止)"
)
_RECEIVED = re.compile(r"[，,]?[^。；，\n]{0,12}?(?:共|已|累计|收到|收集)")
"""截至2026年3月2日，共收到意见45条 tells how many came, not until when one may write."""
_EXTENDED_ZH = re.compile(rf"(?:延长|延期|推迟|顺延)(?:到|至)\s{{0,3}}{DAY}")
_COMMENT_ZH = re.compile(r"意见|建议|反馈|公示|征集|[咨谘]询期|预告期")


_COUNTED = re.compile(
    r"自(?:本)?(?:公告|通告|通知|公示|启事)?(?:发布|公布|公示|刊登|刊载|发出)之日起\s{0,3}(?P<count>[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s{0,3}(?:个)?(?P<unit>日|天|月)内(?P<rest>[^。；\n]{0,80})"
)
_INVITES = re.compile(r"意见|反馈|报名|异议")


def _counted(reading: Reading, part: Part, base: Base) -> Iterator[Fact]:
    """A last day counted from the day of the page, 自本公告发布之日起15日内…报名; never in working days."""
    if base.published is None:
        return
    for match in near(_COUNTED, part.text, ("之日起",), before=16, after=100):
        day = later(base.published, match["count"], match["unit"])
        if day and _INVITES.search(match["rest"]):
            span = match.start(), match.start("rest")
            yield reading.fact("date_deadline", day.isoformat(), part, span, confidence=0.9)


def _over(day: date, base: Base) -> bool:
    """Whether a day was over when the item came out: then it tells of a period that ended."""
    return base.published is not None and day < base.published


def read_deadline(reading: Reading, base: Base, *, draft: bool) -> Iterator[Fact]:
    """Yield the last day for comments; a phrase of extension wins over the first period.

    Of what is no draft a sentence must speak of comments: "submit the annual return by 31 July" does not.
    """
    found: list[tuple[bool, Fact]] = []
    for part in reading.parts:
        if reading.lang == "en":
            found += deadline_english(reading, part, base, draft=draft)
            continue
        found += ((False, fact) for fact in _counted(reading, part, base))
        if not _COMMENT_ZH.search(part.text):
            continue
        for pattern in (*_DEADLINE_ZH, _ENDS_ZH, _EXTENDED_ZH):
            for match in dated(pattern, part.text):
                start, end = sentence_at(part, match.start())
                near = part.text[max(start, match.start() - 60) : min(end, match.end() + 60)]
                day = parse_date(match["date"])
                if day and _COMMENT_ZH.search(near) and not re.search("施行|实施|生效", near):
                    if _RECEIVED.match(part.text, match.end()) or _over(day, base):
                        continue
                    found.append(
                        (
                            pattern is _EXTENDED_ZH,
                            reading.fact("date_deadline", day.isoformat(), part, match.span("date")),
                        )
                    )
        for match in _SAME_YEAR.finditer(part.text):
            day = parse_date(f"{match['year']}年{match['day']}")
            if day and not _over(day, base):
                place = match.start("year"), match.end("day")
                found.append((False, reading.fact("date_deadline", day.isoformat(), part, place)))
    if found:
        yield max(found, key=lambda f: f[0])[1]
