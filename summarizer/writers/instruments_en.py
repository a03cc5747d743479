"""Names of documents and what they are about: Chinese → English, when every word of them is known."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .acts import TYPES, TitleType, type_named, unbook, unbracket
from .chinese import noun_phrase, phrase
from .lexicon import chinese_integer, chinese_tokens

if TYPE_CHECKING:
    from ..glossary import Glossary

_NOTES = {
    "试行": "trial", "暂行": "interim", "修订": "revised", "修订版": "revised", "修订稿": "revised", "草案": "draft",
    "征求意见稿": "", "公开征求意见稿": "", "修订征求意见稿": "revised", "修订草案征求意见稿": "revised",
    "草案二次审议稿": "draft, second reading", "草案三次审议稿": "draft, third reading", "修订草案": "draft revision",
    "修正草案": "draft amendment", "修正草案再次征求意见稿": "draft amendment, second draft",
    "第二次征求意见稿": "second draft", "再次征求意见稿": "second draft", "二次征求意见稿": "second draft",
}  # fmt: skip


# 「X通报」 may be by X or on X: these types name their subject only with 关于.
_NEEDS_ON = frozenset(
    ["notice", "announcement", "public_notice", "notification_of_results", "decision", "letter", "publicity"]
)


def instrument(name: str, glossary: Glossary) -> str | None:
    """Render a document's own name: official English of the glossary, else type + subject, else None."""
    bare, notes = unbracket(unbook(name))
    for entry in glossary.find(bare, "zh"):
        if entry.entry.kind == "law" and entry.entry.zh == bare:
            return _noted(entry.entry.en, notes)
    if bare.startswith("中华人民共和国") and (
        own := instrument(bare.removeprefix("中华人民共和国"), glossary)
    ):
        return _noted(f"{own} of the People's Republic of China", notes)
    if (match := _SERIAL.fullmatch(bare)) and (own := _numbered(match, glossary)):
        return _noted(own, notes)
    for kind, subject in _readings(bare):
        words = subject_words(re.sub(r"^关于", "", subject).removesuffix("的"), glossary)
        if words is not None:
            return _noted(f"{kind.en} {kind.prep} {words}", notes)
    return None


_SERIAL = re.compile(
    r"(?P<name>[^《》]{2,40}?(?:指引|指南|规则|准则|细则))第(?P<n>\d{1,3})号(?:[—-]{1,2}(?P<on>.{2,40}))?"
)
"""One document of a numbered series, its own subject behind a dash."""


def _numbered(match: re.Match[str], glossary: Glossary) -> str | None:
    for kind, subject in _readings(match["name"]):
        words = subject_words(subject, glossary)
        on = subject_words(match["on"], glossary) if match["on"] else ""
        if words is not None and on is not None:
            return f"{kind.en} No. {match['n']} {kind.prep} {words}" + (f": {on}" if on else "")
    return None


def _readings(name: str) -> Iterator[tuple[TitleType, str]]:
    """Type and subject: by 关于…的 where it stands, else by the ending, the longer type first
    (应急管理规定 is provisions on 应急管理 when there is no subject 应急)."""
    if match := re.fullmatch(r"关于(.+)的(.+)", name):
        if kind := type_named(match[2]):
            yield kind, match[1]
        return
    for kind in sorted(TYPES, key=lambda t: -len(t.zh)):
        if name.endswith(kind.zh) and len(name) > len(kind.zh) and kind.key not in _NEEDS_ON:
            yield kind, name[: -len(kind.zh)]


def _noted(text: str, notes: list[str]) -> str | None:
    for note in notes:
        if note in _NOTES:
            text += f" ({_NOTES[note]})" if _NOTES[note] else ""
        elif match := re.fullmatch(r"((?:19|20)\d\d)(?:年版|年|年修订|修订|年修正)?", note):
            text += f" ({match[1]})"
        elif match := re.fullmatch(r"((?:19|20)\d\d)[—–-]+((?:19|20)\d\d)年?", note):
            text += f" ({match[1]}–{match[2]})"
        elif match := re.fullmatch(r"第([一二三四五六七八九])版", note):
            text += f" (version {chinese_integer(match[1])})"
        elif match := re.fullmatch(r"[一二三四五六七八九]", note):
            text += f" ({_ROMAN[chinese_integer(match[0]) - 1]})"
        elif match := re.fullmatch(r"((?:19|20)\d\d)年第?([一二三四])季度", note):
            text += f" for the {_ORDINAL[chinese_integer(match[2]) - 1]} quarter of {match[1]}"
        else:
            return None
    return text


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ORDINAL = ("first", "second", "third", "fourth")


_CASES = re.compile(r"(?:审理|办理)(.+案件)(?:具体)?(?:应用|适用)法律(?:若干)?(?:问题)?")
"""What the two highest courts interpret."""
_TRIALS = re.compile(r"审理(.+案件)(?:若干问题)?")
_GUISE = re.compile(
    r"(?:警惕|防范|谨防)以“?(?P<guise>[^“”，]{2,14}?)”?(?:的?名义|为名|为由)(?:实施|进行|开展|从事)?(?:的)?(?P<what>[^，]{2,14})"
)


def subject_words(subject: str, glossary: Glossary) -> str | None:
    """Render what a document is about, None unless every character is carried."""
    if re.search(r"[《》]", subject):
        return None
    if (match := _GUISE.fullmatch(subject)) and (
        what := noun_phrase(chinese_tokens(match["what"], glossary))
    ):
        guise = noun_phrase(chinese_tokens(match["guise"], glossary))
        return guise and f"guarding against {what} in the name of {guise}"
    if match := _TRIALS.fullmatch(subject):
        cases = noun_phrase(chinese_tokens(match[1], glossary))
        return cases and f"trial of {cases}"
    if match := _CASES.fullmatch(subject):
        cases = noun_phrase(chinese_tokens(match[1], glossary))
        return cases and f"application of law in {cases}"
    return phrase(chinese_tokens(re.sub(r" (?=[\u4e00-\u9fff])", "，", subject), glossary))
