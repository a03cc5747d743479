"""What Chinese papers do to others: lists to repeal, partial repeals, terms that go on, corrections, answers."""

# ruff: noqa: E501 — a table reads best with a case on one line
from __future__ import annotations

import pytest

from dibao.store import RELATIONS

from .making import PBC, item, read, source

STA = source("cn-sta", "国家税务总局", "State Taxation Administration", "STA")
AMCM = source("mo-amcm", "澳門金融管理局", "Monetary Authority of Macao", "AMCM", jurisdiction="MO")
NOTICE = "关于规范有关业务的通知"


def told(title: str, text: str) -> list[str]:
    lang = "zh-Hant" if "號" in text else "zh-Hans"
    facts = read(item(title, text, lang=lang), by=AMCM if lang == "zh-Hant" else PBC)
    return sorted(f"{f.kind} {f.value}" for f in facts if f.kind in RELATIONS and f.kind != "citation")


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("2019年公布的《期货子公司试点规则》不再适用。", ["repeals 《期货子公司试点规则》"], id="no longer applies"),
        pytest.param("《代理收付管理办法》（2012年5月8日 银发〔2012〕98号）自行失效。", ["repeals 银发〔2012〕98号"], id="a day before the number"),
        pytest.param("银发〔2005〕6号、银办发〔2006〕17号和银发〔2007〕8号文件同时废止。", ["repeals 银办发〔2006〕17号", "repeals 银发〔2005〕6号", "repeals 银发〔2007〕8号"], id="numbers, verb behind"),
        pytest.param("现废止银发〔2005〕6号、银办发〔2006〕17号、银发〔2007〕8号。", ["repeals 银办发〔2006〕17号", "repeals 银发〔2005〕6号", "repeals 银发〔2007〕8号"], id="numbers, verb before"),
        pytest.param("《甲办法》（银发〔2010〕1号）予以废止，《乙通知》（银发〔2011〕2号）继续有效。", ["repeals 银发〔2010〕1号"], id="what goes and what stays"),
        pytest.param("《回购指引》附件中“3%”应为“0.3%”，特此更正。", ["corrects 《回购指引》"], id="hereby corrected"),
        pytest.param("三、廢止第009/2015-AMCM號通告。", ["repeals 009/2015-AMCM"], id="Macao"),
        pytest.param("《支付业务规则》与本通知不一致的规定停止执行。", [], id="only where it differs"),
        pytest.param("《支付业务规则》第三条同时废止。", ["amends 《支付业务规则》"], id="an article only"),
        pytest.param("《支付业务规则》（银发〔2009〕5号）第三条、第七条停止执行。", ["amends 银发〔2009〕5号"], id="two articles"),
        pytest.param("《支付业务规则》继续有效，不予废止。", [], id="stays in force"),
        pytest.param("《研发贷款贴息公告》（财政部公告2023年第46号）规定的政策，继续执行至2028年12月31日。", ["extends 财政部公告〔2023〕46号"], id="goes on until"),
        pytest.param("《税收优惠公告》（财政部公告2023年第46号）规定的增值税优惠政策，执行至2027年12月31日。", ["extends 财政部公告〔2023〕46号"], id="its policy runs until"),
        pytest.param("《贴息办法》（财金〔2022〕7号）有效期顺延两年。", ["extends 财金〔2022〕7号"], id="term moved on"),
        pytest.param("《上市指南第2号——信息报送》第八条中“十”应为“三十”，现予更正。", ["corrects 《上市指南第2号——信息报送》"], id="now corrected"),
        pytest.param("《上市指南第2号》第八条应当执行。", [], id="a guide with its serial, only named"),
    ],
)  # fmt: skip
def test_what_a_clause_does(text: str, expected: list[str]) -> None:
    assert told(NOTICE, text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("经清理，决定废止下列规范性文件：\n一、《关于改进账户服务的通知》（银发〔2012〕289号）\n二、中国人民银行公告〔2011〕第14号\n三、《关于印发〈统计制度〉的通知》（银发〔2005〕 6号）\n本公告自发布之日起施行。", ["repeals 中国人民银行公告〔2011〕14号", "repeals 银发〔2005〕6号", "repeals 银发〔2012〕289号"], id="list with marks"),
        pytest.param("附件\n宣布失效的文件目录\n1.《反假货币工作规程》\n2.《现金服务公约》", ["repeals 《反假货币工作规程》", "repeals 《现金服务公约》"], id="annex with a heading"),
        pytest.param("决定废止以下文件：\n1 | 《代收业务规定》 | 银发〔2010〕3号\n2 | 《代付业务规定》 | 银发〔2011〕4号", ["repeals 银发〔2010〕3号", "repeals 银发〔2011〕4号"], id="table"),
        pytest.param("一、废止的文件\n1.《代收业务规定》\n二、修改的文件\n1.《代付业务规定》", ["amends 《代付业务规定》", "repeals 《代收业务规定》"], id="two lists"),
        pytest.param("决定修改下列规章：\n《代收业务规定》\n《代付业务办法》", ["amends 《代付业务办法》", "amends 《代收业务规定》"], id="to amend, no marks"),
        pytest.param("本次清理后继续有效的文件如下：\n1.《代收业务规定》", [], id="what stays"),
        pytest.param("为落实规定，现将废止文件后的衔接安排通知如下：\n一、各行应当按照银发〔2020〕3号要求办理。\n二、《代收业务规定》应当继续遵守。", [], id="a heading of another kind"),
        pytest.param("经研究，决定废止2件规范性文件，现公告如下：\n一、《代收业务规定》\n二、《代付业务办法》", ["repeals 《代付业务办法》", "repeals 《代收业务规定》"], id="decided, announced as follows"),
        pytest.param("决定废止下列文件：\n序号 | 文件名称 | 文号\n1 | 关于印发《代收规定》的通知 | 银发〔2010〕3号\n\n2 | 关于代付的公告 | 银办发〔2011〕4号", ["repeals 银办发〔2011〕4号", "repeals 银发〔2010〕3号"], id="table with headers, names without marks"),
        pytest.param("决定废止下列文件：\n（一）关于改进柜台服务的通知（银发〔1997〕12号）；\n（二）关于印发《代收规定》的通知（1999年3月1日 银发〔1999〕8号）。", ["repeals 银发〔1997〕12号", "repeals 银发〔1999〕8号"], id="names without title marks"),
        pytest.param("决定废止下列文件，自公布之日起生效。\n一、各行应当按照《代收规定》（银发〔2010〕3号）办理。", [], id="a sentence heads no list"),
        pytest.param("学习材料如下：\n1.《代收业务规定》\n2.《代付业务规定》", [], id="to read"),
    ],
)  # fmt: skip
def test_lists_one_to_a_line(text: str, expected: list[str]) -> None:
    assert told("关于规范性文件清理结果的公告", text) == expected


