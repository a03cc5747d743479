"""Bodies that an item mentions: those side by side in its head, and its publisher where nothing names another."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dibao.store import Fact

from .bodies import BRANCH, LOCAL
from .reading import Part, Reading

_JOIN = re.compile(
    r"[）)]?[\s、,，;；·/]{0,3}(?:和|与|及|会同|联合|&|and|(?:together|jointly|along|in conjunction) with)?[\s]{0,2}(?:the\s)?",
    re.IGNORECASE,
)
_HEAD_SENTENCES = 3
_LED_TO = re.compile(r".*(?:收到|接到|获悉|被|由|经|据|向)(?=[\u4e00-\u9fff]{4})")
"""Words before the name of a local office that its pattern takes in: 收到青岛证监局."""


def source_itself(reading: Reading) -> Iterator[Fact]:
    """The publisher of an official source, when nothing on the page names another."""
    source = reading.source
    by_name = (
        reading.glossary.body_of(n, jurisdiction=source.jurisdiction)
        for n in (source.name_zh, source.name_en, source.acronym)
    )
    named = (
        reading.glossary.bodies.get(hit.entry.id)
        for hit in reading.glossary.find(source.name_en, "en")
        if hit.entry.kind == "org"
    )
    for body in (*by_name, reading.glossary.bodies.get(source.acronym), *named):
        if body is not None and body.jurisdiction == source.jurisdiction:
            yield reading.fact(
                "issuer", body.id, reading.title, (0, 0), shown=source.name(reading.lang),
                method="source", confidence=0.9,
            )  # fmt: skip
            return


def heads(reading: Reading) -> Iterator[tuple[Part, int]]:
    """The title, and the first sentences of the body: where a report says who did what."""
    yield reading.title, len(reading.title.text)
    for part in reading.body:
        if part.sentences:
            yield part, part.sentences[:_HEAD_SENTENCES][-1][1]


@dataclass(frozen=True, slots=True)
class Named:
    """A body named at ``text[start:end]``."""

    start: int
    end: int
    id: str


def group_facts(reading: Reading, part: Part, group: list[Named], *, confidence: float) -> Iterator[Fact]:
    """Yield each body of a group as an issuer."""
    for named in group:
        yield reading.fact("issuer", named.id, part, (named.start, named.end), confidence=confidence)


def groups(reading: Reading, part: Part, end: int) -> Iterator[list[Named]]:
    """Bodies of a text that stand side by side, joined by commas and conjunctions, as one group."""
    text = part.text[:end]
    group: list[Named] = []
    for named in _bodies(reading, part, end):
        if group:
            gap = _JOIN.match(text, group[-1].end)
            acronym = re.fullmatch(r"\s?[（(]", text[group[-1].end : named.start])
            if acronym and named.id == group[-1].id:
                group[-1] = named
                continue
            if gap is None or gap.end() < named.start:
                yield group
                group = []
        group.append(named)
    if group:
        yield group


def _bodies(reading: Reading, part: Part, end: int) -> list[Named]:
    """Return the bodies that a text names, in order: a branch is never its head office, a short name the source's own."""
    found: list[Named] = []
    known = reading.glossary.bodies
    text = part.text[:end]
    for hit in reading.hits(part):
        if hit.end > end:
            break
        if hit.entry.kind != "org":
            continue
        id, stop = hit.entry.id, hit.end
        if reading.lang == "zh":
            own = reading.glossary.body_of(
                text[hit.start : hit.end], jurisdiction=reading.source.jurisdiction
            )
            branch = BRANCH.match(text, hit.end)
            id = own.id if own is not None else id
            if branch is not None and f"{id}-branch" in known:
                id, stop = f"{id}-branch", branch.end()
        found.append(Named(hit.start, stop, id))
    if reading.lang == "zh":
        for pattern, id in LOCAL:
            for match in pattern.finditer(text):
                led = _LED_TO.match(match.group())
                start = match.start() + (led.end() if led else 0)
                if not any(n.start < match.end() and start < n.end for n in found):
                    found.append(Named(start, match.end(), f"{id}-branch"))
    return sorted(found, key=lambda named: named.start)
