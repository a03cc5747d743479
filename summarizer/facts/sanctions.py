"""What a Chinese text of punishment says: whom it hits, person or firm, and with which measures and sums.

In: the words of a cell or a clause. Out: names, roles and measures; where the words stand the caller knows.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re

from dibao.store import Sanction

from .amounts import find_amounts
from .parties_en import FIRM

_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("warning", re.compile(r"警告")),
    ("public_criticism", re.compile(r"通报批评")),
    ("reprimand", re.compile(r"谴责")),
    ("correction", re.compile(r"责令(?:[^，。；]{0,40}?)改正")),
    ("suspension", re.compile(r"停业整顿|责令停业|暂时吊销|暂停[^，。；]{2,30}(?:业务|资格|许可)|责令停止接受新业务")),
    ("revocation", re.compile(r"(?<!暂时)(?:吊销|撤销)[^，。；]{0,20}(?:许可证|执照|资格|牌照)")),
    ("disqualification", re.compile(r"(?:取消|撤销)[^，。；]{0,24}(?:任职资格|从业资格|任职)|公开认定[^，。；]{0,16}不适合担任")),
    ("industry_ban", re.compile(r"(?:被|予以|终身)禁业|禁止[^，。；]{0,24}从事[^，。；]{2,16}(?:工作|业务|行业)|(?:禁止|终身)(?:进入|从事)[^，。；]{0,10}(?:业|行业)|重[投返]业界")),
    ("market_ban", re.compile(r"市场禁入")),
    ("cease_and_desist", re.compile(r"停止令|停止和终止令|终止及禁止令")),
)  # fmt: skip
_MONEY_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("total", re.compile(r"(?:罚没(?:款|金额)?|合计|共计|共罚没)[^，。；0-9]{0,6}$")),
    (
        "disgorgement",
        re.compile(
            r"(?:上缴|交出|吐出|缴回|返还)(?:[^，。；0-9]{0,6}(?:所得|获利|利益|利得|收益|利润))[^，。；0-9]{0,4}$"
        ),
    ),
    ("interest", re.compile(r"判决前利息[^，。；0-9]{0,4}$")),
    ("confiscation", re.compile(r"(?:没收|追缴)[^，。；0-9]{0,16}$")),
    ("fine", re.compile(r"(?:罚款|罚锾|处罚金|核处|处以|罚金|罚)(?:，(?:金额)?计)?[^，。；0-9]{0,8}$")),
)
_FINE_AFTER = re.compile(r"^\s?(?:的)?(?:民事|刑事|行政)?(?:人民币)?罚(?:款|金|锾)")
_SHARE_AFTER = re.compile(r"\s?(?:的\s?)?(?:[0-9.]{1,6}\s?[%％]|百分之|[一二三四五六七八九十0-9.]{1,4}倍)")
"""A sum of which the punishment is a share: 处以销售额50亿元4%的罚款."""
_PARTS = re.compile("其中")
CLAUSE = re.compile(
    r"(?<![针应])对(?P<party>(?:[^，。；：\n对（(]|[（(][^（）()\n]{1,60}[)）]){2,120}?)(?:，|、)?"
    r"(?P<what>(?:分别|均|各)?(?:处以|并处|(?<!查)处|罚|责令|给予|采取|警告|通报|没收|予以|作出|终身|禁止|取消|吊销|暂停|合计)(?:(?!，并?对(?![其该你上]|当事人))[^；。\n]){0,200})"
)
"""对甲公司、乙某（时任行长）分别给予警告，并处…; what is done to the next party is not of it."""
_MORE = re.compile(
    r"(?P<name>.{2,40}?(?:有限(?:责任)?公司|银行)(?:[(（][^（）()]{1,12}[)）](?:有限公司)?)?(?:[\u4e00-\u9fff]{2,12}?(?:分公司|支公司|支行|分行|营业部))?)"
    r"(?:的|涉嫌|作出|展开|进行|及其|存在|违反).*"
)
_CALLED = re.compile(
    r"^(?:相关|有关|直接|主要|其)?(?:责任人员?|负责人|当事人|员工|从业人员)(?=[\u4e00-\u9fff]{1,2}某)"
)
_NO_NAME = re.compile(
    r"^(?:单位|个人|名称|姓名)$|^其|行为|违法|违规|[0-9一二三四五六七八九十]名|家子公司|^(?:相关|有关)"
)
_PERSON_ZH = re.compile(r"[\u4e00-\u9fff某·×＊*]{2,4}(?:[、和及][\u4e00-\u9fff某·×＊*]{2,4}){0,9}")
_FIRM = re.compile(
    r"公司|银行|支行|分行|企业|合伙|中心|基金|集团|协会|事务所|联社|信用社|机构|单位|工厂|商行|社$|厂$|店$|部$"
    r"|(?:科技|证券|保险|信托|期货|支付|网络|传媒|控股|租赁|医药|能源|地产)$"
)
_ROLE = re.compile(
    r"(?P<name>[^（）()]{2,40})[（(](?P<role>(?:时任|现任|原任|系|任|担任)[^（）()]{2,80}(?:[（(][^（）()]{1,30}[)）][^（）()]{0,30})?)[)）]"
)


_ROLE_FIRST = re.compile(
    r"(?P<role>[^（）()，。；]{0,40}?(?:董事长|总经理|总裁|行长|CEO|首席执行官|主任|经理|总监|负责人|董事|监事|董事会秘书|主管|客户经理|柜员|员工|代表人|控制人|合伙人|会计师))"
    r"(?P<name>[\u4e00-\u9fff]某(?:某|[\u4e00-\u9fff])?)"
)
"""甲公司董事长程某: the office stands before a masked name."""


def name_and_role(party: str) -> tuple[str, str]:
    party = party.strip()
    match = _ROLE.fullmatch(party) or ("某" in party and _ROLE_FIRST.fullmatch(party)) or None
    return (match["name"].strip(), match["role"].strip()) if match else (party, "")


def is_person(name: str) -> bool:
    if re.search("[\u4e00-\u9fff]", name):
        return not _FIRM.search(name) and _PERSON_ZH.fullmatch(re.sub(r"\s+", "", name)) is not None
    return not FIRM.search(name) and len(name.split()) <= 4 and len(name) > 3


def sanctions(text: str, jurisdiction: str) -> tuple[Sanction, ...]:
    """Return the measures that a Chinese text of punishment states, in its order, amounts with their measure."""
    found: list[tuple[int, Sanction]] = [
        (match.start(), Sanction(key=key))
        for key, pattern in _MEASURES
        for match in [pattern.search(text)]
        if match
    ]
    for start, end, value in find_amounts(text, jurisdiction):
        if value.startswith(("PCT ", "BP ")) or _SHARE_AFTER.match(text, end):
            continue
        before = text[max(0, start - 30) : start]
        key = "fine" if _FINE_AFTER.match(text[end : end + 10]) else ""
        key = key or next((key for key, pattern in _MONEY_BEFORE if pattern.search(before)), "")
        # 罚款1000万元，其中…罚款400万元: parts of a sum are no further ones.
        part = any(s.key == key and s.amount for at, s in found if _PARTS.search(text, at, start))
        if key and not part:
            found.append((start, Sanction(key=key, amount=value)))
    if "没收" in text and not any(s.key == "confiscation" for _, s in found):
        found.append((text.index("没收"), Sanction(key="confiscation")))
    return tuple(dict.fromkeys(sanction for _, sanction in sorted(found, key=lambda f: f[0])))


_NOBODY = re.compile(r"你|我|其|该|此|本|上述|当事人|有关|相关|责任人|人员|个人|单位$|限期|行为|违法|违规")


def party_like(name: str) -> bool:
    """Whether words can be the name of who is punished: a firm's, a masked person's, or a short name."""
    return bool(
        _FIRM.search(name)
        or "某" in name
        or FIRM.search(name)
        or re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", name)
    )


def surely_party(name: str) -> bool:
    """Whether words are a firm's name or a masked person's, and no word for one named elsewhere."""
    firm = (
        _FIRM.search(name)
        or FIRM.search(name)
        or re.fullmatch(r"[\u4e00-\u9fff]某{1,2}[\u4e00-\u9fff]?", name)
    )
    return bool(firm) and not _NOBODY.search(name)


def _bare_name(party: str) -> str:
    """Return a party without what a clause says of it: 甲银行的调查程序, 责任人张某."""
    more = _MORE.fullmatch(party)
    name = _CALLED.sub("", more["name"] if more else party)
    short = _SHORT_NAME.fullmatch(name)
    called = short and (short["said"] or all(char in short["name"] for char in short["short"]))
    return short["name"] if short and called else name


_SHORT_NAME = re.compile(
    r"(?P<name>[^（）()]{4,40})[（(](?P<said>(?:以下)?(?:简)?称)?(?P<short>[^（）()]{2,14})[)）]"
)
"""甲乙银行有限公司（甲乙银行）: how it is called from here on is no part of its name."""


_SPLIT = re.compile(r"[；;、\n]|(?<=[某司行所）)])[和及与](?=[\u4e00-\u9fff])")


def parties_of(text: str) -> tuple[str, ...]:
    """Return the names of a list of parties, each with its role in brackets; a name with 、 in brackets stays whole."""
    names: list[str] = []
    depth = at = 0
    for place, char in enumerate(text):
        depth += (char in "（(") - (char in "）)")
        if depth <= 0 and (cut := _SPLIT.match(text, place)):
            names.append(text[at:place])
            at = cut.end()
    names.append(text[at:])
    return tuple(
        bare
        for name in names
        if (bare := re.sub(r"^(?:[一二三四五六七八九十0-9]{1,2}[、.．])", "", name.strip()))
        and not _NO_NAME.search(bare := _bare_name(bare))
    )


_SUM = r"(?:人民币)?[0-9][0-9,.]{0,18}(?:亿|万)?元"
_SUMS = re.compile(rf"{_SUM}(?:\s?[、，和及]\s?{_SUM}){{1,19}}")
_EACH = re.compile(_SUM)


def shares(count: int, text: str) -> tuple[str, ...]:
    """Return what each of ``count`` parties gets of a text that holds for all: 分别罚款50万元、20万元 is divided.

    Sums that cannot be divided by the parties are nobody's.
    """
    listed = _SUMS.search(text) if "分别" in text and count > 1 else None
    if listed is None:
        return (text,) * count
    sums = _EACH.findall(listed.group())
    head, tail = text[: listed.start()], text[listed.end() :]
    return tuple(f"{head}{sums[n] if len(sums) == count else ''}{tail}" for n in range(count))
