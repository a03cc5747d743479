"""The promises of the search file: the newest stories, small, labelled, comparable in both scripts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dibao.site import labels
from dibao.site.search import FIELDS, NEWEST, search_json
from dibao.store import LANGS, Lang, StoryView
from tests.site.filled import INFO
from tests.site.views import BODIES, all_views, mixed_story, nfra_story, undated_story


def made(*views: StoryView, lang: Lang = "en") -> Any:
    data = search_json(INFO, views or all_views(), lang, bodies=BODIES, build_id="0123456789abcdef")
    return json.loads(data)


def entries(document: Any) -> list[dict[str, Any]]:
    return [dict(zip(document["fields"], entry, strict=True)) for entry in document["entries"]]


@pytest.mark.parametrize("lang", LANGS)
def test_every_story_can_be_found_newest_first(lang: Lang) -> None:
    found = entries(made(*reversed(all_views()), lang=lang))

    assert [entry["story"] for entry in found] == [1043, 1042, 1044, 1039, 1031]
    assert found[0]["headline"] == mixed_story().briefs[lang].headline
    assert found[0]["number"] == "中国人民银行令〔2026〕第9号"
    assert found[0]["mark"] == labels.WORDS["short"][lang]
    assert found[1]["mark"] == ""
    assert tuple(made()["fields"]) == FIELDS


def test_a_file_with_generated_text_carries_both_labels() -> None:
    assert made(mixed_story())["label"] == labels.WORDS["whole"]["en"]
    assert made(mixed_story())["_aigc"]["ProduceID"] == "example.org:search:en"
    assert made(nfra_story())["label"] == labels.WORDS["extract"]["en"]
    assert "_aigc" not in made(nfra_story())


def test_both_scripts_compare_as_one() -> None:
    traditional, simplified = made(lang="zh")["fold"]
    pairs = dict(zip(traditional, simplified, strict=True))

    assert pairs["證"] == "证" and pairs["業"] == "业"
    assert "鑫" not in pairs


def test_the_newest_two_thousand_are_kept() -> None:
    view = nfra_story()
    many = [replace(view, story=replace(view.story, id=n)) for n in range(1, NEWEST + 2)]
    found = [entry["story"] for entry in entries(made(*many))]

    assert len(found) == NEWEST
    assert found[0] == NEWEST + 1 and 1 not in found


def test_what_comes_from_outside_is_cleaned_and_short() -> None:
    [entry] = entries(made(undated_story()))

    assert "\u202e" not in str(entry)
    assert max(len(str(value)) for value in entry.values()) <= 320


def test_the_same_stories_give_the_same_bytes() -> None:
    assert made() == made()
