"""How well facts are read: labelled and third-party documents → what was right, wrong and missed, by kind.

The labelled documents come with the source checkout; third-party material is used where it lies beside it.
"""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dibao.store import RELATIONS, DibaoError, Fact, Item, Moment, Source, penalty_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
LABELLED = ROOT / "tests" / "summarizer" / "labelled"
SHARED = ROOT.parent / "shared" / "data"

ALWAYS = (
    "document_number", "document_type", "issuer", "stage", "date_signed", "date_published", "date_effective",
    "date_deadline", "date_expiry", "date_compliance", "date_hearing",
)  # fmt: skip
"""Kinds that every labelled document answers for: what its label does not name must not be read."""
ASKED = (
    "penalty", "amount", "entity_bound", "topic", "obligation", "legal_level", "instrument", "addressee",
    "jurisdiction", "mention",
)  # fmt: skip
"""Kinds that count only where a label names them."""
HIDDEN = ("held", "check")
"""Parts for checking: nobody looks at their single misses. ``check`` came after all learning."""
HALVES = ("learn", "learn-2", *HIDDEN)
"""Parts of the sets written blind, without sight of the rules: ``learn`` and ``learn-2`` are for bettering
them."""

TARGETS: dict[str, tuple[float, float]] = {
    **dict.fromkeys(
        ("document_number", "document_type", "issuer", "date_published", "date_effective", "date_deadline"),
        (0.98, 0.95),
    ),
    "relations": (0.90, 0.85),
    "obligation": (0.90, 0.85),
}  # fmt: skip
"""Least precision and recall."""


@dataclass(slots=True)
class Tally:
    """What was right, wrongly read, and missed, of one kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def count(self, expected: Iterable[str], found: Iterable[str], name: str) -> None:
        said, read = Counter(expected), Counter(found)
        self.right += (said & read).total()
        self.wrong += (read - said).total()
        self.missed += (said - read).total()
        if said != read:
            self.examples.append(
                f"{name}: {list((said - read).elements())} != {list((read - said).elements())}"
            )


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with what must be read from it."""

    name: str
    item: Item
    source_id: str
    want: Mapping[str, Any]
    only: tuple[str, ...] = ()
    """Kinds that the document answers for, where it was written for these alone."""


def labelled(half: str = "", *, folder: Path = LABELLED) -> Iterator[Labelled]:
    """Yield the labelled documents of a half, by default those of no half. DibaoError when there are none."""
    import yaml

    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise DibaoError("the labelled documents come with the source checkout only; clone the repository")
    for file in files:
        defaults, *entries = yaml.safe_load(file.read_text("utf-8"))
        for number, entry in enumerate(entries, 1):
            whole = {**defaults["defaults"], **entry}
            if whole.get("half", "") == half:
                yield _labelled(whole, name=f"{file.stem} {number}")


def _labelled(entry: Mapping[str, Any], *, name: str) -> Labelled:
    day = entry.get("day")
    item = Item(
        id="0" * 16,
        source_id=entry["by"],
        key=entry.get("url", "https://example.org/1"),
        url=entry.get("url", "https://example.org/1"),
        title=entry["title"],
        text=entry.get("text", "").rstrip("\n"),
        lang=entry["lang"],
        column=entry["column"],
        published=Moment(day=day) if isinstance(day, date) else None,
        fetched_at=_fetched(entry),
        labels=tuple((key, str(value)) for key, value in entry.get("labels", {}).items()),
    )
    only = tuple(entry.get("only", ()))
    return Labelled(f"{name} {item.title[:40]}", item, entry["by"], entry["want"], only)


def _fetched(entry: Mapping[str, Any]) -> datetime:
    """Return when a document was fetched: one written blind on its day, as of which its stage is told."""
    day = entry.get("day") if entry.get("half") else None
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2026, 4, 12, tzinfo=UTC)


def measure(documents: Iterable[Labelled], sources: Mapping[str, Source]) -> dict[str, Tally]:
    """Return kind → tally.

    ``relations`` counts all kinds of them together, ``evidence`` every span, ``redaction`` what is withheld.
    """
    from dibao.summarizer.facts import private_spans, read_facts
    from dibao.summarizer.glossary import load_glossary

    glossary = load_glossary()
    tallies: dict[str, Tally] = defaultdict(Tally)
    for document in documents:
        if document.source_id not in sources:
            raise DibaoError(f"{document.name}: no source {document.source_id} in the catalogue")
        facts = read_facts(document.item, source=sources[document.source_id], glossary=glossary)
        for kind, (expected, found) in _compared(document, facts).items():
            tallies[kind].count(expected, found, document.name)
        for fact in facts:
            place = fact.evidence
            stands = document.item.field_text(place.field)[place.start : place.end]
            tallies["evidence"].count([place.quote], [stands], document.name)
        if "private" in document.want:
            text, private = document.item.text, _list(document.want["private"])
            tallies["redaction"].count(private, withheld(text, private, private_spans(text)), document.name)
    return dict(tallies)


def withheld(text: str, private: Iterable[str], spans: Iterable[tuple[int, int]]) -> list[str]:
    """Return the private strings that the spans hide wholly, and every span that hides none of any."""
    hidden = sorted(spans)
    places = {words: _places(text, words) for words in private}
    whole = [
        words
        for words, found in places.items()
        if found and all(any(a <= start and end <= b for a, b in hidden) for start, end in found)
    ]
    known = [place for found in places.values() for place in found]
    others = [text[a:b] for a, b in hidden if not any(a < end and start < b for start, end in known)]
    return whole + others