@pytest.mark.parametrize(
    "title, text, expected",
    [
        pytest.param("中国人民银行湖北省分行关于省政协第2026-0417号提案的答复", "您提出的《关于绿色算力金融支持的提案》收悉，现答复如下。", ["replies_to 《关于绿色算力金融支持的提案》"], id="by its title"),
        pytest.param("关于政协第0417号提案的答复", "您提出的《关于养老金融的提案》收悉。", ["replies_to 第0417号提案"], id="by its number"),
        pytest.param("关于人大代表建议的答复", "感谢关心。《养老金融工作方案》提出要求。", [], id="neither"),
        pytest.param("关于更正《做市业务指南第2号》有关内容的公告", "现予更正。", ["corrects 《做市业务指南第2号》"], id="a guide with its serial"),
    ],
)  # fmt: skip
def test_answers_and_corrections(title: str, text: str, expected: list[str]) -> None:
    assert told(title, text) == expected


@pytest.mark.parametrize(
    "title, text, expected",
    [
        pytest.param("关于修改《代收规定》的决定", "一、将《代收规定》第三条中的“十日”修改为“五日”。", ["amends 《代收规定》"], id="an article changed"),
        pytest.param("关于修改部分规章的决定", "一、删去《代收规定》第九条。\n二、在《代付办法》第三条后增加一条。", ["amends 《代付办法》", "amends 《代收规定》"], id="articles struck and added"),
        pytest.param("国务院关于修改〈外汇条例〉的决定", "《国务院关于修改〈外汇条例〉的决定》已经通过，现予公布。", ["amends 《外汇条例》"], id="single marks"),
        pytest.param("关于期货公司管理办法公开征求意见的通知", "我会起草了《期货公司管理办法（征求意见稿）》，现公开征求意见。", ["consults 《期货公司管理办法》"], id="the text names the draft"),
    ],
)  # fmt: skip
def test_amendments_and_drafts(title: str, text: str, expected: list[str]) -> None:
    assert [line for line in told(title, text) if "条例》的决定" not in line] == expected


