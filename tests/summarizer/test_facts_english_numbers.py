"""English document numbers, written for this test: the one that a document is filed under, and none that it only names."""

# ruff: noqa: E501 — a table of texts reads best with one a line

from __future__ import annotations

import pytest

from dibao.crawler.source import load

from .making import item, read, values

SOURCES = {id: spec.source for id, spec in load().items()}


def own(by: str, title: str, text: str, column: str = "policy", **labels: str) -> list[str]:
    given = item(title, text, lang="en", column=column, labels=tuple(labels.items()))
    return values(read(given, by=SOURCES[by]), "document_number")


@pytest.mark.parametrize(
    "by, title, text, number",
    [
        # A line of its own at the head.
        ("us-fincen", "FinCEN Notice on Elder Exploitation", "FIN-2026-NTC3\nJune 4, 2026\nThis notice replaces nothing.", "FIN-2026-NTC3"),
        ("us-fincen", "Advisory on Ghost Brokers", "FIN-2025-A014\nSeptember 9, 2025\nThe network issues this advisory.", "FIN-2025-A014"),
        ("us-fincen", "FinCEN Alert on Sham Charities", "FIN-2027-Alert001\nJanuary 11, 2027\nSee FIN-2023-Alert006.", "FIN-2027-Alert001"),
        ("us-occ", "Interpretive Letter on Escrow", "Interpretive Letter #1191\nMay 2026\nDear Counsel:", "Interpretive Letter #1191"),
        ("us-occ", "Liquidity: Updated Booklet", "OCC Bulletin 2027-3\nDate: January 20, 2027\nTo: Chief Executive Officers", "OCC Bulletin 2027-3"),
        ("us-fdic", "Update to the Consolidated Reports", "FIL-31-2026\nJuly 2, 2026\nSummary: The FDIC reminds institutions.", "FIL-31-2026"),
        ("us-fed", "Supervision of Merchant Portfolios", "SR 27-2\nBOARD OF GOVERNORS\nTO THE OFFICER IN CHARGE OF SUPERVISION", "SR 27-2"),
        ("us-fed", "Consumer Compliance Rating", "CA 26-4\nJuly 1, 2026\nTO THE OFFICER IN CHARGE", "CA 26-4"),
        ("us-cftc", "Staff letter on margin", "CFTC Letter No. 26-17\nNo-Action\nMay 4, 2026", "CFTC Letter No. 26-17"),
        ("us-cfpb", "Consumer complaints and closing of accounts", "Consumer Financial Protection Circular 2026-03\nQuestion presented", "Consumer Financial Protection Circular 2026-03"),
        ("us-finra", "Fixed Income Mark-Ups", "Regulatory Notice 27-11\nEffective Date: July 1, 2027", "Regulatory Notice 27-11"),
        ("us-finra", "Testing of contingency plans", "Information Notice 6/15/26\nThis notice reminds members.", "Information Notice 6/15/26"),
        ("us-nydfs", "Coverage of fertility treatment", "Insurance Circular Letter No. 4 (2026)\nMay 12, 2026\nTO: All insurers", "Insurance Circular Letter No. 4 (2026)"),
        ("hk-hkma", "Sound practices for sanctions screening", "Our Ref.: B1/15C B9/67C\n4 September 2026\nThe Chief Executive\nAll Authorized Institutions", "B1/15C, B9/67C"),
        ("uk-boe-pra", "Letter to chief executives on liquidity", "Our reference: DCEO-26-7\n4 May 2026\nDear CEO", "DCEO-26-7"),
        ("hk-hkma", "Code of Banking Practice", "Our Ref: G16/5C\n12 May 2027\nThe Chief Executive", "G16/5C"),
        ("hk-sfc", "Circular to management companies", "27EC31\n3 May 2027\nThe SFC reminds.", "27EC31"),
        ("sg-mas", "Notice to banks on technology risk", "MAS Notice FSM-N05\n10 May 2026\nTECHNOLOGY RISK MANAGEMENT", "Notice FSM-N05"),
        ("sg-mas", "Circular on vendor concentration", "Circular No. TRPD 02/2026\n14 July 2026\nTo chief executive officers of all banks", "Circular No. TRPD 02/2026"),
        ("sg-mas", "Information paper on phishing", "Circular No.: FSG 11/2026\n2 June 2026", "Circular No. FSG 11/2026"),
        ("uk-fca", "Motor finance: next steps", "Consultation Paper CP27/4\nMarch 2027\nWhy we are consulting", "CP27/4"),
        ("uk-boe-pra", "Step-in risk", "Policy Statement 9/26\nSeptember 2026\nOverview", "PS9/26"),
        ("eu-eba", "Guidelines on sound remuneration", "EBA/GL/2027/06\n11 May 2027\nFinal Report", "EBA/GL/2027/06"),
        ("eu-eba", "Opinion on the treatment of virtual IBANs", "EBA/Op/2026/09\n3 July 2026", "EBA/Op/2026/09"),
        ("eu-esma", "Supervisory briefing on order flow", "ESMA35-335435667-6412\n11 June 2026\nSupervisory briefing", "ESMA35-335435667-6412"),
        ("eu-eiopa", "Opinion on AI governance", "EIOPA-BoS-26/184\n6 August 2026\nOpinion", "EIOPA-BoS-26/184"),
        ("eu-ecb", "Opinion on the levy of credit institutions", "OPINION OF THE EUROPEAN CENTRAL BANK\nof 4 May 2026\n(CON/2026/14)\nIntroduction", "CON/2026/14"),
        ("eu-esma", "Joint guidelines on oversight", "JC 2026 41\n17 July 2026\nFinal report", "JC 2026 41"),
        ("int-bis", "Sound practices for collateral", "Guidelines | 6 May 2027\nBCBS d644\nThe Committee sets out practices.", "d644"),
        ("uk-hmt", "The Credit Unions (Reserves) Regulations 2027", "STATUTORY INSTRUMENTS\n2027 No. 118\nCREDIT UNIONS\nMade 2nd February 2027", "2027 No. 118"),
        ("uk-hmt", "The Prospectus (Fees) Order 2027", "STATUTORY INSTRUMENTS\n2027 No. 96 (C. 7)\nFINANCIAL SERVICES", "2027 No. 96"),
        ("us-fdic", "Agencies list distressed areas", "PR-41-2027\nJune 30, 2027\nThe list is public.", "PR-41-2027"),
        ("us-occ", "OCC Appoints Chief Examiner", "News Release 2027-31\nWASHINGTON—The chief examiner takes office in May.", "News Release 2027-31"),
        ("sg-mas", "Circular on outsourced payroll", "Circular No. SRD TR 03/2027\n4 May 2027\nTo chief executives", "Circular No. SRD TR 03/2027"),
        # Several that one paper bears.
        ("us-fed", "SR 27-3 / CA 27-1: Overdraft Programs", "BOARD OF GOVERNORS\nTO THE OFFICER IN CHARGE OF SUPERVISION", "SR 27-3, CA 27-1"),
        ("uk-fca", "CP27/9, CP4/27 – Joint returns on liquidity", "We consult with the PRA. DP3/25 came before.", "CP27/9, CP4/27"),
        ("uk-boe-pra", "PS8/27 and FCA PS27/11: Depositor rules", "The rules follow CP2/26.", "PS8/27, PS27/11"),
        ("uk-boe-pra", "Joint statement on ledgers", "SS4/27 & SS5/27\nApril 2027\nThey replace SS1/19.", "SS4/27, SS5/27"),
        ("us-sec", "In the Matter of Birchwater Capital LLC", "SECURITIES EXCHANGE ACT OF 1934\nRelease No. 34-106001 / May 4, 2027\nINVESTMENT COMPANY ACT OF 1940\nRelease No. IC-36044 / May 4, 2027\nADMINISTRATIVE PROCEEDING\nFile No. 3-23001\nThe rule was explained in Release No. IC-30003.", "Release No. 34-106001, Release No. IC-36044"),
        # In brackets after what the release announces, whatever the case of the words.
        ("eu-esma", "ESMA asks for input on retail fees", "ESMA published today a Call for Evidence (ESMA35-1872330276-2290) on fees of retail products.", "ESMA35-1872330276-2290"),
        ("eu-eba", "EBA publishes its Guidelines on ESG scenarios", "The EBA today published its final Guidelines (EBA/GL/2026/11) on scenarios.", "EBA/GL/2026/11"),
        ("int-iosco", "IOSCO consults on pre-hedging", "The Board has issued a Consultation Report (CR02/2027) on pre-hedging.", "CR02/2027"),
        ("int-iosco", "IOSCO reviews valuation", "IOSCO today released its Final Report (FR11/2025) on the valuation of funds.", "FR11/2025"),
        ("sg-mas", "MAS seeks views on fund umbrellas", "MAS has released a Consultation Paper (P011-2026) on umbrella funds.", "P011-2026"),
        ("hk-sfc", "SFC launches consultation on licensing fees", "The SFC today began a two-month consultation. The Consultation Paper (26CP7) sets out proposals.", "26CP7"),
        # A series that a number follows: of the body itself.
        ("eu-edpb", "EDPB adopts guidance on scraping", "During its plenary the Board adopted Guidelines 03/2026 on web scraping.", "Guidelines 03/2026"),
        ("eu-edpb", "EDPB adopts opinion on a code of conduct", "The Board adopted Opinion 12/2026 on the draft decision of the authority.", "Opinion 12/2026"),
        ("eu-edpb", "Recommendations 2/2026 on the use of browser signals", "These recommendations concern controllers.", "Recommendations 2/2026"),
        ("de-bafin", "BaFin publishes Circular 03/2027 on outsourcing", "The circular applies to all institutions.", "Circular 03/2027"),
        ("ch-finma", "FINMA Guidance 06/2027: Settlement risk", "FINMA sets out its practice.", "Guidance 06/2027"),
        ("hk-ia", "Guideline on Cybersecurity (GL20)", "This Guideline applies to authorized insurers.", "GL20"),
        # After a verb of issue, without brackets.
        ("us-finra", "FINRA reminds firms of exercise limits", "FINRA today issued Regulatory Notice 26-21, which reminds firms of limits.", "Regulatory Notice 26-21"),
        ("uk-fca", "New rules for claims management", "Today we have published PS27/2, which sets out final rules.", "PS27/2"),
        ("us-occ", "OCC explains preemption", "The OCC today published OCC Bulletin 2026-31, which explains preemption.", "OCC Bulletin 2026-31"),
        ("eu-ec-fisma", "Commission adopts rules on securitisation templates", "The Commission has today adopted Delegated Regulation (EU) 2026/1402, which lays down templates.", "Regulation (EU) 2026/1402"),
    ],
)  # fmt: skip
def test_the_number_that_a_document_is_filed_under(by: str, title: str, text: str, number: str) -> None:
    assert own(by, title, text) == number.split(", ")


