"""The sheet, the scripts and their names: contrast, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

from dibao.site.pages import assets
from dibao.store import HTML_LANG


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_contrasts_with_every_ground(scheme: str, pages: dict[str, bytes]) -> None:
    sheet = pages[assets()["style"]].decode()
    light, dark = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[:2]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        colours |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark))

    for name in ("ink", "soft", "link", "critical", "significant", "notable", "routine"):
        for ground in ("paper", "sheet", "tint", "mark"):
            assert contrast(colours[name], colours[ground]) >= 4.5, f"{name} on {ground}"
    assert contrast("#ffffff", colours["seal"]) >= 4.5


def test_the_sheet_and_the_script_load_nothing_from_elsewhere(pages: dict[str, bytes]) -> None:
    for key in ("style", "script", "search"):
        content = pages[assets()[key]].decode()
        assert not re.search(r"https?:|//[a-z]|url\(|@import|innerHTML", content), key
        asked = re.findall(r"fetch\(([^)]*)\)", content)
        assert asked == (['word.index, { credentials: "omit" }'] if key == "search" else []), key


def test_assets_are_named_by_their_content(pages: dict[str, bytes], trees: dict[str, Any]) -> None:
    etree.fromstring(pages[assets()["icon"]])
    assert all(re.search(r"\.[0-9a-f]{12}\.(css|js|svg)$", path) for path in assets().values())
    tags = {path: tree.get("lang") for path, tree in trees.items() if path[2:3] == "/"}
    assert all(tag == HTML_LANG[path[:2]] for path, tag in tags.items())  # type: ignore[index]
