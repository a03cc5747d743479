"""Who is bound: the kinds of firms of the store's list, found where a document names whom it addresses."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import DOCUMENT_TYPES, Fact

from .obligations import modalities
from .reading import Part, Reading, sentence_number

_WORDS = {
    "banks": (r"银行业(?!协会|监督)|银行保险|商业银行|银行业金融机构|各银行|城商行|中小银行|民营银行|政策性银行|认可机构", r"\bbanks?\b(?! of|ruptcy)|\bbanking (?:organi[sz]ations?|institutions?|sectors?|groups?|and insurance)|\bauthori[sz]ed institutions?\b|\bdepository institutions?\b|\bcredit institutions?\b"),
    "rural_banks": (r"农村中小银行|农村商业银行|农商行|农村信用社|农信社|村镇银行|农村合作", r"\brural (?:commercial |credit )?(?:banks?|cooperatives?)\b|\bvillage (?:and township )?banks?\b"),
    "insurers": (r"保险业(?!协会|监管)|银行保险机构|保险公司|保险机构|保险集团|人身险|财险公司|寿险公司", r"\binsurers?\b|\binsurance (?:compan(?:y|ies)|institutions?|undertakings?|sectors?|firms?)\b|\bbanking and insurance\b"),
    "insurance_intermediaries": (r"保险中介|保险代理|保险经纪|保险公估", r"\binsurance (?:intermediar(?:y|ies)|agents?|brokers?)\b"),
    "trust_companies": (r"信托公司|信托业(?!协会)", r"\btrust compan(?:y|ies)\b"),
    "wealth_managers": (r"理财公司|银行理财子公司", r"\bwealth management compan(?:y|ies)\b"),
    "consumer_finance": (r"消费金融公司", r"\bconsumer finance compan(?:y|ies)\b"),
    "auto_finance": (r"汽车金融公司", r"\bauto(?:mobile)? finance compan(?:y|ies)\b"),
    "leasing": (r"金融租赁公司|融资租赁公司", r"\b(?:financial )?leasing compan(?:y|ies)\b"),
    "micro_lenders": (r"小额贷款公司|小贷公司", r"\bmicro-?(?:loan|credit) compan(?:y|ies)\b"),
    "financial_holding": (r"金融控股公司", r"\b(?:financial|bank) holding compan(?:y|ies)\b"),
    "payment_institutions": (r"支付机构|支付服务提供|收单机构|条码支付|储值支付工具持牌", r"\bpayment (?:institutions?|service providers?|firms?|systems? operators?)\b|\be-money institutions?\b|\bstored value facilit(?:y|ies)\b"),
    "credit_reporting": (r"征信机构", r"\bcredit (?:reporting|reference) agenc(?:y|ies)\b|\bcredit bureaus?\b"),
    "securities_firms": (r"证券公司|证券业(?!协会)|证券基金经营机构|证券基金期货经营机构|券商|持牌法团", r"\bbroker-?dealers?\b|\bsecurities (?:compan(?:y|ies)|firms?)\b|\binvestment firms?\b|\blicensed corporations?\b"),
    "fund_managers": (r"基金管理公司|(?<!私募)(?<!私募投资)(?<!私募证券)基金管理人|公募基金|基金公司", r"\bfund managers?\b|\b(?:asset|investment) managers?\b|\bmutual funds?\b|\binvestment advis[eo]rs?\b|\bUCITS\b"),
    "private_funds": (r"私募(?:投资|证券)?基金", r"\bprivate (?:fund|investment fund)s?\b|\bhedge funds?\b"),
    "futures_firms": (r"期货公司|期货经营机构", r"\bfutures (?:compan(?:y|ies)|commission merchants?)\b"),
    "listed_companies": (r"上市公司|发行人|挂牌公司|上市发行人", r"\blisted (?:compan(?:y|ies)|issuers?)\b|\bpublic compan(?:y|ies)\b|\bregistrants?\b"),
    "exchanges": (r"证券交易所|期货交易所|登记结算机构|中央对手方", r"\bnational securities exchanges?\b|\bclearing (?:agenc(?:y|ies)|houses?)\b|\bcentral counterpart(?:y|ies)\b"),
    "crypto_firms": (r"虚拟资产(?:交易平台|服务)|虚拟货币交易|加密资产服务", r"\b(?:crypto-?asset|virtual asset|digital asset)s?(?: service)? (?:providers?|firms?|trading platforms?|exchanges?)\b|\bVATPs?\b|\bVASPs?\b|\bCASPs?\b"),
    "stablecoin_issuers": (r"稳定币发行", r"\bstablecoin issuers?\b|\bpermitted payment stablecoin"),
    "ai_providers": (r"生成式人工智能服务(?:提供者)?|深度合成服务|拟人化互动服务", r"\bgenerative AI (?:service )?providers?\b|\bgeneral-purpose AI models?\b|\bproviders of (?:generative |high-risk )?AI\b|\bgenerative (?:AI|artificial intelligence) services?\b"),
    "algorithm_providers": (r"算法推荐服务", r"\balgorithmic recommendation\b"),
    "platforms": (r"互联网平台|平台企业|网络平台|助贷平台", r"\b(?:online|internet|digital) platforms?\b|\bgatekeepers?\b"),
    "data_handlers": (r"个人信息处理者|数据处理者|网络运营者", r"\bpersonal information (?:processors?|handlers?)\b|\bdata (?:handlers?|controllers?|processors?)\b"),
    "ciio": (r"关键信息基础设施运营者", r"\bcritical information infrastructure operators?\b|\bCIIOs?\b"),
}  # fmt: skip
"""What means each kind of firm of the store's list, in Chinese and in English."""
_ZH = {key: re.compile(words[0]) for key, words in _WORDS.items()}
_EN = {key: re.compile(words[1], re.IGNORECASE) for key, words in _WORDS.items()}
_HEAD_SENTENCES = 3
_DEMANDS = {"must", "must_not", "in_principle"}


