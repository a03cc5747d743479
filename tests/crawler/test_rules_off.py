"""Each rule of reading, switched off over a recorded web: the harm that it prevents then happens.

Protections of the network are switched off in ``hostile/test_switched_off.py``.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dibao.crawler import checking, guard, publication, reading
from dibao.crawler.parse import xml
from dibao.store import DocumentError, Item, Store, memory

from .runs import FEED, HTML, LONG, NOW, rss, run, write

LIST = "site.example.org/list/index.html"
PAGE = "site.example.org/p/1.html"
ROW = '<li><a href="{}">{}</a><span>2026-11-19</span></li>'
GONE = json.dumps({"status": 404})


def listing(*rows: tuple[str, str]) -> str:
    return f'<ul class="list">{"".join(ROW.format(*row) for row in rows)}</ul>'


def page(text: str) -> str:
    return f"<html><meta charset=utf-8><body><h1>公告</h1><div id=zoom><p>{text}</p></div></body></html>"


def again(store: Store, web: Path, *hours: int) -> dict[str, Item]:
    for later in hours:
        run(store, web, HTML, now=NOW + timedelta(hours=later))
    return kept_of(store)


def kept_of(store: Store) -> dict[str, Item]:
    return {item.title: item for item in store.items(store.content_hashes(HTML.id)).values()}


def text_lost_to_an_error_page(web: Path, store: Store) -> bool:
    again(store, web, 0)
    write(web, PAGE, page("系统维护中，请稍后再试。"))
    [item] = again(store, web, 6).values()
    return LONG not in item.text


def withdrawn_at_once(web: Path, store: Store) -> bool:
    again(store, web, 0)
    write(web, f"{PAGE}.headers", GONE)
    [item] = again(store, web, 6).values()
    return item.withdrawn_at is not None


def withdrawn_by_a_relaunch(web: Path, store: Store) -> bool:
    write(web, LIST, listing(*((f"../p/{n}.html", f"公告{n}") for n in range(4))))
    for n in range(4):
        write(web, f"site.example.org/p/{n}.html", page(LONG))
    again(store, web, 0)
    for n in range(4):
        write(web, f"site.example.org/p/{n}.html.headers", GONE)
    return any(item.withdrawn_at for item in again(store, web, 6, 12, 18).values())


def a_site_asked_for_everything_again(web: Path, store: Store) -> bool:
    write(web, LIST, listing(*((f"../p/{n}.html", f"公告{n}") for n in range(9))))
    for n in range(9):
        write(web, f"site.example.org/p/{n}.html", page(LONG))
    again(store, web, 0)
    return run(store, web, HTML, now=NOW + timedelta(hours=6)).checked > 5


def text_of_another_site(web: Path, store: Store) -> bool:
    write(web, LIST, listing(("https://other.example.net/x", "别处")))
    write(web, "other.example.net/x", page(LONG))
    [item] = again(store, web, 0).values()
    return LONG in item.text


def a_flood(web: Path, store: Store) -> bool:
    write(web, "feed.example.org/rss", rss(*((f"n{n}", f"第{n}条", "字") for n in range(90))))
    return run(store, web, FEED).new > 60


def a_list_dated_in_the_future_unnoticed(web: Path, store: Store) -> bool:
    write(web, "feed.example.org/rss", rss(("a", "甲", "字")).replace("2026", "2036"))
    run(store, web, FEED)
    return store.polls()[0].trouble != "odd_dates"


def a_page_taken_for_a_list(web: Path, store: Store) -> bool:
    write(
        web, "feed.example.org/rss", "<!doctype html><title>x</title><rss><channel><item><title>广告</title>"
    )
    return bool(run(store, web, FEED).new)


def open_to(address: str) -> Callable[[Path, Store], bool]:
    return lambda web, store: guard.is_public(ipaddress.ip_address(address))


def scanned(text: str, gone: str) -> Callable[[Path, Store], bool]:
    """Does ``gone`` come through the scan before feedparser?"""

    def harm(web: Path, store: Store) -> bool:
        try:
            return gone in xml.harmless(text, url="https://a.example/")
        except DocumentError:
            return False

    return harm


DEEP = "<rss>" + "<a>" * 600 + "deep"
WIDE = f'<rss><item x="{"y" * 9_000}"><title>t</title></item></rss>'
MANY = f"<rss>{''.join(f'<item><title>t{n}</title></item>' for n in range(600))}</rss>"
RULES: dict[str, tuple[Any, str, Any, Callable[[Path, Store], bool]]] = {
    "error-pages-known": (publication, "soft_failure", lambda *_: "", text_lost_to_an_error_page),
    "three-checks": (memory, "WITHDRAWN_AFTER", 1, withdrawn_at_once),
    "relaunch-known": (checking, "MASS", 99, withdrawn_by_a_relaunch),
    "five-checks-a-run": (checking, "MAX_CHECKS", 99, a_site_asked_for_everything_again),
    "text-of-the-own-site": (publication, "site", lambda _: "one", text_of_another_site),
    "sixty-entries-a-list": (reading, "newest", lambda entries, limit: list(entries), a_flood),
    "odd-dates-told": (reading, "warnings", lambda *_, **__: (), a_list_dated_in_the_future_unnoticed),
    "pages-are-no-lists": (reading, "wrong_kind", lambda *_, **__: "", a_page_taken_for_a_list),
    "6to4": (guard, "_CLOSED", (), open_to("2002:7f00:1::")),
    "depth-of-xml": (xml, "MAX_DEPTH", 9_999, scanned(DEEP, "deep")),
    "length-of-tags": (xml, "MAX_TAG", 99_999, scanned(WIDE, "yyy")),
    "items-of-a-flood": (xml, "MAX_ITEMS", 9_999, scanned(MANY, "<title>t300")),
    "entities-of-a-doctype": (
        xml, "_NESTED_ENTITY", re.compile("(?!)"),
        scanned('<!DOCTYPE x [<!ENTITY a "h"><!ENTITY b "&a;&a;">]><rss>read', "read"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("module", "name", "off", "harm"), RULES.values(), ids=RULES)
def test_a_rule_is_what_keeps_the_harm_away(
    web: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
    off: Any,
    harm: Callable[[Path, Store], bool],
) -> None:
    write(web, LIST, listing(("../p/1.html", "附件公告")))
    write(web, PAGE, page(LONG))
    with Store(":memory:") as store:
        assert not harm(web, store)

    for sidecar in (web / "site.example.org/p").glob("*.headers"):
        sidecar.unlink()
    write(web, LIST, listing(("../p/1.html", "附件公告")))
    write(web, PAGE, page(LONG))
    monkeypatch.setattr(module, name, off)
    with Store(":memory:") as unprotected:
        assert harm(web, unprotected)
