"""Measure the grouping on labelled news, pairs and streams, against char-TF-IDF with its best threshold.

``python bench/grouping.py`` prints one table. Needs ../shared/data (texts that are not in this repository).
The baselines choose their threshold on the very data they are judged on; ours is the shipped one.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import precision_recall_curve, roc_auc_score

from dibao.store import Item, Moment, Source
from dibao.summarizer.cluster import group
from dibao.summarizer.embed import embed_text, load_embedder
from dibao.summarizer.features import Candidate, read_features
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.pairs import likeness
from dibao.summarizer.terms import han_words

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = date(2026, 11, 21)
PRESS = Source(
    id="press", name_en="Press", name_zh="报纸", acronym="P", family="press", tier=3, jurisdiction="INT",
    kind="media", timezone="UTC", homepage="https://press.example/",
)  # fmt: skip


def rows(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def candidate(key: object, title: str, text: str, *, lang: str, day: date = DAY) -> Candidate:
    item = Item(
        id=f"{key:0>8}" if isinstance(key, int) else str(key), source_id="press", key=str(key),
        url=f"https://press.example/{key}", title=title, text=text, lang=lang, column="article",
        published=Moment(day=day), fetched_at=NOW,
    )  # fmt: skip
    return Candidate(item=item, source=PRESS, vector=load_embedder()([embed_text(item)])[0])


Pair = tuple[Candidate, Candidate, int]


def sohu() -> Iterator[Pair]:
    for n, row in enumerate(rows("sohu_sts/same_event.jsonl.gz")):
        one, two = (candidate(f"{n}{k}", row[k][:150], row[k], lang="zh") for k in ("text1", "text2"))
        yield one, two, row["label"]


def semeval(*langs: str) -> Iterator[Pair]:
    for row in rows("semeval22_news_similarity/pairs.jsonl.gz"):
        if {row["lang1"], row["lang2"]} == set(langs):
            texts = (row["text1"].partition("\n"), row["text2"].partition("\n"))
            one, two = (
                candidate(f"{row['pair_id']}{n}", t[0], t[2], lang=row[f"lang{n}"])
                for n, t in enumerate(texts, 1)
            )
            yield one, two, int(row["overall"] <= 2)


def news() -> list[tuple[Candidate, int]]:
    return [
        (
            candidate(
                r["doc_id"], r["title"] or "", r["text"] or "", lang="en",
                day=date.fromisoformat(r["date_publish"][:10]),
            ),
            r["event_id"],
        )
        for r in rows("news_cluster_en/articles.jsonl.gz")
    ]  # fmt: skip


def eco(lang: str) -> list[tuple[Candidate, int]]:
    return [
        (candidate(r["doc_id"], r["title"], "\n".join(r["sentences"]), lang=lang), r["event_id"])
        for r in rows(f"eco_events/{lang}.jsonl.gz")
    ]


def tfidf(texts: Sequence[str]) -> np.ndarray:
    made = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3), sublinear_tf=True, min_df=2).fit_transform(
        texts
    )
    return (made @ made.T).toarray()


def pairs_line(name: str, pairs: Sequence[Pair]) -> str:
    glossary = load_glossary()
    truth = [label for _, _, label in pairs]
    ours = [likeness(read_features(a, glossary), read_features(b, glossary))[0] for a, b, _ in pairs]
    close = tfidf([embed_text(c.item) for a, b, _ in pairs for c in (a, b)])
    base = [close[2 * n, 2 * n + 1] for n in range(len(pairs))]
    return (
        f"{name:22} pairs {len(pairs):6}"
        f"   AUC {roc_auc_score(truth, ours):.3f} best F1 {best_f1(truth, ours):.3f}"
        f"   TF-IDF AUC {roc_auc_score(truth, base):.3f} best F1 {best_f1(truth, base):.3f}"
    )


def best_f1(truth: Sequence[int], scores: Sequence[float]) -> float:
    precision, recall, _ = precision_recall_curve(truth, scores)
    return float(np.max(2 * precision * recall / (precision + recall + 1e-9)))


def streamed(items: Sequence[tuple[Candidate, int]]) -> list[int]:
    """Group day by day, as they come in; return each item's group."""
    from dibao.summarizer.cluster import OpenStory

    by_day: dict[date, list[Candidate]] = defaultdict(list)
    for c, _ in items:
        by_day[c.item.published.day if c.item.published else DAY].append(c)
    known = {c.item.id: c for c, _ in items}
    stories: dict[int, Any] = {}
    last = 0
    for day in sorted(by_day):
        opened = [
            OpenStory(story=s, candidates=tuple(known[i] for i in s.item_ids)) for s in stories.values()
        ]
        found = group(by_day[day], opened, now=NOW)
        for gone in found.merged:
            stories.pop(gone)
        for story in found.stories:
            last += story.id == 0
            number = story.id or last
            stories[number] = type(story)(
                id=number, members=story.members, head=story.head, day=story.day, version=story.version
            )
    home = {i: s.id for s in stories.values() for i in s.item_ids}
    return [home[c.item.id] for c, _ in items]


