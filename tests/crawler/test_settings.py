"""Manners that no single request shows: what is switched on, and how slow is slow enough."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.core.downloader import Slot
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from dibao.crawler.settings import FloorThrottle, crawl_delay, floors, settings
from dibao.crawler.source import load
from dibao.store import ConfigError

CATALOGUE = load()
LIVE = settings(list(CATALOGUE.values()), contact="https://bot.example.org/", replay=None)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ROBOTSTXT_OBEY", True),
        ("DOWNLOAD_VERIFY_CERTIFICATES", True),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", 1),
        ("AUTOTHROTTLE_ENABLED", True),
        ("COOKIES_ENABLED", False),
        ("HTTPPROXY_ENABLED", False),
        ("METAREFRESH_ENABLED", False),
        ("TELNETCONSOLE_ENABLED", False),
        ("DOWNLOAD_MAXSIZE", 20_000_000),
        ("DIBAO_GUARD_EXEMPT", []),
        ("DIBAO_RETRY_PAUSES", [30.0, 120.0]),
    ],
)
def test_live_reading_is_polite_and_guarded(key: str, value: object) -> None:
    assert LIVE[key] == value


def test_no_scheme_but_http_has_a_handler() -> None:
    assert {scheme for scheme, handler in LIVE["DOWNLOAD_HANDLERS"].items() if handler} == {"http", "https"}


def test_each_host_is_given_the_time_its_source_asks_for() -> None:
    found = floors(list(CATALOGUE.values()))

    assert found["www.nfra.gov.cn"]["delay"] == CATALOGUE["cn-nfra"].delay
    assert found["gateway.36kr.com"]["delay"] == CATALOGUE["cn-36kr"].delay
    assert LIVE["DOWNLOAD_SLOTS"] == found


def test_a_recording_is_read_without_waiting_and_without_a_network() -> None:
    replayed = settings(list(CATALOGUE.values()), contact="x", replay=Path("web"))

    assert (replayed["DOWNLOAD_DELAY"], replayed["DOWNLOAD_SLOTS"], replayed["AUTOTHROTTLE_ENABLED"]) == (
        0,
        {},
        False,
    )
    assert {h for h in replayed["DOWNLOAD_HANDLERS"].values() if h} == {"dibao.crawler.replay.ReplayHandler"}


def test_the_name_says_who_and_where() -> None:
    assert LIVE["USER_AGENT"].startswith("dibao/")
    assert LIVE["USER_AGENT"].endswith("(+https://bot.example.org/)")


@pytest.mark.parametrize("contact", ["", "  ", "编辑部", "a@b.example\r\nX: y"])
def test_nobody_asks_the_network_without_saying_who_and_a_recording_needs_no_name(contact: str) -> None:
    with pytest.raises(ConfigError, match=r"crawl\.contact"):
        settings([], contact=contact, replay=None)
    assert settings([], contact=contact, replay=Path("web"))["USER_AGENT"] == "dibao"


@pytest.mark.parametrize(
    ("robots", "seconds"),
    [
        pytest.param(b"User-agent: *\nCrawl-delay: 10\n", 10, id="everybody"),
        pytest.param(b"User-agent: dibao\nCrawl-delay: 7\n\nUser-agent: *\nCrawl-delay: 1", 7, id="us"),
        pytest.param(b"User-agent: other\nCrawl-delay: 10\n", 0, id="others"),
        pytest.param(b"User-agent: *\nCrawl-delay: 99999999\n", 60, id="for-ever"),
        pytest.param(b"User-agent: *\nCrawl-delay: -5\n", 0, id="negative"),
        pytest.param(b"User-agent: *\nCrawl-delay: nan\n", 0, id="no-number"),
        pytest.param(b"<html>\xff\xfe</html>", 0, id="no-rules"),
    ],
)
def test_a_host_is_left_the_pause_that_its_robots_txt_asks_for(robots: bytes, seconds: float) -> None:
    assert crawl_delay(robots) == seconds


@pytest.mark.parametrize(
    ("latency", "asked", "pause"),
    [
        pytest.param(0.01, 0.0, 5.0, id="quick-server-slow-source"),
        pytest.param(40.0, 0.0, 40.0, id="slow-server"),
        pytest.param(0.01, 9.0, 9.0, id="robots-asks-for-more"),
        pytest.param(900.0, 0.0, 60.0, id="never-for-ever"),
    ],
)
def test_the_pause_follows_the_server_and_never_falls_below_what_was_asked(
    latency: float, asked: float, pause: float
) -> None:
    crawler = get_crawler(None, {**LIVE, "DOWNLOAD_SLOTS": {"a.example": {"delay": 5.0}}})
    crawler.spider = SimpleNamespace(pauses={"a.example": asked})  # type: ignore[assignment]
    throttle = FloorThrottle(crawler)
    throttle.mindelay, throttle.maxdelay = 0.0, LIVE["AUTOTHROTTLE_MAX_DELAY"]
    slot = Slot(1, 5.0)
    for _ in range(3):
        throttle._adjust_delay(slot, latency, Response("https://a.example/x"))

    assert slot.delay == pause
