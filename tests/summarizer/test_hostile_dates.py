"""Impossible, ambiguous, relative and lying dates: no fact states a wrong day, in the line or in a text."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

import pytest
import yaml

from dibao.crawler.run import crawl
from dibao.crawler.source import Endpoint, SourceSpec
from dibao.store import Store
from dibao.summarizer.facts import parse_date
from dibao.summarizer.run import summarize

from .making import FCA, NFRA, item, read, values

pytestmark = pytest.mark.shared

CASES = ("D01", "D02", "D03", "D04", "D05")
_NOW = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)


@cache
def case(shared: Path, name: str) -> dict[str, Any]:
    entries = re.split(r"\n(?=- id: )", (shared / "hostile" / "manifest.yaml").read_text("utf-8"))
    [found] = yaml.safe_load(next(e for e in entries if e.startswith(f"- id: {name}\n")))
    return dict(found)


def wanted(expect: dict[str, Any], zone: str) -> dict[str, date | None]:
    """Return the day that each item must have, in the zone of its source."""
    from zoneinfo import ZoneInfo

    days: dict[str, date | None] = {}
    for key, value in {**expect.get("dates", {}), **expect.get("display_date", {})}.items():
        if value is None or len(str(value)) == 10:
            days[key] = date.fromisoformat(str(value)) if value else None
        else:
            days[key] = datetime.fromisoformat(str(value)).astimezone(ZoneInfo(zone)).date()
    return days


@pytest.mark.parametrize("name", CASES)
def test_no_fact_states_a_wrong_day_through_the_whole_line(shared: Path, tmp_path: Path, name: str) -> None:
    what = case(shared, name)
    zone = "UTC" if name in ("D01", "D05") else "Asia/Shanghai"
    lang = what.get("lang", "en")
    host = tmp_path / f"case-{name.lower()}.example.org"
    host.mkdir()
    (host / "feed").write_bytes((shared / "hostile" / what["file"]).read_bytes())
    (host / "feed.headers").write_text(json.dumps({"content-type": what["serve"]["content_type"]}))
    spec = SourceSpec(
        id=f"case-{name.lower()}", name_en="Ruritania", name_zh="东陵", tier=1, jurisdiction="INT",
        kind="regulator", languages=(lang,), timezone=zone, homepage=f"https://{host.name}/",
        endpoints=(Endpoint(column="news", kind="feed", url=f"https://{host.name}/feed"),),
    )  # fmt: skip
    with Store(":memory:") as store:
        crawl(store, [spec], now=_NOW, contact="x", archive=None, replay=tmp_path, first_poll_is_news=True)
        summarize(store, now=_NOW, progress=lambda *_: None)
        items = {found.key: found for found in store.items(store.due("nobody", "0")).values()}
        facts = {key: store.facts([found.id])[found.id] for key, found in items.items()}

    assert len(items) == what["expect"]["items"]
    days = wanted(what["expect"], zone)
    for key, found in facts.items():
        told = {fact.value for fact in found if fact.kind.startswith("date_")}
        assert len(told) <= 1, (key, told)
        assert told <= {items[key].published.day.isoformat()} if items[key].published else told == set(), key
        if key in days:
            assert told == ({days[key].isoformat()} if days[key] else set()), key
        assert all("1990" <= day < "2101" for day in told), key


def _written(shared: Path, name: str) -> list[tuple[str, str]]:
    text = (shared / "hostile" / case(shared, name)["file"]).read_text("utf-8")
    return [
        (key, unescape(written))
        for key, written in re.findall(
            r"<(?:guid|id)[^>]*>([^<]+)</(?:guid|id)>\s*<(?:pubDate|updated|published)>([^<]*)<", text
        )
    ]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(
    "phrase, lang",
    [
        ("本办法自{}起施行。", "zh-Hans"),
        ("意见反馈截止时间为{}。", "zh-Hans"),
        ("有效期至{}。", "zh-Hans"),
        ("This rule is effective {}.", "en"),
        ("Comments must be received by {}.", "en"),
        ("This relief will expire on {}.", "en"),
    ],
)
def test_a_hostile_date_in_a_text_is_read_right_or_not_at_all(
    shared: Path, name: str, phrase: str, lang: str
) -> None:
    days = wanted(case(shared, name)["expect"], "Asia/Shanghai")
    written = _written(shared, name)
    for key, said in written:
        facts = read(item("x", phrase.format(said), lang=lang), by=NFRA if lang == "zh-Hans" else FCA)
        told = {f.value for f in facts if f.kind.startswith("date_")}
        # What the manifest does not judge must be the day that is written, nothing near it.
        right = days[key] if key in days else _plain(said)

        assert told <= ({right.isoformat()} if right else set()), (key, said)

    assert written


def _plain(said: str) -> date | None:
    """The day that stands in a text in plain figures, as its writer wrote it."""
    match = re.search(r"(?<![0-9-])(20[0-9]{2})[-年]([0-9]{1,2})[-月]([0-9]{1,2})(?!T24)(?![0-9])", said)
    if match:
        return date(*map(int, match.groups()))
    match = re.search(r"\b([0-9]{1,2} [A-Z][a-z]{2} [0-9]{4})\b", said)
    return parse_date(match[1]) if match else None


@pytest.mark.parametrize("written", ["昨天", "3小时前", "刚刚", "令和8年3月5日", "05/03/2026", "3月5日"])
def test_relative_and_ambiguous_days_are_none(written: str) -> None:
    assert parse_date(written) is None
    assert values(read(item("x", f"本办法自{written}起施行。"), by=NFRA), "date_effective") == []
