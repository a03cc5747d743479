"""Killed anywhere, the next run goes on and ends where an undisturbed one would have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dibao.store import Store, StoryView

from . import demo

CODE = """
import sys
from pathlib import Path
from dibao import pipeline
from tests import demo
def told(what, done, total):
    print(what, flush=True)
pipeline.run(demo.settings(Path(sys.argv[1])), progress=told)
"""


def run_until(folder: Path, stage: str, times: int) -> None:
    """Start the whole line in a process of its own; kill it when a stage has reported so many times."""
    child = subprocess.Popen(
        [sys.executable, "-c", CODE, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=demo.DEMO.parent,
    )
    assert child.stdout is not None
    for line in child.stdout:
        times -= line.strip() == stage
        if not times:
            break
    child.kill()
    child.communicate()
    assert child.returncode < 0, f"the run ended before {stage} could be disturbed"


def content(views: tuple[StoryView, ...]) -> list[tuple[object, ...]]:
    return [
        (
            view.story.id,
            sorted(view.story.item_ids),
            view.rank,
            [(brief.lang, brief.headline, brief.sentences, brief.impact) for brief in view.briefs.values()],
        )
        for view in views
    ]


@pytest.mark.slow
def test_a_run_killed_in_every_stage_ends_as_one_that_was_not(tmp_path: Path, outcome: demo.Outcome) -> None:
    for stage, times in (
        ("crawl", 3),
        ("understand", 1),
        ("embed", 1),
        ("group", 1),
        ("group", 2),
        ("brief", 1),
    ):
        run_until(tmp_path, stage, times)
    settings = demo.run(tmp_path).settings
    with Store(settings.path(settings.database), writable=False) as store:
        assert content(store.views()) == content(outcome.views)
