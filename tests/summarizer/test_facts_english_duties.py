"""English duties: one for each clause that demands, forbids, allows or advises, none for an invitation or a description."""

# ruff: noqa: E501 — a table of texts reads best with one a line

from __future__ import annotations

import pytest

from dibao.crawler.source import load

from .making import item, read, values

SOURCES = {id: spec.source for id, spec in load().items()}


def duties(text: str, by: str = "uk-fca") -> list[str]:
    return values(
        read(item("Circular on records", text, lang="en", column="circular"), by=SOURCES[by]), "obligation"
    )


@pytest.mark.parametrize(
    "text, want",
    [
        ("A custodian must segregate client assets, and must not lend them.", ["must_not", "must"]),
        ("A broker may outsource the check, but shall not outsource the decision.", ["must_not", "may"]),
        ("Licensees shall keep logs for six years and shall produce them on request.", ["must", "must"]),
        ("Issuers must publish a statement; they may publish it electronically.", ["must", "may"]),
        ("Lenders must recognise the loss when it arises, and may not defer it.", ["must_not", "must"]),
        ("Firms should test their plans each year and must report failures.", ["must", "encouraged"]),
        ("No authorised firm may pay a dividend without notice.", ["must_not"]),
        ("No fee shall be charged for the first statement.", ["must_not"]),
        ("An insurer is not permitted to set off the two accounts.", ["must_not"]),
        ("Intermediaries are required to record each order.", ["must"]),
        ("Prior written approval is required before a change of control.", ["must"]),
        ("The Rule requires dealers to post margin daily.", ["must"]),
        ("It is prohibited to offer such products to minors.", ["must_not"]),
        ("Firms are expected to identify their critical suppliers.", ["encouraged"]),
        ("We encourage trustees to vote.", ["encouraged"]),
        ("A member is entitled to appeal within a month.", ["may"]),
        ("An incident response plan must be tested yearly.", ["must"]),
        ('A notice headed "Costs" should name each fee, the staff of the agency says.', ["encouraged"]),
        ("The trustee must act promptly unless the court orders otherwise.", ["must"]),
        ("Under the guidelines, platforms must verify sellers, and may suspend those who fail.", ["must", "may"]),
    ],
)  # fmt: skip
def test_each_clause_with_its_own_word(text: str, want: list[str]) -> None:
    assert sorted(duties(text)) == sorted(want)


@pytest.mark.parametrize(
    "text",
    [
        "Comments must be received by 4 May 2026.",
        "Responses should be sent by e-mail, and must name the respondent.",
        "Requests to testify must be submitted in writing.",
        "The Commission adopted amendments that require funds to file reports sooner.",
        "The bill would require banks to hold more capital.",
        "The survey covers May and June.",
        "Losses may be larger than the deposit.",
        "As required by the Act, the report was laid before Parliament.",
        "The effect may vary between firms.",
        "Speakers will have ten minutes.",
        "Words have the same meaning as in the Act unless the context otherwise requires.",
        "Terms mean what they mean in the Rules, except where expressly defined.",
        "“Clients should see what they pay for,” the chair said.",
        '"People should not lose sleep over their pension," Ada Roe, who runs the agency, told reporters.',
    ],
)
def test_what_demands_nothing_of_those_bound_is_no_duty(text: str) -> None:
    assert duties(text) == []


def test_the_strictest_word_has_the_whole_sentence_and_the_other_its_clause() -> None:
    text = "A broker may outsource the check, but shall not outsource the decision."

    facts = read(item("Circular", text, lang="en", column="circular"), by=SOURCES["uk-fca"])

    found = {fact.value: fact.evidence.quote for fact in facts if fact.kind == "obligation"}
    assert found == {"must_not": text, "may": "A broker may outsource the check"}
