"""The project's bilingual glossary: finds its terms in a text of either language, gives official renderings.

In: ``glossary.csv`` beside this file. Out: entries, bodies, and places in a text. It does not translate.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from operator import add

from dibao.store import Body, GlossaryTerm, Lang

# One acronym, several houses (CFA Institute, Confederation of British Industry) or a common word in capitals.
_UNSEARCHED = frozenset({"CFA", "CTA", "CBI", "CAR", "CUP", "APG", "PSR", "AMC", "CAS", "CIC", "MCA"})
_WORD = re.compile(r"[A-Za-z0-9]+")
_FORMS = (("’", "'"), ("‘", "'"), ("‐", "-"), ("‑", "-"), ("–", "-"), ("—", "-"))
_MAX_GAP = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One rendering of one concept. Rows that share ``id`` are the same concept in other words."""

    id: str
    zh: str
    en: str
    abbrev: str
    kind: str
    """org, group, media, doctype, verb, sanction, term, modal, phrase, field, sector, ai, data, law, unit,
    system."""
    jurisdiction: str
    """Where the rendering is official; empty: everywhere."""
    since: int | None
    until: int | None
    preferred: bool
    note: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found at ``text[start:end]``."""

    start: int
    end: int
    entry: Entry


class Glossary:
    """Entries with their indexes. ``successors`` maps a former body's id to the one that followed it."""

    def __init__(
        self, entries: Iterable[Entry], *, bodies: Mapping[str, Body], successors: Mapping[str, str]
    ) -> None:
        self.entries = tuple(entries)
        self.bodies = dict(bodies)
        self.successors = dict(successors)
        self._preferred = {e.id: e for e in reversed(self.entries) if e.preferred}
        self._by_id: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._by_id.setdefault(entry.id, []).append(entry)
        self._zh: dict[str, Entry] = {}
        self._en: dict[str, Entry] = {}
        self._abbrev: dict[str, Entry] = {}
        self._names: dict[str, list[Entry]] = {}
        for entry in sorted(self.entries, key=lambda e: not e.preferred):
            self._zh.setdefault(entry.zh, entry)
            if not (entry.kind == "group" and "," in entry.en):  # "PBC, NFRA and CSRC" are three bodies
                self._en.setdefault(_key(entry.en), entry)
            if entry.kind == "org":
                for name in {entry.zh, entry.en.casefold(), entry.abbrev} - {""}:
                    self._names.setdefault(name, []).append(entry)
        for abbrev, entry in _searchable(self.entries):
            self._abbrev.setdefault(abbrev, entry)
        self._zh_lengths = _lengths((zh[:2], len(zh)) for zh in self._zh if len(zh) > 1)
        # A phrase of one word is found in the plural too.
        lengths = _lengths(_first_word(key) for key in self._en)
        self._en_heads = {**{f"{head}s": n for head, n in lengths.items()}, **lengths}
        for head, n in lengths.items():
            if head.endswith("y"):
                self._en_heads.setdefault(f"{head[:-1]}ies", n)
            both = {*self._en_heads[head], *lengths.get(_one(head), ())}
            self._en_heads[head] = tuple(sorted(both, reverse=True))
        self._en_next = _nexts(self._en, self._en_heads)
        self._abbrev_lengths = _lengths(_first_word(key) for key in self._abbrev)

    def find(self, text: str, lang: Lang) -> tuple[Hit, ...]:
        """Return the longest matches from left to right, none overlapping another.

        English is matched by whole words without regard to case, abbreviations with regard to it;
        abbreviations are found in Chinese text too. The time is linear in the length of the text.
        """
        words = self._words(text, english=lang == "en")
        return tuple(words if lang == "en" else _merge(self._chinese(text), words))

    def preferred(self, id: str) -> Entry:
        """Return the official rendering of a concept; KeyError when the glossary has none."""
        return self._preferred[id]

    def entries_of(self, id: str) -> tuple[Entry, ...]:
        """Return all renderings of a concept, in the file's order; none for an unknown id."""
        return tuple(self._by_id.get(id, ()))

    def names(self, *kinds: str) -> Iterator[tuple[str, Entry]]:
        """Yield what ``find`` looks for of these kinds: Chinese, English in small letters, acronyms."""
        for index in (self._zh, self._en, self._abbrev):
            yield from ((name, entry) for name, entry in index.items() if entry.kind in kinds)

    def body_of(self, name: str, *, jurisdiction: str = "CN", on: date | None = None) -> Body | None:
        """Return the body that a whole name, short form or acronym means, None when it is not one.

        Among bodies of one name the jurisdiction decides, then whether it existed on that day.
        """
        found = self._names.get(name) or self._names.get(name.casefold()) or []
        if not found:
            return None
        return self.bodies[min(found, key=lambda e: (e.jurisdiction != jurisdiction, not _valid(e, on))).id]

    def law_of(self, name: str) -> str:
        """Return the full official title of a law by any of its Chinese names, empty when not known."""
        entry = self._zh.get(name)
        if entry is None or entry.kind != "law":
            return ""
        return "".join(self._preferred[entry.id].zh.split())

    def terms(self) -> tuple[GlossaryTerm, ...]:
        """Return the preferred rendering of every concept that is no institution, in the file's order."""
        return tuple(
            GlossaryTerm(id=e.id, kind=e.kind, en=e.en, zh=e.zh, abbrev=e.abbrev, jurisdiction=e.jurisdiction)
            for e in self.entries
            if e.preferred and e.kind not in ("org", "group", "media")
        )

    def _chinese(self, text: str) -> Iterator[Hit]:
        lengths, at = self._zh_lengths, 0
        begun = [(n, pair) for n, pair in enumerate(map(add, text, text[1:])) if pair in lengths]
        for start, pair in begun:
            if start < at:
                continue
            for length in lengths[pair]:
                entry = self._zh.get(text[start : start + length])
                if entry is not None and len(entry.zh) == length and not _foreign(text, start, entry):
                    yield Hit(start, start + length, entry)
                    at = start + length
                    break

    def _words(self, text: str, *, english: bool) -> Iterator[Hit]:
        words = [match.span() for match in _WORD.finditer(text)]
        lowered = _lowered(text) if english else ""
        acronyms, heads = self._abbrev_lengths, self._en_heads if english else {}
        # Most words begin nothing, and most that could go on otherwise.
        begun = [n for n, (start, end) in enumerate(words) if text[start:end] in acronyms]
        if english:
            low = [*(lowered[start:end] for start, end in words), ""]
            nexts = ((n, self._en_next.get(word)) for n, word in enumerate(low))
            named = [n for n, seconds in nexts if seconds and ("" in seconds or low[n + 1] in seconds)]
            begun = sorted({*begun, *named})
        after = 0
        for at in begun:
            if at < after:
                continue
            start, end = words[at]
            exact = _run(text, words, at, acronyms.get(text[start:end], ()), self._abbrev)
            loose = _run(lowered, words, at, heads.get(lowered[start:end], ()), self._en)
            best = max((h for h in (exact, loose) if h), key=lambda h: h[0], default=None)
            if best is not None:
                count, entry = best
                after = at + count
                yield Hit(start, words[after - 1][1], entry)


