# ruff: noqa: E501 — a document reads best on one line
"""One rule over time for the tests of its pages: draft, final text, correction, a report that knows the title."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dibao.store import FactKind, StoryView, Thread
from tests.site.filled import filled
from tests.site.making import at, headlines, make_fact, make_item, make_view, parts, quoted

Stated = tuple[FactKind, str, str]
"""Kind, value and words of a fact."""


def step(
    number: int, day: date, title: str, text: str, *stated: Stated, source: str = "cn-nfra", en: str = ""
) -> StoryView:
    """One story of one Chinese page."""
    item = make_item(source, f"law/{number}", title, text, "zh-Hans", "rule", published=at(day, 1))
    facts = tuple(make_fact(item, *fact) for fact in stated)
    opened = (quoted(item, text[:4]),)
    name = en or f"Step {number}"
    return make_view(
        number,
        day,
        ((item, headlines(item, name, title), facts),),
        level="notable",
        components=parts(("force", 0.5, 30, "")),
        reason=("A step.", "一环。"),
        en=(name, opened, ()),
        zh=(title, opened, ()),
    )


def draft() -> StoryView:
    return step(
        11, date(2026, 1, 5), "关于《数据安全办法（征求意见稿）》公开征求意见的公告",
        "现就《数据安全办法》公开征求意见。意见反馈截止日期为2026年3月31日。",
        ("stage", "draft", "征求意见"), ("instrument", "《数据安全办法》", "《数据安全办法》"),
        ("consults", "《数据安全办法》", "《数据安全办法》"), ("date_deadline", "2026-03-31", "2026年3月31日"),
        en="NFRA consults on data security",
    )  # fmt: skip


def final() -> StoryView:
    return step(
        12, date(2026, 6, 1), "数据安全办法",
        "金规〔2026〕9号\n《数据安全办法》已经通过，自2026年9月1日起施行。银发〔2015〕3号同时废止。",
        ("stage", "final", "通过"), ("instrument", "《数据安全办法》", "《数据安全办法》"),
        ("document_number", "金规〔2026〕9号", "金规〔2026〕9号"), ("date_effective", "2026-09-01", "2026年9月1日"),
        ("repeals", "银发〔2015〕3号", "银发〔2015〕3号"),
        en="NFRA issues data security measures",
    )  # fmt: skip


def correction() -> StoryView:
    return step(
        13, date(2026, 7, 2), "更正公告", "现将金规〔2026〕9号第三条中的“十日”更正为“十五日”。",
        ("stage", "none", "更正"), ("document_type", "correction", "更正"), ("corrects", "金规〔2026〕9号", "金规〔2026〕9号"),
        en="NFRA corrects its data measures",
    )  # fmt: skip


def second_draft() -> StoryView:
    """Another draft of the same title, which names no document."""
    return step(
        14, date(2026, 2, 9), "数据安全办法（第二稿）", "《数据安全办法》第二稿。",
        ("stage", "draft", "第二稿"), ("instrument", "《数据安全办法》", "《数据安全办法》"),
        en="NFRA publishes a second draft",
    )  # fmt: skip


def whole_line() -> tuple[StoryView, ...]:
    return (draft(), final(), correction())


def threads(views: Sequence[StoryView]) -> dict[int, Thread]:
    """Return the threads as the store finds them."""
    with filled(views=views) as store:
        return dict(store.threads(view.story.id for view in views))
