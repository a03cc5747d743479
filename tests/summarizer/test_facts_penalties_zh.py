"""Penalties in every shape of Chinese tables and decisions: who, which measures, what sum, and what is nobody's."""

# ruff: noqa: E501 — a table reads best with a case on one line
from __future__ import annotations

import pytest

from dibao.store import Source, penalty_of

from .making import CSRC, KR36, NFRA, PBC, SFC, item, read, source, values

SAFE = source("cn-safe", "国家外汇管理局", "State Administration of Foreign Exchange", "SAFE")
TWFSC = source("tw-fsc", "金融監督管理委員會", "Financial Supervisory Commission", "FSC", jurisdiction="TW")


def told(title: str, text: str, by: Source) -> list[str]:
    lang = "zh-Hans" if by.jurisdiction == "CN" else "zh-Hant"
    found = [
        penalty_of(f)
        for f in read(item(title, text, column="penalty", lang=lang), by=by)
        if f.kind == "penalty"
    ]
    return [
        "; ".join((p.party, *(f"{s.key}={s.amount}" if s.amount else s.key for s in p.sanctions)))
        for p in found
    ]


FIRM, MAN = "甲乙商业银行股份有限公司", "钱某某"


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param(
            "| 序号 | 被处罚单位 | 文号 | 案由 | 处罚结果 | 日期 |\n|---|---|---|---|---|---|\n| 1 | 甲乙银行 | 甲金罚决字〔2026〕1号 | 违规放贷 | 罚款50万元 | 2026年2月3日 |\n| 2 | 钱某某 | 甲金罚决字〔2026〕2号 | 负有责任 | 警告 | 2026年2月3日 |",
            ["甲乙银行; fine=CNY 500000", "钱某某; warning"], id="bars around each row",
        ),
        pytest.param(
            "序号\t行政相对人名称\t行政处罚决定书文号\t违法事实\t罚款金额（万元）\t没收违法所得（万元）\n1\t甲乙支付有限公司\t乙银罚决字〔2026〕1号\t违反账户规定\t35.5\t1.2\n2\t丙丁支付有限公司\t乙银罚决字〔2026〕2号\t违反清算规定\t40\t——",
            ["甲乙支付有限公司; fine=CNY 355000; confiscation=CNY 12000", "丙丁支付有限公司; fine=CNY 400000"], id="tabs, unit in the header",
        ),
        pytest.param(
            "违规主体名称\n甲乙商贸有限公司\n统一社会信用代码\n91310000MA1H0000X1\n违规行为类型\n逃汇\n行政处罚决定\n处罚款人民币壹佰零伍万元整",
            ["甲乙商贸有限公司; fine=CNY 1050000"], id="labels over values, a code between",
        ),
        pytest.param(
            "序号\n当事人名称\n行政处罚决定书文号\n违法行为类型\n行政处罚内容\n决定机关\n备注\n1\n甲乙支付有限公司\n深银罚决字〔2026〕1号\n违反清算规定\n罚款30万元\n某分行\n2\n钱某\n深银罚决字〔2026〕2号\n负有责任\n罚款2万元\n某分行\n无",
            ["甲乙支付有限公司; fine=CNY 300000", "钱某; fine=CNY 20000"], id="a cell to a line, the last one empty",
        ),
        pytest.param(
            "序号\n当事人名称\n行政处罚决定书文号\n违法行为类型\n行政处罚内容\n备注\n1\n甲乙支付有限公司\n深银罚决字〔2026〕1号\n罚款30万元\n2\n钱某\n深银罚决字〔2026〕2号\n负有责任\n罚款2万元",
            ["甲乙支付有限公司"], id="a cell to a line, one within left out: no sum is guessed",
        ),
        pytest.param(
            "被处罚当事人姓名或名称\n单位\n名称\n甲乙财产保险公司丙支公司\n法定代表人\n（主要负责人）姓名\n钱某\n主要违法违规事实\n虚列费用\n行政处罚决定\n罚款15万元",
            ["甲乙财产保险公司丙支公司; fine=CNY 150000"], id="labels over labels",
        ),
        pytest.param(
            "处罚对象｜违规事实｜处罚种类｜罚款金额（元）\n甲乙贸易有限公司｜逃汇｜警告、罚款｜120000",
            ["甲乙贸易有限公司; warning; fine=CNY 120000"], id="wide bars, kind and sum in two columns",
        ),
        pytest.param(
            "当事人 | 处罚决定 | 决定机关\n甲乙保险公司、钱某某 | 对甲乙保险公司罚款20万元；对钱某某警告并罚款3万元 | 某监管局",
            ["甲乙保险公司; fine=CNY 200000", "钱某某; warning; fine=CNY 30000"], id="two parties in one cell",
        ),
        pytest.param(
            "当事人 | 处罚决定 | 决定机关\n钱某某、孙某 | 给予警告，并分别罚款3万元、2万元 | 某监管局",
            ["钱某某; warning; fine=CNY 30000", "孙某; warning; fine=CNY 20000"], id="sums one by one",
        ),
        pytest.param(
            "当事人 | 处罚决定 | 决定机关\n钱某某、孙某、李某 | 给予警告，并分别罚款3万元、2万元 | 某监管局",
            ["钱某某; warning", "孙某; warning", "李某; warning"], id="sums that do not fit are nobody's",
        ),
        pytest.param(
            "1.当事人名称：甲乙银行\n1.处罚内容：罚款人民币一百二十万元\n2.当事人名称：钱某某\n2.处罚内容：罚款五万元",
            ["甲乙银行; fine=CNY 1200000", "钱某某; fine=CNY 50000"], id="numbered labels, sums in words",
        ),
        pytest.param(
            "行政处罚决定书文号\n沪金罚决字〔2026〕9号\n被处罚当事人名称\n甲乙保险股份有限公司\n主要违法违规事实（案由）\n编制虚假资料\n行政处罚决定\n责令改正，罚款三十万元\n作出处罚决定的日期\n2026年2月3日",
            ["甲乙保险股份有限公司; correction; fine=CNY 300000"], id="labels over values",
        ),
        pytest.param(
            "被处罚人姓名或名称：甲乙贸易有限公司\n处罚种类：罚款\n罚款金额（万元）：35\n法定代表人：钱某某",
            ["甲乙贸易有限公司; fine=CNY 350000"], id="sum on a line of its own; its head is not punished",
        ),
        pytest.param("序号 | 名称 | 地址 | 电话\n1 | 甲乙银行 | 某路 | 8765", [], id="an address list"),
    ],
)  # fmt: skip
def test_shapes_of_tables(text: str, expected: list[str]) -> None:
    assert told("行政处罚信息公开表", text, NFRA) == expected


