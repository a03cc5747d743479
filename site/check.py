"""The checks that an edition passes before it goes live (standards 14): files in, problems out.

It reads the bytes as a stranger would: with an HTML parser, an XML parser and feedparser, not with what
wrote them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import icalendar
from lxml import etree
from lxml import html as lxml_html

from dibao.store import LANGS, Lang, StoryView

from . import labels
from .feeds.entry import host_of
from .info import SiteInfo

_SCHEMES = frozenset({"https", "http", "mailto"})
_HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "Content-Language")
_PARSER = lxml_html.HTMLParser(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Page:
    """What the checks need of one HTML file."""

    path: str
    url: str
    ids: Counter[str]
    links: tuple[str, ...]
    alternates: dict[str, str]
    text: str
    hidden: str


def problems(files: Mapping[str, bytes], views: Sequence[StoryView], *, info: SiteInfo) -> Iterator[str]:
    """Yield every reason why these files may not go live, as ``path: problem``."""
    pages = {path: _page(path, data, info) for path, data in files.items() if path.endswith(".html")}
    for page in pages.values():
        yield from _ids(page)
        yield from _links(page, pages, files, info)
        yield from _alternates(page, pages, info)
    for lang in LANGS:
        for view in views:
            yield from _labels(view, lang, pages, info)
        for place in (lang, *(f"{lang}/for/{profile.key}" for profile in info.profiles)):
            yield from _feeds(files, views, lang, place)
        yield from _calendar(f"{lang}/calendar.ics", files, lang, info)
    for path, data in files.items():
        if path.endswith((".xml", ".opml", ".atom", ".rss")):
            yield from _well_formed(path, data)


def mail_problems(path: str, data: bytes) -> Iterator[str]:
    """Yield every reason why a message may not go out, as ``path: problem``."""
    message = message_from_bytes(data, policy=policy.default)
    parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
    if [part.get_content_type() for part in parts] != ["text/plain", "text/html"]:
        yield f"{path}: a text part, then an HTML part are expected"
        return
    plain, page = (part.get_content() for part in parts)
    body = lxml_html.document_fromstring(page).find("body")
    first = next((text for text in body.itertext() if text.strip()), "") if body is not None else ""
    known = {words for by_lang in labels.WORDS.values() for words in by_lang.values()}
    if plain.splitlines()[:1] not in [[words] for words in known] or first.strip() not in known:
        yield f"{path}: a part does not begin with its label"
    if max(map(len, data.split(b"\r\n"))) > 998:
        yield f"{path}: a line is longer than 998 octets"
    missing = [name for name in _HEADERS if name not in message]
    if missing or message.defects:
        yield f"{path}: headers missing or broken: {missing} {message.defects}"


def _page(path: str, data: bytes, info: SiteInfo) -> _Page:
    tree = lxml_html.document_fromstring(data, parser=_PARSER)
    alternates = tree.xpath("//link[@rel='alternate'][@hreflang]")
    hidden = tree.xpath("string(//meta[@name='AIGC']/@content)")
    return _Page(
        path=path,
        url=info.url(path.removesuffix("index.html")),
        ids=Counter(tree.xpath("//@id")),
        links=tuple(dict.fromkeys(tree.xpath("//@href | //@src"))),
        alternates={each.get("hreflang", ""): each.get("href", "") for each in alternates},
        text=" ".join(tree.text_content().split()),
        hidden=str(hidden),
    )


def _ids(page: _Page) -> Iterator[str]:
    for name, times in page.ids.items():
        if times > 1:
            yield f"{page.path}: id {name!r} stands {times} times"


def _links(
    page: _Page, pages: Mapping[str, _Page], files: Mapping[str, bytes], info: SiteInfo
) -> Iterator[str]:
    for href in page.links:
        url = urljoin(page.url, href)
        if urlsplit(url).scheme not in _SCHEMES:
            yield f"{page.path}: link with a scheme that is not allowed: {href[:80]!r}"
        target = _target(url, info)
        if target is None:
            continue
        if target not in files:
            yield f"{page.path}: link to {href[:80]!r}, which is not part of the edition"
            continue
        fragment = unquote(urlsplit(url).fragment)
        if fragment and target in pages and fragment not in pages[target].ids:
            yield f"{page.path}: link to {href[:80]!r}, but {target} has no such id"


def _target(url: str, info: SiteInfo) -> str | None:
    """Return the file of the edition that an address means; None for an address outside the site."""
    root = info.url("")
    address = url.partition("#")[0].partition("?")[0]
    if not (address + "/").startswith(root):
        return None
    path = unquote(address[len(root) :])
    return path + "index.html" if not path or path.endswith("/") else path


def _alternates(page: _Page, pages: Mapping[str, _Page], info: SiteInfo) -> Iterator[str]:
    """Language versions name each other, each with the same list. A page of neither language names both."""
    if page.alternates and not {"en", "zh-Hans"} <= page.alternates.keys():
        yield f"{page.path}: hreflang names {sorted(page.alternates)}, one language is missing"
    for url in page.alternates.values():
        other = pages.get(_target(url, info) or "")
        if other is None:
            yield f"{page.path}: hreflang to {url}, which is not part of the edition"
        elif page.url in page.alternates.values() and other.alternates != page.alternates:
            yield f"{page.path}: hreflang pair with {other.path} is one-sided"


def _labels(view: StoryView, lang: Lang, pages: Mapping[str, _Page], info: SiteInfo) -> Iterator[str]:
    path = f"{lang}/e/{view.story.id}/index.html"
    brief = view.briefs[lang]
    if path not in pages:
        yield f"{path}: the page of a story is missing"
        return
    if labels.visible(brief, lang) not in pages[path].text:
        yield f"{path}: the visible label is missing"
    if pages[path].hidden != (labels.hidden(brief, host=host_of(info), provider=info.provider) or ""):
        yield f"{path}: the hidden label is missing or does not fit the brief"


def _feeds(files: Mapping[str, bytes], views: Sequence[StoryView], lang: Lang, place: str) -> Iterator[str]:
    """The three feeds of a place hold the same entries, each with its label first."""
    told = {view.briefs[lang].headline for view in views}
    allowed = tuple({labels.visible(view.briefs[lang], lang) for view in views})
    items = json.loads(files[f"{place}/feed.json"])["items"]
    ids = [item["id"] for item in items]
    found = {"feed.json": [(item["id"], item["summary"]) for item in items]}
    for name in ("feed.atom", "feed.rss"):
        parsed = feedparser.parse(files[f"{place}/{name}"])
        found[name] = [(entry.get("id", ""), entry.get("summary", "")) for entry in parsed.entries]
    if told and not ids and place == lang:
        yield f"{lang}/feed.json: no entry fits below the size limit"
    for name, entries in found.items():
        if [id_ for id_, _ in entries] != ids or len(set(ids)) != len(ids):
            yield f"{place}/{name}: entries differ from those of feed.json, or an id stands twice"
        if not all(summary.startswith(allowed) for _, summary in entries):
            yield f"{place}/{name}: an entry does not begin with its label"


def _calendar(path: str, files: Mapping[str, bytes], lang: Lang, info: SiteInfo) -> Iterator[str]:
    """Every event begins with its label and leads to a page of this edition; lines are as in RFC 5545."""
    rows = files[path].split(b"\r\n")
    if rows[-1] or any(b"\n" in row or b"\r" in row or len(row) > 75 for row in rows):
        yield f"{path}: a line does not end in CRLF or is longer than 75 octets"
    try:
        events = icalendar.Calendar.from_ical(files[path]).walk("VEVENT")
    except ValueError as error:
        yield f"{path}: not readable as a calendar: {error}"
        return
    allowed = tuple(labels.WORDS[case][lang] for case in ("brief", "extract"))
    names = Counter(str(event["uid"]) for event in events)
    if any(times > 1 for times in names.values()):
        yield f"{path}: a UID stands twice"
    for event in events:
        if not str(event["description"]).startswith(allowed):
            yield f"{path}: {event['uid']}: the label is missing"
        if _target(str(event["url"]), info) not in files:
            yield f"{path}: {event['uid']}: leads to {event['url']}, which is not part of the edition"


def _well_formed(path: str, data: bytes) -> Iterator[str]:
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield f"{path}: not well-formed: {error.msg}"
