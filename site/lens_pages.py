"""The page of a reader's lens: what it shows of the newest days, in its order, each with what it changed."""

from __future__ import annotations

from dibao.store import HTML_LANG, LEVEL_NAMES, Lang

from . import labels, words
from .digest import card
from .frame import Edition, hidden_label, make_head, render_page
from .lens import Profile, reason, through, watched

DAYS = 30
MOST = 60
"""Newest days with stories that are looked at, and most stories that are shown."""


def lens_page(edition: Edition, lang: Lang, profile: Profile) -> tuple[str, bytes]:
    """Render what a reader's lens shows of the newest days, in the order of the lens."""
    days = edition.days[:DAYS]
    views = [view for view in edition.views if view.story.day in days]
    seen = [one for one in through(views, profile, bodies=edition.bodies) if one.shown][:MOST]
    briefs = [one.view.briefs[lang] for one in seen]
    label = labels.whole(briefs, lang)
    title = words.word(lang, "lens.title", title=profile.title(lang))
    head = make_head(
        edition.site,
        lang,
        f"for/{profile.key}/",
        title=title,
        description=f"{label} {title}",
        feeds=f"{lang}/for/{profile.key}/",
        aigc=hidden_label(briefs, f"for:{profile.key}:{HTML_LANG[lang]}", edition.site),
    )
    return render_page(
        edition,
        "lens.html",
        f"{lang}/for/{profile.key}/",
        lang,
        head,
        p=profile,
        label=label,
        stories=words.count(lang, "stories", len(seen)),
        watched=watched(profile, lang),
        cards=[
            (
                card(one.view, lang, bodies=edition.bodies),
                LEVEL_NAMES[one.view.rank.level].name(lang),
                reason(one, lang),
            )
            for one in seen
        ],
    )
