"""English dates, written for this test: each from its own words in many wordings, and the near misses that give none."""

# ruff: noqa: E501 — a table of texts reads best with one a line

from __future__ import annotations

from datetime import date

import pytest

from dibao.crawler.source import load
from dibao.store import Fact

from .making import item, read

SOURCES = {id: spec.source for id, spec in load().items()}
KINDS = ("effective", "compliance", "deadline", "hearing", "expiry", "signed")
DAY = date(2026, 6, 10)


def dates(by: str, title: str, text: str, column: str = "policy") -> dict[str, str]:
    facts: tuple[Fact, ...] = read(item(title, text, lang="en", column=column, day=DAY), by=SOURCES[by])
    found = {fact.kind.removeprefix("date_"): fact.value for fact in facts if fact.kind.startswith("date_")}
    return {kind: found[kind] for kind in KINDS if kind in found}


@pytest.mark.parametrize(
    "by, title, text, want",
    [
        ("us-federalregister", "Swap Data; Final Rule", "DATES: This rule is effective on Monday, August 17, 2026. Compliance date: Covered entities must comply by February 16, 2027.", {"effective": "2026-08-17", "compliance": "2027-02-16"}),
        ("us-federalregister", "Call Reports; Final Rule", "DATES: The effective date for this final rule is September 1, 2026. The compliance date is March 1, 2027.", {"effective": "2026-09-01", "compliance": "2027-03-01"}),
        ("us-federalregister", "Loan Funds; Final Rule", "DATES: Effective July 20, 2026. Applicability date: the amendments apply beginning January 1, 2027.", {"effective": "2026-07-20"}),
        ("us-federalregister", "Appraisals; Final Rule", "DATES: This final rule becomes effective October 1, 2026.", {"effective": "2026-10-01"}),
        ("us-federalregister", "Form CRS; Final Rule", "DATES: Effective date: August 3, 2026. Compliance dates: See section III.", {"effective": "2026-08-03"}),
        ("us-sec", "SEC Adopts Rule on Tailored Shareholder Reports", "The amendments will become effective on September 14, 2026. Funds will be required to comply no later than March 15, 2027.", {"effective": "2026-09-14", "compliance": "2027-03-15"}),
        ("us-fdic", "Final Rule on Signage", "The final rule will be effective January 1, 2027, with full compliance required by July 1, 2027.", {"effective": "2027-01-01", "compliance": "2027-07-01"}),
        ("us-finra", "Regulatory Notice 26-15: SEC Approves Amended Rule on Gifts", "The amendments become effective on November 2, 2026.", {"effective": "2026-11-02"}),
        ("us-nydfs", "Guidance on Custody", "Covered institutions must be in compliance with this guidance by December 1, 2026.", {"compliance": "2026-12-01"}),
        ("uk-fca", "PS26/8: Reform of client categorisation", "These rules will come into force on 6 April 2027. Firms will have until 6 October 2027 to re-paper existing clients.", {"effective": "2027-04-06", "compliance": "2027-10-06"}),
        ("uk-fca", "PS26/9: Access to cash", "The new rules are in force from 18 September 2026, with a transitional period until 18 March 2027.", {"effective": "2026-09-18", "compliance": "2027-03-18"}),
        ("uk-boe-pra", "PS14/26 – Remuneration", "The implementation date for the changes resulting from this PS is Friday 16 October 2026.", {"effective": "2026-10-16"}),
        ("uk-boe-pra", "PS15/26 – Matching adjustment", "The policy will take effect on Thursday 31 December 2026.", {"effective": "2026-12-31"}),
        ("uk-boe-pra", "SS4/26 – Funded reinsurance", "Firms should meet the expectations in this SS from 1 November 2026. The SS is effective from 1 November 2026.", {"effective": "2026-11-01"}),
        ("eu-eba", "EBA publishes final guidelines on resilience", "The Guidelines will apply as of 2 January 2027.", {"effective": "2027-01-02"}),
        ("eu-eba", "EBA publishes final guidelines on stress tests", "The application date of the Guidelines is 30 September 2026. Competent authorities must notify the EBA whether they comply by 15 August 2026.", {"effective": "2026-09-30"}),
        ("eu-esma", "ESMA publishes final report on guidelines", "The guidelines start to apply on 3 December 2026.", {"effective": "2026-12-03"}),
        ("eu-ec-fisma", "Commission adopts delegated act on ratings", "The rules will be applicable from 2 July 2027.", {"effective": "2027-07-02"}),
        ("hk-hkma", "Circular on e-banking security", "AIs must complete the migration by 31 March 2027. The requirements come into effect on 1 September 2026.", {"effective": "2026-09-01", "compliance": "2027-03-31"}),
        ("hk-sfc", "Circular to virtual asset platforms", "The updated requirements take immediate effect, with a grace period that expires on 10 December 2026.", {"compliance": "2026-12-10"}),
        ("hk-sfc", "SFC concludes consultation on sponsors", "The revised Code will become effective on 1 January 2027 following a six-month transition period.", {"effective": "2027-01-01"}),
        ("hk-ia", "Guideline on cyber resilience", "This Guideline comes into operation on 1 January 2027. The transitional period will end on 30 June 2027.", {"effective": "2027-01-01", "compliance": "2027-06-30"}),
        ("sg-mas", "Notice on fair tendering", "This Notice shall take effect on and from 1 December 2026.", {"effective": "2026-12-01"}),
        ("sg-mas", "MAS Issues Guidelines on Operational Risk", "The Guidelines take effect from 10 October 2026. Financial institutions are required to comply by 10 October 2027.", {"effective": "2026-10-10", "compliance": "2027-10-10"}),
        ("au-rba", "Standard on surcharging", "The standard commences on 1 October 2026.", {"effective": "2026-10-01"}),
        ("in-rbi", "Reserve Bank of India (Outsourcing) Directions, 2026", "These Directions shall come into force with effect from July 1, 2026.", {"effective": "2026-07-01"}),
        ("ch-finma", "FINMA adopts circular on nature risks", "The circular enters into force on 1 January 2028.", {"effective": "2028-01-01"}),
        ("int-bis", "Basel Committee finalises standard on cryptoasset exposures", "The standard has an implementation date of 1 January 2028.", {"effective": "2028-01-01"}),
        ("us-nydfs", "Department Adopts Rule on Reserves", "The rule will be published in the State Register on July 8, 2026, and takes effect on the same day.", {"effective": "2026-07-08"}),
        ("hk-hkma", "Amended rules on stored value", "The notice is gazetted on 19 June 2026 and comes into operation on that day.", {"effective": "2026-06-19"}),
        ("uk-fca", "FG26/9: Guidance on cancellation", "Our guidance applies from today, 10 June 2026.", {"effective": "2026-06-10"}),
        ("sg-mas", "Notice on exchange rates", "This Notice takes effect from today (10 June 2026).", {"effective": "2026-06-10"}),
        ("uk-hmt", "The Export Credit (Relief) Regulations 2026", "Made 2nd June 2026\nThese Regulations come into force on 1st July 2026 and cease to have effect at the end of 30th June 2029.", {"effective": "2026-07-01", "expiry": "2029-06-30", "signed": "2026-06-02"}),
        ("uk-hmt", "The Deposit Schemes (Fees) Regulations 2026", "Made 4th June 2026\nLaid before Parliament 5th June 2026\nComing into force 26th June 2026", {"effective": "2026-06-26", "signed": "2026-06-04"}),
        ("us-fdic", "Final Rule on Brokered Deposits", "FIL-22-2026\nJune 9, 2026\nThe rule takes effect on September 1, 2026.", {"effective": "2026-09-01", "signed": "2026-06-09"}),
        ("us-nydfs", "Adoption of Rule on Lenders", "Industry Letter\nJune 8, 2026\nTo: All licensed lenders\nThe Department adopted the final rule.", {"signed": "2026-06-08"}),
        ("us-sec", "In the Matter of Copperline LLC", "SECURITIES ACT OF 1933\nRelease No. 33-11501 / June 9, 2026\nSECURITIES EXCHANGE ACT OF 1934\nRelease No. 34-105800 / June 9, 2026\nThe firm agreed on May 4, 2026 to pay.", {"signed": "2026-06-09"}),
        ("us-cfpb", "Consent Order in the Matter of Dunlin Auto Finance", "Respondent agreed on May 28, 2026.\nIT IS SO ORDERED, this 5th day of June, 2026.", {"signed": "2026-06-05"}),
        ("us-cftc", "CFTC Files Complaint Against Pool Operator", "The complaint was filed on June 8, 2026. The trial is set to begin on November 9, 2026.", {"hearing": "2026-11-09"}),
        ("uk-fca", "Decision Notice: Ada Roe", "The Upper Tribunal will hear the reference on 14 September 2026.", {"hearing": "2026-09-14"}),
        ("us-federalregister", "Deposit Data; Proposed Rule", "A public hearing will be held Thursday, July 9, 2026, by video.", {"hearing": "2026-07-09"}),
        ("uk-boe-pra", "DP3/26 – Clearing of repo", "The discussion paper closes on Friday 2 October 2026.", {"deadline": "2026-10-02"}),
        # Delays: the new day, never the old one.
        ("us-federalregister", "Truth in Savings; Delay of Compliance Date", "The compliance date for the rule published May 1, 2025, is extended from July 1, 2026, to July 1, 2027.", {"compliance": "2027-07-01"}),
        ("us-federalregister", "Broker Fees; Delay of Effective Date", "The effective date of the rule, which was scheduled to take effect on June 30, 2026, is delayed until December 31, 2026.", {"effective": "2026-12-31"}),
        ("us-federalregister", "Custody; Delay of Effective Date", "Effective June 10, 2026, the effective date of the final rule published at 91 FR 100 is further delayed to April 5, 2027.", {"effective": "2027-04-05"}),
        ("us-sec", "SEC Extends Compliance Dates for Names Rule", "The Commission extended the compliance date from June 11, 2026 to June 11, 2027 for larger groups.", {"compliance": "2027-06-11"}),
        ("eu-ec-fisma", "Commission delays sustainability rules", "The act defers the date of application by two years, from 1 January 2026 to 1 January 2028.", {"effective": "2028-01-01"}),
        ("uk-hmt", "Basel 3.1 implementation", "The implementation date is moved from 1 January 2027 to 1 January 2028.", {"effective": "2028-01-01"}),
        # Comments.
        ("us-federalregister", "Margin; Proposed Rule", "DATES: Comments must be received on or before Monday, August 10, 2026.", {"deadline": "2026-08-10"}),
        ("us-federalregister", "Data; Proposed Rule", "DATES: Written comments should be submitted by August 11, 2026.", {"deadline": "2026-08-11"}),
        ("us-federalregister", "Fees; Proposed Rule", "The comment period for the proposed rule published April 1, 2026, is reopened. Comments are now due July 6, 2026.", {"deadline": "2026-07-06"}),
        ("us-federalregister", "Disclosure; Notice of Meeting", "DATES: The meeting will be held on July 14, 2026. Requests to speak must be submitted by July 1, 2026.", {"deadline": "2026-07-01"}),
        ("us-cftc", "CFTC Seeks Comment on Clearing", "Comments must be in writing and must be received by July 31, 2026.", {"deadline": "2026-07-31"}),
        ("us-occ", "Agencies Request Comment on Capital Proposal", "Comments on the proposal are due within 90 days; the agencies will accept comments through September 8, 2026.", {"deadline": "2026-09-08"}),
        ("uk-fca", "CP26/20: Simplifying ISA transfers", "We ask for comments on this Consultation Paper (CP) by 7 September 2026.", {"deadline": "2026-09-07"}),
        ("uk-boe-pra", "CP11/26 – Securitisation", "This consultation closes on Friday 4 September 2026. The PRA proposes that the changes take effect on 1 January 2027.", {"deadline": "2026-09-04"}),
        ("uk-hmt", "Payments Regulation: Call for Evidence", "The call for evidence will close at 11:59pm on 21 August 2026.", {"deadline": "2026-08-21"}),
        ("uk-ico", "Consultation on draft tracing guidance", "The consultation will run for eight weeks, from 10 June 2026 to 5 August 2026.", {"deadline": "2026-08-05"}),
        ("eu-eba", "EBA consults on liquidity reporting", "Comments can be sent to the EBA by clicking on the button. The deadline for the submission of comments is 10 September 2026.", {"deadline": "2026-09-10"}),
        ("eu-esma", "ESMA consults on margin simulation", "ESMA will consider all comments received by 28 August 2026.", {"deadline": "2026-08-28"}),
        ("eu-ecb", "ECB starts public consultation on its outsourcing guide", "The consultation starts today and ends on 15 September 2026.", {"deadline": "2026-09-15"}),
        ("eu-eiopa", "EIOPA launches survey", "Stakeholders are invited to provide their feedback by Friday, 26 June 2026.", {"deadline": "2026-06-26"}),
        ("hk-sfc", "SFC consults on fund names", "Market participants and the public may submit their comments to the SFC on or before 14 August 2026.", {"deadline": "2026-08-14"}),
        ("hk-hkex", "Exchange publishes consultation paper", "The consultation period will last two months and end on 17 August 2026.", {"deadline": "2026-08-17"}),
        ("sg-mas", "Consultation Paper on Proposed Changes to Notices", "Interested parties should submit their views and comments no later than 24 July 2026.", {"deadline": "2026-07-24"}),
        ("int-fsb", "FSB consults on stablecoin reporting", "Feedback should be sent to the secretariat by 31 July 2026.", {"deadline": "2026-07-31"}),
        ("int-bis", "CPMI issues consultative report", "Comments on the consultative report are invited until 18 September 2026.", {"deadline": "2026-09-18"}),
        ("uk-fca", "Dear CEO letter: wholesale brokers", "Please reply to this letter by 17 July 2026.", {"deadline": "2026-07-17"}),
        # Hearings.
        ("us-federalregister", "Notice of Public Hearing on Merger Review", "ACTION: Notice of public hearing.\nDATES: The hearing will take place on Tuesday, July 21, 2026, at 10 a.m.", {"hearing": "2026-07-21"}),
        ("us-sec", "SEC Schedules Roundtable", "An administrative hearing is scheduled for August 4, 2026.", {"hearing": "2026-08-04"}),
        ("eu-eba", "EBA consults on collateral", "A public hearing will be organised via conference call on 2 July 2026. The consultation runs until 1 September 2026.", {"deadline": "2026-09-01", "hearing": "2026-07-02"}),
        ("uk-fca", "FCA starts proceedings against trader", "A first hearing has been fixed for 6 July 2026.", {"hearing": "2026-07-06"}),
        ("hk-regulationasia", "ASIC sues insurer", "ASIC has begun proceedings; the first case management hearing is listed for 9 September 2026.", {"hearing": "2026-09-09"}),
        ("hk-sfc", "SFC commences criminal proceedings against two traders", "The first hearing of the case will be held at the Eastern Court on 25 June 2026.", {"hearing": "2026-06-25"}),
        ("hk-sfc", "SFC seeks court orders against company", "The petition will be heard in the Court of First Instance on 2 September 2026.", {"hearing": "2026-09-02"}),
        ("us-federalregister", "Notice of Hearing on Bank Merger", "DATES: The public hearing will begin at 9:30 a.m. on Tuesday, June 30, 2026.", {"hearing": "2026-06-30"}),
        ("us-sec", "SEC Files Motion", "A hearing in the U.S. District Court is set for July 9, 2026.", {"hearing": "2026-07-09"}),
        ("hk-sfc", "SFC prosecutes two for false statements", "The case was adjourned to 14 July 2026 for plea.", {"hearing": "2026-07-14"}),
        ("hk-sfc", "Court grants adjournment", "The matter is listed for a directions hearing before the Tribunal on 4 August 2026.", {"hearing": "2026-08-04"}),
        ("us-occ", "Agencies Seek Comment on Reports", "Comments must be received by the U.S. office of each agency no later than August 14, 2026.", {"deadline": "2026-08-14"}),
        # Ends.
        ("us-cftc", "CFTC Staff Issues No-Action Letter", "The no-action position will expire on December 31, 2027.", {"expiry": "2027-12-31"}),
        ("hk-regulationasia", "ASIC extends product intervention order", "The order now remains in force until 23 May 2031.", {"expiry": "2031-05-23"}),
        ("us-ofac", "Issuance of General License 55C", "General License 55C authorizes certain transactions through 12:01 a.m. eastern time, September 19, 2026.", {}),
        # Signed.
        ("us-federalregister", "Order on Swap Data", "The order is granted.\nIssued in Washington, DC, on June 3, 2026, by the Commission.", {"signed": "2026-06-03"}),
        ("us-federalregister", "Notice on Fees", "Comments are welcome.\nBy order of the Board of Directors.\nDated at Washington, DC, on June 2, 2026.", {"signed": "2026-06-02"}),
        ("us-federalregister", "Notice of Applications", "By order of the Board of Governors of the Federal Reserve System, June 4, 2026.", {"signed": "2026-06-04"}),
        ("us-federalregister", "Rule on Reports", "Signed at Washington, DC, this 5th day of June, 2026.", {"signed": "2026-06-05"}),
        ("us-occ", "OCC Bulletin 2026-40: Fees", "OCC Bulletin 2026-40\nDate: June 9, 2026\nTo: Chief Executive Officers of All National Banks", {"signed": "2026-06-09"}),
        ("us-fed", "SR 26-7: Climate exercise", "SR 26-7\nJune 8, 2026\nTO THE OFFICER IN CHARGE OF SUPERVISION", {"signed": "2026-06-08"}),
        ("us-fincen", "Advisory on Job Scams", "FIN-2026-A009\nJune 8, 2026\nFinCEN is issuing this advisory.", {"signed": "2026-06-08"}),
        ("hk-hkma", "Circular on anti-fraud measures", "Our Ref.: B10/3C\n9 June 2026\nThe Chief Executive\nAll Authorized Institutions\nDear Sir/Madam,", {"signed": "2026-06-09"}),
        ("hk-sfc", "Circular to licensed corporations on bonds", "26EC40\n9 Jun 2026\nThe SFC reminds firms.", {"signed": "2026-06-09"}),
        ("sg-mas", "Circular on scams", "Circular No. FSG 04/2026\n5 June 2026\nThe Chief Executive Officer", {"signed": "2026-06-05"}),
        ("eu-eba", "Guidelines on benchmarks", "EBA/GL/2026/14\n4 June 2026\nFinal Report", {"signed": "2026-06-04"}),
        ("eu-eurlex", "Commission Regulation (EU) 2026/1200", "It shall apply from 1 January 2027.\nDone at Brussels, 5 June 2026.\nFor the Commission", {"effective": "2027-01-01", "signed": "2026-06-05"}),
        ("uk-boe-pra", "Letter on credit unions", "Dear CEO\n3 June 2026\nThis letter sets out our priorities.", {"signed": "2026-06-03"}),
        ("us-cftc", "CFTC Letter No. 26-20", "CFTC Letter No. 26-20\nNo-Action\nJune 1, 2026\nDivision of Market Oversight", {"signed": "2026-06-01"}),
        ("cn-caixinglobal", "China tightens rules on custody", "The regulator issued measures on fund custody. The measures, dated June 5, 2026, take effect on Aug. 1, 2026.", {"effective": "2026-08-01", "signed": "2026-06-05"}),
        ("cn-caixinglobal", "China to cap loan fees", "The banking regulator issued a circular on loan fees. The circular was dated May 29, 2026, and published on Wednesday.", {"signed": "2026-05-29"}),
    ],
)  # fmt: skip
def test_each_date_from_its_own_words(by: str, title: str, text: str, want: dict[str, str]) -> None:
    assert dates(by, title, text) == want


