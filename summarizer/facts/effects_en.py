"""English words for when a document binds: its beginning, a beginning put off, the day to comply, the end of a transition.

A day counts for the document that the clause is about. What was only planned, what would be if adopted, and what
another document's number stands before is none of it.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol, TypeVar

from dibao.store import Fact

from .days import DAY, EN_DATE, WEEKDAY, dated, parse_date
from .gazettes import COUNT_EN, GAZETTE, Base, from_gazette
from .reading import Part, Reading, sentence_at

_FOR = r"(?:\s(?:for|of)\s(?:[^\s.;,:]{1,30}\s){0,12}?[^\s.;,:]{1,30})?"
"""What a date is of: the effective date for this final rule is …"""
_IS = r"(?:\s(?:is|will\sbe|shall\sbe|remains)(?:\sset\s(?:at|for)|\snow)?|:|\sof)"
_BEGINS = re.compile(
    r"(?:(?<!became )(?<!was )(?<!were )\beffective(?:\s(?:upon|on)\s(?:its\s)?(?:publication|gazettal|signature)[^.;,\n]{0,60}?)?(?:\s(?:on|as\sof|from|beginning))?"
    rf"|\b(?:[Ee]ffective\s[Dd]ates?|[Ii]mplementation\sdate|(?:[Aa]pplication|[Cc]ommencement)\sdate|[Dd]ate\sof\s(?:application|effect|entry\sinto\sforce|commencement)){_FOR}{_IS}(?:\s(?:on|from))?"
    r"|\bwith\seffect\s(?:from|on)"
    r"|\b(?:take|takes|taking|took)\seffect(?:\s(?:on\sand\sfrom|on|from|as\sof))?"
    r"|\b(?:[Cc]ome|[Cc]omes|[Cc]oming|enter|enters)\sinto\s(?:force|effect|operation)(?:\swith\seffect|\sin\s(?:stages|phases|full))?(?:\s(?:on|from|as\sof))?"
    r"|\b(?:are|is)\sin\sforce\sfrom|\bcommences?\son"
    r"|\b(?:shall\s|will\s)?(?:(?:start|begin)s?\sto\s)?appl(?:y|ies)\s(?:(?:those|these|the)\s(?:provisions|measures|rules|requirements)\s)?(?:from|as\sof|on\sand\safter|on\sor\safter|on)"
    r"|\b(?:is|are|be|becomes?)\sapplicable\s(?:from|as\sof|on)"
    rf"|\bEFFECTIVE\sDATE:|\bDATES:\s{{0,3}}(?:This\s[a-z ]{{4,40}}\sis\s)?[Ee]ffective)\s{{0,3}}(?:today,?\s\(?)?{WEEKDAY}{DAY}"
)
_THAT_DAY = re.compile(
    rf"\b(?:will\sbe|is|are|to\sbe)\s(?:published|gazetted|printed)\s[^.;\n]{{0,60}}?\bon\s{WEEKDAY}{DAY},?\s(?:and|when|at\swhich\stime)\s(?:it\s|they\s|which\s|will\s){{0,2}}"
    r"(?:tak(?:e|es)\seffect|com(?:e|es)\sinto\s(?:force|effect|operation)|enters?\sinto\sforce|appl(?:y|ies)|(?:is|are|becomes?|be|become)\seffective)\s(?:on|from)\s(?:that|the\ssame)\s(?:day|date)\b"
)
"""Published on a day, and in force on that day."""
_RELATIVE = re.compile(
    rf"\b(?:effective|take\seffect|takes\seffect)\s{COUNT_EN}\s(?P<unit>days|months)\s(?:after|from|following)\s{GAZETTE}"
    rf"|\benters?\sinto\sforce\son\sthe\s{COUNT_EN.replace('count', 'ordinal')}\sday\sfollowing\sthat\sof\s{GAZETTE}",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"\b(?:[Dd]elay|[Dd]efer|[Pp]ostpon|[Ee]xten[ds]|[Mm]ov|[Pp]ush|[Rr]escheul)[a-z]{0,4}\b"
    rf"[^.;\n]{{0,200}}?\b(?:to|until|till)\s{{1,3}}{WEEKDAY}(?P<date>{EN_DATE})"
)
_OF_EFFECT = re.compile(
    r"\b(?:effective|application|applicability|implementation|commencement)\sdates?\b|\b[Dd]ates?\sof\s(?:application|effect|entry|commencement)|\bapplication\sof\b|\bentry\sinto\s(?:force|effect)\b"
)
_OF_COMPLIANCE = re.compile(r"\b[Cc]ompliance\b|\bdeadline\sto\scomply\b|\btransition", re.IGNORECASE)
_COMPLIANCE_WORDS = ("ompl", "ransition", "race period", "until", "must", "hall", "equired", "hase")
_BY = r"(?:by|on|from|until|before|no\slater\sthan|not\slater\sthan|on\sor\sbefore|beginning)"
_COMPLY = re.compile(
    rf"\b(?:[Cc]ompliance\sdates?{_FOR}{_IS}"
    r"|[Cc]ompliance(?:\swith\s[^.;\n]{2,60}?)?\s(?:is\s|will\sbe\s)?(?:required|mandatory)"
    r"|(?:[Mm]ust|[Ss]hall|[Rr]equired\sto|[Hh]ave\sto|[Nn]eed\sto|[Ww]ill)\s(?:fully\s)?(?:comply|do\s(?:so|the\ssame))(?:\swith\s[^.;\n]{2,60}?)?"
    r"|(?:[Mm]ust|[Ss]hall|[Rr]equired\sto)\sbe\s(?:fully\s)?(?:in\scompliance|compliant)(?:\swith\s[^.;\n]{2,60}?)?)"
    rf"\s{{0,3}}{_BY}?\s{{0,3}}{WEEKDAY}{DAY}"
)
_TRANSITION = re.compile(
    r"\b(?:[Tt]ransition(?:al)?|[Gg]race|[Pp]hase-in|[Ii]mplementation)\s(?:(?:period|arrangements?|phase)\s)?[^.;\n]{0,60}?"
    rf"\b(?:ends?|ending|expires?|expiring|until|runs?\s(?:until|to)|lasts?\suntil|closes)(?:\son)?\s{{1,3}}{WEEKDAY}{DAY}"
)
_HAVE_UNTIL = re.compile(
    rf"\b(?:have|has|given|allowed)\suntil\s{WEEKDAY}{DAY},?\s(?:to|in\swhich\sto)\s(?!comment|respond|share|submit|provide\s(?:feedback|comments|views)|send)[a-z]"
)
_MUST_BY = re.compile(
    r"\b(?:[Mm]ust|[Ss]hall|(?:is|are|be)\srequired\sto)(?!\snot\b)\s(?P<does>[^.;\n]{3,140}?),?\s"
    rf"(?:by|no\slater\sthan|not\slater\sthan|on\sor\sbefore|before)\s(?:the\send\sof\s)?{WEEKDAY}{DAY}"
)
_ANSWERS = re.compile(
    r"\b(?:each|every|annual|annually|yearly|quarterly|monthly|repl(?:y|ies)|respon\w+|comments?|feedback|views|submissions?|requests?|notify|inform|testify|appl(?:y|ications?)|proposals?|bids?|nominations?|register|objections?|received|petition)\b",
    re.IGNORECASE,
)
"""What is written to an authority has a deadline; what comes back each year has no day."""
_UNREAL = re.compile(
    r"\b(?:would|could|might|if\s(?:adopted|approved|finali[sz]ed|made)|once\s(?:adopted|approved)|propos(?:es?|ed|ing|als?)|expect(?:s|ed)?\sto|(?:was|were)\s(?:\w+\s)?(?:to|due|scheduled|set|expected|originally|supposed)|had|originally|initially|previously|(?:was|were)\sfirst)\b[^.;]{0,40}$"
)
"""Words before a phrase that make it a plan, a wish or history."""
_ENDS = re.compile(
    r"\b(?:repealed|revoked|rescinded|withdrawn|cancell?ed|deleted|superseded|replaced|terminated|discontinued)(?:\s(?:in\sfull|in\spart|entirely))?,?\s$",
    re.IGNORECASE,
)
_ENDS_ITSELF = re.compile(
    r"\b(?:repeal|rescind|resci[sn]s|revok|revoc|withdraw|cancel|discontinu|terminat|replac|supersed)\w*",
    re.I,
)
"""The day on which an older paper ends is the beginning of one whose title says that it ends it."""
_PLANNED = re.compile(
    r"\b(?:would|could|might|had|propos(?:es?|ed|ing)|considers?|considering|ask(?:s|ed|ing)?|call(?:s|ed|ing)?\sfor|urg(?:es?|ed|ing))\b[^.;,]{0,40}$"
)
"""Words before a verb of delay that make it no delay yet, or an old one."""
_THIS = re.compile(
    r"\b(?:this|these|it|they)\b|\b(?:the|our|its) (?:new |final |amended |revised |updated )?(?:rules?|amendments?|requirements?|guid\w+|changes|policy|standards?|order|circular|notice|regulations?|framework|measures|provisions|directions)\b",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\b(?:[Pp]aragraphs?|[Ss]ections?|[Aa]rticles?|[Cc]lauses?|[Cc]hapters?|[Ss]ubparagraphs?|[Ss]ubsections?)\s[0-9A-Z(][\w().]{0,8}"
    r"(?:(?:,|\sand|\sto)\s[\w().]{1,8}){0,4},?\s(?:which\s|that\s)?(?:will\s|shall\s|should\s)?$"
)
"""A part of a document begins on a day of its own."""
_SUBJECT_VERB = re.compile(
    r"\s?(?:\([^()]{1,40}\)\s)?(?:,?\s?(?:which|that)\s(?:\w+\s)?)?(?:will\s|shall\s|fully\s){0,2}"
)
_PAST = re.compile(r"\btook\seffect", re.IGNORECASE)
_OLD_NEWS, _HISTORY = 31, 366
"""Days before publication from which "took effect", and any beginning, tells history, not this document."""


_GROUP = re.compile(
    r"\b(?:[Ss]maller|[Ll]arger|[Oo]ther|[Rr]emaining|[Tt]he\srest|(?:[Nn]on-)?[Aa]ccelerated|[Cc]ommunity|[Ss]econd|[Tt]hird|[Pp]hase|[Tt]ier|[Gg]roups?|[Ee]xisting|[Nn]ew|less\sthan|fewer\sthan|below|under|more\sthan|at\sleast|or\smore)\b"
)


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_T = TypeVar("_T", bound=_Placed)


def effective_english(reading: Reading, part: Part, base: Base) -> Iterator[tuple[int, Fact]]:
    """Yield beginnings with how sure their subject is: -1 one put off to a new day, 0 the document's own, 1 unsaid."""
    for match, new in _put_off(part, base):
        if _nearest(part, match) == "effective":
            yield -1, reading.fact("date_effective", new.isoformat(), part, match.span("date"))
    for match in dated(
        _BEGINS, part.text, "ffect", "EFFECT", "into ", "appl", "DATES", "ommenc", "force", "date"
    ):
        day, order = parse_date(match["date"]), _subject(reading, part, match.start())
        ends = _ENDS.search(part.text, max(0, match.start() - 40), match.start())
        if ends and not _ENDS_ITSELF.search(reading.title.text):
            continue
        if day and order is not None and not _unreal(part, match) and not _history(match, day, base):
            yield order, reading.fact("date_effective", day.isoformat(), part, match.span("date"))
    for match in _same_day(part):
        if (day := parse_date(match["date"])) and not _unreal(part, match) and not _history(match, day, base):
            yield 1, reading.fact("date_effective", day.isoformat(), part, match.span("date"))
    for match, counted in from_gazette(reading, part, _RELATIVE, base):
        yield 1, reading.fact("date_effective", counted.isoformat(), part, match.span(), confidence=0.95)


