"""Penalties: every shape in which regulators publish them gives the same records."""

# ruff: noqa: E501 — a table of sentences reads best with one a line

# ruff: noqa: E501 — rows of tables
from __future__ import annotations

import pytest

from dibao.store import Item, Penalty, Sanction, Source, penalty_of

from .making import CSRC, FCA, KR36, NFRA, PBC, SEC, SFC, item, read, source


def penalties(what: Item, by: Source) -> list[Penalty]:
    return [penalty_of(fact) for fact in read(what, by=by) if fact.kind == "penalty"]


def fine(amount: int, currency: str = "CNY") -> Sanction:
    return Sanction(key="fine", amount=f"{currency} {amount}")


WARNING = Sanction(key="warning")

WIDE = """序号 | 当事人名称 | 行政处罚决定书文号 | 违法行为类型 | 行政处罚内容 | 作出行政处罚决定机关名称 | 作出行政处罚决定日期 | 公示期限 | 备注
1 | 甲乙支付有限公司 | 银罚决字〔2026〕31号 | 违反账户管理规定 | 警告，没收违法所得1.2万元，罚款308万元 | 中国人民银行 | 2026年3月2日 | 三年 |
2 | 丁某（时任甲乙支付有限公司总经理） | 银罚决字〔2026〕32号 | 对上述行为负有责任 | 罚款6.5万元 | 中国人民银行 | 2026年3月2日 | 三年 |
"""

LABELS = """行政处罚决定书文号 | 苏金罚决字〔2026〕7号
被处罚当事人 | 个人姓名 | ——
单位名称 | 丙丁财产保险股份有限公司江苏分公司
法定代表人（主要负责人）姓名 | 戊某
主要违法违规事实（案由） | 编制虚假资料
行政处罚依据 | 《中华人民共和国保险法》第一百七十条
行政处罚决定 | 罚款贰拾叁万元
作出处罚决定的机关名称 | 国家金融监督管理总局江苏监管局
作出处罚决定的日期 | 2026年2月9日
行政处罚决定书文号 | 苏金罚决字〔2026〕8号
被处罚当事人 | 个人姓名 | 己某某
单位名称 | ——
主要违法违规事实（案由） | 对编制虚假资料负有责任
行政处罚依据 | 《中华人民共和国保险法》第一百七十一条
行政处罚决定 | 警告，罚款1.5万元
作出处罚决定的机关名称 | 国家金融监督管理总局江苏监管局
作出处罚决定的日期 | 2026年2月9日
"""


def test_a_wide_table_has_a_penalty_in_each_row() -> None:
    first, second = penalties(item("银罚决字〔2026〕31-32号", WIDE, column="penalty"), PBC)

    assert first == Penalty(
        party="甲乙支付有限公司",
        sanctions=(WARNING, Sanction(key="confiscation", amount="CNY 12000"), fine(3080000)),
        violation="违反账户管理规定",
        authority="PBC",
        number="银罚决字〔2026〕31号",
        date="2026-03-02",
    )
    assert (second.party, second.person, second.role) == ("丁某", True, "时任甲乙支付有限公司总经理")
    assert second.sanctions == (fine(65000),)


def test_a_page_of_label_tables_has_a_penalty_in_each() -> None:
    firm, person = penalties(item("行政处罚信息公开表", LABELS, column="penalty"), NFRA)

    assert (firm.party, firm.sanctions) == ("丙丁财产保险股份有限公司江苏分公司", (fine(230000),))
    assert (firm.authority, firm.number, firm.date) == ("NFRA-branch", "苏金罚决字〔2026〕7号", "2026-02-09")
    assert firm.basis == "《中华人民共和国保险法》第一百七十条"
    assert (person.party, person.person, person.sanctions) == ("己某某", True, (WARNING, fine(15000)))


def test_the_evidence_of_a_row_is_the_row() -> None:
    what = item("银罚决字〔2026〕31-32号", WIDE, column="penalty")
    quotes = [fact.evidence.quote for fact in read(what, by=PBC) if fact.kind == "penalty"]

    assert [quote.partition(" |")[0] for quote in quotes] == ["1", "2"]
    assert all("\n" not in quote for quote in quotes)


