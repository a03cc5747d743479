"""English types, stages and issuers of documents in varied shapes, written for this test."""

# ruff: noqa: E501 — a table of texts reads best with one a line

from __future__ import annotations

from datetime import date

import pytest

from dibao.crawler.source import load

from .making import item, read, values

SOURCES = {id: spec.source for id, spec in load().items()}
DAY = date(2026, 5, 20)


def kinds(by: str, title: str, text: str, column: str) -> tuple[str, str, list[str]]:
    facts = read(item(title, text, lang="en", column=column, day=DAY), by=SOURCES[by])
    return values(facts, "document_type")[0], values(facts, "stage")[0], values(facts, "issuer")


@pytest.mark.parametrize(
    "by, column, title, text, type_, stage, issuers",
    [
        # Alerts, letters and circulars under whatever column.
        ("us-fincen", "circular", "FinCEN Alert on Crypto Kiosk Scams", "FIN-2026-Alert005\nMay 18, 2026\nThe network is issuing this alert.", "risk_alert", "none", ["FINCEN"]),
        ("us-fincen", "circular", "FinCEN Notice on Timeshare Fraud", "FIN-2026-NTC2\nThe network is issuing this notice.", "notice", "final", ["FINCEN"]),
        ("us-fincen", "circular", "Advisory on Nominee Shareholders", "FIN-2026-A006\nFinCEN is issuing this advisory.", "guidance", "final", ["FINCEN"]),
        ("us-sec", "news", "Investor Bulletin: Leveraged Products", "The Office of Investor Education is issuing this bulletin.", "risk_alert", "none", ["SEC"]),
        ("us-cftc", "policy", "CFTC Letter No. 26-20", "CFTC Letter No. 26-20\nNo-Action\nRe: Request for relief from reporting", "letter", "final", ["CFTC"]),
        ("us-cftc", "news", "CFTC Staff Extends Temporary No-Action Relief for Swap Reporting", "The division today issued a letter that extends relief.", "letter", "final", ["CFTC"]),
        ("us-occ", "circular", "Community Bank Supervision: Revised Handbook Booklet", "OCC Bulletin 2026-22\nThe OCC issued a revised booklet.", "guide", "final", ["OCC"]),
        ("us-fdic", "circular", "Revised Call Report Instructions", "FIL-22-2026\nThe FDIC is issuing this letter.", "circular", "final", ["FDIC"]),
        ("us-nydfs", "circular", "Industry Letter: Guidance on Insider Threats", "To: Regulated entities\nThe Department issues this guidance.", "guidance", "final", ["NYDFS"]),
        ("hk-hkma", "circular", "Sanctions screening: sharing of sound practices", "Our Ref.: B1/15C\nDear Sir/Madam,\nI am writing to share practices.", "circular", "final", ["HKMA"]),
        ("sg-mas", "circular", "Circular on Risk Management of Private Credit", "Circular No. BD 02/2026", "circular", "final", ["MAS"]),
        ("uk-fca", "circular", "Portfolio letter to debt purchasers", "This letter sets out our priorities.", "circular", "final", ["FCA"]),
        ("uk-boe-pra", "circular", "Letter from the PRA: International banks supervision – 2026 priorities", "Dear CEO\nThis letter sets out our priorities.", "circular", "final", ["PRA"]),
        # A line over the text says what a circular's title does not.
        ("us-fincen", "circular", "Recordkeeping by Kiosk Operators", "Guidance\nFIN-2027-G001\nIssued: May 5, 2026\nThe network explains its rules.", "guidance", "final", ["FINCEN"]),
        ("us-cfpb", "circular", "Fees for Balance Enquiries", "Interpretive rule\nThe Bureau explains section 1034.", "interpretation", "none", ["CFPB"]),
        ("hk-hkma", "circular", "Use of branch counters", "12 June 2026\nDear Sir/Madam,\nThis circular is about counters.", "circular", "final", ["HKMA"]),
        # Papers of several, and of those whom a publisher hosts.
        ("uk-boe-pra", "consultation", "DP2/27 – Shared clocks of trading venues", "Discussion paper\nPublished on 6 May 2026\nThe paper is issued jointly by the Bank of England, the Prudential Regulation Authority and the Financial Conduct Authority.", "discussion_paper", "draft", ["BOE", "PRA", "FCA"]),
        ("uk-fca", "consultation", "CP27/14: Joint returns", "We set out proposals in a joint paper of the Financial Conduct Authority and the Prudential Regulation Authority.", "consultation", "draft", ["FCA", "PRA"]),
        ("uk-fca", "news", "FCA publishes a review of research", "The review draws on a joint paper by the Bank of England and the Prudential Regulation Authority.", "report", "none", ["FCA"]),
        ("int-bis", "consultation", "Practices for nostro accounts", "Consultative | 7 May 2026\nStatus: open\nBCBS d655\nThe Basel Committee on Banking Supervision has published a draft.", "consultation", "draft", ["BCBS"]),
        ("int-bis", "news", "Harmonised data for fast payments", "The Committee on Payments and Market Infrastructures (CPMI) today issued guidance.", "guidance", "final", ["CPMI"]),
        ("int-bis", "news", "Annual general meeting", "The Bank for International Settlements held its meeting; the Basel Committee took part.", "press_release", "none", ["BIS"]),
        # Drafts.
        ("eu-eba", "consultation", "EBA launches consultation on draft RTS on structural FX", "The European Banking Authority (EBA) launched today a consultation.", "consultation", "draft", ["EBA"]),
        ("eu-esma", "news", "ESMA seeks input on settlement fails", "ESMA has published a Call for Evidence.", "consultation", "draft", ["ESMA"]),
        ("uk-boe-pra", "consultation", "CP12/26 – Large exposures", "This Prudential Regulation Authority (PRA) consultation paper sets out proposals.", "consultation", "draft", ["PRA"]),
        ("uk-boe-pra", "consultation", "DP1/26 – Operational continuity", "The Prudential Regulation Authority (PRA) seeks views.", "discussion_paper", "draft", ["PRA"]),
        ("us-occ", "news", "Agencies Seek Comment on Resolution Guidance", "The OCC, the Federal Reserve Board and the FDIC today requested comment.", "consultation", "draft", ["OCC", "FED", "FDIC"]),
        ("us-fdic", "news", "FDIC Board Approves Proposal to Revise Deposit Insurance Rules", "The FDIC Board today approved a notice of proposed rulemaking.", "proposed_rule", "draft", ["FDIC"]),
        ("us-cfpb", "news", "CFPB Proposes Rule to Curb Data Brokers", "The Consumer Financial Protection Bureau (CFPB) proposed a rule.", "proposed_rule", "draft", ["CFPB"]),
        ("int-bis", "news", "Basel Committee consults on third-party risk", "The Committee issued a consultative document.", "consultation", "draft", ["BCBS"]),
        ("int-iais", "news", "IAIS launches consultation on a draft application paper", "The IAIS seeks feedback.", "consultation", "draft", ["IAIS"]),
        # Rules.
        ("us-sec", "news", "SEC Adopts Rule Amendments to Modernize Transfer Agents", "The Securities and Exchange Commission today adopted amendments.", "final_rule", "final", ["SEC"]),
        ("us-fed", "news", "Agencies finalize rule on brokered deposits", "The Federal Reserve Board, the Federal Deposit Insurance Corporation, and the Office of the Comptroller of the Currency today finalized a rule.", "final_rule", "final", ["FED", "FDIC", "OCC"]),
        ("eu-ec-fisma", "news", "Commission adopts new rules on sustainability ratings", "The European Commission has today adopted a Delegated Regulation on ratings.", "regulation", "final", ["EC"]),
        ("eu-esma", "news", "ESMA publishes final report on guidelines for crowdfunding", "ESMA today published its Final Report.", "guidelines", "final", ["ESMA"]),
        ("sg-mas", "rule", "Notice PSN11 Reporting of Suspicious Activities", "This Notice is issued under section 16.", "notice", "final", ["MAS"]),
        ("hk-ia", "policy", "Guideline on Enterprise Risk Management (GL21)", "This Guideline is issued under section 133.", "guidelines", "final", ["HKIA"]),
        ("au-rba", "news", "RBA publishes standard on interchange", "The Bank has determined a standard.", "standards", "final", ["RBA"]),
        # Acts on one party.
        ("us-finra", "news", "FINRA Orders Broker to Pay Restitution", "FINRA today announced that it has ordered the firm to pay.", "enforcement", "enforced", ["FINRA"]),
        ("uk-fca", "news", "FCA secures confiscation order against fraudster", "The court made the order today.", "enforcement", "enforced", ["FCA"]),
        ("hk-sfc", "news", "SFC suspends Jane Roe for eight months", "The Securities and Futures Commission (SFC) has suspended her licence.", "enforcement", "enforced", ["HKSFC"]),
        ("hk-hkma", "news", "HKMA takes disciplinary actions against two banks", "The HKMA announced today.", "enforcement", "enforced", ["HKMA"]),
        ("sg-mas", "news", "MAS Issues Prohibition Orders Against Two Former Advisers", "MAS has issued prohibition orders.", "enforcement", "enforced", ["MAS"]),
        ("us-occ", "news", "OCC Issues Cease and Desist Order Against Bank", "The OCC today announced the order.", "enforcement", "enforced", ["OCC"]),
        ("eu-ecb", "news", "ECB sanctions bank for breaching reporting duties", "The European Central Bank (ECB) has imposed a penalty of €3.1 million on a bank.", "enforcement", "enforced", ["ECB"]),
        # Reports of others.
        ("hk-regulationasia", "news", "ASIC sues Jacaranda Super over delayed claims", "The Australian Securities and Investments Commission (ASIC) has begun civil penalty proceedings in the Federal Court.", "enforcement", "enforced", ["ASIC"]),
        ("hk-regulationasia", "news", "APRA finalises new governance standard", "The Australian Prudential Regulation Authority (APRA) has released its final prudential standard on governance.", "standards", "final", ["APRA"]),
        ("us-americanbanker", "news", "FDIC grants insurance charter to Sorrelwood", "The Federal Deposit Insurance Corporation has granted a charter to Sorrelwood.", "licence", "none", ["FDIC"]),
        ("hk-regulationasia", "news", "MAS grants broker a licence for derivatives", "The Monetary Authority of Singapore (MAS) has granted the broker a licence.", "licence", "none", ["MAS"]),
        ("us-sec", "news", "In the Matter of Copperline LLC", "The Commission accepted the offer.", "enforcement", "enforced", ["SEC"]),
        ("uk-reuters", "news", "UK watchdog fines broker over trade reports", "The Financial Conduct Authority fined a broker 2 million pounds on Tuesday.", "enforcement", "enforced", ["FCA"]),
        ("us-bloomberg", "news", "CFTC sues prediction platform", "The Commodity Futures Trading Commission filed a complaint against a platform.", "enforcement", "enforced", ["CFTC"]),
        ("us-americanbanker", "news", "OCC, FDIC propose narrower exams", "The Office of the Comptroller of the Currency and the Federal Deposit Insurance Corporation proposed a rule on Tuesday.", "proposed_rule", "draft", ["OCC", "FDIC"]),
        ("cn-caixinglobal", "news", "China sets rules for data trusts", "The National Data Administration has issued interim measures on data trusts. The measures were formulated with the People's Bank of China.", "interim_measures", "final", ["NDA", "PBC"]),
        ("cn-caixinglobal", "news", "China revises rules for fund sales", "The China Securities Regulatory Commission, together with the People's Bank of China, issued measures for the administration of fund sales.", "measures", "final", ["CSRC", "PBC"]),
        ("us-bloomberg", "news", "Banks prepare for Basel rewrite", "Lenders expect the Federal Reserve to propose softer rules next year.", "news_report", "none", []),
        ("uk-ft", "news", "Why the FCA is losing patience", "Analysts say that the watchdog may change course.", "news_report", "none", []),
        # Talk, reports, data.
        ("uk-ico", "news", "Statement on the appointment of a new executive director", "The ICO today welcomed the appointment.", "statement", "none", ["ICO"]),
        ("int-iosco", "news", "IOSCO publishes final report on neo-brokers", "IOSCO has today published a Final Report (FR04/2026).", "report", "none", ["IOSCO"]),
        ("us-fed", "speech", "Bank supervision in the next decade", "At the Institute, Washington, D.C.\nThank you for inviting me.", "speech", "none", ["FED"]),
        ("uk-boe-pra", "speech", "Steady as she goes – speech by Ada Roe", "Given at the Guildhall. The PRA will consult.", "speech", "none", ["BOE"]),
    ],
)  # fmt: skip
def test_kind_stage_and_issuers(
    by: str, column: str, title: str, text: str, type_: str, stage: str, issuers: list[str]
) -> None:
    assert kinds(by, title, text, column) == (type_, stage, issuers)
