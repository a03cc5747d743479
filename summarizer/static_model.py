"""Texts in either language → unit vectors, by a table of learned rows that ships with the package.

A text's vector is the sum of the rows of its words, numbers, Chinese characters and pairs of characters, what
comes first counting most, set to length one; a row's own length is the weight of its unit. Only numpy is
needed; torch is imported only to hand the same model to sentence-transformers. ``model/README.md`` says what
the rows were learned from and what they are good for.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from dibao.store import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "model"
"""Where the shipped model is."""

CONFIG, VOCABULARY, ROWS = FILES = ("config.json", "vocabulary.txt.gz", "rows.npz")

VERSION = 1
"""Raised whenever the same rows would give a text another vector; part of the fingerprint."""

MAX_CHARS = 20_000
"""No more of one text is ever read."""

LATIN_UNITS, HAN_UNITS = 14.5, 44.0
"""Units of a sentence, the mean over jiyu_zh_en. So a text and its translation fade alike."""

LEAD_SENTENCES = 2.0
"""After so many sentences a unit counts half: news says first what it is about. SemEval English pairs:
AUC 0.85 without, 0.87 with 12, 0.88 with 5, 0.89 with 2 (2026-11, rows of that day)."""

NAME = 1.4
"""Times that a word in capitals counts, most of them names. English pairs of SemEval: AUC 0.895 with 1, 0.908
with 1.5; news clusters: F1 0.84 and 0.875; sentences found by their translation: 0.941 and 0.936."""

_PIECE = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]+"
    r"|(?:[A-Za-z]\.){2,8}"
    r"|[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f]{0,39}"
    r"|[0-9]{1,18}(?:[.,][0-9]{1,9}){0,6}(?:\s?(?:万亿|十亿|百万|亿|万|千|月|%"
    r"|(?:trillion|billion|million|thousand|tn|bn|mn|percent|per cent)\b))?"
)
_NUMBER = re.compile(r"([0-9.,]+)\s?(.*)", re.DOTALL)
_SCALE = {
    "万亿": 1e12, "trillion": 1e12, "tn": 1e12, "十亿": 1e9, "billion": 1e9, "bn": 1e9, "亿": 1e8,
    "百万": 1e6, "million": 1e6, "mn": 1e6, "万": 1e4, "千": 1e3, "thousand": 1e3,
}  # fmt: skip
_MARK = {"%": "%", "percent": "%", "per cent": "%", "月": "月"}
_DOTTED = {"US": "u.s", "UK": "u.k", "EU": "e.u", "UN": "u.n", "WHO": "w.h.o"}
"""In capitals these are names, in small letters some are common words: one form for "US" and "U.S."."""

_ENDINGS = ("ies", "ing", "ed", "es", "ly", "s", "er", "al")
_WIDE = {**{0xFF01 + at: 0x21 + at for at in range(94)}, 0x3000: 0x20}
"""Full-width forms, to ASCII. NFKC does this too, at the cost of a tenth of all encoding."""


def folding(traditional: str, simplified: str) -> dict[int, int]:
    """Return a map for ``str.translate``: full-width to ASCII, Traditional to Simplified."""
    return {**_WIDE, **str.maketrans(traditional, simplified)}


def units(text: str, fold: Mapping[int, int]) -> tuple[list[str], list[int]]:
    """Return what a text is made of, and the places of its words in capitals.

    Units are Chinese characters and pairs of them, lower-case words, ``#`` numbers. Numbers are written by
    value: 5.25万亿 and "5.25 trillion" are one unit. The time is linear in the length of the text.
    """
    short = text[:MAX_CHARS]
    found: list[str] = []
    capitals: list[int] = []
    for piece in _PIECE.findall(short if short.isascii() else short.translate(fold)):
        first = piece[0]
        if first > "\u33ff":
            found += piece
            found += map(add, piece, piece[1:])
        elif first <= "9":
            found.append(_number(piece))
        else:
            if first <= "Z":
                capitals.append(len(found))
            found.append(_DOTTED.get(piece) or piece.lower().rstrip("."))
    return found, capitals


def _number(piece: str) -> str:
    """Return a number by its value: ``#5.25e+12``, ``#3.5%``, ``#3月``; what is no number, as it stands."""
    if piece.isdigit() and len(piece) < 7:
        return f"#{int(piece)}"
    raw, unit = _NUMBER.fullmatch(piece).groups()  # type: ignore[union-attr]  # _PIECE made it
    try:
        value = float(raw.replace(",", "")) * _SCALE.get(unit, 1.0)
    except ValueError:
        return f"#{raw}"
    return f"#{value:.6g}{_MARK.get(unit, '')}"


