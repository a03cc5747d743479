"""Two Features → why they can never share a story. Judged before likeness. Pure."""

from __future__ import annotations

import re

from .features import Features
from .pairs import overlap

LISTED = frozenset({"批", "次", "期", "轮", "号", "届", "辑", "phase", "part"})
"""Members of a numbered series: 第十二批 is never 第十三批."""

PERIODS = frozenset({"year", "quarter", "month", "day"})
"""These differ inside one event too (2025 in one title, 2026 in another); only between titles that are
otherwise one they tell this year's document from last year's."""

SAME_SKELETON = 0.6


def apart(a: Features, b: Features) -> str:
    """Return the machine-readable reason why two items never share a story; empty when nothing forbids it.

    The same own number overrules all else.
    """
    if a.own & b.own:
        return ""
    return (
        _numbers(a, b)
        or ("stage" if {a.stage, b.stage} == {"draft", "final"} else "")
        or _series(a, b)
        or _parties(a, b)
        or _instruments(a, b)
        or _issuers(a, b)
    )


def _numbers(a: Features, b: Features) -> str:
    """Different numbers of one series, or any two different Chinese numbers: a document has but one.

    Of other countries' numbers only those of one series compare: one SEC act has a press release number, a
    release number and a file number; one interagency rule has a number of each agency.
    """
    left, right = a.own or a.named, b.own or b.named
    if not left or not right or left & right:
        return ""
    for x in sorted(left):
        for y in sorted(right):
            if (x.endswith("号") and y.endswith("号")) or _series_of(x) == _series_of(y):
                return f"number:{x}≠{y}"
    return ""


def _series_of(number: str) -> str:
    """Return the number with its last run of digits, and the year, taken out."""
    bare = re.sub(r"(?:19|20)\d\d", "", number)
    return re.sub(r"\d+(?=\D*$)", "#", bare)


def same_skeleton(a: Features, b: Features) -> bool:
    """Say whether two titles are one but for figures and marks."""
    if a.skeleton == b.skeleton:
        return len(a.skeleton) >= 4
    left, right = _pairs(a.skeleton), _pairs(b.skeleton)
    return overlap(left, right) >= SAME_SKELETON


def _pairs(text: str) -> dict[str, float]:
    return {text[at : at + 2]: 1.0 for at in range(len(text) - 1)}


def _series(a: Features, b: Features) -> str:
    for kind in sorted({kind for kind, _ in a.ordinals} & {kind for kind, _ in b.ordinals}):
        left = {value for k, value in a.ordinals if k == kind}
        right = {value for k, value in b.ordinals if k == kind}
        if left & right:
            continue
        if kind in LISTED or (kind in PERIODS and same_skeleton(a, b)):
            return f"series:{kind}:{min(left)}≠{min(right)}"
    return ""


def _parties(a: Features, b: Features) -> str:
    """Acts on single parties: two of one source are two, whatever their words; else a name must be shared.

    One act on two pages of a source: the order and the press release, each with its own series of numbers.
    """
    alike = (a.text_hash and a.text_hash == b.text_hash) or same_case(a, b)
    if not (a.single_party and b.single_party) or alike:
        return ""
    if a.source_id == b.source_id and a.official and not (a.own and b.own and _latin(a) & _latin(b)):
        return "party:one source"
    if a.chinese == b.chinese:
        return "" if a.names & b.names else "party"
    shared = {t for t in a.bridge.keys() & b.bridge.keys() if t[:2] in ("l:", "f:", "b:")}
    return "" if len(shared) >= 2 else "party"


def related(a: Features, b: Features) -> str:
    """Return the instrument that both issue or report, empty when none.

    Reports shorten names: 《数据安全管理办法》 for 《银行保险机构数据安全管理办法》.
    """
    if exact := a.instruments & b.instruments:
        return max(exact, key=lambda name: (len(name), name))
    for x in sorted(a.instruments, key=len, reverse=True):
        for y in sorted(b.instruments, key=len, reverse=True):
            short, long = sorted((x, y), key=len)
            if len(short) >= 6 and long.endswith(short) and not (a.official and b.official):
                return long
    return ""


def same_case(a: Features, b: Features) -> str:
    """Return the number that two pages on one case cite: the press release and the order that it announces.

    A name must be shared too: two cases may cite one rule.
    """
    shared = (a.cited | a.own) & (b.cited | b.own)
    return min(shared) if shared and _latin(a) & _latin(b) else ""


def _latin(features: Features) -> set[str]:
    """Return the Latin names of a title."""
    return {term for term in features.bridge_title if term.startswith("l:")}


def _instruments(a: Features, b: Features) -> str:
    """Both issue or report an instrument, and not the same one."""
    if a.instruments and b.instruments and not related(a, b):
        return f"instrument:{min(a.instruments)}≠{min(b.instruments)}"
    return ""


def _issuers(a: Features, b: Features) -> str:
    """Pages of two issuers, neither of which names the other: one rule of two bureaus is two events."""
    if not (a.official and b.official and a.issuers and b.issuers) or a.issuers & b.issuers:
        return ""
    named = any(f"b:{i}" in b.bridge for i in a.issuers) or any(f"b:{i}" in a.bridge for i in b.issuers)
    return "" if named else f"issuer:{min(a.issuers)}≠{min(b.issuers)}"
