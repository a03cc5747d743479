"""Measure the grouping on labelled news beside its rivals: ``python bench/grouping.py`` prints one table.

The same as ``dibao eval grouping``. Needs ../shared/data (texts that are not in this repository).
"""

from __future__ import annotations

import sys
from pathlib import Path

from dibao.eval_grouping import measure
from dibao.eval_news import missing
from dibao.summarizer.embed import load_embedder

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"


def main() -> int:
    if why := missing(DATA):
        print(f"grouping: {why}; nothing to measure")
        return 0
    for line in measure(DATA, load_embedder()):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
