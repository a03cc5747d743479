"""`dibao eval grouping`: ours on every labelled set, beside char-TF-IDF with its best threshold and, on the
same vectors, HDBSCAN and community detection with their best settings.

The rivals choose their setting on the very data they are judged on; ours is the shipped one, with weights
that have not seen the set (streams) or the fold (pairs): nothing of ours is judged on what it learned.
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
    yield from _pairs("sohu_sts same_event", sets.pairs["sohu"], _folded(sets, "sohu", "zh"))
    for name, lang, langs in (
        ("semeval_en", "en", ("en",)),
        ("semeval_zh", "zh", ("zh",)),
        ("semeval_zh_en", "across", ("zh", "en")),
    ):
        pairs = news.semeval(data, embedder, *langs)
        yield from _pairs(f"semeval {'-'.join(langs)}", pairs, _folded(sets, name, lang, pairs))
    yield from _documents(data, embedder)
    unseen = learn.learned(sets.without("news"), embedder)
    yield from _stream("news_cluster_en by date", sets.streams["news"], unseen)
    full = learn.learned(sets, embedder)
    for lang in ("zh", "en"):
        yield from _stream(f"eco_events {lang}", news.eco(data, embedder, lang), full)


def _folded(
    sets: learn.TrainingSets, name: str, lang: str, pairs: Sequence[Pair] | None = None
) -> list[float]:
    """Return the odds of each pair of a set, fitted to the other sets and to the other folds of this one."""
    measured = sets.pairs[name] if pairs is None else pairs
    shares = learn.SHARES[lang]
    chosen = {k: (sets.pairs[k], share) for k, share in shares.items() if k != name}
    others = learn.balanced(chosen)
    weight = shares[name] * len(others[0]) / len(measured)
    return learn.cross_validated(measured, others, weight=weight, rules=learn.RULES[lang])


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


def _stream(name: str, stream: Sequence[Labelled], models: Models) -> Iterator[Line]:
    truth = [entry.event for entry in stream]

    def line(method: str, found: Sequence[int]) -> Line:
        pairwise, bcubed = quality(truth, found)
        figures = {"pairwise F1": pairwise, "BCubed F1": bcubed}
        return Line(set=name, size=len(stream), method=method, figures=figures)

    yield line("ours", streamed(stream, models))
    days = np.array([_day(entry).toordinal() for entry in stream])
    allowed = np.abs(np.subtract.outer(days, days)) <= DAYS
    close = _tfidf([embed_text(entry.candidate.item) for entry in stream])
    steps = [linked(close, least, allowed) for least in np.arange(0.1, 0.9, 0.02)]
    yield line("char-TF-IDF", max(steps, key=lambda found: quality(truth, found)))
    vectors = np.stack([parts(entry.candidate.vector)[1] for entry in stream])
    for method, tried in (("HDBSCAN", hdbscan), ("community_detection", communities)):
        yield line(method, max(tried(vectors), key=lambda found: quality(truth, found)))


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


def quality(truth: Sequence[object], found: Sequence[object]) -> tuple[float, float]:
    """Return (pairwise F1, BCubed F1), from the sizes of the overlaps: linear in the number of items."""
    both: dict[tuple[object, object], int] = defaultdict(int)
    left: dict[object, int] = defaultdict(int)
    right: dict[object, int] = defaultdict(int)
    for event, group in zip(truth, found, strict=True):
        both[event, group] += 1
        left[event] += 1
        right[group] += 1

    def couples(sizes: dict[Any, int]) -> int:
        return sum(n * (n - 1) // 2 for n in sizes.values())

    shared, precision, recall = couples(both), 0.0, 0.0
    for (event, group), n in both.items():
        precision += n * n / right[group]
        recall += n * n / left[event]
    pairwise = 2 * shared / max(1, couples(left) + couples(right))
    return pairwise, 2 * precision * recall / (precision + recall) / len(truth)
