"""The crawl from end to end on a folder HOST/PATH: lists, pages, files in; items, polls, snapshots out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dibao.crawler import publication, reading
from dibao.crawler.parse import listing
from dibao.crawler.run import CrawlReport, crawl
from dibao.crawler.source import SourceSpec
from dibao.store import Item, Store

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LONG = "本办法自2026年12月1日起施行。" * 30


def spec(name: str, *endpoints: dict[str, Any], **changes: Any) -> SourceSpec:
    row = {
        "id": f"xx-{name}",
        "name_en": name.title(),
        "name_zh": name,
        "tier": 1,
        "jurisdiction": "CN",
        "kind": "regulator",
        "languages": ["zh-Hans"],
        "timezone": "Asia/Shanghai",
        "homepage": f"https://{name}.example.org/",
        "endpoints": [{"column": "news", **endpoint} for endpoint in endpoints],
    }
    return msgspec.convert({**row, **changes}, SourceSpec)


FEED = spec("feed", {"kind": "feed", "url": "https://feed.example.org/rss"})
API = spec(
    "api",
    {
        "kind": "json",
        "method": "POST",
        "url": "https://api.example.org/list",
        "payload": {"at": "{now_ms}"},
        "ok": {"code": 0},
        "items": "rows",
        "fields": {"key": "id", "title": "t", "date": "d"},
        "labels": {"发文字号": "no"},
        "link": "https://api.example.org/view?id={key}",
        "detail": {
            "kind": "json",
            "url": "https://api.example.org/doc?lang=ZH&id={key}",
            "title": "data.title",
            "body": "data.html",
        },
    },
)
HTML = spec(
    "site",
    {
        "kind": "html",
        "url": "https://site.example.org/list/",
        "items": "ul.list li",
        "fields": {"title": "a", "url": "a@href", "date": "span"},
        "date_format": "%Y-%m-%d",
        "detail": {"kind": "html", "title": "h1", "body": "#zoom"},
    },
)


def rss(*items: tuple[str, str, str]) -> str:
    rows = "".join(
        f"<item><title>{title}</title><link>https://feed.example.org/{name}</link><guid>{name}</guid>"
        f"<pubDate>Thu, 19 Nov 2026 10:00:00 +0800</pubDate><description>{text}</description></item>"
        for name, title, text in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'


def pdf(line: str) -> bytes:
    """A one-page PDF with one line of text; readers rebuild the missing cross-reference table."""
    stream = f"BT /F1 12 Tf 72 700 Td ({line}) Tj ET".encode()
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R",
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n",
            b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(stream), stream),
            b"trailer<</Root 1 0 R>>\n",
        )
    )


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A small recorded web of three healthy sites."""
    root = tmp_path / "web"
    write(root, "feed.example.org/rss", rss(("a", "甲局发布通知", "通知全文。"), ("b", "乙事", "另一件事。")))
    rows = [{"id": 7, "t": "关于规范账户管理的…", "d": "2026-11-19", "no": "甲发〔2026〕7号"}]
    write(root, "api.example.org/list.POST", json.dumps({"code": 0, "rows": rows}))
    body = {"title": "关于规范账户管理的通知（试行）", "html": f"<p>{LONG}</p><script>x()</script>"}
    write(root, "api.example.org/doc%3Flang=ZH&id=7", json.dumps({"data": body}))
    page = '<ul class="list"><li><a href="../p/1.html">附件公告</a><span>2026-11-18</span></li></ul>'
    write(root, "site.example.org/list/index.html", f"<html><body>{page}</body></html>")
    links = '<a href="a.pdf">附件1</a> <a href="b.ppt">附件2</a>'
    doc = f'<h1>附件公告</h1><div id="zoom"><p>{LONG}</p><p>{links}</p></div>'
    write(root, "site.example.org/p/1.html", f"<html><meta charset=utf-8><body>{doc}</body></html>")
    write(root, "site.example.org/p/a.pdf", pdf("Annex one"))
    return root


def write(root: Path, name: str, body: str | bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body.encode() if isinstance(body, str) else body)


def run(store: Store, root: Path, *specs: SourceSpec, **options: Any) -> CrawlReport:
    given = {"now": NOW, "contact": "https://example.org/bot", "archive": None, "replay": root, **options}
    return crawl(store, specs or (FEED, API, HTML), **given)


def kept(store: Store) -> dict[str, Item]:
    """The stored items by title."""
    return {item.title: item for item in store.items_to("test", "1")}


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
    both = [one, replace(one, title="二"), one]

    assert [entry.title for _, entry in reading.keyed(both)] == ["一", "二"]
    assert len({key for key, _ in reading.keyed(both)}) == 2


def test_http_and_https_name_one_page() -> None:
    keys = {
        reading.keyed([reading.Entry(url=f"{scheme}://www.a.example.org/x", title="t")])[0][0]
        for scheme in ("http", "https")
    }

    assert len(keys) == 1
