"""New items + open stories → stories: joins each item to the story of its event or opens one. A pure decider.

Order does not matter inside a batch, and items that are already in a story stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from dibao.store import Member, Story

from .features import Candidate, Features, read_features
from .glossary import Glossary, load_glossary
from .guards import apart
from .joining import Centre, Crowd, Verdict, centres, judge, original_of
from .keys import clue
from .nearest import OFFICIAL_WINDOW, Index
from .pairs import Models, load_models

JOIN = 0.6
"""Least likeness to join. At 0.55 a report joined another act of its regulator in the other language."""

UNITE = 0.8
"""Likeness that is taken for one event although another story is nearly as like."""

MARGIN = 0.06
"""Two stories closer than this to an item in the other language: it joins neither (precision first)."""

MOST_MEMBERS = 6
"""Members of a story that an item is compared with: those that the index found, the head, the latest."""

MOST_STORIES = 6
STILL_NEAR = 0.7
"""Once a story is surely the item's, only those with at least this share of its cosine are looked at."""

MOST_GUARDED = 48


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


@dataclass(slots=True, eq=False)
class _Group:
    """A story while it is worked on."""

    story: Story | None
    closed: bool = False
    members: dict[str, Member] = field(default_factory=dict)
    rest: tuple[Member, ...] = ()
    """Members whose items were not given: they stay, and nothing is compared with them."""
    guarded: dict[object, str] = field(default_factory=dict)
    """What a guard can speak of → the first member that it is true of."""
    centres: dict[bool, Centre] | None = None
    gone: bool = False
    ended: Story | None = None
    """What has become of a group that takes no more items."""

    @property
    def age(self) -> tuple[int, int]:
        """Older first; new stories after all numbered ones."""
        return (0, self.story.id) if self.story else (1, 0)


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
    Items dated after ``now`` are taken as of today.
    """
    stream = Stream(glossary or load_glossary(), today=now.date(), parted=parted, models=models)
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
    ) -> None:
        self._models = models or load_models()
        self._glossary = glossary
        self._today = today
        self._parted = {frozenset(pair) for pair in parted}
        self._groups: list[_Group] = []
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
                    self._index.add([clue(candidate, self._glossary, today=self._today)])
                    self._home[candidate.item.id] = place
                    self._groups[place].members[candidate.item.id] = why.pop(candidate.item.id)
            self._groups[place].rest = tuple(why.values())

    def take(self, new: Sequence[Candidate]) -> None:
        """Find the story of each new item, or open one: official documents first, reports gather around."""
        arrived = {c.item.id: c for c in new}
        self._arrived |= arrived.keys()
        self._candidates.update(arrived)
        for item_id in arrived:
            self._features.pop(item_id, None)
        turns = sorted((self._read(item_id) for item_id in arrived), key=_turn)
        clues = [clue(arrived[f.id], self._glossary, today=self._today) for f in turns]
        for features, near in zip(turns, self._index.near(clues), strict=True):
            self._place(features, near)

    def forget(self, before: date) -> None:
        """End the groups whose items are all older than a day, and let go of what was read of those.

        For streams longer than memory: such a group takes no more items, and only ``result`` knows of it.
        """
        still = []
        for place in self._active:
            kept = self._groups[place]
            if kept.gone or any(self._read(item_id).day >= before for item_id in kept.members):
                still += [] if kept.gone else [place]
                continue
            kept.ended, kept.gone = self._story(kept), True
            for item_id in kept.members:
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
            members = [self._read(m) for m in self._groups[home].members]
            copied = original_of(features, members[:MOST_GUARDED])
            number = min(_numbers(features) & {n for m in members for n in _numbers(m)})
            reason = f"same-text:{copied}" if copied else f"number:{number}"
            self._add(home, Member(item_id=features.id, score=1.0, reason=reason))
            self._unite({home, *sure})
            return
        best = self._best(features, near)
        if best is None:
            home = self._add_group(None)
            self._add(home, Member(item_id=features.id, score=1.0, reason="first"))
        else:
            home, verdict = best
            member = Member(item_id=features.id, score=round(verdict.score, 3), reason=verdict.reason)
            self._add(home, member)

    def _add_group(self, story: Story | None, *, closed: bool = False) -> int:
        self._groups.append(_Group(story, closed))
        self._active.append(len(self._groups) - 1)
        return self._active[-1]

    def _add(self, place: int, member: Member) -> None:
        kept = self._groups[place]
        kept.members[member.item_id] = member
        self._home[member.item_id] = place
        if kept.centres is not None:
            self._note(kept, member.item_id)

    def _note(self, kept: _Group, item_id: str) -> None:
        """Add what a guard can say of an item, and its vector, to what is known of its group."""
        features = self._read(item_id)
        if (said := _guarded(features)) and len(kept.guarded) < MOST_GUARDED:
            kept.guarded.setdefault(said, item_id)
        kept.centres = kept.centres or {}
        for chinese, added in centres([features]).items():
            known = kept.centres.get(chinese)
            kept.centres[chinese] = known + added if known else added

    def _by_number(self, features: Features) -> set[int]:
        """Return the groups with the item's own number, else those that report the number it names."""
        numbers = _numbers(features)
        if not numbers:
            return set()
        found = {self._home[i] for i in self._index.by_number(numbers) if i in self._home}
        return {
            p
            for p in found
            if not self._groups[p].closed
            and not self._groups[p].gone
            and self._numbered(features, [self._read(m) for m in self._groups[p].members])
        }

    @staticmethod
    def _numbered(features: Features, members: Sequence[Features]) -> bool:
        """Say whether a shared number decides: own ones always, one that a report names only near in time."""
        if any(features.own & m.own for m in members):
            return True
        near = any(
            _numbers(features) & _numbers(m) and abs((features.day - m.day).days) <= OFFICIAL_WINDOW
            for m in members
        )
        return near and not any(apart(features, m) for m in members)

    def _unite(self, places: set[int]) -> int:
        """Merge groups that one item links into the oldest; return its place."""
        first, *rest = sorted(places, key=lambda p: (*self._groups[p].age, p))
        kept = self._groups[first]
        for place in rest:
            other = self._groups[place]
            if kept.closed or other.closed or self._kept_apart(kept, other):
                continue
            for member in tuple(other.members.values()):
                self._add(first, member)
            kept.rest += other.rest
            other.gone = True
            if other.story and kept.story:
                self._merged[other.story.id] = kept.story.id
        return first

    def _kept_apart(self, one: _Group, two: _Group) -> bool:
        """Say whether an editor or a guard keeps two groups apart."""
        if any(frozenset((a, b)) in self._parted for a in one.members for b in two.members):
            return True
        return any(apart(self._read(a), self._read(b)) for a in one.members for b in two.members)

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
            if place is not None and not (self._groups[place].closed or self._groups[place].gone):
                hits.setdefault(place, []).append(item_id)
        found: list[tuple[Verdict, int]] = []
        least = 0.0
        for place, ids in list(hits.items())[:MOST_STORIES]:
            if near[ids[0]] < least:
                break
            verdict = judge(features, self._crowd(place, ids), self._models)
            if verdict.score >= JOIN:
                found.append((verdict, place))
                if verdict.score >= UNITE:
                    least = 0.0 if features.official else STILL_NEAR * min(1.0, near[ids[0]])
        return found

    def _crowd(self, place: int, hits: Sequence[str]) -> Crowd:
        kept = self._groups[place]
        ids = list(kept.members)
        chosen = dict.fromkeys((*hits, ids[0], *reversed(ids[-MOST_MEMBERS:])))
        return Crowd(
            near=[self._read(item_id) for item_id in list(chosen)[:MOST_MEMBERS]],
            centres=self._centres(kept),
            guarded=[self._read(item_id) for item_id in kept.guarded.values()],
            size=len(kept.members) + len(kept.rest),
        )

    def _centres(self, kept: _Group) -> dict[bool, Centre]:
        """Return the centres of a group's members; a group of the store is first read here."""
        if kept.centres is None:
            for item_id in kept.members:
                self._note(kept, item_id)
        return kept.centres or {}

    def homes(self) -> Mapping[str, int]:
        """Return item id → the number of its group in this run."""
        return self._home

    def result(self) -> Grouping:
        """Return what is new or has changed."""
        stories, reasons = [], {}
        for kept in self._groups:
            if kept.ended is not None and kept.ended != kept.story:
                stories.append(kept.ended)
                reasons.update({m.item_id: m.reason for m in kept.ended.members})
            if kept.gone:
                continue
            if not kept.members.keys() & self._arrived and not self._grown(kept):
                continue
            made = self._story(kept)
            reasons.update({m.item_id: m.reason for m in made.members if m.item_id in self._arrived})
            if made != kept.story:
                stories.append(made)
        stories.sort(key=lambda s: (s.id == 0, s.id, s.day, s.head))
        return Grouping(stories=tuple(stories), merged=dict(sorted(self._merged.items())), reasons=reasons)

    @staticmethod
    def _grown(kept: _Group) -> bool:
        """Say whether a story of the store has got items of another one."""
        return kept.story is None or set(kept.story.item_ids) != {*kept.members, *_ids(kept.rest)}

    def _story(self, kept: _Group) -> Story:
        """Return the record of a group: members head first, then by time."""
        features = [self._read(item_id) for item_id in kept.members]
        old = kept.story
        if old and (kept.closed or not features or old.head in _ids(kept.rest)):
            head = old.head
        else:
            head = min(features, key=_headship).id
        order = sorted(features, key=lambda f: (f.id != head, f.at, f.id))
        members = (*(kept.members[f.id] for f in order), *kept.rest)
        days = [f.day for f in features] + ([old.day] if old and kept.rest else [])
        if old is None:
            return Story(id=0, members=members, head=head, day=min(days))
        return replace(old, members=members, head=head, day=min(days))


