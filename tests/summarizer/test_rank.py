# ruff: noqa: E501  # one case, one line: a table reads better whole
"""What matters more than what, why, and said so that a reader understands it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dibao.store import (
    DOCUMENT_TYPES,
    ENTITIES,
    LEGAL_LEVELS,
    LEVELS,
    TOPICS,
    Evidence,
    Fact,
    FactKind,
    Item,
    Member,
    Moment,
    Rank,
    Source,
    Story,
)
from dibao.summarizer.facts.legal import usual_level
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.picture import TELLS
from dibao.summarizer.rank import RankInput, load_weights, score

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BODIES = load_glossary().bodies
WEIGHTS = load_weights()


def outlet(id: str, tier: int) -> Source:
    return Source(
        id=id, name_en=id, name_zh=id, acronym=id, family=id, tier=tier, jurisdiction="CN",
        kind="x", timezone="Asia/Shanghai", homepage="https://x.example/",
    )  # fmt: skip


def story(
    issuer: str = "",
    type: str = "",
    *,
    reports: int = 0,
    title: str = "t",
    text: str = "",
    **facts: str | tuple[str, ...],
) -> RankInput:
    """Build a story of the issuer's own page (when there is one) and so many reports, each of another house."""
    sources = [outlet("issuer", 1)] if issuer else []
    sources += [outlet(f"press{n}", 3) for n in range(reports)]
    items = {
        s.id: Item(
            id=s.id, source_id=s.id, key=s.id, url=f"https://{s.id}.example/", title=title, text=text, lang="zh-Hans",
            summary="罚款：", column="news", published=Moment(day=date(2026, 11, 20)), fetched_at=NOW,
        )
        for s in sources
    }  # fmt: skip
    named = {"issuer": issuer, "document_type": type, **facts}
    head = sources[0].id
    read = [
        fact(head, kind, value)
        for kind, values in named.items()
        for value in ((values,) if isinstance(values, str) else values)
        if value
    ]
    return RankInput(
        story=Story(
            id=1, head=head, day=date(2026, 11, 20),
            members=tuple(Member(item_id=s.id, score=1, reason="first") for s in sources),
        ),
        items=items, sources={s.id: s for s in sources}, facts={head: tuple(read)}, bodies=BODIES,
    )  # fmt: skip


def fact(item: str, kind: str, value: str) -> Fact:
    known: FactKind = kind  # type: ignore[assignment]
    return Fact(
        item_id=item, kind=known, value=value, shown=value,
        evidence=Evidence(item_id=item, field="summary", start=3, end=3, quote=""),
    )  # fmt: skip


def rank(of: RankInput, now: datetime = NOW) -> Rank:
    return score(of, now=now, weights=WEIGHTS)


SEED = (
    "36氪获悉，国家金融监督管理总局发布关于银行业保险业人工智能安全开发应用的指导意见。其中提出，加强治理。"
)

LAW = story("NPCSC", "law", stage="final", topic="data")
MEASURES = story(
    "NFRA",
    "measures",
    stage="final",
    topic="banking",
    entity_bound=("banking-institutions",),
    date_effective="2027-03-01",
)
PLAIN_MEASURES = story("NFRA", "measures", stage="final")
GREEN_NOTICE = story("PBC", "notice", stage="final", topic="green")
GUIDING = story("NFRA", "guiding_opinions", stage="final", topic="ai")
SEED_STORY = story(
    "", "", reports=1, title="金融监管总局：加强人工智能安全开发应用治理", text=SEED, topic="ai"
)
DRAFT = story("NFRA", "measures", stage="draft", topic="banking", date_deadline="2026-12-20")
DRAFT_NO_DATE = story("NFRA", "measures", stage="draft", topic="banking")
DRAFT_SOON = story("NFRA", "measures", stage="draft", topic="banking", date_deadline="2026-11-25")
DRAFT_LATE = story("NFRA", "measures", stage="draft", topic="banking", date_deadline="2027-10-30")
REPLY = story("PBC", "reply_to_proposal", stage="none", topic="data", reports=9)
SPEECH = story("PBC", "speech", stage="none", topic="monetary", reports=9)
QA = story("NFRA", "qa", stage="none", topic="ai", reports=2)
STATISTICS = story("PBC", "statistics", stage="none", topic="monetary", reports=5)
SMALL_FINE = story("NFRA", "penalty", stage="enforced", topic="banking", amount="CNY 300000")
MIDDLE_FINE = story("NFRA", "penalty", stage="enforced", topic="banking", amount="CNY 20000000")
HUGE_FINE = story("NFRA", "penalty", stage="enforced", topic="banking", amount="CNY 3000000000", reports=5)
DOLLAR_FINE = story("SEC", "enforcement", stage="enforced", topic="securities", amount="USD 4200000")
HUGE_DOLLAR_FINE = story("SEC", "enforcement", stage="enforced", topic="securities", amount="USD 900000000")
EXCHANGE_GUIDE = story("SSE", "guide", stage="final", topic="disclosure")
EXCHANGE_RULES = story("SSE", "rules", stage="final", topic="disclosure")
ASSOCIATION_NOTICE = story("AMAC", "notice", stage="final", topic="securities")
FINAL_RULE = story("SEC", "final_rule", stage="final", topic="disclosure", date_effective="2026-12-01")
PROPOSED = story("SEC", "proposed_rule", stage="draft", topic="disclosure")
CIRCULAR = story("HKMA", "circular", stage="final", topic="crypto")
COMPANY_NEWS = story("", "news_report", reports=4, title="某公司发布新芯片", topic="ai")
NEWS_ALONE = story("", "news_report", reports=1, title="某公司发布新芯片")
LICENCE = story("NFRA", "licence", stage="final", topic="banking")
RISK_ALERT = story("NFRA", "risk_alert", stage="none", topic="consumer")
BASEL = story("BCBS", "standards", stage="final", topic="capital")

