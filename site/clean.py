"""Text and links as they may leave the house: publishing standards 1, for feeds, mail and checks.

In comes anything the store holds (much of it from outside), out comes NFC text without control, bidi, tag
or zero-width characters, and links that are absolute http(s). Nothing here escapes markup: the writers do.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from w3lib.url import safe_url_string

# Controls but LF and TAB, C1, zero width, bidi, BOM, surrogates, noncharacters, tag characters.
_NEVER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
# A joiner is text only after a character that joins: not after ASCII, Han or another joiner.
_LOOSE_JOINER = re.compile("(?:^|(?<=[\x00-\x7f\u200c\u200d\u3000-\u9fff\uff00-\uffef]))[\u200c\u200d]+")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_PLANE_ENDS = frozenset(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))


def text(value: str) -> str:
    """Return the text with LF line ends, in NFC, without characters that never belong in a publication."""
    value = _NEVER.sub("", _LINE_ENDS.sub("\n", value))
    value = "".join(char for char in value if char not in _PLANE_ENDS)
    return unicodedata.normalize("NFC", _LOOSE_JOINER.sub("", value))


def line(value: str, limit: int = 0) -> str:
    """Return the text as one line, at most ``limit`` characters (0: any), cut between whole characters."""
    value = " ".join(text(value).split())
    if not limit or len(value) <= limit:
        return value
    end = limit - 1
    while end and (
        unicodedata.combining(value[end]) or value[end] in "\u200c\u200d" or value[end - 1] == "\u200d"
    ):
        end -= 1
    return value[:end].rstrip() + "…"


def link(url: str) -> str:
    """Return an absolute http(s) URL in ASCII; empty for any other scheme, no host, or credentials in it."""
    url = "".join(text(url).split())
    try:
        parts = urlsplit(url)
        _ = parts.port
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            return ""
        safe = safe_url_string(url)
    except (ValueError, UnicodeError):
        return ""
    return safe if safe.isascii() else ""
