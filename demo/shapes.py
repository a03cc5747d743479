"""How each source of the demo answers: the exact shapes of its lists and pages, filled with pieces.

``answers`` gives the list of one endpoint and the pages and files behind it. Shapes follow what the
catalogue (crawler/sources) reads; navigation, footers, layout styles and odd dates are there on purpose.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import files
from addresses import file_urls, page_url
from markup import MAINS, html_page, links
from pieces import DAYS, MONTHS, Piece, rfc822, to_html

from dibao.crawler.source import Endpoint, SourceSpec
from dibao.crawler.then import second_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of the sample web. ``headers`` go to a sidecar where the file name does not tell enough."""

    url: str
    body: bytes
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()


Shape = Callable[[SourceSpec, Endpoint, list[Piece]], Iterator[Answer]]


def answers(spec: SourceSpec, endpoint: Endpoint, url: str, pieces: list[Piece]) -> Iterator[Answer]:
    """Yield the list at ``url``, newest first, and everything that its entries lead to."""
    ordered = sorted(pieces, key=_age, reverse=True)
    listed, paged = _SHAPES[spec.id, endpoint.kind]
    if endpoint.then is not None:
        channel = hashlib.sha256(url.encode()).hexdigest()[:32]
        shell = html_page(
            spec, "栏目", "", lang="zh-CN", head=f'<meta name="channelid" content="{channel}"/>'
        )
        yield Answer(url=url, body=shell.encode())
        url = second_url(endpoint, {"channel": channel}, page=url, allow_http=spec.allow_http)
    yield Answer(
        url=url,
        body=listed(spec, endpoint, ordered),
        method=endpoint.method,
        headers=_headers(endpoint),
    )
    if endpoint.detail is None or not endpoint.full_text:
        return
    for piece in ordered:
        yield paged(spec, endpoint, piece)
        yield from attached(piece, page_url(spec, endpoint, piece))


def _age(piece: Piece) -> tuple[str, str]:
    return (piece.when.isoformat() if piece.day else "", piece.key)


def _headers(endpoint: Endpoint) -> tuple[tuple[str, str], ...]:
    if endpoint.kind == "feed":
        return (("content-type", "application/rss+xml; charset=utf-8"),)
    return (("content-type", "application/json; charset=utf-8"),) if endpoint.kind == "json" else ()


def attached(piece: Piece, page: str) -> Iterator[Answer]:
    """Yield the files of a piece."""
    makers = {"pdf": files.pdf, "docx": files.docx, "scan": lambda _: files.scan()}
    for file, url in zip(piece.files, file_urls(piece, page), strict=True):
        yield Answer(url=url, body=makers[file.kind](file.text))


# --- JSON ----------------------------------------------------------------------------------------


def _json(value: Any, *, bom: bool = False) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.encode("utf-8-sig" if bom else "utf-8") + b"\n"


def _millis(piece: Piece) -> int:
    return int(piece.when.timestamp() * 1000)


def _nfra_row(piece: Piece) -> dict[str, Any]:
    files_of = file_urls(piece, "")
    docx = next((u for u in files_of if u.endswith("docx")), None)
    return {
        "docId": int(piece.key),
        "docTitle": piece.title,
        "docSubtitle": piece.title,
        "publishDate": f"{piece.when:%Y-%m-%d %H:%M:%S}",
        "documentNo": piece.number or None,
        "docSummary": None,
        "docFileUrl": urlsplit(docx).path if docx else None,
        "pdfFileUrl": None,
        "isTitleLink": "0",
        "titleLink": None,
        "generaltype": "1" if piece.number else "0",
    }


def _nfra_list(spec: SourceSpec, endpoint: Endpoint, pieces: list[Piece]) -> bytes:
    rows = [_nfra_row(piece) for piece in pieces]
    return _json({"rptCode": 200, "msg": "成功", "data": {"total": len(rows), "rows": rows}})


