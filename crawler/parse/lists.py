"""HTML lists → entries. Selectors come from the source's record: CSS, ``sel@attr`` takes an attribute."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from dibao.store import DocumentError, Moment

from ..source import Endpoint
from .dates import read_moment
from .entry import Entry, cut, kept
from .text import clean_text, clean_title, markup_to_text, parse_html, visible_text
from .urls import canonical_url, fill_template

MAX_ROWS = 2_000

# ./202611/t20261120_123.html, /2026-11/20/c_1.htm, /2026/11/20/…, /safe/2026/1120/27000.html,
# /recent-actions/20261120, /press_20261120.html, …-2026-11-20_en
_URL_DATE = re.compile(
    r"/(?:t|press_)?(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?=[_/.-]|$)"
    r"|/(?P<y2>(?:19|20)\d\d)[-/](?P<m2>\d\d?)[-/](?P<d2>\d\d?)(?=/)"
    r"|-(?P<y4>(?:19|20)\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)(?=_[a-z]{2}$)"
    r"|/(?P<y3>(?:19|20)\d\d)/(?P<m3>\d\d)(?P<d3>\d\d)(?=/)"
)
_CUT = re.compile(r"\s*(?:…|\.{2,}|⋯)+$")


class NoRowsError(DocumentError):
    """The selector of the rows finds nothing: an empty list, a changed page or a challenge."""


def parse_list(text: str, *, url: str, endpoint: Endpoint, zone: str, lang: str) -> tuple[Entry, ...]:
    """Return the entries of a page of links, in its order. Rows without title or address are left out.

    Raises NoRowsError when no row at all is found, DocumentError when none of them is usable.
    """
    tree = parse_html(text)
    rows = select(tree, endpoint.items)[:MAX_ROWS] if tree is not None else []
    if not rows:
        raise NoRowsError(f"{url}: no rows (items={endpoint.items}); the page has changed or is a challenge")
    entries = tuple(entry for row in rows if (entry := _entry(row, url, endpoint, zone, lang)) is not None)
    if not entries:
        raise DocumentError(
            f"{url}: {len(rows)} rows, none with title and link (title={endpoint.fields.get('title')})"
        )
    return kept(entries, endpoint.keep)


@lru_cache(maxsize=500)
def _compiled(selector: str) -> CSSSelector:
    try:
        return CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise DocumentError(f"{selector!r} is not a CSS selector: {error}") from error


def select(element: Any, selector: str) -> list[Any]:
    """Return the elements below ``element`` that match a CSS selector, in document order."""
    found: Any = _compiled(selector)(element)
    return list(found)


def read_field(row: Any, selector: str) -> str:
    """Return what ``sel``, ``sel@attr`` or ``@attr`` (of the row itself) says; of several separated by
    commas, the first that says anything."""
    for alternative in _alternatives(selector):
        css, _, attribute = alternative.partition("@")
        css = css.strip()
        for element in [row] if css in ("", ".") else select(row, css):
            value = element.get(attribute.strip(), "") if attribute else visible_text(element)
            if value.strip():
                return str(value)
    return ""


def _alternatives(selector: str) -> list[str]:
    """Split at the commas that are not inside brackets."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(selector):
        depth += (c in "([") - (c in ")]")
        if c == "," and depth == 0:
            parts.append(selector[start:i].strip())
            start = i + 1
    return [*parts, selector[start:].strip()]


def _entry(row: Any, url: str, endpoint: Endpoint, zone: str, lang: str) -> Entry | None:
    fields = {
        name: cut(read_field(row, css), endpoint.cut.get(name, "")) for name, css in endpoint.fields.items()
    }
    title = _title(row, fields.get("full_title") or fields.get("title", ""))
    raw_url = fields.get("url") or (row.get("href") or next(iter(row.xpath(".//a/@href")), ""))
    address = canonical_url(raw_url, base=url) or fill_template(endpoint.link, fields)
    if not title or not address:
        return None
    raw_date = clean_text(fields.get("date", ""))
    lang = endpoint.lang or lang
    return Entry(
        key=clean_title(fields.get("key", "")),
        url=address,
        title=title,
        published=read_moment(raw_date, zone=zone, lang=lang, date_format=endpoint.date_format),
        raw_date=raw_date,
        summary=clean_text(fields.get("summary", "")),
        author=clean_title(fields.get("author", ""), limit=200),
        lang=lang,
        labels=tuple(_labels(row, endpoint)),
        fields=fields,
    )


def _labels(row: Any, endpoint: Endpoint) -> Iterable[tuple[str, str]]:
    for name, css in endpoint.labels.items():
        value = clean_title(read_field(row, css))
        if value:
            yield name, value


def _title(row: Any, raw: str) -> str:
    """The full title where the list cuts what it shows and keeps the rest in an attribute ``title``."""
    shown = clean_title(markup_to_text(raw))
    stem = _CUT.sub("", shown)
    if stem != shown:
        for whole in row.xpath("./@title | .//@title"):
            full = clean_title(str(whole))
            if full.startswith(stem) and len(full) > len(stem):
                return full
    return shown


def url_moment(url: str, *, zone: str) -> Moment | None:
    """Return the day that an address tells; None when it tells none, or two."""
    days = set()
    for match in _URL_DATE.finditer(url):
        year, month, day = [part for part in match.groups() if part]
        days.add(f"{year}-{month}-{day}")
    return read_moment(days.pop(), zone=zone) if len(days) == 1 else None
