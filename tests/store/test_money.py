"""Amounts are said in each language's habit, and keep every digit."""

from __future__ import annotations

import pytest

from dibao.store import amount_words


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        pytest.param("CNY 1000000", "RMB 1 million", "100万元", id="wan"),
        pytest.param("CNY 320000000", "RMB 320 million", "3.2亿元", id="yi"),
        pytest.param("CNY 5250000000000", "RMB 5.25 trillion", "5.25万亿元", id="trillion"),
        pytest.param("CNY 123456789", "RMB 123,456,789", "12345.6789万元", id="no digit lost"),
        pytest.param("GBP 4200000", "£4.2 million", "420万英镑", id="pounds"),
        pytest.param("AUD 4200000", "A$4.2 million", "420万澳元", id="Australian dollars"),
        pytest.param("CAD 4200000", "C$4.2 million", "420万加元", id="Canadian dollars"),
        pytest.param("NZD 42", "NZ$42", "42新西兰元", id="New Zealand dollars"),
        pytest.param("THB 900", "THB 900", "THB 900", id="a currency without a habit of ours"),
        pytest.param("PCT 3.5", "3.5%", "3.5%", id="per cent"),
        pytest.param("BP 25", "25 basis points", "25个基点", id="basis points"),
        pytest.param("BP 1", "1 basis point", "1个基点", id="one"),
        pytest.param("CNY NaN", None, None, id="not a number"),
        pytest.param("much", None, None, id="not an amount"),
    ],
)
def test_amounts_keep_every_digit(value: str, en: str | None, zh: str | None) -> None:
    assert (amount_words(value, "en"), amount_words(value, "zh")) == (en, zh)
