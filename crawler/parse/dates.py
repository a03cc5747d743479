"""When something was published, read from what a source wrote. Never a wrong date: in doubt, None.

Chinese forms are our own (general readers invent days and fill blanks from today); RFC 822, ISO 8601 and
written English are read by strict patterns; dateparser has the last word only where its answer agrees with
the year, month and day that stand in the string.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from dibao.store import Moment

YEARS = range(1990, 2101)
_LONGEST = 300

_DIGIT = "〇○◯零０Ｏ一二三四五六七八九"
_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○◯零ＯOo", "0")
_ERAS = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988}
_MONTH_NAMES = (
    "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|"
    "sep sept september|oct october|nov november|dec december"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        _MONTH_NAMES.split("|"),
        1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s{0,3})?"

# Hours that an abbreviation means wherever it stands. CST, IST and the like depend on who writes.
_ABBREVIATIONS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "CET": 1, "WEST": 1, "CEST": 2, "EET": 2,
    "EEST": 3, "GST": 4, "SGT": 8, "HKT": 8, "MYT": 8, "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
    "MSK": 3, "NZST": 12, "NZDT": 13,
    "EDT": -4, "EST": -5, "CDT": -5, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8,
}  # fmt: skip
_PLACES = {
    "ET": "America/New_York", "CT": "America/Chicago", "PT": "America/Los_Angeles",
    "EASTERN TIME": "America/New_York", "北京时间": "Asia/Shanghai", "北京時間": "Asia/Shanghai",
    "香港时间": "Asia/Hong_Kong", "香港時間": "Asia/Hong_Kong",
}  # fmt: skip
_LOCAL: dict[str, dict[str, float]] = {
    "CST": {"Asia/": 8, "America/": -6},
    "IST": {"Asia/Kolkata": 5.5, "Asia/Calcutta": 5.5, "Europe/Dublin": 1},
}

_HALF_EN = r"(?P<half>[ap]\.?\s?m\b\.?)"
_HALF_ZH = "(?P<before>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|晚間|夜间|晚|AM|PM)"
_OFFSET = (
    r"(?:\s{0,3}[(（]?(?P<place>北京时间|北京時間|香港时间|香港時間|Eastern\s?Time|(?:GMT|UTC)(?=\s?[+-])"
    r"|[A-Z]{1,5}\b)?(?:\s{0,3}(?P<offset>[+-]\d{1,2}(?::?\d{2})?)(?!\d))?(?:\s?\([A-Za-z ]{1,40}\))?[)）]?)"
)
_CLOCK = (
    rf"(?:{_HALF_ZH}\s{{0,2}})?(?P<hour>\d{{1,2}})\s{{0,2}}(?:[:：时時点點]\s{{0,2}}(?P<minute>\d{{1,2}})?分?"
    rf"(?:\s{{0,2}}:?\s{{0,2}}(?P<second>\d{{1,2}})秒?(?:[.,]\d{{1,9}})?)?)(?!\d)(?:\s{{0,2}}{_HALF_EN})?"
)
_BARE_CLOCK = r"(?P<hour2>\d{1,2})\s?(?P<half2>[ap]\.?\s?m\b\.?)"
_TIME = rf"(?:(?:{_CLOCK}|{_BARE_CLOCK}){_OFFSET})?"
_ZH_WEEKDAY = r"(?:\s{0,3}[(（]?\s?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\s?[)）]?)?"
_END = r"(?!\d)(?![-./年]\d)"
_START = r"(?<![\d.])(?<!\d[-/])(?<!^-)"


def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(body, re.IGNORECASE)


_JOIN = rf"{_ZH_WEEKDAY}(?:\s{{0,3}}(?:T|[-–,，]|\bat\b)?\s{{0,3}}){_TIME}{_END}"
_PATTERNS = tuple(
    _pattern(body)
    for body in (
        rf"{_START}{_YEAR}(?P<s>[-/.])\s?(?P<month>\d{{1,2}})(?P=s)\s?(?P<day>\d{{1,2}})(?!\d)日?{_JOIN}",
        rf"(?<![\d{_DIGIT}])(?P<year>\d{{4}}|[{_DIGIT}Oo]{{4}})年(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月"
        rf"(?P<day>\d{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}})[日号號]?(?![一二三四五六七八九十百]){_JOIN}",
        rf"(?P<era>民國|民国|令和|平成)(?P<year>\d{{1,3}}|元|[{_DIGIT}十百]{{1,6}})(?:年|(?P<s>[-/.]))"
        rf"(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})(?:月|(?P=s))"
        rf"(?P<day>\d{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}})[日号號]?{_JOIN}",
        rf"(?<![\w-]){_WEEKDAY}{_MONTH}\s{{0,2}}{_DAY}(?!\d)(?:\s?,\s?|\s{{1,2}}){_YEAR}(?!\d){_JOIN}",
        rf"(?<![\w:-]){_WEEKDAY}{_DAY}[\s-](?:of\s)?{_MONTH},?[\s-]{_YEAR}(?!\d){_JOIN}",
        rf"(?<![\w-]){_YEAR}[\s-]{_MONTH}[\s-]{_DAY}(?!\d){_JOIN}",
        rf"^{_WEEKDAY}(?P<day>\d{{1,2}})\s{_MONTH}\s(?P<short>\d\d)(?!\d){_JOIN}",
        rf"^(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<packed>\d{{4}}(?:\d\d)?))?{_OFFSET}$",
    )
)
_MINGUO = _pattern(
    rf"(?<![\d./年-])(?P<year>\d{{2,3}})(?:年|(?P<s>[-/.]))(?P<month>\d{{1,2}})(?:月|(?P=s))"
    rf"(?P<day>\d{{1,2}})(?!\d)日?{_JOIN}"
)
_TWO_NUMBERS = _pattern(rf"{_START}(?P<a>\d{{1,2}})(?P<s>[/.])(?P<b>\d{{1,2}})(?P=s){_YEAR}(?!\d){_JOIN}")
_YEARLESS = _pattern(
    rf"^(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?P<day>\d{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}})日{_JOIN}$"
)
_AGO = re.compile(
    r"(?P<n>\d{1,4})\s?(?P<unit>分钟|分鐘|小时|小時|个小时|天|日|minutes?|mins?|hours?|days?)\s?(?:前|ago)",
    re.IGNORECASE,
)
_NEAR = re.compile(
    rf"(?P<word>刚刚|剛剛|just now|今天|今日|昨天|昨日|前天|today|yesterday)\s?{_TIME}", re.IGNORECASE
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_moment(
    raw: str, *, zone: str, lang: str = "", date_format: str = "", seen: datetime | None = None
) -> Moment | None:
    """Return when ``raw`` says, or None when it does not say so beyond doubt.

    ``zone`` (IANA) is the source's: a time without an offset is local to it, and ``day`` is the date there.
    ``date_format`` is ``s`` or ``ms`` for Unix time, else a strptime format that is tried first; a format
    with a literal ``GMT`` reads the local time of a feed that labels it wrongly. ``seen`` (aware) is when
    the text was served: without it relative times and dates without a year are None.

    None too for two different dates in one string, months before days without proof, times and offsets that
    do not exist, and years outside 1990–2100. A wrong weekday is ignored.
    """
    text = _normal(raw)
    if not text or len(text) > _LONGEST:
        return None
    if date_format in ("s", "ms"):
        return _unix(text, date_format, zone)
    try:
        found = _formatted(text, date_format, zone) if date_format else None
        if found is None:
            found = _stamp(text, zone) or _written(text, zone)
        if found is None and seen is not None:
            found = _relative(text, zone, seen)
        if found is None and text.isascii() and not lang.lower().startswith("zh"):
            found = _english(text, zone)
    except (ValueError, OverflowError):  # a day, time or offset that does not exist
        return None
    return found if found is not None and found.day.year in YEARS else None


def _normal(raw: str) -> str:
    text = raw[: _LONGEST * 2]
    if text.isascii():
        return " ".join(text.split())
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    # PDF and Word put spaces between the digits and signs of a Chinese date (346 of 1,152).
    return re.sub(r"\s*([年月日号號])\s*", r"\1", text) if "年" in text or "月" in text else text


_HOURS = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d"
_STAMP = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})"
    rf" ({_HOURS}) (?:GMT|UTC|([+-](?:0\d|1[0-4])[0-5]\d))"
    rf"|(\d{{4}}-\d\d-\d\dT{_HOURS}(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d))"
)


def _stamp(text: str, zone: str) -> Moment | None:
    """Read what programs write (RFC 2822 and 3339), the quick way. Raises ValueError as ``_written`` does."""
    found = _STAMP.fullmatch(text)
    if not found:
        return None
    day, month, year, clock, offset, iso = found.groups()
    if not iso:
        iso = f"{year}-{_MONTHS[month.lower()]:02}-{day:0>2}T{clock}{offset or 'Z'}"
    return _at(datetime.fromisoformat(iso), zone)


def _unix(text: str, unit: str, zone: str) -> Moment | None:
    if not re.fullmatch(r"\d{9,14}(?:\.\d{1,9})?", text):
        return None
    seconds = float(text) / (1000 if unit == "ms" else 1)
    if not 0 <= seconds < 4_133_980_800:  # 2101
        return None
    found = _at(datetime.fromtimestamp(int(seconds), UTC), zone)
    return found if found.day.year in YEARS else None


def _at(moment: datetime, zone: str) -> Moment:
    """Make a Moment of an aware time; the day is the one in the source's zone."""
    at = moment.astimezone(UTC)
    return Moment(day=(at if zone == "UTC" else at.astimezone(ZoneInfo(zone))).date(), at=at, zone=zone)


