"""How fast briefs are written, and how good the chosen sentences and the headlines are.

    PYTHONPATH=. python bench/briefs.py [--profile]

Speed: stories a second of one core, both languages, gate and agreement included, over the demo's stories and
over real laws; also as a ratio to cutting the same texts into words by rjieba, the same on any machine.
Quality: the sentence that a Chinese brief would quote first against the headline that a person wrote (LCSTS),
and the best of a long article against its editor's summary (CLTS), each beside the sentences that come first;
headlines in the other language against the renderings written for the project. Gate: single errors planted
into briefs of documents that it was not tuned on. What needs ../shared/data is
left out where that folder is not.
"""

from __future__ import annotations

import cProfile
import functools
import gc
import gzip
import itertools
import json
import pstats
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import rjieba

from dibao.crawler.source import load
from dibao.facts_quality import SHARED, labelled
from dibao.store import Item, Source, Store, family
from dibao.summarizer.evals.alone import alone
from dibao.summarizer.evals.briefs import evaluate
from dibao.summarizer.evals.headlines import cases, measure
from dibao.summarizer.evals.overlap import chrf, rouge_l
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.language import sentences
from dibao.summarizer.run import story_inputs
from dibao.summarizer.writers.extract import best, passages
from dibao.summarizer.writers.known import StoryInput
from dibao.summarizer.writers.writer import EmbeddedWriter
from tests import demo

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROUNDS = 5


def demo_stories() -> list[StoryInput]:
    with tempfile.TemporaryDirectory() as folder:
        done = demo.run(Path(folder))
        with Store(done.settings.path(done.settings.database), writable=False) as store:
            return list(story_inputs(store))


def law_stories() -> list[StoryInput]:
    """Return a story for each law of the shared set: whole texts, 2,000 to 40,000 characters."""
    file = SHARED / "cn_law_titles" / "finance_law_texts.zip"
    if not file.is_file():
        return []
    like = next(doc.item for doc in labelled() if family(doc.item.lang) == "zh")
    found = []
    with zipfile.ZipFile(file) as bundle:
        for name in sorted(n for n in bundle.namelist() if n.endswith(".md")):
            text = bundle.read(name).decode()
            item = replace(like, id=f"{len(found):016x}", title=Path(name).stem, text=text, labels=())
            found.append(alone(item, _source(item.source_id, 1), load_glossary(), id=len(found)))
    return found


def _source(id: str, tier: int) -> Source:
    return Source(
        id=id, name_en="bench", name_zh="测试", acronym="", family="bench", tier=tier, jurisdiction="CN",
        kind="regulator" if tier < 3 else "media", timezone="Asia/Shanghai", homepage="https://example.org/",
    )  # fmt: skip


def forget() -> None:
    """Empty the caches that hold texts; those of tables have no bound, and stay."""
    for cached in gc.get_objects():
        if isinstance(cached, functools._lru_cache_wrapper):
            bounded = cached.cache_parameters()["maxsize"] is not None
            if bounded and str(cached.__module__).startswith("dibao.summarizer"):
                cached.cache_clear()


def speed(name: str, stories: Sequence[StoryInput]) -> str:
    writer = EmbeddedWriter()

    def write() -> None:
        for _ in writer.write(stories, now=NOW):
            pass

    def cut() -> None:
        for story in stories:
            for item in story.items:
                rjieba.cut(f"{item.title}\n{item.text}")

    write()  # tables are read once for a process
    writing, cutting = [], []
    for _ in range(ROUNDS):
        forget()
        writing.append(_seconds(write))
        cutting.append(_seconds(cut))
    letters = sum(len(item.text) for story in stories for item in story.items) / len(stories)
    return (
        f"{name}: {len(stories) / min(writing):.0f} stories a second of {letters:,.0f} characters"
        f" ({len(stories)} stories, both languages, gate included);"
        f" {min(writing) / min(cutting):.1f} times as long as rjieba.cut"
    )


def _seconds(work: object) -> float:
    start = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - start


def extraction() -> Iterator[str]:
    source = _source("bench", 3)
    if (file := SHARED / "lcsts_test" / "pairs.jsonl.gz").is_file():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        # every second pair was looked at when the weights were set
        for name, part in (("learned", rows[::2]), ("held", rows[1::2])):
            pairs = [(row["text"].strip(), row["summary"].strip()) for row in part]
            yield _compared(f"LCSTS {name}, one sentence", pairs, source, most=1)
    if (file := SHARED / "clts_samples" / "samples.jsonl").is_file():
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        pairs = [(row["article"], row["summary"]) for row in rows]
        for most in (1, 3):
            yield _compared(f"CLTS, {most} of the sentences", pairs, source, most=most)


