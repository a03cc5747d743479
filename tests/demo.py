"""The demo's whole line, run once for all tests that look at its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from dibao import config, pipeline
from dibao.crawler.run import CrawlReport
from dibao.site.build import Built
from dibao.store import Store, StoryView
from dibao.summarizer.run import SummaryReport

DEMO = Path(__file__).resolve().parents[1] / "demo"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run over the recording left behind."""

    settings: config.Config
    crawled: CrawlReport
    summarized: SummaryReport
    built: Built
    views: tuple[StoryView, ...]


def settings(folder: Path) -> config.Config:
    """The demo's own settings, with everything it writes below ``folder``."""
    return msgspec.structs.replace(
        config.load(DEMO / "dibao.toml"),
        database=str(folder / "demo.db"),
        archive=str(folder / "warc"),
        out=str(folder / "out"),
    )


def run(folder: Path) -> Outcome:
    chosen = settings(folder)
    done = pipeline.run(chosen, progress=lambda *_: None)
    with Store(chosen.path(chosen.database), writable=False) as store:
        views = store.views()
    return Outcome(chosen, done.crawled, done.summarized, done.built, views)


@cache
def expected() -> dict[str, Any]:
    """What a person who read the texts says must come out."""
    found: dict[str, Any] = yaml.safe_load((DEMO / "expected.yaml").read_text("utf-8"))
    return found
