"""English words that demand, forbid, allow or encourage, and the clauses of a sentence that have one each."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from .reading import Part

PATTERNS = {
    "must_not": re.compile(
        r"\b(?:must not|shall not|may not(?! be (?:suitable|appropriate|aware|available|able|possible|accurate|complete))|cannot|(?:is|are|be) not (?:permitted|allowed|authori[sz]ed|entitled) to|no (?:[\w-]+ ){1,4}?(?:may|shall|must)|prohibit(?:s|ed|ing)?|is barred from|are barred from|forbid(?:s|den)?)\b", re.I
    ),
    "must": re.compile(
        r"\b(?:must|shall(?! (?:enter into force|apply (?:from|as|to|until)|take effect|come into|be binding|be published|expire|cease to|mean|be (?:deemed|construed)|have the meaning)\b)|(?:is|are|be|been|were|was) (?:required|obliged|obligated)\b|(?<!that )(?<!which )(?<!would )(?<!to )(?<!may )(?<!could )(?<!might )(?<!as )(?<!if )require[sd]?(?= (?:[^\s.;,]+ ){1,8}?to\b)|has to|have to|needs? to|mandatory)\b", re.I
    ),
    "in_principle": re.compile(r"\bin principle\b", re.I),
    "may": re.compile(r"\b(?:(?<!This )(?<!There )(?<!These )may(?! (?:also |not )?(?:be (?:suitable|appropriate|aware|available|able|possible|accurate|complete|larger|higher|lower|greater|smaller|more|less)\b|result|cause|lead|include|vary|change|differ|arise|occur|pose|indicate|have|experience|affect|increase|reduce|seem|find|suffer|become)\b)|(?:is|are) entitled to|(?:has|have) the right to|is permitted to|are permitted to|is allowed to|are allowed to)\b"),
    "encouraged": re.compile(r"\b(?:encourage[sd]?|should|(?:is|are) expected to(?! (?:take effect|come into|be (?:published|finali[sz]ed|adopted|issued|in force|completed|effective)|result|reach|enter|apply from|rise|fall|grow|increase|remain|continue|announce|publish))|recommend(?:s|ed)?)\b", re.I),
    "except": re.compile(r"\b(?:unless|except (?:where|as|that|for|when))\b", re.I),
}  # fmt: skip
"""Modality → the words that say it, the strictest first."""
WORDS = re.compile(
    r"[Mm](?:ust|ay|andatory)|[Ss]h(?:all|ould)|[Cc]annot|[Pp](?:rohibit|ermitted|rinciple)|[Bb]arred|[Ff]orbid"
    r"|[Rr]e(?:quire|commend)|[Oo]blig|[Nn]eeds? to|[Ee]ntitled|the right|[Nn]o [a-zA-Z]|authori[sz]ed|[Hh]a(?:s|ve) to|[Aa]llowed|[Ee](?:ncourage|xpected|xcept)|[Uu]nless"
)
"""What every such word holds."""

_ASKED = r"(?:comments|responses|submissions|feedback|views|respondents|commenters|interested (?:parties|persons)|requests to (?:testify|speak|appear|attend|be heard))"
_INVITED = re.compile(rf"\W{{0,4}}(?:(?:all|any|written|your|public) )?{_ASKED}\b", re.I)
_INVITES = re.compile(rf"\b{_ASKED}(?: (?:on|to|in|from|by) [^.;,]{{0,60}})? $", re.I)


def invites(text: str, start: int, place: int) -> bool:
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
            if not any(a < match.end() and match.start() < b for a, b, _ in words):
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
        if key and alone and not described and not invites(part.text, first, start):
            yield key, begin, stop, start, end
