"""An official publication as its own page: the text as the source wrote it, with the facts marked in place.

In: one entry of a story's coverage. Out: values for the template. Whose full text may be shown is decided
here; of all others a short excerpt and the link are shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from dibao.store import Body, Coverage, Fact, Item, Lang, StoryView, Version

from . import clean, naming, words
from .compare import Changed, compared
from .coverage import TITLE_LIMIT, Entry, coverage_entry, excerpt, facts_shown
from .story import BOX

TEXT_LIMIT = 100_000
"""Characters of one text that a page shows; the rest stays with the source."""

Ground = Literal["cn", "us", "eu", "excerpt"]
"""Why the full text may be shown: PRC Copyright Law art. 5, 17 USC 105, Decision 2011/833/EU; or not."""

_BY_PLACE: dict[str, Ground] = {"US": "us", "EU": "eu"}
_AUTHORITIES = frozenset({"regulator", "central_bank", "government", "legislature"})
# A state of the United States is not the government that 17 USC 105 speaks of.
_OF_STATES = frozenset({"us-nydfs"})
# PRC Copyright Law art. 5 frees documents of legislative, administrative or judicial nature, no talk.
_TALK = frozenset(
    {"qa", "interpretation", "report", "statistics", "speech", "statement", "press_release", "news_report"}
)

Group = Literal["document", "date", "party", "amount", "reference", "duty", "topic"]
GROUPS: tuple[Group, ...] = ("document", "date", "party", "amount", "reference", "duty", "topic")
_GROUP_OF: dict[str, Group] = {
    **dict.fromkeys(("issuer", "document_number", "document_type", "legal_level", "instrument"), "document"),
    **dict.fromkeys(naming.DATE_KINDS, "date"),
    **dict.fromkeys(("entity_bound", "penalty", "addressee", "mention"), "party"),
    "amount": "amount",
    "obligation": "duty",
    "topic": "topic",
    "stage": "document",
    "jurisdiction": "document",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the same facts cover. ``groups``: the widest first; empty: none."""

    text: str
    groups: tuple[Group, ...] = ()
    title: str = ""
    """What the facts say, in the page's language."""
    ids: tuple[str, ...] = ()
    """Anchors of the facts that begin here."""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact. ``anchor``: where its words stand, empty where the page does not show them;
    ``tag``: the language of words taken from the source, empty for ours."""

    text: str
    anchor: str
    tag: str


@dataclass(frozen=True, slots=True)
class Known:
    """Facts of one kind."""

    kind: str
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A text of the document: its body, or one attachment."""

    name: str
    lines: tuple[Line, ...]
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Everything on the page of an official publication in one language."""

    id: str
    entry: Entry
    story_id: int
    headline: str
    ground: Ground
    title: Line
    labels: tuple[tuple[str, Line], ...]
    parts: tuple[Part, ...]
    excerpt: str
    legend: tuple[tuple[Group, str, int], ...]
    known: tuple[Known, ...]
    changes: tuple[Changed, ...]
    """The paragraphs that differ from the former version; only where the full text may be shown."""
    former_read: str
    """When the former version was read; empty where there is nothing to compare."""


def documents(view: StoryView) -> Iterator[Coverage]:
    """Yield the publications of a story that have a page of their own: those of primary issuers."""
    return (entry for entry in view.coverage if entry.source.official)


def ground(coverage: Coverage) -> Ground:
    """Return on what ground the full text may be shown. ``excerpt``: none that we know."""
    source = coverage.source
    if source.tier != 1 or source.kind not in _AUTHORITIES or source.id in _OF_STATES:
        return "excerpt"
    if source.jurisdiction == "CN":
        type_ = next((fact.value for fact in coverage.facts if fact.kind == "document_type"), "")
        return "cn" if type_ and type_ not in _TALK else "excerpt"
    return _BY_PLACE.get(source.jurisdiction, "excerpt")


def document(
    view: StoryView,
    coverage: Coverage,
    lang: Lang,
    *,
    bodies: Mapping[str, Body],
    former: Version | None = None,
) -> Document:
    """Return the page of one publication of a story. ``former``: what it said before its last change."""
    item, brief = coverage.item, view.briefs[lang]
    why = ground(coverage)
    full = why != "excerpt"
    spans = _spans(coverage, lang, bodies)
    title = _one_line(item.title, spans["title"])
    labels = tuple(
        (clean.line(name, 60), _one_line(text, spans[f"label:{name}"])) for name, text in item.labels
    )
    parts = tuple(_parts(item, spans)) if full else ()
    shown = [title, *(line for _, line in labels), *(line for part in parts for line in part.lines)]
    anchors = {anchor for line in shown for piece in line for anchor in piece.ids}
    facts = tuple(enumerate(facts_shown(coverage), 1))
    counts = Counter(_group(fact) for n, fact in facts if _anchor(n) in anchors)
    return Document(
        id=item.id,
        entry=coverage_entry(coverage, view.coverage.index(coverage) + 1, brief, bodies=bodies),
        story_id=view.story.id,
        headline=clean.line(brief.headline, TITLE_LIMIT),
        ground=why,
        title=title,
        labels=labels,
        parts=parts,
        excerpt="" if full else excerpt(item.text or item.summary),
        legend=tuple((g, words.word(lang, f"group.{g}"), counts[g]) for g in GROUPS if counts[g]),
        known=tuple(_known(facts, anchors, item.lang, lang, bodies)),
        changes=compared(former, item) if former and full else (),
        former_read=words.beijing_text(former.fetched_at, lang) if former and full else "",
    )


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    group: Group
    title: str
    anchor: str


def _spans(coverage: Coverage, lang: Lang, bodies: Mapping[str, Body]) -> Mapping[str, list[_Span]]:
    """Return field → where its facts stand. Words that are no longer where they were read are left out."""
    found: dict[str, list[_Span]] = defaultdict(list)
    for n, fact in enumerate(facts_shown(coverage), 1):
        place = fact.evidence
        try:
            text = coverage.item.field_text(place.field)
        except (KeyError, IndexError, ValueError):
            continue
        if place.quote and text[place.start : place.end] == place.quote:
            value = f"{words.word(lang, f'kind.{fact.kind}')}{words.word(lang, 'site.colon')}"
            value += clean.line(naming.fact_text(fact, lang, bodies), 200)
            found[place.field].append(_Span(place.start, place.end, _group(fact), value, _anchor(n)))
    return found


def _group(fact: Fact) -> Group:
    """Return the group of a fact's kind; relations to other documents are all references."""
    return _GROUP_OF.get(fact.kind, "reference")


