"""What English papers do to others, in varied words, written for this test; and what they only stand beside."""

# ruff: noqa: E501 — a table of texts reads best with one a line

from __future__ import annotations

import pytest

from dibao.crawler.source import load
from dibao.store import RELATIONS

from .making import item, read

SOURCES = {id: spec.source for id, spec in load().items()}


def relations(by: str, title: str, text: str, column: str = "policy") -> set[str]:
    facts = read(item(title, text, lang="en", column=column), by=SOURCES[by])
    return {
        f"{fact.kind} {fact.value}" for fact in facts if fact.kind in RELATIONS and fact.kind != "citation"
    }


@pytest.mark.parametrize(
    "by, title, text, want",
    [
        # More time for a proposal.
        ("us-federalregister", "Custody Rules; Extension of Comment Period", "The Board published a notice of proposed rulemaking (91 FR 1234) on fees. The comment period ends on June 5, 2026 instead of May 6.", {"extends 91 FR 1234"}),
        ("us-federalregister", "Custody Rules; Proposed Rule", "An earlier notice of proposed rulemaking (90 FR 77) dealt with fees.", set()),
        # Ends of consultations.
        ("uk-boe-pra", "SS6/26 – Trading book", "It follows consultation in CP3/25, and is published together with PS11/26.", {"finalizes CP3/25"}),
        ("uk-fca", "PS26/10: Value for money", "This follows our consultation, CP25/30. We are also publishing FG26/4.", {"finalizes CP25/30"}),
        ("uk-fca", "PS26/11: Prospectus changes", "We consulted on these changes in CP25/8 and CP25/9.", {"finalizes CP25/8", "finalizes CP25/9"}),
        ("uk-fca", "PS26/13: Listing fees", "In CP25/33 we proposed higher fees. This PS summarises the responses.", {"finalizes CP25/33"}),
        ("uk-fca", "FS26/2: Digital disclosure", "We set out the feedback to DP25/1.", {"replies_to DP25/1"}),
        ("uk-boe-pra", "PS16/26 – Leverage", "This policy statement provides feedback to responses the PRA received to consultation paper (CP) 14/25. The consultation was CP14/25.", {"finalizes CP14/25"}),
        ("int-iosco", "IOSCO publishes final report on AI", "The Final Report (FR05/2026) takes account of 30 responses to the Consultation Report CR01/2025.", {"finalizes CR01/2025"}),
        ("hk-sfc", "SFC concludes consultation on OTC reporting", "The Consultation Conclusions (26CC5) follow the consultation paper 25CP9.", {"replies_to 25CP9"}),
        ("sg-mas", "Response to Feedback Received on Fair Dealing", "On 5 May 2025, MAS issued a consultation paper (P006-2025). This paper responds to the feedback on P006-2025.", {"replies_to P006-2025"}),
        ("eu-eba", "Guidelines on third-party risk", "EBA/GL/2026/09\nThe guidelines take account of the comments on EBA/CP/2025/12.", {"finalizes EBA/CP/2025/12"}),
        ("us-sec", "SEC Adopts Rule on Names", "The rule was proposed in Release No. 33-11300.", {"finalizes Release No. 33-11300"}),
        ("us-federalregister", "Swap Reporting; Final Rule", "ACTION: Final rule.\nThe notice of proposed rulemaking was published at 90 FR 10001.", {"finalizes 90 FR 10001"}),
        # Amend, replace, repeal, correct, extend.
        ("us-occ", "OCC Bulletin 2026-33: Appraisals", "This bulletin replaces OCC Bulletin 2018-39 and rescinds OCC Bulletin 2010-42.", {"replaces OCC Bulletin 2018-39", "repeals OCC Bulletin 2010-42"}),
        ("us-fed", "SR 26-9: Counterparty risk", "This letter supersedes SR 99-3.", {"replaces SR 99-3"}),
        ("us-fed", "SR 26-10: Inactive guidance", "SR 05-23 and SR 12-17 are inactive and have been superseded by this letter.", {"replaces SR 05-23", "replaces SR 12-17"}),
        ("us-fdic", "FIL-40-2026: Third parties", "FIL-44-2008 is rescinded.", {"repeals FIL-44-2008"}),
        ("hk-hkma", "Circular on recovery planning", "This circular should be read together with B1/15C. It replaces the circular B10/1C.", {"replaces B10/1C"}),
        ("hk-sfc", "Circular on tokenised products", "This circular supersedes the circular 23EC52.", {"replaces 23EC52"}),
        ("sg-mas", "Notice FSM-N21 on cyber hygiene", "This Notice cancels Notice 655 with effect from 10 May 2027.", {"repeals Notice 655"}),
        ("eu-eurlex", "Commission Delegated Regulation (EU) 2026/1500 amending Delegated Regulation (EU) 2018/389", "Article 1 is replaced.", {"amends Regulation (EU) 2018/389"}),
        ("eu-eurlex", "Regulation (EU) 2026/1600 of the European Parliament and of the Council on retail payments", "It amends Regulation (EU) No 260/2012 and repeals Directive (EU) 2015/2366.", {"amends Regulation (EU) No 260/2012", "repeals Directive (EU) 2015/2366"}),
        ("eu-eba", "Guidelines on remuneration", "EBA/GL/2026/12\nThe guidelines EBA/GL/2021/04 are repealed with effect from 1 January 2027.", {"repeals EBA/GL/2021/04"}),
        ("de-bafin", "BaFin publishes Circular 09/2026 on IT", "The circular replaces Circular 10/2017.", {"replaces Circular 10/2017"}),
        ("us-federalregister", "Broker Registration; Correction", "ACTION: Final rule; correction.\nThis document corrects an error in 91 FR 2020.", {"corrects 91 FR 2020"}),
        ("us-federalregister", "Loans; Extension of Comment Period", "ACTION: Proposed rule; extension of comment period.\nThe comment period for the proposed rule published at 91 FR 3030 is extended.", {"extends 91 FR 3030"}),
        ("us-whitehouse", "Executive Order 14450 on Digital Markets", "Executive Order 14067 is revoked. Executive Order 14178 is amended by striking section 4.", {"repeals Executive Order 14067", "amends Executive Order 14178"}),
        ("us-cftc", "CFTC Staff Extends No-Action Position", "The position of CFTC Letter No. 25-11 is extended.", {"extends CFTC Letter No. 25-11"}),
        ("us-sec", "SEC Amends Custody Rule", "The Commission amended 17 CFR 275.204 today.", {"amends 17 CFR 275.204"}),
        ("uk-hmt", "The Money Laundering (Amendment) Regulations 2026", "These Regulations implement Directive (EU) 2018/843.", {"implements Directive (EU) 2018/843"}),
        ("eu-ec-fisma", "Commission postpones bank rules", "The act amends Regulation (EU) No 575/2013.", {"amends Regulation (EU) No 575/2013"}),
        # A rule of a self-regulatory body's own book.
        ("us-finra", "Regulatory Notice 27-2: SEC Approves Changes on Trade Reports", "The rule change amends FINRA Rule 6750 and takes effect on May 3, 2027.", {"amends FINRA Rule 6750"}),
        ("us-finra", "Regulatory Notice 27-4: Consolidated Rules", "As part of the review NASD Rule 2111 is repealed. MSRB Rule G-19 stands as it is.", {"repeals NASD Rule 2111"}),
        ("us-cftc", "CFTC Staff Withdraws Old Advisory", "The divisions withdraw Staff Advisory No. 17-02.", {"repeals Staff Advisory No. 17-02"}),
        ("eu-ecb", "Guideline of the ECB on collateral", "This act amends Guideline (EU) 2016/2249.", {"amends Guideline (EU) 2016/2249"}),
        ("uk-hmt", "The Recovery Plans Regulations 2027", "3. In regulation 4 of the Bank Rescue (No. 2) Order 2014, for “2025” substitute “2030”.\n4. The Example Levy Act 2009 is amended as follows.", {"amends Bank Rescue (No. 2) Order 2014", "amends Example Levy Act 2009"}),
        # What comes after a paper that asked for views.
        ("uk-fca", "FG27/2: Guidance on loan brokers", "Last autumn we invited comments on GC26/4.", {"finalizes GC26/4"}),
        ("uk-fca", "PS27/6: Redress returns", "We sought views in CP26/31, and 20 firms replied.", {"finalizes CP26/31"}),
        # Named by title, with the year in it or in quotation marks.
        ("uk-hmt", "The Pension Transfers (Levy) Regulations 2027", "Revocation\n4. The Pension Transfers (Interim Levy) Regulations 2022 and the Pension Transfers (Appeals) Order 2023 are revoked.", {"repeals Pension Transfers (Interim Levy) Regulations 2022", "repeals Pension Transfers (Appeals) Order 2023"}),
        ("uk-hmt", "The Payment Accounts (Switching) Regulations 2027", "These Regulations amend the Payment Accounts Regulations 2015 so that a switch takes three days.", {"amends Payment Accounts Regulations 2015"}),
        ("uk-hmt", "The Financial Promotion (Exemptions) Order 2027", "2. The Order replaces the Financial Services and Markets Act 2000 (Exemption for Clubs) Order 2009.", {"replaces Financial Services and Markets Act 2000 (Exemption for Clubs) Order 2009"}),
        ("hk-hkma", "Customer data in the cloud", "This circular replaces the circular “Storing Customer Data with Suppliers” of 6 June 2018.", {"replaces Storing Customer Data with Suppliers"}),
        ("hk-sfc", "Circular on research reports", "The guidance note \"Independence of Analysts\" is withdrawn with immediate effect.", {"repeals Independence of Analysts"}),
    ],
)  # fmt: skip
def test_what_a_paper_does_to_others(by: str, title: str, text: str, want: set[str]) -> None:
    assert relations(by, title, text) == want


