"""The quick way through a feed says what feedparser says, for every field that we use."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from dibao.crawler.decode import decode
from dibao.crawler.parse import elements, feeds
from dibao.crawler.parse.entry import Entry
from dibao.crawler.parse.quick import quick_items
from dibao.crawler.parse.text import html_to_text
from dibao.crawler.parse.values import Refused
from dibao.crawler.parse.xml import harmless
from dibao.crawler.source import Endpoint
from dibao.store import DocumentError

from .generated import documents

URL = "https://feeds.example.org/feed"
RSS = '<rss version="2.0"><channel>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{}</feed>'
XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">{}</div>'


def parsed(text: str) -> list[Entry] | str:
    """Read a feed; of its markup the text, as two writers of markup differ in spelling. Of its language
    nothing: feedparser takes it from ``<language>``, too, which templates get wrong."""
    endpoint = Endpoint(column="news", kind="feed", url=URL)
    try:
        entries = feeds.parse_feed(text, url=URL, endpoint=endpoint, zone="UTC", lang="en")
    except DocumentError as error:
        return str(error)
    return [msgspec.structs.replace(entry, html=html_to_text(entry.html), lang="") for entry in entries]


def by_feedparser(text: str) -> list[Entry] | str:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(feeds, "quick_items", lambda _text, **_: None)
        return parsed(text)


def is_quick(text: str) -> bool:
    try:
        return quick_items(text) is not None
    except Refused:
        return False


def item(inside: str, spaces: str = "") -> str:
    return RSS.format(f"<item {spaces}><guid>1</guid>{inside}</item>")


def entry(inside: str, around: str = "") -> str:
    return ATOM.format(f"<entry {around}><id>urn:1</id><title>A</title>{inside}</entry>")


DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
MEDIA = 'xmlns:m="http://search.yahoo.com/mrss/"'
PODCAST = 'xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd"'
QUICK = {
    "rss": item("<title>A &amp;amp; B</title><link>https://a.example/1</link>"),
    "guid-as-link": RSS.format("<item><title>A</title><guid>https://a.example/1</guid></item>"),
    "guid-no-link": RSS.format(
        '<item><title>A</title><guid isPermaLink="false">https://a.example/1</guid></item>'
    ),
    "content": item(
        "<title>A</title><c:encoded><![CDATA[<p>甲<br/>乙</p>]]></c:encoded><description>short</description>",
        'xmlns:c="http://purl.org/rss/1.0/modules/content/"',
    ),
    "creator": item("<title>A</title><dc:creator>甲</dc:creator><dc:date>2026-11-19</dc:date>", DC),
    "two-authors": item("<title>A</title><author>a@a.example (甲)</author><dc:creator>乙</dc:creator>", DC),
    "two-dates": item("<title>A</title><pubDate>2026-11-18</pubDate><pubDate>2026-11-19</pubDate>"),
    "two-titles": item("<title>A</title><title>B</title>"),
    "title-of-another-space": item("<dc:title>A</dc:title><title>B</title>", DC),
    "summary-of-a-podcast": item("<title>A</title><i:summary>甲</i:summary>", PODCAST),
    "summary-after-description": item(
        "<title>A</title><description>d</description><i:summary>甲</i:summary>", PODCAST
    ),
    "picture-before-title": item("<m:title>C</m:title><title>A</title>", MEDIA),
    "description-of-a-picture": item(
        "<title>A</title><m:content><m:title>B</m:title><m:description>x</m:description></m:content>", MEDIA
    ),
    "image-in-an-item": item(
        "<title>A</title><image><title>B</title><link>https://b.example/</link></image>"
    ),
    "place": item("<title>A</title><g:point>45.2 -71.9</g:point>", 'xmlns:g="http://www.georss.org/georss"'),
    "source": item('<source url="https://b.example">B</source><title>A</title>'),
    "markup-inside": item("<title>A <b>B</b> &lt; C</title>"),
    "windows-characters": item("<title>A &#150; B &#x92;</title>"),
    "encoded-twice": item("<title>\u00c3\u00a9t\u00c3\u00a9</title>"),
    "undeclared-prefix": item("<title>A</title><dc:date>2026-11-19</dc:date>"),
    "unknown-space": item("<title>A</title><description>d</description>", 'xmlns="https://x.example/rss"'),
    "relative-link-with-base": item("<title>A</title><link>b</link>", 'xml:base="https://b.example/a/"'),
    "rdf": (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<item r:about="https://a.example/1"><title>A</title><link>https://a.example/1</link></item></r:RDF>'
    ),
    "atom": ATOM.format(
        '<entry><id>urn:1</id><title type="html">A &amp;lt;b&gt; B</title><link href="https://a.example/1"/>'
        "<updated>2026-11-19T10:00:00Z</updated><summary>1 &lt; 2</summary>"
        "<author><name>甲</name><email>a@a.example</email></author></entry>"
    ),
    "atom-0.3": (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>1</id><title>A</title>'
        "<issued>2026-11-19T10:00:00Z</issued>"
        '<content mode="escaped">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>'
    ),
    "content-only": entry('<content type="html">&lt;p&gt;x&lt;/p&gt;</content>'),
    "xhtml": entry('<content type="xhtml">' + XHTML.format("a<p>1 &lt; 2</p><br/>b") + "</content>"),
    "xhtml-with-prefix": entry(
        '<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>a</h:p>b</h:div></content>'
    ),
    "base": entry('<link href="1"/>', 'xml:base="https://b.example/"'),
    "bases-in-bases": ATOM.replace("<feed ", '<feed xml:base="https://b.example/x/" ').format(
        '<entry xml:base="y/"><id>urn:1</id><title>A</title><link xml:base="z/" href="1"/></entry>'
    ),
    "taken-from-elsewhere": entry(
        "<source><title>S</title><id>urn:s</id><updated>2020-01-01</updated></source>"
    ),
}
QUICK["item-in-an-item"] = item("<title>A</title><item><title>B</title></item><item><title>C</title></item>")
REPAIRED = {
    "doctype": '<!DOCTYPE rss PUBLIC "-//x" "https://x.example/rss.dtd">' + item("<title>A</title>"),
    "reference-of-html": item("<title>A&nbsp;&eacute; B</title>"),
    "bare-ampersand": item("<title>A & B</title>"),
    "control-character": item("<title>A&#0;&#x1b;B</title>"),
    "cut-in-an-item": item("<title>A</title>").replace("</channel>", "<item><title>B"),
    "end-missing": item("<title>A</title>").replace("</channel></rss>", ""),
    "comment-with-dashes": item("<title>A</title><!-- a -- b -->"),
}
SLOW = {
    "base64": entry('<content type="application/octet-stream">PHA+eDwvcD4=</content>'),
    "words-after-an-inner-item": item("<item><title>B</title></item><title>A</title>"),
    "items-far-down": "<rss><channel><items><item><title>A</title></item></items></channel></rss>",
    "elements-in-a-date": item("<title>A</title><pubDate>2026<b>x</b></pubDate>"),
    "owner": item("<title>A</title><i:owner><i:name>甲</i:name></i:owner>", PODCAST),
    "no-items": RSS.format("<title>x</title>"),
    "another-root": '<CHANNEL HREF="https://a.example"><ITEM HREF="https://a.example/1"/></CHANNEL>',
    "no-feed": "<html><body>x</body></html>",
}


@pytest.mark.parametrize("text", QUICK.values(), ids=QUICK)
def test_a_feed_is_read_quickly_and_as_feedparser_would(text: str) -> None:
    assert is_quick(text)
    assert parsed(text) == by_feedparser(text)


@pytest.mark.parametrize("text", REPAIRED.values(), ids=REPAIRED)
def test_a_broken_feed_is_read_quickly_once_it_is_mended(text: str) -> None:
    assert not is_quick(text)
    assert is_quick(harmless(text, url=URL))
    assert parsed(text) == by_feedparser(text)


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_what_only_feedparser_can_tell_is_left_to_it(text: str) -> None:
    assert not is_quick(text)
    assert not is_quick(harmless(text, url=URL))


def test_every_element_that_feedparser_reads_is_known() -> None:
    from feedparser.api import StrictFeedParser

    names = {
        name.split("_", 2)[2].lower()
        for name in dir(StrictFeedParser)
        if name.startswith(("_start_", "_end_"))
    }

    assert names - elements.KNOWN == set()


@given(documents)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_feed_is_made_of_both_ways_agree(text: str) -> None:
    if is_quick(text):
        assert parsed(text) == by_feedparser(text)


def test_a_caption_is_no_content_and_gives_way_to_a_description() -> None:
    caption = "<m:content><m:description>caption</m:description></m:content>"
    description = "<title>A</title><description>words</description>"
    [before] = parsed(item(caption + description, MEDIA))
    [after] = parsed(item(description + caption, MEDIA))
    [alone] = parsed(item(caption, MEDIA))

    assert (before.summary, before.html) == (after.summary, after.html) == ("words", "")
    assert alone.summary == "caption"


LINKS = {
    "empty-link": "<link/><guid>https://a.example/1</guid>",
    "link-without-address": '<link href=""/><guid>https://a.example/1</guid>',
    "two-addresses": '<link uri="at://did:plc:x/y">https://a.example/1</link>',
}


@pytest.mark.parametrize("inside", LINKS.values(), ids=LINKS)
def test_a_link_that_can_be_opened_is_found(inside: str) -> None:
    [found] = parsed(RSS.format(f"<item><title>A</title>{inside}</item>"))

    assert found.url == "https://a.example/1"


def test_the_state_of_one_item_does_not_reach_the_next() -> None:
    first = "<item><title>A</title><description>a</description><author>甲</author></item>"
    second = "<item><title>B</title><description>b</description></item>"
    [_, alone] = parsed(RSS.format("<item><title>C</title></item>" + second))

    [_, after] = parsed(RSS.format(first + second))

    assert after == alone


# --- the suites of other readers -----------------------------------------------------------------

SUITES = (
    "real_feeds",
    "feedparser_tests",
    "feedvalidator_testcases",
    "gofeed_testdata",
    "feedrs_fixtures",
    "miniflux_testdata",
    "reader_tests_data",
    "sec_edgar_current_atom",
)
# Where we differ, and why ours is the better reading.
KNOWN = {
    "rss-parser/reddit-home.rss": "a base inside content outlives it in feedparser and changes the next ids",
    "rss2/rss_2.0_ch9.xml": "what a channel says of itself decides how feedparser reads its first item",
    "feeder/model/rss_mediarss.xml": "what a picture or sound shows is not the content of the item",
    "node-feedparser/mediacontent-dupes.xml": "the caption of a picture is not the content of the item",
    "atom/atom_mediarss_newscred_1.xml": "the first description of the item is not replaced by a caption",
    "parser/rss/rss_channel_item_uri_at_protocol.xml": "the link that can be opened counts",
    "ext/feedsync/spec-example-atom-2.xml": "the copies that FeedSync keeps of a conflict are no items",
    "ext/feedsync/spec-example-rss-2.xml": "the copies that FeedSync keeps of a conflict are no items",
    "atom/4.2.11/missing-self.xml": "an entry inside the source of another is none",
    "atom/4.2.11/source-entry.xml": "an entry inside the source of another is none",
    "rss11/must/neg-anyarss.xml": "RSS 1.1, which feedparser does not know",
    "rss/must/rss10_mixedContent.xml": "elements inside a description are markup, not text with brackets",
}


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("suite", SUITES)
def test_on_every_feed_of_the_suites_both_ways_agree(shared: Path, suite: str) -> None:
    texts = dict(texts_of(shared, suite))
    quick = {name: text for name, text in texts.items() if is_quick(bare(text))}
    different = [name for name, text in quick.items() if parsed(text) != by_feedparser(text)]

    assert quick
    assert [name for name in different if name not in KNOWN] == []
    assert {name for name in KNOWN if name in quick} <= set(different), "no difference any more: take it out"


@pytest.mark.shared
def test_of_real_feeds_hardly_any_takes_feedparser(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(feeds, "_by_feedparser", lambda *_: asked.append(1) or (False, []))
    texts = [*texts_of(shared, "real_feeds"), *texts_of(shared, "sec_edgar_current_atom")]
    for _, text in texts:
        parsed(text)

    assert len(texts) > 80
    assert len(asked) <= 1


def texts_of(shared: Path, suite: str) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(shared / "data" / "feeds" / f"{suite}.zip") as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rss", ".atom")):
                yield name, decode(archive.read(name), content_type="application/xml").text


def bare(text: str) -> str:
    return feeds._DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1)
