"""The closed lists that cross the walls: document types, stages, columns, topics, rank levels — each with its
English and Chinese name, so that facts, rank, briefs and pages all use the same keys and words.

Types and levels of force follow the Legislation Law of the PRC (立法法) and the usual series of the
English-language regulators; renderings follow the glossary. ``force`` is 0 (none) to 1 (law).
"""

from __future__ import annotations

from dataclasses import dataclass

from .records import Lang


@dataclass(frozen=True, slots=True)
class Term:
    """One key of a closed list with its names."""

    key: str
    en: str
    zh: str

    def name(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class DocumentType(Term):
    """A kind of document. ``force``: how binding it is on those it addresses, once final."""

    force: float
    plural: bool = False
    """The English name is a plural noun ("measures"): it takes no article."""


@dataclass(frozen=True, slots=True)
class LegalLevel(Term):
    """A level of the legal order. ``force``: 0 (none) to 1 (law); the higher binds the lower."""

    force: float


_TYPES: tuple[DocumentType, ...] = (
    # Law and rules
    DocumentType("law", "law", "法律", 1.0),
    DocumentType("administrative_regulation", "administrative regulation", "行政法规", 0.97),
    DocumentType("regulations", "regulations", "条例", 0.97, True),
    DocumentType("judicial_interpretation", "judicial interpretation", "司法解释", 0.9),
    DocumentType("order", "order", "令", 0.92),
    DocumentType("decision", "decision", "决定", 0.85),
    DocumentType("measures", "measures", "办法", 0.9, True),
    DocumentType("interim_measures", "interim measures", "暂行办法", 0.9, True),
    DocumentType("provisions", "provisions", "规定", 0.9, True),
    DocumentType("detailed_rules", "detailed rules", "细则", 0.85, True),
    DocumentType("rules", "rules", "规则", 0.85, True),
    DocumentType("final_rule", "final rule", "最终规则", 0.92),
    DocumentType("interim_final_rule", "interim final rule", "临时最终规则", 0.9),
    DocumentType("regulation", "regulation", "条例（法规）", 0.97),
    DocumentType("directive", "directive", "指令", 0.9),
    DocumentType("technical_standards", "technical standards", "技术标准", 0.85, True),
    # Normative documents and guidance
    DocumentType("notice", "notice", "通知", 0.7),
    DocumentType("announcement", "announcement", "公告", 0.65),
    DocumentType("public_notice", "public notice", "通告", 0.5),
    DocumentType("guiding_opinions", "guiding opinions", "指导意见", 0.7, True),
    DocumentType("implementing_opinions", "implementing opinions", "实施意见", 0.65, True),
    DocumentType("opinions", "opinions", "意见", 0.65, True),
    DocumentType("guidelines", "guidelines", "指引", 0.6, True),
    DocumentType("guide", "guide", "指南", 0.45),
    DocumentType("guidance", "guidance", "指引（指导性文件）", 0.55),
    DocumentType("circular", "circular", "通函", 0.6),
    DocumentType("policy_statement", "policy statement", "政策声明", 0.85),
    DocumentType("supervisory_statement", "supervisory statement", "监管声明", 0.65),
    DocumentType("supervisory_letter", "supervisory letter", "监管函（SR letter）", 0.6),
    DocumentType("standards", "standard", "标准", 0.55),
    DocumentType("code", "standards", "准则", 0.75, True),
    DocumentType("plan", "plan", "规划", 0.4),
    DocumentType("scheme", "scheme", "方案", 0.45),
    DocumentType("action_plan", "action plan", "行动计划", 0.4),
    DocumentType("catalogue", "catalogue", "目录", 0.5),
    DocumentType("memorandum", "memorandum of understanding", "谅解备忘录", 0.3),
    # Drafts and discussion
    DocumentType("consultation", "consultation", "征求意见", 0.0),
    DocumentType("proposed_rule", "proposed rule", "拟议规则", 0.0),
    DocumentType("advance_notice", "advance notice of proposed rulemaking", "规则制定预先通知", 0.0),
    DocumentType("discussion_paper", "discussion paper", "讨论文件", 0.0),
    DocumentType("conclusions", "consultation conclusions", "谘询总结", 0.3, True),
    # Acts on single parties
    DocumentType("penalty", "administrative penalty decision", "行政处罚决定", 0.5),
    DocumentType("enforcement", "enforcement action", "执法行动", 0.5),
    DocumentType("supervisory_measure", "supervisory measure", "行政监管措施", 0.4),
    DocumentType("market_ban", "market ban decision", "市场禁入决定", 0.5),
    DocumentType("licence", "licensing decision", "行政许可", 0.3),
    DocumentType("approval_reply", "official reply", "批复", 0.3),
    # Explanation and talk: no duty of their own
    DocumentType("reply_to_proposal", "reply to a proposal", "提案答复", 0.0),
    DocumentType("qa", "Q&A", "答记者问", 0.15),
    DocumentType("interpretation", "policy interpretation", "政策解读", 0.15),
    DocumentType("notification_of_results", "notification of results", "通报", 0.3),
    DocumentType("letter", "letter", "函", 0.4),
    DocumentType("risk_alert", "risk alert", "风险提示", 0.15),
    DocumentType("publicity", "notice for objections", "公示", 0.1),
    DocumentType("report", "report", "报告", 0.1),
    DocumentType("statistics", "statistical release", "统计数据", 0.05),
    DocumentType("speech", "speech", "讲话", 0.0),
    DocumentType("statement", "statement", "声明", 0.1),
    DocumentType("press_release", "press release", "新闻稿", 0.1),
    DocumentType("correction", "correction", "更正", 0.3),
    DocumentType("news_report", "news report", "新闻报道", 0.0),
)
DOCUMENT_TYPES: dict[str, DocumentType] = {t.key: t for t in _TYPES}

STAGES: dict[str, Term] = {
    t.key: t
    for t in (
        Term("draft", "draft for comment", "征求意见稿"),
        Term("final", "issued", "已发布"),
        Term("in_force", "in force", "现行有效"),
        Term("not_yet_in_force", "issued, not yet in force", "已发布，尚未生效"),
        Term("repealed", "repealed", "已废止"),
        Term("enforced", "enforced", "已作出处罚"),
        Term("none", "no legal stage", "不涉及法律阶段"),
    )
}

RELATIONS: dict[str, Term] = {
    t.key: t
    for t in (
        Term("replaces", "replaces", "取代"),
        Term("repeals", "repeals", "废止"),
        Term("amends", "amends", "修改"),
        Term("corrects", "corrects", "更正"),
        Term("extends", "extends", "延长"),
        Term("finalizes", "makes final", "正式发布"),
        Term("consults", "consults on", "征求意见"),
        Term("replies_to", "replies to", "答复"),
        Term("interprets", "explains", "解读"),
        Term("implements", "implements", "落实"),
        Term("citation", "cites", "引用"),
    )
}
"""What a document does to another: fact kinds whose value is the other's number or 《title》."""

SANCTIONS: dict[str, Term] = {
    t.key: t
    for t in (
        Term("warning", "warning", "警告"),
        Term("public_criticism", "public criticism", "通报批评"),
        Term("reprimand", "reprimand", "谴责"),
        Term("fine", "fine", "罚款"),
        Term("confiscation", "confiscation of illegal gains", "没收违法所得"),
        Term("disgorgement", "disgorgement", "追缴违法所得"),
        Term("interest", "prejudgment interest", "判决前利息"),
        Term("restitution", "restitution", "返还"),
        Term("correction", "order to correct", "责令改正"),
        Term("suspension", "suspension of business", "责令停业或暂停业务"),
        Term("revocation", "revocation of licence", "吊销许可证"),
        Term("disqualification", "disqualification", "取消任职资格"),
        Term("industry_ban", "ban from the industry", "禁止从业"),
        Term("market_ban", "market ban", "市场禁入"),
        Term("cease_and_desist", "cease-and-desist order", "停止令"),
        Term("total", "total", "罚没合计"),
    )
}
"""Measures of a penalty: keys of ``Sanction.key``."""

LEGAL_LEVELS: dict[str, LegalLevel] = {
    t.key: t
    for t in (
        LegalLevel("law", "law", "法律", 1.0),
        LegalLevel("administrative_regulation", "administrative regulation", "行政法规", 0.95),
        LegalLevel("judicial_interpretation", "judicial interpretation", "司法解释", 0.9),
        LegalLevel("departmental_rule", "departmental or agency rule", "部门规章", 0.85),
        LegalLevel("local_regulation", "local regulation or rule", "地方性法规或地方政府规章", 0.7),
        LegalLevel("normative_document", "normative document", "规范性文件", 0.65),
        LegalLevel("self_regulatory_rule", "self-regulatory rule", "自律规则", 0.55),
        LegalLevel("standard", "standard", "标准", 0.5),
        LegalLevel("guidance", "guidance", "指导性文件", 0.45),
        LegalLevel("individual_act", "act on a single party", "具体行政行为", 0.4),
        LegalLevel("policy", "plan or programme", "规划和方案", 0.35),
        LegalLevel("explanation", "explanation", "解释说明", 0.1),
        LegalLevel("none", "no legal force", "无法律效力", 0.0),
    )
}
"""Levels of the legal order (Legislation Law of the PRC, and their like elsewhere). A draft has none."""

COLUMNS: dict[str, Term] = {
    t.key: t
    for t in (
        Term("news", "News", "要闻"),
        Term("policy", "Policy", "政策"),
        Term("rule", "Rules", "规章及规范性文件"),
        Term("consultation", "Consultations", "征求意见"),
        Term("penalty", "Enforcement", "行政处罚"),
        Term("interpretation", "Interpretation", "政策解读"),
        Term("licence", "Licensing", "行政许可"),
        Term("speech", "Speeches", "讲话"),
        Term("circular", "Circulars", "通函"),
        Term("newsflash", "Newsflash", "快讯"),
        Term("article", "Articles", "文章"),
    )
}

TOPICS: dict[str, Term] = {
    t.key: t
    for t in (
        Term("ai", "AI governance", "人工智能治理"),
        Term("data", "Data security and privacy", "数据安全与隐私"),
        Term("cyber", "Cybersecurity and resilience", "网络安全与韧性"),
        Term("aml", "Anti-money laundering", "反洗钱"),
        Term("capital", "Capital and liquidity", "资本与流动性"),
        Term("banking", "Banking", "银行业"),
        Term("insurance", "Insurance", "保险业"),
        Term("securities", "Securities and funds", "证券与基金"),
        Term("payments", "Payments", "支付"),
        Term("crypto", "Digital assets", "数字资产"),
        Term("consumer", "Consumer protection", "消费者保护"),
        Term("monetary", "Monetary policy", "货币政策"),
        Term("fx", "Foreign exchange", "外汇"),
        Term("green", "Sustainable finance", "绿色金融"),
        Term("governance", "Corporate governance", "公司治理"),
        Term("disclosure", "Listing and disclosure", "上市与信息披露"),
        Term("enforcement", "Enforcement", "执法处罚"),
    )
}

SUBTOPICS: dict[str, Term] = {
    t.key: t
    for t in (
        Term("ai.generative", "Generative AI", "生成式人工智能"),
        Term("ai.agents", "AI agents", "智能体"),
        Term("ai.model_risk", "Model risk", "模型风险"),
        Term("ai.filing", "Algorithm and model filing", "算法和模型备案"),
        Term("ai.labelling", "Labelling of AI content", "生成内容标识"),
        Term("data.personal", "Personal information", "个人信息保护"),
        Term("data.cross_border", "Cross-border data", "数据跨境"),
        Term("data.grading", "Data classification", "数据分类分级"),
        Term("cyber.resilience", "Operational resilience", "运营韧性"),
        Term("cyber.incidents", "Incident reporting", "事件报告"),
        Term("cyber.outsourcing", "Outsourcing and third parties", "外包与第三方"),
        Term("aml.sanctions", "Financial sanctions", "金融制裁"),
        Term("aml.ownership", "Beneficial ownership", "受益所有人"),
        Term("capital.liquidity", "Liquidity", "流动性"),
        Term("capital.solvency", "Solvency", "偿付能力"),
        Term("banking.lending", "Lending", "信贷"),
        Term("banking.wealth", "Wealth management", "理财"),
        Term("banking.consumer_finance", "Consumer finance", "消费金融"),
        Term("banking.rural", "Rural banks", "农村中小银行"),
        Term("banking.property", "Property finance", "房地产金融"),
        Term("insurance.conduct", "Insurance distribution", "保险销售"),
        Term("insurance.pension", "Pensions", "养老金融"),
        Term("securities.funds", "Funds", "基金"),
        Term("securities.derivatives", "Futures and derivatives", "期货和衍生品"),
        Term("securities.trading", "Trading and market structure", "交易与市场结构"),
        Term("securities.bonds", "Bonds", "债券"),
        Term("payments.cbdc", "Central bank digital currency", "央行数字货币"),
        Term("payments.cross_border", "Cross-border payments", "跨境支付"),
        Term("crypto.stablecoins", "Stablecoins", "稳定币"),
        Term("crypto.tokenisation", "Tokenisation", "代币化"),
        Term("consumer.suitability", "Suitability", "适当性"),
        Term("consumer.marketing", "Marketing and collection", "营销与催收"),
        Term("monetary.operations", "Market operations", "公开市场操作"),
        Term("monetary.reserves", "Reserve requirements", "存款准备金"),
        Term("fx.renminbi", "Cross-border renminbi", "跨境人民币"),
        Term("green.disclosure", "Sustainability disclosure", "可持续信息披露"),
        Term("governance.owners", "Shareholders and related parties", "股东与关联交易"),
        Term("governance.fitness", "Fitness of managers", "高管任职资格"),
        Term("disclosure.listing", "Listing and issuance", "发行上市"),
        Term("enforcement.market_abuse", "Market abuse and false accounts", "市场操纵与财务造假"),
        Term("enforcement.fraud", "Fraud and illegal finance", "诈骗与非法金融活动"),
    )
}
"""Narrower topics: the key begins with that of the topic they belong to; both are values of ``topic``."""

ENTITIES: dict[str, Term] = {
    t.key: t
    for t in (
        Term("banks", "banks", "银行业金融机构"),
        Term("rural_banks", "rural and village banks", "农村中小银行机构"),
        Term("insurers", "insurers", "保险机构"),
        Term("insurance_intermediaries", "insurance intermediaries", "保险中介机构"),
        Term("trust_companies", "trust companies", "信托公司"),
        Term("wealth_managers", "wealth management companies", "理财公司"),
        Term("consumer_finance", "consumer finance companies", "消费金融公司"),
        Term("auto_finance", "auto finance companies", "汽车金融公司"),
        Term("leasing", "leasing companies", "租赁公司"),
        Term("micro_lenders", "micro-loan companies", "小额贷款公司"),
        Term("financial_holding", "financial holding companies", "金融控股公司"),
        Term("payment_institutions", "payment institutions", "支付机构"),
        Term("credit_reporting", "credit reporting agencies", "征信机构"),
        Term("securities_firms", "securities firms", "证券公司"),
        Term("fund_managers", "fund managers", "基金管理人"),
        Term("private_funds", "private fund managers", "私募基金管理人"),
        Term("futures_firms", "futures companies", "期货公司"),
        Term("listed_companies", "listed companies", "上市公司"),
        Term("exchanges", "exchanges and clearing houses", "交易所及清算机构"),
        Term("crypto_firms", "virtual asset firms", "虚拟资产服务提供者"),
        Term("stablecoin_issuers", "stablecoin issuers", "稳定币发行人"),
        Term("ai_providers", "generative-AI service providers", "生成式人工智能服务提供者"),
        Term("algorithm_providers", "algorithmic recommendation providers", "算法推荐服务提供者"),
        Term("platforms", "internet platforms", "互联网平台"),
        Term("data_handlers", "personal information and data handlers", "数据处理者"),
        Term("ciio", "critical information infrastructure operators", "关键信息基础设施运营者"),
    )
}
"""Kinds of firms and persons that rules bind: values of the facts ``entity_bound``."""

LEVEL_NAMES: dict[str, Term] = {
    t.key: t
    for t in (
        Term("critical", "Critical", "重大"),
        Term("significant", "Significant", "重要"),
        Term("notable", "Notable", "关注"),
        Term("routine", "Routine", "一般"),
    )
}

JURISDICTIONS: dict[str, Term] = {
    t.key: t
    for t in (
        Term("CN", "Mainland China", "中国内地"),
        Term("HK", "Hong Kong", "香港"),
        Term("MO", "Macao", "澳门"),
        Term("TW", "Taiwan", "台湾"),
        Term("SG", "Singapore", "新加坡"),
        Term("JP", "Japan", "日本"),
        Term("KR", "Korea", "韩国"),
        Term("IN", "India", "印度"),
        Term("AU", "Australia", "澳大利亚"),
        Term("AE", "United Arab Emirates", "阿联酋"),
        Term("US", "United States", "美国"),
        Term("UK", "United Kingdom", "英国"),
        Term("EU", "European Union", "欧盟"),
        Term("DE", "Germany", "德国"),
        Term("FR", "France", "法国"),
        Term("IE", "Ireland", "爱尔兰"),
        Term("CH", "Switzerland", "瑞士"),
        Term("INT", "International", "国际组织"),
    )
}

TROUBLES: dict[str, Term] = {
    t.key: t
    for t in (
        Term("refused", "The server refuses us", "服务器拒绝访问"),
        Term("busy", "The server asks us to come back later", "服务器要求稍后再试"),
        Term("gone", "The address is gone", "地址已失效"),
        Term("server", "The server has a fault", "服务器出错"),
        Term("unreachable", "No connection, or no answer in time", "无法连接或未及时响应"),
        Term("certificate", "The certificate is not valid", "证书无效"),
        Term("robots", "robots.txt does not allow it", "robots.txt 不允许抓取"),
        Term("unsafe", "The address is not one we may fetch", "地址不在允许访问的范围内"),
        Term("too_big", "The answer is larger than we read", "响应超出大小上限"),
        Term("damaged", "The answer is incomplete or unreadable", "响应不完整或无法解读"),
        Term("not_a_list", "Something else came instead of the list", "返回的不是预期的列表"),
        Term("empty", "The list is empty", "列表为空"),
        Term("odd_dates", "The dates cannot be right", "日期异常"),
        Term("moved", "The list has moved to another site", "列表已迁往其他网站"),
        Term("fault", "A fault of this program", "本程序故障"),
        Term("other", "It could not be read", "无法读取"),
    )
}
"""Why a list could not be read, or what is odd about it: classes of errors in plain words."""

LIST_STATES: dict[str, Term] = {
    t.key: t
    for t in (
        Term("ok", "In order", "正常"),
        Term("new", "Read for the first time", "首次读取"),
        Term("waiting", "Left alone, as the server asked", "应服务器要求暂缓"),
        Term("failing", "Cannot be read", "读取失败"),
        Term("silent", "Shows far less than usual", "条目骤减"),
        Term("stale", "Nothing new for unusually long", "久未更新"),
        Term("paused", "Not read until someone looks at it", "已停读，待人工处理"),
    )
}
"""How a list is doing; the words of `dibao status` and of the status page."""
