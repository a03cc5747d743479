"""Document types, stages and issuers, by the grammar of titles and by what a report says."""

from __future__ import annotations

from datetime import date

import pytest

from dibao.store import DOCUMENT_TYPES, ENTITIES, STAGES, SUBTOPICS, TOPICS, Item, Source
from dibao.summarizer.facts import title_type
from dibao.summarizer.facts.topic_terms import TERMS

from .making import CSRC, FCA, GOV, KR36, NFRA, PBC, SEC, SFC, WIRE, item, read, values


@pytest.mark.parametrize(
    "title, key",
    [
        ("中国人民银行关于修改部分规章的决定", "decision"),
        ("国家金融监督管理总局关于银行业保险业人工智能安全开发应用的指导意见", "guiding_opinions"),
        ("关于印发银行保险机构数据安全管理办法的通知", "measures"),
        ("关于印发《科技伦理审查办法（试行）》的通知", "interim_measures"),
        ("关于公开征求《银行办法（征求意见稿）》意见的公告", "consultation"),
        ("《银行办法（征求意见稿）》公开征求意见的反馈情况", "conclusions"),
        ("有关负责人就《银行办法》答记者问", "qa"),
        ("关于十三届一次会议第0762号提案的答复", "reply_to_proposal"),
        ("福建监管局行政处罚决定书〔2026〕21号", "penalty"),
        ("关于对某公司采取出具警示函措施的决定", "supervisory_measure"),
        ("国务院关于河北雄安新区总体规划（2018—2035年）的批复", "approval_reply"),
        ("国务院办公厅关于黄金经济政策有关问题的复函", "letter"),
        ("中华人民共和国反洗钱法", "law"),
        ("网络数据安全管理条例", "regulations"),
        ("商业银行资本管理办法（2023年修订）", "measures"),
        ("中国人民银行公告〔2022〕第1号", "announcement"),
        ("中国人民银行令〔2021〕第4号（征信业务管理办法）", "measures"),
        ("2026年5月金融统计数据报告", "statistics"),
        ("今日要闻", ""),
    ],
)
def test_chinese_titles(title: str, key: str) -> None:
    assert title_type(title, chinese=True) == key


@pytest.mark.parametrize(
    "title, key",
    [
        ("SEC Proposes Rule Amendments on Custody", "proposed_rule"),
        ("Custody of Client Assets; Final Rule", "final_rule"),
        ("CP24/2: Our consultation on enforcement", "consultation"),
        ("PS24/5: Further fees", "policy_statement"),
        ("SR 26-3: Guidance on Model Risk", "supervisory_letter"),
        ("SEC Charges Adviser With Fraud", "enforcement"),
        ("Remarks at the Annual Conference", "speech"),
        ("Guidelines on ICT risk", "guidelines"),
        ("Quarterly Review", "report"),
        ("Board meets", ""),
    ],
)
def test_english_titles(title: str, key: str) -> None:
    assert title_type(title, chinese=False) == key


@pytest.mark.parametrize(
    "what, by, type_, stage",
    [
        pytest.param(
            item("银行办法", "本办法自2026年1月1日起施行。"), NFRA, "measures", "in_force", id="in force"
        ),
        pytest.param(
            item("银行办法", "本办法自2027年1月1日起施行。"),
            NFRA,
            "measures",
            "not_yet_in_force",
            id="future",
        ),
        pytest.param(item("银行办法", ""), NFRA, "measures", "final", id="effect unknown"),
        pytest.param(item("银行办法（草案）", ""), NFRA, "consultation", "draft", id="draft"),
        pytest.param(item("行政处罚决定书", ""), CSRC, "penalty", "enforced", id="penalty"),
        pytest.param(item("局长讲话", ""), NFRA, "speech", "none", id="speech"),
        pytest.param(
            item("银行办法", "", labels=(("效力状态", "废止"),)),
            NFRA,
            "measures",
            "repealed",
            id="status label",
        ),
        pytest.param(item("某公司融资", "某公司完成融资。"), KR36, "news_report", "none", id="plain news"),
        pytest.param(
            item("金融监管总局就消费金融公司管理办法公开征求意见"),
            KR36,
            "consultation",
            "draft",
            id="reported draft",
        ),
        pytest.param(
            item("快讯", "总局发布《银行办法》，5月1日起施行。"),
            KR36,
            "measures",
            "final",
            id="reported measures",
        ),
        pytest.param(
            item("央行提醒防范诈骗", "央行今日发布关于虚假征信的风险提示，提醒公众。"),
            KR36,
            "risk_alert",
            "none",
            id="reported warning",
        ),
        pytest.param(
            item("英格兰银行就压力测试指引公开咨询", "英格兰银行发布指引草案，截止日期为9月1日。"),
            KR36,
            "consultation",
            "draft",
            id="consults, in other words",
        ),
        pytest.param(
            item("美国SEC：某基金公司支付300万美元和解披露指控", "某公司同意和解。"),
            KR36,
            "enforcement",
            "enforced",
            id="settled with a regulator",
        ),
        pytest.param(
            item("證監會終身禁止陳某重投業界", "", lang="zh-Hant", column="news"),
            SFC,
            "enforcement",
            "enforced",
            id="banned from the industry",
        ),
        pytest.param(
            item("某车企支付300万美元和解集体诉讼案", "某公司同意和解。"),
            KR36,
            "news_report",
            "none",
            id="settled among private parties",
        ),
        pytest.param(
            item("关于公布已失效的外汇管理规范性文件目录的公告", ""),
            PBC,
            "announcement",
            "final",
            id="a list of what fell away",
        ),
        pytest.param(
            item("China issues AI rules", "The NFRA has released new guidelines for banks.", lang="en"),
            WIRE,
            "guidelines",
            "final",
            id="English report",
        ),
    ],
)
def test_type_and_stage(what: Item, by: Source, type_: str, stage: str) -> None:
    facts = read(what, by=by)

    assert values(facts, "document_type")[0] == type_
    assert values(facts, "stage") == [stage]


