"""Main text of pages: F1 of ours beside plain trafilatura, on pages with a labelled text.

``python bench/pages.py`` prints a line a set and reader. ``lines`` is the share of the labelled paragraphs
that come out as a line of their own: facts are read line by line. Needs ../shared/data. Ours runs without any
selector here, as on a site that nobody has configured.
"""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import trafilatura

from dibao.crawler.decode import decode
from dibao.crawler.parse.pages import parse_page
from dibao.crawler.parse.text import html_to_text
from dibao.crawler.source import Detail

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
PAGES = DATA / "pages"
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_]+")
_GRAM = 4

Reader = Callable[[str], str]


def ours(html: str) -> str:
    page = parse_page(html, url="https://pages.example.org/x", detail=Detail(), zone="UTC", lang="en")
    return page.text


def plain(html: str) -> str:
    return trafilatura.extract(html, include_comments=False, include_tables=True) or ""


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count runs of four words; Chinese by the character."""
    words = _WORD.findall(text.lower())
    return Counter(tuple(words[n : n + _GRAM]) for n in range(max(1, len(words) - _GRAM + 1)))


def scores(wanted: str, got: str) -> tuple[float, float]:
    """Return precision and recall."""
    a, b = shingles(wanted), shingles(got)
    common = sum((a & b).values())
    return common / max(1, sum(b.values())), common / max(1, sum(a.values()))


def lines_kept(wanted: str, got: str) -> float:
    """Return the share of the wanted paragraphs that are lines of what was read."""
    paragraphs = [text for line in wanted.split("\n") if (text := "".join(_WORD.findall(line)))]
    lines = {"".join(_WORD.findall(line)) for line in got.split("\n")}
    return sum(text in lines for text in paragraphs) / max(1, len(paragraphs))


def labelled(name: str) -> Iterator[tuple[str, str]]:
    """Yield (HTML, main text)."""
    if name == "fundus":
        yield from ((html, _body(version)) for html, version in _fundus())
        return
    if name == "gov_cn_policy":
        with gzip.open(DATA / name / "documents.jsonl.gz", "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                page = (
                    f"<html><head><title>{row['title']}</title></head><body>{row['html_page']}</body></html>"
                )
                yield page, html_to_text(row["html"])
        return
    with zipfile.ZipFile(PAGES / f"{name}.zip") as archive:
        files = set(archive.namelist())
        for key, truth in json.loads(archive.read("ground-truth.json")).items():
            if f"html/{key}.html.gz" in files:
                yield _html(archive, f"html/{key}.html.gz"), truth["articleBody"]


def _fundus() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (HTML, what is to be read from it)."""
    with zipfile.ZipFile(PAGES / "fundus.zip") as archive:
        files = set(archive.namelist())
        for file in sorted(files):
            if not file.endswith(".html.gz"):
                continue
            publisher = re.sub(r"_\d{4}_\d\d_\d\d.*", "", file)
            if f"{publisher}.json" not in files:
                continue
            html = _html(archive, file)
            # Which version belongs to which page is not said: the one whose text is in the page.
            versions = json.loads(archive.read(f"{publisher}.json")).values()
            fitting = [v for v in versions if (text := _body(v)) and text.split("\n")[0][:60] in html]
            if fitting:
                yield html, max(fitting, key=lambda version: len(_body(version)))


def _html(archive: zipfile.ZipFile, name: str) -> str:
    return decode(gzip.decompress(archive.read(name)), content_type="text/html").text


def _body(version: Any) -> str:
    body = version.get("body") if isinstance(version, dict) else None
    if not isinstance(body, dict):
        return ""
    parts = list(body.get("summary") or [])
    for section in body.get("sections") or []:
        parts += [*(section.get("headline") or []), *(section.get("paragraphs") or [])]
    return "\n".join(map(str, parts))


def measure(name: str) -> None:
    pages = list(labelled(name))
    for title, reader in (("ours", ours), ("trafilatura", plain)):
        texts = [reader(html) for html, _ in pages]
        found = [scores(wanted, text) for (_, wanted), text in zip(pages, texts, strict=True)]
        precision = sum(p for p, _ in found) / len(found)
        recall = sum(r for _, r in found) / len(found)
        f1 = 2 * precision * recall / (precision + recall)
        kept = sum(lines_kept(w, text) for (_, w), text in zip(pages, texts, strict=True)) / len(pages)
        shown = f"F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f}, lines {kept:.3f}"
        print(f"{name} ({len(pages)}) {title}: {shown}")


def phrases() -> None:
    """trafilatura's own set: phrases that must be in the text, and phrases that must not."""
    with zipfile.ZipFile(PAGES / "trafilatura_eval.zip") as archive:
        cases = json.loads(archive.read("evaldata.json"))
        files = set(archive.namelist())
        pages = {
            key: decode(archive.read(f"html/{case['file']}"), content_type="text/html").text
            for key, case in cases.items()
            if f"html/{case['file']}" in files
        }
    for title, reader in (("ours", ours), ("trafilatura", plain)):
        right = wrong = missed = 0
        for key, html in pages.items():
            text = " ".join(reader(html).split())
            kept = [" ".join(phrase.split()) in text for phrase in cases[key]["with"]]
            right += sum(kept)
            missed += len(kept) - sum(kept)
            wrong += sum(" ".join(phrase.split()) in text for phrase in cases[key]["without"])
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        f1 = 2 * precision * recall / (precision + recall)
        shown = f"F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f}"
        print(f"trafilatura_eval ({len(pages)}) {title}: {shown}")


def days() -> None:
    """The day of publication, where nothing says where it stands: none is better than a wrong one."""
    found: Counter[str] = Counter()
    for html, version in _fundus():
        page = parse_page(html, url="https://pages.example.org/x", detail=Detail(), zone="UTC", lang="")
        day = page.published.day.isoformat() if page.published else ""
        found["none" if not day else "right" if day == version["publishing_date"][:10] else "wrong"] += 1
    print(
        f"fundus ({found.total()}) days: {found['right']} right, {found['none']} none, {found['wrong']} wrong"
    )


if __name__ == "__main__":
    measure("fundus")
    measure("article_extraction_benchmark")
    measure("gov_cn_policy")
    phrases()
    days()
