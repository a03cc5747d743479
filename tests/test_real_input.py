"""The line runs on what nobody here wrote. Skipped where that material is not beside the checkout."""

from __future__ import annotations

import itertools
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html as lxml_html

from dibao.store import DOCUMENT_TYPES

from .real import NOW, SPECS, Detail, Endpoint, Outcome, json_list, line, media, rows, rss

pytestmark = pytest.mark.shared

# Pages and lists of feeds that the archive holds beside its feeds: they are to be refused in words.
NOT_FEEDS = (".html", ".opml")

# Its one entry holds nothing at all. A list that shows nothing at its first reading is no failure.
EMPTY = "rss-parser/incomplete-fields.atom"


def members(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}


@pytest.fixture(scope="module")
def feeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Outcome]:
    """Every real feed as a source of its own: source id → name of the member, and what came out."""
    pages: dict[str, bytes] = {}
    names: dict[str, str] = {}
    specs = []
    archives = ("feeds/real_feeds.zip", "feeds/sec_edgar_current_atom.zip")
    found = [entry for archive in archives for entry in members(shared / "data" / archive).items()]
    for number, (name, body) in enumerate(found):
        url = f"https://feeds{number}.example.org/feed"
        pages[url] = body
        names[f"real-{number}"] = name
        specs.append(
            media(f"real-{number}", Endpoint(column="article", kind="feed", url=url, full_text=False))
        )
    return names, line(tmp_path_factory.mktemp("feeds"), specs, pages, now=NOW)


def test_every_real_feed_gives_items_or_says_in_words_why_not(feeds: tuple[dict[str, str], Outcome]) -> None:
    names, outcome = feeds
    told = {problem.source_id: problem.message for problem in outcome.crawled.problems}
    silent = [
        name
        for source, name in names.items()
        if not any(item.source_id == source for item in outcome.items) and not told.get(source)
    ]

    assert silent == [EMPTY]


def test_nearly_all_real_feeds_give_items(feeds: tuple[dict[str, str], Outcome]) -> None:
    names, outcome = feeds
    given = {item.source_id for item in outcome.items}
    empty = {name for source, name in names.items() if source not in given}

    # A feed with an empty list, one with no usable entry, and XML broken beyond reading are in the archive.
    assert len({name for name in empty if not name.endswith(NOT_FEEDS)}) <= 6, sorted(empty)
    assert {name for name in names.values() if name.endswith(NOT_FEEDS)} <= empty


def test_pages_and_lists_of_feeds_are_not_taken_for_feeds(feeds: tuple[dict[str, str], Outcome]) -> None:
    names, outcome = feeds
    told = {problem.source_id: problem.message for problem in outcome.crawled.problems}

    for source, name in names.items():
        if name.endswith(NOT_FEEDS):
            assert told[source], name


def test_every_item_of_a_real_feed_is_in_a_story_with_two_briefs(
    feeds: tuple[dict[str, str], Outcome],
) -> None:
    _, outcome = feeds
    shown = {c.item.id for view in outcome.views for c in view.coverage}

    assert len(outcome.items) > 500
    assert shown == {item.id for item in outcome.items}
    assert all(view.briefs["en"].headline and view.briefs["zh"].headline for view in outcome.views)


def test_polls_of_the_sec_that_overlap_give_each_filing_once(shared: Path, tmp_path: Path) -> None:
    pages = members(shared / "data/feeds/sec_edgar_current_atom.zip")
    chosen = {name: body for name, body in pages.items() if name.startswith("get_all_current_filings/")}
    endpoints = [
        Endpoint(column="news", kind="feed", url=f"https://www.sec.gov/poll/{number}", full_text=False)
        for number in range(len(chosen))
    ]
    answers = dict(zip((endpoint.url for endpoint in endpoints), chosen.values(), strict=True))
    outcome = line(tmp_path, [media("us-edgar", *endpoints)], answers, now=NOW)
    numbers = {match for body in chosen.values() for match in re.findall(rb"accession-number=([\d-]+)", body)}

    assert 0 < len(outcome.items) <= len(numbers)
    assert len({item.url for item in outcome.items}) == len(outcome.items)


