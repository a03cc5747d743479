"""What a body did besides issuing a document → English: fines, approvals, meetings, speeches, statistics, replies.

Each function takes (act, who, many, glossary) and returns the whole headline, None when a part is unknown.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from dibao.store import money

from .acts import Act
from .chinese import does, noun_phrase, phrase
from .figures import MONTHS, money_in
from .firms import FIRM, firm_in_english
from .instruments_en import instrument, subject_words
from .lexicon import chinese_integer, chinese_tokens
from .rates_en import RATES, step

if TYPE_CHECKING:
    from ..glossary import Glossary


def _extend(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = instrument(act.instruments[0], glossary)
    until = day_words(act.start.removeprefix("延长至")) if act.start else ""
    if about is None or until is None:
        return None
    return f"{who} {does('extend', many)} comment period for draft {about}" + (
        f" to {until}" if until else ""
    )


def _outcome(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = instrument(act.instruments[0], glossary)
    return about and f"{who} {does('report', many)} outcome of consultation on draft {about}"


def _penalty(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    number = f" ({act.number})" if act.number else ""
    verb = f"{who} {does('publish', many)} administrative penalty"
    if act.firm and (firm := firm_in_english(act.firm)):
        return f"{verb} on {firm} ({act.firm}){number}"
    return verb + number


def fined(act: Act, glossary: Glossary) -> str | None:
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
    text = fined(act, glossary)
    return text and f"{who}: {text}"


def _fine(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    if act.subject == "谴责":
        text = fined(replace(act, subject=""), glossary)
        return (
            text
            and f"{who} {does('reprimand', many)} and {does('fine', many)} {text.replace(' fined ', ' ', 1)}"
        )
    text = fined(act, glossary)
    return text and f"{who} {does('fine', many)} {text.replace(' fined ', ' ', 1)}"


def _measure(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    words = _MEASURES.get(act.subject)
    if words is None:
        return None
    verb, what, link = words
    firm = _shown(act.firm)
    if not firm:
        return f"{who} {does(verb, many)} {what}"
    if verb == "order":
        return f"{who} {does(verb, many)} {firm} to make {what}"
    return f"{who} {does(verb, many)} {what} {link} {firm}"


def _shown(firm: str) -> str:
    """A firm with its Chinese name; empty for a person, and for a name that no list knows."""
    english = firm_in_english(firm) if FIRM.fullmatch(firm) else None
    return f"{english} ({firm})" if english else ""


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
            None if what is None else f"{who} {does('approve', many)} {_NOUN_OF[match['act']]} of {of}{firm}"
        )
    match = re.fullmatch(rf"(?P<act>{'|'.join(_NOUN_OF)})(?P<firm>.+)", act.subject)
    if match and (what := firm_in_english(match["firm"]) or subject_words(match["firm"], glossary)):
        return f"{who} {does('approve', many)} {_NOUN_OF[match['act']]} of {what}"
    about = subject_words(act.subject, glossary)
    return about and f"{who} {does('approve', many)} {about}"


def _say(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    clause = phrase(chinese_tokens(act.subject, glossary), form="base")
    return clause and f"{who}: {clause}"


def _do(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    decided = act.deed == "decide"
    clause = phrase(chinese_tokens(act.subject, glossary), form="base" if many or decided else "s")
    start = day_words(act.start) if act.start else ""
    if clause is None or start is None:
        return None
    by = f" by {step(act.number)}" if act.number else ""
    verb = f"{does('decide', many)} to {clause}" if decided else clause
    return f"{who} {verb}{by}" + (f" from {start}" if start else "")


def day_words(text: str) -> str | None:
    """``2026年12月5日起`` → ``5 December 2026``; without its year when it has none."""
    match = re.search(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日", text)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    year = f" {match[1]}" if match[1] else ""
    return f"{int(match[3])} {MONTHS[int(match[2]) - 1]}{year}"


def _sign(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    kind = _pact(act.number.removeprefix("签署").removeprefix("续签"), glossary)
    about = subject_words(act.subject, glossary) if act.subject else ""
    other = party(act.firm, glossary) if act.firm else ""
    if kind is None or about is None or other is None:
        return None
    verb = "renew" if act.number.startswith("续签") else "sign"
    on = f"{kind} on {about}" if about else kind
    return f"{who} and {other} {verb} {on}" if other else f"{who} {does(verb, many)} {on}"


def _pact(name: str, glossary: Glossary) -> str | None:
    if "备忘录" in name:
        return "memorandum of understanding"
    return "agreement" if name in ("协议", "合作协议") else subject_words(name, glossary)


def party(name: str, glossary: Glossary) -> str | None:
    hits = [hit for hit in glossary.find(name, "zh") if hit.entry.kind == "org"]
    if len(hits) == 1 and hits[0].end - hits[0].start == len(name):
        return glossary.bodies[hits[0].entry.id].short_en
    return noun_phrase(chinese_tokens(name, glossary))


def _ban(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    return f"{who} {does('publish', many)} market ban decision"


def _probe(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    firm = firm_in_english(act.firm) or party(act.firm, glossary)
    return firm and f"{who} {does('open', many)} investigation of {firm}"


def _summon(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    firm = firm_in_english(act.firm) or party(act.firm, glossary)
    return firm and f"{who} {does('summon', many)} {firm} for talks"


def _punish(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = subject_words(act.subject, glossary)
    return about and f"{who} {does('impose', many)} administrative penalties over {about}"


def _qualify(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    """A person's fitness for an office: the office and the firm, never the person."""
    post = subject_words(act.subject, glossary) if act.subject else ""
    firm = firm_in_english(act.firm) if act.firm else ""
    if post is None or firm is None:
        return None
    return (
        f"{who} {does('approve', many)} qualification for office"
        + (f" of {post}" if post else "")
        + (f" at {firm}" if firm else "")
    )


