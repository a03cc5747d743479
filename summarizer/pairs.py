"""Two Features → how likely they report one event, 0 to 1: named comparisons, each worth points by a learned
curve. Pure.

The curves are in ``pair_weights.json``, made by bench/build/train_pairs.py; ``guards`` come before them.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, cached_property
from gettext import gettext as _
from importlib.resources import files
from itertools import pairwise
from operator import mul

import msgspec

from dibao.store import ConfigError

from . import terms
from .features import Features
from .terms import Bag

NEAR_DAYS = 3.0
NEAR_DAYS_OFFICIAL = 10.0
"""Width of the Gaussian of the time gap: half of all reports of one event come within three days of each
other, an official text and its reports within weeks."""

Curve = tuple[tuple[float, float], ...]
"""(value of a comparison, points), values rising: between two the points lie on a line, outside they stay."""

Lines = tuple[list[float], list[float], list[float]]
"""A curve as it is read: its values, and for what is before, between and after them the points that its line
has at 0 and their rise."""


def lines(curve: Curve) -> Lines:
    """Return a curve as the straight lines that it is made of.

    >>> lines(((0.25, 0.0), (0.75, 2.0)))
    ([0.25, 0.75], [0.0, -1.0, 2.0], [0.0, 4.0, 0.0])
    """
    rises = [(high - low) / (end - x) for (x, low), (end, high) in pairwise(curve)]
    starts = [low - rise * x for (x, low), rise in zip(curve, rises, strict=False)]
    return [x for x, _ in curve], [curve[0][1], *starts, curve[-1][1]], [0.0, *rises, 0.0]


class Curves(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Log odds: ``bias`` and the points of each comparison; one without a curve counts nothing."""

    bias: float
    curves: dict[str, Curve]

    @cached_property
    def _read(self) -> list[tuple[str, Lines]]:
        return [(name, lines(curve)) for name, curve in self.curves.items()]

    def odds(self, found: Mapping[str, float]) -> float:
        """Return the sum of all points. This is run more often than anything else of the grouping."""
        made = self.bias
        for name, (values, starts, rises) in self._read:
            value = found.get(name, 0.0)
            place = bisect_right(values, value)
            made += starts[place] + rises[place] * value
        return made

    def parts(self, found: Mapping[str, float]) -> dict[str, float]:
        """Return comparison → what it adds to the odds."""
        parts = {}
        for name, (values, starts, rises) in self._read:
            if name in found:
                place = bisect_right(values, found[name])
                parts[name] = starts[place] + rises[place] * found[name]
        return parts

    def base(self, found: Mapping[str, float]) -> float:
        """Return the odds before any comparison."""
        return self.bias


_Both = tuple[list[float], list[float], list[float], list[float], list[float]]


def _together(one: Curve | None, two: Curve | None) -> _Both:
    """Return the values of two curves, and the starts and rises of each between them, as in ``lines``."""
    left, right = (lines(curve) if curve else ([], [0.0], [0.0]) for curve in (one, two))
    values = sorted({*left[0], *right[0]})
    return values, *_over(left, values), *_over(right, values)


def _over(curve: Lines, values: Sequence[float]) -> tuple[list[float], list[float]]:
    own, starts, rises = curve
    places = [0, *(bisect_right(own, value) for value in values)]
    return [starts[place] for place in places], [rises[place] for place in places]