def _lowered(text: str) -> str:
    """Return an English text in the form of the keys, each character in its place."""
    plain = _plain(text)
    lowered = plain.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if char.isascii() else char for char in plain)


def _plain(text: str) -> str:
    """Return a text with plain apostrophes and hyphens, each in its place."""
    for form, plain in _FORMS if not text.isascii() else ():
        text = text.replace(form, plain)  # many times faster than a table of characters
    return text


_ABROAD = (
    "波兰", "韩国", "日本", "英国", "法国", "德国", "意大利", "西班牙", "瑞士", "瑞典", "挪威", "丹麦",
    "芬兰", "荷兰", "比利时", "奥地利", "葡萄牙", "希腊", "爱尔兰", "土耳其", "俄罗斯", "乌克兰", "捷克",
    "匈牙利", "罗马尼亚", "塞尔维亚", "印度", "印尼", "印度尼西亚", "泰国", "越南", "马来西亚", "菲律宾",
    "新加坡", "巴基斯坦", "孟加拉国", "斯里兰卡", "缅甸", "老挝", "柬埔寨", "蒙古", "蒙古国", "哈萨克斯坦",
    "乌兹别克斯坦", "澳大利亚", "新西兰", "加拿大", "墨西哥", "巴西", "阿根廷", "智利", "秘鲁", "哥伦比亚",
    "委内瑞拉", "埃及", "南非", "尼日利亚", "肯尼亚", "摩洛哥", "沙特", "阿联酋", "卡塔尔", "科威特",
    "以色列", "伊朗", "伊拉克", "美国", "欧洲", "外国", "各国", "多国", "全球", "该国", "他国", "美", "英",
    "德", "韩", "俄", "印", "澳",
)  # fmt: skip
_SHORT = 4
"""Characters of a Chinese body's name that a body abroad may bear too (央行, 财政部, 证监会)."""


def _foreign(text: str, start: int, entry: Entry) -> bool:
    """Whether a short name of a Chinese body is that of another country's here: 波兰央行."""
    return (
        entry.kind == "org"
        and entry.jurisdiction == "CN"
        and len(entry.zh) <= _SHORT
        and text.endswith(_ABROAD, 0, start)
    )


def _run(
    text: str,
    words: list[tuple[int, int]],
    at: int,
    lengths: Sequence[int],
    index: Mapping[str, Entry],
) -> tuple[int, Entry] | None:
    """Return how many words from ``at`` on make the longest key of an index, and its entry.

    ``text`` is in the form of the keys, but for white space.
    """
    start = words[at][0]
    for count in lengths:
        if at + count > len(words):
            continue
        key = text[start : words[at + count - 1][1]]
        if count > 1 and ("  " in key or not key.isprintable()):
            key = " ".join(key.split())
        entry = index.get(key) or (index.get(_one(key)) if key[-1] == "s" else None)
        if entry is not None and not any(
            words[i + 1][0] - words[i][1] > _MAX_GAP for i in range(at, at + count - 1)
        ):
            return count, entry
    return None