BEFORE = [
    pytest.param(LAW, MEASURES, id="law before ministry measures"),
    pytest.param(MEASURES, PLAIN_MEASURES, id="measures with addressees and date before bare ones"),
    pytest.param(MEASURES, GUIDING, id="measures before guiding opinions"),
    pytest.param(MEASURES, DRAFT, id="final before its draft"),
    pytest.param(MEASURES, EXCHANGE_RULES, id="ministry before exchange"),
    pytest.param(GUIDING, QA, id="instrument before its questions and answers"),
    pytest.param(GUIDING, SMALL_FINE, id="guidance before a small fine"),
    pytest.param(GREEN_NOTICE, REPLY, id="any national notice before a reply, however much reported"),
    pytest.param(GREEN_NOTICE, SPEECH, id="any national notice before a speech, however much reported"),
    pytest.param(GREEN_NOTICE, STATISTICS, id="any national notice before statistics"),
    pytest.param(GREEN_NOTICE, SMALL_FINE, id="any national notice before a small fine"),
    pytest.param(GREEN_NOTICE, MIDDLE_FINE, id="any national notice before a middling fine"),
    pytest.param(SEED_STORY, REPLY, id="guidance known from the press before a reply"),
    pytest.param(SEED_STORY, SPEECH, id="guidance known from the press before a speech"),
    pytest.param(SEED_STORY, COMPANY_NEWS, id="guidance known from the press before company news"),
    pytest.param(SEED_STORY, MIDDLE_FINE, id="guidance known from the press before a fine"),
    pytest.param(DRAFT_SOON, DRAFT, id="deadline in days before deadline in weeks"),
    pytest.param(DRAFT, DRAFT_LATE, id="deadline in weeks before deadline in a year"),
    pytest.param(DRAFT, DRAFT_NO_DATE, id="a deadline before none"),
    pytest.param(DRAFT, SPEECH, id="draft before speech"),
    pytest.param(DRAFT, SMALL_FINE, id="draft before a small fine"),
    pytest.param(HUGE_FINE, MIDDLE_FINE, id="billions before millions"),
    pytest.param(MIDDLE_FINE, SMALL_FINE, id="millions before hundreds of thousands"),
    pytest.param(HUGE_DOLLAR_FINE, DOLLAR_FINE, id="the same in dollars"),
    pytest.param(DOLLAR_FINE, SMALL_FINE, id="four million dollars before 300,000 yuan"),
    pytest.param(FINAL_RULE, PROPOSED, id="final rule before proposed rule"),
    pytest.param(FINAL_RULE, CIRCULAR, id="final rule before circular"),
    pytest.param(EXCHANGE_RULES, EXCHANGE_GUIDE, id="rules before a guide of one exchange"),
    pytest.param(GREEN_NOTICE, ASSOCIATION_NOTICE, id="regulator before association"),
    pytest.param(CIRCULAR, RISK_ALERT, id="circular before a risk alert to consumers"),
    pytest.param(BASEL, SPEECH, id="Basel standard before a speech"),
    pytest.param(COMPANY_NEWS, NEWS_ALONE, id="four houses before one"),
    pytest.param(LICENCE, NEWS_ALONE, id="a licence before company news"),
]


@pytest.mark.parametrize(("first", "second"), BEFORE)
def test_what_matters_more_stands_first(first: RankInput, second: RankInput) -> None:
    assert rank(first).score > rank(second).score


