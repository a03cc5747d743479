"""Measure the embedded model on ../shared/data against char-TF-IDF, in one run: quality, speed, size, load.

Nothing measured here was trained on (bench/build/train_model.py lists what was). "both" is the mean of the
two cosines, without any tuning. `--json FILE` also writes the figures.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score

from dibao.summarizer.static_model import FILES, FOLDER, load_static

DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
LEAD = 400
"""Characters of an article that are embedded with its title, as the pipeline does."""

Encode = Callable[[Sequence[str]], np.ndarray]
THRESHOLDS = tuple(round(0.3 + 0.05 * step, 2) for step in range(13))


def jsonl(name: str) -> list[dict[str, Any]]:
    path = DATA / name
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def translations() -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield (name, Chinese texts, English texts), the nth of which are translations."""
    ntrex = jsonl("ntrex128/en_zh.jsonl")
    for key in ("zh_cn", "zh_tw"):
        yield f"ntrex sentences {key}→en", [r[key] for r in ntrex], [r["en"] for r in ntrex]
    documents: dict[str, list[dict[str, Any]]] = {}
    for row in ntrex:
        documents.setdefault(row["doc_id"], []).append(row)
    whole = list(documents.values())
    chinese, english = (
        ["".join(r["zh_cn"] for r in d) for d in whole],
        [" ".join(r["en"] for r in d) for d in whole],
    )
    yield "ntrex documents zh_cn→en", chinese, english
    yield f"ntrex documents, {LEAD} chars", [t[:LEAD] for t in chinese], [t[:LEAD] for t in english]
    flores = jsonl("flores200/dev.jsonl")
    yield "flores200 dev zh→en", [r["zh_hans"] for r in flores], [r["en"] for r in flores]


def groups() -> Iterator[tuple[str, list[str], list[Any]]]:
    """Yield (name, texts, story of each)."""
    news = jsonl("news_cluster_en/articles.jsonl.gz")
    yield (
        "news_cluster_en",
        [f"{r['title']}\n{(r['text'] or '')[:LEAD]}" for r in news],
        [r["event_id"] for r in news],
    )
    uci = jsonl("uci_headlines/headlines.jsonl.gz")
    yield "uci_headlines", [r["title"] for r in uci], [r["story"] for r in uci]
    for lang in ("zh", "en"):
        rows = jsonl(f"eco_events/{lang}.jsonl.gz")
        texts = [f"{r['title']}\n{' '.join(r['sentences'])[:LEAD]}" for r in rows]
        yield f"eco_events {lang}", texts, [r["event_id"] for r in rows]


def tfidf(texts: Sequence[str]) -> Any:
    """Return char-TF-IDF fitted on the very texts it is measured on: the friend of every baseline."""
    made = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2)
    return made.fit(texts)


