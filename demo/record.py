"""Render ``demo/events`` into the sample web ``demo/web``: answers of every source, as files HOST/PATH.

    python demo/record.py                # writes demo/web and demo/before
    python demo/record.py --out FOLDER   # writes FOLDER/web and FOLDER/before

The same texts and the same catalogue give the same bytes. Lists show what stood on them on
2026-11-20 at 18:00 Beijing time. No network.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # runs from a checkout that is not installed

from pieces import Piece, load  # noqa: E402 the line above comes first
from shapes import Answer, answers  # noqa: E402

from dibao.crawler.source import Endpoint, SourceSpec  # noqa: E402
from dibao.crawler.source import load as load_sources  # noqa: E402

LONG = "long-addresses.warc"
"""Holds the answers whose address is longer than a file name may be."""

MAINTENANCE = "http://www.people.com.cn/rss/politics.xml"
"""This list answers 200 with a page that says it is closed: a soft failure, to be seen on the status page."""

_CLOSED = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"/><title>系统维护</title></head>
<body><h1>系统维护中</h1><p>为提供更好的服务，本栏目正在升级维护，请稍后访问。（邸报示例页面）</p></body>
</html>
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Render demo/events into demo/web.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder that gets web/ and before/")
    out: Path = parser.parse_args().out
    only = tomllib.loads((HERE / "dibao.toml").read_text("utf-8"))["crawl"]["only"]
    catalogue = {key: spec for key, spec in load_sources().items() if key in only}
    pieces = list(load(HERE / "events", {spec.id: spec.timezone for spec in catalogue.values()}))
    write(out / "web", [*web(catalogue, pieces), Answer(url=MAINTENANCE, body=_CLOSED.encode())])
    write(out / "before", before(catalogue, pieces))


# --- what answers --------------------------------------------------------------------------------


def endpoints(catalogue: Mapping[str, SourceSpec]) -> Iterator[tuple[SourceSpec, Endpoint, str]]:
    for spec in catalogue.values():
        for endpoint in spec.endpoints:
            yield spec, endpoint, endpoint.list_url


def shows(endpoint: Endpoint, url: str, *, spec: SourceSpec, piece: Piece) -> bool:
    """Does this list show the piece? A whole address names one list, a part of one all that hold it."""
    if piece.source != spec.id:
        return False
    return any(part == endpoint.url if part.startswith("https://") else part in url for part in piece.lists)


def web(catalogue: Mapping[str, SourceSpec], pieces: list[Piece]) -> Iterator[Answer]:
    """Yield every answer of the sample web. Exits with a message when a piece or a list is left over."""
    placed: set[tuple[str, str]] = set()
    for spec, endpoint, url in endpoints(catalogue):
        if url == MAINTENANCE:
            continue
        shown = [piece for piece in pieces if shows(endpoint, url, spec=spec, piece=piece)]
        if not shown and endpoint.must_have_entries:
            sys.exit(f"{spec.id}: demo/events has nothing for the list {url}, which can never be empty")
        placed |= {(piece.source, piece.key) for piece in shown}
        yield from answers(spec, endpoint, url, shown)
    for piece in pieces:
        if (piece.source, piece.key) not in placed:
            wanted = " or ".join(piece.lists)
            sys.exit(f"{piece.event}: no list of {piece.source} has an address with {wanted}")


def before(catalogue: Mapping[str, SourceSpec], pieces: list[Piece]) -> Iterator[Answer]:
    """Yield the lists that held something corrected later, as they were before the correction."""
    corrected = [piece for piece in pieces if piece.before[0]]
    for spec, endpoint, url in endpoints(catalogue):
        shown = [piece for piece in pieces if shows(endpoint, url, spec=spec, piece=piece)]
        if any(piece in corrected for piece in shown):
            old = [piece.earlier() if piece in corrected else piece for piece in shown]
            yield from answers(spec, endpoint, url, old)


# --- files ---------------------------------------------------------------------------------------


def write(root: Path, made: Iterable[Answer]) -> None:
    """Replace a folder by the given answers."""
    shutil.rmtree(root, ignore_errors=True)
    long: dict[str, Answer] = {}
    for answer in made:
        name = file_name(answer)
        if max(len(part.encode()) for part in name.split("/")) > 200:
            long[answer.url] = answer
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answer.body)
        if answer.headers:
            sidecar = path.with_name(path.name + ".headers")
            sidecar.write_text(json.dumps(dict(answer.headers)) + "\n", "utf-8")
    if long:
        (root / LONG).write_bytes(b"".join(warc_record(long[url]) for url in sorted(long)))


def file_name(answer: Answer) -> str:
    """Return HOST/PATH of an answer, as the crawler's replay looks for it."""
    parts = urlsplit(answer.url)
    path = parts.path + ("index.html" if parts.path.endswith("/") else "")
    query = "%3F" + parts.query.replace("/", "%2F") if parts.query else ""
    return f"{parts.hostname}{path}{query}{'' if answer.method == 'GET' else '.' + answer.method}"


def warc_record(answer: Answer) -> bytes:
    """Return one WARC response record (ISO 28500), with a fixed date and an id made from the address."""
    head = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
    http = f"HTTP/1.1 200 OK\r\n{head}Content-Length: {len(answer.body)}\r\n\r\n".encode() + answer.body
    name = hashlib.sha256(answer.url.encode()).hexdigest()
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:{name[:8]}-{name[8:12]}-4{name[13:16]}-8{name[17:20]}-{name[20:32]}>",
        "WARC-Date": "2026-11-20T10:00:00Z",
        "WARC-Target-URI": answer.url,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(http)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode() + http + b"\r\n\r\n"


if __name__ == "__main__":
    main()