@pytest.mark.parametrize(
    ("given", "level"),
    [
        pytest.param(LAW, "critical", id="law"),
        pytest.param(MEASURES, "critical", id="measures that bind banks from a near date"),
        pytest.param(GUIDING, "significant", id="guiding opinions"),
        pytest.param(SEED_STORY, "significant", id="guidance known from the press alone"),
        pytest.param(DRAFT, "notable", id="draft with a deadline"),
        pytest.param(SPEECH, "routine", id="speech"),
        pytest.param(REPLY, "routine", id="reply to a proposal"),
        pytest.param(SMALL_FINE, "routine", id="small fine"),
        pytest.param(COMPANY_NEWS, "routine", id="company news"),
    ],
)
def test_levels(given: RankInput, level: str) -> None:
    assert rank(given).level == level


EVERYTHING = [side for param in BEFORE for side in param.values]


@pytest.mark.parametrize("given", EVERYTHING)
def test_the_score_is_the_sum_of_what_is_shown(given: RankInput) -> None:
    found = rank(given)

    assert found.score == pytest.approx(sum(c.points for c in found.components), abs=0.02)
    assert 0 <= found.score <= 100
    assert found.level in LEVELS


@pytest.mark.parametrize("given", EVERYTHING)
def test_reasons_are_one_sentence_in_each_language(given: RankInput) -> None:
    found = rank(given)

    assert re.fullmatch(r"[A-Z](?:[^\n\u3400-\u9fff.]|\.\d){10,260}\.", found.reason_en)
    assert re.fullmatch(r"[^\n。]{8,160}。", found.reason_zh)


def test_the_reason_says_what_it_is_whom_it_binds_and_who_reports_it() -> None:
    given = story("", "guiding_opinions", reports=1, title="国家金融监督管理总局发布指导意见", stage="final",
                  entity_bound=("banking-sector", "insurance-sector"))  # fmt: skip
    found = rank(given)

    assert found.reason_en == (
        "Guiding opinions of a national regulator (NFRA) that bind the banking sector and the insurance sector; reported by 1 publisher."
    )
    assert (
        found.reason_zh
        == "全国性监管机构（国家金融监督管理总局）发布的指导意见，适用于银行业和保险业；1家媒体报道。"
    )


def test_the_draft_says_until_when_comments_are_taken() -> None:
    found = rank(DRAFT)

    assert "Draft measures of a national regulator (NFRA); comments until 20 December 2026" in found.reason_en
    assert "办法征求意见稿；2026年12月20日截止" in found.reason_zh


def test_a_sum_is_shown_in_its_own_currency() -> None:
    found = rank(DOLLAR_FINE)

    assert "; USD 4.2 million;" in found.reason_en
    assert "；金额420万美元；" in found.reason_zh


def test_hong_kong_is_not_called_a_nation() -> None:
    found = rank(CIRCULAR)

    assert "a Hong Kong authority" in found.reason_en
    assert found.reason_zh.startswith("香港主管机构")


def test_the_code_says_every_component_in_the_same_order() -> None:
    assert rank(GUIDING).code == (
        "[significant: force=0.65 issuer=0.9 reach=0.85 stage=final urgency=0.4 families=1 official=1 topic=1]"
    )


def test_the_code_shows_overrides() -> None:
    talk = story("NFRA", "speech", stage="none", topic="ai", reports=9, date_effective="2026-11-23")

    assert re.fullmatch(
        r"\[routine: force=0 .*stage=none .*families=10 official=1 .*cap=-\d\.\d\]", rank(talk).code
    )


@pytest.mark.parametrize(
    ("read", "type", "force"),
    [
        pytest.param("departmental_rule", "measures", 0.85, id="measures by an order"),
        pytest.param("normative_document", "measures", 0.65, id="the same word under a notice"),
        pytest.param("self_regulatory_rule", "rules", 0.55, id="rules of an exchange"),
        pytest.param("", "guiding_opinions", 0.65, id="level not read: the usual one of the type"),
        pytest.param("", "qa", 0.1, id="explanation"),
        pytest.param("", "letter", 0.0, id="a letter has none"),
    ],
)
def test_force_is_the_number_of_the_legal_level(read: str, type: str, force: float) -> None:
    found = rank(story("NFRA", type, stage="final", legal_level=read))

    assert {c.name: c.value for c in found.components}["force"] == force


def test_a_draft_has_no_force_whatever_level_it_is_meant_for() -> None:
    found = rank(story("NFRA", "measures", stage="draft", legal_level="departmental_rule"))

    assert {c.name: c.value for c in found.components}["force"] == 0


def test_a_plan_binds_nobody() -> None:
    found = rank(story("NFRA", "action_plan", stage="final", entity_bound=("banks",)))

    assert "bind" not in found.reason_en
    assert "适用于" not in found.reason_zh