def best_f1(same: np.ndarray, score: np.ndarray) -> tuple[float, float]:
    """Return the best F1 over all thresholds, and the threshold."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(same[order])
    f1 = 2 * hits / (np.arange(1, len(same) + 1) + same.sum())
    return float(f1.max()), float(score[order][f1.argmax()])


def f1_at(same: np.ndarray, score: np.ndarray, threshold: float) -> float:
    said = score >= threshold
    return float(2 * (said & (same > 0)).sum() / max(1, said.sum() + same.sum()))


def measure_translation(encode: Encode) -> dict[str, Any]:
    found = {}
    for name, chinese, english in translations():
        scores = encode(chinese) @ encode(english).T
        found[name] = {"top-1": share_first(scores), "en→zh": share_first(scores.T), "of": len(scores)}
    return found


def share_first(scores: np.ndarray) -> float:
    return float((scores.argmax(axis=1) == np.arange(len(scores))).mean())


def measure_pairs(encode: Encode) -> dict[str, Any]:
    found = {}
    semeval = jsonl("semeval22_news_similarity/pairs.jsonl.gz")
    for langs in (("zh", "en"), ("zh", "zh"), ("en", "en")):
        rows = [r for r in semeval if (r["lang1"], r["lang2"]) in (langs, langs[::-1])]
        overall = np.array([r["overall"] for r in rows])
        for way, score in pair_scores(encode, [r["text1"] for r in rows], [r["text2"] for r in rows]):
            found[f"semeval22 {'-'.join(langs)} ({len(rows)}) {way}"] = {
                "AUC": float(roc_auc_score(overall <= 2, score)),
                "Pearson": float(np.corrcoef(-overall, score)[0, 1]),
            }
    for name in ("same_event", "same_topic"):
        rows = jsonl(f"sohu_sts/{name}.jsonl.gz")
        label = np.array([r["label"] for r in rows])
        seen = ", trained on" if name == "same_topic" else ""
        for way, score in pair_scores(encode, [r["text1"] for r in rows], [r["text2"] for r in rows]):
            f1, at = best_f1(label, score)
            found[f"sohu_sts {name} ({len(rows)}{seen}) {way}"] = {
                "AUC": float(roc_auc_score(label, score)),
                "best F1": f1,
                "at": at,
            }
    return found


def pair_scores(encode: Encode, left: list[str], right: list[str]) -> Iterator[tuple[str, np.ndarray]]:
    dense = (encode(left) * encode(right)).sum(axis=1)
    made = tfidf(left + right)
    lexical = np.asarray(made.transform(left).multiply(made.transform(right)).sum(axis=1)).ravel()
    yield from (("model", dense), ("tf-idf", lexical), ("both", (dense + lexical) / 2))


def measure_groups(encode: Encode) -> dict[str, Any]:
    found = {}
    for name, texts, stories in groups():
        numbers = np.unique(np.array(stories), return_inverse=True)[1]
        i, j = np.triu_indices(len(texts), 1)
        same = (numbers[i] == numbers[j]).astype(int)
        vectors, bags = encode(texts), tfidf(texts).transform(texts)
        dense, lexical = (vectors @ vectors.T)[i, j], (bags @ bags.T).toarray()[i, j]
        for way, score in (("model", dense), ("tf-idf", lexical), ("both", (dense + lexical) / 2)):
            f1, at = best_f1(same, score)
            found[f"{name} ({len(texts)}) {way}"] = {
                "AUC": float(roc_auc_score(same, score)), "best pairwise F1": f1, "at": at,
            }  # fmt: skip
        by = {f"{t:.2f}": round(f1_at(same, dense, t), 3) for t in THRESHOLDS}
        found[f"{name} by threshold, model"] = by
    return found


def measure_speed(encode: Encode) -> dict[str, Any]:
    """Return texts a second of this process's own time, on one core; best of five."""
    rows = jsonl("wmt_zh_en/newstest2018.jsonl")
    chinese, english = "".join(r["zh"] for r in rows), " ".join(r["en"] for r in rows)
    words = english.split()
    sets = {
        "zh headlines of 20 characters": [chinese[at : at + 20] for at in range(0, 80_000, 20)],
        "en headlines of 20 words": [" ".join(words[at : at + 20]) for at in range(0, 60_000, 20)],
        "zh articles of 1,000 characters": [chinese[at : at + 1000] for at in range(0, 160_000, 500)],
        "en articles of 1,000 characters": [english[at : at + 1000] for at in range(0, 400_000, 500)],
    }
    return {
        name: {"texts/s": round(max(rate(encode, texts) for _ in range(5)))} for name, texts in sets.items()
    }


def rate(encode: Encode, texts: Sequence[str]) -> float:
    began = time.process_time()
    encode(texts)
    return len(texts) / (time.process_time() - began)


def measure_load() -> dict[str, Any]:
    """Return what loading takes in a fresh process, and whether torch came with it."""
    code = (
        "import time, sys, numpy; from dibao.summarizer import static_model as s;"
        "w, c = time.perf_counter(), time.process_time(); s.load_static();"
        "print(time.perf_counter() - w, time.process_time() - c, 'torch' in sys.modules)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(3)
    ]
    fastest = min(runs, key=lambda run: float(run[0]))
    size = sum((FOLDER / name).stat().st_size for name in FILES) / 1e6
    return {
        "load": {
            "wall s": float(fastest[0]),
            "cpu s": float(fastest[1]),
            "imports torch": fastest[2] == "True",
        },
        "size": {"MB": round(size, 2)},
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", type=Path)
    encode = load_static()
    found = {
        "model": {encode.name: {"dim": encode.dim, "known units": encode.vocabulary.known}},
        "load and size": measure_load(),
        "speed, one core": measure_speed(encode),
        "translation found first": measure_translation(encode),
        "pairs": measure_pairs(encode),
        "groups": measure_groups(encode),
    }
    for section, rows in found.items():
        print(f"\n{section}")
        for name, figures in rows.items():
            said = "  ".join(
                f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items()
            )
            print(f"  {name:<48} {said}")
    if (path := asked.parse_args().json) is not None:
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
