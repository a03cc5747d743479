"""How fast facts are read, by language, also as a ratio to cutting the same texts into words (jieba's way).

    PYTHONPATH=. python bench/facts.py [--profile]

Documents of 3,000 characters: real laws and news articles where they lie beside the checkout, and labelled
documents put together, which hold many times more facts a page than any real one. CPU time of one core. A
ratio says the same on any machine: 2 means that all facts take half as long as one cut into words by
jieba.lcut. That is measured where jieba is installed (40 MB of dictionaries, so it is no dependency of
ours), else rjieba, the same in Rust and some forty times as fast.
"""

from __future__ import annotations

import cProfile
import gzip
import itertools
import json
import pstats
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

from dibao.crawler.source import load
from dibao.facts_quality import SHARED, labelled
from dibao.store import Item, Source, family
from dibao.summarizer.facts import read_facts
from dibao.summarizer.glossary import load_glossary

try:
    from jieba import lcut as cut_words

    CUTTER = "jieba.lcut"
except ImportError:
    from rjieba import cut as cut_words

    CUTTER = "rjieba.cut"

LENGTH = 3000
ROUNDS = 3


def documents(lang: str) -> list[tuple[Item, Source]]:
    """Return documents of LENGTH characters of one language: each begins as a labelled one, others follow."""
    sources = {id: spec.source for id, spec in load().items()}
    parts = [doc for doc in labelled() if family(doc.item.lang) == lang]
    made = []
    for number, doc in enumerate(parts):
        text = "\n".join(part.item.text for part in (*parts[number:], *parts[:number]))
        made.append((replace(doc.item, text=text[:LENGTH]), sources[doc.source_id]))
    return made


def real(lang: str) -> list[tuple[Item, Source]]:
    """Return texts of LENGTH characters that nobody here wrote; none without the folder beside us."""
    sources = {id: spec.source for id, spec in load().items()}
    like = next(doc.item for doc in labelled() if family(doc.item.lang) == lang)
    texts: list[str] = []
    if lang == "zh" and (file := SHARED / "cn_law_titles" / "finance_law_texts.zip").is_file():
        with zipfile.ZipFile(file) as bundle:
            texts = [bundle.read(name).decode() for name in bundle.namelist() if name.endswith(".md")]
    elif lang == "en" and (file := SHARED / "news_cluster_en" / "articles.jsonl.gz").is_file():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line).get("text") or "" for line in itertools.islice(lines, 1000)]
    long = [text[:LENGTH] for text in texts if len(text) >= LENGTH][:60]
    source = sources["cn-gov-zhengce" if lang == "zh" else "us-sec"]
    return [(replace(like, text=text, labels=()), source) for text in long]


def fastest(work: Callable[[], object]) -> float:
    """Return the seconds of the fastest of some rounds: the others waited for something else."""
    return min(_seconds(work) for _ in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def measured() -> Iterator[str]:
    for lang in ("zh", "en"):
        for name, docs in (("real", real(lang)), ("dense", documents(lang))):
            if docs:
                yield f"{lang} {name:<5} {_speed(docs)}"


def _speed(docs: list[tuple[Item, Source]]) -> str:
    glossary = load_glossary()

    def read() -> None:
        for item, source in docs:
            read_facts(item, source=source, glossary=glossary)

    def cut() -> None:
        for item, _ in docs:
            cut_words(item.text)

    read()
    cut()
    reading, cutting = fastest(read), fastest(cut)
    return (
        f"{len(docs) / reading:6.0f} documents of {LENGTH:,} characters a second;"
        f" {cutting / reading:.3f} of the speed of {CUTTER}"
    )


def profile() -> None:
    glossary = load_glossary()
    for lang in ("zh", "en"):
        docs = documents(lang)
        profiler = cProfile.Profile()
        profiler.enable()
        for item, source in docs:
            read_facts(item, source=source, glossary=glossary)
        profiler.disable()
        print(lang, len(docs))
        pstats.Stats(profiler).sort_stats("tottime").print_stats(22)


def long_document() -> str:
    """Five megabytes end, and in time that grows with the length only."""
    glossary = load_glossary()
    item, source = documents("zh")[0]
    times = []
    for size in (625_000, 1_250_000, 5_000_000):
        text = (item.text * (size // LENGTH + 1))[:size]
        long = replace(item, text=text)
        times.append(_seconds(lambda long=long: read_facts(long, source=source, glossary=glossary)))
    return f"0.6, 1.2 and 5 million characters: {', '.join(f'{t:.1f} s' for t in times)}"


if __name__ == "__main__":
    if "--profile" in sys.argv:
        profile()
    else:
        for line in measured():
            print(line)
        print(long_document())
