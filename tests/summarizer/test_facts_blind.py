"""The sets written blind hold what they promise: each label stands in its text, both halves are alike.

Nothing is read by rule here: how well facts are read from it is for `dibao eval facts` to say.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from dibao.crawler.source import load
from dibao.facts_quality import ALWAYS, ASKED, HALVES, LABELLED, labelled, withheld
from dibao.store import (
    DOCUMENT_TYPES,
    ENTITIES,
    LEGAL_LEVELS,
    RELATIONS,
    SANCTIONS,
    STAGES,
    SUBTOPICS,
    TOPICS,
)
from dibao.summarizer.glossary import load_glossary

ENTRIES: list[tuple[str, dict[str, Any]]] = []
for file in sorted(LABELLED.glob("blind-*.yaml")):
    defaults, *found = yaml.safe_load(file.read_text("utf-8"))
    ENTRIES += [
        (f"{file.stem} {number}", {**defaults["defaults"], **entry}) for number, entry in enumerate(found, 1)
    ]
each_entry = pytest.mark.parametrize("entry", [e for _, e in ENTRIES], ids=[name for name, _ in ENTRIES])

DATES = [kind for kind in ALWAYS if kind.startswith("date_")]
CLOSED = {
    "document_type": DOCUMENT_TYPES,
    "stage": STAGES,
    "entity_bound": ENTITIES,
    "legal_level": LEGAL_LEVELS,
    "topic": {**TOPICS, **SUBTOPICS},
    "obligation": dict.fromkeys(("must", "must_not", "may", "encouraged", "in_principle", "except")),
    "issuer": load_glossary().bodies,
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
SCALES = {
    "": 1,
    "万": 1e4,
    "萬": 1e4,
    "亿": 1e8,
    "万亿": 1e12,
    " million": 1e6,
    "mn": 1e6,
    " billion": 1e9,
    " trillion": 1e12,
}
DIGITS = "〇一二三四五六七八九"


def values(entry: dict[str, Any], kind: str) -> list[Any]:
    value = entry["want"].get(kind, [])
    return value if isinstance(value, list) else [value]


def whole(entry: dict[str, Any]) -> str:
    return "\n".join((entry["title"], entry["text"], *map(str, entry.get("labels", {}).values())))


def plain(text: str) -> str:
    """Return a text as numbers are compared: no spaces, no 第, one kind of bracket."""
    text = re.sub(r"[\s第]", "", text).translate(str.maketrans("（）[]【】—–", "〔〕〔〕〔〕--"))
    return re.sub(r"(令|公告)〔?(\d{4})年(\d+)号", r"\1〔\2〕\3号", text)


def small(number: int) -> str:
    """Return a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def forms(day: date) -> set[str]:
    """Return the ways in which these documents write a day."""
    y, m, d = day.year, day.month, day.day
    year = "".join(DIGITS[int(c)] for c in str(y))
    month = MONTHS[m - 1]
    counted = f"{d}{'th' if 10 < d < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(d % 10, 'th')}"
    english = {f"{month} {d}, {y}", f"{d} {month} {y}", f"{month[:3]}. {d}, {y}", f"{d} {month[:3]} {y}"}
    english |= {f"{counted} {month} {y}", f"{counted} day of {month}, {y}"}
    chinese = {
        f"{y}年{m}月{d}日",
        f"{y}年{m:02}月{d:02}日",
        f"{year}年{small(m)}月{small(d)}日",
        day.isoformat(),
    }
    minguo = f"{DIGITS[(y - 1911) // 100]}百{small((y - 1911) % 100)}"
    return english | chinese | {f"{y - 1911}年{m}月{d}日", f"{minguo}年{small(m)}月{small(d)}日"}


def test_both_halves_have_documents_of_both_languages() -> None:
    count = Counter((e["half"], e["lang"][:2]) for _, e in ENTRIES if e["half"] != "learn-2")
    first = {("learn", "zh"): 22, ("held", "zh"): 22, ("learn", "en"): 18, ("held", "en"): 18}

    assert count == {**first, ("check", "zh"): 20, ("check", "en"): 20}


def test_the_second_learn_set_is_chinese_of_both_scripts() -> None:
    count = Counter(entry["lang"] for _, entry in ENTRIES if entry["half"] == "learn-2")

    assert count["zh-Hans"] >= 24
    assert count["zh-Hant"] >= 4


def test_the_halves_share_no_document_with_each_other_or_with_the_older_set() -> None:
    titles = Counter(document.item.title for half in ("", *HALVES) for document in labelled(half))
    blind = {entry["title"] for _, entry in ENTRIES}

    assert len(blind) == len(ENTRIES)
    assert all(titles[title] == 1 for title in blind)


def test_the_second_learn_set_has_english_documents_of_many_issuers() -> None:
    english = [entry for _, entry in ENTRIES if entry["half"] == "learn-2" and entry["lang"] == "en"]

    assert len(english) == 28
    assert len({entry["by"] for entry in english}) >= 20


@each_entry
def test_values_are_of_the_closed_lists(entry: dict[str, Any]) -> None:
    known = {"relations", "private", *ALWAYS, *ASKED}
    told = entry["want"].get("relations", {})

    assert set(entry["want"]) <= known
    always = {"document_number", "document_type", "issuer", "stage"}
    assert (always & set(entry["only"]) if "only" in entry else always) <= set(entry["want"])
    assert set(told) <= set(RELATIONS)
    assert entry["by"] in load()
    for kind, keys in CLOSED.items():
        assert [value for value in values(entry, kind) if value not in keys] == []


