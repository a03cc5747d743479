"""Who is named and how far a document reaches: the right body, the whole name of a firm, and no false friend."""

# ruff: noqa: E501 — a table of sentences reads best with one a line
from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dibao.store import JURISDICTIONS, NAMED, REGIONS, SYSTEMS, Source
from dibao.summarizer.facts.firms import find_firms, firm_value
from dibao.summarizer.facts.places import region_of
from dibao.summarizer.glossary import load_glossary

from .making import CSRC, FCA, FR, GOV, KR36, NFRA, PBC, SEC, SFC, WIRE, item, read, source, values

NPC = source("cn-npc", "全国人民代表大会", "National People's Congress", "NPC")
NYDFS = source("us-nydfs", "纽约州金融服务局", "New York State Department of Financial Services", "NYDFS", jurisdiction="US")  # fmt: skip


@pytest.mark.parametrize(
    "by, text, expected",
    [
        pytest.param(NFRA, "银行应当会同中国证监会、国家外汇管理局核对。", ["CSRC", "SAFE"], id="bodies in their order"),
        pytest.param(NFRA, "按照中国银保监会的要求。", ["CBIRC"], id="a former body under its own id"),
        pytest.param(NFRA, "中国人民银行深圳市分行配合。", ["PBC-branch"], id="a branch is not its head office"),
        pytest.param(NFRA, "通过大额支付系统和人民币跨境支付系统清算。", ["hvps", "cips-system"], id="systems"),
        pytest.param(SFC, "經證監會同意，金管局亦知悉。", ["HKMA"], id="the issuer is no mention, and names mean those of the source's place"),
        pytest.param(KR36, "对此，证监会尚未回应。", ["CSRC"], id="a short name that stands free"),
        pytest.param(PBC, "财政部门和公安部门应当配合。", [], id="departments of finance"),
        pytest.param(PBC, "个人行为与法人行为不同。", [], id="two letters inside other words"),
        pytest.param(NFRA, "上海市国资委和广东省发改委参加。", [], id="bodies of provinces"),
        pytest.param(NFRA, "美国财政部、欧洲央行表态，各国央行跟进。", ["UST", "ECB"], id="other countries' bodies"),
        pytest.param(NFRA, "亚太经合组织会议。", [], id="a longer name that holds one"),
        pytest.param(NFRA, "依据《中国证监会关于基金的规定》。", [], id="the title of a paper"),
        pytest.param(NFRA, "根据中国人民银行法处理。", [], id="a law named after a body"),
        pytest.param(KR36, "互联网联盟与农银联合体。", [], id="short names across words"),
    ],
)  # fmt: skip
def test_bodies_and_systems_in_chinese(by: Source, text: str, expected: list[str]) -> None:
    lang = "zh-Hant" if by is SFC else "zh-Hans"

    assert values(read(item("关于规范业务的说明", text, lang=lang), by=by), "mention") == expected


