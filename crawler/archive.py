"""Snapshots out and in: every answer goes to a WARC file, and a recording can stand in for the network.

Out: ``Recorder`` writes one gzip WARC a run; a body seen before in the run becomes a revisit record.
In: ``Recording`` answers from WARC files or from a folder HOST/PATH; ``ReplayHandler`` is the Scrapy
download handler on top of it, so that the whole path of the crawler stays the same.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dibao.store import ConfigError, Snapshot

REPLAY = "DIBAO_REPLAY"
"""Setting: path of the recording that is read instead of the network."""

MAX_BODY = 20_000_000
"""Bytes of one answer, compressed and again decompressed."""

# Headers worth keeping; no cookies, no addresses of clients or proxies.
_KEPT = (
    "Content-Type",
    "Content-Encoding",
    "Content-Language",
    "Content-Disposition",
    "Date",
    "ETag",
    "Last-Modified",
    "Location",
    "Retry-After",
)
_SUFFIXES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".json": "application/json",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FIRST_BYTES = (
    (b"%PDF", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"<?xml", "application/xml"),
    (b"<rss", "application/xml"),
    (b"<feed", "application/xml"),
    (b"{", "application/json"),
    (b"[", "application/json"),
    (b"<", "text/html"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One recorded answer: what a server said to one request."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


# --- out -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Recorder:
    """Writes answers to one new WARC file in ``folder``; the file is made at the first answer.

    Bodies are kept as they came over the wire, content coding included, so SHA-256 names the exact
    bytes. ``drain`` hands over the Snapshots written since it was last called.
    """

    folder: Path
    now: datetime
    _path: Path | None = None
    _file: io.BufferedWriter | None = None
    _writer: Any = None
    _seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    _snapshots: list[Snapshot] = field(default_factory=list)

    def write(self, *, method: str, url: str, request_body: bytes, answer: Answer) -> None:
        """Append one answer, and the request when it was not a plain GET."""
        writer, file, name = self._open()
        offset = file.tell()
        sha256 = hashlib.sha256(answer.body).hexdigest()
        kept = [(key, value) for key, value in answer.headers if key.title() in map(str.title, _KEPT)]
        head = StatusAndHeaders(_status_line(answer.status), kept, protocol="HTTP/1.1")
        stamp = self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if sha256 in self._seen:
            first_url, digest = self._seen[sha256]
            record = writer.create_revisit_record(url, digest, first_url, stamp, http_headers=head)
        else:
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(answer.body),
                length=len(answer.body),
                http_headers=head,
                warc_headers_dict={"WARC-Date": stamp, "WARC-Payload-Digest": f"sha256:{sha256}"},
            )
            self._seen[sha256] = (url, f"sha256:{sha256}")
        writer.write_record(record)
        if method != "GET":
            self._write_request(writer, record, method, url, request_body)
        file.flush()
        self._snapshots.append(
            Snapshot(
                sha256=sha256,
                url=url,
                fetched_at=self.now,
                media_type=_header(answer.headers, "content-type").partition(";")[0].strip().lower(),
                size=len(answer.body),
                warc=name,
                offset=offset,
            )
        )

    def _write_request(
        self, writer: Any, response: ArcWarcRecord, method: str, url: str, body: bytes
    ) -> None:
        target = urlsplit(url)
        path = target.path + (f"?{target.query}" if target.query else "")
        record = writer.create_warc_record(
            url,
            "request",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(
                f"{method} {path or '/'} HTTP/1.1", [("Host", target.netloc)], is_http_request=True
            ),
            warc_headers_dict={
                "WARC-Date": response.rec_headers.get_header("WARC-Date"),
                "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
            },
        )
        writer.write_record(record)

    def _open(self) -> tuple[Any, io.BufferedWriter, str]:
        if self._file is None or self._path is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._path = _free_name(self.folder, self.now)
            self._file = self._path.open("xb")
            self._writer = WARCWriter(self._file, gzip=True)
            self._writer.write_record(
                self._writer.create_warcinfo_record(
                    self._path.name, {"software": "dibao", "format": "WARC/1.1"}
                )
            )
        return self._writer, self._file, self._path.name

    def drain(self) -> tuple[Snapshot, ...]:
        """Return the snapshots written since the last call."""
        found, self._snapshots = tuple(self._snapshots), []
        return found

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _free_name(folder: Path, now: datetime) -> Path:
    stem = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    number = 1
    while (path := folder / f"{stem}-{number:02d}.warc.gz").exists():
        number += 1
    return path


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _header(headers: Sequence[tuple[str, str]], name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


class ArchiveMiddleware:
    """Names every answer by its SHA-256 (``request.meta["snapshot"]``) and hands it to the recorder.

    Sits nearest to the network, so that redirects and robots.txt are kept too.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveMiddleware:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        request.meta["snapshot"] = hashlib.sha256(response.body).hexdigest()
        recorder: Recorder | None = getattr(self._crawler.spider, "recorder", None)
        if recorder is not None and response.status != 304:
            headers = tuple(
                (key.decode("latin-1"), value.decode("latin-1"))
                for key, values in response.headers.items()
                for value in values
            )
            recorder.write(
                method=request.method,
                url=request.url,
                request_body=request.body,
                answer=Answer(status=response.status, headers=headers, body=response.body),
            )
        return response


