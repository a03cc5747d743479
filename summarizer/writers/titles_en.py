"""English titles: issuer, deed and object by the grammar of press-release headlines, and the Chinese
headline of them when every word of the object is known."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dibao.store import money

from .figures import MONTHS, money_in
from .lexicon import Token, english_tokens
from .roles_en import speech

if TYPE_CHECKING:
    from ..glossary import Glossary

# Series of English-language regulators: the noun of the headline → Chinese type.
_TYPES = (
    ("final rules?", "最终规则"), ("interim final rules?", "临时最终规则"), ("proposed rules?", "拟议规则"),
    ("advance notice of proposed rulemaking", "规则制定预先通知"), ("policy statements?", "政策声明"),
    ("supervisory statements?", "监管声明"), ("discussion papers?", "讨论文件"),
    ("consultation papers?", "咨询文件"), ("consultation conclusions", "咨询总结"), ("consultations?", "公开咨询"),
    ("final report", "最终报告"), ("reports?", "报告"), ("guides?", "指南"), ("handbook", "手册"), ("guidance", "指引"), ("guidelines?", "指引"),
    ("final guidance", "最终指引"), ("proposed guidance", "拟议指引"), ("draft guidance", "指引草案"),
    ("final guidelines", "最终指引"), ("draft guidelines", "指引草案"), ("draft rules?", "规则草案"),
    ("joint guidelines", "联合指引"), ("joint statement", "联合声明"),
    ("circulars?", "通函"), ("supervisory guidance", "监管指引"), ("principles", "原则"), ("rules?", "规则"),
    ("regulatory technical standards", "监管技术标准"), ("implementing technical standards", "实施技术标准"),
    ("draft regulatory technical standards", "监管技术标准草案"), ("standards", "标准"), ("statement", "声明"),
    ("investor alert", "投资者警示"), ("alert", "警示"), ("risk alert", "风险提示"), ("warning", "警告"), ("opinion", "意见"), ("advisory", "提示"),
    ("q&as?", "问答"), ("faqs?", "常见问题解答"), ("framework", "框架"), ("proposals?", "建议"),
    ("amendments", "修订"), ("code of practice", "实务守则"), ("frequently asked questions", "常见问题解答"),
    ("request for information", "信息征询"), ("request for comment", "征求意见通知"),
    ("cease and desist order", "停止令"), ("consent order", "同意令"), ("prohibition order", "禁业令"),
    ("enforcement actions?", "执法行动"), ("no-action letter", "不采取行动函"), ("exemptive relief", "豁免"),
    ("roadmap", "路线图"), ("action plan", "行动计划"), ("strategy", "战略"), ("work programme", "工作计划"),
    ("survey", "调查"), ("review", "审查"), ("recommendations", "建议"), ("results", "结果"), ("bulletins?", "公告"), ("agenda", "议程"), ("list", "名单"),
    ("proposals? to (?:modify|amend|revise)", "修订提案"),
)  # fmt: skip
_TYPE = {re.compile(en + r"$", re.IGNORECASE): zh for en, zh in _TYPES}

# verb (any form) → (Chinese before the object, after the object)
_VERBS = {
    r"issues?|issued|publish(?:es|ed)?|releases?|released": ("发布", ""),
    r"proposes? amendments to|proposed amendments to": ("提议修订", ""),
    r"proposes?|proposed": ("提出", ""),
    r"adopts?|adopted": ("通过", ""),
    r"approves?|approved": ("批准", ""),
    r"finali[sz]es? (?:changes|amendments|revisions) to|finali[sz]ed (?:changes|amendments|revisions) to": (
        "正式修订",
        "",
    ),
    r"finali[sz]es?|finali[sz]ed": ("正式通过", ""),
    r"announces? (?:the )?results? of|publish(?:es)? (?:the )?results? of|releases? (?:the )?results? of": (
        "公布",
        "结果",
    ),
    r"announces? (?:the )?agenda for|publish(?:es)? (?:the )?agenda for": ("公布", "议程"),
    r"announces?|announced": ("宣布", ""),
    r"launch(?:es|ed)?": ("启动", ""),
    r"extends? (?:the )?compliance (?:date|period|deadline) (?:for|of)": ("延长", "的合规期限"),
    r"extends?|extended": ("延长", ""),
    r"amends?|amended|revises?|revised": ("修订", ""),
    r"updates?|updated": ("更新", ""),
    r"consults? on|launch(?:es)? (?:a )?(?:public )?consultation on|seeks? (?:public )?(?:comments?|feedback|views) on|"
    r"requests? (?:public )?comments? on|invites? (?:public )?comments? on|"
    r"begins? (?:a )?(?:public )?consultation on|opens? (?:a )?(?:public )?consultation on": (
        "就",
        "公开征求意见",
    ),
    r"warns? consumers (?:of|about|against|on)": ("提醒消费者警惕", ""),
    r"warns? (?:retail )?investors (?:of|about|against|on)": ("提醒投资者警惕", ""),
    r"warns? (?:the )?public (?:of|about|against|on)": ("提醒公众警惕", ""),
    r"warns? (?:of|about|against|on)": ("警示", ""),
    r"welcomes?": ("欢迎", ""),
    r"withdraws?|withdrew": ("撤回", ""),
    r"rescinds?|repeals?": ("废止", ""),
    r"suspends?|suspended": ("暂停", ""),
    r"clarif(?:y|ies)": ("明确", ""),
    r"strengthens?": ("加强", ""),
    r"sets? out": ("阐明", ""),
}
_PATTERNS = tuple(
    (re.compile(rf"(?:jointly )?(?:{verb})\s+(.+)$", re.IGNORECASE), zh) for verb, zh in _VERBS.items()
)
_COMPANY = (
    r"((?:[A-Z][\w.&’'-]*,? ){0,6}(?:Inc|Corp|Corporation|LLC|LLP|L\.P|LP|Ltd|Limited|plc|PLC|Bank|N\.A|S\.A|"
    r"Group|Holdings|Company|Co|AG|SE|Trust|Securities|Capital|Advisors|Partners)\b\.?)"
)
_KEEPS = re.compile(
    r"(?:maintains?|keeps?|holds?) (?P<what>.+?) (?:unchanged )?at (?P<rate>\d+(?:\.\d+)?%)$", re.IGNORECASE
)
_MOVES = re.compile(
    r"(?P<how>cuts?|lowers?|reduces?|raises?|increases?) (?P<what>.+?)"
    r"(?: by (?P<by>\d+(?:\.\d+)?) (?P<unit>basis points?|percentage points?))?(?: to (?P<to>\d+(?:\.\d+)?%))?$",
    re.IGNORECASE,
)
_IMPOSES = re.compile(
    r"imposes (?:a )?(?P<kind>civil |composition |financial |administrative |monetary )?(?:penalt(?:y|ies)|fines?) of "
    r"(?P<amount>(?:HK\$|US\$|S\$|£|€|\$)\s?\d[\d,.]*\s?(?:million|billion|m|bn)?) on " + _COMPANY + "$",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    rf"announces (?P<what>approval of (?:an? )?(?:application|proposal) by|termination of (?:the )?enforcement actions? (?:with|against)) {_COMPANY}$",
    re.IGNORECASE,
)
_SERIES_OF = re.compile(
    r"(?P<what>[A-Za-z -]{3,60}?(?:statistics|survey results|survey|data|figures))(?: for|:)? (?P<m>[A-Z][a-z]+) (?P<y>\d{4})$"
)
_GERUNDS = (
    (r"misleading investors", "误导投资者"), (r"defrauding (?:retail )?investors", "欺诈投资者"),
    (r"failing to disclose (?P<what>.+)", "未披露{}"), (r"failing to (?:report|file) (?P<what>.+)", "未报送{}"),
    (r"failing to maintain (?P<what>.+)", "未保存{}"), (r"violating (?P<what>.+)", "违反{}"),
)  # fmt: skip
_CHARGE = re.compile(rf"charges {_COMPANY} (?:with|for|over) (.+)$", re.IGNORECASE)
_FINE = re.compile(
    rf"(?:(?P<reprimand>reprimands and fines)|fines) {_COMPANY},? "
    r"(?P<amount>(?:HK\$|US\$|S\$|£|€|\$)\s?\d[\d,.]*\s?(?:million|billion|m|bn)?)(?: (?:for|over) (?P<why>.+))?$",
    re.IGNORECASE,
)


def issuer_of(title: str, glossary: Glossary) -> tuple[str, str]:
    """Return (body id, rest of the title); empty id when the title does not begin with a body."""
    for hit in glossary.find(title[:200], "en"):
        if hit.start > 4:
            break
        if hit.entry.kind == "org" and (hit.start == 0 or title[: hit.start].strip().lower() == "the"):
            return hit.entry.id, title[hit.end :].strip(" :,–-")
    return "", title


def chinese_headline(title: str, issuer: str, glossary: Glossary) -> str | None:
    """Return the whole headline in Chinese, or None when a part is unknown. ``issuer``: body id that
    stands in when the title names none."""
    text = re.sub(r"\s+", " ", title).strip()[:300]
    body, rest = issuer_of(text, glossary)
    known = glossary.bodies.get(body or issuer)
    if known is None:
        return None
    who = known.name_zh
    deed = _frame(rest, glossary) or _deed(rest, glossary, dollar=_DOLLAR.get(known.jurisdiction, "USD"))
    return deed and f"{who}{deed}"


_DOLLAR = {"HK": "HKD", "SG": "SGD", "AU": "AUD"}
_SERIES = {
    "CP": "征求意见文件", "PS": "政策声明", "SS": "监管声明", "DP": "讨论文件", "FG": "最终指引", "GC": "指引征求意见文件",
}  # fmt: skip
_EXTENDS = re.compile(
    r"extends? (?:the )?comment period (?:for|on) (?:the |its )?(?P<what>.+?)(?: to (?P<to>.+))?$",
    re.IGNORECASE,
)
_CONSULTS = re.compile(r"(?:public )?consultation(?: paper)? on (?:the )?(?P<what>.+)$", re.IGNORECASE)
_CIRCULAR = re.compile(r"circular(?: to (?P<to>[^:]+?))?: (?P<what>.+)$", re.IGNORECASE)
_CODED = re.compile(r"(?P<series>CP|PS|SS|DP|FG|GC)(?P<n>\d\d/\d{1,3}):? [-–—]?\s?(?P<what>.+)$")
_TENDER = re.compile(r"tender results? (?:of|for) (?:the )?(?P<what>.+)$", re.IGNORECASE)
_STATISTICS = re.compile(
    r"(?P<what>[a-z ]{3,40} statistics): (?:(?P<half>first|second) half|(?P<q>first|second|third|fourth) quarter|(?P<m>[A-Z][a-z]+))(?: of)? (?P<y>\d{4})$",
    re.IGNORECASE,
)
_ACTS_ON = re.compile(
    rf"(?:issues?|announces?|takes?) (?P<what>enforcement action|consent order|cease and desist order)s? (?:with|against) {_COMPANY}$",
    re.IGNORECASE,
)
_MODULE = re.compile(
    r"supervisory policy manual(?: module)? \(?(?P<code>[A-Z]{2}(?:-[A-Z0-9]+){1,2})\)?:? (?P<what>.+)$",
    re.IGNORECASE,
)
_USE = re.compile(r"(?:the )?use of (?P<what>.+?) (?P<by>by|in) (?P<of>(?:(?! in | by ).)+)$", re.IGNORECASE)
_NTH = {"first": "一", "second": "二", "third": "三", "fourth": "四"}


def _frame(rest: str, glossary: Glossary) -> str | None:
    """Titles that are no sentence of subject and verb."""
    if said := speech(rest):
        return said
    if match := _EXTENDS.match(rest):
        what = object_words(match["what"], glossary)
        return (what and not match["to"] and f"延长{what}的征求意见期") or None
    if match := _CODED.match(rest):
        what = object_words(match["what"], glossary)
        return what and f"发布{_SERIES[match['series']]}{match['series']}{match['n']}：{what}"
    if match := _CIRCULAR.match(rest):
        what = object_words(match["what"], glossary)
        to = noun_phrase(match["to"], glossary) if match["to"] else ""
        if what and to is not None:
            return f"就{what}{f'向{to}' if to else ''}发出通函"
        return None
    if match := _CONSULTS.match(rest):
        what = object_words(match["what"], glossary)
        return what and f"就{what}公开征求意见"
    if match := _TENDER.match(rest):
        what = noun_phrase(match["what"], glossary)
        return what and f"公布{what}投标结果"
    if match := _MODULE.match(rest):
        what = object_words(match["what"], glossary)
        return what and f"发布监管政策手册{match['code']}：{what}"
    if match := _SETTLED.match(rest):
        ended = match["what"].lower().startswith("termination")
        return f"宣布终止对{match[2]}的执法行动" if ended else f"宣布批准{match[2]}的申请"
    if match := _ACTS_ON.match(rest):
        done = {"enforcement action": "采取执法行动", "consent order": "发出同意令"}
        return f"对{match[2]}{done.get(match['what'].lower(), '发出停止令')}"
    return _statistics(rest, glossary) or _series(rest, glossary) or _rate(rest, glossary)


def _series(rest: str, glossary: Glossary) -> str | None:
    """``Monetary statistics for September 2026`` → 发布2026年9月货币统计."""
    match = _SERIES_OF.match(rest)
    months = [month.lower() for month in MONTHS]
    if match is None or match["m"].lower() not in months:
        return None
    what = noun_phrase(match["what"].strip(), glossary)
    return what and f"发布{match['y']}年{months.index(match['m'].lower()) + 1}月{what}"


def _rate(rest: str, glossary: Glossary) -> str | None:
    """A rate or a requirement that is moved, or kept."""
    if match := _KEEPS.match(rest):
        what = noun_phrase(match["what"], glossary)
        return what and f"维持{what}{match['rate']}不变"
    match = _MOVES.match(rest)
    if match is None or not (match["by"] or match["to"]):
        return None
    what = noun_phrase(match["what"], glossary)
    down = match["how"].lower()[0] in "cl" or match["how"].lower().startswith("redu")
    unit = "" if not match["by"] else "个基点" if match["unit"].lower().startswith("basis") else "个百分点"
    by, to = f"{match['by']}{unit}" if match["by"] else "", f"至{match['to']}" if match["to"] else ""
    return what and f"{'下调' if down else '上调'}{what}{by}{to}"


def _statistics(rest: str, glossary: Glossary) -> str | None:
    match = _STATISTICS.match(rest)
    what = noun_phrase(match["what"], glossary) if match else None
    if match is None or what is None:
        return None
    if match["half"]:
        when = "上半年" if match["half"].lower() == "first" else "下半年"
    elif match["q"]:
        when = f"第{_NTH[match['q'].lower()]}季度"
    else:
        months = [m.lower() for m in MONTHS]
        if match["m"].lower() not in months:
            return None
        when = f"{months.index(match['m'].lower()) + 1}月"
    return f"发布{match['y']}年{when}{what}"


def _deed(rest: str, glossary: Glossary, *, dollar: str = "USD") -> str | None:
    if match := _CHARGE.match(rest):
        firm = match[1].rstrip(",")
        for pattern, done in _GERUNDS:
            if said := re.fullmatch(pattern, match[2], re.IGNORECASE):
                about = noun_phrase(said["what"], glossary) if "{}" in done else ""
                return None if about is None else f"指控{firm}{done.format(about)}"
        what = noun_phrase(match[2], glossary)
        return what and f"指控{firm}涉嫌{what}"
    if match := _FINE.match(rest):
        return _fine(match, glossary, dollar)
    if match := _IMPOSES.match(rest):
        paid = _own_money(match["amount"], dollar)
        kind = {"civil": "民事", "composition": "和解"}.get((match["kind"] or "").strip().lower(), "")
        return paid and f"对{match[3]}处以{paid}的{kind}罚款"
    for verb, (before, after) in _PATTERNS:
        if (match := verb.match(rest)) and (what := object_words(match[1], glossary)):
            return f"{before}{what.removeprefix('关于') if before == '就' else what}{after}"
    return None


def _own_money(text: str, dollar: str) -> str | None:
    """An amount in Chinese; a bare $ is that of the regulator's own place."""
    amounts = money_in(text)
    if text.startswith("$"):
        amounts = tuple(replace(value, currency=dollar) for value in amounts)
    return money(amounts[0], "zh") if len(amounts) == 1 else None