def _compared(name: str, pairs: list[tuple[str, str]], source: Source, *, most: int) -> str:
    chosen = [(_chosen(text, source, most), wanted) for text, wanted in pairs]
    first = [(_first(text, most), wanted) for text, wanted in pairs]
    return (
        f"{name} ({len(pairs)}): ROUGE-L {_mean(chosen):.4f}, chrF {chrf(chosen):.2f};"
        f" the first: {_mean(first):.4f}, {chrf(first):.2f}"
    )


def _mean(pairs: list[tuple[str, str]]) -> float:
    return sum(rouge_l(text, wanted) for text, wanted in pairs) / len(pairs)


def _chosen(text: str, source: Source, most: int) -> str:
    item = Item(
        id="0" * 16, source_id=source.id, key="k", url="https://example.org/", title="", text=text,
        lang="zh-Hans", column="news", published=None, fetched_at=NOW,
    )  # fmt: skip
    found = best(passages([item], {}, {source.id: source}), lang="zh", most=most, said="")
    return "".join(extract.evidence.quote for extract in found)


def _first(text: str, most: int) -> str:
    return "".join(text[start:end] for start, end in sentences(text, "zh-Hans", most=most))


def headlines() -> Iterator[str]:
    glossary = load_glossary()
    for lang, name in (("zh", "Chinese titles in English"), ("en", "English titles in Chinese")):
        for held in (False, True):
            given = [case for case in cases() if case.lang == lang and case.held == held]
            found = measure(given, glossary)
            yield (
                f"{name}, {'held' if held else 'learned'} ({found.titles}): {found.whole:.0%} told whole,"
                f" chrF {found.chrf:.1f} ({found.chrf_whole:.1f} of those), glossary terms in official words"
                f" {found.terms:.1%}, characters known {found.coverage:.1%}"
            )


def gate(laws: Sequence[StoryInput]) -> Iterator[str]:
    """Errors planted into briefs of documents that the gate was not tuned on."""
    sources = {id: spec.source for id, spec in load().items()}
    glossary = load_glossary()
    docs = [alone(doc.item, sources[doc.source_id], glossary) for doc in labelled()]
    for name, stories in (("labelled documents", docs), ("laws", laws), ("news", news_stories(sources))):
        if not stories:
            continue
        found = evaluate(stories, with_clauses=False)
        kinds = ", ".join(
            f"{kind} {count.caught}/{count.planted}" for kind, count in found.kinds.items() if count.planted
        )
        yield (
            f"gate, {name} ({len(stories)}): {found.caught} of {found.planted} planted errors"
            f" ({found.caught / found.planted:.2%}), {found.false_alarms} of {found.true} true sentences"
            f" refused ({found.false_alarm_share:.2%}); {kinds}"
        )


def news_stories(sources: Mapping[str, Source]) -> list[StoryInput]:
    """Return the evening news of Chinese television and English articles, as reports."""
    found = []
    for file, lang, source in (
        (SHARED / "xinwenlianbo" / "items.jsonl.gz", "zh", "cn-36kr"),
        (SHARED / "news_cluster_en" / "articles.jsonl.gz", "en", "us-sec"),
    ):
        if not file.is_file():
            return []
        like = next(doc.item for doc in labelled() if family(doc.item.lang) == lang)
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                text = row.get("content") or row.get("text") or ""
                item = replace(
                    like, id=f"{len(found):016x}", source_id=source, title=(row["title"] or "")[:200],
                    text=text, labels=(), column="article",
                )  # fmt: skip
                found.append(alone(item, sources[source], load_glossary(), id=len(found)))
    return found


def profile(stories: Sequence[StoryInput]) -> None:
    list(EmbeddedWriter().write(stories, now=NOW))
    forget()
    profiler = cProfile.Profile()
    profiler.enable()
    list(EmbeddedWriter().write(stories, now=NOW))
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


def main() -> int:
    stories = demo_stories()
    if "--profile" in sys.argv:
        profile(stories)
        return 0
    print(speed("demo", stories), flush=True)
    laws = law_stories()
    if laws:
        print(speed("laws", laws), flush=True)
    for line in itertools.chain(extraction(), headlines(), gate(laws)):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