@pytest.mark.parametrize(
    "by, title, text",
    [
        ("uk-boe-pra", "SS7/26 – Securitisation", "This statement is published together with PS12/26 and should be read with SS31/15."),
        ("uk-fca", "PS26/15: Data", "In its own consultation, which closed in May, the PRA issued PS3/26 on returns."),
        ("hk-sfc", "Circular on complaints", "The requirements of 21EC4, last revised in 2024, continue to apply."),
        ("sg-mas", "MAS Issues Guidelines on Fraud", "The Guidelines are not intended to replace Notice 626."),
        ("us-occ", "OCC Bulletin 2026-36: Safety", "This bulletin does not amend or rescind OCC Bulletin 2020-10."),
        ("us-sec", "SEC Charges Adviser", "The adviser violated Release No. IA-2204, which had replaced an older release."),
        ("eu-esma", "ESMA publishes annual report", "Regulation (EU) 2022/2554 was adopted in 2022, and the report describes how it was amended by others."),
        ("us-federalregister", "Notice of Meeting", "The agenda was announced at 91 FR 1111. Comments on other subjects are not sought."),
        ("uk-hmt", "The Bank Levy (Returns) Regulations 2027", "These Regulations may be cited as the Bank Levy (Returns) Regulations 2027. The Bank Levy Regulations 2014 continue to apply."),
        ("uk-hmt", "Treasury publishes post-implementation review", "The Consumer Credit (Disclosure) Regulations 2010 were amended in 2013 and in 2019."),
        ("hk-hkma", "Circular on cheques", "Staff had replaced the notice \"Opening Hours in Storms\" long before. The circular \"Cheque Clearing at Year End\" remains in force."),
        ("us-occ", "OCC Bulletin 2027-8: Checks", "This bulletin supplements OCC Bulletin 2020-3 and implements what examiners saw."),
        ("us-finra", "FINRA Fines Firm", "The firm violated FINRA Rule 3110 and FINRA Rule 2010."),
        ("eu-eba", "EBA publishes report on fees", "The report was requested under Regulation (EU) 2015/751."),
    ],
)  # fmt: skip
def test_what_stands_beside_is_only_cited(by: str, title: str, text: str) -> None:
    assert relations(by, title, text) == set()
