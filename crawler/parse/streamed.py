"""Pages that arrive in pieces: React sends a part of a page later, in a hidden <div>, and a script that says
where it belongs. A reader sees the parts in their places; so do we. What no script places stays hidden.

The scripts are not run: ``$RC("B:1","S:1")``, ``$RR`` and ``$RS("S:2","P:2")`` are all that is understood.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

MAX_PARTS = 2_000
_PLACED = re.compile(r"\$R([CRS])\(\"([\w:-]{1,40})\",\"([\w:-]{1,40})\"")


def settle(tree: Any) -> None:
    """Put the parts of a streamed page where its own scripts put them, in the tree itself."""
    calls = [
        match.groups()
        for script in tree.iter("script")
        if script.text and "$R" in script.text
        for match in _PLACED.finditer(script.text)
    ][:MAX_PARTS]
    if not calls:
        return
    places = {e.get("id"): e for e in tree.iter("template") if e.get("id")}
    parts = {e.get("id"): e for e in tree.iter("div") if "hidden" in e.attrib and e.get("id")}
    for kind, first, second in calls:
        place, part = (second, first) if kind == "S" else (first, second)
        if place in places and part in parts:
            _move(parts.pop(part), places.pop(place), boundary=kind != "S")


def _move(part: Any, place: Any, *, boundary: bool) -> None:
    """Put what is in ``part`` at ``place``; with ``boundary``, take out what stood there in the meantime."""
    parent = place.getparent()
    if parent is None or part.getparent() is None or any(above is part for above in place.iterancestors()):
        return
    if boundary:
        _clear(place)
    shown = part.makeelement("div")
    shown.text = part.text
    shown.extend(list(part))
    shown.tail, place.tail = place.tail, None
    parent.replace(place, shown)


def _clear(place: Any) -> None:
    """Drop the siblings up to the comment ``/$`` that ends the boundary; none where it does not end."""
    doomed, depth = [], 0
    for sibling in islice(place.itersiblings(), MAX_PARTS):
        if not isinstance(sibling.tag, str):
            mark = (sibling.text or "").strip()
            if mark == "/$" and depth == 0:
                break
            depth += (mark in ("$", "$?", "$!", "$~")) - (mark == "/$")
        doomed.append(sibling)
    else:
        return
    place.tail = None
    for sibling in doomed:
        sibling.getparent().remove(sibling)
