"""Streamed pages: parts that the page's own scripts put in place are text, all else hidden stays hidden."""

from __future__ import annotations

import pytest

from dibao.crawler.parse.pages import parse_page

TEXT = "<p>The authority fined the bank for late reports on its own funds.</p>" * 3
PLACE = '<main><!--$?--><template id="B:1"></template><p>Please wait</p><!--/$--></main>'


def text(body: str) -> str:
    html = f"<html><body>{body}</body></html>"
    return parse_page(html, url="https://a.example.org/x", detail=None, zone="UTC", lang="en").text


@pytest.mark.parametrize("name", ["RC", "RR"])
def test_a_part_is_read_where_the_script_puts_it(name: str) -> None:
    found = text(f'{PLACE}<div hidden id="S:1">{TEXT}</div><script>${name}("B:1","S:1")</script>')
    assert "fined the bank" in found
    assert "Please wait" not in found


def test_a_part_of_a_part_is_read() -> None:
    inner = f'<div hidden id="S:2">{TEXT}</div><script>$RS("S:2","P:2")</script>'
    outer = '<div hidden id="S:1"><section><template id="P:2"></template></section></div>'
    assert "fined the bank" in text(f'{PLACE}{outer}{inner}<script>$RC("B:1","S:1")</script>')


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f'{PLACE}<div hidden id="S:1">{TEXT}</div>', id="no script"),
        pytest.param(f'{PLACE}<div hidden id="S:1">{TEXT}</div><p>$RC("B:1","S:1")</p>', id="not a script"),
        pytest.param(f'<div hidden id="S:1">{TEXT}</div><script>$RC("B:1","S:1")</script>', id="no place"),
        pytest.param(
            f'<div style="display:none">{PLACE}</div><div hidden id="S:1">{TEXT}</div>'
            '<script>$RC("B:1","S:1")</script>',
            id="a hidden place",
        ),
        pytest.param(
            f'{PLACE}<div hidden id="S:1"><div style="opacity:0">{TEXT}</div></div>'
            '<script>$RC("B:1","S:1")</script>',
            id="hidden inside the part",
        ),
        pytest.param(
            f'<div hidden id="S:1">{TEXT}<template id="B:1"></template></div>'
            '<script>$RC("B:1","S:1")</script>',
            id="a place inside its own part",
        ),
    ],
)
def test_what_stays_hidden_is_no_text(body: str) -> None:
    assert "fined the bank" not in text(f"<p>Shown to everybody.</p>{body}")
