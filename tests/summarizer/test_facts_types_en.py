"""English document types: by the grammar of headlines, by what first lines say, and what is no act at all."""

# ruff: noqa: E501 — a table of headlines reads best with one a line

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao.store import DOCUMENT_TYPES, Item, Source
from dibao.summarizer.facts.types_en import action_type, read_headline

from .making import FCA, FR, KR36, SEC, SFC, WIRE, item, read, source, values

PRA = source("uk-boe-pra", "英国审慎监管局", "Prudential Regulation Authority", "PRA", jurisdiction="UK")
COMMISSION = source("eu-ec-fisma", "欧盟委员会", "European Commission", "EC", jurisdiction="EU")


@pytest.mark.parametrize(
    "title, key",
    [
        ("SEC Adopts Amendments to Custody Rule for Digital Assets", "final_rule"),
        ("SEC Proposes Rules on AI Washing in Fund Names", "proposed_rule"),
        ("SEC Charges Laputa Advisers LLC With Misleading Investors About AI", "enforcement"),
        ("SEC Extends Comment Period for Proposed Rule on Swap Data", "proposed_rule"),
        ("Frequently Asked Questions on Form PF", "qa"),
        ("Agencies issue final rule on community bank leverage ratio", "final_rule"),
        ("SR 26-3: Revised Guidance on Model Risk Management", "supervisory_letter"),
        ("Federal Reserve issues FOMC statement", "statement"),
        (
            "Federal Reserve Board announces termination of enforcement action with Struldbrug Bank",
            "enforcement",
        ),
        ("OCC Bulletin 2026-9: Third-Party Risk Management Guide", "guide"),
        ("FIL-12-2026: Proposed Rule on Brokered Deposits", "proposed_rule"),
        ("FIL-12-2026: Updated Call Schedule", "circular"),
        ("CFPB Orders Glubb Credit to Pay $12 Million for Illegal Fees", "enforcement"),
        ("CFTC Staff Issues No-Action Letter Regarding Swap Reporting", "letter"),
        ("CFTC Seeks Public Comment on Prediction Markets", "consultation"),
        ("FinCEN Issues Final Rule on Beneficial Ownership Information", "final_rule"),
        ("Advisory FIN-2026-A002 on Deepfake Fraud", "guidance"),
        ("Regulatory Notice 26-07: Request for Comment on Remote Inspections", "consultation"),
        ("Regulatory Notice 26-08: FINRA Reminds Firms of Their Duties", "notice"),
        ("NIST Releases SP 800-53r6 for Public Comment", "consultation"),
        ("Executive Order 14400 Promoting Secure Digital Assets", "order"),
        ("CP26/9: Safeguarding for stablecoin issuers", "consultation"),
        ("Dear CEO letter on consumer duty priorities", "circular"),
        (
            "Commission Delegated Regulation (EU) 2026/802 supplementing Directive (EU) 2022/2555",
            "regulation",
        ),
        ("Supervision Newsletter: Lessons from outages", ""),
        ("Monetary policy decisions", "decision"),
        ("Interview with Börsen-Zeitung", "speech"),
        ("EDPB adopts guidelines on anonymisation", "guidelines"),
        ("FR03/2026 Final Report on Finfluencers", "report"),
        ("FSB publishes consultation report on tokenisation", "consultation"),
        ("Outcomes FATF Plenary, 8-10 April 2026", ""),
        ("Central Bank of Ireland fines Struldbrug Insurance dac €3.4 million", "enforcement"),
        ("Reserve Bank of India (Digital Lending) Directions, 2026", "directive"),
        ("T+1 settlement cycle: report of the task force", "report"),
        ("Fees and charges for 2026/27", ""),
        ("Civil Monetary Penalty Inflation Adjustment", ""),
        ("Self-Regulatory Organizations; NYSE; Notice of Filing of Proposed Rule Change", "notice"),
        ("Statement on the Final Rule on Form N-PORT", "statement"),
        ("Testimony on the Proposed Rule Before the House Committee", "speech"),
        ("Proposal for a Regulation of the European Parliament on payment services", "proposed_rule"),
        ("SFC concludes consultation on OTC derivatives", "conclusions"),
        ("SFC reprimands and fines Penglai Securities $4.2 million", "enforcement"),
        ("SFC issues circular on tokenised funds", "circular"),
        ("HKMA announces results of stress test", "report"),
        ("Fraudulent website related to Penglai Bank", "risk_alert"),
        ("Phishing emails related to Penglai Bank Limited", "risk_alert"),
        ("MAS Publishes Guidelines on Artificial Intelligence Risk Management", "guidelines"),
        ("MAS Imposes Composition Penalties of S$2.4 Million on Five Insurers", "enforcement"),
        ("MAS Grants Digital Bank Licences to Two Applicants", "licence"),
        ("Reply to Parliamentary Question on crypto scams", "reply_to_proposal"),
        ("Written reply to parliamentary question on bank outages", "reply_to_proposal"),
        ("Basel Committee publishes standard on cryptoasset exposures", "standards"),
        ("Basel Committee issues final standards on the disclosure of climate risks", "standards"),
        ("FSB publishes annual report on implementation", "report"),
        ("IAIS publishes application paper on climate risk", "guidance"),
        ("Quarterly Consultation Paper No. 52", "consultation"),
        ("Handbook Notice 130", "notice"),
        ("Market Watch 83", ""),
        ("Final Notice 2026: John Roe", "enforcement"),
        ("FS26/1: Feedback to the call for input", "conclusions"),
        ("The Payment Services (Amendment) Regulations 2026", "regulation"),
        ("Financial Services and Markets Act 2026", "law"),
        ("Notice of the PBC on Issuing the Administrative Measures for Payment", "notice"),
        ("Interim Measures for the Administration of Generative AI Services", "interim_measures"),
        ("Provisions on Promoting Cross-border Data Flows", "provisions"),
        ("Administrative Measures for Data Security of Banks (Draft for Comment)", "consultation"),
        ("NFRA Official Answers Press Questions on the Measures", "qa"),
        ("Guiding Opinions on Digital Finance", "guiding_opinions"),
        ("Truth in Lending; Delay of Compliance Date", "final_rule"),
        ("Real-Time Payments; Withdrawal", "notice"),
        ("CFPB Withdraws Guidance Documents", "notice"),
        ("Small Business Lending; Extension of Comment Period", "proposed_rule"),
        ("Agencies request comment on proposed rule to revise capital", "proposed_rule"),
        ("Agencies request comment on proposal to reduce burden", "consultation"),
        ("Federal Reserve Board announces approval of application by Laputa Bancorp", "licence"),
        ("Minutes of the Federal Open Market Committee", ""),
        ("OCC Announces Enforcement Actions for April 2026", "enforcement"),
        ("FDIC Publishes Consumer Compliance Supervisory Highlights", ""),
        ("CFPB Issues Advisory Opinion on Earned Wage Access", "interpretation"),
        ("CFTC Approves Final Rule on Seeded Funds", "final_rule"),
        ("CFTC Issues Order Granting Exemption to Swap Dealers", "order"),
        ("SEC Grants Exemptive Relief to Funds", "order"),
        ("SEC Issues Concept Release on Foreign Private Issuer Eligibility", "discussion_paper"),
        ("Investor Alert: Crypto scams on social media", "risk_alert"),
        ("SEC Obtains Final Judgment Against Former Executive of Laputa Corp.", "enforcement"),
        ("Speech: Building trust in final rules", "speech"),
        ("Opinion of the European Central Bank on a proposal for a regulation", "opinions"),
        ("Guide on governance and risk culture", "guide"),
        ("BaFin publishes Circular 05/2026 on minimum requirements", "circular"),
        ("FINMA Guidance 03/2026: Staking", "guidance"),
        ("Amendments to Notice PSN02 on Prevention of Money Laundering", "notice"),
        ("Dear CFO letter: Written auditor reporting", "circular"),
        ("Monthly Statistical Bulletin, March 2026", "statistics"),
        ("Residential mortgage survey results for March 2026", "statistics"),
    ],
)
def test_headlines_of_all_kinds(title: str, key: str) -> None:
    assert read_headline(title).key == key


