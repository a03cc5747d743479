"""Words of duty that demand nothing: purposes, background, questions, what was broken, what is only foretold."""

# ruff: noqa: E501 — a table of texts reads best with one a line
from __future__ import annotations

import pytest

from .making import FCA, NFRA, item, read, values


def duties(text: str, *, lang: str, title: str = "", column: str = "circular") -> list[str]:
    by = NFRA if lang == "zh-Hans" else FCA
    title = title or ("关于规范有关业务的通知" if lang == "zh-Hans" else "Circular on records")
    return values(read(item(title, text, lang=lang, column=column), by=by), "obligation")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("为保持汇率基本稳定，支持外贸企业发展，现将有关事项通知如下。", id="purpose in the second clause"),
        pytest.param("第一条　为鼓励金融机构创新，根据《商业银行法》，制定本办法。", id="purpose of an article"),
        pytest.param("为进一步支持中小银行补充资本，倡导长期投资，我局起草了征求意见稿。", id="two purposes"),
        pytest.param("下调费率1个百分点，以支持企业融资。", id="purpose behind"),
        pytest.param("本工具旨在鼓励银行发放绿色贷款。", id="meant to"),
        pytest.param("专项额度用于支持农村机构流动性。", id="used for"),
        pytest.param("某公司为银行提供技术支持服务。", id="support as a thing"),
        pytest.param("序号 | 主体 | 服务技术支持者 | 甲公司", id="who supports"),
        pytest.param("对单一供应商支持的系统，机构正在评估。", id="supported by"),
        pytest.param("我局持续支持辖内机构开展试点。", id="what the writer itself does"),
        pytest.param("支持实体经济平稳运行。", id="nobody is to act"),
        pytest.param("问：银行应当怎样报送数据？", id="question"),
        pytest.param("是否应当调整比例，有待研究。", id="whether"),
        pytest.param("甲公司违反了《证券法》关于发行人应当真实披露的规定。", id="rule that was broken"),
        pytest.param("当事人应当披露而未披露关联交易。", id="left undone"),
        pytest.param("应当看到，市场运行总体平稳。", id="to be seen"),
        pytest.param("新规要点可以归纳为三个方面。", id="can be summed up"),
        pytest.param("协议让两地监管机构可以及时掌握情况。", id="makes able"),
        pytest.param("社会公众可以通过邮件提出意见。", id="invitation"),
    ],
)  # fmt: skip
def test_chinese_words_that_demand_nothing(text: str) -> None:
    assert duties(text, lang="zh-Hans") == []


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("为支持小微企业，银行应当单列信贷计划。", ["must"], id="duty behind a purpose"),
        pytest.param("为防范风险，机构不得代持。", ["must_not"], id="ban behind a purpose"),
        pytest.param("为提升质效，现就有关事项通知如下，鼓励银行共享数据。", ["encouraged"], id="behind the opening"),
        pytest.param("支持符合条件的保险公司发行资本债券。", ["encouraged"], id="support that lets someone act"),
        pytest.param("对低风险业务，鼓励机构简化流程。", ["encouraged"], id="encouraged"),
        pytest.param("违反本办法的，应当限期改正。", ["must"], id="duty of who broke a rule"),
        pytest.param("已设立的子公司不符合规定的，应当于年底前整改。", ["must"], id="duty of who falls short"),
        pytest.param("为他人提供担保的，应当报告。", ["must"], id="为 that is no purpose"),
        pytest.param("机构可以从次月起报送。", ["may"], id="may"),
    ],
)  # fmt: skip
def test_chinese_duties_beside_such_words(text: str, expected: list[str]) -> None:
    assert duties(text, lang="zh-Hans") == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The cut is expected to release about HK$30 billion.", id="expected of a measure"),
        pytest.param("These changes should reduce costs for smaller lenders.", id="hoped for"),
        pytest.param("The reform is designed to encourage long-term saving.", id="purpose"),
        pytest.param("Confidence has to catch up with innovation.", id="rhetoric"),
        pytest.param("This circular should be read with Circular 4 of 2025.", id="how to read it"),
        pytest.param("It should be noted that losses fell.", id="note"),
        pytest.param("Should you have any questions, contact the case officer.", id="condition"),
        pytest.param("Media enquiries should be sent to the press office.", id="whom to ask"),
        pytest.param("Applications open no later than 4 May 2026.", id="a month after no later than"),
        pytest.param("There is no longer a cap, the agency said in May.", id="no longer"),
        pytest.param("Currently, banks must report such events within ten days.", id="what is so now"),
        pytest.param("Under the existing rules a fund may not borrow.", id="existing rules"),
        pytest.param("The firm was required to keep its clients' money apart.", id="what was so"),
        pytest.param("We must stay alert to new risks.", id="the writer itself"),
        pytest.param("We may publish a summary of what we hear.", id="what the writer may do"),
        pytest.param("Who should hold the records?", id="question"),
        pytest.param("A model that cannot be explained is risky.", id="description"),
        pytest.param("That outcome cannot be excluded.", id="cannot be excluded"),
        pytest.param("The proposals would prohibit such fees.", id="would"),
    ],
)  # fmt: skip
def test_english_words_that_demand_nothing(text: str) -> None:
    assert duties(text, lang="en") == []


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("Boards are expected to approve the plan.", ["encouraged"], id="expected of someone"),
        pytest.param("Records are expected to be kept for six years.", ["encouraged"], id="expected to be done"),
        pytest.param("Firms should reduce their exposure.", ["encouraged"], id="advice to someone"),
        pytest.param("Redemptions should be honoured within a day.", ["encouraged"], id="to be done"),
        pytest.param("We encourage issuers to report early.", ["encouraged"], id="encouraged"),
        pytest.param("The plan has to include a budget.", ["must"], id="what a thing must hold"),
        pytest.param("Each lender has to be ready for a failure.", ["must"], id="has to"),
        pytest.param("No bank may lend to its auditor.", ["must_not"], id="no one may"),
        pytest.param("A bank that cannot explain a decision must not automate it.", ["must_not"], id="beside a description"),
        pytest.param("The old form may not be used; firms must file the new one.", ["must_not", "must"], id="an old form"),
    ],
)  # fmt: skip
def test_english_duties_beside_such_words(text: str, expected: list[str]) -> None:
    assert duties(text, lang="en") == expected


def test_a_speech_binds_nobody() -> None:
    text = "Banks must be ready for the failure of a provider."

    assert duties(text, lang="en", title="Remarks by the Governor at a dinner", column="speech") == []
    assert duties(text, lang="en") == ["must"]