def _same_day(part: Part) -> Iterator[re.Match[str]]:
    if any(words in part.text for words in ("that day", "that date", "the same da")):
        yield from dated(_THAT_DAY, part.text, "ublished", "azetted", "rinted")


def beginnings_of_union(reading: Reading, base: Base) -> Iterator[Fact]:
    """Yield both days of an act of the Union that enters into force on one day and applies from another."""
    first: dict[bool, Fact] = {}
    for part in reading.body:
        for _, fact in effective_english(reading, part, base):
            end = fact.evidence.end if "publication" in fact.evidence.quote else fact.evidence.start
            phrase = part.text[max(0, fact.evidence.start - 40) : end].rpartition(".")[2]
            first.setdefault("appl" in phrase.lower(), fact)
    if len(first) > 1 and first[True].value != first[False].value:
        yield from (first[False], first[True])


def compliance_english(reading: Reading, base: Base) -> Iterator[Fact]:
    """Yield the day to comply: one put off, one called so, the end of a transition, a duty to be done once by a day.

    Several where those bound are told apart: the larger firms by one day, all others by a later one.
    """
    for part in reading.parts:
        for match, new in _put_off(part, base):
            if _nearest(part, match) == "compliance":
                yield reading.fact("date_compliance", new.isoformat(), part, match.span("date"))
                return
    for pattern in (_COMPLY, _TRANSITION, _HAVE_UNTIL, _MUST_BY):
        for part in reading.parts:
            found = _complied(part, pattern, base)
            if found and pattern is _COMPLY:
                first, last = found[0][0].start() - _SAME_PLACE, found[-1][0].end() + _SAME_PLACE
                more = _complied(part, _MUST_BY, base)
                found = sorted(
                    (*found, *(m for m in more if first < m[0].start() < last)), key=lambda m: m[0].start()
                )
            told: set[date] = set()
            for match, day in found:
                if not told or (day not in told and _others(part, match)):
                    told.add(day)
                    yield reading.fact("date_compliance", day.isoformat(), part, match.span("date"))
            if found:
                return


