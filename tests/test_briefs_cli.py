"""What ``dibao briefs explain`` tells of a brief, and whether it comes out the same again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dibao.cli import cli
from dibao.store import LEVELS, Item, Moment, Source, Store, item_id
from dibao.summarizer import run as summarizer
from dibao.summarizer.writers.making import EMBEDDED, Writing

from .summarizer.scripted import Script, endpoint, honest, obedient

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
TEXT = (
    "各银行业金融机构应当建立模型台账。模型变更应当在30日内报告。未经批准，不得使用外部模型。"
    "本办法自2027年3月1日起施行。意见反馈截止日期为2026年12月20日。"
)
SOURCE = Source(
    id="cn-nfra", name_en="National Financial Regulatory Administration", name_zh="国家金融监督管理总局",
    acronym="NFRA", family="nfra", tier=1, jurisdiction="CN", kind="regulator", timezone="Asia/Shanghai",
    homepage="https://nfra.example/",
)  # fmt: skip


def item(text: str = TEXT, *, key: str = "1") -> Item:
    return Item(
        id=item_id(SOURCE.id, key), source_id=SOURCE.id, key=key, url=f"https://nfra.example/{key}",
        title="国家金融监督管理总局关于《银行业模型风险管理办法（征求意见稿）》公开征求意见的公告", text=text,
        lang="zh-Hans", column="consultation", published=Moment(day=NOW.date()), fetched_at=NOW,
    )  # fmt: skip


def summarize(store: Store, now: datetime = NOW, writing: Writing = EMBEDDED) -> None:
    summarizer.summarize(store, now=now, progress=lambda *_: None, writing=writing)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    settings = tmp_path / "dibao.toml"
    settings.write_text('database = "test.db"\n', "utf-8")
    with Store(tmp_path / "test.db") as store:
        store.put_sources([SOURCE])
        store.put_items([item()])
        summarize(store)
    yield settings


def by_endpoint(url: str) -> Writing:
    return Writing(
        kind="endpoint", model="m", base_url=url, levels=LEVELS, price_in=2.0, price_out=8.0, currency="USD"
    )


def explain(file: Path, *more: str, env: dict[str, str] | None = None) -> str:
    result = CliRunner().invoke(cli, ["--config", str(file), "briefs", "explain", *more], env=env)
    assert result.exit_code == 0, result.output
    return result.output


def told(file: Path, *more: str) -> dict[str, Any]:
    result = CliRunner().invoke(cli, ["--json", "--config", str(file), "briefs", "explain", *more])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_brief_of_the_embedded_writer_replays_identically(file: Path, lang: str) -> None:
    found = told(file, "1", "--lang", lang)

    assert found["replays"] is True
    assert found["differences"] == []
    assert all(sentence["against"] == [] for sentence in (*found["sentences"], *found["impact"]))


def test_inputs_cost_and_time_are_told(file: Path) -> None:
    found = told(file, "1", "--lang", "en")

    assert [(one["version"], len(one["sha256"]), len(one["facts"])) for one in found["items"]] == [
        (1, 64, 64)
    ]
    assert (found["tokens_in"], found["tokens_out"], found["model"]) == (0, 0, "")
    assert 0 < found["seconds"] < 60
    assert found["rank"].startswith("[")


def test_it_is_told_in_the_callers_language(file: Path) -> None:
    english = explain(file, "1", "--lang", "en")

    assert "sentence 1 [grounded]" in english
    assert "replays identically: yes" in english
    assert "headline: " in english


def test_a_source_that_changed_is_put_together_again_as_it_was(file: Path) -> None:
    with Store(file.with_name("test.db")) as store:
        store.put_items([item(TEXT.replace("2026年12月20日", "2027年1月15日"))])
        summarize(store, datetime(2026, 11, 22, 10, tzinfo=UTC))

    first, second = (told(file, "1", "--lang", "zh", "--version", v) for v in ("1", "2"))

    assert first["replays"] is True
    assert [d["cause"] for d in first["differences"]] == ["rebuilt"]
    assert "2026年12月20日" in json.dumps(first["sentences"], ensure_ascii=False)
    assert second["replays"] is True
    assert "2027年1月15日" in json.dumps(second["sentences"], ensure_ascii=False)


@pytest.mark.parametrize("script", [honest, obedient], ids=["taken", "refused"])
def test_a_models_brief_is_replayed_from_its_kept_answer_and_asks_nobody(file: Path, script: Script) -> None:
    with endpoint(script) as seen, Store(file.with_name("test.db")) as store:
        summarize(store, datetime(2026, 11, 21, 10, tzinfo=UTC), by_endpoint(seen.url))
        asked = len(seen.prompts)
    found = told(file, "1", "--lang", "zh")

    assert asked == 2
    assert found["writer"].startswith("model:m@" if script is honest else "embedded")
    assert found["model"].startswith("m@127.0.0.1") and found["prompt"] and len(found["request"]) == 64
    assert (found["tokens_in"], found["tokens_out"], found["paid"]) == (100, 20, True)
    assert found["cost"] == "USD 0.000360"
    assert bool(found["refused"]) is (script is obedient)
    assert found["replays"] is True, found["differences"]


def test_a_models_brief_whose_answer_is_gone_says_so(file: Path) -> None:
    with endpoint(honest) as seen, Store(file.with_name("test.db")) as store:
        summarize(store, datetime(2026, 11, 21, 10, tzinfo=UTC), by_endpoint(seen.url))
    with sqlite3.connect(file.with_name("test.db")) as db:
        db.execute("DELETE FROM generations")
    db.close()
    found = told(file, "1", "--lang", "zh")

    assert found["replays"] is False
    assert "answer" in [difference["cause"] for difference in found["differences"]]


def test_what_does_not_come_out_again_says_why(file: Path) -> None:
    with Store(file.with_name("test.db")) as store:
        [brief] = store.versions_of_brief(1, "en")
        [audit] = [audit for audit in store.audits(1) if audit.lang == "en"]
        changed = replace(brief, headline="Something else", inputs="other")
        older = replace(audit, inputs="other", program="embedded-0")
        store.put_briefs([changed], audits={(1, "en"): older})

    found = told(file, "1", "--lang", "en")

    assert found["replays"] is False
    assert {"cause": "program", "item": "", "was": "embedded-0"}.items() <= found["differences"][0].items()


def test_a_sentence_that_its_sources_do_not_carry_is_told(file: Path) -> None:
    with Store(file.with_name("test.db")) as store:
        [brief] = store.versions_of_brief(1, "en")
        [audit] = [audit for audit in store.audits(1) if audit.lang == "en"]
        wrong = replace(brief.sentences[0], text="NFRA fined a bank RMB 7 million.")
        store.put_briefs(
            [replace(brief, sentences=(wrong,), inputs="other")],
            audits={(1, "en"): replace(audit, inputs="other")},
        )

    assert "sentence 1 [NOT grounded]" in explain(file, "1", "--lang", "en")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("99",), "it has no brief", id="no such story"),
        pytest.param(("1", "--version", "9"), "no version 9; there are 1", id="no such version"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(file: Path, arguments: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(cli, ["--config", str(file), "briefs", "explain", *arguments])

    assert result.exit_code == 1
    assert said in result.output
    assert result.output.count("\n") == 1


def test_the_same_words_from_other_inputs_are_no_new_version(file: Path) -> None:
    with Store(file.with_name("test.db")) as store:
        [brief] = store.versions_of_brief(1, "en")
        store.put_briefs([replace(brief, inputs="other", written_at=datetime(2026, 12, 1, tzinfo=UTC))])

        assert [b.version for b in store.versions_of_brief(1, "en")] == [1]
        assert store.briefs([1])[1, "en"].inputs == "other"
        assert store.briefs([1])[1, "en"].written_at == brief.written_at