def test_a_newsflash_answer_of_36kr_is_read(shared: Path, tmp_path: Path) -> None:
    body = members(shared / "data/pages/official.zip")["36kr_api_newsflash_2019-01-11.json"]
    url = "https://36kr.com/api/newsflash"
    fields = {
        "key": "id",
        "title": "title",
        "summary": "description",
        "date": "published_at",
    }
    spec = json_list(
        "cn-flash",
        url,
        lang="zh-Hans",
        fields=fields,
        items="data.items",
        ok={"code": 0},
        link="https://36kr.com/newsflashes/{key}",
        full_text=False,
    )
    outcome = line(tmp_path, [spec], {url: body}, now=datetime(2019, 1, 12, tzinfo=UTC))
    told = json.loads(body)["data"]["items"]

    assert {item.title for item in outcome.items} == {row["title"] for row in told}
    by_key = {item.key: item for item in outcome.items}
    for row in told:
        published = by_key[str(row["id"])].published
        assert published is not None
        assert published.at is not None
        assert published.at == datetime.fromisoformat(row["published_at"] + "+08:00")
        assert by_key[str(row["id"])].text == row["description"].strip()


def test_disclosures_of_an_exchange_are_read(shared: Path, tmp_path: Path) -> None:
    body = members(shared / "data/pages/official.zip")["china-corporate-disclosures/szse.json"]
    url = "https://www.szse.cn/api/disc"
    spec = json_list(
        "cn-szse",
        url,
        lang="zh-Hans",
        fields={"key": "id", "title": "title", "date": "publishTime"},
        items="data",
        link="https://www.szse.cn/disclosure/{key}",
        full_text=False,
    )
    outcome = line(tmp_path, [spec], {url: body}, now=datetime(2026, 7, 20, tzinfo=UTC))
    told = json.loads(body)["data"]

    assert {(item.title, str(item.published and item.published.day)) for item in outcome.items} == {
        (row["title"], row["publishTime"][:10]) for row in told
    }


def test_a_page_of_fatf_is_read_without_its_furniture(shared: Path, tmp_path: Path) -> None:
    body = members(shared / "data/pages/official.zip")["fatf-blacklist-2026-02.html"]
    page = "https://www.fatf-gafi.org/en/publications/black.html"
    listing = f'<li><a href="{page}">High-Risk Jurisdictions, February 2026</a> <i>13 February 2026</i></li>'
    endpoint = Endpoint(
        column="news",
        kind="html",
        url="https://www.fatf-gafi.org/list",
        items="li",
        fields={"title": "a", "url": "a@href", "date": "i"},
        detail=Detail(),
    )
    outcome = line(
        tmp_path, [media("int-fatf", endpoint, tier=2)], {endpoint.url: listing.encode(), page: body}, now=NOW
    )
    [item] = outcome.items

    assert "Democratic People's Republic of Korea" in item.text.replace("’", "'")
    assert "countermeasures" in item.text
    assert "cookie" not in item.text.lower()


@pytest.fixture(scope="module")
def policies(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, str]], Outcome]:
    told = rows(shared / "data/gov_cn_policy/documents.jsonl.gz")
    spec = SPECS["cn-gov-zhengce"]
    listing = [
        {
            "TITLE": row["title"],
            "URL": row["url"],
            "DOCRELPUBTIME": "-".join(re.findall(r"\d+", row["url"])[:3]),
        }
        for row in told
    ]
    pages = {row["url"]: row["html_page"].encode() for row in told}
    pages[spec.endpoints[0].url] = json.dumps(listing).encode()
    pages[spec.endpoints[1].url] = b"[]"
    folder = tmp_path_factory.mktemp("policies")
    return told, line(folder, [spec], pages, now=datetime(2019, 2, 20, tzinfo=UTC))


def test_numbers_and_dates_of_all_state_council_documents_are_right(
    policies: tuple[list[dict[str, str]], Outcome],
) -> None:
    told, outcome = policies
    items = {re.sub(r"^https?://(www\.)?", "", item.url): item for item in outcome.items}

    assert len(told) == 24
    for row in told:
        item = items[re.sub(r"^https?://(www\.)?", "", row["url"])]
        table = lxml_html.fromstring(row["html_page"])
        cells = ["".join(cell.itertext()).strip() for cell in table.xpath("//table//table//td")]
        labels = {re.sub(r"[\s：]", "", name): value for name, value in itertools.pairwise(cells)}
        wanted = {
            "date_signed": "-".join(re.findall(r"\d+", labels["成文日期"])),
            "date_published": "-".join(re.findall(r"\d+", labels["发布日期"])),
        }

        # 国令 is the page's short form of 国务院令.
        number = row["doc_number"].replace("国令第", "国务院令第")
        assert outcome.values(item, "document_number") == [number]
        assert {kind: outcome.values(item, kind) for kind in wanted} == {k: [v] for k, v in wanted.items()}
        assert item.published is not None
        assert str(item.published.day) == wanted["date_published"]
        assert set(outcome.values(item, "document_type")) <= set(DOCUMENT_TYPES)


