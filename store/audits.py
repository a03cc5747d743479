"""How each version of a brief came about: from which items, by which program, model and prompt, with what the
gate refused, at what cost. No I/O.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .records import Lang
from .tellings import Brief
from .vocabulary import Term

REFUSALS: dict[str, Term] = {
    t.key: t
    for t in (
        Term("amount", "amount not in the cited text", "金额不见于所引原文"),
        Term("rate", "rate not in the cited text", "比率不见于所引原文"),
        Term("document", "document number not in the cited text", "文号不见于所引原文"),
        Term("article", "article not in the cited text", "条款编号不见于所引原文"),
        Term("date", "date not in the cited text", "日期不见于所引原文"),
        Term("number", "number not in the cited text", "数字不见于所引原文"),
        Term("span", "length of time not in the cited text", "期间不见于所引原文"),
        Term("code", "code not in the cited text", "代号不见于所引原文"),
        Term("times", "more often than in the cited text", "出现次数多于所引原文"),
        Term("range", "a range from a value to itself", "区间两端相同"),
        Term(
            "published",
            "a day of effect or a deadline that is only the day of publication",
            "把发布日期当作施行日期或截止日期",
        ),
        Term("twice", "amount more often than in the cited text", "金额出现次数多于所引原文"),
        Term("deadline", "a deadline that is only the day of publication", "把发布日期当作截止日期"),
        Term("modality", "modality", "义务用语与所引原文不符"),
        Term("direction", "direction not in the cited text", "升降方向不见于所引原文"),
        Term("negation", "negation not in the cited text", "否定不见于所引原文"),
        Term("undone", "says that something was not done", "称某事未发生"),
        Term("exception", "leaves out the exception of the cited sentence", "漏掉所引原句的除外规定"),
        Term("no_duty", "says that no duty is created", "称不产生义务，但此类文件可能产生"),
        Term("no_document", "says that no document is known", "称未见文件，但来源中有"),
        Term("body", "body not in the cited text", "机构不见于所引原文"),
        Term("stage", "a draft is called final or in force", "把征求意见稿说成已定稿或生效"),
        Term("private", "names a private person", "提及个人姓名"),
        Term("uncited", "cites nothing", "未引用任何原文"),
        Term("evidence", "evidence does not match its source", "所引文字与来源不符"),
        Term("quotation", "a quotation that is not in the cited source", "引文不见于所引来源"),
        Term("agreement", "the other brief does not say", "另一语言的简报没有此项"),
        Term("overruled", "an official source says otherwise", "与官方来源不一致"),
        Term("contradiction", "a model of inference finds a contradiction", "推理模型认为与原文矛盾"),
        Term("form", "not one sentence", "不是一个完整句子"),
        Term("markup", "carries a link or markup", "含链接或标记"),
        Term("language", "not in the language of the brief", "不是简报所用语言"),
        Term("name", "a name that no source has", "名称不见于任何来源"),
        Term("said", "a quotation that no source has", "引语不见于任何来源"),
        Term("thin", "too little of it is grounded", "有依据的内容过少"),
        Term("answer", "the answer is not the JSON that was asked for", "模型的回答不合格式"),
        Term("budget", "the budget of tokens is used up", "用量预算已用完"),
        Term("other", "another reason", "其他原因"),
    )
}
"""Why a sentence does not get into a brief: the English name is how the gate's reason begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One item that a brief was made from, as it was then."""

    item_id: str
    version: int
    sha256: str
    """Of what the item says: ``content_hash``."""
    facts: str
    """SHA-256 of the facts read from it."""
    official: bool
    copied: bool
    """It repeats the text of another one."""
    withdrawn: bool
    said: tuple[tuple[str, str], ...]
    """(kind, value) of the facts whose change is told to readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefAudit:
    """The making of one version of a brief in one language.

    A version that other inputs led to word for word has several: the first is of the writing, the others
    say that nothing had to be changed.
    """

    story_id: int
    lang: Lang
    version: int = 0
    """Given by the store."""
    inputs: str
    """Hash of everything that went in; that of the brief."""
    at: datetime
    writer: str
    program: str
    """Version of the writing program, with that of its model and prompt."""
    model: str = ""
    prompt: str = ""
    """Version of the prompt's file; empty where no model was asked."""
    request: str = ""
    """Key of the model's answer (Generation); empty where no model was asked or none came."""
    tokens_in: int = 0
    tokens_out: int = 0
    paid: bool = False
    """The answer was asked for this version; an answer from the ledger costs nothing."""
    cost: str = ""
    """What was paid, at the prices set then: ``CNY 0.0123``; empty without a price."""
    seconds: float
    """Wall time until both languages were written and checked; with a model, the average of its batch."""
    head: str
    day: date
    rank: str
    """The rank's machine suffix at that time."""
    given: tuple[Given, ...]
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A sentence that did not get into a brief. ``by``: ``gate``, ``agreement``, ``contradiction`` (a model
    of inference), or whose sentence it was: ``model``, ``translator``."""

    text: str
    reasons: tuple[str, ...]
    by: str


def refusals(dropped: tuple[str, ...]) -> tuple[Refusal, ...]:
    """Return what ``Brief.dropped`` says: ``sentence [reason; reason]``, after ``model:`` for a model's."""
    return tuple(map(_refusal, dropped))


def _refusal(said: str) -> Refusal:
    by, _, told = said.partition(": ")
    if by not in _MODELS:
        by, told = "gate", said
    text, bracket, rest = told.rpartition(" [")
    if not bracket or not rest.endswith("]"):  # the whole answer was of no use
        return Refusal(text="", reasons=(told,), by=by)
    reasons = tuple(rest[:-1].split("; "))
    if by == "gate" and refusal_kind(reasons[0]) in ("agreement", "contradiction"):
        by = refusal_kind(reasons[0])
    return Refusal(text=text, reasons=reasons, by=by)


_MODELS = ("model", "translator")
"""Whose sentences are marked so in front."""


def refusal_kind(reason: str) -> str:
    """Return the key in REFUSALS of a reason; ``other`` for one that is not of the list."""
    if "finds a contradiction" in reason:
        return "contradiction"
    return next((key for key, term in REFUSALS.items() if reason.startswith(term.en)), "other")


def refused(briefs: tuple[Brief, ...]) -> dict[str, int]:
    """Count the refused sentences of briefs by kind of reason; each counts once, for its first reason.

    An answer of a model that was of no use as a whole is no sentence.
    """
    counts: dict[str, int] = {}
    for brief in briefs:
        for refusal in refusals(brief.dropped):
            if refusal.text:
                kind = refusal_kind(refusal.reasons[0])
                counts[kind] = counts.get(kind, 0) + 1
    return counts
