"""The calendar of dates of law: the page's months, an iCalendar file a language, and one JSON file.

In: story views and the day the edition is for. Out: values and bytes. Dates come from ``dues.py`` alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from itertools import groupby
from typing import Any

import icalendar

from dibao.store import HTML_LANG, JURISDICTIONS, LANGS, Body, Lang, StoryView

from . import clean, labels, words
from .digest import Option, options
from .dues import KINDS, Due, dues
from .frame import host
from .info import SiteInfo

PAST = timedelta(days=30)
"""How far back the page looks."""
KEPT = timedelta(days=366)
"""How far back the files look: whoever follows one keeps a year of it."""

_STATUS = {"stated": "CONFIRMED", "proposed": "TENTATIVE", "withdrawn": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Month:
    """The dates of one month. ``key`` is ``2026-12``."""

    key: str
    name: str
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar page: what comes, soonest first, and what has just passed, newest first."""

    label: str
    to_come: tuple[Month, ...]
    past: tuple[Month, ...]
    jurisdictions: tuple[Option, ...]
    kinds: tuple[Option, ...]


def calendar(views: Sequence[StoryView], lang: Lang, *, today: date, bodies: Mapping[str, Body]) -> Calendar:
    """Return the page as of ``today``. Withdrawn dates are only in the files, as cancelled."""
    every = [due for view in views for due in dues(view, lang, bodies=bodies) if due.standing != "withdrawn"]
    to_come = sorted((due for due in every if due.day >= today), key=_order)
    past = sorted((due for due in every if today - PAST <= due.day < today), key=_order, reverse=True)
    shown = [*to_come, *past]
    told = {due.story_id for due in shown}
    return Calendar(
        label=labels.whole((view.briefs[lang] for view in views if view.story.id in told), lang),
        to_come=tuple(_months(to_come, lang)),
        past=tuple(_months(past, lang)),
        jurisdictions=options(
            Counter(due.jurisdiction for due in shown),
            {key: term.name(lang) for key, term in JURISDICTIONS.items()},
            drop_empty=True,
        ),
        kinds=options(
            Counter(due.kind for due in shown),
            {kind: words.word(lang, f"upcoming.{kind}") for kind in KINDS},
            drop_empty=True,
        ),
    )


def _order(due: Due) -> tuple[date, int, int]:
    return due.day, KINDS.index(due.kind), due.story_id


def _months(found: Iterable[Due], lang: Lang) -> Iterator[Month]:
    for key, group in groupby(found, key=lambda due: f"{due.day:%Y-%m}"):
        of_month = tuple(group)
        yield Month(key, words.month_text(of_month[0].day, lang), of_month)