def stems(word: str) -> Iterator[str]:
    """Yield shorter forms of an English word, the likeliest first.

    >>> list(stems("underwriters"))
    ['underwriter', 'underwrit', 'underwrite']
    """
    for _turn in range(2):
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
        if not ending:
            return
        word = word[: -len(ending)]
        if ending == "ies":
            yield word + "y"
            return
        yield word
        if ending in ("ing", "ed", "es", "er"):
            yield word + "e"


class Vocabulary(dict[str, int]):
    """Unit → row. A strange word has the row of its stem, any other strange unit that of a bucket.

    Buckets follow the known rows, ``buckets`` for each sort: Chinese, words, numbers.
    """

    def __init__(self, known: Sequence[str], *, buckets: int) -> None:
        super().__init__(zip(known, range(len(known)), strict=True))
        self.known = len(known)
        self.buckets = buckets

    def __missing__(self, unit: str) -> int:
        first = unit[0]
        if first > "\u33ff":
            return self.known + (ord(first) * 31_337 + ord(unit[-1])) % self.buckets
        sort = 2 if first == "#" else 1
        if sort == 1:
            for stem in stems(unit):
                if stem in self:
                    return self[stem]
        return self.known + sort * self.buckets + crc32(unit.encode()) % self.buckets

    def steps(self) -> NDArray[np.float32]:
        """Return how far a unit of each row carries on in its text, in sentences."""
        han = np.array([*(unit[0] > "\u33ff" for unit in self), *[True] * self.buckets], dtype=bool)
        latin = np.zeros(2 * self.buckets, dtype=bool)
        return np.where(np.concatenate((han, latin)), 1 / HAN_UNITS, 1 / LATIN_UNITS).astype(np.float32)


