"""The best sentences of the sources, as they stand: lead, duties and figures first, nothing said twice,
nothing private."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dibao.store import Evidence, Fact, Item, Lang, Source, family

from ..facts.redaction import private_spans
from ..language import sentences
from ..orders import order_spans
from ..values import read

MAX_ZH = 120
MAX_EN_WORDS = 45
_MOST_READ = 60
"""Sentences of one item that are looked at; what matters stands early or carries a duty."""

_ENDS = ("。", "！", "？", "；", ".", "!", "?", "”", '"')
"""A heading, a number or a signature does not end like a sentence."""

_DUTY = re.compile(
    r"应当|不得|必须|禁止|要求|需经|应指定|要(?![求素件])|\bmust\b|\bshall\b|\brequire[sd]?\b|\bprohibit",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_NOISE = re.compile(
    r"联系电话|联系人|承办人|负责人：|抄送|特此通知|现将|现答复如下|邮编|传真|主题词|以上答复|感谢|"
    r"很高兴|大家好|女士们|先生们|usual disclaimer|my own and (?:do )?not|good (?:morning|afternoon)|thank you|"
    r"点击|责任编辑|来源：|风险提示：|subscribe|cookie|media contact|for more information|click here|©|contact:",
    re.IGNORECASE,
)


_BROKEN = re.compile(r" \| |^\W*$")
"""A row of a table is no sentence."""
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
    return any(day.isoformat() in days for day in read(quote).days)


def _only_dates(quote: str) -> bool:
    """Whether a sentence is so short that it says little but a date."""
    return len(quote) <= (34 if re.search(r"[\u4e00-\u9fff]", quote) else 80)


@dataclass(frozen=True, slots=True)
class Extract:
    evidence: Evidence
    score: float
    tag: str


def best(
    items: Sequence[Item],
    facts: Mapping[str, Sequence[Fact]],
    sources: Mapping[str, Source],
    *,
    lang: Lang,
    most: int,
    said: str,
) -> tuple[Extract, ...]:
    """Return up to ``most`` sentences in the language, in the order of the sources. Items of the other
    language give nothing, nor does what only repeats ``said``."""
    days = {f.value for own in facts.values() for f in own if f.kind.startswith("date_")}
    found = [
        extract
        for item in items
        if family(item.lang) == lang
        for extract in _of(item, facts, sources)
        if not (_only_dates(extract.evidence.quote) and _names(extract.evidence.quote, days))
    ]
    chosen: list[Extract] = []
    for extract in sorted(found, key=lambda e: -e.score):
        if len(chosen) == most:
            break
        if _repeats(extract.evidence.quote, said) > 0.65:
            continue
        if all(_alike(extract.evidence.quote, other.evidence.quote) < 0.5 for other in chosen):
            chosen.append(extract)
    order = {item.id: at for at, item in enumerate(items)}
    return tuple(sorted(chosen, key=lambda e: (order[e.evidence.item_id], e.evidence.start)))


def _of(item: Item, facts: Mapping[str, Sequence[Fact]], sources: Mapping[str, Source]) -> Iterator[Extract]:
    field = "text" if item.text.strip() else "summary"
    text = item.field_text(field)
    own = facts.get(item.id, ())
    hidden = [
        (f.evidence.start, f.evidence.end)
        for f in own
        if f.kind == "person_private" and f.evidence.field == field
    ]
    # Facts are read from all of the text: a rule about machines must not lose a word to this caution. But what
    # might be an order to one is never quoted.
    hidden += order_spans(text, family(item.lang))
    names = {f.shown for f in own if f.kind == "person_private" and f.shown}
    marked = [
        f.evidence
        for f in own
        if f.kind in ("obligation", "amount", "entity_bound") and f.evidence.field == field
    ]
    for at, (start, end) in enumerate(sentences(text, item.lang)[:_MOST_READ]):
        for begin, stop in _fitting(text, start, end, family(item.lang)):
            quote = text[begin:stop]
            if (
                not (quote.endswith(_ENDS) or _CONTRAST.match(text, stop) or text[stop : stop + 1] == "；")
                or _BROKEN.search(quote)
                or quote.count("(") + quote.count("（") != quote.count(")") + quote.count("）")
                or " | " in text[text.rfind("\n", 0, begin) + 1 : begin]
                or _NOISE.search(quote)
                or _repeats(quote, item.title) > 0.75
                or any(name in quote for name in names)
            ):
                continue
            if any(a < stop and b > begin for a, b in hidden) or private_spans(quote):
                continue
            score = 2.0 / (at + 1)
            score += 1.2 * bool(_DUTY.search(quote)) + 0.5 * bool(_FIGURE.search(quote))
            score += 0.4 * min(2, sum(begin <= e.start < stop for e in marked))
            score += 0.3 * (stop - begin > 30)
            score += 0.8 * sources[item.source_id].official
            if begin == 0:
                begin = _after_title(text, item.title)
                quote = text[begin:stop]
            yield Extract(
                Evidence(item_id=item.id, field=field, start=begin, end=stop, quote=quote), score, item.lang
            )


_DATELINE = re.compile(r"\s*(?:\d{4}-\d\d-\d\d(?:\s\d\d:\d\d)?\s(?:[\u4e00-\u9fff\w]{2,10}\s)?)?")


def _after_title(text: str, title: str) -> int:
    """Where a text begins that repeats its title, and date and paper after it, on its first line."""
    match = _DATELINE.match(text, len(title)) if title and text.startswith(title) else None
    return match.end() if match else 0


def _fitting(text: str, start: int, end: int, lang: Lang) -> Iterator[tuple[int, int]]:
    """Yield the sentence when it is of a readable length. A longer one is left out, never shortened:
    a cut could lose an exception."""
    size = end - start if lang == "zh" else len(text[start:end].split())
    if mark := _MARK.match(text, start, end):
        start, size = mark.end(), size - (mark.end() - mark.start())
    if (12 if lang == "zh" else 6) <= size <= (MAX_ZH if lang == "zh" else MAX_EN_WORDS):
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
    letters = "".join(c for c in text.lower() if c.isalnum())
    if letters.isascii():
        words = re.findall(r"[a-z0-9]+", text.lower())
        return frozenset(" ".join(pair) for pair in itertools.pairwise(words))
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))
