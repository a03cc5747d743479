"""Third-party feeds, real and hostile, replayed as sources: the run goes on."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from dibao.crawler.run import crawl
from dibao.crawler.source import Endpoint, SourceSpec
from dibao.store import Store

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
pytestmark = pytest.mark.shared


def spec(name: str, path: str) -> SourceSpec:
    return SourceSpec(
        id=name,
        name_en=name,
        name_zh=name,
        tier=1,
        jurisdiction="INT",
        kind="regulator",
        languages=("en",),
        timezone="UTC",
        homepage=f"https://{name}.example.org/",
        endpoints=(Endpoint(column="news", kind="feed", url=f"https://{name}.example.org/{path}"),),
    )


def put(root: Path, name: str, path: str, body: bytes, content_type: str) -> SourceSpec:
    file = root / f"{name}.example.org" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
    file.with_name(file.name + ".headers").write_text(json.dumps({"content-type": content_type}))
    return spec(name, path)


@pytest.mark.slow
def test_real_feeds_are_read(shared: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(shared / "data" / "feeds" / "real_feeds.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rss", ".atom"))]
        specs = [
            put(tmp_path, f"real-{number}", "feed", archive.read(name), "application/xml")
            for number, name in enumerate(names)
        ]
    with Store(":memory:") as store:
        report = crawl(store, specs, now=NOW, contact="x", archive=None, replay=tmp_path)
        again = crawl(store, specs, now=NOW, contact="x", archive=None, replay=tmp_path)

    read = [name for name, put in report.per_source.items() if put.new]
    assert len(names) > 40
    assert len(read) >= 0.8 * len(names)
    assert all(problem.message for problem in report.problems)
    assert (again.new, again.changed) == (0, 0)


def test_hostile_feeds_stand_side_by_side_with_a_healthy_one(shared: Path, tmp_path: Path) -> None:
    cases = yaml.safe_load((shared / "hostile" / "manifest.yaml").read_text("utf-8"))["cases"]
    feeds = [case for case in cases if case.get("kind") == "feed" and "file" in case]
    specs = [
        put(
            tmp_path,
            f"case-{case['id'].lower()}",
            "feed",
            (shared / "hostile" / case["file"]).read_bytes(),
            case.get("serve", {}).get("content_type", "application/xml"),
        )
        for case in feeds
    ]
    healthy = (
        b'<rss version="2.0"><channel><title>x</title><item><title>Fine</title><guid>1</guid>'
        b"<pubDate>Thu, 19 Nov 2026 10:50:00 +0000</pubDate></item></channel></rss>"
    )
    specs.append(put(tmp_path, "healthy", "feed", healthy, "application/rss+xml"))
    with Store(":memory:") as store:
        report = crawl(store, specs, now=NOW, contact="x", archive=None, replay=tmp_path)

    assert report.per_source["healthy"].new == 1
    rejected = {f"case-{case['id'].lower()}" for case in feeds if case["expect"].get("result") == "rejected"}
    assert rejected
    assert {name for name in rejected if report.per_source[name].new} == set()
    assert rejected <= {problem.source_id for problem in report.problems}
    assert not [problem for problem in report.problems if "cannot be read (" in problem.message]
    exact = {
        f"case-{case['id'].lower()}": case["expect"]["items"]
        for case in feeds
        if isinstance(case["expect"].get("items"), int) and "after" not in case
    }

    assert {name: report.per_source[name].new for name in exact} == exact
