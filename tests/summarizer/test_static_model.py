"""The embedded model: what a text is cut into, that files and vectors hold together, floors of quality."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.store import ModelError
from dibao.summarizer import static_model as static

FOLD = static.folding("監會", "监会")
MODEL = static.load_static()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("证监会", ["证", "监", "会", "证监", "监会"], id="characters-and-pairs"),
        pytest.param("證監會", ["證", "监", "会", "證监", "监会"], id="traditional-folded-as-told"),
        pytest.param("SEC fines Bank", ["sec", "fines", "bank"], id="words-in-small-letters"),
        pytest.param("US and U.S. ask us", ["u.s", "and", "u.s", "ask", "us"], id="names-in-capitals"),
        pytest.param("5.25万亿元", ["#5.25e+12", "元"], id="chinese-trillion"),
        pytest.param("5.25 trillion", ["#5.25e+12"], id="english-trillion"),
        pytest.param("1,200,000", ["#1.2e+06"], id="grouped-digits"),
        pytest.param("３．５％", ["#3.5%"], id="full-width"),
        pytest.param("3.5 percent", ["#3.5%"], id="percent-in-words"),
        pytest.param("11月3日", ["#11月", "#3", "日"], id="month-and-day"),
        pytest.param("192.168.1.1", ["#192.168.1.1"], id="no-number-stands-as-it-is"),
        pytest.param("…—！", [], id="only-marks"),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_text_is_cut_into_units(text: str, found: list[str]) -> None:
    assert static.units(text, FOLD)[0] == found


def test_words_in_capitals_are_marked() -> None:
    assert static.units("The 银行 fined Acme", FOLD) == (["the", "银", "行", "银行", "fined", "acme"], [0, 5])


def test_no_more_than_the_limit_is_read() -> None:
    text = "银" * (static.MAX_CHARS + 5)

    assert len(static.units(text, FOLD)[0]) == 2 * static.MAX_CHARS - 1


@given(st.text())
def test_any_text_has_a_vector_of_length_one_or_zero(text: str) -> None:
    [vector] = MODEL([text])
    length = float(np.linalg.norm(vector))

    assert vector.dtype == np.float32
    assert length == pytest.approx(1.0, abs=1e-4) or (length == 0 and not static.units(text, MODEL.fold)[0])


@given(st.lists(st.text(alphabet="监管bank 1,.万", max_size=30), max_size=5))
def test_a_vector_does_not_depend_on_the_texts_beside_it(texts: list[str]) -> None:
    together = MODEL(texts)

    assert together.shape == (len(texts), MODEL.dim)
    for text, vector in zip(texts, together, strict=True):
        assert (MODEL([text])[0] == vector).all()


@given(st.integers(1, 5), st.integers(1, 8))
def test_packed_rows_come_back(count: int, half: int) -> None:
    rows = np.random.default_rng(count * 31 + half).integers(-8, 8, (count, half * 2)).astype(np.int8)

    assert (static.unpack(static.pack(rows)) == rows).all()


def test_a_strange_word_has_the_row_of_its_stem_or_a_bucket_of_its_sort() -> None:
    vocabulary = static.Vocabulary(["银", "银行", "bank", "#5"], buckets=16)

    assert vocabulary["banks"] == vocabulary["bank"] == 2
    assert 4 <= vocabulary["疑云"] < 4 + 16
    assert 4 + 16 <= vocabulary["zzyzx"] < 4 + 32
    assert 4 + 32 <= vocabulary["#77"] < 4 + 48
    assert len(vocabulary) == 4


def test_bucket_rows_never_change() -> None:
    assert static.bucket_rows(2, 64)[:, :8].tolist() == [
        [1, -1, 1, -1, -1, -1, -1, 1],
        [1, -1, -1, -1, -1, 1, 1, -1],
    ]


def tiny(folder: Path) -> str:
    rows = np.arange(-8, 8, dtype=np.int8).reshape(2, 8).repeat(8, axis=1)
    config = {
        "dim": 64,
        "buckets": 4,
        "bucket_scales": [0.1, 0.2, 0.2],
        "traditional": "監",
        "simplified": "监",
    }
    scales = np.array([0.5, 0.25], dtype=np.float32)
    return static.save_static(folder, known=["监", "bank"], rows=rows, scales=scales, config=config)


def test_the_same_values_write_the_same_bytes(tmp_path: Path) -> None:
    names = {tiny(tmp_path / "a"), tiny(tmp_path / "b")}

    assert len(names) == 1
    for file in static.FILES:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    name = tiny(tmp_path / "own")
    model = static.load_static(tmp_path / "own")

    assert model.name == name
    assert (model(["監"]) == model(["监"])).all()
    assert not (model(["监"]) == model(["bank"])).all()


@pytest.mark.parametrize("file", static.FILES)
def test_a_missing_or_broken_file_is_one_line(tmp_path: Path, file: str) -> None:
    tiny(tmp_path / "own")
    (tmp_path / "own" / file).write_bytes(b"")

    with pytest.raises(ModelError, match="make model"):
        static.load_static(tmp_path / "own")


def test_files_of_two_models_are_refused(tmp_path: Path) -> None:
    tiny(tmp_path / "own")
    config = json.loads((tmp_path / "own" / "config.json").read_text("utf-8"))
    (tmp_path / "own" / "config.json").write_text(json.dumps({**config, "dim": 32}), "utf-8")

    with pytest.raises(ModelError, match="different models"):
        static.load_static(tmp_path / "own")


def test_the_shipped_files_stay_under_16_mb() -> None:
    assert sum((static.FOLDER / name).stat().st_size for name in static.FILES) < 16_000_000


def test_encoding_imports_no_torch() -> None:
    code = (
        "import sys; from dibao.summarizer.static_model import load_static; load_static()(['央行降息']);"
        "sys.exit(bool({'torch', 'transformers', 'scipy'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


PAIRS = [
    ("证监会对某券商作出行政处罚", "Securities regulator imposes an administrative penalty on a broker"),
    ("央行下调存款准备金率0.5个百分点", "Central bank cuts reserve ratio by 0.5 percentage points"),
    ("网信办就数据出境安全评估办法征求意见", "Comment sought on rules for cross-border data transfers"),
    ("金管局提醒公众提防虚假银行网站", "HKMA warns the public about fraudulent bank websites"),
    ("欧盟就反垄断对科技公司罚款12亿欧元", "EU fines technology company 1.2 billion euros in antitrust case"),
]


def test_a_headline_finds_its_translation() -> None:
    scores = MODEL([zh for zh, _ in PAIRS]) @ MODEL([en for _, en in PAIRS]).T

    assert scores.argmax(axis=1).tolist() == list(range(len(PAIRS)))


def test_a_traditional_headline_is_near_its_simplified_form() -> None:
    simplified, traditional = MODEL(["证监会发布信息披露新规", "證監會發佈信息披露新規"])

    assert simplified @ traditional > 0.9


@pytest.mark.shared
def test_whole_translated_articles_are_found(shared: Path) -> None:
    documents: dict[str, list[dict[str, str]]] = {}
    for line in (shared / "data/ntrex128/en_zh.jsonl").read_text("utf-8").splitlines():
        documents.setdefault((row := json.loads(line))["doc_id"], []).append(row)
    chinese = MODEL(["".join(row["zh_cn"] for row in rows) for rows in documents.values()])
    english = MODEL([" ".join(row["en"] for row in rows) for rows in documents.values()])

    assert ((chinese @ english.T).argmax(axis=1) == np.arange(len(documents))).mean() >= 0.99


@pytest.mark.slow
def test_sentence_transformers_gives_the_same_vectors_and_saves_them(tmp_path: Path) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    texts = [text for pair in PAIRS for text in pair]
    made = static.as_sentence_transformer()
    made.save_pretrained(str(tmp_path / "saved"))
    loaded = sentence_transformers.SentenceTransformer(
        str(tmp_path / "saved"), trust_remote_code=True, device="cpu"
    )

    assert made.get_embedding_dimension() == MODEL.dim
    np.testing.assert_allclose(made.encode(texts), MODEL(texts), atol=1e-6)
    np.testing.assert_allclose(loaded.encode(texts), MODEL(texts), atol=1e-6)
