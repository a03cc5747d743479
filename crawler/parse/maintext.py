"""The main text of a page that no selector describes: the box a known system puts it in, else by trafilatura.

Lines are those a reader sees. trafilatura joins the paragraphs of short pages and of table cells into one
line; facts read line by line, so its text is laid back over the page's own lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from lxml import html as lxml_html

from .lists import select
from .text import clean_text, visible_text

TRAFILATURA_LIMIT = 1_500_000
"""Characters: beyond this a page is data, and guessing its main text takes longer than it is worth."""

KNOWN_BODIES = (
    "#UCAP-CONTENT, .TRS_Editor, .TRS_UEDITOR, .trs_editor_view, .trs_paper_default, .pages_content, #zoom, "
    "#Zoom, #fontzoom, #BodyLabel, .detail-news, .detail_content, .wp_articlecontent, #rwb_zw, .left_zw"
)
"""Where the editors of Chinese publishing systems put a text, and nothing else (families.yaml)."""
_LEAST_BODY = 40
"""Characters: less in a known box is a caption, or a body that a script fills."""

# What stands around a text on Chinese sites and is never part of one; judged by whole lines only.
_BUTTONS = re.compile(
    r"(?:字体|字号|文字大小|分享[到至]?|打印(?:本页|此页|文章)?|关闭(?:窗口|本页|页面)?|收藏(?:本页)?|(?:返回|回到)顶部"
    r"|微信|微博|QQ空间|朋友圈|超大|特大|[大中小]|首页|[\s|:：【】\[\]()（）/>·])+"
)
_AROUND = re.compile(
    r"(?:上一|下一)[篇条页][:：]|(?:您(?:现在)?(?:的|所在的?)?|当前)位置[:：]|首页\s*[>›»]|扫一扫|版权所有|网站标识码"
    r"|[京沪粤津渝\w]{1,3}ICP备\d|.{0,4}公网安备"
)
_LONGEST_AROUND = 80  # characters

_TABLE_ROW = re.compile(r"^\|?(.*\|.*)$", re.MULTILINE)
_RULE = re.compile(r"[\s|:-]*")
_BETWEEN = re.compile(r"[\s|]+")
_MARK = re.compile(r"^-(?:\s+|$)")
_START = 6  # characters by which the lines of a page are looked up
_HEADING = 3  # lines: breadcrumbs or a category may stand above the heading
_LEAST_TITLE = 10  # letters: what begins a longer title (“… | name of the site”) and is no section's name
_PIECE = 40  # characters: a shorter beginning that fits is chance
_SKIPPED = 8  # lines of a page that trafilatura may leave out in the middle of what it joins
_TRIED = 20  # lines of one page that begin alike


def main_text(tree: Any, *, title: str) -> tuple[str, str]:
    """Return the heading that repeats the title, where there is one, and the text without it.

    ``tree`` holds nothing hidden any more.
    """
    known = known_body(tree)
    if known and _is_chinese(known):
        return "", known
    shown = visible_text(tree).split("\n")
    found = _by_trafilatura(tree)
    # Elsewhere a box of that name may be a magnifier or a caption.
    if known and len(known) * 2 >= sum(map(len, found)):
        return "", known
    if found:
        lines = [line for line in relined(found, shown) if not furniture(line)]
        return beheaded("\n".join(lines), title)
    for css in ("main", "article", "body"):
        for part in tree.iter(css):
            if text := visible_text(part):
                return "", text
    return "", "\n".join(shown)


def _by_trafilatura(tree: Any) -> list[str]:
    # Judged without scripts and styles: some papers send two megabytes of those around a short article.
    source = lxml_html.tostring(tree, encoding="unicode")
    if len(source) > TRAFILATURA_LIMIT:
        return []
    import trafilatura  # 0.5 s: sources with selectors do without

    found = trafilatura.extract(source, include_comments=False, include_tables=True, deduplicate=False)
    return clean_text(_TABLE_ROW.sub(_table_row, found)).split("\n") if found else []


def furniture(line: str) -> bool:
    """Is a line made of buttons, or a path, a neighbour's title or the imprint of a Chinese site?"""
    return len(line) <= _LONGEST_AROUND and bool(_BUTTONS.fullmatch(line) or _AROUND.match(line))


