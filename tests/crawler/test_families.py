"""What a family says holds unless a source says otherwise; wrapped lists are unwrapped, named ones found."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.families import FAMILIES, merged, with_family
from dibao.crawler.health import site
from dibao.crawler.parse.listing import parse_listing, read_then
from dibao.crawler.reading import Fetched, ask
from dibao.crawler.source import Endpoint, SourceSpec, Then, load
from dibao.crawler.then import as_query, second_url
from dibao.store import ConfigError, DocumentError

URL = "https://www.one.example.org/zc/index.html"


def endpoint(**settings: Any) -> Endpoint:
    usual = {"column": "news", "kind": "html", "url": URL, "items": "li", "fields": {"title": "a"}}
    return Endpoint(**{**usual, **settings})


# --- families ------------------------------------------------------------------------------------


def test_a_source_completes_its_family_and_goes_before_it() -> None:
    families = {
        "a": {
            "endpoint": {
                "kind": "html",
                "items": "li",
                "fields": {"title": "a", "date": "span"},
                "ok": {"x": 1},
            }
        }
    }
    row = {"cms": "a", "endpoints": [{"url": "u", "items": "tr", "fields": {"date": "em"}, "ok": None}]}

    [made] = with_family(row, families)["endpoints"]

    assert made == {
        "kind": "html", "items": "tr", "fields": {"title": "a", "date": "em"}, "url": "u", "cms": "a",
    }  # fmt: skip


def test_an_endpoint_may_be_of_another_family_than_its_source() -> None:
    families = {"a": {"endpoint": {"kind": "html"}}, "b": {"endpoint": {"kind": "feed"}}}
    made = with_family({"cms": "a", "endpoints": [{}, {"cms": "b"}, {"cms": ""}]}, families)["endpoints"]

    assert [row.get("kind") for row in made] == ["html", "feed", None]


def test_what_is_not_well_formed_is_left_to_the_check_of_types() -> None:
    for row in ("text", {"endpoints": "no"}, {"cms": "a", "endpoints": ["no"]}):
        assert with_family(row, {"a": {"endpoint": {}}}) == row


def test_mappings_are_merged_key_by_key_and_null_takes_away() -> None:
    assert merged({"fields": {"a": "1", "b": "2"}}, {"fields": {"b": None, "c": "3"}}) == {
        "fields": {"a": "1", "c": "3"}
    }


def test_an_unknown_family_is_named_with_file_and_source(tmp_path: Path) -> None:
    text = """
- {id: xx-one, name_en: One, name_zh: 一, tier: 1, jurisdiction: CN, kind: regulator, languages: [en],
   timezone: Asia/Shanghai, homepage: "https://one.example.org/", cms: no_such,
   endpoints: [{column: news, url: "https://one.example.org/"}]}
