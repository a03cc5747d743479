"""JSON answers become entries and pages, or say what is wrong with them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.parse.api import parse_document, parse_rows
from dibao.crawler.parse.entry import Entry, Link
from dibao.crawler.parse.json import find, load_json, text_at
from dibao.crawler.source import Detail, Endpoint
from dibao.store import DocumentError

URL = "https://www.example.gov.cn/list.json"
ROW = {
    "id": 1151,
    "title": "关于<em>数据</em>安全&amp;管理的通知",
    "date": "2026-11-20 10:00:00",
    "url": "//www.example.gov.cn/a",
}
FIELDS = {"key": "id", "title": "title", "date": "date", "url": "url"}


def read(answer: Any, **settings: Any) -> tuple[Entry, ...]:
    endpoint = Endpoint(column="policy", kind="json", url=URL, **{"fields": FIELDS, **settings})
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    return parse_rows(text, url=URL, endpoint=endpoint, zone="Asia/Shanghai", lang="zh-Hans")


def test_a_row_with_all_its_parts() -> None:
    row = {**ROW, "no": "金规〔2026〕1号", "sum": "<p>一</p><p>二</p>", "body": "<p>正文</p>"}
    [entry] = read(
        {"data": {"rows": [row]}},
        items="data.rows",
        fields={**FIELDS, "summary": "sum", "html": "body"},
        labels={"发文字号": "no"},
    )

    assert (entry.key, entry.title, entry.url) == (
        "1151",
        "关于数据安全&管理的通知",
        "https://www.example.gov.cn/a",
    )
    assert (entry.summary, entry.html, entry.lang) == ("一\n二", "<p>正文</p>", "zh-Hans")
    assert entry.labels == (("发文字号", "金规〔2026〕1号"),)
    assert entry.published is not None
    assert entry.published.at == datetime(2026, 11, 20, 2, tzinfo=UTC)
    assert entry.fields["key"] == "1151"


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        pytest.param([ROW], "", id="top-level"),
        pytest.param({"data": [ROW]}, "data", id="one-step"),
        pytest.param({"data": [ROW]}, "data[]", id="brackets"),
        pytest.param({"a": {"b": {"d": [ROW]}, "c": {"d": []}}}, "a.{b|c|x}.d", id="one-of-several"),
        pytest.param({"a": [{"rows": [ROW]}, {"rows": []}]}, "a.rows", id="through-a-list"),
        pytest.param({"a": [{"rows": [ROW]}, {"rows": [ROW, ROW]}]}, "a.0.rows", id="number"),
        pytest.param("\ufeff" + json.dumps([ROW]), "", id="byte-order-mark"),
        pytest.param("null(" + json.dumps([ROW]) + ");", "", id="jsonp"),
        pytest.param("cb.x({'a': 1})".replace("{'a': 1}", json.dumps({"d": [ROW]})), "d", id="jsonp-object"),
        pytest.param("var newest = " + json.dumps([ROW]) + ";\n", "", id="script"),
    ],
)
def test_rows_are_found(answer: Any, items: str) -> None:
    assert [entry.key for entry in read(answer, items=items)] == ["1151"]


def test_alternatives_are_all_read() -> None:
    answer = {"m": {"gongwen": {"l": [ROW]}, "bumenfile": {"l": [{**ROW, "id": 2}]}}}

    assert [e.key for e in read(answer, items="m.{gongwen|bumenfile|otherfile}.l")] == ["1151", "2"]


def test_the_fuller_title_is_preferred_when_there_is_one() -> None:
    rows = [{**ROW, "full": "关于银行业的全称"}, {**ROW, "full": ""}, {**ROW, "full": None}]

    titles = [entry.title for entry in read(rows, fields={**FIELDS, "full_title": "full"})]

    assert titles == ["关于银行业的全称", "关于数据安全&管理的通知", "关于数据安全&管理的通知"]


def test_milliseconds_and_link_templates() -> None:
    row = {"id": "a b&c", "t": "x", "ms": 1772672400000}
    fields = {"key": "id", "title": "t", "date_ms": "ms"}

    [entry] = read([row], fields=fields, link="https://www.example.gov.cn/d?docId={key}")

    assert entry.url == "https://www.example.gov.cn/d?docId=a+b%26c"
    assert entry.published is not None
    assert entry.published.at == datetime(2026, 3, 5, 1, tzinfo=UTC)


def test_rows_without_a_title_are_left_out() -> None:
    assert [e.key for e in read([{"id": 1}, ROW, {"id": 3, "title": " "}, "x", None])] == ["1151"]


def test_an_empty_list_is_empty_and_no_error() -> None:
    assert read({"rows": []}, items="rows") == ()


@pytest.mark.parametrize(
    ("answer", "settings", "words"),
    [
        pytest.param("", {}, "empty", id="empty"),
        pytest.param("<html>maintenance</html>", {}, "markup where JSON", id="markup"),
        pytest.param('{"a": ', {}, "not readable as JSON", id="cut"),
        pytest.param("[" * 100_000, {}, "too deep", id="deep"),
        pytest.param('{"a":' * 50_000 + "1" + "}" * 50_000, {}, "too deep", id="deep-objects"),
        pytest.param("[" + "9" * 10_000 + "]", {}, "not readable", id="long-number"),
        pytest.param(
            {"rptCode": 500, "rows": [ROW]},
            {"ok": {"rptCode": 200}, "items": "rows"},
            "rptCode = 500",
            id="not-ok",
        ),
        pytest.param(
            {"rows": [ROW]}, {"ok": {"head.ok": True}, "items": "rows"}, "head.ok = nothing", id="ok-missing"
        ),
        pytest.param({"rows": {}}, {"items": "rows"}, "no list of rows at 'rows'", id="no-list"),
        pytest.param({"data": 1, "msg": 2}, {"items": "rows"}, "it has data, msg", id="other-keys"),
        pytest.param([{"name": "x"}], {}, "none has a title", id="renamed-field"),
    ],
)
def test_an_answer_that_is_not_what_was_expected_says_so(
    answer: Any, settings: dict[str, Any], words: str
) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        read(answer, **settings)

    assert str(caught.value).startswith(URL)


@pytest.mark.parametrize("value", [200, "200", True, "True", "true"])
def test_ok_compares_what_a_reader_would(value: Any) -> None:
    said = 200 if str(value) == "200" else True

    assert len(read({"ok": value, "rows": [ROW]}, ok={"ok": said}, items="rows")) == 1


def test_raw_line_breaks_and_lone_surrogates_are_survived() -> None:
    [entry] = read('[{"id": "1", "title": "a\nb\\ud800", "url": "https://a.example/\\ud800"}]')

    assert (entry.title, entry.url) == ("a b", "")


def test_a_json_document() -> None:
    answer = {
        "data": {
            "docTitle": "关于印发办法的通知",
            "publishDate": "2026-11-20 10:00:00",
            "docClob": "<div class=Section0><p>各监管局：</p><p>现印发。</p>"
            "<table><tr><td>甲</td><td>乙</td></tr></table>"
            "<p><a href='/upload/附件.docx'>附件1：办法</a></p></div>",
            "meta": [{"name": "文 号：", "value": "金规〔2026〕1号"}, {"name": "分类", "value": None}],
            "pdf": "/upload/a.pdf",
            "files": [{"filePath": "/upload/b.doc", "fileName": "b.doc"}],
        }
    }
    detail = Detail(
        kind="json",
        title="data.docTitle",
        body="data.docClob",
        date="data.publishDate",
        labels="data.meta",
        attachments="data.pdf, data.files",
    )

    page = parse_document(json.dumps(answer), url=URL, detail=detail, zone="Asia/Shanghai")

    assert page.title == "关于印发办法的通知"
    assert page.text == "各监管局：\n现印发。\n甲 | 乙\n附件1：办法"
    assert page.labels == (("文号", "金规〔2026〕1号"),)
    assert page.links == (
        Link(url="https://www.example.gov.cn/upload/a.pdf", name="a.pdf"),
        Link(url="https://www.example.gov.cn/upload/b.doc", name="b.doc"),
        Link(url="https://www.example.gov.cn/upload/%E9%99%84%E4%BB%B6.docx", name="附件1：办法"),
    )
    assert page.published is not None


def test_a_document_without_title_and_body_is_an_error() -> None:
    with pytest.raises(DocumentError, match="neither title"):
        parse_document("{}", url=URL, detail=Detail(kind="json", title="t", body="b"), zone="UTC")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)


@given(JSON, st.lists(st.sampled_from(["a", "b", "0", "{a|b}", "c[]", ""]), max_size=4))
def test_any_path_into_any_answer_ends(value: Any, steps: list[str]) -> None:
    loaded = load_json(json.dumps(value), url=URL) if value is not None else None

    assert isinstance(find(loaded, ".".join(steps)), list)
    assert isinstance(text_at(loaded, ".".join(steps)), str)
