"""Which of joint issuers a rank names."""

from __future__ import annotations

import pytest

from .test_rank import BODIES, fact, rank, story


@pytest.mark.parametrize("first, second", [("NFRA", "PBC"), ("PBC", "NFRA")])
def test_of_joint_issuers_of_one_level_the_first_is_named(first: str, second: str) -> None:
    joint = story(first, "measures", stage="final")
    joint.facts["issuer"] = (*joint.facts["issuer"], fact("issuer", "issuer", second))  # type: ignore[index]
    [part] = [part for part in rank(joint).components if part.name == "issuer"]

    assert BODIES[first].level == BODIES[second].level
    assert part.note == first
