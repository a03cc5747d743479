"""Who issued what an item is or reports: body ids of the glossary, joint issuers in their order.

An office inside a body counts as that body. A branch has an id of its own, ``PBC-branch``, a Body of low level:
what a branch does is never said to be done by its head office; ``shown`` is the branch's own name.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import Fact

from .bodies import resolve, signers
from .issuers_en import announcing, first_named, hosted, is_portal, released_english
from .named_bodies import group_facts, groups, heads, source_itself
from .reading import Part, Reading
from .signatures import signed_blocks

_LABELS = (
    "发文机关", "发布机构", "发文单位", "制定机关", "发布单位", "发布机关", "作出处罚决定的机关名称", "作出决定机关",
    "作出处罚决定的机关", "处罚机关", "發布機關", "IssuingAuthority", "Issuer", "Agency", "Agencies",
)  # fmt: skip
_SEPARATORS = re.compile(r"[、,，;；\s/]+|(?<=[局会部行院委署])和|\band\b")
_RELEASE = re.compile(
    r"[）)]?[\s，,]{0,2}(?:等[一二三四五六七八九十0-9]{1,3}?(?:个)?(?:部门|部委|单位|机构))?"
    r"(?:常务会议|办公厅|办公室|官网|网站|有关部门|正式|联合|近日|日前|今日|今天|昨日|昨天|当日|周[一二三四五六日]|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}日"
    r"|当地时间|北京时间|因[^，。；]{2,30}?(?=对)|在|于|就|已|也|将|共同|分别|同步|先后|各自|公开|修订|研究|制定|起草|会同|[（(][^（）()]{1,20}[)）]|\s|，|、){0,8}"
    r"(?:并|了)?(?:决定|宣布|上调|下调|召开|审议通过|发布|印发|下发|公布|出台|颁布|发文|通报|推出|公开征求|征求|就《|对外发布|公告|答复|表示|约谈|批准|批复|披露|开出|发表|刊发|发出|展开|启动|行政处罚信息|通过(?=了|新规|规则|最终|修正|修订|法案|决议|关于|《)|对[^。，]{0,20}(?:处|罚))"
)
_TITLE_STOP = re.compile(r"关于|转发|批转|印发|发布|公布|对|就|令|公告|有关|行政处罚|行政监管")


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
        yield _joint_or_title(reading)
        yield _decided_by(reading)
        if is_portal(reading):
            yield first_named(reading)
            return
        yield announcing(reading)
        yield hosted(reading, type_)
        yield _released_jointly(reading)
        yield _in_session(reading)
        if reading.source.id not in _GOVERNMENT_PORTALS:
            yield source_itself(reading)
        else:
            yield _by_decree(reading)
    else:
        yield _released(reading) if reading.lang == "zh" else released_english(reading, type_)
        yield _title_colon(reading)


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


_TELLING = frozenset({"news", "consultation"})
"""Columns whose items tell who did a thing; of a circular the first sentences name the papers of others too."""


def _joint_or_title(reading: Reading) -> Iterator[Fact]:
    """Those who sign or whom a release calls joint, where they are all whom the title names; else these.

    关于印发…的通知 names nobody, 中国人民银行等七部门关于… one of seven.
    """
    titled = list(_title_start(reading))
    if reading.lang == "zh":
        told = _released_jointly(reading) if reading.item.column in _TELLING else iter(())
        for joint in (list(_signing(reading)), list(told)):
            if joint and {fact.value for fact in titled} <= {fact.value for fact in joint}:
                yield from joint
                return
    yield from titled


def _signing(reading: Reading) -> Iterator[Fact]:
    """The bodies whose names stand over the date line, in their order."""
    for part in reading.body:
        if part.field != "text":
            continue
        for block in signed_blocks(part):
            lines = []
            for span in block.names:
                found = signers(reading, part, span)
                if not found:
                    break
                lines.append(found)
            if lines:
                yield from (
                    reading.fact("issuer", body.id, part, place, confidence=0.95)
                    for line in reversed(lines)
                    for place, body in line
                )
                return
        # A letter may be signed without a day: its last line is a name.
        end = len(part.text.rstrip())
        start = part.text.rfind("\n", 0, end) + 1
        if start > 0 and end - start <= _LONGEST_NAME:
            for place, body in signers(reading, part, (start, end)):
                yield reading.fact("issuer", body.id, part, place, confidence=0.9)


_LONGEST_NAME = 30
_AUTHORITY_LINE = re.compile(
    r"^[^\n|：:]{0,12}(?:作出|做出)[^\n|：:]{0,12}机关(?:名称)?\s?[|：:]\s?(?P<name>[^\n|]{4,40}?)\s*$",
    re.MULTILINE,
)


def _decided_by(reading: Reading) -> Iterator[Fact]:
    """The one authority that the tables of decisions on a page name."""
    for part in reading.body:
        found = [
            (match.span("name"), resolve(reading, match["name"]))
            for match in _AUTHORITY_LINE.finditer(part.text)
        ]
        for place, body in found[:1] if len({body and body.id for _, body in found}) == 1 else ():
            if body is not None:
                yield reading.fact("issuer", body.id, part, place, confidence=0.95)
                return


_SESSION = re.compile(
    r"(?P<name>全国人民代表大会常务委员会|全国人大常委会)(?:第[一二三四五六七八九十百]{1,4}次|委员长)?会议[^。；\n]{0,60}?(?:通过|审议|审次)"
)


def _in_session(reading: Reading) -> Iterator[Fact]:
    """The Standing Committee, where a page of the Congress tells of its session and not of the Congress's own."""
    if reading.source.acronym != "NPC" or reading.lang != "zh":
        return
    for part in reading.body:
        match = _SESSION.search(part.text, 0, 600)
        if match:
            yield reading.fact("issuer", "NPCSC", part, match.span("name"), confidence=0.9)
            return


