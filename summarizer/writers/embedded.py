"""The embedded writer: headline, two to four sentences and impact in English and in Chinese, made of facts,
glossary and source sentences. No model, no network; the same inputs give the same words.

It says nothing without evidence: each sentence cites the characters it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import ModuleType

from dibao.store import Brief, Evidence, Item, Lang, Sentence, family

from ..ground import in_own_dollars
from ..language import sentences, simplify
from . import phrases_en, phrases_zh
from .duties import aim, duty
from .extract import Extract, best
from .gloss import figures_in, modals_in
from .impact import impact
from .known import Known, StoryInput, inputs_hash, overlap
from .opening import opening, published
from .sums import sums

WRITER = "embedded"


def write(inputs: StoryInput, lang: Lang, *, now: datetime) -> Brief:
    """Return the brief of a story in a language; the grounding gate has not seen it yet."""
    return _write(Known(inputs), lang, now=now, hash=inputs_hash(inputs))


def write_pair(inputs: StoryInput, *, now: datetime) -> tuple[Brief, Brief]:
    """Return the English and the Chinese brief, from one reading of the story."""
    known, hash = Known(inputs), inputs_hash(inputs)
    return _write(known, "en", now=now, hash=hash), _write(known, "zh", now=now, hash=hash)


def _write(known: Known, lang: Lang, *, now: datetime, hash: str) -> Brief:
    words = phrases_zh if lang == "zh" else phrases_en
    return Brief(
        story_id=known.inputs.story.id,
        lang=lang,
        headline=known.headline(lang)[0],
        sentences=tuple(map(_cited, _summary(known, lang, words))),
        impact=tuple(map(_cited, impact(known, lang, words))),
        writer=WRITER,
        written_at=now,
        inputs=hash,
    )


def _cited(sentence: Sentence) -> Sentence:
    """Without evidence that quotes nothing, as of a day that only the page's metadata say."""
    if all(cite.quote for cite in sentence.cites):
        return sentence
    return replace(sentence, cites=tuple(cite for cite in sentence.cites if cite.quote))


def _summary(known: Known, lang: Lang, words: ModuleType) -> Iterator[Sentence]:
    first, told = opening(known, lang, words)
    yield first
    more = 0 if told else 1  # what was done stands in the quotations then
    if lang == known.language:
        kept = 2 if _has_dates(known) else 3
        yield from map(_quoted, _best(known, lang, min(3, kept + more), said=first.text))
    else:
        yield from _across(known, lang, words, most=2 + more)
    yield from _figures(known, lang, words, said=first.text)
    if found := known.fines:
        text = words.fines([fine.text(lang) for fine in found])
        yield Sentence(text=text, cites=tuple(fine.evidence for fine in found))
    yield from _dates(known, words)


def _figures(known: Known, lang: Lang, words: ModuleType, *, said: str) -> Iterator[Sentence]:
    found = sums(known, lang)
    if any(text not in said for _, text, _ in found):
        text = words.figures([(label, text) for label, text, _ in found], seed=known.seed)
        yield Sentence(text=text, cites=tuple(evidence for _, _, evidence in found))


def _best(
    known: Known, lang: Lang, most: int, *, said: str = "", told: Sequence[Evidence] = ()
) -> tuple[Extract, ...]:
    """``told``: what is rendered already; a sentence of which more than that remains may still be quoted."""
    left = [p for p in known.passages if not any(_whole(p.evidence, evidence) for evidence in told)]
    return best(left, lang=lang, most=most, said=f"{known.act_evidence.quote}\n{said}")


def _whole(passage: Evidence, part: Evidence) -> bool:
    return overlap(passage, part) and part.end - part.start >= 0.8 * (passage.end - passage.start)


def _official(known: Known, extract: Extract) -> bool:
    item = next(item for item in known.items if item.id == extract.evidence.item_id)
    return known.inputs.sources[item.source_id].official


def _quoted(extract: Extract) -> Sentence:
    return Sentence(text=extract.evidence.quote, cites=(extract.evidence,), quoted=True, tag=extract.tag)


def _has_dates(known: Known) -> bool:
    return any(known.first(kind) for kind in ("date_effective", "date_deadline", "date_expiry"))


def _dates(known: Known, words: ModuleType) -> Iterator[Sentence]:
    signed, by = known.day("date_signed")
    effective, by_effective = known.day("date_effective")
    deadline, by_deadline = known.day("date_deadline")
    expiry, by_expiry = known.day("date_expiry")
    if signed == published(known)[0]:
        signed, by = None, ()
    if known.draft:
        effective, by_effective = None, ()
    if signed or effective or deadline or expiry:
        text = words.dates(
            signed=signed, effective=effective, deadline=deadline, expiry=expiry, seen=known.inputs.story.day
        )
        yield Sentence(text=text, cites=(*by, *by_effective, *by_deadline, *by_expiry))


