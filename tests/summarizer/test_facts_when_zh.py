"""When Chinese papers are signed, bind, end and are heard, in the words of many offices; whose days are not theirs."""

# ruff: noqa: E501 — a table reads best with a case on one line
from __future__ import annotations

from datetime import date

import pytest

from dibao.store import Source
from dibao.summarizer.facts import parse_date

from .making import CSRC, KR36, NFRA, PBC, SFC, item, read, source, values

MOF = source("cn-mof", "财政部", "Ministry of Finance", "MOF")
AMCM = source("mo-amcm", "澳門金融管理局", "Monetary Authority of Macao", "AMCM", jurisdiction="MO")
FSC = source("tw-fsc", "金融監督管理委員會", "Financial Supervisory Commission", "FSC", jurisdiction="TW")
HKMA = source("hk-hkma", "香港金融管理局", "Hong Kong Monetary Authority", "HKMA", jurisdiction="HK")
SSE = source("cn-sse", "上海证券交易所", "Shanghai Stock Exchange", "SSE", tier=2)
DAY = date(2026, 3, 2)
OWN = "关于加强外包管理有关事项的通知"


@pytest.mark.parametrize(
    "written, day",
    [
        pytest.param("中華民國115年3月5日".replace("華", "华").replace("國", "国"), date(2026, 3, 5), id="in full"),
        pytest.param("民国 115 年 3 月 5 日", date(2026, 3, 5), id="spaces"),
        pytest.param("114年12月31日", date(2025, 12, 31), id="year of three figures"),
        pytest.param("民国一百一十五年三月五日", date(2026, 3, 5), id="in words"),
        pytest.param("民国115年2月30日", None, id="no such day"),
        pytest.param("315年3月5日", None, id="no such year"),
    ],
)  # fmt: skip
def test_years_of_the_republic(written: str, day: date | None) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    "by, text, expected",
    [
        pytest.param(MOF, "现予印发。\n附件：操作规程\n财政部　金融监管总局\n2026年2月27日\n附件\n操作规程\n第一条　为规范操作，制定本规程。", "2026-02-27", id="annexes named above the signature"),
        pytest.param(MOF, "特此公告。\n财政部\n税务总局\n海关总署\n2026年2月26日", "2026-02-26", id="names over lines"),
        pytest.param(NFRA, "特此通知。\n国家金融监督管理总局办公厅　　2026年2月11日\n（此件公开发布）", "2026-02-11", id="name and day on one line"),
        pytest.param(PBC, "特此公告。\n\n中国人民银行（盖章）\n\n二〇二六年二月九日", "2026-02-09", id="seal"),
        pytest.param(PBC, "特此函复。\n中国人民银行青海省分行\n2026 年 2 月 9 日\n抄送：省政府办公厅", "2026-02-09", id="branch"),
        pytest.param(CSRC, "特此决定。\n陕西证监局\n2026年2月5日", "2026-02-05", id="regional office"),
        pytest.param(CSRC, "主席：某某某\n2026年2月24日\n第一条　为规范业务，制定本办法。\n第九条　本办法自2026年5月1日起施行。", "2026-02-24", id="order"),
        pytest.param(NFRA, "转发如下。\n国家金融监督管理总局贵州监管局\n2026年2月20日\n附件\n国家金融监督管理总局办公厅\n2026年1月8日", "2026-02-20", id="what is forwarded was signed before"),
        pytest.param(NFRA, "此前于2025年11月20日印发的第1号指南继续有效。", "", id="another paper was issued then"),
        pytest.param(NFRA, "各机构认真执行。\n国家金融监督管理总局办公厅　　　　2026年2月3日印发", "2026-02-03", id="printed"),
        pytest.param(NFRA, "附表\n截至日\n2026年1月31日", "", id="a table's day"),
        pytest.param(NFRA, "乙公司\n2026年1月31日", "", id="a firm signs"),
        pytest.param(AMCM, "一、機構須申報。\n二零二六年二月十七日於澳門金融管理局\n主席　南宮某", "2026-02-17", id="day and place"),
        pytest.param(FSC, "發文日期：中華民國115年2月18日\n主旨：修正相關規定。", "2026-02-18", id="Taiwan"),
        pytest.param(NFRA, "当事人名称：甲银行\n行政处罚内容：罚款5万元\n作出行政处罚决定的日期：2026年2月6日", "2026-02-06", id="one decision"),
        pytest.param(NFRA, "违法主体名称\n甲银行\n行政处罚内容\n罚款5万元\n作出行政处罚决定的日期\n2026年2月6日\n备注\n无", "2026-02-06", id="its label on the line above"),
        pytest.param(NFRA, "序号\n行政处罚内容\n决定机关\n决定日期\n1\n处罚款5万元\n国家金融监督管理总局\n2026年2月6日\n2\n处罚款6万元\n国家金融监督管理总局\n2026年2月9日", "", id="rows of authority and day"),
        pytest.param(NFRA, "成文日期\n2026年2月6日\n2026年2月9日", "", id="another label above days heads a column"),
        pytest.param(NFRA, "当事人名称：甲银行\n作出行政处罚决定的日期：2026年2月6日\n当事人名称：乙银行\n作出行政处罚决定的日期：2026年2月9日", "", id="two decisions"),
    ],
)  # fmt: skip
def test_the_day_of_signing(by: Source, text: str, expected: str) -> None:
    lang = "zh-Hans" if by.jurisdiction == "CN" else "zh-Hant"
    facts = read(item("行政处罚信息公开表" if "处罚" in text else OWN, text, day=DAY, lang=lang), by=by)

    assert values(facts, "date_signed") == [expected] * bool(expected)