def _fine(match: re.Match[str], glossary: Glossary, dollar: str) -> str | None:
    amount = _own_money(match["amount"], dollar)
    why = noun_phrase(match["why"], glossary) if match["why"] else ""
    if amount is None or why is None:
        return None
    verb = "谴责" if match["reprimand"] else "对"
    head = f"{verb}{match[2]}并处以{amount}罚款" if match["reprimand"] else f"对{match[2]}处以{amount}罚款"
    return head + (f"，涉及{why}" if why else "")


def object_words(text: str, glossary: Glossary) -> str | None:
    """``final guidance on model risk management`` → 关于模型风险管理的最终指引."""
    text = re.sub(r"^(?:a|an|the|its|new|their)\s+", "", text.strip().rstrip("."), flags=re.IGNORECASE)
    if match := re.match(
        r"(.+?) (?:on|for|to|regarding|concerning|about|relating to) (.+)$", text, re.IGNORECASE
    ):
        kind, about = _type(match[1]), noun_phrase(match[2], glossary)
        if kind and about:
            return f"关于{about}的{kind}"
    words = text.split(" ")
    for at in range(1, min(len(words), 6)):
        kind = _type(" ".join(words[at:]))
        if kind and (about := noun_phrase(" ".join(words[:at]), glossary)):
            return f"{about}{kind}"
    return _type(text) or noun_phrase(text, glossary)


