"""A folder can stand in for the network, and nothing outside it can be reached."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.replay import Recording, candidates, guess_type
from dibao.store import ConfigError


@pytest.mark.parametrize(
    ("url", "method", "first"),
    [
        pytest.param("https://a.example/", "GET", "a.example/index.html", id="root"),
        pytest.param("https://a.example", "GET", "a.example/index.html", id="no-path"),
        pytest.param("https://a.example/x/", "GET", "a.example/x/index.html", id="folder"),
        pytest.param("https://A.example/x/y.json", "GET", "a.example/x/y.json", id="file"),
        pytest.param("https://a.example/x?p=1&q=2", "GET", "a.example/x%3Fp=1&q=2", id="query"),
        pytest.param("https://a.example/x/?p=1", "GET", "a.example/x/index.html%3Fp=1", id="folder-query"),
        pytest.param("https://a.example/x?u=/y", "GET", "a.example/x%3Fu=%2Fy", id="slash-in-query"),
        pytest.param("https://a.example/x", "POST", "a.example/x.POST", id="post"),
        pytest.param("https://a.example:8443/x", "GET", "a.example_8443/x", id="port"),
    ],
)
def test_a_url_has_its_place_in_a_folder(url: str, method: str, first: str) -> None:
    assert next(candidates(url, method=method)) == first


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/../../secret.txt",
        "https://a.example/%2e%2e/%2e%2e/secret.txt",
        "https://a.example/x/..%2f..%2f..%2fsecret.txt",
        "https://../secret.txt",
        "https://a.example/..\\secret.txt",
        "https://a.example/link",
    ],
)
def test_no_url_leads_out_of_the_folder(tmp_path: Path, url: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "web"
    (folder / "a.example").mkdir(parents=True)
    (folder / "a.example" / "link").symlink_to(tmp_path / "secret.txt")

    assert Recording(folder).answer(url) is None


@given(st.text(max_size=60), st.text(max_size=300))
def test_whatever_is_asked_for_a_name_stays_inside(path: str, query: str) -> None:
    for name in candidates(f"https://a.example/{path}?{query}"):
        assert not {"..", "."} & set(name.split("/"))
        assert name.startswith("a.example")


def test_the_order_of_a_query_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "a.example").mkdir()
    (tmp_path / "a.example" / "x%3Fq=2&p=1").write_bytes(b"{}")

    assert Recording(tmp_path).answer("https://a.example/x?p=1&q=2") is not None
    assert Recording(tmp_path).answer("https://a.example/x?p=1&q=3") is None


def test_a_sidecar_says_status_and_headers(tmp_path: Path) -> None:
    (tmp_path / "a.example").mkdir()
    (tmp_path / "a.example" / "x").write_bytes(b"")
    (tmp_path / "a.example" / "x.headers").write_text(json.dumps({"Status": 302, "Location": "/y"}))
    found = Recording(tmp_path).answer("https://a.example/x")

    assert found is not None
    assert (found.status, dict(found.headers)["location"]) == (302, "/y")


def test_a_broken_sidecar_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.example").mkdir()
    (tmp_path / "a.example" / "x").write_bytes(b"")
    (tmp_path / "a.example" / "x.headers").write_text("[]")

    with pytest.raises(ConfigError, match=r"x\.headers"):
        Recording(tmp_path).answer("https://a.example/x")


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        pytest.param("index.html", b"<!doctype html><p>", "text/html", id="page"),
        pytest.param("press.html", b"<?xml version='1.0'?><rss>", "application/xml", id="feed-called-html"),
        pytest.param("page.html", b"<?xml version='1.0'?><html>", "text/html", id="xhtml"),
        pytest.param("feed", b"\xef\xbb\xbf<rss>", "application/xml", id="feed"),
        pytest.param("list", b' {"a": 1}', "application/json", id="json"),
        pytest.param("search.POST", b"[1]", "application/json", id="json-post"),
        pytest.param("doc%3Fid=1", b"%PDF-1.7", "application/pdf", id="pdf"),
        pytest.param("thing", b"\x00\x01", "application/octet-stream", id="unknown"),
    ],
)
def test_the_kind_is_guessed(name: str, body: bytes, kind: str) -> None:
    assert guess_type(name, body) == kind


def test_nothing_to_replay_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "no.warc").write_bytes(b"this is not a WARC file")

    with pytest.raises(ConfigError, match="nothing to replay"):
        Recording(tmp_path / "absent")
    with pytest.raises(ConfigError, match=r"no\.warc"):
        Recording(tmp_path / "no.warc")
