"""Two rules as the site gets them: told by the press alone, and by issuer, circular and press."""

from __future__ import annotations

from datetime import date

from dibao.store import Attachment, StoryView
from tests.site.making import at, cite, headlines, make_fact, make_item, make_view, parts, quoted, said


def nfra_story() -> StoryView:
    """Three Chinese press items of one publisher on one guidance; the issuer's page is not read."""
    day = date(2026, 11, 20)
    zh1 = "支持金融机构在风险可控前提下推进生成式人工智能业务应用，稳妥探索金融智能体建设。"
    zh2 = "金融机构应当对生成式人工智能模型实施准入管理，评估模型效能和安全合规性。"
    zh3 = "从外部引入的模型须经网信部门备案。"
    zh4 = "董（理）事会应当指定专门委员会对人工智能开发应用管理负责。"
    zh5 = "鼓励大型金融机构发挥示范作用，向中小金融机构输出技术和管理经验。"
    first = make_item(
        "cn-36kr",
        "newsflashes/301",
        "金融监管总局：支持金融机构在风险可控的前提下，推进生成式人工智能技术的业务应用",
        "36氪获悉，国家金融监督管理总局发布关于银行业保险业人工智能安全开发应用的指导意见。\n"
        + zh1 + zh2 + zh3,
        "zh-Hans",
        "newsflash",
        published=at(day, 5, 12),
        author="北风",
    )  # fmt: skip
    second = make_item(
        "cn-36kr",
        "newsflashes/302",
        "金融监管总局：加强人工智能安全开发应用治理",
        "36氪获悉，国家金融监督管理总局发布指导意见。\n" + zh4,
        "zh-Hans",
        "newsflash",
        published=at(day, 5, 14),
    )
    third = make_item(
        "cn-36kr",
        "newsflashes/303",
        "金融监管总局：推进金融行业人工智能应用基础设施建设",
        "36氪获悉，国家金融监督管理总局发布指导意见。\n" + zh5,
        "zh-Hans",
        "newsflash",
        published=at(day, 5, 21),
    )
    facts = (
        make_fact(first, "issuer", "NFRA", "国家金融监督管理总局"),
        make_fact(first, "document_type", "guiding_opinions", "指导意见"),
        make_fact(first, "stage", "final", "发布"),
        make_fact(first, "entity_bound", "banks", "银行业"),
        make_fact(first, "entity_bound", "insurers", "保险业"),
        make_fact(first, "topic", "ai", "人工智能"),
        make_fact(first, "topic", "banking", "银行业"),
        make_fact(first, "topic", "insurance", "保险业"),
        make_fact(first, "obligation", "must", zh2),
    )
    opened = cite(first, "国家金融监督管理总局发布关于银行业保险业人工智能安全开发应用的指导意见。")
    impact = cite(first, "银行业保险业")
    return make_view(
        1042,
        day,
        (
            (
                first,
                headlines(
                    first,
                    "NFRA supports business use of generative AI by financial institutions, "
                    "with risks under control",
                    first.title,
                ),
                facts,
            ),
            (
                second,
                headlines(
                    second,
                    "NFRA: stronger governance of the safe development and use of AI",
                    second.title,
                ),
                (),
            ),
            (
                third,
                headlines(
                    third,
                    "NFRA: infrastructure for AI in the financial industry",
                    third.title,
                    "partial",
                ),
                (),
            ),
        ),
        level="significant",
        components=parts(
            ("force", 0.7, 30, "guiding_opinions"),
            ("issuer", 0.9, 25, "NFRA"),
            ("reach", 0.8, 15, "national+1"),
            ("stage", 1.0, 10, "final"),
            ("urgency", 0.0, 10, "none"),
            ("corroboration", 0.2, 5, "publishers:1"),
            ("topic", 1.0, 5, "ai"),
        ),
        reason=(
            "Guiding opinions of a national regulator for two sectors. No date of effect is known yet.",
            "国家级监管机构面向两个行业发布的指导意见；尚未读到施行日期。",
        ),
        en=(
            "NFRA issues guiding opinions on the safe development and use of AI in banking and insurance",
            (
                said(
                    "The National Financial Regulatory Administration (NFRA) has issued guiding opinions on "
                    "the safe development and use of artificial intelligence in banking and insurance.",
                    opened,
                ),
                quoted(first, zh1),
                quoted(first, zh2),
                quoted(second, zh4),
            ),
            (
                said(
                    "Banks and insurers in mainland China would need access control over generative models.",
                    impact,
                ),
            ),
        ),
        zh=(
            "金融监管总局发布银行业保险业人工智能安全开发应用指导意见",
            (
                said("国家金融监督管理总局发布关于银行业保险业人工智能安全开发应用的指导意见。", opened),
                quoted(first, zh2),
                quoted(second, zh4),
                quoted(third, zh5),
            ),
            (said("影响境内银行业、保险业机构对生成式人工智能模型的准入管理。", impact),),
        ),
    )


