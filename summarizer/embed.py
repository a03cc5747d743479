"""Texts → unit vectors, through sentence-transformers: an embedded bilingual model without learned weights,
or any other model by name or path. torch is imported only where a model is built."""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from dibao.store import Item, ModelError

from . import terms
from .glossary import Glossary, load_glossary

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIM = 1024
"""Dimensions of the embedded model. 1,024 keeps two strange terms apart 999 times of 1,000; 4 kB a text."""

BRIDGE_SHARE = 2.0
"""A language-free term counts double: it is all that an English and a Chinese text can share."""

VERSION = 1
"""Raised whenever the same text would give other bytes; part of the fingerprint."""


class Embedder(Protocol):
    """Texts → float32 array of shape (texts, dimensions), each row of length one (zero for empty text)."""

    name: str
    """Fingerprint: two embedders of one name give the same vectors."""

    def __call__(self, texts: Sequence[str], /) -> NDArray[np.float32]: ...


LEAD = 400
"""Characters of an item's text that are embedded with its title."""


def embed_text(item: Item) -> str:
    """Return what of an item is embedded: title and lead."""
    return f"{item.title}\n{(item.text or item.summary)[:LEAD]}"


def weighted_terms(text: str, glossary: Glossary) -> dict[str, float]:
    """Return what the embedded model sees of a text: its words, and doubly what has no language."""
    short = terms.plain(text)
    found = dict(terms.words(short))
    for term, weight in terms.bridge(short, glossary).items():
        found[term] = weight * BRIDGE_SHARE
    return found


def hashed(weighted: dict[str, float], *, dim: int = DIM) -> NDArray[np.float32]:
    """Return the sum of the terms' directions, not normalised: each term has two places and a sign in each.

    Digests are BLAKE2b, never ``hash()``: the same under any PYTHONHASHSEED. Terms are added in sorted
    order, so that the same terms give the same bytes.
    """
    out = np.zeros(dim, dtype=np.float64)
    for term in sorted(weighted):
        first, second = struct.unpack("<II", hashlib.blake2b(term.encode(), digest_size=8).digest())
        for place in (first, second):
            out[(place >> 1) % dim] += weighted[term] if place & 1 else -weighted[term]
    return out.astype(np.float32)


def sentence_transformer(
    model: str = "", *, glossary: Glossary | None = None, device: str = "cpu", prompt: str = ""
) -> Embedder:
    """Return an embedder on sentence-transformers.

    ``model`` empty: the embedded one (``glossary``: its concepts; by default the project's own). Else
    a folder or a hub name; ``prompt`` is put before each text, as models such as E5 want it.
    Raises ModelError when the model cannot be loaded.
    """
    if model:
        return _Loaded(model, device=device, prompt=prompt)
    return _Embedded(glossary or load_glossary())


class _Embedded:
    """The embedded model. Built at the first text, so that a run with nothing new loads no torch."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._model: Any = None
        self.name = f"dibao-concept-hash-{VERSION}-{DIM}-{_digest(*sorted(map(repr, glossary.entries)))}"

    def __call__(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, DIM), dtype=np.float32)
        if self._model is None:
            self._model = _concept_hash(lambda text: hashed(weighted_terms(text, self._glossary)))
        return _encode(self._model, texts)


def _concept_hash(vector: Callable[[str], NDArray[np.float32]]) -> Any:
    """Return a SentenceTransformer of our own module and Normalize.

    It is built here and never loaded from a folder: sentence-transformers 6 loads a strange module class
    only with trust_remote_code.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import InputModule, Normalize

    class ConceptHash(InputModule):
        def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
            rows = [vector((prompt or "") + str(text)) for text in inputs]
            return {"vectors": torch.from_numpy(np.stack(rows))}

        def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
            features["sentence_embedding"] = features["vectors"]
            return features

        def get_embedding_dimension(self) -> int:
            return DIM

        def save(self, output_path: str, *_: Any, **__: Any) -> None:
            raise ModelError("the embedded model is made in code; there is nothing to save")

    return SentenceTransformer(
        modules=[ConceptHash(), Normalize()],  # type: ignore[no-untyped-call]
        device="cpu",
    )


class _Loaded:
    """Any other model: loaded at once, so that a wrong setting stops the run before it starts."""

    def __init__(self, model: str, *, device: str, prompt: str) -> None:
        local = Path(model).expanduser()
        self._prompt = prompt
        self._model = _load(model, local, device=device)
        held = _digest(*_file_marks(local)) if local.is_dir() else "hub"
        self.name = f"{local.name if local.is_dir() else model}-{held}-{_digest(prompt)}"

    def __call__(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, int(self._model.get_embedding_dimension())), dtype=np.float32)
        return _encode(self._model, [self._prompt + text for text in texts])


def _load(model: str, local: Path, *, device: str) -> Any:
    # Without this a hub name takes 70 s of retries to fail where there is no network (dependencies.md D).
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(str(local) if local.is_dir() else model, device=device)
    except Exception as error:  # the library raises a dozen kinds, some of them bare
        cause = " ".join(str(error).split())[:160]
        raise ModelError(
            f"embedding model {model!r} cannot be loaded ({type(error).__name__}: {cause}); "
            "give a folder with a sentence-transformers model, or set HF_HUB_OFFLINE=0 to fetch it"
        ) from error


def _encode(model: Any, texts: Sequence[str]) -> NDArray[np.float32]:
    out = model.encode(list(texts), convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False)
    return np.ascontiguousarray(out, dtype=np.float32)


def _file_marks(folder: Path) -> Iterable[str]:
    """Yield name, size and content digest of each small file, name and size of each big one, sorted."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        size = path.stat().st_size
        held = hashlib.blake2b(path.read_bytes()).hexdigest() if size < 64_000_000 else ""
        yield f"{path.relative_to(folder).as_posix()} {size} {held}"


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=4).hexdigest()
