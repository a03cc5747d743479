"""Where an English text names firms by their full name: words with capitals before Ltd, plc, Inc …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from .runs import MOST, Run, opens_line

_FORMS = (
    r"Co(?:mpany|\.)?,? (?:Ltd|Limited)|(?:Pte|Pty)\.? (?:Ltd|Limited)|Ltd|Limited(?! [A-Z])|PLC|plc|Inc"
    r"|L\.?L\.?C|L\.?L\.?P|L\.P|LP|Corp|N\.A|GmbH|AG|SA|S\.A|NV|N\.V|S\.p\.A|dac|DAC"
)
FORM = re.compile(rf"(?<=[\w)]),? (?P<form>(?:{_FORMS})\b)(?!\.?[\w&'’-])")
_ENDS_FORM = re.compile(rf"(?:{_FORMS})\.?,?")
_WINDOW = 110
_MOST_WORDS = 8
_TOKEN = re.compile(r"[^\s“”\"‘]+")
_WORD = re.compile(r"\(?[A-Z0-9][\w&'’.\-]*\)?,?")
_JOINS = frozenset({"&", "de", "van", "von", "der", "du"})
_INITIALS = re.compile(r"(?:[A-Z]\.)+|St\.|Co\.|Bros\.")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_GOES_ON = frozenset({"Bank", "Trust", "Company", "Exchange", "Society", "Insurance"})
"""Words after which "of" goes on with a firm's name: Bank of America Corp."""
_ROLES = re.compile(
    r"Matter|Shares|Directors?|Chair(?:man|woman)?|CEO|CFO|President|Officers?|Head|Founders?|Owners?|Shareholders?"
    r"|Subsidiar(?:y|ies)|Part|Managers?|Partners?|Board|Behalf|Case|Offices?|Acquisition|Customers?|Clients?"
)
"""Words after which "of" parts a name from what is said of it."""
_LEADS = re.compile(
    r"The|This|That|These|In|On|At|By|For|From|To|Of|With|Without|Against|Between|Both|And|Or|But|As|While"
    r"|When|Where|After|Before|Since|Under|Upon|Following|Although|However|Instead|Meanwhile|Separately|Additionally"
    r"|Yesterday|Today|Respondents?|Defendants?|Plaintiffs?|Former|Firms?|Applicant|Issuer|Auditor|Broker"
    r"|Insurer|Lender|Advis[eo]r|Dealer|Mr\.?|Ms\.?|Dr\.?|Re|Dear"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri)day"
)
"""Words that have their capital from where they stand."""
_TIED = re.compile(r"-(?:based|listed|owned|registered|licensed|regulated|affiliated)$")


def english_runs(text: str) -> Iterator[Run]:
    """Yield the runs of a text in their order; linear in its length."""
    last = 0
    for form in islice(FORM.finditer(text), MOST):
        low = max(last, form.start() - _WINDOW, text.rfind("\n", last, form.start()) + 1)
        tokens = [match.span() for match in _TOKEN.finditer(text, low, form.start())]
        run = _back(text, tokens, form, whole=opens_line(text, low))
        last = form.end()
        if run is not None:
            yield run


def _back(text: str, tokens: Sequence[tuple[int, int]], form: re.Match[str], *, whole: bool) -> Run | None:
    """Go back from a legal form as long as words have capitals or join such; None when not one has.

    ``whole``: that a name may begin with the first of the words.
    """
    start, clear, words = form.start(), True, 0
    for number in range(len(tokens) - 1, -1, -1):
        begin, end = tokens[number]
        word = text[begin:end]
        before = text[slice(*tokens[number - 1])] if number else ""
        if words and re.search(r"[.,;:]$", word) and not _INITIALS.fullmatch(word):
            # "Morgan, Lewis & Bockius LLP" is one name, and "In London, Laputa Ltd" is not.
            clear &= not ("&" in text[start : form.start()] and word.endswith(","))
            break
        if words and (word in _JOINS or (word == "of" and before in _GOES_ON)):
            continue
        if word == "of":  # "Banc of America Securities LLC" is one name, "Director of Laputa Ltd" is not
            clear &= not before[:1].isupper() or bool(_ROLES.fullmatch(before))
            break
        if word == "and":
            clear &= before.endswith(",") or bool(_ENDS_FORM.fullmatch(before)) or not before[:1].isupper()
            break
        if _LEADS.fullmatch(word):  # "Third Friday Management LLC" does not begin with its third word
            clear &= not before[:1].isupper() or bool(_LEADS.fullmatch(before)) or before[-1] in ".,;:"
            break
        if not _WORD.fullmatch(word) or _TIED.search(word) or _YEAR.fullmatch(word):
            break
        if words == _MOST_WORDS or word.isdigit() or (words and word.endswith(("'s", "’s"))):
            clear = False
            break
        start, words = begin, words + 1
        if word.startswith("(") and ")" not in text[begin : form.start()]:
            start += 1
            break
    else:
        clear &= whole
    return Run(start, form.end(), clear) if words else None
