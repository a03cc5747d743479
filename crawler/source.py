"""What a source is and how it is read: the records behind ``crawler/sources/*.yaml``, checked when loaded.

A source is data, never code. An error says file, source id and field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

import msgspec
import yaml

from dibao.store import COLUMNS, JURISDICTIONS, ConfigError, Source

from .guard import refusal


class Detail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one publication's own page is read, after a list has named it.

    Selectors are CSS for ``html`` (``sel@attr`` takes an attribute) and dotted paths for ``json``.
    """

    kind: Literal["html", "json"] = "html"
    url: str = ""
    """Template with ``{field}`` of the entry; empty: the entry's own URL."""
    title: str = ""
    body: str = ""
    """Several selectors separated by commas, CSS's own way; empty: main text by trafilatura."""
    date: str = ""
    labels: str = ""
    """Tables of label and value cells (documents.md A7)."""
    attachments: str = ""
    """Links to files; empty: every link in the body that ends like a document."""


class Endpoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One list of publications: a feed, a JSON answer or an HTML list."""

    column: str
    kind: Literal["feed", "json", "html"]
    url: str
    method: Literal["GET", "POST"] = "GET"
    params: dict[str, str] = {}
    """Query of a GET."""
    payload: dict[str, Any] = {}
    """JSON body of a POST."""
    ok: dict[str, Any] = {}
    """Dotted path of the answer: value it must have, else the source has failed softly."""
    items: str = ""
    """Dotted path of the rows (json; empty: the top level) or CSS of the rows (html)."""
    fields: dict[str, str] = {}
    """Our name: path or selector inside a row. Names: key, url, title, full_title, date, date_ms,
    summary, html, author. For a feed only those that differ from the usual."""
    labels: dict[str, str] = {}
    """Metadata that the row itself carries, e.g. ``发文字号: documentNo``."""
    link: str = ""
    """Template of the page's address where rows carry only an id."""
    date_format: str = ""
    """strptime format for dates that a general reader gets wrong."""
    lang: str = ""
    """Language tag where it differs from the source's first."""
    keep: str = ""
    """Regular expression that a title must match, for lists that mix purposes."""
    full_text: bool = True
    """False: paid or guarded pages; title, summary and link only, no detail page."""
    detail: Detail | None = None

    @property
    def list_url(self) -> str:
        """The address that is asked for, query included; also the name of its Poll."""
        if not self.params:
            return self.url
        return self.url + ("&" if "?" in self.url else "?") + urlencode(self.params)


class SourceSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of the catalogue."""

    id: str
    name_en: str
    name_zh: str
    acronym: str = ""
    family: str = ""
    """Publisher family; empty: the id."""
    tier: Literal[1, 2, 3, 4]
    jurisdiction: str
    kind: str
    languages: tuple[str, ...]
    timezone: str
    homepage: str
    charset: str = ""
    """What undeclared bytes are taken for."""
    delay: float = 2.0
    """Seconds between two requests to one host."""
    allow_http: bool = False
    """The source has nothing but plain http."""
    fallback: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    off: str = ""
    """Why the source is declared but not read; empty: it is read."""
    endpoints: tuple[Endpoint, ...] = ()

    @property
    def source(self) -> Source:
        """The part of it that the other stages know."""
        return Source(
            id=self.id,
            name_en=self.name_en,
            name_zh=self.name_zh,
            acronym=self.acronym or self.id,
            family=self.family or self.id,
            tier=self.tier,
            jurisdiction=self.jurisdiction,
            kind=self.kind,
            timezone=self.timezone,
            homepage=self.homepage,
        )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def load(folder: Path | None = None) -> dict[str, SourceSpec]:
    """Read every ``*.yaml`` of a folder (default: the built-in catalogue), id → source.

    Raises ConfigError naming file, source id and field at the first thing that is not right.
    """
    root = folder if folder is not None else Path(str(files("dibao.crawler"))) / "sources"
    found: dict[str, SourceSpec] = {}
    for path in sorted(root.glob("*.yaml")):
        for spec in read_file(path):
            if spec.id in found:
                raise ConfigError(f"{path.name}: {spec.id}: this id is already taken; ids are never reused")
            found[spec.id] = spec
    if not found:
        raise ConfigError(f"{root}: no sources found; give a folder with *.yaml files")
    for spec in found.values():
        for other in spec.fallback:
            if other not in found:
                raise ConfigError(f"{spec.id}: fallback: no source is called {other}")
    return found


def read_file(path: Path) -> Iterable[SourceSpec]:
    """Yield the sources of one file. Raises ConfigError."""
    try:
        rows = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problem = " ".join(str(error).split())
        raise ConfigError(f"{path.name}: not readable as YAML: {problem}") from error
    if not isinstance(rows, list):
        raise ConfigError(f"{path.name}: expected a list of sources")
    for number, row in enumerate(rows, 1):
        name = row.get("id", f"entry {number}") if isinstance(row, dict) else f"entry {number}"
        if isinstance(row, dict) and False in row:
            raise ConfigError(f'{path.name}: {name}: off: write "off" in quotes, YAML reads it as false')
        try:
            spec = msgspec.convert(row, SourceSpec)
        except msgspec.ValidationError as error:
            raise ConfigError(f"{path.name}: {name}: {error}") from error
        for problem in problems(spec):
            raise ConfigError(f"{path.name}: {name}: {problem}")
        yield spec


def problems(spec: SourceSpec) -> Iterable[str]:
    """Yield what the types alone cannot see, as ``field: problem``."""
    if spec.timezone not in available_timezones():
        yield f"timezone: {spec.timezone!r} is not an IANA zone"
    if spec.jurisdiction not in JURISDICTIONS:
        yield f"jurisdiction: {spec.jurisdiction!r} is not one of {', '.join(JURISDICTIONS)}"
    if not spec.languages:
        yield "languages: at least one is needed"
    if not spec.off and not spec.endpoints:
        yield "endpoints: none; add one or say in `off` why the source is not read"
    for number, endpoint in enumerate(spec.endpoints):
        at = f"endpoints[{number}]"
        if endpoint.column not in COLUMNS:
            yield f"{at}.column: {endpoint.column!r} is not one of {', '.join(COLUMNS)}"
        allowed = ("https://", "http://") if spec.allow_http else ("https://",)
        if not endpoint.url.startswith(allowed):
            yield f"{at}.url: must start with https:// (set allow_http where there is nothing else)"
        elif problem := refusal(endpoint.url, allow_http=spec.allow_http):
            yield f"{at}.url: {problem}"
        if endpoint.keep and not _compiles(endpoint.keep):
            yield f"{at}.keep: not a regular expression"
        if endpoint.kind == "html" and not endpoint.items:
            yield f"{at}.items: a CSS selector of the rows is needed"
        if endpoint.kind != "feed" and "title" not in endpoint.fields:
            yield f"{at}.fields: `title` is needed"


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
