"""What `dibao status` prints: each list with its state, for people in both languages and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from dibao.store import LIST_STATES, TROUBLES, ListHealth, SourceHealth

_IN_ORDER = frozenset(("ok", "new", "waiting"))


def needs_a_look(row: ListHealth) -> bool:
    """Is something wrong that does not mend by waiting as asked?"""
    return row.state not in _IN_ORDER


def lines(counts: Mapping[str, int], lists: Sequence[ListHealth]) -> Iterator[str]:
    """Yield the lines for people; lists that need a look are marked and say why in both languages."""
    yield " · ".join(f"{n} {name}" for name, n in counts.items())
    for row in lists:
        mark = "!" if needs_a_look(row) else " "
        last = f"{row.last_success:%Y-%m-%d %H:%M}" if row.last_success else "never"
        usual = f" (usually {row.expected})" if row.expected else ""
        state = LIST_STATES[row.state]
        yield (
            f"{mark} {row.source_id:<20} {row.column:<14} {row.lang:<8} {state.en} {state.zh}"
            f" · last read {last} · {row.taken} of {row.listed}{usual} · newest {row.newest or 'none'}"
            f"{_why(row)}"
        )


def _why(row: ListHealth) -> str:
    """Return the class of the error in both languages, the error itself, and when it is tried again."""
    parts = [f"{TROUBLES[row.trouble].en} {TROUBLES[row.trouble].zh}"] if row.trouble in TROUBLES else []
    parts += [row.error] if row.error else []
    if row.next_try is not None and parts:
        parts.append(f"next try {row.next_try:%Y-%m-%d %H:%M}")
    return "".join(f" · {part}" for part in parts)


def document(counts: Mapping[str, int], sources: Iterable[SourceHealth], lists: Iterable[ListHealth]) -> str:
    """Return the same as JSON (status.json): times in RFC 3339, words in both languages."""
    found = {
        "counts": dict(counts),
        "sources": [asdict(row) for row in sources],
        "lists": [
            asdict(row)
            | {
                "needs_a_look": needs_a_look(row),
                "state_en": LIST_STATES[row.state].en,
                "state_zh": LIST_STATES[row.state].zh,
                "trouble_en": TROUBLES[row.trouble].en if row.trouble in TROUBLES else "",
                "trouble_zh": TROUBLES[row.trouble].zh if row.trouble in TROUBLES else "",
            }
            for row in lists
        ],
    }
    return json.dumps(found, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
