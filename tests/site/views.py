"""Story views for the tests of site/: realistic, in our own words, bilingual, with hostile strings.

Every Evidence is cut from its item's own text, so the promise of ``Evidence.quote`` holds here too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dibao.store import (
    Attachment,
    Body,
    Brief,
    Changed,
    Component,
    Coverage,
    Disagreement,
    Evidence,
    Fact,
    FactKind,
    GlossaryTerm,
    Headline,
    Item,
    Lang,
    Level,
    Member,
    Moment,
    Rank,
    RankedAt,
    Sentence,
    Source,
    SourceHealth,
    Stated,
    Story,
    StoryNote,
    StoryView,
    item_id,
)

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)

HOSTILE_TITLE = (
    '<script>alert("1")</script> "]}; </title><img src=x onerror=alert(2)> \u202egnp.exe\u202c & '
    "{{ 7*7 }} ''' " + "Incomprehensibilities" * 20
)


def _source(id: str, en: str, zh: str, acronym: str, tier: int, where: str, **more: str) -> Source:
    return Source(
        id=id,
        name_en=en,
        name_zh=zh,
        acronym=acronym,
        family=more.get("family", id),
        tier=tier,
        jurisdiction=where,
        kind=more.get("kind", "regulator" if tier < 3 else "media"),
        timezone=more.get("zone", "Asia/Shanghai"),
        homepage=f"https://www.{id}.example/",
    )


SOURCES: dict[str, Source] = {
    source.id: source
    for source in (
        _source("cn-36kr", "36Kr", "36氪", "36Kr", 3, "CN"),
        _source("cn-pbc", "People's Bank of China", "中国人民银行", "PBC", 1, "CN"),
        _source(
            "cn-nfra", "National Financial Regulatory Administration", "国家金融监督管理总局", "NFRA", 1, "CN"
        ),
        _source(
            "hk-hkma",
            "Hong Kong Monetary Authority",
            "香港金融管理局",
            "HKMA",
            1,
            "HK",
            zone="Asia/Hong_Kong",
        ),
        _source(
            "hk-sfc",
            "Securities and Futures Commission",
            "证券及期货事务监察委员会",
            "SFC",
            1,
            "HK",
            zone="Asia/Hong_Kong",
        ),
        _source(
            "uk-fca",
            "Financial Conduct Authority",
            "英国金融行为监管局",
            "FCA",
            1,
            "UK",
            zone="Europe/London",
        ),
        _source("uk-wire", "The Ledger Wire", "账簿通讯社", "Ledger", 3, "UK", zone="Europe/London"),
        _source(
            "us-sec", "Securities and Exchange Commission", "美国证券交易委员会", "SEC", 1, "US",
            zone="America/New_York",
        ),
    )
}  # fmt: skip


def _body(id: str, en: str, zh: str, short_zh: str, where: str, level: float) -> Body:
    return Body(
        id=id, name_en=en, name_zh=zh, short_en=id, short_zh=short_zh, jurisdiction=where, level=level
    )


BODIES: dict[str, Body] = {
    body.id: body
    for body in (
        _body(
            "NFRA",
            "National Financial Regulatory Administration",
            "国家金融监督管理总局",
            "金融监管总局",
            "CN",
            0.9,
        ),
        _body("PBC", "People's Bank of China", "中国人民银行", "央行", "CN", 0.9),
        _body("HKMA", "Hong Kong Monetary Authority", "香港金融管理局", "金管局", "HK", 0.9),
        _body("SFC", "Securities and Futures Commission", "证券及期货事务监察委员会", "证监会", "HK", 0.8),
        _body("FCA", "Financial Conduct Authority", "英国金融行为监管局", "FCA", "UK", 0.9),
    )
}


TERMS = (
    GlossaryTerm(
        id="genai",
        kind="ai",
        en="generative artificial intelligence",
        zh="生成式人工智能",
        abbrev="GenAI",
    ),
    GlossaryTerm(
        id="pipl",
        kind="law",
        en="Personal Information Protection Law",
        zh="个人信息保护法",
        jurisdiction="CN",
    ),
    GlossaryTerm(id="issue", kind="verb", en="issue", zh="印发"),
)


def _item(source: str, key: str, title: str, text: str, lang: str, column: str, **more: Any) -> Item:
    values: dict[str, Any] = {
        "url": f"https://www.{source}.example/{key}",
        "fetched_at": datetime(2026, 11, 20, 6, 30, tzinfo=UTC),
        "published": None,
    } | more
    return Item(
        id=item_id(source, key),
        source_id=source,
        key=key,
        title=title,
        text=text,
        lang=lang,
        column=column,
        **values,
    )


def _at(day: date, hour: int | None = None, minute: int = 0, zone: str = "Asia/Shanghai") -> Moment:
    at = None if hour is None else datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
    return Moment(day=day, at=at, zone=zone)


def _cite(item: Item, quote: str, field: str = "text") -> Evidence:
    start = item.field_text(field).index(quote)
    return Evidence(item_id=item.id, field=field, start=start, end=start + len(quote), quote=quote)


def _fact(item: Item, kind: FactKind, value: str, shown: str, field: str = "text") -> Fact:
    return Fact(item_id=item.id, kind=kind, value=value, shown=shown, evidence=_cite(item, shown, field))


def _said(text: str, *cites: Evidence) -> Sentence:
    return Sentence(text=text, cites=cites)


def _quoted(item: Item, quote: str) -> Sentence:
    return Sentence(text=quote, cites=(_cite(item, quote),), quoted=True, tag=item.lang)


def _headlines(item: Item, en: str, zh: str, method: str = "glossary") -> dict[Lang, Headline]:
    own: Lang = "zh" if item.lang.startswith("zh") else "en"
    texts: dict[Lang, str] = {"en": en, "zh": zh}
    return {
        lang: Headline(
            item_id=item.id, lang=lang, text=text, method="original" if lang == own else method
        )
        for lang, text in texts.items()
    }  # fmt: skip


def _view(
    number: int,
    day: date,
    covered: tuple[tuple[Item, dict[Lang, Headline], tuple[Fact, ...]], ...],
    *,
    level: Level,
    components: tuple[Component, ...],
    reason: tuple[str, str],
    en: tuple[str, tuple[Sentence, ...], tuple[Sentence, ...]],
    zh: tuple[str, tuple[Sentence, ...], tuple[Sentence, ...]],
    writer: str = "embedded",
    version: int = 1,
) -> StoryView:
    written = datetime(2026, 11, 20, 7, 5, tzinfo=UTC)
    reasons = ("first", *("similar:0.78" for _ in covered[1:]))
    members = tuple(
        Member(item_id=item.id, score=1.0 if n == 0 else 0.78, reason=reasons[n])
        for n, (item, _, _) in enumerate(covered)
    )
    coverage = tuple(
        Coverage(item=item, source=SOURCES[item.source_id], member=members[n], headlines=heads, facts=facts)
        for n, (item, heads, facts) in enumerate(covered)
    )
    seen: dict[tuple[str, str], Fact] = {}
    for _, _, facts in covered:
        for fact in facts:
            seen.setdefault((fact.kind, fact.value), fact)
    briefs: dict[Lang, Brief] = {}
    by_lang: tuple[tuple[Lang, Any], ...] = (("en", en), ("zh", zh))
    for lang, (headline, sentences, impact) in by_lang:
        briefs[lang] = Brief(
            story_id=number,
            lang=lang,
            headline=headline,
            sentences=sentences,
            impact=impact,
            writer=writer,
            written_at=written,
            inputs="0" * 64,
            version=version,
        )
    return StoryView(
        story=Story(id=number, members=members, head=covered[0][0].id, day=day, version=version),
        rank=Rank(
            story_id=number,
            level=level,
            score=sum(part.points for part in components),
            components=components,
            reason_en=reason[0],
            reason_zh=reason[1],
        ),
        briefs=briefs,
        coverage=coverage,
        updated_at=written,
        facts=tuple(seen.values()),
    )


def _parts(*values: tuple[str, float, float, str]) -> tuple[Component, ...]:
    return tuple(Component(name=n, value=v, weight=w, note=note) for n, v, w, note in values)


def nfra_story() -> StoryView:
    """Three Chinese press items of one publisher on one guidance; the issuer's page is not read."""
    day = date(2026, 11, 20)
    zh1 = "支持金融机构在风险可控前提下推进生成式人工智能业务应用，稳妥探索金融智能体建设。"
    zh2 = "金融机构应当对生成式人工智能模型实施准入管理，评估模型效能和安全合规性。"
    zh3 = "从外部引入的模型须经网信部门备案。"
    zh4 = "董（理）事会应当指定专门委员会对人工智能开发应用管理负责。"
    zh5 = "鼓励大型金融机构发挥示范作用，向中小金融机构输出技术和管理经验。"
    first = _item(
        "cn-36kr",
        "newsflashes/301",
        "金融监管总局：支持金融机构在风险可控的前提下，推进生成式人工智能技术的业务应用",
        "36氪获悉，国家金融监督管理总局发布关于银行业保险业人工智能安全开发应用的指导意见。\n"
        + zh1 + zh2 + zh3,
        "zh-Hans",
        "newsflash",
        published=_at(day, 5, 12),
        author="北风",
    )  # fmt: skip
    second = _item(
        "cn-36kr",
        "newsflashes/302",
        "金融监管总局：加强人工智能安全开发应用治理",
        "36氪获悉，国家金融监督管理总局发布指导意见。\n" + zh4,
        "zh-Hans",
        "newsflash",
        published=_at(day, 5, 14),
    )
    third = _item(
        "cn-36kr",
        "newsflashes/303",
        "金融监管总局：推进金融行业人工智能应用基础设施建设",
        "36氪获悉，国家金融监督管理总局发布指导意见。\n" + zh5,
        "zh-Hans",
        "newsflash",
        published=_at(day, 5, 21),
    )
    facts = (
        _fact(first, "issuer", "NFRA", "国家金融监督管理总局"),
        _fact(first, "document_type", "guiding_opinions", "指导意见"),
        _fact(first, "stage", "final", "发布"),
        _fact(first, "entity_bound", "banks", "银行业"),
        _fact(first, "entity_bound", "insurers", "保险业"),
        _fact(first, "topic", "ai", "人工智能"),
        _fact(first, "topic", "banking", "银行业"),
        _fact(first, "topic", "insurance", "保险业"),
        _fact(first, "obligation", "must", zh2),
    )
    opened = _cite(first, "国家金融监督管理总局发布关于银行业保险业人工智能安全开发应用的指导意见。")
    impact = _cite(first, "银行业保险业")
    return _view(
        1042,
        day,
        (
            (
                first,
                _headlines(
                    first,
                    "NFRA supports business use of generative AI by financial institutions, "
                    "with risks under control",
                    first.title,
                ),
                facts,
            ),
            (
                second,
                _headlines(
                    second,
                    "NFRA: stronger governance of the safe development and use of AI",
                    second.title,
                ),
                (),
            ),
            (
                third,
                _headlines(
                    third,
                    "NFRA: infrastructure for AI in the financial industry",
                    third.title,
                    "partial",
                ),
                (),
            ),
        ),
        level="significant",
        components=_parts(
            ("force", 0.7, 30, "guiding_opinions"),
            ("issuer", 0.9, 25, "NFRA"),
            ("reach", 0.8, 15, "national+1"),
            ("stage", 1.0, 10, "final"),
            ("urgency", 0.0, 10, "none"),
            ("corroboration", 0.2, 5, "publishers:1"),
            ("topic", 1.0, 5, "ai"),
        ),
        reason=(
            "Guiding opinions of a national regulator for two sectors. No date of effect is known yet.",
            "国家级监管机构面向两个行业发布的指导意见；尚未读到施行日期。",
        ),
        en=(
            "NFRA issues guiding opinions on the safe development and use of AI in banking and insurance",
            (
                _said(
                    "The National Financial Regulatory Administration (NFRA) has issued guiding opinions on "
                    "the safe development and use of artificial intelligence in banking and insurance.",
                    opened,
                ),
                _quoted(first, zh1),
                _quoted(first, zh2),
                _quoted(second, zh4),
            ),
            (
                _said(
                    "Banks and insurers in mainland China would need access control over generative models.",
                    impact,
                ),
            ),
        ),
        zh=(
            "金融监管总局发布银行业保险业人工智能安全开发应用指导意见",
            (
                _said("国家金融监督管理总局发布关于银行业保险业人工智能安全开发应用的指导意见。", opened),
                _quoted(first, zh2),
                _quoted(second, zh4),
                _quoted(third, zh5),
            ),
            (_said("影响境内银行业、保险业机构对生成式人工智能模型的准入管理。", impact),),
        ),
    )


