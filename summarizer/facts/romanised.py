"""Chinese document numbers as English pages write them (Yin Fa [2021] No. 335, Decree No. 768 of the State Council).

Each gets the form of its Chinese original, so that both languages name one document alike.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

_CODES = {
    "yinfa": "银发", "yinbanfa": "银办发", "guofa": "国发", "guobanfa": "国办发", "guohan": "国函", "guobanhan": "国办函",
    "jingui": "金规", "jinfa": "金发", "jinbanfa": "金办发", "huifa": "汇发", "huizongfa": "汇综发", "zhengjianfa": "证监发",
    "yinbaojianfa": "银保监发", "yinjianfa": "银监发", "baojianfa": "保监发", "caikuai": "财会", "caishui": "财税",
    "caijin": "财金", "fashi": "法释",
}  # fmt: skip
"""Agency codes by their letters; a spelling that two codes share is left out."""
_CODE = re.compile(
    r"\b(?P<code>(?:[A-Z][a-z]{1,5}\s?){1,2}(?:[A-Za-z][a-z]{1,4}))\s?[\[(〔](?P<year>(?:19|20)[0-9]{2})[\])〕]\s?(?:No\.?\s?)?(?P<serial>[0-9]{1,4})(?![0-9])"
)  # fmt: skip
_YEAR_IN_BRACKETS = re.compile(r"[\[(〔](?:19|20)[0-9]{2}[\])〕]")
_BODIES = {
    "State Council": "国务院", "People's Bank of China": "中国人民银行", "PBOC": "中国人民银行", "PBC": "中国人民银行",
    "China Securities Regulatory Commission": "中国证券监督管理委员会", "CSRC": "中国证券监督管理委员会",
    "National Financial Regulatory Administration": "国家金融监督管理总局", "NFRA": "国家金融监督管理总局",
    "Cyberspace Administration of China": "国家互联网信息办公室", "CAC": "国家互联网信息办公室",
}  # fmt: skip
_BODY = "|".join(_BODIES)
_KINDS = {"order": "令", "decree": "令", "announcement": "公告"}
_SERIAL = r"(?:\s?[\[(〔](?P<{0}y>20[0-9]{{2}})[\])〕])?\s?No\.\s?(?P<{0}n>[0-9]{{1,4}})(?:\s?[\[(〔](?P<{0}z>20[0-9]{{2}})[\])〕])?"
_ORDER = re.compile(
    rf"\b(?P<abody>{_BODY})\s(?P<akind>[Oo]rder|[Dd]ecree|[Aa]nnouncement){_SERIAL.format('a')}"
    rf"|\b(?P<bkind>[Oo]rder|[Dd]ecree|[Aa]nnouncement){_SERIAL.format('b')}\sof\sthe\s(?P<bbody>{_BODY})"
)


def romanised(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, Chinese form) of each such number in an English text."""
    if _YEAR_IN_BRACKETS.search(text):
        for match in _CODE.finditer(text):
            code = _CODES.get("".join(match["code"].split()).lower())
            if code:
                yield *match.span(), f"{code}〔{match['year']}〕{match['serial']}号"
    if "rder" in text or "ecree" in text or "nnouncement" in text:
        for match in _ORDER.finditer(text.replace("’", "'")):
            side = "a" if match["abody"] else "b"
            body, kind = _BODIES[match[f"{side}body"]], _KINDS[match[f"{side}kind"].lower()]
            year = match[f"{side}y"] or match[f"{side}z"]
            yield *match.span(), f"{body}{kind}{f'〔{year}〕' if year else '第'}{match[f'{side}n']}号"
