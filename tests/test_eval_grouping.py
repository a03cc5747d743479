"""Figures of `dibao eval grouping` are what they are called; no fold learns from what it is judged on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.eval_grouping import judged, linked, quality
from dibao.eval_news import titled
from dibao.eval_pairs import Cell, Sample, fit, folds


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


def fitted(name: str, said: list[float]) -> tuple[tuple[float, float], ...]:
    """Return the curve of one comparison that rises from 0 to 1 over the answers given."""
    size = len(said)
    found = [{name: n / (size - 1)} for n in range(size)]
    given = Sample(found=found, said=np.array(said), counts=np.ones(size))
    made = fit(given, [name], {"all": Cell(share=np.ones(size), stiff=1.0)}, levels={"all": ["all"]})
    return made["all"].curves.get(name, ())


def test_what_is_alike_gets_no_points_against_one_event_though_the_sample_says_so() -> None:
    assert fitted("cos_lead", [1.0] * 20 + [0.0] * 20) == ()
    assert fitted("cos_lead", [0.0] * 20 + [1.0] * 20)[-1][1] > 1


def test_what_differs_gets_no_points_for_one_event_though_the_sample_says_so() -> None:
    assert fitted("numbers_differ", [0.0] * 20 + [1.0] * 20) == ()
    assert fitted("numbers_differ", [1.0] * 20 + [0.0] * 20)[-1][1] < -1


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=4, max_size=40))
def test_no_sample_makes_a_curve_fall(said: list[float]) -> None:
    points = [y for _, y in fitted("cos_lead", said)]

    assert points == sorted(points)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 3)), min_size=1, max_size=30))
def test_folds_that_agree_are_judged_as_one(entries: list[tuple[str, int]]) -> None:
    truth, found = [event for event, _ in entries], [group for _, group in entries]
    parts = [(frozenset(events), found) for events in ("a", "bc", "d") if set(events) & set(truth)]

    assert judged(truth, parts) == pytest.approx(quality(truth, found))


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        pytest.param("Bank fined\nThe regulator said", "Bank fined", "The regulator said", id="line break"),
        pytest.param("word " * 99, ("word " * 18).strip(), "word " * 99, id="English without one"),
        pytest.param("罚" * 400, "罚" * 30, "罚" * 400, id="Chinese without one"),
    ],
)  # fmt: skip
def test_a_text_that_lost_its_line_break_begins_with_its_title(text: str, title: str, rest: str) -> None:
    assert titled(text) == (title, rest)


def test_linked_groups_are_what_a_threshold_joins_where_it_may() -> None:
    close = np.array([[1, 0.9, 0], [0.9, 1, 0.8], [0, 0.8, 1]])
    allowed = np.array([[True, True, True], [True, True, False], [True, False, True]])

    found = linked(close, 0.7, allowed)

    assert found[0] == found[1] != found[2]
