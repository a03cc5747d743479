"""The language of a text, by its script."""

from __future__ import annotations

import pytest

from dibao.crawler.language import language_of, our_tag


@pytest.mark.parametrize(
    ("text", "declared", "tag"),
    [
        pytest.param("国家金融监督管理总局发布通知", "zh-Hans", "zh-Hans", id="simplified"),
        pytest.param(
            "證券及期貨事務監察委員會發出通函", "en", "zh-Hant", id="traditional-on-an-english-list"
        ),
        pytest.param("金融监管总局发布通知", "zh-Hant", "zh-Hans", id="simplified-on-a-traditional-list"),
        pytest.param("公告", "zh-Hant", "zh-Hant", id="same-in-both"),
        pytest.param("公告", "en", "zh-Hans", id="same-in-both-undeclared"),
        pytest.param("The SFC reprimands a broker", "zh-Hant", "en", id="english-on-a-chinese-list"),
        pytest.param(
            "PBC (中国人民银行) issues new rules for payment institutions", "en", "en", id="quoted-name"
        ),
        pytest.param("关于ESG信息披露与AI治理的指引", "zh-Hans", "zh-Hans", id="latin-abbreviations"),
        pytest.param("Die Aufsicht erlässt neue Regeln", "de", "de", id="other-latin"),
        pytest.param("金融庁のお知らせについて", "ja", "ja", id="kana"),
        pytest.param("2026", "zh-Hans", "zh-Hans", id="nothing-to-tell"),
    ],
)
def test_the_script_decides_and_the_source_breaks_ties(text: str, declared: str, tag: str) -> None:
    assert language_of(text, declared=declared) == tag


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh_TW", "zh-Hant"), ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"), ("en-GB", "en"), (" FR ", "fr"), ("", ""), ("x<y", ""),
        ("english please", ""),
    ],
)  # fmt: skip
def test_of_a_declared_tag_the_language_counts_and_of_chinese_the_script(declared: str, tag: str) -> None:
    assert our_tag(declared) == tag