def test_documents_of_different_numbers_are_different_stories(
    policies: tuple[list[dict[str, str]], Outcome],
) -> None:
    told, outcome = policies

    assert len(outcome.views) == len(told)


def test_a_month_of_evening_news_runs_as_an_official_media_source(shared: Path, tmp_path: Path) -> None:
    told = rows(shared / "data/xinwenlianbo/items.jsonl.gz")
    days = sorted({row["date"] for row in told})
    endpoints, pages = [], {}
    for day in days:
        url = f"https://tv.cctv.com/lm/xwlb/{day}.json"
        endpoints.append(
            Endpoint(
                column="news",
                kind="json",
                url=url,
                full_text=False,
                fields={"key": "id", "title": "title", "date": "date", "html": "content"},
                link="https://tv.cctv.com/{key}",
            )
        )
        pages[url] = json.dumps([row for row in told if row["date"] == day], ensure_ascii=False).encode()
    spec = media("cn-xwlb", *endpoints, lang="zh-Hans")
    outcome = line(tmp_path, [spec], pages, now=datetime(2025, 12, 31, tzinfo=UTC))
    read = {item.key: item for item in outcome.items}

    assert not outcome.crawled.problems
    assert set(read) == {row["id"] for row in told}
    for row in told:
        published = read[row["id"]].published
        assert published is not None
        assert str(published.day) == row["date"]
        assert published.at is None


