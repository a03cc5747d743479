# ruff: noqa: E501  # one case, one line: a table reads better whole
"""What the embedded writer promises: both languages, from evidence only, nothing private, always the same words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dibao.store import Brief, Lang, Moment
from dibao.summarizer.agreement import agree
from dibao.summarizer.check import gate
from dibao.summarizer.facts import read_facts
from dibao.summarizer.writers.embedded import StoryInput, inputs_hash, write

from .stories import CHARGE, CHARGE_FACTS, DAY, GLOSSARY, MEASURES, NOW, SOURCES, STORIES, item, story

NAMES = [pytest.param(name, id=name) for name in STORIES]


def written(inputs: StoryInput, lang: Lang) -> Brief:
    brief = write(inputs, lang, now=NOW)
    return gate(
        brief, items={i.id: i for i in inputs.items}, facts=inputs.facts, sources=SOURCES, glossary=GLOSSARY
    )


def words(brief: Brief) -> str:
    return "\n".join([brief.headline, *(s.text for s in (*brief.sentences, *brief.impact))])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_brief_has_two_to_four_sentences_an_impact_and_passes_the_gate(name: str, lang: Lang) -> None:
    brief = written(STORIES[name], lang)

    assert brief.dropped == ()
    told = [s for s in brief.sentences if s.quoted or not s.text.endswith((":", "："))]
    assert 2 <= len(told) <= 5  # without the introductions of quotations
    assert 1 <= len(brief.impact) <= 2
    assert brief.writer == "embedded" and not brief.generative


@pytest.mark.parametrize("name", NAMES)
def test_the_two_briefs_agree(name: str) -> None:
    assert agree(written(STORIES[name], "en"), written(STORIES[name], "zh")) == ()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_sentence_cites_what_stands_in_its_source(name: str, lang: Lang) -> None:
    inputs = STORIES[name]
    items = {i.id: i for i in inputs.items}
    for sentence in (*written(inputs, lang).sentences, *written(inputs, lang).impact):
        assert sentence.cites
        for cite in sentence.cites:
            assert items[cite.item_id].field_text(cite.field)[cite.start : cite.end] == cite.quote


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_private_is_published(name: str, lang: Lang) -> None:
    text = words(written(STORIES[name], lang))

    assert not re.search(r"张三|李四|010-12345678|0351-4000000", text)


@pytest.mark.parametrize(
    ("name", "lang", "wanted"),
    [
        pytest.param("measures", "en", ["NFRA", "金规〔2026〕5号", "20 November 2026", "1 March 2027", "must not leak customer information", "binding"], id="measures-en"),
        pytest.param("measures", "zh", ["国家金融监督管理总局", "《银行保险机构操作风险管理办法》", "2027年3月1日", "约束力"], id="measures-zh"),
        pytest.param("draft", "en", ["draft", "20 December 2026", "no duty until it is final"], id="draft-en"),
        pytest.param("draft", "zh", ["征求意见", "2026年12月20日", "不产生新的义务"], id="draft-zh"),
        pytest.param("reply", "en", ["PBC", "并银函〔2023〕14号", "reply to a proposal"], id="reply-en"),
        pytest.param("reply", "zh", ["提案答复", "不产生新的义务"], id="reply-zh"),
        pytest.param("charge", "en", ["Acme Holdings Inc.", "$4.5 million"], id="charge-en"),
        pytest.param("charge", "zh", ["美国证券交易委员会（SEC）", "450万美元", "会计欺诈"], id="charge-zh"),
    ],
)  # fmt: skip
def test_a_brief_says_what_its_readers_need(name: str, lang: Lang, wanted: list[str]) -> None:
    text = words(written(STORIES[name], lang))

    assert [word for word in wanted if word not in text] == []


def test_quotations_keep_their_language_and_are_introduced() -> None:
    brief = written(STORIES["charge"], "zh")
    quotes = [at for at, s in enumerate(brief.sentences) if s.quoted]

    assert quotes
    for at in quotes:
        assert brief.sentences[at].tag == "en"
        assert brief.sentences[at - 1].text.endswith("：") and not brief.sentences[at - 1].quoted


def test_an_official_document_is_told_before_a_report_of_it() -> None:
    report = item(
        "e" * 16,
        "cn-36kr",
        "监管新规来了",
        "36氪获悉，国家金融监督管理总局发布《银行保险机构操作风险管理办法》。",
        column="newsflash",
    )
    inputs = story([MEASURES, report], STORIES["measures"].facts[MEASURES.id])

    assert "36Kr" not in written(inputs, "en").sentences[0].text


def test_what_only_the_press_reports_is_said_to_be_a_report() -> None:
    text = "36氪获悉，国家金融监督管理总局发布关于银行业保险业人工智能安全开发应用的指导意见。其中提出，加强人工智能安全开发应用治理。"
    report = item("e" * 16, "cn-36kr", "金融监管总局：加强人工智能安全开发应用治理", text, column="newsflash")
    facts = tuple(read_facts(report, source=SOURCES["cn-36kr"], glossary=GLOSSARY))
    brief = written(story([report], facts), "en")

    assert "36Kr" in brief.sentences[0].text
    assert "the official text is not among the sources" in words(brief)


def test_the_seed_story_beats_the_page_it_is_measured_by(shared: Path) -> None:
    seed = (shared / "seeds" / "story-page-pulseaugur.txt").read_text("utf-8")
    texts = re.findall(r"36氪获悉,.*", seed)
    titles = [
        "金融监管总局：促进行业人工智能应用生态建设",
        "金融监管总局：推动新一代人工智能技术应用",
        "金融监管总局：加强人工智能安全开发应用治理",
    ]
    items = [
        item(str(n) * 16, "cn-36kr", t, x, column="newsflash")
        for n, (t, x) in enumerate(zip(titles, texts, strict=True))
    ]
    facts = [f for i in items for f in read_facts(i, source=SOURCES["cn-36kr"], glossary=GLOSSARY)]
    inputs = story(items, facts)
    english, chinese = written(inputs, "en"), written(inputs, "zh")

    assert (
        english.headline
        == "NFRA issues guiding opinions on safe development and application of AI in banking and insurance"
    )
    assert chinese.headline == "国家金融监督管理总局发布关于银行业保险业人工智能安全开发应用的指导意见"
    assert chinese.headline in seed
    assert "financial institutions must implement admission management for generative AI models" in words(
        english
    )
    assert "filing with the cyberspace authority" in words(english)
    assert english.dropped == chinese.dropped == ()
    assert agree(english, chinese) == ()


def test_the_same_inputs_give_the_same_words_and_a_changed_text_another_hash() -> None:
    inputs = STORIES["measures"]
    again = write(inputs, "en", now=NOW + timedelta(days=1))
    changed = replace(inputs, items=(replace(MEASURES, text=MEASURES.text + "补充。", version=2),))

    assert replace(again, written_at=NOW) == write(inputs, "en", now=NOW)
    assert inputs_hash(changed) != inputs_hash(inputs)
    assert re.fullmatch(r"[0-9a-f]{64}", inputs_hash(inputs))


def test_the_wording_varies_from_story_to_story() -> None:
    first = {
        write(story([MEASURES], STORIES["measures"].facts[MEASURES.id], id=n), "en", now=NOW)
        .sentences[0]
        .text
        for n in range(4)
    }

    assert len(first) > 1


def test_a_story_without_any_fact_still_has_a_brief_in_both_languages() -> None:
    bare = item(
        "f" * 16,
        "cn-36kr",
        "春节前后市场观察",
        "市场情况平稳，各类机构照常经营，没有重大变化出现。",
        column="article",
    )
    bare = replace(bare, published=Moment(day=DAY))
    for lang in ("en", "zh"):
        brief = written(story([bare], ()), lang)  # type: ignore[arg-type]
        assert brief.headline and brief.sentences


def test_an_english_penalty_names_its_amount_in_chinese_habit() -> None:
    assert "450万美元" in words(written(story([CHARGE], CHARGE_FACTS), "zh"))
