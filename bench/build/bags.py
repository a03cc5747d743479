"""Texts as bags of rows, for training the embedded model: ids, weights, vectors, and the loss of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from dibao.summarizer import static_model as static

Cut = list[tuple[list[str], list[int]]]
"""Units and places of capitals of each text."""


@dataclass(frozen=True)
class Texts:
    """Rows of the units of each text, and the weight of each by its place."""

    ids: list[np.ndarray]
    weights: list[np.ndarray]

    @classmethod
    def of(cls, cut: Cut, vocabulary: static.Vocabulary, steps: np.ndarray) -> Texts:
        ids = [np.array([vocabulary[unit] for unit in units] or [0], dtype=np.int64) for units, _ in cut]
        weights = [static.weigh_places(steps[i], capitals) for i, (_, capitals) in zip(ids, cut, strict=True)]
        return cls(ids, [w if len(w) else np.ones(1, dtype=np.float32) for w in weights])

    def batch(self, places: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        ids = [self.ids[at] for at in places]
        starts = np.concatenate(([0], np.cumsum([len(i) for i in ids])[:-1]))
        weights = np.concatenate([self.weights[at] for at in places])
        return torch.from_numpy(np.concatenate(ids)), torch.from_numpy(starts), torch.from_numpy(weights)


def bags(rows: torch.Tensor, ids: torch.Tensor, starts: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    held = functional.embedding_bag(ids, rows, starts, mode="sum", per_sample_weights=weights)
    return functional.normalize(held, dim=1, eps=1e-6)


def torn(weights: torch.Tensor, share: float) -> torch.Tensor:
    return weights * (torch.rand(len(weights)) >= share)


def both_ways(scores: torch.Tensor) -> torch.Tensor:
    """Return the loss of choosing each row's and each column's own among all of the batch."""
    own = torch.arange(len(scores))
    return (functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own)) / 2
