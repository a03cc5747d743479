"""The crawl from end to end on a folder HOST/PATH: lists, pages, files in; items, polls, snapshots out."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dibao.crawler import publication, reading
from dibao.crawler.source import SourceSpec
from dibao.store import Store

from .runs import API, FEED, LONG, NOW, kept, rss, run, spec, write


def test_lists_pages_and_files_become_items(web: Path) -> None:
    with Store(":memory:") as store:
        report = run(store, web)
        items = kept(store)
    notice, circular = items["附件公告"], items["关于规范账户管理的通知（试行）"]

    assert [problem.message for problem in report.problems] == []
    assert (report.new, report.changed, report.same) == (4, 0, 0)
    assert items["甲局发布通知"].text == "通知全文。"
    assert items["甲局发布通知"].published is not None
    assert items["甲局发布通知"].published.at == datetime(2026, 11, 19, 2, 0, tzinfo=UTC)
    assert circular.text == LONG
    assert circular.labels == (("发文字号", "甲发〔2026〕7号"),)
    assert circular.url == "https://api.example.org/view?id=7"
    assert notice.published is not None
    assert notice.published.day == date(2026, 11, 18)
    assert notice.url == "https://site.example.org/p/1.html"
    assert LONG in notice.text
    assert [(file.name, file.text.strip(), file.unread) for file in notice.attachments] == [
        ("附件1", "Annex one", ""),
        ("附件2", "", "no reader for .ppt files"),
    ]
    assert {item.lang for item in items.values()} == {"zh-Hans"}


def test_the_first_reading_of_a_source_is_not_news(web: Path) -> None:
    with Store(":memory:") as store:
        run(store, web, FEED)
        write(web, "feed.example.org/rss", rss(("c", "丙事", "新。"), ("a", "甲局发布通知", "通知全文。")))
        run(store, web, FEED, now=NOW + timedelta(hours=1))
        items = kept(store)

    assert (items["甲局发布通知"].baseline, items["丙事"].baseline) == (True, False)


def test_a_demo_may_call_its_first_reading_news(web: Path) -> None:
    with Store(":memory:") as store:
        run(store, web, FEED, first_poll_is_news=True)

        assert {item.baseline for item in kept(store).values()} == {False}


def test_a_second_run_finds_nothing_new_and_asks_for_less(web: Path) -> None:
    with Store(":memory:") as store:
        first = run(store, web)
        second = run(store, web, now=NOW + timedelta(hours=1))

    assert (second.new, second.changed, second.same) == (0, 0, 4)
    assert second.requests < first.requests


def test_a_known_entry_is_not_fetched_again_when_the_list_grows(web: Path) -> None:
    with Store(":memory:") as store:
        run(store, web, API)
        (web / "api.example.org/doc%3Flang=ZH&id=7").unlink()
        rows = [
            {"id": 8, "t": "新的", "d": "2026-11-20", "no": ""},
            {"id": 7, "t": "关于规范账户管理的…", "d": "2026-11-19", "no": "甲发〔2026〕7号"},
        ]
        write(web, "api.example.org/list.POST", json.dumps({"code": 0, "rows": rows}))
        write(
            web,
            "api.example.org/doc%3Flang=ZH&id=8",
            json.dumps({"data": {"title": "新的", "html": "<p>字</p>"}}),
        )
        report = run(store, web, API, now=NOW + timedelta(hours=1))

    assert (report.new, report.changed, report.same, report.problems) == (1, 0, 1, ())


def test_a_recording_replayed_gives_the_same_items(web: Path, tmp_path: Path) -> None:
    with Store(":memory:") as store:
        run(store, web, archive=tmp_path / "warc")
        first = kept(store)
    with Store(":memory:") as store:
        report = run(store, tmp_path / "warc")
        again = kept(store)

    assert report.problems == ()
    assert again == first
    assert all(item.snapshot for title, item in first.items() if title not in ("甲局发布通知", "乙事"))


@pytest.mark.parametrize("columns", [("news", "rule"), ("rule", "news")], ids=["news-first", "rule-first"])
def test_what_two_lists_name_is_kept_once_in_the_column_that_says_more(
    tmp_path: Path, columns: tuple[str, str]
) -> None:
    for name in ("a", "b"):
        write(tmp_path, f"two.example.org/{name}", rss(("one", "同一件事", "")))
    two = spec(
        "two",
        *(
            {"column": column, "kind": "feed", "url": f"https://two.example.org/{name}"}
            for name, column in zip("ab", columns, strict=True)
        ),
    )
    with Store(":memory:") as store:
        report = run(store, tmp_path, two)
        [item] = kept(store).values()

    assert (report.new, item.column) == (1, "rule")


def test_not_modified_is_believed_only_where_it_was_asked(web: Path) -> None:
    """A header of the source's own is no question whether a list has changed."""
    write(web, "feed.example.org/rss.headers", json.dumps({"status": 304}))
    [endpoint] = FEED.endpoints
    own = msgspec.structs.replace(endpoint, headers={"X-Requested-With": "XMLHttpRequest"})
    with Store(":memory:") as store:
        report = run(store, web, msgspec.structs.replace(FEED, endpoints=(own,)))

    assert [problem.message for problem in report.problems] == [
        "answered 304 although nothing was known of it"
    ]


