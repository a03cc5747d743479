"""`dibao eval grouping`: ours on every labelled set, beside char-TF-IDF with its best threshold and, on the
same vectors, HDBSCAN and community detection with their best settings.

The rivals choose their setting on the very data they are judged on; ours is the shipped one, with weights
that have not seen the fold of events that is judged: nothing of ours is judged on what it learned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dibao import eval_news as news
from dibao import eval_pairs as learn
from dibao.eval_news import Labelled, Pair
from dibao.summarizer.cluster import Stream
from dibao.summarizer.embed import Embedder, embed_text
from dibao.summarizer.features import rows as parts
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.pairs import Models

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAYS = 5
"""Days within which the rivals may link two items of a dated stream: the best for TF-IDF there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure of one method on one set."""

    set: str
    size: int
    method: str
    figures: dict[str, float]

    def __str__(self) -> str:
        shown = "  ".join(f"{name} {value:.3f}" for name, value in self.figures.items())
        return f"{self.set:<24} {self.size:>6}  {self.method:<22} {shown}"


def measure(data: Path, embedder: Embedder) -> Iterator[Line]:
    """Yield every figure, a set at a time."""
    sets = learn.training_sets(data, embedder)
    for title, name in (
        ("sohu_sts same_event", "sohu"),
        ("semeval en", "semeval_en"),
        ("semeval zh", "semeval_zh"),
        ("semeval zh-en", "semeval_zh_en"),
    ):
        yield from _pairs(title, sets.pairs[name], learn.cross_validated(sets, name, embedder))
    yield from _documents(data, embedder)
    news_found = _unseen(sets, "news", embedder)
    yield from _stream("news_cluster_en by date", sets.streams["news"], news_found)
    full = learn.learned(sets, embedder)
    for lang in ("zh", "en"):
        stream = news.eco(data, embedder, lang)
        yield from _stream(f"eco_events {lang}", stream, [(ALL, streamed(stream, full))])


Found = Sequence[tuple[frozenset[str] | None, Sequence[int]]]
"""Groups of a whole stream, each time with the events that are judged by them; None: all."""

ALL = None


def _unseen(sets: learn.TrainingSets, name: str, embedder: Embedder) -> Found:
    """Return the groups of a stream for each fold of events, by weights that have not seen these."""
    return [
        (held, streamed(sets.streams[name], learn.learned(rest, embedder)))
        for held, rest in sets.folded(name)
    ]


def _pairs(name: str, pairs: Sequence[Pair], ours: Sequence[float]) -> Iterator[Line]:
    truth = [pair.same for pair in pairs]
    grades = [pair.score for pair in pairs]
    cosine = [float(pair.one.vectors[1] @ pair.two.vectors[1]) for pair in pairs]
    texts = [text for pair in pairs for text in pair.texts]
    for method, scores in (
        ("ours", list(ours)),
        ("cosine alone", cosine),
        ("char-TF-IDF", _tfidf_pairs(texts)),
    ):
        figures = {"AUC": auc(truth, scores), "best F1": best_f1(truth, scores)}
        if any(grades):
            figures["Pearson"] = float(np.corrcoef(grades, scores)[0, 1])
        yield Line(set=name, size=len(pairs), method=method, figures=figures)


def _documents(data: Path, embedder: Embedder) -> Iterator[Line]:
    zh, en = news.documents(data, embedder)
    close = zh @ en.T
    top = float((close.argmax(1) == np.arange(len(close))).mean())
    yield Line(set="ntrex128 zh→en", size=len(close), method="ours", figures={"top-1": top})


def _stream(name: str, stream: Sequence[Labelled], ours: Found) -> Iterator[Line]:
    truth = [entry.event for entry in stream]

    def line(method: str, *found: tuple[frozenset[str] | None, Sequence[int]]) -> Line:
        pairwise, bcubed = judged(truth, found)
        figures = {"pairwise F1": pairwise, "BCubed F1": bcubed}
        return Line(set=name, size=len(stream), method=method, figures=figures)

    yield line("ours", *ours)
    days = np.array([_day(entry).toordinal() for entry in stream])
    allowed = np.abs(np.subtract.outer(days, days)) <= DAYS
    close = _tfidf([embed_text(entry.candidate.item) for entry in stream])
    steps = [linked(close, least, allowed) for least in np.arange(0.1, 0.9, 0.02)]
    yield line("char-TF-IDF", (ALL, max(steps, key=lambda found: quality(truth, found))))
    vectors = np.stack([parts(entry.candidate.vector)[1] for entry in stream])
    for method, tried in (("HDBSCAN", hdbscan), ("community_detection", communities)):
        yield line(method, (ALL, max(tried(vectors), key=lambda found: quality(truth, found))))


def streamed(stream: Sequence[Labelled], models: Models | None = None) -> list[int]:
    """Group day by day, as the items come in; return each item's group."""
    by_day: dict[date, list[Any]] = defaultdict(list)
    for entry in stream:
        by_day[_day(entry)].append(entry.candidate)
    line = Stream(load_glossary(), today=max(by_day), models=models)
    for day in sorted(by_day):
        line.take(by_day[day])
    homes = line.homes()
    return [homes[entry.candidate.item.id] for entry in stream]


