"""The pages of the register: all of it, a year, an authority; the box of a story; hostile text as text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.site import labels, penalty_pages, words
from dibao.site.penalty_pages import slug
from dibao.store import LANGS, Lang, Penalty, Sanction
from tests.site.decisions import BANK, all_decisions, decision, fined, one
from tests.site.rendering import parsed, rendered, text
from tests.site.views import HOSTILE_TITLE


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return rendered(*all_decisions())


@pytest.fixture(scope="module")
def trees(made: dict[str, bytes]) -> dict[str, Any]:
    return {path: parsed(data) for path, data in made.items() if path.endswith(".html")}


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_shows_the_rows_in_that_order_with_all_their_values(
    lang: Lang, trees: dict[str, Any]
) -> None:
    shown = trees[f"{lang}/penalties/index.html"].xpath("//table[@class='penalties']/tbody/tr")
    of_person = text(shown[4])

    assert [row.xpath("string(th/span)") for row in shown] == [
        "Laputa Markets Limited",
        "甲公司",
        "乙公司",
        "子虚银行",
        "蒋某",
        "乌有银行",
    ]
    for value in ("蒋某", "时任子虚银行总经理", "对贷款管理不到位负有责任", "金罚决字〔2026〕9042号"):
        assert value in of_person
    assert {"en": "Fine RMB 100,000", "zh": "罚款10万元"}[lang] in of_person
    assert {"en": "NFRA", "zh": "金融监管总局"}[lang] in of_person
    assert shown[4].xpath("string(th/span/@lang)") == "zh-Hans"


@pytest.mark.parametrize("lang", LANGS)
def test_a_row_under_the_day_of_its_story_says_so_and_no_other_does(
    lang: Lang, trees: dict[str, Any]
) -> None:
    said = words.word(lang, "penalties.day_of_story")
    days = trees[f"{lang}/penalties/index.html"].xpath("//td[@class='day']")
    box = trees[f"{lang}/e/2003/index.html"].xpath("//ul[@class='fined']")[0]

    assert [said in text(day) for day in days] == [True] + [False] * 5
    assert words.word(lang, "penalties.decided") not in text(box)
    assert words.word(lang, "penalties.decided") in text(trees[f"{lang}/e/2002/index.html"])


@pytest.mark.parametrize("lang", LANGS)
def test_what_the_press_alone_tells_is_marked(lang: Lang, trees: dict[str, Any]) -> None:
    said = words.word(lang, "penalties.press")
    shown = trees[f"{lang}/penalties/index.html"].xpath("//table[@class='penalties']/tbody/tr")

    assert [said in text(row) for row in shown] == [False, True, True, False, False, False]


def test_every_link_of_the_register_leads_to_words_on_the_story_page(
    made: dict[str, bytes], trees: dict[str, Any]
) -> None:
    ids = {path: set(tree.xpath("//@id")) for path, tree in trees.items()}
    led = 0
    for lang in LANGS:
        path = f"{lang}/penalties/index.html"
        for link in trees[path].xpath("//tbody//a/@href"):
            url = urlsplit(urljoin(f"https://example.org/{path}", link))
            target = url.path.lstrip("/") + "index.html"
            assert target in made
            assert not url.fragment or url.fragment in ids[target]
            led += bool(url.fragment)
    assert led == 12


@pytest.mark.parametrize("lang", LANGS)
def test_the_box_of_a_story_marks_each_value(lang: Lang, trees: dict[str, Any]) -> None:
    page = trees[f"{lang}/e/2001/index.html"]
    firm, person = page.xpath("//ul[@class='fined']/li")

    assert {mark.get("href") for mark in firm.xpath(".//a[@class='cite']")} == {"#c1-f1"}
    assert len(person.xpath("./dl//a[@class='cite']")) == len(person.xpath("./dl/div")) == 5
    assert text(person.find("h3")).startswith("蒋某")


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_says_what_was_added_and_what_was_not(lang: Lang, trees: dict[str, Any]) -> None:
    page = trees[f"{lang}/penalties/index.html"]
    section = page.xpath("//section[@aria-labelledby='h-totals']")[0]

    assert [text(li) for li in section.xpath(".//ul[@class='sums']/li")] == {
        "en": ["£12.4 million", "RMB 9.2 million"], "zh": ["1240万英镑", "920万元"],
    }[lang]  # fmt: skip
    assert words.word(lang, "penalties.totals_note", n=4) in text(section)
    assert words.word(lang, "penalties.left_out", n=2) in text(section)
    assert words.count(lang, "decisions", 6) in text(section)


@pytest.mark.parametrize("lang", LANGS)
def test_each_year_and_each_authority_has_a_page_of_its_rows(lang: Lang) -> None:
    old = one(1, replace(BANK, party="旧银行", date="2024-02-01"))
    made = rendered(*all_decisions(), old)
    parties = {
        path.removeprefix(f"{lang}/penalties/").removesuffix("index.html").strip("/"): [
            row.xpath("string(th/span)") for row in parsed(data).xpath("//tbody/tr")
        ]
        for path, data in made.items()
        if path.startswith(f"{lang}/penalties/")
    }

    assert set(parties) == {"", "2026", "2024", "nfra", "fca"}
    assert parties["2024"] == ["旧银行"]
    assert parties["fca"] == ["Laputa Markets Limited"]
    assert len(parties["nfra"]) == len(parties["2026"]) == 6
    assert len(parties[""]) == 7


def test_a_page_shows_the_newest_rows_and_says_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(penalty_pages, "MOST", 2)
    made = rendered(*all_decisions())
    page = parsed(made["en/penalties/index.html"])

    assert [row.xpath("string(th/span)") for row in page.xpath("//tbody/tr")] == [
        "Laputa Markets Limited",
        "甲公司",
    ]
    assert words.word("en", "penalties.cut", shown=2, all=6) in text(page.find(".//main"))
    assert "RMB 9.2 million" in text(page.xpath("//ul[@class='sums']")[0])
    assert "The newest" not in text(parsed(made["en/penalties/fca/index.html"]).find(".//main"))


def test_a_filter_offers_only_what_the_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(penalty_pages, "MOST", 2)
    old = one(1, replace(BANK, party="旧银行", authority="PBC", date="2024-02-01"))
    page = parsed(rendered(*all_decisions(), old)["en/penalties/index.html"])
    offered = [text(option) for option in page.xpath("//select[@name='authority']/option")]

    assert sorted(offered) == ["All", "FCA (1)", "NFRA (1)"]
    assert not page.xpath("//select[@name='year']")
    keys = {key for row in page.xpath("//tbody/tr/@data-authority") for key in row.split(" ")}
    assert keys == set(page.xpath("//select[@name='authority']/option/@value")) - {""}


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=8, unique=True))
def test_an_address_is_safe_and_no_two_authorities_share_one(ids: list[str]) -> None:
    slugs = [slug(id) for id in ids]

    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", part) and not part.isdecimal() for part in slugs)


@pytest.mark.parametrize(
    ("id", "place"),
    [
        pytest.param("FCA", "fca", id="plain"),
        pytest.param("NFRA-branch", "nfra-branch", id="office"),
        pytest.param("TC260-OLD", "tc260-old", id="with figures"),
    ],
)
def test_the_address_of_a_known_authority_is_its_id(id: str, place: str) -> None:
    assert slug(id) == place


@pytest.mark.parametrize(
    "ids",
    [
        pytest.param(("某局", "某司"), id="no Latin letter"),
        pytest.param(("A.B", "A/B", "A B", "../A"), id="other marks"),
        pytest.param(("SEC", "Sec", "sec"), id="case"),
        pytest.param(("NFRA-branch", "NFRA-BRANCH"), id="case of an office"),
        pytest.param(("2026",), id="a year"),
        pytest.param((HOSTILE_TITLE.replace(",", ""),), id="hostile"),
    ],
)
def test_strange_ids_of_authorities_never_stop_an_edition(ids: tuple[str, ...]) -> None:
    views = [one(n, replace(BANK, party=f"甲{n}", authority=id)) for n, id in enumerate(ids, 1)]
    made = rendered(*views)
    pages = [path for path in made if path.startswith("en/penalties/") and "/2026/" not in path]

    assert len(pages) == 1 + len(ids)
    assert all(re.fullmatch("[a-z0-9/.-]+", path) and ".." not in path for path in pages)


@pytest.mark.parametrize("lang", LANGS)
def test_the_label_stands_before_the_first_row_and_in_the_description(
    lang: Lang, trees: dict[str, Any]
) -> None:
    label = labels.WORDS["extract"][lang]
    found = {path: tree for path, tree in trees.items() if path.startswith(f"{lang}/penalties/")}

    assert len(found) == 4
    for tree in found.values():
        said = text(tree.find(".//main"))
        assert -1 < said.index(label) < said.index(text(tree.xpath("//tbody/tr[1]/th/span")[0]))
        assert tree.xpath("string(//meta[@name='description']/@content)").startswith(label)


@pytest.mark.parametrize("lang", LANGS)
def test_a_register_without_rows_says_so(lang: Lang) -> None:
    made = rendered()
    page = parsed(made[f"{lang}/penalties/index.html"])

    assert words.word(lang, "penalties.none") in text(page.find(".//main"))
    assert not page.xpath("//table | //select")
    assert [path for path in made if path.startswith(f"{lang}/penalties/")] == [
        f"{lang}/penalties/index.html"
    ]


def test_of_many_penalties_the_box_shows_twenty_and_counts_the_rest() -> None:
    told = [(f"对第{n:02}银行罚款", fined(f"第{n:02}银行", f"CNY {n}")) for n in range(1, 24)]
    page = parsed(rendered(decision(1, "。".join(words_ for words_, _ in told), *told))["en/e/1/index.html"])

    assert len(page.xpath("//ul[@class='fined']/li")) == 20
    assert words.count("en", "more_penalties", 3) in text(
        page.xpath("//section[@aria-labelledby='h-penalties']")[0]
    )


# Nothing from outside gets out of its place


def test_hostile_values_stay_text_and_are_cut() -> None:
    evil = Penalty(
        party=HOSTILE_TITLE, role=HOSTILE_TITLE, violation=HOSTILE_TITLE, basis=HOSTILE_TITLE,
        number=HOSTILE_TITLE, authority="<b>,\"><svg onload=alert(1)>", date="2026-11-20",
        sanctions=(Sanction(key="<b>x</b>", amount="<i>x</i> 5"),),
    )  # fmt: skip
    view = decision(1, HOSTILE_TITLE, (HOSTILE_TITLE, evil), title=HOSTILE_TITLE)
    for lang in LANGS:
        made = rendered(view)
        for path in [path for path in made if path.startswith((f"{lang}/penalties/", f"{lang}/e/"))]:
            tree = parsed(made[path])
            assert not tree.xpath(
                "//img | //svg[@onload] | //table//b | //i | //script[not(@src)][not(@type)]"
            ), path
            assert "\u202e" not in made[path].decode()
            assert "49" not in text(tree.xpath("//h1")[0])
        [row] = parsed(made[f"{lang}/penalties/index.html"]).xpath("//tbody/tr")
        assert len(row.xpath("string(th/span)")) == 300