@pytest.mark.parametrize(
    "what, by, ids",
    [
        pytest.param(
            item("中国人民银行 国家金融监督管理总局关于支付的通知"), PBC, ["PBC", "NFRA"], id="joint title"
        ),
        pytest.param(item("中国人民银行太原中心支行关于提案的答复"), PBC, ["PBC-branch"], id="branch"),
        pytest.param(item("国务院办公厅关于工作的通知"), GOV, ["SCGO"], id="general office of its own"),
        pytest.param(item("金融监管总局办公厅关于工作的通知"), NFRA, ["NFRA"], id="an office is its body"),
        pytest.param(
            item("通知", labels=(("发文机关", "财政部、国家税务总局"),)),
            GOV,
            ["MOF", "STA"],
            id="label of joint issuers",
        ),
        pytest.param(
            item("国家金融监督管理总局江苏监管局行政处罚信息公开表"),
            NFRA,
            ["NFRA-branch"],
            id="bureau of penalties",
        ),
        pytest.param(item("关于基金的指引"), CSRC, ["CSRC"], id="the source itself"),
        pytest.param(item("有關代幣化的通函", lang="zh-Hant"), SFC, ["HKSFC"], id="Hong Kong source"),
        pytest.param(
            item("快讯", "央行、金融监管总局等三部门联合发布通知。"),
            KR36,
            ["PBC", "NFRA"],
            id="report, joint",
        ),
        pytest.param(item("金融监管总局：支持创新", "内容。"), KR36, ["NFRA"], id="title with a colon"),
        pytest.param(item("某公司完成融资", "某公司获投资。"), KR36, [], id="no body, no issuer"),
        pytest.param(
            item("Rules", "The PBC, NFRA and CSRC jointly issued rules on Monday.", lang="en"),
            WIRE,
            ["PBC", "NFRA", "CSRC"],
            id="English joint",
        ),
        pytest.param(
            item(
                "Rules",
                "China's National Financial Regulatory Administration (NFRA) has released guidelines.",
                lang="en",
            ),
            WIRE,
            ["NFRA"],
            id="English with acronym",
        ),
        pytest.param(item("SEC adopts rules", lang="en"), SEC, ["SEC"], id="English official"),
        pytest.param(item("FCA fines firm", lang="en"), FCA, ["FCA"], id="British official"),
    ],
)
def test_issuers(what: Item, by: Source, ids: list[str]) -> None:
    assert values(read(what, by=by), "issuer") == ids


def test_a_branch_is_shown_by_its_full_name() -> None:
    [issuer] = [f for f in read(item("中国人民银行太原中心支行关于提案的答复"), by=PBC) if f.kind == "issuer"]

    assert issuer.shown == "中国人民银行太原中心支行"


def test_a_carried_document_comes_before_the_notice_that_carries_it() -> None:
    facts = read(item("关于印发《银行数据办法》的通知", day=date(2026, 1, 1)), by=NFRA)

    assert values(facts, "document_type") == ["measures", "notice"]


def test_all_values_are_keys_of_the_closed_lists() -> None:
    what = item("关于银行业数据安全的通知", "银行应当保护数据安全。支付机构不得泄露个人信息，数据安全重要。")
    facts = read(what, by=NFRA)

    assert set(values(facts, "document_type")) <= set(DOCUMENT_TYPES)
    assert set(values(facts, "stage")) <= set(STAGES)
    assert set(values(facts, "topic")) <= {*TOPICS, *SUBTOPICS}
    assert set(values(facts, "entity_bound")) <= set(ENTITIES)
    assert {"banks", "payment_institutions"} <= set(values(facts, "entity_bound"))


def test_every_topic_has_terms_and_a_parent() -> None:
    assert set(TERMS) == {*TOPICS, *SUBTOPICS}
    assert len(TERMS) <= 60
    assert {key.partition(".")[0] for key in SUBTOPICS} <= set(TOPICS)
    assert all(
        word.strip() == word and word
        for pair in TERMS.values()
        for words in pair
        for word in words.split("|")
    )


@pytest.mark.parametrize(
    "title, lang, topics",
    [
        pytest.param(
            "Stablecoin issuers must hold reserves", "en", ["crypto", "crypto.stablecoins"], id="plural"
        ),
        pytest.param("He said maintain was aim of Aimee", "en", [], id="AI is a word, not letters"),
        pytest.param(
            "个人信息出境标准合同办法",
            "zh-Hans",
            ["data", "data.cross_border", "data.personal"],
            id="two narrower",
        ),
    ],
)
def test_narrower_topics_follow_their_topic(title: str, lang: str, topics: list[str]) -> None:
    assert values(read(item(title, lang=lang), by=KR36), "topic") == topics