def mixed_story() -> StoryView:
    """A rule told by its issuer, a Hong Kong circular in Traditional Chinese and English press."""
    day = date(2026, 11, 20)
    number = "中国人民银行令〔2026〕第9号"
    zh1 = "支付机构应当在境内存储业务数据，保存期限不少于五年。"
    zh2 = "违反本办法的，由中国人民银行依照《非银行支付机构监督管理条例》处以一百万元以下罚款。"
    zh3 = "本办法自2026年12月15日起施行。"
    official = _item(
        "cn-pbc",
        "tiaofasi/144941/9001",
        "支付业务数据安全管理办法",
        f"{number}\n第一条　为加强支付业务数据安全管理，制定本办法。\n{zh1}\n{zh2}\n{zh3}\n"
        "行长　签发日期：2026年11月12日",
        "zh-Hans",
        "rule",
        published=_at(day, 8, 0),
        labels=(("发文字号", number), ("成文日期", "2026-11-12")),
        attachments=(
            Attachment(
                url="https://www.cn-pbc.example/files/9001.pdf",
                name="支付业务数据安全管理办法（附件1：数据分类目录）.pdf",
                media_type="application/pdf",
                text="附件1　数据分类目录",
            ),
            Attachment(
                url="https://www.cn-pbc.example/files/9001-2.wps",
                name="附件2.wps",
                media_type="application/vnd.ms-works",
                unread="format not read: WPS",
            ),
        ),
        version=2,
    )
    hant = _item(
        "hk-hkma",
        "circulars/20261120-3",
        "關於內地支付業務數據安全管理辦法的通函",
        "金融管理局提請認可機構留意內地最新要求，並評估跨境支付安排。",
        "zh-Hant",
        "circular",
        published=_at(day, 9, 15, "Asia/Hong_Kong"),
    )
    press = _item(
        "uk-wire",
        "2026/11/china-payments-data",
        "China orders payment firms to keep data onshore from December",
        "Payment firms in China must keep transaction data onshore for at least five years from "
        "15 December 2026, the central bank said on Friday.",
        "en",
        "article",
        published=_at(day, 11, 40, "Europe/London"),
        author="M. Ayre",
    )
    facts = (
        _fact(official, "issuer", "PBC", "中国人民银行"),
        _fact(official, "document_number", number, number),
        _fact(official, "document_type", "measures", "办法", "title"),
        _fact(official, "date_signed", "2026-11-12", "2026-11-12", "label:成文日期"),
        _fact(official, "date_effective", "2026-12-15", "2026年12月15日"),
        _fact(official, "stage", "not_yet_in_force", "自2026年12月15日起施行"),
        _fact(official, "citation", "非银行支付机构监督管理条例", "《非银行支付机构监督管理条例》"),
        _fact(official, "entity_bound", "payment_institutions", "支付机构"),
        _fact(official, "amount", "CNY 1000000", "一百万元"),
        _fact(official, "topic", "payments", "支付"),
        _fact(official, "topic", "data", "数据安全"),
    )
    title = _cite(official, "支付业务数据安全管理办法", "title")
    keep, from_day = _cite(official, zh1), _cite(official, zh3)
    told = _cite(press, "must keep transaction data onshore for at least five years")
    return _view(
        1043,
        day,
        (
            (
                official,
                _headlines(official, "Measures for Payment Business Data Security", official.title),
                facts,
            ),
            (
                hant,
                _headlines(
                    hant, "HKMA circular on the Mainland's payment data security measures", hant.title
                ),
                (_fact(hant, "document_type", "circular", "通函", "title"),),
            ),
            (press, _headlines(press, press.title, "中国要求支付机构自12月起在境内存储数据", "partial"), ()),
        ),
        level="critical",
        components=_parts(
            ("force", 0.9, 30, "measures"),
            ("issuer", 0.9, 25, "PBC"),
            ("reach", 0.8, 15, "national+1"),
            ("stage", 0.9, 10, "not_yet_in_force"),
            ("urgency", 0.8, 10, "2026-12-15"),
            ("corroboration", 0.6, 5, "publishers:3"),
            ("topic", 1.0, 5, "payments"),
        ),
        reason=(
            "Binding measures of the central bank, in force in 25 days, reported by three publishers.",
            "中国人民银行发布的部门规章，25日后施行，3家发布者报道。",
        ),
        en=(
            "PBC issues measures for payment data security; in force 15 December 2026",
            (
                _said(
                    "The People's Bank of China has issued the Measures for Payment Business Data Security.",
                    title,
                ),
                _said("Payment institutions must keep data onshore for at least five years.", keep, told),
                _said("The measures take effect on 15 December 2026.", from_day),
            ),
            (_said("Cross-border payment arrangements need review before 15 December 2026.", from_day),),
        ),
        zh=(
            "央行发布《支付业务数据安全管理办法》，12月15日起施行",
            (
                _said("中国人民银行发布《支付业务数据安全管理办法》。", title),
                _said("支付机构业务数据须在境内存储，期限不少于五年。", keep, told),
                _said("办法自2026年12月15日起施行。", from_day),
            ),
            (_said("跨境支付安排须在2026年12月15日前完成评估。", from_day),),
        ),
        writer="model:qwen3-8b-instruct",
        version=2,
    )


