"""What a Chinese title says was done → English headline or sentence, when every word of it is known."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .chinese import inflect, joined, phrase
from .lexicon import chinese_tokens
from .titles_zh import Act, type_at_end, type_named, unbook, unbracket

if TYPE_CHECKING:
    from ..glossary import Glossary

_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]

_NOTES = {
    "试行": "trial", "暂行": "interim", "修订": "revised", "修订版": "revised", "修订稿": "revised", "草案": "draft",
    "征求意见稿": "", "公开征求意见稿": "", "修订征求意见稿": "revised", "修订草案征求意见稿": "revised",
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
    if match := re.fullmatch(r"关于(.+)的(.+)", bare):
        kind, subject = type_named(match[2]), match[1]
    elif (kind := type_at_end(bare)) and kind.key not in _NEEDS_ON:
        subject = bare[: -len(kind.zh)]
    else:
        return None
    if kind is None:
        return None
    words = subject_words(re.sub(r"^关于", "", subject).removesuffix("的"), glossary)
    if words is None:
        return None
    return _noted(f"{kind.en} {kind.prep} {words}", notes)


def _noted(text: str, notes: list[str]) -> str | None:
    for note in notes:
        if note in _NOTES:
            text += f" ({_NOTES[note]})" if _NOTES[note] else ""
        elif match := re.fullmatch(r"((?:19|20)\d\d)(?:年版|年|年修订|修订|年修正)?", note):
            text += f" ({match[1]})"
        elif match := re.fullmatch(r"((?:19|20)\d\d)[—-–-]+((?:19|20)\d\d)年?", note):
            text += f" ({match[1]}–{match[2]})"
        else:
            return None
    return text


def subject_words(subject: str, glossary: Glossary) -> str | None:
    """Render what a document is about, None unless every character is carried."""
    if re.search(r"[《》]", subject):
        return None
    return phrase(chinese_tokens(re.sub(r" (?=[\u4e00-\u9fff])", "，", subject), glossary))


def english_headline(act: Act, issuer: str, glossary: Glossary) -> str | None:
    """Return the whole headline in English, or None when a part is unknown. ``issuer`` stands in when
    the title names none."""
    who = issuers_en(act) or issuer
    what = _what(act, who, _many(act), glossary)
    return what and what[0].upper() + what[1:]


def english_deed(act: Act, glossary: Glossary) -> str | None:
    """Return what was done as the rest of a sentence in the past: ``issued guiding opinions on …``."""
    what = _what(act, "¤", _many(act), glossary)
    if what is None or not what.startswith("¤ "):
        return None
    verb, _, rest = what.removeprefix("¤ ").partition(" ")
    past = _PAST.get(verb)
    if past is None:
        return None
    if act.kind and act.deed == "issue" and not act.instruments and not act.kind.en.endswith("s"):
        rest = f"{'an' if act.kind.en[0] in 'aeiou' else 'a'} {rest}"
    return f"{past} {rest}"


def _many(act: Act) -> bool:
    return len(act.issuers) > 1 or act.departments > 1


_PAST = {
    form: past
    for base, past in (
        ("issue", "issued"), ("forward", "forwarded"), ("amend", "amended"), ("repeal", "repealed"),
        ("seek", "asked for"), ("approve", "approved"), ("publish", "published"), ("order", "ordered"),
        ("explain", "explained"), ("declare", "declared"), ("hold", "held"),
    )
    for form in (base, inflect(base, "s"))
}  # fmt: skip


def issuers_en(act: Act) -> str:
    if act.departments > len(act.issuers):
        others = act.departments - len(act.issuers)
        number = _WORDS[others] if others < len(_WORDS) else str(others)
        return f"{', '.join(act.issuers)} and {number} other department{'s' if others > 1 else ''}"
    return joined(act.issuers)


def _does(verb: str, many: bool) -> str:
    return inflect(verb, "base" if many else "s")


def _what(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    names = [instrument(name, glossary) for name in act.instruments]
    named = joined([name for name in names if name]) if names and None not in names else ""
    if act.deed in ("issue", "forward"):
        return _issue(act, who, many, named, glossary)
    if act.deed == "consult":
        about = named or (subject_words(act.instruments[0], glossary) if act.instruments else None)
        if not about:
            return None
        label = "" if about.startswith("draft") else "draft "
        return (
            f"{who} {_does('seek', many)} comments on {label}{about}"
            if who
            else f"{label}{about}: comments sought"
        )
    if act.deed in ("amend", "repeal"):
        about = named or subject_words(act.subject, glossary) if not act.instruments else named
        return f"{who} {_does(act.deed, many)} {about}" if about and who else None
    if act.deed == "qa":
        about = named or subject_words(act.subject, glossary) if not act.instruments else named
        return (
            f"{who} {'officials answer' if many else 'official answers'} questions on {about}"
            if about and who
            else None
        )
    if act.deed == "explain":
        return f"{who} {_does('explain', many)} {named}" if named and who else None
    if act.deed == "numbered" and who:
        return _numbered(act, who, many, glossary)
    if act.deed == "penalty" and who:
        return f"{who} {_does('publish', many)} administrative penalty" + (
            f" ({act.number})" if act.number else ""
        )
    if act.deed == "measure" and who and (words := _MEASURES.get(act.subject)):
        return f"{who} {_does(words[0], many)} {words[1]}"
    if act.deed == "approve" and who:
        about = subject_words(act.subject, glossary)
        return f"{who} {_does('approve', many)} {about}" if about else None
    if act.deed == "say":
        tokens = chinese_tokens(act.subject, glossary)
        if tokens and tokens[0].source in _OWN_ACTS:
            clause = phrase(tokens, form="base" if many else "s")
            return f"{who} {clause}" if clause and who else None
        clause = phrase(chinese_tokens(act.subject, glossary), form="base")
        return f"{who}: {clause}" if clause and who else None
    return None


def _numbered(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    year, serial = re.search(r"\d{4}", act.number), re.search(r"第?(\d{1,5})号", act.number)
    if serial is None:
        return None
    kind = "order" if act.number.startswith("令") else "announcement"
    name = instrument(act.subject, glossary) if act.subject else ""
    text = f"{who} {_does('issue', many)} {kind} No. {serial[1]}" + (f" of {year[0]}" if year else "")
    return None if name is None else text + (f": {name}" if name else "")


# What a body announces of itself; all else after its colon is what it asks of others.
_OWN_ACTS = frozenset(
    [
        "下调",
        "上调",
        "暂停",
        "恢复",
        "启动",
        "延长",
        "取消",
        "发布",
        "公布",
        "创设",
        "开展",
        "调整",
        "降低",
        "提高",
        "设置",
        "废止",
        "修订",
    ]
)

_MEASURES = {
    "出具警示函": ("issue", "warning letter"),
    "责令改正": ("order", "corrections"),
    "监管谈话": ("hold", "regulatory talks"),
    "责令改正并": ("order", "corrections"),
    "公开谴责": ("issue", "public censure"),
    "认定为不适当人选": ("declare", "person unfit for office"),
}


def _issue(act: Act, who: str, many: bool, named: str, glossary: Glossary) -> str | None:
    verb = _does("forward" if act.deed == "forward" else "issue", many)
    if act.instruments:
        if not named:
            return None
        label = "draft " if act.draft else ""
        return f"{who} {verb} {label}{named}" if who else f"{label}{named}"
    if act.kind is None:
        return None
    words = subject_words(act.subject, glossary)
    if words is None:
        return None
    text = f"{act.kind.en} {act.kind.prep} {words}"
    return f"{who} {verb} {text}" if who else text
