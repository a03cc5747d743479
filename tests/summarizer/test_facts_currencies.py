"""Whose money an amount is in: never another country's dollar."""

from __future__ import annotations

import pytest

from dibao.summarizer.facts.amounts import find_amounts


@pytest.mark.parametrize(
    "text, jurisdiction, values",
    [
        pytest.param("a fine of $4.2 million", "US", ["USD 4200000"], id="a bare dollar in the US"),
        pytest.param("a fine of $4.2 million", "HK", ["HKD 4200000"], id="a bare dollar in Hong Kong"),
        pytest.param("a fine of US$4.2 million", "HK", ["USD 4200000"], id="said to be American"),
        pytest.param("a fine of C$4.2 million", "US", ["CAD 4200000"], id="Canadian"),
        pytest.param("a fine of CA$4.2 million", "AU", ["CAD 4200000"], id="Canadian, not Australian"),
        pytest.param("a fine of NZ$42,000", "AU", ["NZD 42000"], id="New Zealand"),
        pytest.param("a fine of NT$3 million", "TW", ["TWD 3000000"], id="Taiwan"),
        pytest.param("a fine of R$3 million", "US", [], id="a dollar that we do not know is not ours"),
        pytest.param("a fine of XUS$3", "US", [], id="letters before it"),
        pytest.param("CAD 12 million", "US", ["CAD 12000000"], id="a code"),
        pytest.param("罚款420万加元", "CN", [], id="a Chinese name that is not known is no yuan"),
    ],
)
def test_an_amount_is_in_its_own_currency(text: str, jurisdiction: str, values: list[str]) -> None:
    assert [value for _, _, value in find_amounts(text, jurisdiction)] == values
