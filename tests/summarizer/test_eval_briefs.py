# ruff: noqa: E501  # one case, one line: a table reads better whole
"""The gate holds its floors on planted errors, and no modality of the project's clauses is ever turned round."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import groupby
from typing import get_args

import pytest

from dibao.crawler.source import load
from dibao.facts_quality import labelled
from dibao.store import Evidence, Lang, Sentence
from dibao.summarizer.evals.alone import alone
from dibao.summarizer.evals.briefs import Report, clause_inputs, evaluate
from dibao.summarizer.evals.planting import KINDS, plant
from dibao.summarizer.values import read
from dibao.summarizer.writers.model import faults

from .stories import GLOSSARY, STORIES

CLAUSES = list(
    csv.DictReader((files("dibao.summarizer") / "evals" / "clauses.csv").read_text("utf-8").splitlines())
)

# Share of planted errors that must be caught; raised silently, lowered only with a reason.
FLOORS = {
    "number": 0.99, "money": 0.99, "unit x10": 0.99, "rate": 0.99, "date": 0.99, "deadline": 0.97,
    "document number": 0.99, "body": 0.97, "direction": 0.95, "negation": 0.95, "modality": 0.95,
    "language": 0.97, "stage": 0.95, "currency": 0.95, "scale word": 0.99, "digits": 0.95, "article": 0.99,
    "exception": 0.95, "span": 0.95,
}  # fmt: skip
MOST_FALSE_ALARMS = 0.02


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(STORIES.values())


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items(), ids=FLOORS)
def test_planted_errors_are_caught(report: Report, kind: str, floor: float) -> None:
    assert report.kinds[kind].share >= floor, [miss for miss in report.missed if miss[0] == kind]


def test_true_sentences_pass(report: Report) -> None:
    assert report.true >= 400
    assert report.false_alarm_share <= MOST_FALSE_ALARMS, report.refused


def test_hundreds_of_errors_of_every_kind_are_planted(report: Report) -> None:
    assert report.planted >= 900  # over the demo's stories more than two thousand
    assert set(report.kinds) == set(KINDS)


def test_the_floors_hold_on_documents_that_the_gate_was_not_tuned_on() -> None:
    """Every third labelled document of the facts: none was looked at when the gate was written."""
    sources = {id: spec.source for id, spec in load().items()}
    docs = list(labelled())[::3]
    found = evaluate((alone(doc.item, sources[doc.source_id], GLOSSARY) for doc in docs), with_clauses=False)

    assert found.planted >= 1000
    assert found.false_alarm_share <= MOST_FALSE_ALARMS, found.refused
    for kind, count in found.kinds.items():
        assert count.planted - count.caught <= max(1, (1 - FLOORS[kind]) * count.planted), found.missed


def test_there_are_two_hundred_clauses_and_each_is_read_alike_in_both_languages() -> None:
    assert len({row["id"] for row in CLAUSES}) == 200
    for row in CLAUSES:
        assert read(row["zh"]).modals == read(row["en"]).modals == {row["modality"]}, row


@pytest.mark.parametrize("lang", get_args(Lang))
def test_no_modality_is_turned_round(lang: Lang) -> None:
    """Every clause rests on its own counterpart, and on none of another modality."""
    other: Lang = "zh" if lang == "en" else "en"
    turned = 0
    for _, rows in groupby(
        sorted(CLAUSES, key=lambda row: row["id"].rpartition("-")[2]),
        lambda row: row["id"].rpartition("-")[2],
    ):
        group = list(rows)
        for source in group:
            inputs = clause_inputs(source[other], "zh-Hans" if other == "zh" else "en", GLOSSARY)
            cite = Evidence(
                item_id=inputs.items[0].id, field="text", start=0, end=len(source[other]), quote=source[other]
            )
            for said in group:
                found = faults(Sentence(text=said[lang], cites=(cite,)), inputs, lang)
                if said is source:
                    assert not found, (said[lang], found)
                elif not any("modality" in reason for reason in found):
                    turned += 1

    assert turned == 0


def test_a_planted_error_differs_from_the_truth() -> None:
    text = "On 3 May 2026 the PBC issued a notice (银发〔2026〕9号): banks must pay RMB 5 million within 30 days."
    planted = dict(plant(text, "en", glossary=GLOSSARY, seed=1))

    assert {"date", "document number", "money", "unit x10", "number", "body", "modality", "negation"} <= set(
        planted
    )
    assert text not in planted.values()
