"""English releases of enforcement: each party that is named, and the sums and measures that are said of it.

A sum goes to the party that its clause is about: the one named last before it, or right after it ("a penalty against
X"). What is said of several together, and not of each, is a total.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dibao.store import Penalty, Sanction

from .amounts import find_amounts
from .reading import Part, Reading
from .scan import near

_MONEY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("disgorgement", re.compile(r"\bdisgorge(?:ment|d|s)?\b[^.;$£€]{0,40}$", re.I)),
    ("interest", re.compile(r"\binterest\b[^.;$£€]{0,20}$", re.I)),
    ("restitution", re.compile(r"\b(?:restitution|redress|refund(?:s|ed)?|compensation|remediation)\b[^.;$£€]{0,40}$", re.I)),
    ("confiscation", re.compile(r"\b(?:confiscat\w+|forfeit\w*)\b[^.;$£€]{0,40}$", re.I)),
    ("fine", re.compile(r"\b(?:penalt(?:y|ies)|fines?|fined)\b[^.;$£€]{0,120}$", re.I)),
)  # fmt: skip
_MONEY_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("fine", re.compile(r"\s(?:to (?:settle|resolve)\b)|\s?(?:in |as )?(?:an? )?(?:(?:administrative|financial|monetary|civil|criminal|composition|regulatory) ){0,2}(?:civil (?:money )?penalt|fines?\b|penalt)", re.I)),
    ("disgorgement", re.compile(r"\s(?:in |of |as )?disgorge", re.I)),
    ("interest", re.compile(r"\s(?:in |of )?(?:prejudgment )?interest\b", re.I)),
    ("restitution", re.compile(r"\s(?:in |of |as )?(?:\w+ )?(?:restitution|redress|refunds|compensation)\b", re.I)),
)  # fmt: skip
_UNREAL = re.compile(
    r"\b(?:otherwise|would have been|had it not|maximum|up to|discount|profits? of|losses of|raised|transactions? (?:worth|of|totall?ing)|assets)\b[^.;]{0,60}$",
    re.I,
)
_TOTAL = re.compile(
    r"\b(?:combined|collectively|together|in total|total(?:ing|ling)?|aggregate|altogether)\b", re.I
)
_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("reprimand", re.compile(r"\breprimand(?:s|ed)?\b|\bcensur(?:e|es|ed)\b", re.I)),
    ("cease_and_desist", re.compile(r"\bcease[ -]and[ -]desist (?:order|from)|\b(?:order(?:s|ed)?|consent order) to cease[ -]and[ -]desist", re.I)),
    ("industry_ban", re.compile(r"\b(?:bans|banned|prohibits|prohibited|barred|bars)\b[^.;]{0,60}\b(?:industry|from (?:working|re-?entering|association|participating|acting|performing|providing|serving)|for life|for \w+ (?:years|months))|\bprohibition orders?\b", re.I)),
    ("suspension", re.compile(r"\bsuspend(?:s|ed)\b[^.;]{0,40}\b(?:licen[cs]e|registration|from)|\bsuspension of\b", re.I)),
    ("revocation", re.compile(r"\brevok(?:es|ed)\b[^.;]{0,40}\b(?:licen[cs]e|registration|authori[sz]ation)|\bcancel(?:s|led|ed)\b[^.;]{0,40}\b(?:licen[cs]e|registration)", re.I)),
    ("disqualification", re.compile(r"\bdisqualif(?:ies|ied)\b", re.I)),
)  # fmt: skip
_WORD = r"[A-Z0-9][\w&'’-]*(?:\.[\w&'’-]+)*"
_NAME = rf"{_WORD}(?: (?:(?:of|de|van|von|for|the|&|dac|plc) )?(?:{_WORD}|dac|plc|&)){{0,8}}"
_LIST = rf"{_NAME}(?:,? (?:Inc|Ltd|LLC|LP)\.?)?(?:(?:,|,? and) (?:former \w+ )?{_NAME}(?:,? (?:Inc|Ltd|LLC|LP)\.?)?){{0,9}}"
_NAME_TITLE = r"(?P<party>[A-Z][\w&.,'’() -]{1,90}?)"
_STOPS = r"(?=\s(?:[$£€]|HK\$|US\$|[Ff]or\b|[Ww]ith\b|[Oo]ver\b|[Aa]fter\b|[Ff]rom\b|[Ii]n\b|[Bb]y\b|[Tt]o\b|\d|a\b|an\b)|[.;]|$)"
_PUNISHES = (
    r"fines?|fined|reprimands? and fines?|reprimands?|censures?|bans?|charges?|sanctions?|penali[sz]es?"
)
_CASES = (
    re.compile(
        rf"\b(?:enforcement action|consent order|action|final notice|order)s?\s(?:with|against|to)\s{_NAME_TITLE}(?=\s(?:for\b|over\b)|[.;]?$)"
    ),
    re.compile(rf"\b(?:penalt(?:y|ies)|fines?)\s(?:of\s\S{{1,16}}\s)?(?:up)?on\s{_NAME_TITLE}{_STOPS}"),
    re.compile(rf"\bIn the Matter of\s{_NAME_TITLE}(?=\n|$|;|\sRelease)"),
    re.compile(rf"\bv\.\s{_NAME_TITLE}(?=,\sNo|,\set\sal|\n|$|\s\()"),
)
_NAMED_TITLE = (re.compile(rf"\b(?i:{_PUNISHES})\s(?:former\s)?{_NAME_TITLE}{_STOPS}"), *_CASES)
# In a text a capital makes "Sanctions Implementation" a name, not a verb.
_NAMED_TEXT = (re.compile(rf"\b(?:{_PUNISHES})\s(?:former\s)?{_NAME_TITLE}{_STOPS}"), *_CASES)
_PAYS = re.compile(
    rf"(?:^|(?<=[;:•] )|(?<=[;:•])|(?<=\bthat )|(?<=\band )|(?<=\n)|(?<=\. )|(?<=, ))(?P<list>{_LIST})\.?,?\s(?:each\s|also\s|separately\s|have\s|has\s|had\s|was\s|were\s|been\s|will\s|must\s|both\s){{0,4}}"
    r"(?:agreed to (?:pay|a |an |cease|be |settle)|pay\b|paid\b|ordered to pay|required to pay|consented to|fined\b|barred\b|banned\b|censured\b|reprimanded\b|suspended\b|to pay\b|received an?\b)"
)
_DEALT = re.compile(
    rf"\b(?:fined|fines|banned|bans|reprimanded|censured|charged|penali[sz]ed|sanctioned|against|ordered|imposed on|(?:[0-9]|[0-9]m|[mb]illion|thousand|penalt\w+|fines?) (?:up)?on)\s(?:former \w+ )?(?P<list>{_LIST})"
)
_PAYING = re.compile(
    r"agreed|ordered|required|consented|fined|barred|banned|censured|reprimanded|suspended|\bpa(?:y|id)\b|received"
)
_DEALING = re.compile(
    r"fine[ds]|ban(?:ned|s)|reprimanded|censured|charged|penali|sanctioned|against|ordered|imposed|\b(?:up)?on\s"
)
_MOST_CHARS = 100_000
"""A release is shorter by far; what is longer is a report on many."""
_ITEM = re.compile(rf"^[\s•*–-]{{0,4}}(?P<list>{_NAME})\s?[:–—|]\s", re.MULTILINE)
_GENERIC = re.compile(
    r"(?:[A-Z][a-z]+teen|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Several|Multiple|Various|Many|[0-9]+|Firms?|Former|Ex|Individuals?|Investment|Broker|Brokers?|Advis[eo]rs?|Compan(?:y|ies)|Banks?|Insurers?"
    r"|CEO|CFO|Chief|Founder|Executives?|Traders?|The|This|These|It|Its|He|She|They|We|You|In|On|As|Without|Both|Each|Commission|Committee|Board|Court|Judge|Agency|Bureau|Authority|Section|Rule|Act|Principle|U\.S|United|District|Mr|Ms|Mrs|Dr|Respondents?|Defendants?|Violations?|Fraud|Failing|Failures?|Financial Crime|Market|Retail|Clients?|Customers?|Misleading"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday)\b(?![’'])",
)
FIRM = re.compile(
    r"\b(?:Inc|LLC|Ltd|Limited|LP|LLP|L\.P|PLC|plc|dac|Corp(?:oration)?|Compan(?:y|ies)|Bank|Bancorp|Bancshares|Group|Holdings?|Fund|Partners|Advis[eo]rs|Securities|Capital|AG|SA|NV|N\.A|Trust|Management|Markets|Association|Services|Exchange|Insurance|Assurance|Financial|Investments?|International|Brokers?)\b"
)
_SUFFIX = re.compile(r"^(?:Inc|Ltd|LLC|LP|LLP|Co|Corp|N\.A|S\.A|plc|PLC|AG)\.?$")
_PRONOUN = re.compile(
    r"^(?:It|He|She|They|The (?:firm|company|bank|adviser|insurer|broker|respondent)s?|Each)\b"
)
_TIED_AFTER = re.compile(r"[^,.;]{0,50}?\b(?:against|on|upon|from|by)\s(?:the\s|former\s\w+\s)?")
_AND_SUM = re.compile(r"[^.;$£€]{0,60}?(?:,? and |, )")
_BASIS = re.compile(
    r"\b[Ss]ections? [0-9][0-9A-Za-z()]{0,12}(?:(?:, |,? and )[0-9(][0-9A-Za-z()]{0,12}){0,5} of the (?:[A-Z][A-Za-z-]{1,20} ){1,6}(?:Act|Code|Ordinance|Law)(?: of [0-9]{4}| [0-9]{4})?"
    r"|\bRules? [0-9]{1,3}[A-Za-z]?-?[0-9A-Za-z()-]{1,12}(?: thereunder)?"
    r"|\bPrinciples? [0-9]{1,2}(?:(?:, |,? and )[0-9]{1,2}){0,3}"
    r"|\bArticles? [0-9]{1,3}(?:\([0-9a-z]{1,3}\)){0,2}(?: and [0-9()]{1,8})? of (?:the )?[A-Z][A-Za-z]{2,20}(?: \(EU\))?(?: (?:No )?[0-9]{1,4}/[0-9]{1,4})?"
)
_BREACH = re.compile(
    r"\b(?:violat\w+|breach\w*|contraven\w+|under|pursuant to|failed to comply with)\b", re.I
)


@dataclass(slots=True)
class _Party:
    name: str
    found: list[tuple[int, int, Sanction]] = field(default_factory=list)

    @property
    def forms(self) -> tuple[str, ...]:
        """How a text names it: in full, by its first word, a person by the last one."""
        words = self.name.split()
        short = words[0] if FIRM.search(self.name) else words[-1]
        return (self.name, *((short,) if len(short) > 2 and not _GENERIC.match(short) else ()))


def read_english(reading: Reading, part: Part) -> Iterator[tuple[tuple[int, int], Penalty]]:
    """Yield each party of a release with the sums and measures that it states of it; those with none are left out."""
    parties = _parties(reading, part)
    if not parties:
        return
    last = parties[:1]
    for start, end in part.sentences:
        if end > _MOST_CHARS:
            break
        last = _sentence(reading, part, (start, end), parties, last)
    for party in parties:
        party.found.sort(key=lambda f: f[:2])
    if not any(party.found for party in parties):
        # The title alone may say it: SFC bans John Roe for life.
        _sentence(reading, reading.title, (0, len(reading.title.text)), parties[:1], parties[:1])
        for party in parties:
            party.found = [(0, 0, sanction) for _, _, sanction in party.found]
    basis = _basis(part)
    for party in parties:
        if party.found:
            kept = tuple(dict.fromkeys(sanction for _, _, sanction in party.found))
            span = (party.found[0][0], max(end for _, end, _ in party.found))
            person = not FIRM.search(party.name) and 1 < len(party.name.split()) <= 4
            yield span, Penalty(party=party.name, person=person, sanctions=kept, basis=basis)


def _parties(reading: Reading, part: Part) -> list[_Party]:
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
    acts = near(_PAYS, part.text[:_MOST_CHARS], _PAYING, before=400, after=60)
    dealt = near(_DEALT, part.text[:_MOST_CHARS], _DEALING, before=30, after=400)
    for matches in (acts, dealt, _ITEM.finditer(part.text, 0, _MOST_CHARS)):
        for match in matches:
            text = match["list"]
            # The full stop of an abbreviation is part of the name, where the sentence goes on.
            if _ABBREVIATED.search(text) and re.match(r"\.(?:,|\s[a-z])", part.text[match.end("list") :][:3]):
                text += "."
            for name in _listed(reading, text):
                short = next((known for known in names if name.startswith(f"{known} ")), None)
                if short and FIRM.search(name[len(short) :]):
                    # A headline leaves off what the text adds: Alpha Bank (Limited).
                    names = {name if known == short else known: None for known in names}
                elif _FULL.search(name) and not any(name in known or known in name for known in names):
                    names[name] = None
    return [_Party(name) for name in list(names)[:40]]


_ABBREVIATED = re.compile(r"\b(?:Inc|Ltd|Corp|Co|N\.A|S\.A|L\.P)$")
_FULL = re.compile(r"\s")
"""A name of one word is the short form of another, or no name."""


def _listed(reading: Reading, text: str) -> list[str]:
    """Split a list of names: at commas and ``and``, but not before Inc. or inside the name of a firm."""
    pieces: list[str] = []
    for piece in re.split(r",\s+(?:and\s+)?|\s+and\s+", text.strip(" ,")):
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
    return reading.glossary.body_of(name) is None


def _sentence(
    reading: Reading, part: Part, span: tuple[int, int], parties: list[_Party], last: list[_Party]
) -> list[_Party]:
    """Give the sums and measures of a sentence to the parties they are said of; return whom it names last."""
    start, end = span
    text = part.text[start:end]
    mentions = sorted(_mentions(text, parties), key=lambda m: m[:2])
    sums = list(_sums(reading, text))
    for at, stop, sanction in sums:
        group = _whose(text, at, stop, mentions, last)
        shared = len(group) > 1 and not re.search(r"\beach\b|\brespectively\b", text)
        if sanction.amount and (
            shared or (len(parties) > 1 and _TOTAL.search(text[max(0, at - 60) : stop + 30]))
        ):
            continue
        if sanction.amount and len(group) > 1 and "respectively" in text:
            order = [s for s in sums if s[2].key == sanction.key and s[2].amount].index((at, stop, sanction))
            group = group[order : order + 1]
        for party in group:
            party.found.append((start + at, start + stop, sanction))
    if not mentions:
        return last
    return mentions[-1][2] if not _PRONOUN.match(text) else last


_Mention = tuple[int, int, list[_Party]]


def _mentions(text: str, parties: list[_Party]) -> list[_Mention]:
    """Where parties are named in a sentence; those that a list joins are one mention."""
    found: list[tuple[int, int, _Party]] = []
    for party in parties:
        for form in party.forms:
            for match in re.finditer(rf"(?<![\w]){re.escape(form)}(?!\w)", text):
                if not any(a <= match.start() < b for a, b, _ in found):
                    found.append((*match.span(), party))
    groups: list[_Mention] = []
    for at, stop, party in sorted(found, key=lambda f: f[:2]):
        if groups and re.fullmatch(
            r"(?:\.?,|\.?,? and|\.?,? \w+ )?\s?(?:former \w+ )?", text[groups[-1][1] : at]
        ):
            members = groups[-1][2] if party in groups[-1][2] else [*groups[-1][2], party]
            groups[-1] = (groups[-1][0], stop, members)
        else:
            groups.append((at, stop, [party]))
    return groups


def _whose(text: str, at: int, stop: int, mentions: list[_Mention], last: list[_Party]) -> list[_Party]:
    inside = next((m for m in mentions if at <= m[0] < stop), None)
    if inside:
        return inside[2]
    before = [m for m in mentions if m[0] < at]
    after = next((m for m in mentions if m[0] >= stop), None)
    if after and _TIED_AFTER.fullmatch(text, stop, after[0]):
        return after[2]
    if before:
        return before[-1][2]
    if after and not _PRONOUN.match(text):
        return after[2]
    return last


def _sums(reading: Reading, text: str) -> Iterator[tuple[int, int, Sanction]]:
    """Yield sums with the word of measure nearest to them, and measures without money, each kind of those once."""
    key, end_before = "", -1
    for start, end, value in sorted(find_amounts(text, reading.source.jurisdiction)):
        if value.startswith(("PCT ", "BP ")):
            continue
        before = text[max(0, start - 140) : start].rpartition("\n")[2]
        if _UNREAL.search(before):
            continue
        former = key if _AND_SUM.fullmatch(text, max(end_before, 0), start) else ""
        key = next((key for key, pattern in _MONEY_AFTER if pattern.match(text, end)), "")
        nearest = max(
            ((m.start(), k) for k, pattern in _MONEY for m in [pattern.search(before)] if m), default=None
        )
        key = key or (nearest[1] if nearest else former)
        end_before = end
        if key:
            yield start, end, Sanction(key=key, amount=value)
    for measure, pattern in _MEASURES:
        match = pattern.search(text)
        if match:
            yield *match.span(), Sanction(key=measure)


def _basis(part: Part) -> str:
    """The provisions that the release says were broken, at most three."""
    found: dict[str, None] = {}
    for match in _BASIS.finditer(part.text):
        if _BREACH.search(part.text, max(0, match.start() - 120), match.start()):
            found[match.group()] = None
    return "; ".join(list(found)[:3])
