# ruff: noqa: E501 — a row of a table reads best on one line
"""Stories of punishment for the tests of the register: one page each, with the penalties read from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dibao.store import Evidence, Fact, FactKind, Item, Penalty, Sanction, StoryView, penalty_value
from tests.site.making import at, headlines, make_fact, make_item, make_view, parts, quoted

DAY = date(2026, 11, 20)
Told = tuple[str, Penalty]
"""The words of a page, and the penalty read from them."""


def fined(party: str, *sums: str, **more: str | bool) -> Penalty:
    """A penalty of fines: ``fined("甲银行", "CNY 500000", number="…")``."""
    return Penalty(party=party, sanctions=tuple(Sanction(key="fine", amount=s) for s in sums), **more)  # type: ignore[arg-type]


def decision(
    number: int,
    text: str,
    *told: Told,
    day: date = DAY,
    source: str = "cn-nfra",
    title: str = "行政处罚信息公开表",
    lang: str = "zh-Hans",
    stated: Sequence[tuple[FactKind, str, str]] = (),
) -> StoryView:
    """One story of one page. ``stated``: kind, value and words of the page's other facts."""
    item = make_item(source, f"penalty/{number}", title, text, lang, "penalty", published=at(day, 1))
    facts = (*(make_fact(item, *fact) for fact in stated), *(_penalty(item, *each) for each in told))
    opened = (quoted(item, text[:6]),)
    return make_view(
        number,
        day,
        ((item, headlines(item, f"Decision {number}", f"决定{number}"), facts),),
        level="notable",
        components=parts(("force", 0.5, 30, "penalty:0")),
        reason=("A penalty.", "处罚。"),
        en=(f"Decision {number}", opened, ()),
        zh=(f"决定{number}", opened, ()),
    )


def _penalty(item: Item, words: str, penalty: Penalty) -> Fact:
    start = item.text.index(words)
    place = Evidence(item_id=item.id, field="text", start=start, end=start + len(words), quote=words)
    value = penalty_value(penalty)
    return Fact(item_id=item.id, kind="penalty", value=value, shown=penalty.party, evidence=place)


HEAD = "序号 | 当事人 | 文号 | 违法行为类型 | 处罚内容 | 作出处罚的机关 | 日期\n"
ROWS = (
    "1 | 子虚银行 | 金罚决字〔2026〕第9041号 | 贷款管理不到位 | 警告，罚款860万元 | 国家金融监督管理总局 | 2026年11月12日",
    "2 | 蒋某（时任子虚银行总经理） | 金罚决字〔2026〕9042号 | 对贷款管理不到位负有责任 | 罚款10万元 | 国家金融监督管理总局 | 2026年11月9日",
)


def table() -> StoryView:
    """A table of an issuer: a firm, and a person masked as the source masks him; all of it in each row."""
    firm = fined(
        "子虚银行", "CNY 8600000", violation="贷款管理不到位", authority="NFRA",
        number="金罚决字〔2026〕9041号", date="2026-11-12",
    )  # fmt: skip
    person = fined(
        "蒋某", "CNY 100000", person=True, role="时任子虚银行总经理", violation="对贷款管理不到位负有责任",
        authority="NFRA", number="金罚决字〔2026〕9042号", date="2026-11-09",
    )  # fmt: skip
    return decision(2001, HEAD + "\n".join(ROWS), (ROWS[0], firm), (ROWS[1], person))


PROSE = (
    "国家金融监督管理总局行政处罚决定书\n金罚字〔2026〕7号\n依据《银行业监督管理法》有关规定，我局立案调查。\n"
    "依据《银行业监督管理法》第四十六条，我局决定：\n对乌有银行罚款50万元。\n二〇二六年\n2026年11月3日"
)


def prose() -> StoryView:
    """A decision in prose: number, day, authority and basis stand elsewhere than the party and the sum."""
    penalty = fined(
        "乌有银行", "CNY 500000", basis="《银行业监督管理法》第四十六条", authority="NFRA",
        number="金罚字〔2026〕7号", date="2026-11-03",
    )  # fmt: skip
    return decision(
        2002,
        PROSE,
        ("对乌有银行罚款50万元", penalty),
        day=date(2026, 11, 19),
        stated=(
            ("issuer", "NFRA", "国家金融监督管理总局"),
            ("document_number", "金罚字〔2026〕7号", "金罚字〔2026〕7号"),
            ("citation", "《银行业监督管理法》", "《银行业监督管理法》"),
            ("date_signed", "2026-11-03", "2026年11月3日"),
        ),
    )


RELEASE = "The FCA has fined Laputa Markets Limited.\nThe sum is £12,400,000, the regulator said today."


def release() -> StoryView:
    """An English release without a day of decision: party and sum in two sentences, no number."""
    return decision(
        2003,
        RELEASE,
        ("£12,400,000", fined("Laputa Markets Limited", "GBP 12400000", authority="FCA")),
        day=date(2026, 11, 18),
        source="uk-fca",
        title="FCA fines Laputa Markets Limited",
        lang="en",
        stated=(("entity_bound", "Laputa Markets Limited", "Laputa Markets Limited"),),
    )


def press() -> StoryView:
    """A paper's report of two firms in one sentence; no official page was read."""
    words = "甲公司、乙公司因披露违规被罚款30万元"
    both = tuple(
        (words, fined(party, "CNY 300000", authority="NFRA", date="2026-11-15"))
        for party in ("甲公司", "乙公司")
    )
    return decision(2004, f"36氪获悉，{words}。", *both, day=date(2026, 11, 16), source="cn-36kr")


def all_decisions() -> tuple[StoryView, ...]:
    return (table(), prose(), release(), press())


def one(number: int, penalty: Penalty, *, source: str = "cn-nfra", day: date = DAY) -> StoryView:
    """A page that tells one penalty and nothing else."""
    told = f"对{penalty.party}作出处罚{number}"
    return decision(number, told, (told, penalty), source=source, day=day)


BANK = fined("甲银行", "CNY 300000", authority="NFRA", date="2026-11-02")
