"""New items + open stories → stories: joins each item to the story of its event or opens one. A pure decider.

Order does not matter inside a batch, and items that are already in a story stay where they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from dibao.store import Member, Story

from .features import Candidate, Features, read_features
from .glossary import Glossary, load_glossary
from .guards import apart, related, same_case
from .pairs import likeness

JOIN = 0.5
"""Least likeness to join. Measured by bench/grouping.py."""

UNITE = 0.8
"""Likeness that is taken for one event although another story is nearly as like."""

MARGIN = 0.06
"""Two stories closer than this to an item in the other language: it joins neither (precision first)."""

MEDIA_WINDOW = 7
OFFICIAL_WINDOW = 30
"""Days between reports of one event; an official text comes late, its translation later still."""

INSTRUMENT_SCORE = 0.95
DUPLICATE_SCORE = 0.99

MOST_MEMBERS = 16
"""Members of a story that an item is compared with: the head and those nearest in time."""

MOST_CANDIDATES = 40
COMMON_KEY = 300
"""A key of more stories than this says nothing and is passed over."""

KEY_WORDS = 14


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpenStory:
    """A story that may still grow, with what is compared of each of its items."""

    story: Story
    candidates: tuple[Candidate, ...]


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
    members: dict[str, tuple[Features, Member]] = field(default_factory=dict)
    rest: tuple[Member, ...] = ()
    """Members whose items were not given: they stay, and nothing is compared with them."""
    gone: bool = False

    @property
    def age(self) -> tuple[int, int]:
        """Older first; new stories after all numbered ones."""
        return (0, self.story.id) if self.story else (1, 0)

    def features(self) -> Iterable[Features]:
        return (features for features, _ in self.members.values())


def group(
    new: Sequence[Candidate],
    open_stories: Sequence[OpenStory],
    *,
    now: datetime,
    glossary: Glossary | None = None,
) -> Grouping:
    """Join each new item to the story of its event, or open one.

    ``open_stories``: those whose items may still be added to; what is not given cannot be joined. A new
    version of an item that a story already has stays in it; only a number can then unite stories.
    Items dated after ``now`` are taken as of today.
    """
    reader = glossary or load_glossary()
    desk = _Desk(now.date())
    for known in sorted(open_stories, key=lambda o: o.story.id):
        desk.open(known, reader)
    arrived = {c.item.id: c for c in new}
    for features in sorted((read_features(c, reader) for c in arrived.values()), key=_turn):
        desk.take(features)
    return desk.result(set(arrived))


def _turn(features: Features) -> tuple[bool, int, datetime, str]:
    """Return the order inside a batch: official documents first, since reports gather around them."""
    return (not features.official, features.tier, features.at, features.id)


class _Desk:
    """The groups of one call, with an index from keys to groups."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._groups: list[_Group] = []
        self._index: dict[str, set[int]] = defaultdict(set)
        self._home: dict[str, int] = {}
        self._merged: dict[int, int] = {}

    def open(self, known: OpenStory, glossary: Glossary) -> None:
        """Put a story of the store on the desk."""
        why = {member.item_id: member for member in known.story.members}
        place = self._add_group(known.story)
        for candidate in known.candidates:
            if candidate.item.id in why:
                self._add(place, read_features(candidate, glossary), why.pop(candidate.item.id))
        self._groups[place].rest = tuple(why.values())

    def take(self, features: Features) -> None:
        """Find the story of one item, or open one."""
        home = self._home.get(features.id)
        if home is not None:
            self._add(home, features, self._groups[home].members[features.id][1])
            self._unite(self._by_number(features) | {home}, features)
            return
        numbered = self._by_number(features)
        if numbered:
            home = self._unite(numbered, features)
            number = min(_numbers(features) & {n for f in self._groups[home].features() for n in _numbers(f)})
            self._add(home, features, Member(item_id=features.id, score=1.0, reason=f"number:{number}"))
            return
        best = self._best(features)
        if best is None:
            home, member = self._add_group(None), Member(item_id=features.id, score=1.0, reason="first")
        else:
            home, score, reason = best
            member = Member(item_id=features.id, score=round(score, 3), reason=reason)
        self._add(home, features, member)

    def _add_group(self, story: Story | None) -> int:
        self._groups.append(_Group(story))
        return len(self._groups) - 1

    def _add(self, place: int, features: Features, member: Member) -> None:
        self._groups[place].members[features.id] = (features, member)
        self._home[features.id] = place
        for key in _keys(features):
            self._index[key].add(place)

    def _by_number(self, features: Features) -> set[int]:
        """Return the groups with the item's own number, else those that report the number it names."""
        found = {
            place
            for number in _numbers(features)
            for place in self._index.get(f"n:{number}", ())
            if not self._groups[place].gone
        }
        return {p for p in found if self._numbered(features, tuple(self._groups[p].features()))}

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

    def _unite(self, places: set[int], features: Features) -> int:
        """Merge groups that one number links into the oldest; return its place."""
        first, *rest = sorted(places, key=lambda p: (*self._groups[p].age, p))
        kept = self._groups[first]
        for place in rest:
            group = self._groups[place]
            if any(apart(f, g) for f in kept.features() for g in group.features()):
                continue
            for features, member in tuple(group.members.values()):
                self._add(first, features, member)
            kept.rest += group.rest
            group.gone = True
            if group.story and kept.story:
                self._merged[group.story.id] = kept.story.id
        return first

    def _best(self, features: Features) -> tuple[int, float, str] | None:
        """Return (place, score, reason) of the story that the item joins, None when it opens its own."""
        found = []
        for place in self._near(features):
            judged = judge(features, list(self._groups[place].features()))
            if judged[0] >= JOIN:
                found.append((*judged, place))
        if not found:
            return None
        found.sort(key=lambda f: (-f[0], self._groups[f[2]].age, f[2]))
        score, reason, place = found[0]
        doubtful = reason.startswith("across") and len(found) > 1 and score - found[1][0] < MARGIN
        return None if doubtful and score < UNITE else (place, score, reason)

    def _near(self, features: Features) -> list[int]:
        """Return groups worth comparing with, those that share most keys first."""
        votes: Counter[int] = Counter()
        for key in _keys(features):
            places = self._index.get(key, ())
            if len(places) <= COMMON_KEY or key.startswith("i:"):
                votes.update(
                    {p: 5 if key.startswith("i:") else 1 for p in places if not self._groups[p].gone}
                )
        ranked = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
        return [place for place, _ in ranked[:MOST_CANDIDATES]]

    def result(self, arrived: set[str]) -> Grouping:
        """Return what is new or has changed."""
        stories, reasons = [], {}
        for group in self._groups:
            if group.gone:
                continue
            made = _story(group)
            reasons.update({m.item_id: m.reason for m in made.members if m.item_id in arrived})
            if made != group.story:
                stories.append(made)
        stories.sort(key=lambda s: (s.id == 0, s.id, s.day, s.head))
        return Grouping(stories=tuple(stories), merged=dict(sorted(self._merged.items())), reasons=reasons)


