"""Settings: read once, checked with the field named, secrets never in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from dibao import config
from dibao.store import ConfigError


def test_without_a_file_the_defaults_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert config.load(None) == config.Config()


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a" / "dibao.toml"
    file.parent.mkdir()
    file.write_text('database = "x.db"', "utf-8")

    settings = config.load(file)

    assert settings.path(settings.database) == file.parent / "x.db"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("database = 3", r"Expected `str`, got `int` - at `\$.database`", id="type"),
        pytest.param("[site]\ncolour = 'red'", "unknown field `colour` - at `$.site`", id="unknown-field"),
        pytest.param("[site]\nbase_url = 'ftp://x/'", "site.base_url", id="address"),
        pytest.param("now = '2026-11-20T18:00:00'", "now: .* no offset", id="naive-time"),
        pytest.param("now = 'soon'", "now: 'soon' is not a time", id="no-time"),
        pytest.param("[mail]\ntls = 'maybe'", r"at `\$.mail.tls`", id="tls"),
        pytest.param("= 3", "not readable as TOML", id="not-toml"),
    ],
)
def test_a_wrong_setting_is_one_line_with_file_and_field(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "dibao.toml"
    file.write_text(text, "utf-8")

    with pytest.raises(ConfigError, match=told.replace("$.site", r"\$.site")) as caught:
        config.load(file)
    assert "dibao.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_named_file_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none.toml: .* --config"):
        config.load(tmp_path / "none.toml")


def test_a_password_in_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "dibao.toml"
    file.write_text("[mail]\npassword = 'secret'", "utf-8")

    with pytest.raises(ConfigError, match="password"):
        config.load(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param('key = "A desk"', "stands once", id="key that is no address"),
        pytest.param('key = "desk"\ntopics = ["money"]', "'money' is not known", id="strange topic"),
        pytest.param('key = "desk"\njurisdictions = ["XX"]', "'XX' is not known", id="strange jurisdiction"),
        pytest.param('key = "desk"\nsectors = ["bank"]', "'bank' is not known", id="strange sector"),
    ],
)
def test_a_readers_lens_watches_only_what_there_is(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "dibao.toml"
    file.write_text(f'[[profiles]]\ntitle_en = "A"\ntitle_zh = "甲"\n{text}\n', "utf-8")

    with pytest.raises(ConfigError, match=said):
        config.load(file)
