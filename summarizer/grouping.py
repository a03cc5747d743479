"""The grouping's part of the stage: reads from the store what the decider needs, keeps what it decides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from dibao.store import Item, Store, Story, StoryEdit

from .chance import adjusted
from .cluster import Grouping, OpenStory, group
from .consolidate import Explained, Proposal, explain, propose
from .embed import Embedder
from .features import PARTS, Candidate
from .glossary import Glossary
from .pairs import Models, load_models

REACH = timedelta(days=45)
"""How far back stories stay open for a new item: the grouping's longest window and half as much."""

MOST = 20_000
"""Items grouped between two commits: half a minute's work, and some 500 MB with the stories around them."""


@dataclass(frozen=True, slots=True)
class Held:
    """What editors have decided: no later run undoes it."""

    parted: frozenset[tuple[str, str]]
    """Pairs of items whose stories are never put together."""
    closed: frozenset[int]
    """Stories that are as an editor wants them."""


def held(edits: Iterable[StoryEdit], redirects: Mapping[int, int]) -> Held:
    """Return what holds after all edits, in their order: a later one overrules an earlier one."""
    parted: set[tuple[str, str]] = set()
    closed: set[int] = set()
    for edit in edits:
        pairs = {(a, b) for a in edit.item_ids for b in edit.other_ids}
        if edit.action == "split":
            parted |= pairs
        elif edit.action == "merge":
            parted -= pairs | {(b, a) for a, b in pairs}
        elif edit.action == "pin":
            closed.add(edit.story_id)
        else:
            closed.discard(edit.story_id)
    return Held(frozenset(parted), frozenset(redirects.get(number, number) for number in closed))


def group_new(
    store: Store,
    embedder: Embedder,
    glossary: Glossary,
    *,
    now: datetime,
    progress: Callable[[str, int, int], None],
) -> int:
    """Put each new or changed item into a story; return how many stories are new or changed.

    A slice of the stream at a time, oldest first: what is in memory does not grow with the backlog, and a
    kill loses one slice.
    """
    due = store.due("group", "1")
    if not due:
        return 0
    models, changed = adjusted(load_models(), embedder), set[int]()
    progress("group", 0, len(due))
    for at, ids in slices(due):
        items = store.items(ids)
        result = _grouped(store, embedder, glossary, models, [items[i] for i in ids], now=now)
        kept = store.put_stories(result.stories, merged=result.merged)
        store.done("group", "1", items.values())
        changed = changed.difference(result.merged).union(story.id for story in kept)
        progress("group", at + len(ids), len(due))
    return len(changed)


def slices(due: Mapping[str, date]) -> Iterator[tuple[int, list[str]]]:
    """Yield (items before it, items) of each slice of a stream in the order of its days: MOST at most, and
    of so few days that not much more than they hold is opened beside them."""
    ids, days = list(due), list(due.values())
    start = 0
    while start < len(ids):
        end = min(start + MOST, bisect_right(days, days[start] + REACH, lo=start))
        yield start, ids[start:end]
        start = end


def _grouped(
    store: Store,
    embedder: Embedder,
    glossary: Glossary,
    models: Models,
    items: Sequence[Item],
    *,
    now: datetime,
) -> Grouping:
    """Return what becomes of some new or changed items.

    The first poll of a source is a baseline: what it shows without a date may be years old and opens nothing.
    """
    fresh = [item for item in items if item.published is not None or not item.baseline]
    opened, candidates = open_stories(store, embedder.name, _near(store, fresh), also=fresh)
    return group(
        [candidates[item.id] for item in fresh],
        opened,
        now=now,
        glossary=glossary,
        parted=held(store.edits(), store.redirects()).parted,
        models=models,
    )


def _near(store: Store, fresh: Iterable[Item]) -> tuple[Story, ...]:
    """Stories that an item may join: near it in time, or holding one of its document numbers."""
    days = [item.published.day if item.published else item.fetched_at.date() for item in fresh]
    near = store.stories(since=min(days) - REACH, until=max(days) + REACH) if days else ()
    numbers = {
        fact.value
        for facts in store.facts(item.id for item in fresh).values()
        for fact in facts
        if fact.kind == "document_number"
    }
    same = store.stories_with("document_number", numbers)
    own = store.stories_of(item.id for item in fresh)
    return tuple({story.id: story for story in (*near, *same, *own)}.values())


def open_stories(
    store: Store, model: str, stories: Iterable[Story], *, also: Iterable[Item] = ()
) -> tuple[list[OpenStory], dict[str, Candidate]]:
    """Return stories with the candidates of their items, and all candidates by id, those of ``also`` too."""
    wanted = list(stories)
    closed = held(store.edits(), store.redirects()).closed
    items = store.items(item_id for story in wanted for item_id in story.item_ids)
    items |= {item.id: item for item in also}
    candidates = _candidates(store, model, list(items.values()))
    opened = [
        OpenStory(
            story=story,
            candidates=tuple(candidates[i] for i in story.item_ids if i in candidates),
            closed=story.id in closed,
        )
        for story in wanted
    ]
    return opened, candidates


def _candidates(store: Store, model: str, items: Sequence[Item]) -> dict[str, Candidate]:
    ids = [item.id for item in items]
    facts, vectors, sources = store.facts(ids), store.vectors(model, ids), store.sources()
    return {
        item.id: Candidate(
            item=item,
            source=sources[item.source_id],
            vector=np.frombuffer(vectors[item.id], dtype=np.float32).reshape(PARTS, -1),
            facts=facts[item.id],
        )
        for item in items
        if item.id in vectors
    }


def explain_story(
    store: Store, embedder: Embedder, story: Story, *, glossary: Glossary
) -> tuple[Explained, ...]:
    """Return for each member why it joined, and what speaks for it today, with the values compared."""
    [opened], _ = open_stories(store, embedder.name, [story])
    return explain(opened, models=adjusted(load_models(), embedder), glossary=glossary)


def propose_changes(
    store: Store, embedder: Embedder, *, since: date, glossary: Glossary
) -> tuple[Proposal, ...]:
    """Return the merges and splits that the consolidation pass proposes among stories of a day and later."""
    opened, _ = open_stories(store, embedder.name, store.stories(since=since))
    return propose(
        opened,
        models=adjusted(load_models(), embedder),
        glossary=glossary,
        parted=held(store.edits(), store.redirects()).parted,
    )
