"""One edition of all stories, rendered once for the tests that only look at it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.site.rendering import parsed, rendered
from tests.site.views import all_views


@pytest.fixture(scope="session")
def pages() -> dict[str, bytes]:
    return rendered(*all_views())


@pytest.fixture(scope="session")
def trees(pages: dict[str, bytes]) -> dict[str, Any]:
    return {path: parsed(data) for path, data in pages.items() if path.endswith(".html")}