@pytest.mark.parametrize(
    "title, key",
    [
        ("FCA warns consumers about cloned investment firms", "risk_alert"),
        (
            "EBA publishes final draft technical standards on third-party risk under DORA",
            "technical_standards",
        ),
        ("EBA consults on Guidelines on credit risk adjustments", "consultation"),
        ("ESMA issues statement on MiCA transitional periods", "statement"),
        ("PRA publishes policy statement on consultation rules", "policy_statement"),
        ("ESMA publishes its report on supervisory convergence", "report"),
        ("ASIC sues Laputa Super over death benefit delays", "enforcement"),
        ("ASIC bans former adviser from providing financial services for five years", "enforcement"),
        ("ASIC cancels AFS licence of Laputa Wealth", "enforcement"),
        ("ASIC releases Regulatory Guide 281 on stored value", "guide"),
        ("APRA finalises Prudential Standard CPS 230", "standards"),
        ("APRA responds to submissions on liquidity standard", "conclusions"),
        ("ASIC consults on extending relief for stub equity", "consultation"),
        ("FCA confirms new rules for payments safeguarding", "final_rule"),
        ("FCA sets out final rules for stablecoins", "final_rule"),
        ("FCA proposes changes to the motor finance redress scheme", "consultation"),
        ("FCA launches discussion paper on AI", "discussion_paper"),
        ("FCA publishes multi-firm review of valuation practices", "report"),
        ("FCA and PRA sign memorandum of understanding with Swiss regulator", "memorandum"),
        ("ECB publishes guide on outsourcing cloud services", "guide"),
        ("ECB consults on guide to cloud outsourcing", "consultation"),
    ],
)
def test_headlines_where_one_proposes_by_consulting(title: str, key: str) -> None:
    assert read_headline(title, rulemaking=False).key == key


