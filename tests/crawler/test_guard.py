"""The guard: which URLs may be asked for, which addresses may be connected to."""

from __future__ import annotations

import ipaddress

import pytest

from dibao.crawler.guard import is_public, judge, refusal


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("8.8.8.8", id="public-v4"),
        pytest.param("2606:4700::1111", id="public-v6"),
        pytest.param("::ffff:8.8.8.8", id="mapped-public"),
        pytest.param("64:ff9b::808:808", id="nat64-public"),
    ],
)
def test_public_addresses_may_be_connected_to(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("0.0.0.0", id="this-host"),
        pytest.param("0.1.2.3", id="this-network"),
        pytest.param("10.0.0.1", id="private-10"),
        pytest.param("172.31.255.254", id="private-172"),
        pytest.param("192.168.1.1", id="private-192"),
        pytest.param("169.254.169.254", id="metadata"),
        pytest.param("100.64.0.1", id="cgnat"),
        pytest.param("100.100.100.200", id="cgnat-metadata"),
        pytest.param("192.0.0.1", id="ietf"),
        pytest.param("192.0.2.1", id="documentation"),
        pytest.param("198.18.0.1", id="benchmark"),
        pytest.param("203.0.113.7", id="documentation-3"),
        pytest.param("224.0.0.1", id="multicast"),
        pytest.param("240.0.0.1", id="reserved"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("::", id="v6-any"),
        pytest.param("::1", id="v6-loopback"),
        pytest.param("::127.0.0.1", id="v4-compatible"),
        pytest.param("::ffff:127.0.0.1", id="mapped-loopback"),
        pytest.param("::ffff:169.254.169.254", id="mapped-metadata"),
        pytest.param("64:ff9b::7f00:1", id="nat64-loopback"),
        pytest.param("64:ff9b:1::1", id="local-nat64"),
        pytest.param("2002:7f00:1::", id="6to4-loopback"),
        pytest.param("2002:808:808::", id="6to4-public"),
        pytest.param("2001:0:4136:e378:8000:63bf:3fff:fdd2", id="teredo"),
        pytest.param("fe80::1", id="link-local"),
        pytest.param("fc00::1", id="unique-local"),
        pytest.param("fec0::1", id="site-local"),
        pytest.param("ff02::1", id="v6-multicast"),
        pytest.param("2001:db8::1", id="v6-documentation"),
    ],
)
def test_other_addresses_may_not(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


def test_the_socket_address_is_judged_with_its_zone_and_port() -> None:
    exempt = frozenset({"127.0.0.1:8080"})
    judge((2, 1, 6, "", ("127.0.0.1", 8080)), exempt)

    with pytest.raises(PermissionError, match="not a public address"):
        judge((2, 1, 6, "", ("127.0.0.1", 8081)), exempt)
    with pytest.raises(PermissionError):
        judge((10, 1, 6, "", ("fe80::1%eth0", 443, 0, 2)), exempt)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://www.example.org/a?b=c#d", id="plain"),
        pytest.param("https://www.example.org:443/", id="own-port"),
        pytest.param("https://新闻.example.org/", id="chinese-host"),
        pytest.param("https://4.example.org/", id="digit-label"),
    ],
)
def test_ordinary_urls_may_be_asked_for(url: str) -> None:
    assert refusal(url) == ""


@pytest.mark.parametrize(
    ("url", "words"),
    [
        pytest.param("http://www.example.org/", "plain http", id="http"),
        pytest.param("ftp://www.example.org/", "only http", id="ftp"),
        pytest.param("file:///etc/passwd", "only http", id="file"),
        pytest.param("data:text/xml,<rss/>", "only http", id="data"),
        pytest.param("https://a:b@www.example.org/", "user name", id="credentials"),
        pytest.param("https://www.example.org:22/", "port 22", id="ssh-port"),
        pytest.param("https://www.example.org:99999/", "malformed", id="no-such-port"),
        pytest.param("https://[::1/", "malformed", id="half-bracket"),
        pytest.param("https://localhost/", "local network", id="localhost"),
        pytest.param("https://LOCALHOST./", "local network", id="localhost-dot"),
        pytest.param("https://db.internal/", "local network", id="internal"),
        pytest.param("https://intranet/", "local network", id="single-label"),
        pytest.param("https://127.1/", "bare address", id="short-v4"),
        pytest.param("https://2130706433/", "bare address", id="decimal-v4"),
        pytest.param("https://0x7f000001/", "bare address", id="hex-v4"),
        pytest.param("https://0177.0.0.1/", "bare address", id="octal-v4"),
        pytest.param("https://[::ffff:7f00:1]/", "bare address", id="mapped-v6"),
        pytest.param("https://①②⑦.⓪.⓪.①/", "bare address", id="circled-digits"),
        pytest.param("https://127。0。0。1/", "bare address", id="ideographic-dots"),
        pytest.param("https://127.0.0.1\\@www.example.org/", "backslash", id="backslash"),
        pytest.param("https://www.example.org\r\nHost: x/", "control", id="crlf"),
        pytest.param("https:///etc/passwd", "no host", id="no-host"),
    ],
)
def test_a_forbidden_url_is_refused_in_words(url: str, words: str) -> None:
    assert words in refusal(url)


def test_http_is_for_sources_that_have_nothing_else() -> None:
    assert refusal("http://www.example.org/", allow_http=True) == ""


@pytest.mark.shared
def test_none_of_the_listed_addresses_is_ever_asked_for(shared) -> None:  # type: ignore[no-untyped-def]
    lines = (shared / "hostile" / "urls" / "never-fetch.txt").read_text("utf-8").splitlines()
    urls = [
        line.encode("ascii", "backslashreplace").decode("unicode_escape") for line in lines if line.strip()
    ]

    assert len(urls) > 50
    assert [url for url in urls if not refusal(url, allow_http=True)] == []
