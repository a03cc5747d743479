"""Makers of sources and items for the tests of understanding."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dibao.store import Fact, Item, Moment, Source
from dibao.summarizer.facts import read_facts
from dibao.summarizer.glossary import load_glossary


def source(id: str, zh: str, en: str, acronym: str, *, tier: int = 1, jurisdiction: str = "CN") -> Source:
    return Source(
        id=id,
        name_en=en,
        name_zh=zh,
        acronym=acronym,
        family=id,
        tier=tier,
        jurisdiction=jurisdiction,
        kind="regulator" if tier <= 2 else "media",
        timezone="UTC",
        homepage="https://example.org/",
    )


PBC = source("cn-pbc", "中国人民银行", "People's Bank of China", "PBC")
NFRA = source("cn-nfra", "国家金融监督管理总局", "National Financial Regulatory Administration", "NFRA")
GOV = source("cn-gov-zhengce", "中国政府网·国务院政策文件", "State Council policy releases", "SC")
CSRC = source("cn-csrc", "中国证券监督管理委员会", "China Securities Regulatory Commission", "CSRC")
KR36 = source("cn-36kr", "36氪", "36Kr", "36Kr", tier=3)
WIRE = source("int-wire", "通讯社", "The Wire", "Wire", tier=3, jurisdiction="INT")
SEC = source("us-sec", "美国证券交易委员会", "Securities and Exchange Commission", "SEC", jurisdiction="US")
FCA = source("uk-fca", "英国金融行为监管局", "Financial Conduct Authority", "FCA", jurisdiction="UK")
FR = source("us-federalregister", "美国联邦公报", "Federal Register", "FR", jurisdiction="US")
SFC = source(
    "hk-sfc", "證券及期貨事務監察委員會", "Securities and Futures Commission", "SFC", jurisdiction="HK"
)


def item(
    title: str,
    text: str = "",
    *,
    lang: str = "zh-Hans",
    column: str = "policy",
    day: date | None = None,
    labels: tuple[tuple[str, str], ...] = (),
) -> Item:
    return Item(
        id="0123456789abcdef",
        source_id="any",
        key="https://example.org/1",
        url="https://example.org/1",
        title=title,
        text=text,
        lang=lang,
        column=column,
        published=Moment(day=day) if day else None,
        fetched_at=datetime(2026, 6, 1, tzinfo=UTC),
        labels=labels,
    )


def read(what: Item, *, by: Source) -> tuple[Fact, ...]:
    return read_facts(what, source=by, glossary=load_glossary())


def values(facts: tuple[Fact, ...], kind: str) -> list[str]:
    return [fact.value for fact in facts if fact.kind == kind]