@pytest.mark.parametrize(
    "action, key",
    [
        ("Final rule.", "final_rule"),
        ("Final rule; correction.", "correction"),
        ("Correcting amendments.", "correction"),
        ("Final rule; delay of effective date.", "final_rule"),
        ("Direct final rule.", "final_rule"),
        ("Final rule; request for comments.", "final_rule"),
        ("Interim final rule; request for comments.", "interim_final_rule"),
        ("Notice of proposed rulemaking.", "proposed_rule"),
        ("Proposed rule; extension of comment period.", "proposed_rule"),
        ("Supplemental notice of proposed rulemaking.", "proposed_rule"),
        ("Advance notice of proposed rulemaking.", "advance_notice"),
        ("Proposed rule; withdrawal.", "notice"),
        ("Concept release; request for comments.", "discussion_paper"),
        ("Notice; request for comment.", "consultation"),
        ("Request for information.", "consultation"),
        ("Proposed policy statement; request for comment.", "consultation"),
        ("Policy statement.", "policy_statement"),
        ("Interpretive rule.", "interpretation"),
        ("Final guidance.", "guidance"),
        ("Exemptive order.", "order"),
        ("Notice.", "notice"),
        ("", ""),
    ],
)
def test_action_lines(action: str, key: str) -> None:
    assert action_type(action) == key


