"""What the crawler refuses of a real server: addresses, redirects, bodies, certificates."""

from __future__ import annotations

import datetime as dt
import gzip
import ssl
from ipaddress import ip_address
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dibao.crawler.run import crawl
from dibao.crawler.source import Endpoint
from dibao.store import Store

from .server import FEED, NOW, Reply, Web, poll, serve


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
