"""Feeds are valid by the letter of RFC 4287, RSS 2.0 and JSON Feed 1.1, reproducible, labelled and inert."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html

from dibao.site import labels
from dibao.site.feeds import LIMIT, feeds
from dibao.site.feeds.entry import published, source_links
from dibao.site.feeds.feed import ENTRIES
from dibao.store import HTML_LANG, LANGS, Lang, Sentence, StoryView
from tests.site.filled import INFO, corrected
from tests.site.views import BODIES, all_views, mixed_story, nfra_story, penalty_story, undated_story

NS = {
    "a": "http://www.w3.org/2005/Atom",
    "c": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "g": "tag:example.org,2026:aigc",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
HTML_TAGS = {"p", "span", "q", "a", "strong", "ul", "ol", "li", "div"}


def written(views: tuple[StoryView, ...] | None = None, **more: Any) -> dict[str, bytes]:
    chosen = all_views() if views is None else views
    return dict(feeds(INFO, chosen, bodies=BODIES, source_feeds=more.get("source_feeds", {})))


@cache
def files() -> dict[str, bytes]:
    return written()


def atom(lang: Lang) -> etree._Element:
    return etree.fromstring(files()[f"{lang}/feed.atom"], etree.XMLParser(resolve_entities=False))


def channel(lang: Lang) -> etree._Element:
    return etree.fromstring(files()[f"{lang}/feed.rss"])[0]


def json_feed(lang: Lang) -> dict[str, Any]:
    return dict(json.loads(files()[f"{lang}/feed.json"]))


ATOM_RULES: dict[str, Callable[[etree._Element], bool]] = {
    # RFC 4287, section: what it asks
    "4.1.1 exactly one id, title, updated": lambda f: all(
        len(f.findall(f"a:{name}", NS)) == 1 for name in ("id", "title", "updated")
    ),
    "4.1.1 an author for entries without one": lambda f: len(f.findall("a:author/a:name", NS)) == 1,
    "4.1.1 one link rel=self": lambda f: len(f.xpath("a:link[@rel='self']", namespaces=NS)) == 1,
    "4.1.1 one alternate, the other language related": lambda f: _one_alternate(f, f.get(XML_LANG)),
    "4.1.2 entries have exactly one id, title, updated": lambda f: all(
        len(e.findall(f"a:{name}", NS)) == 1
        for e in f.findall("a:entry", NS)
        for name in ("id", "title", "updated", "published", "summary", "content")
    ),
    "4.1.2 entries: one alternate, the other language related": lambda f: all(
        _one_alternate(entry, f.get(XML_LANG)) for entry in f.findall("a:entry", NS)
    ),
    "3.3 dates are RFC 3339": lambda f: all(
        RFC3339.fullmatch(text)
        for text in f.xpath("//a:updated/text() | //a:published/text()", namespaces=NS)
    ),
    "4.2.6 ids are absolute, unique, no file names": lambda f: _ids(
        f.xpath("//a:entry/a:id/text()", namespaces=NS)
    ),
    "4.2.7 links are absolute": lambda f: all(
        href.startswith(("https://", "http://")) for href in f.xpath("//a:link/@href", namespaces=NS)
    ),
    "4.2.2 categories have a term and an IRI as scheme": lambda f: all(
        c.get("term") and re.match(r"(https?|tag):", c.get("scheme", ""))
        for c in f.iterfind(".//a:category", NS)
    ),
    "3.1.1 titles are plain text": lambda f: (
        set(f.xpath("//a:entry/a:title/@type", namespaces=NS)) == {"text"}
    ),
    "4.1.3 content is escaped HTML": lambda f: all(
        c.get("type") == "html" and len(c) == 0 for c in f.iterfind(".//a:content", NS)
    ),
    "2 xml:lang on the feed": lambda f: f.get(XML_LANG) in HTML_LANG.values(),
    "5005 updated is the newest of the entries": lambda f: (
        f.findtext("a:updated", namespaces=NS) == max(f.xpath("a:entry/a:updated/text()", namespaces=NS))
    ),
}


def _one_alternate(element: etree._Element, own: str | None) -> bool:
    """Readers differ in which of several alternates they open: there is only one."""
    found = [(link.get("rel"), link.get("hreflang")) for link in element.iterfind("a:link[@hreflang]", NS)]
    [other] = set(HTML_LANG.values()) - {own}
    return found == [("alternate", own), ("related", other)]


def _ids(ids: list[str]) -> bool:
    pattern = re.compile(r"tag:example\.org,2026:event/\d+/(zh-Hans|en)")
    return len(ids) == len(set(ids)) > 0 and all(map(pattern.fullmatch, ids))


@pytest.mark.parametrize("rule", ATOM_RULES)
@pytest.mark.parametrize("lang", LANGS)
def test_atom(lang: Lang, rule: str) -> None:
    assert ATOM_RULES[rule](atom(lang))


RSS_RULES: dict[str, Callable[[etree._Element], bool]] = {
    "channel has title, link, description, language, ttl, docs": lambda c: all(
        len(c.findall(name)) == 1 for name in ("title", "link", "description", "language", "ttl", "docs")
    ),
    "channel names itself": lambda c: c.find("a:link", NS).get("rel") == "self",  # type: ignore[union-attr]
    "items have one title, link, guid, pubDate, description": lambda c: all(
        len(item.findall(name)) == 1
        for item in c.findall("item")
        for name in ("title", "link", "guid", "pubDate", "description")
    ),
    "description comes before content:encoded": lambda c: all(
        list(item).index(item.find("description")) < list(item).index(item.find("c:encoded", NS))
        for item in c.findall("item")
    ),
    "guids are no links": lambda c: set(c.xpath("item/guid/@isPermaLink")) == {"false"},
    "guids are unique": lambda c: _ids(c.xpath("item/guid/text()")),
    "dates are RFC 822 with four-digit years": lambda c: all(
        RFC822.fullmatch(text) for text in c.xpath("lastBuildDate/text() | item/pubDate/text()")
    ),
    "links are absolute": lambda c: all(
        text.startswith("https://") for text in c.xpath("link/text() | item/link/text()")
    ),
    "every item has a creator": lambda c: len(c.findall("item/dc:creator", NS)) == len(c.findall("item")),
    "categories name their domain": lambda c: all(
        e.get("domain") and e.text for e in c.iterfind("item/category")
    ),
    "no enclosure": lambda c: not c.findall("item/enclosure"),
}


@pytest.mark.parametrize("rule", RSS_RULES)
@pytest.mark.parametrize("lang", LANGS)
def test_rss(lang: Lang, rule: str) -> None:
    assert RSS_RULES[rule](channel(lang))


JSON_RULES: dict[str, Callable[[dict[str, Any]], bool]] = {
    "version is first": lambda f: next(iter(f.items())) == ("version", "https://jsonfeed.org/version/1.1"),
    "language and authors": lambda f: f["language"] in HTML_LANG.values() and bool(f["authors"][0]["name"]),
    "ids are unique strings": lambda f: _ids([item["id"] for item in f["items"]]),
    "each item has content in both forms": lambda f: all(
        item["content_text"] and item["content_html"] for item in f["items"]
    ),
    "dates are RFC 3339": lambda f: all(
        RFC3339.fullmatch(item[key]) for item in f["items"] for key in ("date_published", "date_modified")
    ),
    "links are absolute": lambda f: all(
        item[key].startswith("https://") for item in f["items"] for key in ("url", "external_url")
    ),
    "extensions begin with _ and no key has a dot": lambda f: all(
        "." not in key and (key in _KEYS or key.startswith("_")) for item in f["items"] for key in item
    ),
    "extensions say what they are": lambda f: all(
        item[key]["about"].startswith("https://") for item in f["items"] for key in ("_aigc", "_regnews")
    ),
}
_KEYS = {
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "date_published",
    "date_modified", "language", "tags",
}  # fmt: skip


@pytest.mark.parametrize("rule", JSON_RULES)
@pytest.mark.parametrize("lang", LANGS)
def test_json_feed(lang: Lang, rule: str) -> None:
    assert JSON_RULES[rule](json_feed(lang))


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
@pytest.mark.parametrize("lang", LANGS)
def test_a_feed_reader_reads_what_was_written(lang: Lang, name: str) -> None:
    parsed = feedparser.parse(files()[f"{lang}/{name}"])
    items = json_feed(lang)["items"]

    assert not parsed.bozo
    assert [entry.id for entry in parsed.entries] == [item["id"] for item in items]
    assert [entry.link for entry in parsed.entries] == [item["url"] for item in items]


@pytest.mark.parametrize("lang", LANGS)
def test_every_entry_begins_with_its_label(lang: Lang) -> None:
    views = {f"tag:example.org,2026:event/{v.story.id}/{HTML_LANG[lang]}": v for v in all_views()}
    for entry in atom(lang).findall("a:entry", NS):
        label = labels.visible(views[entry.findtext("a:id", "", NS)].briefs[lang], lang)
        content = lxml_html.fragment_fromstring(entry.findtext("a:content", "", NS), create_parent="div")
        assert entry.findtext("a:summary", "", NS).startswith(label)
        assert content.text_content().startswith(label)
    for item in json_feed(lang)["items"]:
        label = labels.visible(views[item["id"]].briefs[lang], lang)
        assert item["content_text"].startswith(label) and item["summary"].startswith(label)


@pytest.mark.parametrize("lang", LANGS)
def test_only_generative_entries_carry_the_hidden_label(lang: Lang) -> None:
    [label] = atom(lang).findall(".//g:label", NS)
    [in_rss] = channel(lang).findall(".//g:label", NS)
    in_json = [item["_aigc"]["label"] for item in json_feed(lang)["items"] if "label" in item["_aigc"]]

    assert label.text == in_rss.text and json.loads(label.text or "")["AIGC"] == in_json[0]
    assert in_json[0]["ProduceID"] == f"example.org:event:1043:{HTML_LANG[lang]}:2" and len(in_json) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_text_comes_out_as_text(lang: Lang) -> None:
    entries = [e for e in atom(lang).findall("a:entry", NS) if "/1031/" in e.findtext("a:id", "", NS)]
    content = entries[0].findtext("a:content", "", NS)
    tree = lxml_html.fragment_fromstring(content, create_parent="div")

    assert {element.tag for element in tree.iter()} <= HTML_TAGS
    assert {name for element in tree.iter() for name in element.attrib} <= {"href", "lang"}
    assert all(href.startswith("https://") for href in tree.xpath("//@href"))
    assert "<script>alert(7)</script>" in tree.text_content()
    title = entries[0].findtext("a:title", "", NS)
    assert "<script>" in title and "\u202e" not in title and len(title) <= 300


def test_an_entry_links_the_first_official_source_and_then_the_others() -> None:
    assert source_links(mixed_story()) == (
        "https://www.cn-pbc.example/tiaofasi/144941/9001",
        (
            "https://www.hk-hkma.example/circulars/20261120-3",
            "https://www.uk-wire.example/2026/11/china-payments-data",
        ),
    )


def test_an_entry_without_official_source_links_the_first_report() -> None:
    assert source_links(nfra_story())[0] == "https://www.cn-36kr.example/newsflashes/301"


def test_categories_name_rank_place_regulator_and_topic() -> None:
    [entry] = [e for e in atom("zh").findall("a:entry", NS) if "/1043/" in e.findtext("a:id", "", NS)]
    found = {(c.get("scheme", "").rpartition(":")[2], c.get("term")) for c in entry.findall("a:category", NS)}

    assert {("rank", "critical"), ("jurisdiction", "CN"), ("regulator", "PBC"), ("topic", "data")} <= found


def test_citations_lead_to_the_quoted_words_on_the_page() -> None:
    [item] = [item for item in json_feed("en")["items"] if item["_regnews"]["cluster_id"] == 1043]

    assert 'href="https://example.org/en/e/1043/#s2-2"' in item["content_html"]


def test_the_notice_of_a_demonstration_is_in_every_feed() -> None:
    assert "Demonstration data" in atom("en").findtext("a:subtitle", "", NS)
    assert "演示数据" in (channel("zh").findtext("description") or "")
    assert "Demonstration data" in json_feed("en")["description"]


def test_the_same_stories_give_the_same_bytes_in_any_order() -> None:
    assert written(tuple(reversed(all_views()))) == files()


def test_a_correction_changes_updated_but_no_id() -> None:
    before, after = nfra_story(), corrected(nfra_story(), "NFRA corrects its opinions")
    old, new = (json.loads(written((view,))["en/feed.json"])["items"][0] for view in (before, after))

    assert (old["id"], old["date_published"]) == (new["id"], new["date_published"])
    assert old["date_modified"] < new["date_modified"]


def test_a_source_without_a_time_is_dated_by_our_first_reading() -> None:
    view = undated_story()

    assert published(view) == view.head.item.fetched_at


def test_published_is_never_after_updated() -> None:
    view = replace(nfra_story(), updated_at=datetime.fromisoformat("2026-11-20T05:00:00+00:00"))

    assert published(view) == view.updated_at


def many(count: int, *, words: int = 1) -> tuple[StoryView, ...]:
    """That many stories on as many days, with briefs of one sentence repeated ``words`` times."""
    found = []
    for n in range(count):
        view = penalty_story()
        sentences = tuple(Sentence(text="监管要求" * 25 * words, cites=()) for _ in range(words))
        briefs = {
            lang: replace(brief, story_id=n + 1, sentences=sentences) for lang, brief in view.briefs.items()
        }
        day = date(2026, 1, 1) + timedelta(days=n)
        found.append(replace(view, story=replace(view.story, id=n + 1, day=day), briefs=briefs))
    return tuple(found)


def test_a_feed_holds_the_newest_fifty() -> None:
    items = json.loads(written(many(60))["en/feed.json"])["items"]

    assert [item["_regnews"]["cluster_id"] for item in items] == list(range(60, 60 - ENTRIES, -1))


def test_a_feed_too_large_for_readers_loses_its_oldest_entries_in_all_formats() -> None:
    large = written(many(50, words=8))
    counts = {name: data.count(b"tag:example.org,2026:event/") for name, data in large.items()}

    assert max(map(len, large.values())) < LIMIT
    assert 0 < counts["zh/feed.atom"] == counts["zh/feed.rss"] == counts["zh/feed.json"] < 50


def test_an_empty_feed_is_still_valid() -> None:
    empty = written(())

    assert not feedparser.parse(empty["en/feed.atom"]).bozo
    assert json.loads(empty["zh/feed.json"])["items"] == []


def test_the_feed_of_a_source_is_named_only_where_it_is_known() -> None:
    known = written(source_feeds={"cn-pbc": "https://www.cn-pbc.example/rss.xml", "uk-fca": "javascript:x"})
    sources = etree.fromstring(known["en/feed.rss"]).findall(".//source")

    assert [(s.get("url"), s.text) for s in sources] == [
        ("https://www.cn-pbc.example/rss.xml", "People's Bank of China")
    ]


def test_rss_and_atom_agree_on_times() -> None:
    in_rss = [parsedate_to_datetime(text) for text in channel("en").xpath("item/pubDate/text()")]
    in_atom = [datetime.fromisoformat(t) for t in atom("en").xpath("//a:published/text()", namespaces=NS)]

    assert in_rss == in_atom
