"""JSON answers → entries, and JSON documents → a page. Paths come from the source's record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dibao.store import DocumentError, Moment

from ..source import Detail, Endpoint
from .dates import read_moment
from .entry import Entry, Link, Page, cut, kept
from .json import find, load_json, text_at, text_of
from .pages import document_links, label_pairs, normal_label
from .text import clean_title, html_to_text, markup_to_text, parse_html
from .urls import canonical_url, fill_template

_SUMMARY_LIMIT = 20_000


def parse_rows(text: str, *, url: str, endpoint: Endpoint, zone: str, lang: str) -> tuple[Entry, ...]:
    """Return the entries of a JSON list; rows without a title are left out, () when the list is empty.

    Raises DocumentError when the answer says that it failed, holds no list where ``items`` points, or when no
    row has a title: it is not what its source says.
    """
    answer = load_json(text, url=url)
    check_ok(answer, endpoint.ok, url=url)
    rows = [row for row in _rows(answer, endpoint.items, url=url) if _counts(row, endpoint.where)]
    entries = tuple(entry for row in rows if (entry := _entry(row, url, endpoint, zone, lang)) is not None)
    if rows and not entries:
        raise DocumentError(
            f"{url}: {len(rows)} rows but none has a title at {endpoint.fields.get('title')!r}"
        )
    return kept(entries, endpoint.keep)


def check_ok(answer: Any, expected: Mapping[str, Any], *, url: str) -> None:
    """Raise DocumentError unless every path of ``expected`` leads to its value; ``200`` equals ``"200"``."""
    for path, value in expected.items():
        found = find(answer, path)
        if not found or str(found[0]).lower() != str(value).lower():
            shown = repr(found[0])[:80] if found else "nothing"
            raise DocumentError(f"{url}: the answer says {path} = {shown} where {value!r} was expected")


def _rows(answer: Any, path: str, *, url: str) -> list[dict[str, Any]]:
    found = find(answer, path)
    lists = [rows for rows in found if isinstance(rows, list)]
    if not lists:
        there = f"; it has {', '.join(map(str, list(answer)[:8]))}" if isinstance(answer, dict) else ""
        raise DocumentError(f"{url}: no list of rows at {path or 'the top level'!r}{there}")
    return [row for rows in lists for row in rows if isinstance(row, dict)]


def _counts(row: dict[str, Any], where: Mapping[str, Any]) -> bool:
    """Has the row every value that the source wants? Advertisements and paid rows have not."""
    return all(text_at(row, path).lower() == str(value).lower() for path, value in where.items())


def _entry(row: dict[str, Any], url: str, endpoint: Endpoint, zone: str, lang: str) -> Entry | None:
    fields = {
        name: cut(text_at(row, path), endpoint.cut.get(name, "")) for name, path in endpoint.fields.items()
    }
    title = clean_title(markup_to_text(fields.get("full_title", ""))) or clean_title(
        markup_to_text(fields.get("title", ""))
    )
    if not title:
        return None
    raw_date = fields.get("date_ms") or fields.get("date", "")
    lang = endpoint.lang or lang
    date_format = "ms" if fields.get("date_ms") else endpoint.date_format
    address = canonical_url(fields.get("url", ""), base=url) or fill_template(endpoint.link, fields)
    return Entry(
        key=clean_title(fields.get("key", "")),
        url=address,
        title=title,
        published=read_moment(raw_date, zone=zone, lang=lang, date_format=date_format),
        raw_date=raw_date,
        summary=markup_to_text(fields.get("summary", ""))[:_SUMMARY_LIMIT],
        html=fields.get("html", ""),
        author=clean_title(markup_to_text(fields.get("author", "")), limit=200),
        lang=lang,
        labels=tuple(_labels(row, endpoint.labels)),
        fields=fields,
        links=tuple(_files(row, endpoint.attachments, url)) if endpoint.attachments else (),
    )


def _labels(row: dict[str, Any], paths: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for name, path in paths.items():
        value = clean_title(markup_to_text(text_at(row, path)))
        if value:
            yield normal_label(name), value


def parse_document(text: str, *, url: str, detail: Detail, zone: str) -> Page:
    """Return the page that a JSON document describes. Raises DocumentError without title and body."""
    answer = load_json(text, url=url)
    title = clean_title(markup_to_text(text_at(answer, detail.title))) if detail.title else ""
    html = text_at(answer, detail.body) if detail.body else ""
    body = html_to_text(html)
    if not title and not body:
        raise DocumentError(f"{url}: neither title at {detail.title!r} nor body at {detail.body!r}")
    tree = parse_html(html)
    labels = list(_document_labels(answer, detail.labels)) if detail.labels else []
    links = list(_files(answer, detail.attachments, url)) if detail.attachments else []
    if detail.original and not body:
        links += _files(answer, detail.original, url)
    if tree is not None:
        labels += label_pairs(tree)
        links += document_links(tree, base=url)
    return Page(
        title=title,
        text=body,
        published=_document_date(answer, detail, zone),
        labels=tuple(dict.fromkeys(labels)),
        links=tuple({link.url: link for link in reversed(links)}.values())[::-1],
    )


def _document_date(answer: Any, detail: Detail, zone: str) -> Moment | None:
    raw = text_at(answer, detail.date) if detail.date else ""
    return read_moment(raw, zone=zone) or (
        read_moment(raw, zone=zone, date_format="ms") if len(raw) == 13 else None
    )


def _document_labels(answer: Any, path: str) -> Iterable[tuple[str, str]]:
    """Read ``{"文号": "…"}`` and ``[{"name": "文号", "value": "…"}]``."""
    for alternative in path.split(","):
        for found in find(answer, alternative):
            for row in found if isinstance(found, list) else [found]:
                if not isinstance(row, dict):
                    continue
                name = next((text_of(row[n]) for n in ("name", "label", "key", "title") if n in row), "")
                pairs = {name: row.get("value", row.get("content"))} if name else row
                for label, value in pairs.items():
                    shown = clean_title(markup_to_text(text_of(value)))
                    if shown:
                        yield normal_label(str(label)), shown


def _files(answer: Any, paths: str, base: str) -> Iterable[Link]:
    """Read addresses, and objects such as ``{"filePath": …, "fileName": …}``."""
    for path in paths.split(","):
        for found in find(answer, path):
            for value in found if isinstance(found, list) else [found]:
                row = value if isinstance(value, dict) else {"url": value}
                raw = next(
                    (text_of(row[n]) for n in ("url", "filePath", "fileUrl", "href", "path") if n in row), ""
                )
                name = next((text_of(row[n]) for n in ("title", "fileName", "name") if row.get(n)), "")
                address = canonical_url(raw, base=base)
                if address:
                    yield Link(url=address, name=clean_title(name) or address.rsplit("/", 1)[-1])