def penalty_story() -> StoryView:
    """One English decision on one firm; Chinese comes from facts alone."""
    day = date(2026, 11, 19)
    e1 = (
        "The Financial Conduct Authority has fined Example Brokers Ltd £4.2m for failings in its "
        "market abuse controls."
    )
    e2 = "The firm failed to report 112 suspicious orders between March 2024 and June 2025."
    item = _item(
        "uk-fca",
        "news/press-releases/example-brokers",
        "FCA fines Example Brokers Ltd £4.2m for market abuse control failings",
        e1 + "\n" + e2,
        "en",
        "penalty",
        published=_at(day, 10, 0, "Europe/London"),
    )
    facts = (
        _fact(item, "issuer", "FCA", "Financial Conduct Authority"),
        _fact(item, "document_type", "enforcement", "fines", "title"),
        _fact(item, "stage", "enforced", "fined"),
        _fact(item, "entity_bound", "Example Brokers Ltd", "Example Brokers Ltd"),
        _fact(item, "amount", "GBP 4200000", "£4.2m"),
        _fact(item, "topic", "securities", "market abuse"),
    )
    opened = _cite(item, e1)
    return _view(
        1039,
        day,
        (
            (
                item,
                _headlines(item, item.title, "英国金融行为监管局对Example Brokers Ltd采取执法行动"),
                facts,
            ),
        ),
        level="notable",
        components=_parts(
            ("force", 0.5, 30, "enforcement:39000000"),
            ("issuer", 0.9, 25, "FCA"),
            ("reach", 0.1, 15, "firm"),
            ("stage", 0.4, 10, "enforced"),
            ("urgency", 0.0, 10, "none"),
            ("corroboration", 0.2, 5, "publishers:1"),
            ("topic", 0.0, 5, ""),
        ),
        reason=("An enforcement action against one firm.", "针对单一机构的执法行动。"),
        en=(
            "FCA fines Example Brokers Ltd £4.2m",
            (
                Sentence(text=e1, cites=(opened,), quoted=True, tag="en"),
                Sentence(text=e2, cites=(_cite(item, e2),), quoted=True, tag="en"),
            ),
            (),
        ),
        zh=(
            "英国金融行为监管局对Example Brokers Ltd罚款420万英镑",
            (
                _said("英国金融行为监管局对Example Brokers Ltd处以420万英镑罚款。", opened),
                Sentence(text=e2, cites=(_cite(item, e2),), quoted=True, tag="en"),
            ),
            (),
        ),
    )


