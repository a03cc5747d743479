"""Pages of law: penalties as records, lines of law with a stage each, and how strongly a document binds."""

# ruff: noqa: E501 — a record reads best on one line

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dibao.store import (
    Brief,
    Component,
    Coverage,
    Evidence,
    Fact,
    FactKind,
    Item,
    Member,
    Penalty,
    Rank,
    Sanction,
    Source,
    Story,
    StoryView,
    Thread,
    ThreadStep,
    Tie,
    line,
    penalty_records,
    penalty_value,
    views,
)

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def fact(item_id: str, kind: FactKind, value: str, start: int = 0) -> Fact:
    place = Evidence(item_id=item_id, field="text", start=start, end=start + 1, quote="x")
    return Fact(item_id=item_id, kind=kind, value=value, shown=value, evidence=place)


def covered(id: str, tag: str, *facts: Fact, tier: int = 1) -> Coverage:
    source = Source(
        id=f"source-{id}", name_en="Body", name_zh="机构", acronym="B", family=id, tier=tier, jurisdiction="CN",
        kind="regulator", timezone="UTC", homepage="https://example.org/",
    )  # fmt: skip
    item = Item(
        id=id, source_id=source.id, key=id, url=f"https://example.org/{id}", title=id, text="x" * 9, lang=tag,
        column="rule", published=None, fetched_at=NOW,
    )  # fmt: skip
    return Coverage(
        item=item,
        source=source,
        member=Member(item_id=id, score=1, reason="first"),
        headlines={},
        facts=facts,
    )


def view(number: int, *coverage: Coverage) -> StoryView:
    story = Story(
        id=number, members=tuple(c.member for c in coverage), head=coverage[0].item.id, day=date(2026, 3, number),
        version=1,
    )  # fmt: skip
    briefs = {
        lang: Brief(
            story_id=number, lang=lang, headline=f"{lang} {number}", sentences=(), impact=(), writer="embedded",
            written_at=NOW, inputs="",
        )
        for lang in ("en", "zh")
    }  # fmt: skip
    rank = Rank(
        story_id=number, level="routine", score=1, reason_en="", reason_zh="",
        components=(Component(name="force", value=1, weight=1),),
    )  # fmt: skip
    facts = tuple({(f.kind, f.value): f for c in coverage for f in c.facts}.values())
    return StoryView(story=story, rank=rank, briefs=briefs, coverage=coverage, updated_at=NOW, facts=facts)  # type: ignore[arg-type]


def penal(party: str, *, day: str = "", amounts: tuple[tuple[str, str], ...] = ()) -> str:
    sanctions = tuple(Sanction(key=key, amount=amount) for key, amount in amounts)
    return penalty_value(Penalty(party=party, date=day, authority="SEC,CFTC", sanctions=sanctions))


def test_penalties_are_taken_once_from_the_official_page_and_come_newest_first() -> None:
    official = covered(
        "a",
        "zh-Hans",
        fact("a", "penalty", penal("甲")),
        fact("a", "penalty", penal("乙", day="2026-05-01"), 2),
    )
    report = covered("b", "en", fact("b", "penalty", penal("A")), tier=3)
    found = penalty_records([view(1, report, official), view(2, covered("c", "en"))])

    assert [(r.penalty.party, r.day.isoformat(), r.decided, r.official) for r in found] == [
        ("乙", "2026-05-01", True, True),
        ("甲", "2026-03-01", False, True),
    ]
    assert found[0].authorities == ("SEC", "CFTC")
    assert found[0].url == "https://example.org/a"


@pytest.mark.parametrize(
    "amounts, total",
    [
        pytest.param(
            (("fine", "CNY 300000"), ("confiscation", "CNY 0.10"), ("other", "CNY 0.20")),
            "300000.30",
            id="all sums to the cent",
        ),
        pytest.param((("fine", "CNY 300000"), ("total", "CNY 300000")), "300000", id="a total is not added"),
        pytest.param((("total", "CNY 7"),), "7", id="only a total"),
        pytest.param((("fine", "USD 5"),), "0", id="another currency"),
    ],
)
def test_sums_of_a_penalty(amounts: tuple[tuple[str, str], ...], total: str) -> None:
    [found] = penalty_records(
        [view(1, covered("a", "en", fact("a", "penalty", penal("A", amounts=amounts))))]
    )

    assert found.amount("CNY") == Decimal(total)


