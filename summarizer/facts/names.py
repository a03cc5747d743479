"""Places of the glossary's bodies and systems in a text. Only names are looked for, English ones with a
capital, so that most of a text is passed over at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dibao.store import Lang

from ..glossary import Entry, Glossary, Hit

_KINDS = ("org", "system")
_HEAD = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Index:
    entries: Mapping[str, Entry]
    pairs: re.Pattern[str]
    """Two characters that a Chinese name begins with."""
    lengths: Mapping[str, tuple[int, ...]]
    """Such a pair → lengths of the names, the longest first."""
    phrases: Mapping[str, re.Pattern[str]]
    """First word of English names and acronyms, in small letters → those names."""


def find_names(text: str, glossary: Glossary, lang: Lang) -> Iterator[Hit]:
    """Yield the bodies and systems in their order, the longest at each place; linear in the text's length.

    Acronyms are found in Chinese text too, English names there are not.
    """
    index = _index(glossary)
    found = [*_words(text, index)]
    if lang == "zh":
        found = sorted((*_chinese(text, index), *found), key=lambda hit: (hit.start, -hit.end))
    end = 0
    for hit in found:
        if hit.start >= end:
            yield hit
            end = hit.end


def _chinese(text: str, index: _Index) -> Iterator[Hit]:
    at = 0
    while match := index.pairs.search(text, at):
        start = match.start()
        at = start + 1
        for length in index.lengths.get(match[0], ()):
            entry = index.entries.get(text[start : start + length])
            if entry is not None and start + length <= len(text):
                yield Hit(start, start + length, entry)
                at = start + length
                break


def _words(text: str, index: _Index) -> Iterator[Hit]:
    for head in _HEAD.finditer(text):
        pattern = index.phrases.get(head[0].lower())
        match = pattern.match(text, head.start()) if pattern else None
        if match:
            yield Hit(match.start(), match.end(), index.entries[_key(match[0], index.entries)])


@lru_cache(maxsize=2)
def _index(glossary: Glossary) -> _Index:
    entries: dict[str, Entry] = {}
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    heads: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, entry in glossary.names(*_KINDS):
        entries.setdefault(name, entry)
        if _HAN.match(name):
            lengths[name[:2]].add(len(name))
        elif head := _HEAD.match(name[:1].upper() + name[1:]):
            words = r"\s".join(map(re.escape, name.split())).replace("'", "['’]")
            heads[head[0].lower()][name] = words if name == entry.abbrev else f"(?i:{words})"
    seconds: defaultdict[str, set[str]] = defaultdict(set)
    for pair in lengths:
        seconds[pair[0]].add(pair[1])
    return _Index(
        entries,
        re.compile("|".join(f"{first}[{''.join(sorted(second))}]" for first, second in seconds.items())),
        {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()},
        {head: _pattern(names) for head, names in heads.items()},
    )


def _pattern(names: Mapping[str, str]) -> re.Pattern[str]:
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(f"(?:{'|'.join(names[name] for name in longest)})(?![A-Za-z0-9])")


def _key(words: str, entries: Mapping[str, Entry]) -> str:
    """Return the key of an acronym, which keeps its capitals, or of a name."""
    return words if words in entries else " ".join(words.replace("’", "'").lower().split())
