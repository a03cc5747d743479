"""Numbers of Chinese papers in the shapes of offices that no list of codes has, and whose number each is."""

# ruff: noqa: E501 — a table reads best with a case on one line
from __future__ import annotations

from datetime import date

import pytest

from dibao.store import Source
from dibao.summarizer.facts import find_numbers, normal_number
from dibao.summarizer.glossary import load_glossary

from .making import CSRC, KR36, NFRA, PBC, item, read, source, values

SSE = source("cn-sse", "上海证券交易所", "Shanghai Stock Exchange", "SSE", tier=2)
AMCM = source("mo-amcm", "澳門金融管理局", "Monetary Authority of Macao", "AMCM", jurisdiction="MO")
SAFE = source("cn-safe", "国家外汇管理局", "State Administration of Foreign Exchange", "SAFE")
HKMA = source("hk-hkma", "香港金融管理局", "Hong Kong Monetary Authority", "HKMA", jurisdiction="HK")
STA = source("cn-sta", "国家税务总局", "State Taxation Administration", "STA")


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("中国证券监督管理委员会浙江监管局行政处罚决定书〔2026〕3号", ["浙江监管局行政处罚决定书〔2026〕3号"], id="a bureau after the name of its commission"),
        pytest.param("大理监管分局行政处罚决定书〔2026〕3号", ["大理监管分局行政处罚决定书〔2026〕3号"], id="a bureau of a city"),
        pytest.param("莞银发〔2026〕3号", ["莞银发〔2026〕3号"], id="a city's code is not the head office's"),
        pytest.param("丽银函〔2026〕3号\n各支行：", ["丽银函〔2026〕3号"], id="a city that no list has"),
        pytest.param("《通知》（丽水银发〔2026〕7号）规定", ["丽水银发〔2026〕7号"], id="in brackets of its own"),
        pytest.param("（根据国发〔2020〕1号）", ["国发〔2020〕1号"], id="words in front stay out of brackets"),
        pytest.param("依照国发〔2020〕1号办理", ["国发〔2020〕1号"], id="words in front stay out"),
        pytest.param("〔2026〕44号\n沧浪公司：", ["〔2026〕44号"], id="year and serial alone"),
        pytest.param("我局作出的〔2026〕44号决定", [], id="year and serial amid words are no number"),
        pytest.param("行政处罚决定书（〔2026〕44号）", ["行政处罚决定书〔2026〕44号"], id="decision with its number in brackets"),
        pytest.param("文号：渝某监〔2026〕9号", ["渝某监〔2026〕9号"], id="behind a label"),
        pytest.param("上证公告（债券）〔2026〕8号", ["上证公告(债券)〔2026〕8号"], id="series with its market"),
        pytest.param("依上证函（基金）〔2026〕8号", ["上证函(基金)〔2026〕8号"], id="series amid words"),
        pytest.param("国家密码管理局公告（第52号）", ["国家密码管理局公告第52号"], id="serial in brackets"),
        pytest.param("商务部2026年第5号公告明确", ["商务部公告〔2026〕5号"], id="word last"),
        pytest.param("国务院第748号令", ["国务院令第748号"], id="decree, word last"),
        pytest.param("央行2026年第三号公告", ["中国人民银行公告〔2026〕3号"], id="word last, Chinese numeral"),
        pytest.param("中华人民共和国财政部令第87号", ["财政部令第87号"], id="the Republic's ministry"),
        pytest.param("中华人民共和国商务部\n中国人民银行\n令\n2026年第3号", ["商务部中国人民银行令〔2026〕3号"], id="the Republic's ministry first of two"),
        pytest.param("深圳证券交易所纪律处分决定书〔2026〕12号", ["深圳证券交易所纪律处分决定书〔2026〕12号"], id="an exchange's discipline"),
        pytest.param("依据北京证券交易所监管措施决定书〔2026〕4号", ["北京证券交易所监管措施决定书〔2026〕4号"], id="an exchange's measure amid words"),
        pytest.param("中国银行间市场交易商协会自律处分决定书〔2026〕6号", ["中国银行间市场交易商协会自律处分决定书〔2026〕6号"], id="an association's discipline"),
        pytest.param("创业板上市公司监管函〔2026〕33号\n甲公司：", ["创业板上市公司监管函〔2026〕33号"], id="a long name of a letter alone"),
        pytest.param("中汇交公告〔2026〕12号\n各成员：", ["中汇交公告〔2026〕12号"], id="a market's announcement"),
        pytest.param("废止本会110年5月5日金管银法字第11002701112号令", ["金管银法字11002701112号"], id="Taiwan, a day before"),
        pytest.param("依金管保财字第11502701113号函", ["金管保财字11502701113号"], id="Taiwan, words in front stay out"),
        pytest.param("会议听取了2026年第5号公告", [], id="nobody's announcement"),
        pytest.param("本公司2026年第5号公告", [], id="a firm's announcement"),
        pytest.param(
            "国家金融监督管理总局\n中国人民银行\n令\n2026年第2号",
            ["国家金融监督管理总局中国人民银行令〔2026〕2号"],
            id="joint order over lines",
        ),
        pytest.param(
            "沪汇管罚字〔2026〕3111260101号", ["沪汇管罚字〔2026〕3111260101号"], id="ten figures"
        ),
        pytest.param(
            "穗金罚决字〔2026〕3号、4号和6号",
            ["穗金罚决字〔2026〕3号", "穗金罚决字〔2026〕4号", "穗金罚决字〔2026〕6号"],
            id="serials of one series",
        ),
        pytest.param("沪证监决〔2026〕45号", ["沪证监决〔2026〕45号"], id="regional office's measure"),
        pytest.param("杭银处罚字〔2026〕28号", ["杭银处罚字〔2026〕28号"], id="older series of a branch"),
        pytest.param("第006/2026-AMCM號通告", ["006/2026-AMCM"], id="Macao notice"),
        pytest.param("第014/B/2026-DSB/AMCM號傳閱文件", ["014/B/2026-DSB/AMCM"], id="Macao circular"),
        pytest.param("公开市场业务交易公告〔2026〕68号", [], id="no body's announcement"),
        pytest.param("甲公司〔2026年〕3号楼", [], id="a building"),
    ],
)  # fmt: skip
def test_numbers_without_a_listed_code(text: str, expected: list[str]) -> None:
    found = [number.value for number in find_numbers(text, load_glossary())]

    assert found == expected
    assert [normal_number(value) for value in found] == found


