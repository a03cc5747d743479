"""What kind of document an item is: by its label, its title, what its first lines say, and last its column.

A report has the type of what it reports, at confidence 0.7; one that only tells what others think of a document, or
what may come, is a report and nothing else.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dibao.store import DOCUMENT_TYPES, Fact

from .reading import Part, Reading
from .types_en import Kind, action_type, line_type, read_headline
from .types_zh import PUNISHED, SETTLED, chinese_ending, chinese_report, chinese_table, chinese_title

_COLUMN_ZH = {"consultation": "consultation", "penalty": "penalty", "interpretation": "interpretation",
              "speech": "speech", "circular": "circular", "licence": "licence", "news": "press_release"}  # fmt: skip
_COLUMN_EN = {**_COLUMN_ZH, "penalty": "enforcement"}
_TYPE_LABELS = ("DocumentType", "Documenttype", "Type", "文种", "公文种类")
_GAZETTE_TYPES = {
    "rule": "final_rule",
    "prorule": "proposed_rule",
    "notice": "notice",
    "presdocu": "order",
    "presidential document": "order",
}
"""What the Federal Register files its documents under."""
_TALK_LINE = re.compile(
    r"^[^\n]{0,12}?\b(?:Speech|Remarks|Keynote(?: (?:speech|address))?|Opening (?:remarks|address)|Testimony|Lecture|Welcome address)"
    r" (?:by|at|of|to|before|delivered)\b"
    r"|^——?在[^\n。]{4,60}上的(?:讲话|致辞|发言|演讲)",
    re.MULTILINE,
)
"""A line under the title that says what the page is."""
_TALK_HEAD = 400
_HEAD_SENTENCES = 2

# English
_ACTION_LINE = re.compile(r"^\s{0,8}ACTION:\s{0,3}(?P<action>[^\n]{3,160})", re.MULTILINE)
_ACTION_HEAD = 3000
_LINES, _LINE_MAX, _LINES_HEAD = 6, 80, 600
_PERFORMED = re.compile(
    r"\b(?:publish|issu|releas|launch|adopt|propos|finali[sz]|approv|fin|charg|consult|seek|invit|request|alert|reprimand|bann?|warn"
    r"|sanction|impos|order|withdr|rescind|extend|grant|revok|sign|updat)(?:e|es|ed|ing|s|ew|awn|awing)?\b",
    re.IGNORECASE,
)
_PERFORMED_WITHIN = 160
_PERFORMED_SENTENCES = 3
_THIS = re.compile(
    r"\b[Tt]his (?:[A-Za-z&-]{2,14} ){0,2}?(?P<what>consultation(?: paper)?|discussion paper|policy statement|supervisory statement|statement of policy|circular|guidance|guidelines|guide"
    r"|bulletin|advisory|(?:final |proposed |interim final )?rule|directive|regulation|report|letter|notice|memorandum)"
    r" (?:sets?|provides?|explains?|informs?|clarif|describes?|outlines?|applies|contains|covers|reminds|is (?:issued|effective|addressed|intended|being)|will|presents|proposes|makes|amends|implements|establishes|supplements|replaces|supersedes|rescinds)"
)
_THIS_HEAD = 1500
_THIS_TYPES = {"final rule": "final_rule", "rule": "final_rule", "bulletin": "circular", "letter": "letter", "notice": "notice",
               "regulation": "regulation", "report": "report", "advisory": "guidance", "memorandum": "memorandum"}  # fmt: skip
_WEAK = frozenset({"", "statement", "report"})
"""What a title may say of anything: a line under it knows better."""
_ON_ONE_PARTY = frozenset({"", "order", "notice", "decision", "letter", "statement"})
"""What a list of enforcement holds under other names."""
_OPEN_EN = re.compile(
    r"\b(?:open for|subject to|launch(?:es|ed)?|under) (?:a )?(?:public )?consultation\b|\b(?:public )?consultation until\b",
    re.IGNORECASE,
)
_PROPOSED_RULE = re.compile(
    r"\b(?:comment period|comments?) (?:on|for) (?:its|the|their|an?) (?:\S+ ){0,2}proposed (?:rules?|amendments)\b"
)
_FINAL_EN = frozenset({"final_rule", "interim_final_rule", "policy_statement", "conclusions", "enforcement"})
_NORMS = frozenset({"guidance", "guidelines", "interpretation", "policy_statement", "supervisory_statement"})
"""What a list of circulars holds besides them, where a line of its own over the text says so."""
_TOLD_BY_TEXT = frozenset({"final_rule", "report"})
_ACTS_OF_UNION = frozenset(
    {"regulation", "directive", "technical_standards", "decision", "guidelines", "policy_statement"}
)
_PUBLISHED_PAPER = re.compile(
    r"\b(?:publish(?:ed|ing)|issued|released)\s(?:today\s)?(?:[a-z]+\s){0,2}PS\s?[0-9]{1,2}/[0-9]{1,2}"
)
_RULEMAKERS = frozenset({"US"})
_RULEMAKING_SOURCES = ("eu-ec",)
"""Whose proposal is a proposed rule; elsewhere one proposes by consulting."""
_REPORTED_EN = re.compile(
    r"\b(?:issu|releas|publish|adopt|propos|finali[sz]|unveil|announc|introduc|launch|fin|charg|consult|seek|impos|warn|approv|updat|sue|su(?:es|ed)|commenc|beg[iau]n|start|fil|accus|prosecut|bann?|barr?|suspend|revok|order|sanction|grant|receiv|secur|obtain|wins?|won)[a-z]{0,5}\b",
    re.IGNORECASE,
)
_NOT_NEW = re.compile(
    r"\b(?:block(?:s|ed|ing)?|vacat(?:es|ed|ing)|str(?:ikes?|uck) down|overturn(?:s|ed)?|challeng(?:es?|ed|ing)|lawsuits?|urg(?:es?|ed|ing)|critici[sz]\w+|oppos(?:es?|ed|ing|ition)|lobb(?:y|ies|ied|ying)|slam(?:s|med)"
    r"|applauds?|welcom(?:es|ed)|brac(?:es?|ing) for|ahead of|prepar(?:es?|ing) for|weigh(?:s|ing)|mull(?:s|ing)|consider(?:s|ing)|plans? to|expected to|poised to|set to|nears?|likely to|could|might|rumou?red)\b"
    r"|^(?:what|why|how|explain(?:er|ed)|opinion|analysis|comment|five|ten|[0-9]+ things|q&a with)\b",
    re.IGNORECASE,
)
"""Words before a document's name by which a report tells of no act: others' views of it, or what may come."""
_CHINA = re.compile(r"\b(?:China|Chinese|Beijing)\b")
"""Whose rules are no final rules of a rulemaking."""
_NOT_REPORTED = frozenset({"report", "statement", "speech", "notice", "plan", "guide"})


def read_types(reading: Reading) -> Iterator[Fact]:
    """Yield the document type, and after it the notice that carries it when there is one."""
    if reading.official:
        yield from _official_zh(reading) if reading.lang == "zh" else _official_en(reading)
    else:
        yield from _report(reading)


def title_type(title: str, *, chinese: bool) -> str:
    """Return the key of the document type that a title says, empty when it says none."""
    return chinese_title(title)[0] if chinese else read_headline(title).key


def _labelled(reading: Reading) -> Fact | None:
    """The type that a label of the page says, above all that the title may look like."""
    action = reading.label("Action") if reading.lang == "en" else None
    if action is not None and (key := action_type(action.text) or read_headline(action.text).key):
        return reading.fact("document_type", key, action, (0, len(action.text)))
    label = reading.label(*_TYPE_LABELS)
    if label is not None:
        said = label.text.strip().lower()
        english = _GAZETTE_TYPES.get(said) or read_headline(label.text).key
        key = chinese_ending(label.text) if reading.lang == "zh" else english
        if key:
            return reading.fact("document_type", key, label, (0, len(label.text)))
    return None


def _talk(reading: Reading) -> Fact | None:
    """A line under the title that says that somebody spoke."""
    for part in reading.body:
        match = _TALK_LINE.search(part.text, 0, _TALK_HEAD)
        if match:
            return reading.fact("document_type", "speech", part, match.span(), confidence=0.9)
    return None


def _by_column(reading: Reading, columns: dict[str, str]) -> Iterator[Fact]:
    key = columns.get(reading.item.column, "")
    if key:
        yield reading.fact(
            "document_type", key, reading.title, (0, 0), shown=reading.item.column, method="source", confidence=0.6
        )  # fmt: skip


def _official_zh(reading: Reading) -> Iterator[Fact]:
    title = reading.title
    said = _labelled(reading) or _talk(reading)
    if said is not None:
        yield said
        return
    main, carrier = chinese_title(title.text)
    span = (0, len(title.text))
    if main:
        yield reading.fact("document_type", main, title, span, confidence=0.95)
        if carrier:
            yield reading.fact("document_type", carrier, title, span, confidence=0.5)
        return
    reported = chinese_report(reading, title, len(title.text)) if reading.item.column == "news" else None
    if reported:
        yield reading.fact("document_type", reported[0], title, reported[1], confidence=0.8)
        return
    if reading.item.column not in _COLUMN_ZH:
        for part in reading.body:
            table = chinese_table(part)
            if table:
                yield reading.fact("document_type", "penalty", part, table, confidence=0.8)
                return
    yield from _by_column(reading, _COLUMN_ZH)


def _official_en(reading: Reading) -> Iterator[Fact]:
    title = reading.title
    key = read_headline(title.text, rulemaking=_makes_rules(reading)).key
    said = _labelled(reading) or _action_line(reading)
    if said is None and key in _WEAK:
        said = _talk(reading) or _draft_line(reading)
    if said is None and key:
        said = _still_open(reading, key)
    if said is not None:
        yield said
        return
    column = reading.item.column
    if key == "consultation" and _makes_rules(reading):
        proposed = _of_proposed_rule(reading)
        if proposed is not None:
            yield proposed
            return
    if key in _TOLD_BY_TEXT and reading.source.jurisdiction in ("EU", "UK"):
        # Only the text says whether "new rules" are a regulation, a directive, standards or a policy statement.
        performed = _published_paper(reading) or _performed(reading)
        if performed is not None and performed.value in _ACTS_OF_UNION:
            yield performed
            return
    named = _first_line(reading) if column == "circular" and key in _WEAK else None
    if named is not None and named.value in _NORMS:
        yield named
        return
    if (
        (column == "speech" and not title.text.startswith("Statement"))
        or (column == "circular" and key in _WEAK)
        or (column == "penalty" and key in _ON_ONE_PARTY)
        or (column == "consultation" and key and DOCUMENT_TYPES[key].force > 0 and key not in _FINAL_EN)
    ):
        yield from _by_column(reading, _COLUMN_EN)
    elif key:
        yield reading.fact("document_type", key, title, (0, len(title.text)), confidence=0.95)
    else:
        told = _first_line(reading) or _this_document(reading) or _performed(reading)
        yield from (told,) if told is not None else _by_column(reading, _COLUMN_EN)


def _makes_rules(reading: Reading) -> bool:
    source = reading.source
    return source.jurisdiction in _RULEMAKERS or source.id.startswith(_RULEMAKING_SOURCES)


def _action_line(reading: Reading) -> Fact | None:
    """The line that opens a paper of the Federal Register: ``ACTION: Final rule.``"""
    for part in reading.body:
        match = _ACTION_LINE.search(part.text, 0, _ACTION_HEAD)
        key = action_type(match["action"]) if match else ""
        if match and key:
            return reading.fact("document_type", key, part, match.span("action"))
    return None


def _of_proposed_rule(reading: Reading) -> Fact | None:
    """Where a title speaks of a comment period only: the first sentences say that it is a proposed rule's."""
    if "omment" not in reading.title.text:
        return None
    for part in reading.body[:1]:
        end = part.sentences[:_HEAD_SENTENCES][-1][1] if part.sentences else 0
        match = _PROPOSED_RULE.search(part.text, 0, end)
        if match:
            return reading.fact("document_type", "proposed_rule", part, match.span(), confidence=0.85)
    return None