def _ids(members: Iterable[Member]) -> set[str]:
    return {member.item_id for member in members}


def _turn(features: Features) -> tuple[bool, int, datetime, str]:
    """Return the order inside a batch: official documents first, since reports gather around them."""
    return (not features.official, features.tier, features.at, features.id)


def _sure(found: Iterable[tuple[Verdict, int]]) -> set[int]:
    return {place for verdict, place in found if verdict.score >= UNITE}


def _numbers(features: Features) -> frozenset[str]:
    return features.own or features.named


def _guarded(features: Features) -> tuple[object, ...]:
    """Return all that a guard can hold against an item; empty when there is nothing."""
    own = features.own or features.named
    said = (own, features.stage, features.ordinals, features.instruments)
    if not any(said) and not features.single_party and not (features.official and features.issuers):
        return ()
    party = features.id if features.single_party else ""
    return (*said, party, features.skeleton if features.ordinals else "", features.official, features.issuers)


def _headship(features: Features) -> tuple[object, ...]:
    """Return the order for the first link: a primary issuer's page by tier, the issuer's own site before a
    portal, the document before the press note about it, then the earliest."""
    document = bool(features.own) or bool(features.types - ABOUT)
    tier = features.tier if features.official else 3
    return (tier, not features.own_site, not (features.official and document), features.at, features.id)


ABOUT = frozenset({"press_release", "news_report", "qa", "interpretation"})
"""Types of pages about a document."""
