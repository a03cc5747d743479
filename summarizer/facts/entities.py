"""Who is bound: the kinds of firms of the store's list, found where a document names whom it addresses."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dibao.store import Fact

from .obligations import modalities
from .reading import Part, Reading, sentence_number
from .scan import lowered, near

_WORDS = {
    "banks": (r"(?<![^。；，、\n：\u3000 各由对于])银行(?!间|卡|业|账户|账号|结算|券|票|保函|存款|承兑|理财|监|机构|家|系统|网点|流水|同业|保险|从业|信贷|体系)|[中外]资银行|银行业(?!协会|监督)|银行保险|商业银行|银行业金融机构|各银行|城商行|中小银行|民营银行|政策性银行|认可机构", r"\bbanks?\b(?! of|ruptcy)|\bbanking (?:organi[sz]ations?|institutions?|sectors?|groups?|and insurance)|\bauthori[sz]ed institutions?\b|\b(?:insured )?depository institutions?\b|\bbuilding societies\b|\bdeposit-takers?\b|\bcredit unions?\b|\bsavings associations?\b|\bstate member banks?\b|\bnational banks?\b|\bcredit institutions?\b"),
    "rural_banks": (r"农村中小银行|农村商业银行|农商行|农村信用社|农信社|村镇银行|农村合作", r"\brural (?:commercial |credit )?(?:banks?|cooperatives?)\b|\bvillage (?:and township )?banks?\b"),
    "insurers": (r"保险业(?!协会|监管)|银行保险机构|保险公司|保险机构|保险集团|人身险|财险公司|寿险公司", r"\binsurers?\b|\breinsurers?\b|\binsurance (?:compan(?:y|ies)|institutions?|undertakings?|sectors?|firms?)\b|\bbanking and insurance\b"),
    "insurance_intermediaries": (r"保险中介|保险代理|保险经纪|保险公估", r"\binsurance (?:intermediar(?:y|ies)|agents?|brokers?)\b"),
    "trust_companies": (r"信托公司|信托业(?!协会)", r"\btrust compan(?:y|ies)\b"),
    "wealth_managers": (r"理财公司|银行理财子公司", r"\bwealth management compan(?:y|ies)\b"),
    "consumer_finance": (r"消费金融公司", r"\bconsumer finance compan(?:y|ies)\b"),
    "auto_finance": (r"汽车金融公司", r"\bauto(?:mobile)? finance compan(?:y|ies)\b"),
    "leasing": (r"金融租赁公司|融资租赁公司", r"\b(?:financial )?leasing compan(?:y|ies)\b"),
    "micro_lenders": (r"小额贷款公司|小贷公司", r"\bmicro-?(?:loan|credit) compan(?:y|ies)\b"),
    "financial_holding": (r"金融控股公司", r"\b(?:financial|bank) holding compan(?:y|ies)\b"),
    "payment_institutions": (r"支付机构|支付服务提供|收单机构|条码支付|储值支付工具持牌", r"\bpayments? (?:institutions?|service providers?|firms?|compan(?:y|ies)|systems? operators?)\b|\bmoney (?:transmitters?|services businesses)\b|\bPSPs?\b|\be-money institutions?\b|\bstored value facilit(?:y|ies)\b"),
    "credit_reporting": (r"征信机构", r"\bcredit (?:reporting|reference) agenc(?:y|ies)\b|\bcredit bureaus?\b"),
    "securities_firms": (r"证券公司|证券业(?!协会)|证券(?:基金|期货|基金期货)经营机构|券商|持牌法团", r"\bbroker-?dealers?\b|\bsecurities (?:compan(?:y|ies)|firms?)\b|\binvestment firms?\b|\blicensed corporations?\b|\bcapital markets (?:services licen[cs]ees?|intermediar(?:y|ies))\b|\bintroducing brokers?\b"),
    "fund_managers": (r"基金管理公司|(?<!私募)(?<!私募投资)(?<!私募证券)基金管理人|公募基金|基金公司|证券基金(?:期货)?经营机构", r"\bfund managers?\b|\b(?:asset|investment) managers?\b|\bmutual funds?\b|\binvestment advis[eo]rs?\b(?! act)|\bUCITS\b|\bmanagement companies\b|\binvestment companies\b(?! act)"),
    "private_funds": (r"私募(?:投资|证券)?基金", r"\bprivate (?:fund|investment fund)s?\b|\bhedge funds?\b"),
    "futures_firms": (r"期货公司|期货经营机构", r"\bfutures (?:compan(?:y|ies)|commission merchants?)\b|\bFCMs?\b|\bswap dealers?\b"),
    "listed_companies": (r"上市公司|(?<!币)发行人|挂牌公司", r"\blisted (?:compan(?:y|ies)|issuers?)\b|\bpublic compan(?:y|ies)\b|\bregistrants?\b|\breporting companies\b"),
    "exchanges": (r"证券交易所|期货交易所|登记结算机构|中央对手方", r"\bnational securities exchanges?\b|\btrading venues?\b|\bdesignated contract markets?\b|\bclearing (?:agenc(?:y|ies)|houses?)\b|\bcentral counterpart(?:y|ies)\b"),
    "crypto_firms": (r"虚拟资产(?:交易平台|服务|托管|营运)|虚拟货币交易|加密资产服务", r"\b(?:crypto-?asset|virtual asset|digital asset)s?(?: service)? (?:providers?|firms?|trading platforms?|exchanges?)\b|\bVATPs?\b|\bVASPs?\b|\bCASPs?\b"),
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
_LISTED = re.compile("上市公司|挂牌公司")
_OF_SOURCE = {
    "us-finra": ("securities_firms", r"\bmembers?\b(?! of)|\bmember firms?\b"),
    "hk-mpfa": ("fund_managers", r"\bMPF trustees\b|\bapproved trustees\b"),
}
"""How one publisher calls those whom it binds."""
_AROUND = {"before": 64, "after": 64}
"""The most characters of a match, and of what it looks at, around its plain words."""
_HEAD_SENTENCES, _HEAD_CHARS = 3, 300
"""Sentences, or in English characters: a head of short lines has many of the former."""
_BIND_NOBODY = frozenset({"reply_to_proposal", "speech", "statistics"})
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
    if types and types[0].value in _BIND_NOBODY:
        return
    chinese = reading.lang == "zh"
    patterns = dict(_ZH if chinese else _EN)
    anchors_of = dict(_ANCHORS_ZH if chinese else _ANCHORS_EN)
    if not chinese and reading.source.id in _OF_SOURCE:
        key, words = _OF_SOURCE[reading.source.id]
        patterns[key] = re.compile(f"{_WORDS[key][1]}|{words}", re.IGNORECASE)
        anchors_of[key] = (*anchors_of[key], *_anchors(words))
    if chinese and any("币发行" in part.text for part in reading.parts):
        # 发行人 alone are those of stablecoins there.
        patterns["listed_companies"] = _LISTED
    found: set[str] = set()
    for part in reading.parts:
        text = part.text if chinese else lowered(part.text)
        present = [
            key
            for key, anchors in anchors_of.items()
            if key not in found and any(anchor in text for anchor in anchors)
        ]
        if "stablecoin_issuers" in found or "stablecoin_issuers" in present:
            present = [key for key in present if key != "listed_companies" or _NAMED.search(part.text)]
        places = [
            (*place, key)
            for key in present
            if (place := _first(reading, part, near(patterns[key], text, anchors_of[key], **_AROUND)))
        ]
        # In the order of the sentences, as a reader comes upon them.
        for _, span, confidence, key in sorted(places, key=lambda place: place[0]):
            found.add(key)
            yield reading.fact("entity_bound", key, part, span, confidence=confidence)


def _first(
    reading: Reading, part: Part, matches: Iterable[re.Match[str]]
) -> tuple[int, tuple[int, int], float] | None:
    """Return the sentence (by its number), the place and the confidence of the first match that binds."""
    for match in matches:
        if part.field == "title":
            return 0, match.span(), 1.0
        number = sentence_number(part, match.start())
        near_head = reading.lang == "en" and match.start() < _HEAD_CHARS
        demand = modalities(reading, part).get(number)
        if number < _HEAD_SENTENCES or near_head or _addressed(part, number):
            confidence = 0.9
        elif demand and demand[0] in _DEMANDS:
            confidence = 0.8
        else:
            continue
        if not _in_marks(part.text, match.start()):
            return number, match.span(), confidence
    return None


_ADDRESS = 12
"""Sentences: an address that names everybody is one line with several semicolons."""


def _addressed(part: Part, number: int) -> bool:
    """Whether a sentence belongs to an address: 各省分行；国有商业银行；各支付机构：."""
    for start, end in part.sentences[number : number + _ADDRESS]:
        if part.text[end - 1] in "：:":
            return True
        if part.text[end - 1] not in "；;" or "\n" in part.text[start:end].strip():
            return False
    return False


_LONGEST_TITLE, _LOOK_BACK = 60, 200
_RESTS_ON = re.compile(r"(?:根据|依据|依照|按照|违反|贯彻|落实|执行|遵守|参照|修改|废止)[^。；\n]*$")


def _in_marks(text: str, place: int) -> bool:
    """Whether a place is within the marks of a title that the text only rests on: 根据《商业银行法》 binds no bank."""
    first = max(0, place - _LONGEST_TITLE)
    opened = text.rfind("《", first, place)
    inside = opened > text.rfind("》", first, place)
    return inside and _RESTS_ON.search(text, max(0, opened - _LOOK_BACK), opened) is not None
