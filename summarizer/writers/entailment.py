"""A second reader by setting: a model of natural language inference that may take a sentence out, no more.

It reads what the gate has let through; what the gate refused it never sees, so it overrides nothing. What it
takes for a contradiction of the cited words is dropped, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any, Protocol

from dibao.store import Brief, Item, Lang, ModelError, Sentence

from ..agreement import reconcile
from ..loading import loading
from .known import StoryInput
from .writer import Pair, Writer, renamed, signed

SURE = 0.9
"""Probability of a contradiction from which on a sentence is dropped."""


class Judge(Protocol):
    """Says how likely a text contradicts another, 0 to 1, pair by pair."""

    @property
    def name(self) -> str: ...

    def __call__(self, pairs: Sequence[tuple[str, str]], /) -> Sequence[float]:
        """``pairs``: (what the source says, what the brief says)."""


class Judged:
    """A writer whose sentences a judge has read too."""

    def __init__(self, writer: Writer, judge: Judge) -> None:
        self._writer = writer
        self._judge = judge
        self.version = f"{writer.version}+judged:{judge.name}"

    def write(self, stories: Sequence[StoryInput], *, now: datetime) -> Iterator[Pair]:
        for inputs, pair in zip(stories, self._writer.write(stories, now=now), strict=True):
            en, zh = (self._kept(brief, inputs) for brief in pair)
            yield renamed(reconcile(en, zh), signed(inputs, self.version))

    def requests(self, inputs: StoryInput) -> Mapping[Lang, str]:
        return self._writer.requests(inputs)

    def _kept(self, brief: Brief, inputs: StoryInput) -> Brief:
        items = {item.id: item for item in inputs.items}
        told = [
            s for s in (*brief.sentences, *brief.impact) if not s.quoted and not s.text.endswith((":", "："))
        ]
        scores = self._judge([(_premise(s, items), s.text) for s in told]) if told else ()
        wrong = {s: score for s, score in zip(told, scores, strict=True) if score >= SURE}
        if not wrong:
            return brief
        return replace(
            brief,
            sentences=tuple(s for s in brief.sentences if s not in wrong),
            impact=tuple(s for s in brief.impact if s not in wrong),
            dropped=(
                *brief.dropped,
                *(
                    f"{s.text} [{self._judge.name} finds a contradiction: {score:.2f}]"
                    for s, score in wrong.items()
                ),
            ),
        )


def _premise(sentence: Sentence, items: Mapping[str, Item]) -> str:
    """What a sentence cites, with the title of the item, which says what it is about."""
    parts = dict.fromkeys(part for c in sentence.cites for part in (items[c.item_id].title, c.quote))
    return "\n".join(parts)[:4000]


class LocalJudge:
    """A sequence classification model of transformers with a label for contradiction; loaded at once."""

    def __init__(self, model: str, *, device: str = "cpu", batch: int = 16) -> None:
        with loading(_("entailment model"), model):
            from transformers import AutoModelForSequenceClassification, AutoTokenizer

            self._tokenizer: Any = AutoTokenizer.from_pretrained(model)
            self._model: Any = AutoModelForSequenceClassification.from_pretrained(model).to(device).eval()
        labels = {int(at): str(label).lower() for at, label in self._model.config.id2label.items()}
        found = [at for at, label in labels.items() if "contradict" in label]
        if len(found) != 1:
            raise ModelError(
                _(
                    "entailment model {model!r} has no label for contradiction ({labels}); take a model"
                    " trained on natural language inference"
                ).format(model=model, labels=", ".join(sorted(labels.values())))
            )
        self._at = found[0]
        self._device, self._batch = device, max(1, batch)
        self.name = Path(model).name if Path(model).is_dir() else model

    def __call__(self, pairs: Sequence[tuple[str, str]], /) -> list[float]:
        import torch

        scores: list[float] = []
        for start in range(0, len(pairs), self._batch):
            left, right = zip(*pairs[start : start + self._batch], strict=True)
            batch = self._tokenizer(
                list(left), list(right), return_tensors="pt", padding=True, truncation="only_first",
                max_length=self._room(),
            ).to(self._device)  # fmt: skip
            with torch.inference_mode():
                made = self._model(**batch).logits.softmax(-1)
            scores += [float(row[self._at]) for row in made]
        return scores

    def _room(self) -> int:
        return int(getattr(self._model.config, "max_position_embeddings", None) or 512)
