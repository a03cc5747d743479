"""The stage: what the crawler stored → facts, headlines, vectors, stories, ranks and briefs in the store.

The deciders are pure; here they get what they need from the store, and what they return is kept. Each step
works on what is new or changed, and can be killed anywhere: the next run goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dibao.store import LANGS, Fact, Headline, Item, Lang, Rank, Source, Store, Story

from .audit import audit, note, timed
from .disagree import disagreements
from .embed import Embedder, load_embedder
from .facts import FACTS_VERSION, private_spans, read_facts
from .features import PARTS, embed_parts
from .glossary import Glossary, load_glossary
from .grouping import group_new
from .rank import RankInput, load_weights, score
from .writers.headline import headline
from .writers.known import WRITER_VERSION, StoryInput
from .writers.making import EMBEDDED, Writing, make_writer
from .writers.writer import Writer, signed

Progress = Callable[[str, int, int], None]

BATCH = 256
"""Items understood, embedded or written between two commits: a kill loses no more work than this."""

FRESH = timedelta(days=30)
"""Stories younger than this are ranked again at each run, since deadlines draw near by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryReport:
    """What a run did: items understood, stories opened or changed, briefs and ranks written."""

    items: int
    stories: int
    briefs: int
    ranks: int


def summarize(
    store: Store,
    *,
    now: datetime,
    progress: Progress,
    model: str = "",
    prompt: str = "",
    device: str = "cpu",
    writing: Writing = EMBEDDED,
) -> SummaryReport:
    """Bring facts, stories, ranks and briefs up to date with the items.

    ``model`` is a sentence-transformers name or folder; empty: the embedded one. ``writing`` says who
    writes the briefs. Raises ModelError when a model cannot be loaded, before anything is written.
    """
    glossary = load_glossary()
    writer = make_writer(writing, store)
    embedder = load_embedder(model, device=device, prompt=prompt)
    store.put_bodies(glossary.bodies.values())
    store.put_terms(glossary.terms())
    items = _understand(store, glossary, progress)
    _embed(store, embedder, progress)
    stories = group_new(store, embedder, glossary, now=now, progress=progress)
    ranks = _rank(store, glossary, writer.version, now)
    briefs = _brief(store, glossary, writer, writing, now, progress)
    return SummaryReport(items=items, stories=stories, briefs=briefs, ranks=ranks)


def _batches(
    store: Store, stage: str, fingerprint: str, what: str, progress: Progress
) -> Iterator[Sequence[Item]]:
    """Yield the items that are due, a batch in memory at a time."""
    due = list(store.due(stage, fingerprint))
    progress(what, 0, len(due))
    for start in range(0, len(due), BATCH):
        yield tuple(store.items(due[start : start + BATCH]).values())
        progress(what, min(start + BATCH, len(due)), len(due))


def _understand(store: Store, glossary: Glossary, progress: Progress) -> int:
    """Read facts and write headlines of items that are new, changed, or read by older rules."""
    fingerprint = f"{FACTS_VERSION}.{WRITER_VERSION}.{_digest(glossary)}"
    sources = store.sources()
    understood = 0
    for batch in _batches(store, "understand", fingerprint, "understand", progress):
        headlines: list[Headline] = []
        for item in batch:
            source = sources[item.source_id]
            facts = read_facts(item, source=source, glossary=glossary)
            store.put_facts(item.id, facts)
            headlines += [headline(item, facts, lang, glossary=glossary, source=source) for lang in LANGS]
            _mask_former(store, item)
        store.put_headlines(headlines)
        store.forget("brief", (item.id for item in batch))
        store.done("understand", fingerprint, batch)
        understood += len(batch)
    return understood


def _mask_former(store: Store, item: Item) -> None:
    """Find private persons in what an item said before: pages compare it with what it says now."""
    for version in store.versions(item.id) if item.version > 1 else ():
        if version.version < item.version:
            texts = {"title": version.title, "summary": version.summary, "text": version.text}
            spans = {field: private_spans(text) for field, text in texts.items()}
            store.put_masks(item.id, version.version, spans)


def _digest(glossary: Glossary) -> str:
    return hashlib.sha256("\n".join(sorted(map(repr, glossary.entries))).encode()).hexdigest()[:12]


def _embed(store: Store, embedder: Embedder, progress: Progress) -> None:
    """Each model has its own work: going back to a former one embeds only what came or changed since."""
    stage, fingerprint = f"embed:{embedder.name}", f"{PARTS}"
    for batch in _batches(store, stage, fingerprint, "embed", progress):
        texts = [part for item in batch for part in embed_parts(item)]
        vectors = embedder(texts).reshape(len(batch), -1)
        store.put_vectors(
            embedder.name,
            {item.id: rows.tobytes() for item, rows in zip(batch, vectors, strict=True)},
        )
        store.done(stage, fingerprint, batch)


