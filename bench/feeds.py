"""Feeds: what other readers' test suites expect of one, and how fast ours reads beside plain feedparser.

``python bench/feeds.py`` prints the pass rate of each suite with the reason of every miss, then the speed as
ratios of one run. Needs ../shared/data/feeds. What a suite expects is brought into our form first: plain
text, canonical addresses, days; fields that we do not use are not asked for.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import feedparser

from dibao.crawler.decode import decode
from dibao.crawler.parse import feeds
from dibao.crawler.parse.entry import Entry
from dibao.crawler.parse.quick import quick_items
from dibao.crawler.parse.text import clean_title, html_to_text, markup_to_text
from dibao.crawler.parse.urls import canonical_url
from dibao.crawler.source import Endpoint
from dibao.store import DocumentError

FEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "feeds"
URL = "https://feeds.example.org/feed"
ENDPOINT = Endpoint(column="news", kind="feed", url=URL)
SHOWN = 12
LEFT_OUT = "by design: items without title and text are left out"

Outcome = tuple[str, str]
"""Name of a case and why it was missed; empty when it passed."""


def read(body: bytes) -> tuple[Entry, ...]:
    """Read a feed as the crawler does. Raises DocumentError."""
    text = decode(body, content_type="application/xml").text
    return feeds.parse_feed(text, url=URL, endpoint=ENDPOINT, zone="UTC", lang="en")


def members(suite: str) -> dict[str, bytes]:
    with zipfile.ZipFile(FEEDS / f"{suite}.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


# --- suites --------------------------------------------------------------------------------------

_EXPECT = re.compile(rb"Expect:\s*(.*?)\s*-->", re.DOTALL)
_FIELD = re.compile(
    r"(?:not bozo and )?entries\[0\]\['"
    r"(title|link|summary|description|author|id|published_parsed|updated_parsed)'\]"
    r"\s*==\s*(.+)",
    re.DOTALL,
)


def feedparser_suite() -> Iterator[Outcome]:
    """The cases that expect something of a field of the first entry that we use."""
    for name, body in members("feedparser_tests").items():
        found = _EXPECT.search(body[:5_000])
        asked = _FIELD.fullmatch(found[1].decode("utf-8", "replace")) if found else None
        if asked is None:
            continue
        try:
            expected = ast.literal_eval(asked[2])
        except (ValueError, SyntaxError):
            continue  # an expression, not a value
        yield name, _field(asked[1], expected, body)


def _field(field: str, expected: Any, body: bytes) -> str:
    try:
        entries = read(body)
    except DocumentError as error:
        return f"not read: {error}"
    if not entries:
        return LEFT_OUT if expected and markup_to_text(str(expected)) else ""
    if field in ("published_parsed", "updated_parsed"):
        return _date(expected, entries)
    wanted = str(expected or "")
    plain = markup_to_text(wanted)
    entry = entries[0]
    if field == "title":
        return _same(clean_title(plain), clean_title(entry.title), or_else=clean_title(wanted))
    if field == "link":
        # Addresses that are not http are never kept.
        return _same(canonical_url(wanted, base=URL), entry.url)
    if field == "id":
        return _same(wanted, entry.fields["key"])
    if field == "author":
        return _same(clean_title(plain), entry.author)
    shown = html_to_text(entry.html) if entry.html else entry.summary
    return _same(plain, entry.summary, or_else=markup_to_text(wanted) and shown)


def _date(expected: Any, entries: Sequence[Entry]) -> str:
    if entries[0].published is None:
        return "" if expected is None else "no date: not beyond doubt"
    at = entries[0].published.at
    found = at.timetuple()[:3] if at else entries[0].published.day.timetuple()[:3]
    return "" if expected and tuple(expected[:3]) == found else f"{found} for {expected}"


def _same(wanted: str, got: str, *, or_else: str = "") -> str:
    return "" if got == wanted or (or_else and got == or_else) else f"{got[:60]!r} for {wanted[:60]!r}"


def pairs_suite(suite: str, ending: str) -> Iterator[Outcome]:
    """Feeds with another reader's parse beside them: number of items, titles and links."""
    files = members(suite)
    for name, body in files.items():
        stem, _, suffix = name.rpartition(".")
        expected = files.get(f"{stem}{ending}")
        if suffix not in ("xml", "rss", "atom") or expected is None:
            continue
        yield name, _pairs(json.loads(expected), body)


def _pairs(expected: Any, body: bytes) -> str:
    items = (expected.get("items") or expected.get("entries") or []) if isinstance(expected, dict) else []
    wanted = [pair for item in items if isinstance(item, dict) for pair in [_pair(item)] if pair[0]]
    try:
        entries = read(body)
    except DocumentError as error:
        return "" if not wanted else f"not read: {error}"
    titles = [entry.title for entry in entries]
    for title, link in wanted:
        if title not in titles:
            return f"title {title[:50]!r} is missing"
        mine = {entry.url for entry in entries if entry.title == title}
        if link and canonical_url(link, base=URL) not in mine:
            return f"link {link[:60]!r}, ours {sorted(mine)[:2]}"
    return ""


