"""What a person sees while the line runs: a bar on a terminal, plain lines elsewhere, nothing when quiet.

Goes to standard error, so that standard output holds results only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import gettext as _
from typing import TextIO

from .pipeline import Progress


@contextmanager
def shown(*, quiet: bool, stream: TextIO | None = None) -> Iterator[Progress]:
    """Yield the function that stages report to."""
    out = stream or sys.stderr
    if quiet:
        yield lambda what, done, total: None
    elif out.isatty():
        with _bars() as report:
            yield report
    else:
        yield _lines(out)


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield report


def _lines(out: TextIO) -> Callable[[str, int, int], None]:
    """One line when a stage begins and one when it is through: logs are not for animations."""
    begun: set[str] = set()

    def report(what: str, done: int, total: int) -> None:
        if what not in begun and total:
            begun.add(what)
            print(_("{what}: {n} to do").format(what=what, n=total), file=out, flush=True)
        if done == total and what in begun:
            begun.discard(what)
            print(_("{what}: done").format(what=what), file=out, flush=True)

    return report