@pytest.mark.parametrize(
    "by, title, text, column",
    [
        ("uk-fca", "Speech: Trust in advice", "Our consultation paper CP26/17 closes on 14 August 2026. The rules take effect on 1 January 2027.", "speech"),
        ("us-fed", "Statement on payments", "The rule was scheduled to take effect on July 1, 2026.", "news"),
        ("us-federalregister", "Reports; Proposed Rule", "If adopted, the rule would take effect on January 1, 2027, and firms would have until June 30, 2027 to comply.", "consultation"),
        ("us-sec", "SEC Approves Budget", "The 2012 rule became effective on September 17, 2012. The hearing was held on May 5, 2026.", "news"),
        ("hk-hkma", "HKMA publishes annual report", "In accordance with the guideline that came into effect on 1 January 2024, banks reported figures.", "news"),
        ("eu-esma", "ESMA publishes its work programme", "MiCA entered into force on 29 June 2023 and DORA has applied since 17 January 2025. ESMA will meet on 7 July 2026.", "news"),
        ("sg-mas", "MAS and industry discuss scams", "The forum was held on 5 June 2026. MAS will publish the report by 30 November 2026.", "news"),
        ("uk-boe-pra", "PRA annual conference", "The event takes place on 30 September 2026; please register by 15 September 2026.", "news"),
        ("us-finra", "FINRA Announces Election Results", "Washington, June 9, 2026 — Members elected three governors.\nJune 9, 2026", "news"),
        ("eu-eba", "EBA publishes risk dashboard", "The consultation on the methodology closed on 15 March 2026.", "news"),
        ("us-cfpb", "CFPB Publishes Report on Fees", "Servicers must submit the annual return by March 31 each year. A bank must file reports by 30 June 2020 under the old rule, officials recalled.", "news"),
        ("uk-fca", "FCA publishes data on complaints", "A firm told us that it must comply by 1 March 2021 with an earlier order.", "news"),
        ("us-sec", "SEC Staff Recalls Old Orders", "Release No. 34-99001 / June 9, 2026\nis the order in the matter of another firm, the staff says.", "news"),
        ("uk-fca", "FCA on its new offices", "The plans are published on 30 June 2026 and visitors come on that day.", "news"),
        ("uk-fca", "FCA and the tribunal", "The tribunal heard the case on 2 June 2026, and the trial began on 1 June 2026.", "news"),
        ("hk-sfc", "SFC obtains court order", "The court heard the petition on 3 June 2026.", "news"),
    ],
)  # fmt: skip
def test_a_date_of_something_else_is_none(by: str, title: str, text: str, column: str) -> None:
    assert dates(by, title, text, column) == {}


