"""All HTML pages of an edition and the files they need: values in, (path, bytes) out. No clock, no disk.

Every page links relatively, so that an edition works under any address; canonical and alternate links are
absolute. Everything printed is escaped by Jinja; what comes from outside is cleaned first (clean.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dibao.store import HTML_LANG, LANGS, Body, Brief, Lang, Source, SourceHealth, StoryView

from . import clean, labels, words
from .digest import Digest, card, digest, source_rows
from .info import SiteInfo
from .jsonld import story_json
from .story import story_page

ABOUT = ("labels", "methods", "corrections", "privacy", "imprint", "newsletter")
_NAV = (("today", ""), ("archive", "archive/"), ("status", "status/"), ("methods", "about/methods/"))
_DAYS_LISTED = 10
_CHOICE_CARDS = 5
_TITLES: dict[str, str] = {"status": "status.title", "archive": "archive.title"}
_FEEDS = (
    ("atom", "application/atom+xml", "feed.atom"),
    ("rss", "application/rss+xml", "feed.rss"),
    ("json", "application/feed+json", "feed.json"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A ``<link>`` of the head."""

    url: str
    tag: str = ""
    type: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the frame of a page needs to know of the page."""

    title: str
    description: str
    tag: str
    canonical: str = ""
    """Empty: the page has no address of its own and is not to be indexed."""
    alternates: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()
    other_path: str = ""
    """The same page in the other language, from the site's root."""
    other_tag: str = ""
    nav: str = ""
    aigc: str | None = None
    jsonld: Markup | None = None
    title_both: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Edition:
    """What every page of one build shares."""

    site: SiteInfo
    views: Sequence[StoryView]
    bodies: Mapping[str, Body]
    build_id: str
    days: tuple[date, ...]
    """Days with stories, newest first."""

    def of_day(self, day: date) -> tuple[StoryView, ...]:
        found = (view for view in self.views if view.story.day == day)
        return tuple(sorted(found, key=lambda view: (-view.rank.score, view.story.id)))


def render(
    site: SiteInfo,
    views: Sequence[StoryView],
    *,
    health: Sequence[SourceHealth],
    sources: Mapping[str, Source],
    bodies: Mapping[str, Body],
    redirects: Mapping[int, int],
    build_id: str,
) -> Iterator[tuple[str, bytes]]:
    """Yield (path below the site's root, bytes) of all pages and of the hashed files that they load."""
    days = tuple(sorted({view.story.day for view in views}, reverse=True))
    edition = _Edition(site, views, bodies, build_id, days)
    yield from _static()
    yield _choice(edition)
    for lang in LANGS:
        yield _home(edition, lang)
        yield from (_day(edition, lang, day) for day in days)
        yield _archive(edition, lang)
        yield from (_story(edition, lang, view) for view in views)
        yield from (_merged(edition, lang, old, new) for old, new in sorted(redirects.items()))
        yield _status(edition, lang, sources, health)
        yield from (_about(edition, lang, topic) for topic in ABOUT)
    yield _neutral(edition, "status/", "status")
    yield from (_neutral(edition, f"about/{topic}/", topic) for topic in ABOUT)
    yield _not_found(edition)


def assets() -> dict[str, str]:
    """Return the paths of style, script and icon; each name holds the hash of its content."""
    return {key: path for key, path, _ in _assets()}


@cache
def _assets() -> tuple[tuple[str, str, bytes], ...]:
    folder = files("dibao.site").joinpath("static")
    found = []
    for key, name in (("style", "style.css"), ("script", "site.js"), ("icon", "icon.svg")):
        content = folder.joinpath(name).read_bytes()
        stem, _, ending = name.partition(".")
        digest_ = hashlib.sha256(content).hexdigest()[:12]
        found.append((key, f"static/{stem}.{digest_}.{ending}", content))
    return tuple(found)


def _static() -> Iterator[tuple[str, bytes]]:
    return ((path, content) for _, path, content in _assets())


