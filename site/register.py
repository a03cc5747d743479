"""The model register and the figures of the gate, as their pages print them. Pure.

In: what is registered, and the briefs of an edition, which say who wrote them and what was withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dibao.store import REFUSALS, Brief, Lang, StoryView, refusals, refused

from . import clean, naming, words
from .info import RegisteredModel, SiteInfo


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model in one language. ``fields``: (name, value), in the order of the register."""

    name: str
    registered: bool
    fields: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    measured: str


@dataclass(frozen=True, slots=True)
class GateFigures:
    """What the grounding check let through and what not, over the briefs of an edition in both languages."""

    published: int
    withheld: int
    reasons: tuple[tuple[str, int], ...]
    """(reason, sentences), the most frequent first."""


def gate_figures(views: Iterable[StoryView], lang: Lang) -> GateFigures:
    """Count the sentences of the present briefs, and those that were withheld by their first reasons."""
    briefs = tuple(brief for view in views for brief in view.briefs.values())
    counts = refused(briefs)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], list(REFUSALS).index(pair[0])))
    return GateFigures(
        published=sum(map(_sentences, briefs)),
        withheld=sum(counts.values()),
        reasons=tuple((REFUSALS[kind].name(lang), n) for kind, n in ordered),
    )


def model_rows(site: SiteInfo, views: Sequence[StoryView], lang: Lang) -> tuple[ModelRow, ...]:
    """Return the register; a writer of this edition that is not in it stands last, and is called so."""
    briefs = [brief for view in views for brief in view.briefs.values()]
    known = {model.writer for model in site.models}
    strange = sorted({brief.writer for brief in briefs} - known)
    return (
        *(_row(model, briefs, lang) for model in site.models),
        *(
            ModelRow(
                clean.line(writer.removeprefix("model:"), 80), False, _usage(writer, briefs, lang), (), ""
            )
            for writer in strange
        ),
    )


def _row(model: RegisteredModel, briefs: Sequence[Brief], lang: Lang) -> ModelRow:
    provider = model.provider_zh if lang == "zh" else model.provider_en
    unset = words.word(lang, "models.unset")
    fields = (
        ("version", clean.line(model.version, 120)),
        ("provider", clean.line(provider, 120) or unset),
        ("kind", words.word(lang, "models.generative" if model.generative else "models.program")),
        ("purpose", words.word(lang, f"models.for_{model.purpose}")),
        ("filing", clean.line(model.filing, 80) or words.word(lang, "models.no_filing")),
        ("admitted", words.day_text(model.admitted, lang) if model.admitted else unset),
    )
    return ModelRow(
        name=clean.line(model.name_zh if lang == "zh" else model.name_en, 80),
        registered=True,
        fields=(
            *((words.word(lang, f"models.{key}"), value) for key, value in fields),
            *(_usage(model.writer, briefs, lang) if model.writer else ()),
        ),
        figures=tuple((zh if lang == "zh" else naming.capital(en), value) for en, zh, value in model.figures),
        measured=words.day_text(model.measured, lang) if model.measured else "",
    )


def _usage(writer: str, briefs: Iterable[Brief], lang: Lang) -> tuple[tuple[str, str], ...]:
    """What the briefs of this edition say of a writer. What a model wrote and the gate refused stands in the
    brief that took its place."""
    own = [brief for brief in briefs if brief.writer == writer]
    by_model = "model" if writer.startswith("model:") else ""
    withheld = sum(
        bool(refusal.text) and (refusal.by == "model") is bool(by_model)
        for brief in (briefs if by_model else own)
        for refusal in refusals(brief.dropped)
    )
    return (
        (words.word(lang, "models.briefs"), str(len(own))),
        (words.word(lang, "models.sentences"), str(sum(map(_sentences, own)))),
        (words.word(lang, "models.withheld"), str(withheld)),
    )


def _sentences(brief: Brief) -> int:
    return len(brief.sentences) + len(brief.impact)
