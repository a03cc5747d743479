"""Nothing leaves the house that breaks a feed, a mail or a reader's eye."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dibao.site import clean
from dibao.site.wrap import columns, wrap


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        pytest.param("a\x00b\x07c\x1b[31m", "abc[31m", id="controls"),
        pytest.param("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne", id="line-ends"),
        pytest.param("\u202egnp.exe\u202c", "gnp.exe", id="bidi"),
        pytest.param("zero\u200bwidth\ufeff", "zerowidth", id="zero-width"),
        pytest.param("x\U000e0041\U000e0042", "x", id="tag-characters"),
        pytest.param("x\ufffe\U0001ffff\ud800", "x", id="noncharacters"),
        pytest.param("e\u0301", "é", id="nfc"),
        pytest.param("👩\u200d👧", "👩\u200d👧", id="joiner-in-emoji-stays"),
        pytest.param("中\u200d国 a\u200cb", "中国 ab", id="loose-joiner-goes"),
        pytest.param("〔2021〕335号\u3000𠮷", "〔2021〕335号\u3000𠮷", id="rare-han-stay"),
    ],
)
def test_text(raw: str, cleaned: str) -> None:
    assert clean.text(raw) == cleaned


@given(st.text())
def test_cleaned_text_is_xml_and_stays_as_it_is(raw: str) -> None:
    cleaned = clean.text(raw)
    element = etree.Element("x")
    element.text = cleaned

    assert etree.fromstring(etree.tostring(element, encoding="UTF-8")).text == (cleaned or None)
    assert clean.text(cleaned) == cleaned == unicodedata.normalize("NFC", cleaned)


@given(st.text(), st.integers(min_value=2, max_value=50))
def test_a_line_is_one_line_and_short_enough(raw: str, limit: int) -> None:
    line = clean.line(raw, limit)

    assert len(line) <= limit and len(line.splitlines()) <= 1


def test_a_line_is_cut_between_whole_characters() -> None:
    assert clean.line("ab👩\u200d👧cd", 5) == "ab…"
    assert clean.line("abq\u0323\u0307d", 4) == "ab…"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        pytest.param("https://a.example/b?c=1&d=2#e", "https://a.example/b?c=1&d=2#e", id="plain"),
        pytest.param("http://a.example/", "http://a.example/", id="http"),
        pytest.param("https://a.example/政策 1.pdf", "https://a.example/%E6%94%BF%E7%AD%961.pdf", id="han"),
        pytest.param('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E", id="markup"),
        pytest.param("javascript:alert(1)", "", id="script"),
        pytest.param("java\nscript:alert(1)", "", id="split-script"),
        pytest.param("data:text/html,x", "", id="data"),
        pytest.param("//a.example/x", "", id="no-scheme"),
        pytest.param("https://u:p@a.example/", "", id="credentials"),
        pytest.param("https://[::1", "", id="broken"),
        pytest.param("https://a.example:x/", "", id="port"),
        pytest.param("", "", id="empty"),
    ],
)
def test_link(url: str, link: str) -> None:
    assert clean.link(url) == link


@given(st.text())
def test_a_link_is_empty_or_absolute_ascii(url: str) -> None:
    link = clean.link(url)

    assert link == "" or (link.isascii() and link.startswith(("http://", "https://")))


@given(st.text(alphabet="中文，。（）《》ab c1 [1]“”", max_size=200), st.integers(min_value=20, max_value=80))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width=width, indent=2).split("\n")

    assert "".join("".join(lines).split()) == "".join(text.split())
    # A mark that may not begin a line hangs over its end rather than start the next one.
    assert all(columns(line) <= width or not _breakable(line) for line in lines)


def _breakable(line: str) -> bool:
    """Whether a line holds a place where it could have been broken."""
    return len(wrap(line.strip(), width=columns(line.strip()) - 2).split("\n")) > 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("一二三四，五六", ["一二三", "四，五", "六"], id="comma-stays-with-its-word"),
        pytest.param("一二《三》", ["一二", "《三》"], id="opening-goes-with-what-follows"),
        pytest.param("one two three", ["one two", "three"], id="words"),
        pytest.param("abcdefghij k", ["abcdefghij", "k"], id="long-word-stays-whole"),
    ],
)
def test_wrap_by_columns(text: str, lines: list[str]) -> None:
    assert wrap(text, width=7).split("\n") == lines