def _pair(item: dict[str, Any]) -> tuple[str, str]:
    title = item.get("title") or ""
    if isinstance(title, dict):
        title = title.get("content") or title.get("value") or ""
    links = [link for link in item.get("links") or [] if isinstance(link, dict)]
    alternate = [link.get("href") or "" for link in links if link.get("rel") in (None, "", "alternate")]
    link = item.get("link") if isinstance(item.get("link"), str) else (alternate[-1] if alternate else "")
    return clean_title(markup_to_text(str(title))), str(link or "")


_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")


def reading_suite(suite: str, *, root: str = "") -> Iterator[Outcome]:
    """Feeds without an expectation that concerns us: each that has items must be read or refused in words."""
    for name, body in members(suite).items():
        if not name.endswith((".xml", ".rss", ".atom")) or not name.startswith(root):
            continue
        try:
            entries = read(body)
        except DocumentError as error:
            yield name, f"not read: {error}" if _ITEM.search(body) else ""
            continue
        yield name, "" if entries or not _ITEM.search(body) else LEFT_OUT


def conformance() -> None:
    suites: dict[str, Iterator[Outcome]] = {
        "feedparser (Expect on fields we use)": feedparser_suite(),
        "gofeed (titles and links)": pairs_suite("gofeed_testdata", ".json"),
        "feed-rs (titles and links)": pairs_suite("feedrs_fixtures", ".serde.json"),
        "feedvalidator (read, or refused in words)": reading_suite("feedvalidator_testcases"),
        "miniflux (read)": reading_suite("miniflux_testdata"),
        "reader (read)": reading_suite("reader_tests_data"),
        "real feeds (read)": reading_suite("real_feeds"),
        "SEC EDGAR (read)": reading_suite("sec_edgar_current_atom"),
    }
    for title, outcomes in suites.items():
        found = list(outcomes)
        misses = [(name, why) for name, why in found if why]
        share = 100 * (1 - len(misses) / max(1, len(found)))
        meant = sum(why == LEFT_OUT for _, why in misses)
        print(f"{title}: {len(found) - len(misses)}/{len(found)} = {share:.1f} %, {meant} left out by design")
        misses = [miss for miss in misses if miss[1] != LEFT_OUT]
        for name, why in misses if "-v" in sys.argv else misses[:SHOWN]:
            print(f"    {name}: {why[:150]}")
        if len(misses) > SHOWN and "-v" not in sys.argv:
            kinds = Counter(why.split(":")[0].split(" for ")[0][:40] for _, why in misses[SHOWN:])
            print(f"    … {len(misses) - SHOWN} more (-v lists them): {dict(kinds.most_common(4))}")


# --- speed ---------------------------------------------------------------------------------------


def best(work: Callable[[], object], *, times: int = 3) -> float:
    """Return the least CPU time of several tries, in seconds."""
    least = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
    return least


def speed() -> None:
    bodies = [b for name, b in members("real_feeds").items() if name.endswith((".xml", ".rss", ".atom"))]
    sets = {
        "all real feeds": bodies,
        "real feeds of the quick way": [body for body in bodies if _is_quick(body)],
        "fifty short items": [made()],
        "fifty items with full text": [made(paragraphs=20)],
    }
    for title, chosen in sets.items():
        plain = best(lambda: [feedparser.parse(body) for body in chosen])  # noqa: B023 - called at once
        ours = best(lambda: [_ours(body) for body in chosen])  # noqa: B023
        shown = f"{ours:.4f} s of CPU, feedparser {plain:.4f} s"
        print(f"{title} ({len(chosen)}): ours {plain / ours:.1f} × feedparser ({shown})")


def made(*, paragraphs: int = 1) -> bytes:
    """A regulator's feed of fifty items with a title, a link, a date and some paragraphs of HTML."""
    paragraph = (
        '<p>The authority published this notice on <a href="https://www.example.org/x">supervision</a>. '
        "It <b>applies</b> from 1 December 2026.</p>"
    )
    html = escape(paragraph * paragraphs)
    rows = "".join(
        f"<item><title>Notice {n} on the supervision of payment institutions</title>"
        f"<link>https://www.example.org/news/2026/notice-{n}.html</link>"
        f'<guid isPermaLink="false">notice-{n}</guid><pubDate>Thu, 19 Nov 2026 10:{n:02}:00 +0800</pubDate>'
        f"<description>{html}</description></item>"
        for n in range(50)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{rows}</channel></rss>'.encode()
    )


def _ours(body: bytes) -> object:
    try:
        return read(body)
    except DocumentError:
        return None


def _is_quick(body: bytes) -> bool:
    text = decode(body, content_type="application/xml").text
    return quick_items(re.sub(r"^\s*<\?xml[^>]{0,300}\?>", "", text)) is not None


if __name__ == "__main__":
    conformance()
    speed()
