"""Amounts, obligations, relations, topics; and the evidence of every fact."""

# ruff: noqa: E501 — a table of sentences reads best with one a line

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dibao.store import LEGAL_LEVELS, Item, Source
from dibao.summarizer.facts.entities import _ANCHORS_EN, _ANCHORS_ZH, _EN, _ZH

from .making import CSRC, FCA, KR36, NFRA, PBC, SEC, SFC, WIRE, item, read, values


@pytest.mark.parametrize(
    "text, lang, expected",
    [
        pytest.param("罚款100万元", "zh-Hans", ["CNY 1000000"], id="万元"),
        pytest.param("规模1.5万亿元", "zh-Hans", ["CNY 1500000000000"], id="万亿"),
        pytest.param("罚款贰拾万元", "zh-Hans", ["CNY 200000"], id="capital numerals"),
        pytest.param("罚款1,234,567.89元", "zh-Hans", ["CNY 1234567.89"], id="commas"),
        pytest.param("3亿美元", "zh-Hans", ["USD 300000000"], id="dollars in Chinese"),
        pytest.param("下调25个基点", "zh-Hans", ["BP 25"], id="basis points"),
        pytest.param("下调0.25个百分点", "zh-Hans", ["BP 25"], id="percentage points are basis points"),
        pytest.param("比例为百分之八", "zh-Hans", ["PCT 8"], id="百分之"),
        pytest.param("增长3.50%", "zh-Hans", ["PCT 3.5"], id="percent"),
        pytest.param("a $5 million penalty", "en", ["USD 5000000"], id="dollars"),
        pytest.param("fined £1.2bn", "en", ["GBP 1200000000"], id="pounds"),
        pytest.param("100 million yuan", "en", ["CNY 100000000"], id="yuan in English"),
        pytest.param("by 25 basis points to 3.5 per cent", "en", ["BP 25", "PCT 3.5"], id="rates"),
        pytest.param("2026年第3号", "zh-Hans", [], id="no amount"),
    ],
)
def test_amounts(text: str, lang: str, expected: list[str]) -> None:
    assert values(read(item("x", text, lang=lang), by=KR36), "amount") == expected


def test_a_dollar_in_hong_kong_is_its_own() -> None:
    assert values(read(item("x", "fined $3 million", lang="en"), by=SFC), "amount") == ["HKD 3000000"]


@pytest.mark.parametrize(
    "sentence, lang, expected",
    [
        ("银行应当报告。", "zh-Hans", ["must"]),
        ("模型需经过备案。", "zh-Hans", ["must"]),
        ("董事会应指定专门委员会。", "zh-Hans", ["must"]),
        ("银行不得泄露数据。", "zh-Hans", ["must_not"]),
        ("银行可以自行选择。", "zh-Hans", ["may"]),
        ("鼓励银行探索。", "zh-Hans", ["encouraged"]),
        ("原则上按季报送。", "zh-Hans", ["in_principle"]),
        ("法律另有规定的除外。", "zh-Hans", ["except"]),
        ("推动人工智能应用和相应供应需求。", "zh-Hans", []),
        ("Firms must report.", "en", ["must"]),
        ("Firms may not trade.", "en", ["must_not"]),
        ("Firms should consider this.", "en", ["encouraged"]),
        ("It met in May.", "en", []),
        ("No firm may hold client money here.", "en", ["must_not"]),
        ("Firms are not permitted to trade.", "en", ["must_not"]),
        ("Firms need to keep records.", "en", ["must"]),
        ("Members are entitled to appeal.", "en", ["may"]),
        ("This may result in losses.", "en", []),
        ("Products may not be suitable for everyone.", "en", []),
        ("The rule is expected to take effect in autumn.", "en", []),
        ("Boards are expected to challenge management.", "en", ["encouraged"]),
        ("不得不说，风险有所上升。", "zh-Hans", []),
        ("由此可以看出市场平稳。", "zh-Hans", []),
    ],
)
def test_modality(sentence: str, lang: str, expected: list[str]) -> None:
    assert values(read(item("x", sentence, lang=lang), by=NFRA), "obligation") == expected


def test_an_obligation_shows_its_word_and_rests_on_its_sentence() -> None:
    [fact] = [f for f in read(item("x", "总则。银行不得泄露。"), by=NFRA) if f.kind == "obligation"]

    assert (fact.shown, fact.evidence.quote) == ("不得", "银行不得泄露。")


