"""A server on this machine, an empty store, and no waiting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dibao.crawler import settings as manners
from dibao.store import Store

from .server import FEED, Web, serve


@pytest.fixture(autouse=True)
def in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same manners without the waiting."""
    real = manners.settings

    def quick(*args: object, **kwargs: object) -> dict[str, object]:
        made = real(*args, **kwargs)  # type: ignore[arg-type]
        return {**made, "DOWNLOAD_DELAY": 0, "DOWNLOAD_TIMEOUT": 2, manners.RETRY_PAUSES: [0.0, 0.0]}

    monkeypatch.setattr("dibao.crawler.run.settings", quick)


@pytest.fixture
def web() -> Iterator[Web]:
    yield from serve(Web(answers={"/feed": (200, {"Content-Type": "application/rss+xml"}, FEED)}))


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        yield opened
