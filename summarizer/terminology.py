"""Whether a text in one language renders the glossary's terms of a text in the other in official words.

In: both texts. Out: each term with the answer. For headlines that are measured, and for translations.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from dibao.store import Lang

from .glossary import Glossary
from .writers.firms import FIRM
from .writers.lexicon import english_key

TERMS = frozenset(["org", "law", "term", "ai", "data", "sector"])
NAMES = frozenset(["org", "law"])
"""What has one official rendering; other terms may be said in other words."""


def rendered(
    source: str, lang: Lang, told: str, glossary: Glossary, *, kinds: Collection[str] = TERMS
) -> list[tuple[str, bool]]:
    """Return each term of ``source`` (a text of ``lang``) with whether ``told`` renders it in official words.

    Terms inside a firm's name are part of that name.
    """
    text = f" {_key(told)} " if lang == "zh" else told
    firms = [match.span() for match in FIRM.finditer(source)] if lang == "zh" else []
    found = []
    for hit in glossary.find(source, lang):
        if hit.entry.kind not in kinds or any(a <= hit.start < b for a, b in firms):
            continue
        same = [entry for entry in glossary.entries if entry.id == hit.entry.id]
        if lang == "zh":
            names = {name for e in same for part in e.en.split("; ") for name in (part, e.abbrev)}
            keys = {_key(re.sub(r" \(.*?\)", "", name)) for name in names if name}
            right = any(f" {key} " in text for key in keys)
        else:
            right = any(part in text for e in same for part in re.split("；|;", e.zh))
        found.append((source[hit.start : hit.end], right))
    return found


def _key(text: str) -> str:
    """``listed companies' funds`` is about listed companies too."""
    return english_key(re.sub(r"['’]s?(?= |$)", "", text))
