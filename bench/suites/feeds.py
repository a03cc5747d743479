"""What other readers' test suites expect of a feed, asked of ours; docs/feeds.md is made of it.

Needs ../shared/data/feeds. What a suite expects is brought into our form first: plain text, canonical
addresses, days. Fields that we do not use are not asked for; where a case has an item without title and text,
which we leave out, it is asked again with a title.
"""

from __future__ import annotations

import ast
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dibao.crawler.decode import decode
from dibao.crawler.parse import feeds
from dibao.crawler.parse.entry import Entry
from dibao.crawler.parse.text import clean_title, html_to_text, markup_to_text
from dibao.crawler.parse.urls import canonical_url
from dibao.crawler.source import Endpoint
from dibao.store import DocumentError

FEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "feeds"
URL = "https://feeds.example.org/feed"
ENDPOINT = Endpoint(column="news", kind="feed", url=URL)
TITLED = b"<title>A title for this test</title>"

# Every miss has its reason here; a miss without one fails the test of docs/feeds.md.
_BRACKETS = (
    "HTML 5 gives this name to U+27E8 or U+27E9, as browsers do",
    "按 HTML 5 及浏览器的做法，该名称对应 U+27E8 或 U+27E9",
)
_BASE = (
    "links are resolved against the address that was asked, and an id stays as written",
    "链接以请求地址为基准，标识保持原文",
)
_OBJECT = (
    "what stands in an object is a substitute that browsers do not show",
    "object 内的文字是替代内容，浏览器不予显示",
)
REASONS = {
    "entities/lang.xml": _BRACKETS,
    "entities/rang.xml": _BRACKETS,
    "wellformed/base/http_entry_id_base_content_location.xml": _BASE,
    "wellformed/base/http_entry_id_base_docuri.xml": _BASE,
    "wellformed/base/http_item_link_base_content_location.xml": _BASE,
    "wellformed/rss/entity_in_doctype.xml": (
        "entities that a feed declares itself are never expanded: that is how small files become huge",
        "源文件自行声明的实体一律不展开，以免小文件膨胀为巨量文本",
    ),
    "wellformed/rss/item_description_not_a_doctype.xml": (
        "“<!'” begins a comment in HTML, as browsers have it",
        "按 HTML 及浏览器的做法，“<!'” 是注释的开头",
    ),
    "wellformed/sanitize/entry_summary_object.xml": _OBJECT,
    "wellformed/sanitize/feed_title_object.xml": _OBJECT,
    "wellformed/sanitize/item_description_object.xml": _OBJECT,
    "wellformed/sanitize/item_content_encoded_script_nested_cdata.xml": (
        "the script is gone either way; what is left of the broken CDATA differs",
        "脚本均已去除，仅残缺 CDATA 的余留不同",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one case went."""

    name: str
    miss: str = ""
    """What was found instead; empty when the case passed."""
    titled: bool = False
    """Asked with a title that the case has not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one suite went."""

    suite: str
    asked: tuple[str, str]
    """What is asked of it, in English and Chinese."""
    outcomes: tuple[Outcome, ...]

    @property
    def misses(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.miss]

    @property
    def passed(self) -> int:
        return len(self.outcomes) - len(self.misses)

    @property
    def titled(self) -> int:
        return sum(outcome.titled for outcome in self.outcomes)


def read(body: bytes) -> tuple[Entry, ...]:
    """Read a feed as the crawler does. Raises DocumentError."""
    text = decode(body, content_type="application/xml").text
    return feeds.parse_feed(text, url=URL, endpoint=ENDPOINT, zone="UTC", lang="en")


def members(suite: str) -> dict[str, bytes]:
    with zipfile.ZipFile(FEEDS / f"{suite}.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


# --- feedparser -----------------------------------------------------------------------------------

_EXPECT = re.compile(rb"Expect:\s*(.*?)\s*-->", re.DOTALL)
_FIELDS = {
    "title": "title", "title_detail']['value": "title", "link": "link", "summary": "text",
    "description": "text", "content'][0]['value": "text", "author": "author",
    "author_detail']['name": "part of author", "author_detail']['email": "part of author",
    "id": "id", "guid": "id", "published": "raw date",
    "updated": "raw date", "created": "raw date", "published_parsed": "date", "updated_parsed": "date",
    "created_parsed": "date",
}  # fmt: skip
_ASKED = re.compile(
    rf"(?:not bozo and )?(entries\[0\]|feed)\['({'|'.join(map(re.escape, _FIELDS))})'\]\s*==\s*(.+)",
    re.DOTALL,
)
_TITLE = re.compile(rb"<title[^>]*>.*?</title>", re.DOTALL)


def feedparser_suite() -> Iterator[Outcome]:
    """The cases that expect something of a field of the first entry that we use, or of the feed's title,
    which is then asked of an item: most cases of entities and encodings are of that kind."""
    for name, body in members("feedparser_tests").items():
        found = _EXPECT.search(body[:5_000])
        asked = _ASKED.fullmatch(found[1].decode("utf-8", "replace")) if found else None
        if asked is None:
            continue
        try:
            expected = ast.literal_eval(asked[3])
        except (ValueError, SyntaxError):
            continue  # an expression, not a value
        if asked[1] == "feed":
            title = _TITLE.search(body) if asked[2] == "title" else None
            if title is None:
                continue
            kind = b"entry" if b"<feed" in body else b"item"
            body = body.replace(title[0], b"<%b>%b</%b>" % (kind, title[0], kind), 1)
        yield _answered(name, _FIELDS[asked[2]], expected, body)


def _answered(name: str, field: str, expected: Any, body: bytes) -> Outcome:
    miss = _field(field, expected, body)
    if miss is not None:
        return Outcome(name=name, miss=miss)
    miss = (
        ""
        if field == "title" and not markup_to_text(str(expected or ""))
        else _field(field, expected, titled(body))
    )
    return Outcome(name=name, miss="no entry" if miss is None else miss, titled=True)


_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)(?:\s[^<>]*)?>")


def titled(body: bytes) -> bytes:
    """Give every item a title that comes after what it has."""
    return re.sub(rb"(</(?:\w+:)?(?:item|entry)\s*>)", TITLED + rb"\1", body, flags=re.IGNORECASE)


def _field(field: str, expected: Any, body: bytes) -> str | None:
    """Say what is wrong with a field of the first entry, "" when nothing is, None without entries."""
    try:
        entries = read(body)
    except DocumentError as error:
        return f"not read: {error}"
    if not entries:
        return None
    entry, wanted = entries[0], str(expected or "")
    plain = markup_to_text(wanted)
    match field:
        case "date":
            return _date(expected, entry)
        case "raw date":
            return _same(plain, entry.raw_date)
        case "title":
            return _same(clean_title(plain), clean_title(entry.title), or_else=clean_title(wanted))
        case "link":
            return _same(canonical_url(wanted, base=URL), entry.url)  # only addresses of the web are kept
        case "id":
            return _same(wanted, entry.fields["key"])
        case "author":
            return _same(clean_title(plain), entry.author)
        case "part of author":
            return "" if clean_title(plain) in entry.author else f"{entry.author!r} for {wanted!r}"
    shown = html_to_text(entry.html) if entry.html else entry.summary
    return (
        ""
        if plain in (entry.summary, shown)
        else _same(markup_to_text(wanted), shown, or_else=clean_title(wanted))
    )


def _date(expected: Any, entry: Entry) -> str:
    if entry.published is None:
        return "" if expected is None else f"no date for {entry.raw_date!r}"
    at = entry.published.at
    found = at.timetuple()[:3] if at else entry.published.day.timetuple()[:3]
    return "" if expected and tuple(expected[:3]) == found else f"{found} for {expected}"


def _same(wanted: str, got: str, *, or_else: str = "") -> str:
    return "" if got == wanted or (or_else and got == or_else) else f"{got[:60]!r} for {wanted[:60]!r}"


# --- suites of pairs ------------------------------------------------------------------------------


def pairs_suite(suite: str, ending: str) -> Iterator[Outcome]:
    """Feeds with another reader's parse beside them: titles and links of the items."""
    files = members(suite)
    for name, body in files.items():
        stem, _, suffix = name.rpartition(".")
        expected = files.get(f"{stem}{ending}")
        if suffix in ("xml", "rss", "atom") and expected is not None:
            yield Outcome(name=name, miss=_pairs(json.loads(expected), body))


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


# --- suites without expectations ------------------------------------------------------------------


def reading_suite(suite: str) -> Iterator[Outcome]:
    """Feeds without an expectation that concerns us: each that has items must be read."""
    for name, body in members(suite).items():
        if not name.endswith((".xml", ".rss", ".atom")):
            continue
        asked_again = False
        try:
            entries: Sequence[Entry] = read(body)
            if not entries and _ITEM.search(body):
                entries, asked_again = read(titled(body)), True
        except DocumentError as error:
            yield Outcome(name=name, miss=f"not read: {error}" if _ITEM.search(body) else "")
            continue
        yield Outcome(
            name=name, miss="" if entries or not _ITEM.search(body) else "no entry", titled=asked_again
        )


def results() -> list[Result]:
    """Ask all suites."""
    fields = ("title, link, text, author, id, dates", "标题、链接、正文、作者、标识、日期")
    pairs = ("titles and links of all items", "全部条目的标题与链接")
    reading = ("every feed with items is read", "凡有条目者均可读取")
    asked: list[tuple[str, tuple[str, str], Iterator[Outcome]]] = [
        ("feedparser", fields, feedparser_suite()),
        ("gofeed", pairs, pairs_suite("gofeed_testdata", ".json")),
        ("feed-rs", pairs, pairs_suite("feedrs_fixtures", ".serde.json")),
        ("feedvalidator", reading, reading_suite("feedvalidator_testcases")),
        ("miniflux", reading, reading_suite("miniflux_testdata")),
        ("reader", reading, reading_suite("reader_tests_data")),
        ("real feeds", reading, reading_suite("real_feeds")),
        ("SEC EDGAR", reading, reading_suite("sec_edgar_current_atom")),
    ]
    return [Result(suite=suite, asked=what, outcomes=tuple(outcomes)) for suite, what, outcomes in asked]


def page() -> str:
    """Return docs/feeds.md."""
    asked = results()
    rows = [
        f"| {r.suite} | {r.passed:,} / {len(r.outcomes):,} | {100 * r.passed / len(r.outcomes):.1f} % "
        f"| {r.titled} | {r.asked[0]} · {r.asked[1]} |"
        for r in asked
    ]
    misses = [
        f"- `{outcome.name}` ({result.suite}): {reason[0]} · {reason[1]}"
        for result in asked
        for outcome in result.misses
        for reason in [REASONS.get(outcome.name, (f"no reason known: {outcome.miss}", "原因不明"))]
    ]
    return "\n".join((_HEAD, *rows, "", "## Misses · 未通过者", "", *misses, ""))


_HEAD = """\
<!-- Made by `python bench/feeds.py --page > docs/feeds.md`; do not edit. -->

# How feeds are read · 订阅源的读取

The test suites of other feed readers, asked of ours. Only what we use of a feed is asked for; text is
compared as plain text, addresses in their canonical form. An item with neither title nor text is left out by
us; a case made of such an item is asked with a title added, and the column says how often.
`python bench/feeds.py` prints the figures and the speed beside feedparser.

以其他订阅阅读器的测试集检验本项目。仅检验本项目所用字段；文字按纯文本比较，网址按规范形式比较。
本项目不收录既无标题又无正文的条目，此类用例加上标题后再检验，次数见表。
`python bench/feeds.py` 输出各项数字，以及与 feedparser 相比的速度。

| suite · 测试集 | passed · 通过 | share · 比例 | title added · 加标题 | asked · 检验内容 |
|---|---|---|---|---|"""
