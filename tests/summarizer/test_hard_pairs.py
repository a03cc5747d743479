"""Pairs written to look alike never share a story, those of one event always do. Facts are read here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from dibao.store import Item, Moment, Source
from dibao.summarizer.cluster import group
from dibao.summarizer.embed import load_embedder
from dibao.summarizer.facts import read_facts
from dibao.summarizer.features import Candidate, embed_parts
from dibao.summarizer.glossary import load_glossary

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
Sides = tuple[dict[str, str], dict[str, str]]


def source(id: str, name: str, *, tier: int, jurisdiction: str) -> Source:
    acronym = id.rpartition("-")[2].upper()
    return Source(
        id=id, name_en=name, name_zh=name, acronym=acronym, family=id, tier=tier, jurisdiction=jurisdiction,
        kind="media" if tier > 2 else "regulator", timezone="Asia/Shanghai", homepage=f"https://{id}.example/",
    )  # fmt: skip


SOURCES = {
    s.id: s
    for s in (
        *(source(f"cn-{a}", a, tier=1, jurisdiction="CN") for a in ("cac", "nfra", "pbc", "csrc", "gov")),
        *(source(f"hk-{a}", a, tier=1, jurisdiction="HK") for a in ("hkma", "sfc")),
        *(source(f"us-{a}", a, tier=1, jurisdiction="US") for a in ("sec", "fed", "occ")),
        source("uk-fca", "FCA", tier=1, jurisdiction="UK"),
        *(source(f"press-{a}", a, tier=3, jurisdiction="INT") for a in ("zh", "zh2", "en")),
    )
}


@cache
def families() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        (Path(__file__).parent / "hard_pairs.yaml").read_text("utf-8")
    )
    return found


def filled(template: dict[str, str], values: dict[str, str]) -> dict[str, str]:
    return {key: text.format(**values) for key, text in template.items()}


def sides(family: dict[str, Any]) -> Iterator[Sides]:
    """Yield the pairs of a family: any two variants, one value in both templates, or two values in them."""
    if "item" in family:
        for one, two in combinations(family["of"], 2):
            yield filled(family["item"], one), filled(family["item"], two)
    for values in family.get("each", ()):
        yield filled(family["one"], values), filled(family["two"], values)
    for one, two in combinations(family.get("cross", ()), 2):
        yield filled(family["one"], one), filled(family["two"], two)
        yield filled(family["one"], two), filled(family["two"], one)


def pairs(kind: str) -> Iterator[Any]:
    for family in families()[kind]:
        for n, pair in enumerate(sides(family)):
            yield pytest.param(pair, id=f"{family['id']} {n}")


def candidate(key: str, side: dict[str, str]) -> Candidate:
    lang = "en" if side["title"].isascii() or "£" in side["title"] else "zh-Hans"
    item = Item(
        id=key, source_id=side["at"], key=key, url=f"https://{side['at']}.example/{key}", title=side["title"],
        text=side["text"], lang=lang, column=side.get("column", "news"),
        published=Moment(day=date(2026, 11, 20), zone="Asia/Shanghai"), fetched_at=NOW,
    )  # fmt: skip
    facts = read_facts(item, source=SOURCES[item.source_id], glossary=load_glossary())
    vector = load_embedder()(embed_parts(item))
    return Candidate(item=item, source=SOURCES[item.source_id], vector=vector, facts=tuple(facts))


def together(pair: Sides, *, turned: bool) -> bool:
    keys = ("b", "a") if turned else ("a", "b")
    new = [candidate(key, side) for key, side in zip(keys, pair, strict=True)]
    return len(group(new, (), now=NOW).stories) == 1


APART = list(pairs("apart"))
TOGETHER = list(pairs("together"))


def test_there_are_two_hundred_hard_pairs() -> None:
    assert len(APART) >= 200


@pytest.mark.parametrize("pair", APART)
def test_two_events_that_look_alike_are_two_stories(pair: Sides) -> None:
    assert not together(pair, turned=False)
    assert not together(pair, turned=True)


@pytest.mark.parametrize("pair", TOGETHER)
def test_one_event_that_looks_like_two_is_one_story(pair: Sides) -> None:
    assert together(pair, turned=False)
    assert together(pair, turned=True)
