"""What an item is about: keys of the store's topics, by terms that stand in it; ``shown`` lists the terms.

A term in the title counts three times; a topic needs a title term, or two places (one in a short text).
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from dibao.store import Fact

from .reading import Part, Reading

_ZH = {
    "ai": r"人工智能|人工智慧|生成式|大模型|大语言模型|智能体|深度合成|算法(?!交易)|机器学习",
    "data": r"数据安全|个人信息|个人资料|隐私|数据出境|数据跨境|跨境数据|重要数据|数据要素|公共数据|数据治理|数据分类分级|数据管理|数据资产",
    "cyber": r"网络安全|关键信息基础设施|信息科技风险|业务连续性|运营韧性|等级保护|网络攻击|信息系统安全|网络与信息安全",
    "aml": r"反洗钱|洗钱|恐怖融资|受益所有人|可疑交易|客户尽职调查|打击洗钱",
    "capital": r"资本管理|资本充足|杠杆率|流动性(?:风险|覆盖|管理)|净稳定资金|总损失吸收|资本工具|风险加权|偿付能力|巴塞尔|资本监管",
    "banking": r"银行业(?!协会)|商业银行|银行保险|银行机构|贷款|信贷|村镇银行|农商行|消费金融|理财公司|信托公司|认可机构|银行业务",
    "insurance": r"保险业|保险公司|保险机构|保险资金|人身险|人身保险|财产保险|银行保险|寿险|再保险|保险中介|健康保险|保险销售",
    "securities": r"证券|基金(?:管理|销售|公司)?(?!委)|私募|期货|资本市场|债券|衍生品|北交所|科创板|股票|程序化交易",
    "payments": r"支付(?:机构|业务|服务|结算|清算|系统|条例|账户)|非银行支付|备付金|条码支付|收单|数字人民币|储值支付|快速支付",
    "crypto": r"虚拟货币|虚拟资产|加密(?:资产|货币)|稳定币|代币化|比特币|现实世界资产|数字资产",
    "consumer": r"消费者(?:权益|保护|投诉)|金融消费者|适当性|投资者保护|催收|误导销售|信息披露不足",
    "monetary": r"货币政策|公开市场|逆回购|存款准备金|中期借贷便利|贷款市场报价利率|社会融资规模|再贷款|降准|降息|广义货币|联邦基金利率",
    "fx": r"外汇|结售汇|跨境资金|跨境人民币|外债|汇率|跨境贸易|外商直接投资",
    "green": r"绿色(?:金融|债券|信贷|低碳)|气候|碳(?:排放|减排|中和|达峰|市场)|可持续(?:金融|披露|发展挂钩)|转型金融|ESG",
    "governance": r"公司治理|董事会|独立董事|关联交易|股东(?:管理|行为|股权)|股权管理|内部控制|合规管理|首席合规官|高级管理人员|任职资格",
    "disclosure": r"信息披露|上市(?:规则|公司|审核|申请)|首次公开发行|注册制|退市|再融资|并购重组|减持|招股|财务造假|年度报告披露",
}  # fmt: skip
_EN = {
    "ai": r"\bAI\b|\bartificial intelligence\b|\bmachine learning\b|\blarge language models?\b|\bdeep synthesis\b|\balgorithm(?:s|ic)\b(?! trading)",
    "data": r"\bdata (?:security|protection|privacy|governance|transfers?|breach(?:es)?)\b|\bpersonal (?:information|data)\b|\bprivacy\b|\bcross-border data\b|\bGDPR\b",
    "cyber": r"\bcyber(?:security|-security| |-| resilience|attacks?|incidents?)|\boperational resilience\b|\bcritical (?:information )?infrastructure\b|\bDORA\b|\bICT risk\b|\bransomware\b",
    "aml": r"\banti-money laundering\b|\bAML\b|\bmoney laundering\b|\bterrorist financing\b|\bbeneficial owner(?:ship|s)?\b|\bBank Secrecy Act\b|\bsuspicious (?:activity|transaction)|\bFATF\b",
    "capital": r"\bcapital (?:requirements?|adequacy|rules?|framework|buffers?|conservation|management)\b|\bliquidity (?:risk|coverage|requirements?)\b|\bleverage ratio\b|\bBasel\b|\bstress tests?\b|\bTLAC\b|\bsolvency\b",
    "banking": r"\bbanks?\b(?! of)|\bbanking\b|\bdepository institutions?\b|\blenders?\b|\bloans?\b|\bcredit unions?\b|\bauthori[sz]ed institutions?\b",
    "insurance": r"\binsur(?:ance|ers?|ed)\b|\bSolvency II\b|\bpolicyholders?\b|\breinsurance\b",
    "securities": r"\bsecurities\b(?! and futures commission)|\bbroker-?dealers?\b|\binvestment (?:advis[eo]rs?|compan(?:y|ies)|funds?|firms?)\b|\bfunds?\b(?! transfer)|\bderivatives?\b|\bswaps?\b|\bfutures\b|\bMiFID\b|\bexchange-traded\b",
    "payments": r"\bpayments?\b (?:services?|systems?|institutions?|firms?|rails?)|\bpayment stablecoins?\b|\binstant payments?\b|\be-money\b|\bstored value\b|\bdigital (?:euro|yuan|pound)\b|\bCBDC\b|\bfaster payments?\b",
    "crypto": r"\bcrypto\w*\b|\bstablecoins?\b|\bvirtual assets?\b|\bdigital assets?\b|\btokeni[sz](?:ation|ed)\b|\bbitcoin\b|\bMiCAR?\b|\bVATPs?\b|\bblockchain\b",
    "consumer": r"\bconsumer (?:protection|duty|complaints?|financial|credit)\b|\bretail (?:investors?|clients?|customers?)\b|\binvestor protection\b|\bmis-?selling\b|\bunfair,? deceptive\b|\bvulnerable customers?\b",
    "monetary": r"\bmonetary policy\b|\binterest rates?\b|\bfederal funds rate\b|\bFOMC\b|\bopen market operations?\b|\breserve requirement\b|\bloan prime rate\b|\binflation\b|\bbase rate\b|\bkey (?:ECB )?rates\b",
    "fx": r"\bforeign exchange\b|\bFX\b|\bexchange rates?\b|\bcross-border capital\b|\bcross-border renminbi\b",
    "green": r"\bclimate\b|\bsustainab(?:le|ility)\b|\bESG\b|\bgreen (?:bonds?|finance|loans?|taxonomy)\b|\bnet[- ]zero\b|\bgreenwashing\b|\btransition finance\b",
    "governance": r"\bcorporate governance\b|\bboard(?:s)? of directors\b|\binternal controls?\b|\bsenior managers?\b|\bremuneration\b|\bfit and proper\b|\brelated[- ]party\b|\bgovernance\b",
    "disclosure": r"\bdisclosures?\b|\blisting rules?\b|\bIPOs?\b|\binitial public offering\b|\bprospectus\b|\blisted (?:issuers?|compan(?:y|ies))\b|\bForm (?:10-K|8-K|PF|ADV)\b|\bregistration statements?\b|\bfinancial reporting\b",
}  # fmt: skip
_PATTERN_ZH = {key: re.compile(words) for key, words in _ZH.items()}
_PATTERN_EN = {key: re.compile(words, re.IGNORECASE) for key, words in _EN.items()}
_SHORT = 600
_TITLE_WEIGHT = 3
_BODY_CHARS = 20_000
_SHOWN = 5


def read_topics(reading: Reading) -> Iterator[Fact]:
    """Yield the topics of an item, the strongest first. What a long text says after 20,000 characters is not read."""
    counts: dict[str, int] = defaultdict(int)
    terms: dict[str, dict[str, None]] = defaultdict(dict)
    first: dict[str, tuple[Part, tuple[int, int]]] = {}
    for part in reading.parts:
        weight = _TITLE_WEIGHT if part.field == "title" else 1
        for key, pattern in (_PATTERN_ZH if reading.lang == "zh" else _PATTERN_EN).items():
            for match in pattern.finditer(part.text[:_BODY_CHARS]):
                counts[key] += weight
                terms[key].setdefault(match.group().lower())
                first.setdefault(key, (part, match.span()))
    length = sum(len(part.text) for part in reading.body)
    needed = 1 if length < _SHORT else 2 if length < _BODY_CHARS // 10 else 3
    for key, count in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])):
        if count >= needed:
            part, span = first[key]
            yield reading.fact(
                "topic", key, part, span, shown=", ".join(list(terms[key])[:_SHOWN]),
                confidence=min(1.0, 0.5 + count / 10),
            )  # fmt: skip
