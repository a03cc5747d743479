"""A recording stands in for the network: WARC files, as ``archive.py`` writes them, or a folder HOST/PATH.

``ReplayHandler`` is the Scrapy download handler on top of it: the rest of the crawler does not notice.
"""

from __future__ import annotations

import hashlib
import json
import logging
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from dibao.store import ConfigError

from .archive import MAX_BODY, Answer

log = logging.getLogger(__name__)

REPLAY = "DIBAO_REPLAY"
"""Setting: path of the recording that is read instead of the network."""

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


class Recording:
    """Answers of a WARC file, of a folder of them, or of a folder HOST/PATH. Never the network.

    Raises ConfigError when the path holds none of these.
    """

    def __init__(self, root: Path) -> None:
        if not root.exists():
            raise ConfigError(_("{path}: nothing to replay; give a WARC file or a folder").format(path=root))
        self._root = root if root.is_dir() else None
        files = _warcs(root) if root.is_dir() else [root]
        self._index = _index(files)

    def answer(self, url: str, *, method: str = "GET", sent: bytes = b"") -> Answer | None:
        """Return what was recorded for a request, None when nothing was.

        Of several answers of one address that to the same body counts, else the newest.
        """
        places, address = self._index.places, _same(url)
        exact = (method, address, hashlib.sha256(sent).hexdigest())
        place = places.get(exact) or places.get((method, address, ""))
        return _read(place, self._index.bodies) if place is not None else self._from_folder(url, method)

    def place(self, url: str, *, method: str) -> str:
        """Say where an answer to a request may be put; empty where the recording is no folder HOST/PATH."""
        name = next(candidates(url, method=method), "")
        return f" (save it as {name})" if name and self._root is not None and not self._index.places else ""

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
        name, _mark, parts = other.name.partition("%3F")
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
            told = _("{file}: not a JSON object of headers ({error})")
            raise ConfigError(told.format(file=sidecar.name, error=error)) from error
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
    """Where a record is; ``digest`` names the body when this one only refers to it."""

    path: Path
    offset: int
    digest: str = ""


_Key = tuple[str, str, str]
"""Method, address, SHA-256 of what was sent (empty: whatever was sent, the newest answer)."""


def _warcs(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.name.endswith((".warc", ".warc.gz")))


@dataclass(slots=True)
class _Index:
    """Where the newest answer to each request is, and where each body is."""

    places: dict[_Key, _Place] = field(default_factory=dict)
    bodies: dict[str, tuple[Path, int]] = field(default_factory=dict)

    def add(self, path: Path) -> int:
        """Note the records of one file and return how many answers there are. Raises ConfigError for no WARC.

        The end of a run that was killed may be half a record: that one is left out, and the log says so.
        """
        answers, cut = 0, False
        waiting: tuple[str, str, _Place] | None = None
        with path.open("rb") as file:
            records = ArchiveIterator(file)
            try:
                for record in records:
                    if record.rec_type == "request":
                        if waiting is not None:
                            self._sent(record, waiting)
                            waiting = None
                        continue  # asking for its place would read it to its end
                    place = records.get_record_offset()
                    if cut := not _whole(record):
                        break
                    found = self._answer(record, path, place)
                    if found is not None:
                        self._keep(waiting)
                        waiting, answers = found, answers + 1
            except Exception as error:  # warcio raises bare ones of several kinds for a damaged file
                if not (cut := _cut(path, records.offset)):
                    told = _("{file}: not readable as WARC ({error}); take it out of the folder")
                    why = " ".join(str(error).split())[:80]
                    raise ConfigError(told.format(file=path.name, error=why)) from error
        self._keep(waiting)
        if cut or _cut(path, records.offset):
            log.warning("%s: its last record was cut off and is left out", path.name)
        return answers

    def _answer(self, record: ArcWarcRecord, path: Path, offset: int) -> tuple[str, str, _Place] | None:
        """Return record id, address and place of an answer; None for another kind of record."""
        head = record.rec_headers
        url = _same(head.get_header("WARC-Target-URI") or "")
        if record.rec_type not in ("response", "revisit") or not url.startswith(("http://", "https://")):
            return None
        digest = head.get_header("WARC-Payload-Digest") or ""
        if record.rec_type == "response":
            self.bodies[digest] = (path, offset)
        place = _Place(path, offset, digest if record.rec_type == "revisit" else "")
        return head.get_header("WARC-Record-ID") or "", url, place

    def _keep(self, found: tuple[str, str, _Place] | None) -> None:
        """An answer without a request record was a plain GET."""
        if found is not None:
            self.places["GET", found[1], ""] = found[2]

    def _sent(self, record: ArcWarcRecord, answered: tuple[str, str, _Place]) -> None:
        """A request record follows the answer that it was sent for, and says how."""
        name, url, place = answered
        if record.rec_headers.get_header("WARC-Concurrent-To") != name:
            self._keep(answered)
            return
        method = (record.http_headers.protocol if record.http_headers else "GET").upper()
        sent = hashlib.sha256(record.content_stream().read(MAX_BODY)).hexdigest() if method != "GET" else ""
        self.places[method, url, sent] = place
        self.places[method, url, ""] = place

    def missing(self) -> set[str]:
        """Bodies that are referred to and not there."""
        return {place.digest for place in self.places.values() if place.digest} - self.bodies.keys()


