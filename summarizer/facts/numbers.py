"""Numbers of documents in running text, each brought to one comparison form.

The agency code before a bracketed year is the longest known one that ends at the bracket;
words in front of it never become part of a number. English releases, papers and citations have one shape each.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..glossary import Glossary
from ..language import simplify
from .numbers_en import SHAPES, usual
from .numerals import chinese_number
from .romanised import romanised
from .scan import near

_OPEN, _CLOSE = "〔﹝[［【(（", "〕﹞]］】)）"
_SPACE = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u2060]+")
_DASHES = re.compile("[‐‑‒–—―－−~～]|至(?=[0-9第])")

# Agency codes. Fixed ones first, then series whose middle part varies. Order does not matter: the longest wins.
_PLACE = (
    "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新并穗深甬厦连沈哈长杭合福榕昌济郑汉"
    "武成蓉昆筑拉兰银乌呼南邕海石保唐莞佛珠惠温绍嘉泉锡徐扬潍烟洛襄宜鹭"
)
_STOP = "据照按的日及和与以由在经为对于出作收到决定书文号第发了见等即如《》、，。：；（）〔〕“”〈〉,.:;()"
_CODES = "|".join(
    (
        "中发|中办发|国发|国办发|国函|国办函|国办发明电|国发明电|国办|厅字|国令",
        "银发|银办发|银函|银办函|银传|银复|银货政|银市场|银国库|银支付|银科技|(?:银|银处)罚决?字|银反洗发",
        rf"[{_PLACE}]{{1,2}}银(?:发|函|办发|办函|复|办|规|处?罚决?字)|上海总部发|银总部发|银管发|银营管发",
        rf"(?:(?![{_STOP}])[\u4e00-\u9fff]){{1,3}}(?:银保监罚决?字|银监罚决?字|保监罚(?:决?字)?|金罚决?字|金监罚决?字|银罚决?字)",
        "金规|金发|金办发|金函|金复|金办便函|金办函|金罚决?字|金监罚决?字|金监发|金许可",
        rf"(?:[{_PLACE}]{{1,2}})?(?:银保监|银监|保监)(?:办)?(?:发|规|复|函|便函|许可|产险|寿险|消保|罚决?字|罚)",
        rf"[{_PLACE}]{{1,2}}金(?:复|发|函|办发|规|监复|监发)",
        "证监发|证监办发|证监许可|证监函|证监禁入字|证监罚字|机构部函|证监会字|证监基金字|证监机构字|证监公司字",
        "汇发|汇综发|汇综函|汇复|汇函|汇检罚|汇管函|汇资函|汇经函",
        rf"[{_PLACE}]{{1,2}}(?:汇(?:检罚|罚|发|综发|管罚)字?|外管)",
        "国信办通字|中网办发文|中网办秘字|国信办发文|网信办发",
        r"工信部(?:联|规|令)?[\u4e00-\u9fff]{1,3}|工信厅(?:联)?[\u4e00-\u9fff]{1,3}|工信[\u4e00-\u9fff]{1,3}函",
        "财(?:办)?(?:金|税|会|库|预|教|综|建|资|行|农|社|企|监|购|法|关税|文|科教|关)|财政部令",
        "发改办?(?:财金|体改|高技|投资|价格|环资|产业|地区|外资|数据|经贸|运行|能源|法规|办|就业|规划|基础)规?",
        r"国市监(?:[\u4e00-\u9fff]{1,4})(?:发|规|函)|国市监(?:[\u4e00-\u9fff]{1,3})",
        r"国数(?:政策|资源|综|科基|数经|规划|[\u4e00-\u9fff]{2})|国科发(?:[\u4e00-\u9fff]{1,2})|国科办(?:[\u4e00-\u9fff]{1,2})",
        r"税总(?:办)?(?:[\u4e00-\u9fff]{0,3}?)(?:发|函)|国税(?:发|函|地字)",
        r"法释|法发|法|法办|高检发(?:释字|[\u4e00-\u9fff]{1,3})?|公通字|公网安|司发通|司规",
        r"商(?:办)?(?:[\u4e00-\u9fff]{1,3})(?:发|函|规)|署(?:[\u4e00-\u9fff]{1})发|人社(?:部|厅)?(?:发|函|规)|国资发[\u4e00-\u9fff]{2,4}",
        r"建(?:办)?[\u4e00-\u9fff]{1}|教[\u4e00-\u9fff]{1,3}厅?函?|国卫[\u4e00-\u9fff]{1,4}(?:发|函)|农[\u4e00-\u9fff]{1,3}发|交[\u4e00-\u9fff]{1,3}发",
        r"国能发[\u4e00-\u9fff]{2}|国知发[\u4e00-\u9fff]{1,3}|国密局字|审[\u4e00-\u9fff]{1,3}发|国标委[\u4e00-\u9fff]{1,3}",
        r"上证(?:发|函|公告)(?:[（(][\u4e00-\u9fff]{1,6}[)）])?|深证上|深证会|深证函|北证公告|北证发|北证办发|股转公告|股转系统公告|股转发|大商所发|郑商发|上期发|上期能发"
        "|广期所发|中金所发|中基协发|中基协字|中市协发|中证协发|中期协字|中期协发|中国结算发字|中国结算发|中保协发|中银协发|中支协发|银协发|协会|中汇交(?:发|公告)|上清所(?:发|公告)|(?:上期|大商|郑商|广期|中金|北交)所公告",
        rf"[{_PLACE}]{{1,2}}(?:政办?|府办?|金监?|委办?)(?:发|函|规|字|令)|[{_PLACE}]{{1,2}}证监(?:决定?|措施|处罚字|发|函)",
        r"(?:(?!会)[\u4e00-\u9fff]){2,9}(?:监管局|证监局|监管分局)(?:行政处罚决定书?|行政监管措施决定书|市场禁入决定书?)",
        "行政处罚决定书?|行政监管措施决定书|市场禁入决定书|行政处罚事先告知书|公告|令|(?:纪律处分|自律监管措施|自律处分|监管措施)决定书",
    )
)
_PAPER = "令|公告|通告|决定|行政处罚决定书|行政监管措施决定书|市场禁入决定书|行政处罚事先告知书|(?:纪律处分|自律监管措施|自律处分|监管措施)决定书"
"""Documents whose number begins with the full name of the body, not with a code."""
_DECISION_AT_END = re.compile("(?:决定书|告知书)$")
_CODE_AT_END = re.compile(rf"(?:{_CODES})字?$")
_ORDER_AT_END = re.compile(rf"(?:{_PAPER})$")
_LONGEST_CODE = 40
_SERIAL = (
    r"第?\s{0,3}(?P<serial>[0-9](?:\s?[0-9]){0,11}(?:\s?号?\s?[-‐‑–—－~～至]\s?第?[0-9]{1,7})?)\s{0,3}[号號]"
)
_BRACKETED = re.compile(
    rf"[{re.escape(_OPEN)}]\s{{0,3}}(?P<year>(?:19|20)[0-9]{{2}})\s{{0,3}}[{re.escape(_CLOSE)}]\s{{0,3}}{_SERIAL}"
)
_PLAIN_ORDER = re.compile(
    rf"(?P<head>令|公告|通告)\s{{0,3}}[（(]?(?:(?P<year>(?:19|20)[0-9]{{2}})\s?年\s{{0,3}}(?:{_SERIAL})"
    r"|第?\s{0,3}(?P<number>[0-9]{1,4}|[一二三四五六七八九十百〇零]{1,7})\s{0,3}[号號])"
)
_ORDER_LAST = re.compile(
    r"(?P<head>(?:(?:19|20)[0-9]{2}\s?年\s{0,3})?第\s{0,3}(?:[0-9]{1,4}|[一二三四五六七八九十百〇零]{1,7})\s{0,3}[号號])\s{0,3}(?:令|公告|通告)"
)
"""The same with the word last: 商务部2026年第5号公告, 国务院第748号令."""
_NUMBER_MARK = ("号", "號")
"""What every Chinese number holds near its end."""
_CODE_ALONE = re.compile(
    r"[\u4e00-\u9fff]{0,10}(?:[（(][\u4e00-\u9fff]{1,6}[)）])?|[\u4e00-\u9fff]{4,28}(?:书|函)"
)
_MACAO = re.compile(r"[0-9]{3}/(?:[A-Z]/)?20[0-9]{2}-(?:DS[A-Z]/)?AMCM")
_FILING = re.compile(r"网信算备[0-9]{10,24}号")
_TAIWAN = re.compile(r"(?:(?![日以依据按经會会])[\u4e00-\u9fff]){2,8}字第[0-9]{7,13}[号號]")
_TAIWAN_MARK = re.compile(r"字第[0-9]{7}")

_STANDARD = (
    r"(?:GB(?:/[TZ])?|JR/T|YD/T|GA/T|SF/T|LB/T|RB/T|SJ/T|T/[A-Z]{2,10})\s?[0-9]{1,6}(?:\.[0-9]{1,2})?(?:\s?[-‐‑–—－]\s?[0-9]{4})?"
    r"|TC260-(?:PG-)?[0-9A-Z]{3,12}|ISO(?:/IEC)?(?:\s(?:TS|TR))?\s[0-9]{3,5}(?:-[0-9]{1,2})?(?::[0-9]{4})?"
)
_WORD_START = re.compile(r"[A-Z0-9](?<![0-9A-Za-z/.-][A-Z0-9])")
_FIGURE = re.compile("[0-9]")
_LONGEST_NAME = 64
"""Characters of a series before its first figure: Accounting and Auditing Enforcement Release No."""
_LATIN = re.compile(rf"(?<![0-9A-Za-z/.-])(?:{_STANDARD}|{SHAPES})(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Found:
    """A number at ``text[start:end]`` with its normal form."""

    start: int
    end: int
    value: str


@lru_cache(maxsize=8192)
def normal_number(raw: str) -> str:
    """Return the comparison form of a document number; the same number always gives the same form.

    Chinese: Simplified, 〔〕, no white space, no 第 after a bracketed year, ranges with one hyphen, the full name of the
    body before an order or announcement (国务院令 for 国令), a year before the serial in 〔〕.
    Others: single spaces, hyphens, the series' usual spelling. ``normal_number`` of its own result is the same.
    """
    text = unicodedata.normalize("NFKC", raw).replace("號", "号")
    text = _DASHES.sub("-", text)
    if re.search("[\u3400-\u9fff]", text):
        return _normal_chinese(simplify(_SPACE.sub("", text)))
    return usual(" ".join(text.split()))


def _normal_chinese(text: str) -> str:
    text = re.sub(r"[(\[【﹝〔]((?:19|20)[0-9]{2})[)\]】﹞〕]", r"〔\1〕", text)
    text = re.sub(r"(?<=书)[(](?=〔)", "", text)
    text = re.sub(r"(?<=[令告])[(]((?:(?:19|20)[0-9]{2}年)?第?[^()]{1,8}号)[)]?$", r"\1", text)
    text = re.sub(
        r"^([^〔0-9]{2,40}?)((?:(?:19|20)[0-9]{2}年)?第[^〔号]{1,8}号)(令|公告|通告)$", r"\1\3\2", text
    )
    if _BY_BODY.search(text):
        text = re.sub(r"中华人民共和国(?=[\u4e00-\u9fff])", "", text)
        text = re.sub(r"^国令", "国务院令", text)
        text = _SHORT_BODY.sub(lambda m: _FULL_BODY[m["short"]], text)
    text = re.sub(r"(?:(?<=[令告])第?|(?<=[0-9]年)第)([一二三四五六七八九十百〇零]{1,7})号", _arabic, text)
    text = re.sub(r"(?<=[令告])((?:19|20)[0-9]{2})年(?=第?[0-9])", r"〔\1〕", text)
    # An order counted without a year is written with 第 everywhere: 国务院令第768号.
    text = re.sub(r"(?<=[令告])第*([0-9]{1,4})(?=号)", r"第\1", text)
    text = re.sub(r"第+(?=〔)|(?<![令告第])第+(?=[0-9])", "", text)
    text = re.sub(r"(?<=〕)0+(?=[0-9])|(?<=-)0+(?=[0-9])", "", text)
    return re.sub(r"号+(?=-)", "", text)


_FULL_BODY = {
    "证监会": "中国证券监督管理委员会", "银保监会": "中国银行保险监督管理委员会", "银监会": "中国银行业监督管理委员会",
    "保监会": "中国保险监督管理委员会", "人民银行": "中国人民银行", "央行": "中国人民银行",
    "金融监管总局": "国家金融监督管理总局", "网信办": "国家互联网信息办公室", "外汇局": "国家外汇管理局",
    "发展改革委": "国家发展和改革委员会", "发改委": "国家发展和改革委员会", "工信部": "工业和信息化部",
    "市场监管总局": "国家市场监督管理总局", "税务总局": "国家税务总局", "数据局": "国家数据局",
    "统计局": "国家统计局", "密码局": "国家密码管理局", "知识产权局": "国家知识产权局",
}  # fmt: skip
_BY_BODY = re.compile(rf"(?:{_PAPER}|国令)(?:〔|第|[0-9]|[一二三四五六七八九十])")
_SHORT_BODY = re.compile(rf"(?:中国|国家)?(?P<short>{'|'.join(_FULL_BODY)})")
"""The same order is cited by the body's full and by its short name (证监会公告, 中国证券监督管理委员会公告)."""


