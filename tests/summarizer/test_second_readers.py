# ruff: noqa: E501  # one case, one line: a table reads better whole
"""Translators and the entailment model, by setting: what they may add or take away, and what not. Models are built here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dibao.store import Brief, Lang, ModelError, Sentence
from dibao.summarizer.terminology import NAMES, rendered
from dibao.summarizer.writers.entailment import Judged, LocalJudge
from dibao.summarizer.writers.known import StoryInput
from dibao.summarizer.writers.making import Writing, make_writer
from dibao.summarizer.writers.translation import LocalTranslator, Translating
from dibao.summarizer.writers.writer import EmbeddedWriter, Pair

from .stories import GLOSSARY, NOW, STORIES, fact, item, story
from .test_model_writers import Memory, _tokenizer

TITLE = "国家金融监督管理总局关于境内上市公司外籍员工参与股权激励的通知"
NOTICE = item("7" * 16, "cn-nfra", TITLE, "银行保险机构应当在30日内报送外籍员工名册，不得迟报。\n")
FACTS = (
    fact(NOTICE, "issuer", "NFRA", "国家金融监督管理总局", "title"),
    fact(NOTICE, "document_type", "notice", "通知", "title"),
)
STORY = story([NOTICE], FACTS, id=71)
GOOD = "National Financial Regulatory Administration notice on foreign employees of domestic listed companies in equity incentives"
SENTENCE = "Banking and insurance institutions must submit the register of foreign employees within 30 days and must not be late."


class Says:
    """Translates by a list."""

    name = "by-heart"

    def __init__(self, told: dict[str, str]) -> None:
        self.told = told
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str], /) -> list[str]:
        self.asked += texts
        return [self.told.get(text, "") for text in texts]


def written(translator: Says, inputs: StoryInput = STORY, *, ledger: Memory | None = None) -> Pair:
    writer = Translating(EmbeddedWriter(), {"en": translator}, ledger or Memory())
    [pair] = writer.write([inputs], now=NOW)
    return pair


def english(told: dict[str, str]) -> Brief:
    return written(Says(told))[0]


def test_a_headline_that_grammar_cannot_tell_is_translated_and_labelled_as_a_models() -> None:
    brief = english({TITLE: GOOD})

    assert brief.headline == GOOD
    assert brief.generative and brief.writer == "model:by-heart"


def test_a_quotation_gets_its_translation_beside_it() -> None:
    brief = english({NOTICE.text.strip(): SENTENCE})
    [at] = [n for n, s in enumerate(brief.sentences) if s.text == f"In English: {SENTENCE}"]

    assert brief.sentences[at - 1].quoted and brief.sentences[at - 1].text == NOTICE.text.strip()
    assert brief.sentences[at].cites == brief.sentences[at - 1].cites


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(SENTENCE.replace("30", "60"), "length of time", id="another-number"),
        pytest.param(SENTENCE.replace("must not", "may"), "modality", id="another-modality"),
        pytest.param(SENTENCE + " See https://evil.example/", "link", id="a-link"),
        pytest.param("银行应当报送。", "language", id="another-language"),
        pytest.param("", "empty", id="nothing"),
    ],
)
def test_a_translation_that_says_something_else_is_not_shown(text: str, reason: str) -> None:
    brief = english({NOTICE.text.strip(): text})

    assert not any(s.text.startswith("In English") for s in brief.sentences)
    assert not text or any(reason in line for line in brief.dropped)


def test_a_body_without_its_official_name_is_not_shown() -> None:
    brief = english(
        {TITLE: GOOD.replace("National Financial Regulatory Administration", "State Money Office")}
    )

    assert brief.headline != GOOD
    assert any("not by its official name: 国家金融监督管理总局" in line for line in brief.dropped)


def test_what_grammar_tells_is_not_translated() -> None:
    told = Says({})
    written(told, STORIES["draft"])

    assert STORIES["draft"].items[0].title not in told.asked


def test_the_same_text_is_translated_once() -> None:
    told, ledger = Says({TITLE: GOOD}), Memory()
    written(told, ledger=ledger)
    asked = len(told.asked)
    again = written(told, ledger=ledger)

    assert len(told.asked) == asked > 0
    assert again[0].headline == GOOD


def test_the_other_language_stays_as_it_is() -> None:
    [(_, plain)] = EmbeddedWriter().write([STORY], now=NOW)
    zh = written(Says({TITLE: GOOD}))[1]

    assert (zh.headline, zh.sentences, zh.writer) == (plain.headline, plain.sentences, "embedded")


@pytest.mark.parametrize(
    ("source", "lang", "told", "right"),
    [
        pytest.param(
            "中国人民银行公告", "zh", "Announcement of the People's Bank of China", True, id="zh-name"
        ),
        pytest.param("中国人民银行公告", "zh", "PBC announcement", True, id="zh-acronym"),
        pytest.param("中国人民银行公告", "zh", "Announcement of the central bank", False, id="zh-paraphrase"),
        pytest.param("The Bank of England acts", "en", "英格兰银行行动", True, id="en-name"),
        pytest.param("The Bank of England acts", "en", "英国的银行行动", False, id="en-paraphrase"),
    ],
)
def test_official_names_are_known_in_both_directions(source: str, lang: Lang, told: str, right: bool) -> None:
    found = rendered(source, lang, told, GLOSSARY, kinds=NAMES)

    assert found and all(answer == right for _, answer in found)


# -- models built here: tiny and untrained ---------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["t5", "marian"])
def seq2seq(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import MarianConfig, MarianMTModel, T5Config, T5ForConditionalGeneration

    torch.manual_seed(7)
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "t5":
        model: Any = T5ForConditionalGeneration(
            T5Config(
                vocab_size=98, d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2, decoder_start_token_id=97,
                pad_token_id=97, eos_token_id=96,
            )
        )  # fmt: skip
    else:
        model = MarianMTModel(
            MarianConfig(
                vocab_size=98, d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
                decoder_attention_heads=2, encoder_ffn_dim=32, decoder_ffn_dim=32, max_position_embeddings=512,
                decoder_start_token_id=97, pad_token_id=97, eos_token_id=96, forced_eos_token_id=96,
            )
        )  # fmt: skip
    model.save_pretrained(folder)
    _tokenizer().save_pretrained(folder)
    return folder


def test_a_folder_with_a_seq2seq_model_translates_always_alike(seq2seq: Path) -> None:
    translate = LocalTranslator(str(seq2seq), batch=2, max_tokens=8)
    texts = ["one", "two words", "three words here"]

    assert translate(texts) == translate(texts)
    assert len(translate(texts)) == 3


def test_what_an_untrained_translator_babbles_is_not_shown(seq2seq: Path) -> None:
    writer = make_writer(Writing(to_english=str(seq2seq), to_chinese=str(seq2seq)), Memory())
    [(en, zh)] = writer.write([STORY], now=NOW)
    [(plain_en, plain_zh)] = EmbeddedWriter().write([STORY], now=NOW)

    assert (en.sentences, zh.sentences) == (plain_en.sentences, plain_zh.sentences)
    assert (en.headline, zh.headline) == (plain_en.headline, plain_zh.headline)
    assert not en.generative and not zh.generative


def _classifier(folder: Path, labels: list[str], *, sure_of: int) -> Path:
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(7)
    names = dict(enumerate(labels))
    model = BertForSequenceClassification(
        BertConfig(
            vocab_size=98, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
            max_position_embeddings=512, id2label=names, label2id={label: at for at, label in names.items()},
        )
    )  # fmt: skip
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.tensor([9.0 if at == sure_of else 0.0 for at in names]))
    model.save_pretrained(folder)
    _tokenizer().save_pretrained(folder)
    return folder


NLI = ["CONTRADICTION", "NEUTRAL", "ENTAILMENT"]


def test_a_sentence_that_the_model_takes_for_a_contradiction_is_dropped(tmp_path: Path) -> None:
    folder = _classifier(tmp_path, NLI, sure_of=0)
    writer = make_writer(Writing(entailment=str(folder)), Memory())
    [(en, _)] = writer.write([STORIES["measures"]], now=NOW)

    assert all(s.quoted or s.text.endswith(":") for s in en.sentences)
    assert any("finds a contradiction: 1.00" in line for line in en.dropped)
    assert folder.name in writer.version


def test_a_model_that_finds_none_changes_nothing(tmp_path: Path) -> None:
    folder = _classifier(tmp_path, NLI, sure_of=2)
    [(en, zh)] = make_writer(Writing(entailment=str(folder)), Memory()).write([STORIES["measures"]], now=NOW)
    [(plain_en, plain_zh)] = EmbeddedWriter().write([STORIES["measures"]], now=NOW)

    assert (en.sentences, en.impact) == (plain_en.sentences, plain_en.impact)
    assert (zh.sentences, zh.impact) == (plain_zh.sentences, plain_zh.impact)


class Agrees:
    """A judge that finds everything true."""

    name = "agrees"

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, pairs: Sequence[tuple[str, str]], /) -> list[float]:
        self.read += [text for _, text in pairs]
        return [0.0] * len(pairs)


def test_it_never_brings_back_what_the_gate_refused() -> None:
    """The gate comes first: a false value is not even shown to it."""
    false = Sentence(text="The fine is RMB 7 million.", cites=())

    class Gated(EmbeddedWriter):
        def write(self, stories: Sequence[StoryInput], *, now: Any) -> Any:
            for en, zh in super().write(stories, now=now):
                yield replace(en, dropped=(*en.dropped, f"{false.text} [amount not in the cited text]")), zh

    judge = Agrees()
    [(en, _)] = Judged(Gated(), judge).write([STORIES["measures"]], now=NOW)

    assert judge.read and false.text not in judge.read
    assert false.text not in [s.text for s in en.sentences]
    assert any(false.text in line for line in en.dropped)


def test_a_model_without_a_label_for_contradiction_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no label for contradiction"):
        LocalJudge(str(_classifier(tmp_path, ["good", "bad"], sure_of=0)))


@pytest.mark.parametrize("setting", ["entailment", "to_english", "to_chinese"])
def test_a_model_that_is_not_there_stops_the_run_with_one_line(tmp_path: Path, setting: str) -> None:
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        make_writer(Writing(**{setting: str(tmp_path)}), Memory())

    assert "\n" not in str(caught.value)


def test_both_are_off_by_default() -> None:
    assert isinstance(make_writer(Writing(), Memory()), EmbeddedWriter)
