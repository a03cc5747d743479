"""What all tests share: where the third-party material lies, when there is any."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from . import demo

# Time is never a verdict in a test: a busy machine is not a fault of the code.
settings.register_profile("dibao", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dibao")

# What the command line says is compared with its English, whatever the caller's own language is.
os.environ["LANGUAGE"] = "en"

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party material beside the checkout; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this checkout: its third-party material is not part of the project")
    return SHARED


@pytest.fixture(scope="session")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> demo.Outcome:
    """What one run of the whole line over the demo's recording left behind."""
    return demo.run(tmp_path_factory.mktemp("demo"))
