"""Who issued what an item is or reports: body ids of the glossary, joint issuers in their order.

An office inside a body counts as that body. A branch has an id of its own, ``PBC-branch``, a Body of low level:
what a branch does is never said to be done by its head office; ``shown`` is the branch's own name.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import Body, Fact

from ..glossary import Hit
from .reading import Part, Reading

_LABELS = (
    "发文机关", "发布机构", "发文单位", "制定机关", "发布单位", "发布机关", "作出处罚决定的机关名称", "作出决定机关",
    "作出处罚决定的机关", "处罚机关", "發布機關", "IssuingAuthority", "Issuer", "Agency", "Agencies",
)  # fmt: skip
_SEPARATORS = re.compile(r"[、,，;；\s/]+|(?<=[局会部行院委署])和|\band\b")
_OFFICE = r"(?:综合司|办公厅|办公室|秘书局|综合业务司|党组|党委)"
_BRANCH = (
    r"[\u4e00-\u9fff]{2,12}?(?:中心支行|分行|支行|营业管理部|监管分局|监管局|证监局|银保监局|银保监分局|外汇管理部|上海总部"
    r"|(?<!管理)分局|稽查局)"
)
_LOCAL = (
    (re.compile(r"[\u4e00-\u9fff]{2,7}(?:银保监分?局)"), "CBIRC"),
    (re.compile(r"[\u4e00-\u9fff]{2,7}(?:银监分?局)"), "CBRC"),
    (re.compile(r"[\u4e00-\u9fff]{2,7}(?:证监局)"), "CSRC"),
    (re.compile(r"[\u4e00-\u9fff]{2,7}金融监管(?:分)?局"), "NFRA"),
)
_RELEASE_ZH = re.compile(
    r"[\s，,]{0,2}(?:等[一二三四五六七八九十0-9]{1,3}?(?:个)?(?:部门|部委|单位|机构))?"
    r"(?:常务会议|办公厅|办公室|官网|网站|有关部门|正式|联合|近日|日前|今日|今天|昨日|昨天|当日|周[一二三四五六日]|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}日"
    r"|在|于|就|已|也|将|共同|公开|修订|研究|制定|起草|会同|[（(][^（）()]{1,20}[)）]|\s|，|、){0,8}"
    r"(?:并|了)?(?:决定|宣布|上调|下调|召开|审议通过|发布|印发|下发|公布|出台|颁布|发文|通报|推出|公开征求|征求|就《|对外发布|公告|答复|表示|约谈|批准|批复|对[^。，]{0,20}(?:处|罚))"
)
_VERBS_EN = (
    "issue|release|publish|announce|adopt|propose|finali[sz]e|unveil|launch|consult|charge|fine|approve|seek|impose|warn"
    "|update|set|order|sanction|revoke|extend|amend|introduce|outline|call|ban|penali[sz]e|withdraw|repeal|rescind|said|say"
    "|sue|commence|file|accuse|prosecute|obtain|secure|win|won|start|began|begun|begin|bar|suspend|cancel|reprimand|censure|settle"
    "|grant|delay|postpone|clarif|scrap|tighten|ease|cap|request|invite|solicit|seek|sought|require|took|take|taken|told|tell"
)
_DONE = "has|have|had|is|are|was|today|yesterday|on [A-Z][a-z]+day|on [A-Z][a-z]+ [0-9]{1,2}|jointly|also|formally|recently"


def _releases(auxiliaries: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:\s[–—-]\s(?:the\s)?\w{{2,8}})?\)?(?:\s?\([A-Za-z]{{2,8}}\))?,?(?:\s(?:{auxiliaries})){{0,4}}"
        rf"\s(?:{_VERBS_EN})(?:s|es|d|ed|ned|ning|ing|y|ies|ied|red|ring)?\b",
        re.IGNORECASE,
    )


_RELEASE_EN, _WILL_RELEASE_EN = _releases(_DONE), _releases(f"{_DONE}|will|to")
_JOIN = re.compile(
    r"[\s、,，;；·/)]{0,3}(?:和|与|及|会同|联合|&|and|(?:together|jointly|along|in conjunction) with)?[\s]{0,2}(?:the\s)?",
    re.IGNORECASE,
)
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
_TITLE_STOP = re.compile(r"关于|转发|批转|印发|发布|公布|对|就|令|公告|有关|行政处罚|行政监管")
_HEAD_SENTENCES = 3


def read_issuers(reading: Reading, *, type: str) -> Iterator[Fact]:
    """Yield the issuers from the best ground there is: label, title, signature or release verb, the source itself.

    ``type``: the document type that was read, empty when none was.
    """
    for ground in _grounds(reading, type):
        facts = list({f.value: f for f in reversed(list(ground))}.values())[::-1]
        if facts:
            yield from facts
            return


def _grounds(reading: Reading, type_: str) -> Iterator[Iterator[Fact]]:
    yield _labelled(reading)
    if reading.official:
        yield _title_start(reading)
        if _is_portal(reading):
            yield _first_named(reading)
            return
        yield _announcing(reading)
        yield _hosted(reading, type_)
        if reading.source.id not in _GOVERNMENT_PORTALS:
            yield _source_itself(reading)
        else:
            yield _by_decree(reading)
    else:
        yield _released(reading, type_)
        yield _title_colon(reading)


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
            return _branch(reading, body) if re.fullmatch(_BRANCH, bare[start:]) else None
    for pattern, id in _LOCAL:
        if pattern.fullmatch(bare):
            return _branch(reading, reading.glossary.bodies[id])
    return None


def _branch(reading: Reading, parent: Body) -> Body:
    return reading.glossary.bodies.get(f"{parent.id}-branch", parent)


def _labelled(reading: Reading) -> Iterator[Fact]:
    part = reading.label(*_LABELS)
    if part is not None:
        yield from _named(reading, part, 0, len(part.text), confidence=1.0)


def _named(reading: Reading, part: Part, start: int, end: int, *, confidence: float) -> Iterator[Fact]:
    """Yield the bodies of a list of names."""
    at = start
    for match in (*_SEPARATORS.finditer(part.text, start, end), None):
        stop = match.start() if match else end
        name = part.text[at:stop].strip()
        body = resolve(reading, name) if name else None
        if body is not None:
            begin = part.text.index(name, at)
            yield reading.fact("issuer", body.id, part, (begin, begin + len(name)), confidence=confidence)
        at = match.end() if match else end


def _title_start(reading: Reading) -> Iterator[Fact]:
    """Bodies named before 关于, 令 or 公告 at the start of an official title."""
    if reading.lang == "en":
        return
    stop = _TITLE_STOP.search(reading.title.text)
    end = stop.start() if stop else 0
    if 1 < end <= 120:
        yield from _named(reading, reading.title, 0, end, confidence=1.0)


def _source_itself(reading: Reading) -> Iterator[Fact]:
    """The publisher of an official source, when nothing on the page names another."""
    source = reading.source
    by_name = (
        reading.glossary.body_of(n, jurisdiction=source.jurisdiction)
        for n in (source.name_zh, source.name_en, source.acronym)
    )
    named = (
        reading.glossary.bodies.get(hit.entry.id)
        for hit in reading.glossary.find(source.name_en, "en")
        if hit.entry.kind == "org"
    )
    for body in (*by_name, reading.glossary.bodies.get(source.acronym), *named):
        if body is not None and body.jurisdiction == source.jurisdiction:
            yield reading.fact(
                "issuer", body.id, reading.title, (0, 0), shown=source.name(reading.lang),
                method="source", confidence=0.9,
            )  # fmt: skip
            return


_EU_ACT = re.compile(
    r"^(?P<commission>Commission) (?:Delegated|Implementing|Regulation|Directive|Decision)"
    r"|\bof the (?P<parliament>European Parliament) and of the (?P<council>Council)\b|^(?P<alone>Council) (?:Regulation|Directive|Decision)"
)
_EU_ACTORS = {"commission": "EC", "parliament": "EP", "council": "EUCO", "alone": "EUCO"}


# They carry the papers of all bodies of a government: the page alone does not tell who issued one.
_GOVERNMENT_PORTALS = frozenset({"cn-gov-zhengce", "cn-gov-yaowen", "hk-gov"})


def _by_decree(reading: Reading) -> Iterator[Fact]:
    """The State Council, when the paper bears the number of one of its decrees alone at its head."""
    for part in reading.body:
        for number in reading.numbers(part):
            if number.start < 200 and re.fullmatch(r"国务院令第[0-9]{1,4}号", number.value):
                before = part.text[max(0, number.start - 30) : number.start].rpartition("\n")[2]
                if not before.strip():
                    yield reading.fact("issuer", "SC", part, (number.start, number.end), confidence=0.95)
                    return


def _is_portal(reading: Reading) -> bool:
    """Whether the source only carries what others issue: gazettes and collections of laws."""
    return reading.source.id in ("us-federalregister", "eu-eurlex")


def _first_named(reading: Reading) -> Iterator[Fact]:
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
    for part, end in _heads(reading):
        for group in _groups(reading, part, end):
            yield from (
                reading.fact("issuer", hit.entry.id, part, (hit.start, hit.end), confidence=0.9)
                for hit in group
            )
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


def _announcing(reading: Reading) -> Iterator[Fact]:
    """Another body than the source's own that opens an English title and releases something: a committee it hosts.

    In a text the source's own must be among several that do so together.
    """
    if reading.lang == "zh":
        return
    title = reading.title
    for group in _groups(reading, title, len(title.text)):
        opens = re.fullmatch(r"(?:[Tt]he\s)?", title.text[: group[0].start])
        if opens and _WILL_RELEASE_EN.match(title.text, group[-1].end):
            yield from _as_facts(reading, title, group, 0.95)
            return
        break
    own: set[str] = set()
    for part, end in _heads(reading):
        for group in _groups(reading, part, end):
            own = own or {fact.value for fact in _source_itself(reading)}
            several = len({hit.entry.id for hit in group}) > 1
            together = several and own & {hit.entry.id for hit in group}
            before = part.text[max(0, group[0].start - 160) : group[0].start]
            if not own & {hit.entry.id for hit in group} and _JOINTLY_WITH.search(before):
                yield from _source_itself(reading)
                yield from _as_facts(reading, part, group, 0.85)
                return
            if together and part.field != "title" and _RELEASE_EN.match(part.text, group[-1].end):
                yield from _as_facts(reading, part, group, 0.9)
                return


def _as_facts(reading: Reading, part: Part, group: list[Hit], confidence: float) -> Iterator[Fact]:
    for hit in group:
        yield reading.fact("issuer", hit.entry.id, part, (hit.start, hit.end), confidence=confidence)


_HOSTED = {"uk-boe-pra": "PRA"}
"""Sources that carry the papers of a body inside the publisher."""
_HOSTED_SERIES = re.compile(r"(?:CP|PS|SS|DP|SoP)\s?[0-9]{1,2}/[0-9]{2}\b")
"""The Prudential Regulation Authority counts its papers within the year: SS2/26."""


def _hosted(reading: Reading, type_: str) -> Iterator[Fact]:
    """The body inside the publisher whose paper this is: by its series, or named in the first sentence."""
    id = _HOSTED.get(reading.source.id)
    if id is None or type_ == "speech" or reading.lang == "zh":
        return
    series = _HOSTED_SERIES.match(reading.title.text)
    if series:
        yield reading.fact("issuer", id, reading.title, series.span(), confidence=0.9)
        return
    for part in (reading.title, *reading.body[:1]):
        end = part.sentences[0][1] if part.sentences else len(part.text)
        first = next((hit for hit in reading.hits(part) if hit.entry.kind == "org" and hit.start < end), None)
        if first is not None and first.entry.id == id:
            yield reading.fact("issuer", id, part, (first.start, first.end), confidence=0.9)
        if first is not None:
            return


def _released(reading: Reading, type_: str) -> Iterator[Fact]:
    """Bodies that a report says issued something: a name, or several joined, before a verb of release."""
    for verb in (_RELEASE_ZH,) if reading.lang == "zh" else (_RELEASE_EN, _WILL_RELEASE_EN):
        found: list[Fact] = []
        no_act = type_ == "news_report"
        for part, end in _heads(reading):
            for group in _groups(reading, part, end):
                before = part.text[max(0, group[0].start - 160) : group[0].start]
                match = verb.match(part.text, group[-1].end)
                released = (
                    match and not _WISHED.search(before) and not (no_act and _TOLD.search(match.group()))
                )
                if (not found and released) or (found and _WITH_OTHERS.search(before)):
                    found += _as_facts(reading, part, group, 0.9)
        if found:
            yield from found
            return


def _heads(reading: Reading) -> Iterator[tuple[Part, int]]:
    """The title, and the first sentences of the body: where a report says who did what."""
    yield reading.title, len(reading.title.text)
    for part in reading.body:
        if part.sentences:
            yield part, part.sentences[:_HEAD_SENTENCES][-1][1]


def _groups(reading: Reading, part: Part, end: int) -> Iterator[list[Hit]]:
    """Bodies of a text that stand side by side, joined by commas and conjunctions, as one group."""
    text = part.text[:end]
    group: list[Hit] = []
    for hit in reading.hits(part):
        if hit.end > end:
            break
        if hit.entry.kind != "org":
            continue
        if group:
            gap = _JOIN.match(text, group[-1].end)
            acronym = re.fullmatch(r"\s?[（(]", text[group[-1].end : hit.start])
            if acronym and hit.entry.id == group[-1].entry.id:
                group[-1] = hit
                continue
            if gap is None or gap.end() < hit.start:
                yield group
                group = []
        group.append(hit)
    if group:
        yield group


def _title_colon(reading: Reading) -> Iterator[Fact]:
    """金融监管总局：…  — a body and a colon open the title."""
    for hit in reading.glossary.find(reading.title.text, reading.lang):
        after = reading.title.text[hit.end : hit.end + 1]
        if hit.start == 0 and hit.entry.kind == "org" and after in ("：", ":"):
            yield reading.fact("issuer", hit.entry.id, reading.title, (hit.start, hit.end), confidence=0.8)
        return
