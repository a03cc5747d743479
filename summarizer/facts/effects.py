"""From when to when a document binds: its effective date, its expiry, the end of a transition.

A phrase counts only for the document that its clause is about; the day of a law that is named beside it is none.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dibao.store import Fact

from .days import DATE, DAY, WEEKDAY, dated, later, parse_date
from .effects_en import effective_english
from .gazettes import Base
from .reading import Part, Reading, sentence_at
from .scan import near

_BEGINS = r"(?:正式|开始)?(?:施\s?行|实\s?施|执\s?行|生\s?效|适用|试行)"
_NOW_PUBLISHED = re.compile(r"现(?:予|将其?|已)?(?:以)?(?:公布|发布|印发|公告)|予以(?:公布|发布|公告)")
"""After a title: what a decree publishes begins as the decree says, whatever the title of the page."""
_EFFECTIVE_ZH = re.compile(
    rf"(?:自|从|由|于|将于)\s{{0,3}}{DAY}\s{{0,3}}(?:[0零]时|[（(]含[^（）()]{{0,4}}[)）])?\s?(?:之日)?(?:起|开始)?\s?(?:至\s{{0,3}}{DATE}\s?(?:止|期间)?[，]?)?(?:全面)?{_BEGINS}"
    rf"|(?<![0-9A-Za-z对于至到–—-])(?P<date4>{DATE})\s{{0,3}}起(?:正式|全面)?{_BEGINS}"
    rf"|(?:执行期限?|实施期限?|施行期限?|有效期限?)(?:为|自|是|[:：]){{0,2}}\s{{0,3}}(?P<date5>{DATE})\s{{0,3}}起?(?:至|到|-|—)\s{{0,3}}{DATE}"
    rf"|(?:决定|宣布)[^。；！？《》\n]{{0,30}}?自\s{{0,3}}(?P<date3>{DATE})\s{{0,3}}起|(?:施行|实施|生效)(?:日期|时间)[为是：:]\s{{0,3}}(?P<date2>{DATE})"
)
_RELATIVE_ZH = re.compile(
    r"自\s{0,3}(?P<base>发布|公布|颁布|印发|发文|下发|公告|公佈|签发|签署)之日起\s{0,3}"
    r"(?:(?:满\s{0,3})?(?P<count>[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s{0,3}(?P<unit>个?月|日|天|年)后?\s{0,3})?"
    rf"{_BEGINS}"
)
_AT_ONCE = re.compile(rf"(?:即时|立即){_BEGINS}|(?:自)?即日起\s{{0,3}}{_BEGINS}")
"""Of the paper itself only (本通函即时生效): its own day."""
_SUBJECT_OWN = re.compile(r"(?:本|该|此)[\u4e00-\u9fff]{0,8}")
_PART_OF = re.compile(r"第[一二三四五六七八九十百零〇0-9]{1,6}[条款项章]")
_ARTICLE_HEAD = re.compile(r"条[ \u3000]")
_AS_CHANGED = re.compile(r"(?:经修订|修订后|经修改|修改后|新修订)的?$")
_WILL = re.compile(r"》(?:的)?(?:条文|修订)?[，]?(?:将|定)")
_OVER = re.compile(r"以来|后|至今|(?:之|以)?前|的(?:原|旧|上述|现行)")
"""What follows a day from which something has been in force already."""
_NOT_SO = re.compile(r"(?:曾|拟|原定|原计划|建议|原本|预计|有望|或将|计划|此前|不再)[^，。；：《》]{0,16}$")
"""What was or is only meant to be."""
_ONCE = r"(?:应当?|必须|须|务必|不得(?:晚|迟)于|不(?:晚|迟)于|要求(?:[^。；，\n]{2,16}?))"
_DO = r"(?:完成|达到|符合|满足|实现|整改|落实|报送|提交|报告|备案|办理|建立|制定|上报|清理|退出|停止|终止|补充|申请|调整|接入|上线|改造|处置|披露|向)"
_DONE = r"(?:[^。；，\n]{0,4}?(?:已|发放|设立|成立|签订|签署|取得|批准|存续|开立|发行|受理|发生|公布|印发|施行|出具|登记)|的)"
"""What had been done before a day: nobody must do it by then."""
COMPLIANCE = (
    (
        re.compile(
            rf"过渡期(?:限|安排)?[^。；，\n]{{0,16}}?(?:{DATE}\s{{0,3}}起?)?(?:至|到|截至|截止(?:到|至)?|(?:截止|结束|届满)(?:日期?|时间)?为)\s{{0,3}}{DAY}"
        ),
        ("过渡期",),
    ),
    (
        re.compile(
            rf"{_ONCE}(?:[^。；：，\n《》0-9]{{0,12}}?[在于])?\s{{0,3}}{DAY}\s{{0,3}}(?:24[:：时](?:00)?)?(?:或|及|（含）)?(?:之|以)?前(?![已的])(?!(?:[^。；\n]{{0,40}}?)(?:意见|建议|反馈|报名|申报|来函|提案|缴款|行政复议|诉讼))"
        ),
        ("前",),
    ),
    (
        re.compile(
            rf"(?:[，。；、\s]|^|[于在])\s?{DAY}\s{{0,3}}(?:或|及|（含）)?(?:之|以)?前，?(?!{_DONE})[^。；，\n《》]{{0,20}}?(?:应当?|必须|须|需)(?!按照本)[^。；\n]{{0,30}}?{_DO}",
            re.MULTILINE,
        ),
        ("前",),
    ),
    (re.compile(rf"最迟(?:应当?|须)?(?:于|在|不晚于|不得晚于)?\s{{0,3}}{DAY}"), ("最迟",)),
)
"""Each with words of which every match holds one."""
_EXPIRY = (
    (
        re.compile(
            rf"(?:有效期(?:限)?(?:截止)?(?:自\s{{0,3}}{DATE}\s{{0,3}}起?)?(?:到|至)|(?:执行|试行期?|施行|实施|有效)(?:到|至)"
            rf"|(?:期限?|有效期|政策)[^。；，\n0-9]{{0,8}}?(?:延长|延续|顺延|延期)(?:执行|实施|施行)?(?:到|至)"
            rf"|(?:执行期限?|实施期限?|有效期限?)(?:为|自|是|[:：]){{0,2}}\s{{0,3}}{DATE}\s{{0,3}}起?(?:至|到|-|—))\s{{0,3}}{DAY}"
        ),
        ("至", "到", "-", "—"),
    ),
    (
        re.compile(rf"(?:，|于|至|起至)\s{{0,3}}{DAY}\s{{0,3}}(?:止|(?:起)?(?:自动|自行)?失效)"),
        ("止", "失效"),
    ),
    (
        re.compile(
            r"\b(?:(?:will\s|shall\s)?(?:expires?|lapses?|sunsets?)(?:\son|\sat\sthe\send\sof)?|(?:will\s|shall\s)?ceases?\sto\s(?:have\seffect|apply|be\sin\sforce|be\seffective)(?:\son|\sfrom|\safter|\sat\sthe\send\sof)?"
            r"|(?:valid|remains?\sin\s(?:effect|force)|continues?\sin\s(?:effect|force)|effective|in\s(?:effect|force))\s(?:until|through)|[Ee]xpiration\sdate(?:\sis|:|\sof)|[Ss]unset\sdate(?:\sis|:|\sof))"
            rf"\s{{0,3}}{WEEKDAY}{DAY}"
        ),
        ("xpir", "lapse", "unset", "cease", "until", "through"),
    ),
)
_EXPIRY_NUMERAL = r"(?P<count>[0-9]{1,2}|[一二三四五六七八九十两]{1,3})\s{0,3}(?P<unit>个?月|年)"
_TERM_ZH = re.compile(
    rf"(?:有效期|试行期)(?:限)?(?:为|是|：)?\s{{0,3}}{_EXPIRY_NUMERAL}|试行\s{{0,3}}{_EXPIRY_NUMERAL.replace('count', 'count2').replace('unit', 'unit2')}"
)
_TERM_EN = re.compile(
    r"\b(?:expires?|lapses?|sunsets?|ceases?\sto\s(?:have\seffect|apply))\s(?:on\sthe\sdate\s(?:that\sis\s)?)?(?P<count>[0-9]{1,2}|one|two|three|four|five|ten)\s(?P<unit>years?|months?)\s(?:after|from|following)\s(?:the\s|its\s|their\s)?"
    r"(?:effective\sdate|(?:date\sof\s)?(?:its\s|the\s)?entry\sinto\sforce|(?:date\s)?(?:this\s[a-z ]{3,20}|it)\s(?:takes?\seffect|comes\sinto\s(?:force|effect)))",
    re.IGNORECASE,
)
_WORDS_EN = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "ten": "10"}
_TERM_WORD = re.compile("[期行]")
# Of what a paper grants or opens, not of the paper itself.
_TERM_OF_OTHER = re.compile(
    r"(?:证|书|批文|资格|合同|协议|登记|备案|许可|牌照|批复|决议|额度|名单|密码|数据|意见|保险|产品)[^，。；]{0,6}$"
)
_EXPIRES_OTHER = re.compile(
    r"(?:公示|征求意见|意见征集|反馈|报名|受理|申报|缴款|募集|发行|过渡|预约|报送|咨询)[^。；]{0,40}$|\b(?:comments?|consultation|submissions?|transition\w*|offers?|contracts?|licen[cs]es?|bonds?|options?|patents?|trading|periods?|polic(?:y|ies)\sof|subscription|applications?)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_OWN_TERM = re.compile(r"本[\u4e00-\u9fff]{1,8}|起\s{0,3}(?:正式)?(?:施行|实施|执行|生效|试行)")
_FROM_THE_DAY = re.compile("之日起")


def read_effective(reading: Reading, base: Base) -> Iterator[Fact]:
    best: tuple[int, Fact] | None = None
    for part in reading.parts:
        for order, fact in _effective_in(reading, part, base):
            if best is None or order < best[0]:
                best = (order, fact)
    if best:
        yield best[1]


def _effective_in(reading: Reading, part: Part, base: Base) -> Iterator[tuple[int, Fact]]:
    """Yield candidates with how sure their subject is: 0 the document itself, 1 unsaid, 2 named and reported."""
    if reading.lang == "en":
        yield from effective_english(reading, part, base)
        return
    for match in dated(_EFFECTIVE_ZH, part.text, "起", "施行", "实施", "执行", "生效", "适用", "试行"):
        group = next(name for name in ("date", "date2", "date3", "date4", "date5") if match[name])
        day, order = parse_date(match[group]), _subject(reading, part, match)
        if day and order is not None:
            yield order, reading.fact("date_effective", day.isoformat(), part, match.span(group))
    for match in near(_RELATIVE_ZH, part.text, _FROM_THE_DAY, before=24, after=40):
        from_day = (
            base.signed if match["base"] in ("印发", "发文", "下发", "签发", "签署") else base.published
        )
        order = _subject(reading, part, match)
        day = later(from_day, match["count"], match["unit"]) if from_day else None
        if day and order is not None:
            yield order, reading.fact("date_effective", day.isoformat(), part, match.span(), confidence=0.95)
    for match in near(_AT_ONCE, part.text, ("即",), before=2, after=12):
        day = base.signed or base.published
        if day and _subject(reading, part, match) == 0:
            yield 0, reading.fact("date_effective", day.isoformat(), part, match.span(), confidence=0.9)


def _subject(reading: Reading, part: Part, match: re.Match[str]) -> int | None:
    """Judge whose beginning a phrase tells of; None when it is another document's, or a part's."""
    after = part.text[match.end() : match.end() + 6]
    if after[:2] in ("的《", "的法") or _OVER.match(after):
        return None
    start, _ = sentence_at(part, match.start())
    if _NOT_SO.search(part.text[max(start, match.start() - 24) : match.start()]):
        return None
    # The nearest clause says whose date it is; eighty characters hold any title.
    clause = part.text[max(start, match.start() - 80) : match.start()]
    if _PART_OF.search(_ARTICLE_HEAD.split(clause)[-1][-24:]):
        return None
    named = re.findall(r"《([^《》]{2,80})》", clause)
    last_own = list(_SUBJECT_OWN.finditer(clause))
    if last_own and (not named or last_own[-1].start() > clause.rfind("《")):
        return 0
    if named:
        title = re.sub(r"\s", "", reading.title.text)
        if _NOW_PUBLISHED.search(clause[clause.rfind("》") :]):
            return 1
        # What is only now published begins as the sentence says, whatever the title of the page.
        if re.search(r"(?:发布|公布|印发|刊宪|颁布)[^《》，。]{0,12}$", clause[: clause.rfind("《")]):
            return 1
        # Rules as changed begin on a day to come: 经修订的《上市规则》将于…生效.
        if _AS_CHANGED.search(clause[: clause.rfind("《")]) and _WILL.search(
            clause[clause.rfind("》") :] + match.group()
        ):
            return 2
        return 2 if re.sub(r"\s", "", named[-1]) in title or not reading.official else None
    return 1


def read_expiry(reading: Reading, *, effective: date | None) -> Iterator[Fact]:
    """Yield the last day in force: a written one, else a term counted from the effective day when that is known.

    有效期三年 from 1 May 2026 ends on 30 April 2029, as such papers write it themselves (有效期至2029年4月30日).
    """
    for part in reading.parts:
        for pattern, words in _EXPIRY:
            for match in dated(pattern, part.text, *words):
                day = parse_date(match["date"])
                start, _ = sentence_at(part, match.start())
                before = part.text[max(start, match.start() - 100) : match.start()]
                if day and not _TERM_OF_OTHER.search(before) and not _EXPIRES_OTHER.search(before):
                    yield reading.fact("date_expiry", day.isoformat(), part, match.span("date"))
                    return
    if effective is None:
        return
    for part in reading.body:
        for match, day in _terms(reading, part, effective):
            yield reading.fact("date_expiry", day.isoformat(), part, match.span(), confidence=0.9)
            return


def _terms(reading: Reading, part: Part, effective: date) -> Iterator[tuple[re.Match[str], date]]:
    """Terms of the document itself and the last day of each."""
    if reading.lang == "zh":
        for match in near(_TERM_ZH, part.text, _TERM_WORD, before=3, after=16):
            start, end = sentence_at(part, match.start())
            before = part.text[max(start, match.start() - 60) : match.start()]
            after = part.text[match.end() : min(end, match.end() + 30)]
            if not _OWN_TERM.search(before + after) or _TERM_OF_OTHER.search(before):
                continue
            count = match["count"] or match["count2"]
            day = later(effective, count, (match["unit"] or match["unit2"]).removeprefix("个"))
            if day:
                yield match, day - timedelta(days=1)
    else:
        for match in _TERM_EN.finditer(part.text):
            count = _WORDS_EN.get(match["count"].lower(), match["count"])
            day = later(effective, count, "年" if match["unit"].lower().startswith("year") else "月")
            if day:
                yield match, day
