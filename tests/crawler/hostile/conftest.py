"""The world of the hostile tests, and the list of their cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dibao.store import Store

from . import world as worlds


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    worlds.certificates(folder)
    return folder


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, certificates: Path) -> Iterator[worlds.World]:
    with worlds.running(monkeypatch, certificates) as running:
        yield running


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        yield opened
