"""How the crawler behaves towards a real server: its name, robots.txt, what it asks again, and how soon."""

from __future__ import annotations

import datetime as dt
import time

import msgspec
import pytest

from dibao.store import Store

from .server import FEED, NOW, Reply, Web, poll


def test_it_says_who_it_is_and_asks_robots_txt_first(web: Web, store: Store) -> None:
    report = web.crawl(store)

    assert report.new == 1
    assert web.paths == ["/robots.txt", "/feed"]
    agent = web.asked[1][1]["user-agent"]
    assert agent.startswith("dibao/")
    assert "+https://bot.example.org/" in agent
    assert "cookie" not in web.asked[1][1]


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        pytest.param((200, {}, b"User-agent: *\nDisallow: /feed\n"), False, id="disallowed"),
        pytest.param((200, {}, b"User-agent: dibao\nDisallow: /\n"), False, id="by-name"),
        pytest.param((200, {}, b"User-agent: other\nDisallow: /\n"), True, id="another-robot"),
        pytest.param((404, {}, b"User-agent: *\nDisallow: /\n"), True, id="absent"),
        pytest.param((503, {}, b"busy"), False, id="unreachable"),
        pytest.param(
            (200, {}, b"# filler\n" * 60_000 + b"User-agent: *\nDisallow: /\n"), False, id="rule-after-500-kB"
        ),
    ],
)
def test_robots_txt_decides(web: Web, store: Store, robots: Reply, allowed: bool) -> None:
    web.answers["/robots.txt"] = robots
    report = web.crawl(store)

    assert ("/feed" in web.paths) is allowed
    assert allowed or "robots.txt" in report.problems[0].message


def test_an_unchanged_list_costs_one_304(web: Web, store: Store) -> None:
    def tagged(headers: dict[str, str]) -> Reply:
        if headers.get("if-none-match") == '"v1"':
            return 304, {}, b""
        return 200, {"ETag": '"v1"'}, FEED

    web.answers["/feed"] = tagged
    web.crawl(store)
    second = web.crawl(store, later=1)

    assert (second.new, second.same, second.problems) == (0, 1, ())
    assert poll(store).succeeded_at == NOW + dt.timedelta(hours=1)


def test_once_a_day_the_list_is_fetched_whole_whatever_its_etag_says(web: Web, store: Store) -> None:
    web.answers["/feed"] = (200, {"ETag": '"stuck"'}, FEED)
    web.crawl(store)
    web.crawl(store, later=24)

    assert "if-none-match" not in web.asked[-1][1]


def test_a_304_that_nobody_asked_for_is_a_failure(web: Web, store: Store) -> None:
    web.answers["/feed"] = (304, {}, b"")
    report = web.crawl(store)

    assert "304" in report.problems[0].message


@pytest.mark.parametrize(
    ("status", "times"),
    [
        pytest.param(500, 3, id="500-two-more-tries"),
        pytest.param(403, 1, id="403"),
        pytest.param(412, 1, id="412"),
        pytest.param(429, 1, id="429"),
        pytest.param(410, 1, id="410"),
    ],
)
def test_only_failures_of_the_server_are_tried_again(web: Web, store: Store, status: int, times: int) -> None:
    web.answers["/feed"] = (status, {}, b"no")
    report = web.crawl(store)

    assert web.paths.count("/feed") == times
    assert str(status) in report.problems[0].message


def test_a_server_that_asks_for_an_hour_is_left_alone(web: Web, store: Store) -> None:
    web.answers["/feed"] = (503, {"Retry-After": "3600"}, b"")
    web.crawl(store)

    assert web.paths.count("/feed") == 1


def test_a_host_that_has_had_enough_is_not_asked_for_another_list(web: Web, store: Store) -> None:
    web.answers["/feed"] = (429, {"Retry-After": "3600"}, b"")
    web.answers["/other"] = (200, {}, FEED)
    both = msgspec.structs.replace(
        web.spec(), endpoints=(*web.spec("/feed").endpoints, *web.spec("/other").endpoints)
    )
    report = web.crawl(store, spec=both)

    assert "/other" not in web.paths
    assert len(report.problems) == 2


def test_a_list_that_is_not_due_is_not_asked_for_unless_forced(web: Web, store: Store) -> None:
    web.answers["/feed"] = (200, {}, FEED)
    web.crawl(store)
    early = web.crawl(store, minutes=5, due_only=True)
    late = web.crawl(store, minutes=60, due_only=True)
    forced = web.crawl(store, minutes=61, due_only=True, force=True)

    assert [report.not_due for report in (early, late, forced)] == [1, 0, 0]
    assert web.paths.count("/feed") == 3


def test_a_list_that_comes_back_to_the_catalogue_is_read_again(web: Web, store: Store) -> None:
    web.answers["/feed"] = (200, {}, FEED)
    web.crawl(store)
    store.retire_lists([])
    web.crawl(store, minutes=60)

    assert web.paths.count("/feed") == 2
    assert [row.needs_a_look for row in store.lists(now=NOW)] == [False]


def test_a_robots_txt_that_never_arrives_is_no_permission(web: Web, store: Store) -> None:
    def hang_up(_: dict[str, str]) -> Reply:
        raise ConnectionResetError

    web.answers["/robots.txt"] = hang_up
    web.answers["/feed"] = (200, {}, FEED)
    report = web.crawl(store)

    assert "/feed" not in web.paths
    assert ["robots.txt" in problem.message for problem in report.problems] == [True]


def test_the_pause_that_robots_txt_asks_for_is_kept(web: Web, store: Store) -> None:
    web.answers["/feed"] = (200, {}, FEED)
    web.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 0.6\n")
    started = time.monotonic()
    web.crawl(store)

    assert web.paths == ["/robots.txt", "/feed"]
    assert time.monotonic() - started > 0.6
