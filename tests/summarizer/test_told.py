# ruff: noqa: E501  # one case, one line: a table reads better whole
"""English headlines as the first sentence of an English brief tells them, and what a quotation's hint says."""

from __future__ import annotations

import pytest

from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.writers.gloss import modals_in
from dibao.summarizer.writers.told_en import told

GLOSSARY = load_glossary()

TOLD = {
    "SEC Adopts Rule on Records of Interactions Between Investors and AI Systems": "adopted a rule on records of interactions between investors and AI systems",
    "SFC consults on custody requirements for tokenised funds": "consulted on custody requirements for tokenised funds",
    "CFTC Staff Issues No-Action Letter on Swap Reporting": "issued a no-action letter on swap reporting",
    "FinCEN Extends Deadline for Beneficial Ownership Reporting": "extended the deadline for beneficial ownership reporting",
    "SFC reprimands and fines Lilliput Securities Limited $6.3 million over internal control failures": "reprimanded and fined Lilliput Securities Limited $6.3 million over internal control failures",
    "SEC Charges Laputa Capital Trust with Fraud": "",
    "SEC Approves Laputa Exchange Proposal": "",
    "Consultation on the rules for digital banks": "",
    "SEC Speaks at Conference": "",
}  # fmt: skip


@pytest.mark.parametrize(("title", "said"), TOLD.items(), ids=TOLD)
def test_a_headline_of_subject_and_verb_is_told_in_the_past_and_names_keep_their_capitals(
    title: str, said: str
) -> None:
    assert told(title, GLOSSARY) == said


@pytest.mark.parametrize(
    ("quote", "hints"),
    [
        ("A bank that cannot explain a decision should not automate it.", ()),
        ("Firms may not be able to comply in time.", ()),
        ("Firms may not share the key.", ("不得",)),
        ("Firms must not share the key.", ("不得",)),
    ],
)
def test_only_a_ban_is_told_as_a_ban(quote: str, hints: tuple[str, ...]) -> None:
    assert modals_in(quote, "zh") == hints


def test_what_does_not_apply_is_not_told_as_what_need_not_be_done() -> None:
    assert modals_in("本办法不适用于村镇银行。", "en") == ("does not apply",)
