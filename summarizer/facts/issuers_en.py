"""Who issued an English item: the bodies of a gazette, committees that a publisher hosts, and those that a report names."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import Fact

from .bodies import resolve
from .named_bodies import group_facts, groups, heads, source_itself
from .reading import Part, Reading

_VERBS = (
    "issue|release|publish|announce|adopt|propose|finali[sz]e|unveil|launch|consult|charge|fine|approve|seek|impose|warn"
    "|update|set|order|sanction|revoke|extend|amend|introduce|outline|call|ban|penali[sz]e|withdraw|repeal|rescind|said|say"
    "|sue|commence|file|accuse|prosecute|obtain|secure|win|won|start|began|begun|begin|bar|suspend|cancel|reprimand|censure|settle"
    "|grant|delay|postpone|clarif|scrap|tighten|ease|cap|request|invite|solicit|seek|sought|require|took|take|taken|told|tell"
)
_DONE = "has|have|had|is|are|was|today|yesterday|on [A-Z][a-z]+day|on [A-Z][a-z]+ [0-9]{1,2}|jointly|also|formally|recently"


def _releases(auxiliaries: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:\s[–—-]\s(?:the\s)?\w{{2,8}})?\)?(?:\s?\([A-Za-z]{{2,8}}\))?,?(?:\s(?:{auxiliaries})){{0,4}}"
        rf"\s(?:{_VERBS})(?:s|es|d|ed|ned|ning|ing|y|ies|ied|red|ring)?\b",
        re.IGNORECASE,
    )


_RELEASE, _WILL_RELEASE = _releases(_DONE), _releases(f"{_DONE}|will|to")
_WISHED = re.compile(
    r"\b(?:expect(?:s|ed)?|want(?:s|ed)?|urg(?:es?|ed)|ask(?:s|ed)?|press(?:es|ed)?|call(?:s|ed)? on|wait(?:s|ed|ing)? for|allow(?:s|ed)?|force[sd]?|push(?:es|ed)?|lobb\w+)\s(?:the\s)?$"
)
"""Before a body's name: what others wish that it may do."""
_TOLD = re.compile(r"\b(?:said|says?|told|tells?|calls?|called)$", re.IGNORECASE)
"""Words by which a body only speaks: it issued nothing where a report tells of no act."""
_LONG_NAME = r"(?:[A-Z][^.;()]{3,90}\s?\()?"
"""The name before its short form in brackets."""
_JOINTLY_WITH = re.compile(
    rf"\b(?:issued|released|published|launched|adopted|announced)\b[^.;]{{0,60}}\b(?:jointly|together) with (?:the )?{_LONG_NAME}$|, (?:jointly|together) with (?:the )?{_LONG_NAME}$"
)
_WITH_OTHERS = re.compile(
    rf"\b(?:drawn\sup|drafted|formulated|developed|prepared|(?:co-)?issued|released|published|jointly\s\w{{3,12}})(?:,?\s(?:jointly|together|also))?\s(?:with|alongside)\s(?:the\s)?{_LONG_NAME}$"
)
"""Before the names of those who issue a paper with the first: drawn up with."""
_BY_ALL = re.compile(r"\b(?:[Jj]oint|[Jj]ointly)\b[^.;\n]{0,60}\b(?:by|of|from)\s(?:the\s)?$")
"""Before the names of all who issue a paper together: issued jointly by."""
_EU_ACT = re.compile(
    r"^(?P<commission>Commission) (?:Delegated|Implementing|Regulation|Directive|Decision)"
    r"|\bof the (?P<parliament>European Parliament) and of the (?P<council>Council)\b|^(?P<alone>Council) (?:Regulation|Directive|Decision)"
)
_EU_ACTORS = {"commission": "EC", "parliament": "EP", "council": "EUCO", "alone": "EUCO"}


def is_portal(reading: Reading) -> bool:
    """Whether the source only carries what others issue: gazettes and collections of laws."""
    return reading.source.id in ("us-federalregister", "eu-eurlex")


def first_named(reading: Reading) -> Iterator[Fact]:
    """The bodies that a gazette's document names first: "Commission Delegated Regulation", "The CFPB is amending"."""
    title = reading.title
    act = _EU_ACT.search(title.text)
    if act:
        found = [(act.span(name), id) for name, id in _EU_ACTORS.items() if act[name]]
        yield from (reading.fact("issuer", id, title, span, confidence=0.95) for span, id in found)
        return
    for part in reading.body:
        line = _AGENCY_LINE.search(part.text, 0, _AGENCY_HEAD)
        named = list(_agencies(reading, part, line)) if line else []
        if named:
            yield from named
            return
    captions = list(_captions(reading))
    if captions:
        yield from captions
        return
    for part, end in heads(reading):
        for group in groups(reading, part, end):
            yield from group_facts(reading, part, group, confidence=0.9)
            return


_CAPTION = re.compile(r"^[ \t]{0,8}(?P<name>[A-Z][A-Z ,.&'-]{7,90}[A-Z])[ \t]{0,8}$", re.MULTILINE)
_SMALL = re.compile(r"\b(?:Of|And|The|For|On)\b")


