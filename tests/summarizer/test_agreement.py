"""Values that one language writes otherwise: where briefs disagreed, or lost a true sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dibao.store import Evidence, Fact, Money, Penalty, Sanction, penalty_value
from dibao.summarizer.ground import in_own_dollars
from dibao.summarizer.values import read
from dibao.summarizer.writers.gloss import figures_in
from dibao.summarizer.writers.parties import penalised

from .test_headline import SEC, made

WHERE = Evidence(item_id="0" * 16, field="text", start=0, end=1, quote="x")


def fact(kind: str, value: str, shown: str = "") -> Fact:
    return Fact(item_id="0" * 16, kind=kind, value=value, shown=shown, evidence=WHERE)  # type: ignore[arg-type]


def test_a_month_of_a_year_is_the_same_in_words_and_in_figures() -> None:
    said = read("Enforcement actions for April 2026")

    assert said.numbers == read("2026年4月执法行动").numbers
    assert {said.shown[number] for number in said.numbers} == {"2026", "April"}


def test_an_announcement_with_its_year_in_words_is_the_one_with_it_in_brackets() -> None:
    assert read("国家税务总局公告2016年第23号").documents == read("国家税务总局公告〔2016〕23号").documents
    assert read("国家税务总局公告2016年第23号").documents != read("国家税务总局公告〔2016〕24号").documents


@pytest.mark.parametrize(
    ("quote", "lang"),
    [
        ("A 37-year-old broker was named.", "zh"),
        ("第35天，平台恢复运行。", "en"),
        ("两人当年分别26岁和31岁。", "en"),
    ],
)
def test_an_age_or_a_place_in_a_row_is_no_length_of_time(quote: str, lang: str) -> None:
    assert figures_in(quote, lang) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "sign", "size"), [("AUD", "A$", "4.2"), ("HKD", "HK$", "6.3"), ("CAD", "C$", "2")]
)
def test_a_bare_dollar_is_that_of_its_page(code: str, sign: str, size: str) -> None:
    facts = [fact("amount", f"{code} {Decimal(size) * 10**6}", f"${size} million")]

    assert in_own_dollars(f"fined ${size} million", facts) == f"fined {sign}{size} million"
    assert read(f"fined {sign}{size} million").money == {Money(code, (Decimal(size) * 10**6).normalize())}


def test_a_headline_names_the_whole_sum_where_the_decision_does() -> None:
    sanctions = (
        Sanction(key="confiscation", amount="CNY 500000"),
        Sanction(key="fine", amount="CNY 2000000"),
        Sanction(key="total", amount="CNY 2500000"),
    )
    found = penalised(
        [fact("penalty", penalty_value(Penalty(party="云梦泽信托有限公司", sanctions=sanctions)))]
    )

    assert found
    assert (
        found.headline("国家金融监督管理总局", "zh") == "国家金融监督管理总局对云梦泽信托有限公司罚没250万元"
    )
    assert found.headline("NFRA", "en") == (
        "NFRA imposes RMB 2.5 million in fines and confiscations on Yunmengze Trust"
    )


def test_what_a_firm_is_ordered_to_pay_is_told_in_chinese() -> None:
    found = made("CFPB Orders Glubb Credit to Pay $12 Million for Illegal Fees", "zh", of=SEC)

    assert found.text == "美国消费者金融保护局责令Glubb Credit支付1200万美元，涉及非法收费"
