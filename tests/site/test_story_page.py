"""The story page: all that its sources say, cited to the words, in the language of the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from dibao.site import unread, words
from dibao.site.current import current
from dibao.store import LANGS, Evidence, Fact, Lang
from tests.site.rendering import story, text
from tests.site.views import SOURCES, all_views, mixed_story, nfra_story, penalty_story, undated_story


@pytest.mark.parametrize("lang", LANGS)
def test_the_story_page_carries_all_that_the_seed_page_carries(lang: Lang) -> None:
    view = nfra_story()
    page = story(view, lang)
    said = text(page.find(".//article"))

    assert text(page.find(".//h1")) == view.briefs[lang].headline
    assert view.head.item.title in said
    assert view.briefs[lang].impact[0].text in said
    assert view.rank.reason(lang) in said
    assert view.rank.code in said
    assert words.word(lang, "story.read_on", source=SOURCES["cn-36kr"].name(lang)) in said
    assert page.xpath("//a[@class='button']/@href") == [view.head.item.url]
    assert words.count_line(view, lang) in said
    assert "[3]" in text(page.get_element_by_id("h-coverage"))
    assert len(page.xpath("//ol[@class='coverage']/li")) == 3
    assert "TIER 3" in said
    assert page.xpath("//*[@data-clock and @hidden]")
    for entry in view.coverage:
        assert entry.item.title in said
        assert entry.headlines[lang].text in said
        assert entry.item.text.splitlines()[0] in said


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_is_cited_and_its_mark_leads_to_the_words_in_that_entry(lang: Lang) -> None:
    for view in all_views():
        page = story(view, lang)
        for n, sentence in enumerate(view.briefs[lang].sentences, 1):
            marks = page.xpath(f"//*[@id='s{n}']//a[@class='cite']")
            assert marks, sentence.text
            for mark in marks:
                target = page.get_element_by_id(mark.get("href")[1:])
                [entry] = target.xpath("ancestor::li[contains(@class, 'entry')]")
                assert f"[{entry.get('id')[1:]}]" == text(mark)
                assert any(" ".join(cite.quote.split()) in text(target) for cite in sentence.cites)


def test_quotations_carry_their_language() -> None:
    page = story(nfra_story(), "en")
    quotes = page.xpath("//section[contains(@class, 'brief')]//q")

    assert [quote.get("lang") for quote in quotes] == ["zh-Hans"] * 3
    assert page.xpath("string(//*[@class='original-text']/@lang)") == "zh-Hans"


def test_each_kind_of_date_has_its_own_line() -> None:
    page = story(mixed_story(), "en")
    shown = {
        text(row.find("dt")): row.xpath("string(.//time/@datetime)")
        for row in page.xpath("//dl[@class='facts']/div")
    }

    assert shown["Signed"] == "2026-11-12"
    assert shown["Published"] == "2026-11-20"
    assert shown["In force from"] == "2026-12-15"


def test_type_and_status_are_those_of_the_head() -> None:
    rows = story(mixed_story(), "en").xpath("//div[@class='fact-document_type']/dd")

    assert [text(row) for row in rows] == ["Measures [1]"]


def test_times_show_the_source_zone_and_beijing_where_it_differs() -> None:
    times = story(mixed_story(), "zh").xpath("//p[@class='times']")

    assert "2026年11月20日 16:00（北京时间）" in text(times[0])
    assert "= " not in text(times[1]) and not times[1].xpath(".//*[@class='also']")
    assert text(times[2].find(".//*[@class='also']")) == "2026年11月20日 19:40（北京时间）"
    assert times[2].xpath("string(.//time/@datetime)") == "2026-11-20T11:40:00+00:00"


@pytest.mark.parametrize("lang", LANGS)
def test_an_undated_story_says_so(lang: Lang) -> None:
    page = story(undated_story(), lang)

    assert words.word(lang, "story.undated") in text(page.find(".//article"))
    assert not page.xpath("//div[@class='fact-date_published']")


def test_attachments_say_whether_they_were_read() -> None:
    files_ = [text(node) for node in story(mixed_story(), "en").xpath("//div[@class='files']//li")]

    assert files_[0].endswith("text read")
    assert files_[1] == "附件2.wps not read: format not read: WPS"


def test_the_rank_table_adds_up() -> None:
    view = mixed_story()
    page = story(view, "en")
    points = [float(text(row[-1])) for row in page.xpath("//table[@class='parts']/tbody/tr")]

    assert sum(points) == pytest.approx(view.rank.score, abs=0.05 * len(points))
    assert text(page.xpath("//table[@class='parts']/tfoot//td")[0]) == f"{view.rank.score:.1f}"


def test_duties_are_the_source_words_with_their_force() -> None:
    [duty] = story(nfra_story(), "en").xpath("//ul[@class='duties']/li")

    assert text(duty).startswith("Must 金融机构应当对生成式人工智能模型实施准入管理")
    assert duty.xpath("string(.//q/@lang)") == "zh-Hans"


@pytest.mark.parametrize(
    ("lang", "rest"),
    [
        pytest.param("en", "3 more stand with the facts of their sources below.", id="en"),
        pytest.param("zh", "另有3句，见下方各来源的事实表。", id="zh"),
    ],
)
def test_of_many_duties_the_strictest_eight_are_shown_and_the_rest_counted(lang: Lang, rest: str) -> None:
    modalities = ["may"] * 4 + ["must"] * 5 + ["encouraged", "must_not"]
    view = undated_story()
    told = "".join(f"Sentence {n:02}." for n in range(len(modalities)))
    head = view.head
    item = replace(head.item, text=told)
    facts = tuple(
        Fact(
            item_id=item.id,
            kind="obligation",
            value=value,
            shown="word",
            evidence=Evidence(
                item_id=item.id, field="text", start=12 * n, end=12 * n + 12, quote=told[12 * n : 12 * n + 12]
            ),
        )
        for n, value in enumerate(modalities)
    )
    view = replace(view, coverage=(replace(head, item=item, facts=facts),), facts=facts)
    page = story(view, lang)
    duties = page.xpath("//ul[@class='duties']/li")

    assert [duty.get("class") for duty in duties] == ["duty-may"] * 2 + ["duty-must"] * 5 + ["duty-must_not"]
    assert words.word(lang, "duty.must_not") in text(duties[-1])
    assert rest in text(page.xpath("//section[@aria-labelledby='h-duties']")[0])


def test_firms_are_named_in_the_language_of_the_page() -> None:
    view = mixed_story()
    for lang, name in (("en", "Payment institutions"), ("zh", "支付机构")):
        [row] = story(view, lang).xpath("//div[@class='fact-entity_bound']/dd")
        assert text(row) == f"{name} [1]"


def test_what_a_source_states_beside_its_text_leads_to_its_entry_and_to_no_sentence() -> None:
    view = penalty_story()
    head = view.head
    record = tuple(
        replace(fact, evidence=replace(fact.evidence, start=0, end=0, quote=""), method="source")
        if fact.kind == "issuer"
        else fact
        for fact in head.facts
    )
    page = story(replace(view, coverage=(replace(head, facts=record),), facts=record), "en")

    assert page.xpath("//div[@class='fact-issuer']//a/@href") == ["#c1"]
    assert words.word("en", "story.from_source") in text(page.get_element_by_id("c1-f1"))
    assert not page.get_element_by_id("c1-f1").xpath(".//q")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        pytest.param("en", "2 sentences were withheld by the grounding check.", id="en"),
        pytest.param("zh", "有2句未通过依据核对，未予刊出。", id="zh"),
    ],
)
def test_a_page_says_how_many_sentences_were_withheld(lang: Lang, said: str) -> None:
    view = nfra_story()
    briefs = {**view.briefs, lang: replace(view.briefs[lang], dropped=("One. [why]", "Two. [why]"))}

    assert said in text(story(replace(view, briefs=briefs), lang).xpath("//p[@class='engine']")[0])
    assert said not in text(story(view, lang).xpath("//p[@class='engine']")[0])


@pytest.mark.parametrize(
    ("reason", "en", "zh"),
    [
        pytest.param(
            "the PDF has no text layer (a scan?)",
            "no text layer, probably a scan",
            "无文本层，可能为扫描件",
            id="scan",
        ),
        pytest.param("the Excel file asks for a password", None, "文件需要密码", id="locked"),
        pytest.param("the OFD file is damaged (Doc_0/x is not XML)", None, "文件已损坏", id="damaged"),
        pytest.param("files of this kind (damaged pdf) are not read", None, "文件已损坏", id="damaged kind"),
        pytest.param("no reader for .rar files", "rar files are not read", "不支持 rar 格式", id="format"),
        pytest.param("RAR archive: not opened", None, "不支持 RAR 格式", id="archive format"),
        pytest.param("the file has 81 MB; at most 50 MB are read", None, "文件过大（81 MB）", id="large"),
        pytest.param("kept on another site; not fetched", None, "存放于其他网站，未读取", id="elsewhere"),
        pytest.param("is not there (404)", None, "文件不存在（404）", id="missing"),
        pytest.param("no answer: timed out", None, "网站未完整应答", id="silent"),
    ],
)
def test_reasons_for_unread_files_are_told_in_both_languages(reason: str, en: str | None, zh: str) -> None:
    assert unread.reason(reason, "zh") == (zh, True)
    assert en is None or unread.reason(reason, "en") == (en, True)
    assert not re.search("[\u4e00-\u9fff]", unread.reason(reason, "en")[0])


def test_an_unknown_reason_stays_as_it_is_and_is_marked_as_english() -> None:
    file = story(mixed_story(), "zh").xpath("//div[@class='files']//li")[1]

    assert file.xpath("string(.//span[@lang='en'])") == "format not read: WPS"
    assert unread.reason("{0} %s <b>", "zh") == ("{0} %s <b>", False)


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        pytest.param(date(2026, 12, 14), "not_yet_in_force", id="the day before"),
        pytest.param(date(2026, 12, 15), "in_force", id="the day"),
        pytest.param(date(2027, 12, 15), "in_force", id="a year on"),
    ],
)
def test_a_rule_is_in_force_from_the_day_it_names(today: date, stage: str) -> None:
    judged = current(mixed_story(), today)

    assert [fact.value for fact in judged.facts if fact.kind == "stage"] == [stage]
    assert [fact.value for fact in judged.head.facts if fact.kind == "stage"] == [stage]


def test_a_rule_that_names_no_day_is_not_judged_again() -> None:
    view = mixed_story()
    facts = tuple(fact for fact in view.head.facts if fact.kind != "date_effective")
    view = replace(view, coverage=(replace(view.head, facts=facts), *view.coverage[1:]), facts=facts)

    assert current(view, date(2030, 1, 1)) == view
