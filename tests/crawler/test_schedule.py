"""When lists are asked again, pages looked at again, servers left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.schedule import (
    LEAST,
    MOST,
    MOST_WAIT,
    check_due,
    due,
    held,
    next_interval,
    old_news,
    retry_after,
)
from dibao.store import Poll

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
POLL = Poll(source_id="s", url="u", tried_at=NOW)
HOUR = timedelta(hours=1)


def after(poll: Poll, brought: list[bool]) -> list[int]:
    """Minutes between readings that brought something new or did not."""
    minutes = []
    for one in brought:
        poll = replace(poll, interval=next_interval(poll, brought=one))
        minutes.append(poll.interval // 60)
    return minutes


@pytest.mark.parametrize(
    ("brought", "minutes"),
    [
        pytest.param([True] * 4, [30, 15, 15, 15], id="busy"),
        pytest.param([False] * 9, [90, 135, 202, 303, 455, 683, 720, 720, 720], id="quiet"),
        pytest.param([False, False, True], [90, 135, 67], id="wakes-up"),
    ],
)
def test_busy_lists_are_read_often_and_quiet_ones_seldom(brought: list[bool], minutes: list[int]) -> None:
    assert after(POLL, brought) == minutes


@given(st.lists(st.booleans(), max_size=40), st.integers(0, 40))
def test_a_list_is_never_read_more_than_every_quarter_of_an_hour(brought: list[bool], failures: int) -> None:
    for minutes in after(replace(POLL, failures=failures), brought):
        assert LEAST <= timedelta(minutes=minutes) <= (MOST_WAIT if failures else MOST)


def test_a_list_that_fails_is_asked_ever_less_often() -> None:
    waits = [next_interval(replace(POLL, failures=n), brought=False) // 60 for n in (1, 2, 3, 20)]

    assert waits == [30, 60, 120, 1440]


@pytest.mark.parametrize(
    ("interval", "ago", "is_due"),
    [
        pytest.param(0, 0, True, id="not-scheduled-yet"),
        pytest.param(3600, 3599, True, id="cron-a-little-early"),
        pytest.param(3600, 3000, False, id="not-due"),
        pytest.param(3600, 4000, True, id="due"),
    ],
)
def test_a_list_is_due_when_its_interval_has_passed(interval: int, ago: int, is_due: bool) -> None:
    assert due(replace(POLL, interval=interval), NOW + timedelta(seconds=ago)) is is_due
    assert due(None, NOW)


def test_a_server_that_asked_is_left_alone_whatever_we_want() -> None:
    asked = replace(POLL, not_before=NOW + HOUR)

    assert "until 2026-03-06 10:00 UTC" in held(asked, NOW, force=True)
    assert held(asked, NOW + 2 * HOUR, force=False) == ""


def test_a_pause_of_ours_can_be_overridden() -> None:
    gone = replace(POLL, paused="gone for good")

    assert held(gone, NOW, force=False) == "gone for good"
    assert held(gone, NOW, force=True) == ""
    assert held(None, NOW, force=False) == ""


@pytest.mark.parametrize(
    ("value", "date_header", "wait"),
    [
        pytest.param("120", "", timedelta(minutes=2), id="seconds"),
        pytest.param("0", "", timedelta(), id="zero"),
        pytest.param("99999999999", "", MOST_WAIT, id="absurd-R18"),
        pytest.param("9" * 5000, "", MOST_WAIT, id="absurdly-long"),
        pytest.param(
            "Thu, 05 Mar 2026 10:00:00 GMT", "Thu, 05 Mar 2026 09:00:00 GMT", HOUR, id="their-clock-R19"
        ),
        pytest.param("Fri, 06 Mar 2026 09:30:00 GMT", "", HOUR / 2, id="our-clock-without-theirs"),
        pytest.param("Thu, 05 Mar 2026 10:00:00 GMT", "", timedelta(), id="past"),
        pytest.param("Fri, 01 Jan 2100 00:00:00 GMT", "", MOST_WAIT, id="far-future"),
        pytest.param("soon", "", None, id="words"),
        pytest.param("-5", "", None, id="negative"),
        pytest.param("1.5", "", None, id="fraction"),
        pytest.param("", "", None, id="nothing"),
        pytest.param("١٢٠", "", None, id="other-digits"),
    ],
)
def test_retry_after_is_measured_by_the_clock_of_the_server(
    value: str, date_header: str, wait: timedelta | None
) -> None:
    found = retry_after(value, date_header=date_header, now=NOW)

    assert found == (None if wait is None else NOW + wait)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_retry_after_raises_or_waits_longer_than_a_day(value: str, date_header: str) -> None:
    found = retry_after(value, date_header=date_header, now=NOW)

    assert found is None or NOW <= found <= NOW + MOST_WAIT


@pytest.mark.parametrize(
    ("age_days", "hours", "missing", "is_due"),
    [
        pytest.param(0, 5, 0, False, id="new-too-soon"),
        pytest.param(0, 6, 0, True, id="new"),
        pytest.param(10, 6, 0, False, id="days-old-too-soon"),
        pytest.param(10, 24, 0, True, id="days-old"),
        pytest.param(60, 24, 0, False, id="weeks-old-too-soon"),
        pytest.param(60, 7 * 24, 0, True, id="weeks-old"),
        pytest.param(91, 9999, 0, False, id="too-old"),
        pytest.param(60, 6, 1, True, id="gone-once"),
        pytest.param(60, 6, 3, False, id="gone-for-certain"),
    ],
)
def test_pages_of_recent_items_are_looked_at_more_often(
    age_days: int, hours: int, missing: int, is_due: bool
) -> None:
    born = NOW.date() - timedelta(days=age_days)

    assert check_due(NOW - timedelta(hours=hours), born=born, missing=missing, now=NOW) is is_due


def test_what_was_old_when_we_first_saw_it_is_no_news() -> None:
    assert old_news(date(2018, 1, 1), now=NOW)
    assert not old_news(NOW.date(), now=NOW)
    assert not old_news(None, now=NOW)
