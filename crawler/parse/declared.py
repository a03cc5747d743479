"""What a page declares of itself to search engines, in JSON-LD: when it was published, and which of its
paragraphs are hidden for a moment only.

Some papers send an article with ``hidden`` on all but its first lines, and a script takes that away for
everyone who may read it. Such a paragraph is text only where the publisher itself says so: the article
is free to read (``isAccessibleForFree``), and its ``articleBody`` holds that very paragraph. What is
hidden and not part of the declared article stays hidden, and so does what is hidden by style.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from .text import all_text, hidden

_LONGEST = 2_000_000  # characters of one JSON-LD block
_BLOCKS, _VALUES = 50, 20_000
_SHORTEST = 20  # letters and digits: a shorter paragraph may be anything
_PARAGRAPHS = ("p", "li", "blockquote", "h2", "h3", "h4", "h5", "h6")


def published(tree: Any) -> str:
    """Return what the page declares as its article's date; empty where it declares none, or several."""
    articles = (value for value in _values(tree) if isinstance(value.get("headline"), str))
    days = {str(article["datePublished"])[:40] for article in articles if article.get("datePublished")}
    return days.pop() if len(days) == 1 else ""


def reveal(tree: Any) -> None:
    """Show, in the tree itself, what the page declares as part of its free article."""
    veiled = [e for e in tree.iter() if isinstance(e.tag, str) and _veiled(e)]
    if not veiled or not (body := _free_body(tree)):
        return
    for element in veiled:
        shown = [p for p in element.iter(*_PARAGRAPHS) if _is_part(p, body)]
        if element.tag in _PARAGRAPHS and shown[:1] == [element]:
            del element.attrib["hidden"]
        elif shown and element.getparent() is not None:
            box = element.makeelement("div")
            box.tail = element.tail
            box.extend(shown)
            element.getparent().replace(element, box)


def _veiled(element: Any) -> bool:
    """Is it hidden by the attribute alone? Of others around it and inside nothing is said here."""
    if "hidden" not in element.attrib:
        return False
    bare = element.makeelement(element.tag, {k: v for k, v in element.items() if k != "hidden"})
    return not hidden(bare)


def _is_part(paragraph: Any, body: str) -> bool:
    if paragraph.find(".//p") is not None:
        return False
    text = _letters(all_text(paragraph))
    return len(text) >= _SHORTEST and text in body


def _free_body(tree: Any) -> str:
    """Return the letters and digits of the articles that the page declares to be free to read."""
    return "\n".join(
        _letters(article["articleBody"])
        for article in _values(tree)
        if isinstance(article.get("articleBody"), str)
        and str(article.get("isAccessibleForFree")).lower() == "true"
    )


def _values(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD, those inside others too."""
    scripts = (s for s in tree.iter("script") if (s.get("type") or "").strip() == "application/ld+json")
    for script in islice(scripts, _BLOCKS):
        yield from _objects((script.text or "")[:_LONGEST])


def _objects(block: str) -> Iterator[dict[str, Any]]:
    try:
        waiting = [json.loads(block, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_VALUES):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
