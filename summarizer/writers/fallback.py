"""What is known of an item whose title no grammar carries, as a headline: who did what kind of act, on what, under
which number, by when. Only facts, and terms that stand in the title; no sentence is guessed."""

# ruff: noqa: E501 — a folded table is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dibao.store import DOCUMENT_TYPES, TOPICS, Fact, Item, Lang

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
    number: str,
    facts: Sequence[Fact],
    item: Item,
    lang: Lang,
) -> str:
    """Return ``CFTC proposes rule on automated order systems; comments by 18 January 2027``.

    ``kind`` is a key of DOCUMENT_TYPES; ``terms`` stand in the title; ``many``: more than one body acts.
    """
    due = _day(facts, "date_deadline") if kind in _COMMENTED else None
    start = _day(facts, "date_effective") if kind in _LASTS else None
    name = DOCUMENT_TYPES[kind].name(lang)
    named = [term for term in dict.fromkeys(terms) if term.lower() not in name.lower()][:_MOST]
    if kind == "consultation" and not due and not _ASKS.search(item.title):
        kind = "draft"
    topics = "" if named else _topics(facts, lang)
    if lang == "zh":
        marks = "；".join(part for part in (number, topics) if part)
        text = _chinese(who, kind, name, named) + (f"（{marks}）" if marks else "")
    else:
        marks = "; ".join(part for part in (number, topics) if part)
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


def report_headline(who: str, *, terms: Sequence[str], press: bool, item: Item, lang: Lang) -> str:
    """A page of which no act is known: who reports or speaks, and what it is about."""
    named = tuple(terms[:_MOST])
    published = item.published.day if item.published else None
    if lang == "zh":
        when = f"，{day(published, 'zh')}" if published and not named else ""
        on = f"涉及{'、'.join(named)}的" if named else ""
        return f"{who}：{on}{'报道' if press else '消息'}{when}（标题为英文）"
    when = f", {day(published, 'en')}" if published and not named else ""
    on = f" on {_together(named)}" if named else ""
    return f"{who}: {'report' if press else 'publication'}{on}{when} (title in Chinese)"
