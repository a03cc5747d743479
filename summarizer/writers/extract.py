"""The best sentences of the sources, as they stand: those that stand for their text, duties and figures first,
nothing said twice, nothing private."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

import numpy as np
from numpy.typing import NDArray

from dibao.store import LANGS, Evidence, Fact, Item, Lang, Source, family

from ..facts.redaction import private_spans
from ..language import sentences
from ..lead import responds
from ..orders import order_spans
from ..values import read_figures
from ..wording import MODALS
from .salience import salience

MAX_ZH = 120
MAX_EN_WORDS = 45
_MOST_READ = 60
"""Sentences of one item that are looked at; what matters stands early or carries a duty."""

_ENDS = ("。", "！", "？", "；", ".", "!", "?", "”", '"')
"""A heading, a number or a signature does not end like a sentence."""

_NORMS = tuple(MODALS[name] for name in ("must", "must not", "need not", "no longer"))
"""Words of what binds, or no longer does."""
_FIGURE = re.compile(r"\d")
_NOISE = re.compile(
    r"审理终结|行政复议|提起行政诉讼|收悉|与大家交流|尊敬的|谈[几两三四]点|"
    r"联系电话|联系人|承办人|负责人：|抄送|特此通知|现将|现答复如下|邮编|传真|主题词|以上答复|感谢|"
    r"很高兴|大家好|女士们|先生们|usual disclaimer|my own and (?:do )?not|good (?:morning|afternoon)|thank you|"
    r"点击|责任编辑|来源：|风险提示：|subscribe|cookie|media contact|for more information|click here|©|contact:",
    re.IGNORECASE,
)


_BROKEN = re.compile(r" \| |^\W*$")
"""A row of a table is no sentence."""
_HALF = re.compile(r"[“\"][^”\"]*$|[^“\"]*[”\"]$")
"""A sentence of somebody's words that began before it, or go on after it."""
_CONTRAST = re.compile(
    r", (?:and )?not [^,;.]{0,20}\d[^,;]{0,20}[.]$|，而(?:不是|非)[^，。；]{0,12}\d[^，。；]{0,8}。$"
)
"""「…, not 16%.」: the figure that is not meant is what a hasty reader takes along."""
_MARK = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、](?!\d)|\(\d{1,2}\))\s*"
)
"""The number of a paragraph, which a quotation can do without."""


def _names(quote: str, days: set[str]) -> bool:
    """Whether a sentence names one of the days, which have their own sentence in the brief."""
    years = {day[:4] for day in days}
    if not any(year in quote for year in years):
        return False
    return any(day.isoformat() in days for day in read_figures(quote).days)


_COMMENTS = re.compile(
    r"\b(?:invites?|submit|send|provide|receive)\b[^.]{0,40}\b(?:comments?|feedback|views|responses)\b|意见反馈|反馈意见|提出意见",
    re.IGNORECASE,
)


_ISSUES = re.compile(
    r"^现(?:予以?|将)?(?:公布|发布|印发)[^。；]{0,80}施行。?$|^[^，。；]{0,24}自[^，。；]{4,16}起(?:正式)?(?:施行|实施|执行)。?$"
)
"""Only that it is issued and from when it holds."""


def _told_by_dates(quote: str) -> bool:
    """Whether a sentence that names a day says little else, or only by when to comment."""
    return bool(_COMMENTS.search(quote) or _ISSUES.search(quote)) or len(quote) <= (
        34 if re.search(r"[\u4e00-\u9fff]", quote) else 80
    )


@dataclass(frozen=True, slots=True)
class Extract:
    """``vector``: of unit length, of the sentence alone."""

    evidence: Evidence
    score: float
    tag: str
    vector: NDArray[np.float32]


def best(passages: Sequence[Extract], *, lang: Lang, most: int, said: str) -> tuple[Extract, ...]:
    """Return up to ``most`` passages in the language, in their own order: the strongest, then those that say
    something else (maximal marginal relevance). What only repeats ``said`` is left out."""
    left = [
        passage
        for passage in passages
        if family(passage.tag) == lang and _repeats(passage.evidence.quote, said) <= _MOST_SAID
    ]
    chosen: list[Extract] = []
    while left and len(chosen) < most:
        pick = max(left, key=lambda p: p.score - _near(p, chosen))
        left.remove(pick)
        if all(_alike(pick.evidence.quote, other.evidence.quote) < _MOST_ALIKE for other in chosen):
            chosen.append(pick)
    return tuple(passage for passage in passages if passage in chosen)


_MOST_SAID = 0.65
_MOST_ALIKE = 0.5
_VARIETY = 0.3
"""What nearness to a chosen passage costs."""


