"""Rebuild summarizer/common_words.csv: how common words are, counted once over ../shared/data.

Counted on jiyu_zh_en (260,000 web-mined sentences in each language; Apache-2.0 as published) and on the
sentences and titles of Chinese laws (cn_law_titles, official documents), with the same cutting as
``dibao.summarizer.terms``; a word takes the lower of its two weights, so that 金融机构 is not taken for
a rare word. Prints what it wrote.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from dibao.summarizer import terms

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
PAIRS = DATA / "jiyu_zh_en" / "pairs.tsv.gz"
LAWS = DATA / "cn_law_titles"
OUT = ROOT / "summarizer" / "common_words.csv"
LEAST = 1 / 5000
HEADER = (
    "# weight (ln of 1/frequency), words;"
    " by bench/build/common_words.py, from jiyu_zh_en (Apache-2.0), laws\n"
)
LEGAL_MOST = 7.0
"""The legal texts are too few (some 20,000 sentences) to say more than "common here"."""


def heavy(sentences: Iterable[set[str]]) -> dict[str, float]:
    """Return word → ln(1/frequency), rounded to a half, of words in at least one of 5,000 sentences."""
    counts: Counter[str] = Counter()
    total = 0
    for sentence in sentences:
        total += 1
        counts.update(sentence)
    return {w: round(2 * math.log(total / n)) / 2 for w, n in counts.items() if n >= total * LEAST}


def lines(path: Path) -> list[str]:
    """Return the lines of a gzip file."""
    return gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()


def legal() -> Iterable[set[str]]:
    """Yield the words of each sentence of the financial laws and of each title of a law."""
    with zipfile.ZipFile(LAWS / "finance_law_texts.zip") as texts:
        names = [n for n in texts.namelist() if n.endswith(".md")]
        bodies = "\n".join(texts.read(name).decode("utf-8") for name in names)
    titles = [json.loads(row)["title"] for row in lines(LAWS / "titles.jsonl.gz")]
    for sentence in (*re.split(r"[\n。；]", bodies), *titles):
        if len(sentence) > 7:
            yield {*terms.han_words(sentence), *terms.han_pairs(sentence)}


def main() -> int:
    if not PAIRS.exists():
        print("common_words: ../shared/data/jiyu_zh_en is absent; the shipped table stays as it is")
        return 0
    rows = [line.split("\t") for line in lines(PAIRS)]
    zh = heavy({*terms.han_words(row[0]), *terms.han_pairs(row[0])} for row in rows)
    for word, value in heavy(legal()).items():
        if value <= LEGAL_MOST:
            zh[word] = min(value, zh.get(word, value))
    en = heavy(set(terms.latin_words(row[1])) for row in rows if len(row) > 1)
    groups: dict[float, list[str]] = {}
    for word, value in (*zh.items(), *en.items()):
        groups.setdefault(value, []).append(word)
    with OUT.open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEADER)
        for value in sorted(groups):
            out.write(f"{value:g},{' '.join(sorted(groups[value]))}\n")
    print(f"{OUT.name}: {len(zh)} Chinese, {len(en)} English, {OUT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
