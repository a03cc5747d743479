"""Spreadsheets, old Word and WPS files, OFD and archives give their text, or the reason why not."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.parse import attachments, packed, sheets
from dibao.crawler.parse.attachments import read_attachment
from dibao.crawler.parse.word import doc_text

from . import office

PENALTY = (
    ("行政处罚决定书文号", "沪金罚决字〔2026〕12号"),
    ("被处罚当事人\n姓名或名称", "拉普达银行"),
    ("罚款（万元）", 420.0),
)
SAID = [
    "行政处罚决定书文号 | 沪金罚决字〔2026〕12号",
    "被处罚当事人 姓名或名称 | 拉普达银行",
    "罚款（万元） | 420",
]
TABLE = "文号\x07沪金罚决字〔2026〕12号\x07\x07当事人\x07拉普达银行\x07\x07"


def read(body: bytes, name: str) -> str:
    text, unread = read_attachment(body, media_type="", name=name)
    assert not unread
    return text


def reason(body: bytes, name: str) -> str:
    text, unread = read_attachment(body, media_type="", name=name)
    assert not text
    return unread


@pytest.mark.parametrize("name", ["x.xls", "x.et", "x.doc", "x"])
def test_an_old_penalty_table_gives_one_line_a_row(name: str) -> None:
    assert read(office.xls(PENALTY), name).split("\n") == SAID


def test_a_new_penalty_table_gives_the_same() -> None:
    rows = [[str(cell) for cell in row] for row in PENALTY]

    assert read(office.xlsx({"处罚": rows}), "x.xlsx").split("\n") == SAID


def test_sheets_carry_their_names_and_hidden_ones_are_left_out() -> None:
    book = office.xlsx(
        {"机构": [["甲"]], "个人": [["", "乙", "", "丙", ""]], "草稿": [["丁"]]}, hidden=["草稿"]
    )

    assert read(book, "x.xlsx").split("\n") == ["机构", "甲", "个人", "乙 | | 丙"]


def test_a_number_over_several_parties_stands_in_the_row_of_each() -> None:
    rows = [
        ["", "序号", "当事人", "文号", "处罚"],
        ["", "1", "某支付公司", "银罚决字〔2026〕9号", "罚款100万元"],
        ["", "2", "蒋某", "", "罚款5万元"],
        ["", "合计", "", "", ""],
    ]

    assert read(office.xlsx({"处罚": rows}, merged=["D2:D4", "B3:C3"]), "x.xlsx").split("\n") == [
        "序号 | 当事人 | 文号 | 处罚",
        "1 | 某支付公司 | 银罚决字〔2026〕9号 | 罚款100万元",
        "2 | 蒋某 | 银罚决字〔2026〕9号 | 罚款5万元",
        "合计",
    ]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            office.xlsx({"x": [["a"]]}, extra='<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
            id="xlsx",
        ),
        pytest.param(office.xls([["a"]], far=(65535, 255)), id="xls"),
    ],
)
def test_two_cells_in_opposite_corners_are_refused_before_they_are_laid_out(body: bytes) -> None:
    assert "more than 2,000,000 cells" in reason(body, "x.xls")


def test_a_sheet_within_the_bounds_that_far_away_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_CELLS", 100)

    assert reason(office.xls([["a"]], far=(50, 1)), "x.xls").startswith("the Excel file has more than 100")
    assert read(office.xls([["a"]], far=(49, 1)), "x.xls") == "a\n1"


@pytest.mark.parametrize("name", ["x.doc", "x.wps", "x.dot", ""])
def test_an_old_word_file_gives_its_paragraphs_and_rows(name: str) -> None:
    body = office.doc("Notice\r", "关于账户管理的通知\r" + TABLE, beyond="页眉\r")

    assert read(body, name).split("\n") == [
        "Notice",
        "关于账户管理的通知",
        "文号 | 沪金罚决字〔2026〕12号",
        "当事人 | 拉普达银行",
    ]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        pytest.param('见\x13 HYPERLINK "https://x.example" \x14官网\x15。', "见官网。", id="link"),
        pytest.param("第\x13 PAGE \x15页", "第页", id="field-without-result"),
        pytest.param("甲\x13 A \x13 B \x14乙\x15 \x14丙\x15丁", "甲丙丁", id="field-in-field"),
        pytest.param("ISO\x1e27001\x1f and\x0bnext", "ISO-27001 and\nnext", id="hyphens-and-breaks"),
        pytest.param("图\x01\x08片", "图片", id="objects"),
        pytest.param("\x15\x14x\x13", "x", id="marks-without-partner"),
    ],
)
def test_what_word_writes_between_the_characters_is_no_text(raw: str, shown: str) -> None:
    assert doc_text(raw) == shown


UNREAD = {
    "encrypted": (office.doc("x", flags=0x0100), "x.doc", "the Word file asks for a password"),
    "word-6": (office.doc("x", version=0x65), "x.doc", "the Word file is older than Word 97; not read"),
    "works": (office.ole({"CONTENTS": b"x"}), "x.wps", "the WPS file holds no Word text; not read"),
    "slides": (office.ole({"PowerPoint Document": b"x"}), "x.ppt", "PowerPoint file: not read"),
    "no-text": (office.doc("\r\r"), "x.doc", "the Word file holds no text"),
    "empty-sheet": (office.xls([]), "x.xls", "the Excel file holds no text"),
    "empty-ofd": (office.ofd([]), "x.ofd", "the OFD file has no text layer (a scan?)"),
    "ofd-without-pages": (
        office.packed({"OFD.xml": "<OFD><DocRoot>Doc_0/D.xml</DocRoot></OFD>"}),
        "x.ofd",
        "the OFD file is damaged (no Doc_0/D.xml)",
    ),
    "ofd-entities": (
        office.packed({"OFD.xml": '<!DOCTYPE x [<!ENTITY a "b">]><OFD/>'}),
        "x.ofd",
        "the OFD file declares XML entities; not read",
    ),
    "broken-ole": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.doc", "the Word file is damaged"),
    "broken-xlsx": (office.packed({"xl/workbook.xml": "<x/>"}), "x.xlsx", "the Excel file is damaged"),
    "zip-in-zip": (
        office.packed({"b.zip": office.packed({"c.txt": "x"})}),
        "a.zip",
        "nothing in the ZIP archive could be read (b.zip: [… an archive inside an archive: not opened])",
    ),
    "rtf": (b"{\\rtf1 x}", "x.doc", "RTF file: not read"),
}


@pytest.mark.parametrize(("body", "name", "why"), UNREAD.values(), ids=UNREAD)
def test_what_cannot_be_read_is_said(body: bytes, name: str, why: str) -> None:
    assert reason(body, name).startswith(why)


def test_an_ofd_file_is_read_top_down_whatever_the_order_inside() -> None:
    body = office.ofd(
        [(50, 40, "拉普达银行。"), (20, 20, "行政处罚决定书"), (20, 40.3, "当事人：")], [(20, 20, "第二页。")]
    )

    assert read(body, "x.ofd").split("\n") == ["行政处罚决定书", "当事人：拉普达银行。", "第二页。"]


def test_an_archive_gives_each_file_under_its_name_and_says_what_it_could_not_read() -> None:
    body = office.packed(
        {"附件/1.xls": office.xls(PENALTY), "2.doc": office.doc("Annex two\r"), "3.png": b"\x89PNG"}
    )

    assert read(body, "x.zip").split("\n") == [
        "1.xls",
        *SAID,
        "2.doc",
        "Annex two",
        "3.png",
        "[… files of this kind (png) are not read]",
    ]


def test_names_in_gbk_are_names() -> None:
    body = office.packed({"abcd.txt": "x"}).replace(b"abcd.txt", "甲乙.txt".encode("gbk"))

    assert read(body, "x.zip") == "甲乙.txt\nx"


def test_an_archive_is_read_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAX_FILES", 2)
    body = office.packed({f"{n}.txt": f"text {n}" for n in range(4)})

    assert read(body, "x.zip").endswith("[… only the first 2 of 4 files were read]")


def test_what_unpacks_to_more_than_it_claims_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_UNPACKED", 1_000)

    assert "unpacks to more than is read" in reason(office.packed({"a.txt": "x" * 2_000}), "x.zip")


@given(st.sampled_from(["doc", "xls", "ofd", "xlsx"]), st.data())
def test_damage_anywhere_gives_a_text_or_a_reason(kind: str, data: st.DataObject) -> None:
    made = {
        "doc": office.doc("Notice\r"),
        "xls": office.xls(PENALTY),
        "ofd": office.ofd([(1, 1, "x")]),
        "xlsx": office.xlsx({"a": [["x"]]}),
    }[kind]
    place = data.draw(st.integers(0, len(made) - 1))
    damaged = bytearray(made)
    damaged[place : place + 4] = data.draw(st.binary(min_size=4, max_size=4))
    text, unread = read_attachment(bytes(damaged), media_type="", name=f"x.{kind}")

    assert bool(text) != bool(unread)


EXTENT = b"\x00\x02\x0e\x00"


def extent(*, last_row: int, right: int, left: int = 0) -> bytes:
    """An Excel file whose sheet says that it spans so many rows and columns."""
    made = bytearray(office.xls(PENALTY))
    place = made.index(EXTENT) + len(EXTENT)
    made[place : place + 12] = struct.pack("<IIHH", 0, last_row, left, right)
    return bytes(made)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(extent(last_row=0xFFFF0003, right=2), id="rows"),
        pytest.param(extent(last_row=0xFFFF0003, right=2, left=0xFFFF), id="end-before-beginning"),
        pytest.param(extent(last_row=70_000, right=300), id="more-than-the-format-knows"),
    ],
)
def test_a_sheet_that_claims_to_be_larger_than_any_does_not_end_the_process(body: bytes) -> None:
    assert "larger than any" in reason(body, "x.xls")


def test_a_sheet_may_claim_to_be_as_large_as_the_format_allows() -> None:
    assert read(extent(last_row=65_536, right=256), "x.xls") == read(office.xls(PENALTY), "x.xls")


def test_words_that_an_excel_file_claims_and_cannot_hold_do_not_end_the_process() -> None:
    made = bytearray(office.xls(PENALTY))
    place = made.rindex(b"\x0a\x00\x00\x00") + 4  # after the last record
    made[place : place + 12] = struct.pack("<HHII", 0xFC, 8, 1, 0xFFFFFFFF)

    assert "more words" in reason(bytes(made), "x.xls")


def test_a_member_without_a_name_is_no_fault_of_ours() -> None:
    body = office.packed({"a.txt": "x"}).replace(b"a.txt", b"\x00.txt")

    text, unread = read_attachment(body, media_type="", name="x.zip")

    assert text or unread
