"""Bytes → text, with the evidence for the encoding and a count of what could not be read.

Declarations are claims: each is tried strictly, and the bytes themselves may refute it. UTF-7, HZ and other
escape encodings are never taken: they have smuggled markup past filters.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from charset_normalizer import from_bytes

How = Literal["bom", "valid utf-8", "declared", "damaged utf-8", "fallback", "detected", "repaired", "forced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text without control characters other than line feed and tab, in NFC.

    ``damaged`` counts U+FFFD: places where bytes were lost. Whoever stores the text reports it.
    """

    text: str
    encoding: str
    how: How
    damaged: int = 0


_SUPERSETS = {
    # What publishers declare → the superset that they really use (GBK pages say gb2312).
    "gb18030": "gb2312 gbk gb18030 x-gbk cp936 ms936 windows-936 chinese csgb2312 gb_2312-80 euc-cn",
    "big5hkscs": "big5 big5-hkscs big5hkscs cn-big5 x-x-big5 csbig5 cp950 ms950 windows-950 big5-eten",
    "cp1252": "iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 us-ascii ascii windows-1252 cp1252 x-ansi",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms932 cp932",
    "cp949": "euc-kr ks_c_5601-1987 ksc5601 uhc cp949 windows-949 korean",
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8",
}
_LABELS = {label: codec for codec, labels in _SUPERSETS.items() for label in labels.split()}
_PLAIN = re.compile(r"iso-8859-(?:[2-9]|1[03-6])|windows-125[013-8]|koi8-[ru]|euc-jp|macintosh")
_CHINESE = ("gb18030", "big5hkscs")
_LAST_RESORT = ["cp1252", "cp1250", "cp1251", "cp932", "cp949", "euc_jp", "koi8_r"]

