"""Settings → the writer of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dibao.store import Lang, Level

from .model import Budget, Generator, Ledger, ModelWriter
from .writer import EmbeddedWriter, Writer

if TYPE_CHECKING:
    from .translation import Translator


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Who writes the briefs, and within which bounds; the same fields as ``[writer]`` of the settings."""

    kind: Literal["embedded", "local", "endpoint"] = "embedded"
    model: str = ""
    base_url: str = ""
    device: str = "cpu"
    dtype: str = "auto"
    batch: int = 4
    timeout: float = 60.0
    retries: int = 3
    concurrency: int = 4
    max_tokens: int = 900
    tokens_per_run: int = 0
    tokens_per_day: int = 0
    levels: tuple[Level, ...] = ("critical", "significant", "notable")
    price_in: float = 0.0
    price_out: float = 0.0
    """Of a million tokens, in and out; 0: not known, and no cost is kept."""
    currency: str = "CNY"
    to_english: str = ""
    to_chinese: str = ""
    entailment: str = ""


EMBEDDED = Writing()


def make_writer(writing: Writing, ledger: Ledger) -> Writer:
    """Return the writer. Raises ModelError or ConfigError when its model cannot be used."""
    writer = _writer(writing, ledger)
    if translators := _translators(writing):
        from .translation import Translating

        writer = Translating(writer, translators, ledger)
    if writing.entailment:
        from .entailment import Judged, LocalJudge

        writer = Judged(writer, LocalJudge(writing.entailment, device=writing.device))
    return writer


def _translators(writing: Writing) -> dict[Lang, Translator]:
    models: dict[Lang, str] = {"en": writing.to_english, "zh": writing.to_chinese}
    if not any(models.values()):
        return {}
    from .translation import LocalTranslator

    return {lang: LocalTranslator(model, device=writing.device) for lang, model in models.items() if model}


def _writer(writing: Writing, ledger: Ledger) -> Writer:
    if writing.kind == "embedded":
        return EmbeddedWriter()
    budget = Budget(per_run=writing.tokens_per_run, per_day=writing.tokens_per_day)
    return ModelWriter(_generator(writing), ledger, budget=budget, levels=writing.levels)


def model_name(*, kind: str, model: str, base_url: str, dtype: str) -> str:
    """Return the name that briefs of a configured model carry; nothing is loaded for it."""
    if kind == "local":
        from .local import local_name

        return local_name(model, dtype)
    from .endpoint import endpoint_name

    return endpoint_name(model, base_url)


def _generator(writing: Writing) -> Generator:
    if writing.kind == "local":
        from .local import LocalModel

        return LocalModel(
            writing.model, device=writing.device, dtype=writing.dtype, batch=writing.batch,
            max_tokens=writing.max_tokens,
        )  # fmt: skip
    from .endpoint import Endpoint

    return Endpoint(
        writing.model, base_url=writing.base_url, timeout=writing.timeout, retries=writing.retries,
        concurrency=writing.concurrency, max_tokens=writing.max_tokens,
    )  # fmt: skip
