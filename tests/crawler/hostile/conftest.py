"""The world of the hostile tests, and the list of their cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

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


@pytest.fixture(scope="module")
def cases(shared: Path) -> dict[str, worlds.Case]:
    found = yaml.safe_load((shared / "hostile" / "manifest.yaml").read_text("utf-8"))["cases"]
    return {case["id"]: case for case in found}
