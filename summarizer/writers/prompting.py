"""Prompts of model writers, and what comes back: source sentences in as marked data, closed JSON out.

The prompt is a file with a version. The mark around the data is drawn anew for each request, so that no
source can close it. What the model answers is only ever parsed, never followed.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import Annotated

import msgspec

from dibao.store import DOCUMENT_TYPES, Evidence, Item, Lang, Sentence, family

from ..language import sentences
from ..orders import order_spans
from .known import Known

PROMPT_VERSION = "brief-1"

MAX_ITEMS = 6
MAX_SENTENCES = 14
MAX_CHARS = 6000
"""What one request carries of its sources: items, sentences of one item, characters in all."""

MAX_TEXT = 400
"""Characters of one answered sentence; a longer one is no sentence."""

_LANGUAGE = {"en": "English", "zh": "Simplified Chinese (简体中文)"}
_TOKENS = re.compile(r"<\s?(?=[|/]|s>|bos|eos|pad|unk)|\[(?=/?INST|/?SYS)|(?<=\|)>", re.IGNORECASE)
_CONTROL = re.compile(
    r"[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


class _Part(msgspec.Struct, forbid_unknown_fields=True):
    text: Annotated[str, msgspec.Meta(max_length=2000)]
    rests_on: Annotated[list[int], msgspec.Meta(max_length=20)] = msgspec.field(name="from")


class _Answer(msgspec.Struct, forbid_unknown_fields=True):
    headline: Annotated[str, msgspec.Meta(max_length=400)]
    sentences: Annotated[list[_Part], msgspec.Meta(max_length=8)]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request. ``key`` names it for ever, without the mark: the same key is never paid for twice."""

    system: str
    user: str
    key: str


@dataclass(frozen=True, slots=True)
class Material:
    """The source sentences that a request numbers, from 1."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model answered, read: nothing of it has been checked yet."""

    headline: str
    sentences: tuple[Sentence, ...]


@cache
def _template() -> tuple[Template, Template]:
    text = (files("dibao.summarizer") / "writers" / "prompts" / f"{PROMPT_VERSION}.md").read_text("utf-8")
    _, system, user = re.split(r"^# (?:system|user)\n", text, flags=re.MULTILINE)
    return Template(system.strip()), Template(user.strip())


def material(known: Known) -> Material:
    """Choose the source sentences: of each item its title and first sentences, the lead item first."""
    found: list[Evidence] = []
    size = 0
    for item in known.items[:MAX_ITEMS]:
        field = "text" if item.text.strip() else "summary"
        for name, spans in (("title", [(0, len(item.title))]), (field, _spans(item, field))):
            for start, end in spans:
                quote = item.field_text(name)[start:end]
                if not quote.strip() or size + len(quote) > MAX_CHARS:
                    continue
                size += len(quote)
                found.append(Evidence(item_id=item.id, field=name, start=start, end=end, quote=quote))
    return Material(tuple(found))


def _spans(item: Item, field: str) -> list[tuple[int, int]]:
    """The first sentences of a field. What may be an order to a machine is not shown to one."""
    text = item.field_text(field)
    orders = list(order_spans(text, family(item.lang)))
    return [
        (start, end)
        for start, end in sentences(text, item.lang)[:MAX_SENTENCES]
        if not any(a < end and start < b for a, b in orders)
    ]


def prompt(known: Known, given: Material, lang: Lang, *, model: str) -> Prompt:
    """Return the request for one brief in one language."""
    system, user = _template()
    lines = "\n".join(f"[{at}] {_plain(e.quote)}" for at, e in enumerate(given.evidence, 1))
    fields = {
        "language": _LANGUAGE[lang],
        "names": _names(known),
        "facts": _facts(known, lang),
        "sentences": lines,
    }
    stable = (model, PROMPT_VERSION, system.template, user.template, *fields.values())
    key = hashlib.sha256("\x1f".join(stable).encode("utf-8", "surrogatepass")).hexdigest()
    mark = f"=={secrets.token_hex(12)}=="
    return Prompt(system=system.substitute(mark=mark), user=user.substitute(fields, mark=mark), key=key)


def _plain(text: str) -> str:
    """Visible text on one line, without what a tokenizer could take for the end of the data."""
    return _CONTROL.sub("", _TOKENS.sub(" ", re.sub(r"\s+", " ", text)))


def _names(known: Known) -> str:
    body = known.issuer
    return f"{body.name_zh} = {body.name_en} ({body.short_en})" if body else "as in the sentences"


def _facts(known: Known, lang: Lang) -> str:
    parts = []
    if known.kind:
        parts.append(f"type: {DOCUMENT_TYPES[known.kind.key].name(lang)}")
    if known.draft:
        parts.append("stage: draft")
    for kind in ("document_number", "date_effective", "date_deadline"):
        if fact := known.first(kind):
            parts.append(f"{kind.replace('_', ' ')}: {_plain(fact.value)[:80]}")
    return "; ".join(parts) or "none"


def read_answer(text: str, given: Material) -> Draft | None:
    """Read an answer; None when it is not exactly what was asked for. Thinking aloud is passed over."""
    text = text.rpartition("</think>")[2]
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        answer = msgspec.json.decode(text[start : end + 1].encode("utf-8", "replace"), type=_Answer)
    except msgspec.DecodeError:
        return None
    made = []
    for part in answer.sentences:
        cites = tuple(
            given.evidence[n - 1] for n in dict.fromkeys(part.rests_on) if 0 < n <= len(given.evidence)
        )
        made.append(Sentence(text=_one_line(part.text), cites=cites))
    return Draft(headline=_one_line(answer.headline), sentences=tuple(made))


def _one_line(text: str) -> str:
    return _CONTROL.sub("", re.sub(r"\s+", " ", text)).strip()
