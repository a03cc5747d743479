"""English releases of enforcement in varied shapes, written for this test: each party with its own sums and measures."""

# ruff: noqa: E501 — a table of texts reads best with one a line

from __future__ import annotations

import pytest

from dibao.crawler.source import load
from dibao.facts_quality import penalty_line

from .making import item, read

SOURCES = {id: spec.source for id, spec in load().items()}


def penalties(by: str, title: str, text: str, column: str = "news") -> set[str]:
    facts = read(item(title, text, lang="en", column=column), by=SOURCES[by])
    return {penalty_line(fact) for fact in facts if fact.kind == "penalty"}


@pytest.mark.parametrize(
    "by, title, text, want",
    [
        ("us-sec", "SEC Charges Adviser and Its Founder With Cherry-Picking",
         "The Securities and Exchange Commission today charged Harrow Peak Advisors LLC and its founder, Ines Calloway, with cherry-picking. Without admitting the findings, Harrow Peak Advisors LLC agreed to a cease-and-desist order, a censure and a civil penalty of $450,000. Calloway agreed to pay a civil penalty of $90,000 and to be barred from the industry.",
         {"Harrow Peak Advisors LLC; cease_and_desist; reprimand; fine=USD 450000", "Ines Calloway; fine=USD 90000; industry_ban"}),
        ("us-sec", "SEC Charges Two Advisers",
         "The Commission today announced settled charges against Rowan Advisers LLC and Sorrel Capital Management LP. Rowan and Sorrel agreed to pay civil penalties of $60,000 and $45,000, respectively.",
         {"Rowan Advisers LLC; fine=USD 60000", "Sorrel Capital Management LP; fine=USD 45000"}),
        ("us-sec", "SEC Obtains Final Judgment Against Former Trader",
         "The Securities and Exchange Commission obtained a final judgment against Tobias Renner. The judgment orders Renner to pay disgorgement of $210,500, prejudgment interest of $14,320 and a civil penalty of $210,500.",
         {"Tobias Renner; disgorgement=USD 210500; interest=USD 14320; fine=USD 210500"}),
        ("us-sec", "SEC Charges Three Broker-Dealers With Recordkeeping Failures",
         "The Securities and Exchange Commission today announced charges against three firms. The firms agreed to pay the following penalties:\n• Alder Street Securities LLC agreed to pay a $7 million penalty\n• Bexley Markets Inc. agreed to pay a $3.5 million penalty\n• Corvane Capital LLC agreed to pay a $1.2 million penalty",
         {"Alder Street Securities LLC; fine=USD 7000000", "Bexley Markets Inc.; fine=USD 3500000", "Corvane Capital LLC; fine=USD 1200000"}),
        ("us-cftc", "CFTC Orders Grain Merchant to Pay $2.5 Million for Spoofing",
         "The Commodity Futures Trading Commission today issued an order settling charges against Pellworth Grain Co. The order requires Pellworth Grain Co. to pay a $2.5 million civil monetary penalty and to cease and desist from further violations.",
         {"Pellworth Grain Co.; fine=USD 2500000; cease_and_desist"}),
        # Called Respondent, or by a short form, after it was named once.
        ("us-cfpb", "Consent Order in the Matter of Tallgrass Lending, LLC",
         "CONSENT ORDER\nThe Bureau has reviewed the servicing of Tallgrass Lending, LLC (Respondent) and has found deceptive acts.\n2. Respondent must pay redress of $3,100,000 to affected borrowers.\n3. Respondent is ordered to pay a civil money penalty of $750,000.",
         {"Tallgrass Lending, LLC; restitution=USD 3100000; fine=USD 750000"}),
        ("us-sec", "In the Matter of Elmstone Advisers LLC and Perrin Oakley",
         "Accordingly, it is hereby ORDERED that:\nA. Respondents Elmstone Advisers LLC and Perrin Oakley cease and desist from committing any violations of Section 206(2).\nB. Respondent Oakley shall pay a civil money penalty of $35,000.\nC. Respondent Elmstone shall pay a civil money penalty of $200,000.",
         {"Elmstone Advisers LLC; cease_and_desist; fine=USD 200000", "Perrin Oakley; cease_and_desist; fine=USD 35000"}),
        # A person with a form of address, and words between the ban and what from.
        ("hk-sfc", "SFC bans former trader",
         "The SFC has banned Ms Yuen Lok Sze, who traded for the firm until it closed its desk in 2023, from re-entering the industry for 24 months.",
         {"Yuen Lok Sze; industry_ban"}),
        ("hk-sfc", "SFC reprimands Marble Gate Asset Management Limited",
         "The SFC has reprimanded Marble Gate Asset Management Limited. It has also suspended the licence of Mr Ho Wing Kit for nine months.",
         {"Marble Gate Asset Management Limited; reprimand", "Ho Wing Kit; suspension"}),
        ("us-finra", "FINRA Bars Broker Over False Records", "FINRA has barred Dale Whitcomb from association with any member firm.", {"Dale Whitcomb; industry_ban"}),
        # A person's town is none of his name.
        ("us-cftc", "Federal Court Orders Texas Man to Pay",
         "The CFTC announced that the court ordered Marcus Tilden of Plano, Texas, to pay $4.2 million in restitution and a $1.5 million civil monetary penalty. The order permanently bans Tilden from trading and registering with the CFTC.",
         {"Marcus Tilden; restitution=USD 4200000; fine=USD 1500000; industry_ban"}),
        # The same sum in another currency is no second fine.
        ("uk-reuters", "UK watchdog fines Ostrander Bank 12 million pounds",
         "LONDON, May 4 (Reuters) - Britain's Financial Conduct Authority has fined Ostrander Bank 12 million pounds ($15 million) for lapses in its controls. Another lender, Calder Bank, paid 9 million pounds in 2024.",
         {"Ostrander Bank; fine=GBP 12000000"}),
        ("uk-ft", "Watchdog fines Corrib Insurance €2.4mn",
         "The regulator fined Corrib Insurance €2.4mn (about $2.6mn) for late returns.", {"Corrib Insurance; fine=EUR 2400000"}),
        # Two who agreed in one sentence, and a range that is nobody's.
        ("us-sec", "SEC Charges Nine Firms Over Marketing Rule",
         "The Securities and Exchange Commission today announced settled charges against nine advisers. The firms agreed to pay $1,240,000 in combined penalties. Penalties ranged from $60,000 to $325,000. Ashgrove Advisors LLC agreed to pay $325,000 and Birling Capital Inc. agreed to pay $60,000.",
         {"Ashgrove Advisors LLC; fine=USD 325000", "Birling Capital Inc.; fine=USD 60000"}),
        # What another authority does, or the firm spends, is no fine of this one.
        ("uk-boe-pra", "PRA fines Kestrel Bank plc £5,376,000",
         "The Prudential Regulation Authority (PRA) has imposed a financial penalty of £5,376,000 on Kestrel Bank plc. The FCA has imposed a separate penalty of £2,000,000 on the bank.",
         {"Kestrel Bank plc; fine=GBP 5376000"}),
        ("us-occ", "OCC Assesses $75 Million Penalty Against Lakemont Bank, N.A.",
         "The OCC today assessed a $75 million civil money penalty against Lakemont Bank, N.A. The Board of Governors separately fined the holding company $20 million.",
         {"Lakemont Bank, N.A.; fine=USD 75000000"}),
        ("us-nydfs", "Superintendent Secures Settlement With Coin Exchange",
         "The Department announced that Trellis Exchange Inc. will pay a $30 million penalty to New York State and invest an additional $10 million in its compliance program.",
         {"Trellis Exchange Inc.; fine=USD 30000000"}),
        ("us-ofac", "Settlement Agreement with Brightsea Logistics LLC",
         "Brightsea Logistics LLC has agreed to remit $1,950,000 to settle its potential civil liability. The statutory maximum was $14,000,000 and the base penalty was $3,900,000.",
         {"Brightsea Logistics LLC; fine=USD 1950000"}),
        # A rival's fine, and the parts of a total.
        ("us-americanbanker", "Fed hits Prairie Union Bank with $9M fine",
         "The Federal Reserve Board fined Prairie Union Bank $9 million on Thursday. Its rival Boone Trust was fined $3 million in March. Calder Savings Bank agreed to pay $2 million in fines last year.",
         {"Prairie Union Bank; fine=USD 9000000"}),
        ("eu-ecb", "ECB sanctions Banco Montelar S.A.",
         "The European Central Bank (ECB) has imposed two administrative penalties totalling €6.1 million on Banco Montelar S.A. The first penalty amounts to €4.1 million and the second to €2 million.",
         {"Banco Montelar S.A.; fine=EUR 6100000"}),
        # The whole name, with what the headline leaves off.
        ("hk-hkma", "Monetary Authority reprimands and fines Golden Wharf Bank, Limited",
         "The Monetary Authority has reprimanded and imposed a pecuniary penalty of HK$8,500,000 against Golden Wharf Bank, Limited for contraventions of the AMLO.",
         {"Golden Wharf Bank, Limited; reprimand; fine=HKD 8500000"}),
        ("eu-esma", "ESMA fines Verity Repository €186,000",
         "ESMA has fined the trade repository Verity Repository Ltd €186,000 and issued a public notice.",
         {"Verity Repository Ltd; fine=EUR 186000"}),
        ("uk-fca", "FCA bans and fines former chief executive",
         "The FCA has decided to fine Mr Julian Ashcombe £1,812,800 and ban him from holding senior positions in financial services.",
         {"Julian Ashcombe; fine=GBP 1812800; industry_ban"}),
        ("us-cfpb", "CFPB Takes Action Against Lender for Hidden Fees",
         "The Consumer Financial Protection Bureau (CFPB) today ordered Quickfen Credit LLC to refund $14 million to borrowers and to pay a $6 million civil money penalty.",
         {"Quickfen Credit LLC; restitution=USD 14000000; fine=USD 6000000"}),
        ("us-fed", "Federal Reserve Board fines bank for compliance failures",
         "The Federal Reserve Board on Tuesday announced a $48 million fine against Stannington Bank for failures in its program against money laundering.",
         {"Stannington Bank; fine=USD 48000000"}),
        ("us-finra", "FINRA Fines Firm $850,000 for Supervisory Failures",
         "FINRA announced today that it has fined Lowmoor Investments, Inc. $850,000 and ordered it to pay $1.1 million in restitution to customers. FINRA also censured the firm.",
         {"Lowmoor Investments, Inc.; fine=USD 850000; restitution=USD 1100000; reprimand"}),
        ("us-occ", "OCC Issues Consent Order and Civil Money Penalty",
         "The Office of the Comptroller of the Currency today assessed a $15 million civil money penalty against Fallowfield Bank, N.A.",
         {"Fallowfield Bank, N.A.; fine=USD 15000000"}),
        ("us-nydfs", "Superintendent Announces $3 Million Settlement With Insurer",
         "The New York State Department of Financial Services announced that Merrow Life Insurance Company will pay a $3 million penalty for cybersecurity violations.",
         {"Merrow Life Insurance Company; fine=USD 3000000"}),
        ("us-ofac", "OFAC Settles With Shipping Company",
         "The Office of Foreign Assets Control today announced a settlement with Dunmere Shipping Ltd. Dunmere Shipping Ltd agreed to pay $1,720,900 to settle its potential civil liability.",
         {"Dunmere Shipping Ltd; fine=USD 1720900"}),
        ("uk-fca", "FCA fines Thornwick Bank £16.8m for poor controls",
         "The FCA has fined Thornwick Bank plc £16,842,500 for failings in its controls. Thornwick Bank plc agreed to resolve the case and qualified for a 30% discount. The fine would otherwise have been £24,060,714.",
         {"Thornwick Bank plc; fine=GBP 16842500"}),
        ("uk-fca", "FCA bans and fines former chief executive",
         "The Financial Conduct Authority has banned Rupert Hale from working in financial services and fined him £234,100. He misled clients between 2019 and 2021.",
         {"Rupert Hale; industry_ban; fine=GBP 234100"}),
        ("uk-boe-pra", "PRA fines insurer £6.5 million",
         "The Prudential Regulation Authority (PRA) has fined Gannet Mutual Insurance Limited £6,500,000 for governance failings.",
         {"Gannet Mutual Insurance Limited; fine=GBP 6500000"}),
        ("uk-ico", "Charity reprimanded over breach",
         "The Information Commissioner's Office (ICO) has issued a £60,000 fine to Heronsgate Care Ltd after records were lost.",
         {"Heronsgate Care Ltd; fine=GBP 60000"}),
        ("hk-sfc", "SFC reprimands and fines Lantau Crest Asset Management Limited $5.6 million",
         "The Securities and Futures Commission (SFC) has reprimanded and fined Lantau Crest Asset Management Limited $5.6 million for internal control failures. The SFC also suspended the licence of its responsible officer, Mr Ko Wing Lam, for 10 months.",
         {"Lantau Crest Asset Management Limited; reprimand; fine=HKD 5600000", "Ko Wing Lam; suspension"}),
        ("hk-hkma", "HKMA takes disciplinary action against Peakview Bank",
         "The Hong Kong Monetary Authority (HKMA) announced today that it had reprimanded Peakview Bank (Hong Kong) Limited and ordered it to pay a pecuniary penalty of HK$4,000,000.",
         {"Peakview Bank (Hong Kong) Limited; reprimand; fine=HKD 4000000"}),
        ("sg-mas", "MAS Imposes Composition Penalty on Trust Company",
         "The Monetary Authority of Singapore (MAS) has imposed a composition penalty of S$1.5 million on Orchid Trust Company Pte Ltd for breaches of anti-money laundering requirements.",
         {"Orchid Trust Company Pte Ltd; fine=SGD 1500000"}),
        ("ie-cbi", "Central Bank fines payments firm",
         "The Central Bank of Ireland has reprimanded Curragh Payments Limited and imposed a fine of €1,225,000 on the firm.",
         {"Curragh Payments Limited; reprimand; fine=EUR 1225000"}),
        ("eu-ecb", "ECB sanctions Nordhaven Bank",
         "The European Central Bank (ECB) has imposed an administrative penalty of €2,850,000 on Nordhaven Bank AG for misreporting.",
         {"Nordhaven Bank AG; fine=EUR 2850000"}),
        ("hk-regulationasia", "Court fines broker in ASIC case",
         "The Federal Court has ordered Kestrel Bay Securities Pty Ltd to pay a penalty of A$4.3 million after a case brought by the Australian Securities and Investments Commission (ASIC).",
         {"Kestrel Bay Securities Pty Ltd; fine=AUD 4300000"}),
        ("us-doj", "Bank Pleads Guilty",
         "Varrick National Bank pleaded guilty today and agreed to pay a criminal fine of $32 million and to forfeit $11 million.",
         {"Varrick National Bank; fine=USD 32000000; confiscation=USD 11000000"}),
        ("us-ftc", "FTC Order Bans Data Broker",
         "The Federal Trade Commission's order requires Loxley Data Inc. to pay a $2 million civil penalty.",
         {"Loxley Data Inc.; fine=USD 2000000"}),
        ("us-sec", "SEC Charges Nine Firms With Off-Channel Communications",
         "The Securities and Exchange Commission today announced charges against nine firms, which agreed to pay combined penalties of $41 million. Elmbrook Securities LLC ($12 million), Tarn Hill Advisors LP ($9.5 million) and Wexcombe Partners LLC ($4 million) admitted the facts.",
         {"Elmbrook Securities LLC; fine=USD 12000000", "Tarn Hill Advisors LP; fine=USD 9500000", "Wexcombe Partners LLC; fine=USD 4000000"}),
        ("us-finra", "FINRA Sanctions Two Firms",
         "FINRA has fined Oakmere Brokers LLC and Pinefield Securities LLC $300,000 and $175,000, respectively, for late reports.",
         {"Oakmere Brokers LLC; fine=USD 300000", "Pinefield Securities LLC; fine=USD 175000"}),
        ("uk-fca", "Final notice: Dale Underhill",
         "The FCA has decided to impose on Mr Dale Underhill a financial penalty of £71,300 and to prohibit him from performing any regulated activity.",
         {"Dale Underhill; fine=GBP 71300; industry_ban"}),
        ("sg-mas", "MAS Issues Prohibition Orders Against Former Representatives",
         "The Monetary Authority of Singapore (MAS) has issued a nine-year prohibition order against Ms Tan Li Hua, a former representative of an insurer.",
         {"Tan Li Hua; industry_ban"}),
        ("hk-sfc", "SFC bans Wong Ka Ho for 18 months",
         "The Securities and Futures Commission (SFC) has banned Mr Wong Ka Ho from re-entering the industry for 18 months.",
         {"Wong Ka Ho; industry_ban"}),
        ("us-cftc", "Federal Court Orders Florida Man to Pay Over $7 Million",
         "The Commodity Futures Trading Commission announced that a federal court ordered Lionel Brandt to pay $5.1 million in restitution and a $2 million civil monetary penalty. The order also bans Brandt from trading for life.",
         {"Lionel Brandt; restitution=USD 5100000; fine=USD 2000000; industry_ban"}),
        ("us-cfpb", "CFPB Sues and Settles With Debt Collector",
         "Under the settlement, Ravenhill Recovery LLC must pay a civil money penalty of $1.25 million, and must refund $3 million to consumers.",
         {"Ravenhill Recovery LLC; fine=USD 1250000; restitution=USD 3000000"}),
        ("us-fdic", "FDIC Issues Order to Bank",
         "The FDIC ordered First Calder Bank, Dunmore, Ohio, to pay a civil money penalty of $62,500.",
         {"First Calder Bank; fine=USD 62500"}),
        ("uk-fca", "FCA cancels permission of lender",
         "The FCA has cancelled the registration of Brackwell Loans Limited after it failed to pay its fees.",
         {"Brackwell Loans Limited; revocation"}),
        ("uk-reuters", "UK regulator fines Solway Bank over IT failure",
         "Britain's Financial Conduct Authority said on Tuesday it had fined Solway Bank 11.2 million pounds for an outage in 2024.",
         {"Solway Bank; fine=GBP 11200000"}),
    ],
)  # fmt: skip
def test_each_party_with_its_own_sums(by: str, title: str, text: str, want: set[str]) -> None:
    assert {frozenset(line.split("; ")) for line in penalties(by, title, text)} == {
        frozenset(line.split("; ")) for line in want
    }


