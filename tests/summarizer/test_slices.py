"""A large backlog is grouped a slice at a time: the same stories, bounded memory, a kill loses one slice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.store import Item, Moment, Store
from dibao.summarizer import grouping
from dibao.summarizer.embed import load_embedder
from dibao.summarizer.features import embed_parts
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.grouping import REACH, group_new, slices

from .test_stream import FIRST, NOW, OUTLETS, events

BACKLOG = events(60)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "dibao.db") as opened:
        opened.put_sources(OUTLETS)
        yield opened


def put(store: Store, items: Sequence[Item]) -> None:
    embedder = load_embedder()
    vectors = embedder([part for item in items for part in embed_parts(item)]).reshape(len(items), -1)
    store.put_items(items)
    rows = zip(items, vectors, strict=True)
    store.put_vectors(embedder.name, {item.id: row.tobytes() for item, row in rows})


def grouped(store: Store, progress: Callable[[str, int, int], None] = lambda *_: None) -> int:
    return group_new(store, load_embedder(), load_glossary(), now=NOW, progress=progress)


def content(store: Store) -> set[frozenset[str]]:
    return {frozenset(story.item_ids) for story in store.stories()}


def test_slices_give_what_all_at_once_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for most in (len(BACKLOG), 40):
        monkeypatch.setattr(grouping, "MOST", most)
        with Store(tmp_path / f"{most}.db") as store:
            store.put_sources(OUTLETS)
            put(store, BACKLOG)
            changed = grouped(store)
            found.append((content(store), changed))
            assert changed == len(store.stories())

    assert found[0] == found[1]


def test_a_kill_loses_no_more_than_one_slice(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MOST", 40)
    put(store, BACKLOG)

    def killed(what: str, done: int, total: int) -> None:
        if done >= 80:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grouped(store, killed)
    done = {item_id for story in store.stories() for item_id in story.item_ids}
    assert (len(done), len(store.due("group", "1"))) == (80, len(BACKLOG) - 80)

    grouped(store)
    assert (content(store), store.due("group", "1")) == (undisturbed(), {})


def undisturbed() -> set[frozenset[str]]:
    with Store(":memory:") as store:
        store.put_sources(OUTLETS)
        put(store, BACKLOG)
        grouped(store)
        return content(store)


def test_no_more_is_read_than_a_slice_and_the_days_around_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "MOST", 40)
    once = BACKLOG[:60]
    years = [
        replace(item, id=f"{n:02}-{item.id}", key=f"{n:02}-{item.key}", published=Moment(day=day(item, n)))
        for n in range(10)
        for item in once
    ]
    put(store, years)
    read: list[int] = []
    whole = store.items
    monkeypatch.setattr(store, "items", lambda ids: noted(whole(ids), read))

    grouped(store)
    assert sum(read) > len(years)
    assert max(read) <= len(once)

    late = replace(once[0], id="late", key="late", title="A late one", published=Moment(day=day(once[0], 4)))
    put(store, [late, replace(late, id="new", key="new", published=Moment(day=NOW.date()))])
    read.clear()
    grouped(store)
    assert 0 < max(read) <= len(once) + 1


def day(item: Item, year: int) -> date:
    assert item.published is not None
    return item.published.day - timedelta(days=365 * year)


def noted(found: dict[str, Item], sizes: list[int]) -> dict[str, Item]:
    sizes.append(len(found))
    return found


@given(st.lists(st.integers(0, 400), max_size=60), st.integers(1, 9))
def test_slices_are_the_stream_cut_by_number_and_by_days(gaps: list[int], most: int) -> None:
    days = sorted(FIRST + timedelta(days=gap) for gap in gaps)
    due = {f"{n:03}": one for n, one in enumerate(days)}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grouping, "MOST", most)
        made = list(slices(due))

    assert [item_id for _, ids in made for item_id in ids] == list(due)
    assert [at for at, _ in made] == [sum(len(ids) for _, ids in made[:n]) for n in range(len(made))]
    assert all(len(ids) <= most and due[ids[-1]] - due[ids[0]] <= REACH for _, ids in made)
    for (_, one), (_, two) in pairwise(made):
        assert len(one) == most or due[two[0]] - due[one[0]] > REACH
