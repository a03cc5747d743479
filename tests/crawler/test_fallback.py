"""Where a source refuses us, what the catalogue names instead is read in the same run, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from dibao.crawler import spiders
from dibao.store import Store

from .runs import FEED, HTML, NOW, kept, run, spec, write

GUARDED = spec(
    "guarded",
    {"kind": "feed", "url": "https://guarded.example.org/a"},
    {"kind": "feed", "url": "https://guarded.example.org/b"},
    fallback=["xx-feed"],
)
LISTS = ("guarded.example.org/a", "guarded.example.org/b")


def refuse(web: Path, *names: str, status: int = 403) -> None:
    for name in names:
        write(web, name, "no")
        write(web, f"{name}.headers", f'{{"status": {status}}}')


@pytest.mark.parametrize("status", [403, 404, 412, 429, 500])
def test_a_source_that_refuses_is_read_elsewhere_in_the_same_run(web: Path, status: int) -> None:
    refuse(web, *LISTS, status=status)
    with Store(":memory:") as store:
        report = run(store, web, GUARDED, reserve=[FEED, HTML])
        titles = set(kept(store))
        errors = [poll.error for poll in store.polls() if poll.source_id == "xx-guarded"]

    assert titles == {"甲局发布通知", "乙事"}
    assert set(report.per_source) == {"xx-guarded", "xx-feed"}
    assert [error.endswith("; read instead: xx-feed") for error in errors] == [True, True]


def test_a_source_of_which_one_list_can_be_read_needs_no_fallback(web: Path) -> None:
    refuse(web, LISTS[0])
    write(web, LISTS[1], (web / "feed.example.org/rss").read_text("utf-8").replace("feed.", "guarded."))
    with Store(":memory:") as store:
        report = run(store, web, GUARDED, reserve=[FEED])

    assert set(report.per_source) == {"xx-guarded"}


def test_a_list_that_is_no_list_is_a_matter_for_a_person_not_for_the_fallback(web: Path) -> None:
    for name in LISTS:
        write(web, name, "<html>系统维护</html>")
    with Store(":memory:") as store:
        report = run(store, web, GUARDED, reserve=[FEED])

    assert set(report.per_source) == {"xx-guarded"}


def test_a_fallback_that_is_read_anyway_is_read_once(web: Path) -> None:
    refuse(web, *LISTS)
    with Store(":memory:") as store:
        report = run(store, web, GUARDED, FEED, reserve=[FEED])

    assert (report.new, set(report.per_source)) == (2, {"xx-guarded", "xx-feed"})


def test_a_fallback_that_is_off_is_not_read(web: Path) -> None:
    refuse(web, *LISTS)
    resting = spec("feed", {"kind": "feed", "url": "https://feed.example.org/rss"}, off="resting")
    with Store(":memory:") as store:
        report = run(store, web, GUARDED, reserve=[resting])
        errors = [poll.error for poll in store.polls()]

    assert set(report.per_source) == {"xx-guarded"}
    assert not any("read instead" in error for error in errors)


def test_without_the_rule_nothing_is_read_instead(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spiders, "refuses", lambda result: False)
    refuse(web, *LISTS)
    with Store(":memory:") as store:
        run(store, web, GUARDED, reserve=[FEED], now=NOW)

        assert kept(store) == {}
