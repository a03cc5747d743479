"""The site in a real browser: silent console, no foreign request, fits every width, works by keyboard.

The pages are served with the policy that the operator's server is told to send.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from dibao import config, register
from dibao.site import words
from dibao.site.headers import common
from dibao.site.info import SiteInfo
from dibao.site.lens import Profile
from dibao.site.pages import render
from dibao.site.search import search_json
from dibao.store import LANGS, Thread, ThreadStep, Tie, Version
from tests.site.views import (
    BODIES,
    SOURCES,
    TERMS,
    TODAY,
    all_views,
    draft_story,
    health,
    mixed_story,
    revised,
)

pytestmark = pytest.mark.browser

# The flags keep a sandboxed Chromium quiet: no network of its own, no GPU process.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THREAD = Thread(
    steps=(
        ThreadStep(story_id=1044, day=TODAY, stage="draft"),
        ThreadStep(story_id=1043, day=TODAY, stage="final"),
    ),
    ties=(Tie(story_id=1043, kind="finalizes", value="《办法》", target=1044),),
)
_HEAD = mixed_story().head.item
FORMER = Version(
    item_id=_HEAD.id,
    version=1,
    title=_HEAD.title,
    text=_HEAD.text.replace("五年", "三年"),
    summary="",
    fetched_at=_HEAD.fetched_at,
    snapshot="",
)
VIEWS = tuple(revised(view) if view.story.id == 1043 else view for view in all_views())
PROFILE = Profile(
    key="desk", title_en="A desk", title_zh="一个部门", jurisdictions=("CN",), topics=("payments",),
    sectors=("banks",),
)  # fmt: skip
DOCUMENT = f"d/{_HEAD.id}/"
EXCERPT = f"d/{draft_story().head.item.id}/"
PATHS = (
    "", "en/", "zh/", "en/2026-11-19/", "zh/2026-11-18/", "en/e/1042/", "zh/e/1042/", "en/e/1043/",
    "zh/e/1043/", "en/e/1031/", "zh/e/1031/", "en/archive/", "en/status/", "zh/status/",
    "en/calendar/", "zh/calendar/", "en/search/", "zh/search/",
    f"en/{DOCUMENT}", f"zh/{DOCUMENT}", f"zh/{EXCERPT}", "en/glossary/", "zh/glossary/",
    "en/about/labels/", "zh/about/methods/", "zh/about/newsletter/", "status/", "404.html",
    "en/for/desk/", "zh/for/desk/", "en/about/models/", "zh/about/models/",
)  # fmt: skip

# Each template in each language, in its fullest form; a run of axe takes two seconds.
TEMPLATES = (
    "", "en/", "zh/", "en/e/1043/", "zh/e/1043/", "en/archive/", "zh/archive/", "en/status/", "zh/status/",
    "en/calendar/", "zh/calendar/", "en/search/?q=payment", "zh/search/?q=支付",
    f"en/{DOCUMENT}", f"zh/{DOCUMENT}", f"en/{EXCERPT}", "en/glossary/", "zh/glossary/",
    "en/about/labels/", "zh/about/labels/", "404.html", "en/for/desk/", "zh/for/desk/", "zh/about/models/",
)  # fmt: skip


class Handler(SimpleHTTPRequestHandler):
    """Serves the folder with the headers of the edition, silently."""

    def end_headers(self) -> None:
        for name, value in common(secure=False).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: warnings are errors here, lines on standard error are noise."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        base = f"http://127.0.0.1:{server.server_port}/"
        info = SiteInfo(
            base_url=base, today=TODAY, version="0.1.0", notice_en="Demonstration", profiles=(PROFILE,),
            models=register.models(config.Config()),
        )  # fmt: skip
        pages = render(
            info,
            VIEWS,
            health=health(),
            sources=SOURCES,
            bodies=BODIES,
            redirects={999: 1042},
            threads={1043: THREAD},
            terms=TERMS,
            former={FORMER.item_id: FORMER},
            build_id="0123456789abcdef",
        )
        found = (
            (f"{lang}/search.json", search_json(info, VIEWS, lang, bodies=BODIES, build_id="0" * 16))
            for lang in LANGS
        )
        for path, data in chain(pages, found):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield base
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra e2e)")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        words = "no Chromium on this machine: install the system's package to run these tests"
        # .ci/run installs it: there a missing browser is a fault, not a reason to look away.
        pytest.fail(words) if os.environ.get("CI") else pytest.skip(words)
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield running
        running.close()


class Visit:
    """One page in its own context, with all that went wrong in it."""

    def __init__(self, browser: Any, base: str, *, width: int, scheme: str = "light", **more: Any) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **more
        )
        self.page = self.context.new_page()
        self.base = base
        self.problems: list[str] = []
        self.page.on("console", lambda message: self.problems.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def _request(self, request: Any) -> None:
        if not request.url.startswith(self.base):
            self.problems.append(f"foreign request: {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.problems.append(f"{response.status}: {response.url}")

    def go(self, path: str) -> Any:
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Any]:
    opened: list[Visit] = []

    def open_(*, width: int = 1280, scheme: str = "light", **more: Any) -> Visit:
        opened.append(Visit(browser, site, width=width, scheme=scheme, **more))
        return opened[-1]

    yield open_
    for one in opened:
        one.context.close()


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
