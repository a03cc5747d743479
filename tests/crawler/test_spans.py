"""Cells that reach over several rows stand in each row of a wide table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.parse import spans
from dibao.crawler.parse.spans import Cell, Spans
from dibao.crawler.parse.text import html_to_text

HEAD = "<tr><th>序号<th>当事人<th>文号<th>处罚</tr>"
FIRST = "<tr><td>1<td>某支付公司<td rowspan={}>银罚决字〔2026〕9号<td>罚款100万元</tr>"
SECOND = "<tr><td>2<td>蒋某<td>罚款5万元</tr>"
SHIFTED, RIGHT = "2 | 蒋某 | 罚款5万元", "2 | 蒋某 | 银罚决字〔2026〕9号 | 罚款5万元"


def last_line(table: str) -> str:
    return html_to_text(f"<table>{table}</table>").split("\n")[-1]


@pytest.mark.parametrize(
    ("table", "line"),
    [
        pytest.param(HEAD + FIRST.format(2) + SECOND, RIGHT, id="one-number-for-two"),
        pytest.param(HEAD + FIRST.format('" 3 "') + SECOND + SECOND, RIGHT, id="for-three"),
        pytest.param(HEAD + FIRST.format(1) + SECOND, SHIFTED, id="for-one"),
        pytest.param(HEAD + FIRST.format(2) + SECOND + SECOND, SHIFTED, id="not-further-than-it-reaches"),
        pytest.param(HEAD + FIRST.format("many") + SECOND, SHIFTED, id="no-number"),
        pytest.param(HEAD + FIRST.format(2) + "<tr></tr>" + SECOND, SHIFTED, id="an-empty-row-counts"),
        pytest.param(HEAD + FIRST.format(2) + "</table><table>" + SECOND, SHIFTED, id="another-table"),
        pytest.param(
            "<tr><td colspan=2 rowspan=2>甲<td>乙<td>丙<td>丁</tr><tr><td>一<td>二<td>三</tr>",
            "甲 | 一 | 二 | 三",
            id="two-columns-wide",
        ),
        pytest.param(
            "<tr><td>甲<td>乙<td>丙<td rowspan=2>丁</tr><tr><td>一<td>二<td>三</tr>",
            "一 | 二 | 三 | 丁",
            id="at-the-end",
        ),
        pytest.param(
            "<tr><td rowspan=2>当事人<td>个人<td>蒋某</tr><tr><td>单位<td>某银行</tr>",
            "单位 | 某银行",
            id="label-and-value",
        ),
        pytest.param(
            f"<tr><td>1<td>甲<td rowspan=2>{'长' * 300}<td>丙</tr><tr><td>2<td>乙<td>丁</tr>",
            "2 | 乙 | | 丁",
            id="long-text-is-not-repeated",
        ),
    ],
)
def test_each_cell_stands_under_its_heading(table: str, line: str) -> None:
    assert last_line(table) == line


def test_what_is_repeated_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    row = "<tr><td>a<td>b<td>c</tr>"
    table = "<tr><td>a<td>b<td>c<td rowspan=1000>" + "x" * 200 + "</tr>" + row * 999

    assert html_to_text(f"<table>{table}</table>").count("x") <= spans.MOST + 200

    monkeypatch.setattr(spans, "MOST", 10**9)
    assert html_to_text(f"<table>{table}</table>").count("x") == 200_000


@given(
    st.lists(st.lists(st.builds(Cell, st.text(max_size=5), st.integers(1, 4), st.integers(1, 4)), max_size=6))
)
def test_no_cell_of_a_row_is_lost_or_put_out_of_order(rows: list[list[Cell]]) -> None:
    table = Spans()
    for cells in rows:
        found = iter(table.row(cells))

        assert all(any(cell.text == one for one in found) for cell in cells)
