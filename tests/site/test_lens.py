"""A reader's lens puts stories in another order, says which components it changed, and leaves the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dibao.site.build import build
from dibao.site.lens import Profile, look, reason, through, watched
from dibao.store import ENTITIES, JURISDICTIONS, LANGS, TOPICS, Lang, StoryView
from tests.site.filled import INFO, filled
from tests.site.rendering import SITE, parsed, rendered, text, with_fact
from tests.site.views import BODIES, NOW, all_views, nfra_story


def lens(**more: tuple[str, ...]) -> Profile:
    return Profile(key="desk", title_en="A desk", title_zh="一个部门", **more)


def about(*, topic: str = "", sector: str = "") -> StoryView:
    """A story of mainland China with no topics and sectors but these."""
    view = nfra_story()
    kept = {"topic", "entity_bound"}
    bare = replace(
        view,
        facts=tuple(f for f in view.facts if f.kind not in kept),
        coverage=tuple(
            replace(c, facts=tuple(f for f in c.facts if f.kind not in kept)) for c in view.coverage
        ),
    )
    bare = with_fact(bare, "topic", topic, topic) if topic else bare
    return with_fact(bare, "entity_bound", sector, sector) if sector else bare


def points(view: StoryView, part: str) -> tuple[float, float]:
    component = next(c for c in view.rank.components if c.name == part)
    return component.points, component.weight


def test_a_watched_topic_counts_in_full_and_another_not_at_all() -> None:
    view = about(topic="ai")
    was, full = points(view, "topic")

    assert look(view, lens(topics=("ai",)), bodies=BODIES).score == pytest.approx(
        view.rank.score - was + full, abs=0.05
    )
    assert look(view, lens(topics=("aml",)), bodies=BODIES).score == pytest.approx(
        view.rank.score - was, abs=0.05
    )


def test_a_document_for_another_sector_reaches_by_half() -> None:
    view = about(topic="ai", sector="insurers")
    was, _ = points(view, "reach")
    [shift] = look(view, lens(sectors=("banks",)), bodies=BODIES).shifts

    assert (shift.part, shift.after) == ("reach", was / 2)


@pytest.mark.parametrize("note", ["none", "firm"])
def test_talk_and_acts_on_one_firm_reach_no_sector(note: str) -> None:
    view = about(topic="ai", sector="banks")
    parts = tuple(replace(c, note=note) if c.name == "reach" else c for c in view.rank.components)
    view = replace(view, rank=replace(view.rank, components=parts))

    assert look(view, lens(sectors=("banks",)), bodies=BODIES).shifts == ()
    assert look(view, lens(sectors=("insurers",)), bodies=BODIES).shifts == ()


def test_a_document_that_names_nobody_reaches_as_before() -> None:
    view = about(topic="ai")

    assert look(view, lens(sectors=("banks",)), bodies=BODIES).shifts == ()


def test_another_jurisdiction_loses_points_and_is_not_shown() -> None:
    view = about(topic="ai")
    seen = look(view, lens(jurisdictions=("HK",)), bodies=BODIES)

    assert seen.score == pytest.approx(view.rank.score - 15, abs=0.05)
    assert not seen.shown
    assert look(view, lens(jurisdictions=("CN",)), bodies=BODIES).shown


@pytest.mark.parametrize(
    ("profile", "shown"),
    [
        pytest.param(lens(), True, id="an empty lens shows all"),
        pytest.param(lens(topics=("ai",)), True, id="topic"),
        pytest.param(lens(topics=("aml",)), False, id="another topic"),
        pytest.param(lens(topics=("aml",), sectors=("banks",)), True, id="another topic, but the sector"),
        pytest.param(lens(sectors=("insurers",)), False, id="another sector"),
    ],
)
def test_what_a_lens_shows(profile: Profile, shown: bool) -> None:
    assert look(about(topic="ai", sector="banks"), profile, bodies=BODIES).shown is shown


KEYS = {"jurisdictions": JURISDICTIONS, "topics": TOPICS, "sectors": ENTITIES}
LENSES = st.builds(
    lens,
    **{name: st.lists(st.sampled_from(sorted(keys)), max_size=4).map(tuple) for name, keys in KEYS.items()},
)


@given(LENSES)
@settings(deadline=None, max_examples=50)
def test_no_lens_changes_a_story_or_its_base_rank(profile: Profile) -> None:
    views = all_views()
    seen = through(views, profile, bodies=BODIES)

    assert sorted(one.view.story.id for one in seen) == sorted(view.story.id for view in views)
    assert all(one.view in views for one in seen)
    assert all(0 <= one.score <= 100 for one in seen)
    for one in seen:
        changed = one.view.rank.score + sum(shift.points for shift in one.shifts)
        assert one.score == pytest.approx(min(100, max(0, changed)), abs=0.01)


def test_the_reason_says_which_component_was_changed() -> None:
    seen = look(about(topic="ai"), lens(topics=("aml",), jurisdictions=("HK",)), bodies=BODIES)

    assert "Topic fit −" in reason(seen, "en") and "Jurisdiction not watched −15.0" in reason(seen, "en")
    assert "主题相关 −" in reason(seen, "zh") and "非所关注法域 −15.0" in reason(seen, "zh")
    assert reason(look(about(), lens(), bodies=BODIES), "en").endswith("as by the base rank.")


def test_what_is_watched_is_named_in_both_languages() -> None:
    profile = lens(jurisdictions=("CN",), topics=("aml", "ai"), sectors=("banks",))

    assert dict(watched(profile, "en")) == {
        "Jurisdictions": "Mainland China",
        "Topics": "Anti-money laundering, AI governance",
        "Sectors": "banks",
    }
    assert watched(profile, "zh")[1] == ("主题", "反洗钱、人工智能治理")


@pytest.mark.parametrize("lang", LANGS)
def test_each_lens_has_a_page_with_label_order_and_reasons(lang: Lang) -> None:
    profile = lens(topics=("ai", "banking", "securities"))
    pages = rendered(*all_views(), site=replace(SITE, profiles=(profile,)))
    page = parsed(pages[f"{lang}/for/desk/index.html"])
    shown = [s for s in through(all_views(), profile, bodies=BODIES) if s.shown]

    links = [href.split("/")[-2] for href in page.xpath("//li[@data-entry]//h3/a/@href")]
    assert links == [str(s.view.story.id) for s in shown]
    assert [text(p.find("span[last()]")) for p in page.xpath("//p[@class='card-meta why']")] == [
        reason(s, lang) for s in shown
    ]
    assert page.xpath("//p[@class='label']")
    feeds = page.xpath("//link[@rel='alternate'][@title]/@href")
    assert [url.rpartition("/")[0] for url in feeds] == [f"https://example.org/{lang}/for/desk"] * 3
    assert parsed(pages[f"{lang}/index.html"]).xpath("//a[contains(@href, '/for/desk/')]")


def test_each_lens_has_its_feeds_and_the_edition_passes_its_checks(tmp_path: Path) -> None:
    profile = lens(topics=("ai",))
    with filled() as store:
        built = build(store, tmp_path, info=replace(INFO, profiles=(profile,)), now=NOW)

    feed = json.loads((built.path / "zh/for/desk/feed.json").read_text("utf-8"))
    assert feed["feed_url"] == "https://example.org/zh/for/desk/feed.json"
    assert feed["home_page_url"] == "https://example.org/zh/for/desk/"
    everything = json.loads((built.path / "zh/feed.json").read_text("utf-8"))
    assert {item["id"] for item in feed["items"]} < {item["id"] for item in everything["items"]}