@pytest.fixture(scope="module")
def taiyuan(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    text = (shared / "seeds/pbc-taiyuan-reply-2023-14.txt").read_text("utf-8")
    paragraphs = "".join(f"<p>{part.strip()}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
    title = "中国人民银行太原中心支行关于省政协十三届一次会议经济建设类第0762号提案的答复"
    spec = SPECS["cn-pbc"]
    page = "http://www.pbc.gov.cn/taiyuan/133960/4896714/index.html"
    [rules] = [endpoint for endpoint in spec.endpoints if "144957" in endpoint.url]
    listing = (
        '<table><tr><td><font class="newslist_style">'
        f'<a href="{page}" title="{title}">{title[:30]}…</a></font>'
        '<span class="hui12">2023-04-21</span></td></tr></table>'
    )
    document = (
        f'<html><h2>{title}</h2><span id="shijian">2023-04-21</span><div id="zoom">{paragraphs}</div></html>'
    )
    pages = {rules.url: listing.encode(), page: document.encode()}
    return line(tmp_path_factory.mktemp("taiyuan"), [spec], pages, now=datetime(2023, 4, 22, tzinfo=UTC))


def test_the_reply_of_taiyuan_is_read_as_what_it_is(taiyuan: Outcome) -> None:
    [item] = taiyuan.items
    cited = set(taiyuan.values(item, "citation"))

    assert taiyuan.values(item, "document_number") == ["并银函〔2023〕14号"]
    assert taiyuan.values(item, "document_type")[0] == "reply_to_proposal"
    assert taiyuan.values(item, "date_signed") == ["2023-04-21"]
    assert cited >= {
        "JR/T 0171-2020",
        "JR/T 0197-2020",
        "JR/T 0223-2021",
        "JR/T 0258-2022",
        "银发〔2021〕335号",
    }


def test_the_reply_of_taiyuan_creates_no_duty_and_ranks_low(taiyuan: Outcome) -> None:
    [view] = taiyuan.views

    assert view.rank.level in ("routine", "notable")
    assert "no" in " ".join(sentence.text for sentence in view.briefs["en"].impact).lower()
    assert "不产生" in "".join(sentence.text for sentence in view.briefs["zh"].impact)


@pytest.mark.parametrize("private", ["宋亚超", "0351—4922985", "4922985", "高 波", "高波"])
def test_handlers_and_telephone_numbers_are_not_published(taiyuan: Outcome, private: str) -> None:
    published = [path for path in taiyuan.built.path.parent.rglob("*") if path.is_file()]

    assert len(published) > 20
    assert not [path.name for path in published if private.encode() in path.read_bytes()]


# --- the acceptance: the page we must beat -------------------------------------------------------

SEED_TITLES = (
    "金融监管总局：推进人工智能金融行业应用基础设施建设",
    "金融监管总局:支持金融机构在风险可控的前提下,推进生成式人工智能技术的业务应用和配套能力体系建设",
    "金融监管总局：加强人工智能安全开发应用治理",
)


@pytest.fixture(scope="module")
def seed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The three items of the seed page as the newsflash feed of 36Kr."""
    page = (shared / "seeds/story-page-pulseaugur.txt").read_text("utf-8")
    texts = re.findall(r"^\s*(36氪获悉.+)$", page, re.MULTILINE)
    assert len(texts) == 3
    entries = [
        (title, f"https://36kr.com/newsflashes/{number}", f"2026-11-20 1{number}:00:00 +0800", text)
        for number, (title, text) in enumerate(zip(SEED_TITLES, texts, strict=True))
    ]
    flash = SPECS["cn-36kr"].endpoints[1].url
    return line(tmp_path_factory.mktemp("seed"), [SPECS["cn-36kr"]], {flash: rss(entries)}, now=NOW)


def test_the_three_items_are_one_story_of_one_publisher(seed: Outcome) -> None:
    [view] = seed.views

    assert (view.items, view.publishers, view.official) == (3, 1, 0)


def test_guidance_of_nfra_is_not_ranked_down_for_lack_of_official_coverage(seed: Outcome) -> None:
    [view] = seed.views

    assert view.rank.level in ("significant", "critical")


def page_text(seed: Outcome, lang: str) -> str:
    [view] = seed.views
    tree = lxml_html.parse(str(seed.built.path / lang / "e" / str(view.story.id) / "index.html"))
    return " ".join(" ".join(tree.getroot().find("body").itertext()).split())


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        pytest.param("en", "NFRA issues guiding opinions", id="translated-headline"),
        pytest.param("en", SEED_TITLES[1][:20], id="original-headline-en"),
        pytest.param("zh", SEED_TITLES[1][:20], id="original-headline-zh"),
        pytest.param("en", "Impact", id="impact-en"),
        pytest.param("zh", "影响", id="impact-zh"),
        pytest.param("en", "[significant: force=", id="rank-code-en"),
        pytest.param("zh", "[significant: force=", id="rank-code-zh"),
        pytest.param("en", "banks", id="rank-reason-en"),
        pytest.param("zh", "银行", id="rank-reason-zh"),
        pytest.param("en", "Read on 36Kr →", id="read-on-en"),
        pytest.param("zh", "36氪", id="read-on-zh"),
        pytest.param("en", "3 items · 1 publisher · 0 official", id="count-en"),
        pytest.param("zh", "3 条 · 1 家发布者 · 0 份官方文件", id="count-zh"),
        pytest.param("en", "no generative AI, from 3 items", id="engine-en"),
        pytest.param("zh", "未使用生成式人工智能", id="engine-zh"),
        pytest.param("en", "Coverage [3]", id="coverage-en"),
        pytest.param("zh", "[3]", id="coverage-zh"),
        pytest.param("en", "TIER 3", id="tier-en"),
        pytest.param("zh", "TIER 3", id="tier-zh"),
        pytest.param("en", "Chinese (Simplified)", id="language-en"),
        pytest.param("zh", "中文（简体）", id="language-zh"),
        pytest.param("en", "Live", id="clock-en"),
        pytest.param("en", "Guiding opinions", id="type-en"),
        pytest.param("zh", "指导意见", id="type-zh"),
        pytest.param("en", "National Financial Regulatory Administration", id="issuer-en"),
        pytest.param("zh", "国家金融监督管理总局", id="issuer-zh"),
        pytest.param("en", "20 November 2026", id="date-en"),
        pytest.param("zh", "2026年11月20日", id="date-zh"),
        pytest.param("zh", "外部引入的生成式人工智能模型需经过网信部门备案", id="source-text"),
    ],
)
def test_the_story_page_carries_all_that_the_seed_page_carries(seed: Outcome, lang: str, wanted: str) -> None:
    folded = page_text(seed, lang).replace("• ", "· ")

    assert wanted in folded


def test_each_sentence_of_the_brief_leads_to_its_source(seed: Outcome) -> None:
    [view] = seed.views
    for lang in ("en", "zh"):
        tree = lxml_html.parse(
            str(seed.built.path / lang / "e" / str(view.story.id) / "index.html")
        ).getroot()
        targets = set(tree.xpath("//@id"))
        marks = [href for href in tree.xpath("//a/@href") if href.startswith("#")]

        assert len(marks) >= len(view.briefs["en"].sentences)
        assert {mark[1:] for mark in marks} <= targets