def _formatted(text: str, date_format: str, zone: str) -> Moment | None:
    try:
        moment = datetime.strptime(text, date_format)  # noqa: DTZ007 - the zone is the source's, below
    except ValueError:
        return None
    if not any(code in date_format for code in ("%H", "%I", "%X", "%c", "%T")):
        return Moment(day=moment.date(), zone=zone)
    return _at(moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone)), zone)


def _written(text: str, zone: str) -> Moment | None:
    """Return the one date that stands in the text. Raises ValueError when one of them cannot be."""
    found: list[Moment] = []
    patterns = [*_PATTERNS, _MINGUO] if zone == "Asia/Taipei" else _PATTERNS
    spans: list[tuple[int, int]] = []
    for pattern in patterns:
        for match in pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end in spans):
                spans.append(match.span())
                found.append(_moment(match, _date(match, minguo=pattern is _MINGUO), zone))
    for match in _TWO_NUMBERS.finditer(text):
        if all(match.end() <= start or match.start() >= end for start, end in spans):
            found.append(_moment(match, _two_numbers(match, zone), zone))
    if len({moment.day for moment in found}) != 1:
        return None
    times = {moment.at for moment in found if moment.at}
    if len(times) > 1:
        return Moment(day=found[0].day, zone=zone)
    return next((moment for moment in found if moment.at), found[0])