_SAME_PLACE = 300
"""Characters between the days of two groups of firms."""


def _complied(part: Part, pattern: re.Pattern[str], base: Base) -> list[tuple[re.Match[str], date]]:
    return [
        (match, day)
        for match in dated(pattern, part.text, *_COMPLIANCE_WORDS)
        if (day := parse_date(match["date"]))
        and not (_unreal(part, match) or _past(day, base))
        and _once(part, match)
    ]


def _others(part: Part, match: re.Match[str]) -> bool:
    """Whether a later day to comply is one of a group of firms: smaller ones, or all the rest."""
    start, _ = sentence_at(part, match.start())
    return _GROUP.search(part.text, max(start, match.start() - 160), match.end()) is not None


def _once(part: Part, match: re.Match[str]) -> bool:
    """Whether a duty is to be done once, and not by writing to an authority."""
    if "does" not in match.groupdict():
        return True
    start, end = sentence_at(part, match.start())
    after = part.text[match.end() : min(end, match.end() + 30)]
    asked = part.text[max(start, match.start() - 80) : match.end("does")]
    return not _ANSWERS.search(asked) and not re.match(r"\s(?:each|every|and annually)", after)


def _put_off(part: Part, base: Base) -> Iterator[tuple[re.Match[str], date]]:
    for match in dated(_PUT_OFF, part.text, "elay", "efer", "ostpon", "xten", "ov", "ush"):
        day = parse_date(match["date"])
        before = part.text[max(0, match.start() - 60) : match.start()]
        if day and not _past(day, base) and not _PLANNED.search(before):
            yield match, day


