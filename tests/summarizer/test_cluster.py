# ruff: noqa: E501  # one case, one line: titles and texts read better whole
"""Which items share a story, and which never do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dibao.store import Member, Story
from dibao.summarizer.cluster import OpenStory
from dibao.summarizer.consolidate import explain
from dibao.summarizer.features import Candidate, read_features
from dibao.summarizer.glossary import load_glossary
from dibao.summarizer.pairs import compare, compare_unless, load_models, odds, share
from tests.summarizer.candidates import DAY, NOW, RULE, fact, item, opened, run, sets

AI = "36氪获悉，国家金融监督管理总局发布关于银行业保险业人工智能安全开发应用的指导意见。其中提出，"

TOGETHER = [
    pytest.param(
        item("a", "国家金融监督管理总局关于印发《银行保险机构数据安全管理办法》的通知", RULE,
             document_number="金规〔2026〕24号", issuer="NFRA", document_type="measures"),
        item("b", "NFRA issues data rules", "No details.", at="wire", document_number="金规〔2026〕24号"),
        id="same number in two languages",
    ),
    pytest.param(
        item("a", "Notice on Margin", "x", at="cn-pbc", document_number="银发〔2026〕第12号", issuer="PBC"),
        item("b", "关于保证金的通知", "无", at="cn-gov", document_number="银发〔2026〕12号", issuer="PBC", day=date(2026, 6, 1)),
        id="the same number months apart, with and without 第",
    ),
    pytest.param(
        item("a", "银行保险机构数据安全管理办法", RULE, document_number="金规〔2026〕24号", issuer="NFRA"),
        item("b", "国家金融监督管理总局有关司局负责人就《银行保险机构数据安全管理办法》答记者问",
             "问：出台背景是什么？答：近年来数据风险上升。", issuer="NFRA", document_type="qa"),
        id="a rule and its questions and answers",
    ),
    pytest.param(
        item("a", "关于银行业保险业人工智能安全开发应用的指导意见", "各银行保险机构：为规范人工智能应用，提出以下意见。", issuer="NFRA"),
        item("b", "金融监管总局：加强人工智能安全开发应用治理", AI + "董事会应指定专门委员会负责。", at="cn-36kr"),
        id="a press flash that names the instrument without its marks",
    ),
    pytest.param(
        item("a", "某科技公司发布新一代芯片，算力提升三倍", "某科技公司20日在深圳发布新一代芯片，算力较上一代提升三倍，售价为4999元，首批供货10万片。", at="cn-36kr"),
        item("b", "算力提升三倍！某科技公司新芯片亮相", "某科技公司20日在深圳发布新一代芯片，算力较上一代提升三倍，售价为4999元，首批供货10万片。", at="cn-daily"),
        id="the same wire text in two outlets",
    ),
    pytest.param(
        item("a", "国家金融监督管理总局就《金融机构反洗钱管理办法（征求意见稿）》公开征求意见", "意见反馈截止日期为12月20日。", issuer="NFRA", stage="draft"),
        item("b", "金融监管总局拟规范金融机构反洗钱管理", "国家金融监督管理总局就《金融机构反洗钱管理办法（征求意见稿）》公开征求意见。", at="cn-daily", stage="draft"),
        id="a draft and its report",
    ),
    pytest.param(
        item("a", "国家金融监督管理总局对示例银行罚款5250万元", "国家金融监督管理总局对示例银行反洗钱内部控制违规罚款5250万元。", issuer="NFRA", document_type="penalty"),
        item("b", "China's NFRA fines bank RMB 52.5 million over anti-money laundering controls",
             "The National Financial Regulatory Administration imposed a fine of RMB 52.5 million for anti-money laundering internal control failures.", at="wire", issuer="NFRA", document_type="penalty"),
        id="a penalty in two languages by its amount",
    ),
    pytest.param(
        item("a", "SEC Charges Brobdingnag Advisers with Misleading Clients", "Release No. IA-90914 has the order.", at="us-sec", issuer="SEC", document_type="enforcement", citation="Release No. IA-90914"),
        item("b", "Brobdingnag Advisers LLC", "In the Matter of Brobdingnag Advisers LLC. Release No. IA-90914. The firm shall pay.", at="us-sec", issuer="SEC", document_type="enforcement", document_number="Release No. IA-90914"),
        id="the press release and the order that it announces",
    ),
    pytest.param(
        item("a", "关于银行业保险业人工智能安全开发应用的指导意见", "为规范银行业保险业人工智能开发应用，提出指导意见。金融机构应当对生成式人工智能模型实施准入管理。", issuer="NFRA", document_type="guiding_opinions"),
        item("b", "China's NFRA issues guiding opinions on artificial intelligence in banking and insurance",
             "The National Financial Regulatory Administration released guiding opinions on the use of artificial intelligence in the banking sector and insurance sector. Financial institutions must manage access of generative AI models.", at="wire", issuer="NFRA"),
        id="an instrument and its report in the other language",
    ),
]  # fmt: skip

APART = [
    pytest.param(
        item("a", "关于加强数据安全管理的通知", RULE, issuer="NFRA", document_number="金办发〔2026〕12号"),
        item("b", "关于加强数据安全管理的通知", RULE, issuer="NFRA", document_number="金办发〔2026〕13号"),
        id="one title, one text, two numbers",
    ),
    pytest.param(
        item("a", "行政处罚信息公开表", "示例银行某分行因贷款管理不到位被罚款30万元。", document_type="penalty", document_number="沪金罚决字〔2026〕12号"),
        item("b", "行政处罚信息公开表", "示例银行某分行因贷款管理不到位被罚款30万元。", document_type="penalty", document_number="沪金罚决字〔2026〕13号"),
        id="two penalty decisions of one bank",
    ),
    pytest.param(
        item("a", "行政处罚信息公开表（蒋某）", "蒋某对示例银行贷款管理不到位负有责任，被警告。", document_type="penalty"),
        item("b", "行政处罚信息公开表（沈某）", "沈某对示例银行贷款管理不到位负有责任，被警告。", document_type="penalty"),
        id="two penalties without numbers",
    ),
    pytest.param(
        item("a", "关于公开征求《金融机构反洗钱管理办法（征求意见稿）》意见的公告", RULE, issuer="NFRA", stage="draft"),
        item("b", "金融机构反洗钱管理办法", RULE, issuer="NFRA", stage="final", document_type="measures"),
        id="draft and final",
    ),
    pytest.param(
        item("a", "国家互联网信息办公室关于发布第十二批深度合成服务算法备案信息的公告", "现公布第十二批境内深度合成服务算法备案信息。", at="cn-gov", issuer="CAC"),
        item("b", "国家互联网信息办公室关于发布第十三批深度合成服务算法备案信息的公告", "现公布第十三批境内深度合成服务算法备案信息。", at="cn-gov", issuer="CAC"),
        id="twelfth and thirteenth list",
    ),
    pytest.param(
        item("a", "网信办发布第12批算法备案", "第12批算法备案发布。", at="cn-36kr"),
        item("b", "网信办发布第十三批算法备案", "第十三批算法备案发布。", at="cn-daily"),
        id="twelfth and thirteenth list in the press, digits and words",
    ),
    pytest.param(
        item("a", "2025年度规章立法工作计划", "为做好规章立法工作，制定本计划。", at="cn-csrc", issuer="CSRC"),
        item("b", "2026年度规章立法工作计划", "为做好规章立法工作，制定本计划。", at="cn-csrc", issuer="CSRC"),
        id="the same title next year",
    ),
    pytest.param(
        item("a", "2026年9月份社会融资规模统计数据报告", "初步统计，社会融资规模存量同比增长8.1%。", at="cn-pbc", issuer="PBC"),
        item("b", "2026年10月份社会融资规模统计数据报告", "初步统计，社会融资规模存量同比增长8.1%。", at="cn-pbc", issuer="PBC"),
        id="the same statistics next month",
    ),
    pytest.param(
        item("a", "SEC Charges Example Bank With Disclosure Failures", "The Securities and Exchange Commission today charged Example Bank with disclosure failures.", at="us-sec", issuer="SEC", document_type="enforcement"),
        item("b", "SEC Charges Sample Broker With Disclosure Failures", "The Securities and Exchange Commission today charged Sample Broker with disclosure failures.", at="us-sec", issuer="SEC", document_type="enforcement"),
        id="another company, the same sentence",
    ),
    pytest.param(
        item("a", "国家金融监督管理总局关于加强银行业保险业消费者保护的通知", "为加强消费者保护，通知如下。", issuer="NFRA"),
        item("b", "国家金融监督管理总局关于加强银行业保险业数据安全的通知", "为加强数据安全，通知如下。", issuer="NFRA"),
        id="two notices of one regulator on one day",
    ),
    pytest.param(
        item("a", "国家金融监督管理总局关于加强银行业保险业消费者保护的通知", "为加强消费者保护，通知如下。", issuer="NFRA", document_type="notice"),
        item("b", "NFRA issues guiding opinions on artificial intelligence in banking and insurance", "The guidance covers artificial intelligence in the banking sector and insurance sector.", at="wire", issuer="NFRA"),
        id="two acts of one regulator on one day in two languages",
    ),
    pytest.param(
        item("a", "关于进一步加强消费者权益保护工作的通知", "各机构应当加强消费者权益保护工作，建立投诉处理制度。", issuer="NFRA"),
        item("b", "关于进一步加强消费者权益保护工作的通知", "各机构应当加强消费者权益保护工作，健全投诉办理机制。", at="cn-csrc", issuer="CSRC"),
        id="the same rule of two regulators",
    ),
    pytest.param(
        item("a", "关于修改《证券公司分类监管规定》的决定", "现予公布。", at="cn-csrc", issuer="CSRC"),
        item("b", "证券公司分类监管规定", "第一条 为有效实施证券公司监管，制定本规定。", at="cn-csrc", issuer="CSRC"),
        id="an instrument and the decision that amends it",
    ),
    pytest.param(
        item("a", "FCA publishes consultation paper on stablecoins", "The FCA seeks views on stablecoin rules by 31 January.", at="uk-fca", issuer="FCA", document_number="CP26/12"),
        item("b", "FCA publishes consultation paper on custody", "The FCA seeks views on custody rules by 31 January.", at="uk-fca", issuer="FCA", document_number="CP26/13"),
        id="two consultation papers",
    ),
    pytest.param(
        item("a", "央行今日开展1000亿元逆回购操作", "人民银行公告，今日开展1000亿元7天期逆回购操作。", at="cn-36kr"),
        item("b", "某汽车公司10月销量同比增长20%", "某汽车公司公布10月销量数据。", at="cn-36kr"),
        id="nothing in common",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two"), TOGETHER)
def test_one_event_is_one_story(one: Candidate, two: Candidate) -> None:
    assert sets(run(one, two)) == {frozenset({"a", "b"})}
    assert sets(run(two, known=opened(run(one), one))) == {frozenset({"a", "b"})}
    assert sets(run(one, known=opened(run(two), two))) == {frozenset({"a", "b"})}


@pytest.mark.parametrize(("one", "two"), APART)
def test_two_events_are_two_stories(one: Candidate, two: Candidate) -> None:
    assert sets(run(one, two)) == {frozenset({"a"}), frozenset({"b"})}
    assert sets(run(two, known=opened(run(one), one))) == {frozenset({"b"})}
    assert sets(run(one, known=opened(run(two), two))) == {frozenset({"a"})}


def seed_items(text: str) -> list[Candidate]:
    """Read the three flashes of the seed page: title in English there, so the lead's own words are the title."""
    leads = [line.strip() for line in text.splitlines() if line.strip().startswith("36氪获悉")]
    return [
        item(f"kr{n}", f"金融监管总局：{re.split('[。，]', lead)[2]}", lead, at="cn-36kr")
        for n, lead in enumerate(leads)
    ]


