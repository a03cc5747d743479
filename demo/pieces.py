"""The demo's texts as read from ``events/*.yaml``: one Piece is one publication by one source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""English names, whatever the machine's locale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that a piece offers; ``kind`` is pdf, docx or scan (a PDF without text)."""

    name: str
    kind: str
    text: str = ""

    @property
    def suffix(self) -> str:
        return "docx" if self.kind == "docx" else "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One publication. ``body``: a paragraph a line; ``# `` centred, ``> `` right, ``| `` a table row."""

    event: str
    source: str
    lists: tuple[str, ...]
    """Parts of the addresses of the lists that show it (or a whole address); at least one must exist."""
    key: str
    title: str
    body: str
    zone: str
    """IANA zone of the source."""
    day: date | None = None
    clock: datetime | None = None
    """Aware; None where only the day is known."""
    number: str = ""
    lang: str = "zh-Hans"
    author: str = ""
    summary: str = ""
    kind: str = ""
    deadline: str = ""
    effective: str = ""
    charset: str = "utf-8"
    labels: tuple[tuple[str, str], ...] = ()
    files: tuple[File, ...] = ()
    before: tuple[str, str] = ("", "")
    """Title and body as first published, for what was corrected later."""

    @property
    def when(self) -> datetime:
        """The moment to show where a shape has no room for a bare date: midnight when no time is known."""
        if self.clock is not None:
            return self.clock
        if self.day is None:
            raise ValueError(f"{self.event}: {self.key} has no date, and this list cannot do without")
        return datetime(self.day.year, self.day.month, self.day.day, tzinfo=ZoneInfo(self.zone))

    @property
    def lines(self) -> list[str]:
        return self.body.strip().splitlines()

    @property
    def plain(self) -> list[str]:
        """Paragraphs without marks and tables."""
        return [unmarked(line) for line in self.lines if not line.startswith("|")]

    @property
    def lead(self) -> str:
        return self.summary or self.plain[0]

    def earlier(self) -> Piece:
        """The piece as it was before its correction."""
        return replace(self, title=self.before[0], body=self.before[1])


def unmarked(line: str) -> str:
    """Take the mark of a centred or right-aligned line away."""
    return line[2:] if line.startswith(("# ", "> ")) else line


def load(folder: Path, zones: dict[str, str]) -> Iterator[Piece]:
    """Yield the pieces of every event, in the order of the files. ``zones``: source id → IANA zone."""
    for path in sorted(folder.glob("*.yaml")):
        for event in yaml.safe_load_all(path.read_text("utf-8")):
            for row in event["items"]:
                yield _piece(event["id"], row, zones.get(row["source"], "UTC"))


def _piece(event: str, row: dict[str, Any], zone: str) -> Piece:
    lists = row["list"] if isinstance(row["list"], list) else [row["list"]]
    day, clock = _moment(row.get("date"), zone)
    return Piece(
        event=event,
        source=row["source"],
        lists=tuple(str(part) for part in lists),
        key=str(row["key"]),
        title=row["title"],
        body=row["body"],
        zone=zone,
        day=day,
        clock=clock,
        number=row.get("number", ""),
        lang=row.get("lang", "zh-Hans"),
        author=row.get("author", ""),
        summary=row.get("summary", ""),
        kind=row.get("kind", ""),
        deadline=str(row.get("deadline", "")),
        effective=str(row.get("effective", "")),
        charset=row.get("charset", "utf-8"),
        labels=tuple(row.get("labels", {}).items()),
        files=tuple(File(**file) for file in row.get("attachments", ())),
        before=_text(row.get("before")),
    )


def _text(row: dict[str, str] | None) -> tuple[str, str]:
    return (row["title"], row["body"]) if row else ("", "")


def _moment(written: Any, zone: str) -> tuple[date | None, datetime | None]:
    if written is None:
        return None, None
    if isinstance(written, date):
        return written, None
    clock = datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone))
    return clock.date(), clock


def to_html(piece: Piece, *, word: bool = False) -> str:
    """Return the body as HTML; ``word``: as Word exports it, with layout styles and non-breaking spaces."""
    out: list[str] = []
    rows: list[str] = []
    for line in [*piece.lines, ""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            out.append(_table(rows, word=word))
            rows = []
        if line:
            out.append(_paragraph(line, word=word))
    return "\n".join(out)


def _paragraph(line: str, *, word: bool) -> str:
    align = {"# ": "center", "> ": "right"}.get(line[:2], "")
    text = escape(line[2:] if align else line, quote=False)
    if not word:
        return f'<p style="text-align:{align}">{text}</p>' if align else f"<p>{text}</p>"
    layout = f"text-align:{align}" if align else "text-indent:32.0pt;mso-char-indent-count:2.0"
    span = '<span style="font-size:16.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:仿宋_GB2312">'
    return f'<p class="MsoNormal" style="{layout};line-height:28.0pt">{span}{text}</span>&nbsp;</p>'


def _table(rows: list[str], *, word: bool) -> str:
    css = ' class="MsoNormalTable" border="1" style="border-collapse:collapse"' if word else ""
    made = []
    for row in rows:
        cells = [escape(cell.strip(), quote=False) for cell in row.split("|")[1:]]
        made.append("<tr>" + "".join(f"<td><p>{cell or '&nbsp;'}</p></td>" for cell in cells) + "</tr>")
    return f"<table{css}>\n<tbody>\n" + "\n".join(made) + "\n</tbody>\n</table>"


def rfc822(moment: datetime, *, zone: str = "") -> str:
    """Write a date as RFC 822 does, whatever the machine's locale; ``zone`` replaces the offset's digits."""
    day = DAYS[moment.weekday()][:3]
    month = MONTHS[moment.month - 1][:3]
    offset = moment.utcoffset() or timedelta()
    minutes = abs(int(offset.total_seconds())) // 60
    digits = f"{'-' if offset < timedelta() else '+'}{minutes // 60:02d}{minutes % 60:02d}"
    return f"{day}, {moment.day:02d} {month} {moment.year} {moment:%H:%M:%S} {zone or digits}"
