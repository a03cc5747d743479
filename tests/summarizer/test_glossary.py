"""The glossary has no contradictions, and finds its terms in texts of both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.store import Lang
from dibao.summarizer.glossary import Glossary, load_glossary, problems

GLOSSARY = load_glossary()


def found(text: str, lang: Lang) -> list[tuple[str, str]]:
    return [(text[h.start : h.end], h.entry.id) for h in GLOSSARY.find(text, lang)]


def test_the_glossary_that_ships_has_no_problems() -> None:
    assert problems(GLOSSARY) == []


def test_the_glossary_is_large_and_in_both_languages() -> None:
    assert len(GLOSSARY.entries) >= 800
    assert all(entry.zh and entry.en for entry in GLOSSARY.entries)


@pytest.mark.parametrize(
    "change, problem",
    [
        pytest.param({"preferred": False}, "0 preferred", id="none preferred"),
        pytest.param({"zh": ""}, "lacks one of its two languages", id="one language"),
        pytest.param({"until": 2020}, "former name without a known successor", id="orphan former name"),
        pytest.param({"since": 2021, "until": 2020}, "ends before it begins", id="years reversed"),
    ],
)
def test_each_kind_of_problem_is_reported(change: dict[str, object], problem: str) -> None:
    entry = replace(GLOSSARY.preferred("FCA"), **change)  # type: ignore[arg-type]
    broken = Glossary([entry], bodies={}, successors={})

    assert any(problem in line for line in problems(broken))


def test_two_preferred_renderings_and_two_bodies_of_one_name_are_problems() -> None:
    entry = GLOSSARY.preferred("FCA")
    twice = Glossary([entry, replace(entry, en="Another"), replace(entry, id="X")], bodies={}, successors={})

    assert any("2 preferred" in line for line in problems(twice))
    assert any("means FCA, X" in line for line in problems(twice))


@pytest.mark.parametrize(
    "text, lang, expected",
    [
        pytest.param(
            "国家金融监督管理总局发布",
            "zh",
            [("国家金融监督管理总局", "NFRA"), ("发布", "issue")],
            id="longest Chinese name",
        ),
        pytest.param(
            "中国银行保险监督管理委员会", "zh", [("中国银行保险监督管理委员会", "CBIRC")], id="former name"
        ),
        pytest.param("ESMA与证监会", "zh", [("ESMA", "ESMA"), ("证监会", "CSRC")], id="acronym in Chinese"),
        pytest.param("證監會發布", "zh", [("證監會", "HKSFC")], id="Traditional name is Hong Kong's"),
        pytest.param(
            "the People’s Bank of China",
            "en",
            [("People’s Bank of China", "PBC")],
            id="typographic apostrophe",
        ),
        pytest.param(
            "banking INSTITUTIONS", "en", [("banking INSTITUTIONS", "banking-institutions")], id="no case"
        ),
        pytest.param("sec. 5 and fed", "en", [("fed", "FED")], id="an acronym needs its capitals"),
        pytest.param("stablecoins", "en", [("stablecoins", "stablecoin")], id="plural"),
        pytest.param("SAC", "en", [], id="an acronym of two bodies means none"),
        pytest.param("cyberlawyer", "en", [], id="whole words only"),
    ],
)
def test_terms_are_found(text: str, lang: Lang, expected: list[tuple[str, str]]) -> None:
    assert found(text, lang) == expected


@pytest.mark.parametrize(
    "name, jurisdiction, id",
    [
        pytest.param("央行", "CN", "PBC", id="short form"),
        pytest.param("PBOC", "CN", "PBC", id="media's acronym"),
        pytest.param("securities and futures commission", "HK", "HKSFC", id="English without case"),
        pytest.param("FSC", "TW", "TWFSC", id="acronym by jurisdiction, Taiwan"),
        pytest.param("FSC", "KR", "KRFSC", id="acronym by jurisdiction, Korea"),
    ],
)
def test_a_name_resolves_to_a_body(name: str, jurisdiction: str, id: str) -> None:
    body = GLOSSARY.body_of(name, jurisdiction=jurisdiction)

    assert body is not None
    assert body.id == id


def test_the_day_chooses_among_bodies_of_one_name_but_never_renames_one() -> None:
    body = GLOSSARY.body_of("银保监会", on=date(2025, 1, 1))

    assert body is not None
    assert body.id == "CBIRC"
    assert GLOSSARY.successors["CBIRC"] == "NFRA"
    assert GLOSSARY.body_of("not a body") is None


def test_official_renderings() -> None:
    assert GLOSSARY.preferred("NFRA").zh == "国家金融监督管理总局"
    assert GLOSSARY.preferred("data-security").zh == "数据安全"
    assert GLOSSARY.bodies["NPC"].level > GLOSSARY.bodies["PBC"].level > GLOSSARY.bodies["SSE"].level


@given(st.text(alphabet="中国人民银行监管PBCa ’-数据", max_size=60), st.sampled_from(["en", "zh"]))
def test_hits_are_in_order_and_never_overlap(text: str, lang: Lang) -> None:
    end = 0
    for hit in GLOSSARY.find(text, lang):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end


@given(st.text(alphabet="中国人民银行证监会保险公司 NFRA的a", max_size=40), st.sampled_from(["zh", "en"]))
def test_every_hit_lies_inside_the_text(text: str, lang: Lang) -> None:
    hits = GLOSSARY.find(text, lang)

    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))


def test_the_branches_of_a_body_are_a_low_body_of_their_own() -> None:
    branches = [body for id, body in GLOSSARY.bodies.items() if id.endswith("-branch")]

    assert {body.id.removesuffix("-branch") for body in branches} <= set(GLOSSARY.bodies)
    assert all(body.level < 0.5 for body in branches)