def _rank(store: Store, glossary: Glossary, version: str, now: datetime) -> int:
    """Rank stories that changed, are young, or have a date near; keep what differs."""
    weights = load_weights()
    today = now.date()
    stories = {
        story.id: story
        for story in (
            *store.stories_to("brief", version),
            *store.stories(since=today - FRESH),
            *store.stories_dated(today - FRESH, today + 4 * FRESH),
        )
    }
    old = store.ranks(stories)
    fresh: list[Rank] = []
    for story, parts in _parts(store, stories.values()):
        inputs = RankInput(
            story=story,
            items=parts.items,
            sources=parts.sources,
            facts=parts.facts,
            bodies=glossary.bodies,
        )
        rank = score(inputs, now=now, weights=weights)
        if rank != old.get(story.id):
            fresh.append(rank)
    store.put_ranks(fresh, at=now)
    return len(fresh)


def _brief(
    store: Store, glossary: Glossary, writer: Writer, writing: Writing, now: datetime, progress: Progress
) -> int:
    """Write both briefs of each story whose items or facts changed; keep those whose inputs did not."""
    due = store.stories_to("brief", writer.version)
    progress("brief", 0, len(due))
    written = 0
    for start in range(0, len(due), BATCH):
        batch = due[start : start + BATCH]
        old = store.briefs(story.id for story in batch)
        done: list[Item] = []
        todo: list[StoryInput] = []
        for inputs in _inputs(store, glossary, batch):
            done += inputs.items
            name = signed(inputs, writer.version)
            last = [old.get((inputs.story.id, lang)) for lang in LANGS]
            if any(brief is None or brief.inputs != name for brief in last):
                todo.append(inputs)
        written += _write(store, writer, writing, todo, now)
        store.done("brief", writer.version, done)
        progress("brief", min(start + BATCH, len(due)), len(due))
    return written


def _write(store: Store, writer: Writer, writing: Writing, todo: Sequence[StoryInput], now: datetime) -> int:
    """Write both briefs of stories and keep them, with how they came about and what is said beside them."""
    last = store.last_audits(inputs.story.id for inputs in todo)
    made = list(timed(writer, todo, now=now))
    keys = [key for one in made for key in one.requests.values()]
    answers = store.generations(keys)
    told = {one.inputs.story.id: note(last.get(one.inputs.story.id), one, now=now) for one in made}
    kept = store.put_briefs(
        (brief for one in made for brief in one.pair),
        audits={
            (brief.story_id, brief.lang): audit(one, brief, writer.version, answers, writing=writing, now=now)
            for one in made
            for brief in one.pair
        },
        notes={story_id: found for story_id, found in told.items() if found},
        disagreements={one.inputs.story.id: disagreements(one.inputs) for one in made},
    )
    return len(kept)


def story_inputs(store: Store) -> Iterator[StoryInput]:
    """Yield all that briefs are made from, of every ranked story of a database."""
    yield from _inputs(store, load_glossary(), store.stories())


def _inputs(store: Store, glossary: Glossary, stories: Iterable[Story]) -> Iterator[StoryInput]:
    wanted = list(stories)
    ranks = store.ranks(story.id for story in wanted)
    for story, parts in _parts(store, (story for story in wanted if story.id in ranks)):
        yield StoryInput(
            story=story,
            items=parts.ordered(story),
            sources=parts.sources,
            facts=parts.facts,
            headlines=parts.headlines,
            bodies=glossary.bodies,
            glossary=glossary,
            rank=ranks[story.id],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """One story with all that its rank and briefs are made from, by item or source id."""

    items: Mapping[str, Item]
    sources: Mapping[str, Source]
    facts: Mapping[str, tuple[Fact, ...]]
    headlines: Mapping[str, Mapping[Lang, Headline]]

    def ordered(self, story: Story) -> tuple[Item, ...]:
        """Head first, then official ones, then by time; undated ones last."""

        def place(item: Item) -> tuple[bool, bool, date, str]:
            official = self.sources[item.source_id].official
            day = item.published.day if item.published else date.max
            return (item.id != story.head, not official, day, item.id)

        return tuple(sorted(self.items.values(), key=place))


def _parts(store: Store, stories: Iterable[Story]) -> Iterator[tuple[Story, _Parts]]:
    """Yield each story with its parts, read from the store a batch of stories at a time."""
    sources = store.sources()
    wanted = list(stories)
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        ids = [item_id for story in batch for item_id in story.item_ids]
        items, facts, headlines = store.items(ids), store.facts(ids), store.headlines(ids)
        for story in batch:
            yield (
                story,
                _Parts(
                    items={item_id: items[item_id] for item_id in story.item_ids},
                    sources=sources,
                    facts={item_id: facts[item_id] for item_id in story.item_ids},
                    headlines={
                        item_id: {lang: headlines[item_id, lang] for lang in LANGS}
                        for item_id in story.item_ids
                    },
                ),
            )