def _near(passage: Extract, chosen: Sequence[Extract]) -> float:
    return _VARIETY * max((float(passage.vector @ other.vector) for other in chosen), default=0.0)


def passages(
    items: Sequence[Item], facts: Mapping[str, Sequence[Fact]], sources: Mapping[str, Source]
) -> tuple[Extract, ...]:
    """Return what of the items may be quoted, in their order: issuers' own texts, then reports if those say little."""
    days = {f.value for own in facts.values() for f in own if f.kind.startswith("date_")}

    def read_of(some: Sequence[Item], *, official: bool) -> list[Extract]:
        return [
            extract
            for item in some[:_MOST_ITEMS]
            for extract in _scored(item, facts.get(item.id, ()), official=official)
            if not (_names(extract.evidence.quote, days) and _told_by_dates(extract.evidence.quote))
        ]

    found: list[Extract] = []
    for lang in LANGS:
        spoken = [item for item in items if family(item.lang) == lang]
        own = read_of([item for item in spoken if _own(item, sources)], official=True)
        found += own
        if len(own) < _ENOUGH:
            found += read_of([item for item in spoken if not _own(item, sources)], official=False)
    return tuple(found)


_MOST_ITEMS = 5
"""Items that are read for quotations; the later ones of a story say the same again."""
_ENOUGH = 5
"""Passages of issuers' own texts beside which reports are not read: they would not be chosen."""


def _own(item: Item, sources: Mapping[str, Source]) -> bool:
    """Whether an item is an issuer's own text, and no answer to that of another."""
    return sources[item.source_id].official and not responds(item.title)


_DEMANDS, _REPORTED, _COUNTS, _BEARS, _ISSUED, _LEADS, _NUMBERED = 0.25, 0.05, 0.05, 0.05, 0.5, 0.05, 0.2
"""What a duty in an issuer's text and in a report, a figure, a fact, an issuer's own text, the first sentence of a
report (who did what) and the number of a document in a report add: readers of a brief look for these first."""
_PREAMBLE = 0.3
"""What it costs a sentence that it only says why the document is made."""
_PURPOSE = re.compile(
    r"^(?:第一条\s*)?为(?:了|进一步)?.{4,80}制定本"
    r"|^(?:近日|日前)，?[^，。]{2,60}(?:印发|发布|公布)了?《[^》]{4,60}》(?:（[^（）]{0,40}）)?(?:，自[^，。]{4,16}施行)?。?$"
)
"""Why it is made; that it was issued, which the first sentence of a brief says."""
_OWN_WORK = re.compile(
    r"^[^，。；]{0,20}(?:各分行|监管局|监管分局|派出机构|派出所|分支机构(?=应当会同)|主管部门|网信办)[^，。；]{0,4}(?:应当|要|负责)"
)
"""What the authority's own offices shall do binds no reader."""
_PUNISHES = 0.2
"""What it adds that a sentence says who was punished, and how."""


def _scored(item: Item, own: Sequence[Fact], *, official: bool) -> Iterator[Extract]:
    field = "text" if item.text.strip() else "summary"
    text = item.field_text(field)
    spans = sentences(text, item.lang, most=_MOST_READ)
    if not spans:
        return
    chinese = family(item.lang) == "zh"
    scores, vectors = salience([text[a:b] for a, b in spans], chinese=chinese, terse=not official)
    marked = [
        f.evidence
        for f in own
        if f.kind in ("obligation", "amount", "entity_bound") and f.evidence.field == field
    ]
    punished = [f.evidence.start for f in own if f.kind == "penalty" and f.evidence.field == field]
    demands = _DEMANDS if official else _REPORTED
    for at, evidence in _quotable(item, own, field, spans):
        quote = evidence.quote
        low = quote.lower()
        own_work = bool(_OWN_WORK.search(quote))
        score = float(scores[at]) + demands * (not own_work and any(words.count(low) for words in _NORMS))
        score -= _PREAMBLE * bool(_PURPOSE.search(quote))
        score += _COUNTS * bool(_FIGURE.search(quote))
        score += _BEARS * min(2, sum(evidence.start <= e.start < evidence.end for e in marked))
        score += _PUNISHES * any(evidence.start <= start < evidence.end for start in punished)
        numbered = not official and ("号" in quote or quote.isascii()) and bool(read_figures(quote).documents)
        score += _ISSUED if official else _LEADS * (at == 0) + _NUMBERED * numbered
        yield Extract(evidence, score, item.lang, vectors[at])


