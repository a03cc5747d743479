# ruff: noqa: E501 — a case reads best on one line
"""The pages of lines of law: every step in order, what ties it and the words that say so, addresses that last."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from dibao.site import labels, thread_pages, words
from dibao.site.build import edition, read
from dibao.site.check import problems
from dibao.site.thread import lines_of, moves
from dibao.store import LANGS, Lang, StoryView, Thread, ThreadStep, Tie
from tests.site.decisions import all_decisions
from tests.site.filled import INFO, filled
from tests.site.lines import correction, draft, final, second_draft, step, threads, whole_line
from tests.site.rendering import parsed, rendered, text
from tests.site.views import HOSTILE_TITLE, NOW, with_brief_writer


def made(*views: StoryView, redirects: dict[int, int] | None = None) -> dict[str, bytes]:
    return rendered(*views, threads=threads(views), redirects=redirects)


@pytest.fixture(scope="module")
def trees() -> dict[str, Any]:
    return {path: parsed(data) for path, data in made(*whole_line()).items() if path.endswith(".html")}


def steps(page: Any) -> list[Any]:
    return list(page.xpath("//ol[@class='thread']/li"))


def ties(of_step: Any) -> list[str]:
    return [text(tie) for tie in of_step.xpath(".//dd[.//span[@class='tie'] or @class='small']")]


# Steps


STAGES: dict[Lang, list[str]] = {
    "en": ["Draft for comment 5 January 2026", "Issued 1 June 2026", "Correction 2 July 2026"],
    "zh": ["征求意见稿 2026年1月5日", "已发布 2026年6月1日", "更正 2026年7月2日"],
}


@pytest.mark.parametrize("lang", LANGS)
def test_steps_stand_in_the_order_of_their_days_each_with_its_stage(
    lang: Lang, trees: dict[str, Any]
) -> None:
    page, listed = trees[f"{lang}/t/11/index.html"], trees[f"{lang}/threads/index.html"]

    assert [text(li) for li in page.xpath("//ol[@class='stages']/li")] == STAGES[lang]
    assert [text(li) for li in listed.xpath("//ol[@class='stages']/li")] == STAGES[lang]
    assert [li.get("id") for li in steps(page)] == ["s-11", "s-12", "s-13"]
    told = [(text(li.find(".//*[@class='step-stage']")), text(li.find(".//time"))) for li in steps(page)]
    assert [" ".join(pair) for pair in told] == STAGES[lang]


@pytest.mark.parametrize("lang", LANGS)
def test_a_line_is_named_by_its_last_stage_of_law_and_not_by_a_correction(
    lang: Lang, trees: dict[str, Any]
) -> None:
    name = final().briefs[lang].headline

    assert text(trees[f"{lang}/t/11/index.html"].find(".//h1")) == name
    assert text(trees[f"{lang}/threads/index.html"].find(".//h2/a")) == name


def test_each_step_has_its_number_its_dates_with_their_words_and_its_official_page(
    trees: dict[str, Any],
) -> None:
    page = trees["en/t/11/index.html"]
    first, second, _ = steps(page)
    [due] = second.xpath(".//dd/a[time]")
    [paper] = second.xpath(".//dd/a[starts-with(@href, '../../../en/d/')]")

    assert text(second.find(".//dd[@class='number']")) == "金规〔2026〕9号"
    assert not first.xpath(".//dd[@class='number']")
    assert [t.get("datetime") for t in second.xpath(".//dd//time")] == ["2026-09-01"]
    assert "2026年9月1日" in text(led(trees, "en/t/11/", due.get("href")))
    assert (text(paper), paper.get("lang")) == ("数据安全办法", "zh-Hans")


def led(trees: dict[str, Any], path: str, link: str) -> Any:
    """Return the element that a link leads to."""
    url = urlsplit(urljoin(f"https://example.org/{path}", link))
    page = trees[url.path.lstrip("/") + "index.html"]
    return page.get_element_by_id(url.fragment) if url.fragment else page


def test_the_press_is_no_official_page_of_a_step() -> None:
    report = step(12, date(2026, 6, 1), "报道", "《数据安全办法》已发布。", ("instrument", "《数据安全办法》", "《数据安全办法》"), source="cn-36kr")  # fmt: skip
    page = parsed(made(draft(), report)["en/t/11/index.html"])

    assert words.word("en", "thread.papers") in text(steps(page)[0])
    assert words.word("en", "thread.papers") not in text(steps(page)[1])


# Ties


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        pytest.param("en", ["Consults on 《数据安全办法》 → 1 June 2026 · Issued", "Repeals 银发〔2015〕3号", "Corrects 金规〔2026〕9号 → 1 June 2026 · Issued"], id="en"),
        pytest.param("zh", ["征求意见 《数据安全办法》 → 2026年6月1日 · 已发布", "废止 银发〔2015〕3号", "更正 金规〔2026〕9号 → 2026年6月1日 · 已发布"], id="zh"),
    ],
)  # fmt: skip
def test_each_tie_is_told_with_the_words_that_say_it(
    lang: Lang, told: list[str], trees: dict[str, Any]
) -> None:
    page = trees[f"{lang}/t/11/index.html"]
    for li, said, view in zip(steps(page), told, whole_line(), strict=True):
        tie = ties(li)[0]
        [quote] = li.xpath(".//span[@class='said']")[:1]
        assert tie.startswith(said)
        assert text(quote.find("q")) in view.head.item.text
        assert re.search("《[^》]+》|[银金][^ ]+号", said).group() in text(quote.find("q"))
        assert quote.find("q").get("lang") == "zh-Hans"
        row = led(trees, f"{lang}/t/11/", quote.find("a").get("href"))
        assert text(quote.find("q//mark")) in text(row)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        pytest.param("en", ["Put out for comment in 5 January 2026 · Draft for comment", "Corrected by 2 July 2026 · Correction"], id="en"),
        pytest.param("zh", ["征求意见见 2026年1月5日 · 征求意见稿", "被更正，见 2026年7月2日 · 更正"], id="zh"),
    ],
)  # fmt: skip
def test_the_other_end_of_a_tie_says_what_was_done_to_it(
    lang: Lang, told: list[str], trees: dict[str, Any]
) -> None:
    second = steps(trees[f"{lang}/t/11/index.html"])[1]

    assert ties(second)[1:] == told
    for link in second.xpath(".//dd/a[starts-with(@href, '#')]/@href"):
        assert trees[f"{lang}/t/11/index.html"].get_element_by_id(link[1:]) is not None


@pytest.mark.parametrize("lang", LANGS)
def test_steps_that_share_a_title_alone_say_so(lang: Lang) -> None:
    page = parsed(made(final(), second_draft())[f"{lang}/t/14/index.html"])
    [first] = ties(steps(page)[0])

    assert first.startswith(f"{words.word(lang, 'thread.same')} 《数据安全办法》 →")
    assert "第二稿" in first


@pytest.mark.parametrize("lang", LANGS)
def test_a_step_that_no_words_tie_says_so(lang: Lang) -> None:
    thread = Thread(
        steps=tuple(ThreadStep(story_id=v.story.id, day=v.story.day, stage="") for v in whole_line()),
        ties=(),
    )
    alone = step(20, date(2026, 1, 1), "另一文件", "另一文件全文。")
    thread = replace(thread, steps=(ThreadStep(story_id=20, day=date(2026, 1, 1), stage=""), *thread.steps))
    page = parsed(rendered(alone, *whole_line(), threads={20: thread})[f"{lang}/t/20/index.html"])

    assert ties(steps(page)[0]) == [words.word(lang, "thread.untied")]
    assert "–" in text(page.xpath("//ol[@class='stages']/li")[0])


@pytest.mark.parametrize("lang", LANGS)
def test_documents_that_were_not_read_are_listed_with_the_step_that_names_them(
    lang: Lang, trees: dict[str, Any]
) -> None:
    page = trees[f"{lang}/t/11/index.html"]
    section = page.xpath("//section[@aria-labelledby='h-open']")[0]
    [named] = section.xpath(".//li")

    assert words.word(lang, "thread.open") in text(section)
    assert "银发〔2015〕3号" in text(named)
    assert named.xpath(".//a/@href") == ["#s-12"]


def test_a_document_that_was_read_is_not_among_them_but_a_step() -> None:
    old = step(5, date(2015, 1, 8), "数据管理规定", "银发〔2015〕3号文件全文。", ("document_number", "银发〔2015〕3号", "银发〔2015〕3号"))  # fmt: skip
    page = parsed(made(old, *whole_line())["en/t/5/index.html"])

    assert not page.xpath("//section[@aria-labelledby='h-open']")
    assert ties(steps(page)[0]) == ["Repealed by 1 June 2026 · Issued"]


def test_a_step_that_is_not_published_is_named_without_a_link() -> None:
    found = threads(whole_line())
    page = parsed(rendered(draft(), correction(), threads={11: found[11]})["en/t/11/index.html"])

    assert ties(steps(page)[0])[0].startswith("Consults on 《数据安全办法》")
    assert not page.xpath("//dd/a[starts-with(@href, '#')]")


def test_a_tie_of_a_kind_that_has_no_words_is_not_shown() -> None:
    found = threads(whole_line())
    odd = replace(found[11], ties=(*found[11].ties, Tie(story_id=12, kind="unheard_of", value="《甲》")))

    assert b"\xe7\x94\xb2" not in rendered(*whole_line(), threads={11: odd})["en/t/11/index.html"]


# Addresses


def leads_to(page: bytes) -> str:
    tree = parsed(page)
    refresh = tree.xpath("string(//meta[@http-equiv='refresh']/@content)").removeprefix("0; url=")
    assert tree.xpath("//a/@href") == [refresh]
    assert tree.xpath("string(//link[@rel='canonical']/@href)").endswith(refresh.removeprefix("../../.."))
    return refresh.removeprefix("../../../")


@pytest.mark.parametrize("lang", LANGS)
def test_the_addresses_of_later_steps_lead_to_the_line(lang: Lang) -> None:
    pages = made(*whole_line())

    assert [leads_to(pages[f"{lang}/t/{n}/index.html"]) for n in (12, 13)] == [f"{lang}/t/11/"] * 2


def test_a_line_that_grew_at_its_beginning_is_reached_from_the_address_it_had() -> None:
    assert "en/t/12/index.html" in made(final(), correction())
    assert leads_to(made(*whole_line())["en/t/12/index.html"]) == "en/t/11/"


def test_a_line_that_lost_its_first_step_is_reached_from_the_address_it_had() -> None:
    found = threads(whole_line())
    pages = rendered(final(), correction(), threads={n: found[n] for n in (12, 13)})

    assert [li.get("id") for li in steps(parsed(pages["en/t/12/index.html"]))] == ["s-12", "s-13"]
    assert leads_to(pages["en/t/11/index.html"]) == "en/t/12/"


def test_a_line_whose_first_step_was_merged_is_reached_from_the_address_it_had() -> None:
    lines = lines_of(threads(whole_line()), {v.story.id: v for v in whole_line()})

    assert moves(lines, {}, {7: 12, 8: 99}) == {7: 11, 12: 11, 13: 11}
    assert leads_to(made(*whole_line(), redirects={7: 12})["zh/t/7/index.html"]) == "zh/t/11/"


def test_a_line_too_long_to_show_is_reached_from_the_steps_it_leaves_out() -> None:
    found = threads(whole_line())[12]
    cut = replace(found, steps=found.steps[1:])
    lines = lines_of(dict.fromkeys((11, 12, 13), cut), {v.story.id: v for v in whole_line()})

    assert [line.id for line in lines] == [12]
    assert moves(lines, dict.fromkeys((11, 12, 13), cut), {}) == {11: 12, 13: 12}


@pytest.mark.parametrize("lang", LANGS)
def test_a_line_of_one_published_step_is_none(lang: Lang) -> None:
    pages = rendered(final(), threads={12: threads(whole_line())[12]})

    assert not [path for path in pages if path.startswith(f"{lang}/t/")]
    assert words.word(lang, "thread.none") in text(parsed(pages[f"{lang}/threads/index.html"]))


def test_addresses_that_lead_on_are_not_in_the_sitemap() -> None:
    views = whole_line()
    with filled(views=views) as store:
        files = edition(read(store, now=NOW), info=INFO, now=NOW, source_feeds={})[1]
    listed = files["sitemap.xml"].decode()

    assert "https://example.org/en/t/11/<" in listed
    assert "/t/12/" not in listed and "/t/13/" not in listed


def test_an_edition_with_lines_and_penalties_passes_its_own_checks() -> None:
    views = (*whole_line(), *all_decisions())
    with filled(views=views) as store:
        material = read(store, now=NOW)
    files = edition(material, info=INFO, now=NOW, source_feeds={})[1]

    assert list(problems(files, material.views, info=INFO)) == []
    assert {"en/t/11/index.html", "zh/t/13/index.html", "en/penalties/nfra/index.html"} <= set(files)


# The list


def pair(n: int) -> tuple[StoryView, StoryView]:
    """A line of two steps: a rule, and what corrects it a day later."""
    day = date(2026, 1, 1) + timedelta(days=10 * n)
    number = f"金规〔2026〕{n}号"
    return (
        step(100 + 2 * n, day, f"规则{n}", f"{number}全文。", ("document_number", number, number), ("stage", "final", "全文")),
        step(101 + 2 * n, day + timedelta(days=1), f"更正{n}", f"更正{number}。", ("corrects", number, number)),
    )  # fmt: skip


def listed(page: Any) -> list[str]:
    return [text(name) for name in page.xpath("//h2/a")]


def test_the_newest_line_comes_first_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    views = [view for n in (1, 3, 2) for view in pair(n)]
    monkeypatch.setattr(thread_pages, "MOST", 2)
    pages = made(*views)
    page = parsed(pages["zh/threads/index.html"])

    assert listed(page) == ["规则3", "规则2"]
    assert words.word("zh", "thread.cut", shown=2, all=3) in text(page.find(".//main"))
    assert "zh/t/102/index.html" in pages


# Labels


def written(view: StoryView) -> StoryView:
    return with_brief_writer(view, "model:demo-7b")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("views", "in_list", "on_page"),
    [
        pytest.param(whole_line(), "extract", "extract", id="embedded"),
        pytest.param(
            (draft(), written(final()), correction()), "whole", "whole", id="the step that names it"
        ),
        pytest.param((draft(), final(), written(correction())), "extract", "whole", id="another step"),
    ],
)
def test_labels_are_those_of_the_headlines_shown_and_stand_before_them(
    views: Sequence[StoryView], in_list: labels.Case, on_page: labels.Case, lang: Lang
) -> None:
    pages = made(*views)
    for path, case in (("threads", in_list), ("t/11", on_page)):
        page = parsed(pages[f"{lang}/{path}/index.html"])
        said, label = text(page.find(".//main")), labels.WORDS[case][lang]
        hidden = page.xpath("string(//meta[@name='AIGC']/@content)")
        first = text(page.find(".//ol[@class='stages']/li"))
        assert -1 < said.index(label) < said.index(first)
        assert page.xpath("string(//meta[@name='description']/@content)").startswith(label)
        assert bool(hidden) == (case == "whole")
        assert not hidden or json.loads(hidden)["AIGC"]["Label"] == "1"


@pytest.mark.parametrize("lang", LANGS)
def test_a_generated_headline_is_marked_in_every_place_it_stands(lang: Lang) -> None:
    pages = made(draft(), written(final()), correction())
    mark = labels.WORDS["short"][lang]
    page, lists = (parsed(pages[f"{lang}/{path}/index.html"]) for path in ("t/11", "threads"))

    assert [mark in text(name) for name in page.xpath("//h3")] == [False, True, False]
    assert mark in text(page.find(".//p[@class='badges']"))
    assert mark in text(lists.find(".//h2"))


# Nothing from outside gets out of its place


def test_hostile_text_stays_text() -> None:
    evil = HOSTILE_TITLE
    one = step(
        31,
        date(2026, 1, 1),
        evil,
        f"{evil}全文。",
        ("document_number", evil, evil),
        ("stage", "final", "全文"),
        en=evil,
    )
    two = step(32, date(2026, 1, 2), evil, f"更正{evil}，废止《{evil}》。", ("corrects", evil, evil), ("repeals", f"《{evil}》", f"《{evil}》"), en=evil)  # fmt: skip
    pages = made(one, two)
    shown = [path for path in pages if "/t/31/" in path or "/threads/" in path]
    assert len(shown) == 4
    for path in shown:
        tree = parsed(pages[path])
        assert "alert(2)" in text(tree.xpath("//h1 | //h2/a")[-1 if "threads" in path else 0]), path
        assert len(text(tree.xpath("//h1 | //h2/a")[0])) <= 300
        assert not tree.xpath("//img | //main//script | //*[@onerror or @onload]"), path
        assert "\u202e" not in pages[path].decode(), path
