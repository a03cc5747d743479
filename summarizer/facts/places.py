"""Chinese provinces and cities by the names that offices begin with → keys of the store's REGIONS."""

from __future__ import annotations

import re

from dibao.store import REGIONS

_OF_CHINA = {key: term.zh for key, term in REGIONS.items() if key.startswith("CN-")}
PLACES: dict[str, str] = {zh.removeprefix(_OF_CHINA[key[:5]]) or zh: key for key, zh in _OF_CHINA.items()}
"""Name of a province, or of a city, without 省 or 市 → key of REGIONS."""

_LONGEST = max(map(len, PLACES))
_OF_COUNTRY = re.compile(r"^(?:中华人民共和国|中国(?!银行)|国家)")


def place_at(text: str, start: int = 0) -> str:
    """Return the place whose name begins at ``start``, the longest, or an empty text."""
    for length in range(_LONGEST, 1, -1):
        if text[start : start + length] in PLACES:
            return text[start : start + length]
    return ""


def region_of(name: str, parents: tuple[str, ...] = ()) -> str:
    """Return where a local office is by its name, as far down as a city; empty when the name tells nothing.

    ``parents``: names of the body that may stand before the place (中国人民银行 in 中国人民银行宁波市分行).
    """
    bare = re.sub(r"\s+", "", name)
    for parent in sorted(parents, key=len, reverse=True):
        if parent and bare.startswith(parent):
            bare = bare[len(parent) :]
            break
    else:
        bare = _OF_COUNTRY.sub("", bare)
    place = place_at(bare)
    inner = place_at(bare, len(place) + 1) if place and bare[len(place) :][:1] in "省区" else ""
    return PLACES.get(inner or place, "")
