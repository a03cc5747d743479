"""What is known of an item whose title no grammar carries, as a headline: who did what kind of act, on what, under
which number, by when. Only facts, and terms that carry most of the title; where there are none the title itself
stands, marked as what it is. No sentence is guessed."""

# ruff: noqa: E501 — a folded table is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dibao.store import DOCUMENT_TYPES, TOPICS, Fact, Item, Lang, family

from ..facts.redaction import private_spans
from ..orders import order_spans
from .chinese import inflect
from .figures import day, listed

_EN = {
    "consultation": ("seek", "comments"), "proposed_rule": ("propose", "rule"),
    "advance_notice": ("seek", "comments before proposing a rule"), "discussion_paper": ("publish", "discussion paper"),
    "penalty": ("publish", "administrative penalty"), "enforcement": ("take", "enforcement action"),
    "supervisory_measure": ("take", "supervisory measure"), "market_ban": ("publish", "market ban"),
    "licence": ("publish", "licensing decision"), "reply_to_proposal": ("reply", "to a proposal"),
    "qa": ("answer", "questions"), "interpretation": ("explain", "policy"), "speech": ("publish", "speech"),
    "statistics": ("release", "statistics"), "report": ("publish", "report"), "press_release": ("publish", "press release"),
    "statement": ("make", "statement"), "correction": ("correct", "a document"),
    "notification_of_results": ("publish", "notification"), "memorandum": ("sign", "memorandum of understanding"),
    "law": ("publish", "law"), "draft": ("publish", "draft"),
}  # fmt: skip
"""Type → verb and object; those that are not here are issued."""
_ZH = {
    "proposed_rule": "发布{on}拟议规则", "advance_notice": "发布{on}规则制定预先通知", "penalty": "公布{on}行政处罚决定",
    "enforcement": "采取{on}执法行动", "supervisory_measure": "采取{on}监管措施", "market_ban": "公布{on}市场禁入决定",
    "reply_to_proposal": "答复{on}提案", "qa": "发布{on}答问", "speech": "发表{on}讲话", "statement": "发表{on}声明",
    "correction": "更正{on}文件", "memorandum": "签署{on}谅解备忘录", "conclusions": "发布{on}咨询总结",
    "draft": "发布{on}征求意见文件",
}  # fmt: skip
_MOST = 3
_LASTS = frozenset(["law", "final_rule", "interim_final_rule", "measures", "interim_measures", "provisions", "rules", "regulations", "order", "notice", "detailed_rules"])  # fmt: skip
"""Types of which a reader asks from when they hold."""
_COMMENTED = frozenset(
    ["consultation", "proposed_rule", "advance_notice", "discussion_paper", "interim_final_rule"]
)
_ASKS = re.compile(r"意见|諮詢|咨询|\bcomments?\b|\bconsult|\bfeedback\b|\bviews\b", re.IGNORECASE)
"""Titles that ask for comments; a draft can be published or passed on without."""


def act_headline(
    who: str,
    kind: str,
    *,
    many: bool,
    terms: Sequence[str],
    most: bool,
    number: str,
    facts: Sequence[Fact],
    item: Item,
    lang: Lang,
) -> str:
    """Return ``CFTC proposes rule on automated order systems; comments by 18 January 2027``.

    ``kind`` is a key of DOCUMENT_TYPES; ``terms`` stand in the title, ``most``: they tell most of it; without any
    it is quoted. ``many``: more than one body acts.
    """
    due = _day(facts, "date_deadline") if kind in _COMMENTED else None
    start = _day(facts, "date_effective") if kind in _LASTS else None
    name = DOCUMENT_TYPES[kind].name(lang)
    named = [term for term in dict.fromkeys(terms) if not _same(term, name)][:_MOST]
    if kind == "consultation" and not due and not _ASKS.search(item.title):
        kind = "draft"
    topics = "" if named else _topics(facts, lang)
    if named:
        title = "" if most else "标题仅译出部分" if lang == "zh" else "title told in part"
    elif title := quoted_title(item):
        number = "" if number in title else number
        title = f"标题为英文：{title}" if lang == "zh" else f"title in Chinese: {title}"
    if lang == "zh":
        marks = "；".join(part for part in (number, topics, title) if part)
        text = _chinese(who, kind, name, named) + (f"（{marks}）" if marks else "")
    else:
        marks = "; ".join(part for part in (number, topics, title) if part)
        text = _english(who, kind, name, named, many=many) + (f" ({marks})" if marks else "")
    if not (named or marks or due or start) and item.published:
        text += f"，{day(item.published.day, 'zh')}" if lang == "zh" else f", {day(item.published.day, 'en')}"
    if due:
        text += f"，截至{day(due, 'zh')}" if lang == "zh" else f"; comments by {day(due, 'en')}"
    if start:
        text += f"，{day(start, 'zh')}起施行" if lang == "zh" else f"; in force from {day(start, 'en')}"
    return text


