"""Whom a document is addressed to: 主送机关 of a Chinese one, one fact each, in the order of the list.

A list counts only when every entry of it can be an institution: persons, labels of tables and headings are none,
and who gets a copy (抄送) is no addressee. English letters and circulars are read in ``addressees_en``.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dibao.store import Fact

from .addressees_en import read_english
from .bodies import resolve
from .firms import firm_value
from .places import place_at
from .reading import Part, Reading

_HEAD = 4000
"""Characters of a text within which its addressees stand."""
_LINES = 40
_MOST_JOINED = 3
"""Lines over which a list may run that came out of a PDF."""
_LONGEST = 600

_NOUN = re.compile(
    r"(?:局|部|委|办|厅|院|会|社|行|司|所|署|台|站|中心|政府|单位|机构|公司|企业|集团|总部|机关|部门|军区|兵团|联社|处|学校|大学"
    r"|参与人|参与者|参与机构|主体|提供者|运营者|经营者|管理人|发行人|承销商|交易商|经纪商|会员|成员|投资者|平台|营业部|事务所|行政总裁|主要行政人员)"
    r"(?:[（(][局委厅处办部室司行中心、]{1,12}[)）])?$"
)
_OPENS = re.compile(r"各|全体|所有|有关|相关|国务院|中共中央|中央|国家|中国|最高|全国")
_NO_ENTRY = re.compile(
    r"^(?:发布|发文|处罚|作出|制定|主办|承办|协办|联系|印发|抄|被|当事|来源|信息来|索引|名称|文件|生成|公开|所属|附件|备注|注|其中|例如|申请|投诉"
    r"|举报|答|问|记者|主题|牵头|起草|报送|执法|主管|登记|许可|备案|受理|监督电|[一二三四五六七八九十]+[、.．]|[0-9（(]|第.{1,3}[条章节])"
    r"|如下|通知|现将|根据|按照|决定|答复|收悉|应当|认为|表示|不得|以下|情况|意见|负责人|发言人|记者|来宾|同志|同事|朋友|先生|女士|代表$|委员$|委员们|专家"
    r"|[。；？！!?“”《》]"
)
_LABEL = re.compile(r"主送(?:机关|单位)?[：:]\s{0,4}|致[：:]\s{0,4}")
_CUT = re.compile(r"[，,；;、]")
_BRACKETS = re.compile(r"[（(][^（）()]{0,40}[)）]")
_EVERY = re.compile(r"^(?:各|全体|所有|全国性|全国|有关|相关|境内|辖内)+|(?:行政总裁|主要行政人员)$")

_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司$")

_OFFICES = (
    (
        re.compile(
            r"(?:.{0,60}(?:省|市|自治区|地|级))?(?:金融监管(?:分)?局|国家金融监督管理总局.{0,12}(?:监管局|派出机构))"
        ),
        "NFRA",
    ),
    (re.compile(r"(?:.{0,60}(?:省|市|自治区|地|级))?银保监(?:分)?局"), "CBIRC"),
    (re.compile(r"(?:.{0,60}(?:省|市|自治区|地|级))?银监(?:分)?局"), "CBRC"),
    (re.compile(r"(?:.{0,60}(?:省|市|自治区|地|级))?证监局"), "CSRC"),
)
_BRANCHES = re.compile(
    r"(?:.{0,60}(?:省|市|自治区|地|级|单位))?(?:监管(?:分)?局|派出机构|派驻机构|分支机构|分行|营业管理部|中心支行|分局|外汇管理部|一级分行)"
)
_CLASSES: tuple[tuple[str, str], ...] = (
    ("banks", r"银行业金融机构|银行机构|商业银行|银行|中资银行|认可机构"),
    ("rural_banks", r"农村中小银行(?:机构)?|农村商业银行|农商(?:银)?行|农村合作银行|农村信用社|农村信用合作社|村镇银行|农村合作金融机构|省联社|农信社"),
    ("insurers", r"保险公司|保险机构|财产保险公司|财险公司|人身保险公司|人身险公司|寿险公司|再保险公司|养老保险公司|健康保险公司|保险集团(?:（控股）公司|\(控股\)公司)"),
    ("insurance_intermediaries", r"保险中介机构|保险代理机构|保险经纪(?:公司|机构)|保险公估(?:公司|机构)|保险专业中介机构"),
    ("trust_companies", r"信托公司"),
    ("wealth_managers", r"理财公司|银行理财子公司"),
    ("consumer_finance", r"消费金融公司"),
    ("auto_finance", r"汽车金融公司"),
    ("leasing", r"金融租赁公司|融资租赁公司"),
    ("micro_lenders", r"小额贷款公司"),
    ("financial_holding", r"金融控股公司"),
    ("payment_institutions", r"(?:非银行)?支付机构"),
    ("credit_reporting", r"征信机构"),
    ("securities_firms", r"证券公司|证券基金经营机构|证券经营机构|证券期货经营机构|持牌法团"),
    ("fund_managers", r"基金管理公司|基金管理人|公募基金管理人"),
    ("private_funds", r"私募(?:投资)?基金管理人|私募(?:证券|股权)投资基金管理人"),
    ("futures_firms", r"期货公司|期货经营机构"),
    ("listed_companies", r"上市公司|挂牌公司|发行人"),
    ("exchanges", r"(?:证券|期货)交易所|登记结算机构|清算机构"),
    ("platforms", r"(?:互联网|网络)平台(?:企业)?|平台企业"),
    ("ciio", r"关键信息基础设施运营者"),
    ("data_handlers", r"(?:个人信息|数据)处理者"),
    ("policy_banks", r"政策性银行"),
    ("large_banks", r"(?:国有)?大型(?:商业)?银行|国有(?:控股)?(?:大型)?商业银行"),
    ("joint_stock_banks", r"(?:全国性)?股份制(?:商业)?银行"),
    ("city_banks", r"城市商业银行|城商行"),
    ("private_banks", r"民营银行"),
    ("foreign_banks", r"外资(?:法人)?银行"),
    ("direct_banks", r"直销银行"),
    ("fx_banks", r"外汇指定银行"),
    ("finance_companies", r"(?:企业集团)?财务公司"),
    ("asset_companies", r"金融资产管理公司|资产管理公司"),
    ("asset_investors", r"金融资产投资公司"),
    ("money_brokers", r"货币经纪公司"),
    ("insurance_asset_managers", r"保险资产管理(?:公司|机构)"),
    ("insurance_groups", r"保险集团(?:公司)?"),
    ("financial_institutions", r"金融机构"),
    ("market_participants", r"市场参与(?:人|者|机构)"),
    ("intermediaries", r"中介机构"),
    ("supervised", r"会管(?:单位|机构|经营机构)"),
    ("local_offices", r"派出机构"),
    ("units_concerned", r"单位"),
)  # fmt: skip
_CLASS = tuple((key, re.compile(words)) for key, words in _CLASSES)
_WHOLE = {
    "各省、自治区、直辖市人民政府": "provincial_governments",
    "国务院各部委": "ministries",
    "国务院各直属机构": "agencies",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    words: str
    start: int
    end: int


def read_addressees(reading: Reading, issuers: tuple[Fact, ...]) -> Iterator[Fact]:
    """Yield the addressees of an issuer's own document; a report has none."""
    if not reading.official:
        return
    if reading.lang == "en":
        yield from read_english(reading)
        return
    labelled = reading.label("主送机关", "主送单位", "主送")
    lists = [(labelled, _entries(labelled, 0, len(labelled.text)))] if labelled else []
    lists += [(part, _addressed(part)) for part in reading.body if part.field != "summary"]
    found = next(((part, entries) for part, entries in lists if entries), None)
    if found:
        yield from _facts(reading, *found, issuers)


