"""Addresses that must never be connected to, wherever they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from dibao.store import Store

from .world import PUBLIC, Case, World, answer, feed, items, moved, source

pytestmark = pytest.mark.shared

FEED = "https://bad.example.org/feed"
MB = 1 << 20


@pytest.fixture(scope="module")
def never(shared: Path, cases: dict[str, Case]) -> list[str]:
    lines = (shared / "hostile" / cases["U01"]["file"]).read_text("ascii").splitlines()
    found = [line.encode().decode("unicode_escape") for line in lines if line]
    assert len(found) == cases["U01"]["expect"]["count"]
    return found


def quiet(world: World) -> bool:
    """Nothing but the bad and the healthy source's own servers was connected to."""
    return set(world.connected) <= {(PUBLIC, 443)} and not [
        host for host, _, _ in world.asked if host not in ("bad.example.org", "healthy.example.org")
    ]


def test_as_the_address_of_a_feed(world: World, store: Store, never: list[str]) -> None:
    world.names["news.example.org"] = [[PUBLIC]]
    for number, url in enumerate(never):
        report = world.crawl(store, source(f"u{number}", url))

        assert report.problems, url
    assert world.connected == []
    assert world.asked == []


def test_as_the_target_of_a_redirect(world: World, store: Store, never: list[str]) -> None:
    for url in never:
        if "\r" in url:
            continue  # a header cannot hold it; R11 is about what it can hold
        world.serve(FEED, moved(302, url.encode("utf-8").decode("latin-1")))
        world.crawl(store, source("bad"))
    assert quiet(world)
    assert items(store, "bad") == {}


def test_as_the_link_of_an_item_and_of_a_file(world: World, store: Store, never: list[str]) -> None:
    from xml.sax.saxutils import escape, quoteattr

    rows = "".join(
        f"<item><title>Item {n}</title><guid>g{n}</guid><link>{escape(url)}</link></item>"
        for n, url in enumerate(never)
        if "\r" not in url
    )
    links = "".join(f"<a href={quoteattr(url)}>a.pdf</a>" for url in never)
    rows += "<item><title>Page</title><guid>page</guid><link>https://bad.example.org/page</link></item>"
    body = f'<rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'
    page = f"<html><body><article><h1>Page</h1><p>{'Text. ' * 80}</p>{links}<img src='http://127.0.0.1/'></article>"
    world.serve(FEED, answer(200, body.encode(), Content_Type="application/rss+xml"))
    world.serve(
        "https://bad.example.org/page", answer(200, page.encode(), Content_Type="text/html; charset=utf-8")
    )
    world.crawl(store, source("bad", detail=True))

    assert "Page" in items(store, "bad")
    assert quiet(world)


def test_a_meta_refresh_is_not_followed(
    world: World, store: Store, shared: Path, cases: dict[str, Case]
) -> None:
    world.serve(
        FEED,
        answer(200, feed(("a", "A")).replace(b"<guid>", b"<link>https://bad.example.org/p19</link><guid>")),
    )
    body = (shared / "hostile" / cases["P19"]["file"]).read_bytes()
    world.serve("https://bad.example.org/p19", answer(200, body, Content_Type="text/html; charset=utf-8"))
    world.crawl(store, source("bad", detail=True))

    assert world.paths("bad.example.org") == ["/feed", "/p19"]
    assert quiet(world)
