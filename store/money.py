"""Amounts in each language's habit, exactly: ``CNY 5250000000000`` is RMB 5.25 trillion and 5.25万亿元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .records import Lang


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """``currency`` is ISO 4217."""

    currency: str
    amount: Decimal


_EN = {
    "CNY": "RMB ", "USD": "US$", "HKD": "HK$", "SGD": "S$", "GBP": "£", "EUR": "€", "JPY": "¥", "AUD": "A$",
    "CAD": "C$", "NZD": "NZ$",
}  # fmt: skip
_ZH = {
    "CNY": "元", "USD": "美元", "HKD": "港元", "SGD": "新加坡元", "GBP": "英镑", "EUR": "欧元", "JPY": "日元",
    "MOP": "澳门元", "TWD": "新台币", "AUD": "澳元", "CAD": "加元", "NZD": "新西兰元",
    "CHF": "瑞士法郎", "KRW": "韩元",
}  # fmt: skip
_EN_STEPS = ((Decimal(10) ** 12, " trillion"), (Decimal(10) ** 9, " billion"), (Decimal(10) ** 6, " million"))
_ZH_STEPS = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))


def money(value: Money, lang: Lang) -> str:
    """``RMB 5.25 trillion`` and ``5.25万亿元``: the same amount, exactly."""
    if lang == "en":
        words = _scaled(value.amount, _EN_STEPS)
        sign = _EN.get(value.currency)
        return f"{sign}{words}" if sign else f"{value.currency} {words}"
    words = _scaled(value.amount, _ZH_STEPS).replace(",", "")
    unit = _ZH.get(value.currency)
    return f"{words}{unit}" if unit else f"{value.currency} {words}"


def _scaled(amount: Decimal, steps: Sequence[tuple[Decimal, str]]) -> str:
    for size, word in steps:
        if amount >= size:
            quotient = amount / size
            # more than four decimals read badly: fall to the next smaller step
            if -int(quotient.normalize().as_tuple().exponent) <= 4:
                return f"{_plain(quotient)}{word}"
    return _plain(amount)


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():,f}"


def amount_words(value: str, lang: Lang) -> str | None:
    """Say the value of an ``amount`` fact, ``CNY 1000000``, ``PCT 3.5``, ``BP 25``; None for another."""
    unit, _, number = value.partition(" ")
    try:
        size = Decimal(number)
    except InvalidOperation:
        return None
    if not size.is_finite():
        return None
    if unit == "PCT":
        return f"{_plain(size)}%"
    if unit == "BP":
        return (
            f"{_plain(size)}个基点"
            if lang == "zh"
            else f"{_plain(size)} basis point{'' if size == 1 else 's'}"
        )
    return money(Money(unit, size), lang) if re.fullmatch(r"[A-Z]{3}", unit) else None
