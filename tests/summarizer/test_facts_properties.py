"""However a number or a day is written, it is read as the same one, and nothing around it becomes part of it."""

# ruff: noqa: E501 — a list of spellings reads best on one line

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dibao.summarizer.facts import find_numbers, normal_number, parse_date
from dibao.summarizer.facts.days import later
from dibao.summarizer.glossary import load_glossary

from .making import FCA, NFRA, item, read, values

DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
BRACKETS = st.sampled_from(["〔〕", "[]", "()", "（）", "【】", "﹝﹞", "［］"])
SPACES = st.sampled_from(["", " ", "\u3000", "  ", "\n"])
CODES = st.sampled_from(
    ["银发", "国办发", "金规", "汇发", "证监发", "财会", "甬金罚决字", "国市监网监规", "上证发"]
)
YEARS = st.integers(1990, 2039)
SERIALS = st.integers(1, 9999)
# Nothing of it can belong to a number or a day.
AROUND = st.text(alphabet="的了在，。；《》ab ,.\n", max_size=12)


def chinese(day: date, zero: str) -> str:
    figures = (zero, *"一二三四五六七八九")
    year = "".join(figures[int(figure)] for figure in str(day.year))
    return f"{year}年{_small(day.month)}月{_small(day.day)}日"


def _small(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = ("", "十", "二十", "三十")[tens]
    return ten + ("一二三四五六七八九"[ones - 1] if ones else "")


@given(CODES, YEARS, SERIALS, BRACKETS, SPACES, SPACES, st.sampled_from(["", "第"]))
def test_a_chinese_number_is_one_however_its_brackets_and_blanks_are_written(
    code: str, year: int, serial: int, brackets: str, before: str, after: str, ordinal: str
) -> None:
    written = f"{code}{before}{brackets[0]}{year}{brackets[1]}{after}{ordinal}{serial}号"

    assert normal_number(written) == f"{code}〔{year}〕{serial}号"


@settings(max_examples=60)
@given(CODES, YEARS, SERIALS, BRACKETS, AROUND, AROUND)
def test_a_number_in_a_text_is_found_whole_and_nothing_more(
    code: str, year: int, serial: int, brackets: str, before: str, after: str
) -> None:
    written = f"{code}{brackets[0]}{year}{brackets[1]}{serial}号"
    text = f"{before}，{written}{after}"
    [found] = [n for n in find_numbers(text, load_glossary()) if "号" in n.value]

    assert found.value == f"{code}〔{year}〕{serial}号"
    assert text[found.start : found.end] == written


@given(
    st.sampled_from(
        [
            ("CP{a}/{b}", ("CP{a}/{b}", "CP {a}/{b}")),
            ("PS{a}/{b}", ("PS{a}/{b}", "PS {a}/{b}")),
            (
                "Release No. 34-{c}",
                ("Release No. 34-{c}", "Release No. 34- {c}", "34-{c}", "Release Nos. 34-{c}"),
            ),
            ("{d} FR {c}", ("{d} FR {c}", "{d} Fed. Reg. {c}", "{d} F.R. {c}", "{d}  FR  {c}")),
            ("17 CFR {e}", ("17 CFR {e}", "17 C.F.R. {e}", "17 CFR part {e}", "17 CFR § {e}")),
            (
                "JR/T 0{e}-20{a}",
                ("JR/T 0{e}-20{a}", "JR/T 0{e}—20{a}", "JR/T0{e}-20{a}", "JR/T 0{e} – 20{a}"),
            ),
        ]
    ),
    st.integers(10, 39),
    st.integers(1, 40),
    st.integers(10000, 99999),
    st.integers(70, 99),
    st.integers(100, 999),
)
def test_an_english_number_is_one_in_every_spelling_of_its_series(
    series: tuple[str, tuple[str, ...]], a: int, b: int, c: int, d: int, e: int
) -> None:
    normal, spellings = series
    figures = {"a": a, "b": b, "c": c, "d": d, "e": e}

    assert {normal_number(spelling.format(**figures)) for spelling in spellings} == {normal.format(**figures)}


@given(DAYS, st.sampled_from("〇○零"))
def test_every_day_reads_back_from_chinese_numerals(day: date, zero: str) -> None:
    assert parse_date(chinese(day, zero)) == day


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sampled_from(["zh", "numerals", "iso"]), AROUND)
def test_the_effective_day_of_a_text_is_the_day_that_is_written(day: date, form: str, around: str) -> None:
    written = {
        "zh": f"{day.year}年{day.month}月{day.day}日",
        "numerals": chinese(day, "〇"),
        "iso": day.isoformat(),
    }[form]
    facts = read(
        item("某办法", f"{around.replace('《', '').replace('》', '')}。\n本办法自{written}起施行。"), by=NFRA
    )

    assert values(facts, "date_effective") == [day.isoformat()]


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sampled_from(["{:%B} {d}, {:%Y}", "{d} {:%B} {:%Y}"]), AROUND)
def test_no_date_fact_is_another_day_than_the_one_written(day: date, form: str, around: str) -> None:
    written = form.format(day, day, d=day.day)
    text = f"{around} The rule takes effect on {written}. Comments are due by {written}. It expires on {written}."
    facts = read(item("Rule", text, lang="en"), by=FCA)
    told = {fact.value for fact in facts if fact.kind.startswith("date_")}

    assert told == {day.isoformat()}


@given(DAYS.filter(lambda day: day.year < 2090), st.integers(1, 9))
def test_years_are_counted_to_the_same_day_or_the_last_of_a_short_month(day: date, years: int) -> None:
    end = later(day, str(years), "年")

    assert end is not None
    assert (end.year, end.month) == (day.year + years, day.month)
    assert end.day == min(day.day, monthrange(end.year, end.month)[1])


@given(DAYS.filter(lambda day: day.year < 2099), st.integers(1, 180))
def test_days_are_counted_one_by_one(day: date, count: int) -> None:
    assert later(day, str(count), "日") == day + timedelta(days=count)


@pytest.mark.parametrize("count, unit", [("0", "年"), ("零", "日")])
def test_no_term_is_no_day(count: str, unit: str) -> None:
    assert later(date(2026, 1, 1), count, unit) is None
