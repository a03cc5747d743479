"""Silent edits become versions, and pages that vanish withdraw their items; on a replayed web."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dibao.crawler import checking, publication
from dibao.crawler.run import CrawlReport, crawl
from dibao.crawler.schedule import MAX_CHECKS
from dibao.store import Item, Store, changes

from .runs import HTML, LONG, NOW, pdf, spec, write

PAGE = "site.example.org/p/1.html"
LIST = "https://site.example.org/list/"


def page(text: str, links: str = '<a href="a.pdf">附件1</a>') -> str:
    body = f'<h1>附件公告</h1><div id="zoom"><p>{text}</p><p>{links}</p></div>'
    return f"<html><meta charset=utf-8><body>{body}</body></html>"


@pytest.fixture
def web(tmp_path: Path) -> Path:
    rows = '<ul class="list"><li><a href="../p/1.html">附件公告</a><span>2026-11-19</span></li></ul>'
    write(tmp_path, "site.example.org/list/index.html", f"<html><body>{rows}</body></html>")
    write(tmp_path, PAGE, page(LONG))
    write(tmp_path, "site.example.org/p/a.pdf", pdf("Annex one"))
    return tmp_path


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        yield opened


def run(store: Store, web: Path, *, hours: int = 0) -> CrawlReport:
    now = NOW + timedelta(hours=hours)
    return crawl(store, [HTML], now=now, contact="https://bot.example.org/", archive=None, replay=web)


def only(store: Store) -> Item:
    [item] = store.items(store.content_hashes(HTML.id)).values()
    return item


def test_a_silent_edit_becomes_a_version_although_the_list_is_the_same(web: Path, store: Store) -> None:
    run(store, web)
    write(web, PAGE, page(LONG.replace("12月1日", "12月31日")))
    soon = run(store, web, hours=5)
    later = run(store, web, hours=6)
    versions = store.versions(only(store).id)

    assert (soon.changed, soon.checked, later.changed, later.checked) == (0, 0, 1, 1)
    assert later.problems == ()
    assert len(versions) == 2
    assert [
        ("12月31日" in c.after, "12月1日" in c.before) for c in changes(versions[0].text, versions[1].text)
    ] == [(True, True)]


def test_looking_again_at_an_unchanged_page_changes_nothing(web: Path, store: Store) -> None:
    run(store, web)
    before = only(store)
    again = run(store, web, hours=6)

    assert (again.new, again.changed, again.checked) == (0, 0, 1)
    assert only(store) == before


def test_a_page_gone_at_three_checks_is_withdrawn_and_its_text_kept(web: Path, store: Store) -> None:
    run(store, web)
    write(web, f"{PAGE}.headers", json.dumps({"status": 404}))
    states = []
    for hours in (6, 12, 18):
        report = run(store, web, hours=hours)
        states.append((only(store).withdrawn_at, report.problems))

    assert states == [(None, ()), (None, ()), (NOW + timedelta(hours=18), ())]
    assert LONG in only(store).text


def test_a_page_that_is_back_is_not_withdrawn(web: Path, store: Store) -> None:
    run(store, web)
    write(web, f"{PAGE}.headers", json.dumps({"status": 410}))
    for hours in (6, 12, 18):
        run(store, web, hours=hours)
    gone = only(store).withdrawn_at
    (web / f"{PAGE}.headers").unlink()
    run(store, web, hours=48)

    assert gone is not None
    assert only(store).withdrawn_at is None


def test_a_failure_in_between_neither_counts_nor_starts_anew(web: Path, store: Store) -> None:
    run(store, web)
    states = []
    for hours, status in ((6, 404), (12, 404), (18, 403), (24, 404)):
        write(web, f"{PAGE}.headers", json.dumps({"status": status}))
        run(store, web, hours=hours)
        states.append(only(store).withdrawn_at is not None)

    assert states == [False, False, False, True]


@pytest.mark.parametrize(("left", "withdrawn"), [(0, 0), (1, 3)], ids=["all-gone", "one-left"])
def test_a_site_whose_pages_are_all_gone_at_once_has_moved(
    web: Path, store: Store, left: int, withdrawn: int
) -> None:
    rows = "".join(f'<li><a href="../p/{n}.html">公告{n}</a><span>2026-11-19</span></li>' for n in range(4))
    write(web, "site.example.org/list/index.html", f'<ul class="list">{rows}</ul>')
    for n in range(4):
        write(web, f"site.example.org/p/{n}.html", page(LONG, links=""))
    run(store, web)
    for n in range(left, 4):
        write(web, f"site.example.org/p/{n}.html.headers", json.dumps({"status": 404}))
    reports = [run(store, web, hours=hours) for hours in (6, 12, 18, 24)]
    items = store.items(store.content_hashes(HTML.id)).values()

    assert sum(item.withdrawn_at is not None for item in items) == withdrawn
    assert any("has the site moved" in p.message for r in reports for p in r.problems) is (left == 0)


GONE_IN_OTHER_WORDS = {
    "error-page-with-200": (page("您访问的页面不存在或已删除。", links=""), {}, 1),
    "front-page-instead": ("", {"status": 302, "location": "/"}, 1),
    "maintenance": (page("系统维护中，请稍后再试。", links=""), {}, 0),
    "server-down": ("", {"status": 500}, 0),
    "refused": ("", {"status": 403}, 0),
}


@pytest.mark.parametrize(
    ("body", "headers", "missing"), GONE_IN_OTHER_WORDS.values(), ids=GONE_IN_OTHER_WORDS
)
def test_only_a_page_that_is_gone_counts_as_gone(
    web: Path, store: Store, body: str, headers: dict[str, object], missing: int
) -> None:
    run(store, web)
    write(web, "site.example.org/index.html", "<html><body><p>Front page</p></body></html>")
    write(web, PAGE, body)
    if headers:
        write(web, f"{PAGE}.headers", json.dumps(headers))
    report = run(store, web, hours=6)
    [(check, _)] = store.checks(HTML.id, since=NOW.date() - timedelta(days=9))

    assert check.missing == missing
    assert bool(report.problems) is not bool(missing)
    assert LONG in only(store).text


def test_files_are_fetched_again_only_where_they_are_others(
    web: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = publication._attachment

    async def counted(work: publication.Work, link: publication.Link, address: str) -> object:
        asked.append(link.name)
        return await real(work, link, address)

    monkeypatch.setattr(publication, "_attachment", counted)
    run(store, web)
    write(web, PAGE, page(LONG + "补充说明。"))
    run(store, web, hours=6)
    write(web, PAGE, page(LONG + "再补充。", links='<a href="a.pdf">附件1</a> <a href="b.ppt">附件2</a>'))
    run(store, web, hours=12)

    assert asked == ["附件1", "附件1", "附件2"]
    assert [file.name for file in only(store).attachments] == ["附件1", "附件2"]


def test_no_more_pages_are_looked_at_than_the_bound(web: Path, store: Store) -> None:
    rows = "".join(f'<li><a href="../p/{n}.html">公告{n}</a><span>2026-11-19</span></li>' for n in range(9))
    write(web, "site.example.org/list/index.html", f'<html><body><ul class="list">{rows}</ul></body></html>')
    for n in range(9):
        write(web, f"site.example.org/p/{n}.html", page(LONG, links=""))
    run(store, web)
    first = run(store, web, hours=6)
    second = run(store, web, hours=7)

    assert (first.checked, second.checked) == (MAX_CHECKS, 9 - MAX_CHECKS)


def test_a_fault_of_ours_while_looking_again_stays_with_the_page(
    web: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store, web)

    async def faulty(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(checking, "read_page", faulty)
    report = run(store, web, hours=6)

    assert [p.message for p in report.problems] == ["cannot be read (ZeroDivisionError: ours)"]


def test_a_list_that_left_the_catalogue_takes_its_checks_along(web: Path, store: Store) -> None:
    run(store, web)
    other = spec("site", {"kind": "feed", "url": "https://site.example.org/rss"})
    now = NOW + timedelta(hours=6)
    report = crawl(store, [other], now=now, contact="x", archive=None, replay=web)

    assert report.checked == 0
