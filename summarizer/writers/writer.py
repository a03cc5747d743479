"""The one interface of all writers, and the embedded one behind it.

In: stories with all that is known of them. Out: for each, its English and its Chinese brief, checked by the
grounding gate and agreed with one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from dibao.store import Brief, Evidence, Lang, Sentence

from ..agreement import reconcile
from ..check import gate
from ..disagree import overruled
from .embedded import write_pair
from .known import WRITER_VERSION, StoryInput, inputs_hash

Pair = tuple[Brief, Brief]
"""The English and the Chinese brief of one story."""


class Writer(Protocol):
    """Whoever turns what is known of stories into briefs."""

    @property
    def version(self) -> str:
        """Names the writer with model and prompt: another version writes all briefs again."""

    def write(self, stories: Sequence[StoryInput], *, now: datetime) -> Iterator[Pair]:
        """Yield one pair a story, in order. Never fails for one story: the embedded brief takes its place."""

    def requests(self, inputs: StoryInput) -> Mapping[Lang, str]:
        """Return the keys under which the ledger has what a model answered; empty when none is asked."""


class EmbeddedWriter:
    """Facts, glossary and source sentences; no model."""

    version = WRITER_VERSION

    def write(self, stories: Sequence[StoryInput], *, now: datetime) -> Iterator[Pair]:
        for inputs in stories:
            yield checked(inputs, write_pair(inputs, now=now))

    def requests(self, inputs: StoryInput) -> Mapping[Lang, str]:
        return {}


def checked(inputs: StoryInput, pair: Iterable[Brief]) -> Pair:
    """Return both briefs without what is not grounded or what the other language does not state."""
    items = {item.id: item for item in inputs.items}
    wrong = overruled(inputs) if len(items) > 1 else {}
    pair = (without(brief, wrong) for brief in pair) if wrong else pair
    en, zh = (
        gate(brief, items=items, facts=inputs.facts, sources=inputs.sources, glossary=inputs.glossary)
        for brief in pair
    )
    return reconcile(en, zh)


def without(brief: Brief, wrong: Mapping[Evidence, str]) -> Brief:
    """Return the brief without the sentences that rest on what an official source states otherwise."""
    refused = []

    def kept(part: Sequence[Sentence]) -> tuple[Sentence, ...]:
        good = []
        for sentence in part:
            said = [right for place, right in wrong.items() if any(_holds(c, place) for c in sentence.cites)]
            if said:
                refused.append(f"{sentence.text} [an official source says otherwise: {'; '.join(said)}]")
            else:
                good.append(sentence)
        return tuple(good)

    sentences, impact = kept(brief.sentences), kept(brief.impact)
    return replace(brief, sentences=sentences, impact=impact, dropped=(*brief.dropped, *refused))


def _holds(cite: Evidence, place: Evidence) -> bool:
    same = (cite.item_id, cite.field) == (place.item_id, place.field)
    return same and cite.start <= place.start and place.end <= cite.end


def signed(inputs: StoryInput, version: str) -> str:
    """Name what a brief is made from, and by which writer: the same name, the same brief."""
    return inputs_hash(inputs, version=version)


def renamed(pair: Pair, inputs: str) -> Pair:
    """Return a pair under the hash of another writer, when that one had nothing better."""
    return replace(pair[0], inputs=inputs), replace(pair[1], inputs=inputs)
