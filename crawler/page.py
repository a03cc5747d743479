"""docs/sources.md, made from the catalogue: what is read, from whom, and what is not, with the reason.

python -m dibao.crawler.page > docs/sources.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from dibao.store import COLUMNS, JURISDICTIONS

from .families import FAMILIES
from .source import SourceSpec, load

_TIERS = {
    1: ("statutory issuer", "法定发布机关"),
    2: ("other primary issuer", "其他原始发布机构"),
    3: ("media", "媒体"),
    4: ("commentary", "评论"),
}


def page(specs: Sequence[SourceSpec]) -> str:
    """Return the page in Markdown, English first and Chinese beside it; the same data give the same text."""
    on = [spec for spec in specs if not spec.off]
    lists = sum(len(spec.endpoints) for spec in on)
    parts = [
        "<!-- Made by `make sources-page` from crawler/sources; do not edit. -->",
        "# Sources · 来源",
        (
            f"{len(specs)} sources are declared, {len(on)} of them are read, through {lists} lists. "
            "Addresses are reported by others and are to be confirmed by the first live run; "
            "`dibao sources health` shows how it went. How to add one: [adding-a-source.md]"
            "(adding-a-source.md)."
        ),
        (
            f"共登记 {len(specs)} 个来源，其中采集 {len(on)} 个，计 {lists} 个列表。网址来自公开资料，"
            "须经首次实际运行确认，结果见 `dibao sources health`。"
            "新增来源见 [adding-a-source.md](adding-a-source.md)。"
        ),
        "## Tiers and columns · 层级与栏目",
        _bullets(f"Tier {number}: {en} · {zh}" for number, (en, zh) in _TIERS.items()),
        _bullets(f"`{term.key}`: {term.en} · {term.zh}" for term in COLUMNS.values()),
        *_jurisdictions(specs),
        "## Families of sites · 站点系统",
        _bullets(f"`{name}`: {row['en']} {row['zh']}" for name, row in FAMILIES.items()),
    ]
    return "\n\n".join(parts) + "\n"


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _jurisdictions(specs: Sequence[SourceSpec]) -> Iterator[str]:
    for term in JURISDICTIONS.values():
        own = [spec for spec in specs if spec.jurisdiction == term.key]
        if own:
            ordered = sorted(own, key=lambda spec: (bool(spec.off), spec.tier, spec.id))
            yield f"## {term.en} · {term.zh}"
            yield "\n".join([*_HEAD, *map(_row, ordered)])


_HEAD = (
    "| id | name · 名称 | tier · 层级 | columns · 栏目 | read · 采集 |",
    "|---|---|---|---|---|",
)


def _row(spec: SourceSpec) -> str:
    names = spec.name_en if spec.name_en == spec.name_zh else f"{spec.name_en}<br>{spec.name_zh}"
    columns = dict.fromkeys(column for endpoint in spec.endpoints for column in endpoint.columns)
    titles = "<br>".join(f"{COLUMNS[key].en} {COLUMNS[key].zh}" for key in columns)
    cells = (f"`{spec.id}`", f"[{names}]({spec.homepage})", str(spec.tier), titles, _status(spec))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _status(spec: SourceSpec) -> str:
    if spec.off:
        return f"no · 否: {spec.off}<br>{spec.off_zh}"
    if not any(endpoint.full_text for endpoint in spec.endpoints):
        return "title, summary and link only · 仅标题、摘要与链接"
    return "yes · 是"


if __name__ == "__main__":
    sys.stdout.write(page(list(load().values())))
