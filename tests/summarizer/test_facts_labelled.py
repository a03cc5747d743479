"""What persons labelled is read: floors for every kind of fact; `dibao eval facts -v` shows differences."""

# ruff: noqa: E501 — a table of floors reads best in few lines
from __future__ import annotations

import pytest

from dibao.crawler.source import load
from dibao.facts_quality import TARGETS, Tally, labelled, measure, shared_tallies
from dibao.store import family

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


BLIND = {
    "learn": {
        "amount": (0.99, 0.99), "date_compliance": (0.99, 0.99), "date_deadline": (0.99, 0.99), "date_effective": (0.99, 0.99),
        "date_expiry": (0.99, 0.99), "date_hearing": (0.99, 0.99), "date_signed": (0.99, 0.99), "document_number": (0.99, 0.99),
        "document_type": (0.99, 0.99), "entity_bound": (0.99, 0.99), "issuer": (0.99, 0.97), "obligation": (0.99, 0.97),
        "penalty": (0.99, 0.99), "redaction": (0.99, 0.99), "relations": (0.99, 0.95), "stage": (0.99, 0.99), "topic": (0.93, 0.93),
    },
    "held": {
        "amount": (0.91, 0.91), "date_compliance": (0.99, 0.59), "date_deadline": (0.99, 0.88), "date_effective": (0.99, 0.92),
        "date_expiry": (0.99, 0.99), "date_signed": (0.99, 0.88), "document_number": (0.96, 0.78), "document_type": (0.97, 0.94),
        "entity_bound": (0.83, 0.9), "issuer": (0.97, 0.97), "obligation": (0.99, 0.91), "penalty": (0.74, 0.49),
        "redaction": (0.99, 0.88), "relations": (0.94, 0.73), "stage": (0.99, 0.97), "topic": (0.79, 0.79),
    },
    "check": {
        "amount": (0.99, 0.94), "date_compliance": (0.99, 0.79), "date_deadline": (0.99, 0.86),
        "date_effective": (0.99, 0.99), "date_expiry": (0.99, 0.99), "date_signed": (0.99, 0.92),
        "document_number": (0.99, 0.93), "document_type": (0.99, 0.99), "entity_bound": (0.89, 0.82),
        "issuer": (0.99, 0.94), "legal_level": (0.99, 0.99), "obligation": (0.96, 0.99),
        "penalty": (0.65, 0.6), "relations": (0.99, 0.93), "stage": (0.99, 0.99), "topic": (0.83, 0.99),
    },
}  # fmt: skip
"""Least precision and recall on the set written blind, a little below what was measured on 2026-11-22."""


@pytest.mark.parametrize("half", BLIND)
def test_no_kind_of_the_blind_set_falls_below_what_was_measured(half: str) -> None:
    found = measure(labelled(half), {id: spec.source for id, spec in load().items()})
    # Totals only: single misses of the held half are not for reading.
    low = {
        kind: (round(found[kind].precision, 3), round(found[kind].recall, 3))
        for kind, (precision, recall) in BLIND[half].items()
        if found[kind].precision < precision or found[kind].recall < recall
    }

    assert not low
    assert found["evidence"].wrong == 0


LEARNT_EN = {"entity_bound": (0.99, 0.83), "issuer": (0.99, 0.96), "topic": (0.77, 0.99)}
"""Where the second English set is not read in full."""


@pytest.mark.parametrize("lang, documents, floors", [("zh", 32, {}), ("en", 28, LEARNT_EN)])
def test_the_second_blind_set_stays_as_it_was_learnt(
    lang: str, documents: int, floors: dict[str, tuple[float, float]]
) -> None:
    chosen = [document for document in labelled("learn-2") if family(document.item.lang) == lang]
    found = measure(chosen, {id: spec.source for id, spec in load().items()})
    low = {
        kind: tally.examples
        for kind, tally in found.items()
        if tally.precision < floors.get(kind, (0.99, 0.99))[0]
        or tally.recall < floors.get(kind, (0.99, 0.99))[1]
    }

    assert len(chosen) == documents
    assert not low


@pytest.mark.shared
def test_documents_that_nobody_here_wrote(shared: object) -> None:
    found = shared_tallies({id: spec.source for id, spec in load().items()})

    assert all(tally.precision >= 0.98 for tally in found.values()), found
    assert all(tally.recall >= 0.95 for tally in found.values()), found