def _ask(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = subject_words(act.subject, glossary)
    return about and f"{who} {does('consult', many)} on {about}"


def _will(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    again = act.subject.startswith("继续")
    tokens = chinese_tokens(act.subject.removeprefix("继续") if again else act.subject, glossary)
    if not tokens or tokens[0].role != "verb":
        return None
    clause = phrase(tokens, form="base")
    return clause and f"{who} will {'continue to ' if again else ''}{clause}"


def _official(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    """An officer of the body; a name in Latin letters would be a guess."""
    clause = phrase(chinese_tokens(act.subject, glossary), form="base")
    return clause and f"{who} {_SPEAKERS.get(act.firm, 'official')}: {clause}"


def _correct(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    part = f"annex {act.subject.removeprefix('附件')} to ".replace("  ", " ") if act.subject else ""
    if act.instruments:
        name = instrument(act.instruments[0], glossary)
    else:
        name = act.number if re.fullmatch(r"[\u4e00-\u9fff]{1,10}〔\d{4}〕\d{1,5}号", act.number) else None
    return name and f"{who} {does('correct', many)} {part}{name}"


_EVENTS = {
    "座谈会": "symposium", "研讨会": "seminar", "工作会议": "work conference", "电视电话会议": "teleconference",
    "推进会": "meeting", "新闻发布会": "press conference", "培训班": "training course", "论坛": "forum",
    "例会": "regular meeting", "年会": "annual meeting", "会议": "meeting",
}  # fmt: skip


def _meet(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    when, year, inner = _when(act.subject)
    event = f"{year}{_EVENTS[act.number]}"
    about = subject_words(inner, glossary) if inner else ""
    if about is None or (not about and not year and not when):
        return None
    organ = subject_words(act.firm, glossary) if act.firm else ""
    if organ is None:
        return None
    who = f"{who} {organ}" if organ else who
    return f"{who} {does('hold', many)} {event}" + (f" on {about}" if about else "") + when


_TERM = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:年度?)?(?:第?(?P<quarter>[一二三四])季度|(?P<half>[上下])半年)?"
)


def _when(subject: str) -> tuple[str, str, str]:
    """``2026年第三季度X`` → ( for the third quarter of 2026, , X); ``2026年X`` → (, 2026 , X)."""
    match = _TERM.match(subject)
    if match is None:
        return "", "", subject
    rest = subject[match.end() :]
    if match["quarter"]:
        return f" for the {_QUARTERS[match['quarter']]} quarter of {match['year']}", "", rest
    if match["half"]:
        half = "first" if match["half"] == "上" else "second"
        return f" for the {half} half of {match['year']}", "", rest
    return "", f"{match['year']} ", rest


_QUARTERS = {"一": "first", "二": "second", "三": "third", "四": "fourth"}
_SPEAKERS = {
    "行长": "governor", "副行长": "deputy governor", "行长助理": "assistant governor", "主席": "chairman",
    "副主席": "vice chairman", "主席助理": "assistant chairman", "局长": "head", "副局长": "deputy head",
    "部长": "minister", "副部长": "vice minister", "主任": "director", "副主任": "deputy director",
    "新闻发言人": "spokesperson", "总裁": "chief executive", "副总裁": "deputy chief executive",
    "行政总裁": "chief executive", "署长": "commissioner",
}  # fmt: skip


def _text(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    """A law on a page of a body that need not have made it."""
    name = instrument(act.instruments[0], glossary)
    return name and f"{who} {does('publish', many)} text of {name}"


def _speech(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    event = next((zh for zh in _EVENTS if act.subject.endswith(zh)), "")
    _, year, inner = _when(act.subject.removesuffix(event))
    about = subject_words(inner, glossary) if inner else ""
    if not event or about is None:
        return None
    who = f"{who} {_SPEAKERS.get(act.firm, 'official')}"
    if event == "年会" and about:  # of a body or a forum, not on a subject
        return f"Speech by {who} at {year}{party(inner, glossary)} annual meeting"
    return f"Speech by {who} at {year}{_EVENTS[event]}" + (f" on {about}" if about else "")


def _data(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = subject_words(act.subject, glossary)
    return about and f"{who} {does('release', many)} {about}"


def _serial(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    about = subject_words(act.subject, glossary)
    year, serial = re.search(r"\d{4}", act.number), re.search(r"第(\d+)号", act.number)
    if about is None or year is None or serial is None:
        return None
    return f"{who} {does('issue', many)} {about} announcement No. {serial[1]} of {year[0]}"


def _reply(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    parts = act.subject.split("|")
    if len(parts) == 4:
        house = "CPPCC proposal" if parts[0] == "政协" else "NPC suggestion"
        if act.firm == "local":
            house = "local CPPCC proposal" if parts[0] == "政协" else "local people's congress suggestion"
        term, session = (chinese_integer(part) for part in parts[1:3])
        which = f"({_nth(term)} term, {_nth(session)} session)"
        return f"{who} {does('reply', many)} to {house} No. {parts[3]} {which}"
    about = subject_words(act.subject, glossary)
    return about and f"{who} {does('reply', many)} to proposal on {about}"


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def _numbered(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    year, serial = re.search(r"\d{4}(?=[年〕）\]])", act.number), re.search(r"第?(\d{1,5})号", act.number)
    if serial is None:
        return None
    kind = "order" if act.number.startswith("令") else "announcement"
    name = _numbered_subject(act.subject, glossary) if act.subject else ""
    text = f"{who} {does('issue', many)} {kind} No. {serial[1]}" + (f" of {year[0]}" if year else "")
    return None if name is None else text + (f": {name}" if name else "")


def _numbered_subject(subject: str, glossary: Glossary) -> str | None:
    if match := re.fullmatch(r"关于更正(.+?)文?(附件)?的公告", subject):
        annex = "annex to " if match[2] else ""
        number = re.fullmatch(r"[\u4e00-\u9fff]{1,10}〔\d{4}〕\d{1,5}号", match[1])
        return f"correction of {annex}{match[1]}" if number else None
    return instrument(subject, glossary)


_MEASURES = {
    "出具警示函": ("issue", "warning letter", "to"),
    "责令改正": ("order", "corrections", ""),
    "监管谈话": ("hold", "regulatory talks", "with"),
    "责令改正并": ("order", "corrections", ""),
    "公开谴责": ("issue", "public censure", "of"),
    "认定为不适当人选": ("declare", "person unfit for office", "at"),
}
"""Measure → verb, what, and how a firm is tied to it."""


DEEDS: dict[str, Callable[[Act, str, bool, Glossary], str | None]] = {
    "numbered": _numbered, "penalty": _penalty, "fined": _fined_by, "fine": _fine, "measure": _measure, "approve": _approve,
    "say": _say, "do": _do, "decide": _do, "sign": _sign, "meet": _meet, "speech": _speech, "data": _data, "serial": _serial,
    "reply": _reply, "extend": _extend, "outcome": _outcome, "ban": _ban, "probe": _probe, "punish": _punish, "summon": _summon,
    "qualify": _qualify, "ask": _ask, "will": _will, "official": _official,
    "correct": _correct, "text": _text,
    **RATES,
}  # fmt: skip
"""Deed → its headline from (act, who, many, glossary); those that need an issuer."""