def draft_story() -> StoryView:
    """A consultation with a deadline soon."""
    day = date(2026, 11, 20)
    e1 = (
        "The Securities and Futures Commission today launched a consultation on liquidity requirements "
        "for tokenised funds."
    )
    e2 = "Comments are invited until 12 December 2026."
    item = _item(
        "hk-sfc",
        "consultations/26CP9",
        "Consultation Paper on Liquidity Requirements for Tokenised Funds",
        e1 + "\n" + e2,
        "en",
        "consultation",
        published=_at(day, 3, 0, "Asia/Hong_Kong"),
    )
    facts = (
        _fact(item, "issuer", "SFC", "Securities and Futures Commission"),
        _fact(item, "document_type", "consultation", "Consultation Paper", "title"),
        _fact(item, "stage", "draft", "consultation"),
        _fact(item, "date_deadline", "2026-12-12", "12 December 2026"),
        _fact(item, "topic", "crypto", "tokenised funds"),
        _fact(item, "topic", "capital", "liquidity requirements"),
    )
    opened, until = _cite(item, e1), _cite(item, e2)
    return _view(
        1044,
        day,
        (
            (
                item,
                _headlines(item, item.title, "香港证监会就代币化基金流动性要求展开咨询"),
                facts,
            ),
        ),
        level="notable",
        components=_parts(
            ("force", 0.0, 30, "draft:consultation"),
            ("issuer", 0.8, 25, "SFC"),
            ("reach", 0.6, 15, "national"),
            ("stage", 0.3, 10, "draft"),
            ("urgency", 0.8, 10, "2026-12-12"),
            ("corroboration", 0.2, 5, "publishers:1"),
            ("topic", 0.5, 5, "crypto"),
        ),
        reason=(
            "A draft for comment: no duty yet, but comments close in 21 days.",
            "征求意见稿，尚无义务；意见反馈将于21日后截止。",
        ),
        en=(
            "SFC consults on liquidity requirements for tokenised funds; comments by 12 December 2026",
            (
                Sentence(text=e1, cites=(opened,), quoted=True, tag="en"),
                _said("Comments close on 12 December 2026.", until),
            ),
            (_said("Managers of tokenised funds may comment until 12 December 2026.", until),),
        ),
        zh=(
            "香港证监会就代币化基金流动性要求征求意见，12月12日截止",
            (
                _said("证券及期货事务监察委员会就代币化基金的流动性要求展开咨询。", opened),
                _said("意见反馈截止日期为2026年12月12日。", until),
            ),
            (),
        ),
    )