def test_the_day_on_the_face_of_a_circular() -> None:
    text = "致：所有認可機構行政總裁\n2026年2月24日\n敬啟者：\n網絡防衛\n請於有關日期前完成評估。"
    facts = read(item("網絡防衛評估", text, column="circular", day=DAY, lang="zh-Hant"), by=HKMA)

    assert values(facts, "date_signed") == ["2026-02-24"]


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("第八条　本办法自2027年1月1日起施行。", "2027-01-01", id="article set off by a wide space"),
        pytest.param("第八条 本办法自2027年1月1日起 施 行。", "2027-01-01", id="spaced out"),
        pytest.param("本通知自2026年5月1日（含）起正式执行。", "2026-05-01", id="the day included"),
        pytest.param("本公告自2026年5月1日0时起实施。", "2026-05-01", id="hour"),
        pytest.param("本公告自2026年5月1日起至2028年4月30日止执行。", "2026-05-01", id="from and until"),
        pytest.param("本公告执行期限为2026年1月1日至2027年12月31日。", "2026-01-01", id="term written out"),
        pytest.param("本通知2026年5月1日起施行。", "2026-05-01", id="no preposition"),
        pytest.param("本通知自签发之日起执行。\n中国人民银行\n2026年2月27日", "2026-02-27", id="from signing"),
        pytest.param("本通知自公告之日起满30日施行。", "2026-04-01", id="thirty days after"),
        pytest.param("本规程自发布之日起三个月后施行。", "2026-06-02", id="three months after"),
        pytest.param("本通函即时生效。", "2026-03-02", id="at once"),
        pytest.param("本通知自即日起执行。\n中国人民银行\n2026年2月27日", "2026-02-27", id="from this day, signed before"),
        pytest.param("上述限额调整即日起实施。", "", id="a thing at once, not the paper"),
        pytest.param("经修订的《上市规则》将于2026年7月1日生效。", "2026-07-01", id="rules as changed, to come"),
        pytest.param("经修订的《会计准则》于2024年7月1日生效。", "", id="rules as changed before"),
        pytest.param("第二十条自2027年1月1日起施行。", "", id="an article only"),
        pytest.param("原办法自2019年1月1日起施行以来，效果良好。", "", id="in force since"),
        pytest.param("我会对2025年6月15日起施行的《投资者保护办法》进行了评估。", "", id="another paper"),
        pytest.param("有关方案曾拟定自2026年3月1日起施行。", "", id="was meant to"),
        pytest.param("新规拟自2026年9月1日起施行。", "", id="is meant to"),
        pytest.param("本办法自2026年　月　日起施行。", "", id="blank"),
        pytest.param("本办法自系统上线运行之日起施行。", "", id="an event"),
        pytest.param("额度自2026年3月1日起发放。", "", id="money is paid"),
    ],
)  # fmt: skip
def test_the_day_from_which_a_paper_binds(text: str, expected: str) -> None:
    assert values(read(item(OWN, text, day=DAY), by=PBC), "date_effective") == [expected] * bool(expected)