@pytest.mark.parametrize(
    ("more", "force"),
    [
        pytest.param({}, 0.0, id="makes a fact known"),
        pytest.param({"obligation": "may"}, 0.0, id="allows something"),
        pytest.param({"obligation": "must"}, 0.65, id="lays a duty"),
        pytest.param({"date_effective": "2027-01-01"}, 0.65, id="takes effect on a day"),
    ],
)
def test_an_announcement_that_asks_nothing_has_no_force(more: dict[str, str], force: float) -> None:
    found = rank(
        story("PBC", "announcement", stage="final", topic="ai", legal_level="normative_document", **more)
    )

    assert {c.name: c.value for c in found.components}["force"] == force


def test_guidance_is_for_firms_and_does_not_bind_them() -> None:
    found = rank(story("HKMA", "circular", stage="final", legal_level="guidance", entity_bound=("banks",)))

    assert "for banks;" in found.reason_en and "binds" not in found.reason_en
    assert "，面向银行业金融机构；" in found.reason_zh


NATIONAL = sorted(b.id for b in BODIES.values() if b.level >= 0.8)
BINDING = sorted(
    t.key
    for t in DOCUMENT_TYPES.values()
    if LEGAL_LEVELS[usual_level(t.key)].force >= 0.65 and t.key not in TELLS
)
TALK = ["reply_to_proposal", "speech", "qa", "interpretation", "statistics", "statement", "press_release"]
DAYS = st.sampled_from(["", "2026-11-22", "2026-12-31", "2027-11-21", "2030-01-01", "2026-12"])
TOPIC = st.sampled_from(["", *TOPICS])
BOUND = st.lists(st.sampled_from(sorted(ENTITIES)), max_size=5).map(tuple)
REPORTS = st.integers(0, 30)

binding_rules = st.builds(
    lambda issuer, type, stage, topic, effective, reports: story(
        issuer, type, stage=stage, topic=topic, date_effective=effective, reports=reports
    ),
    st.sampled_from(NATIONAL), st.sampled_from(BINDING), st.sampled_from(["final", "in_force", "not_yet_in_force"]),
    TOPIC, DAYS, REPORTS,
)  # fmt: skip
light = st.builds(
    lambda issuer, act, topic, effective, deadline, bound, reports: story(
        issuer, act[0], stage=act[1], amount=act[2], topic=topic, date_effective=effective,
        date_deadline=deadline, entity_bound=bound, reports=reports,
    ),
    st.sampled_from(NATIONAL),
    st.one_of(
        st.tuples(st.sampled_from(TALK), st.sampled_from(["none", "final"]), st.just("")),
        st.tuples(
            st.sampled_from(["penalty", "enforcement", "supervisory_measure", "market_ban"]), st.just("enforced"),
            st.integers(0, 9_999_999).map(lambda n: f"CNY {n}"),
        ),
    ),
    TOPIC, DAYS, DAYS, BOUND, REPORTS,
)  # fmt: skip


@given(binding_rules, light)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_replies_speeches_and_small_penalties_never_outrank_a_binding_national_rule(
    rule: RankInput, other: RankInput
) -> None:
    assert rank(rule).score > rank(other).score


def test_official_coverage_as_such_gives_no_points() -> None:
    page = story("NFRA", "guiding_opinions", stage="final", topic="ai")
    report = story(
        "", "guiding_opinions", reports=1, title="国家金融监督管理总局发布指导意见", stage="final", topic="ai"
    )

    assert rank(page).score == rank(report).score


def test_a_sum_that_nobody_pays_does_not_count() -> None:
    given = story("SEC", "enforcement", amount="USD 900000000")
    items = {id: replace(item, summary="assets of") for id, item in given.items.items()}

    assert rank(replace(given, items=items)).score == rank(story("SEC", "enforcement")).score


def test_a_report_that_calls_the_draft_a_rule_does_not_make_it_one() -> None:
    given = story("NFRA", "consultation", stage="draft", reports=1)
    facts = {
        **given.facts,
        "press0": (fact("press0", "document_type", "provisions"), fact("press0", "stage", "final")),
    }

    assert rank(replace(given, facts=facts)).score == rank(given).score


def test_a_decision_of_the_central_bank_needs_no_document_to_be_critical() -> None:
    given = story(
        "PBC",
        "news_report",
        reports=4,
        title="中国人民银行决定下调金融机构存款准备金率",
        topic="monetary",
        date_effective="2026-12-05",
    )

    assert rank(given).level == "critical"


def test_a_deadline_that_is_over_is_not_urgent() -> None:
    late = datetime(2026, 12, 21, tzinfo=UTC)

    assert rank(DRAFT, now=late).score < rank(DRAFT).score


def test_a_date_of_which_only_the_month_is_known_is_no_date() -> None:
    given = story("NFRA", "measures", stage="draft", topic="banking", date_deadline="2026-12")

    assert rank(given) == rank(DRAFT_NO_DATE)
