"""Every case of the hostile set that is a behaviour of a server or a name, played out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest

from dibao.store import Store

from .test_bodies import BODIES, known
from .world import HEALTHY, NOW, PUBLIC, Case, World, answer, feed, items, moved, source

pytestmark = pytest.mark.shared

FAMILIES = ("ssrf", "redirect", "http", "tls", "robots", "rate", "cache", "cookie")
FEED = "https://bad.example.org/feed"
MB = 1 << 20


# --- redirects -----------------------------------------------------------------------------------


def outcome(world: World, store: Store) -> list[str]:
    """Crawl the bad source; what it said before is kept, and nobody but public hosts was connected to."""
    report = world.alone(store, source("bad"))

    assert "Old" in items(store, "bad")
    assert {address for address, _ in world.connected} <= {PUBLIC}
    return [problem.message for problem in report.problems]


def redirected(world: World, store: Store, case: Case) -> None:
    world.serve(FEED, moved(case["spec"]["status"], case["spec"].get("location", "")))
    [message] = outcome(world, store)

    assert message
    assert world.paths("bad.example.org") == ["/feed"]
    assert {host for host, _, _ in world.asked} == {"bad.example.org", "healthy.example.org"}


def rebind(world: World, store: Store, case: Case) -> None:
    """Public when it was first asked for (yesterday), this machine now."""
    world.names["bad.example.org"] = [["127.0.0.1"]]
    [message] = outcome(world, store)

    assert "127.0.0.1 is not a public address" in message


def several_addresses(world: World, store: Store, case: Case) -> None:
    world.names["bad.example.org"] = [["127.0.0.1", PUBLIC]]
    outcome(world, store)

    assert len(world.connected) >= 1


def loop(world: World, store: Store, case: Case) -> None:
    steps = case["spec"]["loop"]
    world.serve(FEED, moved(302, steps[0]))
    for here, there in pairwise(steps):
        world.serve(f"https://bad.example.org{here}", moved(302, there))
    [message] = outcome(world, store)

    assert "redirects" in message
    assert len(world.paths("bad.example.org")) <= case["expect"]["max_requests"]


def chain(world: World, store: Store, case: Case) -> None:
    world.serve(FEED, moved(302, "/0"))
    for n in range(case["spec"]["chain_length"]):
        world.serve(f"https://bad.example.org/{n}", moved(302, f"/{n + 1}"))
    [message] = outcome(world, store)

    assert "redirects" in message
    assert len(world.paths("bad.example.org")) <= case["expect"]["max_requests"]


def credentials(world: World, store: Store, case: Case) -> None:
    def asks(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(302)
        handler.send_header("Set-Cookie", "sid=1")
        handler.send_header("Location", case["spec"]["location"])
        handler.end_headers()

    world.serve(FEED, asks)
    world.serve(case["spec"]["location"], answer(200, HEALTHY))
    [message] = outcome(world, store)
    there = [headers for host, _, headers in world.asked if host == "other.example.net"]
    secret = {name.lower() for name in case["expect"]["headers_out_at_target"]}

    assert "moved to another site" in message
    assert there
    assert all(secret.isdisjoint(headers) for headers in there)


def line_breaks(world: World, store: Store, case: Case) -> None:
    world.serve(FEED, moved(302, case["spec"]["location"].replace("news.", "bad.")))
    [message] = outcome(world, store)
    last = world.paths("bad.example.org")[-1]

    assert message
    assert "%0d%0a" in last.lower()
    assert all("set-cookie" not in headers for _, _, headers in world.asked)


def parked(world: World, store: Store, case: Case) -> None:
    world.serve(FEED, moved(301, case["spec"]["location"]))
    world.serve(case["spec"]["location"], answer(200, feed(("ad", "Buy this domain"))))
    [message] = outcome(world, store)

    assert "moved to another site" in message
    assert list(items(store, "bad")) == ["Old"]
    assert [poll.url for poll in store.polls() if poll.source_id == "xx-bad"] == [FEED]


# --- caches, cookies, limits of rate, robots.txt, certificates -----------------------------------


def not_modified(world: World, store: Store, case: Case) -> None:
    world.serve(FEED, answer(304))
    [message] = outcome(world, store)

    assert "304" in message


def etag_stuck(world: World, store: Store, case: Case) -> None:
    def same(handler: BaseHTTPRequestHandler) -> None:
        asked = handler.headers.get("If-None-Match")
        reply = answer(304) if asked else answer(200, HEALTHY, ETag=case["spec"]["etag"])
        reply(handler)

    world.serve(FEED, same)
    outcome(world, store)
    assert "Fine" in items(store, "bad")


def etag_random(world: World, store: Store, case: Case) -> None:
    def any_tag(handler: BaseHTTPRequestHandler) -> None:
        answer(200, HEALTHY, ETag=f'"{len(world.asked)}"')(handler)

    world.serve(FEED, any_tag)
    outcome(world, store)
    again = world.alone(store, source("bad"), hours=1)

    assert (again.new, again.changed, again.problems) == (0, 0, ())


def modified_in_the_future(world: World, store: Store, case: Case) -> None:
    def stuck(handler: BaseHTTPRequestHandler) -> None:
        asked = handler.headers.get("If-Modified-Since")
        reply = answer(304) if asked else answer(200, HEALTHY, Last_Modified=case["spec"]["last_modified"])
        reply(handler)

    world.serve(FEED, stuck)
    outcome(world, store)
    world.serve(FEED, answer(200, feed(("later", "Later"))))
    world.alone(store, source("bad"), hours=24)

    assert {"Fine", "Later"} <= set(items(store, "bad"))


def redirect_then_304(world: World, store: Store, case: Case) -> None:
    world.serve(FEED, moved(302, "/b"))
    world.serve("https://bad.example.org/b", answer(304))
    outcome(world, store)


def cookie(world: World, store: Store, case: Case) -> None:
    world.serve(FEED, answer(200, HEALTHY, Set_Cookie=case["spec"]["set_cookie"]))
    outcome(world, store)
    world.alone(store, source("bad"), hours=24)

    assert all("cookie" not in headers for _, _, headers in world.asked)


def too_often(world: World, store: Store, case: Case) -> None:
    retry = case["spec"]["retry_after"]
    world.serve(FEED, answer(case["spec"]["status"], Retry_After=retry))
    outcome(world, store)
    asked = world.paths("bad.example.org")
    held = world.alone(store, source("bad"), hours=23)
    world.serve(FEED, answer(200, HEALTHY))
    world.alone(store, source("bad"), hours=24)

    assert len(asked) == case["expect"]["requests_max"]
    assert [left.source_id for left in held.skipped] == ["xx-bad"]
    assert "Fine" in items(store, "bad")


def come_back_later(world: World, store: Store, case: Case) -> None:
    """Their clock is not ours: what counts is the time between their two dates."""
    given = case["spec"]
    world.serve(FEED, answer(given["status"], Retry_After=given["retry_after"], Date=given["date"]))
    outcome(world, store)
    [poll] = [poll for poll in store.polls() if poll.source_id == "xx-bad"]

    assert poll.not_before is not None
    assert poll.not_before - NOW == timedelta(seconds=case["expect"]["wait_about_seconds"])
    assert world.paths("bad.example.org") == ["/feed"]


def robots(body: bytes, *, status: int = 200) -> Callable[[World], None]:
    return lambda world: world.serve("https://bad.example.org/robots.txt", answer(status, body))


def large_robots(world: World, store: Store, case: Case) -> None:
    filler = b"# filler, nothing to obey here\n"
    lines = filler * (500_000 // len(filler))
    robots(lines + b"User-agent: *\nDisallow: /\n" + filler * 6_000)(world)
    [message] = outcome(world, store)

    assert "robots.txt does not allow it" in message


def robots_unreachable(world: World, store: Store, case: Case) -> None:
    robots(b"User-agent: *\nAllow: /\n", status=case["spec"]["robots_status"])(world)
    [message] = outcome(world, store)

    assert "robots.txt could not be read" in message
    assert world.paths("bad.example.org") == []


def robots_absent(world: World, store: Store, case: Case) -> None:
    robots(b"User-agent: *\nDisallow: /\n", status=case["spec"]["robots_status"])(world)
    outcome(world, store)

    assert world.paths("bad.example.org") == ["/feed"]


def robots_moved(world: World, store: Store, case: Case) -> None:
    world.serve("https://bad.example.org/robots.txt", moved(302, "/r1"))
    for n in range(1, case["spec"]["robots_redirects"]):
        world.serve(f"https://bad.example.org/r{n}", moved(302, f"/r{n + 1}"))
    last = f"https://bad.example.org/r{case['spec']['robots_redirects']}"
    world.serve(last, answer(200, b"User-agent: *\nDisallow: /\n"))
    outcome(world, store)

    assert len([path for path in world.paths("bad.example.org") if path.startswith("/r")]) >= 5
    assert "/feed" not in world.paths("bad.example.org")


def bad_certificate(world: World, store: Store, case: Case) -> None:
    for host in ("expired", "wrong-host"):
        world.serve(f"https://{host}.example.org/feed", answer(200, HEALTHY))
        report = world.alone(store, source(host))

        assert "certificate" in report.problems[0].message
        assert [poll.trouble for poll in store.polls() if poll.source_id == f"xx-{host}"] in (
            ["certificate"],
            ["robots"],
        )
        assert not [asked for asked, _, _ in world.asked if asked.startswith(host)]


def gone(world: World, store: Store, case: Case) -> None:
    world.serve(FEED, answer(410))
    [message] = outcome(world, store)
    again = world.alone(store, source("bad"), hours=48)
    looked = world.alone(store, source("bad"), hours=49)
    world.serve(FEED, answer(200, HEALTHY))
    forced = world.crawl(store, source("bad"), hours=50, force=True)

    assert "gone for good (410)" in message
    assert [left.message for left in (*again.skipped, *looked.skipped)] == [message, message]
    assert world.paths("bad.example.org") == ["/feed", "/feed"]
    assert (forced.new, forced.skipped) == (1, ())


SCENES: dict[str, Callable[[World, Store, Case], None]] = {
    "R01": redirected,
    "R02": redirected,
    "R03": redirected,
    "R04": rebind,
    "R05": several_addresses,
    "R06": loop,
    "R07": chain,
    "R08": redirected,
    "R09": credentials,
    "R10": redirected,
    "R11": line_breaks,
    "R12": parked,
    "R13": not_modified,
    "R14": etag_stuck,
    "R15": etag_random,
    "R16": modified_in_the_future,
    "R17": redirect_then_304,
    "R18": too_often,
    "R19": come_back_later,
    "R20": large_robots,
    "R21": robots_unreachable,
    "R22": robots_absent,
    "R23": robots_moved,
    "R24": cookie,
    "R25": bad_certificate,
    "R26": gone,
}


@pytest.mark.parametrize("case_id", SCENES)
def test_a_server_that_misbehaves(world: World, store: Store, cases: dict[str, Case], case_id: str) -> None:
    known(world, store)
    SCENES[case_id](world, store, cases[case_id])


def test_every_case_of_these_families_is_played(cases: dict[str, Case]) -> None:
    wanted = {
        case_id
        for case_id, case in cases.items()
        if case["class"].split(".")[0] in FAMILIES and case["kind"] == "http"
    }

    assert wanted == {*SCENES, *BODIES}
