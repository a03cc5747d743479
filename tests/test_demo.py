"""The whole line over the recorded web comes out as a person who read the texts says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dibao import pipeline
from dibao.store import Store, StoryView
from dibao.summarizer.run import summarize

from . import demo

EVENTS: list[dict[str, Any]] = demo.expected()["stories"]


def of(outcome: demo.Outcome, pair: list[str]) -> list[StoryView]:
    """The stories that hold an item, by source and a part of its title."""
    source, title = pair
    return [
        view
        for view in outcome.views
        if any(c.source.id == source and title in c.item.title for c in view.coverage)
    ]


def story(outcome: demo.Outcome, name: str) -> StoryView:
    event = next(event for event in EVENTS if event["event"] == name)
    [view] = of(outcome, event["items"][0])
    return view


def test_every_publication_became_an_item(outcome: demo.Outcome) -> None:
    assert outcome.crawled.new == demo.expected()["items"]


def test_only_what_is_broken_on_purpose_is_reported(outcome: demo.Outcome) -> None:
    undated = {
        problem
        for problem in outcome.crawled.problems
        if "no entry of the list has a readable date" in problem.message
    }
    others = [
        (problem.source_id, problem.url) for problem in outcome.crawled.problems if problem not in undated
    ]

    assert others == [(entry["source"], entry["list"]) for entry in demo.expected()["failing"]]
    assert {problem.source_id for problem in undated} == {"us-fed", "hk-hkma"}


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: str(event["event"]))
def test_the_items_of_one_event_are_one_story_and_no_others(
    outcome: demo.Outcome, event: dict[str, Any]
) -> None:
    stories = {view.story.id: view for pair in event["items"] for view in of(outcome, pair)}
    allowed = [*event["items"], *event.get("may_join", [])]

    assert len(stories) == 1
    [view] = stories.values()
    for c in view.coverage:
        assert any(c.source.id == source and title in c.item.title for source, title in allowed), c.item.title


@pytest.mark.parametrize("pair", demo.expected()["apart"], ids=lambda pair: "-".join(pair))
def test_different_acts_never_share_a_story(outcome: demo.Outcome, pair: list[str]) -> None:
    first, second = (story(outcome, name).story.id for name in pair)

    assert first != second


@pytest.mark.parametrize("thread", demo.expected()["threads"], ids=lambda thread: thread["relation"])
def test_what_follows_in_law_is_one_thread(outcome: demo.Outcome, thread: dict[str, str]) -> None:
    first, second = (story(outcome, thread[end]).story.id for end in ("from", "to"))
    with Store(outcome.settings.path(outcome.settings.database), writable=False) as store:
        found = store.threads([first])[first]

    assert {first, second} <= {step.story_id for step in found.steps}


@pytest.mark.parametrize(
    "event", [event for event in EVENTS if "number" in event], ids=lambda event: str(event["event"])
)
def test_the_number_of_the_document_is_read(outcome: demo.Outcome, event: dict[str, Any]) -> None:
    numbers = {fact.value for fact in story(outcome, event["event"]).facts if fact.kind == "document_number"}

    assert event["number"] in numbers


@pytest.mark.parametrize(
    "event", [event for event in EVENTS if "type" in event], ids=lambda event: str(event["event"])
)
def test_the_type_of_the_document_is_read(outcome: demo.Outcome, event: dict[str, Any]) -> None:
    types = [fact.value for fact in story(outcome, event["event"]).head.facts if fact.kind == "document_type"]

    assert set(types) & set(event["type"])


@pytest.mark.parametrize(
    "event", [event for event in EVENTS if "stage" in event], ids=lambda event: str(event["event"])
)
def test_a_draft_is_never_taken_for_final(outcome: demo.Outcome, event: dict[str, Any]) -> None:
    stages = [fact.value for fact in story(outcome, event["event"]).head.facts if fact.kind == "stage"]

    assert stages == [event["stage"]]


@pytest.mark.parametrize(
    "event", [event for event in EVENTS if "dates" in event], ids=lambda event: str(event["event"])
)
def test_each_date_is_what_it_is_and_no_other(outcome: demo.Outcome, event: dict[str, Any]) -> None:
    facts = story(outcome, event["event"]).head.facts
    read = {
        kind: {fact.value for fact in facts if fact.kind == f"date_{kind}"}
        for kind in ("signed", "published", "effective", "deadline", "expiry")
    }
    told = {kind: str(value) for kind, value in event["dates"].items()}

    assert {kind: values for kind, values in read.items() if values} == {
        kind: {value} for kind, value in told.items()
    }


@pytest.mark.parametrize(
    "event", [event for event in EVENTS if "by_a_copy" in event], ids=lambda event: str(event["event"])
)
def test_what_the_first_link_leaves_out_another_copy_tells(
    outcome: demo.Outcome, event: dict[str, Any]
) -> None:
    told = {(fact.kind, fact.value) for fact in story(outcome, event["event"]).facts}

    assert {(f"date_{kind}", str(day)) for kind, day in event["by_a_copy"].items()} <= told


@pytest.mark.parametrize(
    "event", [event for event in EVENTS if "amounts" in event], ids=lambda event: str(event["event"])
)
def test_amounts_are_read_by_value(outcome: demo.Outcome, event: dict[str, Any]) -> None:
    amounts = {fact.value for fact in story(outcome, event["event"]).facts if fact.kind == "amount"}

    assert set(event["amounts"]) <= amounts


@pytest.mark.parametrize(
    "event", [event for event in EVENTS if "level" in event], ids=lambda event: str(event["event"])
)
def test_stories_rank_as_a_compliance_officer_would(outcome: demo.Outcome, event: dict[str, Any]) -> None:
    assert story(outcome, event["event"]).rank.level in event["level"]


def test_every_story_has_two_grounded_briefs(outcome: demo.Outcome) -> None:
    for view in outcome.views:
        for brief in view.briefs.values():
            assert brief.headline
            assert brief.sentences, view.story.id
            assert brief.impact, view.story.id
            assert all(cite.quote for sentence in brief.sentences for cite in sentence.cites)


def test_private_persons_are_nowhere(outcome: demo.Outcome) -> None:
    secrets = [secret for event in EVENTS for secret in event.get("private", [])]
    published = [path.read_bytes() for path in outcome.built.path.rglob("*") if path.is_file()]

    assert secrets
    for secret in secrets:
        assert not any(str(secret).encode() in data for data in published), secret


def test_a_second_run_changes_nothing(outcome: demo.Outcome) -> None:
    again = pipeline.run(outcome.settings, progress=lambda *_: None)

    assert (again.crawled.new, again.crawled.changed) == (0, 0)
    assert (again.summarized.items, again.summarized.stories, again.summarized.briefs) == (0, 0, 0)
    assert not again.built.changed
    with Store(outcome.settings.path(outcome.settings.database), writable=False) as store:
        assert store.views() == outcome.views


def test_a_run_over_an_unchanged_store_writes_no_brief_headline_or_fact(outcome: demo.Outcome) -> None:
    """Not even the same row again: the largest row numbers and the rows themselves stay as they are."""
    file = outcome.settings.path(outcome.settings.database)
    before = _rows(file)
    with Store(file) as store:
        summarize(store, now=datetime.now(UTC), progress=lambda *_: None)

    assert before
    assert _rows(file) == before


def _rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        tables = ("briefs", "headlines", "facts")
        return {name: sorted(db.execute(f"SELECT rowid, * FROM {name}"), key=repr) for name in tables}