def _date(match: re.Match[str], *, minguo: bool = False) -> date:
    part = match.groupdict()
    month = _MONTHS.get(part["month"].lower().rstrip(".")) or _number(part["month"])
    day = _number(part["day"])
    if part.get("short"):
        year = 2000 + int(part["short"])
        made = date(year, month, day)
        # "05 Mar 26" could be 2005: the weekday must agree.
        if _WEEKDAYS[made.weekday()] != (part.get("weekday") or "").lower()[:3]:
            raise ValueError("a year of two digits without proof")
        return made
    year = 1 if part["year"] == "元" else _number(part["year"])
    if minguo:
        year += 1911
    elif part.get("era"):
        year += _ERAS[part["era"]]
    return date(year, month, day)


def _two_numbers(match: re.Match[str], zone: str) -> date:
    """05/03/2026 is two dates; 13/03/2026 is one; 12.7.2024 is one in Europe."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    if a == b or b > 12:
        return date(year, a, b)
    if a > 12 or (match["s"] == "." and zone.startswith("Europe/")):
        return date(year, b, a)
    raise ValueError("day and month could be the other way round")


def _number(written: str) -> int:
    """Read 2026, 二〇二六, 十一, 二十七, 廿三, 一百一十五. Raises ValueError."""
    if written.isdecimal():
        return int(written)
    if not set(written) & set("十百廿卅"):
        return int("".join(_DIGITS.get(c, c) for c in written))
    total = current = 0
    for c in written.replace("廿", "二十").replace("卅", "三十"):
        if c in "十百":
            total += (current or 1) * (10 if c == "十" else 100)
            current = 0
        else:
            current = int(_DIGITS.get(c, c))
    return total + current


def _moment(match: re.Match[str], day: date, zone: str) -> Moment:
    part = match.groupdict()
    offset = _offset(part, zone) if part.get("offset") or part.get("place") else zone
    clock = _clock(part)
    if clock is None or offset is None:
        return Moment(day=day, zone=zone)
    return _at(datetime.combine(day, clock, tzinfo=_tz(offset)), zone)


def _tz(offset: str | float) -> ZoneInfo | timezone:
    return ZoneInfo(offset) if isinstance(offset, str) else timezone(timedelta(hours=offset))


def _offset(part: dict[str, str | None], zone: str) -> str | float | None:
    """Hours from UTC or a zone's name; None for an abbreviation that we cannot place. Raises ValueError."""
    place = (part.get("place") or "").upper()
    if part.get("offset"):
        digits = str(part["offset"]).replace(":", "")
        hours = int(digits[1:3]) + int(digits[3:5] or 0) / 60
        if hours > 14 or int(digits[3:5] or 0) > 59:
            raise ValueError("no such offset")
        return -hours if digits[0] == "-" else hours
    for prefix, local in _LOCAL.get(place, {}).items():
        if zone.startswith(prefix):
            return local
    return _ABBREVIATIONS.get(place, _PLACES.get(" ".join(place.split())))


