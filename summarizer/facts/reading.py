"""What every reader of facts gets: one item's fields as text to search, and the maker of facts with evidence.

A field is searched in ``Part.text``: Simplified characters, the same length as the item's own field, so that
places found there are places in the item. Nothing is read beyond the first million characters of a field.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dibao.store import Evidence, Fact, FactKind, Item, Lang, Source, family

from ..glossary import Glossary, Hit
from ..language import sentences, simplify
from .numbers import Found, find_numbers

Modal = Mapping[int, tuple[str, tuple[int, int]]]
"""Number of a sentence → its strictest modality and the place of the word that says so."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field of an item: its name, its text for searching, and the spans of its sentences."""

    field: str
    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """An item opened for reading."""

    item: Item
    source: Source
    glossary: Glossary
    lang: Lang
    title: Part
    body: tuple[Part, ...]
    """Summary, text and the texts of attachments, those that are not empty."""
    labels: tuple[tuple[str, Part], ...]
    """Bare label (no white space, no colon) and its value."""
    _numbers: dict[str, tuple[Found, ...]] = field(default_factory=dict)
    _hits: dict[str, tuple[Hit, ...]] = field(default_factory=dict)
    _modal: dict[str, Modal] = field(default_factory=dict)

    @property
    def official(self) -> bool:
        return self.source.official

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.title, *self.body)

    def numbers(self, part: Part) -> tuple[Found, ...]:
        """Return the document numbers in a part; searched once however many ask."""
        if part.field not in self._numbers:
            self._numbers[part.field] = find_numbers(part.text, self.glossary)
        return self._numbers[part.field]

    def modal(self, part: Part, find: Callable[[Part], Modal]) -> Modal:
        """Return the modalities of a part's sentences; looked for once however many ask."""
        if part.field not in self._modal:
            self._modal[part.field] = find(part)
        return self._modal[part.field]

    def hits(self, part: Part) -> tuple[Hit, ...]:
        """Return the glossary's terms in a part; searched once however many ask."""
        if part.field not in self._hits:
            self._hits[part.field] = self.glossary.find(part.text, self.lang)
        return self._hits[part.field]

    def fact(
        self,
        kind: FactKind,
        value: str,
        part: Part,
        span: tuple[int, int],
        *,
        shown: str | None = None,
        confidence: float = 1.0,
        method: str = "rule",
    ) -> Fact:
        """Return a fact read from a place of a part. ``shown`` defaults to the words as they stand there."""
        quote = self.item.field_text(part.field)[span[0] : span[1]]
        return Fact(
            item_id=self.item.id,
            kind=kind,
            value=value,
            shown=quote if shown is None else shown,
            evidence=Evidence(
                item_id=self.item.id, field=part.field, start=span[0], end=span[1], quote=quote
            ),
            method=method,
            confidence=confidence,
        )

    def label(self, *names: str) -> Part | None:
        """Return the value of the first of these labels that the page has and that is not empty."""
        for name in names:
            for label, part in self.labels:
                if label == name and part.text.strip():
                    return part
        return None


def open_item(item: Item, *, source: Source, glossary: Glossary) -> Reading:
    """Prepare an item: its parts with sentences, its labels bare."""
    fields = ["summary", "text", *(f"attachment:{n}" for n in range(len(item.attachments)))]
    body = (_part(item, field) for field in fields)
    labels = {"".join(name.split()).strip("：:"): f"label:{name}" for name, _ in item.labels}
    return Reading(
        item=item,
        source=source,
        glossary=glossary,
        lang=family(item.lang),
        title=_part(item, "title"),
        body=tuple(part for part in body if part.text),
        labels=tuple((name, _part(item, field)) for name, field in labels.items()),
    )


def _part(item: Item, field: str) -> Part:
    text = item.field_text(field)
    if item.lang.lower().startswith("zh-hant"):
        text = simplify(text)
    return Part(field, text, sentences(text, item.lang))


def sentence_number(part: Part, place: int) -> int:
    """Return the number of the sentence that holds a place, or is the next after it (binary search)."""
    return bisect_right(part.sentences, place, key=_end)


def _end(span: tuple[int, int]) -> int:
    return span[1]


def sentence_at(part: Part, place: int) -> tuple[int, int]:
    """Return the span of the sentence that holds a place."""
    number = sentence_number(part, place)
    return part.sentences[number] if number < len(part.sentences) else (place, len(part.text))
