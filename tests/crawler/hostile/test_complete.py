"""No case of the classes that the crawler answers for is left out, and no expectation of one is unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import test_addresses, test_bodies, test_documents, test_network
from .world import Case

pytestmark = pytest.mark.shared

CLASSES = (
    "ssrf", "redirect", "http", "tls", "robots", "rate", "xml", "limits", "encoding", "date", "identity",
)  # fmt: skip
BY_THEMSELVES = {"U01", "P19"}
"""Played in test_addresses: the list of addresses, and the page that would lead to one."""
ELSEWHERE = {
    "connects": "U01: test_addresses",
    "connects_to": "test_network.redirected",
    "connects_to_only": "test_network.several_addresses",
    "correction_visible": "test_a_correction_keeps_the_text_before; site: test_document",
    "fallback": "site: undated items stand under the day of their first fetch, and say so",
    "feeds_wellformed": "site: test_clean, test_feeds",
    "fetch": "by each scene: nothing but public servers is connected to",
    "fetched_at": "world.NOW",
    "flag": "R12, R26: the scene's message; E06: mended with proof, so nothing to flag",
    "history_kept": "test_a_correction_keeps_the_text_before",
    "local_file_read": "text_out",
    "mail_line_max_bytes": "site: test_newsletter",
    "mail_sent": "test_a_migration_to_new_ids_is_no_news_and_stays_none",
    "monotonic": "site: test_feeds",
    "must_not_change": "test_another_source_cannot_change_an_item_by_its_id",
    "next_fetch_within": "test_network.too_often",
    "no_header_injection": "test_network.line_breaks",
    "no_horizontal_scroll": "browser: test_site",
    "no_insecure_retry": "test_network.bad_certificate",
    "numbers": "summarizer: test_facts_numbers",
    "parsed_at_least_bytes": "test_network.large_robots",
    "previous_version_kept": "test_a_known_item_stays_when_its_page_becomes_an_error_page",
    "requests_out": "whatever was looked up or connected to",
    "rule": "test_network.rebind",
    "source_paused": "test_network.gone",
    "source_timezone": "test_documents.ZONES",
    "source_url_unchanged": "test_a_feed_that_asks_to_be_moved_stays_where_it_is, test_network.parked",
    "stable_on_refetch": "every document is read twice",
    "treated_as": "test_network.robots_moved",
}
"""What is expected and not asked for by its name, and what asks for it."""


def test_every_case_is_played(cases: dict[str, Case]) -> None:
    wanted = {name for name, case in cases.items() if case["class"].split(".")[0] in CLASSES}
    played = {*test_network.SCENES, *test_bodies.BODIES, *test_documents.MINE, *BY_THEMSELVES}

    assert len(wanted) >= 80
    assert wanted - played == set()


def test_every_expectation_is_asked_for(cases: dict[str, Case]) -> None:
    asked = "".join(
        Path(str(module.__file__)).read_text("utf-8")
        for module in (test_addresses, test_bodies, test_documents, test_network)
    )
    expected = {
        key for case in cases.values() if case["class"].split(".")[0] in CLASSES for key in case["expect"]
    }
    unread = {key for key in expected if f'"{key}"' not in asked}

    assert unread - ELSEWHERE.keys() == set()
    assert ELSEWHERE.keys() - unread == set()
