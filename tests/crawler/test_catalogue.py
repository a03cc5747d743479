"""The built-in sources against answers of the shape that each publisher is known to give (own text)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dibao.crawler.archive import Answer, Recorder
from dibao.crawler.replay import candidates
from dibao.crawler.run import crawl
from dibao.crawler.source import SourceSpec, load
from dibao.store import Item, Store

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
DAY = date(2026, 11, 19)
TEXT = "为规范数据处理活动，制定本办法。银行业金融机构应当遵照执行。" * 12
ENGLISH = "The authority today set out what it expects of the firms that it supervises. " * 12
CATALOGUE = load()


def read(folder: Path, name: str, column: str, listed: Any, pages: dict[str, Any], number: int = 0) -> Item:
    """Replay one list of one built-in source and the pages behind it; return its only item."""
    spec = CATALOGUE[name]
    endpoint = [e for e in spec.endpoints if e.column == column][number]
    put(folder, endpoint.list_url, listed, method=endpoint.method)
    for url, page in pages.items():
        put(folder, url, page)
    only: SourceSpec = msgspec.structs.replace(spec, endpoints=(endpoint,))
    with Store(":memory:") as store:
        report = crawl(store, [only], now=NOW, contact="x", archive=None, replay=folder)
        [item] = store.items(store.due("test", "1")).values()
    assert [problem.message for problem in report.problems] == []
    return item


def put(folder: Path, url: str, answer: Any, *, method: str = "GET") -> None:
    path = folder / next(candidates(url, method=method))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(answer if isinstance(answer, str) else json.dumps(answer), "utf-8")


def rss(title: str, link: str, when: str, text: str = "") -> str:
    item = (
        f"<title>{title}</title><link>{link}</link><pubDate>{when}</pubDate><description>{text}</description>"
    )
    return f'<rss version="2.0"><channel><title>x</title><item>{item}</item></channel></rss>'


def page(inner: str) -> str:
    return f"<!doctype html><html><head><meta charset='utf-8'></head><body>{inner}</body></html>"


def told(item: Item) -> tuple[str, date | None, str]:
    return item.title, item.published.day if item.published else None, item.lang


def test_nfra_penalties(tmp_path: Path) -> None:
    row = {
        "docId": 1200001,
        "docTitle": "某金罚决字〔2026〕7号",
        "docSubtitle": "某某银行行政处罚信息公开表（某金罚决字〔2026〕7号）",
        "publishDate": "2026-11-19 17:05:00",
        "documentNo": "某金罚决字〔2026〕7号",
    }
    document = {
        "data": {"docTitle": row["docTitle"], "docClob": f"<div class='Section0'><p>{TEXT}</p></div>"}
    }
    item = read(
        tmp_path,
        "cn-nfra",
        "penalty",
        {"rptCode": 200, "data": {"total": 1, "rows": [row]}},
        {"https://www.nfra.gov.cn/cn/static/data/DocInfo/SelectByDocId/data_docId=1200001.json": document},
    )

    assert told(item) == (row["docSubtitle"], DAY, "zh-Hans")
    assert item.labels == (("发文字号", "某金罚决字〔2026〕7号"),)
    assert (item.text, item.key) == (TEXT, "1200001")
    assert item.published is not None
    assert item.published.at == datetime(2026, 11, 19, 9, 5, tzinfo=UTC)


def test_csrc_news(tmp_path: Path) -> None:
    row = {
        "manuscriptId": "ab12",
        "title": "证监会发布某办法",
        "url": "//www.csrc.gov.cn/csrc/c100028/c7500001/content.shtml",
        "publishedTime": 1795046400000,
        "publishedTimeStr": "2026-11-19 08:00:00",
        "contentHtml": f"<p>{TEXT}</p>",
        "memo": "摘要",
    }
    item = read(tmp_path, "cn-csrc", "news", {"data": {"total": 1, "results": [row]}}, {})

    assert told(item) == ("证监会发布某办法", DAY, "zh-Hans")
    assert (item.text, item.url) == (TEXT, "https://www.csrc.gov.cn/csrc/c100028/c7500001/content.shtml")


def test_pbc_news_feed_with_links_without_scheme(tmp_path: Path) -> None:
    link = "www.pbc.gov.cn/goutongjiaoliu/113456/113469/2026111910000000001/index.html"
    item = read(
        tmp_path,
        "cn-pbc",
        "news",
        rss("关于推进某项工作的通...", link, "19 Nov 2026 02:00:00 GMT"),
        {f"https://{link}": page(f"<h2>关于推进某项工作的通知</h2><div id='zoom'><p>{TEXT}</p></div>")},
    )

    assert told(item) == ("关于推进某项工作的通知", DAY, "zh-Hans")
    assert item.text == TEXT


def test_pbc_rules_list(tmp_path: Path) -> None:
    rows = (
        "<table><tr><td><font class='newslist_style'><a href='/tiaofasi/144941/144957/5500001/index.html' "
        "title='某某管理办法（人民银行令）'>某某管理办…</a></font> "
        "<span class='hui12'>2026-11-19</span></td></tr></table>"
    )
    item = read(
        tmp_path,
        "cn-pbc",
        "rule",
        page(rows),
        {
            "http://www.pbc.gov.cn/tiaofasi/144941/144957/5500001/index.html": page(
                f"<h2>某某管理办法（人民银行令）</h2><span id='shijian'>2026-11-19 18:30:00</span>"
                f"<div id='zoom'><p>{TEXT}</p></div>"
            )
        },
    )

    assert told(item) == ("某某管理办法（人民银行令）", DAY, "zh-Hans")
    assert item.text == TEXT


def test_gov_cn_policy_with_its_table(tmp_path: Path) -> None:
    url = "https://www.gov.cn/zhengce/content/202611/content_7000001.htm"
    table = (
        "<table class='bd1'><tr><td>发文机关：</td><td>国务院</td>"
        "<td>成文日期：</td><td>2026年11月10日</td></tr>"
        "<tr><td>发文字号：</td><td>国发〔2026〕3号</td><td>发布日期：</td><td>2026年11月19日</td></tr></table>"
    )
    item = read(
        tmp_path,
        "cn-gov-zhengce",
        "policy",
        "\ufeff" + json.dumps([{"TITLE": "国务院关于某事的意见", "URL": url, "DOCRELPUBTIME": "2026-11-19"}]),
        {url: page(f"{table}<div id='UCAP-CONTENT'><p>{TEXT}</p></div>")},
    )

    assert told(item) == ("国务院关于某事的意见", DAY, "zh-Hans")
    assert dict(item.labels)["发文字号"] == "国发〔2026〕3号"
    assert dict(item.labels)["成文日期"] == "2026年11月10日"
    assert item.text == TEXT


def test_cac_rules(tmp_path: Path) -> None:
    url = "https://www.cac.gov.cn/2026-11/19/c_1795000000000001.htm"
    rows = (
        f"<ul id='loadingInfoPage'><li><h5><a href='{url[6:]}' title='某某服务管理办法'>某某服务管…</a></h5>"
        "<div class='times'>2026-11-19</div></li></ul>"
    )
    item = read(
        tmp_path,
        "cn-cac",
        "rule",
        page(rows),
        {
            url: page(
                f"<h1 class='title'>某某服务管理办法</h1><span id='pubtime'>2026年11月19日 09:30</span>"
                f"<div id='BodyLabel'><p>{TEXT}</p><script>count()</script></div>"
            )
        },
    )

    assert told(item) == ("某某服务管理办法", DAY, "zh-Hans")
    assert item.text == TEXT
    assert item.published is not None
    assert item.published.at == datetime(2026, 11, 19, 1, 30, tzinfo=UTC)


def test_36kr_newsflashes(tmp_path: Path) -> None:
    row = {
        "itemId": 3500001,
        "templateMaterial": {
            "widgetTitle": "某机构发布新规",
            "widgetContent": "36氪获悉，某机构发布新规。",
            "publishTime": 1795053600000,
        },
    }
    item = read(tmp_path, "cn-36kr", "newsflash", {"code": 0, "data": {"itemList": [row]}}, {}, number=1)

    assert told(item) == ("某机构发布新规", DAY, "zh-Hans")
    assert (item.text, item.url) == ("36氪获悉，某机构发布新规。", "https://36kr.com/newsflashes/3500001")


def test_36kr_articles_keep_to_the_feed(tmp_path: Path) -> None:
    feed = rss(
        "一篇文章",
        "https://36kr.com/p/35001?f=rss",
        "2026-11-19 10:00:00  +0800",
        f"&lt;p&gt;{TEXT}&lt;/p&gt;",
    )
    item = read(tmp_path, "cn-36kr", "article", feed, {})

    assert told(item) == ("一篇文章", DAY, "zh-Hans")
    assert (item.text, item.url) == (TEXT, "https://36kr.com/p/35001")


@pytest.mark.parametrize(
    ("number", "title", "text", "lang"),
    [
        pytest.param(0, "New guideline on banking", ENGLISH, "en", id="en"),
        pytest.param(1, "金管局發布銀行業新指引", "認可機構應當遵守有關規定。" * 40, "zh-Hant", id="zh-Hant"),
    ],
)
def test_hkma_press_releases(tmp_path: Path, number: int, title: str, text: str, lang: str) -> None:
    url = "https://www.hkma.gov.hk/eng/news-and-media/press-releases/2026/11/20261119-3/"
    rows = {
        "header": {"success": True},
        "result": {"records": [{"title": title, "link": url, "date": "2026-11-19"}]},
    }
    body = page(f"<h1>{title}</h1><div class='template-content'><p>{text}</p></div>")
    item = read(tmp_path, "hk-hkma", "news", rows, {url: body}, number=number)

    assert told(item) == (title, DAY, lang)
    assert item.text == text.strip()


def test_sfc_news(tmp_path: Path) -> None:
    row = {"newsRefNo": "26PR199", "title": "SFC acts against a broker", "issueDate": "2026-11-19T16:30:00"}
    content = "https://apps.sfc.hk/edistributionWeb/api/news/content?refNo=26PR199&lang=EN"
    item = read(
        tmp_path, "hk-sfc", "news", {"items": [row], "total": 1}, {content: {"html": f"<p>{ENGLISH}</p>"}}
    )

    assert told(item) == ("SFC acts against a broker", DAY, "en")
    assert (item.text, item.key) == (ENGLISH.strip(), "26PR199")


FEEDS = [
    ("us-sec", "https://www.sec.gov/newsroom/press-releases/2026-199", "field--name-body", None),
    ("us-fed", "https://www.federalreserve.gov/newsevents/pressreleases/bcreg20261119a.htm", "", "article"),
    ("uk-fca", "https://www.fca.org.uk/news/press-releases/some-action", "", None),
    (
        "eu-ecb",
        "https://www.ecb.europa.eu/press/pr/date/2026/html/ecb.pr261119~0a1b2c.en.html",
        "section",
        None,
    ),
]


@pytest.mark.parametrize(("name", "url", "css", "anchor"), FEEDS, ids=[row[0] for row in FEEDS])
def test_western_press_feeds(tmp_path: Path, name: str, url: str, css: str, anchor: str | None) -> None:
    when = "Thursday, November 19, 2026 - 10:50" if name == "uk-fca" else "Thu, 19 Nov 2026 10:50:00 +0000"
    inner = f"<div class='{css}' id='{anchor or 'x'}'><p>{ENGLISH}</p></div>"
    item = read(
        tmp_path,
        name,
        "news",
        rss("Authority acts", url, when, "In short."),
        {url: page(f"<nav>Home</nav><main><h1>Authority acts</h1>{inner}</main>")},
    )

    assert told(item) == ("Authority acts", DAY, "en")
    assert ENGLISH.strip() in item.text
    assert item.summary == "In short."


def test_federal_register_rules(tmp_path: Path) -> None:
    row = {
        "title": "Some Rule",
        "abstract": "The agency adopts a rule.",
        "document_number": "2026-25001",
        "html_url": "https://www.federalregister.gov/documents/2026/11/19/2026-25001/some-rule",
        "publication_date": "2026-11-19",
        "effective_on": "2027-01-18",
        "comments_close_on": None,
        "citation": "91 FR 70001",
        "action": "Final rule.",
    }
    spec = CATALOGUE["us-federalregister"]
    # The address is longer than a file name may be, so it is recorded the other way.
    assert len(next(candidates(spec.endpoints[0].list_url))) > 255
    recorder = Recorder(tmp_path, NOW)
    body = json.dumps({"count": 1, "results": [row]}).encode()
    recorder.write(method="GET", url=spec.endpoints[0].list_url, request_body=b"", answer=Answer(body=body))
    recorder.close()
    only = msgspec.structs.replace(spec, endpoints=spec.endpoints[:1])
    with Store(":memory:") as store:
        report = crawl(store, [only], now=NOW, contact="x", archive=None, replay=tmp_path)
        [item] = store.items(store.due("test", "1")).values()

    assert report.problems == ()
    assert told(item) == ("Some Rule", DAY, "en")
    assert dict(item.labels)["Effective date"] == "2027-01-18"
