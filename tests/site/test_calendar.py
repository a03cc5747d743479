"""The promises of the calendar: dates as stated, files that calendar programs read, nothing made up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from dibao.site import labels
from dibao.site.build import Material, edition
from dibao.site.calendar import Calendar, calendar, files
from dibao.site.check import problems
from dibao.site.dues import dues
from dibao.store import LANGS, Evidence, Fact, Lang, StoryView
from tests.site.filled import INFO
from tests.site.views import (
    BODIES,
    HOSTILE_TITLE,
    SOURCES,
    all_views,
    draft_story,
    health,
    mixed_story,
    nfra_story,
    undated_story,
    with_brief_writer,
)

DEADLINE = date(2026, 12, 12)


def made(*views: StoryView, today: date = INFO.today) -> dict[str, bytes]:
    site = replace(INFO, today=today)
    return dict(files(site, views or all_views(), bodies=BODIES, build_id="0123456789abcdef"))


def events(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def dated(view: StoryView, kind: Any, value: str, *, of: int = 0) -> StoryView:
    """The story with one more date, read in entry ``of`` of its coverage."""
    entry = view.coverage[of]
    nowhere = Evidence(item_id=entry.item.id, field="text", start=0, end=0, quote="")
    fact = Fact(item_id=entry.item.id, kind=kind, value=value, shown=value, evidence=nowhere)
    coverage = tuple(replace(c, facts=(*c.facts, fact)) if c is entry else c for c in view.coverage)
    return replace(view, coverage=coverage, facts=(*view.facts, fact))


def staged(view: StoryView, stage: str) -> StoryView:
    facts = tuple(replace(f, value=stage) if f.kind == "stage" else f for f in view.facts)
    head = tuple(replace(f, value=stage) if f.kind == "stage" else f for f in view.head.facts)
    return replace(view, facts=facts, coverage=(replace(view.head, facts=head), *view.coverage[1:]))


def page(*views: StoryView, today: date = INFO.today) -> Calendar:
    return calendar(views, "en", today=today, bodies=BODIES)


# The dates


@pytest.mark.parametrize(
    ("after", "place"),
    [
        pytest.param(-200, "to_come", id="far off"),
        pytest.param(0, "to_come", id="today"),
        pytest.param(1, "past", id="yesterday"),
        pytest.param(30, "past", id="thirty days ago"),
        pytest.param(31, "", id="longer ago"),
    ],
)
def test_a_date_comes_or_has_passed(after: int, place: str) -> None:
    shown = page(draft_story(), today=DEADLINE + timedelta(days=after))

    assert [d.day for m in shown.to_come for d in m.dues] == [DEADLINE] * (place == "to_come")
    assert [d.day for m in shown.past for d in m.dues] == [DEADLINE] * (place == "past")


def test_what_comes_is_soonest_first_and_what_passed_newest_first() -> None:
    view = draft_story()
    for day in ("2027-01-02", "2026-12-01", "2026-11-02", "2026-11-19"):
        view = dated(view, "date_effective", day)
    shown = page(view)

    assert [m.key for m in shown.to_come] == ["2026-12", "2027-01"]
    assert [d.day.day for m in shown.to_come for d in m.dues] == [1, 12, 2]
    assert [d.day.day for m in shown.past for d in m.dues] == [19, 2]
    assert sum(option.count for option in shown.kinds) == 5


@pytest.mark.parametrize("value", ["", "soon", "2026-13-01", "2026-12", "20261212", "2026-02-30"])
def test_what_is_no_day_is_not_listed(value: str) -> None:
    view = dated(nfra_story(), "date_effective", value)

    assert not list(dues(view, "en", bodies=BODIES))


def test_official_documents_speak_for_their_dates_before_the_press() -> None:
    view = dated(mixed_story(), "date_effective", "2026-12-31", of=2)
    view = dated(view, "date_deadline", "2026-12-30", of=2)

    assert [(d.kind, d.day.day) for d in dues(view, "en", bodies=BODIES)] == [
        ("date_effective", 15),
        ("date_deadline", 30),
    ]


def test_a_draft_only_proposes_its_effective_date() -> None:
    [deadline, effective] = dues(dated(draft_story(), "date_effective", "2027-07-01"), "en", bodies=BODIES)

    assert (deadline.standing, effective.standing) == ("stated", "proposed")
    assert effective.what == "Proposed to apply"


# The iCalendar files


@pytest.mark.parametrize("lang", LANGS)
def test_the_file_is_read_again_with_all_that_the_standard_asks_for(lang: Lang) -> None:
    [deadline, effective] = sorted(events(made()[f"{lang}/calendar.ics"]), key=lambda e: e["dtstart"].dt)
    view = mixed_story()

    assert deadline["dtstart"].dt == DEADLINE
    assert effective["dtstart"].dt == date(2026, 12, 15)
    assert effective["dtstart"].params == {"VALUE": "DATE"}
    assert view.briefs[lang].headline in effective["summary"]
    assert effective["url"] == f"https://example.org/{lang}/e/1043/"
    assert effective["dtstamp"].dt == view.updated_at
    assert effective["last-modified"].dt == view.updated_at
    assert effective["sequence"] == view.briefs[lang].version - 1
    assert effective["status"] == "CONFIRMED"
    for event in (deadline, effective):
        assert not {"attach", "attendee", "organizer"} & set(event)
        assert not event.subcomponents


@pytest.mark.parametrize("lang", LANGS)
def test_an_event_begins_with_its_label_and_carries_the_hidden_one(lang: Lang) -> None:
    deadline, effective = sorted(events(made()[f"{lang}/calendar.ics"]), key=lambda e: e["dtstart"].dt)

    assert str(effective["description"]).startswith(labels.WORDS["brief"][lang])
    assert str(deadline["description"]).startswith(labels.WORDS["extract"][lang])
    hidden = str(effective["x-aigc"]).replace("\\,", ",")  # a reader leaves unknown names as they are
    assert json.loads(hidden)["AIGC"]["Label"] == "1"
    assert "x-aigc" not in deadline
    assert INFO.notice(lang) in str(deadline["description"])


def hostile() -> StoryView:
    view = dated(undated_story(), "date_deadline", "2026-12-01")
    title = "A\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTACH:file:///x; , \\ \\n " + HOSTILE_TITLE + "截止" * 40
    briefs = {lang: replace(brief, headline=title) for lang, brief in view.briefs.items()}
    return replace(view, briefs=briefs)


@pytest.mark.parametrize("lang", LANGS)
def test_lines_end_in_crlf_and_are_short_whatever_a_title_holds(lang: Lang) -> None:
    data = made(hostile(), *all_views())[f"{lang}/calendar.ics"]
    rows = data.split(b"\r\n")

    assert rows[-1] == b""
    assert all(len(row) <= 75 and b"\n" not in row and b"\r" not in row for row in rows)
    assert all(row.decode("utf-8") is not None for row in rows), "a character is broken by a fold"


def test_a_hostile_title_stays_a_title() -> None:
    data = made(hostile())["en/calendar.ics"]
    [event] = events(data)

    assert data.count(b"\r\nBEGIN:") == 1 and b"\r\nATTACH" not in data
    assert str(event["summary"]).startswith("Deadline: A END:VEVENT BEGIN:VALARM ATTACH:file:///x; , \\ \\n")
    assert len(str(event["summary"])) <= 300
    assert "\u202e" not in str(event["summary"])


def test_names_of_events_are_unique_and_stay() -> None:
    first, again = made(), made(*reversed(all_views()), today=INFO.today + timedelta(days=3))
    names = [str(event["uid"]) for lang in LANGS for event in events(first[f"{lang}/calendar.ics"])]
    later = [str(event["uid"]) for lang in LANGS for event in events(again[f"{lang}/calendar.ics"])]

    assert len(set(names)) == len(names) == 4
    assert sorted(names) == sorted(later)
    assert "event-1043-en-date_effective-20261215@example.org" in names


@pytest.mark.parametrize(
    ("stage", "status", "listed"),
    [
        pytest.param("not_yet_in_force", "CONFIRMED", 1, id="issued"),
        pytest.param("draft", "TENTATIVE", 1, id="draft"),
        pytest.param("repealed", "CANCELLED", 0, id="repealed"),
    ],
)
def test_the_status_is_that_of_the_document(stage: str, status: str, listed: int) -> None:
    view = staged(mixed_story(), stage)
    [event] = events(made(view)["en/calendar.ics"])

    assert str(event["status"]) == status
    assert sum(len(month.dues) for month in page(view).to_come) == listed


def test_the_files_keep_a_year() -> None:
    assert len(events(made(draft_story(), today=DEADLINE + timedelta(days=366))["en/calendar.ics"])) == 1
    assert not events(made(draft_story(), today=DEADLINE + timedelta(days=367))["en/calendar.ics"])


def test_a_calendar_without_dates_is_a_calendar() -> None:
    data = made(nfra_story())

    assert not events(data["zh/calendar.ics"])
    assert json.loads(data["data/calendar.json"])["entries"] == []


# The JSON file


def test_the_json_file_holds_the_same_dates_in_both_languages() -> None:
    data = made()
    document = json.loads(data["data/calendar.json"])
    days = {event["dtstart"].dt.isoformat() for event in events(data["en/calendar.ics"])}
    effective = next(entry for entry in document["entries"] if entry["story"] == 1043)

    assert {entry["date"] for entry in document["entries"]} == days
    assert document["build_id"] == "0123456789abcdef"
    assert effective["headline"] == {lang: mixed_story().briefs[lang].headline for lang in LANGS}
    assert effective["label"]["zh"] == labels.WORDS["brief"]["zh"]
    assert effective["_aigc"]["en"]["Label"] == "1"


# The gate


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(b"\r\n", b"\n", "CRLF", id="line ends"),
        pytest.param("程序从".encode(), "某人从".encode(), "label is missing", id="label"),
        pytest.param(b"/zh/e/1044/", b"/zh/e/9944/", "not part of the edition", id="link"),
        pytest.param(b"BEGIN:VCALENDAR", b"<html>", "not readable", id="not a calendar"),
    ],
)
def test_a_broken_calendar_does_not_go_live(old: bytes, new: bytes, said: str) -> None:
    view = with_brief_writer(draft_story(), "embedded")
    material = Material(views=(view,), bodies=BODIES, sources=SOURCES, health=health(), redirects={})
    _, made_files = edition(material, info=INFO, now=view.updated_at, source_feeds={})
    assert not list(problems(made_files, [view], info=INFO))

    broken = {**made_files, "zh/calendar.ics": made_files["zh/calendar.ics"].replace(old, new)}

    assert any(
        "calendar.ics" in problem and said in problem for problem in problems(broken, [view], info=INFO)
    )
