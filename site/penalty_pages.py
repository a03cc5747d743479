"""The pages of the penalty register: all of it, a year, an authority; each a plain page of its own."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dibao.store import Lang

from . import labels, words
from .digest import Option, options
from .frame import Edition, make_head, render_page
from .penalties import Row, rows, totals, years
from .penalty_files import COLUMNS

MOST = 500
"""Rows that one page shows, the newest; the data files hold all."""

_OTHER = re.compile(r"[^a-z0-9]+")
# Of the ids of our glossary no two read the same in small letters.
_PLAIN = re.compile(r"(?!.*-BRANCH)[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*(?:-branch)?")


Choices = tuple[tuple[Option, ...], tuple[tuple[int, int], ...]]
"""Authorities and (year, rows) that a filter offers; none where there is nothing to choose."""


def penalty_pages(edition: Edition, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Render the register of one language."""
    found = rows(edition.views, lang, bodies=edition.bodies)
    by_year = years(found)
    by_authority = _authorities(found)
    places = (
        tuple((year, f"penalties/{year}/", n) for year, n in by_year),
        tuple((o.name, f"penalties/{slug(o.key)}/", o.count) for o in by_authority),
    )
    # A filter can only choose among the rows that the page shows.
    yield _page(edition, lang, "penalties/", "", found, places, _choices(found[:MOST]))
    for year, _ in by_year:
        of_year = [row for row in found if row.record.day.year == year]
        choices = _choices(of_year[:MOST], by_year=False)
        yield _page(edition, lang, f"penalties/{year}/", str(year), of_year, places, choices)
    for authority in by_authority:
        own = [row for row in found if authority.key in row.record.authorities]
        choices = _choices(own[:MOST], by_authority=False)
        path = f"penalties/{slug(authority.key)}/"
        yield _page(edition, lang, path, authority.name, own, places, choices)


def slug(id: str) -> str:
    """Return an authority's id as a part of an address: ``NFRA-branch`` → ``nfra-branch``.

    Two ids never have the same, none has that of a year, and it does not change when others come.
    """
    if _PLAIN.fullmatch(id):
        return id.lower()
    digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    readable = _OTHER.sub("-", id[:40].lower()).strip("-")
    return f"{readable}-{digest}" if readable else f"of-{digest}"


def _authorities(found: Sequence[Row]) -> tuple[Option, ...]:
    """Return the authorities of some rows, those with the most first."""
    names = {one.id: one.name for row in found for one in row.authorities}
    counts = Counter(id for row in found for id in dict.fromkeys(row.record.authorities))
    ordered = sorted(counts, key=lambda id: (-counts[id], id))
    return options(counts, {id: names[id] for id in ordered})


def _choices(shown: Sequence[Row], *, by_authority: bool = True, by_year: bool = True) -> Choices:
    return _authorities(shown) if by_authority else (), years(shown) if by_year else ()


def _page(
    edition: Edition,
    lang: Lang,
    path: str,
    of: str,
    found: Sequence[Row],
    places: tuple[tuple[tuple[object, str, int], ...], ...],
    choices: Choices,
) -> tuple[str, bytes]:
    title = words.word(lang, "penalties.title")
    heading = words.word(lang, "penalties.of", of=of) if of else title
    label = labels.WORDS["extract"][lang]
    head = make_head(
        edition.site,
        lang,
        path,
        title=heading,
        description=f"{label} {words.word(lang, 'penalties.lead')}",
        nav="penalties",
    )
    return render_page(
        edition,
        "penalties.html",
        f"{lang}/{path}",
        lang,
        head,
        heading=heading,
        label=label,
        here=path,
        rows=found[:MOST],
        decisions=words.count(lang, "decisions", len(found)),
        cut=words.word(lang, "penalties.cut", shown=MOST, all=len(found)) if len(found) > MOST else "",
        totals=totals(found, lang),
        slug=slug,
        years=places[0],
        authorities=places[1],
        authority_options=choices[0],
        year_options=choices[1],
        columns=[
            (f"{key} {name}", words.word(lang, f"penalties.column.{key}")) for key, name in COLUMNS.items()
        ],
    )