def _addressed(part: Part) -> list[_Entry]:
    """Return the entries of the first line at a text's head that is a list of institutions before a colon."""
    at, joined = 0, 0  # where the list began that may run on
    text = part.text[:_HEAD]
    begin = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        start, at = at, at + len(line)
        if number >= _LINES:
            break
        if not joined:
            begin = start
        stop = min((i for i in (text.find("：", begin, at), text.find(":", begin, at)) if i >= 0), default=-1)
        if stop < 0:
            # A list that came out of a PDF goes on in the next line; a sentence ends the head.
            runs_on = _CUT.search(line) and not re.search("[。！？]", line) and joined < _MOST_JOINED
            joined = joined + 1 if runs_on else 0
            if "。" in line:
                break
            continue
        label = _LABEL.match(text, begin)
        if label:
            stop = next((i for i in (text.find("\n", label.end(), at), at) if i >= 0), at)
            begin = label.end()
            stop = begin + len(text[begin:stop].rstrip("：: 。\n"))
        for first in dict.fromkeys((begin, max(begin, start))):
            found = _entries(part, first, stop)
            if found and (label or _strong(found[0])):
                return found
        if "。" in line:
            break
        joined = 0
    return []


def _strong(first: _Entry) -> bool:
    """Whether the first entry begins as addressees do; a bare word before a colon may be a heading."""
    return bool(_OPENS.match(first.words) or place_at(first.words) or firm_value(first.words))


