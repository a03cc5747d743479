"""``make words``: bring the Chinese words of the command line up to date, and compile them for gettext.

What the code says is collected; translations that still fit stay; a message without one is reported. Click's
own words are taken as far as they have a translation.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import click
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .cli import cli
from .language import DOMAIN, LOCALE, help_texts

PO = LOCALE / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
ROOMS = ("crawler", "dibao", "store", "summarizer", "site")
_METHODS = [("**.py", "python")]
_WORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
Said = str | tuple[str, str]


def said() -> set[Said]:
    """Return every message of ours: calls of gettext in all rooms, and the help of all commands."""
    root = Path(__file__).resolve().parents[1]
    found = {text for room in ROOMS for text in _in_folder(root / room)}
    return found | {english for _, _, english in help_texts(cli)}


def _in_folder(folder: Path) -> set[Said]:
    rows = extract_from_dir(str(folder), _METHODS, keywords=_WORDS, comment_tags=())
    return {tuple(row[2]) if isinstance(row[2], list | tuple) else row[2] for row in rows}  # type: ignore[misc]


def translated() -> Catalog:
    """Return the words as they stand in the file; Babel's errors when it is damaged."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh", domain=DOMAIN)


def updated(old: Catalog) -> tuple[Catalog, list[Said]]:
    """Return the words brought up to date, in the order of the alphabet, and what lacks a translation."""
    new = Catalog(locale="zh", domain=DOMAIN, fuzzy=False, header_comment=old.header_comment)
    new.creation_date = old.creation_date  # what the code says decides the file, not the hour
    missing: list[Said] = []
    clicks = _in_folder(Path(click.__file__).parent)
    for message in sorted(said() | clicks, key=str):
        before: Message | None = old.get(message)
        done = bool(before and before.string and all(before.string))
        if done and before is not None:
            new.add(message, before.string)
        elif message not in clicks:
            missing.append(message)
            new.add(message)
    return new, missing


def compiled(words: Catalog) -> bytes:
    """Return the words as gettext reads them."""
    out = BytesIO()
    write_mo(out, words)
    return out.getvalue()


def main() -> int:
    new, missing = updated(translated())
    with PO.open("wb") as file:
        write_po(file, new, width=0, sort_output=True, no_location=True)
    PO.with_suffix(".mo").write_bytes(compiled(new))
    for message in missing:
        print(f"{PO}: no Chinese yet for {message!r}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
