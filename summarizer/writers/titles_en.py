"""English titles: issuer, deed and object by the grammar of press-release headlines, and the Chinese
headline of them when every word of the object is known."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dibao.store import money

from .english import noun_phrase, object_words
from .figures import money_in
from .frames_en import COMPANY, frame

if TYPE_CHECKING:
    from ..glossary import Glossary

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
    r"launch(?:es)? (?:a )?joint consultation on|begins? (?:a )?(?:public )?consultation on|opens? (?:a )?(?:public )?consultation on": (
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
    r"extends? (?:the )?deadlines? for": ("延长", "的期限"),
    r"(?:to host|hosts|will host|holds|to hold) (?:a )?(?:public )?roundtable on": ("就", "举办圆桌会议"),
    r"(?:sets out|outlines|publishes) plans? to regulate": ("阐明规范", "的计划"),
    r"warns? of (?:the )?risks? (?:of|in|from|posed by|associated with)": ("警示", "的风险"),
    r"clarif(?:y|ies)": ("明确", ""),
    r"strengthens?": ("加强", ""),
    r"sets? out": ("阐明", ""),
}
_PATTERNS = tuple(
    (re.compile(rf"(?:jointly )?(?:{verb})\s+(.+)$", re.IGNORECASE), zh) for verb, zh in _VERBS.items()
)
_IMPOSES = re.compile(
    r"imposes (?:a )?(?P<kind>civil |composition |financial |administrative |monetary )?(?:penalt(?:y|ies)|fines?) of "
    r"(?P<amount>(?:HK\$|US\$|S\$|£|€|\$)\s?\d[\d,.]*\s?(?:million|billion|m|bn)?) on "
    + COMPANY
    + "(?: (?:for|over) (?P<why>.+))?$",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"orders (?P<who>(?:[A-Z][\w.&’'-]*,? ){1,6})to pay (?:a )?(?:penalty of )?"
    r"(?P<amount>(?:HK\$|US\$|S\$|£|€|\$)\s?\d[\d,.]*\s?(?:million|billion|m|bn)?)(?: (?:for|over) (?P<why>.+))?$",
    re.IGNORECASE,
)
_GERUNDS = (
    (r"misleading investors", "误导投资者"), (r"defrauding (?:retail )?investors", "欺诈投资者"),
    (r"failing to disclose (?P<what>.+)", "未披露{}"), (r"failing to (?:report|file) (?P<what>.+)", "未报送{}"),
    (r"failing to maintain (?P<what>.+)", "未保存{}"), (r"violating (?P<what>.+)", "违反{}"),
)  # fmt: skip
_CHARGE = re.compile(rf"charges {COMPANY} (?:with|for|over) (.+)$", re.IGNORECASE)
_FINE = re.compile(
    rf"(?:(?P<reprimand>reprimands and fines)|fines) {COMPANY},? "
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
    many = _AGENCIES.match(text) if not body else None
    if many:
        rest = text[many.end() :]
    known = glossary.bodies.get(body or issuer)
    if known is None:
        return None
    who = f"{known.name_zh}{'等机构' if many else ''}"
    if body and (joint := _JOINT.match(rest)):
        second, left = issuer_of(joint["rest"], glossary)
        if second and (partner := glossary.bodies.get(second)):
            who, rest = f"{who}、{partner.name_zh}", left
    rest = _UNIT.sub("", rest)
    deed = frame(rest, glossary) or _deed(rest, glossary, dollar=_DOLLAR.get(known.jurisdiction, "USD"))
    return deed and f"{who}{deed}"


_AGENCIES = re.compile(
    r"(?:the )?(?:federal )?(?:bank(?:ing)? )?(?:regulatory )?agencies (?=[a-z])", re.IGNORECASE
)
"""Several bodies of which the page is one's."""
_JOINT = re.compile(r"(?:and|,) (?:the )?(?P<rest>[A-Z].+)$")
_UNIT = re.compile(
    r"^(?:board|staff|division of [A-Z][a-z]+(?: [A-Z]?[a-z]+){0,3}?) (?=(?:[a-z]+s|to) )", re.IGNORECASE
)
"""A part of the body that acts."""

_DOLLAR = {"HK": "HKD", "SG": "SGD", "AU": "AUD"}


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
        why = _reason(match["why"], glossary)
        return f"对{match[3]}处以{paid}的{kind}罚款{why}" if paid and why is not None else None
    if match := _ORDERED.match(rest):
        paid, why = _own_money(match["amount"], dollar), _reason(match["why"], glossary)
        firm = match["who"].strip(" ,")
        whom = noun_phrase(firm, glossary) or firm
        return f"责令{whom}支付{paid}{why}" if paid and why is not None else None
    for verb, (before, after) in _PATTERNS:
        if (match := verb.match(rest)) and (what := object_words(match[1], glossary)):
            return f"{before}{what.removeprefix('关于') if before == '就' else what}{after}"
        if match and (aimed := _purpose(before, match[1], after, glossary)):
            return aimed
    return None


_PURPOSE = re.compile(
    r"(?P<what>.+?) to (?P<verb>enhance|strengthen|improve|simplify|clarify|streamline|modernize|modernise|update|expand|"
    r"implement|reduce|address|facilitate|support|promote|protect|increase|limit|regulate|require|rein in|curb) (?P<on>.+)$",
    re.IGNORECASE,
)
_AIMS = {
    "enhance": "加强", "strengthen": "加强", "improve": "完善", "simplify": "简化", "clarify": "明确", "streamline": "简化",
    "modernize": "更新", "modernise": "更新", "update": "更新", "expand": "扩大", "implement": "实施", "reduce": "减少",
    "address": "应对", "facilitate": "便利", "support": "支持", "promote": "促进", "protect": "保护", "increase": "提高",
    "limit": "限制", "regulate": "规范", "require": "要求", "rein in": "约束", "curb": "遏制",
}  # fmt: skip


def _purpose(before: str, what: str, after: str, glossary: Glossary) -> str | None:
    """``adopts amendments to enhance private fund reporting``: 通过修订，加强私募基金报告."""
    match = _PURPOSE.match(what) if before and not after else None
    if match is None:
        return None
    thing, on = object_words(match["what"], glossary), noun_phrase(match["on"], glossary)
    return f"{before}{thing}，{_AIMS[match['verb'].lower()]}{on}" if thing and on else None


def _reason(why: str | None, glossary: Glossary) -> str | None:
    """``，涉及…``; empty without one, None for one that is unknown."""
    words = noun_phrase(why, glossary) if why else ""
    return words and f"，涉及{words}"


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
