"""Files that only a list names are kept with their items; a document that is only a file is read from it."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from dibao.crawler.fetching import Fetched, FetchError
from dibao.crawler.parse.json import text_at
from dibao.crawler.reading import Memory, Reading, read_endpoint
from dibao.crawler.source import SourceSpec, load

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
CATALOGUE = load()


def read(spec: SourceSpec, answers: dict[str, str]) -> Reading:
    async def fetch(url: str, *, spec: SourceSpec, payload: Any = None, headers: Any = None) -> Fetched:
        if url not in answers:
            raise FetchError(f"{url} was not recorded", lasting=True)
        return Fetched(url=url, status=200, body=answers[url].encode(), content_type="text/plain")

    [endpoint] = spec.endpoints
    memory = Memory(poll=None, listings={})
    return asyncio.run(read_endpoint(spec, endpoint, memory=memory, now=NOW, fetch=fetch, first_is_news=True))


def only(name: str, part: str) -> SourceSpec:
    spec = CATALOGUE[name]
    [endpoint] = [e for e in spec.endpoints if part in e.name]
    return msgspec.structs.replace(spec, endpoints=(endpoint,))


CSRC = only("cn-csrc", "8d1c236a98924e38a854bbb9f215efb9")
ROW = {
    "manuscriptId": "ab1",
    "title": "关于核准某事的批复",
    "url": "//www.csrc.gov.cn/csrc/c101955/c1/content.shtml",
    "publishedTimeStr": "2026-11-19 08:00:00",
    "contentHtml": "<p>现批复如下。</p>",
}


def csrc(**row: Any) -> Reading:
    listed = json.dumps({"data": {"results": [ROW | row]}})
    file = "https://www.csrc.gov.cn/csrc/c101955/c1/files/a.txt"
    return read(CSRC, {CSRC.endpoints[0].list_url: listed, file: "附件正文"})


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            {"resList": [{"filePath": "/csrc/c101955/c1/files/a.txt", "fileName": "a.txt", "title": "附件"}]},
            id="named-by-the-row",
        ),
        pytest.param({"contentHtml": '<p>批复。<a href="files/a.txt">附件</a></p>'}, id="linked-in-its-text"),
    ],
)
def test_a_file_of_a_row_is_read_and_kept(row: dict[str, Any]) -> None:
    [item] = csrc(**row).items

    assert [(file.name, file.text) for file in item.attachments] == [("附件", "附件正文")]


def test_a_file_of_a_row_that_cannot_be_fetched_is_kept_linked_and_said() -> None:
    reading = csrc(resList=[{"filePath": "/files/b.txt", "fileName": "b.txt"}])
    [file] = reading.items[0].attachments

    assert (file.url, file.name) == ("https://www.csrc.gov.cn/files/b.txt", "b.txt")
    assert "not recorded" in file.unread
    assert [problem.url for problem in reading.problems] == [file.url]


def test_a_hidden_link_in_the_text_of_a_row_is_no_file() -> None:
    [item] = csrc(contentHtml='<p>批复。<a hidden href="files/a.txt">附件</a></p>').items

    assert item.attachments == ()


def test_of_paid_media_no_file_is_fetched() -> None:
    paid = msgspec.structs.replace(
        CSRC, endpoints=(msgspec.structs.replace(CSRC.endpoints[0], full_text=False),)
    )
    listed = json.dumps({"data": {"results": [ROW | {"resList": [{"filePath": "/files/b.txt"}]}]}})
    [item] = read(paid, {CSRC.endpoints[0].list_url: listed}).items

    assert item.attachments == ()


def nfra(body: str) -> Reading:
    spec = only("cn-nfra", "itemId=928")
    listed = {
        "rptCode": 200,
        "data": {"rows": [{"docId": 7, "docTitle": "某办法", "publishDate": "2026-11-19"}]},
    }
    document = {"data": {"docTitle": "某办法", "docClob": body, "docFileUrl": "/chinese/docfile/a.txt"}}
    return read(
        spec,
        {
            spec.endpoints[0].list_url: json.dumps(listed),
            "https://www.nfra.gov.cn/cn/static/data/DocInfo/SelectByDocId/data_docId=7.json": json.dumps(
                document
            ),
            "https://www.nfra.gov.cn/chinese/docfile/a.txt": "第一条 正文",
        },
    )


def test_the_original_file_is_read_where_a_document_has_no_other_text_and_only_there() -> None:
    [bare], [written] = nfra("").items, nfra("<p>第一条　正文</p>").items

    assert [file.text for file in bare.attachments] == ["第一条 正文"]
    assert (written.text, written.attachments) == ("第一条 正文", ())


def test_a_path_picks_the_objects_that_have_a_value() -> None:
    metadata = {
        "rows": [{"key": "wh", "value": "〔2026〕1号"}, {"key": "syh", "value": "bm1"}, {"value": "x"}]
    }

    assert text_at(metadata, "rows.key=wh.value") == "〔2026〕1号"
    assert text_at(metadata, "rows.key=none.value") == ""
