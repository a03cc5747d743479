"""What a source is and how it is read: the records behind ``crawler/sources/*.yaml``, checked when loaded.

A source is data, never code. An error says file, source id and field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

import msgspec
import yaml

from dibao.store import COLUMNS, JURISDICTIONS, TOPICS, ConfigError, Source

from .families import FAMILIES, with_family
from .guard import refusal

# The parser in C is seven times as fast: the whole catalogue in 0.05 s instead of 0.35 s.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_OURS = ("user-agent", "cookie", "host", "authorization", "content-length", "x-forwarded-for")
"""Headers that a source cannot set: they say who we are, or would be forged."""


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
    """Tables of label and value cells."""
    attachments: str = ""
    """Links to files; empty: every link in the body that ends like a document."""
    original: str = ""
    """json: addresses of files that hold the text itself; only where the body is empty."""


class Then(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A second request, where the page at the endpoint's address only says where its list is."""

    take: dict[str, str]
    """Name → CSS selector (``sel@attr``) in an HTML page, dotted path in a JSON answer."""
    url: str
    """Template with the names taken, relative to the page; must stay on its site. A value that is an
    object literal (``{'pageId': '…'}``) becomes a query. The page is sent as Referer, as a browser would."""
    match: dict[str, str] = {}
    """Name → regular expression; its first group is the value."""


class Endpoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One list of publications: a feed, a JSON answer or an HTML list."""

    cms: str = ""
    """Family of content management systems (families.yaml) that gives what is not said here."""
    column: str
    kind: Literal["feed", "json", "html"]
    url: str
    method: Literal["GET", "POST"] = "GET"
    params: dict[str, str] = {}
    """Query of a GET."""
    payload: dict[str, Any] = {}
    """JSON body of a POST."""
    form: dict[str, str] = {}
    """Form body of a POST."""
    headers: dict[str, str] = {}
    """What the interface demands, such as ``X-Requested-With``."""
    then: Then | None = None
    inside: str = ""
    """Where the list is wrapped: for html the dotted path of the markup in a JSON answer, for json the
    CSS selector of the element of a page that holds it."""
    ok: dict[str, Any] = {}
    """Dotted path of the answer: value it must have, else the source has failed softly."""
    items: str = ""
    """Dotted path of the rows (json; empty: the top level) or CSS of the rows (html)."""
    fields: dict[str, str] = {}
    """Our name: path or selector inside a row. Names: key, url, title, full_title, date, date_ms,
    summary, html, author. For a feed only those that differ from the usual. ``date: url``, or ``url``
    after a comma, reads the day from the entry's address."""
    cut: dict[str, str] = {}
    """Our name → regular expression; where it is found, its first group is the value."""
    where: dict[str, Any] = {}
    """Dotted path inside a row: value that a row must have (json)."""
    labels: dict[str, str] = {}
    """Metadata that the row itself carries, e.g. ``发文字号: documentNo``."""
    attachments: str = ""
    """Dotted path inside a row (json) of its files: addresses, or objects with address and name."""
    link: str = ""
    """Template of the page's address where rows carry only an id."""
    date_format: str = ""
    """strptime format for dates that a general reader gets wrong."""
    lang: str = ""
    """Language tag where it differs from the source's first."""
    keep: str = ""
    """Regular expression that a title must match, for lists that mix purposes."""
    sort: dict[str, str] = {}
    """Column → regular expression: titles that belong in another column than the list's own. First wins."""
    dated: Literal["list", "page"] = "list"
    """``page``: lists give no date, or one that moves at each edit; only the page's own counts."""
    never_empty: bool | None = None
    """An empty list is always a failure. Not said: true of html, where a selector that finds nothing means
    that the page has changed. Where it is false, an empty list fails only if it had entries before."""
    full_text: bool = True
    """False: paid or guarded pages; title, summary and link only, no detail page."""
    detail: Detail | None = None

    @property
    def list_url(self) -> str:
        """The address that is asked for, query included; also the name of its Poll."""
        if not self.params:
            return self.url
        return self.url + ("&" if "?" in self.url else "?") + urlencode(self.params)

    @property
    def name(self) -> str:
        """Name of its Poll: the address; lists that one address serves by what is sent differ after ``#``."""
        body = {name: str(value) for name, value in self.payload.items() if isinstance(value, str | int)}
        sent = self.form or body
        return f"{self.list_url}#{urlencode(sent)}" if sent else self.list_url

    @property
    def answers_with(self) -> Literal["feed", "json", "html"]:
        """What the list's own answer is, whatever is wrapped inside it."""
        if not self.inside:
            return self.kind
        return "json" if self.kind == "html" else "html"

    @property
    def must_have_entries(self) -> bool:
        return self.kind == "html" if self.never_empty is None else self.never_empty

    def column_of(self, title: str) -> str:
        """The column that an entry belongs to."""
        return next((column for column, found in self.sort.items() if re.search(found, title)), self.column)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it may fill."""
        return tuple(dict.fromkeys((self.column, *self.sort)))


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
    off_zh: str = ""
    """The same in Chinese, for the page of sources."""
    cms: str = ""
    """Family of its endpoints, where they do not name another."""
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
    return dict(_built_in()) if folder is None else _folder(folder)


@cache
def _built_in() -> dict[str, SourceSpec]:
    return _folder(Path(str(files("dibao.crawler"))) / "sources")


def _folder(root: Path) -> dict[str, SourceSpec]:
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
        rows = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 - a safe loader, see above
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}; give a YAML file of sources") from error
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
            spec = msgspec.convert(with_family(row, FAMILIES), SourceSpec)
        except (msgspec.ValidationError, ConfigError) as error:
            raise ConfigError(f"{path.name}: {name}: {error}") from error
        for problem in problems(spec):
            raise ConfigError(f"{path.name}: {name}: {problem}")
        yield spec


def problems(spec: SourceSpec) -> Iterable[str]:
    """Yield what the types alone cannot see, as ``field: problem``."""
    if spec.timezone not in _zones():
        yield f"timezone: {spec.timezone!r} is not an IANA zone"
    if spec.jurisdiction not in JURISDICTIONS:
        yield f"jurisdiction: {spec.jurisdiction!r} is not one of {', '.join(JURISDICTIONS)}"
    if unknown := [topic for topic in spec.topics if topic not in TOPICS]:
        yield f"topics: {', '.join(unknown)}: not of {', '.join(TOPICS)}"
    if not spec.languages:
        yield "languages: at least one is needed"
    if not spec.off and not spec.endpoints:
        yield "endpoints: none; add one or say in `off` why the source is not read"
    names = [endpoint.name for endpoint in spec.endpoints]
    for number, endpoint in enumerate(spec.endpoints):
        at = f"endpoints[{number}]"
        if endpoint.name in names[:number]:
            yield f"{at}.url: another endpoint has this address; use `sort` to split one list into columns"
        for problem in _endpoint_problems(endpoint, allow_http=spec.allow_http):
            yield f"{at}.{problem}"


def _endpoint_problems(endpoint: Endpoint, *, allow_http: bool) -> Iterable[str]:
    for name, column in (("column", endpoint.column), *(("sort", column) for column in endpoint.sort)):
        if column not in COLUMNS:
            yield f"{name}: {column!r} is not one of {', '.join(COLUMNS)}"
    allowed = ("https://", "http://") if allow_http else ("https://",)
    if not endpoint.url.startswith(allowed):
        yield "url: must start with https:// (set allow_http where there is nothing else)"
    elif problem := refusal(endpoint.url, allow_http=allow_http):
        yield f"url: {problem}"
    patterns = {"keep": endpoint.keep, **endpoint.sort, **endpoint.cut}
    for name, pattern in {**patterns, **(endpoint.then.match if endpoint.then else {})}.items():
        if not _compiles(pattern):
            yield f"{name}: {pattern!r} is not a regular expression"
    if endpoint.then and (missing := set(_PLACEHOLDER.findall(endpoint.then.url)) - set(endpoint.then.take)):
        yield f"then.url: nothing is taken for {', '.join(sorted(missing))}"
    if forged := [name for name in endpoint.headers if name.lower() in _OURS]:
        yield f"headers: {', '.join(forged)} cannot be set by a source"
    if endpoint.kind == "html" and not endpoint.items:
        yield "items: a CSS selector of the rows is needed"
    if endpoint.kind == "feed" and endpoint.inside:
        yield "inside: only for html and json"
    if endpoint.kind != "feed" and "title" not in endpoint.fields:
        yield "fields: `title` is needed"


@cache
def _zones() -> set[str]:
    return available_timezones()


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
