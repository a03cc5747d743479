"""Which instrument an English paper is about: its title without what changes between a draft and the final text.

"CP26/9: Safeguarding for stablecoin issuers" and "PS26/14: Safeguarding for stablecoin issuers – final rules" of one
issuer have one value, ``FCA: safeguarding stablecoin issuer``. The docket of a rulemaking is a second name of it. A
rule that the glossary knows by its Chinese title has that, so that both languages name it alike.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import Fact

from .reading import Reading

TYPES = frozenset({
    "consultation", "proposed_rule", "advance_notice", "discussion_paper", "final_rule", "interim_final_rule", "policy_statement",
    "supervisory_statement", "technical_standards", "guidelines", "guidance", "regulation", "directive", "standards", "code",
    "circular", "conclusions", "measures", "interim_measures", "provisions", "detailed_rules", "rules", "notice", "law",
})  # fmt: skip
"""Types that are an instrument in one of its stages."""
_PREFIX = re.compile(
    r"^(?:[A-Z]{1,8}\s?[0-9]{1,4}[/-][0-9]{1,4}|(?:[A-Z][A-Za-z]{1,14}\s){1,3}[0-9][0-9/-]{0,9})\s?[:–—-]\s*"
)
_ASIDE = re.compile(r"[(\[][^()\[\]]{0,40}[)\]]")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9&.'’-]*")
_COMMON = (
    "a an and are as at by for from in into is it its of on or our that the their this to under we with us how your out set sets"
    " issue issues issued publish publishes published release releases released announce announces announced adopt adopts adopted"
    " propose proposes proposed finalise finalises finalised finalize finalizes finalized approve approves approved launch launches"
    " launched consult consults consulting seek seeks invite invites request requests requesting extend extends extension reopen"
    " reopens withdraw withdraws repeal repeals rescission delay delays delayed conclude concludes confirm confirms update updates updated"
    " amend amends amending amendment amendments revise revised revision revisions change changes new final draft interim joint"
    " public further supplemental rule rules rulemaking regulation regulations consultation consultations paper policy statement"
    " guidance guideline guidelines circular notice standard standards technical regulatory implementing comment comments feedback"
    " response responses conclusion conclusions period input views evidence call discussion advance effective compliance date"
    " correction today agencies board directors chair staff text texts report proposal proposals instrument requirements"
)
"""Words that change on the way from a draft to the final text, or say nothing of what it is about."""
_LEFT_OUT = frozenset(_COMMON.split())
_FEWEST_WORDS, _FEWEST_LETTERS = 2, 12
_DOCKET = re.compile(r"RIN [0-9]{4}-[A-Z]{2}[0-9]{2}|File No\. S7-.+|Docket .+|CFPB-[0-9]{4}-[0-9]{4}")
_DOCKET_HEAD = 2500
_DOCKET_TYPES = frozenset(
    {"consultation", "proposed_rule", "advance_notice", "final_rule", "interim_final_rule", "correction"}
)


def read_english(reading: Reading, type_: str, issuers: tuple[str, ...]) -> Iterator[Fact]:
    """Yield the names under which other papers of its line know the instrument of an official paper."""
    if not reading.official:
        return
    title = reading.title
    if type_ in TYPES:
        law = _known(reading)
        key = title_key(title.text, issuers[0], _bodies(reading)) if issuers and not law else ""
        if law or key:
            yield reading.fact("instrument", law or key, title, (0, len(title.text)), confidence=0.8)
    if type_ in _DOCKET_TYPES:
        yield from _dockets(reading)


def title_key(title: str, issuer: str, bodies: tuple[tuple[int, int], ...] = ()) -> str:
    """Return the comparison form of an instrument's English title, empty when too little of it is its own.

    ``bodies``: places of names of bodies and of numbers in the title, which are left out.
    """
    whole = title
    for start, end in reversed(bodies):
        title = title[:start] + " " * (end - start) + title[end:]
    prefix = _PREFIX.match(whole)
    bare = _ASIDE.sub(" ", title[prefix.end() if prefix else 0 :])
    words = [
        _one(word) for word in map(_plain, _WORD.findall(bare)) if len(word) > 1 and word not in _LEFT_OUT
    ]
    if len(words) < _FEWEST_WORDS or sum(map(len, words)) < _FEWEST_LETTERS:
        return ""
    return f"{issuer}: {' '.join(words)}"


def _plain(word: str) -> str:
    return word.lower().rstrip(".").removesuffix("'s").removesuffix("’s")


def _one(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _bodies(reading: Reading) -> tuple[tuple[int, int], ...]:
    hits = [(hit.start, hit.end) for hit in reading.hits(reading.title) if hit.entry.kind == "org"]
    numbers = [(number.start, number.end) for number in reading.numbers(reading.title)]
    return tuple(sorted((*hits, *numbers)))


def _known(reading: Reading) -> str:
    """The Chinese title of a rule of the glossary, when the title says nothing but that it is issued."""
    if reading.source.jurisdiction != "CN":
        return ""
    laws = [hit for hit in reading.hits(reading.title) if hit.entry.kind == "law"]
    if len(laws) != 1:
        return ""
    places = (*_bodies(reading), (laws[0].start, laws[0].end))
    if title_key(reading.title.text, "-", tuple(sorted(places))):
        return ""
    return "《" + "".join(reading.glossary.preferred(laws[0].entry.id).zh.split()) + "》"


def _dockets(reading: Reading) -> Iterator[Fact]:
    """The first docket of each series at the head: under it a proposal, its extensions and the final rule stand."""
    seen: set[str] = set()
    for part in (*reading.body, *(part for label, part in reading.labels if label in _DOCKET_LABELS)):
        for number in reading.numbers(part):
            series = number.value[:4]
            if number.start < _DOCKET_HEAD and series not in seen and _DOCKET.match(number.value):
                seen.add(series)
                yield reading.fact("instrument", number.value, part, (number.start, number.end))


_DOCKET_LABELS = ("RIN", "DocketID", "Docket", "DocketNo", "FileNo")
