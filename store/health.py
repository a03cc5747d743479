"""How the lists are doing, judged by their own history: what is usual for each decides what is odd. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from .memories import RETIRED, ListHealth, Poll, Visit
from .records import family

LEARNED = 3
"""Readings after which something counts as usual."""
FEW = 0.3
"""Share of the usual entries below which a list has fallen silent."""
LATE = 3
"""Times the usual gap after which a list is stale."""
SHORT_GAP = timedelta(hours=1)
"""A busy list is not stale after minutes."""


def list_health(
    polls: Iterable[Poll],
    visits: Mapping[tuple[str, str], Sequence[Visit]],
    newest: Mapping[tuple[str, str, str], date],
    *,
    now: datetime,
) -> tuple[ListHealth, ...]:
    """Return one record a list that is read. ``visits``: its readings, oldest first; ``newest``: see
    ``Store.lists``."""
    days: dict[tuple[str, str, str], date] = {}
    for (source, column, tag), day in newest.items():
        key = (source, column, family(tag))
        days[key] = max(day, days.get(key, day))
    return tuple(
        _one(poll, visits.get((poll.source_id, poll.url), ()), days, now)
        for poll in polls
        if poll.paused != RETIRED
    )


def _one(
    poll: Poll, visits: Sequence[Visit], newest: Mapping[tuple[str, str, str], date], now: datetime
) -> ListHealth:
    good = [visit for visit in visits if visit.listed]
    expected = usual_count(good)
    fresh = [visit.at for visit in good if visit.new]
    gap = usual_gap(fresh)
    last_new = fresh[-1] if fresh else None
    return ListHealth(
        source_id=poll.source_id,
        url=poll.url,
        column=poll.column,
        lang=poll.lang,
        state=_state(poll, expected, gap, last_new, now),
        last_try=poll.tried_at,
        last_success=poll.succeeded_at,
        newest=newest.get((poll.source_id, poll.column, family(poll.lang))),
        expected=expected,
        listed=poll.listed,
        taken=poll.taken,
        usual_gap=int(gap.total_seconds()),
        last_new=last_new,
        trouble=poll.trouble,
        error=poll.error or poll.paused,
        next_try=_next_try(poll),
    )


def usual_count(visits: Sequence[Visit]) -> int:
    """Return how many entries a list shows, as the median of its readings; 0 while that is not known."""
    return round(median(visit.listed for visit in visits)) if len(visits) >= LEARNED else 0


def usual_gap(fresh: Sequence[datetime]) -> timedelta:
    """Return the median time between readings that brought something new; zero while it is not known."""
    gaps = [later - earlier for earlier, later in pairwise(fresh)]
    seconds = median(gap.total_seconds() for gap in gaps) if len(gaps) >= LEARNED else 0
    return timedelta(seconds=seconds)


def _state(poll: Poll, expected: int, gap: timedelta, last_new: datetime | None, now: datetime) -> str:
    """Return the key in LIST_STATES that says most."""
    if poll.paused:
        return "paused"
    if poll.not_before is not None and poll.not_before > now:
        return "waiting"
    if poll.trouble or poll.succeeded_at is None:
        return "failing"
    if expected and poll.listed < expected * FEW:
        return "silent"
    if gap and last_new is not None and now - last_new > LATE * max(gap, SHORT_GAP):
        return "stale"
    return "ok" if expected or last_new else "new"


def _next_try(poll: Poll) -> datetime | None:
    if poll.paused:
        return None
    scheduled = poll.tried_at + timedelta(seconds=poll.interval) if poll.interval else None
    return max((at for at in (scheduled, poll.not_before) if at is not None), default=None)
