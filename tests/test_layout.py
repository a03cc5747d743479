"""The rooms and the arrows between them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STAGES = ("crawler", "summarizer", "site")
ROOMS = (*STAGES, "store")
FILES = sorted(
    path for room in (*ROOMS, "dibao") for path in (ROOT / room).rglob("*.py") if "/." not in str(path)
)


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_folder_is_never_imported_by_its_bare_name(path: Path) -> None:
    bare = {name.partition(".")[0] for name in imported(path)} & set(ROOMS)

    assert not bare, f"{path.name} imports {bare}: a second copy of every class; write dibao.{bare}"


@pytest.mark.parametrize("room", ROOMS)
def test_stages_meet_only_in_store(room: str) -> None:
    allowed = {"dibao.store", f"dibao.{room}"}
    for path in (ROOT / room).rglob("*.py"):
        ours = {".".join(name.split(".")[:2]) for name in imported(path) if name.startswith("dibao.")}

        assert ours <= allowed, f"{path.relative_to(ROOT)} imports {ours - allowed}"


def test_every_room_says_what_comes_in_and_what_goes_out() -> None:
    for room in ROOMS:
        text = (ROOT / room / "README.md").read_text("utf-8")

        assert "comes in" in text.lower()
        assert "goes out" in text.lower()


def test_the_four_folders_are_links_in_the_package() -> None:
    for room in ROOMS:
        link = ROOT / "dibao" / room

        assert link.resolve() == (ROOT / room).resolve()