def _across(known: Known, lang: Lang, words: ModuleType, *, most: int) -> Iterator[Sentence]:
    """What it says, for readers of the other language: rendered where safe, else quoted and introduced."""
    said: list[Evidence] = []
    if lang == "en":
        duties, aims = _points(known)
        if duties:
            said += [evidence for _, evidence in duties]
            yield Sentence(
                text=words.provides([t for t, _ in duties], seed=known.seed),
                cites=tuple(e for _, e in duties),
            )
        if aims:
            yield Sentence(
                text=words.calls_for([t for t, _ in aims], seed=known.seed), cites=tuple(e for _, e in aims)
            )
            said += [evidence for _, evidence in aims] if len(aims) > 1 else []
    own = _best(known, lang, 2)
    yield from map(_quoted, own)
    if len(own) > 1 or any(_official(known, extract) for extract in own):
        return
    left = max(1, most - len(own) - bool(said))
    for at, extract in enumerate(_best(known, known.language, left, told=said)):
        quote = extract.evidence.quote
        facts = known.inputs.facts.get(extract.evidence.item_id, ())
        modals, figures = modals_in(quote, lang), figures_in(in_own_dollars(quote, facts), lang)
        terms = known.terms(quote, 2)
        if at and not (terms or modals or figures):
            continue  # of a second quotation nothing could be told: its reader has the first
        text = words.quote_intro(terms, modals, figures, seed=known.seed, place=at)
        yield Sentence(text=text, cites=(extract.evidence,))
        yield _quoted(extract)


_CONDITION = re.compile(r"^\s*(?:如果?|若|凡|未|经|除|对于?|对(?=.{2,20}的$)|在)|[下时的后前中外]$")
"""Under which the rest of a sentence holds: neither stands without the other."""


_LOOSE = frozenset(["同时", "此外", "目前", "日前", "今后", "其中", "此前", "会后", "会前", "另外"])
"""They end like a condition and are none."""


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts that hold by themselves: none after a condition, up to the next semicolon."""
    stops = [start + match.start() for match in re.finditer(r"[，,；]", text[start:end])]
    at, free = start, True
    for stop in (*stops, end) if stops else ():
        part = text[at:stop].strip()
        free = free and (part in _LOOSE or not _CONDITION.search(part))
        if free:
            yield at, stop
        free = free or text[stop : stop + 1] == "；"
        at = stop + 1


_LIMITED = re.compile(r"除外|但是|但(?=[^不书凡])|另有规定|从其规定")
_ARTICLE = re.compile(r"^\s*第[一二三四五六七八九十百零0-9]{1,6}条")
_WEIGHTY = re.compile(r"[0-9]|百分之|不得|严禁|禁止|应当|必须|不应|不能|须")
"""A ban, a duty or a figure: a sentence that has one beside the part that can be told is quoted whole."""
_Point = tuple[str, Evidence]


def _points(known: Known) -> tuple[list[_Point], list[_Point]]:
    """Duties and aims of Chinese items that can be said in English: at most two and three."""
    duties: dict[str, Evidence] = {}
    aims: dict[str, Evidence] = {}
    for item in known.items:
        if family(item.lang) != "zh":
            continue
        for clause in _clauses(item):
            text = simplify(clause.quote) if item.lang.lower().startswith("zh-hant") else clause.quote
            if len(duties) < 2 and (rendered := duty(text, known.glossary)):
                duties.setdefault(rendered, clause)
            elif len(aims) < 3 and (rendered := aim(text, known.glossary)) and not _said(rendered, aims):
                aims[rendered] = clause
        if len(duties) == 2 and len(aims) == 3:
            break
    return list(duties.items()), list(aims.items())


def _said(text: str, others: Mapping[str, object]) -> bool:
    """Whether nearly all words of a point are in one that is already there."""
    words = set(text.split())
    return any(
        len(words & set(other.split())) >= 0.75 * min(len(words), len(set(other.split()))) for other in others
    )


def _beside(before: str, after: str) -> str:
    """What stands around a part of a sentence, between the nearest semicolons."""
    return _ARTICLE.sub("", before.rpartition("；")[2]) + after.partition("；")[0]


def _clauses(item: Item) -> Iterator[Evidence]:
    """Whole sentences first, then their parts at commas; the first forty sentences of an item."""
    field = "text" if item.text.strip() else "summary"
    text = item.field_text(field)
    for start, end in sentences(text, item.lang, most=40):
        if _LIMITED.search(text, start, end) or text.startswith("为", start):
            continue  # a clause alone would lose the exception; a preamble says nothing of its own
        for begin, stop in ((start, end), *_parts(text, start, end)):
            if _WEIGHTY.search(_beside(text[start:begin], text[stop:end])):
                continue
            if 6 <= stop - begin <= 90 and not _CONDITION.search(text[begin:stop]):
                yield Evidence(item_id=item.id, field=field, start=begin, end=stop, quote=text[begin:stop])
