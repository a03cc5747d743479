"""The promises of the HTML pages: complete in both languages, labelled, cited, escaped, linked, stable."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from dibao.site import labels, naming, unread, words
from dibao.site.coverage import excerpt, passage
from dibao.site.current import current
from dibao.site.digest import source_rows, upcoming
from dibao.site.info import SiteInfo
from dibao.site.pages import ABOUT, assets, render
from dibao.store import (
    HTML_LANG,
    LANGS,
    TROUBLES,
    Evidence,
    Fact,
    Lang,
    ListHealth,
    StoryView,
    Thread,
    ThreadStep,
    Tie,
)
from tests.site.views import (
    BODIES,
    NOW,
    SOURCES,
    TERMS,
    TODAY,
    all_views,
    draft_story,
    health,
    mixed_story,
    nfra_story,
    penalty_story,
    undated_story,
    with_brief_writer,
)

SITE = SiteInfo(
    base_url="https://example.org/",
    today=TODAY,
    version="0.1.0",
    contact="desk@example.org",
    notice_en="Demonstration",
    notice_zh="演示",
)
OTHER: dict[Lang, Lang] = {"en": "zh", "zh": "en"}


def rendered(
    *views: StoryView, site: SiteInfo = SITE, threads: dict[int, Thread] | None = None
) -> dict[str, bytes]:
    pages = list(
        render(
            site,
            views,
            health=health(),
            sources=SOURCES,
            bodies=BODIES,
            redirects={999: 1042} if nfra_story() in views else {},
            threads=threads,
            terms=TERMS,
            build_id="0123456789abcdef",
        )
    )
    assert len(pages) == len(dict(pages)), "a path is written twice"
    return dict(pages)


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    return rendered(*all_views())


@pytest.fixture(scope="module")
def trees(pages: dict[str, bytes]) -> dict[str, Any]:
    return {path: parsed(data) for path, data in pages.items() if path.endswith(".html")}


def parsed(data: bytes) -> Any:
    return html.document_fromstring(data.decode(), parser=html.HTMLParser(encoding="utf-8"))


def story(view: StoryView, lang: Lang) -> Any:
    return parsed(rendered(view)[f"{lang}/e/{view.story.id}/index.html"])


def text(node: Any) -> str:
    return " ".join(node.text_content().split())


def with_fact(view: StoryView, kind: Any, value: str, shown: str) -> StoryView:
    """The story with one more fact, read from the beginning of its head's text."""
    head = view.head
    quote = head.item.text[: len(shown)]
    cite = Evidence(item_id=head.item.id, field="text", start=0, end=len(quote), quote=quote)
    fact = Fact(item_id=head.item.id, kind=kind, value=value, shown=shown, evidence=cite)
    coverage = tuple(replace(c, facts=(*c.facts, fact)) if c is head else c for c in view.coverage)
    return replace(view, coverage=coverage, facts=(*view.facts, fact))


# The whole edition


def test_every_page_exists_in_both_languages(pages: dict[str, bytes]) -> None:
    of: dict[Lang, set[str]] = {
        lang: {path.removeprefix(f"{lang}/") for path in pages if path.startswith(f"{lang}/")}
        for lang in LANGS
    }

    assert of["en"] == of["zh"]
    assert {
        "index.html",
        "2026-11-20/index.html",
        "archive/index.html",
        "status/index.html",
        "calendar/index.html",
    } <= of["en"]
    assert {f"about/{topic}/index.html" for topic in ABOUT} <= of["en"]
    assert {f"about/{topic}/index.html" for topic in ABOUT} | {"status/index.html", "404.html"} <= set(pages)


def test_every_link_and_fragment_inside_the_site_leads_somewhere(
    pages: dict[str, bytes], trees: dict[str, Any]
) -> None:
    names = ("feed.atom", "feed.rss", "feed.json", "calendar.ics")
    known = set(pages) | {f"{lang}/{name}" for lang in LANGS for name in names}
    known |= {"health.json", "data/calendar.json", "data/penalties.csv", "data/penalties.json"}
    ids = {path: set(tree.xpath("//@id")) for path, tree in trees.items()}
    for path, tree in trees.items():
        for link in tree.xpath("//a/@href | //link[@rel!='canonical']/@href | //script/@src"):
            url = urlsplit(urljoin(f"https://example.org/{path}", link))
            if url.netloc != "example.org":
                continue
            target = url.path.lstrip("/")
            target = posixpath.join(target, "index.html") if target.endswith("/") or not target else target
            assert target in known, f"{path}: {link}"
            assert not url.fragment or url.fragment in ids[target], f"{path}: {link}"


