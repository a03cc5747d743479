"""A small internet on this machine: look-ups and connections go as a test says, and are recorded.

The crawler runs as it does outside, with its own guard and verified TLS. Its sockets believe that they
connect to public addresses; whatever they ask for ends at one of two servers on the loopback interface.
"""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dibao.crawler import client
from dibao.crawler import settings as manners
from dibao.crawler.run import CrawlReport, crawl
from dibao.crawler.source import Detail, Endpoint, SourceSpec
from dibao.store import Item, Store

NOW = dt.datetime(2026, 3, 5, 8, 0, tzinfo=dt.UTC)
PUBLIC = "93.184.216.34"
"""Where every host of the world lives unless a test says otherwise; nothing is ever sent there."""
HOSTS = ("*.example.org", "*.example.net", "*.invalid", "*.canary.invalid")

Case = dict[str, Any]
"""One entry of the hostile set's manifest."""

Route = Callable[[BaseHTTPRequestHandler], None]
"""Answers one request with whatever it likes."""


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Route:
    """Return a route that always gives the same answer; ``_`` in a header's name stands for ``-``."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def moved(status: int, location: str) -> Route:
    """Return a redirect; an empty ``location`` leaves the header out."""
    return answer(status, **({"Location": location} if location else {}))


def streamed(chunks: Callable[[], Iterator[bytes]], **headers: str) -> Route:
    """Return a route that sends chunks until they end or the other side hangs up."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        for chunk in chunks():
            handler.wfile.write(chunk)
        handler.close_connection = True

    return reply


def feed(*items: tuple[str, str]) -> bytes:
    """A feed of (guid, title) items of yesterday."""
    rows = "".join(
        f"<item><title>{title}</title><guid>{guid}</guid><pubDate>Wed, 04 Mar 2026 09:00:00 +0000</pubDate>"
        f"<description>Text of {title}.</description></item>"
        for guid, title in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'.encode()


HEALTHY = feed(("fine", "Fine"))


@dataclass
class World:
    """What is served, looked up and connected to."""

    ports: dict[int, int] = field(default_factory=dict)
    """Port that is asked for → port on this machine."""
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    """Host → addresses, look-up by look-up; the last answer is repeated."""
    routes: dict[tuple[str, str], Route] = field(default_factory=dict)
    """(host, path) → what answers there."""
    looked_up: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def serve(self, url: str, route: Route) -> None:
        parts = urlsplit(url)
        self.routes[parts.netloc, parts.path + (f"?{parts.query}" if parts.query else "")] = route

    def paths(self, host: str) -> list[str]:
        return [path for asked, path, _ in self.asked if asked == host and path != "/robots.txt"]

    def addresses(self, host: str) -> list[str]:
        """Answer a look-up."""
        self.looked_up.append(host)
        if host not in self.names:
            return [PUBLIC] if host.endswith((".example.org", ".example.net", ".invalid")) else []
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def crawl(self, store: Store, *specs: SourceSpec, hours: int = 0, **options: Any) -> CrawlReport:
        now = NOW + dt.timedelta(hours=hours)
        return crawl(store, list(specs), now=now, contact="https://bot.example.org/", archive=None, **options)

    def alone(self, store: Store, spec: SourceSpec, *, hours: int = 0) -> CrawlReport:
        """Crawl a source beside a healthy one, which must not suffer."""
        self.serve("https://healthy.example.org/feed", answer(200, HEALTHY))
        report = self.crawl(store, spec, source("healthy"), hours=hours)
        put = report.per_source["xx-healthy"]

        assert put.new + put.same == 1
        return report


def source(name: str, url: str = "", *, detail: bool = False, **changes: Any) -> SourceSpec:
    """A source with one feed; its page is read, too, when ``detail``."""
    endpoint = Endpoint(
        column="news",
        kind="feed",
        url=url or f"https://{name}.example.org/feed",
        detail=Detail() if detail else None,
    )
    given: dict[str, Any] = {
        "languages": ("en",), "timezone": "UTC", "homepage": f"https://{name}.example.org/",
        "endpoints": (endpoint,), **changes,
    }  # fmt: skip
    return SourceSpec(
        id=f"xx-{name}",
        name_en=name,
        name_zh=name,
        tier=1,
        jurisdiction="INT",
        kind="regulator",
        delay=0.0,
        **given,
    )


def items(store: Store, name: str) -> dict[str, Item]:
    """Title → item of a source."""
    return {item.title: item for item in store.items(store.content_hashes(f"xx-{name}")).values()}


@contextmanager
def running(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[World]:
    """Run a world; the crawler's look-ups and sockets lead into it until the end."""
    world = World()
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))
    servers = [_server(world, None), _server(world, tls(folder))]
    world.ports = {80: servers[0].server_port, 443: servers[1].server_port}
    _lead_into(world, monkeypatch)
    _hurry(monkeypatch)
    threads = [threading.Thread(target=s.serve_forever, kwargs={"poll_interval": 0.01}) for s in servers]
    for thread in threads:
        thread.start()
    try:
        yield world
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()