def test_a_report_tells_the_day_of_the_rule_not_of_its_draft() -> None:
    text = (
        "3月1日，中国人民银行、国家外汇管理局联合印发《离岸结算管理办法》，自2026年8月1日起施行。"
        "此前的征求意见稿曾拟自2026年4月1日起施行。"
    )
    facts = read(item("两部门发布离岸结算新规", text, day=DAY), by=KR36)

    assert values(facts, "date_effective") == ["2026-08-01"]


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("现有机构应当于2027年6月14日前达到本办法的要求。", "2027-06-14", id="shall meet by"),
        pytest.param("各机构应于2026年9月30日之前完成系统改造。", "2026-09-30", id="shall complete before"),
        pytest.param("各行须在2026年12月31日前将自查报告报送我局。", "2026-12-31", id="shall report"),
        pytest.param("2026年10月31日前，各公司应当完成存量合同清理。", "2026-10-31", id="day first"),
        pytest.param("不符合要求的，应不迟于2026年11月30日前整改到位。", "2026-11-30", id="not later than"),
        pytest.param("过渡期自2026年7月1日起至2027年6月30日。", "2027-06-30", id="transition from and to"),
        pytest.param("过渡期截止日期为2027年3月31日。", "2027-03-31", id="transition ends"),
        pytest.param("2026年5月1日前已经设立的公司，应当重新登记。", "", id="what was there before"),
        pytest.param("2026年5月1日前发放的贷款，应当按照原约定执行。", "", id="what was lent before"),
        pytest.param("请于2026年4月30日前将意见反馈我会。", "", id="comments"),
        pytest.param("消费金融公司应当于每年1月31日前报告名单。", "", id="every year"),
        pytest.param("应当在签约后15个工作日内登记。", "", id="a term"),
    ],
)  # fmt: skip
def test_the_day_by_which_a_thing_must_be_done(text: str, expected: str) -> None:
    facts = read(item(OWN, text, day=DAY), by=PBC)

    assert values(facts, "date_compliance") == [expected] * bool(expected)


def test_a_draft_demands_nothing_by_any_day() -> None:
    title = "关于《银行数据报送办法（征求意见稿）》公开征求意见的公告"
    facts = read(item(title, "各机构应当于2026年9月30日前完成改造。", day=DAY), by=NFRA)

    assert values(facts, "date_compliance") == []


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("有关政策执行期限延长至2028年12月31日。", "2028-12-31", id="term extended"),
        pytest.param("优惠政策延续实施至2027年12月31日。", "2027-12-31", id="goes on until"),
        pytest.param("本公告自2026年5月1日起至2028年4月30日止执行。", "2028-04-30", id="from and until"),
        pytest.param("本公告执行期限为2026年1月1日至2027年12月31日。", "2027-12-31", id="term written out"),
        pytest.param("公示期自2026年3月2日至2026年3月9日止。", "", id="a time to object"),
        pytest.param("许可证有效期至2028年12月31日。", "", id="a licence's"),
        pytest.param("报名时间自2026年3月2日起至2026年3月31日止。", "", id="entries"),
    ],
)  # fmt: skip
def test_the_last_day_in_force(text: str, expected: str) -> None:
    assert values(read(item(OWN, text, day=DAY), by=MOF), "date_expiry") == [expected] * bool(expected)


