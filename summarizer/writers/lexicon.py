"""Words of titles in both languages: glossary and ``titles.csv`` → tokens with their part in a phrase.

In: a piece of a title. Out: tokens and the share of its characters that they carry. Knows no grammar.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .figures import MONTHS
from .firms import firms_in
from .nouns_en import ACTORS, COUNTED, plural, singular
from .wordlist import rows

if TYPE_CHECKING:
    from ..glossary import Entry, Glossary, Hit

_FUNCTION = {
    "的": "of", "和": "and", "与": "and", "及": "and", "以及": "and", "暨": "and", "并": "and", "或": "or",
    "、": "and", "，": "comma", "；": "comma", "对": "toward", "中": "within",
    "等": "drop", "有关": "drop", "相关": "drop",
    "工作": "drop", "有关工作": "drop", "相关工作": "drop", "有关事项": "drop", "相关事项": "drop",
    "有关问题": "drop", "若干问题": "drop", "若干措施": "drop", "事项": "drop", "事宜": "drop",
    "有关事宜": "drop", "相关事宜": "drop", "有关政策": "drop", "活动": "drop", "情况": "drop",
    "“": "drop", "”": "drop", " ": "drop", "进一步": "drop", "切实": "drop", "全面": "drop",
}  # fmt: skip
_PHRASES = {
    "在风险可控的前提下，": "with risks under control",
    "在风险可控的前提下": "with risks under control",
}
_KEPT = {"org": "body", "law": "law", "sector": "noun", "ai": "noun", "data": "noun", "term": "noun"}


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a title. ``role``: body, law, sector, actor, noun, adj, adv, action, verb, place,
    figure, period, nth, within, name, of, and, or, comma, toward, drop or unknown."""

    source: str
    target: str
    role: str
    prep: str = "of"


@cache
def _chinese() -> dict[str, Token]:
    found: dict[str, Token] = {}
    for row in rows():
        found.setdefault(row.zh, Token(row.zh, row.en, row.role, row.prep))
    for zh, role in _FUNCTION.items():
        found[zh] = Token(zh, "", role)
    for zh, en in _PHRASES.items():
        found[zh] = Token(zh, en, "adv")
    return found


@cache
def _english() -> dict[str, Token]:
    found: dict[str, Token] = {}
    for row in rows():
        found.setdefault(english_key(row.en), Token(row.en, row.zh, row.role, row.prep))
    return found


@cache
def _english_sizes() -> dict[str, int]:
    """First word → number of words of the longest phrase that begins with it."""
    found: dict[str, int] = {}
    for key in _english():
        words = key.split()
        if words:
            found[words[0]] = max(len(words), found.get(words[0], 0))
    return found


_SPELT = re.compile(r"\bcrypto(?=assets?\b)", re.IGNORECASE)
"""What some houses write as one word."""


def english_key(text: str) -> str:
    """Return the form under which English words are compared: lower case, singular."""
    text = _SPELT.sub(lambda match: match[0] + "-", text)
    words = re.findall(r"[a-z0-9&/'.+]+(?:-[a-z0-9&/'.+]+)*", text.lower().replace("’", "'"))
    return " ".join(singular(word.rstrip(".") or word) for word in words)


def _from_entry(zh: str, entry: Entry, glossary: Glossary) -> Token | None:
    role = _KEPT.get(entry.kind)
    if role is None:
        return None
    if role == "body":
        return Token(zh, glossary.bodies[entry.id].short_en, "body")
    name = re.split(r"; | \(", entry.en)[0]
    if role != "law":
        name = name.replace("artificial intelligence", "AI")
    if role == "noun":
        last = name.rsplit(" ", 1)[-1]
        if name.endswith(" sector"):
            return Token(zh, name.removesuffix(" sector"), "sector")
        if last in COUNTED:
            name = plural(name)
        if last in ACTORS or singular(last) in ACTORS:
            role = "actor"
    return Token(zh, name, role)


_QUARTERS = {"一": "first", "二": "second", "三": "third", "四": "fourth"}
_FIGURE = re.compile(
    r"(?P<py>(?:19|20)\d\d)年(?:(?P<pm>\d{1,2})月(?!\d{1,2}日)(?:份|(?P<end>末))?|第?(?P<pq>[一二三四])季度|(?P<ph>[上下])半年)"
    r"|(?P<year>(?:19|20)\d\d)(?:年度|年)?|第(?P<nth>[一二三四五六七八九十百\d]+)(?P<unit>批|号|期|次|季度)"
)