def test_three_flashes_that_quote_other_embed_parts_one_instrument_are_one_story(shared: Path) -> None:
    flashes = seed_items((shared / "seeds" / "story-page-pulseaugur.txt").read_text("utf-8"))

    found = run(*flashes)

    assert len(flashes) == 3
    assert [len(s.members) for s in found.stories] == [3]
    assert sum(r.startswith("instrument:") for r in found.reasons.values()) == 2


MIXED = [param.values[side] for param in (*TOGETHER, *APART) for side in (0, 1)]
MIXED = [
    replace(
        c, item=replace(c.item, id=f"{n:02}"), facts=tuple(replace(f, item_id=f"{n:02}") for f in c.facts)
    )
    for n, c in enumerate(MIXED)
]


@settings(max_examples=15, deadline=None)
@given(st.permutations(MIXED))
def test_the_order_of_arrival_in_a_batch_changes_nothing(order: list[Candidate]) -> None:
    assert run(*order) == run(*MIXED)


def test_the_same_items_again_change_nothing() -> None:
    known = opened(run(*MIXED), *MIXED)

    again = run(*MIXED, known=known)

    assert (again.stories, again.merged) == ((), {})


def test_each_item_is_in_exactly_one_story() -> None:
    ids = [i for s in run(*MIXED).stories for i in s.item_ids]

    assert sorted(ids) == sorted(c.item.id for c in MIXED)