def _english(who: str, kind: str, name: str, terms: Sequence[str], *, many: bool) -> str:
    verb, what = _EN.get(kind, ("issue", name))
    on = f" on {_together(terms)}" if terms else ""
    return f"{who} {inflect(verb, 'base' if many else 's')} {what}{on}"


def _same(term: str, name: str) -> bool:
    """Whether a term only names the document: 季度报告 of a report."""
    term, name = term.lower(), name.partition("（")[0].lower()
    return term in name or term.endswith((name, f"{name}s"))


def _together(terms: Sequence[str]) -> str:
    """A list in which no part is taken for two."""
    return ", ".join(terms) if any(" and " in term for term in terms) else listed(terms, "en")


def _chinese(who: str, kind: str, name: str, terms: Sequence[str]) -> str:
    named = "、".join(terms)
    if kind == "consultation":
        return f"{who}{f'就涉及{named}的文件' if terms else ''}公开征求意见"
    on = f"涉及{named}的" if terms else ""
    return who + _ZH.get(kind, "发布{on}{kind}").format(on=on, kind=name.partition("（")[0])


def _topics(facts: Sequence[Fact], lang: Lang) -> str:
    """The first two topics of the text, which the title does not name."""
    keys = dict.fromkeys(
        fact.value
        for fact in facts
        if fact.kind == "topic" and fact.value in TOPICS and fact.value != "enforcement"
    )
    names = [TOPICS[key].name(lang) for key in list(keys)[:2]]
    if lang == "zh":
        return "、".join(names)
    return "; ".join(name if name[:2].isupper() else name[:1].lower() + name[1:] for name in names)


def _day(facts: Sequence[Fact], kind: str) -> date | None:
    """The day that the facts of a kind agree on."""
    values = {fact.value for fact in facts if fact.kind == kind and fact.evidence.quote}
    try:
        return date.fromisoformat(values.pop()) if len(values) == 1 else None
    except ValueError:
        return None


_MOST_TITLE = 100
"""Characters of a title that is quoted."""


def quoted_title(item: Item) -> str:
    """The title as it stands; empty when it names a private person or may speak to a machine."""
    if any(order_spans(item.title, family(item.lang))) or private_spans(item.title):
        return ""
    title = re.sub(r"\s+", " ", item.title).strip()
    return title if len(title) <= _MOST_TITLE else title[: _MOST_TITLE - 1].rstrip(" ,，、") + "…"


def report_headline(who: str, paper: str, *, item: Item, lang: Lang) -> str:
    """A page of which no act is known: its title, and whose it is. ``paper`` reports on ``who``; either may be empty."""
    title = quoted_title(item)
    if not title and item.published:
        title = day(item.published.day, lang)
    if lang == "zh":
        return f"{f'{who}（{paper}报道' if who and paper else f'{who or paper}（'}{'，' if who and paper else ''}标题为英文）：{title}"
    by = f"{who} ({paper}, title in Chinese)" if who and paper else f"{who or paper} (title in Chinese)"
    return f"{by}: {title}"
