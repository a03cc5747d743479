"""Every feed and page of the hostile set that is about reading, served as it is and crawled twice."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from dibao.store import Item, Member, Store, Story

from .test_bodies import known, peak_mb, reset_peak
from .world import NOW, PUBLIC, World, answer, feed, items, source

pytestmark = pytest.mark.shared

FAMILIES = ("xml", "limits", "encoding", "date", "identity", "flood", "json", "http")
MANIFEST = Path(__file__).resolve().parents[3].parent / "shared" / "hostile" / "manifest.yaml"
Case = dict[str, Any]


def _cases() -> dict[str, Case]:
    """The cases, for naming tests; none where the material is absent (then the fixture says why)."""
    if not MANIFEST.exists():
        return {}
    found = yaml.safe_load(MANIFEST.read_text("utf-8"))["cases"]
    return {case["id"]: case for case in found}


CASES = _cases()
MINE = {
    case_id: case
    for case_id, case in CASES.items()
    if case["class"].split(".")[0] in FAMILIES and case["kind"] in ("feed", "page")
}
IF_KEPT = ("text_in_if_partial", "text_in_if_stored", "text_in_if_ok")
ZONES = {"D02": "Asia/Shanghai", "D04": "Asia/Shanghai"}


@pytest.fixture(scope="session", autouse=True)
def material(shared: Path) -> Path:
    return shared / "hostile"


def serve(world: World, case: Case, material: Path) -> None:
    """Serve a case's file: a feed at /feed, a page as that of the only item of a feed."""
    body = (material / case["file"]).read_bytes()
    given = case.get("serve", {})
    route = answer(given.get("status", 200), body, Content_Type=given.get("content_type", "text/html"))
    if case["kind"] == "feed":
        world.serve("https://bad.example.org/feed", route)
        return
    listed = feed(("p", "Listed")).replace(b"<guid>", b"<link>https://bad.example.org/page</link><guid>")
    world.serve("https://bad.example.org/feed", answer(200, listed))
    world.serve("https://bad.example.org/page", route)


def shown(found: dict[str, Item]) -> str:
    return "\n".join(f"{item.title}\n{item.text}\n{item.summary}\n{item.author}" for item in found.values())


def bad_source(case: Case) -> Any:
    changes: dict[str, Any] = {"timezone": ZONES.get(case["id"], "UTC")}
    if "lang" in case:
        changes["languages"] = (case["lang"],)
    return source("bad", detail=case["kind"] == "page", **changes)


@pytest.mark.slow
@pytest.mark.parametrize("case_id", MINE)
def test_it_is_read_as_expected(world: World, store: Store, material: Path, case_id: str) -> None:
    case = MINE[case_id]
    expect = case["expect"]
    before = case.get("after") if case["class"] != "identity.hijack" else None
    if before:
        serve(world, CASES[before], material)
        world.alone(store, bad_source(CASES[before]), hours=-24)
    serve(world, case, material)
    memory, started = reset_peak(), time.monotonic()
    report = world.alone(store, bad_source(case))
    seconds, growth = time.monotonic() - started, peak_mb() - memory
    found = items(store, "bad")
    problems = [problem.message for problem in report.problems]

    assert seconds < expect.get("max_seconds", 10)
    assert growth < expect.get("max_rss_growth_mb", 300)
    assert not any("cannot be read (" in message for message in problems)
    _counts(report, expect, store)
    if expect.get("result") == "rejected" or expect.get("warn"):
        assert problems
    text = shown(found)
    for piece in expect.get("text_in", ()):
        assert piece in text
    for piece in (*expect.get("text_out", ()),):
        assert piece not in text
    _codepoints(text, expect)
    assert all(part not in item.url for item in found.values() for part in expect.get("href_out", ()))
    assert all(len(item.title) <= expect.get("title_max_chars", 300) for item in found.values())
    _dates(store, expect)
    if "updated_items" in expect:
        assert report.per_source["xx-bad"].changed == expect["updated_items"]
    for piece in expect.get("must", ()):
        assert piece in text
    if found:
        assert all(piece in text for key in IF_KEPT for piece in expect.get(key, ()))
    assert len(text.encode()) < 1_000 * expect.get("output_growth_kb", 1_000)
    assert {item.lang for item in found.values()} <= {
        expect.get("lang_detected", item.lang) for item in found.values()
    }
    assert {address for address, _ in world.connected} <= {PUBLIC}
    assert set(world.looked_up) <= {"bad.example.org", "healthy.example.org"}
    assert len(world.paths("bad.example.org")) <= 5
    # Reading the same again, whole, changes nothing.
    again = world.alone(store, bad_source(case), hours=24)
    assert (again.new, again.changed) == (0, 0)