def _day(entry: Labelled) -> date:
    published = entry.candidate.item.published
    return published.day if published else news.DAY


def hdbscan(vectors: NDArray[np.float32]) -> Iterator[list[int]]:
    """Yield the clusters of each setting; what it calls noise is alone."""
    from sklearn.cluster import HDBSCAN

    for least in (2, 3, 4, 5):
        for way in ("eom", "leaf"):
            found = HDBSCAN(min_cluster_size=least, min_samples=1, cluster_selection_method=way, copy=True)
            yield _noise_alone(found.fit_predict(vectors).tolist())


def communities(vectors: NDArray[np.float32]) -> Iterator[list[int]]:
    """Yield the clusters of each threshold."""
    from sentence_transformers.util import community_detection

    for least in np.arange(0.3, 0.85, 0.05):
        found = [-1] * len(vectors)
        groups = community_detection(vectors, threshold=float(least), min_community_size=2)
        for n, members in enumerate(groups):
            for member in members:
                found[member] = n
        yield _noise_alone(found)


def _noise_alone(found: Sequence[int]) -> list[int]:
    return [label if label >= 0 else -n - 1 for n, label in enumerate(found)]


def _tfidf(texts: Sequence[str]) -> NDArray[np.float64]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    reader = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    made = reader.fit_transform(texts)
    return np.asarray((made @ made.T).toarray())


def _tfidf_pairs(texts: Sequence[str]) -> list[float]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    reader = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    made = reader.fit_transform(texts)
    return np.asarray(made[0::2].multiply(made[1::2]).sum(1)).ravel().tolist()


def linked(close: NDArray[np.float64], least: float, allowed: NDArray[np.bool_]) -> list[int]:
    """Return connected components over pairs at or above a threshold."""
    from scipy.sparse.csgraph import connected_components

    return [int(label) for label in connected_components((close >= least) & allowed, directed=False)[1]]


def auc(truth: Sequence[bool], scores: Sequence[float]) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(truth, scores))


def best_f1(truth: Sequence[bool], scores: Sequence[float]) -> float:
    from sklearn.metrics import precision_recall_curve

    precision, recall, _ = precision_recall_curve(truth, scores)
    return float(np.max(2 * precision * recall / (precision + recall + 1e-9)))


def quality(truth: Sequence[str], found: Sequence[int]) -> tuple[float, float]:
    """Return (pairwise F1, BCubed F1)."""
    return judged(truth, [(ALL, found)])


def judged(truth: Sequence[str], folds: Found) -> tuple[float, float]:
    """Return (pairwise F1, BCubed F1) of groups of which each judges some events, from the sizes of overlaps.

    A pair put together wrongly is judged by the folds of both its events, and counts half in each.
    """
    sums = np.sum([_tallied(truth, found, events) for events, found in folds], axis=0)
    shared, left, right, precision, recall, size = sums.tolist()
    return 2 * shared / max(1.0, left + right), 2 * precision * recall / (precision + recall) / size


def _tallied(truth: Sequence[str], found: Sequence[int], events: frozenset[str] | None) -> list[float]:
    """Return pairs in common, in events, in groups; sums of precision and of recall; items."""
    both: dict[tuple[str, int], int] = defaultdict(int)
    left: dict[str, int] = defaultdict(int)
    right: dict[int, int] = defaultdict(int)
    inside: dict[int, int] = defaultdict(int)
    for event, group in zip(truth, found, strict=True):
        right[group] += 1
        if events is None or event in events:
            both[event, group] += 1
            left[event] += 1
            inside[group] += 1
    return [
        sum(n * (n - 1) / 2 for n in both.values()),
        sum(n * (n - 1) / 2 for n in left.values()),
        sum(n * (right[group] - 1) / 2 for group, n in inside.items()),
        sum(n * n / right[group] for (_, group), n in both.items()),
        sum(n * n / left[event] for (event, _), n in both.items()),
        float(sum(left.values())),
    ]
