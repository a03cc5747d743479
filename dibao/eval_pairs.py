"""Labelled pairs → the curves of ``pair_weights.json``: an additive model of rising curves, balanced over the
sets.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from dibao import eval_news
from dibao.eval_news import Labelled, Pair, read
from dibao.summarizer.chance import chance
from dibao.summarizer.embed import Embedder
from dibao.summarizer.features import Candidate, Features
from dibao.summarizer.joining import Crowd, centres, judge
from dibao.summarizer.nearest import MEDIA_WINDOW
from dibao.summarizer.pairs import ByLength, Curve, Curves, Models, compare, odds

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 7836

BY_RULE = {"documents": 3.0, "issuer_differs": -2.0, "column_differs": -0.3}
"""News has no document numbers, issuers or columns: what DESIGN.md 7 wants of those is set, not learned."""

UNDATED = {**BY_RULE, "far": -3.0}
"""The labelled Chinese texts, and those of two languages, have no days: the calendar too is set."""

ACROSS = {**UNDATED, "kinds_differ": -3.0, "bodies": 0.5}

FALLING = frozenset({"numbers_differ", "dates_differ", "far", "late"})
"""What differs never speaks for one event; what is alike, all the others, never against it."""

KNOTS = 5
"""Points of a curve, at quantiles of the training pairs. With 4 or 7 the figures are the same."""

LENGTHS = {"zh": (3.5, 5.0), "en": (2.2, 3.4)}
"""ln of the words from which a text counts as longer than a headline, and from which it is an article."""

STIFF = 0.03
LOOSE = 0.3
"""Inverse of the penalty on the rise of a curve; loose is what has thousands of pairs to learn from."""

LEVEL = 1000.0
"""The same for a bias: all but free."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Compared pairs with the truth: ``said`` from 0 to 1, ``counts`` is how much each counts."""

    found: Sequence[Mapping[str, float]]
    said: NDArray[np.float64]
    counts: NDArray[np.float64]

    @classmethod
    def joined(cls, parts: Iterable[Sample]) -> Sample:
        known = list(parts)
        return cls(
            found=[row for part in known for row in part.found],
            said=np.concatenate([part.said for part in known]),
            counts=np.concatenate([part.counts for part in known]),
        )


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Pairs of one kind that get a part of the curves for themselves. ``share``: how far each is of it."""

    share: NDArray[np.float64]
    stiff: float


def sample(pairs: Sequence[Pair], counts: float, *, even: bool = False) -> Sample:
    """Return pairs as a sample that counts so much in all; ``even``: see YES."""
    said = np.array([_said(pair) for pair in pairs])
    return Sample(found=table(pairs), said=said, counts=_counts(said, counts, even=even))


def _said(pair: Pair) -> float:
    """Return the truth; graded pairs (−1 the same, −4 another) keep their grade, never quite certain."""
    return min(0.97, max(0.03, (4 + pair.score) / 3)) if pair.score else float(pair.same)


def table(pairs: Sequence[Pair]) -> list[dict[str, float]]:
    return [compare(pair.one, pair.two) for pair in pairs]


def fit(
    given: Sample, names: Sequence[str], cells: Mapping[str, Cell], *, levels: Mapping[str, Sequence[str]]
) -> dict[str, Curves]:
    """Return for each of ``levels`` the curves that its cells add up to, and a bias of its own.

    Every curve rises with what is alike (falls with FALLING): it is a sum of ramps that count for or not at
    all. Cells share what holds for all of them, since each is fitted to what the others leave over.
    """
    knots = {name: _knots(given, name) for name in names}
    ramps = np.concatenate([_ramps(given, name, knots[name]) for name in names], axis=1)
    ends = np.stack([cells[level].share for level in levels], axis=1)
    rows = np.concatenate([*(ramps * cell.share[:, None] for cell in cells.values()), ends], axis=1)
    width = ramps.shape[1]
    stiff = np.repeat([cell.stiff for cell in cells.values()], width)
    made = _fitted(rows, given, np.concatenate((stiff, np.full(len(levels), LEVEL))), free=len(levels))
    rises = {name: made[n * width : (n + 1) * width] for n, name in enumerate(cells)}
    return {
        level: _curves(sum((rises[name] for name in parts), np.zeros(width)), made[n - len(levels)], knots)
        for n, (level, parts) in enumerate(levels.items())
    }


def _knots(given: Sample, name: str) -> list[float]:
    """Return the values between which the curve is straight: quantiles, as often as pairs count."""
    values = np.array([row.get(name, 0.0) for row in given.found])
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(given.counts[order]) / given.counts.sum()
    places = np.searchsorted(reached, np.linspace(0.02, 0.98, KNOTS)).clip(max=len(values) - 1)
    found = sorted({round(float(values[order][place]), 4) for place in places})
    return found if len(found) > 1 else sorted({float(values.min()), float(values.max())})


def _ramps(given: Sample, name: str, knots: Sequence[float]) -> NDArray[np.float64]:
    """Return for each pair and step between knots how far the pair is up it, 0 to 1; of FALLING 0 to −1."""
    values = np.array([row.get(name, 0.0) for row in given.found])
    steps = list(itertools.pairwise(knots))
    made = [np.clip((values - low) / (high - low), 0.0, 1.0) for low, high in steps]
    found = np.stack(made, axis=1) if made else np.zeros((len(values), 0))
    return -found if name in FALLING else found


def _fitted(
    rows: NDArray[np.float64], given: Sample, stiff: NDArray[np.float64], *, free: int
) -> NDArray[np.float64]:
    """Return the weights of a logistic regression of which all but the last ``free`` are not below zero.

    scikit-learn's has no bounds, and without them comparisons that resemble each other get weights of both
    signs, which hold for headlines and fail for articles.
    """
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits

    small = rows.astype(np.float32)  # half the time, and the fourth digit stays

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        made = (small @ at.astype(np.float32)).astype(np.float64)
        value = given.counts @ (np.logaddexp(0.0, made) - given.said * made) + (at * at / stiff).sum() / 2
        chance = 1.0 / (1.0 + np.exp(-np.clip(made, -500, 500)))
        return float(value), (given.counts * (chance - given.said)).astype(np.float32) @ small + at / stiff

    width = rows.shape[1]
    bounds = [(0.0, None)] * (width - free) + [(None, None)] * free
    options = {"maxiter": 100}
    with threadpool_limits(1):  # the same sums on any number of cores
        found = minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return np.asarray(found.x)


def _curves(rises: NDArray[np.float64], bias: float, knots: Mapping[str, Sequence[float]]) -> Curves:
    curves: dict[str, Curve] = {}
    at = 0
    for name, places in knots.items():
        steps = rises[at : at + len(places) - 1]
        at += len(steps)
        points = np.concatenate(([0.0], np.cumsum(steps))) * (-1 if name in FALLING else 1)
        if abs(points[-1]) >= LEAST_POINTS:
            curves[name] = tuple((x, round(float(y), 3) + 0.0) for x, y in zip(places, points, strict=True))
    return Curves(bias=round(float(bias), 3), curves=dict(sorted(curves.items())))


LEAST_POINTS = 0.05
"""A curve that rises by less is left out."""


def folds(blocks: Sequence[str], count: int) -> list[list[int]]:
    """Return the places of each fold; pairs of one block are in one fold."""
    draw = random.Random(SEED)  # noqa: S311 - folds are no secret
    names = sorted(set(blocks))
    draw.shuffle(names)
    fold = {name: n % count for n, name in enumerate(names)}
    return [[n for n, block in enumerate(blocks) if fold[block] == k] for k in range(count)]


@dataclass(frozen=True, kw_only=True)
class TrainingSets:
    """All that is learned from, by name."""

    pairs: Mapping[str, Sequence[Pair]]
    streams: Mapping[str, Sequence[Labelled]]

    def without(self, name: str, blocks: frozenset[str]) -> TrainingSets:
        """Return the same without some blocks of a set, in pairs and streams."""
        pairs = {**self.pairs, name: [p for p in self.pairs[name] if p.block not in blocks]}
        streams = {k: [e for e in v if k != name or e.event not in blocks] for k, v in self.streams.items()}
        return TrainingSets(pairs=pairs, streams=streams)

    def folded(self, name: str, count: int = 5) -> Iterator[tuple[frozenset[str], TrainingSets]]:
        """Yield the blocks of each fold of a set, and all sets without them."""
        blocks = [pair.block for pair in self.pairs[name]]
        for held in folds(blocks, count):
            out = frozenset(blocks[n] for n in held)
            yield out, self.without(name, out)


COUNTS = {
    "sohu": 2000.0,
    "semeval_zh": 300.0,
    "semeval_en": 400.0,
    "semeval_zh_en": 300.0,
    "news": 500.0,
    "uci": 200.0,
    "broadcasts": 200.0,
    "passages": 300.0,
}
"""How much each set counts, in pairs: large ones less than their size, small ones more."""

EVEN_SETS = ("uci", "sohu")
"""Sets whose answers are far from those of a stream: seven stories of one day, so that nearly all that is
near is of one story; random pairs of a contest, of which one in eight is of one event."""

YES = 1 / 3
"""What the pairs of one event count there, of all. With one in eight as with a half, planted clusters come
apart or together (pairwise F1 0.71 and below 0.75)."""


def training_sets(data: Path, embedder: Embedder) -> TrainingSets:
    """Read what may be learned from (bench/build/train_pairs.py says why the rest may not)."""
    streams = {"news": eval_news.news(data, embedder), "uci": eval_news.headlines(data, embedder)}
    pairs: dict[str, Sequence[Pair]] = {
        "sohu": eval_news.sohu(data, embedder),
        "semeval_zh": eval_news.semeval(data, embedder, "zh"),
        "semeval_en": eval_news.semeval(data, embedder, "en"),
        "semeval_zh_en": eval_news.semeval(data, embedder, "zh", "en"),
        "passages": passage_pairs(eval_news.passages(data, embedder)),
    }
    evenings = eval_news.stream_pairs(eval_news.broadcasts(data, embedder), nearest=6, days=0)
    pairs["broadcasts"] = evenings
    for name, nearest in (("news", 12), ("uci", 4)):
        pairs[name] = eval_news.stream_pairs(streams[name], nearest=nearest, days=MEDIA_WINDOW)
    return TrainingSets(pairs=pairs, streams=streams)


def passage_pairs(passages: Sequence[tuple[Candidate, Candidate]], *, hard: int = 4) -> list[Pair]:
    """Return each text with its translation, and with the texts nearest to that which are another's."""
    zh, en = read(one for one, _ in passages), read(two for _, two in passages)
    close = np.stack([f.vectors[1] for f in zh]) @ np.stack([f.vectors[1] for f in en]).T
    found = []
    for n, row in enumerate(close):
        near = [int(m) for m in np.argsort(-row, kind="stable")[:hard] if m != n]
        found += [Pair(one=zh[n], two=en[m], same=n == m, block=f"passage{n}") for m in (n, *near)]
    return found


