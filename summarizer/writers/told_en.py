"""English headlines of subject and verb → the rest of a sentence in the past: ``SEC Adopts Rule on Records`` →
adopted rule on records. The words stay the page's own; only their capitals are put as in a sentence."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .titles_en import issuer_of
from .wordlist import rows

if TYPE_CHECKING:
    from ..glossary import Glossary

_PAST = {
    "adopts": "adopted", "amends": "amended", "announces": "announced", "approves": "approved", "bans": "banned",
    "cancels": "cancelled", "charges": "charged", "clarifies": "clarified", "consults": "consulted", "cuts": "cut",
    "extends": "extended", "finalises": "finalised", "finalizes": "finalized", "fines": "fined", "imposes": "imposed",
    "invites": "invited", "issues": "issued", "keeps": "kept", "launches": "launched", "lowers": "lowered",
    "maintains": "maintained", "obtains": "obtained", "opens": "opened", "orders": "ordered", "proposes": "proposed",
    "publishes": "published", "raises": "raised", "releases": "released", "repeals": "repealed",
    "reprimands": "reprimanded", "requests": "requested", "rescinds": "rescinded", "revises": "revised",
    "revokes": "revoked", "seeks": "sought", "suspends": "suspended", "sues": "sued", "updates": "updated",
    "warns": "warned", "withdraws": "withdrew",
}  # fmt: skip
_ON_PARTIES = frozenset(["bans", "charges", "fines", "orders", "reprimands", "sues", "suspends"])
"""What is done to somebody, whose name keeps its capitals."""
_SMALL = frozenset(
    [
        "a", "about", "action", "actions", "advisory", "against", "amendment", "an", "and", "approach", "as", "at",
        "between", "booklet", "by", "certain", "comment", "comments", "deadline", "effective", "enforcement",
        "enhance", "examination", "examined", "extension", "final", "for", "former", "from", "implement", "improve",
        "in", "information", "into", "its", "joint", "judgment", "letter", "list", "management", "million",
        "modernize", "monthly", "new", "no-action", "notice", "of", "on", "or", "order", "over", "period", "plan",
        "plans", "program", "proposal", "proposed", "public", "records", "request", "results", "review", "simplify",
        "statement", "strengthen", "swap", "swaps", "the", "their", "through", "to", "under", "updated", "use",
        "with",
    ]
)  # fmt: skip
_ARTICLE = re.compile(
    r"(?:(?:final|proposed|joint|annual|draft|interim|no-action|public|quarterly|supervisory|delegated|prudential|composition) ){0,2}"
    r"(?:rule|statement|circular|guide|report|consultation|list|opinion|letter|bulletin|alert|advisory|proposal|penalty|framework|"
    r"roadmap|order|paper|act|standard|notice|survey|review|discussion paper|comment period|compliance date|deadline)\b"
)
"""Headlines go without articles; sentences do not."""
_SECOND = re.compile(
    r"^(?P<mid>(?:jointly|today) )?(?P<verb>[A-Za-z]+)(?: and (?P<also>[a-z]+s))?(?P<rest> .+)$"
)


def told(title: str, glossary: Glossary) -> str:
    """Return what the headline says its issuer did; empty for another shape."""
    text = re.sub(r"\s+", " ", title).strip().rstrip(".")
    body, rest = issuer_of(text, glossary)
    match = _SECOND.match(re.sub(r"^(?:Board|Staff) ", "", rest)) if body else None
    past = _PAST.get(match["verb"].lower()) if match else None
    also = _PAST.get(match["also"]) if match and match["also"] else ""
    if match is None or past is None or also is None:
        return ""
    words = match["rest"].split()
    if sum(word[0].isupper() for word in words) > len(words) / 2:
        if match["verb"].lower() in _ON_PARTIES:
            return ""
        words = [_small(word) for word in words]
        if any(_CAPITAL.match(word) for word in words):  # a name, or a word that no list knows
            return ""
    said = " ".join(words)
    if _ARTICLE.match(said):
        said = f"{'the' if said.startswith(_KNOWN) else 'an' if said[0] in 'aeio' else 'a'} {said}"
    return f"{past} and {also} {said}" if also else f"{past} {said}"


_CAPITAL = re.compile(r"[A-Z][a-z]+(?![A-Z])")
_KNOWN = ("comment period", "compliance date", "deadline")


def _small(word: str) -> str:
    """A word in small letters, when these are how it is written within a sentence."""
    low = word.lower()
    return low if low in _SMALL or low.strip(",;:.’'") in _common() else word


@cache
def _common() -> frozenset[str]:
    """The words that the title words have in small letters, and nowhere with a capital."""
    small: set[str] = set()
    large: set[str] = set()
    for row in rows():
        for word in re.findall(r"[A-Za-z][a-z'-]*", row.en):
            (large if word[0].isupper() else small).add(word.lower())
    plural = {f"{word}s" for word in small} | {word.removesuffix("s") for word in small}
    return frozenset((small | plural) - large)
