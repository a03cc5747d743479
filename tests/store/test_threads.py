"""Stories that law ties together become one thread; those that only cite the same law do not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from dibao.store import Thread
from dibao.store.threads import Link, connect

DAY = date(2026, 3, 1)


def threads(facts: dict[int, list[tuple[str, str]]], asked: Iterable[int] | None = None) -> dict[int, Thread]:
    """Connect stories given as {id: [(kind, value)]}; the day follows the id."""
    links = [
        Link(id, DAY.replace(day=id), kind, value, True) for id, said in facts.items() for kind, value in said
    ]
    return connect(
        asked or facts,
        links_of=lambda ids: [link for link in links if link.story_id in set(ids)],
        links_to=lambda values: [link for link in links if link.value in set(values)],
    )


LIFE = {
    1: [("instrument", "《甲办法》"), ("consults", "《甲办法》"), ("stage", "draft")],
    2: [("instrument", "《甲办法》"), ("extends", "《甲办法》"), ("stage", "draft")],
    3: [("instrument", "《甲办法》"), ("document_number", "银发〔2026〕9号"), ("stage", "final")],
    4: [("interprets", "《甲办法》"), ("stage", "none")],
    5: [("corrects", "银发〔2026〕9号"), ("document_number", "银发〔2026〕10号"), ("stage", "final")],
    6: [("instrument", "《乙办法》"), ("implements", "《甲法》"), ("stage", "final")],
    7: [("instrument", "《丙办法》"), ("implements", "《甲法》"), ("repeals", "银发〔2010〕1号")],
}


def test_the_life_of_an_instrument_is_one_thread_from_any_of_its_stories() -> None:
    found = threads(LIFE)

    assert [(s.story_id, s.stage) for s in found[1].steps] == [
        (1, "draft"), (2, "draft"), (3, "final"), (4, "none"), (5, "final"),
    ]  # fmt: skip
    assert found[1] == found[3] == found[5]
    assert ("corrects", 5, 3) in {(tie.kind, tie.story_id, tie.target) for tie in found[1].ties}


def test_asking_for_one_story_finds_the_same_thread() -> None:
    assert threads(LIFE, [5])[5] == threads(LIFE)[1]


def test_a_law_that_two_documents_implement_does_not_tie_them() -> None:
    found = threads(LIFE)

    assert [step.story_id for step in found[6].steps] == [6]
    assert [step.story_id for step in found[7].steps] == [7]


def test_a_relation_to_a_document_that_we_lack_stays_open() -> None:
    [tie] = threads(LIFE)[7].open

    assert (tie.kind, tie.value, tie.target) == ("repeals", "银发〔2010〕1号", None)


def test_a_title_that_many_stories_own_ties_none() -> None:
    crowd = {id: [("instrument", "《关于人事任免的通知》")] for id in range(1, 12)}
    crowd[12] = [("interprets", "《关于人事任免的通知》")]

    assert len(threads(crowd)[12].steps) == 1


def test_a_draft_and_the_final_text_of_one_title_are_one_thread_without_a_number() -> None:
    found = threads(
        {
            1: [("instrument", "FCA: safeguarding wallet"), ("stage", "draft")],
            2: [("instrument", "FCA: safeguarding wallet"), ("stage", "final")],
            3: [("instrument", "PRA: safeguarding wallet"), ("stage", "final")],
        },
        [2],
    )

    assert [(s.story_id, s.stage) for s in found[2].steps] == [(1, "draft"), (2, "final")]


def test_two_final_texts_of_one_title_are_two_lines() -> None:
    found = threads({id: [("instrument", "FCA: fee levy"), ("stage", "final")] for id in (1, 2)})

    assert [len(found[id].steps) for id in (1, 2)] == [1, 1]


def test_a_line_goes_on_through_a_story_that_ties_both_ends() -> None:
    found = threads(
        {
            1: [("instrument", "RIN 3235-AN12"), ("stage", "draft")],
            2: [("instrument", "RIN 3235-AN12"), ("document_number", "Release No. 33-1"), ("stage", "final")],
            3: [("corrects", "Release No. 33-1"), ("stage", "none")],
        },
        [3],
    )

    assert [step.story_id for step in found[3].steps] == [1, 2, 3]


@pytest.mark.parametrize("asked", [[99], []], ids=["unknown", "none"])
def test_a_story_without_facts_has_no_thread(asked: list[int]) -> None:
    assert threads({1: []}, asked) == {}