@pytest.mark.parametrize(
    "text, lang, kind, expected",
    [
        pytest.param(
            "根据《数据安全法》制定。",
            "zh-Hans",
            "citation",
            ["《中华人民共和国数据安全法》"],
            id="known law",
        ),
        pytest.param("根据《某某管理办法》制定。", "zh-Hans", "citation", ["《某某管理办法》"], id="title"),
        pytest.param("据《证券时报》报道。", "zh-Hans", "citation", [], id="a newspaper is no law"),
        pytest.param("以下简称《办法》。", "zh-Hans", "citation", [], id="a short name is no citation"),
        pytest.param(
            "《旧办法》（银发〔2010〕1号）同时废止。",
            "zh-Hans",
            "repeals",
            ["银发〔2010〕1号"],
            id="repealed",
        ),
        pytest.param(
            "《甲办法》《乙办法》同时废止。",
            "zh-Hans",
            "repeals",
            ["《甲办法》", "《乙办法》"],
            id="repealed list",
        ),
        pytest.param("对《旧办法》作如下修改：", "zh-Hans", "amends", ["《旧办法》"], id="amended"),
        pytest.param("This letter supersedes SR 11-7.", "en", "replaces", ["SR 11-7"], id="superseded"),
        pytest.param("FIL-12-2019 is rescinded.", "en", "repeals", ["FIL-12-2019"], id="rescinded"),
        pytest.param("以本办法代替《旧办法》。", "zh-Hans", "replaces", ["《旧办法》"], id="replaced"),
        pytest.param(
            "为贯彻落实《甲意见》，通知如下。", "zh-Hans", "implements", ["《甲意见》"], id="put into effect"
        ),
        pytest.param(
            "根据《甲法》《乙条例》等法律法规，我局制定了《丙办法》，现印发。",
            "zh-Hans",
            "implements",
            ["《甲法》", "《乙条例》"],
            id="legal basis of a new rule",
        ),
        pytest.param(
            "《甲办法》有效期延长至2028年底。", "zh-Hans", "extends", ["《甲办法》"], id="validity extended"
        ),
        pytest.param(
            "更正银发〔2026〕1号文附件。", "zh-Hans", "corrects", ["银发〔2026〕1号"], id="corrected"
        ),
        pytest.param(
            "将《甲办法》第三条第一款修改为：", "zh-Hans", "amends", ["《甲办法》"], id="by article"
        ),
        pytest.param(
            "This rule amends 17 CFR 240 and implements the Data Security Law.",
            "en",
            "implements",
            ["《中华人民共和国数据安全法》"],
            id="two relations in one sentence",
        ),
        pytest.param(
            "We summarise the feedback we received to CP25/8 and make final rules.",
            "en",
            "finalizes",
            ["CP25/8"],
            id="final after a consultation",
        ),
        pytest.param(
            "This document corrects errors in the final rule published in the Federal Register on April 3, 2026"
            " (91 FR 1234).",
            "en",
            "corrects",
            ["91 FR 1234"],
            id="corrected, English",
        ),
        pytest.param(
            "The agency is withdrawing the proposed rule published at 90 FR 5678.",
            "en",
            "repeals",
            ["90 FR 5678"],
            id="withdrawn",
        ),
        pytest.param(
            "OCC Bulletin 2020-10 has been rescinded.",
            "en",
            "repeals",
            ["OCC Bulletin 2020-10"],
            id="passive",
        ),
        pytest.param(
            "It was repealed by Regulation (EU) 2024/11.", "en", "repeals", [], id="repealed by is no repeal"
        ),
        pytest.param(
            "Regulation (EU) 2022/1, as amended by Regulation (EU) 2024/11, applies.",
            "en",
            "amends",
            [],
            id="amended by",
        ),
        pytest.param(
            "Regulation (EU) 2022/11 is hereby amended as follows.",
            "en",
            "amends",
            ["Regulation (EU) 2022/11"],
            id="is amended",
        ),
        pytest.param(
            "The comment period for Release No. 34-10000 is extended.",
            "en",
            "extends",
            ["Release No. 34-10000"],
            id="comment period extended",
        ),
        pytest.param(
            "The rule amends 17 CFR parts 240, 249 and 275.",
            "en",
            "amends",
            ["17 CFR 240", "17 CFR 249", "17 CFR 275"],
            id="parts of the code, each",
        ),
        pytest.param(
            "SR 11-7 is superseded by this letter.", "en", "replaces", ["SR 11-7"], id="superseded by this"
        ),
        pytest.param(
            "This letter is superseded by SR 26-9.", "en", "replaces", [], id="superseded by another"
        ),
        pytest.param(
            "The notice repeals Yin Fa [2010] No. 18.",
            "en",
            "repeals",
            ["银发〔2010〕18号"],
            id="a number in Latin letters",
        ),
        pytest.param(
            "It implements Decree No. 768 of the State Council.",
            "en",
            "implements",
            ["国务院令第768号"],
            id="a decree in English",
        ),
        pytest.param(
            "under the Data Security Law",
            "en",
            "citation",
            ["《中华人民共和国数据安全法》"],
            id="English name",
        ),
    ],
)
def test_relations(text: str, lang: str, kind: str, expected: list[str]) -> None:
    assert values(read(item("新办法", text, lang=lang), by=NFRA), kind) == expected


