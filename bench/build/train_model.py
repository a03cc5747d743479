"""Train the embedded model: parallel and same-event texts in ../shared/data → the files in summarizer/model/.

Four stages on one core, each seeded: contrastive on random batches; contrastive on batches of sentences that
resemble each other; then only how much each unit weighs, on labelled pairs; then half of the way towards a
teacher's cosines (``teach``). Run by ``make model``; some ten minutes, and half an hour in which the teacher
reads, kept in build/teacher. What was held out: see READERS and ``topic_pairs``. bench/eval_model.py measures
the result.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import teach
import torch
from bags import Texts, bags, both_ways, torn
from sklearn.feature_extraction.text import TfidfVectorizer
from torch.nn import functional

from dibao.summarizer import static_model as static

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / ".." / "shared" / "data"
SEED = 7836
DIM = 384
KNOWN = 78_000
"""Units with a row. At half a byte a value the rows are 15.0 MB; all files must stay under 16."""
LATIN_SHARE = 0.42
BUCKETS = 4096
BUCKET_WEIGHTS = (0.5, 1.0, 1.0)
"""Of a strange Chinese pair (most are no words), word, number, before the last stage."""

RANDOM_BATCH, NEAR_BATCH = 2048, 1024
RATE = 0.006
HOT = 60.0
"""Most that a cosine is multiplied with before the softmax."""

Pairs = list[tuple[str, str]]


def jsonl(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def tsv(path: Path) -> Pairs:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        cells = (line.rstrip("\n").split("\t") for line in lines)
        return [(row[0], row[1]) for row in cells if len(row) > 1]


_GLOSS = re.compile(r"\S+ (\S+) \[[^\]]*\] /(.*)/")
_POINTER = re.compile(r"see |variant|old variant|CL:|abbr|surname|\(")
_CHINESE = re.compile(r"\[[^\]]*\]|[\u4e00-\u9fff|]+")


def cedict(path: Path) -> Pairs:
    """Return words with their first three glosses, without pointers to other entries."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for match in filter(None, map(_GLOSS.match, lines)):
            glosses = [_CHINESE.sub("", g) for g in match[2].split("/") if not _POINTER.match(g)]
            if glosses:
                found.append((match[1], "; ".join(glosses[:3])[:120]))
    return found


