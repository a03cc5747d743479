"""Real documents that nobody here wrote are read right."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from dibao.summarizer.facts import normal_number, parse_date, title_type

from .making import GOV, KR36, PBC, item, read, values

pytestmark = pytest.mark.shared


def test_a_branch_s_reply_to_a_proposal(shared: Path) -> None:
    text = (shared / "seeds" / "pbc-taiyuan-reply-2023-14.txt").read_text("utf-8")
    title = "中国人民银行太原中心支行关于省政协十三届一次会议经济建设类第0762号提案的答复"
    facts = read(item(title, text), by=PBC)
    private = {f.evidence.quote for f in facts if f.kind == "person_private"}

    assert values(facts, "issuer") == ["PBC-branch"]
    assert values(facts, "document_number") == ["并银函〔2023〕14号"]
    assert values(facts, "document_type") == ["reply_to_proposal"]
    assert values(facts, "date_signed") == ["2023-04-21"]
    assert set(values(facts, "citation")) == {
        "JR/T 0171-2020", "JR/T 0197-2020", "JR/T 0223-2021", "JR/T 0258-2022", "银发〔2021〕335号",
        "《中华人民共和国数据安全法》",
    }  # fmt: skip
    assert [f.value for f in facts if f.kind == "person_private"] == ["name", "name", "phone"]
    assert all(quote in text for quote in private)


def _gov_cn(shared: Path) -> list[dict[str, Any]]:
    path = shared / "data" / "gov_cn_policy" / "documents.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _labels(page: str) -> tuple[tuple[str, str], ...]:
    cells = [
        "".join(cell.text_content().split())
        for cell in html.fromstring(page).xpath("//table")[1].xpath(".//td")
    ]
    return tuple((name.strip("：:"), value) for name, value in zip(cells[::2], cells[1::2], strict=False))


@pytest.mark.parametrize("labelled", [True, False], ids=["with labels", "from the text alone"])
def test_every_state_council_document_has_its_own_number(shared: Path, labelled: bool) -> None:
    rows = _gov_cn(shared)
    numbers = []
    for row in rows:
        paragraphs = ("".join(p.itertext()).strip() for p in html.fromstring(row["html"]).xpath("//p"))
        what = item(
            row["title"],
            "\n".join(p for p in paragraphs if p),
            labels=_labels(row["html_page"]) if labelled else (),
        )
        numbers.append((values(read(what, by=GOV), "document_number"), [normal_number(row["doc_number"])]))

    assert len(rows) == 24
    assert [found for found, _ in numbers] == [expected for _, expected in numbers]


def test_every_state_council_document_has_its_dates_issuer_and_type(shared: Path) -> None:
    types = Counter[str]()
    for row in _gov_cn(shared):
        labels = dict(_labels(row["html_page"]))
        facts = read(item(row["title"], labels=tuple(labels.items())), by=GOV)
        days = [parse_date(labels[name]) for name in ("成文日期", "发布日期")]
        types[values(facts, "document_type")[0]] += 1

        assert None not in days
        assert values(facts, "date_signed") + values(facts, "date_published") == [str(day) for day in days]
        assert values(facts, "issuer")[0] == ("SCGO" if row["office"].startswith("国务院办公厅") else "SC")
    assert set(types) == {
        "notice", "notification_of_results", "rules", "letter", "opinions", "regulations", "interim_measures",
        "reply_to_proposal", "guiding_opinions", "approval_reply", "scheme",
    }  # fmt: skip


def test_the_three_reports_of_one_guidance(shared: Path) -> None:
    page = (shared / "seeds" / "story-page-pulseaugur.txt").read_text("utf-8")
    texts = re.findall(r"36氪获悉.*", page)
    read_all = [read(item("金融监管总局：加强治理", text, column="newsflash"), by=KR36) for text in texts]

    assert len(read_all) == 3
    for facts in read_all:
        assert values(facts, "issuer") == ["NFRA"]
        assert values(facts, "document_type") == ["guiding_opinions"]
        assert {"banks", "insurers"} <= set(values(facts, "entity_bound"))
        assert {"ai", "banking", "insurance"} <= set(values(facts, "topic"))
    assert [("must" in values(facts, "obligation")) for facts in read_all] == [False, True, True]


def test_titles_of_laws_nearly_all_have_a_type(shared: Path) -> None:
    path = shared / "data" / "cn_law_titles" / "titles.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        titles = [json.loads(line)["title"] for line in lines]
    typed = sum(bool(title_type(title, chinese=True)) for title in titles)

    assert typed / len(titles) > 0.95


def test_effective_dates_of_finance_laws_stand_in_their_texts(shared: Path) -> None:
    """Where a law says 自…起施行 of itself, that date and no other is found."""
    with zipfile.ZipFile(shared / "data" / "cn_law_titles" / "finance_law_texts.zip") as bundle:
        names = [n for n in bundle.namelist() if n.endswith(".md")]
        texts = {n: bundle.read(n).decode("utf-8") for n in names}
    said = found = right = 0
    for name, text in texts.items():
        own = re.findall(
            r"本(?:法|条例|办法|规定|解释|规则)自(\d{4}年\d{1,2}月\d{1,2}日)起(?:施行|实施|执行)", text
        )
        effective = values(read(item(Path(name).stem, text), by=GOV), "date_effective")
        if len(own) == 1:
            said += 1
            found += bool(effective)
            right += effective == [str(parse_date(own[0]))]

    assert said >= 20
    assert (found, right) == (said, said)
