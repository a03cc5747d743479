"""Answers that are traps: bombs, trickles, bodies without end or cut short."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import brotli
import pytest

from dibao.store import Store

from .world import HEALTHY, Case, Route, World, answer, feed, items, source, streamed

pytestmark = pytest.mark.shared

FEED = "https://bad.example.org/feed"
MB = 1 << 20


def known(world: World, store: Store) -> None:
    """The source was healthy yesterday: what it said then must stay whatever it does today."""
    world.serve(FEED, answer(200, feed(("old", "Old"))))
    assert world.crawl(store, source("bad"), hours=-24).new == 1
    world.asked.clear()
    world.connected.clear()
    world.looked_up.clear()


def spaces(
    total: int, compress: Callable[[Iterator[bytes]], Iterator[bytes]]
) -> Callable[[], Iterator[bytes]]:
    """A feed's beginning and then blanks without end, compressed on the fly."""

    def plain() -> Iterator[bytes]:
        yield HEALTHY[: -len(b"</channel></rss>")]
        for _ in range(total // MB):
            yield b" " * MB

    return lambda: compress(plain())


def deflated(wbits: int) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    def compress(chunks: Iterator[bytes]) -> Iterator[bytes]:
        packer = zlib.compressobj(1, zlib.DEFLATED, wbits)
        for chunk in chunks:
            yield packer.compress(chunk)
        yield packer.flush()

    return compress


def twice(chunks: Iterator[bytes]) -> Iterator[bytes]:
    return deflated(31)(deflated(31)(chunks))


def brotlied(chunks: Iterator[bytes]) -> Iterator[bytes]:
    packer = brotli.Compressor(quality=1)
    yield b"".join([*(packer.process(chunk) for chunk in chunks), packer.finish()])


def trickle(handler: BaseHTTPRequestHandler) -> None:
    """Ten bytes a second, for as long as anyone listens."""
    handler.send_response_only(200)
    handler.end_headers()
    for n in range(1_000):
        handler.wfile.write(HEALTHY[n : n + 1] or b" ")
        time.sleep(0.1)


def cut_gzip() -> bytes:
    whole = gzip.compress(HEALTHY * 50)
    return whole[: len(whole) // 2]


BODIES: dict[str, Route] = {
    "B19": streamed(spaces(1024 * MB, deflated(31)), Content_Encoding="gzip"),
    "B20": streamed(spaces(1024 * MB, twice), Content_Encoding="gzip, gzip"),
    "B21": streamed(spaces(1024 * MB, brotlied), Content_Encoding="br"),
    "B22": streamed(spaces(1024 * MB, deflated(-15)), Content_Encoding="deflate"),
    "B23": streamed(spaces(1024 * MB, lambda chunks: chunks)),
    "B24": trickle,
    "B25": answer(200, HEALTHY + b" " * 5_000_000, Content_Length="100"),
    "B26": answer(200, HEALTHY[:100], Content_Length="5000000"),
    "B27": answer(200, cut_gzip(), Content_Encoding="gzip"),
    "B28": answer(200, HEALTHY, Content_Encoding="gzip"),
}


def peak_mb() -> float:
    """Peak memory of this process since the last reset; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def reset_peak() -> float:
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return 0.0
    return peak_mb()


@pytest.mark.slow
@pytest.mark.parametrize("case_id", BODIES)
def test_a_body_that_is_a_trap(world: World, store: Store, cases: dict[str, Case], case_id: str) -> None:
    expect = cases[case_id]["expect"]
    known(world, store)
    world.serve(FEED, BODIES[case_id])
    before, started = reset_peak(), time.monotonic()
    report = world.alone(store, source("bad"))

    assert time.monotonic() - started < expect["max_seconds"]
    assert peak_mb() - before < expect["max_rss_growth_mb"]
    assert {problem.source_id for problem in report.problems} == {"xx-bad"}
    # Of a feed that was cut the whole entries may be taken, and what was known stays.
    assert set(items(store, "bad")) in ({"Old"}, {"Old", "Fine"})
