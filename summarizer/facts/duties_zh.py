"""Chinese words that demand, forbid, allow or encourage, and the clauses of a sentence that have one each."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from .reading import Part
from .scan import Trigger

PATTERNS = {
    "must_not": re.compile(r"不得(?![不已])|禁止|严禁|不准|不应|不允许|不可以"),
    "must": re.compile(
        r"(?<!原则上)(?:应当|必须)|务必|(?<!原则上)(?<![无毋])须(?!知)|有义务"
        r"|(?<!原则上)(?<![相适响反效供对感回呼顺因一报理本不])应(?![用对急收付税届邀聘答运验声战变季激有]|付|当)"
        r"|(?<!原则上)(?<![无供急刚所内军按必不特确])需(?![求量要])"
        r"|(?<![需主只重还若必首纪摘概不紧])要(?=实施|建立|加强|完善|严格|强化|确保|做好|制定|开展|落实|坚持|按照|及时|明确|充分|定期|遵守|采取)"
    ),
    "in_principle": re.compile(r"原则上"),
    "may": re.compile(r"可以(?![看想预]|说[，,明是])|有权|(?<![不许认无])可(?=自行|根据|按照|申请|向|采取|依法|委托)"),
    "encouraged": re.compile(r"鼓励|(?<![和与及的心])支持(?![力和、，。])|倡导"),
    "except": re.compile(r"除外|另有规定|从其规定"),
}  # fmt: skip
"""Modality → the words that say it, the strictest first."""
WORDS: dict[str, Trigger] = {
    "must_not": ("不得", "禁止", "严禁", "不准", "不应", "不允许", "不可以"),
    "must": re.compile("[应必务须义需要]"),
    "in_principle": ("原则上",),
    "may": ("可", "有权"),
    "encouraged": ("鼓励", "支持", "倡导"),
    "except": ("除外", "另有规定", "从其规定"),
}
REACH = 8
"""What every such word holds, and the most characters around it that decide whether it is one."""

_CLAUSE_WORD = re.compile(
    r"(?P<must_not>不得(?![不已])|禁止|严禁|不准)|(?P<must>(?<!原则上)(?:应当|必须)|(?<!原则上)(?<![无毋])须(?!知))|(?P<may>可以(?![看想预]|说[，,明]))|(?P<encouraged>鼓励)"
    r"|(?P<except>除外|另有规定|从其规定)"
)
_CLAUSE_LENGTH = 300
_CLAUSE_END = re.compile("[，,；;。：:！？\n]")
_INVITED = re.compile(
    r"(?:公众|社会各界|各界人士|各有关单位)[^。；\n]{0,60}(?:意见|建议)|(?:意见|建议)[^。；\n]{0,12}(?:发送|反馈|寄送|邮寄)(?:至|到)"
)
"""An invitation to comment demands nothing."""
_PURPOSE_OPENS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇0-9]{1,6}条\s*|[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]\s*)?(?:为|旨在|目的是)(?!人|准|期|限|主|由|例)"
)
_MAIN_VERB = re.compile(
    r"决定|现(?:就|将|予|印|公|对)|如下|制定(?!的)|印发|发布|公布|同意|应当|必须|不得|可以|[，,](?:根据|依据|按照|经|特|各|我|本|中国|国家)|要求"
)
"""Where a sentence that opens with its purpose comes to what is done."""
_PURPOSE = re.compile(r"(?:以(?:便|期|利)?|旨在|用于|用以|有利于|有助于|致力于|为了?|来|更好|不断|进一步)$")
_NOUN_BEFORE = re.compile(
    r"(?:技术|资金|政策|信贷|流动性|金融|数据|系统|担保|法律|财政|融资|服务|业务|人才|智力|提供|给予|得到|获得|获|加大|加强|予以|重点|一|者|我[行会局部委]|本[行会局部委])(?:了|将|也|等|的|积极|持续|一直|继续|坚决|大力)?$"
)
_ACTED_BY = re.compile(
    r"机构|银行|公司|企业|协会|单位|主体|平台|券商|投资者|各地|地方|地区|部门|提供者|运营者|经营者|从业|人员|院所|高校|资本|联合社|交易所|市场主体|基金|社会力量|消费者|个人|集团|商户"
)
_LOOK_AROUND, _SUPPORTED_SPAN = 160, 24
"""Characters: a sentence may be a whole document without full stops."""
_WITHOUT = re.compile(r"(?:是否|能否|要不要|曾经?|原(?:先|本|来)|此前[^，。；]{0,12})$")
"""Before a word that is asked about or was so once."""
_BROKEN = re.compile(r"(?:违反|违背|不符合|未按照?|未遵守|触犯)[^，。；]{0,80}$")
_BROKEN_RULE = re.compile(r"[^，。；]{0,60}?的(?:有关|相关|上述|强制性|禁止性|明确)?(?:规定|要求|义务|原则)")
_LEFT_UNDONE = re.compile(r"[^，。；]{1,24}?(?:而|却|但)未")
_SEEN = re.compile(r"(?:清醒)?(?:看到|指出|说(?=[，,是])|承认|认识到|注意到|强调的是|说明的是)")
_ABLE = re.compile(
    r"概括|归纳|理解为|分为|发现|得出|认为|反映|有效|更好|更加|帮助|降低|减少|避免|起到|实现|共同掌握|从[^，。]{1,12}(?:看|角度|方面)"
)
_MADE_ABLE = re.compile(r"[让使令](?:得)?[^，。；让使令]{1,16}$")


def demands(text: str, sentence: tuple[int, int], word: re.Match[str], key: str) -> bool:
    """Whether a word says what those bound are to do or may do.

    Not so in questions, invitations to comment, purposes (为支持实体经济发展，…), in what somebody broke (违反…应当…的规定)
    or was able to do, and where support is a thing or goes to no one who could act.
    """
    first, last = sentence
    asked = text[max(first, last - 8) : last].rstrip("”」』 \n").endswith(("？", "?"))
    start = max(first, word.start() - _LOOK_AROUND)
    end = min(last, word.end() + _LOOK_AROUND)
    opinions = text.find("意见", start, end) >= 0 or text.find("建议", start, end) >= 0
    if asked or (opinions and _INVITED.search(text, start, end)):
        return False
    if key == "except":
        return True
    before, after = text[start : word.start()], text[word.end() : min(last, word.end() + 80)]
    if _WITHOUT.search(before[-20:]) or (_BROKEN.search(before) and _BROKEN_RULE.match(after)):
        return False
    if key == "must":
        return not _LEFT_UNDONE.match(after) and not _SEEN.match(after)
    if key == "may":
        return not _ABLE.match(after) and not _MADE_ABLE.search(before)
    if key != "encouraged":
        return True
    opened = _PURPOSE_OPENS.match(text, first, last) if start == first else None
    if (opened and not _MAIN_VERB.search(text, opened.end(), word.start())) or _PURPOSE.search(before):
        return False
    return word.group() != "支持" or (
        not _NOUN_BEFORE.search(before)
        and after[:1] not in ("的", "者", "下", "率", "方")
        and _ACTED_BY.search(after[:_SUPPORTED_SPAN].split("，")[0]) is not None
    )


def further_clauses(
    part: Part, number: int, own: tuple[int, int]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the other clauses of a sentence with such a word, each by its first: value, clause, place of the word."""
    text, sentence = part.text, part.sentences[number]
    words = [m for m in _CLAUSE_WORD.finditer(text, *sentence) if not own[0] <= m.start() < own[1]]
    if not words:
        return
    marks = [sentence[0] - 1, *(m.start() for m in _CLAUSE_END.finditer(text, *sentence)), sentence[1]]
    clauses = {_clause(marks, own[0])}
    # 另有规定的，从其规定 is one exception.
    excepted = PATTERNS["except"].match(text, own[0]) is not None
    for match in words:
        clause = _clause(marks, match.start())
        first = max(sentence[0], match.start() - _CLAUSE_LENGTH)
        quoted = text.rfind("《", first, match.start()) > text.rfind("》", first, match.start())
        if clause in clauses or clause[1] - clause[0] > 2 * _CLAUSE_LENGTH or quoted or not match.lastgroup:
            continue
        if match.lastgroup == "except" and excepted:
            continue
        excepted = excepted or match.lastgroup == "except"
        if demands(text, sentence, match, match.lastgroup):
            clauses.add(clause)
            yield match.lastgroup, *clause, *match.span()


def _clause(marks: list[int], place: int) -> tuple[int, int]:
    """Return the span of the words between two marks that hold a place."""
    after = bisect_right(marks, place)
    return marks[after - 1] + 1, marks[after]
