"""The store keeps what it is given, once, and survives being killed or locked."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dibao.store import (
    Attachment,
    Brief,
    Component,
    Evidence,
    Fact,
    GlossaryTerm,
    Headline,
    Item,
    Member,
    Moment,
    Poll,
    Put,
    Rank,
    Sentence,
    Source,
    Store,
    StoreError,
    Story,
    item_id,
)

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SOURCE = Source(
    id="xx-test",
    name_en="Test Authority",
    name_zh="测试局",
    acronym="TA",
    family="xx-test",
    tier=1,
    jurisdiction="CN",
    kind="regulator",
    timezone="Asia/Shanghai",
    homepage="https://regulator.example/",
)


def item(key: str = "1", **changes: object) -> Item:
    base = Item(
        id=item_id(SOURCE.id, key),
        source_id=SOURCE.id,
        key=key,
        url=f"https://regulator.example/{key}",
        title="关于加强数据安全管理的通知",
        text="第一段。联系人：王某，电话010-12345678。\n第二段。",
        lang="zh-Hans",
        column="rule",
        published=Moment(day=date(2026, 11, 20), at=NOW, zone="Asia/Shanghai"),
        fetched_at=NOW,
        labels=(("文号", "测发〔2026〕1号"),),
        attachments=(Attachment(url="https://regulator.example/a.pdf", name="附件.pdf", text="附件正文"),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        opened.put_sources([SOURCE])
        yield opened


def fact(of: Item, kind: str, field: str, quote: str) -> Fact:
    start = of.field_text(field).index(quote)
    cite = Evidence(item_id=of.id, field=field, start=start, end=start + len(quote), quote=quote)
    return Fact(item_id=of.id, kind=kind, value=quote, shown=quote, evidence=cite)  # type: ignore[arg-type]


def publish(store: Store, *items: Item) -> int:
    """Put items into one story with everything that makes it publishable; return its number."""
    members = tuple(Member(item_id=one.id, score=1.0, reason="first") for one in items)
    [story] = store.put_stories([Story(id=0, members=members, head=items[0].id, day=date(2026, 11, 20))])
    cite = Evidence(item_id=items[0].id, field="text", start=0, end=4, quote=items[0].text[:4])
    for lang in ("en", "zh"):
        store.put_briefs(
            [
                Brief(
                    story_id=story.id,
                    lang=lang,  # type: ignore[arg-type]
                    headline="Headline",
                    sentences=(Sentence(text="One.", cites=(cite,)),),
                    impact=(),
                    writer="embedded",
                    written_at=NOW,
                    inputs="x",
                )
            ]
        )
    rank = Rank(
        story_id=story.id,
        level="notable",
        score=50.0,
        components=(Component(name="force", value=0.7, weight=40, note="notice"),),
        reason_en="Notice.",
        reason_zh="通知。",
    )
    store.put_ranks([rank], at=NOW)
    return story.id


def test_an_item_comes_back_as_it_was_put(store: Store) -> None:
    store.put_items([item()])

    assert store.item(item().id) == item()


def test_the_same_item_is_not_written_twice(store: Store) -> None:
    assert store.put_items([item()]) == Put(new=1)
    assert store.put_items([replace(item(), fetched_at=NOW.replace(hour=9))]) == Put(same=1)
    assert store.item(item().id).fetched_at == NOW


def test_a_changed_text_is_a_new_version_and_is_worked_on_again(store: Store) -> None:
    store.put_items([item()])
    store.done("facts", "v1", store.items(store.due("facts", "v1")).values())
    assert store.due("facts", "v1") == {}

    assert store.put_items([replace(item(), text="更正后的正文。")]) == Put(changed=1)
    [again] = store.items(store.due("facts", "v1")).values()
    assert (again.version, again.text) == (2, "更正后的正文。")


def test_a_new_fingerprint_makes_a_stage_work_again(store: Store) -> None:
    store.put_items([item()])
    store.done("facts", "v1", store.items(store.due("facts", "v1")).values())

    assert [found.id for found in store.items(store.due("facts", "v2")).values()] == [item().id]


def test_an_item_of_an_unknown_source_is_refused(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.put_items([replace(item(), source_id="nobody")])


def test_a_batch_that_fails_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.put_items([item("1"), replace(item("2"), source_id="nobody")])

    assert store.items([item("1").id]) == {}


def test_stories_get_permanent_numbers_and_merged_ones_redirect(store: Store) -> None:
    a, b = item("1"), item("2")
    store.put_items([a, b])
    first, second = publish(store, a), publish(store, b)
    both = tuple(Member(item_id=one.id, score=1.0, reason="number") for one in (a, b))
    store.put_stories(
        [Story(id=first, members=both, head=a.id, day=date(2026, 11, 20))], merged={second: first}
    )
    store.put_items([item("3")])

    assert [(story.id, story.version) for story in store.stories()] == [(first, 2)]
    assert store.redirects() == {second: first}
    assert publish(store, item("3")) > second, "a number is never used twice"


def test_a_chain_of_merges_redirects_to_the_story_that_lives(store: Store) -> None:
    items = [item(str(n)) for n in range(3)]
    store.put_items(items)
    numbers = [publish(store, one) for one in items]
    for old, new in ((numbers[2], numbers[1]), (numbers[1], numbers[0])):
        store.put_stories([], merged={old: new})

    assert store.redirects() == {numbers[2]: numbers[0], numbers[1]: numbers[0]}


def test_briefs_keep_their_earlier_versions(store: Store) -> None:
    store.put_items([item()])
    number = publish(store, item())
    newest = store.briefs([number])[number, "en"]
    store.put_briefs([replace(newest, headline="Second")])

    assert store.briefs([number])[number, "en"].headline == "Second"
    assert store.briefs([number])[number, "en"].version == 2


def test_a_story_without_rank_or_with_one_language_only_is_not_given_out(store: Store) -> None:
    store.put_items([item()])
    [story] = store.put_stories(
        [
            Story(
                id=0,
                members=(Member(item_id=item().id, score=1, reason="first"),),
                head=item().id,
                day=date.max,
            )
        ]
    )

    assert store.view(story.id) is None
    assert store.views() == ()


def test_private_persons_are_covered_everywhere_a_page_could_show_them(store: Store) -> None:
    one = item()
    store.put_items([one])
    private = fact(one, "person_private", "text", "王某，电话010-12345678")
    overlapping = fact(one, "obligation", "text", "联系人：王某，电话010-12345678。")
    store.put_facts(one.id, [private, overlapping])
    store.put_headlines([Headline(item_id=one.id, lang="zh", text=one.title, method="original")])
    view = store.view(publish(store, one))

    assert view is not None
    assert "王某" not in repr(view)
    assert "12345678" not in repr(view)
    assert "联系人：██" in view.head.item.text
    assert len(view.head.item.text) == len(one.text)
    assert {found.kind for found in view.facts} == {"obligation"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("数据", True, id="two-characters"),
        pytest.param("据安", True, id="across-words"),
        pytest.param("數據安全", True, id="traditional-asks-simplified"),
        pytest.param("测发〔2026〕1号", True, id="document-number"),
        pytest.param("附件正文", True, id="attachment"),
        pytest.param("data security", True, id="translated-headline"),
        pytest.param("数据 通知", True, id="all-words"),
        pytest.param("数据 罚款", False, id="one-word-missing"),
        pytest.param("安数", False, id="not-a-substring"),
        pytest.param('" OR 1=1 --', False, id="operators-are-text"),
        pytest.param("NOT", False, id="operator-alone"),
        pytest.param("***", False, id="nothing-left"),
    ],
)
def test_search_finds_words_of_both_languages(store: Store, query: str, found: bool) -> None:
    one = item()
    store.put_items([one])
    store.put_headlines(
        [Headline(item_id=one.id, lang="en", text="Notice on data security", method="glossary")]
    )
    number = publish(store, one)

    assert store.search(query) == ((number,) if found else ())


def test_health_tells_the_last_success_and_every_error(store: Store) -> None:
    store.put_items([item()])
    for url, error in (("https://a.example/", ""), ("https://b.example/", "403 refused")):
        store.put_poll(
            Poll(source_id=SOURCE.id, url=url, tried_at=NOW, succeeded_at=None if error else NOW, error=error)
        )
    [health] = store.health()

    assert (health.items, health.error, health.last_success) == (1, "403 refused", NOW)


def test_a_second_writer_is_told_so_and_a_reader_is_let_in(tmp_path: Path) -> None:
    path = tmp_path / "dibao.db"
    with Store(path) as writer:
        writer.put_sources([SOURCE])
        with pytest.raises(StoreError, match="another dibao process"):
            Store(path)
        with Store(path, writable=False) as reader:
            assert reader.sources() == {SOURCE.id: SOURCE}
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                reader.put_sources([SOURCE])


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "dibao.db"
    path.write_text("not a database at all, only text that is long enough to be read as one")

    with pytest.raises(StoreError, match="not a database of Dibao"):
        Store(path)


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dibao.db"
    Store(path).close()
    plain = sqlite3.connect(path)
    plain.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('dibao', '999_later', '')"
    )
    plain.commit()
    plain.close()

    with pytest.raises(StoreError, match="newer version"):
        Store(path)


def test_a_missing_database_is_said_by_a_reader(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database there yet"):
        Store(tmp_path / "none.db", writable=False)


def test_a_writer_killed_in_the_middle_leaves_whole_batches_only(tmp_path: Path) -> None:
    path = tmp_path / "dibao.db"
    script = textwrap.dedent("""
        import sys
        from dataclasses import replace
        from tests.store.test_db import SOURCE, Store, item
        with Store(sys.argv[1]) as store:
            store.put_sources([SOURCE])
            for batch in range(100000):
                store.put_items(item(f"{batch}-{n}") for n in range(10))
                print(batch, flush=True)
    """)
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert child.stdout is not None
    for _ in range(5):
        child.stdout.readline()
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()

    with Store(path) as store:
        total = store.counts()["items"]
        assert total >= 50
        assert total % 10 == 0
        assert store.put_items([item("after")]) == Put(new=1)


def test_the_glossary_is_replaced_as_a_whole_in_its_order(store: Store) -> None:
    rule = GlossaryTerm(id="rule", kind="doctype", en="rule", zh="规则")
    agent = GlossaryTerm(id="agent", kind="ai", en="AI agent", zh="智能体", abbrev="", jurisdiction="CN")
    store.put_terms([rule, agent])
    assert store.terms() == (rule, agent)

    store.put_terms([agent])

    assert store.terms() == (agent,)


def test_a_former_version_is_given_out_only_once_it_was_searched_and_then_masked(store: Store) -> None:
    one = item()
    store.put_items([one])
    store.put_items([replace(one, text="第一段。\n第二段。")])
    assert store.former([one.id]) == {}

    start = one.text.index("王某")
    store.put_masks(one.id, 1, {"title": [], "summary": [], "text": [(start, start + 2)]})
    former = store.former([one.id])[one.id]

    assert former.version == 1
    assert former.text == one.text.replace("王某", "██")
