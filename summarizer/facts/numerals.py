"""Chinese numerals, plain and capital, by value."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")
}
_DIGITS |= {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


def chinese_number(text: str) -> Decimal | None:
    """Return the value of a number in Chinese numerals, plain or capital (二十三, 贰拾万, 三点五).

    None when it is none.
    """
    whole, point, fraction = text.partition("点")
    hundreds_of_millions = ten_thousands = section = digit = 0
    for char in whole:
        if char in _DIGITS:
            digit = digit * 10 + _DIGITS[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        elif char == "万":
            # 一亿二千万: what 亿 closed stays as it is.
            ten_thousands = (ten_thousands + section + digit) * 10**4
            section = digit = 0
        elif char == "亿":
            hundreds_of_millions = (hundreds_of_millions + ten_thousands + section + digit) * 10**8
            ten_thousands = section = digit = 0
        else:
            return None
    if not whole or (point and not (fraction and all(c in _DIGITS for c in fraction))):
        return None
    value = Decimal(hundreds_of_millions + ten_thousands + section + digit)
    return value + Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction)) if point else value
