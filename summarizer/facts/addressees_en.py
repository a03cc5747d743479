"""Whom an English letter or circular is addressed to: its To line, its salutation, its title, or the two lines
above the salutation (The Chief Executive / All Authorized Institutions). A person is no addressee here."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import Fact

from .firms import firm_value
from .reading import Part, Reading

_HEAD = 3000
_MOST = 12
_TO = re.compile(
    r"^[ \t]{0,8}(?:(?:TO|To|ATTENTION|Attention|ADDRESSEES?|Addressees?)[ \t]{0,3}(?:[:：]|\n)[ \t]{0,4}|TO (?=THE |ALL |EACH ))(?P<list>[^\n]{3,400})"
    r"(?P<more>(?:\n[ \t]{0,12}(?:AND|and|OR) [^\n]{3,300}){0,3})",
    re.MULTILINE,
)
_DEAR = re.compile(r"^[ \t]{0,4}Dear (?P<list>[^\n,:]{2,120})[,:]?[ \t]{0,3}$", re.MULTILINE)
_ABOVE = re.compile(
    r"(?P<list>(?:^[ \t]{0,4}(?:The Chief Executives?(?: Officers?)?|The Chairm[ae]n|The Boards? of Directors)[ \t]{0,3}\n)?^[ \t]{0,4}(?:All|To all) [^\n.:]{3,120}?)[ \t]{0,3}\n(?:[^\n]{0,80}\n){0,3}?[ \t]{0,4}Dear ",
    re.MULTILINE,
)
_TITLE = re.compile(
    r"^(?:Joint )?(?:[Cc]ircular|[Ll]etter|[Mm]emo(?:randum)?) to (?P<list>(?:(?! on | regarding | concerning | relating | about | in relation | re ).){3,200}?)(?= on | regarding | concerning | relating | about | in relation | re |[:;.]| [-–—] |$)"
)
_SPLIT = re.compile(
    r"\s?[;/\n]\s?|\s?,\s(?:and\s)?|\sand\s(?:to\s)?(?=(?:all|each|the|every|to)\s)", re.IGNORECASE
)
_AND = re.compile(r"\s(?:and|or|&)\s", re.IGNORECASE)

_ROLES = re.compile(
    r"^(?:the )?(?:chief (?:executives?|compliance|risk|financial|operating|information)(?: officers?)?|ceos?|cfos?|cros?|ccos?|boards?(?: of directors)?|directors?|chairs?|chairm[ae]n|senior managers?|senior management|responsible officers?|managing directors?|compliance officers?|presidents?|general managers?)$",
    re.IGNORECASE,
)
_ROLE_OF = re.compile(
    r"^(?:the )?(?:chief executives?(?: officers?)?|chief (?:compliance|risk|financial|operating|information) officers?|ceos?|cfos?|cros?|boards?(?: of directors)?|directors?|senior management|chairs?) (?:of|at) (?=\S)",
    re.IGNORECASE,
)
_WHOM_OF = re.compile(r"^.{0,80} (?:of|at) (?=all (?!of\b))", re.IGNORECASE)
"""Before the institutions whose officers are meant."""
_EVERY = re.compile(r"^(?:to )?(?:all of |all |each |every |any )?(?:the )?", re.IGNORECASE)
_NOUN = re.compile(
    r"\b(?:institutions?|banks?|corporations?|compan(?:y|ies)|firms?|insurers?|reinsurers?|licensees?|issuers?|providers?|intermediar(?:y|ies)|members?|officers?"
    r"|ceos?|cfos?|cros?|boards?|directors?|chief executives?|chairs?|managers?|advis[eo]rs?|dealers?|broker-dealers?|brokers?|participants?|operators?|exchanges?|agenc(?:y|ies)|authorit(?:y|ies)"
    r"|unions?|associations?|organi[sz]ations?|funds?|trustees?|custodians?|entit(?:y|ies)|facilit(?:y|ies)|platforms?|sponsors?|auditors?|depositor(?:y|ies)|depositaries|undertakings?|businesses|persons? licensed|licensed persons?|registrants?|lenders?|takers?|heads|personnel|parties|servicers?|administrators?|applicants?)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:is|are|was|will|must|should|shall|may|has|have|we|our|you|your|this|that|which|who|please|help|ensure|comply)\b",
    re.IGNORECASE,
)
_CLASSES: tuple[tuple[str, str], ...] = (
    ("banks", r"banks?|(?:national|state member|commercial|member) banks|banking organi[sz]ations?|banking institutions?|authori[sz]ed institutions?|insured depository institutions?|depository institutions?|credit institutions?|deposit[- ]taking institutions?|licensed banks"),
    ("insurers", r"(?:authori[sz]ed |licensed )?insurers?|insurance (?:compan(?:y|ies)|undertakings?)|(?:authori[sz]ed )?insurers and reinsurers"),
    ("insurance_intermediaries", r"(?:licensed )?insurance (?:intermediar(?:y|ies)|brokers?|agents?)|insurance broker companies"),
    ("trust_companies", r"trust compan(?:y|ies)"),
    ("payment_institutions", r"payment (?:institutions?|service providers?|firms?)|e-money institutions?|stored value facilit(?:y|ies) licensees?|svf licensees?|major payment institutions?"),
    ("credit_reporting", r"credit (?:reporting|reference) agenc(?:y|ies)|consumer reporting agencies"),
    ("securities_firms", r"broker-?dealers?|securities (?:compan(?:y|ies)|firms?)|investment firms?|licensed corporations?|member firms"),
    ("fund_managers", r"(?:fund|asset|investment) managers?|investment advis[eo]rs?|management companies of sfc-authorized funds|fund management companies"),
    ("private_funds", r"private fund (?:managers|advisers)"),
    ("futures_firms", r"futures commission merchants?"),
    ("listed_companies", r"listed (?:compan(?:y|ies)|issuers?)|public companies"),
    ("exchanges", r"clearing (?:agenc(?:y|ies)|houses?)|national securities exchanges?|recogni[sz]ed exchanges?"),
    ("crypto_firms", r"(?:licensed )?virtual asset (?:trading platforms?(?: operators?)?|service providers?)|vatp operators?|vasps?|crypto-?asset service providers?"),
    ("stablecoin_issuers", r"(?:licensed )?stablecoin issuers?"),
    ("platforms", r"online platforms?"),
    ("financial_holding", r"(?:bank|financial) holding companies"),
    ("financial_institutions", r"(?:regulated )?financial institutions?"),
    ("intermediaries", r"(?:registered )?intermediar(?:y|ies)"),
    ("market_participants", r"market participants?"),
)  # fmt: skip
_CLASS = tuple((key, re.compile(words, re.IGNORECASE)) for key, words in _CLASSES)


def read_english(reading: Reading) -> Iterator[Fact]:
    """Yield the addressees from the surest place that has any."""
    for part, start, end in _places(reading):
        facts = [
            reading.fact("addressee", value, part, span)
            for value, span in _entries(reading, part, start, end)
        ]
        if facts:
            yield from facts[:_MOST]
            return


def _places(reading: Reading) -> Iterator[tuple[Part, int, int]]:
    for part in reading.body:
        if part.field == "summary" or not re.search(r"T[oO]\b|A(?:tt|TT|dd|DD)|Dear ", part.text[:_HEAD]):
            continue
        for pattern in (_TO, _ABOVE, _DEAR):
            match = pattern.search(part.text, 0, _HEAD)
            if match:
                end = match.end("more") if "more" in pattern.groupindex else match.end("list")
                yield part, match.start("list"), end
    match = _TITLE.match(reading.title.text)
    if match:
        yield reading.title, *match.span("list")


def _entries(reading: Reading, part: Part, start: int, end: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield value and place of each entry; of a list with a person in it only the firms."""
    found: list[tuple[str, str, tuple[int, int]]] = []
    persons = False
    for first, last in _cut(part.text, start, end):
        words = part.text[first:last].strip(" \t.")
        if not words:
            continue
        at = part.text.index(words, first)
        value = _value(reading, words)
        persons |= not value
        found.append((value, words, (at, at + len(words))))
    wider = any(value and not _ROLES.match(value) for value, _, _ in found)
    for value, words, span in found:
        role = _ROLES.match(value)
        # "The Chief Executive, All Authorized Institutions" addresses the institutions.
        if value and not (role and wider) and not (persons and not firm_value(words)):
            yield value, span


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in (*_SPLIT.finditer(text, start, end), None):
        stop = match.start() if match else end
        joined = _AND.search(text, at, stop)
        if joined and _class(text[at : joined.start()]) and _NOUN.search(text, joined.end(), stop):
            yield at, joined.start()
            yield joined.end(), stop
        else:
            yield at, stop
        at = match.end() if match else end


def _bare(words: str) -> str:
    """Leave out "all" and "the", and the officers of institutions before these."""
    plain = _WHOM_OF.sub("", " ".join(words.split()))
    return _EVERY.sub("", _ROLE_OF.sub("", plain))


def _class(words: str) -> str:
    bare = _bare(words)
    return next((key for key, pattern in _CLASS if pattern.fullmatch(bare)), "")


def _value(reading: Reading, words: str) -> str:
    """Return whom words mean; empty when they can be a person or a sentence."""
    bare = _bare(words)
    body = reading.glossary.body_of(bare, jurisdiction=reading.source.jurisdiction)
    known = _class(words) or (body.id if body else "") or firm_value(words)
    if known or not _NOUN.search(bare) or _SENTENCE.search(bare) or len(bare) > 200:
        return known
    return bare.casefold()
