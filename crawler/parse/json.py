"""JSON from outside: a tolerant but bounded loader, and dotted paths into what it loads."""

from __future__ import annotations

import json
import re
from typing import Any

from dibao.store import DocumentError

MAX_CHARACTERS = 20_000_000

# null([...]), callback({...});  and  var newest = [...];
_WRAPPER = re.compile(
    r"\s*(?:/\*[^*]{0,200}\*/)?\s*(?:(?:var|let|const)\s+)?[\w$.\[\]\"']{0,100}\s*[=(]\s*(?=[\[{])"
)


def load_json(text: str, *, url: str) -> Any:
    """Return what a JSON or JSONP answer holds. Raises DocumentError, saying what was found instead."""
    text = text.lstrip("\ufeff \t\r\n")
    if len(text) > MAX_CHARACTERS:
        raise DocumentError(
            f"{url}: the answer has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read"
        )
    if not text:
        raise DocumentError(f"{url}: the answer is empty where JSON was expected")
    if text[0] == "<":
        raise DocumentError(f"{url}: markup where JSON was expected; a maintenance or challenge page?")
    wrapper = _WRAPPER.match(text)
    try:
        if wrapper:
            return _decoder().raw_decode(text, wrapper.end())[0]
        return _decoder().decode(text)
    except (ValueError, RecursionError) as error:
        problem = "nested too deep" if isinstance(error, RecursionError) else str(error)[:200]
        raise DocumentError(f"{url}: not readable as JSON: {problem}") from error


def _decoder() -> json.JSONDecoder:
    # Raw line breaks inside strings are common in what CMSs write; NaN has no meaning for us.
    return json.JSONDecoder(strict=False, parse_constant=lambda _: None)


def find(value: Any, path: str) -> list[Any]:
    """Return all that a dotted path leads to; [] when nothing.

    ``a.b`` descends, ``{b|c}`` takes every one of several names, a list on the way is descended item by item
    (``[]`` after a name may say so), a number picks one item, ``name=value`` the objects of a list that have
    that value. An empty path is the value itself.
    """
    found = [value]
    for step in _steps(path):
        names = step[1:-1].split("|") if step.startswith("{") else [step]
        found = [below for here in found for name in names for below in _below(here, name)]
    return found


def _steps(path: str) -> list[str]:
    return [step.removesuffix("[]") for step in path.strip().split(".") if step.removesuffix("[]")]


def _below(here: Any, name: str) -> list[Any]:
    if isinstance(here, list):
        if "=" in name:
            key, _, value = name.partition("=")
            return [row for row in here if isinstance(row, dict) and text_of(row.get(key)) == value]
        if name.isdecimal():
            return here[int(name) : int(name) + 1]
        return [here_[name] for here_ in here if isinstance(here_, dict) and name in here_]
    return [here[name]] if isinstance(here, dict) and name in here else []


def text_of(value: Any) -> str:
    """Return a JSON value as a reader would write it; "" for null, true, lists and objects."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def text_at(value: Any, path: str) -> str:
    """Return the strings at a path, joined with ``; ``; of several paths separated by commas, the first
    that has any."""
    for alternative in path.split(","):
        texts = [text for found in find(value, alternative) for text in _texts(found)]
        if texts:
            return "; ".join(texts)
    return ""


def _texts(found: Any) -> list[str]:
    values = found if isinstance(found, list) else [found]
    return [text for value in values if (text := text_of(value).strip())]
