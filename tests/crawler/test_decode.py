"""Bytes become the text their writer meant, whatever was declared."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.decode import Decoded, codec_of, decode

CHINESE = "国家金融监督管理总局发布《银行保险机构数据安全管理办法》，自公布之日起施行。"
TRADITIONAL = "金融監督管理委員會公布金融機構運用人工智慧指引，不得向未成年人推銷。"
JAPANESE = "金融庁は、監督指針の改正案について、パブリックコメントを募集します。"


def html(text: str, charset: str = "") -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<!doctype html><html><head>{meta}</head><body><p>{text}</p></body></html>"


CASES = [
    pytest.param(html(CHINESE).encode(), "", "utf-8", id="utf-8-undeclared"),
    pytest.param(
        html(CHINESE, "gb2312").encode(), "text/html; charset=gb2312", "utf-8", id="utf-8-called-gb2312"
    ),
    pytest.param(
        html(CHINESE, "utf-8").encode("gb18030"), "text/html; charset=utf-8", "gb18030", id="gbk-called-utf-8"
    ),
    pytest.param(
        html(CHINESE + "㐀𠮷", "gb2312").encode("gb18030"), "", "gb18030", id="gb2312-means-gb18030"
    ),
    pytest.param(html(CHINESE).encode("gb18030"), "", "gb18030", id="gb18030-undeclared"),
    pytest.param(
        html(CHINESE).encode("gb18030"), "text/html; charset=ISO-8859-1", "gb18030", id="gbk-called-latin-1"
    ),
    pytest.param(html(TRADITIONAL, "big5").encode("big5hkscs"), "", "big5hkscs", id="big5"),
    pytest.param(html(TRADITIONAL).encode("big5hkscs"), "", "big5hkscs", id="big5-undeclared"),
    pytest.param(html(TRADITIONAL, "gbk").encode("big5hkscs"), "", "big5hkscs", id="big5-called-gbk"),
    pytest.param(
        codecs.BOM_UTF16_LE + html(CHINESE, "utf-8").encode("utf-16-le"), "", "utf-16", id="utf-16-mark"
    ),
    pytest.param(html(CHINESE).encode("utf-16-le"), "", "utf-16-le", id="utf-16-le-without-mark"),
    pytest.param(html(CHINESE).encode("utf-16-be"), "", "utf-16-be", id="utf-16-be-without-mark"),
    pytest.param(
        codecs.BOM_UTF8 + html(CHINESE).encode(), "text/html; charset=gbk", "utf-8", id="utf-8-mark"
    ),
    pytest.param(html(JAPANESE, "Shift_JIS").encode("cp932"), "", "cp932", id="shift-jis"),
    pytest.param(
        html("Décision du 3 mars : 12 €", "iso-8859-1").encode("cp1252"),
        "",
        "cp1252",
        id="latin-1-means-1252",
    ),
    pytest.param(
        ('<?xml version="1.0" encoding="GBK"?><a>' + CHINESE + "</a>").encode("gb18030"),
        "",
        "gb18030",
        id="xml-gbk",
    ),
]


@pytest.mark.parametrize(("body", "content_type", "encoding"), CASES)
def test_the_text_is_what_was_written(body: bytes, content_type: str, encoding: str) -> None:
    found = decode(body, content_type=content_type)

    assert found.encoding == encoding
    assert found.damaged == 0
    assert any(text in found.text for text in (CHINESE, TRADITIONAL, JAPANESE, "Décision du 3 mars : 12 €"))


def test_a_meta_far_down_the_page_is_found() -> None:
    body = html(CHINESE, "gbk").replace("<head>", "<head><!--" + "x" * 6_000 + "-->").encode("gb18030")

    assert CHINESE in decode(body, content_type="text/html; charset=ISO-8859-1").text


def test_a_cut_sequence_is_counted_and_the_rest_kept() -> None:
    found = decode(html("自2026年5月1日起施行").encode().replace("行".encode(), "行".encode()[:2]))

    assert (found.how, found.damaged) == ("damaged utf-8", 1)
    assert "自2026年5月1日起施\ufffd" in found.text


def test_bytes_that_are_no_text_are_damage_not_silence() -> None:
    assert decode(bytes(range(128, 256)) * 20, fallback="utf-8").text != ""


def test_text_encoded_twice_is_repaired() -> None:
    found = decode(html(CHINESE).encode().decode("latin-1").encode())

    assert found.how == "repaired"
    assert CHINESE in found.text


@pytest.mark.parametrize("text", ["Ã la carte, naïve façade", "São Paulo – Ação", "ä¸ is not Chinese"])
def test_accented_text_is_not_repaired(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    "label", ["utf-7", "hz-gb-2312", "iso-2022-cn", "iso-2022-jp", "unicode_escape", "rot13", "x"]
)
def test_escape_encodings_are_refused(label: str) -> None:
    assert codec_of(label) == ""


def test_the_fallback_is_used_for_undeclared_bytes() -> None:
    found = decode("Курс".encode("koi8-r"), fallback="koi8-r")

    assert (found.text, found.how) == ("Курс", "fallback")


def test_controls_go_and_lines_stay() -> None:
    assert decode(b"a\x00b\x07c\td\r\ne\rf\x7f").text == "abc\td\ne\nf"


def test_text_is_nfc() -> None:
    assert decode("cafe\u0301".encode()).text == "caf\xe9"


@given(
    st.binary(max_size=400),
    st.sampled_from(["", "text/html; charset=gbk", "text/xml; charset=utf-16", "charset="]),
)
def test_any_bytes_give_text_that_can_be_stored(body: bytes, content_type: str) -> None:
    found = decode(body, content_type=content_type)

    assert isinstance(found, Decoded)
    assert found.text.encode().decode() == found.text
    assert "\0" not in found.text


@given(st.text("国家金融监督管理总局关于印发办法的通知，。《》", min_size=12, max_size=80))
def test_chinese_survives_every_charset_it_is_served_in(text: str) -> None:
    for charset in ("utf-8", "gb18030"):
        assert decode(html(text, "gb2312").encode(charset)).text == html(text, "gb2312")
