"""A small static server to look at an edition on this machine. It is not made for the internet.

In: the folder of an edition (or the link to the live one, read anew at each request, so that a new edition
shows at once). Out: files with the headers of standards 3 and 9, ETag and Last-Modified, 304 and HEAD.
"""

from __future__ import annotations

import hashlib
import posixpath
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from gettext import gettext as _
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from dibao.store import ConfigError

from .headers import common, media_type, special


class EditionServer(ThreadingHTTPServer):
    """Serves one folder; ``server_address`` holds the port that was given or chosen."""

    daemon_threads = True

    def __init__(self, folder: Path, *, port: int, host: str) -> None:
        self.folder = folder
        super().__init__((host, port), _Handler)


def server(folder: Path, *, port: int, host: str = "127.0.0.1") -> EditionServer:
    """Return a server that listens but does not yet answer. Port 0 takes a free one.

    Raises ConfigError for a folder that is not there, an address that is not this machine's own loopback,
    or a port that is taken.
    """
    if not folder.is_dir():
        raise ConfigError(_("serve: {folder}: no such folder; build the site first").format(folder=folder))
    if not _loopback(host):
        raise ConfigError(
            _("serve: {host}: only a loopback address; put a real web server before the internet").format(
                host=host
            )
        )
    try:
        return EditionServer(folder, port=port, host=host)
    except OSError as error:
        raise ConfigError(
            _("serve: port {port}: {error}; choose another with --port").format(
                port=port, error=error.strerror
            )
        ) from error


def serve(folder: Path, *, port: int, host: str = "127.0.0.1") -> None:
    """Serve until interrupted (Ctrl-C). For local viewing only. Raises ConfigError."""
    with server(folder, port=port, host=host) as running:
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            return


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _Handler(BaseHTTPRequestHandler):
    server: EditionServer
    server_version = "dibao-local"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _refuse(self) -> None:
        self.close_connection = True
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, b"Only GET and HEAD.\n", {"Allow": "GET, HEAD"})

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _refuse

    def _answer(self, *, body: bool) -> None:
        root = self.server.folder.resolve()
        path = wanted(self.path)
        if path is None:
            self._send(HTTPStatus.BAD_REQUEST, b"Bad path.\n", {}, body=body)
            return
        file = root / path.lstrip("/")
        if file.is_dir() and not path.endswith("/"):
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", {"Location": quote(f"{path}/")}, body=body)
            return
        if path.endswith("/"):
            file, path = file / "index.html", f"{path}index.html"
        if not file.is_file() or not file.resolve().is_relative_to(root):
            self._missing(root, body=body)
            return
        self._send_file(file, path, body=body)

    def _missing(self, root: Path, *, body: bool) -> None:
        page = root / "404.html"
        if page.is_file():
            headers = {"Content-Type": media_type("/404.html")}
            self._send(HTTPStatus.NOT_FOUND, page.read_bytes(), headers, body=body)
        else:
            self._send(HTTPStatus.NOT_FOUND, b"Not found.\n", {}, body=body)

    def _send_file(self, file: Path, path: str, *, body: bool) -> None:
        facts = file.stat()
        etag = _etag(file.resolve(), facts.st_mtime_ns, facts.st_size)
        headers = special(path) | {
            "Content-Type": media_type(path),
            "ETag": etag,
            "Last-Modified": formatdate(facts.st_mtime, usegmt=True),
            "Vary": "Accept-Encoding",
        }
        if self._known(etag, facts.st_mtime):
            self._send(HTTPStatus.NOT_MODIFIED, b"", headers, body=False)
        else:
            self._send(HTTPStatus.OK, file.read_bytes(), headers, body=body)

    def _known(self, etag: str, changed: float) -> bool:
        """If-None-Match decides alone where it is given (RFC 9110, 13.2.2)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and int(changed) <= parsedate_to_datetime(since).timestamp()
        except ValueError:
            return False

    def _send(self, status: HTTPStatus, data: bytes, headers: dict[str, str], *, body: bool = True) -> None:
        self.send_response(status)
        for name, value in (common(secure=False) | {"Content-Type": media_type("x.txt")} | headers).items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body and data:
            self.wfile.write(data)

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing: this is for looking at pages, and a path from outside is no line for a terminal."""


def wanted(target: str) -> str | None:
    """Return the path of a request below the root: absolute, without ``.``, ``..``, NUL or hidden names."""
    try:
        path = unquote(urlsplit(target).path, errors="strict")
    except ValueError:
        return None
    if not path.startswith("/") or path.startswith("//") or "\0" in path or "\\" in path:
        return None
    names = path.split("/")[1:]
    hidden = any(name.startswith(".") and name != ".well-known" for name in names)
    return None if hidden or "" in names[:-1] else posixpath.join("/", *names)


@lru_cache(maxsize=10_000)
def _etag(file: Path, changed: int, size: int) -> str:
    """A strong tag from the content; time and size only say when to read the file again."""
    return f'"{hashlib.sha256(file.read_bytes()).hexdigest()[:32]}"'
