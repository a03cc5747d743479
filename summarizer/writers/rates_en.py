"""What a central bank does with its rates and its money → English.

Each function takes (act, who, many, glossary) and returns the whole headline, None when a part is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from dibao.store import money

from .acts import Act
from .chinese import does
from .figures import money_in
from .instruments_en import subject_words

if TYPE_CHECKING:
    from ..glossary import Glossary


def step(amount: str) -> str:
    """``0.25个百分点`` → ``0.25 percentage points``."""
    number = re.match(r"[\d.]+", amount)
    size = number[0] if number else ""
    unit = {"个百分点": " percentage point", "个基点": " basis point"}.get(amount.removeprefix(size), "%")
    return f"{size}{unit}" + ("s" if unit != "%" and size != "1" else "")


def _rate(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    verb = "raise" if act.subject == "加息" else "cut"
    what = {
        "降准": "reserve requirement ratio",
        "降准降息": "interest rates and reserve requirement ratio",
    }.get(act.subject, "interest rates")
    by = f" by {step(act.number)}" if act.number else ""
    return f"{who} {does(verb, many)} {what}{by}" + (f" to {act.start}" if act.start else "")


def _keep(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    what = subject_words(act.subject, glossary)
    return what and f"{who} {does('keep', many)} {what} unchanged" + (f" at {act.start}" if act.start else "")


_OPERATIONS = {
    "逆回购": "reverse repo operations", "买断式逆回购": "outright reverse repo operations",
    "MLF": "medium-term lending facility (MLF) operations",
}  # fmt: skip


def _repo(act: Act, who: str, many: bool, glossary: Glossary) -> str | None:
    kind, _, term = act.subject.partition("|")
    sums, size = money_in(act.number), re.match(r"\d+", term)
    if len(sums) != 1:
        return None
    unit = "day" if term.endswith("天") else "month"
    long = f"{size[0]}-{unit} " if size else ""
    what = _OPERATIONS.get(kind, _OPERATIONS["MLF"])
    at = f" at {act.start}" if act.start else ""
    return f"{who} {does('conduct', many)} {money(sums[0], 'en')} of {long}{what}{at}"


RATES: dict[str, Callable[[Act, str, bool, Glossary], str | None]] = {
    "rate": _rate,
    "keep": _keep,
    "repo": _repo,
}