@pytest.mark.parametrize(
    "by, title, text",
    [
        ("uk-fca", "FCA publishes its annual enforcement data", "Last year we imposed fines of £176 million in all."),
        ("us-sec", "SEC Files Complaint Against Promoter", "The complaint seeks civil penalties of up to $2 million from Gordon Pike."),
        ("hk-sfc", "SFC commences proceedings against Brimstone Holdings Limited", "The SFC seeks an order that Brimstone Holdings Limited pay compensation of $90 million."),
        ("us-sec", "SEC Announces Enforcement Results", "The Commission obtained orders for $4.2 billion in remedies, and barred 90 persons."),
        ("us-sec", "SEC Awards Whistleblower", "The Commission awarded $14 million to a whistleblower, said Enforcement Director Mark Sable."),
        ("us-fed", "Federal Reserve Board announces termination of enforcement action", "The order of 2021 against Sedgeford Bank, which had paid a $5 million fine, was terminated."),
        ("hk-regulationasia", "ASIC sues fund manager", "ASIC alleges that clients of Sandgate Funds Limited lost A$18.6 million, and seeks penalties."),
    ],
)  # fmt: skip
def test_what_is_only_sought_or_totalled_is_no_penalty(by: str, title: str, text: str) -> None:
    assert penalties(by, title, text) == set()
