"""How near headlines in the other language come to those a person wrote for the same titles.

In: ``headlines.csv`` beside this file (titles in the manner of real ones, each with its issuer and a
rendering written for the project; one half for learning, the other only measured). Out: shares and chrF.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files

from dibao.store import Item, Lang, Source

from ..facts import read_facts
from ..glossary import Glossary
from ..terminology import rendered
from ..writers.headline import headline, measured_coverage
from .overlap import chrf

_AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """A title of ``lang``, its issuer's id, and the headline wanted in the other language."""

    lang: Lang
    held: bool
    issuer: str
    title: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Made:
    case: Case
    text: str
    whole: bool
    """Every word of it carried by grammar and glossary."""


@dataclass(frozen=True, slots=True)
class Quality:
    """``chrf`` 0 to 100, of all headlines and of those told whole; the others are shares."""

    titles: int
    whole: float
    chrf: float
    chrf_whole: float
    terms: float
    """Of the glossary's terms in the titles that are told whole, those with an official rendering."""
    coverage: float
    """Of the titles' characters, those that glossary and title words carry."""


def cases() -> tuple[Case, ...]:
    text = (files("dibao.summarizer") / "evals" / "headlines.csv").read_text("utf-8")
    return tuple(
        Case(row["lang"], row["half"] == "held", row["source"], row["title"], row["wanted"])  # type: ignore[arg-type]
        for row in csv.DictReader(text.splitlines())
    )


def made(case: Case, glossary: Glossary) -> Made:
    """Return the headline in the other language, as an item of the issuer's own site has it."""
    body = glossary.bodies[case.issuer]
    source = Source(
        id="eval", name_en=body.name_en, name_zh=body.name_zh, acronym=body.short_en, family="eval", tier=1,
        jurisdiction=body.jurisdiction or "INT", kind="regulator", timezone="UTC", homepage="https://example.org/",
    )  # fmt: skip
    item = Item(
        id="0" * 16, source_id="eval", key="k", url="https://example.org/", title=case.title, text="",
        lang="zh-Hans" if case.lang == "zh" else "en", column="rule", published=None, fetched_at=_AT,
    )  # fmt: skip
    if case.lang == "zh" and re.search("[譴責幣訊數發證]", case.title):
        item = Item(
            id=item.id, source_id="eval", key="k", url=item.url, title=case.title, text="", lang="zh-Hant",
            column="rule", published=None, fetched_at=_AT,
        )  # fmt: skip
    other: Lang = "en" if case.lang == "zh" else "zh"
    facts = read_facts(item, source=source, glossary=glossary)
    found = headline(item, facts, other, glossary=glossary, source=source)
    return Made(case, found.text, found.method == "glossary")


def measure(given: Iterable[Case], glossary: Glossary) -> Quality:
    told = [made(case, glossary) for case in given]
    whole = [one for one in told if one.whole]
    checked = [hit for one in whole for hit in rendered(one.case.title, one.case.lang, one.text, glossary)]
    return Quality(
        titles=len(told),
        whole=len(whole) / max(1, len(told)),
        chrf=chrf(_pairs(told)),
        chrf_whole=chrf(_pairs(whole)),
        terms=sum(right for _, right in checked) / max(1, len(checked)),
        coverage=_mean([measured_coverage(one.case.title, one.case.lang, glossary) for one in told]),
    )


def _pairs(told: Sequence[Made]) -> list[tuple[str, str]]:
    return [(one.text, one.case.wanted) for one in told]


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / max(1, len(shares))
