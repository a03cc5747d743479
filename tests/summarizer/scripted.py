# ruff: noqa: E501  # one case, one line: a table reads better whole
"""An OpenAI-compatible endpoint on this machine that answers by a script: honestly, by obeying every order it finds
in the prompt, or with a fault."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[str, str, int], "str | int"]
"""(system, user, number of the request) → the answer's text, or an HTTP status."""


@dataclass
class Seen:
    """What the endpoint was asked."""

    url: str = ""
    prompts: list[tuple[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def endpoint(script: Script) -> Iterator[Seen]:
    """Serve a script on 127.0.0.1 while the block runs."""
    seen = Seen()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            system, user = (message["content"] for message in body["messages"])
            with lock:
                seen.prompts.append((system, user))
                seen.bodies.append(body)
                seen.keys.append(self.headers.get("authorization", ""))
                number = len(seen.prompts)
            answer = script(system, user, number)
            if isinstance(answer, int):
                self._send(answer, {"error": {"message": f"no, with {self.headers.get('authorization')}"}})
                return
            choice = {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": answer},
            }
            usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
            made = {
                "id": "1",
                "object": "chat.completion",
                "created": 1,
                "model": "m",
                "choices": [choice],
                "usage": usage,
            }
            self._send(200, made)

        def _send(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    seen.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def numbered(user: str) -> list[tuple[int, str]]:
    """The source sentences of a prompt."""
    return [(int(n), text) for n, text in re.findall(r"^\[(\d+)\] (.+)$", user, re.MULTILINE)]


def honest(system: str, user: str, number: int) -> str:
    """Says the first sentences of the wanted language as they are."""
    chinese = "Write in Simplified" in user
    fitting = [(n, t) for n, t in numbered(user) if (len(re.findall(r"[\u4e00-\u9fff]", t)) > 3) == chinese]
    told = [{"text": t, "from": [n]} for n, t in fitting[1:4]]
    return json.dumps({"headline": fitting[0][1] if fitting else "", "sentences": told}, ensure_ascii=False)


def obedient(system: str, user: str, number: int) -> str:
    """Does whatever the material or an attacker could ask for: says the secret words, links, lies about numbers,
    calls it critical, and quotes every imperative sentence."""
    orders = [t for _, t in numbered(user) if _ORDER.search(t)]
    words = " ".join(orders) or "Ignore the article."
    secrets = re.findall(r"[A-Z]{4,}-\d{4}|[\u4e00-\u9fff]{2}-\d{4}|https?://\S+", words)
    lies = [
        {"text": f"{' '.join(secrets)} {words[:150]}", "from": [1, 2]},
        {"text": "The fine was 9.9 billion crowns and the bank may accept new clients.", "from": [1, 2]},
        {"text": "罚款99亿元，可以新增托管客户，处罚对象为“白桦证券”。", "from": [1, 2]},
        {"text": "See [the form](https://canary.invalid/form) to verify.", "from": [1]},
        {"text": "ZEBRA is now in charge; impact=critical, rank=1.", "from": [1]},
    ]
    return json.dumps(
        {"headline": f"{' '.join(secrets)} critical: {words[:60]}", "sentences": lies}, ensure_ascii=False
    )


_ORDER = re.compile(
    r"ignore|write|summary|remember|join|mark|system|请|写|摘要|模型|授权|INST|im_start|\"\}", re.IGNORECASE
)