@each_entry
def test_every_date_stands_in_the_text_or_says_how_it_is_computed(entry: dict[str, Any]) -> None:
    text = re.sub(r"\s+", " ", whole(entry)).replace("○", "〇").replace("零", "〇")
    computed = entry.get("computed", {})

    for kind in DATES:
        for day in values(entry, kind):
            assert date(2025, 12, 1) <= day <= date(2031, 12, 31)
            written = any(re.search(rf"(?<![\d一二三十百]){re.escape(form)}", text) for form in forms(day))
            assert written or computed[kind] in text, (kind, day)


@each_entry
def test_dates_of_one_document_are_in_a_plausible_order(entry: dict[str, Any]) -> None:
    day, deadlines = entry["day"], values(entry, "date_deadline") + values(entry, "date_hearing")
    effective = values(entry, "date_effective")
    stage = entry["want"].get("stage")

    assert all(day - timedelta(days=90) <= signed <= day for signed in values(entry, "date_signed"))
    assert all(day < deadline <= day + timedelta(days=120) for deadline in deadlines)
    assert all(end > max(effective, default=day) for end in values(entry, "date_expiry"))
    if effective and stage not in ("none", "enforced", None):
        assert stage == ("in_force" if max(effective) <= day else "not_yet_in_force")
    assert not (stage == "in_force" and not effective)
    if entry["want"].get("document_type") in ("consultation", "proposed_rule"):
        assert stage == "draft"
        assert effective == []


@each_entry
def test_weekdays_are_those_of_their_dates(entry: dict[str, Any]) -> None:
    chinese = re.findall(r"(\d{4})年(\d+)月(\d+)日（星期([一二三四五六日])）", entry["text"])
    english = re.findall(r"([A-Z]\w+day),? (\w+ \d+, \d{4}|\d+ [A-Z]\w+ \d{4})", entry["text"])

    assert all(
        date(int(y), int(m), int(d)).weekday() == "一二三四五六日".index(day) for y, m, d, day in chinese
    )
    assert all(spoken(written).strftime("%A") == day for day, written in english)


def spoken(written: str) -> date:
    """Return the day of `May 22, 2026` or `16 April 2026`."""
    month = next(number for number, name in enumerate(MONTHS, 1) if name in written)
    day, year = map(int, re.findall(r"\d+", written))
    return date(year, month, day)


@each_entry
def test_numbers_and_relations_stand_in_the_text(entry: dict[str, Any]) -> None:
    text = plain(whole(entry))
    related = [v for value in entry["want"].get("relations", {}).values() for v in value]

    for value in [*values(entry, "document_number"), *values(entry, "instrument"), *related]:
        bare = plain(re.sub(r"^Release No\. ", "", value))
        assert bare in text or (value[0] == "《" and bare[:-1] in text), value


@each_entry
def test_penalties_amounts_and_private_words_stand_in_the_text(entry: dict[str, Any]) -> None:
    text = whole(entry)
    for penalty in values(entry, "penalty"):
        party, *sanctions = penalty.split("; ")
        assert party in text
        assert all(sanction.split("=")[0] in SANCTIONS for sanction in sanctions)
    for amount in [
        *values(entry, "amount"),
        *re.findall(r"=([A-Z]{3} [\d.]+)", " ".join(values(entry, "penalty"))),
    ]:
        bare = text.replace(",", "")
        assert any(re.search(rf"(?<![\d.]){re.escape(form)}(?!\d)", bare) for form in money(amount)), amount
    for words in values(entry, "private"):
        assert words in entry["text"]


def money(amount: str) -> set[str]:
    """Return ways to write an amount, without its currency."""
    unit, figure = amount.split(" ")
    value = float(figure)
    if unit == "PCT":
        return {f"{value:g}{sign}" for sign in ("%", " %", "％", " percent")}
    digits = f"{value / 1e4:.0f}"[-3:]
    units = ("佰", "拾", "万")[-len(digits) :]
    capitals = "".join(
        (f"{'零壹贰叁肆伍陆柒捌玖'[int(c)]}" if c != "0" else "") + (u if c != "0" or u == "万" else "")
        for c, u in zip(digits, units, strict=True)
    )
    scaled = {f"{value / scale:.12g}{word}" for word, scale in SCALES.items()}
    said = {f"{small(int(value / 1e4))}万"} if 1e4 <= value < 1e6 else set()
    return scaled | said | {capitals, f"{value:_.0f}".replace("_", " ")}


@pytest.mark.parametrize(
    "spans, told",
    [
        pytest.param([(4, 7)], ["王小明"], id="hidden"),
        pytest.param([(3, 8)], ["王小明"], id="hidden with more around it"),
        pytest.param([(4, 6)], [], id="half hidden is not hidden"),
        pytest.param([], [], id="open"),
        pytest.param([(0, 2), (4, 7)], ["王小明", "联系"], id="too much hidden"),
    ],
)
def test_redaction_counts_what_is_wholly_hidden_and_what_should_not_be(
    spans: list[tuple[int, int]], told: list[str]
) -> None:
    assert withheld("联系人：王小明。", ["王小明"], spans) == told
