"""A quotation begins with what a report says, not with where it was sent from."""

from __future__ import annotations

import pytest

from dibao.summarizer.writers.extract import _after_wire


@pytest.mark.parametrize(
    "text, rest",
    [
        pytest.param("BEIJING, Nov. 20 -- The bank said so.", "The bank said so.", id="place and day"),
        pytest.param("BEIJING, Nov. 20 (Xinhua) -- The bank said so.", "The bank said so.", id="and agency"),
        pytest.param("NEW YORK (Reuters) - The bank said so.", "The bank said so.", id="agency, no day"),
        pytest.param("WASHINGTON, D.C. — The bank said so.", "The bank said so.", id="two words of place"),
        pytest.param("新华社北京11月20日电（记者甲某）央行宣布降准。", "央行宣布降准。", id="Xinhua"),
        pytest.param("财联社11月20日电，央行宣布降准。", "央行宣布降准。", id="CLS"),
        pytest.param("SEC staff - and the bank - agreed.", "SEC staff - and the bank - agreed.", id="a dash"),
        pytest.param("FCA fines a firm.", "FCA fines a firm.", id="no dash"),
        pytest.param("11月20日，央行宣布降准。", "11月20日，央行宣布降准。", id="a day alone is news"),
    ],
)
def test_a_dateline_is_not_quoted(text: str, rest: str) -> None:
    assert text[_after_wire(text, 0) :] == rest
