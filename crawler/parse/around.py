"""What an element of a feed has from where it stands: the base of its addresses, the language of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/+")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE_SCHEMES = frozenset(("http", "https", "ftp", "feed", "file"))


def language_of(elements: Iterable[Any]) -> str | None:
    """Return what the first of some elements says of its language, which may be ""; None where none does."""
    return next((said for element in elements if (said := element.get(_XML_LANG)) is not None), None)


def base_of(elements: Iterable[Any], base: str = "") -> str:
    """Return the base inside the last of nested elements; one that is no web address is none."""
    for element in elements:
        said = element.get(_XML_BASE) or element.get("base")
        if said:
            made = joined(base, said) if base else said
            base = made if not base or made.partition(":")[0] in _BASE_SCHEMES else base
    return base


def joined(base: str, address: str) -> str:
    try:
        return urljoin(base, SLASHES.sub(r"\1", address))
    except ValueError:
        return ""
