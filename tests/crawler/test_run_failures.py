"""What cannot be read, and what is not what it claims to be: said; nothing that is known is lost by it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from dibao.crawler import reading
from dibao.crawler.parse import listing
from dibao.store import Store

from .runs import API, FEED, HTML, LONG, NOW, kept, rss, run, spec, write

BROKEN = {
    "challenge": ("<!doctype html><title>Just a moment</title>verify you are human", "web page where a feed"),
    "empty": ("", "the answer is empty"),
    "binary": (b"\x00\x01\x02\x03" * 50, "broken"),
}


@pytest.mark.parametrize(("body", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_source_takes_no_other_with_it(web: Path, body: str | bytes, words: str) -> None:
    bad = spec("broken", {"kind": "feed", "url": "https://broken.example.org/rss"})
    write(web, "broken.example.org/rss", body)
    with Store(":memory:") as store:
        report = run(store, web, bad, FEED, API, HTML)
        poll = store.poll("xx-broken", "https://broken.example.org/rss")

    assert report.new == 4
    assert {problem.source_id for problem in report.problems} == {"xx-broken"}
    assert poll is not None
    assert poll.succeeded_at is None
    assert poll.error == report.problems[0].message
    if words != "broken":
        assert words in poll.error


def test_a_list_that_fails_later_keeps_what_was_known(web: Path) -> None:
    with Store(":memory:") as store:
        run(store, web, FEED)
        write(web, "feed.example.org/rss", "<html>系统维护中</html>")
        report = run(store, web, FEED, now=NOW + timedelta(days=1))
        poll = store.poll("xx-feed", "https://feed.example.org/rss")

        assert len(kept(store)) == 2
        assert (report.new, report.changed) == (0, 0)
        assert poll is not None
        assert (poll.succeeded_at, poll.tried_at) == (NOW, NOW + timedelta(days=1))


def test_an_empty_list_is_a_failure_only_where_it_had_entries_before(web: Path) -> None:
    full = (web / "feed.example.org/rss").read_text("utf-8")
    write(web, "feed.example.org/rss", rss())
    with Store(":memory:") as store:
        first = run(store, web, FEED)
        write(web, "feed.example.org/rss", full)
        second = run(store, web, FEED, now=NOW + timedelta(days=1))
        write(web, "feed.example.org/rss", rss())
        third = run(store, web, FEED, now=NOW + timedelta(days=2))
        poll = store.poll("xx-feed", "https://feed.example.org/rss")

    assert (first.problems, second.new, second.problems) == ((), 2, ())
    assert [problem.message for problem in third.problems] == [
        "the list is empty; the last known items are kept"
    ]
    assert poll is not None
    assert poll.listed == 2


def test_a_list_that_can_never_be_empty_fails_at_once(web: Path) -> None:
    write(web, "feed.example.org/rss", rss())
    [endpoint] = FEED.endpoints
    always = msgspec.structs.replace(FEED, endpoints=(msgspec.structs.replace(endpoint, never_empty=True),))
    with Store(":memory:") as store:
        report = run(store, web, always)

    assert "the list is empty" in report.problems[0].message


def test_an_answer_that_says_it_failed_is_a_failure(web: Path) -> None:
    write(web, "api.example.org/list.POST", json.dumps({"code": 500, "rows": []}))
    with Store(":memory:") as store:
        report = run(store, web, API)

    assert (report.new, len(report.problems)) == (0, 1)


def test_a_page_that_fails_leaves_its_listing_and_is_tried_again(web: Path) -> None:
    name = "api.example.org/doc%3Flang=ZH&id=7"
    body = (web / name).read_bytes()
    (web / name).unlink()
    with Store(":memory:") as store:
        first = run(store, web, API)
        [listed] = kept(store).values()
        write(web, name, body)
        second = run(store, web, API, now=NOW + timedelta(hours=1))
        [whole] = kept(store).values()

    assert "not in the recording" in first.problems[0].message
    assert (first.new, listed.text) == (1, "")
    assert (second.changed, whole.text) == (1, LONG)


def test_an_error_page_does_not_replace_a_stored_text(web: Path) -> None:
    with Store(":memory:") as store:
        run(store, web, HTML)
        page = (
            '<ul class="list"><li><a href="../p/1.html">附件公告（更正）</a><span>2026-11-18</span></li></ul>'
        )
        write(web, "site.example.org/list/index.html", f"<html><body>{page}</body></html>")
        write(
            web,
            "site.example.org/p/1.html",
            "<html><h1>提示</h1><div id=zoom>您访问的页面不存在</div></html>",
        )
        report = run(store, web, HTML, now=NOW + timedelta(hours=1))
        [item] = kept(store).values()

    assert "error or challenge page" in report.problems[0].message
    assert LONG in item.text


def test_text_of_another_site_is_not_taken_for_the_source_s_own(web: Path) -> None:
    page = (
        '<ul class="list"><li><a href="https://other.example.net/x">别处</a><span>2026-11-18</span></li></ul>'
    )
    write(web, "site.example.org/list/index.html", f"<html><body>{page}</body></html>")
    write(web, "other.example.net/x", f"<html><h1>别处</h1><div id=zoom>{LONG}</div></html>")
    with Store(":memory:") as store:
        report = run(store, web, HTML)
        [item] = kept(store).values()

    assert (item.title, item.text) == ("别处", "")
    assert "not this source's site" in report.problems[0].message


def test_a_list_that_moved_to_another_site_waits_for_a_person(web: Path) -> None:
    write(web, "feed.example.org/rss", "")
    write(
        web,
        "feed.example.org/rss.headers",
        json.dumps({"status": 301, "location": "https://parked.example.net/"}),
    )
    write(web, "parked.example.net/index.html", rss(("z", "停放", "广告")))
    with Store(":memory:") as store:
        report = run(store, web, FEED)

    assert report.new == 0
    assert "moved to another site" in report.problems[0].message


def test_a_flood_is_cut_to_the_newest(web: Path) -> None:
    many = rss(*((f"n{n}", f"第{n}条", "字") for n in range(500)))
    write(web, "feed.example.org/rss", many)
    with Store(":memory:") as store:
        report = run(store, web, FEED)
        poll = store.poll("xx-feed", "https://feed.example.org/rss")

    assert report.new == reading.MAX_ENTRIES
    assert "500 entries in one feed" in report.problems[0].message
    assert poll is not None
    assert (poll.listed, poll.taken) == (500, reading.MAX_ENTRIES)


def test_robots_txt_is_obeyed_in_a_recording_too(web: Path) -> None:
    write(web, "site.example.org/robots.txt", "User-agent: *\nDisallow: /p/\n")
    with Store(":memory:") as store:
        report = run(store, web, HTML)
        [item] = kept(store).values()

    assert item.title == "附件公告"
    assert "robots.txt" in report.problems[0].message


def test_a_fault_of_ours_stops_one_list_only(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setitem(listing._READERS, "json", faulty)
    with Store(":memory:") as store:
        report = run(store, web)

    assert report.new == 3
    assert [p.message for p in report.problems] == ["xx-api: cannot be read (ZeroDivisionError: ours)"]


def test_a_database_that_fails_stops_the_run(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Store, items: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Store, "put_items", full)
    with Store(":memory:") as store, pytest.raises(OSError, match="disk full"):
        run(store, web)


def test_an_empty_page_is_said_to_be_empty(web: Path) -> None:
    write(web, "site.example.org/list/index.html", "\n")
    with Store(":memory:") as store:
        report = run(store, web, HTML)

    assert [problem.message for problem in report.problems] == ["the answer is empty"]


FUTURE = "Thu, 19 Nov 2099 10:00:00 +0800"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param("Thu, 19 Nov 2026 10:00:00 +0800", FUTURE, "dated in the future", id="future"),
        pytest.param("Thu, 19 Nov 2026 10:00:00 +0800", "soon", "has a readable date", id="unreadable"),
        pytest.param("pubDate", "when", "has a readable date", id="undated"),
    ],
)
def test_a_list_whose_dates_cannot_be_right_is_kept_and_said(
    web: Path, old: str, new: str, words: str
) -> None:
    feed = rss(("a", "甲局发布通知", "通知全文。"), ("b", "乙事", "另一件事。"))
    write(web, "feed.example.org/rss", feed.replace(old, new))
    with Store(":memory:") as store:
        report = run(store, web, FEED)
        [row] = store.lists(now=NOW)
        items = kept(store)

    assert any(words in problem.message for problem in report.problems)
    assert (row.needs_a_look, row.trouble) == (True, "odd_dates")
    assert words in row.error
    assert [item.published for item in items.values()] == [None, None]


def test_one_odd_date_among_others_is_no_alarm_for_the_list(web: Path) -> None:
    feed = rss(("a", "甲局发布通知", "通知全文。"), ("b", "乙事", "另一件事。"))
    write(web, "feed.example.org/rss", feed.replace("Thu, 19 Nov 2026 10:00:00 +0800", FUTURE, 1))
    with Store(":memory:") as store:
        run(store, web, FEED)
        [row] = store.lists(now=NOW)

    assert (row.needs_a_look, row.trouble) == (False, "")


def test_dates_without_a_year_are_dates(web: Path) -> None:
    page = '<ul class="list"><li><a href="../p/1.html">附件公告</a><span>11月18日</span></li></ul>'
    write(web, "site.example.org/list/index.html", page)
    [endpoint] = HTML.endpoints
    loose = msgspec.structs.replace(HTML, endpoints=(msgspec.structs.replace(endpoint, date_format=""),))
    with Store(":memory:") as store:
        run(store, web, loose)
        [row] = store.lists(now=NOW)
        [item] = kept(store).values()

    assert (row.needs_a_look, row.error) == (False, "")
    assert item.published is not None
    assert item.published.day == date(2026, 11, 18)


def test_a_selector_that_finds_no_text_on_any_page_is_said(web: Path) -> None:
    [endpoint] = HTML.endpoints
    assert endpoint.detail is not None
    for body, said in ((".gone", "detail.body finds nothing on its pages (1)"), ("#zoom", "")):
        detail = msgspec.structs.replace(endpoint.detail, body=body)
        other = msgspec.structs.replace(HTML, endpoints=(msgspec.structs.replace(endpoint, detail=detail),))
        with Store(":memory:") as store:
            run(store, web, other)
            [row] = store.lists(now=NOW)
            [item] = kept(store).values()

        assert said in row.error
        assert bool(row.error) == bool(said)
        assert LONG in item.text


def test_a_page_that_leads_to_another_site_gives_no_text(web: Path) -> None:
    write(web, "site.example.org/p/1.html", "")
    write(
        web, "site.example.org/p/1.html.headers", '{"status": 302, "location": "https://parked.example.net/"}'
    )
    write(web, "parked.example.net/index.html", f"<h1>附件公告</h1><div id=zoom><p>{LONG}</p></div>")
    with Store(":memory:") as store:
        report = run(store, web, HTML)
        [item] = kept(store).values()

    assert item.text == ""
    assert ["led away to another site" in problem.message for problem in report.problems] == [True]


def test_a_list_that_is_the_same_to_the_byte_is_not_parsed_again(
    web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parsed(*_: object, **__: object) -> None:
        raise AssertionError("parsed again")

    with Store(":memory:") as store:
        run(store, web, HTML)
        monkeypatch.setattr(reading, "parse_listing", parsed)
        again = run(store, web, HTML, now=NOW + timedelta(hours=1))

        assert (again.problems, again.new) == ((), 0)


def test_a_page_of_which_too_much_is_unreadable_gives_no_text(web: Path) -> None:
    broken = f'<meta charset=utf-8><h1>附件公告</h1><div id="zoom">{LONG}</div>'.encode()
    write(web, "site.example.org/p/1.html", broken.replace("本办法".encode(), b"\xff\xfe\xfd"))
    with Store(":memory:") as store:
        report = run(store, web, HTML)
        [item] = kept(store).values()

    assert item.text == ""
    assert ["characters are unreadable" in problem.message for problem in report.problems] == [True]
