"""A host is asked for so much in one run; what is left waits for the next, and nothing is lost by it."""

from __future__ import annotations

import msgspec
import pytest

from dibao.crawler import spiders
from dibao.crawler.source import Detail, SourceSpec
from dibao.store import Store

from .world import World, answer, items, source

PAGE = b"<main><p>The authority published this notice; it applies from 1 December 2026.</p>%s</main>"
FILE = b'<a href="/files/%d.txt">Annex</a>'


def listed(count: int) -> bytes:
    rows = "".join(
        f"<item><title>Notice {n}</title><link>https://bad.example.org/n/{n}</link><guid>{n}</guid>"
        "<pubDate>Wed, 04 Mar 2026 09:00:00 +0000</pubDate></item>"
        for n in range(count)
    )
    return f'<rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'.encode()


def spec() -> SourceSpec:
    bad = source("bad")
    [endpoint] = bad.endpoints
    return msgspec.structs.replace(
        bad, endpoints=(msgspec.structs.replace(endpoint, detail=Detail(body="main")),)
    )


def site(world: World, count: int, *, files: bool = False) -> None:
    world.serve(spec().endpoints[0].url, answer(200, listed(count)))
    for n in range(count):
        world.serve(f"https://bad.example.org/n/{n}", answer(200, PAGE % (FILE % n if files else b"")))
        world.serve(f"https://bad.example.org/files/{n}.txt", answer(200, b"The annex."))


def texts(store: Store) -> list[int]:
    return [len(item.text) for _, item in sorted(items(store, "bad").items())]


def test_a_host_is_asked_within_its_budget_and_the_rest_comes_in_the_next_runs(
    world: World, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spiders, "HOST_BUDGET", 3)
    site(world, 5)
    seen = []
    for hours in range(3):
        before = len(world.paths("bad.example.org"))
        report = world.crawl(store, spec(), hours=hours)
        seen.append((len(texts(store)), len(world.paths("bad.example.org")) - before, len(report.problems)))

    # The list, and two pages a run.
    assert seen == [(2, 3, 0), (4, 3, 0), (5, 2, 0)]
    assert len(set(texts(store))) == 1


def test_an_item_is_never_kept_without_its_file_because_the_budget_was_spent(
    world: World, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spiders, "HOST_BUDGET", 4)
    site(world, 2, files=True)
    world.crawl(store, spec())
    first = [item.attachments[0].text for item in items(store, "bad").values()]
    world.crawl(store, spec(), hours=1)

    assert first == ["The annex."]
    assert [item.attachments[0].text for item in items(store, "bad").values()] == ["The annex."] * 2


def test_a_list_for_which_nothing_is_left_waits_without_an_alarm(
    world: World, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spiders, "HOST_BUDGET", 1)
    site(world, 1)
    one = source("bad")
    [endpoint] = one.endpoints
    other = msgspec.structs.replace(endpoint, url="https://bad.example.org/other")
    world.serve(other.url, answer(200, listed(1)))
    report = world.crawl(store, msgspec.structs.replace(one, endpoints=(endpoint, other)))

    assert (report.not_due, report.problems) == (1, ())
    assert world.paths("bad.example.org") == ["/feed"]


def test_without_a_budget_a_host_would_be_asked_for_everything_at_once(world: World, store: Store) -> None:
    site(world, 5)
    world.crawl(store, spec())

    assert len(world.paths("bad.example.org")) == 6