@pytest.mark.parametrize(
    ("place", "why"),
    [
        pytest.param((0, 23), "对某行罚款 联系电话：010-66194567", id="in the words it was read from"),
        pytest.param((0, 4), "对某行罚款 联系电话：010-66194567", id="taken over from the row above"),
        pytest.param((0, 23), '联系电话：010- 66194567，“引号"', id="spaced otherwise by the reader"),
    ],
)
def test_what_is_private_is_covered_inside_a_penalty_which_stays_a_record(
    place: tuple[int, int], why: str
) -> None:
    text = "对某行罚款 联系电话：010-66194567"
    item = replace(covered("a", "zh-Hans").item, text=text)
    phone = Evidence(item_id="a", field="text", start=11, end=23, quote=text[11:23])
    whole = Evidence(item_id="a", field="text", start=place[0], end=place[1], quote=text[slice(*place)])
    penalty = penalty_value(Penalty(party="某行", violation=why))
    facts = (
        Fact(item_id="a", kind="penalty", value=penalty, shown="某行", evidence=whole),
        Fact(item_id="a", kind="person_private", value="phone", shown="", evidence=phone),
    )
    made = view(1, covered("a", "zh-Hans"))
    shown = views.assemble(
        made.story,
        views.Parts(
            sources={made.head.source.id: made.head.source}, items={"a": item}, facts={"a": facts}, headlines={},
            briefs={(1, lang): brief for lang, brief in made.briefs.items()}, ranks={1: made.rank},
                ranked={}, earlier={}, notes={}, disagreements={},
        ),
    )  # fmt: skip
    assert shown is not None
    [record] = penalty_records([shown])

    assert record.penalty.party == "某行"
    assert "66194567" not in f"{record.penalty} {record.evidence}"


THREAD = Thread(
    steps=(
        ThreadStep(story_id=1, day=date(2026, 3, 1), stage="draft"),
        ThreadStep(story_id=2, day=date(2026, 3, 2), stage="final"),
        ThreadStep(story_id=3, day=date(2026, 3, 3), stage="none"),
    ),
    ties=(
        Tie(story_id=1, kind="consults", value="《甲办法》", target=2),
        Tie(story_id=2, kind="repeals", value="银发〔2010〕1号"),
        Tie(story_id=3, kind="amends", value="银发〔2011〕1号"),
    ),
)


def test_a_line_has_the_stages_papers_and_dates_of_both_languages() -> None:
    draft = view(
        1, covered("a", "zh-Hans", fact("a", "stage", "draft"), fact("a", "date_deadline", "2026-04-01"))
    )
    final = view(
        2,
        covered(
            "b", "zh-Hans", fact("b", "stage", "in_force"), fact("b", "document_number", "银发〔2026〕9号")
        ),
        covered("c", "en", fact("c", "document_number", "银发〔2026〕9号")),
        covered("d", "en", tier=3),
    )
    found = line(THREAD, {1: draft, 2: final})

    assert found is not None
    assert [(s.story_id, s.stage, s.headlines["en"]) for s in found.stages] == [
        (1, "draft", "en 1"), (2, "in_force", "en 2"),
    ]  # fmt: skip
    assert [(p.tag, p.url) for p in found.last.papers] == [
        ("zh-Hans", "https://example.org/b"), ("en", "https://example.org/c"),
    ]  # fmt: skip
    assert found.last.numbers == ("银发〔2026〕9号",)
    assert [(d.kind, d.value) for d in found.stages[0].dates] == [("date_deadline", "2026-04-01")]
    assert (found.id, [tie.value for tie in found.open]) == (1, ["银发〔2010〕1号"])


def test_one_published_story_is_no_line() -> None:
    assert line(THREAD, {1: view(1, covered("a", "en"))}) is None
