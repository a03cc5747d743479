"""A generator on transformers: any causal or sequence-to-sequence model by name or folder, in batches."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import Any

from ..loading import loading
from .model import Answer
from .prompting import Prompt

TOO_LONG = Answer(error="the sources are longer than the model's window")


def local_name(model: str, dtype: str) -> str:
    """Return what briefs call a model: its hub name or folder, and the precision that it runs in."""
    return f"{Path(model).name if Path(model).is_dir() else model}-{dtype}"


class LocalModel:
    """Loaded at once, so that a wrong setting stops the run before it starts. Greedy: the same prompt, the
    same answer."""

    def __init__(
        self,
        model: str,
        *,
        device: str = "cpu",
        dtype: str = "auto",
        batch: int = 4,
        max_tokens: int = 900,
    ) -> None:
        self.name = local_name(model, dtype)
        self._device = device
        self._batch = max(1, batch)
        self._max_tokens = max_tokens
        self._tokenizer, self._model, self._causal = _load(model, device=device, dtype=dtype)

    def __call__(self, prompts: Sequence[Prompt], /) -> Iterator[Answer]:
        for start in range(0, len(prompts), self._batch):
            texts = [self._text(p) for p in prompts[start : start + self._batch]]
            fitting = [text for text in texts if self._fits(text)]
            made = self._generate(fitting) if fitting else iter(())
            yield from (next(made) if text in fitting else TOO_LONG for text in texts)

    def _generate(self, texts: Sequence[str]) -> Iterator[Answer]:
        import torch

        begun = time.monotonic()
        batch = self._tokenizer(
            texts, return_tensors="pt", padding=True, add_special_tokens=self._tokenizer.chat_template is None
        ).to(self._device)
        batch.pop("token_type_ids", None)
        with torch.inference_mode():
            made = self._model.generate(
                **batch, max_new_tokens=self._max_tokens, do_sample=False,
                pad_token_id=self._tokenizer.pad_token_id,
            )  # fmt: skip
        given = batch["input_ids"].shape[1] if self._causal else 0
        seconds = (time.monotonic() - begun) / len(texts)
        for row, mask in zip(made, batch["attention_mask"], strict=True):
            fresh = row[given:]
            yield Answer(
                text=self._tokenizer.decode(fresh, skip_special_tokens=True),
                tokens_in=int(mask.sum()), tokens_out=len(fresh), seconds=seconds,
            )  # fmt: skip

    def _text(self, prompt: Prompt) -> str:
        if self._tokenizer.chat_template is None:
            return f"{prompt.system}\n\n{prompt.user}\n"
        from jinja2 import TemplateError

        turns = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]
        try:
            return self._chat(turns)
        except TemplateError:  # Gemma's templates, for one, know no system
            return self._chat([{"role": "user", "content": f"{prompt.system}\n\n{prompt.user}"}])

    def _chat(self, turns: list[dict[str, str]]) -> str:
        """``enable_thinking`` is Qwen3's; templates that do not know it pass over it."""
        return str(
            self._tokenizer.apply_chat_template(
                turns, tokenize=False, add_generation_prompt=True, enable_thinking=False
            )
        )

    def _fits(self, text: str) -> bool:
        """A prompt that is cut loses the mark that closes its data, and what it asks for."""
        tokens = self._tokenizer(text, add_special_tokens=self._tokenizer.chat_template is None)
        return len(tokens["input_ids"]) <= self._room()

    def _room(self) -> int:
        """Tokens that the prompt may have: the model's window without the answer."""
        window = getattr(self._model.config, "max_position_embeddings", None) or 4096
        return max(16, int(window) - (self._max_tokens if self._causal else 0))


def _load(model: str, *, device: str, dtype: str) -> tuple[Any, Any, bool]:
    with loading(_("writer model"), model):
        from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

        config = AutoConfig.from_pretrained(model)
        causal = not config.is_encoder_decoder
        kind: Any = AutoModelForCausalLM if causal else AutoModelForSeq2SeqLM
        tokenizer: Any = AutoTokenizer.from_pretrained(model, padding_side="left" if causal else "right")
        loaded: Any = kind.from_pretrained(model, dtype=dtype).to(device).eval()
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token or tokenizer.unk_token
    return tokenizer, loaded, causal