@pytest.mark.parametrize(
    "title, text, by, expected",
    [
        pytest.param(
            "行政处罚信息公开表",
            "行政处罚决定书文号：鲁金罚决字〔2026〕5号\n被处罚当事人姓名或名称：庚辛银行股份有限公司；壬某\n"
            "行政处罚决定：对庚辛银行股份有限公司罚款40万元；对壬某警告\n作出处罚决定的日期：2026年1月5日",
            NFRA,
            [("庚辛银行股份有限公司", (fine(400000),)), ("壬某", (WARNING,))],
            id="each party its own measure",
        ),
        pytest.param(
            "中国证监会行政处罚决定书（甲公司）",
            "依据《中华人民共和国证券法》第一百九十七条第二款的规定，我会决定：\n"
            "一、对甲乙科技股份有限公司责令改正，给予警告，并处以200万元罚款；\n"
            "二、对癸某采取终身证券市场禁入措施，并处以100万元罚款。",
            CSRC,
            [
                ("甲乙科技股份有限公司", (Sanction(key="correction"), WARNING, fine(2000000))),
                ("癸某", (Sanction(key="market_ban"), fine(1000000))),
            ],
            id="operative part of a decision",
        ),
        pytest.param(
            "甲乙银行被罚120万元",
            "财联社讯，甲乙银行股份有限公司因贷款管理不到位，被罚款120万元。时任行长丁某被警告。",
            KR36,
            [("甲乙银行股份有限公司", (fine(1200000),)), ("丁某", (WARNING,))],
            id="report",
        ),
        pytest.param(
            "行政监管措施决定书",
            "对子丑证券有限公司采取责令改正、暂停新增资产管理业务的措施。",
            CSRC,
            [("子丑证券有限公司", (Sanction(key="correction"), Sanction(key="suspension")))],
            id="measures without money",
        ),
    ],
)
def test_who_was_punished_and_how(
    title: str, text: str, by: Source, expected: list[tuple[str, tuple[Sanction, ...]]]
) -> None:
    found = penalties(item(title, text, column="penalty"), by)

    assert [(p.party, p.sanctions) for p in found] == expected


@pytest.mark.parametrize(
    "title, text, by, party, sanctions",
    [
        pytest.param(
            "FCA fines Lagado Bank plc £3.1m for poor controls",
            "The FCA has fined Lagado Bank plc £3,100,000. Otherwise the fine would have been £4,428,000.",
            FCA,
            "Lagado Bank plc",
            (fine(3100000, "GBP"),),
            id="a fine that was not imposed is not one",
        ),
        pytest.param(
            "SEC Charges Laputa Advisers LLC with Overcharging Clients",
            "Laputa was censured and agreed to a cease-and-desist order. It will pay a civil penalty of $750,000,"
            " disgorgement of $1.2 million and prejudgment interest of $90,000.",
            SEC,
            "Laputa Advisers LLC",
            (
                Sanction(key="reprimand"),
                Sanction(key="cease_and_desist"),
                fine(750000, "USD"),
                Sanction(key="disgorgement", amount="USD 1200000"),
                Sanction(key="interest", amount="USD 90000"),
            ),
            id="settled order",
        ),
        pytest.param(
            "SFC bans John Roe for life",
            "The SFC has banned John Roe, a former trader, from re-entering the industry for life.",
            SFC,
            "John Roe",
            (Sanction(key="industry_ban"),),
            id="ban of a person",
        ),
    ],
)
def test_english_releases(
    title: str, text: str, by: Source, party: str, sanctions: tuple[Sanction, ...]
) -> None:
    [found] = penalties(item(title, text, lang="en"), by)

    assert (found.party, found.sanctions) == (party, sanctions)


MAS = source("sg-mas", "新加坡金融管理局", "Monetary Authority of Singapore", "MAS", jurisdiction="SG")


