"""Copies of one text are shown as one, with who else has it, on the page, in the feeds and in the mail."""

from __future__ import annotations

import json
from dataclasses import replace
from email import message_from_bytes, policy
from typing import Any

import pytest
from lxml import html

from dibao.site.coverage import folded
from dibao.site.feeds import feeds
from dibao.site.info import SiteInfo
from dibao.site.newsletter import mail
from dibao.site.pages import render
from dibao.site.story import story_page
from dibao.store import LANGS, Coverage, Lang, StoryView
from tests.site.views import BODIES, SOURCES, TERMS, TODAY, health, mixed_story

INFO = SiteInfo(base_url="https://example.org/", today=TODAY, version="0.1.0", contact="desk@example.org")
ALSO: dict[Lang, str] = {"en": "Also in", "zh": "另见"}


def copied(*, of: int = 1, copies: int = 2) -> StoryView:
    """The mixed story, where so many papers more have the words of one of its items."""
    view = mixed_story()
    original = view.coverage[of]
    more = [_copy(original, n) for n in range(copies)]
    coverage = (*view.coverage, *more)
    members = (*view.story.members, *(c.member for c in more))
    return replace(view, coverage=coverage, story=replace(view.story, members=members))


def _copy(original: Coverage, n: int) -> Coverage:
    name = f"paper{n}"
    return replace(
        original,
        item=replace(original.item, id=f"{n}" * 16, source_id=name, url=f"https://{name}.example/story"),
        source=replace(original.source, id=name, family=name, name_en=f"Paper {n}", name_zh=f"报纸{n}"),
        member=replace(original.member, item_id=f"{n}" * 16, reason=f"same-text:{original.item.id}"),
    )


def page(view: StoryView, lang: Lang) -> Any:
    found = dict(
        render(
            INFO,
            [view],
            health=health(),
            sources=SOURCES,
            bodies=BODIES,
            redirects={},
            terms=TERMS,
            build_id="0",
        )
    )
    return html.fromstring(found[f"{lang}/e/{view.story.id}/index.html"].decode())


@pytest.mark.parametrize("lang", LANGS)
def test_a_text_in_three_papers_is_one_entry_that_names_the_others(lang: Lang) -> None:
    plain, view = mixed_story(), copied()
    tree = page(view, lang)
    [also] = tree.xpath("//ol[@class='coverage']/li//div[@class='also-in']")

    assert len(tree.xpath("//ol[@class='coverage']/li")) == len(plain.coverage)
    assert also.findtext("h4") == ALSO[lang]
    assert [a.get("href") for a in also.xpath("./ul/li/a[@lang]")] == [
        "https://paper0.example/story",
        "https://paper1.example/story",
    ]
    assert f"[{len(view.coverage)}]" in tree.xpath("string(//h2[@id='h-coverage'])")


def test_copies_count_one_publisher() -> None:
    assert copied().publishers == mixed_story().publishers


def test_every_mark_of_a_copy_still_leads_somewhere() -> None:
    view = copied()
    first = view.briefs["en"].sentences[0]
    cite = replace(
        first.cites[0], item_id="0" * 16, field="title", start=0, end=4, quote=view.coverage[1].item.title[:4]
    )
    brief = replace(
        view.briefs["en"], sentences=(replace(first, cites=(cite,)), *view.briefs["en"].sentences[1:])
    )
    tree = page(replace(view, briefs=view.briefs | {"en": brief}), "en")
    ids = set(tree.xpath("//@id"))

    assert {a.get("href")[1:] for a in tree.xpath("//a[@class='cite']")} <= ids
    assert "s1-1" in {a.get("id") for a in tree.xpath("//div[@class='also-in']//li")}


@pytest.mark.parametrize("lang", LANGS)
def test_feeds_name_who_else_has_the_words(lang: Lang) -> None:
    view = copied()
    written = dict(feeds(INFO, [view], bodies=BODIES, source_feeds={}))
    [entry] = json.loads(written[f"{lang}/feed.json"])["items"]
    names = [view.coverage[-2].source.name(lang), view.coverage[-1].source.name(lang)]
    repeats = [source["repeats"] for source in entry["_regnews"]["sources"]]

    assert f"{ALSO[lang]}" in entry["content_text"]
    assert all(name in entry["content_text"] and name in entry["content_html"] for name in names)
    assert repeats == [None] * len(mixed_story().coverage) + [view.coverage[1].item.url] * 2


@pytest.mark.parametrize("lang", LANGS)
def test_the_mail_names_who_else_has_the_words(lang: Lang) -> None:
    view = copied()
    raw = mail([view], day=view.story.day, lang=lang, info=INFO, bodies=BODIES, to="a@example.org")
    message = message_from_bytes(raw, policy=policy.default)

    for part in message.walk():
        if part.get_content_maintype() == "text":
            said = " ".join(part.get_content().split())
            assert ALSO[lang] in said and view.coverage[-1].source.name(lang) in said


@pytest.mark.parametrize(
    ("copies", "shown"),
    [
        pytest.param({}, [(1, []), (2, []), (3, [])], id="no copies"),
        pytest.param({"c": "b", "b": "a"}, [(1, [2, 3])], id="a copy of a copy"),
        pytest.param({"c": "b", "b": "c"}, [(1, []), (2, [3])], id="copies of each other"),
        pytest.param({"a": "a"}, [(1, []), (2, []), (3, [])], id="of itself"),
    ],
)
def test_nothing_is_lost_in_folding(copies: dict[str, str], shown: list[tuple[int, list[int]]]) -> None:
    [entry] = story_page(mixed_story(), "en", bodies=BODIES).entries[:1]
    entries = [replace(entry, item_id=name, number=n) for n, name in enumerate("abc", 1)]

    found = folded(entries, copies)

    assert [(one.number, [copy.number for copy in one.copies]) for one in found] == shown


@pytest.mark.parametrize("lang, names", [("en", "Paper 0, Paper 1"), ("zh", "报纸0、报纸1")])
def test_a_paper_that_has_the_words_twice_is_named_once(lang: Lang, names: str) -> None:
    view = copied(copies=3)
    *others, again = view.coverage
    twice = replace(view, coverage=(*others, replace(again, source=others[-1].source)))
    [entry] = json.loads(dict(feeds(INFO, [twice], bodies=BODIES, source_feeds={}))[f"{lang}/feed.json"])[
        "items"
    ]

    assert f"{ALSO[lang]}{'：' if lang == 'zh' else ': '}{names}" in entry["content_text"]
    assert f"{names}{'、' if lang == 'zh' else ', '}" not in entry["content_text"]
