"""What a Chinese title says was done → English headline or sentence, when every word of it is known."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .acts import Act
from .chinese import does, inflect, joined
from .deeds_en import DEEDS, fined, party
from .figures import NUMBER_WORDS
from .instruments_en import instrument, subject_words

if TYPE_CHECKING:
    from ..glossary import Glossary


def english_headline(act: Act, issuer: str, glossary: Glossary) -> str | None:
    """Return the whole headline in English, or None when a part is unknown. ``issuer`` stands in when
    the title names none."""
    who = issuers_en(act) or issuer
    what = _what(act, who, _many(act), glossary)
    return what and what[0].upper() + what[1:]


def english_deed(act: Act, glossary: Glossary) -> str | None:
    """Return what was done as the rest of a sentence in the past: ``issued guiding opinions on …``."""
    what = _what(act, "¤", _many(act), glossary)
    if what and what.startswith("Speech by ¤ "):
        who, _, where = what.removeprefix("Speech by ¤ ").partition(" at ")
        return f"published a speech by its {who} at the {where}"
    if what is None or not what.startswith("¤ "):
        return None
    verb, _, rest = what.removeprefix("¤ ").partition(" ")
    past = _PAST.get(verb)
    if past is None:
        return None
    if act.kind and act.deed == "issue" and not act.instruments and not act.kind.en.endswith("s"):
        rest = f"{'an' if act.kind.en[0] in 'aeiou' else 'a'} {rest}"
    elif article := next((a for a, words in _ARTICLES.items() if rest.startswith(words)), ""):
        rest = f"{article} {rest}"
    if act.deed == "decide":
        rest = re.sub(r"(?<= )(?=(?:foreign exchange )?reserve requirement ratio)", "the ", rest, count=1)
    if act.deed == "penalty":
        rest = rest.replace("administrative penalty", "administrative penalty decision", 1)
    return f"{past} {rest}"


# Headlines go without articles; sentences do not.
_ARTICLES = {
    "an": ("administrative penalty", "agreement", "annual meeting", "action plan", "implementation plan"),
    "a": ("symposium", "seminar", "work conference", "teleconference", "meeting", "press conference",
          "training course", "forum", "memorandum", "warning letter", "work plan", "plan ", "development plan",
          "guide ", "financial statistics report", "public censure"),
    "the": ("establishment", "change", "amendment", "termination", "opening", "issuance", "acquisition",
            "preparatory", "comment period", "outcome", "reserve requirement ratio", "foreign exchange reserve"),
}  # fmt: skip


def _many(act: Act) -> bool:
    return len(act.issuers) > 1 or act.departments > 1


_PAST = {
    form: past
    for base, past in (
        ("issue", "issued"), ("forward", "forwarded"), ("amend", "amended"), ("repeal", "repealed"),
        ("seek", "asked for"), ("approve", "approved"), ("publish", "published"), ("order", "ordered"),
        ("explain", "explained"), ("declare", "declared"), ("hold", "held"), ("release", "released"),
        ("report", "reported"), ("extend", "extended"), ("sign", "signed"), ("reply", "replied"), ("cut", "cut"),
        ("raise", "raised"), ("lower", "lowered"), ("suspend", "suspended"), ("resume", "resumed"),
        ("launch", "launched"), ("adjust", "adjusted"), ("create", "created"), ("cancel", "cancelled"),
        ("fine", "fined"), ("keep", "kept"), ("conduct", "conducted"), ("adopt", "adopted"), ("correct", "corrected"), ("open", "opened"),
        ("impose", "imposed"), ("summon", "summoned"), ("decide", "decided"), ("revise", "revised"), ("establish", "established"),
    )
    for form in (base, inflect(base, "s"))
}  # fmt: skip


def issuers_en(act: Act) -> str:
    if act.departments > len(act.issuers) and not act.issuers[0].endswith(" departments"):
        others = act.departments - len(act.issuers)
        number = NUMBER_WORDS[others] if others < len(NUMBER_WORDS) else str(others)
        return f"{', '.join(act.issuers)} and {number} other department{'s' if others > 1 else ''}"
    return joined(act.issuers)


def _what(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    names = [instrument(name, glossary) for name in act.instruments]
    named = joined([name for name in names if name]) if names and None not in names else ""
    if act.deed in ("issue", "forward"):
        return _issue(act, who, many, named, glossary)
    if act.deed == "consult":
        return _consult(act, who, many, named, glossary)
    if not who:
        return fined(act, glossary) if act.deed == "fined" else None
    about = named if act.instruments else subject_words(act.subject, glossary)
    if act.deed in ("amend", "repeal", "amend and repeal", "adopt"):
        label = "draft " if act.deed == "adopt" and act.draft and about and "draft" not in about else ""
        rest = f" and other documents, {act.number} in all" if act.number else ""
        return about and f"{who} {does(act.deed, many)} {label}{about}{rest}"
    if act.deed == "qa":
        answer = "officials answer" if many else "official answers"
        if act.firm:
            answer = "spokesperson answers"
        return about and f"{who} {answer} questions on {about}"
    if act.deed == "explain":
        # A portal explains what others issued: only an issuer in the title is said to explain.
        return named and (f"{who} {does('explain', many)} {named}" if act.issuers else f"Explained: {named}")
    other = DEEDS.get(act.deed)
    return other(act, who, many, glossary) if other else None


def _consult(act: Act, who: str, many: bool, named: str, glossary: Glossary) -> str | None:
    about = named or (subject_words(act.instruments[0], glossary) if act.instruments else None)
    if not about:
        return None
    label = "" if about.startswith("draft") else "draft "
    if act.subject:
        label = "draft amendments to "
    if not who:
        return f"{label}{about}: comments sought"
    return f"{who} {does('seek', many)} comments on {label}{about}"


def _issue(act: Act, who: str, many: bool, named: str, glossary: Glossary) -> str | None:
    verb = does("forward" if act.deed == "forward" else "issue", many)
    if act.instruments:
        if not named and len(act.instruments) == 1 and not act.kind and who:
            words = subject_words(act.instruments[0], glossary)
            return words and f"{who} {does('publish', many)} {words}"
        if not named:
            return None
        label = "draft " if act.draft else ""
        if act.deed == "forward" and act.firm:
            other = party(act.firm, glossary)
            return other and f"{who} {verb} {other} {named}"
        return f"{who} {verb} {label}{named}" if who else f"{label}{named}"
    if act.kind is None:
        return None
    words = subject_words(act.subject, glossary)
    if words is None:
        return None
    text = f"{act.kind.en} {act.kind.prep} {words}"
    return f"{who} {verb} {text}" if who else text
