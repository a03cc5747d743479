"""Labelled news in ../shared/data → candidates with vectors, as pairs or as streams with their events.

The texts are not in this repository; ``missing`` says so in one line.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dibao.store import Item, Moment, Source
from dibao.summarizer.embed import LEAD, Embedder
from dibao.summarizer.features import Candidate, Features, embed_parts, read_features
from dibao.summarizer.glossary import load_glossary

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
PRESS = Source(
    id="press", name_en="Press", name_zh="报纸", acronym="P", family="press", tier=3, jurisdiction="INT",
    kind="media", timezone="UTC", homepage="https://press.example/",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two items, whether they report one event, and the group that no fold may tear apart."""

    one: Features
    two: Features
    same: bool
    block: str
    texts: tuple[str, str] = ("", "")
    """Title and lead of both, for rivals that read for themselves."""
    score: float = 0.0
    """The annotators' grade, higher is more alike, where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An item of a stream and the event that it reports."""

    candidate: Candidate
    event: str


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    """Return the objects of one gzipped JSONL file."""
    with gzip.open(data / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def items(
    embedder: Embedder,
    texts: Iterable[tuple[str, str, str, str, date]],
    *,
    outlets: Sequence[str] = (),
) -> list[Candidate]:
    """Return candidates of (key, title, text, language, day), embedded in one go.

    ``outlets``: who published each. Where the data does not say, each text is taken to be another's.
    """
    made = [
        Item(
            id=key, source_id=key, key=key, url=f"{PRESS.homepage}{key}", title=title, text=text,
            lang=lang, column="article", published=Moment(day=day), fetched_at=NOW,
        )
        for key, title, text, lang, day in texts
    ]  # fmt: skip
    made = [replace(i, source_id=o) for i, o in zip(made, outlets or [i.id for i in made], strict=True)]
    flat = [part for item in made for part in embed_parts(item)]
    vectors = embedder(flat).reshape(len(made), 3, -1) if made else np.zeros((0, 3, 1), np.float32)
    sources = {name: replace(PRESS, id=name, family=name) for name in {i.source_id for i in made}}
    return [
        Candidate(item=i, source=sources[i.source_id], vector=v) for i, v in zip(made, vectors, strict=True)
    ]


def read(candidates: Iterable[Candidate]) -> list[Features]:
    glossary = load_glossary()
    return [read_features(candidate, glossary) for candidate in candidates]


def sohu(data: Path, embedder: Embedder) -> list[Pair]:
    """Short Chinese texts, strictly one event or not."""
    found = rows(data, "sohu_sts/same_event.jsonl.gz")
    sides = [
        (f"{n}{k}", r[k][:150], r[k], "zh", DAY) for n, r in enumerate(found) for k in ("text1", "text2")
    ]
    features = read(items(embedder, sides))
    blocks = _blocks([(r["text1"], r["text2"]) for r in found])
    return [
        Pair(
            one=features[2 * n],
            two=features[2 * n + 1],
            same=bool(r["label"]),
            block=blocks[n],
            texts=(_lead(sides[2 * n]), _lead(sides[2 * n + 1])),
        )
        for n, r in enumerate(found)
    ]


def semeval(data: Path, embedder: Embedder, *langs: str) -> list[Pair]:
    """News articles of one language or of two; up to grade 2 they are taken for one event."""
    found = [
        r
        for r in rows(data, "semeval22_news_similarity/pairs.jsonl.gz")
        if {r["lang1"], r["lang2"]} == set(langs)
    ]
    sides = []
    for row in found:
        for n in ("1", "2"):
            sides.append((f"{row['pair_id']}{n}", *titled(row[f"text{n}"]), row[f"lang{n}"], DAY))
    features = read(items(embedder, sides))
    blocks = _blocks([(r["text1"], r["text2"]) for r in found])
    return [
        Pair(
            one=features[2 * n], two=features[2 * n + 1], same=r["overall"] <= 2, block=blocks[n],
            score=-r["overall"],
            texts=(_lead(sides[2 * n]), _lead(sides[2 * n + 1])),
        )
        for n, r in enumerate(found)
    ]  # fmt: skip


UNTITLED = 200
"""A first line longer than this is no title: the set lost the line break after it."""


def titled(text: str) -> tuple[str, str]:
    """Return the title and the text; where no line break parts them, the title is the beginning."""
    title, _, rest = text.partition("\n")
    if len(title) <= UNTITLED:
        return title, rest
    if any("\u4e00" <= character <= "\u9fff" for character in title[:30]):
        return title[:30], text
    return title[:90].rpartition(" ")[0], text


def _lead(side: tuple[str, str, str, str, date]) -> str:
    return f"{side[1]}\n{side[2][:LEAD]}"


def _blocks(texts: Sequence[tuple[str, str]]) -> list[str]:
    """Return a name for each pair: pairs that share a text, however far apart, have one name."""
    parent: dict[str, str] = {}

    def root(text: str) -> str:
        while parent.setdefault(text, text) != text:
            parent[text] = parent[parent[text]]
            text = parent[text]
        return text

    for one, two in texts:
        parent[root(one)] = root(two)
    return [root(one) for one, _ in texts]


def news(data: Path, embedder: Embedder) -> list[Labelled]:
    """English articles of 28 events with their days."""
    found = rows(data, "news_cluster_en/articles.jsonl.gz")
    made = items(
        embedder,
        (
            (
                r["doc_id"],
                r["title"] or "",
                r["text"] or "",
                "en",
                date.fromisoformat(r["date_publish"][:10]),
            )
            for r in found
        ),
        outlets=[r["source_domain"] for r in found],
    )
    return [Labelled(candidate=c, event=str(r["event_id"])) for c, r in zip(made, found, strict=True)]


def headlines(data: Path, embedder: Embedder) -> list[Labelled]:
    """English business headlines of seven stories; without text, all of one day."""
    found = rows(data, "uci_headlines/headlines.jsonl.gz")
    texts = ((f"uci{r['id']}", r["title"], "", "en", DAY) for r in found)
    made = items(embedder, texts, outlets=[r["hostname"] for r in found])
    return [Labelled(candidate=c, event=r["story"]) for c, r in zip(made, found, strict=True)]


def eco(data: Path, embedder: Embedder, lang: str) -> list[Labelled]:
    """Documents gathered for hot events; a follow-up counts as the same event. For measuring only (NC)."""
    found = rows(data, f"eco_events/{lang}.jsonl.gz")
    made = items(
        embedder, ((str(r["doc_id"]), r["title"], "\n".join(r["sentences"]), lang, DAY) for r in found)
    )
    return [Labelled(candidate=c, event=str(r["event_id"])) for c, r in zip(made, found, strict=True)]


def broadcasts(data: Path, embedder: Embedder) -> list[Labelled]:
    """Items of a Chinese evening news programme: those of one evening are different events."""
    found = rows(data, "xinwenlianbo/items.jsonl.gz")
    texts = ((f"tv{r['id']}", r["title"], r["content"], "zh", date.fromisoformat(r["date"])) for r in found)
    return [Labelled(candidate=c, event=c.item.id) for c in items(embedder, texts)]


def passages(data: Path, embedder: Embedder) -> list[tuple[Candidate, Candidate]]:
    """FLORES-200 passages, Chinese and English: texts of one content, for pairs across languages."""
    with (data / "flores200/dev.jsonl").open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    by_page: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by_page.setdefault(row["URL"], []).append(row)
    sides = {
        lang: items(
            embedder,
            (
                (f"{lang}{n}", part[0][key], "\n".join(r[key] for r in part[1:]), lang, DAY)
                for n, part in enumerate(by_page.values())
            ),
        )
        for lang, key in (("zh", "zh_hans"), ("en", "en"))
    }
    return list(zip(sides["zh"], sides["en"], strict=True))


def documents(data: Path, embedder: Embedder) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the vectors of the NTREX-128 documents, Chinese and English, row by row the same document."""
    with (data / "ntrex128/en_zh.jsonl").open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    texts: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        texts.setdefault(row["doc_id"], []).append(row)
    zh, en = (embedder(["\n".join(r[k] for r in part) for part in texts.values()]) for k in ("zh_cn", "en"))
    return zh, en


def stream_pairs(stream: Sequence[Labelled], *, nearest: int, days: int) -> list[Pair]:
    """Return the pairs that grouping would look at: each item's nearest ones by lead, within so many days."""
    features = read(entry.candidate for entry in stream)
    leads = np.stack([f.vectors[1] for f in features])
    close = leads @ leads.T
    chosen = set()
    for n, one in enumerate(features):
        order = [int(m) for m in np.argsort(-close[n], kind="stable") if m != n]
        allowed = [m for m in order if abs((features[m].day - one.day).days) <= days]
        chosen |= {(min(n, m), max(n, m)) for m in allowed[:nearest]}
    return [
        Pair(one=features[n], two=features[m], same=stream[n].event == stream[m].event, block=stream[n].event)
        for n, m in sorted(chosen)
    ]


def missing(data: Path) -> str:
    """Return why nothing can be measured, empty when all is there."""
    return "" if (data / "sohu_sts").is_dir() else f"{data}: the labelled texts are not there"
