"""Which language a text is in, and where its sentences begin and end. In: plain text. Out: a tag, spans.

Only what the scripts themselves show is decided; a Latin text is what its source declares, else English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from dibao.store import Tag, family

_SAMPLE = 20_000
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
# The commonest characters that differ, pair by pair: enough for any text of a sentence or more.
_SIMPLIFIED = frozenset(
    "银国发监总规关个这为来时会对业进动经机电开产组给应现还问长书样见实达东车马门间闻风险报财务审计资贷债"
    "证华与当从众优传体储内写农决减则办务协单卖卫历压厅县参双变号合员响园场坏块坚处备复头夺奖妇学宁宝"
    "专层岁币师带广庄库张强归录彻态总恶户护拟择据损换断无显术权条极构标树检楼欢毕气汇没济测浅涨温满"
    "灭灯点热爱状独环矿确种离积称穷竞笔签简类粮红约级纪纳纸线组织终结绝统继续维综绿编缴罗网联职"
)
_TRADITIONAL = frozenset(
    "銀國發監總規關個這為來時會對業進動經機電開產組給應現還問長書樣見實達東車馬門間聞風險報財務審計資貸債"
    "證華與當從眾優傳體儲內寫農決減則辦務協單賣衛歷壓廳縣參雙變號員響園場壞塊堅處備複頭奪獎婦學寧寶"
    "專層歲幣師帶廣莊庫張強歸錄徹態惡戶護擬擇據損換斷無顯術權條極構標樹檢樓歡畢氣匯沒濟測淺漲溫滿"
    "滅燈點熱愛狀獨環礦確種離積稱窮競筆簽簡類糧紅約級紀納紙線織終結絕統繼續維綜綠編繳羅網聯職"
)
_ONLY_SIMPLIFIED = _SIMPLIFIED - _TRADITIONAL
_ONLY_TRADITIONAL = _TRADITIONAL - _SIMPLIFIED

_CHINESE_END = re.compile(r"[。！？；!?…]+[”’」』）)】》\"]*|;(?=\s*[\u3400-\u9fff])")
_ENGLISH_END = re.compile(r"[.!?]{1,3}[\"'”’)\]]{0,3}(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|Inc|Ltd|Corp|Co|Mr|Mrs|Ms|Dr|Prof|Art|Arts|Sec|Secs|Reg|Regs|para|paras|Cap|Ch|cf|vs|"
    r"etc|e\.g|i\.e|al|St|Jr|Sr|Fed|approx|Vol|pp?|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Gov|Sen|Rep|"
    r"Fig|Rel|Stat|Supp)|\b(?:[A-Za-z]\.)*[A-Za-z])\.$"
)
_LIST_MARK = re.compile(r"\s*(?:\(?[0-9]{1,3}|\(?[ivxIVX]{1,4}|[A-Za-z])\.$")
# After "U.S." a sentence may end; it does when the next word is one of those that open sentences.
_OPENERS = re.compile(r"(?:The|This|These|Those|It|In|A|An|However|But|We|They|Under|For|On|As|If|He|She)\b")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}$")


def detect(text: str, *, hint: Tag = "") -> Tag:
    """Return ``zh-Hans``, ``zh-Hant``, ``ja``, ``ko``, the hint for a text in Latin letters, or ``en``.

    ``hint`` is what the source declares; it settles what the text alone does not.
    """
    sample = text[:_SAMPLE]
    han, words = len(_HAN.findall(sample)), len(_LATIN_WORD.findall(sample))
    kana, hangul = len(_KANA.findall(sample)), len(_HANGUL.findall(sample))
    if kana * 8 > han and kana > 1 and kana + han > words:
        return "ja"
    if hangul > han and hangul > words:
        return "ko"
    hinted = family(hint) == "zh" if hint else None
    unsure = words // 2 <= han <= words * 4
    chinese = hinted if unsure and hinted is not None else han > words * 1.5
    if chinese:
        return _script(sample, hint)
    return "en" if not hint or hinted else hint.split("-")[0].lower()


def _script(text: str, hint: Tag) -> Tag:
    simplified = sum(c in _ONLY_SIMPLIFIED for c in text)
    traditional = sum(c in _ONLY_TRADITIONAL for c in text)
    if simplified != traditional:
        return "zh-Hant" if traditional > simplified else "zh-Hans"
    places = hint.lower().split("-")[1:]
    return "zh-Hant" if {"hant", "hk", "tw", "mo"} & set(places) else "zh-Hans"


def sentences(text: str, tag: Tag, *, most: int | None = None) -> tuple[tuple[int, int], ...]:
    """Return the spans of the sentences of a text, in order, without the white space around them.

    A line is a paragraph and ends its sentence. Chinese ends at 。！？； and closing marks after them;
    English at . ! ? before white space, but not after abbreviations, initials and list numbers. ``most``: of
    a long text only so many from its beginning are looked for.
    """
    return tuple(islice(_sentences(text, tag), most))


def _sentences(text: str, tag: Tag) -> Iterator[tuple[int, int]]:
    cut = _chinese_cuts if family(tag) == "zh" else _english_cuts
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        at = start
        for stop in (*cut(text, start, end), end):
            span = _trim(text, at, stop)
            if span[0] < span[1]:
                yield span
            at = stop
        start = end


def _chinese_cuts(text: str, start: int, end: int) -> Iterator[int]:
    return (match.end() for match in _CHINESE_END.finditer(text, start, end))


def _english_cuts(text: str, start: int, end: int) -> Iterator[int]:
    at = start
    for match in _ENGLISH_END.finditer(text, start, end):
        # Forty characters are more than any abbreviation and keep the look back linear.
        head = text[max(at, match.start() - 40) : match.start() + 1]
        following = text[match.end() : match.end() + 40].lstrip()
        if not following or following[0].islower():
            continue
        if match.group().startswith("."):
            if _LIST_MARK.fullmatch(text[at : match.start() + 1][:12]) and match.start() - at < 12:
                continue
            if _ABBREVIATION.search(head) and not (_DOTTED.search(head) and _OPENERS.match(following)):
                continue
        yield match.end()
        at = match.end()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def simplify(text: str) -> str:
    """Return a Chinese text with each Traditional character as its Simplified one: same length, same places.

    For looking things up only; a published text keeps its own characters.
    """
    return text if text.isascii() else text.translate(_SIMPLE)


class _Simple(dict[int, int]):
    """Each character's simplified one, looked up when it is first met."""

    def __missing__(self, code: int) -> int:
        simple: str = _opencc().convert(chr(code)) if code > 0x3400 else ""
        self[code] = ord(simple) if len(simple) == 1 else code
        return self[code]


_SIMPLE = _Simple()


@cache
def _opencc() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