def glossary() -> Pairs:
    """Return the project's own renderings: concepts, abbreviations, parts of titles."""
    found = []
    for name in ("glossary.csv", "titles.csv"):
        with (ROOT / "summarizer" / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found += [(row["zh"], row[key]) for key in ("en", "abbrev") if row.get(key)]
    return found


def long_news() -> Pairs:
    news = [(r["title"], r["content"][:600]) for r in jsonl(DATA / "xinwenlianbo/items.jsonl.gz")]
    return news + [(r["summary"], r["article"][:600]) for r in jsonl(DATA / "clts_samples/samples.jsonl")]


def hot_titles() -> Pairs:
    """Return titles of one day and the next that share words but differ: mostly one event or one person.

    Found without any label by char-TF-IDF cosines of 0.35 to 0.8; a title is in three pairs at most.
    """
    days: dict[str, set[str]] = {}
    for row in jsonl(DATA / "weibo_hot_titles/2024H2.jsonl.gz"):
        days.setdefault(row["date"], set()).add(row["title"])
    made = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    made.fit(sorted(title for titles in days.values() for title in titles))
    near: set[tuple[str, str]] = set()
    for day, following in itertools.pairwise(sorted(days)):
        titles = sorted(title for title in days[day] | days[following] if len(title) >= 6)
        bags = made.transform(titles)
        cosines = (bags @ bags.T).tocoo()
        chosen = (cosines.row < cosines.col) & (cosines.data > 0.35) & (cosines.data < 0.8)
        near |= {
            (titles[i], titles[j]) for i, j in zip(cosines.row[chosen], cosines.col[chosen], strict=True)
        }
    ordered = sorted(near)
    taken: Counter[str] = Counter()
    found = []
    for at in np.random.default_rng(SEED).permutation(len(ordered)):
        pair = ordered[at]
        if max(taken[title] for title in pair) < 3:
            taken.update(pair)
            found.append(pair)
    return found


READERS: dict[str, Callable[[], Pairs]] = {
    "jiyu": lambda: tsv(DATA / "jiyu_zh_en/pairs.tsv.gz"),
    "tatoeba": lambda: tsv(DATA / "tatoeba_cmn_eng/zh_en_attribution.tsv.gz"),
    "cedict": lambda: cedict(DATA / "cc_cedict/cedict_ts.txt.gz"),
    "glossary": glossary,
    "lcsts": lambda: [(r["summary"], r["text"]) for r in jsonl(DATA / "lcsts_test/pairs.jsonl.gz")],
    "long_news": long_news,
    "hot_titles": hot_titles,
}
"""All that vectors are learned from. NTREX, FLORES, WMT, SemEval, ECO (non-commercial), UCI and the English
news clusters are for measuring only and stay out."""

SIDES = {"jiyu": ("jiyu", 0, 1, 0.1), "zh_alone": ("jiyu", 0, 0, 0.4), "en_alone": ("jiyu", 1, 1, 0.4)}
"""Task → set, its two sides, share of units left out. Alone: two torn copies of one sentence."""

RANDOM_PASSES = {"jiyu": 2.0, "zh_alone": 0.3, "en_alone": 0.3, "tatoeba": 2.0, "cedict": 2.0,
                 "glossary": 6.0, "lcsts": 6.0, "long_news": 6.0, "hot_titles": 1.0}  # fmt: skip
NEAR_PASSES = {"jiyu": 1.2, "zh_alone": 0.4, "en_alone": 0.4}
BESIDE_PASSES = {"jiyu": 0.3, "tatoeba": 0.5, "cedict": 0.5, "glossary": 2.0, "lcsts": 3.0, "long_news": 3.0,
                 "hot_titles": 2.0}  # fmt: skip
"""Passes over each set: in the first stage; in near batches; in random ones beside those."""


def topic_pairs() -> tuple[Pairs, list[int]]:
    """Return the pairs of sohu_sts/same_topic and their labels, none with a text of same_event.

    same_event is left whole for measuring, and for the grouping, whose pair model must not learn from
    cosines that had seen its labels.
    """
    seen = {r[side] for r in jsonl(DATA / "sohu_sts/same_event.jsonl.gz") for side in ("text1", "text2")}
    rows = [r for r in jsonl(DATA / "sohu_sts/same_topic.jsonl.gz") if not seen & {r["text1"], r["text2"]}]
    return [(r["text1"], r["text2"]) for r in rows], [int(r["label"]) for r in rows]


def traditional_characters() -> tuple[str, str]:
    """Return all Traditional characters that OpenCC renders by one other, and those others."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    both = [
        (chr(c), convert(chr(c)))
        for low, high in ((0x3400, 0xA000), (0xF900, 0xFB00))
        for c in range(low, high)
    ]
    changed = [(old, new) for old, new in both if new != old and len(new) == 1]
    return "".join(old for old, _ in changed), "".join(new for _, new in changed)


def choose_vocabulary(counts: Counter[str]) -> list[str]:
    """Return the commonest units, each in two texts at least: Chinese ones first, then words and numbers."""
    ordered = sorted((unit for unit in counts if counts[unit] > 1), key=lambda unit: (-counts[unit], unit))
    latin = [unit for unit in ordered if unit[0] <= "\u33ff"][: int(KNOWN * LATIN_SHARE)]
    return [unit for unit in ordered if unit[0] > "\u33ff"][: KNOWN - len(latin)] + latin


class Trainer:
    """The rows while they are learned: lazy Adam with one second moment a row."""

    def __init__(self, sets: dict[str, tuple[Texts, Texts]], shares: np.ndarray) -> None:
        self.sets = sets
        self.random = np.random.default_rng(SEED)
        torch.manual_seed(SEED)
        torch.set_num_threads(1)
        self.known = len(shares)
        buckets = torch.from_numpy(static.bucket_rows(3 * BUCKETS, DIM).astype(np.float32))
        buckets *= torch.tensor(BUCKET_WEIGHTS).repeat_interleave(BUCKETS)[:, None]
        # A common unit begins light: its share p of texts makes it 0.01 / (0.01 + p).
        start = torch.randn(self.known, DIM) * torch.from_numpy(0.01 / (0.01 + shares))[:, None]
        self.rows = torch.cat((start.float(), buckets)) / DIM**0.5
        self.first = torch.zeros_like(self.rows)
        self.second = torch.zeros(len(self.rows))
        self.heat = torch.tensor(3.0, requires_grad=True)
        self.heater = torch.optim.Adam([self.heat], lr=0.01)

    def step(self, task: str, places: np.ndarray, rate: float) -> float:
        name, left, right, share = SIDES.get(task, (task, 0, 1, 0.1))
        a, b = self.sets[name][left].batch(places), self.sets[name][right].batch(places)
        used, ids = torch.unique(torch.cat((a[0], b[0])), return_inverse=True)
        rows = self.rows[used].requires_grad_()
        one = bags(rows, ids[: len(a[0])], a[1], torn(a[2], share))
        two = bags(rows, ids[len(a[0]) :], b[1], torn(b[2], share))
        loss = both_ways(one @ two.T * self.heat.exp().clamp(max=HOT))
        self.heater.zero_grad()
        loss.backward()
        self.heater.step()
        learned = used < self.known  # buckets stay as they are
        used, gradient = used[learned], rows.grad[learned]
        self.first[used] = first = self.first[used] * 0.9 + gradient * 0.1
        self.second[used] = second = self.second[used] * 0.98 + (gradient**2).mean(1) * 0.02
        self.rows[used] -= rate * first / (second.sqrt() + 1e-9)[:, None]
        return loss.item()

    def random_batches(self, passes: dict[str, float]) -> Iterator[tuple[str, np.ndarray]]:
        for task, times in passes.items():
            size = len(self.sets[SIDES.get(task, (task,))[0]][0].ids)
            order = np.concatenate([self.random.permutation(size) for _ in range(int(np.ceil(times)))])
            batch = min(RANDOM_BATCH, size)
            for at in range(0, int(size * times) - batch // 2, batch):
                yield task, order[at : at + batch]

    def near_batches(self, passes: dict[str, float]) -> Iterator[tuple[str, np.ndarray]]:
        """Yield batches of sentences on one subject: what is then told apart is what a story is about."""
        groups = self.groups()
        for task, times in passes.items():
            batches: list[np.ndarray] = []
            while len(batches) * NEAR_BATCH < len(groups) * times:
                order = np.roll(
                    np.lexsort((self.random.random(len(groups)), groups)), self.random.integers(NEAR_BATCH)
                )
                cut = len(order) // NEAR_BATCH
                batches += [
                    order[i * NEAR_BATCH : (i + 1) * NEAR_BATCH] for i in self.random.permutation(cut)
                ]
            yield from ((task, batch) for batch in batches[: int(len(groups) * times / NEAR_BATCH)])

    def groups(self, count: int = 256, rounds: int = 6) -> np.ndarray:
        """Return the group of each jiyu pair: k-means on the sum of its two vectors."""
        sides = self.sets["jiyu"]
        size = len(sides[0].ids)
        blocks = [range(at, min(at + 4096, size)) for at in range(0, size, 4096)]
        held = torch.cat([sum(bags(self.rows, *side.batch(block)) for side in sides) for block in blocks])
        held = functional.normalize(held, dim=1)
        centres = held[torch.from_numpy(self.random.permutation(size)[:count])].clone()
        for _ in range(rounds):
            group = torch.cat([(held[block.start : block.stop] @ centres.T).argmax(1) for block in blocks])
            centres = torch.zeros(count, DIM).index_add_(0, group, held)
            centres = functional.normalize(centres + 1e-6, dim=1)
        return group.numpy()

    def run(self, batches: list[tuple[str, np.ndarray]], rate: float, label: str) -> None:
        began = time.monotonic()
        for at, place in enumerate(self.random.permutation(len(batches))):
            task, places = batches[place]
            now = rate * min(1.0, (at + 1) / 20) * (1 - at / len(batches) * 0.97)
            loss = self.step(task, places, now)
            if at % 100 == 0:
                print(
                    f"{label} {at}/{len(batches)} {task} {loss:.3f} {time.monotonic() - began:.0f} s",
                    flush=True,
                )


def weigh(trainer: Trainer, pairs: tuple[Texts, Texts], labels: Sequence[int], traits: np.ndarray) -> None:
    """Multiply each row with a factor learned from labelled pairs: a law over traits, and a small rest.

    The law (frequency, length of the row, sort of unit) carries over to English and to units never seen in
    the pairs. Half of it, in logarithm, is applied: all of it costs 2 points of translation search, half
    costs none and keeps most of the gain. Translation batches run beside it, so that it holds there too.
    """
    said, known = torch.tensor(labels, dtype=torch.float32), torch.from_numpy(traits.astype(np.float32))
    law = torch.zeros(known.shape[1], requires_grad=True)
    rest = torch.zeros(len(known), requires_grad=True)
    line = torch.tensor([10.0, -5.0], requires_grad=True)
    adam = torch.optim.Adam([{"params": [law, rest], "lr": 0.03}, {"params": [line], "lr": 0.1}])

    def vectors(texts: Texts, places: np.ndarray) -> torch.Tensor:
        ids, starts, weights = texts.batch(places)
        used, ids = torch.unique(ids, return_inverse=True)
        rows = trainer.rows[used] * (known[used] @ law + rest[used]).exp()[:, None]
        return bags(rows, ids, starts, torn(weights, 0.1))

    for _ in range(WEIGH_STEPS):
        some = trainer.random.permutation(len(labels))[:1500]
        cosine = (vectors(pairs[0], some) * vectors(pairs[1], some)).sum(1)
        loss = functional.binary_cross_entropy_with_logits(
            line[0] * cosine + line[1], said[torch.from_numpy(some)]
        )
        some = trainer.random.integers(len(trainer.sets["jiyu"][0].ids), size=600)
        beside = both_ways(
            vectors(trainer.sets["jiyu"][0], some) @ vectors(trainer.sets["jiyu"][1], some).T * 30
        )
        adam.zero_grad()
        (loss + 0.3 * beside + 0.5e-4 * (rest**2).sum()).backward()
        adam.step()
    print(f"weigh {loss.item():.3f} {beside.item():.3f} law {law.detach().numpy().round(3)}")
    with torch.no_grad():
        trainer.rows *= (APPLIED * (known @ law + rest)).exp()[:, None]


WEIGH_STEPS, APPLIED = 60, 0.5


def unit_traits(known: Sequence[str], shares: np.ndarray, rows: torch.Tensor) -> np.ndarray:
    """Return (rows, traits) of every unit and bucket: rarity, its square, length, sorts."""
    rest = 3 * BUCKETS
    rarity = (np.log(1 / np.concatenate((shares, np.full(rest, shares.min())))) - 7) / 3
    length = np.log(rows.norm(dim=1).numpy() + 1e-6)
    alone = np.array([len(u) == 1 and u > "\u33ff" for u in known] + [False] * rest)
    number = np.array([u[0] == "#" for u in known] + [False] * 2 * BUCKETS + [True] * BUCKETS)
    bucket = np.arange(len(rows)) >= len(known)
    return np.stack((rarity, rarity**2, length, alone, alone * length, number, bucket), axis=1)


def quantised(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return int8 rows of −7…7 and their scales: for each row the scale of least squared error."""
    most = np.abs(rows).max(axis=1) / 7 + 1e-12
    best, scales = np.full(len(rows), np.inf), most
    for share in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        scale = (most * share).astype(np.float16).astype(np.float32)[:, None] + 1e-12
        error = ((np.clip(np.round(rows / scale), -7, 7) * scale - rows) ** 2).sum(axis=1)
        scales = np.where(error < best, scale[:, 0], scales)
        best = np.minimum(error, best)
    return np.clip(np.round(rows / scales[:, None]), -7, 7).astype(np.int8), scales.astype(np.float32)


def stored(rows: np.ndarray, known: int) -> np.ndarray:
    """Return rows as the files of a model give them back: what the last stage is measured against."""
    small, scales = quantised(rows[:known])
    kept = small * scales.astype(np.float16).astype(np.float32)[:, None]
    return np.concatenate((kept, rows[known:])).astype(np.float32)


def main(folder: Path) -> None:
    traditional, simplified = traditional_characters()
    fold = static.folding(traditional, simplified)
    texts = {name: read() for name, read in READERS.items()}
    cut = {
        name: tuple([static.units(pair[side], fold) for pair in pairs] for side in (0, 1))
        for name, pairs in texts.items()
    }
    counts = Counter(
        unit for sides in cut.values() for side in sides for units, _ in side for unit in set(units)
    )
    total = sum(len(side) for sides in cut.values() for side in sides) / 2
    known = choose_vocabulary(counts)
    vocabulary = static.Vocabulary(known, buckets=BUCKETS)
    steps = vocabulary.steps()
    shares = np.array([counts[unit] for unit in known]) / total
    print({name: len(pairs) for name, pairs in texts.items()}, len(known), "units", flush=True)
    sets = {name: tuple(Texts.of(side, vocabulary, steps) for side in sides) for name, sides in cut.items()}
    del cut, counts

    trainer = Trainer(sets, shares)
    trainer.run(list(trainer.random_batches(RANDOM_PASSES)), RATE, "random")
    near = [*trainer.near_batches(NEAR_PASSES), *trainer.random_batches(BESIDE_PASSES)]
    trainer.run(near, RATE * 0.6, "near")
    pairs, labels = topic_pairs()
    sides = [Texts.of([static.units(p[side], fold) for p in pairs], vocabulary, steps) for side in (0, 1)]
    weigh(trainer, (sides[0], sides[1]), labels, unit_traits(known, shares, trainer.rows))

    rows = stored(trainer.rows.numpy(), len(known))
    lengths = np.linalg.norm(rows[len(known) :].reshape(3, BUCKETS, DIM), axis=2).mean(axis=1)
    pairs, told = teach.lessons(texts["jiyu"], ROOT / "build" / "teacher")
    sides = [Texts.of([static.units(p[side], fold) for p in pairs], vocabulary, steps) for side in (0, 1)]
    rows = teach.nudged(rows, len(known), (sides[0], sides[1]), told)
    small, scales = quantised(rows[: len(known)])
    config = {
        "dim": DIM,
        "buckets": BUCKETS,
        "bucket_scales": [round(float(length) / DIM**0.5, 6) for length in lengths],
        "traditional": traditional,
        "simplified": simplified,
    }
    name = static.save_static(folder, known=known, rows=small, scales=scales, config=config)
    size = sum((folder / file).stat().st_size for file in static.FILES)
    print(f"{name}: {size / 1e6:.2f} MB in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else static.FOLDER)
