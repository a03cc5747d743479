"""What is wrong with an entry of the catalogue, in words that say where and what to write instead. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from gettext import gettext as _
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import msgspec
from cssselect import HTMLTranslator, SelectorError

from dibao.store import COLUMNS, JURISDICTIONS, TOPICS

from .guard import refusal

if TYPE_CHECKING:
    from .source import Detail, Endpoint, SourceSpec

KINDS = (
    "regulator", "central_bank", "government", "legislature", "exchange", "sro", "standards_body",
    "market_infrastructure", "international_body", "official_media", "media", "trade_media", "law_firm_blog",
    "research",
)  # fmt: skip
FIELDS = ("key", "url", "title", "full_title", "date", "date_ms", "summary", "html", "author")
"""Our names of what a row says; others only make sense where a template of an address uses them."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
_OURS = ("user-agent", "cookie", "host", "authorization", "content-length", "x-forwarded-for")
"""Headers that a source cannot set: they say who we are, or would be forged."""

_AT = re.compile(r" - at `\$\.?([^`]*)`$")
_STRANGER = re.compile(r"Object contains unknown field `([^`]*)`")
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_VALUE = re.compile(r"Invalid enum value (.+)")
_TYPE = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")


# --- what the types see --------------------------------------------------------------------------


def shape(error: msgspec.ValidationError, kinds: Mapping[str, Any]) -> str:
    """Return an error of the types as ``field: problem``. ``kinds``: name of a place ("" , endpoints, detail,
    then) → its record, whose fields are the names that would be right."""
    text = str(error)
    found = _AT.search(text)
    place, said = (found[1], text[: found.start()]) if found else ("", text)
    record = kinds.get(re.sub(r"\[\d+\]", "", place).rpartition(".")[2]) or kinds[""]
    if stranger := _STRANGER.match(said):
        names = [field.encode_name for field in msgspec.structs.fields(record)]
        near = get_close_matches(stranger[1], names, n=1)
        if near:
            told = _("there is no such field; did you mean {near}?").format(near=near[0])
        else:
            told = _("there is no such field: {names}").format(names=", ".join(names))
        return f"{_joined(place, stranger[1])}: {told}"
    if missing := _MISSING.match(said):
        return f"{_joined(place, missing[1])}: " + _("is missing; write it")
    if value := _VALUE.match(said):
        return f"{place}: " + _wrong_value(value[1], place, kinds)
    if wrong := _TYPE.match(said):
        wanted = _("is written as {got}, must be {wanted}")
        return f"{place}: " + wanted.format(got=_type(wrong[2]), wanted=_type(wrong[1]))
    return f"{place}: {said}" if place else said