def linked(close: np.ndarray, least: float, allowed: np.ndarray) -> list[int]:
    """Return connected components over pairs at or above a threshold."""
    from scipy.sparse.csgraph import connected_components

    return list(connected_components((close >= least) & allowed, directed=False)[1])


def quality(truth: Sequence[int], found: Sequence[int]) -> tuple[float, float]:
    """Return (pairwise F1, BCubed F1)."""
    t = np.equal.outer(np.array(truth), np.array(truth))
    f = np.equal.outer(np.array(found), np.array(found))
    both = t & f
    upper = np.triu_indices(len(truth), 1)
    p, r = both[upper].sum() / max(1, f[upper].sum()), both[upper].sum() / max(1, t[upper].sum())
    bp, br = (both.sum(1) / f.sum(1)).mean(), (both.sum(1) / t.sum(1)).mean()
    return float(2 * p * r / max(1e-9, p + r)), float(2 * bp * br / (bp + br))


def stream_line(name: str, items: Sequence[tuple[Candidate, int]]) -> str:
    truth = [event for _, event in items]
    start = time.process_time()
    ours = quality(truth, streamed(items))
    spent = time.process_time() - start
    days = np.array([(c.item.published.day if c.item.published else DAY).toordinal() for c, _ in items])
    allowed = np.abs(np.subtract.outer(days, days)) <= 5
    close = tfidf([embed_text(c.item) for c, _ in items])
    base = max(quality(truth, linked(close, least, allowed)) for least in np.arange(0.1, 0.9, 0.02))
    return (
        f"{name:22} items {len(items):6}   pairwise F1 {ours[0]:.3f} BCubed F1 {ours[1]:.3f}"
        f"   TF-IDF {base[0]:.3f} / {base[1]:.3f}   {1000 * spent / len(items):.1f} ms an item"
    )


def cost_line(*sizes: int) -> str:
    """Time whole batches of made-up news: four reports an event, words drawn from the real events."""
    draw = random.Random(7836)
    pool = sorted({w for c, _ in eco("zh") for w in han_words(c.item.text[:400])})
    spent = []
    for size in sizes:
        items = []
        for event in range(size // 4):
            words = draw.choices(pool, k=30)
            items += [
                candidate(event * 4 + n, "".join(words[:8]), "，".join(draw.sample(words, 26)), lang="zh")
                for n in range(4)
            ]
        start = time.process_time()
        found = group(items, (), now=NOW)
        spent.append((time.process_time() - start) * 1000 / size)
        print(f"{'made up':22} items {size:6}   stories {len(found.stories)} of {size // 4}")
    return f"{'cost':22} " + "   ".join(
        f"{n}: {ms:.2f} ms an item" for n, ms in zip(sizes, spent, strict=True)
    )


def main() -> int:
    if not DATA.exists():
        print("grouping: ../shared/data is absent; nothing to measure")
        return 0
    print(pairs_line("sohu_sts same_event", list(sohu())))
    print(pairs_line("semeval en-en", list(semeval("en"))))
    print(pairs_line("semeval zh-zh", list(semeval("zh"))))
    print(pairs_line("semeval zh-en", list(semeval("zh", "en"))))
    print(stream_line("news_cluster_en", news()))
    print(stream_line("eco_events zh", eco("zh")))
    print(stream_line("eco_events en", eco("en")))
    print(cost_line(1000, 4000, 16000))
    return 0


if __name__ == "__main__":
    sys.exit(main())