def judge(features: Features, members: Sequence[Features]) -> tuple[float, str]:
    """Return the score of an item against a story and why; 0 when a guard or the calendar forbids it."""
    if any(apart(features, member) for member in members):
        return 0.0, ""
    near = [m for m in members if abs((m.day - features.day).days) <= _window(features, m)]
    near.sort(key=lambda m: (not m.official, abs((m.day - features.day).days), m.id))
    if not near:
        return 0.0, ""
    for member in near:
        if features.text_hash and features.text_hash == member.text_hash:
            return DUPLICATE_SCORE, f"duplicate:{member.id}"
        strange = features.issuers and member.issuers and not features.issuers & member.issuers
        if not strange and (name := related(features, member)):
            return INSTRUMENT_SCORE, f"instrument:{name}"
        if number := same_case(features, member):
            return INSTRUMENT_SCORE, f"case:{number}"
    same = [(likeness(features, m), m) for m in near[:MOST_MEMBERS] if m.chinese == features.chinese]
    issued = [s[0] for s, m in same if m.official]
    if features.official and issued and max(issued) < FOREIGN:
        return 0.0, ""  # reports stand between them, but the issuers' own pages are of two events
    other = [(likeness(features, m), m) for m in near[:MOST_MEMBERS] if m.chinese != features.chinese]
    score, why = _together([s for s, _ in same])
    cross, ground = max((s for s, _ in other), default=(0.0, ""))
    if cross > score and (not same or max(s[0] for s, _ in same) > FOREIGN):
        return cross, f"across:{cross:.2f}:{ground}"
    return score, f"similar:{score:.2f}:{why}"


FOREIGN = 0.3
"""An item this unlike the story's items in its own language is not in it, whatever the other ones say."""


def _together(scores: Sequence[tuple[float, str]]) -> tuple[float, str]:
    """Return the score against a story: mostly its nearest item's, partly that of all, against chains."""
    if not scores:
        return 0.0, ""
    best = max(scores)
    return 0.7 * best[0] + 0.3 * sum(s for s, _ in scores) / len(scores), best[1]


def _window(a: Features, b: Features) -> int:
    return OFFICIAL_WINDOW if a.official or b.official else MEDIA_WINDOW


def _numbers(features: Features) -> frozenset[str]:
    return features.own or features.named


def _keys(features: Features) -> list[str]:
    """Return the keys under which an item is found: each shared one makes a story worth comparing with."""
    keys = [f"n:{n}" for n in _numbers(features)]
    keys += [f"i:{number}" for number in features.cited | features.own]
    keys += [f"i:{name[-6:]}" for name in features.instruments]
    heavy = sorted(features.lead.items(), key=lambda w: (-w[1], w[0]))[:KEY_WORDS]
    titled = sorted(features.title.items(), key=lambda w: (-w[1], w[0]))[:KEY_WORDS]
    keys += [f"w:{word}" for word, _ in (*titled, *heavy)]
    keys += [f"{term}" for term in features.bridge if term[:2] in ("c:", "f:")]
    return list(dict.fromkeys(keys))


def _story(group: _Group) -> Story:
    """Return the record of a group: members head first, then by time."""
    features = [f for f, _ in group.members.values()]
    old = group.story
    if old and (not features or old.head in {m.item_id for m in group.rest}):
        head = old.head
    else:
        head = min(features, key=_headship).id
    order = sorted(features, key=lambda f: (f.id != head, f.at, f.id))
    members = (*(group.members[f.id][1] for f in order), *group.rest)
    days = [f.day for f in features] + ([old.day] if old and group.rest else [])
    if old is None:
        return Story(id=0, members=members, head=head, day=min(days))
    return replace(old, members=members, head=head, day=min(days))


def _headship(features: Features) -> tuple[object, ...]:
    """Return the order for the first link: a primary issuer's page by tier, the issuer's own site before a
    portal, the document before the press note about it, then the earliest."""
    document = bool(features.own) or bool(features.types - ABOUT)
    tier = features.tier if features.official else 3
    return (tier, not features.own_site, not (features.official and document), features.at, features.id)


ABOUT = frozenset({"press_release", "news_report", "qa", "interpretation"})
"""Types of pages about a document."""
