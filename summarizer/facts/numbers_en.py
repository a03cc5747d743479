"""Shapes of English document numbers: one row a series, and the usual spelling of each."""

from __future__ import annotations

import re

_YEAR = r"20[0-9]{2}"
SHAPES = "|".join(
    (
        # United States.
        r"(?:Litigation|Administrative|Accounting\sand\sAuditing\sEnforcement)\sRelease\sNo\.\s?(?:LR-)?[0-9]{2,6}",
        r"Release\sNos?\.\s?(?:33|34|35|39|IA|IC|LR|AAER|SAB)-?\s?[0-9]{2,6}",
        r"(?:33|34|IA|IC|LR|AAER)-[0-9]{4,6}",
        r"Release\s(?:Number|No\.?):?\s[0-9]{4}-[0-9]{2}|News\sRelease\s20[0-9]{2}-[0-9]{1,3}|PR-[0-9]{1,3}-20[0-9]{2}",
        r"File\sNo\.\s?(?:S7|SR|4|10|265|3)-[0-9A-Za-z-]{2,24}",
        r"SR-[A-Z]{3,12}-[0-9]{4}-[0-9]{2,4}",
        r"(?:SR|CA)\s(?:[Ll]etter\s)?[0-9]{1,2}-[0-9]{1,2}",
        r"Staff\sAccounting\sBulletin\sNo\.\s[0-9]{2,3}",
        r"[0-9]{2,3}\sF(?:ed)?\.?\s?R(?:eg)?\.?\s[0-9]{1,3},?[0-9]{2,5}",
        r"RIN:?\s?[0-9]{4}-[A-Z]{2}[0-9]{2}",
        r"[0-9]{1,2}\s(?:CFR|C\.F\.R\.)\s(?:[Pp]arts?\s|§+\s?)?[0-9]{1,4}(?:\.[0-9A-Za-z-]{1,12})?",
        # Of a self-regulatory body's rulebook.
        r"[FNMC](?:INRA|ASD|SRB|YSE|asdaq|boe)\sRules?\s(?:G-)?[0-9]{1,5}(?:\.[0-9]{1,3})?(?:\([a-z0-9]{1,3}\)){0,3}",
        r"Docket\s(?:ID\s|Nos?\.\s)?[A-Z]{1,6}-[0-9A-Z-]{3,20}",
        r"OCC(?:\sBulletin)?\s[0-9]{4}-[0-9]{1,3}",
        r"FIL-[0-9]{1,3}-[0-9]{4}|FIN-[0-9]{4}-(?:[A-Z]{0,4}|Alert)[0-9]{1,3}|CFPB-[0-9]{4}-[0-9]{4}",
        rf"(?:Consumer\sFinancial\sProtection|CFPB)\s(?:Circular|Bulletin)\s{_YEAR}-[0-9]{{2}}|(?:Compliance|Advisory)\sBulletin\s(?:AB\s)?{_YEAR}-[0-9]{{2}}",
        r"Regulatory\sNotice\s[0-9]{2}-[0-9]{2}|(?:Information|Election|Special)\sNotice\s[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}",
        r"(?:CFTC\s)?(?:Staff\s)?(?:Letter|Advisory)\sNo\.\s[0-9]{2}-[0-9]{2,3}|Staff\sLetter\s[0-9]{2}-[0-9]{2}|Interpretive\sLetter\s(?:#|No\.\s)?[0-9]{3,4}",
        rf"Insurance\sCircular\sLetter\sNo\.\s[0-9]{{1,2}}\s\({_YEAR}\)|[0-9]{{2}}-(?:CU|FCU|RA)-[0-9]{{2}}",
        r"Executive\sOrder\s(?:No\.\s)?[0-9]{5}|E\.?O\.?\s1[0-9]{4}",
        r"(?:NIST\s)?(?:SP\s800-[0-9]{1,3}(?:r[0-9])?|AI\s[0-9]{3}-[0-9]{1,2}|FIPS\s[0-9]{3}(?:-[0-9])?)",
        # United Kingdom.
        rf"(?:CP|PS|DP|FG|GC|SS|SoP|FS|LR|QCP|TR)\s?[0-9]{{1,2}}/[0-9]{{1,2}}|(?:CP|SI|FCA|PRA)\s{_YEAR}/[0-9]{{1,4}}",
        # A statutory instrument, under its caption.
        rf"{_YEAR}(?<=\n20[0-9]{{2}})\sNo\.\s[0-9]{{1,4}}(?=\s\(|[ \t]*\n)",
        r"(?:Consultation\sPaper|Policy\sStatement|Supervisory\sStatement|Discussion\sPaper)\s[0-9]{1,2}/[0-9]{2}",
        # European Union.
        r"(?:(?:Delegated|Implementing)\s)?(?:Regulation|Directive|Decision|Guideline|Recommendation)\s(?:\((?:EU|EC|EEC|CFSP)(?:,\sEuratom)?\)\s)?(?:No\.?\s)?"
        r"(?:20[0-9]{2}/[0-9]{1,4}|[0-9]{1,4}/20[0-9]{2})(?:/E[CU])?",
        r"(?:EBA|EIOPA|ESMA|ECB|JC)(?:/|-)(?:GL|Op|OP|REC|CP|DP|DC|RTS|ITS|REP|BoS|CON)(?:/|-)[0-9]{2,4}(?:/|-)[0-9]{1,4}",
        rf"ESMA[0-9]{{2,3}}-[0-9-]{{3,22}}[0-9]|EIOPA-[0-9]{{2}}[/-][0-9]{{2,4}}|JC\s{_YEAR}\s[0-9]{{1,3}}|CON/{_YEAR}/[0-9]{{1,3}}|ECB/{_YEAR}/[0-9]{{1,3}}",
        rf"[CSJ](?:OM|WD|OIN)?\({_YEAR}\)\s[0-9]{{1,5}}(?:\sfinal)?|[ISQ](?:P|TATEMENT|ANDA)/[0-9]{{2}}/[0-9]{{1,5}}",
        r"3[0-9]{4}[RLDH][0-9]{4}",
        # A kind of paper counted through the year: EDPB, BaFin, FINMA, CSSF.
        rf"(?:(?:Joint\s)?Opinion|Guidelines|Recommendations?|Guidance|Statement|Circular|Rundschreiben)\s(?:No\.?\s)?[0-9]{{1,2}}/{_YEAR}|Circular\s{_YEAR}/[0-9]{{1,2}}|Circular\sCSSF\s[0-9]{{2}}/[0-9]{{3}}",
        # Global bodies, Asia, Australia.
        rf"(?:FR|CR|PD)[0-9]{{1,2}}/{_YEAR}|IOSCOPD[0-9]{{3}}|[BC](?:CBS|PMI)\sd[0-9]{{1,3}}|Country\sReport\sNo\.\s[0-9]{{2}}/[0-9]{{1,3}}",
        r"[0-9]{2}(?:PR|EC|CP|CC|GN|EF)[0-9]{1,4}",
        r"[BG][0-9]{1,2}/[0-9]{1,3}C",
        r"Cap\.\s?[0-9]{2,4}[A-Z]{0,2}",
        r"GL[0-9]{1,2}",
        r"(?:MAS\s)?Notice\s(?:No\.\s)?(?:PSN[0-9]{2}[A-Z]?|(?:SFA\s?[0-9]{2}|FAA|MAS|CMG|TCA|FSM)-?N?\s?[0-9]{1,4}[A-Z]?|[0-9]{2,4}(?:-[A-Z][0-9]{1,3})?)|PSN[0-9]{2}[A-Z]?|(?:SFA\s?[0-9]{2}|FAA|CMG|TCA|FSM|PS)-[NG][0-9]{1,2}",
        rf"P[0-9]{{3}}-{_YEAR}|Circular\sNo\.?:?\s[A-Z]{{2,5}}(?:\s[A-Z]{{2,4}})?\s?[0-9]{{1,3}}/{_YEAR}",
        r"(?:CPS|APS|LPS|GPS|HPS|SPS|CPG)\s[0-9]{3}|[0-9]{2}-[0-9]{3}MR",
        rf"RBI/{_YEAR}-[0-9]{{2,4}}/[0-9]{{1,4}}",
    )
)

