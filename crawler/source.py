"""What a source is and how it is read: the records behind ``crawler/sources/*.yaml``, checked when loaded.

A source is data, never code. An error says file, source id and field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from gettext import gettext as _
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec
import yaml

from dibao.store import ConfigError, Source

from .families import FAMILIES, with_family
from .mistakes import bad_selectors, problems, shape

# The parser in C is seven times as fast: the whole catalogue in 0.05 s instead of 0.35 s.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
        """Name of its Poll: the address; lists that one address serves by form differ after ``#``."""
        return f"{self.list_url}#{urlencode(self.form)}" if self.form else self.list_url

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


_KINDS = {"": SourceSpec, "endpoints": Endpoint, "detail": Detail, "then": Then}


def load(folder: Path | None = None) -> dict[str, SourceSpec]:
    """Read every ``*.yaml`` of a folder (default: the built-in catalogue), id → source.

    Raises ConfigError naming file, source id and field at the first thing that is not right.
    """
    return dict(_built_in()) if folder is None else _folder(folder)


@cache
def _built_in() -> dict[str, SourceSpec]:
    return _folder(Path(str(files("dibao.crawler"))) / "sources", tested=True)


def _folder(root: Path, *, tested: bool = False) -> dict[str, SourceSpec]:
    found: dict[str, SourceSpec] = {}
    for path in sorted(root.glob("*.yaml")):
        for spec in read_file(path, tested=tested):
            if spec.id in found:
                told = _("{file}: {id}: this id is already taken; ids are never reused")
                raise ConfigError(told.format(file=path.name, id=spec.id))
            found[spec.id] = spec
    if not found:
        told = _("{folder}: no sources found; give a folder with *.yaml files")
        raise ConfigError(told.format(folder=root))
    for spec in found.values():
        for other in spec.fallback:
            if other not in found:
                told = _("{id}: fallback: no source is called {other}")
                raise ConfigError(told.format(id=spec.id, other=other))
    return found


def read_file(path: Path, *, tested: bool = False) -> Iterable[SourceSpec]:
    """Yield the sources of one file; selectors of a ``tested`` one are known to be right.

    Raises ConfigError, one line: file, source, field, and what to write instead.
    """
    try:
        rows = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 - a safe loader, see above
    except OSError as error:
        told = _("{file}: {why}; give a YAML file of sources")
        raise ConfigError(told.format(file=path, why=error.strerror or error)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name}: {_not_yaml(error)}") from error
    if not isinstance(rows, list):
        told = _("{file}: must be a list of sources, each begins with `- id:`")
        raise ConfigError(told.format(file=path.name))
    for number, row in enumerate(rows, 1):
        unnamed = _("entry {number}").format(number=number)
        name = row.get("id", unnamed) if isinstance(row, dict) else unnamed
        try:
            spec = _spec(row)
        except ConfigError as error:
            raise ConfigError(f"{path.name}: {name}: {error}") from error
        for problem in chain(problems(spec), () if tested else bad_selectors(spec)):
            raise ConfigError(f"{path.name}: {name}: {problem}")
        yield spec


def _spec(row: Any) -> SourceSpec:
    """Make a source of what YAML holds. Raises ConfigError: ``field: problem``."""
    if isinstance(row, dict) and False in row:
        raise ConfigError("off: " + _('write "off" in quotes, YAML reads it as false'))
    try:
        return msgspec.convert(with_family(row, FAMILIES), SourceSpec)
    except msgspec.ValidationError as error:
        raise ConfigError(shape(error, _KINDS)) from error


def _not_yaml(error: Exception) -> str:
    """Say where a file stops being YAML; tabs and missing spaces are the usual reasons."""
    mark = getattr(error, "problem_mark", None)
    problem = " ".join(str(getattr(error, "problem", None) or error).split())
    if mark is None:
        return _("not readable as YAML: {problem}").format(problem=problem)
    return _("not readable as YAML in line {line}, column {column}: {problem}").format(
        line=mark.line + 1, column=mark.column + 1, problem=problem
    )