def _arabic(match: re.Match[str]) -> str:
    value = chinese_number(match[1])
    return match[0] if value is None else f"第{value:f}号"


def find_numbers(text: str, glossary: Glossary) -> tuple[Found, ...]:
    """Return the numbers in a text, in order, none overlapping another."""
    found = [*_chinese(text, glossary), *_latin(text)]
    found.sort(key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return tuple(kept)


def _chinese(text: str, glossary: Glossary) -> Iterator[Found]:
    for match in _MACAO.finditer(text) if "AMCM" in text else ():
        yield Found(match.start(), match.end(), match.group())
    if not any(mark in text for mark in _NUMBER_MARK):
        return
    for match in _BRACKETED.finditer(text):
        start = _code_start(text, _before_year(text, match.start()), glossary)
        whole = _standing_alone(text, match)
        # The code of an office that no list has is longer than the code that it ends with: 丽水银发 is not 银发.
        if whole is not None and (
            start is None
            or start - _LONGEST_PREFIX <= whole < start
            or (whole > start and _CODE_OF_ONE_LINE.fullmatch(text[whole : match.start()].strip()))
        ):
            start = whole
        if start is not None:
            first = Found(start, match.end(), normal_number(text[start : match.end()]))
            yield first
            yield from _more_serials(text, first)
    for match in _PLAIN_ORDER.finditer(text):
        start = _body_start(text, match.end("head"), glossary)
        if start is not None:
            yield Found(start, match.end(), normal_number(text[start : match.end()]))
    for match in near(_ORDER_LAST, text, _NUMBER_MARK, before=24, after=8):
        start = _body_start(text, match.start(), glossary)
        if start is not None:
            yield Found(start, match.end(), normal_number(text[start : match.end()]))
    for match in (*_FILING.finditer(text), *near(_TAIWAN, text, _TAIWAN_MARK, before=9, after=8)):
        yield Found(match.start(), match.end(), normal_number(match.group()))


_SERIAL_NEXT = re.compile(r"\s?[、，和及]\s?(?P<next>(?:第\s?)?(?P<serial>[0-9]{1,7})\s?[号號])")


def _more_serials(text: str, first: Found) -> Iterator[Found]:
    """The further numbers of one series: 穗金罚决字〔2026〕3号、4号 are two."""
    series, bracket, _ = first.value.rpartition("〕")
    at = first.end
    while (more := _SERIAL_NEXT.match(text, at)) is not None:
        at = more.end()
        yield Found(more.start("next"), at, f"{series}{bracket}{int(more['serial'])}号")


_NO_CODE = re.compile(r"[依据照按的日及和与以由为于号第了见等即如]|(?:令|公告|通告)$")
_CODE_OF_ONE_LINE = re.compile(r"[\u4e00-\u9fff]{2,12}(?<![书定告令])")
"""A code that needs no office on the line above it, as 行政处罚决定书 does."""
_LABEL_END = re.compile("[：:|]")
_LONGEST_PREFIX = 4
_ALONE_BACK = 24


def _standing_alone(text: str, match: re.Match[str]) -> int | None:
    """Return where a code begins that nothing but the number stands with: on a line or in round brackets of its own.

    Such a number needs no list of codes. A line may hold the bracketed year and serial alone (〔2026〕44号).
    """
    head = text[max(0, match.start() - _ALONE_BACK) : match.start()]
    line = head.rpartition("\n")[2]
    after = text[match.end() : match.end() + 8].partition("\n")[0].strip()
    if (after == "" or after.startswith("签发人")) and (
        len(line) < len(head) or match.start() <= _ALONE_BACK
    ):
        code = _LABEL_END.split(line)[-1].strip()
    elif after[:1] in ("）", ")") and (
        opened := re.search(r"[（(](?=[^（()]*(?:[（(][^（）()]*[)）])?$)", line)
    ):
        code = line[opened.end() :].strip()
        if not code and not line[: opened.start()].endswith(("决定", "决定书")):
            return None
    else:
        return None
    if not _CODE_ALONE.fullmatch(code) or _NO_CODE.search(code):
        return None
    return match.start() - len(head) + head.rindex(code) if code else match.start()


def _before_year(text: str, at: int) -> int:
    """Return where the code ends before a bracketed year: blanks and 第 in between belong to neither.

    So does the bracket of 行政处罚决定书（〔2026〕9号）.
    """
    while at > 0 and (text[at - 1].isspace() or text[at - 1] == "第"):
        at -= 1
    if at > 1 and text[at - 1] in "（(" and _DECISION_AT_END.search(text, max(0, at - 12), at - 1):
        return at - 1
    return at


def _latin(text: str) -> Iterator[Found]:
    """Every such number begins where a word with a capital or a figure begins, and soon has a figure: only there is it worth looking."""
    end = 0
    figure = -1
    for word in _WORD_START.finditer(text):
        start = word.start()
        if figure < start:
            next_figure = _FIGURE.search(text, start)
            if next_figure is None:
                break
            figure = next_figure.start()
        if start >= end and figure - start <= _LONGEST_NAME and (match := _LATIN.match(text, start)):
            end = match.end()
            yield Found(match.start(), end, normal_number(match.group()))
            if "CFR" in match.group() or "C.F.R" in match.group():
                yield from _more_parts(text, match)
    for start, stop, value in romanised(text):
        yield Found(start, stop, value)


_PART = re.compile(
    r"(?:,\s(?:and\s)?|\sand\s)(?P<part>[0-9]{1,4}(?:\.[0-9]{1,4})?)(?![0-9A-Za-z.-]?[0-9A-Za-z])"
)


def _more_parts(text: str, first: re.Match[str]) -> Iterator[Found]:
    """The further parts of one citation: 17 CFR Parts 240, 249 and 275 are three."""
    if not re.search(r"[Pp]arts\s|§§", first.group()):
        return
    title, at = first.group().split(maxsplit=1)[0], first.end()
    while (more := _PART.match(text, at)) is not None:
        at = more.end()
        yield Found(more.start("part"), at, f"{title} CFR {more['part']}")


def _code_start(text: str, end: int, glossary: Glossary) -> int | None:
    """Return where the agency code that ends at ``end`` begins; None when no known code ends there."""
    tail, places = _back(text, end)
    if _ORDER_AT_END.search(tail):
        body = _body_start(text, end, glossary)
        if body is not None:
            return body
    match = _CODE_AT_END.search(tail)
    if match is None or (match.group() in ("令", "公告", "法", "决定", "协会") and match.start() > 0):
        return None
    return places[match.start()]


_REPUBLIC = "中华人民共和国"
"""Words that stand before the name of a ministry on the face of its decree."""


def _body_start(text: str, end: int, glossary: Glossary) -> int | None:
    """Return where the name of the body before 令 or 公告 begins, the longest known name."""
    tail, places = _back(text, end)
    bare = _ORDER_AT_END.sub("", tail)
    for special in ("中华人民共和国主席", "中华人民共和国国务院", "主席", "国务院", "国"):
        if tail != bare and bare.endswith(special) and tail.endswith("令"):
            return places[len(bare) - len(special)]
    found = _name_at_end(bare, glossary)
    if found is None:
        return None
    # A joint order has the names of all that sign it: 财政部 税务总局公告.
    while (before := _name_at_end(bare[:found].removesuffix(_REPUBLIC), glossary)) is not None:
        found = before
    return places[found - len(_REPUBLIC) if bare.endswith(_REPUBLIC, 0, found) else found]


def _name_at_end(text: str, glossary: Glossary) -> int | None:
    """Return where the longest name of a body begins with which a text ends."""
    return next((start for start in range(len(text)) if glossary.body_of(text[start:]) is not None), None)


def _back(text: str, end: int) -> tuple[str, list[int]]:
    """Return the visible characters before a place, up to a line of its own, and where each stands."""
    chars: list[str] = []
    places: list[int] = []
    at, blanks = end - 1, 0
    while at >= 0 and len(chars) < _LONGEST_CODE and blanks < 6:
        if text[at].isspace():
            blanks += 1
            if text[at] == "\n" and chars and at > 0 and text[at - 1] == "\n":
                break
            if text[at] in " \u3000" and chars and at > 0 and text[at - 1] in " \u3000":
                break  # the next column of a table
        elif text[at] in "，。；：！？《》":
            break
        else:
            chars.append(text[at])
            places.append(at)
        at -= 1
    return "".join(reversed(chars)), places[::-1]
