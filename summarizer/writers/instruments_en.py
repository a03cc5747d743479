"""Names of documents and what they are about: Chinese → English, when every word of them is known."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .acts import TYPES, TitleType, type_named, unbook, unbracket
from .chinese import noun_phrase, phrase
from .lexicon import chinese_tokens

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
    for kind, subject in _readings(bare):
        words = subject_words(re.sub(r"^关于", "", subject).removesuffix("的"), glossary)
        if words is not None:
            return _noted(f"{kind.en} {kind.prep} {words}", notes)
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
        else:
            return None
    return text


_CASES = re.compile(r"(?:审理|办理)(.+案件)(?:具体)?(?:应用|适用)法律(?:若干)?(?:问题)?")
"""What the two highest courts interpret."""


def subject_words(subject: str, glossary: Glossary) -> str | None:
    """Render what a document is about, None unless every character is carried."""
    if re.search(r"[《》]", subject):
        return None
    if match := _CASES.fullmatch(subject):
        cases = noun_phrase(chinese_tokens(match[1], glossary))
        return cases and f"application of law in {cases}"
    return phrase(chinese_tokens(re.sub(r" (?=[\u4e00-\u9fff])", "，", subject), glossary))
