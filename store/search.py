"""Full-text search in both languages, on SQLite's FTS5.

FTS5's own tokenizers cut no Chinese: ``unicode61`` takes a whole run of characters for one word and
``trigram`` finds nothing for a word of two, as most Chinese words are. So text is segmented before it is
stored and before it is asked: every Han character is a token, Latin words and numbers stay whole, and a
run of Han characters in a query is a phrase. That finds exactly the substrings, of any length. Text is
compared in Simplified characters, so that one query finds both scripts.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFF]")
_TERM = re.compile(r"\"([^\"]*)\"|(\S+)")
_MAX_QUERY = 200


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def segment(text: str) -> str:
    """Return a text as FTS5 is to see it: NFKC, lower case, Simplified, spaces around each Han character."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).lower()
    simplified: str = _simplifier().convert(folded)
    return _HAN.sub(r" \g<0> ", simplified)


def match_expression(query: str) -> str:
    """Return the FTS5 expression of what a person typed; empty when nothing is left to look for.

    Words are joined by AND; quoted parts and runs of Han characters are phrases. FTS5's own operators
    in a query are text like any other.
    """
    phrases = []
    for quoted, word in _TERM.findall(query[:_MAX_QUERY]):
        tokens = re.findall(r"\w+", segment(quoted or word))
        if tokens:
            phrases.append('"' + " ".join(tokens) + '"')
    return " AND ".join(phrases)
