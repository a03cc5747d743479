"""One publication: what a list says of it, its page and its files become an Item. No database, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from dibao.store import Attachment, DibaoError, Item, Moment, item_id

from .decode import decode
from .fetching import Fetch, Fetched, FetchError, Problem, problem
from .health import gone_page, site, soft_failure
from .language import language_of
from .parse.api import parse_document
from .parse.attachments import read_attachment
from .parse.entry import Entry, Link, Page
from .parse.pages import document_links, parse_page
from .parse.text import html_to_text, parse_html, prune
from .parse.urls import canonical_url, fill_template
from .schedule import old_news
from .source import Detail, Endpoint, SourceSpec

MAX_ATTACHMENTS = 5
CLOCKS = timedelta(minutes=15)
"""How far the clock of a server may be ahead of ours."""
TOMORROW = timedelta(days=1)
"""A publisher east of us may already write tomorrow's date; a later one would pin an item to the top."""

# Formats we have no reader for: named, not fetched.
_NO_READER = {".ppt", ".pptx", ".dps", ".rar", ".7z", ".ceb", ".mp3", ".mp4"}
_FILES = {
    "application/pdf",
    "application/msword",
    "application/ofd",
    "application/vnd.ms-excel",
    "application/vnd.ms-works",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/wps-office.doc",
    "application/zip",
}
_FILE_STARTS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What stays the same while one list is worked through."""

    spec: SourceSpec
    endpoint: Endpoint
    now: datetime
    fetch: Fetch
    baseline: bool
    list_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What reading one publication gave. ``item`` is None where what is stored is better than less."""

    item: Item | None
    problems: tuple[Problem, ...] = ()
    again: bool = False
    """Its page may be there next time."""
    address: str = ""
    """Where its page was read; empty: it has none that is read."""
    not_before: datetime | None = None
    guessed: bool = False
    """The source's selector of the text found nothing on the page; the text was looked for."""


async def read_publication(work: Work, entry: Entry, *, key: str, listing: str, known: bool) -> Publication:
    """Make an Item of an entry, its page and its files. What cannot be read becomes a Problem.

    Where the host's budget is spent in the middle of it, it waits for the next run as a whole.
    """
    try:
        return await _publication(work, entry, key=key, listing=listing, known=known)
    except FetchError as error:
        if error.trouble != "budget":
            raise
        return Publication(item=None, again=True)


async def _publication(work: Work, entry: Entry, *, key: str, listing: str, known: bool) -> Publication:
    spec, endpoint = work.spec, work.endpoint
    url = canonical_url(entry.url, base=work.list_url) if entry.url else ""
    text = html_to_text(entry.html) if entry.html else ""
    page, snapshot, again, looked = Page(title="", text=""), "", False, ""
    problems: list[Problem] = []
    not_before = None
    address = detail_url(endpoint, entry, url)
    if endpoint.detail is not None and endpoint.full_text and address:
        try:
            page, snapshot = await read_page(work, endpoint.detail, address)
            looked = address
        except DibaoError as error:
            _unless_spent(error)
            problems.append(problem(spec.id, address, error))
            again = not getattr(error, "lasting", False)
            not_before = getattr(error, "not_before", None)
            if known:
                return Publication(item=None, problems=tuple(problems), again=again, not_before=not_before)
    if not looked and endpoint.full_text:
        page = replace(page, links=(*entry.links, *links_in(entry.html, base=url or work.list_url)))
    files, trouble = await read_files(work, page, address or work.list_url)
    published = _come(_published(entry.published, page.published), now=work.now)
    if published is not None and published.day > (work.now + TOMORROW).date():
        problems.append(
            problem(spec.id, url or work.list_url, f"dated {published.day}, in the future; left undated")
        )
        published = None
    title = full_title(entry.title, page.title)
    body = page_text(page, title=title) or text or entry.summary
    declared = entry.lang or page.lang or endpoint.lang or spec.languages[0]
    item = Item(
        id=item_id(spec.id, key),
        source_id=spec.id,
        key=key,
        url=url or address or work.list_url,
        title=title,
        text=body,
        lang=language_of(f"{title}\n{body}", declared=declared),
        column=endpoint.column_of(title),
        published=published,
        fetched_at=work.now,
        summary=entry.summary,
        author=entry.author,
        labels=tuple({**dict(entry.labels), **dict(page.labels)}.items()),
        attachments=files,
        snapshot=snapshot,
        listing="" if again else listing,
        baseline=work.baseline or old_news(published.day if published else None, now=work.now),
    )
    return Publication(
        item=item,
        problems=(*problems, *trouble),
        again=again,
        address=looked,
        not_before=not_before,
        guessed=page.guessed,
    )


def _unless_spent(error: DibaoError) -> None:
    """Raise an error that is none of what was asked for: the budget of its host is spent."""
    if getattr(error, "trouble", "") == "budget":
        raise error


def links_in(html: str, *, base: str) -> tuple[Link, ...]:
    """Return the files that the text of a list's own row links to."""
    tree = parse_html(html) if "<a" in html else None
    if tree is None:
        return ()
    prune(tree)
    return tuple({link.url: link for link in document_links(tree, base=base)}.values())


def detail_url(endpoint: Endpoint, entry: Entry, url: str) -> str:
    """Return where the entry's full text is: the template filled from the entry, else its own URL."""
    if endpoint.detail is None or not endpoint.detail.url:
        return url
    return fill_template(endpoint.detail.url, {**entry.fields, "key": entry.key, "url": entry.url})


