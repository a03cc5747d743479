"""Names of bodies: what body a written name means, and who signs on a line of names.

An office inside a body counts as that body. A branch has an id of its own, ``PBC-branch``, a Body of low level:
what a branch does is never said to be done by its head office.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re

from dibao.store import Body

from .reading import Part, Reading

_OFFICE = r"(?:综合司|办公厅|办公室|秘书局|综合业务司|党组|党委)"
_BRANCH = (
    r"(?:(?!发布|印发|公布|对|就|关于|联合|的|等|和(?![浩田平县])|与|在|因|向|，|开出|披露|决定)[\u4e00-\u9fff]){2,12}?"
    r"(?:中心支行|分行|支行|营业管理部|监管分局|监管支局|监管局|证监局|银保监局|银保监分局|外汇管理部|上海总部|专员办事处"
    r"|(?<!管理)分局|稽查局)"
)
BRANCH = re.compile(_BRANCH)
LOCAL = (
    (re.compile(r"[\u4e00-\u9fff]{2,7}(?:银保监分?局)"), "CBIRC"),
    (re.compile(r"[\u4e00-\u9fff]{2,7}(?:银监分?局)"), "CBRC"),
    (re.compile(r"[\u4e00-\u9fff]{2,7}(?:证监局)"), "CSRC"),
    (re.compile(r"[\u4e00-\u9fff]{2,7}金融监管[分支]?局"), "NFRA"),
    (re.compile(r"[\u4e00-\u9fff]{2,7}外汇(?:管理)?分局"), "SAFE"),
)
_OF_SOURCE = (
    (re.compile(r"[\u4e00-\u9fff]{2,7}监管局|[\u4e00-\u9fff]{2,7}稽查局"), "CSRC"),
    (re.compile(r"[\u4e00-\u9fff]{2,7}监管[分支]?局"), "NFRA"),
    (re.compile(r"[\u4e00-\u9fff]{2,7}(?:分行|中心支行|支行|营业管理部)"), "PBC"),
    (re.compile(r"[\u4e00-\u9fff]{2,7}(?:分局|中心支局|支局)"), "SAFE"),
)
"""Names that offices of several bodies have: on the pages of one body they are its own."""


def resolve(reading: Reading, name: str) -> Body | None:
    """Return the body that a written name means: itself, the body of an office, the branches of a body."""
    bare = re.sub(r"\s+", "", name) if re.search("[\u4e00-\u9fff]", name) else " ".join(name.split())
    lookup = reading.glossary.body_of
    jurisdiction = reading.source.jurisdiction
    found = lookup(bare, jurisdiction=jurisdiction) or lookup(
        bare.removeprefix("the ").removeprefix("The "), jurisdiction=jurisdiction
    )
    if found is not None:
        return found
    parent = re.sub(rf"{_OFFICE}$", "", bare)
    if parent != bare:
        return resolve(reading, parent)
    for start in range(len(bare) - 1, 1, -1):
        body = lookup(bare[:start], jurisdiction=jurisdiction)
        if body is not None:
            return _branch(reading, body) if BRANCH.fullmatch(bare, start) else None
    for pattern, id in LOCAL:
        if pattern.fullmatch(bare):
            return _branch(reading, reading.glossary.bodies[id])
    for pattern, id in _OF_SOURCE if reading.official else ():
        if reading.source.acronym == id and pattern.fullmatch(bare):
            return _branch(reading, reading.glossary.bodies[id])
    return None


def _branch(reading: Reading, parent: Body) -> Body:
    return reading.glossary.bodies.get(f"{parent.id}-branch", parent)


_OFFICER_LINE = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,30}?)(?:代)?(?:行长|局长|主席|主任|部长|署长|会长)[：:\s]{1,8}[\u4e00-\u9fff·\s]{2,8}"
)


def signers(reading: Reading, part: Part, span: tuple[int, int]) -> tuple[tuple[tuple[int, int], Body], ...]:
    """Return the bodies that a line of a signature names, with their places; none unless it is names throughout."""
    text = part.text[span[0] : span[1]]
    officer = _OFFICER_LINE.fullmatch(text)
    if officer is not None:
        span = span[0], span[0] + officer.end("body")
        text = officer["body"]
    whole = resolve(reading, re.sub(r"\s+", "", text))
    if whole is not None:
        return ((span, whole),)
    found = []
    for match in re.finditer(r"[^、\s]+", text):
        body = resolve(reading, match.group())
        if body is None:
            return ()
        found.append(((span[0] + match.start(), span[0] + match.end()), body))
    return tuple(found)
