"""Who issued a Chinese paper: those who sign it, the office that decided, the bodies that a release names together."""

# ruff: noqa: E501 — a table reads best with a case on one line
from __future__ import annotations

import pytest

from dibao.store import Source

from .making import CSRC, GOV, KR36, NFRA, PBC, SFC, item, read, source, values

MOF = source("cn-mof", "财政部", "Ministry of Finance", "MOF")
SAFE = source("cn-safe", "国家外汇管理局", "State Administration of Foreign Exchange", "SAFE")
NPC = source("cn-npc", "全国人民代表大会", "National People's Congress", "NPC")
HKMA = source("hk-hkma", "香港金融管理局", "Hong Kong Monetary Authority", "HKMA", jurisdiction="HK")


@pytest.mark.parametrize(
    "by, title, text, expected",
    [
        pytest.param(MOF, "关于印发《保险合同会计处理规定》的通知", "现予印发。\n财政部　金融监管总局　国家数据局\n2026年2月2日", ["MOF", "NFRA", "NDA"], id="joint, on one line"),
        pytest.param(PBC, "关于支持民营企业发债的通知", "特此通知。\n中国人民银行\n国家发展改革委\n中国证监会\n2026年2月2日", ["PBC", "NDRC", "CSRC"], id="joint, over lines"),
        pytest.param(PBC, "中国人民银行等三部门关于支持民营企业发债的通知", "特此通知。\n中国人民银行、国家发展改革委、中国证监会\n2026年2月2日", ["PBC", "NDRC", "CSRC"], id="the title names one of three"),
        pytest.param(PBC, "中国人民银行关于支付业务的通知", "特此通知。\n中国人民银行\n2026年2月2日", ["PBC"], id="alone"),
        pytest.param(PBC, "中国人民银行关于支付业务的通知", "附表如下。\n甲公司\n2026年2月2日", ["PBC"], id="a firm signs nothing"),
        pytest.param(NFRA, "关于转发规程的通知", "请执行。\n国家金融监督管理总局青海监管局\n2026年2月2日\n附件\n国家金融监督管理总局\n2026年1月5日", ["NFRA-branch"], id="who forwards"),
        pytest.param(CSRC, "关于对甲公司采取责令改正措施的决定", "〔2026〕9号\n甲公司：\n你公司违规。\n贵州证监局\n2026年2月2日", ["CSRC-branch"], id="regional office signs"),
        pytest.param(CSRC, "贵州监管局行政处罚决定书〔2026〕3号（甲某）", "当事人：甲某。", ["CSRC-branch"], id="short name of an office, CSRC"),
        pytest.param(NFRA, "绥化监管分局行政处罚信息公开表", "当事人名称：甲银行\n行政处罚内容：罚款5万元", ["NFRA-branch"], id="short name of an office, NFRA"),
        pytest.param(NFRA, "行政处罚信息公开表（甲银行）", "当事人名称：甲银行\n行政处罚内容：罚款5万元\n作出决定机关：国家金融监督管理总局文山监管分局", ["NFRA-branch"], id="the table names who decided"),
        pytest.param(SAFE, "国家外汇管理局呼和浩特市分局关于简化登记的通知", "现通知如下。", ["SAFE-branch"], id="a branch with 和 in its name"),
        pytest.param(GOV, "关于做好养老金融工作的指导意见", "特制定本意见。\n国家金融监督管理总局\n中国人民银行\n2026年2月2日", ["NFRA", "PBC"], id="on the government's portal"),
        pytest.param(NPC, "期货法（修订草案）征求意见", "第十四届全国人大常委会第三十次会议对《期货法（修订草案）》进行了审议，现予公布。", ["NPCSC"], id="the Standing Committee's draft"),
        pytest.param(NPC, "全国人民代表大会议事规则（草案）征求意见", "现将草案公布。", ["NPC"], id="the Congress itself"),
        pytest.param(KR36, "甲银行被罚35万元", "36氪获悉，国家金融监督管理总局毕节监管分局行政处罚信息显示，甲银行因违规被罚款35万元。", ["NFRA-branch"], id="a report of a branch's decision"),
        pytest.param(KR36, "宁波新规出台", "据悉，宁波金融监管局印发通知，规范代理业务。", ["NFRA-branch"], id="a report of a local office"),
        pytest.param(KR36, "新规出台", "中国人民银行发布公告称，某分行应当整改。", ["PBC"], id="a branch further on is no issuer"),
    ],
)  # fmt: skip
def test_who_issued_a_paper(by: Source, title: str, text: str, expected: list[str]) -> None:
    assert values(read(item(title, text), by=by), "issuer") == expected


@pytest.mark.parametrize(
    "by, text, expected",
    [
        pytest.param(SFC, "證券及期貨事務監察委員會（證監會）與財經事務及庫務局今日發表聯合諮詢文件。", ["HKSFC", "FSTB"], id="a joint paper, with its short name"),
        pytest.param(HKMA, "香港金融管理局與證券及期貨事務監察委員會今日聯合發出通函。", ["HKMA", "HKSFC"], id="a joint circular"),
        pytest.param(HKMA, "香港金融管理局今日發出通函。", ["HKMA"], id="alone"),
        pytest.param(SFC, "財經事務及庫務局今日發表文件，證監會表示歡迎。", ["HKSFC"], id="another's paper, welcomed"),
    ],
)  # fmt: skip
def test_who_released_together(by: Source, text: str, expected: list[str]) -> None:
    facts = read(item("就監管建議展開諮詢", text, lang="zh-Hant", column="news"), by=by)

    assert values(facts, "issuer") == expected


@pytest.mark.parametrize(
    "title, column, expected",
    [
        pytest.param("證監會就發牌制度展開諮詢", "consultation", ["HKSFC", "FSTB"], id="the title names one of two"),
        pytest.param("金管局就發牌制度展開諮詢", "consultation", ["HKMA"], id="the title names another"),
        pytest.param("證監會關於申報的通函", "circular", ["HKSFC"], id="a circular that tells of a joint paper"),
    ],
)  # fmt: skip
def test_whom_the_title_names_is_one_of_those_who_act_together(
    title: str, column: str, expected: list[str]
) -> None:
    text = "證券及期貨事務監察委員會（證監會）與財經事務及庫務局今日發表聯合諮詢文件。"
    facts = read(item(title, text, lang="zh-Hant", column=column), by=SFC)

    assert values(facts, "issuer") == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param(
            "孙某某：\n经查，你未勤勉尽责。\n青岛证监局\n", ["CSRC-branch"], id="signed without a day"
        ),
        pytest.param("孙某某：\n经查，你未勤勉尽责。\n特此通知。\n", ["CSRC"], id="not signed"),
    ],
)
def test_a_letter_may_be_signed_without_a_day(text: str, expected: list[str]) -> None:
    facts = read(item("关于对孙某某采取出具警示函措施的决定", text, column="penalty"), by=CSRC)

    assert values(facts, "issuer") == expected


def test_a_report_names_who_wrote_to_the_firm() -> None:
    facts = read(item("甲乙证券收到青岛证监局警示函", "甲乙证券公告，公司收到青岛证监局警示函。"), by=KR36)

    assert values(facts, "issuer") == ["CSRC-branch"]


@pytest.mark.parametrize("how", ["分别", "同步", "先后"])
def test_those_who_act_each_by_itself_are_all_issuers(how: str) -> None:
    text = f"5月28日，上海证券交易所、深圳证券交易所{how}发布《异常交易监控细则》。"

    assert values(read(item("两所发布细则", text), by=KR36), "issuer") == ["SSE", "SZSE"]
