"""Chinese titles: issuer, deed, type and subject, by the title grammar of official documents."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .acts import Act, unbracket
from .figures import NUMBER_WORDS
from .firms import pinyin
from .frames_zh import deed
from .lexicon import Token, chinese_integer, chinese_tokens

if TYPE_CHECKING:
    from dibao.store import Body

    from ..glossary import Glossary

_QUOTES = str.maketrans(
    {":": "：", ",": "，", "(": "（", ")": "）", ";": "；", "?": "？", "﹕": "：", "\u3000": " "}
)
_NUMBER_TAIL = re.compile(r"（([^（）]{0,20}〔\d{4}〕[^（）]{1,12}号)）$")
_OFFICE = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,4}?)(?:省|市|自治区|维吾尔自治区|壮族自治区|回族自治区)?"
    r"(?P<office>监管局|监管分局|分行|中心支行|支行|分局|营业管理部)"
)


def normalise(title: str) -> str:
    """Full-width punctuation, AI by its Chinese name, no line breaks, no 36Kr-style lead-in, no correction marks in front."""
    text = re.sub(r"\s+", " ", title.translate(_QUOTES)).strip()
    text = re.sub(r"(?<![A-Za-z])AI(?![A-Za-z])", "人工智能", text).replace("国常会", "国务院常务会议")
    text = re.sub(r"(?<=[\u4e00-\u9fff》，：）]) (?=[\u4e00-\u9fff《“（])|(?<=》) (?=的)", " ", text)
    return re.sub(r"^(?:【(?!第\d)[^】]{1,20}】|36氪获悉，|财联社\d{1,2}月\d{1,2}日电，)+", "", text)[:300]


def read_title(title: str, glossary: Glossary, *, place: str = "CN") -> Act:
    """Read a title; what no rule knows comes out as the deed ``title`` with the whole as subject. ``place``: the
    jurisdiction of whoever published it, where two bodies have one name (证监会 of the mainland, of Hong Kong).
    """
    text = normalise(title)
    number = ""
    if match := _NUMBER_TAIL.search(text):
        number, text = match[1], text[: match.start()]
    issuers, bodies, departments, rest = _issuers(text, glossary, place)
    draft = bool(re.search(r"征求意见稿|征求[^。]{0,80}意见|草案|就《?.{2,80}征求意见", rest))
    act = _named_law(deed(rest.strip(" "), issued=bool(issuers)), glossary)
    return Act(
        deed=act.deed, issuers=issuers, bodies=bodies, departments=departments, kind=act.kind, subject=act.subject,
        instruments=act.instruments, draft=draft or act.draft, number=act.number or number, firm=act.firm,
        start=act.start,
    )  # fmt: skip


def _named_law(act: Act, glossary: Glossary) -> Act:
    """A title that is only the name of a law: its text."""
    bare = unbracket(act.subject)[0]
    if act.deed != "title" or not bare.endswith(("法", "条例")):
        return act
    known = any(
        hit.entry.kind == "law" and hit.end - hit.start == len(bare) for hit in glossary.find(bare, "zh")
    )
    return replace(act, deed="text", instruments=(act.subject,), subject="") if known else act


_COUNTED = re.compile(r"(?P<n>[两二三四五六七八九十]{1,3}|\d{1,2})(?:个)?部(?:门|委)(?=[：联印发公出就])")
_LOCAL = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,4}?)(?:省|市)?(?P<of>金融监管|银保监|证监)(?P<office>分?局)(?![\u4e00-\u9fff]*总局)"
)
_PARENTS = {"金融监管": "NFRA", "银保监": "CBIRC", "证监": "CSRC"}


def _issuers(text: str, glossary: Glossary, place: str) -> tuple[tuple[str, ...], tuple[str, ...], int, str]:
    local = _LOCAL.match(text)
    if local and (parent := glossary.bodies.get(_PARENTS[local["of"]])):
        place = _place(local["place"], glossary) or pinyin(local["place"])
        return (f"{parent.short_en} {place} office",), (parent.id,), 0, text[local.end() :]
    if counted := _COUNTED.match(text):
        number = chinese_integer(counted["n"])
        words = NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else str(number)
        return (f"{words.capitalize()} departments",), (), number, text[counted.end() :]
    hits = {hit.start: hit for hit in glossary.find(text[:200], "zh") if hit.entry.kind == "org"}
    names: list[str] = []
    bodies: list[str] = []
    abroad = re.match(r"美国|英国|欧盟|香港|新加坡|日本|澳大利亚", text)
    at = abroad.end() if abroad and 0 not in hits and abroad.end() in hits else 0
    while hit := hits.get(at):
        body = _here(text[hit.start : hit.end], hit.entry.id, glossary, place)
        name = body.short_en
        at = hit.end
        if (office := _OFFICE.match(text, at)) and (where := _place(office["place"], glossary)):
            name, at = f"{name} {where} office", office.end()
        if text.startswith("常务会议", at):
            name, at = f"{name} executive meeting", at + 4
        if suffix := re.match(r"(?:办公厅|办公室|综合司)(?=关于|印发|发布|公告|就|等| )", text[at:]):
            at += suffix.end()
        names.append(name)
        bodies.append(body.id)
        if gap := re.match(r"[ 、]|(?:和|与|及|会同|联合)(?=[\u4e00-\u9fff])", text[at:]):
            if at + gap.end() not in hits:
                break
            at += gap.end()
    departments = 0
    if names and (
        many := re.match(r"等([一二三四五六七八九十\d]{1,3})(?:个)?(?:部门|部委|单位|机关)", text[at:])
    ):
        departments = chinese_integer(many[1])
        at += many.end()
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(bodies)), departments, text[at:]


def _here(name: str, id: str, glossary: Glossary, place: str) -> Body:
    """The body of a name in a jurisdiction; the glossary's first where it has none of that name there."""
    own = glossary.body_of(name, jurisdiction=place)
    return own if own and own.jurisdiction == place else glossary.bodies[id]


def _place(name: str, glossary: Glossary) -> str:
    tokens = chinese_tokens(name, glossary)
    return tokens[0].target if len(tokens) == 1 and tokens[0].role == "place" else ""


def title_terms(title: str, glossary: Glossary) -> tuple[Token, ...]:
    """Return the tokens of a title, for a partial headline and for the measure of coverage."""
    return chinese_tokens(normalise(title), glossary)
