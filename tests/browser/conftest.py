"""An edition of stories, served as the operator's server is told to, and a browser that looks at it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from typing import Any

import pytest

from dibao import config, register
from dibao.site.headers import common
from dibao.site.info import SiteInfo
from dibao.site.lens import Profile
from dibao.site.pages import render
from dibao.site.search import search_json
from dibao.store import LANGS, Thread, ThreadStep, Tie, Version
from tests.site.decisions import all_decisions
from tests.site.views import (
    BODIES,
    SOURCES,
    TERMS,
    TODAY,
    all_views,
    health,
    mixed_story,
    revised,
)

# The flags keep a sandboxed Chromium quiet: no network of its own, no GPU process.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
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
# Under days of their own, so that the lists of other days stay as they are.
FINED = tuple(
    replace(view, story=replace(view.story, day=date(2025, 6, n)))
    for n, view in enumerate(all_decisions(), 1)
)
VIEWS = (*(revised(view) if view.story.id == 1043 else view for view in all_views()), *FINED)
PROFILE = Profile(
    key="desk", title_en="A desk", title_zh="一个部门", jurisdictions=("CN",), topics=("payments",),
    sectors=("banks",),
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
