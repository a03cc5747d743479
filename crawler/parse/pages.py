"""A publication's own page → title, visible text, labels, dates, attachment links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from dibao.store import Moment

from ..source import Detail
from . import declared
from .dates import read_moment
from .entry import Link, Page
from .lists import read_field, select
from .maintext import main_text, outermost
from .streamed import settle
from .text import all_text, clean_text, clean_title, has_markup, parse_html, prune, visible_text
from .urls import canonical_url

MAX_CHARACTERS = 20_000_000
_MAX_LINKS = 100

_DOCUMENT = re.compile(
    r"\.(pdf|docx?|wps|wpt|ofd|xlsx?|et|csv|pptx?|zip|rar|7z|rtf|txt)(?=$|[?#)）\s])", re.IGNORECASE
)
_FIRST_LABEL = re.compile(
    r"(?:发布时间|发布日期|公布日期|公布时间|發布日期|發佈日期|刊发时间|First published|"
    r"Published(?: on)?|Publication date|Date published|Release date)\s?[:：|]?\s?(.{4,40})",
    re.IGNORECASE,
)
_LABEL_WORD = re.compile(r"[发發发公刊][布佈发][时日]|published|publicationdate|releasedate", re.IGNORECASE)
"""Part of every ``_FIRST_LABEL``, without spaces."""
_CHANGED = re.compile("updat|modif", re.IGNORECASE)
_PUBLISHED_META = (
    "pubdate", "firstpublishedtime", "publishdate", "publish_date", "article:published_time", "datepublished",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "date", "publishtime", "json-ld",
)  # fmt: skip
_MODIFIED_META = (
    "lastmodifiedtime",
    "article:modified_time",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
)

# What the tables of gov.cn, CSRC, AMAC, SAFE and MOF call their rows, white space removed.
_LABEL_WORDS = """
索引号 信息索引 主题分类 分类 信息分类 公文种类 文种 体裁
发文机关 发文机构 发布机构 发布单位 发文单位 制定机关 公开主体 信息来源
成文日期 发文日期 生成日期 公布日期 发布日期 发布时间 施行日期 实施日期 生效日期 失效日期 废止日期
标题 名称 信息名称 文件名称 发文字号 文号 文件编号 主题词 关键词
效力状态 时效性 有效性 公开方式 公开范围 内容概述
發文機關 發文字號 發文日期 發布日期 主旨 文號 索引號
"""
_LABELS = frozenset(_LABEL_WORDS.split())
_LABEL_SPACE = re.compile(r"[\s\u3000\xa0:：]+")
_LABEL_LINE = re.compile(r"([^：:|]{2,12})[：:]\s*(\S[^|]*)")


def parse_page(text: str, *, url: str, detail: Detail | None, zone: str, lang: str) -> Page:
    """Return what a page says. Empty ``title`` and ``text`` mean that there was nothing to read: never raises
    for what a publisher serves, only for a selector that is not one (DocumentError)."""
    tree = parse_html(text[:MAX_CHARACTERS])
    if tree is None:
        return Page(title="", text="", lang=lang)
    settle(tree)
    declared.reveal(tree)
    dated = declared.published(tree)
    metas = {"json-ld": dated, **_metas(tree)}
    said_lang = _declared_lang(tree)
    title = _title(tree, metas, detail)
    prune(tree)
    bodies = _bodies(tree, detail)
    body, heading = "\n".join(filter(None, map(visible_text, bodies))), ""
    guessed = not body
    if guessed:
        heading, body = main_text(tree, title=title)
    tables = select(tree, detail.labels) if detail is not None and detail.labels else [tree]
    labels = [pair for table in tables for pair in label_pairs(table, chosen=table is not tree)]
    return Page(
        title=title,
        text=body,
        heading=heading,
        guessed=guessed and bool(body) and detail is not None and bool(detail.body),
        published=_published(tree, metas, detail, body, zone, lang),
        labels=tuple(dict.fromkeys(labels)),
        links=tuple(_links(tree, bodies, detail, url)),
        lang=lang or said_lang,
        modified=_first_moment((metas.get(name, "") for name in _MODIFIED_META), zone, lang),
    )


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _declared_lang(tree: Any) -> str:
    tag = (tree.get("lang") or "").strip()
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}", tag) else ""


def _title(tree: Any, metas: dict[str, str], detail: Detail | None) -> str:
    chosen = read_field(tree, detail.title) if detail is not None and detail.title else ""
    headings = [text for heading in tree.iter("h1") if (text := clean_title(visible_text(heading)))]
    candidates = (
        chosen,
        metas.get("articletitle", ""),
        headings[0] if len(set(headings)) == 1 else "",
        metas.get("og:title", ""),
        next((all_text(t) for t in tree.iter("title")), ""),
        *headings[:1],
    )
    return next((title for raw in candidates if (title := clean_title(raw)) and not has_markup(raw)), "")


def _bodies(tree: Any, detail: Detail | None) -> list[Any]:
    """The elements that the source says hold the text, without those inside another."""
    return outermost(select(tree, detail.body)) if detail is not None and detail.body else []


def _published(
    tree: Any, metas: dict[str, str], detail: Detail | None, body: str, zone: str, lang: str
) -> Moment | None:
    """The date posted: where the source says it stands, else as labelled, else <time>, else meta."""

    def candidates() -> Iterator[str]:
        if detail is not None and detail.date:
            yield read_field(tree, detail.date)
        labelled = _FIRST_LABEL.search(_head(tree, body, detail))
        if labelled:
            yield labelled[1]
            yield labelled[1][:20]
        for said in (_marked_days(tree), _times(tree)):
            if len(said) == 1:
                yield said.pop()
        yield from (metas.get(name, "") for name in _PUBLISHED_META)

    return _first_moment(candidates(), zone, lang)


def _marked_days(tree: Any) -> set[str]:
    """What the page marks as its day of publication, in its own text."""
    marked = (e for e in select(tree, "[itemprop='datePublished']") if e.tag != "meta")
    return {e.get("content") or e.get("datetime") or all_text(e) for e in marked}


def _times(tree: Any) -> set[str]:
    """The times of the page, without those that say when it was last changed."""
    said = (t for t in tree.iter("time") if not _CHANGED.search(f"{t.get('class')} {t.get('itemprop')}"))
    return {t.get("datetime") or all_text(t) for t in said}


def _head(tree: Any, body: str, detail: Detail | None) -> str:
    """Where a label of the date may stand. The page is only read through where its words hold one at all."""
    if detail is not None and detail.date:
        return body[:2_000]
    words = "".join(clean_text(all_text(tree)).split())
    return visible_text(tree)[:20_000] if _LABEL_WORD.search(words) else ""


def _first_moment(texts: Iterable[str], zone: str, lang: str) -> Moment | None:
    return next(
        (moment for text in texts if (moment := read_moment(text, zone=zone, lang=lang)) is not None), None
    )


def normal_label(label: str) -> str:
    """Return a label without white space and colon: ``索 引 号：`` is ``索引号``."""
    return _LABEL_SPACE.sub("", label) if not label.isascii() else clean_title(label).rstrip(": ")


def label_pairs(root: Any, *, chosen: bool = False) -> list[tuple[str, str]]:
    """Return the pairs of label and value cells below ``root``.

    Without ``chosen`` only tables count of which at least two labels are known to be metadata; with it, the
    source's record has pointed at ``root``: every pair of cells and every line ``label：value`` counts.
    """
    tables = [root] if root.tag == "table" else [t for t in root.iter("table") if t.find(".//table") is None]
    pairs: list[tuple[str, str]] = []
    for table in tables:
        found = [pair for row in table.iter("tr") for pair in _row_pairs(row)]
        if chosen or sum(label in _LABELS for label, _ in found) >= 2:
            pairs += [pair for pair in found if chosen or pair[0] in _LABELS]
    if chosen and not pairs:
        for line in visible_text(root).split("\n"):
            match = _LABEL_LINE.match(line)
            if match:
                pairs.append((normal_label(match[1]), clean_title(match[2])))
    return [(label, value) for label, value in pairs if label and value]


def _row_pairs(row: Any) -> Iterator[tuple[str, str]]:
    cells = [clean_title(visible_text(cell)) for cell in row if cell.tag in ("td", "th")]
    for label, value in zip(cells[0::2], cells[1::2], strict=False):
        if 2 <= len(normal_label(label)) <= 20:
            yield normal_label(label), value


def _links(tree: Any, bodies: list[Any], detail: Detail | None, url: str) -> Iterator[Link]:
    if detail is not None and detail.attachments:
        roots = select(tree, detail.attachments)
        found = [link for root in roots for link in document_links(root, base=url, every=True)]
    else:
        found = [link for root in bodies or [tree] for link in document_links(root, base=url)]
    yield from list({link.url: link for link in reversed(found)}.values())[::-1][:_MAX_LINKS]


def document_links(root: Any, *, base: str, every: bool = False) -> list[Link]:
    """Return the links below ``root`` that lead to a document by ending or name, or ``every`` link."""
    found = []
    for anchor in root.iter("a"):
        href = anchor.get("href") or ""
        address = canonical_url(href, base=base)
        if not address:
            continue
        named = _named(address)
        shown = clean_title(visible_text(anchor)) or clean_title(
            anchor.get("title") or anchor.get("download") or ""
        )
        document = _DOCUMENT.search(urlsplit(address).path) or (named and "download" in address.lower())
        if every or document or (shown and _DOCUMENT.search(shown) and "download" in address.lower()):
            found.append(Link(url=address, name=clean_title(named) or shown or _file_name(address)))
    return found


def _named(address: str) -> str:
    """CAC's downloadfile.jsp?filepath=…&fText=<name> has its name in a parameter."""
    query = parse_qs(urlsplit(address).query)
    return next((query[name][0] for name in ("fText", "fileName", "filename") if name in query), "")


def _file_name(address: str) -> str:
    return unquote(urlsplit(address).path.rsplit("/", 1)[-1])