def undated_story() -> StoryView:
    """No publication date, hostile text everywhere that text from outside can reach a page."""
    day = date(2026, 11, 18)
    item = _item(
        "us-sec",
        "litigation/x?a=1&b=\"2\"",
        HOSTILE_TITLE,
        'Notice ]]> <script>alert("3")</script> of nothing. "quoted" \u2028 & more.',
        "en",
        "news",
        fetched_at=datetime(2026, 11, 18, 22, 10, tzinfo=UTC),
        summary="<b>bold</b> summary",
        author='<a href="javascript:alert(4)">x</a>',
        attachments=(
            Attachment(
                url="javascript:alert(5)", name='"><svg onload=alert(6)>.pdf', unread="too large: 80 MB"
            ),
        ),
    )  # fmt: skip
    cite = _cite(item, '<script>alert("3")</script> of nothing.')
    hostile = Sentence(text='"]}; <b>x</b> </script><script>alert(7)</script>', cites=(cite,))
    return _view(
        1031,
        day,
        ((item, _headlines(item, item.title, "美国证券交易委员会：" + HOSTILE_TITLE, "partial"), ()),),
        level="routine",
        components=_parts(
            ("force", 0.0, 30, ""), ("issuer", 0.3, 25, "<b>"), ("corroboration", 0.2, 5, "publishers:1")
        ),
        reason=("Nothing binding was read <b>here</b>.", "未读到有约束力的内容 <b>。</b>"),
        en=(HOSTILE_TITLE, (hostile,), ()),
        zh=("美国证券交易委员会：" + HOSTILE_TITLE, (hostile,), ()),
    )


