"""What went wrong with a request, in plain words and with its class. Nothing is fetched or decided here."""

from __future__ import annotations

from datetime import datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from .client import reason_of
from .fetching import FetchError

_STATUS = {
    304: ("other", "answered 304 although nothing was known of it"),
    401: ("refused", "asks for a login (401)"),
    403: ("refused", "refuses us (403); not asked again in this run"),
    404: ("gone", "is not there (404)"),
    410: ("gone", "is gone for good (410); not read any more, take it out of the catalogue"),
    412: ("refused", "refuses us (412); not asked again in this run"),
    429: ("busy", "says we ask too often (429); not asked again in this run"),
}
_LASTING = (401, 403, 404, 410)


def of_status(status: int, *, not_before: datetime | None) -> FetchError:
    """Return the failure that an HTTP status other than success is."""
    trouble, words = _STATUS.get(
        status, ("server" if status >= 500 else "other", f"answered with status {status}")
    )
    if status == 503 and not_before is not None:
        trouble, words = "busy", "asks us to come back later (503); not asked again in this run"
    return FetchError(
        words, trouble=trouble, status=status, lasting=status in _LASTING, not_before=not_before
    )


def in_words(error: Exception, *, closed: str) -> FetchError:
    """Say what went wrong. ``closed``: why the host's robots.txt could not be read, if it could not."""
    said = reason_of(error)
    match error:
        case IgnoreRequest() if "robots.txt" in said and closed:
            return FetchError(f"not fetched: its robots.txt could not be read ({closed})", trouble="robots")
        case IgnoreRequest() if "robots.txt" in said:
            return FetchError("not fetched: robots.txt does not allow it", trouble="robots", lasting=True)
        case IgnoreRequest() if "max redirections" in said:
            return FetchError("more than ten redirects; given up", trouble="other")
        case IgnoreRequest() if "DOWNLOAD_MAXSIZE" in said:
            words = "larger than the limit when decompressed; not read"
            return FetchError(words, trouble="too_big", lasting=True)
        case IgnoreRequest():
            refused = said.startswith("refused:")
            return FetchError(said, trouble="unsafe" if refused else "other", lasting=refused)
        case DownloadTimeoutError():
            return FetchError("no complete answer in time", trouble="unreachable")
        case CannotResolveHostError():
            return FetchError("the host name cannot be looked up", trouble="unreachable")
        case DownloadCancelledError():
            return FetchError("larger than the limit; not read", trouble="too_big", lasting=True)
        case ResponseDataLossError():
            return FetchError("the answer broke off before its end", trouble="damaged")
        case ValueError():
            return FetchError(f"not an address that can be fetched: {said}", trouble="unsafe", lasting=True)
        case _:
            return FetchError(f"no answer: {said}", trouble=_trouble(said))


def _trouble(said: str) -> str:
    """Class of an error that Scrapy's handler only tells in words."""
    lowered = said.lower()
    if "certificate" in lowered or "ssl" in lowered:
        return "certificate"
    return "unsafe" if "not a public address" in lowered else "unreachable"
