"""The crawl itself: our spider path beside bare Scrapy, unchanged feeds, memory. Ratios of one run.

``python bench/crawl.py`` needs no network: a server on the loopback interface in a process of its own
gives 2,040 pages and 500 feeds; each measurement runs in a fresh process.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LISTS, PAGES = 34, 60
FEEDS = 500
SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "feeds"

PAGE = "<html><head><title>Notice</title></head><body><h1>Notice {}</h1><div id=zoom>{}</div></body></html>"
PARAGRAPH = "<p>The authority published this notice; it applies from 1 December 2026.</p>" * 40


def feed(name: str, count: int, base: str) -> str:
    rows = "".join(
        f"<item><title>Notice {name}-{n}</title><guid>{name}-{n}</guid><link>{base}/page/{name}-{n}</link>"
        "<pubDate>Thu, 19 Nov 2026 10:00:00 +0000</pubDate></item>"
        for n in range(count)
    )
    return f'<rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'


# --- the server ----------------------------------------------------------------------------------


def serve(ready: Any) -> None:
    from aiohttp import web

    port = 0

    async def answer(request: web.Request) -> web.Response:
        kind, _, name = request.path.strip("/").partition("/")
        if kind == "page":
            return web.Response(text=PAGE.format(name, PARAGRAPH), content_type="text/html")
        if kind == "list":
            text = feed(name, PAGES, f"http://127.0.0.1:{port}")
            return web.Response(text=text, content_type="application/rss+xml")
        if kind == "feed":
            if request.headers.get("If-None-Match") == '"1"':
                return web.Response(status=304)
            text = feed(name, 5, "https://a.example.org")
            return web.Response(text=text, content_type="application/rss+xml", headers={"ETag": '"1"'})
        return web.Response(status=404)

    async def run() -> None:
        nonlocal port
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        ready.put(port)
        await asyncio.Event().wait()

    asyncio.run(run())


@contextmanager
def server() -> Iterator[int]:
    ready: Any = multiprocessing.Queue()
    process = multiprocessing.Process(target=serve, args=(ready,), daemon=True)
    process.start()
    try:
        yield ready.get(timeout=30)
    finally:
        process.terminate()
        process.join()


# --- what is measured ----------------------------------------------------------------------------


def unhurried(*args: Any, **kwargs: Any) -> dict[str, Any]:
    """Our settings without pauses and with sixteen requests at a time, for both sides."""
    from dibao.crawler import settings as manners

    made = manners.settings(*args, **kwargs)
    quick = {"DOWNLOAD_DELAY": 0, "DOWNLOAD_SLOTS": {}, "AUTOTHROTTLE_ENABLED": False}
    return {**made, **quick, "CONCURRENT_REQUESTS_PER_DOMAIN": 16}


def specs(port: int, kind: str, count: int) -> list[Any]:
    from dibao.crawler.source import Detail, Endpoint, SourceSpec

    base = f"http://127.0.0.1:{port}"
    return [
        SourceSpec(
            id=f"xx-{n}", name_en=str(n), name_zh=str(n), tier=1, jurisdiction="INT", kind="regulator",
            languages=("en",), timezone="UTC", homepage=base, delay=0.0, allow_http=True,
            endpoints=(
                Endpoint(
                    column="news", kind="feed", url=f"{base}/{kind}/{n}",
                    detail=Detail(title="h1", body="#zoom") if kind == "list" else None,
                ),
            ),
        )
        for n in range(count)
    ]  # fmt: skip


def crawl(store: Any, chosen: list[Any], port: int, *, hours: int = 0) -> Any:
    from dibao.crawler import run

    run.settings = unhurried  # type: ignore[assignment]
    return run.crawl(
        store,
        chosen,
        now=NOW + timedelta(hours=hours),
        contact="x",
        archive=None,
        exempt=[f"127.0.0.1:{port}"],
    )


def ours(port: int) -> dict[str, float]:
    from dibao.store import Store

    chosen = specs(port, "list", LISTS)
    with Store(":memory:") as store:
        started = time.perf_counter()
        report = crawl(store, chosen, port)
        return {"pages": report.new, "seconds": time.perf_counter() - started}


def bare(port: int, *, stock: bool = False) -> dict[str, float]:
    """The same addresses, fetched by a plain spider that reads title and text with parsel.

    ``stock``: on Scrapy's default reactor and handler; else on the handler that ours builds on.
    """
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess, AsyncCrawlerRunner

    seen = 0

    class Plain(scrapy.Spider):
        name = "plain"
        start_urls = [f"http://127.0.0.1:{port}/list/{n}" for n in range(LISTS)]  # noqa: RUF012 - Scrapy's way

        def parse(self, response: Any) -> Any:
            for link in response.xpath("//item/link/text()").getall():
                yield scrapy.Request(link, self.page)

        def page(self, response: Any) -> None:
            nonlocal seen
            seen += bool(response.css("h1::text").get() and response.xpath("string(//div)").get())

    kept = unhurried([], contact="x", replay=None)
    for name in ("DOWNLOADER_MIDDLEWARES", "EXTENSIONS", "DOWNLOAD_HANDLERS"):
        kept.pop(name)
    started = time.perf_counter()
    if stock:
        del kept["TWISTED_REACTOR_ENABLED"]
        process = AsyncCrawlerProcess(kept)
        process.crawl(Plain)
        process.start()
        return {"pages": seen, "seconds": time.perf_counter() - started}
    runner = AsyncCrawlerRunner(kept)

    async def work() -> None:
        await runner.crawl(runner.create_crawler(Plain))

    asyncio.run(work())
    return {"pages": seen, "seconds": time.perf_counter() - started}


def stock(port: int) -> dict[str, float]:
    return bare(port, stock=True)


def unchanged(port: int) -> dict[str, float]:
    """Read 500 feeds, then again when nothing has changed."""
    from dibao.crawler.parse import listing
    from dibao.store import Store

    chosen = specs(port, "feed", FEEDS)
    with Store(":memory:") as store:
        crawl(store, chosen, port)
        parses = 0
        real = listing._READERS["feed"]

        def counted(*args: Any, **kwargs: Any) -> Any:
            nonlocal parses
            parses += 1
            return real(*args, **kwargs)

        listing._READERS["feed"] = counted
        before = store.counts()
        started = time.process_time()
        report = crawl(store, chosen, port, hours=1)
        return {
            "cpu": time.process_time() - started,
            "requests": report.requests - 1,  # without that for robots.txt
            "parses": parses,
            "items": store.counts()["items"] - before["items"],
        }


def memory(_: int) -> dict[str, float]:
    """Peak memory above the start of a run over 170 replayed sources: real feeds under 170 names."""
    import msgspec

    from dibao.crawler import run
    from dibao.store import Store

    with zipfile.ZipFile(SHARED / "real_feeds.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rss", ".atom"))]
        bodies = [archive.read(name) for name in names]
    with tempfile.TemporaryDirectory() as folder, Store(":memory:") as store:
        [model] = specs(0, "feed", 1)
        chosen = []
        for n in range(170):
            host = f"s{n}.example.org"
            (Path(folder) / host).mkdir()
            (Path(folder) / host / "feed.xml").write_bytes(bodies[n % len(bodies)])
            [endpoint] = model.endpoints
            chosen.append(
                msgspec.structs.replace(
                    model,
                    id=f"xx-{n}",
                    homepage=f"https://{host}/",
                    endpoints=(msgspec.structs.replace(endpoint, url=f"https://{host}/feed.xml"),),
                )
            )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        report = run.crawl(store, chosen, now=NOW, contact="x", archive=None, replay=Path(folder))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {"items": report.new, "mb": (peak - before) / 1024}


def apart(work: Callable[[int], dict[str, float]], port: int) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (port,))


def main() -> None:
    with server() as port:
        rates: dict[str, float] = {}
        for name, work in 2 * (("ours", ours), ("Scrapy", stock), ("Scrapy on aiohttp", bare)):
            found = apart(work, port)
            rate = found["pages"] / found["seconds"]
            rates[name] = max(rate, rates.get(name, 0.0))
            print(f"{name}: {found['pages']:.0f} pages in {found['seconds']:.1f} s, {rate:.0f} a second")
        print(f"ours / Scrapy = {rates['ours'] / rates['Scrapy']:.2f} (wanted: 0.80 or more)")
        quickest = rates["Scrapy on aiohttp"] / rates["ours"]
        print(f"Scrapy on aiohttp / ours = {quickest:.2f} (wanted: 1.30 or less)")
        found = apart(unchanged, port)
        print(
            f"{FEEDS} unchanged feeds: {found['requests']:.0f} requests, {found['parses']:.0f} parses,"
            f" {found['items']:.0f} items written, {found['cpu']:.2f} s of CPU (wanted: 5 or less)"
        )
    if SHARED.is_dir():
        found = apart(memory, 0)
        peak = f"peak {found['mb']:.0f} MB above start (wanted: 300 or less)"
        print(f"170 replayed sources: {found['items']:.0f} items, {peak}")


if __name__ == "__main__":
    sys.exit(main())
