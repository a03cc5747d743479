"""Feeds: what other readers' test suites expect of one, and how fast ours reads beside plain feedparser.

``python bench/feeds.py`` prints the pass rate of each suite with every miss, then the speed as ratios of one
run; ``--page`` prints docs/feeds.md instead. Needs ../shared/data/feeds.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import feedparser
from suites.feeds import members, page, read, results

from dibao.store import DocumentError

WANTED = 10.0
"""How many times as fast as feedparser; issue 3."""

ROUND = 10
"""Feeds of one kind that are read one after the other."""


def conformance() -> None:
    for result in results():
        share = 100 * result.passed / len(result.outcomes)
        print(f"{result.suite} ({result.asked[0]}): {result.passed}/{len(result.outcomes)} = {share:.1f} %")
        for outcome in result.misses:
            print(f"    {outcome.name}: {outcome.miss[:150]}")


# --- speed ---------------------------------------------------------------------------------------


def speed() -> None:
    """Print CPU time beside feedparser's, the least of several tries in turn: both meet the same load."""
    ratios = {}
    for title, bodies in kinds().items():
        ours = plain = float("inf")
        for _ in range(5):
            ours = min(ours, taken(_ours, bodies))
            plain = min(plain, taken(feedparser.parse, bodies))
        ratios[title] = plain / ours
        print(
            f"{title} ({len(bodies)}): {ratios[title]:.1f} × feedparser"
            f" ({1000 * ours:.1f} ms of CPU, feedparser {1000 * plain:.1f} ms)"
        )
    least = min(ratios, key=lambda title: ratios[title])
    print(f"least: {least}, {ratios[least]:.1f} × (wanted: {WANTED:.0f} ×)")


def taken(work: Callable[[bytes], object], bodies: Sequence[bytes]) -> float:
    """Read feeds one after the other, as a run does, and return the CPU time in seconds."""
    gc.collect()  # what the other left behind is not ours to clear
    started = time.process_time()
    for body in bodies:
        work(body)
    return time.process_time() - started


def kinds() -> dict[str, list[bytes]]:
    """The feeds that are timed: the real ones, and fifty items of each kind."""
    real = [body for name, body in members("real_feeds").items() if name.endswith((".xml", ".rss", ".atom"))]
    full = _rss(20).replace("supervision", "监督管理").replace("applies", "施行")
    made = {
        "RSS, short items": _rss(1),
        "RSS, full text": _rss(20),
        "RSS, podcast": _rss(
            4, more="<itunes:summary>In short.</itunes:summary><itunes:author>A</itunes:author>"
        ),
        "RSS, broken": _rss(20).replace("</title>", " & &eacute;</title>"),
        "RDF": _rdf(4),
        "Atom, HTML": _atom(8, xhtml=False),
        "Atom, XHTML": _atom(8, xhtml=True),
    }
    return {
        "all real feeds": real,
        "SEC EDGAR": list(members("sec_edgar_current_atom").values()),
        "RSS, Chinese in GB 18030": [full.replace("UTF-8", "gb18030").encode("gb18030")] * ROUND,
        **{title: [text.encode()] * ROUND for title, text in made.items()},
    }


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_PARAGRAPH = (
    '<p>The authority published this notice on <a href="https://www.example.org/x">supervision</a>. '
    "It <b>applies</b> from 1 December 2026.</p>"
)
_TITLE = "<title>Notice {n} on the supervision of payment institutions</title>"
_LINK = "https://www.example.org/news/2026/notice-{n}.html"


def _items(form: str) -> str:
    return "".join(form.replace("{n}", f"{n:02}") for n in range(50))


def _rss(paragraphs: int, *, more: str = "") -> str:
    """A regulator's feed of fifty items with a title, a link, a date and some paragraphs of HTML."""
    rows = _items(
        f"<item>{_TITLE}<link>{_LINK}</link>"
        '<guid isPermaLink="false">notice-{n}</guid><pubDate>Thu, 19 Nov 2026 10:{n}:00 +0800</pubDate>'
        f"<description>{escape(_PARAGRAPH * paragraphs)}</description>{more}</item>"
    )
    itunes = "http://www.itunes.com/dtds/podcast-1.0.dtd"
    return f'{_HEAD}<rss version="2.0" xmlns:itunes="{itunes}"><channel>{rows}</channel></rss>'


def _rdf(paragraphs: int) -> str:
    rows = _items(
        f'<item rdf:about="{_LINK}">{_TITLE}<link>{_LINK}</link>'
        "<dc:date>2026-11-19T10:{n}:00+08:00</dc:date>"
        f"<description>{escape(_PARAGRAPH * paragraphs)}</description></item>"
    )
    spaces = (
        'xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return f"{_HEAD}<rdf:RDF {spaces}>{rows}</rdf:RDF>"


def _atom(paragraphs: int, *, xhtml: bool) -> str:
    html = _PARAGRAPH * paragraphs
    inside = f'<div xmlns="http://www.w3.org/1999/xhtml">{html}</div>' if xhtml else escape(html)
    rows = _items(
        f'<entry>{_TITLE}<link href="{_LINK}"/><id>urn:notice:{{n}}</id>'
        "<author><name>A. Author</name></author><updated>2026-11-19T10:{n}:00+08:00</updated>"
        f'<content type="{"xhtml" if xhtml else "html"}">{inside}</content></entry>'
    )
    return f'{_HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><title>Notices</title>{rows}</feed>'


def _ours(body: bytes) -> object:
    try:
        return read(body)
    except DocumentError:
        return None


if __name__ == "__main__":
    if "--page" in sys.argv:
        print(page(), end="")
    else:
        conformance()
        speed()