def full_title(listed: str, paged: str) -> str:
    """Return the page's title where the list has cut it (PBC), else the list's.

    What follows a dash or a bar on the page is the name of the site, no part of the title.
    """
    start = listed.rstrip(" .…")
    rest = paged[len(start) :].lstrip()
    cut = start and paged.startswith(start) and rest and not rest.startswith(("-", "–", "—", "_", "|", "－"))
    return paged if cut or not listed else listed


def page_text(page: Page, *, title: str) -> str:
    """Return a page's text; with its heading where the item's title, taken from the list, is another."""
    same = not page.heading or "".join(page.heading.split()) in "".join(title.split())
    return page.text if same else f"{page.heading}\n{page.text}"


def _published(listed: Moment | None, paged: Moment | None) -> Moment | None:
    """The list's date; the page's where the list has none, or the page adds the hour of that day."""
    if listed is None:
        return paged
    if paged is not None and listed.at is None and paged.at is not None and paged.day == listed.day:
        return paged
    return listed


def _come(said: Moment | None, *, now: datetime) -> Moment | None:
    """Return a moment without a time that has not come yet (local time labelled GMT); its day stands."""
    early = said is not None and said.at is not None and said.at > now + CLOCKS
    return replace(said, at=None) if said is not None and early else said


async def read_page(work: Work, detail: Detail, address: str) -> tuple[Page, str]:
    """Fetch and read a publication's own page. Raises DocumentError."""
    spec, endpoint = work.spec, work.endpoint
    if not _ours(address, spec, endpoint):
        raise FetchError(f"{site(address)} is not this source's site; only the listing is kept", lasting=True)
    answer = await work.fetch(_secure(address, spec), spec=spec)
    if not _ours(answer.url, spec, endpoint):
        raise FetchError(f"led away to another site ({site(answer.url)})", lasting=True)
    if urlsplit(answer.url).path in ("", "/") and urlsplit(address).path not in ("", "/"):
        raise FetchError("led to the front page instead", trouble="gone")
    media_type = answer.content_type.partition(";")[0].strip().lower()
    if media_type in _FILES or answer.body.startswith(_FILE_STARTS):
        text, unread = read_attachment(answer.body, media_type=media_type, name=_file_name(address))
        if unread:
            raise FetchError(unread, lasting=True)
        return Page(title="", text=text), answer.snapshot
    text = text_of_answer(answer, spec)
    lang = endpoint.lang or spec.languages[0]
    if detail.kind == "json":
        page = parse_document(text, url=answer.url, detail=detail, zone=spec.timezone)
    else:
        page = parse_page(text, url=answer.url, detail=detail, zone=spec.timezone, lang=lang)
    if words := soft_failure(page.title, page.text):
        raise FetchError(words, trouble="gone" if gone_page(page.title, page.text) else "not_a_list")
    return page, answer.snapshot


def _ours(url: str, spec: SourceSpec, endpoint: Endpoint) -> bool:
    """Is this the source's own site? Text of another site must not be shown as the issuer's."""
    return site(url) in {site(u) for u in (spec.homepage, endpoint.url, endpoint.link) if u}


def _secure(url: str, spec: SourceSpec) -> str:
    """Ask by https where a list still writes http; sources without https say so."""
    return url if spec.allow_http or not url.startswith("http://") else "https://" + url[len("http://") :]


async def read_files(work: Work, page: Page, address: str) -> tuple[tuple[Attachment, ...], list[Problem]]:
    files: list[Attachment] = []
    problems: list[Problem] = []
    for link in page.links[:MAX_ATTACHMENTS]:
        try:
            files.append(await _attachment(work, link, address))
        except DibaoError as error:
            _unless_spent(error)
            problems.append(problem(work.spec.id, link.url, error))
            files.append(Attachment(url=link.url, name=link.name or _file_name(link.url), unread=str(error)))
    if len(page.links) > MAX_ATTACHMENTS:
        words = f"{len(page.links)} attachments; the first {MAX_ATTACHMENTS} are kept"
        problems.append(problem(work.spec.id, address, words))
    return tuple(files), problems


async def _attachment(work: Work, link: Link, address: str) -> Attachment:
    """Fetch and read one file. Raises DocumentError."""
    name = link.name or _file_name(link.url)
    suffix = _suffix(link.url) or _suffix(name)
    if suffix in _NO_READER:
        return Attachment(url=link.url, name=name, unread=f"no reader for {suffix} files")
    if site(link.url) != site(address):
        return Attachment(url=link.url, name=name, unread="kept on another site; not fetched")
    answer = await work.fetch(_secure(link.url, work.spec), spec=work.spec)
    media_type = answer.content_type.partition(";")[0].strip().lower()
    text, unread = read_attachment(
        answer.body, media_type=media_type, name=name if _suffix(name) else link.url
    )
    return Attachment(
        url=link.url, name=name, media_type=media_type, text=text, unread=unread, snapshot=answer.snapshot
    )


def _file_name(url: str) -> str:
    return unquote(PurePosixPath(urlsplit(url).path).name)


def _suffix(name: str) -> str:
    return PurePosixPath(urlsplit(name).path if "://" in name else name).suffix.lower()


def text_of_answer(answer: Fetched, spec: SourceSpec) -> str:
    """Decode an answer. Raises FetchError where more than one character in a hundred was lost."""
    decoded = decode(answer.body, content_type=answer.content_type, fallback=spec.charset)
    if decoded.damaged * 100 > len(decoded.text):
        words = f"{decoded.damaged} characters are unreadable, taken for {decoded.encoding}"
        raise FetchError(words, trouble="damaged")
    return decoded.text