@pytest.mark.parametrize(
    "by, title, text",
    [
        ("uk-fca", "Speech on growth", "As we said in CP26/11, growth matters. We published PS26/2 last year."),
        ("us-sec", "SEC Staff Reminds Issuers of Filing Fees", "The fee rate was set in Release No. 33-11309. Issuers may read Release No. 34-99001."),
        ("eu-esma", "ESMA publishes statement on volatile markets", "ESMA reminds firms of its Guidelines (ESMA35-43-3172), issued in 2023."),
        ("eu-esma", "ESMA launches common supervisory action", "The action builds on the Guidelines (ESMA35-36-2537) and on Regulation (EU) 2022/2554."),
        ("eu-edpb", "EDPB elects deputy chair", "The Board recalled its Guidelines 05/2021 on transfers."),
        ("hk-hkma", "HKMA and banks discuss fraud", "The meeting recalled the circular B10/1C of last year."),
        ("us-finra", "FINRA fines firm for late reports", "The duty was explained in Regulatory Notice 19-04."),
        ("int-iosco", "IOSCO welcomes its new members", "Members agreed to apply the Final Report (FR05/2023)."),
        ("sg-mas", "MAS reprimands bank", "The bank breached MAS Notice 626 and Notice PSN02."),
        ("us-fed", "Federal Reserve Board announces approval", "Applicants should read SR 14-2 / CA 14-1."),
        ("uk-fca", "Handbook Notice No. 140", "This Handbook Notice describes the changes of the month."),
        ("uk-fca", "Review of CP26/3, CP26/4 and the replies to them", "Stakeholders read 2026 No. 14 on the list as a house number."),
        ("us-sec", "SEC Staff Explains Old Orders", "The staff recalls Release No. 34-99001 / May 8, 2024\nand Release No. 34-99002 / May 9, 2024."),
        ("uk-boe-pra", "Letter on capital", "The PRA refers to SS31/15, and to PS1/26 published in January."),
        ("us-federalregister", "Agency Information Collection", "The notice was published at 90 FR 4001."),
        ("eu-ec-fisma", "Commission requests advice", "The mandate was given under Regulation (EU) 2024/1689, adopted in 2024."),
        ("de-bafin", "BaFin consults on the revision of Circular 10/2017", "BaFin invites comments on Circular 10/2017."),
    ],
)  # fmt: skip
def test_a_number_of_another_document_is_never_its_own(by: str, title: str, text: str) -> None:
    assert own(by, title, text, column="news") == []


def test_a_gazette_gives_its_own_number_and_the_release_at_the_head() -> None:
    text = "FEDERAL AGENCY\n17 CFR Part 270\n[Release Nos. IC-36002; File No. S7-02-27; RIN 3235-AP11]\nACTION: Final rule.\nThe proposal was Release No. IC-35500."

    found = own("us-federalregister", "Fund Names", text, column="rule", **{"Document number": "2027-01234"})

    assert found == ["2027-01234", "Release No. IC-36002"]


def test_a_gazette_without_labels_gives_the_number_of_its_last_line() -> None:
    text = "SMALL BUSINESS AGENCY\nACTION: Notice.\nThe meeting was announced in FR Doc. 2027-00100.\n[FR Doc. 2027-04410 Filed 3-2-27; 8:45 am]"

    assert own("us-federalregister", "Meeting on Loans", text, column="rule") == ["2027-04410"]
