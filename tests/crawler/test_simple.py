"""Plain markup read without a tree gives the text that a tree gives; so do the other short cuts of texts."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dibao.crawler.parse import dates, urls
from dibao.crawler.parse.simple import lines_of
from dibao.crawler.parse.text import clean_text, html_to_text, parse_html, visible_text

_PIECES = st.sampled_from(
    ["<p>", "</p>", "<br>", "<br/>", "<b>", "</b>", "<li>", "</li>", "<ul>", "</ul>", "<div class='x'>",
     "</div>", "<img src='a'>", "<img alt=\"a>b\">", "a ", " b", "甲\n乙", "甲", "&amp;", "&lt;", "&nbsp;",
     "&#160;", "&#8212;", "&#x27;", "&#0039;", "&rsquo;", "&hellip", "am", "p;", "é", "e\u0301", "\u200b",
     "  ", "\t", "\n", "\u3000", "\u2028", "\x1f", "<p hidden>", "<p style='display:none'>", "</br>",
     "</blockquote>", '<b title="style=\'" style="opacity:0">', "<p style='color:red'>", "<p/>",
     "<b style='Opacity : 0'>", "<b style='color:&#x64;isplay:none'>", "<a href='x' aria-hidden='true'>",
     "<a href=x/y>", "</a>", "<hr>",
     "<font color=red>", "</font>", "<P CLASS=x>", "</P>", "<dl>", "<dt>", "<dd>", "</dl>", "<pre>", "</pre>",
     "<code>", "</code>", "<script>", "</script>", "<style>", "</style>", "<iframe src=x>", "</iframe>",
     "<!-- x -->", "<!--", "-->", "&", "& ", "<", ">", "<table>", "<section>", "</section>"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=10).map("".join))
@example("a&nbsp;&nbsp;b")
@example("<p>甲\n乙</p>")
@example("&am<b>p;</b>")
@example("<p/>a</p>b")
@example("<a><p>a</a>b")
def test_simple_markup_gives_the_text_that_a_tree_gives(html: str) -> None:
    tree = parse_html(html)

    if lines_of(html) is not None:
        assert html_to_text(html) == ("" if tree is None else visible_text(tree))


SIMPLE = {
    "paragraphs": "<p>a</p><p>b</p>",
    "break": "a<br/>b",
    "attributes": '<a href="x?a=1&b=2" style="color:red">甲</a>&#8212;',
    "words": "plain",
    "list-without-ends": "<ul><li>a<li>b</ul>",
    "script": "<p>a</p><script>if (a) b()</script>",
    "comment": "a<!-- more -->b",
    "capitals": "<P>a</P>",
    "quote-in-number": "it&#039;s",
}
TREE = {
    "table": "<table><tr><td>a</td></tr></table>",
    "hidden": "<p hidden>a</p>",
    "hidden-by-style": "<p style='display: none'>a</p>",
    "hidden-by-a-reference": "<b style='color:&#x64;isplay:none'>a</b>",
    "misnested": "<p><b>a</p></b>",
    "bracket": "a < b",
    "unknown-element": "<foo>a</foo>",
    "unknown-reference": "&foo;",
    "open-comment": "a<!-- b",
}


@pytest.mark.parametrize("html", SIMPLE.values(), ids=SIMPLE)
def test_simple_markup_is_known_as_such(html: str) -> None:
    assert lines_of(html) is not None


@pytest.mark.parametrize("html", TREE.values(), ids=TREE)
def test_what_is_not_simple_takes_a_tree(html: str) -> None:
    assert lines_of(html) is None


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", "<script>", "<a b='", "&#", "<p style='", "<b c=d ", "甲\n", " ", "<p", "</"]
)
def test_no_markup_takes_long(piece: str) -> None:
    # A quarter of a million characters; anything that tries twice what it tried before would not end.
    assert html_to_text(piece * (250_000 // len(piece))) is not None


@given(st.text(alphabet="ab 甲\n\t\u00a0\u3000\u200bé\u0301\r", max_size=20))
def test_printable_text_is_cleaned_as_all_text_is(text: str) -> None:
    # A soft hyphen sends the text the long way, which drops it.
    assert clean_text(text) == clean_text("\xad" + text)


@given(
    st.datetimes(min_value=dates.datetime(1990, 1, 2), max_value=dates.datetime(2100, 12, 30)),
    st.sampled_from(["+0800", "-0530", "GMT", "+08:00", "Z"]),
)
def test_stamps_of_programs_are_read_as_written_dates_are(at: dates.datetime, offset: str) -> None:
    iso = ":" in offset or offset == "Z"
    text = at.strftime("%Y-%m-%dT%H:%M:%S" if iso else "%d %b %Y %H:%M:%S ") + offset

    assert dates._stamp(text, "Asia/Shanghai") is not None
    assert dates._stamp(text, "Asia/Shanghai") == dates._written(text, "Asia/Shanghai")


@given(st.from_regex(urls._PLAIN, fullmatch=True).filter(str.isascii))
@example("https://a.example/b?utm_source=x&b=2&a=1#c")
@example("https://a.example")
def test_a_plain_address_becomes_what_any_address_becomes(url: str) -> None:
    settled = url
    for _ in range(4):
        settled = urls._canonical_once(settled)

    assert urls._plain(url) == settled
