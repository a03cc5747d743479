"""The index finds what is near, within its window; copies and weights are what they say."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.store import Member, families
from dibao.summarizer.chance import UNRELATED, adjusted, chance
from dibao.summarizer.nearest import COMMON_KEY, MEDIA_WINDOW, OFFICIAL_WINDOW, STRONG, Clue, Index
from dibao.summarizer.pairs import ByLength, Curves, load_models
from dibao.summarizer.sketch import bare, copies, sketch
from dibao.summarizer.static_model import load_static

DAY = date(2026, 11, 20)
WIRE = "The bank was fined 5.25 million on Friday for failures in its anti-money laundering controls."


def clue(
    id: str, at: tuple[float, float], *, days: int = 0, official: bool = False, keys: tuple[str, ...] = ()
) -> Clue:
    vector = np.array(at, dtype=np.float32)
    return Clue(
        id, DAY + timedelta(days=days), official, False, vector / np.float32(np.linalg.norm(vector)), keys
    )


def near(*clues: Clue) -> list[str]:
    """Return what the index finds for the last clue when they come one by one."""
    index = Index()
    found: list[str] = []
    for one in clues:
        found = sorted(index.near([one])[0])
    return found


def test_what_is_near_is_found_and_what_is_not_is_not() -> None:
    assert near(clue("a", (1, 0)), clue("b", (-1, 0.1)), clue("c", (1, 0.2))) == ["a"]


@pytest.mark.parametrize(
    ("days", "official", "found"),
    [
        pytest.param(MEDIA_WINDOW, False, ["a"], id="the last day of the press window"),
        pytest.param(MEDIA_WINDOW + 1, False, [], id="a day later"),
        pytest.param(MEDIA_WINDOW + 1, True, ["a"], id="an official text comes late"),
        pytest.param(-MEDIA_WINDOW, False, ["a"], id="a report that arrives late"),
        pytest.param(OFFICIAL_WINDOW + 1, True, [], id="later than an official text comes"),
    ],
)
def test_only_the_days_that_may_hold_the_event_are_searched(
    days: int, official: bool, found: list[str]
) -> None:
    assert near(clue("a", (1, 0)), clue("b", (1, 0), days=days, official=official)) == found


def test_a_number_is_found_however_old_and_common() -> None:
    index = Index()
    index.near([clue("old", (0, 1), days=-900, keys=("n:金规〔2026〕24号",))])
    index.near([clue("near", (0, 1), days=-9, keys=("i:金规〔2026〕24号",))])
    for n in range(COMMON_KEY + 1):
        index.near([clue(f"x{n}", (-1, 0), keys=("w:bank", "w:rule"))])

    [found] = index.near([clue("new", (1, 0), keys=("i:金规〔2026〕24号", "w:bank", "w:rule"))])

    assert (index.by_number(["金规〔2026〕24号"]), found) == ({"old"}, {"near": STRONG})


def test_a_batch_is_searched_as_if_it_came_one_by_one() -> None:
    clues = [clue(f"{n}", (1, n / 10)) for n in range(9)]
    one_by_one = Index()

    at_once = [set(found) for found in Index().near(clues)]

    assert at_once == [set(one_by_one.near([one])[0]) for one in clues]


@given(st.text(max_size=400))
def test_any_text_is_a_copy_of_itself_or_too_short_to_tell(text: str) -> None:
    made = sketch(bare(text))

    assert copies(made, made) == bool(made)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(f"(Wire) {WIRE} Read more on our pages.", True, id="with a line of the outlet's own"),
        pytest.param(WIRE.upper().replace(",", ""), True, id="other capitals and marks"),
        pytest.param("The bank was fined for failures.", False, id="a short summary"),
        pytest.param(WIRE + " " + " ".join(f"Section {n} is on item {n * 7}." for n in range(60)), False,
                     id="a long text that quotes it"),
        pytest.param("Ferry line to the northern isles stays closed for a second day because of the storm.",
                     False, id="another text"),
    ],
)  # fmt: skip
def test_copies_are_known_by_their_words(other: str, same: bool) -> None:
    assert copies(sketch(bare(WIRE)), sketch(bare(other))) is same


def test_what_is_alike_never_speaks_against_one_event() -> None:
    models = load_models()
    against = {
        "far", "issuer_differs", "column_differs", "kinds_differ", "numbers_differ", "dates_differ", "late",
    }  # fmt: skip

    for curves in (
        models.zh.short,
        models.zh.long,
        models.en.short,
        models.en.long,
        models.across,
        models.story,
    ):
        for name, curve in curves.curves.items():
            values, points = zip(*curve, strict=True)
            assert list(values) == sorted(set(values)), name
            assert list(points) == sorted(points, reverse=name in against), name


def test_the_shipped_curves_were_fitted_to_the_shipped_model() -> None:
    assert load_models().embedder == load_static().name


@pytest.mark.parametrize(
    ("value", "points"),
    [
        pytest.param(-1.0, 0.5, id="before the first"),
        pytest.param(0.2, 0.5, id="at the first"),
        pytest.param(0.3, 1.0, id="between two"),
        pytest.param(0.4, 1.5, id="at one"),
        pytest.param(9.0, 2.0, id="after the last"),
    ],
)
def test_points_lie_on_lines_between_the_given_ones(value: float, points: float) -> None:
    curves = Curves(bias=0.25, curves={"cos_lead": ((0.2, 0.5), (0.4, 1.5), (0.8, 2.0))})

    assert curves.odds({"cos_lead": value}) == pytest.approx(0.25 + points)
    assert curves.parts({"cos_lead": value}) == {"cos_lead": pytest.approx(points)}


SHORT = Curves(bias=-1.0, curves={"cos_lead": ((0.0, 0.0), (1.0, 2.0))})
LONG = Curves(bias=-3.0, curves={"cos_lead": ((0.0, 0.0), (1.0, 8.0)), "far": ((0.0, 0.0), (1.0, -1.0))})


@given(st.floats(0, 9), st.floats(-1, 1), st.floats(0, 1))
def test_odds_are_the_base_and_the_parts(length: float, cosine: float, far: float) -> None:
    curves = ByLength(lengths=(2.0, 4.0), short=SHORT, long=LONG)
    found = {"length": length, "cos_lead": cosine, "far": far, "dates": 1.0}

    assert curves.odds(found) == pytest.approx(curves.base(found) + sum(curves.parts(found).values()))


@pytest.mark.parametrize(("length", "odds"), [(1.0, 0.0), (2.0, 0.0), (3.0, 0.5), (4.0, 1.0), (7.0, 1.0)])
def test_headlines_and_articles_have_their_own_curves_and_what_is_between_both(
    length: float, odds: float
) -> None:
    found = {"length": length, "cos_lead": 0.5}

    assert ByLength(lengths=(2.0, 4.0), short=SHORT, long=LONG).odds(found) == pytest.approx(odds)


class Near:
    """A model whose unrelated texts have the cosine 0.8."""

    name = "near"

    def __call__(self, texts: tuple[str, ...]) -> np.ndarray:
        return np.hstack([np.full((len(texts), 1), 0.8**0.5), np.eye(len(texts)) * 0.2**0.5]).astype(
            np.float32
        )


def test_weights_mean_the_same_for_a_model_whose_unrelated_texts_are_nearer() -> None:
    models = msgspec.structs.replace(load_models(), chance=0.0)
    moved = adjusted(models, Near())

    assert chance(Near()) == pytest.approx(0.8, abs=1e-6)
    for cosine in (0.0, 0.4, 1.0):
        here = {
            "cos_lead": cosine,
            "cos_body": cosine,
            "cos_cross": cosine,
            "cos_title": cosine,
            "cos_mean": cosine,
            "length": 3.0,
        }
        there = {name: value if name == "length" else 0.8 + 0.2 * value for name, value in here.items()}
        for name in ("zh", "en", "across"):
            assert getattr(moved, name).odds(there) == pytest.approx(
                getattr(models, name).odds(here), abs=1e-4
            )


def test_the_unrelated_headlines_are_as_many_in_each_language() -> None:
    assert len({len(set(texts)) for texts in UNRELATED.values()}) == 1


@pytest.mark.parametrize(
    ("reasons", "counted"),
    [
        pytest.param({"a": "first", "b": "same-text:a", "c": "same-text:a"}, {"A"}, id="one wire text"),
        pytest.param(
            {"a": "first", "b": "same-text:a", "c": "similar:0.9:"}, {"A", "C"}, id="one wrote its own"
        ),
        pytest.param({"b": "same-text:a", "c": "same-text:b"}, {"B"}, id="the first is elsewhere"),
        pytest.param({"a": "same-text:b", "b": "same-text:a"}, {"A"}, id="copies of each other"),
    ],
)
def test_a_copied_text_counts_for_the_publisher_whose_it_is(
    reasons: dict[str, str], counted: set[str]
) -> None:
    members = {key: (key.upper(), Member(item_id=key, score=1.0, reason=why)) for key, why in reasons.items()}

    assert families(members) == counted


def test_in_a_very_full_window_the_graph_finds_what_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("usearch", reason="pip install 'dibao[scale]'")
    draw = np.random.default_rng(7)
    events = draw.normal(size=(300, 32))
    clues = []
    for n in range(1200):
        vector = (events[n % 300] + 0.3 * draw.normal(size=32)).astype(np.float32)
        unit = vector / np.float32(np.linalg.norm(vector))
        clues.append(Clue(f"{n:04}", DAY + timedelta(days=n // 40), n % 9 == 0, n % 2 == 0, unit, ()))
    exact = Index().near(clues)
    monkeypatch.setattr("dibao.summarizer.nearest.EXACT", 20)
    graph = Index()

    found = [near for start in range(0, 1200, 100) for near in graph.near(clues[start : start + 100])]

    assert sum(len(a.keys() & b.keys()) for a, b in zip(exact, found, strict=True)) > 0.95 * sum(
        map(len, exact)
    )
    graph.forget(DAY + timedelta(days=20))
    later = graph.near([Clue("x", DAY + timedelta(days=30), True, True, clues[0].vector, ())])
    assert later[0] and all(item_id >= "0800" for item_id in later[0])


def test_without_the_extra_full_windows_are_searched_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dibao.summarizer.nearest.EXACT", 1)
    monkeypatch.setattr("dibao.summarizer.nearest.available", lambda: False)

    assert near(clue("a", (1, 0)), clue("b", (1, 0.1)), clue("c", (1, 0.2))) == ["a", "b"]
