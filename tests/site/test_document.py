"""The promises of a document's page: its own words, facts in place, and no more text than may be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from dibao.site.compare import compared
from dibao.site.document import TEXT_LIMIT, _Span, document, documents, ground, lines
from dibao.site.pages import render
from dibao.store import LANGS, Coverage, Evidence, Fact, StoryView, Version
from tests.site.filled import INFO
from tests.site.views import BODIES, SOURCES, all_views, draft_story, health, mixed_story, nfra_story

NUMBER = "中国人民银行令〔2026〕第9号"


def page(view: StoryView, lang: str = "en", *, of: int = 0) -> Any:
    made = dict(
        render(
            INFO,
            [view],
            health=health(),
            sources=SOURCES,
            bodies=BODIES,
            redirects={},
            build_id="0123456789abcdef",
        )
    )
    data = made[f"{lang}/d/{view.coverage[of].item.id}/index.html"]
    return html.document_fromstring(data.decode(), parser=html.HTMLParser(encoding="utf-8"))


def with_head(view: StoryView, **changes: Any) -> StoryView:
    head = view.head
    item = replace(head.item, **changes.pop("item", {}))
    head = replace(head, item=item, **changes)
    return replace(view, coverage=(head, *view.coverage[1:]))


def text(node: Any) -> str:
    return " ".join(node.text_content().split())


# What may be shown


def covered(view: StoryView, type_: str = "", **source: Any) -> Coverage:
    head = view.head
    facts = tuple(
        replace(fact, value=type_) if fact.kind == "document_type" else fact
        for fact in head.facts
        if fact.kind != "document_type" or type_
    )
    return replace(head, facts=facts, source=replace(head.source, **source))


@pytest.mark.parametrize(
    ("type_", "source", "expected"),
    [
        pytest.param("measures", {"jurisdiction": "CN"}, "cn", id="Chinese rule"),
        pytest.param("qa", {"jurisdiction": "CN"}, "excerpt", id="Chinese talk"),
        pytest.param("speech", {"jurisdiction": "CN"}, "excerpt", id="Chinese speech"),
        pytest.param("", {"jurisdiction": "CN"}, "excerpt", id="Chinese, type unknown"),
        pytest.param("measures", {"jurisdiction": "CN", "tier": 2}, "excerpt", id="Chinese association"),
        pytest.param("speech", {"jurisdiction": "US"}, "us", id="federal"),
        pytest.param("measures", {"jurisdiction": "US", "id": "us-nydfs"}, "excerpt", id="a state"),
        pytest.param("measures", {"jurisdiction": "US", "kind": "sro"}, "excerpt", id="self-regulator"),
        pytest.param("measures", {"jurisdiction": "EU", "kind": "central_bank"}, "eu", id="EU"),
        pytest.param("measures", {"jurisdiction": "UK"}, "excerpt", id="Crown"),
        pytest.param("measures", {"jurisdiction": "HK"}, "excerpt", id="Hong Kong"),
        pytest.param("measures", {"jurisdiction": "CN", "kind": "exchange"}, "excerpt", id="exchange"),
    ],
)  # fmt: skip
def test_full_text_needs_a_ground(type_: str, source: dict[str, Any], expected: str) -> None:
    assert ground(covered(mixed_story(), type_, **source)) == expected


def test_only_primary_issuers_have_pages() -> None:
    assert not list(documents(nfra_story()))
    assert [entry.source.id for entry in documents(mixed_story())] == ["cn-pbc", "hk-hkma"]


def test_other_texts_are_an_excerpt_that_says_why() -> None:
    view = with_head(draft_story(), item={"text": "Words of the regulator stand here. " * 60})
    found = page(view)

    assert len(text(found.xpath("//p[@class='paragraph']")[0])) <= 300
    assert not found.xpath("//section[starts-with(@aria-labelledby, 'h-part')]")
    assert "We know of no rule that frees this text" in text(found)
    assert found.xpath("//a[@class='button']/@href") == [view.head.item.url]


# The page


@pytest.mark.parametrize("lang", LANGS)
def test_the_text_is_whole_and_in_its_own_language(lang: str) -> None:
    view = mixed_story()
    found = page(view, lang)
    shown = [p.text_content() for p in found.xpath("//p[@class='paragraph']")]

    assert shown[: view.head.item.text.count("\n") + 1] == view.head.item.text.split("\n")
    assert found.xpath("//div[@lang='zh-Hans']//p[@class='paragraph']")
    assert found.xpath("string(//h1/@lang)") == "zh-Hans"
    assert shown[-1] == "附件1　数据分类目录"
    assert f"../../../{lang}/e/1043/" in found.xpath("//p[@class='crumbs']/a/@href")


def test_facts_are_marked_where_they_were_read_and_the_list_leads_there() -> None:
    found = page(mixed_story())
    marked = {mark.text_content(): mark.get("class").split() for mark in found.xpath("//mark[@title]")}

    assert "m-date" in marked["2026年12月15日"]
    assert "m-amount" in marked["一百万元"]
    [link] = found.xpath("//div[@class='fact-date_effective']//a/@href")
    assert found.get_element_by_id(link[1:]).text_content() == "2026年12月15日"
    [label] = [row for row in found.xpath("//table[@class='label-table']//tr") if "成文日期" in text(row)]
    assert label.xpath(".//mark/@class") == ["m-date "]
    assert {text(item) for item in found.xpath("//ul[@class='legend']/li")} >= {"Amount 1"}


def test_words_that_are_no_longer_there_are_not_marked() -> None:
    view = mixed_story()
    changed = with_head(view, item={"text": view.head.item.text.replace("一百万元", "二百万元")})

    assert not page(changed).xpath("//mark[contains(@class, 'm-amount')][@title]")
    assert "RMB 1 million" in text(page(changed).xpath("//div[@class='fact-amount']")[0])


def test_a_long_text_is_cut_and_says_so() -> None:
    view = with_head(mixed_story(), item={"text": "字" * (TEXT_LIMIT + 5)})
    found = page(view)

    assert len(found.xpath("//p[@class='paragraph']")[0].text_content()) == TEXT_LIMIT
    assert "The text goes on at the source." in text(found)


def test_hostile_text_stays_text() -> None:
    hostile = '<script>alert(1)</script> "><img src=x> {{ 7*7 }} \u202e</p></div>'
    head = mixed_story().head
    evidence = Evidence(item_id=head.item.id, field="text", start=0, end=8, quote=hostile[:8])
    fact = Fact(item_id=head.item.id, kind="amount", value='"><b>', shown='"><b>', evidence=evidence)
    view = with_head(
        mixed_story(), item={"text": hostile, "labels": ((hostile, hostile),)}, facts=(*head.facts, fact)
    )
    found = page(view)

    assert text(found.xpath("//p[@class='paragraph']")[0]) == hostile.replace("\u202e", "")
    assert not found.xpath("//main//script | //main//img | //main//b")


def test_private_persons_are_never_marked() -> None:
    head = mixed_story().head
    evidence = Evidence(item_id=head.item.id, field="text", start=0, end=2, quote=head.item.text[:2])
    fact = Fact(item_id=head.item.id, kind="person_private", value="x", shown="x", evidence=evidence)
    view = with_head(mixed_story(), facts=(fact,))

    assert not page(view).xpath("//mark")


def test_story_and_document_lead_to_each_other() -> None:
    made = dict(
        render(
            INFO,
            all_views(),
            health=health(),
            sources=SOURCES,
            bodies=BODIES,
            redirects={},
            build_id="0123456789abcdef",
        )
    )
    story = html.document_fromstring(made["zh/e/1043/index.html"])

    links = story.xpath("//p[@class='to-document']/a/@href")
    assert links == [f"../../../zh/d/{c.item.id}/" for c in mixed_story().coverage if c.source.official]
    assert all(f"zh/d/{link.split('/')[-2]}/index.html" in made for link in links)


# What changed


def version(view: StoryView, **changes: Any) -> Version:
    item = view.head.item
    former = Version(
        item_id=item.id,
        version=1,
        title=item.title,
        text=item.text,
        summary=item.summary,
        fetched_at=item.fetched_at,
        snapshot="",
    )
    return replace(former, **changes)


def comparison(view: StoryView, former: Version) -> Any:
    made = dict(
        render(
            INFO,
            [view],
            health=health(),
            sources=SOURCES,
            bodies=BODIES,
            redirects={},
            former={former.item_id: former},
            build_id="0123456789abcdef",
        )
    )
    data = made[f"en/d/{former.item_id}/index.html"]
    return html.document_fromstring(data.decode(), parser=html.HTMLParser(encoding="utf-8"))


def test_a_changed_document_shows_what_went_and_what_came() -> None:
    view = mixed_story()
    before = view.head.item.text.replace("五年。", "三年。").replace("第一条", "第1条")
    found = comparison(view, version(view, text=before))
    rows = found.xpath("//div[@class='changes']/p")

    assert len(rows) == 2
    assert found.xpath("//div[@class='changes']//del/text()")[1].endswith("保存期限不少于三年。")
    assert found.xpath("//div[@class='changes']//ins/text()")[1].endswith("保存期限不少于五年。")
    assert found.xpath("string(//div[@class='changes']/@lang)") == "zh-Hans"


def test_sentences_that_stayed_are_neither_struck_out_nor_new() -> None:
    view = with_head(mixed_story(), item={"text": "甲句不变。乙句是新的。丙句不变。"})
    found = comparison(view, version(view, text="甲句不变。乙句是旧的。丙句不变。"))

    assert found.xpath("//div[@class='changes']//del/text()") == ["乙句是旧的。"]
    assert found.xpath("//div[@class='changes']//ins/text()") == ["乙句是新的。"]


def test_a_text_that_may_not_be_shown_is_not_compared_either() -> None:
    view = draft_story()

    assert not comparison(view, version(view, text="Other words.")).xpath("//div[@class='changes']")


@given(st.text(alphabet="甲乙。.; \n3", max_size=60), st.text(alphabet="甲乙。.; \n3", max_size=60))
def test_a_comparison_holds_both_texts_and_nothing_else(before: str, after: str) -> None:
    view = with_head(mixed_story(), item={"text": after, "summary": ""})
    shown = compared(version(view, text=before, summary=""), view.head.item)

    for change in shown:
        old = "".join(piece for kind, piece in change.pieces if kind != "ins")
        new = "".join(piece for kind, piece in change.pieces if kind != "del")
        assert old in before.split("\n") or not old
        assert new in after.split("\n") or not new
        assert old != new


# Pieces


@given(
    st.text(alphabet="ab \n。", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=6),
)
def test_marking_changes_no_character_and_keeps_every_anchor(
    given_text: str, places: list[tuple[int, int]]
) -> None:
    spans = [
        _Span(start, start + length, "date", f"t{n}", f"f{n}")
        for n, (start, length) in enumerate(places)
        if start + length <= len(given_text)
    ]
    rows = lines(given_text, spans)

    shown = ["".join(piece.text for piece in row) for row in rows]
    assert [row for row in shown if row.strip()] == [row for row in given_text.split("\n") if row.strip()]
    assert sorted(id for row in rows for piece in row for id in piece.ids) == [span.anchor for span in spans]


def test_facts_may_overlap() -> None:
    spans = [_Span(0, 6, "duty", "Duty", "f1"), _Span(4, 8, "date", "Date", "f2")]
    [row] = lines("abcdefghij", spans)

    assert [(piece.text, piece.groups) for piece in row] == [
        ("abcd", ("duty",)),
        ("ef", ("duty", "date")),
        ("gh", ("date",)),
        ("ij", ()),
    ]


def test_every_document_is_described() -> None:
    for view in all_views():
        for entry in documents(view):
            for lang in LANGS:
                assert document(view, entry, lang, bodies=BODIES).entry.title