def _counts(report: Any, expect: Case, store: Store) -> None:
    put = report.per_source["xx-bad"]
    if "new_items" in expect:
        assert put.new == expect["new_items"]
    if "items" in expect and "updated_items" not in expect:
        least, _, most = str(expect["items"]).partition("..")
        stored = len(store.content_hashes("xx-bad"))
        # Of a flood the newest sixty are taken in one run.
        assert min(int(least), 60) <= stored <= int(most or least)


def _codepoints(text: str, expect: Case) -> None:
    for given in expect.get("codepoints_out", ()):
        first, _, last = given.partition("-")
        closed = range(int(first, 16), int(last or first, 16) + 1)
        assert not {ord(c) for c in text} & set(closed)


def _dates(store: Store, expect: Case) -> None:
    """Compare by key: a day where the source gave a day, an instant where it gave one."""
    by_key = {item.key: item for item in store.items(store.content_hashes("xx-bad")).values()}
    for key, wanted in expect.get("dates", {}).items():
        if key == "page":
            continue
        moment = by_key[key].published
        if wanted is None:
            assert moment is None, key
        elif "T" in str(wanted):
            assert moment is not None, key
            assert moment.at == datetime.fromisoformat(str(wanted).replace("Z", "+00:00")), key
        else:
            assert moment is not None, key
            assert (moment.day.isoformat(), moment.at) == (str(wanted), None), key
    for key, wanted in expect.get("display_date", {}).items():
        moment = by_key[key].published
        assert moment is not None
        assert moment.day.isoformat() == str(wanted)
    for key in (*expect.get("not_in_future", ()), *expect.get("not_first", ())):
        moment = by_key[key].published
        assert moment is None or moment.at is None or moment.at <= NOW
        assert moment is None or moment.day <= NOW.date()
    if "all_dates_in" in expect:
        days = [item.published.day for item in by_key.values() if item.published]
        assert all(date(1990, 1, 1) <= day <= date(2026, 3, 6) for day in days)


# --- what one number cannot say ------------------------------------------------------------------


@pytest.mark.parametrize(
    "case_id", [name for name, case in MINE.items() if case["expect"].get("previous_items_kept")]
)
def test_what_was_known_stays(world: World, store: Store, material: Path, case_id: str) -> None:
    known(world, store)
    serve(world, MINE[case_id], material)
    report = world.alone(store, bad_source(MINE[case_id]))

    assert "Text of Old." in shown(items(store, "bad"))
    assert report.problems


def test_full_width_figures_are_found_as_what_they_mean(world: World, store: Store, material: Path) -> None:
    serve(world, CASES["E11"], material)
    world.alone(store, bad_source(CASES["E11"]))
    [item] = [item for item in items(store, "bad").values() if item.key == "e11"]
    member = Member(item_id=item.id, score=1.0, reason="first")
    store.put_stories([Story(id=0, members=(member,), head=item.id, day=date(2026, 3, 5))])

    assert [words for words in CASES["E11"]["expect"]["search_finds"] if not store.search(words)] == []


def test_a_cut_feed_is_asked_for_again_whole(world: World, store: Store, material: Path) -> None:
    serve(world, CASES["B11"], material)
    world.alone(store, bad_source(CASES["B11"]))
    [poll] = [poll for poll in store.polls() if poll.source_id == "xx-bad"]

    assert (poll.etag, poll.last_modified, poll.body_hash, poll.trouble) == ("", "", "", "damaged")
    assert all(item.text for item in items(store, "bad").values())


def test_a_known_item_stays_when_its_page_becomes_an_error_page(
    world: World, store: Store, material: Path
) -> None:
    case = CASES["P20"]
    serve(world, case, material)
    good = "<html><body><article><h1>Listed</h1>" + "<p>The old text of the notice, still here.</p>" * 30
    world.serve("https://bad.example.org/page", answer(200, good.encode(), Content_Type="text/html"))
    world.alone(store, bad_source(case), hours=-24)
    serve(world, case, material)
    report = world.alone(store, bad_source(case))

    assert "still here" in shown(items(store, "bad"))
    assert report.changed == 0


