"""What an item is about: keys of the store's topics, by terms that stand in it; ``shown`` lists the terms.

A term in the title counts three times; a topic needs a title term, or two places (one in a short text). A
narrower topic needs its own terms; it comes after the topic that it belongs to, and brings it.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from dibao.store import Fact

from .reading import Part, Reading
from .scan import blanked, lowered, near
from .topic_terms import TERMS

_ZH = {key: tuple(words.split("|")) for key, (words, _) in TERMS.items()}
_EN = {key: tuple(words.split("|")) for key, (_, words) in TERMS.items()}


def _by_head(heads: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return what a term begins with → the terms that begin so; topics share terms, each stands once."""
    found: dict[str, dict[str, None]] = {}
    for head, term in heads:
        found.setdefault(head, {})[term] = None
    return {head: tuple(terms) for head, terms in found.items()}


_WORD = re.compile("[A-Za-z0-9]+")
_HEADS_ZH = _by_head((term[:2], term) for terms in _ZH.values() for term in terms)
_HEAD_ZH = re.compile(f"[{''.join(sorted({head[0] for head in _HEADS_ZH}))}]")
# The head of a term of one word may stand in the plural.
_HEADS_EN = _by_head(
    (f"{word[0]}{plural}".lower(), term)
    for terms in _EN.values()
    for term in terms
    if (word := _WORD.match(term))
    for plural in (("", "s") if word.end() == len(term) else ("",))
)
_SHORT = 600
_TITLE_WEIGHT = 3
_BODY_CHARS = 20_000
_SHOWN = 5


@dataclass(slots=True)
class _Count:
    """How often the terms of a topic stand in an item, which, and the first place."""

    weight: int = 0
    terms: dict[str, int] = field(default_factory=dict)
    first: tuple[Part, tuple[int, int]] | None = None
    order: tuple[int, int] = (0, 0)
    """Of the first place: number of its part, and where it begins there."""


def read_topics(reading: Reading) -> Iterator[Fact]:
    """Yield the topics of an item, the strongest first, each before its narrower ones.

    What a long text says after 20,000 characters is not read.
    """
    chinese = reading.lang == "zh"
    counts: dict[str, _Count] = {}
    found = _Places(reading).all_chinese() if chinese else _Places(reading).all_english()
    for key, terms in (_ZH if chinese else _EN).items():
        for term in terms:
            for order, part, start, end in found.get(term, ()):
                count = counts.setdefault(key, _Count())
                count.weight += _TITLE_WEIGHT if part.field == "title" else 1
                word = part.text[start:end].lower()
                count.terms[word] = count.terms.get(word, 0) + 1
                if count.first is None or (order, start) < count.order:
                    count.first, count.order = (part, (start, end)), (order, start)
    length = sum(len(part.text) for part in reading.body)
    needed = 1 if length < _SHORT else 2 if length < _BODY_CHARS // 10 else 3
    strong = {key: count for key, count in counts.items() if count.weight >= needed and count.first}
    for key in sorted(key for key in strong if "." in key):
        strong.setdefault(key.partition(".")[0], strong[key])
    broad = sorted((key for key in strong if "." not in key), key=lambda key: (-strong[key].weight, key))
    for key in broad:
        yield _fact(reading, key, strong[key])
        for narrow in sorted(key_ for key_ in strong if key_.startswith(f"{key}.")):
            yield _fact(reading, narrow, strong[narrow])


def _fact(reading: Reading, key: str, count: _Count) -> Fact:
    assert count.first is not None  # noqa: S101 — for the type checker; read_topics keeps no other
    part, span = count.first
    return reading.fact(
        "topic", key, part, span, shown=", ".join(list(count.terms)[:_SHOWN]),
        confidence=min(1.0, 0.5 + count.weight / 10),
    )  # fmt: skip


_Place = tuple[int, Part, int, int]


