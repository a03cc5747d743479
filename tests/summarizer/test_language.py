"""Language and sentences of texts in both languages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.summarizer.language import detect, sentences, simplify


@pytest.mark.parametrize(
    "text, hint, tag",
    [
        pytest.param("国家金融监督管理总局发布通知", "", "zh-Hans", id="Simplified"),
        pytest.param("香港金融管理局發布監管政策手冊", "", "zh-Hant", id="Traditional"),
        pytest.param("The Commission adopted a rule", "", "en", id="English"),
        pytest.param("The Commission adopted a rule", "zh", "en", id="English on a Chinese site"),
        pytest.param("FCA发布PS24/5", "zh", "zh-Hans", id="mixed, declared Chinese"),
        pytest.param("Notice on Data Security (数据安全管理办法)", "en", "en", id="mixed, declared English"),
        pytest.param("Der Rat der Europäischen Union", "de-DE", "de", id="declared German"),
        pytest.param("金融庁はガイドラインを公表しました", "ja", "ja", id="Japanese"),
        pytest.param("금융위원회는 발표했다", "", "ko", id="Korean"),
        pytest.param("2026", "zh-HK", "zh-Hant", id="nothing to see: the hint"),
        pytest.param("", "", "en", id="empty"),
    ],
)
def test_language(text: str, hint: str, tag: str) -> None:
    assert detect(text, hint=hint) == tag


@pytest.mark.parametrize(
    "text, tag, expected",
    [
        pytest.param(
            "应当报告。不得隐瞒！是否？可以；",
            "zh-Hans",
            ["应当报告。", "不得隐瞒！", "是否？", "可以；"],
            id="Chinese ends",
        ),
        pytest.param(
            "他说：“可以。”然后走了。", "zh-Hans", ["他说：“可以。”", "然后走了。"], id="closing quote"
        ),
        pytest.param("比例为3.5%。", "zh-Hans", ["比例为3.5%。"], id="Chinese decimal"),
        pytest.param("一、总则\n第一条 应当。", "zh-Hans", ["一、总则", "第一条 应当。"], id="paragraphs"),
        pytest.param(
            "It cost $4.2 million. It ended.", "en", ["It cost $4.2 million.", "It ended."], id="decimal"
        ),
        pytest.param(
            "The U.S. SEC spoke. Yes.", "en", ["The U.S. SEC spoke.", "Yes."], id="dotted acronym inside"
        ),
        pytest.param(
            "In the U.S. The rule applies.", "en", ["In the U.S.", "The rule applies."], id="dotted at end"
        ),
        pytest.param("See No. 5 and Mr. Smith.", "en", ["See No. 5 and Mr. Smith."], id="abbreviations"),
        pytest.param("1. First. 2. Second.", "en", ["1. First.", "2. Second."], id="list numbers"),
        pytest.param('"Why?" asked he. Done.', "en", ['"Why?" asked he.', "Done."], id="quoted question"),
        pytest.param("  \n ", "en", [], id="blank"),
    ],
)
def test_sentences(text: str, tag: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text, tag)] == expected


@given(st.text(alphabet="。！？a.A \n“”1;；U", max_size=80), st.sampled_from(["en", "zh-Hans"]))
def test_sentences_cover_all_that_is_not_white_space(text: str, tag: str) -> None:
    spans = sentences(text, tag)
    outside = set(range(len(text))) - {n for a, b in spans for n in range(a, b)}

    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[n].isspace() for n in outside)


@given(st.text(max_size=60))
def test_simplifying_keeps_every_place(text: str) -> None:
    assert len(simplify(text)) == len(text)


def test_simplifying_changes_characters_one_by_one() -> None:
    assert simplify("證監會發布指引 2026") == "证监会发布指引 2026"