def _still_open(reading: Reading, type_: str) -> Fact | None:
    """Say ``consultation`` for a paper whose first sentences invite comments on it: adopted, but not final."""
    if DOCUMENT_TYPES[type_].force == 0.0 or type_ in _FINAL_EN or reading.item.column != "news":
        return None
    for part in reading.body[:1]:
        end = part.sentences[:_HEAD_SENTENCES][-1][1] if part.sentences else 0
        match = _OPEN_EN.search(part.text, 0, end)
        if match:
            return reading.fact("document_type", "consultation", part, match.span(), confidence=0.8)
    return None


def _first_line(reading: Reading) -> Fact | None:
    """A short line of its own at the head that begins with a kind of document: ``Consultation Paper CP26/9``."""
    for part in reading.body:
        at = 0
        for line in part.text[:_LINES_HEAD].split("\n")[:_LINES]:
            start, at = at, at + len(line) + 1
            bare = line.strip()
            if 3 < len(bare) <= _LINE_MAX and bare[-1] not in ".;," and bare != reading.title.text.strip():
                key = line_type(bare)
                if key:
                    span = (start, start + len(line))
                    return reading.fact("document_type", key, part, span, confidence=0.85)
    return None


def _draft_line(reading: Reading) -> Fact | None:
    """A first line that says ``Consultation report`` where the title says report only."""
    line = _first_line(reading)
    return (
        line
        if line is not None and DOCUMENT_TYPES[line.value].force == 0.0 and line.value != "speech"
        else None
    )