def test_an_act_of_the_union_begins_twice() -> None:
    text = "This Regulation shall enter into force on 30 June 2026. It shall apply from 1 January 2028."
    given = item("Commission Implementing Regulation (EU) 2026/1333", text, lang="en", day=DAY)

    facts = read(given, by=SOURCES["eu-eurlex"])

    assert [f.value for f in facts if f.kind == "date_effective"] == ["2026-06-30", "2028-01-01"]


@pytest.mark.parametrize(
    "text, want",
    [
        ("Groups with assets of $5 billion or more must comply by March 1, 2027. Smaller groups must comply by March 1, 2028.", ["2027-03-01", "2028-03-01"]),
        ("Large dealers must segregate margin by January 4, 2027.\nAll other dealers must do so by July 5, 2027.", ["2027-01-04", "2027-07-05"]),
        ("The compliance date is March 1, 2027. Existing funds must comply by September 1, 2027.", ["2027-03-01", "2027-09-01"]),
        ("Banks must comply by March 1, 2027. Banks must comply by March 1, 2027, the staff repeats.", ["2027-03-01"]),
        ("Banks must comply by March 1, 2027. In a different matter the court must comply by May 1, 2027.", ["2027-03-01"]),
    ],
    ids=["by size", "all others do so", "existing ones", "said twice", "of somebody else"],
)  # fmt: skip
def test_each_group_of_firms_has_its_day_to_comply(text: str, want: list[str]) -> None:
    given = item("Margin; Final Rule", text, lang="en", column="rule", day=DAY)

    facts = read(given, by=SOURCES["us-federalregister"])

    assert [f.value for f in facts if f.kind == "date_compliance"] == want


@pytest.mark.parametrize(
    "title, text, want",
    [
        ("Commission Implementing Regulation (EU) 2026/512 on templates", "Implementing Regulation (EU) 2020/88 is repealed with effect from 1 January 2027.", {}),
        ("Circular on cash handling", "Circular 12 is withdrawn, effective 1 July 2026.", {}),
        ("Commission Regulation (EU) 2026/513 repealing Regulation (EU) 2019/7", "Regulation (EU) 2019/7 is repealed with effect from 1 January 2027.", {"effective": "2027-01-01"}),
        ("Rescission of the notice on cash", "The notice is rescinded effective 1 July 2026.", {"effective": "2026-07-01"}),
    ],
)  # fmt: skip
def test_the_day_on_which_an_older_paper_ends_begins_only_what_ends_it(
    title: str, text: str, want: dict[str, str]
) -> None:
    assert dates("eu-eurlex", title, text) == want