HEAD = "各分支机构：\n为规范有关业务，现将有关事项通知如下。"


@pytest.mark.parametrize(
    "by, title, text, expected",
    [
        pytest.param(CSRC, "关于对沧浪资产评估有限公司采取出具警示函措施的决定", "〔2026〕44号\n沧浪公司：\n经查，你公司违规。", ["〔2026〕44号"], id="measure without a code"),
        pytest.param(SSE, "关于开展做市业务的通知", f"上证函（债券）〔2026〕118号\n{HEAD}", ["上证函(债券)〔2026〕118号"], id="exchange"),
        pytest.param(PBC, "关于开展存款保险宣传的通知", f"特急　莞银办发〔2026〕21号\n{HEAD}", ["莞银办发〔2026〕21号"], id="urgent"),
        pytest.param(NFRA, "关于印发《操作规程》的通知", f"浔金规〔2026〕2号　　签发人：某某\n{HEAD}", ["浔金规〔2026〕2号"], id="signer behind"),
        pytest.param(NFRA, "关于贯彻上级文件的通知", "各机构：\n现转发（金办发〔2026〕2号）文件，请执行。", [], id="forwarded number is not its own"),
        pytest.param(AMCM, "澳門金融管理局第011/2026-AMCM號通告：內部審計", "第011/2026-AMCM號通告\n事項：內部審計", ["011/2026-AMCM"], id="Macao"),
        pytest.param(CSRC, "关于就《期货公司信息公示规则（修订草案征求意见稿）》公开征求意见的通知", "我会对《期货公司信息公示规则》（证监会公告〔2025〕31号）进行修订，现征求意见。", [], id="a draft does not take the number of what it revises"),
        pytest.param(CSRC, "关于修改《证券登记规则》的决定", "决定对《证券登记规则》（证监会公告〔2025〕12号）作如下修改。", [], id="nor does an amendment"),
        pytest.param(KR36, "金融监管总局发布《保险资产托管办法》", "金融监管总局印发《保险资产托管办法》（金规〔2026〕6号）。", ["金规〔2026〕6号"], id="a report of a new paper"),
        pytest.param(KR36, "金融监管总局修订《保险资产托管办法》", "金融监管总局印发通知，此前《保险资产托管办法》（金规〔2024〕6号）执行近两年。", [], id="a report that names an older paper"),
        pytest.param(KR36, "甲公司被罚", "证监会公布行政处罚决定书（〔2026〕9号），甲公司被罚款5万元。", ["中国证券监督管理委员会行政处罚决定书〔2026〕9号"], id="a report of a decision whose number names nobody"),
        pytest.param(KR36, "甲公司被罚", "贵州证监局公布行政处罚决定书（〔2026〕9号），甲公司被罚款5万元。", ["行政处罚决定书〔2026〕9号"], id="a branch's decision is not its head office's"),
        pytest.param(
            NFRA, "国家金融监督管理总局陵水监管支局行政处罚信息公开表",
            "当事人名称：甲银行\n行政处罚决定书文号：陵水金罚决字〔2026〕1号\n行政处罚内容：罚款5万元\n"
            "当事人名称：乙银行\n行政处罚决定书文号：陵水金罚决字〔2026〕2号\n行政处罚内容：罚款6万元",
            ["陵水金罚决字〔2026〕1号", "陵水金罚决字〔2026〕2号"], id="two tables of labels",
        ),
        pytest.param(
            SAFE, "国家外汇管理局上海市分局行政处罚信息",
            "行政处罚决定书文号：沪汇管罚字〔2026〕3111260101号\n违法主体名称：甲公司\n处罚内容：罚款10万元\n处罚依据：汇发〔2020〕8号",
            ["沪汇管罚字〔2026〕3111260101号"], id="the basis is not its number",
        ),
    ],
)  # fmt: skip
def test_which_number_is_the_items_own(by: Source, title: str, text: str, expected: list[str]) -> None:
    facts = read(item(title, text, lang="zh-Hant" if by is AMCM else "zh-Hans", day=date(2026, 3, 2)), by=by)

    assert values(facts, "document_number") == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("5月3日，金融监管总局发布《关于信托业务的通知》（金规〔2026〕7号，以下简称《通知》）。", ["金规〔2026〕7号"], id="the short name behind"),
        pytest.param("5月3日，金融监管总局发布《关于信托业务的通知》（2026年5月1日，金规〔2026〕7号）。", ["金规〔2026〕7号"], id="the day in front"),
        pytest.param("金融监管总局下发的金规〔2026〕7号文要求压降规模。", ["金规〔2026〕7号"], id="issued, no title"),
        pytest.param("原银监会2007年印发的银监发〔2007〕3号文仍被引用。", [], id="issued long ago"),
        pytest.param("金融监管总局发文，根据《信托公司办法》（金规〔2026〕2号，以下简称《办法》）开展检查。", [], id="what the paper rests on"),
    ],
)  # fmt: skip
def test_a_report_gives_the_number_of_what_was_issued(text: str, expected: list[str]) -> None:
    facts = read(item("信托新规落地", text, column="news", day=date(2026, 5, 4)), by=KR36)

    assert values(facts, "document_number") == expected


@pytest.mark.parametrize(
    "by, title, text, expected",
    [
        pytest.param(AMCM, "第021/2026-AMCM號通告", "事項：流動性。", ["021/2026-AMCM"], id="a notice of Macao that opens with its number"),
        pytest.param(HKMA, "流動性監察", "本局檔號：B10/1C\n致：所有認可機構", ["B10/1C"], id="our reference, Hong Kong"),
        pytest.param(HKMA, "流動性監察", "來函檔號：B10/1C\n致：某公司", [], id="your reference"),
    ],
)  # fmt: skip
def test_own_numbers_abroad(by: Source, title: str, text: str, expected: list[str]) -> None:
    facts = read(item(title, text, column="circular", lang="zh-Hant", day=date(2026, 5, 4)), by=by)

    assert values(facts, "document_number") == expected