def _lead_into(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(self: object, host: str, port: int = 0, family: int = 0) -> list[dict[str, object]]:
        found = world.addresses(host)
        if not found:
            raise OSError(f"{host}: no such name")
        return [
            {
                "hostname": host,
                "host": address,
                "port": port,
                "family": _family(address),
                "proto": 6,
                "flags": 0,
            }
            for address in found
        ]

    class Led(socket.socket):
        """A socket that records where it is sent, and goes to this machine's servers instead."""

        def connect(self, address: Any) -> None:
            world.connected.append((str(address[0]), address[1]))
            if address[1] not in world.ports:
                raise OSError("nothing listens there")
            super().connect(("127.0.0.1", world.ports[address[1]]))

    def led(family: int = -1, type: int = -1, proto: int = -1) -> Led:
        return Led(family=socket.AF_INET, type=type, proto=proto)

    monkeypatch.setattr("aiohttp.resolver.ThreadedResolver.resolve", resolve)
    monkeypatch.setattr("aiohttp.connector.DefaultResolver.resolve", resolve)
    monkeypatch.setattr(client, "socket", SimpleNamespace(socket=led))


def _family(address: str) -> int:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same manners without the waiting."""
    real = manners.settings

    def quick(*args: Any, **kwargs: Any) -> dict[str, Any]:
        made = real(*args, **kwargs)
        quicker = {
            "DOWNLOAD_DELAY": 0,
            "DOWNLOAD_SLOTS": {},
            "AUTOTHROTTLE_ENABLED": False,
            "DOWNLOAD_TIMEOUT": 3,
        }
        return {**made, **quicker, manners.RETRY_PAUSES: [0.0, 0.0]}

    monkeypatch.setattr("dibao.crawler.run.settings", quick)


def _server(world: World, context: ssl.SSLContext | None) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            host = self.headers.get("Host", "")
            with world.lock:
                world.asked.append((host, self.path, {k.lower(): v for k, v in self.headers.items()}))
            world.routes.get((host, self.path), answer(404))(self)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that hangs up on us is what these tests are about

    server = Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


# --- certificates --------------------------------------------------------------------------------


def certificates(folder: Path) -> None:
    """Write ca.pem, and server, expired and wrong-host certificates signed by it."""
    key = ec.generate_private_key(ec.SECP256R1())
    ca = _sign(_name("World"), key, _name("World"), key, days=(-9, 9), hosts=(), authority=True)
    (folder / "ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    made: dict[str, tuple[tuple[int, int], Sequence[str]]] = {
        "server": ((-1, 9), HOSTS),
        "expired": ((-9, -1), HOSTS),
        "wrong-host": ((-1, 9), ("elsewhere.example.com",)),
    }
    for name, (days, hosts) in made.items():
        own = ec.generate_private_key(ec.SECP256R1())
        leaf = _sign(_name(name), own, _name("World"), key, days=days, hosts=hosts, authority=False)
        secret = own.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (folder / f"{name}.pem").write_bytes(leaf.public_bytes(serialization.Encoding.PEM) + secret)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _sign(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    days: tuple[int, int],
    hosts: Sequence[str],
    authority: bool,
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    public = issuer_key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + dt.timedelta(days=days[0]))
        .not_valid_after(now + dt.timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
    )
    if hosts:
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        builder = builder.add_extension(names, critical=False)
    if authority:
        usage = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
            key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
            decipher_only=False,
        )  # fmt: skip
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def tls(folder: Path) -> ssl.SSLContext:
    """A server's context; hosts called ``expired.…`` and ``wrong-host.…`` show such a certificate."""
    made = {name: _context(folder / f"{name}.pem") for name in ("server", "expired", "wrong-host")}

    def by_name(connection: ssl.SSLObject, host: str | None, _: ssl.SSLContext) -> None:
        connection.context = made.get((host or "").partition(".")[0], made["server"])

    made["server"].sni_callback = by_name  # type: ignore[assignment]
    return made["server"]


def _context(path: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