def _quotable(
    item: Item, own: Sequence[Fact], field: str, spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, Evidence]]:
    """Yield what of the sentences can stand alone, with its sentence's place among ``spans``."""
    text = item.field_text(field)
    stop = text.find("\n", spans[-1][1])
    # Facts are read from all of the text: a rule about machines must not lose a word to this caution. But what
    # might be an order to one is never quoted.
    looked_at = text if stop < 0 else text[:stop]
    hidden = [*order_spans(looked_at, family(item.lang)), *private_spans(looked_at)]
    hidden += [
        (f.evidence.start, f.evidence.end)
        for f in own
        if f.kind == "person_private" and f.evidence.field == field
    ]
    names = {f.shown for f in own if f.kind == "person_private" and f.shown}
    for at, (start, end) in enumerate(spans):
        for begin, stop in _fitting(text, start, end, family(item.lang)):
            quote = text[begin:stop]
            if not _stands_alone(text, begin, stop) or _repeats(quote, item.title) > _MOST_TITLE:
                continue
            if any(name in quote for name in names):
                continue
            if any(a < stop and b > begin for a, b in hidden):
                continue
            if begin == 0:
                begin = _after_wire(text, _after_title(text, item.title))
            yield at, Evidence(item_id=item.id, field=field, start=begin, end=stop, quote=text[begin:stop])


_MOST_TITLE = 0.75


def _stands_alone(text: str, begin: int, stop: int) -> bool:
    """Whether a sentence is one: no heading, no row of a table, no half of a bracket, no note of the page."""
    quote = text[begin:stop]
    return (
        bool(quote.endswith(_ENDS) or _CONTRAST.match(text, stop) or text[stop : stop + 1] == "；")
        and not _BROKEN.search(quote)
        and quote.count("(") + quote.count("（") == quote.count(")") + quote.count("）")
        and " | " not in text[text.rfind("\n", 0, begin) + 1 : begin]
        and not _HALF.match(quote)
        and not _NOISE.search(quote)
        and not _fragment(quote)
    )


def _fragment(quote: str) -> bool:
    """English names in a row: a caption or an address, no sentence."""
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", quote) if quote.isascii() else []
    return bool(words) and sum(word[0].isupper() for word in words) > 0.7 * len(words)


_DATELINE = re.compile(r"\s*(?:\d{4}-\d\d-\d\d(?:\s\d\d:\d\d)?\s(?:[\u4e00-\u9fff\w]{2,10}\s)?)?")


def _after_title(text: str, title: str) -> int:
    """Where a text begins that repeats its title, and date and paper after it, on its first line."""
    match = _DATELINE.match(text, len(title)) if title and text.startswith(title) else None
    return match.end() if match else 0


_WIRE = re.compile(
    r"(?:[A-Z][A-Z .'’/-]{2,30}(?:,\s[A-Z][A-Za-z. ]{2,20})?,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}\s)?"
    r"(?:\([A-Z][A-Za-z ]{1,20}\)\s)?(?:--|[–—-])\s"
    r"|(?:新华社|中新社|中新网|财联社)[^，。；\n]{0,12}\d{1,2}\s?月\s?\d{1,2}\s?日\s?[电讯](?:\s?[（(][^（）()]{0,30}[）)])?[，,\s]*)"
)
"""Where a wire report was sent from and when, before its first sentence: BEIJING, Nov. 20 (Xinhua) --."""


def _after_wire(text: str, begin: int) -> int:
    match = _WIRE.match(text, begin)
    return match.end() if match else begin


def _fitting(text: str, start: int, end: int, lang: Lang) -> Iterator[tuple[int, int]]:
    """Yield the sentence when it is of a readable length. A longer one is left out, never shortened:
    a cut could lose an exception."""
    size = end - start if lang == "zh" else len(text[start:end].split())
    if mark := _MARK.match(text, start, end):
        start, size = mark.end(), size - (mark.end() - mark.start())
    if (12 if lang == "zh" else 8) <= size <= (MAX_ZH if lang == "zh" else MAX_EN_WORDS):
        contrast = _CONTRAST.search(text, max(start, end - 60), end)
        yield start, contrast.start() if contrast else end - (text[end - 1] == "；")


def _repeats(quote: str, said: str) -> float:
    """Share of a quotation's letter pairs that are said already, 0 to 1: a longer one that holds the title adds
    something."""
    pairs = _pairs(quote)
    return len(pairs & _pairs(said)) / len(pairs) if pairs else 1.0


def _alike(left: str, right: str) -> float:
    """Share of the shorter text's letter pairs that the other has, 0 to 1."""
    a, b = _pairs(left), _pairs(right)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    letters = "".join(filter(str.isalnum, text.lower()))
    if letters.isascii():
        words = re.findall(r"[a-z0-9]+", text.lower())
        return frozenset(" ".join(pair) for pair in itertools.pairwise(words))
    return frozenset(map(add, letters, letters[1:]))
