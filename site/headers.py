"""The HTTP headers of every file of an edition (standards 3 and 9), for ``_headers`` and the local server."""

from __future__ import annotations

from pathlib import PurePosixPath

_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

TYPES: dict[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".ics": "text/calendar; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
}

_OPEN = (".atom", ".rss", ".json", ".csv", ".opml", ".ics")

SAVED = ("/data/penalties.csv",)
"""Files that a browser saves; their names are ours, in ASCII."""


def media_type(path: str) -> str:
    """Return the content type of a path of the site; unknown endings are bytes, never guessed."""
    if path.endswith("/feed.json"):
        return "application/feed+json; charset=utf-8"
    return TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")


def policy(*, secure: bool) -> str:
    """Return the Content-Security-Policy. ``secure``: served by https, so that all else is raised to it."""
    return _POLICY + ("; upgrade-insecure-requests" if secure else "")


def common(*, secure: bool) -> dict[str, str]:
    """Return what every answer carries. Strict-Transport-Security means nothing without https."""
    found = {
        "Content-Security-Policy": policy(secure=secure),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if secure:
        found["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return found


def special(path: str) -> dict[str, str]:
    """Return what the answer for one path carries besides: how long it may be kept, and who may read it."""
    suffix = PurePosixPath(path).suffix
    found = {"Cache-Control": "public, max-age=300"}
    if suffix in (".html", ""):
        found["Cache-Control"] += ", stale-while-revalidate=600"
    if suffix in _OPEN:
        found["Access-Control-Allow-Origin"] = "*"
    if path in SAVED:
        found["Content-Disposition"] = _saved(path)
    return found


def _saved(path: str) -> str:
    """A table is kept, not shown: a browser would open it as text (standards 11)."""
    name = PurePosixPath(path).name
    return f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"


def headers_file() -> bytes:
    """Return ``_headers`` as static hosts read it: a path pattern a block, an indented header a line.

    A host joins the values of all blocks that match, so no header stands in two of them.
    """
    blocks = {"/*": common(secure=True) | {"Cache-Control": special("/")["Cache-Control"]}}
    for suffix in _OPEN:
        blocks[f"/*{suffix}"] = {"Access-Control-Allow-Origin": "*"}
    for path in SAVED:
        blocks[path] = {"Content-Disposition": _saved(path)}
    for name in ("feed.atom", "feed.rss", "feed.json"):
        blocks[f"/*/{name}"] = {"Content-Type": media_type(f"/{name}")}
    rows = (
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in block.items())
        for path, block in blocks.items()
    )
    return "\n".join(rows).encode()
