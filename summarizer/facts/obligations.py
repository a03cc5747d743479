"""Sentences that demand, forbid, allow or encourage something, with the word that says so.

One fact a sentence, by its strictest word: must_not, must, in_principle, may, encouraged, except.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import Fact

from .reading import Reading

_MOST = 200
MODALITIES = ("must_not", "must", "in_principle", "may", "encouraged", "except")
_ZH = {
    "must_not": re.compile(r"不得|禁止|严禁|不准|不应|不允许|不可以"),
    "must": re.compile(
        r"应当|必须|务必|须(?!知)|有义务"
        r"|(?<![相适响反效供对感回呼顺因一报理本不])应(?![用对急收付税届邀聘答运验声战变季激有]|付|当)"
        r"|(?<![无供急刚所内军按必不特])需(?![求量要])"
        r"|(?<![需主只重还若必首纪摘概不紧])要(?=实施|建立|加强|完善|严格|强化|确保|做好|制定|开展|落实|坚持|按照|及时|明确|充分|定期|遵守|采取)"
    ),
    "in_principle": re.compile(r"原则上"),
    "may": re.compile(r"可以|有权|(?<![不许认无])可(?=自行|根据|按照|申请|向|采取|依法|委托)"),
    "encouraged": re.compile(r"鼓励|(?<![和与及的心])支持(?![力和、，。])|倡导"),
    "except": re.compile(r"除外|另有规定|从其规定"),
}  # fmt: skip
_EN = {
    "must_not": re.compile(
        r"\b(?:must not|shall not|may not|cannot|prohibit(?:s|ed|ing)?|is barred from|are barred from|forbid(?:s|den)?)\b", re.I
    ),
    "must": re.compile(
        r"\b(?:must|shall|(?:is|are|be|been|were|was) (?:required|obliged|obligated) to|require[sd]?|has to|have to|mandatory)\b", re.I
    ),
    "in_principle": re.compile(r"\bin principle\b", re.I),
    "may": re.compile(r"\b(?:may|is permitted to|are permitted to|is allowed to|are allowed to)\b"),
    "encouraged": re.compile(r"\b(?:encourage[sd]?|should|is expected to|are expected to|recommend(?:s|ed)?)\b", re.I),
    "except": re.compile(r"\b(?:unless|except (?:where|as|that|for|when))\b", re.I),
}  # fmt: skip


def modality(sentence: str, *, chinese: bool) -> tuple[str, tuple[int, int]] | None:
    """Return the strictest modality of a sentence and where its word stands, None when it has none."""
    patterns = _ZH if chinese else _EN
    for key in MODALITIES:
        match = patterns[key].search(sentence)
        if match:
            return key, match.span()
    return None


def read_obligations(reading: Reading) -> Iterator[Fact]:
    """Yield the sentences with a modality, in order; ``shown`` is the word, the evidence the whole sentence."""
    count = 0
    seen: set[str] = set()
    for part in reading.body:
        for start, end in part.sentences:
            sentence = part.text[start:end]
            found = modality(sentence, chinese=reading.lang == "zh")
            if found is None or sentence in seen:
                continue
            seen.add(sentence)
            key, (a, b) = found
            yield reading.fact("obligation", key, part, (start, end), shown=sentence[a:b])
            count += 1
            if count >= _MOST:
                return