def _whole(record: ArcWarcRecord) -> bool:
    """Was a record that has been read to its end as long as it says?"""
    says = record.rec_headers.get_header("Content-Length")
    return bool(says) and getattr(record.raw_stream, "limit", 1) == 0


def _cut(path: Path, offset: int) -> bool:
    """Does the file end inside the compressed record that begins at ``offset``?"""
    with path.open("rb") as file:
        file.seek(offset)
        rest = file.read(2 * MAX_BODY)
    if not rest:
        return False
    member = zlib.decompressobj(31)
    try:
        while rest and not member.eof:
            member.decompress(rest, 1 << 20)
            rest = member.unconsumed_tail
    except zlib.error:
        return False
    return not member.eof


def _index(files: Sequence[Path]) -> _Index:
    """Return the index of some files. Raises ConfigError for a file that is no WARC, or no answers at all.

    Of one file alone, bodies that an earlier run has kept are looked for in the files beside it.
    """
    index = _Index()
    answers = [index.add(path) for path in files]
    if files and not any(answers):
        raise ConfigError(
            _("{file}: no WARC records of answers; give a recording").format(file=files[0].name)
        )
    if len(files) == 1 and (missing := index.missing()):
        beside = _Index()
        for path in _warcs(files[0].parent):
            if path.name < files[0].name and not missing <= beside.bodies.keys():
                beside.add(path)
        index.bodies = {**beside.bodies, **index.bodies}
    return index


def _read(place: _Place, bodies: dict[str, tuple[Path, int]]) -> Answer | None:
    """Read one record back. A revisit takes its body from the record it refers to; None when that is gone."""
    record, body = _record(place.path, place.offset)
    if place.digest:
        if place.digest not in bodies:
            return None
        body = _record(*bodies[place.digest])[1]
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
        answer = self._recording.answer(request.url, method=request.method, sent=request.body)
        if answer is None and urlsplit(request.url).path == "/robots.txt":
            return Response(request.url, status=404, request=request)
        if answer is None:
            place = self._recording.place(request.url, method=request.method)
            raise IgnoreRequest(f"not in the recording: {request.method} {request.url}{place}")
        if len(answer.body) > MAX_BODY:
            raise IgnoreRequest(f"larger than {MAX_BODY // 1_000_000} MB; not read")
        headers = Headers()
        for key, value in answer.headers:
            headers.appendlist(key, value.encode("utf-8"))
        return Response(request.url, status=answer.status, headers=headers, body=answer.body, request=request)
