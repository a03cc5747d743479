"""A stored brief written once more from what it was made of: does the same come out, and if not, why.

Reads the store, writes nothing, asks no model: what one answered is taken from the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from dibao.store import (
    LANGS,
    LEVELS,
    Brief,
    BriefAudit,
    Fact,
    Generation,
    Given,
    Headline,
    Item,
    Lang,
    Level,
    Member,
    Sentence,
    Store,
    Story,
    content_hash,
)

from .check import problems
from .facts import read_facts
from .glossary import Glossary, load_glossary
from .since import facts_hash
from .writers.headline import headline
from .writers.known import StoryInput
from .writers.model import Answer, Budget, ModelWriter
from .writers.prompting import Prompt
from .writers.writer import EmbeddedWriter, Writer

Cause = Literal["gone", "rebuilt", "lost", "facts", "program", "answer", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Why a replay can differ. Of an item: ``gone`` from the store; ``lost``, as that version is not kept in
    full; ``rebuilt`` from its former version; read to other ``facts``. Of the line: another ``program``; a
    model's ``answer`` is not in the ledger; only the ``words`` differ."""

    cause: Cause
    item_id: str = ""
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """``verdicts``: what the gate has against each sentence and impact sentence of the stored brief."""

    brief: Brief | None
    same: bool
    differences: tuple[Difference, ...]
    verdicts: Mapping[Sentence, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Source:
    """One item as a brief was made from it."""

    item: Item
    facts: tuple[Fact, ...]
    headlines: Mapping[Lang, Headline]


def replay(store: Store, stored: Brief, audit: BriefAudit) -> Replayed:
    """Write a stored brief again from the items it was made from."""
    glossary = load_glossary()
    found: dict[str, _Source] = {}
    differences: list[Difference] = []
    for given in audit.given:
        source, reasons = _source(store, given, glossary)
        differences += reasons
        if source:
            found[given.item_id] = source
    if audit.head not in found:
        return Replayed(brief=None, same=False, differences=tuple(differences), verdicts={})
    inputs = _inputs(store, audit, found, glossary)
    writer = _writer(store, audit)
    if writer.version != audit.program:
        differences.append(Difference(cause="program", was=audit.program, now=writer.version))
    pair = next(iter(writer.write([inputs], now=audit.at)))
    again = pair[LANGS.index(stored.lang)]
    same = _words(again) == _words(stored)
    if not same and audit.request and not store.generations([audit.request]):
        differences.append(Difference(cause="answer", was=audit.request))
    if not same and all(difference.cause == "rebuilt" for difference in differences):
        differences.append(Difference(cause="words"))
    items = {item.id: item for item in inputs.items}
    verdicts = {
        sentence: problems(
            sentence,
            lang=stored.lang,
            items=items,
            facts=inputs.facts,
            sources=inputs.sources,
            glossary=glossary,
        )
        for sentence in (*stored.sentences, *stored.impact)
    }
    return Replayed(brief=again, same=same, differences=tuple(differences), verdicts=verdicts)


def _words(brief: Brief) -> tuple[object, ...]:
    return (brief.headline, brief.sentences, brief.impact, brief.writer, brief.dropped)


def _source(store: Store, given: Given, glossary: Glossary) -> tuple[_Source | None, tuple[Difference, ...]]:
    """Return an item as it was when the brief was made, as far as it is kept."""
    item = store.items([given.item_id]).get(given.item_id)
    if item is None:
        return None, (Difference(cause="gone", item_id=given.item_id),)
    if content_hash(item) == given.sha256:
        facts = store.facts([item.id])[item.id]
        told = store.headlines([item.id])
        headlines = {lang: told[item.id, lang] for lang in LANGS}
        return _Source(item, facts, headlines), tuple(_read_otherwise(given, facts))
    cause: Cause = "lost"
    was, now = str(given.version), str(item.version)
    for version in store.versions(item.id):
        if version.version == given.version:
            item = replace(
                item, title=version.title, text=version.text, summary=version.summary, version=version.version
            )
            cause = "rebuilt" if content_hash(item) == given.sha256 else "lost"
    source = store.sources()[item.source_id]
    facts = read_facts(item, source=source, glossary=glossary)
    headlines = {lang: headline(item, facts, lang, glossary=glossary, source=source) for lang in LANGS}
    differences = (
        Difference(cause=cause, item_id=item.id, was=was, now=now),
        *_read_otherwise(given, facts),
    )
    return _Source(item, facts, headlines), differences


def _read_otherwise(given: Given, facts: Sequence[Fact]) -> Iterator[Difference]:
    if facts_hash(facts) != given.facts:
        yield Difference(
            cause="facts", item_id=given.item_id, was=given.facts[:12], now=facts_hash(facts)[:12]
        )


def _inputs(store: Store, audit: BriefAudit, found: Mapping[str, _Source], glossary: Glossary) -> StoryInput:
    members = tuple(
        Member(item_id=given.item_id, score=1.0, reason="same-text:" if given.copied else "given")
        for given in audit.given
        if given.item_id in found
    )
    rank = store.ranks([audit.story_id])[audit.story_id]
    return StoryInput(
        story=Story(id=audit.story_id, members=members, head=audit.head, day=audit.day),
        items=tuple(source.item for source in found.values()),
        sources=store.sources(),
        facts={id: source.facts for id, source in found.items()},
        headlines={id: source.headlines for id, source in found.items()},
        bodies=glossary.bodies,
        glossary=glossary,
        rank=replace(rank, level=cast("Level", audit.rank[1:].partition(":")[0])),
    )


def _writer(store: Store, audit: BriefAudit) -> Writer:
    """The writer of the brief; a model's without the model."""
    if not audit.request:
        return EmbeddedWriter()
    return ModelWriter(_Recorded(audit.model), _Kept(store), budget=Budget(), levels=LEVELS)


@dataclass(frozen=True, slots=True)
class _Recorded:
    """Stands where the model stood; it is only asked for what the ledger does not have."""

    name: str

    def __call__(self, prompts: Sequence[Prompt], /) -> Iterator[Answer]:
        return (Answer(error="its answer is not in the ledger") for _ in prompts)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The ledger, for reading."""

    store: Store

    def generations(self, keys: Sequence[str]) -> Mapping[str, Generation]:
        return self.store.generations(keys)

    def put_generations(self, made: Sequence[Generation]) -> None:
        """Nothing is asked, so there is nothing to keep."""

    def tokens_on(self, day: date) -> int:
        return self.store.tokens_on(day)
