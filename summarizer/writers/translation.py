"""Translation of headlines and quotations by sequence-to-sequence models (Marian and their like), by setting.

The embedded writer tells what grammar and glossary carry and quotes the rest. With a translator, a headline
that could not be told and each quotation in the other language get a rendering, when it passes the gate as
every sentence does, and names each body and law of the source by its official name. Else nothing changes.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any, Protocol

from dibao.store import Brief, Evidence, Generation, Lang, Sentence, family

from ..agreement import reconcile
from ..loading import loading
from ..terminology import NAMES, rendered
from .known import Known, StoryInput
from .model import Ledger, faults
from .writer import Pair, Writer, renamed, signed

MAX_CHARS = 600
"""No longer text is translated: such models lose the end of it."""
VERSION = "translate-1"
_LEAD = {"en": "In English: ", "zh": "译文："}


class Translator(Protocol):
    """Texts of the one language → the other, one for each, in order."""

    @property
    def name(self) -> str: ...

    def __call__(self, texts: Sequence[str], /) -> Sequence[str]: ...


class Translating:
    """A writer with translators behind it, by the language that they translate into."""

    def __init__(self, writer: Writer, translators: Mapping[Lang, Translator], ledger: Ledger) -> None:
        self._writer = writer
        self._translators = dict(translators)
        self._ledger = ledger
        names = "+".join(f"{lang}:{t.name}" for lang, t in sorted(self._translators.items()))
        self.version = f"{writer.version}+{VERSION}:{names}"

    def write(self, stories: Sequence[StoryInput], *, now: datetime) -> Iterator[Pair]:
        for inputs, pair in zip(stories, self._writer.write(stories, now=now), strict=True):
            known = Known(inputs)
            en, zh = (self._translated(brief, known, now=now) for brief in pair)
            yield renamed(reconcile(en, zh), signed(inputs, self.version))

    def requests(self, inputs: StoryInput) -> Mapping[Lang, str]:
        return self._writer.requests(inputs)

    def _translated(self, brief: Brief, known: Known, *, now: datetime) -> Brief:
        translator = self._translators.get(brief.lang)
        if translator is None:
            return brief
        untold = brief.headline == known.headline(brief.lang)[0] and not known.headline(brief.lang)[1]
        title = _title(known) if untold and known.language != brief.lang else None
        foreign = [s for s in brief.sentences if s.quoted and family(s.tag) != brief.lang]
        sources = [s.text for s in (title, *foreign) if s and len(s.text) <= MAX_CHARS]
        made = self._rendered(sources, translator, now=now)
        dropped: list[str] = []

        def held(source: Sentence) -> str:
            text = made.get(source.text, "")
            found = _faults(source, text, brief.lang, known.inputs) if text else ("empty",)
            if found:
                dropped.append(f"translator: {text[:200]} [{'; '.join(found)}]")
            return "" if found else text

        headline = held(title) if title else ""
        sentences: list[Sentence] = []
        for sentence in brief.sentences:
            sentences.append(sentence)
            if sentence in foreign and (text := held(sentence)):
                sentences.append(Sentence(text=_LEAD[brief.lang] + text, cites=sentence.cites))
        changed = bool(headline) or len(sentences) > len(brief.sentences)
        return replace(
            brief,
            headline=headline or brief.headline,
            sentences=tuple(sentences),
            writer=_signed(brief.writer, translator.name) if changed else brief.writer,
            dropped=(*brief.dropped, *dropped),
        )

    def _rendered(self, texts: Sequence[str], translator: Translator, *, now: datetime) -> dict[str, str]:
        """Return text → translation; what was translated before comes from the ledger."""
        keys = {text: _key(translator.name, text) for text in dict.fromkeys(texts)}
        known = self._ledger.generations(list(keys.values()))
        todo = [text for text, key in keys.items() if key not in known]
        begun = time.monotonic()
        fresh = dict(zip(todo, translator(todo), strict=True)) if todo else {}
        seconds = (time.monotonic() - begun) / max(1, len(todo))
        self._ledger.put_generations(
            [
                Generation(
                    key=keys[text], model=translator.name, prompt=VERSION, answer=answer, tokens_in=0,
                    tokens_out=0, seconds=seconds, at=now,
                )
                for text, answer in fresh.items()
            ]
        )  # fmt: skip
        return {text: fresh[text] if text in fresh else known[key].answer for text, key in keys.items()}


def _title(known: Known) -> Sentence:
    head = known.head
    cite = Evidence(item_id=head.id, field="title", start=0, end=len(head.title), quote=head.title)
    return Sentence(text=head.title, cites=(cite,))


def _faults(source: Sentence, text: str, lang: Lang, inputs: StoryInput) -> tuple[str, ...]:
    """Why a translation may not be shown."""
    spoken: Lang = "zh" if lang == "en" else "en"
    found = list(faults(Sentence(text=text, cites=source.cites), inputs, lang))
    terms = rendered(source.text, spoken, text, inputs.glossary, kinds=NAMES)
    return (*found, *(f"not by its official name: {term}" for term, right in terms if not right))


def _signed(writer: str, translator: str) -> str:
    return f"{writer}+{translator}" if writer != "embedded" else f"model:{translator}"


def _key(name: str, text: str) -> str:
    return hashlib.sha256(f"{VERSION}\x1f{name}\x1f{text}".encode("utf-8", "surrogatepass")).hexdigest()


class LocalTranslator:
    """A sequence-to-sequence model of transformers, by name or folder; greedy, loaded at once."""

    def __init__(self, model: str, *, device: str = "cpu", batch: int = 8, max_tokens: int = 256) -> None:
        with loading(_("translation model"), model):
            from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

            self._tokenizer: Any = AutoTokenizer.from_pretrained(model)
            self._model: Any = AutoModelForSeq2SeqLM.from_pretrained(model).to(device).eval()
        self._device, self._batch, self._max_tokens = device, max(1, batch), max_tokens
        self.name = Path(model).name if Path(model).is_dir() else model

    def __call__(self, texts: Sequence[str], /) -> list[str]:
        import torch

        made: list[str] = []
        for start in range(0, len(texts), self._batch):
            batch = self._tokenizer(
                list(texts[start : start + self._batch]), return_tensors="pt", padding=True, truncation=True,
                max_length=int(getattr(self._model.config, "max_position_embeddings", None) or 512),
            ).to(self._device)  # fmt: skip
            batch.pop("token_type_ids", None)
            with torch.inference_mode():
                rows = self._model.generate(
                    **batch, max_new_tokens=self._max_tokens, do_sample=False, num_beams=1
                )
            made += [
                re.sub(r"\s+", " ", self._tokenizer.decode(row, skip_special_tokens=True)).strip()
                for row in rows
            ]
        return made
