"""The local server gives what a good one gives, to this machine only, and nothing outside its folder."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.site import write
from dibao.site.headers import media_type
from dibao.site.serve import server, wanted
from dibao.store import ConfigError

FILES = {
    "index.html": b"<!doctype html><title>x</title>",
    "404.html": b"<!doctype html><title>lost</title>",
    "zh/feed.json": b"{}",
    "zh/feed.atom": b"<feed/>",
    "zh/e/1/index.html": "<!doctype html><title>事件</title>".encode(),
    "static/style.css": b"p{}",
    ".well-known/security.txt": b"Contact: x\n",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    out = tmp_path_factory.mktemp("out")
    write.publish(out, "one", FILES)
    (out / "secret.txt").write_bytes(b"secret")
    (out / "editions" / "one" / "way-out").symlink_to(out / "secret.txt")
    (out / "editions" / "one" / ".hidden").write_bytes(b"hidden")
    with server(out / "live", port=0) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield out, running.server_address[1]
        running.shutdown()
        thread.join()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/zh/e/1/", "text/html; charset=utf-8"),
        ("/zh/feed.json", "application/feed+json; charset=utf-8"),
        ("/zh/feed.atom", "application/atom+xml; charset=utf-8"),
        ("/static/style.css?v=1", "text/css; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files_come_with_their_type(served: tuple[Path, int], path: str, type_: str) -> None:
    answer, body = ask(served[1], path)

    assert (answer.status, answer.getheader("Content-Type")) == (200, type_)
    assert answer.getheader("Content-Length") == str(len(body)) and body


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "default-src 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", "public, max-age=300"),
        ("Vary", "Accept-Encoding"),
    ],
)
def test_headers(served: tuple[Path, int], name: str, value: str) -> None:
    answer, _ = ask(served[1], "/zh/e/1/")

    assert (answer.getheader(name) or "").startswith(value)


def test_no_header_speaks_of_https_on_a_plain_local_server(served: tuple[Path, int]) -> None:
    answer, _ = ask(served[1], "/")

    assert answer.getheader("Strict-Transport-Security") is None
    assert "upgrade-insecure" not in (answer.getheader("Content-Security-Policy") or "")


def test_feeds_may_be_read_from_other_sites_and_pages_not(served: tuple[Path, int]) -> None:
    assert ask(served[1], "/zh/feed.json")[0].getheader("Access-Control-Allow-Origin") == "*"
    assert ask(served[1], "/")[0].getheader("Access-Control-Allow-Origin") is None


def test_a_known_version_is_not_sent_again(served: tuple[Path, int]) -> None:
    first, _ = ask(served[1], "/zh/feed.atom")
    etag = first.getheader("ETag") or ""
    again, body = ask(served[1], "/zh/feed.atom", If_None_Match=f'"other", W/{etag}')

    assert etag.startswith('"') and (again.status, body, again.getheader("ETag")) == (304, b"", etag)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"If_None_Match": '"other"'}, 200, id="other-version"),
        pytest.param({"If_None_Match": "*"}, 304, id="any-version"),
        pytest.param({"If_Modified_Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 304, id="since-later"),
        pytest.param({"If_Modified_Since": "Fri, 01 Jan 1999 00:00:00 GMT"}, 200, id="since-earlier"),
        pytest.param({"If_Modified_Since": "yesterday"}, 200, id="no-date"),
        pytest.param(
            {"If_None_Match": '"other"', "If_Modified_Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
            200,
            id="tag-before-date",
        ),
    ],
)
def test_conditions(served: tuple[Path, int], headers: dict[str, str], status: int) -> None:
    assert ask(served[1], "/zh/feed.atom", **headers)[0].status == status


def test_head_is_get_without_the_body(served: tuple[Path, int]) -> None:
    got, _ = ask(served[1], "/")
    head, body = ask(served[1], "/", "HEAD")

    assert body == b"" and head.getheader("Content-Length") == got.getheader("Content-Length")
    assert head.getheader("ETag") == got.getheader("ETag")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(served: tuple[Path, int], method: str) -> None:
    answer, _ = ask(served[1], "/", method)

    assert (answer.status, answer.getheader("Allow")) == (405, "GET, HEAD")


def test_a_folder_without_its_slash_is_redirected(served: tuple[Path, int]) -> None:
    answer, _ = ask(served[1], "/zh/e/1")

    assert (answer.status, answer.getheader("Location")) == (301, "/zh/e/1/")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/zh/../../secret.txt", "/..%2fsecret.txt", "/way-out",
        "/.hidden", "/%00", "/zh\\..\\x", "//example.com/", "/no/such/page", "/zh//e/1/",
    ],
)  # fmt: skip
def test_nothing_outside_the_edition_is_given(served: tuple[Path, int], path: str) -> None:
    answer, body = ask(served[1], path)

    assert answer.status in (400, 404) and b"secret" not in body and b"hidden" not in body
    assert answer.getheader("Location") is None


def test_an_unknown_address_shows_the_sites_own_page(served: tuple[Path, int]) -> None:
    answer, body = ask(served[1], "/no-such-page/")

    assert (answer.status, body) == (404, FILES["404.html"])


def test_a_new_edition_shows_at_once(served: tuple[Path, int]) -> None:
    out, port = served
    before = ask(port, "/static/style.css")[0].getheader("ETag")
    write.publish(out, "two", FILES | {"static/style.css": b"p{color:red}"})
    answer, body = ask(port, "/static/style.css")
    write.publish(out, "one", FILES)

    assert body == b"p{color:red}" and answer.getheader("ETag") != before


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_it_listens_to_this_machine_only(tmp_path: Path, host: str) -> None:
    with pytest.raises(ConfigError, match="loopback"):
        server(tmp_path, port=0, host=host)


def test_a_folder_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="build the site first"):
        server(tmp_path / "none", port=0)


def test_a_port_that_is_taken_says_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigError, match="--port"):
            server(tmp_path, port=taken.getsockname()[1])


@given(st.text(max_size=60))
def test_a_wanted_path_never_climbs(target: str) -> None:
    path = wanted("/" + target)

    assert path is None or (path.startswith("/") and ".." not in path.split("/"))


def test_an_unknown_ending_is_bytes() -> None:
    assert media_type("x.unknown") == "application/octet-stream"
