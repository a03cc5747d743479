"""The parties that an English release of enforcement names: firms and persons, each in its full form.

In: a release, its title and its text. Out: names in the order of their finding; who is dealt with, not who speaks.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dibao.store import Sanction

from .reading import Part, Reading
from .scan import near

_WORD = r"(?:(?:Pte|Pty|Sdn)\.(?= (?:Ltd|Limited|Bhd))|[A-Z0-9][\w&'’-]*(?:\.[\w&'’-]+)*)"
_NAME = rf"{_WORD}(?: (?:(?:of|de|van|von|for|the|&|dac|plc) )?(?:{_WORD}|dac|plc|&|\([A-Z][a-z]+(?: [A-Z][a-z]+)?\))){{0,8}}"
_END = r"(?:(?:,|(?<=Pte)\.|(?<=Pty)\.|(?<=Co)\.,?)? (?:Inc|Ltd|LLC|LP)\.?)?"
_LIST = rf"{_NAME}{_END}(?:(?:,|,? and) (?:former \w+ )?{_NAME}{_END}){{0,9}}"
_NAME_TITLE = r"(?P<party>[A-Z][\w&.,'’() -]{1,90}?)"
_STOPS = r"(?=\s(?:[$£€]|HK\$|US\$|[Ff]or\b|[Ww]ith\b|[Oo]ver\b|[Aa]fter\b|[Ff]rom\b|[Ii]n\b|[Bb]y\b|[Tt]o\b|\d|a\b|an\b)|;|(?<!\b[A-Z])\.|$)"
_PUNISHES = (
    r"fines?|fined|reprimands? and fines?|reprimands?|censures?|bans?|bars|charges?|sanctions?|penali[sz]es?"
)
_CASES = (
    re.compile(
        rf"\b(?:enforcement action|consent order|action|final notice|order)s?\s(?:with|against|to)\s{_NAME_TITLE}(?=\s(?:for\b|over\b)|[.;]?$)"
    ),
    re.compile(rf"\b(?:penalt(?:y|ies)|fines?)\s(?:of\s\S{{1,16}}\s)?(?:up)?on\s{_NAME_TITLE}{_STOPS}"),
    re.compile(rf"\b[Ii]n the Matter of:?\s{_NAME_TITLE}(?=\n|$|;|\sRelease)"),
    re.compile(rf"\bv\.\s{_NAME_TITLE}(?=,\sNo|,\set\sal|\n|$|\s\()"),
)
_NAMED_TITLE = (re.compile(rf"\b(?i:{_PUNISHES})\s(?:former\s)?{_NAME_TITLE}{_STOPS}"), *_CASES)
# In a text a capital makes "Sanctions Implementation" a name, not a verb.
_NAMED_TEXT = (re.compile(rf"\b(?:{_PUNISHES})\s(?:former\s)?{_NAME_TITLE}{_STOPS}"), *_CASES)
_PAYS = re.compile(
    rf"(?:^|(?<=[;:•] )|(?<=[;:•])|(?<=\bthat )|(?<=\band )|(?<=\n)|(?<=\. )|(?<=, ))(?P<list>{_LIST})\.?,?\s(?:each\s|also\s|separately\s|have\s|has\s|had\s|was\s|were\s|been\s|will\s|must\s|both\s){{0,4}}"
    r"(?:agreed to (?:pay|remit|a |an |cease|be |settle)|pay\b|paid\b|ordered to pay|required to pay|consented to|fined\b|barred\b|banned\b|censured\b|reprimanded\b|suspended\b|to pay\b|received an?\b|(?:pleaded|pled) guilty\b)"
)
_DEALT = re.compile(
    rf"(?:\b(?:fined|fines|banned|bans|barred|bars|reprimanded|censured|charged|penali[sz]ed|sanctioned|suspended|against|ordered|requires|requiring|directs|imposed on|settlement with|impos(?:e|es|ed|ing) (?:up)?on|(?:licen[cs]e|registration|authori[sz]ation|permissions?) of|(?:[mb]illion|thousand|penalt\w+|fines?) (?:(?:up)?on|to))|[0-9]m? (?:up)?on)"
    rf"\s(?:former \w+ |(?:Mr|Ms|Mrs|Dr)\.? )?(?P<list>{_LIST})"
)
_ROLE = re.compile(
    r"\b(?:founder|chief executive(?: officer)?|CEO|CFO|COO|president|owner|principal|director|officer|manager|trader|broker|representative|adviser|partner|chairman|chairwoman|member|husband|wife|son|daughter|sister|brother),?\s"
    rf"(?:(?:Mr|Ms|Mrs|Dr)\.? )?(?P<list>(?-i:{_WORD}(?: {_WORD}){{1,3}}))(?![^.;\n]{{0,80}}\b(?:said|says|added|commented)\b)"
)
_PAYING = re.compile(
    r"agreed|ordered|required|consented|fined|barred|banned|censured|reprimanded|suspended|\bpa(?:y|id)\b|received|guilty"
)
_DEALING = re.compile(
    r"fine[ds]|ban(?:ned|s)|barred|bars|reprimanded|censured|charged|penali|sanctioned|against|ordered|imposed|suspended|requir|direct|settlement|\b(?:up)?on\s|fines? to|penalty to|impose|icen[cs]e of|registration of|ization of|isation of|ermissions? of"
)
_BRACKET = re.compile(r"[(][$£€UHAS]")
_ROLES = re.compile(
    r"founder|[Cc]hief|CEO|CFO|COO|president|owner|principal|director|officer|manager|trader|broker|representative|adviser|partner|chair|member|husband|wife|son|daughter|sister|brother"
)
MOST_CHARS = 100_000
"""A release is shorter by far; what is longer is a report on many."""
_BRACKETED = re.compile(rf"(?P<list>{_NAME})\.?\s\((?=[$£€]|(?:US|HK|A|S)\$)")
_ITEM = re.compile(rf"^[\s•*–-]{{0,4}}(?P<list>{_NAME})\s?[:–—|]\s", re.MULTILINE)
_GENERIC = re.compile(
    r"(?:[A-Z][a-z]+teen|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Several|Multiple|Various|Many|[0-9]+|Firms?|Former|Ex|Individuals?|Investment|Broker|Brokers?|Advis[eo]rs?|Compan(?:y|ies)|Banks?|Insurers?"
    r"|CEO|CFO|Chief|Founder|Executives?|Traders?|The|This|These|It|Its|He|She|They|We|You|In|On|As|Without|Both|Each|Commission|Committee|Board|Court|Judge|Agency|Bureau|Authority|New York State|State of|State|Treasury|Section|Rule|Act|Principle|U\.S|United|District|Mr|Ms|Mrs|Dr|Respondents?|Defendants?|Violations?|Fraud|Failing|Failures?|Financial Crime|Market|Retail|Clients?|Customers?|Misleading"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday)\b(?![’'])",
)
_COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "of",
        "for",
        "in",
        "its",
        "former",
        "founder",
        "data",
        "broker",
        "dealer",
        "bank",
        "lender",
        "company",
        "firm",
        "insurer",
        "adviser",
        "advisor",
        "trader",
        "platform",
        "exchange",
        "operator",
        "payment",
        "payday",
        "debt",
        "collector",
        "crypto",
        "shipping",
        "trust",
        "fund",
        "manager",
        "management",
        "director",
        "officer",
        "executive",
        "chief",
        "compliance",
        "online",
        "retail",
        "mortgage",
        "servicer",
        "student",
        "loan",
        "asset",
        "private",
        "equity",
        "hedge",
        "investment",
        "bookmaker",
        "auditor",
        "accounting",
        "promoter",
        "scheme",
        "ring",
        "group",
        "unit",
        "foreign",
        "regional",
        "national",
        "global",
        "major",
        "large",
        "small",
        "community",
        "british",
        "chinese",
        "american",
        "swis",
        "german",
        "french",
        "irish",
    ]
)
"""Words of which a headline makes a party that it does not name: Data Broker, Foreign Bank."""
FIRM = re.compile(
    r"\b(?:Inc|LLC|Ltd|Limited|LP|LLP|L\.P|PLC|plc|dac|Corp(?:oration)?|Compan(?:y|ies)|Bank|Bancorp|Bancshares|Group|Holdings?|Fund|Partners|Advis[eo]rs|Securities|Capital|AG|SA|NV|N\.A|Trust|Management|Markets|Association|Services|Exchange|Insurance|Assurance|Financial|Investments?|International|Brokers?)\b"
)
_SUFFIX = re.compile(r"^(?:Inc|Ltd|Limited|LLC|LP|LLP|Co|Corp|N\.A|S\.A|plc|PLC|AG)\.?$")
PRONOUN = re.compile(
    r"^(?:It|He|She|They|The (?:firm|company|bank|adviser|insurer|broker|respondent)s?|Respondents?|Each)\b"
)


@dataclass(slots=True)
class Party:
    name: str
    found: list[tuple[int, int, Sanction]] = field(default_factory=list)

    @property
    def forms(self) -> tuple[str, ...]:
        """How a text names it: in full, by its first word, a person by the last one."""
        words = self.name.split()
        short = words[0] if FIRM.search(self.name) else words[-1]
        return (self.name, *((short,) if len(short) > 2 and not _GENERIC.match(short) else ()))


def find_parties(reading: Reading, part: Part) -> list[Party]:
    names: dict[str, None] = {}
    for place, end, named in (
        (reading.title, len(reading.title.text), _NAMED_TITLE),
        (part, 2000, _NAMED_TEXT),
    ):
        match = next((m for pattern in named for m in pattern.finditer(place.text, 0, end)), None)
        if match and not names:
            text = match["party"]
            # The full stop of an abbreviation is part of the name.
            if _ABBREVIATED.search(text) and place.text[match.end("party") :][:1] == ".":
                text += "."
            names |= dict.fromkeys(_listed(reading, text))
    acts = near(_PAYS, part.text[:MOST_CHARS], _PAYING, before=400, after=60)
    dealt = near(_DEALT, part.text[:MOST_CHARS], _DEALING, before=30, after=400)
    bracketed = near(_BRACKETED, part.text[:MOST_CHARS], _BRACKET, before=200, after=10)
    roles = near(_ROLE, part.text[:MOST_CHARS], _ROLES, before=30, after=200)
    for matches in (acts, dealt, _ITEM.finditer(part.text, 0, MOST_CHARS), roles, bracketed):
        for match in matches:
            text = match["list"]
            if _SEAT.match(part.text, max(0, match.start("list") - 2)):
                continue
            # The full stop of an abbreviation is part of the name, where the sentence goes on.
            after = part.text[match.end("list") :][:3]
            if after[:1] == "." and (
                _DOTTED.search(text) or (_ABBREVIATED.search(text) and re.match(r"\.(?:,|\s[a-z])", after))
            ):
                text += "."
            for name in _listed(reading, text):
                if name.endswith(".") and name[:-1] in names:
                    names = {name if known == name[:-1] else known: None for known in names}
                last = next((known for known in names if name.endswith(f" {known}")), None)
                if last and not FIRM.search(name):
                    # The text gives the whole name of a person whom it first called by the last.
                    names = {name if known == last else known: None for known in names}
                short = next((known for known in names if name.startswith(f"{known} ")), None)
                if short and FIRM.search(name[len(short) :]):
                    # A headline leaves off what the text adds: Alpha Bank (Limited).
                    names = {name if known == short else known: None for known in names}
                elif _FULL.search(name) and not any(name in known or known in name for known in names):
                    names[name] = None
    kept = [name for name in names if not _joins(name, names)][:40]
    return [Party(_in_full(name, part.text[:MOST_CHARS])) for name in kept]


_LEGAL_FORM = re.compile(
    r",? (?:Ltd|Limited|LLC|LLP|LP|plc|PLC|Inc\.|Corp\.|Corporation|N\.A\.|AG|SA|S\.A\.|SE|NV)(?!\w)"
)


def _in_full(name: str, text: str) -> str:
    """Return the name of a firm with the legal form that only the text gives it."""
    if re.search(
        r"(?:Ltd|Limited|LLC|LLP|LP|L\.P\.|plc|PLC|Inc\.?|Corp\.?|Corporation|N\.A\.|AG|SA|S\.A\.|SE|NV|Co\.)$",
        name,
    ):
        return name
    at = text.find(f"{name} ") if f"{name}, " not in text else text.find(f"{name}, ")
    form = _LEGAL_FORM.match(text, at + len(name)) if at >= 0 else None
    return name + form.group() if form else name


def _joins(name: str, names: Iterable[str]) -> bool:
    """Whether a name only joins the short forms of others: Alder and Birch beside Alder Advisers LLC, Birch LP."""
    pieces = name.split(" and ")
    heads = {other.split()[0] for other in names if other != name}
    return len(pieces) > 1 and all(piece in heads for piece in pieces)


_SEAT = re.compile(
    r"(?:,|(?<!Bank)(?<!Trust)(?<!Company)\sof)\s(?:[A-Z][A-Za-z.]+\s?){1,3},\s(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas"
    r"|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York)|North (?:Carolina|Dakota)"
    r"|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South (?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Puerto Rico)\b"
)
"""Where a bank has its seat or a person lives: no party."""
_ABBREVIATED = re.compile(r"\b(?:Inc|Ltd|Corp|Co|N\.A|S\.A|L\.P)$")
_DOTTED = re.compile(r"\b(?:N\.A|S\.A|L\.P)$")
_FULL = re.compile(r"\s")
"""A name of one word is the short form of another, or no name."""


def _listed(reading: Reading, text: str) -> list[str]:
    """Split a list of names: at commas and ``and``, but not before Inc. or inside the name of a firm."""
    pieces: list[str] = []
    text = _SEAT.sub("", text)
    for piece in re.split(r",\s+(?:and\s+)?|\s+and\s+", text.strip(" ,")):
        piece = re.sub(r"\s[0-9][0-9.,]*$", "", piece)
        piece = re.sub(r"^(?:former \w+ |(?:Mr|Ms|Mrs|Dr)\.? )", "", piece.strip(" ,"))
        if not piece[:1].isupper() and not piece[:1].isdigit():
            break
        if pieces and (_SUFFIX.match(piece) or not _whole(pieces[-1])):
            joint = ", " if _SUFFIX.match(piece) else " and "
            pieces[-1] += joint + piece
        elif piece:
            pieces.append(piece)
    return [name for name in pieces if _is_party(reading, name)]


def _whole(name: str) -> bool:
    return bool(FIRM.search(name)) or 1 < len(name.split()) <= 3


def _is_party(reading: Reading, name: str) -> bool:
    if _GENERIC.match(name) or len(name) < 3 or not name[0].isalnum():
        return False
    if all(word.lower().rstrip("s") in _COMMON for word in re.findall(r"[A-Za-z]+", name)):
        return False
    return reading.glossary.body_of(name) is None