_HTTP = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']\s*([\w.:-]{1,40})", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4_096
_LATE = 262_144  # pages with long comments or styles before their meta exist (5,000 bytes and more)

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_C0 = bytes((*range(9), *range(14, 32), 127))
_C1 = re.compile(b"\xc2[\x80-\x84\x86-\x9f]")
_LOST = b"\xef\xbf\xbd"
# The lead bytes of Chinese, taken for letters and encoded again, with what stands for the byte after them.
_TWICE = re.compile(b"\xc3[\xa3-\xa5\xa7\xaf][\xc2\xc5\xe2]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SAMPLE = 4_000


def decode(body: bytes, *, content_type: str = "", fallback: str = "") -> Decoded:
    """Return the text of ``body``. Never raises; loss shows in ``damaged``.

    Order: byte order mark; what the bytes prove to be UTF-8; HTTP header, XML declaration and meta, each
    strictly; UTF-8 with a little damage; ``fallback`` (the source's own setting); detection; replacement.
    """
    text, encoding, how = _decode(body, content_type, fallback)
    if any(line_end in body for line_end in (b"\r", b"\v", b"\f")):  # bytes are searched sooner than text
        for line_end in ("\r\n", "\r", "\v", "\f"):
            text = text.replace(line_end, "\n")
    if encoding != "utf-8" or how == "repaired" or _may_control(body):
        text = _CONTROLS.sub(_meant, text)
    text = text.removeprefix("\ufeff")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    whole = how == "valid utf-8" and _LOST not in body
    return Decoded(text=text, encoding=encoding, how=how, damaged=0 if whole else text.count("\ufffd"))


def _meant(match: re.Match[str]) -> str:
    """A C1 character is one of Windows-1252 that was taken for Latin-1: the apostrophe of don’t."""
    return match[0].encode("latin-1").decode("cp1252", "ignore") if match[0] > "\x7f" else ""


def _may_control(body: bytes) -> bool:
    """Whether bytes of UTF-8 may hold a control character; asked of the bytes, at a tenth of the cost."""
    return len(body.translate(None, _C0)) != len(body) or _C1.search(body) is not None


def _decode(body: bytes, content_type: str, fallback: str) -> tuple[str, str, How]:
    marked = _byte_order(body)
    if marked:
        text = _strict(body, marked)
        if text is not None or marked != "utf-8":
            return body.decode(marked, "replace"), marked, "bom"
    if body.isascii():
        return body.decode("ascii"), "utf-8", "valid utf-8"  # no claim could make anything else of it
    claims = _claims(body, content_type)
    text = _strict(body, "utf-8")
    if text is not None and not _refuted(body, text, claims):
        mended = _undouble(text) if _TWICE.search(body) else ""
        return (mended, "utf-8", "repaired") if mended else (text, "utf-8", "valid utf-8")
    found = _declared(body, claims)
    if found:
        return found[1], found[0], "declared"
    if _nearly_utf8(body):
        return body.decode("utf-8", "replace"), "utf-8", "damaged utf-8"
    found = _declared(body, [codec for codec in [codec_of(fallback)] if codec])
    if found:
        return found[1], found[0], "fallback"
    return _detect(body, claims)


def codec_of(label: str) -> str:
    """Return Python's codec for a declared label, its superset where that is meant; "" when refused."""
    label = label.strip().strip("\"'").lower()
    if label in _LABELS:
        return _LABELS[label]
    if _PLAIN.fullmatch(label):
        return codecs.lookup(label).name
    return ""


def _byte_order(body: bytes) -> str:
    if body.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if body.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Markup in UTF-16 without a mark: every second byte of its tags is NUL.
    head = body[:1_000]
    half = len(head) // 2
    if half >= 8 and len(body) % 2 == 0:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if odd > half * 0.3 and even < half * 0.02:
            return "utf-16-le"
        if even > half * 0.3 and odd < half * 0.02:
            return "utf-16-be"
    return ""


def _claims(body: bytes, content_type: str) -> list[str]:
    """Codecs that were declared, the strongest first. A Western label is the server's default more often
    than the truth, so it comes after every other claim."""
    labels = [match[1] for match in _HTTP.finditer(content_type[:500])]
    head = body[:_HEAD]
    labels += [m[1].decode("ascii", "replace") for m in (_XML.search(head), _META.search(head)) if m]
    late = _META.search(body, _HEAD - 400, _LATE)
    if late:
        labels.append(late[1].decode("ascii", "replace"))
    codecs_ = list(dict.fromkeys(filter(None, map(codec_of, labels))))
    return sorted(codecs_, key=lambda codec: codec == "cp1252")


def _strict(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeDecodeError:
        return None


def _refuted(body: bytes, text: str, claims: list[str]) -> bool:
    """A short GBK text can be valid UTF-8 by chance, as two-byte sequences without any Chinese."""
    legacy = [codec for codec in claims if codec in _CHINESE]
    foreign = _NOT_ASCII.findall(text[: _SAMPLE * 25])[:_SAMPLE] if legacy else []
    if not foreign or len(foreign) > 50 or any(c >= "\u0800" for c in foreign):
        return False
    other = _strict(body, legacy[0])
    return other is not None and commonness(other, legacy[0]) > 0.8


def _declared(body: bytes, claims: list[str]) -> tuple[str, str] | None:
    """Return codec and text of the first claim that the bytes allow and plain Chinese does not refute."""
    for codec in claims:
        text = None if codec == "utf-8" else _strict(body, codec)
        if text is None:
            continue
        if codec == "cp1252" or codec in _CHINESE:
            return _better(body, codec, text)
        return codec, text
    return None


def _better(body: bytes, codec: str, text: str) -> tuple[str, str]:
    """Big5 reads as GB18030 and both as Western without an error: take the other where it is clearly text."""
    score = commonness(text, codec) if codec in _CHINESE else 0.0
    for other in _CHINESE:
        rival = None if other == codec or score > 0.6 else _strict(body, other)
        if rival is not None:
            gain = commonness(rival, other) - score
            # Two accented letters in a row may be one Chinese character: a Western claim needs more to fall.
            if gain > 0.3 and (codec != "cp1252" or (gain > 0.8 and _count(rival) >= 8)):
                codec, text, score = other, rival, score + gain
    return codec, text


def commonness(text: str, codec: str) -> float:
    """Return the share of non-ASCII characters that are everyday characters or punctuation of a Chinese
    charset (GB 2312 level 1, Big5 level 1): about 0.9 for real text, below 0.4 for the wrong charset."""
    sample = _NOT_ASCII.findall(text[: _SAMPLE * 25])[:_SAMPLE]
    common = _common(codec)
    return sum(c in common for c in sample) / len(sample) if sample else 0.0


def _count(text: str) -> int:
    return len(_NOT_ASCII.findall(text[: _SAMPLE * 25]))


@cache
def _common(codec: str) -> frozenset[str]:
    leads = [0xA1, 0xA3, *range(0xB0, 0xD8)] if codec == "gb18030" else [0xA1, *range(0xA4, 0xC7)]
    trails = range(0xA1, 0xFF) if codec == "gb18030" else [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    pairs = (bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails)
    return frozenset(c for c in pairs if c)


_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]+")


def _nearly_utf8(body: bytes) -> bool:
    """Most bytes above ASCII form UTF-8 sequences; the rest was cut or mixed in."""
    rest, sequences = _SEQUENCE.subn(b"", body[:1_000_000])
    bad = sum(len(run) for run in _HIGH.findall(rest))
    return sequences >= 3 * bad and sequences > 0


def _undouble(text: str) -> str:
    """Return text that was encoded twice as it was before, or "" when that is not proven: every character
    must be a byte of cp1252 or Latin-1, the bytes valid UTF-8, and the result Chinese."""
    # Enough to tell: what was encoded twice was so from beginning to end.
    head = text[: _SAMPLE * 25]
    if head.isascii() or not any(
        mark in head for mark in ("ã€", "ï¼", "å\x8f", "\xe4\xb8", "\xe7\x9a", "ä¸", "çš")
    ):
        return ""
    try:
        inner = bytearray()
        for c in text:
            inner += c.encode("latin-1") if c <= "\xff" else c.encode("cp1252")
        mended = inner.decode("utf-8")
    except UnicodeError:
        return ""
    return mended if len(re.findall("[\u3000-\u303f\u4e00-\u9fff]", mended)) >= 4 else ""


def _detect(body: bytes, claims: list[str]) -> tuple[str, str, How]:
    """Nothing that was declared holds: Chinese by its everyday characters, others by statistics."""
    readings = [(commonness(text, c), c, text) for c in _CHINESE if (text := _strict(body, c)) is not None]
    if readings:
        score, codec, text = max(readings)
        if score > 0.5:
            return text, codec, "detected"
    lossy = [(commonness(text, c), c, text) for c in _CHINESE for text in [body.decode(c, "replace")]]
    score, codec, text = max(lossy)
    if score > 0.6 and text.count("\ufffd") <= max(3, _count(text) // 20):
        return text, codec, "forced"
    best = from_bytes(body[:65_536], cp_isolation=_LAST_RESORT).best()
    if best is not None:
        return body.decode(best.encoding, "replace"), best.encoding, "detected"
    codec = claims[0] if claims else "utf-8"
    return body.decode(codec, "replace"), codec, "forced"