def revised(view: StoryView) -> StoryView:
    """The story after a day: another first version, a rank that moved, a date that did, and a dispute."""
    day = timedelta(days=1)
    one, two = (c.item.id for c in view.coverage[:2])
    first = view.rank.components[0]
    lower = replace(
        view.rank, level="notable", score=view.rank.score - 5,
        components=(replace(first, value=first.value - 5 / first.weight), *view.rank.components[1:]),
    )  # fmt: skip
    moved = Changed(kind="value", fact="date_effective", before=("2026-12-01",), after=("2026-12-15",))
    stated = tuple(
        Stated(item_id=id, value=f"2026-12-{15 + n}", shown=f"12月{15 + n}日", official=n == 0)
        for n, id in enumerate((one, two))
    )
    return replace(
        view,
        briefs={lang: replace(b, version=2) for lang, b in view.briefs.items()},
        earlier={
            lang: (replace(b, version=1, headline=f"{b.headline} (1)", written_at=b.written_at - day),)
            for lang, b in view.briefs.items()
        },
        ranks=(RankedAt(at=NOW - day, rank=lower), RankedAt(at=NOW, rank=view.rank)),
        notes=(
            StoryNote(at=NOW - day / 2, since=NOW - day, changes=(Changed(kind="joined", item_id=two),)),
            StoryNote(at=NOW, since=NOW - day, changes=(moved, Changed(kind="text", item_id=one))),
        ),
        disagreements=(Disagreement(kind="date_effective", stated=stated),),
    )


