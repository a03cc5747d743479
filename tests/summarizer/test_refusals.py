# ruff: noqa: E501  # one case, one line: a table reads better whole
"""Why sentences do not get into a brief: reasons that pages can count and name in both languages."""

from __future__ import annotations

import ast
import inspect
from types import ModuleType

import pytest

from dibao.store import REFUSALS, Refusal, refusal_kind, refusals
from dibao.summarizer import check
from dibao.summarizer.writers import model


@pytest.mark.parametrize("module", [check, model], ids=["gate", "model writer"])
def test_every_reason_is_of_a_kind(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    yields = [node.value for node in ast.walk(tree) if isinstance(node, ast.Yield)]
    texts = [node.values[0] if isinstance(node, ast.JoinedStr) else node for node in yields]
    reasons = [node.value for node in texts if isinstance(node, ast.Constant) and isinstance(node.value, str)]

    assert reasons
    assert [reason for reason in reasons if refusal_kind(reason) == "other"] == []


@pytest.mark.parametrize("value", ["amount", "rate", "document number", "article", "date", "number"])
def test_every_missing_value_is_of_a_kind_of_its_own(value: str) -> None:
    assert REFUSALS[refusal_kind(f"{value} not in the cited text: 5")].en == f"{value} not in the cited text"


@pytest.mark.parametrize(
    ("dropped", "expected"),
    [
        pytest.param(
            "Due on 3 May. [date not in the cited text: 3 May; cites nothing]",
            Refusal(
                text="Due on 3 May.", by="gate", reasons=("date not in the cited text: 3 May", "cites nothing")
            ),
            id="by the gate",
        ),
        pytest.param(
            "It [sic] is due. [the other brief does not say: 5]",
            Refusal(text="It [sic] is due.", reasons=("the other brief does not say: 5",), by="agreement"),
            id="by agreement, with brackets in the sentence",
        ),
        pytest.param(
            "model: A bank may. [modality not in the cited text: may]",
            Refusal(text="A bank may.", reasons=("modality not in the cited text: may",), by="model"),
            id="of a model",
        ),
        pytest.param(
            "translator: A bank may. [cites nothing]",
            Refusal(text="A bank may.", reasons=("cites nothing",), by="translator"),
            id="of a translator",
        ),
        pytest.param(
            "A bank may. [nli-1 finds a contradiction: 0.98]",
            Refusal(text="A bank may.", reasons=("nli-1 finds a contradiction: 0.98",), by="contradiction"),
            id="by a model of inference",
        ),
        pytest.param(
            "model: the budget of tokens is used up",
            Refusal(text="", reasons=("the budget of tokens is used up",), by="model"),
            id="a whole answer",
        ),
    ],
)  # fmt: skip
def test_what_was_dropped_is_read_back(dropped: str, expected: Refusal) -> None:
    assert refusals((dropped,)) == (expected,)
