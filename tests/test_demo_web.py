"""The demo's sample web: made from its texts, complete for the catalogue, fictional, read by our crawler."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from dibao.crawler.replay import Recording
from dibao.crawler.run import CrawlReport, crawl
from dibao.crawler.source import load
from dibao.store import Item, Store

DEMO = Path(__file__).resolve().parents[1] / "demo"
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ONLY = tomllib.loads((DEMO / "dibao.toml").read_text("utf-8"))["crawl"]["only"]
SPECS = [spec for spec in load().values() if spec.id in ONLY]
EXPECTED: dict[str, Any] = yaml.safe_load((DEMO / "expected.yaml").read_text("utf-8"))


def _events() -> Iterator[dict[str, Any]]:
    for path in sorted((DEMO / "events").glob("*.yaml")):
        yield from yaml.safe_load_all(path.read_text("utf-8"))


EVENTS = {event["id"]: event for event in _events()}
PIECES = [piece for event in EVENTS.values() for piece in event["items"]]


def _tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def _crawl(store: Store, replay: Path) -> CrawlReport:
    store.put_sources([spec.source for spec in SPECS])
    return crawl(
        store,
        SPECS,
        now=NOW,
        contact="https://example.org/",
        archive=None,
        replay=replay,
        first_poll_is_news=True,
    )


@pytest.fixture(scope="module")
def crawled() -> Iterator[tuple[CrawlReport, tuple[Item, ...]]]:
    with Store(":memory:") as store:
        report = _crawl(store, DEMO / "web")
        yield report, store.items(store.due("test", "1")).values()


# --- the sample itself ---------------------------------------------------------------------------


def test_the_sample_is_what_its_texts_render_to_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(DEMO / "record.py"), "--out", str(tmp_path)], check=True)

    for folder in ("web", "before"):
        made, kept = _tree(tmp_path / folder), _tree(DEMO / folder)
        assert sorted(made) == sorted(kept), "run: python demo/record.py"
        assert [name for name in made if made[name] != kept[name]] == [], "run: python demo/record.py"


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_every_list_of_the_catalogue_has_an_answer(spec: Any) -> None:
    recording = Recording(DEMO / "web")

    for endpoint in spec.endpoints:
        assert recording.answer(endpoint.list_url, method=endpoint.method) is not None, endpoint.list_url


def test_the_sample_is_as_large_and_mixed_as_a_newcomer_needs() -> None:
    days = {str(piece["date"])[:10] for piece in PIECES if "date" in piece}
    languages = Counter(piece.get("lang", "zh-Hans")[:2] for piece in PIECES)

    assert len(PIECES) >= 70
    assert len({piece["source"] for piece in PIECES}) >= 12
    assert days == {"2026-11-18", "2026-11-19", "2026-11-20"}
    assert min(languages["zh"], languages["en"]) >= 30


def test_no_document_number_of_the_year_can_be_a_real_one() -> None:
    text = "".join(path.read_text("utf-8") for path in (DEMO / "events").glob("*.yaml"))
    serials = [int(number) for number in re.findall(r"〔2026〕第?(\d+)", text)]

    assert len(serials) > 50
    assert [number for number in serials if number < 9000] == []


def test_the_texts_hold_no_invisible_characters() -> None:
    text = "".join(path.read_text("utf-8") for path in DEMO.rglob("*.yaml"))

    assert (
        re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", text) == []
    )


# --- what is expected of it ----------------------------------------------------------------------


@pytest.mark.parametrize("story", EXPECTED["stories"], ids=lambda story: story["event"])
def test_expectations_name_the_items_of_their_event_and_no_others(story: dict[str, Any]) -> None:
    named = {tuple(item) for item in [*story["items"], *story.get("may_join", ())]}

    assert named == {(piece["source"], piece["title"]) for piece in EVENTS[story["event"]]["items"]}


def test_expectations_cover_every_event_once() -> None:
    named = [story["event"] for story in EXPECTED["stories"]]
    tied = {event for pair in EXPECTED["apart"] for event in pair}

    assert sorted(named) == sorted(EVENTS)
    assert tied <= set(EVENTS)


# --- what the crawler makes of it ----------------------------------------------------------------


def test_the_crawler_reads_every_publication(crawled: tuple[CrawlReport, tuple[Item, ...]]) -> None:
    found = {(item.source_id, item.title) for item in crawled[1]}

    assert found == {(piece["source"], piece["title"]) for piece in PIECES}


def test_dates_are_those_of_the_texts(crawled: tuple[CrawlReport, tuple[Item, ...]]) -> None:
    written = {(p["source"], p["title"]): str(p["date"])[:10] if "date" in p else "" for p in PIECES}
    read = {(i.source_id, i.title): str(i.published.day) if i.published else "" for i in crawled[1]}

    assert read == written


def test_texts_come_without_the_clutter_around_them(crawled: tuple[CrawlReport, tuple[Item, ...]]) -> None:
    for item in crawled[1]:
        assert len(item.text) >= 40, item.title
        assert not re.search(
            "邸报（Dibao）|Dibao demo\\. It|demoAnalytics|demo_statistics|mso-", item.text
        ), item.title


def test_only_the_list_under_maintenance_fails(crawled: tuple[CrawlReport, tuple[Item, ...]]) -> None:
    odd = {
        (p.source_id, p.url)
        for p in crawled[0].problems
        if "no entry of the list has a readable date" not in p.message
    }

    assert odd == {(failing["source"], failing["list"]) for failing in EXPECTED["failing"]}


def test_attachments_are_read_except_the_scan(crawled: tuple[CrawlReport, tuple[Item, ...]]) -> None:
    files = [(item, file) for item in crawled[1] for file in item.attachments]
    unread = [(item.source_id, item.title) for item, file in files if not file.text]

    assert len(files) == 4
    assert unread == [(entry["source"], entry["title"]) for entry in EXPECTED["unreadable"]]
    assert any("第十二条　本办法由".replace("　", " ") in file.text.replace("　", " ") for _, file in files)


def test_a_page_that_declares_gb2312_keeps_its_rare_characters(
    crawled: tuple[CrawlReport, tuple[Item, ...]],
) -> None:
    texts = [item.text for item in crawled[1] if item.title == "中国人民银行召开跨境支付互联互通座谈会"]

    assert texts and all("喆堃支付有限公司、䶮洲商业银行" in text for text in texts)


def test_a_correction_is_a_second_version_of_the_same_item(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(DEMO / "web", earlier)
    shutil.copytree(DEMO / "before", earlier, dirs_exist_ok=True)
    [entry] = EXPECTED["corrected"]
    with Store(":memory:") as store:
        _crawl(store, earlier)
        second = _crawl(store, DEMO / "web")
        items = [item for item in store.items(store.due("test", "1")).values() if item.key == entry["key"]]

    assert second.new == 0
    assert [(item.version, entry["after"] in item.title) for item in items] == [(2, True)]
