"""Whose values the facts box of a story shows where its items state several."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dibao.site.story import story_page
from dibao.store import Fact, Lang, StoryView
from tests.site.rendering import with_fact
from tests.site.views import BODIES, mixed_story, nfra_story


def told(head: tuple[str, ...], second: tuple[str, ...]) -> StoryView:
    """The story with these issuers of its first two items, and no other."""
    view = nfra_story()
    one, two, *rest = view.coverage
    pattern = next(fact for fact in view.facts if fact.kind == "issuer")

    def issued(item_id: str, issuers: tuple[str, ...]) -> tuple[Fact, ...]:
        return tuple(replace(pattern, value=value, shown=value, item_id=item_id) for value in issuers)

    coverage = (
        replace(one, facts=issued(one.item.id, head)),
        replace(two, facts=issued(two.item.id, second)),
        *(replace(other, facts=()) for other in rest),
    )
    facts = {(f.kind, f.value): f for c in reversed(coverage) for f in c.facts}
    return replace(view, coverage=coverage, facts=tuple(facts.values()))


@pytest.mark.parametrize(
    "head, second, shown",
    [
        pytest.param(("甲",), ("乙",), {"甲"}, id="another body answers the decision"),
        pytest.param(("甲",), ("甲", "乙"), {"甲", "乙"}, id="a copy of a joint paper names both"),
        pytest.param(("甲", "乙"), ("乙",), {"甲", "乙"}, id="the copy on the second body's site"),
        pytest.param((), ("乙",), {"乙"}, id="only a report says who"),
    ],
)
def test_issuers_are_those_of_the_head_and_of_papers_that_share_one(
    head: tuple[str, ...], second: tuple[str, ...], shown: set[str]
) -> None:
    box = story_page(told(head, second), "zh", bodies=BODIES).box

    assert {value.text for row in box if row.kind == "issuer" for value in row.values} == shown


@pytest.mark.parametrize(
    "lang, names",
    [
        (
            "en",
            {"Policy banks", "People's Bank of China", "Shenzhen, Guangdong", "High-Value Payment System"},
        ),
        ("zh", {"政策性银行", "中国人民银行", "广东深圳", "大额支付系统"}),
    ],
)
def test_addressees_regions_and_entities_are_named_in_the_language_of_the_page(
    lang: Lang, names: set[str]
) -> None:
    view = mixed_story()
    for kind, value in (
        ("addressee", "policy_banks"),
        ("addressee", "PBC"),
        ("jurisdiction", "CN-GD-Shenzhen"),
        ("mention", "hvps"),
        ("mention", "Laputa Ltd"),
    ):
        view = with_fact(view, kind, value, value)
    kinds = ("addressee", "jurisdiction", "mention")
    box = story_page(view, lang, bodies=BODIES).box

    assert {value.text for row in box if row.kind in kinds for value in row.values} == {*names, "Laputa Ltd"}


def test_a_dozen_entities_are_shown_at_most() -> None:
    view = mixed_story()
    for number in range(20):
        view = with_fact(view, "mention", f"Laputa {number} Ltd", f"Laputa {number} Ltd")
    [row] = [row for row in story_page(view, "en", bodies=BODIES).box if row.kind == "mention"]

    assert len(row.values) == 12