def test_a_list_that_a_page_names_is_read_end_to_end_and_unchanged_the_second_time(tmp_path: Path) -> None:
    page = """<script unit="/unit" query="{'id':'7'}"></script>"""
    write(tmp_path, "shell.example.org/news/index.html", page)
    rows = {"data": {"html": "<ul><li><a href='/1.html'>某通知</a><i>2026-11-19</i></li></ul>"}}
    write(tmp_path, "shell.example.org/unit%3Fid=7", json.dumps(rows))
    shell = spec(
        "shell",
        {
            "kind": "html",
            "url": "https://shell.example.org/news/",
            "then": {"take": {"path": "script@unit", "query": "script@query"}, "url": "{path}?{query}"},
            "inside": "data.html",
            "items": "li",
            "fields": {"title": "a", "date": "i"},
        },
    )
    with Store(":memory:") as store:
        first = run(store, tmp_path, shell)
        second = run(store, tmp_path, shell)
        poll = store.poll("xx-shell", "https://shell.example.org/news/")

    assert (first.new, first.problems, first.requests) == (1, (), 3)  # robots.txt, the page, its list
    assert (second.new, second.same, second.problems) == (0, 1, ())
    assert poll is not None
    assert (poll.listed, poll.taken, poll.error) == (1, 1, "")


def test_sources_that_are_off_are_known_but_not_read(web: Path) -> None:
    resting = replace_spec(FEED, off="resting")
    with Store(":memory:") as store:
        report = run(store, web, resting)

        assert "xx-feed" in store.sources()
    assert report.requests == 0


def replace_spec(given: SourceSpec, **changes: Any) -> SourceSpec:
    return msgspec.structs.replace(given, **changes)


def test_progress_counts_sources(web: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    with Store(":memory:") as store:
        run(store, web, on_progress=lambda *step: seen.append(step))

    assert sorted(name for name, _, _ in seen) == ["xx-api", "xx-feed", "xx-site"]
    assert [(done, total) for _, done, total in seen] == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("listed", "paged", "title"),
    [
        pytest.param(
            "中国人民银行关于…", "中国人民银行关于支付的通知", "中国人民银行关于支付的通知", id="cut"
        ),
        pytest.param("通知", "别的标题更长一些", "通知", id="other"),
        pytest.param("", "页面标题", "页面标题", id="none"),
        pytest.param("完整的标题", "", "完整的标题", id="page-without"),
        pytest.param("Notice", "Notice | Authority", "Notice", id="site-name"),
        pytest.param("关于支付的通...", "关于支付的通知", "关于支付的通知", id="cut-by-one"),
    ],
)
def test_a_cut_title_is_completed_from_the_page(listed: str, paged: str, title: str) -> None:
    assert publication.full_title(listed, paged) == title


def test_entries_that_share_one_link_stay_apart() -> None:
    one = reading.Entry(key="", url="https://a.example.org/", title="一", raw_date="2026-11-20")
    both = [one, msgspec.structs.replace(one, title="二"), one]

    assert [entry.title for _, entry in reading.keyed(both)] == ["一", "二"]
    assert len({key for key, _ in reading.keyed(both)}) == 2


def test_http_and_https_name_one_page() -> None:
    keys = {
        reading.keyed([reading.Entry(url=f"{scheme}://www.a.example.org/x", title="t")])[0][0]
        for scheme in ("http", "https")
    }

    assert len(keys) == 1
