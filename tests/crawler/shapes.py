"""Answers in the shape that each publisher is known to give: the cases, and a recorded web made of them.

``pages/feeds.yaml`` holds one entry of each feed, the other files whole answers; every text is our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import yaml

from dibao.crawler.archive import Answer, Recorder
from dibao.crawler.reading import payload
from dibao.crawler.source import Endpoint, SourceSpec, load

PAGES = Path(__file__).parent / "pages"
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
CATALOGUE = load()
READ = [(spec, endpoint) for spec in CATALOGUE.values() if not spec.off for endpoint in spec.endpoints]


@dataclass(frozen=True)
class Case:
    """One recorded answer: address → text, and what must come out of it."""

    source: str
    lists: tuple[str, ...]
    answer: str
    others: Mapping[str, str]
    expected: list[list[Any]]
    labels: Mapping[str, str]
    text: str


def _item(flavour: str, title: str, link: str, when: str) -> str:
    element = {"nbs": "pubTime", "rdf": "dc:date"}.get(flavour, "pubDate")
    about = f' rdf:about="{escape(link)}"' if flavour == "rdf" else ""
    guid = "" if flavour == "rdf" else f"<guid>{escape(link)}</guid>"
    full = "<content:encoded><![CDATA[<p>Text.</p>]]></content:encoded>" if flavour == "wordpress" else ""
    return (
        f"<item{about}><title>{escape(title)}</title><link>{escape(link)}</link>{guid}"
        f"<{element}>{when}</{element}><description>&lt;p&gt;…&lt;/p&gt;</description>{full}</item>"
    )


def _feed(flavour: str, title: str, link: str, when: str) -> str:
    item = _item(flavour, title, link, when)
    if flavour == "rdf":  # items are siblings of the channel
        return (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<channel><title>x</title></channel>{item}</rdf:RDF>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>'
        f"{item}</channel></rss>"
    )


def _cases() -> Iterator[Case]:
    for source, rows in _yaml("feeds.yaml"):
        for flavour, url, title, link, when, day, column in rows:
            address = link if "://" in link else f"https://{link}"
            yield Case(
                source, (url,), _feed(flavour, title, link, when), {}, [[title, address, day, column]], {}, ""
            )
    for name in ("cn-state.yaml", "media.yaml", "world.yaml"):
        for source, cases in _yaml(name):
            for case in cases:
                lists = case["list"] if isinstance(case["list"], list) else [case["list"]]
                second = case.get("second", {})
                others = {**case.get("pages", {}), **({second["url"]: second["answer"]} if second else {})}
                yield Case(
                    source,
                    tuple(map(str, lists)),
                    case["answer"],
                    others,
                    case["expect"],
                    case.get("labels", {}),
                    case.get("text", ""),
                )


def _yaml(name: str) -> list[tuple[str, Any]]:
    found: dict[str, Any] = yaml.load((PAGES / name).read_text("utf-8"), yaml.CSafeLoader)
    return list(found.items())


CASES = list(_cases())


def case_of(spec: SourceSpec, endpoint: Endpoint) -> Case | None:
    mine = [case for case in CASES if case.source == spec.id]
    exact = [case for case in mine if endpoint.name in case.lists]
    return next(iter(exact), None) or next(
        (case for case in mine if any(part in endpoint.name for part in case.lists)), None
    )


def record(folder: Path) -> None:
    """Write one WARC file with an answer of every list that is read, and the pages that are recorded."""
    recorder = Recorder(folder, NOW)
    for spec, endpoint in READ:
        case = case_of(spec, endpoint)
        assert case is not None, f"{spec.id}: no recorded answer of {endpoint.name}"
        for url, text in {endpoint.list_url: case.answer, **case.others}.items():
            method = endpoint.method if url == endpoint.list_url else "GET"
            sent = (payload(endpoint, NOW) or b"") if method == "POST" else b""
            recorder.write(method=method, url=url, request_body=sent, answer=Answer(body=text.encode()))
    recorder.close()