"""
    (tmp_path / "xx.yaml").write_text(text, "utf-8")

    with pytest.raises(ConfigError, match=r"^xx.yaml: xx-one: cms: 'no_such' is not one of trs_static"):
        load(tmp_path)


def test_every_family_is_used_and_told_in_both_languages() -> None:
    used = {e.cms for spec in load().values() for e in spec.endpoints}

    assert set(FAMILIES) == used - {""}
    assert all(row["en"] and row["zh"] for row in FAMILIES.values())


# --- one list, several columns -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "column"),
    [
        pytest.param("关于某事的通知", "rule", id="its-own"),
        pytest.param("有关负责人就某办法答记者问", "interpretation", id="sorted"),
        pytest.param("就处罚办法征求意见答记者问", "interpretation", id="first-wins"),
    ],
)
def test_a_list_that_mixes_purposes_is_sorted_by_title(title: str, column: str) -> None:
    mixed = endpoint(column="rule", sort={"interpretation": "答记者问", "consultation": "征求意见"})

    assert mixed.column_of(title) == column
    assert mixed.columns == ("rule", "interpretation", "consultation")


# --- wrapped lists -------------------------------------------------------------------------------


def read(text: str, **settings: Any) -> list[str]:
    made = endpoint(**settings)
    return [e.title for e in parse_listing(text, url=URL, endpoint=made, zone="UTC", lang="en").entries]


def test_markup_inside_json_is_read_as_markup() -> None:
    text = '{"ok":1,"data":{"html":"<ul><li><a href=\\"/a\\">One</a></li></ul>"}}'

    assert read(text, inside="data.html", ok={"ok": 1}) == ["One"]
    with pytest.raises(DocumentError, match="the answer says ok = 1 where 2"):
        read(text, inside="data.html", ok={"ok": 2})
    with pytest.raises(DocumentError, match=r"nothing at 'data\.body'"):
        read(text, inside="data.body")


def test_json_inside_a_page_is_read_as_json() -> None:
    page = '<html><script id="s" type="application/json">{"rows":[{"t":"One","u":"/a"}]}</script></html>'
    json_list = {"kind": "json", "items": "rows", "fields": {"title": "t", "url": "u"}}

    assert read(page, inside="#s", **json_list) == ["One"]
    with pytest.raises(DocumentError, match="nothing at '#t'"):
        read(page, inside="#t", **json_list)


def test_rows_that_do_not_count_are_left_out_and_titles_are_cut() -> None:
    rows = '[{"t":"【One】 and more","ad":0},{"t":"Buy","ad":1},{"t":"Plain","ad":0},{"t":"No mark"}]'
    settings = {"kind": "json", "items": "", "fields": {"title": "t"}, "link": "https://one.example.org/"}

    assert read(rows, where={"ad": 0}, cut={"title": "^【(.+?)】"}, **settings) == ["One", "Plain"]


def test_an_empty_json_list_shows_nothing_and_keep_does_not_count_as_empty() -> None:
    made = endpoint(kind="json", items="rows", fields={"title": "t"}, keep="x")

    def shown(text: str) -> tuple[int, int]:
        listing = parse_listing(text, url=URL, endpoint=made, zone="UTC", lang="en")
        return listing.shown, len(listing.entries)

    assert shown('{"rows":[]}') == (0, 0)
    assert shown('{"rows":[{"t":"a"},{"t":"xa"}]}') == (2, 1)


def test_html_without_rows_is_empty_only_where_its_source_says_that_this_happens() -> None:
    with pytest.raises(DocumentError, match="no rows"):
        read("<p>Nothing today</p>")

    assert read("<p>Nothing today</p>", never_empty=False) == []


# --- lists that a page names ---------------------------------------------------------------------

SHELL = "<html><body><script unit='/api/unit' query=\"{'id':'7','tag':'列表'}\"></script></body></html>"
THEN = Then(take={"path": "script@unit", "query": "script@query"}, url="{path}?{query}")


def test_a_page_says_where_its_list_is() -> None:
    made = endpoint(then=THEN)
    taken = read_then(SHELL, url=URL, endpoint=made)

    assert second_url(made, taken, page=URL, allow_http=False) == (
        "https://www.one.example.org/api/unit?id=7&tag=%E5%88%97%E8%A1%A8"
    )


def test_a_json_answer_may_say_it_too() -> None:
    made = endpoint(then=Then(take={"id": "levels.0.id"}, url="/list/{id}"))

    assert read_then('{"levels":[{"id":"9"}]}', url=URL, endpoint=made) == {"id": "9"}


@pytest.mark.parametrize(
    ("take", "match"),
    [
        pytest.param({"path": "script@nothing"}, {}, id="not-there"),
        pytest.param({"path": "script@unit"}, {"path": "^(list_\\d+)$"}, id="not-of-that-form"),
    ],
)
def test_a_page_that_does_not_say_it_is_a_failure(take: dict[str, str], match: dict[str, str]) -> None:
    made = endpoint(then=Then(take=take, match=match, url="{path}"))

    with pytest.raises(DocumentError, match="no path at"):
        read_then(SHELL, url=URL, endpoint=made)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("https://evil.example.com/list", id="another-site"),
        pytest.param("//evil.example.com/list", id="another-site-without-scheme"),
        pytest.param("https://127.0.0.1/list", id="this-machine"),
        pytest.param("http://www.one.example.org/list", id="without-tls"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("https://www.one.example.org@evil.example.com/", id="credentials"),
    ],
)
def test_a_page_cannot_send_us_elsewhere(path: str) -> None:
    made = endpoint(then=Then(take={"path": "a@href"}, url="{path}"))

    with pytest.raises(DocumentError, match="leads to a list"):
        second_url(made, {"path": path}, page=URL, allow_http=False)


@pytest.mark.parametrize(
    ("literal", "query"),
    [
        pytest.param('{"a": "1", "b": {"n": 2}}', "a=1&b=%7B%22n%22%3A+2%7D", id="json"),
        pytest.param("{'a':'1','p':'{\"pageNo\":1}'}", "a=1&p=%7B%22pageNo%22%3A1%7D", id="single-quotes"),
    ],
)
def test_an_object_becomes_a_query(literal: str, query: str) -> None:
    assert as_query(literal) == query


@pytest.mark.parametrize("literal", ["{", "{__import__('os')}", "{1,2}", "{" * 4_000, "{'a': f()}"])
def test_nothing_else_is_taken_for_an_object(literal: str) -> None:
    with pytest.raises(DocumentError, match="is not an object"):
        as_query(literal)


def test_the_second_request_carries_where_it_comes_from_and_the_session() -> None:
    asked: list[tuple[str, dict[str, str]]] = []

    async def fetch(url: str, *, spec: Any, payload: Any = None, headers: Any = None) -> Fetched:
        asked.append((url, dict(headers or {})))
        return Fetched(url=url, status=200, body=SHELL.encode(), cookies="s=1")

    made = endpoint(then=THEN, headers={"X-Requested-With": "XMLHttpRequest"})
    spec = SourceSpec(
        id="xx", name_en="x", name_zh="x", tier=1, jurisdiction="CN", kind="regulator",
        languages=("zh-Hans",), timezone="UTC", homepage=URL, endpoints=(made,),
    )  # fmt: skip
    now = datetime(2026, 11, 20, tzinfo=UTC)
    asyncio.run(ask(spec, made, now=now, fetch=fetch, validators={"If-None-Match": "e"}))

    wanted = {"X-Requested-With": "XMLHttpRequest"}
    assert asked[0] == (URL, wanted)
    assert asked[1][1] == {**wanted, "Referer": URL, "Cookie": "s=1", "If-None-Match": "e"}


def test_a_form_is_sent_as_a_form_and_names_the_list() -> None:
    asked: list[tuple[str, bytes, dict[str, str]]] = []

    async def fetch(url: str, *, spec: Any, payload: Any = None, headers: Any = None) -> Fetched:
        asked.append((url, payload, dict(headers or {})))
        return Fetched(url=url, status=200, body=b"[]")

    made = endpoint(method="POST", form={"nodeIds[]": "7", "page": "0"})
    asyncio.run(
        ask(load()["cn-bse"], made, now=datetime(2026, 11, 20, tzinfo=UTC), fetch=fetch, validators={})
    )

    assert asked == [(URL, b"nodeIds%5B%5D=7&page=0", {"Content-Type": "application/x-www-form-urlencoded"})]
    assert made.name == f"{URL}#nodeIds%5B%5D=7&page=0"


@given(st.one_of(st.text(max_size=80), st.from_regex(r"[a-z/.:@\\?#%{}'\"\[\]0-9-]{0,60}", fullmatch=True)))
def test_whatever_a_page_says_we_stay_on_its_site_or_stop(said: str) -> None:
    made = endpoint(then=Then(take={"path": "a@href"}, url="{path}"))
    try:
        url = second_url(made, {"path": said}, page=URL, allow_http=False)
    except DocumentError:
        return

    assert site(url) == "example.org"
    assert url.startswith("https://")


@given(st.text(max_size=200).map(lambda text: "{" + text + "}"))
def test_no_object_breaks_the_reader(literal: str) -> None:
    try:
        query = as_query(literal)
    except DocumentError:
        return

    assert "\n" not in query


def test_a_page_that_has_moved_to_another_site_leads_nowhere() -> None:
    async def fetch(url: str, *, spec: Any, payload: Any = None, headers: Any = None) -> Fetched:
        return Fetched(url="https://evil.example.com/", status=200, body=SHELL.encode(), cookies="s=1")

    with pytest.raises(DocumentError, match="moved to another site"):
        asyncio.run(
            ask(
                load()["cn-miit"],
                endpoint(then=THEN, url="https://www.bureau.example.org/"),
                now=datetime(2026, 11, 20, tzinfo=UTC),
                fetch=fetch,
                validators={},
            )
        )
