"""Every list that is read has an answer in the shape its publisher is known to give, and yields what it says.

See ``shapes.py``. Nothing here is fetched.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from dibao.crawler.parse.urls import canonical_url
from dibao.crawler.reading import Fetched, FetchError, Memory, Reading, read_endpoint
from dibao.crawler.run import crawl
from dibao.crawler.source import Endpoint, SourceSpec
from dibao.store import Store

from .shapes import CASES, CATALOGUE, NOW, READ, Case, case_of, record


class Web:
    """Answers from a table; what is not in it was not recorded."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers

    async def __call__(
        self, url: str, *, spec: SourceSpec, payload: bytes | None = None, headers: Any = None
    ) -> Fetched:
        if url not in self.answers:
            raise FetchError(f"{url} was not recorded", lasting=True)
        return Fetched(url=url, status=200, body=self.answers[url].encode())


def read(spec: SourceSpec, endpoint: Endpoint, case: Case) -> Reading:
    # Pages are asked for by their canonical address, lists by the one that their source says.
    canonical = {canonical_url(url): text for url, text in case.others.items()}
    web = Web({**canonical, **case.others, endpoint.list_url: case.answer})
    memory = Memory(poll=None, listings={})
    return asyncio.run(read_endpoint(spec, endpoint, memory=memory, now=NOW, fetch=web, first_is_news=True))


@pytest.mark.parametrize(("spec", "endpoint"), READ, ids=[f"{s.id}-{e.name[-60:]}" for s, e in READ])
def test_every_list_that_is_read_yields_what_its_publisher_says(spec: SourceSpec, endpoint: Endpoint) -> None:
    case = case_of(spec, endpoint)
    assert case is not None, "no recorded answer: add one to tests/crawler/pages"

    reading = read(spec, endpoint, case)

    told = [
        [item.title, item.url, item.published.day if item.published else None, item.column]
        for item in reading.items
    ]
    wanted = [
        [title, canonical_url(url.replace("…", urljoin(endpoint.url, ".").rstrip("/"))), day, column]
        for title, url, day, column in case.expected
    ]
    assert (reading.poll.error, told) == ("", wanted)
    assert dict(case.labels).items() <= dict(reading.items[0].labels).items()
    assert case.text in reading.items[0].text


def test_every_recorded_answer_belongs_to_a_list_that_is_read() -> None:
    used = [case_of(spec, endpoint) for spec, endpoint in READ]

    assert [(case.source, case.lists) for case in CASES if case not in used] == []


def test_at_least_sixty_sources_are_read_and_every_first_tier_body_that_was_promised() -> None:
    read_ids = {spec.id for spec, _ in READ}
    near = [s for s in CATALOGUE.values() if s.tier == 1 and s.jurisdiction in ("CN", "HK", "SG")]
    named = """
    us-sec us-fed us-cftc us-fdic us-occ us-cfpb us-ftc us-treasury us-ofac us-federalregister us-nist
    uk-fca uk-boe-pra uk-hmt uk-ofsi eu-ecb eu-ecb-ssm eu-esma eu-eba eu-eiopa eu-amla eu-edpb eu-ec-digital
    eu-ec-fisma int-bis int-fsb int-imf cn-36kr cn-cls cn-yicai cn-caixin cn-xinhua hk-scmp
    """

    assert len(read_ids) >= 60
    assert [spec.id for spec in near if spec.off] == []
    assert set(named.split()) - read_ids == set()


def test_the_days_of_the_records_are_days() -> None:
    assert all(isinstance(row[2], date) for case in CASES for row in case.expected)


def test_one_run_over_all_sources_ends_with_every_source_read(tmp_path: Path) -> None:
    record(tmp_path)
    with Store(":memory:") as store:
        specs = list(CATALOGUE.values())
        report = crawl(
            store, specs, now=NOW, contact="x", archive=None, replay=tmp_path, first_poll_is_news=True
        )
        items = Counter(item.source_id for item in store.items(store.due("test", "1")).values())
        health = store.lists(now=NOW)

    assert len(health) == len(READ)
    assert [(row.source_id, row.url, row.error) for row in health if row.needs_a_look] == []
    # What is missing are pages behind feeds, which are not recorded; no list has failed.
    lists = {endpoint.list_url for _, endpoint in READ}
    assert {problem.message.partition(":")[0] for problem in report.problems} == {"not in the recording"}
    assert [problem for problem in report.problems if problem.url in lists] == []
    assert set(items) == {spec.id for spec, _ in READ}
    assert report.new == sum(items.values()) >= len({case.answer for case in CASES})