def test_language_versions_name_each_other(trees: dict[str, Any]) -> None:
    named = {
        tree.xpath("string(//link[@rel='canonical']/@href)"): {
            link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@hreflang]")
        }
        for path, tree in trees.items()
        if path[:3] in ("en/", "zh/") and not path.endswith("/e/999/index.html")
    }
    for own, alternates in named.items():
        assert own in alternates.values()
        assert set(alternates) == {"en", "zh-Hans", "x-default"}
        assert all(named[url] == alternates for url in alternates.values())


def test_the_head_keeps_the_order_of_the_standard(trees: dict[str, Any]) -> None:
    head = trees["zh/e/1043/index.html"].find("head")
    names = [
        next(filter(None, (node.get(key) for key in ("charset", "name", "rel", "type"))), node.tag)
        for node in head
    ]

    assert names[:3] == ["utf-8", "viewport", "title"]
    assert names[3:14] == [
        "description", "canonical", "alternate", "alternate", "alternate", "alternate", "alternate",
        "alternate", "AIGC", "application/ld+json", "generator",
    ]  # fmt: skip


def test_the_same_input_makes_the_same_bytes() -> None:
    assert rendered(*all_views()) == rendered(*all_views())


def test_a_site_without_stories_says_so() -> None:
    pages = rendered()

    assert words.word("zh", "digest.empty") in pages["zh/index.html"].decode()
    assert "en/e/1042/index.html" not in pages


def test_a_merged_story_leads_to_the_one_that_took_it(trees: dict[str, Any]) -> None:
    page = trees["zh/e/999/index.html"]

    assert page.xpath("string(//meta[@http-equiv='refresh']/@content)") == "0; url=../../../zh/e/1042/"
    assert page.xpath("string(//link[@rel='canonical']/@href)") == "https://example.org/zh/e/1042/"


def test_the_page_for_unknown_addresses_links_from_the_root() -> None:
    page = parsed(rendered(site=replace(SITE, base_url="https://example.org/news/"))["404.html"])

    assert page.xpath("string(//link[@rel='stylesheet']/@href)") == "/news/" + assets()["style"]


# Nothing from outside gets out of its place


def test_hostile_text_stays_text(trees: dict[str, Any]) -> None:
    for path, tree in trees.items():
        scripts = tree.xpath("//script[not(@type='application/ld+json')]")
        assert all(s.get("src") and not s.text for s in scripts), path
        assert not tree.xpath("//img | //iframe | //style | //object | //base | //a[.//b]"), path
        assert not tree.xpath("//@style | //@onerror | //@onload | //@onclick"), path
        for link in tree.xpath("//a/@href"):
            assert urlsplit(link).scheme in ("", "https", "mailto"), f"{path}: {link}"


def test_no_control_or_bidi_character_reaches_a_page(pages: dict[str, bytes]) -> None:
    never = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]")
    for path, data in pages.items():
        assert not never.search(data.decode()), path


def test_links_out_of_the_house_give_nothing_away(trees: dict[str, Any]) -> None:
    for path, tree in trees.items():
        for link in tree.xpath("//a[starts-with(@href, 'http')]"):
            assert link.get("rel") == "noopener noreferrer", path


def test_titles_are_cut_at_300_characters() -> None:
    page = story(undated_story(), "en")

    assert len(page.find(".//h1").text_content()) == 300
    assert len(page.find(".//title").text_content()) <= 300 + len(" – Dibao")


def test_the_schema_record_is_json_that_cannot_end_its_script() -> None:
    data = rendered(undated_story())["en/e/1031/index.html"].decode()
    [raw] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', data)

    assert not set("<>&") & set(raw)
    assert json.loads(raw)["headline"].startswith("<script>alert")


def test_private_persons_are_never_shown() -> None:
    view = with_fact(nfra_story(), "person_private", "北风某某", "36氪")

    for lang in LANGS:
        assert "北风某某" not in rendered(view)[f"{lang}/e/1042/index.html"].decode()


# The story page


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


# The thread

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


# Labels


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("writer", "case"), [("embedded", "extract"), ("model:qwen3-8b", "brief")], ids=["embedded", "generative"]
)
def test_the_label_stands_before_the_first_sentence(writer: str, case: labels.Case, lang: Lang) -> None:
    view = with_brief_writer(nfra_story(), writer)
    page = story(view, lang)
    said = text(page.find(".//article"))
    label = labels.WORDS[case][lang]

    assert -1 < said.index(label) < said.index(view.briefs[lang].sentences[0].text)
    assert page.xpath("string(//meta[@name='description']/@content)").startswith(label)
    assert bool(page.xpath("//*[@class='ai-mark']")) == (case == "brief")
    assert ("qwen3-8b" in said) == (case == "brief")


