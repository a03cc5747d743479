"""Lines of law: the steps of a rule from draft to repeal, on the story's page and on their own."""

from __future__ import annotations

from datetime import date

import pytest

from dibao.site import labels
from dibao.site.current import current
from dibao.store import LANGS, Lang, Thread, ThreadStep, Tie
from tests.site.rendering import parsed, rendered, text
from tests.site.views import draft_story, mixed_story

# On the story's page

THREAD = Thread(
    steps=(
        ThreadStep(story_id=1044, day=date(2026, 11, 20), stage="draft"),
        ThreadStep(story_id=77, day=date(2026, 11, 20), stage="final"),
        ThreadStep(story_id=1043, day=date(2026, 11, 20), stage="not_yet_in_force"),
    ),
    ties=(
        Tie(story_id=1043, kind="finalizes", value="《办法》", target=1044),
        Tie(story_id=1043, kind="repeals", value="银发〔2021〕1号"),
        Tie(story_id=1043, kind="unheard_of", value="x"),
    ),
)


@pytest.mark.parametrize("lang", LANGS)
def test_a_story_shows_the_steps_of_its_thread_that_are_published(lang: Lang) -> None:
    made = rendered(mixed_story(), draft_story(), threads={1043: THREAD, 1044: THREAD})
    page = parsed(made[f"{lang}/e/1043/index.html"])
    first, here = page.xpath("//ol[@class='thread']/li")

    assert first.xpath(".//a/@href") == [f"../../../{lang}/e/1044/"]
    assert first.xpath("string(.//*[@class='step-stage'])") == STAGE_NAMES[lang]
    assert text(here.find(".//strong")) == mixed_story().briefs[lang].headline
    assert labels.WORDS["short"][lang] in text(here)
    assert [text(row) for row in here.xpath("./p[@class='small']")] == RELATION_NAMES[lang]
    assert here.xpath(".//span[@lang='zh-Hans']")


STAGE_NAMES: dict[Lang, str] = {"en": "Draft for comment", "zh": "征求意见稿"}
RELATION_NAMES: dict[Lang, list[str]] = {
    "en": ["Makes final 《办法》", "Repeals 银发〔2021〕1号"],
    "zh": ["正式发布 《办法》", "废止 银发〔2021〕1号"],
}


def test_a_story_tied_to_nothing_that_is_shown_has_no_thread() -> None:
    made = rendered(mixed_story(), threads={1043: THREAD})

    assert not parsed(made["en/e/1043/index.html"]).xpath("//ol[@class='thread']")


def test_a_step_is_in_force_as_of_today() -> None:
    views = [current(view, date(2027, 1, 1)) for view in (mixed_story(), draft_story())]
    made = rendered(*views, threads={1044: THREAD})
    last = parsed(made["en/e/1044/index.html"]).xpath("//ol[@class='thread']/li")[-1]

    assert last.xpath("string(.//*[@class='step-stage'])") == "In force"
