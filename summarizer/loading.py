"""Loading models of transformers and sentence-transformers: from a folder, or from the hub where allowed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _

from dibao.store import ModelError


@contextmanager
def loading(what: str, model: str) -> Iterator[None]:
    """Load inside of this, import of the library included: what it raises becomes one line with what to do.

    ``what``: the kind of model, in the caller's language. Without network a hub name would take 70 seconds
    of retries to fail, so the hub is asked only where the caller's environment says so.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        yield
    except Exception as error:  # the libraries raise a dozen kinds, some of them bare
        cause = " ".join(str(error).split())[:160]
        raise ModelError(
            _(
                "{what} {model!r} cannot be loaded ({error}); give a folder with such a model, or set"
                " HF_HUB_OFFLINE=0 to fetch it"
            ).format(what=what, model=model, error=f"{type(error).__name__}: {cause}")
        ) from error
