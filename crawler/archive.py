"""Snapshots: every answer goes to a WARC file, one a run. ``replay.py`` reads them back.

A body seen before, in this run or an earlier one whose file is still there, becomes a revisit record.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from gettext import gettext as _
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dibao.store import Snapshot, StoreError

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One recorded answer: what a server said to one request."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


Known = Callable[[str], Snapshot | None]
"""SHA-256 → the snapshot of an earlier run that has these bytes."""


def _nothing_known(_: str) -> None:
    return None


@dataclass(slots=True)
class Recorder:
    """Writes answers to one new WARC file in ``folder``; the file is made at the first answer.

    Bodies are kept as they came over the wire, content coding included, so SHA-256 names the exact
    bytes. ``drain`` hands over the Snapshots written since it was last called.
    """

    folder: Path
    now: datetime
    known: Known = _nothing_known
    _path: Path | None = None
    _file: io.FileIO | None = None
    _buffer: io.BytesIO = field(default_factory=io.BytesIO)
    """What is on its way to the file: records go there whole, so that no half one is followed by others."""
    _writer: Any = None
    _seen: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    """SHA-256 → address and time of the record that holds the bytes."""
    _snapshots: list[Snapshot] = field(default_factory=list)

    def write(self, *, method: str, url: str, request_body: bytes, answer: Answer) -> None:
        """Append one answer, and the request when it was not a plain GET.

        Raises StoreError where the file cannot take it; the file then ends as it did before.
        """
        writer, file, name = self._open()
        sha256 = hashlib.sha256(answer.body).hexdigest()
        kept = [(key, value) for key, value in answer.headers if key.title() in map(str.title, _KEPT)]
        head = StatusAndHeaders(_status_line(answer.status), kept, protocol="HTTP/1.1")
        digest = f"sha256:{sha256}"
        if (first := self._first(sha256)) is not None:
            record = writer.create_revisit_record(
                url,
                digest,
                first[0],
                _stamp(first[1]),
                http_headers=head,
                warc_headers_dict={"WARC-Date": _stamp(self.now)},
            )
        else:
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(answer.body),
                length=len(answer.body),
                http_headers=head,
                warc_headers_dict={"WARC-Date": _stamp(self.now), "WARC-Payload-Digest": digest},
            )
            self._seen[sha256] = (url, self.now)
        writer.write_record(record)
        if method != "GET":
            self._write_request(writer, record, method, url, request_body)
        offset = self._append(file, name)
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

    def _first(self, sha256: str) -> tuple[str, datetime] | None:
        """Return address and time of the record that holds the bytes already, None when there is none."""
        if sha256 not in self._seen:
            earlier = self.known(sha256)
            if earlier is not None and (self.folder / earlier.warc).is_file():
                self._seen[sha256] = (earlier.url, earlier.fetched_at)
        return self._seen.get(sha256)

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

    def _append(self, file: io.FileIO, name: str) -> int:
        """Write what waits in the buffer and return where it begins. Raises StoreError."""
        data = memoryview(self._buffer.getvalue())
        start, done = file.tell(), 0
        try:
            while done < len(data):
                done += file.write(data[done:])
        except OSError as error:
            file.truncate(start)
            file.seek(start)
            raise _unkept(self.folder / name, error) from error
        finally:
            self._buffer.seek(0)
            self._buffer.truncate()
        return start

    def _open(self) -> tuple[Any, io.FileIO, str]:
        if self._file is None or self._path is None:
            self._path = _free_name(self.folder, self.now)
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("xb", buffering=0)
            except OSError as error:
                raise _unkept(self._path, error) from error
            self._writer = WARCWriter(self._buffer, gzip=True)
            self._writer.write_record(
                self._writer.create_warcinfo_record(
                    self._path.name, {"software": "dibao", "format": "WARC/1.1"}
                )
            )
            self._append(self._file, self._path.name)
        return self._writer, self._file, self._path.name

    def drain(self) -> tuple[Snapshot, ...]:
        """Return the snapshots written since the last call."""
        found, self._snapshots = tuple(self._snapshots), []
        return found

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _unkept(path: Path, error: OSError) -> StoreError:
    return StoreError(
        _("{path}: no place for what was fetched ({error}); free some space or choose another folder").format(
            path=path, error=error.strerror or error
        )
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
        spider = self._crawler.spider
        recorder: Recorder | None = getattr(spider, "recorder", None)
        if recorder is not None and response.status != 304:
            headers = tuple(
                (key.decode("latin-1"), value.decode("latin-1"))
                for key, values in response.headers.items()
                for value in values
            )
            answer = Answer(status=response.status, headers=headers, body=response.body)
            try:
                recorder.write(
                    method=request.method, url=request.url, request_body=request.body, answer=answer
                )
            except StoreError as error:
                spider.failure = error  # type: ignore[union-attr]  # whoever has a recorder has it
                raise
        return response
