"""The labels of machine-written text: the visible words, the hidden record, the source type.

Words and fields follow GB 45438-2025 and Art. 50 of the EU AI Act as the project's publishing standards
fix them (sections 2.1 to 2.3); no other wordings are allowed. A brief of the embedded writer is put together
by a program: it says so, and never claims to be AI-generated. A brief has no record of a review yet, so no
label says "reviewed".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Literal

from dibao.store import HTML_LANG, Brief, ConfigError, Headline, Lang

Case = Literal["short", "brief", "translation", "impact", "extract", "whole"]

WORDS: dict[Case, dict[Lang, str]] = {
    "short": {"zh": "AI生成", "en": "AI-generated"},
    "brief": {
        "zh": "本摘要由人工智能生成，未经人工审核；请以来源原文为准。",
        "en": "This summary is AI-generated and has not been reviewed by a person. "
        "Check it against the sources.",
    },
    "translation": {
        "zh": "本译文由人工智能生成，以原文为准。",
        "en": "This translation is AI-generated. The original prevails.",
    },
    "impact": {
        "zh": "影响与排序说明由人工智能生成，不构成法律意见。",
        "en": "Impact and rank notes are AI-generated and are not legal advice.",
    },
    "extract": {
        "zh": "本摘要由程序从来源原文中摘录，未使用生成式人工智能。",
        "en": "Sentences extracted from the sources by a program. No generative AI was used.",
    },
    "whole": {"zh": "本页包含人工智能生成的内容。", "en": "This page contains AI-generated content."},
}

# The half of the impact words that is true of every writer.
_NOT_ADVICE: dict[Lang, str] = {"zh": "不构成法律意见。", "en": "Not legal advice."}

_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SCHEMA = "https://schema.org/"

# Values may hold no space, quote or backslash (2.3), and no comma: the mail header is folded after commas.
_VALUE = re.compile(r"[!#-+\--\[\]-~]*", re.ASCII)

_RULE_METHODS = frozenset({"original", "glossary", "partial"})


def visible(brief: Brief, lang: Lang) -> str:
    """Return the sentence that stands before the first sentence of a brief, in every form it goes out in."""
    return WORDS["brief" if brief.generative else "extract"][lang]


def short(brief: Brief, lang: Lang) -> str:
    """Return the mark beside a title in lists; empty for a brief that no generative model wrote."""
    return WORDS["short"][lang] if brief.generative else ""


def translation(headline: Headline, lang: Lang) -> str:
    """Return the label of a translated title; empty when it is original or made from the glossary by rule."""
    return "" if headline.method in _RULE_METHODS else WORDS["translation"][lang]


def impact_note(brief: Brief, lang: Lang) -> str:
    """Return the sentence below impact and rank notes."""
    return WORDS["impact"][lang] if brief.generative else _NOT_ADVICE[lang]


def whole(briefs: Iterable[Brief], lang: Lang) -> str:
    """Return the label of a page, feed or mail that holds several briefs: as strong as its strongest."""
    return WORDS["whole" if any(brief.generative for brief in briefs) else "extract"][lang]


def produce_id(brief: Brief, *, host: str) -> str:
    """Name one revision of one language version: ``example.org:event:17:zh-Hans:3``."""
    return f"{host}:event:{brief.story_id}:{HTML_LANG[brief.lang]}:{brief.version}"


def hidden(brief: Brief, *, host: str, provider: str) -> str | None:
    """Return the hidden label as the JSON string that files carry; None for a brief that is not generative.

    ``provider`` is the operator's code or name from the configuration, empty when not set: it is never
    made up. Raises ConfigError when it (or the host) holds what the label cannot carry.
    """
    return hidden_whole((brief,), name=produce_id(brief, host=host), provider=provider)


def hidden_whole(briefs: Iterable[Brief], *, name: str, provider: str) -> str | None:
    """Return the hidden label of a file that holds several briefs, under the file's own ``name``."""
    for setting, value in (("provider", provider), ("base_url", name)):
        if not _VALUE.fullmatch(value):
            raise ConfigError(
                f"{setting}: {value!r} must be ASCII without spaces, commas, quotes, backslashes"
            )
    if not any(brief.generative for brief in briefs):
        return None
    fields = {
        "Label": "1",
        "ContentProducer": provider,
        "ProduceID": name,
        "ReservedCode1": "",
        "ContentPropagator": provider,
        "PropagateID": name,
        "ReservedCode2": "",
    }
    return json.dumps({"AIGC": fields}, separators=(",", ":"))


def source_type(brief: Brief) -> str:
    """Return the IPTC digital source type of a brief."""
    return _IPTC + ("trainedAlgorithmicMedia" if brief.generative else "algorithmicMedia")


def schema_source_type(brief: Brief) -> str:
    """Return the same for the ``digitalSourceType`` of schema.org."""
    name = "TrainedAlgorithmicMediaDigitalSource" if brief.generative else "AlgorithmicMediaDigitalSource"
    return _SCHEMA + name
