"""How the lists are doing, as `dibao status` and `dibao sources health` print it for people and machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from dibao.store import COLUMNS, LIST_STATES, TROUBLES, ListHealth, SourceHealth

from .language import spoken

if TYPE_CHECKING:
    from dibao.crawler.fetching import Problem


def told(row: ListHealth) -> str:
    """Return the line for people, in their language; lists that need a look are marked and say why."""
    lang = spoken()
    last = f"{row.last_success:%Y-%m-%d %H:%M} UTC" if row.last_success else _("never")
    column = COLUMNS[row.column].name(lang) if row.column in COLUMNS else row.column
    seen = _("{taken} of {listed}").format(taken=row.taken, listed=row.listed)
    usual = _(" (usually {expected})").format(expected=row.expected) if row.expected else ""
    parts = (
        LIST_STATES[row.state].name(lang),
        _("last read {when}").format(when=last),
        f"{seen}{usual}",
        _("newest {day}").format(day=row.newest or _("none")),
        *_why(row),
    )
    mark = "!" if row.needs_a_look else " "
    return f"{mark} {row.source_id:<20} {row.lang:<8} {column}: {' · '.join(parts)}"


def counts_told(counts: Mapping[str, int]) -> str:
    """Return how much the database holds, for people, in their language."""
    words = {
        "sources": _("{n} sources"),
        "items": _("{n} items"),
        "facts": _("{n} facts"),
        "stories": _("{n} stories"),
        "briefs": _("{n} briefs"),
        "snapshots": _("{n} snapshots"),
    }
    return " · ".join(words[name].format(n=n) for name, n in counts.items())


def problem_told(problem: Problem) -> str:
    """Return what could not be read in one line: source, class in the caller's language, words, address."""
    what = [TROUBLES[problem.trouble].name(spoken())] if problem.trouble in TROUBLES else []
    where = [] if problem.url in problem.message else [f"({problem.url})"]
    return f"{problem.source_id}: {' · '.join([*what, problem.message])} {''.join(where)}".rstrip()


def _why(row: ListHealth) -> Iterable[str]:
    """Yield the class of the error, the error itself, and when it is tried again."""
    if not (row.trouble in TROUBLES or row.error):
        return
    if row.trouble in TROUBLES:
        yield TROUBLES[row.trouble].name(spoken())
    if row.error:
        yield row.error
    if row.next_try is not None:
        yield _("next try {when}").format(when=f"{row.next_try:%Y-%m-%d %H:%M} UTC")


def values(row: ListHealth) -> dict[str, Any]:
    """Return the same for machines: what health.json says, with the error itself and the next try."""
    from dibao.site.machine import list_values

    next_try = f"{row.next_try.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if row.next_try else None
    return {"source_id": row.source_id, **list_values(row), "error": row.error, "next_try": next_try}


def document(counts: Mapping[str, int], sources: Iterable[SourceHealth], lists: Iterable[ListHealth]) -> str:
    """Return all of it as one JSON document (status.json)."""
    found = {
        "counts": dict(counts),
        "sources": [
            {
                "source_id": row.source_id,
                "last_try": row.last_try,
                "last_success": row.last_success,
                "items": row.items,
                "newest": row.newest,
                "error": row.error,
            }
            for row in sources
        ],
        "lists": [values(row) for row in lists],
    }
    return json.dumps(found, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
