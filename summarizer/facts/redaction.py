"""Contact data of persons: found in any text, and replaced in whatever is published.

Names count when a label makes them a contact (承办人, 联系人, Contact); officials named in their office stay.
Telephone numbers, e-mail addresses and identity numbers count wherever they stand, a body's own mailbox too.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dibao.store import Fact

from .reading import Reading
from .scan import blanked, near

_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME = r"[\u4e00-\u9fff·](?:[ \u3000]{0,3}[\u4e00-\u9fff·]){1,3}"
_NAMES = rf"{_NAME}(?:[ \u3000]{{0,3}}[、,，/][ \u3000]{{0,3}}{_NAME}){{0,4}}"
_CONTACT_ZH = re.compile(
    r"(?:承[ \u3000]{0,3}办|经[ \u3000]{0,3}办|联[ \u3000]{0,3}系|联[ \u3000]{0,3}络|聯[ \u3000]{0,3}[絡系]|"
    r"承[ \u3000]{0,3}辦|签[ \u3000]{0,3}发|填[ \u3000]{0,3}表|(?<!\S)[负負][ \u3000]{0,3}[责責])"
    rf"[ \u3000]{{0,3}}人[ \u3000]{{0,3}}(?:员)?(?:姓名)?(?:[及和与、/]?(?:联系|聯絡)?(?:电话|電話|方式|邮箱))?[ \u3000]{{0,3}}[:：][ \u3000]{{0,3}}(?P<name>{_NAMES})"
    r"(?:先生|女士|小姐|同志|老师)?(?![\u4e00-\u9fff])"
)
# 负责人 must open its line: "有关负责人：稳中求进" in a headline names nobody.
_OFFICE = re.compile(
    r"^(?:先生|女士|小姐|同志|老师)$|[处處部室科司局厅廳会會行]$|中心|公司|办公|委员|银行|同上|详见|附后"
)
_CONTACT_EN = re.compile(
    r"\b(?:FOR FURTHER INFORMATION,? CONTACT|(?:Media |Press )?[Cc]ontact(?: person)?|Contact officer)"
    r"\s{0,3}:\s{0,3}(?P<name>(?:M[rs]s?\.? |Dr\.? )?[A-Z][a-z'’-]{1,20}(?: [A-Z]\.?)?(?: [A-Z][A-Za-z'’-]{1,20}){1,2})"
)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}[@＠][A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
)
_DASH = r"[-—–－―‐‑ ]"
_PHONE = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(?:\+?86[- ]?)?1[3-9][0-9]" + _DASH + r"?[0-9]{4}" + _DASH + r"?[0-9]{4}"
    r"|(?:\+?86[- ]?)?[(（]?0[1-9][0-9]{1,2}[)）]?" + _DASH + r"{0,3}[1-9][0-9]{6,7}(?:[-—转][0-9]{1,5})?"
    r"|[(（]?0[1-9][0-9]{1,2}[)）]?[-—–－][0-9]{7,8}"
    r"|[48]00" + _DASH + r"[0-9]{3,4}" + _DASH + r"[0-9]{3,4}"
    r"|(?:\+?1[-. ])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[-.])[0-9]{3}[-.][0-9]{4}"
    r"|\+[1-9][0-9]{0,2}(?:[-. ]\(?[0-9]{1,5}\)?){2,5}"
    r")(?![0-9A-Za-z])"
)
_LABELLED = re.compile(
    r"(?:电[ \u3000]{0,3}话|電話|手机|传[ \u3000]{0,3}真|傳真|热线|(?<![A-Za-z])(?:[Tt]el(?:ephone)?|[Pp]hone|[Ff]ax|[Mm]obile))"
    r"(?:号码|號碼| [Nn]o| [Nn]umber)?[ \u3000]{0,3}(?:[.:：]|[为為是]|(?=[ \u3000]))[ \u3000]{0,3}"
    r"(?:[\u4e00-\u9fff]{1,16}[ \u3000]{0,3})?"  # the office that answers: 电话：科技司 010-…
    r"(?P<value>[(（+]?[0-9][0-9()（） \-—–－―、/]{4,40}[0-9])"
)
_CALLED = re.compile(
    r"(?:致电|致電|拨打|撥打|來電|来电|电联)[ \u3000]{0,3}(?P<value>[(（+]?[0-9][0-9()（） \-—–－]{5,20}[0-9])(?![0-9年月日%％])"
)
_ACCOUNT = re.compile(
    r"(?:微信|QQ|WeChat)(?:号|群|ID)?[ \u3000]{0,3}[:：][ \u3000]{0,3}(?P<value>[A-Za-z0-9_-]{5,30})"
)
_IDENTITY = re.compile(
    r"(?<![0-9备])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)


def private_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of private contact data in a text, sorted, none overlapping another."""
    return _union((start, end) for start, end, _ in _found(text))


def redact(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with these spans withheld: 〔已隐去〕 in a text with Chinese characters, else [withheld]."""
    mark = "〔已隐去〕" if _HAN.search(text) else "[withheld]"
    pieces: list[str] = []
    at = 0
    for start, end in _union(spans):
        pieces += [text[at:start], mark]
        at = end
    return "".join((*pieces, text[at:]))


def read_private(reading: Reading) -> Iterator[Fact]:
    """Yield one ``person_private`` fact for each place; its value says what it is, never the data itself."""
    for part in (*reading.parts, *(part for _, part in reading.labels)):
        for start, end, what in _found(part.text):
            yield reading.fact("person_private", what, part, (start, end), shown="")


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is private, also what only shows once its neighbour is gone (a name with a number right behind)."""
    while found := list(_plain(text)):
        yield from found
        text = blanked(text, _union((start, end) for start, end, _ in found))


def _plain(text: str) -> Iterator[tuple[int, int, str]]:
    if "人" in text or "责" in text or "責" in text:
        for match in _CONTACT_ZH.finditer(text):
            if not _OFFICE.search(match["name"]):
                yield *match.span("name"), "name"
    if "ontact" in text or "CONTACT" in text:
        for match in _CONTACT_EN.finditer(text):
            yield *match.span("name"), "name"
    if "@" in text or "＠" in text:
        for match in near(_MAIL, text, _AT, before=70, after=330):
            yield *match.span(), "email"
    for pattern, trigger, group, what in (
        (_IDENTITY, _LONG_FIGURE, 0, "identity"),
        (_LABELLED, _PHONE_WORD, "value", "phone"),
        (_CALLED, _CALL_WORD, "value", "phone"),
        (_PHONE, _FIGURES, 0, "phone"),
        (_ACCOUNT, _ACCOUNT_WORD, "value", "account"),
    ):
        for match in near(pattern, text, trigger, before=24, after=80):
            yield *match.span(group), what


_AT = re.compile("[@＠]")
_LONG_FIGURE = re.compile(r"[0-9][0-9]{16}")
_PHONE_WORD = ("电", "電", "手机", "传", "傳", "热线", "Tel", "tel", "hone", "Fax", "fax", "obile")
_CALL_WORD = re.compile("[致拨撥來来电][电電打联]")
_FIGURES = re.compile(r"[0-9][0-9]{2,3}[-—–－―‐‑ )）.]{1,4}\(?[0-9]{2}|[1][3-9][0-9]{9}|[+][1-9]|[0][0-9]{9}")
_ACCOUNT_WORD = ("微信", "QQ", "WeChat")


def _union(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return tuple(merged)
