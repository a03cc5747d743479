"""Feeds become entries: whole, plain, with the right date and one identity each."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.parse.entry import Entry
from dibao.crawler.parse.feeds import parse_feed
from dibao.crawler.parse.xml import harmless
from dibao.crawler.source import Endpoint
from dibao.store import DocumentError

URL = "https://news.example.org/rss/feed.xml"


def endpoint(**settings: Any) -> Endpoint:
    return Endpoint(column="news", kind="feed", url=URL, **settings)


def read(text: str, *, zone: str = "Asia/Shanghai", lang: str = "en", **settings: Any) -> tuple[Entry, ...]:
    return parse_feed(text, url=URL, endpoint=endpoint(**settings), zone=zone, lang=lang)


def rss(*items: str) -> str:
    body = "".join(f"<item>{item}</item>" for item in items)
    head = '<?xml version="1.0" encoding="GB2312"?><rss version="2.0"><channel><title>t</title>'
    return f"{head}{body}</channel></rss>"


def atom(*entries: str) -> str:
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>f</id>{body}</feed>'


def test_an_item_with_all_its_parts() -> None:
    [entry] = read(
        rss(
            "<title>关于《办法》的通知</title><link>www.pbc.gov.cn/a/b.html?utm_source=rss</link>"
            "<guid isPermaLink='false'>n-7</guid><pubDate>2026-11-20 10:00:00  +0800</pubDate>"
            "<description><![CDATA[<p>第一段</p><p>第二段</p>]]></description><author>张三</author>"
        ),
        lang="zh-Hans",
    )

    assert (entry.key, entry.url) == ("n-7", "https://www.pbc.gov.cn/a/b.html")
    assert (entry.title, entry.summary, entry.author) == ("关于《办法》的通知", "第一段\n第二段", "张三")
    assert entry.html == "<p>第一段</p><p>第二段</p>"
    assert entry.lang == "zh-Hans"
    assert entry.published is not None
    assert entry.published.at == datetime(2026, 11, 20, 2, tzinfo=UTC)
    assert entry.raw_date == "2026-11-20 10:00:00 +0800"


TITLES = {
    "AT&amp;amp;T and R&amp;D": "AT&T and R&D",
    "Fines &lt;b&gt;2.5&lt;/b&gt; million": "Fines 2.5 million",
    "<![CDATA[Q1 <img src=x onerror=alert(1)> bulletin]]>": "Q1 bulletin",
    "Fees < 2 % &amp; more": "Fees < 2 % & more",
    "&amp;amp;lt;b&amp;amp;gt; stays": "&lt;b&gt; stays",
    "SEC & CFTC": "SEC & CFTC",
    "Caf&eacute;&nbsp;&#x2014; 7": "Café — 7",
    "one\n\t two&#13;&#10;three": "one two three",
    "a&#x202e;b&#x200b;c&#xfeff;": "abc",
}


@pytest.mark.parametrize(("raw", "want"), TITLES.items(), ids=TITLES)
def test_titles_are_plain_text_read_once(raw: str, want: str) -> None:
    [entry] = read(rss(f"<title>{raw}</title><link>https://a.example/1</link>"))

    assert entry.title == want


def test_an_atom_title_of_type_text_is_literal() -> None:
    [entry] = read(atom('<title type="text">Close a &lt;b&gt; tag &amp;amp; why</title><id>1</id>'))

    assert entry.title == "Close a <b> tag &amp; why"


def test_a_title_is_at_most_300_characters() -> None:
    [entry] = read(rss(f"<title>{'规' * 100_000}</title><link>https://a.example/1</link>"))

    assert entry.title == "规" * 299 + "…"


def test_dates_are_ours_and_not_the_library_s() -> None:
    items = [f"<title>{i}</title><guid>{i}</guid><pubDate>{raw}</pubDate>" for i, raw in enumerate(DATES)]

    found = [entry.published.day.isoformat() if entry.published else None for entry in read(rss(*items))]

    assert found == list(DATES.values())


DATES = {
    "2026年10月8日": "2026-10-08",
    "Tuesday, October 6, 2026 - 10:50": "2026-10-06",
    "2016/6/29 15:07": "2016-06-29",
    "08/10/2026": None,
    "1772672400000": "2026-03-05",
    "1772672400": "2026-03-05",
    "17726": None,
}


def test_configured_fields_and_labels_replace_the_usual_ones() -> None:
    text = rss(
        "<title>t</title><link>https://a.example/1</link><pubTime>2026-10-08</pubTime><docNo>银发〔2026〕1号</docNo>"
    )

    [entry] = read(text, fields={"date": "pubTime", "number": "docNo"}, labels={"文号": "docNo"})

    assert entry.published is not None
    assert entry.fields["number"] == "银发〔2026〕1号"
    assert entry.labels == (("文号", "银发〔2026〕1号"),)


def keys(*items: str) -> list[str]:
    return [entry.key for entry in read(rss(*items))]


def item(title: str, *, guid: str = "", link: str = "", date: str = "") -> str:
    identity = f"<guid isPermaLink='false'>{guid}</guid><link>{link}</link>"
    return f"<title>{title}</title>{identity}<pubDate>{date}</pubDate>"


def test_a_guid_of_its_own_is_the_key() -> None:
    assert keys(item("a", guid="0"), item("b", guid="GuidCase"), item("c", guid="guidcase")) == [
        "0",
        "GuidCase",
        "guidcase",
    ]


def test_one_guid_for_all_identifies_none() -> None:
    found = keys(
        item("a", guid="x", link="https://a.example/1"), item("b", guid="x", link="https://a.example/2")
    )

    assert found == ["https://a.example/1", "https://a.example/2"]


def test_one_link_for_all_identifies_none() -> None:
    link = "https://a.example/list"
    found = keys(item("a", link=link, date="2026-01-01"), item("b", link=link, date="2026-01-02"))

    assert len(set(found)) == 2
    assert all(key.startswith("sha256:") for key in found)


def test_links_told_apart_by_their_fragment_are_two_entries() -> None:
    found = keys(
        item("Letter", link="https://a.example/l#1", date="2026-01-01"),
        item("Letter", link="https://a.example/l#2", date="2026-01-08"),
    )

    assert len(set(found)) == 2


def test_guids_told_apart_by_their_fragment_are_two_entries() -> None:
    guid = "https://a.example/2026/09/29#When:"

    assert (
        len(
            set(
                keys(
                    item("", guid=f"{guid}1") + "<description>One.</description>", item("b", guid=f"{guid}2")
                )
            )
        )
        == 2
    )


def test_a_guid_that_is_an_address_is_known_again_with_another_session() -> None:
    one = keys(item("a", guid="https://a.example/1?sessionid=A", link="https://a.example/1?sessionid=A"))
    two = keys(item("a", guid="http://www.a.example/1?sessionid=B", link="http://a.example/1/?utm_source=x"))

    assert one == two == ["https://a.example/1"]


def test_an_exact_repeat_is_one_entry() -> None:
    assert len(keys(item("a", date="2026-01-01"), item("a", date="2026-01-01"))) == 1


def test_keep_leaves_out_what_the_source_does_not_want() -> None:
    text = rss(item("关于公开征求意见的通知", guid="1"), item("领导活动", guid="2"))

    assert [entry.key for entry in read(text, keep="征求.*意见")] == ["1"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "empty", id="empty"),
        pytest.param("\ufeff \n", "empty", id="blank"),
        pytest.param(
            "<!doctype html><html><title>Sign in</title><p>x</p></html>", "Sign in", id="login-page"
        ),
        pytest.param("Service unavailable", "not a feed", id="words"),
        pytest.param('{"error": 1}', "not a feed", id="other-json"),
        pytest.param('{"items": [', "JSON", id="cut-json"),
        pytest.param("<rss>" + "<a>" * 2_000, "nested", id="deep"),
        pytest.param("<p>Back soon</p>", "not a feed", id="piece-of-a-page"),
    ],
)
def test_what_is_not_a_feed_says_so(text: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        read(text)

    assert str(caught.value).startswith(URL)
    assert "\n" not in str(caught.value)


def test_a_feed_without_items_is_empty_and_no_error() -> None:
    assert read(rss()) == ()


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": 7,
                "url": "https://a.example/7",
                "title": "a<b and c>d",
                "date_published": "2026-03-05T09:00:00+08:00",
            },
            {
                "id": "8",
                "content_html": "<p>No title, first line.</p><p>More.</p>",
                "authors": [{"name": "A"}],
            },
            {"title": "without id"},
        ],
    }
    one, two = read(json.dumps(feed))

    assert (one.key, one.title, one.url) == ("7", "a<b and c>d", "https://a.example/7")
    assert one.published is not None
    assert (two.title, two.author) == ("No title, first line.", "A")


def test_a_cut_feed_gives_whole_items_only() -> None:
    text = rss(*(item(f"t{n}", guid=str(n)) for n in range(5)))

    found = read(text[: text.index("t3") + 1])

    assert [entry.title for entry in found] == ["t0", "t1", "t2"]


def test_of_a_flood_both_ends_are_read() -> None:
    found = read(rss(*(item(f"t{n}", guid=str(n)) for n in range(2_000))))

    assert len(found) == 500
    assert {found[0].title, found[-1].title} == {"t0", "t1999"}


def test_entities_of_entities_are_refused() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + rss(item("&b;"))

    with pytest.raises(DocumentError, match="entities"):
        read(bomb)


def test_a_doctype_is_dropped_unread() -> None:
    text = '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + rss(item("Host is &f;", guid="1"))

    assert [entry.title for entry in read(text)] == ["Host is &f;"]


def test_oversized_attributes_are_dropped_and_the_item_kept() -> None:
    text = rss(item("t", guid="1")).replace("<item>", f'<item x="{"y" * 600_000}">')

    assert len(harmless(text, url=URL)) < 1_000
    assert len(read(text)) == 1


@given(st.text("<>&;!-[]\"'/ab:#x1?", max_size=80))
def test_any_markup_can_be_made_harmless_or_is_refused(noise: str) -> None:
    try:
        read(rss(f"<title>{noise}</title><link>https://a.example/1</link>"))
    except DocumentError as error:
        assert str(error).startswith(URL)


@pytest.mark.parametrize(
    ("around", "inside", "lang"),
    [
        pytest.param("", "<title>Avis</title>", "en", id="nobody-says"),
        pytest.param('xml:lang="fr"', "<title>Avis</title>", "fr", id="feed"),
        pytest.param('xml:lang="fr"', '<title xml:lang="de-AT">Erlass</title>', "de", id="title"),
        pytest.param('xml:lang="fr"', '<title xml:lang="">Notice</title>', "en", id="taken-back"),
        pytest.param('xml:lang="zh-TW"', "<title>函</title>", "zh-Hant", id="region-that-tells-the-script"),
        pytest.param('xml:lang="zh_CN"', "<title>函</title>", "zh-Hans", id="underline"),
        pytest.param('xml:lang="&quot;x"', "<title>Notice</title>", "en", id="no-tag"),
        pytest.param('lang="fr"', "<title>Notice</title>", "en", id="attribute-of-no-meaning"),
    ],
)
def test_an_item_is_in_the_language_that_it_or_its_feed_says(around: str, inside: str, lang: str) -> None:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom" {around}><entry><id>urn:1</id>{inside}</entry></feed>'

    assert [entry.lang for entry in read(feed)] == [lang]


def test_an_item_says_its_language_before_its_feed_and_the_source_before_both() -> None:
    feed = (
        '<rss version="2.0" xml:lang="en"><channel>'
        '<item xml:lang="fr"><title>Avis</title><guid>1</guid></item>'
        "<item><title>Notice</title><guid>2</guid></item></channel></rss>"
    )

    told = Endpoint(column="news", kind="feed", url=URL, lang="de")

    assert [entry.lang for entry in read(feed)] == ["fr", "en"]
    assert {entry.lang for entry in parse_feed(feed, url=URL, endpoint=told, zone="UTC", lang="it")} == {"de"}


def test_a_json_feed_says_its_language() -> None:
    item = {"id": "1", "title": "Avis"}
    items = [item, {**item, "id": "2", "language": "en"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "language": "fr-CA", "items": items}

    assert [entry.lang for entry in read(json.dumps(feed))] == ["fr", "en"]
