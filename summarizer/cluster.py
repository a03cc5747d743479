"""New items + open stories → stories: joins each item to the story of its event or opens one. A pure decider.

Order does not matter inside a batch, and items that are already in a story stay where they are.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from dibao.store import Member, Story

from .features import Candidate, Features, moment, read_features
from .glossary import Glossary, load_glossary
from .groups import MOST_GUARDED, Group
from .guards import apart
from .joining import Verdict, judge, original_of
from .keys import clue
from .nearest import OFFICIAL_WINDOW, Clue, Index
from .pairs import Models, load_models
from .reader import portions, read_in, read_one, reader

JOIN = 0.6
"""Least likeness to join. At 0.55 no more of news_cluster_en is found, but of items of one evening's news
programme, which are events of their own, 57 pairs are joined where here 46 are."""

UNITE = 0.8
"""Likeness that is taken for one event although another story is nearly as like."""

MARGIN = 0.06
"""Two stories closer than this to an item in the other language: it joins neither (precision first)."""

MOST_STORIES = 4
MOST_FOR_OFFICIAL = 6
"""Stories that an item is judged against. Were all of them looked at, of 5,363 planted items that join one 13
would join a later one, of 775 labelled ones 2; an issuer's page that comes late unites the stories of its
reports."""

STILL_NEAR = 0.7
"""Once a story is surely the item's, only those with at least this share of its cosine are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpenStory:
    """A story that may still grow, with what is compared of each of its items.

    ``closed``: an editor has pinned it, nothing is added to it and it is merged with nothing.
    """

    story: Story
    candidates: tuple[Candidate, ...]
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """``stories``: new (id 0) and changed ones. ``merged``: number of a story that is no more → the kept one.
    ``reasons``: item id → why it is in its story, for each new item."""

    stories: tuple[Story, ...]
    merged: dict[int, int]
    reasons: dict[str, str]


def group(
    new: Sequence[Candidate],
    open_stories: Sequence[OpenStory],
    *,
    now: datetime,
    glossary: Glossary | None = None,
    parted: Iterable[tuple[str, str]] = (),
    models: Models | None = None,
) -> Grouping:
    """Join each new item to the story of its event, or open one.

    ``open_stories``: those whose items may still be added to; what is not given cannot be joined. A new
    version of an item that a story already has stays in it; only a number can then unite stories.
    ``parted``: pairs of items that an editor has split; no later run puts their stories together.
    ``models``: the weights for the model that the vectors are from; by default the shipped ones.
    Items dated after ``now`` are looked for around today.
    """
    known = glossary or load_glossary()
    with reader(known, many=len(new)) as pool:
        stream = Stream(known, today=now.date(), parted=parted, models=models, pool=pool)
        stream.open(open_stories)
        stream.take(new)
        return stream.result()


