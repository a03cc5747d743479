"""The site in a real browser: silent console, no foreign request, fits every width, works by keyboard.

The pages are served with the policy that the operator's server is told to send.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dibao.site import words
from tests.site.views import draft_story, mixed_story

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEAD = mixed_story().head.item
DOCUMENT = f"d/{HEAD.id}/"
EXCERPT = f"d/{draft_story().head.item.id}/"
PATHS = (
    "", "en/", "zh/", "en/2026-11-19/", "zh/2026-11-18/", "en/e/1042/", "zh/e/1042/", "en/e/1043/",
    "zh/e/1043/", "en/e/1031/", "zh/e/1031/", "en/archive/", "en/status/", "zh/status/",
    "en/calendar/", "zh/calendar/", "en/search/", "zh/search/",
    f"en/{DOCUMENT}", f"zh/{DOCUMENT}", f"zh/{EXCERPT}", "en/glossary/", "zh/glossary/",
    "en/about/labels/", "zh/about/methods/", "zh/about/newsletter/", "status/", "404.html",
    "en/for/desk/", "zh/for/desk/", "en/about/models/", "zh/about/models/",
    "en/penalties/", "zh/penalties/", "zh/penalties/2026/", "en/penalties/nfra/", "en/e/2001/", "zh/e/2003/",
    "en/threads/", "zh/threads/", "en/t/1044/", "zh/t/1044/",
)  # fmt: skip

# Each template in each language, in its fullest form; a run of axe takes two seconds.
TEMPLATES = (
    "", "en/", "zh/", "en/e/1043/", "zh/e/1043/", "en/archive/", "zh/archive/", "en/status/", "zh/status/",
    "en/calendar/", "zh/calendar/", "en/search/?q=payment", "zh/search/?q=支付",
    f"en/{DOCUMENT}", f"zh/{DOCUMENT}", f"en/{EXCERPT}", "en/glossary/", "zh/glossary/",
    "en/about/labels/", "zh/about/labels/", "404.html", "en/for/desk/", "zh/for/desk/", "zh/about/models/",
    "en/penalties/", "zh/penalties/", "en/e/2001/", "zh/e/2001/", "en/threads/", "en/t/1044/", "zh/t/1044/",
)  # fmt: skip


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(320, "light"), (390, "dark"), (390, "light"), (768, "light"), (1280, "dark"), (1440, "light")],
)
def test_every_page_is_silent_and_fits(width: int, scheme: str, visit: Any) -> None:
    one = visit(width=width, scheme=scheme)
    for path in PATHS:
        page = one.go(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"/{path} is {wide} wide"
        assert page.locator("h1").count() == 1, path

    assert one.problems == []


def test_dark_mode_follows_the_reader(visit: Any) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = visit(scheme="light").go("en/").evaluate(ground)
    dark = visit(scheme="dark").go("en/").evaluate(ground)

    assert light != dark


@pytest.mark.parametrize("path", ["", "e/1043/", DOCUMENT, "2026-11-19/", "about/labels/", "status/"])
def test_the_language_switch_leads_to_the_same_page_and_back(path: str, visit: Any) -> None:
    page = visit().go(f"en/{path}")
    page.click("[data-switch]")
    assert page.url.endswith(f"/zh/{path}")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    page.click("[data-switch]")

    assert page.url.endswith(f"/en/{path}")


def test_filters_narrow_the_list_say_so_and_follow_into_the_other_language(visit: Any) -> None:
    one = visit()
    page = one.go("en/")
    shown = page.locator(".card:visible")
    assert shown.count() == 3

    page.select_option("select[name=jurisdiction]", "HK")
    assert shown.count() == 1
    assert page.inner_text("[role=status]") == "Showing 1 of 3"
    assert page.locator(".group:visible").count() == 1

    page.click("[data-switch]")
    page.wait_for_load_state()
    assert page.locator(".card:visible").count() == 1
    assert page.input_value("select[name=jurisdiction]") == "HK"

    page.click("button[type=reset]")
    page.locator(".card:visible").nth(2).wait_for()
    assert page.url.endswith("/zh/")
    assert one.problems == []


def test_the_register_narrows_by_authority_and_keeps_it_in_the_other_language(visit: Any) -> None:
    one = visit()
    page = one.go("en/penalties/")
    shown = page.locator("tbody tr:visible")
    assert shown.count() == 6

    page.select_option("select[name=authority]", "fca")
    assert shown.count() == 1
    assert page.inner_text("[role=status]") == "Showing 1 of 6"

    page.click("[data-switch]")
    page.wait_for_load_state()
    assert page.locator("tbody tr:visible").count() == 1
    assert one.problems == []


def test_a_mark_of_a_penalty_opens_the_words_that_it_leads_to(visit: Any) -> None:
    page = visit().go("en/e/2001/")
    row = page.locator("#c1-f1")
    assert not row.is_visible()

    page.locator(".fined .cite").first.click()

    row.wait_for(state="visible")
    assert "子虚银行" in row.inner_text()


def test_the_calendar_narrows_by_kind(visit: Any) -> None:
    page = visit().go("en/calendar/")
    assert page.locator(".date:visible").count() == 2

    page.select_option("select[name=kind]", "date_deadline")

    assert page.locator(".date:visible").count() == 1
    assert page.locator(".month:visible").count() == 1


@pytest.mark.parametrize(
    ("lang", "query", "stories"),
    [
        pytest.param("en", "payment DATA", ["1043"], id="all words, any case"),
        pytest.param("en", "〔2026〕第9号", ["1043"], id="a number"),
        pytest.param("en", "２０２６-11-19", ["1039"], id="full width"),
        pytest.param("zh", "支付", ["1043"], id="part of a run of Chinese"),
        pytest.param("zh", "證券及期貨", ["1044"], id="traditional for simplified"),
        pytest.param("en", "支付业务", ["1043"], id="the original title"),
        pytest.param("en", "sfc", ["1044"], id="an issuer"),
        pytest.param("en", "tokenised .* fund", [], id="no pattern"),
        pytest.param("en", "nothing of the kind", [], id="nothing"),
    ],
)
def test_search_finds_stories_in_the_browser(lang: str, query: str, stories: list[str], visit: Any) -> None:
    one = visit()
    page = one.go(f"{lang}/search/")
    page.fill("#q", query)
    page.wait_for_selector("[data-status]:not(:empty)")

    links = page.eval_on_selector_all("[data-results] a", "all => all.map((a) => a.href)")
    assert [link.split("/")[-2] for link in links] == stories
    assert page.inner_text("[data-status]") == words.word(
        "zh" if lang == "zh" else "en", "search.found" if stories else "search.none", n=len(stories)
    )
    assert one.problems == []


def test_a_search_has_an_address_and_follows_into_the_other_language(visit: Any) -> None:
    page = visit().go("en/search/?q=支付业务")
    page.wait_for_selector("[data-results] a")
    page.click("[data-switch]")
    page.wait_for_selector("[data-results] a")

    assert page.url.split("?")[0].endswith("/zh/search/")
    assert page.input_value("#q") == "支付业务"


def test_a_hostile_title_is_text_in_the_results_too(visit: Any) -> None:
    one = visit()
    page = one.go("en/search/?q=alert")
    page.wait_for_selector("[data-results] a")

    assert page.inner_text("[data-results] a").startswith('<script>alert("1")</script>')
    assert page.locator("[data-results] :is(script, img, svg, b)").count() == 0
    assert one.problems == []


def test_search_says_that_it_needs_scripts(visit: Any) -> None:
    page = visit(java_script_enabled=False).go("en/search/")

    assert page.locator("form:visible").count() == 0
    assert page.inner_text("[data-without]").startswith("Searching needs scripts")


def test_an_unknown_filter_in_the_address_is_ignored(visit: Any) -> None:
    page = visit().go("en/?topic=%22%5D%3Cb%3E&jurisdiction=XX")

    assert page.locator(".card:visible").count() == 3


def test_the_page_reads_without_scripts(visit: Any) -> None:
    page = visit(java_script_enabled=False).go("en/")

    assert page.locator(".card:visible").count() == 3
    assert page.locator("[data-filters]:visible, [data-clock]:visible").count() == 0


def test_the_clock_shows_beijing_and_utc(visit: Any) -> None:
    page = visit(timezone_id="America/New_York").go("en/")

    clock = page.inner_text("[data-clock] [data-time]")
    beijing, utc = clock.split(" · ")
    assert beijing.endswith(" Beijing") and utc.endswith(" UTC")
    assert (int(beijing[:2]) - int(utc[:2])) % 24 == 8


def test_the_skip_link_is_the_first_stop_and_leads_to_the_text(visit: Any) -> None:
    page = visit().go("en/e/1042/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_focus_is_always_visible(visit: Any) -> None:
    page = visit().go("en/e/1042/")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", page.evaluate("document.activeElement.outerHTML")


def test_a_mark_shows_the_words_that_it_stands_for(visit: Any) -> None:
    page = visit().go("zh/e/1042/")
    page.click("#s2 .cite")
    ground = page.evaluate("getComputedStyle(document.querySelector(':target')).backgroundColor")

    assert ground not in ("rgba(0, 0, 0, 0)", "transparent")
    assert page.locator(":target").bounding_box()["y"] < 900


def test_a_mark_of_the_facts_opens_the_list_that_it_leads_to(visit: Any) -> None:
    page = visit().go("en/e/1043/")
    page.click(".fact-document_number .cite")

    assert page.locator("details[open] :target").is_visible()


def test_a_merged_address_leads_on(visit: Any) -> None:
    page = visit().go("zh/e/999/")
    page.wait_for_url("**/zh/e/1042/")

    assert page.locator("h1").inner_text().startswith("金融监管总局")


def test_targets_are_large_enough_for_fingers(visit: Any) -> None:
    """24 CSS pixels, or inline in a sentence, or with that much room around (WCAG 2.2, 2.5.8)."""
    page = visit(width=390).go("en/")
    small = page.evaluate(
        """[...document.querySelectorAll('.mast a, .filters select, .filters button, .foot li a')]
        .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 23.9)
        .map((e) => e.outerHTML)"""
    )

    assert small == []


@pytest.mark.skipif(not AXE.is_file(), reason="node_modules/axe-core is not installed")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", TEMPLATES)
def test_axe_finds_nothing(path: str, scheme: str, visit: Any) -> None:
    page = visit(scheme=scheme, bypass_csp=True).go(path)
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", AXE_RULES)

    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found["violations"]] == []