def all_views() -> tuple[StoryView, ...]:
    """Newest day first, then by rank score, as the store gives them."""
    views = (nfra_story(), mixed_story(), penalty_story(), draft_story(), undated_story())
    return tuple(sorted(views, key=lambda v: (-v.story.day.toordinal(), -v.rank.score)))


def with_brief_writer(view: StoryView, writer: str) -> StoryView:
    """The same story as if another writer had written it."""
    briefs: dict[Lang, Brief] = {lang: replace(b, writer=writer) for lang, b in view.briefs.items()}
    return replace(view, briefs=briefs)


def health() -> tuple[SourceHealth, ...]:
    """One healthy source, one failing, one never read."""
    return (
        SourceHealth(
            source_id="cn-36kr", last_try=NOW, last_success=NOW, items=312, newest=date(2026, 11, 20)
        ),
        SourceHealth(source_id="cn-pbc", last_try=NOW, last_success=NOW, items=88, newest=date(2026, 11, 20)),
        SourceHealth(
            source_id="uk-fca",
            last_try=NOW,
            last_success=datetime(2026, 11, 20, 2, 0, tzinfo=UTC),
            items=41,
            newest=date(2026, 11, 19),
            error="uk-fca: no rows (row=li.search-item) <b>",
        ),
        SourceHealth(source_id="us-sec"),
    )
