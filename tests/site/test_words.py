"""Names and words in both languages: the glossary page, counts, grounds of ranks, excerpts."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.site import naming, words
from dibao.site.coverage import excerpt, passage
from dibao.store import HTML_LANG, LANGS, Evidence, Lang
from tests.site.rendering import text
from tests.site.views import BODIES, nfra_story

OTHER: dict[Lang, Lang] = {"en": "zh", "zh": "en"}


# The glossary


@pytest.mark.parametrize(
    ("lang", "body", "term"),
    [
        pytest.param(
            "en",
            ["National Financial Regulatory Administration", "国家金融监督管理总局", "NFRA · 金融监管总局"],
            ["Generative artificial intelligence", "生成式人工智能", "GenAI"],
            id="en",
        ),
        pytest.param(
            "zh",
            ["国家金融监督管理总局", "National Financial Regulatory Administration", "金融监管总局 · NFRA"],
            ["生成式人工智能", "generative artificial intelligence", "GenAI"],
            id="zh",
        ),
    ],
)
def test_the_glossary_names_institutions_and_terms_in_both_languages(
    lang: Lang, body: list[str], term: list[str], trees: dict[str, Any]
) -> None:
    page = trees[f"{lang}/glossary/index.html"]
    other = HTML_LANG[OTHER[lang]]

    assert [text(cell) for cell in page.get_element_by_id("b-NFRA")] == body
    assert [text(cell) for cell in page.xpath("//section[@aria-labelledby='of-ai']//tbody/tr")[0]] == term
    assert "印发" not in text(page.find(".//main"))
    assert len(page.xpath(f"//td[@lang='{other}']")) == len(BODIES) + 2


def test_institutions_stand_by_jurisdiction_the_highest_first(trees: dict[str, Any]) -> None:
    page = trees["en/glossary/index.html"]

    assert page.xpath("//section[@aria-labelledby='in-HK']//tbody/tr/@id") == ["b-HKMA", "b-SFC"]
    headings = [text(heading) for heading in page.xpath("//h3")]
    assert headings == ["Mainland China 2", "Hong Kong 2", "United Kingdom 1", "Artificial intelligence 1",
                        "Laws 1"]  # fmt: skip


# Words


def keys(node: dict[str, Any], prefix: str = "") -> set[str]:
    return {
        key
        for name, value in node.items()
        for key in (keys(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name})
    }


def test_both_languages_have_the_same_words() -> None:
    folder = files("dibao.site").joinpath("locale")
    en, zh = (keys(tomllib.loads(folder.joinpath(f"{lang}.toml").read_text("utf-8"))) for lang in LANGS)
    plurals = {key for key in en if key.startswith("count.") and key.endswith(".one")}

    assert en - plurals == zh


@pytest.mark.parametrize(
    ("n", "en", "zh"), [(0, "0 items", "0 条"), (1, "1 item", "1 条"), (3, "3 items", "3 条")]
)
def test_nouns_are_counted_in_the_habit_of_the_language(n: int, en: str, zh: str) -> None:
    assert (words.count("en", "items", n), words.count("zh", "items", n)) == (en, zh)


def test_the_honest_count_is_in_the_agreed_words() -> None:
    assert words.count_line(nfra_story(), "en") == "3 items · 1 publisher · 0 official"
    assert words.count_line(nfra_story(), "zh") == "3 条 · 1 家发布者 · 0 份官方文件"


@pytest.mark.parametrize(
    ("part", "note", "en"),
    [
        pytest.param("issuer", "NFRA", "NFRA", id="body"),
        pytest.param("force", "measures", "measures", id="type"),
        pytest.param("force", "draft:measures", "draft of: measures", id="draft"),
        pytest.param(
            "force",
            "penalty:1000000",
            "administrative penalty decision, about RMB 1 million",
            id="fine",
        ),
        pytest.param("force", "penalty:0", "administrative penalty decision", id="no fine"),
        pytest.param("reach", "national+2", "nationwide, sectors named", id="reach"),
        pytest.param("reach", "none", "nobody bound", id="none of reach"),
        pytest.param("urgency", "none", "no date to come", id="none of urgency"),
        pytest.param("stage", "none", "no legal stage", id="none of stage"),
        pytest.param("urgency", "2026-12-15", "15 December 2026", id="day"),
        pytest.param("corroboration", "publishers:3", "publishers: 3", id="count"),
        pytest.param("issuer", "{0.__class__}<b>", "{0.__class__}<b>", id="hostile"),
        pytest.param("x", "publishers:{0.__class__}", "publishers: {0.__class__}", id="hostile value"),
        pytest.param("x", "", "", id="empty"),
    ],
)
def test_grounds_of_a_rank_are_told_in_words(part: str, note: str, en: str) -> None:
    assert naming.note_text(part, note, "en", BODIES) == en


@given(st.text(max_size=2000))
def test_an_excerpt_is_short_and_from_the_text(given_text: str) -> None:
    found = excerpt(given_text)

    assert len(found) <= 300


@given(st.text(alphabet="ab。. \n第1", max_size=400), st.integers(0, 400), st.integers(1, 40))
def test_a_passage_is_a_stretch_of_the_text_around_the_quoted_words(
    given_text: str, start: int, length: int
) -> None:
    item = replace(nfra_story().head.item, text=given_text)
    quote = given_text[start : start + length]
    evidence = Evidence(item_id=item.id, field="text", start=start, end=start + len(quote), quote=quote)

    found = passage(item, evidence)
    joined = (found.before + found.words + found.after).replace("…", "")

    assert "".join(joined.split()) in "".join(given_text.split())
    assert "".join(quote.split()) in "".join(joined.split())


def test_evidence_that_no_longer_fits_the_text_is_shown_alone() -> None:
    item = nfra_story().head.item
    moved = Evidence(item_id=item.id, field="text", start=3, end=6, quote="银行业")
    gone = replace(moved, field="attachment:7")

    assert passage(item, moved) == passage(item, gone)
    assert (passage(item, moved).before, passage(item, moved).after) == ("", "")