def _published_paper(reading: Reading) -> Fact | None:
    """The policy statement whose number the first sentences say was published."""
    for part in reading.body[:1]:
        end = part.sentences[:_HEAD_SENTENCES][-1][1] if part.sentences else 0
        match = _PUBLISHED_PAPER.search(part.text, 0, end)
        if match:
            return reading.fact("document_type", "policy_statement", part, match.span(), confidence=0.85)
    return None


def _this_document(reading: Reading) -> Fact | None:
    """What the text calls itself: ``This policy statement sets out``."""
    for part in reading.body:
        match = _THIS.search(part.text, 0, _THIS_HEAD)
        if match:
            key = _THIS_TYPES.get(match["what"].lower()) or read_headline(match["what"]).key
            return reading.fact("document_type", key, part, match.span(), confidence=0.85)
    return None


def _performed(reading: Reading) -> Fact | None:
    """What the first sentences say that the publisher did: ``today issued a circular on``."""
    rulemaking = _makes_rules(reading)
    for part in reading.body:
        for start, end in part.sentences[:_PERFORMED_SENTENCES]:
            verb = _PERFORMED.search(part.text, start, min(end, start + _PERFORMED_WITHIN))
            if verb is None:
                continue
            kind = read_headline(
                part.text[verb.start() : min(end, verb.start() + _PERFORMED_WITHIN)], rulemaking=rulemaking
            )
            if kind.key:
                span = (verb.start() + kind.start, verb.start() + kind.end)
                return reading.fact("document_type", kind.key, part, span, confidence=0.8)
    return None


