"""What a feed entry says, in one language, before any format: plain text and clean HTML of one story.

Atom, RSS and JSON Feed write the same Entry, made from the same StoryPage as the page and the mail, so no
two outputs differ. Nothing here reads a clock: every time comes from the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from lxml import html as lxml_html
from lxml.html import HtmlElement
from lxml.html import builder as E

from dibao.store import HTML_LANG, LANGS, LEVEL_NAMES, TOPICS, Body, Brief, Lang, StoryView

from .. import labels
from ..clean import line, link
from ..coverage import Entry as Source
from ..info import SiteInfo
from ..naming import jurisdiction_name, story_jurisdiction
from ..story import Line, Mark, StoryPage, story_page
from ..words import word

TITLE = 300
"""Longest title, in characters (standards 1)."""
SOURCES = 12
"""Sources named in one entry; the page names them all."""
FACTS = ("issuer", "document_type", "document_number", "stage", "date_effective", "date_deadline")
"""Facts that an entry and a mail show; the page shows all."""

READ: dict[Lang, str] = {"en": "Read the whole story", "zh": "阅读全文页"}
_GOVERNMENT_POLICY: dict[Lang, str] = {"en": "government policy", "zh": "政府政策"}


@dataclass(frozen=True, slots=True)
class Category:
    """A class of a story: ``term`` of the vocabulary ``scheme``, with a name to show."""

    scheme: str
    term: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story in one language. ``id`` never changes; ``updated`` only with the content (UTC, aware)."""

    view: StoryView
    brief: Brief
    lang: Lang
    id: str
    urls: dict[Lang, str]
    title: str
    label: str
    summary: str
    html: str
    text: str
    published: datetime
    updated: datetime
    via: str
    related: tuple[str, ...]
    categories: tuple[Category, ...]
    hidden: str | None
    source_type: str

    @property
    def url(self) -> str:
        return self.urls[self.lang]


def host_of(info: SiteInfo) -> str:
    """Return the host that our ids are named after."""
    return urlsplit(info.base_url).hostname or "localhost"


def tag(info: SiteInfo, name: str) -> str:
    """Return a permanent tag URI (RFC 4151). The year is part of the id, not a date: it never moves."""
    return f"tag:{host_of(info)},2026:{name}"


def story_url(info: SiteInfo, story_id: int, lang: Lang) -> str:
    return info.url(f"{lang}/e/{story_id}/")


def entry(info: SiteInfo, view: StoryView, *, lang: Lang, bodies: Mapping[str, Body]) -> Entry:
    """Return the story as the feeds of one language show it."""
    brief = view.briefs[lang]
    page = story_page(view, lang, bodies=bodies)
    urls = {each: story_url(info, view.story.id, each) for each in LANGS}
    via, related = source_links(view)
    return Entry(
        view=view,
        brief=brief,
        lang=lang,
        id=tag(info, f"event/{view.story.id}/{HTML_LANG[lang]}"),
        urls=urls,
        title=page.headline or f"#{view.story.id}",
        label=page.label,
        summary=join((page.label, *(spoken(said) for said in page.lines[:3])), lang),
        html="\n".join(_rendered(part) for part in _html(page, lang, urls[lang])),
        text="\n\n".join(_text(page, lang, urls[lang])),
        published=published(view),
        updated=view.updated_at.astimezone(UTC),
        via=via,
        related=related,
        categories=tuple(categories(info, view, lang=lang, bodies=bodies)),
        hidden=labels.hidden(brief, host=host_of(info), provider=info.provider),
        source_type=labels.source_type(brief),
    )


def published(view: StoryView) -> datetime:
    """Return when the story became known: the head's own exact time, else the first fetch.

    A source that gives a date only has no time to show, and none is made up for it.
    """
    exact = view.head.item.published.at if view.head.item.published else None
    first = min(covered.item.fetched_at for covered in view.coverage)
    return min(exact or first, view.updated_at).astimezone(UTC)


def source_links(view: StoryView) -> tuple[str, tuple[str, ...]]:
    """Return the first official source's link (else the first source's), and the others."""
    ordered = sorted(view.coverage, key=lambda covered: not covered.source.official)
    links = list(dict.fromkeys(url for covered in ordered if (url := link(covered.item.url))))
    return (links[0], tuple(links[1:])) if links else ("", ())


def categories(
    info: SiteInfo, view: StoryView, *, lang: Lang, bodies: Mapping[str, Body]
) -> Iterator[Category]:
    """Yield rank, jurisdiction, regulators and topics."""
    yield Category("http://cv.iptc.org/newscodes/mediatopic/", "20000621", _GOVERNMENT_POLICY[lang])
    level = view.rank.level
    yield Category(tag(info, "rank"), level, LEVEL_NAMES[level].name(lang))
    where = story_jurisdiction(view, bodies)
    yield Category(tag(info, "jurisdiction"), line(where), line(jurisdiction_name(where, lang)))
    for key in values(view, "issuer"):
        name = bodies[key].name(lang) if key in bodies else key
        yield Category(tag(info, "regulator"), line(key, TITLE), line(name, TITLE))
    for key in values(view, "topic"):
        if key in TOPICS:
            yield Category(tag(info, "topic"), key, TOPICS[key].name(lang))


def values(view: StoryView, kind: str) -> tuple[str, ...]:
    """Return the values of one kind of fact, those of the head first."""
    return tuple(dict.fromkeys(fact.value for fact in view.facts if fact.kind == kind))