def test_a_number_unites_two_stories_under_the_older_id() -> None:
    first = item(
        "a",
        "Bank data rules take shape",
        "Nothing else is known.",
        at="wire",
        document_number="金规〔2026〕24号",
    )
    second = item("b", "银行业数据安全有了新要求", "全文未公布。", at="cn-daily", day=DAY + timedelta(days=1))
    known = opened(run(first), first) + opened(run(second), second, first=2)
    renewed = replace(second, facts=(fact("b", "document_number", "金规〔2026〕24号"),))

    found = run(renewed, known=known)

    assert found.merged == {2: 1}
    assert [(s.id, set(s.item_ids)) for s in found.stories] == [(1, {"a", "b"})]


def test_members_whose_items_are_not_given_stay_in_their_story() -> None:
    one, two = TOGETHER[2].values
    [known] = opened(run(one, two), one, two)

    found = run(replace_id(two, "c"), known=(replace(known, candidates=(one,)),))

    assert [set(s.item_ids) for s in found.stories] == [{"a", "b", "c"}]


def replace_id(old: Candidate, id: str) -> Candidate:
    return replace(old, item=replace(old.item, id=id), facts=tuple(replace(f, item_id=id) for f in old.facts))


def test_an_undated_item_is_listed_under_the_day_of_its_fetch_in_the_source_zone() -> None:
    undated = item("a", "关于加强数据安全管理的通知", RULE)
    late = replace(undated, item=replace(undated.item, published=None, fetched_at=NOW.replace(hour=20)))

    [story] = run(late).stories

    assert story.day == date(2026, 11, 22)


