"""A feed before its format: what the channel says, and its newest entries in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dibao.store import HTML_LANG, LANGS, Body, Lang, StoryView

from .. import labels
from ..clean import line, link
from ..info import SiteInfo
from ..lens import Profile, through
from .entry import Entry, entry, join, tag

ENTRIES = 50

# An empty feed needs a date too (RFC 4287, 4.1.1), and it may not be the clock's.
_EMPTY = datetime(2026, 1, 1, tzinfo=UTC)

_ABOUT: dict[Lang, str] = {
    "en": "What financial and technology regulators publish: one entry per event, in English and Chinese.",
    "zh": "金融与科技监管动态：一事一条，中英双语简报。",
}
_RIGHTS: dict[Lang, str] = {
    "en": "Titles and quoted sentences belong to the sources that each entry names.",
    "zh": "标题与引用语句的权利归各条目所列来源所有。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One channel. ``source_feeds``: source id → address of that source's own feed, where one is known."""

    lang: Lang
    id: str
    title: str
    description: str
    rights: str
    version: str
    updated: datetime
    base: str
    homes: dict[Lang, str]
    about_labels: str
    label_namespace: str
    source_feeds: dict[str, str]
    entries: tuple[Entry, ...]

    def url(self, name: str) -> str:
        """Return the address of one of the files of this feed."""
        return self.base + name


def make(
    info: SiteInfo,
    views: Sequence[StoryView],
    *,
    lang: Lang,
    bodies: Mapping[str, Body],
    source_feeds: Mapping[str, str],
    lens: Profile | None = None,
) -> Feed:
    """Return the feed of one language: the newest stories, newest first, as many as ENTRIES.

    Through a lens: those that it shows, under an address of its own.
    """
    if lens:
        views = [seen.view for seen in through(views, lens, bodies=bodies) if seen.shown]
    place = f"for/{lens.key}/" if lens else ""
    newest = sorted(views, key=lambda view: (view.story.day, view.updated_at, view.story.id), reverse=True)
    entries = tuple(entry(info, view, lang=lang, bodies=bodies) for view in newest[:ENTRIES])
    label = labels.whole((each.brief for each in entries), lang)
    notice = line(info.notice(lang))
    return Feed(
        lang=lang,
        id=tag(info, f"feed/{place}{HTML_LANG[lang]}"),
        title=line(f"{info.title(lang)} – {lens.title(lang)}" if lens else info.title(lang)),
        description=(f"{notice} · " if notice else "") + join((_ABOUT[lang], label), lang),
        rights=_RIGHTS[lang],
        version=line(info.version),
        updated=max((each.updated for each in entries), default=_EMPTY),
        base=info.url(f"{lang}/{place}"),
        homes={each: info.url(f"{each}/{place}") for each in LANGS},
        about_labels=info.url(f"{lang}/about/labels/"),
        label_namespace=tag(info, "aigc"),
        source_feeds={key: safe for key, url in source_feeds.items() if (safe := link(url))},
        entries=entries,
    )
