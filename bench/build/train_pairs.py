"""Fit the curves that say whether two items report one event: labelled news → summarizer/pair_weights.json.

``make pairs``, half a minute on one core. What is learned from: sohu_sts/same_event, semeval22,
news_cluster_en, uci_headlines, xinwenlianbo (the items of one evening are different events), FLORES-200
passages as texts of one content in two languages. eco_events (non-commercial) is for measuring only.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from dibao import eval_news as news
from dibao import eval_pairs as learn
from dibao.summarizer.embed import load_embedder

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "summarizer" / "pair_weights.json"


def main(data: Path) -> int:
    if why := news.missing(data):
        print(f"train_pairs: {why}", file=sys.stderr)
        return 1
    embedder = load_embedder()
    models = learn.learned(learn.training_sets(data, embedder), embedder)
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(models), indent=1) + b"\n")
    print(f"{models.story}\n{OUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"))