def _type(text: str) -> str:
    text = re.sub(r"^(?:a|an|the|its|new|their)\s+", "", text.strip(), flags=re.IGNORECASE)
    return next((zh for pattern, zh in _TYPE.items() if pattern.match(text)), "")


def noun_phrase(text: str, glossary: Glossary) -> str | None:
    """``use of AI in banking`` → 银行业人工智能的使用: what follows in English comes first in Chinese."""
    if match := _USE.match(text):
        what, whose = noun_phrase(match["what"], glossary), english_tokens(match["of"], glossary)
        where = _render(whose)
        if what and where and match["by"].lower() == "by":
            return f"{where}使用{what}"
        if what and where and whose[-1].role not in ("sector", "place"):
            return f"在{where}中使用{what}"
    return _render(english_tokens(text, glossary))


def _render(tokens: Sequence[Token]) -> str | None:
    tokens = [token for token in tokens if token.role != "drop"]
    if not tokens or any(token.role == "unknown" for token in tokens):
        return None
    at = next(
        (
            i
            for i, t in enumerate(tokens)
            if t.role in ("of", "between", "in", "on", "for", "to", "by", "with", "from", "under")
        ),
        None,
    )
    if at is None:
        return _row(tokens)
    head, rest = _row(tokens[:at]), _render(tokens[at + 1 :])
    if tokens[at].role == "between" and head is None:
        return None
    if head is None or rest is None or tokens[at].role in ("with", "from", "to", "under"):
        return None
    if tokens[at].role == "between":
        return f"{rest}之间的{head}" if any(t.role == "and" for t in tokens[at:]) else None
    if tokens[at].role == "in" and tokens[at + 1].role not in ("sector", "place"):
        rest = f"{rest}中"
    if tokens[at].role == "by" and tokens[at - 1].role != "action" and len(rest) <= 12:
        return f"{rest}的{head}"
    if tokens[at].role == "on":
        return f"关于{rest}的{head}"
    bare = tokens[at].role == "in" or (tokens[at].role == "of" and tokens[at - 1].role == "action")
    return f"{rest}{head}" if bare and not rest.endswith("中") else f"{rest}的{head}"


def _row(tokens: Sequence[Token]) -> str | None:
    """Words without a preposition keep their order; ``and`` ties neighbours."""
    parts: list[str] = []
    for i, token in enumerate(tokens):
        if token.role in ("and", "or"):
            if not parts or i == len(tokens) - 1:
                return None
            if tokens[i + 1].role in ("and", "or"):
                continue
            parts.append("、" if token.source == "," else ("和" if token.role == "and" else "或"))
        elif token.role in ("verb", "adv") or (token.role == "figure" and i > 0):
            return None
        else:
            parts.append(token.target)
    return "".join(parts) or None
