"""Subjects and whom a paper binds, beside the names of bodies, firms and laws that hold the same words."""

# ruff: noqa: E501 — a table reads best with a case on one line
from __future__ import annotations

import pytest

from dibao.store import Source

from .making import FCA, KR36, NFRA, PBC, SEC, SFC, item, read, values


@pytest.mark.parametrize(
    "by, title, text, expected",
    [
        pytest.param(SFC, "Annual report of the Securities and Futures Commission", "The Commission published its report.", ["disclosure"], id="the body's name"),
        pytest.param(FCA, "FCA fines Larkfield Capital Markets Limited", "The firm was fined for late reports.", ["enforcement"], id="a firm's name"),
        pytest.param(SEC, "Meadow Insurance Partners LLC", "The respondent failed to file.", [], id="a firm's name alone"),
        pytest.param(SEC, "Records of clearing agencies", "The rule covers records.", ["securities"], id="clearing agencies"),
        pytest.param(SFC, "Eligible ETFs widened", "More ETFs will be added.", ["securities", "securities.funds"], id="a narrow subject brings its own"),
    ],
)  # fmt: skip
def test_english_subjects_beside_names(by: Source, title: str, text: str, expected: list[str]) -> None:
    assert values(read(item(title, text, lang="en"), by=by), "topic") == expected


@pytest.mark.parametrize(
    "by, title, text, expected",
    [
        pytest.param(KR36, "证监会发布期货公司监管规定", "证监会发布《期货公司子公司管理规定》。", ["futures_firms"], id="the paper that is reported"),
        pytest.param(KR36, "证监会发布新规", "证监会发布《期货公司子公司管理规定》，下月施行。", ["futures_firms"], id="its title in marks"),
        pytest.param(PBC, "关于有关事项的通知", "按照《商业银行法》《保险公司管理规定》，现通知如下。", [], id="laws it rests on"),
        pytest.param(PBC, "关于数据分级的通知", "银发〔2026〕8号\n各省分行；国家开发银行，各政策性银行、国有商业银行；某清算公司；各支付机构：\n现通知如下。", ["banks", "payment_institutions"], id="address with semicolons"),
        pytest.param(NFRA, "2026年一季度银行业保险业主要监管指标数据情况", "一季度末，银行业总资产增长。", [], id="statistics bind nobody"),
        pytest.param(KR36, "香港金管局规范持牌稳定币发行人储备", "发行人应当每日报告。", ["stablecoin_issuers"], id="issuers of stablecoins only"),
        pytest.param(KR36, "证监会规范公司债券发行", "发行人应当每日报告。", ["listed_companies"], id="issuers"),
    ],
)  # fmt: skip
def test_chinese_papers_bind_those_whom_they_address(
    by: Source, title: str, text: str, expected: list[str]
) -> None:
    assert values(read(item(title, text), by=by), "entity_bound") == expected


def test_an_act_named_after_advisers_binds_none() -> None:
    facts = read(item("Order", "The order rests on the Investment Advisers Act of 1940.", lang="en"), by=SEC)

    assert values(facts, "entity_bound") == []


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param(
            "英国金融行为监管局（FCA）因交易报告缺失对甲证券公司罚款100万英镑。", ["FCA"], id="why, then whom"
        ),
        pytest.param(
            "美国证券交易委员会（SEC）当地时间11月19日通过新规，要求券商留存记录。",
            ["SEC"],
            id="local time, rule passed",
        ),
        pytest.param(
            "美国证券交易委员会（SEC）宣布，甲公司同意支付罚款。", ["SEC"], id="short form in brackets"
        ),
        pytest.param(
            "英国金融行为监管局（FCA）发布咨询文件CP26/9，拟规定企业须取得授权。",
            ["FCA"],
            id="consultation paper",
        ),
        pytest.param("甲公司通过英国金融行为监管局（FCA）系统报送数据。", [], id="only its system"),
    ],
)
def test_reports_name_foreign_issuers(text: str, expected: list[str]) -> None:
    assert values(read(item("监管动态", text), by=KR36), "issuer") == expected


def test_a_draft_has_the_number_it_was_announced_with() -> None:
    text = "英国金融行为监管局（FCA）发布咨询文件CP26/9，公开征求意见。"

    assert values(read(item("英国FCA就代客操作征求意见", text), by=KR36), "document_number") == ["CP26/9"]
