"""Addresses: the canonical form that is stored, the form that tells whether two are one, and templates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

MAX_LENGTH = 2_000

_UNSAFE = re.compile(
    '[\x00-\x20\x7f-\xa0\\\\\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffd\ud800-\udfff<>"]'
)
# What is canonical as it stands, or nearly: lower case host, plain path and query. Most links of feeds are.
_PAIR = "[A-Za-z0-9_][A-Za-z0-9._~-]*=[A-Za-z0-9._~-]+"
_PLAIN = re.compile(
    r"(https?://(?:[a-z0-9](?:-?[a-z0-9]){0,40}\.){1,5}[a-z]{2,24})((?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?)"
    rf"(?:\?({_PAIR}(?:&{_PAIR})*))?(?:#[A-Za-z0-9_./:-]*)?"
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# www.pbc.gov.cn/goutongjiaoliu/…: the central bank's feed writes links without a scheme.
_BARE_HOST = re.compile(
    r"(?:www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+|(?:[a-z0-9-]+\.)+(?:gov|com|org|net|edu)(?:\.[a-z]{2})?)(?::\d+)?(?:[/?]|$)",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,250}[a-z0-9_])?\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}

_TRACKING_NAMES = """
spm scm isappinstalled gclid gclsrc dclid gbraid wbraid fbclid msclkid yclid twclid igshid mc_cid mc_eid
mkt_tok _ga _gl _hsenc _hsmi hmsr hmpl hmcu hmkw hmci nsukey share_token share_source share_medium share_plat
jsessionid phpsessid sessionid session_id aspsessionid cfid cftoken
"""
_TRACKING = frozenset(_TRACKING_NAMES.split())
_CHAT = frozenset(("timeline", "singlemessage", "groupmessage"))
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_TOKEN = re.compile(r"[0-9A-Za-z_-]{16,}")
_FIELD = re.compile(r"\{(\w+)\}")


def canonical_url(url: str, *, base: str = "") -> str:
    """Return the canonical form of an address found on the page ``base``, or "" when it must not be used.

    Only http and https with a host, without credentials, at most 2,000 characters. Tracking and session
    parameters, default ports and fragments go; all other parameters stay, sorted. Idempotent.
    """
    plain = _plain(url)
    if plain:
        return plain
    url = url.strip("\x00\t\n\r\f \xa0\u3000\ufeff\u200b")
    if not url or url.startswith("#") or len(url) > MAX_LENGTH or _UNSAFE.search(url.replace(" ", "")):
        return ""
    full = _absolute(url, base)
    if not full[:8].lower().startswith(("http://", "https://")):
        return ""
    plain = _plain(full)
    if plain:
        return plain
    for _ in range(4):
        following = _canonical_once(full)
        if following == full or following == _plain(following):
            return following
        full = following
    return ""


def _plain(url: str) -> str:
    """Return what ``_canonical_once`` would, at a tenth of the cost, or "" when the address is not plain."""
    found = _PLAIN.fullmatch(url) if len(url) <= MAX_LENGTH else None
    if not found:
        return ""
    host, path, query = found.groups("")
    if query:
        pairs = sorted(tuple(part.split("=")) for part in query.split("&"))
        query = _useful("&".join(map("=".join, pairs)), host.partition("://")[2])
    return f"{host}{path or '/'}?{query}" if query else host + (path or "/")


def identity_url(url: str) -> str:
    """Return a canonical address without what varies between links to one page: scheme, www, last slash."""
    page, mark, query = url.partition("#")[0].partition("://")[2].partition("?")
    return f"https://{page.removeprefix('www.').rstrip('/')}{mark}{query}"


def fill_template(template: str, fields: Mapping[str, str]) -> str:
    """Return the canonical address that a template such as ``https://…?id={key}`` makes, "" if a field is
    missing or empty. Values are percent-encoded: a field cannot change host or add a parameter."""
    names = _FIELD.findall(template)
    if any(not fields.get(name) for name in names):
        return ""
    filled = _FIELD.sub(lambda match: quote(fields[match[1]], safe="/,~"), template)
    return canonical_url(filled)


def _absolute(url: str, base: str) -> str:
    if url.startswith("//"):
        return "https:" + url
    if not url.startswith(("/", "?", ".")) and _BARE_HOST.match(url):
        return "https://" + url
    try:
        return url if _SCHEME.match(url) or not base else urljoin(base, url)
    except ValueError:
        return ""


def _canonical_once(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return ""
    try:
        cleaned = urlsplit(canonicalize_url(urlunsplit((scheme, parts.netloc, parts.path, parts.query, ""))))
        host = (cleaned.hostname or "").rstrip(".")
    except (ValueError, UnicodeError):
        return ""
    if not _HOST.fullmatch(f"[{host}]" if ":" in host else host):
        return ""
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    path = _SESSION_PATH.sub("", _without_dots(cleaned.path)) or "/"
    made = urlunsplit((scheme, netloc, path, _useful(cleaned.query, host), ""))
    return made if len(made) <= MAX_LENGTH else ""


def _useful(query: str, host: str) -> str:
    """Drop parameters that say how a reader came here, not what is shown."""
    kept = []
    for part in query.split("&"):
        name, _, value = part.partition("=")
        key = name.lower()
        tracking = (
            key in _TRACKING
            or key.startswith("utm_")
            or (key == "from" and value in _CHAT)
            or (key == "sid" and _TOKEN.fullmatch(value))
            or (key == "f" and value == "rss" and (host == "36kr.com" or host.endswith(".36kr.com")))
        )
        if part and not tracking:
            kept.append(part)
    return "&".join(kept)


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4: take ``.`` and ``..`` out of an absolute path."""
    if "/." not in path:
        return path
    kept: list[str] = []
    parts = path.split("/")[1:]
    for part in parts:
        if part == ".." and kept:
            kept.pop()
        elif part not in (".", ".."):
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