def _captions(reading: Reading) -> Iterator[Fact]:
    """The body whose name in capitals opens a gazette's document: SECURITIES AND EXCHANGE COMMISSION."""
    for part in reading.body:
        match = _CAPTION.match(part.text)
        name = _SMALL.sub(lambda m: m.group().lower(), match["name"].title()) if match else ""
        body = resolve(reading, name) if name else None
        if match and body is not None:
            yield reading.fact("issuer", body.id, part, match.span("name"), confidence=0.9)
            return


_AGENCY_LINE = re.compile(r"^\s{0,8}AGENC(?:Y|IES):\s{0,3}(?P<agencies>[^\n]{3,400})", re.MULTILINE)
_AGENCY_HEAD = 2500


def _agencies(reading: Reading, part: Part, line: re.Match[str]) -> Iterator[Fact]:
    """The agencies of a gazette's agency line: the first of each entry, which a comma divides from its department."""
    at = line.start("agencies")
    for entry in line["agencies"].split(";"):
        hit = next((h for h in reading.glossary.find(entry, "en") if h.entry.kind == "org"), None)
        if hit is not None:
            yield reading.fact("issuer", hit.entry.id, part, (at + hit.start, at + hit.end), confidence=0.95)
        at += len(entry) + 1


def announcing(reading: Reading) -> Iterator[Fact]:
    """Another body than the source's own that opens an English title and releases something: a committee it hosts.

    In a text the source's own must be among several that do so together.
    """
    if reading.lang == "zh":
        return
    title = reading.title
    for group in groups(reading, title, len(title.text)):
        opens = re.fullmatch(r"(?:[Tt]he\s)?", title.text[: group[0].start])
        if opens and _WILL_RELEASE.match(title.text, group[-1].end):
            yield from group_facts(reading, title, group, confidence=0.95)
            return
        break
    joint = _by_all(reading)
    if joint:
        yield from joint
        return
    own: set[str] = set()
    for part, end in heads(reading):
        for group in groups(reading, part, end):
            own = own or {fact.value for fact in source_itself(reading)}
            ids = {named.id for named in group}
            together = len(ids) > 1 and own & ids
            before = part.text[max(0, group[0].start - 160) : group[0].start]
            if not own & ids and _JOINTLY_WITH.search(before):
                yield from source_itself(reading)
                yield from group_facts(reading, part, group, confidence=0.85)
                return
            if together and part.field != "title" and _RELEASE.match(part.text, group[-1].end):
                yield from group_facts(reading, part, group, confidence=0.9)
                return


def _by_all(reading: Reading) -> list[Fact]:
    """All who issue a paper together, as it says itself behind its first lines, when the source is one of them."""
    for part in reading.body:
        head = part.text[:_JOINT_HEAD]
        if "joint" not in head and "Joint" not in head:
            continue
        for group in groups(reading, part, _JOINT_HEAD):
            if len(group) > 1 and _BY_ALL.search(part.text, max(0, group[0].start - 120), group[0].start):
                own = {fact.value for fact in source_itself(reading)} | {*_HOSTED.get(reading.source.id, ())}
                if own & {named.id for named in group}:
                    return list(group_facts(reading, part, group, confidence=0.9))
    return []


_JOINT_HEAD = 1500
_HOSTED = {"uk-boe-pra": ("PRA",), "int-bis": ("BCBS", "CPMI")}
"""Sources that carry the papers of bodies inside the publisher."""
_COMMITTEES = frozenset({"int-bis"})
"""Hosts whose page opens with lines that are no sentences: the committee is the first body of its head."""
_HEAD_SENTENCES = 5
_HOSTED_SERIES = re.compile(r"(?:CP|PS|SS|DP|SoP)\s?[0-9]{1,2}/[0-9]{2}\b")
"""The Prudential Regulation Authority counts its papers within the year: SS2/26."""


def hosted(reading: Reading, type_: str) -> Iterator[Fact]:
    """The body inside the publisher whose paper this is: by its series, or named in the first sentence."""
    ids = _HOSTED.get(reading.source.id, ())
    if not ids or type_ == "speech" or reading.lang == "zh":
        return
    series = _HOSTED_SERIES.match(reading.title.text)
    if series and ids == ("PRA",):
        yield reading.fact("issuer", ids[0], reading.title, series.span(), confidence=0.9)
        return
    for part in (reading.title, *reading.body[:1]):
        opening = _HEAD_SENTENCES if reading.source.id in _COMMITTEES else 1
        end = part.sentences[:opening][-1][1] if part.sentences else len(part.text)
        first = next((hit for hit in reading.hits(part) if hit.entry.kind == "org" and hit.start < end), None)
        if first is not None and first.entry.id in ids:
            yield reading.fact("issuer", first.entry.id, part, (first.start, first.end), confidence=0.9)
        if first is not None:
            return


def released_english(reading: Reading, type_: str) -> Iterator[Fact]:
    """Bodies that a report says issued something: a name, or several joined, before a verb of release."""
    no_act = type_ == "news_report"
    for verb in (_RELEASE, _WILL_RELEASE):
        found: list[Fact] = []
        for part, end in heads(reading):
            for group in groups(reading, part, end):
                before = part.text[max(0, group[0].start - 160) : group[0].start]
                match = verb.match(part.text, group[-1].end)
                released = (
                    match and not _WISHED.search(before) and not (no_act and _TOLD.search(match.group()))
                )
                if (not found and released) or (found and _WITH_OTHERS.search(before)):
                    found += group_facts(reading, part, group, confidence=0.9)
        if found:
            yield from found
            return