@pytest.mark.parametrize(
    "title, text, expected",
    [
        pytest.param("有关司局负责人答记者问", "近日，总局印发了《保险公司评级办法》（以下简称《办法》）。负责人就《办法》回答提问。", ["interprets 《保险公司评级办法》"], id="the opening names it"),
        pytest.param("有关司局负责人答记者问", "近日，总局发布《保险公司评级办法》，负责人回答提问。", ["interprets 《保险公司评级办法》"], id="after a comma"),
        pytest.param("就《保险公司评级办法》答记者问", "近日，总局印发了《另一办法》（以下简称《办法》）。", ["interprets 《保险公司评级办法》"], id="the title goes first"),
        pytest.param("有关司局负责人答记者问", "问：保险业如何？\n答：《保险公司评级办法》发挥了作用。", [], id="only spoken of"),
    ],
)  # fmt: skip
def test_what_an_explanation_explains(title: str, text: str, expected: list[str]) -> None:
    assert told(title, text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("附件2\n废止业务规则目录\n序号　规则名称　文号\n1　《大宗交易指引》　深证上〔2021〕9号\n2　《关于盘后交易的通知》　深证会〔2020〕4号", ["repeals 深证上〔2021〕9号", "repeals 深证会〔2020〕4号"], id="wide blanks"),
        pytest.param("废止的规范性文件目录\n编号\t文件标题\t发文字号\t发文日期\n1\t关于存管的通知\t银发〔2011〕9号\t2011年3月4日", ["repeals 银发〔2011〕9号"], id="tabs, a day behind"),
        pytest.param("决定废止以下文件：\n1. 关于存管的通知 银发〔2011〕9号\n2. 关于兑付的公告 银发〔2012〕10号", ["repeals 银发〔2011〕9号", "repeals 银发〔2012〕10号"], id="one blank before the number"),
        pytest.param("现行业务规则目录\n序号　规则名称　文号\n1　《大宗交易指引》　深证上〔2021〕9号", [], id="a table of what is in force"),
    ],
)  # fmt: skip
def test_tables_of_documents_whose_columns_stand_apart_by_blanks(text: str, expected: list[str]) -> None:
    assert told(NOTICE, text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("一、《担保基金通知》（财金〔2022〕7号）有效期延长至2028年底。二、将财金〔2022〕7号文件第三条中的“五”修改为“十”。", ["amends 财金〔2022〕7号", "extends 财金〔2022〕7号"], id="extended and changed"),
        pytest.param("对《抵债资产办法》（财金〔2022〕7号）作如下修改。《抵债资产办法》根据本决定修改，重新公布。", ["amends 财金〔2022〕7号"], id="a title is its number elsewhere"),
        pytest.param("本通函取代本会于2023年5月6日发出、题为《网上开户的良好作业》的通函。", ["replaces 《网上开户的良好作业》"], id="a title that a word behind calls a circular"),
        pytest.param("本通函取代人手核对。会上播放了《网上开户的良好作业》。", [], id="a title that nothing calls one"),
    ],
)  # fmt: skip
def test_a_document_named_twice_or_by_what_it_is_called(text: str, expected: list[str]) -> None:
    assert told(NOTICE, text) == expected


def test_a_list_of_five_thousand_rows_ends() -> None:
    rows = "\n".join(f"{n}.《业务规定{n}号文件之办法》" for n in range(5000))

    assert len(told(NOTICE, f"决定废止下列文件：\n{rows}")) == 150
