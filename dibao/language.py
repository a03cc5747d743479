"""The command line's words in the language of whoever calls it, by gettext: ``LANGUAGE=zh dibao --help``.

Which language: LANGUAGE, LC_ALL, LC_MESSAGES or LANG, as everywhere. English is in the code, as
``from gettext import gettext as _``; Chinese is in ``locale/zh/LC_MESSAGES/dibao.po``, which ``make words``
brings up to date and compiles. What is stored (why a source could not be read) stays English, with a class
that has words in both languages: it outlives the run, and its readers may speak the other one.
"""

from __future__ import annotations

import gettext
import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from dibao.store import Lang

DOMAIN = "dibao"
LOCALE = Path(__file__).with_name("locale")

HelpText = tuple[click.Command | click.Option, str, str]
"""Whose text, in which attribute, and its English."""


def speak(command: click.Command) -> None:
    """Have gettext's default domain, which Click uses for its own words, be ours; put all help into it."""
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
    for owner, field, english in help_texts(command):
        setattr(owner, field, gettext.gettext(english))


def spoken() -> Lang:
    """Return which of our two languages the caller is spoken to in."""
    return "zh" if gettext.find(DOMAIN, LOCALE) else "en"


def help_texts(command: click.Command) -> Iterator[HelpText]:
    """Yield every help text of a command, of its options, and of all commands under it."""
    places: list[tuple[click.Command | click.Option, str]] = [(command, "help"), (command, "epilog")]
    places += [(param, "help") for param in command.params if isinstance(param, click.Option)]
    for owner, field in places:
        if text := inspect.cleandoc(getattr(owner, field) or ""):
            yield owner, field, text
    if isinstance(command, click.Group):
        for one in command.commands.values():
            yield from help_texts(one)
