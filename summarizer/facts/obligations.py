"""Sentences that demand, forbid, allow or encourage something, with the word that says so.

One fact a sentence, by its strictest word: must_not, must, in_principle, may, encouraged, except. In Chinese, where
one sentence says several things (可以…，但不得…，法律另有规定的除外), one more for each further clause that does.
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
        r"应当|必须|务必|(?<![无毋])须(?!知)|有义务"
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
        r"\b(?:must not|shall not|may not(?! be (?:suitable|appropriate|aware|available|able|possible|accurate|complete))|cannot|(?:is|are|be) not (?:permitted|allowed|authori[sz]ed|entitled) to|no (?:person|firm|bank|institution|member|entity) (?:may|shall)|prohibit(?:s|ed|ing)?|is barred from|are barred from|forbid(?:s|den)?)\b", re.I
    ),
    "must": re.compile(
        r"\b(?:must|shall|(?:is|are|be|been|were|was) (?:required|obliged|obligated) to|require[sd]?|has to|have to|needs? to|mandatory)\b", re.I
    ),
    "in_principle": re.compile(r"\bin principle\b", re.I),
    "may": re.compile(r"\b(?:may(?! (?:also |not )?(?:be (?:suitable|appropriate|aware|available|able|possible|accurate|complete)|result|cause|lead|include|vary|change|differ|arise|occur|pose|indicate|have|experience|affect|increase|reduce|seem|find|suffer|become)\b)|(?:is|are) entitled to|(?:has|have) the right to|is permitted to|are permitted to|is allowed to|are allowed to)\b"),
    "encouraged": re.compile(r"\b(?:encourage[sd]?|should|(?:is|are) expected to(?! (?:take effect|come into|be (?:published|finali[sz]ed|adopted|issued|in force|completed|effective)|result|reach|enter|apply from|rise|fall|grow|increase|remain|continue|announce|publish))|recommend(?:s|ed)?)\b", re.I),
    "except": re.compile(r"\b(?:unless|except (?:where|as|that|for|when))\b", re.I),
}  # fmt: skip


# What every such word holds.
_WORD_ZH = re.compile(r"[不禁严应必务须义需要原可有鼓支倡除另从]")
_WORD_EN = re.compile(
    r"[Mm](?:ust|ay|andatory)|[Ss]h(?:all|ould)|[Cc]annot|[Pp](?:rohibit|ermitted|rinciple)|[Bb]arred|[Ff]orbid"
    r"|[Rr]e(?:quire|commend)|[Oo]blig|[Nn]eeds? to|[Ee]ntitled|the right|[Nn]o (?:person|firm|bank|inst|mem|ent)|authori[sz]ed|[Hh]a(?:s|ve) to|[Aa]llowed|[Ee](?:ncourage|xpected|xcept)|[Uu]nless"
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
            if number >= 0 and number not in found and match.end() <= part.sentences[number][1]:
                found[number] = key, match.span()
    return found


_CLAUSE_WORD = re.compile(
    r"(?P<must_not>不得(?![不已])|禁止|严禁|不准)|(?P<must>应当|必须|(?<![无毋])须(?!知))|(?P<may>可以(?![看想预]|说[，,明]))|(?P<encouraged>鼓励)"
    r"|(?P<except>除外|另有规定|从其规定)"
)
_CLAUSE_LENGTH = 300
_CLAUSE_END = "，,；;。：:！？\n"
_INVITED = re.compile(
    r"(?:公众|社会各界|各界人士|各有关单位)[^。；\n]{0,60}(?:意见|建议)|(?:意见|建议)[^。；\n]{0,12}(?:发送|反馈|寄送|邮寄)(?:至|到)"
)
"""An invitation to comment demands nothing."""


def read_obligations(reading: Reading) -> Iterator[Fact]:
    """Yield the sentences with a modality, in order; ``shown`` is the word, the evidence the sentence or clause."""
    seen: set[str] = set()
    for part in reading.body:
        found = modalities(reading, part)
        for number in sorted(found):
            start, end = part.sentences[number]
            key, (a, b) = found[number]
            sentence = part.text[start:end]
            if sentence in seen or _INVITED.search(sentence):
                continue
            seen.add(sentence)
            yield reading.fact("obligation", key, part, (start, end), shown=part.text[a:b])
            if len(seen) >= _MOST:
                return
            if reading.lang == "zh":
                yield from _further(reading, part, (start, end), a)


def _further(reading: Reading, part: Part, sentence: tuple[int, int], said: int) -> Iterator[Fact]:
    """The other clauses of a sentence that demand or allow something, each by its first such word."""
    text = part.text
    clauses = {_clause(text, said, sentence)}
    for match in _CLAUSE_WORD.finditer(text, *sentence):
        clause = _clause(text, match.start(), sentence)
        first = max(sentence[0], match.start() - _CLAUSE_LENGTH)
        quoted = text.rfind("《", first, match.start()) > text.rfind("》", first, match.start())
        if clause and clause not in clauses and not quoted and match.lastgroup:
            clauses.add(clause)
            yield reading.fact("obligation", match.lastgroup, part, clause, shown=match.group())


def _clause(text: str, place: int, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Return the span of the words between commas that hold a place; None when no comma is near."""
    first, last = max(sentence[0], place - _CLAUSE_LENGTH), min(sentence[1], place + _CLAUSE_LENGTH)
    start = max(text.rfind(mark, first, place) for mark in _CLAUSE_END) + 1
    end = min((at for mark in _CLAUSE_END if (at := text.find(mark, place, last)) >= 0), default=last)
    if (not start and first > sentence[0]) or (end == last and last < sentence[1]):
        return None
    return max(start, first), end
