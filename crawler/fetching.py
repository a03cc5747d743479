"""What readers need of the network, as types: an answer, its failure in words, and who gets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from dibao.store import DocumentError

from .source import SourceSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be read, in plain words."""

    source_id: str
    url: str
    message: str
    trouble: str = ""
    """Its class, where it has one: a key of TROUBLES."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer as the reader sees it: decompressed body, final URL."""

    url: str
    status: int
    body: bytes
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    snapshot: str = ""
    cookies: str = ""
    """Name and value of what the answer set, as a Cookie header; handed on to the second request of
    the same list only."""


class FetchError(DocumentError):
    """No usable answer.

    ``trouble`` is its class (key in ``TROUBLES``); ``status`` that of HTTP, or 0; ``lasting``: asking
    again next time would give the same; ``not_before``: the server asked to be left alone until then.
    """

    def __init__(
        self,
        message: str,
        *,
        trouble: str = "other",
        status: int = 0,
        lasting: bool = False,
        not_before: datetime | None = None,
    ) -> None:
        self.trouble = trouble
        self.status = status
        self.lasting = lasting
        self.not_before = not_before
        super().__init__(message)


class Fetch(Protocol):
    """Get one answer of status 200 or 304. Raises FetchError in words for all else."""

    async def __call__(
        self,
        url: str,
        *,
        spec: SourceSpec,
        payload: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Fetched: ...


def problem(source_id: str, url: str, error: Any, *, trouble: str = "") -> Problem:
    """Put an error or a warning into one line."""
    message = " ".join(str(error).split())[:500]
    return Problem(source_id=source_id, url=url, message=message, trouble=trouble)
