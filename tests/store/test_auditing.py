# ruff: noqa: E501  # one case, one line: a table reads better whole
"""What the store keeps of the making of briefs and of ranks, and gives out with a story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlite_utils import Database

from dibao.store import (
    Brief,
    BriefAudit,
    Changed,
    Disagreement,
    Given,
    Stated,
    Store,
    StoryNote,
)
from dibao.store.schema import migrate, migrations

from .test_db import NOW, SOURCE, item, publish

LATER = NOW + timedelta(days=1)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        opened.put_sources([SOURCE])
        opened.put_items([item()])
        publish(opened, item())
        yield opened


def newest(store: Store) -> Brief:
    return store.briefs([1])[1, "en"]


def audit_of(brief: Brief) -> BriefAudit:
    given = Given(
        item_id=item().id, version=1, sha256="a" * 64, facts="b" * 64, official=True, copied=False, withdrawn=False,
        said=(("date_deadline", "2026-12-20"),),
    )  # fmt: skip
    return BriefAudit(
        story_id=1, lang=brief.lang, inputs=brief.inputs, at=LATER, writer="embedded", program="p", seconds=0.25,
        head=item().id, day=LATER.date(), rank="[notable: force=0.7]", given=(given,), dropped=("A. [why]",),
        model="m", prompt="1", request="k", tokens_in=10, tokens_out=2, paid=True, cost="CNY 0.01",
    )  # fmt: skip


def test_an_audit_comes_back_as_it_was_put_with_the_version_it_is_of(store: Store) -> None:
    again = replace(newest(store), headline="Another", inputs="i2", written_at=LATER)
    store.put_briefs([again], audits={(1, "en"): audit_of(again)})

    assert store.audits(1) == (replace(audit_of(again), version=2),)
    assert store.last_audits([1]) == {1: replace(audit_of(again), version=2)}


def test_the_same_words_from_other_inputs_are_no_new_version_but_an_audit_more(store: Store) -> None:
    first = newest(store)
    again = replace(first, inputs="i2", written_at=LATER)
    store.put_briefs([first], audits={(1, "en"): replace(audit_of(first), at=NOW)})
    store.put_briefs([again], audits={(1, "en"): audit_of(again)})

    assert (newest(store).version, newest(store).inputs, newest(store).written_at) == (1, "i2", NOW)
    assert [(a.version, a.inputs) for a in store.audits(1)] == [(1, "x"), (1, "i2")]


def test_earlier_versions_are_given_out_with_the_story(store: Store) -> None:
    store.put_briefs([replace(newest(store), headline="Another", written_at=LATER)])
    [view] = store.views()

    assert [(b.version, b.headline) for b in view.earlier["en"]] == [(1, "Headline")]
    assert "zh" not in view.earlier
    assert view.updated_at == LATER


def test_what_changed_is_given_out_and_counts_as_an_update(store: Store) -> None:
    note = StoryNote(at=LATER, since=NOW, changes=(Changed(kind="joined", item_id=item().id),))
    store.put_briefs([], notes={1: note})
    [view] = store.views()

    assert view.notes == (note,)
    assert view.updated_at == LATER


def test_disagreements_are_replaced_as_a_whole(store: Store) -> None:
    stated = (Stated(item_id=item().id, value="2026-12-20", shown="12月20日", official=True),)
    one, two = (Disagreement(kind=kind, stated=stated) for kind in ("date_deadline", "date_effective"))
    store.put_briefs([], disagreements={1: (one, two)})
    assert store.views()[0].disagreements == (one, two)

    store.put_briefs([], disagreements={1: ()})
    assert store.views()[0].disagreements == ()


def test_every_rank_a_story_has_had_is_kept_with_its_time(store: Store) -> None:
    before = store.ranks([1])[1]
    now = replace(before, level="significant", score=60.0, official=1)
    store.put_ranks([now], at=LATER)
    [view] = store.views()

    assert view.rank == now
    assert [(step.at, step.rank) for step in view.ranks] == [(NOW, before), (LATER, now)]


def test_a_database_from_before_the_audit_is_brought_up_to_date() -> None:
    db = Database(memory=True)
    try:
        migrations.apply(db, stop_before="007_brief_audit")
        db.table("sources").insert(dict.fromkeys(("id", "name_en", "name_zh", "acronym", "family", "jurisdiction", "kind", "timezone", "homepage"), "x") | {"tier": 1})  # fmt: skip
        db.execute(
            "INSERT INTO items VALUES ('i','x','k','u','t','t','en','news',NULL,NULL,NULL,'2026','','','[]','','',1,0,'h','2026',NULL)"
        )
        db.execute("INSERT INTO stories (id, head, day, version) VALUES (1, 'i', '2026-11-20', 1)")
        db.execute("INSERT INTO ranks VALUES (1, 'notable', 50.0, '[]', 'r', 'r')")
        migrate(db)

        assert [row["official"] for row in db.query("SELECT official FROM ranks")] == [0]
        assert {"rank_history", "brief_audits", "story_notes", "disagreements"} <= set(db.table_names())
    finally:
        db.close()