@pytest.mark.parametrize(
    "title, text, by, expected",
    [
        pytest.param(
            "SEC Charges Three Firms for Recordkeeping Failures",
            "Alpha Capital LLC agreed to pay a $125,000 penalty; Beta Advisers, Inc. agreed to pay a $250,000 penalty;"
            " and Gamma Securities LP agreed to pay a $300,000 penalty. The firms will pay combined penalties of $675,000.",
            SEC,
            {"Alpha Capital LLC": [125000], "Beta Advisers, Inc.": [250000], "Gamma Securities LP": [300000]},
            id="each its own, the sum of all nobody's",
        ),
        pytest.param(
            "FCA fines Lagado Bank plc and bans former chief executive",
            "The FCA has fined Lagado Bank plc £3,100,000 and banned John Roe from working in financial services."
            " Mr Roe was also fined £200,000.",
            FCA,
            {"Lagado Bank plc": [3100000], "John Roe": ["industry_ban", 200000]},
            id="a firm and a person",
        ),
        pytest.param(
            "SEC Charges Laputa Advisers LLC and Founder John Roe With Fraud",
            "Laputa Advisers LLC and John Roe agreed to pay civil penalties of $500,000 and $100,000, respectively.",
            SEC,
            {"Laputa Advisers LLC": [500000], "John Roe": [100000]},
            id="respectively",
        ),
        pytest.param(
            "Two Advisers Settle",
            "Alpha Capital LLC and Beta Capital LLC each agreed to pay a civil penalty of $40,000.",
            SEC,
            {"Alpha Capital LLC": [40000], "Beta Capital LLC": [40000]},
            id="each",
        ),
        pytest.param(
            "MAS imposes penalties on Alpha Bank and Beta Bank",
            "MAS has imposed composition penalties of S$1.4 million on Alpha Bank Limited and S$1 million on Beta Bank Limited.",
            MAS,
            {"Alpha Bank Limited": [1400000], "Beta Bank Limited": [1000000]},
            id="sums before their parties",
        ),
        pytest.param(
            "SEC Charges Two Advisers",
            "The SEC announced charges.\n• Alpha Capital LLC: $50,000 penalty\n• Beta Wealth Management LLC: $60,000 penalty",
            SEC,
            {"Alpha Capital LLC": [50000], "Beta Wealth Management LLC": [60000]},
            id="a list",
        ),
    ],
)  # fmt: skip
def test_each_party_of_an_english_release_has_its_own_sums(
    title: str, text: str, by: Source, expected: dict[str, list[int | str]]
) -> None:
    found = penalties(item(title, text, lang="en", column="penalty"), by)

    assert {
        p.party: [int(s.amount.partition(" ")[2]) if s.amount else s.key for s in p.sanctions] for p in found
    } == expected


def test_a_release_says_who_decided_when_on_which_ground_and_under_which_number() -> None:
    text = (
        "Litigation Release No. 26301 / April 9, 2026\nLagado Fund LP agreed to pay disgorgement of $900,000,"
        " prejudgment interest of $50,000 and a civil money penalty of $1 million."
        " It violated Section 17(a) of the Securities Act of 1933 and Rule 10b-5 thereunder."
    )
    [found] = penalties(item("SEC and CFTC charge Lagado Fund LP", text, lang="en", column="penalty"), SEC)

    assert [(s.key, s.amount) for s in found.sanctions] == [
        ("disgorgement", "USD 900000"), ("interest", "USD 50000"), ("fine", "USD 1000000"),
    ]  # fmt: skip
    assert found.basis == "Section 17(a) of the Securities Act of 1933; Rule 10b-5 thereunder"
    assert (found.authority, found.number) == ("SEC,CFTC", "Release No. LR-26301")


def test_a_sum_after_the_word_for_it_and_a_comma_is_the_fine_and_a_firm_is_no_person() -> None:
    text = "某市市场监督管理局对青枫科技处以上一年度销售额3%的罚款，计2.07亿元；对白桦网络罚款90万元。"

    assert [(p.party, p.person, p.sanctions) for p in penalties(item("某市公布处罚", text, column="penalty"), KR36)] == [
        ("青枫科技", False, (fine(207_000_000),)),
        ("白桦网络", False, (fine(900_000),)),
    ]  # fmt: skip


def test_a_rule_that_threatens_fines_punishes_nobody() -> None:
    text = "第九条 违反本办法的，由中国人民银行责令改正，给予警告，并处3万元以下罚款。"

    assert penalties(item("支付机构管理办法", text, column="rule"), PBC) == []
