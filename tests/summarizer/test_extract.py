# ruff: noqa: E501  # one case, one line: a table reads better whole
"""Which sentences a brief quotes: those that stand for their text, each saying something else, none cut."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.summarizer.evals.overlap import chrf, longest_common, rouge_l
from dibao.summarizer.writers.extract import Extract, best, passages
from dibao.summarizer.writers.salience import salience

from .stories import MEASURES, MEASURES_FACTS, SOURCES, item

_PRESS = item(
    "e" * 16,
    "cn-36kr",
    "银行业新规",
    "海州银行协会周四发布信用卡业务自律公约，要求会员单位统一披露年化利率。\n"
    "当天天气晴朗，会场外聚集了不少市民。\n"
    "协会的信用卡业务自律公约要求会员银行统一披露信用卡年化利率。\n"
    "公约还规定，会员银行不得以赠品诱导持卡人办理分期。\n",
    column="article",
)


def chosen(most: int) -> list[str]:
    found = passages([_PRESS], {}, SOURCES)
    return [extract.evidence.quote for extract in best(found, lang="zh", most=most, said="")]


def test_a_report_is_quoted_by_its_first_sentence() -> None:
    assert chosen(1) == ["海州银行协会周四发布信用卡业务自律公约，要求会员单位统一披露年化利率。"]


def test_a_second_quotation_says_something_else_and_nothing_beside_the_point() -> None:
    assert chosen(2)[1] == "公约还规定，会员银行不得以赠品诱导持卡人办理分期。"


def test_quotations_keep_the_order_of_the_text() -> None:
    text = _PRESS.text

    assert [text.index(quote) for quote in chosen(3)] == sorted(text.index(quote) for quote in chosen(3))


def test_what_is_said_already_is_not_quoted() -> None:
    found = passages([_PRESS], {}, SOURCES)
    first = chosen(1)[0]

    assert first not in [e.evidence.quote for e in best(found, lang="zh", most=4, said=first)]


def test_items_of_the_other_language_give_nothing() -> None:
    assert best(passages([_PRESS], {}, SOURCES), lang="en", most=3, said="") == ()


def test_an_issuers_own_words_go_before_those_of_the_press() -> None:
    found = passages([_PRESS, MEASURES], {MEASURES.id: MEASURES_FACTS}, SOURCES)
    [top] = best(found, lang="zh", most=1, said="")

    assert top.evidence.item_id == MEASURES.id


def test_every_passage_is_exactly_what_stands_in_its_item() -> None:
    for extract in passages([MEASURES], {MEASURES.id: MEASURES_FACTS}, SOURCES):
        at = extract.evidence

        assert isinstance(extract, Extract)
        assert MEASURES.text[at.start : at.end] == at.quote


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    long = item(
        "e" * 16, "cn-36kr", "长文", "协会公布了第十批会员单位的名单和联系办法。\n" * 5000, column="article"
    )
    found = passages([long], {}, SOURCES)

    assert 0 < len(found) <= 60


@pytest.mark.parametrize("chinese", [True, False])
def test_what_the_text_is_about_stands_for_it(chinese: bool) -> None:
    texts = (
        ["利率下调。", "央行下调存款准备金率，释放长期资金。", "存款准备金率下调后，银行资金增加。", "会场有茶点。"]
        if chinese
        else ["Rates.", "The bank cut the reserve ratio and freed funds.", "A lower reserve ratio frees funds at banks.", "Tea was served in the hall."]
    )  # fmt: skip
    scores, vectors = salience(texts, chinese=chinese)

    assert scores.argmax() in (1, 2)
    assert vectors.shape[0] == len(texts)


def test_the_best_sentence_tells_more_of_the_headline_than_the_first(shared: Path) -> None:
    with gzip.open(shared / "data" / "lcsts_test" / "pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][1::4]
    ours = first = 0.0
    for row in rows:
        press = item("e" * 16, "cn-36kr", "", row["text"].strip(), column="article")
        found = passages([press], {}, SOURCES)
        top = best(found, lang="zh", most=1, said="")
        ours += rouge_l(top[0].evidence.quote if top else "", row["summary"])
        first += rouge_l(row["text"].strip().split("。")[0], row["summary"])

    assert ours >= first


@pytest.mark.parametrize(
    ("text", "reference", "score"),
    [
        pytest.param("the cat sat on the mat", "the cat was on the mat", 10 / 12, id="words"),
        pytest.param("央行下调利率", "央行今日下调存款利率", 12 / 16, id="characters"),
        pytest.param("央行", "证监会", 0.0, id="nothing"),
        pytest.param("", "央行", 0.0, id="empty"),
        pytest.param("罚款500万元", "罚款500万元", 1.0, id="same"),
    ],
)
def test_rouge_l_is_the_f1_of_the_longest_common_subsequence(text: str, reference: str, score: float) -> None:
    assert rouge_l(text, reference) == pytest.approx(score)


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_the_bit_parallel_subsequence_is_that_of_the_table(left: list[str], right: list[str]) -> None:
    row = [0] * (len(right) + 1)
    for unit in left:
        before = row[:]
        for at, other in enumerate(right):
            row[at + 1] = before[at] + 1 if unit == other else max(row[at], before[at + 1])

    assert longest_common(left, right) == row[-1]


def test_chrf_by_hand() -> None:
    # order 1: 2 of 2, 2 of 3; order 2: 1 of 1, 1 of 2; no order 3 in "ab"
    recall = (2 / 3 + 1 / 2) / 2

    assert chrf([("ab", "abc")]) == pytest.approx(100 * 5 * recall / (4 + recall))
    assert chrf([("利率", "利率")]) == pytest.approx(100)
    assert chrf([("甲", "乙")]) == 0