def _nfra_page(spec: SourceSpec, endpoint: Endpoint, piece: Piece) -> Answer:
    clob = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>'
        '<meta name="Generator" content="Microsoft Word 15 (filtered)"/>'
        "<style>p.MsoNormal{mso-style-parent:&quot;&quot;;text-align:justify}</style></head><body>"
        '<div class="Section0" style="layout-grid:15.6pt">'
        f"{to_html(piece, word=True)}{links(piece, '')}</div>"
        "</body></html>"
    )
    data = {**_nfra_row(piece), "docClob": clob, "docEditdate": None, "docSource": "国家金融监督管理总局"}
    body = _json({"rptCode": 200, "msg": "成功", "data": data})
    return Answer(url=_data_url(endpoint, piece), body=body, headers=_headers(endpoint))


def _data_url(endpoint: Endpoint, piece: Piece) -> str:
    """Return where a piece's text is served as JSON."""
    if endpoint.detail is None:
        raise ValueError(f"{endpoint.url}: the catalogue names no detail address")
    return endpoint.detail.url.replace("{key}", piece.key)


def _csrc_list(spec: SourceSpec, endpoint: Endpoint, pieces: list[Piece]) -> bytes:
    rows = []
    for piece in pieces:
        page = page_url(spec, endpoint, piece)
        names = [{"name": label, "value": value} for label, value in piece.labels]
        rows.append(
            {
                "manuscriptId": f"demo{piece.key}",
                "title": piece.title,
                "subTitle": "",
                "url": page.removeprefix("https:"),
                "publishedTime": _millis(piece),
                "publishedTimeStr": f"{piece.when:%Y-%m-%d %H:%M:%S}",
                "content": "".join(piece.plain),
                "contentHtml": to_html(piece, word=True),
                "memo": "",
                "channelName": "证监会要闻" if endpoint.column == "news" else "行政许可批复",
                "domainMetaList": [{"domainName": "政府信息公开", "resultList": names}] if names else [],
                "resList": [],
            }
        )
    return _json({"code": 200, "data": {"total": len(rows), "page": 1, "rows": 18, "results": rows}})


def _govcn_list(spec: SourceSpec, endpoint: Endpoint, pieces: list[Piece]) -> bytes:
    rows = [
        {
            "TITLE": piece.title,
            "SUB_TITLE": "",
            "URL": page_url(spec, endpoint, piece),
            "DOCRELPUBTIME": str(piece.day),
        }
        for piece in pieces
    ]
    return _json(rows, bom=True)  # the real file starts with a byte order mark


def _flow_list(spec: SourceSpec, endpoint: Endpoint, pieces: list[Piece]) -> bytes:
    rows = [
        {
            "itemId": int(piece.key),
            "itemType": 0,
            "templateMaterial": {
                "itemId": int(piece.key),
                "widgetTitle": piece.title,
                "widgetContent": piece.lead,
                "publishTime": _millis(piece),
                "sourceUrlRoute": "",
            },
            "route": f"detail_newsflash?itemId={piece.key}",
        }
        for piece in pieces
    ]
    return _json({"code": 0, "data": {"itemList": rows, "pageCallback": "demo", "hasNextPage": 0}})


def _hkma_list(spec: SourceSpec, endpoint: Endpoint, pieces: list[Piece]) -> bytes:
    records = [
        {"title": piece.title, "link": page_url(spec, endpoint, piece), "date": str(piece.day)}
        for piece in pieces
    ]
    header = {"success": True, "err_code": "0000", "err_msg": "No error found"}
    return _json({"header": header, "result": {"datasize": len(records), "records": records}})


def _sfc_list(spec: SourceSpec, endpoint: Endpoint, pieces: list[Piece]) -> bytes:
    rows = [
        {
            "newsRefNo": piece.key,
            "lang": "EN",
            "title": piece.title,
            "newsType": piece.kind or "GN",
            "issueDate": f"{piece.when:%Y-%m-%dT%H:%M:%S}",
            "newsExtLink": None,
        }
        for piece in pieces
    ]
    return _json({"items": rows, "total": len(rows)})


