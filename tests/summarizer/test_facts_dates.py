"""Dates of a document: each from its own phrase, none from another's, none guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.store import Item, Source
from dibao.summarizer.facts import parse_date

from .making import FCA, FR, KR36, NFRA, PBC, SEC, SFC, item, read, values

KINDS = ("date_signed", "date_published", "date_effective", "date_deadline", "date_expiry")


@pytest.mark.parametrize(
    "written, day",
    [
        pytest.param("2024年12月27日", date(2024, 12, 27), id="Chinese"),
        pytest.param("2024 年 1 月 7 日", date(2024, 1, 7), id="Chinese with spaces"),
        pytest.param("二〇二四年十二月二十七日", date(2024, 12, 27), id="numerals"),
        pytest.param("二○二四年一月十日", date(2024, 1, 10), id="numerals with ○"),
        pytest.param("二零一九年十一月三十日", date(2019, 11, 30), id="numerals with 零"),
        pytest.param("2024-12-27", date(2024, 12, 27), id="ISO"),
        pytest.param("2024.12.27", date(2024, 12, 27), id="points"),
        pytest.param("January 5, 2026", date(2026, 1, 5), id="American"),
        pytest.param("5 January 2026", date(2026, 1, 5), id="British"),
        pytest.param("Sept. 5, 2026", date(2026, 9, 5), id="short month"),
        pytest.param("2026年2月30日", None, id="impossible day"),
        pytest.param("2026年 月 日", None, id="blanks"),
        pytest.param("10月15日", None, id="no year"),
        pytest.param("3026年1月1日", None, id="impossible year"),
        pytest.param("yesterday", None, id="no date"),
    ],
)
def test_written_dates(written: str, day: date | None) -> None:
    assert parse_date(written) == day


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_back_in_every_form(day: date) -> None:
    forms = (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
    )

    assert {parse_date(form) for form in forms} == {day}


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_none(text: str) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), date)


@pytest.mark.parametrize(
    "what, by, expected",
    [
        pytest.param(
            item("银行办法", "第五条 本办法自2026年1月1日起施行。", day=date(2025, 1, 6)),
            NFRA,
            {"date_published": "2025-01-06", "date_effective": "2026-01-01"},
            id="effective by date",
        ),
        pytest.param(
            item("银行办法", "本办法自公布之日起施行。", day=date(2025, 1, 6)),
            NFRA,
            {"date_published": "2025-01-06", "date_effective": "2025-01-06"},
            id="effective from publication",
        ),
        pytest.param(
            item("银行办法", "本办法自公布之日起施行。"), NFRA, {}, id="publication unknown: no fact"
        ),
        pytest.param(
            item("银行办法", "本通知自印发之日起施行。", day=date(2025, 1, 6)),
            NFRA,
            {"date_published": "2025-01-06"},
            id="issue unknown: not the day of publication",
        ),
        pytest.param(
            item("银行通知", "本通知自印发之日起施行。", labels=(("成文日期", "2024年12月30日"),)),
            NFRA,
            {"date_signed": "2024-12-30", "date_effective": "2024-12-30"},
            id="effective from issue",
        ),
        pytest.param(
            item("银行办法", "本办法自公布之日起六个月后施行。", day=date(2025, 8, 31)),
            NFRA,
            {"date_published": "2025-08-31", "date_effective": "2026-02-28"},
            id="months are counted to the end of a short month",
        ),
        pytest.param(
            item(
                "银行办法（征求意见稿）公开征求意见",
                "本办法自2026年 月 日起施行。意见反馈截止时间为2026年2月5日。",
            ),
            NFRA,
            {"date_deadline": "2026-02-05"},
            id="draft with blanks",
        ),
        pytest.param(
            item(
                "银行办法（征求意见稿）", "请于2026年2月5日前将意见反馈至本局。本办法自2026年5月1日起施行。"
            ),
            NFRA,
            {"date_deadline": "2026-02-05"},
            id="a draft takes no effect",
        ),
        pytest.param(
            item("关于做好工作的通知", "根据2021年9月1日起施行的《数据安全法》，制定本通知。"),
            NFRA,
            {},
            id="a cited law's date is not ours",
        ),
        pytest.param(
            item("关于做好工作的通知", "《甲办法》自2021年9月1日起施行，各行应当遵守。"),
            NFRA,
            {},
            id="another document's date is not ours",
        ),
        pytest.param(
            item("银行通知", "请于2026年3月1日前报送材料。"),
            NFRA,
            {},
            id="a deadline for reports is not one for comments",
        ),
        pytest.param(
            item("通知", "各行：\n请执行。\n中国人民银行\n2026年3月2日\n附件：2026年目录"),
            PBC,
            {"date_signed": "2026-03-02"},
            id="signature block",
        ),
        pytest.param(
            item("通知", "正文。\n2026年3月2日\n其他"), PBC, {}, id="a lone date line is no signature"
        ),
        pytest.param(
            item("通知", "正文。\n办公室\n二〇二三年四月二十一日印发"),
            PBC,
            {"date_signed": "2023-04-21"},
            id="printed",
        ),
        pytest.param(
            item("关于2027年1月1日系统切换的通知", "正文。"), PBC, {}, id="a date in a title is nobody's date"
        ),
        pytest.param(
            item("快讯", "总局发布《银行办法》，自2026年1月1日起施行。", day=date(2025, 7, 1)),
            KR36,
            {"date_published": "2025-07-01", "date_effective": "2026-01-01"},
            id="a report gives the effective date",
        ),
        pytest.param(
            item("快讯", "总局发布办法，自公布之日起施行。", day=date(2025, 7, 1)),
            KR36,
            {"date_published": "2025-07-01"},
            id="the report's day is not the promulgation",
        ),
        pytest.param(
            item("试点通知", "有效期至2027年12月31日。"), PBC, {"date_expiry": "2027-12-31"}, id="expiry"
        ),
        pytest.param(
            item("Custody rule", "The rule is effective January 5, 2026. Dated: July 8, 2025.", lang="en"),
            SEC,
            {"date_effective": "2026-01-05"},
            id="English effective",
        ),
        pytest.param(
            item("CP24/2: Consultation on fees", "Please respond by Friday, 31 January 2026.", lang="en"),
            FCA,
            {"date_deadline": "2026-01-31"},
            id="British deadline",
        ),
        pytest.param(
            item("Proposed rule", "Comments must be received on or before March 3, 2026.", lang="en"),
            SEC,
            {"date_deadline": "2026-03-03"},
            id="American deadline",
        ),
        pytest.param(
            item(
                "Custody; final rule",
                "Effective 60 days after publication in the Federal Register.",
                lang="en",
                day=date(2026, 1, 1),
            ),
            FR,
            {"date_published": "2026-01-01", "date_effective": "2026-03-02"},
            id="counted from the Federal Register",
        ),
        pytest.param(
            item(
                "Custody; final rule",
                "Effective 60 days after publication in the Federal Register.",
                lang="en",
                day=date(2026, 1, 1),
            ),
            SEC,
            {"date_published": "2026-01-01"},
            id="a press release's day is not the Register's",
        ),
    ],
)
def test_dates_of_a_document(what: Item, by: Source, expected: dict[str, str]) -> None:
    facts = read(what, by=by)

    assert {kind: value for kind in KINDS for value in values(facts, kind)} == expected


@pytest.mark.parametrize(
    "text, lang, by, expected",
    [
        pytest.param(
            "过渡期至2027年6月30日。",
            "zh-Hans",
            NFRA,
            {"date_compliance": "2027-06-30"},
            id="end of a transition",
        ),
        pytest.param(
            "Compliance is required by August 2, 2027.",
            "en",
            SEC,
            {"date_compliance": "2027-08-02"},
            id="compliance date",
        ),
        pytest.param(
            "Firms must fully comply with these rules by 1 May 2027.",
            "en",
            FCA,
            {"date_compliance": "2027-05-01"},
            id="must comply by",
        ),
        pytest.param(
            "我局定于2026年5月6日在北京召开听证会。",
            "zh-Hans",
            NFRA,
            {"date_hearing": "2026-05-06"},
            id="hearing",
        ),
        pytest.param(
            "A public hearing will be held on May 6, 2026.",
            "en",
            SEC,
            {"date_hearing": "2026-05-06"},
            id="public hearing",
        ),
        pytest.param(
            "Comments must be received within 60 days of publication in the Federal Register.",
            "en",
            FR,
            {"date_deadline": "2026-04-30"},
            id="deadline counted from the gazette",
        ),
        pytest.param(
            "This rule is effective 30 days after publication in the Federal Register.",
            "en",
            FR,
            {"date_effective": "2026-03-31"},
            id="effective counted from the gazette",
        ),
        pytest.param(
            "This rule is effective 30 days after publication in the Federal Register.",
            "en",
            SEC,
            {},
            id="another page does not know the gazette's day",
        ),
        pytest.param(
            "The guidance applies from April 1, 2027.",
            "en",
            FCA,
            {"date_effective": "2027-04-01"},
            id="applies from",
        ),
        pytest.param(
            "中国人民银行决定自2026年12月5日起，下调准备金率。",
            "zh-Hans",
            NFRA,
            {"date_effective": "2026-12-05"},
            id="decided from a day on",
        ),
        pytest.param(
            "有關要求由2027年2月1日起適用。",
            "zh-Hant",
            SFC,
            {"date_effective": "2027-02-01"},
            id="Hong Kong wording",
        ),
        pytest.param(
            "意见反馈截止时间由2026年3月1日延长至2026年4月1日。",
            "zh-Hans",
            NFRA,
            {"date_deadline": "2026-04-01"},
            id="extended deadline",
        ),
        pytest.param(
            "本办法自2026年5月1日起施行，有效期三年。",
            "zh-Hans",
            NFRA,
            {"date_effective": "2026-05-01", "date_expiry": "2029-04-30"},
            id="a term counted from the effective day",
        ),
        pytest.param(
            "本办法自2026年5月1日起试行，试行期两年。",
            "zh-Hans",
            NFRA,
            {"date_effective": "2026-05-01", "date_expiry": "2028-04-30"},
            id="a term of trial",
        ),
        pytest.param(
            "本办法自印发之日起施行，有效期三年。",
            "zh-Hans",
            NFRA,
            {},
            id="a term without an effective day counts from nothing",
        ),
        pytest.param(
            "本办法自2026年5月1日起施行。许可证有效期三年。",
            "zh-Hans",
            NFRA,
            {"date_effective": "2026-05-01"},
            id="the term of a licence is not the paper's",
        ),
        pytest.param(
            "本通知自2026年5月1日起施行，至2027年12月31日止。",
            "zh-Hans",
            NFRA,
            {"date_effective": "2026-05-01", "date_expiry": "2027-12-31"},
            id="in force to a day",
        ),
        pytest.param(
            "This relief will expire on June 30, 2027.",
            "en",
            SEC,
            {"date_expiry": "2027-06-30"},
            id="relief expires",
        ),
        pytest.param(
            "The comment period expires on June 30, 2026.",
            "en",
            SEC,
            {"date_deadline": "2026-06-30"},
            id="a comment period that expires is a deadline",
        ),
        pytest.param(
            "These rules take effect on 1 July 2026. They cease to have effect on 1 July 2028.",
            "en",
            FCA,
            {"date_effective": "2026-07-01", "date_expiry": "2028-07-01"},
            id="ceases to have effect",
        ),
        pytest.param(
            "The order is effective July 1, 2026 and expires two years after its effective date.",
            "en",
            SEC,
            {"date_effective": "2026-07-01", "date_expiry": "2028-07-01"},
            id="English term",
        ),
        pytest.param(
            "This statement reminds firms that Regulation (EU) 2022/2554 applies from 17 January 2025.",
            "en",
            FCA,
            {},
            id="the day of a law that is named is not ours",
        ),
        pytest.param(
            "The former rule took effect on January 5, 2020. The amended rule is effective July 1, 2026.",
            "en",
            SEC,
            {"date_effective": "2026-07-01"},
            id="what took effect long ago is history",
        ),
        pytest.param(
            "Firms must submit their annual return by 31 July 2026.",
            "en",
            FCA,
            {},
            id="a return that is due is no deadline for comments",
        ),
        pytest.param(
            "The closing date for submissions is 7 June 2026.",
            "en",
            FCA,
            {"date_deadline": "2026-06-07"},
            id="closing date",
        ),
        pytest.param(
            "Comments should reach us by 5 p.m. Eastern Time on Friday, June 12, 2026.",
            "en",
            SEC,
            {"date_deadline": "2026-06-12"},
            id="an hour with its zone",
        ),
        pytest.param(
            "作出处罚决定的日期 | 2026年2月3日",
            "zh-Hans",
            NFRA,
            {"date_signed": "2026-02-03"},
            id="beside a label in the text",
        ),
    ],
)
def test_each_kind_of_date_has_its_words(text: str, lang: str, by: Source, expected: dict[str, str]) -> None:
    facts = read(item("x", text, lang=lang, day=date(2026, 3, 1)), by=by)
    dates = {f.kind: f.value for f in facts if f.kind.startswith("date_")}

    assert dates == {"date_published": "2026-03-01", **expected}
