"""How fast facts are read, by language, and as a ratio to cutting the same texts into words as jieba does.

    PYTHONPATH=. python bench/facts.py [--profile]

Documents of 3,000 characters put together from the labelled ones; one core. A ratio holds on any machine:
0.5 means that all facts of a document take twice as long as cutting it into words once.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import rjieba

from dibao.crawler.source import load
from dibao.facts_quality import labelled
from dibao.store import Item, Source, family
from dibao.summarizer.facts import read_facts
from dibao.summarizer.glossary import load_glossary

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


def fastest(work: Callable[[], object]) -> float:
    """Return the seconds of the fastest of some rounds: the others waited for something else."""
    return min(_seconds(work) for _ in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measured() -> Iterator[str]:
    glossary = load_glossary()
    for lang in ("zh", "en"):
        docs = documents(lang)

        def read(docs: list[tuple[Item, Source]] = docs) -> None:
            for item, source in docs:
                read_facts(item, source=source, glossary=glossary)

        def cut(docs: list[tuple[Item, Source]] = docs) -> None:
            for item, _ in docs:
                rjieba.cut(item.text)

        read()
        reading, cutting = fastest(read), fastest(cut)
        yield (
            f"{lang}: {len(docs) / reading:6.0f} documents of {LENGTH:,} characters a second;"
            f" {cutting / reading:.2f} of the speed of rjieba.cut"
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
        times.append(
            _seconds(lambda text=text: read_facts(replace(item, text=text), source=source, glossary=glossary))
        )
    return f"0.6, 1.2 and 5 million characters: {', '.join(f'{t:.1f} s' for t in times)}"


if __name__ == "__main__":
    if "--profile" in sys.argv:
        profile()
    else:
        for line in measured():
            print(line)
        print(long_document())
