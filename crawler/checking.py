"""Looking at items' own pages again: silent edits become versions, pages that are gone are counted.

Lists do not tell of either. No database, no clock; which items are looked at is decided in ``schedule.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from dibao.store import Check, DibaoError, Item

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
