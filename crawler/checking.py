"""Looking at items' own pages again: silent edits become versions, pages that are gone are counted.

Lists do not tell of either. No database, no clock; which items are looked at is decided in ``schedule.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from dibao.store import WITHDRAWN_AFTER, Check, DibaoError, Item

from .fetching import Fetch, FetchError, Problem, problem
from .publication import MAX_ATTACHMENTS, Work, page_text, read_files, read_page
from .schedule import MAX_CHECKS, check_due
from .source import SourceSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What looking at one page again gave; ``item`` only where it says something else."""

    check: Check
    item: Item | None = None
    problem: Problem | None = None


MASS = 4
"""Pages of one source that are gone in the same run: so many were not withdrawn, the site has moved."""


def believable(looks: Sequence[Look], *, source_id: str) -> tuple[Look, ...]:
    """Return the looks of one source and run; where MASS pages or more are gone, and all, none is counted.

    A relaunch is no withdrawal: a person is told. Pages that are withdrawn already say nothing about that.
    """
    counted = [look for look in looks if look.check.missing <= WITHDRAWN_AFTER]
    if len(counted) < MASS or not all(look.check.missing and look.problem is None for look in counted):
        return tuple(looks)
    words = f"all {len(counted)} pages looked at again are gone; has the site moved? None counts as withdrawn"
    told = problem(source_id, counted[0].check.address, words)
    kept = {look.check.item_id: replace(look.check, missing=look.check.missing - 1) for look in counted}
    return tuple(
        replace(
            look,
            check=kept.get(look.check.item_id, look.check),
            problem=told if look is counted[0] else look.problem,
        )
        for look in looks
    )


def choose(checks: Sequence[tuple[Check, date]], *, now: datetime) -> list[Check]:
    """Return the checks that are due, those looked at longest ago first, at most MAX_CHECKS."""
    due = [
        check
        for check, born in checks
        if check_due(check.checked_at, born=born, missing=check.missing, now=now)
    ]
    return sorted(due, key=lambda check: (check.checked_at, check.item_id))[:MAX_CHECKS]


async def look_again(
    spec: SourceSpec, item: Item, check: Check, *, now: datetime, fetch: Fetch
) -> Look | None:
    """Read an item's page again; None when its list is out of the catalogue or its host's budget spent.

    A page that cannot be read, for whatever reason but being gone, changes nothing.
    """
    endpoint = next((e for e in spec.endpoints if e.name == check.list_url), None)
    if endpoint is None or endpoint.detail is None:
        return None
    work = Work(
        spec=spec, endpoint=endpoint, now=now, fetch=fetch, baseline=item.baseline, list_url=endpoint.list_url
    )
    seen = replace(check, checked_at=now, missing=0)
    try:
        page, snapshot = await read_page(work, endpoint.detail, check.address)
    except DibaoError as error:
        if isinstance(error, FetchError) and error.trouble == "gone":
            return Look(check=replace(seen, missing=check.missing + 1))
        if getattr(error, "trouble", "") == "budget":
            return None  # looked at in the next run
        kept = replace(seen, missing=check.missing)
        return Look(check=kept, problem=problem(spec.id, check.address, error))
    text = page_text(page, title=item.title)
    if not page.text or text == item.text:
        return Look(check=seen)
    files = item.attachments
    if [link.url for link in page.links[:MAX_ATTACHMENTS]] != [file.url for file in files]:
        try:
            files, _ = await read_files(work, page, check.address)
        except FetchError:  # as above
            return None
    labels = tuple({**dict(item.labels), **dict(page.labels)}.items())
    changed = replace(
        item,
        text=text,
        labels=labels,
        attachments=files,
        snapshot=snapshot,
        fetched_at=now,
        withdrawn_at=None,
    )
    return Look(check=seen, item=changed)
