# ruff: noqa: E501  # one case, one line: a table reads better whole
"""Duties of Chinese rules in English: by when, how often, to whom; and never without their condition."""

from __future__ import annotations

import pytest

from dibao.summarizer.evals.alone import alone
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.writers.duties import duty
from dibao.summarizer.writers.embedded import _clauses, write

from .test_headline import NOW, item, source

GLOSSARY = load_glossary()

SAID = {
    "数据处理者应当于2027年6月30日前完成存量数据分级": "data handlers must complete existing data grading before 30 June 2027",
    "第四条 征信机构应当自收到异议之日起15个工作日内进行人工核查": "credit reporting agencies must carry out manual verification within 15 working days of receiving objections",
    "经营机构应当每季度至少开展一次应急演练": "operating institutions must carry out emergency drills at least once every quarter",
    "银行业金融机构应当按季度更新模型清单": "banking institutions must update model inventory every quarter",
    "商业银行应当在3个工作日内向国家金融监督管理总局报告": "commercial banks must report to the NFRA within 3 working days",
    "金融机构应当向中国人民银行报送统计数据": "financial institutions must submit statistics to the PBC",
    "支付机构应当保存交易记录不少于5年": "payment institutions must keep trading records for at least 5 years",
    "陪伴服务提供者应当采取有效措施识别未成年人用户": "companion service providers must take effective measures to identify users who are minors",
    "商业银行不得开展虚拟货币交易业务": "commercial banks must not carry out virtual currency trading business",
}  # fmt: skip


@pytest.mark.parametrize(("clause", "said"), SAID.items(), ids=SAID)
def test_a_duty_is_told_with_its_time_and_its_addressee(clause: str, said: str) -> None:
    assert duty(clause, GLOSSARY) == said


@pytest.mark.parametrize(
    "clause",
    [
        pytest.param("金融机构应当在2027年2月30日前完成数据分级", id="a day that there is not"),
        pytest.param("金融机构应当按照国家有关规定报送", id="submit what, to whom"),
        pytest.param("金融机构应当向云山雾罩处报送统计数据", id="an unknown addressee"),
    ],
)
def test_a_duty_with_a_part_that_is_unknown_is_not_told(clause: str) -> None:
    assert duty(clause, GLOSSARY) is None


@pytest.mark.parametrize(
    "text",
    [
        "客户要求说明理由的，银行业金融机构应当建立模型清单。",
        "发生重大中断时，银行业金融机构应当建立模型清单。",
        "未经客户同意，银行业金融机构应当建立模型清单。",
        "在2027年1月1日前，银行业金融机构应当建立模型清单。",
    ],
)
def test_a_duty_never_loses_its_condition(text: str) -> None:
    quotes = [clause.quote for clause in _clauses(item("某办法", text=text))]

    assert "银行业金融机构应当建立模型清单" not in quotes


def test_a_word_of_passage_is_no_condition() -> None:
    text = (
        "同时，银行业金融机构应当建立模型清单；客户要求的，应当说明理由；商业银行不得开展虚拟货币交易业务。"
    )
    quotes = [clause.quote for clause in _clauses(item("某办法", text=text))]

    assert "银行业金融机构应当建立模型清单" in quotes
    assert "应当说明理由" not in quotes
    assert "商业银行不得开展虚拟货币交易业务。" in quotes


@pytest.mark.parametrize(
    "beside, told",
    [
        pytest.param("不得向未成年人提供云山雾罩的虚拟服务", False, id="a ban"),
        pytest.param("云山雾罩记录保存不少于20年", False, id="a figure"),
        pytest.param("确保云山雾罩", True, id="neither"),
    ],
)
def test_a_duty_is_told_alone_only_where_no_ban_and_no_figure_stands_beside_it(
    beside: str, told: bool
) -> None:
    rule = f"互联网平台应当建立模型清单，{beside}。"
    inputs = alone(item("云山雾罩管理办法", text=f"{rule}本办法自2027年1月1日起施行。"), source(), GLOSSARY)
    said = [s.text for s in write(inputs, "en", now=NOW).sentences]

    assert any("internet platforms must establish model inventory" in text for text in said) is told
    assert told or rule in said


@pytest.mark.parametrize(
    "second, quoted",
    [
        pytest.param("云山雾罩处应当在3日内处理。", True, id="a duty and a span"),
        pytest.param(
            "征求意见以来，大家积极参与，气氛十分热烈。", False, id="nothing that could be told of it"
        ),
    ],
)
def test_a_second_quotation_stands_only_where_something_of_it_can_be_told(second: str, quoted: bool) -> None:
    first = "云山雾罩机构不得在2027年3月1日前开展雾海业务，违者罚款10万元。"
    inputs = alone(item("云山雾罩管理办法", text=f"{first}{second}"), source(), GLOSSARY)
    said = [s.text for s in write(inputs, "en", now=NOW).sentences]

    assert first in said
    assert (second in said) is quoted
