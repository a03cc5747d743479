"""The command line: verbs, exit codes, one-line errors, and what it must not load."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dibao.cli import cli

from . import demo

HEAVY = ("torch", "transformers", "sentence_transformers")


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A settings file of a demo that has run once."""
    folder = tmp_path_factory.mktemp("cli")
    demo.run(folder)
    file = folder / "dibao.toml"
    text = (demo.DEMO / "dibao.toml").read_text("utf-8")
    text = text.replace(
        'replay = "web"', f'replay = "{demo.DEMO / "web"}"\ndatabase = "demo.db"\nout = "out"'
    )
    file.write_text(text, "utf-8")
    return file


def call(config: Path, *words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, ["--config", str(config), *words])
    return done.exit_code, done.stdout, done.stderr


def loaded(code: str) -> set[str]:
    """Run a piece of code in a new process; return which of the heavy modules it loaded."""
    told = f"{code}\nimport sys; print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=demo.DEMO.parent
    )
    return set(eval(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "words", [["--help"], ["status"], ["build"], ["run"], ["search", "数据"]], ids=" ".join
)
def test_what_writes_nothing_new_loads_no_model_library(config: Path, words: list[str]) -> None:
    code = f"""
from dibao.cli import cli
try:
    cli(["--config", {str(config)!r}, *{words!r}])
except SystemExit as ended:
    assert ended.code in (0, 3), ended.code
"""

    assert loaded(code) == set()


def test_another_model_does_load_them_so_that_the_test_above_can_fail() -> None:
    code = "from dibao.summarizer.static_model import as_sentence_transformer; as_sentence_transformer()"

    assert "torch" in loaded(code)


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_every_command_has_help(verb: str) -> None:
    done = CliRunner().invoke(cli, [verb, "--help"])

    assert done.exit_code == 0
    assert cli.commands[verb].help


def test_a_known_error_is_one_line_that_says_what_to_do_and_exit_code_1(tmp_path: Path) -> None:
    file = tmp_path / "dibao.toml"
    file.write_text("", "utf-8")
    code, out, err = call(file, "status")

    assert (code, out) == (1, "")
    assert err.startswith("dibao: ")
    assert err.count("\n") == 1
    assert "`dibao run`" in err


@pytest.mark.parametrize(
    ("language", "words"),
    [
        pytest.param("en", "free some space", id="en"),
        pytest.param("zh_CN", "请腾出空间", id="zh"),
    ],
)
def test_a_full_disk_is_one_line_in_the_language_of_the_caller(
    config: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/srv/out/en/index.html")

    monkeypatch.setattr("dibao.pipeline.build", full)
    monkeypatch.setenv("LANGUAGE", language)
    code, _, err = call(config, "build")

    assert code == 1
    assert err.startswith("dibao: /srv/out/en/index.html")
    assert words in err
    assert err.count("\n") == 1


def test_any_other_fault_of_the_system_is_not_called_a_full_disk(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr("dibao.pipeline.build", gone)

    assert isinstance(CliRunner().invoke(cli, ["--config", str(config), "build"]).exception, OSError)


def test_an_unknown_source_is_an_error_of_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "dibao.toml"
    file.write_text('[crawl]\nonly = ["nobody"]', "utf-8")
    code, _, err = call(file, "crawl")

    assert code == 1
    assert "no source is called nobody" in err


def test_wrong_usage_is_exit_code_2() -> None:
    assert CliRunner().invoke(cli, ["nonsense"]).exit_code == 2


def test_a_run_with_a_source_down_ends_with_exit_code_3_and_names_it(config: Path) -> None:
    code, out, err = call(config, "run")

    assert code == 3
    assert "live" in out
    assert "cn-people" in err


def test_machines_get_json(config: Path) -> None:
    code, out, _ = call(config, "--json", "status")
    told = json.loads(out)

    assert code == 3, "one source of the recording is down on purpose; cron is to notice"
    assert told["counts"]["items"] == demo.expected()["items"]
    assert {"source_id", "last_success", "error"} <= set(told["sources"][0])


@pytest.mark.parametrize("words", ["模型风险", "model risk", "金规〔2026〕9012号"])
def test_search_answers_in_both_languages(config: Path, words: str) -> None:
    code, out, _ = call(config, "--json", "search", words)
    found = [json.loads(line) for line in out.splitlines()]

    assert code == 0
    assert any("人工智能模型风险" in story["headlines"]["zh"] for story in found)


def test_a_newsletter_can_be_looked_at_without_sending(config: Path) -> None:
    code, out, _ = call(config, "--json", "mail", "--dry-run", "--lang", "zh")
    told = json.loads(out)

    assert code == 0
    assert told["sent"] is False
    assert b"multipart/alternative" in Path(told["file"]).read_bytes()


def test_a_newsletter_without_a_server_is_an_error_before_anything_is_written(config: Path) -> None:
    code, _, err = call(config, "mail")

    assert code == 1
    assert "mail.host" in err


def test_progress_is_plain_lines_off_a_terminal(config: Path) -> None:
    _, _, err = call(config, "run")

    assert "\x1b" not in err
    assert "crawl: done" in err