@pytest.mark.parametrize(
    "by, text, expected",
    [
        pytest.param(CSRC, "当事人：钱某某，男。\n我局决定：没收钱某某违法所得412,786.55元，并处以1,238,359.65元罚款。", ["钱某某; confiscation=CNY 412786.55; fine=CNY 1238359.65"], id="the party as object"),
        pytest.param(CSRC, "我会决定：\n一、责令甲乙科技股份有限公司改正，给予警告，并处以300万元罚款；\n二、给予钱某某警告，并处以100万元罚款。", ["甲乙科技股份有限公司; correction; warning; fine=CNY 3000000", "钱某某; warning; fine=CNY 1000000"], id="measures before names"),
        pytest.param(CSRC, "决定：一、对甲乙股份有限公司责令改正，给予警告，并处以200万元罚款；\n二、对钱某某、孙某给予警告，并分别处以80万元、50万元罚款。", ["甲乙股份有限公司; correction; warning; fine=CNY 2000000", "钱某某; warning; fine=CNY 800000", "孙某; warning; fine=CNY 500000"], id="sums one by one"),
        pytest.param(NFRA, "对钱某某（时任行长）、孙某（时任副行长、党委委员）分别给予警告。", ["钱某某; warning", "孙某; warning"], id="roles in brackets"),
        pytest.param(CSRC, "当事人：钱明远，男，住址某地。\n我局决定给予警告，并处以30万元罚款。", ["钱明远; warning; fine=CNY 300000"], id="named once at the head"),
        pytest.param(CSRC, "当事人：甲乙证券有限公司。\n我局决定对你公司给予警告，并处以30万元罚款。", ["甲乙证券有限公司; warning; fine=CNY 300000"], id="you, the one party"),
        pytest.param(CSRC, "当事人：甲乙证券有限公司。\n当事人：丙丁证券有限公司。\n我局决定对你公司给予警告。", [], id="you, of two parties"),
        pytest.param(NFRA, "针对上述问题给予警告，责令限期改正。", [], id="nobody named"),
        pytest.param(KR36, "甲乙银行因违规放贷被罚款人民币八十万元。", ["甲乙银行; fine=CNY 800000"], id="a report, sum in words"),
    ],
)  # fmt: skip
def test_decisions_in_sentences(by: Source, text: str, expected: list[str]) -> None:
    assert told("行政处罚决定书" if by is not KR36 else "甲乙银行被罚", text, by) == expected


