"""Pages become what a reader sees of them, and nothing that was hidden from one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.decode import decode
from dibao.crawler.parse.entry import Link, Page
from dibao.crawler.parse.pages import parse_page
from dibao.crawler.parse.text import clean_text, clean_title, html_to_text, markup_to_text
from dibao.crawler.source import Detail

URL = "https://www.example.gov.cn/zhengce/content/202611/content_1.htm"
GOV = """<!doctype html><html lang="zh-CN"><head><title>通知_中国政府网</title>
<meta name="firstpublishedtime" content="2026-11-03-09:15:00">
<meta name="lastmodifiedtime" content="2026-11-04-10:00:00">
</head><body><div class="nav"><a href="/">首页</a></div>
<table class="bd1"><tr><td><b>索 引 号：</b></td><td>000014349/2026-00066</td>
<td>主题分类：</td><td>金融&nbsp;其他</td></tr>
<tr><td>发文机关：</td><td>国务院办公厅</td><td>成文日期：</td><td>2026年10月30日</td></tr>
<tr><td>标　　题：</td><td colspan=3>国务院办公厅关于印发办法的通知</td></tr>
<tr><td>发文字号：</td><td>国办发〔2026〕7号</td>
<td>发布日期：</td><td>2026年11月03日</td></tr></table>
<div id="UCAP-CONTENT"><h1>国务院办公厅关于印发办法的通知</h1>
<p style="mso-line-height-rule:exactly">各省、自治区
   、直辖市人民政府：</p><p>　　第一条&nbsp;为规范<b>数据</b>安全，<br>制定本办法。</p>
