"""All HTML pages of an edition and the files they need: values in, (path, bytes) out. No clock, no disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from dibao.store import (
    HTML_LANG,
    LANGS,
    LEGAL_LEVELS,
    Body,
    Brief,
    Coverage,
    GlossaryTerm,
    Lang,
    ListHealth,
    Source,
    SourceHealth,
    StoryView,
    Thread,
    Version,
)

from . import labels, naming, search, words
from .calendar import Calendar, calendar
from .digest import Digest, card, digest, source_rows
from .document import document, documents
from .frame import Edition, Head, assets, both, hidden_label, host, make_head, render_page, static_files
from .glossary import glossary
from .info import SiteInfo
from .jsonld import story_json
from .lens_pages import lens_page
from .penalty_pages import penalty_pages
from .register import gate_figures, model_rows
from .story import story_page
from .thread import ThreadPage, lines_of, moves, thread_page
from .thread_pages import thread_pages

__all__ = ["ABOUT", "assets", "render"]

ABOUT = ("labels", "methods", "models", "corrections", "privacy", "imprint", "newsletter")
_DAYS_LISTED = 10
_CHOICE_CARDS = 5


def render(
    site: SiteInfo,
    views: Sequence[StoryView],
    *,
    health: Sequence[SourceHealth],
    sources: Mapping[str, Source],
    bodies: Mapping[str, Body],
    redirects: Mapping[int, int],
    threads: Mapping[int, Thread] | None = None,
    terms: Sequence[GlossaryTerm] = (),
    former: Mapping[str, Version] | None = None,
    lists: Sequence[ListHealth] = (),
    build_id: str,
) -> Iterator[tuple[str, bytes]]:
    """Yield (path below the site's root, bytes) of all pages and of the hashed files that they load."""
    days = tuple(sorted({view.story.day for view in views}, reverse=True))
    edition = Edition(site, views, bodies, build_id, days)
    by_id = {view.story.id: view for view in views}
    lines = lines_of(threads or {}, by_id)
    moved = moves(lines, threads or {}, redirects)
    yield from static_files()
    yield _choice(edition)
    for lang in LANGS:
        yield _home(edition, lang)
        yield from (_day(edition, lang, day) for day in days)
        yield _calendar(edition, lang)
        yield _archive(edition, lang)
        yield _search(edition, lang)
        law = [thread_page(made, lang, views=by_id) for made in lines]
        line_of = {step.story_id: page for page in law for step in page.steps}
        yield from (_story(edition, lang, view, line_of.get(view.story.id)) for view in views)
        yield from thread_pages(edition, lang, law, views=by_id, moved=moved)
        yield from penalty_pages(edition, lang)
        for view in views:
            for entry in documents(view):
                yield _document(edition, lang, view, entry, (former or {}).get(entry.item.id))
        yield from (_merged(edition, lang, old, new) for old, new in sorted(redirects.items()))
        yield _status(edition, lang, sources, health, lists)
        yield _glossary(edition, lang, terms)
        yield from (_about(edition, lang, topic) for topic in ABOUT)
        yield from (lens_page(edition, lang, profile) for profile in site.profiles)
    yield _neutral(edition, "status/", "status")
    yield from (_neutral(edition, f"about/{topic}/", topic) for topic in ABOUT)
    yield _not_found(edition)


def _home(edition: Edition, lang: Lang) -> tuple[str, bytes]:
    today = edition.site.today
    return _digest_page(edition, lang, edition.days[0] if edition.days else None, "", today)


def _day(edition: Edition, lang: Lang, day: date) -> tuple[str, bytes]:
    return _digest_page(edition, lang, day, f"{day.isoformat()}/", day)


def _digest_page(edition: Edition, lang: Lang, day: date | None, rest: str, today: date) -> tuple[str, bytes]:
    """Render a day. ``today`` decides what is upcoming: on a day's own page, that day, so that it stays."""
    site = edition.site
    shown: Digest | None = None
    briefs: list[Brief] = []
    if day is not None:
        known = [view for view in edition.views if view.story.day <= max(day, today)]
        views = edition.of_day(day)
        briefs = [view.briefs[lang] for view in views]
        shown = digest(views, day, lang, today=today, known=known, bodies=edition.bodies)
    place = edition.days.index(day) if day else 0
    title = words.word(lang, "digest.heading", day=words.day_text(day, lang)) if day else ""
    description = (
        words.word(lang, "digest.description", day=words.day_text(day, lang), stories=shown.stories)
        if day and shown
        else words.word(lang, "site.tagline")
    )
    head = make_head(
        site,
        lang,
        rest,
        title=title or words.word(lang, "digest.title"),
        description=f"{shown.label} {description}" if shown else description,
        nav="today" if not rest else "",
        aigc=hidden_label(briefs, f"digest:{day}:{HTML_LANG[lang]}", site),
    )
    listed = edition.days[max(0, place - _DAYS_LISTED // 2) :][:_DAYS_LISTED]
    return render_page(
        edition,
        "digest.html",
        f"{lang}/{rest}",
        lang,
        head,
        d=shown,
        not_today=not rest and day is not None and day != site.today,
        days=[(d, words.long_day_text(d, lang), len(edition.of_day(d))) for d in listed],
        earlier=edition.days[place + 1] if place + 1 < len(edition.days) else None,
        later=edition.days[place - 1] if place else None,
    )


def _calendar(edition: Edition, lang: Lang) -> tuple[str, bytes]:
    shown = calendar(edition.views, lang, today=edition.site.today, bodies=edition.bodies)
    head = make_head(
        edition.site,
        lang,
        "calendar/",
        title=words.word(lang, "calendar.title"),
        description=f"{shown.label} {words.word(lang, 'calendar.lead')}",
        nav="calendar",
        aigc=hidden_label(_told(edition, shown, lang), f"calendar:{HTML_LANG[lang]}", edition.site),
    )
    return render_page(edition, "calendar.html", f"{lang}/calendar/", lang, head, c=shown)


def _told(edition: Edition, shown: Calendar, lang: Lang) -> list[Brief]:
    """Return the briefs whose headlines a calendar shows."""
    told = {due.story_id for month in (*shown.to_come, *shown.past) for due in month.dues}
    return [view.briefs[lang] for view in edition.views if view.story.id in told]


def _archive(edition: Edition, lang: Lang) -> tuple[str, bytes]:
    counts = [(day, len(edition.of_day(day))) for day in edition.days]
    most = max((n for _, n in counts), default=1)
    head = make_head(
        edition.site,
        lang,
        "archive/",
        title=words.word(lang, "archive.title"),
        description=words.word(lang, "archive.lead"),
        nav="archive",
    )
    days = [(day, words.long_day_text(day, lang), n, round(100 * n / most, 1)) for day, n in counts]
    return render_page(edition, "archive.html", f"{lang}/archive/", lang, head, days=days)


def _search(edition: Edition, lang: Lang) -> tuple[str, bytes]:
    briefs = [view.briefs[lang] for view in search.newest(edition.views)]
    stories = words.count(lang, "stories", len(briefs))
    head = make_head(
        edition.site,
        lang,
        "search/",
        title=words.word(lang, "search.title"),
        description=words.word(lang, "search.lead", stories=stories),
        nav="search",
    )
    return render_page(
        edition,
        "search.html",
        f"{lang}/search/",
        lang,
        head,
        label=labels.whole(briefs, lang),
        lead=words.word(lang, "search.lead", stories=stories),
    )


def _story(edition: Edition, lang: Lang, view: StoryView, line: ThreadPage | None) -> tuple[str, bytes]:
    site, brief = edition.site, view.briefs[lang]
    page = story_page(view, lang, bodies=edition.bodies)
    first = page.lines[0].text if page.lines else ""
    head = make_head(
        site,
        lang,
        f"e/{view.story.id}/",
        title=page.headline,
        description=f"{page.label} {first}",
        aigc=labels.hidden(brief, host=host(site), provider=site.provider),
        jsonld=story_json(view, lang, site=site, bodies=edition.bodies),
    )
    return render_page(edition, "story.html", f"{lang}/e/{view.story.id}/", lang, head, s=page, line=line)


def _document(
    edition: Edition, lang: Lang, view: StoryView, coverage: Coverage, former: Version | None
) -> tuple[str, bytes]:
    shown = document(view, coverage, lang, bodies=edition.bodies, former=former)
    head = make_head(
        edition.site,
        lang,
        f"d/{shown.id}/",
        title=shown.entry.title,
        description=f"{shown.entry.source}{words.word(lang, 'site.colon')}{shown.entry.title}",
    )
    return render_page(edition, "document.html", f"{lang}/d/{shown.id}/", lang, head, d=shown, e=shown.entry)


def _merged(edition: Edition, lang: Lang, old: int, new: int) -> tuple[str, bytes]:
    head = Head(title="", description="", tag=HTML_LANG[lang], canonical=edition.site.url(f"{lang}/e/{new}/"))
    return render_page(
        edition,
        "merged.html",
        f"{lang}/e/{old}/",
        lang,
        head,
        target=f"e/{new}/",
        heading=words.word(lang, "story.merged"),
        link=words.word(lang, "story.merged_link", n=new),
    )


def _status(
    edition: Edition,
    lang: Lang,
    sources: Mapping[str, Source],
    health: Sequence[SourceHealth],
    lists: Sequence[ListHealth],
) -> tuple[str, bytes]:
    head = make_head(
        edition.site,
        lang,
        "status/",
        title=words.word(lang, "status.title"),
        description=words.word(lang, "status.lead"),
        nav="status",
    )
    rows = source_rows(sources, health, lang, lists=lists)
    return render_page(edition, "status.html", f"{lang}/status/", lang, head, rows=rows)


def _glossary(edition: Edition, lang: Lang, terms: Sequence[GlossaryTerm]) -> tuple[str, bytes]:
    head = make_head(
        edition.site,
        lang,
        "glossary/",
        title=words.word(lang, "glossary.title"),
        description=words.word(lang, "glossary.lead"),
        nav="glossary",
    )
    shown = glossary(edition.bodies, terms, lang)
    return render_page(edition, "glossary.html", f"{lang}/glossary/", lang, head, g=shown)


def _about(edition: Edition, lang: Lang, topic: str) -> tuple[str, bytes]:
    site = edition.site
    head = make_head(
        site,
        lang,
        f"about/{topic}/",
        title=words.word(lang, f"site.{topic}"),
        description=f"{words.word(lang, f'site.{topic}')} – {words.word(lang, 'site.tagline')}",
        nav=topic,
    )
    return render_page(
        edition,
        "about.html",
        f"{lang}/about/{topic}/",
        lang,
        head,
        topic=topic,
        contact=contact_link(site.contact),
        imprint=[line for line in site.imprint(lang).splitlines() if line.strip()],
        gate=gate_figures(edition.views, lang) if topic == "methods" else None,
        levels=[(naming.capital(level.name(lang)), f"{level.force:g}") for level in LEGAL_LEVELS.values()],
        models=model_rows(site, edition.views, lang) if topic == "models" else (),
    )


@dataclass(frozen=True, slots=True)
class ContactLink:
    href: str
    text: str


def contact_link(contact: str) -> ContactLink | None:
    """Return the operator's contact as a link: an https address, else a mail address; None when not set."""
    if not contact:
        return None
    if contact.startswith("https://"):
        return ContactLink(contact, contact.removeprefix("https://"))
    address = contact.removeprefix("mailto:")
    return ContactLink(f"mailto:{address}", address)


def _side(lang: Lang, path: str, heading: str, lead: str, open_: str) -> dict[str, Any]:
    return {
        "lang": lang,
        "tag": HTML_LANG[lang],
        "path": path,
        "heading": heading,
        "lead": lead,
        "open": open_,
        "cards": (),
        "label": "",
    }


def _choice(edition: Edition) -> tuple[str, bytes]:
    """Render the way in: both languages side by side, no redirect."""
    site = edition.site
    newest = edition.days[0] if edition.days else None
    views = edition.of_day(newest)[:_CHOICE_CARDS] if newest else ()
    sides = []
    for lang in LANGS:
        name = words.long_day_text(newest, lang) if newest else words.word(lang, "digest.title")
        lead = words.count(lang, "stories", len(edition.of_day(newest)) if newest else 0)
        side = _side(lang, f"{lang}/", name, lead, words.word(lang, "root.open"))
        briefs = [view.briefs[lang] for view in views]
        sides.append(
            side
            | {
                "cards": [card(view, lang, bodies=edition.bodies) for view in views],
                "label": labels.whole(briefs, lang),
            }
        )
    head = both(site, "", "", f"{site.title_en} {site.title_zh}", words.word("en", "site.tagline"))
    tag_lines = (words.word("en", "site.tagline"), words.word("zh", "site.tagline"))
    head = replace(head, title_both=tag_lines)
    return render_page(edition, "choice.html", "", "en", head, sides=sides)


def _neutral(edition: Edition, path: str, key: str) -> tuple[str, bytes]:
    """Render an address that names no language: one link to each."""
    site = edition.site
    names: dict[Lang, str] = {lang: words.word(lang, f"site.{key}") for lang in LANGS}
    sides = [
        _side(lang, f"{lang}/{path}", names[lang], words.word(lang, "site.tagline"), names[lang])
        for lang in LANGS
    ]
    title = f"{names['en']} {names['zh']} – {site.title_en} {site.title_zh}"
    return render_page(edition, "choice.html", path, "en", both(site, path, path, title, title), sides=sides)


def _not_found(edition: Edition) -> tuple[str, bytes]:
    """Render the page for unknown addresses; it is served at any depth, so it links from the root."""
    root = urlsplit(edition.site.base_url).path.rstrip("/") + "/"
    head = Head(
        title=words.word("en", "notfound.title"),
        description=words.word("en", "notfound.lead"),
        tag="en",
        other_path="zh/",
        other_tag="zh-Hans",
    )
    return render_page(edition, "notfound.html", "404.html", "en", head, root=root)
