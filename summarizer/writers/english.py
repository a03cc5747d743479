"""English noun phrases → Chinese, when every word is known.

In: what a document is about, in English. Out: the same in Chinese, None when a word or its place is unknown.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .lexicon import Token, english_tokens

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
    ("proposals? to (?:modify|amend|revise)", "修订提案"), ("(?:proposed )?(?:changes|revisions)", "修改"), ("proposed amendments", "修订建议"),
    ("technical standards", "技术标准"), ("draft technical standards", "技术标准草案"), ("prudential standards?", "审慎标准"),
    ("final prudential standards?", "最终审慎标准"), ("delegated acts?", "授权法案"), ("directions", "指示"), ("issues papers?", "专题文件"),
    ("annual report", "年度报告"), ("final technical standards", "最终技术标准"), ("questions and answers", "问答"),
)  # fmt: skip
_TYPE = {re.compile(en + r"$", re.IGNORECASE): zh for en, zh in _TYPES}

_USE = re.compile(r"(?:the )?use of (?P<what>.+?) (?P<by>by|in) (?P<of>(?:(?! in | by ).)+)$", re.IGNORECASE)


def object_words(text: str, glossary: Glossary) -> str | None:
    """``final guidance on model risk management`` → 关于模型风险管理的最终指引."""
    text = re.sub(r"^(?:a|an|the|its|new|their)\s+", "", text.strip().rstrip("."), flags=re.IGNORECASE)
    if match := re.match(
        r"(.+?) (?:on|for|to|regarding|concerning|about|relating to) (.+)$", text, re.IGNORECASE
    ):
        kind, about = _type(match[1]), noun_phrase(match[2], glossary)
        if kind and about and not about.startswith("关于"):
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
