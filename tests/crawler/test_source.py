"""The catalogue: everything in it is well made, and whoever breaks it is told where."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from dibao.crawler.mistakes import bad_selectors
from dibao.crawler.source import load
from dibao.store import ConfigError

GOOD = """
- id: xx-one
  name_en: One
  name_zh: 一
  tier: 1
  jurisdiction: CN
  kind: regulator
  languages: [en]
  timezone: Asia/Shanghai
  homepage: https://one.example.org/
  endpoints:
    - {column: news, kind: feed, url: "https://one.example.org/feed"}
"""


def catalogue(folder: Path, text: str) -> Path:
    (folder / "xx.yaml").write_text(text, "utf-8")
    return folder


def test_the_built_in_catalogue_reads_the_twelve_that_were_promised() -> None:
    found = load()
    promised = (
        "cn-nfra", "cn-csrc", "cn-pbc", "cn-gov-zhengce", "cn-cac", "cn-36kr",
        "hk-hkma", "hk-sfc", "us-sec", "us-fed", "uk-fca", "eu-ecb",
    )  # fmt: skip

    assert [name for name in promised if name not in found or found[name].off] == []


def test_every_list_of_a_source_has_its_own_address() -> None:
    for spec in load().values():
        urls = [endpoint.name for endpoint in spec.endpoints]

        assert len(urls) == len(set(urls)), spec.id


@pytest.mark.parametrize(
    "house",
    [
        pytest.param(("cn-people", "cn-people-en", "cn-stcn"), id="people's-daily"),
        pytest.param(("cn-xinhua", "cn-cs", "cn-cnstock", "cn-jjckb"), id="xinhua"),
        pytest.param(("cn-caixin", "cn-caixinglobal"), id="caixin"),
        pytest.param(("cn-yicai", "cn-yicaiglobal"), id="yicai"),
        pytest.param(("cn-csrc", "cn-csrc-neris", "cn-csrc-bureaus", "cn-csrc-en"), id="csrc"),
        pytest.param(("cn-pbc", "cn-pbc-branches", "cn-pbc-en"), id="pbc"),
        pytest.param(("cn-nfra", "cn-nfra-en"), id="nfra"),
        pytest.param(("hk-sfc", "hk-sfc-zh"), id="sfc"),
        pytest.param(("cn-gov-yaowen", "cn-gov-bumen"), id="gov.cn"),
        pytest.param(("cn-npc", "cn-flk"), id="npc"),
        pytest.param(("eu-ecb", "eu-ecb-ssm"), id="ecb"),
        pytest.param(("eu-ec-digital", "eu-ec-fisma"), id="commission"),
        pytest.param(("uk-hmt", "uk-ofsi"), id="treasury"),
        pytest.param(("us-treasury", "us-ofac"), id="us-treasury"),
        pytest.param(("sg-bt", "sg-zaobao"), id="sph"),
        pytest.param(("lf-covington-privacy", "lf-covington-policy"), id="covington"),
    ],
)
def test_outlets_of_one_house_share_a_family(house: tuple[str, ...]) -> None:
    found = load()

    assert len({found[name].source.family for name in house}) == 1


def test_strangers_do_not_share_a_family() -> None:
    found = load()
    strangers = ("cn-36kr", "cn-pbc", "cn-nfra", "cn-gov-zhengce", "cn-gov-yaowen", "us-sec", "us-fincen")

    assert len({found[name].source.family for name in strangers}) == len(strangers)


def test_a_good_file_loads(tmp_path: Path) -> None:
    assert list(load(catalogue(tmp_path, GOOD))) == ["xx-one"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("tier: 1", "tier: 9", "tier", id="tier"),
        pytest.param("tier: 1", "tier: 1\n  colour: red", "colour", id="unknown-field"),
        pytest.param("Asia/Shanghai", "Asia/Atlantis", "timezone", id="zone"),
        pytest.param("jurisdiction: CN", "jurisdiction: ZZ", "jurisdiction", id="jurisdiction"),
        pytest.param("tier: 1", "tier: 1\n  topics: [cheese]", "topics", id="topic"),
        pytest.param("kind: feed", "kind: feed, headers: {Cookie: x}", "endpoints[0].headers", id="forged"),
        pytest.param("kind: feed", "kind: feed, sort: {gossip: x}", "endpoints[0].sort", id="sort-column"),
        pytest.param("kind: feed", 'kind: feed, sort: {rule: "(["}', "endpoints[0].rule", id="sort-pattern"),
        pytest.param(
            "kind: feed", 'kind: feed, then: {take: {a: b}, url: "{c}"}', "endpoints[0].then", id="then-open"
        ),
        pytest.param("kind: feed", "kind: feed, inside: data", "endpoints[0].inside", id="feed-inside"),
        pytest.param("column: news", "column: gossip", "endpoints[0].column", id="column"),
        pytest.param("https://one.example.org/feed", "http://one.example.org/feed", "allow_http", id="http"),
        pytest.param("kind: feed", "kind: html", "endpoints[0].items", id="html-without-rows"),
        pytest.param("kind: feed", "kind: json", "endpoints[0].fields", id="json-without-title"),
        pytest.param("kind: feed", 'kind: feed, keep: "(["', "endpoints[0].keep", id="bad-pattern"),
        pytest.param("  name_zh: 一\n", "", "name_zh: is missing", id="missing-name"),
        pytest.param(
            "column: news",
            "colum: news",
            "endpoints[0].colum: there is no such field; did you mean column?",
            id="slip",
        ),
        pytest.param(
            "kind: feed",
            "kind: rss",
            "endpoints[0].kind: 'rss' is not one of feed, json, html",
            id="kind-of-list",
        ),
        pytest.param(
            "kind: feed",
            "kind: feed, detail: {kind: xml}",
            "endpoints[0].detail.kind: 'xml' is not one of html, json",
            id="kind-of-page",
        ),
        pytest.param(
            "kind: feed",
            "kind: feed, detail: {bdy: p}",
            "endpoints[0].detail.bdy: there is no such field; did you mean body?",
            id="slip-in-detail",
        ),
        pytest.param("[en]", "en", "languages: is written as text, must be a list", id="no-list"),
        pytest.param("[en]", "[english]", "languages: 'english' is no language tag", id="no-tag"),
        pytest.param("[en]", "[]", "languages: at least one", id="no-language"),
        pytest.param("kind: regulator", "kind: regulater", "kind: 'regulater' is not one of", id="kind"),
        pytest.param("Asia/Shanghai", "Asia/Shangai", "such as Asia/Shanghai", id="zone-slip"),
        pytest.param("homepage: https://", "homepage: ", "homepage: must start with https://", id="homepage"),
        pytest.param(
            "kind: feed",
            "kind: html, items: 'li:x(', fields: {title: a}",
            "endpoints[0].items: 'li:x(' is not a CSS selector",
            id="selector",
        ),
        pytest.param(
            "kind: feed",
            "kind: html, items: li, fields: {title: a, date: 'b, [c'}",
            "endpoints[0].fields.date: '[c' is not a CSS selector",
            id="one-of-two-selectors",
        ),
        pytest.param(
            "kind: feed",
            "kind: html, items: li, fields: {title: a, dat: b}",
            "endpoints[0].fields.dat: nothing reads it; did you mean date?",
            id="unused",
        ),
        pytest.param(
            "kind: feed", "kind: feed, date_format: YYYY-MM-DD", "endpoints[0].date_format", id="form"
        ),
        pytest.param(
            "https://one.example.org/feed", "https://127.0.0.1/feed", "endpoints[0].url", id="bare-host"
        ),
    ],
)
def test_an_error_names_file_source_and_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(catalogue(tmp_path, GOOD.replace(old, new)))

    assert str(caught.value).startswith("xx.yaml: xx-one: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(GOOD.replace("  tier", "\ttier"), "in line 5, column 1", id="tab"),
        pytest.param(GOOD.replace("- id: ", "-id: "), "not readable as YAML in line 3", id="no-space"),
        pytest.param("id: xx-one\n", "must be a list of sources", id="no-list"),
        pytest.param(GOOD.replace("xx-one", "XX one"), "id: 'XX one' is not of the form xx-name", id="id"),
        pytest.param("- 7\n", "entry 1", id="no-entry"),
    ],
)
def test_what_is_no_catalogue_at_all_is_said_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(catalogue(tmp_path, text))

    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_example_of_the_docs_is_right(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "adding-a-source.md").read_text("utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    [spec] = load(catalogue(tmp_path, dedent(example))).values()

    assert [endpoint.kind for endpoint in spec.endpoints] == ["feed", "html", "html", "json"]


def test_every_selector_of_the_built_in_catalogue_is_one() -> None:
    assert [problem for spec in load().values() for problem in bad_selectors(spec)] == []


def test_an_id_is_given_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="xx-one: this id is already taken"):
        load(catalogue(tmp_path, GOOD + GOOD))


def test_a_fallback_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="fallback: no source is called xx-two"):
        load(catalogue(tmp_path, GOOD + "  fallback: [xx-two]\n"))


def test_a_bare_off_of_yaml_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match='write "off" in quotes'):
        load(catalogue(tmp_path, GOOD + "  off: resting\n"))


def test_a_folder_without_sources_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no sources found"):
        load(tmp_path)
