"""What an editor says of stories holds: in the store, in its log, and against every later run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao.cli import cli
from dibao.store import Item, Moment, Source, Store
from dibao.summarizer.run import summarize

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = date(2026, 11, 20)
PAPERS = [
    Source(
        id=name, name_en=name, name_zh=name, acronym=name, family=name, tier=3, jurisdiction="INT",
        kind="media", timezone="UTC", homepage=f"https://{name}.example/",
    )
    for name in ("one", "two", "three")
]  # fmt: skip
WIRE = (
    "The regulator of Example fined Brobdingnag Bank 52.5 million after a review of its payment controls "
    "found that alerts had been closed unread for eleven months, a person at the bank said on Friday."
)


def paper(key: str, source: str, title: str, text: str) -> Item:
    return Item(
        id=key, source_id=source, key=key, url=f"https://{source}.example/{key}", title=title, text=text,
        lang="en", column="article", published=Moment(day=DAY), fetched_at=NOW,
    )  # fmt: skip


ITEMS = [
    paper("a", "one", "Brobdingnag Bank fined 52.5 million over payment controls", WIRE),
    paper("b", "two", "Brobdingnag Bank fined 52.5 million", WIRE),
    paper("c", "three", "Ferry line to the northern isles closed by storm",
          "The ferry line to the northern isles stays closed for a second day because of the storm."),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dibao.toml").write_text('database = "dibao.db"\n', encoding="utf-8")
    with Store(tmp_path / "dibao.db") as store:
        store.put_sources(PAPERS)
        store.put_items(ITEMS)
        again(store)
    return tmp_path


def again(store: Store) -> None:
    summarize(store, now=NOW, progress=lambda *_: None)


def dibao(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--config", str(folder / "dibao.toml"), "stories", *words])


def sets(folder: Path) -> dict[int, set[str]]:
    with Store(folder / "dibao.db") as store:
        return {story.id: set(story.item_ids) for story in store.stories()}


def number(folder: Path, item_id: str) -> int:
    return next(story for story, items in sets(folder).items() if item_id in items)


def touch(folder: Path, key: str, **changes: str) -> None:
    """Have an item come in anew in other words, and run."""
    with Store(folder / "dibao.db") as store:
        store.put_items([replace(store.item(key), **changes)])
        again(store)


def test_one_text_in_two_papers_is_one_publishers(folder: Path) -> None:
    with Store(folder / "dibao.db") as store:
        view = store.view(number_of(store, "a"))

    assert view is not None
    assert (view.items, view.publishers, view.copies) == (2, 1, {"b": "a"})


def number_of(store: Store, item_id: str) -> int:
    return store.stories_of([item_id])[0].id


def test_explain_says_for_each_item_why_it_joined_with_values(folder: Path) -> None:
    shown = dibao(folder, "explain", str(number(folder, "a")))

    assert shown.exit_code == 0
    assert "joined by same-text:a" in shown.output
    assert "cos_body" in shown.output
    assert "adds +" in shown.output


def test_a_merge_leads_the_old_number_to_the_new_one_and_lasts(folder: Path) -> None:
    bank, ferry = number(folder, "a"), number(folder, "c")

    shown = dibao(folder, "merge", str(bank), str(ferry), "--by", "li", "--note", "one day")
    touch(folder, "c", title="Ferry line to the northern isles still closed")

    assert shown.exit_code == 0
    assert sets(folder) == {bank: {"a", "b", "c"}}
    with Store(folder / "dibao.db") as store:
        assert store.redirects() == {ferry: bank}
        [edit] = store.edits()
    assert (edit.action, edit.story_id, edit.other_id, edit.by, edit.note) == (
        "merge",
        bank,
        ferry,
        "li",
        "one day",
    )
    assert "merge" in dibao(folder, "explain", str(ferry)).output


def test_a_split_is_not_undone_though_a_number_links_the_parts(folder: Path) -> None:
    bank = number(folder, "a")

    shown = dibao(folder, "split", str(bank), "b")
    touch(folder, "b", text=f"{WIRE} The order is Release No. IA-90914.")
    touch(folder, "a", text=f"{WIRE} The order is Release No. IA-90914.")

    assert shown.exit_code == 0
    assert number(folder, "a") == bank
    assert number(folder, "b") != bank


def test_nothing_joins_a_pinned_story_until_it_is_open_again(folder: Path) -> None:
    bank = number(folder, "a")
    late = paper("d", "three", "Brobdingnag Bank fined 52.5 million over payment controls", WIRE)

    dibao(folder, "pin", str(bank))
    with Store(folder / "dibao.db") as store:
        store.put_items([late])
        again(store)
    alone = number(folder, "d")
    dibao(folder, "pin", str(bank), "--undo")
    with Store(folder / "dibao.db") as store:
        store.put_items([replace(late, id="e", key="e", url="https://three.example/e")])
        again(store)

    assert alone != bank
    assert number(folder, "e") == bank


def test_two_stories_of_one_text_are_proposed_for_merging(folder: Path) -> None:
    bank = number(folder, "a")
    dibao(folder, "pin", str(bank))
    with Store(folder / "dibao.db") as store:
        store.put_items([paper("d", "three", "Brobdingnag Bank fined 52.5 million", WIRE)])
        again(store)
    dibao(folder, "pin", str(bank), "--undo")

    shown = dibao(folder, "propose", "--days", "3660")

    assert f"dibao stories merge {bank} {number(folder, 'd')}" in shown.output


def test_what_was_merged_by_mistake_is_proposed_for_splitting(folder: Path) -> None:
    with Store(folder / "dibao.db") as store:
        bank, ferry = store.stories()
        members = (*bank.members, *(replace(m, reason="similar:0.9:") for m in ferry.members))
        store.put_stories([replace(bank, members=members)], merged={ferry.id: bank.id})

    shown = dibao(folder, "propose", "--days", "3660")

    assert f"dibao stories split {bank.id} c" in shown.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(("explain", "99"), "there is none of that number", id="no such story"),
        pytest.param(("split", "1", "zz"), "item zz is not in it", id="an item of another story"),
        pytest.param(("merge", "1", "1"), "is story 1 already", id="a story with itself"),
    ],
)
def test_what_cannot_be_done_is_one_line(folder: Path, words: tuple[str, ...], says: str) -> None:
    shown = dibao(folder, *words)

    assert shown.exit_code == 1
    assert says in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_an_editor_is_answered_in_chinese_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "zh")
    bank = str(number(folder, "a"))

    assert "归入依据：same-text:a" in dibao(folder, "explain", bank).output
    assert dibao(folder, "pin", bank).output == f"事件 {bank} 已固定\n"
    assert "没有此编号" in dibao(folder, "explain", "99").stderr
