"""Full names of firms in running text, by their legal form: …有限公司 in Chinese, Ltd, plc, Inc … in English.

Where a name begins no mark says. A name is *clear* where it stands between marks, or after a word that goes before
names; elsewhere it is read only when the same name is clear in another place. What stays unclear is left out: half
a firm's name is the name of another firm.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from dibao.store import REGIONS

from .firms_en import FORM, english_runs
from .places import place_at
from .runs import MOST, Run, opens_line

_FORM_ZH = re.compile(r"(?:股份)?有限(?:责任)?公司")
_LONGEST = 36
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_NO_NAME = re.compile(rf"[^{_HAN}A-Za-z0-9·（）()]")
# A run with one of these is a piece of a sentence, and a name in it begins somewhere after the last of them.
SENTENCE = re.compile(
    r"对(?!外)|向(?![上日阳])|(?<!自)由|与|(?<![太人永平中嘉共祥信])和(?![谐平田县合信泰])|及|或|从|将|被|(?<!基)因|经(?![济贸纬开典营])|的|其(?!士)|我|该|(?<![日资成])本(?![溪田])"
    r"|各|某|并|但|后|是|即|在(?!线)|把|让|给|请|按|(?<!数)据|受|称|以(?!岭)|诉|了|找到|会同|政府|[时现曾原][任为]"
    r"|关于|责令|批准|同意|核准|发现|查明|认定|指出|存在|违反|处罚|罚款|警告|担任|任职|供职|原告|被告|当事人|名称|所属|成为|收购|设立|成立|增资|参股"
    r"|持有|持股|入股|转让|委托|聘请|约谈|终止|暂停|撤销|注销|接受|收到|控制|股东|公司|关联方|代表人|经理|董事|监事|负责人|客户|投资者|人员"
    r"|举报|涉嫌|协助|指导|督促|要求|推动|支持|鼓励|允许|禁止|限制|取消|吊销|吸收|合并|签署|签订|通报|曝光|责成|帮助|联合会|携手|牵头|参与|参加|组织|负责|开展|利用|冒用|假冒"
    r"|走进|来到|前往|走访|调研|考察|访问|[赴还]|近日|日前|今日|昨日|此前|目前|同时|此外|随后|截至|根据|依据|通过|针对|涉及|包括|例如|比如|作为|上述|有关|相关|公告|决定|年度|[0-9]年|[0-9]月|[0-9]日"
    r"|局|监会|协会|委员会|交所|交易所|法院|办公室"
)
_JOINS = re.compile(r"(?:以及|[和与及或])")
_OPENS = re.compile(r"(?:对(?!外)|(?<!自)由(?!由)|与|向(?![上日阳])|[时现曾原][任为]|原系)")
_AFTER = re.compile(
    rf"[^{_HAN}]|\Z|[因的在被系于及与和等存未违作已曾应拟将不为原时总董监法股涉对向就通披申采开处给没罚关承收持提完获]|分公司|营业部|公告"
)
_GENERIC = re.compile(
    r"(?:股份|责任|有限|证券|基金|期货|信托|保险|资产|管理|科技|投资|财务|商业|银行|集团|控股|支付|服务|租赁|金融|消费|汽车|理财|人寿|财产|养老|健康"
    r"|国有|外资|独资|合资|上市|普通|中外|一般|[再新一人非类等家二三四五六七八九十两多几0-9（）()])*"
)


_INNER = re.compile(
    rf"(?<![（(])(?:中国|{'|'.join(t.zh for k, t in REGIONS.items() if k.startswith('CN-') and len(k) == 5)})"
)
"""Where a name is likely to begin, so that what stands before is not of it; a bracket may name a place inside."""


def firm_value(words: str) -> str:
    """Return a firm's full name when the words are that and nothing else, as ``find_firms`` gives it; else empty."""
    bare = words.strip().rstrip(".")
    runs = (*_chinese_runs(bare), *english_runs(bare))
    return _name(bare) if runs == (Run(0, len(bare), True),) else ""


def find_firms(texts: Sequence[str], *, chinese: bool) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """Yield number of the text, name and place of the firms of one document; its first text is the title.

    A name has no white space in Chinese; in English its legal form has neither dots nor a comma before it. In a
    title nothing is clear: every word may have a capital, and no mark stands around a name.
    """
    look = _chinese_runs if chinese else english_runs
    found = [(number, run) for number, text in enumerate(texts) for run in look(text)]
    clear = {_name(texts[number][run.start : run.end]) for number, run in found if number and run.clear}
    for number, run in found:
        text = texts[number]
        inside = (
            at for at in range(run.start, run.end) if chinese or at == run.start or text[at - 1].isspace()
        )
        starts = (run.start,) if number and run.clear else inside
        start = next((at for at in starts if _name(text[at : run.end]) in clear), None)
        if start is not None:
            yield number, _name(text[start : run.end]), (start, run.end)


def _name(words: str) -> str:
    form = FORM.search(words)
    if form and form.end() == len(words):
        plain = re.sub("[.,]", "", form["form"])
        return " ".join(f"{words[: form.start()]} {plain}".split())
    return re.sub(r"\s+", "", words).replace("(", "（").replace(")", "）")


def _chinese_runs(text: str) -> Iterator[Run]:
    last = 0
    for form in islice(_FORM_ZH.finditer(text), MOST):
        low = max(last, form.start() - _LONGEST)
        window = text[low : form.start()]
        marks = [*_NO_NAME.finditer(window)]
        start = low + (marks[-1].end() if marks else 0)
        whole = _begins(text, start) if marks or low == 0 else low == last
        if low == last > 0 and not marks:  # 甲有限公司和乙有限公司
            joined = _JOINS.match(text, start)
            start, whole = (joined.end(), True) if joined else (start, False)
        opened = _opened(text, start, form.start())
        start, whole = (opened, True) if opened else (start, whole)
        first = _OPENS.match(text, start)
        start = first.end() if first else start
        last = form.end()
        core = text[start : form.start()]
        if len(core) < 2 or _GENERIC.fullmatch(core):
            continue
        yield _run(text, start, form, whole=whole)


def _begins(text: str, start: int) -> bool:
    """Whether what stands before a place parts it from a name: a mark does, a blank inside a line may not."""
    before = text[max(0, start - 20) : start]
    blanks = len(before) - len(before.rstrip(" \t\u3000"))
    at = start - blanks
    return opens_line(text, at) or not re.search(rf"[{_HAN}\n]\Z", text[max(0, at - 1) : at])


def _run(text: str, start: int, form: re.Match[str], *, whole: bool) -> Run:
    """``whole``: that the run begins where a name can, and not in the middle of one."""
    signs = [*SENTENCE.finditer(text, start, form.start())]
    if not signs:
        after = _AFTER.match(text, form.end()) or place_at(text, form.end())
        inner = _INNER.search(text, start + 1, form.start())
        return Run(start, form.end(), whole and bool(after) and not inner)
    begin = signs[-1].end()
    placed = place_at(text, begin) or text.startswith("中国", begin)
    if placed and form.start() - begin >= 4:
        return Run(begin, form.end(), True)
    return Run(start, form.end(), False)


def _opened(text: str, start: int, end: int) -> int:
    """Return the place after the last bracket that opens between two places and does not close; 0 without one."""
    depth = 0
    for at in range(end - 1, start - 1, -1):
        depth += (text[at] in "）)") - (text[at] in "（(")
        if depth < 0:
            return at + 1
    return 0
