"""Store in, a live edition and the mails of its newest day out. The same store gives the same bytes.

Everything is made in memory, checked, and only then put on disk; what fails leaves the last edition alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from dibao.store import (
    LANGS,
    Body,
    GlossaryTerm,
    ListHealth,
    PublishError,
    Source,
    SourceHealth,
    Store,
    StoryView,
    Thread,
    Version,
)

from . import calendar, penalty_files
from .check import mail_problems, problems
from .current import current
from .feeds import feeds
from .info import SiteInfo
from .machine import machine_files
from .newsletter import mail
from .pages import render
from .search import search_json
from .thread import lines_of, moves
from .write import publish, write_if_changed

# Stands in the pages until all of them are made: the id of a build is the hash of its content.
_UNBUILT = "edition0unbuilt0"

RECIPIENT = "subscribers@localhost"
"""Stands in the mails on disk, which are not addressed to anybody yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did. ``path``: the link to the live edition; ``pages``: HTML files in it."""

    build_id: str
    pages: int
    path: Path
    changed: bool
    mails: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that an edition is made of, as read from the store."""

    views: tuple[StoryView, ...]
    bodies: Mapping[str, Body]
    sources: Mapping[str, Source]
    health: Sequence[SourceHealth]
    lists: Sequence[ListHealth] = ()
    redirects: Mapping[int, int]
    threads: Mapping[int, Thread] = field(default_factory=dict)
    terms: Sequence[GlossaryTerm] = ()
    former: Mapping[str, Version] = field(default_factory=dict)
    """Item id → what it said before its last change."""


def build(
    store: Store, out: Path, *, info: SiteInfo, now: datetime, source_feeds: Mapping[str, str] | None = None
) -> Built:
    """Build the edition below ``out`` and switch to it; nothing is written when nothing changed.

    ``source_feeds``: source id → address of that source's own feed, for the source list. ``now`` (aware)
    decides only what the news sitemap still holds. Raises PublishError, and then the live edition stays.
    """
    material = read(store, now=now)
    build_id, files = edition(material, info=info, now=now, source_feeds=source_feeds or {})
    mails = tuple(_mails(material, info))
    in_mails = chain.from_iterable(mail_problems(path, data) for path, data in mails)
    found = list(islice(chain(problems(files, material.views, info=info), in_mails), 6))
    if found:
        more = " …" if len(found) > 5 else ""
        raise PublishError(f"edition {build_id}: not fit to go live: {'; '.join(found[:5])}{more}")
    changed = publish(out, build_id, files)
    for path, data in mails:
        changed = write_if_changed(out / "mail" / path, data) or changed
    return Built(
        build_id=build_id,
        pages=sum(path.endswith(".html") for path in files),
        path=out / "live",
        changed=changed,
        mails=tuple(out / "mail" / path for path, _ in mails),
        warnings=tuple(warnings(material, info)),
    )


def read(store: Store, *, now: datetime) -> Material:
    """Return what an edition is made of. A redirect to a story that is not published leads nowhere yet."""
    views = store.views()
    shown = {view.story.id for view in views}
    return Material(
        views=views,
        bodies=store.bodies(),
        sources=store.sources(),
        health=store.health(),
        lists=store.lists(now=now),
        threads=store.threads(shown),
        terms=store.terms(),
        former=store.former(c.item.id for v in views for c in v.coverage if c.item.version > 1),
        redirects={old: new for old, new in store.redirects().items() if new in shown and old not in shown},
    )


def edition(
    material: Material, *, info: SiteInfo, now: datetime, source_feeds: Mapping[str, str]
) -> tuple[str, dict[str, bytes]]:
    """Return the build id and every file of the edition, path below the root → bytes. Pure.

    Pages and JSON files carry the build id. Feeds do not: a reader would fetch an unchanged feed again
    because a page somewhere else has changed.
    """
    views = [current(view, info.today) for view in material.views]
    lines = lines_of(material.threads, {view.story.id: view for view in views})
    pages = list(
        render(
            info,
            views,
            health=material.health,
            sources=material.sources,
            bodies=material.bodies,
            redirects=material.redirects,
            threads=material.threads,
            terms=material.terms,
            former=material.former,
            lists=material.lists,
            build_id=_UNBUILT,
        )
    )
    machine = machine_files(
        info,
        views,
        pages=[path for path, _ in pages],
        gone=[
            *(f"e/{old}/" for old in material.redirects),
            *(f"t/{number}/" for number in moves(lines, material.threads, material.redirects)),
        ],
        sources=material.sources,
        source_feeds=source_feeds,
        health=material.health,
        lists=material.lists,
        build_id=_UNBUILT,
        now=now,
    )
    written = feeds(info, views, bodies=material.bodies, source_feeds=source_feeds)
    dated = calendar.files(info, views, bodies=material.bodies, build_id=_UNBUILT)
    fined = penalty_files.files(info, views, bodies=material.bodies, build_id=_UNBUILT)
    found = (
        (f"{lang}/search.json", search_json(info, views, lang, bodies=material.bodies, build_id=_UNBUILT))
        for lang in LANGS
    )
    files: dict[str, bytes] = {}
    for path, data in chain(pages, machine, written, dated, fined, found):
        if path in files:
            raise PublishError(f"edition: {path}: two files want this place")
        files[path] = data
    build_id = _digest(files)
    return build_id, {
        path: data.replace(_UNBUILT.encode(), build_id.encode()) for path, data in sorted(files.items())
    }


def _digest(files: Mapping[str, bytes]) -> str:
    """Return 16 hex digits that name exactly these files."""
    digest = hashlib.sha256()
    for path, data in sorted(files.items()):
        digest.update(f"{path}\n{len(data)}\n".encode() + data)
    return digest.hexdigest()[:16]


def _mails(material: Material, info: SiteInfo) -> Iterator[tuple[str, bytes]]:
    """Yield the digest of the newest day in each language, under ``{lang}/{day}.eml``."""
    if not material.views:
        return
    day = max(view.story.day for view in material.views)
    for lang in LANGS:
        data = mail(material.views, day=day, lang=lang, info=info, bodies=material.bodies, to=RECIPIENT)
        yield f"{lang}/{day}.eml", data


def warnings(material: Material, info: SiteInfo) -> Iterator[str]:
    """Yield what the operator should know of a build that is fit to go live."""
    generative = any(brief.generative for view in material.views for brief in view.briefs.values())
    if generative and not info.provider:
        yield "site.provider is not set: the hidden AI labels name no producer"
    if not info.contact:
        yield "site.contact is not set: no security.txt, and no way to report an error"