def test_the_hidden_label_is_on_pages_with_generated_text_only(trees: dict[str, Any]) -> None:
    [raw] = trees["zh/e/1043/index.html"].xpath("//meta[@name='AIGC']/@content")
    [digest_label] = trees["en/2026-11-20/index.html"].xpath("//meta[@name='AIGC']/@content")

    assert json.loads(raw)["AIGC"]["ProduceID"] == "example.org:event:1043:zh-Hans:2"
    assert json.loads(digest_label)["AIGC"]["ProduceID"] == "example.org:digest:2026-11-20:en"
    assert not trees["zh/e/1042/index.html"].xpath("//meta[@name='AIGC']")
    assert not trees["en/2026-11-19/index.html"].xpath("//meta[@name='AIGC']")


@pytest.mark.parametrize(
    ("view", "kind"),
    [
        pytest.param(nfra_story(), "AlgorithmicMediaDigitalSource", id="embedded"),
        pytest.param(mixed_story(), "TrainedAlgorithmicMediaDigitalSource", id="generative"),
    ],
)
def test_the_schema_record_names_sources_law_and_source_type(view: StoryView, kind: str) -> None:
    record = json.loads(story(view, "en").xpath("string(//script[@type='application/ld+json'])"))

    assert record["@type"] == "NewsArticle"
    assert record["digitalSourceType"] == "https://schema.org/" + kind
    assert [work["url"] for work in record["isBasedOn"]] == [c.item.url for c in view.coverage]
    assert len(record.get("citation", ())) == view.official
    if view.official:
        assert record["about"]["legislationIdentifier"] == "中国人民银行令〔2026〕第9号"
        assert record["about"]["legislationDate"] == "2026-11-12"


# The digest


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


# The glossary


@pytest.mark.parametrize(
    ("lang", "body", "term"),
    [
        pytest.param(
            "en",
            ["National Financial Regulatory Administration", "国家金融监督管理总局", "NFRA · 金融监管总局"],
            ["Generative artificial intelligence", "生成式人工智能", "GenAI"],
            id="en",
        ),
        pytest.param(
            "zh",
            ["国家金融监督管理总局", "National Financial Regulatory Administration", "金融监管总局 · NFRA"],
            ["生成式人工智能", "generative artificial intelligence", "GenAI"],
            id="zh",
        ),
    ],
)
def test_the_glossary_names_institutions_and_terms_in_both_languages(
    lang: Lang, body: list[str], term: list[str], trees: dict[str, Any]
) -> None:
    page = trees[f"{lang}/glossary/index.html"]
    other = HTML_LANG[OTHER[lang]]

    assert [text(cell) for cell in page.get_element_by_id("b-NFRA")] == body
    assert [text(cell) for cell in page.xpath("//section[@aria-labelledby='of-ai']//tbody/tr")[0]] == term
    assert "印发" not in text(page.find(".//main"))
    assert len(page.xpath(f"//td[@lang='{other}']")) == len(BODIES) + 2


def test_institutions_stand_by_jurisdiction_the_highest_first(trees: dict[str, Any]) -> None:
    page = trees["en/glossary/index.html"]

    assert page.xpath("//section[@aria-labelledby='in-HK']//tbody/tr/@id") == ["b-HKMA", "b-SFC"]
    headings = [text(heading) for heading in page.xpath("//h3")]
    assert headings == ["Mainland China 2", "Hong Kong 2", "United Kingdom 1", "Artificial intelligence 1",
                        "Laws 1"]  # fmt: skip


# Words


def keys(node: dict[str, Any], prefix: str = "") -> set[str]:
    return {
        key
        for name, value in node.items()
        for key in (keys(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name})
    }


def test_both_languages_have_the_same_words() -> None:
    folder = files("dibao.site").joinpath("locale")
    en, zh = (keys(tomllib.loads(folder.joinpath(f"{lang}.toml").read_text("utf-8"))) for lang in LANGS)
    plurals = {key for key in en if key.startswith("count.") and key.endswith(".one")}

    assert en - plurals == zh


@pytest.mark.parametrize(
    ("n", "en", "zh"), [(0, "0 items", "0 条"), (1, "1 item", "1 条"), (3, "3 items", "3 条")]
)
def test_nouns_are_counted_in_the_habit_of_the_language(n: int, en: str, zh: str) -> None:
    assert (words.count("en", "items", n), words.count("zh", "items", n)) == (en, zh)


