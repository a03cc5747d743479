"""Each protection, switched off: the harm that it prevents then happens, and the world sees it.

Without this a test of a protection may pass because of something else.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Any

import pytest

from dibao.crawler import client, publication, reading, run, schedule, spiders
from dibao.crawler import settings as manners
from dibao.crawler.parse import feeds
from dibao.store import Store, writing

from .test_network import FEED
from .world import HEALTHY, PUBLIC, World, answer, feed, items, moved, source

MB = 1_000_000
LINKED = b"<link>https://bad.example.org/n</link><guid>"


def crawl(world: World, store: Store, *, hours: int = 0) -> dict[str, Any]:
    world.crawl(store, source("bad"), hours=hours)
    return dict(items(store, "bad"))


def rebinding(world: World, store: Store) -> bool:
    world.names["bad.example.org"] = [["127.0.0.1"]]
    crawl(world, store)
    return ("127.0.0.1", 443) in world.connected


def other_port(world: World, store: Store) -> bool:
    world.serve(FEED, moved(302, "https://bad.example.org:22/"))
    crawl(world, store)
    return (PUBLIC, 22) in world.connected


def downgrade(world: World, store: Store) -> bool:
    world.serve(FEED, moved(302, "http://bad.example.org/feed"))
    crawl(world, store)
    return (PUBLIC, 80) in world.connected


def long_chain(world: World, store: Store) -> bool:
    world.serve(FEED, moved(302, "/0"))
    for n in range(30):
        world.serve(f"https://bad.example.org/{n}", moved(302, f"/{n + 1}"))
    crawl(world, store)
    return len(world.paths("bad.example.org")) > 10


def too_big(world: World, store: Store) -> bool:
    world.serve(FEED, answer(200, HEALTHY + b" " * 21 * MB))
    return let_through(world, store)


def let_through(world: World, store: Store) -> bool:
    """Did the answer get past the downloader, to the next wall (the parser's own limit)?"""
    report = world.crawl(store, source("bad"))
    return not any("larger than the limit" in problem.message for problem in report.problems)


def too_big_unpacked(world: World, store: Store) -> bool:
    world.serve(FEED, answer(200, gzip.compress(HEALTHY + b" " * 21 * MB, 1), Content_Encoding="gzip"))
    return let_through(world, store)


def slow(world: World, store: Store) -> bool:
    def late(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(4)
        answer(200, HEALTHY)(handler)

    world.serve(FEED, late)
    return bool(crawl(world, store))


def expired(world: World, store: Store) -> bool:
    world.serve("https://expired.example.org/feed", answer(200, HEALTHY))
    world.crawl(store, source("expired"))
    return bool(items(store, "expired"))


def forbidden(world: World, store: Store) -> bool:
    world.serve("https://bad.example.org/robots.txt", answer(200, b"User-agent: *\nDisallow: /\n"))
    world.serve(FEED, answer(200, HEALTHY))
    return bool(crawl(world, store))


def unreachable_rules(world: World, store: Store) -> bool:
    world.serve("https://bad.example.org/robots.txt", answer(503))
    world.serve(FEED, answer(200, HEALTHY))
    return bool(crawl(world, store))


def cookies(world: World, store: Store) -> bool:
    world.serve("https://bad.example.org/robots.txt", answer(404, Set_Cookie="sid=1"))
    world.serve(FEED, answer(302, Set_Cookie="sid=1", Location="/b"))
    crawl(world, store)
    return any("cookie" in headers for _, _, headers in world.asked)


def parked(world: World, store: Store) -> bool:
    world.serve(FEED, moved(301, "https://parked.canary.invalid/"))
    world.serve("https://parked.canary.invalid/", answer(200, HEALTHY))
    return bool(crawl(world, store))


def impatience(world: World, store: Store) -> bool:
    world.serve(FEED, answer(429, Retry_After="7200"))
    crawl(world, store)
    crawl(world, store, hours=1)
    return len(world.paths("bad.example.org")) > 1


def waiting_for_ever(world: World, store: Store) -> bool:
    world.serve(FEED, answer(429, Retry_After="99999999"))
    crawl(world, store)
    world.serve(FEED, answer(200, HEALTHY))
    return not crawl(world, store, hours=25)


def new_ids(world: World, store: Store) -> bool:
    for number in range(2):
        world.serve(FEED, answer(200, feed((f"id-{number}", "Notice")).replace(b"<guid>", LINKED)))
        crawl(world, store, hours=number * 24)
    return len(store.content_hashes("xx-bad")) > 1


def back_and_forth(world: World, store: Store) -> bool:
    for number in range(6):
        world.serve(FEED, answer(200, feed(("a", f"Notice {number % 2}"))))
        found = crawl(world, store, hours=number * 24)
    [item] = found.values()
    return len(store.versions(item.id)) > 3


def pinned_to_the_top(world: World, store: Store) -> bool:
    world.serve(FEED, answer(200, HEALTHY.replace(b"2026", b"2096")))
    [item] = crawl(world, store).values()
    return item.published is not None


def later_today(world: World, store: Store) -> bool:
    world.serve(FEED, answer(200, HEALTHY.replace(b"04 Mar 2026 09:00", b"05 Mar 2026 09:00")))
    [item] = crawl(world, store).values()
    return item.published is not None and item.published.at is not None


def old_as_news(world: World, store: Store) -> bool:
    world.serve(FEED, answer(200, feed(("a", "A"))))
    crawl(world, store)
    old = feed(("old", "Old")).replace(b"Wed, 04 Mar 2026", b"05 Mar 2018")
    world.serve(FEED, answer(200, old))
    return not crawl(world, store, hours=24)["Old"].baseline


def nested_entities(world: World, store: Store) -> bool:
    declared = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    world.serve(FEED, answer(200, HEALTHY.replace(b"<rss", declared + b"<rss")))
    return bool(crawl(world, store))


def half_an_item(world: World, store: Store) -> bool:
    whole = feed(("a", "A"), ("b", "B"))
    world.serve(FEED, answer(200, whole[: whole.rindex(b"</title>") - 1]))
    crawl(world, store)
    return bool(store.polls()[0].body_hash)


def read_again(world: World, store: Store) -> bool:
    """Is a list that did not change taken apart a second time?"""
    world.serve(FEED, answer(200, HEALTHY))
    read: list[str] = []
    with pytest.MonkeyPatch.context() as watched:
        plain = feeds.quick_items
        watched.setattr(feeds, "quick_items", lambda text, **rest: read.append(text) or plain(text, **rest))
        for hours in (1, 6):  # the first reading of a day is never conditional; both are of one day
            crawl(world, store, hours=hours)
    return len(read) > 1


_numbers = count()


Off = Callable[[pytest.MonkeyPatch], None]


def setting(**changes: Any) -> Off:
    def off(monkeypatch: pytest.MonkeyPatch) -> None:
        before = run.settings
        monkeypatch.setattr(run, "settings", lambda *a, **k: {**before(*a, **k), **changes})

    return off


def without(middleware: str) -> Off:
    def off(monkeypatch: pytest.MonkeyPatch) -> None:
        before = run.settings

        def fewer(*args: Any, **kwargs: Any) -> dict[str, Any]:
            made = before(*args, **kwargs)
            return {**made, "DOWNLOADER_MIDDLEWARES": {**made["DOWNLOADER_MIDDLEWARES"], middleware: None}}

        monkeypatch.setattr(run, "settings", fewer)

    return off


def instead(module: Any, name: str, value: Any) -> Off:
    return lambda monkeypatch: monkeypatch.setattr(module, name, value)


PROTECTIONS: dict[str, tuple[Off, Callable[[World, Store], bool]]] = {
    "address-judged-when-connecting": (instead(client, "judge", lambda *_: None), rebinding),
    "ports": (instead(client, "refusal", lambda *_, **__: ""), other_port),
    "https-stays-https": (without("dibao.crawler.client.GuardMiddleware"), downgrade),
    "ten-redirects": (setting(REDIRECT_MAX_TIMES=40), long_chain),
    "size": (setting(DOWNLOAD_MAXSIZE=0), too_big),
    "size-unpacked": (setting(DOWNLOAD_MAXSIZE=0), too_big_unpacked),
    "time": (setting(DOWNLOAD_TIMEOUT=20), slow),
    "certificates": (setting(DOWNLOAD_VERIFY_CERTIFICATES=False), expired),
    "robots.txt": (setting(ROBOTSTXT_OBEY=False), forbidden),
    "robots.txt-unreachable": (without(f"{manners._SELF}.settings.RobotsAnswer"), unreachable_rules),
    "no-cookies": (setting(COOKIES_ENABLED=True), cookies),
    "lists-stay-on-their-site": (instead(reading, "site", lambda _: "one"), parked),
    "retry-after-remembered": (instead(spiders, "held", lambda *_, **__: ""), impatience),
    "retry-after-capped": (instead(schedule, "MOST_WAIT", timedelta(days=9_999)), waiting_for_ever),
    "items-known-under-new-ids": (instead(run, "known_names", lambda _: {}), new_ids),
    "no-endless-versions": (instead(writing, "flips", lambda *_: False), back_and_forth),
    "no-dates-in-the-future": (instead(publication, "TOMORROW", timedelta(days=99_999)), pinned_to_the_top),
    "no-times-that-have-not-come": (instead(publication, "CLOCKS", timedelta(days=9)), later_today),
    "old-is-no-news": (instead(publication, "old_news", lambda *_, **__: False), old_as_news),
    "entities-of-entities": (instead(feeds, "harmless", lambda text, **_: text), nested_entities),
    "unchanged-bytes-not-read-again": (instead(reading, "_hash", lambda _: str(next(_numbers))), read_again),
    "cut-answers-asked-for-again": (instead(reading, "cut_off", lambda _: False), half_an_item),
}


@pytest.mark.slow
@pytest.mark.parametrize(("off", "harm"), PROTECTIONS.values(), ids=PROTECTIONS)
def test_a_protection_is_what_keeps_the_harm_away(
    world: World,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    off: Off,
    harm: Callable[[World, Store], bool],
) -> None:
    assert not harm(world, store)

    off(monkeypatch)
    world.names.clear()
    world.connected.clear()
    world.asked.clear()
    with Store(":memory:") as unprotected:
        assert harm(world, unprotected)