@lru_cache(maxsize=8192)  # a story's title and clauses are cut again for each question asked of them
def chinese_tokens(text: str, glossary: Glossary) -> tuple[Token, ...]:
    """Cut Chinese text into the fewest tokens that carry the most characters."""
    candidates: dict[int, dict[int, Token]] = {}
    for hit in glossary.find(text, "zh"):
        token = _from_entry(text[hit.start : hit.end], hit.entry, glossary)
        if token:
            candidates.setdefault(hit.start, {})[min(hit.end, len(text))] = token
    known, lengths = _chinese(), _lengths()
    for start, first in enumerate(text):
        for length in lengths.get(first, ()):
            if token := known.get(text[start : start + length]):
                candidates.setdefault(start, {})[start + len(token.source)] = token
    for match in _FIGURE.finditer(text):
        if match["pm"] and not 1 <= int(match["pm"]) <= 12:
            continue
        role = "period" if match["py"] else "figure" if match["year"] else "nth"
        candidates.setdefault(match.start(), {})[match.end()] = Token(match[0], _figure(match), role)
    for start, end, name in firms_in(text):
        candidates.setdefault(start, {})[end] = Token(text[start:end], name, "actor")
    return _fewest(text, candidates)


def _figure(match: re.Match[str]) -> str:
    if match["pm"] and match["end"]:
        return f"the end of {MONTHS[int(match['pm']) - 1]} {match['py']}"
    if match["pm"]:
        return f"{MONTHS[int(match['pm']) - 1]} {match['py']}"
    if match["pq"]:
        return f"the {_QUARTERS[match['pq']]} quarter of {match['py']}"
    if match["ph"]:
        return f"the {'first' if match['ph'] == '上' else 'second'} half of {match['py']}"
    if match["year"]:
        return match["year"]
    words = {"批": "batch", "号": "No.", "期": "issue", "次": "round", "季度": "quarter"}
    return f"{words[match['unit']]} {chinese_integer(match['nth'])}"