def _anchors(pattern: str) -> tuple[str, ...]:
    """Return for each alternative of a pattern its longest plain words, which every match of it holds."""
    while (bare := re.sub(r"\((?:\?(?::|<?!))?[^()]*\)\??", "\0", pattern)) != pattern:
        pattern = bare
    pieces = (
        re.split("\0", re.sub(r"\\b|\[[^\]]*\]\??|.\?", "\0", alternative))
        for alternative in pattern.split("|")
    )
    return tuple(max(piece, key=len).lower() for piece in pieces)


_ANCHORS_ZH = {key: _anchors(words[0]) for key, words in _WORDS.items()}
_ANCHORS_EN = {key: _anchors(words[1]) for key, words in _WORDS.items()}


_NAMED = re.compile(r"上市公司|挂牌公司|上市发行人|\b(?:listed|public) ", re.IGNORECASE)
"""Beside issuers of stablecoins a bare 发行人 is no listed company."""


def read_entities(reading: Reading, types: tuple[Fact, ...]) -> Iterator[Fact]:
    """Yield whom a document with force names in its title, its opening, its address, or a sentence that demands."""
    if (
        types
        and DOCUMENT_TYPES[types[0].value].force == 0.0
        and types[0].value in ("reply_to_proposal", "speech")
    ):
        return
    chinese = reading.lang == "zh"
    patterns = _ZH if chinese else _EN
    found: set[str] = set()
    for part in reading.parts:
        text = part.text.lower()
        present = [
            key
            for key, anchors in (_ANCHORS_ZH if chinese else _ANCHORS_EN).items()
            if key not in found and any(anchor in text for anchor in anchors)
        ]
        if "stablecoin_issuers" in found or "stablecoin_issuers" in present:
            present = [key for key in present if key != "listed_companies" or _NAMED.search(part.text)]
        places = [(*place, key) for key in present if (place := _first(reading, part, patterns[key]))]
        # In the order of the sentences, as a reader comes upon them.
        for _, span, confidence, key in sorted(places, key=lambda place: place[0]):
            found.add(key)
            yield reading.fact("entity_bound", key, part, span, confidence=confidence)


def _first(
    reading: Reading, part: Part, pattern: re.Pattern[str]
) -> tuple[int, tuple[int, int], float] | None:
    """Return the sentence (by its number), the place and the confidence of the first match that binds."""
    for match in pattern.finditer(part.text):
        if part.field == "title":
            return 0, match.span(), 1.0
        number = sentence_number(part, match.start())
        if number < _HEAD_SENTENCES or part.text[part.sentences[number][1] - 1] in "：:":
            return number, match.span(), 0.9
        demand = modalities(reading, part).get(number)
        if demand and demand[0] in _DEMANDS:
            return number, match.span(), 0.8
    return None
