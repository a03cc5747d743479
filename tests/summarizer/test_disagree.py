# ruff: noqa: E501  # one case, one line: a table reads better whole
"""Where sources contradict one another: both values are told, the official one first; what is the same is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dibao.store import Item
from dibao.summarizer.disagree import disagreements
from dibao.summarizer.writers.embedded import write_pair
from dibao.summarizer.writers.writer import checked

from .making import KR36, NFRA, PBC, WIRE
from .told import NOW, said, story

DRAFT = "国家金融监督管理总局关于《银行业数据安全管理办法（征求意见稿）》公开征求意见的公告"
OFFICIAL = said(NFRA, DRAFT, "现向社会公开征求意见。意见反馈截止时间为2026年12月20日。")
PRESS = "金融监管总局就银行业数据安全管理办法公开征求意见"


def report(text: str, title: str = PRESS) -> Item:
    return said(KR36, title, text)


def wire(text: str) -> Item:
    return said(WIRE, "NFRA seeks comments on data security measures for banks", text, lang="en")


def found(*items: Item) -> list[tuple[str, list[str]]]:
    return [(one.kind, [stated.value for stated in one.stated]) for one in disagreements(story(*items))]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(
            report("36氪获悉，金融监管总局公开征求意见，意见反馈截止时间为2026年12月21日。"),
            [("date_deadline", ["2026-12-20", "2026-12-21"])], id="another deadline",
        ),
        pytest.param(
            report("36氪获悉，金融监管总局公开征求意见，意见反馈截止时间为2026年12月20日。"), [], id="the same deadline",
        ),
        pytest.param(
            wire("The NFRA is seeking comments on draft measures. Comments are due by December 20, 2026."), [],
            id="the same deadline in the other language",
        ),
        pytest.param(
            wire("The NFRA is seeking comments on draft measures. Comments are due by December 30, 2026."),
            [("date_deadline", ["2026-12-20", "2026-12-30"])], id="another deadline in the other language",
        ),
        pytest.param(report("36氪获悉，金融监管总局公开征求意见。"), [], id="a report without a date"),
    ],
)  # fmt: skip
def test_dates(other: Item, expected: list[tuple[str, list[str]]]) -> None:
    assert found(OFFICIAL, other) == expected
    assert found(other, OFFICIAL) == expected, "whichever is the first link, the official one comes first"


LOANS = said(PBC, "2026年三季度末小微企业贷款余额公告", "三季度末，普惠小微贷款余额5.25万亿元，同比增长12%。")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        pytest.param("普惠小微贷款余额5.25万亿元。", True, id="the same"),
        pytest.param("普惠小微贷款余额52500亿元。", True, id="the same in 亿"),
        pytest.param("普惠小微贷款余额约5.3万亿元。", True, id="about, rounded up"),
        pytest.param("普惠小微贷款余额5.3万亿元。", True, id="rounded up without a word"),
        pytest.param("普惠小微贷款余额超5万亿元。", True, id="more than a round number"),
        pytest.param("普惠小微贷款余额5.52万亿元。", False, id="digits turned round"),
        pytest.param("普惠小微贷款余额5.25亿元。", False, id="万 lost"),
        pytest.param("普惠小微贷款余额6万亿元。", False, id="another round number"),
        pytest.param("企业债券净融资1.2万亿元。", True, id="an amount of something else"),
    ],
)  # fmt: skip
def test_amounts_within_a_language_are_compared_by_what_they_are_of(text: str, same: bool) -> None:
    assert (found(LOANS, report(text, "央行：三季度末普惠小微贷款余额增长")) == []) is same


@pytest.mark.parametrize(
    ("text", "same"),
    [
        pytest.param("The outstanding small business loan balance was about RMB 5.3 trillion.", True, id="rounded"),
        pytest.param("The outstanding small business loan balance was RMB 5.52 trillion.", False, id="digits turned round"),
        pytest.param("The offer was more than RMB 9 trillion.", True, id="of something else"),
    ],
)  # fmt: skip
def test_english_amounts_are_compared_only_under_the_same_words(text: str, same: bool) -> None:
    one = said(
        WIRE,
        "Loans",
        "The outstanding small business loan balance was RMB 5.25 trillion. The offer was more than RMB 1 trillion.",
        lang="en",
    )
    two = said(WIRE, "Loans grow", text, id="other", lang="en")

    assert (found(one, two) == []) is same


FINE = said(
    NFRA, "国家金融监督管理总局行政处罚决定：某银行", "某银行股份有限公司贷款管理不到位，对其罚款1250万元。"
)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        pytest.param("The regulator imposed a fine of RMB 12.5 million on the bank.", True, id="万 and million"),
        pytest.param("The regulator imposed a fine of about RMB 13 million on the bank.", True, id="about"),
        pytest.param("The regulator imposed a fine of RMB 125 million on the bank.", False, id="ten times as much"),
        pytest.param("The regulator imposed a fine of RMB 12.6 million on the bank.", False, id="a little more"),
        pytest.param("The fine would have been RMB 17.5 million.", True, id="what it would have been"),
        pytest.param("The regulator imposed a fine of USD 1.8 million on the bank.", True, id="in another currency"),
    ],
)  # fmt: skip
def test_a_fine_is_compared_across_languages(text: str, same: bool) -> None:
    other = said(WIRE, "China fines a bank", text, lang="en")

    assert (found(FINE, other) == []) is same


def test_a_draft_that_a_report_calls_issued_is_told() -> None:
    other = report(
        "36氪获悉，金融监管总局正式发布《银行业数据安全管理办法》，自2027年3月1日起施行。",
        "金融监管总局正式发布银行业数据安全管理办法",
    )

    kinds = [one.kind for one in disagreements(story(OFFICIAL, other))]

    assert "stage" in kinds


def test_a_copy_of_a_text_contradicts_nobody() -> None:
    other = report("意见反馈截止时间为2026年12月21日。")

    assert disagreements(story(OFFICIAL, other, copies=(other.id,))) == ()


def test_a_report_with_several_days_of_one_kind_writes_of_several_documents() -> None:
    other = report("意见反馈截止时间为2026年12月1日。")
    told = story(OFFICIAL, other)
    first = next(fact for fact in told.facts[other.id] if fact.kind == "date_deadline")
    several = {**told.facts, other.id: (*told.facts[other.id], replace(first, value="2026-12-09"))}

    assert disagreements(told) != ()
    assert disagreements(replace(told, facts=several)) == ()


@pytest.mark.parametrize(
    ("number", "same"),
    [
        pytest.param("金规〔2026〕5号", True, id="the same"),
        pytest.param("金规〔2026〕6号", False, id="another of the series"),
        pytest.param("银发〔2026〕77号", True, id="of another series"),
    ],
)
def test_document_numbers_are_compared_within_their_series(number: str, same: bool) -> None:
    title = "国家金融监督管理总局关于印发《操作风险管理办法》的通知"
    act = said(NFRA, title, "金规〔2026〕5号\n各监管局：\n现印发给你们，请遵照执行。")
    other = report(
        f"36氪获悉，金融监管总局印发操作风险管理办法（{number}）。", "金融监管总局印发操作风险管理办法"
    )

    assert (found(act, other) == []) is same


@pytest.mark.parametrize("first", ["official", "press"])
def test_in_the_brief_the_official_value_wins(first: str) -> None:
    other = report("36氪获悉，金融监管总局公开征求意见，意见反馈截止时间为2026年12月21日。")
    given = story(OFFICIAL, other) if first == "official" else story(other, OFFICIAL)
    en, zh = checked(given, write_pair(given, now=NOW))
    own_words = [
        sentence.text
        for brief in (en, zh)
        for sentence in (*brief.sentences, *brief.impact)
        if not sentence.quoted
    ]

    assert any("20 December 2026" in text for text in own_words)
    assert any("2026年12月20日" in text for text in own_words)
    assert not any("21 December" in text or "12月21日" in text for text in own_words)
