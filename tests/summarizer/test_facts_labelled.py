"""What persons labelled is read: floors for every kind of fact; `dibao eval facts -v` shows differences."""

from __future__ import annotations

import pytest

from dibao.crawler.source import load
from dibao.facts_quality import TARGETS, Tally, labelled, measure, shared_tallies

DOCUMENTS = list(labelled())


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return measure(DOCUMENTS, {id: spec.source for id, spec in load().items()})


def test_there_are_enough_documents_of_both_languages() -> None:
    chinese = sum(document.item.lang.startswith("zh") for document in DOCUMENTS)

    assert len(DOCUMENTS) >= 150
    assert chinese >= 70
    assert len(DOCUMENTS) - chinese >= 70


@pytest.mark.parametrize("kind", TARGETS)
def test_no_kind_falls_below_its_target(tallies: dict[str, Tally], kind: str) -> None:
    precision, recall = TARGETS[kind]

    assert tallies[kind].precision >= precision, tallies[kind].examples
    assert tallies[kind].recall >= recall, tallies[kind].examples


@pytest.mark.parametrize(
    "kind",
    ["date_signed", "date_effective", "date_deadline", "date_expiry", "date_compliance", "date_hearing"],
)
def test_no_date_is_silently_wrong(tallies: dict[str, Tally], kind: str) -> None:
    assert tallies[kind].wrong == 0, tallies[kind].examples


def test_every_piece_of_evidence_stands_where_it_says(tallies: dict[str, Tally]) -> None:
    assert (tallies["evidence"].wrong, tallies["evidence"].missed) == (0, 0)


@pytest.mark.shared
def test_documents_that_nobody_here_wrote(shared: object) -> None:
    found = shared_tallies({id: spec.source for id, spec in load().items()})

    assert all(tally.precision >= 0.98 for tally in found.values()), found
    assert all(tally.recall >= 0.95 for tally in found.values()), found
