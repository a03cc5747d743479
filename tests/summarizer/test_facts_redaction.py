"""Contact data of persons never gets out; officials in their office do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.summarizer.facts import private_spans, redact

from .making import PBC, item, read


@pytest.mark.parametrize(
    "text, hidden",
    [
        pytest.param("承 办 人：宋某某", ["宋某某"], id="handler"),
        pytest.param("负 责 人：高 某\n", ["高 某"], id="name with a space"),
        pytest.param("联系人：张三、李四", ["张三、李四"], id="two names"),
        pytest.param("联系电话：0351—1234567", ["0351—1234567"], id="landline"),
        pytest.param("联系单位及电话：科技司 010-00012345", ["010-00012345"], id="behind a department"),
        pytest.param("请拨打13800138000咨询", ["13800138000"], id="mobile"),
        pytest.param("意见发至comments@example.gov.cn。", ["comments@example.gov.cn"], id="mailbox"),
        pytest.param("身份证11010519491231002X", ["11010519491231002X"], id="identity number"),
        pytest.param("传真：010-66012345", ["010-66012345"], id="fax"),
        pytest.param("联系单位及电话：科技司 010-00009114", ["010-00009114"], id="after an office"),
        pytest.param("Contact: Jane Doe at (202) 551-4120", ["Jane Doe", "(202) 551-4120"], id="English"),
        pytest.param("+44 20 7066 1000", ["+44 20 7066 1000"], id="international"),
        pytest.param("局长李某某出席会议并讲话", [], id="an official in office"),
        pytest.param("联系人：办公室", [], id="an office is nobody"),
        pytest.param("央行负责人：稳中求进，防范风险", [], id="words of a headline are no name"),
        pytest.param(
            "联系单位及电话：科技司 010-00009114", ["010-00009114"], id="the office before the number"
        ),
        pytest.param("Hotel: 12345678 rooms", [], id="not a telephone"),
        pytest.param("银发〔2021〕335号，2026-01-05，罚款1234567元", [], id="numbers of other kinds"),
        pytest.param("网信算备330110507206401230035号", [], id="a filing number is no identity"),
    ],
)
def test_what_is_private(text: str, hidden: list[str]) -> None:
    assert [text[a:b] for a, b in private_spans(text)] == hidden


def test_redaction_says_that_something_is_withheld_in_the_text_s_own_language() -> None:
    assert redact("承办人：王小明。", [(4, 7)]) == "承办人：〔已隐去〕。"
    assert redact("Call 202-551-4120 now", private_spans("Call 202-551-4120 now")) == "Call [withheld] now"
    assert redact("nothing", []) == "nothing"


@given(
    st.lists(
        st.sampled_from(
            [
                "承办人：",
                "王小明",
                "电话：",
                "010-66194567",
                "a@b.cn",
                " ",
                "\n",
                "13800138000",
                "Contact: ",
                "Jane Doe",
            ]
        ),
        max_size=12,
    )
)
def test_nothing_private_is_left_after_redaction(pieces: list[str]) -> None:
    text = "".join(pieces)
    once = redact(text, private_spans(text))

    assert private_spans(once) == ()


def test_the_value_of_a_private_fact_is_never_the_data() -> None:
    facts = [
        f for f in read(item("x", "承办人：王小明 电话：010-66194567"), by=PBC) if f.kind == "person_private"
    ]

    assert [(f.value, f.shown) for f in facts] == [("name", ""), ("phone", "")]
