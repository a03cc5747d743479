# ruff: noqa: E501  # one case, one line: a table reads better whole
"""What a story's page says of its past: changes in one sentence, earlier versions, ranks, and disputes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html as lxml_html

from dibao.site.feeds.entry import entry
from dibao.site.history import history
from dibao.store import Changed, Disagreement, Lang, RankedAt, Stated, StoryNote, StoryView
from tests.site.rendering import SITE, story, text, with_fact
from tests.site.views import BODIES, NOW, SOURCES, mixed_story, nfra_story, penalty_story


def noted(*changes: Changed, view: StoryView | None = None, hours: int = 24) -> StoryView:
    told = StoryNote(at=NOW, since=NOW - timedelta(hours=hours), changes=changes)
    return replace(view or penalty_story(), notes=(told,))


HEAD = penalty_story().head.item.id


@pytest.mark.parametrize(
    ("change", "en", "zh"),
    [
        pytest.param(
            Changed(kind="value", fact="date_deadline", before=("2026-12-20",), after=("2027-01-15",)),
            "deadline moved from 20 December 2026 to 15 January 2027", "截止日期由2026年12月20日改为2027年1月15日",
            id="a day moved",
        ),
        pytest.param(
            Changed(kind="value", fact="date_effective", after=("2027-01-15",)),
            "effective date now given: 15 January 2027", "现已载明施行日期：2027年1月15日", id="a day given",
        ),
        pytest.param(
            Changed(kind="value", fact="date_expiry", before=("2027-01-15",)),
            "expiry no longer given (it was 15 January 2027)", "不再载明失效日期（原为2027年1月15日）", id="a day gone",
        ),
        pytest.param(
            Changed(kind="value", fact="stage", before=("draft",), after=("final",)),
            "status changed from draft for comment to issued", "状态由征求意见稿变为已发布", id="stage",
        ),
        pytest.param(
            Changed(kind="value", fact="amount", before=("CNY 12500000",), after=("CNY 15200000",)),
            "amount changed from RMB 12.5 million to RMB 15.2 million", "金额由1250万元变为1520万元",
            id="amount",
        ),
        pytest.param(Changed(kind="left", item_id="gone"), "one item has moved to another story", "一条材料已移至其他事件", id="left"),
        pytest.param(Changed(kind="text", item_id=HEAD), "has put out another version of its text", "更新了原文", id="text"),
        pytest.param(Changed(kind="withdrawn", item_id=HEAD), "has taken its page down", "已撤下页面", id="withdrawn"),
        pytest.param(Changed(kind="joined", item_id=HEAD), " added (", "新增", id="joined"),
    ],
)  # fmt: skip
def test_a_change_is_one_sentence_in_each_language(change: Changed, en: str, zh: str) -> None:
    view = noted(change)

    for lang, said, start in (("en", en, "Since the brief of "), ("zh", zh, "自2026年")):
        [line] = history(view, lang).notes
        assert said in line
        assert line.startswith(start)
        assert text(story(view, lang).xpath("//p[@class='since']")[0]) == line


def test_without_a_change_nothing_is_said() -> None:
    page = story(penalty_story(), "en")

    assert not page.xpath("//p[@class='since']")
    assert not page.xpath("//section[@class='disputes']")
    assert not page.xpath("//details[@class='former']")


def test_a_brief_of_the_same_day_is_named_with_its_time() -> None:
    change = Changed(kind="left", item_id="gone")

    [line] = history(noted(change, hours=1), "en").notes

    assert "09:00" in line


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_feeds_say_what_changed(lang: Lang) -> None:
    view = noted(Changed(kind="left", item_id="gone"))
    [line] = history(view, lang).notes
    made = entry(SITE, view, lang=lang, bodies=BODIES)

    assert line in made.text
    assert line in lxml_html.fromstring(f"<div>{made.html}</div>").text_content()
    assert made.text.startswith(made.label)


@pytest.mark.parametrize(
    ("official", "lang", "note"),
    [
        pytest.param(True, "en", "The brief goes by the official source.", id="official en"),
        pytest.param(True, "zh", "简报以官方来源为准。", id="official zh"),
        pytest.param(False, "en", "No official source states it", id="press en"),
    ],
)
def test_sources_that_disagree_are_shown_with_both_values(official: bool, lang: Lang, note: str) -> None:
    view = nfra_story()
    one, two = (c.item.id for c in view.coverage[:2])
    stated = (
        Stated(item_id=one, value="2026-12-20", shown="12月20日", official=official),
        Stated(item_id=two, value="2026-12-21", shown="12月21日", official=False),
    )
    page = story(replace(view, disagreements=(Disagreement(kind="date_deadline", stated=stated),)), lang)
    [section] = page.xpath("//section[@class='disputes']")

    days = ["20 December 2026", "21 December 2026"] if lang == "en" else ["2026年12月20日", "2026年12月21日"]
    assert [text(strong) for strong in section.xpath(".//strong")] == days
    assert section.xpath(".//a/@href") == ["#c1", "#c2"]
    assert note in text(section)


def test_earlier_versions_can_be_compared_on_the_page() -> None:
    view = penalty_story()
    now = view.briefs["en"]
    was = replace(now, version=1, headline="An older headline.", written_at=NOW - timedelta(days=1))
    page = story(
        replace(view, briefs={**view.briefs, "en": replace(now, version=2)}, earlier={"en": (was,)}), "en"
    )
    [former] = page.xpath("//details[@class='former']")

    assert text(former.xpath(".//del")[0]).strip() == "An older headline."
    assert now.headline in text(former.xpath(".//ins")[0])


def test_the_ranks_a_story_has_had_say_which_component_changed() -> None:
    view = nfra_story()
    first = view.rank.components[0]
    before = replace(
        view.rank, level="notable", score=view.rank.score - 5,
        components=(replace(first, value=first.value - 5 / first.weight), *view.rank.components[1:]),
    )  # fmt: skip
    ranks = (RankedAt(at=NOW - timedelta(days=1), rank=before), RankedAt(at=NOW, rank=view.rank))

    steps = [
        text(li) for li in story(replace(view, ranks=ranks), "en").xpath("//ol[@class='plain ranks']/li")
    ]

    assert len(steps) == 2
    assert "Legal force +5.0" in steps[0]
    assert "Notable" in steps[1]


def test_one_rank_is_no_history() -> None:
    view = nfra_story()
    page = story(replace(view, ranks=(RankedAt(at=NOW, rank=view.rank),)), "en")

    assert not page.xpath("//ol[@class='plain ranks']")


def test_new_documents_are_named_by_kind_with_all_their_sources() -> None:
    view = nfra_story()
    measures = with_fact(mixed_story(), "document_type", "measures", "办法").head
    official = [
        replace(measures, source=SOURCES[id], item=replace(measures.item, id=id))
        for id in ("cn-pbc", "cn-nfra")
    ]
    view = replace(view, coverage=(*view.coverage, *official))
    change = tuple(Changed(kind="joined", item_id=c.item.id) for c in official)

    en, zh = (history(noted(*change, view=view), lang).notes[0] for lang in ("en", "zh"))

    assert "measures added (People's Bank of China, National Financial Regulatory Administration)." in en
    assert "新增办法（中国人民银行、国家金融监督管理总局）。" in zh


def test_reports_are_named_together_and_many_are_counted() -> None:
    view = nfra_story()
    press = view.coverage[0]
    reports = [
        replace(
            press,
            item=replace(press.item, id=f"r{n}"),
            source=replace(press.source, id=f"r{n}", name_en=f"Paper {n}", name_zh=f"报纸{n}"),
        )
        for n in range(5)
    ]
    view = replace(view, coverage=(*view.coverage, *reports))
    change = tuple(Changed(kind="joined", item_id=c.item.id) for c in reports)

    en, zh = (history(noted(*change, view=view), lang).notes[0] for lang in ("en", "zh"))

    assert "also reported by Paper 0, Paper 1, Paper 2 and 2 more." in en
    assert "另有报纸0、报纸1、报纸2等5家报道。" in zh
