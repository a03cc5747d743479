"""The model register of an installation: what has a part in its pages, by the settings.

The figures of what ships with the program were measured with its own commands, on the day named with them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dibao import __version__

from .config import Config

if TYPE_CHECKING:
    from dibao.site.info import RegisteredModel

_OURS = "Dibao (this program)", "邸报（本程序）"
_MEASURED = date(2026, 11, 22)

_WRITER_FIGURES = (
    ("planted errors caught, of 2,562", "植入错误检出率（共2,562处）", "99.8%"),
    ("true sentences wrongly withheld, of 892", "正确语句误拦率（共892句）", "0.4%"),
)
"""`dibao eval briefs` on the database of `dibao demo`."""
_VECTOR_FIGURES = (
    ("NTREX documents, Chinese to English, first hit right", "NTREX 篇章中英互检首位正确率", "1.000"),
    (
        "FLORES-200 sentences, Chinese to English, first hit right",
        "FLORES-200 句子中英互检首位正确率",
        "0.990",
    ),
    ("SemEval-2022 Chinese-English, AUC", "SemEval-2022 中英相似度 AUC", "0.945"),
)
"""`python bench/eval_model.py`; all of them are in summarizer/model/README.md."""


def models(config: Config) -> tuple[RegisteredModel, ...]:
    """Return the register: the embedded writer, the model of the settings if there is one, the vectors."""
    from dibao.site.info import RegisteredModel
    from dibao.summarizer.writers.known import WRITER_VERSION

    en, zh = _OURS
    found = [
        RegisteredModel(
            name_en="Embedded writer", name_zh="内置撰写程序", writer="embedded",
            version=f"{WRITER_VERSION}, Dibao {__version__}",
            provider_en=en, provider_zh=zh, purpose="writer", admitted=_MEASURED,
            figures=_WRITER_FIGURES, measured=_MEASURED,
        )
    ]  # fmt: skip
    if config.writer.kind != "embedded":
        found.append(_configured(config))
    own = not config.embedding.model
    found.append(
        RegisteredModel(
            name_en="Embedded bilingual vectors" if own else config.embedding.model,
            name_zh="内置双语向量模型" if own else config.embedding.model,
            version=f"Dibao {__version__}" if own else config.embedding.model,
            provider_en=en if own else "",
            provider_zh=zh if own else "",
            purpose="vectors",
            admitted=_MEASURED if own else None,
            figures=_VECTOR_FIGURES if own else (),
            measured=_MEASURED if own else None,
        )
    )
    return tuple(found)


def _configured(config: Config) -> RegisteredModel:
    """The generative model of the settings, under the name that its briefs carry."""
    from dibao.site.info import RegisteredModel
    from dibao.summarizer.writers.making import model_name
    from dibao.summarizer.writers.prompting import PROMPT_VERSION

    writer = config.writer
    name = model_name(kind=writer.kind, model=writer.model, base_url=writer.base_url, dtype=writer.dtype)
    return RegisteredModel(
        name_en=writer.model, name_zh=writer.model, writer=f"model:{name}",
        version=f"{name}, prompt {PROMPT_VERSION}",
        provider_en=writer.provider, provider_zh=writer.provider, purpose="writer", generative=True,
        filing=writer.filing, admitted=date.fromisoformat(writer.admitted) if writer.admitted else None,
    )  # fmt: skip