@pytest.mark.parametrize(
    "by, text, expected",
    [
        pytest.param(NFRA, "征求意见时间：2026年3月2日至3月31日。", "2026-03-31", id="end without its year"),
        pytest.param(NFRA, "公示期为2026年3月2日—3月9日。", "2026-03-09", id="dash"),
        pytest.param(NFRA, "征求意见期至2026年4月1日结束。", "2026-04-01", id="period ends"),
        pytest.param(SFC, "諮詢期將於2026年5月8日結束。", "2026-05-08", id="Hong Kong"),
        pytest.param(FSC, "請於115年5月2日前陳述意見。", "2026-05-02", id="Taiwan"),
        pytest.param(NFRA, "请自本公告发布之日起30日内将意见寄至我局。", "2026-04-01", id="counted from the page"),
        pytest.param(NFRA, "符合条件者自本公告公布之日起十日内登录网站报名。", "2026-03-12", id="entries, counted in words"),
        pytest.param(NFRA, "请自本公告发布之日起10个工作日内反馈意见。", "", id="working days are not counted"),
        pytest.param(NFRA, "机构应当自本规定公布之日起30日内完成备案。", "", id="a duty has no deadline for comments"),
        pytest.param(NFRA, "截至2026年2月20日，共收到意见45条。", "", id="how many came"),
        pytest.param(NFRA, "草案曾于2025年1月8日至2月7日公开征求意见。", "", id="an earlier period"),
        pytest.param(NFRA, "征求意见时间：2025年11月2日至12月1日。", "", id="a period that is over"),
    ],
)  # fmt: skip
def test_the_last_day_for_comments(by: Source, text: str, expected: str) -> None:
    lang = "zh-Hans" if by is NFRA else "zh-Hant"
    facts = read(item("关于就外包规则公开征求意见的公告", text, day=DAY, lang=lang), by=by)

    assert values(facts, "date_deadline") == [expected] * bool(expected)


def test_an_exchange_signs_its_discipline() -> None:
    facts = read(item("关于对甲公司予以纪律处分的决定", "本所决定予以公开谴责。\n上海证券交易所\n2026年2月11日", column="penalty", day=DAY), by=SSE)  # fmt: skip

    assert values(facts, "date_signed") == ["2026-02-11"]


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("听证会将于2026年4月16日上午9时在北京举行。", "2026-04-16", id="will be held"),
        pytest.param("听证会拟于2026年4月16日召开。", "2026-04-16", id="is planned"),
        pytest.param("现定于2026年4月16日（星期四）在南宁组织听证。", "2026-04-16", id="day first"),
        pytest.param("应当事人申请，我会于2026年1月20日举行听证会。", "", id="was held"),
    ],
)  # fmt: skip
def test_the_day_of_a_hearing(text: str, expected: str) -> None:
    assert values(read(item("听证公告", text, day=DAY), by=NFRA), "date_hearing") == [expected] * bool(
        expected
    )


@pytest.mark.parametrize(
    "title, text, expected",
    [
        pytest.param("国家互联网信息办公室 公安部令第22号", "《终端管理办法》已经室务会会议审议通过，现予公布，自2026年6月1日起施行。", ["2026-06-01"], id="decree with a number for a title"),
        pytest.param("第5号公告", "《终端管理规定》已经批准，现将其公布，自2026年6月1日起施行。", ["2026-06-01"], id="announcement"),
        pytest.param("关于学习贯彻有关办法的通知", "《终端管理办法》已经公布，自2026年6月1日起施行，请组织学习。", [], id="another's decree"),
    ],
)  # fmt: skip
def test_what_a_decree_publishes_begins_as_it_says(title: str, text: str, expected: list[str]) -> None:
    assert values(read(item(title, text, day=DAY), by=PBC), "date_effective") == expected