def _anchor(n: int) -> str:
    return f"f{n}"


def _pieces(text: str, spans: Sequence[_Span]) -> Iterator[Piece]:
    """Yield the text cut wherever a fact begins or ends. Facts may lie in one another, or overlap."""
    cuts = sorted({0, len(text)} | {at for span in spans for at in (span.start, span.end) if at < len(text)})
    for start, end in pairwise(cuts):
        over = [span for span in spans if span.start <= start and end <= span.end]
        over.sort(key=lambda span: span.start - span.end)
        yield Piece(
            text=text[start:end],
            groups=tuple(dict.fromkeys(span.group for span in over)),
            title=" · ".join(dict.fromkeys(span.title for span in reversed(over))),
            ids=tuple(span.anchor for span in over if span.start == start),
        )


def lines(text: str, spans: Sequence[_Span]) -> tuple[Line, ...]:
    """Return the paragraphs of a text, a line each; empty ones are left out."""
    rows: list[list[Piece]] = [[]]
    for piece in _pieces(text, spans):
        first, *others = piece.text.split("\n")
        rows[-1].append(replace(piece, text=first))
        rows += [[replace(piece, text=other, ids=())] for other in others]
    kept = (tuple(piece for piece in row if piece.text or piece.ids) for row in rows)
    return tuple(row for row in kept if any(piece.text.strip() or piece.ids for piece in row))


def _one_line(text: str, spans: Sequence[_Span]) -> Line:
    cut = [span for span in spans if span.end <= TITLE_LIMIT]
    return tuple(_pieces(text if len(text) <= TITLE_LIMIT else text[: TITLE_LIMIT - 1] + "…", cut))


def _parts(item: Item, spans: Mapping[str, Sequence[_Span]]) -> Iterator[Part]:
    """Yield the body, then each attachment that was read, each up to TEXT_LIMIT."""
    body = "text" if item.text else "summary"
    fields = [
        ("", body),
        *((file.name or file.url, f"attachment:{n}") for n, file in enumerate(item.attachments)),
    ]
    for name, field in fields:
        text = item.field_text(field)
        whole = [span for span in spans.get(field, ()) if span.end <= TEXT_LIMIT]
        if text:
            yield Part(clean.line(name, 160), lines(text[:TEXT_LIMIT], whole), len(text) > TEXT_LIMIT)


def _known(
    facts: Sequence[tuple[int, Fact]], anchors: set[str], tag: str, lang: Lang, bodies: Mapping[str, Body]
) -> Iterator[Known]:
    """Yield what is known by kind, each value once, with the first place on the page that says it."""
    for kind in (*BOX, "penalty"):
        values: dict[str, Value] = {}
        for n, fact in facts:
            if fact.kind == kind and (fact.kind, fact.value) != ("stage", "none"):
                text = naming.fact_text(fact, lang, bodies)
                anchor = _anchor(n) if _anchor(n) in anchors else ""
                if text not in values or not values[text].anchor:
                    values[text] = Value(text, anchor, tag if naming.as_written(fact, text) else "")
        if values:
            yield Known(kind, words.word(lang, f"kind.{kind}"), tuple(values.values()))
