"""Rebuild summarizer/common_words.csv and common_characters.csv: how common they are in ../shared/data.

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
CHARACTERS = ROOT / "summarizer" / "common_characters.csv"
LEAST = 1 / 5000
HEADER = "# Weight (ln of 1/frequency), {}. From jiyu_zh_en (Apache-2.0){}, by bench/build/common_words.py.\n"
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


def write(path: Path, header: str, weights: Iterable[tuple[str, float]], *, between: str) -> None:
    """Write a line for each weight: the weight, and all that has it."""
    groups: dict[float, list[str]] = {}
    for word, value in weights:
        groups.setdefault(value, []).append(word)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(header)
        for value in sorted(groups):
            out.write(f"{value:g},{between.join(sorted(groups[value]))}\n")


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
    characters = heavy({c for c in terms.plain(row[0]) if "\u3400" <= c <= "\u9fff"} for row in rows)
    write(OUT, HEADER.format("words", " and laws"), (*zh.items(), *en.items()), between=" ")
    write(CHARACTERS, HEADER.format("characters", ""), characters.items(), between="")
    print(f"{len(zh)} Chinese and {len(en)} English words, {len(characters)} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
