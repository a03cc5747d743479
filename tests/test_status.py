"""`dibao status` says how each list is doing, in the caller's language, and tells cron by its exit code."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao.cli import cli
from dibao.site.machine import health_json
from dibao.store import Poll, Source, Store, Visit

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
SOURCE = Source(
    id="xx-a", name_en="A", name_zh="甲", acronym="A", family="xx-a", tier=1, jurisdiction="CN",
    kind="regulator", timezone="Asia/Shanghai", homepage="https://a.example.org/",
)  # fmt: skip
FINE = Poll(
    source_id="xx-a", url="https://a.example.org/list", tried_at=NOW, succeeded_at=NOW, listed=20, taken=20,
    column="penalty", lang="zh-Hans", interval=3600,
)  # fmt: skip


def status(folder: Path, poll: Poll, *more: str) -> Result:
    (folder / "dibao.toml").write_text('database = "d.db"\nnow = "2026-11-20T12:00:00+08:00"\n')
    with Store(folder / "d.db") as store:
        store.put_sources([SOURCE])
        store.put_polls([poll])
        store.put_visits(
            Visit(source_id="xx-a", url=poll.url, at=NOW - timedelta(hours=n), listed=20, taken=20, new=1)
            for n in range(1, 6)
        )
    return CliRunner().invoke(cli, ["--config", str(folder / "dibao.toml"), "status", *more])


def test_chinese_callers_read_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "zh")
    found = status(tmp_path, replace(FINE, trouble="refused", error="refuses us (403)"))

    assert (
        "行政处罚: 读取失败 · 最近读取 2026-11-20 04:00 UTC · 20 条取得 20 条（通常 20 条）" in found.output
    )
    assert "服务器拒绝访问" in found.output
    assert "The server" not in found.output


def test_a_list_in_order_is_said_to_be_so(tmp_path: Path) -> None:
    found = status(tmp_path, FINE)

    assert found.exit_code == 0
    assert "Enforcement: In order · last read" in found.output
    assert "20 of 20 (usually 20)" in found.output


@pytest.mark.parametrize(
    ("poll", "said"),
    [
        pytest.param(replace(FINE, listed=2, taken=2), "Shows far less than usual", id="silent"),
        pytest.param(
            replace(FINE, trouble="refused", error="refuses us (403)"),
            "The server refuses us · refuses us (403) · next try 2026-11-20 05:00 UTC",
            id="refused",
        ),
        pytest.param(
            replace(FINE, paused="is gone for good (410)"), "Not read until someone looks", id="paused"
        ),
    ],
)
def test_what_needs_a_look_is_marked_explained_and_told_to_cron(
    tmp_path: Path, poll: Poll, said: str
) -> None:
    found = status(tmp_path, poll)

    assert found.exit_code == 3
    assert "! xx-a" in found.output
    assert said in found.output


def test_machines_get_the_same_as_one_document(tmp_path: Path) -> None:
    found = status(tmp_path, replace(FINE, trouble="empty", error="the list is empty"), "--json")
    document = json.loads(found.output)

    assert found.exit_code == 3
    assert document["lists"][0]["trouble_zh"] == "列表为空"
    assert document["lists"][0]["needs_a_look"] is True
    assert document["lists"][0]["last_success"] == "2026-11-20T04:00:00Z"
    assert document["sources"][0]["source_id"] == "xx-a"


def test_health_json_says_of_each_list_what_status_says(tmp_path: Path) -> None:
    document = json.loads(status(tmp_path, replace(FINE, listed=2, taken=2), "--json").output)
    with Store(tmp_path / "d.db") as store:
        published = json.loads(health_json(store.health(), store.lists(now=NOW), build_id="x"))
    [source], [told] = published["sources"], document["lists"]

    assert source["needs_a_look"] is True
    more = {"source_id": "xx-a", "error": "", "next_try": "2026-11-20T05:00:00Z"}
    assert [row | more for row in source["lists"]] == [told]
    assert (told["state"], told["expected"], told["listed"], told["taken"]) == ("silent", 20, 2, 2)


def test_a_list_that_is_no_longer_read_says_nothing_of_how_things_are(tmp_path: Path) -> None:
    with Store(tmp_path / "d.db") as store:
        store.put_sources([SOURCE])
        gone = replace(FINE, url="https://a.example.org/old", trouble="gone", error="is gone")
        store.put_polls([FINE, gone])
        store.retire_lists([(FINE.source_id, FINE.url)])

        assert [row.url for row in store.lists(now=NOW)] == [FINE.url]
        assert [row.error for row in store.health()] == [""]
        assert store.poll(gone.source_id, gone.url) is not None


@pytest.mark.parametrize(
    ("language", "words"), [("en", "1 sources · 0 items · "), ("zh", "来源 1 个 · 条目 0 条 · ")]
)
def test_what_the_database_holds_is_said_in_the_language_of_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setenv("LANGUAGE", language)

    assert status(tmp_path, FINE).output.startswith(words)
