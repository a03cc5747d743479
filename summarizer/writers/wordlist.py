"""The rows of ``titles.csv``: words of titles in both languages, with their part in a phrase."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Row:
    zh: str
    en: str
    role: str
    prep: str


@cache
def rows() -> tuple[Row, ...]:
    text = (files("dibao.summarizer") / "titles.csv").read_text("utf-8")
    return tuple(
        Row(row["zh"], row["en"], row["role"], row["prep"] or "of")
        for row in csv.DictReader(text.splitlines())
    )


@cache
def bodies() -> dict[str, str]:
    """Firms and other bodies by the names that they have: Chinese → English."""
    return {row.zh: row.en for row in rows() if row.role == "body"}
