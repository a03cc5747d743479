"""One page, one address; nothing that must not be used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.parse.urls import canonical_url, fill_template, identity_url

BASE = "https://www.example.gov.cn/a/b/index.html"
SAME = {
    "https://Example.ORG:443/a/../b/./c?b=2&a=1#top": "https://example.org/b/c?a=1&b=2",
    "http://example.org:80": "http://example.org/",
    "http://example.org:8080/x": "http://example.org:8080/x",
    "https://example.org/?id=12": "https://example.org/?id=12",
    "https://example.org/x?utm_source=rss&id=12&UTM_Medium=x": "https://example.org/x?id=12",
    "https://example.org/x?from=timeline&isappinstalled=0": "https://example.org/x",
    "https://example.org/x?from=2026-01-01": "https://example.org/x?from=2026-01-01",
    "https://36kr.com/p/123?f=rss": "https://36kr.com/p/123",
    "https://example.org/x?f=rss": "https://example.org/x?f=rss",
    "https://example.org/x;jsessionid=A1B2?a=1": "https://example.org/x?a=1",
    "https://example.org/x?PHPSESSID=0123456789abcdef": "https://example.org/x",
    "https://example.org/x?sid=0123456789abcdef0123": "https://example.org/x",
    "https://example.org/x?sid=12": "https://example.org/x?sid=12",
    "//www.csrc.gov.cn/csrc/c1/content.shtml": "https://www.csrc.gov.cn/csrc/c1/content.shtml",
    "www.pbc.gov.cn/goutongjiaoliu/1/index.html": "https://www.pbc.gov.cn/goutongjiaoliu/1/index.html",
    "shanghai.pbc.gov.cn/x": "https://shanghai.pbc.gov.cn/x",
    "./202611/t20261120_1.html": "https://www.example.gov.cn/a/b/202611/t20261120_1.html",
    "/c/d": "https://www.example.gov.cn/c/d",
    "index_1.html": "https://www.example.gov.cn/a/b/index_1.html",
    " \n https://example.org/a b \t": "https://example.org/a%20b",
    "https://例子.中国/路": "https://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF",
}
REFUSED = [
    "",
    "#top",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "mailto:a@example.org",
    "file:///etc/passwd",
    "ftp://example.org/",
    "https://user:secret@example.org/",
    "https://user@example.org/",
    "https://",
    "https:///path",
    "https://exa mple.org/",
    "https://example.org\\@evil.example/",
    "https://example.org/\r\nSet-Cookie: a=b",
    "https://example.org:99999/",
    "https://example.org:x/",
    "https://[::1/",
    "https://example.org/" + "x" * 2_000,
    "https://exa\u202emple.org/",
]


@pytest.mark.parametrize(("url", "want"), SAME.items(), ids=SAME)
def test_canonical_form(url: str, want: str) -> None:
    assert canonical_url(url, base=BASE) == want


@pytest.mark.parametrize("url", REFUSED, ids=lambda url: repr(url[:30]))
def test_what_must_not_be_used_is_empty(url: str) -> None:
    assert canonical_url(url, base=BASE) == ""


@given(st.text("abc/.:?&=#%20;@[]+-_中ß\\ \t2", max_size=60))
def test_the_canonical_form_of_a_canonical_form_is_itself(tail: str) -> None:
    for url in ("https://example.org/" + tail, tail, "http:" + tail, "//" + tail):
        once = canonical_url(url, base=BASE)

        assert canonical_url(once) == once
        assert once == "" or once.startswith(("http://", "https://"))


def test_links_to_one_page_have_one_identity() -> None:
    links = [
        "http://www.example.org/i/0/?sessionid=B&utm_medium=x#top",
        "https://example.org/i/0?sessionid=A",
    ]

    assert {identity_url(canonical_url(link)) for link in links} == {"https://example.org/i/0"}


def test_a_template_takes_values_as_values() -> None:
    template = "https://example.org/ItemDetail.html?docId={key}&itemId=915"

    assert fill_template(template, {"key": "12"}) == "https://example.org/ItemDetail.html?docId=12&itemId=915"
    assert "evil=1" not in fill_template(template, {"key": "12&evil=1#"}).replace("%26evil%3D1", "")
    assert fill_template(template, {"key": ""}) == ""
    assert fill_template(template, {}) == ""
