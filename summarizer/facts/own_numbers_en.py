"""When an English number is the document's own: the series that number documents, and the words that say so.

Own is a number under a label at the head, one that its paper's name stands before, or one that a verb of issue
stands right before. Words of time past, and of what others issued, make it another document's.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re

from .days import EN_DATE

OWNABLE = re.compile(
    r"Release|^(?:33|34|IA|IC|LR)-|^(?:SR|CA) |OCC|FIL-|FIN-|(?:Regulatory|Information|Election|Special) Notice|Letter|Executive Order|Accounting Bulletin"
    r"|(?:Circular|Bulletin) |^(?:CP|PS|DP|FG|GC|SS|FS|TR|SoP)\s?[0-9]|^[0-9]{2}(?:PR|EC|CP|CC)|(?:EBA|EIOPA|ESMA|JC|ECB)[/-]|^ESMA[0-9]|^JC |^CON/|^[BG][0-9]+/|^P[0-9]{3}-|^(?:FR|CR)[0-9]"
    r"|^(?:GB|JR|TC260)|^Notice |^(?:PSN|SFA|FAA|CMG|TCA|FSM|PS-)|^(?:Regulation|Directive|Decision|Guideline|Recommendation) \((?:EU|EC)|^(?:Joint )?(?:Opinion|Guidelines|Recommendations?|Guidance|Statement|Rundschreiben) "
    r"|^Country Report|^20[0-9]{2} No|^d[0-9]{1,3}$|^PR-|^IP/|^STATEMENT/|^QANDA/|^C\(|^RBI/|^COM\(|[0-9]MR$|-(?:CU|FCU|RA)-|^GL[0-9]|-AMCM$"
)
"""Of the numbers without 号 those that number documents, not laws or dockets."""
OF_SOURCE = {"GL": "hk-ia", "No": "sg-mas"}
"""Begins of series that mean this only with one publisher: GL16, Notice 626."""

_PAPER = (
    r"(?:conclusions|circular|consultation|paper|guidance|guidelines?|letter|statement|notice|rules?|bulletin|report|release|order|advisory|alert"
    r"|opinion|recommendations?|standards?|briefing|(?:call\sfor\s)?(?:evidence|input|advice)|discussion|instrument|regulation|directive|decision)"
)
ANNOUNCED = re.compile(
    rf"\b(?:issu|launch|publish|releas|adopt|propos)\w{{0,4}}\b[^.;\n()]{{0,100}}\b{_PAPER}s?\s\((?:ref(?:erence)?\.?\s?(?:no\.?)?:?\s?)?$"
    rf"|\bthe\s(?:[a-z]{{3,12}}\s)?(?-i:{_PAPER}),\s$"
    r"|\bthe\s(?:adopting|proposing|extending|final|concept|interpretive|accompanying)\s(?:rule\s)?release\sis\s$"
    r"|\bis\s(?:made|effected|issued)\s(?:by|in|as|under)\s$",
    re.IGNORECASE,
)
"""Words right before a number that a release gives to what it announces."""
ANNOUNCED_FURTHER = re.compile(
    rf"\b(?:issu|launch|publish|releas|adopt|propos)\w{{0,4}}\b[^.;\n()]{{0,60}}\b{_PAPER}s?(?:\b[^.;\n()]{{0,90}}\s\(|,\s)$",
    re.IGNORECASE,
)
"""The same where the paper's subject stands between its name and the number; for the first sentences only."""
YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
OLDEST = 2
"""Years: a number with an older year in it is an earlier paper's."""
OUR_REFERENCE = re.compile(
    r"^[ \t]{0,8}(?:[Oo]ur\s)?[Rr]ef(?:erence)?(?:\s(?:[Nn]o|[Nn]umber))?\.?\s?:\s{0,4}(?P<number>[A-Z][A-Z0-9./()-]{3,40}[0-9A-Z)])[ \t]{0,8}$",
    re.MULTILINE,
)
"""A reference of any shape that its label names as the sender's own."""
BESIDE = re.compile(r"\s?(?:[/;,&|]|\band\b)\s?(?:[A-Z][A-Za-z]{1,8}\s)?")
"""Between an own number and another that the same paper bears: DP1/26 / DP26/3, SR 26-5 / CA 26-2."""
AFTER_BESIDE = re.compile(r"\s?(?:[:–—|)\]\n;,/&-]|and\b|$)")
RELEASED_ON = re.compile(rf"\s?[/|–—-]\s?{EN_DATE}")
"""The day behind the number of a release on its own line: Release No. 34-105200 / May 8, 2026."""
FILED_AS = re.compile(r"\[?FR Doc\. (?P<number>20[0-9]{2}-[0-9]{5}) Filed\b")
"""Where the Federal Register says at the end under which number it filed a document."""
SAYS_ITSELF = re.compile(r"\)\s(?:sets?\sout|seeks|proposes|invites|explains|describes|contains)\b")
PAPER_OPENS = re.compile(rf"\b[Tt]he\s(?:[A-Za-z]{{3,12}}\s)?(?i:{_PAPER})\s\($")
"""The consultation paper (26CP7) sets out …"""
ISSUED_RIGHT_BEFORE = re.compile(
    r"\b(?:issue[sd]?|publishe[sd]|release[sd]?|adopt(?:s|ed)|approve[sd]|(?:is|are)\s(?:publishing|issuing|releasing|adopting))\s(?:today\s)?"
    r"(?:(?:the|its|a|an|new|final|updated|revised|version|text|of|their|first|Commission|Council|joint|draft)\s){0,6}$"
)
"""A verb of issue right before a number: adopted the final version of Guidelines 01/2026."""
PAST = re.compile(
    rf"\b(?:last|earlier|previously|ago|had|since|before)\b|\b(?:[Oo]n\s{EN_DATE}|[Ii]n\s(?:[A-Z][a-z]{{2,8}}\s)?(?:19|20)[0-9]{{2}}\b)"
)
"""Words of the sentence after which a verb of issue tells history, unless the day is that of the page."""
CONSULTS = re.compile(r"(?:Q?CP|DP|GC)[0-9]|[0-9]{2}CP|P[0-9]{3}-|(?:EBA|EIOPA|ESMA|JC)[/-]CP|CR[0-9]")
"""Numbers of papers that consult: never the conclusions' own."""
PAPER_NAME = re.compile(
    r"(?:(?:[A-Z][A-Za-z]{1,14}\s){0,3}(?:Advisory|Bulletin|Circular|Letter|Commission|Council|Guidance|Policy|Paper|Statement|Notice|Report|Opinion|Guidelines?|Alert|Release))"
)
"""A paper's name that may stand between the begin of a title or line and its number."""
HEAD_LABEL = r"(?:(?:Our\s|Document\s|Circular\s|Notice\s|Release\s)?(?:Ref(?:erence)?|Number|No)\b\.?(?:\s(?:No|Number)\b\.?)?\s?[:：|]?\s?)?"
"""Labels before a number on a line at the head; whose reference it is must not be yours."""
