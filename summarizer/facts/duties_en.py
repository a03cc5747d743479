"""English words that demand, forbid, allow or encourage, and the clauses of a sentence that have one each."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from .reading import Part

PATTERNS = {
    "must_not": re.compile(
        r"\b(?:must not|shall not|may not(?! be (?:suitable|appropriate|aware|available|able|possible|accurate|complete))|cannot|(?:is|are|be) not (?:permitted|allowed|authori[sz]ed|entitled) to|no (?!(?:later|longer|more|less|fewer|earlier|doubt|matter)\b)(?:[\w-]+ ){1,4}?(?:(?-i:may)|shall|must)|(?<!that )(?<!which )(?<!would )(?<!to )(?<!may )(?<!could )(?<!might )prohibit(?:s|ed|ing)?|is barred from|are barred from|forbid(?:s|den)?)\b", re.I
    ),
    "must": re.compile(
        r"\b(?:must|shall(?! (?:enter into force|apply (?:from|as|to|until)|take effect|come into|be binding|be published|expire|cease to|mean|be (?:deemed|construed)|have the meaning)\b)|(?:is|are|be|been) (?:required|obliged|obligated)\b|(?<!that )(?<!which )(?<!would )(?<!to )(?<!may )(?<!could )(?<!might )(?<!as )(?<!if )require[sd]?(?= (?:[^\s.;,]+ ){1,8}?to\b)|has to|have to|needs? to|mandatory)\b", re.I
    ),
    "in_principle": re.compile(r"\bin principle\b", re.I),
    "may": re.compile(r"\b(?:(?<!This )(?<!There )(?<!These )may(?! (?:also |not )?(?:be (?:suitable|appropriate|aware|available|able|possible|accurate|complete|larger|higher|lower|greater|smaller|more|less)\b|result|cause|lead|include|vary|change|differ|arise|occur|pose|indicate|have|experience|affect|increase|reduce|seem|find|suffer|become)\b)|(?:is|are) entitled to|(?:has|have) the right to|is permitted to|are permitted to|is allowed to|are allowed to)\b"),
    "encouraged": re.compile(r"\b(?:encourage[sd]?|should|(?:is|are) expected to(?! (?:take effect|come into|be (?:published|finali[sz]ed|adopted|issued|in force|completed|effective)|result|reach|enter|apply from|rise|fall|grow|increase|remain|continue|announce|publish))|recommend(?:s|ed)?)\b", re.I),
    "except": re.compile(r"\b(?:unless|except (?:where|as|that|for|when))\b", re.I),
}  # fmt: skip
"""Modality → the words that say it, the strictest first."""
WORDS = (
    "must", "Must", "MUST", "may", "andatory", "hall", "hould", "annot", "rohibit", "ermitted", "rinciple", "barred", "orbid",
    "equire", "ecommend", "blig", "eed to", "eeds to", "ntitled", "the right", "uthori", "as to", "ave to", "llowed",
    "ncourage", "xpected", "xcept", "nless",
)  # fmt: skip
REACH = 64
"""What every such word holds, and the most characters around it that decide whether it is one."""

_ASKED = r"(?:comments|responses|submissions|feedback|views|respondents|commenters|interested (?:parties|persons)|requests to (?:testify|speak|appear|attend|be heard)|(?:media )?(?:questions|queries|enquiries|inquiries))"
_INVITED = re.compile(rf"\W{{0,4}}(?:(?:all|any|written|your|public) )?{_ASKED}\b", re.I)
_INVITES = re.compile(rf"\b{_ASKED}(?: (?:on|to|in|from|by|about) [^.;,]{{0,60}})? $", re.I)
_BEFORE_NOW = re.compile(
    r"\b(?:currently|previously|historically|until now|at present|in the past|under (?:the )?(?:existing|current|present|previous|former|old)|(?:existing|current|previous|former|old) (?:rules?|law|requirements?|guidance|regulations?|provisions?|framework|regime))\b[^;]*$",
    re.I,
)
"""What was or is so without the item: it explains why there is something new."""
_NOW = re.compile(r"\b(?:now|instead|unlike|in addition to|rather than)\b", re.I)
_SPEAKER = re.compile(r"\b(?:I|[Ww]e)(?: also| all| now| still)? $")
_HANGS = re.compile(
    r"\b(?:that|which|who|whom|what|(?:if|when|where|whether|because|since)(?: [\w-]+){1,4}) $"
)
"""Before a word that only describes what stands before it, or on what it hangs."""
_NOT_DONE = re.compile(
    r" (?:also )?(?:be (?:read (?!access)|noted|construed|interpreted|understood|remembered|recalled|stressed|emphasi[sz]ed|addressed to|directed to|ruled out|excluded(?! from)|overstated|ignored|denied)|note that|come as no surprise|guarantee|afford)\b",
    re.I,
)
"""After a word: how a text is read or whom to ask, or what nobody can do anyway."""
_READS = re.compile(
    r" (?:(?:expressly|otherwise|specifically) ){0,2}(?:defined|stated|indicated|noted|specified|the context|where the context|they are defined)\b"
)
"""After unless or except where: how words are to be read, no exception from a duty."""
_QUOTED = re.compile(
    r"[^“”\"\n]{0,300}[,.!]?[”\"],?\s(?:[^.;\n“\"]{0,80}?\b)?(?:said|says|added|adds|told|commented)\b"
)
"""After a word inside a quotation: its end, and who said it."""
_EFFECT = re.compile(
    r" (?:also |therefore |thus |then )?(?:provide|help|reduce|lead|result|enable|allow|improve|lower|increase|decrease|benefit|facilitate|bring|boost|give|free|mean|raise|cut|save|ease|strengthen|support|lift|cost|affect|have|take|come|make|keep|remain|continue|rise|fall|grow|reach|enhance|promote|contribute|deliver|speed|simplify|offset)\b",
    re.I,
)
_DONE_TO = re.compile(r" (?:\w+ly |not |also |at all times ){0,2}be\b")
_CONTENT = re.compile(
    r" (?:also )?(?:include|contain|cover|state|set out|describe|show|identify|meet|comply|specify|satisfy)\b"
)
_ACTOR = re.compile(
    r"\b(?:firms?|banks?|institutions?|company|companies|issuers?|insurers?|brokers?|dealers?|broker-dealers?|advis[eo]rs?|managers?|management|boards?|directors?|members?|participants?|persons?|people|individuals?"
    r"|licensees?|corporations?|trustees?|providers?|operators?|applicants?|entity|entities|platforms?|exchanges?|funds?|custodians?|auditors?|accountants?|undertakings?|intermediar(?:y|ies)|lenders?|borrowers?"
    r"|employers?|controllers?|processors?|party|parties|respondents?|registrants?|sponsors?|holders?|owners?|shareholders?|they|you|he|she|who|staff|officers?|executives?|agents?|customers?|consumers?|investors?"
    r"|clients?|states?|authority|authorities|regulators?|supervisors?|agency|agencies|organi[sz]ations?|business(?:es)?|merchants?|sellers?|users?|developers?|deployers?|retailers?|societies|unions|committees?"
    r"|functions?|teams?|groups?|offices?|counterpart(?:y|ies)|venues?|houses?|suppliers?|vendors?|contractors?|depositar(?:y|ies)|merchants?|payers?|traders?|underwriters?|delegates?|governments?)\b",
    re.I,
)


def demands(text: str, sentence: tuple[int, int], word: re.Match[str], key: str) -> bool:
    """Whether a word says what those bound are to do or may do.

    Not so in questions, invitations to comment, purposes and conditions, in what was so before, in what is only
    hoped for (the change should reduce costs), or in what a speaker says of himself.
    """
    first, last = sentence
    before, after = text[max(first, word.start() - 160) : word.start()], text[word.end() : word.end() + 40]
    said = word.group().lower()
    if text[max(first, last - 8) : last].rstrip(" \n\"'”’)").endswith("?") or _invites(
        text, first, word.start()
    ):
        return False
    if key == "except":
        return _READS.match(after) is None
    if (_BEFORE_NOW.search(before) and not _NOW.search(before)) or _NOT_DONE.match(after):
        return False
    if key == "encouraged" and said.startswith("encourage"):
        return not re.search(r"\b(?:to|would|could|might|and|or) $", before) or bool(_WISHES.search(before))
    if said in _OF_SPEAKER and _SPEAKER.search(before):
        return False
    if said in ("cannot", "may", "should") and _HANGS.search(before):
        return False
    if word.group() == "Should":
        return False
    if said == "should" and _OPENS.search(before) and _QUOTED.match(text, word.end()):
        return False
    return not (said.split()[-1] in ("should", "to") and _foretells(before, said, after))


_OF_SPEAKER = (
    "must",
    "must not",
    "should",
    "may",
    "may not",
    "cannot",
    "have to",
    "need to",
    "shall",
    "shall not",
)
_OPENS = re.compile(r"[“\"][^“”\"]*$")
_WISHES = re.compile(r"\b(?:like|want|wish|continue|continues|seek|seeks) to $", re.I)


def _foretells(before: str, said: str, after: str) -> bool:
    """Whether should, is expected to or has to foretells what a thing does: its subject is nobody who could do it."""
    clause = _BREAK.split(before)[-1]
    if _ACTOR.search(clause) or _DONE_TO.match(after):
        return False
    if said == "should":
        return bool(_EFFECT.match(after))
    if said.endswith("expected to"):
        return True
    return said in ("has to", "have to", "needs to", "need to") and not _CONTENT.match(after)


def _invites(text: str, start: int, place: int) -> bool:
    """Whether the sentence, or the subject of the word at a place, is who comments: asked, not bound."""
    return bool(_INVITED.match(text, start) or _INVITES.search(text, max(start, place - 100), place))


_BREAK = re.compile(r"[,;:] (?:(?:and|but|or|nor|while|whereas) )?|\b(?:and|but|while|whereas) ")
_OTHER_CLAUSE = re.compile(r"\b(?:which|that|who|whom|if|when|where|as|what)\s(?:[\w-]+\s){0,3}$")
"""Before a weaker word: it only describes, in a clause that hangs on another."""
_LONGEST = 2000
"""Characters of a sentence; what is longer is a table or a list without full stops."""
_BESIDE = ("must_not", "must", "may", "encouraged")


def further_clauses(
    part: Part, number: int, own: tuple[int, int]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the further clauses of a sentence that have a word of their own: value, clause, place of the word."""
    first, last = part.sentences[number]
    if last - first > _LONGEST:
        return
    words: list[tuple[int, int, str]] = [(*own, "")]
    for key in _BESIDE:
        for match in PATTERNS[key].finditer(part.text, first, last):
            taken = any(a < match.end() and match.start() < b for a, b, _ in words)
            if not taken and demands(part.text, (first, last), match, key):
                words.append((*match.span(), key))
    words.sort()
    for place, (start, end, key) in enumerate(words):
        left = words[place - 1][1] if place else first
        right = words[place + 1][0] if place + 1 < len(words) else last
        before = list(_BREAK.finditer(part.text, left, start)) if place else []
        after = list(_BREAK.finditer(part.text, end, right)) if place + 1 < len(words) else []
        alone = (not place or before) and (place + 1 == len(words) or after)
        begin = before[-1].end() if before else first
        stop = after[-1].start() if after else last
        described = key in ("may", "encouraged") and _OTHER_CLAUSE.search(part.text, begin, start)
        if key and alone and not described:
            yield key, begin, stop, start, end