@pytest.mark.parametrize(
    "by, text, expected",
    [
        pytest.param(NFRA, "被处罚当事人：甲乙村镇银行股份有限公司\n行政处罚决定书文号：甲金罚决字〔2026〕3号\n行政处罚内容：罚款四十五万元；对责任人钱某给予警告并处罚款5万元", ["甲乙村镇银行股份有限公司; fine=CNY 450000", "钱某; warning; fine=CNY 50000"], id="another in the cell of the punishment"),
        pytest.param(NFRA, "对甲乙保险股份有限公司及其3家子公司违法违规行为依法查处，罚没合计2.5亿元，对9名责任人员罚款共计80万元。", ["甲乙保险股份有限公司; total=CNY 250000000"], id="unnamed staff are nobody's sum"),
        pytest.param(KR36, "甲乙支付有限公司因违反账户规定等5项行为，被中国人民银行警告，没收违法所得20万元，并处罚款600万元。", ["甲乙支付有限公司; warning; confiscation=CNY 200000; fine=CNY 6000000"], id="why, by whom, what"),
        pytest.param(KR36, "时任总经理孙某对其中2项负有责任，被罚款12万元。", ["孙某; fine=CNY 120000"], id="for what the person answers"),
        pytest.param(SFC, "香港金融管理局已完成對甲乙銀行（香港）有限公司的調查及紀律處分程序，並向該行作出譴責及處以罰款港幣300萬元。", ["甲乙銀行（香港）有限公司; reprimand; fine=HKD 3000000"], id="the party, not its inquiry"),
        pytest.param(SFC, "證監會禁止其前負責人員陳小文重投業界八個月。", ["陳小文; industry_ban"], id="ban from the industry, Hong Kong"),
        pytest.param(SFC, "證監會亦禁止甲乙前交易員陳小文（男）重投業界，為期十年。", ["陳小文; industry_ban"], id="ban with firm, office and sex"),
        pytest.param(SFC, "證監會暫時吊銷甲乙負責人員陳小文（女）的牌照六個月。", ["陳小文; suspension"], id="licence suspended, with office and sex"),
        pytest.param(TWFSC, "受處分人：甲乙產物保險股份有限公司\n主旨：受處分人核有違反保險法規定，核處新臺幣180萬元罰鍰。\n事實：短收保費新臺幣90萬元。", ["甲乙產物保險股份有限公司; fine=TWD 1800000"], id="whom the head of a decision names, Taiwan"),
        pytest.param(SFC, "證監會譴責甲乙資產管理有限公司並處以罰款700萬元，並暫時吊銷其負責人員李小文的牌照九個月。", ["甲乙資產管理有限公司; reprimand; fine=HKD 7000000", "李小文; suspension"], id="a suspension of somebody else"),
        pytest.param(SFC, "金管局對甲乙銀行有限公司（甲乙銀行）作出譴責及處以1,250萬港元罰款。", ["甲乙銀行有限公司; reprimand; fine=HKD 12500000"], id="the short name is no part of the name"),
        pytest.param(TWFSC, "本會今日裁處甲乙商業銀行新臺幣600萬元罰鍰。丙丁人壽保險股份有限公司違反保險法，核處新臺幣90萬元罰鍰。", ["甲乙商業銀行; fine=TWD 6000000", "丙丁人壽保險股份有限公司; fine=TWD 900000"], id="two sentences, Taiwan"),
        pytest.param(KR36, "甲乙银行上海分行因内控不足，被处罚款120万元；甲乙银行浦东支行被罚款60万元；钱某某、孙某被警告。", ["甲乙银行上海分行; fine=CNY 1200000", "甲乙银行浦东支行; fine=CNY 600000", "钱某某; warning", "孙某; warning"], id="branches, not their bank"),
        pytest.param(KR36, "甲乙银行因内控不足被央行上海分行罚款20万元。", ["甲乙银行; fine=CNY 200000"], id="the bank, punished by a branch"),
        pytest.param(KR36, "时任公司副总经理钱某对上述行为负有责任，被处以罚款21万元。", ["钱某; fine=CNY 210000"], id="of the firm at the time is no firm"),
        pytest.param(CSRC, "一、没收钱某违法所得12万元，并处以36万元罚款；\n二、对孙某给予警告，并处以50万元罚款。", ["钱某; confiscation=CNY 120000; fine=CNY 360000", "孙某; warning; fine=CNY 500000"], id="two kinds of clauses"),
        pytest.param(CSRC, "关于对甲乙基金销售有限公司、钱某采取责令改正、监管谈话措施的决定\n我局决定对甲乙基金销售有限公司采取责令改正的行政监管措施，对钱某采取监管谈话的行政监管措施。", ["甲乙基金销售有限公司; correction"], id="a heading says not who gets which"),
        pytest.param(CSRC, "甲乙证券有限公司：\n经查，你公司内控不健全。我局决定对你公司采取责令改正的监督管理措施。", ["甲乙证券有限公司; correction"], id="whom a letter is addressed to"),
        pytest.param(CSRC, "各分支机构：\n我局决定对你公司采取责令改正的监督管理措施。", [], id="a letter to many"),
        pytest.param(CSRC, "我会决定：对钱某处以900万元罚款，其中作为主管人员罚款300万元，作为控制人罚款600万元；对孙某罚款50万元。", ["钱某; fine=CNY 9000000", "孙某; fine=CNY 500000"], id="parts of a sum"),
        pytest.param(PBC, "对甲乙科技有限公司处80亿元罚款，对甲乙科技有限公司董事长兼总经理钱某、副总裁孙某各处100万元罚款。", ["甲乙科技有限公司; fine=CNY 8000000000", "钱某; fine=CNY 1000000", "孙某; fine=CNY 1000000"], id="offices before the names"),
        pytest.param(PBC, "市场监管总局决定，责令甲乙控股有限公司停止违法行为，并处以境内销售额50亿元4%的罚款，计2亿元。", ["甲乙控股有限公司; fine=CNY 200000000"], id="a share of sales is no fine"),
        pytest.param(KR36, "时任行长钱某被禁止从事银行业工作10年；时任副行长孙某被终身禁业；柜员李某某被警告。", ["钱某; industry_ban", "孙某; industry_ban", "李某某; warning"], id="bans told, and one without a word of time"),
        pytest.param(KR36, "甲乙资本公司被处以300万美元民事罚款，并须上缴违法所得42万美元及判决前利息6万美元。该公司同意接受停止令。", ["甲乙资本公司; fine=USD 3000000; disgorgement=USD 420000; interest=USD 60000; cease_and_desist"], id="what it agreed to"),
        pytest.param(KR36, "甲乙资本公司被处以300万美元民事罚款。竞争对手称停止令过轻。", ["甲乙资本公司; fine=USD 3000000"], id="what another says of an order"),
        pytest.param(CSRC, "本所决定：对甲乙股份有限公司予以公开谴责；对钱某予以公开认定3年不适合担任上市公司董事。", ["甲乙股份有限公司; reprimand", "钱某; disqualification"], id="unfit to be a director"),
    ],
)  # fmt: skip
def test_each_has_only_his_own(by: Source, text: str, expected: list[str]) -> None:
    title = "行政处罚信息" if by is not SFC else "執法行動"

    assert told("甲乙被罚" if by is KR36 else title, text, by) == expected


