# one case, one line: titles and texts read better whole
"""Items as the grouping gets them, and the grouping run on them, for the tests of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import numpy as np

from dibao.store import Evidence, Fact, FactKind, Item, Moment, Source
from dibao.summarizer.cluster import Grouping, OpenStory, group
from dibao.summarizer.embed import load_embedder
from dibao.summarizer.features import Candidate, embed_parts

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = date(2026, 11, 20)


def source(id: str, tier: int, jurisdiction: str = "CN") -> Source:
    return Source(
        id=id, name_en=id, name_zh=id, acronym=id, family=id.removesuffix("-en"), tier=tier,
        jurisdiction=jurisdiction, kind="media" if tier > 2 else "regulator", timezone="Asia/Shanghai",
        homepage=f"https://{id}.example/",
    )  # fmt: skip


SOURCES = {
    s.id: s
    for s in (
        source("cn-nfra", 1), source("cn-csrc", 1), source("cn-pbc", 1), source("cn-gov", 1),
        source("cn-36kr", 3), source("cn-daily", 3), source("wire", 3, "INT"), source("us-sec", 1, "US"),
        source("uk-fca", 1, "UK"), source("hk-hkma", 1, "HK"),
    )
}  # fmt: skip


@cache
def vector(text: str) -> np.ndarray:
    return load_embedder()([text])[0]


def item(
    id: str,
    title: str,
    text: str = "",
    *,
    at: str = "cn-nfra",
    day: date = DAY,
    **facts: str | tuple[str, ...],
) -> Candidate:
    """Build a candidate; ``facts`` are kind=value."""
    lang = "zh-Hans" if re.search("[\u4e00-\u9fff]", title) else "en"
    made = Item(
        id=id, source_id=at, key=id, url=f"https://{at}.example/{id}", title=title, text=text, lang=lang,
        column="news", published=Moment(day=day, zone="Asia/Shanghai"), fetched_at=NOW,
    )  # fmt: skip
    read = tuple(
        fact(id, kind, value)
        for kind, values in facts.items()
        for value in ((values,) if isinstance(values, str) else values)
    )
    return Candidate(
        item=made,
        source=SOURCES[at],
        vector=np.stack([vector(part) for part in embed_parts(made)]),
        facts=read,
    )


def fact(id: str, kind: str, value: str) -> Fact:
    known: FactKind = kind  # type: ignore[assignment]
    return Fact(
        item_id=id, kind=known, value=value, shown=value,
        evidence=Evidence(item_id=id, field="title", start=0, end=0, quote=""),
    )  # fmt: skip


def run(*new: Candidate, known: tuple[OpenStory, ...] = ()) -> Grouping:
    return group(new, known, now=NOW)


def sets(found: Grouping) -> set[frozenset[str]]:
    return {frozenset(s.item_ids) for s in found.stories}


def opened(found: Grouping, *items: Candidate, first: int = 1) -> tuple[OpenStory, ...]:
    """Give the stories their numbers, as the store does."""
    by_id = {c.item.id: c for c in items}
    return tuple(
        OpenStory(story=replace(s, id=s.id or n), candidates=tuple(by_id[i] for i in s.item_ids))
        for n, s in enumerate(found.stories, first)
    )


RULE = (
    "第一条 为规范银行保险机构数据处理活动，保障数据安全，制定本办法。银行保险机构应当建立数据分类分级制度。"
)