def _places(text: str, words: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(re.escape(words), text)]


def _compared(document: Labelled, facts: Iterable[Fact]) -> dict[str, tuple[list[str], list[str]]]:
    read: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "penalty":
            read["penalty"].append(penalty_line(fact))
        elif fact.kind != "document_type" or not read["document_type"]:
            read[fact.kind].append(fact.value)
    want = {kind: _list(value) for kind, value in document.want.items() if kind != "relations"}
    for kind in {"document_number", "instrument"} & want.keys():
        want[kind] = [_one_form(value) for value in want[kind]]
    if document.item.published is not None:
        want.setdefault("date_published", [document.item.published.day.isoformat()])
    kinds = document.only or [*ALWAYS, *(kind for kind in ASKED if kind in want)]
    compared = {kind: (want.get(kind, []), read[kind]) for kind in kinds}
    if "relations" in document.want:
        told = document.want["relations"]
        # What is only cited counts where the label tells of citations.
        asked = [kind for kind in RELATIONS if kind != "citation" or kind in told]
        compared["relations"] = (
            [f"{kind} {_one_form(value)}" for kind in asked for value in _list(told.get(kind, []))],
            [f"{kind} {value}" for kind in asked for value in read[kind]],
        )
    return compared


_PROPOSALS = ("建议", "提案", "议案")
"""Ends of what is answered by its serial, which is no document number."""


def _one_form(value: str) -> str:
    """Return a labelled number or title as it is compared: Simplified, with the full name of the body."""
    from dibao.summarizer.facts import normal_number
    from dibao.summarizer.language import simplify

    if value.endswith(_PROPOSALS):
        return value
    return simplify(value) if value.startswith("《") else normal_number(value)


def _list(value: Any) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, list) else [str(value)]


def penalty_line(fact: Fact) -> str:
    penalty = penalty_of(fact)
    measures = (f"{s.key}={s.amount}" if s.amount else s.key for s in penalty.sanctions)
    return "; ".join((penalty.party, *measures))


# Third-party documents whose labels are facts


def shared_tallies(sources: Mapping[str, Source], folder: Path = SHARED) -> dict[str, Tally]:
    """Measure on the documents beside the checkout; empty when there are none."""
    from dibao.summarizer.facts import normal_number, parse_date, read_facts
    from dibao.summarizer.glossary import load_glossary

    glossary = load_glossary()
    gov = sources["cn-gov-zhengce"]
    tallies: dict[str, Tally] = {}

    def read(item: Item) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for fact in read_facts(item, source=gov, glossary=glossary):
            found[fact.kind].append(fact.value)
        return found

    policies = folder / "gov_cn_policy" / "documents.jsonl.gz"
    if policies.is_file():
        number, issuer = Tally(), Tally()
        with gzip.open(policies, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                facts = read(_page(row["title"], _visible(row["html"])))
                number.count([normal_number(row["doc_number"])], facts["document_number"], row["title"])
                office = "SCGO" if row["office"].startswith("国务院办公厅") else "SC"
                issuer.count([office], facts["issuer"][:1], row["title"])
        tallies |= {"gov_cn_policy document_number": number, "gov_cn_policy issuer": issuer}
    laws = folder / "cn_law_titles" / "finance_law_texts.zip"
    if laws.is_file():
        tallies |= _laws(laws, read, parse_date)
    return tallies


def _laws(
    file: Path, read: Callable[[Item], dict[str, list[str]]], parse_date: Callable[[str], date | None]
) -> dict[str, Tally]:
    """Laws that say of themselves from when they apply and what they repeal."""
    effective, repeals = Tally(), Tally()
    with zipfile.ZipFile(file) as bundle:
        for name in sorted(n for n in bundle.namelist() if n.endswith(".md")):
            text = bundle.read(name).decode("utf-8")
            said = re.findall(
                r"本(?:法|条例|办法|规定)自(\d{4}年\d{1,2}月\d{1,2}日)起(?:施行|实施|执行)", text
            )
            clauses = re.findall(r"《([^《》]{4,60})》同时废止", text)
            if not said and not clauses:
                continue
            facts = read(_page(Path(name).stem, text))
            if len(set(said)) == 1:
                effective.count([str(parse_date(said[0]))], facts["date_effective"], name)
            if clauses:
                found = {value.strip("《》") for value in facts["repeals"]}
                hit = [c for c in clauses if re.sub(r"\s", "", c) in found]
                repeals.count(clauses, hit, name)
    return {"finance_law_texts date_effective": effective, "finance_law_texts repeals": repeals}


def _page(title: str, text: str) -> Item:
    return Item(
        id="0" * 16, source_id="cn-gov-zhengce", key="k", url="https://example.org/1", title=title, text=text,
        lang="zh-Hans", column="policy", published=None, fetched_at=datetime(2026, 4, 12, tzinfo=UTC),
    )  # fmt: skip


def _visible(markup: str) -> str:
    from lxml import html

    paragraphs = ("".join(p.itertext()).strip() for p in html.fromstring(markup).xpath("//p"))
    return "\n".join(p for p in paragraphs if p)