def test_a_report_names_who_punished() -> None:
    facts = read(item("甲乙支付被罚", "甲乙支付有限公司被中国人民银行罚款600万元。"), by=KR36)

    assert values(facts, "issuer") == ["PBC"]


@pytest.mark.parametrize(
    "by, text, expected",
    [
        pytest.param(SFC, "繳足股本不得少於港幣1,000萬元。", ["HKD 10000000"], id="currency before the figure"),
        pytest.param(SFC, "罰款500萬元。", ["HKD 5000000"], id="Hong Kong's own"),
        pytest.param(TWFSC, "處新臺幣300萬元罰鍰，另罰60萬元。", ["TWD 3000000", "TWD 600000"], id="Taiwan's own"),
        pytest.param(SFC, "人民幣20億元債券。", ["CNY 2000000000"], id="renminbi stays"),
        pytest.param(PBC, "罚款九十五万元；没收一亿二千万元。", ["CNY 120000000", "CNY 950000"], id="words"),
        pytest.param(PBC, "罚款数十万元，约几百元，多元化、二元结构，第一百元。", [], id="no figures"),
        pytest.param(PBC, "港币5万元和美元3万元。", ["HKD 50000", "USD 30000"], id="two before"),
    ],
)  # fmt: skip
def test_sums_in_words_and_currencies(by: Source, text: str, expected: list[str]) -> None:
    lang = "zh-Hans" if by is PBC else "zh-Hant"

    assert sorted(values(read(item("公告", text, lang=lang), by=by), "amount")) == expected


def test_a_long_table_ends() -> None:
    rows = "\n".join(f"{n} | 甲{n}银行 | 罚款{n}万元 | 某局" for n in range(1, 5000))

    assert len(told("行政处罚信息公开表", f"序号 | 当事人 | 处罚决定 | 决定机关\n{rows}", NFRA)) == 200
