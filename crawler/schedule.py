"""When to ask again: lists by how busy they are, pages by how recent, servers when they say so. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from dibao.store import Poll

LEAST, FIRST, MOST = timedelta(minutes=15), timedelta(hours=1), timedelta(hours=12)
"""Between two readings of a list: never less, to begin with, at most."""
MOST_WAIT = timedelta(hours=24)
"""Longest wait that a server can ask for, and longest between two tries of a list that fails."""
SLACK = timedelta(minutes=1)
"""A run that cron starts a little early still reads what is due."""

OLDEST_CHECK = timedelta(days=90)
"""Pages of items older than this are not looked at again."""
MAX_CHECKS = 5
"""Pages of one source that are looked at again in one run."""
OLD_NEWS = timedelta(days=30)
"""What is older than this when first seen is archive, not news."""


def next_interval(poll: Poll, *, brought: bool) -> int:
    """Return seconds until a list is due again: half as long after something new, else half as long again.

    A list that fails is asked at doubling intervals.
    """
    before = timedelta(seconds=poll.interval) if poll.interval else FIRST
    if poll.failures:
        wait = min(MOST_WAIT, LEAST * 2 ** min(poll.failures, 10))
    elif brought:
        wait = max(LEAST, before / 2)
    else:
        wait = min(MOST, before * 1.5)
    return int(wait.total_seconds())


def held(poll: Poll | None, now: datetime, *, force: bool) -> str:
    """Say why a list must be left alone; empty: it may be read. ``force`` overrides a pause of ours only."""
    if poll is None:
        return ""
    if poll.not_before is not None and poll.not_before > now:
        return f"the server asked to be left alone until {poll.not_before.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return "" if force else poll.paused


def due(poll: Poll | None, now: datetime) -> bool:
    """Is it time to read a list again?"""
    if poll is None or not poll.interval:
        return True
    return now + SLACK >= poll.tried_at + timedelta(seconds=poll.interval)


def retry_after(value: str, *, date_header: str, now: datetime) -> datetime | None:
    """Return when a server may be asked again, None when it does not say.

    A date is measured against the server's own Date: our clocks may differ. At most MOST_WAIT.
    """
    value = value.strip()
    if value.isascii() and value.isdecimal():
        seconds = int(value[:10])
        return now + min(MOST_WAIT, timedelta(seconds=seconds))
    until = _http_date(value)
    if until is None:
        return None
    wait = until - (_http_date(date_header) or now)
    return now + max(timedelta(), min(MOST_WAIT, wait))


def _http_date(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value.strip()[:60])
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def check_due(checked_at: datetime, *, born: date, missing: int, now: datetime) -> bool:
    """Is it time to look at an item's page again? Recent items often, older ones seldom, old ones never.

    A page found gone is looked at again six hours later, whatever its age, until that is certain.
    """
    age = now.date() - born
    if age > OLDEST_CHECK:
        return False
    if missing in (1, 2) or age <= timedelta(days=2):
        wait = timedelta(hours=6)
    elif age <= timedelta(days=14):
        wait = timedelta(days=1)
    else:
        wait = timedelta(days=7)
    return now - checked_at >= wait


def old_news(published: date | None, *, now: datetime) -> bool:
    """Is something that we see for the first time too old to be news?"""
    return published is not None and published < (now - OLD_NEWS).date()
