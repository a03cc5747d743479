"""English document types by the grammar of a headline: pure, from words to a key of the store's list.

A title names what it brings first: "PRA publishes policy statement on consultation rules" is a policy statement. So
the earliest word of a kind decides, with three exceptions: a series prefix (PS24/5), words that decide wherever they
stand (correction, FAQs, consultation conclusions), and the action line of a gazette, which is a list of its own.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from dataclasses import dataclass, replace

_Table = tuple[tuple[str, str], ...]


def _compiled(*rows: tuple[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((key, re.compile(pattern, re.IGNORECASE)) for key, pattern in rows)


_SERIES = _compiled(
    ("policy_statement", r"PS\s?[0-9]"),
    ("supervisory_statement", r"SS\s?[0-9]"),
    ("discussion_paper", r"DP\s?[0-9]"),
    ("consultation", r"(?:Q?CP|GC)\s?[0-9]"),
    ("guidance", r"FG\s?[0-9]"),
    ("conclusions", r"FS\s?[0-9]{1,2}/"),
    ("supervisory_letter", r"(?:SR|CA)\s[0-9]{1,2}-[0-9]"),
)
"""A number that opens a title and says by its letters what the document is."""

_CARRIERS = _compiled(
    ("notice", r"(?:Regulatory|Information|Handbook) Notice [0-9][0-9-]*(?:\s?[:–—-]\s*|$)"),
    ("circular", r"(?:OCC|CFPB|FDIC|Compliance|Supervisory) Bulletin [0-9][0-9-]*(?:\s?[:–—-]\s*|$)"),
    ("circular", r"FIL-[0-9]+-[0-9]{4}(?:\s?[:–—-]\s*|$)"),
    ("letter", r"(?:CFTC )?(?:Staff )?Letter No\. [0-9]{2}-[0-9]{2,3}(?:\s?[:–—-]\s*|$)"),
    ("press_release", r"(?:Joint |Media |News )?(?:Press |Media |News )?[Rr]elease(?:\s?[:–—-]\s+)"),
)
"""A series that carries papers of any kind: what follows it decides, itself only when that says nothing."""

_ANYWHERE = _compiled(
    ("correction", r"; correct(?:ion|ing)|\bcorrecting amendments?\b|\bcorrigend(?:um|a)\b|\berrat(?:um|a)\b|^correction\b|\bcorrection (?:to|of|notice)\b|\btechnical corrections?\b"),
    ("advance_notice", r"\badvanced? notice of proposed rule-?making\b|(?-i:\bANPRM?\b)"),
    ("conclusions", r"\bconsultation (?:conclusions?|outcomes?|responses?|feedback|summary|results)\b|\bconclud(?:es|ed) (?:the |its |joint |public )?consultation\b|\bfeedback statement\b|\bconclusions (?:on|to|of) [^;:]{0,30}consultation\b|\boutcome of (?:the |its )?consultation\b"
     r"|\brespon(?:d|ds|ded|se|ses) to (?:the |its |our |a )?(?:public )?(?:feedback|comments?|consultation|submissions|responses)\b|\bsummary of (?:responses|comments|feedback|submissions)\b|\bgovernment response\b|\bfeedback on (?:the |our )?(?:consultation|responses)\b|[–—:-] conclusions(?: paper)?$"),
    ("interim_final_rule", r"\binterim final rules?\b"),
    ("qa", r"\bQ\s?&\s?As?\b|\bquestions? and answers?\b|\bFAQs?\b|\bfrequently asked questions\b|\banswers? (?:press|media|reporters['’]?|journalists['’]?) questions\b|\banswers? questions from\b"),
    ("reply_to_proposal", r"\brepl(?:y|ies) to (?:the )?(?:[a-z]+ ){0,2}(?:proposals?|suggestions?|motions?|questions?)\b|\b(?:written|oral) (?:reply|replies|answers?)\b|^LCQ ?[0-9]"),
    ("letter", r"\bno-action (?:letters?|relief|positions?)\b"),
    ("consultation", r"\bdraft (?:SI|statutory instruments?|legislation|bill)\b|\(draft(?: for [a-z ]{4,30})?\)|\bdraft for (?:public )?comments?\b|\bexposure drafts?\b"),
    ("law", r"^(?:the )?(?:(?-i:[A-Z(])\S* |and |of |for ){1,14}(?:act|ordinance),? 20[0-9]{2}$"),
)  # fmt: skip

_AFTER_ISSUE = r"(?<=publishes )|(?<=issues )|(?<=releases )|(?<=published )|(?<=issued )|(?<=released )|^"
_FIRST: _Table = (
    # What a body does to a party.
    ("enforcement",
     r"(?<!and )(?<!fees )(?<!fee )(?<!capital )(?<!interchange )(?<!bank )(?<!account )charge[sd]?(?!\s(?:for|and|on|in|of|at|by|are|is|card|cap|disclosure)\b|[-,;:]|$)|(?:fraud|criminal|trading|manipulation|settled|misconduct|bribery) charges"
     r"|(?:settles?|settled|files?|filed|announces?) [^;:]{0,40}\bcharges|fine[sd]?(?![-\w])|penali[sz]e[sd]?|penalt(?:y|ies)(?! (?:inflation|adjust|polic|framework|regime|guid|unit|provision|point))"
     r"|settles? (?:with|claims|allegations|case|enforcement|over|for)|settled (?:with|case|order|claims)|settlement (?:with|agreement|of|order|over)|(?:reach(?:es|ed)|agree[sd]? to|enters? into) (?:an? |\S+ )?settlement"
     r"|cease[ -]and[ -]desist|consent (?:orders?|judgments?)|enforcement actions?|final notices?|decision notices?|warning notices?|first supervisory notices?|disciplinary (?:actions?|orders?|proceedings?)|disgorgement|restraining orders?"
     r"|prohibition (?:orders?|notices?)|confiscation orders?|infringement notices?|in the matter of(?= (?-i:[A-Z]))|enforceable undertakings?|(?:final|consent|default|summary) judgments?|judgments? against|reprimand(?:s|ed)?|censure[sd]?|convict(?:s|ed|ion)|sentence[sd]|indict(?:s|ed|ment)"
     r"|(?:finali[sz]es?|approves?) (?:\S+ ){0,2}orders? (?:with|against|settling|resolving)|plead(?:s|ed)? guilty|jail(?:s|ed)|prosecut(?:es|ed|ion)|disqualif(?:ies|ied)|debar(?:s|red)|sues|sued|(?:commences?|commenced|launche[sd]|begins?|files?|filed|institutes?) (?:\S+ ){0,3}(?:proceedings|prosecution|complaint|lawsuit|suit|civil action|enforcement)"
     r"|(?:obtains?|secures?|wins?) (?:\S+ ){0,4}(?:judgments?|injunctions?|freeze|court orders?|restraining|restoration)|orders? [^;:]{2,60}? to (?:pay|cease|stop|refund|repay|compensate)|(?:takes?|took|taken) (?:\S+ ){0,2}action against|sanctioned|sanctions(?= (?:former )?(?-i:[A-Z])[\w.&]+[^;:]{0,60}? (?:for|over|after)\b)"
     r"|banned|barred|bans(?! (?:on|of|for)\b)(?= \S)|bars(?= (?-i:[A-Z]))|(?:suspends?|suspended|revokes?|revoked|cancels?|cancelled)\b[^;:]{0,50}?\b(?:licen[cs]es?|registrations?|authori[sz]ations?|permissions?)|fraud (?:scheme|case)|suspends?(?= (?-i:[A-Z])[\w.&' -]{2,60} for \w+ (?:months|years|weeks))|statement of disciplinary action"),
    # Drafts.
    ("proposed_rule", r"(?:supplemental )?notices? of proposed rule-?making|(?-i:NPRM)|proposed (?:rules?|rule-?makings?|regulations?|amendments?|rule changes?|changes)|rule proposals?|proposals? for an? (?:\S+ ){0,3}(?:regulation|directive|decision)"),
    ("consultation",
     r"(?<!following )(?<!after )consultations?(?: (?:papers?|documents?|reports?))?|consultative (?:documents?|reports?|papers?)|consult(?:s|ing)?|requests? for (?:public )?(?:comments?|information|input|feedback|views)"
     r"|(?:request|seek|invit|solicit|welcom)(?:s|es|e|ing|ed)? (?:(?:public|further|additional|your|stakeholder|industry|market|more|early) ){0,2}(?:comments?|feedback|views|input|information|responses|submissions)|exposure drafts?|(?:open for|for) (?:public )?comments?"
     r"|public comments?|comment periods?|comment requests?|calls? for (?:evidence|input|views|advice|information|feedback|submissions|comments?)|(?<!final )draft (?:amendments?|revisions?|texts?)|(?<!final )drafts? (?:\S+ ){0,2}(?:guidance|guidelines?|rules?|regulations?|circulars?|notices?|standards?|codes?|frameworks?|legislation|orders?|bills?|instruments?|measures|provisions|polic(?:y|ies)|handbooks?|guides?|directions?)"
     r"|(?:quarterly|guidance) consultation|proposed (?:\S+ )?(?:guidance|guidelines?|polic(?:y|ies)|frameworks?|standards?|circulars?|notices?|directions?|revisions?|interpretations?|approach|exemptions?|orders?|codes?|guides?|reforms?|enhancements?)|have your say|proposals? (?:to|for|on)\b"),
    ("proposed_rule", r"propos(?:e|es|ed|ing)(?= )"),
    ("discussion_paper", r"discussion (?:papers?|documents?)|concept (?:release|paper)s?|green papers?"),
    # Law and rules.
    ("final_rule", r"(?:direct |temporary |joint |interagency )?final (?:rules?|rule-?making|amendments)"),
    ("policy_statement", r"policy statements?|statements? of policy|near-final rules"),
    ("supervisory_statement", r"supervisory statements?"),
    ("supervisory_letter", r"SR letters?|supervision and regulation letters?|supervisory letters?"),
    ("technical_standards", r"(?:draft |final |regulatory |implementing ){0,3}technical standards?|final reports? (?:\([^()]{1,40}\) )?on (?:\S+ ){0,3}(?:technical standards|(?-i:RTSs?|ITSs?))|(?-i:RTSs?|ITSs?)"),
    ("guidelines", r"final reports? (?:\([^()]{1,40}\) )?on (?:\S+ ){0,3}guidelines"),
    ("decision", r"monetary policy decisions?|(?:implementing|council|commission) decisions?|decisions? \((?:EU|EC)\)|decision on|interest rate decisions?"),
    ("regulation", r"(?:delegated|implementing|commission|council) (?:regulations?|acts?)|regulations? \((?:EU|EC)\)|(?:amendment |miscellaneous )?regulations,? 20[0-9]{2}"),
    ("directive", r"directives?|(?:master )?directions?,? 20[0-9]{2}|master directions?"),
    ("rules", r"instruments? (?:no\.? )?20[0-9]{2}|rules,? 20[0-9]{2}"),
    ("order", r"executive orders?|exemptive (?:orders?|relief)|orders?(?= (?:approving|granting|denying|instituting|making|exempting|declaring|extending|setting|scheduling|under|\(no))|(?:temporary|conditional) (?:\S+ )?exempti(?:on|ve relief)|order,? 20[0-9]{2}|presidential memorandum"),
    ("order", r"(?<=approved an )order|(?<=adopted an )order|(?<=issued an )order(?= (?:that|on|to))"),
    ("announcement", r"announcements?(?= (?:no\b|\[))"),
    ("order", r"(?:orders?|decrees?)(?= (?:no\b|\[))"),
    ("law", r"law of the people['’]s republic"),
    # Norms and guidance.
    ("circular", r"(?:master )?circulars?|dear (?:CEO|CFO|CRO|COO|chair|board|director|SMF|industry|compliance)\S*(?: letters?)?|portfolio (?:strategy )?letters?|(?:OCC|CFPB|FDIC|compliance|supervisory) bulletins?|financial institution letters?"),
    ("letter", r"(?:comment|interpretive|open|joint|staff|exemptive) letters?|letters? to"),
    ("guiding_opinions", r"guiding opinions"),
    ("implementing_opinions", r"implement(?:ing|ation) opinions"),
    ("interim_measures", r"(?:interim|provisional|trial) (?:administrative )?measures"),
    ("measures", r"(?:administrative|management|regulatory) measures(?: for| on)|measures (?:for|on) (?:the )?(?:administration|management|supervision|regulation|protection|labell?ing|security|risk)"),
    ("provisions", r"(?:administrative |interim |several )?provisions (?:on|for)"),
    ("detailed_rules", r"detailed (?:implementing |implementation )?rules|implement(?:ing|ation) rules"),
    ("opinions", r"(?:several )?opinions? (?:on|of the|to the|about)"),
    ("code", r"codes? of (?:conduct|practice|ethics)"),
    ("guidance", r"finali[sz]ed guidance|(?:supervisory|staff|interim|updated|new|final|joint|interagency)? ?guidance|(?<!investment )(?<!robo-)(?<!wealth )advisor(?:y|ies)(?! (?:committee|council|group|panel|board|services?|firms?|clients?|fees?|contracts?|opinion|business))|supervisory briefings?|supervisory expectations|practice notes?|application papers?|guidance letters?"),
    ("interpretation", r"interpretive rules?|advisory opinions?|interpretive (?:guidance|release|statement)s?"),
    ("guidelines", r"guidelines?|supervisory policy manual"),
    ("guide", r"(?:regulatory|compliance|practice|practical|user|reference|prudential practice) guides?|guides? (?:to|on|for)|handbooks?|toolkits?|information sheets?"),
    ("standards", r"prudential standards?|data security standards?|technical specifications?|standards? on"),
    ("action_plan", r"action plans?"),
    ("plan", r"business plans?|work(?:ing)? (?:plan|programme|program)s?|strategic plans?|strategy(?= (?:for|20|to))|roadmaps?|regulatory initiatives grid|(?:supervisory|supervision|examination|regulatory|enforcement) priorities"),
    ("memorandum", r"memorand(?:um|a) of understanding|MoUs?|(?:cooperation|co-operation|information[- ]sharing) (?:agreements?|arrangements?)"),
    ("notice", r"notices? (?:of|on|to|regarding|concerning|for|about|that)|notices? (?-i:[A-Z]{2,5})?-?[0-9]+|sanctions notices?|handbook notices?|(?:withdraw(?:s|al|ing|n)?|repeals?|revokes?)(?= (?:of|its|the|proposed|from|rule|guidance|consultation|two|three|\S+ (?:guidance|rule|proposal)))|rescind(?:s|ed)?|rescission"),
    ("licence", r"grants?(?:ed)? (?:\S+ ){0,5}(?:licen[cs]es?|charters?)|(?:wins?|won|receives?|received|secures?|secured|obtains?|obtained) (?:\S+ ){0,5}(?:licen[cs]es?|charters?)|licen[cs]es? (?:granted|issued)|issues? (?:\S+ ){0,3}licen[cs]es? to|approv(?:es|al of) (?:the )?(?:applications?|acquisition|merger|proposals?(?= (?:by|of|from)))(?: by| of)?|in-principle approvals?|grants? (?:\S+ ){0,2}authori[sz]ation"),
    # Talk, data, warnings.
    ("speech", r"speech(?:es)?|remarks|keynote|testimony|testifies|lectures?|interview with|opening (?:statements?|address)|fireside|address (?:at|to|by)|(?:prepared|introductory) statement|statement (?:by|of|from) (?:sec |cftc |fdic |acting )?(?:chair\w*|commissioner|governor|vice|director|president)|dissent(?:ing)?|comments by"),
    ("risk_alert", r"risk alerts?|(?:investor|consumer) (?:alerts?|bulletins?|warnings?)|(?:joint )?alerts?(?= (?:on|regarding|to|about|concerning)\b)|scams?|warns?|warnings?(?! (?:letter|list|system|signal))|beware|fraudulent (?:websites?|calls?|e-?mails?|apps?|messages?)|phishing|alert(?:s|ed)? (?:the )?(?:public|investors|consumers|members)|suspicious (?:\S+ )?(?:applications?|websites?|apps?|platforms?|e-?mails?|calls?)|impersonat\w+"),
    ("statistics", r"statistics|statistical (?:release|bulletin|report|data)s?|(?:monthly|quarterly|weekly) data|industrial production|consumer price|balance of payments|foreign (?:currency |exchange )?reserves?(?: assets)?|survey results|monetary (?:and financial )?data|(?:publish(?:es|ed)|releas(?:es|ed)|issues?) (?:\S+ ){0,3}data(?= (?:on|for|of)\b|$)"),
    ("report",
     r"(?:annual|progress|interim|staff|thematic|inspection|monitoring|supervision|stability|implementation|status|evaluation|assessment|research|feedback|examination|final|quarterly|semi-?annual) (?:\S+ )?(?:reports?|reviews?)(?! (?:on|of) (?:\S+ ){0,3}(?:guidelines|(?-i:RTS|ITS)|technical))"
     r"|financial stability (?:reports?|reviews?|outlook)|working papers?|occasional papers?|peer reviews?|multi-firm reviews?|stress test results|results of (?:\S+ ){0,5}stress tests?"),
    ("report", rf"(?:{_AFTER_ISSUE})(?:(?:an?|its|the|new|latest|joint) ){{0,2}}(?:[\w-]+ ){{0,2}}reports?(?= (?:on|of|to|about|into|assessing|examining|showing|following|for))"),
    ("statement", rf"joint statements?|communiqu[eé]s?|(?:{_AFTER_ISSUE})(?:(?:an?|its|the|new|joint|public) ){{0,2}}(?:[\w-]+ )?statements?(?= (?:on|regarding|about|following|in|to|after))"),
)  # fmt: skip
"""Words of each kind, weighed by where they stand: the earliest wins; of two at one place the one listed first."""

_RULES = re.compile(
    r"(?<!to )(?:adopt|finali[sz]|approv|issu|publish|confirm|unveil|announc|introduc|set)(?:e|es|ed|ing|s|ting)?\b"
    r"(?P<what>[^;:]{0,70}?)\b(?:rules?(?! of)|rule amendments|amendments|rulebook|regulations?)\b",
    re.IGNORECASE,
)
_LAST = _compiled(
    ("regulation", r"\bregulations\b"),
    ("order", r"\borders? (?:no|number|of)\b"),
    ("circular", r"\bbulletin [0-9]"),
    ("measures", r"\bmeasures (?:for|on)\b"),
    ("opinions", r"\bopinions?\b"),
    ("guide", r"\bguides?\b|\bmanual\b"),
    ("guidelines", r"\bprinciples (?:for|on)\b"),
    ("standards", r"\bstandards? (?:for|of)\b|\bdata standards?\b"),
    ("report", r"\breports?\b|\breviews?\b|\boutlook\b|\bbulletin\b|\bsurveys?\b"),
    ("press_release", r"\bfact ?sheets?\b|\bpress releases?\b"),
    ("statement", r"(?<!financial )(?<!registration )(?<!income )\bstatements?\b"),
)
"""Words that say what a document is only when nothing else does."""


def _joined(table: _Table) -> re.Pattern[str]:
    kinds = "|".join(rf"(?P<k{n}>{pattern})" for n, (_, pattern) in enumerate(table))
    return re.compile(rf"(?<![\w-])(?:{kinds})(?!\w)", re.IGNORECASE)


_FIRST_RE = _joined(_FIRST)
_LITERALLY_PROPOSED = re.compile(
    r"\bproposed (?:rules?|rule-?making|regulations?|rule changes?)\b|\bproposals? for an? (?:\S+ ){0,3}(?:regulation|directive|decision)\b|\bNPRM\b",
    re.IGNORECASE,
)
_RULEMAKING = re.compile(
    r"\bproposed (?:rules?|amendments?|regulations?|rule-?making)|\brule-?making\b|\bproposals? (?:to|for|on) [^;:]{0,60}\b(?:rules?|regulations?)\b",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"[;:–—]\s*(?:(?P<draft>(?:extension|reopening|re-opening) of (?:the )?comment period)|(?P<withdrawal>withdrawal)|(?P<final>(?:delay|extension|postponement) of (?:the )?(?:effective|compliance|applicability) dates?))",
    re.IGNORECASE,
)
"""What a gazette adds to the title of the rule that it touches."""
_TOUCHES = {"draft": "proposed_rule", "withdrawal": "notice", "final": "final_rule"}

_ACTIONS = _compiled(
    ("correction", r"\bcorrect(?:ion|ions|ing)\b"),
    ("notice", r"\bwithdraw|\brescission|\brescind"),
    ("advance_notice", r"\badvanced? notice\b"),
    ("interim_final_rule", r"\binterim (?:final )?rules?\b|\binterim final\b"),
    ("proposed_rule", r"\bproposed (?:rule|rule-?making|amend|regulation)"),
    ("final_rule", r"\bfinal (?:rule|regulation|amend)|^rules?\b|\btemporary rule|\bdelay of (?:the )?(?:effective|compliance)"),
    ("discussion_paper", r"\bconcept release"),
    ("consultation", r"\brequests? for (?:public )?(?:comment|information|input)|\bcomment request|\bsolicitation of comment|\bproposed (?:guid|polic|interpret|order|exempt|statement)"),
    ("policy_statement", r"\bpolicy statement|\bstatements? of policy"),
    ("interpretation", r"\binterpret|\badvisory opinion"),
    ("guidance", r"\bguidance\b"),
    ("circular", r"\bcircular\b|\bbulletin\b"),
    ("order", r"\borders?\b|\bexempti"),
    ("notice", r"\bnotices?\b"),
)  # fmt: skip
"""The action line of the Federal Register, the more telling part of it first."""


def action_type(text: str) -> str:
    """Return the type that an action line ("Final rule; correction.") says, empty when it says none."""
    return next((key for key, pattern in _ACTIONS if pattern.search(text)), "")


@dataclass(frozen=True, slots=True)
class Kind:
    """A type and the words ``title[start:end]`` that say it; the key is empty when none do."""

    key: str
    start: int = 0
    end: int = 0
    sure: bool = True
    """A kind is named, not only that rules of some kind were made."""


def read_headline(title: str, *, rulemaking: bool = True) -> Kind:
    """Return the type that an English title says, empty when it says none.

    ``rulemaking``: the issuer makes rules by proposal and comment, as in the United States; elsewhere a proposal
    is a consultation, unless the title names it a proposed rule.
    """
    for key, pattern in _SERIES:
        series = pattern.match(title)
        if series:
            return Kind(key, *series.span())
    for key, pattern in _CARRIERS:
        carrier = pattern.match(title)
        if carrier:
            inside = read_headline(title[carrier.end() :], rulemaking=rulemaking)
            if inside.key:
                return Kind(inside.key, carrier.end() + inside.start, carrier.end() + inside.end)
            return Kind(key, *carrier.span())
    kind = _read(title)
    return replace(kind, key=_proposal(kind.key, title, rulemaking=rulemaking))


_NUMBER_FIRST = re.compile(r"[A-Z]{1,6}[0-9]{1,3}/[0-9]{2,4}[ :–—-]{1,3}")


def line_type(line: str) -> str:
    """Return the type with whose name a line begins, after a number perhaps; empty when it begins otherwise."""
    number = _NUMBER_FIRST.match(line)
    series = next((key for key, pattern in _SERIES if pattern.match(line)), "")
    match = None if series else _FIRST_RE.match(line, number.end() if number else 0)
    return series or (_kind(match) if match else "")


def _read(title: str) -> Kind:
    for key, pattern in _ANYWHERE:
        match = pattern.search(title)
        if match:
            return Kind(key, *match.span())
    suffix = _SUFFIX.search(title)
    if suffix:
        return Kind(_TOUCHES[suffix.lastgroup or ""], *suffix.span())
    first = _FIRST_RE.search(title)
    rules = _RULES.search(title)
    if rules and (first is None or (rules.start() <= first.start() and _kind(first) == "licence")):
        return Kind("final_rule", *rules.span(), sure=False)
    if first:
        return Kind(_kind(first), *first.span())
    for key, pattern in _LAST:
        match = pattern.search(title)
        if match:
            return Kind(key, *match.span())
    return Kind("")


def _kind(match: re.Match[str]) -> str:
    return _FIRST[int((match.lastgroup or "k0")[1:])][0]


def _proposal(key: str, title: str, *, rulemaking: bool) -> str:
    if key == "consultation" and rulemaking and _RULEMAKING.search(title):
        return "proposed_rule"
    if key == "proposed_rule" and not rulemaking and not _LITERALLY_PROPOSED.search(title):
        return "consultation"
    return key
