# ruff: noqa: E501 — a case reads best on one line
"""The register of penalties: each party of each decision, led to its words; honest sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dibao.site.penalties import Row, rows, totals
from dibao.site.penalty_places import states_day, states_number
from dibao.store import LANGS, Body, Lang, StoryView
from tests.site.decisions import BANK, all_decisions, decision, fined, one, press, prose, table
from tests.site.rendering import parsed, rendered, text
from tests.site.views import BODIES

OFFICE = Body(
    id="NFRA-branch", name_en="NFRA local office", name_zh="金融监管总局派出机构", short_en="NFRA local office",
    short_zh="金融监管总局派出机构", jurisdiction="CN", level=0.4,
)  # fmt: skip
KNOWN = {**BODIES, OFFICE.id: OFFICE}


def register(*views: StoryView, lang: Lang = "en") -> tuple[Row, ...]:
    return rows(views, lang, bodies=KNOWN)


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return rendered(*all_decisions())


@pytest.fixture(scope="module")
def trees(made: dict[str, bytes]) -> dict[str, Any]:
    return {path: parsed(data) for path, data in made.items() if path.endswith(".html")}


# Rows


def test_each_party_of_each_decision_has_a_row_the_newest_day_first() -> None:
    found = register(*all_decisions())

    assert [(row.party.text, row.record.day.isoformat()) for row in found] == [
        ("Laputa Markets Limited", "2026-11-18"),
        ("甲公司", "2026-11-15"),
        ("乙公司", "2026-11-15"),
        ("子虚银行", "2026-11-12"),
        ("蒋某", "2026-11-09"),
        ("乌有银行", "2026-11-03"),
    ]


def test_a_row_keeps_its_id_whatever_stands_beside_it() -> None:
    alone, among = register(table()), register(*reversed(all_decisions()))
    ids = {row.party.text: row.id for row in among}

    assert {row.party.text: row.id for row in alone}.items() <= ids.items()
    assert len(set(ids.values())) == len(among) == 6


def test_two_decisions_against_one_party_on_one_page_are_two_rows_with_two_ids() -> None:
    told = "对甲银行罚款30万元。对甲银行罚款50万元。"
    penalty = fined("甲银行", "CNY 300000")
    view = decision(
        1, told, ("对甲银行罚款30万元", penalty), ("对甲银行罚款50万元", fined("甲银行", "CNY 500000"))
    )

    one, two = register(view)

    assert one.id != two.id
    assert (one.anchor, two.anchor) == ("c1-f1", "c1-f2")


# Each value leads to its words


def anchors(row: Row) -> dict[str, str]:
    values = ("day", "party", "violation", "basis", "number")
    found = {name: getattr(row, name).anchor for name in values}
    return {**found, "authority": row.authority_anchor, "row": row.anchor} | {
        f"measure {n}": measure.anchor for n, measure in enumerate(row.measures)
    }


SAID = {
    "子虚银行": {"party", "number", "day", "authority", "violation", "row", "measure 0"},
    "乌有银行": {"party", "number", "day", "authority", "row", "measure 0"},
    "Laputa Markets Limited": {"party", "row", "measure 0"},
}
"""What of each penalty the page says somewhere in words."""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "view", [pytest.param(v, id=v.head.source.acronym + str(v.story.id)) for v in all_decisions()]
)
def test_every_mark_leads_to_a_row_of_that_story_whose_words_have_the_value(
    view: StoryView, lang: Lang, trees: dict[str, Any]
) -> None:
    page = trees[f"{lang}/e/{view.story.id}/index.html"]
    for row in register(view, lang=lang):
        led = {name: anchor for name, anchor in anchors(row).items() if anchor}
        told = {name: text(page.get_element_by_id(anchor)) for name, anchor in led.items()}
        for name in ("party", "violation", "basis"):
            assert name not in told or getattr(row, name).text in told[name]
        assert set(led) == SAID.get(row.party.text, set(led))


def test_the_words_of_a_value_may_stand_in_another_sentence_of_the_page() -> None:
    [row] = register(prose())

    assert (row.number.anchor, row.day.anchor, row.authority_anchor) == ("c1-f2", "c1-f4", "c1-f1")
    assert (row.party.anchor, row.anchor) == ("c1-f5", "c1-f5")


def test_a_law_that_is_named_for_something_else_is_no_mark_of_the_basis() -> None:
    """The page names the law first where the case was opened, without the article."""
    [row] = register(prose())

    assert row.basis == replace(row.basis, text="《银行业监督管理法》第四十六条", anchor="")


@pytest.mark.parametrize(
    ("number", "said", "stated"),
    [
        pytest.param("银罚决字〔2026〕3号", "银罚决字〔2026〕3号", True, id="as it is"),
        pytest.param("银罚决字〔2026〕3号", "银罚决字[2026]第003号", True, id="other brackets, 第, zeros"),
        pytest.param("公告〔2026〕3号", "公告2026年第3号", True, id="year without brackets"),
        pytest.param("菏金罚决字〔2026〕12-13号", "菏金罚决字〔2026〕12号-13号", True, id="range"),
        pytest.param("银罚决字〔2026〕3号", "2026年罚款3万元", False, id="the same figures elsewhere"),
        pytest.param("银罚决字〔2026〕3号", "银罚决字〔2026〕35号", False, id="the beginning of another"),
        pytest.param("26PR90", "26PR9012", False, id="the beginning of another in English"),
        pytest.param("令第5号", "在5号楼", False, id="one short figure"),
        pytest.param("银罚决字〔2026〕3号", "2026年通知3号", False, id="words between the figures"),
        pytest.param("银罚决字〔2026〕3号", "2026年3万元", False, id="a sum after the year"),
    ],
)
def test_a_number_is_stated_only_by_words_that_have_it(number: str, said: str, stated: bool) -> None:
    assert states_number(said, number) is stated


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        pytest.param("2026年3月5日", True, id="zh"),
        pytest.param("2026-03-05", True, id="iso"),
        pytest.param("datedMarch5,2026,and", True, id="month first"),
        pytest.param("on5thofMarch2026", True, id="day first"),
        pytest.param("5Mar.2026", True, id="short"),
        pytest.param("2026年5月3日", False, id="another month and day"),
        pytest.param("2026年3月15日", False, id="another day"),
        pytest.param("2026年罚款5万元", False, id="the same figures elsewhere"),
        pytest.param("5May2026", False, id="another month in English"),
    ],
)
def test_a_day_is_stated_only_by_words_that_have_it(said: str, stated: bool) -> None:
    assert states_day(said, date(2026, 3, 5)) is stated


def test_a_penalty_that_an_earlier_version_wrote_down_is_still_found_on_its_page() -> None:
    """Facts of a store keep the keys that they were written with."""
    view = table()
    old = tuple(replace(f, value=f.value.replace('"role":"",', "")) for f in view.head.facts)
    view = replace(view, coverage=(replace(view.head, facts=old),), facts=old)

    assert [row.anchor for row in register(view)] == ["c1-f1", "c1-f2"]


def test_the_day_of_a_story_has_no_mark_though_the_words_have_it() -> None:
    told = "2026年11月20日，对甲银行罚款30万元"
    [row] = register(decision(1, told, (told, replace(BANK, date=""))))

    assert (row.record.day.isoformat(), row.day.anchor) == ("2026-11-20", "")


# Authorities


def of_offices(*offices: str) -> StoryView:
    told = [f"对甲{n}银行罚款{n}0万元 | {office}" for n, office in enumerate(offices, 1)]
    penalties = (
        fined(f"甲{n}银行", f"CNY {n}00000", authority="NFRA-branch") for n in range(1, len(offices) + 1)
    )
    return decision(
        2005,
        "\n".join(told),
        *zip(told, penalties, strict=True),
        stated=[("issuer", "NFRA-branch", office) for office in offices],
    )


def test_an_office_that_shares_its_id_keeps_the_name_that_its_source_gives_it() -> None:
    en = rows([of_offices("菏泽金融监管分局")], "en", bodies=KNOWN)[0].authorities
    [row] = rows([of_offices("菏泽金融监管分局")], "zh", bodies=KNOWN)

    assert [(one.name, one.written) for one in en] == [("NFRA local office", "菏泽金融监管分局")]
    assert [(one.name, one.written) for one in row.authorities] == [
        ("金融监管总局派出机构", "菏泽金融监管分局")
    ]
    assert row.authority_anchor == row.anchor


@pytest.mark.parametrize("lang", LANGS)
def test_pages_show_the_office_in_the_language_of_its_source(lang: Lang) -> None:
    made = rendered(of_offices("菏泽金融监管分局"))

    for path in (f"{lang}/penalties/index.html", f"{lang}/e/2005/index.html"):
        page = parsed(made[path])
        named = page.xpath("//table[@class='penalties']//td[2]/span | //ul[@class='fined']//dd/span[@lang]")
        assert ("菏泽金融监管分局", "zh-Hans") in [(text(span), span.get("lang")) for span in named]


def test_of_several_offices_on_one_page_each_penalty_names_its_own() -> None:
    found = register(of_offices("菏泽金融监管分局", "济南金融监管分局"))

    assert [row.authorities[0].written for row in found] == ["菏泽金融监管分局", "济南金融监管分局"]
    assert [row.authority_anchor for row in found] == [row.anchor for row in found]


def test_an_office_that_cannot_be_told_from_its_like_is_not_guessed() -> None:
    view = of_offices("菏泽金融监管分局", "济南金融监管分局")
    unsaid = fined("甲1银行", "CNY 100000", authority="NFRA-branch")
    view = decision(
        1,
        "对甲1银行罚款10万元。菏泽金融监管分局、济南金融监管分局",
        ("对甲1银行罚款10万元", unsaid),
        stated=[(f.kind, f.value, f.shown) for f in view.head.facts if f.kind == "issuer"],
    )
    [row] = register(view)

    assert (row.authorities[0].written, row.authority_anchor) == ("", "")


def test_authorities_of_a_joint_decision_are_all_named_in_their_order() -> None:
    text_ = "中国人民银行、国家金融监督管理总局对甲银行罚款10万元"
    view = decision(1, text_, (text_, fined("甲银行", "CNY 100000", authority="PBC,NFRA")))
    page = text(parsed(rendered(view)["zh/penalties/index.html"]).xpath("//tbody/tr/td[2]")[0])

    assert page == "央行、金融监管总局"
    assert register(view)[0].authority_anchor == "c1-f1"


# Sums


@pytest.mark.parametrize(
    ("views", "sums", "counted", "left_out"),
    [
        pytest.param(
            [one(1, BANK), one(2, replace(BANK, party="乙银行")), one(3, fined("C", "USD 1200000"))],
            ("US$1.2 million", "RMB 600,000"), 3, 0, id="currency by currency, nothing converted",
        ),
        pytest.param([one(1, fined("甲银行", "CNY 10", "USD 5"))], ("RMB 10", "US$5"), 1, 0, id="two currencies of one row"),
        pytest.param([one(1, BANK, source="cn-36kr")], (), 0, 1, id="the press alone"),
        pytest.param([one(1, BANK), one(2, BANK)], ("RMB 300,000",), 1, 1, id="told twice"),
        pytest.param(
            [one(1, replace(BANK, number="1号")), one(2, replace(BANK, number="2号"))],
            ("RMB 600,000",), 2, 0, id="two numbers are two decisions",
        ),
        pytest.param(
            [one(1, replace(BANK, number="1号")), one(2, replace(BANK, number="1号", date=""))],
            ("RMB 300,000",), 1, 1, id="one number is one decision, whatever the day",
        ),
        pytest.param(
            [one(1, BANK), one(2, replace(BANK, date=""), day=date(2026, 11, 9))],
            ("RMB 300,000",), 1, 1, id="the day of a story tells no two decisions apart",
        ),
        pytest.param([one(1, BANK), one(2, replace(BANK, date="2026-11-03"))], ("RMB 600,000",), 2, 0, id="two days of decision do"),
        pytest.param([one(1, BANK), one(2, replace(BANK, authority=""))], ("RMB 300,000",), 1, 1, id="a page that does not say who decided"),
        pytest.param([one(1, BANK), one(2, replace(BANK, authority="PBC"))], ("RMB 600,000",), 2, 0, id="two authorities are two decisions"),
        pytest.param([one(1, replace(BANK, sanctions=()))], (), 0, 0, id="no sum"),
        pytest.param([press()], (), 0, 2, id="one sentence for two, in the press"),
        pytest.param(
            [decision(1, "对甲、乙罚款30万元", ("对甲、乙罚款30万元", BANK), ("对甲、乙罚款30万元", replace(BANK, party="乙银行")))],
            (), 0, 2, id="one sentence for several parties",
        ),
    ],
)  # fmt: skip
def test_only_what_may_be_added_is_added_and_the_rest_is_counted(
    views: list[StoryView], sums: tuple[str, ...], counted: int, left_out: int
) -> None:
    found = totals(register(*views), "en")

    assert (found.sums, found.counted, found.left_out) == (sums, counted, left_out)
