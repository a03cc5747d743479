"""Orders to whoever summarises: sentences of a page that are meant for a machine, not for its readers.

Found by their wording, which can be mistaken: rules about machines speak of them in the same words. So nothing is
ever deleted for it. Such a sentence is only never quoted, and of a report (not of an issuer's own text) the sums and
subjects that stand in it are not taken for facts. The embedded writer obeys nothing anyway.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterator

from .language import sentences

MOST_READ = 200_000
"""Characters of one field that are looked at."""

MOST_SENTENCES = 3
"""A line with more is an article, not an order."""
CONTAGION = 2
"""Sentences after an order that go with it."""

_QUOTED = re.compile(r"[“\"「『‘][^“”\"「」『』‘’\n]{1,80}[”\"」』’]")

_CODE = re.compile(
    r"<\|[\w ]{1,24}\|>|\[/?INST\]|<</?SYS>>|</?(?:instructions?|system|source|assistant|prompt)>|#{2,4}\s?(?:instructions?|system)\b"
    r"|[\"”]\s?[}\]]{1,3}\s?[,}\]]|[{,]\s?\"\w{2,20}\"\s?:\s?[\"{\[\d]"
    r"|!\[[^\]\n]{0,80}\]\(|^\s{0,8}(?:system|assistant|developer|user)\s?[:：]|^\s{0,8}系统(?:提示|指令|消息)\s?[:：]",
    re.IGNORECASE | re.MULTILINE,
)
"""Templates of chats, broken JSON and images of Markdown: no article carries them."""

_CODE_SIGNS = ("<", "[", "##", "}", "]", '"', "system", "assistant", "developer", "user", "系统")
"""One of these stands in whatever the pattern finds."""

_SPOKEN_TO = re.compile(
    r"^\W{0,6}(?:please |kindly |now |important[^:]{0,30}: ?){0,2}(?:ignore|disregard|forget|override)\b[^.]{0,30}\b(?:instructions?|prompts?|rules|context|above|previous|prior|guidelines)\b"
    r"|\byou are now\b|\bact as (?:a|an|the|my) [^.]{0,30}\b(?:assistant|bot|chatbot|model|translator|persona)\b|\bas an ai (?:language )?model\b|\bnew (?:system )?(?:policy|prompt|instructions?): |\bdecode and (?:obey|follow|execute)\b"
    r"|\byour (?:summary|summaries|brief|output|answer|response|reply|translation|headline)s? (?:must|should|has to|have to|shall|will)\b"
    r"|\b(?:important|note|message|instructions?)(?: to| for)? (?:(?:all|any|the) )?(?:summari[sz]ers?|language models?|llms?|ai (?:assistants?|models?|systems?|agents?)|chatbots?|crawlers?)\b"
    r"|\b(?:summari[sz]ers?|language models?|llms?|ai assistants?|chatbots?)\b[^.]{0,24}\b(?:must|should|shall|please)\b[^.]{0,40}\b(?:write|say|output|include|append|report|replace|omit|state|link)\b"
    r"|\b(?:impact|rank|score|level|priority)\s?=\s?\w+"
    r"|(?:请|务必)?(?:忽略|无视|忘记|忘掉)(?:掉)?(?:以上|之前|上述|前面|上文|此前|先前)[^，。]{0,12}(?:要求|指令|指示|提示|规则|内容|设定)"
    r"|你(?:现在)?(?:是|扮演)一?[个名位]?[^，。]{0,12}(?:助手|机器人|模型|专家|角色)|(?:模型|人工智能|智能体|助手|AI|系统)请(?:注意|按|将|把|写|输出|忽略)"
    r"|(?:大模型|语言模型|智能助手|AI助手|摘要系统)[^，。]{0,10}(?:必须|务必|须|应)[^。]{0,30}(?:写|输出|改写|加入|附上|回答|回复)"
    r"|授权(?:人工智能|AI|智能)[^。]{0,12}系统",
    re.IGNORECASE | re.MULTILINE,
)
"""Speaks to a machine, in words that no reader is spoken to."""

_SPOKEN_SIGNS = (
    "ignore", "disregard", "forget", "override", "you are now", "act as", "as an ai", "policy", "prompt", "instruction",
    "decode and", "your ", "summari", "language model", "llm", "ai ", "chatbot", "crawler", "=",
    "忽略", "无视", "忘", "你", "请", "模型", "助手", "摘要系统", "授权",
)  # fmt: skip
"""One of these stands in whatever the pattern finds; looking for them first is five times as fast."""

_WRITER = re.compile(
    r"\b(?:summar(?:y|ies)|summari[sz]e|summari[sz]ers?|brief|headline|assistant|this (?:article|story|item))\b|摘要|简报|总结|概括|概述|转述|标题|译文|本条|résumé|Zusammenfassung|要約|요약",
    re.IGNORECASE,
)
_WRITER_SIGNS = (
    "summari", "summary", "brief", "headline", "assistant", "this ", "摘要", "简报", "总结", "概括", "概述", "转述", "标题",
    "译文", "本条", "résumé", "zusammenfassung", "要約", "요약",
)  # fmt: skip
_IMPERATIVE = re.compile(
    r"^\W{0,6}(?:please |now |then |and )?(?:write|begin|start|end|open|close|output|print|say|append|prepend|insert|add|mark|rank|rate|respond|reply|remember|join|decode|obey|repeat|replace|translate|pretend|include|change|set|report|tell)\b"
    r"|(?:[.;:,]|\band\b) ?(?:begin|start|open|end|write|append|tell|mark) (?:every|each|the|it|your|all|both|with)\b"
    r"|请(?:在|将|把|仅|只|勿|以|用|按)?[^，。]{0,16}(?:写|附上|加入|加上|附加|输出|改|删|标|插入|撰写|评为|注明)|必须写|须将[^。]{0,24}写[为成]|改写[为成]|写[为成][“「\"]|开头必须|开头写|结尾写|评为最高|删除[“「\"]",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\b(?:part|half) (?:one|two|1|2) of the (?:code|word|message|password)\b|\bremember for later\b|暗号|口令第",
    re.IGNORECASE,
)

_BLOB = re.compile(r"(?<![\w/.=-])[A-Za-z0-9+/]{24,400}={0,2}(?![\w/])")
_FOREIGN = {
    "en": frozenset(
        ["the", "of", "and", "to", "is", "that", "for", "with", "by", "be", "from", "this", "are", "has"]
    ),
    "fr": frozenset(
        ["le", "la", "les", "du", "une", "est", "et", "dans", "vous", "au", "aux", "pour", "que", "qui"]
    ),
    "de": frozenset(
        [
            "der",
            "die",
            "das",
            "und",
            "ist",
            "sie",
            "in",
            "den",
            "dem",
            "ein",
            "eine",
            "nicht",
            "mit",
            "auf",
            "für",
            "zu",
        ]
    ),
    "es": frozenset(["el", "los", "las", "una", "que", "por", "del", "para", "esta"]),
    "it": frozenset(["il", "lo", "gli", "una", "che", "di", "nel", "della", "sono", "è"]),
    "pt": frozenset(["os", "uma", "que", "em", "por", "não", "ao"]),
}
_URL = re.compile(r"https?://\S{1,2000}")
_OTHER_SCRIPT = re.compile(
    r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f]"
)


def order_spans(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines with an order in them. A whole line goes, since an order rarely comes alone;
    of a line that holds a whole article, the sentence and the two after it."""
    start = 0
    for line in text[:MOST_READ].splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        parts = sentences(bare, lang) if bare.strip() else ()
        if len(parts) > MOST_SENTENCES:
            bad = [at for at, (a, b) in enumerate(parts) if is_order(bare[a:b], lang)]
            hit = {near for at in bad for near in range(at, min(at + CONTAGION + 1, len(parts)))}
            yield from ((start + parts[at][0], start + parts[at][1]) for at in sorted(hit))
        elif parts and is_order(bare, lang):
            yield start, start + len(bare)
        start += len(line)