def details(page: StoryPage) -> tuple[tuple[str, str], ...]:
    """Return the facts that an entry shows, as (name, first value)."""
    rows = {row.kind: (row.name, row.values[0].text) for row in page.box if row.values}
    return tuple(rows[kind] for kind in FACTS if kind in rows)


def spoken(said: Line) -> str:
    """Return a sentence as plain text; the source's own words stand in quotation marks."""
    return f"“{said.text}”" if said.tag and said.text else said.text


def join(parts: Iterable[str], lang: Lang) -> str:
    """Put sentences one after the other; Chinese ones touch, a Latin letter beside them gets its space."""
    said = ""
    for part in filter(None, parts):
        apart = lang == "en" or (said and said[-1].isascii())
        said += (" " if said and apart else "") + part
    return said


def marks(said: Line) -> tuple[Mark, ...]:
    """Return one mark for each source of a sentence, though it may cite several places there."""
    first: dict[int, Mark] = {}
    for mark in said.marks:
        first.setdefault(mark.number, mark)
    return tuple(first.values())


def cited(lines: Iterable[Line], lang: Lang) -> str:
    """Return sentences as plain text with the numbers of their sources."""
    return join((spoken(said) + "".join(f" [{mark.number}]" for mark in marks(said)) for said in lines), lang)


def reason(page: StoryPage, lang: Lang) -> str:
    """Return the level and why, as sentences."""
    return join((page.level_name + ("。" if lang == "zh" else "."), page.reason), lang)


def named(source: Source, lang: Lang) -> str:
    """Return a source's name with its tier in brackets."""
    tier = source.tier_name
    return f"{source.source}（{tier}）" if lang == "zh" else f"{source.source} ({tier.lower()})"


def times(source: Source, lang: Lang) -> str:
    """Return when the source published, if it says so, and when we read it."""
    fetched = word(lang, "story.fetched") + word(lang, "site.colon") + source.fetched.text
    return " · ".join(([source.published.text] if source.published else []) + [fetched])


def _html(page: StoryPage, lang: Lang, url: str) -> Iterator[HtmlElement]:
    colon = word(lang, "site.colon")
    yield E.P(page.label)
    if page.history.notes:
        yield E.P(page.history.notes[0])
    yield _paragraph("", page.lines, lang, url)
    if page.impact:
        yield _paragraph(word(lang, "story.impact"), page.impact, lang, url)
    yield E.P(E.STRONG(word(lang, "story.rank")), colon + reason(page, lang))
    yield E.P(page.impact_note)
    if rows := details(page):
        yield E.UL(*(E.LI(E.STRONG(name), colon + value) for name, value in rows))
    yield E.P(E.STRONG(word(lang, "story.coverage")), colon + page.counts)
    yield E.OL(*(_source(source, lang) for source in page.entries[:SOURCES]))
    yield E.P(E.A(READ[lang], href=url))


def _paragraph(name: str, lines: Iterable[Line], lang: Lang, url: str) -> HtmlElement:
    """One paragraph of sentences, each followed by links to the words that it rests on."""
    paragraph: HtmlElement = E.P()
    if name:
        paragraph.append(E.STRONG(name))
        paragraph[-1].tail = word(lang, "site.colon")
    for said in lines:
        paragraph.append(E.Q(said.text, lang=line(said.tag, 35)) if said.tag else E.SPAN(said.text))
        for mark in marks(said):
            paragraph[-1].tail = " "
            paragraph.append(E.A(f"[{mark.number}]", href=f"{url}#{mark.anchor}"))
        paragraph[-1].tail = " "
    return paragraph


def _source(source: Source, lang: Lang) -> HtmlElement:
    """One source: name, tier, original title and link, time there and here; who else has its words."""
    colon = word(lang, "site.colon")
    title = E.A(source.title, href=source.url) if source.url else E.SPAN(source.title)
    title.set("lang", line(source.tag, 35))
    title.tail = " · " + times(source, lang)
    made = E.LI(named(source, lang) + colon, title)
    for n, copy in enumerate(source.copies):
        made[-1].tail += ", " if n else f" · {word(lang, 'story.also_in')}{colon}"
        made.append(E.A(copy.source, href=copy.url) if copy.url else E.SPAN(copy.source))
        made[-1].tail = ""
    return made


def also_in(source: Source, lang: Lang) -> str:
    """Return who else has a source's words, each once, with what goes before; empty when nobody has."""
    names = ("、" if lang == "zh" else ", ").join(dict.fromkeys(copy.source for copy in source.copies))
    return f" · {word(lang, 'story.also_in')}{word(lang, 'site.colon')}{names}" if names else ""


def _text(page: StoryPage, lang: Lang, url: str) -> Iterator[str]:
    """The same as ``_html`` in plain text, a paragraph each."""
    colon = word(lang, "site.colon")
    yield page.label
    yield from page.history.notes[:1]
    yield cited(page.lines, lang)
    if page.impact:
        yield word(lang, "story.impact") + colon + cited(page.impact, lang)
    yield word(lang, "story.rank") + colon + reason(page, lang)
    yield page.impact_note
    if rows := details(page):
        yield "\n".join(name + colon + value for name, value in rows)
    sources = (
        f"[{source.number}] {named(source, lang)}{colon}{source.title}"
        f" · {times(source, lang)}{also_in(source, lang)}" + (f"\n    {source.url}" if source.url else "")
        for source in page.entries[:SOURCES]
    )
    yield "\n".join((word(lang, "story.coverage") + colon + page.counts, *sources))
    yield READ[lang] + colon + url


def _rendered(element: HtmlElement) -> str:
    return str(lxml_html.tostring(element, encoding="unicode", method="html")).strip()
