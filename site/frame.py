"""The frame of every HTML page: head, links between languages, the templates and the files that they load.

Every page links relatively, so that an edition works under any address; canonical and alternate links are
absolute. Everything printed is escaped by Jinja; what comes from outside is cleaned first (clean.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dibao.store import HTML_LANG, Body, Brief, Lang, StoryView

from . import clean, labels, words
from .info import SiteInfo

_NAV = (
    ("today", ""),
    ("calendar", "calendar/"),
    ("penalties", "penalties/"),
    ("threads", "threads/"),
    ("archive", "archive/"),
    ("search", "search/"),
    ("status", "status/"),
    ("glossary", "glossary/"),
    ("methods", "about/methods/"),
)
_STATIC = (("style", "style.css"), ("script", "site.js"), ("search", "search.js"), ("icon", "icon.svg"))
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
    """Other forms of the page, or of the site, to follow."""
    other_path: str = ""
    """The same page in the other language, from the site's root."""
    other_tag: str = ""
    nav: str = ""
    aigc: str | None = None
    jsonld: Markup | None = None
    title_both: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Edition:
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


def assets() -> dict[str, str]:
    """Return the paths of style, scripts and icon; each name holds the hash of its content."""
    return {key: path for key, path, _ in _assets()}


@cache
def _assets() -> tuple[tuple[str, str, bytes], ...]:
    folder = files("dibao.site").joinpath("static")
    found = []
    for key, name in _STATIC:
        content = folder.joinpath(name).read_bytes()
        stem, _, ending = name.partition(".")
        digest_ = hashlib.sha256(content).hexdigest()[:12]
        found.append((key, f"static/{stem}.{digest_}.{ending}", content))
    return tuple(found)


def static_files() -> Iterator[tuple[str, bytes]]:
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
        weekday=words.weekday_text,
        labels=labels.WORDS,
        zh=partial(words.word, "zh"),
        nav=_NAV,
        assets=assets(),
    )
    return env


def render_page(
    edition: Edition,
    template: str,
    path: str,
    lang: Lang,
    head: Head,
    *,
    root: str | None = None,
    **more: Any,
) -> tuple[str, bytes]:
    """Return the path of the file and the page. ``root``: how the page reaches the site's root."""
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


def make_head(
    site: SiteInfo, lang: Lang, rest: str, *, title: str, description: str, feeds: str = "", **more: Any
) -> Head:
    """Return the head of a page that exists in both languages under the same ``rest`` of its path.

    ``feeds``: where the feeds are that it names; empty: those of the language.
    """
    other: Lang = "en" if lang == "zh" else "zh"
    return Head(
        title=clean.line(title, 300),
        description=clean.line(description, 300),
        tag=HTML_LANG[lang],
        canonical=site.url(f"{lang}/{rest}"),
        alternates=_alternates(site, rest),
        feeds=tuple(
            Link(
                site.url(f"{feeds or f'{lang}/'}{name}"),
                type=type_,
                title=f"{site.title(lang)} – {key.upper()}",
            )
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


def host(site: SiteInfo) -> str:
    return urlsplit(site.base_url).hostname or "localhost"


def hidden_label(briefs: Iterable[Brief], name: str, site: SiteInfo) -> str | None:
    """Return the hidden label of a page that holds briefs; None when none of them is generative."""
    return labels.hidden_whole(briefs, name=f"{host(site)}:{name}", provider=site.provider)


def both(site: SiteInfo, path: str, rest: str, title: str, description: str) -> Head:
    """Return the head of a page that names no language and leads to both."""
    return Head(
        title=title,
        description=description,
        tag="en",
        canonical=site.url(path),
        alternates=_alternates(site, rest),
    )
