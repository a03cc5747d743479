"""docs/feeds.md says what the suites of other readers say of ours today, and why where they say no."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def suites(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("feed_suites", ROOT / "bench" / "suites" / "feeds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["feed_suites"] = module
    spec.loader.exec_module(module)
    module.FEEDS = shared / "data" / "feeds"  # type: ignore[attr-defined]
    return module


@pytest.mark.shared
@pytest.mark.slow
def test_the_published_pass_rates_are_those_of_today(shared: Path) -> None:
    page = suites(shared).page()

    assert page == (ROOT / "docs" / "feeds.md").read_text("utf-8"), "make it anew: see its first line"
    assert "no reason known" not in page
