# ruff: noqa: E501  # one case, one line: a table reads better whole
"""Stories for the tests of writer and gate: own texts in the shape of real ones, with hand-made facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from dibao.store import LANGS, Evidence, Fact, FactKind, Item, Member, Moment, Rank, Source, Story
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.writers.embedded import StoryInput
from dibao.summarizer.writers.headline import headline

GLOSSARY = load_glossary()
NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)

SOURCES = {
    s.id: s
    for s in (
        Source(
            id="cn-nfra", name_en="National Financial Regulatory Administration", name_zh="国家金融监督管理总局",
            acronym="NFRA", family="nfra", tier=1, jurisdiction="CN", kind="regulator", timezone="Asia/Shanghai",
            homepage="https://example.org/",
        ),
        Source(
            id="cn-pbc", name_en="People's Bank of China", name_zh="中国人民银行", acronym="PBC", family="pbc", tier=1,
            jurisdiction="CN", kind="regulator", timezone="Asia/Shanghai", homepage="https://example.org/",
        ),
        Source(
            id="cn-36kr", name_en="36Kr", name_zh="36氪", acronym="36Kr", family="36kr", tier=3, jurisdiction="CN",
            kind="media", timezone="Asia/Shanghai", homepage="https://example.org/",
        ),
        Source(
            id="us-sec", name_en="U.S. Securities and Exchange Commission", name_zh="美国证券交易委员会",
            acronym="SEC", family="sec", tier=1, jurisdiction="US", kind="regulator", timezone="America/New_York",
            homepage="https://example.org/",
        ),
    )
}  # fmt: skip


def item(id: str, source: str, title: str, text: str, *, lang: str = "zh-Hans", column: str = "rule") -> Item:
    return Item(
        id=id, source_id=source, key=id, url=f"https://example.org/{id}", title=title, text=text, lang=lang,
        column=column, published=Moment(day=DAY), fetched_at=NOW,
    )  # fmt: skip


def fact(of: Item, kind: FactKind, value: str, quote: str, field: str = "text") -> Fact:
    start = of.field_text(field).index(quote)
    where = Evidence(item_id=of.id, field=field, start=start, end=start + len(quote), quote=quote)
    return Fact(item_id=of.id, kind=kind, value=value, shown=quote, evidence=where)


def story(items: Sequence[Item], facts: Sequence[Fact], *, id: int = 1) -> StoryInput:
    by_item = {i.id: tuple(f for f in facts if f.item_id == i.id) for i in items}
    return StoryInput(
        story=Story(
            id=id, members=tuple(Member(item_id=i.id, score=1.0, reason="first") for i in items),
            head=items[0].id, day=DAY,
        ),
        items=tuple(items), sources=SOURCES, facts=by_item,
        headlines={
            i.id: {
                lang: headline(i, by_item[i.id], lang, glossary=GLOSSARY, source=SOURCES[i.source_id])
                for lang in LANGS
            }
            for i in items
        },
        bodies=GLOSSARY.bodies, glossary=GLOSSARY,
        rank=Rank(story_id=id, level="notable", score=50.0, components=(), reason_en="r", reason_zh="r"),
    )  # fmt: skip


MEASURES = item(
    "a" * 16, "cn-nfra",
    "国家金融监督管理总局关于印发《银行保险机构操作风险管理办法》的通知",
    "金规〔2026〕5号\n各监管局，各政策性银行、大型银行：\n"
    "银行保险机构应当建立年度报告，并每年向监管部门提交。\n"
    "银行保险机构不得泄露客户信息。\n"
    "单笔损失超过500万元的事件，应当在3个工作日内报告。\n"
    "本办法自2027年3月1日起施行。\n联系人：张三，电话010-12345678\n",
)  # fmt: skip
MEASURES_FACTS = (
    fact(MEASURES, "issuer", "NFRA", "国家金融监督管理总局", "title"),
    fact(MEASURES, "document_number", "金规〔2026〕5号", "金规〔2026〕5号"),
    fact(MEASURES, "document_type", "measures", "办法", "title"),
    fact(MEASURES, "date_effective", "2027-03-01", "本办法自2027年3月1日起施行"),
    fact(MEASURES, "stage", "final", "施行"),
    fact(MEASURES, "amount", "CNY 5000000", "500万元"),
    fact(MEASURES, "person_private", "张三", "张三"),
)
DRAFT = item(
    "b" * 16, "cn-nfra",
    "国家金融监督管理总局关于《商业银行并购贷款管理办法（征求意见稿）》公开征求意见的公告",
    "为规范并购贷款，现向社会公开征求意见。意见反馈截止时间为2026年12月20日。本办法自2027年 月 日起施行。",
    column="consultation",
)  # fmt: skip
DRAFT_FACTS = (
    fact(DRAFT, "issuer", "NFRA", "国家金融监督管理总局", "title"),
    fact(DRAFT, "document_type", "consultation", "公开征求意见", "title"),
    fact(DRAFT, "date_deadline", "2026-12-20", "意见反馈截止时间为2026年12月20日"),
    fact(DRAFT, "stage", "draft", "征求意见稿", "title"),
)
REPLY = item(
    "c" * 16, "cn-pbc", "中国人民银行关于第0762号提案的答复",
    "并银函〔2023〕14号\n贵单位提出的建议收悉，经研究，现答复如下：\n人民银行高度重视金融数据安全工作，组织金融机构学习有关标准。\n"
    "承办人：李四，联系电话：0351-4000000\n",
    column="news",
)  # fmt: skip
REPLY_FACTS = (
    fact(REPLY, "issuer", "PBC", "中国人民银行", "title"),
    fact(REPLY, "document_number", "并银函〔2023〕14号", "并银函〔2023〕14号"),
    fact(REPLY, "document_type", "reply_to_proposal", "答复", "title"),
    fact(REPLY, "stage", "none", "答复", "title"),
    fact(REPLY, "person_private", "李四", "李四"),
)
CHARGE = item(
    "d" * 16, "us-sec", "SEC Charges Acme Holdings Inc. with Accounting Fraud",
    "The Securities and Exchange Commission today charged Acme Holdings Inc. with accounting fraud. "
    "The company agreed to pay a civil penalty of $4.5 million. "
    "Acme must retain an independent consultant and must not deny the findings.",
    lang="en", column="penalty",
)  # fmt: skip
CHARGE_FACTS = (
    fact(CHARGE, "issuer", "SEC", "SEC", "title"),
    fact(CHARGE, "document_type", "enforcement", "Charges", "title"),
    fact(CHARGE, "amount", "USD 4500000", "$4.5 million"),
    fact(CHARGE, "stage", "enforced", "charged"),
)
STORIES = {
    "measures": story([MEASURES], MEASURES_FACTS, id=11),
    "draft": story([DRAFT], DRAFT_FACTS, id=12),
    "reply": story([REPLY], REPLY_FACTS, id=13),
    "charge": story([CHARGE], CHARGE_FACTS, id=14),
}
