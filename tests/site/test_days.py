"""Pages of days and of sources: the home page, what comes up, the status of each source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dibao.site import naming, words
from dibao.site.digest import source_rows, upcoming
from dibao.store import LANGS, TROUBLES, Lang, ListHealth
from tests.site.rendering import parsed, rendered, text, with_fact
from tests.site.views import BODIES, NOW, SOURCES, all_views, draft_story, health, nfra_story, penalty_story


@pytest.mark.parametrize("lang", LANGS)
def test_the_home_page_is_the_newest_day_and_says_which(lang: Lang, trees: dict[str, Any]) -> None:
    page = trees[f"{lang}/index.html"]

    assert page.xpath("string(//h1/time/@datetime)") == "2026-11-20"
    assert words.word(lang, "digest.latest") in text(page.find(".//main"))
    links = [link.split("/")[-2] for link in page.xpath("//li[contains(@class, 'card')]//h3/a/@href")]
    assert links == ["1043", "1042", "1044"]


def test_level_counts_are_those_of_the_day(trees: dict[str, Any]) -> None:
    page = trees["en/index.html"]
    cards = page.xpath("//li[contains(@class, 'card')]/@data-level")
    counts = {text(div.find("dt")): int(text(div.find("dd"))) for div in page.xpath("//dl/div[dd]")}

    assert counts == {"Critical": 1, "Significant": 1, "Notable": 1, "Routine": 0}
    assert sorted(cards) == ["critical", "notable", "significant"]


@pytest.mark.parametrize(
    ("offset", "shown"),
    [(-1, False), (0, True), (30, True), (31, False)],
    ids=["past", "today", "last day", "too far"],
)
def test_what_comes_up_is_from_today_to_thirty_days_on(offset: int, shown: bool) -> None:
    today = date(2026, 12, 12) - timedelta(days=offset)

    found = upcoming([draft_story()], "en", today=today, bodies=BODIES)

    assert [due.kind for due in found] == ["date_deadline"] * shown


def test_an_older_day_does_not_know_later_stories() -> None:
    page = parsed(rendered(*all_views())["en/2026-11-19/index.html"])

    assert not page.xpath("//ol[@class='upcoming']")


def test_a_press_report_counts_for_the_place_of_its_issuer() -> None:
    view = with_fact(nfra_story(), "issuer", "FCA", "36氪获")
    first = replace(view, facts=(view.facts[-1], *view.facts[:-1]))

    assert naming.story_jurisdiction(first, BODIES) == "UK"
    assert naming.story_jurisdiction(penalty_story(), {}) == "UK"


def test_the_status_page_shows_failing_sources(trees: dict[str, Any]) -> None:
    rows = trees["zh/status/index.html"].xpath("//tr[@class='state-failing']")

    assert len(rows) == 1
    assert "uk-fca: no rows (row=li.search-item) <b>" in text(rows[0])
    assert len(trees["zh/status/index.html"].xpath("//tbody/tr")) == len(SOURCES)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        pytest.param("en", "News: Cannot be read – ", id="en"),
        pytest.param("zh", "要闻：读取失败 – ", id="zh"),
    ],
)
def test_the_status_page_says_what_is_wrong_with_a_list_in_its_own_language(lang: Lang, told: str) -> None:
    trouble = next(iter(TROUBLES))
    row = ListHealth(
        source_id="cn-pbc", url="https://pbc.example/", column="news", lang="zh-Hans", state="failing",
        last_try=NOW, last_success=None, newest=None, expected=0, listed=0, taken=0, usual_gap=0,
        last_new=None, trouble=trouble, error="only in English",
    )  # fmt: skip
    [found] = [r for r in source_rows(SOURCES, health(), lang, lists=[row]) if r.notes]

    assert found.state == "failing"
    assert found.notes == (f"{told}{TROUBLES[trouble].name(lang)}",)
    assert found.error == ""
