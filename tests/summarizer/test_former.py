"""What an item said before is searched for private persons too: pages compare it with what it says now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from dibao.store import Store
from dibao.summarizer.run import summarize

from .making import PBC, item

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_the_former_version_of_a_changed_item_is_masked() -> None:
    first = replace(item("关于测试的通知", "请遵照执行。\n联系人：王小明 010-66194567"), source_id=PBC.id)
    with Store(":memory:") as store:
        store.put_sources([PBC])
        store.put_items([first])
        summarize(store, now=NOW, progress=lambda *_: None)
        store.put_items([replace(first, text="请认真遵照执行。")])
        summarize(store, now=NOW, progress=lambda *_: None)
        former = store.former([first.id])[first.id]

    assert former.text == "请遵照执行。\n联系人：███ ████████████"
