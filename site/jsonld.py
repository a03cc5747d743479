"""The schema.org record of a story page (publishing standards 3): a NewsArticle about legislation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dibao.store import HTML_LANG, Body, Coverage, Lang, StoryView

from . import clean, labels, naming, words
from .info import SiteInfo

_HEADLINE_LIMIT = 110


def story_json(view: StoryView, lang: Lang, *, site: SiteInfo, bodies: Mapping[str, Body]) -> Markup:
    """Return the record as text that is safe inside ``<script type="application/ld+json">``."""
    return in_script(story_record(view, lang, site=site, bodies=bodies))


def in_script(record: Mapping[str, Any]) -> Markup:
    """Return JSON in which no character can end a script element or a line of one."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - nothing of HTML is left in it


def story_record(
    view: StoryView, lang: Lang, *, site: SiteInfo, bodies: Mapping[str, Body]
) -> dict[str, Any]:
    """Return the NewsArticle of one language version of a story."""
    other: Lang = "en" if lang == "zh" else "zh"
    url = site.url(f"{lang}/e/{view.story.id}/")
    brief = view.briefs[lang]
    house = {"@type": "Organization", "name": site.title(lang), "url": site.url("")}
    record: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "headline": clean.line(brief.headline, _HEADLINE_LIMIT),
        "inLanguage": HTML_LANG[lang],
        "datePublished": view.story.day.isoformat(),
        "dateModified": view.updated_at.isoformat(timespec="seconds"),
        "author": house,
        "publisher": house,
        "isAccessibleForFree": True,
        "digitalSourceType": labels.schema_source_type(brief),
        "version": str(brief.version),
        "isBasedOn": [_source_article(entry) for entry in view.coverage],
        "workTranslation": {
            "@type": "NewsArticle",
            "@id": site.url(f"{other}/e/{view.story.id}/"),
            "inLanguage": HTML_LANG[other],
        },
    }
    official = [_work(entry) for entry in view.coverage if entry.source.official]
    legislation = _legislation(view, lang, bodies)
    return (
        record
        | ({"citation": official} if official else {})
        | ({"about": legislation} if legislation else {})
    )


def _source_article(entry: Coverage) -> dict[str, Any]:
    published = entry.item.published
    when = {"datePublished": words.moment_machine(published)} if published else {}
    return (
        {"@type": "NewsArticle"}
        | _named(entry)
        | {"publisher": {"@type": "Organization", "name": clean.line(entry.source.name_en, 120)}}
        | when
    )


def _work(entry: Coverage) -> dict[str, Any]:
    return {"@type": "CreativeWork"} | _named(entry)


def _named(entry: Coverage) -> dict[str, Any]:
    url = clean.link(entry.item.url)
    name = {"name": clean.line(entry.item.title, 300), "inLanguage": entry.item.lang}
    return name | ({"url": url} if url else {})


def _legislation(view: StoryView, lang: Lang, bodies: Mapping[str, Body]) -> dict[str, Any]:
    first = {fact.kind: fact for fact in reversed(view.facts)}
    number = first.get("document_number")
    if number is None:
        return {}
    record: dict[str, Any] = {
        "@type": "Legislation",
        "legislationIdentifier": clean.line(number.value, 120),
        "legislationJurisdiction": naming.story_jurisdiction(view, bodies),
    }
    signed = first.get("date_signed") or first.get("date_published")
    if signed is not None:
        record["legislationDate"] = signed.value
    body = bodies.get(first["issuer"].value) if "issuer" in first else None
    if body is not None:
        record["legislationPassedBy"] = {"@type": "GovernmentOrganization", "name": body.name(lang)}
    return record