def _finish(value: object) -> object:
    """Clean every printed text; what templates made themselves is markup and passes."""
    return clean.text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("dibao.site"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finish,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.globals.update(
        short_day=words.short_day_text,
        labels=labels.WORDS,
        zh=partial(words.word, "zh"),
        nav=_NAV,
        assets=assets(),
    )
    return env


def _page(
    edition: _Edition,
    template: str,
    path: str,
    lang: Lang,
    head: Head,
    *,
    root: str | None = None,
    **more: Any,
) -> tuple[str, bytes]:
    values: dict[str, Any] = {
        "site": edition.site,
        "build_id": edition.build_id,
        "lang": lang,
        "page": head,
        "root": "../" * path.count("/") or "./",
        "t": partial(words.word, lang),
        "day_text": words.day_text,
    } | more
    if root is not None:
        values["root"] = root
    html = _environment().get_template(template).render(values)
    name = path + "index.html" if path.endswith("/") or not path else path
    return name, html.encode()


def _head(site: SiteInfo, lang: Lang, rest: str, *, title: str, description: str, **more: Any) -> Head:
    """Return the head of a page that exists in both languages under the same ``rest`` of its path."""
    other: Lang = "en" if lang == "zh" else "zh"
    return Head(
        title=clean.line(title, 300),
        description=clean.line(description, 300),
        tag=HTML_LANG[lang],
        canonical=site.url(f"{lang}/{rest}"),
        alternates=_alternates(site, rest),
        feeds=tuple(
            Link(site.url(f"{lang}/{name}"), type=type_, title=f"{site.title(lang)} – {key.upper()}")
            for key, type_, name in _FEEDS
        ),
        other_path=f"{other}/{rest}",
        other_tag=HTML_LANG[other],
        **more,
    )


def _alternates(site: SiteInfo, rest: str) -> tuple[Link, ...]:
    return (
        Link(site.url(f"zh/{rest}"), tag="zh-Hans"),
        Link(site.url(f"en/{rest}"), tag="en"),
        Link(site.url(f"en/{rest}"), tag="x-default"),
    )


def _host(site: SiteInfo) -> str:
    return urlsplit(site.base_url).hostname or "localhost"


def _home(edition: _Edition, lang: Lang) -> tuple[str, bytes]:
    today = edition.site.today
    return _digest_page(edition, lang, edition.days[0] if edition.days else None, "", today)


def _day(edition: _Edition, lang: Lang, day: date) -> tuple[str, bytes]:
    return _digest_page(edition, lang, day, f"{day.isoformat()}/", day)


def _digest_page(
    edition: _Edition, lang: Lang, day: date | None, rest: str, today: date
) -> tuple[str, bytes]:
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
    head = _head(
        site,
        lang,
        rest,
        title=title or words.word(lang, "digest.title"),
        description=f"{shown.label} {description}" if shown else description,
        nav="today" if not rest else "",
        aigc=_digest_label(briefs, f"digest:{day}:{HTML_LANG[lang]}", site),
    )
    listed = edition.days[max(0, place - _DAYS_LISTED // 2) :][:_DAYS_LISTED]
    return _page(
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


def _digest_label(briefs: Sequence[Brief], name: str, site: SiteInfo) -> str | None:
    """Return the hidden label of a page that holds briefs; None when none of them is generative."""
    made = next((brief for brief in briefs if brief.generative), None)
    if made is None:
        return None
    label = labels.hidden(made, host=_host(site), provider=site.provider)
    return label and label.replace(labels.produce_id(made, host=_host(site)), f"{_host(site)}:{name}")


def _archive(edition: _Edition, lang: Lang) -> tuple[str, bytes]:
    counts = [(day, len(edition.of_day(day))) for day in edition.days]
    most = max((n for _, n in counts), default=1)
    head = _head(
        edition.site,
        lang,
        "archive/",
        title=words.word(lang, "archive.title"),
        description=words.word(lang, "archive.lead"),
        nav="archive",
    )
    days = [(day, words.long_day_text(day, lang), n, round(100 * n / most, 1)) for day, n in counts]
    return _page(edition, "archive.html", f"{lang}/archive/", lang, head, days=days)


def _story(edition: _Edition, lang: Lang, view: StoryView) -> tuple[str, bytes]:
    site, brief = edition.site, view.briefs[lang]
    page = story_page(view, lang, bodies=edition.bodies)
    first = page.lines[0].text if page.lines else ""
    head = _head(
        site,
        lang,
        f"e/{view.story.id}/",
        title=page.headline,
        description=f"{page.label} {first}",
        aigc=labels.hidden(brief, host=_host(site), provider=site.provider),
        jsonld=story_json(view, lang, site=site, bodies=edition.bodies),
    )
    return _page(edition, "story.html", f"{lang}/e/{view.story.id}/", lang, head, s=page)


def _merged(edition: _Edition, lang: Lang, old: int, new: int) -> tuple[str, bytes]:
    head = Head(title="", description="", tag=HTML_LANG[lang], canonical=edition.site.url(f"{lang}/e/{new}/"))
    return _page(edition, "merged.html", f"{lang}/e/{old}/", lang, head, target=new)


def _status(
    edition: _Edition, lang: Lang, sources: Mapping[str, Source], health: Sequence[SourceHealth]
) -> tuple[str, bytes]:
    head = _head(
        edition.site,
        lang,
        "status/",
        title=words.word(lang, "status.title"),
        description=words.word(lang, "status.lead"),
        nav="status",
    )
    rows = source_rows(sources, health, lang)
    return _page(edition, "status.html", f"{lang}/status/", lang, head, rows=rows)


def _about(edition: _Edition, lang: Lang, topic: str) -> tuple[str, bytes]:
    site = edition.site
    head = _head(
        site,
        lang,
        f"about/{topic}/",
        title=words.word(lang, f"site.{topic}"),
        description=f"{words.word(lang, f'site.{topic}')} – {words.word(lang, 'site.tagline')}",
        nav=topic,
    )
    return _page(
        edition,
        "about.html",
        f"{lang}/about/{topic}/",
        lang,
        head,
        topic=topic,
        contact=contact_link(site.contact),
        imprint=[line for line in site.imprint(lang).splitlines() if line.strip()],
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


def _choice(edition: _Edition) -> tuple[str, bytes]:
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
    head = _both(site, "", "", f"{site.title_en} {site.title_zh}", words.word("en", "site.tagline"))
    tag_lines = (words.word("en", "site.tagline"), words.word("zh", "site.tagline"))
    head = replace(head, title_both=tag_lines)
    return _page(edition, "choice.html", "", "en", head, sides=sides)


def _neutral(edition: _Edition, path: str, key: str) -> tuple[str, bytes]:
    """Render an address that names no language: one link to each."""
    site = edition.site
    names: dict[Lang, str] = {lang: words.word(lang, f"site.{key}") for lang in LANGS}
    sides = [
        _side(lang, f"{lang}/{path}", names[lang], words.word(lang, "site.tagline"), names[lang])
        for lang in LANGS
    ]
    title = f"{names['en']} {names['zh']} – {site.title_en} {site.title_zh}"
    return _page(edition, "choice.html", path, "en", _both(site, path, path, title, title), sides=sides)


def _both(site: SiteInfo, path: str, rest: str, title: str, description: str) -> Head:
    return Head(
        title=title,
        description=description,
        tag="en",
        canonical=site.url(path),
        alternates=_alternates(site, rest),
    )


def _not_found(edition: _Edition) -> tuple[str, bytes]:
    """Render the page for unknown addresses; it is served at any depth, so it links from the root."""
    root = urlsplit(edition.site.base_url).path.rstrip("/") + "/"
    head = Head(
        title=words.word("en", "notfound.title"),
        description=words.word("en", "notfound.lead"),
        tag="en",
        other_path="zh/",
        other_tag="zh-Hans",
    )
    return _page(edition, "notfound.html", "404.html", "en", head, root=root)
