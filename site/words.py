"""The interface's words and each language's habits for dates and times.

Words come from ``locale/*.toml``; dates from Babel. No clock: every function formats what it is given.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, get_timezone_location

from dibao.store import Lang, Moment, StoryView, Tag

BEIJING = ZoneInfo("Asia/Shanghai")
_LOCALES: dict[Lang, Locale] = {"en": Locale("en", "GB"), "zh": Locale("zh", "CN", script="Hans")}
_DAY: dict[Lang, str] = {"en": "d MMMM yyyy", "zh": "yyyy年M月d日"}
_LONG_DAY: dict[Lang, str] = {"en": "EEEE d MMMM yyyy", "zh": "yyyy年M月d日 EEEE"}
_MONTH: dict[Lang, str] = {"en": "LLLL yyyy", "zh": "yyyy年M月"}
_SHORT_DAY: dict[Lang, str] = {"en": "d MMM", "zh": "M月d日"}


@cache
def _table(lang: Lang) -> dict[str, Any]:
    text = files("dibao.site").joinpath("locale", f"{lang}.toml").read_text("utf-8")
    return tomllib.loads(text)


def word(lang: Lang, key: str, **values: object) -> str:
    """Return the words under a dotted key, ``{names}`` filled in; KeyError when there are none."""
    node: Any = _table(lang)
    for part in key.split("."):
        node = node[part]
    return str(node).format(**values)


def word_or(lang: Lang, key: str, default: str, **values: object) -> str:
    """Return the words under a key, or ``default``: for keys that data may bring and we do not know."""
    try:
        return word(lang, key, **values)
    except KeyError:
        return default


def count(lang: Lang, key: str, n: int) -> str:
    """Return a counted noun in the plural form of the language: ``1 item``, ``3 items``, ``3 条``."""
    forms = _table(lang)["count"][key]
    form = _LOCALES[lang].plural_form(n)
    return str(forms.get(form, forms["other"])).format(n=n)


def count_line(view: StoryView, lang: Lang) -> str:
    """Return the honest count of a story: ``3 items · 1 publisher · 0 official``."""
    counts = (("items", view.items), ("publishers", view.publishers), ("official", view.official))
    return " · ".join(count(lang, key, n) for key, n in counts)


def day_text(day: date, lang: Lang) -> str:
    return format_date(day, _DAY[lang], locale=_LOCALES[lang])


def long_day_text(day: date, lang: Lang) -> str:
    """Return a day with its weekday."""
    return format_date(day, _LONG_DAY[lang], locale=_LOCALES[lang])


def short_day_text(day: date, lang: Lang) -> str:
    """Return a day without its year, for lists of near days."""
    return format_date(day, _SHORT_DAY[lang], locale=_LOCALES[lang])


def month_text(day: date, lang: Lang) -> str:
    """Return the month of a day with its year."""
    return format_date(day, _MONTH[lang], locale=_LOCALES[lang])


def weekday_text(day: date, lang: Lang) -> str:
    """Return the short name of a day of the week."""
    return format_date(day, "EEE", locale=_LOCALES[lang])


def time_text(at: datetime, zone: str, lang: Lang) -> str:
    """Return an aware time in a zone, named by its city: ``20 November 2026, 11:40 London time``."""
    local = at.astimezone(ZoneInfo(zone))
    pattern = _DAY[lang] + (", HH:mm" if lang == "en" else " HH:mm")
    clock = format_datetime(local, pattern, tzinfo=ZoneInfo(zone), locale=_LOCALES[lang])
    name = _zone_name(zone, lang)
    return f"{clock} {name}" if lang == "en" else f"{clock}（{name}）"


def beijing_text(at: datetime, lang: Lang) -> str:
    return time_text(at, "Asia/Shanghai", lang)


def moment_text(moment: Moment, lang: Lang) -> str:
    """Return when something was published as its source says it; a day without a time stays a day."""
    return day_text(moment.day, lang) if moment.at is None else time_text(moment.at, moment.zone, lang)


def also_in_beijing(moment: Moment, lang: Lang) -> str:
    """Return the Beijing time of a moment whose zone shows another clock then; else empty."""
    if moment.at is None:
        return ""
    here, there = moment.at.astimezone(BEIJING), moment.at.astimezone(ZoneInfo(moment.zone))
    return "" if here.utcoffset() == there.utcoffset() else beijing_text(moment.at, lang)


def moment_machine(moment: Moment) -> str:
    """Return the value of ``<time datetime>``: RFC 3339 in the source's zone, or the bare day."""
    if moment.at is None:
        return moment.day.isoformat()
    return moment.at.astimezone(ZoneInfo(moment.zone)).isoformat(timespec="seconds")


@cache
def language_name(tag: Tag, lang: Lang) -> str:
    """Return the name of a text's language in ours; the bare tag when Babel does not know it."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(_LOCALES[lang])
    except (UnknownLocaleError, ValueError):
        return tag
    return _full_width(name, lang) if name else tag


def _full_width(name: str, lang: Lang) -> str:
    """Return a name with the brackets of Chinese typography on Chinese pages; Babel has ASCII ones."""
    return name if lang == "en" else name.replace(" (", "（").replace(")", "）")


@cache
def _zone_name(zone: str, lang: Lang) -> str:
    if zone in ("UTC", "Etc/UTC"):
        return word(lang, "site.utc")
    if zone == "Asia/Shanghai":
        return word(lang, "site.beijing_time")
    city = get_timezone_location(zone, locale=_LOCALES[lang], return_city=True)
    return word(lang, "site.city_time", city=city)