def test_reports_of_one_subject_weeks_apart_are_two_stories() -> None:
    one = item("a", "某公司发布新款手机", "某公司发布新款手机，售价3999元。", at="cn-36kr")
    two = item(
        "b",
        "某公司发布新款手机",
        "某公司今日再次发布新款手机，售价2999元。",
        at="cn-daily",
        day=DAY + timedelta(days=20),
    )

    assert len(run(one, two).stories) == 2


def test_two_items_compare_the_same_in_either_order() -> None:
    features = [read_features(candidate, load_glossary()) for candidate in MIXED]

    for one, two in combinations(features, 2):
        assert compare(one, two) == pytest.approx(compare(two, one))


@pytest.mark.parametrize("below", [-3.0, -1.0, 1.0])
def test_what_is_not_compared_to_the_end_would_not_have_reached_the_bar(below: float) -> None:
    models, given_up = load_models(), 0
    features = [read_features(candidate, load_glossary()) for candidate in MIXED]

    for one, two in combinations(features, 2):
        whole, found = compare(one, two), compare_unless(one, two, models, below=below)
        given_up += found is None

        assert found == whole if found is not None else odds(one, two, whole, models) < below
    assert given_up


def test_what_is_explained_adds_up_to_the_likeness() -> None:
    whole = Story(id=1, members=tuple(member(c) for c in MIXED), head=MIXED[0].item.id, day=DAY)
    told = explain(
        OpenStory(story=whole, candidates=tuple(MIXED)), models=load_models(), glossary=load_glossary()
    )

    assert {name for one in told for name in one.parts} >= {"base", "rule"}
    for one in told:
        assert share(sum(adds for _, adds in one.parts.values())) == pytest.approx(one.score, abs=0.01)