@pytest.mark.parametrize(
    "by, text, expected",
    [
        pytest.param(SEC, "The Department of Justice and the FTC acted. Fedwire was used.", ["USDOJ", "FTC", "fedwire"], id="bodies and a system"),
        pytest.param(FCA, "The Prudential Regulation Authority agrees.", ["PRA"], id="a body of the source's country"),
        pytest.param(WIRE, "China's National Financial Regulatory Administration was asked.", ["NFRA"], id="a long name is one body's"),
        pytest.param(WIRE, "The People\u2019s Bank\nof China was asked.", ["PBC"], id="another apostrophe and a line's end"),
        pytest.param(WIRE, "The Fed declined to comment.", ["FED"], id="a name that is a word, with its article"),
        pytest.param(WIRE, "Data were fed into it. Fed by rain, FED UP.", [], id="the same word as a verb"),
        pytest.param(WIRE, "The Philippine Securities and Exchange Commission and the Securities and Exchange Commission of Thailand met.", [], id="other countries' commissions"),
        pytest.param(WIRE, "Vietnam's Ministry of Finance and its Ministry of Justice met.", [], id="other countries' ministries"),
        pytest.param(FCA, "Sign an NDA. Use SCA. Ask your DPO. An ICO is risky. Read the MOST.", [], id="acronyms that are words"),
        pytest.param(FCA, "The Information Commissioner's Office (ICO) met us; the ICO agreed.", ["ICO"], id="an acronym that is explained"),
        pytest.param(FCA, "Messages follow ISO 20022.", [], id="the number of a standard"),
        pytest.param(FCA, "The securities and futures commission structure of fees.", [], id="small letters"),
    ],
)  # fmt: skip
def test_bodies_and_systems_in_english(by: Source, text: str, expected: list[str]) -> None:
    assert values(read(item("A statement", text, lang="en"), by=by), "mention") == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("经查，拉普塔期货有限公司存在问题", ["拉普塔期货有限公司"], id="after a comma"),
        pytest.param("甲乙证券股份有限公司、丙丁基金管理有限公司和戊己信托有限责任公司：", ["甲乙证券股份有限公司", "丙丁基金管理有限公司", "戊己信托有限责任公司"], id="a list"),
        pytest.param("我局对江苏拉普塔期货有限公司作出", ["江苏拉普塔期货有限公司"], id="a place begins it"),
        pytest.param("（以下称当事人）张某，时任拉普塔（北京）科技有限公司总经理", ["拉普塔（北京）科技有限公司"], id="an office and a bracket inside"),
        pytest.param("深交所终止拉普塔有限公司上市", [], id="where it begins is unclear"),
        pytest.param("深交所终止拉普塔有限公司上市。拉普塔有限公司，", ["拉普塔有限公司", "拉普塔有限公司"], id="clear elsewhere"),
        pytest.param("各有限公司、股份有限公司和商业银行股份有限公司", [], id="kinds of firms"),
        pytest.param("和谐健康保险股份有限公司，华大基因股份有限公司，中国对外贸易信托有限公司，", ["和谐健康保险股份有限公司", "华大基因股份有限公司", "中国对外贸易信托有限公司"], id="names that hold words of sentences"),
        pytest.param("记者来到拉普塔航空有限公司，", [], id="a verb before it"),
        pytest.param("（拉普塔支付有限公司", ["拉普塔支付有限公司"], id="a bracket that stays open"),
        pytest.param("出席的有、䶮洲商业银行股份有限公司等", ["䶮洲商业银行股份有限公司"], id="a rare character"),
        pytest.param("单位名称\n　　拉普塔支付有限公司\n", ["拉普塔支付有限公司"], id="a label in the line before"),
        pytest.param("本公告所称持牌机构包括但不限于以下各家在册机构即江苏\n拉普塔支付有限公司等", [], id="a line that was full"),
        pytest.param("顾某，时为上海拉普塔管理有限公司股东", ["上海拉普塔管理有限公司"], id="what someone was there"),
        pytest.param("慕某找到了拉普塔商务（上海）有限公司董事长", [], id="a sentence before it"),
        pytest.param("，洽谈江苏拉普塔支付有限公司，", [], id="an unknown word before a place"),
        pytest.param("江苏 拉普塔支付有限公司等", [], id="a blank inside a name"),
    ],
)  # fmt: skip
def test_chinese_firms(text: str, expected: list[str]) -> None:
    assert [name for _, name, _ in find_firms(["", text], chinese=True)] == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("It fined Laputa Advisers, LLC.", ["Laputa Advisers LLC"], id="a comma before the form"),
        pytest.param("In London, Lagado (Asia) Limited said", ["Lagado (Asia) Limited"], id="a place before it"),
        pytest.param("J.P. Laputa Securities plc and U.S. Lagado Bank N.A. paid", ["J.P. Laputa Securities plc", "U.S. Lagado Bank NA"], id="initials"),
        pytest.param("Bank of Laputa Corp. agreed", ["Bank of Laputa Corp"], id="of goes on after Bank"),
        pytest.param("Director of Laputa Ltd", ["Laputa Ltd"], id="and not after others"),
        pytest.param("Banc of Laputa Securities LLC", [], id="of may go on"),
        pytest.param("SEC v. Third Friday Laputa LLC. On Friday Lagado LLC paid.", ["Lagado LLC"], id="a weekday inside a name"),
        pytest.param("On 5 May 2026 Laputa Ltd.", ["Laputa Ltd"], id="a date before it"),
        pytest.param("New York-based Laputa Inc", ["Laputa Inc"], id="where it sits"),
        pytest.param("by Cedar Payments Co., Ltd., a firm", ["Cedar Payments Co Ltd"], id="two forms"),
        pytest.param("Laputa and Lagado Bank Ltd, Morgan, Laputa & Lagado LLP", [], id="a name that may be one or two"),
        pytest.param("An action was taken against the firm Laputa\nLagado Advisers LLC.", [], id="a line that was full"),
        pytest.param("Respondent:\nLagado Advisers LLC", ["Lagado Advisers LLC"], id="a label in the line before"),
        pytest.param("Liability is Limited. Access is very Limited Today", [], id="a word, not a form"),
        pytest.param("a limited company, the LLC and its AG", [], id="a form without a name"),
    ],
)  # fmt: skip
def test_english_firms(text: str, expected: list[str]) -> None:
    assert [name for _, name, _ in find_firms(["", text], chinese=False)] == expected


