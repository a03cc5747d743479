"""English words for until when one may comment, reply or ask to speak, and for the day of a hearing."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dibao.store import Fact

from .days import DATE, DAY, EN_DATE, TIME, WEEKDAY, dated, parse_date
from .gazettes import COUNT_EN, GAZETTE, Base, from_gazette
from .reading import Part, Reading, sentence_at

_INSIDE = r"(?:[^.;\n]|(?<=\b[A-Z])\.|(?<=\b[ap])\.(?=m)|(?<=[ap]\.m)\.|(?<=\bNo)\.)"
"""A character inside a clause: the full stops of U.S. and a.m. end none."""
_UNTIL = (
    r"(?:on\sor\sbefore|no\slater\sthan|not\slater\sthan|on|by|before|until|till|through|to|in\swriting\sby)"
)
_DEADLINE_WORDS = (
    "omment", "onsult", "espon", "eply", "ubmi", "losing", "closes", "end ", "eadline", "eedback", "iews", "vidence", "nput",
    "equest", "ontribution", "have until", "has until",
)  # fmt: skip
_DEADLINE = re.compile(
    rf"(?:\b[Cc]omments?\b(?:\s[Pp]eriod\b)?(?:{_INSIDE}{{0,80}}?\b)(?:received|submitted|sent|invited|accepted|due|clos(?:e|es|ing)|ends?|[Ee]xpires?:?|open\suntil|until|by|no\slater\sthan|on\sor\sbefore|extended)"
    rf"(?:\s{_UNTIL}){{0,2}}"
    rf"|\b(?:accept|welcome|invite)s?\s(?:\w+\s)?(?:comments?|feedback|views|responses|submissions)\b[^.;\n]{{0,60}}?\b{_UNTIL}"
    r"|\b(?:[Cc]onsultation|[Dd]iscussion\s[Pp]aper|[Cc]onsultative\s[Dd]ocument|[Cc]all\sfor\s(?:evidence|input|views|feedback))\b[^.;\n]{0,60}?\b(?:closes|close|ends?|open\suntil|runs?\suntil|until)(?:\s(?:on|at))?|\b[Cc]onsulting\suntil"
    rf"|\b(?:[Cc]onsultation|[Cc]omment\speriod)\b[^.;\n]{{0,60}}?\bfrom\s(?:{DATE})\s(?:to|until|through)"
    r"|\b(?:[Pp]lease\s(?:respond|reply|submit|send)[^.;\n]{0,60}?|[Rr]espon(?:d|ses)[^.;\n]{0,60}?)\b(?:by|before|no\slater\sthan)"
    r"|\b(?:[Dd]eadline|[Cc]losing\sdate)(?:\sfor\s[a-z ]{3,60})?(?:\sis|\swill\sbe|:)|\b[Ss]ubmissions?\s(?:close|(?:are|is)\sdue|(?:must|should)\sbe\s(?:received|made)|will\sbe\saccepted)(?:\s(?:by|on|until|before))?"
    rf"|\b(?:[Rr]espondents|[Ss]takeholders|[Cc]ommenters|[Ii]nterested\s(?:parties|persons)|[Tt]he\s(?:public|industry|market))\s(?:will\s)?(?:have|has)\suntil|\b(?:submit|send|[Ff]eedback|[Vv]iews|responses|[Cc]ontributions)\b[^.;\n]{{0,80}}?\b{_UNTIL}"
    r"|\b(?:[Rr]equests?|[Nn]otices?\sof\sintent)\sto\s(?:testify|speak|appear|attend|participate|be\sheard|present|make\s[a-z ]{3,30})\b[^.;\n]{0,60}?\b(?:by|on\sor\sbefore|no\slater\sthan))"
    rf"\s{{1,3}}(?:at\s)?{TIME}{WEEKDAY}{TIME}{DAY}"
)
_WILL_RUN = re.compile(
    rf"\b(?:will|is\sto|are\sto)\s(?:now\s)?(?:run|remain\sopen|stay\sopen|be\sopen|close|end)\s(?:until|through|till|on)\s{{1,3}}(?:at\s)?{TIME}{WEEKDAY}{TIME}{DAY}"
)
_PERIOD = re.compile(
    r"\b(?:comment\speriod|consultation|comment\swindow|call\sfor\s(?:evidence|input))\b", re.I
)
_RELATIVE = re.compile(
    rf"\bcomments?\b[^.;\n]{{0,80}}?\b(?:within|no\slater\sthan|by|for)\s{COUNT_EN}\s(?P<unit>days|months)\s(?:after|from|of|following)\s{GAZETTE}",
    re.IGNORECASE,
)
_EXTENDED = re.compile(
    rf"\b[Ee]xten(?:d|ds|ded|ding)\b[^.;\n]{{0,80}}?\b(?:to|until|through)\s{{1,3}}{WEEKDAY}(?P<date>{EN_DATE})"
)
_FORMER = re.compile(
    r"(?:was|were)\s(?:to|due|scheduled|set|originally)\b|original(?:ly)?\b|had\s(?:been|ended)|(?:was|were)\sopen"
)
_COMMENT = re.compile(
    r"\b(?:comments?|consult\w*|feedback|views|responses|submissions?|contributions|evidence|input|requests?\sto)\b|\b[Pp]lease\s(?:reply|respond)",
    re.I,
)
_OTHER_PAPER = re.compile(r"(?:^|[^A-Za-z])(?:Q?CP|DP|GC|CR|P)[0-9]{1,3}[/-]?[0-9]")
"""A consultation paper's number: of what is no draft, the deadline is that paper's."""
_HEARING_FILL = rf"(?:(?!\b(?:requests?|register|comments?|submi\w+|adopted|published|issued|after|until|following|proposed)\b){_INSIDE}){{0,80}}?"
_HEARING_DAY = re.compile(
    rf"(?:\b(?:[Hh]earing|[Cc]ase\smanagement\sconference)\b{_HEARING_FILL}(?:\b(?:on|for|held|takes?\splace|convenes?|begins?|beginning|starts?|starting|opens?|is|will\sbe)|:)|\b(?:heard|will\shear|is\sto\shear|hears)\b{_HEARING_FILL}\bon|\btrial\b{_HEARING_FILL}\b(?:begin|start|set|scheduled|listed)\b{_HEARING_FILL}\b(?:on|for)|\badjourned\s(?:to|until)"
    rf"|\b(?:listed|set\sdown|fixed)\sfor\s(?:an?\s)?(?:[a-z]{{3,12}}\s){{0,3}}hearing\b{_HEARING_FILL}\bon)\s(?:at\s)?{TIME}{WEEKDAY}{DAY}"
)
_HELD = re.compile(
    r"\b(?:was|were|has\sbeen|had|took)\b(?!\s(?:listed|scheduled|set|fixed))|\bheld\s(?:an?|its)\b"
)


def deadline_english(reading: Reading, part: Part, base: Base, *, draft: bool) -> Iterator[tuple[bool, Fact]]:
    """Yield last days, with whether it is one put off. Of what is no draft a sentence must speak of comments."""
    for match in dated(_DEADLINE, part.text, *_DEADLINE_WORDS):
        day = parse_date(match["date"])
        start, end = sentence_at(part, match.start())
        invited = draft or _COMMENT.search(part.text, start, end)
        others = not draft and _OTHER_PAPER.search(part.text, start, match.end())
        if day and invited and not others and not _FORMER.search(match.group()) and not _past(day, base):
            yield False, reading.fact("date_deadline", day.isoformat(), part, match.span("date"))
    for match in dated(_WILL_RUN, part.text, "until", "through", "till", "close", "end "):
        start, end = sentence_at(part, match.start())
        day = parse_date(match["date"])
        others = not draft and _OTHER_PAPER.search(part.text, start, match.end())
        if day and _PERIOD.search(part.text, start, match.start()) and not others and not _past(day, base):
            yield False, reading.fact("date_deadline", day.isoformat(), part, match.span("date"))
    for match in dated(_EXTENDED, part.text, "xten"):
        start, end = sentence_at(part, match.start())
        day = parse_date(match["date"])
        spoken = re.search(r"\b(?:comment|consultation|response)", part.text[start:end], re.IGNORECASE)
        if day and spoken and not _past(day, base):
            yield True, reading.fact("date_deadline", day.isoformat(), part, match.span("date"))
    for match, day in from_gazette(reading, part, _RELATIVE, base):
        yield False, reading.fact("date_deadline", day.isoformat(), part, match.span(), confidence=0.95)


def hearing_english(reading: Reading, base: Base) -> Iterator[Fact]:
    """Yield the first hearing that is still to be held."""
    for part in reading.parts:
        for match in dated(
            _HEARING_DAY,
            part.text,
            "earing",
            "heard",
            "hear the",
            "hears",
            "adjourned",
            "conference",
            " trial",
        ):
            day = parse_date(match["date"])
            if day and not _past(day, base) and not _HELD.search(match.group()):
                yield reading.fact("date_hearing", day.isoformat(), part, match.span("date"))
                return


def _past(day: date, base: Base) -> bool:
    """Whether a day lies before the publication: what is over by then is told of, not invited to."""
    return bool(base.page and day < base.page)
