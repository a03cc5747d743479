"""Texts → unit vectors: the embedded bilingual model, or any sentence-transformers model by name or path.

The embedded one is itself a sentence-transformers model (``static_model.as_sentence_transformer``); as it is
a table of rows, numpy alone encodes with it. torch is imported only where another model is loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from dibao.store import Item

from .loading import loading
from .static_model import load_static

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Embedder(Protocol):
    """Texts → float32 array of shape (texts, dimensions), each row of length one (zero for empty text)."""

    @property
    def name(self) -> str:
        """Fingerprint: two embedders of one name give the same vectors."""
        ...

    def __call__(self, texts: Sequence[str], /) -> NDArray[np.float32]: ...


LEAD = 400
"""Characters of an item's text that are embedded with its title."""


def embed_text(item: Item) -> str:
    """Return what of an item is embedded: title and lead."""
    return f"{item.title}\n{(item.text or item.summary)[:LEAD]}"


def load_embedder(model: str = "", *, device: str = "cpu", prompt: str = "") -> Embedder:
    """Return the embedded model, or with ``model`` a folder or a hub name.

    ``prompt`` is put before each text, as models such as E5 want it. Raises ModelError when the model
    cannot be loaded.
    """
    return _Loaded(model, device=device, prompt=prompt) if model else load_static()


class _Loaded:
    """Any other model: loaded at once, so that a wrong setting stops the run before it starts."""

    def __init__(self, model: str, *, device: str, prompt: str) -> None:
        local = Path(model).expanduser()
        self._prompt = prompt
        self._model = _load(model, local, device=device)
        held = _digest(*_file_marks(local)) if local.is_dir() else "hub"
        self._name = f"{local.name if local.is_dir() else model}-{held}-{_digest(prompt)}"

    @property
    def name(self) -> str:
        return self._name

    def __call__(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, int(self._model.get_embedding_dimension())), dtype=np.float32)
        return _encode(self._model, [self._prompt + text for text in texts])


def _load(model: str, local: Path, *, device: str) -> Any:
    with loading(_("embedding model"), model):
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(local) if local.is_dir() else model, device=device)


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
