"""Texts become the same unit vectors everywhere, and alike texts of two languages come near each other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dibao.store import ModelError
from dibao.summarizer.embed import Embedder, load_embedder
from dibao.summarizer.static_model import load_static

ZH = "国家金融监督管理总局发布银行业人工智能指导意见，罚款5.25万亿元"
EN = (
    "NFRA issues guiding opinions on artificial intelligence in the banking sector; fine of RMB 5.25 trillion"
)


@pytest.fixture(scope="module")
def embed() -> Embedder:
    return load_embedder()


def test_rows_are_float32_of_length_one(embed: Embedder) -> None:
    rows = embed([ZH, EN, "weather"])

    assert (rows.shape, rows.dtype) == ((3, load_static().dim), np.dtype("float32"))
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1])


def test_empty_input_and_empty_text_are_no_error(embed: Embedder) -> None:
    assert embed([]).shape == (0, load_static().dim)
    assert not embed([""]).any()


def test_one_event_in_two_languages_is_nearer_than_two_events_in_one(embed: Embedder) -> None:
    zh, en, other = embed([ZH, EN, "中国证监会就基金销售费用管理规定征求意见"])

    assert zh @ en > 0.2
    assert zh @ en > 1.4 * (zh @ other)


def test_traditional_and_simplified_give_the_same_vector(embed: Embedder) -> None:
    simplified, traditional = embed(["金融机构数据安全管理规定", "金融機構數據安全管理規定"])

    assert simplified @ traditional == pytest.approx(1.0)


def test_a_batch_gives_what_single_texts_give(embed: Embedder) -> None:
    assert np.array_equal(embed([ZH, EN])[1], embed([EN])[0])


CODE = """
import sys
from dibao.summarizer.embed import load_embedder
sys.stdout.write(load_embedder()([sys.argv[1]]).tobytes().hex())
assert "torch" not in sys.modules
"""


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_text_gives_the_same_bytes_under_any_hash_seed(seed: str) -> None:
    made = subprocess.run(
        [sys.executable, "-c", CODE, ZH + EN],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )

    assert made.stdout == load_embedder()([ZH + EN]).tobytes().hex()


def test_a_model_that_is_not_there_is_one_line_that_says_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"no-such/model.*cannot be loaded.*HF_HUB_OFFLINE=0") as raised:
        load_embedder("no-such/model")

    assert "\n" not in str(raised.value)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a BERT of some thousand weights, as any user's own model folder would be."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words.train_from_iterator([ZH, EN] * 4, trainers.WordPieceTrainer(vocab_size=200, special_tokens=special))
    folder = tmp_path_factory.mktemp("tiny")
    PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(folder)
    BertModel(
        BertConfig(
            vocab_size=words.get_vocab_size(), hidden_size=32, num_hidden_layers=1,
            num_attention_heads=2, intermediate_size=64,
        )
    ).save_pretrained(folder)  # fmt: skip
    return folder


def test_any_model_folder_works_by_the_same_interface(tiny: Path) -> None:
    embed = load_embedder(str(tiny))

    rows = embed([ZH, EN])

    assert rows.shape == (2, 32)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_the_name_tells_models_and_prompts_apart_and_is_stable(tiny: Path, embed: Embedder) -> None:
    plain, again, asked = (load_embedder(str(tiny), prompt=prompt).name for prompt in ("", "", "query: "))

    assert plain == again
    assert len({plain, asked, embed.name}) == 3


def test_a_prompt_is_put_before_each_text(tiny: Path) -> None:
    asked, plain = load_embedder(str(tiny), prompt="NFRA "), load_embedder(str(tiny))

    assert asked(["guiding"]) == pytest.approx(plain(["NFRA guiding"]))
