"""Versions and what changed, pages looked at again, lists judged by their own history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.store import LIST_STATES, TROUBLES, Change, Check, Poll, Put, Store, Visit, changes
from dibao.store.health import list_health
from dibao.store.memory import VISITS_KEPT

from .test_db import NOW, SOURCE, item

URL = "https://regulator.example/list"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        opened.put_sources([SOURCE])
        yield opened


# --- versions ------------------------------------------------------------------------------------


def test_every_text_of_an_item_is_kept(store: Store) -> None:
    for text in ("first", "second", "third"):
        store.put_items([item(text=text)])

    assert [(v.version, v.text) for v in store.versions(item().id)] == [
        (1, "first"),
        (2, "second"),
        (3, "third"),
    ]
    assert store.versions("nobody") == ()


def test_a_text_taken_back_is_a_version_but_going_back_and_forth_is_not(store: Store) -> None:
    puts = [store.put_items([item(text=text)]) for text in ("a", "b", "a", "b", "a", "c")]

    assert puts == [Put(new=1), *[Put(changed=1)] * 2, Put(same=1), Put(same=1), Put(changed=1)]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param("甲\n乙\n丙", "甲\n乙二\n丙", [("乙", "乙二")], id="put-differently"),
        pytest.param("甲\n丙", "甲\n乙\n丙", [("", "乙")], id="added"),
        pytest.param("甲\n乙\n丙", "甲\n丙", [("乙", "")], id="taken-out"),
        pytest.param("甲", "甲", [], id="same"),
        pytest.param("a\nb\nc\nd", "x\nb\nc\ny\nz", [("a", "x"), ("d", "y"), ("", "z")], id="two-places"),
    ],
)
def test_what_changed_is_told_by_the_paragraph(before: str, after: str, found: list[tuple[str, str]]) -> None:
    assert changes(before, after) == tuple(Change(before=a, after=b) for a, b in found)


@given(st.lists(st.sampled_from("abcd"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_changes_turn_one_text_into_the_other(before: list[str], after: list[str]) -> None:
    found = changes("\n".join(before), "\n".join(after))
    gone = [c.before for c in found if c.before]
    came = [c.after for c in found if c.after]

    assert sorted([*before, *came]) == sorted([*after, *gone])
    assert (not found) == (before == after or not any((*before, *after)))


# --- pages looked at again -----------------------------------------------------------------------


def check(missing: int, hours: int = 0) -> Check:
    at = NOW + timedelta(hours=hours)
    return Check(item_id=item().id, list_url=URL, address=f"{URL}/1", checked_at=at, missing=missing)


def test_a_page_gone_three_times_in_a_row_withdraws_its_item_until_it_is_back(store: Store) -> None:
    store.put_items([item()])
    states = []
    for hour, missing in enumerate((0, 1, 2, 3, 4, 0)):
        store.put_checks([check(missing, hour)])
        states.append(store.item(item().id).withdrawn_at)

    third = NOW + timedelta(hours=3)
    assert states == [None, None, None, third, third, None]


def test_a_changed_text_is_no_longer_withdrawn(store: Store) -> None:
    store.put_items([item()])
    store.put_checks([check(3)])
    store.put_items([item(text="back, in other words")])

    assert store.item(item().id).withdrawn_at is None


def test_checks_are_asked_for_by_the_day_of_their_items(store: Store) -> None:
    dated = item()
    assert dated.published is not None
    store.put_items([dated])
    store.put_checks([check(1)])

    assert store.checks(SOURCE.id, since=dated.published.day) == ((check(1), dated.published.day),)
    assert store.checks(SOURCE.id, since=dated.published.day + timedelta(days=1)) == ()


# --- lists judged by their own history -----------------------------------------------------------


def poll(**changes: object) -> Poll:
    base = Poll(
        source_id=SOURCE.id,
        url=URL,
        tried_at=NOW,
        succeeded_at=NOW,
        listed=20,
        taken=20,
        column="news",
        lang="zh-Hans",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def visit(hours_ago: float, *, new: int = 1, listed: int = 20, trouble: str = "") -> Visit:
    at = NOW - timedelta(hours=hours_ago)
    return Visit(source_id=SOURCE.id, url=URL, at=at, listed=listed, taken=listed, new=new, trouble=trouble)


HOURLY = [visit(n) for n in (5, 4, 3, 2, 1)]
STATES = {
    "new": (poll(), [], "new"),
    "ok": (poll(), HOURLY, "ok"),
    "failing": (poll(trouble="refused", error="refuses us"), HOURLY, "failing"),
    "never-read": (poll(succeeded_at=None), [], "failing"),
    "silent": (poll(listed=5), HOURLY, "silent"),
    "few-but-usual": (poll(listed=7), HOURLY, "ok"),
    "not-yet-known-what-is-usual": (poll(listed=1), HOURLY[:2], "ok"),
    "late-but-not-three-gaps": (poll(), [visit(n) for n in (110, 90, 70, 50)], "ok"),
    "stale-after-three-gaps": (poll(), [visit(n) for n in (160, 140, 120, 100, 61)], "stale"),
    "busy-list-quiet-for-minutes": (poll(), [visit(n / 60) for n in (50, 40, 30, 20)], "ok"),
    "unchanged-readings-do-not-count": (
        poll(),
        [visit(n, new=n % 2) for n in (9, 8, 7, 6, 5, 4, 3, 2, 1)],
        "ok",
    ),
    "waiting": (poll(not_before=NOW + timedelta(hours=1), trouble="busy"), HOURLY, "waiting"),
    "waited": (poll(not_before=NOW - timedelta(hours=1)), HOURLY, "ok"),
    "paused": (poll(paused="is gone for good (410)", trouble="gone"), HOURLY, "paused"),
}


@pytest.mark.parametrize(("poll", "visits", "state"), STATES.values(), ids=STATES)
def test_a_list_is_judged_by_what_is_usual_for_it(poll: Poll, visits: list[Visit], state: str) -> None:
    [row] = list_health([poll], {(SOURCE.id, URL): visits}, {}, now=NOW)

    assert row.state == state
    assert row.state in LIST_STATES


def test_health_says_what_is_expected_what_came_and_when_it_is_tried_again(store: Store) -> None:
    store.put_items([item(lang="zh-Hant", column="news"), item("2", lang="en", column="news")])
    store.put_visits(HOURLY)
    store.put_polls([poll(interval=1800, not_before=NOW + timedelta(minutes=10), taken=19)])
    [row] = store.lists(now=NOW)

    assert (row.expected, row.listed, row.taken, row.usual_gap) == (20, 20, 19, 3600)
    assert (row.column, row.lang, row.newest) == ("news", "zh-Hans", item().published.day)  # type: ignore[union-attr]
    assert (row.last_new, row.next_try) == (NOW - timedelta(hours=1), NOW + timedelta(minutes=30))


def test_history_is_bounded(store: Store) -> None:
    store.put_visits(visit(n) for n in range(VISITS_KEPT + 30))
    kept = store.visits()[SOURCE.id, URL]

    assert [v.at for v in kept] == [NOW - timedelta(hours=n) for n in reversed(range(VISITS_KEPT))]


def test_all_that_is_remembered_of_a_poll_comes_back(store: Store) -> None:
    full = poll(etag="e", error="x", trouble="busy", failures=3, interval=900, not_before=NOW, paused="p")
    store.put_polls([full])

    assert store.polls() == (full,)


def test_closed_lists_have_both_languages() -> None:
    for term in (*TROUBLES.values(), *LIST_STATES.values()):
        assert term.en.isascii()
        assert not term.zh.isascii()


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path: object) -> None:
    from pathlib import Path

    from sqlite_utils import Database

    from dibao.store import schema

    path = Path(str(tmp_path)) / "old.db"
    old = Database(path)
    schema.migrations.apply(old, stop_before="003_crawl_memory")
    old.execute("INSERT INTO sources VALUES ('s', 'n', 'n', 'a', 'f', 1, 'CN', 'k', 'UTC', 'h')")
    old.execute("INSERT INTO polls VALUES ('s', 'u', ?, NULL, '', '', '', 1, 1, '')", [NOW.isoformat()])
    old.conn.commit()
    old.close()
    with Store(path) as store:
        [found] = store.polls()

    assert (found.interval, found.not_before, found.paused) == (0, None, "")
    assert found.tried_at == NOW.astimezone(UTC)
    assert isinstance(found.tried_at, datetime)
    assert date(2026, 1, 1) < found.tried_at.date()
