"""Which stories belong to one line of law: by the numbers and titles they own and those they relate to. Pure.

Only relations that change or follow a document tie: a law that everybody implements or cites ties nobody.
A draft follows the instrument that it owns: the final text, or another draft, under the same title or docket.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .tellings import Thread, ThreadStep, Tie

TIES = (
    "replaces",
    "repeals",
    "amends",
    "corrects",
    "extends",
    "finalizes",
    "consults",
    "replies_to",
    "interprets",
)
OWN = ("document_number", "instrument")
LINK_KINDS = "({})".format(", ".join(f"'{kind}'" for kind in (*OWN, *TIES, "stage")))
LINKS = """SELECT s.id, s.day, s.head, f.item_id, f.kind, f.value FROM facts f
            JOIN members m ON m.item_id = f.item_id JOIN stories s ON s.id = m.story_id """
_CROWD = 8
"""A title that more stories own is a formula (关于人事任免的通知), not a document."""
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Link:
    """One fact of a story that can tie it: what it owns, what it relates to, or its stage."""

    story_id: int
    day: date
    kind: str
    value: str
    of_head: bool


def to_link(row: Mapping[str, Any]) -> Link:
    return Link(
        row["id"], date.fromisoformat(row["day"]), row["kind"], row["value"], row["item_id"] == row["head"]
    )


Find = Callable[[Iterable[Any]], list[Link]]


def connect(story_ids: Iterable[int], *, links_of: Find, links_to: Find) -> dict[int, Thread]:
    """Return the thread of each story.

    ``links_of`` gives the links of stories, ``links_to`` all links with some values; each step out asks once.
    """
    wanted = list(dict.fromkeys(story_ids))
    links: dict[int, list[Link]] = {}
    fresh = set(wanted)
    for _ in range(_LONGEST):
        for link in links_of(sorted(fresh)):
            links.setdefault(link.story_id, []).append(link)
        values = {link.value for id in fresh for link in links.get(id, ()) if link.kind != "stage"}
        fresh = _neighbours(links_to(sorted(values))) - links.keys()
        if not fresh:
            break
    everything = [link for found in links.values() for link in found]
    group = _groups(_pairs(everything))
    return {id: _thread(group.get(id, {id}), links) for id in wanted if id in links}


def _owners(links: Iterable[Link]) -> dict[str, set[int]]:
    owners: dict[str, set[int]] = defaultdict(set)
    for link in links:
        if link.kind in OWN:
            owners[link.value].add(link.story_id)
    return {value: ids for value, ids in owners.items() if len(ids) <= _CROWD}


def _neighbours(links: list[Link]) -> set[int]:
    """Return the stories of documents that may tie: those that own one and those that relate to it."""
    owners = _owners(links)
    tied = {link.value for link in links if link.kind in (*TIES, "instrument")} & owners.keys()
    return {link.story_id for link in links if link.value in tied and link.kind in (*OWN, *TIES)}


def _pairs(links: list[Link]) -> set[tuple[int, int]]:
    """Return (from, to) of every relation whose document a story owns, and of every draft and its like."""
    owners = _owners(links)
    drafts = {link.story_id for link in links if link.kind == "stage" and link.value == "draft"}
    return {
        (link.story_id, target)
        for link in links
        if link.kind in TIES or (link.kind == "instrument" and link.story_id in drafts)
        for target in owners.get(link.value, ())
        if target != link.story_id
    }


def _groups(pairs: set[tuple[int, int]]) -> dict[int, set[int]]:
    group: dict[int, set[int]] = {}
    for a, b in sorted(pairs):
        together = group.get(a, {a}) | group.get(b, {b})
        for id in together:
            group[id] = together
    return group


def _thread(ids: set[int], links: Mapping[int, list[Link]]) -> Thread:
    steps = sorted((_step(id, links[id]) for id in ids if id in links), key=lambda s: (s.day, s.story_id))
    kept = steps[-_LONGEST:]
    own = [link for step in kept for link in links[step.story_id]]
    owners = _owners(own)
    ties = {
        Tie(story_id=link.story_id, kind=link.kind, value=link.value, target=target)
        for link in own
        if link.kind in TIES
        for target in (*sorted(owners.get(link.value, set()) - {link.story_id}),) or (None,)
    }
    return Thread(
        steps=tuple(kept),
        ties=tuple(sorted(ties, key=lambda t: (t.story_id, t.kind, t.value, t.target or 0))),
    )


def _step(id: int, links: list[Link]) -> ThreadStep:
    """The stage is the head's; one that says nothing of law gives way to another item's."""
    stages = sorted(
        (link for link in links if link.kind == "stage"),
        key=lambda s: (s.value == "none", not s.of_head, s.value),
    )
    return ThreadStep(story_id=id, day=links[0].day, stage=stages[0].value if stages else "")