def _sfc_page(spec: SourceSpec, endpoint: Endpoint, piece: Piece) -> Answer:
    html = f'<div class="news-content">\n{to_html(piece)}\n<p>End</p>\n</div>'
    data = {"refNo": piece.key, "lang": "EN", "title": piece.title, "html": html}
    data |= {"imageList": [], "appendixDocList": []}
    return Answer(url=_data_url(endpoint, piece), body=_json(data), headers=_headers(endpoint))


def _register_list(spec: SourceSpec, endpoint: Endpoint, pieces: list[Piece]) -> bytes:
    rows = [
        {
            "title": piece.title,
            "abstract": piece.lead,
            "document_number": piece.key,
            "html_url": page_url(spec, endpoint, piece),
            "publication_date": str(piece.day),
            "effective_on": piece.effective or None,
            "comments_close_on": piece.deadline or None,
            "citation": piece.number,
            "action": piece.kind,
        }
        for piece in pieces
    ]
    return _json({"count": len(rows), "description": "Documents", "total_pages": 1, "results": rows})


# --- feeds ---------------------------------------------------------------------------------------


def _feed(spec: SourceSpec, endpoint: Endpoint, pieces: list[Piece]) -> bytes:
    lang = pieces[0].lang if pieces else "en"
    items = "\n".join(_feed_item(spec, endpoint, piece) for piece in pieces)
    name = spec.name_zh if lang.startswith("zh") else spec.name_en
    note = "邸报示例：虚构内容 / Dibao demo: fictional"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">\n<channel>\n'
        f"<title>{escape(name)}</title>\n<link>{escape(spec.homepage)}</link>\n<description>{note}</description>\n"
        f"<language>{'zh-cn' if lang.startswith('zh') else 'en'}</language>\n{items}\n</channel>\n</rss>\n"
    ).encode()


def _feed_item(spec: SourceSpec, endpoint: Endpoint, piece: Piece) -> str:
    link = page_url(spec, endpoint, piece)
    guid, summary, title = link, piece.lead, piece.title
    author = f"\n<author><![CDATA[{piece.author}]]></author>" if piece.author else ""
    if spec.id == "cn-36kr":
        link, guid = f"{link}?f=rss", piece.key
        summary = to_html(piece) if endpoint.column == "article" else piece.lead
    elif spec.id == "cn-pbc":
        # No scheme, and a long title is cut: both as the source does it.
        link = guid = link.removeprefix("https://")
        title = title if len(title) <= 30 else f"{title[:28]}..."
    date = _feed_date(spec, piece)
    return (
        f"<item>\n<title><![CDATA[{title}]]></title>\n<link>{escape(link)}</link>\n"
        f'<guid isPermaLink="false">{escape(guid)}</guid>{author}{date}\n'
        f"<description><![CDATA[{summary}]]></description>\n</item>"
    )


def _feed_date(spec: SourceSpec, piece: Piece) -> str:
    if piece.day is None:
        return ""
    when = piece.when
    match spec.id:
        case "cn-36kr":
            shown = f"{when:%Y-%m-%d %H:%M:%S}  +0800"
        case "uk-fca":
            shown = f"{DAYS[when.weekday()]}, {MONTHS[when.month - 1]} {when.day}, {when.year} - {when:%H:%M}"
        case "cn-pbc":
            gmt = when.astimezone(ZoneInfo("UTC"))
            shown = f"{gmt.day} {MONTHS[gmt.month - 1][:3]} {gmt.year} {gmt:%H:%M:%S} GMT"
        case "us-fed":
            shown = rfc822(when.astimezone(ZoneInfo("UTC")), zone="GMT")
        case "cn-people":
            shown = f"{when:%Y-%m-%d}"
        case _:
            shown = rfc822(when)
    return f"\n<pubDate>{shown}</pubDate>"