def test_a_title_names_only_firms_that_the_text_names() -> None:
    title = "SEC Charges Laputa Advisers LLC With Fraud"

    assert list(find_firms([title, ""], chinese=False)) == []
    assert [span for _, _, span in find_firms([title, "It charged Laputa Advisers LLC."], chinese=False)] == [
        (12, 31),
        (11, 30),
    ]


@pytest.mark.parametrize(
    "words, expected",
    [("拉普塔有限公司", "拉普塔有限公司"), ("Laputa, Inc.", "Laputa Inc"), ("各有限公司", ""), ("Dear Laputa Ltd", ""), ("拉普塔有限公司及其子公司", "")],
)  # fmt: skip
def test_words_are_a_firm_when_they_are_nothing_else(words: str, expected: str) -> None:
    assert firm_value(words) == expected


def test_a_firm_that_carries_the_name_of_a_body_is_not_the_body() -> None:
    found = read(item("说明", "由上海证券交易所技术有限责任公司承办，网联清算有限公司协助。"), by=NFRA)

    assert values(found, "mention") == ["NUCC"]


def test_issuers_and_addressees_are_no_mentions() -> None:
    found = read(item("中国证监会关于自查的通知", "中国证券业协会：\n国务院各部委配合，中国证监会指导中国证券业协会。"), by=CSRC)  # fmt: skip

    assert (values(found, "issuer"), values(found, "addressee")) == (["CSRC"], ["SAC-SECURITIES"])
    assert "CSRC" not in values(found, "mention")
    assert "SAC-SECURITIES" not in values(found, "mention")


@pytest.mark.parametrize(
    "by, title, text, lang, expected",
    [
        pytest.param(NFRA, "国家金融监督管理总局关于自查的通知", "", "zh", ["CN"], id="a national body"),
        pytest.param(CSRC, "深圳证监局关于对某公司采取措施的决定", "", "zh", ["CN-GD-Shenzhen"], id="a city's office"),
        pytest.param(PBC, "中国人民银行江苏省分行行政处罚信息公示表", "", "zh", ["CN-JS"], id="a province's branch"),
        pytest.param(NFRA, "国家金融监督管理总局宁波监管局行政许可决定", "", "zh", ["CN-ZJ-Ningbo"], id="an office that the issuer leaves out"),
        pytest.param(NPC, "深圳经济特区地方金融条例", "本市行政区域内从事金融活动的，适用本条例。", "zh", ["CN-GD-Shenzhen"], id="a local act in a national collection"),
        pytest.param(NPC, "海南自由贸易港法", "", "zh", ["CN"], id="a national law about a place"),
        pytest.param(NFRA, "深圳市拉普塔小额贷款有限公司管理办法", "", "zh", ["CN"], id="a firm of a place"),
        pytest.param(GOV, "国务院关于河北雄安新区总体规划的批复", "", "zh", ["CN"], id="an act about a place"),
        pytest.param(SFC, "SFC reprimands a firm", "", "en", ["HK"], id="Hong Kong"),
        pytest.param(NYDFS, "Industry letter", "", "en", ["US-NY"], id="a state of the US"),
        pytest.param(FR, "Rule", "AGENCY: Securities and Exchange Commission.\n", "en", ["US"], id="a gazette"),
        pytest.param(KR36, "市场传闻", "有人说要出新规。", "zh", [], id="a report of nobody's act"),
        pytest.param(KR36, "英国FCA发布政策声明", "", "zh", ["UK"], id="a report of another country's act"),
    ],
)  # fmt: skip
def test_jurisdictions(by: Source, title: str, text: str, lang: str, expected: list[str]) -> None:
    found = read(item(title, text, lang="en" if lang == "en" else "zh-Hans"), by=by)

    assert values(found, "jurisdiction") == expected