SAME = (
    "cos_mean", "cos_title", "cos_lead", "cos_body", "cos_cross", "words_title", "words_lead", "words_body",
    "letters_title", "letters_lead", "title_least", "title_most", "lead_most", "rarest_shared",
    "entities_shared", "numbers", "numbers_differ", "dates_differ",
)  # fmt: skip
BETWEEN = (
    "cos_mean", "cos_title", "cos_lead", "cos_body", "cos_cross", "title_least", "title_most",
    "entities_shared", "concepts", "numbers", "numbers_differ", "dates", "dates_differ",
)  # fmt: skip
STORY = ("best", "mean", "around", "size", "late")


def learned(sets: TrainingSets, embedder: Embedder) -> Models:
    """Fit all curves to the sets: pairs first, then how a story's members count together.

    The story's are fitted to the odds of pairs that the curves of pairs have not seen.
    """
    rows = []
    for held, rest in sets.folded("news", STORY_FOLDS):
        rows += story_table(sets.streams["news"], learned_pairs(rest, embedder), of=held)
    said = np.array([float(same) for _, same in rows])
    counts = np.full(len(rows), STORY_COUNTS / len(rows))
    given = Sample(found=[row for row, _ in rows], said=said, counts=counts)
    every = {"story": Cell(share=np.ones(len(given.found)), stiff=LOOSE)}
    story = fit(given, STORY, every, levels={"story": ["story"]})["story"]
    return msgspec.structs.replace(learned_pairs(sets, embedder), story=story)


