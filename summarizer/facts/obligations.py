"""Sentences that demand, forbid, allow or encourage something, with the word that says so.

One fact a sentence, by its strictest word: must_not, must, in_principle, may, encouraged, except.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from dibao.store import Fact

from .reading import Modal, Part, Reading
from .scan import near

_MOST = 200
MODALITIES = ("must_not", "must", "in_principle", "may", "encouraged", "except")
_ZH = {
    "must_not": re.compile(r"不得(?![不已])|禁止|严禁|不准|不应|不允许|不可以"),
    "must": re.compile(
        r"应当|必须|务必|须(?!知)|有义务"
        r"|(?<![相适响反效供对感回呼顺因一报理本不])应(?![用对急收付税届邀聘答运验声战变季激有]|付|当)"
        r"|(?<![无供急刚所内军按必不特])需(?![求量要])"
        r"|(?<![需主只重还若必首纪摘概不紧])要(?=实施|建立|加强|完善|严格|强化|确保|做好|制定|开展|落实|坚持|按照|及时|明确|充分|定期|遵守|采取)"
    ),
    "in_principle": re.compile(r"原则上"),
    "may": re.compile(r"可以(?![看想预]|说[，,明])|有权|(?<![不许认无])可(?=自行|根据|按照|申请|向|采取|依法|委托)"),
    "encouraged": re.compile(r"鼓励|(?<![和与及的心])支持(?![力和、，。])|倡导"),
    "except": re.compile(r"除外|另有规定|从其规定"),
}  # fmt: skip
_EN = {
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


# What every such word holds.
_WORD_ZH = re.compile(r"[不禁严应必务须义需要原可有鼓支倡除另从]")
_WORD_EN = re.compile(
    r"[Mm](?:ust|ay|andatory)|[Ss]h(?:all|ould)|[Cc]annot|[Pp](?:rohibit|ermitted|rinciple)|[Bb]arred|[Ff]orbid"
    r"|[Rr]e(?:quire|commend)|[Oo]blig|[Nn]eeds? to|[Ee]ntitled|the right|[Nn]o [a-zA-Z]|authori[sz]ed|[Hh]a(?:s|ve) to|[Aa]llowed|[Ee](?:ncourage|xpected|xcept)|[Uu]nless"
)


def modalities(reading: Reading, part: Part) -> Modal:
    """Return for each sentence of a part (by its number) that has one: its strictest modality and the word's place."""
    return reading.modal(part, _modal_zh if reading.lang == "zh" else _modal_en)


def _modal_zh(part: Part) -> Modal:
    return _modal(part, _ZH, _WORD_ZH)


def _modal_en(part: Part) -> Modal:
    return _modal(part, _EN, _WORD_EN)


def _modal(part: Part, patterns: Mapping[str, re.Pattern[str]], words: re.Pattern[str]) -> Modal:
    starts = [start for start, _ in part.sentences]
    found: dict[int, tuple[str, tuple[int, int]]] = {}
    for key, pattern in patterns.items():
        for match in near(pattern, part.text, words, before=24, after=24):
            number = bisect_right(starts, match.start()) - 1
            if number < 0 or number in found or match.end() > part.sentences[number][1]:
                continue
            if patterns is not _EN or not _invites(part.text, starts[number], match.start()):
                found[number] = key, match.span()
    return found


_ASKED = r"(?:comments|responses|submissions|feedback|views|respondents|commenters|interested (?:parties|persons)|requests to (?:testify|speak|appear|attend|be heard))"
_INVITED = re.compile(rf"\W{{0,4}}(?:(?:all|any|written|your|public) )?{_ASKED}\b", re.I)
_INVITES = re.compile(rf"\b{_ASKED}(?: (?:on|to|in|from|by) [^.;,]{{0,60}})? $", re.I)


def _invites(text: str, start: int, place: int) -> bool:
    """Whether the sentence, or the subject of the word at a place, is who comments: asked, not bound."""
    return bool(_INVITED.match(text, start) or _INVITES.search(text, max(start, place - 100), place))


_BREAK = re.compile(r"[,;:] (?:(?:and|but|or|nor|while|whereas) )?|\b(?:and|but|while|whereas) ")
_OTHER_CLAUSE = re.compile(r"\b(?:which|that|who|whom|if|when|where|as|what)\s(?:[\w-]+\s){0,3}$")
"""Before a weaker word: it only describes, in a clause that hangs on another."""
_LONGEST = 2000
"""Characters of a sentence; what is longer is a table or a list without full stops."""
_BESIDE = ("must_not", "must", "may", "encouraged")


def _more_english(part: Part, number: int, own: tuple[int, int]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the further clauses of a sentence that have a word of their own: value, clause, place of the word."""
    first, last = part.sentences[number]
    if last - first > _LONGEST:
        return
    words: list[tuple[int, int, str]] = [(*own, "")]
    for key in _BESIDE:
        for match in _EN[key].finditer(part.text, first, last):
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
        if key and alone and not described and not _invites(part.text, first, start):
            yield key, begin, stop, start, end


def read_obligations(reading: Reading) -> Iterator[Fact]:
    """Yield the sentences with a modality, in order; ``shown`` is the word, the evidence the whole sentence.

    Of an English sentence with several clauses that demand or allow, the others follow, each with its clause.
    """
    seen: set[str] = set()
    for part in reading.body:
        found = modalities(reading, part)
        for number in sorted(found):
            start, end = part.sentences[number]
            key, (a, b) = found[number]
            sentence = part.text[start:end]
            if sentence not in seen:
                seen.add(sentence)
                yield reading.fact("obligation", key, part, (start, end), shown=part.text[a:b])
                if reading.lang == "en":
                    for other, begin, stop, c, d in _more_english(part, number, (a, b)):
                        yield reading.fact("obligation", other, part, (begin, stop), shown=part.text[c:d])
                if len(seen) >= _MOST:
                    return