def test_what_a_text_says_of_its_reach_is_the_evidence() -> None:
    what = item("个人信息管理办法", "第一条　在中华人民共和国境内处理个人信息的，适用本办法。")
    [fact] = [fact for fact in read(what, by=NFRA) if fact.kind == "jurisdiction"]

    assert (fact.value, fact.evidence.quote) == ("CN", "中华人民共和国境内")


@pytest.mark.parametrize(
    "name, expected",
    [("广东省深圳市地方金融监督管理局", "CN-GD-Shenzhen"), ("泰州监管分局", "CN-JS-Taizhou"), ("台州监管分局", "CN-ZJ-Taizhou"), ("吉林监管局", "CN-JL"), ("中国银行", ""), ("", "")],
)  # fmt: skip
def test_places_by_the_names_of_offices(name: str, expected: str) -> None:
    assert region_of(name) == expected


def test_regions_have_keys_of_their_own_inside_their_jurisdiction() -> None:
    assert all(key.partition("-")[0] in JURISDICTIONS for key in REGIONS)
    assert len({(term.en, key[:5]) for key, term in REGIONS.items()}) == len(REGIONS)
    assert len({term.zh for key, term in REGIONS.items() if key.startswith("CN")}) == sum(
        key.startswith("CN") for key in REGIONS
    )


def test_systems_have_the_names_of_the_glossary() -> None:
    glossary = load_glossary()
    named = {id: (glossary.preferred(id).en, glossary.preferred(id).zh) for id in SYSTEMS}

    assert named == {key: (term.en, term.zh) for key, term in SYSTEMS.items()}
    assert {entry.id for entry in glossary.entries if entry.kind == "system"} == set(SYSTEMS)


def test_every_value_by_key_has_both_names() -> None:
    assert all(term.en and term.zh for terms in NAMED.values() for term in terms.values())


TEXT = st.text(
    alphabet="拉普塔中国证监会财政部股份有限公司对和（），。《》 \nLtd.LCInABa&-'’of and", max_size=160
)


@settings(max_examples=80, deadline=None)
@given(TEXT, st.sampled_from(["zh-Hans", "en"]))
def test_whatever_is_written_the_evidence_is_the_text_and_each_entity_is_read_once(
    text: str, lang: str
) -> None:
    what = item("说明", text, lang=lang)
    found = [fact for fact in read(what, by=NFRA) if fact.kind == "mention"]

    assert len({fact.value for fact in found}) == len(found)
    for fact in found:
        place = fact.evidence
        assert what.field_text(place.field)[place.start : place.end] == place.quote != ""


@given(TEXT)
def test_a_firm_is_never_read_over_a_mark(text: str) -> None:
    for chinese in (True, False):
        for _, name, (start, end) in find_firms(["", text], chinese=chinese):
            assert "，" not in name
            assert "。" not in name
            assert "\n" not in text[start:end]


@pytest.mark.parametrize(
    "piece",
    ["拉普塔有限公司", "对和（", "中国证监会", "《中国证监会》", "Laputa Ltd and ", "A", "Ltd ", "Securities and ", "拉普塔支付有限公司，"],
)  # fmt: skip
def test_the_time_grows_with_the_length_only(piece: str) -> None:
    lang = "en" if piece[0].isascii() else "zh-Hans"
    what = item("说明", "", lang=lang)
    times = []
    for size in (40_000, 160_000):
        text = (piece * (size // len(piece) + 1))[:size]
        begun = process_time()
        read(replace(what, text=text), by=NFRA)
        times.append(process_time() - begun)

    assert times[1] < 12 * times[0] + 0.5
