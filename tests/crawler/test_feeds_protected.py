"""What feedparser gets wrong is handled around it: each fault is shown in feedparser, then not in ours.

A case that feedparser has learned to read rightly fails here, and the care around it may go.
"""

from __future__ import annotations

import warnings
from typing import Any

import feedparser
import pytest

from dibao.crawler.decode import decode
from dibao.crawler.parse import feeds, quick
from dibao.crawler.parse.entry import Entry
from dibao.crawler.parse.xml import harmless
from dibao.store import DocumentError

from .test_feeds import atom, read, rss


def ours(body: bytes) -> Entry:
    return read(decode(body, content_type="application/xml").text, zone="UTC")[0]


def theirs(body: bytes) -> Any:
    with warnings.catch_warnings(action="ignore"):
        return feedparser.parse(body).entries[0]


def day(raw: str) -> bytes:
    return rss(f"<title>t</title><guid>1</guid><pubDate>{raw}</pubDate>").replace("GB2312", "UTF-8").encode()


DATES = {"2026年10月8日": "2026-10-08", "2016/6/29 15:07": "2016-06-29", "1760000000": "2025-10-09"}


@pytest.mark.parametrize(("raw", "want"), DATES.items(), ids=DATES)
def test_feedparser_misreads_a_date_and_ours_does_not(raw: str, want: str) -> None:
    parsed = theirs(day(raw)).get("published_parsed")
    entry = ours(day(raw))

    assert parsed is None or "{:04}-{:02}-{:02}".format(*parsed[:3]) != want
    assert entry.published is not None
    assert entry.published.day.isoformat() == want


def test_feedparser_cannot_read_chinese_that_is_not_declared_and_ours_can() -> None:
    text = rss("<title>市监督管理局关于规范支付业务的公告</title><guid>1</guid>").partition("?>")[2]
    body = text.encode("gb18030")

    assert theirs(body).title != "市监督管理局关于规范支付业务的公告"
    assert ours(body).title == "市监督管理局关于规范支付业务的公告"


def test_feedparser_has_no_version_for_nothing_and_ours_says_so() -> None:
    with pytest.raises(AttributeError):
        _ = feedparser.parse(b"").version
    with pytest.raises(DocumentError, match="empty"):
        read("")


def test_feedparser_finds_nothing_wrong_with_a_page_and_ours_does() -> None:
    page = "<!doctype html><html><title>Maintenance</title><body><p>Back soon</p></body></html>"

    assert not feedparser.parse(page.encode()).entries
    with pytest.raises(DocumentError, match="Maintenance"):
        read(page)


def test_feedparser_takes_any_guid_for_a_link_and_ours_does_not() -> None:
    text = rss("<title>t</title><guid>news-17</guid>").replace("GB2312", "UTF-8").encode()

    assert theirs(text).link == "news-17"
    assert ours(text).url == ""


def test_feedparser_gives_the_address_of_one_author_to_the_next_and_ours_does_not() -> None:
    text = atom(
        "<title>t</title><id>1</id><author><name>A</name><email>a@a.example</email></author>"
        "<author><name>B</name></author>"
    ).encode()

    assert theirs(text).author != "B"
    assert ours(text).author == "B"


# --- limits ----------------------------------------------------------------------------------------

FLOOD = rss(*(f"<title>t{n}</title><guid>{n}</guid>" for n in range(600)))
BIG = rss("<title>t</title><guid>1</guid>").replace("<item>", f'<item x="{"y" * 600_000}">')


def test_a_flood_is_cut_because_of_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(read(FLOOD)) == 500

    monkeypatch.setattr(quick, "MAX_ITEMS", 10_000)
    assert len(read(FLOOD)) == 600


def test_a_feed_too_big_for_the_quick_way_meets_the_scan_first(monkeypatch: pytest.MonkeyPatch) -> None:
    scanned = []
    monkeypatch.setattr(feeds, "harmless", lambda text, **k: scanned.append(len(text)) or harmless(text, **k))
    read(BIG)
    assert not scanned

    monkeypatch.setattr(quick, "MAX_CHARACTERS", 1_000)
    read(BIG)
    assert scanned