# --- HTML lists ----------------------------------------------------------------------------------


def _pbc_list(spec: SourceSpec, endpoint: Endpoint, pieces: list[Piece]) -> bytes:
    rows = []
    for piece in pieces:
        path = urlsplit(page_url(spec, endpoint, piece)).path
        full = escape(piece.title)
        cut = full if len(full) <= 38 else f"{full[:36]}..."
        link = f'<a href="{path}" onclick="void(0)" target="_blank" title="{full}" istitle="true">'
        if "txtlist" in endpoint.items:
            rows.append(f"<li>{link}{cut}</a><span>{piece.day}</span></li>")
        else:
            rows.append(
                f'<tr><td height="22" align="left"><font class="newslist_style">{link}{cut}</a></font>'
                f'<span class="hui12">{piece.day}</span></td></tr>'
            )
    shown = "\n".join(rows)
    penalties = "txtlist" in endpoint.items
    box = f'<ul class="txtlist">\n{shown}\n</ul>' if penalties else f"<table>\n{shown}\n</table>"
    pager = '<input type="hidden" name="totalpage" value="1"/>'
    return html_page(spec, "信息列表", f"{box}\n{pager}", lang="zh-CN").encode()


def _cac_list(spec: SourceSpec, endpoint: Endpoint, pieces: list[Piece]) -> bytes:
    rows = "\n".join(
        f'<li class="clearfix"><h5><a href="{page_url(spec, endpoint, p).removeprefix("https:")}" '
        f'target="_blank" title="{escape(p.title)}">{escape(p.title)}</a></h5>'
        f'<div class="times">{p.day}</div></li>'
        for p in pieces
    )
    return html_page(spec, "列表", f'<ul id="loadingInfoPage">\n{rows}\n</ul>', lang="zh-CN").encode()


# --- HTML pages, and who answers how ---------------------------------------------------------------


def _page(spec: SourceSpec, endpoint: Endpoint, piece: Piece) -> Answer:
    """A page of a source that serves HTML: its own markup inside common navigation and footer."""
    url = page_url(spec, endpoint, piece)
    main, head = MAINS[spec.id](piece, url)
    lang = {"zh-Hans": "zh-CN", "zh-Hant": "zh-HK"}.get(piece.lang, "en")
    page = html_page(spec, piece.title, main, lang=lang, charset=piece.charset, head=head)
    # gb2312 is what such pages declare; what they hold is its superset.
    encoding = "gb18030" if piece.charset.startswith("gb") else "utf-8"
    return Answer(url=url, body=page.encode(encoding), headers=(("content-type", "text/html"),))


_SHAPES: dict[tuple[str, str], tuple[Any, Any]] = {
    ("cn-nfra", "json"): (_nfra_list, _nfra_page),
    ("cn-csrc", "json"): (_csrc_list, _page),
    ("cn-pbc", "feed"): (_feed, _page),
    ("cn-pbc", "html"): (_pbc_list, _page),
    ("cn-gov-zhengce", "json"): (_govcn_list, _page),
    ("cn-gov-yaowen", "json"): (_govcn_list, _page),
    ("cn-cac", "html"): (_cac_list, _page),
    ("cn-36kr", "feed"): (_feed, _page),
    ("cn-36kr", "json"): (_flow_list, _page),
    ("cn-people", "feed"): (_feed, _page),
    ("cn-people-en", "feed"): (_feed, _page),
    ("hk-hkma", "json"): (_hkma_list, _page),
    ("hk-hkma", "feed"): (_feed, _page),
    ("hk-sfc", "json"): (_sfc_list, _sfc_page),
    ("hk-sfc", "feed"): (_feed, _page),
    ("us-sec", "feed"): (_feed, _page),
    ("us-fed", "feed"): (_feed, _page),
    ("us-federalregister", "json"): (_register_list, _page),
    ("uk-fca", "feed"): (_feed, _page),
    ("eu-ecb", "feed"): (_feed, _page),
}
