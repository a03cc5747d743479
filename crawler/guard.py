"""The one way out to the network: which addresses may be asked for, and which may be connected to.

Two walls. ``refusal`` judges the text of a URL before a request, on every hop of a redirect.
``judge`` looks at the very socket address about to be connected to, after the name was looked up, so
that a name that answers differently the second time (DNS rebinding) gains nothing. Pure; the client
that lives behind these walls is ``client.py``.
"""

from __future__ import annotations

import errno
import ipaddress
import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
AddressInfo = tuple[int, int, int, str, tuple[Any, ...]]

_PORTS = {"http": 80, "https": 443}

# What ipaddress.is_global lets through or judges differently between Python versions.
_CLOSED = tuple(
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; one cloud keeps its metadata service there
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "::/96",  # IPv4-compatible, long obsolete
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",  # Teredo among others: the peer decides where it leads
        "2002::/16",  # 6to4
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa")
# Whitespace, control characters and the backslash make two readers see two hosts in one URL.
_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f\\]")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}")


def is_public(address: IPAddress) -> bool:
    """Is this an address of the public internet? Embedded IPv4 addresses are judged as such."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if any(address in net for net in _CLOSED if net.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def refusal(url: str, *, allow_http: bool = False, exempt: frozenset[str] = frozenset()) -> str:
    """Say why a URL may not be asked for; empty when it may.

    Hosts must be names: no publisher that we read lives at a bare address, and the many ways to
    write one are how such checks are got around.
    """
    if _AMBIGUOUS.search(url):
        return "the address holds blanks, control characters or a backslash"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "the address is malformed"
    if f"{host}:{port}" in exempt:
        return ""
    if parts.scheme not in _PORTS:
        return f"only http and https are fetched, not {parts.scheme or 'an address without scheme'}"
    if parts.scheme == "http" and not allow_http:
        return "plain http is not allowed for this source"
    if "@" in parts.netloc:
        return "the address holds a user name"
    if port not in (None, *_PORTS.values()):
        return f"port {port} is not a web port"
    return _host_refusal(host)


def _host_refusal(host: str) -> str:
    plain = re.sub("[。．｡]", ".", unicodedata.normalize("NFKC", host)).lower().rstrip(".")
    if not plain:
        return "the address names no host"
    if ":" in plain or _NUMERIC.fullmatch(plain):
        return "the host is a bare address; a name is needed"
    if "." not in plain or plain.endswith(_LOCAL_NAMES):
        return "the host is a name of a local network"
    return ""


def judge(info: AddressInfo, exempt: frozenset[str]) -> None:
    """Raise PermissionError unless the socket address may be connected to."""
    host, port = str(info[4][0]), info[4][1]
    if f"{host}:{port}" in exempt:
        return
    if not is_public(ipaddress.ip_address(host.partition("%")[0])):
        raise PermissionError(errno.EACCES, f"{host} is not a public address; refused")
