"""OPML out and in: valid for feed readers, and never a request, a guess or a clash of ids."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from lxml import etree

from dibao.crawler.opml import as_yaml, from_opml, to_opml
from dibao.crawler.source import load, read_file
from dibao.store import DocumentError


def opml(*outlines: str) -> bytes:
    return f'<opml version="2.0"><head/><body>{"".join(outlines)}</body></opml>'.encode()


FEED = (
    '<outline text="One" title="One &amp; more" type="rss" xmlUrl="{}" htmlUrl="https://one.example.org/"/>'
)


def imported(data: bytes, *, known: tuple[str, ...] = (), taken: tuple[str, ...] = (), off: str = "why"):  # type: ignore[no-untyped-def]
    return from_opml(data, known=known, taken=taken, jurisdiction="INT", off=off)


def test_the_catalogue_goes_out_and_comes_back_as_known() -> None:
    specs = load()
    data = to_opml(specs.values())
    root = etree.fromstring(data)
    feeds = [e.url for s in specs.values() if not s.off for e in s.endpoints if e.kind == "feed"]
    back = imported(data, known=tuple(feeds))

    assert root.get("version") == "2.0"
    assert [o.get("xmlUrl") for o in root.iter("outline") if o.get("xmlUrl")] == feeds
    assert all(o.get("text") for o in root.iter("outline"))
    assert (back.rows, back.known, back.refused) == ((), len(feeds), ())


def test_what_comes_in_is_a_catalogue_file_that_loads(tmp_path: Path) -> None:
    done = imported(
        opml(FEED.format("https://one.example.org/feed"), FEED.format("http://www.two.example.org/rss"))
    )
    file = tmp_path / "mine.yaml"
    file.write_text(as_yaml(done.rows), "utf-8")
    first, second = read_file(file)

    assert (first.id, first.name_en, first.off) == ("x-one-example-org", "One & more", "why")
    assert (second.id, second.allow_http) == ("x-two-example-org", True)
    assert [e.url for e in first.endpoints] == ["https://one.example.org/feed"]


def test_without_a_reason_they_are_read() -> None:
    assert "off" not in imported(opml(FEED.format("https://one.example.org/feed")), off="").rows[0]


def test_ids_never_clash_and_repeats_are_dropped() -> None:
    done = imported(
        opml(*(FEED.format(f"https://one.example.org/{n}") for n in (1, 2, 2))), taken=("x-one-example-org",)
    )

    assert [row["id"] for row in done.rows] == ["x-one-example-org-2", "x-one-example-org-3"]
    assert done.known == 1


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "https://127.0.0.1/feed",
        "https://10.0.0.1/",
        "feed://x.example.org/",
        "javascript:1",
    ],
)
def test_addresses_that_may_not_be_asked_for_are_left_out_with_the_reason(url: str) -> None:
    done = imported(opml(FEED.format(url)))

    assert (done.rows, len(done.refused)) == ((), 1)
    assert done.refused[0].startswith(url)


@pytest.mark.parametrize(
    ("declared", "tag"),
    [("zh-cn", "zh-Hans"), ("zh-TW", "zh-Hant"), ("en-GB", "en"), ("", "en"), ('"quoted', "en")],
)
def test_languages_are_ours(declared: str, tag: str) -> None:
    outline = (
        f'<outline xmlUrl="https://one.example.org/f" language="{declared.replace(chr(34), "&quot;")}"/>'
    )

    assert imported(opml(outline)).rows[0]["languages"] == [tag]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "not readable as OPML", id="empty"),
        pytest.param(b"<rss/>", "not OPML: the document is <rss>", id="another-document"),
        pytest.param(b'<!DOCTYPE opml [<!ENTITY x "y">]><opml/>', "entities", id="entities"),
        pytest.param(b"<opml>" + b" " * 5_000_001, "at most", id="too-large"),
    ],
)
def test_what_is_not_opml_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        imported(data)


def test_nothing_in_a_title_can_leave_its_place_in_the_file() -> None:
    title = "x: {y}&#10;- id: evil&#10;&lt;script&gt;"
    done = imported(opml(f'<outline title="{title}" xmlUrl="https://one.example.org/f"/>'))

    assert [row["id"] for row in yaml.safe_load(as_yaml(done.rows))] == ["x-one-example-org"]
