"""Figures of `dibao eval grouping` are what they are called; no fold learns from what it is judged on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.eval_grouping import linked, quality
from dibao.eval_pairs import fit, folds


@pytest.mark.parametrize(
    ("truth", "found", "pairwise", "bcubed"),
    [
        pytest.param("aabb", "xxyy", 1.0, 1.0, id="the same groups by other names"),
        pytest.param("aabb", "xxxx", 2 * 2 / (2 + 6), 2 * 0.5 / 1.5, id="all in one"),
        pytest.param("aabb", "wxyz", 0.0, 2 * 0.5 / 1.5, id="each alone"),
        pytest.param("aaab", "xxyy", 2 * 1 / (3 + 2), 2 * 0.75 * (4 / 6) / (0.75 + 4 / 6), id="one torn off"),
    ],
)
def test_quality_of_groups(truth: str, found: str, pairwise: float, bcubed: float) -> None:
    assert quality(truth, found) == (pytest.approx(pairwise), pytest.approx(bcubed))


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=60), st.integers(2, 6))
def test_each_pair_is_in_one_fold_and_a_block_is_never_torn(blocks: list[str], count: int) -> None:
    made = folds(blocks, count)

    assert sorted(n for fold in made for n in fold) == list(range(len(blocks)))
    for block in set(blocks):
        assert sum(any(blocks[n] == block for n in fold) for fold in made) == 1


def test_what_is_alike_gets_no_weight_against_one_event_though_the_sample_says_so() -> None:
    rows = [{"cos_lead": n / 10, "numbers_differ": float(n % 2), "length": 1.0} for n in range(10)]

    made = fit(rows, [n < 5 for n in range(10)], [1.0] * 10, by_length=(), rules={})

    assert made.weights.get("cos_lead", 0.0) == 0.0


def test_linked_groups_are_what_a_threshold_joins_where_it_may() -> None:
    close = np.array([[1, 0.9, 0], [0.9, 1, 0.8], [0, 0.8, 1]])
    allowed = np.array([[True, True, True], [True, True, False], [True, False, True]])

    found = linked(close, 0.7, allowed)

    assert found[0] == found[1] != found[2]
