"""What a Chinese title says was done → English headline or sentence, when every word of it is known."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from .acts import TYPES, Act, TitleType, type_named, unbook, unbracket
from .chinese import inflect, joined, noun_phrase, phrase
from .figures import MONTHS, NUMBER_WORDS, money, money_in
from .firms import FIRM, firm_in_english
from .lexicon import chinese_integer, chinese_tokens

if TYPE_CHECKING:
    from ..glossary import Glossary


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
        ("fine", "fined"), ("decide", "decided"), ("revise", "revised"), ("establish", "established"),
    )
    for form in (base, inflect(base, "s"))
}  # fmt: skip


def issuers_en(act: Act) -> str:
    if act.departments > len(act.issuers):
        others = act.departments - len(act.issuers)
        number = NUMBER_WORDS[others] if others < len(NUMBER_WORDS) else str(others)
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
        return _consult(act, who, many, named, glossary)
    if not who:
        return _fined(act, glossary) if act.deed == "fined" else None
    about = named if act.instruments else subject_words(act.subject, glossary)
    if act.deed in ("amend", "repeal"):
        return about and f"{who} {_does(act.deed, many)} {about}"
    if act.deed == "qa":
        answer = "officials answer" if many else "official answers"
        return about and f"{who} {answer} questions on {about}"
    if act.deed == "explain":
        # A portal explains what others issued: only an issuer in the title is said to explain.
        return named and (f"{who} {_does('explain', many)} {named}" if act.issuers else f"Explained: {named}")
    other = _OTHERS.get(act.deed)
    return other(act, who, many, glossary) if other else None


def _consult(act: Act, who: str, many: bool, named: str, glossary: Glossary) -> str | None:
    about = named or (subject_words(act.instruments[0], glossary) if act.instruments else None)
    if not about:
        return None
    label = "" if about.startswith("draft") else "draft "
    if not who:
        return f"{label}{about}: comments sought"
    return f"{who} {_does('seek', many)} comments on {label}{about}"


def _extend(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = instrument(act.instruments[0], glossary)
    until = day_words(act.start.removeprefix("延长至")) if act.start else ""
    if about is None or until is None:
        return None
    return f"{who} {_does('extend', many)} comment period for draft {about}" + (
        f" to {until}" if until else ""
    )


def _outcome(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = instrument(act.instruments[0], glossary)
    return about and f"{who} {_does('report', many)} outcome of consultation on draft {about}"


def _penalty(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    number = f" ({act.number})" if act.number else ""
    verb = f"{who} {_does('publish', many)} administrative penalty"
    if act.firm and (firm := firm_in_english(act.firm)):
        return f"{verb} on {firm} ({act.firm}){number}"
    return verb + number


def _fined(act: Act, glossary: Glossary) -> str | None:
    firm = firm_in_english(act.firm) or (act.firm if act.firm.isascii() else None)
    sums = money_in(act.number)
    why = (
        noun_phrase(chinese_tokens(re.sub(r"(?:不到位|不力|不足)$", "", act.subject), glossary))
        if act.subject
        else ""
    )
    if firm is None or len(sums) != 1:
        return None
    mark = "" if firm.isascii() and firm == act.firm else f" ({act.firm})"
    lacking = "inadequate " if re.search(r"(?:不到位|不力|不足)$", act.subject) else ""
    return f"{firm}{mark} fined {money(sums[0], 'en')}" + (f" over {lacking}{why}" if why else "")


def _fined_by(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    text = _fined(act, glossary)
    return text and f"{who}: {text}"


def _fine(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    text = _fined(act, glossary)
    return text and f"{who} {_does('fine', many)} {text.replace(' fined ', ' ', 1)}"


def _measure(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    words = _MEASURES.get(act.subject)
    return words and f"{who} {_does(words[0], many)} {words[1]}"


_NOUN_OF = {
    "变更": "change", "修改": "amendment", "设立": "establishment", "筹建": "preparatory establishment",
    "开业": "opening", "终止": "termination", "发行": "issuance", "收购": "acquisition",
}  # fmt: skip


def _approve(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    match = re.fullmatch(rf"(?P<firm>{FIRM.pattern})(?P<act>{'|'.join(_NOUN_OF)})(?P<what>.*)", act.subject)
    if match and (firm := firm_in_english(match["firm"])):
        what = subject_words(match["what"], glossary) if match["what"] else ""
        of = f"{what} of " if what else ""
        return (
            None if what is None else f"{who} {_does('approve', many)} {_NOUN_OF[match['act']]} of {of}{firm}"
        )
    match = re.fullmatch(rf"(?P<act>{'|'.join(_NOUN_OF)})(?P<firm>.+)", act.subject)
    if match and (firm := firm_in_english(match["firm"])):
        return f"{who} {_does('approve', many)} {_NOUN_OF[match['act']]} of {firm}"
    about = subject_words(act.subject, glossary)
    return about and f"{who} {_does('approve', many)} {about}"


def _say(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    clause = phrase(chinese_tokens(act.subject, glossary), form="base")
    return clause and f"{who}: {clause}"


def _do(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    decided = act.deed == "decide"
    clause = phrase(chinese_tokens(act.subject, glossary), form="base" if many or decided else "s")
    start = day_words(act.start) if act.start else ""
    if clause is None or start is None:
        return None
    by = f" by {_step(act.number)}" if act.number else ""
    verb = f"{_does('decide', many)} to {clause}" if decided else clause
    return f"{who} {verb}{by}" + (f" from {start}" if start else "")


def _step(amount: str) -> str:
    number = re.match(r"[\d.]+", amount)
    size = number[0] if number else ""
    unit = {"个百分点": " percentage point", "个基点": " basis point"}.get(amount.removeprefix(size), "%")
    return f"{size}{unit}" + ("s" if unit != "%" and size != "1" else "")


def day_words(text: str) -> str | None:
    """``2026年12月5日起`` → ``5 December 2026``; without its year when it has none."""
    match = re.search(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日", text)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    year = f" {match[1]}" if match[1] else ""
    return f"{int(match[3])} {MONTHS[int(match[2]) - 1]}{year}"


def _sign(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = subject_words(act.subject, glossary)
    kind = "memorandum of understanding" if "备忘录" in act.number else "agreement"
    return about and f"{who} {_does('sign', many)} {kind} on {about}"


_EVENTS = {
    "座谈会": "symposium", "研讨会": "seminar", "工作会议": "work conference", "电视电话会议": "teleconference",
    "推进会": "meeting", "新闻发布会": "press conference", "培训班": "training course", "论坛": "forum",
    "年会": "annual meeting", "会议": "meeting",
}  # fmt: skip


def _meet(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = subject_words(act.subject, glossary)
    return about and f"{who} {_does('hold', many)} {_EVENTS[act.number]} on {about}"


def _speech(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    event = next((zh for zh in _EVENTS if act.subject.endswith(zh)), "")
    year = re.match(r"((?:19|20)\d\d)年?", act.subject)
    inner = act.subject.removesuffix(event)[len(year[0]) if year else 0 :]
    about = subject_words(inner, glossary) if inner else ""
    if not event or about is None:
        return None
    when = f"{year[1]} " if year else ""
    return f"Speech by {who} official at {when}{_EVENTS[event]}" + (f" on {about}" if about else "")


def _data(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = subject_words(act.subject, glossary)
    return about and f"{who} {_does('release', many)} {about}"


def _serial(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = subject_words(act.subject, glossary)
    year, serial = re.search(r"\d{4}", act.number), re.search(r"第(\d+)号", act.number)
    if about is None or year is None or serial is None:
        return None
    return f"{who} {_does('issue', many)} {about} announcement No. {serial[1]} of {year[0]}"


def _reply(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    parts = act.subject.split("|")
    if len(parts) == 4:
        house = "CPPCC proposal" if parts[0] == "政协" else "NPC suggestion"
        term, session = (chinese_integer(part) for part in parts[1:3])
        which = f"({_nth(term)} term, {_nth(session)} session)"
        return f"{who} {_does('reply', many)} to {house} No. {parts[3]} {which}"
    about = subject_words(act.subject, glossary)
    return about and f"{who} {_does('reply', many)} to proposal on {about}"


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def _numbered(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    year, serial = re.search(r"\d{4}(?=[年〕）\]])", act.number), re.search(r"第?(\d{1,5})号", act.number)
    if serial is None:
        return None
    kind = "order" if act.number.startswith("令") else "announcement"
    name = _numbered_subject(act.subject, glossary) if act.subject else ""
    text = f"{who} {_does('issue', many)} {kind} No. {serial[1]}" + (f" of {year[0]}" if year else "")
    return None if name is None else text + (f": {name}" if name else "")


def _numbered_subject(subject: str, glossary: Glossary) -> str | None:
    if match := re.fullmatch(r"关于更正(.+?)文?(附件)?的公告", subject):
        annex = "annex to " if match[2] else ""
        number = re.fullmatch(r"[\u4e00-\u9fff]{1,10}〔\d{4}〕\d{1,5}号", match[1])
        return f"correction of {annex}{match[1]}" if number else None
    return instrument(subject, glossary)


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
        if not named and len(act.instruments) == 1 and not act.kind and who:
            words = subject_words(act.instruments[0], glossary)
            return words and f"{who} {_does('publish', many)} {words}"
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


_OTHERS: dict[str, Callable[[Act, str, bool, Glossary], str | None]] = {
    "numbered": _numbered, "penalty": _penalty, "fined": _fined_by, "fine": _fine, "measure": _measure, "approve": _approve,
    "say": _say, "do": _do, "decide": _do, "sign": _sign, "meet": _meet, "speech": _speech, "data": _data, "serial": _serial,
    "reply": _reply, "extend": _extend, "outcome": _outcome,
}  # fmt: skip
"""Deed → its headline from (act, who, many, glossary); those that need an issuer."""