def _nearest(part: Part, match: re.Match[str]) -> str:
    """Say what was put off: the effective date or the day to comply, whichever the sentence names last before it."""
    start, end = sentence_at(part, match.start())
    named = {
        kind: [
            m.end()
            for m in pattern.finditer(part.text, max(start, match.start() - 200), min(end, match.end() + 120))
        ]
        for kind, pattern in (("effective", _OF_EFFECT), ("compliance", _OF_COMPLIANCE))
    }
    before = {
        kind: max((e for e in ends if e <= match.end()), default=-1) for kind, ends in named.items() if ends
    }
    if not before:
        return ""
    return max(before, key=lambda kind: before[kind])


def _unreal(part: Part, match: re.Match[str]) -> bool:
    start, _ = sentence_at(part, match.start())
    return _UNREAL.search(part.text, max(start, match.start() - 90), match.start()) is not None


def _past(day: date, base: Base) -> bool:
    return bool(base.page and day < base.page)


def _history(match: re.Match[str], day: date, base: Base) -> bool:
    if base.page is None:
        return False
    age = (base.page - day).days
    return age > _HISTORY or bool(_PAST.match(match.group()) and age > _OLD_NEWS)


def _subject(reading: Reading, part: Part, place: int) -> int | None:
    """Judge whose beginning a phrase tells of: 0 the document's, 1 unsaid; None for a law that is named."""
    start, _ = sentence_at(part, place)
    first = max(start, place - 160)
    if _PART_OF.search(part.text, first, place):
        return None
    if part.field != "title" and reading.official:
        named = [number.end for number in _between(reading.numbers(part), first, place)]
        named += [hit.end for hit in _between(reading.hits(part), first, place) if hit.entry.kind == "law"]
        if named and _SUBJECT_VERB.fullmatch(part.text, max(named), place):
            return None
    return 0 if _THIS.search(part.text, first, place) else 1


def _between(places: Sequence[_T], first: int, end: int) -> Sequence[_T]:
    """Return those, in order, that begin from ``first`` on and before ``end``."""
    low = bisect_left(places, first, key=lambda place: place.start)
    return places[low : bisect_left(places, end, lo=low, key=lambda place: place.start)]
