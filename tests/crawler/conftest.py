"""What several tests of the crawler start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from .runs import healthy


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A small recorded web of three healthy sites."""
    return healthy(tmp_path / "web")