def _clock(part: dict[str, str | None]) -> time | None:
    """The time of day; None when there is none or its half of the day is unclear. Raises ValueError."""
    if part.get("packed"):
        packed = str(part["packed"])
        return time(int(packed[:2]), int(packed[2:4]), int(packed[4:] or 0))
    half = (
        (part.get("before") or part.get("half") or part.get("half2") or "")
        .lower()
        .replace(".", "")
        .replace(" ", "")
    )
    written = part.get("hour") or part.get("hour2")
    if not written:
        return None
    clock = time(int(written), int(part.get("minute") or 0), int(part.get("second") or 0))
    if clock.hour > 12 or not half:
        return clock
    hour = clock.hour
    if half == "中午":
        hour = hour if hour >= 10 else hour + 12
    elif half in ("pm", "下午", "傍晚"):
        hour = hour % 12 + 12
    elif half in ("am", "凌晨"):
        hour %= 12
    elif hour == 12:
        return None  # 晚上12点 may be tomorrow, 上午12点 noon or midnight
    elif half not in ("清晨", "早上", "早晨", "上午"):
        hour += 12
    return clock.replace(hour=hour)


def _relative(text: str, zone: str, seen: datetime) -> Moment | None:
    now = seen.astimezone(ZoneInfo(zone))
    match = _AGO.search(text)
    if match:
        unit, n = match["unit"].lower(), int(match["n"])
        if unit[0] in "分m":
            return _at(seen - timedelta(minutes=n), zone)
        if unit[0] in "小个h":
            return _at(seen - timedelta(hours=n), zone)
        return Moment(day=now.date() - timedelta(days=n), zone=zone)
    match = _NEAR.search(text)
    if match:
        word = match["word"].lower()
        if word in ("刚刚", "剛剛", "just now"):
            return _at(seen, zone)
        back = {"昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2}.get(word, 0)
        return _moment(match, now.date() - timedelta(days=back), zone)
    match = _YEARLESS.search(text)
    if match:
        return _moment(match, _latest(_number(match["month"]), _number(match["day"]), now.date()), zone)
    return None


def _latest(month: int, day: int, today: date) -> date:
    """The last such day that is not later than tomorrow."""
    made = date(today.year, month, day)
    return made if made <= today + timedelta(days=1) else date(today.year - 1, month, day)


_EN_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b", re.IGNORECASE)


def _english(text: str, zone: str) -> Moment | None:
    """Ask dateparser, and believe it where all that it says stands in the text."""
    months = {_MONTHS[name.lower()] for name in _EN_MONTH.findall(text)}
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))
    days = set(re.findall(r"(?<![\d:.])[0-3]?\d(?=st\b|nd\b|rd\b|th\b|[\s,.-]|$)(?!\.\d)", text))
    if len(months) != 1 or len(years) != 1 or len(days) != 1 or len(text) > 60:
        return None
    import dateparser  # 0.2 s, and only odd English dates come this far

    settings = {"STRICT_PARSING": True, "DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past"}
    found = dateparser.parse(text, languages=["en"], settings=settings)
    if found is None or (found.year, found.month, found.day) != (int(*years), *months, int(*days)):
        return None
    return Moment(day=found.date(), zone=zone)
