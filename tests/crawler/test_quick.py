"""The quick ways (feeds by hand, markup without a tree, stamps of programs) say what the slow ones say."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dibao.crawler.decode import decode
from dibao.crawler.parse import dates, feeds, urls
from dibao.crawler.parse.entry import Entry
from dibao.crawler.parse.quick import quick_items
from dibao.crawler.parse.text import clean_text, parse_html, simple_text, visible_text
from dibao.crawler.source import Endpoint
from dibao.store import DocumentError

URL = "https://feeds.example.org/feed"
RSS = '<rss version="2.0"><channel>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{}</feed>'


def parsed(text: str) -> tuple[Entry, ...] | str:
    try:
        return feeds.parse_feed(
            text, url=URL, endpoint=Endpoint(column="news", kind="feed", url=URL), zone="UTC", lang="en"
        )
    except DocumentError as error:
        return str(error)


QUICK = {
    "rss": RSS.format(
        "<item><title>A &amp;amp; B</title><link>https://a.example/1</link><guid>1</guid></item>"
    ),
    "rss-guid-as-link": RSS.format("<item><title>A</title><guid>https://a.example/1</guid></item>"),
    "rss-guid-no-link": RSS.format(
        '<item><title>A</title><guid isPermaLink="false">https://a.example/1</guid></item>'
    ),
    "rss-content": RSS.format(
        '<item xmlns:c="http://purl.org/rss/1.0/modules/content/"><title>A</title><guid>1</guid>'
        "<c:encoded><![CDATA[<p>甲<br/>乙</p>]]></c:encoded><description>short</description></item>"
    ),
    "rss-creator": RSS.format(
        '<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>A</title><guid>1</guid>'
        "<dc:creator>甲</dc:creator><dc:date>2026-11-19T10:00:00+08:00</dc:date></item>"
    ),
    "rss-authors": RSS.format(
        '<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>A</title><guid>1</guid>'
        "<author>a@a.example (甲)</author><dc:creator>乙</dc:creator></item>"
    ),
    "rss-picture-with-title": RSS.format(
        '<item xmlns:m="http://search.yahoo.com/mrss/"><title>A</title><guid>1</guid>'
        "<m:group><m:content><m:title>B</m:title></m:content></m:group><m:title>C</m:title></item>"
    ),
    "rss-place": RSS.format(
        '<item xmlns:g="http://www.georss.org/georss"><title>A</title><guid>1</guid>'
        "<g:point>45.2 -71.9</g:point></item>"
    ),
    "atom": ATOM.format(
        '<entry><id>urn:1</id><title type="html">A &amp;lt;b&gt; B</title><link href="https://a.example/1"/>'
        "<updated>2026-11-19T10:00:00Z</updated><summary>1 &lt; 2</summary>"
        "<author><name>甲</name><email>a@a.example</email></author></entry>"
    ),
    "atom-content-only": ATOM.format(
        '<entry><id>urn:1</id><title>A</title><content type="html">&lt;p&gt;x&lt;/p&gt;</content></entry>'
    ),
}
SLOW = {
    "picture-before-title": RSS.format(
        '<item xmlns:m="http://search.yahoo.com/mrss/"><m:title>C</m:title><title>A</title><guid>1</guid></item>'
    ),
    "doctype": "<!DOCTYPE rss []>" + QUICK["rss"],
    "not-well-formed": QUICK["rss"].replace("</item>", ""),
    "entity-of-html": QUICK["rss"].replace("A ", "A&nbsp;"),
    "markup-inside": RSS.format("<item><title>A <b>B</b></title><guid>1</guid></item>"),
    "two-titles": RSS.format("<item><title>A</title><title>B</title><guid>1</guid></item>"),
    "title-of-another-space": RSS.format(
        '<item xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A</dc:title><guid>1</guid></item>'
    ),
    "summary-of-a-podcast": RSS.format(
        '<item xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd"><title>A</title>'
        "<i:summary>x</i:summary></item>"
    ),
    "description-in-a-picture": RSS.format(
        '<item xmlns:m="http://search.yahoo.com/mrss/"><title>A</title>'
        "<m:content><m:description>x</m:description></m:content></item>"
    ),
    "xhtml": ATOM.format(
        '<entry><id>urn:1</id><title>A</title><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml">x</div>'
        "</content></entry>"
    ),
    "base": ATOM.format(
        '<entry xml:base="https://b.example/"><id>urn:1</id><title>A</title><link href="1"/></entry>'
    ),
    "no-items": RSS.format("<title>x</title>"),
    "too-many": RSS.format("<item><title>A</title></item>" * 501),
    "no-feed": "<html><body>x</body></html>",
    "deep": "<a>" * 400 + "</a>" * 400,
}


@pytest.mark.parametrize("text", QUICK.values(), ids=QUICK)
def test_a_plain_feed_is_read_quickly_and_as_feedparser_would(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert quick_items(text) is not None
    quickly = parsed(text)
    monkeypatch.setattr(feeds, "quick_items", lambda _: None)

    assert quickly == parsed(text)


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_what_is_not_plain_is_left_to_feedparser(text: str) -> None:
    assert quick_items(text) is None


SUITES = (
    "real_feeds",
    "feedparser_tests",
    "feedvalidator_testcases",
    "gofeed_testdata",
    "feedrs_fixtures",
    "miniflux_testdata",
    "sec_edgar_current_atom",
)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("suite", SUITES)
def test_on_every_feed_of_the_suites_both_ways_agree(
    shared: Path, suite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(shared / "data" / "feeds" / f"{suite}.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rss", ".atom"))]
        texts = {name: decode(archive.read(name)).text for name in names}
    quickly = {name: parsed(text) for name, text in texts.items() if quick_items(bare(text)) is not None}
    monkeypatch.setattr(feeds, "quick_items", lambda _: None)
    different = [name for name, entries in quickly.items() if entries != parsed(texts[name])]

    assert quickly
    assert different == []


def bare(text: str) -> str:
    return feeds._DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1)


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<br>", "<b>", "</b>", "<li>", "<div class='x'>", "</div>", "<img src='a'>", "a ", " b",
     "甲\n乙", "&amp;", "&lt;", "&nbsp;", "&#160;", "&#8212;", "é", "e\u0301", "\u200b", "  ", "\t",
     "\n", "甲",
     "<p hidden>",
     "<p style='display:none'>", '<b title="style=\'" style="opacity:0">', "<p style='color:red'>", "<hr>",
     "<pre>", "</pre>", "<code>", "</code>", "<b style='Opacity : 0'>", "<b style='color:&#x64;isplay:none'>",
     "<script>", "</script>", "&", "<", ">", "<table>", "</blockquote>", "\u3000"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=14).map("".join))
@example("a&nbsp;&nbsp;b")
@example("<p>甲\n乙</p>")
def test_simple_markup_gives_the_text_that_a_tree_gives(html: str) -> None:
    simple = simple_text(html)
    tree = parse_html(html)

    if simple is not None:
        assert simple == ("" if tree is None else visible_text(tree))


@pytest.mark.parametrize(
    "html", ["<p>a</p>", "a<br/>b", '<a href="x" style="color:red">甲</a>&#8212;', "plain"]
)
def test_simple_markup_is_known_as_such(html: str) -> None:
    assert simple_text(html) is not None


@given(st.text(alphabet="ab 甲\n\t\u00a0\u200bé\u0301\r", max_size=20))
def test_printable_text_is_cleaned_as_all_text_is(text: str) -> None:
    # A soft hyphen sends the text the long way, which drops it.
    assert clean_text(text) == clean_text("\xad" + text)


@given(
    st.datetimes(min_value=dates.datetime(1990, 1, 2), max_value=dates.datetime(2100, 12, 30)),
    st.sampled_from(["+0800", "-0530", "GMT", "+08:00", "Z"]),
)
def test_stamps_of_programs_are_read_as_written_dates_are(at: dates.datetime, offset: str) -> None:
    iso = ":" in offset or offset == "Z"
    text = at.strftime("%Y-%m-%dT%H:%M:%S" if iso else "%d %b %Y %H:%M:%S ") + offset

    assert dates._stamp(text, "Asia/Shanghai") is not None
    assert dates._stamp(text, "Asia/Shanghai") == dates._written(text, "Asia/Shanghai")


@given(st.from_regex(urls._PLAIN, fullmatch=True))
def test_what_looks_canonical_is(url: str) -> None:
    assert urls._canonical_once(url) == url
