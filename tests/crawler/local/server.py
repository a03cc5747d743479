"""A real server on this machine whose answers a test sets, and a crawl of the one list it serves."""

from __future__ import annotations

import datetime as dt
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from dibao.crawler.run import CrawlReport, crawl
from dibao.crawler.source import Endpoint, SourceSpec
from dibao.store import Poll, Store

NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)


FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>One notice</title>'
    b"<guid>1</guid><pubDate>Thu, 19 Nov 2026 10:00:00 +0000</pubDate><description>Text.</description>"
    b"</item></channel></rss>"
)


Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Web:
    """A server whose answers a test sets; it remembers what it was asked."""

    port: int = 0
    scheme: str = "http"
    answers: dict[str, Reply | Callable[[dict[str, str]], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def url(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def spec(self, path: str = "/feed") -> SourceSpec:
        return SourceSpec(
            id="xx-local",
            name_en="Local",
            name_zh="本机",
            tier=1,
            jurisdiction="CN",
            kind="regulator",
            languages=("en",),
            timezone="UTC",
            homepage=self.url("/"),
            delay=0.0,
            endpoints=(Endpoint(column="news", kind="feed", url=self.url(path)),),
        )

    def crawl(
        self,
        store: Store,
        *,
        path: str = "/feed",
        exempt: bool = True,
        later: int = 0,
        minutes: int = 0,
        spec: SourceSpec | None = None,
        **options: bool,
    ) -> CrawlReport:
        return crawl(
            store,
            [spec or self.spec(path)],
            now=NOW + dt.timedelta(hours=later, minutes=minutes),
            contact="https://bot.example.org/",
            archive=None,
            exempt=[f"127.0.0.1:{self.port}"] if exempt else [],
            **options,
        )


def serve(web: Web, context: ssl.SSLContext | None = None) -> Iterator[Web]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {key.lower(): value for key, value in self.headers.items()}
            web.asked.append((self.path, headers))
            found = web.answers.get(self.path, (404, {}, b""))
            status, extra, body = found(headers) if callable(found) else found
            self.send_response(status)
            for key, value in {"Content-Length": str(len(body)), **extra}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that hangs up on us is what some of these tests are about

    server = Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def poll(store: Store) -> Poll:
    [found] = store.polls()
    return found