STORY_FOLDS = 2
STORY_COUNTS = 1000.0
STORY_LEAST = -2.0
"""Odds with the nearest member from which an item and a story are learned from: what is plainly another event
says little of where to draw the line. At -3 planted clusters come apart (BCubed F1 0.943, here 0.985) and of
eco_events less is found (0.922 and 0.902, here 0.937 and 0.915); the other sets are the same."""


def _counts(said: NDArray[np.float64], total: float, *, even: bool) -> NDArray[np.float64]:
    """Return how much each counts; ``even``: those of one event YES of all."""
    yes = said > 0.5
    if not even:
        return np.full(len(said), total / max(1, len(said)))
    part, rest = total * YES / max(1, yes.sum()), total * (1 - YES) / max(1, (~yes).sum())
    return np.array([part if one else rest for one in yes])


def _odds(pair: Pair, models: Models) -> float:
    return odds(pair.one, pair.two, compare(pair.one, pair.two), models)


def learned_pairs(sets: TrainingSets, embedder: Embedder) -> Models:
    """Fit the curves of pairs; a story counts as its best member."""
    given, kinds = [], []
    for lang, names in (("zh", ("sohu", "semeval_zh", "broadcasts")), ("en", ("semeval_en", "news", "uci"))):
        for name in names:
            made = sample(sets.pairs[name], COUNTS[name], even=name in EVEN_SETS)
            given.append(made)
            kinds += [(lang, _share(row, *LENGTHS[lang])) for row in made.found]
    both = Sample.joined(given)
    cells = {"all": Cell(share=np.ones(len(kinds)), stiff=STIFF)}
    for lang in LENGTHS:
        of = np.array([float(kind == lang) for kind, _ in kinds])
        long = np.array([share for _, share in kinds])
        cells[f"{lang}_short"] = Cell(share=of * (1 - long), stiff=LOOSE if lang == "zh" else STIFF)
        cells[f"{lang}_long"] = Cell(share=of * long, stiff=STIFF)
    curves = fit(both, (*SAME, "far"), cells, levels={n: ("all", n) for n in cells if n != "all"})
    across = Sample.joined(sample(sets.pairs[name], COUNTS[name]) for name in ("semeval_zh_en", "passages"))
    every = {"across": Cell(share=np.ones(len(across.found)), stiff=LOOSE)}
    return Models(
        about=ABOUT,
        embedder=embedder.name,
        chance=round(chance(embedder), 4),
        zh=_by_length("zh", curves, UNDATED),
        en=_by_length("en", curves, BY_RULE),
        across=_ruled(fit(across, BETWEEN, every, levels={"across": ["across"]})["across"], ACROSS),
        story=Curves(bias=0.0, curves={"best": ((-8.0, -8.0), (8.0, 8.0))}),
    )