_SPELLED = {
    "Consultation Paper": "CP",
    "Policy Statement": "PS",
    "Supervisory Statement": "SS",
    "Discussion Paper": "DP",
}


def usual(text: str) -> str:
    """Return the usual spelling of an English number: single spaces, hyphens, one name a series."""
    text = re.sub(r"\s?-\s?", "-", text)
    text = re.sub(r"^(GB(?:/[TZ])?|[A-Z]{2}/T|T/[A-Z]{2,10}) ?(?=[0-9])", r"\1 ", text)
    text = re.sub(rf"^({'|'.join(_SPELLED)}) (?=[0-9]{{1,2}}/[0-9]{{2}}$)", lambda m: _SPELLED[m[1]], text)
    text = re.sub(r"^(CP|PS|DP|FG|GC|SS|FS|SoP|TR) (?=[0-9]{1,2}/)", r"\1", text)
    text = re.sub(r"^(SR|CA) [Ll]etter ", r"\1 ", text)
    text = re.sub(r"^(?:Litigation) Release No\. ?(?:LR-)?(?=[0-9])", "Release No. LR-", text)
    text = re.sub(
        r"^(?:Accounting and Auditing Enforcement) Release No\. ?(?=[0-9])", "Release No. AAER-", text
    )
    text = re.sub(r"^(?:Release Nos?\. ?)?(33|34|IA|IC|LR|AAER)- ?(?=[0-9])", r"Release No. \1-", text)
    text = re.sub(r"^Release Nos\. ?", "Release No. ", text)
    text = re.sub(r"^Release (?:Number|No\.?):? (?=[0-9]{4}-[0-9]{2}$)", "Release Number ", text)
    text = re.sub(r"^News Release (?:Number|No\.?):? (?=[0-9])", "News Release ", text)
    text = re.sub(r"^(?:BCBS|CPMI) (?=d[0-9])", "", text)
    text = re.sub(r"^((?:FINRA|NASD|MSRB|NYSE|Nasdaq|Cboe) Rule)s ", r"\1 ", text)
    text = re.sub(r"^([0-9]{2,3}) F(?:ed)?\.? ?R(?:eg)?\.? ([0-9]+),?([0-9]+)$", r"\1 FR \2\3", text)
    text = re.sub(r"^([0-9]{1,2}) (?:CFR|C\.F\.R\.) (?:[Pp]arts? |§+ ?)?", r"\1 CFR ", text)
    text = re.sub(r"^RIN:? ?", "RIN ", text)
    text = re.sub(r"^(?:Executive Order (?:No\. )?|E\.?O\.? )(?=[0-9])", "Executive Order ", text)
    text = re.sub(r"^MAS (?=Notice )", "", text)
    text = re.sub(r"^Circular No\.?:? (?=[A-Z])", "Circular No. ", text)
    return re.sub(r"^(?:(?:Delegated|Implementing) )(?=Regulation|Directive|Decision)", "", text)
