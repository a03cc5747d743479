# ruff: noqa: E501 — a case reads best on one line
"""The register for programs: CSV that no spreadsheet runs, JSON with the same rows, nothing private in either."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dibao.site import labels, penalty_pages
from dibao.site.build import edition, read
from dibao.site.headers import headers_file, special
from dibao.site.penalty_files import COLUMNS, as_csv, files
from dibao.store import LANGS, Evidence, Fact, Lang, Penalty, StoryView
from tests.site.decisions import BANK, all_decisions, decision, fined, one, table
from tests.site.filled import INFO, filled
from tests.site.rendering import SITE, parsed, rendered, text
from tests.site.views import BODIES, HOSTILE_TITLE, NOW


def made(*views: StoryView) -> tuple[list[list[str]], dict[str, Any]]:
    """Return the rows of the CSV file, its header first, and the JSON document."""
    found = dict(files(SITE, views, bodies=BODIES, build_id="b1"))
    return cells(found["data/penalties.csv"]), json.loads(found["data/penalties.json"])


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def of_csv(value: Any) -> str:
    """Say a value of the JSON file as the CSV file does."""
    if isinstance(value, bool):
        return "yes 是" if value else "no 否"
    return "; ".join(value) if isinstance(value, list) else str(value)


# One register, two forms


def test_both_files_have_the_same_rows_in_the_same_order() -> None:
    header, *found = made(*all_decisions())[0]
    entries = made(*all_decisions())[1]["entries"]

    assert [name.partition(" ")[0] for name in header] == list(entries[0]) == list(COLUMNS)
    assert found == [[of_csv(value) for value in entry.values()] for entry in entries]
    assert [entry["party"] for entry in entries] == [
        "Laputa Markets Limited", "甲公司", "乙公司", "子虚银行", "蒋某", "乌有银行",
    ]  # fmt: skip


def test_the_csv_file_is_rfc_4180_with_a_byte_order_mark() -> None:
    data = dict(files(SITE, all_decisions(), bodies=BODIES, build_id="b1"))["data/penalties.csv"]

    assert data.startswith(b"\xef\xbb\xbfid ") and data.count(b"\xef\xbb\xbf") == 1
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r") == 7
    assert {len(row) for row in cells(data)} == {len(COLUMNS)}


def test_every_column_is_named_and_told_in_both_languages() -> None:
    [header, *_], document = made(table())
    page = text(parsed(rendered(table())["zh/penalties/index.html"]).find(".//dl[@class='terms']"))

    for name in header:
        key, chinese = name.split(" ", 1)
        assert re.fullmatch("[\u4e00-\u9fff]+", chinese)
        assert set(document["columns"][key]) == set(LANGS)
        assert document["columns"][key]["en"] != document["columns"][key]["zh"]
        assert name in page and document["columns"][key]["zh"] in page


def test_a_row_says_whose_day_it_has_who_decided_and_what_in_both_languages() -> None:
    release, press, *_, person, _ = made(*all_decisions())[1]["entries"]

    assert (release["day"], release["day_is"]) == ("2026-11-18", "story")
    assert (person["day"], person["day_is"]) == ("2026-11-09", "decision")
    assert (press["official"], person["official"]) == (False, True)
    assert (person["measures_en"], person["measures_zh"]) == (["Fine RMB 100,000"], ["罚款10万元"])
    assert (person["authority_en"], person["authority_zh"]) == (["NFRA"], ["金融监管总局"])
    assert (person["person"], person["role"], person["amounts"]) == (
        True,
        "时任子虚银行总经理",
        ["CNY 100000"],
    )


def test_the_label_stands_in_every_row_and_over_all_of_them() -> None:
    found, document = made(*all_decisions())
    label = {lang: labels.WORDS["extract"][lang] for lang in LANGS}

    assert document["label"] == label
    assert document["notice"] == {"en": "Demonstration", "zh": "演示"}
    assert {row[list(COLUMNS).index("ai_label")] for row in found[1:]} == {f"{label['en']} {label['zh']}"}
    assert list(document).index("label") < list(document).index("entries")


@pytest.mark.parametrize("lang", LANGS)
def test_the_address_of_a_row_leads_to_its_words(lang: Lang) -> None:
    pages = rendered(*all_decisions())
    for entry in made(*all_decisions())[1]["entries"]:
        address, _, anchor = entry[f"url_{lang}"].removeprefix("https://example.org/").partition("#")
        told = text(parsed(pages[address + "index.html"]).get_element_by_id(anchor))
        assert entry["party"] in told


def test_the_files_hold_all_rows_when_the_page_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(penalty_pages, "MOST", 2)
    page = parsed(rendered(*all_decisions())["en/penalties/index.html"])

    assert len(page.xpath("//tbody/tr")) == 2
    assert [len(rows) for rows in (made(*all_decisions())[0][1:], made(*all_decisions())[1]["entries"])] == [
        6,
        6,
    ]


def test_a_register_without_rows_has_its_header() -> None:
    found, document = made()

    assert [len(row) for row in found] == [len(COLUMNS)]
    assert document["entries"] == []


def test_the_files_are_part_of_every_edition_and_keep_their_place() -> None:
    with filled(views=all_decisions()) as store:
        build_id, made_ = edition(read(store, now=NOW), info=INFO, now=NOW, source_feeds={})

    assert json.loads(made_["data/penalties.json"])["build_id"] == build_id
    assert len(cells(made_["data/penalties.csv"])) == 7


# No spreadsheet runs what a source wrote

LEADS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "＝",
    "＋",
    "－",
    "＠",
    "\u200b=",
    "\u202e@",
    " =",
    "﹣",
    "﹢",
]


@pytest.mark.parametrize("lead", LEADS, ids=[f"U+{ord(lead[0]):04X}{lead[1:]}" for lead in LEADS])
@pytest.mark.parametrize("column", ["party", "role", "violation", "basis", "number", "authorities"])
def test_no_cell_can_become_a_formula(column: str, lead: str) -> None:
    evil = f"{lead}HYPERLINK(1)"
    value: dict[str, Any] = {"authority" if column == "authorities" else column: evil}
    [row] = made(one(1, replace(BANK, **value)))[0][1:]
    cell = row[list(COLUMNS).index(column)]

    assert cell.startswith("'")
    assert cell.endswith("HYPERLINK(1)")


@given(st.lists(st.text(max_size=20), min_size=3, max_size=3))
@example(["\t1", "\r1", "\n1"])
def test_any_text_comes_back_from_the_file_and_none_begins_as_a_formula(values: list[str]) -> None:
    keys = ("party", "basis", "measures_en")
    record = dict.fromkeys(COLUMNS, "") | dict(zip(keys, values, strict=True)) | {"measures_en": values}
    [_, row] = cells(as_csv([record]))
    back = [row[list(COLUMNS).index(key)] for key in keys]

    for cell, value in zip(back, (*values[:2], "; ".join(values)), strict=True):
        assert cell in (value, f"'{value}")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_numbers_stay_numbers_and_commas_and_quotes_stay_in_their_cell() -> None:
    party = 'Alpha, "Beta" & Co'
    [row] = made(one(7, replace(BANK, party=party)))[0][1:]

    assert row[list(COLUMNS).index("party")] == party
    assert row[list(COLUMNS).index("story")] == "7"


def test_nothing_hostile_reaches_the_files() -> None:
    evil = Penalty(
        party=HOSTILE_TITLE, role=HOSTILE_TITLE, violation=HOSTILE_TITLE, basis=HOSTILE_TITLE,
        number=HOSTILE_TITLE, authority="\u202ea\x00b", sanctions=fined("", "CNY 5").sanctions,
    )  # fmt: skip
    view = decision(1, HOSTILE_TITLE, (HOSTILE_TITLE, evil))
    item = replace(view.head.item, url="javascript:alert(1)")
    view = replace(view, coverage=(replace(view.head, item=item),))
    found = dict(files(SITE, [view], bodies=BODIES, build_id="b1"))
    [entry] = json.loads(found["data/penalties.json"])["entries"]

    for data in found.values():
        assert not re.search(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u202a-\u202e\u2028]", data.decode("utf-8-sig")
        )
    assert entry["source"] == ""
    assert len(entry["party"]) == 300
    assert entry["authorities"] == ["ab"]


# Persons


def test_what_is_private_is_in_no_file_of_an_edition_and_a_masked_party_stays_masked() -> None:
    words_ = "对秦某罚款5万元，其向客户李四华出售产品（电话：010-66194567）"
    penalty = fined(
        "秦某", "CNY 50000", person=True, role="李四华的经理", violation="向客户李四华出售产品",
        basis="电话：010- 66194567", authority="NFRA", date="2026-11-02",
    )  # fmt: skip
    view = decision(3001, words_ + "。", (words_, penalty))
    item = view.head.item
    private = []
    for name in ("李四华", "010-66194567"):
        start = item.text.index(name)
        place = Evidence(item_id=item.id, field="text", start=start, end=start + len(name), quote=name)
        private.append(Fact(item_id=item.id, kind="person_private", value=name, shown=name, evidence=place))
    view = replace(view, coverage=(replace(view.head, facts=(*view.head.facts, *private)),))
    with filled(views=[view]) as store:
        made_ = edition(read(store, now=NOW), info=INFO, now=NOW, source_feeds={})[1]
    [entry] = json.loads(made_["data/penalties.json"])["entries"]

    for path, data in made_.items():
        assert not re.search("李四华|66194567", data.decode("utf-8", "replace")), path
    assert entry["party"] == "秦某"
    assert entry["violation"].startswith("向客户") and entry["violation"].endswith("出售产品")
    for lang in LANGS:
        for path in (
            f"{lang}/penalties/index.html",
            f"{lang}/penalties/nfra/index.html",
            f"{lang}/e/3001/index.html",
        ):
            assert "秦某" in made_[path].decode()


# How it is served


def test_the_table_is_saved_under_our_name_by_server_and_host() -> None:
    saved = "attachment; filename=\"penalties.csv\"; filename*=UTF-8''penalties.csv"
    block = next(b for b in headers_file().decode().split("\n\n") if b.startswith("/data/penalties.csv\n"))

    assert special("/data/penalties.csv")["Content-Disposition"] == saved
    assert f"  Content-Disposition: {saved}" in block
    assert "Content-Disposition" not in special("/data/penalties.json")


def test_the_page_links_both_files(pages: dict[str, bytes]) -> None:
    links = parsed(pages["en/penalties/index.html"]).xpath("//p[@class='subscribe']/a/@href")

    assert links[:2] == ["../../data/penalties.csv", "../../data/penalties.json"]