_NAMES_ZH = re.compile(
    r"证券及期货事务监察委员会|(?:中国)?证券监督管理委员会|(?:中国)?(?:银行|保险|银行业|银行保险)监督管理委员会|中国证券报|证券时报|证券日报|证券之星"
    r"|(?:中国)?(?:证券业|证券投资基金业|银行业|期货业|保险行业|支付清算)协会"
    r"|保险业监管局|银行保险报|期货日报|证券期货市场诚信档案|证券期货基金业务许可证"
)
_NAMED_ZH = ("委员会", "协会", "券报", "时报", "日报", "之星", "监管局", "保险报", "诚信档案", "业务许可证")
"""Of these every such name holds one."""
_LAW = r"[^《》\n]{2,60}》(?:[（(][^（）()\n]{0,40}[)）])?[、和及与，]{0,2}"
_LAWS_ZH = re.compile(
    rf"《(?:(?<=[根依]据《)|(?<=[依按]照《)|(?<=违反《)|(?<=违反了《)){_LAW}(?:《{_LAW}){{0,8}}"
)
_ASIDE_ZH = re.compile(
    r"违反本[^。；\n]{2,80}?(?:监管措施|处罚|处分|罚款|警告)[^。；\n]{0,40}|向董事会(?=提交|报告|汇报|报送)"
)
"""What comes to who breaks a rule, and to whom one reports, is no subject of the rule."""
_FIRMS_EN = re.compile(
    r"\b(?:(?!(?:With|Against|Of|For|To|By|On|In|And|From|The|Charges|Fines|Action|Sues|Orders|Bans|Penalty)\b)[A-Z][\w&'’-]{0,20},? ){1,4}"
    r"(?:Limited|Ltd|LLC|Inc|[Pp]lc|PLC|LLP|L\.?P|Corp|Corporation|AG|S\.?A|GmbH|N\.?V|Co|Pty|Pte)\b"
)


def _without_names(reading: Reading, part: Part) -> str:
    """Return the beginning of a part with blanks for what its subject words are only part of a name in.

    Names of bodies and firms everywhere; in a Chinese body of text also the laws that it rests on (根据《证券法》).
    """
    text = part.text[:_BODY_CHARS]
    if reading.lang == "zh":
        named = [match.span() for match in near(_NAMES_ZH, text, _NAMED_ZH, before=16, after=8)]
        text = blanked(text, named)
        if part.field == "title":
            return text
        asides = [
            match.span() for match in near(_ASIDE_ZH, text, ("违反本", "向董事会"), before=0, after=130)
        ]
        return _LAWS_ZH.sub(_blank, blanked(text, asides))
    text = _FIRMS_EN.sub(_blank, text)
    named = [(hit.start, hit.end) for hit in reading.hits(part) if hit.entry.kind == "org"]
    return blanked(text, (span for span in named if span[1] <= _BODY_CHARS))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


class _Places:
    """Where terms stand in the parts of an item: plain search, many times faster than as many patterns.

    The parts are searched as one text; no term goes over the line end between them.
    """

    def __init__(self, reading: Reading) -> None:
        self._parts = reading.parts
        pieces = [_without_names(reading, part) for part in reading.parts]
        self._starts = [0, *accumulate(len(piece) + 1 for piece in pieces)][:-1]
        self._text = "\n".join(pieces)

    def all_chinese(self) -> dict[str, list[_Place]]:
        """Return the places of each term that stands in the parts."""
        found: dict[str, list[_Place]] = {}
        text = self._text
        for match in _HEAD_ZH.finditer(text):
            at = match.start()
            for term in _HEADS_ZH.get(text[at : at + 2], ()):
                if text.startswith(term, at):
                    found.setdefault(term, []).append(self._place(at, at + len(term)))
        return found

    def all_english(self) -> dict[str, list[_Place]]:
        """Return the places of each term that stands in the parts as a whole word, its plural too."""
        found: dict[str, list[_Place]] = {}
        text = self._text
        lower = lowered(text)
        for match in _WORD.finditer(lower):
            at = match.start()
            for term in _HEADS_EN.get(match.group(), ()):
                exact = term[0].isupper()
                if (text if exact else lower).startswith(term if exact else term.lower(), at):
                    end = at + len(term)
                    # A plural counts as the word; after that no letter or figure may follow.
                    end += text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum()
                    if not text[end : end + 1].isalnum() and not text[at - 1 : at].isalnum():
                        found.setdefault(term, []).append(self._place(at, end))
        return found

    def _place(self, start: int, end: int) -> _Place:
        number = bisect_right(self._starts, start) - 1
        offset = self._starts[number]
        return number, self._parts[number], start - offset, end - offset