def member(candidate: Candidate) -> Member:
    return Member(item_id=candidate.item.id, score=1.0, reason="first")


PLAIN = [c for c in MIXED if c.item.id not in ("16", "17", "39")]
"""Without reports in English that are as like one Chinese item as another: those join what is there first."""


@settings(max_examples=12, deadline=None)
@given(st.permutations(range(len(PLAIN))), st.lists(st.integers(1, len(PLAIN) - 1), max_size=4))
def test_out_of_order_arrival_in_any_batches_gives_the_same_stories(
    order: list[int], cuts: list[int]
) -> None:
    known: tuple[OpenStory, ...] = ()
    by_id = {c.item.id: c for c in MIXED}
    edges = [0, *sorted(set(cuts)), len(order)]
    for start, end in pairwise(edges):
        found = run(*(PLAIN[n] for n in order[start:end]), known=known)
        kept = {o.story.id: o for o in known if o.story.id not in found.merged}
        for story in found.stories:
            number = story.id or max(kept, default=0) + 1
            kept[number] = OpenStory(
                story=replace(story, id=number), candidates=tuple(by_id[i] for i in story.item_ids)
            )
        known = tuple(kept.values())

    assert {frozenset(o.story.item_ids) for o in known} == sets(run(*PLAIN))


def test_a_follow_up_with_another_number_is_a_new_story() -> None:
    rule = item("a", "银行保险机构数据安全管理办法", RULE, document_number="金规〔2026〕24号", issuer="NFRA")
    follow = item(
        "b", "关于执行《银行保险机构数据安全管理办法》有关事项的通知", RULE,
        day=DAY + timedelta(days=9), document_number="金办发〔2026〕99号", issuer="NFRA",
    )  # fmt: skip

    assert len(run(rule, follow).stories) == 2


def test_one_text_in_ten_outlets_joins_as_copies_of_the_first() -> None:
    text = "某科技公司20日在深圳发布新一代芯片，算力较上一代提升三倍，售价为4999元，首批供货10万片，将用于数据中心和自动驾驶，公司预计明年产能翻番。"
    outlets = [
        replace(
            c,
            item=replace(c.item, source_id=f"paper{n}"),
            source=replace(c.source, id=f"paper{n}", family=f"p{n}"),
        )
        for n in range(10)
        for c in [item(f"{n}", f"新一代芯片发布{'！' * n}", text, at="wire")]
    ]

    found = run(*outlets)

    assert [len(s.members) for s in found.stories] == [10]
    assert {found.reasons[f"{n}"] for n in range(1, 10)} == {"same-text:0"}


def test_a_translation_is_known_as_one() -> None:
    """By a model that knows languages: what it sees in both texts is the same."""
    zh = item("a", "华信银行因支付内控缺陷被罚5250万元", "监管部门对华信银行罚款5250万元。", at="cn-daily")
    en = item("b", "Huaxin Bank fined CNY 52.5 million over payment controls",
              "The regulator fined Huaxin Bank CNY 52.5 million.", at="wire")  # fmt: skip
    other = replace(en, item=replace(en.item, text="The regulator fined Huaxin Bank CNY 9.9 million."))

    def joined(one: Candidate, *, unlike: float = 0.0) -> str:
        turned = zh.vector + np.float32(unlike) * np.roll(zh.vector, 1, axis=1)
        return run(zh, replace(one, vector=turned / np.linalg.norm(turned, axis=1, keepdims=True))).reasons[
            "b"
        ]

    assert joined(en) == "translated:a"
    assert not joined(other).startswith("translated")
    assert not joined(en, unlike=1.0).startswith("translated")
