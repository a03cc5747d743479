"""Three small sites, and a crawl over a folder HOST/PATH that holds what they answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from dibao.crawler.run import CrawlReport, crawl
from dibao.crawler.source import SourceSpec
from dibao.store import Item, Store

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LONG = "本办法自2026年12月1日起施行。" * 30


def spec(name: str, *endpoints: dict[str, Any], **changes: Any) -> SourceSpec:
    row = {
        "id": f"xx-{name}",
        "name_en": name.title(),
        "name_zh": name,
        "tier": 1,
        "jurisdiction": "CN",
        "kind": "regulator",
        "languages": ["zh-Hans"],
        "timezone": "Asia/Shanghai",
        "homepage": f"https://{name}.example.org/",
        "endpoints": [{"column": "news", **endpoint} for endpoint in endpoints],
    }
    return msgspec.convert({**row, **changes}, SourceSpec)


FEED = spec("feed", {"kind": "feed", "url": "https://feed.example.org/rss"})
API = spec(
    "api",
    {
        "kind": "json",
        "method": "POST",
        "url": "https://api.example.org/list",
        "payload": {"at": "{now_ms}"},
        "ok": {"code": 0},
        "items": "rows",
        "fields": {"key": "id", "title": "t", "date": "d"},
        "labels": {"发文字号": "no"},
        "link": "https://api.example.org/view?id={key}",
        "detail": {
            "kind": "json",
            "url": "https://api.example.org/doc?lang=ZH&id={key}",
            "title": "data.title",
            "body": "data.html",
        },
    },
)
HTML = spec(
    "site",
    {
        "kind": "html",
        "url": "https://site.example.org/list/",
        "items": "ul.list li",
        "fields": {"title": "a", "url": "a@href", "date": "span"},
        "date_format": "%Y-%m-%d",
        "detail": {"kind": "html", "title": "h1", "body": "#zoom"},
    },
)


def rss(*items: tuple[str, str, str]) -> str:
    rows = "".join(
        f"<item><title>{title}</title><link>https://feed.example.org/{name}</link><guid>{name}</guid>"
        f"<pubDate>Thu, 19 Nov 2026 10:00:00 +0800</pubDate><description>{text}</description></item>"
        for name, title, text in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'


def pdf(line: str) -> bytes:
    """A one-page PDF with one line of text; readers rebuild the missing cross-reference table."""
    stream = f"BT /F1 12 Tf 72 700 Td ({line}) Tj ET".encode()
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R",
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n",
            b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(stream), stream),
            b"trailer<</Root 1 0 R>>\n",
        )
    )


def write(root: Path, name: str, body: str | bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body.encode() if isinstance(body, str) else body)


def run(store: Store, root: Path, *specs: SourceSpec, **options: Any) -> CrawlReport:
    given = {"now": NOW, "contact": "https://example.org/bot", "archive": None, "replay": root, **options}
    return crawl(store, specs or (FEED, API, HTML), **given)


def kept(store: Store) -> dict[str, Item]:
    """The stored items by title."""
    return {item.title: item for item in store.items(store.due("test", "1")).values()}


def healthy(root: Path) -> Path:
    """Write what three healthy sites answer into ``root`` and return it."""
    write(root, "feed.example.org/rss", rss(("a", "甲局发布通知", "通知全文。"), ("b", "乙事", "另一件事。")))
    rows = [{"id": 7, "t": "关于规范账户管理的…", "d": "2026-11-19", "no": "甲发〔2026〕7号"}]
    write(root, "api.example.org/list.POST", json.dumps({"code": 0, "rows": rows}))
    body = {"title": "关于规范账户管理的通知（试行）", "html": f"<p>{LONG}</p><script>x()</script>"}
    write(root, "api.example.org/doc%3Flang=ZH&id=7", json.dumps({"data": body}))
    page = '<ul class="list"><li><a href="../p/1.html">附件公告</a><span>2026-11-18</span></li></ul>'
    write(root, "site.example.org/list/index.html", f"<html><body>{page}</body></html>")
    links = '<a href="a.pdf">附件1</a> <a href="b.ppt">附件2</a>'
    doc = f'<h1>附件公告</h1><div id="zoom"><p>{LONG}</p><p>{links}</p></div>'
    write(root, "site.example.org/p/1.html", f"<html><meta charset=utf-8><body>{doc}</body></html>")
    write(root, "site.example.org/p/a.pdf", pdf("Annex one"))
    return root
