"""Figures, days and words come out the same from both languages and from any input."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.summarizer import terms
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.series import numeral, ordinals


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        pytest.param("5.25万亿元", "RMB 5.25 trillion", id="trillion"),
        pytest.param("罚款5250万元", "fined 52.5 million yuan", id="ten thousands and millions"),
        pytest.param("5,000亿元", "about RMB500 billion", id="thousands separator"),
        pytest.param("0.25个百分点", "0.25 percentage points", id="percentage points"),
        pytest.param("３.５％", "3.5 per cent", id="full width"),
        pytest.param("25个基点", "25 bps", id="basis points"),
    ],
)
def test_a_figure_has_one_value_in_both_languages(zh: str, en: str) -> None:
    assert set(terms.figures(terms.plain(zh))) == set(terms.figures(terms.plain(en))) != set()


@pytest.mark.parametrize(
    "text",
    ["2026年12月5日", "2026-12-05", "12月5日", "5 December 2026", "December 5, 2026", "Dec. 5", "2026/12/5"],
)
def test_a_day_is_read_in_every_form_and_is_no_figure(text: str) -> None:
    assert [day for _, _, day in terms.days(text)] == ["12-05"]
    assert not [f for f in terms.figures(text) if not f.startswith("y")]


def test_the_name_of_36kr_is_no_figure() -> None:
    assert not list(terms.figures("36氪获悉，36Kr learned"))


@given(st.text(st.sampled_from("银行业监管处罚罚款被25.% 万亿年月日ABNDabeghinorst£的"), max_size=200))
def test_weights_are_multiples_of_a_quarter_so_that_sums_are_exact_in_any_order(text: str) -> None:
    short = terms.plain(text)
    bags = (terms.words(short), terms.letters(short), terms.bridge(short, load_glossary()))

    assert [weight for bag in bags for weight in bag.values() if not (4 * weight).is_integer()] == []


@given(st.text(max_size=200))
def test_words_reach_another_process_as_they_are(text: str) -> None:
    for bag in (terms.letters(terms.plain(text)), terms.Bag(terms.words(terms.plain(text)))):
        there = pickle.loads(pickle.dumps(bag))

        assert (type(there), list(there.items())) == (terms.Bag, list(bag.items()))
        assert (there.total, there.norm) == (bag.total, bag.norm)


def test_listed_weights_are_multiples_of_a_half() -> None:
    listed = {*terms._common().values(), *terms._common_characters().values(), *terms.KIND_WEIGHT.values()}

    assert {weight for weight in listed if not (2 * weight).is_integer()} == set()


def test_a_compound_concept_brings_its_parts() -> None:
    found = terms.bridge("银行业保险业人工智能安全开发应用", load_glossary())

    assert {"c:artificial-intelligence", "s:banking-sector", "s:insurance-sector"} <= found.keys()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("关于发布第十二批清单的公告", ("批", "12"), id="Chinese numeral"),
        pytest.param("第12批算法备案", ("批", "12"), id="digits"),
        pytest.param("Twelfth batch of filed algorithms", ("批", "12"), id="English word"),
        pytest.param("12th batch of filed algorithms", ("批", "12"), id="English ordinal"),
        pytest.param("2026年三季度银行业主要监管指标", ("quarter", "3"), id="quarter"),
        pytest.param("Q3 statistics", ("quarter", "3"), id="Q3"),
        pytest.param("2026年10月份金融统计数据", ("month", "10"), id="month"),
        pytest.param("2026年度工作计划", ("year", "2026"), id="year"),
    ],
)
def test_what_tells_members_of_a_series_apart_is_read(title: str, expected: tuple[str, str]) -> None:
    assert expected in ordinals(title, "")


@given(st.integers(1, 99))
def test_chinese_numerals_are_read(number: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    written = ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")

    assert numeral(written) == number


@given(st.text(max_size=300))
def test_any_text_is_read_without_error_and_twice_alike(text: str) -> None:
    short = terms.plain(text)

    assert terms.words(short) == terms.words.__wrapped__(short)
    assert all(figure[0] in "npby" for figure in terms.figures(short))
    assert all(kind and value for kind, value in ordinals(short, short))


@pytest.mark.parametrize(
    "text", ["1," * 20_000, "〔2026" * 5_000, "2026年1" * 5_000, "一" * 50_000, "a" * 50_000]
)
def test_hostile_lengths_take_no_time(text: str) -> None:
    start = time.process_time()
    short = terms.plain(text)
    list(terms.figures(short))
    terms.words(short)
    ordinals(short, short)

    assert time.process_time() - start < 2
