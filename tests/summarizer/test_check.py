# ruff: noqa: E501  # one case, one line: a table reads better whole
"""The grounding gate: true sentences pass, each planted single error is caught."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.store import Evidence, Lang, Money, Sentence, money
from dibao.summarizer.agreement import agree
from dibao.summarizer.check import gate, problems
from dibao.summarizer.values import read
from dibao.summarizer.wording import DIRECTIONS, EXCEPT, HINTS, MODALS, NEGATION, Words
from dibao.summarizer.writers.embedded import write
from dibao.summarizer.writers.figures import money_in

from .stories import DRAFT, DRAFT_FACTS, GLOSSARY, NOW, SOURCES, STORIES, fact, item

SOURCE = item(
    "a" * 16, "cn-pbc", "中国人民银行关于支付机构的通知",
    "中国人民银行于2026年11月20日发布通知（银发〔2026〕33号）。社会融资规模存量为5.25万亿元。支付机构不得挪用备付金。"
    "支付机构应当在2027年3月1日前报送材料。第二十三条规定，罚款50万元。存款准备金率下调0.5个百分点，利率为3.5%。银行可以申请延期。",
)  # fmt: skip
ENGLISH = item(
    "9" * 16, "us-sec", "SEC adopts rule",
    "The SEC adopted the rule on November 20, 2026. Firms must report within 30 days. The fee is $4.5 million. "
    "Advisers must not delay notices. Rates were raised by 25 basis points.",
    lang="en",
)  # fmt: skip
ITEMS = {SOURCE.id: SOURCE, ENGLISH.id: ENGLISH, DRAFT.id: DRAFT}
FACTS = {
    SOURCE.id: (fact(SOURCE, "issuer", "PBC", "中国人民银行"),),
    ENGLISH.id: (fact(ENGLISH, "issuer", "SEC", "SEC"),),
    DRAFT.id: DRAFT_FACTS,
}


def cite(quote: str, of: str = SOURCE.id) -> Evidence:
    start = ITEMS[of].text.index(quote)
    return Evidence(item_id=of, field="text", start=start, end=start + len(quote), quote=quote)


def found(text: str, quote: str, lang: Lang = "en", of: str = SOURCE.id) -> tuple[str, ...]:
    sentence = Sentence(text=text, cites=(cite(quote, of),))
    return problems(sentence, lang=lang, items=ITEMS, facts=FACTS, sources=SOURCES, glossary=GLOSSARY)


ISSUED, STOCK, MISUSE, REPORT, FINE, CUT, DELAY = (
    "银发〔2026〕33号", "5.25万亿元", "不得挪用备付金", "应当在2027年3月1日前报送材料", "罚款50万元",
    "下调0.5个百分点", "可以申请延期",
)  # fmt: skip

TRUE = [
    pytest.param("The People's Bank of China (PBC) issued a notice (银发〔2026〕33号) on 20 November 2026.", ISSUED, "en", id="act"),
    pytest.param("2026年11月20日，中国人民银行发布通知（银发〔2026〕33号）。", ISSUED, "zh", id="act-zh"),
    pytest.param("The stock was RMB 5.25 trillion.", STOCK, "en", id="money"),
    pytest.param("The stock was RMB 5,250 billion.", STOCK, "en", id="money-other-scale"),
    pytest.param("存量为52500亿元。", STOCK, "zh", id="money-zh"),
    pytest.param("Payment institutions must not misuse customer reserve funds.", MISUSE, "en", id="must-not"),
    pytest.param("Payment institutions must submit materials by 1 March 2027.", REPORT, "en", id="must"),
    pytest.param("Article 23 provides for a fine of RMB 500,000.", FINE, "en", id="article"),
    pytest.param("The ratio is cut by 50 basis points.", CUT, "en", id="points"),
    pytest.param("The interest rate is 3.5%.", CUT, "en", id="rate"),
    pytest.param("Banks may apply for an extension.", DELAY, "en", id="may"),
]  # fmt: skip

PLANTED = [
    pytest.param("The PBC issued a notice (银发〔2026〕34号) on 20 November 2026.", ISSUED, "document number", id="number"),
    pytest.param("The PBC issued a notice (银发〔2025〕33号) on 20 November 2026.", ISSUED, "document number", id="number-year"),
    pytest.param("The PBC issued a notice on 21 November 2026.", ISSUED, "date", id="day"),
    pytest.param("The PBC issued a notice on 20 December 2026.", ISSUED, "date", id="month"),
    pytest.param("The PBC issued a notice on 20 November 2025.", ISSUED, "date", id="year"),
    pytest.param("The NFRA issued a notice on 20 November 2026.", ISSUED, "body", id="body"),
    pytest.param("The stock was RMB 52.5 trillion.", STOCK, "amount", id="ten-times"),
    pytest.param("The stock was RMB 525 billion.", STOCK, "amount", id="a-tenth"),
    pytest.param("The stock was RMB 5.25 billion.", STOCK, "amount", id="unit"),
    pytest.param("The stock was US$5.25 trillion.", STOCK, "amount", id="currency"),
    pytest.param("Payment institutions must misuse customer reserve funds.", MISUSE, "modality", id="negation-lost"),
    pytest.param("Payment institutions may misuse customer reserve funds.", MISUSE, "modality", id="forbidden-becomes-allowed"),
    pytest.param("Payment institutions must not submit materials by 1 March 2027.", REPORT, "modality", id="negation-added"),
    pytest.param("Payment institutions may submit materials by 1 March 2027.", REPORT, "modality", id="duty-becomes-choice"),
    pytest.param("Payment institutions did not submit materials by 1 March 2027.", REPORT, "negation", id="negation-of-fact"),
    pytest.param("Payment institutions must submit materials by 1 May 2027.", REPORT, "date", id="deadline"),
    pytest.param("Article 32 provides for a fine of RMB 500,000.", FINE, "article", id="article"),
    pytest.param("Article 23 provides for a fine of RMB 5,000,000.", FINE, "amount", id="fine-ten-times"),
    pytest.param("The ratio is raised by 50 basis points.", CUT, "direction", id="direction"),
    pytest.param("The ratio is cut by 5 basis points.", CUT, "rate", id="points"),
    pytest.param("The interest rate is 35%.", CUT, "rate", id="rate"),
    pytest.param("Banks must apply for an extension.", DELAY, "modality", id="choice-becomes-duty"),
    pytest.param("There are 14 institutions.", MISUSE, "number", id="invented"),
    pytest.param("There are fourteen institutions in three provinces.", MISUSE, "number", id="invented-word"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "lang"), TRUE)
def test_a_true_sentence_passes(text: str, quote: str, lang: Lang) -> None:
    assert found(text, quote, lang) == ()


@pytest.mark.parametrize(("text", "quote", "kind"), PLANTED)
def test_a_planted_error_is_caught(text: str, quote: str, kind: str) -> None:
    reasons = found(text, quote)

    assert any(reason.startswith(kind) for reason in reasons), reasons


@pytest.mark.parametrize(
    ("text", "quote", "kind"),
    [
        pytest.param("企业应当在30日内报告。", "Firms must report within 30 days", "", id="true"),
        pytest.param("企业可以在30日内报告。", "Firms must report within 30 days", "modality", id="modality"),
        pytest.param("企业应当在60日内报告。", "Firms must report within 30 days", "number", id="number"),
        pytest.param("费用为450万美元。", "The fee is $4.5 million", "", id="true-money"),
        pytest.param("费用为4500万美元。", "The fee is $4.5 million", "amount", id="money"),
        pytest.param("顾问不得延迟通知。", "Advisers must not delay notices", "", id="true-ban"),
        pytest.param("顾问应当延迟通知。", "Advisers must not delay notices", "modality", id="ban"),
        pytest.param("利率下调25个基点。", "raised by 25 basis points", "direction", id="direction"),
        pytest.param("美国商品期货交易委员会通过规则。", "The SEC adopted the rule", "body", id="body"),
    ],
)
def test_chinese_sentences_are_judged_by_english_sources(text: str, quote: str, kind: str) -> None:
    reasons = found(text, quote, "zh", ENGLISH.id)

    assert (reasons == ()) if not kind else any(reason.startswith(kind) for reason in reasons), reasons


def test_a_draft_is_never_called_final() -> None:
    reasons = found("The measures are in force.", "为规范并购贷款", "en", DRAFT.id)

    assert "a draft is called final or in force" in reasons
    assert found("The draft measures are open for comments.", "为规范并购贷款", "en", DRAFT.id) == ()


def test_a_rule_is_not_said_to_create_no_duty() -> None:
    assert found("It creates no new duty.", MISUSE)


def test_a_quotation_must_stand_in_the_source() -> None:
    good = Sentence(text=MISUSE, cites=(cite(MISUSE),), quoted=True, tag="zh-Hans")
    bad = replace(good, text="可以挪用备付金")

    assert problems(good, lang="en", items=ITEMS, facts=FACTS, sources=SOURCES, glossary=GLOSSARY) == ()
    assert problems(bad, lang="en", items=ITEMS, facts=FACTS, sources=SOURCES, glossary=GLOSSARY)


def test_evidence_that_does_not_match_its_source_is_refused() -> None:
    wrong = replace(cite(MISUSE), start=0, end=len(MISUSE))

    assert problems(
        Sentence(text="x", cites=(wrong,)),
        lang="en",
        items=ITEMS,
        facts=FACTS,
        sources=SOURCES,
        glossary=GLOSSARY,
    )
    assert problems(
        Sentence(text="x", cites=()), lang="en", items=ITEMS, facts=FACTS, sources=SOURCES, glossary=GLOSSARY
    )


def test_the_gate_drops_a_false_sentence_and_says_why() -> None:
    inputs = STORIES["measures"]
    brief = write(inputs, "en", now=NOW)
    false = replace(brief.sentences[0], text=brief.sentences[0].text.replace("20 November", "2 November"))
    gated = gate(
        replace(brief, sentences=(false, *brief.sentences[1:])),
        items={i.id: i for i in inputs.items}, facts=inputs.facts, sources=SOURCES, glossary=GLOSSARY,
    )  # fmt: skip

    assert len(gated.sentences) == len(brief.sentences) - 1
    assert "date not in the cited text: 2 November 2026" in gated.dropped[0]


def test_an_introduction_goes_with_its_quotation() -> None:
    inputs = STORIES["charge"]
    brief = write(inputs, "zh", now=NOW)
    broken = tuple(replace(s, text="not there") if s.quoted else s for s in brief.sentences)
    gated = gate(
        replace(brief, sentences=broken),
        items={i.id: i for i in inputs.items},
        facts=inputs.facts,
        sources=SOURCES,
        glossary=GLOSSARY,
    )

    assert not any(s.text.endswith("：") for s in gated.sentences)


def test_languages_that_state_different_values_do_not_agree() -> None:
    inputs = STORIES["measures"]
    en, zh = write(inputs, "en", now=NOW), write(inputs, "zh", now=NOW)
    other = replace(
        zh,
        sentences=tuple(
            replace(s, text=s.text.replace("2027年3月1日", "2027年5月1日")) for s in zh.sentences
        ),
    )

    assert agree(en, zh) == ()
    assert [reason.split(":")[0] for reason in agree(en, other)] == ["days"]


@given(st.integers(min_value=1, max_value=10**15), st.sampled_from(["CNY", "USD", "HKD", "GBP", "EUR"]))
def test_money_reads_back_what_was_written_in_both_languages(amount: int, currency: str) -> None:
    value = Money(currency, Decimal(amount).normalize())

    assert money_in(money(value, "en")) == (value,)
    assert money_in(money(value, "zh")) == (value,)


@given(st.text(max_size=300))
def test_any_text_can_be_read_for_values(text: str) -> None:
    assert read(text) == read(text)


WORDS = {
    **MODALS, **DIRECTIONS, **{f"{name} hint": words for name, words in HINTS.items()}, "except": EXCEPT, "not": NEGATION,
}  # fmt: skip
_TEXTS = [
    *(cell for row in csv.DictReader((files("dibao.summarizer") / "evals" / "clauses.csv").read_text("utf-8").splitlines()) for cell in (row["zh"], row["en"])),
    "无需备案，但不得转让，除另有规定外应当登记；可以延期。", "The ban was lifted; rates rose, costs fell and no fee is due.",
    "未成年人不适用。责令改正，没有资格。期限缩短，条件放宽，标准收紧。", "You can't, mustn't and needn't; entitled to, obliged to, except where exempt.",
]  # fmt: skip


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_no_match_lacks_a_sign_that_is_looked_for_first(words: Words) -> None:
    found = [text for text in map(str.lower, _TEXTS) if words.pattern.search(text)]

    assert found
    assert [text for text in found if not words.within(text)] == []


def test_a_number_in_words_agrees_with_the_number() -> None:
    inputs = STORIES["measures"]
    en, zh = write(inputs, "en", now=NOW), write(inputs, "zh", now=NOW)
    cites = zh.sentences[0].cites
    en = replace(
        en,
        sentences=(Sentence(text="The PBC issued announcement No. 9222 of 2026.", cites=cites),),
        impact=(),
    )
    zh = replace(
        zh,
        sentences=(Sentence(text="中国人民银行发布公开市场业务交易公告 [2026]第9222号。", cites=cites),),
        impact=(),
    )

    assert agree(en, zh) == ()
    assert agree(en, replace(zh, sentences=(replace(zh.sentences[0], text="发布公告 [2026]第9223号。"),)))


def test_a_code_beside_chinese_characters_is_the_same_code() -> None:
    assert (
        read("发布政策声明PS26/91：支付").documents
        == read("a policy statement (PS26/91)").documents
        != frozenset()
    )