def files(
    site: SiteInfo, views: Sequence[StoryView], *, bodies: Mapping[str, Body], build_id: str
) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the iCalendar files and of ``data/calendar.json``."""
    since = site.today - KEPT
    found = {
        lang: sorted(
            ((due, view) for view in views for due in dues(view, lang, bodies=bodies) if due.day >= since),
            key=lambda pair: _order(pair[0]),
        )
        for lang in LANGS
    }
    for lang in LANGS:
        yield f"{lang}/calendar.ics", ics(site, found[lang], lang)
    yield "data/calendar.json", as_json(site, found, build_id=build_id)


def ics(site: SiteInfo, found: Iterable[tuple[Due, StoryView]], lang: Lang) -> bytes:
    """Return the calendar of one language (RFC 5545, standards 10): CRLF, lines of at most 75 octets."""
    pairs = list(found)
    made = icalendar.Calendar()
    made.add("prodid", f"-//Dibao//Dibao {clean.line(site.version)}//{lang.upper()}")
    made.add("version", "2.0")
    name = f"{site.title(lang)} – {words.word(lang, 'site.calendar')}"
    about = _about(site, labels.whole((view.briefs[lang] for _, view in pairs), lang), lang)
    # The names of RFC 7986, and those that older programs know.
    for key, value in (
        ("name", name),
        ("x-wr-calname", name),
        ("description", about),
        ("x-wr-caldesc", about),
    ):
        made.add(key, icalendar.vText(clean.text(value)))
    made.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for due, view in pairs:
        made.add_component(_event(site, due, view, lang))
    return bytes(made.to_ical())


def _about(site: SiteInfo, label: str, lang: Lang) -> str:
    return "\n".join(filter(None, (label, site.notice(lang), words.word(lang, "calendar.note"))))


def uid(site: SiteInfo, due: Due, lang: Lang) -> str:
    """Name an event for ever. Another day is another event, so a program that keeps one sees no date move."""
    return f"event-{due.story_id}-{HTML_LANG[lang]}-{due.kind}-{due.day:%Y%m%d}@{host(site)}"


def _event(site: SiteInfo, due: Due, view: StoryView, lang: Lang) -> icalendar.Event:
    brief, changed = view.briefs[lang], view.updated_at.astimezone(UTC)
    event = icalendar.Event()
    event.add("uid", uid(site, due, lang))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", brief.version - 1)
    event.add("dtstart", due.day)
    event.add("summary", clean.line(f"{due.what}{words.word(lang, 'site.colon')}{due.headline}", 300))
    event.add("description", _described(site, due, view, lang))
    event.add("url", site.url(f"{lang}/e/{due.story_id}/"))
    event.add("categories", [due.what, due.jurisdiction_name])
    event.add("status", _STATUS[due.standing])
    event.add("transp", "TRANSPARENT")
    hidden = labels.hidden(brief, host=host(site), provider=site.provider)
    if hidden:
        event.add("x-aigc", icalendar.vText(hidden))
    return event


def _described(site: SiteInfo, due: Due, view: StoryView, lang: Lang) -> str:
    """Return the label, then what is known of the date and where to check it."""
    facts = " · ".join(filter(None, (due.issuer, due.type, due.number)))
    rows = (
        labels.visible(view.briefs[lang], lang),
        site.notice(lang),
        f"{due.what}{words.word(lang, 'site.colon')}{due.text}",
        facts,
        words.word(lang, "digest.upcoming_note"),
        clean.link(view.head.item.url),
    )
    return clean.text("\n".join(filter(None, rows)))


def as_json(site: SiteInfo, found: Mapping[Lang, Sequence[tuple[Due, StoryView]]], *, build_id: str) -> bytes:
    """Return the dates for programs, both languages in one entry."""
    pairs = zip(found["en"], found["zh"], strict=True)
    briefs = [view.briefs[lang] for lang in LANGS for _, view in found[lang]]
    document = {
        "build_id": build_id,
        "about": {lang: site.url(f"{lang}/calendar/") for lang in LANGS},
        "label": {lang: labels.whole(briefs, lang) for lang in LANGS},
        "notice": {lang: site.notice(lang) for lang in LANGS if site.notice(lang)},
        "entries": [_record(site, {"en": en, "zh": zh}, view) for (en, view), (zh, _) in pairs],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _record(site: SiteInfo, both: Mapping[Lang, Due], view: StoryView) -> dict[str, Any]:
    due = both["en"]
    hidden = {
        lang: label
        for lang in LANGS
        if (label := labels.hidden(view.briefs[lang], host=host(site), provider=site.provider))
    }
    return {
        "date": due.day.isoformat(),
        "kind": due.kind,
        "status": due.standing,
        "story": due.story_id,
        "jurisdiction": due.jurisdiction,
        "document_no": due.number or None,
        "issuer": {lang: both[lang].issuer for lang in LANGS},
        "type": {lang: both[lang].type for lang in LANGS},
        "label": {lang: labels.visible(view.briefs[lang], lang) for lang in LANGS},
        "headline": {lang: both[lang].headline for lang in LANGS},
        "url": {lang: site.url(f"{lang}/e/{due.story_id}/") for lang in LANGS},
        "source": clean.link(view.head.item.url) or None,
        "updated": view.updated_at.isoformat(timespec="seconds"),
    } | ({"_aigc": {lang: json.loads(label)["AIGC"] for lang, label in hidden.items()}} if hidden else {})