def _entries(part: Part, start: int, end: int) -> list[_Entry]:
    """Cut a list into its entries; none of them when one cannot be an institution."""
    if end - start > _LONGEST:
        return []
    text = part.text
    plain = _BRACKETS.sub(lambda m: "（" + "某" * (len(m[0]) - 2) + "）", text[start:end])
    found: list[_Entry] = []
    begin = start
    cuts = [start + m.start() for m in _CUT.finditer(plain)]
    for cut in (*cuts, end):
        words = text[begin:cut]
        bare = re.sub(r"\s+", "", words)
        if not bare:
            begin = cut + 1
        elif _NOUN.search(bare) and not _unfinished(bare):
            lead = len(words) - len(words.lstrip())
            found.append(_Entry(bare, begin + lead, begin + len(words.rstrip())))
            begin = cut + 1
        elif cut < end and text[cut] in "；;，," and not re.search(r"[省市区县部]$", bare):
            return []
    rest = re.sub(r"\s+", "", text[begin:end])
    # 褚某某、萧某 after a firm: persons, whom nobody names here.
    persons = all(2 <= len(name) <= 4 for name in re.split("[、，,]", rest)) if rest else True
    if not persons or any(_NO_ENTRY.search(entry.words) or len(entry.words) > 80 for entry in found):
        return []
    return found


_UNFINISHED = re.compile(r"^(?:国务院|中国人民银行|国家外汇管理局)?各(?:部|委|办)$")


def _unfinished(bare: str) -> bool:
    """各部、委 goes on; so does a list of provinces before what they have in common."""
    return bool(_UNFINISHED.match(bare))


def _facts(reading: Reading, part: Part, entries: list[_Entry], issuers: tuple[Fact, ...]) -> Iterator[Fact]:
    parent = issuers[0].value if issuers else ""
    last = ""
    for entry in entries:
        value = _value(reading, entry.words, parent=last or parent, before=last)
        body = value.removesuffix("-branch").removesuffix("-SHHQ")
        last = body if body in ("PBC", "SAFE") else ""
        yield reading.fact("addressee", value, part, (entry.start, entry.end))


def _value(reading: Reading, words: str, *, parent: str, before: str) -> str:
    """Return whom an entry means; ``parent``: the body whose offices a bare 各分行 are."""
    if words in _WHOLE:
        return _WHOLE[words]
    if words == "各直属机构" and before == "":
        return "agencies"
    bare = _EVERY.sub("", words)
    for pattern, id in _OFFICES:
        if pattern.fullmatch(bare):
            return f"{id}-branch"
    if bare == "上海总部" and parent == "PBC":
        return "PBC-SHHQ"
    bodies = reading.glossary.bodies
    if _BRANCHES.fullmatch(bare) and f"{parent}-branch" in bodies:
        return f"{parent}-branch"
    for key, pattern in _CLASS:
        if pattern.fullmatch(bare):
            return key
    for id in ("PBC", "SAFE", "NFRA", "CSRC"):
        names = {entry.zh for entry in reading.glossary.entries_of(id)}
        rest = next(
            (words[len(n) :] for n in sorted(names, key=len, reverse=True) if words.startswith(n)), ""
        )
        if rest and _BRANCHES.fullmatch(_EVERY.sub("", rest)):
            return f"{id}-branch"
    body = resolve(reading, words) or resolve(reading, _FORM.sub("", words))
    return body.id if body is not None else firm_value(words) or words
