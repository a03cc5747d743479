"""The penalty register for programs: ``data/penalties.json`` and ``.csv``, both languages in one row.

In: story views. Out: bytes, one row a decision against one party, the newest first. The columns are those of
COLUMNS in both files; the register's page says what each holds (standards 11).
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dibao.store import LANGS, Body, StoryView

from . import clean, labels, words
from .info import SiteInfo
from .penalties import Row, rows

# Key and its Chinese name; what a column holds is told by penalties.column.KEY of the interface words.
COLUMNS: dict[str, str] = {
    "id": "编号",
    "day": "日期",
    "day_is": "日期性质",
    "authorities": "机关代码",
    "authority_en": "机关英文名",
    "authority_zh": "机关中文名",
    "party": "当事人",
    "person": "是否自然人",
    "role": "职务",
    "measures_en": "处罚英文",
    "measures_zh": "处罚中文",
    "amounts": "金额",
    "violation": "事由",
    "basis": "依据",
    "number": "文号",
    "language": "来源语言",
    "official": "是否官方来源",
    "story": "事件编号",
    "url_en": "英文页",
    "url_zh": "中文页",
    "source": "来源网址",
    "ai_label": "标识",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def files(
    site: SiteInfo, views: Sequence[StoryView], *, bodies: Mapping[str, Body], build_id: str
) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the two files."""
    found = [_record(site, row, zh) for row, zh in _pairs(views, bodies)]
    yield "data/penalties.csv", as_csv(found)
    yield "data/penalties.json", as_json(site, found, build_id=build_id)


def _pairs(views: Sequence[StoryView], bodies: Mapping[str, Body]) -> Iterator[tuple[Row, Row]]:
    return zip(rows(views, "en", bodies=bodies), rows(views, "zh", bodies=bodies), strict=True)


def _record(site: SiteInfo, row: Row, zh: Row) -> dict[str, Any]:
    """Return one row with the keys of COLUMNS; lists stay lists."""
    record = row.record
    place = f"e/{record.story_id}/#{row.anchor}"
    return {
        "id": row.id,
        "day": record.day.isoformat(),
        "day_is": "decision" if record.decided else "story",
        "authorities": [clean.line(id, 80) for id in record.authorities],
        "authority_en": [one.name for one in row.authorities],
        "authority_zh": [one.written or one.name for one in zh.authorities],
        "party": row.party.text,
        "person": record.penalty.person,
        "role": row.role,
        "measures_en": [one.text("en") for one in row.measures],
        "measures_zh": [one.text("zh") for one in zh.measures],
        "amounts": [clean.line(s.amount, 60) for s in record.penalty.sanctions if s.amount],
        "violation": row.violation.text,
        "basis": row.basis.text,
        "number": row.number.text,
        "language": row.tag,
        "official": record.official,
        "story": record.story_id,
        "url_en": site.url(f"en/{place}"),
        "url_zh": site.url(f"zh/{place}"),
        "source": clean.link(record.url),
        "ai_label": " ".join(labels.WORDS["extract"][lang] for lang in LANGS),
    }


def as_csv(found: Sequence[Mapping[str, Any]]) -> bytes:
    """Return RFC 4180 with a byte order mark, the header in both languages; no cell can become a formula."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(f"{key} {name}" for key, name in COLUMNS.items())
    for record in found:
        write.writerow(_cell(record[key]) for key in COLUMNS)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes 是" if value else "no 否"
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    # A spreadsheet takes the full-width and small forms for the same signs.
    first = unicodedata.normalize("NFKC", text[:1])
    return f"'{text}" if first.startswith(_FORMULA) else text


def as_json(site: SiteInfo, found: Sequence[Mapping[str, Any]], *, build_id: str) -> bytes:
    """Return the rows with what the columns mean; a label stands in each row and over all of them."""
    document = {
        "build_id": build_id,
        "about": {lang: site.url(f"{lang}/penalties/") for lang in LANGS},
        "label": {lang: labels.WORDS["extract"][lang] for lang in LANGS},
        "notice": {lang: site.notice(lang) for lang in LANGS if site.notice(lang)},
        "columns": {
            key: {lang: words.word(lang, f"penalties.column.{key}") for lang in LANGS} for key in COLUMNS
        },
        "entries": found,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
