"""Chinese duties clause by clause, who is bound, and subjects that are more than a name."""

# ruff: noqa: E501 — a table reads best with a case on one line
from __future__ import annotations

from time import process_time

import pytest

from .making import CSRC, PBC, SFC, item, read, source, values

CAC = source("cn-cac", "国家互联网信息办公室", "Cyberspace Administration of China", "CAC")
NOTICE = "关于规范有关业务的通知"


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("机构可以开展回购，期限最长不得超过365天。", ["must_not", "may"], id="may, but not more than"),
        pytest.param("发行人应当披露，并应当报告，法律另有规定的除外。", ["must", "must", "except"], id="twice must, except"),
        pytest.param("法律、行政法规另有规定的，从其规定。", ["except"], id="one exception in two words"),
        pytest.param("禁止代持，鼓励长期持有。", ["must_not", "encouraged"], id="forbidden and encouraged"),
        pytest.param("银行应当按照《机构必须遵守的规则》执行。", ["must"], id="a word within a title"),
        pytest.param("原则上应当在十日内办理。", ["in_principle"], id="in principle is weaker than must"),
        pytest.param("期限原则上应不少于3年，确需缩短的，说明理由。", ["in_principle"], id="in principle, and where needed"),
        pytest.param("原则上不得新增。", ["must_not"], id="a ban stays a ban"),
        pytest.param("机构原则上按季报告，有异常的，应当立即报告。", ["must"], id="the strictest clause"),
        pytest.param("社会公众可以登录网站提出意见。", [], id="an invitation"),
        pytest.param("持牌法團毋須重新申請，但須於十日內通知。", ["must"], id="need not, but must"),
        pytest.param("本通知所称机构，是指银行。", [], id="a definition"),
    ],
)  # fmt: skip
def test_each_clause_that_demands_has_its_own(text: str, expected: list[str]) -> None:
    hant = "毋" in text
    facts = read(item(NOTICE, text, lang="zh-Hant" if hant else "zh-Hans"), by=SFC if hant else PBC)

    assert values(facts, "obligation") == expected


@pytest.mark.parametrize(
    "text, most",
    [
        pytest.param("机构应当报告" * 20_000, 1, id="one clause"),
        pytest.param("机构应当报告，" * 20_000, 200, id="clauses without end"),
        pytest.param("为" + "支持经济运行，鼓励增长" * 20_000, 200, id="purposes without end"),
    ],
)
def test_a_sentence_without_end_is_read_in_time(text: str, most: int) -> None:
    started = process_time()

    assert len(values(read(item(NOTICE, text), by=PBC), "obligation")) <= most
    assert process_time() - started < 5


@pytest.mark.parametrize(
    "title, text, expected",
    [
        pytest.param("关于银行直接办理外债登记的通知", "一、银行应当在15日内登记。", ["banks"], id="banks, by their plain name"),
        pytest.param(NOTICE, "各全国性中资银行：\n现就有关问题通知如下。", ["banks"], id="addressed"),
        pytest.param(NOTICE, "现通知如下。\n中国人民银行应当公布结果。\n用户银行账户应当实名。", [], id="the central bank, an account"),
        pytest.param(NOTICE, "根据《中华人民共和国商业银行法》，现通知如下。", [], id="a law's name"),
        pytest.param("证券期货经营机构算法交易管理规定", "现公布。", ["securities_firms", "futures_firms"], id="two kinds in one word"),
        pytest.param("证券基金经营机构信息技术管理办法", "现公布。", ["securities_firms", "fund_managers"], id="and funds"),
        pytest.param("就虛擬資產託管服務展開諮詢", "持牌託管人須符合規定。", ["crypto_firms"], id="custodians of virtual assets"),
    ],
)  # fmt: skip
def test_who_is_bound(title: str, text: str, expected: list[str]) -> None:
    hant = "託" in title
    facts = read(item(title, text, lang="zh-Hant" if hant else "zh-Hans"), by=SFC if hant else PBC)

    assert values(facts, "entity_bound") == expected


@pytest.mark.parametrize(
    "title, text, expected",
    [
        pytest.param("智能体服务备案管理规定", "根据《网络安全法》、《数据安全法》，制定本规定。智能体应当备案。", ["ai", "ai.agents"], id="the laws it rests on"),
        pytest.param("关于甲某内幕交易的决定", "中国证监会依据《证券法》决定罚款。", ["enforcement", "enforcement.market_abuse"], id="the body's name"),
        pytest.param("识别實益擁有人", "本通告規定識別實益擁有人。", ["aml", "aml.ownership"], id="owners, as Hong Kong and Macao say"),
        pytest.param("理财产品估值办法", "理财公司应当每年向董事会报告估值情况。违反本办法规定的，采取监管措施并实施行政处罚。", ["banking", "banking.wealth"], id="what comes to who breaks it"),
        pytest.param("数据安全法（草案）", "现就《数据安全法（草案）》征求意见。", ["data"], id="the law itself"),
    ],
)  # fmt: skip
def test_subjects(title: str, text: str, expected: list[str]) -> None:
    facts = read(
        item(title, text, lang="zh-Hant" if "實" in text else "zh-Hans"), by=CSRC if "某" in title else CAC
    )

    assert values(facts, "topic") == expected
