"""One run over a replayed web of every source that is read: how each list ends, and what it costs.

``python bench/sources.py`` prints how many lists are in order, those that are not with their reason, time and
peak memory above start. The web is made of tests/crawler/pages: recorded shapes with texts of our own.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(folder: Path) -> None:
    """Replay the web in ``folder`` into a store in memory, and print how it went."""
    from dibao.crawler.run import crawl
    from dibao.store import Store
    from tests.crawler.shapes import CATALOGUE, NOW, READ

    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    with Store(":memory:") as store:
        specs = list(CATALOGUE.values())
        report = crawl(
            store, specs, now=NOW, contact="x", archive=None, replay=folder, first_poll_is_news=True
        )
        seconds = time.perf_counter() - started
        lists = store.lists(now=NOW)
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    odd = [row for row in lists if row.needs_a_look]
    print(
        f"{len({spec.id for spec, _ in READ})} sources, {len(lists)} of {len(READ)} lists read: "
        f"{len(lists) - len(odd)} in order, {len(odd)} with a reason; {report.new} items in {seconds:.1f} s, "
        f"peak {peak:.0f} MB above start"
    )
    for row in odd:
        print(f"  {row.source_id} {row.url}: {row.state}, {row.error}")


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from tests.crawler.shapes import record

    with tempfile.TemporaryDirectory() as name:
        record(Path(name))
        # A process of its own: what writing the recording took is not what reading it takes.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            pool.apply(run, (Path(name),))


if __name__ == "__main__":
    main()
