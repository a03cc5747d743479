"""Weights fitted to one embedding model → the same for another, whose unrelated texts are nearer or farther.

Cosines of unrelated texts differ between models: about 0.05 here, 0.75 with E5. What counts is how far a
cosine is on the way from there to 1.
"""

from __future__ import annotations

import msgspec
import numpy as np

from .embed import Embedder
from .pairs import ByLength, Curves, Models

UNRELATED = {
    "en": (
        "Central bank leaves its policy rate unchanged",
        "Storm closes the northern ferry line for a second day",
        "Museum opens a hall of early printing",
        "Carmaker recalls vans over faulty brakes",
        "Regulator fines a lender over late reports of suspicious payments",
        "Students win a prize for a solar boat",
        "Wheat harvest is the smallest in eleven years",
        "New rules on how insurers must store customer data",
        "Striker out for six weeks after knee injury",
        "City plants ten thousand trees along the ring road",
    ),
    "zh": (
        "央行维持政策利率不变",
        "暴风雪致北部轮渡停航两天",
        "博物馆新设早期印刷展厅",
        "车企因制动缺陷召回货车",
        "监管部门对迟报可疑交易的银行罚款",
        "大学生太阳能船获奖",
        "小麦收成为十一年来最低",
        "保险机构客户数据保存新规公布",
        "前锋膝伤将缺阵六周",
        "环城路沿线将植树一万棵",
    ),
}
"""Ten events, in each language: any two of one language are of different events."""


def chance(embedder: Embedder) -> float:
    """Return the mean cosine of unrelated headlines of one language."""
    found = []
    for texts in UNRELATED.values():
        close = (vectors := embedder(texts)) @ vectors.T
        found.append(float(close[np.triu_indices(len(texts), 1)].mean()))
    return sum(found) / len(found)


def adjusted(models: Models, embedder: Embedder) -> Models:
    """Return the models for the cosines of another embedder; the same ones for that they were fitted with."""
    if embedder.name == models.embedder:
        return models
    there = min(chance(embedder), 0.98)
    slope = (1 - models.chance) / (1 - there)
    return msgspec.structs.replace(
        models,
        embedder=embedder.name,
        chance=there,
        zh=_both(models.zh, slope),
        en=_both(models.en, slope),
        across=_moved(models.across, slope),
        story=_moved(models.story, slope),
    )


def _both(curves: ByLength, slope: float) -> ByLength:
    return msgspec.structs.replace(curves, short=_moved(curves.short, slope), long=_moved(curves.long, slope))


def _moved(curves: Curves, slope: float) -> Curves:
    """Return curves that give a cosine the points that the given ones give 1 - slope * (1 - cosine)."""
    made = {
        name: tuple((1 - (1 - x) / slope, points) for x, points in curve)
        if name.startswith(("cos_", "centre"))
        else curve
        for name, curve in curves.curves.items()
    }
    return Curves(bias=curves.bias, curves=made)
