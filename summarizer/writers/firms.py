"""Names of Chinese firms → English: the trade name in pinyin, the line of business and the legal form by the
lists below. None when a part is unknown."""

# ruff: noqa: E501 — a folded list is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .wordlist import bodies

_FORMS = {
    "股份有限公司": "Co., Ltd.", "有限责任公司": "Co., Ltd.", "集团有限公司": "Group Co., Ltd.",
    "有限公司": "Co., Ltd.", "集团公司": "Group Company", "集团": "Group", "公司": "Company", "": "",
}  # fmt: skip

_LINES = {
    "人寿保险": "Life Insurance", "财产保险": "Property Insurance", "健康保险": "Health Insurance",
    "养老保险": "Pension Insurance", "再保险": "Reinsurance", "保险经纪": "Insurance Brokerage",
    "保险代理": "Insurance Agency", "保险公估": "Insurance Adjusting", "保险销售": "Insurance Sales",
    "保险资产管理": "Insurance Asset Management", "保险": "Insurance", "人寿": "Life",
    "农村商业银行": "Rural Commercial Bank", "农商银行": "Rural Commercial Bank", "农商行": "Rural Commercial Bank",
    "村镇银行": "Village Bank", "农村合作银行": "Rural Cooperative Bank", "商业银行": "Commercial Bank",
    "银行": "Bank", "证券": "Securities", "证券投资咨询": "Securities Investment Consulting",
    "基金管理": "Fund Management", "基金销售": "Fund Sales", "基金": "Fund", "私募基金管理": "Private Fund Management",
    "期货": "Futures", "信托": "Trust", "理财": "Wealth Management", "支付": "Payment",
    "支付服务": "Payment Services", "金融租赁": "Financial Leasing", "融资租赁": "Finance Leasing",
    "消费金融": "Consumer Finance", "汽车金融": "Auto Finance", "财务": "Finance", "征信": "Credit Reporting",
    "小额贷款": "Microcredit", "融资担保": "Financing Guarantee", "商业保理": "Commercial Factoring",
    "资产管理": "Asset Management", "投资管理": "Investment Management", "投资": "Investment",
    "控股": "Holdings", "金融控股": "Financial Holding", "科技": "Technology", "数字科技": "Digital Technology",
    "网络科技": "Network Technology", "信息技术": "Information Technology", "信息科技": "Information Technology",
    "电子商务": "E-commerce", "电子支付": "Electronic Payment", "能源": "Energy", "新能源": "New Energy",
    "生物科技": "Biotechnology", "医药": "Pharmaceutical", "实业": "Industrial", "地产": "Real Estate",
    "汽车": "Automobile", "机器人": "Robotics", "半导体": "Semiconductor", "电子": "Electronics",
}  # fmt: skip
_BRANCHES = {
    "分公司": "Branch", "支公司": "Sub-branch", "中心支公司": "Central Sub-branch", "分行": "Branch",
    "支行": "Sub-branch", "营业部": "Business Department", "证券营业部": "Securities Branch",
}  # fmt: skip

FIRM = re.compile(
    r"(?P<stem>[\u4e00-\u9fff（）]{2,24}?)(?P<form>股份有限公司|有限责任公司|集团有限公司|有限公司)"
    r"(?:(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<branch>中心支公司|分公司|支公司|分行|支行|证券营业部|营业部))?"
)
"""A firm with its legal form; its branch when named."""

_VERBS = re.compile(
    r"(?:批准|核准|同意|准许|责令|撤销|要求|约谈|处罚|警示|谴责|起诉|关于|给予|对|就|因|由|向|与|和|在)+"
)
"""What stands before a firm's name in a title, and begins none."""
_LONGEST_NAME = 4
"""Characters of a trade name; a longer run holds words that no list knows."""


def firm_in_english(name: str) -> str | None:
    """``乌有人寿保险股份有限公司山东分公司`` → ``Wuyou Life Insurance Co., Ltd. Shandong Branch``."""
    if "某" in name:  # made anonymous by the source
        return None
    match = FIRM.fullmatch(name)
    stem, form = (match["stem"], match["form"]) if match else (name, "")
    if own := bodies().get(stem):
        words: str | None = own
        form = ""
    else:
        words = _stem(stem)
    if words is None:
        return None
    parts = [words, _FORMS[form]]
    if match and match["branch"]:
        place = re.sub(r"(?:省|市|自治区)$", "", match["place"])
        parts += [pinyin(place), _BRANCHES[match["branch"]]]
    return " ".join(part for part in parts if part)


def _stem(stem: str) -> str | None:
    lines = sorted(_LINES, key=len, reverse=True)
    line = next((words for words in lines if stem.endswith(words) and len(stem) > len(words)), "")
    if not line:
        return None
    trade = stem.removesuffix(line)
    inner = re.fullmatch(r"(.+?)（(.+)）", trade)
    if inner:
        trade = inner[1]
    if not 1 < len(trade) <= _LONGEST_NAME:
        return None
    place = f" ({pinyin(inner[2])})" if inner else ""
    return f"{pinyin(trade)} {_LINES[line]}{place}"


def firms_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, English name) of the firms whose name can be said."""
    for match in FIRM.finditer(text):
        verb = _VERBS.match(match[0])
        start = match.start() + (verb.end() if verb else 0)
        if name := firm_in_english(text[start : match.end()]):
            yield start, match.end(), name


@cache
def pinyin(name: str) -> str:
    """One capitalised word without tones: ``重庆`` → ``Chongqing``."""
    from pypinyin import lazy_pinyin

    # before a, e, o an apostrophe keeps the syllables apart (Xi'an)
    words = lazy_pinyin(name)
    text = words[0] + "".join(("'" if word[0] in "aeo" else "") + word for word in words[1:])
    return text.capitalize()
