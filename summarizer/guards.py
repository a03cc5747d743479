"""Two Features → why they can never share a story. Judged before likeness. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from . import terms
from .features import DRAFT_TYPES, Features
from .pairs import overlap, subject

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
        or ("stage" if a.stage and b.stage and a.stage != b.stage else "")
        or _series(a, b)
        or _parties(a, b)
        or _instruments(a, b)
        or _act_and_rule(a, b)
        or _issuers(a, b)
        or _offices(a, b)
        or _forms(a, b)
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
    if not a.ordinals or not b.ordinals:
        return ""
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
    if not (a.single_party and b.single_party):
        return ""
    if (a.text_hash and a.text_hash == b.text_hash) or same_case(a, b):
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
    if not a.instruments or not b.instruments:
        return ""
    if exact := a.instruments & b.instruments:
        return max(exact, key=lambda name: (len(name), name))
    for x in _longest_first(a.instruments):
        for y in _longest_first(b.instruments):
            short, long = sorted((x, y), key=len)
            if len(short) >= 6 and long.endswith(short) and not (a.official and b.official):
                return long
    return ""


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def same_case(a: Features, b: Features) -> str:
    """Return the number that two pages on one case cite: the press release and the order that it announces.

    A name must be shared too: two cases may cite one rule.
    """
    left, right = a.cited | a.own, b.cited | b.own
    shared = left & right
    return min(shared) if shared and _latin(a) & _latin(b) else ""


def _latin(features: Features) -> set[str]:
    """Return the Latin names of a title."""
    return {term for term in features.bridge_title if term.startswith("l:")}


def _instruments(a: Features, b: Features) -> str:
    """Both issue or report an instrument, and not the same one."""
    if a.instruments and b.instruments and not related(a, b):
        return f"instrument:{min(a.instruments)}≠{min(b.instruments)}"
    return ""


SANCTIONS = frozenset({"penalty", "enforcement", "supervisory_measure", "market_ban"})
RULES = DRAFT_TYPES | {
    "law", "administrative_regulation", "regulations", "regulation", "directive", "measures",
    "interim_measures", "provisions", "detailed_rules", "rules", "final_rule", "interim_final_rule",
    "technical_standards", "guiding_opinions", "implementing_opinions", "opinions", "guidelines", "guide",
    "guidance", "policy_statement", "supervisory_statement", "standards", "code",
}  # fmt: skip


def _act_and_rule(a: Features, b: Features) -> str:
    """A sanction of one party, and a rule for all in which no concept, figure or name of it is found.

    One regulator does both on one day, in like words. A report of the sanction that names the rule which
    was broken tells the measure, the amount or the matter too.
    """
    if not (a.types or b.types):
        return ""  # nearly all news
    for act, rule in ((a, b), (b, a)):
        sanction = act.types & SANCTIONS and not act.types & RULES
        ruled = (rule.instruments or rule.types & RULES) and not rule.types & SANCTIONS
        strange = sanction and ruled and not related(act, rule)
        if strange and not subject(act.bridge).keys() & subject(rule.bridge).keys():
            return "kind:sanction≠rule"
    return ""


def _issuers(a: Features, b: Features) -> str:
    """Pages of two issuers, neither of which names the other: one rule of two bureaus is two events."""
    if not (a.official and b.official and a.issuers and b.issuers) or a.issuers & b.issuers:
        return ""
    named = any(f"b:{i}" in b.bridge for i in a.issuers) or any(f"b:{i}" in a.bridge for i in b.issuers)
    return "" if named else f"issuer:{min(a.issuers)}≠{min(b.issuers)}"


def _offices(a: Features, b: Features) -> str:
    """One measure of two regional offices that may share a site: 上海金融监管局关于…, 深圳金融监管局关于…"""
    if a.office and b.office and a.office != b.office:
        return f"office:{a.office}≠{b.office}"
    return ""


ONE_FORM = 0.5
"""Share of two titles that is the same words in the same order, from which they are one form filled in."""


def _forms(a: Features, b: Features) -> str:
    """Two titles of one source in one form, filled with different names or figures: two reports.

    Of an issuer any two words of weight in one place tell two acts apart; an outlet varies its words on one
    event, so there it takes another subject, names, or figures of which none is shared.
    """
    if a.source_id != b.source_id or a.chinese != b.chinese or a.title == b.title:
        return ""
    if related(a, b) or same_case(a, b):
        return ""
    found = SequenceMatcher(None, a.wording, b.wording, autojunk=False)
    size = sum(map(len, a.wording)) + sum(map(len, b.wording))
    blocks = found.get_matching_blocks()
    same = sum(len(word) for block in blocks for word in a.wording[block.a : block.a + block.size])
    if not size or 2 * same / size < ONE_FORM:
        return ""
    for kind, a1, a2, b1, b2 in found.get_opcodes():
        if kind == "replace":
            left, right = _telling(a.wording[a1:a2]), _telling(b.wording[b1:b2])
            subject = a1 == b1 == 0
            other = left and right and not left & right
            if other and (a.official or subject or _decisive(left, right, a, b)):
                return f"form:{min(left)}≠{min(right)}"
    return ""


def _telling(words: tuple[str, ...]) -> set[str]:
    return {w for w in words if w[0].isdigit() or terms.weight(terms.stem(w)) >= terms.LIGHTEST}


def _decisive(left: set[str], right: set[str], a: Features, b: Features) -> bool:
    if a.figures and b.figures and not a.figures & b.figures:
        return True
    return bool(left & a.names and right & b.names)