# --- in ------------------------------------------------------------------------------------------


class Recording:
    """Answers of a WARC file, of a folder of them, or of a folder HOST/PATH. Never the network.

    Raises ConfigError when the path holds none of these.
    """

    def __init__(self, root: Path) -> None:
        if not root.exists():
            raise ConfigError(f"{root}: nothing to replay; give a WARC file or a folder")
        self._root = root if root.is_dir() else None
        files = _warcs(root) if root.is_dir() else [root]
        self._index = _index(files)

    def answer(self, url: str, *, method: str = "GET") -> Answer | None:
        """Return what was recorded for a request, None when nothing was."""
        place = self._index.get((method, _same(url)))
        return _read(place) if place is not None else self._from_folder(url, method)

    def _from_folder(self, url: str, method: str) -> Answer | None:
        if self._root is None:
            return None
        root = self._root.resolve()
        for name in candidates(url, method=method):
            path = _in_any_order(root / name).resolve()
            # The name came from a URL: wherever it points after links, it must be inside the folder.
            if root in path.parents and _is_file(path):
                return _from_file(path)
        return None


def _in_any_order(path: Path) -> Path:
    """Return the file of the same folder whose query holds the same parts, in whatever order."""
    stem, mark, query = path.name.partition("%3F")
    if not mark or _is_file(path) or not path.parent.is_dir():
        return path
    wanted = sorted(query.split("&"))
    for other in sorted(path.parent.glob("*")):
        name, _, parts = other.name.partition("%3F")
        if name == stem and sorted(parts.split("&")) == wanted:
            return other
    return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the file system takes
        return False


