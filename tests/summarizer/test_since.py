# one case, one line: a table reads better whole
"""What a reader of the last brief is told, and what is no news."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dibao.store import Changed, Item
from dibao.summarizer.since import changes, given

from .making import KR36, NFRA, SFC, WIRE
from .told import NOW, changed, said, story

TITLE = "国家金融监督管理总局关于《银行业数据安全管理办法（征求意见稿）》公开征求意见的公告"
TEXT = "现向社会公开征求意见。意见反馈截止时间为2026年12月20日。"
ACT = said(NFRA, TITLE, TEXT)
REPORT = said(
    KR36, "金融监管总局就数据安全公开征求意见", "36氪获悉，金融监管总局就银行业数据安全管理办法公开征求意见。"
)
CIRCULAR = said(
    SFC,
    "Circular to licensed corporations on data security",
    "Licensed corporations should review their controls.",
    lang="en",
)


def told(before: tuple[Item, ...], after: tuple[Item, ...]) -> list[Changed]:
    return list(changes(given(story(*before)), given(story(*after))))


def test_the_same_sources_are_no_news() -> None:
    assert told((ACT, REPORT), (ACT, REPORT)) == []


def test_a_new_member_is_told_official_ones_first() -> None:
    assert [(c.kind, c.item_id) for c in told((ACT,), (ACT, REPORT, CIRCULAR))] == [
        ("joined", SFC.id), ("joined", KR36.id),
    ]  # fmt: skip


def test_a_copy_is_no_news() -> None:
    copy = said(WIRE, TITLE, TEXT)
    after = given(story(ACT, copy, copies=(copy.id,)))

    assert changes(given(story(ACT)), after) == ()


def test_a_deadline_that_moves_is_told_with_both_days() -> None:
    later = changed(ACT, TEXT.replace("2026年12月20日", "2027年1月15日"))

    assert told((ACT,), (later,)) == [
        Changed(kind="text", item_id=NFRA.id),
        Changed(kind="value", fact="date_deadline", before=("2026-12-20",), after=("2027-01-15",)),
    ]


def test_an_amount_that_takes_the_place_of_another_is_told() -> None:
    act = said(
        NFRA,
        "国家金融监督管理总局行政处罚决定：某银行",
        "某银行股份有限公司贷款管理不到位，对其罚款1250万元。",
    )
    corrected = changed(act, act.text.replace("1250万元", "1520万元"))

    assert Changed(
        kind="value", item_id=NFRA.id, fact="amount", before=("CNY 12500000",), after=("CNY 15200000",)
    ) in told((act,), (corrected,))


def test_a_report_that_adds_a_day_nobody_had_is_told() -> None:
    bare = changed(ACT, "现向社会公开征求意见。")
    dated = said(
        KR36,
        "金融监管总局公开征求意见",
        "36氪获悉，金融监管总局公开征求意见，意见反馈截止时间为2026年12月20日。",
    )

    assert Changed(kind="value", fact="date_deadline", before=(), after=("2026-12-20",)) in told(
        (bare,), (bare, dated)
    )


def test_the_first_number_that_an_official_text_brings_is_no_change() -> None:
    act = said(
        NFRA,
        "国家金融监督管理总局关于印发《操作风险管理办法》的通知",
        "金规〔2026〕5号\n各监管局：\n请遵照执行。",
    )

    report = said(KR36, "金融监管总局印发操作风险管理办法", "36氪获悉，金融监管总局印发操作风险管理办法。")

    assert [c.kind for c in told((report,), (act, report))] == ["joined"]


def test_another_number_is_told() -> None:
    title, text = (
        "国家金融监督管理总局关于印发《操作风险管理办法》的通知",
        "金规〔2026〕5号\n各监管局：\n请遵照执行。",
    )
    act = said(NFRA, title, text)
    corrected = changed(act, text.replace("5号", "6号"))

    assert Changed(
        kind="value", fact="document_number", before=("金规〔2026〕5号",), after=("金规〔2026〕6号",)
    ) in told((act,), (corrected,))


def test_what_a_report_says_beside_an_official_value_is_no_change() -> None:
    other = said(
        KR36,
        "金融监管总局公开征求意见",
        "36氪获悉，金融监管总局公开征求意见，意见反馈截止时间为2026年12月21日。",
    )

    assert [c.kind for c in told((ACT,), (ACT, other))] == ["joined"]


def test_the_wording_of_a_report_is_no_news() -> None:
    again = changed(REPORT, f"{REPORT.text}（编辑：某某）")

    assert told((ACT, REPORT), (ACT, again)) == []


def test_what_a_better_program_reads_from_the_same_text_is_no_news() -> None:
    after = given(story(ACT))
    before = tuple(replace(one, facts="old", said=(("date_deadline", "2026-12-02"),)) for one in after)

    assert changes(before, after) == ()


def test_the_same_other_days_in_a_new_text_are_news() -> None:
    """The counterpart: switched off, the protection above would hide this."""
    after = given(story(changed(ACT, f"{TEXT}\n附件。")))
    before = tuple(
        replace(one, sha256="old", said=(("stage", "draft"), ("date_deadline", "2026-12-02")))
        for one in after
    )

    assert [c.kind for c in changes(before, after)] == ["text", "value"]


def test_a_page_taken_down_is_told() -> None:
    gone = replace(ACT, withdrawn_at=NOW)

    assert told((ACT,), (gone,)) == [Changed(kind="withdrawn", item_id=NFRA.id)]


@pytest.mark.parametrize("copied", [False, True])
def test_an_item_that_left_is_told_unless_it_was_a_copy(copied: bool) -> None:
    before = given(story(ACT, REPORT, copies=(REPORT.id,) if copied else ()))

    assert [c.kind for c in changes(before, given(story(ACT)))] == ([] if copied else ["left"])
