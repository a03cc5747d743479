"""A generator behind any OpenAI-compatible endpoint: vLLM, Ollama, DeepSeek, Gemini and their like.

The key comes from the environment only and is in no message.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from dibao.store import ConfigError

from .model import Answer
from .prompting import Prompt

KEY = "DIBAO_WRITER_KEY"
"""The variable of the environment that holds the key; local servers need none."""


def endpoint_name(model: str, base_url: str) -> str:
    """Return what briefs call a model: its name and the server that runs it."""
    return f"{model}@{base_url.partition('://')[2].strip('/')}"


class Endpoint:
    """``base_url`` ends where ``/chat/completions`` begins. ``timeout`` in seconds, for one try."""

    def __init__(
        self,
        model: str,
        *,
        base_url: str,
        timeout: float = 60.0,
        retries: int = 3,
        concurrency: int = 4,
        max_tokens: int = 900,
    ) -> None:
        try:
            import openai
        except ImportError as error:
            raise ConfigError(
                "writer.kind endpoint needs the package openai: install dibao[endpoint]"
            ) from error
        self.name = endpoint_name(model, base_url)
        self._model = model
        self._max_tokens = max_tokens
        self._concurrency = max(1, concurrency)
        self._key = os.environ.get(KEY, "")
        self._openai: Any = openai
        self._client: Any = openai.OpenAI(
            api_key=self._key or "none", base_url=base_url, timeout=timeout, max_retries=retries
        )

    def __call__(self, prompts: Sequence[Prompt], /) -> Iterator[Answer]:
        with ThreadPoolExecutor(max_workers=self._concurrency) as pool:
            yield from pool.map(self._ask, prompts)

    def _ask(self, prompt: Prompt) -> Answer:
        start = time.monotonic()
        messages = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]
        try:
            made = self._complete(messages)
        except self._openai.OpenAIError as error:
            return Answer(error=self._said(error), seconds=time.monotonic() - start)
        text = made.choices[0].message.content if made.choices else ""
        usage = made.usage
        return Answer(
            text=text or "",
            tokens_in=usage.prompt_tokens if usage else 0,
            tokens_out=usage.completion_tokens if usage else 0,
            seconds=time.monotonic() - start,
        )

    def _complete(self, messages: list[dict[str, str]]) -> Any:
        settings = {
            "model": self._model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": self._max_tokens,
        }
        try:
            return self._client.chat.completions.create(**settings, response_format={"type": "json_object"})
        except (self._openai.BadRequestError, self._openai.UnprocessableEntityError):
            # Some servers do not know the JSON mode; the answer is parsed strictly either way.
            return self._client.chat.completions.create(**settings)

    def _said(self, error: Exception) -> str:
        """The cause on one line, without the key, which servers like to repeat."""
        text = f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"
        return text.replace(self._key, "***") if self._key else text
