"""Dates: every form that sources use, and never a wrong one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.crawler.parse.dates import read_moment
from dibao.store import Moment

SHANGHAI = "Asia/Shanghai"
SEEN = datetime(2026, 3, 5, 8, tzinfo=UTC)


def shown(moment: Moment | None) -> str | None:
    """A day as 2026-03-05, a time in UTC as 2026-03-05T06:30Z."""
    if moment is None:
        return None
    return moment.at.strftime("%Y-%m-%dT%H:%MZ") if moment.at else moment.day.isoformat()


CHINESE = {
    "2026年3月5日": "2026-03-05",
    "2026 年 3 月 5 日": "2026-03-05",
    "２０２６年３月５日": "2026-03-05",
    "2026年3月5日(星期四)": "2026-03-05",
    "2026年3月5日星期一": "2026-03-05",  # it was a Thursday
    "二〇二六年三月五日": "2026-03-05",
    "二○二四年十二月二十七日": "2024-12-27",
    "二Ｏ二四年十月廿三日": "2024-10-23",
    "二零二六年十月八日": "2026-10-08",
    "2026年十月八日": "2026-10-08",
    "2026年03月05日 14时30分": "2026-03-05T06:30Z",
    "2026年10月8日（星期四）上午9时30分": "2026-10-08T01:30Z",
    "2026年10月8日下午3时": "2026-10-08T07:00Z",
    "2026年10月8日晚上12点": "2026-10-08",  # tonight or tomorrow
    "2026/3/5 下午2:30": "2026-03-05T06:30Z",
    "2026.3.5": "2026-03-05",
    "2026-03-05 14:30": "2026-03-05T06:30Z",
    "2026/6/29 15:07": "2026-06-29T07:07Z",
    "2026-11-03-09:15:00": "2026-11-03T01:15Z",  # gov.cn's meta tags
    "2026-11-20 10:00:00  +0800": "2026-11-20T02:00Z",  # 36Kr's feed
    "2026-03-05 09:00（北京时间）": "2026-03-05T01:00Z",
    "民國115年3月5日": "2026-03-05",
    "中華民國一百一十五年三月五日": "2026-03-05",
    "令和8年3月5日": "2026-03-05",
    "发布时间：2026-03-05 14:30:00　来源：云川日报": "2026-03-05T06:30Z",
    "2026-10-08 2026年10月8日": "2026-10-08",
    "20261120": "2026-11-20",
    "2026年 月 日": None,
    "2026年10月": None,
    "2026年13月1日": None,
    "2026年2月30日": None,
    "2026-10-08 25:61": None,
    "2026-09-17至2026-10-17": None,
    "3月5日": None,
    "昨天 14:30": None,
    "5分钟前": None,
    "115/10/08": None,
    "1.2026.3.5": None,
    "-2026-03-05": None,
    "2026-W10-4": None,
    "1772672400000": None,
    "1989年6月1日": None,
    "": None,
}
ENGLISH = {
    "Tuesday, October 6, 2026 - 10:50": "2026-10-06T09:50Z",  # FCA
    "6 October 2026": "2026-10-06",
    "Oct. 6th, 2026": "2026-10-06",
    "the 6th of October, 2026": "2026-10-06",
    "6-Oct-2026": "2026-10-06",
    "Wednesday 7 October 2026 16:05": "2026-10-07T15:05Z",
    "October 6, 2026 at 5:00 p.m. ET": "2026-10-06T21:00Z",
    "October 6, 2026 5 pm ET": "2026-10-06T21:00Z",
    "Tue, 06 Oct 2026 10:50:00 GMT": "2026-10-06T10:50Z",
    "Tue, 06 Oct 2026 10:50:00 BST": "2026-10-06T09:50Z",
    "Thu, 05 Mar 2026 09:00:00 EST": "2026-03-05T14:00Z",
    "Thu, 05 Mar 2026 09:00:00 +0800": "2026-03-05T01:00Z",
    "Thu, 05 Mar 2026 09:00:00 GMT+0800 (CST)": "2026-03-05T01:00Z",
    "Mon, 05 Mar 2026 09:00:00 -0000": "2026-03-05T09:00Z",  # a Thursday
    "Thu, 05 Mar 26 09:00 GMT": "2026-03-05T09:00Z",
    "Mon, 05 Mar 26 09:00 GMT": None,
    "2026-03-05t09:00:00z": "2026-03-05T09:00Z",
    "2026-03-05T09:00:00.123456+08:00": "2026-03-05T01:00Z",
    "2026-03-05 09:00:00+08": "2026-03-05T01:00Z",
    "20260305T090000Z": "2026-03-05T09:00Z",
    "13/03/2026": "2026-03-13",
    "03/13/2026": "2026-03-13",
    "05/05/2026": "2026-05-05",
    "12.7.2024": "2024-07-12",
    "05/03/2026": None,
    "First published: 06/10/2026": None,
    "November 2026": None,
    "8 May 2026, updated 9 May 2026": None,
    "Fri, 30 Feb 2026 09:00:00 GMT": None,
    "Thu, 05 Mar 2026 25:61:61 GMT": None,
    "Thu, 05 Mar 2026 09:00:00 +99:99": None,
    "Thu, 00 Jan 0000 00:00:00 GMT": None,
    "9999-12-31T23:59:59-14:00": None,
    "0001-01-01T00:00:00+14:00": None,
    "not a date": None,
}


@pytest.mark.parametrize(("raw", "want"), CHINESE.items(), ids=CHINESE)
def test_chinese_forms(raw: str, want: str | None) -> None:
    assert shown(read_moment(raw, zone=SHANGHAI, lang="zh-Hans")) == want


@pytest.mark.parametrize(("raw", "want"), ENGLISH.items(), ids=ENGLISH)
def test_english_forms(raw: str, want: str | None) -> None:
    assert shown(read_moment(raw, zone="Europe/London", lang="en")) == want


@pytest.mark.parametrize("raw", ["115/10/08", "115年10月8日", "115.10.08"])
def test_years_of_the_republic_are_read_in_taiwan_only(raw: str) -> None:
    assert shown(read_moment(raw, zone="Asia/Taipei")) == "2026-10-08"
    assert read_moment(raw, zone="Asia/Hong_Kong") is None


@pytest.mark.parametrize(
    ("raw", "date_format", "want"),
    [
        pytest.param("1772672400000", "ms", "2026-03-05T01:00Z", id="milliseconds"),
        pytest.param("1772672400", "s", "2026-03-05T01:00Z", id="seconds"),
        pytest.param("17726724000001", "s", None, id="too-far"),
        pytest.param("06/10/2026", "%d/%m/%Y", "2026-10-06", id="day-first"),
        pytest.param("2026-10-06", "%d/%m/%Y", "2026-10-06", id="other-form-than-said"),
        pytest.param(
            "05 Mar 2026 09:00:00 GMT", "%d %b %Y %H:%M:%S GMT", "2026-03-05T01:00Z", id="nominal-gmt"
        ),
    ],
)
def test_a_configured_format_comes_first(raw: str, date_format: str, want: str | None) -> None:
    assert shown(read_moment(raw, zone=SHANGHAI, date_format=date_format)) == want


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("3月5日", "2026-03-05"),
        ("3月7日", "2025-03-07"),
        ("昨天 14:30", "2026-03-04T06:30Z"),
        ("3小时前", "2026-03-05T05:00Z"),
        ("5分钟前", "2026-03-05T07:55Z"),
        ("2天前", "2026-03-03"),
        ("刚刚", "2026-03-05T08:00Z"),
        ("2 hours ago", "2026-03-05T06:00Z"),
        ("tomorrow", None),
    ],
)
def test_relative_times_are_read_where_the_clock_is_known(raw: str, want: str | None) -> None:
    assert shown(read_moment(raw, zone=SHANGHAI, seen=SEEN)) == want


@pytest.mark.parametrize(
    ("zone", "want"),
    [(SHANGHAI, "2026-03-05T01:00Z"), ("America/Chicago", "2026-03-05T15:00Z"), ("UTC", "2026-03-05")],
)
def test_cst_is_read_by_who_writes_it(zone: str, want: str) -> None:
    assert shown(read_moment("Thu, 05 Mar 2026 09:00:00 CST", zone=zone)) == want


def test_the_day_is_the_one_at_the_source() -> None:
    moment = read_moment("Wed, 04 Mar 2026 16:30:00 GMT", zone=SHANGHAI)

    assert moment is not None
    assert (moment.day, moment.zone) == (date(2026, 3, 5), SHANGHAI)


DAYS = st.dates(date(1990, 1, 2), date(2100, 12, 30))
FORMS = [
    "%Y-%m-%d",
    "%Y年%m月%d日",
    "%Y.%m.%d",
    "%Y/%m/%d",
    "%d %B %Y",
    "%B %d, %Y",
    "%d-%b-%Y",
    "发布日期：%Y-%m-%d",
]
NUMERALS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十") + (
        NUMERALS[ones] if ones else ""
    )


@given(DAYS, st.sampled_from(FORMS))
def test_a_day_written_is_the_day_read(day: date, form: str) -> None:
    assert read_moment(day.strftime(form), zone=SHANGHAI) == Moment(day=day, zone=SHANGHAI)


@given(DAYS, st.sampled_from("〇○零"))
def test_a_day_in_chinese_numerals_is_the_day_read(day: date, zero: str) -> None:
    year = "".join(NUMERALS[int(c)] for c in str(day.year)).replace("〇", zero)
    raw = f"{year}年{chinese(day.month)}月{chinese(day.day)}日"

    assert read_moment(raw, zone=SHANGHAI) == Moment(day=day, zone=SHANGHAI)


@given(
    DAYS,
    st.times().map(lambda t: t.replace(microsecond=0)),
    st.sampled_from(["UTC", SHANGHAI, "America/New_York", "Europe/Berlin"]),
)
def test_a_time_with_its_offset_is_the_time_read(day: date, clock: time, zone: str) -> None:
    at = datetime.combine(day, clock, tzinfo=UTC).astimezone(ZoneInfo(zone))
    if at.utcoffset() != timedelta(minutes=(at.utcoffset() or timedelta()) // timedelta(minutes=1)):
        at = at.astimezone(UTC)  # offsets with seconds cannot be written
    for raw in (at.isoformat(), format_datetime(at)):
        found = read_moment(raw, zone=SHANGHAI)

        assert found is not None
        assert found.at == at


@given(
    st.text("0123456789年月日-/.: TZ+上下午时分,JanMay前", max_size=40),
    st.sampled_from([SHANGHAI, "Asia/Taipei"]),
)
def test_noise_gives_a_date_of_our_time_or_none(raw: str, zone: str) -> None:
    found = read_moment(raw, zone=zone, seen=SEEN)

    assert found is None or 1990 <= found.day.year <= 2100
