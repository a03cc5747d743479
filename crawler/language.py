"""Which language tag a text deserves, by its script alone; what the source declares is the tie-breaker."""

from __future__ import annotations

from functools import cache
from typing import Any

# Enough to tell a script; a long page costs no more than a short one.
_SAMPLE = 2000


def language_of(text: str, *, declared: str) -> str:
    """Return ``en``, ``zh-Hans`` or ``zh-Hant``, or the declared tag where the script does not say more.

    An English page that quotes a Chinese name stays English: a Han character weighs about as much
    as three Latin letters, so Han must make up a quarter to decide.
    """
    sample = text[:_SAMPLE]
    han = sum("\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff" for c in sample)
    latin = sum(c.isascii() and c.isalpha() for c in sample)
    if not han and not latin:
        return declared
    if any("\u3040" <= c <= "\u30ff" or "\uac00" <= c <= "\ud7a3" for c in sample):
        return declared
    if han * 3 < latin:
        return declared if not declared.lower().startswith("zh") else "en"
    return _variant(sample, declared)


def _variant(sample: str, declared: str) -> str:
    traditional = sum(a != b for a, b in zip(sample, _converter("t2s").convert(sample), strict=False))
    simplified = sum(a != b for a, b in zip(sample, _converter("s2t").convert(sample), strict=False))
    if traditional == simplified:
        return declared if declared.lower().startswith("zh-han") else "zh-Hans"
    return "zh-Hant" if traditional > simplified else "zh-Hans"


@cache
def _converter(name: str) -> Any:
    from opencc import OpenCC

    return OpenCC(name)