def test_the_honest_count_is_in_the_agreed_words() -> None:
    assert words.count_line(nfra_story(), "en") == "3 items · 1 publisher · 0 official"
    assert words.count_line(nfra_story(), "zh") == "3 条 · 1 家发布者 · 0 份官方文件"


@pytest.mark.parametrize(
    ("part", "note", "en"),
    [
        pytest.param("issuer", "NFRA", "NFRA", id="body"),
        pytest.param("force", "measures", "measures", id="type"),
        pytest.param("force", "draft:measures", "draft of: measures", id="draft"),
        pytest.param(
            "force",
            "penalty:1000000",
            "administrative penalty decision, about RMB 1 million",
            id="fine",
        ),
        pytest.param("force", "penalty:0", "administrative penalty decision", id="no fine"),
        pytest.param("reach", "national+2", "nationwide, sectors named", id="reach"),
        pytest.param("reach", "none", "nobody bound", id="none of reach"),
        pytest.param("urgency", "none", "no date to come", id="none of urgency"),
        pytest.param("stage", "none", "no legal stage", id="none of stage"),
        pytest.param("urgency", "2026-12-15", "15 December 2026", id="day"),
        pytest.param("corroboration", "publishers:3", "publishers: 3", id="count"),
        pytest.param("issuer", "{0.__class__}<b>", "{0.__class__}<b>", id="hostile"),
        pytest.param("x", "publishers:{0.__class__}", "publishers: {0.__class__}", id="hostile value"),
        pytest.param("x", "", "", id="empty"),
    ],
)
def test_grounds_of_a_rank_are_told_in_words(part: str, note: str, en: str) -> None:
    assert naming.note_text(part, note, "en", BODIES) == en


@given(st.text(max_size=2000))
def test_an_excerpt_is_short_and_from_the_text(given_text: str) -> None:
    found = excerpt(given_text)

    assert len(found) <= 300


@given(st.text(alphabet="ab。. \n第1", max_size=400), st.integers(0, 400), st.integers(1, 40))
def test_a_passage_is_a_stretch_of_the_text_around_the_quoted_words(
    given_text: str, start: int, length: int
) -> None:
    item = replace(nfra_story().head.item, text=given_text)
    quote = given_text[start : start + length]
    evidence = Evidence(item_id=item.id, field="text", start=start, end=start + len(quote), quote=quote)

    found = passage(item, evidence)
    joined = (found.before + found.words + found.after).replace("…", "")

    assert "".join(joined.split()) in "".join(given_text.split())
    assert "".join(quote.split()) in "".join(joined.split())


def test_evidence_that_no_longer_fits_the_text_is_shown_alone() -> None:
    item = nfra_story().head.item
    moved = Evidence(item_id=item.id, field="text", start=3, end=6, quote="银行业")
    gone = replace(moved, field="attachment:7")

    assert passage(item, moved) == passage(item, gone)
    assert (passage(item, moved).before, passage(item, moved).after) == ("", "")


# The sheet


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_contrasts_with_every_ground(scheme: str, pages: dict[str, bytes]) -> None:
    sheet = pages[assets()["style"]].decode()
    light, dark = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[:2]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        colours |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark))

    for name in ("ink", "soft", "link", "critical", "significant", "notable", "routine"):
        for ground in ("paper", "sheet", "tint", "mark"):
            assert contrast(colours[name], colours[ground]) >= 4.5, f"{name} on {ground}"
    assert contrast("#ffffff", colours["seal"]) >= 4.5


def test_the_sheet_and_the_script_load_nothing_from_elsewhere(pages: dict[str, bytes]) -> None:
    for key in ("style", "script", "search"):
        content = pages[assets()[key]].decode()
        assert not re.search(r"https?:|//[a-z]|url\(|@import|innerHTML", content), key
        asked = re.findall(r"fetch\(([^)]*)\)", content)
        assert asked == (['word.index, { credentials: "omit" }'] if key == "search" else []), key


def test_assets_are_named_by_their_content(pages: dict[str, bytes], trees: dict[str, Any]) -> None:
    etree.fromstring(pages[assets()["icon"]])
    assert all(re.search(r"\.[0-9a-f]{12}\.(css|js|svg)$", path) for path in assets().values())
    tags = {path: tree.get("lang") for path, tree in trees.items() if path[2:3] == "/"}
    assert all(tag == HTML_LANG[path[:2]] for path, tag in tags.items())  # type: ignore[index]


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