def mixed_story() -> StoryView:
    """A rule told by its issuer, a Hong Kong circular in Traditional Chinese and English press."""
    day = date(2026, 11, 20)
    number = "中国人民银行令〔2026〕第9号"
    zh1 = "支付机构应当在境内存储业务数据，保存期限不少于五年。"
    zh2 = "违反本办法的，由中国人民银行依照《非银行支付机构监督管理条例》处以一百万元以下罚款。"
    zh3 = "本办法自2026年12月15日起施行。"
    official = make_item(
        "cn-pbc",
        "tiaofasi/144941/9001",
        "支付业务数据安全管理办法",
        f"{number}\n第一条　为加强支付业务数据安全管理，制定本办法。\n{zh1}\n{zh2}\n{zh3}\n"
        "行长　签发日期：2026年11月12日",
        "zh-Hans",
        "rule",
        published=at(day, 8, 0),
        labels=(("发文字号", number), ("成文日期", "2026-11-12")),
        attachments=(
            Attachment(
                url="https://www.cn-pbc.example/files/9001.pdf",
                name="支付业务数据安全管理办法（附件1：数据分类目录）.pdf",
                media_type="application/pdf",
                text="附件1　数据分类目录",
            ),
            Attachment(
                url="https://www.cn-pbc.example/files/9001-2.wps",
                name="附件2.wps",
                media_type="application/vnd.ms-works",
                unread="format not read: WPS",
            ),
        ),
        version=2,
    )
    hant = make_item(
        "hk-hkma",
        "circulars/20261120-3",
        "關於內地支付業務數據安全管理辦法的通函",
        "金融管理局提請認可機構留意內地最新要求，並評估跨境支付安排。",
        "zh-Hant",
        "circular",
        published=at(day, 9, 15, "Asia/Hong_Kong"),
    )
    press = make_item(
        "uk-wire",
        "2026/11/china-payments-data",
        "China orders payment firms to keep data onshore from December",
        "Payment firms in China must keep transaction data onshore for at least five years from "
        "15 December 2026, the central bank said on Friday.",
        "en",
        "article",
        published=at(day, 11, 40, "Europe/London"),
        author="M. Ayre",
    )
    facts = (
        make_fact(official, "issuer", "PBC", "中国人民银行"),
        make_fact(official, "document_number", number, number),
        make_fact(official, "document_type", "measures", "办法", "title"),
        make_fact(official, "date_signed", "2026-11-12", "2026-11-12", "label:成文日期"),
        make_fact(official, "date_effective", "2026-12-15", "2026年12月15日"),
        make_fact(official, "stage", "not_yet_in_force", "自2026年12月15日起施行"),
        make_fact(official, "citation", "非银行支付机构监督管理条例", "《非银行支付机构监督管理条例》"),
        make_fact(official, "entity_bound", "payment_institutions", "支付机构"),
        make_fact(official, "amount", "CNY 1000000", "一百万元"),
        make_fact(official, "topic", "payments", "支付"),
        make_fact(official, "topic", "data", "数据安全"),
    )
    title = cite(official, "支付业务数据安全管理办法", "title")
    keep, from_day = cite(official, zh1), cite(official, zh3)
    told = cite(press, "must keep transaction data onshore for at least five years")
    return make_view(
        1043,
        day,
        (
            (
                official,
                headlines(official, "Measures for Payment Business Data Security", official.title),
                facts,
            ),
            (
                hant,
                headlines(hant, "HKMA circular on the Mainland's payment data security measures", hant.title),
                (make_fact(hant, "document_type", "circular", "通函", "title"),),
            ),
            (press, headlines(press, press.title, "中国要求支付机构自12月起在境内存储数据", "partial"), ()),
        ),
        level="critical",
        components=parts(
            ("force", 0.9, 30, "measures"),
            ("issuer", 0.9, 25, "PBC"),
            ("reach", 0.8, 15, "national+1"),
            ("stage", 0.9, 10, "not_yet_in_force"),
            ("urgency", 0.8, 10, "2026-12-15"),
            ("corroboration", 0.6, 5, "publishers:3"),
            ("topic", 1.0, 5, "payments"),
        ),
        reason=(
            "Binding measures of the central bank, in force in 25 days, reported by three publishers.",
            "中国人民银行发布的部门规章，25日后施行，3家发布者报道。",
        ),
        en=(
            "PBC issues measures for payment data security; in force 15 December 2026",
            (
                said(
                    "The People's Bank of China has issued the Measures for Payment Business Data Security.",
                    title,
                ),
                said("Payment institutions must keep data onshore for at least five years.", keep, told),
                said("The measures take effect on 15 December 2026.", from_day),
            ),
            (said("Cross-border payment arrangements need review before 15 December 2026.", from_day),),
        ),
        zh=(
            "央行发布《支付业务数据安全管理办法》，12月15日起施行",
            (
                said("中国人民银行发布《支付业务数据安全管理办法》。", title),
                said("支付机构业务数据须在境内存储，期限不少于五年。", keep, told),
                said("办法自2026年12月15日起施行。", from_day),
            ),
            (said("跨境支付安排须在2026年12月15日前完成评估。", from_day),),
        ),
        writer="model:qwen3-8b-instruct",
        version=2,
    )
