"""The model writer: asks a generator for headline and sentences, checks them, and keeps the embedded brief
wherever the model's is not grounded. Impact and rank are never asked of a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from dibao.store import LANGS, Brief, Generation, Lang, Level, Sentence

from ..check import problems
from .firms import FIRM
from .known import Known, StoryInput
from .prompting import MAX_TEXT, PROMPT_VERSION, Draft, Material, Prompt, material, prompt, read_answer
from .writer import EmbeddedWriter, Pair, checked, renamed, signed

LEAST = 2
"""Sentences of a model that must hold; with fewer the embedded brief says more."""

_MARKUP = re.compile(r"https?:|www\.|\]\(|!\[|<\/?[a-z|]|```|\{\"|@\w+\.\w", re.IGNORECASE)
_ASIDE = re.compile(r"“.*”|\"[^\"]*\"|《[^》]*》|（[^）]*）|\([^)]*\)")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_ENGLISH = re.compile(r"\b(?:the|of|that|which|were|has|have|is|are|was) \w+ \w+ ", re.IGNORECASE)
_NAME = re.compile(r"\b(?:[A-Z]{2,}[A-Z0-9]*|[A-Z][a-z]+[A-Z]\w*|\w*[A-Za-z]-?\d{3,})\b", re.ASCII)
_SAID = re.compile(r"[“「『\"]([^“”「」『』\"]{1,80})[”」』\"]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a generator gave for one prompt. ``error``: why there is no text."""

    text: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    error: str = ""


class Generator(Protocol):
    """A model that completes prompts; one answer a prompt, in order."""

    @property
    def name(self) -> str:
        """Names model and settings; part of the cache's key."""

    def __call__(self, prompts: Sequence[Prompt], /) -> Iterator[Answer]:
        """Raise ModelError only when no prompt can be answered at all."""


class Ledger(Protocol):
    """What was generated before, and what it cost: the store."""

    def generations(self, keys: Sequence[str]) -> Mapping[str, Generation]: ...

    def put_generations(self, made: Sequence[Generation]) -> None: ...

    def tokens_on(self, day: date) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Tokens, in and out together; 0 is no limit."""

    per_run: int = 0
    per_day: int = 0


class ModelWriter:
    """Briefs by a generator, with the embedded writer behind it."""

    def __init__(
        self,
        generator: Generator,
        ledger: Ledger,
        *,
        budget: Budget,
        levels: Sequence[Level] = ("critical", "significant", "notable"),
    ) -> None:
        self._generate = generator
        self._ledger = ledger
        self._budget = budget
        self._levels = frozenset(levels)
        self._embedded = EmbeddedWriter()
        self._spent = 0
        self.version = f"{self._embedded.version}+{generator.name}+{PROMPT_VERSION}"

    def write(self, stories: Sequence[StoryInput], *, now: datetime) -> Iterator[Pair]:
        plain = list(self._embedded.write(stories, now=now))
        asked = [(at, Known(s)) for at, s in enumerate(stories) if s.rank.level in self._levels]
        given = {at: material(known) for at, known in asked}
        prompts = {
            (at, lang): prompt(known, given[at], lang, model=self._generate.name)
            for at, known in asked
            for lang in LANGS
        }
        answers = self._answers(list(prompts.values()), now=now)
        for at, (inputs, pair) in enumerate(zip(stories, plain, strict=True)):
            name = signed(inputs, self.version)
            if at not in given:
                yield renamed(pair, name)
                continue
            told = [
                self._judged(inputs, own, answers[prompts[at, own.lang].key], given[at], now=now)
                for own in pair
            ]
            yield renamed(checked(inputs, told), name)

    def requests(self, inputs: StoryInput) -> Mapping[Lang, str]:
        if inputs.rank.level not in self._levels:
            return {}
        known = Known(inputs)
        given = material(known)
        return {lang: prompt(known, given, lang, model=self._generate.name).key for lang in LANGS}

    def _answers(self, prompts: Sequence[Prompt], *, now: datetime) -> dict[str, Answer]:
        """Return the answer of each prompt by its key: from the ledger, else asked for, within the budget."""
        known = self._ledger.generations([p.key for p in prompts])
        found = {key: Answer(text=made.answer) for key, made in known.items()}
        todo = [p for p in {p.key: p for p in prompts}.values() if p.key not in found]
        allowed = []
        for p in todo:
            cost = (len(p.system) + len(p.user)) // 2 + 400
            if self._affords(cost, now.date()):
                self._spent += cost
                allowed.append(p)
            else:
                found[p.key] = Answer(error="the budget of tokens is used up")
        made = []
        for p, answer in zip(allowed, self._generate(allowed) if allowed else (), strict=True):
            found[p.key] = answer
            if not answer.error:
                made.append(
                    Generation(
                        key=p.key,
                        model=self._generate.name,
                        prompt=PROMPT_VERSION,
                        answer=answer.text,
                        tokens_in=answer.tokens_in,
                        tokens_out=answer.tokens_out,
                        seconds=answer.seconds,
                        at=now,
                    )
                )
        self._ledger.put_generations(made)
        return found

    def _affords(self, cost: int, day: date) -> bool:
        if self._budget.per_run and self._spent + cost > self._budget.per_run:
            return False
        return (
            not self._budget.per_day
            or self._ledger.tokens_on(day) + self._spent + cost <= self._budget.per_day
        )

    def _judged(
        self, inputs: StoryInput, plain: Brief, answer: Answer, given: Material, *, now: datetime
    ) -> Brief:
        """Return the model's brief as far as it holds, else the embedded one with the reasons."""
        draft = None if answer.error else read_answer(answer.text, given)
        if draft is None:
            why = answer.error or "the answer is not the JSON that was asked for"
            return replace(plain, dropped=(*plain.dropped, f"model: {why}"))
        good, dropped = _sifted(draft, inputs, plain.lang, given)
        if len(good) < LEAST:
            return replace(plain, dropped=(*plain.dropped, *dropped, "model: too little of it is grounded"))
        headline = _headline(draft, inputs, plain, given, dropped)
        return replace(
            plain, headline=headline, sentences=tuple(good), writer=f"model:{self._generate.name}",
            dropped=(*plain.dropped, *dropped),
        )  # fmt: skip