class ByLength(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Curves for headlines and for articles: sharing half its words says more of an article. Between
    ``lengths`` (of the shorter text, as in ``compare``) the odds pass over from one to the other."""

    lengths: tuple[float, float]
    short: Curves
    long: Curves

    def odds(self, found: Mapping[str, float]) -> float:
        share = self._share(found)
        if share in (0.0, 1.0):
            return (self.long if share else self.short).odds(found)
        short, long = self.short.bias, self.long.bias
        for name, (values, starts, rises, long_starts, long_rises) in self._read:
            value = found.get(name, 0.0)
            place = bisect_right(values, value)
            short += starts[place] + rises[place] * value
            long += long_starts[place] + long_rises[place] * value
        return (1 - share) * short + share * long

    @cached_property
    def _read(self) -> list[tuple[str, _Both]]:
        """Both curves of each comparison, over the values of either: most texts are between the lengths."""
        names = sorted({**self.short.curves, **self.long.curves})
        return [(n, _together(self.short.curves.get(n), self.long.curves.get(n))) for n in names]

    def parts(self, found: Mapping[str, float]) -> dict[str, float]:
        """Return comparison → what it adds to the odds."""
        share = self._share(found)
        short, long = self.short.parts(found), self.long.parts(found)
        return {n: (1 - share) * short.get(n, 0.0) + share * long.get(n, 0.0) for n in {**short, **long}}

    def base(self, found: Mapping[str, float]) -> float:
        """Return the odds before any comparison."""
        share = self._share(found)
        return (1 - share) * self.short.bias + share * self.long.bias

    def _share(self, found: Mapping[str, float]) -> float:
        least, most = self.lengths
        return min(1.0, max(0.0, (found["length"] - least) / (most - least)))


class Models(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``pair_weights.json``: for two items of one language, of two, and for an item and a story."""

    about: str
    embedder: str
    """Name of the embedding model that the cosines were fitted with."""
    chance: float
    """Mean cosine that this model gives unrelated texts (``chance``)."""
    zh: ByLength
    en: ByLength
    across: Curves
    story: Curves
    """For an item and a story, by the odds of its members (``joining``)."""

    def of(self, a: Features, b: Features) -> ByLength | Curves:
        """Return the curves for the languages of two items."""
        if a.chinese != b.chinese:
            return self.across
        return self.zh if a.chinese else self.en


@cache
def load_models() -> Models:
    """Return the shipped weights. Raises ConfigError when the file is not as it should be."""
    raw = files("dibao.summarizer").joinpath("pair_weights.json").read_bytes()
    try:
        return msgspec.json.decode(raw, type=Models)
    except msgspec.ValidationError as error:
        raise ConfigError(
            _("pair_weights.json: {error}; `make pairs` writes it anew").format(error=error)
        ) from error


def overlap(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the shared weight as a part of the mean weight of both (Dice); 0 when one is empty."""
    if len(left) > len(right):
        left, right = right, left
    total = sum(left.values()) + sum(right.values())
    return 2 * sum(map(left.__getitem__, left.keys() & right.keys())) / total if total else 0.0


def covered(part: Bag, whole: Mapping[str, float]) -> float:
    """Return which share of the weight of ``part`` is found in ``whole``; 0 when it is empty."""
    return _share_of(part, part.keys() & whole.keys())


def _share_of(bag: Bag, common: Iterable[str]) -> float:
    return sum(map(bag.__getitem__, common)) / bag.total if bag else 0.0


def cosine(left: Bag, right: Bag) -> float:
    """Return the cosine of two bags of words; it does not sink as texts get longer, as a share would."""
    return _cosine_of(left, right, left.keys() & right.keys())


def _cosine_of(left: Bag, right: Bag, common: Collection[str]) -> float:
    if not common:
        return 0.0
    products: Iterable[float] = map(mul, map(left.__getitem__, common), map(right.__getitem__, common))
    return sum(products) / (left.norm * right.norm)


def compare(a: Features, b: Features) -> dict[str, float]:
    """Return the named comparisons of two items, of one language or of two."""
    return _across(a, b) if a.chinese != b.chinese else _same(a, b)


def cosines(titles: float, leads: float, bodies: float) -> dict[str, float]:
    """Return the cosines by name, and their mean: surer than any of them."""
    return {
        "cos_mean": (titles + leads + bodies) / 3,
        "cos_title": titles,
        "cos_lead": leads,
        "cos_body": bodies,
    }


def _cosines(a: Features, b: Features) -> dict[str, float]:
    """Return the cosines of titles, leads and bodies, and the better of title with the other's body."""
    title, lead, body = (a.vectors @ b.vectors.T).tolist()
    return {
        **cosines(title[0], lead[1], body[2]),
        "cos_cross": max(title[2], body[0]),
    }


def _same(a: Features, b: Features) -> dict[str, float]:
    """Compare two items of one language."""
    return {**_by_words(a, b), **_by_letters(a, b)}


def _by_words(a: Features, b: Features) -> dict[str, float]:
    """Return all comparisons of two items of one language but those of ``_by_letters``.

    What is in both leads is looked for once: words of the titles too, since a lead has all of its title's.
    """
    common = a.lead.keys() & b.lead.keys()
    left, right = list(map(a.lead.__getitem__, common)), list(map(b.lead.__getitem__, common))
    words = sum(map(mul, left, right)) / (a.lead.norm * b.lead.norm) if common else 0.0
    told, heard = a.title.keys() & common, b.title.keys() & common
    one, two = _share_of(a.title, told), _share_of(b.title, heard)
    return {
        **_cosines(a, b),
        "words_title": _cosine_of(a.title, b.title, told & heard),
        "words_lead": words,
        "words_body": words if a.body is a.lead and b.body is b.lead else cosine(a.body, b.body),
        "title_least": min(one, two),
        "title_most": max(one, two),
        "lead_most": max(sum(left) / a.lead.total, sum(right) / b.lead.total) if common else 0.0,
        # One that the word cutter found in one text only counts half.
        "rarest_shared": max(map(min, left, right), default=0.0) / terms.UNLISTED,
        "entities_shared": math.log1p(len(a.names & b.names)),
        **_facts(a, b),
        "length": math.log1p(min(len(a.lead), len(b.lead))),
    }


def _by_letters(a: Features, b: Features) -> dict[str, float]:
    return {
        "letters_title": cosine(a.letters_title, b.letters_title),
        "letters_lead": cosine(a.letters, b.letters),
    }


SAME_LETTERS = {"letters_title": 1.0, "letters_lead": 1.0}


def compare_unless(a: Features, b: Features, models: Models, *, below: float) -> dict[str, float] | None:
    """Return the same as ``compare``, or None when it is plain before all is compared that the odds are less.

    No curve falls where letters are alike: were they the same in both, the odds would be at their highest.
    """
    if a.chinese != b.chinese:
        return _across(a, b)
    found = _by_words(a, b)
    if odds(a, b, {**found, **SAME_LETTERS}, models) < below:
        return None
    return {**found, **_by_letters(a, b)}


def _facts(a: Features, b: Features) -> dict[str, float]:
    """Return what figures, days, numbers, issuers, columns and the calendar say."""
    left, right = a.days, b.days
    width = NEAR_DAYS_OFFICIAL if a.official or b.official else NEAR_DAYS
    gap = abs((a.day - b.day).days)
    fewest = min(len(a.figures), len(b.figures))
    figures = len(a.figures & b.figures) if fewest else 0
    documents = (a.cited or a.named or a.own) and (a.cited | a.named | a.own) & (b.cited | b.named | b.own)
    return {
        "numbers": figures / max(1, fewest),
        "numbers_differ": float(bool(fewest and not figures)),
        "dates": float(bool(left & right)),
        "dates_differ": float(bool(left and right and not left & right)),
        "documents": float(bool(documents)),
        "issuer_differs": float(bool(a.issuers and b.issuers and not a.bodies & b.bodies)),
        "column_differs": float(a.column != b.column and a.official and b.official),
        "far": 1.0 - math.exp(-0.5 * (gap / width) ** 2) if gap else 0.0,
    }


def _across(a: Features, b: Features) -> dict[str, float]:
    """Compare a Chinese and an English item: by vectors, and by what has no language."""
    left, right = weighed(a.bridge), weighed(b.bridge)
    covers = sorted(
        (covered(Bag(subject(a.bridge_title)), b.bridge), covered(Bag(subject(b.bridge_title)), a.bridge))
    )
    latin = {term for term in a.bridge.keys() & b.bridge.keys() if term.startswith("l:")}
    return {
        **_cosines(a, b),
        "concepts": overlap(left, right),
        "title_least": covers[0],
        "title_most": covers[1],
        "entities_shared": math.log1p(len(latin)),
        "bodies": float(bool(a.bodies & b.bodies)),
        "kinds_differ": float(_other_kind(a, b)),
        **_facts(a, b),
        "length": math.log1p(min(len(a.lead), len(b.lead))),
    }


def _other_kind(a: Features, b: Features) -> bool:
    """Say whether the titles name types of document, and none in common."""
    left, right = ({t for t in f.bridge_title if t.startswith("t:")} for f in (a, b))
    return bool(left and right and not left & right)


def subject(bridge: Mapping[str, float]) -> dict[str, float]:
    """Return what a text is about: not who speaks, nor of which kind the document is, nor when."""
    return {t: w for t, w in bridge.items() if t[:2] in ("c:", "f:", "l:") and not t.startswith("f:y")}


def weighed(bridge: Mapping[str, float]) -> dict[str, float]:
    """Return the concepts and figures: a Latin word that the Chinese text lacks says nothing against it."""
    return {t: w for t, w in bridge.items() if t[:2] in ("c:", "f:", "s:") and not t.startswith("f:y")}


MUTUAL = 0.5
DIFFERENT = -1.5
"""Issuers' pages share their formulas, and a speech touches on everything: each title must be found in the
other page, or they are two events."""

MOSTLY = 0.6
NO_GROUND = -2.5
"""An issuer's page and one in the other language that share no concept, figure or name of their titles: one
regulator does several things a day, and their vectors are near."""


def odds(a: Features, b: Features, found: Mapping[str, float], models: Models) -> float:
    """Return the log odds that two items so compared report one event."""
    if a.chinese != b.chinese:
        made = models.across.odds(found)
        formal = a.official or b.official or a.talk or b.talk
        return min(made, NO_GROUND) if formal and not _ground(a, b) else made
    made = models.of(a, b).odds(found)
    formal = (a.official and b.official) or a.talk or b.talk
    return min(made, DIFFERENT) if formal and found["title_least"] < MUTUAL else made


def _ground(a: Features, b: Features) -> bool:
    """Say whether concepts, figures and names of the titles are found in the other item, two at least, or
    most of all that both texts name is the same."""
    left, right = subject(a.bridge_title), subject(b.bridge_title)
    shared = (left.keys() & b.bridge.keys()) | (right.keys() & a.bridge.keys())
    return len(shared) >= 2 or overlap(weighed(a.bridge), weighed(b.bridge)) >= MOSTLY


def share(odds: float) -> float:
    """Return the probability of log odds."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def strongest(a: Features, b: Features, found: Mapping[str, float], models: Models) -> str:
    """Return the two comparisons that speak most for it, ``cos_lead=0.81,entities_shared=0.50``."""
    parts = models.of(a, b).parts(found)
    best = sorted(parts, key=lambda name: (-parts[name], name))[:2]
    return ",".join(f"{name}={found[name]:.2f}" for name in best)
