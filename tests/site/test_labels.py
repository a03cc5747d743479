"""The labels say what is true of a brief, in the words that the rules prescribe."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dibao.site import labels
from dibao.store import LANGS, Brief, ConfigError, Headline, Lang
from tests.site.views import mixed_story, nfra_story

GENERATED = mixed_story().briefs
EMBEDDED = nfra_story().briefs


@pytest.mark.parametrize("lang", LANGS)
def test_a_generative_brief_says_so_and_is_not_reviewed(lang: Lang) -> None:
    said = labels.visible(GENERATED[lang], lang)

    assert said in (
        "本摘要由人工智能生成，未经人工审核；请以来源原文为准。",
        "This summary is AI-generated and has not been reviewed by a person. Check it against the sources.",
    )


@pytest.mark.parametrize("lang", LANGS)
def test_a_brief_of_the_embedded_writer_never_claims_ai(lang: Lang) -> None:
    brief = EMBEDDED[lang]

    assert labels.visible(brief, lang) == labels.WORDS["extract"][lang]
    assert labels.short(brief, lang) == ""
    assert labels.hidden(brief, host="example.org", provider="p") is None
    assert "AI" not in labels.impact_note(brief, lang) and "人工智能" not in labels.impact_note(brief, lang)


@pytest.mark.parametrize("case", labels.WORDS)
def test_chinese_ai_labels_name_ai_and_generation(case: labels.Case) -> None:
    said = labels.WORDS[case]["zh"]

    assert ("人工智能" in said or "AI" in said) and ("生成" in said or "合成" in said)


@pytest.mark.parametrize(
    ("brief", "iptc", "schema"),
    [
        pytest.param(GENERATED["en"], "trainedAlgorithmicMedia", "Trained", id="generative"),
        pytest.param(EMBEDDED["en"], "algorithmicMedia", "Algorithmic", id="embedded"),
    ],
)
def test_source_type_in_both_vocabularies(brief: Brief, iptc: str, schema: str) -> None:
    assert labels.source_type(brief) == f"http://cv.iptc.org/newscodes/digitalsourcetype/{iptc}"
    assert labels.schema_source_type(brief).startswith(f"https://schema.org/{schema}")


def test_the_hidden_label_is_ascii_json_with_seven_fields_without_spaces() -> None:
    hidden = labels.hidden(GENERATED["zh"], host="example.org", provider="dibao.example")

    assert hidden is not None and hidden.isascii() and " " not in hidden and "\\" not in hidden
    assert json.loads(hidden) == {
        "AIGC": {
            "Label": "1",
            "ContentProducer": "dibao.example",
            "ProduceID": "example.org:event:1043:zh-Hans:2",
            "ReservedCode1": "",
            "ContentPropagator": "dibao.example",
            "PropagateID": "example.org:event:1043:zh-Hans:2",
            "ReservedCode2": "",
        }
    }


@pytest.mark.parametrize(
    "provider",
    ['a"b', "a\\b", "a b", "a,b", "邸报", "a\nb"],
    ids=["quote", "slash", "space", "comma", "han", "lf"],
)
def test_a_provider_that_the_label_cannot_carry_is_an_error(provider: str) -> None:
    with pytest.raises(ConfigError, match="provider"):
        labels.hidden(GENERATED["en"], host="example.org", provider=provider)


def test_a_provider_that_is_not_set_stays_empty() -> None:
    hidden = labels.hidden(GENERATED["en"], host="example.org", provider="")

    assert hidden is not None and json.loads(hidden)["AIGC"]["ContentProducer"] == ""


@pytest.mark.parametrize(
    ("method", "labelled"),
    [("original", False), ("glossary", False), ("partial", False), ("model-x", True)],
)
def test_only_a_title_translated_by_a_model_is_labelled(method: str, labelled: bool) -> None:
    headline = Headline(item_id="0" * 16, lang="zh", text="题", method=method)

    assert bool(labels.translation(headline, "zh")) is labelled


def test_a_page_with_one_generative_brief_is_labelled_as_such() -> None:
    mixed = [EMBEDDED["en"], GENERATED["en"]]

    assert labels.whole(mixed, "en") == "This page contains AI-generated content."
    assert labels.whole([EMBEDDED["en"]], "en") == labels.WORDS["extract"]["en"]
    assert labels.hidden_whole(mixed, name="x", provider="") is not None


def test_a_new_version_has_a_new_id() -> None:
    brief = GENERATED["en"]

    assert labels.produce_id(brief, host="h") != labels.produce_id(replace(brief, version=3), host="h")
