"""HTML lists become entries by the selectors of their source."""

from __future__ import annotations

from typing import Any

import pytest

from dibao.crawler.parse.entry import Entry
from dibao.crawler.parse.listing import parse_listing
from dibao.crawler.parse.lists import parse_list, url_moment
from dibao.crawler.source import Endpoint
from dibao.store import DocumentError

URL = "https://www.example.gov.cn/zwgk/index.html"
PAGE = """<html><body><ul class="list">
<li><h5><a href="./202611/t20261120_1.html" title="关于印发《数据安全管理办法》的通知"
    >关于印发《数据安全…</a></h5>
    <span class="times"> 2026年11月20日 </span></li>
<li><h5><a href="//www.example.gov.cn/2026-11/19/c_1.htm">第二条</a></h5>
    <span class="times">2026-11-19</span></li>
<li><h5><a href="javascript:void(0)">更多</a></h5></li>
<li class="ad"><span>no link</span></li>
</ul></body></html>"""


def read(text: str = PAGE, *, lang: str = "zh-Hans", **settings: Any) -> tuple[Entry, ...]:
    settings = {"items": "ul.list li", "fields": {"title": "h5 a", "date": ".times"}, **settings}
    endpoint = Endpoint(column="policy", kind="html", url=URL, **settings)
    return parse_list(text, url=URL, endpoint=endpoint, zone="Asia/Shanghai", lang=lang)


def days(entries: tuple[Entry, ...]) -> list[str | None]:
    return [e.published.day.isoformat() if e.published else None for e in entries]


def test_rows_with_title_link_and_date() -> None:
    entries = read()

    assert [e.title for e in entries] == ["关于印发《数据安全管理办法》的通知", "第二条"]
    assert [e.url for e in entries] == [
        "https://www.example.gov.cn/zwgk/202611/t20261120_1.html",
        "https://www.example.gov.cn/2026-11/19/c_1.htm",
    ]
    assert days(entries) == ["2026-11-20", "2026-11-19"]
    assert entries[0].raw_date == "2026年11月20日"


def test_the_date_is_taken_from_the_address_only_when_told() -> None:
    def told(**fields: str) -> list[str | None]:
        made = Endpoint(column="policy", kind="html", url=URL, items="ul.list li", fields=fields)
        page = PAGE.replace("2026年", "2020年")
        return days(parse_listing(page, url=URL, endpoint=made, zone="Asia/Shanghai", lang="zh").entries)

    assert told(title="h5 a@title, h5 a", date="url") == ["2026-11-20", "2026-11-19"]
    assert told(title="h5 a", date=".nowhere, url") == ["2026-11-20", "2026-11-19"]
    assert told(title="h5 a", date=".times, url") == ["2020-11-20", "2026-11-19"]
    assert told(title="h5 a") == [None, None]


def test_a_row_may_be_the_link_itself() -> None:
    entries = read(items="ul.list h5 a", fields={"title": "@title, ."})

    assert [e.title for e in entries] == ["关于印发《数据安全管理办法》的通知", "第二条"]


def test_commas_inside_brackets_do_not_split_a_selector() -> None:
    assert len(read(fields={"title": ":is(h5, h6) a"})) == 2


def test_keep_and_labels() -> None:
    entries = read(keep="办法", labels={"日期": ".times"})

    assert [e.labels for e in entries] == [(("日期", "2026年11月20日"),)]


@pytest.mark.parametrize(
    ("text", "settings", "words"),
    [
        pytest.param("", {}, "no rows", id="empty"),
        pytest.param("<script>challenge()</script>", {}, r"no rows \(items=ul.list li\)", id="challenge"),
        pytest.param(PAGE, {"items": ".other"}, "no rows", id="changed"),
        pytest.param(PAGE, {"fields": {"title": ".other"}}, "4 rows, none with", id="changed-inside"),
        pytest.param(PAGE, {"items": "li["}, "not a CSS selector", id="bad-selector"),
    ],
)
def test_a_page_without_rows_is_an_error_not_an_empty_day(
    text: str, settings: dict[str, Any], words: str
) -> None:
    with pytest.raises(DocumentError, match=words):
        read(text, **settings)


@pytest.mark.parametrize(
    ("path", "want"),
    [
        ("/a/202611/t20261120_123.html", "2026-11-20"),
        ("/2026-11/20/c_17636.htm", "2026-11-20"),
        ("/press-releases/2026/11/20261120-4/", "2026-11-20"),
        ("/safe/2026/1120/27000.html", "2026-11-20"),
        ("/a/202611/content_7000000.htm", None),
        ("/a/t20261340_1.html", None),
        ("/20261120-1/20261121-1.html", None),
        ("/c_1320261120123.htm", None),
    ],
)
def test_addresses_tell_a_day_or_none(path: str, want: str | None) -> None:
    moment = url_moment("https://www.example.gov.cn" + path, zone="Asia/Shanghai")

    assert (moment.day.isoformat() if moment else None) == want
