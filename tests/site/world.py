"""The world of the tests of site/: sources, bodies and terms, their health, and what day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dibao.store import Body, GlossaryTerm, Source, SourceHealth

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)


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
