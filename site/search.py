"""What the search page looks in: one JSON file a language with the newest stories, searched by the reader's
browser. No server is asked, so nobody learns what is looked for.

In: story views. Out: bytes. The script compares in NFKC, lower case and Simplified characters; browsers have
no table for the last, so the file brings the pairs of characters that its text needs.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from opencc import OpenCC

from dibao.store import HTML_LANG, Body, Lang, StoryView

from . import clean, labels
from .digest import card
from .frame import hidden_label
from .info import SiteInfo

NEWEST = 2_000
"""Stories that can be found; older ones stay in the archive."""

FIELDS = (
    "story", "day", "headline", "mark", "summary", "summary_tag", "number", "number_tag", "issuer", "where",
    "original", "original_tag",
)  # fmt: skip
"""What each place of an entry holds: ``mark`` that of generated text, ``original`` the head's own title."""


def newest(views: Iterable[StoryView]) -> list[StoryView]:
    """Return the stories that can be found, newest first."""
    ordered = sorted(views, key=lambda view: (view.story.day, view.rank.score, view.story.id), reverse=True)
    return ordered[:NEWEST]


def search_json(
    site: SiteInfo, views: Sequence[StoryView], lang: Lang, *, bodies: Mapping[str, Body], build_id: str
) -> bytes:
    """Return the file of one language. Entries are arrays in the order of ``fields``."""
    found = newest(views)
    briefs = [view.briefs[lang] for view in found]
    entries = [_entry(view, lang, bodies) for view in found]
    document: dict[str, Any] = {
        "build_id": build_id,
        "label": labels.whole(briefs, lang),
        "fields": FIELDS,
        "fold": _pairs("".join(str(value) for entry in entries for value in entry)),
        "entries": entries,
    }
    hidden = hidden_label(briefs, f"search:{HTML_LANG[lang]}", site)
    if hidden:
        document["_aigc"] = json.loads(hidden)["AIGC"]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _entry(view: StoryView, lang: Lang, bodies: Mapping[str, Body]) -> tuple[int | str, ...]:
    shown = card(view, lang, bodies=bodies)
    original = clean.line(view.head.item.title, 300)
    other = original != shown.headline
    return (
        shown.id,
        view.story.day.isoformat(),
        shown.headline,
        shown.short,
        shown.summary,
        shown.summary_tag,
        shown.number,
        shown.number_tag,
        shown.issuer,
        shown.jurisdiction_name,
        original if other else "",
        view.head.item.lang if other else "",
    )


def _pairs(text: str) -> list[str]:
    """Return Traditional characters, and in the same order the Simplified ones that a text compares as.

    Both scripts are kept: a text may hold the one and a reader type the other.
    """
    folded = set(unicodedata.normalize("NFKC", text))
    pairs = [(one, two) for one, two in _simplified() if one in folded or two in folded]
    return ["".join(one for one, _ in pairs), "".join(two for _, two in pairs)]


@cache
def _simplified() -> tuple[tuple[str, str], ...]:
    """Return each Traditional character of the first plane with its Simplified form there."""
    block = [chr(code) for code in range(0x3400, 0xA000)]
    forms: list[str] = OpenCC("t2s").convert("\n".join(block)).split("\n")
    return tuple(
        (one, two) for one, two in zip(block, forms, strict=True) if one != two and "㐀" <= two <= "鿿"
    )
