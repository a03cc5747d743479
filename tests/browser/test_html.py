"""Every page is HTML that the W3C's Nu checker has nothing against."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from .. import demo

JAR = Path(__file__).resolve().parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module")
def checker() -> list[str]:
    java = shutil.which("java")
    if java is None or not JAR.exists():
        pytest.skip("no Nu checker here: it needs Java and `npm ci --ignore-scripts`")
    return [java, "-jar", str(JAR), "--skip-non-html", "--errors-only", "--format", "text"]


def complaints(checker: list[str], folder: Path) -> str:
    done = subprocess.run([*checker, str(folder)], capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ""


def test_every_page_of_the_demo_is_valid_html(checker: list[str], outcome: demo.Outcome) -> None:
    assert complaints(checker, outcome.built.path.resolve()) == ""


def test_the_checker_finds_a_planted_fault(checker: list[str], tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title><p><time>soon</time>", "utf-8")

    assert "time" in complaints(checker, tmp_path)