def problems(glossary: Glossary) -> list[str]:
    """Return what is wrong with a glossary, one line each: double or missing preferred renderings,
    former names without a successor, bodies and years that contradict themselves."""
    found: list[str] = []
    by_id: dict[str, list[Entry]] = {}
    for entry in glossary.entries:
        by_id.setdefault(entry.id, []).append(entry)
    for id, entries in by_id.items():
        preferred = sum(e.preferred for e in entries)
        if preferred != 1:
            found.append(f"{id}: {preferred} preferred renderings; mark exactly one row")
        if len({(e.kind == "org") for e in entries}) > 1:
            found.append(f"{id}: a body and a term share this id; rename one")
        if any(e.until for e in entries) and glossary.successors.get(id) not in by_id:
            found.append(f"{id}: former name without a known successor; fill `successor`")
        if any(e.since and e.until and e.since > e.until for e in entries):
            found.append(f"{id}: ends before it begins")
    owners: dict[tuple[str, str], set[str]] = {}
    for entry in glossary.entries:
        if entry.kind == "org":
            owners.setdefault((entry.zh, entry.jurisdiction), set()).add(entry.id)
        if not entry.zh or not entry.en:
            found.append(f"{entry.id}: a row lacks one of its two languages")
    found += [f"{zh}: means {', '.join(sorted(ids))}" for (zh, _), ids in owners.items() if len(ids) > 1]
    return found


@cache
def load_glossary() -> Glossary:
    """Read the glossary that ships with the package; read once for a process."""
    text = files("dibao.summarizer").joinpath("glossary.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return Glossary(
        (_entry(row) for row in rows),
        bodies=_bodies(rows),
        successors={row["id"]: row["successor"] for row in rows if row["successor"]},
    )


def _entry(row: Mapping[str, str]) -> Entry:
    return Entry(
        row["id"],
        row["zh"],
        row["en"],
        row["abbrev"],
        row["kind"],
        row["jurisdiction"],
        int(row["since"]) if row["since"] else None,
        int(row["until"]) if row["until"] else None,
        row["preferred"] == "1",
        row["note"],
    )


def _bodies(rows: Iterable[Mapping[str, str]]) -> dict[str, Body]:
    """Make a Body of every id of kind org: names of its preferred row, short form of the row marked so."""
    main: dict[str, Mapping[str, str]] = {}
    short: dict[str, str] = {}
    for row in rows:
        if row["kind"] != "org":
            continue
        if row["preferred"]:
            main[row["id"]] = row
        if row["short"]:
            short.setdefault(row["id"], row["zh"])
    return {
        id: Body(
            id=id,
            name_en=row["en"],
            name_zh=row["zh"],
            short_en=row["abbrev"] or row["en"],
            short_zh=short.get(id, row["zh"]),
            jurisdiction=row["jurisdiction"],
            level=float(row["level"]),
        )
        for id, row in main.items()
    }


def _searchable(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Yield the abbreviations that mean one thing in running text: of three letters and more, and AI."""
    owners: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.abbrev:
            owners.setdefault(entry.abbrev, []).append(entry)
    for abbrev, owned in owners.items():
        if (
            len({e.id for e in owned}) == 1
            and abbrev not in _UNSEARCHED
            and (len(abbrev) > 2 or abbrev == "AI")
        ):
            yield abbrev, next((e for e in owned if e.preferred), owned[0])


def _lengths(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for first, length in pairs:
        found.setdefault(first, set()).add(length)
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _nexts(keys: Iterable[str], heads: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return for each first word, in the plural too, which words may follow; "" where it may stand alone."""
    found: dict[str, set[str]] = {}
    for key in keys:
        first, *rest = _WORD.findall(key) or [key]
        seconds = found.setdefault(first, set())
        seconds.add(rest[0] if rest else "")
        if len(rest) == 1:  # the last word may stand in the plural
            seconds |= {f"{rest[0]}s", f"{rest[0][:-1]}ies"}
    return {
        head: frozenset().union(*(found.get(base, ()) for base in {head, head.removesuffix("s"), _one(head)}))
        for head in heads
    }


def _first_word(key: str) -> tuple[str, int]:
    words = _WORD.findall(key)
    return (words[0], len(words)) if words else (key, 1)


def _key(text: str) -> str:
    return " ".join(_plain(text).lower().split())


def _one(key: str) -> str:
    """Return the singular of a phrase's last word, by its commonest endings."""
    if key.endswith("ies"):
        return key[:-3] + "y"
    return key[:-1] if key.endswith("s") and not key.endswith("ss") else key


def _valid(entry: Entry, on: date | None) -> bool:
    return on is None or (entry.since or 0) <= on.year <= (entry.until or 9999)


def _merge(first: Iterator[Hit], second: Iterator[Hit]) -> Iterator[Hit]:
    """Yield both in order of place; where they overlap the earlier, then the longer one stays."""
    end = 0
    for hit in sorted((*first, *second), key=lambda h: (h.start, -h.end)):
        if hit.start >= end:
            yield hit
            end = hit.end