def candidates(url: str, *, method: str = "GET") -> Iterator[str]:
    """Yield the names, inside a folder HOST/PATH, that an answer to this request may have.

    ``https://a.example/x/`` → ``a.example/x/index.html``; a query is appended as ``%3F`` and the
    query itself, with ``/`` as ``%2F``; a POST adds ``.POST``; a port other than the usual follows
    the host after ``_``. Path segments ``..`` yield nothing.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "") + (f"_{parts.port}" if parts.port not in (None, 80, 443) else "")
    ending = "" if method == "GET" else f".{method}"
    query = "%3F" + parts.query.replace("/", "%2F") if parts.query else ""
    for path in dict.fromkeys((parts.path, unquote(parts.path))):
        segments = path.removeprefix("/").split("/")
        if not host or any(s in (".", "..") or "\\" in s or "\0" in s for s in (host, *segments)):
            continue
        if not segments[-1]:
            segments[-1] = "index.html"
        yield "/".join((host, *segments)) + query + ending
        if path and not path.endswith("/") and not parts.query:
            yield "/".join((host, *segments, "index.html")) + ending


def _from_file(path: Path) -> Answer:
    """Read an answer and its sidecar ``<file>.headers`` (a JSON object). Raises ConfigError."""
    with path.open("rb") as file:
        body = file.read(MAX_BODY + 1)
    sidecar = path.with_name(path.name + ".headers")
    declared: dict[str, str] = {}
    if _is_file(sidecar):
        try:
            declared = {str(k).lower(): str(v) for k, v in json.loads(sidecar.read_text("utf-8")).items()}
            status = int(declared.pop("status", "200"))
        except (ValueError, AttributeError) as error:
            raise ConfigError(f"{sidecar.name}: not a JSON object of headers ({error})") from error
    else:
        status = 200
    declared.setdefault("content-type", guess_type(path.name, body))
    return Answer(status=status, headers=tuple(declared.items()), body=body)


def guess_type(name: str, body: bytes) -> str:
    """Return a media type from a file name's ending, else from the first bytes."""
    stem = name.removesuffix(".POST").partition("%3F")[0]
    suffix = Path(stem).suffix.lower()
    start = body[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    found = next((kind for magic, kind in _FIRST_BYTES if start.startswith(magic.lower())), "")
    # An endpoint that is called .html may hold a feed (PBC and ECB do so); the first bytes know better.
    if suffix in (".html", ".htm", ".shtml") and found == "application/xml":
        return found if b"<rss" in start or b"<feed" in start or b"<rdf" in start else "text/html"
    return _SUFFIXES.get(suffix) or found or "application/octet-stream"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record is; ``payload`` is where the body is, when this one only refers to it."""

    path: Path
    offset: int
    payload: tuple[Path, int] | None = None


def _warcs(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.name.endswith((".warc", ".warc.gz")))


def _index(files: Sequence[Path]) -> dict[tuple[str, str], _Place]:
    """Map (method, URL) to the newest record of it. Raises ConfigError for a file that is no WARC."""
    index: dict[tuple[str, str], _Place] = {}
    bodies: dict[str, tuple[Path, int]] = {}
    for path in files:
        earlier: dict[str, tuple[str, _Place, _Place | None]] = {}
        try:
            with path.open("rb") as file:
                records = ArchiveIterator(file)
                for record in records:
                    _note(record, path, records.get_record_offset(), index, bodies, earlier)
        except Exception as error:  # warcio raises bare ones of several kinds for a damaged file
            raise ConfigError(f"{path.name}: not readable as WARC ({error})") from error
        if not earlier:
            raise ConfigError(f"{path.name}: no WARC records of answers in this file")
    return index


def _note(
    record: ArcWarcRecord,
    path: Path,
    offset: int,
    index: dict[tuple[str, str], _Place],
    bodies: dict[str, tuple[Path, int]],
    earlier: dict[str, tuple[str, _Place, _Place | None]],
) -> None:
    head = record.rec_headers
    url = _same(head.get_header("WARC-Target-URI") or "")
    name, digest = head.get_header("WARC-Record-ID"), head.get_header("WARC-Payload-Digest") or ""
    if not url.startswith(("http://", "https://")):
        return
    if record.rec_type == "response":
        bodies[digest] = (path, offset)
        place = _Place(path, offset)
    elif record.rec_type == "revisit":
        place = _Place(path, offset, bodies.get(digest))
    elif record.rec_type == "request":
        # It follows its response: move that from GET to the method really used.
        method = (record.http_headers.protocol if record.http_headers else "GET").upper()
        found = earlier.get(head.get_header("WARC-Concurrent-To") or "")
        if found is not None and method != "GET":
            index[(method, found[0])] = found[1]
            if found[2] is None:
                index.pop(("GET", found[0]), None)
            else:
                index[("GET", found[0])] = found[2]
        return
    else:
        return
    earlier[name] = (url, place, index.get(("GET", url)))
    index[("GET", url)] = place


def _read(place: _Place) -> Answer:
    """Read one record back. A revisit takes its body from the record it refers to."""
    record, body = _record(place.path, place.offset)
    if place.payload is not None:
        _, body = _record(*place.payload)
    http = record.http_headers
    status = int(http.get_statuscode() or 200) if http else 200
    return Answer(status=status, headers=tuple(http.headers) if http else (), body=body)


def _record(path: Path, offset: int) -> tuple[ArcWarcRecord, bytes]:
    with path.open("rb") as file:
        file.seek(offset)
        record = next(iter(ArchiveIterator(file)))
        return record, record.raw_stream.read(MAX_BODY + 1)


def _same(url: str) -> str:
    """Return an address without fragment and with its query sorted: the same request, however written."""
    parts = urlsplit(url)
    return parts._replace(query="&".join(sorted(parts.query.split("&"))), fragment="").geturl()


class ReplayHandler(BaseDownloadHandler):
    """Scrapy download handler that answers from a Recording. It has no way to the network."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._recording = Recording(Path(crawler.settings[REPLAY]))

    async def download_request(self, request: Request) -> Response:
        answer = self._recording.answer(request.url, method=request.method)
        if answer is None and urlsplit(request.url).path == "/robots.txt":
            return Response(request.url, status=404, request=request)
        if answer is None:
            raise IgnoreRequest(f"not in the recording: {request.method} {request.url}")
        if len(answer.body) > MAX_BODY:
            raise IgnoreRequest(f"larger than {MAX_BODY // 1_000_000} MB; not read")
        headers = Headers()
        for key, value in answer.headers:
            headers.appendlist(key, value.encode("utf-8"))
        return Response(request.url, status=answer.status, headers=headers, body=answer.body, request=request)