<table><tr><td>序号</td><td><p>当事人</p></td><td></td><td>罚款
金额</td></tr><tr><td>1</td><td>某银行</td><td>无</td><td>50万元</td></tr></table>
<p><a href="./P020261103.pdf">附件：办法</a> <a href="/x/about.html">关于我们</a>
<a href="/cms/pub/interact/downloadfile.jsp?filepath=abc&fText=%E9%99%84%E4%BB%B62.docx"
>点击下载</a></p></div>
<div class="footer">版权所有 <a href="/brochure.pdf">手册</a></div></body></html>"""


def read(text: str, *, lang: str = "", zone: str = "Asia/Shanghai", **settings: Any) -> Page:
    detail = Detail(**settings) if settings else None
    return parse_page(text, url=URL, detail=detail, zone=zone, lang=lang)


def test_a_page_of_gov_cn() -> None:
    page = read(GOV, body="#UCAP-CONTENT, .pages_content", labels="table.bd1", lang="zh-Hans")

    assert page.title == "国务院办公厅关于印发办法的通知"
    assert page.text.split("\n") == [
        "国务院办公厅关于印发办法的通知",
        "各省、自治区、直辖市人民政府：",
        "第一条 为规范数据安全，",
        "制定本办法。",
        "序号 | 当事人 | | 罚款金额",
        "1 | 某银行 | 无 | 50万元",
        "附件：办法 关于我们 点击下载",
    ]
    assert dict(page.labels) == {
        "索引号": "000014349/2026-00066",
        "主题分类": "金融 其他",
        "发文机关": "国务院办公厅",
        "成文日期": "2026年10月30日",
        "标题": "国务院办公厅关于印发办法的通知",
        "发文字号": "国办发〔2026〕7号",
        "发布日期": "2026年11月03日",
    }
    assert page.links == (
        Link(url="https://www.example.gov.cn/zhengce/content/202611/P020261103.pdf", name="附件：办法"),
        Link(
            url="https://www.example.gov.cn/cms/pub/interact/downloadfile.jsp?fText=%E9%99%84%E4%BB%B62.docx&filepath=abc",
            name="附件2.docx",
        ),
    )
    assert page.modified is not None
    assert page.modified.at == datetime(2026, 11, 4, 2, tzinfo=UTC)


def test_a_metadata_table_is_found_without_being_pointed_at() -> None:
    assert dict(read(GOV, body="#UCAP-CONTENT").labels)["发文字号"] == "国办发〔2026〕7号"
    assert (
        read("<table><tr><td>序号</td><td>1</td></tr><tr><td>名称</td><td>x</td></tr></table>").labels == ()
    )


def test_labels_outside_a_table_are_read_where_the_source_points() -> None:
    text = '<div class="condition"><p>索 引 号：A-1</p><p>文　号：汇发〔2026〕3号</p></div><p>电话：1</p>'

    assert read(text, labels=".condition").labels == (("索引号", "A-1"), ("文号", "汇发〔2026〕3号"))


def _ld(value: str) -> str:
    return f'<script type="application/ld+json">{value}</script><p>x</p>'


@pytest.mark.parametrize(
    ("text", "settings", "want"),
    [
        pytest.param(
            '<p id="d">2026年11月03日 09:15</p><time>2026-11-09</time>',
            {"date": "#d"},
            "2026-11-03",
            id="selector",
        ),
        pytest.param("<p>发布时间：2026-11-03 09:15 来源：网</p>", {}, "2026-11-03", id="label"),
        pytest.param("<p>成文日期：2026年10月30日</p>", {}, None, id="signed-is-not-published"),
        pytest.param('<time datetime="2026-11-03">3 Nov</time>', {}, "2026-11-03", id="time"),
        pytest.param("<time>2026-11-03</time><time>2026-11-04</time>", {}, None, id="two-times"),
        pytest.param(
            '<meta property="article:published_time" content="2026-11-03T09:00:00Z"><p>x',
            {},
            "2026-11-03",
            id="meta",
        ),
        pytest.param(
            '<meta name="PubDate" content="2026-11-03 09:15"><p>x', {}, "2026-11-03", id="chinese-meta"
        ),
        pytest.param("<p>会议于2026年11月1日召开。</p>", {}, None, id="a-date-in-the-text"),
        pytest.param(
            '<time class="date-updated" datetime="2026-11-05">5 Nov</time><time>2026-11-03</time>',
            {},
            "2026-11-03",
            id="updated-is-not-published",
        ),
        pytest.param(
            '<meta property="article:published_time" content="2026-11-05T09:00:00Z">'
            '<div itemprop="datePublished" content="2026-11-03T09:00:00Z">x</div>',
            {},
            "2026-11-03",
            id="marked-in-the-text",
        ),
        pytest.param(_ld('{"headline": "x", "datePublished": "2026-11-03"}'), {}, "2026-11-03", id="json-ld"),
        pytest.param(
            _ld(
                '[{"headline":"x","datePublished":"2026-11-03"},{"headline":"y","datePublished":"2026-11-04"}]'
            ),
            {},
            None,
            id="json-ld-of-two-articles",
        ),
        pytest.param(
            _ld('{"name": "x", "datePublished": "2026-11-03"}'), {}, None, id="json-ld-of-no-article"
        ),
    ],
)
def test_the_date_posted(text: str, settings: dict[str, str], want: str | None) -> None:
    page = read(f"<html><head></head><body>{text}</body></html>", **settings)

    assert (page.published.day if page.published else None) == (date.fromisoformat(want) if want else None)


HIDDEN = {
    "style": '<p style="display: none">QUOKKA</p>',
    "style-important": '<p style="color:red;DISPLAY:none!important">QUOKKA</p>',
    "visibility": '<p style="visibility:hidden">QUOKKA</p>',
    "no-size": '<p style="font-size:0;color:#fff">QUOKKA</p>',
    "no-size-px": '<span style="font-size: 0px">QUOKKA</span>',
    "opacity": '<p style="opacity:0">QUOKKA</p>',
    "off-screen": '<span style="position:absolute;left:-9999px">QUOKKA</span>',
    "attribute": "<div hidden>QUOKKA</div>",
    "aria": '<span aria-hidden="true">QUOKKA</span>',
    "comment": "<!-- QUOKKA -->",
    "word-comment": "<!--[if gte mso 9]><xml>QUOKKA</xml><![endif]-->",
    "script": "<script>QUOKKA</script>",
    "style-element": "<style>QUOKKA</style>",
    "noscript": "<noscript>QUOKKA</noscript>",
    "template": "<template><p>QUOKKA</p></template>",
    "alt": '<img src="x" alt="QUOKKA">',
    "nested": "<div hidden><div><p>QUOKKA</p></div></div>",
    "form": "<select><option>QUOKKA</option></select>",
}
SHOWN = "<p>The Commission fined Alder Bank 4.2 million crowns on 12 March 2026 for late reports.</p>"


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("settings", [{}, {"body": "article"}], ids=["main-text", "selector"])
def test_what_a_reader_cannot_see_is_no_text(hidden: str, settings: dict[str, str]) -> None:
    page = read(f"<html><body><article>{SHOWN}{hidden} tail{SHOWN}</article></body></html>", **settings)

    assert "QUOKKA" not in page.title + page.text
    assert "Alder Bank" in page.text
    assert "tail" in page.text
    assert "QUOKKA" not in html_to_text(hidden)


@pytest.mark.parametrize(
    "style", ["font-size:0.9em", "opacity:0.8", "left:-20px", "display:block", "mso-bidi-font-size:0"]
)
def test_ordinary_styles_hide_nothing(style: str) -> None:
    assert html_to_text(f'<p style="{style}">shown</p>') == ("" if style.endswith("size:0") else "shown")


def test_main_text_without_selectors_leaves_menus_out() -> None:
    paragraphs = "".join(
        f"<p>Paragraph {n} of the decision says what banks must do by the end of the year.</p>"
        for n in range(8)
    )
    page = read(
        "<html><body><nav><a href='/'>Home</a></nav><h1>Decision</h1><main><article>"
        f"{paragraphs}</article></main><footer>Legal</footer></body></html>"
    )

    assert page.title == "Decision"
    assert "Paragraph 7" in page.text
    assert "Home" not in page.text


@pytest.mark.parametrize(
    ("markup", "want"),
    [
        pytest.param(
            "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th><td></td></tr></table>", "a | b\nc", id="rows"
        ),
        pytest.param(
            "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>",
            "a | b\nc",
            id="layout",
        ),
        pytest.param("<table><tr><td><p>one</p><p>two</p></td></tr></table>", "one\ntwo", id="single-cell"),
        pytest.param("a<br>b<br/>c", "a\nb\nc", id="breaks"),
        pytest.param("<p>中国\n   人民</p><p>two\n  words</p>", "中国人民\ntwo words", id="source-lines"),
        pytest.param("<p>a&nbsp;&nbsp;b　c</p>", "a b c", id="spaces"),
        pytest.param("x &amp;lt;b&amp;gt; y", "x &lt;b&gt; y", id="decoded-once"),
        pytest.param("<p>a<b>b</b>c<i>d</i></p>", "abcd", id="inline"),
        pytest.param("<embed src=x><p>kept</p>", "kept", id="void"),
        pytest.param("", "", id="empty"),
        pytest.param("<!-- -->", "", id="only-a-comment"),
    ],
)
def test_markup_to_lines(markup: str, want: str) -> None:
    assert html_to_text(markup) == want


def test_no_invisible_characters_stay() -> None:
    raw = "a\u202eb\u2066c\u200bd\ufeffe\u00adf\U000e0041g\u0007h\u2028i\u200dj\ud800k\ufffel"

    assert clean_text(raw) == "abcdefgh\nijkl"


def test_joiners_stay_where_they_are_needed() -> None:
    assert clean_text("👩\u200d💻 می\u200cخواهم") == "👩\u200d💻 می\u200cخواهم"


def test_a_title_is_cut_at_a_whole_character() -> None:
    cut = clean_title("e\u0301x" * 400)

    assert len(cut) <= 300
    assert cut.endswith("…")


ANY = st.text(st.characters(), max_size=60) | st.text("<>/ap td tr\n\u200b中 &;=\"'-!", max_size=60)


@given(ANY)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean_text(raw)

    assert clean_text(once) == once
    assert once.encode().decode() == once
    assert clean_title(raw) == clean_title(clean_title(raw))


@given(ANY)
def test_any_markup_becomes_clean_text(raw: str) -> None:
    for text in (html_to_text(raw), markup_to_text(raw), read(raw).text):
        assert clean_text(text) == text


def test_deep_and_long_pages_end() -> None:
    assert read("<div>" * 50_000 + "x").title == ""
    assert "x" in read("<html><body>" + "<font>" * 1_000 + "<p>x", body="body").text


@pytest.mark.shared
def test_hostile_pages_give_what_the_manifest_expects(shared: Path) -> None:
    cases = yaml.safe_load((shared / "hostile" / "manifest.yaml").read_text("utf-8"))["cases"]
    wrong = []
    for case in cases:
        if case["kind"] != "page" or case["class"].startswith(("http.", "ssrf.", "crawl.")):
            continue
        body = (shared / "hostile" / case["file"]).read_bytes()
        text = decode(body, content_type=case["serve"]["content_type"]).text
        page = read(text, lang=case.get("lang", "en"))
        shown, expect = page.title + "\n" + page.text, case["expect"]
        wanted = [*expect.get("text_in", ()), *expect.get("text_in_if_ok", ())]
        wrong += [f"{case['id']}: lost {w!r}" for w in wanted if w not in shown]
        wrong += [f"{case['id']}: shows {w!r}" for w in expect.get("text_out", ()) if w in shown]
        if case["class"] == "prompt.hidden":
            must_not = expect.get("brief", {}).get("must_not", ["QUOKKA-1180", "闆惫-2093"])
            wrong += [f"{case['id']}: shows hidden {w!r}" for w in must_not if w in shown]

    assert wrong == []