def _released_jointly(reading: Reading) -> Iterator[Fact]:
    """Several bodies, the source's own among them, that the first sentences of a Chinese release say acted together."""
    own = reading.glossary.body_of(reading.source.acronym, jurisdiction=reading.source.jurisdiction)
    if reading.lang == "en" or own is None:
        return
    for part, end in heads(reading):
        for group in groups(reading, part, end):
            ids = {named.id for named in group}
            if len(ids) > 1 and own.id in ids and _RELEASE.match(part.text, group[-1].end):
                yield from group_facts(reading, part, group, confidence=0.9)
                return


def _title_start(reading: Reading) -> Iterator[Fact]:
    """Bodies named before 关于, 令 or 公告 at the start of an official title."""
    if reading.lang == "en":
        return
    stop = _TITLE_STOP.search(reading.title.text)
    end = stop.start() if stop else 0
    if 1 < end <= 120:
        yield from _named(reading, reading.title, 0, end, confidence=1.0)


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


_PUNISHED_BY = re.compile(r"(?:被|遭|获|收到|接到)$")
_PUNISHES = re.compile(
    r"[）)]?(?:依法|合计|联合)?(?:处|罚|警告|没收|采取|责令|约谈|立案|通报|谴责|吊销|批准)"
    r"|[）)]?(?:下发|出具)?的?《?(?:行政)?(?:处罚|警示函|监管函|问询函|关注函|立案)"
)


def _released(reading: Reading) -> Iterator[Fact]:
    """Bodies that a Chinese report says issued something: a name, or several joined, before a verb of release."""
    for part, end in heads(reading):
        for group in groups(reading, part, end):
            before = part.text[max(0, group[0].start - 4) : group[0].start]
            passive = _PUNISHED_BY.search(before) and _PUNISHES.match(part.text, group[-1].end)
            if passive or _RELEASE.match(part.text, group[-1].end):
                yield from group_facts(reading, part, group, confidence=0.9)
                return


def _title_colon(reading: Reading) -> Iterator[Fact]:
    """金融监管总局：…  — a body and a colon open the title."""
    for hit in reading.glossary.find(reading.title.text, reading.lang):
        after = reading.title.text[hit.end : hit.end + 1]
        if hit.start == 0 and hit.entry.kind == "org" and after in ("：", ":"):
            yield reading.fact("issuer", hit.entry.id, reading.title, (hit.start, hit.end), confidence=0.8)
        return
