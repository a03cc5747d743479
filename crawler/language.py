"""Which language tag a text deserves, by its script alone; what the source declares is the tie-breaker."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Enough to tell a script; a long page costs no more than a short one.
_SAMPLE = 2000
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile("[A-Za-z]")
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))
_TAG = re.compile("[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")
_KANA_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7a3]")


def our_tag(declared: str) -> str:
    """Return our tag for a declared one, "" for what is none; of Chinese the script counts."""
    lower = declared.strip().lower().replace("_", "-")
    if lower == "zh" or lower.startswith("zh-"):
        said = lower.split("-")
        return "zh-Hant" if "hans" not in said and not _TRADITIONAL.isdisjoint(said) else "zh-Hans"
    return lower.partition("-")[0] if _TAG.fullmatch(lower) else ""


def language_of(text: str, *, declared: str) -> str:
    """Return ``en``, ``zh-Hans`` or ``zh-Hant``, or the declared tag where the script does not say more.

    An English page that quotes a Chinese name stays English: a Han character weighs about as much
    as three Latin letters, so Han must make up a quarter to decide.
    """
    sample = text[:_SAMPLE]
    han, latin = len(_HAN.findall(sample)), len(_LATIN.findall(sample))
    if not han and not latin:
        return declared
    if _KANA_HANGUL.search(sample):
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
