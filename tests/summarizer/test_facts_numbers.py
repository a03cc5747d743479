"""Numbers of documents: read out of running text, brought to one form, told apart from those only cited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.store import RELATIONS, Item, Source
from dibao.summarizer.facts import find_numbers, normal_number
from dibao.summarizer.glossary import load_glossary

from .making import FCA, FR, KR36, NFRA, PBC, SEC, SFC, item, read, values


@pytest.mark.parametrize(
    "raw, normal",
    [
        pytest.param("银发（2021）335号", "银发〔2021〕335号", id="round brackets"),
        pytest.param("银发[2021]335号", "银发〔2021〕335号", id="square brackets"),
        pytest.param("银发【２０２１】 335 号", "银发〔2021〕335号", id="wide digits, spaces"),
        pytest.param("中国人民银行令〔2021〕第4号", "中国人民银行令〔2021〕4号", id="第 dropped"),
        pytest.param("国令第707号", "国务院令第707号", id="gov.cn spelling"),
        pytest.param("中华人民共和国主席令第五十五号", "主席令第55号", id="Chinese numerals"),
        pytest.param("菏金罚决字〔2025〕12号—13号", "菏金罚决字〔2025〕12-13号", id="range"),
        pytest.param("银发〔2021〕005号", "银发〔2021〕5号", id="leading zeros"),
        pytest.param("JR/T0171—2020", "JR/T 0171-2020", id="standard"),
        pytest.param("GB/T 45654–2025", "GB/T 45654-2025", id="standard with dash"),
        pytest.param("CP 24/2", "CP24/2", id="UK paper"),
        pytest.param("34-97989", "Release No. 34-97989", id="SEC release, short"),
        pytest.param("89 Fed. Reg. 12,345", "89 FR 12345", id="Federal Register"),
        pytest.param("12 C.F.R. Part 3", "12 CFR 3", id="CFR"),
        pytest.param("SR letter 11-7", "SR 11-7", id="SR letter"),
    ],
)
def test_normal_form(raw: str, normal: str) -> None:
    assert normal_number(raw) == normal


@given(
    st.text(alphabet="银发国令第号〔〕（）[]0123456789第十二〇 -—GBJRT/.aCFR号字", max_size=24)
    | st.text(max_size=24)
)
def test_the_normal_form_of_a_normal_form_is_itself(raw: str) -> None:
    once = normal_number(raw)

    assert normal_number(once) == once


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("根据国务院国发〔2020〕1号文件", ["国发〔2020〕1号"], id="words in front stay out"),
        pytest.param("按照银发〔2021〕335号要求", ["银发〔2021〕335号"], id="按照"),
        pytest.param(
            "2021年6月1日中国人民银行令〔2021〕第4号", ["中国人民银行令〔2021〕4号"], id="date in front"
        ),
        pytest.param("并银函〔2023〕\n 14 号", ["并银函〔2023〕14号"], id="broken over lines"),
        pytest.param("沪金罚决字〔2026〕12号", ["沪金罚决字〔2026〕12号"], id="bureau's penalty"),
        pytest.param("粤银保监罚决字〔2019〕2号", ["粤银保监罚决字〔2019〕2号"], id="CBIRC penalty"),
        pytest.param("银罚决字〔2026〕104-116号", ["银罚决字〔2026〕104-116号"], id="range of decisions"),
        pytest.param(
            "福建监管局行政处罚决定书〔2026〕21号", ["福建监管局行政处罚决定书〔2026〕21号"], id="CSRC bureau"
        ),
        pytest.param(
            "国家金融监督管理总局令2024年第5号", ["国家金融监督管理总局令〔2024〕5号"], id="order by year"
        ),
        pytest.param(
            "国家互联网信息办公室令\n第90号",
            ["国家互联网信息办公室令第90号"],
            id="order without a year keeps 第",
        ),
        pytest.param(
            "《规定》（证监会公告〔2026〕35号）",
            ["中国证券监督管理委员会公告〔2026〕35号"],
            id="short name of the body",
        ),
        pytest.param(
            "中国证监会行政处罚决定书\n〔2026〕90号",
            ["中国证券监督管理委员会行政处罚决定书〔2026〕90号"],
            id="CSRC head office",
        ),
        pytest.param(
            "1 | 某某公司 | 银罚决字〔2026〕21号 | 罚款", ["银罚决字〔2026〕21号"], id="cell of a table"
        ),
        pytest.param(
            "Litigation Release No. 26014 / May 4, 2026", ["Release No. LR-26014"], id="litigation release"
        ),
        pytest.param("檔號：B10/1C", ["B10/1C"], id="HKMA circular"),
        pytest.param("国务院令第768号公布", ["国务院令第768号"], id="decree"),
        pytest.param("工信部信管〔2024〕7号", ["工信部信管〔2024〕7号"], id="MIIT series"),
        pytest.param("财办会〔2024〕2号", ["财办会〔2024〕2号"], id="finance ministry"),
        pytest.param("法释〔2023〕3号", ["法释〔2023〕3号"], id="court"),
        pytest.param(
            "（JR/T 0197-2020）和GB 45438-2025", ["JR/T 0197-2020", "GB 45438-2025"], id="standards"
        ),
        pytest.param("为2021年第1号线", [], id="no code, no number"),
        pytest.param(
            "Release No. 34-97989; File No. S7-10-22", ["Release No. 34-97989", "File No. S7-10-22"], id="SEC"
        ),
        pytest.param("see SR 11-7 and 12 CFR 1026.4", ["SR 11-7", "12 CFR 1026.4"], id="Fed and CFR"),
        pytest.param("under Regulation (EU) 2024/1689", ["Regulation (EU) 2024/1689"], id="EU"),
        pytest.param("RIN 3235-AM00", ["RIN 3235-AM00"], id="RIN"),
        pytest.param("PS24/5 follows CP23/10", ["PS24/5", "CP23/10"], id="UK papers"),
    ],
)
def test_numbers_in_running_text(text: str, expected: list[str]) -> None:
    assert [number.value for number in find_numbers(text, load_glossary())] == expected


@pytest.mark.parametrize(
    "what, by, own, cited",
    [
        pytest.param(
            item("关于支付的通知", "根据国发〔2020〕1号。", labels=(("文号", "银发（2026）7号"),)),
            PBC,
            ["银发〔2026〕7号"],
            ["国发〔2020〕1号"],
            id="label",
        ),
        pytest.param(
            item("关于贯彻落实国发〔2020〕1号文件的通知", "银发〔2026〕8号\n各分行："),
            PBC,
            ["银发〔2026〕8号"],
            ["国发〔2020〕1号"],
            id="line of its own beats a number inside the title",
        ),
        pytest.param(
            item("中国人民银行令〔2021〕第4号（征信业务管理办法）"),
            PBC,
            ["中国人民银行令〔2021〕4号"],
            [],
            id="title",
        ),
        pytest.param(
            item(
                "监管新规落地",
                "金融监管总局近日发布《银行业数据安全办法》（金规〔2026〕24号），自即日起施行。",
            ),
            KR36,
            ["金规〔2026〕24号"],
            [],
            id="report names the number beside the title",
        ),
        pytest.param(
            item("行政处罚信息公开表", "行政处罚决定书文号：苏金罚决字〔2026〕12号\n罚款50万元"),
            NFRA,
            ["苏金罚决字〔2026〕12号"],
            [],
            id="label inside the text",
        ),
        pytest.param(
            item("某银行被罚", "依据《某某通知》（银发〔2021〕335号），该行被罚款。"),
            KR36,
            [],
            ["银发〔2021〕335号"],
            id="a report that only cites has no own number",
        ),
        pytest.param(
            item("关于数据安全的通知", "请遵照《支付办法》（银发〔2019〕3号）执行。"),
            NFRA,
            [],
            ["银发〔2019〕3号"],
            id="official text that only cites",
        ),
        pytest.param(
            item("PS24/5: Consumer duty", "This follows CP23/10.", lang="en"),
            FCA,
            ["PS24/5"],
            ["CP23/10"],
            id="UK title",
        ),
        pytest.param(
            item(
                "Final rule on custody",
                "Release No. 34-97989; File No. S7-10-22\nThe rule amends 17 CFR 240.",
                lang="en",
            ),
            SEC,
            ["Release No. 34-97989"],
            ["17 CFR 240", "File No. S7-10-22"],
            id="SEC head",
        ),
        pytest.param(
            item(
                "SEC adopts rule on custody",
                "The adopting release is Release No. 34-97990. It amends Release No. 34-90001.",
                lang="en",
            ),
            SEC,
            ["Release No. 34-97990"],
            ["Release No. 34-90001"],
            id="press release names the release that it announces",
        ),
        pytest.param(
            item(
                "Use of models by banks",
                "The Commission issued a circular (ref. B1/15C) to banks. It is to be read with B10/1C.",
                lang="en",
            ),
            SFC,
            ["B1/15C"],
            ["B10/1C"],
            id="reference in brackets after what was issued",
        ),
        pytest.param(
            item("Consumer disclosures", "The rule.", lang="en", labels=(("Document number", "2026-01011"),)),
            FR,
            ["2026-01011"],
            [],
            id="Federal Register document number",
        ),
    ],
)
def test_own_number_and_citations(what: Item, by: Source, own: list[str], cited: list[str]) -> None:
    facts = read(what, by=by)

    assert values(facts, "document_number") == own
    assert [f.value for f in facts if f.kind in RELATIONS and not f.value.startswith("《")] == cited


def test_the_register_in_an_address_gives_the_number_of_the_page() -> None:
    page = replace(
        item("SFC fines a broker", "The SFC has fined a broker.", lang="en"),
        url="https://apps.example.org/news/doc?refNo=26PR27",
    )

    assert values(read(page, by=SFC), "document_number") == ["26PR27"]
    assert values(read(page, by=KR36), "document_number") == []
