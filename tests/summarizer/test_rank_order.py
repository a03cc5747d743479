# ruff: noqa: E501  # one case, one line: a table reads better whole
"""The order in which the compliance head of a bank reads: stories set on a ladder by hand, rung by rung. What stands two
rungs higher is read first; the rank agrees in nearly all pairs, and in all that must never be turned round."""

from __future__ import annotations

from itertools import combinations

from dibao.summarizer.rank import RankInput

from .test_rank import rank, story

LADDER: list[dict[str, RankInput]] = [
    {  # binding on the whole sector, national, with a date near
        "ministry measures": story("NFRA", "measures", stage="final", topic="banking", entity_bound=("banking-institutions",), date_effective="2026-12-10"),
        "central bank order": story("PBC", "order", stage="final", topic="payments", entity_bound=("payment-institutions",), date_effective="2026-12-01"),
        "SEC final rule": story("SEC", "final_rule", stage="final", topic="cyber", entity_bound=("broker-dealers",), date_effective="2026-12-15"),
        "state council regulations": story("SC", "regulations", stage="final", topic="data", date_effective="2026-12-20"),
    },
    {  # binding or expected, national, no date so near
        "guiding opinions on AI": story("NFRA", "guiding_opinions", stage="final", topic="ai"),
        "HKMA circular": story("HKMA", "circular", stage="final", topic="banking", date_effective="2027-02-01"),
        "CAC notice": story("CAC", "notice", stage="final", topic="data"),
        "FCA policy statement": story("FCA", "policy_statement", stage="final", topic="payments", date_effective="2027-06-01"),
    },
    {  # drafts with a deadline, guidance that binds softly
        "draft measures": story("NFRA", "measures", stage="draft", topic="banking", date_deadline="2026-12-20"),
        "SEC proposal": story("SEC", "proposed_rule", stage="draft", topic="cyber", date_deadline="2027-01-19"),
        "HKMA consultation": story("HKMA", "consultation", stage="draft", topic="banking", date_deadline="2027-01-29"),
    },
    {  # acts on one party of some weight
        "fine of 20 million": story("NFRA", "penalty", stage="enforced", topic="banking", amount="CNY 20000000"),
        "SEC fine of 4 million": story("SEC", "enforcement", stage="enforced", topic="securities", amount="USD 4200000"),
        "memorandum": story("NFRA", "memorandum", stage="none", topic="ai"),
    },
    {  # small acts, permissions, explanations
        "small fine": story("NFRA", "penalty", stage="enforced", topic="banking", amount="CNY 300000"),
        "licence": story("NFRA", "licence", stage="final", topic="banking"),
        "questions and answers": story("NFRA", "qa", stage="none", topic="banking"),
        "risk alert": story("NFRA", "risk_alert", stage="none", topic="consumer"),
    },
    {  # talk and figures
        "reply to a proposal": story("PBC", "reply_to_proposal", stage="none", topic="data"),
        "speech": story("PBC", "speech", stage="none", topic="monetary"),
        "statistics": story("PBC", "statistics", stage="none", topic="monetary"),
        "press release": story("HKMA", "press_release", stage="none", topic="banking"),
    },
    {  # no regulator in it
        "company news": story("", "news_report", reports=3, title="某公司发布新芯片"),
        "product": story("", "news_report", reports=1, title="某手机发布折叠屏新品"),
    },
]  # fmt: skip

PAIRS = [
    (f"{first} before {second}", higher[first], lower[second])
    for (at, higher), (below, lower) in combinations(enumerate(LADDER), 2)
    if below - at >= 2
    for first in higher
    for second in lower
]
TALK = {"reply to a proposal", "speech", "statistics", "small fine"}


def test_nine_pairs_in_ten_and_more_are_read_in_that_order() -> None:
    turned = [name for name, first, second in PAIRS if rank(first).score <= rank(second).score]

    assert len(PAIRS) >= 100
    assert len(turned) <= 0.1 * len(PAIRS), turned


def test_replies_speeches_and_small_fines_never_come_before_a_binding_national_rule() -> None:
    binding = {**LADDER[0], **LADDER[1]}
    light = {name: given for rung in LADDER for name, given in rung.items() if name in TALK}

    assert len(light) == len(TALK)
    for first in binding.values():
        for second in light.values():
            assert rank(first).score > rank(second).score
