"""The page of sources says what the catalogue says."""

from __future__ import annotations

from pathlib import Path

from dibao.crawler.page import page
from dibao.crawler.source import load

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_sources_is_up_to_date() -> None:
    written = (ROOT / "docs" / "sources.md").read_text("utf-8")

    assert written == page(list(load().values())), "run: make sources-page"


def test_every_source_stands_in_it_once_and_says_in_both_languages_why_it_is_not_read() -> None:
    specs = load()
    text = page(list(specs.values()))

    assert all(text.count(f"| `{name}` |") == 1 for name in specs)
    assert [spec.id for spec in specs.values() if bool(spec.off) != bool(spec.off_zh)] == []
