"""Time and memory of streamed grouping on planted clusters, beside HDBSCAN on the same vectors.

``python bench/scale.py`` prints N = 10,000 and 100,000 and what an item costs along the stream; HDBSCAN at
5,000 and 10,000, where it ends in a minute, and from its growth what it would take at 100,000. ``scale.py N``
is one size of ours, ``scale.py --rival N`` one of HDBSCAN: ``make prove`` runs both at 100,000 and ours at
1,000,000. HDBSCAN had not ended there after 40 minutes of a shared processor (stopped, 2026-11-22). Each size
runs in a process of its own.

Cluster sizes follow Zipf's law, three items in ten are alone, 1,000 items come in a day: the window is fixed,
and full from the 32nd day on. Words come as often as in real texts, since grouping goes by their rarity: of
words drawn evenly from one short list, each of which passes for rare, HDBSCAN makes more than we do (BCubed
F1 0.97 to 0.85 with 10,000 items of glossary words alone).
"""

from __future__ import annotations

import csv
import math
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import accumulate

import numpy as np
import rjieba

from dibao.eval_grouping import quality
from dibao.store import Item, Moment, Source
from dibao.summarizer.cluster import Stream
from dibao.summarizer.embed import load_embedder
from dibao.summarizer.features import Candidate, embed_parts
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.nearest import OFFICIAL_WINDOW
from dibao.summarizer.reader import reader
from dibao.summarizer.terms import LIGHTEST

SEED = 7836
A_DAY = 1_000
ALONE = 0.3
LARGEST = 60
TRADES = ("科技", "银行", "证券", "医药", "能源", "物流", "汽车", "食品")
SYLLABLES = "华中恒盛泰金瑞安信达源丰通和创联晟禾昊岚珂霖翊铂"
FIRST = date(2026, 1, 1)
NOW = datetime(2030, 1, 1, tzinfo=UTC)
OUTLETS = [
    Source(
        id=f"press{n}", name_en="Press", name_zh="报纸", acronym="P", family=f"press{n}", tier=3,
        jurisdiction="INT", kind="media", timezone="UTC", homepage="https://press.example/",
    )
    for n in range(150)
]  # fmt: skip


