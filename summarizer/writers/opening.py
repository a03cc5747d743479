"""The first sentence of a brief: who did what, under which number, on which day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from types import ModuleType

from dibao.store import Evidence, Fact, Item, Lang, Sentence

from ..language import simplify
from ..values import read_figures
from .acts import Act, unbook
from .acts_en import english_deed
from .fallback import quoted_title
from .known import Known
from .titles_en import chinese_headline
from .told_en import told

_MAX_TITLE = 120
_SELF_TELLING = re.compile(
    r"(?:决定|召开|举行|举办|启动|开展|批准|同意|核准|暂停|恢复|下调|上调|取消|签署|就.+?(?:发出|发布|印发)|与.+?签署)"
)
"""Chinese titles that go on with these after the issuer are sentences already."""


def opening(known: Known, lang: Lang, words: ModuleType) -> tuple[Sentence, bool]:
    """Who did what, and whether it says what was done; a title is only shown when the headline could not tell
    it in the language."""
    number = known.first("document_number")
    mark, cites = (number.value, (number.evidence,)) if number and _borne(number, known) else ("", ())
    day, day_cites = published(known)
    if day and known.act and known.act.deed in _HAPPENS and not _dated(known, day):
        day, day_cites = None, ()
    fined = known.penalised
    official, paper = known.source.official, known.source.name(lang)
    punished = (fined.deed(lang) if official else fined.reported(lang)) if fined else ""
    said = punished or deed(known, lang)
    foreign = lang != known.language
    repeated = not official and not foreign  # a report's own headline says the same
    title = "" if said or repeated else short_title(known.head)
    if mark and _tells(title, said, mark):
        mark = ""
    if said and official:
        text = words.act(known.who(lang), said, number=mark, on=day, seed=known.seed)
    elif said:
        text = words.reported_act(paper, known.who(lang), said, number=mark, on=day, seed=known.seed)
    elif official:
        text = words.titled(
            known.who(lang), known.kind, number=mark, on=day, title=title, foreign=foreign, seed=known.seed
        )
    else:
        text = words.reported_title(paper, on=day, title=title, foreign=foreign, seed=known.seed)
    heading = _title(known.head) if title else known.act_evidence
    by = dict.fromkeys((heading, *cites, *day_cites, *(fined.cites if fined else ())))
    return Sentence(text=text, cites=tuple(by)), bool(said)


def _tells(title: str, said: str, number: str) -> bool:
    """Whether the rest of the sentence has the number of the document."""
    documents = read_figures(number).documents
    return number in title or number in said or bool(documents and documents <= read_figures(said).documents)


def _borne(number: Fact, known: Known) -> bool:
    """Whether what is cited bears a number out: a site's own mark for another page stands nowhere in it."""
    return number.item_id == known.head.id or bool(number.evidence.quote)


_HAPPENS = frozenset({"sign", "meet", "do", "say"})
"""What was done on a day of its own, which need not be that of the page."""


def _dated(known: Known, on: date) -> bool:
    """Whether the text names the day, as one does that tells of it."""
    text = simplify(known.head.text[:600])
    return f"{on.month}月{on.day}日" in text or any(word in text for word in ("今日", "今天"))


def _title(item: Item) -> Evidence:
    return Evidence(item_id=item.id, field="title", start=0, end=len(item.title), quote=item.title)


def short_title(item: Item) -> str:
    """The title, to be quoted within a sentence; empty when it may not be."""
    title = re.sub(r"\s+", " ", item.title).strip() if quoted_title(item) else ""
    title = title.translate(_INNER)
    return title if len(title) <= _MAX_TITLE else title[: _MAX_TITLE - 1] + "…"


_INNER = str.maketrans("“”", "‘’")
"""Quotation marks within a quotation."""


def published(known: Known) -> tuple[date | None, tuple[Evidence, ...]]:
    """The day of publication: of the document when a fact says so, else of the head's page."""
    day, cites = known.day("date_published")
    if day is not None:
        return day, tuple(e for e in cites if e.quote)
    return (known.head.published.day, ()) if known.head.published else (None, ())


def deed(known: Known, lang: Lang) -> str:
    """What was done, as the rest of a sentence; empty when the language has no safe words for it."""
    if known.language == "en":
        if lang == "zh":
            return _deed_of_english(known)
        return told(known.head.title, known.glossary) if known.source.official else ""
    if known.act is None:
        return ""
    if lang == "en":
        # the number has its own place in the sentence
        act = replace(known.act, number="") if known.act.deed == "penalty" else known.act
        return english_deed(act, known.glossary) or ""
    return simplify(_deed_zh(known, known.act))


def _deed_of_english(known: Known) -> str:
    body = known.issuer
    full = chinese_headline(
        known.head.title, body.id if body and known.source.official else "", known.glossary
    )
    said = full.removeprefix(body.name_zh) if full and body and full.startswith(body.name_zh) else ""
    # the day of a speech is not known, only that of its publication
    return f"发布{said.removesuffix('发表讲话')}的讲话" if said.endswith("发表讲话") else said


def _deed_zh(known: Known, act: Act) -> str:
    quote = known.act_evidence.quote
    if known.act_evidence.field != "title":
        who = known.issuers_as_written()
        return re.sub(r"^(?:近日|日前|今日|今天|正式|联合)+", "", quote.removeprefix(who))
    title = simplify(re.sub(r"\s+", " ", quote).strip())
    rest = title[len(known.issuer_words()) :].strip(" ：:") if act.issuers else title
    if made := _of_frame(act, title):
        return made
    if match := re.fullmatch(r"关于((?:发布|公布)[^《》]+)的(?:公告|通知|通告)", rest):
        return match[1]
    if act.deed == "issue" and act.kind and rest.startswith("关于"):
        return f"发布{re.sub(r'（[^（）]*〔.*$', '', rest)}"
    if act.issuers and _SELF_TELLING.match(rest) and not re.search(r"[，；]", rest):
        return rest
    if act.deed in ("approve", "reply", "issue") and rest.startswith(("关于", "对")):
        return f"发布{rest}"
    if act.deed == "data":
        return f"发布{rest}"
    if act.deed == "issue" and act.kind and not act.issuers:
        return f"发布《{unbook(re.sub(r'^【[^】]*】', '', rest))}》"
    return ""


def _of_frame(act: Act, title: str) -> str:
    if act.deed == "penalty":
        return f"公布对{act.firm}等的行政处罚决定" if act.firm else "公布行政处罚决定"
    if act.deed == "speech":
        return f"发布有关负责人在{act.subject}的讲话"
    if act.deed == "extend" and f"《{act.instruments[0]}》" in title:
        return f"延长《{act.instruments[0]}》的意见反馈期限"
    if act.deed == "serial":
        return f"发布{title}"
    if act.deed == "outcome":
        return f"就《{act.instruments[0]}》公布征求意见情况"
    if act.deed == "numbered" and act.subject:
        return f"发布{act.subject}" if act.subject.startswith("关于") else f"公布《{unbook(act.subject)}》"
    if act.instruments and act.deed in ("issue", "consult", "qa") and f"《{act.instruments[0]}》" in title:
        name = f"《{act.instruments[0]}》"
        return {
            "issue": f"发布{name}",
            "consult": f"就{name}公开征求意见",
            "qa": f"有关负责人就{name}答记者问",
        }[act.deed]
    return ""
