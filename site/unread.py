"""Why a file was not read, in the page's language. The crawler keeps its reasons as English sentences."""

from __future__ import annotations

import re

from dibao.store import Lang

from . import clean, words

# The first that fits the whole reason wins; what a group holds fills {n} of the words.
_REASONS = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"the .{1,40} has no text layer \(a scan\?\)", "scan"),
        (r"the .{1,40} is damaged.*|files of this kind \(damaged .*", "damaged"),
        (r"the .{1,40} asks for a password", "locked"),
        (r"the .{1,40} holds no (?:Word )?text(?:; not read)?|the file is empty", "empty"),
        (r"the file has (\d+) MB; at most .*", "megabytes"),
        (r"larger than the limit.*|the .{1,40} (?:unpacks to more|has more than) .*", "large"),
        (r"no reader for \.?(\w{1,10}) files", "format"),
        (r"files of this kind \(([\w./+-]{1,60})\) are not read", "format"),
        (r"(PowerPoint|RTF|RAR|7z) (?:file: not read|archive: not opened)", "format"),
        (r"the .{1,40} is older than Word 97; not read", "old"),
        (r"the .{1,40} declares XML entities; not read", "unsafe"),
        (r"an archive inside an archive: not opened", "nested"),
        (r"nothing in the ZIP archive could be read.*", "archive"),
        (r"a web page was served instead of the file", "page"),
        (r"kept on another site; not fetched|led away to another site.*", "elsewhere"),
        (r"not fetched: .*robots\.txt.*", "robots"),
        (r"(?:asks for a login|refuses us|says we ask too often) \((\d{3})\).*", "refused"),
        (r"is (?:not there|gone for good) \((\d{3})\).*", "missing"),
        (r"answered with status (\d{3})", "status"),
        (r"no (?:complete )?answer.*|the (?:answer broke off|host name cannot).*|more than ten.*", "silent"),
    )
)


def reason(unread: str, lang: Lang) -> tuple[str, bool]:
    """Return why a file was not read, and whether these are our words: a reason that we do not know stays
    as the crawler wrote it, in English."""
    for pattern, key in _REASONS:
        found = pattern.fullmatch(unread)
        if found:
            return words.word(lang, f"unread.{key}", n=next(filter(None, found.groups()), "")), True
    return clean.line(unread, 160), lang == "en"
