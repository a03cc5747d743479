"""A story while it is worked on: its members, what is compared of them together, and what it becomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from dibao.store import Member, Story

from .features import Features
from .joining import Centre, Crowd

MOST_MEMBERS = 6
"""Members of a story that an item is compared with: those that the index found, the head, the latest."""

MOST_GUARDED = 48

ABOUT = frozenset({"press_release", "news_report", "qa", "interpretation"})
"""Types of pages about a document."""


class Group:
    """A story of this run. Members are read (``read``: item id → Features) when something is compared."""

    def __init__(self, story: Story | None, read: Callable[[str], Features], *, closed: bool = False) -> None:
        self.story = story
        self.closed = closed
        self.gone = False
        self.ended: Story | None = None
        """What has become of a group that takes no more items."""
        self.members: dict[str, Member] = {}
        self.rest: tuple[Member, ...] = ()
        """Members whose items were not given: they stay, and nothing is compared with them."""
        self.latest = date.min
        self._read = read
        self._guarded: dict[object, Features] = {}
        """What a guard can speak of → the first member that it is true of."""
        self._centres: dict[bool, Centre] | None = None
        """Of the Chinese members and of the others, from the first comparison on."""

    @property
    def age(self) -> tuple[int, int]:
        """Older first; new stories after all numbered ones."""
        return (0, self.story.id) if self.story else (1, 0)

    @property
    def takes(self) -> bool:
        """Whether items may be added."""
        return not (self.closed or self.gone)

    @property
    def grown(self) -> bool:
        """Whether it is new, or has other members than the store knows."""
        return self.story is None or set(self.story.item_ids) != {*self.members, *_ids(self.rest)}

    def add(self, member: Member, day: date) -> None:
        self.members[member.item_id] = member
        self.latest = max(self.latest, day)
        if self._centres is not None:
            self._note(self._read(member.item_id))

    def features(self) -> list[Features]:
        return [self._read(item_id) for item_id in self.members]

    def crowd(self, hits: Iterable[str]) -> Crowd:
        """Return what an item is compared with, the members that the index found first."""
        if self._centres is None:
            for features in self.features():
                self._note(features)
        latest = islice(reversed(self.members), MOST_MEMBERS)
        chosen = dict.fromkeys((*hits, next(iter(self.members)), *latest))
        return Crowd(
            near=[self._read(item_id) for item_id in islice(chosen, MOST_MEMBERS)],
            guarded=list(self._guarded.values()),
            size=len(self.members) + len(self.rest),
            centres=self._centres or {},
        )

    def _note(self, features: Features) -> None:
        if (said := _guarded(features)) and len(self._guarded) < MOST_GUARDED:
            self._guarded.setdefault(said, features)
        self._centres = self._centres or {}
        known, added = self._centres.get(features.chinese), Centre(features.vectors, 1)
        self._centres[features.chinese] = known + added if known else added

    def absorb(self, other: Group) -> None:
        """Take over all that another group has."""
        for member in other.members.values():
            self.add(member, other.latest)
        self.rest += other.rest
        other.gone = True

    def end(self) -> None:
        """Become what it is now for good, and let go of what it was compared by."""
        self.ended, self.gone = self.made(), True
        self.members, self.rest, self._guarded, self._centres = {}, (), {}, None

    def made(self) -> Story:
        """Return the record: members head first, then by time."""
        features = self.features()
        old = self.story
        if old and (self.closed or not features or old.head in _ids(self.rest)):
            head = old.head
        else:
            head = head_of(features).id
        order = sorted(features, key=lambda f: (f.id != head, f.at, f.id))
        members = (*(self.members[f.id] for f in order), *self.rest)
        days = [f.day for f in features] + ([old.day] if old and self.rest else [])
        if old is None:
            return Story(id=0, members=members, head=head, day=min(days))
        return replace(old, members=members, head=head, day=min(days))


def _ids(members: Iterable[Member]) -> set[str]:
    return {member.item_id for member in members}


def _guarded(features: Features) -> tuple[object, ...]:
    """Return all that a guard can hold against an item; empty when there is nothing."""
    own = features.own or features.named
    said = (own, features.stage, features.ordinals, features.instruments)
    if not any(said) and not features.single_party and not (features.official and features.issuers):
        return ()
    party = features.id if features.single_party else ""
    return (*said, party, features.skeleton if features.ordinals else "", features.official, features.issuers)


def head_of(members: Sequence[Features]) -> Features:
    """Return the member that is a story's first link.

    Of a joint paper the copy on the first issuer's site; then a primary issuer's page by tier, the issuer's
    own site before a portal, the document before the press note about it, the earliest.
    """
    first = leading_issuer(members)

    def order(features: Features) -> tuple[object, ...]:
        document = features.official and (bool(features.own) or bool(features.types - ABOUT))
        tier = features.tier if features.official else 3
        leads = document and features.acronym == first
        return (not leads, tier, not features.own_site, not document, features.at, features.id)

    return min(members, key=order)


def leading_issuer(members: Iterable[Features]) -> str:
    """Return the first issuer of a joint paper, empty when nobody names two.

    As the members say that name most issuers, the issuers' own pages before reports, and of these as most
    say: the copy on a joint issuer's site may name that one only.
    """
    joint = [f for f in members if len(f.issuers) > 1]
    told = [f for f in joint if f.official] or joint
    most = max((len(f.issuers) for f in told), default=0)
    said = Counter(f.first_issuer for f in told if len(f.issuers) == most)
    return min(said, key=lambda issuer: (-said[issuer], issuer)) if said else ""