def bucket_rows(count: int, dim: int) -> NDArray[np.int8]:
    """Return fixed random rows of +1 and −1: the raw bits of Philox, the same in every version of numpy."""
    raw = np.random.Philox(key=7836).random_raw(count * dim // 64).astype("<u8")
    return (np.unpackbits(raw.view(np.uint8)).reshape(count, dim).astype(np.int8) * 2) - 1


def weigh_places(steps: NDArray[np.float32], capitals: Sequence[int]) -> NDArray[np.float32]:
    """Return the weight of each unit of a text by its place: 1 at the start, half after LEAD_SENTENCES."""
    weights = np.float32(1) / (1 + np.cumsum(steps, dtype=np.float32) / np.float32(LEAD_SENTENCES))
    if capitals:
        weights[capitals] *= np.float32(NAME)
    return weights


@dataclass(frozen=True, eq=False)
class StaticModel:
    """The rows: that of unit ``u`` is ``rows[i] * scales[i]`` with ``i = vocabulary[u]``."""

    name: str
    """Fingerprint: two models of one name give the same vectors."""
    folder: Path
    vocabulary: Vocabulary
    rows: NDArray[np.int8]
    scales: NDArray[np.float32]
    steps: NDArray[np.float32]
    fold: Mapping[int, int]

    @property
    def dim(self) -> int:
        """Dimensions of a vector."""
        return int(self.rows.shape[1])

    def __call__(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Return float32 vectors (texts, dim), each of length one; zero for a text without any unit.

        The vector of a text does not depend on the texts beside it.
        """
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        for vector, text in zip(out, texts, strict=True):
            found, capitals = units(text, self.fold)
            ids = np.fromiter(map(self.vocabulary.__getitem__, found), dtype=np.int64, count=len(found))
            weights = self.scales.take(ids) * weigh_places(self.steps.take(ids), capitals)
            for at in range(0, len(ids), _BLOCK):
                block = self.rows.take(ids[at : at + _BLOCK], axis=0).astype(np.float32)
                vector += weights[at : at + _BLOCK] @ block
        lengths = np.sqrt(np.einsum("ij,ij->i", out, out))
        out /= np.where(lengths > 0, lengths, np.float32(1))[:, None]
        return out


_BLOCK = 512
"""Rows that are added at once: 512 stay in a core's cache, all of a long article do not."""


@cache
def load_static(folder: Path = FOLDER) -> StaticModel:
    """Read a model's three files; read once for a process. Raises ModelError when they do not fit."""
    try:
        config = json.loads((folder / CONFIG).read_text("utf-8"))
        known = gzip.decompress((folder / VOCABULARY).read_bytes()).decode("utf-8").split("\n")
        with np.load(folder / ROWS, allow_pickle=False) as held:
            packed, known_scales = held["packed"], held["scales"]
        buckets, dim = int(config["buckets"]), int(config["dim"])
        fold = folding(config["traditional"], config["simplified"])
        bucket_scales = np.repeat(np.array(config["bucket_scales"], dtype=np.float32), buckets)
        name = model_name(str(config["digest"]))
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            _("static model {folder}: cannot be read ({error}); run `make model`").format(
                folder=folder, error=error
            )
        ) from error
    if packed.shape != (len(known), dim // 2) or len(known_scales) != len(known):
        raise ModelError(
            _("static model {folder}: its files are of different models; run `make model`").format(
                folder=folder
            )
        )
    vocabulary = Vocabulary(known, buckets=buckets)
    return StaticModel(
        name=name,
        folder=folder,
        vocabulary=vocabulary,
        rows=np.concatenate((unpack(packed), bucket_rows(3 * buckets, dim))),
        scales=np.concatenate((known_scales.astype(np.float32), bucket_scales)),
        steps=vocabulary.steps(),
        fold=fold,
    )


def pack(rows: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Return rows of −8…7 as bytes, two values a byte: (n, dim) → (n, dim / 2)."""
    nibbles = (rows + 8).astype(np.uint8)
    return np.asarray(nibbles[:, 0::2] * 16 + nibbles[:, 1::2], dtype=np.uint8)


def unpack(packed: NDArray[np.uint8]) -> NDArray[np.int8]:
    """Return what ``pack`` packed."""
    rows = np.empty((packed.shape[0], packed.shape[1] * 2), dtype=np.int8)
    rows[:, 0::2] = (packed >> 4).astype(np.int8) - 8
    rows[:, 1::2] = (packed & 15).astype(np.int8) - 8
    return rows


def save_static(
    folder: Path,
    *,
    known: Sequence[str],
    rows: NDArray[np.int8],
    scales: NDArray[np.float32],
    config: Mapping[str, Any],
) -> str:
    """Write a model's three files, the same bytes for the same values, and return its name."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = "\n".join(known).encode()
    packed, halves = pack(rows), scales.astype(np.float16)
    rest = json.dumps(dict(config), ensure_ascii=False, sort_keys=True).encode()
    digest = hashlib.blake2b(digest_size=4)
    for part in (vocabulary, packed.tobytes(), halves.tobytes(), rest):
        digest.update(part)
    (folder / VOCABULARY).write_bytes(gzip.compress(vocabulary, mtime=0))
    np.savez(folder / ROWS, packed=packed, scales=halves)
    held = {"digest": digest.hexdigest(), **config}
    text = json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / CONFIG).write_text(text + "\n", "utf-8")
    return model_name(digest.hexdigest())


def model_name(digest: str) -> str:
    """Return the fingerprint of the rows with this digest, as this code reads them."""
    return f"dibao-static-{VERSION}-{digest}"


def as_sentence_transformer(folder: Path = FOLDER) -> Any:
    """Return the model as a SentenceTransformer, which gives the same vectors; imports torch.

    Its ``save_pretrained(path)`` writes a folder that ``SentenceTransformer(path, trust_remote_code=True)``
    reads where this package is installed: the library loads no foreign module class without that word.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize

    module = _module_class()(load_static(folder))
    return SentenceTransformer(modules=[module, Normalize()], device="cpu")


@cache
def _module_class() -> Any:
    """Return the module that sentence-transformers runs; made here, so that only its users import torch."""
    import torch
    from sentence_transformers.sentence_transformer.modules import InputModule

    class StaticBilingual(InputModule):
        def __init__(self, model: StaticModel) -> None:
            super().__init__()  # type: ignore[no-untyped-call]  # the library's own
            self.model = model

        def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
            texts = [(prompt or "") + str(text) for text in inputs]
            return {"vectors": torch.from_numpy(self.model(texts))}

        def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
            features["sentence_embedding"] = features["vectors"]
            return features

        def get_embedding_dimension(self) -> int:
            return self.model.dim

        def save(self, output_path: str, *_: Any, **__: Any) -> None:
            for name in FILES:
                shutil.copyfile(self.model.folder / name, Path(output_path) / name)

        @classmethod
        def load(cls, model_name_or_path: str, subfolder: str = "", *_: Any, **__: Any) -> StaticBilingual:
            return cls(load_static(Path(model_name_or_path) / subfolder))

    # sentence-transformers writes and looks the class up by these two.
    StaticBilingual.__module__, StaticBilingual.__qualname__ = __name__, "StaticBilingual"
    return StaticBilingual


def __getattr__(name: str) -> Any:
    """Make ``StaticBilingual`` importable by name, as a saved folder asks, without torch until then."""
    if name == "StaticBilingual":
        return _module_class()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