@pytest.mark.parametrize(
    "what, by, key",
    [
        pytest.param(
            item("Margin for Swaps", "AGENCY: Laputa.\n\nACTION: Interim final rule.\n", lang="en", column="rule"),
            FR, "interim_final_rule", id="the action line in the text",
        ),
        pytest.param(
            item("Margin for Swaps", "x", lang="en", column="rule", labels=(("Type", "PRORULE"),)),
            FR, "proposed_rule", id="what the gazette files it under",
        ),
        pytest.param(
            item("Custody Matters", "The FCA has today published a discussion paper on custody.", lang="en", column="news"),
            FCA, "discussion_paper", id="what the first sentence says was done",
        ),
        pytest.param(
            item("Safeguarding", "Consultation Paper CP26/9\nWe set out proposals.", lang="en", column="policy"),
            FCA, "consultation", id="a line of its own",
        ),
        pytest.param(
            item("Outsourcing", "This supervisory statement sets out expectations.", lang="en", column="policy"),
            PRA, "supervisory_statement", id="what the text calls itself",
        ),
        pytest.param(
            item("The future of final rules", "Good morning.", lang="en", column="speech"),
            FCA, "speech", id="a speech about rules is a speech",
        ),
        pytest.param(
            item("Order Against Laputa Bank", "The bank consents.", lang="en", column="penalty"),
            SEC, "enforcement", id="what a list of enforcement holds",
        ),
        pytest.param(
            item("Guidelines on outsourcing", "We invite views.", lang="en", column="consultation"),
            SFC, "consultation", id="guidelines in a list of consultations",
        ),
        pytest.param(
            item("FCA proposes a scheme", "", lang="en", column="news"), FCA, "consultation", id="a British proposal",
        ),
        pytest.param(
            item("Commission proposes a scheme", "", lang="en", column="news"), COMMISSION, "proposed_rule",
            id="a proposal of the Commission",
        ),
        pytest.param(
            item("Committee meets in May", "Members met.", lang="en", column="news"), FCA, "press_release",
            id="nothing says, the list does",
        ),
    ],
)  # fmt: skip
def test_official_documents(what: Item, by: Source, key: str) -> None:
    assert values(read(what, by=by), "document_type")[:1] == [key]


@pytest.mark.parametrize(
    "title, text, key",
    [
        ("SEC adopts custody rule", "The SEC adopted a final rule on Friday.", "final_rule"),
        ("Court blocks SEC final rule on fees", "The SEC adopted the rule in 2024.", "news_report"),
        ("Banks urge SEC to withdraw proposed rule", "", "news_report"),
        ("Why the final rule on custody matters", "The SEC issued a final rule.", "news_report"),
        ("SEC expected to propose rule on custody", "", "news_report"),
        ("FCA fines broker £3m", "", "enforcement"),
        ("FCA proposes new rules for wallets", "", "consultation"),
        ("SEC proposes new rules for wallets", "", "proposed_rule"),
        ("China issues rules on algorithms", "The measures were released by the CAC.", "rules"),
        ("Shares slip as traders wait", "Shares slipped on Monday.", "news_report"),
    ],
)
def test_reports_have_the_type_of_what_they_report_and_no_other(title: str, text: str, key: str) -> None:
    assert values(read(item(title, text, lang="en", column="news"), by=WIRE), "document_type") == [key]


@pytest.mark.parametrize("title", ["RTS on outsourcing", "ITS on reporting"])
def test_an_acronym_is_found_in_capitals_only(title: str) -> None:
    assert read_headline(title).key == "technical_standards"
    assert read_headline(f"The body published {title[:3].lower()} annual view").key == ""


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_a_headline_has_a_kind_of_the_list_and_the_words_that_say_it(title: str) -> None:
    kind = read_headline(title)

    assert kind.key in {"", *DOCUMENT_TYPES}
    assert 0 <= kind.start <= kind.end <= len(title)
    assert not kind.key or kind.end > kind.start


def test_a_medium_is_no_issuer_of_its_own_words() -> None:
    facts = read(item("Weekly guidance on markets", "Prices rose.", lang="en", column="news"), by=KR36)

    assert values(facts, "document_type") == ["news_report"]
