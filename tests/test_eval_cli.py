"""`dibao facts` shows where each value was read; `dibao eval facts` says what misses its target."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dibao import eval_cli
from dibao.cli import cli
from dibao.facts_quality import Tally
from dibao.store import Store

from .summarizer.making import NFRA, item

WHAT = item("银行办法", "第一条 银行不得泄露信息。\n联系人：王小明\n本办法自2026年7月1日起施行。")


@pytest.fixture
def config(tmp_path: Path) -> str:
    with Store(tmp_path / "dibao.db") as store:
        store.put_sources([NFRA])
        store.put_items([replaced()])
    file = tmp_path / "dibao.toml"
    file.write_text(f'database = "{tmp_path / "dibao.db"}"\n', "utf-8")
    return str(file)


def replaced():  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(WHAT, source_id=NFRA.id)


@pytest.mark.parametrize("name", [WHAT.id, WHAT.url], ids=["id", "address"])
def test_facts_underlines_the_words_they_were_read_from(config: str, name: str) -> None:
    done = CliRunner().invoke(cli, ["--config", config, "facts", name], color=True)

    assert done.exit_code == 0, done.output
    assert "date_effective   2026-07-01" in done.output
    assert "\x1b[4m2026年7月1日\x1b[0m" in done.output


def test_facts_never_show_private_persons(config: str) -> None:
    done = CliRunner().invoke(cli, ["--config", config, "facts", WHAT.id])

    assert "person_private" in done.output
    assert "王小明" not in done.output


def test_facts_give_both_names_of_what_is_an_id(config: str) -> None:
    done = CliRunner().invoke(cli, ["--config", config, "facts", WHAT.id])

    assert (
        "issuer           NFRA · National Financial Regulatory Administration · 国家金融监督管理总局"
        in done.output
    )


def test_facts_as_json_give_the_place(config: str) -> None:
    done = CliRunner().invoke(cli, ["--config", config, "--json", "facts", WHAT.id])
    [fact] = [row for row in map(json.loads, done.output.splitlines()) if row["kind"] == "date_effective"]

    assert WHAT.text[fact["start"] : fact["end"]] == fact["quote"] == "2026年7月1日"


def test_an_unknown_item_is_one_line(config: str) -> None:
    done = CliRunner().invoke(cli, ["--config", config, "facts", "nothing"])

    assert done.exit_code == 1
    assert done.stderr.startswith("dibao: nothing: no such item")


@pytest.mark.parametrize("wrong, code", [(0, 0), (99, 1)], ids=["all right", "below a target"])
def test_eval_facts_fails_below_a_target(monkeypatch: pytest.MonkeyPatch, wrong: int, code: int) -> None:
    tallies = {kind: Tally(right=100, wrong=wrong) for kind in eval_cli.quality.TARGETS}
    monkeypatch.setattr(eval_cli.quality, "measure", lambda *_: tallies)
    monkeypatch.setattr(eval_cli.quality, "shared_tallies", lambda *_: {})
    done = CliRunner().invoke(cli, ["--json", "eval", "facts"])

    assert done.exit_code == code
    assert json.loads(done.output)["kinds"]["issuer"]["precision"] == round(100 / (100 + wrong), 4)


@pytest.mark.parametrize(
    "options, shown",
    [
        ([], ""),
        (["-v"], "old learn second"),
        (["--held-misses"], "held fresh"),
        (["-v", "--held-misses"], "old learn second held fresh"),
    ],
    ids=["totals", "verbose", "held", "all"],
)
def test_single_misses_of_the_held_half_are_shown_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, options: list[str], shown: str
) -> None:
    names = {"": "old", "learn": "learn", "learn-2": "second", "held": "held", "check": "fresh"}
    monkeypatch.setattr(eval_cli.quality, "labelled", lambda half="": [names[half]])
    monkeypatch.setattr(eval_cli.quality, "shared_tallies", lambda *_: {})
    monkeypatch.setattr(
        eval_cli.quality,
        "measure",
        lambda documents, _: {"issuer": Tally(missed=1, examples=[f"a miss of {documents[0]}"])},
    )
    done = CliRunner().invoke(cli, ["eval", "facts", *options])

    assert [name for name in names.values() if f"a miss of {name}" in done.output] == shown.split()
    assert done.output.count("issuer ") == 5
    assert "half held" in done.output