def beheaded(text: str, title: str) -> tuple[str, str]:
    """Return the line that repeats the title within the first lines of a text, and the text without it."""
    name, lines = _folded(title), text.split("\n")
    for number, line in enumerate(lines[:_HEADING] if len(lines) > 1 else ()):
        heading = _folded(line)
        if heading and (heading == name or (len(heading) >= _LEAST_TITLE and name.startswith(heading))):
            return line, "\n".join(lines[:number] + lines[number + 1 :])
    return "", text


def known_body(tree: Any) -> str:
    """Return what stands in the boxes of known systems; empty when that is next to nothing."""
    boxes = outermost(select(tree, KNOWN_BODIES))
    text = "\n".join(filter(None, map(visible_text, boxes)))
    return text if len(text) >= _LEAST_BODY else ""


def _is_chinese(text: str) -> bool:
    return 3 * sum("\u4e00" <= character <= "\u9fff" for character in text) >= len(text)


def outermost(elements: Sequence[Any]) -> list[Any]:
    """Return the elements that are not inside another of them."""
    known = set(elements)
    return [e for e in elements if not any(above in known for above in e.iterancestors())]


def _table_row(match: re.Match[str]) -> str:
    """Write trafilatura's ``| a | b |`` as ours, ``a | b``, and drop the rule below a header."""
    if _RULE.fullmatch(match[1]):
        return ""
    return " | ".join(cell.strip() for cell in match[1].strip().strip("|").split("|"))


# --- lines ---------------------------------------------------------------------------------------


def relined(lines: Sequence[str], shown: Sequence[str]) -> list[str]:
    """Return ``lines`` broken where the lines ``shown`` on the page break; not a letter more or less.

    What cannot be put together from lines of the page stays as it is.
    """
    folded = [_folded(line) for line in shown]
    starts: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(folded):
        starts[line[:_START]].append(number)
    found: list[str] = []
    for line in lines:
        # trafilatura marks the items of a list; a dash of the page's own stays.
        rest = line if _folded(line)[:_START] in starts else _MARK.sub("", line)
        while rest:
            numbers, used = _longest(_folded(rest), folded, starts)
            after = _after(rest, used)
            if not numbers or (after and used < _PIECE):
                found.append(rest)
                break
            found += [shown[number] for number in numbers]
            rest = after
    return found


def _longest(wanted: str, folded: Sequence[str], starts: dict[str, list[int]]) -> tuple[list[int], int]:
    """Return the numbers of the lines of the page that make up the longest beginning of ``wanted``, and its
    length."""
    places = [n for size in range(_START, 0, -1) for n in starts.get(wanted[:size], ())] if wanted else []
    tries = (_parts(wanted, folded, place) for place in places[:_TRIED])
    return max(tries, key=lambda found: found[1], default=([], 0))


def _parts(wanted: str, folded: Sequence[str], place: int) -> tuple[list[int], int]:
    """Return which lines from ``place`` on make up a beginning of ``wanted``, and how long that is."""
    numbers: list[int] = []
    at = skipped = 0
    for number in range(place, len(folded)):
        part = folded[number]
        if part and wanted.startswith(part, at):
            numbers.append(number)
            at += len(part)
            skipped = 0
        else:
            skipped += bool(part)
        if at == len(wanted) or skipped > _SKIPPED:
            break
    return numbers, at


def _after(line: str, used: int) -> str:
    """Return what is left of a line after ``used`` of its characters, spaces and bars not counted."""
    for place, character in enumerate(line):
        if used == 0:
            return line[place:].strip(" |")
        used -= not _BETWEEN.match(character)
    return ""


def _folded(line: str) -> str:
    return _BETWEEN.sub("", line)
