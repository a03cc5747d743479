# ruff: noqa: E501  # one case, one line: a table reads better whole
"""Shapes of Chinese titles beyond notices and rules (written for this test), and their English headline."""

from __future__ import annotations

import pytest

from dibao.summarizer.writers.figures import money_in
from dibao.summarizer.writers.firms import firms_in

from .test_headline import MEDIA, SEC, made, source

FRAMES = {
    "中国人民银行令〔2026〕第3号（金融机构客户尽职调查管理办法）": "PBC issues order No. 3 of 2026: measures for administration of financial institutions' customer due diligence",
    "关于更正银发〔2026〕88号文附件2有关内容的公告": "NFRA corrects annex 2 to 银发〔2026〕88号",
    "关于政协十四届全国委员会第三次会议第01234号提案答复的函": "NFRA replies to CPPCC proposal No. 01234 (14th term, 3rd session)",
    "对省政协十三届三次会议第0123号提案的答复": "NFRA replies to local CPPCC proposal No. 0123 (13th term, 3rd session)",
    "中国证监会市场禁入决定书（某某）": "CSRC publishes market ban decision",
    "证监会依法对子虚科技股份有限公司立案调查": "CSRC opens investigation of Zixu Technology Co., Ltd.",
    "证监会批准子虚基金管理有限公司设立": "CSRC approves establishment of Zixu Fund Management Co., Ltd.",
    "金管局就稳定币发牌制度展开公众咨询": "HKMA consults on stablecoin licensing regime",
    "香港证监会发表有关虚拟资产交易平台监管制度的咨询总结": "SFC issues consultation conclusions on regulatory regime of virtual asset trading platforms",
    "美联储降息25个基点": "FRB cuts interest rates by 25 basis points",
    "美联储加息1个百分点": "FRB raises interest rates by 1 percentage point",
    "欧洲央行宣布维持三大关键利率不变": "ECB keeps the three key interest rates unchanged",
    "央行：维持政策利率1.40%不变": "PBC keeps the policy rate unchanged at 1.40%",
    "央行开展3255亿元7天期逆回购操作，操作利率1.40%": "PBC conducts RMB 325.5 billion of 7-day reverse repo operations at 1.40%",
    "央行宣布降息降准": "PBC cuts interest rates and reserve requirement ratio",
    "央行今起开展1万亿元买断式逆回购": "PBC conducts RMB 1 trillion of outright reverse repo operations",
    "央行约谈部分金融机构": "PBC summons certain financial institutions for talks",
    "央行降低7天期逆回购操作利率": "PBC lowers the 7-day reverse repo rate",
    "央行今日开展1万亿元6个月期买断式逆回购操作": "PBC conducts RMB 1 trillion of 6-month outright reverse repo operations",
    "国务院常务会议通过《网络数据安全管理条例（草案）》": "State Council executive meeting adopts Regulations on Network Data Security Management (draft)",
    "国家金融监督管理总局关于废止《商业银行理财业务管理暂行办法》等12件规范性文件的公告": "NFRA repeals interim measures for administration of commercial banks' wealth management business and other documents, 12 in all",
    "四部门联合印发《金融数据跨境流动合规指南》": "Four departments issue guide to financial cross-border data flow compliance",
    "证监会将继续严厉打击财务造假": "CSRC will continue to crack down on financial fraud",
    "关于警惕以“虚拟货币”名义实施非法集资的风险提示": "NFRA issues risk alert on guarding against illegal fundraising in the name of virtual currency",
    "最高人民法院关于审理证券市场内幕交易民事赔偿案件的若干规定": "SPC issues provisions on trial of securities market insider trading civil compensation cases",
    "中华人民共和国网络安全法": "NFRA publishes text of Cybersecurity Law of the People's Republic of China",
    "2026年第三季度中国货币政策执行报告": "NFRA releases China monetary policy report for the third quarter of 2026",
    "银行保险机构数据安全管理办法（第二版）": "NFRA issues Measures for the Data Security Management of Banking and Insurance Institutions (version 2)",
}  # fmt: skip


@pytest.mark.parametrize(("title", "english"), FRAMES.items(), ids=FRAMES)
def test_a_frame_becomes_an_english_headline(title: str, english: str) -> None:
    found = made(title, "en", of=source())

    assert (found.text, found.method) == (english, "glossary")


@pytest.mark.parametrize("verb", ["批准", "对", "关于", "责令", "处罚"])
def test_a_verb_before_a_firm_is_no_part_of_its_name(verb: str) -> None:
    title = f"{verb}子虚基金管理有限公司"

    assert [name for _, _, name in firms_in(title)] == ["Zixu Fund Management Co., Ltd."]


@pytest.mark.parametrize(
    "title",
    ["波兰央行宣布降息25个基点", "韩国财政部发布《云山管理办法》", "美商务部：将加强出口管制"],
)
def test_the_short_name_of_a_body_abroad_is_not_that_of_the_chinese_one(title: str) -> None:
    text = made(title, "en", of=MEDIA).text

    assert text == f"36Kr (title in Chinese): {title}"


@pytest.mark.parametrize(
    "title", ["市场监督管理行政处罚信息公示规定", "关于印发《证券期货行政处罚裁量基本规则》的通知"]
)
def test_rules_on_penalties_are_no_penalty(title: str) -> None:
    text = made(title, "en", of=source()).text

    assert "publishes administrative penalty" not in text


def test_a_vague_amount_is_no_amount() -> None:
    assert not money_in("完成数千万元融资，另有几十万元和上亿元")
    assert len(money_in("一千万元")) == 1


ENGLISH = {
    "Agencies issue joint statement on crypto-asset safekeeping by banking organizations": "美国证券交易委员会等机构发布关于银行机构的加密资产保管的联合声明",
    "HKMA and SFC launch joint consultation on OTC derivatives reporting": "香港金融管理局、证券及期货事务监察委员会就场外衍生品报告公开征求意见",
    "SEC Adopts Amendments to Enhance Private Fund Reporting": "美国证券交易委员会通过修订，加强私募基金报告",
    "SEC Division of Corporation Finance Issues Statement on Stablecoins": "美国证券交易委员会发布关于稳定币的声明",
    "EBA publishes final guidelines on management of ESG risks": "欧洲银行管理局发布关于环境、社会和治理风险管理的最终指引",
    "Agencies request comment on proposed changes to capital requirements for large banks": "美国证券交易委员会等机构就大型银行资本要求的修改公开征求意见",
    "Final rule: Recordkeeping requirements for qualified financial contracts": "美国证券交易委员会就合格金融合约的记录保存要求发布最终规则",
    "OCC Announces Enforcement Actions for November 2026": "美国货币监理署公布2026年11月执法行动",
    "MAS imposes composition penalty of S$1 million on Example Bank Limited for AML breaches": "新加坡金融管理局对Example Bank Limited处以100万新加坡元的和解罚款，涉及反洗钱违规",
}  # fmt: skip


@pytest.mark.parametrize(("title", "chinese"), ENGLISH.items(), ids=ENGLISH)
def test_an_english_frame_becomes_a_chinese_headline(title: str, chinese: str) -> None:
    found = made(title, "zh", of=SEC)

    assert (found.text, found.method) == (chinese, "glossary")