def _share(row: Mapping[str, float], least: float, most: float) -> float:
    return min(1.0, max(0.0, (row["length"] - least) / (most - least)))


def _by_length(lang: str, made: Mapping[str, Curves], rules: Mapping[str, float]) -> ByLength:
    short, long = (_ruled(made[f"{lang}_{length}"], rules) for length in ("short", "long"))
    return ByLength(lengths=LENGTHS[lang], short=short, long=long)


def _ruled(made: Curves, rules: Mapping[str, float]) -> Curves:
    """Return curves with those that are set by rule in the place of learned ones."""
    given: dict[str, Curve] = {name: ((0.0, 0.0), (1.0, points)) for name, points in rules.items()}
    return Curves(bias=made.bias, curves=dict(sorted({**made.curves, **given}.items())))


def cross_validated(sets: TrainingSets, name: str, embedder: Embedder) -> list[float]:
    """Return the log odds of each pair of a set under curves fitted without its block."""
    found = dict.fromkeys(range(len(sets.pairs[name])), 0.0)
    for held, rest in sets.folded(name):
        models = learned_pairs(rest, embedder)
        for n, pair in enumerate(sets.pairs[name]):
            if pair.block in held:
                found[n] = _odds(pair, models)
    return list(found.values())


def story_table(
    stream: Sequence[Labelled], models: Models, *, of: frozenset[str]
) -> list[tuple[dict[str, float], bool]]:
    """Return what the story's curves see when items arrive one by one at the true stories, and the truth.

    ``of``: only where the item or the story is of these events.
    """
    features = sorted(
        zip(read(entry.candidate for entry in stream), (entry.event for entry in stream), strict=True),
        key=lambda entry: (entry[0].at, entry[0].id),
    )
    stories: dict[str, list[Features]] = {}
    found = []
    for one, event in features:
        for name, members in stories.items():
            if event not in of and name not in of:
                continue
            near = sorted(members, key=lambda m: (-float(m.vectors[1] @ one.vectors[1]), m.id))[:6]
            crowd = Crowd(near, (), len(members), centres(members))
            verdict = judge(one, crowd, models, hopeless=STORY_LEAST)
            if verdict.findings:
                found.append((verdict.findings, name == event))
        stories.setdefault(event, []).append(one)
    return found


ABOUT = (
    "Log odds that two items report one event: bias + the points that each comparison, as named in "
    "summarizer/pairs.py, has on its curve of [value, points]; between headlines (short) and articles (long) "
    "by the share of the way. Document numbers, issuers, columns, and the calendar where the texts have no "
    "days, are set by rule. Made by bench/build/train_pairs.py."
)
