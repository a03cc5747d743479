"""Penalties: who was punished, how, for what, by whom, under which number, on which day.

Reads the shapes in which regulators publish them: a wide table with a row for each party, tables of labels and
values, the operative part of a decision (对…给予警告), a sentence of a report, an English release. A person is named
exactly as the source names him.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from dibao.store import Fact, Penalty, penalty_value

from .penalties_en import read_english
from .penalty_tables import Placed, read_tables
from .reading import Part, Reading
from .sanctions import (
    CLAUSE,
    is_person,
    name_and_role,
    parties_of,
    party_like,
    sanctions,
    shares,
    surely_party,
)
from .scan import near

TYPES = frozenset({"penalty", "enforcement", "market_ban", "supervisory_measure", "notification_of_results"})
_MOST = 200
_DEALT = r"(?:处以|处|罚|责令|警告|没收|谴责|通报批评|给予|采取|暂停|撤销|取消|吊销|(?:终身)?禁止|终身|禁业)"
_MASKED = r"[\u4e00-\u9fff]某[某\u4e00-\u9fff]?"
_PASSIVE = re.compile(
    r"(?<![时现原])(?!时任|现任|原任)(?P<party>[\u4e00-\u9fffA-Za-z（）()·&. ]{2,40}?(?:公司|银行|支行|分行|基金|企业|中心|协会|事务所|集团|Limited|Ltd|LLC|Inc\.?|LP))"
    r"(?!(?:(?![因被存违未在对由向与和])[\u4e00-\u9fff（）]){1,12}?(?:分行|支行|分公司|支公司|营业部))"
    r"(?!股份|有限|责任|集团|分|公示|公布|发布|通报|宣布|决定|对|网站|官网|监督|业)"
    rf"[^。；\n]{{0,200}}?被(?:[\u4e00-\u9fff]{{2,20}}?(?:银行|分行|局|会|交易所)(?:依法|合计|联合)?)?(?P<what>{_DEALT}(?:(?!，(?:时任|两名|[一二三四五六七八九十]名|相关|有关|其)|时任)[^；。\n]){{0,160}})"
    rf"|(?P<role>(?:时任|现任)[^，。；\n]{{0,20}}?(?:董事长|总经理|行长|副行长|总裁|董事|经理|主任|财务总监|负责人))(?P<person>[\u4e00-\u9fff]{{2,3}}?)(?:对[^。；，\n被]{{2,40}}?负有?[^，。；\n]{{0,12}}责任，)?(?:也|亦)?被(?P<what2>{_DEALT}[^；。，\n]{{0,80}})"
    rf"|(?P<masked>{_MASKED}(?:、{_MASKED}){{0,9}})(?:也|亦|则|均|分别)?被(?P<what3>{_DEALT}[^；。，\n]{{0,80}})"
)
_BY = re.compile("被")
_OBJECT = re.compile(
    r"(?P<what>(?:没收|给予|责令|罚没|处以|警告)(?P<party>[^，。；：、\n0-9《》]{2,40}?)"
    r"(?:的?违法所得|停止(?:上述|相关)?违法行为|(?:给予)?警告|(?:限期)?改正|公开谴责|通报批评|罚款|市场禁入)[^。；\n]{0,200})"
)
"""没收甲某违法所得…，并处以…罚款: the party stands between the measure and its word."""
_DECIDED = re.compile(
    r"(?:决定|如下)(?:如下)?[：:，]?\s{0,3}|^[ \u3000]{0,6}(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）]|[0-9]{1,2}[.．、])\s?",
    re.MULTILINE,
)
_PARTY_LINE = re.compile(
    r"^[ \u3000]{0,6}(?:当事人|被处罚人|被处罚单位|受处罚人|受处分人|受裁罚人|被采取措施人)(?:[一二三四五六七八九十0-9]{1,2})?(?:姓名|名称)?[：:]\s?(?P<name>[^，。；：、\n（(]{2,40})",
    re.MULTILINE,
)
_OPERATIVE = re.compile(
    r"决定(?:如下)?[：:，]?\s{0,3}(?P<what>(?:给予|处以|处|责令|没收|并处|对(?:你|其|当事人|该)[^，。；]{0,6}?(?:给予|处以|处|责令|没收))[^。\n]{0,300})"
)
_YOU = re.compile(r"(?:你|该|其|当事人|上述)(?:公司|单位|行|人|机构|企业|所)?")


def read_penalties(reading: Reading, types: tuple[Fact, ...], said: tuple[Fact, ...]) -> Iterator[Fact]:
    """Yield one fact for each decision against one party; nothing when the item is no act of punishment.

    ``said``: the item's issuers, own numbers and dates, for what a decision in prose does not say of itself.
    """
    if not types or types[0].value not in TYPES:
        return
    found = 0
    for part in reading.body:
        if part.field == "summary" and any(p.field == "text" for p in reading.body):
            continue
        for span, penalty in _penalties(reading, part):
            if (penalty.sanctions or penalty.number) and found < _MOST:
                found += 1
                penalty = _completed(penalty, said) if reading.official else penalty
                penalty = replace(penalty, party=_as_written(reading, part, span, penalty.party))
                yield reading.fact(
                    "penalty", penalty_value(penalty), part, span, shown=penalty.party,
                    confidence=1.0 if reading.official else 0.8,
                )  # fmt: skip
        if found:
            return


def _as_written(reading: Reading, part: Part, span: tuple[int, int], party: str) -> str:
    """Return a party in the characters of its source: a text in Traditional ones is searched in Simplified."""
    at = part.text.find(party, *span)
    at = part.text.find(party) if at < 0 else at
    whole = reading.item.field_text(part.field)
    return party if at < 0 else whole[at : at + len(party)]


def _completed(penalty: Penalty, said: tuple[Fact, ...]) -> Penalty:
    """Fill in who decided, under which number and when, from the page itself where it says so once for all."""
    issuers = [fact.value for fact in said if fact.kind == "issuer"]
    numbers = [fact.value for fact in said if fact.kind == "document_number"]
    signed = [fact.value for fact in said if fact.kind == "date_signed"]
    return replace(
        penalty,
        authority=penalty.authority or ",".join(issuers),
        number=penalty.number or (numbers[0] if len(numbers) == 1 else ""),
        date=penalty.date or (signed[0] if len(signed) == 1 else ""),
    )


def _penalties(reading: Reading, part: Part) -> Iterator[Placed]:
    if reading.lang == "en":
        yield from read_english(reading, part)
        return
    yield from list(read_tables(reading, part)) or _prose(reading, part)


# Prose


def _prose(reading: Reading, part: Part) -> Iterator[Placed]:
    """Clauses of a decision (对甲公司给予警告，并处以…罚款) and of reports (甲公司因…被罚款…)."""
    basis = re.search(
        r"(?:依据|根据)(?P<basis>《[^《》]{2,60}》第[^，。；\n]{1,60}?)(?:的?规定)?[，,]", part.text
    )
    for clauses in (_cases, _decided, _abroad, _passive, _alone):
        seen: set[str] = set()
        for span, party, role, what in clauses(part):
            measures = sanctions(what, reading.source.jurisdiction)
            if not measures or len(party) < 2 or party in seen or not party_like(party):
                continue
            seen.add(party)
            penalty = Penalty(
                party=party,
                role=role,
                person=is_person(party),
                sanctions=measures,
                basis=basis["basis"] if basis else "",
            )
            yield span, penalty
        if seen:
            return


_Said = tuple[tuple[int, int], str, str, str]
"""Place, party, role and the words of the punishment."""
_BEFORE_NAME = re.compile(r"^.*?(?:获悉|公布|宣布|决定|一是|二是|其中)")


_CASE = re.compile(
    r"^[ \u3000]{0,6}(?:案例|典型案例)?[（(]?[一二三四五六七八九十0-9]{1,3}[)）：:、.．]\s?(?P<party>[^\n。，：]{2,40}?(?:公司|银行|支行|分行|企业|中心|[\u4e00-\u9fff]某{1,2}))"
    r"(?!分公司|股份|有限|分行|支行)[^\n。]{0,40}案[ \u3000]{0,6}$",
    re.MULTILINE,
)
_CASE_LINE = re.compile(r"案[ \u3000]{0,6}$", re.MULTILINE)
_PUNISHED = re.compile(r"(?:处以?|给予|责令|没收)[^。\n]{0,200}")
_CASE_LENGTH = 1500


def _cases(part: Part) -> Iterator[_Said]:
    """Cases that are told one after the other, each under a heading with its party: 案例1：甲公司逃汇案."""
    heads = list(_CASE.finditer(part.text)) if _CASE_LINE.search(part.text) else []
    for head, following in zip_longest(heads, heads[1:]):
        end = min(following.start() if following else len(part.text), head.end() + _CASE_LENGTH)
        what = _PUNISHED.search(part.text, head.end(), end)
        if what:
            party = re.sub(r"^[\u4e00-\u9fff]{2,3}籍", "", head["party"])
            yield (head.start(), what.end()), party, "", what.group()


_HEADING_ENDS = ("的决定", "的公告", "的通知", "的通报", "决定书")


def _clauses(part: Part) -> Iterator[_Said]:
    only = _only_party(part)
    for match in CLAUSE.finditer(part.text):
        # 关于对甲、乙采取责令改正、监管谈话措施的决定 says not who gets which.
        if match["what"].rstrip("》 \u3000").endswith(_HEADING_ENDS):
            continue
        names = parties_of(match["party"])
        for name, what in zip(names, shares(len(names), match["what"]), strict=True):
            party, role = name_and_role(name)
            party = _BEFORE_NAME.sub("", party).strip(" ，、")
            if _YOU.fullmatch(party):
                party = only
            yield match.span(), party, role, what


def _decided(part: Part) -> Iterator[_Said]:
    """Both kinds of clauses of a decision, in their order: 没收甲某违法所得…；对乙某处以…."""
    yield from sorted((*_clauses(part), *_objects(part)), key=lambda said: said[0])


def _objects(part: Part) -> Iterator[_Said]:
    known = {match["name"].strip() for match in _PARTY_LINE.finditer(part.text)}
    for decided in _DECIDED.finditer(part.text):
        match = _OBJECT.match(part.text, decided.end())
        if match and (match["party"] in known or surely_party(match["party"])):
            yield match.span(), match["party"], "", match["what"]


_FIRM_NAME = r"[\u4e00-\u9fffA-Za-z·&. ]{2,36}?(?:公司|银行|证券|保险|基金|信托|期货)"
_OF_FIRM = r"(?:其)?(?:[\u4e00-\u9fff]{0,12}?(?:前|现任|时任))?(?:[\u4e00-\u9fff]{2,10}?(?:人员|代表|董事|主任|经理|员工|主管|总裁|交易员|顾问))?"
_ABROAD = re.compile(
    rf"(?P<what>谴责(?P<party>{_FIRM_NAME})(?!股份|有限)(?:[（(][^（）()\n]{{1,20}}[)）])?(?:及|并|，|、)(?:(?!(?:暂时吊销|撤销|吊销|禁止)(?!其?(?:的)?牌照))[^。\n]){{0,120}})"
    rf"|(?P<what4>禁止{_OF_FIRM}(?P<party4>[\u4e00-\u9fff]{{2,4}}?)(?:[（(][^（）()\n]{{1,12}}[)）])?(?:终身)?重[投返]业界)"
    rf"|(?P<what2>(?:暂时吊销|撤销|吊销){_OF_FIRM}(?P<party2>[\u4e00-\u9fff]{{2,4}})(?:[（(][^（）()\n]{{1,12}}[)）])?的牌照)"
    rf"|裁处(?P<party5>{_FIRM_NAME})(?!股份|有限)(?P<what5>新台币[^。；\n]{{0,40}}?罚锾)"
    rf"|(?:^|(?<=。))(?P<party3>{_FIRM_NAME})(?!股份|有限)(?:违反|办理|未|因|经查)[^。\n]{{0,200}}?(?P<what3>核?处(?:以)?新台币[^。\n]{{0,80}}罚锾[^。\n]{{0,60}})",
    re.MULTILINE,
)
"""Hong Kong's and Taiwan's sentences: 谴责甲公司并处以罚款, 撤销某人的牌照, 甲银行违反…，核处新台币…罚锾."""


def _abroad(part: Part) -> Iterator[_Said]:
    if not any(word in part.text for word in ("谴责", "牌照", "罚锾", "投业界", "返业界")):
        return
    for match in _ABROAD.finditer(part.text):
        party = match["party"] or match["party2"] or match["party3"] or match["party4"] or match["party5"]
        what = match["what"] or match["what2"] or match["what3"] or match["what4"] or match["what5"]
        yield match.span(), party, "", what


def _passive(part: Part) -> Iterator[_Said]:
    for match in near(_PASSIVE, part.text, _BY, before=300, after=200):
        name = match["party"] or match["person"] or match["masked"] or ""
        name = _BEFORE_NAME.sub("", name).strip(" ，、")
        what = match["what"] or match["what2"] or match["what3"] or ""
        agreed = _AGREED.match(part.text, match.end()) if match["party"] else None
        end = agreed.end() if agreed else match.end()
        names = parties_of(name) if match["masked"] else (name,)
        for one, share in zip(names, shares(len(names), what), strict=True):
            yield (match.start(), end), one, match["role"] or "", share + (agreed.group() if agreed else "")


_AGREED = re.compile(r"[。；]\s?(?:该公司|该行|该机构|公司|其)[^。\n]{0,40}?(?:接受|签署)[^。\n]{0,20}停止令")
"""What the next sentence says that the same firm accepted."""


def _alone(part: Part) -> Iterator[_Said]:
    """The one party of a decision that says 我局决定：给予警告 without its name."""
    only = _only_party(part)
    match = (_OPERATIVE.search(part.text) or _FINED_ABROAD.search(part.text)) if only else None
    if match:
        yield match.span("what"), only, "", match["what"]


_FINED_ABROAD = re.compile(r"(?P<what>核?处(?:以)?新台币[^。\n]{0,40}?罚锾[^。\n]{0,60})")


_LETTER_TO = re.compile(r"^[ \u3000]{0,6}(?P<name>[^，。；：、\n（(]{2,40})：[ \u3000]{0,4}$", re.MULTILINE)
_LETTER_HEAD = 400


def _only_party(part: Part) -> str:
    """Return whom the heading of a decision names, or to whom it is addressed; empty when several or nobody."""
    names = {match["name"].strip() for match in _PARTY_LINE.finditer(part.text)}
    if not names:
        to = {match["name"].strip() for match in _LETTER_TO.finditer(part.text, 0, _LETTER_HEAD)}
        names = {name for name in to if surely_party(name) and not name.startswith("各")}
    return names.pop() if len(names) == 1 else ""
