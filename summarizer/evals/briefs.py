"""How many planted errors the grounding gate catches, and how many true sentences it refuses.

In: stories with their facts (from a database), and clauses written for the project in both languages. Out:
counts by kind. True sentences are what the embedded writer says before the gate, and the sources' own
sentences said without quotation marks, as a model would copy them.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.resources import files

from dibao.store import Evidence, Item, Lang, Member, Moment, Rank, Sentence, Source, Story

from ..glossary import Glossary, load_glossary
from ..writers.embedded import write_pair
from ..writers.known import StoryInput
from ..writers.model import faults
from .planting import KINDS, plant

_AT = datetime(2026, 1, 1, tzinfo=UTC)
MOST_MISSED = 40


@dataclass(slots=True)
class Count:
    """Errors of one kind."""

    planted: int = 0
    caught: int = 0

    @property
    def share(self) -> float:
        return self.caught / self.planted if self.planted else 1.0


@dataclass(slots=True)
class Report:
    """What the gate did. ``missed`` and ``refused`` hold the first examples."""

    kinds: dict[str, Count] = field(default_factory=lambda: {kind: Count() for kind in KINDS})
    true: int = 0
    false_alarms: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def planted(self) -> int:
        return sum(count.planted for count in self.kinds.values())

    @property
    def caught(self) -> int:
        return sum(count.caught for count in self.kinds.values())

    @property
    def false_alarm_share(self) -> float:
        return self.false_alarms / self.true if self.true else 0.0


@dataclass(frozen=True, slots=True)
class True_:
    """A true sentence with the same in the other language, when there is one."""

    sentence: Sentence
    lang: Lang
    inputs: StoryInput
    other: str = ""


def evaluate(stories: Iterable[StoryInput], *, with_clauses: bool = True) -> Report:
    """Plant errors into true sentences of the stories and of the project's clauses, and judge each."""
    report = Report()
    for inputs in stories:
        for given in told(inputs):
            _judge(report, given, glossary=inputs.glossary)
    glossary = load_glossary()
    for given in clauses(glossary) if with_clauses else ():
        _judge(report, given, glossary=glossary)
    return report


def _judge(report: Report, given: True_, *, glossary: Glossary) -> None:
    text = given.sentence.text
    found = faults(given.sentence, given.inputs, given.lang)
    report.true += 1
    if found:
        report.false_alarms += 1
        if len(report.refused) < MOST_MISSED:
            report.refused.append((text, found))
        return  # an error in it would prove nothing
    planted = list(plant(text, given.lang, glossary=glossary, seed=zlib.crc32(text.encode())))
    if given.other:
        planted.append(("language", given.other))
    for kind, false in planted:
        count = report.kinds[kind]
        count.planted += 1
        if faults(replace(given.sentence, text=false), given.inputs, given.lang):
            count.caught += 1
        elif len(report.missed) < MOST_MISSED:
            report.missed.append((kind, false))


def told(inputs: StoryInput) -> Iterator[True_]:
    """Yield what the embedded writer says of a story, ungated; quotations as a model would say them."""
    en, zh = write_pair(inputs, now=_AT)
    facts = {
        brief.lang: [s for s in (*brief.sentences, *brief.impact) if not s.quoted and not _introduces(s)]
        for brief in (en, zh)
    }
    for brief, across in ((en, zh), (zh, en)):
        own, other = facts[brief.lang], facts[across.lang]
        for at, sentence in enumerate(own):
            yield True_(sentence, brief.lang, inputs, other[at].text if at < len(other) else "")
        for sentence in brief.sentences:
            chinese = sentence.tag.startswith("zh")
            if sentence.quoted and chinese == (brief.lang == "zh"):
                yield True_(replace(sentence, quoted=False), brief.lang, inputs)


def _introduces(sentence: Sentence) -> bool:
    return sentence.text.endswith((":", "："))


def clauses(glossary: Glossary) -> Iterator[True_]:
    """Yield the project's clauses: each language's, resting on the other's."""
    text = (files("dibao.summarizer") / "evals" / "clauses.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        for lang, source in (("en", row["zh"]), ("zh", row["en"])):
            inputs = clause_inputs(source, "zh-Hans" if lang == "en" else "en", glossary)
            [item] = inputs.items
            cite = Evidence(item_id=item.id, field="text", start=0, end=len(source), quote=source)
            yield True_(Sentence(text=row[lang], cites=(cite,)), lang, inputs, source)  # type: ignore[arg-type]


def clause_inputs(text: str, tag: str, glossary: Glossary) -> StoryInput:
    """Return a story of one item that says one sentence."""
    item = Item(
        id="0" * 16, source_id="clause", key="k", url="https://example.org/", title="", text=text, lang=tag,
        column="rule", published=Moment(day=_AT.date()), fetched_at=_AT,
    )  # fmt: skip
    source = Source(
        id="clause", name_en="clause", name_zh="条款", acronym="", family="clause", tier=1, jurisdiction="CN",
        kind="regulator", timezone="UTC", homepage="https://example.org/",
    )  # fmt: skip
    return StoryInput(
        story=Story(
            id=1, members=(Member(item_id=item.id, score=1.0, reason="first"),), head=item.id, day=_AT.date()
        ),
        items=(item,), sources={"clause": source}, facts={item.id: ()}, headlines={}, bodies=glossary.bodies,
        glossary=glossary,
        rank=Rank(story_id=1, level="notable", score=0.0, components=(), reason_en="", reason_zh=""),
    )  # fmt: skip
