"""Which item of a story the brief and the rank are about: the strongest official document, not the note of
another body that answers it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dibao.store import Fact, Item, Source

_TALK = frozenset(
    ["press_release", "news_report", "qa", "interpretation", "speech", "statement", "notification_of_results"]
)
"""Types that tell of an act rather than being one."""

RESPONDS = re.compile(
    r"\b(?:responds?|responding|response|reacts?|welcomes?|notes|noted) (?:to |the )"
    r"|回应|回應|欢迎|歡迎|就.{2,30}(?:作出|的)回[应應]",
    re.IGNORECASE,
)
"""Titles of a body's word on the act of another."""

DECIDES = re.compile(
    r"(?:下调|上调|降低|提高|调整).{0,20}(?:准备金率|利率|费率|风险权重|资本要求)"
    r"|\b(?:cuts?|raises?|lowers?|increases?|reduces?)\b.{0,60}\b(?:rate|ratio|requirement|buffer)s?\b",
    re.IGNORECASE,
)
"""A central bank's decision comes as a plain news page without a number."""


def responds(title: str) -> bool:
    """Whether a title is a body's word on what another one did."""
    return bool(RESPONDS.search(title[:300]))


def decides(title: str) -> bool:
    """Whether a title says that a rate or requirement is moved, by the body that speaks."""
    return bool(DECIDES.search(title[:300])) and not responds(title)


def leading(
    items: Iterable[Item],
    facts: Mapping[str, Sequence[Fact]],
    sources: Mapping[str, Source],
    *,
    head: str,
) -> str:
    """Return the id of the item that is the act itself, else of the best report of it.

    Official before press; an act or a decision before talk of it; then the issuer that most items of the
    story name; then the story's own first link.
    """
    pool = list(items)
    issuers = {item.id: {f.value for f in facts.get(item.id, ()) if f.kind == "issuer"} for item in pool}
    named = [value for values in issuers.values() for value in values]

    def weight(item: Item) -> tuple[bool, bool, bool, int, bool]:
        types = {f.value for f in facts.get(item.id, ()) if f.kind == "document_type"}
        return (
            sources[item.source_id].official,
            not responds(item.title),
            bool(types - _TALK) or decides(item.title),
            max((named.count(value) for value in issuers[item.id]), default=0),
            item.id == head,
        )

    # Of equal ones the first: the caller's order is that of the page.
    return max(pool, key=weight).id