def _report(reading: Reading) -> Iterator[Fact]:
    """The type of what a report reports, else ``news_report``."""
    punished = PUNISHED.search(reading.title.text) if reading.lang == "zh" else None
    settled = SETTLED.search(reading.title.text) if reading.lang == "zh" and not punished else None
    if punished or settled:
        bodies = [
            hit.entry.jurisdiction
            for hit in reading.glossary.find(reading.title.text, "zh")
            if hit.entry.kind == "org"
        ]
        # Private parties settle too: only beside the name of a body it is an authority's act.
        punished = punished or (settled if bodies else None)
    if punished:
        key = "enforcement" if any(place not in ("CN", "") for place in bodies) else "penalty"
        yield reading.fact("document_type", key, reading.title, punished.span(), confidence=0.7)
        return
    kinds = [found for part, end in _heads(reading) if (found := _reported(reading, part, end))]
    told = next((found for found in kinds if found.sure), None) or next(iter(kinds), None)
    if told:
        yield reading.fact("document_type", told.key, told.part, told.span, confidence=0.7)
        return
    yield reading.fact("document_type", "news_report", reading.title, (0, 0), shown="", method="source")


def _heads(reading: Reading) -> Iterator[tuple[Part, int]]:
    yield reading.title, len(reading.title.text)
    if reading.lang == "en" and _NOT_NEW.search(reading.title.text):
        return
    for part in reading.body:
        if part.sentences:
            yield part, part.sentences[:_HEAD_SENTENCES][-1][1]


@dataclass(frozen=True, slots=True)
class _Reported:
    """What a part of a report says was issued, and where; not sure when the kind of it is only ``rules``."""

    key: str
    part: Part
    span: tuple[int, int]
    sure: bool = True


def _reported(reading: Reading, part: Part, end: int) -> _Reported | None:
    if reading.lang == "zh":
        found = chinese_report(reading, part, end)
        return _Reported(found[0], part, found[1]) if found else None
    for start, stop in part.sentences:
        if start >= end:
            break
        sentence = part.text[start:stop]
        if not _REPORTED_EN.search(sentence):
            continue
        kind = _reported_kind(reading, sentence)
        if kind is not None and not _NOT_NEW.search(sentence[: kind.start]):
            return _Reported(kind.key, part, (start + kind.start, start + kind.end), kind.sure)
    return None


def _reported_kind(reading: Reading, sentence: str) -> Kind | None:
    """The kind that a sentence of a report names; whose proposal it is decides what a proposal is."""
    kind = read_headline(sentence)
    if not kind.key or kind.key in _NOT_REPORTED:
        return None
    if kind.key not in ("proposed_rule", "consultation", "final_rule"):
        return kind
    places = [
        hit.entry.jurisdiction
        for hit in reading.glossary.find(sentence, "en")
        if hit.entry.kind == "org" and hit.entry.jurisdiction
    ]
    if not kind.sure and (places[:1] == ["CN"] or _CHINA.search(sentence)):
        return replace(kind, key="rules")
    return read_headline(sentence, rulemaking=not places or places[0] in _RULEMAKERS)