class Stream:
    """The groups of one run. Batches may follow one another; ``result`` says what has become of all."""

    def __init__(
        self,
        glossary: Glossary,
        *,
        today: date,
        parted: Iterable[tuple[str, str]] = (),
        models: Models | None = None,
        pool: Executor | None = None,
    ) -> None:
        """``pool``: the process that reads items meanwhile (``reader``)."""
        self._pool = pool
        self._models = models or load_models()
        self._glossary = glossary
        self._today = today
        self._parted = {frozenset(pair) for pair in parted}
        self._groups: list[Group] = []
        self._active: list[int] = []
        self._index = Index()
        self._candidates: dict[str, Candidate] = {}
        self._features: dict[str, Features] = {}
        self._home: dict[str, int] = {}
        self._merged: dict[int, int] = {}
        self._arrived: set[str] = set()

    def open(self, stories: Iterable[OpenStory]) -> None:
        """Put stories of the store on the desk. Their items are read when something is compared with them."""
        for known in sorted(stories, key=lambda o: o.story.id):
            why = {member.item_id: member for member in known.story.members}
            place = self._add_group(known.story, closed=known.closed)
            for candidate in known.candidates:
                if candidate.item.id in why:
                    self._candidates[candidate.item.id] = candidate
                    found_by = clue(candidate, self._glossary, today=self._today)
                    self._index.add([found_by])
                    self._add(place, why.pop(candidate.item.id), found_by.day)
            self._groups[place].rest = tuple(why.values())

    def take(self, new: Sequence[Candidate]) -> None:
        """Find the story of each new item, or open one: official documents first, reports gather around."""
        arrived = {c.item.id: c for c in new}
        self._arrived |= arrived.keys()
        self._candidates.update(arrived)
        for item_id in arrived:
            self._features.pop(item_id, None)
        with _uncollected():
            for part in portions(self._reading(sorted(arrived.values(), key=_turn))):
                self._features.update((features.id, features) for _, features in part)
                found = self._index.near([clue for clue, _ in part])
                for (_, features), near in zip(part, found, strict=True):
                    self._place(features, near)

    def _reading(self, turns: Sequence[Candidate]) -> Iterator[tuple[Clue, Features]]:
        if self._pool is None:
            return (read_one(candidate, self._glossary, today=self._today) for candidate in turns)
        return read_in(self._pool, turns, today=self._today)

    def forget(self, before: date) -> None:
        """End the groups whose items are all older than a day, and let go of what was read of those.

        For streams longer than memory: such a group takes no more items, and only ``result`` knows of it.
        """
        self._index.forget(before)
        still = []
        for place in self._active:
            kept = self._groups[place]
            if kept.gone:
                continue
            if kept.latest >= before:
                still.append(place)
                continue
            read = list(kept.members)
            kept.end()
            for item_id in read:
                del self._features[item_id], self._candidates[item_id]
        self._active = still

    def _read(self, item_id: str) -> Features:
        found = self._features.get(item_id)
        if found is None:
            found = self._features[item_id] = read_features(self._candidates[item_id], self._glossary)
        return found

    def _place(self, features: Features, near: Mapping[str, float]) -> None:
        home = self._home.get(features.id)
        numbered = self._by_number(features)
        if home is not None:
            self._unite(numbered | {home})
            return
        if numbered:
            sure = _sure(self._judged(features, near)) if features.official else set()
            home = self._unite(numbered)
            reason = _by_its_number(features, self._groups[home].features())
            self._add(home, Member(item_id=features.id, score=1.0, reason=reason), features.day)
            self._unite({home, *sure})
            return
        best = self._best(features, near)
        if best is None:
            home = self._add_group(None)
            self._add(home, Member(item_id=features.id, score=1.0, reason="first"), features.day)
        else:
            home, verdict = best
            member = Member(item_id=features.id, score=round(verdict.score, 3), reason=verdict.reason)
            self._add(home, member, features.day)

    def _add_group(self, story: Story | None, *, closed: bool = False) -> int:
        self._groups.append(Group(story, self._read, closed=closed))
        self._active.append(len(self._groups) - 1)
        return self._active[-1]

    def _add(self, place: int, member: Member, day: date) -> None:
        self._groups[place].add(member, day)
        self._home[member.item_id] = place

    def _by_number(self, features: Features) -> set[int]:
        """Return the groups with the item's own number, else those that report the number it names."""
        numbers = features.own or features.named
        if not numbers:
            return set()
        found = {self._home[i] for i in self._index.by_number(numbers) if i in self._home}
        groups = {place: self._groups[place] for place in found}
        return {p for p, kept in groups.items() if kept.takes and _numbered(features, kept.features())}

    def _unite(self, places: set[int]) -> int:
        """Merge groups that one item links into the oldest; return its place."""
        first, *rest = sorted(places, key=lambda p: (*self._groups[p].age, p))
        kept = self._groups[first]
        for place in rest:
            other = self._groups[place]
            if kept.closed or other.closed or self._kept_apart(kept, other):
                continue
            self._home.update(dict.fromkeys(other.members, first))
            kept.absorb(other)
            if other.story and kept.story:
                self._merged[other.story.id] = kept.story.id
        return first

    def _kept_apart(self, one: Group, two: Group) -> bool:
        """Say whether an editor or a guard keeps two groups apart."""
        if any(frozenset((a, b)) in self._parted for a in one.members for b in two.members):
            return True
        others = two.features()
        return any(apart(a, b) for a in one.features() for b in others)

    def _best(self, features: Features, near: Mapping[str, float]) -> tuple[int, Verdict] | None:
        """Return the place of the story that the item joins and the verdict, None when it opens its own.

        An issuer's page that comes late unites the stories of its reports, as if it had come first.
        """
        found = self._judged(features, near)
        if not found:
            return None
        found.sort(key=lambda f: (-f[0].score, self._groups[f[1]].age, f[1]))
        verdict, place = found[0]
        if features.official:
            return self._unite({place, *_sure(found)}), verdict
        doubtful = (
            verdict.reason.startswith("across")
            and len(found) > 1
            and verdict.score - found[1][0].score < MARGIN
        )
        return None if doubtful and verdict.score < UNITE else (place, verdict)

    def _judged(self, features: Features, near: Mapping[str, float]) -> list[tuple[Verdict, int]]:
        """Return the stories that the item may join, with their verdicts."""
        hits: dict[int, list[str]] = {}
        for item_id in sorted(near, key=lambda i: (-near[i], i)):
            place = self._home.get(item_id)
            if place is not None and self._groups[place].takes:
                hits.setdefault(place, []).append(item_id)
        found: list[tuple[Verdict, int]] = []
        least = 0.0
        for place, ids in islice(hits.items(), MOST_FOR_OFFICIAL if features.official else MOST_STORIES):
            if near[ids[0]] < least:
                break
            verdict = judge(features, self._groups[place].crowd(ids), self._models)
            if verdict.score >= JOIN:
                found.append((verdict, place))
                if verdict.score >= UNITE:
                    least = 0.0 if features.official else STILL_NEAR * min(1.0, near[ids[0]])
        return found

    def homes(self) -> Mapping[str, int]:
        """Return item id → the number of its group in this run."""
        return self._home

    def result(self) -> Grouping:
        """Return what is new or has changed."""
        stories, reasons = [], {}
        for kept in self._groups:
            if kept.gone:
                made = kept.ended
            elif kept.grown or kept.members.keys() & self._arrived:
                made = kept.made()
            else:
                continue
            if made is not None and made != kept.story:
                stories.append(made)
                reasons.update({m.item_id: m.reason for m in made.members if m.item_id in self._arrived})
        stories.sort(key=lambda s: (s.id == 0, s.id, s.day, s.head))
        return Grouping(stories=tuple(stories), merged=dict(sorted(self._merged.items())), reasons=reasons)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python look for no cycles meanwhile: nothing makes any here, and looking at all that is kept, again
    and again as it grows, was a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _turn(candidate: Candidate) -> tuple[bool, int, datetime, str]:
    """Return the order inside a batch: official documents first, since reports gather around them."""
    source, item = candidate.source, candidate.item
    return (not source.official, source.tier, moment(item), item.id)


def _sure(found: Iterable[tuple[Verdict, int]]) -> set[int]:
    return {place for verdict, place in found if verdict.score >= UNITE}


def _numbered(features: Features, members: Sequence[Features]) -> bool:
    """Say whether a shared number decides: own ones always, one that a report names only near in time."""
    if any(features.own & m.own for m in members):
        return True
    numbers = features.own or features.named
    near = any(
        numbers & (m.own or m.named) and abs((features.day - m.day).days) <= OFFICIAL_WINDOW for m in members
    )
    return near and not any(apart(features, m) for m in members)


def _by_its_number(features: Features, members: Sequence[Features]) -> str:
    """Return why an item is in the story of its number."""
    if copied := original_of(features, members[:MOST_GUARDED]):
        return f"same-text:{copied}"
    shared = (features.own or features.named) & {n for m in members for n in m.own or m.named}
    return f"number:{min(shared)}"