def is_order(line: str, lang: str) -> bool:
    """Whether a line speaks to a machine, carries something encoded for it, or is in a language that is
    neither of the two we publish nor the item's own."""
    line = line[:4000]
    low = _small(line)
    if any(map(low.__contains__, _CODE_SIGNS)) and _CODE.search(line):
        return True
    said = _QUOTED.sub(" ", line)
    if _speaks(said) or (_SECRET.search(said) is not None):
        return True
    if any(_speaks(hidden) for hidden in _hidden(line)):
        return True
    return _strange(said, lang)


def _speaks(text: str) -> bool:
    low = _small(text)
    if any(map(low.__contains__, _SPOKEN_SIGNS)) and _SPOKEN_TO.search(text):
        return True
    if not (any(map(low.__contains__, _WRITER_SIGNS)) and _WRITER.search(text)):
        return False
    return any(
        _WRITER.search(sentence) and _IMPERATIVE.search(sentence)
        for sentence in re.split(r"(?<=[.!?。！？；])\s?", text)
    )


def _small(text: str) -> str:
    """Return a text in small letters as patterns without regard to case see it: ı and İ are i, ſ is s."""
    low = text.lower()
    return low if low.isascii() else low.replace("ı", "i").replace("ſ", "s").replace("i\u0307", "i")


def _hidden(line: str) -> Iterator[str]:
    """Yield what a line says once decoded: base64, and letters turned by thirteen."""
    for match in _BLOB.finditer(line):
        blob = match[0]
        try:
            yield base64.b64decode(blob + "=" * (-len(blob) % 4), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
    words = re.findall(r"[a-z]{2,}", line.lower())
    if len(words) >= 4 and not set(words) & _FOREIGN["en"]:
        yield codecs.decode(line, "rot13")


def _strange(line: str, lang: str) -> bool:
    """Whether a line is in a third language: its script, or its small words, say so."""
    others = len(_OTHER_SCRIPT.findall(line))
    if others and others > 0.15 * sum(c.isalpha() for c in line):
        return True
    words = re.findall(r"[a-zà-ÿ]+", _URL.sub(" ", line.lower()))
    if lang not in ("en", "zh") or len(words) < 5:
        return False
    if set(words) & _FOREIGN["en"]:
        return False
    small = max(len(set(words) & own) for name, own in _FOREIGN.items() if name != "en")
    return small >= 2 and small >= 0.2 * len(words)
