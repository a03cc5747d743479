"""Which item of a story is its head: the first issuer's own document, however late it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dibao.summarizer.features import Candidate
from tests.summarizer.candidates import DAY, RULE, item, opened, run


def test_the_late_official_document_becomes_the_head() -> None:
    report = item(
        "a", "两部门印发数据安全新规", "金融监管总局印发《银行保险机构数据安全管理办法》。", at="cn-36kr"
    )
    rule = item("b", "银行保险机构数据安全管理办法", RULE, day=DAY + timedelta(days=1), issuer="NFRA")

    found = run(rule, known=opened(run(report), report))

    assert [(s.id, s.head, s.day, s.item_ids) for s in found.stories] == [(1, "b", DAY, ("b", "a"))]


def test_a_rule_goes_before_its_press_note_and_both_before_the_report() -> None:
    note = item(
        "a",
        "国家金融监督管理总局发布《数据安全管理办法》",
        "办法共八章。",
        issuer="NFRA",
        document_type="press_release",
    )
    rule = item(
        "b",
        "数据安全管理办法",
        RULE,
        issuer="NFRA",
        document_type="measures",
        document_number="金规〔2026〕24号",
    )
    report = item(
        "c", "金融监管总局印发《数据安全管理办法》", "共八章。", at="cn-36kr", day=DAY - timedelta(days=1)
    )

    [story] = run(note, rule, report).stories

    assert story.item_ids == ("b", "c", "a")


def test_the_issuers_own_site_goes_before_a_portal() -> None:
    facts = {"issuer": "NFRA", "document_number": "金规〔2026〕24号", "document_type": "measures"}
    portal = item("a", "银行保险机构数据安全管理办法", RULE, at="cn-gov", **facts)
    own = item("b", "银行保险机构数据安全管理办法", RULE, day=DAY + timedelta(days=1), **facts)
    own = replace(own, source=replace(own.source, acronym="NFRA"))

    [story] = run(portal, own).stories

    assert story.head == "b"


JOINT = {"document_number": "金规〔2026〕24号", "document_type": "measures"}


def on(site: str, acronym: str, id: str, *, day: int = 0, **facts: str | tuple[str, ...]) -> Candidate:
    made = item(id, "银行保险机构数据安全管理办法", RULE, at=site, day=DAY + timedelta(days=day), **facts)
    return replace(made, source=replace(made.source, acronym=acronym))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(("NFRA", "PBC"), ("NFRA", "PBC"), id="both copies name both"),
        pytest.param(("NFRA", "PBC"), ("PBC",), id="the second issuer's copy names itself only"),
        pytest.param(("NFRA",), ("NFRA", "PBC"), id="the first issuer's copy names itself only"),
    ],
)
def test_of_a_joint_paper_the_first_issuers_copy_is_the_head(
    first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    early = on("cn-pbc", "PBC", "a", issuer=second, **JOINT)
    late = on("cn-nfra", "NFRA", "b", day=1, issuer=first, **JOINT)

    [story] = run(early, late).stories
    [again] = run(late, known=opened(run(early), early)).stories

    assert story.head == again.head == "b"


def test_the_press_says_who_issued_first_when_no_issuer_does() -> None:
    one = on("cn-pbc", "PBC", "a", issuer="PBC", **JOINT)
    two = on("cn-nfra", "NFRA", "b", day=1, issuer="NFRA", **JOINT)
    report = item("c", "两部门发文", "无", at="cn-36kr", issuer=("NFRA", "PBC"), **JOINT)

    [story] = run(one, two, report).stories

    assert story.head == "b"


def test_a_press_note_of_the_first_issuer_does_not_go_before_the_document() -> None:
    rule = on("cn-pbc", "PBC", "a", issuer=("NFRA", "PBC"), **JOINT)
    note = item("b", "国家金融监督管理总局、中国人民银行发布《银行保险机构数据安全管理办法》", "办法共八章。",
                issuer=("NFRA", "PBC"), document_type="press_release")  # fmt: skip
    note = replace(note, source=replace(note.source, acronym="NFRA"))

    [story] = run(rule, note).stories

    assert (len(story.members), story.head) == (2, "a")
