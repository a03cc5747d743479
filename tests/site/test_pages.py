"""What every page promises: both languages, links that lead somewhere, hostile text as text, true labels."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from dibao.site import labels, words
from dibao.site.pages import ABOUT, assets
from dibao.store import LANGS, Lang, StoryView
from tests.site.rendering import SITE, parsed, rendered, story, text, with_fact
from tests.site.views import all_views, mixed_story, nfra_story, undated_story, with_brief_writer

# The whole edition


def test_every_page_exists_in_both_languages(pages: dict[str, bytes]) -> None:
    of: dict[Lang, set[str]] = {
        lang: {path.removeprefix(f"{lang}/") for path in pages if path.startswith(f"{lang}/")}
        for lang in LANGS
    }

    assert of["en"] == of["zh"]
    assert {
        "index.html",
        "2026-11-20/index.html",
        "archive/index.html",
        "status/index.html",
        "calendar/index.html",
    } <= of["en"]
    assert {f"about/{topic}/index.html" for topic in ABOUT} <= of["en"]
    assert {f"about/{topic}/index.html" for topic in ABOUT} | {"status/index.html", "404.html"} <= set(pages)


def test_every_link_and_fragment_inside_the_site_leads_somewhere(
    pages: dict[str, bytes], trees: dict[str, Any]
) -> None:
    names = ("feed.atom", "feed.rss", "feed.json", "calendar.ics")
    known = set(pages) | {f"{lang}/{name}" for lang in LANGS for name in names}
    known |= {"health.json", "data/calendar.json", "data/penalties.csv", "data/penalties.json"}
    ids = {path: set(tree.xpath("//@id")) for path, tree in trees.items()}
    for path, tree in trees.items():
        for link in tree.xpath("//a/@href | //link[@rel!='canonical']/@href | //script/@src"):
            url = urlsplit(urljoin(f"https://example.org/{path}", link))
            if url.netloc != "example.org":
                continue
            target = url.path.lstrip("/")
            target = posixpath.join(target, "index.html") if target.endswith("/") or not target else target
            assert target in known, f"{path}: {link}"
            assert not url.fragment or url.fragment in ids[target], f"{path}: {link}"


def test_language_versions_name_each_other(trees: dict[str, Any]) -> None:
    named = {
        tree.xpath("string(//link[@rel='canonical']/@href)"): {
            link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@hreflang]")
        }
        for path, tree in trees.items()
        if path[:3] in ("en/", "zh/") and not path.endswith("/e/999/index.html")
    }
    for own, alternates in named.items():
        assert own in alternates.values()
        assert set(alternates) == {"en", "zh-Hans", "x-default"}
        assert all(named[url] == alternates for url in alternates.values())


def test_the_head_keeps_the_order_of_the_standard(trees: dict[str, Any]) -> None:
    head = trees["zh/e/1043/index.html"].find("head")
    names = [
        next(filter(None, (node.get(key) for key in ("charset", "name", "rel", "type"))), node.tag)
        for node in head
    ]

    assert names[:3] == ["utf-8", "viewport", "title"]
    assert names[3:14] == [
        "description", "canonical", "alternate", "alternate", "alternate", "alternate", "alternate",
        "alternate", "AIGC", "application/ld+json", "generator",
    ]  # fmt: skip


def test_the_same_input_makes_the_same_bytes() -> None:
    assert rendered(*all_views()) == rendered(*all_views())


def test_a_site_without_stories_says_so() -> None:
    pages = rendered()

    assert words.word("zh", "digest.empty") in pages["zh/index.html"].decode()
    assert "en/e/1042/index.html" not in pages


def test_a_merged_story_leads_to_the_one_that_took_it(trees: dict[str, Any]) -> None:
    page = trees["zh/e/999/index.html"]

    assert page.xpath("string(//meta[@http-equiv='refresh']/@content)") == "0; url=../../../zh/e/1042/"
    assert page.xpath("string(//link[@rel='canonical']/@href)") == "https://example.org/zh/e/1042/"


def test_the_page_for_unknown_addresses_links_from_the_root() -> None:
    page = parsed(rendered(site=replace(SITE, base_url="https://example.org/news/"))["404.html"])

    assert page.xpath("string(//link[@rel='stylesheet']/@href)") == "/news/" + assets()["style"]


# Nothing from outside gets out of its place


def test_hostile_text_stays_text(trees: dict[str, Any]) -> None:
    for path, tree in trees.items():
        scripts = tree.xpath("//script[not(@type='application/ld+json')]")
        assert all(s.get("src") and not s.text for s in scripts), path
        assert not tree.xpath("//img | //iframe | //style | //object | //base | //a[.//b]"), path
        assert not tree.xpath("//@style | //@onerror | //@onload | //@onclick"), path
        for link in tree.xpath("//a/@href"):
            assert urlsplit(link).scheme in ("", "https", "mailto"), f"{path}: {link}"


def test_no_control_or_bidi_character_reaches_a_page(pages: dict[str, bytes]) -> None:
    never = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]")
    for path, data in pages.items():
        assert not never.search(data.decode()), path


def test_links_out_of_the_house_give_nothing_away(trees: dict[str, Any]) -> None:
    for path, tree in trees.items():
        for link in tree.xpath("//a[starts-with(@href, 'http')]"):
            assert link.get("rel") == "noopener noreferrer", path


def test_titles_are_cut_at_300_characters() -> None:
    page = story(undated_story(), "en")

    assert len(page.find(".//h1").text_content()) == 300
    assert len(page.find(".//title").text_content()) <= 300 + len(" – Dibao")


def test_the_schema_record_is_json_that_cannot_end_its_script() -> None:
    data = rendered(undated_story())["en/e/1031/index.html"].decode()
    [raw] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', data)

    assert not set("<>&") & set(raw)
    assert json.loads(raw)["headline"].startswith("<script>alert")


def test_private_persons_are_never_shown() -> None:
    view = with_fact(nfra_story(), "person_private", "北风某某", "36氪")

    for lang in LANGS:
        assert "北风某某" not in rendered(view)[f"{lang}/e/1042/index.html"].decode()


# Labels


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("writer", "case"), [("embedded", "extract"), ("model:qwen3-8b", "brief")], ids=["embedded", "generative"]
)
def test_the_label_stands_before_the_first_sentence(writer: str, case: labels.Case, lang: Lang) -> None:
    view = with_brief_writer(nfra_story(), writer)
    page = story(view, lang)
    said = text(page.find(".//article"))
    label = labels.WORDS[case][lang]

    assert -1 < said.index(label) < said.index(view.briefs[lang].sentences[0].text)
    assert page.xpath("string(//meta[@name='description']/@content)").startswith(label)
    assert bool(page.xpath("//*[@class='ai-mark']")) == (case == "brief")
    assert ("qwen3-8b" in said) == (case == "brief")


def test_the_hidden_label_is_on_pages_with_generated_text_only(trees: dict[str, Any]) -> None:
    [raw] = trees["zh/e/1043/index.html"].xpath("//meta[@name='AIGC']/@content")
    [digest_label] = trees["en/2026-11-20/index.html"].xpath("//meta[@name='AIGC']/@content")

    assert json.loads(raw)["AIGC"]["ProduceID"] == "example.org:event:1043:zh-Hans:2"
    assert json.loads(digest_label)["AIGC"]["ProduceID"] == "example.org:digest:2026-11-20:en"
    assert not trees["zh/e/1042/index.html"].xpath("//meta[@name='AIGC']")
    assert not trees["en/2026-11-19/index.html"].xpath("//meta[@name='AIGC']")


@pytest.mark.parametrize(
    ("view", "kind"),
    [
        pytest.param(nfra_story(), "AlgorithmicMediaDigitalSource", id="embedded"),
        pytest.param(mixed_story(), "TrainedAlgorithmicMediaDigitalSource", id="generative"),
    ],
)
def test_the_schema_record_names_sources_law_and_source_type(view: StoryView, kind: str) -> None:
    record = json.loads(story(view, "en").xpath("string(//script[@type='application/ld+json'])"))

    assert record["@type"] == "NewsArticle"
    assert record["digitalSourceType"] == "https://schema.org/" + kind
    assert [work["url"] for work in record["isBasedOn"]] == [c.item.url for c in view.coverage]
    assert len(record.get("citation", ())) == view.official
    if view.official:
        assert record["about"]["legislationIdentifier"] == "中国人民银行令〔2026〕第9号"
        assert record["about"]["legislationDate"] == "2026-11-12"
