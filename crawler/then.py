"""The second request of a list whose first page only says where it is (``Endpoint.then``)."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urljoin

from dibao.store import DocumentError

from .guard import refusal
from .health import site
from .source import Endpoint

_LONGEST = 5_000


def second_url(endpoint: Endpoint, taken: Mapping[str, str], *, page: str, allow_http: bool) -> str:
    """Return the address of the list, made of what the page at ``page`` said.

    Raises DocumentError when it cannot be asked for, or leads to another site than the endpoint's: a page
    may say which of its publisher's lists it shows, never where else we go.
    """
    url = endpoint.then.url if endpoint.then else page
    for name, value in taken.items():
        url = url.replace("{" + name + "}", as_query(value) if value.lstrip().startswith("{") else value)
    url = urljoin(page, url)
    if problem := refusal(url, allow_http=allow_http):
        raise DocumentError(f"{page}: leads to a list that cannot be asked for: {problem}")
    if site(url) != site(endpoint.url):
        raise DocumentError(f"{page}: leads to a list on another site ({site(url)})")
    return url


def as_query(literal: str) -> str:
    """Write an object literal, with either quotes, as a query. Raises DocumentError."""
    try:
        values = _object(literal[:_LONGEST])
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise DocumentError(f"{literal[:60]!r}… is not an object of names and values") from error
    return urlencode({str(key): _plain(value) for key, value in values.items()})


def _object(literal: str) -> dict[Any, Any]:
    try:
        found = json.loads(literal)
    except ValueError:
        found = ast.literal_eval(literal)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