def test_a_migration_to_new_ids_is_no_news_and_stays_none(world: World, store: Store, material: Path) -> None:
    for hours, case_id in ((-48, "I01"), (-24, "I02"), (0, "I01"), (24, "I02")):
        serve(world, CASES[case_id], material)
        report = world.alone(store, bad_source(CASES[case_id]), hours=hours)

        assert (report.per_source["xx-bad"].new, report.changed) == (60 if hours == -48 else 0, 0)


def test_ids_made_up_at_every_request_flood_nothing(world: World, store: Store) -> None:
    for number in range(4):
        body = feed(*((f"random-{number}-{n}", f"Notice {n}") for n in range(20)))
        world.serve("https://bad.example.org/feed", answer(200, body))
        report = world.alone(store, source("bad"), hours=number * 24)

        assert report.per_source["xx-bad"].new == (0 if number else 20)


def test_a_new_item_at_a_known_address_is_news(world: World, store: Store) -> None:
    """One page for every day's rates: same title, same link, another day and id."""
    link = b"<link>https://bad.example.org/rates</link><guid>"
    for day in (1, 2, 3):
        body = feed((f"rates-{day}", "Rates of the day")).replace(b"<guid>", link)
        body = body.replace(b"Wed, 04 Mar 2026", f"{day:02} Mar 2026".encode())
        world.serve("https://bad.example.org/feed", answer(200, body))
        report = world.alone(store, source("bad"), hours=24 * day)

        assert report.per_source["xx-bad"].new == 1


def test_two_servers_behind_one_name_make_no_endless_versions(world: World, store: Store) -> None:
    versions = []
    for number in range(8):
        title = "Notice, as corrected" if number % 2 else "Notice"
        world.serve("https://bad.example.org/feed", answer(200, feed(("a", title))))
        report = world.alone(store, source("bad"), hours=number * 24)
        versions.append(report.changed)

    assert versions == [0, 1, 1, 0, 0, 0, 0, 0]


def test_a_correction_keeps_the_text_before(world: World, store: Store, material: Path) -> None:
    for hours, case_id in ((-24, "I01"), (0, "I07")):
        serve(world, CASES[case_id], material)
        world.alone(store, bad_source(CASES[case_id]), hours=hours)
    [item] = [item for item in items(store, "bad").values() if item.key == "old-3"]
    first, second = store.versions(item.id)

    assert "3.5 million" in second.text
    assert "3.5 million" not in first.text


def test_another_source_cannot_change_an_item_by_its_id(world: World, store: Store, material: Path) -> None:
    serve(world, CASES["I01"], material)
    world.alone(store, bad_source(CASES["I01"]))
    before = items(store, "bad")
    body = (material / CASES["I08"]["file"]).read_bytes()
    world.serve("https://thief.example.org/feed", answer(200, body))
    report = world.crawl(store, source("thief"), hours=1)

    assert report.new == 1
    assert items(store, "bad") == before


def test_a_backfill_is_archive_and_no_news(world: World, store: Store, material: Path) -> None:
    world.serve("https://bad.example.org/feed", answer(200, feed(("now", "Now"))))
    world.alone(store, source("bad"), hours=-48)
    world.serve("https://bad.example.org/feed", answer(200, feed(("now", "Now"), ("new", "New"))))
    world.alone(store, source("bad"), hours=-24)
    serve(world, CASES["I10"], material)
    report = world.alone(store, source("bad"))
    found = items(store, "bad")

    assert report.new > 0
    assert {title for title, item in found.items() if not item.baseline} == {"New"}


def test_a_feed_that_asks_to_be_moved_stays_where_it_is(world: World, store: Store, material: Path) -> None:
    serve(world, CASES["I11"], material)
    world.alone(store, bad_source(CASES["I11"]))
    world.alone(store, bad_source(CASES["I11"]), hours=24)

    assert {poll.url for poll in store.polls()} == {
        "https://bad.example.org/feed",
        "https://healthy.example.org/feed",
    }
    assert "canary.invalid" not in "".join(world.looked_up)


def test_nothing_is_dated_far_in_the_future(world: World, store: Store, material: Path) -> None:
    serve(world, CASES["D03"], material)
    world.alone(store, bad_source(CASES["D03"]))
    limit = date(2026, 3, 5) + timedelta(days=2)

    assert all(item.published is None or item.published.day <= limit for item in items(store, "bad").values())