def test_topics_say_the_terms_that_fired() -> None:
    facts = read(item("AI guidance for banks", "Banks using AI must manage risk.", lang="en"), by=FCA)
    shown = {f.value: f.shown for f in facts if f.kind == "topic"}

    assert shown == {"ai": "ai", "banking": "banks"}


_PIECES = st.sampled_from(
    [
        "《数据安全法》",
        "（银发〔2021〕335号）",
        "银行应当报告。",
        "自2026年1月1日起施行，",
        "2023年4月21日印发\n",
        "承办人：王小明\n",
        "电话：010-66194567 ",
        "100万元",
        "3.5%",
        "國家金融監督管理總局",
        "发布",
        "关于",
        "的通知",
        "\n",
        "、",
        "a@b.cn",
        "Release No. 34-97989 ",
        "$5 million ",
        "May 5, 2026 ",
        "must ",
        "〔2021",
        "《",
        "》",
        "中国人民银行",
        "𠀀",
        "é",
        " ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(_PIECES, max_size=14),
    st.sampled_from(["zh-Hans", "zh-Hant", "en"]),
    st.sampled_from([NFRA, KR36, SEC]),
)
def test_evidence_is_always_what_stands_there(pieces: list[str], lang: str, by) -> None:  # type: ignore[no-untyped-def]
    text = "".join(pieces).replace("_", " ")
    what = item(text[:60], text, lang=lang, labels=(("发文字号", text[:20]), ("成文日期", text[:30])))

    for fact in read(what, by=by):
        place = fact.evidence
        assert what.field_text(place.field)[place.start : place.end] == place.quote
        assert fact.value


@pytest.mark.parametrize(
    "title, text, kind, expected",
    [
        pytest.param(
            "PS26/14: Wallets", "Following our proposals in CP25/8, we make rules.", "finalizes", ["CP25/8"], id="followed"
        ),
        pytest.param(
            "FS26/1: Wallets", "This paper summarises feedback to CP25/8.", "replies_to", ["CP25/8"], id="feedback replies"
        ),
        pytest.param(
            "CP26/3: Wallets", "See our proposals in CP25/8.", "finalizes", [], id="a consultation ends none"
        ),
        pytest.param(
            "FAQs on Regulation (EU) 2023/1114", "Answers.", "interprets", ["Regulation (EU) 2023/1114"], id="explained"
        ),
    ],
)  # fmt: skip
def test_what_an_english_paper_does_follows_from_its_kind(
    title: str, text: str, kind: str, expected: list[str]
) -> None:
    assert values(read(item(title, text, lang="en"), by=FCA), kind) == expected


@pytest.mark.parametrize(
    "title, text, by, expected",
    [
        pytest.param(
            "CP26/9: Safeguarding for stablecoin issuers", "x", FCA, ["FCA: safeguarding stablecoin issuer"], id="draft"
        ),
        pytest.param(
            "PS26/14: Safeguarding for stablecoin issuers – final rules", "x", FCA,
            ["FCA: safeguarding stablecoin issuer"], id="final",
        ),
        pytest.param(
            "SEC Proposes Rule on Custody of Digital Assets", "File No. S7-12-26; RIN 3235-AN12", SEC,
            ["SEC: custody digital asset", "File No. S7-12-26", "RIN 3235-AN12"], id="title and docket",
        ),
        pytest.param("Consultation on fees", "x", FCA, [], id="too little of its own"),
        pytest.param("FAQs on Custody of Digital Assets", "RIN 3235-AN12", SEC, [], id="an explanation owns none"),
        pytest.param("SEC Proposes Rule on Custody of Digital Assets", "RIN 3235-AN12", WIRE, [], id="nor a report"),
    ],
)  # fmt: skip
def test_a_draft_and_its_final_text_own_one_instrument(
    title: str, text: str, by: Source, expected: list[str]
) -> None:
    assert values(read(item(title, text, lang="en"), by=by), "instrument") == expected


def test_both_languages_name_a_rule_of_the_glossary_alike() -> None:
    english = "CAC Issues the Interim Measures for the Administration of Generative Artificial Intelligence Services"
    drafted = f"{english[11:]} (Draft for Comment)"
    chinese = "生成式人工智能服务管理暂行办法（征求意见稿）公开征求意见的通知"
    pages = (item(english, lang="en"), item(drafted, lang="en"), item(f"关于《{chinese[:15]}》的公告"))

    assert {tuple(values(read(page, by=CSRC), "instrument")) for page in pages} == {
        ("《生成式人工智能服务管理暂行办法》",)
    }


@pytest.mark.parametrize(
    "title, kind, expected",
    [
        pytest.param(
            "关于《甲乙办法（征求意见稿）》公开征求意见的公告",
            "consults",
            ["《甲乙办法》"],
            id="consultation",
        ),
        pytest.param(
            "关于延长《甲乙办法（征求意见稿）》意见反馈期限的公告",
            "extends",
            ["《甲乙办法》"],
            id="extension",
        ),
        pytest.param("《甲乙办法》答记者问", "interprets", ["《甲乙办法》"], id="questions and answers"),
        pytest.param(
            "关于《甲乙办法（征求意见稿）》公开征求意见情况的说明",
            "replies_to",
            ["《甲乙办法》"],
            id="feedback",
        ),
        pytest.param(
            "关于全国政协第0762号提案的答复", "replies_to", ["第0762号提案"], id="reply to a proposal"
        ),
        pytest.param(
            "关于印发《甲乙办法（试行）》的通知", "instrument", ["《甲乙办法（试行）》"], id="issued on trial"
        ),
        pytest.param(
            "中国人民银行关于做好支付工作的通知", "instrument", ["《关于做好支付工作的通知》"], id="notice"
        ),
        pytest.param(
            "中国人民银行令〔2026〕第4号（征信应用办法）", "instrument", ["《征信应用办法》"], id="order"
        ),
        pytest.param("关于修改《甲乙办法》的决定", "instrument", [], id="an amended rule is not issued"),
    ],
)
def test_what_a_title_does_to_what_it_names(title: str, kind: str, expected: list[str]) -> None:
    assert values(read(item(title), by=PBC), kind) == expected


@pytest.mark.parametrize(
    "what, by, level",
    [
        pytest.param(
            item("中国人民银行令〔2026〕第4号（征信应用办法）"), PBC, "departmental_rule", id="order"
        ),
        pytest.param(
            item("关于印发《甲乙办法》的通知", labels=(("文号", "银发〔2026〕4号"),)),
            PBC,
            "normative_document",
            id="notice",
        ),
        pytest.param(item("关于《甲乙办法（征求意见稿）》公开征求意见的公告"), PBC, "none", id="draft"),
        pytest.param(
            item("SEC Adopts Final Rule on Custody", lang="en"), SEC, "departmental_rule", id="final rule"
        ),
        pytest.param(item("Remarks on custody", lang="en"), SEC, "none", id="speech"),
    ],
)
def test_legal_level(what: Item, by: Source, level: str) -> None:
    assert values(read(what, by=by), "legal_level") == [level]
    assert level in LEGAL_LEVELS


def test_a_document_of_five_million_characters_is_read_to_its_end() -> None:
    """Steps that look at all of it again for each thing they find would take minutes: it must be seconds."""
    page = (
        "第一条 银行应于2026年3月1日前报送《甲办法》（银发〔2021〕335号）规定的材料。\n电话：010-66194567。"
    )
    text = page * (5_000_000 // len(page))
    start = process_time()
    found = read(item("某办法", text), by=PBC)

    assert process_time() - start < 60
    assert any(fact.kind == "person_private" and fact.evidence.end >= len(text) - 1 for fact in found)


@pytest.mark.parametrize("lang", ["zh", "en"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whatever_names_a_kind_of_firm_holds_one_of_its_anchors(lang: str, data: st.DataObject) -> None:
    patterns, anchors = (_ZH, _ANCHORS_ZH) if lang == "zh" else (_EN, _ANCHORS_EN)
    alphabet = st.characters(max_codepoint=0x9FFF if lang == "zh" else 127)
    for key, pattern in patterns.items():
        match = pattern.search(data.draw(st.from_regex(pattern, alphabet=alphabet)))
        assert match is None or any(anchor in match.group().lower() for anchor in anchors[key]), key
