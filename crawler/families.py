"""CMS families: what the sites of one content management system have in common, kept as data.

``families.yaml`` says per family what an endpoint is unless its source says otherwise; adding a site of
a known family needs its address and little more. No code here knows any family by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from dibao.store import ConfigError

_KINDS = ("fields", "labels", "params", "ok", "detail", "then", "cut", "where", "headers")
"""Mappings that are completed key by key; everything else is replaced whole."""


def _load() -> dict[str, dict[str, Any]]:
    text = (files("dibao.crawler") / "families.yaml").read_text("utf-8")
    found: dict[str, dict[str, Any]] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return found


FAMILIES = _load()


def with_family(row: Any, families: Mapping[str, Mapping[str, Any]]) -> Any:
    """Return a source as written, with its endpoints completed from their families.

    Raises ConfigError for a family that nobody knows. What is not well formed is passed on as it is: the
    check of types that follows says so better.
    """
    if not isinstance(row, dict) or not isinstance(row.get("endpoints"), list):
        return row
    return {
        **row,
        "endpoints": [_completed(endpoint, row.get("cms", ""), families) for endpoint in row["endpoints"]],
    }


def _completed(endpoint: Any, usual: str, families: Mapping[str, Mapping[str, Any]]) -> Any:
    if not isinstance(endpoint, dict):
        return endpoint
    name = endpoint.get("cms", usual)
    if not name:
        return endpoint
    if name not in families:
        raise ConfigError(f"cms: {name!r} is not one of {', '.join(families)}")
    return {**merged(families[name]["endpoint"], endpoint), "cms": name}


def merged(usual: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``own`` over ``usual``; a key set to null is taken away."""
    found = {**usual, **own}
    for key in _KINDS:
        if isinstance(usual.get(key), Mapping) and isinstance(own.get(key), Mapping):
            found[key] = merged(usual[key], own[key])
    return {key: value for key, value in found.items() if value is not None}