def planted(size: int) -> Iterator[tuple[date, list[tuple[Item, int]]]]:
    """Yield the days with their items and the event of each. Reports of an event come within three days.

    An event is two names, a figure and thirty words; a report tells eighteen of the words and as many of its
    own, in an order of its own. Words are drawn as often as they are in real texts; names come back in other
    events. An outlet reports an event once.
    """
    draw = random.Random(SEED)
    words, often = _words()
    names = [f"{a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in TRADES]
    waiting: dict[date, list[tuple[Item, int]]] = {}
    made, event, day = 0, 0, FIRST
    while made < size:
        today = waiting.pop(day, [])
        while len(today) < A_DAY and made < size:
            event += 1
            many = 1 if draw.random() < ALONE else min(LARGEST, math.ceil(draw.paretovariate(1.1)))
            who, what = draw.sample(names, 2), draw.choices(words, cum_weights=often, k=30)
            figure = draw.randrange(1000, 99999)
            for outlet in draw.sample(OUTLETS, min(many, size - made)):
                told = [*draw.sample(what, 18), *draw.choices(words, cum_weights=often, k=18)]
                title = [who[0], *told[:5]]
                text = [*who, f"{figure}万元", *told[5:]]
                draw.shuffle(title)
                draw.shuffle(text)
                when = day + timedelta(days=draw.choice((0, 0, 0, 1, 1, 2)))
                item = Item(
                    id=f"{made:08}", source_id=outlet.id, key=str(made), url=f"{outlet.homepage}{made}",
                    title="".join(title), text="".join(text), lang="zh", column="article",
                    published=Moment(day=when), fetched_at=NOW,
                )  # fmt: skip
                (today if when == day else waiting.setdefault(when, [])).append((item, event))
                made += 1
        yield day, today
        day += timedelta(days=1)
    yield from sorted(waiting.items())


def _words() -> tuple[list[str], list[float]]:
    """Return Chinese words that say something, with the running sum of how often each is in real texts."""
    with (files("dibao.summarizer") / "common_words.csv").open("r", encoding="utf-8") as lines:
        rows = csv.reader(line for line in lines if not line.startswith("#"))
        known = {w: math.exp(-float(weight)) for weight, listed in rows for w in listed.split()}
    found = [
        w for w in known if known[w] <= math.exp(-LIGHTEST) and rjieba.cut(w) == [w] and ord(w[0]) > 0x4E00
    ]
    return found, list(accumulate(known[w] for w in found))


def run(size: int) -> None:
    """Stream one size and print its line."""
    with reader(load_glossary(), many=size) as pool:
        stream = Stream(load_glossary(), today=date(2029, 1, 1), pool=pool)
        walls, cpus, pairwise, bcubed = streamed(size, stream)
    other = resource.getrusage(resource.RUSAGE_CHILDREN)
    here, there = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, other.ru_maxrss / 1e6
    print(
        f"streamed {size:>9,} items {sum(walls):8.1f} s  {1000 * sum(walls) / size:6.3f} ms an item"
        f"  pairwise F1 {pairwise:.3f}  BCubed F1 {bcubed:.3f}"
        f"\n{'':9}processor {sum(cpus):.1f} s and {other.ru_utime + other.ru_stime:.1f} s reading beside it,"
        f" peak {here:.2f} GB and {there:.2f} GB"
        f"\n{'':9}ms of the processor an item, along the stream: {_along(cpus, size)}",
        flush=True,
    )


def streamed(size: int, stream: Stream) -> tuple[list[float], list[float], float, float]:
    """Return seconds and processor seconds of each day without embedding, pairwise F1, BCubed F1."""
    embedder, outlets = load_embedder(), {source.id: source for source in OUTLETS}
    truth: list[int] = []
    ids: list[str] = []
    walls: list[float] = []
    cpus: list[float] = []
    for day, entries in planted(size):
        texts = [part for item, _ in entries for part in embed_parts(item)]
        vectors = embedder(texts).reshape(len(entries), 3, -1)
        new = [
            Candidate(item=item, source=outlets[item.source_id], vector=vector)
            for (item, _), vector in zip(entries, vectors, strict=True)
        ]
        start, cpu = time.perf_counter(), time.process_time()
        stream.take(new)
        stream.forget(day - timedelta(days=OFFICIAL_WINDOW + 1))
        walls.append(time.perf_counter() - start)
        cpus.append(time.process_time() - cpu)
        truth += [event for _, event in entries]
        ids += [item.id for item, _ in entries]
    homes = stream.homes()
    return walls, cpus, *quality(truth, [homes[item_id] for item_id in ids])


def _along(cpus: list[float], size: int) -> str:
    """Return what an item cost in each tenth of the days."""
    step = max(1, math.ceil(size / A_DAY / 10))
    tenths = [cpus[at : at + step] for at in range(0, size // A_DAY, step)]
    return " ".join(f"{1000 * sum(tenth) / len(tenth) / A_DAY:.2f}" for tenth in tenths)


def rival(size: int) -> None:
    """Run HDBSCAN on the vectors of one size and print its line."""
    from sklearn.cluster import HDBSCAN

    embedder = load_embedder()
    entries = [entry for _, day in planted(size) for entry in day]
    vectors = embedder([embed_parts(item)[1] for item, _ in entries])
    start = time.perf_counter()
    found = HDBSCAN(min_cluster_size=2, min_samples=1, copy=True).fit_predict(np.asarray(vectors)).tolist()
    spent = time.perf_counter() - start
    groups = [label if label >= 0 else -n - 1 for n, label in enumerate(found)]
    pairwise, bcubed = quality([event for _, event in entries], groups)
    print(
        f"HDBSCAN  {size:>9,} items {spent:8.1f} s  {1000 * spent / size:6.3f} ms an item"
        f"  pairwise F1 {pairwise:.3f}  BCubed F1 {bcubed:.3f}",
        flush=True,
    )


def main(words: list[str]) -> int:
    match words:
        case ["--rival", size]:
            rival(int(size))
        case [size] if size.isdigit():
            run(int(size))
        case _:
            _compared()
    return 0


def _compared() -> None:
    """Run both at each size that ends soon, and print the ratios."""
    found: dict[str, float] = {}
    for arguments in (["10000"], ["100000"], ["--rival", "5000"], ["--rival", "10000"]):
        done = subprocess.run(
            [sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE, text=True
        )
        print(done.stdout, end="", flush=True)
        told = re.search(r"items\s+([\d.]+) s", done.stdout)
        found[" ".join(arguments)] = float(told[1]) if told else math.nan
    growth = found["--rival 10000"] / found["--rival 5000"]
    far = found["--rival 10000"] * growth ** math.log2(10)
    ours, theirs = found["100000"] / found["10000"], far / found["--rival 10000"]
    print(f"10 times the items take us {ours:.1f} times as long, HDBSCAN {theirs:.0f} times")
    print(f"HDBSCAN would take {far:.0f} s at 100,000, {far / found['100000']:.1f} times as long as ours")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
