"""What every command of the command line shares: the settings, and how results are printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

import click

from . import config


@dataclass(frozen=True, slots=True)
class App:
    """What every command needs to know."""

    config: config.Config
    json: bool
    quiet: bool

    def say(self, text: str, **values: Any) -> None:
        """Print a result: one JSON object for machines, else the line for people."""
        click.echo(json.dumps(values, ensure_ascii=False, default=_plain) if self.json else text)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def with_app(command: Callable[..., Any]) -> Callable[..., Any]:
    """Make a command take the App first."""

    @click.pass_context
    @wraps(command)
    def called(ctx: click.Context, /, **values: Any) -> Any:
        return command(ctx.obj, **values)

    return called