def _joined(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _wrong_value(value: str, place: str, kinds: Mapping[str, Any]) -> str:
    path, _dot, name = re.sub(r"\[\d+\]", "", place).rpartition(".")
    record = kinds.get(path.rpartition(".")[2]) or kinds[""]
    allowed = [f.type.__args__ for f in msgspec.structs.fields(record) if f.encode_name == name]
    told = _("{value} is not one of {allowed}")
    return told.format(value=value, allowed=", ".join(str(v) for v in (allowed or [()])[0]))


def _type(name: str) -> str:
    known = {
        "array": _("a list, [a, b]"),
        "str": _("text"),
        "object": _("names and values, {a: b}"),
        "int": _("a number"),
        "float": _("a number"),
        "bool": _("true or false"),
        "null": _("nothing"),
    }
    return known.get(name.partition(" | ")[0], name)


# --- what they cannot see ------------------------------------------------------------------------


def problems(spec: SourceSpec) -> Iterable[str]:
    """Yield what the types alone cannot see, as ``field: problem``."""
    if not _ID.fullmatch(spec.id):
        yield "id: " + _("{id!r} is not of the form xx-name, in small letters").format(id=spec.id)
    if spec.timezone not in _zones():
        near = get_close_matches(spec.timezone, _zones(), n=1) or ["Asia/Shanghai"]
        yield "timezone: " + _("{zone!r} is not an IANA zone such as {near}").format(
            zone=spec.timezone, near=near[0]
        )
    yield from _closed("jurisdiction", [spec.jurisdiction], JURISDICTIONS)
    yield from _closed("kind", [spec.kind], KINDS)
    yield from _closed("topics", spec.topics, TOPICS)
    if not spec.languages:
        yield "languages: " + _("at least one is needed")
    for tag in (*spec.languages, *(e.lang for e in spec.endpoints if e.lang)):
        if not _TAG.fullmatch(tag):
            yield "languages: " + _("{tag!r} is no language tag such as en, zh-Hans, zh-Hant").format(tag=tag)
    if urlsplit(spec.homepage).scheme not in ("https", "http"):
        yield "homepage: " + _("must start with https://")
    if not spec.off and not spec.endpoints:
        yield "endpoints: " + _("none; add one or say in `off` why the source is not read")
    names = [endpoint.name for endpoint in spec.endpoints]
    for number, endpoint in enumerate(spec.endpoints):
        at = f"endpoints[{number}]"
        if endpoint.name in names[:number]:
            yield f"{at}.url: " + _(
                "another endpoint has this address; use `sort` to split one list into columns"
            )
        for problem in _endpoint_problems(endpoint, allow_http=spec.allow_http):
            yield f"{at}.{problem}"


def _closed(field: str, values: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """Yield a problem for each value that is none of the names."""
    for value in values:
        if value not in (known := list(names)):
            yield f"{field}: " + _("{value!r} is not one of {allowed}").format(
                value=value, allowed=", ".join(known)
            )


def _endpoint_problems(endpoint: Endpoint, *, allow_http: bool) -> Iterable[str]:
    yield from _closed("column", [endpoint.column], COLUMNS)
    yield from _closed("sort", endpoint.sort, COLUMNS)
    allowed = ("https://", "http://") if allow_http else ("https://",)
    if not endpoint.url.startswith(allowed):
        yield "url: " + _("must start with https:// (set allow_http where there is nothing else)")
    elif problem := refusal(endpoint.url, allow_http=allow_http):
        yield f"url: {problem}"
    then = endpoint.then
    patterns = {"keep": endpoint.keep, **endpoint.sort, **endpoint.cut, **(then.match if then else {})}
    for name, pattern in patterns.items():
        if not _compiles(pattern):
            yield f"{name}: " + _("{pattern!r} is not a regular expression").format(pattern=pattern)
    if then and (missing := set(_PLACEHOLDER.findall(then.url)) - set(then.take)):
        yield "then.url: " + _("nothing is taken for {names}").format(names=", ".join(sorted(missing)))
    if forged := [name for name in endpoint.headers if name.lower() in _OURS]:
        yield "headers: " + _("{names} cannot be set by a source").format(names=", ".join(forged))
    if endpoint.kind == "html" and not endpoint.items:
        yield "items: " + _("a CSS selector of the rows is needed")
    if endpoint.kind == "feed" and endpoint.inside:
        yield "inside: " + _("only for html and json")
    if endpoint.kind != "feed" and "title" not in endpoint.fields:
        yield "fields: " + _("`title` is needed")
    if endpoint.date_format and "%" not in endpoint.date_format and endpoint.date_format not in ("s", "ms"):
        yield "date_format: " + _("{form!r} is not of the form %Y-%m-%d, nor s or ms").format(
            form=endpoint.date_format
        )
    yield from _unused(endpoint)


def _unused(endpoint: Endpoint) -> Iterator[str]:
    """Yield fields of a name that nothing reads: mostly a slip of the pen."""
    templates = f"{endpoint.link} {endpoint.detail.url if endpoint.detail else ''}"
    used = {*FIELDS, *_PLACEHOLDER.findall(templates)}
    for name in endpoint.fields:
        if name not in used:
            near = get_close_matches(name, FIELDS, n=1) or [", ".join(FIELDS)]
            yield f"fields.{name}: " + _("nothing reads it; did you mean {near}?").format(near=near[0])


def bad_selectors(spec: SourceSpec) -> Iterator[str]:
    """Yield selectors that are not CSS. Slower than the rest: the built-in catalogue has a test for it."""
    for number, endpoint in enumerate(spec.endpoints):
        for name, selector in _selectors(endpoint):
            for part in _without_attributes(selector):
                if not _is_css(part):
                    yield f"endpoints[{number}].{name}: " + _("{selector!r} is not a CSS selector").format(
                        selector=part
                    )


def _selectors(endpoint: Endpoint) -> Iterator[tuple[str, str]]:
    if endpoint.kind == "html":
        yield "items", endpoint.items
        # `url` alone reads the day from the address.
        yield from ((f"fields.{name}", css) for name, css in endpoint.fields.items())
        yield from ((f"labels.{name}", css) for name, css in endpoint.labels.items())
    if endpoint.detail is not None and endpoint.detail.kind == "html":
        detail: Detail = endpoint.detail
        for name in ("title", "body", "date", "labels", "attachments"):
            yield f"detail.{name}", getattr(detail, name)


def _without_attributes(selector: str) -> list[str]:
    """Return the CSS parts of ``sel@attr, sel``: what stands before the ``@`` of each."""
    parts = (part.partition("@")[0].strip() for part in re.split(r",(?![^(\[]*[)\]])", selector))
    return [part for part in parts if part not in ("", ".", "url")]


@cache
def _is_css(selector: str) -> bool:
    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError:
        return False
    return True


@cache
def _zones() -> set[str]:
    return available_timezones()


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
