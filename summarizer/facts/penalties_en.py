"""English releases of enforcement: each party that is named, and the sums and measures that are said of it.

A sum goes to the party that its clause is about: the one named last before it, or right after it ("a penalty against
X"). What is said of several together, and not of each, is a total.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import Penalty, Sanction

from .amounts import find_amounts
from .parties_en import FIRM, MOST_CHARS, PRONOUN, Party, find_parties
from .reading import Part, Reading

_MONEY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("disgorgement", re.compile(r"\bdisgorge(?:ment|d|s)?\b[^;$£€]{0,40}$", re.I)),
    ("interest", re.compile(r"\binterest\b[^;$£€]{0,20}$", re.I)),
    ("restitution", re.compile(r"\b(?:restitution|redress|refund(?:s|ed)?|compensation|remediation)\b[^;$£€]{0,40}$", re.I)),
    ("confiscation", re.compile(r"\b(?:confiscat\w+|forfeit\w*)\b[^;$£€]{0,40}$", re.I)),
    ("fine", re.compile(r"\b(?:penalt(?:y|ies)|fines?|fined)\b[^;$£€]{0,120}$", re.I)),
)  # fmt: skip
_MONEY_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("fine", re.compile(r"\s(?:to (?:settle|resolve)\b)|\s(?:\w+ )?settlement\b|\s?(?:in |as )?(?:an? )?(?:(?:administrative|financial|monetary|civil|criminal|composition|regulatory) ){0,2}(?:civil (?:money )?penalt|fines?\b|penalt)", re.I)),
    ("disgorgement", re.compile(r"\s(?:in |of |as )?disgorge", re.I)),
    ("interest", re.compile(r"\s(?:in |of )?(?:prejudgment )?interest\b", re.I)),
    ("restitution", re.compile(r"\s(?:in |of |as )?(?:\w+ )?(?:restitution|redress|refunds|compensation)\b", re.I)),
)  # fmt: skip
_UNREAL = re.compile(
    r"\b(?:otherwise|would have|had it not|were it not|reduced (?:by [0-9.]{1,5}%? )?from|down from|provisional(?:ly)?|maximum|up to|discount|profits? of|losses of|rang(?:e|es|ed|ing) (?:from|between)|of which|(?:first|second|third) (?:penalty|fine)|base (?:civil )?(?:monetary )?penalt(?:y|ies)|statutory|(?-i:invest(?:s|ed|ing)?|spend(?:s|ing)?|credit(?:s|ed|ing)?)|separately (?:fined|imposed|assessed|ordered|announced)|separate (?:civil )?(?:penalty|fine|settlement|action|order)|raised|transactions? (?:worth|of|totall?ing)|(?-i:assets))\b[^.;]{0,60}$"
    r"|\b(?:seek(?:s|ing)?|sought|ask(?:s|ed|ing)? (?:the|a) (?:court|tribunal)|demand(?:s|ed)?|alleg\w+|propos\w+|faces?|facing|could|might|if convicted|[Ii]n (?:[A-Z][a-z]+ )?20[0-9]{2},? [^;]{0,60}\bhad (?:fined|imposed|ordered|penali[sz]ed)|had (?:paid|been)|(?:another|(?:its|a|the) (?:rival|competitor|peer)|rival) (?:firm|bank|lender|dealer|broker|adviser|insurer|company|(?-i:[A-Z])\w+))\b[^;]{0,130}$",
    re.I,
)
_BEFORE = re.compile(
    r"(?:\s(?:an? )?(?:in )?(?:fines?|penalt(?:y|ies)|settlement))?,?\s(?:last (?:year|month|week|spring|summer|autumn|fall|winter)|(?:a|an|[a-z]{3,5}|[0-9]{1,2}) (?:years?|months?) (?:ago|earlier|before)|earlier this year|in (?:[A-Z][a-z]{2,8}\.? )?(?:19|20)[0-9]{2})\b"
)
"""Right after a sum: it was paid at another time."""
_ENDED = re.compile(r"\bterminat(?:es?|ed|ion)\b", re.I)
_SPOKE_OF_FINES = re.compile(r"\b(?:penalt(?:y|ies)|fines?)\b", re.I)
_IN_BRACKETS = re.compile(r"[\w.](?:\s\(|\s?[:–—|]\s)$|\b(?:agreed|ordered|required|has|have) to pay\s$")
_OF_SUBJECT = re.compile(
    r"(?P<who>[A-Z][\w&'’-]*(?: (?:of |and )?[A-Z][\w&'’-]*\.?){1,6})(?:,[^.;]{0,60},)? (?:was|were|has been|agreed|paid|consented)\b[^.;]*$"
)
"""Before a sum: a name and what was done to it or what it did."""
_NOBODYS = 6
"""Characters between a party and the bracket with its sum."""
_SOUGHT = re.compile(r"\b(?:seek(?:s|ing)?|sought|ask(?:s|ed|ing)? (?:the|a) (?:court|tribunal))\b", re.I)
_TOTAL = re.compile(
    r"\b(?:combined|collectively|together|in total|total(?:ing|ling)?|aggregate|altogether|amounting to)\b"
    r"|\bon (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|[0-9]{1,3}) (?:\w+ ){0,3}(?:institutions|firms|banks|companies|insurers|individuals|brokers|persons|entities|lenders)\b",
    re.I,
)
_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("reprimand", re.compile(r"\breprimand(?:s|ed)?\b|\bcensur(?:e|es|ed)\b", re.I)),
    ("cease_and_desist", re.compile(r"\bcease[ -]and[ -]desist (?:order|from)|\b(?:order(?:s|ed)?|consent order) to cease[ -]and[ -]desist", re.I)),
    ("industry_ban", re.compile(r"\b(?:bans?|banned|prohibit(?:s|ed|ing)?|barred|bars)\b[^.;]{0,120}?\b(?:industry|from (?:working|re-?entering|associat(?:ion|ing)|trading|registering|participating|holding|acting|performing|providing|serving)|for life|for \w+ (?:years|months))|\bprohibition orders?\b", re.I)),
    ("suspension", re.compile(r"\bsuspend(?:s|ed)\b[^.;]{0,40}\b(?:licen[cs]e|registration|from)|\bsuspension of\b", re.I)),
    ("revocation", re.compile(r"\brevok(?:es|ed)\b[^.;]{0,40}\b(?:licen[cs]e|registration|authori[sz]ation)|\bcancel(?:s|led|ed)\b[^.;]{0,40}\b(?:licen[cs]e|registration)", re.I)),
    ("disqualification", re.compile(r"\bdisqualif(?:ies|ied)\b", re.I)),
)  # fmt: skip
_TIED_AFTER = re.compile(
    r"(?:[^,.;]{0,50}?\b(?:against|on|upon|from|by)|\sof)\s(?:the\s|former\s\w+\s)?(?:(?:Mr|Ms|Mrs|Dr)\.?\s)?"
)
_CONVERTED = re.compile(
    r"\s?\((?:(?:about|around|approximately|roughly|nearly|equivalent to|equal to|or)\s)?"
)
"""Between a sum and the same in another currency."""
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


def read_english(reading: Reading, part: Part) -> Iterator[tuple[tuple[int, int], Penalty]]:
    """Yield each party of a release with the sums and measures that it states of it; those with none are left out."""
    parties = find_parties(reading, part) if not _ENDED.search(reading.title.text) else []
    if not parties:
        return
    last = parties[:1]
    for start, end in part.sentences:
        if end > MOST_CHARS:
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


def _sentence(
    reading: Reading, part: Part, span: tuple[int, int], parties: list[Party], last: list[Party]
) -> list[Party]:
    """Give the sums and measures of a sentence to the parties they are said of; return whom it names last."""
    start, end = span
    text = part.text[start:end]
    mentions = sorted(_mentions(text, parties), key=lambda m: m[:2])
    sums = list(_sums(reading, text, before=part.text[max(0, start - 300) : start]))
    for at, stop, sanction in sums:
        if sanction.amount and _of_another(text, at, mentions):
            continue
        group = _whose(text, at, stop, mentions, last)
        shared = len(group) > 1 and not re.search(r"\beach\b|\brespectively\b", text)
        if sanction.amount and (
            shared or (len(parties) > 1 and _TOTAL.search(text[max(0, at - 60) : stop + 60]))
        ):
            continue
        if sanction.amount and len(group) > 1 and "respectively" in text:
            order = [s for s in sums if s[2].key == sanction.key and s[2].amount].index((at, stop, sanction))
            group = group[order : order + 1]
        for party in group:
            party.found.append((start + at, start + stop, sanction))
    if not mentions:
        return last
    return mentions[-1][2] if not PRONOUN.match(text) else last


_Mention = tuple[int, int, list[Party]]


def _mentions(text: str, parties: list[Party]) -> list[_Mention]:
    """Where parties are named in a sentence; those that a list joins are one mention."""
    found: list[tuple[int, int, Party]] = []
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


def _of_another(text: str, at: int, mentions: list[_Mention]) -> bool:
    """Whether a sum is said of somebody who is no party: in brackets after a name, or after what was done to one."""
    head = text[:at]
    if head.endswith(" (") and re.search(r"[A-Z][\w.]* \($", head):
        return not any(at - _NOBODYS <= stop <= at for _, stop, _ in mentions)
    said = _OF_SUBJECT.search(head[-200:])
    if said is None:
        return False
    first = len(head) - len(head[-200:])
    start, end = first + said.start("who"), first + said.end("who")
    return not _BODY_OR_WORD.match(said["who"]) and not any(a < end and start < b for a, b, _ in mentions)


_BODY_OR_WORD = re.compile(
    r"(?:The|This|These|It|Its|He|She|They|In|On|As|Without|Under|Both|Each|All|Respondents?|Defendants?|A|An|[A-Z]\.|Order|Court|Commission)\b"
)


def _whose(text: str, at: int, stop: int, mentions: list[_Mention], last: list[Party]) -> list[Party]:
    inside = next((m for m in mentions if at <= m[0] < stop), None)
    if inside:
        return inside[2]
    before = [m for m in mentions if m[0] < at]
    after = next((m for m in mentions if m[0] >= stop), None)
    if after and _TIED_AFTER.fullmatch(text, stop, after[0]):
        return after[2]
    if before:
        return before[-1][2]
    if after and not PRONOUN.match(text):
        return after[2]
    return last


def _sums(reading: Reading, text: str, *, before: str) -> Iterator[tuple[int, int, Sanction]]:
    """Yield sums with the word of measure nearest to them, and measures without money, each kind of those once.

    A sum in brackets after a name is a fine where the words ``before`` the sentence speak of fines.
    """
    fines = _SPOKE_OF_FINES.search(before)
    key, end_before = "", -1
    for start, end, value in sorted(find_amounts(text, reading.source.jurisdiction)):
        if value.startswith(("PCT ", "BP ")):
            continue
        head = text[max(0, start - 140) : start].rpartition("\n")[2]
        if _CONVERTED.fullmatch(text, max(end_before, 0), start) and key:
            continue
        if _UNREAL.search(head) or _BEFORE.match(text, end):
            continue
        former = key if _AND_SUM.fullmatch(text, max(end_before, 0), start) else ""
        key = next((key for key, pattern in _MONEY_AFTER if pattern.match(text, end)), "")
        nearest = max(
            ((m.start(), k) for k, pattern in _MONEY for m in [pattern.search(head)] if m), default=None
        )
        key = key or (nearest[1] if nearest else former)
        if not key and fines and _IN_BRACKETS.search(head):
            key = "fine"
        end_before = end
        if key:
            yield start, end, Sanction(key=key, amount=value)
    for measure, pattern in _MEASURES:
        match = pattern.search(text)
        if match and not _SOUGHT.search(text, 0, match.start()):
            yield *match.span(), Sanction(key=measure)


def _basis(part: Part) -> str:
    """The provisions that the release says were broken, at most three."""
    found: dict[str, None] = {}
    for match in _BASIS.finditer(part.text):
        if _BREACH.search(part.text, max(0, match.start() - 120), match.start()):
            found[match.group()] = None
    return "; ".join(list(found)[:3])
