"""The crawler against a real server on this machine: what goes out, what is refused, what is believed."""

from __future__ import annotations

import datetime as dt
import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dibao.crawler import settings as manners
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


@pytest.fixture(autouse=True)
def in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same manners without the waiting."""
    real = manners.settings

    def quick(*args: object, **kwargs: object) -> dict[str, object]:
        made = real(*args, **kwargs)  # type: ignore[arg-type]
        return {**made, "DOWNLOAD_DELAY": 0, "DOWNLOAD_TIMEOUT": 2, manners.RETRY_PAUSES: [0.0, 0.0]}

    monkeypatch.setattr("dibao.crawler.run.settings", quick)


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


@pytest.fixture
def web() -> Iterator[Web]:
    yield from serve(Web(answers={"/feed": (200, {"Content-Type": "application/rss+xml"}, FEED)}))


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        yield opened


def poll(store: Store) -> Poll:
    [found] = store.polls()
    return found


def test_it_says_who_it_is_and_asks_robots_txt_first(web: Web, store: Store) -> None:
    report = web.crawl(store)

    assert report.new == 1
    assert web.paths == ["/robots.txt", "/feed"]
    agent = web.asked[1][1]["user-agent"]
    assert agent.startswith("dibao/")
    assert "+https://bot.example.org/" in agent
    assert "cookie" not in web.asked[1][1]


def test_an_address_of_this_machine_is_never_connected_to(web: Web, store: Store) -> None:
    report = web.crawl(store, exempt=False)

    assert web.asked == []
    assert "refused" in report.problems[0].message


def test_a_name_that_leads_to_this_machine_is_refused_at_the_connection(
    web: Web, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def resolve(self: object, host: str, port: int = 0, family: int = 0) -> list[dict[str, object]]:
        return [
            {"hostname": host, "host": "127.0.0.1", "port": web.port, "family": 2, "proto": 6, "flags": 0}
        ]

    monkeypatch.setattr("aiohttp.resolver.ThreadedResolver.resolve", resolve)
    monkeypatch.setattr("aiohttp.connector.DefaultResolver.resolve", resolve)
    spec = msgspec.structs.replace(
        web.spec(), endpoints=(Endpoint(column="news", kind="feed", url="https://rebind.example.org/feed"),)
    )
    report = crawl(store, [spec], now=NOW, contact="x", archive=None)

    assert web.asked == []
    assert "127.0.0.1 is not a public address" in report.problems[0].message


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        pytest.param((200, {}, b"User-agent: *\nDisallow: /feed\n"), False, id="disallowed"),
        pytest.param((200, {}, b"User-agent: dibao\nDisallow: /\n"), False, id="by-name"),
        pytest.param((200, {}, b"User-agent: other\nDisallow: /\n"), True, id="another-robot"),
        pytest.param((404, {}, b"User-agent: *\nDisallow: /\n"), True, id="absent"),
        pytest.param((503, {}, b"busy"), False, id="unreachable"),
        pytest.param(
            (200, {}, b"# filler\n" * 60_000 + b"User-agent: *\nDisallow: /\n"), False, id="rule-after-500-kB"
        ),
    ],
)
def test_robots_txt_decides(web: Web, store: Store, robots: Reply, allowed: bool) -> None:
    web.answers["/robots.txt"] = robots
    report = web.crawl(store)

    assert ("/feed" in web.paths) is allowed
    assert allowed or "robots.txt" in report.problems[0].message


def test_an_unchanged_list_costs_one_304(web: Web, store: Store) -> None:
    def tagged(headers: dict[str, str]) -> Reply:
        if headers.get("if-none-match") == '"v1"':
            return 304, {}, b""
        return 200, {"ETag": '"v1"'}, FEED

    web.answers["/feed"] = tagged
    web.crawl(store)
    second = web.crawl(store, later=1)

    assert (second.new, second.same, second.problems) == (0, 1, ())
    assert poll(store).succeeded_at == NOW + dt.timedelta(hours=1)


def test_once_a_day_the_list_is_fetched_whole_whatever_its_etag_says(web: Web, store: Store) -> None:
    web.answers["/feed"] = (200, {"ETag": '"stuck"'}, FEED)
    web.crawl(store)
    web.crawl(store, later=24)

    assert "if-none-match" not in web.asked[-1][1]


def test_a_304_that_nobody_asked_for_is_a_failure(web: Web, store: Store) -> None:
    web.answers["/feed"] = (304, {}, b"")
    report = web.crawl(store)

    assert "304" in report.problems[0].message


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:9/",
        "http://[::ffff:169.254.169.254]/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "https://localhost/",
        "https://rsc.example.org:22/",
        "",
    ],
)
def test_a_redirect_inwards_is_refused(web: Web, store: Store, location: str) -> None:
    web.answers["/feed"] = (302, {"Location": location} if location else {}, b"")
    report = web.crawl(store)

    assert report.new == 0
    assert len(report.problems) == 1
    assert set(web.paths) == {"/robots.txt", "/feed"}


def test_a_redirect_within_the_site_is_followed(web: Web, store: Store) -> None:
    web.answers["/old"] = (301, {"Location": "/feed"}, b"")

    assert web.crawl(store, path="/old").new == 1


def test_redirects_end_after_ten_requests(web: Web, store: Store) -> None:
    for number in range(30):
        web.answers[f"/{number}"] = (302, {"Location": f"/{number + 1}"}, b"")
    report = web.crawl(store, path="/0")

    assert "redirects" in report.problems[0].message
    assert len(web.paths) - web.paths.count("/robots.txt") == 10


@pytest.mark.parametrize(
    ("status", "times"),
    [
        pytest.param(500, 3, id="500-two-more-tries"),
        pytest.param(403, 1, id="403"),
        pytest.param(412, 1, id="412"),
        pytest.param(429, 1, id="429"),
        pytest.param(410, 1, id="410"),
    ],
)
def test_only_failures_of_the_server_are_tried_again(web: Web, store: Store, status: int, times: int) -> None:
    web.answers["/feed"] = (status, {}, b"no")
    report = web.crawl(store)

    assert web.paths.count("/feed") == times
    assert str(status) in report.problems[0].message


def test_a_server_that_asks_for_an_hour_is_left_alone(web: Web, store: Store) -> None:
    web.answers["/feed"] = (503, {"Retry-After": "3600"}, b"")
    web.crawl(store)

    assert web.paths.count("/feed") == 1


def test_a_host_that_has_had_enough_is_not_asked_for_another_list(web: Web, store: Store) -> None:
    web.answers["/feed"] = (429, {"Retry-After": "3600"}, b"")
    web.answers["/other"] = (200, {}, FEED)
    both = msgspec.structs.replace(
        web.spec(), endpoints=(*web.spec("/feed").endpoints, *web.spec("/other").endpoints)
    )
    report = web.crawl(store, spec=both)

    assert "/other" not in web.paths
    assert len(report.problems) == 2


def test_a_list_that_is_not_due_is_not_asked_for_unless_forced(web: Web, store: Store) -> None:
    web.answers["/feed"] = (200, {}, FEED)
    web.crawl(store)
    early = web.crawl(store, minutes=5, due_only=True)
    late = web.crawl(store, minutes=60, due_only=True)
    forced = web.crawl(store, minutes=61, due_only=True, force=True)

    assert [report.not_due for report in (early, late, forced)] == [1, 0, 0]
    assert web.paths.count("/feed") == 3


def test_a_list_that_comes_back_to_the_catalogue_is_read_again(web: Web, store: Store) -> None:
    web.answers["/feed"] = (200, {}, FEED)
    web.crawl(store)
    store.retire_lists([])
    web.crawl(store, minutes=60)

    assert web.paths.count("/feed") == 2
    assert [row.needs_a_look for row in store.lists(now=NOW)] == [False]


def test_a_robots_txt_that_never_arrives_is_no_permission(web: Web, store: Store) -> None:
    def hang_up(_: dict[str, str]) -> Reply:
        raise ConnectionResetError

    web.answers["/robots.txt"] = hang_up
    web.answers["/feed"] = (200, {}, FEED)
    report = web.crawl(store)

    assert "/feed" not in web.paths
    assert ["robots.txt" in problem.message for problem in report.problems] == [True]


def test_the_pause_that_robots_txt_asks_for_is_kept(web: Web, store: Store) -> None:
    web.answers["/feed"] = (200, {}, FEED)
    web.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 0.6\n")
    started = time.monotonic()
    web.crawl(store)

    assert web.paths == ["/robots.txt", "/feed"]
    assert time.monotonic() - started > 0.6


MB = 1_000_000
TOO_MUCH: dict[str, Reply] = {
    "plain": (200, {}, FEED + b" " * (21 * MB)),
    "gzip-bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(FEED + b" " * (60 * MB), 1)),
    "gzip-twice": (
        200,
        {"Content-Encoding": "gzip, gzip"},
        gzip.compress(gzip.compress(b" " * (60 * MB), 1)),
    ),
    "length-lies": (200, {"Content-Length": str(5 * MB)}, FEED),
    "not-gzip": (200, {"Content-Encoding": "gzip"}, FEED),
}


@pytest.mark.parametrize("reply", TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_body_that_is_too_much_or_not_what_it_says_is_refused(web: Web, store: Store, reply: Reply) -> None:
    web.answers["/feed"] = reply
    report = web.crawl(store)

    assert (report.new, len(report.problems)) == (0, 1)
    assert report.problems[0].message == poll(store).error


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody but itself has signed, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


@pytest.mark.parametrize("trusted", [False, True], ids=["unknown-signer", "known-signer"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    path = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    local = Web(scheme="https", answers={"/feed": (200, {}, FEED)})
    for running in serve(local, context):
        report = running.crawl(store)

    assert report.new == (1 if trusted else 0)
    assert trusted or "certificate" in report.problems[0].message
    assert ("/feed" in local.paths) is trusted
