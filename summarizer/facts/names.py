"""Places of the glossary's bodies and systems in a text. Only names are looked for, English ones with a
capital, so that most of a text is passed over at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
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
    chinese: re.Pattern[str]
    heads: Set[str]
    """First words of English names and acronyms, with a capital or in capitals."""
    phrases: Mapping[str, re.Pattern[str]]
    """Such a word in small letters → the names that begin with it."""


def find_names(text: str, glossary: Glossary, lang: Lang) -> Iterator[Hit]:
    """Yield the bodies and systems in their order, the longest at each place; linear in the text's length.

    Acronyms are found in Chinese text too, English names there are not.
    """
    index = _index(glossary)
    found = [*_words(text, index)]
    if lang == "zh":
        chinese = (Hit(m.start(), m.end(), index.entries[m[0]]) for m in index.chinese.finditer(text))
        found = sorted((*chinese, *found), key=lambda hit: (hit.start, -hit.end))
    end = 0
    for hit in found:
        if hit.start >= end:
            yield hit
            end = hit.end


def _words(text: str, index: _Index) -> Iterator[Hit]:
    for head in _HEAD.finditer(text):
        if head[0] not in index.heads:
            continue
        match = index.phrases[head[0].lower()].match(text, head.start())
        if match:
            yield Hit(match.start(), match.end(), index.entries[_key(match[0], index.entries)])


@lru_cache(maxsize=2)
def _index(glossary: Glossary) -> _Index:
    entries: dict[str, Entry] = {}
    heads: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, entry in glossary.names(*_KINDS):
        entries.setdefault(name, entry)
        head = _HEAD.match(name[:1].upper() + name[1:])
        if head:
            words = r"\s".join(map(re.escape, name.split())).replace("'", "['’]")
            heads[head[0]][name] = words if name == entry.abbrev else f"(?i:{words})"
    phrases: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for head_word, names in heads.items():
        phrases[head_word.lower()] |= names
    first = {form for word in heads for form in (word, word.upper())}
    return _Index(
        entries,
        re.compile(_tree([name for name in entries if _HAN.match(name)], depth=2)),
        frozenset(first),
        {word: _pattern(names) for word, names in phrases.items()},
    )


def _tree(words: Iterable[str], *, depth: int) -> str:
    """Return a pattern of words, the longest first, by their first letters: others are passed over."""
    rest: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        rest[word[:1]].add(word[1:])

    def inner(ends: set[str]) -> str:
        return _tree(ends, depth=depth - 1) if depth > 1 and "" not in ends else _plain(ends)

    return "|".join(f"{re.escape(first)}(?:{inner(ends)})" for first, ends in sorted(rest.items()))


def _plain(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _pattern(names: Mapping[str, str]) -> re.Pattern[str]:
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(f"(?:{'|'.join(names[name] for name in longest)})(?![A-Za-z0-9])")


def _key(words: str, entries: Mapping[str, Entry]) -> str:
    """Return the key of an acronym, which keeps its capitals, or of a name."""
    return words if words in entries else " ".join(words.replace("’", "'").lower().split())