def chinese_integer(text: str) -> int:
    """``二十三`` → 23; digits pass through. ValueError when it is neither."""
    if text.isdigit():
        return int(text)
    digits = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
    total, current = 0, 0
    for char in text:
        if char in digits:
            current = digits[char]
        elif char in "十百千":
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            current = 0
        else:
            raise ValueError(f"not a Chinese number: {text[:20]!r}")
    return total + current


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First character → lengths of the words that begin with it."""
    found: dict[str, set[int]] = {}
    for word in _chinese():
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(sizes)) for first, sizes in found.items()}


@cache
def policy_verbs() -> tuple[str, ...]:
    """The Chinese verbs of titles and policy clauses."""
    return tuple(zh for zh, token in _chinese().items() if token.role == "verb" or zh == "支持")


def _fewest(text: str, candidates: dict[int, dict[int, Token]]) -> tuple[Token, ...]:
    # best[i]: (characters not carried, tokens) for the text from i on; ties go to the longer first token
    best: list[tuple[int, int, int, Token | None]] = [(0, 0, len(text), None)] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        lost, count, _, _ = best[start + 1]
        option: tuple[int, int, int, Token | None] = (lost + 1, count + 1, start + 1, None)
        for end, token in sorted(candidates[start].items()) if start in candidates else ():
            lost, count, _, _ = best[end]
            if (lost, count + 1) <= option[:2]:
                option = (lost, count + 1, end, token)
        best[start] = option
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        _, _, end, found = best[at]
        if found is None and tokens and tokens[-1].role == "unknown":
            tokens[-1] = Token(tokens[-1].source + text[at:end], "", "unknown")
        else:
            tokens.append(found or Token(text[at:end], "", "unknown"))
        at = end
    return tuple(tokens)


@lru_cache(maxsize=2048)
def english_tokens(text: str, glossary: Glossary) -> tuple[Token, ...]:
    """Cut English text into known phrases, prepositions and unknown words, longest phrase first."""
    hits = {hit.start: hit for hit in glossary.find(text, "en")}
    words = list(re.finditer(r"[A-Za-z0-9&/'’.+%-]+|,|;", text))
    keys = [english_key(word[0]) for word in words]
    found: list[Token] = []
    at = 0
    while at < len(words):
        token, used = _longest_phrase(text, words, keys, at, hits)
        found.append(token)
        at += used
    return tuple(found)


_ENGLISH_FUNCTION = {
    "of": "of", "on": "on", "for": "for", "to": "to", "in": "in", "with": "with", "by": "by", "and": "and",
    "or": "or", ",": "and", "the": "drop", "a": "drop", "an": "drop", "its": "drop", "from": "from",
    "regarding": "on", "concerning": "on", "about": "on", "under": "under", "between": "between", "certain": "drop", "s": "drop",
}  # fmt: skip


def _longest_phrase(
    text: str, words: list[re.Match[str]], keys: list[str], at: int, hits: dict[int, Hit]
) -> tuple[Token, int]:
    known = _english()
    hit = hits.get(words[at].start())
    if hit is not None and hit.entry.kind == "org" and (token := _from_english_entry(text, hit)):
        return token, max(1, sum(1 for word in words[at:] if word.start() < hit.end))
    for size in range(min(_english_sizes().get(keys[at], 0), len(words) - at), 0, -1):
        key = " ".join(keys[at : at + size])
        if key in known and all(keys[at : at + size]):
            return known[key], size
    if hit is not None:
        token = _from_english_entry(text, hit)
        if token:
            used = sum(1 for word in words[at:] if word.start() < hit.end)
            return token, used
    word = words[at][0]
    role = _ENGLISH_FUNCTION.get(word.lower())
    if role:
        return Token(word, "", role), 1
    if re.fullmatch(r"(?:19|20)\d\d", word):
        return Token(word, f"{word}年", "figure"), 1
    return Token(word, "", "unknown"), 1


def _from_english_entry(text: str, hit: Hit) -> Token | None:
    entry = hit.entry
    source = text[hit.start : hit.end]
    role = _KEPT.get(entry.kind)
    return Token(source, entry.zh, role) if role else None


def coverage(tokens: tuple[Token, ...]) -> float:
    """Return the share of letters and characters that known tokens carry, 0 to 1."""
    sizes = [(len(token.source), token.role) for token in tokens]
    total = sum(size for size, _ in sizes)
    return sum(size for size, role in sizes if role != "unknown") / total if total else 0.0


def known_terms(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens that mean something alone, each once."""
    seen: set[str] = set()
    for token in tokens:
        if token.role in ("sector", "actor", "noun", "law", "place") and token.target not in seen:
            seen.add(token.target)
            yield token


_VAGUE = frozenset(
    [
        "公司", "市场", "义务", "存量", "原则", "数据", "机构", "股份", "企业", "系统", "体系", "服务", "产品", "业务", "信息", "风险", "标准", "规则", "资本",
        "国家", "目录", "财务", "利率", "资金", "基金", "董事", "模型", "境内", "境外", "报告", "消费", "行业", "金融", "项目", "人民币",
        "客户", "中国", "处罚", "政策", "技术", "设备", "费用", "统计", "支付", "合同", "保险", "证券", "转型升级", "升级", "指标", "培训", "人工智能", "标识", "适用法律", "法律适用", "案件", "刑事案件", "民事案件", "行政案件", "民事纠纷案件", "firm", "firms", "market", "markets", "data", "institution", "institutions", "company",
        "companies", "system", "systems", "service", "services", "product", "products", "business",
        "information", "risk", "risks", "standard", "standards", "rule", "rules", "capital", "model",
        "models", "policies", "technology", "equipment", "fee", "fees", "statistics", "payment", "payments", "insurance", "securities", "training", "ai", "fund", "funds", "trust", "director", "directors", "policy", "regulation",
    ]
)  # fmt: skip
"""Words that say nothing of what a passage is about."""


def telling_terms(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """Yield those of them that say what a passage is about: no vague word, and of English no single common one."""
    for token in known_terms(tokens):
        single = token.source.isascii() and " " not in token.source and not token.source.isupper()
        if (
            token.source not in _VAGUE
            and not token.source.startswith("任何")
            and not (single and "-" not in token.source)
        ):
            yield token
