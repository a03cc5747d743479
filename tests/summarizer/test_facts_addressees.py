"""Whom a document is sent to: institutions from its salutation, its list or its title; never a person."""

# ruff: noqa: E501 — a table of salutations reads best with one a line
from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dibao.store import Source

from .making import CSRC, FCA, KR36, NFRA, PBC, SEC, SFC, item, read, source, values

HKMA = source("hk-hkma", "香港金融管理局", "Hong Kong Monetary Authority", "HKMA", jurisdiction="HK")
FED = source("us-fed", "美国联邦储备委员会", "Board of Governors of the Federal Reserve System", "FED", jurisdiction="US")  # fmt: skip
GO_ON = "\n为规范业务，现将有关事项通知如下。"


@pytest.mark.parametrize(
    "by, line, expected",
    [
        pytest.param(NFRA, "各银保监局，各政策性银行、大型银行：", ["CBIRC-branch", "policy_banks", "large_banks"], id="offices and kinds of banks"),
        pytest.param(NFRA, "各金融监管局，各保险集团（控股）公司、保险公司：", ["NFRA-branch", "insurers"], id="a bracket inside a kind"),
        pytest.param(PBC, "中国人民银行上海总部，各分行、营业管理部：", ["PBC-SHHQ", "PBC-branch"], id="branches of the body named before"),
        pytest.param(PBC, "各国有商业银行，各股份制商业银行；\n各非银行支付机构：", ["large_banks", "joint_stock_banks", "payment_institutions"], id="a list that goes on in the next line"),
        pytest.param(PBC, "中国银联股份有限公司、网联清算有限公司：", ["CUP", "NUCC"], id="firms that are bodies of the glossary"),
        pytest.param(CSRC, "拉普塔期货有限公司：", ["拉普塔期货有限公司"], id="one firm"),
        pytest.param(CSRC, "拉普塔期货有限公司、张某某：", ["拉普塔期货有限公司"], id="a firm, and a person who is left out"),
        pytest.param(NFRA, "主送：各信托公司", ["trust_companies"], id="a label"),
        pytest.param(NFRA, "各监管局:", ["NFRA-branch"], id="a colon of half width"),
        pytest.param(NFRA, "四川省人民政府：", ["四川省人民政府"], id="a province whose name begins with a numeral"),
        pytest.param(NFRA, "张某某：", [], id="a person"),
        pytest.param(NFRA, "各位来宾，女士们、先生们：", [], id="guests of a speech"),
        pytest.param(NFRA, "各位同事：", [], id="colleagues"),
        pytest.param(NFRA, "联系单位：各金融监管局", [], id="another label"),
        pytest.param(NFRA, "抄送：各金融监管局", [], id="who gets a copy"),
        pytest.param(NFRA, "一、各银行：应当自查", [], id="a heading"),
        pytest.param(NFRA, "各银行应当做到以下几点：", [], id="a sentence that ends with a colon"),
        pytest.param(NFRA, "附件：各银行清单", [], id="an annex"),
    ],
)  # fmt: skip
def test_chinese_lists_of_addressees(by: Source, line: str, expected: list[str]) -> None:
    found = read(item("关于规范业务的通知", f"{line}{GO_ON}"), by=by)

    assert values(found, "addressee") == expected


@pytest.mark.parametrize(
    "by, title, text, expected",
    [
        pytest.param(HKMA, "Data protection", "The Chief Executive\nAll Authorized Institutions\n\nDear Sir/Madam,\nWe write.", ["banks"], id="above the salutation"),
        pytest.param(HKMA, "Data protection", "To: All authorized institutions\nWe write.", ["banks"], id="a To line"),
        pytest.param(SFC, "Circular to intermediaries: Fees", "They must disclose fees.", ["intermediaries"], id="the title of a circular"),
        pytest.param(SFC, "Circular to licensed corporations and associated entities on custody", "They must.", ["securities_firms", "associated entities"], id="two in a title"),
        pytest.param(FCA, "Our expectations", "Dear CEO,\nWe write.", ["ceo"], id="dear CEO"),
        pytest.param(FED, "SR 26-1", "TO ALL BANK HOLDING COMPANIES AND STATE MEMBER BANKS\nWe write.", ["financial_holding", "banks"], id="capitals without a colon"),
        pytest.param(FCA, "Our expectations", "Dear Ms Roe,\nWe write.", [], id="a person"),
        pytest.param(FCA, "Our expectations", "Dear Jane\nWe write.", [], id="a first name"),
        pytest.param(FCA, "Our expectations", "Dear colleagues, friends and members of the board\nWe write.", [], id="guests of a speech"),
        pytest.param(SEC, "Statement", "To all intents and purposes, the rule binds brokers.", [], id="a figure of speech"),
        pytest.param(SEC, "Statement", "To: we ask that firms comply with this rule", [], id="a sentence"),
        pytest.param(SEC, "Letter to a shareholder", "No one else.", [], id="a letter to one person"),
    ],
)  # fmt: skip
def test_english_letters_and_circulars(by: Source, title: str, text: str, expected: list[str]) -> None:
    assert values(read(item(title, text, lang="en"), by=by), "addressee") == expected


def test_a_report_is_sent_to_nobody() -> None:
    assert values(read(item("快讯", f"各银行：{GO_ON}"), by=KR36), "addressee") == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="各银行局，、；：:（）()\n 张某省0。", max_size=200))
def test_whatever_stands_at_the_head_the_evidence_is_the_text(text: str) -> None:
    what = item("关于规范业务的通知", text)

    for fact in read(what, by=NFRA):
        place = fact.evidence
        assert what.field_text(place.field)[place.start : place.end] == place.quote


@pytest.mark.parametrize("piece", ["各银行，", "To: all ", "Dear all firms and ", "（各", "各省、"])
def test_the_time_does_not_grow_with_what_follows_the_head(piece: str) -> None:
    lang = "zh-Hans" if "各" in piece else "en"
    by = NFRA if "各" in piece else FCA
    begun = process_time()
    read(item("通知", piece * 20_000, lang=lang), by=by)

    assert process_time() - begun < 5
