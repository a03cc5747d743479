"""Chinese words that demand, forbid, allow or encourage, and the clauses of a sentence that have one each."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from .reading import Part

PATTERNS = {
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
"""Modality → the words that say it, the strictest first."""
WORDS = re.compile(r"[不禁严应必务须义需要原可有鼓支倡除另从]")
"""What every such word holds."""

_CLAUSE_WORD = re.compile(
    r"(?P<must_not>不得(?![不已])|禁止|严禁|不准)|(?P<must>应当|必须|(?<![无毋])须(?!知))|(?P<may>可以(?![看想预]|说[，,明]))|(?P<encouraged>鼓励)"
    r"|(?P<except>除外|另有规定|从其规定)"
)
_CLAUSE_LENGTH = 300
_CLAUSE_END = "，,；;。：:！？\n"
INVITED = re.compile(
    r"(?:公众|社会各界|各界人士|各有关单位)[^。；\n]{0,60}(?:意见|建议)|(?:意见|建议)[^。；\n]{0,12}(?:发送|反馈|寄送|邮寄)(?:至|到)"
)
"""An invitation to comment demands nothing."""


def further_clauses(
    part: Part, number: int, own: tuple[int, int]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the other clauses of a sentence with such a word, each by its first: value, clause, place of the word."""
    text, sentence = part.text, part.sentences[number]
    clauses = {_clause(text, own[0], sentence)}
    for match in _CLAUSE_WORD.finditer(text, *sentence):
        clause = _clause(text, match.start(), sentence)
        first = max(sentence[0], match.start() - _CLAUSE_LENGTH)
        quoted = text.rfind("《", first, match.start()) > text.rfind("》", first, match.start())
        if clause and clause not in clauses and not quoted and match.lastgroup:
            clauses.add(clause)
            yield match.lastgroup, *clause, *match.span()


def _clause(text: str, place: int, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Return the span of the words between commas that hold a place; None when no comma is near."""
    first, last = max(sentence[0], place - _CLAUSE_LENGTH), min(sentence[1], place + _CLAUSE_LENGTH)
    start = max(text.rfind(mark, first, place) for mark in _CLAUSE_END) + 1
    end = min((at for mark in _CLAUSE_END if (at := text.find(mark, place, last)) >= 0), default=last)
    if (not start and first > sentence[0]) or (end == last and last < sentence[1]):
        return None
    return max(start, first), end