def _sifted(
    draft: Draft, inputs: StoryInput, lang: Lang, given: Material
) -> tuple[list[Sentence], list[str]]:
    good, dropped = [], []
    for sentence in draft.sentences:
        found = faults(sentence, inputs, lang)
        if found:
            dropped.append(f"model: {sentence.text[:200]} [{'; '.join(found)}]")
        else:
            good.append(sentence)
    return good, dropped


def _headline(draft: Draft, inputs: StoryInput, plain: Brief, given: Material, dropped: list[str]) -> str:
    """The model's headline when it holds against all the material, else the embedded one."""
    sentence = Sentence(text=draft.headline, cites=given.evidence)
    found = faults(sentence, inputs, plain.lang) if draft.headline else ("empty",)
    if found or len(draft.headline) > MAX_TEXT // 2:
        dropped.append(f"model: headline {draft.headline[:200]} [{'; '.join(found) or 'too long'}]")
        return plain.headline
    return draft.headline


def faults(sentence: Sentence, inputs: StoryInput, lang: Lang) -> tuple[str, ...]:
    """Return why a model's sentence may not be published: the gate's reasons, and those that only a model
    gives cause for."""
    items = {item.id: item for item in inputs.items}
    found = list(_foreign(sentence, lang))
    if not found:
        found += problems(
            sentence, lang=lang, items=items, facts=inputs.facts, sources=inputs.sources,
            glossary=inputs.glossary,
        )  # fmt: skip
        found += _invented(sentence, inputs)
    return tuple(found)


def _foreign(sentence: Sentence, lang: Lang) -> Iterator[str]:
    text = sentence.text
    if not text or len(text) > MAX_TEXT:
        yield "not one sentence"
    if _MARKUP.search(text):
        yield "carries a link or markup"
    own = _ASIDE.sub("", text)  # names, numbers and titles keep their letters
    own = FIRM.sub("", own) if lang == "en" else own
    han, latin = len(re.findall(r"[\u4e00-\u9fff]", own)), len(re.findall(r"[A-Za-z]", own))
    english = not _HAN.search(text) or _ENGLISH.search(own) or latin > 40 + 3 * han
    if (lang == "en" and han > 4) or (lang == "zh" and english):
        yield "not in the language of the brief"


def _invented(sentence: Sentence, inputs: StoryInput) -> Iterator[str]:
    """Names in capitals, codes and quoted words that stand nowhere in the story's sources or glossary."""
    cited = {cite.item_id for cite in sentence.cites}
    texts = [f"{i.title}\n{i.summary}\n{i.text}" for i in inputs.items if i.id in cited]
    bodies = {body.short_en for body in inputs.bodies.values()}
    for item in inputs.items:
        if item.id in cited and (source := inputs.sources.get(item.source_id)):
            texts += [source.name_en, source.name_zh, source.acronym]
    texts += [f"{f.value}\n{f.shown}" for id in cited for f in inputs.facts.get(id, ())]
    known = "\n".join(texts)
    for match in _NAME.finditer(sentence.text):
        if match[0] not in known and match[0] not in bodies and match[0] not in _COMMON:
            yield f"a name that no source has: {match[0]}"
    for match in _SAID.finditer(sentence.text):
        if match[1] not in known:
            yield f"a quotation that no source has: {match[1][:40]}"


_COMMON = frozenset(
    {
        "AI",
        "RMB",
        "US",
        "UK",
        "EU",
        "CEO",
        "IT",
        "GDP",
        "MoU",
        "HK",
        "II",
        "III",
        "CPPCC",
        "NPC",
        "ETF",
        "IPO",
    }
)
