"""The command line speaks Chinese to whoever asks for it; the compiled words are those of the file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dibao import words

from . import demo

_FIELD = re.compile(r"\{[a-z_!]*\}|%\([a-z]+\)s")


def speak(language: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LANGUAGE": language, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "dibao", *arguments],
        capture_output=True, text=True, env=environment, cwd=demo.DEMO.parent, check=False,
    )  # fmt: skip


def test_every_message_has_chinese_words() -> None:
    """``make words`` collects new messages and names those that still lack words."""
    _, missing = words.updated(words.translated())

    assert missing == []


def test_the_compiled_words_are_those_of_the_file() -> None:
    new, _ = words.updated(words.translated())

    assert words.PO.with_suffix(".mo").read_bytes() == words.compiled(new)


def test_a_translation_fills_in_what_the_message_fills_in() -> None:
    for message in words.translated():
        if message.id and isinstance(message.id, str):
            assert set(_FIELD.findall(message.string)) == set(_FIELD.findall(message.id)), message.id


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "采集、理解"),
        ("zh_CN.UTF-8", "采集、理解"),
        ("en", "crawl, summarize"),
        ("fr", "crawl, summarize"),
    ],
    ids=["chinese", "as a locale names it", "english", "no words of ours"],
)
def test_help_is_in_the_language_of_the_caller(language: str, told: str) -> None:
    assert told in speak(language, "--help").stdout


def test_a_wrong_word_is_answered_in_chinese_too(tmp_path: Path) -> None:
    done = speak("zh", "mail", "--lang", "fr")

    assert done.returncode == 2
    assert "取值无效" in done.stderr
    assert "Error" not in done.stderr
