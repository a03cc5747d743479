"""Laws and documents that an item names, by title or number, and what it does to each of them.

One relation for each document, the strongest that the words around it say; without such words it is a citation.
A law the glossary knows has its full official Chinese title as value in either language; other titles stand in 《》,
a title that a number follows is known by that number.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from dibao.store import Fact, FactKind

from ..glossary import Hit
from .instruments import instrument_key
from .numbers import Found
from .reading import Part, Reading, sentence_at
from .relation_ends_en import PROPOSED_BEFORE, PROPOSED_NUMBER, ended
from .relation_lists import DONE, TITLE, known_by_number, listed, squeezed
from .relation_titles_en import named_titles

_MOST = 150
_LOOK_BACK = 1200
"""Characters before a document that may say what is done to it: a long list of titles."""
_ACT = re.compile(
    r"(?:法|法典|法案|条例|办法|规定|细则|规则|规程|指引|指南|准则|意见|通知|公告|通告|决定|规划|方案|计划|标准|规范|要求|目录|清单|章程|协议"
    r"|公约|纲要|解释|批复|复函|函|令|通则|框架|备忘录|工作要点|措施|制度|草案|征求意见稿|修正案|修订稿|协定|守则|手册)$"
)
_GENERIC = re.compile(
    r"(?:暂行|试行|管理|实施|指导|本|该)?(?:办法|规定|决定|规划|方案|意见|通知|公告|细则|条例|规则|指引|计划|标准|目录|清单|措施|制度|协议|纲要)"
)
_SUFFIX = re.compile(
    r"第[0-9一二三四五六七八九十]{1,4}号(?:\s?[-—–]{1,2}[^《》]{2,60})?$|[（(][^（）()]{0,30}[)）]$|(?:19|20)[0-9]{2}年?(?:版|修订)?$|[0-9]{4}[-—–][0-9]{4}年?$"
)
_NUMBER_NEXT = re.compile(r"\s{0,3}[（(]\s?")
# In a list of titles the verb stands after the last one.
_REST_OF_LIST = re.compile(
    r"^(?:[）)]?[、，和及与以]{0,2}《[^《》]{2,120}》(?:[（(][^（）()]{0,60}[)）])?){1,30}"
)

_LIST_BEFORE = re.compile(
    r"(?:《[^《》]{2,120}》(?:[（(][^（）()《》]{0,60}[)）])?[、，和及与以]{0,2}){1,30}$"
)

# Words before and after a document, strongest relation first.
_Cue = tuple[FactKind, re.Pattern[str] | None, re.Pattern[str] | None]
_ZH: tuple[_Cue, ...] = (
    ("replaces", re.compile(r"(?:代替|取代|替代)[^。；！？《》]{0,12}$|取代[^，。；！？《》]{0,30}题为\s?$"), None),
    ("repeals", re.compile(r"(?:废止|宣布失效|停止执行)[^。；！？《》，]{0,12}$"), re.compile(r"^(?![^。；！？《》]{0,12}(?:继续有效|继续执行|仍))")),
    ("repeals", None, re.compile(r"^(?![^。；！？《》]{0,30}(?:不一致|相抵触|抵触|第[一二三四五六七八九十百零0-9]{1,6}[条款项]|继续有效|不予|除外))[^。；！？《》]{0,40}?(?:同时废止|予以废止|即行废止|停止执行|停止适用|终止执行|[自即]行失效|不再执行|不再适用|不再施行|废止|宣布失效)")),
    ("extends", re.compile(r"延长[^。；！？《》]{0,12}$"), re.compile(r"^[^。；！？《》]{0,16}(?:期限|时间|有效期)")),
    ("extends", None, re.compile(r"^[^。；！？《》]{0,24}(?:期限|时间|有效期)[^。；！？《》]{0,16}(?:延长|延续|顺延|延至)")),
    ("extends", None, re.compile(r"^[^。；！？《》]{0,40}(?:延续|继续)(?:执行|实施|施行|有效)(?:至|到)")),
    ("extends", None, re.compile(r"^[^。；！？《》，]{0,12}规定的?[^。；！？《》，]{0,24}政策[^。；！？《》]{0,6}(?:执行|实施)(?:至|到)")),
    ("corrects", re.compile(r"(?:更正|勘误)[^。；！？《》]{0,8}$"), None),
    ("corrects", None, re.compile(r"^[^。；！？《》]{0,100}?(?:[现特]?予以?更正|更正为|更正如下|[现特此]更正)")),
    ("amends", re.compile(r"(?:修改|修订|修正)[^。；！？《》]{0,8}$|(?:对|将)\s?$"), re.compile(r"^[^。；！？《》]{0,20}(?:作(?:出)?如下修改|予以修改|进行修改|作出修改)|^的决定")),
    ("amends", re.compile(r"关于(?:修改|修订)\s?$"), None),
    ("amends", None, re.compile(r"^(?:文件)?(?:中的?)?第[一二三四五六七八九十百零0-9]{1,6}[条款项章][^。！？《》]{0,80}?(?:修改为|改为|修改|删去|删除|废止|停止执行)")),
    ("amends", re.compile(r"(?:删去|删除|在)\s?$"), re.compile(r"^(?:中的?)?第[一二三四五六七八九十百零0-9]{1,6}[条款项章](?:[^。；！？《》]{0,24}?(?:后|中)?增加|[^。！？《》]{0,24}[。；]?)")),
    ("implements", re.compile(r"为(?:了)?(?:更好)?(?:实施|执行)[^。，；！？《》]{0,6}$"), None),
    ("implements", re.compile(r"(?:贯彻落实|贯彻执行|贯彻|落实|细化)(?:好)?[^。，；！？《》]{0,6}$"), None),
    ("implements", re.compile(r"(?:根据|依据|依照|按照)[^。；！？]{0,120}$"), re.compile(r"^[^。；！？]{0,160}?[，,][^，。；！？]{0,30}?(?:制定|起草|修订)(?:了|本|《)")),
)  # fmt: skip
_IS = r"(?:is|are|was|were|will be|shall be|has been|have been)(?: hereby)?"
_EN: tuple[_Cue, ...] = (
    ("extends", re.compile(r"\b(?:exten(?:ds?|ded|ding|sion)|reopen(?:s|ed|ing)?|(?:delay|postpon)(?:e?s|e?d|ing)?)\b(?! by)[^.;]{0,140}$", re.I), None),
    ("extends", None, re.compile(rf"^[^.;]{{0,80}}\b{_IS} (?:extended|reopened|delayed|postponed)\b", re.I)),
    ("repeals", re.compile(r"\b(?:rescind(?:s|ing|ed)?|rescission of|repeal(?:s|ing|ed)?|withdraw(?:s|ing|al of|n)?|revok(?:e|es|ed|ing)|revocation of|cancel(?:s|led|ling)?|cancellation of)\b(?! by)[^.;]{0,120}$", re.I), None),
    ("repeals", None, re.compile(rf"^[^.;]{{0,60}}\b(?:{_IS} (?:rescinded|repealed|withdrawn|revoked|cancelled|canceled|no longer in (?:effect|force))|ceases? to (?:apply|have effect)|no longer appl(?:y|ies))\b(?! by)", re.I)),
    ("replaces", re.compile(r"\b(?:replac(?:e|es|ing)|supersed(?:e|es|ing)|in place of|takes? the place of)\b[^.;]{0,100}$", re.I), None),
    ("replaces", None, re.compile(rf"^[^.;]{{0,60}}\b{_IS} (?:superseded|replaced)\b(?! by (?!this|these|the present))", re.I)),
    ("corrects", re.compile(r"\bcorrect(?:s|ing|ions?|ed)?\b(?! by)[^.;]{0,140}$", re.I), None),
    ("amends", re.compile(r"\b(?:amend(?:s|ing|ed|ments? (?:to|of))?|revis(?:es|ing|ed|ions? (?:to|of))|modif(?:y|ies|ied|ying))\b(?! by)[^.;]{0,80}$", re.I), None),
    ("amends", None, re.compile(rf"^[^.;]{{0,60}}\b{_IS} (?:(?:further|hereby) )?(?:amended|revised|modified)\b(?! by (?!striking|inserting|deleting|adding|replacing|removing|revising|substituting))", re.I)),
    ("amends", None, re.compile(r"^[^.;]{0,40}?,? (?:for [“\"‘'][^”\"’'\n]{1,80}[”\"’'],? substitute|(?:after|before|at the end of) [^.;\n]{1,80} insert|omit )\b")),
    ("finalizes", re.compile(r"\b(?:feedback|responses?|comments)\b[^.;]{0,60}\b(?:to|on)\s(?:our\s|its\s|the\s)?(?:consultation(?:\spaper)?\s|CP\s?)?\(?$", re.I), None),
    ("finalizes", re.compile(r"\b(?:finali[sz](?:e|es|ing)|adopt(?:s|ed|ing)?\s(?:as\sfinal\s)?(?:the\s|its\s|our\s)?(?:proposals?|amendments\sproposed|rules?\sproposed)|proposed\sin|(?:consulted|consultation)\s(?:on|in)|conclusions\son|concludes)\b[^.;]{0,80}$", re.I), None),
    ("implements", re.compile(r"\b(?:implement(?:s|ing|ation of)?|transpos(?:es?|ing|ition of)|give(?:s)? effect to|giving effect to|to comply with|supplement(?:s|ing))\b[^.;]{0,80}$", re.I), None),
)  # fmt: skip
_PUT_OFF = re.compile(
    r"\b(?:exten(?:sion|ds?|ded)|reopen\w*) (?:of |the )?(?:\w+ )?comment period|\bcomment periods? (?:extended|reopened)",
    re.I,
)
"""A title of a paper that only gives more time for a proposal."""
_JOINED = re.compile(
    r"(?:,|;|/|&|\band\b|\bor\b)\s?(?:(?:the|of|circulars?|bulletins?|letters?|notices?|releases?|Delegated|Implementing|Commission|Council)\s){0,3}$"
)
"""Between two numbers of one list; otherwise what is said of the first is not said of the second."""
_DENIED = re.compile(r"\b(?:not|never|neither|nor|without)\b[^.;]{0,40}$")
_PROPOSAL = re.compile(
    r"(?:(?:全国政协|政协|全国人大|人大|人民代表大会)[\u4e00-\u9fff]{0,30}(?:会议|大会))?[（(]?[\u4e00-\u9fff]{0,8}第\s?(?P<number>[0-9A-Z]{3,6})\s?号[^，。]{0,24}?(?P<what>提案|建议|议案)"
)
_EXPLAINS = {"qa", "interpretation", "judicial_interpretation"}


def read_relations(
    reading: Reading, *, type: str, own: tuple[Fact, ...], cited: tuple[Fact, ...]
) -> Iterator[Fact]:
    """Yield the documents named, once each, by what the item does to them.

    ``own``: the item's numbers and instruments, which it relates to only as a consultation does. ``cited``: the
    other numbers in it; those without a relation stay citations.
    """
    mine = {fact.value for fact in own}
    seen: set[str] = set()
    extended: set[str] = set()
    relations = (*_by_type(reading, type, own), *(f for f in _by_words(reading, type) if f.value not in mine))
    for fact in (*relations, *cited):
        # A paper that gives another more time may change it in the same breath.
        both = fact.kind == "amends" and fact.value in extended
        if (fact.value not in seen or both) and len(seen) < _MOST:
            seen.add(fact.value)
            if fact.kind == "extends":
                extended.add(fact.value)
            else:
                extended.discard(fact.value)
            yield fact


def _by_words(reading: Reading, type_: str) -> Iterator[Fact]:
    """Relations first, so that a document that is cited here and repealed there counts as repealed."""
    found: list[Fact] = []
    known = known_by_number(reading)
    for part in reading.parts:
        rows = list(listed(reading, part))
        found += rows
        # A title of a list is known by the number beside it.
        places = {fact.evidence.start for fact in rows}
        found += (f for f in _titles(reading, part, known) if f.evidence.start not in places)
        found += _known_laws(reading, part)
        found += _named(reading, part)
        found += _numbers(reading, part, type_)
    yield from (fact for fact in found if fact.kind != "citation")
    yield from (fact for fact in found if fact.kind == "citation" and fact.value.startswith("《"))


def _by_type(reading: Reading, type_: str, own: tuple[Fact, ...]) -> Iterator[Fact]:
    """What the kind of document does to what its title names: a consultation consults on it, a Q&A explains it."""
    title = reading.title
    if type_ == "reply_to_proposal":
        match = _PROPOSAL.search(title.text)
        if match:
            value = f"第{match['number']}号{match['what']}"
            yield reading.fact("replies_to", value, title, match.span())
        else:
            yield from _answered(reading)
        return
    kind: FactKind
    if type_ in ("consultation", "proposed_rule"):
        kind = "extends" if re.search(r"延长|延期", title.text) else "consults"
    elif type_ == "conclusions":
        kind = "replies_to"
    elif type_ in _EXPLAINS:
        kind = "interprets"
    else:
        return
    if reading.lang == "en":
        yield from _explained(reading, own) if kind == "interprets" else ()
        return
    for match in TITLE.finditer(title.text):
        if _ACT.search(_stem(match["name"])) or "稿" in match["name"]:
            yield reading.fact(kind, instrument_key(reading, match["name"]), title, match.span())
            return
    if kind == "interprets" and type_ != "judicial_interpretation":
        yield from _issued_before(reading)
    elif kind == "consults" and (drafted := list(_drafted(reading))):
        yield from drafted
    elif kind in ("consults", "extends"):
        yield from (replace(fact, kind=kind) for fact in own if fact.kind == "instrument")


_JUST_ISSUED = re.compile(
    r"(?:发布|印发|公布|出台|颁布)(?:实施)?了?《(?P<name>[^《》]{4,100})》(?=[（(][^（）()]{0,40}以下(?:简)?称|，)"
)


def _issued_before(reading: Reading) -> Iterator[Fact]:
    """What the opening of an explanation says was just issued, where its title names nothing: 印发了《…》（以下简称…）."""
    for part in reading.body[:1]:
        match = _JUST_ISSUED.search(part.text, 0, _DRAFTED_HEAD)
        if match and _ACT.search(_stem(match["name"])):
            place = match.start("name") - 1, match.end("name") + 1
            yield reading.fact("interprets", instrument_key(reading, match["name"]), part, place)


_DRAFTED = re.compile(r"《(?P<name>[^《》]{4,100}(?:稿|草案)[)）]?)》")
_DRAFTED_HEAD = 500


def _drafted(reading: Reading) -> Iterator[Fact]:
    """The draft that the first sentences name where the title names none."""
    for part in reading.body:
        match = _DRAFTED.search(part.text, 0, _DRAFTED_HEAD)
        if match:
            yield reading.fact("consults", instrument_key(reading, match["name"]), part, match.span())
            return


_ANSWERED = re.compile(r"《(?P<name>[^《》]{4,100}(?:提案|建议|议案))》[^。；\n]{0,40}?(?:收悉|收到|答复)")
_ANSWER_HEAD = 600


def _answered(reading: Reading) -> Iterator[Fact]:
    """The proposal that a reply names by its title."""
    for part in reading.body:
        match = _ANSWERED.search(part.text, 0, _ANSWER_HEAD)
        if match:
            end = match.end("name") + 1
            yield reading.fact("replies_to", f"《{match['name']}》", part, (match.start(), end))
            return


def _explained(reading: Reading, own: tuple[Fact, ...]) -> Iterator[Fact]:
    """The documents that the title of an English Q&A names: FAQs on Regulation (EU) 2023/1114."""
    mine = {fact.value for fact in own}
    for number in reading.numbers(reading.title):
        if number.value not in mine:
            yield reading.fact("interprets", number.value, reading.title, (number.start, number.end))
    for hit in reading.hits(reading.title):
        if _is_act(hit):
            yield reading.fact(
                "interprets", _law(reading, hit), reading.title, (hit.start, hit.end), confidence=0.9
            )


def _is_act(hit: Hit) -> bool:
    """Whether a term of law names an act, not a gazette or a register, and in more than two letters."""
    return hit.entry.kind == "law" and hit.end - hit.start > 2 and bool(_ACT.search(_stem(hit.entry.zh)))


def _law(reading: Reading, hit: Hit) -> str:
    return "《" + re.sub(r"\s+", "", reading.glossary.preferred(hit.entry.id).zh) + "》"


def _titles(reading: Reading, part: Part, known: Mapping[str, str]) -> Iterator[Fact]:
    """``known``: bare title → the number that it has elsewhere in the item."""
    starts = {n.start: n for n in reading.numbers(part)}
    own = re.sub(r"[\s《》]+", "", reading.title.text)
    for match in TITLE.finditer(part.text):
        name = match["name"]
        if _GENERIC.fullmatch(name) or not (
            _ACT.search(_stem(name)) or _CALLED_ACT.match(part.text, match.end())
        ):
            continue
        number = _next_number(part.text, match.end(), starts)
        end = match.end() if number is None else number.end
        kind = _relation(reading, part.text, match.start(), end) or "citation"
        value = number.value if number else known.get(squeezed(name)) or instrument_key(reading, name)
        if re.sub(r"[\s《》]+", "", name) in own and (inner := _AMENDS_INNER.search(name)):
            yield reading.fact(
                DONE.get(inner["verb"], "repeals"),
                known.get(squeezed(inner["name"])) or instrument_key(reading, inner["name"]), part,
                (match.start("name") + inner.start("name"), match.start("name") + inner.end("name")),
            )  # fmt: skip
        if kind == "citation" and (number is not None or re.sub(r"[\s《》]+", "", name) in own):
            continue
        yield reading.fact(kind, value, part, match.span())


_AMENDS_INNER = re.compile(r"^[^〈〉]{0,40}(?P<verb>修改|修订|废止|延长)〈(?P<name>[^〈〉]{2,60})〉")


_CALLED_ACT = re.compile(r"的(?:通函|通告|通知|公告|指引|指南|函件|信函|规则|守则)")
"""What follows a title that does not say itself what it is: 题为《良好作业模式》的通函."""


def _stem(name: str) -> str:
    """Return a title without its trailing brackets and years."""
    for _ in range(3):
        name = _SUFFIX.sub("", name.strip())
    return name


def _next_number(text: str, end: int, starts: dict[int, Found]) -> Found | None:
    gap = _NUMBER_NEXT.match(text, end)
    if gap is None:
        return None
    # A day or the body may stand before the number: （2019年5月8日 银发〔2019〕3号）.
    inside = re.compile(r"[^（）()\n]{0,24}").match(text, gap.end())
    last = inside.end() if inside else gap.end()
    return next((starts[at] for at in range(gap.end(), last + 1) if at in starts), None)


def _relation(reading: Reading, text: str, start: int, end: int) -> FactKind | None:
    """Say what the words around ``text[start:end]`` do to the document named there."""
    chinese = reading.lang == "zh"
    before = text[max(0, start - 160) : start]
    if chinese and before[-1:] in ("》", "）", "、", "和", "及", "与"):
        # In a list of titles the verb may stand before the first one.
        before = _LIST_BEFORE.sub("", text[max(0, start - _LOOK_BACK) : start])[-160:]
    after = text[end : end + 200].lstrip("）)")
    rest = _REST_OF_LIST.match(text[end : end + 1500]) if chinese else None
    tail = text[end + rest.end() : end + rest.end() + 200].lstrip("）)") if rest else after
    nearest: tuple[int, FactKind] | None = None
    for kind, left, right in _ZH if chinese else _EN:
        word = left.search(before) if left is not None else None
        if word is not None and not chinese and _DENIED.search(before, 0, word.start()):
            continue
        if left is not None and word is None:
            continue
        if right is None or right.match(after) or right.match(tail):
            if chinese or word is None:
                return kind
            # English says several things in one sentence: the verb nearest before the document is its own.
            if nearest is None or word.start() > nearest[0]:
                nearest = (word.start(), kind)
    return nearest[1] if nearest else None


def _known_laws(reading: Reading, part: Part) -> Iterator[Fact]:
    """Laws of the glossary named without title marks, English names above all."""
    if reading.lang == "zh":
        return
    for hit in reading.hits(part):
        if _is_act(hit):
            start = max(sentence_at(part, hit.start)[0], hit.start - _LOOK_BACK)
            kind = _relation(reading, part.text[start : hit.end + 200], hit.start - start, hit.end - start)
            yield reading.fact(
                kind or "citation", _law(reading, hit), part, (hit.start, hit.end), confidence=0.9
            )


_ENDS = frozenset({"repeals", "replaces", "amends", "extends", "corrects"})
"""What is said of a title in English; of the rest a title may only stand near the word."""


def _named(reading: Reading, part: Part) -> Iterator[Fact]:
    """English titles without a number, of a list all to which the words around it do something."""
    for row in named_titles(reading, part):
        first, last = row[0][0], row[-1][1]
        start = max(sentence_at(part, first)[0], first - _LOOK_BACK)
        kind = _relation(reading, part.text[start : last + 200], first - start, last - start)
        for span in row if kind in _ENDS else ():
            known = any(
                hit.start < span[1] and span[0] < hit.end and _is_act(hit) for hit in reading.hits(part)
            )
            name = part.text[slice(*span)]
            if kind and not known and reading.title.text.removeprefix("The ") != name:
                yield reading.fact(kind, name, part, span, confidence=0.9)


_BESIDE = re.compile(r"[\s、，,和及与以]{1,4}")


def _numbers(reading: Reading, part: Part, type_: str) -> Iterator[Fact]:
    """Numbers without a title that the words around them relate to; of a list in Chinese all to which one is related."""
    found: list[tuple[Found, FactKind | None]] = []
    put_off = type_ in ("consultation", "proposed_rule") and _PUT_OFF.search(reading.title.text)
    last = 0
    for number in reading.numbers(part):
        start = max(sentence_at(part, number.start)[0], number.start - _LOOK_BACK)
        if part.text[number.start - 1 : number.start] in ("（", "(") and reading.lang == "zh":
            continue
        if reading.lang == "en" and last > start and not _JOINED.search(part.text, last, number.start):
            start = last
        last = number.end
        kind = _relation(
            reading, part.text[start : number.end + 200], number.start - start, number.end - start
        )
        if reading.lang == "en":
            after = part.text[number.end : number.end + 60]
            before = part.text[start : number.start]
            kind = ended(kind, number.value, before, after, type_)
            if kind is None and put_off and PROPOSED_NUMBER.match(number.value):
                kind = "extends" if PROPOSED_BEFORE.search(before[-200:]) else None
        elif kind is None and found and _BESIDE.fullmatch(part.text, found[-1][0].end, number.start):
            kind = found[-1][1]
        found.append((number, kind))
    for number, kind in found:
        if kind is not None:
            yield reading.fact(kind, number.value, part, (number.start, number.end), confidence=0.9)
