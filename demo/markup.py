"""The HTML of the demo's pages: each source's own markup, inside the clutter that surrounds it everywhere."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import urlsplit

from addresses import file_urls
from pieces import MONTHS, Piece, to_html

from dibao.crawler.source import SourceSpec


def links(piece: Piece, page: str) -> str:
    urls = file_urls(piece, page)
    return "\n".join(
        f'<p><a href="{escape(urlsplit(url).path)}">{escape(file.name)}</a></p>'
        for url, file in zip(urls, piece.files, strict=True)
    )


def _pbc_main(piece: Piece, url: str) -> tuple[str, str]:
    dated = f"{piece.day}" if piece.clock is None else f"{piece.clock:%Y-%m-%d %H:%M:%S}"
    return (
        f'<h2 style="font-size:16px">{escape(piece.title)}</h2>\n'
        '<div>字号 <a href="javascript:void(0)">大</a> 文章来源：<span id="laiyuan">中国人民银行</span> '
        f'<span id="shijian" class="hui12">{dated}</span></div>\n'
        f'<div id="zoom">\n{to_html(piece, word=True)}\n{links(piece, url)}\n</div>'
    ), ""


def _govcn_main(piece: Piece, url: str) -> tuple[str, str]:
    cells = [f"<td><b>{escape(label)}</b></td><td>{escape(value)}</td>" for label, value in piece.labels]
    rows = "\n".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
    table = f'<table class="bd1" width="100%">\n<tbody>\n{rows}\n</tbody>\n</table>\n' if cells else ""
    stamp = f"{piece.when:%Y-%m-%d-%H:%M:%S}"  # the third hyphen is the source's own
    head = (
        f'<meta name="firstpublishedtime" content="{stamp}"/>\n'
        f'<meta name="lastmodifiedtime" content="{stamp}"/>\n'
        f'<meta name="manuscriptId" content="{piece.key}"/>\n'
    )
    return (
        f'<h1 id="ti">{escape(piece.title)}</h1>\n<div class="pages-date">{piece.when:%Y-%m-%d %H:%M} '
        f'<span class="font">来源：{"中国政府网" if cells else "有关部门网站"}</span></div>\n{table}'
        f'<div class="pages_content" id="UCAP-CONTENT">\n{to_html(piece)}\n</div>\n'
        '<div class="share">【我要纠错】责任编辑：示例</div>'
    ), head


def _cac_main(piece: Piece, url: str) -> tuple[str, str]:
    return (
        f'<h1 class="title">{escape(piece.title)}</h1>\n<div class="info"><span id="pubtime">'
        f"{piece.when:%Y年%m月%d日 %H:%M}</span> <span>来源： 中国网信网</span></div>\n"
        f'<div id="BodyLabel">\n{to_html(piece)}\n<script>var demo_statistics = 1;</script>\n</div>'
    ), ""


def _people_main(piece: Piece, url: str) -> tuple[str, str]:
    return (
        f'<h1>{escape(piece.title)}</h1>\n<div class="channel"><div class="col-1-1">'
        f"{piece.when:%Y年%m月%d日%H:%M} | 来源：人民网</div></div>\n"
        f'<div class="rm_txt_con cf">\n{to_html(piece)}\n</div>\n<div class="edit cf">(责编：示例)</div>'
    ), ""


def _english_main(box: str, stamp: str = "") -> Callable[[Piece, str], tuple[str, str]]:
    """Return a maker of the common shape: heading, date line, body inside ``box``."""

    def main(piece: Piece, url: str) -> tuple[str, str]:
        dated = _english_date(piece, stamp)
        body = f"{to_html(piece)}\n{links(piece, url)}"
        return f"<article>\n<h1>{escape(piece.title)}</h1>\n{dated}\n{box.replace('…', body)}\n</article>", ""

    return main


def _english_date(piece: Piece, stamp: str) -> str:
    if piece.day is None:
        return ""
    day = piece.day
    if stamp == "First published":
        return f'<p class="published">First published: {day:%d/%m/%Y}</p>'
    american = f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
    shown = american if stamp == "american" else f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f'<p class="date"><time datetime="{day}">{shown}</time></p>'


def html_page(
    spec: SourceSpec, title: str, main: str, *, lang: str, charset: str = "utf-8", head: str = ""
) -> str:
    """Wrap the main part of a page in what surrounds it on every site: menus, links, a footer."""
    chinese = lang.startswith("zh")
    name = spec.name_zh if chinese else spec.name_en
    menu = ["首页", "机构概况", "政务公开", "互动交流"] if chinese else ["Home", "About", "News", "Contact"]
    note = (
        "本页为邸报（Dibao）项目的虚构示例，并非该机构发布。"
        if chinese
        else "Fictional page of the Dibao demo. It was not issued by this institution."
    )
    links = "".join(f'<li><a href="/demo/{n}">{word}</a></li>' for n, word in enumerate(menu))
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="{charset}"/>\n'
        f"<title>{escape(title)} - {escape(name)}</title>\n{head}"
        "<style>.nav{float:left}</style>\n<script>window.demoAnalytics=[];</script>\n</head>\n<body>\n"
        f'<header class="site-header"><nav class="nav"><ul>{links}</ul></nav></header>\n'
        f"<main>\n{main}\n</main>\n"
        f'<footer class="site-footer"><p>{note}</p><p>© {escape(name)}</p></footer>\n</body>\n</html>\n'
    )


MAINS: dict[str, Callable[[Piece, str], tuple[str, str]]] = {
    "cn-pbc": _pbc_main,
    "cn-gov-zhengce": _govcn_main,
    "cn-gov-yaowen": _govcn_main,
    "cn-cac": _cac_main,
    "cn-people": _people_main,
    "hk-hkma": _english_main('<div class="template-content"><div class="content-body">\n…\n</div></div>'),
    "us-sec": _english_main('<div class="clearfix field--name-body">\n…\n</div>', "american"),
    "us-fed": _english_main('<div id="article">\n…\n</div>', "american"),
    "uk-fca": _english_main('<div class="copy-block">\n…\n</div>', "First published"),
    "eu-ecb": _english_main('<div class="section">\n…\n</div>'),
}
