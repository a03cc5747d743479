"""The pages of some stories, rendered and parsed, for the tests of site/."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import html

from dibao.site.info import SiteInfo
from dibao.site.pages import render
from dibao.store import Evidence, Fact, Lang, StoryView, Thread
from tests.site.views import BODIES, SOURCES, TERMS, TODAY, health, nfra_story

SITE = SiteInfo(
    base_url="https://example.org/",
    today=TODAY,
    version="0.1.0",
    contact="desk@example.org",
    notice_en="Demonstration",
    notice_zh="演示",
)


def rendered(
    *views: StoryView,
    site: SiteInfo = SITE,
    threads: dict[int, Thread] | None = None,
    redirects: dict[int, int] | None = None,
) -> dict[str, bytes]:
    """Return every page. ``redirects``: of the story that all views hold, unless given."""
    pages = list(
        render(
            site,
            views,
            health=health(),
            sources=SOURCES,
            bodies=BODIES,
            redirects=redirects or ({999: 1042} if nfra_story() in views else {}),
            threads=threads,
            terms=TERMS,
            build_id="0123456789abcdef",
        )
    )
    assert len(pages) == len(dict(pages)), "a path is written twice"
    return dict(pages)


def parsed(data: bytes) -> Any:
    return html.document_fromstring(data.decode(), parser=html.HTMLParser(encoding="utf-8"))


def story(view: StoryView, lang: Lang) -> Any:
    return parsed(rendered(view)[f"{lang}/e/{view.story.id}/index.html"])


def text(node: Any) -> str:
    return " ".join(node.text_content().split())


def with_fact(view: StoryView, kind: Any, value: str, shown: str) -> StoryView:
    """The story with one more fact, read from the beginning of its head's text."""
    head = view.head
    quote = head.item.text[: len(shown)]
    cite = Evidence(item_id=head.item.id, field="text", start=0, end=len(quote), quote=quote)
    fact = Fact(item_id=head.item.id, kind=kind, value=value, shown=shown, evidence=cite)
    coverage = tuple(replace(c, facts=(*c.facts, fact)) if c is head else c for c in view.coverage)
    return replace(view, coverage=coverage, facts=(*view.facts, fact))
